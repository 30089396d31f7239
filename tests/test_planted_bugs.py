"""The differential run can fail: every planted bug is caught by the flow that finds none in the engines themselves.

Each bug is the reference engine with one rule broken, compared with the native engine. A rule is a function, so it is
broken in the module that calls it: the wrong function is given the right one and stands in for it while a run lasts.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from heapq import merge
from itertools import starmap
from types import ModuleType
from typing import Any, TypeVar

import msgspec
import pytest

import pyengine
from pyengine import reference
from pyengine.events import ActionLegPaid, Cancelled, Event
from pyengine.records import (
    BACKING_SCALE,
    COLLAR_SCALE,
    FEE_DAYS,
    FEE_RATE_SCALE,
    MAX_AMOUNT,
    MAX_FEE_RATE,
    ORDER_SLOT_BITS,
    TRIGGER_ITEMS,
    ActionStage,
    Amend,
    BarPolicy,
    CancelReason,
    CancelTimer,
    CommandKind,
    Halt,
    LimitState,
    Liquidity,
    OrderAttributes,
    OrderType,
    PegReference,
    Phase,
    Place,
    PlaceOco,
    Priority,
    ProtectionLimit,
    RejectCode,
    RequestWithdrawal,
    Resume,
    SelfTradePrevention,
    Side,
    Transfer,
)
from pyengine.reference import (
    actions,
    amendment,
    auction,
    backing,
    beneficial,
    brackets,
    charges,
    clearing,
    crossing,
    eligibility,
    fees,
    freeze,
    keys,
    linked,
    matching,
    money,
    obligations,
    order_end,
    order_entry,
    pegs,
    phases,
    primary,
    protection,
    quotes,
    redemption,
    reference_data,
    references,
    replacement,
    settlement,
    stops,
    time,
    volatility,
    work,
)
from pyengine.reference import engine as reference_engine
from pyengine.reference.amendment import Terms
from pyengine.reference.announced import Action, Actions, Leg, Running
from pyengine.reference.backed import AssetTerms, Backed, Backing, Peg
from pyengine.reference.bands import Band, static_band
from pyengine.reference.book import Book
from pyengine.reference.clearing import Clearing, Range
from pyengine.reference.eligibility import Verdict
from pyengine.reference.fees import Rates, Traded, WaitingChange, day_of
from pyengine.reference.holders import FreezeId
from pyengine.reference.machine import Machine
from pyengine.reference.matching import Offer
from pyengine.reference.pegs import Followed, Pegged, Pegs
from pyengine.reference.price_protection import Volatility
from pyengine.reference.quotes import Said
from pyengine.reference.risk import collar, fee
from pyengine.reference.state import (
    NO_LIMITS,
    Account,
    CountedFill,
    Exits,
    FinishedOrder,
    Instrument,
    Kept,
    LiveOrder,
    ObligationTerms,
    Original,
    QuoteGroup,
    ReferenceId,
    State,
    Sums,
)
from pyengine.reference.waiting import Queue
from tests.differential import Difference, compare

SLOT_MASK = (1 << ORDER_SLOT_BITS) - 1
SEEDS = (1, 2, 4, 6, 7, 3, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24, 38, 42)
"""Of the flow: those first that begin without an account at a limit."""
COMMANDS_PER_SEED = 8_000

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


def to_the_back(order: LiveOrder) -> None:
    """Of its level, if the order rests."""
    if any(other is order for other in order.instrument.book.orders(order.side)):
        order.instrument.book.remove(order)
        order.instrument.book.add(order)


@breaks(matching, "fill")
def fifo_broken_after_partial_fill(
    right: Callable[..., None], machine: Machine, taker: LiveOrder, offer: Offer, lots: int
) -> None:
    """A maker that is filled in part goes to the back of its level."""
    right(machine, taker, offer, lots)
    to_the_back(offer.maker)


@breaks(settlement, "pay_venue")
def fee_dropped(_right: Callable[..., None], _state: State, _asset: int, _amount: int) -> None:
    """Fees are taken from both sides and never arrive at the venue."""


@breaks(settlement, "release_improvement")
def improvement_not_released(_right: Callable[..., None], _buyer: Account, _quote: int, _amount: int) -> None:
    """What a buyer did not have to pay stays held."""


@breaks(matching, "prevent_self_trade")
def self_trade_prevention_skipped(right: Callable[..., bool], machine: Machine, taker: LiveOrder, offer: Offer) -> bool:
    """Both of two own orders go on: the mode 'both' cancels only the resting one."""
    if taker.stp == SelfTradePrevention.CANCEL_BOTH:
        taker.stp = SelfTradePrevention.CANCEL_OLDEST
    return right(machine, taker, offer)


@breaks(matching, "prevent_self_trade")
def self_trade_allowed(right: Callable[..., bool], machine: Machine, taker: LiveOrder, offer: Offer) -> bool:
    """An account trades with itself, if it can afford it."""
    lots = matching.fill_size(taker, offer)
    if lots == 0:
        return right(machine, taker, offer)
    matching.fill(machine, taker, offer, lots)
    return True


@breaks(amendment, "amend_and_match")
def amend_up_keeps_priority(
    right: Callable[..., RejectCode | None], machine: Machine, order: LiveOrder, terms: Terms
) -> RejectCode | None:
    """More quantity at the same price keeps its place in the queue."""
    ahead = [other for other in order.instrument.book.orders(order.side) if other.price == terms.price]
    had_place = terms.price == order.price
    code = right(machine, order, terms)
    if code is None and had_place and order.order_id in machine.state.open_orders:
        for other in ahead:
            to_the_back(other)
    return code


@breaks(amendment, "amend_in_place")
def amend_down_loses_priority(right: Callable[..., None], machine: Machine, order: LiveOrder, terms: Terms) -> None:
    """Less quantity at the same price goes to the back, and says it kept its place."""
    right(machine, order, terms)
    to_the_back(order)


@breaks(charges, "fee")
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
def fok_counts_own_orders(right: Callable[..., bool], state: State, order: LiveOrder, followed: Followed) -> bool:
    """A fill-or-kill order takes its own account's orders for liquidity."""
    return right(state, replace(order, stp=SelfTradePrevention.NONE), followed)


@breaks(order_entry, "accept")
def free_slots_taken_in_order(right: Callable[..., None], machine: Machine, order: LiveOrder) -> None:
    """The slot freed first is used first: order ids differ, nothing else does."""
    machine.state.slots.free.reverse()
    right(machine, order)
    machine.state.slots.free.reverse()


@breaks(amendment, "amend_in_place")
def partial_fill_forgotten_in_amendment(
    right: Callable[..., None], machine: Machine, order: LiveOrder, terms: Terms
) -> None:
    """The amended quantity is taken for what is left, not for the total."""
    right(machine, order, terms._replace(quantity=min(terms.quantity + order.filled, order.quantity)))


@breaks(amendment, "amend_and_match")
def amend_keeps_old_rates(
    right: Callable[..., RejectCode | None], machine: Machine, order: LiveOrder, terms: Terms
) -> RejectCode | None:
    """An amendment that loses priority keeps the fee rates of the acceptance."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amendment, "rates_of", lambda *_: order.rates)
        return right(machine, order, terms)


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


# ------------------------------------------------------------------------------------------------ self-trade prevention


@breaks(matching, "prevents")
def firms_ignored(_right: Callable[..., bool], taker: LiveOrder, maker: LiveOrder) -> bool:
    """Accounts of one group trade with each other."""
    return taker.stp != SelfTradePrevention.NONE and taker.account is maker.account


@breaks(matching, "prevents")
def accounts_without_a_group_are_a_firm(right: Callable[..., bool], taker: LiveOrder, maker: LiveOrder) -> bool:
    """Group 0 is taken for a group like others: accounts 0 and 1 are one party in it."""
    groups = (taker.account.group, maker.account.group)
    are_two = {taker.account.id, maker.account.id} == {0, 1}
    return right(taker, maker) or (taker.stp != SelfTradePrevention.NONE and are_two and groups == (0, 0))


@breaks(matching, "decrement")
def decremented_lots_stay_held(right: Callable[..., None], machine: Machine, order: LiveOrder, lots: int) -> None:
    """What a decrement takes away is still held."""
    before = order.hold()
    right(machine, order, lots)
    order.account.hold(order.held_asset, before - order.hold())


@breaks(matching, "decrement")
def decrement_loses_priority(right: Callable[..., None], machine: Machine, order: LiveOrder, lots: int) -> None:
    """A resting order that is decremented goes to the back of its level."""
    right(machine, order, lots)
    to_the_back(order)


@breaks(matching, "decrement_both")
def decrement_begins_with_the_incoming_order(
    right: Callable[..., bool], machine: Machine, taker: LiveOrder, offer: Offer
) -> bool:
    """Where both lose a part or one its all, the incoming order's event comes first."""
    goes_on = right(machine, taker, offer)
    if goes_on:
        machine.events[-2:] = reversed(machine.events[-2:])
    return goes_on


