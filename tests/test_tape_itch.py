"""Replaying ITCH 5.0 tapes into books: what each message does, what tapes and books disagree about, every kind of
damage, expected books, the command line, and the real tapes where they are at hand."""

import gzip
import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bench import itch
from bench.itch import framed
from pyengine._engine_core import TapeReplay, recognise_tape
from pyengine.cli import main
from pyengine.errors import TapeError
from pyengine.tape import books
from pyengine.tape.books import BookDifference, BooksResult, Level, read_expected, replay_itch, shown_price

ROOT = Path(__file__).parents[1]
LOBSTER = ROOT / "tests/fixtures/lobster/TINY_2030-01-02_34200000_57600000_message_2.csv"
NINE = 9 * 3_600 * 10**9
AAPL, MSFT = 13, 20
Levels = list[tuple[int, int, int]]


def add(order: int, side: itch.Side, shares: int, price: int, *, locate: int = AAPL, stock: str = "AAPL") -> bytes:
    return itch.add_order(locate, NINE, order, side, shares, stock, price)


def executed(order: int, shares: int) -> bytes:
    return itch.order_executed(AAPL, NINE, order, shares, 1)


def cancel(order: int, shares: int) -> bytes:
    return itch.order_cancel(AAPL, NINE, order, shares)


def delete(order: int) -> bytes:
    return itch.order_delete(AAPL, NINE, order)


def replace(order: int, new_order: int, shares: int, price: int) -> bytes:
    return itch.order_replace(AAPL, NINE, order, new_order, shares, price)


def write(directory: Path, *messages: bytes) -> Path:
    path = directory / "tape.itch"
    path.write_bytes(framed(*messages))
    return path


def book(path: Path, symbol: str = "AAPL") -> tuple[Levels, Levels]:
    replay = TapeReplay.itch(path)
    while replay.advance(1_000):
        pass
    return replay.book(symbol)


BEGIN = (
    itch.system_event(NINE, "O"),
    itch.stock_directory(AAPL, NINE, "AAPL"),
    add(1, "B", 100, 1_000_000),
    add(2, "B", 50, 1_000_000),
    add(3, "S", 70, 1_001_000),
)
BIDS, ASKS = [(1_000_000, 150, 2)], [(1_001_000, 70, 1)]


# What messages do


