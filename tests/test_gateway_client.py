"""The client's decisions, without a connection or a loop: reports once and in order, books only if proven, no request
carried out twice.
"""

from typing import Any

import msgspec
import pytest

from gateway import schemas
from gateway.book import BookGapError, BookMirror, book_checksum
from gateway.client import ClientError, LogonRefusedError, OutcomeUnknownError, RequestError, WrongVenueError, protocol
from gateway.client.protocol import Answered, Bridged, Failed, GivenUp, Market, Protocol, Ready, Reported, Unready
from gateway.schemas import Book, Delta, Report

BIDS = [(100, 5), (99, 7)]
ASKS = [(101, 2)]


def book(seq: int = 10, *, wrong: int = 0) -> Book:
    return Book(instrument="X", seq=seq, bids=BIDS, asks=ASKS, checksum=book_checksum(BIDS, ASKS) ^ wrong)


def delta(seq: int, prev_seq: int, *, wrong: int = 0) -> Delta:
    """Removes the bid at 100 and adds an ask at 102."""
    checksum = book_checksum([(99, 7)], [(101, 2), (102, 4)]) ^ wrong
    return Delta(instrument="X", seq=seq, prev_seq=prev_seq, bids=[(100, 0)], asks=[(102, 4)], checksum=checksum)


CHALLENGE = schemas.Challenge(protocol=schemas.PROTOCOL_VERSION, challenge="c0" * schemas.CHALLENGE_BYTES)


def logon(challenge: str) -> schemas.Logon:
    return schemas.Logon(key="key", signature=f"of-{challenge}")


def report(account_seq: int, kind: schemas.ReportKind = "accepted", **fields: Any) -> Report:
    return Report(kind=kind, seq=account_seq, account_seq=account_seq, timestamp_ns=1, **fields)


def logged_on(ref: int, account_seq: int = 0, max_in_flight: int = 100) -> schemas.LoggedOn:
    return schemas.LoggedOn(
        ref=ref,
        account=1,
        scopes=["read", "trade"],
        engine_seq=1,
        account_seq=account_seq,
        timestamp_ns=1,
        max_in_flight=max_in_flight,
        rate_per_second=1,
        burst=1,
        max_message_bytes=1,
        idle_timeout_seconds=1,
    )


def error(ref: int, code: str = "forbidden") -> schemas.Error:
    return schemas.Error(ref=ref, code=code, message="no")


def replayed(ref: int, *, complete: bool) -> schemas.Replayed:
    return schemas.Replayed(ref=ref, from_account_seq=0, to_account_seq=0, complete=complete)


def balances(ref: int) -> schemas.Balances:
    return schemas.Balances(ref=ref, seq=1, account_seq=0, balances=[])


def orders(ref: int, *order_ids: int, account_seq: int = 0, more: bool = False) -> schemas.Orders:
    listed = [
        schemas.OrderInfo(
            order_id=order_id,
            instrument="X",
            side="buy",
            time_in_force="gtc",
            stp="newest",
            price=1,
            quantity=1,
            leaves=1,
        )
        for order_id in order_ids
    ]
    return schemas.Orders(ref=ref, seq=1, account_seq=account_seq, orders=listed, more=more)


def place(session: Protocol, client_order_id: str = "") -> schemas.Place:
    """A request, made."""
    request = schemas.Place(
        ref=session.next_ref(), client_order_id=client_order_id, instrument="X", side="buy", price=1, quantity=1
    )
    session.request(request)
    return request


def sent(session: Protocol) -> list[str]:
    """The tags of what is to be sent."""
    return [type(request).__name__ for request in session.take_requests()]


def asked(session: Protocol) -> int:
    """The one request that is to be sent: its `ref`."""
    (request,) = session.take_requests()
    return request.ref


def told(session: Protocol) -> list[protocol.Event]:
    """What the user is told, the connection's own steps left out."""
    return [event for event in session.take_events() if not isinstance(event, (protocol.LoggedOn, Ready))]


def delivered(session: Protocol) -> list[int]:
    return [event.report.account_seq for event in told(session) if isinstance(event, Reported)]


