"""The session core over the native hub, no sockets, no journal: both encodings, any cut of the stream, any bytes."""

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import schemas
from gateway.audit import Trail
from gateway.framing import Opcode
from gateway.listing import seed
from gateway.session import Session, Shared
from pyengine._engine_core import Hub
from tests.gateway_support import (
    CHALLENGE,
    FakeLink,
    client_frame,
    keys_of,
    logon,
    message_frame,
    server_frames,
    venue_config,
)

ACCOUNTS = ("maker", "taker")


class Venue:
    """A hub in memory with a funded maker and taker, and what each of their sessions was sent."""

    def __init__(self, *, text: bool = False) -> None:
        config = venue_config("unused", requests_burst=10**6, requests_per_second=10**6)
        self.hub = Hub(None, client_id_key=bytes(16))
        self.text = text
        self.now_ns = 2
        keys = keys_of(self.hub, config)
        seed(self.hub, keys, msgspec.structs.replace(config, keys=[]), 1)  # sealed secrets are never the same
        shared = Shared(self.hub, keys, config.limits, Trail(None))
        operator = self._session(shared, "operator")
        for account in (1, 2):
            for asset in ("USDC", "AAPL"):
                deposit = schemas.AdminDeposit(account=account, asset=asset, amount=10**9)
                operator.receive(message_frame(deposit), 2)
        self.sessions = {name: self._session(shared, name) for name in ACCOUNTS}
        self.sent: dict[str, list[Any]] = {name: [] for name in ACCOUNTS}
        self.deliver()
        for messages in self.sent.values():
            messages.clear()

    def _session(self, shared: Shared, name: str) -> Session:
        session = Session(shared, CHALLENGE, FakeLink())
        session.receive(message_frame(logon(name), text=self.text), self.now_ns)
        assert session.key is not None
        return session

    def receive(self, name: str, data: bytes) -> None:
        while self.sessions[name].receive(data, 3):
            data = b""
        self.deliver()

    def deliver(self) -> None:
        self.hub.commit()
        names = {session.id: name for name, session in self.sessions.items()} if hasattr(self, "sessions") else {}
        for session_id, output in self.hub.poll():
            if session_id in names:
                name = names[session_id]
                for opcode, payload in server_frames(self.sessions[name].frames(output)):
                    assert (opcode == Opcode.TEXT) == self.text
                    self.sent[name].append(schemas.decode_reply(payload, text=self.text))


def random_requests(seed: int, count: int) -> list[tuple[str, schemas.Request]]:
    """Orders of two accounts around one price, some of them refused, some sent again."""
    rng = random.Random(seed)
    requests: list[tuple[str, schemas.Request]] = []
    placed: list[tuple[str, schemas.Place]] = []
    for number in range(count):
        ref, draw = number + 1, rng.random()
        name = rng.choice(ACCOUNTS)
        request: schemas.Request
        order_type: schemas.OrderType
        if draw < 0.6:
            order_type = rng.choice(("limit", "limit", *schemas.ORDER_TYPES))
            request = schemas.Place(
                ref=ref,
                client_order_id=rng.choice(["", f"id-{number}", f"id-{number}", f"id-{number % 7}"]),
                instrument=rng.choice(["AAPL-USDC"] * 9 + ["NONE"]),
                side=rng.choice(schemas.SIDES),
                type=order_type,
                time_in_force=rng.choice(schemas.TIMES_IN_FORCE),
                price=0
                if order_type == "market"
                else rng.choice([0, 1, 2**40])
                if rng.random() < 0.05
                else rng.randint(95, 105),
                quantity=rng.randint(-1, 50),
                stp=rng.choice(schemas.STP_MODES),
            )
            if rng.random() < 0.1:
                request = msgspec.structs.replace(request, quantity=0, notional=rng.randint(1, 10**7))
            if placed and rng.random() < 0.1:
                name, again = rng.choice(placed[-10:])
                request = msgspec.structs.replace(again, ref=ref)
            placed.append((name, request))
        elif draw < 0.8:
            request = schemas.Cancel(ref=ref, client_order_id=f"id-{rng.randint(max(0, number - 4), number)}")
        elif draw < 0.97:
            client_order_id = f"id-{rng.randint(max(0, number - 4), number)}"
            price, quantity = rng.randint(95, 105), rng.randint(0, 60)
            request = schemas.Amend(ref=ref, client_order_id=client_order_id, price=price, quantity=quantity)
        else:
            request = schemas.CancelAll(ref=ref, instrument=rng.choice(["", "AAPL-USDC"]))
        requests.append((name, request))
    return requests


