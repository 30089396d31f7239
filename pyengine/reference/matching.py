"""How an order that is allowed to trade trades: price-time priority, price bands, self-trade prevention, settlement;
how it rests.

It never rejects: whether an order may trade has been decided by `order_entry`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap
from typing import Final, NamedTuple

from pyengine.events import Amended, Fill
from pyengine.records import (
    CancelReason,
    Liquidity,
    OrderStatus,
    OrderType,
    Priority,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from pyengine.reference.bands import executable_band, trading_band
from pyengine.reference.charges import charge, count_traded
from pyengine.reference.eligibility import Verdict, Walk, judge_trade
from pyengine.reference.machine import Machine
from pyengine.reference.order_end import cancel_partner, cancel_resting, end_cancelled, finish
from pyengine.reference.pegs import Followed
from pyengine.reference.phases import pause
from pyengine.reference.protection import count_fill
from pyengine.reference.risk import affordable
from pyengine.reference.settlement import Delivery, settle
from pyengine.reference.state import Instrument, LiveOrder, State
from pyengine.reference.volatility import remember_fill

RESTING_TIMES: Final = (TimeInForce.GTC, TimeInForce.POST_ONLY, TimeInForce.POST_ONLY_SLIDE)
"""What is left of such an order rests."""


class Offer(NamedTuple):
    """An order to trade with, and the price at which it trades: its own, or that of a peg as it stands."""

    price: int
    maker: LiveOrder


def would_cross(order: LiveOrder, followed: Followed) -> bool:
    """Whether the order's limit reaches the opposite touch."""
    touch = order.instrument.book.touch(order.opposite, followed)
    return touch is not None and order.comes_to(touch, followed)


def would_trade(state: State, order: LiveOrder, followed: Followed) -> int:
    """Lots that the order would trade if it came in now, without what self-trade prevention would end or take, and
    without those who may not trade."""
    walk = Walk(state, order)
    left, band, executable = order.leaves, trading_band(order.instrument), executable_band(order.instrument)
    for (price, maker), lots in _offers(order, followed):
        if left == 0 or not order.comes_to(price, followed):
            break
        traded = min(left, lots)
        if passes_over(maker, traded):
            continue
        if walk.lots_of(maker) == 0:
            continue
        if price not in band or price not in executable:
            break
        if prevents(order, maker):
            if order.stp == SelfTradePrevention.CANCEL_OLDEST:
                continue
            break
        traded = min(traded, walk.lots_of(maker))
        walk.count(maker, traded)
        left -= traded
    return order.leaves - left


def _offers(order: LiveOrder, followed: Followed) -> Iterator[tuple[Offer, int]]:
    """The opposite side as the order would meet it. The reserves of a level come up behind all that it shows."""
    for price, makers in order.instrument.book.levels(order.opposite, followed):
        yield from ((Offer(price, maker), maker.slice_left) for maker in makers)
        yield from ((Offer(price, maker), maker.attributes.reserve) for maker in makers if maker.attributes.reserve)


def is_fillable(state: State, order: LiveOrder, followed: Followed) -> bool:
    """Whether the book can fill the order whole."""
    return would_trade(state, order, followed) == order.leaves


def finds_minimum(state: State, order: LiveOrder, followed: Followed) -> bool:
    """Whether as much as the order wants at least would trade at once; a hidden one may also wait for it, and any for
    an auction."""
    minimum = order.attributes.min_quantity
    if minimum == 0 or order.instrument.is_collecting or (order.is_hidden and not would_cross(order, followed)):
        return True
    return would_trade(state, order, followed) >= minimum


def come_in(machine: Machine, order: LiveOrder) -> None:
    """An incoming order trades, and what is left rests or ends; in a call phase it rests at once."""
    if order.instrument.is_collecting:
        _rest(machine, order)
    else:
        match_order(machine, order)


