"""An asyncio client of the gateway, as a market maker would use it.

Requests are awaited and resolved by `ref`; every report of the account reaches `on_report` (and `reports()`) exactly
once and in order, across reconnects: a gap is filled by `replay`, or, where the server no longer reaches back, bridged
by fresh snapshots (`on_snapshot`). Books are mirrored, verified and resynchronised. After a lost connection unanswered
orders that have a client order id are placed again under it, and queries are asked again; any other unanswered request
fails with `OutcomeUnknownError`, because nobody can know without looking.

It never retries what the venue refused, and it keeps no balances of its own.
"""

import asyncio
import itertools
import logging
import secrets
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Final, Self, TypeVar

import msgspec
import picows

from gateway import schemas
from gateway.auth import Signer, signed_logon
from gateway.book import BookGapError, BookMirror
from gateway.schemas import Book, Delta, Report

MAX_FRAME_BYTES: Final = 64 << 20  # a whole book in one message
REPORT_QUEUE: Final = 65_536  # a reader of `reports()` further behind than this has stopped reading
PENDING_REPORTS: Final = 1 << 20  # live reports kept while older ones are replayed
RECONNECT_SECONDS_MIN: Final = 0.05
RECONNECT_SECONDS_MAX: Final = 2.0
PING_SECONDS: Final = 5.0

log = logging.getLogger("gateway.client")

ReplyT = TypeVar("ReplyT", bound=schemas.Reply)
_REJECTED: Final = "rejected"
_REFUSED_FOR_NOW: Final = ("too_many_sessions", "rate_limited")
_IDEMPOTENT: Final = (
    schemas.Ping,
    schemas.Subscribe,
    schemas.Unsubscribe,
    schemas.GetInstruments,
    schemas.GetBalances,
    schemas.GetOrders,
    schemas.AdminStatus,
)


class ClientError(Exception):
    """Root of the client's exceptions."""


class LogonRefusedError(ClientError):
    """The venue refused the logon; `code` is the protocol's error code. Retried only if it is for want of a place."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class RequestError(ClientError):
    """The venue did not carry the request out: an `error` message."""

    def __init__(self, error: schemas.Error) -> None:
        super().__init__(f"{error.code}: {error.message}")
        self.code = error.code


class OrderRejectedError(ClientError):
    """The engine rejected the command: a `rejected` report."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.reason)
        self.reason = report.reason
        self.report = report


class ConnectionClosedError(ClientError):
    """There is no connection, and none will be made."""


class OutcomeUnknownError(ClientError):
    """The connection was lost before the answer, and the request cannot safely be repeated."""


class ReportsOverflowError(ClientError):
    """The reader of `reports()` fell more than `REPORT_QUEUE` reports behind."""


class WrongVenueError(ClientError):
    """The server knows fewer reports than this client has seen: it is another venue, or has lost its journal."""


class _Link(picows.WSListener):
    """One connection: frames to the client, and its end."""

    def __init__(self, client: "Client") -> None:
        self._client = client
        self.closed = asyncio.get_running_loop().create_future()
        self.challenge: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def on_ws_frame(self, transport: picows.WSTransport, frame: picows.WSFrame) -> None:
        match frame.msg_type:
            case picows.WSMsgType.BINARY | picows.WSMsgType.TEXT:
                text = frame.msg_type == picows.WSMsgType.TEXT
                message = schemas.decode_reply(frame.get_payload_as_bytes(), text=text)
                if not isinstance(message, schemas.Challenge):
                    self._client._received(message)
                elif not self.challenge.done():
                    self.challenge.set_result(message.challenge)
            case picows.WSMsgType.CLOSE:
                code = int(frame.get_close_code().value)
                self._client._close_reason = f"{code} {frame.get_close_reason() or ''}".strip()
                transport.disconnect()

    def on_ws_disconnected(self, transport: picows.WSTransport) -> None:
        if not self.closed.done():
            self.closed.set_result(None)


