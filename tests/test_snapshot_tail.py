"""A snapshot and the commands behind it end where the whole history ends, wherever the snapshot was taken."""

from collections.abc import Iterator
from typing import Any

import pytest

import pyengine
from pyengine import reference
from pyengine.packing import split
from tests.engines import AnyEngine
from tests.flow import FEW_OPEN_ORDERS, Flow

BATCH = 100
EVERY = 1_000
"""Commands from one snapshot to the next."""


def engine_of(kind: Any, seed: int) -> AnyEngine:
    """With little room for one seed in five, as in the differential runs."""
    engine: AnyEngine = kind(max_open_orders=FEW_OPEN_ORDERS) if seed % 5 == 2 else kind()
    return engine


def history(seed: int, length: int) -> list[bytes]:
    """At least so many commands of a flow, one by one."""
    engine, flow, commands = engine_of(pyengine.Engine, seed), Flow(seed), list[bytes]()
    pieces = flow.opening()
    while len(commands) < length:
        commands += split(pieces)
        flow.observe(engine.apply_batch(pieces))
        pieces = flow.batch(BATCH)
    return commands


def snapshots(engine: AnyEngine, commands: list[bytes]) -> Iterator[tuple[int, bytes]]:
    """Takes the engine through the commands; its images, and how many commands are before each."""
    for start in range(0, len(commands), EVERY):
        yield start, engine.state_image()
        engine.apply_batch(b"".join(commands[start : start + EVERY]))


def assert_all_end_alike(kind: Any, seed: int, commands: list[bytes]) -> None:
    engine = engine_of(kind, seed)
    images = list(snapshots(engine, commands))
    for start, image in images:
        restored = kind.restore(image)
        restored.apply_batch(b"".join(commands[start:]))
        where = f"seed {seed}, from the snapshot at {start}"
        assert restored.next_due == engine.next_due, where
        assert restored.state_hash() == engine.state_hash(), where


@pytest.mark.parametrize("seed", range(3))
def test_some_snapshots_and_tails_end_alike(seed: int) -> None:
    assert_all_end_alike(pyengine.Engine, seed, history(seed, 10_000))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_snapshots_and_tails_end_alike(seed: int) -> None:
    assert_all_end_alike(pyengine.Engine, seed, history(seed, 40_000))


@pytest.mark.long
def test_snapshots_of_the_reference_and_their_tails_end_alike() -> None:
    assert_all_end_alike(reference.Engine, 0, history(0, 4_000))
