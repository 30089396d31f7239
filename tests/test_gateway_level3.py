"""Level 3 at the client: a mirror with every queue, over parts and changes, which forgets what it cannot prove."""

import itertools
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from gateway import schemas
from gateway.book import BookGapError
from gateway.client.protocol import Market, Protocol
from gateway.order_book import OrderBookMirror, order_book_checksum
from gateway.schemas import Level3Book, Level3Delta, OrderChange, PublicOrder
from tests.gateway_support import RawClient, message_frame, until, venue_config
from tests.test_gateway_client import CHALLENGE, logged_on, logon
from tests.test_gateway_end_to_end import AAPL, connect, conserved, fund, run, serving
from tests.test_gateway_session import Peer

BIDS: list[PublicOrder] = [(1, 100, 5), (2, 100, 6), (3, 99, 7)]
ASKS: list[PublicOrder] = [(4, 101, 2)]


def checksum(bids: list[PublicOrder], asks: list[PublicOrder]) -> int:
    return order_book_checksum(iter(bids), iter(asks))


def part(number: int, bids: list[PublicOrder], asks: list[PublicOrder], *, more: bool, seq: int = 10) -> Level3Book:
    return Level3Book(
        instrument="X", seq=seq, part=number, bids=bids, asks=asks, more=more, checksum=checksum(BIDS, ASKS)
    )


def whole() -> Level3Book:
    return part(0, BIDS, ASKS, more=False)


def delta(
    changes: list[OrderChange], bids: list[PublicOrder], asks: list[PublicOrder], *, prev_seq: int = 10
) -> Level3Delta:
    """Changes that leave the book with these orders."""
    return Level3Delta(
        instrument="X", seq=prev_seq + 2, prev_seq=prev_seq, changes=changes, checksum=checksum(bids, asks)
    )


def known(mirror: OrderBookMirror) -> tuple[list[PublicOrder], list[PublicOrder]]:
    return list(mirror.orders("buy")), list(mirror.orders("sell"))


CHANGES: list[tuple[OrderChange, list[PublicOrder], list[PublicOrder]]] = [
    (("added", 5, "buy", 100, 1), [*BIDS[:2], (5, 100, 1), BIDS[2]], ASKS),
    (("added", 5, "sell", 102, 1), BIDS, [*ASKS, (5, 102, 1)]),
    (("reduced", 1, "buy", 100, 3), [(1, 100, 3), *BIDS[1:]], ASKS),
    (("executed", 1, "buy", 100, 4), [(1, 100, 4), *BIDS[1:]], ASKS),
    (("executed", 4, "sell", 101, 0), BIDS, []),
    (("removed", 2, "buy", 100, 0), [BIDS[0], BIDS[2]], ASKS),
    (("moved", 1, "buy", 100, 9), [BIDS[1], (1, 100, 9), BIDS[2]], ASKS),
    (("moved", 1, "buy", 99, 5), [BIDS[1], BIDS[2], (1, 99, 5)], ASKS),
]


@pytest.mark.parametrize(("change", "bids", "asks"), CHANGES, ids=lambda value: value[0] if value else "")
def test_a_change_is_what_it_says(change: OrderChange, bids: list[PublicOrder], asks: list[PublicOrder]) -> None:
    mirror = OrderBookMirror("X")
    mirror.snapshot(whole())
    mirror.apply(delta([change], bids, asks))
    assert known(mirror) == (bids, asks)
    assert (mirror.seq, mirror.complete, len(mirror)) == (12, True, len(bids) + len(asks))


def test_parts_make_the_book_and_changes_between_them_are_told_once() -> None:
    mirror = OrderBookMirror("X")
    mirror.snapshot(part(0, BIDS[:1], [], more=True))
    assert (known(mirror), mirror.complete) == ((BIDS[:1], []), False)
    changes: list[OrderChange] = [
        ("added", 5, "buy", 101, 1),  # before the end of the part: known from now on
        ("added", 6, "buy", 100, 1),  # at its end, where the rest is still to come
        ("added", 7, "sell", 105, 1),  # on the other side
        ("executed", 2, "buy", 100, 1),  # not known yet
        ("moved", 3, "buy", 101, 7),  # from where is still to come to where all is known
        ("moved", 1, "buy", 100, 5),  # to the back of a queue whose rest is to come
        ("removed", 4, "sell", 101, 0),
    ]
    mirror.apply(delta(changes, [], []))
    assert known(mirror) == ([(5, 101, 1), (3, 101, 7)], [])
    mirror.snapshot(part(1, [(2, 100, 1)], [], more=True, seq=12))
    bids: list[PublicOrder] = [(5, 101, 1), (3, 101, 7), (2, 100, 1), (6, 100, 1), (1, 100, 5)]
    last = part(2, [(2, 100, 1), (6, 100, 1), (1, 100, 5)], [(7, 105, 1)], more=False, seq=12)
    last.checksum = checksum(bids, [(7, 105, 1)])
    mirror.snapshot(last)
    assert (known(mirror), mirror.complete) == ((bids, [(7, 105, 1)]), True)


