"""What the gateway's tests share: a venue's configuration, a client's frames, and a hub that trades nothing.

`FakeHub` lets the session core and the shell be tested without a journal: everything is durable at once, hot messages
are recorded instead of carried out.
"""

import asyncio
import os
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import msgspec

from gateway.auth import HmacSigner, signed_logon
from gateway.framing import Opcode, frame
from gateway.hub import Action, FeeTable, Hub, Output
from gateway.keys import Keys, Sealing
from gateway.listing import Listing
from gateway.schemas import (
    AnyReply,
    Challenge,
    LoggedOn,
    Logon,
    Reply,
    Request,
    decode_reply,
    encode,
    msgpack_request_decoder,
)
from pyengine import config as configuration
from pyengine._engine_core import Order
from pyengine.errors import JournalError, JournalFailedError, WireError
from pyengine.events import Deposited, Event

SECRETS = {name: f"{name}-secret-of-at-least-16-bytes".encode() for name in ("maker", "taker", "viewer", "operator")}
HOT = ("place", "cancel", "amend", "cancel_all")


def key(name: str, account: int, *scopes: configuration.Scope, **settings: Any) -> configuration.KeyConfig:
    return configuration.KeyConfig(
        name=name, account=account, scopes=list(scopes), secret=SECRETS[name].hex(), **settings
    )


def venue_config(directory: str, **limits: Any) -> configuration.VenueConfig:
    """Two shares and gold against USDC; free ports; a maker, a taker, a viewer and an operator."""
    config = configuration.VenueConfig(
        journal=configuration.JournalConfig(directory=directory, segment_bytes=1 << 20),
        server=configuration.ServerConfig(port=0, http_port=0),
        limits=configuration.LimitsConfig(**limits),
        assets=[
            configuration.AssetConfig(symbol="USDC", asset_class="stablecoin", decimals=6),
            configuration.AssetConfig(symbol="AAPL", asset_class="equity", decimals=4, min_withdrawal=100),
            configuration.AssetConfig(symbol="XAU", asset_class="gold", decimals=6),
        ],
        instruments=[
            configuration.InstrumentConfig(
                symbol="AAPL-USDC", base="AAPL", quote="USDC", lot_size=100, tick_lot_value=100, max_price=1_000_000
            ),
            configuration.InstrumentConfig(
                symbol="XAU-USDC", base="XAU", quote="USDC", lot_size=1_000, tick_lot_value=10, max_price=10_000_000
            ),
        ],
        fee_schedules=[
            configuration.FeeScheduleConfig(maker_rate=0, taker_rate=0),
            configuration.FeeScheduleConfig(maker_rate=100, taker_rate=500),
        ],
        accounts=[configuration.AccountConfig(id=1, count=4, fee_schedule=1)],
        keys=[
            key("maker", 1, "read", "trade"),
            key("taker", 2, "read", "trade"),
            key("viewer", 1, "read"),
            key("operator", 0, "read", "admin"),
        ],
    )
    configuration.check(config)
    return config


def keys_of(hub: Hub, config: configuration.VenueConfig) -> Keys:
    """The keys of a configuration, as if the hub had been asked for them."""
    keys = Keys(hub, Sealing(None), config.limits)
    for request in Listing.wanted(config).keys:
        keys.carried_out(keys.change(request, 0))
    return keys


def with_keys(hub: "FakeHub", config: configuration.VenueConfig) -> "FakeHub":
    """A hub whose journal has the keys of a configuration, sealed for this process alone."""
    for key in keys_of(hub, config).authenticator.by_number.values():
        hub.api_keys.append((key.account, key.expires_at, key.document.packed()))
    return hub


CHALLENGE = "c0" * 32
"""Of sessions that the tests make themselves."""


def logon(name: str, challenge: str = CHALLENGE, *, cancel_on_disconnect: bool = False) -> Logon:
    return signed_logon(name, HmacSigner(SECRETS[name]), challenge, cancel_on_disconnect=cancel_on_disconnect)


