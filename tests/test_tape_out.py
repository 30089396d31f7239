"""What a replay takes away: Parquet files whose every row is computed again by a model in Python, parts of a day,
memory that does not grow, replays that end before their end, and pictures."""

import builtins
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from bench import itch
from bench.itch import framed
from bench.tape_flow import TapeMarket
from pyengine._engine_core import TapeReplay
from pyengine.cli import main, replay
from pyengine.errors import TapeError
from pyengine.tape import rows, taking
from pyengine.tape.books import BooksResult, MarketResult, replay_itch
from pyengine.tape.plot import Picture, Series, largest_of, last_of, time_axis
from pyengine.tape.rows import Columns, Origin, TakeAway
from pyengine.tape.times import between, time_of_day

ROOT = Path(__file__).parents[1]
SECOND = 10**9
MINUTE = 60 * SECOND
NINE = 9 * 3_600 * SECOND
AAPL, MSFT = 13, 20
STOCKS = {AAPL: "AAPL", MSFT: "MSFT"}
FILES = ("bars", "depth", "fills", "top", "trades")
TABLES = tuple(name for name in FILES if name != "fills")
Row = dict[str, Any]
Table = list[Row]


# A model of what is taken away. It reads bytes, and shares nothing with the core.


def dollars(steps: int) -> Decimal:
    return Decimal(steps).scaleb(-4)


