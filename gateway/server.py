"""The server: listening ports, the rhythm of turns and commits, timeouts, the stop.

A turn: at most one read from each socket (`connection`), then one `_cycle`, which commits what the reads brought,
writes what has become durable (one write a session), and lets go on whoever had more to do. In each turn a session does
a bounded amount, and a port takes a bounded number of new sockets.

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
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

import uvloop

from gateway import http
from gateway.audit import AuditError, Trail
from gateway.connection import READ_BYTES, Connection
from gateway.disk import Disk
from gateway.framing import CloseCode
from gateway.history import HistoryProcess
from gateway.hub import Hub
from gateway.keys import Keys
from gateway.latency import Latency
from gateway.listing import seed
from gateway.past import Past
from gateway.session import Shared
from gateway.sockets import (
    Gate,
    GateLimits,
    Listener,
    Place,
    fit_descriptors,
    listening_sockets,
    open_descriptors,
    raise_descriptor_limit,
)
from gateway.trade_date import TradeDateRoll
from pyengine import _engine_core
from pyengine.config import ConfigError, ServerConfig, VenueConfig
from pyengine.errors import JournalError, JournalFailedError, JournalGenesisError

TICK_SECONDS_MAX: Final = 0.25  # resolution of the timeouts
PULSE_WAIT_SECONDS_MAX: Final = 1.0  # after a step of the clock, what is due is late by this at most
NANOSECONDS: Final = 1_000_000_000
ADMIN_PORT_OFFSET: Final = 2  # the admin port, if it is not given

log = logging.getLogger("gateway")


def configured_admin_port(server: ServerConfig) -> int:
    """Where the operator logs on; 0 if the system chooses."""
    if server.admin_port is not None:
        return server.admin_port
    return server.port + ADMIN_PORT_OFFSET if server.port else 0


class GatewayServer:
    """One venue's gateway on one event loop, over a hub that is open."""

    def __init__(self, config: VenueConfig, hub: Hub) -> None:
        """`NoDescriptorsError` if the process may not open enough files, `AuditError` if the trail does not go on."""
        self.config = config
        self.limits = fit_descriptors(config.limits, raise_descriptor_limit(), open_descriptors())
        """The configured limits, as far as the process can keep them."""
        self.hub = hub
        self.trail = Trail(Path(config.audit.directory) if config.audit is not None else None)
        self.shared = Shared(hub, Keys.of(hub, config), self.limits, self.trail)
        self.shared.past = Past(Path(config.history.store)) if config.history.enabled else None
        self.read_buffer = memoryview(bytearray(READ_BYTES))
        self.latency = Latency()
        self.disk = Disk(config.journal, config.history, lambda: hub.durable_sequence)
        self.slow_consumers = 0
        self.unread_bytes = 0
        """Output in the buffers of all sockets, as last looked at."""
        self.stopping = False
        self.failed: asyncio.Future[None] | None = None
        """Set to the exception when the journal fails."""
        self._connections: dict[Connection, None] = {}
        self._sessions: dict[int, Connection] = {}
        self._waiting: set[int] = set()
        self._going_on: dict[Connection, None] = {}
        self._scheduled = False
        self._progress = asyncio.Event()
        self._listeners: dict[str, Listener] = {}
        self._ticker: asyncio.TimerHandle | None = None
        self._pulse_timer: asyncio.TimerHandle | None = None
        self._trade_date = TradeDateRoll(hub, config.trade_date) if config.trade_date is not None else None

    @property
    def port(self) -> int:
        """The trading port in use."""
        return self._listeners["trading"].port

    @property
    def admin_port(self) -> int:
        """The admin port in use."""
        return self._listeners["admin"].port

    @property
    def has_tls(self) -> bool:
        """Whether trading and admin port speak TLS."""
        return bool(self.config.server.tls_certificate)

    @property
    def http_port(self) -> int:
        """The port of `/health` and `/metrics` in use."""
        return self._listeners["http"].port

    @property
    def sockets(self) -> dict[str, tuple[int, int]]:
        """Of each port: sockets that are open, and sockets that were refused."""
        gates = {name: listener.gate for name, listener in self._listeners.items()}
        return {name: (gate.occupied, gate.refused) for name, gate in gates.items()}

    @property
    def healthy(self) -> bool:
        """Whether orders are taken."""
        return not self.stopping and self.failed is not None and not self.failed.done()

    async def start(self) -> None:
        """Listens. `OSError` if an address is taken, `ConfigError` if the TLS files are unusable."""
        loop = asyncio.get_running_loop()
        self.failed = loop.create_future()
        try:
            await self._listen()
        except BaseException:
            self._stop_listening()
            raise
        if self.hub.fileno() >= 0:
            loop.add_reader(self.hub.fileno(), self._cycle)
        self.shared.note("started", time.time_ns(), seq=self.hub.sequence)
        self._tick()
        self.disk.start()
        self.schedule()  # for what became due while the venue was stopped

    async def _listen(self) -> None:
        server, limits = self.config.server, self.limits
        admin_port = configured_admin_port(server)
        context = _tls_context(server.tls_certificate, server.tls_private_key)
        pages = http.Pages(self)
        trading = GateLimits(limits.connections, limits.connections_before_logon, limits.connections_per_address)
        await self._listen_on(
            "trading", server.host, server.port, trading, lambda place: Connection(self, place, admin=False), context
        )
        await self._listen_on(
            "admin",
            server.admin_host,
            admin_port,
            GateLimits(*[limits.admin_connections] * 3),
            lambda place: Connection(self, place, admin=True),
            context,
        )
        await self._listen_on(
            "http",
            server.http_host,
            server.http_port,
            GateLimits(*[limits.http_connections] * 3),
            lambda place: http.Visit(pages, place),
            None,
        )

    async def _listen_on(
        self,
        name: str,
        host: str,
        port: int,
        limits: GateLimits,
        protocol: Callable[[Place], asyncio.BaseProtocol],
        context: ssl.SSLContext | None,
    ) -> None:
        with _named(host, port):
            sockets = await listening_sockets(host, port)
        timeout = self.limits.handshake_timeout_seconds
        self._listeners[name] = Listener(sockets, Gate(limits), protocol, context, timeout)

    async def stop(self, reason: str) -> None:
        """Graceful stop: refuse the new, announce, make durable, deliver, close. Bounded by `stop_timeout_seconds`."""
        if self.stopping:
            return
        self.stopping = True
        for name in ("trading", "admin"):
            if name in self._listeners:
                self._listeners[name].close()
        for connection in list(self._connections):
            connection.stop(reason)
        await self._until(self._durable)
        self._cycle()  # what became durable after the last cycle looked
        for connection in list(self._connections):
            connection.close(CloseCode.GOING_AWAY, reason)
        await self._until(lambda: not self._connections, whatever_failed=True)
        for connection in list(self._connections):
            connection.abort()
        # Cancels on disconnect may have come with the last connections.
        await self._until(lambda: not self._connections and self._durable())
        self._end_trail()
        await self.disk.stop()
        self._release()

    # connections

    def adopt(self, connection: Connection) -> None:
        """The connection is open."""
        self._connections[connection] = None

    def forget(self, connection: Connection) -> None:
        """The connection's socket is gone."""
        del self._connections[connection]
        self._going_on.pop(connection, None)
        session = connection.session
        if session is not None:
            self._sessions.pop(session.id, None)
            self._waiting.discard(session.id)
            try:
                session.ended(time.time_ns())
            except JournalFailedError as error:
                self.fail(error)
        self.schedule()
        self._progress.set()

    def opened(self, connection: Connection, session_id: int) -> None:
        """The connection has a session."""
        self._sessions[session_id] = connection

    def schedule(self) -> None:
        """Asks for a cycle at the end of this loop iteration."""
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._cycle)

    def go_on_later(self, connection: Connection) -> None:
        """The connection has had its turn, and more to do: after all others have had theirs."""
        self._going_on[connection] = None
        self.schedule()

    def roll_trade_date(self, now_ns: int) -> int | None:
        """Begins the trade date of this time, if it has come; returns when the next does, if the clock begins any."""
        return self._trade_date.roll(now_ns) if self._trade_date is not None else None

    def count_unread(self, change: int) -> None:
        """That many bytes more, or less, are in the sockets' buffers."""
        self.unread_bytes += change
        if change > 0 and self.unread_bytes > self.limits.unread_output_bytes:
            self._drop_worst()

    def fail(self, error: JournalFailedError | AuditError) -> None:
        """Journal or audit trail failed. Sticky: what it may have lost is not acknowledged, now or later."""
        assert self.failed is not None
        if self.failed.done():
            return
        self.failed.set_exception(error)
        what = "journal" if isinstance(error, JournalFailedError) else "audit trail"
        log.critical("the %s failed, nothing more is acknowledged: %s", what, error)
        for connection in list(self._connections):
            connection.close(CloseCode.JOURNAL_FAILED, f"the {what} failed")

    # the rhythm

    def _cycle(self) -> None:
        """Writes what has become durable, takes up input that waited for it, hands the next group to the journal.

        Whoever had more to do than one turn goes on, in the next iteration again if that was not enough: in between
        every socket is read once.
        """
        self._scheduled = False
        self._progress.set()
        if self.failed is None or self.failed.done():
            return
        try:
            self._deliver()
            self._take_up_waiting()
            going_on, self._going_on = self._going_on, {}
            for connection in going_on:
                connection.go_on()
            self._pulse()
            handed = self.hub.commit()
            self.latency.gathered(self.hub.sequence, time.perf_counter_ns(), handed=handed)
            self._deliver()
            self.trail.write(self.hub.durable_sequence)
        except (JournalFailedError, AuditError) as error:
            self.fail(error)

    def _pulse(self) -> None:
        """Gives the engine its time, and sees to it that there is a cycle when it wants the next: at once if it is due.

        The trade date rolls first: what ends with it is due then.

        At most every `PULSE_WAIT_SECONDS_MAX` it looks again: the clock that orders end by may be set.
        """
        now_ns = time.time_ns()
        rolls_ns = self.roll_trade_date(now_ns)
        due_ns = self.hub.pulse(now_ns)
        if rolls_ns is not None:
            due_ns = rolls_ns if due_ns is None else min(due_ns, rolls_ns)
        if self._pulse_timer is not None:
            self._pulse_timer.cancel()
            self._pulse_timer = None
        if due_ns is None:
            return
        if due_ns <= now_ns:
            self.schedule()
            return
        wait = min((due_ns - now_ns) / NANOSECONDS, PULSE_WAIT_SECONDS_MAX)
        self._pulse_timer = asyncio.get_running_loop().call_later(wait, self.schedule)

    def _deliver(self) -> None:
        began_ns, durable = time.perf_counter_ns(), self.hub.durable_sequence
        for session_id, output in self.hub.poll():
            connection = self._sessions.get(session_id)
            if connection is not None and connection.session is not None:
                connection.write(connection.session.frames(output))
        self.latency.published(durable, began_ns, time.perf_counter_ns())

    def _take_up_waiting(self) -> None:
        """Input that the hub kept back because the group was full. The next durable group wakes us for what remains."""
        before = self._waiting
        waiting = before.union(self.hub.backlog())
        if not waiting:
            return
        for session_id in waiting:
            if (connection := self._sessions.get(session_id)) is not None:
                connection.go_on()
        self._waiting = set(self.hub.backlog())
        for session_id in before ^ self._waiting:
            if (connection := self._sessions.get(session_id)) is not None:
                connection.wait_for_journal(session_id in self._waiting)

    def _drop_worst(self) -> None:
        """Too much output is unread in total: of the account that leaves most of it, the connection that does is ended.

        Now, because it is its memory that is needed; and again, until the rest fits.
        """
        self.unread_bytes = 0
        for connection in self._connections:
            connection.look_at_unread(count=False)
            self.unread_bytes += connection.unread
        while self.unread_bytes > self.limits.unread_output_bytes:
            by_account: Counter[int | None] = Counter()
            for connection in self._connections:
                by_account[connection.account] += connection.unread
            worst = max(self._connections, key=lambda it: (by_account[it.account], it.unread))
            log.warning("unread output is over its limit: a session with %d bytes is dropped", worst.unread)
            self.slow_consumers += 1
            self.unread_bytes -= worst.unread
            worst.unread = 0
            worst.abort()

    def _tick(self) -> None:
        now = time.monotonic()
        for connection in list(self._connections):
            connection.tick(now)
        self.shared.look_at_keys(time.time_ns())
        limits = self.limits
        shortest = min(limits.logon_timeout_seconds, limits.handshake_timeout_seconds, limits.ping_interval_seconds)
        self._ticker = asyncio.get_running_loop().call_later(min(TICK_SECONDS_MAX, shortest / 4), self._tick)

    # stopping

    def _durable(self) -> bool:
        """Everything received was applied, and everything applied is durable."""
        return self.hub.durable_sequence == self.hub.sequence and not self._waiting

    async def _until(self, condition: Callable[[], bool], *, whatever_failed: bool = False) -> None:
        """Waits for a cycle after which the condition holds, but not over the stop timeout, nor, unless
        `whatever_failed`, for a failed journal."""
        self.schedule()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.limits.stop_timeout_seconds):
                while True:
                    self._progress.clear()
                    await self._progress.wait()
                    has_failed = self.failed is not None and self.failed.done()
                    if condition() or (has_failed and not whatever_failed):
                        return

    def _release(self) -> None:
        for timer in (self._ticker, self._pulse_timer):
            if timer is not None:
                timer.cancel()
        if self.hub.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self.hub.fileno())
        self._stop_listening()

    def _end_trail(self) -> None:
        """If it failed, that is why the server stops, and what it may not say any more is nothing that happened."""
        try:
            self.shared.note("stopped", time.time_ns(), seq=self.hub.sequence)
            self.trail.write(self.hub.durable_sequence)
            self.trail.close()
        except AuditError as error:
            log.error("the audit trail was not ended: %s", error)

    def _stop_listening(self) -> None:
        for listener in self._listeners.values():
            listener.close()


