"""The state image: its bytes, the way back, and what is refused. Images pass between the two engines as they are."""

import hashlib
import struct
from typing import Any

import pytest

import pyengine
from pyengine import SnapshotError, reference
from pyengine.records import (
    MAX_ORDERS_ACCEPTED,
    ORDER_SLOT_BITS,
    SEMANTICS_VERSION,
    AssetClass,
    EventKind,
    RejectCode,
    Side,
)
from tests.differential import BATCH
from tests.engines import ENGINES, as_values
from tests.flow import Flow
from tests.scenarios import ACCOUNTS, opening

SEQUENCE_OFFSET = 16


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
    engine.place(alice, 0, Side.SELL, 100, 5, client_order_id="finished")
    engine.place(carol, 0, Side.BUY, 100, 7, client_order_id="open", stp=2)
    engine.place(bob, 1, Side.SELL, 30, 5, time_in_force=3)
    engine.place(bob, 1, Side.SELL, 31, 5)
    engine.cancel(bob, order_id=engine.open_orders(bob)[0].order_id)
    engine.request_withdrawal(alice, 0, 77)
    engine.halt(1, timestamp_ns=99)
    return engine


def test_genesis_byte_by_byte(new_engine: Any) -> None:
    engine = new_engine()
    expected = b"".join(
        [
            b"PYESTATE",
            struct.pack("<II", SEMANTICS_VERSION, 0),
            struct.pack("<QQQQQ", 0, 0, 0, 0, 0),
            struct.pack("<I", 1) + struct.pack("<II", 0, 0),
            struct.pack("<I", 0),
            struct.pack("<I", 0),
            struct.pack("<II", 0, 0),
            struct.pack("<I", 1) + struct.pack("<IQII", 0, 0, 0, 0),
            struct.pack("<I", 0),
        ]
    )
    assert engine.state_image() == expected
    assert engine.state_hash() == hashlib.sha256(expected).digest()


def test_a_state_byte_by_byte(new_engine: Any) -> None:
    engine = new_engine()
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=10, tick_lot_value=100, max_price=1_000, collar_bps=250)
    engine.set_fee_schedule(0, 7, 9, timestamp_ns=1_234)
    engine.deposit(0, 0, 1_000_000)
    engine.request_withdrawal(0, 0, 11)
    engine.place(0, 0, Side.BUY, 50, 2, client_order_id="done", time_in_force=1)
    engine.place(0, 0, Side.BUY, 40, 3, client_order_id="rests", time_in_force=3, stp=1)
    first, second = 1 << 22, 2 << 22
    held = 40 * 3 * 100 + 40 * 3 * 100 * 9 // 1_000_000
    expected = b"".join(
        [
            b"PYESTATE",
            struct.pack("<II", SEMANTICS_VERSION, 0),
            struct.pack("<QQQQQ", 8, 1_234, 2, 0, 1),
            struct.pack("<I", 1) + struct.pack("<II", 7, 9),
            struct.pack("<I", 2),
            struct.pack("<BBBB16sq", 0, 6, 4, 0, b"USDC", 1_000_000),
            struct.pack("<BBBB16sq", 1, 5, 4, 0, b"AAPL", 0),
            struct.pack("<I", 1),
            struct.pack("<IIIqqqBB16s", 1, 0, 250, 10, 100, 1_000, 0, 3, b"A-U"),
            struct.pack("<II", 1, 0),
            struct.pack("<I", 1) + struct.pack("<IQ", 0, 9),
            struct.pack("<I", 1) + struct.pack("<Iqq", 0, 1_000_000 - 11 - held, 11 + held),
            struct.pack("<I", 1) + struct.pack("<QIBBB36sqqq", first, 0, 0, 2, 4, b"done", 50, 2, 0),
            struct.pack("<I", 1) + struct.pack("<QIIq", 1, 0, 0, 11),
            struct.pack("<I", 1) + struct.pack("<QIqqqIIBBB36s", second, 0, 40, 3, 3, 7, 9, 3, 1, 5, b"rests"),
            struct.pack("<I", 0),
        ]
    )
    assert engine.state_image() == expected


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
        assert restored.apply_batch(commands) == events
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
    with pytest.raises(SnapshotError, match="2"):
        new_engine.restore(image[:8] + struct.pack("<I", 2) + image[12:])


@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
def test_a_flipped_byte_is_refused_or_is_another_whole_state(new_engine: Any, flip: int) -> None:
    """Never another error, never half a state: what is accepted adds up and comes back as it went."""
    image = bytearray(small(new_engine).state_image())
    accepted = 0
    for offset in range(len(image)):
        image[offset] ^= flip
        try:
            restored = new_engine.restore(bytes(image))
        except SnapshotError:
            pass
        else:
            accepted += 1
            assert new_engine.restore(restored.state_image()).state_hash() == restored.state_hash(), f"offset {offset}"
            for asset in range(restored.counts()[0]):
                assert restored.total(asset) == restored.issued(asset), f"offset {offset}"
        image[offset] ^= flip
    assert accepted >= 8, "a sequence number can be any number"


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


def test_balances_that_say_nothing_or_stand_elsewhere_are_refused(new_engine: Any) -> None:
    """Zero is said by silence, and assets ascend: one state has one image."""
    engine = new_engine()
    for asset, symbol in enumerate(("USDC", "AAPL", "XAU")):
        engine.create_asset(asset, symbol, min(asset, 1), 0)
    engine.deposit(0, 0, 5)
    engine.deposit(0, 2, 7)
    image = engine.state_image()
    first, last, zero = (struct.pack("<Iqq", *balance) for balance in ((0, 5, 0), (2, 7, 0), (1, 0, 0)))
    said = struct.pack("<I", 2) + first + last
    assert image.count(said) == 1
    for other in (
        struct.pack("<I", 2) + last + first,
        struct.pack("<I", 3) + first + zero + last,
        struct.pack("<I", 3) + first + last + struct.pack("<Iqq", 3, 0, 0),
        struct.pack("<I", 3) + first + last + struct.pack("<Iqq", 2, 0, 0),
        struct.pack("<I", 4) + first + last,
    ):
        assert restored_image(new_engine, image.replace(said, other)) is None, other


