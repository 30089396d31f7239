"""Encoder of LOBSTER tapes: a window of levels of one stock, told from messages of ITCH 5.0.

A row is written where the window changes, as in LOBSTER's files; so is a trade with an order that nobody saw. What the
format has no message for is told by those it has: a replacement as a deletion and a submission, an execution out of
turn as a cancellation.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, Final

LEVELS: Final = 5
NO_ASK: Final = b"9999999999,0"
NO_BID: Final = b"-9999999999,0"
SECOND_NS: Final = 10**9
SUBMISSION, CANCELLATION, DELETION, EXECUTION, HIDDEN_EXECUTION = 1, 2, 3, 4, 5


@dataclass(slots=True)
class _Order:
    side: "_Side"
    price: int
    shares: int


class _Side:
    """What rests on a side, level by level."""

    def __init__(self, direction: int, levels: int) -> None:
        self.direction: Final = direction
        self._levels: Final = levels
        self._shares: dict[int, int] = {}
        """By rank: prices whose best is the highest."""
        self._ranks: list[int] = []
        self.shown = [NO_BID if direction == 1 else NO_ASK] * levels
        self._none: Final = self.shown[0]

    def change(self, price: int, shares: int) -> bool:
        """Adds shares at a price, or takes them off; whether the window has changed."""
        rank = price * self.direction
        was = self._shares.get(rank, 0)
        if was == 0:
            insort(self._ranks, rank)
        at = len(self._ranks) - bisect_left(self._ranks, rank)
        if was + shares:
            self._shares[rank] = was + shares
        else:
            del self._shares[rank]
            del self._ranks[-at]
        if at > self._levels:
            return False
        best = reversed(self._ranks[-self._levels :])
        shown = [b"%d,%d" % (rank * self.direction, self._shares[rank]) for rank in best]
        self.shown = shown + [self._none] * (self._levels - len(shown))
        return True


class LobsterTape:
    """Both files of a tape while they are written."""

    def __init__(self, messages: BinaryIO, book: BinaryIO, levels: int = LEVELS) -> None:
        self.rows = 0
        self._messages, self._book = messages, book
        self._bids, self._asks = _Side(1, levels), _Side(-1, levels)
        self._orders: dict[int, _Order] = {}
        self._time = b"0"

    def write(self, messages: Iterable[bytes]) -> None:
        """Tells messages of ITCH 5.0 that are about one stock, or about none."""
        for message in messages:
            kind, number = message[:1], int.from_bytes(message[11:19], "big")
            self._time = b"%d.%09d" % divmod(int.from_bytes(message[5:11], "big"), SECOND_NS)
            if kind in (b"A", b"F"):
                side = self._bids if message[19:20] == b"B" else self._asks
                self._come(number, side, _number(message, 32), _number(message, 20))
            elif kind == b"E":
                self._take_off(EXECUTION, number, _number(message, 19))
            elif kind in (b"X", b"C"):
                self._take_off(CANCELLATION, number, _number(message, 19))
            elif kind == b"D":
                self._take_off(DELETION, number, self._orders[number].shares)
            elif kind == b"U":
                side = self._orders[number].side
                self._take_off(DELETION, number, self._orders[number].shares)
                self._come(int.from_bytes(message[19:27], "big"), side, _number(message, 31), _number(message, 27))
            elif kind == b"P":
                self._row(HIDDEN_EXECUTION, 0, _number(message, 20), _number(message, 32), 1)

    def _come(self, number: int, side: _Side, price: int, shares: int) -> None:
        self._orders[number] = _Order(side, price, shares)
        if side.change(price, shares):
            self._row(SUBMISSION, number, shares, price, side.direction)

    def _take_off(self, kind: int, number: int, shares: int) -> None:
        order = self._orders[number]
        order.shares -= shares
        if order.shares == 0:
            del self._orders[number]
            kind = DELETION if kind == CANCELLATION else kind
        if order.side.change(order.price, -shares):
            self._row(kind, number, shares, order.price, order.side.direction)

    def _row(self, kind: int, number: int, shares: int, price: int, direction: int) -> None:
        self.rows += 1
        self._messages.write(b"%s,%d,%d,%d,%d,%d\n" % (self._time, kind, number, shares, price, direction))
        sides = zip(self._asks.shown, self._bids.shown, strict=True)
        self._book.write(b",".join([level for both in sides for level in both]) + b"\n")


def _number(message: bytes, at: int) -> int:
    """Of four bytes."""
    return int.from_bytes(message[at : at + 4], "big")
