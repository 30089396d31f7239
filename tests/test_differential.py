"""A long random run through the reference engine and the native one: no event and no byte of state may differ."""

import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import pytest

import pyengine
from pyengine import reference
from pyengine.records import DEFAULT_MAX_OPEN_ORDERS, CommandKind, EventKind, Phase, RejectCode
from tests.differential import PARTS, TRANSITIONS, Outcome, compare
from tests.flow import FEW_OPEN_ORDERS

SEEDS = 50
COMMANDS_PER_SEED = 44_000
FEW_SEEDS = 5
"""Of every kind: with an account at a limit, with little room, and plain. Each goes half as far."""

REACHED = 1_000
"""How often the long run sees each outcome at least; the short one a twentieth of that."""
ONLY_IN_THE_OPENING = (EventKind.ASSET_CREATED, EventKind.ACCOUNT_CREATED)
"""The flow's own world stays small."""
QUOTE_REFUSALS = (
    RejectCode.QUOTE_GROUP_BLOCKED,
    RejectCode.UNKNOWN_INSTRUMENT,
    RejectCode.INSTRUMENT_HALTED,
    RejectCode.WRONG_PHASE,
    RejectCode.INVALID_QUANTITY,
    RejectCode.INVALID_PRICE,
    RejectCode.OPEN_ORDER_LIMIT,
    RejectCode.ENGINE_FULL,
    RejectCode.OVERFLOW,
    RejectCode.ORDER_TOO_LARGE,
    RejectCode.PRICE_OUT_OF_BAND,
    RejectCode.NOT_VERIFIED,
    RejectCode.CLASS_NOT_ELIGIBLE,
    RejectCode.JURISDICTION_NOT_ELIGIBLE,
    RejectCode.HOLDING_LIMIT,
    RejectCode.ACCOUNT_FROZEN,
    RejectCode.OPEN_NOTIONAL_LIMIT,
    RejectCode.POST_ONLY_WOULD_CROSS,
    RejectCode.INSUFFICIENT_FUNDS,
)
"""Why a side of a quote can be refused: its command is refused for the others."""
REFUSING_EXITS = (
    RejectCode.INSTRUMENT_HALTED,
    RejectCode.OPEN_ORDER_LIMIT,
    RejectCode.ENGINE_FULL,
    RejectCode.INSUFFICIENT_FUNDS,
    RejectCode.WRONG_PHASE,
    RejectCode.ORDER_TOO_LARGE,
    RejectCode.PRICE_OUT_OF_BAND,
    RejectCode.NOT_VERIFIED,
    RejectCode.CLASS_NOT_ELIGIBLE,
    RejectCode.JURISDICTION_NOT_ELIGIBLE,
    RejectCode.HOLDING_LIMIT,
    RejectCode.ACCOUNT_FROZEN,
    RejectCode.OPEN_NOTIONAL_LIMIT,
)
"""Why exits can not be placed: whatever else can be wrong with a pair was asked of their entry. OVERFLOW is left out:
it takes lots that are worth almost too much."""


MONEY_COMMANDS = (
    CommandKind.DEPOSIT,
    CommandKind.REQUEST_WITHDRAWAL,
    CommandKind.SETTLE_WITHDRAWAL,
    CommandKind.CANCEL_WITHDRAWAL,
    CommandKind.TRANSFER,
    CommandKind.FORCE_TRANSFER,
    CommandKind.MINT,
    CommandKind.REQUEST_REDEMPTION,
    CommandKind.SETTLE_REDEMPTION,
    CommandKind.REFUSE_REDEMPTION,
)
"""What can be repeated under a reference."""


def run(commands: int, seed: int) -> Counter[Outcome]:
    """Each seed is a shard of its own; some have little room."""
    genesis: dict[str, Any] = {
        "shard": seed,
        "max_open_orders": FEW_OPEN_ORDERS if seed % 5 == 2 else DEFAULT_MAX_OPEN_ORDERS,
        "client_id_key": bytes([seed] * 16),
    }
    return compare(seed, commands, lambda: reference.Engine(**genesis), lambda: pyengine.Engine(**genesis))


def differ(seeds: range, commands: int) -> Counter[Outcome]:
    """Runs so many commands of each seed, on all processors; returns how often each outcome was seen, or raises
    `Difference`."""
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        return sum(pool.map(partial(run, commands), seeds), Counter())


def test_some_seeds_make_no_difference() -> None:
    assert_reached(differ(range(FEW_SEEDS), COMMANDS_PER_SEED * 2 // 3), REACHED // 20)


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_two_million_steps_make_no_difference() -> None:
    assert SEEDS * COMMANDS_PER_SEED >= 2_000_000
    assert_reached(differ(range(SEEDS), COMMANDS_PER_SEED), REACHED)


def assert_reached(outcomes: Counter[Outcome], often: int) -> None:
    """Prints how often each outcome was seen: none may be unknown to the rule book, and none seldom."""
    every = _every_outcome()
    sys.stdout.write("".join(f"{outcomes[outcome]:>9,} {name(outcome)}\n" for outcome in sorted(every)))
    unknown = outcomes.keys() - every
    assert not unknown, f"outcomes that the rule book does not know: {sorted(unknown)}"
    rare = {name(outcome): outcomes[outcome] for outcome in every if outcomes[outcome] < often}
    few = {name((kind, 0)) for kind in ONLY_IN_THE_OPENING}
    assert rare.keys() <= few, f"the flow hardly reached {rare}"
    assert all(rare.values()), f"the flow never reached {rare}"


def name(outcome: Outcome) -> str:
    kind, *part = outcome
    if kind == EventKind.PHASE_CHANGED:
        return f"{EventKind(kind).name} {' to '.join(Phase(phase).name for phase in part)}"
    return f"{EventKind(kind).name}/{PARTS[kind][1](*part).name}" if kind in PARTS else EventKind(kind).name


def _every_outcome() -> set[Outcome]:
    others = set(EventKind) - {EventKind.PHASE_CHANGED}
    outcomes = {(int(kind), int(part)) for kind in others for part in _parts(kind)}
    return outcomes | {(int(EventKind.PHASE_CHANGED), *map(int, phases)) for phases in TRANSITIONS}


def _parts(kind: EventKind) -> Iterable[int]:
    if kind == EventKind.QUOTE_REJECTED:
        return QUOTE_REFUSALS
    if kind == EventKind.EXITS_REFUSED:
        return REFUSING_EXITS
    if kind == EventKind.MONEY_REPEATED:
        return MONEY_COMMANDS
    return PARTS[kind][1] if kind in PARTS else (0,)
