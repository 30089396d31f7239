"""Replaying LOBSTER tapes: hand-worked numbers, generated markets, planted faults, and the real tapes where they are at
hand."""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pyengine import DurableEngine, Engine
from pyengine.reference import Engine as ReferenceEngine
from pyengine.tape.lobster import NO_ASK, NO_BID, LobsterTape, read_lobster
from pyengine.tape.replay import ReplayError, ReplayResult, replay

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "lobster"
TINY = (
    FIXTURES / "TINY_2030-01-02_34200000_57600000_message_2.csv",
    FIXTURES / "TINY_2030-01-02_34200000_57600000_orderbook_2.csv",
)


def run(tape: LobsterTape, make_engine: Callable[[], Any] = ReferenceEngine) -> ReplayResult:
    engine = make_engine()
    return replay(tape, engine, lambda: engine.restore(engine.state_image()).state_hash())


# A tape worked by hand


def test_tiny_tape_by_hand() -> None:
    result = run(read_lobster(*TINY))
    assert result.passed
    assert (result.rows, result.levels) == (16, 2)
    assert (result.sides_checked, result.sides_matched) == (30, 30)
    assert (result.executions, result.fills) == (5, 5)
    assert result.queue_front_agreed == 4, "in row 6 the order executed has an anonymous one ahead of it"
    assert result.settled_shares == 20 + 10 + 30 + 20 + 5
    assert result.settled_notional == (20 * 1000 + 10 * 1000 + 30 * 1004 + 20 * 1000 + 5 * 998) * 10_000
    assert result.fees == result.settled_notional // 10_000, "one basis point of the taker's, nothing of the maker's"
    assert (result.levels_dropped, result.levels_revealed) == (1, 2)
    assert (result.hidden_executions, result.halts, result.crosses) == (1, 2, 0)
    assert (result.messages_skipped, result.commands_refused, result.orders_in_the_way) == (0, 0, 0)
    assert result.first_difference is None


def test_tiny_tape_without_its_book() -> None:
    result = run(read_lobster(TINY[0]))
    assert result.passed
    assert (result.sides_checked, result.executions, result.fills) == (0, 5, 3)
    assert result.messages_skipped == 6, "six messages are about orders from before the first row"


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

    def tape(self, directory: Path) -> LobsterTape:
        message, book = directory / "GEN_2030-01-02_message.csv", directory / "GEN_2030-01-02_orderbook.csv"
        message.write_text("".join(self.messages))
        book.write_text("".join(self.books))
        return read_lobster(message, book)


def test_both_engines_come_to_the_same_state(tmp_path: Path) -> None:
    tape = Market(7, levels=3).run(1_500).tape(tmp_path)
    assert run(tape, Engine).state_hash == run(tape, ReferenceEngine).state_hash


@pytest.mark.parametrize("levels", [1, 2, 5])
@pytest.mark.parametrize("seed", range(4))
def test_every_side_of_a_generated_market_matches(tmp_path: Path, seed: int, levels: int) -> None:
    market = Market(seed, levels).run(2_500)
    result = run(market.tape(tmp_path), Engine)
    assert result.passed, result.first_difference
    assert result.sides_checked == 2 * (result.rows - 1)
    assert result.executions == result.fills == market.executed > 100
    assert result.levels_revealed > 50
    assert result.levels_dropped > 50
    assert (result.messages_skipped, result.commands_refused, result.orders_in_the_way) == (0, 0, 0)


@pytest.mark.parametrize("seed", range(4))
def test_where_everything_is_visible_the_queue_is_the_market_s(tmp_path: Path, seed: int) -> None:
    """No order is anonymous here, so each execution out of turn is known, and no more than these: the queues stay as
    they are."""
    market = Market(seed, levels=100, out_of_turn=0.3).run(1_500)
    result = run(market.tape(tmp_path))
    assert result.passed, result.first_difference
    assert (result.levels_revealed, result.levels_dropped) == (0, 0)
    assert result.queue_front_agreed == market.front < market.executed == result.executions


def test_without_a_book_file_what_is_known_is_replayed(tmp_path: Path) -> None:
    market = Market(1, levels=100).run(1_500)
    tape = market.tape(tmp_path)
    with_book, without = run(tape), run(read_lobster(tmp_path / "GEN_2030-01-02_message.csv"))
    assert without.sides_checked == without.messages_skipped == 0
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
    result = run(read_lobster(path))
    assert (result.executions, result.fills, result.orders_in_the_way, result.commands_refused) == (1, 1, 2, 0)


# Planted faults


def changed(tape: LobsterTape, directory: Path, *, part: str, row: int, old: str, new: str) -> LobsterTape:
    path = directory / f"GEN_2030-01-02_{part}.csv"
    lines = path.read_text().splitlines(keepends=True)
    assert old in lines[row - 1]
    lines[row - 1] = lines[row - 1].replace(old, new, 1)
    path.write_text("".join(lines))
    return read_lobster(directory / "GEN_2030-01-02_message.csv", directory / "GEN_2030-01-02_orderbook.csv")


def tiny_copy(directory: Path) -> LobsterTape:
    for path, part in zip(TINY, ("message", "orderbook"), strict=True):
        (directory / f"GEN_2030-01-02_{part}.csv").write_text(path.read_text())
    return read_lobster(*TINY)