def match_order(machine: Machine, taker: LiveOrder) -> None:
    """Price-time priority: the incoming order trades with the first order that does not pass it over. What pegs follow
    stands meanwhile."""
    band, executable = trading_band(taker.instrument), executable_band(taker.instrument)
    followed = taker.instrument.followed()
    while taker.has_something_left:
        trade = _next_trade(machine.state, taker, followed)
        if trade is None:
            break
        offer, verdict = trade
        if verdict.barred is taker:
            end_cancelled(machine, taker, CancelReason.INELIGIBLE)
            return
        if verdict.barred is not None:
            cancel_resting(machine, verdict.barred, CancelReason.INELIGIBLE)
            continue
        if offer.price not in band:
            pause(machine, taker.instrument)
            break
        if offer.price not in executable:
            end_cancelled(machine, taker, CancelReason.OUT_OF_BAND)
            return
        if prevents(taker, offer.maker):
            if prevent_self_trade(machine, taker, offer):
                continue
            return
        if verdict.lots == 0:
            break
        fill(machine, taker, offer, verdict.lots)
        if not count_fill(machine, taker, offer.maker, verdict.lots, taker.cash(offer.price, verdict.lots)):
            return
    _end_matching(machine, taker)


def _next_trade(state: State, taker: LiveOrder, followed: Followed) -> tuple[Offer, Verdict] | None:
    """The first order of the opposite side, within the limit, for whose minimum the incoming order is large enough; and
    how much of it both may trade."""
    for offer in starmap(Offer, taker.instrument.book.offers(taker.opposite, followed)):
        if not taker.comes_to(offer.price, followed):
            return None
        lots = fill_size(taker, offer)
        if passes_over(offer.maker, lots):
            continue
        verdict = judge_trade(state, taker, offer.maker, lots)
        if verdict.barred is not None or not passes_over(offer.maker, verdict.lots):
            return offer, verdict
    return None


def passes_over(maker: LiveOrder, lots: int) -> bool:
    """Whether a resting order does not take part in a fill of so many lots, so that others behind it may."""
    if not maker.has_hidden_minimum:
        return False
    return maker.attributes.min_quantity > lots or maker.price not in executable_band(maker.instrument)


def prevents(taker: LiveOrder, maker: LiveOrder) -> bool:
    """Whether the incoming order does not trade with the resting one, because both are of one party."""
    return taker.stp != SelfTradePrevention.NONE and taker.account.is_one_party_with(maker.account)


def prevent_self_trade(machine: Machine, taker: LiveOrder, offer: Offer) -> bool:
    """Cancels or decrements by the incoming order's mode; returns whether the incoming order goes on."""
    if taker.stp == SelfTradePrevention.DECREMENT:
        return decrement_both(machine, taker, offer)
    if taker.stp in (SelfTradePrevention.CANCEL_OLDEST, SelfTradePrevention.CANCEL_BOTH):
        cancel_resting(machine, offer.maker, CancelReason.SELF_TRADE_RESTING)
    if taker.stp in (SelfTradePrevention.CANCEL_NEWEST, SelfTradePrevention.CANCEL_BOTH):
        end_cancelled(machine, taker, CancelReason.SELF_TRADE_INCOMING)
        return False
    return True


def decrement_both(machine: Machine, taker: LiveOrder, offer: Offer) -> bool:
    """What would have filled is gone from both; returns whether the incoming order goes on."""
    lots, maker = fill_size(taker, offer), offer.maker
    if lots == maker.leaves:
        cancel_resting(machine, maker, CancelReason.SELF_TRADE_RESTING)
    else:
        decrement(machine, maker, lots)
        go_on_resting(machine, maker)
        cancel_partner(machine, maker)
    if lots == taker.leaves:
        end_cancelled(machine, taker, CancelReason.SELF_TRADE_INCOMING)
        return False
    decrement(machine, taker, lots)
    return True


def decrement(machine: Machine, order: LiveOrder, lots: int) -> None:
    """So many lots of the order are gone, without a trade."""
    hold_before = order.hold()
    order.quantity -= lots
    order.leaves -= lots
    order.account.release(order.held_asset, hold_before - order.hold())
    report_amended(machine, order, Priority.DECREMENTED, order.price)


def report_amended(machine: Machine, order: LiveOrder, reason: Priority, previous_price: int) -> None:
    """The order as it is from now on."""
    machine.emit(
        Amended,
        order.account.id,
        **order.named(),
        reason=reason,
        price=order.price,
        quantity=order.quantity,
        leaves=order.leaves,
        filled=order.filled,
        previous_price=previous_price,
        trigger_price=order.trigger_price,
    )


