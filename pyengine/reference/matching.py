"""How an order that is allowed to trade trades: price-time priority, self-trade prevention, settlement.

It never rejects: whether an order may trade has been decided by `order_entry`.
"""

from __future__ import annotations

from pyengine.events import Fill
from pyengine.records import (
    CancelReason,
    Liquidity,
    OrderStatus,
    OrderType,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_resting, end_cancelled, finish
from pyengine.reference.risk import affordable, fee
from pyengine.reference.settlement import Delivery, settle
from pyengine.reference.state import LiveOrder, State


def would_cross(order: LiveOrder) -> bool:
    """Whether the order would trade at once."""
    best = order.instrument.book.best_price(order.opposite)
    return best is not None and order.reaches(best)


def is_fillable(order: LiveOrder) -> bool:
    """Whether the book can fill the order whole, without trading with its own account."""
    wanted = order.leaves
    for maker in order.instrument.book.orders(order.opposite):
        if not order.reaches(maker.price):
            return False
        if maker.account is order.account:
            if order.stp == SelfTradePrevention.CANCEL_OLDEST:
                continue
            return False
        wanted -= maker.leaves
        if wanted <= 0:
            return True
    return False


def match_order(machine: Machine, taker: LiveOrder) -> None:
    """Price-time priority: the incoming order trades with the oldest order of the best level within its limit."""
    book = taker.instrument.book
    while taker.has_something_left:
        maker = book.best(taker.opposite)
        if maker is None or not taker.reaches(maker.price):
            break
        if maker.account is taker.account:
            if prevent_self_trade(machine, taker, maker):
                continue
            return
        lots = fill_size(taker, maker)
        if lots == 0:
            break
        fill(machine, taker, maker, lots)
    _end_matching(machine, taker)


def prevent_self_trade(machine: Machine, taker: LiveOrder, maker: LiveOrder) -> bool:
    """Cancels by the incoming order's mode; returns whether the incoming order goes on."""
    if taker.stp in (SelfTradePrevention.CANCEL_OLDEST, SelfTradePrevention.CANCEL_BOTH):
        cancel_resting(machine, maker, CancelReason.SELF_TRADE_RESTING)
    if taker.stp in (SelfTradePrevention.CANCEL_NEWEST, SelfTradePrevention.CANCEL_BOTH):
        end_cancelled(machine, taker, CancelReason.SELF_TRADE_INCOMING)
        return False
    return True


def fill_size(taker: LiveOrder, maker: LiveOrder) -> int:
    """Lots that trade now; 0 if a notional order can not afford one."""
    if not taker.is_notional:
        return min(taker.leaves, maker.leaves)
    return min(affordable(taker.budget, taker.cash(maker.price, 1), taker.rates.taker_rate), maker.leaves)


def fill(machine: Machine, taker: LiveOrder, maker: LiveOrder, lots: int) -> None:
    """Trades so many lots at the resting order's price, and settles them."""
    cash = taker.cash(maker.price, lots)
    taker_fee = fee(cash, taker.rates.taker_rate)
    maker_fee = fee(cash, maker.rates.maker_rate)
    settlement_id = next_settlement_id(machine.state)
    if taker.side == Side.BUY:
        delivery = _delivery(taker, taker_fee, maker, maker_fee, lots, cash)
    else:
        delivery = _delivery(maker, maker_fee, taker, taker_fee, lots, cash)
    settle(machine.state, delivery)
    deal = {"price": maker.price, "quantity": lots, "cash": cash, "settlement_id": settlement_id}
    report_fill(machine, taker, Liquidity.TAKER, deal, taker_fee)
    report_fill(machine, maker, Liquidity.MAKER, deal, maker_fee)
    if not maker.has_something_left:
        maker.instrument.book.remove(maker)
        finish(machine, maker, OrderStatus.FILLED)


def report_fill(machine: Machine, order: LiveOrder, liquidity: Liquidity, deal: dict[str, int], own_fee: int) -> None:
    """One side's account of a fill: what both sides share, and how the order stands now."""
    own = {"liquidity": liquidity, "leaves": order.leaves, "filled": order.filled, "fee": own_fee}
    machine.emit(Fill, order.account.id, **order.named(), **own, **deal)


def next_settlement_id(state: State) -> int:
    """Fills are numbered from 1."""
    state.settlements += 1
    return state.settlements


def _delivery(buyer: LiveOrder, buyer_fee: int, seller: LiveOrder, seller_fee: int, lots: int, cash: int) -> Delivery:
    """Counts a fill on both orders; returns what it moves between their accounts."""
    instrument = buyer.instrument
    freed = _take_from_hold(buyer, lots, cash + buyer_fee)
    _take_from_hold(seller, lots, 0)
    return Delivery(
        buyer=buyer.account,
        seller=seller.account,
        base=instrument.base,
        quote=instrument.quote,
        delivered=lots * instrument.lot_size,
        cash=cash,
        freed=freed,
        buyer_fee=buyer_fee,
        seller_fee=seller_fee,
    )


def _take_from_hold(order: LiveOrder, lots: int, spent: int) -> int:
    """Counts a fill on the order; returns by how much its hold has become smaller."""
    before = order.hold()
    order.filled += lots
    if order.is_notional:
        order.budget -= spent
    else:
        order.leaves -= lots
    return before - order.hold()


def _end_matching(machine: Machine, taker: LiveOrder) -> None:
    """What becomes of the incoming order once nothing more matches."""
    if not taker.has_something_left:
        finish(machine, taker, OrderStatus.FILLED)
    elif taker.time_in_force in (TimeInForce.GTC, TimeInForce.POST_ONLY):
        taker.instrument.book.add(taker)
    elif taker.order_type == OrderType.MARKET:
        end_cancelled(machine, taker, CancelReason.MARKET_REMAINDER)
    else:
        end_cancelled(machine, taker, CancelReason.IOC_REMAINDER)
