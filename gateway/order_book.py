"""A mirror of one instrument's level-3 book: `level3_book` and `level3_delta`, verified by `seq` and checksum.

It has every order in the queue of its level, by public id. While parts are to come it knows the first of them, and
leaves what arrives beyond to the next part. It never guesses: what does not fit raises `BookGapError`, and the book is
then empty until the next first part.
"""

import struct
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final

from sortedcontainers import SortedDict

from gateway.book import BookGapError
from gateway.schemas import CHECKSUM_ORDERS, Level3Book, Level3Delta, OrderChange, PublicOrder, Side

_ORDER: Final = struct.Struct("<Qqq")
_SIDES: Final[tuple[Side, Side]] = ("buy", "sell")

Rank = tuple[int, int]
"""Lower is told earlier: bids from the highest price, then asks from the lowest."""


def _rank(side: Side, price: int) -> Rank:
    return (0, -price) if side == "buy" else (1, price)


def order_book_checksum(bids: Iterator[PublicOrder], asks: Iterator[PublicOrder]) -> int:
    """CRC-32 over the first `CHECKSUM_ORDERS` orders of each side, given in the order in which they would trade."""
    checksum = 0
    for order in chain(islice(bids, CHECKSUM_ORDERS), islice(asks, CHECKSUM_ORDERS)):
        checksum = zlib.crc32(_ORDER.pack(*order), checksum)
    return checksum


class OrderBookMirror:
    """Queues by price; prices in ticks, quantities (what an order has left) in lots."""

    def __init__(self, instrument: str) -> None:
        self.instrument = instrument
        self.seq: int | None = None
        """Engine sequence of the last message applied; None before the first part and after a gap."""
        self._levels: SortedDict[Rank, OrderedDict[int, int]] = SortedDict()
        self._ranks: dict[int, Rank] = {}
        self._parts = 0
        self._end: Rank | None = None

    @property
    def complete(self) -> bool:
        """Whether every part has come."""
        return self.seq is not None and self._end is None

    def __len__(self) -> int:
        """The orders known."""
        return len(self._ranks)

    def orders(self, side: Side) -> Iterator[PublicOrder]:
        """(id, price, quantity), the first to trade first. The book must not change meanwhile."""
        first, last = (None, (1, 0)) if side == "buy" else ((1, 0), None)
        for rank in self._levels.irange(first, last):
            for order_id, quantity in self._levels[rank].items():
                yield order_id, abs(rank[1]), quantity

    def snapshot(self, message: Level3Book) -> None:
        """Takes a part in; the first replaces the book. `BookGapError` if it is not the next, or does not verify."""
        if message.part == 0:
            self.forget()
        elif (message.part, message.seq) != (self._parts, self.seq):
            self._lose(f"part {message.part} at {message.seq}, the book has {self._parts} parts at {self.seq}")
        last = None
        for side, orders in zip(_SIDES, (message.bids, message.asks), strict=True):
            for order_id, price, quantity in orders:
                last = _rank(side, price)
                if order_id not in self._ranks:
                    self._join(order_id, last, quantity)
        if message.more and last is None:
            self._lose("a part without orders says that there are more")
        self._parts = message.part + 1
        self._end = last if message.more else None
        self.seq = message.seq
        self._verify(message.checksum)

    def apply(self, message: Level3Delta) -> None:
        """Applies the changes. `BookGapError` if they do not follow `seq`, do not fit, or the checksum differs."""
        if message.prev_seq != self.seq:
            self._lose(f"changes follow {message.prev_seq}, the book is at {self.seq}")
        for change in message.changes:
            self._change(change)
        self.seq = message.seq
        self._verify(message.checksum)

    def forget(self) -> None:
        """Empties the book until the next first part."""
        self._levels.clear()
        self._ranks.clear()
        self.seq = self._end = None
        self._parts = 0

    def _change(self, change: OrderChange) -> None:
        kind, order_id, side, price, quantity = change
        rank = _rank(side, price)
        known = self._ranks.get(order_id)
        to_come = self._end is not None and rank >= self._end
        arrives = kind in ("added", "moved")
        if kind == "added":
            fits = known is None
        elif kind == "moved":
            fits = known is not None or self._end is not None
        else:
            fits = known == rank or (known is None and to_come)
        if not fits:
            self._lose(f"order {order_id} was {kind} at {price}, and was at {known and abs(known[1])}")
        if known and (arrives or not quantity):
            self._leave(order_id)
        elif known:
            self._levels[rank][order_id] = quantity
        if arrives and not to_come:
            self._join(order_id, rank, quantity)

    def _join(self, order_id: int, rank: Rank, quantity: int) -> None:
        """To the back of the queue."""
        level = self._levels.get(rank)
        if level is None:
            level = self._levels[rank] = OrderedDict()
        level[order_id] = quantity
        self._ranks[order_id] = rank

    def _leave(self, order_id: int) -> None:
        rank = self._ranks.pop(order_id)
        level = self._levels[rank]
        del level[order_id]
        if not level:
            del self._levels[rank]

    def _verify(self, expected: int) -> None:
        """A book that is not complete has nothing to compare."""
        if not self.complete:
            return
        checksum = order_book_checksum(self.orders("buy"), self.orders("sell"))
        if checksum != expected:
            self._lose(f"checksum {checksum} at {self.seq}, the server says {expected}")

    def _lose(self, reason: str) -> None:
        self.forget()
        raise BookGapError(f"{self.instrument}: {reason}")
