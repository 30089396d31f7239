"""Commands on orders: place, cancel, cancel all; `amendment` and `replacement` have the others. What may rest, wait or
trade is decided here, how it trades in `matching`.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from pyengine.events import Accepted, CancelAllDone, CancelPending, Duplicate
from pyengine.records import (
    MAX_AMOUNT,
    MAX_ICEBERG_SLICES,
    MAX_MINIMUM_ORDERS,
    MAX_PEG_OFFSET,
    MAX_QUOTE_GROUPS,
    MAX_TRAILING_ORDERS,
    NONE_ID,
    Amend,
    Cancel,
    CancelAll,
    CancelReason,
    Lifetime,
    OrderAttributes,
    OrderStatus,
    OrderType,
    Phase,
    Place,
    PlaceBracket,
    PlaceOco,
    QuantityKind,
    RejectCode,
    SelfTradePrevention,
    Side,
    SideFilter,
    TimeInForce,
    Trigger,
    Visibility,
)
from pyengine.reference.bands import check_limit, check_open_notional, check_size
from pyengine.reference.charges import rates_of
from pyengine.reference.client_ids import content, digest
from pyengine.reference.eligibility import check_eligible
from pyengine.reference.forms import client_order_id, is_valid_combination, is_well_formed_place, names_one_order
from pyengine.reference.machine import Machine
from pyengine.reference.matching import come_in, finds_minimum, is_fillable, would_cross
from pyengine.reference.order_end import as_finished, cancel_or_wait
from pyengine.reference.pegs import Followed
from pyengine.reference.refusals import BeyondLimit, Refusal
from pyengine.reference.risk import collar
from pyengine.reference.state import Account, FinishedOrder, Instrument, LiveOrder, State, find
from pyengine.reference.stops import begin_trail, stop_collar, would_trigger

Placed: TypeAlias = Place | PlaceOco | PlaceBracket
"""What a client order id can stand for."""


def place(machine: Machine, account_id: int, entry: Place) -> Refusal | None:
    """PLACE."""
    if not is_well_formed_place(entry):
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    known = known_order(machine.state, account, entry)
    if known is not None:
        return answer_again(machine, account, known, entry)
    order = judge(machine, account, entry)
    if not isinstance(order, LiveOrder):
        return order

    enter(machine, order)
    return None


def judge(
    machine: Machine, account: Account, entry: Place, going: LiveOrder | None = None, *, may_be_reached: bool = False
) -> LiveOrder | Refusal:
    """The order that an unknown, well-formed command asks for, or why it may not be. `going` is judged to be gone; of a
    stop that may be reached WOULD_TRIGGER is not asked."""
    instrument = find(machine.state.instruments, entry.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    refusal: Refusal | None = check_terms(instrument, entry) or _check_expiry(machine, entry)
    refusal = refusal or check_room(machine, account, going) or _check_room_for_kind(instrument, entry)
    if refusal is not None:
        return refusal
    return judge_incoming(machine, account, instrument, entry, going, may_be_reached=may_be_reached)


def judge_incoming(
    machine: Machine,
    account: Account,
    instrument: Instrument,
    entry: Place,
    going: LiveOrder | None,
    *,
    may_be_reached: bool = False,
) -> LiveOrder | Refusal:
    """The same of an entry whose terms are in order and for which there is room."""
    order, followed = _incoming(machine, account, instrument, entry), instrument.followed(going)
    refusal: Refusal | None = _set_limit(order, followed)
    if refusal is None and order.waits and not may_be_reached and would_trigger(order):
        refusal = RejectCode.WOULD_TRIGGER
    refusal = refusal or _check_bounds(order) or check_eligible(machine.state, order)
    if refusal is None and account.holder.is_frozen:
        refusal = RejectCode.ACCOUNT_FROZEN
    refusal = refusal or check_open_notional(order, going)
    if refusal is not None:
        return refusal
    if is_post_only(order) and would_cross(order, followed):
        return RejectCode.POST_ONLY_WOULD_CROSS
    released = going.hold() if going is not None else 0
    if account.available[order.held_asset] + released < order.hold():
        return RejectCode.INSUFFICIENT_FUNDS
    if order.time_in_force == TimeInForce.FOK and not is_fillable(machine.state, order, followed):
        return RejectCode.FOK_UNFILLABLE
    if not finds_minimum(machine.state, order, followed):
        return RejectCode.MIN_QUANTITY_UNFILLABLE
    return order


def enter(machine: Machine, order: LiveOrder) -> None:
    """Takes in an order that was judged: it trades, rests or waits."""
    accept(machine, order)
    if order.waits:
        order.queue.add(order)
    else:
        come_in(machine, order)


class Known(NamedTuple):
    """The order that a client order id still names."""

    order: FinishedOrder
    """As if it had ended now, if it is open."""
    leaves: int


def known_order(state: State, account: Account, entry: Placed) -> Known | None:
    """The account's open or remembered order of the command's client order id."""
    if not entry.client_order_id_len:
        return None
    name = digest(state.client_id_key, account.id, client_order_id(entry))
    if name in account.open_client_ids:
        live = account.open_client_ids[name]
        return Known(as_finished(live, OrderStatus.OPEN), live.leaves)
    return Known(account.finished[name], 0) if name in account.finished else None


def answer_again(machine: Machine, account: Account, known: Known, entry: Placed) -> RejectCode | None:
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


def is_same_content(order: FinishedOrder, entry: Placed) -> bool:
    """Whether the command asks for what the order was placed with, whatever it was amended to."""
    return order.content == content(entry)


def check_terms(instrument: Instrument, entry: Place) -> RejectCode | None:
    """Whether the instrument takes orders, and such ones."""
    if instrument.halted:
        return RejectCode.INSTRUMENT_HALTED
    if takes_no_orders(instrument) or not _fits_phase(instrument, entry):
        return RejectCode.WRONG_PHASE
    if not is_valid_combination(entry):
        return RejectCode.INVALID_COMBINATION
    if entry.quantity < 1 or not 0 <= entry.min_quantity <= entry.quantity:
        return RejectCode.INVALID_QUANTITY
    if not 0 <= entry.display_quantity <= entry.quantity or has_too_many_slices(entry.quantity, entry.display_quantity):
        return RejectCode.INVALID_QUANTITY
    lowest, highest = (1, instrument.max_price) if entry.order_type == OrderType.LIMIT else (0, 0)
    if not lowest <= entry.price <= highest or max(entry.trigger_price, entry.trail) > instrument.max_price:
        return RejectCode.INVALID_PRICE
    return RejectCode.INVALID_PRICE if entry.peg_offset > MAX_PEG_OFFSET else None


def takes_no_orders(instrument: Instrument) -> bool:
    """Whether no order of it comes and none changes, whatever it is."""
    return instrument.phase in (Phase.UNCROSSING, Phase.CLOSED, Phase.RETIRED)


def _fits_phase(instrument: Instrument, entry: Place) -> bool:
    """Whether an instrument that takes orders takes such ones now: those that trade at once where orders trade, those
    that wait for an auction where one comes."""
    is_for_one_auction = entry.lifetime == Lifetime.AUCTION
    if not instrument.is_collecting:
        return not is_for_one_auction
    if entry.trigger != Trigger.NONE:
        return True
    has_limit = entry.order_type == OrderType.LIMIT or (entry.order_type == OrderType.MARKET and is_for_one_auction)
    is_displayed = entry.visibility == Visibility.DISPLAYED
    return entry.time_in_force == TimeInForce.GTC and has_limit and not (entry.min_quantity and is_displayed)


def has_too_many_slices(quantity: int, display_quantity: int) -> bool:
    """Whether an iceberg is too large for what it shows at a time."""
    return display_quantity > 0 and quantity > display_quantity * MAX_ICEBERG_SLICES


def _check_expiry(machine: Machine, entry: Place) -> RejectCode | None:
    """Whether the order ends in the future, if it ends by itself."""
    is_past = 0 < entry.expires_at <= machine.state.timestamp_ns
    return RejectCode.INVALID_EXPIRY if is_past else None


def check_room(machine: Machine, account: Account, going: LiveOrder | None = None, orders: int = 1) -> Refusal | None:
    """Whether so many more orders fit, for the account and for the engine, once the one that goes is gone."""
    state, gone = machine.state, int(going is not None)
    open_orders = len(account.open_orders) - gone
    if open_orders + orders > account.max_open_orders:
        return BeyondLimit(RejectCode.OPEN_ORDER_LIMIT, open_orders, account.max_open_orders)
    left = int(going is not None and not state.slots.is_worn_out(going.slot))
    if len(state.open_orders) - gone + orders > state.max_open_orders or state.slots.room() + left < orders:
        return RejectCode.ENGINE_FULL
    return None


def _check_room_for_kind(instrument: Instrument, entry: Place) -> RejectCode | None:
    """Whether one more order of a kind that costs others time fits into the instrument."""
    side = Side(entry.side)
    if entry.visibility == Visibility.HIDDEN and entry.min_quantity:
        resting = sum(order.has_hidden_minimum for order in instrument.book.hidden[side].orders())
        return RejectCode.INSTRUMENT_ORDER_LIMIT if resting >= MAX_MINIMUM_ORDERS else None
    if entry.trail:
        waiting = len(instrument.queues[entry.trigger, side].trailing())
        return RejectCode.INSTRUMENT_ORDER_LIMIT if waiting >= MAX_TRAILING_ORDERS else None
    return None


def _incoming(machine: Machine, account: Account, instrument: Instrument, entry: Place) -> LiveOrder:
    """The order that the command asks for, under today's rates; what the market decides of its limit is not yet."""
    is_notional = entry.quantity_kind == QuantityKind.NOTIONAL
    client_id = client_order_id(entry)
    rates = rates_of(machine.state, account, instrument)
    attributes = OrderAttributes.of(entry)
    if entry.lifetime == Lifetime.DAY:
        attributes = attributes._replace(trade_date=machine.state.trade_date)
    if entry.trigger != Trigger.NONE:
        attributes = attributes._replace(taker_rate=rates.taker_rate, waiting_type=entry.order_type)
    order = LiveOrder(
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
        rates=rates,
        attributes=attributes,
    )
    arrive(machine, order)
    return order


