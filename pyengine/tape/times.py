"""Times as people write them, in nanoseconds as a tape has them."""

import re
from typing import Final

from pyengine.errors import TapeError

SECOND_NS: Final = 10**9
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


def between(begin: str | None, end: str | None) -> tuple[int, int | None]:
    """The times of day `--from` and `--to`, both included; from midnight, or to the tape's end, where one is missing.

    Raises:
        TapeError: one is no time of day, or the beginning is after the end.
    """
    from_ns = 0 if begin is None else time_of_day("--from", begin)
    to_ns = None if end is None else time_of_day("--to", end)
    if to_ns is not None and from_ns > to_ns:
        raise TapeError(f"--from {begin} is after --to {end}")
    return from_ns, to_ns
