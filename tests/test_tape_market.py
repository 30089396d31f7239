"""A tape replayed through a market: what is settled and recovered, and what is done where tape and rules disagree."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bench.itch import framed
from bench.tape_flow import TapeMarket
from pyengine import DurableEngine
from pyengine._engine_core import TapeReplay
from pyengine.cli import main
from pyengine.errors import TapeError
from pyengine.records import Side
from pyengine.tape import books
from pyengine.tape.books import MarketResult, replay_itch
from tests.test_tape_itch import add, cancel, delete, executed, replace, write

MILLIONTHS = 100
"""Of a dollar, in a ten-thousandth."""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["replay", "itch", *map(str, arguments)])


def replayed(directory: Path, *messages: bytes) -> MarketResult:
    result = replay_itch(write(directory, *messages), journal=directory / "journal")
    assert isinstance(result, MarketResult)
    assert result.passed
    assert (result.commands_refused, result.first_refusal) == (0, None)
    return result


def queue(directory: Path, side: Side, price: int) -> list[int]:
    """Shares of the orders that wait at a price, as the recovered engine has them."""
    with DurableEngine(directory / "journal") as engine:
        return [order.leaves for order in engine.queue(0, side, price)]


def traded(messages: list[bytes]) -> list[int]:
    """What each execution of a generated tape is worth, in millionths of a dollar."""
    prices: dict[int, int] = {}
    worth = []
    for message in messages:
        kind, number = message[:1], int.from_bytes(message[11:19], "big")
        if kind in (b"A", b"F"):
            prices[number] = int.from_bytes(message[32:36], "big")
        elif kind == b"U":
            prices[int.from_bytes(message[19:27], "big")] = int.from_bytes(message[31:35], "big")
        elif kind == b"E":
            worth.append(MILLIONTHS * prices[number] * int.from_bytes(message[19:23], "big"))
    return worth


def test_every_execution_is_settled(tmp_path: Path) -> None:
    market = TapeMarket(symbols=20, seed=3)
    messages = list(market.messages(20_000))
    path = tmp_path / "tape.itch"
    path.write_bytes(framed(*messages))
    symbol, sides = next(iter(market.books().items()))
    expected = {
        "at_the_end_20000_messages": {
            side: [
                {"price": books.shown_price(price), "shares": shares, "orders": orders}
                for price, shares, orders in levels
            ]
            for side, levels in zip(("bids", "asks"), sides, strict=True)
        }
        | {"symbol": symbol}
    }
    (tmp_path / "books.json").write_text(json.dumps(expected))
    result = replay_itch(path, journal=tmp_path / "journal", expected=tmp_path / "books.json")
    assert isinstance(result, MarketResult)
    assert result.passed
    assert (result.sides_checked, result.instruments, result.open_orders) == (2, 20, market.open_orders)
    worth = traded(messages)
    assert result.executions == result.queue_front_agreed == result.fills == len(worth) > 500
    assert result.settled_notional == sum(worth)
    assert result.fees == sum(cash // 10_000 for cash in worth), "a basis point of each, rounded in the taker's favour"
    assert not any(result.disagreements.values())


def test_books_alone_and_a_market_come_to_the_same_books(tmp_path: Path) -> None:
    path = tmp_path / "tape.itch"
    with path.open("wb") as file:
        TapeMarket(symbols=5, seed=4).write(file, 5_000)
    alone, market = (TapeReplay.itch(path, market=journal) for journal in (None, tmp_path / "journal"))
    while alone.advance(500):
        assert market.advance(500)
        assert {symbol: alone.book(symbol) for symbol in alone.symbols} == {
            symbol: market.book(symbol) for symbol in market.symbols
        }
    assert alone.counts() == {**market.counts()}
    assert alone.settled() is None
    market.finish()


def test_an_execution_out_of_turn_leaves_the_queue_as_it_was(tmp_path: Path) -> None:
    shares = [add(number, "B", 10 * number, 1_000_000) for number in (1, 2, 3)]
    result = replayed(tmp_path, add(9, "B", 70, 1_010_000), *shares, executed(2, 5))
    assert (result.executions, result.queue_front_agreed, result.orders_stepped_aside) == (1, 0, 3)
    assert result.disagreements["behind_better_price"] == 1
    assert (result.fills, result.settled_shares) == (1, 5)
    assert queue(tmp_path, Side.BUY, 1_000_000) == [10, 15, 30]
    assert queue(tmp_path, Side.BUY, 1_010_000) == [70]


def test_whoever_would_have_traded_with_a_new_order_is_cancelled(tmp_path: Path) -> None:
    asks = (add(1, "S", 10, 1_000_000), add(2, "S", 20, 1_010_000), add(3, "S", 30, 1_020_000))
    result = replayed(tmp_path, *asks, add(4, "B", 40, 1_010_000), delete(1))
    assert result.disagreements == result.disagreements | {"crossed": 1, "unknown_order": 1}
    assert (result.orders_in_the_way, result.open_orders) == (2, 2)
    assert queue(tmp_path, Side.BUY, 1_010_000) == [40]
    assert queue(tmp_path, Side.SELL, 1_020_000) == [30]


def test_a_part_that_is_cancelled_keeps_the_place_and_a_replacement_does_not(tmp_path: Path) -> None:
    three = [add(number, "S", 10 * number, 1_000_000) for number in (1, 2, 3)]
    result = replayed(tmp_path, *three, cancel(1, 3), replace(2, 4, 25, 1_000_000), cancel(3, 0), cancel(3, 100))
    assert (result.reduced, result.replaced, result.disagreements["more_than_left"]) == (3, 1, 1)
    assert queue(tmp_path, Side.SELL, 1_000_000) == [7, 25]


def test_stocks_with_one_name_are_two_instruments(tmp_path: Path) -> None:
    result = replayed(tmp_path, add(1, "B", 10, 100), add(2, "B", 10, 100, locate=7, stock="AAPL"))
    assert result.open_orders == 2


def test_a_recovery_to_another_state_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful:
        def __init__(self, *_arguments: Any, **_options: Any) -> None: ...
        def __enter__(self) -> "Forgetful":
            return self

        def __exit__(self, *_arguments: object) -> None: ...
        def state_hash(self) -> bytes:
            return bytes(32)

    path = write(tmp_path, add(1, "B", 10, 1_000_000), executed(1, 10))
    monkeypatch.setattr(books, "DurableEngine", Forgetful)
    result = run(path)
    assert result.exit_code == 1
    assert f"recovery led to another state: {'00' * 32}, expected " in result.stderr
    assert result.stderr.endswith("pyengine: replay failed\n")


def test_the_command_keeps_a_journal_if_it_is_asked_to(tmp_path: Path) -> None:
    path, journal = write(tmp_path, add(1, "B", 10, 1_000_000), executed(1, 4)), tmp_path / "journal"
    result = run(path, "--journal", journal, "--json")
    assert result.exit_code == 0, result.stderr
    told: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    assert (told["fills"], told["settled_shares"], told["settled_notional"]) == (1, 4, 400_000_000)
    assert told["conservation_ok"]
    assert told["state_hash"] == told["recovered_state_hash"]
    with DurableEngine(journal) as engine:
        assert engine.state_hash().hex() == told["state_hash"]
    again = run(path, "--journal", journal)
    assert again.exit_code == 2
    assert again.stderr == f"pyengine: {journal}: holds a journal already; a replay starts a new one\n"
    table = run(path).stdout
    assert "400.00 USD" in table
    assert "recovered state hash" in table


def test_what_has_ended_says_so(tmp_path: Path) -> None:
    replay = TapeReplay.itch(write(tmp_path, add(1, "B", 10, 1_000_000)), market=tmp_path / "journal")
    replay.finish()
    for ask in (replay.counts, replay.settled, replay.finish, lambda: replay.advance(1), lambda: replay.messages):
        with pytest.raises(TapeError, match="the replay has ended"):
            ask()
