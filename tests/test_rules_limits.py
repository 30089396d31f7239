"""The limits of the rule book's section 1, each from both sides: the last that fits, and the first that does not."""

from typing import Any

import numpy as np
import pytest

import pyengine
from pyengine import reference
from pyengine.records import (
    CLIENT_ID_WINDOW,
    COMMAND_DTYPE,
    MAX_ACCOUNTS,
    MAX_AMOUNT,
    MAX_ASSETS,
    MAX_FEE_SCHEDULES,
    MAX_INSTRUMENTS,
    MAX_OPEN_ORDERS,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    MAX_PENDING_WITHDRAWALS,
    MAX_PRICE_TICKS,
    ORDER_SLOT_BITS,
    AssetClass,
    CommandKind,
    EventKind,
    OrderStatus,
    RejectCode,
    Side,
    TimeInForce,
    pack_create_account,
    pack_deposit,
    pack_place,
    pack_request_withdrawal,
)
from tests.scenarios import ACCOUNTS, opening

ALICE, BOB, CAROL = ACCOUNTS["alice"], ACCOUNTS["bob"], ACCOUNTS["carol"]
USDC, AAPL = 0, 1
LARGEST_WITH_FEE = 8_656_094_860_192_087_362
"""The cash that is the largest amount together with a fee of 6.5535 % on it."""
assert LARGEST_WITH_FEE + LARGEST_WITH_FEE * 65_535 // 1_000_000 == MAX_AMOUNT


def codes(events: Any) -> list[tuple[EventKind, int]]:
    return [(EventKind(event.kind), event.code) for event in events]


def rejected(code: RejectCode) -> list[tuple[EventKind, int]]:
    return [(EventKind.REJECTED, code)]


def accepts(events: Any) -> bool:
    return bool(events[0].kind == EventKind.ACCEPTED)


def whole_units(new_engine: Any) -> Any:
    """One instrument in which a lot at a tick is one unit for one unit, and accounts 1 (free) and 2 (6.5535 %)."""
    engine = new_engine()
    engine.create_asset(USDC, "USDC", AssetClass.STABLECOIN, 0)
    engine.create_asset(AAPL, "AAPL", AssetClass.EQUITY, 0)
    engine.create_instrument(0, "AAPL-USDC", AAPL, USDC, lot_size=1, tick_lot_value=1, max_price=MAX_PRICE_TICKS)
    engine.set_fee_schedule(1, 65_535, 65_535)
    engine.create_account(1)
    engine.create_account(2, fee_schedule=1)
    return engine


# ----------------------------------------------------------------------------------------------------------- client ids


def test_the_window_remembers_exactly_its_length_of_finished_orders(new_engine: Any) -> None:
    engine = opening(new_engine)

    def finish(client_order_id: str) -> Any:
        return engine.place(ALICE, 0, Side.BUY, 1, 1, time_in_force=TimeInForce.IOC, client_order_id=client_order_id)

    first = finish("first")[0].order_id
    for number in range(CLIENT_ID_WINDOW - 1):
        finish(f"later-{number}")
        finish("")
    (duplicate,) = finish("first")
    assert (duplicate.kind, duplicate.code) == (EventKind.DUPLICATE, OrderStatus.CANCELLED)
    assert duplicate.order_id == first

    finish("one-too-many")
    assert accepts(finish("first"))
    assert finish("later-0")[0].kind == EventKind.ACCEPTED, "the id that came back pushed out the next oldest"
    assert finish("later-2")[0].kind == EventKind.DUPLICATE


def test_an_open_order_is_remembered_for_ever(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.place(ALICE, 0, Side.BUY, 1, 1, client_order_id="open")
    for number in range(CLIENT_ID_WINDOW + 5):
        engine.place(ALICE, 0, Side.BUY, 1, 1, time_in_force=TimeInForce.IOC, client_order_id=f"n{number}")
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, 1, client_order_id="open")) == [
        (EventKind.DUPLICATE, OrderStatus.OPEN)
    ]


# ------------------------------------------------------------------------------------------------------------ order ids


