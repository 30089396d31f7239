"""`pyengine replay` of market tapes, a command for each format."""

from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pyengine.cli.options import Json
from pyengine.cli.replay_state import judge_state
from pyengine.output import CHECK_FAILED, fail, print_error, print_json, print_table, progress, reported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyengine.tape.books import BooksResult, Options

replay_command = typer.Typer(help="Replay market tapes, and the venue's own journal.", no_args_is_help=True)

Journal = Annotated[Path | None, typer.Option(help="Keep the journal in this directory, which must not hold one yet.")]
Book = Annotated[bool, typer.Option("--book", help="Build books only: nobody owns the orders.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Stop after so many messages.")]
Expected = Annotated[Path | None, typer.Option(help="Books to compare with, and after how many messages, a JSON file.")]
Begin = Annotated[
    str | None, typer.Option("--from", metavar="TIME", help="Compare and take away nothing before this time.")
]
End = Annotated[str | None, typer.Option("--to", metavar="TIME", help="Stop after this time.")]
Out = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR", help="Write trades, fills, best prices, depth and bars as Parquet files, into this directory."
    ),
]
Plot = Annotated[Path | None, typer.Option(metavar="FILE", help="Draw the replay of one symbol, as .png or .svg.")]
DepthLevels = Annotated[
    int | None,
    typer.Option(
        "--depth", min=1, max=1_000, metavar="N", help="Levels of a side in the files and the picture; else 10."
    ),
]
Every = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=86_400_000,
        metavar="MS",
        help="Milliseconds of the tape between two looks at the depth; 0: every change. 1000 for files, else 100.",
    ),
]

QUOTE_UNITS_PER_DOLLAR: Final = 1_000_000


@replay_command.command()
def lobster(
    message: Annotated[
        Path, typer.Argument(help="Message file (.csv, .csv.gz), or a .zip with message and order book file.")
    ],
    orderbook: Annotated[Path | None, typer.Argument(help="Order book file; without it nothing is compared.")] = None,
    book: Book = False,
    journal: Journal = None,
    limit: Limit = None,
    begin: Begin = None,
    end: End = None,
    out: Out = None,
    depth: DepthLevels = None,
    every: Every = None,
    plot: Plot = None,
    json: Json = False,
) -> None:
    """Replay a LOBSTER tape and compare its book with the exchange's after every message.

    Its orders belong to funded participants, and every execution is matched, charged and settled. Then the engine is
    recovered from its journal, which must lead to the same state. With --book none of that: the book is rebuilt only.
    Times of day are HH:MM[:SS[.fraction]] after the exchange's midnight.
    """
    from pyengine.tape.books import replay_lobster

    for file in (message, *([orderbook] if orderbook else [])):
        _refuse_other_format(file, "lobster")
    with _replaying(message, book, journal, limit, (begin, end), (out, plot, depth, every)) as options:
        result = replay_lobster(message, orderbook, **options)
    _tell_replay(result, json)


@replay_command.command()
def itch(
    file: Annotated[Path, typer.Argument(help="ITCH 5.0 file, plain or packed by gzip.")],
    book: Book = False,
    journal: Journal = None,
    symbols: Annotated[str | None, typer.Option(help="Only these, as AAPL,MSFT; all others are passed over.")] = None,
    limit: Limit = None,
    expected: Expected = None,
    begin: Begin = None,
    end: End = None,
    out: Out = None,
    depth: DepthLevels = None,
    every: Every = None,
    plot: Plot = None,
    json: Json = False,
) -> None:
    """Replay a Nasdaq TotalView-ITCH 5.0 tape, all its symbols at once, and compare its books with expected ones.

    Its orders belong to funded participants, and every execution is matched, charged and settled. Then the engine is
    recovered from its journal, which must lead to the same state. With --book none of that: books are rebuilt only.
    Times of day are HH:MM[:SS[.fraction]] after the exchange's midnight.
    """
    from pyengine.tape.books import replay_itch

    chosen = _chosen(symbols, plot)
    with _replaying(file, book, journal, limit, (begin, end), (out, plot, depth, every)) as options:
        result = replay_itch(file, symbols=chosen, expected=expected, **options)
    _tell_replay(result, json)


@replay_command.command()
def dbn(
    file: Annotated[Path, typer.Argument(help="DBN file of schema MBO, plain or packed by zstd.")],
    book: Book = False,
    journal: Journal = None,
    symbols: Annotated[str | None, typer.Option(help="Only these, as ESH1,NQH1; all others are passed over.")] = None,
    limit: Limit = None,
    expected: Expected = None,
    mbp10: Annotated[
        Path | None, typer.Option(help="Books to compare with, a DBN file of schema MBP-10 of the same instruments.")
    ] = None,
    tick: Annotated[
        str | None, typer.Option(help="The step of prices, as 0.0001; without it one that suits the first of them.")
    ] = None,
    begin: Begin = None,
    end: End = None,
    out: Out = None,
    depth: DepthLevels = None,
    every: Every = None,
    plot: Plot = None,
    json: Json = False,
) -> None:
    """Replay a tape of Databento's (DBN, schema MBO), all its instruments at once, and compare its books with others.

    Its orders belong to funded participants, and every execution is matched, charged and settled. Then the engine is
    recovered from its journal, which must lead to the same state. With --book none of that: books are rebuilt only.
    Times are of receipt, ISO 8601 with an offset, as 2026-01-02T15:04:05.5Z.
    """
    from pyengine.tape import times
    from pyengine.tape.books import replay_dbn

    chosen, step = _chosen(symbols, plot), None if tick is None else _billionths(tick)
    taken = (out, plot, depth, every)
    with _replaying(file, book, journal, limit, (begin, end), taken, times.instant) as options:
        result = replay_dbn(file, symbols=chosen, expected=expected, mbp10=mbp10, step=step, **options)
    _tell_replay(result, json)