CHANGES: dict[str, tuple[bytes, tuple[Levels, Levels], dict[str, int]]] = {
    "add order": (
        add(4, "B", 10, 999_900),
        ([(1_000_000, 150, 2), (999_900, 10, 1)], ASKS),
        {"added": 4, "open_orders": 4},
    ),
    "add order with attribution": (
        itch.add_attributed_order(AAPL, NINE, 4, "S", 10, "AAPL", 1_001_000, "NSDQ"),
        (BIDS, [(1_001_000, 80, 2)]),
        {"added": 4, "open_orders": 4},
    ),
    "order executed": (
        executed(1, 30),
        ([(1_000_000, 120, 2)], ASKS),
        {"executions": 1, "queue_front_agreed": 1, "executed_quantity": 30},
    ),
    "order executed with price": (
        itch.order_executed_with_price(AAPL, NINE, 2, 50, 1, "Y", 1_000_500),
        ([(1_000_000, 100, 1)], ASKS),
        {"executions": 0, "executions_anywhere": 1, "executed_quantity": 50, "open_orders": 2},
    ),
    "order cancel": (cancel(2, 20), ([(1_000_000, 130, 2)], ASKS), {"reduced": 1}),
    "order delete": (delete(3), (BIDS, []), {"deleted": 1, "open_orders": 2}),
    "order replace": (
        replace(1, 9, 40, 999_800),
        ([(1_000_000, 50, 1), (999_800, 40, 1)], ASKS),
        {"replaced": 1, "added": 3, "deleted": 0, "open_orders": 3},
    ),
}
NO_CHANGES: dict[str, bytes] = {
    "system event": itch.system_event(NINE, "Q"),
    "stock directory": itch.stock_directory(MSFT, NINE, "MSFT"),
    "stock trading action": itch.trading_action(AAPL, NINE, "AAPL", "H", "T1"),
    "reg SHO restriction": itch.short_sale_restriction(AAPL, NINE, "AAPL", "1"),
    "market participant position": itch.participant_position(AAPL, NINE, "NITE", "AAPL"),
    "MWCB decline level": itch.decline_level(NINE, 3, 2, 1),
    "MWCB status": itch.breach(NINE, "1"),
    "IPO quoting period update": itch.quoting_period(AAPL, NINE, "AAPL", 36_000, "A", 1_000_000),
    "LULD auction collar": itch.auction_collar(AAPL, NINE, "AAPL", 1_000_000, 1_050_000, 950_000, 0),
    "operational halt": itch.operational_halt(AAPL, NINE, "AAPL"),
    "trade": itch.trade(AAPL, NINE, "B", 100, "AAPL", 1_000_000, 7, order=1),
    "cross trade": itch.cross_trade(AAPL, NINE, 100, "AAPL", 1_000_000, 7),
    "broken trade": itch.broken_trade(AAPL, NINE, 1),
    "net order imbalance": itch.net_order_imbalance(AAPL, NINE, 1, 2, "B", "AAPL", 1_000_000, 1_000_000, 1_000_000),
    "retail price improvement": itch.retail_interest(AAPL, NINE, "AAPL", "B"),
    "direct listing with capital raise": itch.direct_listing(AAPL, NINE, "AAPL", "Y", 1, 9, 5, NINE, 2, 8),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_message_that_changes_the_book(tmp_path: Path, name: str) -> None:
    message, after, counted = CHANGES[name]
    path = write(tmp_path, *BEGIN, message)
    result = replay_itch(path).to_dict()
    assert book(path) == after
    assert {key: result[key] for key in counted} == counted
    assert name in result["message_types"]
    assert not any(result["disagreements"].values())


@pytest.mark.parametrize("name", NO_CHANGES)
def test_a_message_that_changes_nothing(tmp_path: Path, name: str) -> None:
    before, after = replay_itch(write(tmp_path, *BEGIN)), replay_itch(path := write(tmp_path, *BEGIN, NO_CHANGES[name]))
    assert book(path) == (BIDS, ASKS)
    told = {"system event": 1, "stock directory": 1, "add order": 3}
    assert after.message_types == told | {name: told.get(name, 0) + 1}
    assert (after.added, after.open_orders) == (before.added, before.open_orders)
    assert after.messages == before.messages + 1


def test_every_type_of_the_format_has_a_test() -> None:
    kinds = {message[:1] for message in [*NO_CHANGES.values(), *(change[0] for change in CHANGES.values())]}
    assert len(kinds) == len(CHANGES) + len(NO_CHANGES) == 23


def test_a_queue_keeps_the_order_of_its_arrivals(tmp_path: Path) -> None:
    """A cancelled part keeps an order's place; what replaces it, at its own price too, goes behind."""
    path = write(
        tmp_path, *BEGIN, cancel(1, 99), executed(1, 1), replace(2, 4, 50, 1_000_000), add(5, "B", 1, 1_000_000)
    )
    assert replay_itch(path).queue_front_agreed == 1
    path = write(tmp_path, *BEGIN, replace(1, 4, 100, 1_000_000), executed(2, 50), executed(4, 100))
    assert replay_itch(path).queue_front_agreed == 2
    assert book(path) == ([], ASKS)


def test_an_unknown_type_is_counted(tmp_path: Path) -> None:
    path = write(tmp_path, *BEGIN, b"z", b"Z" * 90, executed(1, 1))
    result = replay_itch(path)
    assert (result.messages, result.unknown_messages, result.executions) == (8, 2, 1)


def test_prices_are_read_up_to_the_highest(tmp_path: Path) -> None:
    path = write(tmp_path, add(1, "B", 2**32 - 1, 1), add(2, "S", 1, 2**32 - 1), add(3, "S", 1, 1_999_999_900))
    assert book(path) == ([(1, 2**32 - 1, 1)], [(1_999_999_900, 1, 1), (2**32 - 1, 1, 1)])


# What tapes and books disagree about


DISAGREEMENTS: list[tuple[str, list[bytes], tuple[Levels, Levels]]] = [
    ("unknown_order", [executed(9, 1)], (BIDS, ASKS)),
    ("unknown_order", [itch.order_executed_with_price(AAPL, NINE, 9, 1, 1, "N", 1)], (BIDS, ASKS)),
    ("unknown_order", [cancel(9, 1)], (BIDS, ASKS)),
    ("unknown_order", [delete(9)], (BIDS, ASKS)),
    ("unknown_order", [replace(9, 1, 1, 1)], (BIDS, ASKS)),
    ("unknown_order", [itch.order_delete(MSFT, NINE, 1)], (BIDS, ASKS)),
    ("number_in_use", [add(3, "B", 5, 999_900)], ([*BIDS, (999_900, 5, 1)], [])),
    ("number_in_use", [replace(1, 2, 5, 999_900)], ([(999_900, 5, 1)], ASKS)),
    ("no_quantity", [add(4, "B", 0, 999_900)], (BIDS, ASKS)),
    ("no_quantity", [replace(3, 4, 0, 1_002_000)], (BIDS, [])),
    ("no_price", [add(4, "S", 5, 0)], (BIDS, ASKS)),
    ("no_price", [replace(3, 4, 5, 0)], (BIDS, [])),
    ("behind_in_its_queue", [executed(2, 10)], ([(1_000_000, 140, 2)], ASKS)),
    ("behind_better_price", [add(4, "S", 5, 1_000_900), executed(3, 70)], (BIDS, [(1_000_900, 5, 1)])),
    ("more_than_left", [executed(1, 101)], ([(1_000_000, 50, 1)], ASKS)),
    ("more_than_left", [cancel(3, 71)], (BIDS, [])),
    ("more_than_left", [itch.order_executed_with_price(AAPL, NINE, 2, 51, 1, "Y", 1)], ([(1_000_000, 100, 1)], ASKS)),
    ("crossed", [add(4, "B", 5, 1_001_000)], ([(1_001_000, 5, 1), *BIDS], ASKS)),
    ("crossed", [add(4, "S", 5, 999_900)], (BIDS, [(999_900, 5, 1), *ASKS])),
    ("crossed", [replace(1, 4, 5, 1_001_100)], ([(1_001_100, 5, 1), (1_000_000, 50, 1)], ASKS)),
]


@pytest.mark.parametrize(("name", "messages", "after"), DISAGREEMENTS)
def test_a_disagreement_is_counted_and_the_tape_wins(
    tmp_path: Path, name: str, messages: list[bytes], after: tuple[Levels, Levels]
) -> None:
    path = write(tmp_path, *BEGIN, *messages)
    result = replay_itch(path)
    assert {what: count for what, count in result.disagreements.items() if count} == {name: 1}
    assert book(path) == after
    assert result.executions == 0 or result.queue_front_agreed == (1 if name == "more_than_left" else 0)


def test_every_disagreement_has_a_test(tmp_path: Path) -> None:
    assert set(replay_itch(write(tmp_path, *BEGIN)).disagreements) == {case[0] for case in DISAGREEMENTS}


def test_no_more_is_executed_than_there_was(tmp_path: Path) -> None:
    assert replay_itch(write(tmp_path, *BEGIN, executed(1, 500))).executed_quantity == 100


# Files


def assert_refused(path: Path, says: str) -> None:
    with pytest.raises(TapeError, match="^" + re.escape(f"{path}: {says}")):
        replay_itch(path)


def test_a_tape_cut_at_every_byte(tmp_path: Path) -> None:
    messages = [*BEGIN, executed(1, 30), replace(2, 4, 5, 999_900), b"Z" * 5]
    whole, path = framed(*messages), tmp_path / "tape.itch"
    ends = [len(framed(*messages[:count])) for count in range(len(messages) + 1)]
    for cut in range(1, len(whole)):
        path.write_bytes(whole[:cut])
        count = max(count for count, end in enumerate(ends) if end <= cut)
        if ends[count] == cut:
            assert replay_itch(path).messages == count
        elif cut < 3:
            assert_refused(path, "byte 0: no message of ITCH 5.0 begins here")
        else:
            assert_refused(path, f"byte {ends[count]}: the tape ends in the middle of a message")
            replay = TapeReplay.itch(path)
            with pytest.raises(TapeError):
                replay.advance(1_000)
            assert replay.messages == count
            if count:
                path.write_bytes(whole[: ends[count]])
                assert replay.counts() == advanced(path).counts(), "what stands before the cut is replayed"


def advanced(path: Path) -> TapeReplay:
    replay = TapeReplay.itch(path)
    while replay.advance(3):
        pass
    return replay


@pytest.mark.parametrize("name", [*CHANGES, *NO_CHANGES])
def test_a_message_of_another_length_than_its_type_is_refused(tmp_path: Path, name: str) -> None:
    message = CHANGES[name][0] if name in CHANGES else NO_CHANGES[name]
    kind, length = chr(message[0]), len(message)
    for wrong in (message[:-1], message + b"\0"):
        says = f"byte 14: a message of type {kind} has {length} bytes, and this one {len(wrong)}"
        assert_refused(write(tmp_path, itch.system_event(NINE, "O"), wrong), says)
        assert_refused(write(tmp_path, wrong), "byte 0: no message of ITCH 5.0 begins here")


def test_a_length_of_0_is_that_of_the_type(tmp_path: Path) -> None:
    path = tmp_path / "tape.itch"
    path.write_bytes(b"".join(b"\0\0" + message for message in (*BEGIN, executed(1, 30))))
    assert book(path) == ([(1_000_000, 120, 2)], ASKS)
    path.write_bytes(framed(*BEGIN) + b"\0\0Z" + bytes(20))
    assert_refused(path, f"byte {len(framed(*BEGIN))}: a message of unknown type Z and length 0")


def test_a_length_of_0_and_nothing_behind_it_ends_the_session(tmp_path: Path) -> None:
    path = tmp_path / "tape.itch"
    path.write_bytes(framed(*BEGIN) + b"\0\0")
    assert (replay_itch(path).messages, book(path)) == (5, (BIDS, ASKS))


def test_an_order_has_one_of_two_sides(tmp_path: Path) -> None:
    wrong = bytearray(add(9, "B", 1, 1))
    wrong[19] = ord("b")
    says = f"byte {len(framed(*BEGIN))}: an order of side b, which is neither B nor S"
    assert_refused(write(tmp_path, *BEGIN, bytes(wrong)), says)


def test_packed_tapes_read_the_same(tmp_path: Path) -> None:
    plain, path = write(tmp_path, *BEGIN, executed(1, 30)), tmp_path / "named_as_one_likes"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    assert book(path) == book(plain)
    path.write_bytes(gzip.compress(framed(*BEGIN)) + gzip.compress(framed(executed(1, 30))))
    assert book(path) == book(plain), "in two parts"


def test_a_packed_tape_that_is_damaged(tmp_path: Path) -> None:
    messages = [*BEGIN, *(add(order, "B", order, order) for order in range(4, 2_000))]
    plain = framed(*messages)
    packed, path = gzip.compress(plain), tmp_path / "tape.itch.gz"
    for cut in range(2, len(packed), 97):
        path.write_bytes(packed[:cut])
        with pytest.raises(
            TapeError, match=re.escape(f"{path}: damaged or truncated behind byte ") + r"(\d+)"
        ) as error:
            replay_itch(path)
        behind = re.search(r"behind byte (\d+)", str(error.value))
        assert behind is not None
        assert int(behind[1]) <= len(plain)
    for at in (len(packed) // 2, len(packed) - 6):
        path.write_bytes(packed[:at] + bytes([packed[at] ^ 0x55]) + packed[at + 1 :])
        with pytest.raises(TapeError, match=re.escape(f"{path}: ")):
            replay_itch(path)
    path.write_bytes(gzip.compress(plain[:-1]))
    assert_refused(path, f"byte {len(framed(*messages[:-1]))}: the tape ends in the middle of a message of 36 bytes")


def test_a_tape_may_come_through_a_pipe(tmp_path: Path) -> None:
    plain, pipe = write(tmp_path, *BEGIN, executed(1, 30)), tmp_path / "pipe"
    os.mkfifo(pipe)
    for content in (plain.read_bytes(), gzip.compress(plain.read_bytes())):
        writer = threading.Thread(target=pipe.write_bytes, args=(content,))
        writer.start()
        assert replay_itch(pipe).message_types == replay_itch(plain).message_types
        writer.join()


def test_what_is_no_tape_at_all(tmp_path: Path) -> None:
    path = tmp_path / "tape"
    for content, says in (
        (b"", "byte 0: the file is empty"),
        (gzip.compress(b""), "byte 0: the file is empty"),
        (b"some text", "byte 0: no message of ITCH 5.0 begins here"),
        (LOBSTER.read_bytes(), "this is a table of numbers, as LOBSTER's are: use `replay lobster`"),
        (gzip.compress(LOBSTER.read_bytes()), "this is a table of numbers, as LOBSTER's are: use `replay lobster`"),
        (b"PK\x03\x04" + bytes(100), "this is an archive, as LOBSTER's are: use `replay lobster`"),
    ):
        path.write_bytes(content)
        assert_refused(path, says)
    with pytest.raises(FileNotFoundError):
        replay_itch(tmp_path / "none")
    with pytest.raises(IsADirectoryError):
        replay_itch(tmp_path)


def test_formats_are_recognised(tmp_path: Path) -> None:
    path = write(tmp_path, *BEGIN)
    assert recognise_tape(path) == ("itch", "an ITCH 5.0 file")
    path.write_bytes(gzip.compress(path.read_bytes()))
    assert recognise_tape(path) == ("itch", "an ITCH 5.0 file")
    assert recognise_tape(LOBSTER) == ("lobster", "a table of numbers, as LOBSTER's are")
    path.write_bytes(b"")
    assert recognise_tape(path) is None


# Symbols, limit, progress


def test_many_symbols_in_one_pass(tmp_path: Path) -> None:
    stocks = {locate: f"S{locate}" for locate in range(1, 60_000, 37)}
    messages = [itch.stock_directory(locate, NINE, stock) for locate, stock in stocks.items()]
    messages += [add(7, "B", locate, 100 + locate, locate=locate, stock=stock) for locate, stock in stocks.items()]
    messages += [itch.order_executed(locate, NINE, 7, 1, 1) for locate in stocks]
    path = write(tmp_path, *messages)
    result = replay_itch(path)
    assert (result.instruments, result.executions, result.queue_front_agreed) == (len(stocks),) * 3
    assert result.open_orders == len(stocks) - 1, "the number is the symbol's own, and S1 had one share"
    replay = advanced(path)
    assert replay.symbols == list(stocks.values())
    assert replay.book("S38") == ([(138, 37, 1)], [])
    with pytest.raises(KeyError, match='no symbol "S2" on this tape'):
        replay.book("S2")


def two_symbols(directory: Path) -> Path:
    other = add(1, "B", 9, 500_000, locate=MSFT, stock="MSFT")
    return write(directory, *BEGIN, other, executed(1, 30), itch.order_delete(MSFT, NINE, 8))


def test_of_some_symbols_only(tmp_path: Path) -> None:
    path = two_symbols(tmp_path)
    everything = replay_itch(path)
    assert (everything.instruments, everything.added, everything.disagreements["unknown_order"]) == (2, 4, 1)
    apple = replay_itch(path, symbols={"AAPL"})
    assert (apple.instruments, apple.added, apple.executions, apple.disagreements["unknown_order"]) == (1, 3, 1, 0)
    assert apple.messages == everything.messages, "what is passed over is read as well"
    microsoft = replay_itch(path, symbols={"MSFT"})
    assert (microsoft.instruments, microsoft.added, microsoft.executions) == (1, 1, 0)
    assert replay_itch(path, symbols={"MSFT", "AAPL"}).added == everything.added


def test_a_symbol_that_the_tape_never_names(tmp_path: Path) -> None:
    path = two_symbols(tmp_path)
    with pytest.raises(TapeError, match=re.escape(f"{path}: the tape names no symbol GOOG, IBM") + "$"):
        replay_itch(path, symbols={"IBM", "AAPL", "GOOG"})
    with pytest.raises(TapeError, match=re.escape(f"{path}: its first 5 messages name no symbol MSFT") + "$"):
        replay_itch(path, symbols={"MSFT"}, limit=5)


def test_no_further_than_a_limit(tmp_path: Path) -> None:
    path = write(tmp_path, *BEGIN, executed(1, 30))
    assert [replay_itch(path, limit=limit).messages for limit in (1, 5, 6, 7)] == [1, 5, 6, 6]
    path.write_bytes(path.read_bytes() + b"\0")
    assert replay_itch(path, limit=6).executions == 1, "what is behind the limit is not looked at"


def test_progress_is_told_between_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "CHUNK_MESSAGES", 10)
    path = write(tmp_path, *BEGIN, *[delete(9)] * 20)
    told: list[int] = []
    replay_itch(path, on_progress=told.append)
    assert told == [path.stat().st_size] * 3, "so small a file is read at once"


# Expected books


def levels(*shown: tuple[str, int] | tuple[str, int, int]) -> list[dict[str, Any]]:
    return [dict(zip(("price", "shares", "orders"), level, strict=False)) for level in shown]


RIGHT = {"bids": levels(("100.00", 150, 2)), "asks": levels(("100.10", 70))}


def compared(directory: Path, messages: list[bytes], expected: dict[str, Any], **options: Any) -> BooksResult:
    path = directory / "expected.json"
    path.write_text(json.dumps(expected))
    return replay_itch(write(directory, *messages), expected=path, **options)


def test_books_as_expected(tmp_path: Path) -> None:
    at_all_prices = [*BEGIN, add(4, "B", 10, 999_900), add(5, "B", 1, 1)]
    bids = levels(("0.0001", 1), ("99.99", 10, 1), ("100", 150, 2))
    expected = {
        "the_end_after_7_messages": {"bids": bids, "asks": RIGHT["asks"], "symbol": "AAPL"},
        "after_5_messages": RIGHT,
        "first_after_2_messages": {"bids": [], "asks": []},
    }
    result = compared(tmp_path, at_all_prices, expected)
    assert (result.passed, result.sides_checked, result.sides_matched, result.messages) == (True, 6, 6, 7)
    assert result.first_difference is None


@pytest.mark.parametrize(
    ("bids", "asks", "says"),
    [
        (
            levels(("100.00", 151, 2)),
            RIGHT["asks"],
            "buy side differs at 100.00: expected 151 shares in 2 orders, found 150 shares in 2 orders",
        ),
        (
            RIGHT["bids"],
            levels(("100.10", 70, 2)),
            "sell side differs at 100.10: expected 70 shares in 2 orders, found 70 shares in 1 order",
        ),
        (levels(), RIGHT["asks"], "buy side differs at 100.00: expected nothing, found 150 shares in 2 orders"),
        (
            levels(("99.9999", 1), ("100.00", 150, 2), ("100.0001", 1_000)),
            RIGHT["asks"],
            "buy side differs at 100.0001: expected 1,000 shares, found nothing",
        ),
        (
            RIGHT["bids"],
            levels(("100.11", 1), ("100.10", 70), ("100.12", 1)),
            "sell side differs at 100.11: expected 1 shares, found nothing",
        ),
    ],
)
def test_a_side_that_differs(tmp_path: Path, bids: list[Any], asks: list[Any], says: str) -> None:
    expected = {"after_5_messages": {"bids": bids, "asks": asks}, "after_6_messages": {"bids": [], "asks": []}}
    result = compared(tmp_path, [*BEGIN, delete(1)], expected)
    assert (result.passed, result.sides_checked) == (False, 4)
    assert result.sides_matched == 1, "the first side once, both of the second book"
    assert str(result.first_difference) == f"after message 5: AAPL: {says}"


def test_a_difference_in_json(tmp_path: Path) -> None:
    result = compared(tmp_path, [*BEGIN], {"after_5_messages": RIGHT | {"bids": levels(("100.05", 3))}})
    assert result.first_difference == BookDifference(5, "AAPL", "buy", "100.05", Level(3, None), None)
    assert result.to_dict()["first_difference"] == {
        "message": 5,
        "symbol": "AAPL",
        "side": "buy",
        "price": "100.05",
        "expected": {"shares": 3, "orders": None},
        "found": None,
    }


def test_books_of_several_symbols(tmp_path: Path) -> None:
    messages = [*BEGIN, add(1, "B", 9, 500_000, locate=MSFT, stock="MSFT")]
    microsoft = {"symbol": "MSFT", "bids": levels(("50.00", 9, 1)), "asks": []}
    expected = {"msft_after_6_messages": microsoft, "aapl_after_6_messages": RIGHT | {"symbol": "AAPL"}}
    assert compared(tmp_path, messages, expected).sides_matched == 4
    assert compared(tmp_path, messages, {"x_6_messages": RIGHT}, symbols={"AAPL"}).sides_matched == 2
    named_only = [itch.stock_directory(MSFT, NINE, "MSFT"), *BEGIN]
    assert compared(tmp_path, named_only, {"x_6_messages": RIGHT}).sides_matched == 2, "one has orders"


UNFIT: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("behind the end", {"x_8_messages": RIGHT}, {}, "x_8_messages: the tape ends after 7 messages"),
    ("behind the limit", {"x_7_messages": RIGHT}, {"limit": 6}, "x_7_messages: the replay ends after 6 messages"),
    ("no symbol", {"x_7_messages": RIGHT}, {}, "x_7_messages: says no symbol, and 2 have orders after 7 messages"),
    ("nobody", {"x_1_messages": RIGHT}, {}, "x_1_messages: says no symbol, and 0 have orders after 1 messages"),
    (
        "a symbol that is not there yet",
        {"x_5_messages": RIGHT | {"symbol": "MSFT"}},
        {},
        "x_5_messages: the tape names no symbol MSFT in its first 5 messages",
    ),
    (
        "a symbol that is not chosen",
        {"x_7_messages": RIGHT | {"symbol": "MSFT"}},
        {"symbols": {"AAPL"}},
        "x_7_messages: MSFT is not among the symbols chosen",
    ),
]


