"""The gateway over loopback: websocket orders, one a frame, each acknowledged when it is on disk (durability `sync`).

The server is the real one in its own process; the clients are the native `loadgen`, one thread in another process. It
runs two phases: a closed loop (`CONNECTIONS` x `IN_FLIGHT` orders in flight) for the rate, then an open loop at a
fixed rate for latency, counted from each order's intended time (corrected for coordinated omission). The same load
generator then drives echo servers of the same websocket library with messages of the same sizes: the ceiling of a
server that does its work a frame at a time. `client_busy` and `server_busy` are CPU seconds per second: who of the
two is the bottleneck.
"""

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bench import gateway_server, harness
from bench.harness import Details, Result
from gateway import schemas
from gateway.client import Client

FLOOR: Final = 250_000
CONNECTIONS: Final = 8
IN_FLIGHT: Final = 64
START_TIMEOUT_SECONDS: Final = 30
STOP_TIMEOUT_SECONDS: Final = 60
FUNDS: Final = 10**17
"""Of each asset to each account: far more than the run can move, so that no order is refused for want of funds."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this benchmark."""
    harness.add_directory(parser)
    parser.add_argument("--seconds", type=float, default=8.0, help="length of each phase")
    parser.add_argument("--load", type=float, default=0.5, help="rate of the open loop as a part of the closed loop's")
    parser.add_argument("--rate", type=float, help="rate of the open loop, orders per second (instead of --load)")


def run(arguments: argparse.Namespace) -> Result:
    """Measures."""
    measured = _gateway(arguments)
    echo = _echo(arguments)
    coalesced = _echo(arguments, "--coalesce")
    rate, latency = measured["closed"]["rate_per_second"], measured["open"]["latency_us"]
    echo_rate, coalesced_rate = (run["closed"]["rate_per_second"] for run in (echo, coalesced))
    beside = (
        f"echo server of the same library: {echo_rate:,.0f}/s, with writes coalesced {coalesced_rate:,.0f}/s; "
        f"latency at {measured['open']['intended_rate']:,.0f}/s, µs: p50 {latency['p50']:,.0f}, "
        f"p90 {latency['p90']:,.0f}, p99 {latency['p99']:,.0f}, p99.9 {latency['p99_9']:,.0f}, "
        f"max {latency['max']:,.0f}; "
        f"busy: client {measured['closed']['client_busy']:.2f}, server {measured['closed']['server_busy']:.2f}"
    )
    details = {"gateway": measured, "echo": echo, "echo_coalesced": coalesced, "ratio_to_echo": rate / echo_rate}
    return Result("gateway", rate, FLOOR, beside, details)


def _gateway(arguments: argparse.Namespace) -> Details:
    with harness.journal_directory(arguments) as directory:
        command = ("bench.gateway_server", str(directory / "journal"), str(CONNECTIONS))
        with _server(*command) as (process, port):
            asyncio.run(_fund(port))
            measured = _load(arguments, process, port, *_logons())
            issued = asyncio.run(_conserved(port))
    for phase in ("closed", "open"):
        if measured[phase]["errors"]:
            raise SystemExit(f"bench: the gateway answered {measured[phase]['errors']} orders with an error")
    return measured | {"conserved": issued}


def _echo(arguments: argparse.Namespace, *options: str) -> Details:
    with _server("bench.echo_server", *options) as (process, port):
        return _load(arguments, process, port, "--echo", "yes", "--connections", CONNECTIONS)


@contextmanager
def _server(module: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server module in its own process, and the port that it prints."""
    process = subprocess.Popen([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        printed = process.stdout.readline()
        if not printed.strip().isdigit():
            raise SystemExit(f"bench: {module} did not start")
        yield process, int(printed)
    finally:
        process.terminate()
        process.communicate(timeout=STOP_TIMEOUT_SECONDS)


def _load(
    arguments: argparse.Namespace, process: subprocess.Popen[str], port: int, *options: str | int | float
) -> Details:
    seconds = 0.5 if arguments.quick else arguments.seconds
    pace = ("--load", arguments.load) if arguments.rate is None else ("--rate", arguments.rate)
    return harness.run_native(
        "loadgen", "--port", port, "--server-pid", process.pid, "--in-flight", IN_FLIGHT, "--instrument",
        gateway_server.INSTRUMENT, "--warm-up", seconds / 4, "--closed", seconds, "--open", seconds, *pace, *options,
    )  # fmt: skip


def _logons() -> Iterator[str]:
    """The load generator's `--logon` options."""
    for number in range(CONNECTIONS):
        key = gateway_server.trader(number)
        yield "--logon"
        yield f"{key}:{gateway_server.secret(key).hex()}"


def _operator(port: int) -> Client:
    key = gateway_server.OPERATOR
    return Client(f"ws://127.0.0.1:{port}/", key, gateway_server.signer(key), reconnect=False)


async def _fund(port: int) -> None:
    async with _operator(port) as operator:
        for account in range(1, CONNECTIONS + 1):
            for asset in ("USDC", "XAU"):
                await operator.admin(schemas.AdminDeposit(account=account, asset=asset, amount=FUNDS))


async def _conserved(port: int) -> dict[str, int]:
    """What is issued of each asset, once it equals what all accounts hold."""
    async with _operator(port) as operator:
        status = await operator.status()
    if not all(asset.conserved for asset in status.assets):
        raise SystemExit(f"bench: balances do not add up to what was deposited: {status.assets}")
    return {asset.asset: asset.issued for asset in status.assets}


if __name__ == "__main__":
    harness.main("Orders per second over websockets, and their latency.", run, add_arguments)
