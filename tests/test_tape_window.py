"""Replaying LOBSTER tapes, of which a window of levels is all there is: hand-worked numbers, generated markets, planted
faults, and the real tapes where they are at hand."""

import csv
import gzip
import io
import os
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from pyengine.tape.books import BookDifference, Level, MarketResult, replay_lobster

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "lobster"
TINY = (
    FIXTURES / "TINY_2030-01-02_34200000_57600000_message_2.csv",
    FIXTURES / "TINY_2030-01-02_34200000_57600000_orderbook_2.csv",
)


NO_ASK, NO_BID = 9_999_999_999, -9_999_999_999
Files = tuple[Path, Path]


def run(messages: Path, book: Path | None = None, limit: int | None = None) -> MarketResult:
    """A replay through a market, which must come to the same as one of books alone."""
    alone = replay_lobster(messages, book, limit=limit)
    with TemporaryDirectory() as journal:
        result = replay_lobster(messages, book, journal=Path(journal), limit=limit)
    assert isinstance(result, MarketResult)
    assert result.conservation_ok
    assert result.state_hash == result.recovered_state_hash
    if not result.disagreements["crossed"]:
        assert (alone.sides_checked, alone.sides_matched) == (result.sides_checked, result.sides_matched)
        assert (alone.executions, alone.window) == (result.executions, result.window)
    return result


# A tape worked by hand


def test_tiny_tape_by_hand() -> None:
    result = run(*TINY)
    assert result.passed
    assert result.messages == 16
    assert (result.sides_checked, result.sides_matched) == (30, 30)
    assert (result.executions, result.fills) == (5, 5)
    assert result.queue_front_agreed == 4, "in row 6 the order executed has an anonymous one ahead of it"
    assert result.settled_shares == 20 + 10 + 30 + 20 + 5
    assert result.settled_notional == (20 * 1000 + 10 * 1000 + 30 * 1004 + 20 * 1000 + 5 * 998) * 10_000
    assert result.fees == result.settled_notional // 10_000, "one basis point of the taker's, nothing of the maker's"
    assert result.window == {"levels": 2, "levels_dropped": 1, "levels_revealed": 2, "orders_unseen": 0}
    types = {"submission": 2, "partial cancellation": 1, "deletion": 4, "visible execution": 5}
    assert result.message_types == types | {"hidden execution": 2, "trading halt": 2}
    assert (result.disagreements["unknown_order"], result.commands_refused, result.orders_in_the_way) == (0, 0, 0)
    assert result.first_difference is None


def test_tiny_tape_without_its_book() -> None:
    result = run(TINY[0])
    assert result.passed
    assert (result.sides_checked, result.executions, result.fills) == (0, 3, 3)
    assert result.disagreements["unknown_order"] == 6, "of orders from before the first row"


def test_a_limit_compares_no_further() -> None:
    result = run(*TINY, limit=7)
    assert (result.messages, result.sides_checked, result.passed) == (7, 12, True)


# Generated markets


