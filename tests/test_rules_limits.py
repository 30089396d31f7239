"""The limits of the rule book's section 1, each from both sides: the last that fits, and the first that does not."""

import struct
from typing import Any

import pytest

import pyengine
from pyengine import CommandError, reference
from pyengine.commands import pack_create_account, pack_place, pack_request_withdrawal, pack_set_key, pack_set_reference
from pyengine.events import Event
from pyengine.records import (
    ACCOUNT_OPEN_ORDERS_MAX,
    CLIENT_ID_WINDOW,
    DAY_NS,
    MAX_ACCOUNTS,
    MAX_AMOUNT,
    MAX_ASSETS,
    MAX_CALL_NS,
    MAX_FEE_OVERRIDES,
    MAX_FEE_RATE,
    MAX_FEE_SCHEDULES,
    MAX_ICEBERG_SLICES,
    MAX_INSTRUMENTS,
    MAX_KEY_DOCUMENT_WORDS,
    MAX_KEYS,
    MAX_MINIMUM_ORDERS,
    MAX_OBLIGATIONS,
    MAX_OPEN_ORDERS,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    MAX_PENDING_FEE_CHANGES,
    MAX_PENDING_WITHDRAWALS_PER_ACCOUNT,
    MAX_PRICE_TICKS,
    MAX_PROTECTED_FILLS,
    MAX_QUOTE_ENTRIES,
    MAX_QUOTE_GROUPS,
    MAX_TRAILING_ORDERS,
    ORDER_GENERATION_BITS,
    ORDER_SLOT_BITS,
    PULSE_ITEMS,
    SHARD_BITS,
    TRIGGER_ITEMS,
    VOLATILITY_BUCKET,
    VOLATILITY_BUCKETS,
    AssetClass,
    CancelReason,
    EventKind,
    OrderStatus,
    Phase,
    ProtectionLimit,
    QuoteEntry,
    RejectCode,
    Side,
    StalePolicy,
    TimeInForce,
    Trigger,
    Visibility,
)
from tests.differential import REASONS
from tests.engines import NATIVE, REFERENCE
from tests.scenarios import ACCOUNTS, opening

ALICE, BOB, CAROL, DAVE = (ACCOUNTS[name] for name in ("alice", "bob", "carol", "dave"))
USDC, AAPL = 0, 1
LARGEST_WITH_FEE = 8_930_738_527_523_416_034
"""The cash that is the largest amount together with a fee of 3.2767 % on it."""
assert LARGEST_WITH_FEE + LARGEST_WITH_FEE * MAX_FEE_RATE // 1_000_000 == MAX_AMOUNT


def codes(events: Any) -> list[tuple[EventKind, int]]:
    """Kind of each event, and its reason if it has one, else 0."""
    return [(EventKind(event.kind), event.reason if event.kind in REASONS else 0) for event in events]


def rejected(code: RejectCode) -> list[tuple[EventKind, int]]:
    return [(EventKind.REJECTED, code)]


def accepts(events: Any) -> bool:
    return bool(events[0].kind == EventKind.ACCEPTED)


def whole_units(new_engine: Any) -> Any:
    """One instrument in which a lot at a tick is one unit for one unit, and accounts 1 (free) and 2 (3.2767 %)."""
    engine = new_engine()
    engine.create_asset(USDC, "USDC", AssetClass.STABLECOIN, 0)
    engine.create_asset(AAPL, "AAPL", AssetClass.EQUITY, 0)
    engine.create_instrument(0, "AAPL-USDC", AAPL, USDC, lot_size=1, tick_lot_value=1, max_price=MAX_PRICE_TICKS)
    engine.set_fee_schedule(1, MAX_FEE_RATE, MAX_FEE_RATE)
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
    assert (duplicate.kind, duplicate.reason) == (EventKind.DUPLICATE, OrderStatus.CANCELLED)
    assert duplicate.order_id == first
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, 2, client_order_id="first")) == rejected(
        RejectCode.CLIENT_ORDER_ID_REUSED
    )

    finish("one-too-many")
    assert accepts(finish("first"))
    assert finish("later-0")[0].kind == EventKind.ACCEPTED, "the id that came back pushed out the next oldest"
    assert finish("later-2")[0].kind == EventKind.DUPLICATE


def test_behind_the_window_an_id_is_for_another_order(new_engine: Any) -> None:
    engine = opening(new_engine)
    ioc = {"time_in_force": TimeInForce.IOC}
    engine.place(ALICE, 0, Side.BUY, 1, 1, **ioc, client_order_id="first")
    for number in range(CLIENT_ID_WINDOW - 1):
        engine.place(ALICE, 0, Side.BUY, 1, 1, **ioc, client_order_id=f"later-{number}")
    other = {"quantity": 2, "client_order_id": "first"}
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, **other)) == rejected(RejectCode.CLIENT_ORDER_ID_REUSED)
    engine.place(ALICE, 0, Side.BUY, 1, 1, **ioc, client_order_id="last")
    assert accepts(engine.place(ALICE, 0, Side.BUY, 1, **other))
    (duplicate,) = engine.place(ALICE, 0, Side.BUY, 1, **other)
    assert (duplicate.kind, duplicate.reason, duplicate.quantity) == (EventKind.DUPLICATE, OrderStatus.OPEN, 2)


def test_an_open_order_is_remembered_for_ever(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.place(ALICE, 0, Side.BUY, 1, 1, client_order_id="open")
    for number in range(CLIENT_ID_WINDOW + 5):
        engine.place(ALICE, 0, Side.BUY, 1, 1, time_in_force=TimeInForce.IOC, client_order_id=f"n{number}")
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, 1, client_order_id="open")) == [
        (EventKind.DUPLICATE, OrderStatus.OPEN)
    ]


@pytest.mark.parametrize("restored", [False, True])
@pytest.mark.parametrize(
    ("window", "finishes", "remembered"),
    [
        # (the window after ten orders have finished in one of 10, how many more finish, which of all are remembered)
        (10, 1, range(1, 11)),
        (20, 0, range(10)),
        (20, 5, range(15)),
        (20, 12, range(2, 22)),
        (9, 0, range(10)),
        (9, 1, range(2, 11)),
        (9, 2, range(3, 12)),
        (4, 1, range(2, 11)),
        (4, 5, range(10, 15)),
        (4, 6, range(12, 16)),
        (4, 7, range(13, 17)),
        (1, 3, range(6, 13)),
        (1, 9, range(18, 19)),
        (1, 12, range(21, 22)),
    ],
)
def test_a_window_grows_at_once_and_shrinks_by_one_with_each_order(
    new_engine: Any, window: int, finishes: int, remembered: range, restored: bool
) -> None:
    """A finish forgets at most two, so that a window that has become shorter goes on answering for a while."""
    engine = opening(new_engine)
    engine.set_account(ALICE, client_id_window=10)
    for number in range(10 + finishes):
        if number == 10:
            engine.set_account(ALICE, client_id_window=window)
        engine = new_engine.restore(engine.state_image()) if restored else engine
        engine.place(ALICE, 0, Side.BUY, 1, 1, time_in_force=TimeInForce.IOC, client_order_id=f"n{number}")
    if finishes == 0:
        engine.set_account(ALICE, client_id_window=window)
    known = []
    for number in range(10 + finishes):
        (event,) = engine.place(ALICE, 9, Side.BUY, 1, 1, client_order_id=f"n{number}")
        if event.reason == RejectCode.CLIENT_ORDER_ID_REUSED:
            known.append(number)
        else:
            assert event.reason == RejectCode.UNKNOWN_INSTRUMENT
    assert known == list(remembered)


def test_a_window_that_was_short_can_be_long(new_engine: Any) -> None:
    """What one account's window leaves and another's takes keeps them apart."""
    engine = opening(new_engine)
    ioc = {"time_in_force": TimeInForce.IOC}
    for windows in ((40, 1), (1, 40), (30, 30), (2, 60)):
        for account, window in zip((ALICE, BOB), windows, strict=True):
            engine.set_account(account, client_id_window=window)
        for number in range(150):
            for account in (ALICE, BOB):
                engine.place(account, 0, Side.BUY, 1, 1, **ioc, client_order_id=f"{windows}{number}".replace(" ", ""))
        for account, window in zip((ALICE, BOB), windows, strict=True):
            for number in (149, 150 - window, 149 - window):
                name = f"{windows}{number}".replace(" ", "")
                (event,) = engine.place(account, 9, Side.BUY, 1, 1, client_order_id=name)
                assert (event.reason == RejectCode.CLIENT_ORDER_ID_REUSED) == (number >= 150 - window)
        assert new_engine.restore(engine.state_image()).state_hash() == engine.state_hash()


# ------------------------------------------------------------------------------------------------------------ order ids


def order_id(slot: int, generation: int = 1, shard: int = 0) -> int:
    return (shard << ORDER_GENERATION_BITS + ORDER_SLOT_BITS) | (generation << ORDER_SLOT_BITS) | slot


def place(engine: Any) -> int:
    """The id of an order that rests."""
    return int(engine.place(ALICE, 0, Side.BUY, 50, 1)[0].order_id)