# ------------------------------------------------------------------------------------------------------------- sliding


@breaks(order_entry, "slide")
def slides_to_what_is_displayed(_right: Callable[..., None], order: LiveOrder, _followed: Followed) -> None:
    """A hidden order is not in the way of a sliding one: it is refused instead."""
    best = order.instrument.book.best_price(order.opposite)
    if best is not None and order.reaches(best):
        price = best - 1 if order.side == Side.BUY else best + 1
        order.price = min(max(1, price), order.instrument.max_price)


@breaks(order_entry, "slide")
def slides_a_tick_too_far(right: Callable[..., None], order: LiveOrder, followed: Followed) -> None:
    """There is a price between."""
    asked_for = order.price
    right(order, followed)
    if order.price != asked_for:
        order.price = min(max(1, order.price + (1 if order.side == Side.SELL else -1)), order.instrument.max_price)


@breaks(amendment, "slide")
def amended_order_does_not_slide(_right: Callable[..., None], _order: LiveOrder, _followed: Followed) -> None:
    """A sliding order that is amended across the touch is refused."""


# ------------------------------------------------------------------------------- market-to-limit and minimum quantities


@breaks(order_entry, "_set_limit")
def market_to_limit_takes_what_the_collar_allows(
    right: Callable[..., RejectCode | None], order: LiveOrder, followed: Followed
) -> RejectCode | None:
    """A market-to-limit order has the limit of a market order."""
    code = right(order, followed)
    if code is None and order.order_type == OrderType.MARKET_TO_LIMIT:
        instrument = order.instrument
        order.price = collar(order.side, order.price, instrument.collar_bps, instrument.max_price)
    return code


@breaks(order_entry, "finds_minimum")
def minimum_counts_own_orders(right: Callable[..., bool], state: State, order: LiveOrder, followed: Followed) -> bool:
    """An order with a minimum takes its own account's orders for liquidity."""
    return right(state, replace(order, stp=SelfTradePrevention.NONE), followed)


@breaks(matching, "_offers")
def reserves_do_not_count(
    _right: Callable[..., Any], order: LiveOrder, followed: Followed
) -> Iterator[tuple[Offer, int]]:
    """What icebergs do not show can not fill an order that wants all or a minimum."""
    offers = starmap(Offer, order.instrument.book.offers(order.opposite, followed))
    return ((offer, offer.maker.slice_left) for offer in offers)


@breaks(order_entry, "finds_minimum")
def hidden_minimum_not_looked_for(
    right: Callable[..., bool], state: State, order: LiveOrder, followed: Followed
) -> bool:
    """A hidden order with a minimum enters whatever it finds."""
    return order.is_hidden or right(state, order, followed)


# ------------------------------------------------------------------------------------------------------------- icebergs


@breaks(matching, "go_on_resting")
def next_slice_keeps_the_place(right: Callable[..., None], machine: Machine, order: LiveOrder) -> None:
    """The next slice of an iceberg is in front of its level, where the last one was."""
    if order.slice_left == 0 and not order.is_below_minimum:
        order.count_slice()
        order.show_slice()
    else:
        right(machine, order)


@breaks(matching, "go_on_resting")
def next_slice_shown_too_early(right: Callable[..., None], machine: Machine, order: LiveOrder) -> None:
    """One lot is left of a slice, and the next one is shown."""
    right(machine, order)
    if order.attributes.reserve and order.slice_left == 1:
        order.instrument.book.remove(order)
        order.count_slice()
        order.show_slice()
        order.instrument.book.add(order)


@breaks(amendment, "amend_in_place")
def less_comes_out_of_the_slice(right: Callable[..., None], machine: Machine, order: LiveOrder, terms: Terms) -> None:
    """A smaller total of an iceberg shrinks what it shows, and the reserve only then."""
    reserve = order.attributes.reserve
    right(machine, order, terms)
    order.set_attributes(reserve=min(reserve, order.leaves - 1))


def not_counted(_order: LiveOrder) -> None:
    """The slices of an iceberg all have one number: only the state can show it."""


def all_of_it(order: LiveOrder) -> int:
    """An iceberg trades whole, whatever it shows."""
    return order.leaves


BUGS += [
    Bug("slices_not_counted", LiveOrder, "count_slice", not_counted),
    Bug("iceberg_trades_whole", LiveOrder, "slice_left", property(all_of_it)),
]


# ------------------------------------------------------------------------------------------------------- hidden orders


def hidden_first(book: Book[LiveOrder], side: Side, followed: Followed) -> Iterator[tuple[int, Iterable[LiveOrder]]]:
    """At one price the hidden orders trade before the displayed ones."""
    sign = -1 if side == Side.BUY else 1
    pegs = ((price, (peg,)) for price, peg in book.pegs[side].priced(followed))
    yield from merge(book.hidden[side], book.displayed[side], pegs, key=lambda level: sign * level[0])


def best_of_all(book: Book[LiveOrder], side: Side, without: LiveOrder | None = None) -> int | None:
    """A hidden order is in the displayed best: collars and stops know it."""
    return next((order.price for order in book.orders(side) if order is not without), None)


def never(_order: LiveOrder) -> bool:
    """A hidden order of which less than its minimum is left stays."""
    return False


BUGS += [
    Bug("hidden_before_displayed", Book, "levels", hidden_first),
    Bug("hidden_in_the_best", Book, "best_price", best_of_all),
    Bug("stays_below_its_minimum", LiveOrder, "is_below_minimum", property(never)),
]


def first_offer(taker: LiveOrder, followed: Followed) -> Offer | None:
    """The first order of the opposite side, whatever it wants."""
    return next(starmap(Offer, taker.instrument.book.offers(taker.opposite, followed)), None)


@breaks(matching, "_next_trade")
def minimum_of_a_hidden_order_ignored(
    _right: Callable[..., Any], _state: State, taker: LiveOrder, followed: Followed
) -> tuple[Offer, Verdict] | None:
    """A hidden order takes part in fills below its minimum."""
    offer = first_offer(taker, followed)
    if offer is None or not taker.comes_to(offer.price, followed):
        return None
    return offer, Verdict(matching.fill_size(taker, offer))


@breaks(matching, "_next_trade")
def passed_over_is_the_end(
    right: Callable[..., tuple[Offer, Verdict] | None], state: State, taker: LiveOrder, followed: Followed
) -> tuple[Offer, Verdict] | None:
    """An incoming order does not go on behind a hidden order that passes it over."""
    first, trade = first_offer(taker, followed), right(state, taker, followed)
    return trade if trade is not None and trade[0] == first else None


# --------------------------------------------------------------------------------------------------------- day orders


@breaks(time, "is_day_over")
def orders_before_the_first_date_stay(right: Callable[..., bool], attributes: OrderAttributes, today: int) -> bool:
    """A day order from before the first trade date never ends."""
    return attributes.trade_date != 0 and right(attributes, today)


@breaks(time, "days_over")
def days_end_by_id(right: Callable[..., list[LiveOrder]], state: State) -> list[LiveOrder]:
    """Of all dates together the lowest order id ends first."""
    return sorted(right(state), key=lambda order: order.order_id)


def pulse_in_this_order(*work: Callable[[Machine, int], int]) -> tuple[Callable[[Machine, int], int], ...]:
    """What a pulse does, but that orders end in this order."""
    fees, uncrossings, *_, calls, last = time.DUE_WORK
    return fees, uncrossings, *work, calls, last


# A pulse ends the orders of earlier dates first, then those whose time has come.
DAYS_FIRST = pulse_in_this_order(time.end_days, time.run_timers, time.end_expired)
BUGS.append(Bug("days_end_before_times", time, "DUE_WORK", DAYS_FIRST))


@breaks(time, "is_trade_date")
def every_month_has_thirty_days(right: Callable[..., bool], trade_date: int) -> bool:
    """The 31st is no date."""
    return right(trade_date) and trade_date % 100 != 31


# -------------------------------------------------------------------------------------------------------------- stops


@breaks(stops, "first_marked")
def buys_enter_before_sells(right: Callable[..., Any], instrument: Instrument) -> Queue[LiveOrder] | None:
    """Of the queues with stops that were reached the last one has its turn."""
    marked = [queue for queue in instrument.queues.values() if queue.mark]
    return marked[-1] if marked else None


@breaks(matching, "_remember_trade")
def only_the_last_fill_is_looked_at(_right: Callable[..., None], instrument: Instrument, price: int) -> None:
    """A price that was traded at in between reaches no stop."""
    instrument.last_trade = price


