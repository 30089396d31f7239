"""The demo: a whole venue for some seconds, over its own gateway, and the proof that nothing was lost.

A server in its own process; makers, takers and an operator as websocket clients in this one. When the time is over
the server is stopped, its journal is recovered by a fresh engine, and the two are compared: state hash, balances, and
every order that a client was told is open.
"""

import asyncio
import json as json_module
import signal
import sys
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gateway.demo.display import show_live, show_summary
from gateway.demo.proof import prove
from gateway.demo.venue import OPERATOR_KEY, write_config

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

START_SECONDS_MAX: Final = 30
STOP_SECONDS_MAX: Final = 30


class DemoError(Exception):
    """The demo's server did not start or did not stop as it should."""


def run(*, seconds: float, directory: Path | None = None, json: bool = False) -> int:
    """Runs the demo and prints its summary. Returns the exit status: 0 if everything was proven.

    `directory` keeps the configuration and the journal there (it must hold no journal yet); without it they go when the
    demo ends.
    """
    if directory is not None:
        directory.mkdir(parents=True, exist_ok=True)
        return asyncio.run(_run(seconds, directory, json))
    with tempfile.TemporaryDirectory(prefix="pyengine-demo-") as temporary:
        return asyncio.run(_run(seconds, Path(temporary), json))


async def _run(seconds: float, directory: Path, json: bool) -> int:
    from gateway.demo.traders import Market

    config, keys = write_config(directory)
    async with _server(config) as (url, stop):
        market = Market(url, keys)
        async with market:
            await show_live(market, seconds, quiet=json)
            await market.stop_trading()
            status = await market.operator.status()
            claims = await market.claims()
        await stop()
    summary = market.summary(status)
    summary |= prove(directory / "journal", status, claims)
    show_summary(summary, json=json)
    return 0 if summary["proven"] else 1


@asynccontextmanager
async def _server(config: Path) -> "AsyncIterator[tuple[str, Any]]":
    """`pyengine serve` in its own process; yields its address and the coroutine function that stops it gracefully."""
    command = [sys.executable, "-m", "pyengine", "serve", str(config), "--json"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), START_SECONDS_MAX)
        if not line:
            raise DemoError(f"the server ended with status {await process.wait()} before it was ready")

        async def stop() -> None:
            process.send_signal(signal.SIGTERM)
            status = await asyncio.wait_for(process.wait(), STOP_SECONDS_MAX)
            if status != 0:
                raise DemoError(f"the server ended with status {status}")

        yield json_module.loads(line)["url"], stop
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


__all__ = ["OPERATOR_KEY", "DemoError", "run"]
