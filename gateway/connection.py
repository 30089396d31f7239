"""One client's socket, from its acceptance to its end: the upgrade, then a session's bytes.

A turn of the event loop takes at most one read of `READ_BYTES` from each socket, into one buffer that all share, and
carries out at most one turn of each session. What is left waits, and its socket is not read, until the others have had
their turn. So a client's own backlog is in its own socket, and costs nobody else anything.

It decides nothing about messages (that is `session`), knows no other connection, and writes only what it is given.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from enum import Flag, auto
from http import HTTPStatus
from typing import Final, Protocol, cast

from gateway import http1
from gateway.framing import CloseCode
from gateway.latency import Latency
from gateway.schemas import CHALLENGE_BYTES, Reply
from gateway.session import Session, Shared
from gateway.sockets import Place
from pyengine.config import LimitsConfig
from pyengine.errors import JournalFailedError

READ_BYTES: Final = 64 * 1024  # some four hundred orders: about a millisecond of one turn
# Above this a client does not read what it causes: its own input waits, long before it counts as a slow consumer.
WRITE_HIGH_WATER_BYTES: Final = 256 * 1024
# What is read, and not looked at, of a client that has been told the end, until it ends its side.
LINGER_BYTES: Final = 16 * READ_BYTES
LINGER_SECONDS: Final = 1.0

log = logging.getLogger("gateway")


class Keeper(Protocol):
    """What a connection needs of the server that keeps it."""

    shared: Shared
    limits: LimitsConfig
    slow_consumers: int
    stopping: bool
    read_buffer: memoryview
    """`READ_BYTES` that are anybody's within one read."""

    @property
    def healthy(self) -> bool:
        """Whether orders are taken."""

    def adopt(self, connection: "Connection") -> None:
        """The connection is open."""

    def forget(self, connection: "Connection") -> None:
        """The connection's socket is gone."""

    def schedule(self) -> None:
        """Asks for a cycle at the end of this loop iteration."""

    def opened(self, connection: "Connection", session_id: int) -> None:
        """The connection has a session."""

    def go_on_later(self, connection: "Connection") -> None:
        """The connection has had its turn, and more to do."""

    def roll_trade_date(self, now_ns: int) -> int | None:
        """Begins the trade date of this time, if it has come."""

    def count_unread(self, change: int) -> None:
        """That many bytes more, or less, are in the sockets' buffers."""

    @property
    def latency(self) -> Latency:
        """How long things take."""

    def fail(self, error: JournalFailedError) -> None:
        """The journal failed."""


class Paused(Flag):
    """Why nothing is read from a socket."""

    NOT = 0
    WRITING = auto()
    """The client does not read, so neither do we."""
    JOURNAL = auto()
    """Its input waits for room in the journal: reading more would only pile it up."""
    TURN = auto()
    """It has had its turn."""
    STOPPING = auto()


