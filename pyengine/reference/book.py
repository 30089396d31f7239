"""One instrument's price-time book. It knows levels and priority, and of an order only its place; it knows no money."""

from __future__ import annotations

from collections.abc import Iterator
from operator import neg
from typing import Generic, Protocol, TypeVar

from sortedcontainers import SortedDict

from pyengine.records import Side


class Resting(Protocol):
    """What the book asks of an order."""

    @property
    def order_id(self) -> int:
        """Unique among the orders of the book."""

    @property
    def side(self) -> Side:
        """Where it rests."""

    @property
    def price(self) -> int:
        """Its level, in ticks: stays what it is for as long as the order rests."""


OrderT = TypeVar("OrderT", bound=Resting)


class Book(Generic[OrderT]):
    """Two sides of levels, best price first; a level is its orders by id, first to trade first."""

    def __init__(self) -> None:
        self._sides = {Side.BUY: SortedDict(neg), Side.SELL: SortedDict()}

    def add(self, order: OrderT) -> None:
        """Rests the order behind all others of its level."""
        self._sides[order.side].setdefault(order.price, {})[order.order_id] = order

    def remove(self, order: OrderT) -> None:
        """Takes a resting order out; an emptied level goes with it."""
        levels = self._sides[order.side]
        level = levels[order.price]
        del level[order.order_id]
        if not level:
            del levels[order.price]

    def best(self, side: Side) -> OrderT | None:
        """The order that trades first."""
        levels = self._sides[side]
        if not levels:
            return None
        level: dict[int, OrderT] = levels.peekitem(0)[1]
        return next(iter(level.values()))

    def best_price(self, side: Side) -> int | None:
        """The price of the best level, in ticks."""
        levels = self._sides[side]
        return levels.peekitem(0)[0] if levels else None

    def orders(self, side: Side) -> Iterator[OrderT]:
        """Every order of a side, first to trade first."""
        for level in self._sides[side].values():
            yield from level.values()

    def levels(self, side: Side) -> Iterator[tuple[int, list[OrderT]]]:
        """Every level of a side, best first: its price and its orders, first to trade first."""
        for price, level in self._sides[side].items():
            yield price, list(level.values())
