"""A long random run through the reference engine and the native one: no event and no byte of state may differ."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Set
from concurrent.futures import ProcessPoolExecutor

import pytest

import pyengine
from pyengine import reference
from pyengine.records import CancelReason, EventKind, OrderStatus, Priority, RejectCode
from tests.differential import Outcome, compare

SEEDS = 24
COMMANDS_PER_SEED = 45_000

OUT_OF_REACH = {RejectCode.ENGINE_FULL, RejectCode.WITHDRAWAL_LIMIT}
"""What takes millions or tens of thousands of commands of one kind: tests/test_rules_limits.py goes there."""


def run(seed: int) -> Counter[Outcome]:
    return compare(seed, COMMANDS_PER_SEED, reference.Engine, pyengine.Engine)


@pytest.mark.timeout(900)
def test_a_million_commands_make_no_difference() -> None:
    assert SEEDS * COMMANDS_PER_SEED >= 1_000_000
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        outcomes: Counter[Outcome] = sum(pool.map(run, range(SEEDS)), Counter())

    missing = _every_outcome() - outcomes.keys()
    assert not missing, f"the flow never reached {sorted(missing)}"
    assert outcomes.keys() == _every_outcome(), "an outcome that the rule book does not know"
    rare = {outcome: count for outcome, count in outcomes.items() if count < 3}
    assert not rare, f"the flow hardly reached {rare}"


def _every_outcome() -> set[Outcome]:
    coded: dict[EventKind, Set[int]] = {
        EventKind.REJECTED: set(RejectCode) - OUT_OF_REACH,
        EventKind.CANCELLED: set(CancelReason),
        EventKind.AMENDED: set(Priority),
        EventKind.DUPLICATE: set(OrderStatus),
    }
    return {(int(kind), int(code)) for kind in EventKind for code in coded.get(kind, {0})}
