"""Simulated failure: the disk takes no more while clients place orders at the real server.

What must hold: the server says which file and why in one line, acknowledges nothing more, tells its clients, and ends
with status 1. When there is room again it starts on what is there, with every order that was acknowledged.

A limit on the size of files stands for a full disk where none can be mounted; the second test mounts a small one.
"""

import asyncio
import itertools
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from gateway.auth import HmacSigner
from gateway.client import Client, ClientError
from gateway.process import ServerProcess
from gateway.schemas import AdminDeposit
from pyengine import DurableEngine
from tests.test_crash import write_config

DISK_BYTES: Final = 8 << 20
ORDERS_BEFORE: Final = 300
IN_FLIGHT: Final = 8
SECONDS_MAX: Final = 60

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are set on Linux only")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MiB."""
    directory = tmp_path / "disk"
    directory.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(directory)]
    try:
        mounted = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except FileNotFoundError:
        pytest.skip("no command mount")
    if mounted.returncode != 0:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    yield directory
    subprocess.run(["umount", "--lazy", str(directory)], timeout=30, check=True)


async def trade_until_the_end(
    client: Client, acknowledged: dict[str, int], names: Iterator[int], busy: asyncio.Event
) -> str:
    """Places orders one after the other, cancels what would be too many, until that fails; says how it failed."""
    try:
        while True:
            name = f"order-{next(names)}"
            acknowledged[name] = (await client.place("XAU-USDC", "buy", 1, 500, client_order_id=name)).order_id
            if len(acknowledged) > ORDERS_BEFORE:
                busy.set()
                del acknowledged[name]  # until the cancel is answered nobody knows
                await client.cancel(client_order_id=name)
    except ClientError as error:
        return str(error)


async def life_with_a_failing_disk(
    config: Path, keys: dict[str, bytes], fail_disk: Callable[[int], None]
) -> tuple[dict[str, int], str]:
    """Order ids by client order id of what was acknowledged, and what the server said at its end."""
    command = [sys.executable, "-m", "pyengine", "serve", str(config), "--json"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)
    acknowledged: dict[str, int] = {}
    names = itertools.count(1)
    busy = asyncio.Event()
    try:
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().split('"')[3]
        async with Client(url, "operator", HmacSigner(keys["operator"]), reconnect=False) as operator:
            await operator.admin(AdminDeposit(account=1, asset="USDC", amount=10**15))
        async with Client(url, "trader-1", HmacSigner(keys["trader-1"]), reconnect=False) as client:
            load = [
                asyncio.ensure_future(trade_until_the_end(client, acknowledged, names, busy)) for _ in range(IN_FLIGHT)
            ]
            await busy.wait()
            fail_disk(process.pid)
            ends = await asyncio.gather(*load)
        assert any("1011" in end or "journal failed" in end for end in ends), ends
        _, stderr = await process.communicate()
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    assert process.returncode == 1
    return acknowledged, stderr.decode()


async def next_life(config: Path, keys: dict[str, bytes], acknowledged: dict[str, int]) -> None:
    """Every acknowledged order is there, and the venue trades on."""
    async with (
        ServerProcess(config) as server,
        Client(server.url, "trader-1", HmacSigner(keys["trader-1"]), reconnect=False) as client,
    ):
        survived = {order.client_order_id: order.order_id for order in (await client.orders()).orders}
        assert acknowledged.items() <= survived.items()
        assert len(survived) <= len(acknowledged) + IN_FLIGHT, "orders that nobody asked for"
        assert (await client.place("XAU-USDC", "buy", 1, 400, client_order_id="after")).kind == "accepted"
        await server.stop()


def check_message(stderr: str, journal: Path, problem: str) -> None:
    line = stderr.splitlines()[-1]
    assert line.startswith("pyengine: journal failed for good: ")
    assert str(journal) in line
    assert problem in line
    assert "Traceback" not in stderr


def test_a_file_that_may_not_be_written_ends_the_server_and_nothing_else(tmp_path: Path) -> None:
    config, keys = write_config(tmp_path)

    def fail_disk(pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))  # every write fails with EFBIG

    async def scenario() -> None:
        async with asyncio.timeout(SECONDS_MAX):
            acknowledged, stderr = await life_with_a_failing_disk(config, keys, fail_disk)
            check_message(stderr, tmp_path / "journal", "File too large")
            await next_life(config, keys, acknowledged)

    asyncio.run(scenario())


def test_a_full_disk_ends_the_server_and_nothing_else(tmp_path: Path, small_disk: Path) -> None:
    config, keys = write_config(tmp_path)
    journal, ballast = small_disk / "journal", small_disk / "ballast"
    config.write_text(config.read_text().replace('"journal"', f'"{journal}"'))

    def fail_disk(_: int) -> None:
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(bytes(65_536)):
                pass

    async def scenario() -> None:
        async with asyncio.timeout(SECONDS_MAX):
            acknowledged, stderr = await life_with_a_failing_disk(config, keys, fail_disk)
            check_message(stderr, journal, "disk full")
            os.unlink(ballast)
            await next_life(config, keys, acknowledged)

    asyncio.run(scenario())
    with DurableEngine(journal) as engine:
        assert engine.issued(0) == engine.total(0) == 10**15