def log_on(session: Protocol, account_seq: int = 0, max_in_flight: int = 100) -> None:
    """A connection, and the venue's word on where the account is."""
    session.connection_made()
    session.receive(CHALLENGE)
    session.receive(logged_on(asked(session), account_seq, max_in_flight))


def ready(account_seq: int = 0, **options: Any) -> Protocol:
    """A session in the middle of its life."""
    session = Protocol(logon, account_seq=account_seq, **options)
    log_on(session, account_seq)
    assert session.ready
    assert not told(session)
    return session


def subscribed() -> Protocol:
    """A session with a whole book."""
    session = ready()
    request = schemas.Subscribe(ref=session.next_ref(), channel="book", instrument="X")
    session.request(request)
    session.receive(schemas.Ok(ref=asked(session)))
    session.receive(book())
    assert told(session) == [Answered(request.ref, schemas.Ok(ref=request.ref)), Market(book())]
    return session


# the mirror


def test_mirror_applies_what_follows() -> None:
    mirror = BookMirror("X")
    mirror.snapshot(book())
    assert (mirror.best_bid(), mirror.best_ask()) == ((100, 5), (101, 2))
    mirror.apply(delta(12, 10))
    assert (mirror.bids(), mirror.asks(), mirror.seq) == ([(99, 7)], [(101, 2), (102, 4)], 12)


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ([book(wrong=1)], "checksum"),
        ([book(), delta(12, 10, wrong=1)], "checksum"),
        ([book(), delta(12, 9)], "delta follows 9, the book is at 10"),
        ([book(), delta(12, 11)], "delta follows 11, the book is at 10"),
        ([delta(12, 10)], "delta follows 10, the book is at None"),
    ],
)
def test_mirror_forgets_what_it_cannot_prove(messages: list[Any], reason: str) -> None:
    mirror = BookMirror("X")
    *before, last = messages
    for message in before:
        mirror.snapshot(message)
    with pytest.raises(BookGapError, match=reason):
        mirror.snapshot(last) if isinstance(last, Book) else mirror.apply(last)
    assert (mirror.bids(), mirror.asks(), mirror.seq) == ([], [], None)
    assert mirror.best_bid() is mirror.best_ask() is None


def test_checksum_covers_ten_levels_of_each_side() -> None:
    deep = [(1000 - level, 1) for level in range(12)]
    assert book_checksum(deep, []) == book_checksum(deep[:10], []) != book_checksum(deep[:9], [])
    assert book_checksum([], []) == 0


# books in a session


def test_a_lost_book_is_subscribed_again_and_waits_for_the_snapshot() -> None:
    session = subscribed()
    session.receive(delta(12, 11))
    (again,) = session.take_requests()
    assert isinstance(again, schemas.Subscribe)
    assert (again.channel, again.instrument) == ("book", "X")
    session.receive(delta(13, 12))
    assert sent(session) == [], "one request is enough"
    session.receive(book(13))
    session.receive(delta(14, 13))
    assert [event.message.seq for event in told(session) if isinstance(event, Market)] == [13, 14]


def test_a_refused_book_is_not_kept() -> None:
    session = ready()
    session.request(schemas.Subscribe(ref=5, channel="book", instrument="Y"))
    assert list(session.books) == ["Y"]
    session.receive(error(asked(session), "unknown_instrument"))
    assert not session.books
    session.connection_lost("")
    log_on(session)
    assert sent(session) == []


def test_an_unsubscribed_book_stays_until_the_venue_agrees() -> None:
    session = subscribed()
    session.request(schemas.Unsubscribe(ref=8, channel="book", instrument="X"))
    assert list(session.books) == ["X"]
    session.receive(schemas.Ok(ref=8))
    assert not session.books
    session.receive(delta(12, 10))
    assert told(session) == [Answered(8, schemas.Ok(ref=8))]


def test_a_lost_connection_empties_the_books_and_the_next_one_subscribes_again() -> None:
    session = subscribed()
    session.connection_lost("")
    assert session.books["X"].seq is None
    log_on(session)
    assert sent(session) == ["Subscribe"]


# reports


