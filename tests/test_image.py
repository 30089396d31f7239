"""The state image: its bytes, the way back, and what is refused. Images pass between the two engines as they are."""

import functools
import hashlib
import itertools
import struct
from typing import Any

import pytest

import pyengine
from pyengine import SnapshotError, reference
from pyengine.records import (
    ACCOUNT_CLIENT_ID_WINDOW_MAX,
    ACCOUNT_OPEN_ORDERS_MAX,
    CLIENT_ID_WINDOW,
    DEFAULT_MAX_OPEN_ORDERS,
    MAX_OPEN_ORDERS,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    ORDER_GENERATION_BITS,
    SEMANTICS_VERSION,
    AssetClass,
    CancelTimer,
    EventKind,
    Phase,
    QuoteEntry,
    Side,
    TimeInForce,
)
from pyengine.reference import client_ids
from tests.differential import BATCH
from tests.engines import ENGINES, as_values
from tests.flow import Flow
from tests.images import (
    ASK,
    BID,
    GONE,
    NO_ATTRIBUTES,
    NOTHING_MORE,
    PLAIN,
    SHARD,
    Images,
    content,
    order_id,
    resting,
    restored_image,
)
from tests.scenarios import ACCOUNTS, opening

digest = functools.partial(client_ids.digest, bytes(16))
"""Under the key that an engine has if none is given; what it computes is tested in `test_client_ids.py`."""


def lived_in(new_engine: Any, seed: int = 3, batches: int = 40) -> tuple[Any, Flow]:
    """An engine in the middle of a random flow, and the flow."""
    engine, flow = new_engine(), Flow(seed)
    flow.observe(engine.apply_batch(flow.opening()))
    for _ in range(batches):
        flow.observe(engine.apply_batch(flow.batch(BATCH)))
    return engine, flow


def small(new_engine: Any) -> Any:
    """A state with something of everything, small enough to try every byte of its image."""
    engine = opening(new_engine)
    alice, bob, carol = ACCOUNTS["alice"], ACCOUNTS["bob"], ACCOUNTS["carol"]
    engine.place(alice, 0, Side.BUY, 1, 1, client_order_id="cancelled", time_in_force=TimeInForce.IOC)
    engine.place(alice, 0, Side.SELL, 100, 5, client_order_id="finished")
    engine.place(carol, 0, Side.BUY, 100, 7, client_order_id="open", stp=2)
    engine.place(bob, 1, Side.SELL, 30, 5, time_in_force=3)
    engine.place(bob, 1, Side.SELL, 31, 5)
    engine.cancel(bob, order_id=engine.open_orders(bob)[0].order_id)
    engine.request_withdrawal(alice, 0, 77)
    engine.set_fee_schedule(2, -7, 8, notional_1=50, maker_rate_1=-9, taker_rate_1=6, notional_2=1 << 40)
    engine.set_fee_override(2, 1, 3, 4, notional_1=9, maker_rate_1=1, taker_rate_1=2)
    engine.set_fee_schedule(1, -1, 2, notional_1=7, effective_at=500)
    engine.set_fee_override(1, 0, 5, 6, effective_at=400)
    engine.set_fee_override(2, 1, change=1, effective_at=500)
    engine.set_account(alice, group=5, fee_schedule=2, max_open_notional=1 << 50)
    engine.roll_trade_date(20261201)
    engine.place(bob, 0, Side.SELL, 110, 9, display_quantity=4)
    engine.place(carol, 0, Side.BUY, 90, 9, visibility=1, min_quantity=2, lifetime=1, client_order_id="hidden")
    engine.place(bob, 0, Side.SELL, 80, 3, trigger=1, trigger_price=70, trail=20, client_order_id="stop")
    engine.place(carol, 0, Side.BUY, 0, 1, trigger=3, trigger_price=120, order_type=1, time_in_force=1, expires_at=200)
    engine.set_reference(0, 105, source=2, observed_at=9)
    engine.set_market_maker_protection(carol, 3, window_ns=50, max_fills=9)
    engine.mass_quote(carol, 3, [QuoteEntry(1, 20, 40, 2, 3)])
    engine.cancel_after(carol, 1_000, timer=CancelTimer.SESSION)
    engine.place(bob, 1, Side.SELL, 20, 1, timestamp_ns=98)
    engine.place_oco(alice, 0, Side.SELL, 111, 2, trigger=1, trigger_price=60, client_order_id="pair")
    engine.place_bracket(alice, 0, Side.BUY, 50, 2, take_profit=120, trigger=3, trigger_price=40)
    engine.halt(1, timestamp_ns=99)
    for number, symbol in ((2, "CALLED"), (3, "CROSSES")):
        sizes = {"lot_size": 1, "tick_lot_value": 1, "max_price": 1_000}
        engine.create_instrument(number, symbol, 1, 0, **sizes, phase=Phase.PRE_OPEN)
        engine.set_reference(number, 100)
        engine.place(alice, number, Side.SELL, 90, 200, display_quantity=1, client_order_id=f"slices{number}")
        engine.place(bob, number, Side.BUY, 110, 150)
        engine.place(bob, number, Side.BUY, 0, 2, order_type=1, lifetime=2, client_order_id=f"market{number}")
    engine.set_trading_limits(2, static_bps=3_000, auction_bps=100, call_ns=50, max_quantity=900, max_notional=1 << 40)
    engine.set_phase(2, Phase.AUCTION, next=Phase.CLOSED, ends_at=1_000)
    engine.set_phase(3, Phase.CONTINUOUS)
    engine.cancel(alice, client_order_id="slices3")
    engine.set_obligation(carol, 1, max_spread=50, min_quantity=1, required_bps=90, maker_rate=-3, timestamp_ns=101)
    engine.place(bob, 0, Side.SELL, 130, 2, peg=1, peg_offset=3, client_order_id="peg")
    engine.place(carol, 0, Side.BUY, 95, 3, peg=3, stp=1, expires_at=2_000)
    return engine


