"""The generated tape: it is a day as it says, and a replay of it leads to the market's own books."""

import struct
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from bench import itch, tape
from bench.lobster import LobsterTape
from bench.tape_flow import CENT, MIX, NEWEST, TapeMarket
from pyengine._engine_core import TapeReplay
from pyengine.tape.books import replay_lobster

MESSAGES = 30_000
SYMBOLS = 20
LENGTHS = {
    "S": 12,
    "R": 39,
    "H": 25,
    "Y": 20,
    "L": 26,
    "V": 35,
    "W": 12,
    "K": 28,
    "J": 35,
    "h": 21,
    "A": 36,
    "F": 40,
    "E": 31,
    "C": 36,
    "X": 23,
    "D": 19,
    "U": 35,
    "P": 44,
    "Q": 40,
    "B": 19,
    "I": 50,
    "N": 20,
    "O": 48,
}
"""By type, as the specification's tables add up."""


def written(count: int = MESSAGES, *, symbols: int = SYMBOLS, seed: int = 1) -> bytes:
    file = BytesIO()
    TapeMarket(symbols=symbols, seed=seed).write(file, count)
    return file.getvalue()


def unframed(content: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 2])
        yield content[at + 2 : at + 2 + length]
        at += 2 + length


@pytest.fixture(scope="module")
def messages() -> list[bytes]:
    return list(TapeMarket(symbols=SYMBOLS).messages(MESSAGES))


def kind(message: bytes) -> str:
    return chr(message[0])


def time_ns(message: bytes) -> int:
    return int.from_bytes(message[5:11])


# The messages


def test_the_same_seed_gives_the_same_bytes() -> None:
    first = written(3_000)
    assert written(3_000) == first
    assert written(3_000, seed=2) != first


def test_a_file_is_its_messages_each_behind_its_length(messages: list[bytes]) -> None:
    assert list(unframed(written())) == messages
    assert len(messages) == MESSAGES


def test_every_type_is_there_and_as_long_as_the_specification_says(messages: list[bytes]) -> None:
    assert {kind(message): len(message) for message in messages} == LENGTHS
    assert {type_: len({len(m) for m in messages if kind(m) == type_}) for type_ in LENGTHS} == dict.fromkeys(
        LENGTHS, 1
    )


def test_the_mix_is_what_it_says(messages: list[bytes]) -> None:
    counts = Counter(map(kind, messages))
    drawn = {
        "A": MIX["add"],
        "F": MIX["add_attributed"],
        "D": MIX["delete"],
        "E": MIX["execute"],
        "U": MIX["replace"],
        "X": MIX["cancel"],
        "P": MIX["hidden"],
        "C": MIX["execute_with_price"],
    }
    assert sum(MIX.values()) == 1_000
    for type_, of_a_thousand in drawn.items():
        expected = MESSAGES * of_a_thousand / 1_000
        assert counts[type_] == pytest.approx(expected, rel=0.02, abs=4 * expected**0.5), type_


def test_the_directory_comes_first_and_time_never_goes_back(messages: list[bytes]) -> None:
    directory = [message for message in messages if kind(message) == "R"]
    assert directory == messages[1 : 1 + SYMBOLS]
    assert [int.from_bytes(message[1:3]) for message in directory] == list(range(1, SYMBOLS + 1))
    assert len({message[11:19] for message in directory}) == SYMBOLS
    times = list(map(time_ns, messages))
    assert times == sorted(times)
    events = [chr(message[11]) for message in messages if kind(message) == "S"]
    assert events == list("OSQMEC")


def test_prices_are_whole_cents(messages: list[bytes]) -> None:
    offsets = {"A": 32, "F": 32, "U": 31}
    placed = [message for message in messages if kind(message) in offsets]
    prices = [int.from_bytes(message[offsets[kind(message)] :][:4]) for message in placed]
    assert all(price > 0 and price % CENT == 0 for price in prices)


def test_busy_symbols_have_many_times_the_orders_of_quiet_ones(messages: list[bytes]) -> None:
    orders = Counter(int.from_bytes(message[1:3]) for message in messages if kind(message) in "AF")
    assert len(orders) == SYMBOLS
    assert orders[1] > 5 * orders[SYMBOLS]


def test_a_day_needs_room_for_its_directory() -> None:
    day = len(list(unframed(written(3 * SYMBOLS + 8))))
    assert day == 3 * SYMBOLS + 8
    with pytest.raises(ValueError, match="more than 67 messages"):
        written(3 * SYMBOLS + 7)


# The market


