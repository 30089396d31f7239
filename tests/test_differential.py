"""A long random run through the reference engine and the native one: no event and no byte of state may differ."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

import pyengine
from pyengine import reference
from pyengine.records import DEFAULT_MAX_OPEN_ORDERS, EventKind
from tests.differential import REASONS, Outcome, compare

SEEDS = 24
FEW_SEEDS = 6
"""Of every kind: with an account at a limit, with little room, and plain."""
COMMANDS_PER_SEED = 45_000

FEW_OPEN_ORDERS = 25
"""So few that the engine is full now and then."""


def run(seed: int) -> Counter[Outcome]:
    """Each seed is a shard of its own; some have little room."""
    genesis: dict[str, Any] = {
        "shard": seed,
        "max_open_orders": FEW_OPEN_ORDERS if seed % 5 == 2 else DEFAULT_MAX_OPEN_ORDERS,
        "client_id_key": bytes([seed] * 16),
    }
    return compare(seed, COMMANDS_PER_SEED, lambda: reference.Engine(**genesis), lambda: pyengine.Engine(**genesis))


def differ(seeds: range) -> Counter[Outcome]:
    """Runs the seeds on all processors; returns how often each outcome was seen, or raises `Difference`."""
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        return sum(pool.map(run, seeds), Counter())


def test_some_seeds_make_no_difference() -> None:
    assert differ(range(FEW_SEEDS)).keys() <= _every_outcome(), "an outcome that the rule book does not know"


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_million_commands_make_no_difference() -> None:
    assert SEEDS * COMMANDS_PER_SEED >= 1_000_000
    outcomes = differ(range(SEEDS))

    missing = _every_outcome() - outcomes.keys()
    assert not missing, f"the flow never reached {sorted(missing)}"
    assert outcomes.keys() == _every_outcome(), "an outcome that the rule book does not know"
    rare = {outcome: count for outcome, count in outcomes.items() if count < 3}
    assert not rare, f"the flow hardly reached {rare}"


def _every_outcome() -> set[Outcome]:
    none: Iterable[int] = (0,)
    return {(int(kind), int(reason)) for kind in EventKind for reason in REASONS.get(kind, none)}
