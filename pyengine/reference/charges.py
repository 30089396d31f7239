"""What trades cost (`engine_core/docs/market-rules.md`, sections 29 to 32): SET_FEE_SCHEDULE and SET_FEE_OVERRIDE, what
an account has traded, the rates that follow from both, and changes of fees whose time has come.
"""

from __future__ import annotations

from pyengine.events import FeeOverrideSet, FeeScheduleSet
from pyengine.records import (
    MAX_FEE_OVERRIDES,
    MAX_FEE_SCHEDULES,
    MAX_FEE_TIERS,
    MAX_PENDING_FEE_CHANGES,
    NONE_ID,
    VENUE_ACCOUNT,
    FeeChange,
    RejectCode,
    SetFeeOverride,
    SetFeeSchedule,
)
from pyengine.reference.fees import NO_FEES, Fees, Rates, Target, Tier, Traded, WaitingChange, day_of
from pyengine.reference.machine import Machine
from pyengine.reference.risk import fee
from pyengine.reference.state import Account, Instrument, LiveOrder, State, find


def charge(cash: int, rate: int, other_rate: int) -> int:
    """What one side of a fill pays: of a rate below 0 a rebate, at most what the other side pays."""
    if rate >= 0:
        return fee(cash, rate)
    return -min(fee(cash, -rate), fee(cash, max(0, other_rate)))


def rates_of(state: State, account: Account, instrument: Instrument) -> Rates:
    """The rates that an order of the account gets now."""
    own = state.fee_schedules[account.fee_schedule]
    fees = state.fee_overrides.get(Target(account.fee_schedule, instrument.id), own)
    traded = state.traded.get((account.id, instrument.quote), Traded())
    rates = fees.rates_after(traded.total(day_of(state.timestamp_ns)))
    kept = state.obligations.get((account.id, instrument.id))
    if kept is not None and kept.is_earned:
        return rates._replace(maker_rate=min(rates.maker_rate, kept.terms.maker_rate))
    return rates


def count_traded(state: State, first: LiveOrder, second: LiveOrder, cash: int) -> None:
    """Counts a fill for each side whose schedule has tiers, unless both sides are one party."""
    if first.account.is_one_party_with(second.account):
        return
    for order in (first, second):
        account, quote = order.account, order.instrument.quote
        if has_tiers(state, account.fee_schedule):
            state.traded.setdefault((account.id, quote), Traded()).add(day_of(state.timestamp_ns), cash)


def has_tiers(state: State, fee_schedule: int) -> bool:
    """Whether it matters what is traded under a schedule: on any instrument."""
    overrides = [fees for target, fees in state.fee_overrides.items() if target.fee_schedule == fee_schedule]
    return any(fees.tiers for fees in (state.fee_schedules[fee_schedule], *overrides))


def set_fee_schedule(machine: Machine, _account_id: int, body: SetFeeSchedule) -> RejectCode | None:
    """SET_FEE_SCHEDULE."""
    state, schedules = machine.state, machine.state.fee_schedules
    if body.fee_schedule >= MAX_FEE_SCHEDULES:
        return RejectCode.REGISTRY_FULL
    if body.fee_schedule > len(schedules):
        return RejectCode.ID_NOT_NEXT
    fees = asked_for(body)
    if fees is None or is_past(state, body.effective_at):
        return RejectCode.INVALID_PARAMETER
    if body.fee_schedule == len(schedules) and body.effective_at:
        return RejectCode.INVALID_PARAMETER
    change = WaitingChange(body.effective_at, Target(body.fee_schedule, NONE_ID), fees)
    if has_no_room_to_wait(state, change):
        return RejectCode.FEE_CHANGE_LIMIT

    announce(machine, change)
    return None


def set_fee_override(machine: Machine, _account_id: int, body: SetFeeOverride) -> RejectCode | None:
    """SET_FEE_OVERRIDE."""
    state = machine.state
    if body.change not in set(FeeChange):
        return RejectCode.MALFORMED
    if find(state.fee_schedules, body.fee_schedule) is None:
        return RejectCode.UNKNOWN_FEE_SCHEDULE
    if find(state.instruments, body.instrument) is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    fees, removes = asked_for(body), body.change == FeeChange.REMOVE
    if fees is None or (removes and fees != NO_FEES) or is_past(state, body.effective_at):
        return RejectCode.INVALID_PARAMETER
    target = Target(body.fee_schedule, body.instrument)
    overridden = overridden_targets(state)
    if not removes and target not in overridden and len(overridden) >= MAX_FEE_OVERRIDES:
        return RejectCode.REGISTRY_FULL
    change = WaitingChange(body.effective_at, target, None if removes else fees)
    if has_no_room_to_wait(state, change):
        return RejectCode.FEE_CHANGE_LIMIT

    announce(machine, change)
    return None


