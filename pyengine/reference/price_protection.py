"""What an instrument remembers to protect its prices (`engine_core/docs/market-rules.md`, sections 34 to 37), and what
follows from that alone. It knows no order and no event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pyengine.records import (
    MAX_CALL_NS,
    MAX_COLLAR_BPS,
    MAX_MULTIPLIER,
    VOLATILITY_BUCKET,
    VOLATILITY_BUCKETS,
    LimitState,
    PrimaryPolicy,
    PrimaryStatus,
    StalePolicy,
)

END_OF_TIME: Final = 2**64 - 1
"""No time is later."""
MULTIPLIER_SCALE: Final = 100
"""Multipliers are hundredths."""


class VolatilityBands(NamedTuple):
    """How far prices may be from the mean of the last trades, and how long they may be at the edge of that."""

    bps: int = 0
    """0: there are no such bands."""
    ticks: int = 0
    multiplier: int = 0
    limit_state_ns: int = 0
    pause_ns: int = 0


NO_VOLATILITY_BANDS: Final = VolatilityBands()


def are_volatility_bands(bands: VolatilityBands, max_price: int) -> bool:
    """Whether an instrument can have such bands, or none."""
    if bands.bps == 0:
        return bands == NO_VOLATILITY_BANDS
    return (
        bands.bps <= MAX_COLLAR_BPS
        and bands.ticks <= max_price
        and 1 <= bands.multiplier <= MAX_MULTIPLIER
        and 1 <= bands.limit_state_ns <= MAX_CALL_NS
        and 1 <= bands.pause_ns <= MAX_CALL_NS
    )


class Bucket(NamedTuple):
    """The trades of a second."""

    total: int
    """Of their prices, in ticks."""
    trades: int


def bucket_number(timestamp_ns: int) -> int:
    """Of the bucket to which the time belongs."""
    return timestamp_ns // VOLATILITY_BUCKET


@dataclass(slots=True)
class Volatility:
    """The bands of an instrument: what they are around, the trades that move that, the limit state that follows."""

    bands: VolatilityBands = NO_VOLATILITY_BANDS
    reference: int = 0
    """In ticks; 0: not known, so nothing is bounded."""
    moved_at: int = 0
    look_at: int = 0
    """When a pulse looks at the reference; 0: it does not."""
    limit_state: LimitState = LimitState.NONE
    state_ends_at: int = 0
    buckets: dict[int, Bucket] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How far from the reference a price may be, in ticks."""
        bps, ticks, multiplier, *_ = self.bands
        width = self.reference * bps * multiplier // 1_000_000
        return max(1, min(width, ticks * multiplier // MULTIPLIER_SCALE) if ticks else width)

    def window(self, timestamp_ns: int) -> dict[int, Bucket]:
        """The buckets that still count."""
        oldest = bucket_number(timestamp_ns) - VOLATILITY_BUCKETS
        return {number: bucket for number, bucket in self.buckets.items() if number > oldest}

    def mean(self, timestamp_ns: int) -> int:
        """Of the prices in the window, rounded down; 0 if there are none."""
        window = self.window(timestamp_ns).values()
        trades = sum(bucket.trades for bucket in window)
        return sum(bucket.total for bucket in window) // trades if trades else 0

    def remember(self, price: int, timestamp_ns: int) -> None:
        """A trade; what is older than the window is forgotten."""
        self.buckets = self.window(timestamp_ns)
        number = bucket_number(timestamp_ns)
        total, trades = self.buckets.get(number, Bucket(0, 0))
        self.buckets[number] = Bucket(total + price, trades + 1)


class ReferencePolicy(NamedTuple):
    """What an old reference price leads to, and a closed primary market."""

    stale: StalePolicy = StalePolicy.KEEP
    primary: PrimaryPolicy = PrimaryPolicy.NONE
    widen: int = 0
    max_age_ns: int = 0
    closed_bps: int = 0
    step_bps: int = 0
    step_ns: int = 0


NO_POLICY: Final = ReferencePolicy()


def is_reference_policy(policy: ReferencePolicy, call_ns: int) -> bool:
    """Whether each part has what it needs and nothing else. A band needs calls that last: prices outside begin one."""
    lowest, highest = (MULTIPLIER_SCALE, MAX_MULTIPLIER) if policy.stale == StalePolicy.WIDEN else (0, 0)
    is_whole = (policy.max_age_ns != 0) == (policy.stale != StalePolicy.KEEP) and lowest <= policy.widen <= highest
    is_banded = policy.primary in (PrimaryPolicy.FIXED_BAND, PrimaryPolicy.REANCHOR)
    moves = policy.primary == PrimaryPolicy.REANCHOR
    return (
        is_whole
        and _is_in(policy.closed_bps, MAX_COLLAR_BPS, is_banded)
        and _is_in(policy.step_bps, MAX_COLLAR_BPS, moves)
        and _is_in(policy.step_ns, MAX_CALL_NS, moves)
        and (policy.closed_bps == 0 or call_ns != 0)
    )


def _is_in(value: int, most: int, is_there: bool) -> bool:
    """Whether a field that is there has a value of 1 or more, and one that is not there none."""
    return 1 <= value <= most if is_there else value == 0


@dataclass(slots=True)
class PriceProtection:
    """The policy of an instrument, and what has come of it."""

    policy: ReferencePolicy = NO_POLICY
    status: PrimaryStatus = PrimaryStatus.OPEN
    is_too_old: bool = False
    """What a pulse has found of the reference price."""
    close: int = 0
    """Of the primary market, in ticks; 0: not known."""
    anchor: int = 0
    """What the static band is around while the primary market is closed, in ticks; 0: nothing."""
    step_at: int = 0
    """When the anchor makes its next step; 0: it does not."""

    @property
    def is_anchored(self) -> bool:
        """Whether the static band is that of a closed primary market."""
        has_band = self.policy.primary in (PrimaryPolicy.FIXED_BAND, PrimaryPolicy.REANCHOR)
        return has_band and self.status == PrimaryStatus.CLOSED

    @property
    def asks_for_age(self) -> bool:
        """Whether it matters how old the reference price is."""
        is_closed = self.status == PrimaryStatus.CLOSED and self.policy.primary != PrimaryPolicy.NONE
        return self.policy.stale != StalePolicy.KEEP and not is_closed

    @property
    def asks_for_stale_halt(self) -> bool:
        """Whether trading should not be, because of the reference price."""
        return self.policy.stale == StalePolicy.HALT and self.is_too_old

    @property
    def asks_for_primary_halt(self) -> bool:
        """Whether trading should not be, because of the primary market."""
        is_closed = self.status == PrimaryStatus.CLOSED and self.policy.primary == PrimaryPolicy.HALT
        return is_closed or self.status == PrimaryStatus.HALTED

    def static_bps(self, usual: int) -> int:
        """How wide the static band is, if it is usually so wide."""
        if self.is_anchored:
            return self.policy.closed_bps
        is_wider = self.is_too_old and self.policy.stale == StalePolicy.WIDEN
        return usual * self.policy.widen // MULTIPLIER_SCALE if is_wider else usual
