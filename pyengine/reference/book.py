"""One instrument's price-time book: displayed orders, hidden ones, market orders that wait for an auction, and pegs. It
knows levels and priority, and of an order only its place; it knows no money.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from operator import neg
from typing import Generic, Protocol, TypeVar

from sortedcontainers import SortedDict

from pyengine.records import Side
from pyengine.reference.pegs import Followed, Pegged, Pegs


class Numbered(Protocol):
    """What a level asks of an order."""

    @property
    def order_id(self) -> int:
        """Unique among the orders of the levels."""


class Resting(Pegged, Protocol):
    """What the book asks of an order: all of it stays what it is for as long as the order rests. Its price is its
    level, unless it is pegged."""

    @property
    def is_pegged(self) -> bool:
        """Whether it trades where the displayed bests are, and not at a price of its own."""

    @property
    def is_hidden(self) -> bool:
        """Whether others do not see it."""

    @property
    def is_market(self) -> bool:
        """Whether it waits for an auction, in which it goes first at its limit: no other market order rests."""


NumberedT = TypeVar("NumberedT", bound=Numbered)
OrderT = TypeVar("OrderT", bound=Resting)


class Levels(Generic[NumberedT]):
    """Orders by price; a level is its orders by id, the first to arrive first."""

    def __init__(self, *, highest_first: bool) -> None:
        self._levels = SortedDict(neg) if highest_first else SortedDict()

    def add(self, price: int, order: NumberedT) -> None:
        """Puts the order behind all others of this price."""
        self._levels.setdefault(price, {})[order.order_id] = order

    def remove(self, price: int, order: NumberedT) -> None:
        """Takes an order of this price out; an emptied level goes with it."""
        level = self._levels[price]
        del level[order.order_id]
        if not level:
            del self._levels[price]

    def first_price(self) -> int | None:
        """The price of the first level, in ticks."""
        return self._levels.peekitem(0)[0] if self._levels else None

    def __iter__(self) -> Iterator[tuple[int, Iterable[NumberedT]]]:
        """Every level, the first first: its price and its orders."""
        for price, level in self._levels.items():
            yield price, level.values()

    def orders(self) -> Iterator[NumberedT]:
        """Every order, the first of the first level first."""
        for _, level in self:
            yield from level


class Book(Generic[OrderT]):
    """Two sides of levels, best price first, each of displayed orders, of hidden ones and of market orders; and of
    pegs, which have no level."""

    def __init__(self) -> None:
        self.displayed: dict[Side, Levels[OrderT]] = {side: Levels(highest_first=side == Side.BUY) for side in Side}
        self.hidden: dict[Side, Levels[OrderT]] = {side: Levels(highest_first=side == Side.BUY) for side in Side}
        self.market: dict[Side, Levels[OrderT]] = {side: Levels(highest_first=side == Side.BUY) for side in Side}
        self.pegs: dict[Side, Pegs[OrderT]] = {side: Pegs(side) for side in Side}

    def add(self, order: OrderT) -> None:
        """Rests the order behind all others of its level."""
        if order.is_pegged:
            self.pegs[order.side].add(order)
        else:
            self._levels_of(order).add(order.price, order)

    def remove(self, order: OrderT) -> None:
        """Takes a resting order out."""
        if order.is_pegged:
            self.pegs[order.side].remove(order)
        else:
            self._levels_of(order).remove(order.price, order)

    def _levels_of(self, order: OrderT) -> Levels[OrderT]:
        if order.is_market:
            return self.market[order.side]
        return (self.hidden if order.is_hidden else self.displayed)[order.side]

    def best_price(self, side: Side, without: OrderT | None = None) -> int | None:
        """The displayed best, in ticks, as it would be without an order."""
        if without is None:
            return self.displayed[side].first_price()
        levels = self.displayed[side]
        return next((price for price, level in levels if any(order is not without for order in level)), None)

    def touch(self, side: Side, followed: Followed) -> int | None:
        """The best price of displayed and hidden orders and of pegs, in ticks."""
        return next((price for price, _ in self.levels(side, followed)), None)

    def levels(self, side: Side, followed: Followed) -> Iterator[tuple[int, Iterable[OrderT]]]:
        """Every level as an incoming order meets it: the best first, of one price the displayed one, then the hidden
        one, then each peg by itself."""
        displayed, hidden, pegs = self.displayed[side], self.hidden[side], self.pegs[side]
        if pegs:
            return _merged(side, displayed, hidden, ((price, (peg,)) for price, peg in pegs.priced(followed)))
        if hidden.first_price() is None:
            # As below, in half the time: hidden orders are rare.
            return iter(displayed)
        return _merged(side, displayed, hidden)

    def offers(self, side: Side, followed: Followed) -> Iterator[tuple[int, OrderT]]:
        """Every order of a side that an incoming one can meet, first to trade first, and at which price."""
        for price, level in self.levels(side, followed):
            for order in level:
                yield price, order

    def orders(self, side: Side) -> Iterator[OrderT]:
        """Every order of a side that has a level in which an incoming one can meet it, first to trade first."""
        for _, level in _merged(side, self.displayed[side], self.hidden[side]):
            yield from level

    def auction_orders(self, side: Side) -> Iterator[OrderT]:
        """Every order of a side, in the order in which an auction serves them."""
        for _, level in _merged(side, self.market[side], self.displayed[side], self.hidden[side]):
            yield from level


def _merged(side: Side, *halves: Iterable[tuple[int, Iterable[OrderT]]]) -> Iterator[tuple[int, Iterable[OrderT]]]:
    """The levels of all of these, the best first, of one price in the order in which they are given."""
    sign = -1 if side == Side.BUY else 1
    return merge(*halves, key=lambda level: sign * level[0])