def account_head(
    sequence: int, max_open_orders: int = MAX_OPEN_ORDERS_PER_ACCOUNT, client_id_window: int = CLIENT_ID_WINDOW
) -> bytes:
    """What is in front of the lists of an account with fee schedule 0, no group and no limit of open notional."""
    return struct.pack("<IQIIIq", 0, sequence, max_open_orders, client_id_window, 0, 0)


NO_TRADES = [0] * (4 + 6)
"""What is behind the symbol of an instrument without trades, reference price and marks."""


@pytest.mark.parametrize(
    ("shard", "limit", "key"),
    [(0, DEFAULT_MAX_OPEN_ORDERS, bytes(16)), (255, 1, b"\xff" * 16), (7, MAX_OPEN_ORDERS, bytes(range(16)))],
)
def test_genesis_byte_by_byte(new_engine: Any, shard: int, limit: int, key: bytes) -> None:
    engine = new_engine(shard=shard, max_open_orders=limit, client_id_key=key)
    expected = b"".join(
        [
            b"PYESTATE",
            struct.pack("<IBBBB", SEMANTICS_VERSION, shard, 0, 0, 0),
            struct.pack("<II", limit, 0) + key,
            struct.pack("<QQQQ", 0, 0, 0, 0),
            struct.pack("<I", 1) + struct.pack("<II", 0, 0),
            struct.pack("<I", 0),
            struct.pack("<I", 0),
            struct.pack("<II", 0, 0),
            struct.pack("<I", 1) + account_head(0) + struct.pack("<III", 0, 0, 0),
            struct.pack("<I", 0),
            NOTHING_MORE,
        ]
    )
    assert engine.state_image() == expected
    assert engine.state_hash() == hashlib.sha256(expected).digest()


def test_a_genesis_is_the_default_one(new_engine: Any) -> None:
    whole = new_engine(shard=0, max_open_orders=DEFAULT_MAX_OPEN_ORDERS)
    assert new_engine().state_image() == whole.state_image()