def test_the_slot_freed_last_is_taken_first(new_engine: Any) -> None:
    engine = opening(new_engine)

    def place() -> int:
        return int(engine.place(ALICE, 0, Side.BUY, 50, 1)[0].order_id)

    ids = [place() for _ in range(4)]
    assert ids == [(count << ORDER_SLOT_BITS) | count - 1 for count in (1, 2, 3, 4)]
    engine.cancel(ALICE, order_id=ids[0])
    engine.cancel(ALICE, order_id=ids[2])
    assert [place() for _ in range(3)] == [(5 << ORDER_SLOT_BITS) | 2, 6 << ORDER_SLOT_BITS, (7 << ORDER_SLOT_BITS) | 4]
    assert engine.order(ids[0]) is None


def test_a_filled_order_frees_the_maker_s_slot_before_its_own(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.place(ALICE, 0, Side.SELL, 50, 1)
    engine.place(BOB, 0, Side.BUY, 50, 1)
    ids = [engine.place(ALICE, 0, Side.BUY, 50, 1)[0].order_id for _ in range(2)]
    assert [order_id & ((1 << ORDER_SLOT_BITS) - 1) for order_id in ids] == [1, 0]


def test_a_rejected_order_takes_no_id(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.place(ACCOUNTS["poor"], 0, Side.BUY, 50, 1)
    assert engine.place(ALICE, 0, Side.BUY, 50, 1)[0].order_id == 1 << ORDER_SLOT_BITS


# --------------------------------------------------------------------------------------------------------------- counts


def test_open_orders_of_an_account(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.apply_batch(pack_place(ALICE, 0, Side.BUY, 1, 1) * MAX_OPEN_ORDERS_PER_ACCOUNT)
    assert engine.counts()[3] == MAX_OPEN_ORDERS_PER_ACCOUNT
    full = rejected(RejectCode.OPEN_ORDER_LIMIT)
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, 1)) == full
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, 1, time_in_force=TimeInForce.IOC)) == full
    assert accepts(engine.place(BOB, 0, Side.BUY, 1, 1))
    engine.cancel(ALICE, order_id=engine.open_orders(ALICE)[7].order_id)
    assert accepts(engine.place(ALICE, 0, Side.BUY, 1, 1))
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, 1)) == full


class SmallReference(reference.Engine):
    """The reference with limits that it can reach in a moment."""

    max_accounts = 7
    max_assets = 9
    max_instruments = 9
    max_open_orders = 40


def fill_up(engine: Any, accounts: int, orders_each: int) -> None:
    """Brings accounts 1 to `accounts` to so many open orders each."""
    for first in range(1, accounts + 1, 64):
        numbers = range(first, min(first + 64, accounts + 1))
        engine.apply_batch(b"".join(map(pack_create_account, numbers)))
        engine.apply_batch(b"".join(pack_deposit(number, USDC, orders_each) for number in numbers))
        engine.apply_batch(b"".join(pack_place(number, 0, Side.BUY, 1, 1) * orders_each for number in numbers))


