"""PULSE, and what is due: looked for among all orders, each time anew."""

from __future__ import annotations

from pyengine.events import Pulsed
from pyengine.records import PULSE_ITEMS, VENUE_ACCOUNT, CancelReason, OrderAttributes, Pulse, RejectCode
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_resting
from pyengine.reference.state import LiveOrder, State


def ends_at(attributes: OrderAttributes) -> int:
    """When an order ends by itself; 0 if it does not."""
    return attributes.expires_at


def waiting(state: State) -> list[LiveOrder]:
    """The orders that end at a time, the first to end first."""
    ending = [order for order in state.open_orders.values() if ends_at(order.attributes)]
    return sorted(ending, key=lambda order: (ends_at(order.attributes), order.order_id))


def next_due(state: State) -> int | None:
    """When the engine wants its next pulse, if it does."""
    orders = waiting(state)
    return ends_at(orders[0].attributes) if orders else None


def pulse(machine: Machine, _account_id: int, _entry: Pulse) -> RejectCode | None:
    """PULSE."""
    due = [order for order in waiting(machine.state) if ends_at(order.attributes) <= machine.state.timestamp_ns]
    for order in due[:PULSE_ITEMS]:
        cancel_resting(machine, order, CancelReason.EXPIRED)
    machine.emit(Pulsed, VENUE_ACCOUNT, items=len(due[:PULSE_ITEMS]))
    return None
