"""Orders and calls that end at a time, and the pulses that end them: the same on both engines."""

from typing import Any

import pytest

from pyengine.records import (
    INDICATION_INTERVAL,
    PULSE_ITEMS,
    TRIGGER_ITEMS,
    CancelReason,
    EventKind,
    Phase,
    RejectCode,
    Side,
    TimeInForce,
)
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


# --------------------------------------------------------------------------------------------------------------- calls

CALL = 50
"""Nanoseconds of a call that begins by itself."""
PULSED = [EventKind.PULSED]


def kinds(events: Any) -> list[EventKind]:
    return [EventKind(event.kind) for event in events]


def call(engine: Any, instrument: int = 0, ends_at: int = 0, now: int = NOW) -> None:
    engine.set_phase(instrument, Phase.AUCTION, ends_at=ends_at, timestamp_ns=now)


def many_trades(engine: Any, lots: int, instrument: int = 0) -> None:
    """What an auction will trade, a lot at a time."""
    engine.place(ALICE, instrument, Side.SELL, 50, lots, display_quantity=1)
    engine.place(BOB, instrument, Side.BUY, 50, lots)


def test_a_call_is_due_when_its_price_is_to_be_said_and_when_it_ends(new_engine: Any) -> None:
    engine = opening(new_engine)
    call(engine)
    assert engine.next_due == NOW + INDICATION_INTERVAL
    call(engine, ends_at=NOW + 7)
    assert engine.next_due == NOW + 7
    call(engine, ends_at=NOW + 2 * INDICATION_INTERVAL)
    assert engine.next_due == NOW + INDICATION_INTERVAL
    assert kinds(engine.pulse(timestamp_ns=NOW + INDICATION_INTERVAL - 1)) == PULSED
    assert kinds(engine.pulse(timestamp_ns=NOW + INDICATION_INTERVAL)) == [EventKind.INDICATED, *PULSED]
    assert engine.next_due == NOW + 2 * INDICATION_INTERVAL


@pytest.mark.parametrize("phase", [Phase.PRE_OPEN, Phase.CLOSED])
def test_nothing_is_due_in_what_is_not_open(new_engine: Any, phase: Phase) -> None:
    engine = opening(new_engine)
    call(engine, ends_at=NOW + 7)
    engine.set_phase(0, phase)
    assert engine.next_due is None
    assert kinds(engine.pulse(timestamp_ns=NOW + INDICATION_INTERVAL)) == PULSED


def test_a_late_pulse_says_the_price_once_and_the_next_time_counts_from_it(new_engine: Any) -> None:
    engine = opening(new_engine)
    call(engine)
    late = NOW + 5 * INDICATION_INTERVAL + 3
    assert kinds(engine.pulse(timestamp_ns=late)) == [EventKind.INDICATED, *PULSED]
    assert engine.next_due == late + INDICATION_INTERVAL


@pytest.mark.parametrize("late", [0, 1, INDICATION_INTERVAL])
def test_a_call_that_ends_says_no_price_any_more(new_engine: Any, late: int) -> None:
    engine = opening(new_engine)
    call(engine, ends_at=NOW + INDICATION_INTERVAL)
    expected = [EventKind.UNCROSSED, EventKind.PHASE_CHANGED, *PULSED]
    assert kinds(engine.pulse(timestamp_ns=NOW + INDICATION_INTERVAL + late)) == expected
    assert engine.next_due is None