def test_reports_are_delivered_once_and_in_order() -> None:
    session = ready(5)
    for account_seq in (6, 6, 5, 1, 7, 6):
        session.receive(report(account_seq))
    assert delivered(session) == [6, 7]
    assert session.account_seq == 7


def test_live_reports_wait_for_the_replayed_ones() -> None:
    session = Protocol(logon, account_seq=5)
    log_on(session, 8)
    (replay,) = session.take_requests()
    assert isinstance(replay, schemas.Replay)
    assert replay.from_account_seq == 6
    for account_seq in (9, 10, 6, 7, 8, 9, 10, 11):
        session.receive(report(account_seq))
    session.receive(replayed(replay.ref, complete=True))
    assert delivered(session) == [6, 7, 8, 9, 10, 11]
    assert session.ready


def test_a_hole_in_a_live_session_gives_the_connection_up() -> None:
    session = ready(5)
    session.receive(report(7))
    session.receive(report(6))
    assert told(session) == [GivenUp("report 7 follows 5")]
    session.connection_lost("")
    log_on(session, 7)
    assert sent(session) == ["Replay"]


def test_what_comes_live_during_a_replay_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "PENDING_REPORTS", 2)
    session = Protocol(logon, account_seq=5)
    log_on(session, 6)
    for account_seq in (7, 8, 9):
        session.receive(report(account_seq))
    assert told(session) == [GivenUp("more than 2 reports came during the replay")]


# the challenge


def test_the_logon_answers_the_challenge_whichever_is_known_first() -> None:
    """The venue speaks first, so its challenge may be read before anybody knows that the connection is made."""
    for early in (True, False):
        session = Protocol(logon)
        steps = [lambda: session.receive(CHALLENGE), session.connection_made]  # noqa: B023 - called in this turn
        first, second = steps if early else steps[::-1]
        first()
        assert session.take_requests() == []
        second()
        assert session.take_requests() == [
            schemas.Logon(ref=1, key="key", signature=f"of-{CHALLENGE.challenge}"),
        ]


def test_a_connection_is_logged_on_once_and_by_its_own_challenge() -> None:
    session = Protocol(logon)
    session.connection_made()
    session.receive(CHALLENGE)
    assert sent(session) == ["Logon"]
    session.receive(schemas.Challenge(protocol=2, challenge="c1" * 32))
    assert sent(session) == []
    session.connection_lost("")
    session.connection_made()
    assert sent(session) == [], "the old connection's challenge is worth nothing"
    session.receive(schemas.Challenge(protocol=2, challenge="c2" * 32))
    (again,) = session.take_requests()
    assert isinstance(again, schemas.Logon)
    assert again.signature == "of-" + "c2" * 32


def test_a_venue_of_another_protocol_is_not_logged_on_to() -> None:
    session = Protocol(logon)
    session.connection_made()
    session.receive(schemas.Challenge(protocol=3, challenge="c1" * 32))
    (event,) = told(session)
    assert isinstance(event, Unready)
    assert str(event.error) == "the venue speaks version 3 of the protocol, this client version 2"
    assert sent(session) == []


# recovery


def test_a_new_session_begins_with_the_present() -> None:
    session = Protocol(logon)
    log_on(session, 41)
    assert (session.account_seq, session.ready, sent(session)) == (41, True, [])


def test_a_gap_too_old_to_be_replayed_is_bridged_by_snapshots() -> None:
    session = Protocol(logon, account_seq=5)
    log_on(session, 30)
    session.receive(report(29))
    session.receive(replayed(asked(session), complete=False))
    page = asked(session)
    session.receive(orders(page, 1, 2, account_seq=30, more=True))
    assert session.take_requests() == [schemas.GetOrders(ref=page, after=2)]
    session.receive(report(31))
    session.receive(orders(page, 3, account_seq=31))
    ref = asked(session)
    session.receive(balances(ref))
    everything = orders(page, 1, 2, 3, account_seq=30)
    assert told(session) == [Bridged(everything, balances(ref)), Reported(report(31))]
    assert session.ready