def test_its_books_never_cross() -> None:
    market = TapeMarket(symbols=3)
    both = 0
    for _ in market.messages(MESSAGES // 3):
        for bids, asks in market.books().values():
            if bids and asks:
                both += 1
                assert bids[0][0] < asks[0][0]
    assert both > MESSAGES // 2


def test_its_books_are_what_its_open_orders_add_up_to(messages: list[bytes]) -> None:
    """Counted from the bytes alone, without queues."""
    orders = remaining(messages)
    market = TapeMarket(symbols=SYMBOLS)
    list(market.messages(MESSAGES))
    assert market.open_orders == len(orders) > NEWEST
    for locate, (symbol, books) in enumerate(market.books().items(), 1):
        for side, levels in zip("BS", books, strict=True):
            open_here = [(price, shares) for at, on, price, shares in orders.values() if (at, on) == (locate, side)]
            prices = sorted({price for price, _ in open_here}, reverse=side == "B")
            shares = [[left for at, left in open_here if at == price] for price in prices]
            expected = [(price, sum(left), len(left)) for price, left in zip(prices, shares, strict=True)]
            assert levels == expected, symbol


def remaining(messages: list[bytes]) -> dict[int, tuple[int, str, int, int]]:
    """By number: locate code, side, price, shares."""
    orders: dict[int, tuple[int, str, int, int]] = {}
    for message in messages:
        number = int.from_bytes(message[11:19])
        match kind(message):
            case "A" | "F":
                assert number not in orders
                side, shares, price = chr(message[19]), message[20:24], message[32:36]
                locate = int.from_bytes(message[1:3])
                orders[number] = (locate, side, int.from_bytes(price), int.from_bytes(shares))
            case "E" | "C" | "X":
                locate, side, price_left, left = orders.pop(number)
                left -= int.from_bytes(message[19:23])
                assert left >= (kind(message) == "X"), "a cancel leaves something"
                if left:
                    orders[number] = (locate, side, price_left, left)
            case "D":
                del orders[number]
            case "U":
                locate, side, *_ = orders.pop(number)
                new, shares, price = message[19:27], message[27:31], message[31:35]
                orders[int.from_bytes(new)] = (locate, side, int.from_bytes(price), int.from_bytes(shares))
    return orders


# The replay


@pytest.mark.parametrize("seed", [1, 2])
def test_a_replay_leads_to_the_markets_books(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "day.itch"
    market = TapeMarket(symbols=SYMBOLS, seed=seed)
    with path.open("wb") as file:
        market.write(file, MESSAGES)
    replay = TapeReplay.itch(path)
    while replay.advance(1_000):
        pass
    assert {symbol: replay.book(symbol) for symbol in replay.symbols} == market.books()
    assert all(bids and asks for bids, asks in market.books().values())
    counts = replay.counts()
    kinds = Counter(map(kind, unframed(path.read_bytes())))
    assert counts["executions"] == counts["queue_front_agreed"] == kinds["E"] > 0
    assert counts["executions_anywhere"] == kinds["C"] > 0
    assert (counts["added"], counts["deleted"]) == (kinds["A"] + kinds["F"], kinds["D"])
    assert (counts["reduced"], counts["replaced"]) == (kinds["X"], kinds["U"])
    assert counts["open_orders"] == market.open_orders
    assert set(counts["disagreements"].values()) == {0}
    assert sorted(counts["message_types"].values()) == sorted(kinds.values())
    assert (replay.messages, counts["unknown_messages"]) == (MESSAGES, 0)
    tape.check(replay, day_of(path, market, MESSAGES))


@pytest.mark.parametrize(
    ("last", "blame"),
    [
        ([], "2999 of 3000 messages"),
        ([itch.add_order(1, 0, 10**9, "B", 1, "AAAA", CENT)], "other books"),
        ([itch.order_delete(1, 0, 10**9)], "disagrees with the tape: {'unknown_order': 1}"),
    ],
)
def test_the_benchmark_blames_a_replay_of_another_day(tmp_path: Path, last: list[bytes], blame: str) -> None:
    path = tmp_path / "day.itch"
    market = TapeMarket(symbols=SYMBOLS)
    path.write_bytes(itch.framed(*list(market.messages(3_000))[:-1], *last))
    replay = TapeReplay.itch(path)
    while replay.advance(1_000):
        pass
    with pytest.raises(SystemExit, match=blame):
        tape.check(replay, day_of(path, market, 3_000))


def day_of(path: Path, market: TapeMarket, messages: int) -> tape.Tape:
    return tape.Tape([path], messages, market, lambda journal: TapeReplay.itch(path, market=journal), tape.check)


@pytest.mark.parametrize("levels", [1, 3, 5])
def test_a_window_of_the_market_is_replayed_as_it_was(tmp_path: Path, levels: int) -> None:
    paths = [tmp_path / f"DAY_2030-01-02_{name}.csv" for name in ("message", "orderbook")]
    with paths[0].open("wb") as messages, paths[1].open("wb") as book:
        window = LobsterTape(messages, book, levels)
        window.write(TapeMarket(symbols=1).messages(20_000))
    result = replay_lobster(*paths)
    assert result.messages == window.rows > 3_000
    assert (result.sides_checked, result.sides_matched) == (2 * (window.rows - 1), 2 * (window.rows - 1))
    assert result.executions == result.queue_front_agreed > 500
    assert set(result.disagreements.values()) == {0}
    assert min(result.window[name] for name in ("levels_dropped", "levels_revealed")) > 20
    assert result.window["orders_unseen"] == 0
    assert set(result.message_types) == {
        "submission",
        "partial cancellation",
        "deletion",
        "visible execution",
        "hidden execution",
    }


def test_the_benchmark_blames_a_window_that_is_another(tmp_path: Path) -> None:
    day = tape.WRITERS["lobster"](tmp_path, 3_000)
    book = day.files[1]
    book.write_text(book.read_text().replace(",300,", ",301,", 1))
    replay = day.replay(None)
    while replay.advance(1_000):
        pass
    with pytest.raises(SystemExit, match="other books than the tape's"):
        day.check(replay, day)


# The encoder


def test_what_does_not_fit_its_field_is_an_error() -> None:
    with pytest.raises(ValueError, match="longer than 8 bytes"):
        itch.stock_directory(1, 0, "NINECHARS")
    with pytest.raises(struct.error):
        itch.order_delete(1 << 16, 0, 1)
    with pytest.raises(struct.error):
        itch.order_delete(1, 1 << 48, 1)


def test_a_message_byte_by_byte() -> None:
    encoded = itch.add_attributed_order(7, (5 << 32) + 9, 3, "S", 200, "ZVZZT", 1_234_500, "NITE", tracking=2)
    fields = ("46", "0007", "0002", "000500000009", "0000000000000003", "53", "000000c8")
    assert encoded[:24].hex() == "".join(fields)
    assert encoded[24:] == b"ZVZZT   " + (1_234_500).to_bytes(4) + b"NITE"
