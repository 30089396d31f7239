"""The shell over a recording hub: handshake, timeouts, bounds, the stop, a failed journal, TLS and the second port."""

import asyncio
import datetime
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvloop
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gateway import schemas
from gateway.connection import LINGER_BYTES, READ_BYTES
from gateway.framing import CloseCode, Opcode
from gateway.server import GatewayServer
from pyengine.config import ConfigError, JournalConfig, ServerConfig
from pyengine.errors import JournalFailedError
from tests.gateway_support import (
    HANDSHAKE,
    FakeHub,
    RawClient,
    client_frame,
    message_frame,
    until,
    venue_config,
    with_keys,
)

TEST_SECONDS = 20.0
PING = schemas.Ping(ref=1)


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(TEST_SECONDS):
            await scenario()

    uvloop.run(bounded())


@asynccontextmanager
async def serving(hub: FakeHub | None = None, server: ServerConfig | None = None, **limits: Any) -> AsyncIterator[Any]:
    config = venue_config("unused", **limits)
    config = msgspec.structs.replace(config, journal=JournalConfig(directory="unused", durability="off"))
    if server is not None:
        config = msgspec.structs.replace(config, server=server)
    gateway = GatewayServer(config, with_keys(hub or FakeHub(), config))
    await gateway.start()
    try:
        yield gateway
    finally:
        await gateway.stop("test over")


