"""`pyengine init`, `config`, `serve` and `demo`: a venue from its configuration to its stop."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Final

import typer

from pyengine.cli.addresses import host_in_url
from pyengine.cli.log import LogFormat
from pyengine.cli.log import begin as begin_log
from pyengine.cli.options import Json
from pyengine.output import CHECK_FAILED, INTERRUPTED, fail, print_json, reported

DIFFERENCES_SHOWN: Final = 10
"""Between a configuration and its venue."""


def init(
    directory: Annotated[Path, typer.Argument(help="Directory for the configuration and, later, the journal.")],
    json: Json = False,
) -> None:
    """Write the configuration of a small venue with fresh keys, to start from."""
    from gateway.sample import write_config
    from pyengine.config import ServerConfig
    from pyengine.files import make_private

    with reported(OSError):
        make_private(directory)
        config, keys = write_config(
            directory, port=ServerConfig().port, http_port=ServerConfig().http_port, history=True
        )
    if json:
        print_json({"config": str(config), "keys": list(keys)})
    else:
        typer.echo(f"Wrote {config} with keys {', '.join(keys)}; serve it with: pyengine serve {config}")


def config() -> None:
    """Print the reference of the configuration, in Markdown: every key, its limits and its default."""
    from pyengine.config_reference import markdown

    typer.echo(markdown(), nl=False)


def serve(
    config: Annotated[Path, typer.Argument(help="Configuration of the venue, a TOML file.")],
    verbose: Annotated[bool, typer.Option("--verbose", help="Log sessions too, not only what is wrong.")] = False,
    log_format: Annotated[LogFormat, typer.Option("--log", help="What the log on stderr is made of.")] = LogFormat.TEXT,
    json: Json = False,
) -> None:
    """Run a venue until SIGINT or SIGTERM, then stop gracefully. The addresses are printed when it is ready."""
    import logging

    from gateway import server
    from gateway.audit import AuditError
    from gateway.listing import Listing, differences
    from pyengine import JournalError, JournalFailedError
    from pyengine.config import ConfigError, load, sealing_key
    from pyengine.files import open_to_others

    def announce(gateway: server.GatewayServer) -> None:
        scheme = "wss" if venue.server.tls_certificate else "ws"
        url = f"{scheme}://{host_in_url(venue.server.host)}:{gateway.port}/"
        admin = f"{scheme}://{host_in_url(venue.server.admin_host)}:{gateway.admin_port}/"
        http = f"http://{host_in_url(venue.server.http_host)}:{gateway.http_port}"
        stats = gateway.hub.stats()
        recovered, torn = stats["recovered_commands"], stats["recovered_torn_bytes"]
        base = stats["recovered_from_snapshot"]
        differing = [it.text for it in differences(Listing.of(gateway.hub, gateway.shared.keys), Listing.wanted(venue))]
        if json:
            addresses = {"url": url, "admin": admin, "health": f"{http}/health", "metrics": f"{http}/metrics"}
            found = {"commands_recovered": recovered, "from_snapshot": base or None, "torn_bytes_cut": torn}
            print_json(addresses | found | {"differences": differing})
        else:
            if venue.journal.durability == "off":
                typer.echo("Durability is off: nothing is journaled, and nothing will be there after the stop.")
            elif is_new:
                typer.echo(f"A new venue: {config} is in its journal, up to sequence {gateway.hub.sequence}.")
            elif gateway.hub.sequence:
                cut = f", after an unfinished write of {torn} bytes was cut" if torn else ""
                on = f" on the snapshot of {base}" if base else ""
                typer.echo(f"Sequence {gateway.hub.sequence}, {recovered} commands replayed{on}{cut}.")
            _tell_differences(config, differing)
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

    begin_log(log_format, logging.INFO if verbose else logging.WARNING)
    with reported(ConfigError, JournalError, OSError):
        venue = load(config)
        private = [config, Path(venue.journal.directory), sealing_key(venue), venue.server.tls_private_key]
        for path in (Path(each) for each in private if each):  # who reads them has secrets
            if path.exists() and (told := open_to_others(path)):
                logging.getLogger("pyengine").warning(told)
        is_new = server.is_first_start(venue)
        try:
            server.run(venue, on_ready=announce, on_stopped=tell_stop)
        except ConfigError as error:
            fail(f"{config}: {error}")
        except (JournalFailedError, AuditError) as error:
            fail(str(error), CHECK_FAILED)


def _tell_differences(config: Path, differing: list[str]) -> None:
    """The journal owns what is listed; the file was the seed of it."""
    if not differing:
        return
    typer.echo(f"The venue keeps what it lists, though {config} says otherwise:")
    for text in differing[:DIFFERENCES_SHOWN]:
        typer.echo(f"  {text}")
    if len(differing) > DIFFERENCES_SHOWN:
        typer.echo(f"  ... and {len(differing) - DIFFERENCES_SHOWN} more; all of them with --json")


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
        except KeyboardInterrupt:
            files = "its files are gone" if directory is None else f"configuration and journal are in {directory}"
            fail(f"the demo was stopped before its end: nothing was proven; {files}", INTERRUPTED)
    if status:
        raise typer.Exit(status)
