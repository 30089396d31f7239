"""PULSE and ROLL_TRADE_DATE, and what is due: looked for among all orders and instruments, each time anew."""

from __future__ import annotations

from typing import NamedTuple

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
from pyengine.reference.auction import end_call, indicate
from pyengine.reference.charges import become_effective
from pyengine.reference.forms import is_trade_date
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_resting
from pyengine.reference.state import AUCTION_CALLS, Instrument, LiveOrder, State
from pyengine.reference.work import left_over, touched, uncrossing, wants_pulse, work


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
    items += work(machine, uncrossing(state), PULSE_ITEMS - items)
    ended = due(state)[: PULSE_ITEMS - items]
    for order, reason in ended:
        cancel_resting(machine, order, reason)
    items += len(ended)
    calls = [event for event in call_events(state) if event.time <= state.timestamp_ns][: PULSE_ITEMS - items]
    for event in calls:
        _go_on(machine, state.instruments[event.instrument], event)
    items += len(calls)
    items += work(machine, touched(state, machine.events) | left_over(state), PULSE_ITEMS - items)
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
