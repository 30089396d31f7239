"""PULSE, ROLL_TRADE_DATE and CANCEL_AFTER, and what is due: looked for among all orders, timers and instruments, each
time anew.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Final, NamedTuple

from pyengine.events import CancelAfterSet, Pulsed, TradeDateRolled
from pyengine.records import (
    PULSE_ITEMS,
    VENUE_ACCOUNT,
    CancelAfter,
    CancelReason,
    CancelTimer,
    Lifetime,
    OrderAttributes,
    Pulse,
    RejectCode,
    RollTradeDate,
)
from pyengine.reference import primary, volatility
from pyengine.reference.actions import execute
from pyengine.reference.auction import end_call, indicate
from pyengine.reference.backing import go_on_with_assets
from pyengine.reference.charges import become_effective
from pyengine.reference.forms import is_trade_date
from pyengine.reference.freeze import end_freezes, ending_freezes
from pyengine.reference.machine import Machine
from pyengine.reference.obligations import score_all
from pyengine.reference.order_end import cancel_resting
from pyengine.reference.state import AUCTION_CALLS, Account, Instrument, LiveOrder, State, find
from pyengine.reference.work import left_over, touched, uncrossing, wants_pulse, work

LAST_TIME: Final = 2**64 - 1


def ends_at(attributes: OrderAttributes) -> int:
    """When an order ends by itself; 0 if it does not."""
    return attributes.expires_at


def ending(state: State) -> list[LiveOrder]:
    """The orders that end at a time, the first to end first."""
    orders = [order for order in state.open_orders.values() if ends_at(order.attributes)]
    return sorted(orders, key=lambda order: (ends_at(order.attributes), order.order_id))


def days_over(state: State) -> list[LiveOrder]:
    """The day orders of earlier trade dates, the earliest first."""
    orders = [order for order in state.open_orders.values() if is_day_over(order.attributes, state.trade_date)]
    return sorted(orders, key=lambda order: (order.attributes.trade_date, order.order_id))


def is_day_over(attributes: OrderAttributes, today: int) -> bool:
    """Whether an order ends because its trade date is not the current one any more."""
    return attributes.lifetime == Lifetime.DAY and attributes.trade_date != today


def next_due(state: State) -> int | None:
    """When the engine wants its next pulse, if it does."""
    times = [ends_at(order.attributes) for order in ending(state)[:1]]
    times += [due_at for account in state.accounts for due_at in account.timers.values()]
    times += [event.time for event in call_events(state)]
    times += [event.time for event in protecting(state)]
    times += [change.effective_at for change in state.fee_changes[:1]]
    times += [freeze.until for freeze in ending_freezes(state)[:1]]
    times += [time for time, _ in filter(None, [state.backing.next_expiry()])]
    times += [action.record_at for action in state.actions.open.values()]
    if days_over(state) or wants_pulse(state) or state.backing.sweeps:
        times.append(state.timestamp_ns)
    return min(times, default=None)


class CallEvent(NamedTuple):
    """What a pulse does with the call of an auction."""

    time: int
    instrument: int
    ends: bool
    """Whether the call ends; otherwise its price is said."""


def call_events(state: State) -> list[CallEvent]:
    """What comes next of the calls of auctions, the first first: of each whose instrument is not halted its end, or its
    price if it goes on."""
    events = []
    for instrument in state.instruments:
        call = instrument.call
        if instrument.phase not in AUCTION_CALLS or instrument.halted:
            continue
        first = min(filter(None, (call.ends_at, call.indicate_at)))
        events.append(CallEvent(first, instrument.id, 0 < call.ends_at <= state.timestamp_ns))
    return sorted(events)


class Protects(IntEnum):
    """What a pulse does for an instrument's prices, in the order in which it does it at one time."""

    GROW_TOO_OLD = 0
    STEP = 1
    END_LIMIT_STATE = 2
    LOOK = 3


TOUCHING: Final = (Protects.GROW_TOO_OLD, Protects.LOOK)
"""Behind these the work is done, whatever they said."""
PROTECTS: Final[dict[Protects, Callable[[Machine, Instrument], None]]] = {
    Protects.GROW_TOO_OLD: primary.grow_too_old,
    Protects.STEP: primary.step,
    Protects.END_LIMIT_STATE: volatility.end_limit_state,
    Protects.LOOK: volatility.have_looked,
}


class Protecting(NamedTuple):
    """One of these, and when it is due."""

    time: int
    instrument: int
    protects: Protects


def protecting(state: State) -> list[Protecting]:
    """What comes next for the prices of all instruments, the first first."""
    events = []
    for instrument in state.instruments:
        times = {
            Protects.GROW_TOO_OLD: 0 if instrument.protection.is_too_old else primary.too_old_at(instrument),
            Protects.STEP: instrument.protection.step_at,
        }
        if instrument.lets_stops_in:
            times[Protects.END_LIMIT_STATE] = instrument.volatility.state_ends_at
            times[Protects.LOOK] = instrument.volatility.look_at
        events += [Protecting(time, instrument.id, protects) for protects, time in times.items() if time]
    return sorted(events)