def arrive(machine: Machine, order: LiveOrder) -> None:
    """A peg takes its place with this command, and keeps what it would pay as a taker: it may be one again."""
    if order.is_pegged:
        order.set_attributes(arrival=machine.state.sequence, taker_rate=order.rates.taker_rate)


def _set_limit(order: LiveOrder, followed: Followed) -> RejectCode | None:
    """Gives the order the limit, and a stop the trigger price, that depend on the market."""
    if order.waits:
        code = begin_trail(order)
        if code is not None:
            return code
        if order.is_market:
            order.price = stop_collar(order)
    elif order.is_market and order.is_for_one_auction:
        reference = order.instrument.auction_reference
        if not reference:
            return RejectCode.NO_REFERENCE
        order.price = collar(order.side, reference, order.instrument.collar_bps, order.instrument.max_price)
    elif order.order_type != OrderType.LIMIT:
        instrument = order.instrument
        best = instrument.book.best_price(order.opposite)
        if best is None:
            return RejectCode.NO_LIQUIDITY
        order.price = best
        if order.is_market:
            order.price = collar(order.side, best, instrument.collar_bps, instrument.max_price)
    elif order.time_in_force == TimeInForce.POST_ONLY_SLIDE:
        slide(order, followed)
    return None


def _check_bounds(order: LiveOrder) -> Refusal | None:
    """Whether the order is as small, and its limit as near to what the instrument is worth, as they have to be."""
    if overflows(order):
        return RejectCode.OVERFLOW
    too_large = check_size(order)
    if too_large is not None or order.waits or order.is_market:
        return too_large
    return check_limit(order)


