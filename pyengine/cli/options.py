"""What commands of several groups take."""

from pathlib import Path
from typing import Annotated

import typer

from pyengine.output import fail

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on the last line.")]
JournalDirectory = Annotated[Path, typer.Argument(help="Directory of the journal.")]


def require_journal(directory: Path) -> None:
    """Nothing here may start a journal where there is none."""
    if not directory.is_dir():
        fail(f"{directory}: no such directory")
    if not any(directory.glob("journal-*.log")):
        fail(f"{directory}: holds no journal")
