"""Journals with the differential flow in them, and what is kept of their history."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pyengine import DurableEngine
from pyengine.history.follower import HistoryFollower
from pyengine.history.store import TABLES, StoreWriter
from pyengine.packing import split
from tests.flow import Flow

BATCH: Final = 100
SEGMENT_BYTES: Final = 1 << 18

Balances = dict[tuple[int, int], int]
"""By account and asset, held amounts included; no zeros."""


def balances_of(engine: Any) -> Balances:
    return {
        (account, asset): available + held
        for account in range(engine.counts()[2])
        for asset, available, held in engine.balances(account)
        if available + held
    }


@dataclass
class Written:
    """A journal, and what its engine said on the way."""

    directory: Path
    balances: dict[int, Balances] = field(default_factory=dict)
    """After a command."""
    times: dict[int, int] = field(default_factory=dict)
    """Of that command."""
    snapshot: Path | None = None
    open_orders: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """At the end, by id: account, quantity and lots filled."""

    @property
    def last(self) -> int:
        return max(self.balances)


def write_flow(
    directory: Path, seed: int, batches: int, *, snapshot_at: int | None = None, together: int = BATCH
) -> Written:
    """Balances are noted every tenth batch, and at the end. `together`: commands of a batch of the journal."""
    flow, written = Flow(seed), Written(directory)
    with DurableEngine(directory, segment_bytes=SEGMENT_BYTES, durability="async") as engine:
        for number in range(batches + 1):
            commands = list(split(flow.batch(BATCH) if number else flow.opening()))
            for at in range(0, len(commands), together):
                flow.observe(engine.apply_batch(b"".join(commands[at : at + together])))
            if number % 10 == 0 or number in (snapshot_at, batches):
                written.balances[engine.sequence] = balances_of(engine)
                written.times[engine.sequence] = engine.timestamp_ns
            if number == snapshot_at:
                written.snapshot = Path(engine.snapshot())
        for account in range(engine.counts()[2]):
            for order in engine.open_orders(account):
                written.open_orders[order.order_id] = (account, order.quantity, order.filled)
    return written


def follow_all(directory: Path, store: Path, commands: int = 32_768) -> int:
    """Brings a store up to the end of a journal; returns the rows that it took."""
    with StoreWriter(store) as writer:
        follower = HistoryFollower(directory, writer)
        while follower.advance(commands):
            pass
        return follower.rows


def contents(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a store."""
    connection = sqlite3.connect(store)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}
    finally:
        connection.close()
