"""The follower beside a venue: it is there, it comes back, it ends, and nothing of it stops the venue."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest

from gateway import history as gateway_history
from gateway.auth import HmacSigner
from gateway.client import Client
from gateway.history import CATCH_UP_SECONDS_MAX, HistoryProcess
from gateway.process import ServerProcess
from gateway.sample import write_config
from gateway.schemas import AdminDeposit
from pyengine.cli.history import NICENESS
from pyengine.config import ConfigError, load, parse
from pyengine.errors import HistoryError
from pyengine.history.store import reading
from tests.history_support import write_flow

WAIT_SECONDS: Final = 30.0
LOOK_SECONDS: Final = 0.05


def followers(parent: int) -> list[int]:
    """Process ids of the children that follow."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):  # it may have ended meanwhile
                state = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(state[1]) == parent and state[0] != "Z" and b"follow" in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
    return found


def is_running(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


async def until(condition: Callable[[], Any], what: str) -> None:
    for _ in range(int(WAIT_SECONDS / LOOK_SECONDS)):
        if condition():
            return
        await asyncio.sleep(LOOK_SECONDS)
    pytest.fail(what)


def sequence_of(store: Path) -> int:
    """How far a store goes; -1 while there is none."""
    try:
        with reading(store) as found:
            return found.position.sequence
    except HistoryError:
        return -1


def test_a_served_venue_keeps_its_history(tmp_path: Path) -> None:
    config, keys = write_config(tmp_path, history=True)
    store = tmp_path / "history.db"
    signers = {name: HmacSigner(secret) for name, secret in keys.items()}

    async def run() -> int:
        async with ServerProcess(config) as server:
            await until(lambda: followers(server.pid), "a follower has begun")
            (first,) = followers(server.pid)
            async with Client(server.admin_url, "operator", signers["operator"]) as operator:
                await operator.admin(AdminDeposit(account=1, asset="XAU", amount=5_000_000))
                done = await operator.admin(AdminDeposit(account=5, asset="USDC", amount=10_000_000_000))
                await until(lambda: sequence_of(store) >= done.seq, "the deposits are in the store")
                assert os.getpriority(os.PRIO_PROCESS, first) == NICENESS
                os.kill(first, signal.SIGKILL)
                await until(lambda: followers(server.pid) not in ([], [first]), "another follower has begun")
            async with (
                Client(server.url, "maker-1", signers["maker-1"]) as maker,
                Client(server.url, "taker-1", signers["taker-1"]) as taker,
            ):
                await maker.place("XAU-USDC", "sell", quantity=500, price=401_200, client_order_id="offer")
                await taker.place("XAU-USDC", "buy", quantity=500, price=401_200, client_order_id="bid")
            (second,) = followers(server.pid)
            began = time.monotonic()
            await server.stop()
            assert time.monotonic() - began < CATCH_UP_SECONDS_MAX, "it was told, not waited for"
            assert not is_running(second), "it ends with the venue"
        return second

    asyncio.run(run())
    command = [sys.executable, "-m", "pyengine", "statement", "5", "--config", str(config), "--format", "json"]
    told = subprocess.run(
        [*command, "--check", str(tmp_path / "journal")], capture_output=True, text=True, check=False, timeout=60
    )
    assert told.returncode == 0, told.stderr
    assert "The journal leads to the same balances" in told.stderr
    rows = [(row["asset"], row["kind"], row["balance"]) for row in json.loads(told.stdout)["rows"]]
    assert rows == [
        ("USDC", "opening", "0"),
        ("USDC", "deposited", "10000"),
        ("USDC", "fee", "9999.5988"),
        ("USDC", "payment", "7993.5988"),
        ("USDC", "closing", "7993.5988"),
        ("XAU", "opening", "0"),
        ("XAU", "delivery", "0.5"),
        ("XAU", "closing", "0.5"),
    ]


def test_a_killed_venue_leaves_no_follower(tmp_path: Path) -> None:
    config, _ = write_config(tmp_path, history=True)

    async def run() -> None:
        async with ServerProcess(config) as server:
            await until(lambda: followers(server.pid), "a follower has begun")
            (follower,) = followers(server.pid)
            await until(lambda: sequence_of(tmp_path / "history.db") > 0, "it follows")
            await server.kill()
            await until(lambda: not is_running(follower), "it has ended")

    asyncio.run(run())


def test_a_follower_that_can_not_begin_stops_nothing(tmp_path: Path) -> None:
    """The store's place is taken by what is no store: the venue serves, logs it, and stops in time."""
    config, keys = write_config(tmp_path, history=True)
    (tmp_path / "history.db").write_text("somebody's own notes, longer than a header of a database\n" * 4)

    async def run() -> None:
        async with ServerProcess(config) as server:
            async with Client(server.admin_url, "operator", HmacSigner(keys["operator"])) as operator:
                await operator.admin(AdminDeposit(account=1, asset="XAU", amount=5))
            await asyncio.sleep(1)
            await server.stop()

    asyncio.run(run())
    assert "somebody's own notes" in (tmp_path / "history.db").read_text()


def test_a_follower_that_is_far_behind_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write_flow(tmp_path / "journal", 1, 5)
    monkeypatch.setattr(gateway_history, "CATCH_UP_SECONDS_MAX", 0.2)

    async def run() -> None:
        process = HistoryProcess(str(tmp_path / "journal"), str(tmp_path / "history.db"))
        process.start()
        await until(lambda: followers(os.getpid()), "a follower has begun")
        (follower,) = followers(os.getpid())
        os.kill(follower, signal.SIGSTOP)
        await process.stop()
        assert not is_running(follower)

    asyncio.run(run())
    assert "the follower of the history is behind" in caplog.text


def test_it_begins_anew_ever_more_seldom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(gateway_history, "RESTART_SECONDS", 0.01)
    monkeypatch.setattr(gateway_history, "RESTART_SECONDS_MAX", 0.02)
    monkeypatch.setattr(sys, "executable", "/bin/false")

    async def run() -> None:
        process = HistoryProcess(str(tmp_path), str(tmp_path / "history.db"))
        process.start()
        await until(lambda: len(caplog.records) > 3, "it was begun a few times")
        await process.stop()

    asyncio.run(run())
    waits = [record.getMessage().rpartition("again in ")[2] for record in caplog.records]
    assert waits[:4] == ["0.01 s", "0.02 s", "0.02 s", "0.02 s"]
    assert "ended (status 1)" in caplog.text


def test_the_configuration_decides(tmp_path: Path) -> None:
    """Off where it says nothing; on in what `pyengine init` writes."""
    assert not parse(b'[journal]\ndirectory = "journal"\n').history.enabled
    assert parse(b'[journal]\ndirectory = "journal"\n[history]\n').history.enabled
    with pytest.raises(ConfigError, match=r"\$\.history\.enabled: history comes from the journal"):
        parse(b'[journal]\ndirectory = "journal"\ndurability = "off"\n[history]\n')
    command = [sys.executable, "-m", "pyengine", "init", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    history = load(tmp_path / "venue.toml").history
    assert (history.enabled, history.store) == (True, str(tmp_path / "history.db"))
    (tmp_path / "other").mkdir()
    assert not load(write_config(tmp_path / "other")[0]).history.enabled
