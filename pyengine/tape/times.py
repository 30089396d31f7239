"""Times as people write them, in nanoseconds as a tape has them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from pyengine.errors import TapeError

SECOND_NS: Final = 10**9
LATEST_NS: Final = (1 << 64) - 1
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(?:(?<=:\d\d:\d\d)[.,](\d+))?(Z|[+-]\d\d(?::?\d\d)?)?\Z",
    re.ASCII | re.IGNORECASE,
)
_TIME_OF_DAY: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,9}))?)?")


def time_of_day(option: str, text: str) -> int:
    """`HH:MM[:SS[.fraction]]` in nanoseconds after midnight.

    Raises:
        TapeError: it is no time of day; names the option.
    """
    found = _TIME_OF_DAY.fullmatch(text)
    if found is None:
        raise TapeError(f"{option} {text}: not a time of day, as 09:30, 09:30:00 or 09:30:00.000000001")
    hours, minutes, seconds, fraction = found.groups(default="0")
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * SECOND_NS + int(fraction.ljust(9, "0"))


def parse_time(text: str, *, other: str = "not") -> int:
    """ISO 8601, with an offset, in nanoseconds since the Unix epoch; further decimals say nothing.

    Raises `ValueError`, which says that it is neither what it may be otherwise (`other`) nor a time.
    """
    parts = _TIME.match(text)
    if parts is None:
        raise ValueError(f"{other} a time like 2026-01-02T15:04:05.123456789Z")
    date, minute, second, fraction, offset = parts.groups()
    if offset is None:
        raise ValueError("a time without an offset: add Z, for UTC, or one like +02:00")
    try:
        moment = datetime.fromisoformat(f"{date}T{minute}{second or ':00'}{offset.upper()}")
    except ValueError as error:
        raise ValueError(f"no time: {error}") from None
    since = moment - EPOCH
    nanoseconds = (since.days * 86_400 + since.seconds) * SECOND_NS + int((fraction or "")[:9].ljust(9, "0"))
    if nanoseconds < 0:
        raise ValueError("before 1970")
    return min(nanoseconds, LATEST_NS)


def instant(option: str, text: str) -> int:
    """ISO 8601 with an offset, to the nanosecond, in nanoseconds since the Unix epoch.

    Raises:
        TapeError: it is no such time; names the option.
    """
    try:
        return parse_time(text)
    except ValueError as error:
        raise TapeError(f"{option} {text}: {error}") from None


def between(begin: str | None, end: str | None, read: Callable[[str, str], int]) -> tuple[int, int | None]:
    """The times `--from` and `--to`, both included; from the tape's beginning, or to its end, where one is missing.

    Raises:
        TapeError: one is no time, or the beginning is after the end.
    """
    from_ns = 0 if begin is None else read("--from", begin)
    to_ns = None if end is None else read("--to", end)
    if to_ns is not None and from_ns > to_ns:
        raise TapeError(f"--from {begin} is after --to {end}")
    return from_ns, to_ns
