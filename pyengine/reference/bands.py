"""Price bands, the size of orders and what is open (`engine_core/docs/market-rules.md`, sections 20, 21, 33 and 34):
what the limits of an instrument and of an account let through.

Nothing changes here: what becomes of a price outside a band is decided by `order_entry`, `matching` and `auction`.
"""

from __future__ import annotations

from typing import NamedTuple

from pyengine.records import MAX_AMOUNT, Phase, RejectCode, Side
from pyengine.reference.refusals import BeyondLimit
from pyengine.reference.risk import collar
from pyengine.reference.state import Instrument, LiveOrder


class Band(NamedTuple):
    """The prices that may be, both ends included, in ticks."""

    lower: int
    upper: int

    def __contains__(self, price: object) -> bool:
        return isinstance(price, int) and self.lower <= price <= self.upper


def band(instrument: Instrument, middle: int, bps: int) -> Band:
    """The collar around a price; every price, if there is none or it is not bounded."""
    if not middle or not bps:
        return Band(1, instrument.max_price)
    lower, upper = (collar(side, middle, bps, instrument.max_price) for side in (Side.SELL, Side.BUY))
    return Band(lower, upper)


def static_band(instrument: Instrument) -> Band:
    """How far from what the instrument is worth its prices may be."""
    return band(instrument, static_middle(instrument), static_width(instrument))


def static_middle(instrument: Instrument) -> int:
    """What the static band is around, in ticks; 0 if that is not known."""
    protection = instrument.protection
    return protection.anchor if protection.is_anchored else instrument.auction_reference


def static_width(instrument: Instrument) -> int:
    """How wide the static band is, in basis points; 0: there is none."""
    return instrument.protection.static_bps(instrument.limits.static_bps)


def volatility_band(instrument: Instrument) -> Band:
    """How far prices may be from the mean of the last trades, while it trades; every price, if nothing bounds them."""
    reference, width = instrument.volatility.reference, instrument.volatility.width
    if not reference:
        return Band(1, instrument.max_price)
    return Band(max(1, reference - width), min(instrument.max_price, reference + width))


def executable_band(instrument: Instrument) -> Band:
    """The volatility band where it bounds anything: every price, unless the instrument is CONTINUOUS."""
    is_bounded = instrument.phase == Phase.CONTINUOUS
    return volatility_band(instrument) if is_bounded else Band(1, instrument.max_price)


def overlap(one: Band, other: Band) -> Band:
    """The prices that are in both."""
    return Band(max(one.lower, other.lower), min(one.upper, other.upper))


def trading_band(instrument: Instrument) -> Band:
    """The prices at which an order that comes in now may trade, or a pause begins."""
    dynamic = band(instrument, instrument.last_trade, instrument.limits.dynamic_bps)
    return overlap(static_band(instrument), dynamic)


def check_size(order: LiveOrder) -> BeyondLimit | None:
    """Whether the whole order, also what of it has traded, is as small as orders have to be."""
    limits = order.instrument.limits
    if 0 < limits.max_quantity < order.quantity:
        return BeyondLimit(RejectCode.ORDER_TOO_LARGE, order.quantity, limits.max_quantity)
    notional = order.budget if order.is_notional else order.cash(order.price, order.quantity)
    if 0 < limits.max_notional < notional:
        return BeyondLimit(RejectCode.ORDER_TOO_LARGE, min(notional, MAX_AMOUNT), limits.max_notional)
    return None


def check_limit(order: LiveOrder) -> BeyondLimit | None:
    """Whether the limit is inside the bands of its entry on the side towards which the order trades."""
    lower, upper = overlap(static_band(order.instrument), executable_band(order.instrument))
    bound = upper if order.side == Side.BUY else lower
    is_beyond = order.price > bound if order.side == Side.BUY else order.price < bound
    return BeyondLimit(RejectCode.PRICE_OUT_OF_BAND, order.price, bound) if is_beyond else None


def check_open_notional(order: LiveOrder, going: LiveOrder | None) -> BeyondLimit | None:
    """Whether the account may have so much open, the order counted and the one that goes, or was it, not."""
    account, quote = order.account, order.instrument.quote
    if account.max_open_notional == 0:
        return None
    staying = [other for other in account.open_orders.values() if other is not going]
    total = order.notional + sum(other.notional for other in staying if other.instrument.quote == quote)
    if account.max_open_notional < total:
        return BeyondLimit(RejectCode.OPEN_NOTIONAL_LIMIT, min(total, MAX_AMOUNT), account.max_open_notional)
    return None