@pytest.mark.parametrize("seed", range(5))
def test_both_encodings_are_the_same_venue(seed: int) -> None:
    binary, text = Venue(), Venue(text=True)
    for name, request in random_requests(seed, 600):
        binary.receive(name, message_frame(request))
        text.receive(name, message_frame(request, text=True))
    assert binary.sent == text.sent
    assert binary.hub.state_hash() == text.hub.state_hash()
    kinds = {reply.kind for replies in binary.sent.values() for reply in replies if isinstance(reply, schemas.Report)}
    assert kinds >= {"accepted", "rejected", "fill", "cancelled", "amended", "duplicate", "cancel_all_done"}


def test_every_report_answers_with_its_ref_and_counts_without_a_gap() -> None:
    venue = Venue()
    requests = random_requests(9, 600)
    for name, request in requests:
        venue.receive(name, message_frame(request))
    for name, replies in venue.sent.items():
        asked = [request.ref for asker, request in requests if asker == name]
        answered = {reply.ref for reply in replies} - {0}
        assert sorted(answered) == asked
        reports = [reply for reply in replies if isinstance(reply, schemas.Report)]
        first = reports[0].account_seq
        assert [report.account_seq for report in reports] == list(range(first, first + len(reports)))


@pytest.mark.parametrize("seed", range(5))
def test_the_cut_of_the_stream_does_not_matter(seed: int) -> None:
    rng = random.Random(seed)
    stream = b"".join(message_frame(request, text=rng.random() < 0.3) for _, request in random_requests(seed, 100))
    whole, pieces = Venue(), Venue()
    whole.receive("maker", stream)
    position = 0
    while position < len(stream):
        length = rng.choice([1, 2, 3, 7, 50, 300])
        pieces.receive("maker", stream[position : position + length])
        position += length
    assert whole.sent == pieces.sent
    assert whole.hub.state_hash() == pieces.hub.state_hash()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.binary(max_size=120), max_size=4))
def test_any_bytes_leave_the_venue_as_it_was(chunks: list[bytes]) -> None:
    venue = Venue()
    before = venue.hub.state_hash()
    for chunk in chunks:
        venue.receive("maker", chunk)
    assert venue.hub.state_hash() == before
    venue.receive("taker", message_frame(schemas.Ping(ref=1)))
    assert venue.sent["taker"] == [schemas.Pong(ref=1)]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_frames_are_refused_or_mean_the_same_to_both_decoders(data: st.DataObject) -> None:
    """One byte of a message is changed: native codec and msgspec must agree whether it is a message, and which."""
    _, request = data.draw(st.sampled_from(random_requests(1, 60)))
    payload = bytearray(schemas.encode(request, text=False))
    payload[data.draw(st.integers(0, len(payload) - 1))] = data.draw(st.integers(0, 255))
    native, python = Venue(), Venue()
    native.receive("maker", client_frame(Opcode.BINARY, bytes(payload)))
    try:
        canonical = message_frame(schemas.decode_request(bytes(payload), text=False))
    except (msgspec.DecodeError, UnicodeDecodeError):
        (reply,) = native.sent["maker"]
        assert isinstance(reply, schemas.Error)
        assert reply.code == "invalid_message"
        return
    python.receive("maker", canonical)
    assert native.sent == python.sent
    assert native.hub.state_hash() == python.hub.state_hash()


@pytest.mark.parametrize("name", ["msgpack", "json"])
def test_duplicate_keys_do_not_split_the_decoders(name: str) -> None:
    venue = Venue(text=name == "json")
    if name == "json":
        data = b'{"op":"place","instrument":"AAPL-USDC","side":"buy","price":5,"price":6,"quantity":1}'
        venue.receive("maker", client_frame(Opcode.TEXT, data))
    else:
        payload = bytearray(
            msgspec.msgpack.encode(schemas.Place(instrument="AAPL-USDC", side="buy", price=5, quantity=1))
        )
        assert payload[0] == 0xDE, "a map whose length is in the next two bytes"
        payload[2] += 1
        venue.receive("maker", client_frame(Opcode.BINARY, bytes(payload) + b"\xa5price\x06"))
    (report,) = venue.sent["maker"]
    assert (report.kind, report.price) == ("accepted", 6)
