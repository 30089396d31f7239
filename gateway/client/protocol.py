"""The client's half of the protocol, as decisions alone: what to send, whom an answer is for, what the user is told.

The caller brings messages (`receive`), requests (`request`) and the fate of connections (`connection_made`,
`connection_lost`), and afterwards takes what came of it: `take_requests` to be sent, in order, and `take_events` for
the user, in order. It is one session over many connections:

    down ── connection_made ─▶ challenged ─▶ logging on ─▶ replaying ─▶ snapshots (if the replay is incomplete) ─▶ ready
      ▲                                                                                                              │
      └────────────────────────────────────────── connection_lost ───────────────────────────────────────────────────┘

It never does IO, reads no clock, knows no event loop, and calls nobody back but the signer of logons.
"""

import itertools
import logging
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias, get_args

import msgspec

from gateway import schemas
from gateway.book import BookGapError, BookMirror
from gateway.client.errors import ClientError, LogonRefusedError, OutcomeUnknownError, RequestError, WrongVenueError
from gateway.order_book import OrderBookMirror
from gateway.schemas import Book, Delta, Level3Book, Level3Delta, Report

PENDING_REPORTS: Final = 1 << 20  # live reports kept while older ones are replayed

MarketData: TypeAlias = (
    Book | Delta | Level3Book | Level3Delta | schemas.Trade | schemas.Bbo | schemas.Balance | schemas.InstrumentPhase
)

log = logging.getLogger("gateway.client")

_PLACING: Final = (schemas.Place, schemas.CancelReplace)
MOVING_MONEY: Final = (
    schemas.Withdraw,
    schemas.AdminDeposit,
    schemas.AdminSettleWithdrawal,
    schemas.AdminCancelWithdrawal,
    schemas.AdminTransfer,
    schemas.AdminMint,
    schemas.Redeem,
    schemas.AdminSettleRedemption,
    schemas.AdminRefuseRedemption,
)
"""Requests that move money once, however often they are sent, if they have a reference."""
_CANCELLING_FIRST: Final = (schemas.CancelAll, schemas.CancelReplace)
_COUNTED: Final = (
    schemas.Place,
    schemas.Cancel,
    schemas.Amend,
    schemas.CancelAll,
    schemas.CancelReplace,
    schemas.MassQuote,
)
"""Of these the venue takes only `max_in_flight` at a time."""
_QUOTED: Final = ("mass_quoted", "rejected")
_IDEMPOTENT: Final = (
    schemas.Ping,
    schemas.Subscribe,
    schemas.Unsubscribe,
    schemas.GetInstruments,
    schemas.GetBalances,
    schemas.GetOrders,
    *get_args(schemas.OwnHistory),
    *get_args(schemas.AdminQuery),
)


class Answered(NamedTuple):
    """A request has its answer, an `error` message excepted."""

    ref: int
    reply: schemas.Reply


class Failed(NamedTuple):
    """A request will have no answer but this."""

    ref: int
    error: BaseException


class Reported(NamedTuple):
    """The next report of the account: each once, in order."""

    report: Report


class LoggedOn(NamedTuple):
    """The venue took the logon; the gap is still to be filled."""

    reply: schemas.LoggedOn


class Bridged(NamedTuple):
    """The gap was too old to be replayed: this is the account now, and reports go on behind it."""

    orders: schemas.Orders
    balances: schemas.Balances


class Market(NamedTuple):
    """Market data, or the balance of an account that is watched."""

    message: MarketData


class Audited(NamedTuple):
    """An entry of the audit trail that is watched. Others may have been missed before this one."""

    entry: schemas.Audit


class Ready(NamedTuple):
    """The gap is filled: requests are sent at once from here on."""


class Unready(NamedTuple):
    """This connection will not become ready."""

    error: BaseException


class GivenUp(NamedTuple):
    """The connection does not say what it must: end it and make another."""

    reason: str


Event: TypeAlias = Answered | Failed | Reported | LoggedOn | Bridged | Market | Audited | Ready | Unready | GivenUp