def test_a_state_byte_by_byte(new_engine: Any) -> None:
    engine = new_engine(shard=SHARD, max_open_orders=9)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6, min_withdrawal=11)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_asset(2, "GOLD", AssetClass.GOLD, 4)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=10, tick_lot_value=100, max_price=1_000, collar_bps=250)
    engine.set_fee_schedule(0, 7, 9, timestamp_ns=1_234)
    engine.create_account(1)
    engine.deposit(0, 0, 1_000_000)
    engine.deposit(0, 2, 5)
    engine.request_withdrawal(0, 0, 11)
    engine.place(0, 0, Side.BUY, 50, 2, client_order_id="done", time_in_force=1)
    engine.place(0, 0, Side.BUY, 40, 3, client_order_id="rests", time_in_force=3, stp=1)
    engine.place(0, 0, Side.BUY, 39, 1)
    engine.place(0, 0, Side.BUY, 41, 1, client_order_id="goes")
    engine.cancel(0, client_order_id="goes")
    engine.amend(0, 40, 2, client_order_id="rests")
    held = 40 * 2 * 100 + 39 * 100
    expected = b"".join(
        [
            b"PYESTATE",
            struct.pack("<IBBBB", SEMANTICS_VERSION, SHARD, 0, 0, 0),
            struct.pack("<II", 9, 0) + bytes(16),
            struct.pack("<QQQQ", 15, 1_234, 0, 1),
            struct.pack("<I", 1) + struct.pack("<II", 7, 9),
            struct.pack("<I", 3),
            struct.pack("<BBBB16sqq", 0, 6, 4, 0, b"USDC", 11, 1_000_000),
            struct.pack("<BBBB16sqq", 1, 5, 4, 0, b"AAPL", 1, 0),
            struct.pack("<BBBB16sqq", 2, 4, 4, 0, b"GOLD", 1, 5),
            struct.pack("<I", 1),
            struct.pack("<IIIqqqBB16sIIIQ6I", 1, 0, 250, 10, 100, 1_000, 0, 3, b"A-U", *NO_TRADES) + PLAIN,
            struct.pack("<IIII", 3, 2, 1, 1) + struct.pack("<II", 1, 2),
            struct.pack("<I", 2),
            account_head(15),
            struct.pack("<I", 2) + struct.pack("<Iqq", 0, 1_000_000 - 11 - held, 11 + held),
            struct.pack("<Iqq", 2, 5, 0),
            struct.pack("<III", 2, 0, 1),
            struct.pack("<I", 2),
            digest(0, b"done"),
            struct.pack("<Q", content(price=50, quantity=2, time_in_force=1)),
            struct.pack("<QIIqqBB", order_id(0, 1, SHARD), 0, 50, 2, 0, 0, 2),
            digest(0, b"goes"),
            struct.pack("<Q", content(price=41, quantity=1)),
            struct.pack("<QIIqqBB", order_id(2, 1, SHARD), 0, 41, 1, 0, 0, 2),
            account_head(1) + struct.pack("<III", 0, 0, 0),
            struct.pack("<I", 1) + struct.pack("<QIIq", 1, 0, 0, 11),
            struct.pack("<I", 2),
            struct.pack("<QIIqqHHBBB", order_id(0, 2, SHARD), 0, 40, 2, 2, 7, 9, 3, 1, 5) + b"rests",
            struct.pack("<QB", content(price=40, quantity=3, time_in_force=3, stp=1), 0),
            struct.pack("<QIIqqhHBBBB", order_id(1, 1, SHARD), 0, 39, 1, 1, 7, 9, 0, 0, 0, 0),
            struct.pack("<13I", *[0] * 13),
            NOTHING_MORE,
        ]
    )
    assert engine.state_image() == expected


def test_a_digest_is_of_its_account(new_engine: Any) -> None:
    """The same id of two accounts is two digests; the content of the same order is one."""
    engine = opening(new_engine)
    for account in (ACCOUNTS["alice"], ACCOUNTS["bob"]):
        engine.place(account, 0, Side.BUY, 1, 1, client_order_id="same", time_in_force=TimeInForce.IOC)
    image = engine.state_image()
    assert image.count(digest(ACCOUNTS["alice"], b"same")) == image.count(digest(ACCOUNTS["bob"], b"same")) == 1
    assert image.count(struct.pack("<Q", content(price=1, quantity=1, time_in_force=1))) == 2


@pytest.mark.parametrize("other", ENGINES.values(), ids=ENGINES)
def test_a_restored_engine_goes_on_as_if_nothing_had_been(new_engine: Any, other: Any) -> None:
    engine, flow = lived_in(new_engine)
    image = engine.state_image()
    restored = other.restore(image)
    assert restored.state_image() == image
    assert restored.state_hash() == engine.state_hash() == hashlib.sha256(image).digest()
    for _ in range(40):
        commands = flow.batch(BATCH)
        events = engine.apply_batch(commands)
        assert restored.apply_batch(commands).tobytes() == events.tobytes()
        flow.observe(events)
    assert restored.state_image() == engine.state_image()


def test_every_query_answers_as_before(new_engine: Any) -> None:
    engine, _ = lived_in(new_engine)
    restored = new_engine.restore(engine.state_image())
    for one in (engine, restored):
        assert one.total(0) == one.issued(0)
    for account in range(7):
        assert as_values(restored.open_orders(account)) == as_values(engine.open_orders(account))
        assert [restored.balance(account, asset) for asset in range(4)] == [
            engine.balance(account, asset) for asset in range(4)
        ]
    for instrument in range(4):
        assert restored.depth(instrument, 50) == engine.depth(instrument, 50)
    assert restored.counts() == engine.counts()
    assert (restored.sequence, restored.timestamp_ns) == (engine.sequence, engine.timestamp_ns)