def test_a_wrong_size_in_the_book_file_is_one_difference_there_and_one_back(tmp_path: Path) -> None:
    tape = changed(tiny_copy(tmp_path), tmp_path, part="orderbook", row=9, old="100500,100", new="100500,101")
    result = run(tape)
    assert not result.passed
    assert (result.sides_checked, result.sides_matched) == (30, 28)
    difference = result.first_difference
    assert difference is not None
    assert (difference.row, difference.side) == (9, "sell")
    assert (difference.expected, difference.found) == ([[1005, 101], [1006, 250]], [[1005, 100], [1006, 250]])
    assert result.conservation_ok
    assert result.state_hash == result.recovered_state_hash


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
    result = run(changed(tiny_copy(tmp_path), tmp_path, part="message", row=row, old=old, new=new))
    assert not result.passed
    assert result.sides_matched < result.sides_checked == 30
    assert result.first_difference is not None
    assert result.first_difference.row == row
    assert result.conservation_ok


BOOK_FAULTS = {
    "a revealed level before the others": (7, "100500,100,100000,50,100600,250", "100400,250,100000,50,100500,100"),
    "two levels revealed at once": (16, "-9999999999,0,9999999999,0,-9999999999,0", "99700,5,9999999999,0,99600,5"),
}


@pytest.mark.parametrize("fault", BOOK_FAULTS)
def test_only_what_the_tape_can_have_known_is_entered_from_its_book(tmp_path: Path, fault: str) -> None:
    row, old, new = BOOK_FAULTS[fault]
    result = run(changed(tiny_copy(tmp_path), tmp_path, part="orderbook", row=row, old=old, new=new))
    assert result.first_difference is not None
    assert result.first_difference.row == row


def test_nothing_can_be_revealed_behind_a_window_that_was_not_full(tmp_path: Path) -> None:
    message, book = tmp_path / "message.csv", tmp_path / "book.csv"
    message.write_text("1,5,0,1,100050,1\n" * 2)
    book.write_text("100500,9,100000,5,9999999999,0,-9999999999,0\n100500,9,100000,5,100600,7,-9999999999,0\n")
    result = run(read_lobster(message, book))
    assert result.first_difference is not None
    assert (result.first_difference.expected, result.first_difference.found) == ([[1005, 9], [1006, 7]], [[1005, 9]])


def test_a_refusal_of_the_engine_is_told(tmp_path: Path) -> None:
    row, old, new = MESSAGE_FAULTS["more shares than anybody has"]
    result = run(changed(tiny_copy(tmp_path), tmp_path, part="message", row=row, old=old, new=new))
    assert result.first_difference is not None
    assert result.first_difference.refused == "INSUFFICIENT_FUNDS"
    assert result.commands_refused == 1


class Wrapped:
    """The reference engine with one method replaced."""

    def __init__(self) -> None:
        self.engine = ReferenceEngine()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)


def test_an_engine_that_breaks_its_queue_is_caught(tmp_path: Path) -> None:
    class Queue(Wrapped):
        def queue(self, instrument: int, side: int, price: int) -> list[Any]:
            return list(reversed(self.engine.queue(instrument, side, price)))

    with pytest.raises(ReplayError, match=r"row \d+: the engine filled order"):
        run(Market(1, levels=5, out_of_turn=0).run(500).tape(tmp_path), Queue)


def test_an_engine_that_loses_money_is_caught() -> None:
    class Leak(Wrapped):
        def total(self, asset: int) -> int:
            return self.engine.total(asset) - 1

    result = run(read_lobster(*TINY), Leak)
    assert not result.conservation_ok
    assert not result.passed


def test_a_recovery_to_another_state_is_caught() -> None:
    result = replay(read_lobster(*TINY), ReferenceEngine(), lambda: ReferenceEngine().state_hash())
    assert result.sides_matched == result.sides_checked
    assert not result.passed


def test_a_book_that_forgets_a_level_is_caught() -> None:
    class Depth(Wrapped):
        def depth(self, instrument: int, levels: int) -> tuple[list[Any], list[Any]]:
            bids, asks = self.engine.depth(instrument, levels)
            return bids[:1], asks

    with pytest.raises(ReplayError, match="row 2: the engine does not show the level at 999"):
        run(read_lobster(*TINY), Depth)


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


@pytest.mark.parametrize("expected", REAL, ids=lambda expected: expected.name)
def test_real_tape(tmp_path: Path, expected: Expected) -> None:
    tape = read_lobster(real_tape(expected.name))
    engine = DurableEngine(tmp_path, durability="async")

    def recover() -> bytes:
        engine.close()
        with DurableEngine(tmp_path) as recovered:
            return recovered.state_hash()

    result = replay(tape, engine, recover)
    assert result.passed, result.first_difference
    assert result.rows == expected.rows
    assert result.sides_checked == result.sides_matched == expected.sides
    assert result.executions == result.fills == expected.executions
    assert result.queue_front_agreed >= expected.front
    assert result.settled_shares == tape.size[tape.kind == 4].sum()
    assert result.settled_notional == (tape.size * tape.price)[tape.kind == 4].sum() * 10_000
    assert (result.messages_skipped, result.commands_refused, result.orders_in_the_way) == (0, 0, 0)


def test_real_tape_without_a_book() -> None:
    result = run(read_lobster(real_tape("AAPL_2012-06-21_34200000_37800000_message_50.csv.gz")), Engine)
    assert result.passed
    assert (result.rows, result.sides_checked, result.executions) == (91_997, 0, 4_067)
    assert result.messages_skipped < result.rows / 1_000