@dataclass
class Market:
    """A market that knows all its orders, and writes what a tape of `levels` levels would show of it."""

    seed: int
    levels: int
    out_of_turn: float = 0.05
    sides: tuple[dict[int, list[list[int]]], dict[int, list[list[int]]]] = field(default_factory=lambda: ({}, {}))
    messages: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)
    front: int = 0
    executed: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.seconds = 34_200.0
        self.last_id = 0
        self.write(5, 0, 1, 100_050, 1)

    def window(self) -> list[int]:
        row: list[int] = []
        sorted_sides = (sorted(self.sides[0], reverse=True), sorted(self.sides[1]))
        for level in range(self.levels):
            for side, none in ((1, NO_ASK), (0, NO_BID)):
                prices = sorted_sides[side]
                if level < len(prices):
                    row += [prices[level] * 100, sum(size for _, size in self.sides[side][prices[level]])]
                else:
                    row += [none, 0]
        return row

    def write(self, kind: int, order_id: int, size: int, price_units: int, direction: int) -> None:
        self.seconds += self.random.random()
        self.messages.append(f"{self.seconds:.9f},{kind},{order_id},{size},{price_units},{direction}\n")
        self.books.append(",".join(map(str, self.window())) + "\n")

    def change(self, kind: int, order_id: int, size: int, price: int, side: int, act: Callable[[], None]) -> None:
        """Acts, and writes the message if the window shows it."""
        before = self.window()
        act()
        if self.window() != before:
            self.write(kind, order_id, size, price * 100, 1 if side == 0 else -1)

    def new(self) -> None:
        side = self.random.randrange(2)
        best = [max(self.sides[0], default=995), min(self.sides[1], default=1_005)]
        price = (
            min(best[0] + 3, best[1] - 1) - self.random.randrange(12) if side == 0 else max(best[1] - 3, best[0] + 1)
        )
        price += self.random.randrange(12) if side == 1 else 0
        size = self.random.randrange(1, 300)
        self.last_id += 1
        order = [self.last_id, size]
        self.change(1, order[0], size, price, side, lambda: self.sides[side].setdefault(price, []).append(order))

    def reduce(self, kind: int, side: int, price: int, order: list[int], size: int) -> None:
        def act() -> None:
            order[1] -= size
            if not order[1]:
                self.sides[side][price].remove(order)
                if not self.sides[side][price]:
                    del self.sides[side][price]

        self.change(kind, order[0], size, price, side, act)

    def cancel(self) -> None:
        side = self.random.randrange(2)
        if self.sides[side]:
            price = self.random.choice(sorted(self.sides[side]))
            order = self.random.choice(self.sides[side][price])
            partial = order[1] > 1 and self.random.random() < 0.3
            size = self.random.randrange(1, order[1]) if partial else order[1]
            self.reduce(2 if partial else 3, side, price, order, size)

    def execute(self) -> None:
        side = self.random.randrange(2)
        if self.sides[side]:
            price = max(self.sides[0]) if side == 0 else min(self.sides[1])
            queue = self.sides[side][price]
            order = self.random.choice(queue) if self.random.random() < self.out_of_turn else queue[0]
            self.executed += 1
            self.front += order is queue[0]
            self.reduce(4, side, price, order, self.random.randrange(1, order[1] + 1))

    def invisible(self) -> None:
        kind = self.random.choice((5, 6, 7))
        self.write(kind, 0, 1, *((-1, -1) if kind == 7 else (100_050, 1)))

    def sweep(self) -> None:
        """Empties a side."""
        side = self.random.randrange(2)
        while self.sides[side]:
            price = max(self.sides[0]) if side == 0 else min(self.sides[1])
            order = self.sides[side][price][0]
            self.executed += 1
            self.front += 1
            self.reduce(4, side, price, order, order[1])

    def run(self, steps: int) -> "Market":
        actions = [self.new, self.cancel, self.execute, self.invisible, self.sweep]
        for action in self.random.choices(actions, weights=[50, 30, 18, 2, 0.3], k=steps):
            action()
        return self

    def tape(self, directory: Path) -> Files:
        message, book = directory / "GEN_2030-01-02_message.csv", directory / "GEN_2030-01-02_orderbook.csv"
        message.write_text("".join(self.messages))
        book.write_text("".join(self.books))
        return message, book


@pytest.mark.parametrize("levels", [1, 2, 5])
@pytest.mark.parametrize("seed", range(4))
def test_every_side_of_a_generated_market_matches(tmp_path: Path, seed: int, levels: int) -> None:
    market = Market(seed, levels).run(2_500)
    result = run(*market.tape(tmp_path))
    assert result.passed, result.first_difference
    assert result.sides_checked == 2 * (result.messages - 1)
    assert result.executions == result.fills == market.executed > 100
    assert result.window["levels_revealed"] > 50
    assert result.window["levels_dropped"] > 50
    assert (result.disagreements["unknown_order"], result.commands_refused, result.orders_in_the_way) == (0, 0, 0)


