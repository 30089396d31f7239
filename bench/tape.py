"""Replay of a tape, beside a plain pass over the same file in the same run.

The tape is a generated day (`bench.tape_flow`) in messages of ITCH 5.0, and the same in records of Databento's (DBN),
written to a temporary directory before anything is measured, so that it is read from memory. The plain pass is what
`wc -l` does: it reads the file and counts newlines, and says what reading alone costs. `book` decodes every message and
brings the books of all symbols up to it; `engine` has every order belong to a funded participant, matches, charges and
settles every execution, and journals all of it. All are in messages a second. The books at the end must be those that
the generated market knows itself, and the replay must have found nothing to disagree with.
"""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench import harness
from bench.harness import Result
from bench.tape_flow import TapeMarket
from pyengine._engine_core import TapeReplay

FORMATS: Final = {"itch": TapeReplay.itch, "dbn": TapeReplay.dbn}
MESSAGES: Final = 5_000_000
QUICK_MESSAGES: Final = 5_000
FLOORS: Final = {"book": 8_000_000, "engine": 1_500_000}
"""Messages a second."""
ADVANCED_AT_ONCE: Final = 65_536
READ_AT_ONCE: Final = 1 << 20


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    details = {tape_format: _measure(arguments, tape_format) for tape_format in FORMATS}
    rows = []
    for tape_format, measured in details.items():
        rates = measured["rates"]
        beside = f"{measured['messages']:,} messages, a plain pass {rates['plain_pass']:,.0f}/s"
        rows += [Result(f"tape.{tape_format}.{depth}", rates[depth], floor, beside) for depth, floor in FLOORS.items()]
    plain_pass = details["itch"]["rates"]["plain_pass"]
    return Result("tape", plain_pass, None, "a plain pass over the tape, as wc -l", details, also=rows)


def _measure(arguments: argparse.Namespace, tape_format: str) -> dict[str, Any]:
    """Messages a second of each depth, and what they were measured with."""
    measured: dict[str, list[float]] = {depth: [] for depth in (*FLOORS, "plain_pass")}
    with TemporaryDirectory(prefix="bench-") as directory:
        path = Path(directory) / "tape"
        market = TapeMarket()
        with path.open("wb") as file:
            wanted = QUICK_MESSAGES if arguments.quick else MESSAGES
            count = market.write(file, wanted, as_dbn=tape_format == "dbn")
        size = path.stat().st_size
        for _ in range(harness.repetitions(arguments)):
            measured["plain_pass"].append(count / _plain_pass(path))
            for depth in FLOORS:
                measured[depth].append(count / _replay(path, market, count, depth, tape_format))
    return {
        "rates": {depth: harness.median(each) for depth, each in measured.items()},
        "messages": count,
        "bytes": size,
        "open_orders": market.open_orders,
        "spread": {depth: harness.spread(each) for depth, each in measured.items()},
    }


def _plain_pass(path: Path) -> float:
    """Seconds to read the file and count newlines."""
    start, newlines = time.perf_counter(), 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(READ_AT_ONCE):
            newlines += chunk.count(b"\n")
    return time.perf_counter() - start


def _replay(path: Path, market: TapeMarket, count: int, depth: str, tape_format: str) -> float:
    """Seconds from the file to the books, which are then judged."""
    with TemporaryDirectory(prefix="bench-") as journal:
        replay = FORMATS[tape_format](path, market=journal if depth == "engine" else None)
        start = time.perf_counter()
        while replay.advance(ADVANCED_AT_ONCE):
            pass
        seconds = time.perf_counter() - start
        check(replay, market, count)
        replay.finish()
    return seconds


def check(replay: TapeReplay, market: TapeMarket, count: int) -> None:
    """Ends the process if the replay has not led to the market's books."""
    if replay.messages != count:
        raise SystemExit(f"bench: {replay.messages} of {count} messages were replayed")
    if {symbol: replay.book(symbol) for symbol in replay.symbols} != market.books():
        raise SystemExit("bench: the replay has led to other books than the market's")
    if disagreements := {what: times for what, times in replay.counts()["disagreements"].items() if times}:
        raise SystemExit(f"bench: the replay disagrees with the tape: {disagreements}")


if __name__ == "__main__":
    harness.main("Replay of a tape of ITCH 5.0, and of Databento's.", run)
