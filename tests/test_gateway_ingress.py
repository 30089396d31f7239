"""Attacks on a venue by anonymous and by misbehaving clients: none of them stops it or makes the others wait.

Each was a failure of an earlier version, named in the test. Attackers and honest clients share one machine and mostly
one address; how long an honest client waits is measured in its own answers. `STALL_SECONDS` is far above what a turn of
every session takes and far below the seconds that the attacks took before.
"""

import asyncio
import os
import resource
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvloop

from gateway import schemas
from gateway.auth import HmacSigner
from gateway.client import Client
from gateway.framing import CloseCode, Opcode
from gateway.process import ServerProcess
from gateway.server import GatewayServer, open_hub
from pyengine import commands
from tests.gateway_support import (
    HANDSHAKE,
    SECRETS,
    FakeHub,
    RawClient,
    client_frame,
    logon,
    message_frame,
    until,
    venue_config,
)
from tests.test_gateway_server import ended, get, refused, serving

TEST_SECONDS = 60.0
STALL_SECONDS = 0.5
OTHER_ADDRESS = "127.0.0.2"
PING = schemas.Ping(ref=1)
HALF_OPEN = 1_200
DESCRIPTORS = 320
"""Of the attacked process: far fewer than the sockets that are opened to it."""


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(TEST_SECONDS):
            await scenario()

    uvloop.run(bounded())


@asynccontextmanager
async def venue(directory: Path, **limits: Any) -> AsyncIterator[Any]:
    """The real hub and its journal, behind the real server, in this process."""
    config = venue_config(str(directory), **limits)
    hub = open_hub(config)
    server = GatewayServer(config, hub)
    await server.start()
    try:
        yield server
    finally:
        await server.stop("test over")
        hub.close()


async def longest_wait(client: RawClient, until_done: Callable[[], bool], seconds: float = 20.0) -> float:
    """Pings until it is done; the longest that one answer took."""
    longest, end = 0.0, time.monotonic() + seconds
    while not until_done() and time.monotonic() < end:
        sent = time.monotonic()
        client.send(PING)
        assert await client.message() == schemas.Pong(ref=1)
        longest = max(longest, time.monotonic() - sent)
        await asyncio.sleep(0.002)
    return longest


async def drain(client: RawClient) -> None:
    """Reads whatever comes, until the end."""
    with suppress(ConnectionResetError):
        while await client.reader.read(1 << 16):
            pass


# anonymous connections


def _configured(directory: Path) -> Path:
    """The venue as a file, in the little TOML that its values need."""
    config = venue_config(str(directory / "journal"), handshake_timeout_seconds=30)

    def table(struct_: Any) -> str:
        fields = {name: value for name, value in msgspec.to_builtins(struct_).items() if value is not None}
        return "".join(f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in fields.items())

    text = "".join(f"[{name}]\n{table(getattr(config, name))}\n" for name in ("journal", "server", "limits"))
    for name in ("assets", "instruments", "fee_schedules", "accounts", "keys"):
        text += "".join(f"[[{name}]]\n{table(item)}\n" for item in getattr(config, name))
    file = directory / "venue.toml"
    file.write_text(text)
    return file


