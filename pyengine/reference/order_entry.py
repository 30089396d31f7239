"""Commands on orders: place, cancel, amend, cancel all. What may rest or trade is decided here, how it trades in
`matching`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from pyengine.events import Accepted, Amended, CancelAllDone, Duplicate
from pyengine.records import (
    MAX_AMOUNT,
    NONE_ID,
    Amend,
    Cancel,
    CancelAll,
    CancelReason,
    OrderAttributes,
    OrderStatus,
    OrderType,
    Place,
    Priority,
    QuantityKind,
    RejectCode,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from pyengine.reference.client_ids import content, digest
from pyengine.reference.forms import client_order_id, is_valid_combination, is_well_formed_place, names_one_order
from pyengine.reference.machine import Machine
from pyengine.reference.matching import is_fillable, match_order, would_cross
from pyengine.reference.order_end import as_finished, cancel_resting
from pyengine.reference.risk import collar
from pyengine.reference.state import Account, FinishedOrder, Instrument, LiveOrder, State, find


def place(machine: Machine, account_id: int, entry: Place) -> RejectCode | None:
    """PLACE."""
    if not is_well_formed_place(entry):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    known = _known_order(machine.state, account, entry)
    if known is not None:
        return _answer_again(machine, account, known, entry)
    instrument = find(machine.state.instruments, entry.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    code = _check_terms(instrument, entry) or _check_expiry(machine, entry) or _check_room(machine, account)
    if code is not None:
        return code
    order = _incoming(machine, account, instrument, entry)
    if order.order_type == OrderType.MARKET:
        best = instrument.book.best_price(order.opposite)
        if best is None:
            return RejectCode.NO_LIQUIDITY
        order.price = collar(order.side, best, instrument.collar_bps, instrument.max_price)
    if _overflows(order):
        return RejectCode.OVERFLOW
    if order.time_in_force == TimeInForce.POST_ONLY and would_cross(order):
        return RejectCode.POST_ONLY_WOULD_CROSS
    if account.available[order.held_asset] < order.hold():
        return RejectCode.INSUFFICIENT_FUNDS
    if order.time_in_force == TimeInForce.FOK and not is_fillable(order):
        return RejectCode.FOK_UNFILLABLE

    accept(machine, order)
    match_order(machine, order)
    return None


class _Known(NamedTuple):
    """The order that a client order id still names."""

    order: FinishedOrder
    """As if it had ended now, if it is open."""
    leaves: int


def _known_order(state: State, account: Account, entry: Place) -> _Known | None:
    """The account's open or remembered order of the command's client order id."""
    if not entry.client_order_id_len:
        return None
    name = digest(state.client_id_key, account.id, client_order_id(entry))
    if name in account.open_client_ids:
        live = account.open_client_ids[name]
        return _Known(as_finished(live, OrderStatus.OPEN), live.leaves)
    return _Known(account.finished[name], 0) if name in account.finished else None


def _answer_again(machine: Machine, account: Account, known: _Known, entry: Place) -> RejectCode | None:
    """The same command as the first time is told what became of it; another one is refused."""
    if not is_same_content(known.order, entry):
        return RejectCode.CLIENT_ORDER_ID_REUSED

    order, leaves = known
    machine.emit(
        Duplicate,
        account.id,
        side=order.side,
        reason=order.status,
        order_id=order.order_id,
        instrument=order.instrument,
        price=order.price,
        quantity=order.quantity,
        leaves=leaves,
        filled=order.filled,
        client_order_id=client_order_id(entry).decode("ascii"),
    )
    return None


def is_same_content(order: FinishedOrder, entry: Place) -> bool:
    """Whether the command asks for what the order was placed with, whatever it was amended to."""
    return order.content == content(entry)


def _check_terms(instrument: Instrument, entry: Place) -> RejectCode | None:
    """Whether the instrument takes orders, and such ones."""
    if instrument.halted:
        return RejectCode.INSTRUMENT_HALTED
    never_rests = entry.time_in_force in (TimeInForce.IOC, TimeInForce.FOK)
    if not is_valid_combination(entry) or (entry.expires_at and never_rests):
        return RejectCode.INVALID_COMBINATION
    if entry.quantity < 1:
        return RejectCode.INVALID_QUANTITY
    if entry.order_type == OrderType.MARKET:
        if entry.price != 0:
            return RejectCode.INVALID_PRICE
    elif not 1 <= entry.price <= instrument.max_price:
        return RejectCode.INVALID_PRICE
    return None


def _check_expiry(machine: Machine, entry: Place) -> RejectCode | None:
    """Whether the order ends in the future, if it ends by itself."""
    is_past = 0 < entry.expires_at <= machine.state.timestamp_ns
    return RejectCode.INVALID_EXPIRY if is_past else None


def _check_room(machine: Machine, account: Account) -> RejectCode | None:
    """Whether one more order fits, for the account and for the engine."""
    state = machine.state
    if len(account.open_orders) >= account.max_open_orders:
        return RejectCode.OPEN_ORDER_LIMIT
    if len(state.open_orders) >= state.max_open_orders or not state.slots.has_room():
        return RejectCode.ENGINE_FULL
    return None


def _incoming(machine: Machine, account: Account, instrument: Instrument, entry: Place) -> LiveOrder:
    """The order that the command asks for, under today's rates; a market order has no limit yet."""
    is_notional = entry.quantity_kind == QuantityKind.NOTIONAL
    client_id = client_order_id(entry)
    return LiveOrder(
        account=account,
        instrument=instrument,
        side=Side(entry.side),
        order_type=OrderType(entry.order_type),
        time_in_force=TimeInForce(entry.time_in_force),
        stp=SelfTradePrevention(entry.stp),
        quantity_kind=QuantityKind(entry.quantity_kind),
        client_order_id=client_id,
        digest=digest(machine.state.client_id_key, account.id, client_id) if client_id else b"",
        content=content(entry) if client_id else 0,
        price=entry.price,
        quantity=0 if is_notional else entry.quantity,
        leaves=0 if is_notional else entry.quantity,
        budget=entry.quantity if is_notional else 0,
        rates=machine.state.fee_schedules[account.fee_schedule],
        attributes=OrderAttributes.of(entry),
    )