@pytest.mark.parametrize(
    ("account_seq", "answers", "why"),
    [
        (5, [error(1)], LogonRefusedError("forbidden", "no")),
        (5, [schemas.Pong(ref=1)], ClientError("Logon was answered by Pong")),
        (5, [logged_on(1, 4)], WrongVenueError("the venue is at report 4, this client has seen 5")),
        (
            5,
            [logged_on(1, 6), error(2), error(3)],
            ClientError("the gap is too old to be replayed, and a query is refused: forbidden"),
        ),
        (
            5,
            [logged_on(1, 6), replayed(2, complete=False), orders(3), error(4)],
            ClientError("the gap is too old to be replayed, and a query is refused: forbidden"),
        ),
    ],
    ids=["refused", "nonsense", "other-venue", "no-orders", "no-balances"],
)
def test_a_connection_that_does_not_become_ready_says_why(
    account_seq: int, answers: list[schemas.AnyReply], why: ClientError
) -> None:
    session = Protocol(logon, account_seq=account_seq)
    session.connection_made()
    for answer in (CHALLENGE, *answers):
        session.receive(answer)
    (event,) = told(session)
    assert isinstance(event, Unready)
    assert (type(event.error), str(event.error)) == (type(why), str(why))
    assert not session.ready
    session.receive(report(6))
    assert told(session) == [], "it is over"


# answers


def test_a_cancel_all_is_answered_by_its_end() -> None:
    session = ready()
    session.request(schemas.CancelAll(ref=4))
    cancelled, done = report(1, "cancelled", ref=4), report(2, "cancel_all_done", ref=4)
    session.receive(cancelled)
    assert told(session) == [Reported(cancelled)]
    session.receive(done)
    assert told(session) == [Answered(4, done), Reported(done)]


def test_a_cancel_replace_is_answered_by_the_order_that_comes() -> None:
    session = ready()
    session.request(schemas.CancelReplace(ref=4, order_id=9, instrument="X", side="buy", price=1, quantity=1))
    goes, comes = report(1, "cancelled", ref=4), report(2, "accepted", ref=4)
    session.receive(goes)
    assert told(session) == [Reported(goes)]
    session.receive(comes)
    assert told(session) == [Answered(4, comes), Reported(comes)]


def test_a_refused_cancel_all_is_answered_by_the_rejection() -> None:
    session = ready()
    session.request(schemas.CancelAll(ref=4))
    rejected = report(1, "rejected", ref=4)
    session.receive(rejected)
    assert told(session) == [Answered(4, rejected), Reported(rejected)]


def test_an_answer_is_given_once_and_only_to_who_waits() -> None:
    session = ready()
    first, second = place(session), place(session)
    session.forget(second.ref)
    for ref in (first.ref, first.ref, second.ref, 0, 99):
        session.receive(schemas.Pong(ref=ref))
    assert told(session) == [Answered(first.ref, schemas.Pong(ref=first.ref))]


def test_an_error_fails_its_request() -> None:
    session = ready()
    ref = place(session).ref
    session.receive(error(ref, "rate_limited"))
    (event,) = told(session)
    assert isinstance(event, Failed)
    assert isinstance(event.error, RequestError)
    assert (event.ref, event.error.code) == (ref, "rate_limited")


def test_pages_of_a_lost_connection_are_not_part_of_the_answer() -> None:
    session = ready()
    session.request(schemas.GetOrders(ref=9))
    session.receive(orders(9, 7, more=True))
    session.connection_lost("")
    log_on(session)
    assert session.take_requests() == [schemas.GetOrders(ref=9)], "from the first page on"
    session.receive(orders(9, 1, more=True))
    session.receive(orders(9, 2))
    assert told(session) == [Answered(9, orders(9, 1, 2))]


def test_pages_are_one_answer_as_of_the_first() -> None:
    session = ready()
    session.request(schemas.GetOrders(ref=9))
    session.take_requests()
    for page, after in ((orders(9, 3, 5, account_seq=7, more=True), 5), (orders(9, 6, account_seq=8, more=True), 6)):
        session.receive(page)
        assert session.take_requests() == [schemas.GetOrders(ref=9, after=after)]
    assert told(session) == []
    session.receive(orders(9, account_seq=9))
    assert told(session) == [Answered(9, orders(9, 3, 5, 6, account_seq=7))]