@breaks(stops, "followed")
def trailing_stop_comes_back(_right: Callable[..., int], stop: LiveOrder, value: int) -> int:
    """A trailing stop follows every value, favourable or not."""
    return stops.behind(stop, value)


@breaks(stops, "stop_collar")
def market_stop_keeps_its_first_collar(_right: Callable[..., int], stop: LiveOrder) -> int:
    """The limit of a market stop that trails is that of where it began."""
    return stop.price


@breaks(stops, "enter")
def stop_pays_today_s_rates(right: Callable[..., None], machine: Machine, stop: LiveOrder) -> None:
    """A stop that enters has the fee rates of today, if they are no higher than what it holds for."""
    today = charges.rates_of(machine.state, stop.account, stop.instrument)
    if max(today) == max(stop.rates):
        stop.rates = today
    right(machine, stop)


@breaks(order_entry, "would_trigger")
def reached_stop_is_taken_in(_right: Callable[..., bool], _stop: LiveOrder) -> bool:
    """A stop that its value reaches already is accepted, and enters at once."""
    return False


@breaks(work, "touched")
def a_cancel_touches_nothing(right: Callable[..., set[int]], state: State, events: Iterable[Any]) -> set[int]:
    """Stops do not see that a cancelled order was the best."""
    return right(state, [event for event in events if not isinstance(event, Cancelled)])


BUGS.append(Bug("one_stop_too_many", reference_engine, "TRIGGER_ITEMS", TRIGGER_ITEMS + 1))


# ----------------------------------------------------------------------------------------------------------- amending


@breaks(amendment, "_loses_priority")
def another_slice_keeps_priority(_right: Callable[..., bool], order: LiveOrder, terms: Terms) -> bool:
    """An iceberg that shows more or less stays where it is."""
    return terms.price != order.price or terms.quantity > order.quantity


@breaks(amendment, "_loses_priority")
def another_end_loses_priority(right: Callable[..., bool], order: LiveOrder, terms: Terms) -> bool:
    """An order that ends at another time goes to the back."""
    return right(order, terms) or terms.expires_at != order.attributes.expires_at


@breaks(amendment, "amend_waiting")
def waiting_stop_takes_today_s_rates(
    right: Callable[..., RejectCode | None], machine: Machine, order: LiveOrder, terms: Terms
) -> RejectCode | None:
    """A stop that is amended while it waits pays what its account pays today."""
    before = order.hold()
    order.rates = charges.rates_of(machine.state, order.account, order.instrument)
    order.account.hold(order.held_asset, order.hold() - before)
    return right(machine, order, terms)


@breaks(amendment, "would_trigger")
def amended_stop_may_be_reached(_right: Callable[..., bool], _stop: LiveOrder) -> bool:
    """A stop may be amended to what its value reaches already."""
    return False


@breaks(amendment, "report_amended")
def amended_stop_says_it_kept_its_place(
    right: Callable[..., None], machine: Machine, order: LiveOrder, reason: Priority, previous_price: int
) -> None:
    """Another trigger price goes to the back, and the event says otherwise."""
    right(machine, order, Priority.KEPT if order.waits else reason, previous_price)


BUGS.append(Bug("never_is_a_time", amendment, "NEVER", 0))


@breaks(replacement, "judge")
def replacement_is_not_paid_by_what_goes(
    right: Callable[..., Any], machine: Machine, account: Account, entry: Place, _going: LiveOrder | None
) -> Any:
    """What the order that goes holds is not available to the one that comes."""
    return right(machine, account, entry)


@breaks(replacement, "cancel_resting")
def replaced_at_the_users_wish(
    right: Callable[..., None], machine: Machine, order: LiveOrder, _reason: CancelReason
) -> None:
    """The event says that the user cancelled what was replaced."""
    right(machine, order, CancelReason.USER)


@breaks(replacement, "known_order")
def replacement_forgets_what_was_placed(_right: Callable[..., Any], *_arguments: Any) -> None:
    """A resubmission is placed once more."""


@breaks(reference_data, "_set_halted")
def resume_lifts_every_cause(right: Callable[..., Any], machine: Machine, body: Halt | Resume, stands: bool) -> Any:
    """One cause lifted, and the instrument trades."""
    if not stands and body.instrument < len(machine.state.instruments):
        machine.state.instruments[body.instrument].halts.clear()
    return right(machine, body, stands)


# -------------------------------------------------------------------------------------------------- price protections


@breaks(matching, "executable_band")
def a_limit_is_no_limit(_right: Callable[..., Band], instrument: Instrument) -> Band:
    """What the volatility bands have left outside trades."""
    return Band(1, instrument.max_price)


@breaks(stops, "keep_in_band")
def a_stop_enters_beyond_its_band(_right: Callable[..., None], _stop: LiveOrder) -> None:
    """A stop keeps its limit, wherever the bands are."""


@breaks(volatility, "is_far")
def bands_follow_any_change(_right: Callable[..., bool], mean: int, reference: int) -> bool:
    """However little it is."""
    return mean != reference


@breaks(volatility, "next_look")
def bands_are_not_looked_at_again(_right: Callable[..., int], _machine: Machine, _volatility: Volatility) -> int:
    """A reference that has moved waits for another trade."""
    return 0


@breaks(auction, "begin_anew")
def bands_outlive_an_auction(_right: Callable[..., None], *_arguments: Any) -> None:
    """What traded before an auction still counts."""


@breaks(volatility, "limit_state")
def only_what_is_up_is_a_limit_state(right: Callable[..., LimitState], instrument: Instrument) -> LimitState:
    """An offer at the lower bound is none."""
    state = right(instrument)
    return LimitState.NONE if state == LimitState.DOWN else state


@breaks(primary, "too_old_at")
def what_is_not_known_is_not_too_old(right: Callable[..., int], instrument: Instrument) -> int:
    """Only a price gets old."""
    return right(instrument) if instrument.reference_price else 0


@breaks(primary, "judge_age")
def a_new_reference_is_too_old(_right: Callable[..., None], _machine: Machine, _instrument: Instrument) -> None:
    """Once too old, always too old."""


@breaks(primary, "stepped")
def an_anchor_leaps(_right: Callable[..., int], anchor: int, last_trade: int, _step_bps: int) -> int:
    """To the last trade, however far that is."""
    return last_trade or anchor


@breaks(primary, "static_width")
def the_width_is_not_said(_right: Callable[..., int], instrument: Instrument) -> int:
    """The event has the usual width, whatever the policy made of it."""
    return instrument.limits.static_bps


@breaks(order_entry, "is_of")
def mass_cancel_takes_both_sides(_right: Callable[..., bool], _side: Side, _sides: int) -> bool:
    """Whatever sides it names."""
    return True


# -------------------------------------------------------------------------------------------------------------- quotes


@breaks(quotes, "is_kept")
def what_is_said_again_loses_its_place(_right: Callable[..., bool], _quote: LiveOrder, _said: Said) -> bool:
    """Every mass quote moves every quote that it names."""
    return False


@breaks(quotes, "is_kept")
def fills_count_against_what_is_said(_right: Callable[..., bool], quote: LiveOrder, said: Said) -> bool:
    """A quote that has traded is what it shall be as long as its total is."""
    return (quote.price, quote.quantity) == (said.order.price, said.order.quantity) and not said.is_crossed


@breaks(quotes, "is_kept")
def a_crossed_entry_keeps_what_is_there(right: Callable[..., bool], quote: LiveOrder, said: Said) -> bool:
    """That both sides reach each other matters only to a side that changes."""
    return right(quote, said._replace(is_crossed=False))


@breaks(quotes, "is_only_smaller")
def a_smaller_quote_loses_its_place(_right: Callable[..., bool], _quote: LiveOrder, _said: Said) -> bool:
    """Less is another quote, too."""
    return False


@breaks(quotes, "in_turn")
def the_bid_is_always_first(_right: Callable[..., Any], _account: Account, bid: Said, ask: Said) -> tuple[Said, Said]:
    """Quotes that move up meet their own other side."""
    return bid, ask


@breaks(quotes, "refuse")
def a_refused_side_stays(
    right: Callable[..., Any],
    machine: Machine,
    account: Account,
    _quote: LiveOrder | None,
    said: Said,
    code: RejectCode,
) -> Any:
    """What was open where the new quote may not be stays open."""
    return right(machine, account, None, said, code)


@breaks(quotes, "judge_incoming")
def a_quote_that_moves_is_paid_twice(
    right: Callable[..., Any], machine: Machine, account: Account, instrument: Instrument, entry: Place, _going: Any
) -> Any:
    """The hold of a quote that moves is not available to itself."""
    return right(machine, account, instrument, entry, None)