def test_half_open_handshakes_do_not_end_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1,200 sockets that never finish a request took every descriptor, and with them the journal's next segment."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < HALF_OPEN + 200:
        pytest.skip(f"this process may open {hard} files, too few for the attack")
    launcher = tmp_path / "python"
    launcher.write_text(f'#!/bin/sh\nulimit -Sn 128\nulimit -Hn {DESCRIPTORS}\nexec {sys.executable} "$@"\n')
    launcher.chmod(0o755)

    async def scenario() -> None:
        monkeypatch.setattr(sys, "executable", str(launcher))
        async with ServerProcess(_configured(tmp_path)) as server:
            port, admin_port = (int(url.split(":")[2].strip("/")) for url in (server.url, server.admin_url))
            http_port = int(server.health_url.split(":")[2].split("/")[0])
            attackers = []
            for number in range(HALF_OPEN):
                attacker = socket.socket()
                attacker.setblocking(False)
                with suppress(BlockingIOError):
                    attacker.connect(("127.0.0.1", (port, port, http_port, admin_port)[number % 4]))
                attackers.append(attacker)
                if number % 50 == 0:
                    await asyncio.sleep(0)
            for attacker in attackers:
                with suppress(OSError):
                    attacker.send(b"GET / HTTP/1.1\r\nHost:")
            descriptors = len(os.listdir(f"/proc/{server.pid}/fd"))
            assert descriptors < DESCRIPTORS - 32, "nothing is left for the journal"
            async with (
                Client(server.url, "maker", HmacSigner(SECRETS["maker"])) as maker,
                Client(server.admin_url, "operator", HmacSigner(SECRETS["operator"])) as operator,
            ):
                await operator.admin(schemas.AdminDeposit(account=1, asset="USDC", amount=10**9))
                await maker.place("AAPL-USDC", "buy", 1, 100)
                await operator.admin(schemas.AdminSnapshot())
                await operator.admin(schemas.AdminHalt(instrument="AAPL-USDC"))
            assert (await get(http_port, "/health"))[0] == 200
            for attacker in attackers:
                attacker.close()
            await server.stop()

    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        run(scenario)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost:", HANDSHAKE[:-1]])
def test_a_handshake_has_a_time(sent: bytes) -> None:
    async def scenario() -> None:
        async with serving(handshake_timeout_seconds=0.2) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(sent)
            assert await ended(RawClient(reader, writer))
            assert gateway.sockets["trading"][0] == 0
            writer.close()

    run(scenario)


def test_a_long_request_is_refused() -> None:
    async def scenario() -> None:
        async with serving() as gateway:
            for port in (gateway.port, gateway.admin_port, gateway.http_port):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"GET / HTTP/1.1\r\nX: " + b"x" * 9_000)
                assert (await reader.read()).startswith(b"HTTP/1.1 4")
                writer.close()

    run(scenario)


def test_idle_connections_do_not_keep_honest_ones_out() -> None:
    """117 of 128 honest logons were refused while upgraded sockets that never logged on held the places."""

    async def scenario() -> None:
        async with serving(connections_before_logon=8) as gateway:
            idle = [await RawClient.connect(gateway.port) for _ in range(40)]
            honest = []
            for _ in range(10):
                honest.append(await RawClient.logged_on(gateway.port, "viewer"))
                idle.append(await RawClient.connect(gateway.port))
            assert (await idle[0].closed())[0] == CloseCode.CROWDED_OUT
            for client in honest:
                client.send(PING)
                assert await client.message() == schemas.Pong(ref=1)
            assert gateway.sockets["trading"][0] <= 8 + len(honest)
            for client in (*idle, *honest):
                await client.close()

    run(scenario)


def test_a_flood_from_one_address_takes_places_from_itself() -> None:
    async def scenario() -> None:
        async with serving(connections_before_logon=4) as gateway:
            slow = await RawClient.connect(gateway.port)
            flood = [await RawClient.connect(gateway.port, source=OTHER_ADDRESS) for _ in range(12)]
            await slow.log_on("viewer")
            for client in (slow, *flood):
                await client.close()

    run(scenario)


def test_connections_of_an_address_are_limited() -> None:
    async def scenario() -> None:
        async with serving(connections_per_address=3) as gateway:
            hoarded = [await RawClient.logged_on(gateway.port, "maker", source=OTHER_ADDRESS) for _ in range(3)]
            assert await refused(gateway.port, source=OTHER_ADDRESS)
            other = await RawClient.logged_on(gateway.port, "maker")
            for client in (*hoarded, other):
                await client.close()

    run(scenario)


