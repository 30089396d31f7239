"""Orders that end at a time, and the pulses that end them: the same on both engines."""

from typing import Any

import pytest

from pyengine.records import PULSE_ITEMS, CancelReason, EventKind, RejectCode, Side, TimeInForce
from tests.scenarios import ACCOUNTS, opening

ALICE, BOB = ACCOUNTS["alice"], ACCOUNTS["bob"]
NOW = 1_000
HELD = 50 * 100
"""What one lot of AAPL at 50 holds."""


def rest(engine: Any, expires_at: int, now: int = NOW, **other: Any) -> int:
    """A bid of one lot; returns its order id."""
    order = {"price": 50, "quantity": 1} | other
    (accepted,) = engine.place(ALICE, 0, Side.BUY, **order, expires_at=expires_at, timestamp_ns=now)
    return int(accepted.order_id)


def ended(events: Any) -> list[int]:
    """The orders that a pulse ended, once it is seen to say nothing else."""
    *cancelled, pulsed = events
    assert (pulsed.kind, pulsed.account, pulsed.items) == (EventKind.PULSED, 0, len(cancelled))
    assert all((event.kind, event.reason) == (EventKind.CANCELLED, CancelReason.EXPIRED) for event in cancelled)
    return [event.order_id for event in cancelled]


@pytest.mark.parametrize(
    ("expires_at", "time_in_force", "code"),
    [
        (0, TimeInForce.GTC, None),
        (NOW + 1, TimeInForce.GTC, None),
        (NOW + 1, TimeInForce.POST_ONLY, None),
        (2**64 - 1, TimeInForce.GTC, None),
        (NOW, TimeInForce.GTC, RejectCode.INVALID_EXPIRY),
        (1, TimeInForce.POST_ONLY, RejectCode.INVALID_EXPIRY),
        (NOW + 1, TimeInForce.IOC, RejectCode.INVALID_COMBINATION),
        (NOW + 1, TimeInForce.FOK, RejectCode.INVALID_COMBINATION),
        (NOW, TimeInForce.IOC, RejectCode.INVALID_COMBINATION),
    ],
)
def test_when_an_order_may_end(
    new_engine: Any, expires_at: int, time_in_force: TimeInForce, code: RejectCode | None
) -> None:
    engine = opening(new_engine)
    event = engine.place(
        ALICE, 0, Side.BUY, 50, 1, time_in_force=time_in_force, expires_at=expires_at, timestamp_ns=NOW
    )[0]
    assert event.kind == (EventKind.ACCEPTED if code is None else EventKind.REJECTED)
    assert code is None or event.reason == code
    assert engine.next_due == (expires_at if code is None and expires_at else None)


def test_an_order_ends_at_the_first_pulse_of_its_time_or_later(new_engine: Any) -> None:
    engine = opening(new_engine)
    available = engine.balance(ALICE, 0)[0]
    order = rest(engine, NOW + 10, client_order_id="until")
    assert ended(engine.pulse(timestamp_ns=NOW + 9)) == []
    assert engine.next_due == NOW + 10
    # Until its pulse it is an order like any other: the order of the log decides.
    _, taker, maker = engine.place(BOB, 0, Side.SELL, 50, 1, timestamp_ns=NOW + 20)
    assert (taker.quantity, maker.order_id, maker.client_order_id) == (1, order, "until")
    order = rest(engine, NOW + 30, now=NOW + 21, price=49)
    assert ended(engine.pulse(timestamp_ns=NOW + 30)) == [order]
    assert engine.balance(ALICE, 0) == (available - HELD, 0)
    assert engine.next_due is None


def test_the_earliest_goes_first_and_of_one_time_the_lowest_id(new_engine: Any) -> None:
    engine = opening(new_engine)
    ids = [rest(engine, NOW + offset, price=price) for offset, price in ((5, 10), (3, 11), (5, 12), (4, 13), (9, 14))]
    assert engine.next_due == NOW + 3
    assert ended(engine.pulse(timestamp_ns=NOW + 5)) == [ids[1], ids[3], *sorted((ids[0], ids[2]))]
    assert engine.next_due == NOW + 9


def test_a_pulse_does_a_bounded_part(new_engine: Any) -> None:
    engine = opening(new_engine)
    ids = {rest(engine, NOW + 5, price=1) for _ in range(2 * PULSE_ITEMS + 3)}
    for expected in (PULSE_ITEMS, PULSE_ITEMS, 3, 0):
        gone = ended(engine.pulse(timestamp_ns=NOW + 5))
        assert (len(gone), set(gone) <= ids) == (expected, True)
        ids -= set(gone)
        assert engine.next_due == (NOW + 5 if ids else None)
    assert engine.balance(ALICE, 0)[1] == 0


@pytest.mark.parametrize("how", ["cancel", "cancel_all", "fill", "self trade"])
def test_what_is_gone_before_its_time_is_not_due(new_engine: Any, how: str) -> None:
    engine = opening(new_engine)
    order = rest(engine, NOW + 5)
    match how:
        case "cancel":
            engine.cancel(ALICE, order_id=order)
        case "cancel_all":
            engine.cancel_all(ALICE)
        case "fill":
            engine.place(BOB, 0, Side.SELL, 50, 1)
        case _:
            engine.place(ALICE, 0, Side.SELL, 50, 1, stp=2)
    assert engine.next_due is None
    assert ended(engine.pulse(timestamp_ns=NOW + 5)) == []


@pytest.mark.parametrize("price", [50, 51], ids=["smaller in place", "moved"])
def test_an_amendment_does_not_change_when_an_order_ends(new_engine: Any, price: int) -> None:
    engine = opening(new_engine)
    order = rest(engine, NOW + 5, quantity=3)
    engine.amend(ALICE, price, 2, order_id=order)
    assert engine.next_due == NOW + 5
    assert ended(engine.pulse(timestamp_ns=NOW + 5)) == [order]


def test_an_amended_order_that_fills_is_not_due(new_engine: Any) -> None:
    engine = opening(new_engine)
    order = rest(engine, NOW + 5)
    engine.place(BOB, 0, Side.SELL, 60, 1)
    engine.amend(ALICE, 60, 1, order_id=order)
    assert engine.next_due is None


def test_the_time_is_part_of_the_content(new_engine: Any) -> None:
    engine = opening(new_engine)
    rest(engine, NOW + 5, client_order_id="a")
    same = engine.place(ALICE, 0, Side.BUY, 50, 1, expires_at=NOW + 5, client_order_id="a")[0]
    other = engine.place(ALICE, 0, Side.BUY, 50, 1, expires_at=NOW + 6, client_order_id="a")[0]
    assert (same.kind, other.reason) == (EventKind.DUPLICATE, RejectCode.CLIENT_ORDER_ID_REUSED)


def test_an_image_keeps_what_is_due(new_engine: Any) -> None:
    engine = opening(new_engine)
    first, second = rest(engine, NOW + 9, price=10), rest(engine, NOW + 7, price=11)
    restored = new_engine.restore(engine.state_image())
    assert (restored.state_hash(), restored.next_due) == (engine.state_hash(), NOW + 7)
    assert ended(restored.pulse(timestamp_ns=NOW + 9)) == [second, first]