@breaks(order_entry, "is_of_group")
def mass_cancel_of_a_group_takes_everything(_right: Callable[..., bool], _order: LiveOrder, _group: int) -> bool:
    """Whatever group it names."""
    return True


@breaks(amendment, "_is_of_this_order")
def quotes_can_be_amended(right: Callable[..., bool], order: LiveOrder, entry: Amend) -> bool:
    """A quote is amended as any other order."""
    return right(replace(order, attributes=order.attributes._replace(quote_group=0)), entry)


# ---------------------------------------------------------------------------------------------- market-maker protection


def window_with_its_edge(group: QuoteGroup, now: int) -> list[CountedFill]:
    """A fill that is exactly as old as the window is long still counts."""
    return [fill for fill in group.counted if now - fill.time <= group.protection.window_ns]


limit_reached, sums = QuoteGroup.limit_reached, QuoteGroup.sums


def limit_exceeded(group: QuoteGroup, now: int) -> ProtectionLimit | None:
    """A limit is too much only when it is exceeded: of fills the first one is not counted."""
    limit = limit_reached(group, now)
    return None if group.sums(now).fills == group.protection.max_fills else limit


def delta_without_direction(group: QuoteGroup, now: int) -> Sums:
    """Sold lots are bought lots."""
    return sums(group, now)._replace(delta=sums(group, now).quantity)


BUGS += [
    Bug("window_with_its_edge", QuoteGroup, "window", window_with_its_edge),
    Bug("limit_exceeded", QuoteGroup, "limit_reached", limit_exceeded),
    Bug("delta_without_direction", QuoteGroup, "sums", delta_without_direction),
]


@breaks(protection, "swept")
def youngest_quotes_go_first(right: Callable[..., list[LiveOrder]], order: LiveOrder) -> list[LiveOrder]:
    """A breach cancels from the other end."""
    return right(order)[::-1]


@breaks(protection, "trigger")
def a_breach_blocks_nothing(
    right: Callable[..., None], machine: Machine, order: LiveOrder, group: QuoteGroup, limit: ProtectionLimit
) -> None:
    """The quotes go, and the next ones may come."""
    right(machine, order, group, limit)
    group.is_blocked = False


@breaks(matching, "count_fill")
def the_quote_that_takes_is_not_counted(
    _right: Callable[..., bool], machine: Machine, _taker: LiveOrder, maker: LiveOrder, lots: int, cash: int
) -> bool:
    """Only quotes that are traded with count."""
    protection.count(machine, maker, lots, cash)
    return True


@breaks(auction, "count_auction_fill")
def auctions_do_not_count(_right: Callable[..., None], *_arguments: Any) -> None:
    """What a quote trades in an auction is not counted."""


@breaks(auction, "count_auction_fill")
def sells_count_first(
    right: Callable[..., None], machine: Machine, buy: LiveOrder, sell: LiveOrder, lots: int, cash: int
) -> None:
    """In an auction the sell's group is looked at before the buy's."""
    right(machine, sell, buy, lots, cash)


@breaks(protection, "cancel_or_wait")
def a_breach_takes_quotes_out_of_an_auction(
    _right: Callable[..., bool], machine: Machine, order: LiveOrder, reason: CancelReason
) -> None:
    """The quotes of a blocked group do not trade on where they are in an auction."""
    order_end.cancel_resting(machine, order, reason)


@breaks(quotes, "cancel_or_wait")
def a_mass_quote_takes_quotes_out_of_an_auction(
    _right: Callable[..., bool], machine: Machine, order: LiveOrder, reason: CancelReason
) -> None:
    """What is withdrawn or refused does not trade on where it is in an auction."""
    order_end.cancel_resting(machine, order, reason)


@breaks(quotes, "come_in")
def a_quote_that_moves_trades_in_a_call(_right: Callable[..., None], machine: Machine, quote: LiveOrder) -> None:
    """A quote that moves while orders are collected trades with what it reaches."""
    matching.match_order(machine, quote)


# -------------------------------------------------------------------------------------------------------------- timers


@breaks(time, "run_out")
def the_lowest_account_is_first(
    right: Callable[..., list[tuple[Account, CancelTimer]]], state: State
) -> list[tuple[Account, CancelTimer]]:
    """Whenever its timer ran out."""
    return sorted(right(state), key=lambda each: (each[0].id, each[1]))


@breaks(time, "go_on")
def a_timer_stops_with_the_last_order(
    right: Callable[..., None], machine: Machine, account: Account, timer: CancelTimer
) -> None:
    """That nothing is open any more is no item of its own."""
    right(machine, account, timer)
    if not account.open_orders:
        account.timers.pop(timer, None)


REASONS_SWAPPED = {timer: time.TIMER_REASONS[CancelTimer(1 - timer)] for timer in CancelTimer}
TIMERS_FIRST = pulse_in_this_order(time.run_timers, time.end_expired, time.end_days)
TIMERS_LAST = pulse_in_this_order(time.end_expired, time.end_days, time.run_timers)
BUGS += [
    Bug("a_silent_client_was_disconnected", time, "TIMER_REASONS", REASONS_SWAPPED),
    Bug("timers_before_expiries", time, "DUE_WORK", TIMERS_FIRST),
    Bug("timers_behind_days", time, "DUE_WORK", TIMERS_LAST),
]


# ------------------------------------------------------------------------------------------------- phases and reopening


def also_in_a_pause(instrument: Instrument) -> bool:
    """Stops are let in while an instrument pauses."""
    return instrument.phase in (Phase.CONTINUOUS, Phase.PAUSE) and not instrument.halted


def stops_last(instrument: Instrument) -> Iterator[LiveOrder]:
    """A retired instrument loses its asks before its bids."""
    return iter(sorted(listed_orders(instrument), key=lambda order: -order.side))


listed_orders = Instrument.listed_orders
BUGS += [
    Bug("stops_enter_in_a_pause", Instrument, "lets_stops_in", property(also_in_a_pause)),
    Bug("asks_are_retired_first", Instrument, "listed_orders", stops_last),
]


@breaks(amendment, "come_in")
def amended_order_trades_in_a_call(_right: Callable[..., None], machine: Machine, order: LiveOrder) -> None:
    """An order that loses its place while orders are collected trades with what it reaches."""
    matching.match_order(machine, order)


@breaks(order_entry, "finds_minimum")
def minimum_is_asked_in_a_call(right: Callable[..., bool], state: State, order: LiveOrder, followed: Followed) -> bool:
    """A hidden order has to find its minimum though nothing trades."""
    instrument, phase = order.instrument, order.instrument.phase
    instrument.phase = Phase.CONTINUOUS
    try:
        return right(state, order, followed)
    finally:
        instrument.phase = phase


@breaks(phases, "reopen")
def reopening_ends_every_call(right: Callable[..., None], machine: Machine, instrument: Instrument) -> None:
    """A call that a command would have ended ends by itself when a halt is over."""
    if instrument.phase == Phase.AUCTION and instrument.call.ends_at == 0:
        instrument.call = instrument.call._replace(ends_at=1)
    right(machine, instrument)


@breaks(phases, "reopen")
def reopening_begins_the_call_anew(right: Callable[..., None], machine: Machine, instrument: Instrument) -> None:
    """A call that goes on when a halt is over forgets its extensions."""
    if instrument.limits.call_ns and instrument.call.ends_at:
        instrument.call = instrument.call._replace(extensions=0)
    right(machine, instrument)


@breaks(time, "call_events")
def halted_call_ends(right: Callable[..., Any], state: State) -> Any:
    """A call ends at its time, halted or not."""
    causes = [(instrument, instrument.halts) for instrument in state.instruments]
    for instrument, _ in causes:
        instrument.halts = set()
    try:
        return right(state)
    finally:
        for instrument, halts in causes:
            instrument.halts = halts


# ------------------------------------------------------------------------------------------------- the auction's price


@breaks(clearing, "_ranges")
def only_limits_are_prices(right: Callable[..., list[Range]], *arguments: Any) -> list[Range]:
    """No price between two limits is looked at."""
    return [prices._replace(last=prices.first) for prices in right(*arguments)]


@breaks(clearing, "_ranges")
def reserves_do_not_count_in_an_auction(
    right: Callable[..., list[Range]], max_price: int, *sides: list[LiveOrder]
) -> list[Range]:
    """The price is of what icebergs show."""
    return right(max_price, *([replace(order, leaves=order.slice_left) for order in side] for side in sides))


