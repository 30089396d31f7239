"""Old reference prices and the primary market (`engine_core/docs/market-rules.md`, sections 36 and 37): what they halt,
and which static band they leave.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pyengine.events import PrimaryStatusSet, ReferencePolicySet, ReferenceSet, StaticBandMoved
from pyengine.records import (
    COLLAR_SCALE,
    VENUE_ACCOUNT,
    HaltCause,
    PrimaryPolicy,
    PrimaryStatus,
    RejectCode,
    SetPrimaryStatus,
    SetReference,
    SetReferencePolicy,
    StalePolicy,
)
from pyengine.reference.backing import asset_halts
from pyengine.reference.bands import static_band, static_middle, static_width
from pyengine.reference.forms import is_policy, is_primary_status
from pyengine.reference.machine import Machine
from pyengine.reference.phases import later, set_cause
from pyengine.reference.price_protection import END_OF_TIME, ReferencePolicy, is_reference_policy
from pyengine.reference.state import Instrument, find


class Standing(NamedTuple):
    """What of an instrument can change by a policy."""

    causes: frozenset[HaltCause]
    """The causes for which it asks."""
    anchor: int
    bps: int


CAUSES: Final = (HaltCause.PRIMARY_MARKET, HaltCause.STALE_REFERENCE)
"""What a policy halts for, in the order in which that is said."""


def standing(instrument: Instrument) -> Standing:
    """As it is now."""
    protection = instrument.protection
    asks = (protection.asks_for_primary_halt, protection.asks_for_stale_halt)
    causes = frozenset(cause for cause, is_asked in zip(CAUSES, asks, strict=True) if is_asked)
    return Standing(causes, protection.anchor, static_width(instrument))


def set_reference(machine: Machine, _account_id: int, body: SetReference) -> RejectCode | None:
    """SET_REFERENCE."""
    instrument = find(machine.state.instruments, body.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    if not 0 <= body.price <= instrument.max_price:
        return RejectCode.INVALID_PRICE
    if body.observed_at < instrument.observed_at:
        return RejectCode.INVALID_PARAMETER

    before = standing(instrument)
    instrument.reference_price, instrument.reference_source = body.price, body.source
    instrument.observed_at = body.observed_at
    machine.emit(ReferenceSet, VENUE_ACCOUNT, **body._asdict())
    judge_age(machine, instrument)
    say_changes(machine, instrument, before)
    return None


def set_reference_policy(machine: Machine, _account_id: int, body: SetReferencePolicy) -> RejectCode | None:
    """SET_REFERENCE_POLICY."""
    if not is_policy(body):
        return RejectCode.MALFORMED
    instrument = find(machine.state.instruments, body.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    policy = ReferencePolicy(StalePolicy(body.stale), PrimaryPolicy(body.primary), *body[3:])
    if not is_reference_policy(policy, instrument.limits.call_ns):
        return RejectCode.INVALID_PARAMETER

    before = standing(instrument)
    instrument.protection.policy = policy
    machine.emit(ReferencePolicySet, VENUE_ACCOUNT, **body._asdict())
    drop_anchor(machine, instrument)
    judge_age(machine, instrument)
    say_changes(machine, instrument, before)
    return None


def set_primary_status(machine: Machine, _account_id: int, body: SetPrimaryStatus) -> RejectCode | None:
    """SET_PRIMARY_STATUS."""
    if not is_primary_status(body.status):
        return RejectCode.MALFORMED
    instrument = find(machine.state.instruments, body.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    highest = instrument.max_price if body.status == PrimaryStatus.CLOSED else 0
    if not 0 <= body.close <= highest:
        return RejectCode.INVALID_PRICE

    before = standing(instrument)
    instrument.protection.status, instrument.protection.close = PrimaryStatus(body.status), body.close
    machine.emit(PrimaryStatusSet, VENUE_ACCOUNT, **body._asdict())
    drop_anchor(machine, instrument)
    judge_age(machine, instrument)
    say_changes(machine, instrument, before)
    return None


def drop_anchor(machine: Machine, instrument: Instrument) -> None:
    """The static band is around the last close from now on, or what comes nearest to that; or it is as usual."""
    protection = instrument.protection
    protection.anchor = protection.step_at = 0
    if protection.is_anchored:
        protection.anchor = protection.close or instrument.auction_reference
        protection.step_at = next_step(machine, instrument)


def next_step(machine: Machine, instrument: Instrument) -> int:
    """When the anchor makes its next step, if one was made now."""
    policy = instrument.protection.policy
    return later(machine, policy.step_ns) if policy.primary == PrimaryPolicy.REANCHOR else 0


def too_old_at(instrument: Instrument) -> int:
    """When the reference price is too old, if that matters: a price that is not known is so at once. Else 0."""
    protection = instrument.protection
    if not protection.asks_for_age:
        return 0
    age = protection.policy.max_age_ns if instrument.reference_price else 0
    return min(max(1, instrument.observed_at + age), END_OF_TIME)


def judge_age(machine: Machine, instrument: Instrument) -> None:
    """A reference price that is not too old any more is so at once; that it is too old is a pulse's."""
    limit = too_old_at(instrument)
    if limit == 0 or machine.state.timestamp_ns < limit:
        instrument.protection.is_too_old = False


def say_changes(machine: Machine, instrument: Instrument, before: Standing) -> None:
    """What is halted, or not any more, and the static band if it is another."""
    now = standing(instrument)
    for cause in CAUSES:
        if asset_halts(machine.state, instrument, cause):
            # It is asked for anyway.
            continue
        if cause in now.causes - before.causes:
            set_cause(machine, instrument, cause, True)
        elif cause in before.causes - now.causes and cause in instrument.halts:
            set_cause(machine, instrument, cause, False)
    if now[1:] != before[1:]:
        report_static_band(machine, instrument)


def report_static_band(machine: Machine, instrument: Instrument) -> None:
    """The static band as it is now."""
    anchor, bps = instrument.protection.anchor, static_width(instrument)
    is_there = bps and static_middle(instrument)
    bounds = static_band(instrument)._asdict() if is_there else {}
    machine.emit(StaticBandMoved, VENUE_ACCOUNT, instrument=instrument.id, anchor=anchor, bps=bps, **bounds)


def grow_too_old(machine: Machine, instrument: Instrument) -> None:
    """Time has made the reference price too old."""
    before = standing(instrument)
    instrument.protection.is_too_old = True
    say_changes(machine, instrument, before)


def step(machine: Machine, instrument: Instrument) -> None:
    """The anchor comes as near to the last trade as a step lets it."""
    before, protection = standing(instrument), instrument.protection
    protection.anchor = stepped(protection.anchor, instrument.last_trade, protection.policy.step_bps)
    protection.step_at = next_step(machine, instrument)
    say_changes(machine, instrument, before)


def stepped(anchor: int, last_trade: int, step_bps: int) -> int:
    """Where an anchor is after a step."""
    if not anchor or not last_trade:
        return anchor or last_trade
    most = anchor * step_bps // COLLAR_SCALE
    return min(max(last_trade, anchor - most), anchor + most)
