"""`pyengine journal` and `pyengine snapshot`: what lies in a venue's directory."""

from typing import Annotated

import typer

from pyengine.cli.options import JournalDirectory, Json, require_journal
from pyengine.output import CHECK_FAILED, fail, print_json, print_table, reported, working

journal_command = typer.Typer(help="Look at a journal without changing it.", no_args_is_help=True)


@journal_command.command()
def verify(directory: JournalDirectory, json: Json = False) -> None:
    """Check every header, checksum, chain value, sequence and timestamp of a journal. Works beside a running venue."""
    from pyengine import JournalError
    from pyengine._engine_core import verify_journal

    require_journal(directory)
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

    require_journal(directory)
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


@journal_command.command()
def show(directory: JournalDirectory, json: Json = False) -> None:
    """Show how much there is of a journal: segments, snapshots, bytes, extent, free disk. Works beside a running venue.

    Only its first and last segments are read; whether it is whole is for verify to say.
    """
    from pyengine import JournalError
    from pyengine.files import extent, usage
    from pyengine.tape.journal import shown_time

    require_journal(directory)
    with reported(JournalError, OSError):
        reach, taken = extent(directory)._asdict(), usage(directory)._asdict()
    if json:
        print_json({"directory": str(directory)} | taken | reach)
        return
    for name in ("first_timestamp_ns", "last_timestamp_ns"):
        reach[name] = "not known" if reach[name] is None else shown_time(reach[name])
    rows = {name.removesuffix("_ns").replace("_", " "): value for name, value in (taken | reach).items()}
    print_table(str(directory), rows)


def snapshot(directory: JournalDirectory, json: Json = False) -> None:
    """Write a snapshot of a journal's state, from which the next start recovers. Not beside a running venue."""
    from pyengine import DurableEngine, JournalError
    from pyengine._engine_core import journal_genesis

    require_journal(directory)
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
