"""AMEND: what can become of an order that is open (`engine_core/docs/market-rules.md`, section 12)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from pyengine.records import Amend, Priority, RejectCode, TimeInForce
from pyengine.reference.bands import check_limit, check_open_notional, check_size
from pyengine.reference.charges import rates_of
from pyengine.reference.eligibility import check_eligible
from pyengine.reference.fees import Rates
from pyengine.reference.forms import names_one_order
from pyengine.reference.machine import Machine
from pyengine.reference.matching import come_in, finds_minimum, report_amended, would_cross
from pyengine.reference.order_entry import (
    arrive,
    has_too_many_slices,
    is_post_only,
    named_order,
    overflows,
    slide,
    takes_no_orders,
)
from pyengine.reference.refusals import Refusal
from pyengine.reference.state import LiveOrder, find
from pyengine.reference.stops import stop_collar, would_trigger

NEVER: Final = 2**64 - 1
"""`expires_at` of an amendment that takes an order's away: 0 leaves it as it is."""


class Terms(NamedTuple):
    """What can be changed of an order."""

    price: int
    quantity: int
    """Total lots."""
    display_quantity: int
    min_quantity: int
    expires_at: int
    trigger_price: int
    trail: int


def amend(machine: Machine, account_id: int, entry: Amend) -> Refusal | None:
    """AMEND."""
    if not names_one_order(entry):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    order = named_order(machine.state, account, entry)
    if order is None:
        return RejectCode.UNKNOWN_ORDER
    if order.instrument.halted:
        return RejectCode.INSTRUMENT_HALTED
    if takes_no_orders(order.instrument):
        return RejectCode.WRONG_PHASE
    if not _is_of_this_order(order, entry):
        return RejectCode.INVALID_COMBINATION
    terms = _terms_asked_for(order, entry)
    if not _are_valid_quantities(order, entry, terms):
        return RejectCode.INVALID_QUANTITY
    if not _are_valid_prices(order, entry):
        return RejectCode.INVALID_PRICE
    if 0 < entry.expires_at <= machine.state.timestamp_ns:
        return RejectCode.INVALID_EXPIRY
    if terms == _terms_now(order):
        return RejectCode.AMEND_NO_CHANGE
    if terms.quantity <= order.filled:
        return RejectCode.AMEND_BELOW_FILLED
    if order.waits:
        return amend_waiting(machine, order, terms)
    if _loses_priority(order, terms):
        return amend_and_match(machine, order, terms)
    amend_in_place(machine, order, terms)
    return None


def _is_of_this_order(order: LiveOrder, entry: Amend) -> bool:
    """Whether the order has everything that the command changes, a limit that can be changed, and no other leg; a quote
    is changed by another mass quote only."""
    own = order.attributes
    waits_for_auction = order.is_market and not order.waits
    return (
        not order.is_quote
        and not waits_for_auction
        and not order.is_linked
        and (entry.display_quantity == 0 or order.is_iceberg)
        and (entry.min_quantity == 0 or own.min_quantity > 0)
        and (entry.trigger_price == 0 or order.waits)
        and (entry.trail == 0 or own.trail > 0)
    )


def _terms_now(order: LiveOrder) -> Terms:
    own = order.attributes
    return Terms(
        price=order.price,
        quantity=order.quantity,
        display_quantity=own.display_quantity,
        min_quantity=own.min_quantity,
        expires_at=own.expires_at,
        trigger_price=own.trigger_price,
        trail=own.trail,
    )


def _terms_asked_for(order: LiveOrder, entry: Amend) -> Terms:
    """The terms after the amendment: what is 0 stays. A waiting market stop has no price that could be asked for."""
    own = order.attributes
    expires_at = entry.expires_at or own.expires_at
    return Terms(
        price=order.price if _is_market_stop(order) else entry.price,
        quantity=entry.quantity,
        display_quantity=entry.display_quantity or own.display_quantity,
        min_quantity=entry.min_quantity or own.min_quantity,
        expires_at=0 if entry.expires_at == NEVER else expires_at,
        trigger_price=entry.trigger_price or own.trigger_price,
        trail=entry.trail or own.trail,
    )


def _is_market_stop(order: LiveOrder) -> bool:
    return order.waits and order.is_market


def _are_valid_quantities(order: LiveOrder, entry: Amend, terms: Terms) -> bool:
    if entry.quantity < 1 or entry.display_quantity < 0 or entry.min_quantity < 0:
        return False
    left = terms.quantity - order.filled
    is_large_enough = terms.min_quantity == 0 or left >= terms.min_quantity
    return is_large_enough and not has_too_many_slices(terms.quantity, terms.display_quantity)


