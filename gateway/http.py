"""`GET /health`, `GET /metrics` and the operator's page on a port of their own: one request, one answer, the end.

It knows what it reads of a server (`Observed`), not the server, which starts it. It upgrades nothing and keeps no
connection; a client that does not ask in time, or does not read its answer, is cut off.
Metrics are read when they are asked for, on the event loop's own thread (the hub belongs to it), and written by
prometheus_client in the format the scraper accepts.
"""

import asyncio
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final, Protocol, cast

import msgspec
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from gateway import http1, page
from gateway.latency import Latency, counted
from gateway.sockets import Place
from pyengine._engine_core import DEBUG_BUILD, SEMANTICS_VERSION
from pyengine.records import EventKind, RejectCode

COUNTER_SUFFIX: Final = "_total"
FILLS_PER_TRADE: Final = 2
# A request takes from its acceptance to the last byte of its answer at most this.
REQUEST_TIMEOUT_SECONDS: Final = 5.0


class Observed(page.Shown, Protocol):
    """A server, as far as health, metrics and the page look into it."""

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
    def sockets(self) -> dict[str, tuple[int, int]]:
        """Of each port: sockets that are open, and sockets that were refused."""

    @property
    def unread_bytes(self) -> int:
        """Output in the buffers of all sockets."""

    @property
    def latency(self) -> Latency:
        """How long things take."""


