"""The differential run can fail: every planted bug is caught by the flow that finds none in the engines themselves.

Each bug is the reference engine with one rule broken, compared with the native engine. A rule is a function, so it is
broken in the module that calls it: the wrong function is given the right one and stands in for it while a run lasts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import Any, TypeVar

import pytest

import pyengine
from pyengine import reference
from pyengine.records import (
    COLLAR_SCALE,
    FEE_RATE_SCALE,
    ORDER_SLOT_BITS,
    Liquidity,
    Place,
    RejectCode,
    RequestWithdrawal,
    SelfTradePrevention,
    Side,
)
from pyengine.reference import matching, money, order_entry, settlement
from pyengine.reference.machine import Machine
from pyengine.reference.state import Account, FinishedOrder, LiveOrder, State
from tests.differential import Difference, compare

SLOT_MASK = (1 << ORDER_SLOT_BITS) - 1
SEEDS = 6
COMMANDS_PER_SEED = 6_000

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Bug:
    """`wrong` in the place of what `home` calls `rule`."""

    name: str
    home: ModuleType | type
    rule: str
    wrong: Any

    @contextmanager
    def planted(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(self.home, self.rule, self.wrong)
            yield


BUGS: list[Bug] = []


def breaks(home: ModuleType, rule: str) -> Callable[[F], F]:
    """The decorated function, called with the right one in front of its arguments, is a bug."""

    def plant(wrong: F) -> F:
        BUGS.append(Bug(wrong.__name__, home, rule, partial(wrong, getattr(home, rule))))
        return wrong

    return plant


@breaks(matching, "fill")
def fifo_broken_after_partial_fill(
    right: Callable[..., None], machine: Machine, taker: LiveOrder, maker: LiveOrder, lots: int
) -> None:
    """A maker that is filled in part goes to the back of its level."""
    right(machine, taker, maker, lots)
    if maker.has_something_left:
        maker.instrument.book.remove(maker)
        maker.instrument.book.add(maker)


@breaks(settlement, "pay_venue")
def fee_dropped(_right: Callable[..., None], _state: State, _asset: int, _amount: int) -> None:
    """Fees are taken from both sides and never arrive at the venue."""


@breaks(settlement, "release_improvement")
def improvement_not_released(_right: Callable[..., None], _buyer: Account, _quote: int, _amount: int) -> None:
    """What a buyer did not have to pay stays held."""


@breaks(matching, "prevent_self_trade")
def self_trade_prevention_skipped(
    right: Callable[..., bool], machine: Machine, taker: LiveOrder, maker: LiveOrder
) -> bool:
    """Both of two own orders go on: the mode 'both' cancels only the resting one."""
    if taker.stp == SelfTradePrevention.CANCEL_BOTH:
        taker.stp = SelfTradePrevention.CANCEL_OLDEST
    return right(machine, taker, maker)


@breaks(matching, "prevent_self_trade")
def self_trade_allowed(right: Callable[..., bool], machine: Machine, taker: LiveOrder, maker: LiveOrder) -> bool:
    """An account trades with itself, if it can afford it."""
    lots = matching.fill_size(taker, maker)
    if lots == 0:
        return right(machine, taker, maker)
    matching.fill(machine, taker, maker, lots)
    return True


@breaks(order_entry, "amend_and_match")
def amend_up_keeps_priority(
    right: Callable[..., RejectCode | None], machine: Machine, order: LiveOrder, price: int, quantity: int
) -> RejectCode | None:
    """More quantity at the same price keeps its place in the queue."""
    ahead = [other for other in order.instrument.book.orders(order.side) if other.price == price]
    had_place = price == order.price
    code = right(machine, order, price, quantity)
    if code is None and had_place and order.order_id in machine.state.open_orders:
        for other in ahead:
            order.instrument.book.remove(other)
            order.instrument.book.add(other)
    return code


@breaks(order_entry, "amend_in_place")
def amend_down_loses_priority(right: Callable[..., None], machine: Machine, order: LiveOrder, quantity: int) -> None:
    """Less quantity at the same price goes to the back, and says it kept its place."""
    right(machine, order, quantity)
    order.instrument.book.remove(order)
    order.instrument.book.add(order)


@breaks(matching, "fee")
def fee_rounded_up(right: Callable[..., int], cash: int, rate: int) -> int:
    """One unit more wherever the fee of a fill is no whole number; holds are as they should be."""
    return -(-cash * rate // FEE_RATE_SCALE) if cash * rate % FEE_RATE_SCALE else right(cash, rate)


remember = Account.remember


def window_with(extra: int) -> Callable[[Account, bytes, FinishedOrder], None]:
    """A window as long as its limit and some more."""

    def wrong(account: Account, digest: bytes, order: FinishedOrder) -> None:
        account.client_id_window += extra
        remember(account, digest, order)
        account.client_id_window -= extra

    return wrong


BUGS += [
    # A client id is remembered for one finished order too many, and forgotten one too early.
    Bug("window_one_too_long", Account, "remember", window_with(1)),
    Bug("window_one_too_short", Account, "remember", window_with(-1)),
]


@breaks(matching, "affordable")
def notional_budget_never_used_up(_right: Callable[..., int], budget: int, cash_of_lot: int, taker_rate: int) -> int:
    """A notional order keeps the last unit of its budget."""
    return (budget * FEE_RATE_SCALE - 1) // (cash_of_lot * (FEE_RATE_SCALE + taker_rate))


@breaks(matching, "next_settlement_id")
def settlement_id_skipped(right: Callable[..., int], state: State) -> int:
    """Every hundredth settlement id is left out."""
    if state.settlements % 100 == 99:
        state.settlements += 1
    return right(state)


@breaks(order_entry, "collar")
def collar_rounded_outward(right: Callable[..., int], side: Side, best: int, collar_bps: int, max_price: int) -> int:
    """The collar of a market sell is rounded the other way: one tick wider."""
    collar = right(side, best, collar_bps, max_price)
    exact = best * (COLLAR_SCALE - collar_bps) % COLLAR_SCALE == 0
    return collar if side == Side.BUY or exact else max(1, collar - 1)


@breaks(order_entry, "is_fillable")
def fok_counts_own_orders(_right: Callable[..., bool], order: LiveOrder) -> bool:
    """A fill-or-kill order takes its own account's orders for liquidity."""
    within = (maker for maker in order.instrument.book.orders(order.opposite) if order.reaches(maker.price))
    return sum(maker.leaves for maker in within) >= order.leaves


