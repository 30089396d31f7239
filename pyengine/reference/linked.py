"""PLACE_OCO (`engine_core/docs/market-rules.md`, section 26): a limit order and a stop, of which one cancels the other.

What ends a pair is where orders lose lots, end and are triggered: in `matching`, `order_end`, `stops` and `auction`.
"""

from __future__ import annotations

from typing import NamedTuple

from pyengine.records import CancelReason, OrderType, Place, PlaceOco, RejectCode, Side, TimeInForce
from pyengine.reference.client_ids import content
from pyengine.reference.forms import is_trigger, is_well_formed_place
from pyengine.reference.machine import Machine
from pyengine.reference.matching import come_in
from pyengine.reference.order_end import end_cancelled
from pyengine.reference.order_entry import answer_again, check_room, judge, known_order, report_accepted, take_in
from pyengine.reference.refusals import Refusal
from pyengine.reference.state import Account, LiveOrder, find, is_beyond
from pyengine.reference.stops import would_trigger


class Pair(NamedTuple):
    """Two orders of one side and quantity."""

    limit: LiveOrder
    stop: LiveOrder


def limit_leg(body: PlaceOco) -> Place:
    """The leg that rests, as a PLACE says it."""
    shared = {name: getattr(body, name) for name in Place._fields if name in PlaceOco._fields}
    return Place(**shared | {"trigger": 0, "trigger_price": 0})


def stop_leg(body: PlaceOco) -> Place:
    """The leg that waits, as a PLACE says it."""
    is_market = body.stop_price == 0
    return limit_leg(body)._replace(
        order_type=OrderType.MARKET if is_market else OrderType.LIMIT,
        time_in_force=TimeInForce.IOC if is_market else TimeInForce.GTC,
        price=body.stop_price,
        trigger=body.trigger,
        trigger_price=body.trigger_price,
        client_order_id_len=0,
        client_order_id=b"",
    )


def place_oco(machine: Machine, account_id: int, body: PlaceOco) -> Refusal | None:
    """PLACE_OCO."""
    if not is_well_formed_place(limit_leg(body)) or not is_trigger(body.trigger):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    known = known_order(machine.state, account, body)
    if known is not None:
        return answer_again(machine, account, known, body)
    pair = judge_pair(machine, account, body)
    if not isinstance(pair, Pair):
        return pair

    enter_pair(machine, pair)
    return None


def judge_pair(machine: Machine, account: Account, body: PlaceOco, *, may_be_reached: bool = False) -> Pair | Refusal:
    """The pair that an unknown, well-formed command asks for, or why it may not be."""
    limit = judge(machine, account, limit_leg(body))
    if not isinstance(limit, LiveOrder):
        return limit
    if not is_beyond(Side(body.side), body.price, body.trigger_price):
        return RejectCode.INVALID_PRICE
    stop = judge(machine, account, stop_leg(body), may_be_reached=True)
    if not isinstance(stop, LiveOrder):
        return stop
    if not may_be_reached and would_trigger(stop):
        return RejectCode.WOULD_TRIGGER
    refusal = check_room(machine, account, orders=2)
    if refusal is not None:
        return refusal
    if limit.client_order_id:
        limit.content = content(body)
    return Pair(limit, stop)


def enter_pair(machine: Machine, pair: Pair, entry: int = 0) -> None:
    """Takes in a pair that was judged, the exits of this entry if there is one; the stop waits if the limit leg is
    whole when it has come in."""
    limit, stop = pair
    quantity = limit.quantity
    stop.set_attributes(partner_price=limit.price)
    for leg in pair:
        take_in(machine.state, leg)
    for leg, other in ((limit, stop), (stop, limit)):
        report_accepted(machine, leg, partner=other.order_id, entry=entry)
        leg.account.hold(leg.held_asset, leg.hold())
    come_in(machine, limit)
    if limit.order_id in machine.state.open_orders and limit.leaves == quantity:
        limit.set_attributes(partner=stop.order_id)
        stop.set_attributes(partner=limit.order_id)
        stop.queue.add(stop)
    else:
        end_cancelled(machine, stop, CancelReason.LINKED)