def client_frame(opcode: int, payload: bytes, *, fin: bool = True, mask: bytes | None = b"\x01\x02\x03\x04") -> bytes:
    """A frame as a client sends it; `mask=None` leaves the mask out, which is a protocol error."""
    head = bytes([(0x80 if fin else 0) | opcode])
    masked = 0x80 if mask else 0
    length = len(payload)
    if length < 126:
        head += bytes([masked | length])
    elif length < 1 << 16:
        head += struct.pack(">BH", masked | 126, length)
    else:
        head += struct.pack(">BQ", masked | 127, length)
    if mask is None:
        return head + payload
    return head + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))


def message_frame(request: Request, *, text: bool = False) -> bytes:
    return client_frame(Opcode.TEXT if text else Opcode.BINARY, encode(request, text=text))


def server_frames(data: bytes) -> list[tuple[int, bytes]]:
    """The (opcode, payload) pairs in what the server wrote; there is nothing else in it."""
    frames = []
    while data:
        opcode, length, start = data[0] & 0x0F, data[1], 2
        assert data[0] & 0x80, "the server does not fragment"
        if length == 126:
            (length,), start = struct.unpack_from(">H", data, 2), 4
        elif length == 127:
            (length,), start = struct.unpack_from(">Q", data, 2), 10
        assert len(data) >= start + length, "the server writes whole frames"
        frames.append((opcode, data[start : start + length]))
        data = data[start + length :]
    return frames


HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: venue\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class RawClient:
    """A websocket client that can misbehave: the test writes its bytes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, challenge: str = "") -> None:
        self.reader = reader
        self.writer = writer
        self.challenge = challenge

    @classmethod
    async def connect(
        cls, port: int, handshake: bytes = HANDSHAKE, *, host: str = "127.0.0.1", source: str | None = None
    ) -> Self:
        """Upgrades, and takes the challenge. `source` is the address to come from."""
        address = (source, 0) if source else None
        return await cls.upgrade(*await asyncio.open_connection(host, port, local_addr=address), handshake)

    @classmethod
    async def upgrade(
        cls, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handshake: bytes = HANDSHAKE
    ) -> Self:
        writer.write(handshake)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head
        client = cls(reader, writer)
        greeting = await client.message()
        assert isinstance(greeting, Challenge), greeting
        client.challenge = greeting.challenge
        return client

    @classmethod
    async def logged_on(
        cls, port: int, name: str, *, text: bool = False, cancel_on_disconnect: bool = False, **connecting: Any
    ) -> Self:
        client = await cls.connect(port, **connecting)
        await client.log_on(name, text=text, cancel_on_disconnect=cancel_on_disconnect)
        return client

    async def log_on(self, name: str, *, text: bool = False, cancel_on_disconnect: bool = False) -> None:
        self.send(logon(name, self.challenge, cancel_on_disconnect=cancel_on_disconnect), text=text)
        reply = await self.message()
        assert isinstance(reply, LoggedOn), reply

    def write(self, data: bytes) -> None:
        self.writer.write(data)

    def send(self, request: Request, *, text: bool = False) -> None:
        self.write(message_frame(request, text=text))

    async def frame(self) -> tuple[int, bytes]:
        """The next frame: (opcode, payload). `IncompleteReadError` at the end."""
        first, length = await self.reader.readexactly(2)
        if length == 126:
            (length,) = struct.unpack(">H", await self.reader.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", await self.reader.readexactly(8))
        return first & 0x0F, await self.reader.readexactly(length)

    async def message(self) -> AnyReply:
        """The next message; answers no pings."""
        while True:
            opcode, payload = await self.frame()
            assert opcode != Opcode.CLOSE, payload
            if opcode in (Opcode.TEXT, Opcode.BINARY):
                return decode_reply(payload, text=opcode == Opcode.TEXT)

    async def closed(self) -> tuple[int, str]:
        """Reads to the end; the code and reason of the close frame, which is the last thing sent."""
        opcode, payload, rest = 0, b"", b""
        while not rest:
            try:
                opcode, payload = await self.frame()
            except asyncio.IncompleteReadError as end:
                rest = end.partial or b"end"
        assert rest == b"end", "half a frame"
        assert opcode == Opcode.CLOSE, f"the connection ended without a close frame, after opcode {opcode}"
        return struct.unpack(">H", payload[:2])[0], payload[2:].decode()

    async def close(self) -> None:
        self.writer.close()
        with suppress(OSError):
            await self.writer.wait_closed()


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    """Waits for something that happens on this event loop; fails after `seconds`."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the condition belongs to the code under test
            await asyncio.sleep(0.005)


