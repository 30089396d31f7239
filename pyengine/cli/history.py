"""`pyengine follow`, `statement` and `export`: a venue's history, kept beside it and taken away."""

import sys
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pyengine.cli.options import JournalDirectory, Json, require_journal
from pyengine.output import CHECK_FAILED, fail, print_columns, print_json, progress, reported, utc, working

if TYPE_CHECKING:
    from pyengine.history.follower import HistoryFollower
    from pyengine.history.store import StoreReader
    from pyengine.history.table import Table

NICENESS: Final = 19
"""The lowest priority: the venue beside it comes first."""
LOOK_SECONDS: Final = 0.1
"""Between two looks at a journal that brought nothing."""
BEHIND_SECONDS: Final = 10.0
"""Between two lines that say how far behind it is."""

SHOWN_COLUMNS: Final = ("sequence", "time", "asset", "what", "amount", "balance", "of")
OF_COLUMNS: Final = {"settlement_id": "settlement", "withdrawal_id": "withdrawal", "counterparty": "account"}
"""What a line is of, in the last of them."""

StoreOption = Annotated[Path | None, typer.Option("--store", help="The store of the history.")]
ConfigOption = Annotated[Path | None, typer.Option("--config", help="Configuration of a venue, which names its store.")]
Out = Annotated[Path, typer.Option("--out", help="A file whose name ends in .csv or .parquet.")]

export_command = typer.Typer(help="Take whole tables away, as CSV or Parquet files.", no_args_is_help=True)


class Format(StrEnum):
    """How a statement is written."""

    TABLE = "table"
    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"


def follow(
    directory: JournalDirectory,
    store: Annotated[
        Path | None, typer.Option(help="File of the history; without it history.db beside the journal's directory.")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Go to the end of what is there, and end.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the store anew first; the old one stays until that is whole.")
    ] = False,
    begins_at: Annotated[
        int | None,
        typer.Option(
            min=1, help="With --rebuild: the sequence before which history may be lost, if segments are gone."
        ),
    ] = None,
    until_closed: Annotated[
        bool, typer.Option("--until-closed", help="End, caught up, when standard input is closed.")
    ] = False,
    json: Json = False,
) -> None:
    """Keep a venue's history: read its journal as it grows, and write fills and movements of money to a store.

    Until Ctrl-C. Goes on where the store ends. Reads the journal only, and works beside a running venue.
    """
    import os

    from pyengine import JournalError
    from pyengine.errors import HistoryError, JournalDiscontinuedError
    from pyengine.history.follower import HistoryFollower
    from pyengine.history.rebuild import rebuild as make_anew
    from pyengine.history.store import StoreWriter

    require_journal(directory)
    if begins_at is not None and not rebuild:
        fail(f"--begins-at {begins_at}: needs --rebuild")
    os.nice(NICENESS)
    path = store if store is not None else directory.absolute().parent / "history.db"
    with reported(JournalError, HistoryError):
        rebuilt = make_anew(directory, path, begins_at, _catch_up) if rebuild else 0
        with StoreWriter(path) as writer:
            try:
                follower = HistoryFollower(directory, writer)
                _catch_up(follower)
                if not once:
                    if not until_closed:  # then it is a venue's, whose log is for what is wrong
                        typer.echo(f"{path}: sequence {follower.sequence}; following, Ctrl-C stops.", err=True)
                    _go_on(follower, _input_closed if until_closed else _never_closed)
            except JournalDiscontinuedError as error:
                fail(f"{path}: {error}; --rebuild makes it anew")
            except KeyboardInterrupt:
                if once:
                    raise
            position = writer.position
            assert position is not None
    rows = rebuilt + follower.rows
    if json:
        print_json({"store": str(path), "sequence": position.sequence, "rows": rows})
    else:
        typer.echo(f"{path}: up to sequence {position.sequence}, {rows:,} rows written.")


def _catch_up(follower: "HistoryFollower") -> None:
    """To the end of what is there now."""
    begin, end = follower.sequence, follower.end()
    with progress("Following", max(end - begin, 0)) as show:
        while follower.advance() and follower.sequence < end:
            show(follower.sequence - begin)


def _go_on(follower: "HistoryFollower", is_closed: Callable[[float], bool]) -> None:
    """Whatever comes, until the input is closed, and then what is there at that moment."""
    told = time.monotonic()
    while True:
        if follower.advance():
            if time.monotonic() - told > BEHIND_SECONDS:
                told = time.monotonic()
                behind = follower.end() - follower.sequence
                typer.echo(f"At sequence {follower.sequence}, {behind:,} commands behind.", err=True)
            closed = is_closed(0)
        else:
            told = time.monotonic()
            closed = is_closed(LOOK_SECONDS)
        if closed:
            _catch_up(follower)
            return