def fill_size(taker: LiveOrder, offer: Offer) -> int:
    """Lots that trade now; 0 if a notional order can not afford one."""
    price, maker = offer
    if not taker.is_notional:
        return min(taker.leaves, maker.slice_left)
    return min(affordable(taker.budget, taker.cash(price, 1), taker.rates.taker_rate), maker.slice_left)


def fill(machine: Machine, taker: LiveOrder, offer: Offer, lots: int) -> None:
    """Trades so many lots at the resting order's price, and settles them."""
    price, maker = offer
    cash = taker.cash(price, lots)
    taker_fee = charge(cash, taker.rates.taker_rate, maker.rates.maker_rate)
    maker_fee = charge(cash, maker.rates.maker_rate, taker.rates.taker_rate)
    settlement_id = next_settlement_id(machine.state)
    if taker.side == Side.BUY:
        delivery = delivery_of(taker, taker_fee, maker, maker_fee, lots, cash)
    else:
        delivery = delivery_of(maker, maker_fee, taker, taker_fee, lots, cash)
    settle(machine.state, delivery)
    count_traded(machine.state, taker, maker, cash)
    deal = {"price": price, "quantity": lots, "cash": cash, "settlement_id": settlement_id}
    report_fill(machine, taker, Liquidity.TAKER, deal, taker_fee)
    report_fill(machine, maker, Liquidity.MAKER, deal, maker_fee)
    _remember_trade(maker.instrument, price)
    remember_fill(machine, maker.instrument, price)
    if maker.has_something_left:
        go_on_resting(machine, maker)
        cancel_partner(machine, maker)
    else:
        finish_resting(machine, maker)


def finish_resting(machine: Machine, order: LiveOrder) -> None:
    """A resting order that has nothing left leaves the book."""
    order.instrument.book.remove(order)
    finish(machine, order, OrderStatus.FILLED)


def _remember_trade(instrument: Instrument, price: int) -> None:
    instrument.remember_trade(price)


def go_on_resting(machine: Machine, order: LiveOrder) -> None:
    """What becomes of a resting order that has less left than before."""
    if order.is_below_minimum:
        cancel_resting(machine, order, CancelReason.BELOW_MINIMUM)
    else:
        show_next_slice(order)


def show_next_slice(order: LiveOrder) -> None:
    """When an iceberg's slice has traded whole, the next goes to the back of its level."""
    if order.slice_left == 0:
        order.instrument.book.remove(order)
        order.count_slice()
        order.show_slice()
        order.instrument.book.add(order)


def report_fill(machine: Machine, order: LiveOrder, liquidity: Liquidity, deal: dict[str, int], own_fee: int) -> None:
    """One side's account of a fill: what both sides share, and how the order stands now."""
    own = {"liquidity": liquidity, "leaves": order.leaves, "filled": order.filled, "fee": own_fee}
    machine.emit(Fill, order.account.id, **order.named(), **own, **deal)


def next_settlement_id(state: State) -> int:
    """Fills are numbered from 1."""
    state.settlements += 1
    return state.settlements


def delivery_of(buyer: LiveOrder, buyer_fee: int, seller: LiveOrder, seller_fee: int, lots: int, cash: int) -> Delivery:
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
    elif taker.time_in_force in RESTING_TIMES:
        _rest(machine, taker)
    elif taker.order_type == OrderType.MARKET:
        end_cancelled(machine, taker, CancelReason.MARKET_REMAINDER)
    else:
        end_cancelled(machine, taker, CancelReason.IOC_REMAINDER)


def _rest(machine: Machine, order: LiveOrder) -> None:
    """Puts what is left of an incoming order into the book, unless it is too little for its minimum."""
    if order.is_below_minimum:
        end_cancelled(machine, order, CancelReason.BELOW_MINIMUM)
        return
    if order.is_iceberg:
        order.show_slice()
    if order.attributes.min_quantity and not order.is_hidden:
        order.set_attributes(min_quantity=0)
    order.instrument.book.add(order)
