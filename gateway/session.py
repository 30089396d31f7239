"""One session without IO: received bytes in; frames to write and a reason to close out.

Orders in binary frames never come through here: the hub carries them out inside `receive`. What does is policy (logon,
scopes, limits), queries, administration, JSON, and the answer to everything malformed. The session reads no clock,
draws no random number and knows no socket; `connection` is its shell.

It does a bounded amount at a time: `receive` ends its turn after `TURN_FRAMES` frames or one large answer. What frames
cost is counted by the hub, which says of each whether the key's allowance still covers it.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any, Final, NamedTuple, Protocol, get_args

import msgspec

from gateway import schemas
from gateway.audit import AuditError, Trail
from gateway.auth import ApiKey, LogonError
from gateway.framing import CloseCode, Opcode, close_frame, frame
from gateway.hub import Hub, Output
from gateway.keys import KeyRefusedError, KeyRequest, Keys
from gateway.past import Asked, Past
from gateway.queries import Queries, order_info
from gateway.registry import OWN, Registry, UnknownError
from pyengine.commands import pack_cancel_after, pack_cancel_all
from pyengine.config import LimitsConfig
from pyengine.errors import JournalError, SnapshotError, WireError
from pyengine.events import Event, MoneyRepeated, RedemptionRequested, Rejected, WithdrawalRequested
from pyengine.records import CancelTimer, RejectCode
from pyengine.units import Scales

NS_PER_MS: Final = 1_000_000
MAX_MESSAGE_BYTES: Final = 4_096  # the hub's bound on a message from a client, for `logged_on`
TURN_FRAMES: Final = 32  # frames that one session's turn carries out, at some ten microseconds each
RECALLS_MAX: Final = 4  # requests of one session that wait for a disk
CLIENTS_RECALLS_MAX: Final = 3  # of all that are no operators' together: fewer than there are threads to wait on
LARGE_ANSWER_BYTES: Final = 4_096  # an answer that ends its session's turn; the hub charges by the same measure

_HOT: Final = get_args(schemas.HotRequest)
_TRADING: Final = (*_HOT, *(kind for kind, (_, arguments) in schemas.COMMANDS.items() if OWN in arguments.values()))
_ADMIN: Final = get_args(schemas.AdminRequest)
_ACTS: Final = (
    *(kind for kind in _ADMIN if kind not in get_args(schemas.AdminQuery)),
    schemas.Withdraw,
    schemas.Redeem,
)
_LOGON_EXPECTED: Final = "the first message must be `logon`"
_MALFORMED: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Close(NamedTuple):
    """Why a connection ends."""

    code: int
    reason: str


class Link(Protocol):
    """The connection below a session, as far as an operator is to know it."""

    peer: tuple[str, int]
    """Address and port of the client."""
    since_ns: int
    """When it was opened, in nanoseconds since the Unix epoch."""

    def look_at_unread(self) -> int:
        """Bytes that wait for the client to read them."""

    def close(self, code: int, reason: str) -> None:
        """Ends the connection after what is already written."""

    def later(self, work: Callable[[], schemas.Reply], done: Callable[[schemas.Reply], None]) -> None:
        """Does work that waits for a disk, on another thread; `done` gets what came of it, on this one."""


class Shared:
    """What all sessions of a server have in common."""

    def __init__(self, hub: Hub, keys: Keys, limits: LimitsConfig, trail: Trail) -> None:
        self.hub = hub
        self.trail = trail
        self.keys = keys
        self.limits = limits
        self.registry = Registry(hub)
        self.queries = Queries(hub, self.registry)
        self.past: Past | None = None
        """The venue's history, if one is kept."""
        self.clients_recalling = 0
        """Requests of others than operators that wait for a disk."""
        self.sessions = 0
        self.logged_on_sessions: dict[int, Session] = {}
        """By id."""
        self.errors_sent = 0
        self._logged_on: Counter[tuple[str, bool, str | int]] = Counter()
        self._guarding: Counter[int] = Counter()
        self._watching: dict[int, None] = {}

    def note(self, kind: schemas.AuditKind, now_ns: int, **fields: Any) -> None:
        """Enters what happened into the audit trail, and tells the operators who listen."""
        entry = self.trail.note(kind, now_ns, **fields)
        if entry is None or not self._watching:
            return
        payload = schemas.msgpack_encoder.encode(entry)
        for session in self._watching:
            self.hub.send(session, payload)

    def watch(self, session: int, watches: bool) -> None:
        """Whether a session is told of each entry of the audit trail."""
        if watches:
            self._watching[session] = None
        else:
            self._watching.pop(session, None)

    def look_at_keys(self, now_ns: int) -> None:
        """Ends the sessions whose key has ended, or may do less than when they logged on."""
        for session in list(self.logged_on_sessions.values()):
            session.look_at_key(now_ns)

    def take_place(self, key: ApiKey, *, admin: bool) -> None:
        """Counts a session of the key. `LogonError` if there are as many as there may be.

        The admin port counts for itself: sessions on the other port cannot keep the operator from logging on.
        """
        limits = self.limits
        for kind, name, most in (
            ("key", key.name, limits.sessions_per_key),
            ("account", key.account, limits.sessions_per_account),
        ):
            if self._logged_on[kind, admin, name] >= most:
                raise LogonError("too_many_sessions", f"{most} sessions of this {kind} are logged on")
        self._logged_on["key", admin, key.name] += 1
        self._logged_on["account", admin, key.account] += 1

    def give_place_back(self, key: ApiKey, *, admin: bool) -> None:
        """A session of the key has ended."""
        for counted in (("key", admin, key.name), ("account", admin, key.account)):
            self._logged_on[counted] -= 1
            if not self._logged_on[counted]:
                del self._logged_on[counted]

    def guard(self, account: int, now_ns: int) -> None:
        """A session guards the account's orders: the time that the end of the last such one began is over."""
        self._guarding[account] += 1
        if self._guarding[account] == 1:
            self._cancel_after(account, 0, now_ns)

    def end_guard(self, account: int, grace_ms: int, now_ns: int) -> None:
        """Such a session is gone. Without another, the orders end after the grace period."""
        self._guarding[account] -= 1
        if not self._guarding[account]:
            del self._guarding[account]
            self._cancel_after(account, grace_ms * NS_PER_MS, now_ns)

    def _cancel_after(self, account: int, timeout_ns: int, now_ns: int) -> None:
        self.hub.submit(-1, 0, pack_cancel_after(account, timeout_ns, timer=CancelTimer.SESSION), now_ns)


