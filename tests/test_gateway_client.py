"""The client's judgement of what it receives, without a connection: reports once and in order, books only if proven."""

from typing import Any

import pytest

from gateway import schemas
from gateway.auth import HmacSigner
from gateway.book import BookGapError, BookMirror, book_checksum
from gateway.client import Client
from gateway.schemas import Book, Delta, Report

BIDS = [(100, 5), (99, 7)]
ASKS = [(101, 2)]


def book(seq: int = 10, *, wrong: int = 0) -> Book:
    return Book(instrument="X", seq=seq, bids=BIDS, asks=ASKS, checksum=book_checksum(BIDS, ASKS) ^ wrong)


def delta(seq: int, prev_seq: int, *, wrong: int = 0) -> Delta:
    """Removes the bid at 100 and adds an ask at 102."""
    checksum = book_checksum([(99, 7)], [(101, 2), (102, 4)]) ^ wrong
    return Delta(instrument="X", seq=seq, prev_seq=prev_seq, bids=[(100, 0)], asks=[(102, 4)], checksum=checksum)


def client(**options: Any) -> tuple[Client, list[Any]]:
    """A client that never connects, and what it would have sent."""
    subject = Client("ws://unused/", "key", HmacSigner(b"secret"), **options)
    sent: list[Any] = []
    subject._send = sent.append  # type: ignore[assignment,method-assign]
    return subject, sent


def report(account_seq: int) -> Report:
    return Report(kind="accepted", seq=account_seq, account_seq=account_seq, timestamp_ns=1)


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


def test_client_subscribes_again_after_a_gap_and_waits_for_the_snapshot() -> None:
    seen: list[Any] = []
    subject, sent = client(on_market_data=seen.append)
    subject.books["X"] = BookMirror("X")
    subject._received(book())
    subject._received(delta(12, 11))
    assert [(request.channel, request.instrument) for request in sent] == [("book", "X")]
    subject._received(delta(13, 12))
    assert len(sent) == 1, "one request is enough"
    subject._received(book(13))
    subject._received(delta(14, 13))
    assert [message.seq for message in seen] == [10, 13, 14]


def test_reports_are_delivered_once_and_in_order() -> None:
    seen: list[int] = []
    subject, _ = client(account_seq=5, on_report=lambda item: seen.append(item.account_seq))
    for account_seq in (6, 6, 5, 1, 7, 6):
        subject._received(report(account_seq))
    assert seen == [6, 7]
    assert subject.account_seq == 7


def test_live_reports_wait_for_the_replayed_ones() -> None:
    seen: list[int] = []
    subject, _ = client(account_seq=5, on_report=lambda item: seen.append(item.account_seq))
    subject._recovering = True
    for account_seq in (9, 10, 6, 7, 8, 9, 10, 11):
        subject._received(report(account_seq))
    assert seen == [6, 7, 8, 9, 10, 11]


def test_a_hole_in_a_live_session_gives_the_connection_up() -> None:
    seen: list[int] = []
    subject, _ = client(account_seq=5, on_report=lambda item: seen.append(item.account_seq))
    subject._received(report(7))
    assert seen == []
    assert subject._close_reason == "report 7 follows 5"


def test_a_cancel_all_is_answered_by_its_end() -> None:
    subject, _ = client(account_seq=0)
    subject._pending[4] = schemas.CancelAll(ref=4), None  # type: ignore[assignment]
    cancelled = Report(kind="cancelled", ref=4, seq=1, account_seq=1, timestamp_ns=1)
    assert not subject._answers(cancelled)
    assert subject._answers(Report(kind="cancel_all_done", ref=4, seq=1, account_seq=2, timestamp_ns=1))
    assert subject._answers(Report(kind="rejected", ref=4, seq=1, account_seq=2, timestamp_ns=1))