@pytest.mark.parametrize("seed", range(4))
def test_where_everything_is_visible_the_queue_is_the_market_s(tmp_path: Path, seed: int) -> None:
    """No order is anonymous here, so each execution out of turn is known, and no more than these: the queues stay as
    they are."""
    market = Market(seed, levels=100, out_of_turn=0.3).run(1_500)
    result = run(*market.tape(tmp_path))
    assert result.passed, result.first_difference
    assert (result.window["levels_revealed"], result.window["levels_dropped"]) == (0, 0)
    assert result.queue_front_agreed == market.front < market.executed == result.executions


def test_without_a_book_file_what_is_known_is_replayed(tmp_path: Path) -> None:
    market = Market(1, levels=100).run(1_500)
    message, book = market.tape(tmp_path)
    with_book, without = run(message, book), run(message)
    assert without.sides_checked == without.disagreements["unknown_order"] == 0
    assert without.fills == with_book.fills
    assert without.settled_notional == with_book.settled_notional


def test_orders_that_left_unseen_stand_in_the_way_only_until_the_tape_contradicts_them(tmp_path: Path) -> None:
    path = tmp_path / "tape.csv"
    path.write_text(
        "1,1,1,10,1000,1\n"  # bid 10 cents
        "2,1,2,10,1100,1\n"  # bid 11 cents: gone unseen
        "3,4,1,10,1000,1\n"  # so 10 cents is the best bid
        "4,1,3,10,1200,1\n"  # bid 12 cents: gone unseen
        "5,1,4,10,1200,-1\n"  # so an offer can rest there
    )
    result = run(path)
    assert (result.executions, result.fills, result.window["orders_unseen"], result.commands_refused) == (1, 1, 1, 0)
    assert result.orders_in_the_way == 1


# Planted faults


def changed(files: Files, directory: Path, *, part: str, row: int, old: str, new: str) -> Files:
    """Copies of two files, one of which has another text in a row (from 1)."""
    copies = tuple(directory / f"GEN_2030-01-02_{name}.csv" for name in ("message", "orderbook"))
    for file, copy in zip(files, copies, strict=True):
        lines = file.read_text().splitlines(keepends=True)
        if part in copy.name:
            assert old in lines[row - 1]
            lines[row - 1] = lines[row - 1].replace(old, new, 1)
        copy.write_text("".join(lines))
    return copies[0], copies[1]


def test_a_wrong_size_in_the_book_file_is_one_difference_there_and_one_back(tmp_path: Path) -> None:
    result = run(*changed(TINY, tmp_path, part="orderbook", row=9, old="100500,100", new="100500,101"))
    assert not result.passed
    assert (result.sides_checked, result.sides_matched) == (30, 28)
    expected, found = Level(101, None), Level(100, 1)
    assert result.first_difference == BookDifference(9, "GEN", "sell", "10.05", expected, found)
    assert str(result.first_difference) == (
        "after message 9: GEN: sell side differs at 10.05: expected 101 shares, found 100 shares in 1 order"
    )


MESSAGE_FAULTS = {
    "another size": (2, ",30,", ",31,"),
    "another price": (2, "100000", "99800"),
    "the other side": (2, "100000,1", "100600,-1"),
    "a new order lost": (3, ",1,2,", ",5,2,"),
    "an execution lost": (5, ",4,", ",5,"),
    "an execution of more than the order has": (5, ",20,", ",60,"),
    "a deletion of nothing": (11, "100000", "99700"),
    "a price that would trade": (2, "100000", "100500"),
    "more shares than anybody has": (2, ",30,", ",99999999999,"),
}


@pytest.mark.parametrize("fault", MESSAGE_FAULTS)
def test_a_wrong_message_is_a_difference(tmp_path: Path, fault: str) -> None:
    row, old, new = MESSAGE_FAULTS[fault]
    result = run(*changed(TINY, tmp_path, part="message", row=row, old=old, new=new))
    assert not result.passed
    assert result.sides_matched < result.sides_checked == 30
    assert result.first_difference is not None
    assert result.first_difference.message == row


BOOK_FAULTS = {
    "a revealed level before the others": (7, "100500,100,100000,50,100600,250", "100400,250,100000,50,100500,100"),
    "two levels revealed at once": (16, "-9999999999,0,9999999999,0,-9999999999,0", "99700,5,9999999999,0,99600,5"),
}


