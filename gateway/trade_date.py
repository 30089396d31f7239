"""The trade date by the venue's clock: which date a moment belongs to, and the command that begins it.

A trade date ends at the roll time of its own calendar date, and the next begins at that moment: with a roll at 17:00,
what is sent on Monday evening belongs to Tuesday. Midnight is the end of the day: a date that rolls at 00:00 is the
calendar date. Every calendar date is a trade date; a venue that trades without a pause has no other calendar.

A local time that does not exist, because the clocks go forward over it, is the moment they do; of one that comes twice,
because they go back, the first counts.
"""

import logging
from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from gateway.hub import Hub
from pyengine.commands import pack_roll_trade_date
from pyengine.config import TradeDateConfig

NANOSECONDS: Final = 1_000_000_000
DAY: Final = timedelta(days=1)

log = logging.getLogger("gateway")


class TradeDates:
    """Trade dates that end at a local time of day. Reads no clock."""

    def __init__(self, rolls_at: time, zone: ZoneInfo) -> None:
        self._rolls_at = rolls_at
        self._zone = zone

    def at(self, moment_ns: int) -> date:
        """The trade date of a moment: the first that has not ended."""
        # The date before the calendar's has ended: its roll was before this midnight.
        day = self._local(moment_ns // NANOSECONDS).date()
        while moment_ns >= self.end_ns(day):
            day += DAY
        return day

    def end_ns(self, day: date) -> int:
        """When a trade date ends: the first moment at or after its roll time."""
        at_midnight = self._rolls_at == time.min
        wall = datetime.combine(day + DAY if at_midnight else day, self._rolls_at)
        first, second = (int(wall.replace(tzinfo=self._zone, fold=fold).timestamp()) for fold in (0, 1))
        if first > second:  # PEP 495: the time does not exist, and between the two is where the clocks go forward
            first = second + bisect_left(range(second, first), wall, key=self._local)
        return first * NANOSECONDS

    def _local(self, seconds: int) -> datetime:
        return datetime.fromtimestamp(seconds, self._zone).replace(tzinfo=None)


class TradeDateRoll:
    """Rolls the trade date of a hub when its time has come: forward, and once for each date, whoever else rolls it."""

    def __init__(self, hub: Hub, config: TradeDateConfig) -> None:
        self._hub = hub
        self._dates = TradeDates(time.fromisoformat(config.rolls_at), ZoneInfo(config.time_zone))
        self._next_ns = 0  # of a venue that has just started, nothing is known

    def roll(self, now_ns: int) -> int:
        """Begins the current trade date, if the venue is at an earlier one; returns when the next begins.

        The time is the one that the next command will be stamped with, also after the clock was set back. So in the
        journal no order has the time of a trade date and comes before its roll.
        """
        stamp_ns = max(now_ns, self._hub.timestamp_ns)
        if stamp_ns >= self._next_ns:
            today = self._dates.at(stamp_ns)
            self._begin(today.year * 10_000 + today.month * 100 + today.day, stamp_ns)
            self._next_ns = self._dates.end_ns(today)
        return self._next_ns

    def _begin(self, trade_date: int, stamp_ns: int) -> None:
        if trade_date > self._hub.trade_date:
            log.info("trade date %d begins", trade_date)
            self._hub.submit(-1, 0, pack_roll_trade_date(trade_date), stamp_ns)
