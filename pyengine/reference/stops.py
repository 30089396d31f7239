"""Stop orders (`engine_core/docs/market-rules.md`, section 10): when one is taken in, how it trails, and which one is
let into its book next.

What enters matches as any incoming order: that is `matching`'s. Queues and marks are `waiting`'s.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyengine.events import Triggered
from pyengine.records import MAX_AMOUNT, RejectCode, Side, Trigger
from pyengine.reference.bands import executable_band
from pyengine.reference.machine import Machine
from pyengine.reference.matching import match_order
from pyengine.reference.order_end import cancel_partner
from pyengine.reference.risk import collar
from pyengine.reference.state import Instrument, LiveOrder
from pyengine.reference.waiting import Queue, reaches


def begin_trail(stop: LiveOrder) -> RejectCode | None:
    """Gives a new trailing stop the trigger price that it did not bring along."""
    if stop.trigger_price:
        return None
    value = stop.instrument.value(stop.attributes.trigger, stop.side)
    if value is None:
        return RejectCode.NO_TRIGGER_VALUE
    stop.set_attributes(trigger_price=behind(stop, value))
    return None


def behind(stop: LiveOrder, value: int) -> int:
    """The trigger price of a trailing stop that begins at this value."""
    if stop.side == Side.BUY:
        return min(stop.instrument.max_price, value + stop.trail)
    return max(1, value - stop.trail)


def would_trigger(stop: LiveOrder) -> bool:
    """Whether the value, or the mark of its queue, reaches the stop already."""
    value = stop.instrument.value(stop.attributes.trigger, stop.side)
    is_reached = value is not None and reaches(stop.side, value, stop.trigger_price)
    return is_reached or stop.queue.mark_reaches(stop.trigger_price)


def stop_collar(stop: LiveOrder) -> int:
    """The limit of a market stop: how far from its trigger price it may trade."""
    instrument = stop.instrument
    return collar(stop.side, stop.trigger_price, instrument.collar_bps, instrument.max_price)


def marked(instruments: Iterable[Instrument]) -> set[int]:
    """The instruments with stops that were reached and have not entered yet."""
    return {instrument.id for instrument in instruments if first_marked(instrument) is not None}


def next_stop(instrument: Instrument) -> LiveOrder | None:
    """Looks at the instrument's stops as it is now; returns the one whose turn it is, if there is one."""
    observe(instrument)
    queue = first_marked(instrument)
    return None if queue is None else next(queue.stops())


def first_marked(instrument: Instrument) -> Queue[LiveOrder] | None:
    """The first queue with stops that were reached."""
    return next((queue for queue in instrument.queues.values() if queue.mark), None)


def observe(instrument: Instrument) -> None:
    """Marks that reach nothing are dropped; trailing stops follow where there is no mark; each queue is looked at."""
    for queue in instrument.queues.values():
        queue.drop_idle_mark()
        value = instrument.value(queue.trigger, queue.side)
        if value is not None:
            if not queue.mark:
                follow(queue, value)
            queue.look(value)


def follow(queue: Queue[LiveOrder], value: int) -> None:
    """Trailing stops come closer to the value, if it is favourable; none goes back."""
    for stop in queue.trailing():
        trigger_price = followed(stop, value)
        if trigger_price != stop.trigger_price:
            queue.remove(stop)
            stop.set_attributes(trigger_price=trigger_price)
            queue.add(stop)


def followed(stop: LiveOrder, value: int) -> int:
    """The trigger price of a trailing stop after this value."""
    closest = min if stop.side == Side.BUY else max
    return closest(stop.trigger_price, behind(stop, value))


def keep_in_band(stop: LiveOrder) -> None:
    """A limit beyond the volatility band becomes its edge, unless that would be too much money."""
    lower, upper = executable_band(stop.instrument)
    limit = min(stop.price, upper) if stop.side == Side.BUY else max(stop.price, lower)
    if stop.cash(limit, stop.leaves) <= MAX_AMOUNT:
        stop.price = limit


def enter(machine: Machine, stop: LiveOrder) -> None:
    """A stop that was reached comes into the book as an incoming order."""
    stop.queue.remove(stop)
    trigger_price = stop.trigger_price
    hold_before = stop.hold()
    if stop.is_market:
        limit = stop_collar(stop)
        if stop.cash(limit, stop.leaves) <= MAX_AMOUNT:
            stop.price = limit
    else:
        keep_in_band(stop)
    stop.account.release(stop.held_asset, hold_before - stop.hold())
    stop.set_attributes(trigger=Trigger.NONE, trigger_price=0, trail=0, taker_rate=0, waiting_type=0)
    machine.emit(
        Triggered,
        stop.account.id,
        **stop.named(),
        price=stop.price,
        quantity=stop.quantity,
        leaves=stop.leaves,
        trigger_price=trigger_price,
    )
    _leave_pair(machine, stop)
    match_order(machine, stop)


def _leave_pair(machine: Machine, stop: LiveOrder) -> None:
    """The other leg of a stop that was reached goes; the stop takes its own hold out of what that held."""
    hold_before = stop.hold()
    cancel_partner(machine, stop)
    stop.set_attributes(partner_price=0)
    stop.account.hold(stop.held_asset, stop.hold() - hold_before)