@breaks(order_entry, "accept")
def free_slots_taken_in_order(right: Callable[..., None], machine: Machine, order: LiveOrder) -> None:
    """The slot freed first is used first: order ids differ, nothing else does."""
    machine.state.slots.free.reverse()
    right(machine, order)
    machine.state.slots.free.reverse()


@breaks(order_entry, "amend_in_place")
def partial_fill_forgotten_in_amendment(
    right: Callable[..., None], machine: Machine, order: LiveOrder, quantity: int
) -> None:
    """The amended quantity is taken for what is left, not for the total."""
    right(machine, order, min(quantity + order.filled, order.quantity))


@breaks(order_entry, "amend_and_match")
def amend_keeps_old_rates(
    right: Callable[..., RejectCode | None], machine: Machine, order: LiveOrder, price: int, quantity: int
) -> RejectCode | None:
    """An amendment that loses priority keeps the fee rates of the acceptance."""
    account, schedules = order.account, machine.state.fee_schedules
    today = schedules[account.fee_schedule]
    schedules[account.fee_schedule] = order.rates
    try:
        return right(machine, order, price, quantity)
    finally:
        schedules[account.fee_schedule] = today


@breaks(order_entry, "is_same_content")
def content_ignored(_right: Callable[..., bool], _order: FinishedOrder, _entry: Place) -> bool:
    """Whatever comes under a known client order id is taken for the order again."""
    return True


@breaks(order_entry, "content")
def content_without_price(right: Callable[..., int], entry: Place) -> int:
    """The same order at another price is taken for the order again."""
    return right(entry._replace(price=0))


@breaks(order_entry, "digest")
def digest_without_account(right: Callable[..., bytes], key: bytes, _account_id: int, client_order_id: bytes) -> bytes:
    """One client order id has one digest, whoever uses it: only the state can show it."""
    return right(key, 0, client_order_id)


@breaks(order_entry, "next_order_id")
def generation_not_raised(right: Callable[..., int], state: State) -> int:
    """A slot that is used again gives its old id again."""
    slot = right(state) & SLOT_MASK
    state.slots.generations[slot] = 1
    return state.order_id(slot)


@breaks(money, "pending_withdrawals")
def withdrawals_of_all_accounts_counted(_right: Callable[..., int], state: State, _account_id: int) -> int:
    """One account's withdrawals use up the others' bound."""
    return len(state.withdrawals)


@breaks(money, "takes_everything")
def rest_below_minimum_stays(_right: Callable[..., bool], _account: Account, _body: RequestWithdrawal) -> bool:
    """An account with less than the least withdrawal can not be emptied."""
    return False


@breaks(matching, "report_fill")
def client_id_missing_in_maker_fills(
    right: Callable[..., None], machine: Machine, order: LiveOrder, liquidity: Liquidity, *rest: Any
) -> None:
    """The resting side of a fill does not say which of its client's orders it was."""
    nameless = replace(order, client_order_id=b"") if liquidity == Liquidity.MAKER else order
    right(machine, nameless, liquidity, *rest)


def differs(seed: int) -> bool:
    try:
        compare(seed, COMMANDS_PER_SEED, reference.Engine, pyengine.Engine, narrow=False)
    except Difference:
        return True
    return False


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_planted_bug_is_caught(bug: Bug) -> None:
    with bug.planted():
        assert any(differs(seed) for seed in range(SEEDS)), f"{bug.name} went unnoticed"


def test_a_difference_is_narrowed_down_to_the_command_that_shows_it() -> None:
    (rounded_up,) = (bug for bug in BUGS if bug.name == fee_rounded_up.__name__)
    with rounded_up.planted(), pytest.raises(Difference) as caught:
        compare(1, COMMANDS_PER_SEED, reference.Engine, pyengine.Engine)
    difference = caught.value
    assert len(difference.commands) < 15, str(difference)
    lines = str(difference).splitlines()
    left = [line for line in lines if line.startswith("  left ") and "FILL" in line]
    right = [line for line in lines if line.startswith("  right ") and "FILL" in line]
    assert len(left) == len(right) == 2, str(difference)
    assert left != right