@breaks(auction, "clear")
def surplus_may_be_any(right: Callable[..., Clearing], state: State, instrument: Instrument) -> Clearing:
    """Of the prices that trade the most one is chosen whatever it leaves over."""
    outcome = right(state, instrument)
    sides = [list(instrument.book.auction_orders(side)) for side in (Side.BUY, Side.SELL)]
    ranges = [
        prices
        for prices in clearing._ranges(instrument.max_price, *sides)
        if prices.executable == outcome.quantity and outcome.quantity
    ]
    if not ranges:
        return outcome
    price = clearing._choice(instrument, ranges, [order.price for side in sides for order in side])
    return outcome._replace(price=price, surplus=next(at.surplus for at in ranges if price <= at.last))


@breaks(clearing, "_choice")
def surplus_does_not_press(
    _right: Callable[..., int], instrument: Instrument, ranges: list[Range], _limits: list[int]
) -> int:
    """The price is the nearest to what the instrument is worth, whoever has more."""
    first, last = ranges[0].first, ranges[-1].last
    reference = instrument.auction_reference
    return min(max(reference, first), last) if reference else (first + last) // 2


@breaks(clearing, "_choice")
def reference_does_not_bound_the_pressure(
    right: Callable[..., int], instrument: Instrument, ranges: list[Range], limits: list[int]
) -> int:
    """Where one side presses, only limits are prices."""
    surpluses = [prices.surplus for prices in ranges]
    within = [limit for limit in limits if ranges[0].first <= limit <= ranges[-1].last]
    if within and min(surpluses) > 0:
        return max(within)
    if within and max(surpluses) < 0:
        return min(within)
    return right(instrument, ranges, limits)


@breaks(clearing, "_choice")
def market_orders_move_the_price(
    right: Callable[..., int], instrument: Instrument, ranges: list[Range], limits: list[int]
) -> int:
    """The collar of a market order is a limit like others."""
    orders = (order for side in Side for order in instrument.book.market[side].orders())
    return right(instrument, ranges, limits + [order.price for order in orders])