def open_hub(config: VenueConfig) -> Hub:
    """Opens and recovers the journal; a new venue is seeded from the configuration.

    `JournalBusyError`, `JournalCorruptError`, `JournalVersionError`, or `ConfigError` if the two contradict each other.
    """
    journal = config.journal
    try:
        hub = _engine_core.Hub(
            None if journal.durability == "off" else journal.directory,
            durability="async" if journal.durability == "off" else journal.durability,
            segment_bytes=journal.segment_bytes,
            max_in_flight=config.limits.max_in_flight,
            replay_accounts=sorted({key.account for key in config.keys}),  # of a venue that has no keys yet
            unread_output_bytes=config.limits.unread_output_bytes,
            shard=config.venue.shard,
            max_open_orders=config.venue.max_open_orders,
        )
    except JournalGenesisError as error:
        raise ConfigError(f"$.venue: {error}") from error
    try:
        seed(hub, Keys.of(hub, config), config, time.time_ns())
    except BaseException:
        hub.close()
        raise
    return hub


class Stopped(NamedTuple):
    """What a clean stop left. Everything up to `sequence` is in the journal in any case."""

    sequence: int
    snapshot: Path | None
    """Read back and found to be the state after `sequence`: the next release can start from it."""
    problem: str | None
    """Why there is none; neither this nor a snapshot if there is nothing to keep."""


