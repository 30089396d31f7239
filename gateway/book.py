"""A mirror of one instrument's level-2 book, kept from `book` and `delta` messages and verified by `seq` and checksum.

It knows levels, not orders, and never guesses: what does not fit raises `BookGapError`, and the book is then empty
until the next snapshot.
"""

import struct
import zlib
from collections.abc import Iterable
from itertools import islice

from sortedcontainers import SortedDict

from gateway.schemas import CHECKSUM_LEVELS, Book, Delta

_LEVEL = struct.Struct("<qq")


class BookGapError(Exception):
    """A delta does not follow what is known, or the checksum differs: subscribe again."""


def book_checksum(bids: Iterable[tuple[int, int]], asks: Iterable[tuple[int, int]]) -> int:
    """CRC-32 over the best `CHECKSUM_LEVELS` levels of each side, given best first as (price, quantity)."""
    checksum = 0
    for side in (bids, asks):
        for price, quantity in islice(side, CHECKSUM_LEVELS):
            checksum = zlib.crc32(_LEVEL.pack(price, quantity), checksum)
    return checksum


class BookMirror:
    """Levels by price; prices in ticks, quantities in lots."""

    def __init__(self, instrument: str) -> None:
        self.instrument = instrument
        self.seq: int | None = None
        """Engine sequence of the last message applied; None before the first snapshot and after a gap."""
        self._bids: SortedDict[int, int] = SortedDict()  # keyed by -price: best first on both sides
        self._asks: SortedDict[int, int] = SortedDict()

    def bids(self) -> list[tuple[int, int]]:
        """(price, quantity), best first."""
        return [(-key, quantity) for key, quantity in self._bids.items()]

    def asks(self) -> list[tuple[int, int]]:
        """(price, quantity), best first."""
        return list(self._asks.items())

    def best_bid(self) -> tuple[int, int] | None:
        """(price, quantity) of the best bid, or None."""
        if not self._bids:
            return None
        key, quantity = self._bids.peekitem(0)
        return -key, quantity

    def best_ask(self) -> tuple[int, int] | None:
        """(price, quantity) of the best ask, or None."""
        return self._asks.peekitem(0) if self._asks else None

    def snapshot(self, message: Book) -> None:
        """Replaces the book. `BookGapError` if the snapshot contradicts its own checksum."""
        self._bids = SortedDict((-price, quantity) for price, quantity in message.bids)
        self._asks = SortedDict((price, quantity) for price, quantity in message.asks)
        self.seq = message.seq
        self._verify(message.checksum)

    def apply(self, message: Delta) -> None:
        """Applies the delta. `BookGapError` if it does not follow `seq` or the checksum differs."""
        if message.prev_seq != self.seq:
            known = self.seq
            self.forget()
            raise BookGapError(f"{self.instrument}: delta follows {message.prev_seq}, the book is at {known}")
        for price, quantity in message.bids:
            _set_level(self._bids, -price, quantity)
        for price, quantity in message.asks:
            _set_level(self._asks, price, quantity)
        self.seq = message.seq
        self._verify(message.checksum)

    def forget(self) -> None:
        """Empties the book until the next snapshot."""
        self._bids.clear()
        self._asks.clear()
        self.seq = None

    def _verify(self, expected: int) -> None:
        bids = ((-key, quantity) for key, quantity in self._bids.items())
        checksum = book_checksum(bids, self._asks.items())
        if checksum != expected:
            seq = self.seq
            self.forget()
            raise BookGapError(f"{self.instrument}: checksum {checksum} at {seq}, the server says {expected}")


def _set_level(side: "SortedDict[int, int]", key: int, quantity: int) -> None:
    if quantity:
        side[key] = quantity
    else:
        side.pop(key, None)
