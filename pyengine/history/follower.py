"""Keeps a store up with a journal: in steps, each one transaction.

Reads the journal only, and what it knows of the venue's state is a second engine's; so it takes nothing from the venue
but its share of the machine.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from pyengine._engine_core import JournalFollower
from pyengine.history.store import Listing, Position, StoreWriter

STEP_COMMANDS: Final = 32_768
"""Commands of a transaction: a fraction of a second, and some ten megabytes of events."""


class HistoryFollower:
    """A journal and the store that follows it.

    Raises `JournalError` and its subclasses of the journal, `JournalDiscontinuedError` if it does not lead on from
    where the store ends, and `HistoryError` of the store.
    """

    def __init__(self, directory: Path, store: StoreWriter) -> None:
        self._store = store
        position = store.position
        self._journal: Final = JournalFollower(directory, position.place if position is not None else None)
        if position is None:
            self._begin()
        self.rows = 0
        """Written so far."""

    def _begin(self) -> None:
        journal = self._journal
        base = journal.from_snapshot or 0
        position = Position(*journal.position, journal.timestamp_ns, journal.counts()[2], base, journal.timestamp_ns)
        self._store.begin(position, self._opening(), self._listing())

    def _opening(self) -> Iterator[tuple[int, int, int]]:
        for account in range(self._journal.counts()[2]):
            for asset, available, held in self._journal.balances(account):
                yield account, asset, available + held

    def _listing(self) -> Listing:
        assets = [(symbol, decimals) for symbol, _, decimals, _ in self._journal.assets()]
        return Listing(assets, [row[:5] for row in self._journal.instruments()])

    def advance(self, commands: int = STEP_COMMANDS) -> bool:
        """Takes in the next commands, about so many; whether there may be more now."""
        events, more = self._journal.advance(commands)
        before = self._store.position
        assert before is not None
        place = self._journal.position
        if place != before.place:
            keys = np.frombuffer(self._journal.keys(), np.uint32)
            timestamp_ns, accounts = self._journal.timestamp_ns, self._journal.counts()[2]
            position = Position(*place, timestamp_ns, accounts, before.base_sequence, before.base_timestamp_ns)
            self.rows += self._store.append(events, keys, position, self._listing())
        return more

    @property
    def sequence(self) -> int:
        """Of the last command that was applied; before the store's own it is only on its way there."""
        return self._journal.sequence

    def end(self) -> int:
        """The last sequence of the journal, now."""
        return self._journal.end()
