"""How an order ends: filled, or cancelled for a reason; and what stays known of it.

What ends and why is decided by the rules of order entry and of matching. It never trades and never rests an order.
With a leg of a pair the other ends, and when the entry of a bracket has ended, its exits wait to be placed
(`engine_core/docs/market-rules.md`, sections 26 and 27).
"""

from __future__ import annotations

from pyengine.events import Cancelled
from pyengine.records import CancelReason, OrderStatus, Phase, Side, Trigger
from pyengine.reference.machine import Machine
from pyengine.reference.state import Exits, FinishedOrder, LiveOrder


def cancel_resting(machine: Machine, order: LiveOrder, reason: CancelReason) -> None:
    """Takes an order out of its book, or a stop out of its queue, and ends it."""
    if order.waits:
        order.queue.remove(order)
    else:
        order.instrument.book.remove(order)
    end_cancelled(machine, order, reason)


def cancel_or_wait(machine: Machine, order: LiveOrder, reason: CancelReason) -> bool:
    """Ends an order that is wanted gone, or lets that wait while its instrument is UNCROSSING; returns whether it has
    ended."""
    if order.instrument.phase == Phase.UNCROSSING:
        wait_for_cancel(order, reason)
        return False
    cancel_resting(machine, order, reason)
    return True


def wait_for_cancel(order: LiveOrder, reason: CancelReason) -> None:
    """What the uncrossing leaves of the order is cancelled, for the reason that came first."""
    order.instrument.pending_cancels.setdefault(order.order_id, reason)


def end_cancelled(machine: Machine, order: LiveOrder, reason: CancelReason) -> None:
    """Ends an order that is in no book and no queue, or no longer."""
    order.account.release(order.held_asset, order.hold())
    machine.emit(
        Cancelled,
        order.account.id,
        **order.named(),
        reason=reason,
        price=order.price,
        quantity=_reported_quantity(order),
        leaves=order.leaves,
        filled=order.filled,
        budget=order.budget,
    )
    finish(machine, order, OrderStatus.CANCELLED)


def finish(machine: Machine, order: LiveOrder, status: OrderStatus) -> None:
    """Frees the slot; an order with a client id goes on answering for it. What was linked to it ends, too."""
    account = order.account
    del machine.state.open_orders[order.order_id]
    del account.open_orders[order.order_id]
    order.instrument.pending_cancels.pop(order.order_id, None)
    machine.state.slots.give_back(order.slot)
    if order.client_order_id:
        del account.open_client_ids[order.digest]
        account.remember(order.digest, as_finished(order, status))
    if order.is_entry and order.filled:
        order.instrument.exits.append(exits_of(order))
    cancel_partner(machine, order)


def cancel_partner(machine: Machine, order: LiveOrder) -> None:
    """The other leg of a pair goes, if the order is one still: the pair is not whole any more."""
    if not order.is_linked:
        return
    partner = machine.state.open_orders[order.attributes.partner]
    for leg in (order, partner):
        leg.set_attributes(partner=0)
    cancel_resting(machine, partner, CancelReason.LINKED)


def exits_of(entry: LiveOrder) -> Exits:
    """What closes as much as the entry has traded."""
    own = entry.attributes
    return Exits(
        entry=entry.order_id,
        account=entry.account.id,
        take_profit=own.take_profit,
        trigger_price=own.exit_trigger_price,
        stop_price=own.exit_price,
        quantity=entry.filled,
        side=Side(entry.opposite),
        stp=entry.stp,
        trigger=Trigger(own.exit_trigger),
    )


def as_finished(order: LiveOrder, status: OrderStatus) -> FinishedOrder:
    """What a resubmission of the order is answered with."""
    return FinishedOrder(
        order.order_id,
        order.instrument.id,
        order.side,
        status,
        order.price,
        _reported_quantity(order),
        order.filled,
        order.content,
    )


def _reported_quantity(order: LiveOrder) -> int:
    """Total lots; what a notional order wanted in lots is known only as what it got."""
    return order.filled if order.is_notional else order.quantity