@breaks(clearing, "_choice")
def middle_is_rounded_up(
    right: Callable[..., int], instrument: Instrument, ranges: list[Range], limits: list[int]
) -> int:
    """Without anything to go by the price is the upper of the two in the middle."""
    price, first, last = right(instrument, ranges, limits), ranges[0].first, ranges[-1].last
    is_middle = price == (first + last) // 2 and not instrument.auction_reference
    return -(-(first + last) // 2) if is_middle and min(abs(at.surplus) for at in ranges) == 0 else price


def last_trade_first(instrument: Instrument) -> int:
    """What an instrument is worth is what it traded at, and only without a trade its reference price."""
    return instrument.last_trade or instrument.reference_price


BUGS.append(Bug("last_trade_before_reference", Instrument, "auction_reference", property(last_trade_first)))


# ------------------------------------------------------------------------------------------------------- the uncrossing


def market_last(book: Book[LiveOrder], side: Side) -> Iterator[LiveOrder]:
    """An auction serves market orders behind the others of their limit."""
    levels = merge(
        *(book.displayed[side], book.hidden[side], book.market[side]),
        key=lambda level: -level[0] if side == Side.BUY else level[0],
    )
    for _, level in levels:
        yield from level


BUGS.append(Bug("market_orders_served_last", Book, "auction_orders", market_last))


@breaks(auction, "cross")
def sells_are_finished_first(
    right: Callable[..., None], machine: Machine, buy: LiveOrder, sell: LiveOrder, price: int, lots: int
) -> None:
    """Where both orders of a trade end, the sell's slot is free before the buy's."""
    right(machine, buy, sell, price, lots)
    if not buy.leaves and not sell.leaves:
        machine.state.slots.free[-2:] = reversed(machine.state.slots.free[-2:])


@breaks(auction, "charge")
def auction_is_free_of_charge(_right: Callable[..., int], *_arguments: int) -> int:
    """Nobody pays for a trade of an auction."""
    return 0


@breaks(auction, "show_next_slice")
def next_slice_keeps_the_place_in_an_auction(_right: Callable[..., None], order: LiveOrder) -> None:
    """The next slice of an iceberg trades before what waited behind the last one."""
    if order.slice_left == 0:
        order.count_slice()
        order.show_slice()


@breaks(auction, "_below_minimum")
def small_hidden_order_stays(_right: Callable[..., None], _instrument: Instrument) -> None:
    """What an auction leaves of a hidden order is not too little."""


@breaks(auction, "_had_its_auction")
def pending_cancels_come_first(right: Callable[..., Any], instrument: Instrument) -> Any:
    """What was cancelled meanwhile ends before what was for this auction only."""
    return None if instrument.pending_cancels else right(instrument)


@breaks(order_end, "wait_for_cancel")
def last_cancel_decides(_right: Callable[..., None], order: LiveOrder, reason: CancelReason) -> None:
    """Of two cancels that wait the reason of the second is said."""
    order.instrument.pending_cancels[order.order_id] = reason


@breaks(auction, "_to_be_cancelled")
def pending_cancels_by_their_time(_right: Callable[..., Any], machine: Machine, instrument: Instrument) -> Any:
    """What was cancelled first ends first."""
    first = next(iter(instrument.pending_cancels), None)
    return None if first is None else (machine.state.open_orders[first], instrument.pending_cancels[first])


# ------------------------------------------------------------------------------------------------ extensions, and bands


@breaks(auction, "auction_bounds")
def bounds_never_widen(right: Callable[..., Band], instrument: Instrument) -> Band:
    """A call that was extended has the bounds of the first time."""
    call = instrument.call
    instrument.call = call._replace(extensions=0)
    try:
        return right(instrument)
    finally:
        instrument.call = call


@breaks(auction, "extend")
def extension_ends_from_when_it_should_have(
    right: Callable[..., None], machine: Machine, instrument: Instrument, *said: Any
) -> None:
    """An extended call ends as long after its first end as a call lasts, however late the pulse was."""
    late = machine.state.timestamp_ns - instrument.call.ends_at
    right(machine, instrument, *said)
    instrument.call = instrument.call._replace(ends_at=instrument.call.ends_at - late)


@breaks(matching, "trading_band")
def last_trade_bounds_nothing(_right: Callable[..., Band], instrument: Instrument) -> Band:
    """Only what an instrument is worth bounds its trades."""
    return static_band(instrument)


@breaks(matching, "would_trade")
def the_walk_knows_no_band(right: Callable[..., int], state: State, order: LiveOrder, followed: Followed) -> int:
    """An order that wants all finds what begins a pause instead."""
    instrument, limits = order.instrument, order.instrument.limits
    instrument.limits = NO_LIMITS
    try:
        return right(state, order, followed)
    finally:
        instrument.limits = limits


def inside(band: Band, price: object) -> bool:
    """The ends of a band are outside."""
    return isinstance(price, int) and band.lower < price < band.upper


BUGS.append(Bug("edge_of_a_band_is_outside", Band, "__contains__", inside))


@breaks(amendment, "check_size")
def what_has_traded_makes_no_order_large(right: Callable[..., Any], order: LiveOrder) -> Any:
    """An amended order is as large as what is left of it."""
    return right(replace(order, quantity=order.leaves))


@breaks(order_entry, "check_limit")
def sells_have_no_band(right: Callable[..., Any], order: LiveOrder) -> Any:
    """A sell may come in at any price."""
    return right(order) if order.side == Side.BUY else None


# ------------------------------------------------------------------------------------------------- pairs and brackets


def own_hold(order: LiveOrder) -> int:
    """The stop leg of a pair holds all that it will need, as if there were no other leg."""
    return order._hold_at(order.price)


BUGS.append(Bug("pair_holds_twice", LiveOrder, "hold", own_hold))


@breaks(matching, "cancel_partner")
def part_fill_leaves_the_other_leg(_right: Callable[..., None], _machine: Machine, _order: LiveOrder) -> None:
    """A leg that loses some of its lots is linked until it ends."""


@breaks(auction, "cancel_partner")
def auction_leaves_the_other_leg(_right: Callable[..., None], _machine: Machine, _order: LiveOrder) -> None:
    """A leg that an auction fills in part is linked until it ends."""


@breaks(stops, "cancel_partner")
def reached_stop_enters_first(_right: Callable[..., None], _machine: Machine, _stop: LiveOrder) -> None:
    """The limit leg goes when the stop that was reached ends, not before it enters."""


@breaks(linked, "check_room")
def room_for_one_is_enough(_right: Callable[..., Any], *_arguments: Any, **_options: Any) -> None:
    """A pair is taken in where one order more may be open."""


@breaks(linked, "content")
def content_of_the_limit_leg(right: Callable[..., int], body: PlaceOco) -> int:
    """The same limit leg is taken for the pair again, whatever its stop."""
    return right(linked.limit_leg(body))


@breaks(order_end, "exits_of")
def exits_are_of_the_whole_entry(right: Callable[..., Exits], entry: LiveOrder) -> Exits:
    """What has not filled is closed, too."""
    return right(entry)._replace(quantity=entry.quantity)


@breaks(work, "place_exits")
def last_exits_are_placed_first(right: Callable[..., None], machine: Machine, instrument: Instrument) -> None:
    """Of what waits to be placed the last comes first."""
    instrument.exits.insert(0, instrument.exits.pop())
    right(machine, instrument)


@breaks(brackets, "judge_pair")
def reached_exits_are_refused(
    right: Callable[..., Any], machine: Machine, account: Account, body: PlaceOco, **_options: Any
) -> Any:
    """Exits whose stop is reached already are not placed."""
    return right(machine, account, body)


# ---------------------------------------------------------------------------------------------------------------- fees


@breaks(matching, "charge")
def rebate_beyond_the_fee(right: Callable[..., int], cash: int, rate: int, other_rate: int) -> int:
    """A rebate is paid whole, whatever the taker pays."""
    return right(cash, rate, MAX_FEE_RATE if rate < 0 else other_rate)


@breaks(auction, "charge")
def rebate_out_of_a_rebate(_right: Callable[..., int], cash: int, rate: int, other_rate: int) -> int:
    """In an auction a rebate is bounded by the other side's rebate as if that were a fee."""
    return -min(fee(cash, -rate), fee(cash, abs(other_rate))) if rate < 0 else fee(cash, rate)


@breaks(matching, "charge")
def rebate_rounded_up(right: Callable[..., int], cash: int, rate: int, other_rate: int) -> int:
    """A rebate is rounded away from nothing."""
    rounded_up = -(cash * rate // FEE_RATE_SCALE)
    return -min(rounded_up, fee(cash, max(0, other_rate))) if rate < 0 else right(cash, rate, other_rate)


@breaks(order_entry, "rates_of")
def override_ignored(_right: Callable[..., Rates], state: State, account: Account, instrument: Instrument) -> Rates:
    """A new order has the rates of the schedule, whatever they are for its instrument."""
    traded = state.traded.get((account.id, instrument.quote), Traded())
    return state.fee_schedules[account.fee_schedule].rates_after(traded.total(day_of(state.timestamp_ns)))


@breaks(amendment, "rates_of")
def amendment_begins_in_the_first_tier(
    right: Callable[..., Rates], state: State, account: Account, instrument: Instrument
) -> Rates:
    """An amended order has the rates of who has traded nothing."""
    return right(replace(state, traded={}), account, instrument)


@breaks(charges, "has_tiers")
def tiers_of_overrides_do_not_count(_right: Callable[..., bool], state: State, fee_schedule: int) -> bool:
    """What is traded is counted only for the tiers of the schedule itself."""
    return bool(state.fee_schedules[fee_schedule].tiers)


@breaks(matching, "count_traded")
def own_trades_count(_right: Callable[..., None], state: State, first: LiveOrder, second: LiveOrder, cash: int) -> None:
    """Trades of one party bring it closer to a tier."""
    for order in (first, second):
        if charges.has_tiers(state, order.account.fee_schedule):
            owner = (order.account.id, order.instrument.quote)
            state.traded.setdefault(owner, Traded()).add(day_of(state.timestamp_ns), cash)


@breaks(auction, "count_traded")
def auctions_bring_no_tier_closer(_right: Callable[..., None], *_fill: Any) -> None:
    """Nobody comes closer to a tier by an auction."""


@breaks(charges, "ended_by")
def change_of_the_same_time_stays(
    right: Callable[..., list[WaitingChange]], state: State, change: WaitingChange
) -> list[WaitingChange]:
    """A change ends only those behind it."""
    return [waiting for waiting in right(state, change) if waiting.effective_at != change.effective_at]


@breaks(fees, "counts_on")
def a_day_too_many(_right: Callable[..., bool], day: int, today: int) -> bool:
    """What was traded counts for as many days after its own."""
    return today - FEE_DAYS <= day <= today


@breaks(order_entry, "check_open_notional")
def what_goes_is_worth_something(right: Callable[..., Any], order: LiveOrder, _going: LiveOrder | None) -> Any:
    """The order that is replaced counts as open beside the one that comes."""
    return right(order, None)


@breaks(amendment, "_check_worth")
def amended_order_may_be_worth_anything(_right: Callable[..., None], *_orders: LiveOrder) -> None:
    """What an account has open is bounded for new orders only."""


def fees_are_no_work(machine: Machine, most: int) -> int:
    """Changes of fees are not counted by the pulse that makes them effective."""
    return charges.become_effective(machine, most) * 0


BUGS.append(Bug("fees_are_no_work", time, "DUE_WORK", (fees_are_no_work, *time.DUE_WORK[1:])))


# ----------------------------------------------------------------------------------------------------- pegged orders


def pegs_first(book: Book[LiveOrder], side: Side, followed: Followed) -> Iterator[tuple[int, Iterable[LiveOrder]]]:
    """At one price pegs trade before hidden orders."""
    sign = -1 if side == Side.BUY else 1
    priced = ((price, (peg,)) for price, peg in book.pegs[side].priced(followed))
    yield from merge(book.displayed[side], priced, book.hidden[side], key=lambda level: sign * level[0])


def by_arrival(side_of_pegs: Pegs[LiveOrder], followed: Followed) -> list[tuple[int, LiveOrder]]:
    """Of one effective price the first to arrive is first, whatever the limits."""
    priced = sorted(priced_pegs(side_of_pegs, followed), key=lambda place: place[1].arrival)
    return sorted(priced, key=lambda place: -place[0] if place[1].side == Side.BUY else place[0])


def with_what_goes(instrument: Instrument, _without: LiveOrder | None = None) -> Followed:
    """The order that goes for another still counts as displayed when that is judged."""
    return followed_now(instrument)


priced_pegs = Pegs.priced
followed_now = Instrument.followed
BUGS += [
    Bug("pegs_before_hidden", Book, "levels", pegs_first),
    Bug("pegs_by_arrival", Pegs, "priced", by_arrival),
    Bug("what_goes_is_followed", Instrument, "followed", with_what_goes),
]


@breaks(matching, "_next_trade")
def pegs_flee_from_each_fill(
    right: Callable[..., tuple[Offer, Verdict] | None], state: State, taker: LiveOrder, _followed: Followed
) -> tuple[Offer, Verdict] | None:
    """What pegs follow moves while an order matches."""
    return right(state, taker, taker.instrument.followed())


@breaks(pegs, "_midpoint")
def midpoint_rounded_up(_right: Callable[..., Any], bid: int, ask: int) -> int | None:
    """Half a tick is the other side's."""
    middle = (bid + ask + 1) // 2
    return middle if middle < ask else None


@breaks(pegs, "target")
def offset_towards_the_other_side(right: Callable[..., int | None], peg: Pegged, followed: Followed) -> int | None:
    """The offset of a sell is subtracted, too."""
    wanted = right(peg, followed)
    return wanted if wanted is None or peg.side == Side.BUY else wanted - 2 * peg.peg_offset


@breaks(pegs, "target")
def every_peg_follows_its_own_side(right: Callable[..., int | None], peg: LiveOrder, followed: Followed) -> int | None:
    """A market peg is a primary one."""
    if peg.peg == PegReference.MARKET:
        return right(replace(peg, attributes=peg.attributes._replace(peg=PegReference.PRIMARY)), followed)
    return right(peg, followed)


@breaks(crossing, "later")
def the_older_peg_takes(_right: Callable[..., LiveOrder], one: LiveOrder, other: LiveOrder) -> LiveOrder:
    """Of two pegs that cross the first to arrive is the taker."""
    return min(one, other, key=lambda peg: peg.arrival)


@breaks(crossing, "take")
def a_taker_begins_anew(right: Callable[..., None], machine: Machine, peg: LiveOrder) -> None:
    """A peg that has taken goes behind those that arrived after it."""
    peg.set_attributes(arrival=machine.state.sequence)
    right(machine, peg)


@breaks(crossing, "take")
def a_taker_pays_as_a_maker(right: Callable[..., None], machine: Machine, peg: LiveOrder) -> None:
    """A peg that rested is never charged for taking."""
    peg.rates = peg.rates._replace(taker_rate=peg.rates.maker_rate)
    right(machine, peg)


@breaks(amendment, "arrive")
def an_amended_peg_keeps_its_place(_right: Callable[..., None], _machine: Machine, _order: LiveOrder) -> None:
    """More lots or another limit do not cost a peg its arrival."""


@breaks(order_entry, "would_cross")
def post_only_knows_no_pegs(right: Callable[..., bool], order: LiveOrder, followed: Followed) -> bool:
    """A post-only order rests where it would have traded with a peg."""
    return right(order, followed._replace(bid=None, ask=None))


@breaks(crossing, "crossed")
def pulses_do_not_go_on_with_pegs(_right: Callable[..., set[int]], _instruments: Iterable[Instrument]) -> set[int]:
    """What was too much for one command waits for another that touches the instrument."""
    return set()


@breaks(work, "_next_item")
def pegs_cross_behind_stops(
    right: Callable[..., Any], machine: Machine, instrument: Instrument, has_items: bool
) -> Any:
    """Stops that were reached enter first."""
    stop = stops.next_stop(instrument) if instrument.lets_stops_in and has_items and not instrument.exits else None
    return right(machine, instrument, has_items) if stop is None else partial(stops.enter, machine, stop)


# --------------------------------------------------------------------------------------------------------- obligations


@breaks(obligations, "is_met")
def hidden_orders_are_a_market(
    right: Callable[..., bool], account: Account, instrument: Instrument, terms: ObligationTerms
) -> bool:
    """An obligation can be met unseen."""
    if right(account, instrument, terms) or not instrument.lets_stops_in:
        return right(account, instrument, terms)
    sides = [[order for order in instrument.book.orders(side) if order.account is account] for side in Side]
    if any(sum(order.slice_left for order in orders) < terms.min_quantity for orders in sides):
        return False
    return sides[Side.SELL][0].price - sides[Side.BUY][0].price <= terms.max_spread


@breaks(obligations, "_price_of")
def best_price_is_enough(
    right: Callable[..., int | None], account: Account, instrument: Instrument, side: Side, lots: int
) -> int | None:
    """The spread is that of the best prices, however little is shown there."""
    if right(account, instrument, side, lots) is None:
        return None
    return right(account, instrument, side, 1)


@breaks(obligations, "count_time")
def time_of_a_halt_counts(right: Callable[..., None], state: State, until: int) -> None:
    """A halted instrument is open."""
    for (_, instrument), kept in state.obligations.items():
        if state.instruments[instrument].halted:
            kept.open_ns += until - state.timestamp_ns
    right(state, until)


@breaks(obligations, "score")
def scores_are_not_begun_anew(
    right: Callable[..., None], machine: Machine, place: tuple[int, int], kept: Kept, trade_date: int
) -> None:
    """What was met counts for the next trade date, too."""
    met_ns, open_ns = kept.met_ns, kept.open_ns
    right(machine, place, kept, trade_date)
    kept.met_ns, kept.open_ns = met_ns, open_ns


@breaks(time, "score_all")
def scored_in_the_order_of_coming(_right: Callable[..., None], machine: Machine, trade_date: int) -> None:
    """The oldest obligation is scored first."""
    for place, kept in machine.state.obligations.items():
        obligations.score(machine, place, kept, trade_date)


@breaks(order_entry, "rates_of")
def earned_rate_is_the_rate(
    right: Callable[..., Rates], state: State, account: Account, instrument: Instrument
) -> Rates:
    """What is earned holds even where the schedule's rate is lower."""
    kept = state.obligations.get((account.id, instrument.id))
    rates = right(state, account, instrument)
    return rates._replace(maker_rate=kept.terms.maker_rate) if kept is not None and kept.is_earned else rates


@breaks(amendment, "rates_of")
def amended_orders_earn_nothing(
    right: Callable[..., Rates], state: State, account: Account, instrument: Instrument
) -> Rates:
    """An order that loses priority gets its schedule's rates."""
    kept = state.obligations.pop((account.id, instrument.id), None)
    rates = right(state, account, instrument)
    if kept is not None:
        state.obligations[account.id, instrument.id] = kept
    return rates


# ---------------------------------------------------------------------------------------------------------- references


@breaks(references, "find_original")
def references_are_not_remembered(_right: Callable[..., None], _state: State, _reference: ReferenceId) -> None:
    """The same again moves the same again."""


@breaks(references, "is_same")
def any_content_is_a_repetition(_right: Callable[..., bool], _body: Any, _original: Original) -> bool:
    """Another amount under a reference is answered as the first."""
    return True


@breaks(references, "is_same")
def whom_a_transfer_goes_to_is_no_content(right: Callable[..., bool], body: Any, original: Original) -> bool:
    """Money to another account is a repetition."""
    return right(body._replace(to_account=original.counterparty) if isinstance(body, Transfer) else body, original)


@breaks(references, "remember")
def repetitions_name_the_command_before(
    right: Callable[..., None], state: State, reference: ReferenceId, event: Event
) -> None:
    """The sequence of the original is one too low."""
    right(state, reference, event)
    original = state.references[reference]
    state.references[reference] = original._replace(original_sequence=original.original_sequence - 1)


@breaks(references, "find_original")
def references_of_all_accounts_are_one(
    right: Callable[..., Original | None], state: State, reference: ReferenceId
) -> Original | None:
    """A reference that another has used is used."""
    found = right(state, reference)
    others = (right(state, reference._replace(account=account)) for account in range(len(state.accounts)))
    return found or next(filter(None, others), None)


@breaks(references, "find_original")
def references_of_all_kinds_are_one(
    right: Callable[..., Original | None], state: State, reference: ReferenceId
) -> Original | None:
    """A reference that another kind of command has used is used."""
    others = (right(state, reference._replace(command=kind)) for kind in range(32, 37))
    return right(state, reference) or next(filter(None, others), None)


@breaks(references, "find_original")
def references_live_as_long_as_their_withdrawal(
    right: Callable[..., Original | None], state: State, reference: ReferenceId
) -> Original | None:
    """A request whose withdrawal has ended can be repeated in earnest."""
    original = right(state, reference)
    is_request = reference.command == CommandKind.REQUEST_WITHDRAWAL
    has_ended = original is not None and original.withdrawal_id not in state.withdrawals
    return None if is_request and has_ended else original


# ------------------------------------------------------------------------------------------------------------- backing


def any_reserve_is_enough(own: Backing, asset: int) -> int:
    """What was attested bounds nothing."""
    backed = own.backed[asset]
    return MAX_AMOUNT if backed.terms.bars == BarPolicy.NONE else backed.covered_by(own.fine_weight(asset))


def any_bar_that_is_heavy_enough(own: Backing, asset: int, amount: int) -> int | None:
    """The first that was registered, not the lightest."""
    least = own.backed[asset].terms.backing * amount
    numbers = (number for number, bar in own.bars.items() if bar.asset == asset and own.is_free(number))
    return next((number for number in numbers if own.bars[number].fine_weight * own.backed[asset].whole >= least), None)


def rounded_down(backed: Backed, fine_weight: int) -> int:
    """What a bar is worth, to the redeemer's advantage."""
    return fine_weight * backed.whole // backed.terms.backing


def nothing(*_: Any) -> int:
    """Of whatever is asked."""
    return 0


def outside_at_its_edge(peg: Peg) -> bool:
    """A band is what is less than it away."""
    return peg.value != 0 and abs(peg.value - BACKING_SCALE) * COLLAR_SCALE >= peg.band_bps * BACKING_SCALE


BUGS += [
    Bug("any_reserve_is_enough", Backing, "most", any_reserve_is_enough),
    Bug("any_bar_that_is_heavy_enough", Backing, "lightest", any_bar_that_is_heavy_enough),
    Bug("bar_rounded_down", Backed, "worth", rounded_down),
    Bug("redemptions_cost_nothing", AssetTerms, "fee", nothing),
    Bug("what_waits_to_be_burned_is_still_there", Backing, "redeeming", nothing),
    Bug("outside_at_the_edge_of_the_band", Peg, "is_outside", property(outside_at_its_edge)),
]


@breaks(backing, "verifies")
def any_signature_fits(_right: Callable[..., bool], _key: bytes, _text: bytes, _signature: bytes) -> bool:
    """Whoever says it, it is attested."""
    return True


@breaks(backing, "asks_for")
def one_asset_lifts_what_another_asks_for(_right: Callable[..., bool], *_: Any) -> bool:
    """A cause that two things ask for is lifted with the first."""
    return False


@breaks(redemption, "take_bar")
def a_bar_that_was_delivered_stays(_right: Callable[..., None], _machine: Machine, _number: int) -> None:
    """It stands behind what is left."""


@breaks(reference_data, "halt_new")
def new_instruments_trade(_right: Callable[..., None], _machine: Machine, _instrument: Instrument) -> None:
    """Whatever their assets ask for."""


NOTHING_EXPIRES = tuple(each for each in time.DUE_WORK if each is not backing.go_on_with_assets)
BUGS.append(Bug("attestations_do_not_expire", time, "DUE_WORK", NOTHING_EXPIRES))


# --------------------------------------------------------------------------------------------------- corporate actions


@breaks(actions, "owned")
def what_is_held_is_not_entitled(_right: Callable[..., int], account: Account, asset: int) -> int:
    """Only what is available counts at the record moment."""
    return account.available[asset]


@breaks(actions, "is_entitled")
def the_payer_is_entitled_too(_right: Callable[..., bool], account: Account, action: Action) -> bool:
    """Who is concerned gets something."""
    return actions.is_concerned(account, action)


@breaks(actions, "pay")
def fractions_are_given_away(right: Callable[..., None], *arguments: Any) -> None:
    """A holder gets a unit more than whole ones, while there is something left."""
    *rest, running, account, place, amount = arguments
    right(*rest, running, account, place, min(amount + 1, running.unpaid[place]))


@breaks(actions, "fund")
def what_is_needed_twice_is_counted_once(
    right: Callable[..., None], machine: Machine, action: Action, running: Running
) -> None:
    """A payer is asked for the largest of the sums alone."""
    payer = machine.state.accounts[action.payer]
    owes = [place for place in action.paid_from_hold() if running.totals[place]]
    if all(payer.held[action.asset_of(place)] >= running.totals[place] for place in owes):
        for place in owes:
            payer.release(action.asset_of(place), running.totals[place])
    right(machine, action, running)


@breaks(actions, "tell")
def nothing_is_left_over(right: Callable[..., None], machine: Machine, action: Action, running: Running) -> None:
    """The residue is always 0."""
    right(machine, action, running)
    machine.events[:] = [
        msgspec.structs.replace(event, residue=0) if isinstance(event, ActionLegPaid) else event
        for event in machine.events
    ]


@breaks(actions, "rebase")
def a_split_moves_no_reference(right: Callable[..., None], machine: Machine, instrument: Instrument, leg: Leg) -> None:
    """What an instrument is worth elsewhere stays as it was."""
    before = instrument.reference_price
    right(machine, instrument, leg)
    instrument.reference_price = before


@breaks(actions, "next_instrument")
def every_other_instrument_goes_on(
    right: Callable[..., Instrument | None], state: State, action: Action, running: Running
) -> Instrument | None:
    """An instrument of the asset is not halted."""
    found = right(state, action, running)
    return found if found is None or found.id == 0 else right(state, action, running)


@breaks(actions, "check_id")
def an_action_that_runs_can_be_replaced(
    right: Callable[..., RejectCode | None], state: State, number: int
) -> RejectCode | None:
    """What has begun is announced anew."""
    code = right(state, number)
    return None if code == RejectCode.ACTION_IN_PROGRESS else code


def books_close_a_moment_later(own: Actions, asset: int, now: int) -> bool:
    """At the time itself a withdrawal can be requested."""
    return any(action.asset == asset and 0 < action.books_close_at < now for action in own.open.values())


def an_asset_is_locked_while_it_is_paid(own: Actions, asset: int) -> bool:
    """While orders are cancelled and holders counted, what is owned moves."""
    return own.runs_for(asset) and own.running is not None and own.running.stage == ActionStage.PAYING


BUGS += [
    Bug(wrong.__name__, Actions, rule, wrong)
    for rule, wrong in (
        ("has_closed_books", books_close_a_moment_later),
        ("locks", an_asset_is_locked_while_it_is_paid),
    )
]


# ---------------------------------------------------------------------------------------------------------------- keys


@breaks(keys, "not_to_be_had")
def keys_are_anybodys(
    right: Callable[..., RejectCode | None], state: State, account_id: int, number: int
) -> RejectCode | None:
    """An account can take another's key away, and make it its own."""
    known = 1 <= number <= len(state.keys)
    return right(state, state.keys[number - 1].account if known else account_id, number)


@breaks(keys, "not_to_be_had")
def revoked_keys_can_come_back(
    right: Callable[..., RejectCode | None], state: State, account_id: int, number: int
) -> RejectCode | None:
    """A key is not revoked for good."""
    refusal = right(state, account_id, number)
    return None if refusal == RejectCode.KEY_REVOKED else refusal


# ------------------------------------------------------------------------------------------------------------- holders


@breaks(matching, "judge_trade")
def resting_orders_are_asked_once(
    _right: Callable[..., Verdict], _state: State, _taker: LiveOrder, _maker: LiveOrder, lots: int
) -> Verdict:
    """Who may not hold it any more trades all the same."""
    return Verdict(lots)


@breaks(matching, "judge_trade")
def who_may_not_is_the_taker(
    right: Callable[..., Verdict], state: State, taker: LiveOrder, maker: LiveOrder, lots: int
) -> Verdict:
    """The incoming order ends because of the resting one."""
    verdict = right(state, taker, maker, lots)
    return verdict if verdict.barred is None else Verdict(0, taker)


@breaks(matching, "Walk")
def fok_counts_who_may_not_trade(_right: Any, _state: State, _taker: LiveOrder) -> Any:
    """A fill-or-kill order takes those for liquidity that would be cancelled."""

    class Everybody:
        def lots_of(self, _maker: LiveOrder) -> int:
            return MAX_AMOUNT

        def count(self, _maker: LiveOrder, _lots: int) -> None:
            pass

    return Everybody()


@breaks(order_entry, "check_eligible")
def entry_asks_the_asset_that_is_paid(right: Callable[..., Any], state: State, order: LiveOrder) -> Any:
    """A buyer is asked what a seller should be."""
    other = Side.SELL if order.side == Side.BUY else Side.BUY
    return right(state, replace(order, side=other))


@breaks(clearing, "barred")
def auctions_count_who_may_not_trade(_right: Callable[..., Any], _state: State, _order: LiveOrder) -> None:
    """The price of an auction is found among all orders."""


@breaks(auction, "judge_crossing")
def auctions_ask_nobody(
    _right: Callable[..., Verdict], _state: State, _buy: LiveOrder, _sell: LiveOrder, lots: int
) -> Verdict:
    """What crosses trades."""
    return Verdict(lots)


@breaks(eligibility, "room_to_buy")
def holdings_are_what_is_available(
    right: Callable[..., int], state: State, account: Account, instrument: Instrument
) -> int:
    """What an account has offered for sale does not count as held."""
    held = account.held[instrument.base]
    account.held[instrument.base] = 0
    room = right(state, account, instrument)
    account.held[instrument.base] = held
    return room


@breaks(freeze, "_make_available")
def the_oldest_orders_go_for_a_freeze(
    right: Callable[..., int], machine: Machine, account: Account, asset: int, amount: int
) -> int:
    """An account loses its place in the queue first where it has waited longest."""
    account.open_orders = dict(reversed(account.open_orders.items()))
    orders = right(machine, account, asset, amount)
    account.open_orders = dict(reversed(account.open_orders.items()))
    return orders


@breaks(time, "ending_freezes")
def freezes_wait_for_a_command(_right: Callable[..., list[FreezeId]], _state: State) -> list[FreezeId]:
    """Nobody is told when a lock-up ends."""
    return []


@breaks(money, "freezes_of")
def the_earliest_freeze_is_used_first(
    right: Callable[..., list[FreezeId]], state: State, account: int, asset: int
) -> list[FreezeId]:
    """The freeze without an end is the last that an authority takes from."""
    return sorted(right(state, account, asset), key=lambda each: each.until or MAX_AMOUNT)


@breaks(beneficial, "register")
def unregistered_units_stay_held(
    right: Callable[..., None], state: State, account: Account, asset: int, holder: int, units: int
) -> None:
    """What is taken off the register is not available again."""
    if holder or units < 0:
        right(state, account, asset, holder, units)


def differs(seed: int) -> bool:
    try:
        compare(seed, COMMANDS_PER_SEED, reference.Engine, pyengine.Engine, narrow=False)
    except Difference:
        return True
    return False


@pytest.mark.long
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_planted_bug_is_caught(bug: Bug) -> None:
    with bug.planted():
        assert any(differs(seed) for seed in SEEDS), f"{bug.name} went unnoticed"


def test_a_difference_is_narrowed_down_to_the_command_that_shows_it() -> None:
    (rounded_up,) = (bug for bug in BUGS if bug.name == fee_rounded_up.__name__)
    with rounded_up.planted(), pytest.raises(Difference) as caught:
        compare(1, COMMANDS_PER_SEED, reference.Engine, pyengine.Engine)
    difference = caught.value
    assert len(difference.commands) < 20, str(difference)
    lines = str(difference).splitlines()
    left = [line for line in lines if line.startswith("  left ") and "FILL" in line]
    right = [line for line in lines if line.startswith("  right ") and "FILL" in line]
    assert len(left) == len(right) == 2, str(difference)
    assert left != right
