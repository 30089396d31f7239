"""Commands on orders: place, cancel, amend, cancel all. What may rest or trade is decided here, how it trades in
`matching`.
"""

from __future__ import annotations

from dataclasses import replace

from pyengine.records import (
    MAX_AMOUNT,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    MAX_ORDERS_ACCEPTED,
    NONE_ID,
    ORDER_SLOT_BITS,
    CancelReason,
    EventKind,
    OrderEntry,
    OrderStatus,
    OrderType,
    Priority,
    QuantityKind,
    RejectCode,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from pyengine.reference.forms import client_order_id, is_valid_combination, is_well_formed_place, names_one_order
from pyengine.reference.machine import Machine
from pyengine.reference.matching import is_fillable, match_order, would_cross
from pyengine.reference.order_end import as_finished, cancel_resting
from pyengine.reference.risk import collar
from pyengine.reference.state import Account, Instrument, LiveOrder, find


def place(machine: Machine, account_id: int, entry: OrderEntry) -> RejectCode | None:
    """PLACE."""
    if not is_well_formed_place(entry):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    if entry.client_order_id_len and _answer_duplicate(machine, account, client_order_id(entry)):
        return None
    instrument = find(machine.state.instruments, entry.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    code = _check_terms(instrument, entry) or _check_room(machine, account)
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


def _answer_duplicate(machine: Machine, account: Account, client_id: bytes) -> bool:
    """Whether the account's order of this client id is still known; if so, its outcome is the answer."""
    live = account.open_client_ids.get(client_id)
    if live is not None:
        known, leaves = as_finished(live, OrderStatus.OPEN), live.leaves
    elif client_id in account.finished:
        known, leaves = account.finished[client_id], 0
    else:
        return False
    machine.emit(
        EventKind.DUPLICATE,
        account.id,
        code=known.status,
        instrument=known.instrument,
        side=known.side,
        order_id=known.order_id,
        price=known.price,
        quantity=known.quantity,
        leaves=leaves,
        filled=known.filled,
    )
    return True


def _check_terms(instrument: Instrument, entry: OrderEntry) -> RejectCode | None:
    """Whether the instrument takes orders, and such ones."""
    if instrument.halted:
        return RejectCode.INSTRUMENT_HALTED
    if not is_valid_combination(entry):
        return RejectCode.INVALID_COMBINATION
    if entry.quantity < 1:
        return RejectCode.INVALID_QUANTITY
    if entry.order_type == OrderType.MARKET:
        if entry.price != 0:
            return RejectCode.INVALID_PRICE
    elif not 1 <= entry.price <= instrument.max_price:
        return RejectCode.INVALID_PRICE
    return None


def _check_room(machine: Machine, account: Account) -> RejectCode | None:
    """Whether one more order fits, for the account and for the engine."""
    state = machine.state
    if len(account.open_orders) >= MAX_OPEN_ORDERS_PER_ACCOUNT:
        return RejectCode.OPEN_ORDER_LIMIT
    if len(state.open_orders) >= machine.max_open_orders or state.orders_accepted == MAX_ORDERS_ACCEPTED:
        return RejectCode.ENGINE_FULL
    return None


def _incoming(machine: Machine, account: Account, instrument: Instrument, entry: OrderEntry) -> LiveOrder:
    """The order that the command asks for, under today's rates; a market order has no limit yet."""
    is_notional = entry.quantity_kind == QuantityKind.NOTIONAL
    return LiveOrder(
        account=account,
        instrument=instrument,
        side=Side(entry.side),
        order_type=OrderType(entry.order_type),
        time_in_force=TimeInForce(entry.time_in_force),
        stp=SelfTradePrevention(entry.stp),
        quantity_kind=QuantityKind(entry.quantity_kind),
        client_order_id=client_order_id(entry),
        price=entry.price,
        quantity=0 if is_notional else entry.quantity,
        leaves=0 if is_notional else entry.quantity,
        budget=entry.quantity if is_notional else 0,
        rates=machine.state.fee_schedules[account.fee_schedule],
    )


def _overflows(order: LiveOrder) -> bool:
    """Whether the hold, or what a sell is worth at its limit, is too large for an amount."""
    value = order.cash(order.price, order.leaves) if order.side == Side.SELL else 0
    return order.hold() > MAX_AMOUNT or value > MAX_AMOUNT


def accept(machine: Machine, order: LiveOrder) -> None:
    """Gives the order its id and a place among the open ones, and sets its hold aside."""
    state, account = machine.state, order.account
    state.orders_accepted += 1
    order.order_id = (state.orders_accepted << ORDER_SLOT_BITS) | state.slots.take()
    state.open_orders[order.order_id] = order
    account.open_orders[order.order_id] = order
    if order.client_order_id:
        account.open_client_ids[order.client_order_id] = order
    machine.emit(
        EventKind.ACCEPTED,
        account.id,
        instrument=order.instrument.id,
        side=order.side,
        order_id=order.order_id,
        price=order.price,
        quantity=order.quantity,
        leaves=order.leaves,
        cash=order.budget,
    )
    account.hold(order.held_asset, order.hold())


def cancel(machine: Machine, account_id: int, entry: OrderEntry) -> RejectCode | None:
    """CANCEL."""
    if not names_one_order(entry):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    order = _named_order(account, entry)
    if order is None:
        return RejectCode.UNKNOWN_ORDER

    cancel_resting(machine, order, CancelReason.USER)
    return None


def _named_order(account: Account, entry: OrderEntry) -> LiveOrder | None:
    if entry.order_id:
        return account.open_orders.get(entry.order_id)
    return account.open_client_ids.get(client_order_id(entry))


def cancel_all(machine: Machine, account_id: int, entry: OrderEntry) -> RejectCode | None:
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
    machine.emit(EventKind.CANCEL_ALL_DONE, account_id, instrument=entry.instrument, quantity=len(orders))
    return None


def amend(machine: Machine, account_id: int, entry: OrderEntry) -> RejectCode | None:
    """AMEND."""
    if not names_one_order(entry):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    order = _named_order(account, entry)
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
        EventKind.AMENDED,
        order.account.id,
        code=priority,
        instrument=order.instrument.id,
        side=order.side,
        order_id=order.order_id,
        price=order.price,
        quantity=order.quantity,
        leaves=order.leaves,
        filled=order.filled,
        reference=previous_price,
    )
