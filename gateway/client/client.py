"""What users call: awaited requests, streams and callbacks, over connections that come and go.

Requests are awaited and resolved by `ref`; every report of the account reaches `on_report` (and `reports()`) exactly
once and in order, across reconnects: a gap is filled by `replay`, or, where the server no longer reaches back, bridged
by fresh snapshots (`on_snapshot`). Books are mirrored, verified and resynchronised. After a lost connection unanswered
orders that have a client order id are placed again under it, money is moved again under its reference, of which every
request that moves money gets one if it has none, and queries are asked again; any other unanswered request fails with
`OutcomeUnknownError`, because nobody can know without looking. A request that has no answer after `request_seconds`
fails with `RequestTimeoutError`, and a connection on which nothing came meanwhile is given up. No more orders are sent
at a time than the venue takes (`max_in_flight`); what follows waits for its turn.

It never retries what the venue refused, a logon for want of a place excepted; it keeps no balances of its own, and it
decides only when to connect: what is sent and what a message means is `protocol`'s.
"""

import asyncio
import itertools
import logging
import secrets
import ssl
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Final, Self, TypeVar

import msgspec
import picows

from gateway import schemas
from gateway.auth import Signer, signed_logon
from gateway.book import BookMirror
from gateway.client import protocol
from gateway.client.connection import Connection
from gateway.client.errors import (
    ClientError,
    ConnectionClosedError,
    LogonRefusedError,
    OrderRejectedError,
    ReportsOverflowError,
    RequestTimeoutError,
    WrongVenueError,
)
from gateway.client.protocol import MarketData, Protocol
from gateway.order_book import OrderBookMirror
from gateway.schemas import Report

REPORT_QUEUE: Final = 65_536  # a reader of `reports()` further behind than this has stopped reading
RECONNECT_SECONDS_MIN: Final = 0.05
RECONNECT_SECONDS_MAX: Final = 2.0
REQUEST_SECONDS: Final = 30.0  # more than a lost connection and a few attempts at another take
HANDSHAKE_SECONDS: Final = 5.0

log = logging.getLogger("gateway.client")

