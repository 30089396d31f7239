"""Replaying tapes of Databento's: what each action does, versions, damage, names, steps of prices, books that come
with a tape, the command line, and the real tapes where they are at hand."""

import csv
import json
import os
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from typer.testing import CliRunner, Result

from bench import dbn
from bench.dbn import LAST, TOB, UNDEF_PRICE, UNIT
from bench.tape_flow import TapeMarket
from pyengine._engine_core import TapeReplay, recognise_tape
from pyengine.cli import main
from pyengine.errors import TapeError
from pyengine.tape.books import MarketResult, replay_dbn, replay_itch, shown_price

ROOT = Path(__file__).parents[1]
AT = 1_752_735_903_000_000_000
AAPL, MSFT = 7, 9
NAMES = {"AAPL": AAPL, "MSFT": MSFT}
Levels = list[tuple[int, int, int]]


def has_dbn() -> bool:
    try:
        TapeReplay.dbn("/dev/null")
    except TapeError as error:
        return "this build reads no DBN" not in str(error)
    return True


HAS_DBN = has_dbn()
needs_dbn = pytest.mark.skipif(not HAS_DBN, reason="this build reads no DBN: make build-dbn")


def mbo(
    action: dbn.Action,
    side: dbn.Side,
    price: float,
    size: int,
    order: int,
    *,
    instrument: int = AAPL,
    at: int = 0,
    flags: int = LAST,
    **fields: int,
) -> bytes:
    exact = UNDEF_PRICE if price == UNDEF_PRICE else round(price * 10_000) * (UNIT // 10_000)
    return dbn.mbo(
        action, side, exact, size, order, instrument=instrument, ts_event=AT + at, flags=flags, sequence=at, **fields
    )


def filled(order: int, side: dbn.Side, price: float, size: int, at: int, *, level: float | None = None) -> list[bytes]:
    """A trade with an order: the aggressor's, the order's, and what is taken off it."""
    aggressor: dbn.Side = "A" if side == "B" else "B"
    return [
        mbo("T", aggressor, price, size, 0, at=at, flags=0),
        mbo("F", side, price, size, order, at=at, flags=0),
        mbo("C", side, price if level is None else level, size, order, at=at),
    ]


def write(directory: Path, *records: bytes, version: int = 3, name: str = "tape.dbn") -> Path:
    path = directory / name
    path.write_bytes(dbn.file(records, NAMES, version=version))
    return path


def replayed(path: Path, **options: Any) -> TapeReplay:
    replay = TapeReplay.dbn(path, **options)
    while replay.advance(1_000):
        pass
    return replay


def book(path: Path, symbol: str = "AAPL", **options: Any) -> tuple[Levels, Levels]:
    return replayed(path, **options).book(symbol)


BEGIN = (
    mbo("R", "N", UNDEF_PRICE, 0, 0, flags=8),
    mbo("A", "B", 100, 100, 1),
    mbo("A", "B", 100, 50, 2),
    mbo("A", "A", 100.1, 70, 3),
)
BIDS, ASKS = [(1_000_000, 150, 2)], [(1_001_000, 70, 1)]


# What actions do

CHANGES: dict[str, tuple[Sequence[bytes], tuple[Levels, Levels], dict[str, int]]] = {
    "add": ([mbo("A", "B", 99.99, 10, 4)], ([*BIDS, (999_900, 10, 1)], ASKS), {"added": 4, "open_orders": 4}),
    "a part cancelled": ([mbo("C", "B", 100, 20, 1)], ([(1_000_000, 130, 2)], ASKS), {"reduced": 1, "executions": 0}),
    "all cancelled": ([mbo("C", "A", 100.1, 70, 3)], (BIDS, []), {"reduced": 1, "open_orders": 2}),
    "modified to less": ([mbo("M", "B", 100, 30, 1)], ([(1_000_000, 80, 2)], ASKS), {"reduced": 1, "replaced": 0}),
    "modified to as much": ([mbo("M", "B", 100, 100, 1)], (BIDS, ASKS), {"reduced": 1, "replaced": 0}),
    "modified to more": ([mbo("M", "B", 100, 130, 1)], ([(1_000_000, 180, 2)], ASKS), {"replaced": 1, "reduced": 0}),
    "modified to another price": (
        [mbo("M", "B", 99.5, 100, 1)],
        ([(1_000_000, 50, 1), (995_000, 100, 1)], ASKS),
        {"replaced": 1, "reduced": 0, "added": 3},
    ),
    "an unknown one modified": (
        [mbo("M", "A", 100.2, 9, 4)],
        (BIDS, [*ASKS, (1_002_000, 9, 1)]),
        {"added": 4, "replaced": 0},
    ),
    "clear": ([mbo("R", "N", UNDEF_PRICE, 0, 0)], ([], []), {"open_orders": 0}),
    "trade": ([mbo("T", "N", 100.05, 10, 0)], (BIDS, ASKS), {"executions": 0}),
    "fill": ([mbo("F", "B", 100, 10, 1)], (BIDS, ASKS), {"executions": 0, "queue_front_agreed": 0}),
    "none": ([mbo("N", "N", UNDEF_PRICE, 0, 0)], (BIDS, ASKS), {"executions": 0}),
    "filled": (
        filled(1, "B", 100, 30, 1),
        ([(1_000_000, 120, 2)], ASKS),
        {"executions": 1, "queue_front_agreed": 1, "executed_quantity": 30, "reduced": 0},
    ),
    "filled at another price": (
        filled(2, "B", 100.05, 50, 1, level=100),
        ([(1_000_000, 100, 1)], ASKS),
        {"executions": 0, "executions_anywhere": 1, "executed_quantity": 50},
    ),
}


@needs_dbn
@pytest.mark.parametrize("version", [1, 2, 3])
@pytest.mark.parametrize("name", CHANGES)
def test_what_an_action_does(tmp_path: Path, name: str, version: int) -> None:
    records, after, counted = CHANGES[name]
    path = write(tmp_path, *BEGIN, *records, version=version)
    result = replay_dbn(path).to_dict()
    assert book(path) == after
    assert {key: result[key] for key in counted} == counted
    assert result["messages"] == len(BEGIN) + len(records)
    assert not any(result["disagreements"].values())
    market = replay_dbn(path, journal=tmp_path / "journal")
    assert isinstance(market, MarketResult)
    assert market.passed
    assert {key: market.to_dict()[key] for key in counted} == counted
    path.write_bytes(dbn.packed(path.read_bytes()))
    assert book(path) == after, "packed by zstd"


@needs_dbn
def test_a_queue_keeps_the_order_of_its_arrivals(tmp_path: Path) -> None:
    """Whatever makes an order larger or gives it another price puts it behind; what makes it smaller does not."""
    path = write(tmp_path, *BEGIN, mbo("M", "B", 100, 10, 1), *filled(1, "B", 100, 10, 1), *filled(2, "B", 100, 1, 2))
    assert replay_dbn(path).queue_front_agreed == 2
    path = write(tmp_path, *BEGIN, mbo("M", "B", 100, 101, 1), *filled(1, "B", 100, 10, 1))
    assert replay_dbn(path).disagreements["behind_in_its_queue"] == 1
    away_and_back = [mbo("M", "B", 99, 100, 1), mbo("M", "B", 100, 100, 1)]
    path = write(tmp_path, *BEGIN, *away_and_back, *filled(2, "B", 100, 50, 1), *filled(1, "B", 100, 100, 2))
    assert replay_dbn(path).queue_front_agreed == 2


@needs_dbn
def test_what_is_an_execution(tmp_path: Path) -> None:
    def executions(*records: bytes) -> tuple[int, int, int]:
        result = replay_dbn(write(tmp_path, *BEGIN, *records))
        return result.executions, result.executed_quantity, result.reduced

    fill, cancel = mbo("F", "B", 100, 30, 1, at=1, flags=0), mbo("C", "B", 100, 30, 1, at=1)
    assert executions(fill, cancel) == (1, 30, 0)
    assert executions(fill, fill, mbo("C", "B", 100, 60, 1, at=1)) == (1, 60, 0), "two fills, taken off at once"
    assert executions(fill, mbo("C", "B", 100, 10, 1, at=1), mbo("C", "B", 100, 20, 1, at=1)) == (2, 30, 0)
    assert executions(fill, mbo("C", "B", 100, 31, 1, at=1)) == (0, 0, 1), "more than was filled"
    assert executions(fill, cancel, cancel) == (1, 30, 1), "it was filled once"
    assert executions(fill, mbo("C", "B", 100, 30, 1, at=2)) == (0, 0, 1), "at another moment"
    assert executions(fill, mbo("C", "B", 100, 30, 2, at=1)) == (0, 0, 1), "of another order"
    other = mbo("C", "B", 100, 30, 1, at=1, instrument=MSFT)
    assert executions(fill, mbo("A", "B", 100, 30, 1, instrument=MSFT), other) == (0, 0, 1), "of another instrument"


@needs_dbn
def test_a_publisher_that_tells_the_best_price_only(tmp_path: Path) -> None:
    def top(side: dbn.Side, price: float, size: int) -> bytes:
        return mbo("A", side, price, size, 0, flags=LAST | TOB)

    path = write(tmp_path, top("B", 10, 5), top("A", 11, 6), top("B", 10.5, 7))
    assert book(path) == ([(105_000, 7, 1)], [(110_000, 6, 1)])
    path = write(tmp_path, top("B", 10, 5), top("A", 11, 6), top("A", UNDEF_PRICE, 0))
    assert book(path) == ([(100_000, 5, 1)], [])
    result = replay_dbn(path, journal=tmp_path / "journal")
    assert (result.passed, result.open_orders, result.added) == (True, 1, 2)
    assert result.message_types["flag: top of book"] == 3


@needs_dbn
def test_records_are_counted_by_name_and_flags_too(tmp_path: Path) -> None:
    records = [
        dbn.other(0x12),
        dbn.other(0x17),
        dbn.other(0x99, length=1_016),
        dbn.trade("B", UNIT, 1, instrument=AAPL, ts_event=AT),
        mbo("A", "B", 1, 1, 9, flags=dbn.SNAPSHOT | dbn.MAYBE_BAD_BOOK),
    ]
    result = replay_dbn(write(tmp_path, *BEGIN, *records))
    assert result.message_types == {
        "add": 4,
        "clear": 1,
        "trades record": 1,
        "status record": 1,
        "system record": 1,
        "flag: snapshot": 1,
        "flag: bad time of receipt": 1,
        "flag: maybe bad book": 1,
    }
    assert (result.messages, result.unknown_messages, result.open_orders) == (9, 1, 4)


# Prices


@needs_dbn
def test_a_price_that_no_order_can_have_is_counted(tmp_path: Path) -> None:
    records = [mbo("A", "B", price, 1, 9 + at) for at, price in enumerate((0, -1, UNDEF_PRICE, 429_496.7296, 1e9))]
    path = write(tmp_path, *BEGIN, *records)
    assert replay_dbn(path, step=UNIT // 10_000).disagreements["no_price"] == 5
    assert book(path, step=UNIT // 10_000) == (BIDS, ASKS)
    path = write(tmp_path, *BEGIN, mbo("M", "B", -2, 5, 1))
    assert replay_dbn(path).disagreements["no_price"] == 1
    assert book(path) == ([(1_000_000, 50, 1)], ASKS), "the order is gone"


@needs_dbn
@pytest.mark.parametrize(
    ("prices", "scale"),
    [
        ([5_510_000_000], 10_000),
        ([3_722_750_000_000, 3_723_000_000_000], 10_000),
        ([5_510_000_001], 10**9),
        ([109_234_375_000, 109_242_187_500], 80_000),
        ([620_000 * UNIT, 620_001 * UNIT], 1),
        ([620_000 * UNIT, 620_001 * UNIT + UNIT // 4], 4),
        ([], 10_000),
    ],
)
def test_the_step_of_prices_suits_the_first_of_them(tmp_path: Path, prices: list[int], scale: int) -> None:
    records = [dbn.mbo("A", "B", price, 1, at, instrument=1, ts_event=AT) for at, price in enumerate(prices, 1)]
    replay = replayed(write(tmp_path, *records))
    assert replay.price_scale == scale
    if prices:
        highest = [(price * scale // UNIT, 1, 1) for price in sorted(prices, reverse=True)]
        assert replay.book("1") == (highest if max(prices) != 5_510_000_001 else [], [])


@needs_dbn
def test_a_later_price_between_two_steps_is_refused_and_names_the_way_out(tmp_path: Path) -> None:
    later = dbn.mbo("A", "B", 99_000_050_000, 1, 9, instrument=AAPL, ts_event=AT)
    path = write(tmp_path, *BEGIN, *[mbo("N", "N", 1, 0, 0)] * 2_000, later)
    place = len(dbn.metadata(NAMES)) + 2_004 * 56
    says = f"{path}: byte {place}: a price of 99.00005 is not a multiple of 0.0001: give a smaller step"
    with pytest.raises(TapeError, match=re.escape(says)):
        replay_dbn(path)
    assert run(path, "--book", "--tick", "0.00001").exit_code == 0
    assert book(path, step=10_000)[0] == [(10_000_000, 150, 2), (9_900_005, 1, 1)]


@needs_dbn
def test_a_market_needs_steps_that_are_whole_millionths(tmp_path: Path) -> None:
    path = write(tmp_path, dbn.mbo("A", "B", UNIT + UNIT // 128, 5, 1, instrument=1, ts_event=AT))
    assert replay_dbn(path).open_orders == 1
    with pytest.raises(TapeError, match="a market counts in millionths of the currency, and 80000 steps"):
        replay_dbn(path, journal=tmp_path / "journal")


def test_prices_as_people_write_them_in_any_step() -> None:
    shown = [shown_price(*price) for price in ((14_891, 4), (5_510_000_001, 10**9), (620_000, 1), (1, 128))]
    assert shown == ["3722.75", "5.510000001", "620000.00", "0.0078125"]


# Instruments


@needs_dbn
def test_instruments_have_their_names_from_the_metadata_and_from_records(tmp_path: Path) -> None:
    path = tmp_path / "tape.dbn"
    for version in (1, 2, 3):
        records = [
            mbo("A", "B", 1, 1, 1),
            dbn.symbol_mapping("GOOG", 4_000_000_000, version=version),
            mbo("A", "B", 2, 2, 1, instrument=4_000_000_000),
            mbo("A", "B", 3, 3, 1, instrument=5),
            mbo("A", "B", 4, 4, 1, instrument=AAPL, publisher=3),
        ]
        path.write_bytes(dbn.file(records, NAMES, version=version))
        replay = replayed(path)
        assert replay.symbols == ["AAPL", "MSFT", "GOOG", "5", "AAPL@3"]
        assert [replay.book(name)[0] for name in replay.symbols] == [
            [(10_000, 1, 1)],
            [],
            [(20_000, 2, 1)],
            [(30_000, 3, 1)],
            [(40_000, 4, 1)],
        ]
        assert replay_dbn(path).message_types["symbol mapping record"] == 1


@needs_dbn
def test_of_some_symbols_only(tmp_path: Path) -> None:
    path = write(tmp_path, *BEGIN, mbo("A", "B", 1, 1, 1, instrument=MSFT), mbo("A", "B", 1, 1, 1, instrument=5))
    apple = replay_dbn(path, symbols={"AAPL"})
    assert (apple.instruments, apple.open_orders, apple.messages) == (1, 3, 6)
    assert replay_dbn(path, symbols={"5", "MSFT"}).open_orders == 2
    with pytest.raises(TapeError, match=re.escape(f"{path}: the tape names no symbol IBM")):
        replay_dbn(path, symbols={"IBM", "AAPL"})


@needs_dbn
def test_many_instruments_with_the_same_numbers_of_orders(tmp_path: Path) -> None:
    records = [mbo("A", "B", 1, instrument, 1, instrument=instrument) for instrument in range(1, 60_001)]
    result = replay_dbn(write(tmp_path, *records))
    assert (result.open_orders, result.instruments, result.disagreements["number_in_use"]) == (60_000, 60_000, 0)


@needs_dbn
def test_times_are_those_of_receipt_and_never_go_back(tmp_path: Path) -> None:
    received = [AT + 5, AT + 3, dbn.UNDEF_TIMESTAMP, AT + 9]
    records = [mbo("A", "B", 1, 1, order, ts_recv=at) for order, at in enumerate(received)]
    path = write(tmp_path, *records)
    assert [replayed(path, to_ns=AT + to).messages for to in (4, 5, 8, 9)] == [0, 3, 3, 4]


# Files


def assert_refused(path: Path, says: str) -> None:
    with pytest.raises(TapeError, match="^" + re.escape(f"{path}: {says}")):
        replay_dbn(path)


@needs_dbn
def test_a_tape_cut_at_every_byte(tmp_path: Path) -> None:
    whole, path = write(tmp_path, *BEGIN).read_bytes(), tmp_path / "tape.dbn"
    records = len(dbn.metadata(NAMES))
    for cut in range(1, len(whole)):
        path.write_bytes(whole[:cut])
        count, rest = divmod(cut - records, 56)
        if cut < 3:
            assert_refused(path, "byte 0: no DBN begins here")
        elif cut < records:
            assert_refused(path, "byte 0: the file ends in its metadata")
        elif rest:
            assert_refused(path, f"byte {records + 56 * count}: the tape ends in the middle of a record")
        else:
            assert replay_dbn(path).messages == count


@needs_dbn
def test_what_is_no_tape_at_all(tmp_path: Path) -> None:
    path = tmp_path / "tape"
    metadata = dbn.metadata(NAMES)
    cases: list[tuple[bytes, str]] = [
        (b"", "byte 0: the file is empty"),
        (dbn.packed(b""), "byte 0: the file is empty"),
        (b"some text", "byte 0: no DBN begins here"),
        (b"1,2,3\n", "this is a table of numbers, as LOBSTER's are: use `replay lobster`"),
        (b"DBN\x04" + metadata[4:], "byte 3: DBN of version 4: versions 1 to 3 are read"),
        (metadata[:4] + b"\xff\xff\xff\xff", "byte 4: metadata of 4294967295 bytes: no file has so much"),
        (metadata[:4] + b"\x10\0\0\0" + bytes(400), "byte 8: invalid DBN metadata"),
        (dbn.metadata(NAMES, schema="mbp-10"), "byte 8: the file is of schema mbp-10, and not of mbo"),
        (metadata + b"\x03\xa0" + bytes(60), f"byte {len(metadata)}: a record of 12 bytes, which there is none of"),
        (metadata + b"\x0f\xa0" + bytes(60), f"byte {len(metadata)}: a record of 60 bytes, which there is none of"),
        (metadata + dbn.other(0xA0), f"byte {len(metadata)}: an MBO record of 40 bytes"),
    ]
    for content, says in cases:
        path.write_bytes(content)
        assert_refused(path, says)
    wrong = bytearray(mbo("A", "B", 1, 1, 1))
    wrong[38] = ord("x")
    path.write_bytes(metadata + bytes(wrong))
    assert_refused(path, f"byte {len(metadata)}: a record of action x, which there is none of")
    path.write_bytes(metadata + mbo("A", "N", 1, 1, 1))
    assert_refused(path, f"byte {len(metadata)}: an order of side N, which is neither A nor B")
    path.write_bytes(dbn.metadata(NAMES, schema=None) + mbo("A", "B", 1, 1, 1))
    assert replay_dbn(path).open_orders == 1, "a file of mixed schemas"


@needs_dbn
def test_a_packed_tape_that_is_damaged(tmp_path: Path) -> None:
    path = write(tmp_path, *BEGIN, *[mbo("N", "N", 1, 0, 0)] * 5_000)
    packed = dbn.packed(path.read_bytes())
    for cut in range(4, len(packed), 9_973):
        path.write_bytes(packed[:cut])
        with pytest.raises(TapeError, match=re.escape(f"{path}: damaged or truncated behind byte ") + r"(\d+)"):
            replay_dbn(path)
    path.write_bytes(packed[:131_080] + b"\xff\xff\xff" + packed[131_083:])
    with pytest.raises(TapeError, match=re.escape(f"{path}: damaged or truncated behind byte ")):
        replay_dbn(path)


def test_formats_are_recognised(tmp_path: Path) -> None:
    path = write(tmp_path, *BEGIN)
    assert recognise_tape(path) == ("dbn", "a DBN file")
    path.write_bytes(dbn.packed(path.read_bytes()))
    assert recognise_tape(path) == ("dbn", "a DBN file" if HAS_DBN else "packed by zstd, as DBN files are")
    result = CliRunner().invoke(main, ["replay", "itch", str(path), "--book"])
    assert (result.exit_code, "use `replay dbn`" in result.stderr) == (2, True)


@pytest.mark.skipif(HAS_DBN, reason="this build reads DBN")
def test_a_build_without_it_says_how_to_get_one(tmp_path: Path) -> None:
    result = run(write(tmp_path, *BEGIN))
    assert result.stderr == "pyengine: this build reads no DBN: build it with `make build-dbn`\n"
    assert result.exit_code == 2


# Books that come with a tape


def levels(replay: TapeReplay, symbol: str) -> tuple[list[dbn.Level], list[dbn.Level]]:
    bids, asks = (
        [(price * UNIT // replay.price_scale, size, count) for price, size, count in side[:10]]
        for side in replay.book(symbol)
    )
    return bids, asks


def with_books(directory: Path, records: Sequence[bytes]) -> tuple[Path, Path, list[bytes]]:
    """A tape, and the books after each of its records but fills, as the replay has them."""
    path = write(directory, *records)
    replay, books = TapeReplay.dbn(path), []
    for record in records:
        replay.advance(1)
        action, side = chr(record[38]), chr(record[39])
        instrument = int.from_bytes(record[4:8], "little")
        bids, asks = levels(replay, "AAPL" if instrument == AAPL else "MSFT")
        if action != "F":
            books.append(
                dbn.mbp10(
                    action,  # type: ignore[arg-type]
                    side,  # type: ignore[arg-type]
                    int.from_bytes(record[24:32], "little", signed=True),
                    int.from_bytes(record[32:36], "little"),
                    bids,
                    asks,
                    instrument=instrument,
                    ts_event=int.from_bytes(record[8:16], "little"),
                    flags=record[36],
                    sequence=int.from_bytes(record[52:56], "little"),
                )
            )
    return path, write_books(directory, books), books


def write_books(directory: Path, books: Sequence[bytes], version: int = 3) -> Path:
    path = directory / "books.dbn"
    path.write_bytes(dbn.metadata(NAMES, schema="mbp-10", version=version) + b"".join(books))
    return path


DAY = [
    *BEGIN,
    *(mbo("A", "B", 99 - at, 5, 20 + at, at=10 + at) for at in range(12)),
    mbo("A", "A", 101, 5, 40, instrument=MSFT, at=30),
    *filled(1, "B", 100, 30, 31),
    mbo("M", "B", 98.5, 70, 1, at=32),
    mbo("C", "A", 100.1, 70, 3, at=33),
]


@needs_dbn
def test_books_that_come_with_a_tape_are_compared(tmp_path: Path) -> None:
    tape, path, books = with_books(tmp_path, DAY)
    for version in (1, 2, 3):
        result = replay_dbn(tape, mbp10=write_books(tmp_path, books, version))
        assert (result.sides_checked, result.sides_matched) == (2 * len(books),) * 2
    path.write_bytes(dbn.packed(path.read_bytes()))
    assert replay_dbn(tape, mbp10=path, journal=tmp_path / "journal").sides_matched == 2 * len(books)
    apple = replay_dbn(tape, mbp10=path, symbols={"AAPL"})
    assert apple.sides_checked == 2 * len(books) - 2, "of instruments that are looked at"
    fewer = replay_dbn(tape, mbp10=write_books(tmp_path, books[::3]))
    assert fewer.sides_matched == 2 * len(books[::3]), "a file need not have all of them"


@needs_dbn
@pytest.mark.parametrize(
    ("at", "change", "says"),
    [
        (0, 1, "expected nothing, found 70 shares in 1 order"),
        (16, 3, "expected 73 shares in 1 order, found 70 shares in 1 order"),
        (24, 1, "expected 70 shares in 2 orders, found 70 shares in 1 order"),
    ],
    ids=["price", "size", "count"],
)
def test_a_planted_difference_is_found(tmp_path: Path, at: int, change: int, says: str) -> None:
    tape, path, books = with_books(tmp_path, DAY)
    record = bytearray(books[19])
    at += 48 + (8 if at == 0 else 4)  # the first level's ask
    length = 8 if at == 56 else 4
    value = int.from_bytes(record[at : at + length], "little") + (UNIT // 10_000 if at == 56 else change)
    record[at : at + length] = value.to_bytes(length, "little")
    write_books(tmp_path, [*books[:19], bytes(record), *books[20:]])
    result = run(tape, "--book", "--mbp10", path, "--json")
    assert result.exit_code == 1
    assert result.stderr == (
        f"pyengine: {tape}: after message 21: AAPL: sell side differs at 100.10: {says}\npyengine: replay failed\n"
    )
    parsed = json.loads(result.stdout)
    assert (parsed["sides_checked"], parsed["sides_matched"]) == (2 * len(books), 2 * len(books) - 1)


@needs_dbn
def test_the_last_of_an_event_that_the_books_tell_otherwise(tmp_path: Path) -> None:
    """An event of several records may be one book; what the books tell of its middle is passed over."""
    moved = [mbo("C", "B", 100, 100, 1, at=5, flags=0), mbo("A", "B", 99, 100, 9, at=5)]
    after = ([(100 * UNIT, 50, 1), (99 * UNIT, 100, 1)], [(100_100_000_000, 70, 1)])
    tape = write(tmp_path, *BEGIN, *moved)

    def told(flags: int, bids: list[dbn.Level]) -> bytes:
        where = {"instrument": AAPL, "ts_event": AT + 5, "sequence": 5}
        return dbn.mbp10("M", "B", 99 * UNIT, 100, bids, after[1], flags=flags, **where)

    assert replay_dbn(tape, mbp10=write_books(tmp_path, [told(LAST, after[0])])).sides_matched == 2
    result = replay_dbn(tape, mbp10=write_books(tmp_path, [told(0, []), told(LAST, after[0])]))
    assert (result.sides_checked, result.sides_matched) == (2, 2)
    assert replay_dbn(tape, mbp10=write_books(tmp_path, [told(LAST, after[0][:1])])).sides_matched == 1


@needs_dbn
def test_books_that_the_tape_never_comes_to(tmp_path: Path) -> None:
    tape, path, books = with_books(tmp_path, DAY)
    wrong = bytearray(books[3])
    wrong[44] ^= 1
    write_books(tmp_path, [*books[:3], bytes(wrong), *books[4:]])
    place = len(dbn.metadata(NAMES)) + 3 * 368
    says = f"{path}: byte {place}: {len(books) - 3} books were not reached; this is the first, of sequence 1"
    with pytest.raises(TapeError, match="^" + re.escape(says) + "$"):
        replay_dbn(tape, mbp10=path)
    assert replay_dbn(tape, mbp10=path, limit=10).sides_checked == 6, "a limit may be before them"
    replay = replayed(tape, mbp10=write_books(tmp_path, books), to_ns=AT + 20)
    compared = replay.compared()
    assert compared is not None
    assert compared["sides_checked"] == 2 * (4 + 11)


@needs_dbn
def test_nothing_is_compared_before_a_time(tmp_path: Path) -> None:
    tape, path, books = with_books(tmp_path, DAY)
    compared = replayed(tape, mbp10=path, from_ns=AT + 31).compared()
    assert compared is not None
    assert compared["sides_checked"] == 2 * (len(books) - 4 - 12 - 1)


@needs_dbn
def test_books_that_are_none_name_their_own_file(tmp_path: Path) -> None:
    tape, path = write(tmp_path, *BEGIN), tmp_path / "books.dbn"
    path.write_bytes(tape.read_bytes())
    result = run(tape, "--book", "--mbp10", path)
    assert result.stderr == f"pyengine: {path}: byte 8: the file is of schema mbo, and not of mbp-10\n"
    missing = run(tape, "--book", "--mbp10", tmp_path / "none")
    assert (missing.exit_code, missing.stderr) == (2, f"pyengine: {tmp_path / 'none'}: No such file or directory\n")


# The same day in two formats


@needs_dbn
def test_a_generated_day_leads_to_the_same_books_in_both_formats(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"tape.{name}" for name in ("itch", "dbn")}
    for name, path in paths.items():
        market = TapeMarket(symbols=20, seed=5)
        with path.open("wb") as file:
            market.write(file, 20_000, as_dbn=name == "dbn")
    replay = replayed(paths["dbn"])
    assert {symbol: replay.book(symbol) for symbol in replay.symbols} == market.books()
    one = replay_itch(paths["itch"], journal=tmp_path / "itch")
    other = replay_dbn(paths["dbn"], journal=tmp_path / "dbn")
    assert isinstance(one, MarketResult)
    assert isinstance(other, MarketResult)
    assert other.passed
    same = ("executions", "queue_front_agreed", "executions_anywhere", "executed_quantity", "fills", "settled_notional")
    assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]
    assert not any(other.disagreements.values())


# The command line


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["replay", "dbn", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@needs_dbn
def test_the_command(tmp_path: Path) -> None:
    tape = write(tmp_path, *BEGIN, *filled(1, "B", 100, 30, 1))
    result = run(tape, "--json", "--journal", tmp_path / "journal", "--symbols", "AAPL", "--limit", "7")
    parsed = json.loads(result.stdout.splitlines()[-1])
    assert (parsed["messages"], parsed["fills"], parsed["settled_notional"]) == (7, 1, 3_000_000_000)
    assert parsed["state_hash"] == parsed["recovered_state_hash"]
    expected = tmp_path / "expected.json"
    sides = {"bids": [{"price": "100", "shares": 120, "orders": 2}], "asks": [{"price": "100.10", "shares": 70}]}
    expected.write_text(json.dumps({"x_7_messages": sides | {"symbol": "AAPL"}}))
    assert run(tape, "--book", "--expected", expected).exit_code == 0
    refused = run(tape, "--book", "--expected", expected, "--tick", "1")
    assert "is not a multiple of 1: give a smaller step" in refused.stderr
    for tick in ("0", "0.3", "-1", "1e-4", "0.0000000001", "7", ""):
        assert run(tape, "--book", "--tick", tick).exit_code == 2, tick


def taken(path: Path, out: Path, *options: str) -> dict[str, list[dict[str, Any]]]:
    """What a replay of books takes away."""
    result = run(path, "--book", "--out", out, "--every", "0", *options)
    assert result.exit_code == 0, result.stderr
    return {file.stem: pyarrow.parquet.read_table(file).to_pylist() for file in out.iterdir()}


@needs_dbn
def test_what_is_taken_away(tmp_path: Path) -> None:
    """A trade is told as a whole, and once more by the order that it executed: volumes count it once."""
    path = write(tmp_path, mbo("A", "B", 10.25, 30, 1), *filled(1, "B", 10.25, 20, at=5))
    rows = taken(path, tmp_path / "out", "--tick", "0.25")
    told = [(row["quantity"], row["kind"], row["aggressor"], row["printed"]) for row in rows["trades"]]
    assert (20, "hidden_or_cross", None, True) in told
    assert (20, "visible", "sell", False) in told
    printed = sum(row["quantity"] for row in rows["trades"] if row["printed"])
    (bar,) = rows["bars"]
    assert (bar["volume"], bar["notional"], bar["high"]) == (printed, printed * Decimal("10.25"), Decimal("10.25"))
    assert [row["bid_quantity"] for row in rows["top"]] == [30, 10]
    assert rows["top"][0]["bid_price"] == Decimal("10.25")


@needs_dbn
def test_times_have_a_date(tmp_path: Path) -> None:
    day = 1_752_710_400
    path = write(tmp_path, *(mbo("A", "B", 10, 1, at, ts_recv=(day + at) * 10**9) for at in range(1, 6)))
    times = ("--from", "2025-07-17T00:00:02Z", "--to", "2025-07-17T02:00:04+02:00")
    rows = taken(path, tmp_path / "out", *times)
    assert [row["time_ns"] for row in rows["top"]] == [(day + at) * 10**9 for at in (2, 3, 4)]
    wrong = run(path, "--from", "09:30")
    assert wrong.exit_code == 2
    assert wrong.stderr == "pyengine: --from 09:30: not a time like 2026-01-02T15:04:05.123456789Z\n"


def test_the_documents_list_the_format() -> None:
    assert "`pyengine replay dbn FILE`" in (ROOT / "docs/tapes.md").read_text()
    assert "DBN" in CliRunner().invoke(main, ["replay", "--help"]).stdout


# Real tapes


def real_tape(name: str) -> Path:
    path = Path(os.environ.get("PYENGINE_TAPES") or ROOT.parent / "shared" / "tapes") / "dbn" / name
    if not path.exists():
        pytest.skip(f"no tape {path}: set PYENGINE_TAPES to the directory that holds dbn/")
    return path


@needs_dbn
@pytest.mark.parametrize("name", ["mbo.dbn", "mbo.v1.dbn.zst", "mbo.v2.dbn.zst", "mbo.v3.dbn", "mbo.v3.dbn.zst"])
def test_databento_s_own_fixtures(name: str) -> None:
    path = real_tape(f"test_data.{name}")
    result = replay_dbn(path)
    assert (result.messages, result.message_types, result.instruments) == (2, {"cancel": 2}, 1)
    assert replayed(path).symbols == ["ESH1"]


@needs_dbn
@pytest.mark.parametrize("schema", ["mbp-10", "trades", "status", "imbalance"])
def test_databento_s_own_fixtures_of_other_schemas(schema: str) -> None:
    for path in sorted(real_tape("test_data.mbo.dbn").parent.glob(f"test_data.{schema}.*")):
        with pytest.raises(TapeError, match=re.escape(f"{path}: byte 8: the file is of schema {schema}, and not of")):
            replay_dbn(path)


@needs_dbn
def test_the_encoder_writes_what_databento_writes() -> None:
    for version, name in ((2, "test_data.mbo.dbn"), (3, "test_data.mbo.v3.dbn")):
        real = real_tape(name).read_bytes()
        start, end, limit = (int.from_bytes(real[26 + at : 34 + at], "little") for at in (0, 8, 16))
        ours = bytearray(
            dbn.metadata({"ESH1": 5482}, version=version, dataset="GLBX.MDP3", start=start, dates=(20201228, 20201229))
        )
        ours[34:50] = end.to_bytes(8, "little") + limit.to_bytes(8, "little")
        assert real[: len(ours)] == bytes(ours)
        record = dbn.mbo(
            *("C", "A", 3_722_750_000_000, 1, 647784973705),
            instrument=5482,
            ts_event=1609160400000429831,
            ts_recv=1609160400000704060,
            flags=LAST,
            sequence=1170352,
            publisher=1,
            ts_in_delta=22993,
        )
        assert real[len(ours) : len(ours) + 56] == record


def nanoseconds(text: str) -> int:
    whole, fraction = text.removesuffix("Z").split(".")
    return int(datetime.fromisoformat(f"{whole}+00:00").timestamp()) * 10**9 + int(fraction)


def price_of(text: str) -> int:
    whole, _, fraction = text.partition(".")
    return int(whole + fraction.ljust(9, "0")) if text else UNDEF_PRICE


def header(row: dict[str, str]) -> dict[str, int]:
    return {
        "instrument": int(row["instrument_id"]),
        "ts_event": nanoseconds(row["ts_event"]),
        "ts_recv": nanoseconds(row["ts_recv"]),
        "flags": int(row["flags"]),
        "sequence": int(row["sequence"]),
        "publisher": int(row["publisher_id"]),
    }


def real_day(directory: Path) -> tuple[Path, list[dict[str, str]]]:
    """A day of one stock, and the rows of its books, in which a trade of a displayed order is one row."""
    tape, books = directory / "arl.dbn", real_tape("ARL_20250717_xnas_mbp10.csv")
    with real_tape("ARL_20250717_xnas_mbo.csv").open() as file:
        records = [
            dbn.mbo(
                row["action"],  # type: ignore[arg-type]
                row["side"],  # type: ignore[arg-type]
                price_of(row["price"]),
                int(row["size"]),
                int(row["order_id"]),
                **header(row),
            )
            for row in csv.DictReader(file)
        ]
    tape.write_bytes(dbn.file(records, {"ARL": 1108}))
    with books.open() as file:
        return tape, list(csv.DictReader(file))


def book_of(row: dict[str, str]) -> bytes:
    """A trade's row has the book behind it: it is what Databento's record of the cancelled part has."""
    bids, asks = (
        [
            (price_of(row[f"{side}_px_{at:02}"]), int(row[f"{side}_sz_{at:02}"]), int(row[f"{side}_ct_{at:02}"]))
            for at in range(10)
        ]
        for side in ("bid", "ask")
    )
    action = "C" if row["action"] == "T" and row["side"] != "N" else row["action"]
    price, size = price_of(row["price"]), int(row["size"])
    return dbn.mbp10(action, row["side"], price, size, bids, asks, **header(row))  # type: ignore[arg-type]


@needs_dbn
def test_a_real_day_has_the_books_that_others_found(tmp_path: Path) -> None:
    tape, rows = real_day(tmp_path)
    path = tmp_path / "books.dbn"
    path.write_bytes(dbn.metadata({"ARL": 1108}, schema="mbp-10") + b"".join(map(book_of, rows)))
    for journal in (None, tmp_path / "journal"):
        result = replay_dbn(tape, mbp10=path, journal=journal)
        assert result.passed, result.first_difference
        assert (result.messages, result.sides_checked, result.sides_matched) == (5_886, 2 * 3_928, 2 * 3_928)
        assert (result.executions, result.queue_front_agreed) == (11, 11)
        assert not any(result.disagreements.values())


@needs_dbn
@pytest.mark.parametrize("field", ["bid_px_00", "bid_sz_00", "bid_ct_00", "ask_px_09", "ask_sz_09", "ask_ct_09"])
def test_a_difference_planted_in_a_real_day_is_found(tmp_path: Path, field: str) -> None:
    tape, rows = real_day(tmp_path)
    at = next(at for at in range(2_000, len(rows)) if rows[at]["ask_px_09"])
    rows[at] = rows[at] | {field: "1.23" if "px" in field else str(int(rows[at][field]) + 1)}
    path = tmp_path / "books.dbn"
    path.write_bytes(dbn.metadata({"ARL": 1108}, schema="mbp-10") + b"".join(map(book_of, rows)))
    result = replay_dbn(tape, mbp10=path)
    assert (result.passed, result.sides_matched) == (False, 2 * 3_928 - 1)
    assert result.first_difference is not None
    assert result.first_difference.side == ("buy" if field.startswith("bid") else "sell")