def test_a_refused_page_fails_the_whole_answer() -> None:
    session = ready()
    session.request(schemas.GetOrders(ref=9))
    session.receive(orders(9, 3, more=True))
    session.receive(error(9, "rate_limited"))
    (event,) = told(session)
    assert isinstance(event, Failed)
    assert str(event.error) == "rate_limited: no"


def test_pages_that_nobody_waits_for_ask_for_nothing() -> None:
    session = ready()
    session.request(schemas.GetOrders(ref=9))
    session.take_requests()
    session.forget(9)
    session.receive(orders(9, 3, more=True))
    assert session.take_requests() == []


# resubmission


REPLACING = schemas.CancelReplace(ref=7, order_id=9, instrument="X", side="buy", price=1, quantity=1)


@pytest.mark.parametrize(
    ("request_made", "wanted"),
    [
        (schemas.Place(ref=7, client_order_id="mine", instrument="X", side="buy", price=1, quantity=1), True),
        (schemas.Place(ref=7, instrument="X", side="buy", price=1, quantity=1), False),
        (REPLACING, False),
        (msgspec.structs.replace(REPLACING, client_order_id="mine"), True),
        (schemas.Amend(ref=7, client_order_id="mine", price=1, quantity=1), False),
        (schemas.Cancel(ref=7, client_order_id="mine"), False),
        (schemas.CancelAll(ref=7), False),
        (schemas.Withdraw(ref=7, asset="A", amount=1), False),
        (schemas.Withdraw(ref=7, asset="A", amount=1, reference="r"), True),
        (schemas.AdminDeposit(ref=7, account=1, asset="A", amount=1), False),
        (schemas.AdminDeposit(ref=7, account=1, asset="A", amount=1, reference="r"), True),
        (schemas.AdminSettleWithdrawal(ref=7, account=1, withdrawal_id=1), False),
        (schemas.AdminSettleWithdrawal(ref=7, account=1, withdrawal_id=1, reference="r"), True),
        (schemas.AdminCancelWithdrawal(ref=7, account=1, withdrawal_id=1), False),
        (schemas.AdminCancelWithdrawal(ref=7, account=1, withdrawal_id=1, reference="r"), True),
        (schemas.AdminTransfer(ref=7, account=1, to_account=2, asset="A", amount=1), False),
        (schemas.AdminTransfer(ref=7, account=1, to_account=2, asset="A", amount=1, reference="r"), True),
        (schemas.AdminStatus(ref=7), True),
        (schemas.GetBalances(ref=7), True),
        (schemas.GetOrders(ref=7), True),
        (schemas.GetInstruments(ref=7), True),
        (schemas.Ping(ref=7), True),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, schemas.Request) else str(value),
)
def test_only_what_is_harmless_twice_is_sent_twice(request_made: schemas.Request, wanted: bool) -> None:
    session = ready()
    session.request(request_made)
    assert session.take_requests() == [request_made]
    session.connection_lost("gone")
    failures = [event.error for event in told(session) if isinstance(event, Failed)]
    assert [str(error) for error in failures] == ([] if wanted else ["connection lost: gone"])
    assert all(isinstance(error, OutcomeUnknownError) for error in failures)
    log_on(session)
    assert session.take_requests() == ([request_made] if wanted else [])


def test_nothing_is_repeated_by_a_session_that_does_not_reconnect() -> None:
    session = ready(reconnect=False)
    ref = place(session, "mine").ref
    session.connection_lost("")
    assert [(type(event), event.ref) for event in told(session)] == [(Failed, ref)]  # type: ignore[union-attr]


def test_what_was_never_sent_waits_through_failed_attempts() -> None:
    session = ready()
    session.connection_lost("")
    order = place(session)
    session.connection_made()
    session.connection_lost("")
    assert told(session) == []
    log_on(session)
    assert session.take_requests() == [order]