class _Ref(msgspec.Struct):
    """The `ref` of a message that is otherwise not understood."""

    ref: schemas.U64 = 0


_json_ref = msgspec.json.Decoder(_Ref)
_msgpack_ref = msgspec.msgpack.Decoder(_Ref)


class Session:
    """The state of one connection, from its upgrade to `ended`."""

    def __init__(self, shared: Shared, challenge: str, link: Link, *, admin: bool = False) -> None:
        """`challenge` is fresh randomness in hex, for this session alone. `admin`: the session is on the admin port."""
        self._shared = shared
        self._hub = shared.hub
        self._challenge = challenge
        self._link = link
        self._admin = admin
        self.id = shared.hub.open_session()
        self.key: ApiKey | None = None
        self.text = False
        self.closing: Close | None = None
        self._cancel_on_disconnect = False
        self._grace_ms = 0
        self._turn = 0  # what is left of it
        self._recalling = 0  # requests that wait for a disk
        self._answered_at = 0  # sequence of the change of a key that it has asked for, until it has the answer
        self._has_ended = False
        greeting = schemas.Challenge(protocol=schemas.PROTOCOL_VERSION, challenge=challenge)
        self._direct = [frame(Opcode.TEXT, schemas.json_encoder.encode(greeting))]
        shared.sessions += 1

    # bytes and events in

    def receive(self, data: bytes, now_ns: int) -> bool:
        """A received chunk; b"" goes on with what was kept back. True if the turn ended before the input did."""
        self._turn = TURN_FRAMES
        try:
            while self.closing is None and self._turn > 0:
                frames = self._hub.receive(self.id, data, now_ns)
                if not frames:
                    return False
                data = b""
                for opcode, payload, granted in frames:
                    self._turn -= 1
                    if self.closing is None:
                        self._frame(opcode, payload, granted, now_ns)
        except WireError as error:
            self.close(error.code, error.reason)
        return self.closing is None

    def ended(self, now_ns: int) -> None:
        """The connection is gone. Carries out cancel-on-disconnect."""
        if self._cancel_on_disconnect and self.key is not None:
            if self._grace_ms:
                self._shared.end_guard(self.key.account, self._grace_ms, now_ns)
            else:
                self._hub.submit(-1, 0, pack_cancel_all(self.key.account), now_ns)
        self._has_ended = True
        self._shared.watch(self.id, False)
        self._hub.close_session(self.id)
        self._shared.sessions -= 1
        if self.key is not None:
            del self._shared.logged_on_sessions[self.id]
            self._shared.give_place_back(self.key, admin=self._admin)
            self._note("disconnected", now_ns, reason=self.closing.reason if self.closing is not None else "lost")

    def close(self, code: int, reason: str) -> None:
        """Ends the session: a close frame is the last thing written. The first reason counts."""
        if self.closing is None:
            self.closing = Close(code, reason)
            self._direct.append(close_frame(code, reason))

    def announce_shutdown(self, reason: str) -> None:
        """Tells the client, after everything it is still owed."""
        self._reply(schemas.Shutdown(reason=reason))

    def info(self) -> schemas.SessionInfo:
        """What an operator is told of it, once it is logged on."""
        assert self.key is not None
        address, port = self._link.peer
        return schemas.SessionInfo(
            session=self.id,
            key=self.key.name,
            account=self.key.account,
            admin=self._admin,
            address=address,
            port=port,
            since_ns=self._link.since_ns,
            unread_bytes=self._link.look_at_unread(),
        )

    def look_at_key(self, now_ns: int) -> None:
        """Ends the session if its key has ended. Who has ended it himself gets the answer first."""
        if self.closing is not None or self.key is None:
            return
        reason = self._shared.keys.ended(self.key, self._link.peer[0], now_ns)
        if reason is None:
            return
        if self._answered_at:
            if self._hub.durable_sequence >= self._answered_at:
                self._answered_at = 0  # what is durable leaves before anybody looks again
            return
        self._link.close(CloseCode.KEY_ENDED, reason)

    def ping(self) -> None:
        """Asks a silent client for a sign of life."""
        self._direct.append(frame(Opcode.PING, b""))

    # bytes out

    def take_direct(self) -> bytes:
        """Frames that wait for nothing: control frames, and replies before logon."""
        if not self._direct:
            return b""
        data = b"".join(self._direct)
        self._direct.clear()
        return data

    def frames(self, output: Output) -> bytes:
        """The hub's durable output as bytes for the socket. An overflow closes the session."""
        if isinstance(output, bytes):
            return output
        if output is None:
            self.close(CloseCode.SLOW_CONSUMER, "slow consumer: output over the hub's limit")
            return b""
        return b"".join(
            frame(Opcode.TEXT, schemas.json_encoder.encode(msgspec.msgpack.decode(payload))) for payload in output
        )

    # frames

    def _frame(self, opcode: int, payload: bytes, granted: bool, now_ns: int) -> None:
        match opcode:
            case Opcode.TEXT | Opcode.BINARY if self.key is None:
                self._first_message(payload, opcode == Opcode.TEXT, now_ns)
            case Opcode.TEXT | Opcode.BINARY if granted:
                self._message(payload, opcode == Opcode.TEXT, now_ns)
            case Opcode.TEXT | Opcode.BINARY:
                ref = _ref_of(payload, opcode == Opcode.TEXT)
                self._error(ref, "rate_limited", _over_request_limit(self._shared.limits))
            case Opcode.PING if granted:
                self._direct.append(frame(Opcode.PONG, payload))
            case Opcode.CLOSE:
                self.close(CloseCode.NORMAL, "")

    def _first_message(self, payload: bytes, text: bool, now_ns: int) -> None:
        """The logon. Anything else ends the connection."""
        self.text = text
        try:
            request = schemas.decode_request(payload, text=text)
        except _MALFORMED as error:
            self._error(_ref_of(payload, text), "invalid_message", str(error))
            self.close(CloseCode.LOGON_EXPECTED, _LOGON_EXPECTED)
            return
        if isinstance(request, schemas.Logon):
            self._logon(request, now_ns)
        else:
            self._error(request.ref, "not_logged_on", _LOGON_EXPECTED)
            self.close(CloseCode.LOGON_EXPECTED, _LOGON_EXPECTED)

    def _message(self, payload: bytes, text: bool, now_ns: int) -> None:
        assert self.key is not None
        try:
            request = schemas.decode_request(payload, text=text)
        except _MALFORMED as error:
            self._error(_ref_of(payload, text), "invalid_message", str(error))
            return
        if isinstance(request, schemas.Logon):
            self._error(request.ref, "already_logged_on", f"this session belongs to key {self.key.name!r}")
        elif (scope := _scope(request)) not in self.key.scopes:
            self._note_act(request, now_ns, reason="forbidden")
            self._error(request.ref, "forbidden", f"key {self.key.name!r} lacks the scope {scope!r}")
        elif isinstance(request, _HOT):
            self._hub.message(self.id, schemas.msgpack_encoder.encode(request), now_ns)
        else:
            self._request(request, self.key.account, now_ns)

    def _admitted(self, request: schemas.Logon, now_ns: int) -> ApiKey:
        """The key, with a place among its sessions. `LogonError` if it may not log on now."""
        address = self._link.peer[0]
        key = self._shared.keys.authenticator.authenticate(request, self._challenge, address, now_ns)
        if self._admin and "admin" not in key.scopes:
            raise LogonError("forbidden", "this port is for keys with the scope 'admin'")
        if not self._hub.admit(key.index, now_ns):
            raise LogonError("rate_limited", _over_request_limit(self._shared.limits))
        self._shared.take_place(key, admin=self._admin)
        return key

    def _logon(self, request: schemas.Logon, now_ns: int) -> None:
        try:
            key = self._admitted(request, now_ns)
        except LogonError as error:
            self._shared.note(
                "logon_refused", now_ns, key=request.key, address=self._link.peer[0], session=self.id, reason=error.code
            )
            self._error(request.ref, error.code, error.message)
            self.close(CloseCode.LOGON_REFUSED, error.code)
            return
        self.key = key
        self._shared.logged_on_sessions[self.id] = self
        self._cancel_on_disconnect = request.cancel_on_disconnect
        self._hub.authorize(self.id, key.index, key.account, "trade" in key.scopes, self.text)
        if request.cancel_on_disconnect and request.grace_ms:
            self._grace_ms = request.grace_ms
            self._shared.guard(key.account, now_ns)
        limits = self._shared.limits
        self._reply(
            schemas.LoggedOn(
                ref=request.ref,
                account=key.account,
                scopes=sorted(key.scopes),
                engine_seq=self._hub.sequence,
                account_seq=self._hub.account_sequence(key.account),
                timestamp_ns=now_ns,
                max_in_flight=self._hub.max_in_flight(key.account),
                rate_per_second=key.rate_per_second,
                burst=key.burst,
                max_message_bytes=MAX_MESSAGE_BYTES,
                idle_timeout_seconds=int(limits.idle_timeout_seconds),
            )
        )
        self._note("logon", now_ns)

    # requests

    def _request(self, request: schemas.Request, account: int, now_ns: int) -> None:
        match request:
            case schemas.Ping():
                self._reply(schemas.Pong(ref=request.ref))
            case schemas.Subscribe():
                self._subscribe(request, account)
            case schemas.Unsubscribe():
                self._unsubscribe(request)
            case schemas.Replay():
                self._turn = 0
                self._hub.replay(self.id, request.ref, request.from_account_seq)
            case schemas.GetInstruments():
                self._reply(self._instruments(request.ref))
            case schemas.GetBalances():
                self._reply(self._balances(request.ref, account))
            case schemas.GetOrders():
                self._reply(self._orders(request, account))
            case schemas.AdminStatus():
                self._reply(self._status(request.ref))
            case schemas.AdminWatch():
                self._shared.watch(self.id, request.watch)
                self._reply(schemas.Ok(ref=request.ref))
            case schemas.AdminGetAudit():
                self._audit(request)
            case schemas.AdminGetFills() | schemas.AdminGetMovements() | schemas.AdminGetStatement():
                self._recall(request, account, is_own=False)
            case schemas.GetFills() | schemas.GetMovements() | schemas.GetStatement():
                self._recall(request, account, is_own=True)
            case schemas.AdminPage():
                self._page(request)
            case schemas.AdminDisconnect():
                self._disconnect(request, now_ns)
            case schemas.AdminSnapshot():
                self._snapshot(request, now_ns)
            case schemas.AdminSetKey() | schemas.AdminRevokeKey():
                self._change_key(request, now_ns)
            case _:
                self._submit(request, account, now_ns)

    def _channel(self, request: schemas.Subscribe | schemas.Unsubscribe) -> tuple[int, int] | None:
        """(channel, instrument) as the hub numbers them, or None after an error was sent."""
        channel = schemas.CHANNELS.index(request.channel)
        if request.channel == "balances":
            if request.instrument:
                self._error(request.ref, "invalid_message", "channel `balances` takes no `instrument`")
                return None
            return channel, 0
        instrument = self._shared.registry.instrument(request.instrument)
        if instrument is None:
            self._error(request.ref, "unknown_instrument", f"no instrument {request.instrument!r}")
            return None
        return channel, instrument

    def _subscribe(self, request: schemas.Subscribe, account: int) -> None:
        if (target := self._channel(request)) is None:
            return
        if request.more:
            self._next_part(request, target[1])
            return
        self._reply(schemas.Ok(ref=request.ref))
        self._hub.subscribe(self.id, *target)
        if request.channel == "balances":
            self._reply(self._balances(0, account))

    def _next_part(self, request: schemas.Subscribe, instrument: int) -> None:
        if request.channel == "level3" and self._hub.next_part(self.id, instrument):
            self._reply(schemas.Ok(ref=request.ref))
        else:
            self._error(request.ref, "invalid_message", "`more` needs a subscription to `level3`")

    def _unsubscribe(self, request: schemas.Unsubscribe) -> None:
        if (target := self._channel(request)) is not None:
            self._hub.unsubscribe(self.id, *target)
            self._reply(schemas.Ok(ref=request.ref))

    def _instruments(self, ref: int) -> schemas.Instruments:
        assets, instruments = self._hub.assets(), self._hub.instruments()
        listed = []
        for symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, halted, phase in instruments:
            scales = Scales(lot_size, tick_lot_value, assets[base][2], assets[quote][2])
            listed.append(
                schemas.InstrumentInfo(
                    symbol=symbol,
                    base=assets[base][0],
                    quote=assets[quote][0],
                    lot_size=lot_size,
                    tick_lot_value=tick_lot_value,
                    max_price=max_price,
                    collar_bps=collar_bps,
                    halted=halted,
                    phase=schemas.PHASES[phase],
                    price_increment=scales.price_increment,
                    quantity_increment=scales.quantity_increment,
                )
            )
        return schemas.Instruments(
            ref=ref,
            seq=self._hub.sequence,
            assets=[
                schemas.AssetInfo(
                    symbol=symbol,
                    asset_class=schemas.ASSET_CLASSES[asset_class],
                    decimals=decimals,
                    min_withdrawal=min_withdrawal,
                )
                for symbol, asset_class, decimals, min_withdrawal in assets
            ],
            instruments=listed,
        )

    def _balances(self, ref: int, account: int) -> schemas.Balances:
        registry = self._shared.registry
        registry.refresh()
        symbols = registry.asset_symbols
        balances = [
            schemas.BalanceInfo(asset=symbols[asset], available=available, held=held)
            for asset, available, held in self._hub.balances(account)
        ]
        seq, account_seq = self._hub.sequence, self._hub.account_sequence(account)
        return schemas.Balances(ref=ref, seq=seq, account_seq=account_seq, balances=balances)

    def _orders(self, request: schemas.GetOrders, account: int) -> schemas.Orders:
        registry = self._shared.registry
        registry.refresh()
        page, more = self._hub.open_orders_page(account, request.after, request.limit)
        orders = [order_info(order, registry.instrument_symbols) for order in page]
        seq, account_seq = self._hub.sequence, self._hub.account_sequence(account)
        return schemas.Orders(ref=request.ref, seq=seq, account_seq=account_seq, orders=orders, more=more)

    def _status(self, ref: int) -> schemas.Status:
        """Counts every balance and hashes the whole state: everybody waits for it, so it is the operator's alone."""
        registry = self._shared.registry
        registry.refresh()
        assets = []
        for asset, symbol in enumerate(registry.asset_symbols):
            issued, total = self._hub.issued(asset), self._hub.total(asset)
            assets.append(schemas.AssetStatus(asset=symbol, issued=issued, total=total, conserved=issued == total))
        _, _, accounts, open_orders = self._hub.counts()
        return schemas.Status(
            ref=ref,
            seq=self._hub.sequence,
            timestamp_ns=self._hub.timestamp_ns,
            trade_date=self._hub.trade_date,
            state_hash=self._hub.state_hash().hex(),
            accounts=accounts,
            open_orders=open_orders,
            sessions=self._shared.sessions,
            assets=assets,
        )

    def _page(self, request: schemas.AdminPage) -> None:
        queries = self._shared.queries
        try:
            match request:
                case schemas.AdminGetAccounts():
                    self._reply(queries.accounts(request))
                case schemas.AdminGetBalances():
                    self._reply(queries.balances(request))
                case schemas.AdminGetOrders():
                    self._reply(queries.orders(request))
                case schemas.AdminGetWithdrawals():
                    self._reply(queries.withdrawals(request))
                case schemas.AdminGetBacking():
                    self._reply(queries.backing(request))
                case schemas.AdminGetRedemptions():
                    self._reply(queries.redemptions(request))
                case schemas.AdminGetBars():
                    self._reply(queries.bars(request))
                case schemas.AdminGetFees():
                    self._reply(queries.fees(request))
                case schemas.AdminGetHolders():
                    self._reply(queries.holders(request))
                case schemas.AdminGetEligibility():
                    self._reply(queries.eligibility(request))
                case schemas.AdminGetFreezes():
                    self._reply(queries.freezes(request))
                case schemas.AdminGetBeneficial():
                    self._reply(queries.beneficial(request))
                case schemas.AdminGetActions():
                    self._reply(queries.actions(request))
                case schemas.AdminGetKeys():
                    self._reply(self._shared.keys.page(request))
                case schemas.AdminGetSessions():
                    self._reply(self._sessions(request))
        except UnknownError as error:
            self._error(request.ref, error.code, str(error))

    def _sessions(self, request: schemas.AdminGetSessions) -> schemas.Sessions:
        logged_on = self._shared.logged_on_sessions
        rest = sorted(number for number in logged_on if number >= request.first)
        sessions = [logged_on[number].info() for number in rest[: request.limit]]
        following = rest[request.limit] if len(rest) > request.limit else 0
        return schemas.Sessions(ref=request.ref, sessions=sessions, next=following)

    def _disconnect(self, request: schemas.AdminDisconnect, now_ns: int) -> None:
        """What ends with a session (cancel-on-disconnect) ends with it as if its client had gone."""
        session = self._shared.logged_on_sessions.get(request.session)
        if session is None or session is self:
            problem = "is not logged on" if session is None else "is this one: close it"
            self._note_act(request, now_ns, reason="unknown_session")
            self._error(request.ref, "unknown_session", f"session {request.session} {problem}")
            return
        session._link.close(CloseCode.DISCONNECTED, "the operator ended the session")
        self._note_act(request, now_ns, seq=self._hub.sequence)
        self._reply(schemas.Ok(ref=request.ref))

    def _snapshot(self, request: schemas.AdminSnapshot, now_ns: int) -> None:
        """Everybody waits until the image is on disk, as for `_status`."""
        try:
            self._hub.snapshot()
        except (JournalError, SnapshotError, OSError) as error:
            self._note_act(request, now_ns, reason="unavailable")
            self._error(request.ref, "unavailable", str(error))
        else:
            self._note_act(request, now_ns, seq=self._hub.sequence)
            self._reply(schemas.Ok(ref=request.ref, seq=self._hub.sequence))

    def _change_key(self, request: KeyRequest, now_ns: int) -> None:
        """At once for who logs on; sessions that the key's new terms do not allow are ended."""
        try:
            change = self._shared.keys.change(request, now_ns)
        except KeyRefusedError as error:
            self._note_act(request, now_ns, reason=error.code)
            self._error(request.ref, error.code, str(error))
            return
        event = Event.from_bytes(self._hub.submit(self.id, request.ref, change.record, now_ns))
        if isinstance(event, Rejected):
            self._note_act(request, now_ns, seq=event.sequence, reason=RejectCode(event.reason).name.lower())
            return
        self._note_act(request, now_ns, seq=event.sequence)
        self._shared.keys.carried_out(change)
        self._answered_at = event.sequence
        self._shared.look_at_keys(now_ns)

    def _submit(self, request: schemas.Request, account: int, now_ns: int) -> None:
        try:
            record = self._shared.registry.command(request, account)
        except UnknownError as error:
            self._note_act(request, now_ns, reason=error.code)
            self._error(request.ref, error.code, str(error))
            return
        event = Event.from_bytes(self._hub.submit(self.id, request.ref, record, now_ns))
        match event:
            case Rejected():
                reason = RejectCode(event.reason).name.lower()
                self._note_act(request, now_ns, seq=event.sequence, reason=reason)
            case WithdrawalRequested() | RedemptionRequested():
                self._note_act(request, now_ns, seq=event.sequence, withdrawal_id=event.withdrawal_id)
            case MoneyRepeated():
                known = {"withdrawal_id": event.withdrawal_id, "original_sequence": event.original_sequence}
                self._note_act(request, now_ns, seq=event.sequence, **known)
            case _:
                self._note_act(request, now_ns, seq=event.sequence)

    # the past

    def _recall(self, request: Asked, account: int, *, is_own: bool) -> None:
        """Answered when it is read; other answers do not wait for that."""
        past = self._shared.past
        if past is None:
            self._error(request.ref, "unavailable", "no history is kept: see [history] in the configuration")
        elif self._recalling >= RECALLS_MAX:
            self._error(request.ref, "unavailable", f"{RECALLS_MAX} such requests wait already")
        elif is_own and self._shared.clients_recalling >= CLIENTS_RECALLS_MAX:
            self._error(request.ref, "unavailable", f"{CLIENTS_RECALLS_MAX} such requests of accounts wait already")
        else:
            self._recalling += 1
            self._shared.clients_recalling += is_own
            self._link.later(lambda: past.answer(request, account), lambda reply: self._recalled(reply, is_own=is_own))

    def _recalled(self, reply: schemas.Reply, *, is_own: bool) -> None:
        self._recalling -= 1
        self._shared.clients_recalling -= is_own
        if self._has_ended:
            return
        if isinstance(reply, schemas.Error):
            self._shared.errors_sent += 1
        self._reply(reply)

    # the audit trail

    def _audit(self, request: schemas.AdminGetAudit) -> None:
        try:
            entries, more = self._shared.trail.page(request.after, request.limit)
        except AuditError as error:
            self._error(request.ref, "unavailable", str(error))
        else:
            self._reply(schemas.AuditEntries(ref=request.ref, entries=entries, more=more))

    def _note_act(self, request: schemas.Request, now_ns: int, **fields: Any) -> None:
        """An act of an operator, or a withdrawal, which is an operator's to settle. Nothing else is entered."""
        if isinstance(request, _ACTS):
            kind: schemas.AuditKind = "withdrawal" if isinstance(request, schemas.Withdraw | schemas.Redeem) else "act"
            asked = msgspec.to_builtins(request)
            asked.pop("ref", None)
            if "secret" in asked:
                asked["secret"] = "not told"
            self._note(kind, now_ns, request=asked, **fields)

    def _note(self, kind: schemas.AuditKind, now_ns: int, **fields: Any) -> None:
        assert self.key is not None
        self._shared.note(
            kind,
            now_ns,
            key=self.key.name,
            account=self.key.account,
            address=self._link.peer[0],
            session=self.id,
            **fields,
        )

    # replies

    def _reply(self, message: schemas.Reply) -> None:
        """After logon through the hub, in order and only when durable; before it nothing is to be waited for."""
        if self.key is not None:
            payload = schemas.msgpack_encoder.encode(message)
            if len(payload) > LARGE_ANSWER_BYTES:
                self._turn = 0
            self._hub.send(self.id, payload)
            return
        opcode = Opcode.TEXT if self.text else Opcode.BINARY
        self._direct.append(frame(opcode, schemas.encode(message, text=self.text)))

    def _error(self, ref: int, code: str, message: str) -> None:
        self._shared.errors_sent += 1
        self._reply(schemas.Error(ref=ref, code=code, message=message))


def _scope(request: schemas.Request) -> schemas.Scope:
    if isinstance(request, _TRADING):
        return "trade"
    return "admin" if isinstance(request, _ADMIN) else "read"


def _over_request_limit(limits: LimitsConfig) -> str:
    return f"this key may send {limits.requests_per_second} requests per second and bursts of {limits.requests_burst}"


def _ref_of(payload: bytes, text: bool) -> int:
    try:
        ref = (_json_ref if text else _msgpack_ref).decode(payload).ref
    except _MALFORMED:
        return 0
    return ref if ref <= schemas.U64_MAX else 0