def test_a_truncated_image_is_refused_wherever_it_ends(new_engine: Any) -> None:
    image = small(new_engine).state_image()
    for length in range(len(image)):
        with pytest.raises(SnapshotError):
            new_engine.restore(image[:length])


def test_an_image_with_something_behind_it_is_refused(new_engine: Any) -> None:
    with pytest.raises(SnapshotError):
        new_engine.restore(small(new_engine).state_image() + b"\0")


def test_another_magic_or_version_is_refused(new_engine: Any) -> None:
    image = small(new_engine).state_image()
    with pytest.raises(SnapshotError):
        new_engine.restore(b"PYESTATF" + image[8:])
    for version in (2, 4):
        with pytest.raises(SnapshotError, match=str(version)):
            new_engine.restore(image[:8] + struct.pack("<I", version) + image[12:])


def test_money_from_nowhere_is_refused(new_engine: Any) -> None:
    engine = small(new_engine)
    image = engine.state_image()
    available, held = engine.balance(ACCOUNTS["carol"], 0)
    balance = struct.pack("<qq", available, held)
    assert image.count(balance) == 1
    for other in (
        struct.pack("<qq", available + 1, held),
        struct.pack("<qq", available - 1, held + 1),
        struct.pack("<qq", available + held + 1, -1),
    ):
        with pytest.raises(SnapshotError):
            new_engine.restore(image.replace(balance, other))


@pytest.mark.parametrize("flip", [0x01, *(pytest.param(flip, marks=pytest.mark.long) for flip in (0x40, 0x80, 0xFF))])
def test_a_flipped_byte_is_refused_or_is_another_whole_state(flip: int) -> None:
    """Never another error, never half a state, and both engines go on from the same states: what is accepted is what
    both write again."""
    image = bytearray(small(reference.Engine).state_image())
    accepted = 0
    for offset in range(len(image)):
        image[offset] ^= flip
        ours, theirs = (restored_image(each, bytes(image)) for each in (reference.Engine, pyengine.Engine))
        assert ours == theirs, f"offset {offset}"
        assert ours in (None, image), f"offset {offset}"
        accepted += ours is not None
        image[offset] ^= flip
    assert accepted >= 8, "a sequence number can be any number"