SWAPPED: Final = [*BIDS[:2], (5, 100, 1), (6, 100, 1), BIDS[2]]

GAPS: dict[str, tuple[list[Level3Book | Level3Delta], str]] = {
    "another book": ([part(0, BIDS, [], more=False)], "checksum"),
    "changes without a book": ([delta([], BIDS, ASKS)], "changes follow 10, the book is at None"),
    "changes missed": ([whole(), delta([], BIDS, ASKS, prev_seq=11)], "changes follow 11, the book is at 10"),
    "a part missed": ([part(0, BIDS[:1], [], more=True), part(2, [], ASKS, more=False)], "part 2 at 10"),
    "changes missed before a part": ([part(0, BIDS, [], more=True), part(1, [], ASKS, more=False, seq=11)], "part 1"),
    "a part of nothing": ([part(0, [], [], more=True)], "without orders"),
    "an order twice": ([whole(), delta([("added", 1, "buy", 100, 5)], BIDS, ASKS)], "was added"),
    "an unknown order": ([whole(), delta([("reduced", 9, "buy", 100, 5)], BIDS, ASKS)], "was reduced"),
    "another price": ([whole(), delta([("executed", 1, "buy", 99, 0)], BIDS[1:], ASKS)], "was executed at 99"),
    "an unknown order moved": ([whole(), delta([("moved", 9, "buy", 100, 5)], BIDS, ASKS)], "was moved"),
    "two changes swapped": (
        [whole(), delta([("added", 6, "buy", 100, 1), ("added", 5, "buy", 100, 1)], SWAPPED, ASKS)],
        "checksum",
    ),
    "a moved order in its old place": ([whole(), delta([("moved", 1, "buy", 100, 5)], BIDS, ASKS)], "checksum"),
}


@pytest.mark.parametrize(("messages", "reason"), GAPS.values(), ids=GAPS.keys())
def test_a_mirror_forgets_what_it_cannot_prove(messages: list[Any], reason: str) -> None:
    mirror = OrderBookMirror("X")
    *before, last = messages
    for message in before:
        mirror.snapshot(message)
    with pytest.raises(BookGapError, match=reason):
        mirror.snapshot(last) if isinstance(last, Level3Book) else mirror.apply(last)
    assert (known(mirror), mirror.seq, mirror.complete, len(mirror)) == (([], []), None, False, 0)


def test_the_checksum_covers_ten_orders_of_each_side() -> None:
    bids: list[PublicOrder] = [(number, 100, 1) for number in range(12)]
    deeper = [*bids[:10], (99, 50, 1)]
    assert checksum(bids, []) == checksum(deeper, [])
    assert checksum(bids, []) != checksum([*bids[:9], (99, 100, 1)], [])
    assert checksum([], []) == 0


# the protocol


def ready_protocol() -> Protocol:
    client = Protocol(logon)
    client.connection_made()
    client.receive(CHALLENGE)
    (sent,) = client.take_requests()
    client.receive(logged_on(sent.ref))
    client.request(schemas.Subscribe(ref=client.next_ref(), channel="level3", instrument="X"))
    (subscribe,) = client.take_requests()
    client.receive(schemas.Ok(ref=subscribe.ref))
    list(client.take_events())
    return client


def asked(client: Protocol) -> list[tuple[str, bool]]:
    requests = client.take_requests()
    assert all(isinstance(request, schemas.Subscribe) for request in requests)
    return [(request.channel, request.more) for request in requests]  # type: ignore[attr-defined]


def test_the_client_asks_for_parts_and_after_a_gap_for_the_book() -> None:
    client = ready_protocol()
    first = part(0, BIDS[:1], [], more=True)
    client.receive(first)
    assert asked(client) == [("level3", True)]
    client.receive(delta([], BIDS, ASKS, prev_seq=11))
    assert asked(client) == [("level3", False)]
    # What was still under way belongs to the book that was given up.
    client.receive(part(1, BIDS[1:], ASKS, more=False))
    client.receive(delta([], BIDS, ASKS))
    assert asked(client) == []
    client.receive(first)
    client.receive(part(1, BIDS[1:], ASKS, more=False))
    assert asked(client) == [("level3", True)]
    assert known(client.order_books["X"]) == (BIDS, ASKS)
    assert [type(event) for event in client.take_events()] == [Market] * 3