class _Metrics(Collector):
    """Figures of the gateway and its hub at the moment of the scrape."""

    def __init__(self, server: Observed) -> None:
        self._server = server

    def collect(self) -> Iterator[Metric]:
        server = self._server
        yield GaugeMetricFamily("pyengine_up", "Whether orders are taken.", float(server.healthy))
        build = {"semantics": str(SEMANTICS_VERSION), "build": "debug" if DEBUG_BUILD else "release"}
        yield InfoMetricFamily("pyengine_build", "What runs.", value=build)
        yield GaugeMetricFamily("pyengine_gateway_sessions", "Open sessions.", server.shared.sessions)
        stats = server.hub.stats()
        errors = server.shared.errors_sent + stats.pop("errors_total")
        yield CounterMetricFamily("pyengine_gateway_errors", "Error messages sent.", errors)
        yield CounterMetricFamily("pyengine_gateway_slow_consumers", "Sessions dropped.", server.slow_consumers)
        yield GaugeMetricFamily("pyengine_gateway_unread_bytes", "Output in sockets' buffers.", server.unread_bytes)
        opened = GaugeMetricFamily("pyengine_gateway_sockets", "Open sockets.", labels=["port"])
        refused = CounterMetricFamily("pyengine_gateway_refused_sockets", "Sockets refused.", labels=["port"])
        for port, (open_now, refused_so_far) in server.sockets.items():
            opened.add_metric([port], open_now)
            refused.add_metric([port], refused_so_far)
        yield opened
        yield refused
        yield GaugeMetricFamily("pyengine_engine_sequence", "Last applied command.", server.hub.sequence)
        yield GaugeMetricFamily("pyengine_durable_sequence", "Last durable command.", server.hub.durable_sequence)
        assets, instruments, accounts, open_orders = server.hub.counts()
        yield GaugeMetricFamily("pyengine_assets", "Listed assets.", assets)
        yield GaugeMetricFamily("pyengine_instruments", "Listed instruments.", instruments)
        yield GaugeMetricFamily("pyengine_accounts", "Accounts.", accounts)
        yield GaugeMetricFamily("pyengine_open_orders", "Open orders.", open_orders)
        yield from self._disk()
        yield from self._journal()
        yield from self._told()
        for name, value in stats.items():
            family = CounterMetricFamily if name.endswith(COUNTER_SUFFIX) else GaugeMetricFamily
            yield family(f"pyengine_hub_{name.removesuffix(COUNTER_SUFFIX)}", f"Hub: {name}.", value)

    def _disk(self) -> Iterator[Metric]:
        """Nothing of a venue without a journal, or before the first look."""
        usage = self._server.disk.usage
        if usage is not None:
            yield GaugeMetricFamily("pyengine_journal_bytes", "Of the disk, taken by segments.", usage.journal_bytes)
            yield GaugeMetricFamily("pyengine_journal_segments", "Segments of the journal.", usage.segments)
            yield GaugeMetricFamily("pyengine_snapshot_bytes", "Of the disk, taken by snapshots.", usage.snapshot_bytes)
            yield GaugeMetricFamily("pyengine_snapshots", "Snapshots of the journal.", usage.snapshots)
            yield GaugeMetricFamily("pyengine_disk_free_bytes", "Left of the journal's disk.", usage.free_bytes)

    def _journal(self) -> Iterator[Metric]:
        """What trading waits for; the stage `durable` has the way to the journal's thread and back besides."""
        times = self._server.hub.journal_times()
        if times is not None:
            writes, syncs = times
            yield counted("pyengine_journal_write_seconds", "A group's bytes are given to the kernel.", writes)
            yield counted("pyengine_journal_sync_seconds", "The disk is made to have what was written.", syncs)

    def _told(self) -> Iterator[Metric]:
        """What the engine has said, as far as it has been said at all: there are many kinds and instruments."""
        events, rejections, fills = self._server.hub.told()
        kinds = CounterMetricFamily("pyengine_events", "Events of the engine.", labels=["kind"])
        for kind in EventKind:
            if events[kind]:
                kinds.add_metric([kind.name.lower()], events[kind])
        reasons = CounterMetricFamily("pyengine_rejections", "Commands that changed nothing.", labels=["reason"])
        for code in RejectCode:
            if rejections[code]:
                reasons.add_metric([code.name.lower()], rejections[code])
        trades = CounterMetricFamily("pyengine_trades", "Trades.", labels=["instrument"])
        registry = self._server.shared.registry
        registry.refresh()
        for symbol, count in zip(registry.instrument_symbols, fills, strict=True):
            if count:
                trades.add_metric([symbol], count // FILLS_PER_TRADE)
        yield from (kinds, reasons, trades)


class Pages:
    """What the port serves."""

    def __init__(self, server: Observed) -> None:
        self._server = server
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(_Metrics(server))
        server.latency.register(self._registry)
        self._assets = page.assets()
        self._document = page.Document(server)

    def answer(self, head: bytes) -> bytes:
        """The response to a request."""
        try:
            request = http1.read_request(head)
            match request.path:
                case "/health":
                    return self._health()
                case "/metrics":
                    encoder, content_type = choose_encoder(request.headers.get("accept", ""))
                    return http1.response(HTTPStatus.OK, encoder(self._registry), {"Content-Type": content_type})
                case "/venue.json":
                    body = self._document.encoded(self._status, time.time_ns())
                    return self._of_page(body, "application/json")
                case path if path in self._assets:
                    return self._of_page(self._assets[path].content, self._assets[path].content_type)
            raise http1.Refusal(HTTPStatus.NOT_FOUND, "not found")
        except http1.Refusal as refusal:
            return refusal.answer()

    @property
    def _status(self) -> str:
        return "ok" if self._server.healthy else "stopping" if self._server.stopping else "failed"

    def _of_page(self, body: bytes, content_type: str) -> bytes:
        headers = {"Content-Type": content_type} | page.headers(self._server.admin_port)
        return http1.response(HTTPStatus.OK, body, headers)

    def _health(self) -> bytes:
        """200 while orders are taken, else 503; what is to be seen to before that ends is a warning."""
        server = self._server
        warnings = [] if server.disk.warning is None else [server.disk.warning]
        sequences = {"seq": server.hub.sequence, "durable_seq": server.hub.durable_sequence}
        body = msgspec.json.encode({"status": self._status, **sequences, "warnings": warnings})
        code = HTTPStatus.OK if server.healthy else HTTPStatus.SERVICE_UNAVAILABLE
        return http1.response(code, body, {"Content-Type": "application/json"})


class Visit(asyncio.Protocol):
    """One connection: reads a request's head, writes the answer, and ends."""

    def __init__(self, pages: Pages, place: Place) -> None:
        self._pages = pages
        self._place = place
        self._head = b""
        self._transport: asyncio.Transport
        self._timeout: asyncio.TimerHandle

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is open."""
        self._transport = transport = cast("asyncio.Transport", transport)  # uvloop's own has no such base
        self._place.take(transport.abort)
        self._timeout = asyncio.get_running_loop().call_later(REQUEST_TIMEOUT_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """A part of the request; what follows its head is ignored."""
        self._head += data
        head, end, _ = self._head.partition(http1.HEAD_END)
        if not end and len(self._head) <= http1.HEAD_BYTES_MAX:
            return
        self._transport.pause_reading()
        self._transport.write(self._pages.answer(head[: http1.HEAD_BYTES_MAX + 1]))
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is gone."""
        self._timeout.cancel()
        self._place.leave()
