"""The state image of market makers: quotes, their protections, timers."""

import struct
from typing import Any

import pytest

from pyengine.records import (
    MAX_PROTECTED_FILLS,
    CancelTimer,
    QuoteEntry,
    Side,
)
from tests.images import NO_ATTRIBUTES, NOTHING_BEHIND_QUOTES, SHARD, Images, attributes, order_id, resting, with_assets

QUOTED_AT = 1_000
"""The last time of a market maker's day."""


def market_maker(new_engine: Any) -> Any:
    """Two accounts: one quotes in groups 2 and 5, has a protection that has counted two fills, and both timers run; of
    the other a group is blocked, without a protection any more."""
    engine = with_assets(new_engine)
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