def test_health_is_served_however_many_hold_the_port() -> None:
    async def scenario() -> None:
        async with serving(http_connections=2) as gateway:
            held = [await asyncio.open_connection("127.0.0.1", gateway.http_port) for _ in range(10)]
            assert (await get(gateway.http_port, "/health"))[0] == 200
            assert gateway.sockets["http"][0] <= 2
            for _, writer in held:
                writer.close()

    run(scenario)


def test_the_operator_has_a_port_of_his_own() -> None:
    """One key held all 1,024 places, and the operator could not log on to halt."""

    async def scenario() -> None:
        async with serving(connections=2) as gateway:
            hoarded = [await RawClient.logged_on(gateway.port, "maker") for _ in range(2)]
            assert await refused(gateway.port)
            operator = await RawClient.logged_on(gateway.admin_port, "operator")
            operator.send(schemas.AdminHalt(ref=2, instrument="AAPL-USDC"))
            maker = await RawClient.connect(gateway.admin_port)
            maker.send(logon("maker", maker.challenge))
            error = await maker.message()
            assert isinstance(error, schemas.Error)
            assert error.code == "forbidden"
            assert await maker.closed() == (CloseCode.LOGON_REFUSED, "forbidden")
            assert len(gateway.hub.named("submit")) == 1
            for client in (*hoarded, operator, maker):
                await client.close()

    run(scenario)


def test_a_captured_logon_is_worth_nothing() -> None:
    """It was accepted again after a restart, and after the clock stepped."""

    async def scenario() -> None:
        async with serving() as gateway:
            honest = await RawClient.connect(gateway.port)
            captured = message_frame(logon("maker", honest.challenge))
            honest.write(captured)
            assert isinstance(await honest.message(), schemas.LoggedOn)
            again = await RawClient.connect(gateway.port)
            again.write(captured)
            assert await again.closed() == (CloseCode.LOGON_REFUSED, "logon_failed")
        async with serving() as restarted:
            later = await RawClient.connect(restarted.port)
            later.write(captured)
            assert await later.closed() == (CloseCode.LOGON_REFUSED, "logon_failed")
            assert len({honest.challenge, again.challenge, later.challenge}) == 3
            for client in (honest, again, later):
                await client.close()

    run(scenario)