class _Pending:
    """A request that has no answer yet."""

    __slots__ = ("orders", "request", "sent")

    def __init__(self, request: schemas.Request) -> None:
        self.request = request
        self.sent = False
        self.orders: schemas.Orders | None = None
        """The pages that have come, as one answer."""


class Protocol:
    """One session's state. `log_on` signs the answer to a challenge; its `ref` is set here."""

    def __init__(
        self, log_on: Callable[[str], schemas.Logon], *, reconnect: bool = True, account_seq: int | None = None
    ) -> None:
        """`account_seq` is the last report already known from an earlier run; None begins with the present."""
        self._log_on = log_on
        self._reconnect = reconnect
        self.account_seq = account_seq
        """The last report of which `take_events` tells."""
        self.session: schemas.LoggedOn | None = None
        """The present connection's `logged_on`."""
        self.shutdown_reason = ""
        """Why the venue said that it stops; empty if this connection heard nothing of the kind."""
        self.books: dict[str, BookMirror] = {}
        self.order_books: dict[str, OrderBookMirror] = {}
        self.ready = False
        self._refs = itertools.count(1)
        self._pending: dict[int, _Pending] = {}
        self._held: deque[_Pending] = deque()
        """Requests in their order, the first of which waits for room."""
        self._in_flight: set[int] = set()
        """Counted requests that this connection has not answered."""
        self._subscriptions: set[tuple[schemas.Channel, str]] = set()
        self._early: dict[int, Report] = {}
        self._challenge: schemas.Challenge | None = None
        """Of the present connection, or of one that is about to be made known: the server speaks first."""
        self._greeting = False
        """A connection is up, and its challenge is not yet answered."""
        self._recovery: _Pending | None = None
        """The request of the way to `ready` that was asked last; None if there is no connection, or it is ready."""
        self._orders: schemas.Orders | None = None
        self._ended: BaseException | None = None
        self._outgoing: list[schemas.Request] = []
        self._events: deque[Event] = deque()

    # what came of it

    def take_requests(self) -> list[schemas.Request]:
        """What is to be sent, in order. Each is given out once."""
        taken, self._outgoing = self._outgoing, []
        return taken

    def take_events(self) -> Iterator[Event]:
        """What the user is to be told, in order. Each is given out once; what is not taken is kept."""
        while self._events:
            yield self._events.popleft()

    # requests

    def next_ref(self) -> int:
        """A `ref` that this session has not used."""
        return next(self._refs)

    def request(self, request: schemas.Request) -> None:
        """Sends it: now, when the session is ready, or when the venue has answered enough of what was sent before.
        Raises what ended the session, if something has.
        """
        self.check_open()
        pending = self._pending[request.ref] = _Pending(request)
        if isinstance(request, schemas.Subscribe):
            self._subscriptions.add((request.channel, request.instrument))
            if request.channel == "book":
                self.books.setdefault(request.instrument, BookMirror(request.instrument))
            elif request.channel == "level3":
                self.order_books.setdefault(request.instrument, OrderBookMirror(request.instrument))
        elif isinstance(request, schemas.Unsubscribe):
            self._subscriptions.discard((request.channel, request.instrument))
        if self.ready:
            self._send_pending(pending)

    def was_sent(self, ref: int) -> bool:
        """Whether a request without an answer has been sent, on any connection."""
        pending = self._pending.get(ref)
        return pending is not None and pending.sent

    def forget(self, ref: int) -> None:
        """Nobody waits for the answer any more. What was not sent never will be."""
        self._pending.pop(ref, None)

    def check_open(self) -> None:
        """Raises what ended the session, if something has."""
        if self._ended is not None:
            raise self._ended

    def end(self, error: BaseException) -> None:
        """There will be no further connection. The first reason counts."""
        if self._ended is None:
            self._ended = error
        self.ready = False
        self._events.extend(Failed(ref, error) for ref in self._pending)
        self._pending.clear()

    # connections

    def connection_made(self) -> None:
        """A connection is up: logs on as soon as its challenge is there."""
        self.shutdown_reason = ""
        self._early.clear()
        self._greeting = True
        self._answer_challenge()

    def connection_lost(self, reason: str) -> None:
        """Forgets what only that connection could go on with. Repeatable requests wait for the next one."""
        self.ready = self._greeting = False
        self._challenge = self._recovery = self._orders = None
        self._outgoing.clear()
        self._held.clear()
        self._in_flight.clear()
        self._early.clear()
        for book in self.books.values():
            book.forget()
        for order_book in self.order_books.values():
            order_book.forget()
        for ref, pending in list(self._pending.items()):
            pending.orders = None
            if pending.sent and not (self._reconnect and repeatable(pending.request)):
                self._fail(ref, OutcomeUnknownError(f"connection lost: {reason or 'no reason given'}"))

    def give_up(self, reason: str) -> None:
        """The connection is of no use: it is not ready any more, and another is to be made."""
        log.warning("disconnecting: %s", reason)
        self.ready = False
        self._recovery = None
        self._events.append(GivenUp(reason))

    # recovery

    def _recover(self, request: schemas.Request) -> None:
        request.ref = self.next_ref()
        self._recovery = _Pending(request)
        self._outgoing.append(request)

    def _answer_challenge(self) -> None:
        """Each connection's first challenge is answered, once."""
        if self._challenge is None or not self._greeting:
            return
        self._greeting = False
        if self._challenge.protocol == schemas.PROTOCOL_VERSION:
            self._recover(self._log_on(self._challenge.challenge))
        else:
            theirs, ours = self._challenge.protocol, schemas.PROTOCOL_VERSION
            self._unready(ClientError(f"the venue speaks version {theirs} of the protocol, this client version {ours}"))

    def _recovered(self, reply: schemas.Reply) -> None:
        """The answer to `_recovery`'s request: the next step, or the end of the attempt."""
        assert self._recovery is not None
        match self._recovery.request, reply:
            case schemas.Logon(), schemas.LoggedOn():
                self._logged_on(reply)
            case schemas.Logon(), schemas.Error():
                self._unready(LogonRefusedError(reply.code, reply.message))
            case schemas.Replay(), schemas.Replayed(complete=True):
                self._become_ready()
            case schemas.Replay(), _:
                self._recover(schemas.GetOrders())
            case schemas.GetOrders(), schemas.Orders():
                self._orders = reply
                self._recover(schemas.GetBalances())
            case schemas.GetBalances(), schemas.Balances():
                self._bridge(reply)
            case ((schemas.GetOrders() | schemas.GetBalances()), schemas.Error()):
                self._unready(ClientError(f"the gap is too old to be replayed, and a query is refused: {reply.code}"))
            case request, _:
                self._unready(ClientError(_answered_by(request, reply)))

    def _logged_on(self, reply: schemas.LoggedOn) -> None:
        self.session = reply
        self._events.append(LoggedOn(reply))
        if self.account_seq is None:
            self.account_seq = reply.account_seq
        if reply.account_seq < self.account_seq:
            seen = self.account_seq
            self._unready(WrongVenueError(f"the venue is at report {reply.account_seq}, this client has seen {seen}"))
        elif reply.account_seq > self.account_seq:
            self._recover(schemas.Replay(from_account_seq=self.account_seq + 1))
        else:
            self._become_ready()

    def _bridge(self, balances: schemas.Balances) -> None:
        assert self._orders is not None
        # Reports between the first page of orders and the balances are delivered: they are in what came later already,
        # but not in what came before.
        self.account_seq = self._orders.account_seq
        self._events.append(Bridged(self._orders, balances))
        self._become_ready()

    def _become_ready(self) -> None:
        """Sends what waits, in its old order: what was never sent, and of the unanswered what may be repeated."""
        self._deliver_early()
        self._recovery = self._orders = None
        self.ready = True
        for pending in self._pending.values():
            self._send_pending(pending)
        for channel, instrument in sorted(self._subscriptions):
            self._resubscribe(channel, instrument)
        self._events.append(Ready())

    def _unready(self, error: BaseException) -> None:
        self._recovery = self._orders = None
        self._events.append(Unready(error))

    # received messages

    def receive(self, message: schemas.AnyReply) -> None:
        """A message of the present connection. Behind one that gave it up, nothing counts any more."""
        if isinstance(message, schemas.Challenge):
            self._challenge = self._challenge or message
            self._answer_challenge()
            return
        if not self.ready and self._recovery is None:
            return
        match message:
            case Report():
                if self._answers(message):
                    self._resolve(message.ref, message)
                self._take_report(message)
            case Book() | Delta():
                self._update_book(message)
            case Level3Book() | Level3Delta():
                self._update_orders(message)
            case schemas.Trade() | schemas.Bbo() | schemas.Balance() | schemas.InstrumentPhase():
                self._events.append(Market(message))
            case schemas.Audit():
                self._events.append(Audited(message))
            case schemas.Orders():
                self._take_orders(message)
            case schemas.Shutdown():
                self.shutdown_reason = message.reason
                log.info("the venue stops: %s", message.reason)
            case _:
                self._resolve(message.ref, message)
        self._send_held()

    def _waiting(self, ref: int) -> _Pending | None:
        if self._recovery is not None and self._recovery.request.ref == ref:
            return self._recovery
        return self._pending.get(ref)

    def _answers(self, report: Report) -> bool:
        """Whether this report is the command's answer: what goes for it, or with it, is reported first."""
        pending = self._pending.get(report.ref)
        if pending is not None and isinstance(pending.request, schemas.MassQuote):
            return report.kind in _QUOTED
        cancels_first = pending is not None and isinstance(pending.request, _CANCELLING_FIRST)
        return not (cancels_first and report.kind == "cancelled")

    def _resolve(self, ref: int, reply: schemas.Reply) -> None:
        self._in_flight.discard(ref)
        pending = self._waiting(ref) if ref else None
        if pending is None:
            if isinstance(reply, schemas.Error):
                log.warning("error without a waiting request: %s %s", reply.code, reply.message)
        elif pending is self._recovery:
            self._recovered(reply)
        else:
            self._settle_subscription(pending.request, refused=isinstance(reply, schemas.Error))
            if isinstance(reply, schemas.Error):
                self._fail(ref, RequestError(reply))
            else:
                self._answer(ref, reply)

    def _settle_subscription(self, request: schemas.Request, *, refused: bool) -> None:
        """A channel that was refused, or has ended, is not kept."""
        match request:
            case schemas.Subscribe() if refused:
                self._subscriptions.discard((request.channel, request.instrument))
                self._drop_mirror(request.channel, request.instrument)
            case schemas.Unsubscribe() if not refused:
                self._drop_mirror(request.channel, request.instrument)

    def _drop_mirror(self, channel: schemas.Channel, instrument: str) -> None:
        if channel == "book":
            self.books.pop(instrument, None)
        elif channel == "level3":
            self.order_books.pop(instrument, None)

    def _answer(self, ref: int, reply: schemas.Reply) -> None:
        del self._pending[ref]
        self._events.append(Answered(ref, reply))

    def _fail(self, ref: int, error: BaseException) -> None:
        del self._pending[ref]
        self._events.append(Failed(ref, error))

    def _take_orders(self, page: schemas.Orders) -> None:
        """Pages are one answer, as of the first of them: what changed since then is still to be reported."""
        pending = self._waiting(page.ref)
        if pending is None:
            return
        first = pending.orders or msgspec.structs.replace(page, orders=[])
        orders = pending.orders = msgspec.structs.replace(first, orders=first.orders + page.orders, more=page.more)
        if page.more and page.orders:
            self._outgoing.append(schemas.GetOrders(ref=page.ref, after=page.orders[-1].order_id))
        else:
            self._resolve(page.ref, orders)

    # reports

    def _take_report(self, report: Report) -> None:
        """Delivers each report once and in order. Ahead of order is only what comes live during a replay."""
        if self.account_seq is None or report.account_seq > self.account_seq + 1:
            if self._recovery is None:
                self.give_up(f"report {report.account_seq} follows {self.account_seq}")
            elif len(self._early) < PENDING_REPORTS:
                self._early[report.account_seq] = report
            else:
                self.give_up(f"more than {PENDING_REPORTS} reports came during the replay")
        elif report.account_seq == self.account_seq + 1:
            self._deliver(report)
            self._deliver_early()

    def _deliver_early(self) -> None:
        assert self.account_seq is not None
        while (report := self._early.pop(self.account_seq + 1, None)) is not None:
            self._deliver(report)
        if self._early:
            self._early = {seq: report for seq, report in self._early.items() if seq > self.account_seq}

    def _deliver(self, report: Report) -> None:
        self.account_seq = report.account_seq
        if self._recovery is not None and report.kind == "accepted" and report.client_order_id:
            self._answer_replayed(report)
        self._events.append(Reported(report))

    def _answer_replayed(self, report: Report) -> None:
        """A replay says that an unanswered order was accepted: that is its answer, and it must not be placed again."""
        for ref, pending in list(self._pending.items()):
            placed = pending.request
            if isinstance(placed, _PLACING) and placed.client_order_id == report.client_order_id:
                self._answer(ref, report)

    # books

    def _update_book(self, message: Book | Delta) -> None:
        book = self.books.get(message.instrument)
        if book is None or (isinstance(message, Delta) and book.seq is None):
            return  # unsubscribed meanwhile, or waiting for the snapshot after a gap
        try:
            book.snapshot(message) if isinstance(message, Book) else book.apply(message)
        except BookGapError as error:
            log.warning("book lost, subscribing again: %s", error)
            self._resubscribe("book", message.instrument)
        else:
            self._events.append(Market(message))

    def _update_orders(self, message: Level3Book | Level3Delta) -> None:
        """As `_update_book`, and asks for the next part where a part says that there is one."""
        book = self.order_books.get(message.instrument)
        first = isinstance(message, Level3Book) and message.part == 0
        if book is None or (book.seq is None and not first):
            return
        try:
            book.snapshot(message) if isinstance(message, Level3Book) else book.apply(message)
        except BookGapError as error:
            log.warning("book lost, subscribing again: %s", error)
            self._resubscribe("level3", message.instrument)
            return
        if isinstance(message, Level3Book) and message.more:
            self._resubscribe("level3", message.instrument, more=True)
        self._events.append(Market(message))

    # sending

    def _send_pending(self, pending: _Pending) -> None:
        """Behind what waits for room, whatever it is: requests are carried out in the order in which they were made."""
        self._held.append(pending)
        self._send_held()

    def _send_held(self) -> None:
        """Sends what there is room for: a venue refuses more than `max_in_flight` orders that it has not answered."""
        while self._held and self.ready:
            pending = self._held[0]
            ref = pending.request.ref
            if ref in self._pending:  # somebody still waits for the answer
                if isinstance(pending.request, _COUNTED):
                    assert self.session is not None
                    if len(self._in_flight) >= self.session.max_in_flight:
                        return
                    self._in_flight.add(ref)
                pending.sent = True
                self._outgoing.append(pending.request)
            self._held.popleft()

    def _resubscribe(self, channel: schemas.Channel, instrument: str, *, more: bool = False) -> None:
        """Nobody waits for the answer: the channel's own messages are."""
        self._outgoing.append(schemas.Subscribe(ref=self.next_ref(), channel=channel, instrument=instrument, more=more))


def repeatable(request: schemas.Request) -> bool:
    """Whether sending it twice does no more than sending it once."""
    if isinstance(request, _PLACING):
        return bool(request.client_order_id)
    if isinstance(request, MOVING_MONEY):
        return bool(request.reference)
    return isinstance(request, _IDEMPOTENT)


def _answered_by(request: schemas.Request, reply: schemas.Reply) -> str:
    return f"{type(request).__name__} was answered by {type(reply).__name__}"
