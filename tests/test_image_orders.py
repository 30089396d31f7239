"""The state image of orders that are more than a price and a quantity: attributes, pegs, pairs and brackets."""

import struct
from collections.abc import Mapping
from typing import Any

import pytest
import xxhash

from pyengine.records import (
    CLIENT_ID_WINDOW,
    MAX_OPEN_ORDERS_PER_ACCOUNT,
    Side,
)
from tests.images import (
    ASK,
    BID,
    NOTHING_MORE,
    PLAIN,
    SAME,
    SHARD,
    TODAY,
    Images,
    attributes,
    content,
    order_id,
    resting,
    with_assets,
)
from tests.scenarios import ACCOUNTS, opening

# Attributes

ICE, HIDE, TRAIL, LATER = (order_id(slot, generation, SHARD) for slot, generation in ((0, 1), (1, 2), (2, 1), (3, 1)))

NOON = 1_000
"""When the last of them ends by itself."""


def with_attributes(new_engine: Any) -> Any:
    """One account with an iceberg in its second slice, a hidden bid of the day, and two stops that wait."""
    engine = with_assets(new_engine)
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


IN_SLICES: dict[str, int] = {"display_quantity": 5, "reserve": 2, "slice": 1}

UNSEEN: dict[str, int] = {"visibility": 1, "min_quantity": 4, "lifetime": 1, "trade_date": TODAY}

TRAILS: dict[str, int] = {"trigger": 1, "trigger_price": 50, "trail": 10, "taker_rate": 9, "display_quantity": 2}

WAITS: dict[str, int] = {"trigger": 3, "trigger_price": 70, "taker_rate": 9, "waiting_type": 1, "expires_at": NOON}

RATES: dict[str, int] = {"maker": 7, "hold": 9}


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


# Pegged orders

PEG, SELL_PEG, MID, _, NEXT_PEG = (order_id(slot, 1, SHARD) for slot in range(2, 7))

ARRIVED, DEAREST = 12, 1_000


def with_pegs(new_engine: Any) -> Any:
    """A spread of one account, and pegs of the other: of each side and of two limits; one has traded, one was amended,
    and one ends by itself."""
    engine = with_assets(new_engine)
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


# Pairs and brackets

LEG, STOP, LOW_LEG, LOW_STOP, ENTRY = (
    order_id(slot, generation, SHARD) for slot, generation in ((1, 2), (0, 2), (2, 1), (3, 1), (4, 1))
)
"""A pair that sells, one that buys, and an entry; the slots of the first two had an order each before."""


def paired(new_engine: Any) -> Any:
    """One account with all that is linked, and two orders that have traded."""
    engine = with_assets(new_engine)
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