async def serve(
    config: VenueConfig,
    *,
    on_ready: Callable[[GatewayServer], None] | None = None,
    on_stopped: Callable[[Stopped], None] | None = None,
) -> None:
    """Serves until SIGINT or SIGTERM, then stops gracefully. `JournalFailedError` if the journal fails."""
    if is_first_start(config):
        await _require_startable(config)
    hub = open_hub(config)
    server = GatewayServer(config, hub)
    history = HistoryProcess(config.journal.directory, config.history.store) if config.history.enabled else None
    try:
        await server.start()
        assert server.failed is not None
        asked = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, asked.set)
        if on_ready is not None:
            on_ready(server)
        if history is not None:
            history.start()
        waiter = asyncio.ensure_future(asked.wait())
        await asyncio.wait((waiter, server.failed), return_when=asyncio.FIRST_COMPLETED)
        waiter.cancel()
        if server.failed.done():
            await server.failed
    finally:
        await server.stop("the server stops")
        with suppress(JournalError):  # a failure is already on its way out
            stopped = _close(hub)
            if on_stopped is not None:
                on_stopped(stopped)
        if history is not None:
            await history.stop()


def is_first_start(config: VenueConfig) -> bool:
    """Whether there is no journal yet."""
    return not any(Path(config.journal.directory).glob("journal-*.log"))


async def _require_startable(config: VenueConfig) -> None:
    """`OSError` or `ConfigError` as of `start`. What is seeded stays: a venue that can not listen is not to be."""
    server = config.server
    _tls_context(server.tls_certificate, server.tls_private_key)
    for host, port in (
        (server.host, server.port),
        (server.admin_host, configured_admin_port(server)),
        (server.http_host, server.http_port),
    ):
        with _named(host, port):
            for listener in await listening_sockets(host, port):
                listener.close()


def _close(hub: Hub) -> Stopped:
    sequence = hub.sequence
    stopped = Stopped(sequence, *hub.close())
    if stopped.problem is not None:
        log.warning("no snapshot of sequence %d was left, the journal is whole: %s", sequence, stopped.problem)
    return stopped


def run(
    config: VenueConfig,
    *,
    on_ready: Callable[[GatewayServer], None] | None = None,
    on_stopped: Callable[[Stopped], None] | None = None,
) -> None:
    """`serve` on a uvloop event loop of its own."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(config, on_ready=on_ready, on_stopped=on_stopped))


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
