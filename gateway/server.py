"""The shell around the session core: sockets, TLS, timers and the rhythm of commits.

picows answers the HTTP upgrade; then the socket is handed to `Connection`, a plain protocol that passes every received
chunk to its session whole, so that Python is paid once a read and not once a frame. One `_cycle` at the end of a loop
iteration commits what the iteration's reads brought and writes what has become durable, one write a session.

It decides nothing about messages (that is `session`) and never acknowledges anything itself (that is the hub). A failed
journal ends everything: nothing is acknowledged after it, each client is told, and `run` raises.
"""

import asyncio
import logging
import os
import signal
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Final

import picows
import uvloop

from gateway.auth import Authenticator
from gateway.framing import CloseCode
from gateway.http import start_http
from gateway.hub import Hub
from gateway.session import Session, Shared
from gateway.venue import bootstrap
from pyengine import _engine_core
from pyengine.config import ConfigError, VenueConfig
from pyengine.errors import JournalError, JournalFailedError

# Above this a client does not read what it causes: its own input waits, long before it counts as a slow consumer.
WRITE_HIGH_WATER_BYTES: Final = 256 * 1024
TICK_SECONDS_MAX: Final = 0.25  # resolution of the timeouts
HANDSHAKE_TIMEOUT_SECONDS: Final = 5.0
LISTEN_BACKLOG: Final = 1_024
WEBSOCKET_VERSION: Final = "13"  # RFC 6455; picows would also take drafts, whose frames differ
SEC_VERSION: Final = {"Sec-WebSocket-Version": WEBSOCKET_VERSION}

log = logging.getLogger("gateway")


