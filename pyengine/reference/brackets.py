"""PLACE_BRACKET, and the exits of a bracket (`engine_core/docs/market-rules.md`, sections 27 and 28): what closes an
order once it has traded.

That exits wait when their entry has ended is `order_end`'s; when they are placed, `work`'s.
"""

from __future__ import annotations

from pyengine.events import ExitsRefused
from pyengine.records import Place, PlaceBracket, PlaceOco, RejectCode, Side
from pyengine.reference.client_ids import content
from pyengine.reference.forms import is_trigger, is_well_formed_place
from pyengine.reference.linked import Pair, enter_pair, judge_pair
from pyengine.reference.machine import Machine
from pyengine.reference.order_entry import answer_again, enter, judge, known_order
from pyengine.reference.refusals import Refusal, as_fields
from pyengine.reference.state import Exits, Instrument, LiveOrder, are_exit_prices, find, opposite


def entry_of(body: PlaceBracket) -> Place:
    """The entry, as a PLACE says it."""
    shared = {name: getattr(body, name) for name in Place._fields if name in PlaceBracket._fields}
    return Place(**shared | {"trigger": 0, "trigger_price": 0})


def place_bracket(machine: Machine, account_id: int, body: PlaceBracket) -> Refusal | None:
    """PLACE_BRACKET."""
    entry = entry_of(body)
    if not is_well_formed_place(entry) or not is_trigger(body.trigger):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    known = known_order(machine.state, account, body)
    if known is not None:
        return answer_again(machine, account, known, body)
    order = judge(machine, account, entry)
    if not isinstance(order, LiveOrder):
        return order
    exits = (body.take_profit, body.trigger_price, body.stop_price)
    if not are_exit_prices(order.instrument, opposite(Side(body.side)), *exits):
        return RejectCode.INVALID_PRICE

    order.set_attributes(
        exit_trigger=body.trigger,
        take_profit=body.take_profit,
        exit_trigger_price=body.trigger_price,
        exit_price=body.stop_price,
    )
    if order.client_order_id:
        order.content = content(body)
    enter(machine, order)
    return None


def place_exits(machine: Machine, instrument: Instrument) -> None:
    """The first exits that wait on the instrument are placed, or refused."""
    exits = instrument.exits.pop(0)
    account = machine.state.accounts[exits.account]
    pair = judge_pair(machine, account, pair_of(instrument, exits), may_be_reached=True)
    if isinstance(pair, Pair):
        enter_pair(machine, pair, exits.entry)
        return
    machine.emit(
        ExitsRefused,
        account.id,
        side=exits.side,
        reason=as_fields(pair)["reason"],
        order_id=exits.entry,
        instrument=instrument.id,
        quantity=exits.quantity,
    )


def pair_of(instrument: Instrument, exits: Exits) -> PlaceOco:
    """What waits, as a PLACE_OCO says it."""
    return PlaceOco(
        instrument=instrument.id,
        side=exits.side,
        stp=exits.stp,
        trigger=exits.trigger,
        price=exits.take_profit,
        quantity=exits.quantity,
        stop_price=exits.stop_price,
        trigger_price=exits.trigger_price,
    )
