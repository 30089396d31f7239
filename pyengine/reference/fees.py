"""Fees as they are remembered (`engine_core/docs/market-rules.md`, sections 30 to 32): rates, tiers, and what of them
waits for its time. Nothing here knows an order, an account or an event.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from pyengine.records import DAY_NS, FEE_DAYS, MAX_AMOUNT, MAX_FEE_RATE, MAX_FEE_TIERS


class Rates(NamedTuple):
    """In hundredths of a basis point; a maker's below 0 is a rebate."""

    maker_rate: int
    taker_rate: int

    @property
    def are_possible(self) -> bool:
        """Whether a schedule can have them."""
        return -MAX_FEE_RATE <= self.maker_rate <= MAX_FEE_RATE and 0 <= self.taker_rate <= MAX_FEE_RATE


class Tier(NamedTuple):
    """Rates from so much traded on."""

    notional: int
    rates: Rates


class Fees(NamedTuple):
    """The fees of a schedule, or of its override for one instrument."""

    rates: Rates
    """Of who has reached no tier."""
    tiers: tuple[Tier, ...] = ()

    def rates_after(self, notional: int) -> Rates:
        """The rates of who has traded so much."""
        return [self.rates, *(tier.rates for tier in self.tiers if tier.notional <= notional)][-1]

    @property
    def are_possible(self) -> bool:
        """Whether a command can set them."""
        notionals = [0, *(tier.notional for tier in self.tiers)]
        return (
            len(self.tiers) <= MAX_FEE_TIERS
            and all(below < above for below, above in pairwise(notionals))
            and all(rates.are_possible for rates in (self.rates, *(tier.rates for tier in self.tiers)))
        )


NO_FEES = Fees(Rates(0, 0))


class Target(NamedTuple):
    """Whose fees: a schedule's own, or its override's."""

    fee_schedule: int
    instrument: int
    """`NONE_ID` for the schedule's own: so those are the last of a schedule."""


class WaitingChange(NamedTuple):
    """Fees from a time on. Their order is that in which they become effective; no two have one time and one target."""

    effective_at: int
    target: Target
    fees: Fees | None
    """None: the override is taken away."""


def day_of(timestamp_ns: int) -> int:
    """The day of a time."""
    return timestamp_ns // DAY_NS


def counts_on(day: int, today: int) -> bool:
    """Whether what was traded on a day still decides a tier."""
    return today - FEE_DAYS < day <= today


class Traded:
    """What one account has traded in one quote asset, by day."""

    def __init__(self) -> None:
        self.days: dict[int, int] = {}

    def add(self, day: int, cash: int) -> None:
        """Counts a fill; a day counts to `MAX_AMOUNT`."""
        self.days[day] = min(self.days.get(day, 0) + cash, MAX_AMOUNT)

    def counting(self, today: int) -> list[tuple[int, int]]:
        """The days that still count, each with its notional, in their order."""
        return sorted((day, notional) for day, notional in self.days.items() if counts_on(day, today))

    def total(self, today: int) -> int:
        """What decides the tier."""
        return min(sum(notional for _, notional in self.counting(today)), MAX_AMOUNT)
