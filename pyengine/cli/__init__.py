"""The command `pyengine`, a file for each group of its commands.

Every command prints for people, or one JSON object on the last line of stdout with `--json`. Exit status: 0 done, 1 a
check failed, 2 wrong usage, configuration or input, 130 interrupted. What a command needs is imported when it runs.
"""

from typing import Annotated

import typer

from pyengine.cli.admin import admin_command
from pyengine.cli.backup import backup, restore
from pyengine.cli.docs import docs
from pyengine.cli.history import export_command, follow, statement
from pyengine.cli.journal import journal_command, snapshot
from pyengine.cli.options import Json
from pyengine.cli.prove import prove
from pyengine.cli.replay import replay_command
from pyengine.cli.replay_journal import replay_own_journal
from pyengine.cli.venue import config, demo, init, serve
from pyengine.output import print_json

main = typer.Typer(
    name="pyengine",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},  # of every command below, too
)


def _version_and_exit(asked: bool) -> None:
    if asked:
        version()
        raise typer.Exit


@main.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version_and_exit, is_eager=True, help="Print the versions and exit.")
    ] = False,
) -> None:
    """Order book and T+0 delivery-versus-payment settlement engine."""


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


for command, summary in (  # a line each, in a terminal of 80 columns
    (init, "Write the configuration of a small venue, with fresh keys."),
    (config, "Print the reference of the configuration."),
    (serve, "Run a venue until Ctrl-C."),
    (demo, "Watch a venue trade, stop, recover and prove itself."),
    (version, "Print the versions of the package and of its rules."),
    (docs, "Print a rule book, the protocol or a guide, or list them."),
    (snapshot, "Write a snapshot, from which the next start recovers."),
    (backup, "Copy what a backup lacks of a journal, checked."),
    (restore, "Make a journal of a backup, checked and replayed."),
    (prove, "Replay a journal, and account for every balance and hold."),
    (follow, "Keep the history of a journal as it grows."),
    (statement, "Show what an account had, every movement, and what it has."),
):
    main.command(short_help=summary)(command)
replay_command.command("journal")(replay_own_journal)
for name, group in (
    ("replay", replay_command),
    ("admin", admin_command),
    ("journal", journal_command),
    ("export", export_command),
):
    main.add_typer(group, name=name)