@pytest.mark.parametrize("refused", [True, False])
def test_a_mirror_ends_with_its_channel_alone(*, refused: bool) -> None:
    client = ready_protocol()
    request: schemas.Request
    if refused:
        request = schemas.Subscribe(ref=client.next_ref(), channel="level3", instrument="X")
    else:
        request = schemas.Unsubscribe(ref=client.next_ref(), channel="level3", instrument="X")
    client.request(schemas.Subscribe(ref=client.next_ref(), channel="book", instrument="X"))
    client.request(request)
    reply = schemas.Error(ref=request.ref, code="forbidden", message="") if refused else schemas.Ok(ref=request.ref)
    client.receive(reply)
    assert (list(client.books), list(client.order_books)) == (["X"], [])


def test_a_lost_connection_forgets_the_orders_and_subscribes_again() -> None:
    client = ready_protocol()
    client.receive(whole())
    client.connection_lost("gone")
    assert client.order_books["X"].seq is None
    client.connection_made()
    client.receive(CHALLENGE)
    (sent,) = client.take_requests()
    client.receive(logged_on(sent.ref))
    assert asked(client) == [("level3", False)]


# the session


def test_further_parts_need_a_subscription_to_level_3() -> None:
    peer = Peer("viewer")
    more = schemas.Subscribe(ref=1, channel="level3", instrument="AAPL-USDC", more=True)
    assert peer.error(peer.send(more)).code == "invalid_message"
    assert peer.send(schemas.Subscribe(ref=2, channel="level3", instrument="AAPL-USDC")) == [schemas.Ok(ref=2)]
    assert peer.send(more) == [schemas.Ok(ref=1)]
    assert peer.hub.named("next_part") == [(1, 0)] * 2
    assert peer.hub.named("subscribe") == [(1, 4, 0)]
    other = schemas.Subscribe(ref=3, channel="book", instrument="AAPL-USDC", more=True)
    assert peer.error(peer.send(other)).code == "invalid_message"


# end to end


def order(number: int, rng: random.Random, side: schemas.Side, *, crossing: int) -> schemas.Place:
    """Of few prices, so that queues are long; the sides overlap by `crossing` ticks."""
    price = rng.randrange(980, 1_000 + crossing) if side == "buy" else rng.randrange(1_000 - crossing, 1_020)
    return schemas.Place(ref=number, instrument=AAPL, side=side, price=price, quantity=rng.randrange(1, 6))


async def burst(client: RawClient, refs: "itertools.count[int]", make: Callable[[int], schemas.Request]) -> None:
    """Fifty requests at once, and all their answers."""
    client.write(b"".join(message_frame(make(next(refs))) for _ in range(50)))
    client.send(schemas.Ping(ref=next(refs)))
    while not isinstance(await client.message(), schemas.Pong):
        pass


def test_a_client_mirrors_every_queue_over_parts_and_traffic(tmp_path: Path) -> None:
    """A book of several parts, joined while it trades: in the end every level is the engine's, without a gap."""

    async def scenario() -> None:
        rng = random.Random(5)
        refs = itertools.count(1)
        async with serving(venue_config(str(tmp_path))) as gateway:
            await fund(gateway)
            maker = await RawClient.logged_on(gateway.port, "maker")
            taker = await RawClient.logged_on(gateway.port, "taker")
            for _ in range(26):
                for client, side in ((maker, "buy"), (taker, "sell")):
                    await burst(client, refs, lambda number, side=side: order(number, rng, side, crossing=0))  # type: ignore[misc]
            parts: list[int] = []
            changes = 0

            def count(message: object) -> None:
                nonlocal changes
                if isinstance(message, schemas.Level3Book):
                    parts.append(message.part)
                elif isinstance(message, schemas.Level3Delta):
                    changes += len(message.changes)

            async with connect(gateway, "viewer", on_market_data=count) as viewer:
                await viewer.subscribe("level3", AAPL)
                for _ in range(8):
                    for client, side in ((maker, "sell"), (taker, "buy")):
                        await burst(client, refs, lambda number, side=side: order(number, rng, side, crossing=4))  # type: ignore[misc]
                mirror = viewer.order_books[AAPL]
                await until(lambda: mirror.complete)
                await viewer.ping()
                for side, levels in zip(("buy", "sell"), gateway.hub.depth(0, 1_000), strict=True):
                    totals: dict[int, list[int]] = {}
                    for _, price, quantity in mirror.orders(side):  # type: ignore[arg-type]
                        totals.setdefault(price, []).append(quantity)
                    assert [(price, sum(lots), len(lots)) for price, lots in totals.items()] == levels
            assert parts == list(range(len(parts)))
            assert len(parts) >= 3
            assert changes > 100
            await maker.close()
            await taker.close()
            await conserved(gateway)

    run(scenario)
