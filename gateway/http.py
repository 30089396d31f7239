"""`GET /health` and `GET /metrics` on the second port, served by picows' HTTP answers; it upgrades nothing.

It knows what it reads of a server (`Observed`), not the server, which starts it.
Metrics are read when they are asked for, on the event loop's own thread (the hub belongs to it), and written by
prometheus_client in the format the scraper accepts.
"""

import asyncio
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final, Protocol

import msgspec
import picows
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway.hub import Hub
from gateway.session import Shared

REQUEST_TIMEOUT_SECONDS: Final = 5.0
COUNTER_SUFFIX: Final = "_total"


class Observed(Protocol):
    """A server, as far as health and metrics look into it."""

    @property
    def healthy(self) -> bool:
        """Whether orders are taken."""

    @property
    def stopping(self) -> bool:
        """Whether it ends of its own will."""

    @property
    def slow_consumers(self) -> int:
        """Sessions that were dropped because they did not read."""

    @property
    def shared(self) -> Shared:
        """What all sessions have in common."""

    @property
    def hub(self) -> Hub:
        """The native hub."""


class _Metrics(Collector):
    """Figures of the gateway and its hub at the moment of the scrape."""

    def __init__(self, server: Observed) -> None:
        self._server = server

    def collect(self) -> Iterator[Metric]:
        server = self._server
        yield GaugeMetricFamily("pyengine_up", "Whether orders are taken.", float(server.healthy))
        yield GaugeMetricFamily("pyengine_gateway_sessions", "Open sessions.", server.shared.sessions)
        yield CounterMetricFamily("pyengine_gateway_errors", "Error messages sent.", server.shared.errors_sent)
        yield CounterMetricFamily("pyengine_gateway_slow_consumers", "Sessions dropped.", server.slow_consumers)
        yield GaugeMetricFamily("pyengine_engine_sequence", "Last applied command.", server.hub.sequence)
        yield GaugeMetricFamily("pyengine_durable_sequence", "Last durable command.", server.hub.durable_sequence)
        assets, instruments, accounts, open_orders = server.hub.counts()
        yield GaugeMetricFamily("pyengine_assets", "Listed assets.", assets)
        yield GaugeMetricFamily("pyengine_instruments", "Listed instruments.", instruments)
        yield GaugeMetricFamily("pyengine_accounts", "Accounts.", accounts)
        yield GaugeMetricFamily("pyengine_open_orders", "Open orders.", open_orders)
        for name, value in server.hub.stats().items():
            family = CounterMetricFamily if name.endswith(COUNTER_SUFFIX) else GaugeMetricFamily
            yield family(f"pyengine_hub_{name.removesuffix(COUNTER_SUFFIX)}", f"Hub: {name}.", value)


async def start_http(server: Observed, host: str, port: int) -> asyncio.Server:
    """Listens. `OSError` if the address is taken."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Metrics(server))

    def route(request: picows.WSUpgradeRequest) -> picows.WSUpgradeResponseWithListener:
        match request.path.split(b"?", 1)[0]:
            case b"/health":
                response = _health(server)
            case b"/metrics":
                encoder, content_type = choose_encoder(request.headers.get("Accept", ""))
                response = picows.WSUpgradeResponse.create_ok_response(
                    encoder(registry), {"Content-Type": content_type}
                )
            case _:
                response = picows.WSUpgradeResponse.create_error_response(HTTPStatus.NOT_FOUND, b"not found")
        return picows.WSUpgradeResponseWithListener(response, None)

    return await picows.ws_create_server(
        route,
        host,
        port,
        websocket_handshake_timeout=REQUEST_TIMEOUT_SECONDS,
        logger_name="gateway.http",
        use_aiofastnet=False,
    )


def _health(server: Observed) -> picows.WSUpgradeResponse:
    """200 while orders are taken, else 503."""
    status = "ok" if server.healthy else "stopping" if server.stopping else "failed"
    body = msgspec.json.encode(
        {"status": status, "seq": server.hub.sequence, "durable_seq": server.hub.durable_sequence}
    )
    headers = {"Content-Type": "application/json"}
    create = picows.WSUpgradeResponse
    response: picows.WSUpgradeResponse = (
        create.create_ok_response(body, headers)
        if server.healthy
        else create.create_error_response(HTTPStatus.SERVICE_UNAVAILABLE, body, headers)
    )
    return response
