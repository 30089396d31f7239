"""The trade date by the clock: the schedule as tables, and a venue whose clock the test drives."""

import time
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway import schemas
from gateway.hub import Hub
from gateway.schemas import Report
from gateway.server import open_hub
from gateway.trade_date import TradeDateRoll, TradeDates
from pyengine import journal
from pyengine.commands import pack_roll_trade_date
from pyengine.config import JournalConfig, TradeDateConfig, VenueConfig
from tests.gateway_support import until, venue_config
from tests.test_gateway_end_to_end import AAPL, connect, conserved, fund, run, serving

NEW_YORK: Final = TradeDateConfig(rolls_at="17:00", time_zone="America/New_York")
SECOND: Final = 1_000_000_000
HOUR: Final = 3_600 * SECOND


def utc(text: str) -> int:
    """A moment in nanoseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND


def dates(rolls_at: str, zone: str) -> TradeDates:
    return TradeDates(time_of_day.fromisoformat(rolls_at), ZoneInfo(zone))


# the schedule


@pytest.mark.parametrize(
    ("zone", "rolls_at", "day", "ends"),
    [
        # (zone, local time, trade date, when it ends in UTC)
        ("America/New_York", "17:00", "2026-03-07", "2026-03-07 22:00"),
        ("America/New_York", "17:00", "2026-03-08", "2026-03-08 21:00"),  # 23 hours
        ("America/New_York", "17:00", "2026-10-31", "2026-10-31 21:00"),
        ("America/New_York", "17:00", "2026-11-01", "2026-11-01 22:00"),  # 25 hours
        ("America/New_York", "17:00", "2026-11-07", "2026-11-07 22:00"),  # a Saturday is a date as any
        ("America/New_York", "02:30", "2026-03-08", "2026-03-08 07:00"),  # does not exist: 03:00
        ("America/New_York", "02:00", "2026-03-08", "2026-03-08 07:00"),
        ("America/New_York", "01:30", "2026-11-01", "2026-11-01 05:30"),  # comes twice
        ("America/New_York", "02:00", "2026-11-01", "2026-11-01 07:00"),
        ("Europe/London", "17:00", "2026-03-28", "2026-03-28 17:00"),
        ("Europe/London", "17:00", "2026-03-29", "2026-03-29 16:00"),
        ("Europe/London", "01:30", "2026-03-29", "2026-03-29 01:00"),  # does not exist
        ("Europe/London", "01:30", "2026-10-25", "2026-10-25 00:30"),  # comes twice
        ("Australia/Sydney", "17:00", "2026-10-03", "2026-10-03 07:00"),
        ("Australia/Sydney", "17:00", "2026-10-04", "2026-10-04 06:00"),  # daylight saving begins in October
        ("Australia/Sydney", "02:30", "2026-10-04", "2026-10-03 16:00"),  # does not exist
        ("Australia/Sydney", "02:30", "2026-04-05", "2026-04-04 15:30"),  # comes twice
        ("Asia/Kolkata", "09:00", "2026-03-29", "2026-03-29 03:30"),
        ("Asia/Kolkata", "09:00", "2026-10-25", "2026-10-25 03:30"),
        ("Australia/Lord_Howe", "17:00", "2026-10-03", "2026-10-03 06:30"),
        ("Australia/Lord_Howe", "17:00", "2026-10-04", "2026-10-04 06:00"),  # half an hour
        ("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03 15:30"),  # does not exist: 02:30
        ("Australia/Lord_Howe", "01:45", "2026-04-05", "2026-04-04 14:45"),  # comes twice
        ("UTC", "00:00", "2026-03-08", "2026-03-09 00:00"),  # the calendar date
        ("UTC", "00:01", "2026-03-08", "2026-03-08 00:01"),
        ("UTC", "23:59", "2026-03-08", "2026-03-08 23:59"),
        ("America/Havana", "00:00", "2026-03-07", "2026-03-08 05:00"),  # the day begins at 01:00
        ("America/Havana", "00:00", "2026-10-31", "2026-11-01 04:00"),  # midnight comes twice
        ("America/Sao_Paulo", "23:30", "2018-02-17", "2018-02-18 01:30"),  # the hour before midnight comes twice
        ("America/New_York", "17:00", "2028-02-28", "2028-02-28 22:00"),
        ("America/New_York", "17:00", "2028-02-29", "2028-02-29 22:00"),
        ("America/New_York", "17:00", "2026-12-31", "2026-12-31 22:00"),
        ("Pacific/Apia", "12:00", "2011-12-30", "2011-12-30 10:00"),  # the island had no such day
    ],
)
def test_a_trade_date_ends_at_its_local_time_and_the_next_begins(zone: str, rolls_at: str, day: str, ends: str) -> None:
    schedule, ending = dates(rolls_at, zone), date.fromisoformat(day)
    end = schedule.end_ns(ending)
    assert datetime.fromtimestamp(end // SECOND, UTC).strftime("%Y-%m-%d %H:%M") == ends
    assert schedule.at(end - 1) == ending
    assert schedule.at(end) == date.fromordinal(ending.toordinal() + 1)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # (New York, 17:00) in UTC
        ("2026-03-06 21:59:59", "2026-03-06"),
        ("2026-03-06 22:00:00", "2026-03-07"),
        ("2026-03-07 04:59:59", "2026-03-07"),
        ("2026-03-07 05:00:00", "2026-03-07"),  # midnight changes nothing
        ("2026-03-08 20:59:59", "2026-03-08"),
        ("2026-03-08 21:00:00", "2026-03-09"),
        ("2028-02-28 22:00:00", "2028-02-29"),
        ("2028-02-29 22:00:00", "2028-03-01"),
        ("2027-02-28 22:00:00", "2027-03-01"),
        ("2026-12-31 21:59:59", "2026-12-31"),
        ("2026-12-31 22:00:00", "2027-01-01"),
    ],
)
def test_the_trade_date_of_a_moment(moment: str, day: str) -> None:
    assert dates("17:00", "America/New_York").at(utc(moment)) == date.fromisoformat(day)


def test_a_date_that_a_place_leaves_out_is_left_out() -> None:
    schedule = dates("00:00", "Pacific/Apia")
    end = schedule.end_ns(date(2011, 12, 29))
    assert (schedule.at(end - 1), schedule.at(end)) == (date(2011, 12, 29), date(2011, 12, 31))


ZONES: Final = (
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "America/Havana",
    "UTC",
)


@given(st.sampled_from(ZONES), st.times(), st.integers(0, 4_102_444_800 * SECOND))
def test_each_moment_has_one_trade_date(zone: str, rolls_at: time_of_day, moment: int) -> None:
    """The dates follow each other without a hole: each is current from the end of the one before to its own."""
    schedule = TradeDates(rolls_at.replace(second=0, microsecond=0), ZoneInfo(zone))
    day = schedule.at(moment)
    assert schedule.end_ns(date.fromordinal(day.toordinal() - 1)) <= moment < schedule.end_ns(day)


# the roll of a hub


FRIDAY_END: Final = utc("2026-03-06 22:00")
START: Final = FRIDAY_END - 2 * HOUR
MONDAY_END: Final = utc("2026-03-09 21:00")  # daylight saving has begun


def hub_in_memory() -> Hub:
    config = venue_config("unused")
    return open_hub(msgspec.structs.replace(config, journal=JournalConfig(directory="unused", durability="off")))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    """The wall clock of the whole process."""
    driven = Clock()
    monkeypatch.setattr(time, "time_ns", lambda: driven.now)
    return driven


class Clock:
    def __init__(self) -> None:
        self.now = START


def test_each_date_is_rolled_once_however_often_the_clock_is_looked_at(clock: Clock) -> None:
    hub = hub_in_memory()
    roll, first = TradeDateRoll(hub, NEW_YORK), hub.sequence
    rolled = []
    for hours in range(30):
        for moment in (FRIDAY_END - HOUR + hours * HOUR, FRIDAY_END + hours * HOUR - 1):
            before = hub.sequence
            assert roll.roll(moment) > moment
            rolled += [(hub.trade_date, hub.timestamp_ns)] * (hub.sequence - before)
    assert rolled == [
        (20260306, FRIDAY_END - HOUR),
        (20260307, FRIDAY_END),
        (20260308, FRIDAY_END + 24 * HOUR),
    ]
    assert hub.sequence == first + 3
    hub.close()


def test_after_a_pause_the_current_date_begins_at_once(clock: Clock) -> None:
    hub = hub_in_memory()
    for _ in range(2):
        assert TradeDateRoll(hub, NEW_YORK).roll(FRIDAY_END - 1) == FRIDAY_END
        assert hub.trade_date == 20260306
    first = hub.sequence
    for _ in range(2):
        assert TradeDateRoll(hub, NEW_YORK).roll(MONDAY_END - 1) == MONDAY_END
        assert (hub.trade_date, hub.sequence) == (20260309, first + 1)
    hub.close()


def test_a_clock_that_is_set_back_takes_nothing_back(clock: Clock) -> None:
    hub = hub_in_memory()
    roll = TradeDateRoll(hub, NEW_YORK)
    roll.roll(FRIDAY_END)
    sequence = hub.sequence
    for again in (roll, TradeDateRoll(hub, NEW_YORK)):
        assert again.roll(FRIDAY_END - HOUR) == FRIDAY_END + 24 * HOUR
    assert (hub.trade_date, hub.sequence) == (20260307, sequence)
    hub.close()


def test_commands_that_are_stamped_with_a_later_time_than_the_clock_says_have_its_date(clock: Clock) -> None:
    """The clock was set back before the roll, but the journal's time goes on where it was."""
    hub = hub_in_memory()
    roll = TradeDateRoll(hub, NEW_YORK)
    roll.roll(FRIDAY_END - HOUR)
    hub.submit(-1, 0, pack_roll_trade_date(0), FRIDAY_END)  # refused; it only brings its time
    assert hub.trade_date == 20260306
    roll.roll(FRIDAY_END - HOUR)
    assert (hub.trade_date, hub.timestamp_ns) == (20260307, FRIDAY_END)
    hub.close()


