"""The state image of phases, calls and uncrossings."""

import struct
from collections.abc import Mapping
from typing import Any

import pytest

from pyengine.records import (
    INDICATION_INTERVAL,
    MAX_CALL_NS,
    Phase,
    QuoteEntry,
    Side,
)
from tests.images import (
    BEGAN,
    ENDS,
    NOTHING_MORE,
    QUOTED_ASK,
    QUOTED_BID,
    SAME,
    SHARD,
    SOLD_IN_SLICES,
    TODAY,
    Images,
    attributes,
    order_id,
    resting,
    with_assets,
)

BUYER, SELLER, MARKET = (order_id(slot, 1, SHARD) for slot in range(3))


def in_auction(new_engine: Any) -> Any:
    """The call of an auction with limits: a bid above an ask, and a market order; everything of one account."""
    engine = with_assets(new_engine)
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
    engine = with_assets(new_engine)
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
    engine = with_assets(new_engine)
    sizes = {"lot_size": 1, "tick_lot_value": 1, "max_price": 1_000}
    engine.create_instrument(0, "A-U", 1, 0, **sizes, phase=Phase.PRE_OPEN)
    for asset in (0, 1):
        engine.deposit(0, asset, 100_000)
    engine.set_market_maker_protection(0, 5, window_ns=9, max_fills=1)
    engine.mass_quote(0, 5, [QuoteEntry(0, 70, 90, 200, 7)])
    engine.place(0, 0, Side.SELL, 50, 200, display_quantity=1)
    engine.set_phase(0, Phase.CONTINUOUS)
    return engine


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