def test_a_halt_keeps_a_call_from_ending(new_engine: Any) -> None:
    """Its time comes again when the halt is over: as it was, or as late as a call lasts."""
    engine = opening(new_engine)
    call(engine, ends_at=NOW + 7)
    engine.halt(0)
    assert engine.next_due is None
    assert kinds(engine.pulse(timestamp_ns=NOW + INDICATION_INTERVAL)) == PULSED
    restored = new_engine.restore(engine.state_image())
    assert restored.next_due is None
    for one in (engine, restored):
        assert kinds(one.resume(0)) == [EventKind.RESUMED]
        assert one.next_due == NOW + 7
        one.halt(0)
        one.set_trading_limits(0, call_ns=CALL)
        one.resume(0, timestamp_ns=NOW + 2 * INDICATION_INTERVAL)
        # The price is overdue.
        assert one.next_due == NOW + INDICATION_INTERVAL
        assert kinds(one.pulse(timestamp_ns=NOW + 2 * INDICATION_INTERVAL)) == [EventKind.INDICATED, *PULSED]
        assert one.next_due == NOW + 2 * INDICATION_INTERVAL + CALL


def test_a_call_that_ends_by_command_is_not_ended_by_a_reopening(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.set_trading_limits(0, call_ns=CALL)
    call(engine)
    engine.halt(0)
    assert kinds(engine.resume(0)) == [EventKind.RESUMED]
    assert engine.next_due == NOW + INDICATION_INTERVAL


def test_limits_leave_a_call_as_long_as_it_is(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.set_trading_limits(0, call_ns=CALL)
    engine.halt(0, timestamp_ns=NOW)
    engine.resume(0)
    engine.set_trading_limits(0, call_ns=1)
    assert engine.next_due == NOW + CALL


def test_calls_come_behind_orders_that_end_and_in_the_order_of_their_times(new_engine: Any) -> None:
    engine = opening(new_engine)
    call(engine, 0, NOW + 9)
    call(engine, 1, NOW + 8)
    order = rest(engine, NOW + 10)
    cancelled, *events, pulsed = engine.pulse(timestamp_ns=NOW + 10)
    assert (cancelled.order_id, cancelled.reason, pulsed.items) == (order, CancelReason.EXPIRED, 3)
    # The uncrossings begin, and are done as work: in the order of the instruments.
    assert [(event.kind, event.instrument) for event in events] == [
        (EventKind.UNCROSSED, 1),
        (EventKind.UNCROSSED, 0),
        (EventKind.PHASE_CHANGED, 0),
        (EventKind.PHASE_CHANGED, 1),
    ]


def test_of_one_time_the_lowest_instrument_s_call_comes_first(new_engine: Any) -> None:
    engine = opening(new_engine)
    call(engine, 1, NOW + INDICATION_INTERVAL)
    call(engine, 0)
    said = engine.pulse(timestamp_ns=NOW + INDICATION_INTERVAL)
    assert [(event.kind, event.instrument) for event in said[:2]] == [
        (EventKind.INDICATED, 0),
        (EventKind.UNCROSSED, 1),
    ]


@pytest.mark.parametrize("orders", [PULSE_ITEMS - 1, PULSE_ITEMS])
def test_a_call_is_an_item_of_a_pulse(new_engine: Any, orders: int) -> None:
    engine = opening(new_engine)
    for _ in range(orders):
        rest(engine, NOW + 5, price=1)
    call(engine, ends_at=NOW + 5)
    *events, pulsed = engine.pulse(timestamp_ns=NOW + 5)
    ends = EventKind.UNCROSSED in kinds(events)
    assert (pulsed.items, ends) == (PULSE_ITEMS, orders < PULSE_ITEMS)
    if not ends:
        assert engine.next_due == NOW + 5
        assert kinds(engine.pulse()) == [EventKind.UNCROSSED, EventKind.PHASE_CHANGED, *PULSED]
    assert engine.next_due is None


def test_an_uncrossing_is_due_at_once_until_it_is_done(new_engine: Any) -> None:
    engine = opening(new_engine)
    call(engine, ends_at=NOW + 5)
    many_trades(engine, TRIGGER_ITEMS)
    *events, pulsed = engine.pulse(timestamp_ns=NOW + 5)
    assert (pulsed.items, kinds(events)[-1]) == (1 + TRIGGER_ITEMS, EventKind.PHASE_CHANGED)
    call(engine, now=NOW + 6)
    many_trades(engine, TRIGGER_ITEMS + 100)
    engine.set_phase(0, Phase.CONTINUOUS, timestamp_ns=NOW + 7)
    assert engine.next_due == NOW + 7
    engine.halt(0, timestamp_ns=NOW + 8)
    assert engine.next_due == NOW + 8
    *events, pulsed = engine.pulse(timestamp_ns=NOW + 9)
    assert (pulsed.items, kinds(events)[-1]) == (100, EventKind.PHASE_CHANGED)
    assert engine.next_due is None


def test_an_uncrossing_keeps_its_orders_from_ending(new_engine: Any) -> None:
    """What expires meanwhile trades first, and ends with what is left of it."""
    engine = opening(new_engine)
    call(engine)
    many_trades(engine, 2 * TRIGGER_ITEMS)
    order = rest(engine, NOW + 6, quantity=2)
    engine.set_phase(0, Phase.CONTINUOUS, timestamp_ns=NOW + 5)
    *events, pulsed = engine.pulse(timestamp_ns=NOW + 6)
    changed = kinds(events).index(EventKind.PHASE_CHANGED)
    assert (events[-1].kind, events[-1].order_id) == (EventKind.CANCELLED, order)
    assert (changed, pulsed.items) == (2 * TRIGGER_ITEMS, TRIGGER_ITEMS + 1)


def test_an_uncrossing_of_more_than_a_pulse_leaves_nothing_for_what_is_due(new_engine: Any) -> None:
    engine = opening(new_engine)
    call(engine)
    engine.set_account(ALICE, max_open_orders=16_384)
    for _ in range(2):
        many_trades(engine, 200)
    order = rest(engine, NOW + 1, price=1)
    engine.set_phase(0, Phase.CONTINUOUS)
    *events, pulsed = engine.pulse(timestamp_ns=NOW + 6)
    assert (pulsed.items, set(kinds(events))) == (PULSE_ITEMS, {EventKind.FILL})
    assert engine.next_due == NOW + 1
    *events, pulsed = engine.pulse()
    assert (pulsed.items, events[-1].order_id) == (400 - TRIGGER_ITEMS - PULSE_ITEMS + 1, order)


def test_a_retired_instrument_is_due_until_it_is_empty(new_engine: Any) -> None:
    engine = opening(new_engine)
    for _ in range(TRIGGER_ITEMS + PULSE_ITEMS + 1):
        rest(engine, 0, price=1)
    engine.set_phase(0, Phase.CLOSED)
    assert engine.next_due is None
    assert len(engine.set_phase(0, Phase.RETIRED)) == 1 + TRIGGER_ITEMS
    assert engine.next_due == NOW
    for items, due in ((PULSE_ITEMS, NOW + 3), (1, None), (0, None)):
        *_, pulsed = engine.pulse(timestamp_ns=NOW + 3)
        assert (pulsed.items, engine.next_due) == (items, due)


def test_a_call_is_extended_at_the_same_pulse_that_would_have_ended_it(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.set_reference(0, 100)
    engine.set_trading_limits(0, auction_bps=100, call_ns=CALL)
    call(engine, ends_at=NOW + 5)
    many_trades(engine, 1)
    for extensions, now in ((1, NOW + 5), (2, NOW + 5 + CALL)):
        extended, pulsed = engine.pulse(timestamp_ns=now)
        assert (extended.kind, extended.extensions, extended.ends_at) == (
            EventKind.AUCTION_EXTENDED,
            extensions,
            now + CALL,
        )
        assert (pulsed.items, engine.next_due) == (1, now + CALL)


def test_the_end_of_time_is_no_overflow(new_engine: Any) -> None:
    engine = opening(new_engine)
    engine.set_trading_limits(0, call_ns=CALL)
    last = 2**64 - 1
    call(engine, now=last - 1)
    assert engine.next_due == last
    engine.set_phase(0, Phase.CONTINUOUS)
    engine.halt(0)
    *_, changed = engine.resume(0)
    assert (changed.ends_at, engine.next_due) == (last, last)