def test_what_the_operator_has_rolled_is_not_rolled_again(clock: Clock) -> None:
    hub = hub_in_memory()
    roll = TradeDateRoll(hub, NEW_YORK)
    roll.roll(FRIDAY_END - HOUR)
    hub.submit(-1, 0, pack_roll_trade_date(20260309), FRIDAY_END - HOUR)
    sequence = hub.sequence
    for hours in range(71):
        roll.roll(FRIDAY_END + hours * HOUR)
        assert (hub.trade_date, hub.sequence) == (20260309, sequence), hours
    roll.roll(MONDAY_END)
    assert (hub.trade_date, hub.sequence) == (20260310, sequence + 1)
    hub.close()


# a venue


def rolling_venue(directory: Path) -> VenueConfig:
    return msgspec.structs.replace(venue_config(str(directory)), trade_date=NEW_YORK)


def commands(directory: Path, *kinds: str) -> list[dict[str, Any]]:
    return [command for command in journal.commands(directory, 1, 1_000) if command["kind"] in kinds]


def rolls(directory: Path) -> list[tuple[int, int]]:
    """Which dates the journal begins, and when."""
    return [(roll["trade_date"], roll["timestamp_ns"]) for roll in commands(directory, "roll_trade_date")]


def test_day_orders_end_at_the_roll_and_a_later_start_catches_up_once(tmp_path: Path, clock: Clock) -> None:
    async def first() -> str:
        reports: list[Report] = []
        async with serving(config) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker", on_report=reports.append) as maker:
                day = await maker.place(AAPL, "buy", quantity=1, price=90, lifetime="day")
                kept = await maker.place(AAPL, "buy", quantity=1, price=80)
                clock.now = FRIDAY_END - 1
                await maker.ping()
                assert gateway.hub.trade_date == 20260306
                assert len((await maker.orders()).orders) == 2
                clock.now = FRIDAY_END
                await maker.ping()
                await until(lambda: any(report.kind == "cancelled" for report in reports))
                (ended,) = [report for report in reports if report.kind == "cancelled"]
                assert (ended.order_id, ended.reason, ended.timestamp_ns) == (day.order_id, "day_ended", FRIDAY_END)
                assert [order.order_id for order in (await maker.orders()).orders] == [kept.order_id]
                await maker.place(AAPL, "buy", quantity=1, price=70, lifetime="day")
            return (await conserved(gateway)).state_hash

    async def later() -> None:
        """Nobody has to send anything."""
        async with serving(config) as gateway:
            await until(lambda: gateway.hub.trade_date == 20260309 and gateway.hub.counts()[3] == 1)
            assert (await conserved(gateway)).trade_date == 20260309

    async def state_hash() -> str:
        async with serving(msgspec.structs.replace(config, trade_date=None)) as gateway:
            return (await conserved(gateway)).state_hash

    config = rolling_venue(tmp_path)
    hashes: list[str] = []

    async def scenario() -> None:
        hashes.append(await first())
        clock.now = 0  # a replay reads no clock
        hashes.append(await state_hash())
        clock.now = MONDAY_END - HOUR
        await later()
        clock.now += SECOND
        await later()

    run(scenario)
    assert hashes[0] == hashes[1]
    assert rolls(tmp_path) == [
        (20260306, START),
        (20260307, FRIDAY_END),
        (20260309, MONDAY_END - HOUR),
    ]


