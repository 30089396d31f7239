"""What the command line says, and where: results on stdout, progress and errors on stderr.

Knows nothing of what is said. Rich is imported when something is drawn, to keep the start of short commands light.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

import typer

CHECK_FAILED: Final = 1
USAGE: Final = 2
"""Exit status for wrong usage, configuration or input: nothing was done."""
INTERRUPTED: Final = 130
"""Exit status after Ctrl-C."""


def fail(message: str, status: int = USAGE) -> NoReturn:
    """One line on stderr, then the end of the command."""
    print_error(message)
    raise typer.Exit(status)


def print_error(message: str) -> None:
    """One line on stderr, whatever is in the message."""
    sys.stderr.write("pyengine: " + " ".join(message.splitlines()) + "\n")


@contextmanager
def reported(*errors: type[Exception]) -> Iterator[None]:
    """Turns errors that are the user's to mend into one line and exit status 2."""
    try:
        yield
    except errors as error:
        if isinstance(error, OSError) and error.filename is not None:
            fail(f"{error.filename}: {error.strerror}")
        fail(str(error))


def utc(nanoseconds: int) -> str:
    """A time as ISO 8601, to the second."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(nanoseconds // 10**9, UTC).isoformat().replace("+00:00", "Z")


def print_json(result: Mapping[str, Any]) -> None:
    """One JSON object on one line of stdout."""
    sys.stdout.write(json.dumps(result) + "\n")


def print_table(title: str, rows: Mapping[str, Any]) -> None:
    """A title on a line of its own, then names and values, one pair a line; integers with thousands separators."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", overflow="fold")
    for name, value in rows.items():
        shown = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
        table.add_row(escape(name), escape(shown))
    console = Console(highlight=False)
    console.print(escape(title), soft_wrap=True)
    console.print(table)


def print_columns(title: str, names: Sequence[str], rows: Sequence[Sequence[str]], more: str = "") -> None:
    """A title on a line of its own, then rows under their columns' names, and what there is `more`, in a line."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))  # few lines leave room for what is said
    for name in names:
        table.add_column(name, justify="right", overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    console = Console(highlight=False)
    console.print(escape(title), soft_wrap=True)
    console.print(table)
    if more:
        console.print(escape(more), soft_wrap=True)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Shows on stderr, where that is a terminal, that something is going on whose length nobody knows."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextmanager
def progress(what: str, total: int, *, in_bytes: bool = False) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr where that is a terminal; yields the function that sets how much is done.

    It also shows how fast it goes, and the time left. What is counted `in_bytes` is shown so. A `total` of 0 is one
    that nobody knows.
    """
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.text import Text

    class RateColumn(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text("" if task.speed is None else f"{task.speed:,.0f}/s", style="progress.data.speed")

    counted = (DownloadColumn(), TransferSpeedColumn()) if in_bytes else (MofNCompleteColumn(), RateColumn())
    columns = (TextColumn("{task.description}"), BarColumn(), *counted, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total or None)
        yield lambda done: bar.update(task, completed=done)
