"""The price of a call auction (`engine_core/docs/market-rules.md`, section 18): a pure function of a book.

Between two neighbouring limits nothing changes, so not prices are looked at, but ranges of them: one for each limit.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from pyengine.records import Side
from pyengine.reference.eligibility import barred
from pyengine.reference.state import Instrument, LiveOrder, State


class Clearing(NamedTuple):
    """What an auction does: all of it 0 if nothing trades."""

    price: int = 0
    quantity: int = 0
    surplus: int = 0


class Range(NamedTuple):
    """Neighbouring prices, the same lots at each: of buys that reach them, and of sells."""

    first: int
    last: int
    demand: int
    supply: int

    @property
    def executable(self) -> int:
        """Lots that trade."""
        return min(self.demand, self.supply)

    @property
    def surplus(self) -> int:
        """Lots that do not, though they could: of buys, below 0 of sells."""
        return self.demand - self.supply


def clear(state: State, instrument: Instrument) -> Clearing:
    """The auction as it would be now, among those who may trade."""
    buys, sells = (
        [order for order in instrument.book.auction_orders(side) if barred(state, order) is None]
        for side in (Side.BUY, Side.SELL)
    )
    ranges = _ranges(instrument.max_price, buys, sells)
    most = max(prices.executable for prices in ranges)
    if most == 0:
        return Clearing()
    ranges = [prices for prices in ranges if prices.executable == most]
    least = min(abs(prices.surplus) for prices in ranges)
    ranges = [prices for prices in ranges if abs(prices.surplus) == least]
    price = _choice(instrument, ranges, [order.price for order in buys + sells if not order.is_market])
    surplus = next(prices.surplus for prices in ranges if price <= prices.last)
    return Clearing(price, most, surplus)


def _ranges(max_price: int, buys: list[LiveOrder], sells: list[LiveOrder]) -> list[Range]:
    """All prices, the lowest first: a range ends where a buy reaches no further, or a sell begins to."""
    changes = {1, *(order.price + 1 for order in buys), *(order.price for order in sells)}
    starts = sorted(price for price in changes if price <= max_price)
    return [
        Range(
            first,
            end - 1,
            demand=sum(order.leaves for order in buys if order.price >= first),
            supply=sum(order.leaves for order in sells if order.price <= first),
        )
        for first, end in pairwise([*starts, max_price + 1])
    ]


def _choice(instrument: Instrument, ranges: list[Range], limits: list[int]) -> int:
    """The price among those that are as good as each other, which these ranges are without a gap."""
    first, last = ranges[0].first, ranges[-1].last
    reference = instrument.auction_reference
    nearest = [min(max(reference, first), last)] if reference else []
    candidates = [limit for limit in limits if first <= limit <= last] + nearest
    if candidates and all(prices.surplus > 0 for prices in ranges):
        return max(candidates)
    if candidates and all(prices.surplus < 0 for prices in ranges):
        return min(candidates)
    return nearest[0] if nearest else (first + last) // 2