@pytest.mark.parametrize(
    ("name", "frame", "code"),
    [
        ("websocket pings", client_frame(Opcode.PING, b""), CloseCode.LOGON_EXPECTED),
        ("ping", message_frame(PING), CloseCode.LOGON_EXPECTED),
        ("text", client_frame(Opcode.TEXT, b"{}"), CloseCode.LOGON_EXPECTED),
        ("empty fragments", client_frame(0, b"", fin=False), CloseCode.TOO_BIG),
    ],
)
def test_who_never_logs_on_stalls_nobody(tmp_path: Path, name: str, frame: bytes, code: int) -> None:
    """One such connection stalled all others for 2 to 4 s."""

    async def scenario() -> None:
        async with venue(tmp_path) as gateway:
            honest = await RawClient.logged_on(gateway.port, "viewer")
            attacker = await RawClient.connect(gateway.port)
            start = client_frame(Opcode.BINARY, b"", fin=False) if name == "empty fragments" else b""
            attacker.write(start + frame * (8_000_000 // len(frame)))
            dropped = asyncio.create_task(ended(attacker))
            assert await longest_wait(honest, dropped.done) < STALL_SECONDS, name
            assert await dropped
            refused_ = await RawClient.connect(gateway.port)
            refused_.write(start + frame * 100)
            assert (await refused_.closed())[0] == code
            for client in (honest, attacker, refused_):
                await client.close()

    run(scenario)


# clients with a key


@pytest.mark.parametrize(
    ("name", "frame"),
    [
        ("websocket pings", client_frame(Opcode.PING, b"")),
        ("pongs", client_frame(Opcode.PONG, b"")),
        ("ping", message_frame(PING)),
        ("text", client_frame(Opcode.TEXT, b"{}")),
        ("nonsense", client_frame(Opcode.BINARY, b"\xc1")),
        ("refused orders", message_frame(schemas.CancelAll(instrument="NONE"))),
    ],
)
def test_a_flood_with_a_key_is_closed(tmp_path: Path, name: str, frame: bytes) -> None:
    """Pings, and messages that were refused, cost no token."""

    async def scenario() -> None:
        async with venue(tmp_path) as gateway:
            honest = await RawClient.logged_on(gateway.port, "taker")
            attacker = await RawClient.logged_on(gateway.port, "maker")
            attacker.write(frame * (8_000_000 // len(frame)))
            dropped = asyncio.create_task(ended(attacker))
            assert await longest_wait(honest, dropped.done) < STALL_SECONDS, name
            assert await dropped, name
            await honest.close()
            await attacker.close()

    run(scenario)


@pytest.mark.parametrize("frame", [client_frame(Opcode.PING, b""), message_frame(PING)])
def test_a_session_has_one_bounded_turn_among_the_others(tmp_path: Path, frame: bytes) -> None:
    """32 reads of 256 KiB were taken from one socket between two cycles, whatever limits there were."""

    async def scenario() -> None:
        async with venue(tmp_path, requests_per_second=10**8, requests_burst=10**8) as gateway:
            honest = await RawClient.logged_on(gateway.port, "taker")
            attackers = [await RawClient.logged_on(gateway.port, "maker") for _ in range(4)]
            reading = [asyncio.create_task(drain(attacker)) for attacker in attackers]
            for attacker in attackers:
                attacker.write(frame * (2_000_000 // len(frame)))
            end = time.monotonic() + 3
            assert await longest_wait(honest, lambda: time.monotonic() > end) < STALL_SECONDS
            for client in (honest, *attackers):
                client.writer.transport.abort()
            await asyncio.gather(*reading)

    run(scenario)


def test_tokens_are_the_keys_and_not_the_connections(tmp_path: Path) -> None:
    """A new connection renewed its bucket."""

    async def scenario() -> None:
        async with venue(tmp_path, requests_per_second=1, requests_burst=20) as gateway:
            codes = []
            for _ in range(3):
                client = await RawClient.connect(gateway.port)
                client.send(logon("maker", client.challenge))
                logged_on = isinstance(await client.message(), schemas.LoggedOn)
                if not logged_on:
                    codes.append("refused")
                for _ in range(12 if logged_on else 0):
                    client.send(PING)
                    codes.append(getattr(await client.message(), "code", "pong"))
                await client.close()
            assert codes.count("pong") <= 20
            assert codes[-1] == "refused"
            other = await RawClient.logged_on(gateway.port, "viewer")
            await other.close()

    run(scenario)


def test_pages_of_many_orders_stall_nobody(tmp_path: Path) -> None:
    """1,000 times `get_orders` over 4,096 open orders took 3.2 s, in which nobody else was served."""
    count = 4_096

    async def scenario() -> None:
        async with venue(tmp_path) as gateway:
            gateway.hub.submit(-1, 0, commands.pack_deposit(1, 0, 10**15), time.time_ns())
            for number in range(count):
                order = commands.pack_place(1, 0, 0, 1 + number, 1, client_order_id=f"order-{number}")
                gateway.hub.submit(-1, 0, order, time.time_ns())
            gateway.schedule()
            honest = await RawClient.logged_on(gateway.port, "taker")
            attacker = await RawClient.logged_on(gateway.port, "viewer")
            attacker.write(message_frame(schemas.GetOrders(ref=1)) * 1_000)
            attacker.send(PING)
            answers: list[schemas.AnyReply] = []

            async def read() -> None:
                while not answers or not isinstance(answers[-1], schemas.Pong | schemas.Error) or len(answers) < 1_001:
                    answers.append(await attacker.message())

            reading = asyncio.create_task(read())
            assert await longest_wait(honest, reading.done) < STALL_SECONDS
            await reading
            pages = [answer for answer in answers if isinstance(answer, schemas.Orders)]
            assert 20 < len(pages) < 500, "a page costs what it holds"
            assert all(len(page.orders) <= schemas.ORDERS_PAGE for page in pages)
            async with Client(f"ws://127.0.0.1:{gateway.port}/", "maker", HmacSigner(SECRETS["maker"])) as maker:
                orders = (await maker.orders()).orders
            assert [order.client_order_id for order in orders] == [f"order-{number}" for number in range(count)]
            await honest.close()
            await attacker.close()

    run(scenario)


def test_unread_output_is_bounded_in_total() -> None:
    """300 sessions of one account that did not read took 2.5 GB."""
    limit = 4 << 20

    async def scenario() -> None:
        hub = FakeHub()
        async with serving(hub, unread_output_bytes=limit) as gateway:
            hoarders = [await RawClient.logged_on(gateway.port, name) for name in ("maker", "viewer") * 4]
            modest = await RawClient.logged_on(gateway.port, "taker")
            payload = schemas.encode(schemas.Error(code="x", message="y" * 60_000), text=False)
            for session in range(1, len(hoarders) + 1):
                hoarders[session - 1].writer.transport.pause_reading()  # type: ignore[attr-defined]
            largest = 0
            for _ in range(600):
                for session in range(1, len(hoarders) + 1):
                    hub.send(session, payload)
                gateway.schedule()
                await asyncio.sleep(0)
                largest = max(largest, gateway.unread_bytes)
                if gateway.slow_consumers >= 3:
                    break
            assert gateway.slow_consumers >= 3
            assert largest <= limit
            modest.send(PING)
            assert await modest.message() == schemas.Pong(ref=1)
            for client in (*hoarders, modest):
                client.writer.transport.abort()

    run(scenario)


def test_the_account_that_leaves_most_unread_loses_first() -> None:
    """Not the largest session: its owner has one, the other many that are nearly as large."""

    async def scenario() -> None:
        hub = FakeHub()
        async with serving(hub, unread_output_bytes=12 << 20) as gateway:
            many = [await RawClient.logged_on(gateway.port, "maker") for _ in range(6)]
            single = await RawClient.logged_on(gateway.port, "taker")
            connections = {connection.session.id: connection for connection in gateway._connections}
            for connection in connections.values():
                connection._transport.pause_reading()
            # What the sockets would hold, without the megabytes that the kernel takes before them.
            sizes = dict.fromkeys(range(1, 7), 1_900_000) | {7: 2_000_000}

            class Unread:
                def __init__(self, transport: Any, size: int) -> None:
                    self._transport, self._size = transport, size

                def get_write_buffer_size(self) -> int:
                    return self._size

                def __getattr__(self, name: str) -> Any:
                    return getattr(self._transport, name)

            for session, size in sizes.items():
                connections[session]._transport = Unread(connections[session]._transport, size)
                connections[session].look_at_unread()
            assert gateway.slow_consumers == 1
            await until(lambda: len(gateway._connections) == len(sizes) - 1)
            assert connections[7] in gateway._connections
            for client in (*many, single):
                client.writer.transport.abort()

    run(scenario)


def test_a_client_comes_back_when_its_lost_session_has_been_noticed() -> None:
    async def scenario() -> None:
        async with serving(sessions_per_key=1) as gateway:
            url = f"ws://127.0.0.1:{gateway.port}/"
            async with Client(url, "maker", HmacSigner(SECRETS["maker"])) as maker:
                key = gateway.shared.keys.authenticator.keys["maker"]
                gateway.shared.limits = msgspec.structs.replace(gateway.shared.limits, sessions_per_key=2)
                gateway.shared.take_place(key, admin=False)  # as a lost session that is still there would
                gateway.shared.limits = msgspec.structs.replace(gateway.shared.limits, sessions_per_key=1)
                (connection,) = gateway._connections
                connection.abort()
                await until(lambda: not maker.connected)
                await asyncio.sleep(0.3)
                gateway.shared.give_place_back(key, admin=False)
                async with asyncio.timeout(10):
                    await maker.wait_connected()
                await maker.ping()

    run(scenario)