def _are_valid_prices(order: LiveOrder, entry: Amend) -> bool:
    max_price = order.instrument.max_price
    lowest, highest = (0, 0) if _is_market_stop(order) else (1, max_price)
    return lowest <= entry.price <= highest and max(entry.trigger_price, entry.trail) <= max_price


def _loses_priority(order: LiveOrder, terms: Terms) -> bool:
    """Whether a resting order has to begin anew under these terms."""
    return (
        terms.price != order.price
        or terms.quantity > order.quantity
        or terms.display_quantity != order.attributes.display_quantity
        or terms.min_quantity < order.attributes.min_quantity
    )


def amend_in_place(machine: Machine, order: LiveOrder, terms: Terms) -> None:
    """A resting order that asks for no more than before keeps its place; an iceberg's slice stays while it can."""
    amended = _amended(order, terms, order.rates)
    gone = order.leaves - amended.leaves
    amended.set_attributes(reserve=max(0, order.attributes.reserve - gone))
    become(machine, order, amended, Priority.KEPT)


def amend_and_match(machine: Machine, order: LiveOrder, terms: Terms) -> Refusal | None:
    """Any other change of a resting order: it loses its place and comes in anew, under today's rates."""
    account, followed = order.account, order.instrument.followed(order)
    amended = _amended(order, terms, rates_of(machine.state, account, order.instrument))
    if order.time_in_force == TimeInForce.POST_ONLY_SLIDE:
        slide(amended, followed)
    if overflows(amended):
        return RejectCode.OVERFLOW
    beyond = check_size(amended) or check_limit(amended) or check_eligible(machine.state, amended)
    beyond = beyond or _check_worth(order, amended)
    if beyond is not None:
        return beyond
    if is_post_only(order) and would_cross(amended, followed):
        return RejectCode.POST_ONLY_WOULD_CROSS
    if account.available[order.held_asset] + order.hold() < amended.hold():
        return RejectCode.INSUFFICIENT_FUNDS
    if not finds_minimum(machine.state, amended, followed):
        return RejectCode.MIN_QUANTITY_UNFILLABLE

    order.instrument.book.remove(order)
    if order.is_iceberg:
        # It comes in with all it has; should it rest again, then as another slice.
        amended.set_attributes(reserve=0)
        amended.count_slice()
    arrive(machine, amended)
    become(machine, order, amended, Priority.LOST)
    come_in(machine, order)
    return None


def amend_waiting(machine: Machine, order: LiveOrder, terms: Terms) -> Refusal | None:
    """A stop that waits goes on waiting, under the rates it was accepted with."""
    account = order.account
    amended = _amended(order, terms, order.rates)
    moves = amended.trigger_price != order.trigger_price
    if moves and would_trigger(amended):
        return RejectCode.WOULD_TRIGGER
    if amended.is_market:
        amended.price = stop_collar(amended)
    if overflows(amended):
        return RejectCode.OVERFLOW
    beyond = check_size(amended) or check_eligible(machine.state, amended) or _check_worth(order, amended)
    if beyond is not None:
        return beyond
    if account.available[order.held_asset] + order.hold() < amended.hold():
        return RejectCode.INSUFFICIENT_FUNDS

    if moves:
        order.queue.remove(order)
    become(machine, order, amended, Priority.LOST if moves else Priority.KEPT)
    if moves:
        order.queue.add(order)
    return None


def _check_worth(order: LiveOrder, amended: LiveOrder) -> Refusal | None:
    """Whether an order that becomes worth more still fits what its account may have open."""
    return check_open_notional(amended, order) if amended.notional > order.notional else None


def _amended(order: LiveOrder, terms: Terms, rates: Rates) -> LiveOrder:
    """The order as it would be."""
    price, quantity, *attributes = terms
    names = Terms._fields[2:]
    changed = order.attributes._replace(**dict(zip(names, attributes, strict=True)))
    leaves = quantity - order.filled
    return replace(order, price=price, quantity=quantity, leaves=leaves, rates=rates, attributes=changed)


def become(machine: Machine, order: LiveOrder, amended: LiveOrder, priority: Priority) -> None:
    """Makes the order what it would be; the holds are exchanged."""
    previous_price = order.price
    order.account.release(order.held_asset, order.hold())
    order.price, order.quantity, order.leaves = amended.price, amended.quantity, amended.leaves
    order.rates, order.attributes = amended.rates, amended.attributes
    order.account.hold(order.held_asset, order.hold())
    report_amended(machine, order, priority, previous_price)