ReplyT = TypeVar("ReplyT", bound=schemas.Reply)
_REJECTED: Final = "rejected"
_REFUSED_FOR_NOW: Final = ("too_many_sessions", "rate_limited")


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
        grace_ms: int = 0,
        reconnect: bool = True,
        request_seconds: float | None = REQUEST_SECONDS,
        account_seq: int | None = None,
        on_report: Callable[[Report], None] | None = None,
        on_snapshot: Callable[[list[schemas.OrderInfo], schemas.Balances], None] | None = None,
        on_market_data: Callable[[MarketData], None] | None = None,
    ) -> None:
        """`account_seq` is the last report already known from an earlier run; None begins with the present.

        `grace_ms`: how long orders outlive the account's last connection with `cancel_on_disconnect`.
        `request_seconds`: how long a request waits for its answer, and a connection to become ready; None: for ever.
        """
        if request_seconds is not None and not request_seconds > 0:
            raise ValueError(f"request_seconds: {request_seconds} is not above 0")
        self._url = url
        self._key = key
        self._signer = signer
        self._text = text
        self._ssl_context = ssl_context
        self._cancel_on_disconnect = cancel_on_disconnect
        self._grace_ms = grace_ms
        self._reconnect = reconnect
        self._request_seconds = request_seconds
        self._heard_at = 0.0
        """When the last message came, by the loop's clock."""
        self._on_report = on_report
        self._on_snapshot = on_snapshot
        self._on_market_data = on_market_data
        self.account_seq = account_seq
        """The last report delivered; None before the first logon."""
        self._protocol = Protocol(self._signed_logon, reconnect=reconnect, account_seq=account_seq)
        self._futures: dict[int, asyncio.Future[schemas.Reply]] = {}
        self._connection: Connection | None = None
        self._opened: asyncio.Future[BaseException | None] | None = None
        """Whether the connection being made became ready: None, or why not."""
        self._runner: asyncio.Task[None] | None = None
        self._told = asyncio.Event()
        """Set while there is a ready connection, and when there will be none any more."""
        self._audited = asyncio.Event()
        """Set when there may be entries of the audit trail that were not asked for."""
        self._queue: asyncio.Queue[Report | None] | None = None

    @property
    def session(self) -> schemas.LoggedOn | None:
        """The present connection's `logged_on`."""
        return self._protocol.session

    @property
    def books(self) -> dict[str, BookMirror]:
        """The mirrors of the subscribed books by instrument."""
        return self._protocol.books

    @property
    def order_books(self) -> dict[str, OrderBookMirror]:
        """The mirrors of the books subscribed to order by order, by instrument."""
        return self._protocol.order_books

    # life

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    async def connect(self) -> schemas.LoggedOn:
        """Connects and logs on. `OSError`, `picows.WSError` or `LogonRefusedError` if the first attempt fails: among
        them `TlsRequiredError`, `TimeoutError`.
        """
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
        if self._connection is not None:
            self._connection.close()
        self._end(ConnectionClosedError("the client was closed"))

    @property
    def connected(self) -> bool:
        """Whether there is a connection on which requests are carried out. A silent one is noticed by its heartbeat
        within 10 seconds, or by a request that has had no answer for `request_seconds`.
        """
        return self._protocol.ready

    async def wait_connected(self) -> None:
        """Waits until a connection is up and its gap is filled. `ConnectionClosedError` if there will be none."""
        self._protocol.check_open()
        await self._told.wait()
        self._protocol.check_open()

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
        expires_at: int = 0,
        display_quantity: int = 0,
        min_quantity: int = 0,
        trigger: schemas.Trigger = "none",
        trigger_price: int = 0,
        trail: int = 0,
        visibility: schemas.Visibility = "displayed",
        lifetime: schemas.Lifetime = "until_cancelled",
        peg: schemas.PegReference = "none",
        peg_offset: int = 0,
    ) -> Report:
        """The `accepted` or `duplicate` report; fills follow as reports. `OrderRejectedError`, `RequestError`.

        What each argument means and which go together: `gateway/PROTOCOL.md`, section 3. Prices are in ticks,
        quantities in lots, `expires_at` in nanoseconds.
        """
        return await self.order(
            schemas.Place(
                ref=self.next_ref(),
                client_order_id=client_order_id,
                instrument=instrument,
                side=side,
                type=order_type,
                time_in_force=time_in_force,
                price=price,
                quantity=quantity,
                notional=notional,
                stp=stp,
                expires_at=expires_at,
                display_quantity=display_quantity,
                min_quantity=min_quantity,
                trigger=trigger,
                trigger_price=trigger_price,
                trail=trail,
                visibility=visibility,
                lifetime=lifetime,
                peg=peg,
                peg_offset=peg_offset,
            )
        )

    async def cancel(self, order_id: int = 0, client_order_id: str = "") -> Report:
        """The `cancelled` report."""
        return await self.order(schemas.Cancel(ref=self.next_ref(), order_id=order_id, client_order_id=client_order_id))

    async def amend(
        self,
        price: int,
        quantity: int,
        order_id: int = 0,
        client_order_id: str = "",
        *,
        display_quantity: int = 0,
        min_quantity: int = 0,
        expires_at: int = 0,
        trigger_price: int = 0,
        trail: int = 0,
    ) -> Report:
        """The `amended` report. `quantity` is the new total, filled lots included; what else is 0 stays as it is."""
        return await self.order(
            schemas.Amend(
                ref=self.next_ref(),
                order_id=order_id,
                client_order_id=client_order_id,
                price=price,
                quantity=quantity,
                display_quantity=display_quantity,
                min_quantity=min_quantity,
                expires_at=expires_at,
                trigger_price=trigger_price,
                trail=trail,
            )
        )

    async def cancel_replace(
        self,
        order_id: int,
        instrument: str,
        side: schemas.Side,
        quantity: int,
        price: int,
        *,
        on_failure: schemas.OnFailure = "stop",
        time_in_force: schemas.TimeInForce = "gtc",
        stp: schemas.SelfTradePrevention = "newest",
        client_order_id: str = "",
        display_quantity: int = 0,
    ) -> Report:
        """The `accepted` or `duplicate` report of the order that comes; `cancelled` of the one that goes is reported
        before. What else the order that comes can say: `order` with the schema.
        """
        return await self.order(
            schemas.CancelReplace(
                ref=self.next_ref(),
                order_id=order_id,
                on_failure=on_failure,
                client_order_id=client_order_id,
                instrument=instrument,
                side=side,
                time_in_force=time_in_force,
                price=price,
                quantity=quantity,
                stp=stp,
                display_quantity=display_quantity,
            )
        )

    async def place_oco(
        self,
        instrument: str,
        side: schemas.Side,
        quantity: int,
        price: int,
        *,
        trigger: schemas.Trigger,
        trigger_price: int,
        stop_price: int = 0,
        stp: schemas.SelfTradePrevention = "newest",
        client_order_id: str = "",
        expires_at: int = 0,
        lifetime: schemas.Lifetime = "until_cancelled",
    ) -> Report:
        """The `accepted` report of the limit order, whose `partner` is the stop, or `duplicate`. `stop_price` 0: the
        stop becomes a market order.
        """
        return await self.order(
            schemas.PlaceOco(
                ref=self.next_ref(),
                client_order_id=client_order_id,
                instrument=instrument,
                side=side,
                price=price,
                quantity=quantity,
                trigger=trigger,
                trigger_price=trigger_price,
                stop_price=stop_price,
                stp=stp,
                expires_at=expires_at,
                lifetime=lifetime,
            )
        )

    async def place_bracket(
        self,
        instrument: str,
        side: schemas.Side,
        quantity: int,
        price: int = 0,
        *,
        take_profit: int,
        trigger: schemas.Trigger,
        trigger_price: int,
        stop_price: int = 0,
        order_type: schemas.OrderType = "limit",
        time_in_force: schemas.TimeInForce = "gtc",
        stp: schemas.SelfTradePrevention = "newest",
        client_order_id: str = "",
        expires_at: int = 0,
        lifetime: schemas.Lifetime = "until_cancelled",
    ) -> Report:
        """The `accepted` or `duplicate` report of the entry; `accepted` of its exits follow when it is finished, with
        the entry's `order_id` as their `entry`, or `exits_refused`.
        """
        return await self.order(
            schemas.PlaceBracket(
                ref=self.next_ref(),
                client_order_id=client_order_id,
                instrument=instrument,
                side=side,
                order_type=order_type,
                time_in_force=time_in_force,
                price=price,
                quantity=quantity,
                take_profit=take_profit,
                trigger=trigger,
                trigger_price=trigger_price,
                stop_price=stop_price,
                stp=stp,
                expires_at=expires_at,
                lifetime=lifetime,
            )
        )

    async def cancel_all(
        self, instrument: str = "", sides: schemas.SideFilter = "both", *, quote_group: int = 0
    ) -> Report:
        """The `cancel_all_done` report, after those of the cancelled orders."""
        return await self.order(
            schemas.CancelAll(ref=self.next_ref(), instrument=instrument, sides=sides, quote_group=quote_group)
        )

    # market making

    async def mass_quote(
        self,
        quote_group: int,
        quotes: list[schemas.QuoteEntry],
        *,
        time_in_force: schemas.TimeInForce = "gtc",
        stp: schemas.SelfTradePrevention = "newest",
    ) -> Report:
        """The `mass_quoted` report, after those of what the quotes did: see `quote_rejected` for sides refused."""
        return await self.order(
            schemas.MassQuote(
                ref=self.next_ref(), quote_group=quote_group, quotes=quotes, time_in_force=time_in_force, stp=stp
            )
        )

    async def set_market_maker_protection(
        self,
        quote_group: int,
        *,
        window_ns: int = 0,
        max_quantity: int = 0,
        max_notional: int = 0,
        max_fills: int = 0,
        max_delta: int = 0,
    ) -> Report:
        """The `protection_set` report. All 0: the group has no protection any more."""
        return await self.order(
            schemas.SetMarketMakerProtection(
                ref=self.next_ref(),
                quote_group=quote_group,
                window_ns=window_ns,
                max_quantity=max_quantity,
                max_notional=max_notional,
                max_fills=max_fills,
                max_delta=max_delta,
            )
        )

    async def reset_market_maker_protection(self, quote_group: int) -> Report:
        """The `protection_reset` report: the group may quote again."""
        return await self.order(schemas.ResetMarketMakerProtection(ref=self.next_ref(), quote_group=quote_group))

    async def cancel_after(self, timeout_ns: int, *, timer: schemas.CancelTimer = "client") -> Report:
        """The `cancel_after_set` report: all open orders end in so long, unless this is called again; 0: never mind."""
        return await self.order(schemas.CancelAfter(ref=self.next_ref(), timeout_ns=timeout_ns, timer=timer))

    async def redeem(self, asset: str, amount: int, *, reference: str = "") -> Report:
        """The `redemption_requested` report; `money_repeated` if the same was requested before under the reference."""
        request = schemas.Redeem(ref=self.next_ref(), asset=asset, amount=amount, reference=reference)
        return await self.order(request)

    async def withdraw(self, asset: str, amount: int, *, reference: str = "") -> Report:
        """The `withdrawal_requested` report; `money_repeated` if the same was requested before under the reference."""
        request = schemas.Withdraw(ref=self.next_ref(), asset=asset, amount=amount, reference=reference)
        return await self.order(request)

    async def order(self, request: schemas.Request) -> Report:
        """Sends a command that is answered by a report. Its `ref` must come from `next_ref`."""
        report = await self._request(request, Report)
        if report.kind == _REJECTED:
            raise OrderRejectedError(report)
        return report

    def next_ref(self) -> int:
        """A `ref` that this client has not used."""
        return self._protocol.next_ref()

    # queries

    async def instruments(self) -> schemas.Instruments:
        """What is listed."""
        return await self._request(schemas.GetInstruments(ref=self.next_ref()), schemas.Instruments)

    async def balances(self) -> schemas.Balances:
        """The account's balances that are not 0."""
        return await self._request(schemas.GetBalances(ref=self.next_ref()), schemas.Balances)

    async def orders(self) -> schemas.Orders:
        """The account's open orders, all pages in one."""
        return await self._request(schemas.GetOrders(ref=self.next_ref()), schemas.Orders)

    async def ping(self) -> None:
        """Returns when everything sent before was answered."""
        await self._request(schemas.Ping(ref=self.next_ref()), schemas.Pong)

    async def status(self) -> schemas.Status:
        """The engine's state, for a key with scope admin."""
        return await self._request(schemas.AdminStatus(ref=self.next_ref()), schemas.Status)

    async def query(self, request: schemas.AdminQuery | schemas.OwnHistory, answer: type[ReplyT]) -> ReplyT:
        """The answer to a question of an operator's, or of the own past; of a list one page. `ref` is set here."""
        return await self._request(msgspec.structs.replace(request, ref=self.next_ref()), answer)

    async def admin(self, request: schemas.AdminRequest) -> schemas.Ok:
        """Carries out an administration request; its `ref` is set here, and so is its `reference` if it has none.

        Who may have to ask again in another run of the program gives a `reference` of his own, and keeps it.
        """
        return await self._request(msgspec.structs.replace(request, ref=self.next_ref()), schemas.Ok)

    # streams

    async def subscribe(self, channel: schemas.Channel, instrument: str = "") -> None:
        """Starts a channel, and starts it again after every reconnect.

        `book` keeps `books[instrument]`, `level3` keeps `order_books[instrument]`.
        """
        request = schemas.Subscribe(ref=self.next_ref(), channel=channel, instrument=instrument)
        await self._request(request, schemas.Ok)

    async def unsubscribe(self, channel: schemas.Channel, instrument: str = "") -> None:
        """Ends a channel."""
        request = schemas.Unsubscribe(ref=self.next_ref(), channel=channel, instrument=instrument)
        await self._request(request, schemas.Ok)

    async def audit(self, after: int = 0, *, follow: bool = False) -> AsyncIterator[schemas.Audit]:
        """The audit trail beyond an audit sequence, for a key with scope admin; each entry once, in order.

        With `follow` it does not end, and goes on where it was after every reconnect.
        """
        while True:
            self._audited.clear()
            if follow:
                await self.admin(schemas.AdminWatch())
            request = schemas.AdminGetAudit(ref=self.next_ref(), after=after)
            page = await self._request(request, schemas.AuditEntries)
            for entry in page.entries:
                after = entry.audit_seq
                yield entry
            if not follow and not page.more:
                return
            if not page.more:
                await self._audited.wait()

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
        request = _repeatable(request)
        self._protocol.request(request)
        loop = asyncio.get_running_loop()
        future = self._futures[request.ref] = loop.create_future()
        began_at = loop.time()
        try:
            self._flush()
            async with asyncio.timeout(self._request_seconds):
                reply = await future
        except TimeoutError:
            raise self._unanswered(request, began_at) from None
        finally:
            self._futures.pop(request.ref, None)
            self._protocol.forget(request.ref)
        if not isinstance(reply, answer):
            raise ClientError(f"{type(request).__name__} was answered by {type(reply).__name__}")
        return reply

    def _unanswered(self, request: schemas.Request, began_at: float) -> RequestTimeoutError:
        """Why there is no answer. A connection on which nothing at all has come since is given up."""
        assert self._request_seconds is not None
        error = RequestTimeoutError(request, self._request_seconds, sent=self._protocol.was_sent(request.ref))
        if error.sent and self.connected and self._heard_at <= began_at:
            self._protocol.give_up(f"nothing was received for {self._request_seconds} s")
            self._tell()
        return error

    def _flush(self) -> None:
        for request in self._protocol.take_requests():
            self._send(request)

    def _send(self, request: schemas.Request) -> None:
        assert self._connection is not None
        self._connection.send(request)

    # connections

    def _signed_logon(self, challenge: str) -> schemas.Logon:
        logon = signed_logon(self._key, self._signer, challenge, cancel_on_disconnect=self._cancel_on_disconnect)
        return msgspec.structs.replace(logon, grace_ms=self._grace_ms)

    async def _open(self) -> None:
        """Connects, and returns when the session is ready. Raises why it did not become so."""
        try:
            async with asyncio.timeout(self._request_seconds) as bound:
                await self._become_ready()
        except TimeoutError:
            if not bound.expired():
                raise
            seconds = self._request_seconds
            raise TimeoutError(f"{self._url}: not connected and logged on within {seconds} s") from None

    async def _become_ready(self) -> None:
        self._opened = asyncio.get_running_loop().create_future()
        connection = await Connection.open(
            self._url,
            self._received,
            text=self._text,
            ssl_context=self._ssl_context,
            handshake_seconds=min(HANDSHAKE_SECONDS, self._request_seconds or HANDSHAKE_SECONDS),
        )
        self._connection = connection
        try:
            self._protocol.connection_made()
            self._flush()
            await asyncio.wait((self._opened, connection.closed), return_when=asyncio.FIRST_COMPLETED)
            if not self._opened.done():
                raise ConnectionError(f"the connection was closed: {connection.reason or 'no reason given'}")
            if error := self._opened.result():
                raise error
        except BaseException:
            connection.abort("it did not become ready")
            self._lost(connection)
            raise

    async def _keep_connected(self) -> None:
        while True:
            connection = self._connection
            assert connection is not None
            await asyncio.shield(connection.closed)
            self._lost(connection)
            log.info("connection lost: %s", connection.reason or "no reason given")
            if not self._reconnect:
                reason = self._protocol.shutdown_reason or connection.reason
                self._end(ConnectionClosedError(reason or "connection lost"))
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

    def _lost(self, connection: Connection) -> None:
        self._told.clear()
        self._connection = None
        self._protocol.connection_lost(connection.reason)
        self._tell()

    def _end(self, error: BaseException) -> None:
        self._protocol.end(error)
        self._tell()
        self._told.set()
        self._audited.set()
        if self._queue is not None:
            with suppress(asyncio.QueueFull):
                self._queue.put_nowait(None)

    # what the protocol tells

    def _received(self, message: schemas.AnyReply) -> None:
        self._heard_at = asyncio.get_running_loop().time()
        self._protocol.receive(message)
        self._flush()
        self._tell()

    def _tell(self) -> None:
        for event in self._protocol.take_events():
            match event:
                case protocol.Answered(ref, reply):
                    self._resolve(ref, reply)
                case protocol.Failed(ref, error):
                    self._resolve(ref, error)
                case protocol.Reported(report):
                    self._deliver(report)
                case protocol.Market(message):
                    if self._on_market_data is not None:
                        self._on_market_data(message)
                case _:
                    self._tell_of_connection(event)

    def _tell_of_connection(self, event: protocol.Event) -> None:
        match event:
            case protocol.LoggedOn(reply):
                if self.account_seq is None:
                    self.account_seq = reply.account_seq
            case protocol.Bridged(orders, balances):
                self.account_seq = orders.account_seq
                if self._on_snapshot is not None:
                    self._on_snapshot(orders.orders, balances)
            case protocol.Audited():
                self._audited.set()
            case protocol.Ready():
                self._audited.set()
                self._told.set()
                self._settle_opening(None)
            case protocol.Unready(error):
                self._settle_opening(error)
            case protocol.GivenUp(reason):
                self._told.clear()
                if self._connection is not None:
                    self._connection.abort(reason)

    def _settle_opening(self, error: BaseException | None) -> None:
        if self._opened is not None and not self._opened.done():
            self._opened.set_result(error)

    def _resolve(self, ref: int, outcome: schemas.Reply | BaseException) -> None:
        future = self._futures.get(ref)
        if future is None or future.done():
            return
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)

    def _deliver(self, report: Report) -> None:
        self.account_seq = report.account_seq
        if self._queue is not None:
            try:
                self._queue.put_nowait(report)
            except asyncio.QueueFull:
                overflowed, self._queue = self._queue, None
                overflowed.get_nowait()
                overflowed.put_nowait(None)
        if self._on_report is not None:
            self._on_report(report)


def _repeatable(request: schemas.Request) -> schemas.Request:
    """The request, with a reference of its own if it moves money and has none."""
    if isinstance(request, protocol.MOVING_MONEY) and not request.reference:
        return msgspec.structs.replace(request, reference=uuid.uuid4().hex)
    return request