class Connection(asyncio.Protocol):
    """One client's socket after the upgrade."""

    def __init__(self, server: "GatewayServer", transport: asyncio.Transport) -> None:
        self._server = server
        self._transport = transport
        self.session = Session(server.shared, time.time_ns())
        now = time.monotonic()
        self._opened = now
        self._heard = now
        self._pinged = False
        self._write_paused_since: float | None = None
        self._waits_for_journal = False
        self._closing = False
        transport.set_write_buffer_limits(high=WRITE_HIGH_WATER_BYTES)

    # asyncio.Protocol

    def data_received(self, data: bytes) -> None:
        """A chunk of frames."""
        self._heard = time.monotonic()
        self._pinged = False
        if not self._closing:
            self.go_on(data)
            self._server.schedule()

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is gone, whoever ended it."""
        self._server.forget(self)

    def pause_writing(self) -> None:
        """The client does not read: neither do we."""
        self._write_paused_since = time.monotonic()
        self._update_reading()

    def resume_writing(self) -> None:
        """The client reads again."""
        self._write_paused_since = None
        self._update_reading()

    # the server's side

    def go_on(self, data: bytes = b"") -> None:
        """Passes a chunk, or what the hub kept back, to the session."""
        try:
            self.session.receive(data, time.time_ns())
        except JournalFailedError as error:
            self._server.fail(error)
        self.flush()

    def wait_for_journal(self, waits: bool) -> None:
        """The hub has input of this session that waits for the journal: reading more would only pile it up."""
        if waits != self._waits_for_journal:
            self._waits_for_journal = waits
            self._update_reading()

    def write(self, data: bytes) -> None:
        """Durable output. Over the bound the client is dropped as a slow consumer; nothing is written after that."""
        if self._closing:
            return
        limit = self._server.config.limits.write_buffer_bytes
        if data and self._transport.get_write_buffer_size() + len(data) > limit:
            self._server.slow_consumers += 1
            self.session.close(CloseCode.SLOW_CONSUMER, f"slow consumer: over {limit} bytes unread")
        elif data:
            self._transport.write(data)
        self.flush()

    def flush(self) -> None:
        """Writes what waits for nothing, and closes if the session says so."""
        if self._closing:
            return
        if data := self.session.take_direct():
            self._transport.write(data)
        if self.session.closing is not None:
            self._closing = True
            log.info("session %d closed: %s", self.session.id, self.session.closing)
            self._transport.close()
            # A client that never reads would keep a closing transport, and its buffer, for ever.
            asyncio.get_running_loop().call_later(self._server.config.limits.stop_timeout_seconds, self.abort)

    def close(self, code: int, reason: str) -> None:
        """Ends the connection after what is already written."""
        self.session.close(code, reason)
        self.flush()

    def abort(self) -> None:
        """Ends the connection now."""
        self._transport.abort()

    def pause(self) -> None:
        """Takes nothing more from the client."""
        self._transport.pause_reading()

    def tick(self, now: float) -> None:
        """Timeouts."""
        if self._closing:
            return
        limits = self._server.config.limits
        silent = now - self._heard
        if self.session.key is None and now - self._opened > limits.logon_timeout_seconds:
            self.close(CloseCode.LOGON_TIMEOUT, f"no logon within {limits.logon_timeout_seconds:g} s")
        elif self._write_paused_since is not None:
            if now - self._write_paused_since > limits.idle_timeout_seconds:
                self._server.slow_consumers += 1
                self.close(CloseCode.SLOW_CONSUMER, f"slow consumer: not read for {limits.idle_timeout_seconds:g} s")
        elif self._waits_for_journal:
            self._heard = now  # nothing can be heard while its reading is paused
        elif silent > limits.idle_timeout_seconds:
            self.close(CloseCode.IDLE, f"silent for {limits.idle_timeout_seconds:g} s")
        elif silent > limits.ping_interval_seconds and not self._pinged:
            self._pinged = True
            self.session.ping()
            self.flush()

    def _update_reading(self) -> None:
        if self._closing or self._transport.is_closing():
            return
        if self._write_paused_since is not None or self._waits_for_journal or self._server.stopping:
            self._transport.pause_reading()
        else:
            self._heard = time.monotonic()
            self._transport.resume_reading()


class _Upgrade(picows.WSListener):
    """Takes the socket away from picows as soon as the upgrade is answered."""

    def __init__(self, server: "GatewayServer") -> None:
        self._server = server
        self._connection: Connection | None = None

    def on_ws_connected(self, transport: picows.WSTransport) -> None:
        socket = transport.underlying_transport
        self._connection = self._server.adopt(socket)
        # uvloop picks its way of reading when reading starts: pause, exchange the protocol, resume.
        socket.pause_reading()
        socket.set_protocol(self._connection)
        socket.resume_reading()

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        # RFC 6455, section 4.1: the client waits for the answer before it sends. picows has taken these bytes with the
        # request, so they cannot be carried out in order. (Less than a frame is lost with picows: what follows then
        # fails as a frame.)
        assert self._connection is not None
        self._connection.close(CloseCode.PROTOCOL_ERROR, "data before the handshake's answer")


class GatewayServer:
    """One venue's gateway on one event loop, over an opened and bootstrapped hub."""

    def __init__(self, config: VenueConfig, hub: Hub) -> None:
        self.config = config
        self.hub = hub
        self.shared = Shared(hub, Authenticator(config.keys), config.limits)
        self.slow_consumers = 0
        self.stopping = False
        self.failed: asyncio.Future[None] | None = None
        """Set to the exception when the journal fails."""
        self._connections: dict[int, Connection] = {}
        self._waiting: set[int] = set()
        self._scheduled = False
        self._progress = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._http: asyncio.Server | None = None
        self._ticker: asyncio.TimerHandle | None = None

    @property
    def port(self) -> int:
        """The websocket port in use."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    @property
    def http_port(self) -> int:
        """The port of `/health` and `/metrics` in use."""
        assert self._http is not None
        return int(self._http.sockets[0].getsockname()[1])

    @property
    def healthy(self) -> bool:
        """Whether orders are taken."""
        return not self.stopping and self.failed is not None and not self.failed.done()

    async def start(self) -> None:
        """Listens. `OSError` if an address is taken, `ConfigError` if the TLS files are unusable."""
        loop = asyncio.get_running_loop()
        self.failed = loop.create_future()
        server = self.config.server
        context = _tls_context(server.tls_certificate, server.tls_private_key)
        with _named(server.host, server.port):
            self._server = await picows.ws_create_server(
                self._route,
                server.host,
                server.port,
                websocket_handshake_timeout=HANDSHAKE_TIMEOUT_SECONDS,
                logger_name="gateway",
                use_aiofastnet=False,
                backlog=LISTEN_BACKLOG,
                ssl=context,
            )
        with _named(server.http_host, server.http_port):
            self._http = await start_http(self, server.http_host, server.http_port)
        if self.hub.fileno() >= 0:
            loop.add_reader(self.hub.fileno(), self._cycle)
        self._tick()

    async def stop(self, reason: str) -> None:
        """Graceful stop: refuse the new, announce, make durable, deliver, close. Bounded by `stop_timeout_seconds`."""
        if self.stopping:
            return
        self.stopping = True
        if self._server is not None:
            self._server.close()
        for connection in list(self._connections.values()):
            connection.pause()
            connection.session.announce_shutdown(reason)
        await self._until(self._durable)
        self._cycle()  # what became durable after the last cycle looked
        for connection in list(self._connections.values()):
            connection.close(CloseCode.GOING_AWAY, reason)
        await self._until(lambda: not self._connections)
        for connection in list(self._connections.values()):
            connection.abort()
        # Cancels on disconnect may have come with the last connections.
        await self._until(lambda: not self._connections and self._durable())
        self._release()

    # connections

    def adopt(self, transport: asyncio.Transport) -> Connection:
        """A connection for an upgraded socket."""
        connection = Connection(self, transport)
        self._connections[connection.session.id] = connection
        return connection

    def forget(self, connection: Connection) -> None:
        """The connection's socket is gone."""
        if self._connections.pop(connection.session.id, None) is None:
            return
        self._waiting.discard(connection.session.id)
        try:
            connection.session.ended(time.time_ns())
        except JournalFailedError as error:
            self.fail(error)
        self.schedule()
        self._progress.set()

    def schedule(self) -> None:
        """Asks for a cycle at the end of this loop iteration."""
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._cycle)

    def fail(self, error: JournalFailedError) -> None:
        """The journal failed. Sticky: what it may have lost is not acknowledged, now or later."""
        assert self.failed is not None
        if self.failed.done():
            return
        self.failed.set_exception(error)
        log.critical("the journal failed, nothing more is acknowledged: %s", error)
        for connection in list(self._connections.values()):
            connection.close(CloseCode.JOURNAL_FAILED, "the journal failed")

    # the rhythm

    def _cycle(self) -> None:
        """Writes what has become durable, takes up input that waited for it, hands the next group to the journal."""
        self._scheduled = False
        self._progress.set()
        if self.failed is None or self.failed.done():
            return
        try:
            self._deliver()
            self._take_up_waiting()
            self.hub.commit()
            self._deliver()
        except JournalFailedError as error:
            self.fail(error)

    def _deliver(self) -> None:
        for session_id, output in self.hub.poll():
            connection = self._connections.get(session_id)
            if connection is not None:
                connection.write(connection.session.frames(output))

    def _take_up_waiting(self) -> None:
        """Input that the hub kept back because the group was full. The next durable group wakes us for what remains."""
        before = self._waiting
        waiting = before.union(self.hub.backlog())
        if not waiting:
            return
        for session_id in waiting:
            if (connection := self._connections.get(session_id)) is not None:
                connection.go_on()
        self._waiting = set(self.hub.backlog())
        for session_id in before ^ self._waiting:
            if (connection := self._connections.get(session_id)) is not None:
                connection.wait_for_journal(session_id in self._waiting)

    def _tick(self) -> None:
        now = time.monotonic()
        for connection in list(self._connections.values()):
            connection.tick(now)
        limits = self.config.limits
        interval = min(TICK_SECONDS_MAX, limits.logon_timeout_seconds / 4, limits.ping_interval_seconds / 4)
        self._ticker = asyncio.get_running_loop().call_later(interval, self._tick)

    # stopping

    def _durable(self) -> bool:
        """Everything received was applied, and everything applied is durable."""
        return self.hub.durable_sequence == self.hub.sequence and not self._waiting

    async def _until(self, condition: Callable[[], bool]) -> None:
        """Waits for a cycle after which the condition holds, but not over the stop timeout or for a failed journal."""
        self.schedule()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.config.limits.stop_timeout_seconds):
                while True:
                    self._progress.clear()
                    await self._progress.wait()
                    if condition() or (self.failed is not None and self.failed.done()):
                        return

    def _release(self) -> None:
        if self._ticker is not None:
            self._ticker.cancel()
        if self.hub.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self.hub.fileno())
        if self._http is not None:
            self._http.close()

    def _route(self, request: picows.WSUpgradeRequest) -> _Upgrade | picows.WSUpgradeResponseWithListener | None:
        if request.path != b"/":
            return None  # 404
        if request.headers.get("Sec-WebSocket-Version") != WEBSOCKET_VERSION:
            return _refusal(HTTPStatus.UPGRADE_REQUIRED, "only websocket version 13", SEC_VERSION)
        if not self.healthy:
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, "no orders are taken")
        if len(self._connections) >= self.config.limits.connections:
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, "too many connections")
        return _Upgrade(self)