def slide(order: LiveOrder, followed: Followed) -> None:
    """Moves a limit that reaches the opposite touch to the nearest price that does not, if there is one."""
    touch = order.instrument.book.touch(order.opposite, followed)
    if touch is None or not order.reaches(touch):
        return
    passive = touch - 1 if order.side == Side.BUY else touch + 1
    if 1 <= passive <= order.instrument.max_price:
        order.price = passive


def is_post_only(order: LiveOrder) -> bool:
    """Whether the order may not trade when it comes in."""
    return order.time_in_force in (TimeInForce.POST_ONLY, TimeInForce.POST_ONLY_SLIDE)


def overflows(order: LiveOrder) -> bool:
    """Whether the hold, or what a sell is worth at its limit, is too large for an amount."""
    value = order.cash(order.price, order.leaves) if order.side == Side.SELL else 0
    return order.hold() > MAX_AMOUNT or value > MAX_AMOUNT


def accept(machine: Machine, order: LiveOrder) -> None:
    """Gives the order its id and a place among the open ones, and sets its hold aside."""
    take_in(machine.state, order)
    report_accepted(machine, order)
    order.account.hold(order.held_asset, order.hold())


def take_in(state: State, order: LiveOrder) -> None:
    """The order has an id, and is open."""
    account = order.account
    order.order_id = next_order_id(state)
    state.open_orders[order.order_id] = order
    account.open_orders[order.order_id] = order
    if order.client_order_id:
        account.open_client_ids[order.digest] = order