def protect(machine: Machine, most: int) -> list[Protecting]:
    """Does what is due of it, at most so many items; returns them."""
    state, done = machine.state, list[Protecting]()
    while len(done) < most:
        event = min(protecting(state), default=None)
        if event is None or event.time > state.timestamp_ns:
            break
        PROTECTS[event.protects](machine, state.instruments[event.instrument])
        done.append(event)
    return done


def go_on_uncrossing(machine: Machine, most: int) -> int:
    """Goes on with the auctions that are not done, at most so many items; returns how many it did."""
    return work(machine, uncrossing(machine.state), most)


def end_expired(machine: Machine, most: int) -> int:
    """Ends the orders whose time has come, at most so many; returns how many."""
    now = machine.state.timestamp_ns
    expired = [order for order in ending(machine.state) if ends_at(order.attributes) <= now]
    return end(machine, expired, CancelReason.EXPIRED, most)


def run_timers(machine: Machine, most: int) -> int:
    """Timers that have run out cancel what their accounts have open, at most so much; returns how much was done."""
    done = 0
    for account, timer in run_out(machine.state):
        while done < most and timer in account.timers:
            done += 1
            go_on(machine, account, timer)
    return done


def run_out(state: State) -> list[tuple[Account, CancelTimer]]:
    """The timers that have run out, the earliest first, of one time the lowest account first."""
    timers = [
        (due_at, account.id, timer)
        for account in state.accounts
        for timer, due_at in account.timers.items()
        if due_at <= state.timestamp_ns
    ]
    return [(state.accounts[number], timer) for _, number, timer in sorted(timers)]


def go_on(machine: Machine, account: Account, timer: CancelTimer) -> None:
    """Cancels the account's oldest order; when there is none left, the timer stops."""
    oldest = next(iter(account.open_orders.values()), None)
    if oldest is None:
        del account.timers[timer]
    else:
        cancel_resting(machine, oldest, TIMER_REASONS[timer])


def end_days(machine: Machine, most: int) -> int:
    """Ends the orders whose day is over, at most so many; returns how many."""
    return end(machine, days_over(machine.state), CancelReason.DAY_ENDED, most)


def end(machine: Machine, orders: list[LiveOrder], reason: CancelReason, most: int) -> int:
    """Ends orders, at most so many; returns how many. A leg may be gone with the other one, and does not count."""
    done = 0
    for order in orders:
        if done < most and order.order_id in machine.state.open_orders:
            cancel_resting(machine, order, reason)
            done += 1
    return done


def act_on_calls(machine: Machine, most: int) -> int:
    """Calls end or say their price, at most so many; returns how many."""
    state = machine.state
    events = [event for event in call_events(state) if event.time <= state.timestamp_ns][:most]
    for event in events:
        instrument = state.instruments[event.instrument]
        if event.ends:
            end_call(machine, instrument)
        else:
            indicate(machine, instrument)
    return len(events)


def protect_and_work_off(machine: Machine, most: int) -> int:
    """Does what is due for prices, then the work that the pulse has brought about or others have left over, at most so
    many items of it; returns how many."""
    state = machine.state
    protected = protect(machine, most)
    looked_at = {event.instrument for event in protected if event.protects in TOUCHING}
    instruments = touched(state, machine.events) | left_over(state) | looked_at
    return len(protected) + work(machine, instruments, most - len(protected))


TIMER_REASONS: Final = {
    CancelTimer.CLIENT: CancelReason.DEAD_MAN,
    CancelTimer.SESSION: CancelReason.DISCONNECTED,
}
DUE_WORK: Final[tuple[Callable[[Machine, int], int], ...]] = (
    become_effective,
    go_on_uncrossing,
    end_expired,
    run_timers,
    end_days,
    end_freezes,
    execute,
    act_on_calls,
    go_on_with_assets,
    protect_and_work_off,
)
"""What a pulse does, in this order."""


def pulse(machine: Machine, _account_id: int, _entry: Pulse) -> RejectCode | None:
    """PULSE."""
    items = 0
    for work_on in DUE_WORK:
        items += work_on(machine, PULSE_ITEMS - items)
    machine.emit(Pulsed, VENUE_ACCOUNT, items=items)
    return None


def cancel_after(machine: Machine, account_id: int, body: CancelAfter) -> RejectCode | None:
    """CANCEL_AFTER."""
    if body.timer not in set(CancelTimer):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    due_at = machine.state.timestamp_ns + body.timeout_ns if body.timeout_ns else 0
    if due_at > LAST_TIME:
        return RejectCode.INVALID_PARAMETER

    timer = CancelTimer(body.timer)
    account.timers.pop(timer, None)
    if due_at:
        account.timers[timer] = due_at
    machine.emit(CancelAfterSet, account_id, timer=timer, due_at=due_at)
    return None


def roll_trade_date(machine: Machine, _account_id: int, body: RollTradeDate) -> RejectCode | None:
    """ROLL_TRADE_DATE."""
    previous = machine.state.trade_date
    if not is_trade_date(body.trade_date) or body.trade_date <= previous:
        return RejectCode.INVALID_PARAMETER

    machine.state.trade_date = body.trade_date
    machine.emit(TradeDateRolled, VENUE_ACCOUNT, trade_date=body.trade_date, previous=previous)
    score_all(machine, previous)
    return None