def _chosen(symbols: str | None, plot: Path | None) -> set[str] | None:
    """The symbols of `--symbols`."""
    chosen = None if symbols is None else {symbol.strip() for symbol in symbols.split(",")}
    if chosen is not None and "" in chosen:
        fail(f"--symbols {symbols}: one of them is empty")
    if plot is not None and chosen is not None and len(chosen) > 1:
        fail(f"--plot draws one symbol, and --symbols chooses {len(chosen)}")
    return chosen


def _billionths(tick: str) -> int:
    """A step of prices, of which whole ones make one unit of the currency."""
    whole, _, fraction = tick.partition(".")
    digits = whole + fraction.ljust(9, "0")
    step = int(digits) if digits.isascii() and digits.isdecimal() and len(fraction) <= 9 else 0
    if step == 0 or 10**9 % step:
        fail(f"--tick {tick}: not one unit of the currency divided by a whole number, up to a billion")
    return step


@contextmanager
def _replaying(
    file: Path,
    book: bool,
    journal: Path | None,
    limit: int | None,
    between: tuple[str | None, str | None],
    taken: tuple[Path | None, Path | None, int | None, int | None],
    read_time: "Callable[[str, str], int] | None" = None,
) -> "Iterator[Options]":
    """What every replay of a file runs with: where its journal is, if it has one, how far it goes, what it takes away,
    whom it tells how far it is."""
    from pyengine import JournalError
    from pyengine.errors import TapeError
    from pyengine.tape import times
    from pyengine.tape.rows import DEPTH_LEVELS, TakeAway

    out, plot, depth, every = taken
    if book and journal is not None:
        fail("--journal: books only have none")
    if out is None and plot is None and (depth, every) != (None, None):
        fail("--depth and --every say how --out and --plot look at the depth")
    with reported(TapeError, JournalError, OSError), ExitStack() as opened:
        from_ns, to_ns = times.between(*between, read_time or times.time_of_day)
        directory = None if book else opened.enter_context(_directory(journal))
        # A bar of so many messages, else of the file's bytes; nobody knows how many where a time cuts them.
        total = file.stat().st_size if limit is None else limit
        done = opened.enter_context(progress("Replaying", total if to_ns is None else 0, in_bytes=limit is None))
        yield {
            "journal": directory,
            "limit": limit,
            "from_ns": from_ns,
            "to_ns": to_ns,
            "take_away": TakeAway(out, plot, depth or DEPTH_LEVELS, every),
            "on_progress": done,
        }


def _tell_replay(result: "BooksResult", json: bool) -> None:
    if json:
        print_json(result.to_dict())
    else:
        _print_replay(result)
    if not result.passed:
        _fail_replay(result)


def _refuse_other_format(path: Path, format: str) -> None:
    """What can not be read at all is left to whoever reads it."""
    from pyengine._engine_core import recognise_tape
    from pyengine.errors import TapeError

    found = None
    with suppress(TapeError, OSError):
        found = recognise_tape(path) if path.is_file() else None
    if found is not None and found[0] != format:
        name, what = found
        fail(f"{path}: this is {what}: use `replay {name}`")


@contextmanager
def _directory(chosen: Path | None) -> "Iterator[Path]":
    """The directory chosen, or one that is gone afterwards."""
    from tempfile import TemporaryDirectory

    if chosen is not None:
        yield chosen
        return
    with TemporaryDirectory(prefix="pyengine-") as temporary:
        yield Path(temporary)


def _print_replay(result: "BooksResult") -> None:
    rows = result.to_dict()
    del rows["first_difference"]
    for amount in rows.keys() & {"settled_notional", "fees"}:
        rows[amount] = f"{rows[amount] / QUOTE_UNITS_PER_DOLLAR:,.2f} USD"
    rows["seconds"] = f"{result.seconds:.2f}"
    for group in ("window", "disagreements", "message_types"):
        counted: dict[str, int] = rows.pop(group)
        rows |= {f"{group}: {name}": count for name, count in counted.items() if count}
    print_table(rows.pop("tape"), {name.replace("_", " "): value for name, value in rows.items()})


def _fail_replay(result: "BooksResult") -> None:
    """Says what was wrong, one line each: with the books, and with the market that they are of."""
    from pyengine.tape.books import MarketResult

    if result.first_difference is not None:
        print_error(f"{result.tape}: {result.first_difference}")
    if isinstance(result, MarketResult):
        judge_state(result.conservation_ok, result.state_hash, result.recovered_state_hash)
    fail("replay failed", CHECK_FAILED)
