"""Stop orders that wait: queues by trigger price, and the marks of those that were reached. Nothing here knows a book.

The word *value* is that of `engine_core/docs/market-rules.md`, section 10: what must reach a trigger price.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

from pyengine.records import Side, Trigger
from pyengine.reference.book import Levels, Numbered


class Waiting(Numbered, Protocol):
    """What a queue asks of a stop."""

    @property
    def trigger_price(self) -> int:
        """Its place in the queue, in ticks: stays what it is for as long as the stop is in it."""

    @property
    def trail(self) -> int:
        """By how much it trails, in ticks; 0 if it does not."""


StopT = TypeVar("StopT", bound=Waiting)


def reaches(side: Side, value: int, trigger_price: int) -> bool:
    """Whether a value triggers stops of this side and price."""
    return value >= trigger_price if side == Side.BUY else value <= trigger_price


class Queue(Generic[StopT]):
    """The waiting stops of one trigger and side, the nearest trigger price first."""

    def __init__(self, trigger: Trigger, side: Side) -> None:
        self.trigger = trigger
        self.side = side
        self.mark = 0
        """The most extreme value that reached a stop which has not entered yet, in ticks; 0: there is none."""
        self._levels: Levels[StopT] = Levels(highest_first=side == Side.SELL)

    def add(self, stop: StopT) -> None:
        """Puts the stop behind all others of its trigger price."""
        self._levels.add(stop.trigger_price, stop)

    def remove(self, stop: StopT) -> None:
        """Takes a waiting stop out."""
        self._levels.remove(stop.trigger_price, stop)

    def stops(self) -> Iterator[StopT]:
        """Every stop, the nearest first."""
        return self._levels.orders()

    def trailing(self) -> list[StopT]:
        """The stops that trail, the lowest order id first."""
        return sorted((stop for stop in self.stops() if stop.trail), key=lambda stop: stop.order_id)

    def is_reached_by(self, value: int | None) -> bool:
        """Whether a value, if it is one, triggers a stop of the queue."""
        nearest = self._levels.first_price()
        return value is not None and nearest is not None and reaches(self.side, value, nearest)

    def look(self, value: int) -> None:
        """Remembers a value that triggers a stop, if none that goes further was seen."""
        if self.is_reached_by(value) and (not self.mark or reaches(self.side, value, self.mark)):
            self.mark = value

    def mark_reaches(self, trigger_price: int) -> bool:
        """Whether a stop of this price has been reached."""
        return self.mark != 0 and reaches(self.side, self.mark, trigger_price)

    def drop_idle_mark(self) -> None:
        """A mark that reaches no stop any more is gone."""
        if not self.is_reached_by(self.mark):
            self.mark = 0


TRIGGERS = (Trigger.LAST_TRADE, Trigger.BEST_OPPOSITE, Trigger.REFERENCE)


def new_queues() -> dict[tuple[int, Side], Queue[StopT]]:
    """The six queues of an instrument, in the order in which they are observed."""
    return {(trigger, side): Queue(trigger, side) for trigger in TRIGGERS for side in (Side.SELL, Side.BUY)}
