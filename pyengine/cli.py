"""The command `pyengine`.

Every command prints for people, or one JSON object on the last line of stdout with `--json`. Exit status: 0 done, 1 a
check failed, 2 wrong usage, configuration or input, 130 interrupted. What a command needs is imported when it runs.
"""

import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pyengine.output import (
    CHECK_FAILED,
    USAGE,
    fail,
    print_columns,
    print_error,
    print_json,
    print_table,
    progress,
    reported,
    working,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyengine.config import ServerConfig
    from pyengine.state import Level, Scales, State
    from pyengine.tape.books import BooksResult, Options
    from pyengine.tape.journal import JournalResult

main = typer.Typer(
    name="pyengine",
    help="Order book and T+0 delivery-versus-payment settlement engine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
replay_command = typer.Typer(
    help="Replay market tapes, a command for each format, and the venue's own journal.", no_args_is_help=True
)
main.add_typer(replay_command, name="replay")
admin_command = typer.Typer(help="Operate a running venue, through its admin port.", no_args_is_help=True)
main.add_typer(admin_command, name="admin")
market_command = typer.Typer(
    help="Open, auction, halt, resume and bound instruments, set references, roll the trade date.", no_args_is_help=True
)
admin_command.add_typer(market_command, name="market")
journal_command = typer.Typer(help="Look at a journal without changing it.", no_args_is_help=True)
main.add_typer(journal_command, name="journal")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on the last line.")]
Symbol = Annotated[str, typer.Argument(help="Symbol of the instrument.")]
Cause = Annotated[str, typer.Option(help="Why, in the protocol's words; an unknown one is answered with all of them.")]
VenueConfig = Annotated[Path, typer.Option("--config", help="Configuration of the venue: its admin port, and the key.")]
Key = Annotated[
    str, typer.Option(help="Name of a key with the scope admin and a secret; without it the first such key.")
]
Url = Annotated[str, typer.Option(help="Where the operator logs on, if not where the configuration says.")]
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
JournalDirectory = Annotated[Path, typer.Argument(help="Directory of the journal.")]

QUOTE_UNITS_PER_DOLLAR: Final = 1_000_000
ROWS_SHOWN: Final = 20
"""Balances and orders of a state."""
BOOKS_SHOWN: Final = 5
LEVELS_SHOWN: Final = 5
"""Of each side."""
BALANCE_COLUMNS: Final = ("account", "asset", "available", "held")
ORDER_COLUMNS: Final = ("order", "account", "instrument", "side", "time in force", "price", "left", "of")
BOOK_COLUMNS: Final = ("orders", "quantity", "bid", "ask", "quantity", "orders")


@main.command()
def init(
    directory: Annotated[Path, typer.Argument(help="Directory for the configuration and, later, the journal.")],
    json: Json = False,
) -> None:
    """Write the configuration of a small venue with fresh keys, to start from."""
    from gateway.sample import write_config
    from pyengine.config import ServerConfig

    with reported(OSError):
        directory.mkdir(parents=True, exist_ok=True)
        config, keys = write_config(directory, port=ServerConfig().port, http_port=ServerConfig().http_port)
    if json:
        print_json({"config": str(config), "keys": list(keys)})
    else:
        typer.echo(f"Wrote {config} with keys {', '.join(keys)}; serve it with: pyengine serve {config}")


@main.command()
def serve(
    config: Annotated[Path, typer.Argument(help="Configuration of the venue, a TOML file.")],
    verbose: Annotated[bool, typer.Option("--verbose", help="Log sessions too, not only what is wrong.")] = False,
    json: Json = False,
) -> None:
    """Run a venue until SIGINT or SIGTERM, then stop gracefully. The addresses are printed when it is ready."""
    import logging

    from gateway import server
    from pyengine import JournalError, JournalFailedError
    from pyengine.config import ConfigError, load

    def announce(gateway: server.GatewayServer) -> None:
        scheme = "wss" if venue.server.tls_certificate else "ws"
        url = f"{scheme}://{_host(venue.server.host)}:{gateway.port}/"
        admin = f"{scheme}://{_host(venue.server.admin_host)}:{gateway.admin_port}/"
        http = f"http://{_host(venue.server.http_host)}:{gateway.http_port}"
        stats = gateway.hub.stats()
        recovered, torn = stats["recovered_commands"], stats["recovered_torn_bytes"]
        base = stats["recovered_from_snapshot"]
        if json:
            addresses = {"url": url, "admin": admin, "health": f"{http}/health", "metrics": f"{http}/metrics"}
            found = {"commands_recovered": recovered, "from_snapshot": base or None, "torn_bytes_cut": torn}
            print_json(addresses | found)
        else:
            if venue.journal.durability == "off":
                typer.echo("Durability is off: nothing is journaled, and nothing will be there after the stop.")
            elif gateway.hub.sequence:
                cut = f", after an unfinished write of {torn} bytes was cut" if torn else ""
                on = f" on the snapshot of {base}" if base else ""
                typer.echo(f"Sequence {gateway.hub.sequence}, {recovered} commands replayed{on}{cut}.")
            typer.echo(f"Trading at {url}, the operator at {admin}.")
            typer.echo(f"Health and metrics at {http}/health and {http}/metrics; Ctrl-C stops.")
        sys.stdout.flush()

    def tell_stop(stopped: server.Stopped) -> None:
        """Nobody may be reading any more, which is no failure of the stop."""
        snapshot = str(stopped.snapshot) if stopped.snapshot else None
        with suppress(OSError):
            if json:
                print_json({"stopped_at": stopped.sequence, "snapshot": snapshot, "problem": stopped.problem})
            elif snapshot is not None:
                typer.echo(f"Stopped at sequence {stopped.sequence}; left {snapshot}, verified.")
            elif stopped.problem is not None:
                typer.echo(f"Stopped at sequence {stopped.sequence}; all of it is in the journal, but no snapshot.")
            sys.stdout.flush()

    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    with reported(ConfigError, JournalError, OSError):
        venue = load(config)
        try:
            server.run(venue, on_ready=announce, on_stopped=tell_stop)
        except ConfigError as error:
            fail(f"{config}: {error}")
        except JournalFailedError as error:
            fail(str(error), CHECK_FAILED)


@main.command()
def demo(
    seconds: Annotated[float, typer.Option(min=1, max=86_400, help="How long the venue trades.")] = 20,
    directory: Annotated[
        Path | None, typer.Option(help="Keep configuration and journal in this directory, which must not hold one yet.")
    ] = None,
    json: Json = False,
) -> None:
    """Watch a venue trade through its own gateway, settle, stop, recover from its journal and prove itself."""
    from gateway import demo as venue_demo
    from gateway.process import ServerProcessError
    from pyengine import EngineError

    if directory is not None and any(directory.glob("journal/journal-*.log")):
        fail(f"{directory}: holds a journal already; a demo starts a new one")
    with reported(OSError):
        try:
            status = venue_demo.run(seconds=seconds, directory=directory, json=json)
        except (ServerProcessError, EngineError) as error:
            fail(str(error), CHECK_FAILED)
    if status:
        raise typer.Exit(status)


@main.command()
def version(json: Json = False) -> None:
    """Print the versions of the package and of the rules it follows."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed_version

    from pyengine._engine_core import DEBUG_BUILD, SEMANTICS_VERSION

    try:
        package = installed_version("pyengine")
    except PackageNotFoundError:
        package = "not installed"
    build = "debug" if DEBUG_BUILD else "release"
    if json:
        print_json({"version": package, "semantics_version": SEMANTICS_VERSION, "build": build})
    else:
        typer.echo(f"pyengine {package} (semantics {SEMANTICS_VERSION}, {build} build)")


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


@replay_command.command("journal")
def replay_own_journal(
    directory: JournalDirectory,
    until: Annotated[
        str | None,
        typer.Option(help="A sequence, or a time: ISO 8601 with an offset, to the nanosecond. Without it: the end."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Replay from the beginning, and compare with every snapshot on the way.")
    ] = False,
    json: Json = False,
) -> None:
    """Replay the venue's own journal up to a sequence or a time, and show balances, orders and books as they were.

    A time is that of the last command that is not later. Reads only, and works beside a running venue.
    """
    from pyengine import JournalError
    from pyengine.tape.journal import Until, parse_until, replay_journal

    _require_journal(directory)
    try:
        end = Until() if until is None else parse_until(until)
    except ValueError as error:
        fail(f"--until {until}: {error}")
    with reported(JournalError), ExitStack() as shown:

        def begin(total: int) -> "Callable[[int], None]":
            shown.close()
            return shown.enter_context(progress("Replaying", total))

        result = replay_journal(directory, end, check=check, on_begin=begin)
    if json:
        print_json(result.to_dict())
    else:
        _print_journal_replay(result, check)
    _judge_journal_replay(result, check)


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
        _judge_state(result.conservation_ok, result.state_hash, result.recovered_state_hash)
    fail("replay failed", CHECK_FAILED)


def _judge_state(conservation_ok: bool, state_hash: str, recovered: str | None) -> None:
    """Says what was wrong with the state that a replay led to. `recovered`: hash of its recovery, if there was one."""
    if not conservation_ok:
        print_error("balances do not add up to what was deposited")
    if recovered not in (None, state_hash):
        print_error(f"recovery led to another state: {recovered}, expected {state_hash}")


def _print_journal_replay(result: "JournalResult", check: bool) -> None:
    from pyengine.tape.journal import shown_time

    rows = result.summary()
    del rows["first_difference"], rows["damaged_snapshots"]
    if not check:
        del rows["snapshots_checked"], rows["snapshots_matched"], rows["recovered_state_hash"]
    rows["timestamp_ns"] = shown_time(result.timestamp_ns) if result.sequence else "before the first command"
    rows["from_snapshot"] = "none: from the first command" if result.from_snapshot is None else result.from_snapshot
    rows["seconds"] = f"{result.seconds:.2f}"
    print_table(rows.pop("tape"), {name.removesuffix("_ns").replace("_", " "): rows[name] for name in rows})
    _print_state(result.state)
    if check and not result.snapshots_checked:
        typer.echo("Nothing was compared: on the way from where the replay began there is no snapshot.")


def _print_state(state: "State") -> None:
    """As much as fits a few screens, and how much more there is."""
    from pyengine.state import Scales

    balances = [(account["account"], balance) for account in state.accounts for balance in account["balances"]]
    rows = [_balance_row(state, account, balance) for account, balance in balances[:ROWS_SHOWN]]
    _print_part("Balances", BALANCE_COLUMNS, rows, len(balances))
    rows = [_order_row(order, Scales.of(state, order["instrument"])) for order in state.orders[:ROWS_SHOWN]]
    _print_part("Open orders", ORDER_COLUMNS, rows, len(state.orders))
    books = [(symbol, book) for symbol, book in state.books.items() if book["bids"] or book["asks"]]
    for symbol, book in books[:BOOKS_SHOWN]:
        scales, deepest = Scales.of(state, symbol), max(len(book["bids"]), len(book["asks"]))
        levels = ((book[side][at : at + 1] for side in ("bids", "asks")) for at in range(min(deepest, LEVELS_SHOWN)))
        rows = [(*reversed(_level_cells(bid, scales)), *_level_cells(ask, scales)) for bid, ask in levels]
        _print_part(f"{symbol} ({book['phase'].replace('_', ' ')})", BOOK_COLUMNS, rows, deepest)
    if len(books) > BOOKS_SHOWN:
        typer.echo(f"... and the books of {len(books) - BOOKS_SHOWN:,} more instruments; all of them with --json")


def _print_part(title: str, names: tuple[str, ...], rows: list[tuple[str, ...]], count: int) -> None:
    """Some of `count` rows."""
    more = count - len(rows)
    if rows:
        print_columns(title, names, rows, f"... and {more:,} more; all of them with --json" if more else "")


def _balance_row(state: "State", account: int, balance: dict[str, Any]) -> tuple[str, ...]:
    from pyengine.state import shown_amount

    decimals = state.assets[balance["asset"]]["decimals"]
    available, held = (shown_amount(balance[name], decimals) for name in ("available", "held"))
    return str(account), balance["asset"], available, held


def _order_row(order: dict[str, Any], scales: "Scales") -> tuple[str, ...]:
    named = (str(order[name]) for name in ("order_id", "account", "instrument", "side", "time_in_force"))
    return *named, scales.price(order["price"]), scales.quantity(order["leaves"]), scales.quantity(order["quantity"])


def _level_cells(levels: "list[Level]", scales: "Scales") -> tuple[str, str, str]:
    """Price, quantity and orders of the one level, if there is one."""
    if not levels:
        return "", "", ""
    level = levels[0]
    return scales.price(level["price"]), scales.quantity(level["quantity"]), f"{level['orders']:,}"


def _judge_journal_replay(result: "JournalResult", check: bool) -> None:
    """Says what was wrong, one line each."""
    for difference in result.differences:
        print_error(str(difference))
    _judge_state(result.state.conservation_ok, result.state_hash, result.recovered_state_hash)
    for path in result.damaged_snapshots:
        print_error(f"{path}: damaged")
    if not result.passed:
        fail("replay failed", CHECK_FAILED)
    if check and result.damaged_snapshots:
        raise typer.Exit(USAGE)


@market_command.command()
def halt(
    instrument: Symbol,
    config: VenueConfig,
    cause: Cause = "operator",
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Stop an instrument's trading, for a cause. Cancels still work; others may stand beside it."""
    _administer("AdminHalt", {"instrument": instrument, "cause": _known(cause)}, config, key, url, json)


@market_command.command()
def resume(
    instrument: Symbol,
    config: VenueConfig,
    cause: Cause = "operator",
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Lift a cause. Trading goes on when it was the last that stood."""
    _administer("AdminResume", {"instrument": instrument, "cause": _known(cause)}, config, key, url, json)


@market_command.command()
def phase(
    instrument: Symbol,
    phase: Annotated[str, typer.Argument(help="pre_open, auction, continuous, closed or retired (for good).")],
    config: VenueConfig,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Put an instrument into a phase. To continuous from a call is by an auction, now."""
    from gateway.schemas import PHASES

    if phase not in PHASES:
        fail(f"{phase}: not one of {', '.join(PHASES)}")
    _administer("AdminSetPhase", {"instrument": instrument, "phase": phase}, config, key, url, json)


@market_command.command()
def auction(
    instrument: Symbol,
    config: VenueConfig,
    seconds: Annotated[
        float, typer.Option(min=0, max=86_400, help="How long orders are called for; 0: until another phase is set.")
    ] = 0,
    close: Annotated[bool, typer.Option("--close", help="Close the instrument after it.")] = False,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Begin a call auction. Its price is indicated meanwhile; all its trades are made at one price."""
    import time

    fields: dict[str, object] = {
        "instrument": instrument,
        "phase": "auction",
        "next": "closed" if close else "continuous",
    }
    fields["ends_at"] = time.time_ns() + int(seconds * 1e9) if seconds else 0
    _administer("AdminSetPhase", fields, config, key, url, json)


@market_command.command()
def limits(
    instrument: Symbol,
    config: VenueConfig,
    static_bps: Annotated[int, typer.Option(help="How far from the reference prices may be, in basis points.")] = 0,
    dynamic_bps: Annotated[int, typer.Option(help="How far from the last trade a trade may be.")] = 0,
    auction_bps: Annotated[int, typer.Option(help="How far from the reference an auction's price may be.")] = 0,
    call_seconds: Annotated[float, typer.Option(help="How long a call lasts that begins by itself.")] = 0,
    max_quantity: Annotated[int, typer.Option(help="Lots of an order.")] = 0,
    max_notional: Annotated[int, typer.Option(help="What an order is worth, in units of the quote asset.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Bound an instrument's prices and the size of its orders. What is not given bounds nothing from now on."""
    fields = {
        "instrument": instrument,
        "static_bps": static_bps,
        "dynamic_bps": dynamic_bps,
        "auction_bps": auction_bps,
        "call_ns": int(call_seconds * 1e9),
        "max_quantity": max_quantity,
        "max_notional": max_notional,
    }
    _administer("AdminSetTradingLimits", fields, config, key, url, json)


@market_command.command()
def reference(
    instrument: Symbol,
    price: Annotated[int, typer.Argument(help="In ticks; 0: not known any more.")],
    config: VenueConfig,
    source: Annotated[int, typer.Option(min=0, help="Who says so, by your own numbers.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Say what an instrument is worth elsewhere, now."""
    import time

    fields = {"instrument": instrument, "price": price, "source": source, "observed_at": time.time_ns()}
    _administer("AdminSetReference", fields, config, key, url, json)


@market_command.command()
def volatility(
    instrument: Symbol,
    config: VenueConfig,
    bps: Annotated[int, typer.Option(help="How far from the mean of the last trades prices may be; 0: any.")] = 0,
    ticks: Annotated[int, typer.Option(help="The same in ticks, if that is less; 0: it is not asked.")] = 0,
    multiplier: Annotated[int, typer.Option(help="Hundredths by which both are multiplied.")] = 100,
    limit_seconds: Annotated[float, typer.Option(help="How long a limit state lasts before trading pauses.")] = 15,
    pause_seconds: Annotated[float, typer.Option(help="How long the call lasts after it.")] = 300,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Bound an instrument's prices by its own trades, as the US plan does. A schedule gives another multiplier."""
    fields: dict[str, object] = {"instrument": instrument}
    if bps:
        fields |= {
            "bps": bps,
            "ticks": ticks,
            "multiplier": multiplier,
            "limit_state_ns": int(limit_seconds * 1e9),
            "pause_ns": int(pause_seconds * 1e9),
        }
    _administer("AdminSetVolatilityBands", fields, config, key, url, json)


@market_command.command()
def policy(
    instrument: Symbol,
    config: VenueConfig,
    stale: Annotated[str, typer.Option(help="What an old reference price leads to: keep, widen or halt.")] = "keep",
    max_age_seconds: Annotated[float, typer.Option(help="When it is old.")] = 0,
    widen: Annotated[int, typer.Option(help="Hundredths by which the static band is multiplied then.")] = 0,
    primary: Annotated[
        str, typer.Option(help="What a closed primary market leads to: none, fixed_band, reanchor or halt.")
    ] = "none",
    closed_bps: Annotated[int, typer.Option(help="How far from its close prices may be then.")] = 0,
    step_bps: Annotated[int, typer.Option(help="How far that anchor moves at once.")] = 0,
    step_seconds: Annotated[float, typer.Option(help="How often it does.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Say what an old reference price and a closed primary market lead to. What is not given is none from now on."""
    from gateway.schemas import PRIMARY_POLICIES, STALE_POLICIES

    if stale not in STALE_POLICIES:
        fail(f"--stale {stale}: not one of {', '.join(STALE_POLICIES)}")
    if primary not in PRIMARY_POLICIES:
        fail(f"--primary {primary}: not one of {', '.join(PRIMARY_POLICIES)}")
    fields = {
        "instrument": instrument,
        "stale": stale,
        "primary": primary,
        "widen": widen,
        "max_age_ns": int(max_age_seconds * 1e9),
        "closed_bps": closed_bps,
        "step_bps": step_bps,
        "step_ns": int(step_seconds * 1e9),
    }
    _administer("AdminSetReferencePolicy", fields, config, key, url, json)


@market_command.command()
def primary(
    instrument: Symbol,
    status: Annotated[str, typer.Argument(help="open, closed or halted.")],
    config: VenueConfig,
    close: Annotated[int, typer.Option(min=0, help="Its last price in ticks, when it closes.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Say whether the market on which an instrument is priced trades."""
    from gateway.schemas import PRIMARY_STATUSES

    if status not in PRIMARY_STATUSES:
        fail(f"{status}: not one of {', '.join(PRIMARY_STATUSES)}")
    fields = {"instrument": instrument, "status": status, "close": close}
    _administer("AdminSetPrimaryStatus", fields, config, key, url, json)


@market_command.command()
def obligation(
    instrument: Symbol,
    account: Annotated[int, typer.Argument(min=0, help="The market maker.")],
    config: VenueConfig,
    max_spread: Annotated[int, typer.Option(help="Ticks between its buys and its sells.")] = 0,
    min_quantity: Annotated[int, typer.Option(help="Lots of each side.")] = 0,
    required_bps: Annotated[int, typer.Option(help="Of the time in which the instrument trades.")] = 0,
    maker_rate: Annotated[int, typer.Option(help="What it pays as a maker once it is earned; below 0: a rebate.")] = 0,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Say what a market maker owes on an instrument and gets for it. Without options it owes nothing any more."""
    fields = {
        "account": account,
        "instrument": instrument,
        "max_spread": max_spread,
        "min_quantity": min_quantity,
        "required_bps": required_bps,
        "maker_rate": maker_rate,
    }
    _administer("AdminSetObligation", fields, config, key, url, json)


@market_command.command()
def roll(
    trade_date: Annotated[int, typer.Argument(help="The date that begins, as eight digits: 20261201.")],
    config: VenueConfig,
    key: Key = "",
    url: Url = "",
    json: Json = False,
) -> None:
    """Begin a trade date. Trading goes on; the day orders of earlier dates end, obligations are scored."""
    _administer("AdminRollTradeDate", {"trade_date": trade_date}, config, key, url, json)


def _known(cause: str) -> str:
    from gateway.schemas import HALT_CAUSES

    if cause not in HALT_CAUSES:
        fail(f"--cause {cause}: not one of {', '.join(HALT_CAUSES)}")
    return cause


def _administer(request: str, fields: dict[str, object], config: Path, key: str, url: str, json: bool) -> None:
    """Carries out one administrative request and says at which sequence it was."""
    import asyncio

    import msgspec
    import picows

    from gateway import schemas
    from gateway.auth import HmacSigner
    from gateway.client import Client
    from gateway.client.errors import ClientError
    from pyengine.config import ConfigError, decode_secret, load

    async def send() -> schemas.Ok:
        async with Client(url, chosen.name, HmacSigner(decode_secret(chosen.secret)), reconnect=False) as client:
            return await client.admin(wanted)

    try:
        wanted = msgspec.convert(fields, getattr(schemas, request))
    except msgspec.ValidationError as error:
        fail(str(error))
    with reported(ConfigError, OSError):
        venue = load(config)
        able = [each for each in venue.keys if "admin" in each.scopes and each.secret and key in ("", each.name)]
        if not able:
            fail(f"{config}: no key {key or 'at all'} with the scope admin and a secret")
        chosen = able[0]
        url = url or _admin_url(venue.server)
        if not url:
            fail(f"{config}: leaves the admin port to the system: give --url, which serve has printed")
        try:
            done = asyncio.run(send())
        except (ClientError, picows.WSError, OSError) as error:
            fail(f"{url}: {error}", CHECK_FAILED)
    if json:
        print_json(fields | {"sequence": done.seq})
    else:
        typer.echo(f"Done, at sequence {done.seq}.")


@journal_command.command()
def verify(directory: JournalDirectory, json: Json = False) -> None:
    """Check every header, checksum, chain value, sequence and timestamp of a journal. Works beside a running venue."""
    from pyengine import JournalError
    from pyengine._engine_core import verify_journal

    _require_journal(directory)
    try:
        with working("Verifying"):
            summary = verify_journal(directory)
    except JournalError as error:
        if json:
            print_json({"directory": str(directory), "ok": False, "error": str(error)})
        fail(str(error), CHECK_FAILED)
    counts = {name: summary[name] for name in ("batches", "first_sequence", "last_sequence", "torn_bytes")}
    versions = sorted({segment["semantics_version"] for segment in summary["segments"]})
    if json:
        segments = len(summary["segments"])
        parsed = {"ok": True, "segments": segments, "semantics_versions": versions}
        print_json({"directory": str(directory), **parsed, **counts})
    else:
        found = "whole, up to an unfinished write at its end" if summary["torn_bytes"] else "whole"
        rows = {"segments": len(summary["segments"]), "semantics": ", ".join(map(str, versions)), **counts}
        print_table(f"{directory}: {found}", {name.replace("_", " "): value for name, value in rows.items()})


@journal_command.command()
def inspect(
    directory: JournalDirectory,
    first: Annotated[int, typer.Option("--from", min=1, help="First sequence to show.")] = 1,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="Commands to show.")] = 20,
    json: Json = False,
) -> None:
    """Show the commands of a journal. Works beside a running venue."""
    from pyengine import JournalError
    from pyengine.journal import ENVELOPE, commands

    _require_journal(directory)
    with reported(JournalError), working("Reading"):
        shown = list(commands(directory, first, limit))
    if json:
        print_json({"directory": str(directory), "commands": shown})
        return
    for command in shown:
        key = f" key={command['key']}" if command["key"] else ""
        fields = "".join(f" {name}={value}" for name, value in command.items() if name not in ENVELOPE)
        who = f"account={command['account']}{key}"
        typer.echo(f"{command['sequence']} {command['timestamp_ns']} {who} {command['kind']}{fields}")


@main.command()
def snapshot(directory: JournalDirectory, json: Json = False) -> None:
    """Write a snapshot of a journal's state, from which the next start recovers. Not beside a running venue."""
    from pyengine import DurableEngine, JournalError
    from pyengine._engine_core import journal_genesis

    _require_journal(directory)
    with (
        reported(JournalError),
        working("Recovering and writing"),
        DurableEngine(directory, **journal_genesis(directory)) as engine,
    ):
        replayed, base, torn_bytes = engine.recovered
        path = str(engine.snapshot())
        written = {
            "sequence": engine.sequence,
            "state_hash": engine.state_hash().hex(),
            "commands_replayed": replayed,
            "from_snapshot": base,
            "torn_bytes_cut": torn_bytes,
        }
    if json:
        print_json({"path": path, **written})
    else:
        print_table(path, {name.replace("_", " "): value for name, value in written.items()})


def _admin_url(server: "ServerConfig") -> str:
    """Where the operator logs on, as far as the configuration says; empty if only the running server knows."""
    from gateway.server import configured_admin_port

    port = configured_admin_port(server)
    scheme = "wss" if server.tls_certificate else "ws"
    return f"{scheme}://{_host(server.admin_host)}:{port}/" if port else ""


def _host(host: str) -> str:
    """As it stands in a URL."""
    return f"[{host}]" if ":" in host else host


def _require_journal(directory: Path) -> None:
    """Nothing here may start a journal where there is none."""
    if not directory.is_dir():
        fail(f"{directory}: no such directory")
    if not any(directory.glob("journal-*.log")):
        fail(f"{directory}: holds no journal")
