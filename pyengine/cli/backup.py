"""`pyengine backup` and `pyengine restore`: a journal copied elsewhere, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pyengine.cli.options import JournalDirectory, Json, require_journal
from pyengine.output import CHECK_FAILED, fail, print_error, print_json, print_table, reported, working

if TYPE_CHECKING:
    from pyengine.backup import Copied


def backup(
    directory: JournalDirectory,
    to: Annotated[Path, typer.Argument(help="Directory of the backup, which is made or gone on with.")],
    json: Json = False,
) -> None:
    """Copy what a backup lacks of a journal, and check what was copied. Works beside a running venue.

    Interrupted at any moment, it leaves a backup that can be restored; the next one goes on from there.
    """
    from pyengine.backup import BackupError, back_up
    from pyengine.errors import JournalError

    require_journal(directory)
    with reported(OSError), working("Copying and checking"):
        try:
            copied = back_up(directory, to)
        except (BackupError, JournalError) as error:
            fail(str(error), CHECK_FAILED)
    _tell(copied, {}, json)


def restore(
    backup: Annotated[Path, typer.Argument(metavar="FROM", help="Directory of a backup.")],
    directory: Annotated[Path, typer.Argument(help="Directory of the journal, new or empty.")],
    json: Json = False,
) -> None:
    """Copy a backup into a new journal directory, check every byte, and replay it from its newest snapshot.

    The directory appears when that has succeeded; pyengine serve goes on from it.
    """
    from pyengine.backup import BackupError
    from pyengine.backup import restore as restore_backup
    from pyengine.errors import JournalError

    require_journal(backup)
    with reported(OSError), working("Copying, checking and replaying"):
        try:
            copied, replayed = restore_backup(backup, directory)
        except (BackupError, JournalError) as error:
            fail(str(error), CHECK_FAILED)
    state = {
        "state_hash": replayed.state_hash,
        "commands_replayed": replayed.messages,
        "from_snapshot": replayed.from_snapshot,
        "conservation_ok": replayed.state.conservation_ok,
    }
    _tell(copied, state, json)


def _tell(copied: "Copied", more: dict[str, Any], json: bool) -> None:
    from pyengine.tape.journal import shown_id, shown_time

    for path in copied.damaged_snapshots:
        print_error(f"{path}: damaged, and not copied")
    rows = {
        "journal_id": shown_id(copied.journal_id),
        "sequence": copied.sequence,
        "timestamp_ns": copied.timestamp_ns,
        "chain": shown_id(copied.chain),
        "segments_copied": len(copied.segments),
        "snapshots_copied": len(copied.snapshots),
        "bytes_copied": copied.bytes,
    } | more
    if json:
        print_json({"directory": copied.directory, **rows, "damaged_snapshots": copied.damaged_snapshots})
        return
    rows["timestamp_ns"] = "not known" if copied.timestamp_ns is None else shown_time(copied.timestamp_ns)
    title = f"{copied.directory}: whole up to sequence {copied.sequence:,}"
    print_table(title, {name.removesuffix("_ns").replace("_", " "): value for name, value in rows.items()})
