"""The command `pyengine`, a file for each group of its commands.

Every command prints for people, or one JSON object on the last line of stdout with `--json`. Exit status: 0 done, 1 a
check failed, 2 wrong usage, configuration or input, 130 interrupted. What a command needs is imported when it runs.
"""

import typer

from pyengine.cli.history import export_command, follow, statement
from pyengine.cli.journal import journal_command, snapshot
from pyengine.cli.market import market_command
from pyengine.cli.options import Json
from pyengine.cli.replay import replay_command
from pyengine.cli.replay_journal import replay_own_journal
from pyengine.cli.venue import demo, init, serve
from pyengine.output import print_json

main = typer.Typer(
    name="pyengine",
    help="Order book and T+0 delivery-versus-payment settlement engine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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


admin_command = typer.Typer(help="Operate a running venue, through its admin port.", no_args_is_help=True)
admin_command.add_typer(market_command, name="market")

for command in (init, serve, demo, version, snapshot, follow, statement):
    main.command()(command)
replay_command.command("journal")(replay_own_journal)
for name, group in (
    ("replay", replay_command),
    ("admin", admin_command),
    ("journal", journal_command),
    ("export", export_command),
):
    main.add_typer(group, name=name)
