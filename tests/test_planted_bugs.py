"""The differential run can fail: every planted bug is caught by the flow that finds none in the engines themselves.

Each bug is the reference engine with one rule broken, compared with the native engine.
"""

import pytest

import pyengine
from pyengine import reference
from pyengine.records import (
    CLIENT_ID_WINDOW,
    COLLAR_SCALE,
    FEE_RATE_SCALE,
    RejectCode,
    SelfTradePrevention,
    Side,
)
from pyengine.reference.state import Instrument, LiveOrder
from tests.differential import Difference, compare

SEEDS = 6
COMMANDS_PER_SEED = 6_000


class FifoBrokenAfterPartialFill(reference.Engine):
    """A maker that is filled in part goes to the back of its level."""

    def _fill(self, taker: LiveOrder, maker: LiveOrder, lots: int) -> None:
        super()._fill(taker, maker, lots)
        if maker.has_something_left:
            maker.instrument.book.remove(maker)
            maker.instrument.book.add(maker)


class FeeDropped(reference.Engine):
    """Fees are taken from both sides and never arrive at the venue."""

    def _pay_venue(self, asset: int, amount: int) -> None:
        pass


class ImprovementNotReleased(reference.Engine):
    """What a buyer did not have to pay stays held."""

    def _release_improvement(self, buyer: LiveOrder, amount: int) -> None:
        pass


class SelfTradePreventionSkipped(reference.Engine):
    """Both of two own orders go on: the mode 'both' cancels only the resting one."""

    def _prevent_self_trade(self, taker: LiveOrder, maker: LiveOrder) -> bool:
        if taker.stp == SelfTradePrevention.CANCEL_BOTH:
            taker.stp = SelfTradePrevention.CANCEL_OLDEST
        return super()._prevent_self_trade(taker, maker)


class SelfTradeAllowed(reference.Engine):
    """An account trades with itself."""

    def _prevent_self_trade(self, taker: LiveOrder, maker: LiveOrder) -> bool:
        self._fill(taker, maker, self._fill_size(taker, maker))
        return True


class AmendUpKeepsPriority(reference.Engine):
    """More quantity at the same price keeps its place in the queue."""

    def _amend_and_match(self, order: LiveOrder, price: int, quantity: int) -> RejectCode | None:
        ahead = [other for other in order.instrument.book.orders(order.side) if other.price == price]
        had_place = price == order.price
        code = super()._amend_and_match(order, price, quantity)
        if code is None and had_place and order.order_id in self.state.open_orders:
            for other in ahead:
                order.instrument.book.remove(other)
                order.instrument.book.add(other)
        return code


class AmendDownLosesPriority(reference.Engine):
    """Less quantity at the same price goes to the back, and says it kept its place."""

    def _amend_in_place(self, order: LiveOrder, quantity: int) -> None:
        super()._amend_in_place(order, quantity)
        order.instrument.book.remove(order)
        order.instrument.book.add(order)


class FeeRoundedUp(reference.Engine):
    """One unit more wherever the fee is no whole number."""

    def _fee(self, cash: int, rate: int) -> int:
        return -(-cash * rate // FEE_RATE_SCALE) if cash * rate % FEE_RATE_SCALE else super()._fee(cash, rate)


class WindowOneTooLong(reference.Engine):
    """A client id is remembered for one finished order too many."""

    client_id_window = CLIENT_ID_WINDOW + 1


class WindowOneTooShort(reference.Engine):
    """A client id is forgotten one finished order too early."""

    client_id_window = CLIENT_ID_WINDOW - 1


class NotionalBudgetNeverUsedUp(reference.Engine):
    """A notional order keeps the last unit of its budget."""

    def _affordable(self, order: LiveOrder, price: int) -> int:
        cost_of_lot = order.cash(price, 1) * (FEE_RATE_SCALE + order.rates.taker_rate)
        return (order.budget * FEE_RATE_SCALE - 1) // cost_of_lot


class SettlementIdSkipped(reference.Engine):
    """Every hundredth settlement id is left out."""

    def _next_settlement_id(self) -> int:
        if self.state.settlements % 100 == 99:
            self.state.settlements += 1
        return super()._next_settlement_id()


class CollarRoundedOutward(reference.Engine):
    """The collar of a market sell is rounded the other way: one tick wider."""

    def _collar(self, instrument: Instrument, side: Side, best: int) -> int:
        collar = super()._collar(instrument, side, best)
        exact = best * (COLLAR_SCALE - instrument.collar_bps) % COLLAR_SCALE == 0
        return collar if side == Side.BUY or exact else max(1, collar - 1)


class FokCountsOwnOrders(reference.Engine):
    """A fill-or-kill order takes its own account's orders for liquidity."""

    def _is_fillable(self, order: LiveOrder) -> bool:
        within = (maker for maker in order.instrument.book.orders(order.opposite) if order.reaches(maker.price))
        return sum(maker.leaves for maker in within) >= order.leaves


class FreeSlotsTakenInOrder(reference.Engine):
    """The slot freed first is used first: order ids differ, nothing else does."""

    def _accept(self, order: LiveOrder) -> None:
        self.state.slots.free.reverse()
        super()._accept(order)
        self.state.slots.free.reverse()


class PartialFillForgottenInAmendment(reference.Engine):
    """The amended quantity is taken for what is left, not for the total."""

    def _amend_in_place(self, order: LiveOrder, quantity: int) -> None:
        super()._amend_in_place(order, min(quantity + order.filled, order.quantity))


class AmendKeepsOldRates(reference.Engine):
    """An amendment that loses priority keeps the fee rates of the acceptance."""

    def _amend_and_match(self, order: LiveOrder, price: int, quantity: int) -> RejectCode | None:
        account, schedules = order.account, self.state.fee_schedules
        today = schedules[account.fee_schedule]
        schedules[account.fee_schedule] = order.rates
        try:
            return super()._amend_and_match(order, price, quantity)
        finally:
            schedules[account.fee_schedule] = today


BUGS: list[type[reference.Engine]] = [
    FifoBrokenAfterPartialFill,
    FeeDropped,
    ImprovementNotReleased,
    SelfTradePreventionSkipped,
    SelfTradeAllowed,
    AmendUpKeepsPriority,
    AmendDownLosesPriority,
    FeeRoundedUp,
    WindowOneTooLong,
    WindowOneTooShort,
    NotionalBudgetNeverUsedUp,
    SettlementIdSkipped,
    CollarRoundedOutward,
    FokCountsOwnOrders,
    FreeSlotsTakenInOrder,
    PartialFillForgottenInAmendment,
    AmendKeepsOldRates,
]


def differs(seed: int, bug: type[reference.Engine]) -> bool:
    try:
        compare(seed, COMMANDS_PER_SEED, bug, pyengine.Engine, narrow=False)
    except Difference:
        return True
    return False


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_planted_bug_is_caught(bug: type[reference.Engine]) -> None:
    assert any(differs(seed, bug) for seed in range(SEEDS)), f"{bug.__name__} went unnoticed"


def test_a_difference_is_narrowed_down_to_the_command_that_shows_it() -> None:
    with pytest.raises(Difference) as caught:
        compare(1, COMMANDS_PER_SEED, FeeRoundedUp, pyengine.Engine)
    difference = caught.value
    assert len(difference.commands) < 15, str(difference)
    lines = str(difference).splitlines()
    left = [line for line in lines if line.startswith("  left ") and "FILL" in line]
    right = [line for line in lines if line.startswith("  right ") and "FILL" in line]
    assert len(left) == len(right) == 2, str(difference)
    assert left != right