def test_a_replayed_acceptance_answers_the_order_and_it_is_not_placed_again() -> None:
    session = ready()
    found, lost = place(session, "found"), place(session, "lost")
    session.take_requests()
    session.connection_lost("")
    log_on(session, 1)
    replay = asked(session)
    accepted = report(1, client_order_id="found")
    session.receive(accepted)
    session.receive(replayed(replay, complete=True))
    assert told(session) == [Answered(found.ref, accepted), Reported(accepted)]
    assert session.take_requests() == [lost]


# the end


def test_the_end_fails_what_waits_and_what_comes() -> None:
    session = ready()
    ref = place(session).ref
    reason = ClientError("over")
    session.end(reason)
    session.end(ClientError("a later reason"))
    assert told(session) == [Failed(ref, reason)]
    with pytest.raises(ClientError, match="over"):
        place(session)


def test_the_reason_of_a_stop_is_the_venues_last_word() -> None:
    session = ready()
    session.receive(schemas.Shutdown(reason="maintenance"))
    assert session.shutdown_reason == "maintenance"
    session.connection_lost("")
    log_on(session)
    assert session.shutdown_reason == ""


def test_events_that_were_not_taken_are_kept() -> None:
    """A callback of the user that raises must not lose the answers behind it."""
    session = ready()
    for account_seq in (1, 2):
        session.receive(report(account_seq))
    assert next(session.take_events()) == Reported(report(1))
    assert told(session) == [Reported(report(2))]


# as many orders as the venue takes


def paced(max_in_flight: int) -> Protocol:
    """A session with a venue that takes so many orders at a time."""
    session = Protocol(logon, account_seq=0)
    log_on(session, max_in_flight=max_in_flight)
    assert not told(session)
    return session


def test_orders_wait_for_room() -> None:
    session = paced(2)
    orders = [place(session, f"c{number}") for number in range(4)]
    assert session.take_requests() == orders[:2]
    session.receive(report(1, ref=orders[0].ref))
    assert session.take_requests() == [orders[2]]
    session.receive(error(orders[1].ref, "rate_limited"))
    assert session.take_requests() == [orders[3]]
    session.receive(report(2, "fill"))
    assert not session.take_requests()


def test_what_follows_orders_that_wait_keeps_its_place() -> None:
    session = paced(1)
    first, second = place(session), place(session)
    ping = schemas.Ping(ref=session.next_ref())
    session.request(ping)
    assert session.take_requests() == [first]
    session.receive(report(1, ref=first.ref))
    assert session.take_requests() == [second, ping]


def test_nothing_but_orders_needs_room() -> None:
    session = paced(1)
    place(session)
    for _ in range(3):
        session.request(schemas.Ping(ref=session.next_ref()))
    assert sent(session) == ["Place", "Ping", "Ping", "Ping"]


def test_an_order_that_nobody_waits_for_still_takes_its_room() -> None:
    session = paced(1)
    first, second = place(session), place(session)
    assert session.was_sent(first.ref)
    session.forget(first.ref)
    assert session.take_requests() == [first]
    session.receive(report(1, ref=first.ref))
    assert session.take_requests() == [second]


def test_an_order_that_was_given_up_before_it_was_sent_never_is() -> None:
    session = paced(1)
    first, second, third = place(session), place(session), place(session)
    assert session.take_requests() == [first]
    assert not session.was_sent(second.ref)
    session.forget(second.ref)
    session.receive(report(1, ref=first.ref))
    assert session.take_requests() == [third]


def test_a_new_connection_has_all_its_room() -> None:
    session = paced(2)
    orders = [place(session, f"c{number}") for number in range(3)]
    assert session.take_requests() == orders[:2]
    session.connection_lost("gone")
    log_on(session, max_in_flight=2)
    assert session.take_requests() == orders[:2]
    session.receive(report(1, "duplicate", ref=orders[0].ref))
    assert session.take_requests() == [orders[2]]


def test_a_connection_that_was_given_up_takes_nothing() -> None:
    session = paced(1)
    session.give_up("silence")
    assert not session.ready
    waiting = place(session, "c")
    assert not session.take_requests()
    session.connection_lost("silence")
    log_on(session)
    assert session.take_requests() == [waiting]
