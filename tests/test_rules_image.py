"""The state image: its bytes, the way back, and what is refused. Images pass between the two engines as they are."""

import functools
import hashlib
import itertools
import struct
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
import xxhash

import pyengine
from pyengine import SnapshotError, reference
from pyengine.records import (
    ACCOUNT_CLIENT_ID_WINDOW_MAX,
    ACCOUNT_OPEN_ORDERS_MAX,
    CLIENT_ID_WINDOW,
    DAY_NS,
    DEFAULT_MAX_OPEN_ORDERS,
    INDICATION_INTERVAL,
    MAX_AMOUNT,
    MAX_CALL_NS,
    MAX_OPEN_ORDERS,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    MAX_PROTECTED_FILLS,
    NONE_ID,
    ORDER_GENERATION_BITS,
    SEMANTICS_VERSION,
    VOLATILITY_INTERVAL,
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
from tests.scenarios import ACCOUNTS, opening

SHARD = 7


digest = functools.partial(client_ids.digest, bytes(16))
"""Under the key that an engine has if none is given; what it computes is tested in `test_client_ids.py`."""


def content(**fields: int) -> int:
    """Of a PLACE that has these fields and is zero otherwise, as the rule book lays it out."""
    names = ("instrument", "side", "order_type", "time_in_force", "stp", "price", "quantity", "quantity_kind")
    body = struct.pack("<IBBBBqqB7x", *(fields.pop(name, 0) for name in names))
    if fields:
        body += struct.pack("<Q", fields.pop("expires_at", 0))
    if fields:
        newer = ("display_quantity", "min_quantity", "trigger_price", "trail", "trigger", "visibility", "lifetime")
        body += struct.pack("<qqIIBBB5x", *(fields.pop(name, 0) for name in newer))
    if fields:
        body += struct.pack("<BB6x", *(fields.pop(name, 0) for name in ("peg", "peg_offset")))
    assert not fields
    return xxhash.xxh3_64_intdigest(body)


def order_id(slot: int, generation: int = 1, shard: int = 0) -> int:
    return (shard << 56) | (generation << 26) | slot


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
PLAIN = bytes(28 + 36 + 4 + 4)
"""What is behind that, if it trades, has no limits, and no cancel and no exits wait."""
NO_FEES = bytes(4 + 12)
"""What is behind quotes, of one schedule without tiers: no overrides, no changes, nothing traded."""
NO_TIMERS_NO_GROUPS = bytes(4 + 4)
NO_PROTECTIONS_NO_OBLIGATIONS = bytes(4 + 4)
NOTHING_BEHIND_QUOTES = NO_FEES + NO_PROTECTIONS_NO_OBLIGATIONS
NOTHING_MORE = NO_TIMERS_NO_GROUPS + NOTHING_BEHIND_QUOTES
"""What is behind the books, if nothing of it is used."""


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


def restored_image(new_engine: Any, image: bytes) -> bytes | None:
    """What an engine of this image writes; None if there is no such engine. What there is of an asset adds up."""
    try:
        restored = new_engine.restore(image)
    except SnapshotError:
        return None
    for asset in range(restored.counts()[0]):
        assert restored.total(asset) == restored.issued(asset)
    return bytes(restored.state_image())


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


class Images:
    """An image, and what becomes of it when something in it is something else."""

    def __init__(self, new_engine: Any, image: bytes) -> None:
        self._new_engine, self._image = new_engine, image
        assert restored_image(new_engine, image) == image

    def takes(self, *changes: tuple[bytes, bytes]) -> bool:
        """Whether the image is one still, with each first half, which is in it once, replaced by the second."""
        image = self._image
        for old, new in changes:
            assert image.count(old) == 1, f"{image.count(old)} of {old!r}"
            image = image.replace(old, new)
        return restored_image(self._new_engine, image) == image

    def refuses(self, *changes: tuple[bytes, bytes]) -> bool:
        """Whether that is no image."""
        return not self.takes(*changes)


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


BID, ASK, GONE = (order_id(slot, 1, SHARD) for slot in range(3))


def resting(number: int, price: int, lots: int, text: bytes, account: int = 0, **other: int) -> bytes:
    fixed = {"maker": 0, "hold": 0, "time_in_force": 0, "stp": 0, "leaves": lots, "length": len(text)} | other
    return (
        struct.pack("<QIIqq", number, account, price, lots, fixed["leaves"])
        + struct.pack("<hHBBB", *(fixed[name] for name in ("maker", "hold", "time_in_force", "stp", "length")))
        + text
    )


NO_ATTRIBUTES = b"\0"


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


# ----------------------------------------------------------------------------------------------------------- attributes

TODAY = 20261201
ICE, HIDE, TRAIL, LATER = (order_id(slot, generation, SHARD) for slot, generation in ((0, 1), (1, 2), (2, 1), (3, 1)))
NOON = 1_000
"""When the last of them ends by itself."""


def with_attributes(new_engine: Any) -> Any:
    """One account with an iceberg in its second slice, a hidden bid of the day, and two stops that wait."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    engine.set_fee_schedule(0, 7, 9)
    engine.create_account(1)
    engine.set_account(1, group=3)
    engine.deposit(0, 0, 10_000)
    engine.deposit(0, 1, 1_000)
    engine.deposit(1, 0, 1_000)
    engine.roll_trade_date(TODAY)
    engine.place(0, 0, Side.SELL, 60, 12, display_quantity=5, client_order_id="ice")
    engine.place(1, 0, Side.BUY, 60, 6)
    engine.place(0, 0, Side.BUY, 50, 9, visibility=1, min_quantity=4, lifetime=1, client_order_id="hide", stp=3)
    engine.place(0, 0, Side.SELL, 40, 3, trigger=1, trigger_price=45, trail=10, display_quantity=2)
    market = {"order_type": 1, "time_in_force": 1, "expires_at": NOON}
    engine.place(0, 0, Side.BUY, 0, 2, trigger=3, trigger_price=70, client_order_id="later", **market)
    engine.set_reference(0, 65, source=9, observed_at=77)
    return engine


def attributes(**fields: int) -> bytes:
    """Attributes of an order with their length in front, as the rule book lays them out."""
    layout = {"expires_at": "Q", "display_quantity": "q", "min_quantity": "q", "trigger_price": "I", "trail": "I"}
    layout |= {"trigger": "B", "visibility": "B", "lifetime": "B", "peg": "B", "peg_offset": "B3x"}
    layout |= {"trade_date": "I4x", "reserve": "q"}
    layout |= {"taker_rate": "I", "waiting_type": "B", "slice": "B", "quote_group": "B", "exit_trigger": "B"}
    layout |= {"partner": "Q"}
    layout |= dict.fromkeys(("partner_price", "take_profit", "exit_trigger_price", "exit_price"), "I")
    layout |= {"arrival": "Q"}
    return bytes([96]) + struct.pack("<" + "".join(layout.values()), *(fields.get(name, 0) for name in layout))


IN_SLICES: dict[str, int] = {"display_quantity": 5, "reserve": 2, "slice": 1}
UNSEEN: dict[str, int] = {"visibility": 1, "min_quantity": 4, "lifetime": 1, "trade_date": TODAY}
TRAILS: dict[str, int] = {"trigger": 1, "trigger_price": 50, "trail": 10, "taker_rate": 9, "display_quantity": 2}
WAITS: dict[str, int] = {"trigger": 3, "trigger_price": 70, "taker_rate": 9, "waiting_type": 1, "expires_at": NOON}
RATES: dict[str, int] = {"maker": 7, "hold": 9}
SAME: Mapping[str, int] = MappingProxyType({})


def ice(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The iceberg: how it rests, and its attributes with a change."""
    placed = content(side=1, price=60, quantity=12, display_quantity=5)
    rests = {"price": 60, "leaves": 4} | other
    return (
        resting(ICE, lots=12, text=b"ice", **RATES | rests)
        + struct.pack("<Q", placed)
        + attributes(**{**IN_SLICES, **change})
    )


def hide(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The hidden bid."""
    placed = content(stp=3, price=50, quantity=9, visibility=1, min_quantity=4, lifetime=1)
    rests = RATES | {"stp": 3} | other
    return resting(HIDE, 50, 9, b"hide", **rests) + struct.pack("<Q", placed) + attributes(**{**UNSEEN, **change})


def trail(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The trailing stop."""
    return resting(TRAIL, 40, 3, b"", **RATES | other) + attributes(**{**TRAILS, **change})


def later(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The market stop that ends by itself."""
    placed = {"order_type": 1, "time_in_force": 1, "quantity": 2, "trigger": 3, "trigger_price": 70, "expires_at": NOON}
    waits = RATES | {"price": 73, "time_in_force": 1} | other
    written = struct.pack("<Q", content(**placed)) + attributes(**{**WAITS, **change})
    return resting(LATER, lots=2, text=b"later", **waits) + written


VALUES = struct.pack("<IIIQ", 60, 65, 9, 77)
MARKS = struct.pack("<6I", *[0] * 6)
TRADED = struct.pack("<16s", b"A-U") + VALUES


def test_attributes_byte_by_byte(new_engine: Any) -> None:
    image = with_attributes(new_engine).state_image()
    one, none = struct.pack("<I", 1), struct.pack("<I", 0)
    books = [none, one + ice(), one + hide(), none, none, none, one + trail(), *[none] * 4, one + later(), *[none] * 2]
    assert image.endswith(b"".join(books) + NOTHING_MORE)
    assert struct.unpack_from("<I", image, 20) == (TODAY,)
    assert image.count(TRADED + MARKS + PLAIN) == 1
    assert image.count(struct.pack("<IIIqII", MAX_OPEN_ORDERS_PER_ACCOUNT, CLIENT_ID_WINDOW, 3, 0, 2, 0)) == 1
    assert new_engine.restore(image).next_due == NOON


NO_ATTRIBUTES_OF_ANY_ORDER: dict[str, list[tuple[bytes, bytes]]] = {
    "a slice larger than what is shown": [(ice(), ice({"reserve": 0}, leaves=6))],
    "a slice of nothing": [(ice(), ice({"reserve": 6}, leaves=0))],
    "a reserve of less than nothing": [(ice(), ice({"reserve": -1, "display_quantity": 12}, leaves=7))],
    "a reserve that was never ordered": [(ice(), ice({"reserve": 9}))],
    "a reserve of no iceberg": [(ice(), ice({"display_quantity": 0}))],
    "a slice number of no iceberg": [(hide(), hide({"slice": 1}))],
    "less than nothing shown": [(ice(), ice({"display_quantity": -5}))],
    "a hidden iceberg": [(hide(), hide({"display_quantity": 9}))],
    "hidden among the displayed": [(ice(), ice({"visibility": 1}))],
    "displayed among the hidden": [(hide(), hide({"visibility": 0}))],
    "an unknown visibility": [(hide(), hide({"visibility": 2}))],
    "a minimum of a displayed order": [(ice(), ice({"min_quantity": 1}))],
    "a minimum of less than nothing": [(hide(), hide({"min_quantity": -1}))],
    "a minimum of more than is left": [(hide(), hide({"min_quantity": 10}))],
    "a minimum of a post-only order": [(hide(), hide(time_in_force=3))],
    "an unknown lifetime": [(hide(), hide({"lifetime": 3}))],
    "an order for an auction in what trades": [(hide(), hide({"lifetime": 2, "trade_date": 0, "min_quantity": 0}))],
    "a day that is none": [(hide(), hide({"trade_date": 20260001}))],
    "a day to come": [(hide(), hide({"trade_date": TODAY + 1}))],
    "a day of an order that has no end": [(hide(), hide({"lifetime": 0}))],
    "a resting order that waits": [(hide(), hide({"trigger": 1, "trigger_price": 1, "taker_rate": 9}))],
    "a trigger price of a resting order": [(hide(), hide({"trigger_price": 1}))],
    "a trail of a resting order": [(hide(), hide({"trail": 1}))],
    "a taker rate of a resting order": [(hide(), hide({"taker_rate": 9}))],
    "a waiting type of a resting order": [(hide(), hide({"waiting_type": 1}))],
    "a stop that waits for nothing": [(trail(), trail({"trigger": 0}))],
    "a stop in another's queue": [(trail(), trail({"trigger": 2}))],
    "an unknown trigger": [(trail(), trail({"trigger": 4}))],
    "a stop without a trigger price": [(trail(), trail({"trigger_price": 0}))],
    "a trigger price beyond the instrument's": [(later(), later({"trigger_price": 1_001}))],
    "a trail beyond the instrument's prices": [(trail(), trail({"trail": 1_001}))],
    "a stop that has traded": [(trail(), trail(leaves=2))],
    "a stop with a reserve": [(trail(), trail({"reserve": 1}, leaves=2))],
    "a stop with a slice": [(trail(), trail({"slice": 1}))],
    "a stop with a minimum": [(trail(), trail({"min_quantity": 1}))],
    "a stop that would be fill or kill": [(trail(), trail(time_in_force=2))],
    "a stop that would be post-only": [(trail(), trail(time_in_force=3))],
    "a stop that would slide": [(trail(), trail(time_in_force=4))],
    "an immediate iceberg": [(trail(), trail(time_in_force=1))],
    "an immediate hidden order": [(later(), later({"visibility": 1}))],
    "a market stop that would rest": [(later(), later(time_in_force=0))],
    "a stop that would be market-to-limit": [(later(), later({"waiting_type": 2}))],
    "an unknown waiting type": [(later(), later({"waiting_type": 3}))],
    "a taker rate that is not the larger": [(later(), later({"taker_rate": 8}))],
    "a taker rate beyond the hold's": [(later(), later({"taker_rate": 10}))],
    "a hidden order without a minimum across a displayed one": [
        (ice(), ice(price=50)),
        (hide(), hide({"min_quantity": 0})),
    ],
    "something between attributes": [(ice(), ice()[:-59] + b"\1" + ice()[-58:])],
    "something behind a trade date": [(ice(), ice()[:-49] + b"\1" + ice()[-48:])],
    "fewer attributes": [(ice(), ice().replace(attributes(**IN_SLICES), b"\x30" + attributes(**IN_SLICES)[1:49]))],
    "attributes that say nothing": [(trail(), resting(TRAIL, 40, 3, b"", **RATES) + attributes())],
    "a trade beyond the instrument's prices": [(TRADED, TRADED[:16] + struct.pack("<IIIQ", 1_001, 65, 9, 77))],
    "a reference beyond the instrument's prices": [(TRADED, TRADED[:16] + struct.pack("<IIIQ", 60, 1_001, 9, 77))],
    "a mark where nothing waits": [(TRADED + MARKS, TRADED + struct.pack("<6I", 0, 60, 0, 0, 0, 0))],
    "a mark that reaches nothing": [(TRADED + MARKS, TRADED + struct.pack("<6I", 51, 0, 0, 0, 0, 0))],
    "a mark beyond the instrument's prices": [(TRADED + MARKS, TRADED + struct.pack("<6I", 0, 0, 0, 0, 0, 1_001))],
}


@pytest.mark.parametrize("changes", NO_ATTRIBUTES_OF_ANY_ORDER.values(), ids=NO_ATTRIBUTES_OF_ANY_ORDER)
def test_attributes_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_attributes(new_engine).state_image()).refuses(*changes)


ATTRIBUTES_OF_OTHERS: dict[str, list[tuple[bytes, bytes]]] = {
    "another slice": [(ice(), ice({"reserve": 1, "slice": 255}, leaves=5))],
    "more shown": [(ice(), ice({"display_quantity": 6, "reserve": 0}, leaves=6))],
    "another minimum": [(hide(), hide({"min_quantity": 9}))],
    "no minimum": [(hide(), hide({"min_quantity": 0}))],
    "no day": [(hide(), hide({"lifetime": 0, "trade_date": 0}))],
    "an earlier day": [(hide(), hide({"trade_date": 0}))],
    "an end": [(hide(), hide({"expires_at": 1}))],
    "another way against its own party": [(hide(), hide(stp=4))],
    "a hidden order that slid": [(hide(), hide({"min_quantity": 0}, time_in_force=4))],
    "a hidden order with a minimum across a displayed one": [(ice(), ice(price=50))],
    "another trigger price": [(trail(), trail({"trigger_price": 59}))],
    "another trail": [(trail(), trail({"trail": 1_000}))],
    "no trail": [(trail(), trail({"trail": 0}))],
    "a stop that will be hidden": [(trail(), trail({"display_quantity": 0, "visibility": 1}))],
    "a stop that will be immediate": [(trail(), trail({"display_quantity": 0}, time_in_force=1))],
    "no trade and no reference yet": [(TRADED, TRADED[:16] + struct.pack("<IIIQ", 0, 0, 0, 0))],
    "a mark": [(TRADED + MARKS, TRADED + struct.pack("<6I", 50, 0, 0, 0, 0, 0))],
    "two marks": [(TRADED + MARKS, TRADED + struct.pack("<6I", 1, 0, 0, 0, 0, 1_000))],
}


@pytest.mark.parametrize("changes", ATTRIBUTES_OF_OTHERS.values(), ids=ATTRIBUTES_OF_OTHERS)
def test_attributes_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_attributes(new_engine).state_image()).takes(*changes)


# ------------------------------------------------------------------------------------------------------ pegged orders

PEG, SELL_PEG, MID, _, NEXT_PEG = (order_id(slot, 1, SHARD) for slot in range(2, 7))
ARRIVED, DEAREST = 12, 1_000


def with_pegs(new_engine: Any) -> Any:
    """A spread of one account, and pegs of the other: of each side and of two limits; one has traded, one was amended,
    and one ends by itself."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=DEAREST)
    engine.set_fee_schedule(0, 7, 9)
    engine.create_account(1)
    for account in (0, 1):
        engine.deposit(account, 0, 10_000)
        engine.deposit(account, 1, 1_000)
    engine.place(0, 0, Side.BUY, 50, 2)
    engine.place(0, 0, Side.SELL, 60, 2)
    assert engine.sequence == ARRIVED - 1
    engine.place(1, 0, Side.BUY, 70, 9, peg=1, peg_offset=2, client_order_id="peg")
    engine.place(1, 0, Side.SELL, 40, 3, peg=2, peg_offset=15, expires_at=NOON, stp=4)
    engine.place(1, 0, Side.BUY, 80, 8, peg=3, client_order_id="mid")
    engine.place(1, 0, Side.BUY, 81, 7, peg=3, lifetime=1)
    engine.place(1, 0, Side.SELL, 45, 2, peg=2, peg_offset=15)
    engine.set_fee_schedule(0, 5, 20)
    engine.amend(1, 80, 10, client_order_id="mid")
    engine.place(0, 0, Side.SELL, 55, 1, time_in_force=1)
    engine.place(0, 0, Side.SELL, 55, 6, time_in_force=1)
    engine.place(0, 0, Side.SELL, 55, 4, time_in_force=1)
    return engine


FOLLOWS: dict[str, int] = {"peg": 1, "peg_offset": 2, "taker_rate": 9, "arrival": ARRIVED}
ENDING: dict[str, int] = {"peg": 2, "peg_offset": 15, "taker_rate": 9, "arrival": ARRIVED + 1, "expires_at": NOON}
AMENDED: dict[str, int] = {"peg": 3, "taker_rate": 20, "arrival": ARRIVED + 6}
BEHIND: dict[str, int] = {"peg": 2, "peg_offset": 15, "taker_rate": 9, "arrival": ARRIVED + 4}


def peg(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The primary peg, which is whole."""
    placed = struct.pack("<Q", PLACED_AS_A_PEG)
    fixed = RATES | {"price": 70} | other
    return resting(PEG, lots=9, text=b"peg", account=1, **fixed) + placed + attributes(**{**FOLLOWS, **change})


def sell_peg(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The market peg of the other side."""
    fixed = RATES | {"price": 40, "stp": 4} | other
    return resting(SELL_PEG, lots=3, text=b"", account=1, **fixed) + attributes(**{**ENDING, **change})


def next_peg(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The market peg behind that."""
    fixed = RATES | {"price": 45} | other
    return resting(NEXT_PEG, lots=2, text=b"", account=1, **fixed) + attributes(**{**BEHIND, **change})


def mid(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The midpoint peg that was amended, and has traded."""
    placed = struct.pack("<Q", PLACED_AT_THE_MIDDLE)
    fixed = {"price": 80, "leaves": 6, "maker": 5, "hold": 20} | other
    return resting(MID, lots=10, text=b"mid", account=1, **fixed) + placed + attributes(**{**AMENDED, **change})


PLACED_AS_A_PEG = content(price=70, quantity=9, peg=1, peg_offset=2)
PLACED_AT_THE_MIDDLE = content(price=80, quantity=8, peg=3)


def test_pegs_byte_by_byte(new_engine: Any) -> None:
    image = with_pegs(new_engine).state_image()
    two, one, none = struct.pack("<I", 2), struct.pack("<I", 1), bytes(4)
    spread = [one + resting(BID, 50, 2, b"", **RATES) + b"\0", one + resting(ASK, 60, 2, b"", **RATES) + b"\0"]
    books = [*spread, *[none] * 10, two + peg() + mid(), two + sell_peg() + next_peg()]
    assert image.endswith(b"".join(books) + NOTHING_MORE)
    assert new_engine.restore(image).next_due == NOON


NO_PEG: dict[str, int] = {"peg": 0, "peg_offset": 0, "arrival": 0, "taker_rate": 0}
NO_PEGS: dict[str, list[tuple[bytes, bytes]]] = {
    "what follows nothing": [(peg(), peg({"peg": 0}))],
    "an order like others among pegs": [(sell_peg(), sell_peg(NO_PEG))],
    "an unknown reference": [(peg(), peg({"peg": 4}))],
    "an offset too far": [(peg(), peg({"peg_offset": 16}))],
    "a market peg without an offset": [(sell_peg(), sell_peg({"peg_offset": 0}))],
    "one that never arrived": [(peg(), peg({"arrival": 0}))],
    "one that is to arrive": [(peg(), peg({"arrival": ARRIVED + 10}))],
    "two that arrived at once": [(peg(), peg({"arrival": ARRIVED + 6}))],
    "two of both sides that arrived at once": [(peg(), peg({"arrival": ARRIVED + 1}))],
    "another's place": [(peg() + mid(), mid() + peg())],
    "a reference behind another": [(next_peg(), next_peg({"peg": 1}))],
    "a limit behind a worse one": [(next_peg(), next_peg(price=39))],
    "arrivals out of order": [(next_peg(), next_peg({"arrival": 1}, price=40))],
    "an offset behind a larger one": [(next_peg(), next_peg({"peg_offset": 14}))],
    "a price below all": [(sell_peg(), sell_peg(price=0))],
    "a price beyond the instrument's": [(sell_peg(), sell_peg(price=DEAREST + 1))],
    "more left than there was": [(mid(), mid(leaves=11))],
    "an immediate one": [(sell_peg(), sell_peg(time_in_force=1))],
    "one that is filled or killed": [(sell_peg(), sell_peg(time_in_force=2))],
    "one that is post-only": [(sell_peg(), sell_peg(time_in_force=3))],
    "one that slides": [(sell_peg(), sell_peg(time_in_force=4))],
    "one for an auction": [(sell_peg(), sell_peg({"lifetime": 2}))],
    "a hidden one": [(sell_peg(), sell_peg({"visibility": 1}))],
    "one by slices": [(sell_peg(), sell_peg({"display_quantity": 3}))],
    "one with a reserve": [(sell_peg(), sell_peg({"reserve": 1}, leaves=2))],
    "one that has shown slices": [(sell_peg(), sell_peg({"slice": 1}))],
    "one with a minimum": [(sell_peg(), sell_peg({"min_quantity": 1}))],
    "one that waits for a value": [(sell_peg(), sell_peg({"trigger": 1, "trigger_price": 30}))],
    "a trigger price": [(sell_peg(), sell_peg({"trigger_price": 30}))],
    "a trail": [(sell_peg(), sell_peg({"trail": 1}))],
    "a waiting type": [(sell_peg(), sell_peg({"waiting_type": 1}))],
    "a quote": [(sell_peg(), sell_peg({"quote_group": 1, "expires_at": 0}))],
    "an entry": [(sell_peg(), sell_peg({"exit_trigger": 1, "take_profit": 30, "exit_trigger_price": 50}))],
    "exits without an entry": [(sell_peg(), sell_peg({"take_profit": 30}))],
    "a leg": [(sell_peg(), sell_peg({"partner": PEG}))],
    "what a leg counts on": [(sell_peg(), sell_peg({"partner_price": 1}))],
    "a taker rate beyond the hold's": [(peg(), peg({"taker_rate": 10}))],
    "rates of which none is the hold's": [(mid(), mid({"taker_rate": 19}))],
    "no rate as a taker": [(mid(), mid({"taker_rate": 0}))],
    "a displayed order with an arrival": [
        (resting(BID, 50, 2, b"", **RATES) + b"\0", resting(BID, 50, 2, b"", **RATES) + attributes(arrival=1))
    ],
    "a displayed order with an offset": [
        (resting(BID, 50, 2, b"", **RATES) + b"\0", resting(BID, 50, 2, b"", **RATES) + attributes(peg_offset=1))
    ],
    "a peg among the displayed": [
        (
            resting(BID, 50, 2, b"", **RATES) + b"\0",
            resting(BID, 50, 2, b"", **RATES) + attributes(peg=1, arrival=1, taker_rate=9),
        )
    ],
}


@pytest.mark.parametrize("changes", NO_PEGS.values(), ids=NO_PEGS)
def test_pegs_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_pegs(new_engine).state_image()).refuses(*changes)


PEGS_OF_OTHERS: dict[str, list[tuple[bytes, bytes]]] = {
    "another offset": [(peg(), peg({"peg_offset": 15}))],
    "no offset": [(peg(), peg({"peg_offset": 0}))],
    "another reference": [(peg(), peg({"peg": 2}))],
    "another limit behind the first": [(next_peg(), next_peg(price=41))],
    "the same limit, later": [(next_peg(), next_peg(price=40))],
    "a worse reference, with any limit": [(next_peg(), next_peg({"peg": 3, "peg_offset": 0}, price=1))],
    "the first to arrive of all": [(peg(), peg({"arrival": 1}))],
    "the last to arrive of all": [(peg(), peg({"arrival": ARRIVED + 9}))],
    "arrivals of two queues in another order": [(mid(), mid({"arrival": 3}))],
    "another end": [(sell_peg(), sell_peg({"expires_at": 1}))],
    "no end": [(sell_peg(), sell_peg({"expires_at": 0}))],
    "one of a day": [(sell_peg(), sell_peg({"lifetime": 1}))],
    "another way against its own party": [(sell_peg(), sell_peg(stp=3))],
    "another limit of a sell": [(next_peg(), next_peg(price=DEAREST))],
    "one that will cross": [(sell_peg(), sell_peg({"peg_offset": 1}, price=1))],
    "a taker rate below the maker's": [(sell_peg(), sell_peg({"taker_rate": 3}, hold=7))],
}


@pytest.mark.parametrize("changes", PEGS_OF_OTHERS.values(), ids=PEGS_OF_OTHERS)
def test_pegs_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_pegs(new_engine).state_image()).takes(*changes)


def test_a_restored_engine_has_its_pegs_where_they_were(new_engine: Any) -> None:
    engine = with_pegs(new_engine)
    restored = new_engine.restore(engine.state_image())
    for other in (engine, restored):
        other.place(0, 0, Side.SELL, 40, 30)
    assert engine.state_image() == restored.state_image()


# ------------------------------------------------------------------------------------------------------------- auctions

BUYER, SELLER, MARKET = (order_id(slot, 1, SHARD) for slot in range(3))
BEGAN, ENDS = 10, 100


def in_auction(new_engine: Any) -> Any:
    """The call of an auction with limits: a bid above an ask, and a market order; everything of one account."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    for number, symbol in enumerate(("A-U", "B-U")):
        sizes = {"lot_size": 1, "tick_lot_value": 1, "max_price": 1_000}
        engine.create_instrument(number, symbol, 1, 0, **sizes, phase=Phase.PRE_OPEN)
    for asset in (0, 1):
        engine.deposit(0, asset, 1_000)
    engine.set_reference(0, 60)
    engine.place(0, 0, Side.BUY, 70, 3, lifetime=2)
    engine.place(0, 0, Side.SELL, 50, 200, display_quantity=1)
    engine.place(0, 0, Side.BUY, 0, 1, order_type=1, lifetime=2)
    limits = {"static_bps": 5_000, "dynamic_bps": 6_000, "auction_bps": 7_000, "call_ns": 50}
    engine.set_trading_limits(0, **limits, max_quantity=1_000, max_notional=99_999)
    engine.set_phase(0, Phase.AUCTION, next=Phase.CLOSED, ends_at=ENDS, timestamp_ns=BEGAN)
    return engine


def uncrossing(new_engine: Any) -> Any:
    """An uncrossing that goes on, and two cancels that wait for its end."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    for number, symbol in enumerate(("A-U", "B-U")):
        sizes = {"lot_size": 1, "tick_lot_value": 1, "max_price": 1_000}
        engine.create_instrument(number, symbol, 1, 0, **sizes, phase=Phase.PRE_OPEN)
    for asset in (0, 1):
        engine.deposit(0, asset, 100_000)
    engine.place(0, 0, Side.BUY, 70, 200)
    engine.place(0, 0, Side.SELL, 50, 200, display_quantity=1)
    engine.place(0, 1, Side.SELL, 50, 1)
    engine.set_phase(0, Phase.CONTINUOUS)
    engine.cancel(0, order_id=SELLER)
    engine.cancel_all(0, 0)
    return engine


def of_phase(**fields: int) -> bytes:
    """What the rule book lays out of an instrument's phase: that of `in_auction`, with a change."""
    layout = {"phase": "B", "next": "B", "reserved": "H", "extensions": "I", "auction_price": "I"}
    layout |= {"ends_at": "Q", "indicate_at": "Q"}
    said = {"phase": Phase.AUCTION, "next": Phase.CLOSED, "ends_at": ENDS, "indicate_at": BEGAN + INDICATION_INTERVAL}
    return struct.pack("<" + "".join(layout.values()), *((said | fields).get(name, 0) for name in layout))


AT_REST: dict[str, int] = {"next": 0, "ends_at": 0, "indicate_at": 0}


def of_limits(**fields: int) -> bytes:
    """The same of its limits."""
    layout = {"static_bps": "I", "dynamic_bps": "I", "auction_bps": "I", "call_ns": "Q"}
    layout |= {"max_quantity": "q", "max_notional": "q"}
    said = {"static_bps": 5_000, "dynamic_bps": 6_000, "auction_bps": 7_000, "call_ns": 50}
    said |= {"max_quantity": 1_000, "max_notional": 99_999}
    return struct.pack("<" + "".join(layout.values()), *((said | fields).get(name, 0) for name in layout))


def pending(*cancels: tuple[int, int]) -> bytes:
    """Cancels that wait."""
    return struct.pack("<I", len(cancels)) + b"".join(struct.pack("<QB", *cancel) for cancel in cancels)


FOR_AUCTION: dict[str, int] = {"lifetime": 2}
SLICES: dict[str, int] = {"display_quantity": 1, "reserve": 199}


def buyer(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The bid for one auction."""
    rests: dict[str, Any] = {"price": 70, "lots": 3, "text": b"", **other}
    return resting(BUYER, **rests) + attributes(**{**FOR_AUCTION, **change})


def seller(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The ask in slices."""
    rests: dict[str, Any] = {"price": 50, "lots": 200, "text": b"", "leaves": 1, **other}
    return resting(SELLER, **rests) + attributes(**{**SLICES, **change})


def market(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The market order: its limit is the collar around the reference price."""
    rests: dict[str, Any] = {"price": 63, "lots": 1, "text": b"", **other}
    return resting(MARKET, **rests) + attributes(**{**FOR_AUCTION, **change})


IN_CALL = of_phase() + of_limits() + pending()
BOOK = b"".join(
    (*(struct.pack("<I", 1) + order for order in (buyer(), seller())), bytes(8), struct.pack("<I", 1), market())
)
UNCROSSED_AT = 60
IN_UNCROSSING = of_phase(phase=Phase.UNCROSSING, auction_price=UNCROSSED_AT, **AT_REST)
WAITING = pending((BUYER, 2), (SELLER, 1))
STATE_OF_UNCROSSING = IN_UNCROSSING + bytes(len(of_limits())) + WAITING


def test_an_auction_byte_by_byte(new_engine: Any) -> None:
    image = in_auction(new_engine).state_image()
    assert image.count(IN_CALL) == 1
    assert image.endswith(BOOK + bytes(4 * 9 + 4 * 14) + NOTHING_MORE)
    assert new_engine.restore(image).next_due == ENDS


def test_an_uncrossing_byte_by_byte(new_engine: Any) -> None:
    engine = uncrossing(new_engine)
    assert engine.state_image().count(STATE_OF_UNCROSSING) == 1
    assert new_engine.restore(engine.state_image()).next_due == engine.timestamp_ns


# --------------------------------------------------------------------------------------------------- price protections

LOOK = BEGAN + VOLATILITY_INTERVAL


def with_price_protections(new_engine: Any) -> Any:
    """A closed primary market whose anchor moves; bands around 100, a trade at 104, and a bid at the upper bound."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    for number, symbol in enumerate(("A-U", "B-U")):
        engine.create_instrument(number, symbol, 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
        engine.set_reference(number, 100, observed_at=5)
    for asset in (0, 1):
        engine.deposit(0, asset, 1_000)
    engine.set_trading_limits(0, call_ns=50)
    steps = {"closed_bps": 300, "step_bps": 100, "step_ns": 40}
    engine.set_reference_policy(0, stale=1, primary=2, widen=150, max_age_ns=7, **steps, timestamp_ns=BEGAN)
    engine.set_primary_status(0, 1, close=200)
    engine.set_volatility_bands(1, bps=500, ticks=6, multiplier=100, limit_state_ns=15, pause_ns=300)
    engine.place(0, 1, Side.SELL, 104, 1)
    engine.place(0, 1, Side.BUY, 104, 1, stp=4)
    engine.place(0, 1, Side.BUY, 105, 1)
    return engine


def of_bands(*buckets: tuple[int, int, int], **fields: int) -> bytes:
    """What the rule book lays out of an instrument's bands: those of `protected`, with a change."""
    layout = {"bps": "I", "ticks": "I", "multiplier": "I", "reference": "I", "limit_state_ns": "Q", "pause_ns": "Q"}
    layout |= {"moved_at": "Q", "look_at": "Q", "limit_state": "B3x", "buckets": "I", "state_ends_at": "Q"}
    said = {"bps": 500, "ticks": 6, "multiplier": 100, "reference": 100, "limit_state_ns": 15, "pause_ns": 300}
    said |= {"moved_at": BEGAN, "look_at": LOOK, "limit_state": 1, "state_ends_at": BEGAN + 15}
    buckets = buckets or ((0, 104, 1),)
    said |= {"buckets": len(buckets), **fields}
    fixed = struct.pack("<" + "".join(layout.values()), *(said[name] for name in layout))
    return fixed + b"".join(struct.pack("<QQQ", *bucket) for bucket in buckets)


def of_policy(**fields: int) -> bytes:
    """The same of a policy."""
    layout = {"stale": "B", "primary": "B", "status": "B", "too_old": "B", "widen": "I", "max_age_ns": "Q"}
    layout |= {"closed_bps": "I", "step_bps": "I", "step_ns": "Q", "close": "I", "anchor": "I", "step_at": "Q"}
    said = {"stale": 1, "primary": 2, "status": 1, "widen": 150, "max_age_ns": 7, "closed_bps": 300, "step_bps": 100}
    said |= {"step_ns": 40, "close": 200, "anchor": 200, "step_at": BEGAN + 40}
    return struct.pack("<" + "".join(layout.values()), *((said | fields).get(name, 0) for name in layout))


NO_BANDS, NO_POLICY = bytes(64), bytes(48)
PROTECTIONS = b"".join((struct.pack("<II", 2, 0), NO_BANDS, of_policy(), struct.pack("<I", 1), of_bands(), NO_POLICY))


def test_price_protections_byte_by_byte(new_engine: Any) -> None:
    image = with_price_protections(new_engine).state_image()
    assert image.endswith(PROTECTIONS + NO_OBLIGATIONS)
    assert new_engine.restore(image).next_due == BEGAN + 15


def bands(*buckets: tuple[int, int, int], **fields: int) -> list[tuple[bytes, bytes]]:
    return [(of_bands(), of_bands(*buckets, **fields))]


def policy(**fields: int) -> list[tuple[bytes, bytes]]:
    return [(of_policy(), of_policy(**fields))]


FIXED: dict[str, int] = {"primary": 1, "step_bps": 0, "step_ns": 0, "step_at": 0}
OPEN: dict[str, int] = {"status": 0, "close": 0, "anchor": 0, "step_at": 0}
NO_PROTECTIONS: dict[str, list[tuple[bytes, bytes]]] = {
    "too wide": bands(bps=10_001),
    "bands without a width, and with a multiplier": bands(bps=0),
    "ticks beyond all prices": bands(ticks=1_001),
    "no multiplier": bands(multiplier=0),
    "too large a multiplier": bands(multiplier=10_001),
    "no time for a limit state": bands(limit_state_ns=0),
    "too long a limit state": bands(limit_state_ns=MAX_CALL_NS + 1),
    "no time for a pause": bands(pause_ns=0),
    "too long a pause": bands(pause_ns=MAX_CALL_NS + 1),
    "a reference beyond all prices": bands(reference=1_001),
    "no reference, though there was a trade": bands(reference=0, limit_state=0, state_ends_at=0),
    "a reference of the future": bands(moved_at=BEGAN + 1),
    "trades that are not looked at": bands(look_at=0),
    "another limit state": bands(limit_state=2),
    "no limit state of a bid at the bound": bands(limit_state=0, state_ends_at=0),
    "an unknown limit state": bands(limit_state=3),
    "a limit state without an end": bands(state_ends_at=0),
    "an end of no limit state": bands(reference=200, limit_state=0),
    "a limit state of bands that are elsewhere": bands(reference=200),
    "trades of the future": bands((1, 104, 1)),
    "no trades of a second": bands((0, 0, 0)),
    "trades for nothing": bands((0, 0, 1)),
    "trades above all prices": bands((0, 1_001, 1)),
    "a second twice": bands((0, 104, 1), (0, 104, 1)),
    "an unknown policy": policy(stale=3),
    "an unknown policy of the primary market": policy(primary=4),
    "an unknown status": policy(status=3),
    "more than too old": policy(too_old=2, **OPEN),
    "too old, though it is not asked": policy(too_old=1),
    "a reference that is not too old yet": policy(too_old=1, **OPEN),
    "narrower instead of wider": policy(widen=99),
    "too wide a band": policy(widen=10_001),
    "wider, and never": policy(max_age_ns=0),
    "an age that matters to nobody": policy(stale=0, widen=0),
    "a width of a halt": policy(stale=2),
    "no band of a closed market": policy(closed_bps=0),
    "too wide a band of a closed market": policy(closed_bps=10_001),
    "steps of a fixed band": policy(primary=1, step_at=0),
    "steps of no length": policy(step_bps=0),
    "too long steps": policy(step_bps=10_001),
    "steps all the time": policy(step_ns=0),
    "steps that never come": policy(step_ns=MAX_CALL_NS + 1),
    "an anchor that makes no step": policy(step_at=0),
    "a step of a fixed band": policy(**FIXED | {"step_at": 50}),
    "a step that is further away than any": policy(step_at=BEGAN + 41),
    "no anchor, though there was a close": policy(anchor=0),
    "a limit state that lasts longer than any": bands(state_ends_at=BEGAN + MAX_CALL_NS + 1),
    "a look that is further away than any": bands(look_at=LOOK + 1),
    "a close beyond all prices": policy(close=1_001),
    "an anchor beyond all prices": policy(anchor=1_001),
    "a close of an open market": policy(**OPEN | {"close": 200}),
    "an anchor of an open market": policy(**OPEN | {"anchor": 200}),
    "a step of an open market": policy(**OPEN | {"step_at": 50}),
    "nothing to say": [(struct.pack("<I", 1) + of_bands(), struct.pack("<I", 1) + NO_BANDS)],
    "an instrument that is not there": [(struct.pack("<I", 1) + of_bands(), struct.pack("<I", 2) + of_bands())],
    "an instrument twice": [(struct.pack("<I", 1) + of_bands(), struct.pack("<I", 0) + of_bands())],
}


@pytest.mark.parametrize("changes", NO_PROTECTIONS.values(), ids=NO_PROTECTIONS)
def test_protections_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_price_protections(new_engine).state_image()).refuses(*changes)


PRICE_PROTECTED: dict[str, list[tuple[bytes, bytes]]] = {
    "widest bands": bands(bps=10_000, multiplier=10_000, ticks=5, limit_state=0, state_ends_at=0),
    "other bands with the same edge": bands(bps=1_000, ticks=5, limit_state_ns=MAX_CALL_NS, pause_ns=MAX_CALL_NS),
    "a limit state that lasts too long": bands(state_ends_at=1),
    "a look that is overdue": bands(look_at=1),
    "other trades": bands((0, 3_000, 3)),
    "a reference that is too old": [(of_policy(), of_policy(max_age_ns=5, too_old=1, **OPEN))],
    "an open market": policy(**OPEN),
    "a market that halts": policy(**OPEN | {"status": 2}),
    "a fixed band": policy(**FIXED),
    "an anchor that has moved": policy(anchor=1_000),
    "no anchor": policy(close=0, anchor=0),
    "the latest end of a limit state": bands(state_ends_at=BEGAN + MAX_CALL_NS),
    "a step that is overdue": policy(step_at=1),
    "a halt instead of a wider band": policy(stale=2, widen=0),
    "a closed market that halts": policy(**FIXED | {"primary": 3, "closed_bps": 0, "anchor": 0}),
}


@pytest.mark.parametrize("changes", PRICE_PROTECTED.values(), ids=PRICE_PROTECTED)
def test_protections_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_price_protections(new_engine).state_image()).takes(*changes)


def test_both_engines_take_the_same_protections() -> None:
    image = bytearray(with_price_protections(reference.Engine).state_image())
    differences = []
    end = len(image) - len(NO_OBLIGATIONS)
    for offset in range(end - len(PROTECTIONS), end):
        for flip in (0x01, 0x02, 0x10, 0x80):
            image[offset] ^= flip
            ours, theirs = (restored_image(engine, bytes(image)) for engine in ENGINES.values())
            if ours != theirs:
                differences.append((offset - end + len(PROTECTIONS), flip, ours is None))
            image[offset] ^= flip
    assert not differences


# --------------------------------------------------------------------------------------------------------- obligations


def with_obligations(new_engine: Any) -> Any:
    """Of two accounts one meets what it owes, and the other has earned its rate on one instrument of two."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    for number, symbol in enumerate(("A-U", "B-U")):
        engine.create_instrument(number, symbol, 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    engine.create_account(1)
    for account in (0, 1):
        for asset in (0, 1):
            engine.deposit(account, asset, 1_000)
        for side, price in ((Side.BUY, 50), (Side.SELL, 52)):
            engine.place(account, account, side, price + account, 2 + account)
    engine.set_obligation(1, 1, max_spread=2, min_quantity=3, required_bps=5_000, maker_rate=-7, timestamp_ns=100)
    engine.set_obligation(1, 0, max_spread=1_000, min_quantity=MAX_AMOUNT, required_bps=10_000, maker_rate=32_767)
    engine.roll_trade_date(20261201, timestamp_ns=150)
    engine.set_obligation(0, 0, max_spread=1, min_quantity=1, required_bps=1, timestamp_ns=160)
    engine.halt(0, timestamp_ns=167)
    engine.pulse(timestamp_ns=190)
    return engine


NO_OBLIGATIONS = struct.pack("<I", 0)
OBLIGED = {"account": 1, "instrument": 1, "max_spread": 2, "required_bps": 5_000, "maker_rate": -7, "earned": 1}
OBLIGED |= {"min_quantity": 3, "met_ns": 40, "open_ns": 40}


def of_obligation(**fields: int) -> bytes:
    """What the rule book lays out of an obligation: of the one that is met, with a change."""
    return struct.pack("<IIIIiB3xqQQ", *(OBLIGED | fields).values())


OF_FIRST = of_obligation(
    account=0, instrument=0, max_spread=1, required_bps=1, maker_rate=0, earned=0, min_quantity=1, met_ns=0, open_ns=7
)
WIDEST = {"max_spread": 1_000, "required_bps": 10_000, "maker_rate": 32_767, "min_quantity": MAX_AMOUNT}
OF_SECOND = of_obligation(instrument=0, **WIDEST, earned=0, met_ns=0, open_ns=17)
OBLIGATIONS = struct.pack("<I", 3) + OF_FIRST + OF_SECOND + of_obligation()


def test_obligations_byte_by_byte(new_engine: Any) -> None:
    image = with_obligations(new_engine).state_image()
    assert image.endswith(OBLIGATIONS)
    restored = new_engine.restore(image)
    restored.pulse(timestamp_ns=200)
    assert [(row.met_ns, row.open_ns, row.is_met, row.earned) for row in restored.obligations()] == [
        (0, 7, False, False),
        (0, 17, False, False),
        (50, 50, True, True),
    ]


def obligation(**fields: int) -> list[tuple[bytes, bytes]]:
    return [(of_obligation(), of_obligation(**fields))]


NO_OBLIGATION: dict[str, list[tuple[bytes, bytes]]] = {
    "no spread": obligation(max_spread=0),
    "too wide a spread": obligation(max_spread=1_001),
    "no quantity": obligation(min_quantity=0),
    "no share of the time": obligation(required_bps=0),
    "more than all of the time": obligation(required_bps=10_001),
    "too high a rate": obligation(maker_rate=32_768),
    "too low a rate": obligation(maker_rate=-32_768),
    "more than earned": obligation(earned=2),
    "more time met than open": obligation(met_ns=41),
    "more time open than there was": obligation(open_ns=191),
    "an account that is not there": obligation(account=2),
    "an instrument that is not there": obligation(instrument=2),
    "twice": obligation(instrument=0),
    "not in their order": [(OF_FIRST + OF_SECOND, OF_SECOND + OF_FIRST)],
    "reserved bytes": [(of_obligation(), of_obligation()[:21] + b"\x01" + of_obligation()[22:])],
}


@pytest.mark.parametrize("changes", NO_OBLIGATION.values(), ids=NO_OBLIGATION)
def test_obligations_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_obligations(new_engine).state_image()).refuses(*changes)


OBLIGATION: dict[str, list[tuple[bytes, bytes]]] = {
    "other terms": obligation(**WIDEST),
    "not earned": obligation(earned=0),
    "met for no time": obligation(met_ns=0),
    "as long as there was": obligation(open_ns=190),
    "none": [(OBLIGATIONS, NO_OBLIGATIONS)],
}


@pytest.mark.parametrize("changes", OBLIGATION.values(), ids=OBLIGATION)
def test_obligations_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, with_obligations(new_engine).state_image()).takes(*changes)


def test_both_engines_take_the_same_obligations() -> None:
    image = bytearray(with_obligations(reference.Engine).state_image())
    for offset in range(len(image) - len(OBLIGATIONS), len(image)):
        for flip in (0x01, 0x10, 0x80):
            image[offset] ^= flip
            ours, theirs = (restored_image(engine, bytes(image)) for engine in ENGINES.values())
            assert ours == theirs, (offset - len(image) + len(OBLIGATIONS), flip)
            image[offset] ^= flip


def phase(**fields: int) -> list[tuple[bytes, bytes]]:
    return [(of_phase(), of_phase(**fields))]


def limits(**fields: int) -> list[tuple[bytes, bytes]]:
    return [(of_limits(), of_limits(**fields))]


NO_AUCTIONS: dict[str, list[tuple[bytes, bytes]]] = {
    "an unknown phase": phase(phase=7),
    "no phase of a call that ends": phase(phase=Phase.PRE_OPEN),
    "an uncrossing that ends at a time": phase(phase=Phase.UNCROSSING),
    "an unknown phase behind the auction": phase(next=7),
    "no phase that comes behind an auction": phase(next=Phase.PRE_OPEN),
    "retired by an auction": phase(next=Phase.RETIRED),
    "a reserved byte": phase(reserved=1),
    "the other reserved byte": phase(reserved=256),
    "a price of an auction that is still called": phase(auction_price=60),
    "a call that never says its price": phase(indicate_at=0),
    "a pause that does not end": phase(phase=Phase.PAUSE, next=0, ends_at=0),
    "a pause behind which it is closed": phase(phase=Phase.PAUSE),
    "an end of no call": phase(phase=Phase.CLOSED, next=0, indicate_at=0),
    "an indication of no call": phase(phase=Phase.CLOSED, next=0, ends_at=0),
    "extensions of no call": phase(phase=Phase.CLOSED, extensions=1, **AT_REST),
    "a next phase of no call": phase(phase=Phase.CLOSED, ends_at=0, indicate_at=0),
    "a price of no auction": phase(phase=Phase.CLOSED, auction_price=60, **AT_REST),
    "what was for an auction while it trades": phase(phase=Phase.CONTINUOUS, **AT_REST),
    "a static band beyond all": limits(static_bps=10_001),
    "a dynamic band beyond all": limits(dynamic_bps=10_001),
    "bounds of an auction beyond all": limits(auction_bps=10_001),
    "a call that is too long": limits(call_ns=MAX_CALL_NS + 1),
    "a band without a call": limits(call_ns=0),
    "less than no lots": limits(max_quantity=-1),
    "less than no money": limits(max_notional=-1),
    "a cancel that waits for no uncrossing": [(IN_CALL, IN_CALL[:-4] + pending((BUYER, 1)))],
    "a market order for no auction": [(market(), market({"lifetime": 0}))],
    "a market order of a day": [(market(), market({"lifetime": 1}))],
    "a market order that is hidden": [(market(), market({"visibility": 1}))],
    "a market order in slices": [(market(), market({"display_quantity": 1}))],
    "a market order with a minimum": [(market(), market({"min_quantity": 1}))],
    "a market order that would not rest": [(market(), market(time_in_force=1))],
    "a market order with a trigger": [(market(), market({"trigger": 1, "trigger_price": 5}))],
    "a post-only order for an auction": [(buyer(), buyer(time_in_force=3))],
    "an order for an auction with a minimum": [(buyer(), buyer({"min_quantity": 1}))],
    "an order that has had its auction": [(buyer(), buyer(lots=4, leaves=3))],
    "an order for an auction of a day": [(buyer(), buyer({"trade_date": TODAY}))],
    "one side's order on the other": [(BOOK, struct.pack("<II", 2, 1).join((b"", buyer() + market() + seller())))],
}


@pytest.mark.parametrize("changes", NO_AUCTIONS.values(), ids=NO_AUCTIONS)
def test_auctions_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, in_auction(new_engine).state_image()).refuses(*changes)


AUCTIONS: dict[str, list[tuple[bytes, bytes]]] = {
    "before the opening": phase(phase=Phase.PRE_OPEN, **AT_REST),
    "closed": phase(phase=Phase.CLOSED, **AT_REST),
    "retired": phase(phase=Phase.RETIRED, **AT_REST),
    "a pause": phase(phase=Phase.PAUSE, next=0),
    "a call that ends by command": phase(next=0, ends_at=0),
    "a call that was extended": phase(extensions=2**32 - 1),
    "a call that has ended long ago": phase(ends_at=1),
    "an indication that is overdue": phase(indicate_at=1),
    "widest bands": limits(static_bps=10_000, dynamic_bps=10_000, auction_bps=10_000, call_ns=MAX_CALL_NS),
    "a call of an instrument without bands": limits(static_bps=0, dynamic_bps=0, auction_bps=0),
    "no limits": limits(static_bps=0, dynamic_bps=0, auction_bps=0, call_ns=0, max_quantity=0, max_notional=0),
    "other sizes": limits(max_quantity=1, max_notional=(1 << 63) - 1),
    "a market order that ends": [(market(), market({"expires_at": 5}))],
    "a bid that stays": [(buyer(), buyer({"lifetime": 0, "expires_at": 5}))],
}


@pytest.mark.parametrize("changes", AUCTIONS.values(), ids=AUCTIONS)
def test_auctions_that_an_engine_could_write_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, in_auction(new_engine).state_image()).takes(*changes)


OTHER = order_id(2, 1, SHARD)
"""Of the other instrument."""


@pytest.mark.parametrize(
    ("cancels", "is_possible"),
    [
        (pending(), True),
        (pending((SELLER, 2)), True),
        (pending((BUYER, 1), (SELLER, 1)), True),
        (pending((SELLER, 1), (BUYER, 2)), False),
        (pending((BUYER, 1), (BUYER, 2)), False),
        (pending((OTHER, 1)), False),
        (pending((order_id(3, 1, SHARD), 1)), False),
        (pending((order_id(0, 2, SHARD), 1)), False),
        *((pending((BUYER, reason)), False) for reason in (0, 3, 7, 10, 11, 12, 13, 255)),
    ],
)
def test_cancels_that_wait(new_engine: Any, cancels: bytes, is_possible: bool) -> None:
    images = Images(new_engine, uncrossing(new_engine).state_image())
    change = (STATE_OF_UNCROSSING, STATE_OF_UNCROSSING.removesuffix(WAITING) + cancels)
    assert images.takes(change) if is_possible else images.refuses(change)


def uncrossing_quotes(new_engine: Any) -> Any:
    """An uncrossing that goes on, in which a group has traded too much: the cancels of its quotes wait."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    sizes = {"lot_size": 1, "tick_lot_value": 1, "max_price": 1_000}
    engine.create_instrument(0, "A-U", 1, 0, **sizes, phase=Phase.PRE_OPEN)
    for asset in (0, 1):
        engine.deposit(0, asset, 100_000)
    engine.set_market_maker_protection(0, 5, window_ns=9, max_fills=1)
    engine.mass_quote(0, 5, [QuoteEntry(0, 70, 90, 200, 7)])
    engine.place(0, 0, Side.SELL, 50, 200, display_quantity=1)
    engine.set_phase(0, Phase.CONTINUOUS)
    return engine


QUOTED_BID, QUOTED_ASK, SOLD_IN_SLICES = (order_id(slot, 1, SHARD) for slot in range(3))
SWEPT = ((QUOTED_BID, 22), (QUOTED_ASK, 22))


@pytest.mark.parametrize(
    ("cancels", "is_possible"),
    [
        (pending(*SWEPT), True),
        (pending((QUOTED_BID, 1), (QUOTED_ASK, 20)), True),
        (pending((QUOTED_BID, 21), (QUOTED_ASK, 2)), True),
        (pending(*SWEPT, (SOLD_IN_SLICES, 1)), True),
        (pending(), False),
        (pending(SWEPT[0]), False),
        (pending(SWEPT[1]), False),
        *((pending((QUOTED_BID, reason), SWEPT[1]), False) for reason in (7, 11, 19, 23, 24)),
        *((pending(*SWEPT, (SOLD_IN_SLICES, reason)), False) for reason in (20, 21, 22)),
    ],
)
def test_cancels_of_quotes_that_wait(new_engine: Any, cancels: bytes, is_possible: bool) -> None:
    """The quotes of a blocked group all go; for what only quotes are cancelled for, only quotes wait."""
    images = Images(new_engine, uncrossing_quotes(new_engine).state_image())
    before = IN_UNCROSSING + bytes(len(of_limits()))
    change = (before + pending(*SWEPT), before + cancels)
    assert images.takes(change) if is_possible else images.refuses(change)


@pytest.mark.parametrize(
    ("fields", "is_possible"),
    [
        ({"auction_price": 50}, True),
        ({"next": Phase.CLOSED}, True),
        ({"next": Phase.AUCTION}, False),
        ({"auction_price": 1_001}, False),
        ({"ends_at": 1}, False),
        ({"indicate_at": 1}, False),
        ({"extensions": 1}, False),
        ({"phase": Phase.CONTINUOUS, "auction_price": 0}, False),
        ({"phase": Phase.CLOSED, "auction_price": 0}, False),
    ],
    ids=str,
)
def test_states_of_an_uncrossing(new_engine: Any, fields: dict[str, int], is_possible: bool) -> None:
    """In no other phase do cancels wait."""
    images = Images(new_engine, uncrossing(new_engine).state_image())
    said: dict[str, int] = {"phase": Phase.UNCROSSING, "auction_price": UNCROSSED_AT, **AT_REST}
    change = (STATE_OF_UNCROSSING, of_phase(**said | fields) + STATE_OF_UNCROSSING.removeprefix(IN_UNCROSSING))
    assert images.takes(change) if is_possible else images.refuses(change)


@pytest.mark.parametrize("phase", [Phase.CONTINUOUS, Phase.PRE_OPEN, Phase.CLOSED, Phase.RETIRED])
def test_only_what_trades_is_not_crossed(new_engine: Any, phase: Phase) -> None:
    engine = in_auction(new_engine)
    engine.cancel(0, order_id=BUYER)
    engine.cancel(0, order_id=MARKET)
    engine.place(0, 0, Side.BUY, 60, 1)
    images = Images(new_engine, engine.state_image())
    change = (of_phase(), of_phase(phase=phase, **AT_REST))
    assert images.refuses(change) if phase == Phase.CONTINUOUS else images.takes(change)


def test_a_restored_uncrossing_goes_on_as_it_would_have(new_engine: Any) -> None:
    engine = uncrossing(new_engine)
    restored = new_engine.restore(engine.state_image())
    assert list(map(bytes, restored.pulse())) == list(map(bytes, engine.pulse()))
    assert restored.state_image() == engine.state_image()
    assert engine.open_orders(0)[0].order_id == OTHER


# ------------------------------------------------------------------------------------------------- pairs and brackets

LEG, STOP, LOW_LEG, LOW_STOP, ENTRY = (
    order_id(slot, generation, SHARD) for slot, generation in ((1, 2), (0, 2), (2, 1), (3, 1), (4, 1))
)
"""A pair that sells, one that buys, and an entry; the slots of the first two had an order each before."""


def paired(new_engine: Any) -> Any:
    """One account with all that is linked, and two orders that have traded."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000, collar_bps=1_000)
    engine.set_fee_schedule(0, 7, 9)
    for asset in (0, 1):
        engine.deposit(0, asset, 10_000)
    for side in (Side.SELL, Side.BUY):
        engine.place(0, 0, side, 60, 1, stp=4)
    engine.set_trading_limits(0, max_quantity=1_000, max_notional=99_999)
    engine.place_oco(0, 0, Side.SELL, 110, 5, trigger=1, trigger_price=50, client_order_id="pair")
    engine.place_oco(0, 0, Side.BUY, 40, 4, trigger=3, trigger_price=70, stop_price=80)
    exits = {"take_profit": 90, "trigger": 1, "trigger_price": 20, "stop_price": 15}
    engine.place_bracket(0, 0, Side.BUY, 30, 7, **exits, client_order_id="entry")
    return engine


LINKED: dict[str, int] = {"partner": STOP}
LINKED_STOP: dict[str, int] = {"partner": LEG, "partner_price": 110, "trigger": 1, "trigger_price": 50}
LINKED_STOP |= {"taker_rate": 9, "waiting_type": 1}
EXITS: dict[str, int] = {"exit_trigger": 1, "take_profit": 90, "exit_trigger_price": 20, "exit_price": 15}


def leg(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The limit leg of the pair that sells. The content is of the body of its command."""
    body = struct.pack("<IBBBBqqqQI4x", 0, 1, 0, 1, 0, 110, 5, 0, 0, 50)
    written = struct.pack("<Q", xxhash.xxh3_64_intdigest(body)) + attributes(**{**LINKED, **change})
    rests: dict[str, Any] = {"price": 110, "lots": 5, "text": b"pair", **RATES, **other}
    return resting(LEG, **rests) + written


def stop(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """Its stop leg: the collar around 50 is 45."""
    waits: dict[str, Any] = {"price": 45, "lots": 5, "text": b"", "time_in_force": 1, **RATES, **other}
    return resting(STOP, **waits) + attributes(**{**LINKED_STOP, **change})


def low_stop(change: Mapping[str, int] = SAME) -> bytes:
    """The stop leg of the pair that buys, which holds 160 and a fee more than the limit leg."""
    waits = {"partner": LOW_LEG, "partner_price": 40, "trigger": 3, "trigger_price": 70, "taker_rate": 9}
    return resting(LOW_STOP, 80, 4, b"", **RATES) + attributes(**{**waits, **change})


def entry(change: Mapping[str, int] = SAME, **other: int) -> bytes:
    """The entry."""
    body = struct.pack("<IBBBBqqqqQIBB2x", 0, 0, 0, 0, 0, 30, 7, 90, 15, 0, 20, 1, 0)
    written = struct.pack("<Q", xxhash.xxh3_64_intdigest(body)) + attributes(**{**EXITS, **change})
    rests: dict[str, Any] = {"price": 30, "lots": 7, "text": b"entry", **RATES, **other}
    return resting(ENTRY, **rests) + written


def test_pairs_and_entries_byte_by_byte(new_engine: Any) -> None:
    engine = paired(new_engine)
    image = engine.state_image()
    for order in (leg(), stop(), low_stop(), entry()):
        assert image.count(order) == 1
    assert engine.balance(0, 1) == (10_000 - 5, 5)
    assert engine.balance(0, 0) == (10_000 - 320 - 210, 320 + 210)


NO_PAIRS: dict[str, list[tuple[bytes, bytes]]] = {
    "a leg without its other": [(leg(), leg({"partner": 0}))],
    "a stop without its other": [(stop(), stop({"partner": 0}))],
    "a leg that is linked to nobody": [(leg(), leg({"partner": order_id(9, 1, SHARD)}))],
    "a leg that is linked to itself": [(leg(), leg({"partner": LEG}))],
    "a leg that is linked to an order before": [(leg(), leg({"partner": order_id(0, 1, SHARD)}))],
    "a leg that is linked to another's": [(leg(), leg({"partner": LOW_STOP}))],
    "two stops of one leg": [(low_stop(), low_stop({"partner": LEG}))],
    "an entry that is linked": [(entry(), entry({"partner": STOP}))],
    "another limit than the other leg's": [(stop(), stop({"partner_price": 109}))],
    "no limit of the other leg": [(stop(), stop({"partner_price": 0}))],
    "the limit of another where the hold is of two": [(low_stop(), low_stop({"partner_price": 41}))],
    "a limit leg that does not hold": [(leg(), leg({"partner_price": 110}))],
    "an order that counts on nobody": [(entry(), entry({"partner_price": 30}))],
    "a leg that has traded": [(leg(), leg(lots=6, leaves=5))],
    "a stop of another quantity": [(stop(), stop(lots=6, leaves=6))],
    "a leg with another way against its own party": [(leg(), leg(stp=1))],
    "a leg that ends by itself": [(leg(), leg({"expires_at": 5}))],
    "a stop of the day": [(stop(), stop({"lifetime": 1}))],
    "a post-only leg": [(leg(), leg(time_in_force=3))],
    "a leg in slices": [(leg(), leg({"display_quantity": 5}))],
    "a leg with other rates": [(leg(), leg(maker=8))],
    "a stop that trails": [(stop(), stop({"trail": 1}))],
    "an immediate stop with a limit": [(stop(), stop({"waiting_type": 0}))],
    "a stop with a client order id": [
        (stop(), resting(STOP, 45, 5, b"s", time_in_force=1, **RATES) + bytes(8) + attributes(**LINKED_STOP)),
    ],
    "a stop that is hidden": [(low_stop(), low_stop({"visibility": 1}))],
    "a stop on the limit leg's side": [(leg(), leg(price=50)), (stop(), stop({"partner_price": 50}))],
    "an entry without a profit": [(entry(), entry({"take_profit": 0}))],
    "a profit beyond the instrument's prices": [(entry(), entry({"take_profit": 1_001}))],
    "a profit that is none": [(entry(), entry({"take_profit": 20}))],
    "an entry without a stop": [(entry(), entry({"exit_trigger_price": 0}))],
    "a stop that waits for nothing": [(entry(), entry({"exit_trigger": 0}))],
    "an unknown trigger of exits": [(entry(), entry({"exit_trigger": 4}))],
    "a limit beyond the instrument's prices": [(entry(), entry({"exit_price": 1_001}))],
    "exits of no entry": [(leg(), leg({"exit_price": 1}))],
    "exits of a stop": [(stop(), stop(EXITS))],
    "an entry in slices": [(entry(), entry({"display_quantity": 7}))],
}


@pytest.mark.parametrize("changes", NO_PAIRS.values(), ids=NO_PAIRS)
def test_pairs_that_no_engine_makes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, paired(new_engine).state_image()).refuses(*changes)


OTHER_PAIRS: dict[str, list[tuple[bytes, bytes]]] = {
    "another way against their own party": [(leg(), leg(stp=3)), (stop(), stop(stp=3))],
    "both end by themselves": [(leg(), leg({"expires_at": 5})), (stop(), stop({"expires_at": 5}))],
    "both of the day": [(leg(), leg({"lifetime": 1})), (stop(), stop({"lifetime": 1}))],
    "another limit": [(leg(), leg(price=51)), (stop(), stop({"partner_price": 51}))],
    "another value to wait for": [(entry(), entry({"exit_trigger": 3}))],
    "exits at both ends": [
        (entry(), entry({"take_profit": 1_000, "exit_trigger_price": 1, "exit_price": 1_000})),
    ],
    "exits at the market": [(entry(), entry({"exit_price": 0}))],
    "an entry that has traded": [(entry(), entry(lots=9, leaves=7))],
    "an entry that is no more": [(entry(), entry(dict.fromkeys(EXITS, 0)).replace(attributes(), b"\0"))],
}


@pytest.mark.parametrize("changes", OTHER_PAIRS.values(), ids=OTHER_PAIRS)
def test_pairs_that_an_engine_could_make_are_taken(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, paired(new_engine).state_image()).takes(*changes)


def waiting(**fields: int) -> bytes:
    """Exits that wait: of the bid that has traded, unless it is said otherwise."""
    layout = {"entry": "Q", "account": "I", "take_profit": "I", "trigger_price": "I", "stop_price": "I"}
    layout |= {"quantity": "q", "side": "B", "stp": "B", "trigger": "B"}
    said = {"entry": order_id(1, 1, SHARD), "take_profit": 90, "trigger_price": 20, "stop_price": 15}
    said |= {"quantity": 1, "side": 1, "stp": 4, "trigger": 1}
    return struct.pack("<" + "".join(layout.values()), *((said | fields).get(name, 0) for name in layout))


OF_PAIRED = struct.pack("<qq", 1_000, 99_999) + bytes(4)
"""What is in front of the exits that wait."""


@pytest.mark.parametrize(
    ("exits", "is_possible"),
    [
        ([], True),
        ([waiting()], True),
        ([waiting(), waiting(entry=order_id(0, 1, SHARD), quantity=99)], True),
        ([waiting(entry=order_id(0, 1, SHARD)), waiting()], True),
        ([waiting(), waiting()], False),
        ([waiting(side=0, take_profit=10)], True),
        ([waiting(side=0)], False),
        ([waiting(side=2)], False),
        ([waiting(take_profit=20)], False),
        ([waiting(take_profit=1_000, trigger_price=999, stop_price=1_000)], True),
        ([waiting(take_profit=1_001)], False),
        ([waiting(trigger_price=0)], False),
        ([waiting(stop_price=0)], True),
        ([waiting(stop_price=1_001)], False),
        ([waiting(quantity=0)], False),
        ([waiting(quantity=-1)], False),
        ([waiting(stp=5)], False),
        ([waiting(trigger=0)], False),
        ([waiting(trigger=4)], False),
        ([waiting(account=1)], False),
        ([waiting(entry=ENTRY)], False),
        ([waiting(entry=LEG)], False),
        ([waiting(entry=order_id(1, 3, SHARD))], False),
        ([waiting(entry=order_id(1, 0, SHARD))], False),
        ([waiting(entry=order_id(5, 1, SHARD))], False),
        ([waiting(entry=order_id(1, 1, SHARD + 1))], False),
    ],
)
def test_exits_that_wait(new_engine: Any, exits: list[bytes], is_possible: bool) -> None:
    images = Images(new_engine, paired(new_engine).state_image())
    change = (OF_PAIRED + bytes(4), OF_PAIRED + struct.pack("<I", len(exits)) + b"".join(exits))
    assert images.takes(change) == is_possible


def test_a_restored_engine_places_what_waited(new_engine: Any) -> None:
    image: bytes = paired(new_engine).state_image()
    changed = image.replace(OF_PAIRED + bytes(4), OF_PAIRED + struct.pack("<I", 1) + waiting())
    engine = new_engine.restore(changed)
    assert engine.next_due == engine.timestamp_ns
    first, second, pulsed = engine.pulse()
    assert (first.price, first.entry, first.partner) == (90, order_id(1, 1, SHARD), second.order_id)
    assert (second.trigger_price, second.price, second.quantity, pulsed.items) == (20, 15, 1, 1)
    assert engine.next_due is None


# --------------------------------------------------------------------------------------- quotes, protections and timers

QUOTED_AT = 1_000
"""The last time of a market maker's day."""


def market_maker(new_engine: Any) -> Any:
    """Two accounts: one quotes in groups 2 and 5, has a protection that has counted two fills, and both timers run; of
    the other a group is blocked, without a protection any more."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    engine.create_account(1)
    for account in (0, 1):
        engine.deposit(account, 0, 10_000)
        engine.deposit(account, 1, 1_000)
    engine.set_market_maker_protection(0, 5, window_ns=100, max_fills=3, max_quantity=9, max_notional=900, max_delta=8)
    engine.mass_quote(0, 5, [QuoteEntry(0, 50, 60, 7, 8)], time_in_force=3)
    engine.mass_quote(0, 2, [QuoteEntry(0, 50, 0, 6, 0)], stp=2)
    engine.set_market_maker_protection(1, 255, window_ns=2**64 - 1, max_fills=1)
    engine.place(1, 0, Side.SELL, 50, 3, timestamp_ns=QUOTED_AT - 99)
    engine.place(1, 0, Side.BUY, 60, 2, timestamp_ns=QUOTED_AT - 1)
    engine.mass_quote(1, 255, [QuoteEntry(0, 0, 59, 0, 1)])
    engine.place(0, 0, Side.BUY, 59, 1)
    engine.set_market_maker_protection(1, 255)
    engine.cancel_after(0, 5, timer=CancelTimer.SESSION)
    engine.cancel_after(0, 7, timer=CancelTimer.CLIENT)
    engine.cancel_after(1, 2**60, timestamp_ns=QUOTED_AT)
    return engine


BID_OF_5, ASK_OF_5, BID_OF_2 = (order_id(slot, 1, SHARD) for slot in range(3))


def quote(
    number: int = BID_OF_5,
    price: int = 50,
    lots: int = 7,
    leaves: int = 4,
    stp: int = 0,
    time_in_force: int = 3,
    text: bytes = b"",
    **fields: Any,
) -> bytes:
    """A quote as it rests, the bid of group 5 unless it says another."""
    rests = resting(number, price, lots, text, leaves=leaves, stp=stp, time_in_force=time_in_force)
    return rests + (bytes(8) if text else b"") + attributes(**{"quote_group": 5, **fields})


def of_2(**other: Any) -> bytes:
    """The bid of group 2."""
    said: dict[str, Any] = {"stp": 2, "time_in_force": 0, "quote_group": 2}
    return quote(BID_OF_2, 50, 6, 6, **said | other)


TIMERS = (
    struct.pack("<I", 3) + struct.pack("<IBQ", 0, 0, QUOTED_AT - 1 + 7) + struct.pack("<IBQ", 0, 1, QUOTED_AT - 1 + 5)
)
OTHER_TIMER = struct.pack("<IBQ", 1, 0, QUOTED_AT + 2**60)
FILLS = struct.pack("<Qqq", QUOTED_AT - 99, 3, 150) + struct.pack("<Qqq", QUOTED_AT - 1, -2, 120)
PROTECTED = struct.pack("<IBBIQqqq", 0, 5, 0, 3, 100, 9, 900, 8)
WINDOW = struct.pack("<I", 2) + FILLS
BLOCKED = struct.pack("<IBBIQqqq", 1, 255, 1, 0, 0, 0, 0, 0) + struct.pack("<I", 0)


def protected(
    account: int = 0, group: int = 5, blocked: int = 0, *, fills: int = 3, window: int = 100, **limits: int
) -> bytes:
    """The protected group, with a change."""
    others = {"quantity": 9, "notional": 900, "delta": 8} | limits
    return struct.pack("<IBBIQqqq", account, group, blocked, fills, window, *others.values())


def window(*fills: tuple[int, int, int]) -> bytes:
    """Fills in a window: time, lots, cash."""
    return struct.pack("<I", len(fills)) + b"".join(struct.pack("<Qqq", *fill) for fill in fills)


def test_quotes_protections_and_timers_byte_by_byte(new_engine: Any) -> None:
    image = market_maker(new_engine).state_image()
    one, none = struct.pack("<I", 1), struct.pack("<I", 0)
    asks = one + quote(ASK_OF_5, 60, 8, 6)
    books = struct.pack("<I", 2) + quote() + of_2() + asks + none * 12
    groups = struct.pack("<I", 2) + PROTECTED + WINDOW + BLOCKED
    assert image.endswith(books + TIMERS + OTHER_TIMER + groups + NOTHING_BEHIND_QUOTES)
    assert new_engine.restore(image).next_due == QUOTED_AT - 1 + 5


EARLY, LATE = (QUOTED_AT - 99, 3, 150), (QUOTED_AT - 1, -2, 120)

NO_MARKET_MAKERS: dict[str, list[tuple[bytes, bytes]]] = {
    "two quotes in one place": [(of_2(), of_2(quote_group=5))],
    "a quote with a client order id": [(of_2(), quote(BID_OF_2, 50, 6, 6, 2, 0, b"name", quote_group=2))],
    "an immediate quote": [(of_2(), of_2(time_in_force=1))],
    "a quote that slides": [(of_2(), of_2(time_in_force=4))],
    "a quote of an unknown self-trade prevention": [(of_2(), of_2(stp=5))],
    "a quote that ends by itself": [(of_2(), of_2(expires_at=2_000))],
    "a quote of a day": [(of_2(), of_2(lifetime=1))],
    "a quote in slices": [(of_2(), of_2(display_quantity=6))],
    "a hidden quote": [(of_2(), of_2(visibility=1))],
    "a quote of a blocked group": [(protected() + WINDOW, protected(blocked=1) + window())],
    "a timer at no time": [(TIMERS, TIMERS[:-8] + bytes(8))],
    "an unknown timer": [(OTHER_TIMER, struct.pack("<IBQ", 1, 2, QUOTED_AT + 2**60))],
    "a timer of nobody": [(OTHER_TIMER, struct.pack("<IBQ", 2, 0, QUOTED_AT + 2**60))],
    "timers out of order": [(TIMERS, TIMERS[:4] + TIMERS[17:] + TIMERS[4:17])],
    "a timer twice": [(TIMERS, TIMERS[:4] + TIMERS[4:17] * 2)],
    "a group of nobody": [(BLOCKED, b"\2" + BLOCKED[1:])],
    "a group 0": [(protected() + WINDOW, protected(group=0) + WINDOW)],
    "groups out of order": [(PROTECTED + WINDOW + BLOCKED, BLOCKED + PROTECTED + WINDOW)],
    "a group twice": [(BLOCKED, PROTECTED + window())],
    "neither blocked nor not": [(BLOCKED, BLOCKED[:5] + b"\2" + BLOCKED[6:])],
    "a group of which nothing is known": [(BLOCKED, BLOCKED[:5] + b"\0" + BLOCKED[6:])],
    "a protection without a window": [(PROTECTED + WINDOW, protected(window=0) + window())],
    "a protection without a limit of fills": [(PROTECTED, protected(fills=0))],
    "a protection of too many fills": [(PROTECTED, protected(fills=MAX_PROTECTED_FILLS + 1))],
    "a protection of less than no lots": [(PROTECTED, protected(quantity=-1))],
    "a protection of less than no cash": [(PROTECTED, protected(notional=-1))],
    "a protection of less than no difference": [(PROTECTED, protected(delta=-1))],
    "as many lots as are too much": [(PROTECTED, protected(quantity=5))],
    "as much cash as is too much": [(PROTECTED, protected(notional=270))],
    "as many fills as are too much": [(PROTECTED, protected(fills=2))],
    "a fill that has left the window": [(PROTECTED, protected(window=99))],
    "fills out of order": [(WINDOW, window(LATE, EARLY))],
    "a fill to come": [(WINDOW, window(EARLY, (QUOTED_AT + 1, -2, 120)))],
    "a fill of nothing": [(WINDOW, window(EARLY, (QUOTED_AT - 1, 0, 120)))],
    "a fill for nothing": [(WINDOW, window(EARLY, (QUOTED_AT - 1, -2, 0)))],
    "a fill for less than nothing": [(WINDOW, window(EARLY, (QUOTED_AT - 1, -2, -1)))],
    "a fill of more than there can be": [(WINDOW, window(EARLY, (QUOTED_AT - 1, -(2**63), 1)))],
    "a blocked group that counts": [(BLOCKED, protected(1, 255, 1) + window(LATE))],
}


@pytest.mark.parametrize("changes", NO_MARKET_MAKERS.values(), ids=NO_MARKET_MAKERS)
def test_market_makers_that_no_engine_writes_are_refused(new_engine: Any, changes: list[tuple[bytes, bytes]]) -> None:
    assert Images(new_engine, market_maker(new_engine).state_image()).refuses(*changes)


MARKET_MAKERS: dict[str, list[tuple[bytes, bytes]]] = {
    "another group": [(of_2(), of_2(quote_group=255))],
    "no quote any more": [(of_2(), resting(BID_OF_2, 50, 6, b"", stp=2) + NO_ATTRIBUTES)],
    "another self-trade prevention": [(of_2(), of_2(stp=4))],
    "a post-only quote": [(of_2(), of_2(time_in_force=3))],
    "a timer that has run out": [(OTHER_TIMER, struct.pack("<IBQ", 1, 0, 1))],
    "the other timer": [(OTHER_TIMER, struct.pack("<IBQ", 1, 1, 2**64 - 1))],
    "a longer window": [(PROTECTED, protected(window=2**64 - 1))],
    "limits that are off": [(PROTECTED, protected(quantity=0, notional=0, delta=0))],
    "limits that are nearly reached": [(PROTECTED, protected(fills=3, quantity=6, notional=271, delta=2))],
    "as many fills as there can be": [(PROTECTED, protected(fills=MAX_PROTECTED_FILLS))],
    "a difference that is what others left behind": [(PROTECTED, protected(delta=1))],
    "nothing counted": [(WINDOW, window())],
    "two fills of one time": [(WINDOW, window(LATE, LATE))],
    "a fill at the last time": [(WINDOW, window((QUOTED_AT, 1, 1)))],
    "a fill at the edge of the window": [(WINDOW, window(EARLY, EARLY))],
    "a blocked group with a protection": [(BLOCKED, protected(1, 255, 1) + window())],
    "a group that is not blocked": [(BLOCKED, protected(1, 255, 0) + window(LATE))],
    "another group that is blocked": [(BLOCKED, BLOCKED[:4] + b"\1" + BLOCKED[5:])],
}


@pytest.mark.parametrize("changes", MARKET_MAKERS.values(), ids=MARKET_MAKERS)
def test_market_makers_that_an_engine_could_write_are_taken(
    new_engine: Any, changes: list[tuple[bytes, bytes]]
) -> None:
    assert Images(new_engine, market_maker(new_engine).state_image()).takes(*changes)


def test_what_has_left_the_window_is_not_in_the_image(new_engine: Any) -> None:
    """The time of whatever command decides."""
    engine = market_maker(new_engine)
    engine.pulse(timestamp_ns=QUOTED_AT + 1)
    assert engine.state_image().endswith(PROTECTED + window(LATE) + BLOCKED + NOTHING_BEHIND_QUOTES)
    engine.pulse(timestamp_ns=QUOTED_AT + 99)
    assert engine.state_image().endswith(PROTECTED + window() + BLOCKED + NOTHING_BEHIND_QUOTES)
    restored = new_engine.restore(engine.state_image())
    for one in (engine, restored):
        one.reset_market_maker_protection(1, 255)
    assert restored.state_image() == engine.state_image()


@pytest.mark.parametrize("price", [90, 80])
def test_a_restored_engine_has_its_stops_where_they_were(new_engine: Any, price: int) -> None:
    """Queues, their order and their marks: both go on alike."""
    engine = opening(new_engine)
    for trigger_price in (90, 85, 90, 80):
        for account in (ACCOUNTS["alice"], ACCOUNTS["bob"]):
            engine.place(account, 0, Side.SELL, 500, 1, trigger=3, trigger_price=trigger_price, trail=40)
    restored = new_engine.restore(engine.state_image())
    for one in (engine, restored):
        one.set_reference(0, price)
    assert restored.state_image() == engine.state_image()


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


# ----------------------------------------------------------------------------------------------------------------- fees

TODAY_TRADED = 40
"""The day of the last trades: a day later the first ones, 29 days before, do not count."""


def with_fees(new_engine: Any) -> Any:
    """Tiers, two overrides, four changes that wait, and what two accounts traded on two days; nothing is open."""
    engine = new_engine(shard=SHARD)
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    for number, symbol in enumerate(("A-U", "B-U")):
        engine.create_instrument(number, symbol, 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    engine.set_fee_schedule(0, 0, 0, notional_1=60, notional_2=7_000, maker_rate_2=-3, taker_rate_2=2)
    engine.set_fee_schedule(1, 0, 0)
    engine.set_fee_override(1, 0, -11, 12)
    engine.set_fee_override(0, 1, 13, 14, notional_1=15, maker_rate_1=-16, taker_rate_1=17)
    for account in (1, 2):
        engine.create_account(account)
        for asset in (0, 1):
            engine.deposit(account, asset, 100_000)
    engine.set_account(2, max_open_notional=9_999)
    for day, lots in ((TODAY_TRADED - 29, 3), (TODAY_TRADED, 5)):
        engine.place(1, 0, Side.SELL, 200, lots, timestamp_ns=day * DAY_NS + 5)
        engine.place(2, 0, Side.BUY, 200, lots)
    later = (TODAY_TRADED + 1) * DAY_NS
    engine.set_fee_schedule(1, 26, 27, effective_at=later)
    engine.set_fee_override(1, 0, change=1, effective_at=later + 1)
    engine.set_fee_schedule(1, 21, 22, effective_at=later + 1)
    engine.set_fee_override(0, 1, 23, 24, notional_1=25, effective_at=later + 1)
    return engine


def tiers(*each: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", len(each)) + b"".join(struct.pack("<qiI", *tier) for tier in each)


def listed(*parts: bytes) -> bytes:
    return struct.pack("<I", len(parts)) + b"".join(parts)


def override(schedule: int, instrument: int, maker: int, taker: int, *each: tuple[int, int, int]) -> bytes:
    return struct.pack("<IIiI", schedule, instrument, maker, taker) + tiers(*each)


def change_of_fees(time: int, schedule: int, instrument: int, change: int, fees: bytes = b"") -> bytes:
    return struct.pack("<QIIB3x", time, schedule, instrument, change) + fees


def traded(account: int, *days: tuple[int, int], asset: int = 0) -> bytes:
    return struct.pack("<III", account, asset, len(days)) + b"".join(struct.pack("<Iq", *day) for day in days)


TOMORROW = (TODAY_TRADED + 1) * DAY_NS
OF_SCHEDULES = tiers((60, 0, 0), (7_000, -3, 2)) + tiers()
OVERRIDES = (override(0, 1, 13, 14, (15, -16, 17)), override(1, 0, -11, 12))
CHANGES = (
    change_of_fees(TOMORROW, 1, NONE_ID, 0, struct.pack("<iI", 26, 27) + tiers()),
    change_of_fees(TOMORROW + 1, 0, 1, 0, struct.pack("<iI", 23, 24) + tiers((25, 0, 0))),
    change_of_fees(TOMORROW + 1, 1, 0, 1),
    change_of_fees(TOMORROW + 1, 1, NONE_ID, 0, struct.pack("<iI", 21, 22) + tiers()),
)
DAYS = ((TODAY_TRADED - 29, 600), (TODAY_TRADED, 1_000))
TRADES = (traded(1, *DAYS), traded(2, *DAYS))
FEES = OF_SCHEDULES + listed(*OVERRIDES) + listed(*CHANGES) + listed(*TRADES)


def fees_with(
    schedules: bytes = OF_SCHEDULES,
    overrides: tuple[bytes, ...] = OVERRIDES,
    changes: tuple[bytes, ...] = CHANGES,
    trades: tuple[bytes, ...] = TRADES,
) -> bytes:
    return schedules + listed(*overrides) + listed(*changes) + listed(*trades)


def test_fees_byte_by_byte(new_engine: Any) -> None:
    image = with_fees(new_engine).state_image()
    assert image.endswith(FEES + NO_PROTECTIONS_NO_OBLIGATIONS)
    assert image.count(struct.pack("<IiIiI", 2, 0, 0, 0, 0)) >= 1, "the first rates of both schedules"


def test_what_is_too_old_is_not_written(new_engine: Any) -> None:
    engine = with_fees(new_engine)
    engine.pulse(timestamp_ns=TOMORROW - 1)
    assert engine.state_image().endswith(listed(*TRADES) + NO_PROTECTIONS_NO_OBLIGATIONS)
    engine.pulse(timestamp_ns=TOMORROW)
    assert engine.state_image().endswith(listed(traded(1, DAYS[1]), traded(2, DAYS[1])) + NO_PROTECTIONS_NO_OBLIGATIONS)
    engine.pulse(timestamp_ns=TOMORROW + 29 * DAY_NS)
    assert engine.state_image().endswith(listed() + NO_PROTECTIONS_NO_OBLIGATIONS)


NO_FEES_OF_ANY: dict[str, bytes] = {
    "tiers that do not ascend": fees_with(schedules=tiers((7_000, 0, 0), (60, 0, 0)) + tiers()),
    "a tier twice": fees_with(schedules=tiers((60, 0, 0), (60, 0, 0)) + tiers()),
    "a tier of nothing": fees_with(schedules=tiers((0, 0, 0)) + tiers()),
    "a tier below nothing": fees_with(schedules=tiers((-1, 0, 0)) + tiers()),
    "nine tiers": fees_with(schedules=tiers(*((number, 0, 0) for number in range(1, 10))) + tiers()),
    "a tier's maker rate": fees_with(schedules=tiers((60, 32_768, 0)) + tiers()),
    "a tier's rebate": fees_with(schedules=tiers((60, -32_768, 0)) + tiers()),
    "a tier's taker rate": fees_with(schedules=tiers((60, 0, 32_768)) + tiers()),
    "overrides out of order": fees_with(overrides=OVERRIDES[::-1]),
    "an override twice": fees_with(overrides=(OVERRIDES[0], OVERRIDES[0])),
    "an override of no schedule": fees_with(overrides=(override(2, 0, 0, 0),)),
    "an override for no instrument": fees_with(overrides=(override(1, 2, 0, 0),)),
    "an override for all instruments": fees_with(overrides=(override(1, NONE_ID, 0, 0),)),
    "an override's rate": fees_with(overrides=(override(1, 0, 0, 32_768),)),
    "an override's rebate": fees_with(overrides=(override(1, 0, -32_768, 0),)),
    "an override's tiers": fees_with(overrides=(override(1, 0, 0, 0, (2, 0, 0), (1, 0, 0)),)),
    "changes out of order": fees_with(changes=CHANGES[::-1]),
    "a schedule's own change in front": fees_with(changes=(CHANGES[0], CHANGES[1], CHANGES[3], CHANGES[2])),
    "a change twice": fees_with(changes=(CHANGES[0], CHANGES[0])),
    "a change at no time": fees_with(changes=(change_of_fees(0, 1, 0, 1),)),
    "a change of no schedule": fees_with(changes=(change_of_fees(TOMORROW, 2, 0, 1),)),
    "a change for no instrument": fees_with(changes=(change_of_fees(TOMORROW, 1, 2, 1),)),
    "a schedule taken away": fees_with(changes=(change_of_fees(TOMORROW, 1, NONE_ID, 1),)),
    "an unknown change": fees_with(changes=(change_of_fees(TOMORROW, 1, 0, 2),)),
    "a change's rate": fees_with(changes=(change_of_fees(TOMORROW, 1, 0, 0, struct.pack("<iI", 0, 32_768) + tiers()),)),
    "something in the reserve of a change": fees_with(changes=(struct.pack("<QIIBBBB", TOMORROW, 1, 0, 1, 0, 0, 1),)),
    "65 changes": fees_with(changes=tuple(change_of_fees(TOMORROW + number, 1, 0, 1) for number in range(65))),
    "what was traded out of order": fees_with(trades=TRADES[::-1]),
    "what was traded twice": fees_with(trades=(TRADES[0], TRADES[0])),
    "what nobody traded": fees_with(trades=(traded(3, *DAYS),)),
    "what was traded for nothing that exists": fees_with(trades=(traded(1, *DAYS, asset=2),)),
    "no days": fees_with(trades=(traded(1),)),
    "days out of order": fees_with(trades=(traded(1, *DAYS[::-1]),)),
    "a day twice": fees_with(trades=(traded(1, DAYS[0], DAYS[0]),)),
    "a day that is too old": fees_with(trades=(traded(1, (TODAY_TRADED - 30, 1)),)),
    "a day to come": fees_with(trades=(traded(1, (TODAY_TRADED + 1, 1)),)),
    "a day of nothing": fees_with(trades=(traded(1, (TODAY_TRADED, 0)),)),
    "a day of less than nothing": fees_with(trades=(traded(1, (TODAY_TRADED, -1)),)),
}


@pytest.mark.parametrize("fees", NO_FEES_OF_ANY.values(), ids=NO_FEES_OF_ANY)
def test_fees_that_no_engine_writes_are_refused(new_engine: Any, fees: bytes) -> None:
    assert Images(new_engine, with_fees(new_engine).state_image()).refuses((FEES, fees))


FEES_OF_OTHERS: dict[str, bytes] = {
    "no tiers": fees_with(schedules=tiers() + tiers()),
    "eight tiers": fees_with(schedules=tiers() + tiers(*((number, -32_767, 32_767) for number in range(1, 9)))),
    "the largest tier": fees_with(schedules=tiers((2**63 - 1, 0, 0)) + tiers()),
    "no overrides": fees_with(overrides=()),
    "no changes": fees_with(changes=()),
    "64 changes": fees_with(changes=tuple(change_of_fees(TOMORROW + number, 1, 0, 1) for number in range(64))),
    "a change whose time has come": fees_with(changes=(change_of_fees(1, 1, 0, 1),)),
    "a change at the last time": fees_with(changes=(change_of_fees(2**64 - 1, 1, 0, 1),)),
    "nothing traded": fees_with(trades=()),
    "the most of a day": fees_with(trades=(traded(0, (TODAY_TRADED, 2**63 - 1), asset=0),)),
}


@pytest.mark.parametrize("fees", FEES_OF_OTHERS.values(), ids=FEES_OF_OTHERS)
def test_fees_that_an_engine_could_write_are_taken(new_engine: Any, fees: bytes) -> None:
    assert Images(new_engine, with_fees(new_engine).state_image()).takes((FEES, fees))


@pytest.mark.parametrize(("limit", "is_possible"), [(0, True), (1, True), (2**63 - 1, True), (-1, False)])
def test_a_limit_of_open_notional(new_engine: Any, limit: int, is_possible: bool) -> None:
    image = Images(new_engine, with_fees(new_engine).state_image())
    assert image.takes((struct.pack("<q", 9_999), struct.pack("<q", limit))) == is_possible


def test_a_restored_engine_has_its_fees_where_they_were(new_engine: Any) -> None:
    engine = with_fees(new_engine)
    restored = new_engine.restore(engine.state_image())
    assert restored.next_due == engine.next_due == TOMORROW
    for one in (engine, restored):
        events = one.pulse(timestamp_ns=TOMORROW + 1)
        assert [event.kind for event in events] == [19, 60, 60, 19, 22]
        assert [event.taker_rate for event in events[:-1]] == [27, 24, 0, 22]
        assert events[-1].items == 4
    assert restored.state_image() == engine.state_image()
