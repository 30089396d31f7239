"""PULSE and ROLL_TRADE_DATE, and what is due: looked for among all orders and instruments, each time anew."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Final, NamedTuple

from pyengine.events import Pulsed, TradeDateRolled
from pyengine.records import (
    PULSE_ITEMS,
    VENUE_ACCOUNT,
    CancelReason,
    Lifetime,
    OrderAttributes,
    Pulse,
    RejectCode,
    RollTradeDate,
)
from pyengine.reference import primary, volatility
from pyengine.reference.auction import end_call, indicate
from pyengine.reference.charges import become_effective
from pyengine.reference.forms import is_trade_date
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_resting
from pyengine.reference.state import AUCTION_CALLS, Instrument, LiveOrder, State
from pyengine.reference.work import go_on_uncrossing, left_over, touched, wants_pulse, work


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
    times += [event.time for event in call_events(state)]
    times += [event.time for event in protecting(state)]
    times += [change.effective_at for change in state.fee_changes[:1]]
    if days_over(state) or wants_pulse(state):
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


def due(state: State) -> list[tuple[LiveOrder, CancelReason]]:
    """The orders that end now, and why: those whose time has come, then those whose day is over."""
    expired = [order for order in ending(state) if ends_at(order.attributes) <= state.timestamp_ns]
    ids = {order.order_id for order in expired}
    over = [order for order in days_over(state) if order.order_id not in ids]
    return [(order, CancelReason.EXPIRED) for order in expired] + [(order, CancelReason.DAY_ENDED) for order in over]


def pulse(machine: Machine, _account_id: int, _entry: Pulse) -> RejectCode | None:
    """PULSE."""
    state = machine.state
    items = become_effective(machine)
    items += go_on_uncrossing(machine, PULSE_ITEMS - items)
    ended = due(state)[: PULSE_ITEMS - items]
    for order, reason in ended:
        cancel_resting(machine, order, reason)
    items += len(ended)
    calls = [event for event in call_events(state) if event.time <= state.timestamp_ns][: PULSE_ITEMS - items]
    for event in calls:
        _go_on(machine, state.instruments[event.instrument], event)
    items += len(calls)
    protected = protect(machine, PULSE_ITEMS - items)
    items += len(protected)
    looked_at = {event.instrument for event in protected if event.protects in TOUCHING}
    items += work(machine, touched(state, machine.events) | left_over(state) | looked_at, PULSE_ITEMS - items)
    machine.emit(Pulsed, VENUE_ACCOUNT, items=items)
    return None


def _go_on(machine: Machine, instrument: Instrument, event: CallEvent) -> None:
    """The call ends, or its price is said."""
    if event.ends:
        end_call(machine, instrument)
    else:
        indicate(machine, instrument)


def roll_trade_date(machine: Machine, _account_id: int, body: RollTradeDate) -> RejectCode | None:
    """ROLL_TRADE_DATE."""
    previous = machine.state.trade_date
    if not is_trade_date(body.trade_date) or body.trade_date <= previous:
        return RejectCode.INVALID_PARAMETER

    machine.state.trade_date = body.trade_date
    machine.emit(TradeDateRolled, VENUE_ACCOUNT, trade_date=body.trade_date, previous=previous)
    return None