def test_an_id_has_room_for_shard_generation_and_slot() -> None:
    assert SHARD_BITS + ORDER_GENERATION_BITS + ORDER_SLOT_BITS == 64
    assert 1 << ORDER_SLOT_BITS == MAX_OPEN_ORDERS


def test_the_slot_freed_last_is_taken_first(new_engine: Any) -> None:
    engine = opening(new_engine)
    ids = [place(engine) for _ in range(4)]
    assert ids == [order_id(slot) for slot in range(4)]
    engine.cancel(ALICE, order_id=ids[0])
    engine.cancel(ALICE, order_id=ids[2])
    assert [place(engine) for _ in range(3)] == [order_id(2, 2), order_id(0, 2), order_id(4)]
    assert engine.order(ids[0]) is None
    assert codes(engine.cancel(ALICE, order_id=ids[0])) == rejected(RejectCode.UNKNOWN_ORDER)


def test_a_slot_that_is_used_again_gives_the_next_generation(new_engine: Any) -> None:
    engine = opening(new_engine)
    kept = place(engine)
    ids = []
    for _ in range(50):
        ids.append(place(engine))
        engine.cancel(ALICE, order_id=ids[-1])
    assert ids == [order_id(1, generation) for generation in range(1, 51)]
    assert [order.order_id for order in engine.open_orders(ALICE)] == [kept]


def test_an_order_that_fills_at_once_uses_a_slot(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.place(BOB, 0, Side.SELL, 50, 9)
    ids = [place(engine) for _ in range(3)]
    assert ids == [order_id(1, generation) for generation in (1, 2, 3)]


def test_later_orders_need_not_have_larger_ids(new_engine: Any) -> None:
    """What is oldest is known by the account, not by the id."""
    engine = opening(new_engine)
    first, second, third = (place(engine) for _ in range(3))
    engine.cancel(ALICE, order_id=first)
    engine.cancel(ALICE, order_id=second)
    again = place(engine)
    newest = place(engine)
    assert [again, newest] == [order_id(1, 2), order_id(0, 2)]
    assert newest < again
    in_order = [third, again, newest]
    assert [order.order_id for order in engine.open_orders(ALICE)] == in_order
    restored = new_engine.restore(engine.state_image())
    assert [order.order_id for order in restored.open_orders(ALICE)] == in_order
    events = restored.cancel_all(ALICE)
    assert [event.order_id for event in events[:-1]] == in_order


@pytest.mark.parametrize("shard", [0, 1, 255])
def test_every_order_id_says_its_shard(new_engine: Any, shard: int) -> None:
    engine = opening(lambda: new_engine(shard=shard))
    first = place(engine)
    assert first == order_id(0, 1, shard)
    engine.cancel(ALICE, order_id=first)
    assert place(engine) == order_id(0, 2, shard)
    restored = new_engine.restore(engine.state_image())
    assert restored.place(ALICE, 0, Side.BUY, 50, 1)[0].order_id == order_id(1, 1, shard)


@pytest.mark.parametrize(
    "genesis",
    [{"shard": 256}, {"shard": -1}, {"max_open_orders": 0}, {"max_open_orders": MAX_OPEN_ORDERS + 1}],
    ids=str,
)
def test_a_genesis_beyond_its_limits_is_refused(new_engine: Any, genesis: dict[str, int]) -> None:
    ((name, _),) = genesis.items()
    with pytest.raises(CommandError, match=name):
        new_engine(**genesis)


def test_a_worn_out_slot_is_not_used_again(new_engine: Any) -> None:
    engine = opening(new_engine)
    kept, worn = place(engine), place(engine)
    engine.cancel(ALICE, order_id=worn)
    last = (1 << ORDER_GENERATION_BITS) - 1
    slots = struct.pack("<IIIII", 2, 1, 1, 1, 1)
    image = engine.state_image()
    assert image.count(slots) == 1
    engine = new_engine.restore(image.replace(slots, struct.pack("<IIIII", 2, 1, last - 1, 1, 1)))
    final = place(engine)
    assert final == order_id(1, last)
    engine.cancel(ALICE, order_id=final)
    assert place(engine) == order_id(2)
    assert new_engine.restore(engine.state_image()).state_image() == engine.state_image()
    engine.cancel(ALICE, order_id=kept)
    assert place(engine) == order_id(0, 2)


def test_without_a_slot_the_engine_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the reference alone: the core's number of slots can not be made small."""
    monkeypatch.setattr("pyengine.reference.state.MAX_OPEN_ORDERS", 2)
    monkeypatch.setattr("pyengine.reference.state.MAX_GENERATION", 1)
    engine = opening(reference.Engine)
    for slot in range(2):
        assert place(engine) == order_id(slot)
        engine.cancel(ALICE, order_id=order_id(slot))
    assert engine.counts()[3] == 0
    assert codes(engine.place(ALICE, 0, Side.BUY, 50, 1)) == rejected(RejectCode.ENGINE_FULL)


def test_a_filled_order_frees_the_maker_s_slot_before_its_own(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.place(ALICE, 0, Side.SELL, 50, 1)
    engine.place(BOB, 0, Side.BUY, 50, 1)
    assert [place(engine) for _ in range(2)] == [order_id(1, 2), order_id(0, 2)]


def test_a_rejected_order_takes_no_id(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.place(ACCOUNTS["poor"], 0, Side.BUY, 50, 1)
    assert place(engine) == order_id(0)


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


@pytest.mark.parametrize("limit", [1, MAX_OPEN_ORDERS_PER_ACCOUNT + 1, ACCOUNT_OPEN_ORDERS_MAX])
def test_open_orders_of_an_account_with_its_own_limit(new_engine: Any, limit: int) -> None:
    engine = opening(new_engine)
    engine.set_account(ALICE, max_open_orders=limit)
    engine.apply_batch(pack_place(ALICE, 0, Side.BUY, 1, 1) * (limit + 1))
    assert engine.counts()[3] == limit
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, 1)) == rejected(RejectCode.OPEN_ORDER_LIMIT)
    restored = new_engine.restore(engine.state_image())
    assert codes(restored.place(ALICE, 0, Side.BUY, 1, 1)) == rejected(RejectCode.OPEN_ORDER_LIMIT)


def test_orders_beyond_a_lower_limit_stay_open(new_engine: Any) -> None:
    engine = opening(new_engine)
    ids = [place(engine) for _ in range(5)]
    engine.set_account(ALICE, max_open_orders=3)
    engine = new_engine.restore(engine.state_image())
    full = rejected(RejectCode.OPEN_ORDER_LIMIT)
    assert [order.order_id for order in engine.open_orders(ALICE)] == ids
    for order in ids[:3]:
        assert codes(engine.place(ALICE, 0, Side.BUY, 1, 1)) == full
        engine.cancel(ALICE, order_id=order)
    assert accepts(engine.place(ALICE, 0, Side.BUY, 1, 1))
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, 1)) == full
    engine.set_account(ALICE, max_open_orders=4)
    assert accepts(engine.place(ALICE, 0, Side.BUY, 1, 1))
    assert accepts(engine.place(BOB, 0, Side.BUY, 1, 1)), "nobody else's limit"


def test_open_orders_keep_the_rates_they_were_accepted_with(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, 10_000)
    engine.deposit(2, AAPL, 20)
    engine.place(1, 0, Side.BUY, 100, 10)
    engine.set_account(1, fee_schedule=1)
    assert engine.balance(1, USDC) == (9_000, 1_000)
    engine.place(1, 0, Side.BUY, 100, 10)
    assert engine.balance(1, USDC) == (7_968, 2_032)
    engine.set_account(2, fee_schedule=0)
    events = engine.place(2, 0, Side.SELL, 100, 20)
    assert [event.fee for event in events if event.kind == EventKind.FILL] == [0, 0, 0, 32]


@pytest.mark.parametrize("limit", [1, 40])
def test_open_orders_of_the_engine(new_engine: Any, limit: int) -> None:
    engine = opening(lambda: new_engine(max_open_orders=limit))
    engine.apply_batch(pack_place(ALICE, 0, Side.BUY, 1, 1) * limit)
    assert engine.counts()[3] == limit

    full = rejected(RejectCode.ENGINE_FULL)
    assert codes(engine.place(BOB, 0, Side.BUY, 1, 1)) == full
    assert codes(engine.place(BOB, 0, Side.BUY, 0, 1)) == rejected(RejectCode.INVALID_PRICE)
    market = {"order_type": 1, "time_in_force": TimeInForce.IOC}
    assert codes(engine.place(BOB, 0, Side.BUY, 0, 1, **market)) == full
    assert codes(engine.place(BOB, 0, Side.SELL, 1, 1, time_in_force=TimeInForce.IOC)) == full

    restored = new_engine.restore(engine.state_image())
    assert codes(restored.place(BOB, 0, Side.BUY, 1, 1)) == full
    engine.cancel(ALICE, order_id=engine.open_orders(ALICE)[0].order_id)
    assert accepts(engine.place(BOB, 0, Side.BUY, 1, 1))
    assert codes(engine.place(BOB, 0, Side.BUY, 1, 1)) == full