class FakeLink:
    """A connection without a socket."""

    peer = ("192.0.2.7", 50_123)
    since_ns = 1_767_225_600_000_000_000

    def __init__(self) -> None:
        self.closed: list[tuple[int, str]] = []

    def look_at_unread(self) -> int:
        return 17

    def close(self, code: int, reason: str) -> None:
        self.closed.append((code, reason))

    def later(self, work: Callable[[], Reply], done: Callable[[Reply], None]) -> None:
        done(work())


class FakeHub:
    """Records what it is asked; see the module's first lines."""

    def __init__(self) -> None:
        self.sequence = 0
        self.durable_sequence = 0
        self.timestamp_ns = 0
        self.trade_date = 0
        self.calls: list[tuple[Any, ...]] = []
        self.accounts = 5
        self.listed_assets: list[tuple[str, int, int, int]] = [("USDC", 0, 6, 1), ("AAPL", 1, 4, 100)]
        self.listed_instruments = [("AAPL-USDC", 1, 0, 100, 100, 1_000_000, 500, False, 0)]
        self.api_keys: list[tuple[int, int, bytes]] = []
        self.schedules: list[tuple[int, int, list[tuple[int, int, int]]]] = [(0, 0, [])]
        self.backed: list[dict[str, Any]] = []
        self.failure: str | None = None
        self.limits: dict[int, Any] = {}
        self.exhausted: set[int] = set()
        """Keys that have used up their allowance: nothing of theirs is granted."""
        self.orders: list[Any] = []
        self.outcome: Event = Deposited()
        """The first event of each command that is submitted."""
        self.withdrawals: list[tuple[int, int, int, int]] = []
        self._eventfd = os.eventfd(0, os.EFD_NONBLOCK)
        self._sessions: dict[int, bytearray] = {}
        self._text: dict[int, bool] = {}
        self._keys: dict[int, int] = {}
        self._trading: set[int] = set()
        self._output: dict[int, list[bytes]] = {}

    def named(self, name: str) -> list[tuple[Any, ...]]:
        return [call[1:] for call in self.calls if call[0] == name]

    def fileno(self) -> int:
        return self._eventfd

    def pulse(self, now_ns: int) -> int | None:
        return None

    def open_session(self) -> int:
        session = len(self._sessions) + 1
        self._sessions[session] = bytearray()
        self._output[session] = []
        return session

    def authorize(self, session: int, key: int, account: int, can_trade: bool, text: bool) -> None:
        self.calls.append(("authorize", session, key, account, can_trade, text))
        self._text[session] = text
        self._keys[session] = key
        if can_trade:
            self._trading.add(session)

    def set_limits(self, key: int, orders: tuple[int, int], requests: tuple[int, int]) -> None:
        self.limits[key] = (orders, requests)

    def admit(self, key: int, now_ns: int) -> bool:
        return key not in self.exhausted

    def close_session(self, session: int) -> None:
        self.calls.append(("close_session", session))
        self._output[session] = []

    def receive(self, session: int, data: bytes, now_ns: int) -> list[tuple[int, bytes, bool]]:
        buffer = self._sessions[session]
        buffer += data
        frames: list[tuple[int, bytes, bool]] = []
        while len(buffer) >= 2 and (not frames or frames[-1][0] > Opcode.BINARY):
            if not buffer[1] & 0x80:
                raise WireError(1002, "unmasked")
            length, start = buffer[1] & 0x7F, 2
            if length == 127:
                raise WireError(1009, "over 4096 bytes")
            if length == 126:
                if len(buffer) < 4:
                    break
                (length,), start = struct.unpack_from(">H", buffer, 2), 4
            if len(buffer) < start + 4 + length:
                break
            mask = buffer[start : start + 4]
            body = buffer[start + 4 : start + 4 + length]
            payload = bytes(byte ^ mask[index % 4] for index, byte in enumerate(body))
            opcode = buffer[0] & 0x0F
            if session in self._trading and opcode == Opcode.BINARY and self._hot(payload):
                if frames:
                    break
                self.calls.append(("hot", session, payload))
            else:
                frames.append((opcode, payload, self._keys.get(session) not in self.exhausted))
            del buffer[: start + 4 + length]
        return frames

    def _hot(self, payload: bytes) -> bool:
        try:
            return msgpack_request_decoder.decode(payload).__struct_config__.tag in HOT
        except ValueError:
            return False

    def message(self, session: int, payload: bytes, now_ns: int) -> bool:
        self.calls.append(("message", session, payload))
        return True

    def submit(self, session: int, ref: int, command: bytes, now_ns: int) -> bytes:
        self.calls.append(("submit", session, ref, command))
        self.sequence += 1
        self.durable_sequence = self.sequence
        return bytes(msgspec.structs.replace(self.outcome, sequence=self.sequence))

    def send(self, session: int, payload: bytes) -> None:
        self._output[session].append(payload)

    def subscribe(self, session: int, channel: int, instrument: int) -> None:
        self.calls.append(("subscribe", session, channel, instrument))

    def next_part(self, session: int, instrument: int) -> bool:
        self.calls.append(("next_part", session, instrument))
        return any(call == (session, 4, instrument) for call in self.named("subscribe"))

    def unsubscribe(self, session: int, channel: int, instrument: int) -> None:
        self.calls.append(("unsubscribe", session, channel, instrument))

    def replay(self, session: int, ref: int, from_account_seq: int) -> None:
        self.calls.append(("replay", session, ref, from_account_seq))

    def commit(self) -> bool:
        return False

    def poll(self) -> list[tuple[int, Output]]:
        if self.failure is not None:
            raise JournalFailedError(self.failure)
        ready: list[tuple[int, Output]] = []
        for session, payloads in self._output.items():
            if payloads:
                output: Output = list(payloads)
                if not self._text.get(session):
                    output = b"".join(frame(Opcode.BINARY, payload) for payload in payloads)
                ready.append((session, output))
                payloads.clear()
        return ready

    def backlog(self) -> list[int]:
        return []

    def close(self) -> tuple[Path | None, str | None]:
        self.calls.append(("close",))
        return None, None

    def balance(self, account: int, asset: int) -> tuple[int, int]:
        return (1_000 * account + asset, 5)

    def balances(self, account: int) -> list[tuple[int, int, int]]:
        return [(asset, *self.balance(account, asset)) for asset in range(len(self.listed_assets))]

    def journal_times(self) -> None:
        return None

    def issued(self, asset: int) -> int:
        return 100

    def total(self, asset: int) -> int:
        return 100

    def open_orders_page(self, account: int, after: int, limit: int) -> tuple[list[Order], bool]:
        rest = [order for order in self.orders if order.order_id > after]
        return rest[:limit], len(rest) > limit

    def counts(self) -> tuple[int, int, int, int]:
        return len(self.listed_assets), len(self.listed_instruments), self.accounts, 0

    def account_sequence(self, account: int) -> int:
        return 7

    def max_in_flight(self, account: int) -> int:
        return 96

    def account(self, account: int) -> tuple[int, int, int, int, int, int, int]:
        return account % 2, 4_096, 128, 0, 10 * account, len(self.orders), len(self.withdrawals)

    def pending_withdrawals(
        self, account: int | None, first: int, limit: int
    ) -> tuple[list[tuple[int, int, int, int]], bool]:
        asked = [each for each in self.withdrawals if each[0] >= first and account in (None, each[1])]
        return asked[:limit], len(asked) > limit

    def backing(self) -> list[dict[str, Any]]:
        return self.backed

    def attestors(self) -> list[tuple[bytes, int]]:
        return [(bytes(range(32)), 1)]

    def refiners(self) -> list[tuple[str, int]]:
        return [("VALCAMBI", 0), ("OLD", 1)]

    def redemptions(
        self, account: int | None, first: int, limit: int
    ) -> tuple[list[tuple[int, int, int, int, int, int, int]], bool]:
        rows = [(number, owner, asset, amount, amount + 1, 2, 3) for number, owner, asset, amount in self.withdrawals]
        asked = [each for each in rows if each[0] >= first and account in (None, each[1])]
        return asked[:limit], len(asked) > limit

    def bars(self, first: int, limit: int) -> tuple[list[tuple[int, int, int, str, str, int, int, bool]], bool]:
        rows = [(number, 1, 0, f"A{number}", "V", 401, 400, number != 3) for number in range(max(first, 1), 6)]
        return rows[:limit], len(rows) > limit

    def pegs(self) -> list[tuple[int, int, int, int, int, int, int, bool]]:
        return [(0, 100, 500, 1, 980_000, 1, 9, True)]

    def account_fee_schedule(self, account: int) -> int:
        return 1

    def fee_schedules(self) -> list[tuple[int, int, list[tuple[int, int, int]]]]:
        return self.schedules

    def fee_tables(self) -> list[FeeTable]:
        waiting: list[FeeTable] = [(0, 0, 7, None)]
        return [(number, None, 0, rates) for number, rates in enumerate(self.schedules)] + waiting

    def holders_page(self, first: int, limit: int) -> tuple[list[tuple[int, str, int, int, int, bool]], bool]:
        rows = [(account, "DE", 2, 9, 3, account == 2) for account in (1, 2, 4) if account >= first]
        return rows[:limit], len(rows) > limit

    def eligibility(self) -> list[tuple[int | None, int | None, int, int, int, list[str], int, int]]:
        return [(1, None, 4, 1, 2, ["KP", "US"], 7, 8), (None, 0, 2, 0, 0, [], 0, 0)]

    def frozen_assets(self) -> list[int]:
        return [1]

    def freezes(self) -> list[tuple[int, int, int, int]]:
        return [(1, 0, 0, 5), (1, 0, 9, 6)]

    def beneficial(self, account: int) -> list[tuple[int, int, int]]:
        return [(0, 7 + account, 5), (1, 9, 6)]

    def actions(self) -> list[Action]:
        legs = [(0, 1, 2, 0), (1, 3, 4, 5)]
        return [(1, 0, 1, 7, 0, None, 90, 0, legs[:1], 0, 0), (3, 7, 1, 7, 1, 0, 80, 70, legs, 4, 6)]

    def keys(self) -> list[tuple[int, int, bytes]]:
        return self.api_keys

    def assets(self) -> list[tuple[str, int, int, int]]:
        return self.listed_assets

    def instruments(self) -> list[tuple[str, int, int, int, int, int, int, bool, int]]:
        return self.listed_instruments

    def asset(self, asset: int) -> tuple[str, int, int, int]:
        return self.listed_assets[asset]

    def instrument(self, instrument: int) -> tuple[str, int, int, int, int, int, int, bool, int]:
        return self.listed_instruments[instrument]

    def most_traded(self, limit: int) -> list[int]:
        return list(range(min(limit, len(self.listed_instruments))))

    def state_hash(self) -> bytes:
        return bytes(32)

    def snapshot(self) -> object:
        raise JournalError("no journal directory")

    def last_trades(self) -> list[tuple[int, int, int, int]]:
        return []

    def depth(self, instrument: int, levels: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        return [], []

    def told(self) -> tuple[list[int], list[int], list[int]]:
        return [0] * 256, [0] * 256, [0] * len(self.listed_instruments)

    def stats(self) -> dict[str, int]:
        return {"frames_total": 3, "groups": 1, "errors_total": 5}