def _overflows(order: LiveOrder) -> bool:
    """Whether the hold, or what a sell is worth at its limit, is too large for an amount."""
    value = order.cash(order.price, order.leaves) if order.side == Side.SELL else 0
    return order.hold() > MAX_AMOUNT or value > MAX_AMOUNT


def accept(machine: Machine, order: LiveOrder) -> None:
    """Gives the order its id and a place among the open ones, and sets its hold aside."""
    state, account = machine.state, order.account
    order.order_id = next_order_id(state)
    state.open_orders[order.order_id] = order
    account.open_orders[order.order_id] = order
    if order.client_order_id:
        account.open_client_ids[order.digest] = order
    machine.emit(
        Accepted,
        account.id,
        **order.named(),
        price=order.price,
        quantity=order.quantity,
        leaves=order.leaves,
        budget=order.budget,
    )
    account.hold(order.held_asset, order.hold())


def next_order_id(state: State) -> int:
    """Takes a slot; the id says which, and how often it has been taken."""
    return state.order_id(state.slots.take())


def cancel(machine: Machine, account_id: int, entry: Cancel) -> RejectCode | None:
    """CANCEL."""
    if not names_one_order(entry):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    order = _named_order(machine.state, account, entry)
    if order is None:
        return RejectCode.UNKNOWN_ORDER

    cancel_resting(machine, order, CancelReason.USER)
    return None


def _named_order(state: State, account: Account, entry: Cancel | Amend) -> LiveOrder | None:
    if entry.order_id:
        return account.open_orders.get(entry.order_id)
    return account.open_client_ids.get(digest(state.client_id_key, account.id, client_order_id(entry)))


def cancel_all(machine: Machine, account_id: int, entry: CancelAll) -> RejectCode | None:
    """CANCEL_ALL."""
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    everywhere = entry.instrument == NONE_ID
    if not everywhere and find(machine.state.instruments, entry.instrument) is None:
        return RejectCode.UNKNOWN_INSTRUMENT

    orders = [order for order in account.open_orders.values() if everywhere or order.instrument.id == entry.instrument]
    for order in orders:
        cancel_resting(machine, order, CancelReason.CANCEL_ALL)
    machine.emit(CancelAllDone, account_id, instrument=entry.instrument, orders=len(orders))
    return None


def amend(machine: Machine, account_id: int, entry: Amend) -> RejectCode | None:
    """AMEND."""
    if not names_one_order(entry):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    order = _named_order(machine.state, account, entry)
    if order is None:
        return RejectCode.UNKNOWN_ORDER
    if order.instrument.halted:
        return RejectCode.INSTRUMENT_HALTED
    if entry.quantity < 1:
        return RejectCode.INVALID_QUANTITY
    if not 1 <= entry.price <= order.instrument.max_price:
        return RejectCode.INVALID_PRICE
    if entry.price == order.price and entry.quantity == order.quantity:
        return RejectCode.AMEND_NO_CHANGE
    if entry.quantity <= order.filled:
        return RejectCode.AMEND_BELOW_FILLED
    if entry.price == order.price and entry.quantity < order.quantity:
        amend_in_place(machine, order, entry.quantity)
        return None
    return amend_and_match(machine, order, entry.price, entry.quantity)


def amend_in_place(machine: Machine, order: LiveOrder, quantity: int) -> None:
    """A smaller quantity at the same price: the order keeps its place."""
    hold_before = order.hold()
    order.quantity = quantity
    order.leaves = quantity - order.filled
    order.account.release(order.held_asset, hold_before - order.hold())
    _emit_amended(machine, order, Priority.KEPT, order.price)


def amend_and_match(machine: Machine, order: LiveOrder, price: int, quantity: int) -> RejectCode | None:
    """Any other change: the order loses its place and comes in anew, under today's rates."""
    account = order.account
    rates = machine.state.fee_schedules[account.fee_schedule]
    amended = replace(order, price=price, quantity=quantity, leaves=quantity - order.filled, rates=rates)
    if _overflows(amended):
        return RejectCode.OVERFLOW
    if order.time_in_force == TimeInForce.POST_ONLY and would_cross(amended):
        return RejectCode.POST_ONLY_WOULD_CROSS
    if account.available[order.held_asset] + order.hold() < amended.hold():
        return RejectCode.INSUFFICIENT_FUNDS

    order.instrument.book.remove(order)
    account.release(order.held_asset, order.hold())
    account.hold(order.held_asset, amended.hold())
    previous_price = order.price
    order.price, order.quantity, order.leaves, order.rates = price, quantity, amended.leaves, rates
    _emit_amended(machine, order, Priority.LOST, previous_price)
    match_order(machine, order)
    return None


def _emit_amended(machine: Machine, order: LiveOrder, priority: Priority, previous_price: int) -> None:
    machine.emit(
        Amended,
        order.account.id,
        **order.named(),
        reason=priority,
        price=order.price,
        quantity=order.quantity,
        leaves=order.leaves,
        filled=order.filled,
        previous_price=previous_price,
    )
