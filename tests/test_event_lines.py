"""How an event reads: its kind, what is in use of it, words for enumerations, symbols where an engine knows them."""

from enum import IntEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pyengine
from pyengine import events, records
from pyengine.event import KINDS, line
from pyengine.records import NONE_ID, WORDS, AssetClass, CommandKind, HaltCause, PegReference, Phase, RejectCode, Side


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (
            events.Rejected(
                sequence=9, account=2, reason=RejectCode.INSUFFICIENT_FUNDS, command=CommandKind.PLACE, instrument=0
            ),
            "REJECTED insufficient_funds command=place instrument=0 account=2 sequence=9",
        ),
        (
            events.Accepted(
                sequence=7, account=1, side=Side.BUY, order_id=5, instrument=0, price=10, quantity=3, leaves=3
            ),
            "ACCEPTED buy order_id=5 instrument=0 price=10 quantity=3 leaves=3 account=1 sequence=7",
        ),
        (
            events.Accepted(side=Side.SELL, peg=PegReference.PRIMARY, instrument=1, client_order_id="a b"),
            "ACCEPTED sell peg=primary instrument=1 client_order_id='a b' account=0 sequence=0",
        ),
        (
            events.Fill(
                sequence=8,
                account=2,
                side=Side.SELL,
                liquidity=records.Liquidity.MAKER,
                order_id=5,
                instrument=0,
                price=10,
                quantity=3,
                fee=-4,
                client_order_id="quote-1",
            ),
            "FILL sell maker order_id=5 instrument=0 price=10 quantity=3 fee=-4 client_order_id=quote-1 account=2 "
            "sequence=8",
        ),
        (events.CancelAllDone(orders=2), "CANCEL_ALL_DONE orders=2 account=0 sequence=0"),
    ],
)
def test_an_event_reads_as_a_line(event: events.Event, expected: str) -> None:
    assert str(event) == expected
    assert repr(event).startswith(type(event).__name__ + "(sequence=")


def venue() -> pyengine.Engine:
    engine = pyengine.Engine()
    engine.create_asset(0, "USDC", AssetClass.STABLECOIN, 6)
    engine.create_asset(1, "XAU", AssetClass.GOLD, 6)
    engine.create_instrument(0, "XAU-USDC", 1, 0, lot_size=1_000, tick_lot_value=10, max_price=1_000_000)
    engine.create_account(1)
    engine.create_account(2)
    engine.deposit(1, 1, 10_000_000)
    engine.deposit(2, 0, 10_000_000)
    return engine


def test_an_engine_knows_the_symbols() -> None:
    engine = venue()
    (rejected,) = engine.place(2, 0, Side.BUY, 1_000, 5_000)
    assert str(rejected) == "REJECTED insufficient_funds command=place instrument=0 account=2 sequence=8"
    assert engine.describe(rejected) == "REJECTED insufficient_funds XAU-USDC command=place account=2 sequence=8"
    (credited,) = engine.deposit(2, 1, 7)
    assert engine.describe(credited) == "DEPOSITED XAU amount=7 account=2 sequence=9"


def test_a_symbol_that_the_engine_does_not_know_stays_a_number() -> None:
    (rejected,) = venue().place(2, 7, Side.BUY, 1_000, 1)
    assert pyengine.Engine().describe(rejected).startswith("REJECTED unknown_instrument command=place instrument=7")


def test_both_engines_say_the_same() -> None:
    engine = venue()
    happened = [
        *engine.place(1, 0, Side.SELL, 1_000, 10, client_order_id="offer"),
        *engine.place(2, 0, Side.BUY, 1_000, 4, client_order_id="bid"),
        *engine.halt(0, cause=HaltCause.REGULATOR),
        *engine.resume(0, cause=HaltCause.REGULATOR),
        *engine.set_phase(0, Phase.CLOSED),
        *engine.cancel(1, client_order_id="offer"),
    ]
    assert [str(event) for event in happened] == [str(events.Event.from_bytes(bytes(event))) for event in happened]
    assert "\n".join(map(str, happened)).count("maker") == 1
    assert all(repr(event) != str(event) for event in happened)


def values(kind: type[events.Event], name: str) -> st.SearchStrategy[Any]:
    if name in kind.ENUMERATED:
        return st.sampled_from(list(kind.ENUMERATED[name]))
    if name == "command":
        return st.sampled_from(list(CommandKind))
    if name in ("instrument", "asset"):
        return st.sampled_from([0, 3, NONE_ID])
    return st.sampled_from(["", "abc-1"]) if name == "client_order_id" else st.sampled_from([0, 1, -5])


def word(kind: type[events.Event], name: str, value: Any) -> str:
    if name in kind.ENUMERATED:
        return "" if value.name == "NONE" else WORDS[kind.ENUMERATED[name]][value]
    if isinstance(value, IntEnum):
        return value.name.lower()
    return "" if value == getattr(kind(), name) else str(value)


@given(st.data())
def test_a_line_has_what_is_in_use_and_nothing_else(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(list(KINDS.values())))
    own = kind.__struct_fields__[4:]
    fields = {name: data.draw(values(kind, name)) for name in own}
    first, *parts = line(kind(**fields)).split(" ")
    assert first == pyengine.EventKind(kind.KIND).name
    expected = {name: text for name in own if (text := word(kind, name, fields[name]))}
    bare = [expected.pop(name) for name in ("reason", "side", "liquidity") if name in expected]
    assert parts == [*bare, *(f"{name}={text}" for name, text in expected.items()), "account=0", "sequence=0"]
