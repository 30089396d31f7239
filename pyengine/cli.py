"""The command `pyengine`.

Every command prints for people, or one JSON object on the last line of stdout with `--json`. Exit status: 0 done, 1 a
check failed, 2 wrong usage, configuration or input, 130 interrupted. What a command needs is imported when it runs.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pyengine.output import CHECK_FAILED, fail, print_error, print_json, print_table, progress, reported

if TYPE_CHECKING:
    from pyengine.tape.replay import ReplayResult

main = typer.Typer(
    name="pyengine",
    help="Order book and T+0 delivery-versus-payment settlement engine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
replay_command = typer.Typer(help="Replay market tapes through the engine.", no_args_is_help=True)
main.add_typer(replay_command, name="replay")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on the last line.")]

QUOTE_UNITS_PER_DOLLAR: Final = 1_000_000


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
    json: Json = False,
) -> None:
    """Replay a LOBSTER tape and compare the engine's book with the exchange's after every message."""
    from pyengine import Engine
    from pyengine.tape.lobster import TapeError, read_lobster
    from pyengine.tape.recording import CommandRecorder
    from pyengine.tape.replay import replay

    with reported(TapeError, OSError):
        tape = read_lobster(message, orderbook)
    engine: Any = CommandRecorder(Engine())
    with progress("Replaying", tape.rows) as done:
        result = replay(tape, engine, lambda: engine.recover(Engine()), done)
    if json:
        print_json(result.to_dict())
    else:
        _print_replay(result)
    if not result.passed:
        _fail_replay(result)


def _print_replay(result: "ReplayResult") -> None:
    rows = result.to_dict()
    del rows["first_difference"]
    for amount in ("settled_notional", "fees"):
        rows[amount] = f"{rows[amount] / QUOTE_UNITS_PER_DOLLAR:,.2f} USD"
    rows["seconds"] = f"{result.seconds:.2f}"
    print_table(rows.pop("tape"), {name.replace("_", " "): value for name, value in rows.items()})


def _fail_replay(result: "ReplayResult") -> None:
    """Says what was wrong, one line each."""
    difference = result.first_difference
    if difference is not None:
        refused = f" (the engine refused a command: {difference.refused})" if difference.refused else ""
        print_error(
            f"{result.tape}: row {difference.row}: {difference.side} side differs{refused}:"
            f" expected {difference.expected}, found {difference.found}"
        )
    if not result.conservation_ok:
        print_error("balances do not add up to what was deposited")
    if result.state_hash != result.recovered_state_hash:
        print_error(f"recovery led to another state: {result.recovered_state_hash}, expected {result.state_hash}")
    fail("replay failed", CHECK_FAILED)


if __name__ == "__main__":
    main()