def restored_image(new_engine: Any, image: bytes) -> bytes | None:
    try:
        return bytes(new_engine.restore(image).state_image())
    except SnapshotError:
        return None


def test_both_engines_refuse_the_same() -> None:
    """A state that one engine would go on from and the other would not is a difference, too."""
    image = bytearray(small(reference.Engine).state_image())
    differences = []
    for offset in range(len(image)):
        for flip in (0x01, 0x40):
            image[offset] ^= flip
            ours = restored_image(reference.Engine, bytes(image))
            assert ours in (None, image)
            if ours != restored_image(pyengine.Engine, bytes(image)):
                differences.append((offset, flip))
            image[offset] ^= flip
    assert not differences


def refuses(new_engine: Any, image: bytes, old: bytes, new: bytes) -> bool:
    """Whether the image is taken as it is, and not with `new` in the only place of `old`."""
    assert image.count(old) == 1
    assert len(old) == len(new)
    new_engine.restore(image)
    return restored_image(new_engine, image.replace(old, new)) is None


def test_what_no_engine_writes_is_refused(new_engine: Any) -> None:
    """Images that add up and say everything in the one way it can be said, and yet are no state."""
    engine = new_engine()
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    engine.create_instrument(1, "B-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=1_000)
    for asset in (0, 1):
        engine.deposit(0, asset, 1_000)
    engine.place(0, 0, Side.BUY, 50, 2, client_order_id="bid")
    engine.place(0, 0, Side.SELL, 60, 3, client_order_id="ask")
    engine.request_withdrawal(0, 1, 1)
    image = engine.state_image()

    assert refuses(new_engine, image, struct.pack("<16s", b"AAPL"), struct.pack("<16s", b"USDC"))
    assert refuses(new_engine, image, struct.pack("<16s", b"B-U"), struct.pack("<16s", b"A-U"))
    assert refuses(new_engine, image, struct.pack("<qqq", 60, 3, 3), struct.pack("<qqq", 50, 3, 3)), "crossed"
    assert not refuses(new_engine, image, struct.pack("<qqq", 60, 3, 3), struct.pack("<qqq", 51, 3, 3))
    held = struct.pack("<qq", 1_000 - 3 - 1, 3 + 1)
    released = image.replace(held, struct.pack("<qq", 1_000 - 3, 3))
    withdrawal = struct.pack("<QIIq", 1, 0, 1, 1)
    assert restored_image(new_engine, released.replace(withdrawal, struct.pack("<QIIq", 1, 0, 1, 0))) is None


def test_a_level_whose_quantities_do_not_add_up_to_a_number_is_refused(new_engine: Any) -> None:
    """Each order is possible, both together are not: nobody could hold as much."""
    engine = new_engine()
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "AAPL", AssetClass.EQUITY, 5)
    engine.create_instrument(0, "A-U", 1, 0, lot_size=1, tick_lot_value=1, max_price=10)
    engine.deposit(0, 0, 100)
    for _ in range(2):
        engine.place(0, 0, Side.BUY, 1, 3)
    image, order = engine.state_image(), struct.pack("<qqq", 1, 3, 3)
    assert image.count(order) == 2
    with pytest.raises(SnapshotError):
        new_engine.restore(image.replace(order, struct.pack("<qqq", 1, 1 << 62, 1 << 62)))


COUNTERS = {"sequence": 16, "orders_accepted": 32, "settlements": 40, "withdrawals_requested": 48}


@pytest.mark.parametrize("offset", COUNTERS.values(), ids=COUNTERS)
def test_a_counter_that_could_not_be_counted_on_is_refused(new_engine: Any, offset: int) -> None:
    image = small(new_engine).state_image()
    with pytest.raises(SnapshotError):
        new_engine.restore(image[:offset] + b"\xff" * 8 + image[offset + 8 :])


def test_an_account_sequence_that_could_not_be_counted_on_is_refused(new_engine: Any) -> None:
    image = new_engine().state_image()
    account, no_withdrawals = struct.pack("<IQII", 0, 0, 0, 0), struct.pack("<I", 0)
    assert image.endswith(account + no_withdrawals)
    head = image[: -len(account + no_withdrawals)]
    with pytest.raises(SnapshotError):
        new_engine.restore(head + struct.pack("<IQII", 0, (1 << 64) - 1, 0, 0) + no_withdrawals)


def test_order_ids_end_with_a_rejection(new_engine: Any) -> None:
    """The counter of accepted orders has 42 bits; the order after the last is refused, not given an old one's id."""
    offset = 8 + 4 + 4 + 8 + 8
    image = small(new_engine).state_image()
    engine = new_engine.restore(image[:offset] + struct.pack("<Q", MAX_ORDERS_ACCEPTED - 1) + image[offset + 8 :])
    (last, *_) = engine.place(1, 0, Side.BUY, 1, 1)
    assert last.kind == EventKind.ACCEPTED
    assert last.order_id >> ORDER_SLOT_BITS == MAX_ORDERS_ACCEPTED
    (refused,) = engine.place(1, 0, Side.BUY, 1, 1)
    assert (refused.kind, refused.code) == (EventKind.REJECTED, RejectCode.ENGINE_FULL)
