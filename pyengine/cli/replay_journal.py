"""`pyengine replay journal`: the venue's own journal, and the state it leads to."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pyengine.cli.options import JournalDirectory, Json, require_journal
from pyengine.cli.replay_state import judge_state, print_state
from pyengine.output import CHECK_FAILED, USAGE, fail, print_error, print_json, print_table, progress, reported

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyengine.tape.journal import JournalResult


ReplayUntil = Annotated[
    str | None,
    typer.Option(
        "--until", help="A sequence, or a time: ISO 8601 with an offset, to the nanosecond. Without it: the end."
    ),
]


def replay_own_journal(
    directory: JournalDirectory,
    until: ReplayUntil = None,
    check: Annotated[
        bool, typer.Option("--check", help="Replay from the beginning, and compare with every snapshot on the way.")
    ] = False,
    json: Json = False,
) -> None:
    """Replay the venue's own journal up to a sequence or a time, and show balances, orders and books as they were.

    A time is that of the last command that is not later. Reads only, and works beside a running venue.
    """
    result = replay_until(directory, until, check=check)
    if json:
        print_json(result.to_dict())
    else:
        _print_journal_replay(result, check)
    judge_journal_replay(result, check)


def replay_until(directory: Path, until: str | None, *, check: bool) -> "JournalResult":
    """Replays a journal as far as the option says, with a bar of how far it is."""
    from pyengine import JournalError
    from pyengine.tape.journal import Until, parse_until, replay_journal

    require_journal(directory)
    try:
        end = Until() if until is None else parse_until(until)
    except ValueError as error:
        fail(f"--until {until}: {error}")
    with reported(JournalError), ExitStack() as shown:

        def begin(total: int) -> "Callable[[int], None]":
            shown.close()
            return shown.enter_context(progress("Replaying", total))

        return replay_journal(directory, end, check=check, on_begin=begin)


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
    print_state(result.state)
    if check and not result.snapshots_checked:
        typer.echo("Nothing was compared: on the way from where the replay began there is no snapshot.")


def judge_journal_replay(result: "JournalResult", check: bool) -> None:
    """Says what was wrong, one line each, and ends the command with the status for that."""
    for difference in result.differences:
        print_error(str(difference))
    judge_state(result.state.conservation_ok, result.state_hash, result.recovered_state_hash)
    for hold in result.state.hold_differences:
        print_error(str(hold))
    for path in result.damaged_snapshots:
        print_error(f"{path}: damaged")
    if not result.passed:
        fail("replay failed", CHECK_FAILED)
    if check and result.damaged_snapshots:
        raise typer.Exit(USAGE)