@dataclass
class Model:
    """Books as dictionaries of orders; every question is answered by looking at all of a side."""

    from_ns: int = 0
    to_ns: int = 1 << 62
    levels: int = 10
    every_ns: int = 0
    message: int = 0
    orders: dict[int, tuple[int, str, int, int]] = field(default_factory=dict)
    sides: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    symbols: dict[int, str] = field(default_factory=dict)
    rows: dict[str, Table] = field(default_factory=lambda: {name: [] for name in TABLES})
    known: dict[tuple[int, str], Any] = field(default_factory=dict)
    due: set[int] = field(default_factory=set)
    due_ns: int = 0
    last_ns: int = 0

    def side(self, locate: int, side: str) -> list[tuple[int, int, int]]:
        """Price, shares, orders; best first."""
        found: dict[int, list[int]] = defaultdict(list)
        for order in self.sides[locate, side]:
            _, _, price, shares = self.orders[order]
            found[price].append(shares)
        return [(price, sum(queue), len(queue)) for price, queue in sorted(found.items(), reverse=side == "B")]

    def run(self, messages: list[bytes]) -> dict[str, Table]:
        for message in messages:
            if int.from_bytes(message[5:11], "big") > self.to_ns:
                break
            self.follow(message)
        self.sample(self.last_ns)
        self.rows["bars"] = self.bars()
        return self.rows

    def follow(self, message: bytes) -> None:
        def number(at: int, length: int) -> int:
            return int.from_bytes(message[at : at + length], "big")

        kind, locate, time_ns, order = message[:1], number(1, 2), number(5, 6), number(11, 8)
        self.last_ns = time_ns
        if self.due and time_ns > self.due_ns:
            self.sample(self.due_ns)
        self.message += 1
        place = {"message": self.message, "time_ns": time_ns, "symbol": self.symbols.get(locate, "")}
        if kind == b"R":
            self.symbols[locate] = message[11:19].decode().strip()
        elif kind in (b"A", b"F"):
            self.come(order, locate, message[19:20].decode(), number(32, 4), number(20, 4))
        elif kind in (b"E", b"C") and order in self.orders:
            _, side, price, shares = self.orders[order]
            price = number(32, 4) if kind == b"C" else price
            quantity = min(number(19, 4), shares)
            aggressor = "sell" if side == "B" else "buy"
            word = "other_price" if kind == b"C" else "visible"
            self.trade(place, price, quantity, aggressor, word, printed=kind == b"E" or message[31:32] == b"Y")
            self.reduce(order, quantity)
        elif kind == b"X":
            self.reduce(order, number(19, 4))
        elif kind == b"D":
            self.reduce(order, 1 << 32)
        elif kind == b"U" and order in self.orders:
            side = self.orders[order][1]
            self.reduce(order, 1 << 32)
            self.come(number(19, 8), locate, side, number(31, 4), number(27, 4))
        elif kind == b"P":
            self.trade(place, number(32, 4), number(20, 4), None, "hidden_or_cross", printed=True)
        elif kind == b"Q" and number(11, 8):
            self.trade(place, number(27, 4), number(11, 8), None, "hidden_or_cross", printed=True)
        if kind in (b"A", b"F", b"E", b"C", b"X", b"D", b"U"):
            self.look(locate, place)

    def come(self, order: int, locate: int, side: str, price: int, shares: int) -> None:
        self.orders[order] = (locate, side, price, shares)
        self.sides[locate, side].add(order)

    def reduce(self, order: int, by: int) -> None:
        if order in self.orders:
            locate, side, price, shares = self.orders[order]
            self.orders[order] = (locate, side, price, shares - by)
            if shares <= by:
                del self.orders[order]
                self.sides[locate, side].remove(order)

    def trade(self, place: Row, price: int, quantity: int, aggressor: str | None, kind: str, *, printed: bool) -> None:
        if place["time_ns"] >= self.from_ns and quantity:
            row = {"price": dollars(price), "quantity": quantity, "aggressor": aggressor, "kind": kind}
            self.rows["trades"].append(place | row | {"printed": printed})

    def look(self, locate: int, place: Row) -> None:
        best: Row = {}
        for name, side in (("bid", "B"), ("ask", "S")):
            levels = self.side(locate, side)
            price, shares, orders = levels[0] if levels else (None, None, None)
            best[f"{name}_price"] = None if price is None else dollars(price)
            best |= {f"{name}_quantity": shares, f"{name}_orders": orders}
        none = dict.fromkeys(best)
        if best != self.known.get((locate, "top"), none) and place["time_ns"] >= self.from_ns:
            self.rows["top"].append(place | best)
        self.known[locate, "top"] = best
        if place["time_ns"] < self.from_ns:
            for side in "BS":
                self.known[locate, side] = self.side(locate, side)[: self.levels]
        elif self.every_ns == 0:
            self.levels_of(locate, place)
        elif not self.due or locate not in self.due:
            if not self.due:
                self.due_ns = -(-place["time_ns"] // self.every_ns) * self.every_ns
            self.due.add(locate)

    def sample(self, time_ns: int) -> None:
        for locate in sorted(self.due):
            self.levels_of(locate, {"message": self.message, "time_ns": time_ns, "symbol": self.symbols[locate]})
        self.due.clear()

    def levels_of(self, locate: int, place: Row) -> None:
        for name, side in (("buy", "B"), ("sell", "S")):
            levels: list[Any] = self.side(locate, side)[: self.levels]
            if levels == self.known.get((locate, side), []):
                continue
            self.known[locate, side] = levels
            for at, (price, shares, orders) in enumerate(levels or [(None, 0, 0)], 1):
                row = {"side": name, "level": at, "price": None if price is None else dollars(price)}
                self.rows["depth"].append(place | row | {"quantity": shares, "orders": orders})

    def bars(self) -> Table:
        locates = {symbol: locate for locate, symbol in self.symbols.items()}
        minutes: dict[tuple[int, int], Table] = defaultdict(list)
        for trade in self.rows["trades"]:
            if trade["printed"]:
                minutes[trade["time_ns"] // MINUTE * MINUTE, locates[trade["symbol"]]].append(trade)
        bars = []
        for (began, _), trades in sorted(minutes.items(), key=lambda minute: minute[0]):
            prices = [trade["price"] for trade in trades]
            volume = sum(trade["quantity"] for trade in trades)
            notional = sum((trade["price"] * trade["quantity"] for trade in trades), Decimal(0))
            bar = {"time_ns": began, "symbol": trades[0]["symbol"], "open": prices[0], "high": max(prices)}
            bar |= {"low": min(prices), "close": prices[-1], "volume": volume, "notional": notional}
            bars.append(bar | {"trades": len(trades), "vwap": pytest.approx(float(notional) / volume, rel=1e-12)})
        return bars


# Replays


def write(directory: Path, *messages: bytes) -> Path:
    path = directory / "tape.itch"
    path.write_bytes(framed(*messages))
    return path


def replayed(path: Path, out: Path, *, market: bool = False, **options: Any) -> BooksResult:
    taken = {name: options.pop(name) for name in ("depth", "every_ms", "plot") if name in options}
    journal = out.with_name(f"{out.name}-journal") if market else None
    result = replay_itch(path, journal=journal, take_away=TakeAway(out=out, **taken), **options)
    assert result.passed
    return result


def read(out: Path) -> dict[str, Table]:
    return {path.stem: pq.read_table(path).to_pylist() for path in sorted(out.iterdir())}


def generated(path: Path, count: int = 20_000, symbols: int = 8, seed: int = 5) -> list[bytes]:
    messages = list(TapeMarket(symbols=symbols, seed=seed).messages(count))
    path.write_bytes(framed(*messages))
    return messages


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["replay", "itch", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def assert_refused(result: Result, says: str) -> None:
    assert (result.exit_code, result.stderr, result.stdout) == (2, f"pyengine: {says}\n", "")


def every_kind() -> list[bytes]:
    """A tape of two symbols with every type of message that trades or changes a book, over three minutes."""

    def at(seconds: float) -> int:
        return NINE + int(seconds * SECOND)

    def add(seconds: float, order: int, side: itch.Side, shares: int, price: int, locate: int = AAPL) -> bytes:
        return itch.add_order(locate, at(seconds), order, side, shares, STOCKS[locate], price)

    return [
        itch.system_event(NINE, "O"),
        itch.stock_directory(AAPL, NINE, "AAPL"),
        itch.stock_directory(MSFT, NINE, "MSFT"),
        add(1, 1, "B", 100, 1_000_000),
        add(1, 2, "B", 50, 1_000_000),
        itch.add_attributed_order(AAPL, at(2), 3, "S", 70, "AAPL", 1_001_234, "NITE"),
        add(2.5, 4, "S", 30, 1_002_000),
        add(3, 7, "B", 5, 123_456, MSFT),
        itch.order_executed(AAPL, at(4), 1, 40, 1),
        itch.order_executed_with_price(AAPL, at(5), 2, 20, 2, "Y", 1_000_500),
        itch.order_executed_with_price(AAPL, at(5), 2, 10, 3, "N", 1_000_700),
        itch.trade(AAPL, at(59), "B", 11, "AAPL", 1_000_600, 4),
        itch.cross_trade(AAPL, at(60), 1_000, "AAPL", 1_000_700, 5),
        itch.cross_trade(MSFT, at(61), 0, "MSFT", 0, 6),
        itch.order_cancel(AAPL, at(62), 1, 10),
        itch.order_executed(AAPL, at(63), 3, 99, 7),
        itch.order_executed(AAPL, at(63), 99, 1, 8),
        itch.order_replace(AAPL, at(64), 4, 5, 25, 1_003_000),
        itch.order_delete(AAPL, at(65), 5),
        itch.order_executed(MSFT, at(130), 7, 5, 9),
        itch.broken_trade(AAPL, at(131), 1),
        itch.system_event(at(140), "C"),
    ]


# Every kind of message


def test_every_kind_of_trade(tmp_path: Path) -> None:
    replayed(write(tmp_path, *every_kind()), tmp_path / "out")
    trades = [tuple(row.values()) for row in read(tmp_path / "out")["trades"]]
    second = {seconds: NINE + seconds * SECOND for seconds in (4, 5, 59, 60, 63, 130)}
    assert trades == [
        (9, second[4], "AAPL", Decimal("100.0000"), 40, "sell", "visible", True),
        (10, second[5], "AAPL", Decimal("100.0500"), 20, "sell", "other_price", True),
        (11, second[5], "AAPL", Decimal("100.0700"), 10, "sell", "other_price", False),
        (12, second[59], "AAPL", Decimal("100.0600"), 11, None, "hidden_or_cross", True),
        (13, second[60], "AAPL", Decimal("100.0700"), 1_000, None, "hidden_or_cross", True),
        (16, second[63], "AAPL", Decimal("100.1234"), 70, "buy", "visible", True),
        (20, second[130], "MSFT", Decimal("12.3456"), 5, "sell", "visible", True),
    ]


def test_bars_leave_out_what_a_cross_tells_as_a_whole(tmp_path: Path) -> None:
    replayed(write(tmp_path, *every_kind()), tmp_path / "out")
    first, second, third = read(tmp_path / "out")["bars"]
    assert (first["time_ns"], first["symbol"], first["volume"], first["trades"]) == (NINE, "AAPL", 71, 3)
    assert [first[name] for name in ("open", "high", "low", "close")] == [
        Decimal("100.0000"),
        Decimal("100.0600"),
        Decimal("100.0000"),
        Decimal("100.0600"),
    ]
    notional = 40 * Decimal("100.0000") + 20 * Decimal("100.0500") + 11 * Decimal("100.0600")
    assert (first["notional"], first["vwap"]) == (notional, pytest.approx(float(notional) / 71, rel=1e-12))
    assert (second["time_ns"], second["high"], second["low"], second["volume"]) == (
        NINE + MINUTE,
        Decimal("100.1234"),
        Decimal("100.0700"),
        1_070,
    )
    assert (third["time_ns"], third["symbol"], third["trades"]) == (NINE + 2 * MINUTE, "MSFT", 1)


def test_the_best_of_both_sides_at_every_change(tmp_path: Path) -> None:
    replayed(write(tmp_path, *every_kind()), tmp_path / "out")
    top = [tuple(row.values())[:1] + tuple(row.values())[2:] for row in read(tmp_path / "out")["top"]]
    bid, ask = Decimal("100.0000"), Decimal("100.1234")
    nobody = (None, None, None)
    assert top == [
        (4, "AAPL", bid, 100, 1, *nobody),
        (5, "AAPL", bid, 150, 2, *nobody),
        (6, "AAPL", bid, 150, 2, ask, 70, 1),
        (8, "MSFT", Decimal("12.3456"), 5, 1, *nobody),
        (9, "AAPL", bid, 110, 2, ask, 70, 1),
        (10, "AAPL", bid, 90, 2, ask, 70, 1),
        (11, "AAPL", bid, 80, 2, ask, 70, 1),
        (15, "AAPL", bid, 70, 2, ask, 70, 1),
        (16, "AAPL", bid, 70, 2, Decimal("100.2000"), 30, 1),
        (18, "AAPL", bid, 70, 2, Decimal("100.3000"), 25, 1),
        (19, "AAPL", bid, 70, 2, *nobody),
        (20, "MSFT", *nobody, *nobody),
    ]


def test_depth_at_times_is_what_was_there_up_to_then(tmp_path: Path) -> None:
    replayed(write(tmp_path, *every_kind()), tmp_path / "out", every_ms=2_000, depth=1)
    depth = [tuple(row.values()) for row in read(tmp_path / "out")["depth"]]
    bid, ask = Decimal("100.0000"), Decimal("100.1234")
    assert depth[:5] == [
        (6, NINE + 2 * SECOND, "AAPL", "buy", 1, bid, 150, 2),
        (6, NINE + 2 * SECOND, "AAPL", "sell", 1, ask, 70, 1),
        (9, NINE + 4 * SECOND, "AAPL", "buy", 1, bid, 110, 2),
        (9, NINE + 4 * SECOND, "MSFT", "buy", 1, Decimal("12.3456"), 5, 1),
        (11, NINE + 6 * SECOND, "AAPL", "buy", 1, bid, 80, 2),
    ]
    assert depth[-2:] == [
        (19, NINE + 66 * SECOND, "AAPL", "sell", 1, None, 0, 0),
        (20, NINE + 130 * SECOND, "MSFT", "buy", 1, None, 0, 0),
    ]


def test_the_last_look_is_at_the_end_of_the_replay(tmp_path: Path) -> None:
    replayed(write(tmp_path, *every_kind()[:-2]), tmp_path / "out", every_ms=60_000)
    assert read(tmp_path / "out")["depth"][-1]["time_ns"] == NINE + 130 * SECOND


def test_fills_are_what_the_engine_has_settled(tmp_path: Path) -> None:
    result = replayed(write(tmp_path, *every_kind()), tmp_path / "out", market=True)
    fills = read(tmp_path / "out")["fills"]
    assert [(row["message"], row["symbol"], row["quantity"], row["maker_order"]) for row in fills] == [
        (9, "AAPL", 40, 1),
        (16, "AAPL", 70, 3),
        (20, "MSFT", 5, 7),
    ]
    assert [row["cash"] for row in fills] == [row["price"] * row["quantity"] for row in fills]
    assert all(row["fee"] == (row["cash"] / 10_000).quantize(Decimal("1e-6"), "ROUND_FLOOR") for row in fills)
    assert all(row["maker"] == 1 + row["maker_order"] and row["maker"] != row["taker"] for row in fills)
    assert isinstance(result, MarketResult)
    assert sum(row["cash"] for row in fills).scaleb(6) == result.settled_notional
    assert sum(row["fee"] for row in fills).scaleb(6) == result.fees


# Against the model


@pytest.mark.parametrize(("every_ms", "depth"), [(0, 3), (0, 10), (500, 4)])
def test_every_row_is_the_model_s(tmp_path: Path, every_ms: int, depth: int) -> None:
    path, count = tmp_path / "tape.itch", 20_000 if every_ms == 0 and depth == 3 else 4_000
    messages = generated(path, count)
    replayed(path, tmp_path / "out", every_ms=every_ms, depth=depth)
    expected = Model(levels=depth, every_ns=every_ms * 10**6).run(messages)
    found = read(tmp_path / "out")
    assert set(found) == set(TABLES)
    for name in TABLES:
        assert len(expected[name]) > (2 if name == "bars" else 100)
        assert found[name] == expected[name], name


def test_a_book_and_a_market_take_away_the_same(tmp_path: Path) -> None:
    path = tmp_path / "tape.itch"
    generated(path, 5_000)
    replayed(path, tmp_path / "book", every_ms=0)
    result = replayed(path, tmp_path / "market", every_ms=0, market=True)
    book, market = read(tmp_path / "book"), read(tmp_path / "market")
    fills = market.pop("fills")
    assert book == market
    assert isinstance(result, MarketResult)
    assert len(fills) == result.fills > 100
    visible = [row for row in market["trades"] if row["kind"] == "visible"]
    common = ("message", "time_ns", "symbol", "price", "quantity")
    assert [[row[name] for name in common] for row in fills] == [[row[name] for name in common] for row in visible]


def test_an_execution_out_of_turn_is_one_fill(tmp_path: Path) -> None:
    messages = [*every_kind()[:8], itch.order_executed(AAPL, NINE + 4 * SECOND, 2, 20, 1)]
    replayed(write(tmp_path, *messages), tmp_path / "out", market=True)
    replayed(write(tmp_path, *messages), tmp_path / "book")
    market, book = read(tmp_path / "out"), read(tmp_path / "book")
    (fill,) = market.pop("fills")
    assert (fill["maker_order"], fill["quantity"], fill["message"]) == (2, 20, 9)
    assert market == book


def test_taking_away_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "tape.itch"
    generated(path, 5_000)
    plain = replay_itch(path, journal=tmp_path / "plain-journal").to_dict()
    taken = replayed(path, tmp_path / "out", market=True, every_ms=0).to_dict()
    for result in (plain, taken):
        del result["seconds"], result["messages_per_second"]
    assert plain == taken


# Files


def test_other_readers_find_the_same(tmp_path: Path) -> None:
    path, out = tmp_path / "tape.itch", tmp_path / "out"
    generated(path, 5_000)
    replayed(path, out, market=True)
    for name in FILES:
        file = out / f"{name}.parquet"
        table = pq.read_table(file)
        columns = table.column_names
        expected = [tuple(row.values()) for row in table.to_pylist()]
        assert len(expected) > 2
        assert polars.read_parquet(file).columns == columns
        assert polars.read_parquet(file).rows() == expected, name
        found = duckdb.read_parquet(str(file))
        assert found.columns == columns
        assert found.fetchall() == expected, name
    worth = duckdb.sql(f"select sum(price * quantity) from '{out / 'trades.parquet'}' where printed")
    bars = polars.read_parquet(out / "bars.parquet")["notional"].sum()
    assert worth is not None
    assert worth.fetchall() == [(bars,)]


def test_prices_and_times_have_documented_types(tmp_path: Path) -> None:
    replayed(write(tmp_path, *every_kind()), tmp_path / "out", market=True)
    schemas = {name: pq.read_schema(tmp_path / "out" / f"{name}.parquet") for name in FILES}
    assert str(schemas["trades"].field("price").type) == "decimal128(18, 4)"
    assert str(schemas["fills"].field("cash").type) == "decimal128(19, 6)"
    assert str(schemas["bars"].field("notional").type) == "decimal128(38, 4)"
    assert all(str(schema.field("time_ns").type) == "int64" for schema in schemas.values())
    told = schemas["top"].metadata
    assert told[b"pyengine.time_ns"] == b"nanoseconds after the exchange's midnight"
    document = (ROOT / "docs/tapes.md").read_text().partition("\n## Parquet\n")[2]
    for name, schema in schemas.items():
        section = document.partition(f"\n`{name}.parquet`")[2].partition(".parquet`")[0]
        assert all(f"`{column}`" in section for column in schema.names), name


def test_extreme_numbers_stay_exact(tmp_path: Path) -> None:
    dearest, most = (1 << 32) - 1, (1 << 32) - 1
    messages = [
        itch.stock_directory(AAPL, NINE, "AAPL"),
        itch.add_order(AAPL, NINE, (1 << 64) - 1, "B", most, "AAPL", dearest),
        itch.add_order(AAPL, NINE, 2, "S", most, "AAPL", dearest),
        itch.cross_trade(AAPL, NINE, (1 << 62) - 1, "AAPL", dearest, 1),
        itch.cross_trade(AAPL, NINE, 3, "AAPL", 1, 1),
    ]
    replayed(write(tmp_path, *messages), tmp_path / "out")
    found = read(tmp_path / "out")
    assert found["top"][0]["bid_price"] == dollars(dearest)
    assert found["top"][0]["bid_quantity"] == most
    (bar,) = found["bars"]
    assert int(str(bar["notional"]).replace(".", "")) == dearest * ((1 << 62) - 1) + 3
    assert bar["vwap"] == pytest.approx(dearest / 10_000, rel=1e-12)


# Memory


def test_files_grow_by_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tape.itch"
    generated(path, 5_000)
    replayed(path, tmp_path / "whole", every_ms=0)
    monkeypatch.setattr(taking, "ROWS", 50)
    replayed(path, tmp_path / "parts", every_ms=0)
    assert read(tmp_path / "parts") == read(tmp_path / "whole")
    metadata = pq.ParquetFile(tmp_path / "parts" / "top.parquet").metadata
    groups = [metadata.row_group(at).num_rows for at in range(metadata.num_row_groups)]
    assert len(groups) > 5
    assert all(50 <= group < 50 + 256 for group in groups[:-1])
    assert pq.ParquetFile(tmp_path / "whole" / "top.parquet").metadata.num_row_groups == 1


def test_a_symbol_may_be_told_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = [itch.add_order(MSFT, NINE, 1_000 + at, "B", 5, "MSFT", 100 + at) for at in range(300)]
    late += [itch.add_order(AAPL, NINE, 5_000 + at, "B", 5, "AAPL", 100 + at) for at in range(300)]
    monkeypatch.setattr(taking, "ROWS", 10)
    replayed(write(tmp_path, *late), tmp_path / "out")
    assert [row["symbol"] for row in read(tmp_path / "out")["top"]] == ["MSFT"] * 300 + ["AAPL"] * 300


def test_the_core_waits_until_rows_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "tape.itch"
    generated(path, 5_000)
    replay = TapeReplay.itch(path)
    replay.record(["trades", "depth"], rows=100, levels=2)
    most, calls, more, taken = 0, 0, True, 0
    while more:
        more, calls = replay.advance(1 << 40), calls + 1
        most = max(most, *replay.recorded().values())
        taken += len(replay.take("depth")["level"]) // 2
        replay.take("trades")
    assert taken > 2_000
    assert calls > 15
    assert 100 <= most < 100 + 256 * 2 * 2
    assert replay.recorded() == {"trades": 0, "depth": 0}


def test_recording_may_begin_in_the_middle(tmp_path: Path) -> None:
    path = write(tmp_path, *every_kind())
    replayed(path, tmp_path / "out")
    replay = TapeReplay.itch(path)
    replay.advance(9)
    replay.record(["trades", "top"], rows=100)
    replay.advance(100)
    whole = read(tmp_path / "out")
    for table in ("trades", "top"):
        found = rows.arrays(replay.take(table))
        expected = [row for row in whole[table] if row["message"] > 9]
        assert found["message"].tolist() == [row["message"] for row in expected]


def test_nothing_is_recorded_unless_it_is_asked_for(tmp_path: Path) -> None:
    replay = TapeReplay.itch(write(tmp_path, *every_kind()))
    assert not replay.advance(100)
    for ask in (replay.recorded, replay.end_record, lambda: replay.take("top")):
        with pytest.raises(TapeError, match="nothing is recorded"):
            ask()
    replay = TapeReplay.itch(write(tmp_path, *every_kind()))
    replay.record(["top"], rows=100)
    assert not replay.advance(100)
    assert replay.recorded() == {"top": 12}
    with pytest.raises(KeyError, match="no table"):
        replay.take("trades")
    with pytest.raises(KeyError, match="no table"):
        replay.record(["tops"], rows=100)
    for wrong in ({"rows": 0}, {"rows": 1, "levels": 0}, {"rows": 1, "levels": 1 << 16}):
        with pytest.raises(ValueError, match="levels from 1"):
            replay.record(["depth"], **wrong)


# Parts of a day


@pytest.mark.parametrize("market", [False, True])
def test_from_and_to_cut_exactly(tmp_path: Path, market: bool) -> None:
    path = tmp_path / "tape.itch"
    messages = generated(path, 6_000)
    times = [int.from_bytes(message[5:11], "big") for message in messages]
    from_ns, to_ns = times[2_000], times[4_500]
    whole_result = replayed(path, tmp_path / "whole", every_ms=0, market=market)
    result = replayed(path, tmp_path / "part", every_ms=0, market=market, from_ns=from_ns, to_ns=to_ns)
    assert whole_result.messages == 6_000
    assert result.messages == 4_501
    whole, part = read(tmp_path / "whole"), read(tmp_path / "part")
    for name in whole.keys() - {"bars"}:
        assert part[name] == [row for row in whole[name] if from_ns <= row["time_ns"] <= to_ns], name
        assert 50 < len(part[name]) < len(whole[name])
    assert part["bars"] == Model(from_ns=from_ns, to_ns=to_ns).run(messages)["bars"]
    nothing = replayed(path, tmp_path / "less", every_ms=0, from_ns=from_ns + 1, to_ns=to_ns - 1)
    less = read(tmp_path / "less")
    assert nothing.messages == 4_500
    for name in less.keys() - {"bars"}:
        assert less[name] == [row for row in whole[name] if from_ns < row["time_ns"] < to_ns], name


def test_depth_at_times_begins_with_what_has_changed_since(tmp_path: Path) -> None:
    path = tmp_path / "tape.itch"
    messages = generated(path, 4_000)
    from_ns = int.from_bytes(messages[2_000][5:11], "big")
    replayed(path, tmp_path / "out", every_ms=300, depth=5, from_ns=from_ns)
    expected = Model(from_ns=from_ns, levels=5, every_ns=300 * 10**6).run(messages)
    assert read(tmp_path / "out") == expected


def test_books_before_the_beginning_are_not_compared(tmp_path: Path) -> None:
    path, expected = write(tmp_path, *every_kind()), tmp_path / "expected.json"
    wrong = {"symbol": "AAPL", "bids": [], "asks": []}
    right = {"symbol": "MSFT", "bids": [], "asks": []}
    expected.write_text(json.dumps({"x_8_messages": wrong, "y_20_messages": right}))
    result = replay_itch(path, from_ns=NINE + 4 * SECOND, expected=expected)
    assert (result.sides_checked, result.sides_matched) == (2, 2)
    assert replay_itch(path, from_ns=NINE + 3 * SECOND, expected=expected).first_difference is not None
    with pytest.raises(TapeError, match=r"y_20_messages: the replay ends after 8 messages"):
        replay_itch(path, from_ns=NINE + 4 * SECOND, to_ns=NINE + 3 * SECOND, expected=expected)


TIMES = {
    "00:00": 0,
    "09:30": 34_200 * SECOND,
    "23:59:59.999999999": 86_400 * SECOND - 1,
    "04:00:00.5": 14_400 * SECOND + SECOND // 2,
    "16:00:01": 57_601 * SECOND,
}
WRONG_TIMES = ("9:30", "24:00", "09:60", "09:30:60", "09:30:00.", "09:30:00.0000000001", "", "noon", "09:30 ", "٠٩:٣٠")


@pytest.mark.parametrize("text", TIMES)
def test_times_of_day(text: str) -> None:
    assert time_of_day("--from", text) == TIMES[text]


@pytest.mark.parametrize("text", WRONG_TIMES)
def test_a_time_that_is_none_is_one_line(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, *every_kind())
    for option in ("--from", "--to"):
        says = f"{option} {text}: not a time of day, as 09:30, 09:30:00 or 09:30:00.000000001"
        assert_refused(run(path, "--book", option, text), says)


def test_a_beginning_after_the_end_is_refused(tmp_path: Path) -> None:
    result = run(write(tmp_path, *every_kind()), "--book", "--from", "10:00", "--to", "09:59:59.999")
    assert_refused(result, "--from 10:00 is after --to 09:59:59.999")
    assert between("10:00", "10:00", time_of_day) == (10 * 3_600 * SECOND, 10 * 3_600 * SECOND)


def test_the_command_replays_a_part_of_the_day(tmp_path: Path) -> None:
    path, out = write(tmp_path, *every_kind()), tmp_path / "out"
    cut = ("--from", "09:00:04", "--to", "09:00:59")
    result = run(path, *cut, "--out", out, "--depth", "1", "--every", "0", "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout.splitlines()[-1])["messages"] == 12
    assert [row["message"] for row in read(out)["trades"]] == [9, 10, 11, 12]
    assert {row["level"] for row in read(out)["depth"]} == {1}
    assert sorted(path.name for path in out.iterdir()) == [f"{name}.parquet" for name in FILES]


@pytest.mark.parametrize(
    ("options", "total", "in_bytes", "last"),
    [
        ((), "size", True, "size"),
        (("--limit", "7"), 7, False, 7),
        (("--to", "09:00:03"), 0, True, "size"),
        (("--limit", "7", "--to", "09:00:03"), 0, False, 7),
    ],
)
def test_progress_is_measured_by_what_ends_the_replay(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    total: int | str,
    in_bytes: bool,
    last: int | str,
) -> None:
    path = write(tmp_path, *every_kind())
    told: list[Any] = []

    @contextmanager
    def progress(_what: str, total: int, *, in_bytes: bool = False) -> Iterator[Any]:
        told.append((total, in_bytes))
        yield told.append

    monkeypatch.setattr(replay, "progress", progress)
    assert run(path, "--book", *options).exit_code == 0
    size = path.stat().st_size
    assert told[0] == (size if total == "size" else total, in_bytes)
    assert told[-1] == (size if last == "size" else last)


# What ends before its end


def test_a_directory_with_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    path, out = write(tmp_path, *every_kind()), tmp_path / "out"
    out.mkdir()
    (out / "trades.parquet").write_text("mine")
    says = f"{out}: has files already; give a directory that is new or empty"
    assert_refused(run(path, "--book", "--out", out), says)
    assert (out / "trades.parquet").read_text() == "mine"
    (out / "trades.parquet").unlink()
    assert run(path, "--book", "--out", out).exit_code == 0
    assert_refused(run(path, "--book", "--out", path), f"{path}: File exists")


@pytest.mark.parametrize("was_there", [False, True])
def test_a_replay_that_fails_leaves_nothing(tmp_path: Path, was_there: bool) -> None:
    out = tmp_path / "deep" / "out"
    if was_there:
        out.mkdir(parents=True)
    path = write(tmp_path, *every_kind())
    path.write_bytes(path.read_bytes()[:-3])
    result = run(path, "--book", "--out", out, "--plot", tmp_path / "plot.png", "--symbols", "AAPL")
    assert result.exit_code == 2
    assert "the tape ends in the middle of a message" in result.stderr
    assert out.exists() == was_there
    assert not was_there or not list(out.iterdir())
    assert not list(tmp_path.glob("plot*"))
    whole = write(tmp_path, *every_kind())
    assert_refused(run(whole, "--book", "--out", out, "--symbols", "IBM"), f"{whole}: the tape names no symbol IBM")
    assert out.exists() == was_there


def test_a_difference_is_no_failure_of_the_replay(tmp_path: Path) -> None:
    path, out, expected = write(tmp_path, *every_kind()), tmp_path / "out", tmp_path / "expected.json"
    expected.write_text(json.dumps({"x_8_messages": {"symbol": "AAPL", "bids": [], "asks": []}}))
    assert run(path, "--book", "--out", out, "--expected", expected).exit_code == 1
    assert len(read(out)["trades"]) == 7


@pytest.mark.parametrize(("sent", "leaves"), [(signal.SIGINT, False), (signal.SIGKILL, True)])
def test_an_interrupted_replay_leaves_nothing_that_looks_whole(
    tmp_path: Path, sent: signal.Signals, leaves: bool
) -> None:
    tape, out = tmp_path / "pipe", tmp_path / "out"
    os.mkfifo(tape)
    path = tmp_path / "tape.itch"
    generated(path, 20_000)
    command = [sys.executable, "-m", "pyengine", "replay", "itch", str(tape), "--book", "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        with tape.open("wb", buffering=0) as pipe:
            pipe.write(path.read_bytes())
            deadline = time.monotonic() + 60
            while not (out / "trades.parquet.unfinished").exists() and time.monotonic() < deadline:
                time.sleep(0.01)
            assert all(path.suffix == ".unfinished" for path in out.iterdir())
            process.send_signal(sent)
            if sent == signal.SIGKILL:
                process.wait(timeout=60)
        assert process.wait(timeout=60) == (-sent if sent == signal.SIGKILL else 130)
    assert out.exists() == leaves
    if leaves:
        assert {path.suffix for path in out.iterdir()} == {".unfinished"}
        assert_refused(
            run(path, "--book", "--out", out), f"{out}: has files already; give a directory that is new or empty"
        )


@pytest.mark.parametrize(
    ("module", "option", "name"), [("pyarrow", "--out", "out"), ("matplotlib", "--plot", "picture.png")]
)
def test_a_missing_package_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, option: str, name: str
) -> None:
    imports = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:
        if name.partition(".")[0] == module:
            raise ModuleNotFoundError(f"No module named {module!r}", name=module)
        return imports(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    for wrapper in ("parquet", "plot"):
        monkeypatch.delitem(sys.modules, f"pyengine.tape.{wrapper}", raising=False)
    path = write(tmp_path, *every_kind())
    result = run(path, "--book", "--symbols", "AAPL", option, tmp_path / name)
    assert_refused(result, f"{option} needs the package {module}: pip install 'pyengine[research]'")
    assert run(path, "--book").exit_code == 0


# Pictures


def pixels(path: Path) -> Any:
    from matplotlib.image import imread

    return imread(path)[:, :, :3]


def test_a_picture_shows_every_panel(tmp_path: Path) -> None:
    path, picture = tmp_path / "tape.itch", tmp_path / "picture.png"
    generated(path, 20_000)
    result = run(path, "--book", "--symbols", "AAAA", "--plot", picture)
    assert result.exit_code == 0, result.stderr
    image = pixels(picture)
    assert image.shape == (1_500, 1_950, 3)
    drawn = (image < 0.97).any(axis=2)
    for quarter in np.array_split(drawn[:, 200:1_900], 4):
        assert quarter.mean() > 0.02
    for color in ("#1f6fb4", "#d1660f", "#6b3f94", "#bcd9ee", "#f9d9bd"):
        wanted = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
        assert (np.abs(image - wanted) < 0.02).all(axis=2).sum() > 50, color
    assert not list(tmp_path.glob("*.unfinished"))


def test_a_picture_of_svg_tells_what_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, *every_kind())
    result = run(path, "--symbols", "AAPL", "--plot", tmp_path / "picture.svg", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    text = (tmp_path / "picture.svg").read_text()
    for told in ("AAPL  ·  tape.itch", "price (USD)", "spread (cents)", "depth (shares)", "per second", "09:01:00"):
        assert f"<!-- {told}" in text or told in text, told
    assert "14 messages, 6 trades" in text
    assert len(read(tmp_path / "out")["trades"]) == 6


def test_a_picture_of_times_that_have_a_date(tmp_path: Path) -> None:
    begins = 1_752_750_000 * SECOND
    picture = Picture(tmp_path / "picture.svg", Origin(tmp_path / "tape.dbn", 10_000, "1970"), TakeAway())
    place: Columns = {"time_ns": np.array([begins, begins + MINUTE], np.uint64), "instrument": np.zeros(2, np.uint16)}
    picture.take("rates", place | {"messages": np.array([3, 4])}, ["ARL"])
    best: Columns = {
        f"{side}_price": np.array([price, price + 100]) for side, price in (("bid", 9_900), ("ask", 10_000))
    }
    picture.take("top", place | best, ["ARL"])
    picture.keep()
    text = (tmp_path / "picture.svg").read_text()
    for told in ("time of 2025-07-17 (UTC, hours:minutes:seconds)", "11:00:30", "7 messages, 0 trades"):
        assert told in text, told


@pytest.mark.parametrize(
    "messages",
    [
        every_kind()[:4],
        [*every_kind()[:3], itch.trade(AAPL, NINE, "B", 5, "AAPL", 1_000_000, 1)],
        [*every_kind()[:4], itch.order_delete(AAPL, NINE + SECOND, 1)],
    ],
    ids=["one order", "one trade", "an order that goes at once"],
)
def test_a_picture_of_almost_nothing(tmp_path: Path, messages: list[bytes]) -> None:
    picture = tmp_path / "picture.png"
    assert run(write(tmp_path, *messages), "--book", "--plot", picture).exit_code == 0
    assert pixels(picture).std() > 0.05


def test_what_can_not_be_drawn_is_one_line(tmp_path: Path) -> None:
    path, picture = write(tmp_path, *every_kind()), tmp_path / "picture.png"
    several = "--plot draws one symbol, and the tape has more: choose one with --symbols"
    assert_refused(run(path, "--book", "--plot", picture), several)
    chosen = run(path, "--book", "--plot", picture, "--symbols", "AAPL,MSFT")
    assert_refused(chosen, "--plot draws one symbol, and --symbols chooses 2")
    useless = "--depth and --every say how --out and --plot look at the depth"
    assert_refused(run(path, "--book", "--every", "0"), useless)
    assert_refused(run(path, "--book", "--depth", "3"), useless)
    wrong = tmp_path / "picture.gif"
    assert_refused(run(path, "--book", "--plot", wrong), f"--plot {wrong}: its name ends neither in .png nor in .svg")
    nowhere = tmp_path / "none" / "picture.png"
    assert_refused(
        run(path, "--book", "--plot", nowhere),
        f"{nowhere.with_name('picture.png.unfinished')}: No such file or directory",
    )
    late = run(path, "--book", "--plot", picture, "--from", "12:00", "--out", tmp_path / "out")
    assert_refused(late, f"{path}: no message about an order or a trade: nothing to draw")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["tape.itch"]


def test_a_long_series_is_thinned_while_it_comes() -> None:
    last, largest = Series(last_of, most=1_000), Series(largest_of, most=1_000)
    quantities = np.arange(1, 100_001) * 7_919 % 100_003
    for part in range(100):
        at = slice(1_000 * part, 1_000 * (part + 1))
        columns = {"time_ns": np.arange(at.start, at.stop, dtype=np.uint64) * 1_000, "quantity": quantities[at]}
        for series in (last, largest):
            series.add(columns)
            assert len(series.columns()["time_ns"]) <= 1_000
    assert last.is_thinned
    kept = last.columns()
    assert len(kept["time_ns"]) > 300
    assert np.diff(kept["time_ns"].astype(np.int64)).max() < 1_000_000, "no stretch is much thinner than another"
    assert kept["time_ns"][-1] == 99_999_000
    assert (np.diff(kept["time_ns"].astype(np.int64)) > 0).all()
    assert (kept["quantity"] == quantities[kept["time_ns"].astype(np.int64) // 1_000]).all()
    assert largest.columns()["quantity"].max() == quantities.max()
    assert np.sort(largest.columns()["quantity"])[0] > np.median(quantities)


def test_ticks_are_round_times_of_day() -> None:
    from matplotlib.figure import Figure

    for begin, end, first in ((34_200, 57_600, "09:30:00"), (34_200.2, 34_200.45, "09:30:00.20")):
        axes = Figure().subplots()
        time_axis(axes, begin, end)
        shown = [axes.xaxis.get_major_formatter()(value) for value in axes.get_xticks() if begin <= value <= end]
        assert 5 <= len(shown) <= 15
        assert all(re.fullmatch(r"\d\d:\d\d:\d\d(\.\d+)?", text) for text in shown)
        assert first in shown