def test_an_idle_venue_wakes_for_the_roll(tmp_path: Path, clock: Clock) -> None:
    async def scenario() -> None:
        async with serving(rolling_venue(tmp_path)) as gateway:
            clock.now = FRIDAY_END - SECOND // 20
            gateway.schedule()
            await until(lambda: gateway.hub.durable_sequence == gateway.hub.sequence and not gateway._scheduled)
            assert gateway.hub.trade_date == 20260306
            clock.now = FRIDAY_END
            await until(lambda: gateway.hub.trade_date == 20260307)

    run(scenario)


def test_an_order_of_the_moment_of_the_roll_belongs_to_the_new_date(tmp_path: Path, clock: Clock) -> None:
    """Although it is carried out before the server comes to look at the time."""

    async def scenario() -> None:
        async with serving(rolling_venue(tmp_path)) as gateway:
            await fund(gateway)
            async with connect(gateway, "maker") as maker:
                await maker.ping()
                clock.now = FRIDAY_END
                await maker.place(AAPL, "buy", quantity=1, price=90, lifetime="day")
                await maker.ping()
                assert len((await maker.orders()).orders) == 1

    run(scenario)
    kinds = [(each["kind"], each["timestamp_ns"]) for each in commands(tmp_path, "roll_trade_date", "place")]
    assert kinds[-2:] == [("roll_trade_date", FRIDAY_END), ("place", FRIDAY_END)]


def test_the_operator_may_roll_before_the_clock_does(tmp_path: Path, clock: Clock) -> None:
    async def scenario() -> None:
        async with serving(rolling_venue(tmp_path)) as gateway, connect(gateway, "operator") as operator:
            await operator.admin(schemas.AdminRollTradeDate(trade_date=20260307))
            clock.now = FRIDAY_END
            await operator.ping()

    run(scenario)
    assert rolls(tmp_path) == [(20260306, START), (20260307, START)]


def test_without_a_schedule_the_clock_rolls_nothing(tmp_path: Path, clock: Clock) -> None:
    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway, connect(gateway, "operator") as operator:
            clock.now = MONDAY_END
            await operator.ping()
            assert gateway.hub.trade_date == 0

    run(scenario)
    assert rolls(tmp_path) == []