class Connection(asyncio.BufferedProtocol):
    """One socket of the trading port or the admin port."""

    def __init__(self, keeper: Keeper, place: Place, *, admin: bool) -> None:
        self._keeper = keeper
        self._place = place
        self._admin = admin
        self._transport: asyncio.Transport
        self._head = b""  # of the request for an upgrade, as far as it has come
        self.session: Session | None = None
        """From the upgrade on."""
        self.peer = ("", 0)
        """Address and port of the client."""
        self.since_ns = 0
        """When the connection was opened, in nanoseconds since the Unix epoch."""
        self.unread = 0
        """Bytes in the socket's buffer when it was last looked at."""
        now = time.monotonic()
        self._since = now  # acceptance, then upgrade
        self._heard = now
        self._pinged = False
        self._paused = Paused.NOT
        self._write_paused_since = 0.0
        self._closing = False
        self._aborted = False
        self._waited_for: set[asyncio.Task[None]] = set()  # an event loop alone would lose them
        self._ignored = 0  # bytes that came after the end

    @property
    def account(self) -> int | None:
        """Whose session it is, once logged on."""
        return self.session.key.account if self.session is not None and self.session.key is not None else None

    # asyncio.BufferedProtocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is open, and TLS is established."""
        self._transport = transport = cast("asyncio.Transport", transport)  # uvloop's own has no such base
        self.peer = transport.get_extra_info("peername", self.peer)[:2]
        self.since_ns = time.time_ns()
        self._place.take(self.crowded_out)
        transport.set_write_buffer_limits(high=WRITE_HIGH_WATER_BYTES)
        self._keeper.adopt(self)
        if self._keeper.stopping:
            self.abort()

    def get_buffer(self, sizehint: int) -> memoryview:
        """One for all: what was read is taken out of it at once."""
        return self._keeper.read_buffer

    def buffer_updated(self, nbytes: int) -> None:
        """A chunk of the upgrade's request, or of frames."""
        data = bytes(self._keeper.read_buffer[:nbytes])
        self._heard = time.monotonic()
        self._pinged = False
        if nbytes == READ_BYTES:  # there may be more, and the event loop would go on reading it
            self._pause(Paused.TURN)
            self._keeper.go_on_later(self)
        if self._closing:
            self._ignore(nbytes)
        elif self.session is None:
            self._receive_head(data)
        else:
            self._receive(self.session, data)
        self._keeper.schedule()

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is gone, whoever ended it."""
        self._closing = self._aborted = True
        self._keeper.count_unread(-self.unread)
        self.unread = 0
        self._place.leave()
        self._keeper.forget(self)

    def pause_writing(self) -> None:
        """The client does not read: neither do we."""
        self._write_paused_since = time.monotonic()
        self._pause(Paused.WRITING)

    def resume_writing(self) -> None:
        """The client reads again."""
        self.look_at_unread()
        self._resume(Paused.WRITING)

    # the keeper's side

    def go_on(self) -> None:
        """The next turn: with what was kept back, and then with what the socket has."""
        self._resume(Paused.TURN)
        if self.session is not None and not self._closing:
            self._receive(self.session, b"")

    def wait_for_journal(self, waits: bool) -> None:
        """Whether the hub has input of this session that waits for the journal."""
        if waits:
            self._pause(Paused.JOURNAL)
        else:
            self._resume(Paused.JOURNAL)

    def write(self, data: bytes) -> None:
        """Durable output. Over the bound the client is dropped as a slow consumer; nothing is written after that."""
        if self._closing or self.session is None:
            return
        limit = self._keeper.limits.write_buffer_bytes
        if data and self.look_at_unread() + len(data) > limit:
            self._keeper.slow_consumers += 1
            self.session.close(CloseCode.SLOW_CONSUMER, f"slow consumer: over {limit} bytes unread")
        elif data:
            self._transport.write(data)
            self.look_at_unread()
        self.flush()

    def look_at_unread(self, *, count: bool = True) -> int:
        """Bytes in the socket's buffer now; made known to the keeper, unless that is who looks."""
        before, self.unread = self.unread, 0 if self._aborted else self._transport.get_write_buffer_size()
        if count:
            self._keeper.count_unread(self.unread - before)
        return self.unread

    def flush(self) -> None:
        """Writes what waits for nothing, and closes if the session says so."""
        if self._closing or self.session is None:
            return
        if data := self.session.take_direct():
            self._transport.write(data)
        if self.session.closing is not None:
            log.info("session %d closed: %s", self.session.id, self.session.closing)
            self._end()

    def close(self, code: int, reason: str) -> None:
        """Ends the connection after what is already written."""
        if self.session is not None:
            self.session.close(code, reason)
            self.flush()
        elif not self._closing:
            self._end()

    def later(self, work: Callable[[], Reply], done: Callable[[Reply], None]) -> None:
        """Does work that waits for a disk, on another thread; `done` gets what came of it, on this one."""

        async def doing() -> None:
            done(await asyncio.to_thread(work))
            self.flush()
            self._keeper.schedule()

        task = asyncio.get_running_loop().create_task(doing())
        self._waited_for.add(task)
        task.add_done_callback(self._waited_for.discard)

    def crowded_out(self) -> None:
        """Ends the connection, which has not logged on, because another needs its place: now, whatever it has read."""
        self.close(CloseCode.CROWDED_OUT, "others needed the place, and no logon had come")
        asyncio.get_running_loop().call_soon(self.abort)  # when the close frame is written

    def abort(self) -> None:
        """Ends the connection now."""
        self._closing = self._aborted = True
        self._transport.abort()

    def stop(self, reason: str) -> None:
        """Takes nothing more from the client, and tells it."""
        if self._closing:  # and it knows why, or is about to read it
            return
        self._pause(Paused.STOPPING)
        if self.session is not None:
            self.session.announce_shutdown(reason)
        else:
            self.close(CloseCode.GOING_AWAY, reason)

    def tick(self, now: float) -> None:
        """Timeouts."""
        if self._closing:
            return
        limits = self._keeper.limits
        if self.session is None:
            if now - self._since > limits.handshake_timeout_seconds:
                self.abort()
        elif self.session.key is None and now - self._since > limits.logon_timeout_seconds:
            self.close(CloseCode.LOGON_TIMEOUT, f"no logon within {limits.logon_timeout_seconds:g} s")
        elif Paused.WRITING in self._paused:
            if now - self._write_paused_since > limits.idle_timeout_seconds:
                self._keeper.slow_consumers += 1
                self.close(CloseCode.SLOW_CONSUMER, f"slow consumer: not read for {limits.idle_timeout_seconds:g} s")
        elif self._paused:
            self._heard = now  # nothing can be heard while nothing is read
        else:
            self._check_silence(self.session, now - self._heard, limits)

    # inside

    def _check_silence(self, session: Session, silent: float, limits: LimitsConfig) -> None:
        if silent > limits.idle_timeout_seconds:
            self.close(CloseCode.IDLE, f"silent for {limits.idle_timeout_seconds:g} s")
        elif silent > limits.ping_interval_seconds and not self._pinged:
            self._pinged = True
            session.ping()
            self.flush()

    def _receive_head(self, data: bytes) -> None:
        """The request for an upgrade, as far as it has come."""
        self._head += data
        head, end, behind = self._head.partition(http1.HEAD_END)
        if not end:
            if len(self._head) > http1.HEAD_BYTES_MAX:
                self._refuse(http1.Refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "too long a request"))
            return
        self._head = b""
        try:
            answer = self._route(http1.read_request(head))
        except http1.Refusal as refusal:
            self._refuse(refusal)
            return
        self._transport.write(answer)
        self._since = time.monotonic()
        challenge = secrets.token_hex(CHALLENGE_BYTES)
        self.session = Session(self._keeper.shared, challenge, self, admin=self._admin)
        self._keeper.opened(self, self.session.id)
        if behind:
            # RFC 6455, section 4.1: the client waits for the answer before it sends.
            self.session.close(CloseCode.PROTOCOL_ERROR, "data before the handshake's answer")
        self.flush()

    def _route(self, request: http1.Request) -> bytes:
        if request.path != "/":
            raise http1.Refusal(HTTPStatus.NOT_FOUND, "not found")
        answer = http1.upgraded(request)
        if not self._keeper.healthy:
            raise http1.Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "no orders are taken")
        return answer

    def _refuse(self, refusal: http1.Refusal) -> None:
        self._transport.write(refusal.answer())
        self._end()

    def _receive(self, session: Session, data: bytes) -> None:
        """One turn of the session."""
        try:
            now_ns = time.time_ns()
            self._keeper.roll_trade_date(now_ns)  # what comes at the time of the roll belongs to the new date
            began_ns = time.perf_counter_ns()
            more = session.receive(data, now_ns)
            self._keeper.latency.applied(began_ns, time.perf_counter_ns())
            if more:
                self._pause(Paused.TURN)
                self._keeper.go_on_later(self)
        except JournalFailedError as error:
            self._keeper.fail(error)
        if session.key is not None:
            self._place.settle()
        self.flush()

    def _end(self) -> None:
        """Ends our side, and the socket when the client has ended its own.

        A socket that is closed while input comes answers it with a reset, which takes from the client what it has not
        read yet: why it was closed, and answers before that.
        """
        self._closing = True
        loop = asyncio.get_running_loop()
        # A client that never reads would keep a closing transport, and its buffer, for ever.
        loop.call_later(self._keeper.limits.stop_timeout_seconds, self.abort)
        if not self._transport.can_write_eof():  # TLS
            self._transport.close()
            return
        self._transport.write_eof()
        if self._paused:
            self._resume(self._paused)
        loop.call_later(LINGER_SECONDS, self._stop_lingering)

    def _ignore(self, nbytes: int) -> None:
        self._ignored += nbytes
        if self._ignored > LINGER_BYTES:
            self._stop_lingering()

    def _stop_lingering(self) -> None:
        """The client had its time. What it has not read yet is still for it, until the stop timeout."""
        self._transport.close()

    def _pause(self, why: Paused) -> None:
        if not self._paused and not self._transport.is_closing():
            self._transport.pause_reading()
        self._paused |= why

    def _resume(self, why: Paused) -> None:
        if why not in self._paused:
            return
        self._paused &= ~why
        if not self._paused and not self._transport.is_closing():
            self._heard = time.monotonic()
            self._transport.resume_reading()
