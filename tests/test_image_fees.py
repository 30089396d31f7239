"""The state image of fees: tiers, overrides, changes to come, what was traded."""

import struct
from typing import Any

import pytest

from pyengine.records import (
    DAY_NS,
    NONE_ID,
    Side,
)
from tests.images import NOTHING_BEHIND_FEES, Images, with_assets

TODAY_TRADED = 40
"""The day of the last trades: a day later the first ones, 29 days before, do not count."""


def with_fees(new_engine: Any) -> Any:
    """Tiers, two overrides, four changes that wait, and what two accounts traded on two days; nothing is open."""
    engine = with_assets(new_engine)
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
    assert image.endswith(FEES + NOTHING_BEHIND_FEES)
    assert image.count(struct.pack("<IiIiI", 2, 0, 0, 0, 0)) >= 1, "the first rates of both schedules"


def test_what_is_too_old_is_not_written(new_engine: Any) -> None:
    engine = with_fees(new_engine)
    engine.pulse(timestamp_ns=TOMORROW - 1)
    assert engine.state_image().endswith(listed(*TRADES) + NOTHING_BEHIND_FEES)
    engine.pulse(timestamp_ns=TOMORROW)
    assert engine.state_image().endswith(listed(traded(1, DAYS[1]), traded(2, DAYS[1])) + NOTHING_BEHIND_FEES)
    engine.pulse(timestamp_ns=TOMORROW + 29 * DAY_NS)
    assert engine.state_image().endswith(listed() + NOTHING_BEHIND_FEES)


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