async def get(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: venue\r\nConnection: close\r\n\r\n".encode())
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    status, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(status.split()[1]), headers, body


async def refused(port: int, source: str = "127.0.0.1") -> bool:
    """Whether the port has no place: it says so, as far as that is still read, and closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    try:
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 503") or not answer
    except ConnectionResetError:
        pass
    writer.close()
    return True


async def ended(client: RawClient) -> bool:
    """Whether the server has ended the connection, however."""
    try:
        async with asyncio.timeout(1):
            while await client.reader.read(65_536):
                pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("text", [False, True])
def test_logon_and_answer_over_a_socket(text: bool) -> None:
    async def scenario() -> None:
        async with serving() as gateway:
            client = await RawClient.logged_on(gateway.port, "viewer", text=text)
            client.send(PING, text=text)
            assert await client.message() == schemas.Pong(ref=1)
            client.write(client_frame(Opcode.PING, b"hello"))
            assert await client.frame() == (Opcode.PONG, b"hello")
            client.write(client_frame(Opcode.CLOSE, struct.pack(">H", 1000)))
            assert await client.closed() == (1000, "")
            await client.close()

    run(scenario)


def test_frames_may_arrive_byte_by_byte() -> None:
    async def scenario() -> None:
        async with serving() as gateway:
            client = await RawClient.logged_on(gateway.port, "viewer")
            for byte in message_frame(PING):
                client.write(bytes([byte]))
                await asyncio.sleep(0.001)
            assert await client.message() == schemas.Pong(ref=1)
            await client.close()

    run(scenario)


def test_data_sent_with_the_handshake_is_refused() -> None:
    async def scenario() -> None:
        async with serving(logon_timeout_seconds=0.5) as gateway:
            client = await RawClient.connect(gateway.port, HANDSHAKE + message_frame(PING))
            assert await client.closed() == (1002, "data before the handshake's answer")
            await client.close()
            client = await RawClient.connect(gateway.port, HANDSHAKE + message_frame(PING)[:3])
            client.write(message_frame(PING)[3:])
            assert (await client.closed())[0] in (CloseCode.PROTOCOL_ERROR, CloseCode.LOGON_TIMEOUT)
            await client.close()

    run(scenario)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (HANDSHAKE.replace(b"GET / ", b"GET /other "), 404),
        (HANDSHAKE.replace(b"Upgrade: websocket\r\n", b""), 400),
        (HANDSHAKE.replace(b"Version: 13", b"Version: 8"), 426),
        (HANDSHAKE.replace(b"GET / ", b"POST / "), 400),
        (b"\x16\x03\x01\r\n\r\n", 400),
    ],
)
def test_bad_handshakes(request_: bytes, status: int) -> None:
    async def scenario() -> None:
        async with serving() as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
            writer.write(request_)
            assert (await reader.read()).startswith(f"HTTP/1.1 {status}".encode())
            writer.close()
            await writer.wait_closed()

    run(scenario)


def test_no_logon_in_time() -> None:
    async def scenario() -> None:
        async with serving(logon_timeout_seconds=0.1) as gateway:
            client = await RawClient.connect(gateway.port)
            client.write(client_frame(Opcode.PING, b""))
            assert (await client.closed())[0] == CloseCode.LOGON_TIMEOUT
            await client.close()

    run(scenario)


def test_a_silent_client_is_pinged_then_dropped() -> None:
    async def scenario() -> None:
        async with serving(ping_interval_seconds=0.1, idle_timeout_seconds=2) as gateway:
            quiet = await RawClient.logged_on(gateway.port, "viewer")
            polite = await RawClient.logged_on(gateway.port, "maker")

            async def answer() -> None:
                while (await polite.frame())[0] == Opcode.PING:
                    polite.write(client_frame(Opcode.PONG, b""))

            answering = asyncio.create_task(answer())
            assert await quiet.frame() == (Opcode.PING, b"")
            assert (await quiet.closed())[0] == CloseCode.IDLE
            await asyncio.sleep(0.5)
            assert not answering.done()
            polite.send(PING)
            await answering  # a pong message ends it
            await quiet.close()
            await polite.close()

    run(scenario)


def test_connections_are_limited() -> None:
    async def scenario() -> None:
        async with serving(connections=2) as gateway:
            clients = [await RawClient.logged_on(gateway.port, name) for name in ("maker", "taker")]
            assert await refused(gateway.port)
            await clients.pop().close()
            await until(lambda: gateway.sockets["trading"][0] == 1)
            clients.append(await RawClient.connect(gateway.port))
            for client in clients:
                await client.close()

    run(scenario)


def test_slow_consumer_is_dropped_and_slows_nobody() -> None:
    async def scenario() -> None:
        hub = FakeHub()
        async with serving(hub, write_buffer_bytes=1 << 20) as gateway:
            slow = await RawClient.logged_on(gateway.port, "viewer")
            other = await RawClient.logged_on(gateway.port, "maker")
            payload = schemas.encode(schemas.Error(code="x", message="y" * 60_000), text=False)
            for _ in range(1000):
                if gateway.slow_consumers:
                    break
                hub.send(1, payload)
                other.send(PING)
                assert await other.message() == schemas.Pong(ref=1)
            assert gateway.slow_consumers == 1
            # It may still read what fitted, and then learns why.
            code, reason = await slow.closed()
            assert (code, reason) == (CloseCode.SLOW_CONSUMER, "slow consumer: over 1048576 bytes unread")
            other.send(PING)
            assert await other.message() == schemas.Pong(ref=1)
            await slow.close()
            await other.close()

    run(scenario)


def test_a_client_that_never_reads_is_cut_off() -> None:
    async def scenario() -> None:
        hub = FakeHub()
        async with serving(hub, write_buffer_bytes=1 << 20, stop_timeout_seconds=0.3) as gateway:
            slow = await RawClient.logged_on(gateway.port, "viewer")
            payload = schemas.encode(schemas.Error(code="x", message="y" * 60_000), text=False)
            while not gateway.slow_consumers:
                hub.send(1, payload)
                gateway.schedule()
                await asyncio.sleep(0)
            await until(lambda: gateway.shared.sessions == 0)
            await slow.close()

    run(scenario)


def test_a_client_that_is_still_sending_learns_why_it_was_closed() -> None:
    """A socket closed with input unread is reset: the client's next write fails, and what it has not read is gone."""

    async def scenario() -> None:
        async with serving() as gateway:
            client = await RawClient.connect(gateway.port)
            client.send(PING)
            for _ in range(10):
                await asyncio.sleep(0.02)
                client.send(PING)
                await client.writer.drain()
            assert (await client.closed())[0] == CloseCode.LOGON_EXPECTED
            await client.close()

    run(scenario)


def test_a_client_that_goes_on_sending_after_the_end_is_cut_off() -> None:
    async def scenario() -> None:
        async with serving() as gateway:
            client = await RawClient.connect(gateway.port)
            client.send(PING)
            sent = 0
            with suppress(ConnectionError):
                while sent < 100 * LINGER_BYTES:
                    client.write(bytes(READ_BYTES))
                    await client.writer.drain()
                    sent += READ_BYTES
            assert sent < 20 * LINGER_BYTES  # the kernel's buffers included
            patient = await RawClient.connect(gateway.port)
            patient.send(PING)
            assert (await patient.closed())[0] == CloseCode.LOGON_EXPECTED
            await until(lambda: gateway.sockets["trading"][0] == 0)  # though it has not ended its side
            await client.close()
            await patient.close()

    run(scenario)


def test_graceful_stop_announces_and_closes() -> None:
    async def scenario() -> None:
        hub = FakeHub()
        async with serving(hub) as gateway:
            client = await RawClient.logged_on(gateway.port, "maker", cancel_on_disconnect=True)
            port = gateway.port
            stranger = await RawClient.connect(port)
            client.send(PING)
            assert await client.message() == schemas.Pong(ref=1)
            stopping = asyncio.create_task(gateway.stop("maintenance"))
            assert await client.message() == schemas.Shutdown(reason="maintenance")
            assert await client.closed() == (CloseCode.GOING_AWAY, "maintenance")
            assert await stranger.message() == schemas.Shutdown(reason="maintenance")
            assert await stranger.closed() == (CloseCode.GOING_AWAY, "maintenance")
            await stopping
            assert len(hub.named("submit")) == 1  # the cancel-all of the disconnect
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", port)
            await client.close()
            await stranger.close()

    run(scenario)


def test_a_failed_journal_ends_every_connection_and_says_so() -> None:
    async def scenario() -> None:
        hub = FakeHub()
        async with serving(hub) as gateway:
            client = await RawClient.logged_on(gateway.port, "maker")
            hub.failure = "fdatasync: Input/output error"
            client.send(PING)
            assert await client.closed() == (CloseCode.JOURNAL_FAILED, "the journal failed")
            with pytest.raises(JournalFailedError, match="Input/output error"):
                await gateway.failed
            status, _, body = await get(gateway.http_port, "/health")
            assert (status, msgspec.json.decode(body)["status"]) == (503, "failed")
            await client.close()

    run(scenario)


def test_the_stop_after_a_failure_lets_a_client_that_is_still_sending_learn_why() -> None:
    async def scenario() -> None:
        hub = FakeHub()
        async with serving(hub) as gateway:
            client = await RawClient.logged_on(gateway.port, "maker")
            hub.failure = "fdatasync: Input/output error"
            client.send(PING)
            with pytest.raises(JournalFailedError):
                await gateway.failed
            stopping = asyncio.create_task(gateway.stop("the server stops"))
            for _ in range(10):
                await asyncio.sleep(0.02)
                client.send(PING)
                await client.writer.drain()
            assert await client.closed() == (CloseCode.JOURNAL_FAILED, "the journal failed")
            await client.close()
            await stopping

    run(scenario)


def test_health_and_metrics() -> None:
    async def scenario() -> None:
        async with serving() as gateway:
            client = await RawClient.logged_on(gateway.port, "maker")
            status, headers, body = await get(gateway.http_port, "/health")
            assert (status, headers["content-type"]) == (200, "application/json")
            assert msgspec.json.decode(body) == {"status": "ok", "seq": 0, "durable_seq": 0, "warnings": []}
            status, headers, body = await get(gateway.http_port, "/metrics")
            assert status == 200
            assert headers["content-type"].startswith("text/plain")
            lines = body.decode().splitlines()
            assert "pyengine_up 1.0" in lines
            assert "pyengine_gateway_sessions 1.0" in lines
            assert "pyengine_hub_frames_total 3.0" in lines
            assert "pyengine_gateway_errors_total 5.0" in lines, "those of the hub are errors, too"
            assert (await get(gateway.http_port, "/else"))[0] == 404
            await client.close()

    run(scenario)


def tls_config(directory: Path) -> ServerConfig:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "venue")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (directory / "cert.pem").write_bytes(certificate.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (directory / "key.pem").write_bytes(private)
    return ServerConfig(
        port=0,
        http_port=0,
        tls_certificate=str(directory / "cert.pem"),
        tls_private_key=str(directory / "key.pem"),
    )


def test_tls(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(server=tls_config(tmp_path)) as gateway:
            context = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
            reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port, ssl=context)
            client = await RawClient.upgrade(reader, writer)
            client.send(PING)
            reply = await client.message()
            assert isinstance(reply, schemas.Error)
            assert reply.code == "not_logged_on"
            await client.close()

    run(scenario)


def test_unusable_tls_files_are_a_config_error(tmp_path: Path) -> None:
    async def scenario() -> None:
        server = msgspec.structs.replace(tls_config(tmp_path), tls_private_key=str(tmp_path / "absent.pem"))
        with pytest.raises(ConfigError, match=r"tls_private_key: .*absent.pem"):
            async with serving(server=server):
                pass

    run(scenario)