@pytest.mark.parametrize(("expected", "options", "says"), [case[1:] for case in UNFIT], ids=[case[0] for case in UNFIT])
def test_expected_books_of_another_tape(
    tmp_path: Path, expected: dict[str, Any], options: dict[str, Any], says: str
) -> None:
    messages = [*BEGIN, add(1, "B", 9, 500_000, locate=MSFT, stock="MSFT"), delete(9)]
    with pytest.raises(TapeError, match=re.escape(f"{tmp_path / 'expected.json'}: {says}") + "$"):
        compared(tmp_path, messages, expected, **options)


def a_level(**fields: Any) -> dict[str, Any]:
    return {"x_1_messages": {"bids": [{"price": "1.00", "shares": 1} | fields], "asks": []}}


MALFORMED: dict[str, tuple[Any, str]] = {
    "no JSON": ("{", ": Input data was truncated"),
    "text behind": ("{} {}", ": JSON is malformed: trailing characters (byte 4)"),
    "a list": ([], ": Expected `object`, got `array`"),
    "nothing": ({}, ": no expected books in it"),
    "a key without a number": ({"after_messages": RIGHT}, ": 'after_messages': does not end in _<N>_messages"),
    "a key with 0": ({"after_0_messages": RIGHT}, ": 'after_0_messages': does not end in"),
    "a key with more": ({"after_1_messages\n": RIGHT}, ": 'after_1_messages\\n': does not end in"),
    "a book that is none": ({"x_1_messages": 7}, ": x_1_messages: Expected `object`, got `int`"),
    "one side": ({"x_1_messages": {"bids": []}}, ": x_1_messages: Object missing required field `asks`"),
    "more than sides": (
        {"x_1_messages": RIGHT | {"trades": []}},
        ": x_1_messages: Object contains unknown field `trades`",
    ),
    "an empty symbol": ({"x_1_messages": RIGHT | {"symbol": ""}}, ": x_1_messages: Expected `str` of length >= 1"),
    "a price as a number": (a_level(price=1.5), ": x_1_messages: Expected `str`, got `float` - at `$.bids[0].price`"),
    "a price that is none": (a_level(price="1.00\n"), ": x_1_messages: Expected `str` matching regex"),
    "a price too fine": (a_level(price="1.00001"), ": x_1_messages: Expected `str` matching regex"),
    "a price of 0": (a_level(price="0.0"), ": x_1_messages: bids[0]: 0.0: not a price of the format"),
    "a price too high": (a_level(price="429496.7296"), ": x_1_messages: bids[0]: 429496.7296: not a price"),
    "no shares": (a_level(shares=0), ": x_1_messages: Expected `int` >= 1 - at `$.bids[0].shares`"),
    "no orders": (a_level(orders=0), ": x_1_messages: Expected `int` >= 1 - at `$.bids[0].orders`"),
    "a misspelled field": (a_level(order=1), ": x_1_messages: Object contains unknown field `order` - at `$.bids[0]`"),
    "a price twice": (
        {"x_1_messages": {"bids": [], "asks": levels(("1.00", 1), ("1.0", 2))}},
        ": x_1_messages: asks[1]: 1.0: a second level of this price",
    ),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_file_of_expected_books_that_is_malformed(tmp_path: Path, name: str) -> None:
    content, says = MALFORMED[name]
    path = tmp_path / "expected.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(TapeError, match="^" + re.escape(f"{path}{says}")):
        read_expected(path)


def test_a_file_of_expected_books_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "expected.json"
    for content in (
        b"",
        b"\xff\xfe",
        b'{"x_1_messages": {"bids": [{"price": "\xff", "shares": 1}], "asks": []}}',
        b"[" * 10**5,
    ):
        path.write_bytes(content)
        with pytest.raises(TapeError, match=re.escape(f"{path}: ")):
            read_expected(path)


@pytest.mark.parametrize(
    ("price", "shown"), [(1, "0.0001"), (10, "0.001"), (100, "0.01"), (1_000_000, "100.00"), (3_201_450, "320.145")]
)
def test_prices_as_people_write_them(price: int, shown: str) -> None:
    assert shown_price(price) == shown


# The command line


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["replay", "itch", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def assert_fails(result: Result, status: int, says: str) -> None:
    assert (result.exit_code, result.stderr) == (status, f"pyengine: {says}\n")


def test_the_command_prints_a_table(tmp_path: Path) -> None:
    result = run(write(tmp_path, *BEGIN, executed(2, 30)), "--book")
    assert result.exit_code == 0
    shown = dict(re.findall(r"│ (.*?) +│ +(\S+) │", result.stdout))
    assert shown["messages"] == "6"
    assert shown["message types: add order"] == "3"
    assert shown["disagreements: behind in its queue"] == "1"
    assert "disagreements: crossed" not in shown


JSON_KEYS = [
    *("tape", "messages", "seconds", "messages_per_second", "instruments", "open_orders", "added", "deleted"),
    *("reduced", "replaced", "executions", "queue_front_agreed", "executions_anywhere", "executed_quantity"),
    *("disagreements", "message_types", "unknown_messages", "sides_checked", "sides_matched", "first_difference"),
    "window",
]


def test_the_command_prints_json(tmp_path: Path) -> None:
    path = two_symbols(tmp_path)
    result = run(path, "--book", "--json", "--symbols", "AAPL, MSFT", "--limit", "7")
    parsed = json.loads(result.stdout.splitlines()[-1])
    assert list(parsed) == JSON_KEYS
    assert (parsed["tape"], parsed["messages"], parsed["instruments"], parsed["executions"]) == (str(path), 7, 2, 1)
    assert parsed["messages_per_second"] > 0
    for key in JSON_KEYS:
        assert f"`{key}`" in (ROOT / "docs/tapes.md").read_text(), key


def test_the_command_compares_books(tmp_path: Path) -> None:
    tape, expected = write(tmp_path, *BEGIN), tmp_path / "expected.json"
    expected.write_text(json.dumps({"x_5_messages": RIGHT}))
    right = run(tape, "--book", "--expected", expected, "--json")
    assert (right.exit_code, right.stderr, json.loads(right.stdout)["sides_matched"]) == (0, "", 2)
    expected.write_text(json.dumps({"x_5_messages": RIGHT | {"asks": []}}))
    wrong = run(tape, "--book", "--expected", expected, "--json")
    says = "after message 5: AAPL: sell side differs at 100.10: expected nothing, found 70 shares in 1 order"
    assert_fails(wrong, 1, f"{tape}: {says}\npyengine: replay failed")
    assert json.loads(wrong.stdout)["first_difference"]["price"] == "100.10"


def test_what_the_user_can_mend_is_one_line_and_exit_2(tmp_path: Path) -> None:
    tape, expected = write(tmp_path, *BEGIN), tmp_path / "expected.json"
    expected.write_text("[]")
    cases: list[tuple[list[str | Path], str]] = [
        ([tape, "--book", "--journal", tmp_path / "journal"], "--journal: books only have none"),
        ([tmp_path / "none", "--book"], f"{tmp_path / 'none'}: No such file or directory"),
        ([tmp_path, "--book"], f"{tmp_path}: Is a directory"),
        ([tape, "--book", "--symbols", "AAPL,IBM"], f"{tape}: the tape names no symbol IBM"),
        ([tape, "--book", "--symbols", "AAPL,"], "--symbols AAPL,: one of them is empty"),
        ([tape, "--book", "--expected", expected], f"{expected}: Expected `object`, got `array`"),
        ([tape, "--book", "--expected", tmp_path / "none"], f"{tmp_path / 'none'}: No such file or directory"),
        ([LOBSTER, "--book"], f"{LOBSTER}: this is a table of numbers, as LOBSTER's are: use `replay lobster`"),
    ]
    for arguments, says in cases:
        result = run(*arguments, "--json")
        assert_fails(result, 2, says)
        assert result.stdout == ""
    assert run(tape, "--book", "--limit", "0").exit_code == 2


def test_each_format_says_which_command_is_the_other_s(tmp_path: Path) -> None:
    tape = write(tmp_path, *BEGIN)
    for content in (tape.read_bytes(), gzip.compress(tape.read_bytes())):
        tape.write_bytes(content)
        result = CliRunner().invoke(main, ["replay", "lobster", str(tape)])
        assert_fails(result, 2, f"{tape}: this is an ITCH 5.0 file: use `replay itch`")


def test_help_lists_the_formats() -> None:
    result = CliRunner().invoke(main, ["replay", "--help"])
    assert "LOBSTER tape" in result.stdout
    assert "ITCH 5.0 tape" in result.stdout


def test_progress_is_shown_on_a_terminal_and_an_interrupt_is_clean(tmp_path: Path) -> None:
    tape = tmp_path / "long.itch.gz"
    tape.write_bytes(gzip.compress(framed(delete(9)) * 500_000, compresslevel=1) * 500)
    terminal, inner = pty.openpty()
    command = [sys.executable, "-m", "pyengine", "replay", "itch", str(tape), "--book"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=inner) as process:
        os.close(inner)
        shown = b""
        while b"MB/s" not in shown and b"kB/s" not in shown:
            shown += os.read(terminal, 4_096)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        assert process.stdout.read() == b""
        assert process.wait(timeout=60) == 130
    os.close(terminal)
    assert b"Replaying" in shown


# Real tapes


def real_tape(name: str) -> Path:
    path = Path(os.environ.get("PYENGINE_TAPES") or ROOT.parent / "shared" / "tapes") / "itch" / name
    if not path.exists():
        pytest.skip(f"no tape {path}: set PYENGINE_TAPES to the directory that holds itch/")
    return path


def test_real_messages_lead_to_the_books_that_others_found() -> None:
    path = real_tape("runk_locate-13-10k.bin")
    result = replay_itch(path, expected=real_tape("runk_expected_books.json"))
    assert result.passed, result.first_difference
    assert (result.messages, result.sides_checked, result.sides_matched) == (10_000, 4, 4)
    assert (result.executions, result.queue_front_agreed) == (849, 849)
    assert not any(result.disagreements.values())


def test_one_changed_level_of_the_expected_books_is_found(tmp_path: Path) -> None:
    expected = json.loads(real_tape("runk_expected_books.json").read_text())
    for key, side, at in ((key, side, at) for key in expected for side in ("bids", "asks") for at in (0, 17)):
        changed = json.loads(json.dumps(expected))
        level = changed[key][side][at]
        level["shares"] += 1
        path = tmp_path / "expected.json"
        path.write_text(json.dumps(changed))
        result = replay_itch(real_tape("runk_locate-13-10k.bin"), expected=path)
        assert (result.sides_matched, result.first_difference is not None) == (3, True)
        assert result.first_difference is not None
        assert (result.first_difference.price, result.first_difference.side) == (
            level["price"],
            "buy" if side == "bids" else "sell",
        )


def test_a_real_directory() -> None:
    path = real_tape("BBekele_sample.itch")
    result = replay_itch(path)
    assert (result.messages, result.instruments, result.unknown_messages, result.added) == (1_000, 993, 0, 0)
    assert result.message_types["stock directory"] == 993


def test_an_artificial_day_whose_lengths_are_0() -> None:
    path = real_tape("RITCH_ex20101224.TEST_ITCH_50")
    result = replay_itch(path)
    assert (result.messages, result.instruments, result.unknown_messages) == (12_012, 3, 0)
    assert (result.message_types["add order"], result.message_types["trade"]) == (4_997, 5_000)
    assert advanced(path).symbols == ["ALC", "BOB", "CHAR"]


def each_fixture() -> list[Path]:
    return sorted(real_tape("feedforge_fixtures").glob("*.toml"))


def test_others_bytes_of_every_type(tmp_path: Path) -> None:
    kinds = set()
    encode: dict[str, Callable[[bytes], bytes]] = {
        "size_minus_one": lambda raw: raw[:-1],
        "size_plus_one": lambda raw: raw + b"\0",
    }
    for path in each_fixture():
        fixture = tomllib.loads(path.read_text())
        raw = bytes.fromhex(fixture["raw_hex"])
        result = replay_itch(write(tmp_path, BEGIN[0], raw))
        assert (result.messages, sum(result.message_types.values()), result.unknown_messages) == (2, 2, 0), path
        kinds.add(raw[:1])
        assert fixture["negative"].keys() == encode.keys()
        for name, negative in fixture["negative"].items():
            wrong = encode[name](raw)
            assert len(wrong) == negative["size"]
            says = f"byte 14: a message of type {chr(raw[0])} has {len(raw)} bytes, and this one {len(wrong)}"
            assert_refused(write(tmp_path, BEGIN[0], wrong), says)
    assert len(kinds) == 23


@pytest.mark.parametrize(
    ("kind", "counted"),
    [
        ("order_executed", {"executions": 1, "queue_front_agreed": 1, "executed_quantity": 34}),
        ("order_executed_with_price", {"executions_anywhere": 1, "executed_quantity": 34}),
        ("order_cancel", {"reduced": 1}),
        ("order_delete", {"deleted": 1}),
        ("order_replace", {"replaced": 1, "open_orders": 1}),
    ],
)
@pytest.mark.parametrize("new", ["add_order", "add_order_mpid"])
def test_others_bytes_of_an_order(tmp_path: Path, new: str, kind: str, counted: dict[str, int]) -> None:
    """Their messages are about one order, whose fields they give beside the bytes."""
    fixtures = {path.stem[3:]: tomllib.loads(path.read_text()) for path in each_fixture()}
    raw = {name: bytes.fromhex(fixture["raw_hex"]) for name, fixture in fixtures.items()}
    fields = fixtures[new]["expected_fields"]
    assert fields["buy_sell_indicator"] == "B"
    path = write(tmp_path, raw[new])
    assert book(path, fields["stock"].strip()) == ([(fields["price"], fields["shares"], 1)], [])
    result = replay_itch(write(tmp_path, raw[new], raw[kind])).to_dict()
    assert {key: result[key] for key in counted} == counted
    assert result["open_orders"] == counted.get("open_orders", 0)
    assert not any(result["disagreements"].values())
    if kind == "order_replace":
        fields = fixtures[kind]["expected_fields"]
        path = write(tmp_path, raw[new], raw[kind], itch.order_delete(258, NINE, fields["new_order_reference_number"]))
        assert replay_itch(path).deleted == 1
