"""The demo: a whole venue for some seconds, over its own gateway, and the proof that nothing was lost.

A server in its own process; makers, takers and an operator as websocket clients in this one. When the time is over
the server is stopped, its journal is recovered by a fresh engine, and the two are compared: state hash, balances, and
every order that a client was told is open.
"""

import asyncio
import signal
import tempfile
from pathlib import Path

from gateway.demo.display import show_live, show_summary
from gateway.demo.proof import prove
from gateway.demo.traders import Market
from gateway.process import ServerProcess
from gateway.sample import write_config
from pyengine.files import make_private


def run(*, seconds: float, directory: Path | None = None, json: bool = False) -> int:
    """Runs the demo and prints its summary. Returns the exit status: 0 if everything was proven.

    `directory` keeps the configuration and the journal there (it must hold no journal yet); without it they go when the
    demo ends. SIGTERM and SIGHUP end it as Ctrl-C does, with its server, and without a summary.
    """
    if directory is not None:
        make_private(directory)
        return _run_to_the_end(seconds, directory, json)
    with tempfile.TemporaryDirectory(prefix="pyengine-demo-") as temporary:
        return _run_to_the_end(seconds, Path(temporary), json)


def _run_to_the_end(seconds: float, directory: Path, json: bool) -> int:
    try:
        return asyncio.run(_run(seconds, directory, json))
    except asyncio.CancelledError:
        return 128 + signal.SIGTERM  # as a shell reports it


async def _run(seconds: float, directory: Path, json: bool) -> int:
    task = asyncio.current_task()
    assert task is not None
    # Unhandled, it would leave the server running and the directory behind.
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    config, keys = write_config(directory)
    async with ServerProcess(config) as server:
        market = Market(server.url, keys, seconds)
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