def open_hub(config: VenueConfig) -> Hub:
    """Opens and recovers the journal, and brings the engine up to the configuration.

    `JournalBusyError`, `JournalCorruptError`, `JournalVersionError`, or `ConfigError` if the two contradict each other.
    """
    journal = config.journal
    hub = _engine_core.Hub(
        None if journal.durability == "off" else journal.directory,
        durability="async" if journal.durability == "off" else journal.durability,
        segment_bytes=journal.segment_bytes,
        max_in_flight=config.limits.max_in_flight,
        replay_accounts=sorted({key.account for key in config.keys}),
    )
    try:
        bootstrap(hub, config, time.time_ns())
    except BaseException:
        hub.close()
        raise
    return hub


async def serve(config: VenueConfig, *, on_ready: Callable[[GatewayServer], None] | None = None) -> None:
    """Serves until SIGINT or SIGTERM, then stops gracefully. `JournalFailedError` if the journal fails."""
    hub = open_hub(config)
    server = GatewayServer(config, hub)
    try:
        await server.start()
        assert server.failed is not None
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, asked.set)
        if on_ready is not None:
            on_ready(server)
        waiter = asyncio.ensure_future(asked.wait())
        await asyncio.wait((waiter, server.failed), return_when=asyncio.FIRST_COMPLETED)
        waiter.cancel()
        if server.failed.done():
            await server.failed
    finally:
        await server.stop("the server stops")
        with suppress(JournalError):  # a failure is already on its way out
            hub.close()