def _input_closed(seconds: float) -> bool:
    """Waits so long, or until standard input is at its end, and says whether it is."""
    import os
    import select

    readable, _, _ = select.select([sys.stdin.fileno()], [], [], seconds)
    return bool(readable) and not os.read(sys.stdin.fileno(), 4_096)


def _never_closed(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def statement(
    account: Annotated[int, typer.Argument(min=0, help="Whose.")],
    store: StoreOption = None,
    config: ConfigOption = None,
    begin: Annotated[
        str | None, typer.Option("--from", help="ISO 8601 with an offset, or a date (UTC); without it the beginning.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", help="The same, included; without it the end of the history.")
    ] = None,
    asset: Annotated[str | None, typer.Option(help="Symbol of the only asset to show.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.TABLE,
    out: Annotated[Path | None, typer.Option(help="A file for it.")] = None,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="Directory of the journal: its replay must have the closing balances."),
    ] = None,
) -> None:
    """Show what an account had, every movement with the balance after it, and what it has then.

    Amounts held for orders and withdrawals are included; a withdrawal moves when it is settled. The sums are checked.
    """
    from pyengine.errors import EngineError
    from pyengine.history.export import statement_table
    from pyengine.history.statement import Statement, period
    from pyengine.history.store import reading

    if form is Format.PARQUET and out is None:
        fail("--format parquet: needs --out FILE")
    if form is Format.TABLE and out is not None:
        fail(f"--out {out}: needs --format csv, parquet or json")
    if check is not None:
        require_journal(check)
    with reported(EngineError, OSError), reading(_store(store, config)) as found:
        told = Statement(found, account, *period(begin, end), asset)
        _show(statement_table(told, found), account, form, out)
        if check is None:
            return
        with working("Replaying"):
            sequence, differences = told.check(check)
    for difference in differences:
        fail(f"sequence {sequence}: {difference}", CHECK_FAILED)
    typer.echo(f"The journal leads to the same balances at sequence {sequence}.", err=True)


def _show(table: "Table", account: int, form: Format, out: Path | None) -> None:
    from pyengine.history.table import write, write_text

    if form is Format.TABLE:
        named = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
        print_columns(f"Account {account}", SHOWN_COLUMNS, [_row(line) for line in named])
    elif out is None:
        write_text(sys.stdout, table, form)
    else:
        typer.echo(f"{out}: {write(out, table, form):,} rows.")


def _row(line: dict[str, Any]) -> tuple[str, ...]:
    """A line of a statement for people: what it is of stands in one column, and the start of all time is no time."""
    time = utc(line["time"]) if line["time"] else ""
    of = [f"{name} {line[key]}" for key, name in OF_COLUMNS.items() if line[key] is not None]
    cells = (line[name] for name in ("asset", "kind", "amount", "balance", "instrument"))
    asset, kind, amount, balance, instrument = ("" if cell is None else str(cell) for cell in cells)
    said = " ".join((instrument, *of)).strip()
    return f"{line['sequence']:,}", time, asset, kind.replace("_", " "), amount, balance, said


@export_command.command()
def fills(out: Out, store: StoreOption = None, config: ConfigOption = None) -> None:
    """Both sides of every settlement."""
    from pyengine.history.export import fills_table

    _export(out, store, config, fills_table)


@export_command.command()
def ledger(out: Out, store: StoreOption = None, config: ConfigOption = None) -> None:
    """Every movement of every account."""
    from pyengine.history.export import ledger_table

    _export(out, store, config, ledger_table)


@export_command.command()
def orders(directory: JournalDirectory, out: Out) -> None:
    """Every order, with how it ended, from the journal itself. Works beside a running venue."""
    from pyengine.errors import EngineError
    from pyengine.history.export import orders_table
    from pyengine.history.table import form_of, write

    require_journal(directory)
    with reported(EngineError, OSError), working("Reading"):
        count = write(out, orders_table(directory), form_of(out))
    typer.echo(f"{out}: {count:,} rows.")


def _export(out: Path, store: Path | None, config: Path | None, table: Callable[["StoreReader"], "Table"]) -> None:
    from pyengine.errors import EngineError
    from pyengine.history.store import reading
    from pyengine.history.table import form_of, write

    with reported(EngineError, OSError):
        form = form_of(out)
        with reading(_store(store, config)) as found, working("Writing"):
            count = write(out, table(found), form)
    typer.echo(f"{out}: {count:,} rows.")


def _store(store: Path | None, config: Path | None) -> Path:
    """The file that was named, by itself or by a configuration."""
    from pyengine.config import ConfigError, load

    if (store is None) == (config is None):
        fail("give either --store FILE or --config FILE")
    if store is not None:
        return store
    assert config is not None
    with reported(ConfigError):
        history = load(config).history
    if not history.enabled:
        fail(f"{config}: keeps no history: it has no [history], or one that is not enabled")
    return Path(history.store)