def test_one_account_can_not_have_all_the_room(new_engine: Any) -> None:
    """Of both limits on open orders the account's is told."""
    engine = opening(lambda: new_engine(max_open_orders=MAX_OPEN_ORDERS_PER_ACCOUNT))
    engine.apply_batch(pack_place(ALICE, 0, Side.BUY, 1, 1) * MAX_OPEN_ORDERS_PER_ACCOUNT)
    assert codes(engine.place(ALICE, 0, Side.BUY, 1, 1)) == rejected(RejectCode.OPEN_ORDER_LIMIT)
    assert codes(engine.place(BOB, 0, Side.BUY, 1, 1)) == rejected(RejectCode.ENGINE_FULL)


class SmallReference(reference.Engine):
    """The reference with limits that it can reach in a moment."""

    max_accounts = 7
    max_assets = 5
    max_instruments = 5
    max_references = 2


def create_accounts(new_engine: Any, count: int) -> Any:
    engine = new_engine()
    engine.apply_batch(b"".join(map(pack_create_account, range(1, count))))
    assert engine.counts()[2] == count
    assert codes(engine.create_account(count - 1)) == rejected(RejectCode.ALREADY_EXISTS)
    return engine


def test_a_million_accounts() -> None:
    engine = create_accounts(pyengine.Engine, 1_000_000)
    assert codes(engine.create_account(MAX_ACCOUNTS - 1)) == rejected(RejectCode.ID_NOT_NEXT)
    assert codes(engine.create_account(1_000_000)) == [(EventKind.ACCOUNT_CREATED, 0)]


def test_accounts() -> None:
    """The native engine's limit is beyond a test's memory: a unit test in its module holds it to the number."""
    limit = SmallReference.max_accounts
    engine = create_accounts(SmallReference, limit)
    assert codes(engine.create_account(limit)) == rejected(RejectCode.REGISTRY_FULL)
    assert codes(engine.create_account(limit + 1, fee_schedule=9)) == rejected(RejectCode.REGISTRY_FULL)


