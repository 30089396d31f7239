"""What must be set aside before an order may rest or trade: pure functions of integers.

They know no order, no account and no limit. Fees round down per fill, so the fees of any split of an order never
exceed the fee on the whole: a hold always covers what it is for.
"""

from __future__ import annotations

from pyengine.records import COLLAR_SCALE, FEE_RATE_SCALE, Side


def fee(cash: int, rate: int) -> int:
    """Fee on `cash` at `rate` hundredths of a basis point, rounded down: in the customer's favour."""
    return cash * rate // FEE_RATE_SCALE


def buy_hold(cash: int, rate: int) -> int:
    """Quote to hold for a buy worth `cash` at its limit: the cash and the largest fee it can incur."""
    return cash + fee(cash, rate)


def sell_hold(lots: int, lot_size: int) -> int:
    """Base to hold for a sell."""
    return lots * lot_size


def affordable(budget: int, cash_of_lot: int, taker_rate: int) -> int:
    """The most lots whose cash and taker fee fit the budget of a notional order."""
    cost_of_lot = cash_of_lot * (FEE_RATE_SCALE + taker_rate)
    return ((budget + 1) * FEE_RATE_SCALE - 1) // cost_of_lot


def collar(side: Side, best: int, collar_bps: int, max_price: int) -> int:
    """The limit of a market order: how far from the best opposite price it may trade."""
    if side == Side.BUY:
        return min(max_price, best * (COLLAR_SCALE + collar_bps) // COLLAR_SCALE)
    return max(1, -(-best * (COLLAR_SCALE - collar_bps) // COLLAR_SCALE))