def two_sided(new_engine: Any) -> Any:
    """One account with a bid, an ask, a finished order and a withdrawal, every quantity another."""
    engine = new_engine(shard=SHARD, max_open_orders=3)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    engine.create_instrument(1, "B-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    engine.create_account(1)
    for asset in (0, 1):
        engine.deposit(0, asset, 1_000)
    engine.place(0, 0, Side.BUY, 50, 2, client_order_id="bid")
    engine.place(0, 0, Side.SELL, 60, 3, client_order_id="ask")
    engine.place(0, 1, Side.SELL, 61, 4, client_order_id="gone")
    engine.cancel(0, client_order_id="gone")
    engine.request_withdrawal(0, 1, 1)
    return engine


def finished(
    number: int = GONE, instrument: int = 1, price: int = 61, filled: int = 0, side: int = 1, status: int = 2
) -> bytes:
    return struct.pack("<QIIqqBB", number, instrument, price, 4, filled, side, status)


SLOTS = struct.pack("<IIIIII", 3, 1, 1, 1, 1, 2)

LISTED = struct.pack("<III", 2, 0, 1)

BALANCES = struct.pack("<IIqqIqq", 2, 0, 900, 100, 1, 1_000 - 3 - 1, 3 + 1)

WITHDRAWAL = struct.pack("<IQIIq", 1, 1, 0, 1, 1)

OF_BID, OF_ASK = resting(BID, 50, 2, b"bid"), resting(ASK, 60, 3, b"ask")

GENESIS = struct.pack("<IBBBBII", SEMANTICS_VERSION, SHARD, 0, 0, 0, 3, 0)

LAST_GENERATION = (1 << ORDER_GENERATION_BITS) - 1

NO_IMAGES: dict[str, list[tuple[bytes, bytes]]] = {
    "reserved bytes behind the shard": [(GENESIS, GENESIS[:5] + b"\1" + GENESIS[6:])],
    "a trade date that is none": [(GENESIS, GENESIS[:-4] + struct.pack("<I", 1))],
    "another shard than that of the orders": [(GENESIS, GENESIS[:4] + bytes([SHARD + 1]) + GENESIS[5:])],
    "no open orders at all": [(GENESIS, GENESIS[:-8] + struct.pack("<II", 0, 0))],
    "fewer open orders than there are": [(GENESIS, GENESIS[:-8] + struct.pack("<II", 1, 0))],
    "more open orders than slots can be named": [(GENESIS, GENESIS[:-8] + struct.pack("<II", MAX_OPEN_ORDERS + 1, 0))],
    "an asset's symbol twice": [(struct.pack("<16s", b"AAPL"), struct.pack("<16s", b"USDC"))],
    "an instrument's symbol twice": [(struct.pack("<16s", b"B-U"), struct.pack("<16s", b"A-U"))],
    "a symbol that is none": [(struct.pack("<16s", b"B-U"), struct.pack("<16s", b"B U"))],
    "something behind a symbol": [(struct.pack("<16s", b"B-U"), struct.pack("<16s", b"B-U\0x"))],
    "no least withdrawal": [(struct.pack("<16sqq", b"USDC", 1, 1_000), struct.pack("<16sqq", b"USDC", 0, 1_000))],
    "a slot that was never used": [(SLOTS, struct.pack("<IIIIII", 3, 1, 1, 0, 1, 2))],
    "a generation with too many bits": [(SLOTS, struct.pack("<IIIIII", 3, 1, 1, LAST_GENERATION + 1, 1, 2))],
    "a worn-out slot that is free": [(SLOTS, struct.pack("<IIIIII", 3, 1, 1, LAST_GENERATION, 1, 2))],
    "another generation than the order's": [(SLOTS, struct.pack("<IIIIII", 3, 2, 1, 1, 1, 2))],
    "a slot that is open and free": [(SLOTS, struct.pack("<IIIIIII", 3, 1, 1, 1, 2, 2, 0))],
    "a slot that is free twice": [(SLOTS, struct.pack("<IIIIIII", 3, 1, 1, 1, 2, 2, 2))],
    "a slot that is neither open nor free": [(SLOTS, struct.pack("<IIIIIII", 4, 1, 1, 1, 1, 1, 2))],
    "a free slot beyond the used ones": [(SLOTS, struct.pack("<IIIIII", 3, 1, 1, 1, 1, 3))],
    "an order that its account does not list": [(LISTED, struct.pack("<II", 1, 0))],
    "an order that its account lists twice": [(LISTED, struct.pack("<IIII", 3, 0, 1, 1))],
    "a listed order that is none": [(LISTED, struct.pack("<IIII", 3, 0, 1, 2))],
    "a listed order in place of another": [(LISTED, struct.pack("<III", 2, 0, 2))],
    "balances out of order": [(BALANCES, BALANCES[:4] + BALANCES[24:] + BALANCES[4:24])],
    "a balance twice": [(BALANCES, struct.pack("<I", 3) + BALANCES[4:24] + BALANCES[4:])],
    "a balance of nothing": [(BALANCES, struct.pack("<I", 3) + BALANCES[4:] + struct.pack("<Iqq", 2, 0, 0))],
    "a balance of what does not exist": [
        (BALANCES, struct.pack("<I", 3) + BALANCES[4:] + struct.pack("<Iqq", 2, 1, 0))
    ],
    "money from nowhere": [(BALANCES, struct.pack("<IIqqIqq", 2, 0, 901, 100, 1, 996, 4))],
    "held for nothing": [(BALANCES, struct.pack("<IIqqIqq", 2, 0, 899, 101, 1, 996, 4))],
    "less than nothing available": [(BALANCES, struct.pack("<IIqqIqq", 2, 0, -1, 1_001, 1, 996, 4))],
    "a withdrawal that was never requested": [(WITHDRAWAL, struct.pack("<IQIIq", 1, 2, 0, 1, 1))],
    "a withdrawal number 0": [(WITHDRAWAL, struct.pack("<IQIIq", 1, 0, 0, 1, 1))],
    "a withdrawal of nobody": [(WITHDRAWAL, struct.pack("<IQIIq", 1, 1, 2, 1, 1))],
    "a withdrawal of another account": [(WITHDRAWAL, struct.pack("<IQIIq", 1, 1, 1, 1, 1))],
    "a withdrawal of what does not exist": [(WITHDRAWAL, struct.pack("<IQIIq", 1, 1, 0, 2, 1))],
    "a withdrawal of nothing": [
        (WITHDRAWAL, struct.pack("<IQIIq", 1, 1, 0, 1, 0)),
        (BALANCES, struct.pack("<IIqqIqq", 2, 0, 900, 100, 1, 997, 3)),
    ],
    "crossed": [(OF_ASK, resting(ASK, 50, 3, b"ask"))],
    "a price of nothing": [
        (OF_BID, resting(BID, 0, 2, b"bid")),
        (BALANCES, struct.pack("<IIqqIqq", 2, 0, 1_000, 0, 1, 996, 4)),
    ],
    "a price beyond the instrument's": [(OF_ASK, resting(ASK, 1_001, 3, b"ask"))],
    "nothing left": [
        (OF_ASK, resting(ASK, 60, 3, b"ask", leaves=0)),
        (BALANCES, struct.pack("<IIqqIqq", 2, 0, 900, 100, 1, 999, 1)),
    ],
    "more left than there was": [(OF_ASK, resting(ASK, 60, 2, b"ask", leaves=3))],
    "an order of nobody": [(OF_ASK, resting(ASK, 60, 3, b"ask", account=2))],
    "an order of another account": [(OF_ASK, resting(ASK, 60, 3, b"ask", account=1))],
    "an order of another shard": [(OF_ASK, resting(order_id(1, 1, SHARD + 1), 60, 3, b"ask"))],
    "an order of an earlier generation": [(OF_ASK, resting(order_id(1, 0, SHARD), 60, 3, b"ask"))],
    "an order twice": [(OF_ASK, resting(BID, 60, 3, b"ask"))],
    "a hold rate below the maker's": [(OF_ASK, resting(ASK, 60, 3, b"ask", maker=1))],
    "a hold rate beyond all": [(OF_ASK, resting(ASK, 60, 3, b"ask", hold=32_768))],
    "a rebate beyond all": [(OF_ASK, resting(ASK, 60, 3, b"ask", maker=-32_768))],
    "an ioc order that rests": [(OF_ASK, resting(ASK, 60, 3, b"ask", time_in_force=1))],
    "a fok order that rests": [(OF_ASK, resting(ASK, 60, 3, b"ask", time_in_force=2))],
    "an unknown time in force": [(OF_ASK, resting(ASK, 60, 3, b"ask", time_in_force=5))],
    "an unknown self-trade prevention": [(OF_ASK, resting(ASK, 60, 3, b"ask", stp=5))],
    "a client order id that is none": [(OF_ASK, resting(ASK, 60, 3, b"a k"))],
    "a client order id that is too long": [(OF_ASK, resting(ASK, 60, 3, b"a" * 37))],
    "a client order id that is open twice": [(OF_ASK, resting(ASK, 60, 3, b"bid"))],
    "a client order id that is open and finished": [(OF_ASK, resting(ASK, 60, 3, b"gone"))],
    "a content without a client order id": [(OF_ASK, resting(ASK, 60, 3, b""))],
    "a finished order of another shard": [(finished(), finished(order_id(2, 1, SHARD - 1)))],
    "a finished order of a later generation": [(finished(), finished(order_id(2, 2, SHARD)))],
    "a finished order of no generation": [(finished(), finished(order_id(2, 0, SHARD)))],
    "a finished order of a slot never used": [(finished(), finished(order_id(3, 1, SHARD)))],
    "a finished order that is open": [(finished(), finished(ASK))],
    "a finished order of what does not exist": [(finished(), finished(instrument=2))],
    "a finished order's price of nothing": [(finished(), finished(price=0))],
    "a finished order's price beyond the instrument's": [(finished(), finished(price=1_001))],
    "a finished order that filled more than whole": [(finished(), finished(filled=5))],
    "a finished order that filled less than nothing": [(finished(), finished(filled=-1))],
    "a finished order of an unknown side": [(finished(), finished(side=2))],
    "a finished order that is not": [(finished(), finished(status=0))],
    "a finished order of an unknown end": [(finished(), finished(status=3))],
}


@pytest.mark.parametrize("changes", NO_IMAGES.values(), ids=NO_IMAGES)
def test_what_no_engine_writes_is_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    """Images that mostly add up, and yet are those of no state."""
    assert Images(new_engine, two_sided(new_engine).state_image()).refuses(*changes)


IMAGES: dict[str, list[tuple[bytes, bytes]]] = {
    "another limit on open orders": [(GENESIS, GENESIS[:-8] + struct.pack("<II", 2, 0))],
    "a least withdrawal": [(struct.pack("<16sqq", b"USDC", 1, 1_000), struct.pack("<16sqq", b"USDC", 9, 1_000))],
    "a free slot that was used often": [(SLOTS, struct.pack("<IIIIII", 3, 1, 1, LAST_GENERATION - 1, 1, 2))],
    "a worn-out slot": [(SLOTS, struct.pack("<IIIII", 3, 1, 1, LAST_GENERATION, 0))],
    "open orders in another order": [(LISTED, struct.pack("<III", 2, 1, 0))],
    "another price": [(OF_ASK, resting(ASK, 51, 3, b"ask"))],
    "rates": [(OF_ASK, resting(ASK, 60, 3, b"ask", maker=32_767, hold=32_767))],
    "the largest rebate": [(OF_ASK, resting(ASK, 60, 3, b"ask", maker=-32_767, hold=32_767))],
    "another client order id": [(OF_ASK, resting(ASK, 60, 3, b"ASK"))],
    "another content": [(struct.pack("<Q", content(instrument=1, side=1, price=61, quantity=4)), bytes(8))],
    "a finished order of an earlier generation": [
        (SLOTS, struct.pack("<IIIIII", 3, 1, 2, 1, 1, 2)),
        (OF_ASK, resting(order_id(1, 2, SHARD), 60, 3, b"ask")),
        (finished(), finished(ASK)),
    ],
}


@pytest.mark.parametrize("changes", IMAGES.values(), ids=IMAGES)
def test_what_an_engine_could_write_is_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    """The changes of the table above are refused for what they say, not for being changes."""
    assert Images(new_engine, two_sided(new_engine).state_image()).takes(*changes)


def test_a_client_order_id_of_an_account_s_own_window_only(new_engine: Any) -> None:
    """The digest of the open order's id must not be in the window; another account's digest of it may be."""
    image = two_sided(new_engine).state_image()
    assert Images(new_engine, image).refuses((digest(0, b"gone"), digest(0, b"ask")))
    assert Images(new_engine, image).takes((digest(0, b"gone"), digest(1, b"ask")))


@pytest.mark.parametrize(
    ("limits", "is_possible"),
    [
        ((1, 1), True),
        ((ACCOUNT_OPEN_ORDERS_MAX, ACCOUNT_CLIENT_ID_WINDOW_MAX), True),
        ((0, CLIENT_ID_WINDOW), False),
        ((ACCOUNT_OPEN_ORDERS_MAX + 1, CLIENT_ID_WINDOW), False),
        ((MAX_OPEN_ORDERS_PER_ACCOUNT, 0), False),
        ((MAX_OPEN_ORDERS_PER_ACCOUNT, ACCOUNT_CLIENT_ID_WINDOW_MAX + 1), False),
    ],
)
def test_limits_of_an_account(new_engine: Any, limits: tuple[int, int], is_possible: bool) -> None:
    """The account has an open order and a finished one more than its lower limits: they have been higher."""
    engine = opening(new_engine)
    alice = ACCOUNTS["alice"]
    for price, time_in_force in itertools.product((1, 2), (0, 1)):
        name = f"{price}{time_in_force}"
        events = engine.place(alice, 0, Side.BUY, price, 1, time_in_force=time_in_force, client_order_id=name)
    sequence = events[-1].account_sequence
    own = struct.pack("<QII", sequence, MAX_OPEN_ORDERS_PER_ACCOUNT, CLIENT_ID_WINDOW)
    change = (own, struct.pack("<QII", sequence, *limits))
    images = Images(new_engine, engine.state_image())
    assert images.takes(change) if is_possible else images.refuses(change)


def finished_window(new_engine: Any, length: int) -> bytes:
    """The image of a world in which alice's window has as many orders, whatever its limit says."""
    engine = opening(new_engine)
    alice = ACCOUNTS["alice"]
    engine.place(alice, 0, Side.BUY, 1, 1, time_in_force=1, client_order_id="n1")
    image: bytes = engine.state_image()
    only = digest(alice, b"n1") + struct.pack("<Q", content(price=1, quantity=1, time_in_force=1))
    only += struct.pack("<QIIqqBB", order_id(0), 0, 1, 1, 0, 0, 2)
    window, slots = struct.pack("<I", 1) + only, struct.pack("<IIII", 1, 1, 1, 0)
    assert (image.count(window), image.count(slots)) == (1, 1)
    longer = [struct.pack("<I", length)]
    for number in range(1, length + 1):
        longer.append(digest(alice, f"n{number}".encode()) + only[16:24])
        longer.append(struct.pack("<QIIqqBB", order_id(0, number), 0, 1, 1, 0, 0, 2))
    return image.replace(slots, struct.pack("<IIII", 1, length, 1, 0)).replace(window, b"".join(longer))


@pytest.mark.parametrize("length", [CLIENT_ID_WINDOW, CLIENT_ID_WINDOW + 1, ACCOUNT_CLIENT_ID_WINDOW_MAX])
def test_a_window_may_be_longer_than_its_limit(new_engine: Any, length: int) -> None:
    """It was set lower, and the window shrinks by one with each order that finishes."""
    image = finished_window(new_engine, length)
    engine = new_engine.restore(image)
    assert engine.state_image() == image
    alice = ACCOUNTS["alice"]
    (kept,) = engine.place(alice, 0, Side.BUY, 1, 1, time_in_force=1, client_order_id="n1")
    assert kept.kind == EventKind.DUPLICATE
    engine.place(alice, 0, Side.BUY, 1, 1, time_in_force=1, client_order_id="next")
    forgotten = 1 if length == CLIENT_ID_WINDOW else 2
    (kept,) = engine.place(alice, 0, Side.BUY, 1, 1, time_in_force=1, client_order_id=f"n{forgotten + 1}")
    assert kept.kind == EventKind.DUPLICATE
    (new, _) = engine.place(alice, 0, Side.BUY, 1, 1, time_in_force=1, client_order_id=f"n{forgotten}")
    assert new.kind == EventKind.ACCEPTED


def test_a_window_that_is_too_long_is_refused(new_engine: Any) -> None:
    with pytest.raises(SnapshotError):
        new_engine.restore(finished_window(new_engine, ACCOUNT_CLIENT_ID_WINDOW_MAX + 1))


def test_too_many_withdrawals_of_an_account_are_refused(new_engine: Any) -> None:
    engine = new_engine()
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    for account in (1, 2):
        engine.create_account(account)
        engine.deposit(account, 0, 100)
    for _ in range(64):
        engine.request_withdrawal(1, 0, 1)
    engine.request_withdrawal(2, 0, 1)
    of_two = struct.pack("<QIIq", 65, 2, 0, 1)
    balances = b"".join(
        account_head(sequence) + struct.pack("<IIqqII", 1, 0, 100 - held, held, 0, 0)
        for sequence, held in ((66, 64), (3, 1))
    )
    wrong = b"".join(
        account_head(sequence) + struct.pack("<IIqqII", 1, 0, 100 - held, held, 0, 0)
        for sequence, held in ((66, 65), (3, 0))
    )
    images = Images(new_engine, engine.state_image())
    assert images.refuses((balances, wrong), (of_two, struct.pack("<QIIq", 65, 1, 0, 1)))


def test_a_level_whose_quantities_do_not_add_up_to_a_number_is_refused(new_engine: Any) -> None:
    """Each order is possible, both together are not: nobody could hold as much."""
    engine = new_engine()
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=10)
    engine.deposit(0, 0, 100)
    for _ in range(2):
        engine.place(0, 0, Side.BUY, 1, 3)
    image, order = engine.state_image(), struct.pack("<Iqq", 1, 3, 3)
    assert image.count(order) == 2
    with pytest.raises(SnapshotError):
        new_engine.restore(image.replace(order, struct.pack("<Iqq", 1, 1 << 62, 1 << 62)))