class Client:
    """A session that outlives its connections. Use as `async with Client(...) as client`.

    `on_report`, `on_snapshot(orders, balances)` and `on_market_data` are called on the event loop and must not block.
    """

    def __init__(
        self,
        url: str,
        key: str,
        signer: Signer,
        *,
        text: bool = False,
        ssl_context: ssl.SSLContext | None = None,
        cancel_on_disconnect: bool = False,
        reconnect: bool = True,
        account_seq: int | None = None,
        on_report: Callable[[Report], None] | None = None,
        on_snapshot: Callable[[list[schemas.OrderInfo], schemas.Balances], None] | None = None,
        on_market_data: Callable[[Book | Delta | schemas.Trade | schemas.Bbo | schemas.Balance], None] | None = None,
    ) -> None:
        """`account_seq` is the last report already known from an earlier run; None begins with the present."""
        self._url = url
        self._key = key
        self._signer = signer
        self._text = text
        self._ssl_context = ssl_context
        self._cancel_on_disconnect = cancel_on_disconnect
        self._reconnect = reconnect
        self._on_report = on_report
        self._on_snapshot = on_snapshot
        self._on_market_data = on_market_data
        self.account_seq = account_seq
        """The last report delivered; None before the first logon."""
        self.session: schemas.LoggedOn | None = None
        """The present connection's `logged_on`."""
        self.books: dict[str, BookMirror] = {}
        self._refs = itertools.count(1)
        self._pending: dict[int, tuple[schemas.Request, asyncio.Future[schemas.Reply]]] = {}
        self._early: dict[int, Report] = {}
        self._recovering = False
        self._subscriptions: set[tuple[schemas.Channel, str]] = set()
        self._queue: asyncio.Queue[Report | None] | None = None
        self._transport: picows.WSTransport | None = None
        self._link: _Link | None = None
        self._runner: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self._ended: BaseException | None = None
        self._close_reason = ""
        self._shutdown = ""

    # life

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def connect(self) -> schemas.LoggedOn:
        """Connects and logs on. `OSError`, `picows.WSError` or `LogonRefusedError` if the first attempt fails."""
        await self._open()
        self._runner = asyncio.create_task(self._keep_connected())
        assert self.session is not None
        return self.session

    async def close(self) -> None:
        """Ends the session; unanswered requests fail."""
        if self._runner is not None:
            self._runner.cancel()
            with suppress(asyncio.CancelledError):
                await self._runner
        if self._transport is not None:
            self._transport.send_close(picows.WSCloseCode.OK)
            self._transport.disconnect()
        self._end(ConnectionClosedError("the client was closed"))

    @property
    def connected(self) -> bool:
        """Whether requests are sent at once."""
        return self._ready.is_set()

    async def wait_connected(self) -> None:
        """Waits until a connection is up and its gap is filled. `ConnectionClosedError` if there will be none."""
        self._check_open()
        await self._ready.wait()
        self._check_open()

    # trading

    async def place(
        self,
        instrument: str,
        side: schemas.Side,
        quantity: int = 0,
        price: int = 0,
        *,
        order_type: schemas.OrderType = "limit",
        time_in_force: schemas.TimeInForce = "gtc",
        notional: int = 0,
        stp: schemas.SelfTradePrevention = "newest",
        client_order_id: str = "",
    ) -> Report:
        """The `accepted` or `duplicate` report; fills follow as reports. `OrderRejectedError`, `RequestError`."""
        return await self.order(
            schemas.Place(
                ref=next(self._refs),
                client_order_id=client_order_id,
                instrument=instrument,
                side=side,
                type=order_type,
                time_in_force=time_in_force,
                price=price,
                quantity=quantity,
                notional=notional,
                stp=stp,
            )
        )

    async def cancel(self, order_id: int = 0, client_order_id: str = "") -> Report:
        """The `cancelled` report."""
        return await self.order(
            schemas.Cancel(ref=next(self._refs), order_id=order_id, client_order_id=client_order_id)
        )

    async def amend(self, price: int, quantity: int, order_id: int = 0, client_order_id: str = "") -> Report:
        """The `amended` report. `quantity` is the new total, filled lots included."""
        return await self.order(
            schemas.Amend(
                ref=next(self._refs),
                order_id=order_id,
                client_order_id=client_order_id,
                price=price,
                quantity=quantity,
            )
        )

    async def cancel_all(self, instrument: str = "") -> Report:
        """The `cancel_all_done` report, after those of the cancelled orders."""
        return await self.order(schemas.CancelAll(ref=next(self._refs), instrument=instrument))

    async def withdraw(self, asset: str, amount: int) -> Report:
        """The `withdrawal_requested` report."""
        return await self.order(schemas.Withdraw(ref=next(self._refs), asset=asset, amount=amount))

    async def order(self, request: schemas.Request) -> Report:
        """Sends a command that is answered by a report. Its `ref` must come from `next_ref`."""
        report = await self._request(request, Report)
        if report.kind == _REJECTED:
            raise OrderRejectedError(report)
        return report

    def next_ref(self) -> int:
        """A `ref` that this client has not used."""
        return next(self._refs)

    # queries

    async def instruments(self) -> schemas.Instruments:
        """What is listed."""
        return await self._request(schemas.GetInstruments(ref=next(self._refs)), schemas.Instruments)

    async def balances(self) -> schemas.Balances:
        """The account's balances."""
        return await self._request(schemas.GetBalances(ref=next(self._refs)), schemas.Balances)

    async def orders(self) -> schemas.Orders:
        """The account's open orders, all pages in one."""
        orders = await self._request(schemas.GetOrders(ref=next(self._refs)), schemas.Orders)
        while orders.more:
            request = schemas.GetOrders(ref=next(self._refs), after=orders.orders[-1].order_id)
            orders = _joined(orders, await self._request(request, schemas.Orders))
        return orders

    async def ping(self) -> None:
        """Returns when everything sent before was answered."""
        await self._request(schemas.Ping(ref=next(self._refs)), schemas.Pong)

    async def status(self) -> schemas.Status:
        """The engine's state, for a key with scope admin."""
        return await self._request(schemas.AdminStatus(ref=next(self._refs)), schemas.Status)

    async def admin(self, request: schemas.AdminRequest) -> schemas.Ok:
        """Carries out an administration request; its `ref` is set here."""
        return await self._request(msgspec.structs.replace(request, ref=next(self._refs)), schemas.Ok)

    # streams

    async def subscribe(self, channel: schemas.Channel, instrument: str = "") -> None:
        """Starts a channel, and starts it again after every reconnect. `book` keeps `books[instrument]`."""
        if channel == "book":
            self.books.setdefault(instrument, BookMirror(instrument))
        self._subscriptions.add((channel, instrument))
        request = schemas.Subscribe(ref=next(self._refs), channel=channel, instrument=instrument)
        try:
            await self._request(request, schemas.Ok)
        except RequestError:
            self._subscriptions.discard((channel, instrument))
            self.books.pop(instrument, None)
            raise

    async def unsubscribe(self, channel: schemas.Channel, instrument: str = "") -> None:
        """Ends a channel."""
        self._subscriptions.discard((channel, instrument))
        request = schemas.Unsubscribe(ref=next(self._refs), channel=channel, instrument=instrument)
        await self._request(request, schemas.Ok)
        if channel == "book":
            self.books.pop(instrument, None)

    async def reports(self) -> AsyncIterator[Report]:
        """Reports from now on, until the client is closed. One reader; `ReportsOverflowError` if it falls behind."""
        queue: asyncio.Queue[Report | None] = asyncio.Queue(REPORT_QUEUE)
        self._queue = queue
        try:
            while (report := await queue.get()) is not None:
                yield report
            if self._queue is not queue:
                raise ReportsOverflowError(f"more than {REPORT_QUEUE} reports were not read")
        finally:
            if self._queue is queue:
                self._queue = None

    # requests

    async def _request(self, request: schemas.Request, answer: type[ReplyT]) -> ReplyT:
        self._check_open()
        future: asyncio.Future[schemas.Reply] = asyncio.get_running_loop().create_future()
        self._pending[request.ref] = request, future
        try:
            if self._ready.is_set():
                self._send(request)
            reply = await future
        finally:
            self._pending.pop(request.ref, None)
        if isinstance(reply, schemas.Error):
            raise RequestError(reply)
        if not isinstance(reply, answer):
            raise ClientError(f"{type(request).__name__} was answered by {type(reply).__name__}")
        return reply

    def _send(self, request: schemas.Request) -> None:
        assert self._transport is not None
        kind = picows.WSMsgType.TEXT if self._text else picows.WSMsgType.BINARY
        self._transport.send(kind, schemas.encode(request, text=self._text))

    def _check_open(self) -> None:
        if self._ended is not None:
            raise self._ended

    # connections

    async def _open(self) -> None:
        """Connects, logs on, fills the gap, repeats what may be repeated and subscribes again."""
        self._close_reason = self._shutdown = ""
        transport, listener = await picows.ws_connect(
            lambda: _Link(self),
            self._url,
            ssl_context=self._ssl_context,
            enable_auto_ping=True,
            auto_ping_idle_timeout=PING_SECONDS,
            auto_ping_reply_timeout=PING_SECONDS,
            max_frame_size=MAX_FRAME_BYTES,
            logger_name="gateway.client",
            use_aiofastnet=False,
        )
        assert isinstance(listener, _Link)
        self._transport, self._link = transport, listener
        self._recovering = True
        try:
            await self._log_on()
            await self._fill_gap()
        except BaseException:
            transport.disconnect(graceful=False)
            raise
        self._recovering = False
        self._repeat_unanswered()
        for channel, instrument in sorted(self._subscriptions):
            self._send(schemas.Subscribe(ref=next(self._refs), channel=channel, instrument=instrument))
        self._ready.set()

    async def _log_on(self) -> None:
        assert self._link is not None
        await asyncio.wait((self._link.challenge, self._link.closed), return_when=asyncio.FIRST_COMPLETED)
        if not self._link.challenge.done():
            raise ConnectionError(f"the connection was closed: {self._close_reason or 'no reason given'}")
        challenge = self._link.challenge.result()
        logon = signed_logon(self._key, self._signer, challenge, cancel_on_disconnect=self._cancel_on_disconnect)
        logon.ref = next(self._refs)
        reply = await self._during_recovery(logon)
        if isinstance(reply, schemas.Error):
            raise LogonRefusedError(reply.code, reply.message)
        assert isinstance(reply, schemas.LoggedOn)
        self.session = reply

    async def _fill_gap(self) -> None:
        assert self.session is not None
        latest = self.session.account_seq
        if self.account_seq is None:
            self.account_seq = latest
        if latest < self.account_seq:
            raise WrongVenueError(f"the venue is at report {latest}, this client has seen {self.account_seq}")
        if latest > self.account_seq:
            replay = schemas.Replay(ref=next(self._refs), from_account_seq=self.account_seq + 1)
            reply = await self._during_recovery(replay)
            if not (isinstance(reply, schemas.Replayed) and reply.complete):
                await self._take_snapshots()
        self._deliver_early()

    async def _take_snapshots(self) -> None:
        orders = await self._during_recovery(schemas.GetOrders(ref=next(self._refs)))
        while isinstance(orders, schemas.Orders) and orders.more:
            request = schemas.GetOrders(ref=next(self._refs), after=orders.orders[-1].order_id)
            page = await self._during_recovery(request)
            orders = _joined(orders, page) if isinstance(page, schemas.Orders) else page
        balances = await self._during_recovery(schemas.GetBalances(ref=next(self._refs)))
        if not isinstance(orders, schemas.Orders) or not isinstance(balances, schemas.Balances):
            raise ClientError("the gap is too old to be replayed, and this key may not query")
        # Reports between the first page and the balances are delivered: they are in what came later already, but not in
        # what came before.
        self.account_seq = orders.account_seq
        if self._on_snapshot is not None:
            self._on_snapshot(orders.orders, balances)

    async def _during_recovery(self, request: schemas.Request) -> schemas.Reply:
        """Sends before the session is ready, and waits for the answer or the connection's end."""
        assert self._link is not None
        future: asyncio.Future[schemas.Reply] = asyncio.get_running_loop().create_future()
        self._pending[request.ref] = request, future
        try:
            self._send(request)
            await asyncio.wait((future, self._link.closed), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._pending.pop(request.ref, None)
        if not future.done():
            raise ConnectionError(f"the connection was closed: {self._close_reason or 'no reason given'}")
        return future.result()

    def _repeat_unanswered(self) -> None:
        """Sends what is waiting, in its old order: what was never sent, and of the unanswered what may be repeated."""
        for request, _ in list(self._pending.values()):
            self._send(request)

    def _fail_unrepeatable(self) -> None:
        for ref, (request, future) in list(self._pending.items()):
            if self._reconnect and _repeatable(request):
                continue
            del self._pending[ref]
            if not future.done():
                future.set_exception(OutcomeUnknownError(f"connection lost: {self._close_reason or 'no reason given'}"))

    async def _keep_connected(self) -> None:
        while True:
            assert self._link is not None
            await asyncio.shield(self._link.closed)
            self._ready.clear()
            self._transport = None
            self._early.clear()
            for book in self.books.values():
                book.forget()
            self._fail_unrepeatable()
            log.info("connection lost: %s", self._close_reason or "no reason given")
            if not self._reconnect:
                self._end(ConnectionClosedError(self._shutdown or self._close_reason or "connection lost"))
                return
            if not await self._reopen():
                return

    async def _reopen(self) -> bool:
        """Tries until a connection is up; False if the venue refuses this client for good."""
        for attempt in itertools.count():
            try:
                await self._open()
                return True
            except (LogonRefusedError, WrongVenueError) as error:
                # The session that was lost may hold its place until the venue has noticed.
                if not (isinstance(error, LogonRefusedError) and error.code in _REFUSED_FOR_NOW):
                    self._end(error)
                    return False
                log.info("reconnect refused: %s", error)
            except (OSError, picows.WSError, ClientError) as error:
                log.info("reconnect failed: %s", error)
            bound = min(RECONNECT_SECONDS_MAX, RECONNECT_SECONDS_MIN * 2 ** min(attempt, 10))
            await asyncio.sleep(bound * (0.5 + secrets.randbelow(500) / 1000))  # jitter: not all clients at once
        raise AssertionError("unreachable")

    def _end(self, error: BaseException) -> None:
        if self._ended is None:
            self._ended = error
        for _, future in self._pending.values():
            if not future.done():
                future.set_exception(error)
        self._pending.clear()
        self._ready.set()  # whoever waits for a connection is told
        if self._queue is not None:
            with suppress(asyncio.QueueFull):
                self._queue.put_nowait(None)

    # received messages

    def _received(self, message: schemas.AnyReply) -> None:
        match message:
            case schemas.Challenge():
                pass  # the connection's own affair
            case Report():
                if self._answers(message):
                    self._resolve(message.ref, message)
                self._take_report(message)
            case Book():
                self._update_book(message)
            case Delta():
                self._update_book(message)
            case schemas.Trade() | schemas.Bbo() | schemas.Balance():
                self._market_data(message)
            case schemas.Shutdown():
                self._shutdown = message.reason
                log.info("the venue stops: %s", message.reason)
            case _:
                self._resolve(message.ref, message)

    def _answers(self, report: Report) -> bool:
        """Whether this report is the command's answer: a cancel-all reports each order first."""
        request, _ = self._pending.get(report.ref, (None, None))
        return not (isinstance(request, schemas.CancelAll) and report.kind == "cancelled")

    def _resolve(self, ref: int, reply: schemas.Reply) -> None:
        entry = self._pending.get(ref) if ref else None
        if entry is not None and not entry[1].done():
            entry[1].set_result(reply)
        elif isinstance(reply, schemas.Error):
            log.warning("error without a waiting request: %s %s", reply.code, reply.message)

    def _take_report(self, report: Report) -> None:
        """Delivers each report once and in order. Ahead of order is only what comes live during a replay."""
        if self.account_seq is None or report.account_seq > self.account_seq + 1:
            if not self._recovering:
                self._disconnect(f"report {report.account_seq} follows {self.account_seq}")
            elif len(self._early) < PENDING_REPORTS:
                self._early[report.account_seq] = report
            else:
                self._disconnect(f"more than {PENDING_REPORTS} reports came during the replay")
            return
        if report.account_seq == self.account_seq + 1:
            self._deliver(report)
            self._deliver_early()

    def _deliver_early(self) -> None:
        assert self.account_seq is not None
        while (report := self._early.pop(self.account_seq + 1, None)) is not None:
            self._deliver(report)
        self._early = {seq: report for seq, report in self._early.items() if seq > self.account_seq}

    def _deliver(self, report: Report) -> None:
        self.account_seq = report.account_seq
        if self._recovering and report.kind == "accepted" and report.client_order_id:
            self._resolve_replayed(report)
        if self._queue is not None:
            try:
                self._queue.put_nowait(report)
            except asyncio.QueueFull:
                overflowed, self._queue = self._queue, None
                overflowed.get_nowait()
                overflowed.put_nowait(None)
        if self._on_report is not None:
            self._on_report(report)

    def _resolve_replayed(self, report: Report) -> None:
        """A replay says that an unanswered order was accepted: that is its answer, and it must not be placed again."""
        for ref, (request, future) in list(self._pending.items()):
            if isinstance(request, schemas.Place) and request.client_order_id == report.client_order_id:
                del self._pending[ref]
                if not future.done():
                    future.set_result(report)

    def _update_book(self, message: Book | Delta) -> None:
        book = self.books.get(message.instrument)
        if book is None or (isinstance(message, Delta) and book.seq is None):
            return  # unsubscribed meanwhile, or waiting for the snapshot after a gap
        try:
            book.snapshot(message) if isinstance(message, Book) else book.apply(message)
        except BookGapError as error:
            log.warning("book lost, subscribing again: %s", error)
            self._send(schemas.Subscribe(ref=next(self._refs), channel="book", instrument=message.instrument))
            return
        self._market_data(message)

    def _market_data(self, message: Book | Delta | schemas.Trade | schemas.Bbo | schemas.Balance) -> None:
        if self._on_market_data is not None:
            self._on_market_data(message)

    def _disconnect(self, reason: str) -> None:
        """Gives the connection up; `_keep_connected` makes a new one and fills the gap."""
        log.warning("disconnecting: %s", reason)
        self._close_reason = reason
        if self._transport is not None:
            self._transport.disconnect(graceful=False)


def _joined(first: schemas.Orders, page: schemas.Orders) -> schemas.Orders:
    """Pages as one answer, as of the first of them: what changed since then is still to be reported."""
    return msgspec.structs.replace(first, orders=[*first.orders, *page.orders], more=page.more)


def _repeatable(request: schemas.Request) -> bool:
    """Whether sending it twice does no more than sending it once."""
    if isinstance(request, schemas.Place):
        return bool(request.client_order_id)
    return isinstance(request, _IDEMPOTENT)
