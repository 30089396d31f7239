"""Replay of a tape of each format, beside a plain pass over the same files in the same run.

The tape is a generated day (`bench.tape_flow`): in messages of ITCH 5.0, in records of Databento's, and for LOBSTER one
stock's window of five levels with the book after every message, which is compared. It is written to a temporary
directory before anything is measured, so that it is read from memory. The plain pass is what `wc -l` does: it reads the
files and counts newlines, and says what reading alone costs. `book` decodes every message and brings the books of all
symbols up to it; `engine` has every order belong to a funded participant, matches, charges and settles every execution,
and journals all of it. All are in messages a second. The books at the end must be those that the generated market knows
itself, and the replay must have found nothing to disagree with.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench import harness
from bench.harness import Result
from bench.lobster import LobsterTape
from bench.tape_flow import TapeMarket
from pyengine._engine_core import TapeReplay
from pyengine.tape.lobster import find_files

MESSAGES: Final = 5_000_000
QUICK_MESSAGES: Final = 5_000
FLOORS: Final = {
    "itch": {"book": 8_000_000, "engine": 1_500_000},
    "dbn": {"book": 8_000_000, "engine": 1_500_000},
    "lobster": {"book": 2_000_000, "engine": 1_500_000},
}
"""Messages a second; of LOBSTER with the comparison of every level after every message."""
ADVANCED_AT_ONCE: Final = 65_536
READ_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Tape:
    """A day that was written."""

    files: list[Path]
    messages: int
    market: TapeMarket
    replay: Callable[[Path | None], TapeReplay]
    """Begins a replay: into books alone, or into a market whose journal is in a directory."""
    check: Callable[[TapeReplay, "Tape"], None]


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    details = {tape_format: _measure(arguments, tape_format) for tape_format in FLOORS}
    rows = []
    for tape_format, measured in details.items():
        beside = f"{measured['messages']:,} messages, a plain pass {measured['plain_pass']:,.0f}/s"
        for depth, floor in FLOORS[tape_format].items():
            rows.append(Result(f"tape.{tape_format}.{depth}", measured[depth], floor, beside))
    plain_pass = details["itch"]["plain_pass"]
    return Result("tape", plain_pass, None, "a plain pass over the tape, as wc -l", details, also=rows)


def _measure(arguments: argparse.Namespace, tape_format: str) -> dict[str, Any]:
    """Messages a second of each depth and of the plain pass, and what they were measured with."""
    measured: dict[str, list[float]] = {depth: [] for depth in (*FLOORS[tape_format], "plain_pass")}
    with TemporaryDirectory(prefix="bench-") as directory:
        tape = WRITERS[tape_format](Path(directory), QUICK_MESSAGES if arguments.quick else MESSAGES)
        for _ in range(harness.repetitions(arguments)):
            measured["plain_pass"].append(tape.messages / sum(map(_plain_pass, tape.files)))
            for depth in FLOORS[tape_format]:
                measured[depth].append(tape.messages / _replay(tape, depth))
        size = sum(file.stat().st_size for file in tape.files)
    return {
        **{depth: harness.median(each) for depth, each in measured.items()},
        "messages": tape.messages,
        "bytes": size,
        "open_orders": tape.market.open_orders,
        "spread": {depth: harness.spread(each) for depth, each in measured.items()},
    }


def _itch(directory: Path, count: int) -> Tape:
    path, market = directory / "tape.itch", TapeMarket()
    with path.open("wb") as file:
        messages = market.write(file, count)
    return Tape([path], messages, market, lambda journal: TapeReplay.itch(path, market=journal), check)


def _dbn(directory: Path, count: int) -> Tape:
    path, market = directory / "tape.dbn", TapeMarket()
    with path.open("wb") as file:
        messages = market.write(file, count, as_dbn=True)
    return Tape([path], messages, market, lambda journal: TapeReplay.dbn(path, market=journal), check)


def _lobster(directory: Path, count: int) -> Tape:
    """Of so many messages of the market, of which about two in five change the window."""
    paths = [directory / f"DAY_2030-01-02_{name}_5.csv" for name in ("message", "orderbook")]
    market = TapeMarket(symbols=1)
    with paths[0].open("wb") as messages, paths[1].open("wb") as book:
        tape = LobsterTape(messages, book)
        tape.write(market.messages(count))
    files = find_files(*paths)

    def begin(journal: Path | None) -> TapeReplay:
        return TapeReplay.lobster(files.messages, files.book, symbol=files.symbol, market=journal)

    return Tape(paths, tape.rows, market, begin, check_window)


WRITERS: Final = {"itch": _itch, "dbn": _dbn, "lobster": _lobster}


def _plain_pass(path: Path) -> float:
    """Seconds to read the file and count newlines."""
    start, newlines = time.perf_counter(), 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(READ_AT_ONCE):
            newlines += chunk.count(b"\n")
    return time.perf_counter() - start


def _replay(tape: Tape, depth: str) -> float:
    """Seconds from the files to the books, which are then judged."""
    with TemporaryDirectory(prefix="bench-") as journal:
        replay = tape.replay(Path(journal) if depth == "engine" else None)
        start = time.perf_counter()
        while replay.advance(ADVANCED_AT_ONCE):
            pass
        seconds = time.perf_counter() - start
        tape.check(replay, tape)
        replay.finish()
    return seconds


def check(replay: TapeReplay, tape: Tape) -> None:
    """Ends the process if the replay has not led to the market's books."""
    _check_counts(replay, tape)
    if {symbol: replay.book(symbol) for symbol in replay.symbols} != tape.market.books():
        raise SystemExit("bench: the replay has led to other books than the market's")


def check_window(replay: TapeReplay, tape: Tape) -> None:
    """Ends the process if the book was another one than the tape's after any message."""
    _check_counts(replay, tape)
    compared = replay.compared()
    if compared is None or compared["first_difference"] or compared["sides_checked"] != 2 * (tape.messages - 1):
        raise SystemExit("bench: the replay has led to other books than the tape's")


def _check_counts(replay: TapeReplay, tape: Tape) -> None:
    if replay.messages != tape.messages:
        raise SystemExit(f"bench: {replay.messages} of {tape.messages} messages were replayed")
    if disagreements := {what: times for what, times in replay.counts()["disagreements"].items() if times}:
        raise SystemExit(f"bench: the replay disagrees with the tape: {disagreements}")


if __name__ == "__main__":
    harness.main("Replay of a tape of each format.", run)