def test_levels_out_of_order_are_refused(new_engine: Any) -> None:
    engine = opening(new_engine)
    for price in (50, 51):
        engine.place(ACCOUNTS["alice"], 1, Side.BUY, price, 1)
    lower = resting(order_id(0), 50, 1, b"", account=ACCOUNTS["alice"]) + NO_ATTRIBUTES
    upper = resting(order_id(1), 51, 1, b"", account=ACCOUNTS["alice"]) + NO_ATTRIBUTES
    assert Images(new_engine, engine.state_image()).refuses((upper + lower, lower + upper))


COUNTERS = {"sequence": 40, "settlements": 56, "withdrawals_requested": 64}


@pytest.mark.parametrize("offset", COUNTERS.values(), ids=COUNTERS)
def test_a_counter_that_could_not_be_counted_on_is_refused(new_engine: Any, offset: int) -> None:
    image = small(new_engine).state_image()
    with pytest.raises(SnapshotError):
        new_engine.restore(image[:offset] + b"\xff" * 8 + image[offset + 8 :])


def test_an_account_sequence_that_could_not_be_counted_on_is_refused(new_engine: Any) -> None:
    image = new_engine().state_image()
    account, rest = account_head(0), bytes(16) + NOTHING_MORE
    assert image.endswith(account + rest)
    head = image[: -len(account + rest)]
    with pytest.raises(SnapshotError):
        new_engine.restore(head + account_head((1 << 64) - 1) + rest)
