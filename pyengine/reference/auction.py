"""Call auctions (`engine_core/docs/market-rules.md`, sections 16, 18 and 19): SET_PHASE, the price that is
said, the end of a call, and the uncrossing.

Which price is `clearing`'s. An uncrossing is work, item by item, that `work` hands out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from pyengine.events import AuctionExtended, Indicated, Uncrossed
from pyengine.records import VENUE_ACCOUNT, CancelReason, Liquidity, Phase, RejectCode, SetPhase, Side
from pyengine.reference.bands import Band, band
from pyengine.reference.charges import charge, count_traded
from pyengine.reference.clearing import clear
from pyengine.reference.eligibility import barred, judge_crossing
from pyengine.reference.forms import is_phase
from pyengine.reference.machine import Machine
from pyengine.reference.matching import (
    delivery_of,
    finish_resting,
    next_settlement_id,
    report_fill,
    show_next_slice,
)
from pyengine.reference.order_end import cancel_partner, cancel_resting
from pyengine.reference.phases import change_phase, later, next_indication
from pyengine.reference.protection import count_auction_fill
from pyengine.reference.settlement import settle
from pyengine.reference.state import AUCTION_CALLS, NO_CALL, Call, Instrument, LiveOrder, find
from pyengine.reference.volatility import begin_anew

_OPEN: Final = (Phase.PRE_OPEN, *AUCTION_CALLS)
FROM: Final[dict[Phase, tuple[Phase, ...]]] = {
    Phase.PRE_OPEN: (Phase.CONTINUOUS, Phase.CLOSED, *_OPEN),
    Phase.AUCTION: (Phase.CONTINUOUS, Phase.CLOSED, *_OPEN),
    Phase.CONTINUOUS: (Phase.CLOSED, *_OPEN),
    Phase.CLOSED: (Phase.CONTINUOUS, *_OPEN),
    Phase.RETIRED: (Phase.CLOSED,),
}
"""The phases that a command can ask for, and those from which each can come."""


def set_phase(machine: Machine, _account_id: int, body: SetPhase) -> RejectCode | None:
    """SET_PHASE."""
    if not is_phase(body.phase) or not is_phase(body.next):
        return RejectCode.MALFORMED
    instrument = find(machine.state.instruments, body.instrument)
    if instrument is None:
        return RejectCode.UNKNOWN_INSTRUMENT
    phase, call = Phase(body.phase), Call(Phase(body.next), ends_at=body.ends_at)
    if phase not in FROM or not _is_possible(machine, phase, call):
        return RejectCode.INVALID_PARAMETER
    if instrument.phase not in FROM[phase]:
        return RejectCode.WRONG_PHASE
    if phase == Phase.CONTINUOUS and instrument.halted:
        return RejectCode.INSTRUMENT_HALTED

    if phase == Phase.CONTINUOUS:
        begin_uncrossing(machine, instrument, Phase.CONTINUOUS)
    else:
        change_phase(machine, instrument, phase, call)
    return None


def _is_possible(machine: Machine, phase: Phase, call: Call) -> bool:
    """Whether something can come after the phase, and an end of it: only the call of an auction ends by itself."""
    if call.next not in (Phase.CONTINUOUS, Phase.CLOSED):
        return False
    if phase != Phase.AUCTION:
        return call == NO_CALL
    return call.ends_at == 0 or call.ends_at > machine.state.timestamp_ns


def indicate(machine: Machine, instrument: Instrument) -> None:
    """Says what the auction would do if its call ended now."""
    machine.emit(Indicated, VENUE_ACCOUNT, instrument=instrument.id, **clear(machine.state, instrument)._asdict())
    instrument.call = instrument.call._replace(indicate_at=next_indication(machine))


def end_call(machine: Machine, instrument: Instrument) -> None:
    """A call whose time has come ends, or goes on because its price is too far from what the instrument is worth."""
    price, bounds = clear(machine.state, instrument).price, auction_bounds(instrument)
    if price and price not in bounds:
        extend(machine, instrument, price, bounds)
    else:
        begin_uncrossing(machine, instrument, instrument.call.next)


def auction_bounds(instrument: Instrument) -> Band:
    """The prices at which the call may end by itself: more with each extension."""
    bps = instrument.limits.auction_bps * (1 + instrument.call.extensions)
    return band(instrument, instrument.auction_reference, bps)


def extend(machine: Machine, instrument: Instrument, price: int, bounds: Band) -> None:
    """The call begins again, under wider bounds."""
    instrument.call = instrument.call._replace(
        extensions=instrument.call.extensions + 1,
        ends_at=later(machine, instrument.limits.call_ns),
        indicate_at=next_indication(machine),
    )
    machine.emit(
        AuctionExtended,
        VENUE_ACCOUNT,
        instrument=instrument.id,
        price=price,
        **bounds._asdict(),
        extensions=instrument.call.extensions,
        ends_at=instrument.call.ends_at,
    )


def begin_uncrossing(machine: Machine, instrument: Instrument, after: Phase) -> None:
    """The auction has its price; what follows from it is work."""
    outcome = clear(machine.state, instrument)
    instrument.phase = Phase.UNCROSSING
    instrument.call = Call(next=after, auction_price=outcome.price)
    machine.emit(Uncrossed, VENUE_ACCOUNT, instrument=instrument.id, **outcome._asdict())
    begin_anew(machine, instrument, outcome.price)


def next_step(machine: Machine, instrument: Instrument) -> Callable[[], None] | None:
    """What an uncrossing has to do next, if it is not done: in the order of the rules."""
    buy, sell = (next(instrument.book.auction_orders(side), None) for side in (Side.BUY, Side.SELL))
    price = instrument.call.auction_price
    if buy is not None and sell is not None and buy.reaches(price) and sell.reaches(price):
        lots, unfit = judge_crossing(machine.state, buy, sell, min(buy.slice_left, sell.slice_left))
        if unfit is not None:
            return partial(cancel_resting, machine, unfit, CancelReason.INELIGIBLE)
        return partial(cross, machine, buy, sell, price, lots)
    if buy is not None and sell is not None and buy.reaches(sell.price):
        return partial(_settle_crossing, machine, instrument, buy, sell)
    ending = _below_minimum(instrument) or _had_its_auction(instrument) or _to_be_cancelled(machine, instrument)
    return partial(cancel_resting, machine, *ending) if ending is not None else None


def _settle_crossing(machine: Machine, instrument: Instrument, buy: LiveOrder, sell: LiveOrder) -> None:
    """Who may not trade, or bought less than was counted, has left orders that reach each other: those that may trade
    get another price, else one that may not goes."""
    if clear(machine.state, instrument).price:
        begin_uncrossing(machine, instrument, instrument.call.next)
    else:
        unfit = buy if barred(machine.state, buy) is not None else sell
        cancel_resting(machine, unfit, CancelReason.INELIGIBLE)


def _below_minimum(instrument: Instrument) -> tuple[LiveOrder, CancelReason] | None:
    for side in (Side.BUY, Side.SELL):
        order = next(instrument.book.hidden[side].orders(), None)
        if order is not None and order.is_below_minimum:
            return order, CancelReason.BELOW_MINIMUM
    return None


def _had_its_auction(instrument: Instrument) -> tuple[LiveOrder, CancelReason] | None:
    orders = [order for side in Side for order in instrument.book.auction_orders(side) if order.is_for_one_auction]
    first = min(orders, key=lambda order: order.order_id, default=None)
    return None if first is None else (first, CancelReason.AUCTION_ENDED)


def _to_be_cancelled(machine: Machine, instrument: Instrument) -> tuple[LiveOrder, CancelReason] | None:
    first = min(instrument.pending_cancels, default=None)
    return None if first is None else (machine.state.open_orders[first], instrument.pending_cancels[first])


def cross(machine: Machine, buy: LiveOrder, sell: LiveOrder, price: int, lots: int) -> None:
    """Two orders trade, what both show at most; each adds liquidity."""
    cash = buy.cash(price, lots)
    buy_rate, sell_rate = buy.rates.maker_rate, sell.rates.maker_rate
    buy_fee, sell_fee = charge(cash, buy_rate, sell_rate), charge(cash, sell_rate, buy_rate)
    deal = {"price": price, "quantity": lots, "cash": cash, "settlement_id": next_settlement_id(machine.state)}
    settle(machine.state, delivery_of(buy, buy_fee, sell, sell_fee, lots, cash))
    count_traded(machine.state, buy, sell, cash)
    report_fill(machine, buy, Liquidity.AUCTION, deal, buy_fee)
    report_fill(machine, sell, Liquidity.AUCTION, deal, sell_fee)
    buy.instrument.remember_trade(price)
    for order in (buy, sell):
        if order.has_something_left:
            show_next_slice(order)
            cancel_partner(machine, order)
        else:
            finish_resting(machine, order)
    count_auction_fill(machine, buy, sell, lots, cash)


def end_uncrossing(machine: Machine, instrument: Instrument) -> None:
    """Nothing is left to do: the phase behind the auction begins."""
    change_phase(machine, instrument, instrument.call.next)