@pytest.mark.parametrize(
    ("new_engine", "accounts", "orders_each"),
    [
        (SmallReference, 5, 8),
        (pyengine.Engine, MAX_OPEN_ORDERS // MAX_OPEN_ORDERS_PER_ACCOUNT, MAX_OPEN_ORDERS_PER_ACCOUNT),
    ],
    ids=["reference", "native"],
)
def test_open_orders_of_the_engine(new_engine: Any, accounts: int, orders_each: int) -> None:
    engine = new_engine()
    engine.create_asset(USDC, "USDC", AssetClass.STABLECOIN, 0)
    engine.create_asset(AAPL, "AAPL", AssetClass.EQUITY, 0)
    engine.create_instrument(0, "AAPL-USDC", AAPL, USDC, lot_size=1, tick_lot_value=1, max_price=10)
    fill_up(engine, accounts, orders_each)
    assert engine.counts()[3] == accounts * orders_each

    venue = 0
    assert codes(engine.place(venue, 0, Side.BUY, 1, 1)) == rejected(RejectCode.ENGINE_FULL)
    assert codes(engine.place(venue, 0, Side.BUY, 0, 1)) == rejected(RejectCode.INVALID_PRICE)
    market = {"order_type": 1, "time_in_force": TimeInForce.IOC}
    assert codes(engine.place(venue, 0, Side.BUY, 0, 1, **market)) == rejected(RejectCode.ENGINE_FULL)
    if orders_each == MAX_OPEN_ORDERS_PER_ACCOUNT:
        assert codes(engine.place(1, 0, Side.BUY, 1, 1)) == rejected(RejectCode.OPEN_ORDER_LIMIT)
    engine.cancel(1, order_id=engine.open_orders(1)[0].order_id)
    assert codes(engine.place(venue, 0, Side.BUY, 1, 1)) == rejected(RejectCode.INSUFFICIENT_FUNDS)


def create_accounts(new_engine: Any, count: int) -> Any:
    engine = new_engine()
    commands = np.zeros(count - 1, COMMAND_DTYPE)
    commands["kind"] = CommandKind.CREATE_ACCOUNT
    commands["account"] = np.arange(1, count)
    engine.apply_batch(commands)
    assert engine.counts()[2] == count
    assert codes(engine.create_account(count - 1)) == rejected(RejectCode.ALREADY_EXISTS)
    return engine


def test_accounts() -> None:
    """The native engine's limit is beyond a test's memory: a unit test in its module holds it to the number."""
    limit = SmallReference.max_accounts
    engine = create_accounts(SmallReference, limit)
    assert codes(engine.create_account(limit)) == rejected(RejectCode.REGISTRY_FULL)
    assert codes(engine.create_account(limit + 1, fee_schedule=9)) == rejected(RejectCode.REGISTRY_FULL)


def test_a_million_accounts() -> None:
    engine = create_accounts(pyengine.Engine, 1_000_000)
    assert codes(engine.create_account(MAX_ACCOUNTS - 1)) == rejected(RejectCode.ID_NOT_NEXT)
    assert codes(engine.create_account(1_000_000)) == [(EventKind.ACCOUNT_CREATED, 0)]


@pytest.mark.parametrize(
    ("new_engine", "limit"),
    [(SmallReference, SmallReference.max_assets), (pyengine.Engine, MAX_ASSETS)],
    ids=["reference", "native"],
)
def test_assets(new_engine: Any, limit: int) -> None:
    engine = new_engine()
    for number in range(limit):
        assert engine.create_asset(number, f"A{number}", AssetClass.GOLD, 0)[0].kind == EventKind.ASSET_CREATED
    assert codes(engine.create_asset(3, "NEW", 0, 0)) == rejected(RejectCode.ALREADY_EXISTS)
    assert codes(engine.create_asset(limit, "A3", 0, 0)) == rejected(RejectCode.ALREADY_EXISTS)
    assert codes(engine.create_asset(limit, "NEW", 0, 0)) == rejected(RejectCode.REGISTRY_FULL)
    assert codes(engine.create_asset(limit + 1, "NEW", 0, 99)) == rejected(RejectCode.REGISTRY_FULL)
    engine.deposit(0, limit - 1, 5)
    assert engine.balance(0, limit - 1) == (5, 0)
    assert new_engine.restore(engine.state_image()).balance(0, limit - 1) == (5, 0)


@pytest.mark.parametrize(
    ("new_engine", "limit"),
    [(SmallReference, SmallReference.max_instruments), (pyengine.Engine, MAX_INSTRUMENTS)],
    ids=["reference", "native"],
)
def test_instruments(new_engine: Any, limit: int) -> None:
    engine = new_engine()
    engine.create_asset(USDC, "USDC", AssetClass.STABLECOIN, 0)
    engine.create_asset(AAPL, "AAPL", AssetClass.EQUITY, 0)

    def create(number: int, symbol: str, base: int = AAPL) -> Any:
        return engine.create_instrument(number, symbol, base, USDC, lot_size=1, tick_lot_value=1, max_price=1)

    for number in range(limit):
        assert create(number, f"I{number}")[0].kind == EventKind.INSTRUMENT_CREATED
    assert codes(create(3, "NEW")) == rejected(RejectCode.ALREADY_EXISTS)
    assert codes(create(limit, "I3")) == rejected(RejectCode.ALREADY_EXISTS)
    assert codes(create(limit, "NEW")) == rejected(RejectCode.REGISTRY_FULL)
    assert codes(create(limit + 1, "NEW", base=9)) == rejected(RejectCode.REGISTRY_FULL)
    engine.deposit(0, USDC, 1)
    assert accepts(engine.place(0, limit - 1, Side.BUY, 1, 1))
    assert engine.depth(limit - 1, 1) == ([(1, 1, 1)], [])


def test_fee_schedules(new_engine: Any) -> None:
    engine = new_engine()
    for number in range(MAX_FEE_SCHEDULES):
        assert engine.set_fee_schedule(number, number, 0)[0].kind == EventKind.FEE_SCHEDULE_SET
    assert engine.set_fee_schedule(3, 1, 1)[0].kind == EventKind.FEE_SCHEDULE_SET
    assert codes(engine.set_fee_schedule(MAX_FEE_SCHEDULES, 99_999, 0)) == rejected(RejectCode.REGISTRY_FULL)


def test_pending_withdrawals(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.apply_batch(pack_request_withdrawal(ALICE, USDC, 1) * MAX_PENDING_WITHDRAWALS)
    poor = ACCOUNTS["poor"]
    assert codes(engine.request_withdrawal(ALICE, USDC, 1)) == rejected(RejectCode.WITHDRAWAL_LIMIT)
    assert codes(engine.request_withdrawal(poor, USDC, 1)) == rejected(RejectCode.WITHDRAWAL_LIMIT)
    assert codes(engine.request_withdrawal(poor, USDC, 0)) == rejected(RejectCode.INVALID_AMOUNT)
    engine.settle_withdrawal(ALICE, 30)
    assert codes(engine.request_withdrawal(poor, USDC, 1)) == rejected(RejectCode.INSUFFICIENT_FUNDS)
    (event,) = engine.request_withdrawal(ALICE, USDC, 1)
    assert event.reference == MAX_PENDING_WITHDRAWALS + 1
    assert engine.total(USDC) == engine.issued(USDC)


# -------------------------------------------------------------------------------------------------------------- amounts


def test_an_asset_can_be_issued_up_to_the_largest_amount(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT - 5)
    assert codes(engine.deposit(2, USDC, 6)) == rejected(RejectCode.OVERFLOW)
    assert engine.deposit(2, USDC, 5)[0].kind == EventKind.DEPOSITED
    assert codes(engine.deposit(2, USDC, 1)) == rejected(RejectCode.OVERFLOW)
    assert engine.total(USDC) == engine.issued(USDC) == MAX_AMOUNT
    engine.settle_withdrawal(2, engine.request_withdrawal(2, USDC, 5)[0].reference)
    assert engine.deposit(1, USDC, 5)[0].kind == EventKind.DEPOSITED


def test_the_largest_order_trades(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT)
    engine.deposit(2, AAPL, MAX_AMOUNT)
    assert accepts(engine.place(1, 0, Side.BUY, 1, MAX_AMOUNT))
    assert engine.depth(0, 5) == ([(1, MAX_AMOUNT, 1)], [])
    events = engine.place(2, 0, Side.SELL, 1, MAX_AMOUNT)
    fee = MAX_AMOUNT * 65_535 // 1_000_000
    assert [(event.quantity, event.cash, event.fee) for event in events[1:]] == [
        (MAX_AMOUNT, MAX_AMOUNT, fee),
        (MAX_AMOUNT, MAX_AMOUNT, 0),
    ]
    assert engine.balance(1, AAPL) == (MAX_AMOUNT, 0)
    assert engine.balance(2, USDC) == (MAX_AMOUNT - fee, 0)
    assert engine.balance(0, USDC) == (fee, 0)


@pytest.mark.parametrize(
    ("account", "side", "price", "quantity", "overflows"),
    [
        (1, Side.BUY, 1, MAX_AMOUNT, False),
        (1, Side.BUY, 2, (1 << 62) - 1, False),
        (1, Side.BUY, 2, 1 << 62, True),
        (1, Side.BUY, MAX_PRICE_TICKS, MAX_AMOUNT, True),
        (2, Side.BUY, 1, LARGEST_WITH_FEE, False),
        (2, Side.BUY, 1, LARGEST_WITH_FEE + 1, True),
        (2, Side.BUY, 1, MAX_AMOUNT, True),
        (1, Side.SELL, 1, MAX_AMOUNT, False),
        (1, Side.SELL, 2, (1 << 62) - 1, False),
        (1, Side.SELL, 2, 1 << 62, True),
        (2, Side.SELL, 1, MAX_AMOUNT, False),
    ],
)
def test_overflow_is_a_rejection(
    new_engine: Any, account: int, side: Side, price: int, quantity: int, overflows: bool
) -> None:
    engine = whole_units(new_engine)
    expected = RejectCode.OVERFLOW if overflows else RejectCode.INSUFFICIENT_FUNDS
    assert codes(engine.place(account, 0, side, price, quantity)) == rejected(expected)


def test_a_market_sell_is_judged_at_its_collar(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, 1_000)
    engine.place(1, 0, Side.BUY, 1_000, 1)
    market = {"order_type": 1, "time_in_force": TimeInForce.IOC}
    fits, too_much = MAX_AMOUNT // 950, MAX_AMOUNT // 950 + 1
    assert codes(engine.place(2, 0, Side.SELL, 0, fits, **market)) == rejected(RejectCode.INSUFFICIENT_FUNDS)
    assert codes(engine.place(2, 0, Side.SELL, 0, too_much, **market)) == rejected(RejectCode.OVERFLOW)


def test_a_notional_order_of_everything_there_is(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(2, USDC, MAX_AMOUNT)
    engine.deposit(1, AAPL, MAX_AMOUNT)
    engine.place(1, 0, Side.SELL, 1, MAX_AMOUNT)
    events = engine.place(2, 0, Side.BUY, 1, MAX_AMOUNT, quantity_kind=1, time_in_force=TimeInForce.IOC)
    assert codes(events) == [(EventKind.ACCEPTED, 0), (EventKind.FILL, 0), (EventKind.FILL, 0)]
    fill = events[1]
    assert (fill.quantity, fill.cash) == (LARGEST_WITH_FEE, LARGEST_WITH_FEE)
    assert fill.cash + fill.fee == MAX_AMOUNT
    assert engine.balance(2, USDC) == (0, 0)
    assert engine.total(USDC) == engine.issued(USDC)


def test_prices_reach_from_one_to_the_instrument_s_limit(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_PRICE_TICKS + 1)
    assert accepts(engine.place(1, 0, Side.BUY, MAX_PRICE_TICKS, 1))
    assert accepts(engine.place(1, 0, Side.BUY, 1, 1))
    assert codes(engine.place(1, 0, Side.BUY, MAX_PRICE_TICKS + 1, 1)) == rejected(RejectCode.INVALID_PRICE)
    assert engine.depth(0, 9)[0] == [(MAX_PRICE_TICKS, 1, 1), (1, 1, 1)]


def test_market_orders_at_the_largest_prices(new_engine: Any) -> None:
    """The collar of a price near the limit ends at the limit; a notional counts lots of four billion units each."""
    engine = whole_units(new_engine)
    engine.deposit(1, AAPL, 10)
    engine.deposit(2, USDC, 1 << 40)
    assert accepts(engine.place(1, 0, Side.SELL, MAX_PRICE_TICKS, 10))
    market = {"order_type": 1, "time_in_force": TimeInForce.IOC}
    events = engine.place(2, 0, Side.BUY, 0, 3, **market)
    assert (events[0].price, events[1].quantity, events[1].cash) == (MAX_PRICE_TICKS, 3, 3 * MAX_PRICE_TICKS)
    fee = 2 * MAX_PRICE_TICKS * 65_535 // 1_000_000
    events = engine.place(2, 0, Side.BUY, 0, 2 * MAX_PRICE_TICKS + fee, quantity_kind=1, **market)
    assert (events[1].quantity, events[1].cash) == (2, 2 * MAX_PRICE_TICKS)


def test_time_never_runs_backwards(new_engine: Any) -> None:
    engine = new_engine()
    times = [engine.set_fee_schedule(1, 0, 0, timestamp_ns=time)[0].timestamp_ns for time in (5, None, 0, 3, 7)]
    assert times == [5, 5, 5, 5, 7]
    assert engine.timestamp_ns == 7
    assert engine.sequence == 5
    assert engine.halt(0, timestamp_ns=2**64 - 1)[0].timestamp_ns == 2**64 - 1
