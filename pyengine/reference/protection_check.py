"""What must hold of an instrument's bands and policies after each command, however they came to be."""

from __future__ import annotations

from pyengine.records import MAX_CALL_NS, VOLATILITY_INTERVAL, LimitState, PrimaryPolicy, PrimaryStatus
from pyengine.reference.price_protection import (
    END_OF_TIME,
    NO_VOLATILITY_BANDS,
    Volatility,
    are_volatility_bands,
    bucket_number,
    is_reference_policy,
)
from pyengine.reference.primary import too_old_at
from pyengine.reference.state import Instrument
from pyengine.reference.volatility import limit_state


def check_protection(instrument: Instrument, timestamp_ns: int) -> None:
    """Asserts that the engine can have come to this by its time."""
    _check_bands(instrument, timestamp_ns)
    _check_limit_state(instrument, timestamp_ns)
    _check_policy(instrument, timestamp_ns)


def _check_bands(instrument: Instrument, timestamp_ns: int) -> None:
    """Asserts that the reference and its window are of bands that there are, and of the time until now."""
    name, own = f"instrument {instrument.id}", instrument.volatility
    assert are_volatility_bands(own.bands, instrument.max_price), f"{name}: {own.bands}"
    if own.bands == NO_VOLATILITY_BANDS:
        assert own == Volatility(), f"{name} has no bands, and remembers {own}"
        return
    assert own.reference <= instrument.max_price, f"{name}: bands around {own.reference}"
    assert own.moved_at <= timestamp_ns, f"{name}: bands of {own.moved_at}"
    assert own.look_at <= later(timestamp_ns, VOLATILITY_INTERVAL), f"{name}: a look at {own.look_at}"
    assert own.look_at or not own.window(timestamp_ns), f"{name}: trades that are never looked at"
    for number, (total, count) in own.buckets.items():
        assert number <= bucket_number(timestamp_ns), f"{name}: trades of {number}, which is to come"
        assert 1 <= count <= total <= count * instrument.max_price, f"{name}: {count} trades for {total}"
    if instrument.lets_stops_in and not own.reference:
        assert not own.window(timestamp_ns), f"{name} has traded, and its bands are around nothing"
        assert not instrument.auction_reference, f"{name} is worth something, and its bands are around nothing"


def _check_limit_state(instrument: Instrument, timestamp_ns: int) -> None:
    """Asserts that the limit state is that of the book, and that it ends."""
    name, own = f"instrument {instrument.id}", instrument.volatility
    assert own.limit_state == limit_state(instrument), f"{name}: the limit state {own.limit_state.name}"
    lasts = own.limit_state != LimitState.NONE
    assert (own.state_ends_at != 0) == lasts, f"{name}: {own.limit_state.name} until {own.state_ends_at}"
    assert own.state_ends_at <= later(timestamp_ns, MAX_CALL_NS), f"{name}: a limit state until {own.state_ends_at}"


def _check_policy(instrument: Instrument, timestamp_ns: int) -> None:
    """Asserts that what the policy leads to is there, and nothing else."""
    name, own = f"instrument {instrument.id}", instrument.protection
    assert is_reference_policy(own.policy, instrument.limits.call_ns), f"{name}: {own.policy}"
    assert own.close <= (instrument.max_price if own.status == PrimaryStatus.CLOSED else 0), f"{name}: {own.close}"
    assert own.anchor <= (instrument.max_price if own.is_anchored else 0), f"{name}: an anchor of {own.anchor}"
    assert own.anchor or not (own.is_anchored and own.close), f"{name}: no anchor, and a close of {own.close}"
    moves = own.is_anchored and own.policy.primary == PrimaryPolicy.REANCHOR
    assert (own.step_at != 0) == moves, f"{name}: a step at {own.step_at}"
    assert own.step_at <= later(timestamp_ns, own.policy.step_ns), f"{name}: a step at {own.step_at}"
    if own.is_too_old:
        limit = too_old_at(instrument)
        assert 0 < limit <= timestamp_ns, f"{name}: a reference price that is not too old"


def later(timestamp_ns: int, nanoseconds: int) -> int:
    """The time so long after this."""
    return min(timestamp_ns + nanoseconds, END_OF_TIME)
