"""The demo: a whole venue for some seconds, over its own gateway, and the proof that nothing was lost.

A server in its own process; makers, takers and an operator as websocket clients in this one. When the time is over
the server is stopped, its journal is recovered by a fresh engine, and the two are compared: state hash, balances, and
every order that a client was told is open.
"""

import asyncio
import tempfile
from pathlib import Path

from gateway.demo.display import show_live, show_summary
from gateway.demo.proof import prove
from gateway.demo.traders import Market
from gateway.demo.venue import write_config
from gateway.process import ServerProcess


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
    config, keys = write_config(directory)
    async with ServerProcess(config) as server:
        market = Market(server.url, keys)
        async with market:
            await show_live(market, seconds, quiet=json)
            await market.stop_trading()
            claims = await market.claims()
            status = await market.operator.status()
        await server.stop()
    summary = market.summary(status)
    summary |= prove(directory / "journal", status, claims)
    show_summary(summary, json=json)
    return 0 if summary["proven"] else 1


__all__ = ["run"]