@pytest.mark.parametrize("fault", BOOK_FAULTS)
def test_only_what_the_tape_can_have_known_is_entered_from_its_book(tmp_path: Path, fault: str) -> None:
    row, old, new = BOOK_FAULTS[fault]
    result = run(*changed(TINY, tmp_path, part="orderbook", row=row, old=old, new=new))
    assert result.first_difference is not None
    assert result.first_difference.message == row


def test_nothing_can_be_revealed_behind_a_window_that_was_not_full(tmp_path: Path) -> None:
    message, book = tmp_path / "message.csv", tmp_path / "book.csv"
    message.write_text("1,5,0,1,100050,1\n" * 2)
    book.write_text("100500,9,100000,5,9999999999,0,-9999999999,0\n100500,9,100000,5,100600,7,-9999999999,0\n")
    result = run(message, book)
    assert result.first_difference == BookDifference(2, "EQUITY", "sell", "10.06", Level(7, None), None)


def test_a_refusal_of_the_engine_is_told(tmp_path: Path) -> None:
    row, old, new = MESSAGE_FAULTS["more shares than anybody has"]
    result = run(*changed(TINY, tmp_path, part="message", row=row, old=old, new=new))
    assert (result.commands_refused, result.first_refusal) == (1, "INSUFFICIENT_FUNDS")
    assert result.first_difference is not None
    assert result.first_difference.message == row


# Real tapes


def tapes() -> Path:
    return Path(os.environ.get("PYENGINE_TAPES") or ROOT.parent / "shared" / "tapes") / "lobster"


def real_tape(name: str) -> Path:
    path = tapes() / name
    if not path.is_file():
        pytest.skip(f"no tape {path}: set PYENGINE_TAPES to the directory that holds lobster/")
    return path


@dataclass(frozen=True)
class Expected:
    name: str
    rows: int
    sides: int
    executions: int
    front: int


REAL = [
    Expected("LOBSTER_SampleFile_AMZN_2012-06-21_1.zip", 57_515, 115_028, 8_974, 8_939),
    Expected("LOBSTER_SampleFile_AMZN_2012-06-21_5.zip", 155_935, 311_868, 8_974, 8_939),
    Expected("LOBSTER_SampleFile_AAPL_2012-06-21_1.zip", 118_497, 236_992, 23_658, 23_633),
]


def executed(path: Path) -> tuple[int, int]:
    """Shares and notional (in millionths) of the visible executions of an archive's message file."""
    with zipfile.ZipFile(path) as archive:
        (name,) = (name for name in archive.namelist() if "_message_" in name)
        rows = csv.reader(io.TextIOWrapper(archive.open(name)))
        fills = [(int(size), int(price)) for _, kind, _, size, price, _ in rows if kind == "4"]
    return sum(size for size, _ in fills), sum(size * price * 100 for size, price in fills)


@pytest.mark.parametrize("expected", REAL, ids=lambda expected: expected.name)
def test_real_tape(expected: Expected) -> None:
    path = real_tape(expected.name)
    result = run(path)
    assert result.passed, result.first_difference
    assert result.messages == expected.rows
    assert result.sides_checked == result.sides_matched == expected.sides
    assert result.executions == result.fills == expected.executions
    assert result.queue_front_agreed >= expected.front
    assert (result.settled_shares, result.settled_notional) == executed(path)
    assert (result.disagreements["unknown_order"], result.commands_refused, result.orders_in_the_way) == (0, 0, 0)
    assert result.window["orders_unseen"] == 0


def test_real_tape_without_a_book() -> None:
    path = real_tape("AAPL_2012-06-21_34200000_37800000_message_50.csv.gz")
    result = run(path)
    assert result.passed
    with gzip.open(path, "rt") as file:
        executions = sum(row[1] == "4" for row in csv.reader(file))
    assert (result.messages, result.sides_checked, result.message_types["visible execution"]) == (91_997, 0, executions)
    assert result.disagreements["unknown_order"] < result.messages / 1_000