def report_accepted(machine: Machine, order: LiveOrder, partner: int = 0, entry: int = 0) -> None:
    """The order as it comes in, and what it belongs to."""
    machine.emit(
        Accepted,
        order.account.id,
        **order.named(),
        price=order.price,
        quantity=order.quantity,
        leaves=order.leaves,
        budget=order.budget,
        trigger_price=order.trigger_price,
        peg=order.peg,
        peg_offset=order.peg_offset,
        partner=partner,
        entry=entry,
    )


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
    order = named_order(machine.state, account, entry)
    if order is None:
        return RejectCode.UNKNOWN_ORDER

    if not cancel_or_wait(machine, order, CancelReason.USER):
        report_pending(machine, order)
    return None


def report_pending(machine: Machine, order: LiveOrder) -> None:
    """The order as it is now, which is not yet what will be cancelled of it."""
    machine.emit(
        CancelPending,
        order.account.id,
        **order.named(),
        price=order.price,
        quantity=order.quantity,
        leaves=order.leaves,
        filled=order.filled,
    )


def named_order(state: State, account: Account, entry: Cancel | Amend) -> LiveOrder | None:
    """The account's open order that the command names."""
    if entry.order_id:
        return account.open_orders.get(entry.order_id)
    return account.open_client_ids.get(digest(state.client_id_key, account.id, client_order_id(entry)))


def cancel_all(machine: Machine, account_id: int, entry: CancelAll) -> RejectCode | None:
    """CANCEL_ALL."""
    if entry.sides not in set(SideFilter) or entry.quote_group > MAX_QUOTE_GROUPS:
        return RejectCode.MALFORMED
    account = find(machine.state.accounts, account_id)
    if account is None:
        return RejectCode.UNKNOWN_ACCOUNT
    everywhere = entry.instrument == NONE_ID
    if not everywhere and find(machine.state.instruments, entry.instrument) is None:
        return RejectCode.UNKNOWN_INSTRUMENT

    here = [order for order in account.open_orders.values() if everywhere or order.instrument.id == entry.instrument]
    of_group = [order for order in here if is_of_group(order, entry.quote_group)]
    orders = [order for order in of_group if is_of(order.side, entry.sides)]
    pending = [order for order in orders if order.instrument.phase == Phase.UNCROSSING]
    for order in orders:
        # A leg may be gone with the other one.
        if order.order_id in account.open_orders:
            cancel_or_wait(machine, order, CancelReason.CANCEL_ALL)
    counts = {"orders": len(orders) - len(pending), "pending": len(pending)}
    machine.emit(CancelAllDone, account_id, instrument=entry.instrument, **counts)
    return None


def is_of(side: Side, sides: int) -> bool:
    """Whether a mass cancel of these sides means this one."""
    return sides == SideFilter.BOTH or (sides == SideFilter.BUY) == (side == Side.BUY)


def is_of_group(order: LiveOrder, group: int) -> bool:
    """Whether a mass cancel of this quote group means this order: all of them, if it names none."""
    return group in (0, order.attributes.quote_group)