def run(config: VenueConfig, *, on_ready: Callable[[GatewayServer], None] | None = None) -> None:
    """`serve` on a uvloop event loop of its own."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(config, on_ready=on_ready))


def _refusal(
    status: HTTPStatus, reason: str, headers: dict[str, str] | None = None
) -> picows.WSUpgradeResponseWithListener:
    response = picows.WSUpgradeResponse.create_error_response(status, reason.encode(), headers)
    return picows.WSUpgradeResponseWithListener(response, None)


@contextmanager
def _named(host: str, port: int) -> Iterator[None]:
    """Gives the errors of an address that cannot be listened on the address as their file name."""
    try:
        yield
    except socket.gaierror as error:  # its numbers are not those of the operating system
        raise OSError(error.errno, error.strerror, f"{host}:{port}") from error
    except OSError as error:
        raise OSError(error.errno, os.strerror(error.errno or 0), f"{host}:{port}") from error


def _tls_context(certificate: str, private_key: str) -> ssl.SSLContext | None:
    if not certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    for key, path in (("tls_certificate", certificate), ("tls_private_key", private_key)):
        if not os.access(path, os.R_OK):  # the ssl module does not say which of the two it is
            raise ConfigError(f"$.server.{key}: {path} cannot be read")
    try:
        context.load_cert_chain(certificate, private_key)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(f"$.server.tls_certificate, $.server.tls_private_key: {error}") from error
    return context