@pytest.mark.parametrize(
    ("new_engine", "limit"),
    [(SmallReference, SmallReference.max_assets), (pyengine.Engine, MAX_ASSETS)],
    ids=[REFERENCE, NATIVE],
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
    ids=[REFERENCE, NATIVE],
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


def test_fee_overrides(new_engine: Any) -> None:
    engine = opening(new_engine)
    schedules = MAX_FEE_OVERRIDES // 2
    later = 1_000
    for number in range(2, schedules + 1):
        engine.set_fee_schedule(number, 0, 0)
    for number in range(schedules):
        for instrument in (0, 1):
            if (number, instrument) not in ((0, 0), (1, 1)):
                assert engine.set_fee_override(number, instrument)[0].kind == EventKind.FEE_OVERRIDE_SET
    assert engine.set_fee_override(0, 0, effective_at=later)[0].kind == EventKind.FEE_OVERRIDE_SET
    assert engine.set_fee_override(1, 1, effective_at=later)[0].kind == EventKind.FEE_OVERRIDE_SET
    full = rejected(RejectCode.REGISTRY_FULL)
    for one in (engine, new_engine.restore(engine.state_image())):
        assert codes(one.set_fee_override(schedules, 0)) == full
        assert codes(one.set_fee_override(schedules, 0, effective_at=later)) == full
        assert codes(one.set_fee_override(schedules, 0, 0, 32_768)) == rejected(RejectCode.INVALID_PARAMETER)
        assert codes(one.set_fee_override(schedules, 0, change=1)) == [(EventKind.FEE_OVERRIDE_SET, 0)]
    assert engine.set_fee_override(0, 0, 1, 1, effective_at=later + 1)[0].kind == EventKind.FEE_OVERRIDE_SET
    assert engine.set_fee_override(0, 1, 1, 1)[0].kind == EventKind.FEE_OVERRIDE_SET
    assert codes(engine.set_fee_override(schedules, 0)) == full
    assert engine.set_fee_override(0, 0, change=1)[0].replaced == 2, "no override, and none that waits"
    assert engine.set_fee_override(schedules, 0)[0].kind == EventKind.FEE_OVERRIDE_SET
    assert codes(engine.set_fee_override(0, 0)) == full


def test_keys(new_engine: Any) -> None:
    engine = opening(new_engine)
    assert codes(engine.set_key(1, MAX_KEYS + 1, bytes(8))) == rejected(RejectCode.ID_NOT_NEXT)
    engine.apply_batch(b"".join(pack_set_key(1, key, key.to_bytes(8)) for key in range(1, MAX_KEYS)))
    assert codes(engine.revoke_key(1, 7)) == [(EventKind.KEY_REVOKED, 0)]
    assert codes(engine.set_key(1, MAX_KEYS, bytes(8))) == [(EventKind.KEY_SET, 0)], "what is revoked counts"
    for one in (engine, new_engine.restore(engine.state_image())):
        for key in (0, MAX_KEYS + 1, 2**32 - 1):
            assert codes(one.set_key(2, key, bytes(8), expires_at=1)) == rejected(RejectCode.REGISTRY_FULL)
        assert codes(one.set_key(1, MAX_KEYS, bytes(8 * MAX_KEY_DOCUMENT_WORDS))) == [(EventKind.KEY_SET, 0)]
        for words in (MAX_KEY_DOCUMENT_WORDS + 1, 255, 256):
            assert codes(one.set_key(1, MAX_KEYS, bytes(8 * words))) == rejected(RejectCode.MALFORMED)
        assert one.keys()[-1] == (1, 0, bytes(512))
    with pytest.raises(CommandError, match="document: 9 bytes are not a multiple of 8"):
        engine.set_key(1, 1, bytes(9))


def test_obligations(new_engine: Any) -> None:
    engine, terms = opening(new_engine), {"max_spread": 1, "min_quantity": 1, "required_bps": 1}
    for number in range(engine.counts()[2], MAX_OBLIGATIONS // 2 + 1):
        engine.create_account(number)
    for number in range(MAX_OBLIGATIONS // 2):
        for instrument in (0, 1):
            assert engine.set_obligation(number, instrument, **terms)[-1].kind == EventKind.OBLIGATION_SET
    last = MAX_OBLIGATIONS // 2
    full = rejected(RejectCode.REGISTRY_FULL)
    for one in (engine, new_engine.restore(engine.state_image())):
        assert codes(one.set_obligation(last, 0, **terms)) == full
        assert codes(one.set_obligation(last, 0, **terms | {"max_spread": 0})) == rejected(RejectCode.INVALID_PARAMETER)
        assert codes(one.set_obligation(last, 0)) == [(EventKind.OBLIGATION_SET, 0)]
        assert len(one.set_obligation(0, 1, **terms)) == 2, "the one before is scored"
        assert len(one.roll_trade_date(20_261_201)) == 1 + MAX_OBLIGATIONS
        one.set_obligation(1, 1)
        assert codes(one.set_obligation(last, 0, **terms)) == [(EventKind.OBLIGATION_SET, 0)]
        assert codes(one.set_obligation(1, 1, **terms)) == full


def test_an_override_that_will_be_taken_away_counts_until_then(new_engine: Any) -> None:
    engine = opening(new_engine)
    for number in range(2, MAX_FEE_OVERRIDES // 2 + 1):
        engine.set_fee_schedule(number, 0, 0)
    for number in range(MAX_FEE_OVERRIDES // 2):
        engine.set_fee_override(number, 0)
        engine.set_fee_override(number, 1)
    engine.set_fee_override(0, 0, change=1, effective_at=50)
    assert codes(engine.set_fee_override(2_048, 0)) == rejected(RejectCode.REGISTRY_FULL)
    engine.pulse(timestamp_ns=50)
    engine.set_fee_override(0, 0, change=1, effective_at=90)
    assert engine.set_fee_override(2_048, 0)[0].kind == EventKind.FEE_OVERRIDE_SET
    assert codes(engine.set_fee_override(0, 0)) == rejected(RejectCode.REGISTRY_FULL), "one that is taken away waits"


def test_changes_of_fees_that_wait(new_engine: Any) -> None:
    engine = opening(new_engine)
    for number in range(MAX_PENDING_FEE_CHANGES // 2):
        engine.set_fee_schedule(1, 0, number, effective_at=100 + number)
        engine.set_fee_override(1, 0, 0, number, effective_at=100 + number)
    full = rejected(RejectCode.FEE_CHANGE_LIMIT)
    for one in (engine, new_engine.restore(engine.state_image())):
        assert codes(one.set_fee_schedule(1, 0, 0, effective_at=200)) == full
        assert codes(one.set_fee_schedule(0, 0, 0, effective_at=50)) == full
        assert codes(one.set_fee_override(1, 0, effective_at=200)) == full
        assert codes(one.set_fee_override(0, 1, change=1, effective_at=200)) == full
        assert codes(one.set_fee_override(0, 1)) == [(EventKind.FEE_OVERRIDE_SET, 0)], "it does not wait"
    assert engine.set_fee_schedule(1, 0, 0, effective_at=131)[0].replaced == 1
    assert engine.set_fee_schedule(1, 0, 0, effective_at=50)[0].replaced == MAX_PENDING_FEE_CHANGES // 2
    *events, pulsed = engine.pulse(timestamp_ns=2**63)
    assert (len(events), pulsed.items) == (MAX_PENDING_FEE_CHANGES // 2 + 1,) * 2
    assert events[-1].taker_rate == MAX_PENDING_FEE_CHANGES // 2 - 1


def test_the_most_that_counts_as_traded(new_engine: Any) -> None:
    """A day counts to the largest amount, and so do all together."""
    engine, quarter = whole_units(new_engine), MAX_AMOUNT // 4
    tiers = {"notional_1": 4 * quarter, "maker_rate_1": 1, "notional_2": MAX_AMOUNT, "maker_rate_2": 2}
    engine.set_fee_schedule(0, 0, 0, **tiers)
    engine.create_account(3)
    for account in (1, 3):
        engine.deposit(account, USDC, MAX_AMOUNT // 2)
        engine.deposit(account, AAPL, MAX_AMOUNT // 2)
    fees = []
    for day in (0, 0, 0, 1, 1):
        for seller, buyer in ((1, 3), (3, 1)):
            engine.place(seller, 0, Side.SELL, 1, quarter, timestamp_ns=day * DAY_NS)
            fees.append(engine.place(buyer, 0, Side.BUY, 1, quarter)[-1].fee)
    assert fees == [0] * 4 + [quarter // 1_000_000] + [2 * quarter // 1_000_000] * 5
    restored = new_engine.restore(engine.state_image())
    assert restored.state_image() == engine.state_image()


@pytest.mark.parametrize("side", Side)
def test_open_notional_beyond_an_amount(new_engine: Any, side: Side) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT)
    engine.deposit(1, AAPL, MAX_AMOUNT)
    engine.set_account(1, max_open_notional=MAX_AMOUNT)
    assert accepts(engine.place(1, 0, side, 1, MAX_AMOUNT))
    (event,) = engine.place(1, 0, Side.SELL, 2, MAX_AMOUNT // 2)
    assert (event.reason, event.value, event.bound) == (RejectCode.OPEN_NOTIONAL_LIMIT, MAX_AMOUNT, MAX_AMOUNT)
    (event,) = engine.place(1, 0, Side.SELL, 2, 1)
    assert (event.reason, event.value, event.bound) == (RejectCode.OPEN_NOTIONAL_LIMIT, MAX_AMOUNT, MAX_AMOUNT)


def test_pending_withdrawals(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.apply_batch(pack_request_withdrawal(ALICE, USDC, 1) * MAX_PENDING_WITHDRAWALS_PER_ACCOUNT)
    full = rejected(RejectCode.WITHDRAWAL_LIMIT)
    assert codes(engine.request_withdrawal(ALICE, USDC, 1)) == full
    assert codes(engine.request_withdrawal(ALICE, AAPL, 1)) == full, "of all assets together"
    assert codes(engine.request_withdrawal(ALICE, USDC, MAX_AMOUNT)) == full
    assert codes(engine.request_withdrawal(ALICE, USDC, 0)) == rejected(RejectCode.INVALID_AMOUNT)
    restored = new_engine.restore(engine.state_image())
    assert codes(restored.request_withdrawal(ALICE, USDC, 1)) == full

    last = MAX_PENDING_WITHDRAWALS_PER_ACCOUNT
    for step in (engine.settle_withdrawal, engine.cancel_withdrawal):
        step(ALICE, last - 30)
        (event,) = engine.request_withdrawal(ALICE, USDC, 1)
        last += 1
        assert (event.kind, event.withdrawal_id) == (EventKind.WITHDRAWAL_REQUESTED, last)
        assert codes(engine.request_withdrawal(ALICE, USDC, 1)) == full
    assert engine.total(USDC) == engine.issued(USDC)


def test_pending_withdrawals_of_others_do_not_count(new_engine: Any) -> None:
    engine = opening(new_engine)
    for account in (ALICE, CAROL):
        engine.apply_batch(pack_request_withdrawal(account, USDC, 1) * MAX_PENDING_WITHDRAWALS_PER_ACCOUNT)
    requested = [(EventKind.WITHDRAWAL_REQUESTED, 0)]
    assert [codes(engine.request_withdrawal(BOB, USDC, 1)) for _ in range(MAX_PENDING_WITHDRAWALS_PER_ACCOUNT)] == [
        requested
    ] * MAX_PENDING_WITHDRAWALS_PER_ACCOUNT
    assert codes(engine.request_withdrawal(BOB, USDC, 1)) == rejected(RejectCode.WITHDRAWAL_LIMIT)
    poor = ACCOUNTS["poor"]
    assert codes(engine.request_withdrawal(poor, USDC, 1)) == rejected(RejectCode.INSUFFICIENT_FUNDS)


def test_references() -> None:
    """The native engine's limit is beyond a test's memory: a unit test of `engine/money.rs` holds it to one."""
    engine = opening(SmallReference)
    assert accepts_money(engine.deposit(ALICE, USDC, 5, reference="first"))
    assert accepts_money(engine.transfer(BOB, ALICE, USDC, 5, reference="first"))
    for restored in (engine, SmallReference.restore(engine.state_image())):
        full = rejected(RejectCode.ENGINE_FULL)
        assert codes(restored.deposit(ALICE, USDC, 5, reference="second")) == full
        assert codes(restored.deposit(ALICE, USDC, -5, reference="second")) == full
        assert codes(restored.deposit(ALICE, USDC, 6, reference="first")) == rejected(RejectCode.REFERENCE_REUSED)
        assert codes(restored.deposit(ALICE, USDC, 5, reference="first")) == [(EventKind.MONEY_REPEATED, 0)]
        assert accepts_money(restored.deposit(ALICE, USDC, 5))


def accepts_money(events: Any) -> bool:
    return EventKind.REJECTED not in [event.kind for event in events]


# ------------------------------------------------------------------------------------------------------ kinds of orders


@pytest.mark.parametrize("side", Side)
def test_hidden_orders_with_a_minimum(new_engine: Any, side: Side) -> None:
    engine = opening(new_engine)
    far, near = (1, 2) if side == Side.BUY else (1_000, 999)
    picky: dict[str, Any] = {"visibility": Visibility.HIDDEN, "min_quantity": 1}
    engine.apply_batch(pack_place(ALICE, 0, side, far, 1, **picky) * MAX_MINIMUM_ORDERS)
    full = rejected(RejectCode.INSTRUMENT_ORDER_LIMIT)
    assert codes(engine.place(BOB, 0, side, near, 1, **picky)) == full
    assert codes(new_engine.restore(engine.state_image()).place(BOB, 0, side, near, 1, **picky)) == full
    assert accepts(engine.place(BOB, 0, side, near, 1, visibility=Visibility.HIDDEN)), "without a minimum"
    assert codes(engine.place(BOB, 0, side, near, 1, min_quantity=1)) == rejected(RejectCode.MIN_QUANTITY_UNFILLABLE)
    assert accepts(engine.place(BOB, 1, side, near, 1, **picky)), "another instrument"
    assert accepts(engine.place(BOB, 0, 1 - side, 500, 1, **picky)), "another side"
    assert codes(engine.place(BOB, 0, side, 500, 1, **picky)) == full, "though it would be filled"
    engine.cancel(ALICE, order_id=engine.open_orders(ALICE)[0].order_id)
    assert accepts(engine.place(BOB, 0, side, near, 1, **picky))
    assert codes(engine.place(BOB, 0, side, near, 1, **picky)) == full


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("trigger", [Trigger.LAST_TRADE, Trigger.BEST_OPPOSITE, Trigger.REFERENCE])
def test_trailing_stops(new_engine: Any, side: Side, trigger: Trigger) -> None:
    engine = opening(new_engine)
    trailing: dict[str, Any] = {"trigger": trigger, "trigger_price": 500, "trail": 3}
    engine.apply_batch(pack_place(ALICE, 0, side, 1, 1, **trailing) * MAX_TRAILING_ORDERS)
    full = rejected(RejectCode.INSTRUMENT_ORDER_LIMIT)
    assert codes(engine.place(BOB, 0, side, 1, 1, **trailing)) == full
    assert codes(new_engine.restore(engine.state_image()).place(BOB, 0, side, 1, 1, **trailing)) == full
    assert codes(engine.place(BOB, 0, side, 1, 1, **trailing | {"trigger_price": 0})) == full, "before its value"
    assert accepts(engine.place(BOB, 0, side, 1, 1, **trailing | {"trail": 0})), "one that does not trail"
    assert accepts(engine.place(BOB, 0, 1 - side, 1, 1, **trailing)), "another side"
    assert accepts(engine.place(BOB, 1, side, 1, 1, **trailing)), "another instrument"
    assert accepts(engine.place(BOB, 0, side, 1, 1, **trailing | {"trigger": trigger % 3 + 1})), "another trigger"
    engine.cancel(ALICE, order_id=engine.open_orders(ALICE)[7].order_id)
    assert accepts(engine.place(BOB, 0, side, 1, 1, **trailing))
    assert codes(engine.place(BOB, 0, side, 1, 1, **trailing)) == full


def test_slices_of_an_iceberg(new_engine: Any) -> None:
    """An amendment shows another one: they are counted in a byte."""
    engine = opening(new_engine)
    limit = MAX_ICEBERG_SLICES
    assert codes(engine.place(ALICE, 0, Side.SELL, 50, limit + 1, display_quantity=1)) == rejected(
        RejectCode.INVALID_QUANTITY
    )
    assert codes(engine.place(ALICE, 0, Side.SELL, 50, MAX_AMOUNT, display_quantity=MAX_AMOUNT // limit)) == rejected(
        RejectCode.INVALID_QUANTITY
    )
    assert codes(
        engine.place(ALICE, 0, Side.SELL, 50, MAX_AMOUNT, display_quantity=MAX_AMOUNT // limit + 1)
    ) == rejected(RejectCode.OVERFLOW)
    number = engine.place(ALICE, 0, Side.SELL, 50, limit, display_quantity=1)[0].order_id
    engine.place(BOB, 0, Side.BUY, 50, limit - 1)
    assert (engine.order(number).slice, engine.order(number).leaves) == (limit - 1, 1)
    engine.amend(ALICE, 51, limit, order_id=number)
    assert (engine.order(number).slice, engine.depth(0, 1)[1]) == (0, [(51, 1, 1)])
    assert new_engine.restore(engine.state_image()).order(number).slice == 0


def stops(engine: Any, count: int, instrument: int = 0, trigger: Trigger = Trigger.REFERENCE) -> list[int]:
    """So many sell stops of alice that are reached at 90 and then rest at 500; returns their ids."""
    one = pack_place(ALICE, instrument, Side.SELL, 500, 1, trigger=trigger, trigger_price=90)
    return [event.order_id for event in map(engine_event, engine.apply_batch(one * count))]


def engine_event(row: Any) -> Any:
    return Event.from_bytes(row.tobytes())


def entered(events: Any) -> list[int]:
    return [event.order_id for event in events if event.kind == EventKind.TRIGGERED]


@pytest.mark.parametrize("restored", [False, True])
def test_stops_that_one_command_lets_in(new_engine: Any, restored: bool) -> None:
    engine = opening(new_engine)
    few = TRIGGER_ITEMS
    ids = stops(engine, 2 * few + 3)

    def again(engine: Any) -> Any:
        return new_engine.restore(engine.state_image()) if restored else engine

    events = engine.set_reference(0, 90, timestamp_ns=5)
    assert (events[0].kind, entered(events), len(events)) == (EventKind.REFERENCE_SET, ids[:few], few + 1)
    assert engine.next_due == 5
    engine = again(engine)
    assert engine.next_due == 5
    assert entered(engine.place(BOB, 1, Side.BUY, 1, 1)) == [], "another instrument"
    assert entered(engine.place(BOB, 0, Side.BUY, 0, 1)) == [], "a rejected command"
    assert entered(engine.place(BOB, 0, Side.BUY, 1, 1, timestamp_ns=6)) == ids[few : 2 * few], "whatever touches it"
    assert engine.next_due == 6
    engine = again(engine)
    *events, pulsed = engine.pulse(timestamp_ns=8)
    assert (entered(events), pulsed.items) == (ids[2 * few :], 3)
    assert engine.next_due is None
    assert engine.pulse()[0].items == 0


def test_exactly_so_many_stops_need_no_pulse(new_engine: Any) -> None:
    engine = opening(new_engine)
    ids = stops(engine, TRIGGER_ITEMS)
    assert entered(engine.set_reference(0, 90)) == ids
    assert engine.next_due is None


def test_stops_and_ends_that_one_pulse_does(new_engine: Any) -> None:
    engine = opening(new_engine)
    ids = stops(engine, TRIGGER_ITEMS + PULSE_ITEMS)
    for _ in range(2):
        engine.place(BOB, 0, Side.BUY, 1, 1, expires_at=9)
    assert entered(engine.set_reference(0, 90, timestamp_ns=5)) == ids[:TRIGGER_ITEMS]
    *events, pulsed = engine.pulse(timestamp_ns=9)
    assert (entered(events), pulsed.items) == (ids[TRIGGER_ITEMS:-2], PULSE_ITEMS)
    assert [event.kind for event in events[:3]] == [EventKind.CANCELLED] * 2 + [EventKind.TRIGGERED]
    assert engine.next_due == 9
    *events, pulsed = engine.pulse(timestamp_ns=10)
    assert (entered(events), pulsed.items) == (ids[-2:], 2)


def test_the_bound_is_of_all_instruments(new_engine: Any) -> None:
    """One command uncovers the bids of two instruments."""
    engine = opening(new_engine)
    for instrument in (1, 0):
        engine.place(CAROL, instrument, Side.BUY, 95, 1)
        engine.place(BOB, instrument, Side.BUY, 80, 1)
    many = TRIGGER_ITEMS - 20
    of_gold = stops(engine, many, 1, Trigger.BEST_OPPOSITE)
    of_aapl = stops(engine, many, 0, Trigger.BEST_OPPOSITE)
    assert entered(engine.cancel_all(CAROL)) == of_aapl + of_gold[:20]
    assert entered(engine.pulse()) == of_gold[20:]


def test_a_halt_defers_what_has_been_reached(new_engine: Any) -> None:
    engine = opening(new_engine)
    ids = stops(engine, 3 * TRIGGER_ITEMS)
    engine.set_reference(0, 90, timestamp_ns=5)
    engine.halt(0)
    engine.set_reference(0, 100)
    assert engine.next_due is None
    assert engine.pulse()[0].items == 0
    engine = new_engine.restore(engine.state_image())
    events = engine.resume(0)
    assert entered(events) == ids[TRIGGER_ITEMS : 2 * TRIGGER_ITEMS], "the mark is where the value has been"
    assert engine.next_due == 5
    assert entered(engine.pulse()) == ids[2 * TRIGGER_ITEMS :]


def test_a_mark_that_nothing_waits_for_is_dropped(new_engine: Any) -> None:
    engine = opening(new_engine)
    stops(engine, TRIGGER_ITEMS + 5)
    engine.set_reference(0, 90)
    assert engine.next_due == 0
    engine.cancel_all(ALICE)
    assert engine.next_due is None
    engine.set_reference(0, 100)
    assert accepts(engine.place(ALICE, 0, Side.SELL, 500, 1, trigger=Trigger.REFERENCE, trigger_price=90))


def test_a_mark_of_a_halted_instrument_comes_back_though_nothing_waits(new_engine: Any) -> None:
    engine = opening(new_engine)
    stops(engine, TRIGGER_ITEMS + 2)
    engine.set_reference(0, 90)
    engine.halt(0)
    engine.cancel_all(ALICE)
    restored = new_engine.restore(engine.state_image())
    for each in (engine, restored):
        each.resume(0)
        assert each.next_due is None
    assert restored.state_hash() == engine.state_hash()


def test_a_mark_reaches_new_stops_as_the_value_did(new_engine: Any) -> None:
    """The last trade has been at 90, is at 100, and more stops were reached than one command lets in."""
    engine = opening(new_engine)
    ids = stops(engine, TRIGGER_ITEMS + 1, trigger=Trigger.LAST_TRADE)
    for price in (90, 100):
        engine.place(BOB, 0, Side.SELL, price, 1)
    assert entered(engine.place(CAROL, 0, Side.BUY, 100, 2)) == ids[:-1]
    stop = {"trigger": Trigger.LAST_TRADE}
    would = rejected(RejectCode.WOULD_TRIGGER)
    for trigger_price in (90, 95):
        assert codes(engine.place(BOB, 0, Side.SELL, 500, 1, **stop, trigger_price=trigger_price)) == would
    assert codes(engine.place(BOB, 0, Side.SELL, 500, 1, **stop, trail=5)) == would
    restored = new_engine.restore(engine.state_image())
    assert codes(restored.place(BOB, 0, Side.SELL, 500, 1, **stop, trigger_price=90)) == would
    events = engine.place(BOB, 0, Side.SELL, 500, 1, **stop, trigger_price=89)
    assert accepts(events)
    assert entered(events) == ids[-1:]
    assert accepts(engine.place(BOB, 0, Side.SELL, 500, 1, **stop, trigger_price=95)), "the mark is gone"


def test_a_mark_reaches_amended_stops_too(new_engine: Any) -> None:
    engine = opening(new_engine)
    stops(engine, TRIGGER_ITEMS + 1, trigger=Trigger.LAST_TRADE)
    (mine,) = engine.place(BOB, 0, Side.SELL, 500, 1, trigger=Trigger.LAST_TRADE, trigger_price=80)
    for price in (90, 100):
        engine.place(DAVE, 0, Side.SELL, price, 1)
    engine.place(CAROL, 0, Side.BUY, 100, 2)
    would = rejected(RejectCode.WOULD_TRIGGER)
    assert codes(engine.amend(BOB, 500, 1, order_id=mine.order_id, trigger_price=90)) == would
    amended, *rest = engine.amend(BOB, 500, 1, order_id=mine.order_id, trigger_price=89)
    assert (amended.kind, len(entered(rest))) == (EventKind.AMENDED, 1)


@pytest.mark.parametrize("first", [90, 80])
def test_the_mark_is_the_most_extreme_value(new_engine: Any, first: int) -> None:
    """Seen in either order, 80 is further than 90."""
    engine = opening(new_engine)
    ids = stops(engine, TRIGGER_ITEMS)
    lower = pack_place(ALICE, 0, Side.SELL, 500, 1, trigger=Trigger.REFERENCE, trigger_price=80)
    ids += [event.order_id for event in map(engine_event, engine.apply_batch(lower * TRIGGER_ITEMS))]
    batch = pack_set_reference(0, first) + pack_set_reference(0, 170 - first)
    assert entered(map(engine_event, engine.apply_batch(batch))) == ids
    assert engine.next_due is None


# ------------------------------------------------------------------------------------------------------- market makers


def test_entries_of_a_mass_quote(new_engine: Any) -> None:
    engine = opening(new_engine)
    entries = [QuoteEntry(instrument, 5, 7, 1, 1) for instrument in range(MAX_QUOTE_ENTRIES + 1)]
    assert codes(engine.mass_quote(ALICE, 1, entries)) == rejected(RejectCode.MALFORMED)
    assert codes(engine.mass_quote(ALICE, 1, entries * 9)) == rejected(RejectCode.MALFORMED)
    *_, done = engine.mass_quote(ALICE, 1, entries[:-1])
    assert (done.accepted, done.refused) == (4, 2 * MAX_QUOTE_ENTRIES - 4)


def test_every_instrument_a_mass_quote_can_name(new_engine: Any) -> None:
    engine = opening(new_engine)
    for number in range(2, MAX_QUOTE_ENTRIES):
        engine.create_instrument(number, f"I{number}", 2, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    entries = [QuoteEntry(instrument, 5, 7, 1, 1) for instrument in range(MAX_QUOTE_ENTRIES)]
    for field in ("accepted", "kept"):
        *_, done = engine.mass_quote(ALICE, MAX_QUOTE_GROUPS, entries)
        assert getattr(done, field) == 2 * MAX_QUOTE_ENTRIES
    engine = new_engine.restore(engine.state_image())
    *events, done = engine.mass_quote(ALICE, MAX_QUOTE_GROUPS, [entry._replace(bid_quantity=0) for entry in entries])
    assert (len(events), done.withdrawn, done.kept) == (MAX_QUOTE_ENTRIES,) * 3


def test_every_quote_group(new_engine: Any) -> None:
    engine = opening(new_engine)
    for group in range(1, MAX_QUOTE_GROUPS + 1):
        assert accepts(engine.mass_quote(ALICE, group, [QuoteEntry(0, 1 + group, 0, 1, 0)]))
        engine.set_market_maker_protection(ALICE, group, window_ns=1, max_fills=1)
    engine = new_engine.restore(engine.state_image())
    events = engine.place(BOB, 0, Side.SELL, 1, MAX_QUOTE_GROUPS)
    hit = [event.quote_group for event in events if event.kind == EventKind.PROTECTION_TRIGGERED]
    assert hit == list(range(MAX_QUOTE_GROUPS, 0, -1))


def test_a_quote_needs_room_in_the_engine_unless_it_has_it(new_engine: Any) -> None:
    engine = opening(lambda: new_engine(max_open_orders=2))
    assert accepts(engine.place(BOB, 1, Side.BUY, 1, 1))
    *events, done = engine.mass_quote(ALICE, 1, [QuoteEntry(0, 5, 7, 1, 1)])
    assert codes(events)[1:] == [(EventKind.QUOTE_REJECTED, RejectCode.ENGINE_FULL)]
    assert (done.accepted, done.refused) == (1, 1)
    *_, done = engine.mass_quote(ALICE, 1, [QuoteEntry(0, 6, 0, 2, 0)])
    assert (done.changed, done.refused) == (1, 0)
    *events, done = engine.mass_quote(ALICE, 1, [QuoteEntry(0, 0, 7, 0, 1)])
    assert (done.withdrawn, done.accepted) == (1, 1), "the bid leaves its room to the ask"


@pytest.mark.parametrize("restored", [False, True])
def test_fills_of_a_protection(new_engine: Any, restored: bool) -> None:
    """As many as it can count, and the last is one too many."""
    engine = opening(new_engine)
    for account in (ALICE, BOB):
        engine.deposit(account, AAPL, 10 * MAX_PROTECTED_FILLS)
    engine.set_market_maker_protection(ALICE, 1, window_ns=1, max_fills=MAX_PROTECTED_FILLS)
    engine.mass_quote(ALICE, 1, [QuoteEntry(0, 0, 5, 0, MAX_PROTECTED_FILLS + 1)])
    engine.apply_batch(pack_place(BOB, 0, Side.BUY, 5, 1) * (MAX_PROTECTED_FILLS - 1))
    if restored:
        engine = new_engine.restore(engine.state_image())
    *_, breach, gone = engine.place(BOB, 0, Side.BUY, 5, 1)
    assert (breach.kind, breach.limit) == (EventKind.PROTECTION_TRIGGERED, ProtectionLimit.FILLS)
    assert (breach.fills, breach.quantity, breach.delta) == (
        MAX_PROTECTED_FILLS,
        MAX_PROTECTED_FILLS,
        -MAX_PROTECTED_FILLS,
    )
    assert (gone.reason, gone.leaves) == (CancelReason.PROTECTION, 1)


@pytest.mark.parametrize("side", Side)
def test_sums_that_are_no_amounts_any_more(new_engine: Any, side: Side) -> None:
    """What is bought comes back before it is bought again: the sums go beyond what there is."""
    engine = whole_units(new_engine)
    for account, asset in ((0, USDC), (1, AAPL)) if side == Side.BUY else ((0, AAPL), (1, USDC)):
        engine.deposit(account, asset, MAX_AMOUNT)
    engine.set_market_maker_protection(0, 1, window_ns=1, max_fills=2)
    for turn in range(2):
        if turn:
            there, back = (USDC, AAPL) if side == Side.BUY else (AAPL, USDC)
            engine.transfer(0, 1, back, MAX_AMOUNT)
            engine.transfer(1, 0, there, MAX_AMOUNT)
        lots = (MAX_AMOUNT, 0) if side == Side.BUY else (0, MAX_AMOUNT)
        assert accepts(engine.mass_quote(0, 1, [QuoteEntry(0, 1, 1, *lots)]))
        *_, last = engine.place(1, 0, 1 - side, 1, MAX_AMOUNT)
    assert (last.kind, last.quantity, last.notional) == (EventKind.PROTECTION_TRIGGERED, MAX_AMOUNT, MAX_AMOUNT)
    assert last.delta == (MAX_AMOUNT if side == Side.BUY else -MAX_AMOUNT)


def test_the_largest_limits_are_reached(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(0, USDC, MAX_AMOUNT)
    engine.deposit(1, AAPL, MAX_AMOUNT)
    engine.set_market_maker_protection(0, 1, window_ns=1, max_fills=9, max_delta=MAX_AMOUNT)
    engine.mass_quote(0, 1, [QuoteEntry(0, 1, 0, MAX_AMOUNT, 0)])
    assert engine.place(1, 0, Side.SELL, 1, MAX_AMOUNT - 1)[-1].kind == EventKind.FILL
    breach = engine.place(1, 0, Side.SELL, 1, 1)[-1]
    assert (breach.kind, breach.limit, breach.delta) == (
        EventKind.PROTECTION_TRIGGERED,
        ProtectionLimit.DELTA,
        MAX_AMOUNT,
    )


def cancelled(events: Any) -> list[int]:
    return [event.order_id for event in events if event.kind == EventKind.CANCELLED]


def many_orders(engine: Any, account: int, count: int) -> list[int]:
    rows = engine.apply_batch(pack_place(account, 0, Side.BUY, 1, 1) * count)
    return [engine_event(row).order_id for row in rows]


@pytest.mark.parametrize("restored", [False, True])
def test_a_timer_that_takes_more_than_one_pulse(new_engine: Any, restored: bool) -> None:
    engine = opening(new_engine)
    ids = many_orders(engine, ALICE, PULSE_ITEMS + 3)
    engine.cancel_after(ALICE, 5, timestamp_ns=10)
    engine.cancel_after(BOB, 6)
    *events, pulsed = engine.pulse(timestamp_ns=20)
    assert (cancelled(events), pulsed.items, engine.next_due) == (ids[:PULSE_ITEMS], PULSE_ITEMS, 15)
    if restored:
        engine = new_engine.restore(engine.state_image())
    (late, *_) = engine.place(ALICE, 0, Side.BUY, 1, 1)
    *events, pulsed = engine.pulse()
    assert (cancelled(events), pulsed.items) == ([*ids[PULSE_ITEMS:], late.order_id], 3 + 1 + 1 + 1)
    assert engine.next_due is None


def test_who_speaks_in_the_midst_of_it_is_there_again(new_engine: Any) -> None:
    engine = opening(new_engine)
    ids = many_orders(engine, ALICE, PULSE_ITEMS + 3)
    engine.cancel_after(ALICE, 5, timestamp_ns=10)
    engine.pulse(timestamp_ns=20)
    engine.cancel_after(ALICE, 5)
    assert engine.pulse()[0].items == 0
    *events, pulsed = engine.pulse(timestamp_ns=25)
    assert (cancelled(events), pulsed.items) == (ids[PULSE_ITEMS:], 4)


def test_the_end_of_a_timer_is_an_item(new_engine: Any) -> None:
    engine = opening(new_engine)
    many_orders(engine, ALICE, PULSE_ITEMS)
    engine.cancel_after(ALICE, 5, timestamp_ns=10)
    assert engine.pulse(timestamp_ns=20)[-1].items == PULSE_ITEMS
    assert engine.counts()[3] == 0
    assert engine.next_due == 15
    assert engine.pulse()[-1].items == 1
    assert engine.next_due is None


def test_expiries_timers_days_and_stops_share_a_pulse(new_engine: Any) -> None:
    engine = opening(new_engine)
    entering = stops(engine, TRIGGER_ITEMS + 9)
    days = [engine.place(BOB, 0, Side.BUY, 1, 1, lifetime=1)[0].order_id for _ in range(2)]
    engine.roll_trade_date(20261201)
    of_timer = many_orders(engine, CAROL, PULSE_ITEMS - 5)
    engine.cancel_after(CAROL, 5)
    for _ in range(3):
        engine.place(DAVE, 0, Side.BUY, 1, 1, expires_at=9)
    engine.set_reference(0, 90)
    *events, pulsed = engine.pulse(timestamp_ns=9)
    assert pulsed.items == PULSE_ITEMS
    assert cancelled(events)[3:] == [*of_timer, days[0]]
    assert entered(events) == []
    *events, pulsed = engine.pulse()
    assert (cancelled(events), entered(events)) == (days[1:], entering[TRIGGER_ITEMS:])


# -------------------------------------------------------------------------------------------------------------- amounts


def test_an_asset_can_be_issued_up_to_the_largest_amount(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT - 5)
    assert codes(engine.deposit(2, USDC, 6)) == rejected(RejectCode.OVERFLOW)
    assert engine.deposit(2, USDC, 5)[0].kind == EventKind.DEPOSITED
    assert codes(engine.deposit(2, USDC, 1)) == rejected(RejectCode.OVERFLOW)
    assert engine.total(USDC) == engine.issued(USDC) == MAX_AMOUNT
    engine.settle_withdrawal(2, engine.request_withdrawal(2, USDC, 5)[0].withdrawal_id)
    assert engine.deposit(1, USDC, 5)[0].kind == EventKind.DEPOSITED


def test_the_largest_order_trades(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT)
    engine.deposit(2, AAPL, MAX_AMOUNT)
    assert accepts(engine.place(1, 0, Side.BUY, 1, MAX_AMOUNT))
    assert engine.depth(0, 5) == ([(1, MAX_AMOUNT, 1)], [])
    events = engine.place(2, 0, Side.SELL, 1, MAX_AMOUNT)
    fee = MAX_AMOUNT * MAX_FEE_RATE // 1_000_000
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


def test_a_market_stop_that_has_trailed_keeps_a_limit_that_can_be_paid(new_engine: Any) -> None:
    """The collar around 990 is 941, at which it would be worth too much; that around 90 is 86."""
    engine = whole_units(new_engine)
    fits = MAX_AMOUNT // 86
    engine.deposit(1, AAPL, fits)
    engine.set_reference(0, 100)
    stop = {"order_type": 1, "time_in_force": 1, "trigger": Trigger.REFERENCE, "trail": 10}
    assert codes(engine.place(1, 0, Side.SELL, 0, fits + 1, **stop)) == rejected(RejectCode.OVERFLOW)
    (accepted,) = engine.place(1, 0, Side.SELL, 0, fits, **stop)
    assert (accepted.price, accepted.trigger_price) == (86, 90)
    engine.set_reference(0, 1_000)
    assert codes(engine.amend(1, 0, fits - 1, order_id=accepted.order_id)) == rejected(RejectCode.OVERFLOW)
    _, triggered, cancelled = engine.set_reference(0, 990)
    assert (triggered.price, triggered.trigger_price, cancelled.leaves) == (86, 990, fits)


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


def test_a_price_is_as_large_in_events_as_in_commands(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT // 2)
    engine.deposit(2, AAPL, 2)
    engine.place(1, 0, Side.BUY, MAX_PRICE_TICKS, 2, client_order_id="dear")
    (amended,) = engine.amend(1, MAX_PRICE_TICKS - 1, 2, client_order_id="dear")
    assert (amended.price, amended.previous_price) == (MAX_PRICE_TICKS - 1, MAX_PRICE_TICKS)
    events = engine.place(2, 0, Side.SELL, MAX_PRICE_TICKS - 1, 1)
    assert [event.price for event in events] == [MAX_PRICE_TICKS - 1] * 3
    assert new_engine.restore(engine.state_image()).depth(0, 1) == ([(MAX_PRICE_TICKS - 1, 1, 1)], [])


def test_prices_reach_from_one_to_the_instrument_s_limit(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_PRICE_TICKS + 1)
    assert accepts(engine.place(1, 0, Side.BUY, MAX_PRICE_TICKS, 1))
    assert accepts(engine.place(1, 0, Side.BUY, 1, 1))
    assert codes(engine.place(1, 0, Side.BUY, MAX_PRICE_TICKS + 1, 1)) == rejected(RejectCode.INVALID_PRICE)
    assert engine.depth(0, 9)[0] == [(MAX_PRICE_TICKS, 1, 1), (1, 1, 1)]


# ------------------------------------------------------------------------------------------------- auctions and limits


def refused(events: Any) -> tuple[RejectCode, int, int] | None:
    """Why a command is refused, with what it says of the limit."""
    first = events[0]
    return (RejectCode(first.reason), first.value, first.bound) if first.kind == EventKind.REJECTED else None


def test_stops_and_trades_of_an_auction_are_counted_together(new_engine: Any) -> None:
    engine = opening(new_engine)
    ids = stops(engine, 9, trigger=Trigger.LAST_TRADE)
    engine.set_phase(0, Phase.AUCTION)
    engine.place(BOB, 0, Side.BUY, 90, TRIGGER_ITEMS - 5)
    engine.place(CAROL, 0, Side.SELL, 90, TRIGGER_ITEMS - 5, display_quantity=1)
    assert entered(engine.set_phase(0, Phase.CONTINUOUS)) == ids[:5]
    *events, pulsed = engine.pulse()
    assert (entered(events), pulsed.items) == (ids[5:], 4)


def test_the_largest_auction(new_engine: Any) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT)
    engine.deposit(2, AAPL, MAX_AMOUNT)
    engine.set_phase(0, Phase.AUCTION)
    assert accepts(engine.place(1, 0, Side.BUY, 1, MAX_AMOUNT))
    for quantity in (MAX_AMOUNT - 1, 1):
        assert accepts(engine.place(2, 0, Side.SELL, 1, quantity))
    uncrossed, *fills, _ = engine.set_phase(0, Phase.CONTINUOUS)
    assert (uncrossed.price, uncrossed.quantity, uncrossed.surplus) == (1, MAX_AMOUNT, 0)
    fee = sum(quantity * MAX_FEE_RATE // 1_000_000 for quantity in (MAX_AMOUNT - 1, 1))
    assert [fill.quantity for fill in fills] == [MAX_AMOUNT - 1, MAX_AMOUNT - 1, 1, 1]
    assert engine.balance(2, USDC) == (MAX_AMOUNT - fee, 0)
    assert engine.balance(1, AAPL) == (MAX_AMOUNT, 0)


@pytest.mark.parametrize(("side", "surplus"), [(Side.BUY, MAX_AMOUNT - 1), (Side.SELL, 1 - MAX_AMOUNT)])
def test_the_largest_surplus(new_engine: Any, side: Side, surplus: int) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT)
    engine.deposit(1, AAPL, MAX_AMOUNT)
    engine.set_phase(0, Phase.AUCTION)
    for each in Side:
        assert accepts(engine.place(1, 0, each, 1, MAX_AMOUNT if each == side else 1))
    assert engine.set_phase(0, Phase.CONTINUOUS)[0].surplus == surplus


def test_an_auction_at_the_ends_of_the_prices(new_engine: Any) -> None:
    """Without a reference the price is in the middle of what all orders reach."""
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT)
    engine.deposit(1, AAPL, 1)
    engine.set_phase(0, Phase.AUCTION)
    engine.place(1, 0, Side.BUY, MAX_PRICE_TICKS, 1)
    engine.place(1, 0, Side.SELL, 1, 1)
    assert engine.set_phase(0, Phase.CONTINUOUS)[0].price == (1 + MAX_PRICE_TICKS) // 2


def test_lots_of_an_order(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.set_trading_limits(0, max_quantity=10)
    assert accepts(engine.place(ALICE, 0, Side.SELL, 100, 10, client_order_id="a"))
    assert refused(engine.place(ALICE, 0, Side.SELL, 100, 11)) == (RejectCode.ORDER_TOO_LARGE, 11, 10)
    assert accepts(engine.place(BOB, 0, Side.BUY, 100, 4))
    # The new total counts, not what is left of it.
    assert refused(engine.amend(ALICE, 101, 11, client_order_id="a")) == (RejectCode.ORDER_TOO_LARGE, 11, 10)
    assert refused(engine.amend(ALICE, 101, 10, client_order_id="a")) is None
    # What keeps its place is not asked: a limit that came later lets it be.
    engine.set_trading_limits(0, max_quantity=1)
    assert refused(engine.amend(ALICE, 101, 9, client_order_id="a")) is None
    assert refused(engine.amend(ALICE, 100, 9, client_order_id="a")) == (RejectCode.ORDER_TOO_LARGE, 9, 1)
    stop = {"trigger": Trigger.REFERENCE, "trigger_price": 900}
    assert accepts(engine.place(ALICE, 0, Side.BUY, 900, 1, client_order_id="s", **stop))
    assert refused(engine.amend(ALICE, 900, 2, client_order_id="s")) == (RejectCode.ORDER_TOO_LARGE, 2, 1)
    money = {"quantity_kind": 1, "time_in_force": TimeInForce.IOC}
    assert accepts(engine.place(BOB, 0, Side.BUY, 100, 100_000, **money))


def test_money_of_an_order(new_engine: Any) -> None:
    """A lot at a tick is 100 units."""
    engine = opening(new_engine)
    engine.set_trading_limits(0, max_notional=10_000)
    money = {"quantity_kind": 1, "time_in_force": TimeInForce.IOC}
    for side in Side:
        price = 10 if side == Side.BUY else 50
        assert accepts(engine.place(ALICE, 0, side, price, 100 // price))
        too_large = (RejectCode.ORDER_TOO_LARGE, (100 // price + 1) * price * 100, 10_000)
        assert refused(engine.place(ALICE, 0, side, price, 100 // price + 1)) == too_large
    assert refused(engine.place(ALICE, 0, Side.BUY, 9, 10_001, **money)) == (RejectCode.ORDER_TOO_LARGE, 10_001, 10_000)
    assert accepts(engine.place(ALICE, 0, Side.BUY, 9, 10_000, **money))
    engine.set_trading_limits(0, max_quantity=1, max_notional=1)
    assert refused(engine.place(ALICE, 0, Side.BUY, 9, 2)) == (RejectCode.ORDER_TOO_LARGE, 2, 1)
    assert refused(engine.place(ALICE, 0, Side.BUY, 9, 1)) == (RejectCode.ORDER_TOO_LARGE, 900, 1)


def test_money_of_an_order_beyond_all_amounts(new_engine: Any) -> None:
    """What is left can be paid, the whole could not: it is said as the largest amount."""
    engine = whole_units(new_engine)
    engine.deposit(1, AAPL, MAX_AMOUNT)
    engine.deposit(2, USDC, MAX_AMOUNT)
    engine.place(1, 0, Side.SELL, 1, 1 << 62, client_order_id="s")
    engine.place(2, 0, Side.BUY, 1, (1 << 62) - 1)
    engine.set_trading_limits(0, max_notional=MAX_AMOUNT - 1)
    events = engine.amend(1, 4, 1 << 62, client_order_id="s")
    assert refused(events) == (RejectCode.ORDER_TOO_LARGE, MAX_AMOUNT, MAX_AMOUNT - 1)
    engine.set_trading_limits(0, max_notional=MAX_AMOUNT)
    events = engine.amend(1, 4, 1 << 62, client_order_id="s")
    assert refused(events) == (RejectCode.ORDER_TOO_LARGE, MAX_AMOUNT, MAX_AMOUNT)


@pytest.mark.parametrize(
    ("reference", "bps", "lower", "upper"),
    [
        (100, 1, 100, 100),
        (100, 100, 99, 101),
        (100, 150, 99, 101),
        (100, 10_000, 1, 200),
        (1, 9_999, 1, 1),
        (1, 10_000, 1, 2),
        (MAX_PRICE_TICKS, 1, MAX_PRICE_TICKS - 429_496, MAX_PRICE_TICKS),
        (MAX_PRICE_TICKS, 10_000, 1, MAX_PRICE_TICKS),
    ],
)
def test_the_static_band(new_engine: Any, reference: int, bps: int, lower: int, upper: int) -> None:
    engine = whole_units(new_engine)
    engine.deposit(1, USDC, MAX_AMOUNT)
    engine.deposit(1, AAPL, 10)
    engine.set_reference(0, reference)
    engine.set_trading_limits(0, static_bps=bps, call_ns=1)
    assert accepts(engine.place(1, 0, Side.BUY, upper, 1))
    if upper < MAX_PRICE_TICKS:
        beyond = (RejectCode.PRICE_OUT_OF_BAND, upper + 1, upper)
        assert refused(engine.place(1, 0, Side.BUY, upper + 1, 1)) == beyond
    assert accepts(engine.place(1, 0, Side.SELL, lower, 1))
    if lower > 1:
        assert refused(engine.place(1, 0, Side.SELL, lower - 1, 1)) == (RejectCode.PRICE_OUT_OF_BAND, lower - 1, lower)
    # Away from where it could trade any limit will do.
    assert accepts(engine.place(1, 0, Side.BUY, 1, 1))
    assert accepts(engine.place(1, 0, Side.SELL, MAX_PRICE_TICKS, 1))


@pytest.mark.parametrize(("price", "pauses"), [(97, False), (103, False), (96, True), (104, True)])
def test_the_dynamic_band(new_engine: Any, price: int, pauses: bool) -> None:
    engine = opening(new_engine)
    engine.place(ALICE, 0, Side.SELL, 100, 1)
    engine.place(BOB, 0, Side.BUY, 100, 1)
    engine.set_trading_limits(0, dynamic_bps=300, call_ns=1)
    engine.place(ALICE, 0, Side.SELL, price, 1)
    _, second, *_ = engine.place(BOB, 0, Side.BUY, price, 1)
    assert second.kind == (EventKind.PHASE_CHANGED if pauses else EventKind.FILL)


def test_bounds_of_an_auction_grow_by_their_first_width(new_engine: Any) -> None:
    """Below a price of 1 there is nothing, however far they reach."""
    engine = opening(new_engine)
    engine.set_reference(0, 10)
    engine.set_trading_limits(0, auction_bps=10_000, call_ns=5)
    engine.set_phase(0, Phase.AUCTION, ends_at=5)
    for side in Side:
        engine.place(ALICE, 0, side, 95, 1)
    for extensions in range(1, 9):
        extended, _ = engine.pulse(timestamp_ns=5 * extensions)
        assert (extended.lower, extended.upper, extended.extensions) == (1, 10 + 10 * extensions, extensions)
    assert engine.pulse(timestamp_ns=45)[0].kind == EventKind.UNCROSSED


def test_time_never_runs_backwards(new_engine: Any) -> None:
    engine = new_engine()
    times = [engine.set_fee_schedule(1, 0, 0, timestamp_ns=time)[0].timestamp_ns for time in (5, None, 0, 3, 7)]
    assert times == [5, 5, 5, 5, 7]
    assert engine.timestamp_ns == 7
    assert engine.sequence == 5
    assert engine.halt(0, timestamp_ns=2**64 - 1)[0].timestamp_ns == 2**64 - 1


def test_price_protections_that_one_pulse_does(new_engine: Any) -> None:
    """One more reference price is too old than a pulse has items."""
    engine = opening(new_engine)
    for number in range(2, PULSE_ITEMS + 1):
        engine.create_instrument(number, f"I{number}", 1, 0, lot_size=1, tick_lot_value=1, max_price=9)
    for number in range(PULSE_ITEMS + 1):
        engine.set_reference_policy(number, stale=StalePolicy.HALT, max_age_ns=1)
    assert engine.next_due == 1
    *halted, pulsed = engine.pulse(timestamp_ns=1)
    assert [event.instrument for event in halted] == list(range(PULSE_ITEMS))
    assert (pulsed.items, engine.next_due) == (PULSE_ITEMS, 1)
    last, pulsed = engine.pulse()
    assert (last.kind, last.instrument, pulsed.items) == (EventKind.HALTED, PULSE_ITEMS, 1)
    assert engine.next_due is None


def test_a_window_is_as_long_as_it_may_be(new_engine: Any) -> None:
    """A trade a second, first at 100 and then at 101: the mean is exactly 101 when the last at 100 is too old."""
    engine = opening(new_engine)
    engine.set_reference(0, 100)
    bands = {"bps": 5_000, "multiplier": 100, "limit_state_ns": MAX_CALL_NS, "pause_ns": 1}
    engine.set_volatility_bands(0, **bands)
    engine.place(ALICE, 0, Side.SELL, 100, 1)
    engine.place(BOB, 0, Side.BUY, 100, 1, timestamp_ns=VOLATILITY_BUCKET - 1)
    engine.place(ALICE, 0, Side.SELL, 101, VOLATILITY_BUCKETS)
    moved = []
    for second in range(1, VOLATILITY_BUCKETS + 1):
        events = engine.place(BOB, 0, Side.BUY, 101, 1, timestamp_ns=second * VOLATILITY_BUCKET)
        moved += [second for event in events if event.kind == EventKind.VOLATILITY_BAND_MOVED]
        assert new_engine.restore(engine.state_image()).state_hash() == engine.state_hash()
    assert moved == [VOLATILITY_BUCKETS]
