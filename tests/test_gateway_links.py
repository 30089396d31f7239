"""The client on bad links: to a port with TLS, through a proxy that forwards nothing, with more orders than fit."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
import pytest

from gateway import schemas
from gateway.auth import HmacSigner
from gateway.client import Client, RequestTimeoutError, TlsRequiredError
from gateway.server import GatewayServer, open_hub
from pyengine.config import VenueConfig
from tests import test_gateway_end_to_end as end_to_end
from tests.gateway_support import SECRETS, until, venue_config
from tests.test_gateway_end_to_end import AAPL, run
from tests.test_gateway_server import tls_config

SHORT_SECONDS = 0.2


@asynccontextmanager
async def serving(config: VenueConfig) -> AsyncIterator[GatewayServer]:
    """A venue whose maker has money."""
    async with end_to_end.serving(config) as gateway:
        async with end_to_end.connect(gateway, "operator") as operator:
            await operator.admin(schemas.AdminDeposit(account=1, asset="USDC", amount=10**12))
        yield gateway


class Proxy:
    """Forwards bytes both ways, until it is told to keep them."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._flows = asyncio.Event()
        self._flows.set()
        self._copying: set[asyncio.Task[None]] = set()
        self.url = ""

    async def __aenter__(self) -> "Proxy":
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._server.close()
        for task in self._copying:
            task.cancel()
        await asyncio.gather(*self._copying, return_exceptions=True)
        await asyncio.sleep(0)  # what was closed takes a turn of the loop

    @property
    def connected(self) -> bool:
        return bool(self._copying)

    def stall(self) -> None:
        self._flows.clear()

    def flow(self) -> None:
        self._flows.set()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        for source, sink in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._copy(source, sink))
            self._copying.add(task)

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError):
                while data := await source.read(1 << 16):
                    await self._flows.wait()
                    sink.write(data)
        finally:
            sink.close()


def client_of(url: str, **options: float | bool) -> Client:
    return Client(url, "maker", HmacSigner(SECRETS["maker"]), **options)  # type: ignore[arg-type]


def test_a_port_with_tls_is_said_to_be_one(tmp_path: Path) -> None:
    async def scenario() -> None:
        config = msgspec.structs.replace(venue_config(str(tmp_path)), server=tls_config(tmp_path))
        hub = open_hub(config)
        gateway = GatewayServer(config, hub)
        await gateway.start()
        url = f"ws://127.0.0.1:{gateway.port}/"
        with pytest.raises(TlsRequiredError, match=f"^{url}: the port speaks TLS: its address begins with wss://$"):
            await client_of(url).connect()
        await gateway.stop("test over")
        hub.close()

    run(scenario)


def test_a_port_that_is_no_venue_is_not_said_to_speak_tls() -> None:
    async def scenario() -> None:
        async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.close()

        server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(Exception) as raised:
            await client_of(f"ws://127.0.0.1:{port}/").connect()
        assert not isinstance(raised.value, TlsRequiredError)
        server.close()

    run(scenario)


def test_a_request_on_a_stalled_link_times_out_and_the_client_is_not_connected(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            serving(venue_config(str(tmp_path))) as gateway,
            Proxy(gateway.port) as proxy,
            client_of(proxy.url, request_seconds=SHORT_SECONDS) as client,
        ):
            await client.place(AAPL, "buy", 1, 1, client_order_id="before")
            assert client.connected
            proxy.stall()
            with pytest.raises(RequestTimeoutError, match=r"^Place .* within 0.2 s: it may have been carried out$"):
                await client.place(AAPL, "buy", 1, 1, client_order_id="during")
            assert not client.connected
            with pytest.raises(RequestTimeoutError, match=r"^Ping .*: it was not sent$"):
                await client.ping()
            proxy.flow()
            await client.wait_connected()
            assert client.connected
            assert {order.client_order_id for order in (await client.orders()).orders} >= {"before"}

    run(scenario)


def test_a_link_that_never_answers_is_no_connection() -> None:
    async def scenario() -> None:
        async def keep(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await reader.read()
            finally:
                writer.close()

        server = await asyncio.start_server(keep, "127.0.0.1", 0)
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        client = client_of(url, request_seconds=SHORT_SECONDS)
        began = time.monotonic()
        with pytest.raises(TimeoutError, match=f"^{url}: not connected and logged on within 0.2 s$"):
            await client.connect()
        assert time.monotonic() - began < 10 * SHORT_SECONDS
        assert not client.connected
        server.close()
        await asyncio.sleep(SHORT_SECONDS / 2)  # the socket is closed behind the one that gave up

    run(scenario)


def test_a_connection_that_nobody_waits_for_any_more_is_not_heard(tmp_path: Path) -> None:
    """Its challenge would be answered on the next one."""

    async def scenario() -> None:
        async with serving(venue_config(str(tmp_path))) as gateway, Proxy(gateway.port) as proxy:
            proxy.stall()
            client = client_of(proxy.url)
            opening = asyncio.create_task(client.connect())
            await until(lambda: proxy.connected)
            opening.cancel()
            with pytest.raises(asyncio.CancelledError):
                await opening
            proxy.flow()
            await asyncio.sleep(SHORT_SECONDS)
            async with client:
                assert client.connected

    run(scenario)


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_timeout_is_above_zero(seconds: float) -> None:
    with pytest.raises(ValueError, match="request_seconds"):
        client_of("ws://127.0.0.1:1/", request_seconds=seconds)


def test_a_slow_answer_on_a_live_link_costs_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages come, only not the answer: the link is good, and is kept."""

    async def scenario() -> None:
        async with (
            serving(venue_config(str(tmp_path))) as gateway,
            client_of(f"ws://127.0.0.1:{gateway.port}/", request_seconds=SHORT_SECONDS) as client,
        ):
            connection = client._connection
            with monkeypatch.context() as lost:
                lost.setattr(client, "_send", lambda request: None)
                unanswered = asyncio.create_task(client.ping())
                await asyncio.sleep(SHORT_SECONDS / 2)
            await client.balances()
            with pytest.raises(RequestTimeoutError):
                await unanswered
            assert client.connected
            assert client._connection is connection

    run(scenario)


def test_four_hundred_orders_at_once_are_paced(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            serving(venue_config(str(tmp_path), max_in_flight=64)) as gateway,
            client_of(f"ws://127.0.0.1:{gateway.port}/") as client,
        ):
            orders = (client.place(AAPL, "buy", 1, 1, client_order_id=f"c{number}") for number in range(400))
            reports = await asyncio.gather(*orders)
        assert [report.kind for report in reports] == ["accepted"] * 400
        assert [report.client_order_id for report in reports] == [f"c{number}" for number in range(400)]
        assert [report.order_id for report in reports] == sorted(report.order_id for report in reports)

    run(scenario)