def asked_for(body: SetFeeSchedule | SetFeeOverride) -> Fees | None:
    """The fees that a command says, or None if they can not be."""
    places = [
        Tier(
            getattr(body, f"notional_{number}"),
            Rates(getattr(body, f"maker_rate_{number}"), getattr(body, f"taker_rate_{number}")),
        )
        for number in range(1, MAX_FEE_TIERS + 1)
    ]
    count = next((place for place, tier in enumerate(places) if tier.notional == 0), MAX_FEE_TIERS)
    fees = Fees(Rates(body.maker_rate, body.taker_rate), tuple(places[:count]))
    says_nothing_more = all(tier == Tier(0, Rates(0, 0)) for tier in places[count:])
    return fees if says_nothing_more and fees.are_possible else None


def is_past(state: State, effective_at: int) -> bool:
    """Whether a change that should wait has nothing to wait for."""
    return 0 < effective_at <= state.timestamp_ns


def overridden_targets(state: State) -> set[Target]:
    """The overrides that are, and those that will be."""
    waiting = {change.target for change in state.fee_changes if change.fees is not None}
    return set(state.fee_overrides) | {target for target in waiting if target.instrument != NONE_ID}


def ended_by(state: State, change: WaitingChange) -> list[WaitingChange]:
    """The changes that wait in vain once this one is said."""
    same = [waiting for waiting in state.fee_changes if waiting.target == change.target]
    return [waiting for waiting in same if waiting.effective_at >= change.effective_at]


def has_no_room_to_wait(state: State, change: WaitingChange) -> bool:
    """Whether the change would wait, and too many do."""
    staying = len(state.fee_changes) - len(ended_by(state, change))
    return change.effective_at != 0 and staying >= MAX_PENDING_FEE_CHANGES


def announce(machine: Machine, change: WaitingChange) -> None:
    """What is said last holds: now, or from its time on."""
    state, ended = machine.state, ended_by(machine.state, change)
    state.fee_changes = [waiting for waiting in state.fee_changes if waiting not in ended]
    if change.effective_at:
        state.fee_changes = sorted([*state.fee_changes, change], key=lambda waiting: waiting[:2])
    else:
        make_effective(state, change)
    report(machine, change, len(ended))


def make_effective(state: State, change: WaitingChange) -> None:
    """The fees of the target are what the change says."""
    if change.fees is None:
        state.fee_overrides.pop(change.target, None)
    elif change.target.instrument == NONE_ID:
        place = change.target.fee_schedule
        state.fee_schedules[place : place + 1] = [change.fees]
    else:
        state.fee_overrides[change.target] = change.fees


def report(machine: Machine, change: WaitingChange, replaced: int) -> None:
    """Says fees that hold, or will."""
    fees = change.fees or NO_FEES
    said = {
        **fees.rates._asdict(),
        "fee_schedule": change.target.fee_schedule,
        "tiers": len(fees.tiers),
        "effective_at": change.effective_at,
        "replaced": replaced,
    }
    if change.target.instrument == NONE_ID:
        machine.emit(FeeScheduleSet, VENUE_ACCOUNT, **said)
    else:
        what = FeeChange.SET if change.fees is not None else FeeChange.REMOVE
        machine.emit(FeeOverrideSet, VENUE_ACCOUNT, change=what, instrument=change.target.instrument, **said)


def become_effective(machine: Machine, _most: int) -> int:
    """Makes every change effective whose time has come, however many; returns how many."""
    state = machine.state
    due = [change for change in state.fee_changes if change.effective_at <= state.timestamp_ns]
    state.fee_changes = state.fee_changes[len(due) :]
    for change in due:
        now = change._replace(effective_at=0)
        make_effective(state, now)
        report(machine, now, 0)
    return len(due)
