"""Reading LOBSTER tapes: the files' forms, and every kind of damage by file, row and column."""

import gzip
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pyengine.errors import TapeError
from pyengine.tape import lobster
from pyengine.tape.lobster import LobsterTape, read_lobster

FIXTURES = Path(__file__).parent / "fixtures" / "lobster"
MESSAGE = FIXTURES / "TINY_2030-01-02_34200000_57600000_message_2.csv"
ORDERBOOK = FIXTURES / "TINY_2030-01-02_34200000_57600000_orderbook_2.csv"
JANUARY_2_2030_NS = 1_893_542_400 * 10**9


def assert_same(one: LobsterTape, other: LobsterTape) -> None:
    for column in ("time_ns", "kind", "order_id", "size", "price", "is_buy", "bids", "asks"):
        assert np.array_equal(getattr(one, column), getattr(other, column)), column


def zipped(path: Path, *files: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
        archive.writestr("ReadMe.txt", "not a tape")
    return path


def gzipped(path: Path, file: Path) -> Path:
    path.write_bytes(gzip.compress(file.read_bytes()))
    return path


def test_fields() -> None:
    tape = read_lobster(MESSAGE, ORDERBOOK)
    assert (tape.ticker, tape.rows, tape.levels) == ("TINY", 16, 2)
    assert tape.time_ns[0] == JANUARY_2_2030_NS + 34_200_000_000_001
    assert tape.time_ns[4] == JANUARY_2_2030_NS + 34_201_000_000_002
    assert tape.kind[:4].tolist() == [5, 1, 1, 2]
    assert (tape.order_id[1], tape.size[1], tape.price[1], tape.is_buy[1]) == (1, 30, 1_000, True)
    assert tape.price[0] == 0, "a hidden execution's price may be off the tick"
    assert tape.bids is not None
    assert tape.asks is not None
    assert tape.asks[0].tolist() == [[1_005, 100], [1_006, 200]]
    assert tape.bids[14].tolist() == [[998, 5], [0, 0]]
    assert tape.asks[14].tolist() == [[0, 0], [0, 0]]


def test_every_form_of_the_files_reads_the_same(tmp_path: Path) -> None:
    plain = read_lobster(MESSAGE, ORDERBOOK)
    message_gz, book_gz = (gzipped(tmp_path / f"{path.name}.gz", path) for path in (MESSAGE, ORDERBOOK))
    assert_same(plain, read_lobster(message_gz, book_gz))
    assert_same(plain, read_lobster(zipped(tmp_path / "plain.zip", ORDERBOOK, MESSAGE)))
    assert_same(plain, read_lobster(zipped(tmp_path / "gz.zip", message_gz, book_gz)))


def test_message_file_alone(tmp_path: Path) -> None:
    for tape in (read_lobster(MESSAGE), read_lobster(zipped(tmp_path / "one.zip", MESSAGE))):
        assert (tape.rows, tape.levels, tape.bids, tape.asks) == (16, 0, None, None)


def test_a_name_outside_the_pattern_has_no_ticker_and_no_date(tmp_path: Path) -> None:
    path = tmp_path / "tape.csv"
    path.write_bytes(MESSAGE.read_bytes())
    tape = read_lobster(path)
    assert (tape.ticker, tape.time_ns[0]) == ("", 34_200_000_000_001)


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "tape.csv"
    path.write_bytes(MESSAGE.read_bytes().replace(b"\n", b"\r\n"))
    assert read_lobster(path).kind.tolist() == read_lobster(MESSAGE).kind.tolist()


def in_row(row: int, old: str, new: str) -> Callable[[str], str]:
    """Replaces `old` by `new` in a row (from 1)."""

    def change(text: str) -> str:
        lines = text.splitlines(keepends=True)
        assert old in lines[row - 1]
        lines[row - 1] = lines[row - 1].replace(old, new, 1)
        return "".join(lines)

    return change


DAMAGED_MESSAGES: list[tuple[str, Callable[[str], str], str]] = [
    ("empty file", lambda text: "", "empty"),
    ("only newlines", lambda text: "\n\n", "row 1: 1 columns, expected 6"),
    ("cut in a row", lambda text: text[:-8], "row 16: no newline at the end"),
    ("cut after a column", lambda text: text[:-8] + "\n", "row 16: 5 columns, expected 6"),
    ("no newline at the end", lambda text: text[:-1], "row 16: no newline at the end"),
    ("empty row", in_row(3, "34200.2", "\n34200.2"), "row 3: 1 columns, expected 6"),
    ("a column too many", in_row(3, "-1\n", "-1,0\n"), "row 3: 7 columns, expected 6"),
    ("letters", in_row(4, "100400", "1004OO"), "row 4, column 5 (price): '1004OO' is not an integer"),
    ("unprintable", in_row(4, "100400", "\x00\x1b"), r"row 4, column 5 (price): '\x00\x1b' is not an integer"),
    ("not ASCII", in_row(4, "100400", "１００"), r"row 4, column 5 (price): '\xef\xbc\x91"),
    ("fraction", in_row(4, ",10,", ",10.5,"), "row 4, column 4 (size): '10.5' is not an integer"),
    ("empty field", in_row(4, ",10,", ",,"), "row 4, column 4 (size): '' is not an integer"),
    ("huge number", in_row(4, ",10,", "," + "9" * 40 + ","), "row 4, column 4 (size): '9999"),
    ("time not a number", in_row(2, "34200.1", "nan"), "row 2, column 1 (time): nan: not a time of day"),
    ("time infinite", in_row(2, "34200.1", "inf"), "row 2, column 1 (time): inf: not a time of day"),
    ("time after midnight", in_row(16, "34211", "86401"), "row 16, column 1 (time): 86401.0: not a time of day"),
    (
        "time backwards",
        in_row(5, "34201", "34199"),
        "row 5, column 1 (time): 34199.000000002: earlier than the row before",
    ),
    ("type 0", in_row(2, ",1,1,", ",0,1,"), "row 2, column 2 (type): 0: unknown type"),
    ("type 8", in_row(2, ",1,1,", ",8,1,"), "row 2, column 2 (type): 8: unknown type"),
    ("negative order id", in_row(5, "900", "-900"), "row 5, column 3 (order id): -900: negative"),
    ("size 0", in_row(2, ",30,", ",0,"), "row 2, column 4 (size): 0: a message of this type"),
    ("negative size", in_row(2, ",30,", ",-30,"), "row 2, column 4 (size): -30: a message of this type"),
    ("half a cent", in_row(2, "100000", "100050"), "row 2, column 5 (price): 100050: not a price in whole cents"),
    ("negative price", in_row(2, "100000", "-100000"), "row 2, column 5 (price): -100000: not a price in whole cents"),
    ("price too high", in_row(2, "100000", "2000000000"), "row 2, column 5 (price): 2000000000: not a price"),
    ("direction 0", in_row(2, ",1\n", ",0\n"), "row 2, column 6 (direction): 0: neither 1 nor -1"),
    ("same id again", in_row(3, ",1,2,", ",1,1,"), "row 3, column 3 (order id): 1: submitted a second time"),
]


@pytest.mark.parametrize(
    ("damage", "expected"), [case[1:] for case in DAMAGED_MESSAGES], ids=[case[0] for case in DAMAGED_MESSAGES]
)
def test_damaged_message_file(tmp_path: Path, damage: Callable[[str], str], expected: str) -> None:
    path = tmp_path / MESSAGE.name
    path.write_bytes(damage(MESSAGE.read_text()).encode())
    with pytest.raises(TapeError, match=re.escape(f"{path}: {expected}")):
        read_lobster(path, ORDERBOOK)


DAMAGED_BOOKS: list[tuple[str, Callable[[str], str], str]] = [
    ("empty file", lambda text: "", "empty"),
    ("half a level", in_row(1, "100500,", ""), "row 1: 7 columns: not a multiple of 4"),
    ("fewer columns later", in_row(7, ",99900,70", ""), "row 7: 6 columns, expected 8"),
    ("cut between rows", lambda text: text[: text.rindex("9999999999,0,-")], "row 16: no newline"),
    ("rows missing", lambda text: text[: text.rindex("\n", 0, -1) + 1], "15 rows, but"),
    ("letters", in_row(2, "99900", "x"), "row 2, column 7 (bid price): 'x' is not an integer"),
    (
        "half a cent",
        in_row(2, "99900", "99950"),
        "row 2, column 7 (bid price 2): 99950: neither a price in whole cents",
    ),
    ("size 0", in_row(2, ",80,", ",0,"), "row 2, column 4 (bid size 1): 0: a level has a size"),
    (
        "size of a level that is none",
        in_row(13, "9999999999,0", "9999999999,7"),
        "row 13, column 6 (ask size 2): 7: a level has",
    ),
    ("gap", in_row(12, "100500,100", "9999999999,0"), "row 12, column 5 (ask price 2): 100600: a level behind"),
    ("not sorted", in_row(2, "100600", "100500"), "row 2, column 5 (ask price 2): 100500: not further from the market"),
    ("bids not sorted", in_row(2, "99900", "100100"), "row 2, column 7 (bid price 2): 100100: not further"),
    (
        "crossed",
        in_row(2, "100000,80", "100500,80"),
        "row 2, column 3 (bid price): the best bid is not below the best ask",
    ),
]


@pytest.mark.parametrize(
    ("damage", "expected"), [case[1:] for case in DAMAGED_BOOKS], ids=[case[0] for case in DAMAGED_BOOKS]
)
def test_damaged_book_file(tmp_path: Path, damage: Callable[[str], str], expected: str) -> None:
    path = tmp_path / ORDERBOOK.name
    path.write_bytes(damage(ORDERBOOK.read_text()).encode())
    with pytest.raises(TapeError, match=re.escape(f"{path}: {expected}")):
        read_lobster(MESSAGE, path)


def test_damaged_archives(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", MESSAGE, ORDERBOOK).read_bytes()
    path = tmp_path / "tape.zip"
    for damaged in (
        b"",
        whole[:-30],
        whole[: len(whole) // 2],
        b"PK\x03\x04" + bytes(100),
        whole.replace(b"TINY", b"XXXX", 1),
    ):
        path.write_bytes(damaged)
        with pytest.raises(TapeError, match="damaged or truncated"):
            read_lobster(path)
    flipped = bytearray(whole)
    flipped[150] ^= 0xFF
    path.write_bytes(flipped)
    with pytest.raises(TapeError, match=re.escape(f"{path}")):
        read_lobster(path)


def test_archive_without_or_with_too_many_message_files(tmp_path: Path) -> None:
    with pytest.raises(TapeError, match="no message file inside"):
        read_lobster(zipped(tmp_path / "book.zip", ORDERBOOK))
    second = tmp_path / MESSAGE.name.replace("TINY", "TINIER")
    second.write_bytes(MESSAGE.read_bytes())
    with pytest.raises(TapeError, match="2 message files inside"):
        read_lobster(zipped(tmp_path / "two.zip", MESSAGE, second))
    with pytest.raises(TapeError, match="an archive holds both files"):
        read_lobster(zipped(tmp_path / "both.zip", MESSAGE, ORDERBOOK), ORDERBOOK)


def test_damaged_gzip(tmp_path: Path) -> None:
    whole = gzipped(tmp_path / "whole.csv.gz", MESSAGE).read_bytes()
    path = tmp_path / "tape.csv.gz"
    for damaged in (whole[:-9], whole[:40], b"not gzip at all", whole[:30] + bytes([whole[30] ^ 0xFF]) + whole[31:]):
        path.write_bytes(damaged)
        with pytest.raises(TapeError, match=re.escape(f"{path}: damaged or truncated")):
            read_lobster(path)


def test_text_that_does_not_fit_into_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lobster, "MAX_TEXT_BYTES", 100)
    with pytest.raises(TapeError, match="more than 100 bytes of text"):
        read_lobster(gzipped(tmp_path / "bomb.csv.gz", MESSAGE))


def test_an_impossible_date_in_the_name(tmp_path: Path) -> None:
    path = tmp_path / "TINY_2030-13-02_message_2.csv"
    path.write_bytes(MESSAGE.read_bytes())
    with pytest.raises(TapeError, match="'2030-13-02' in the file's name is not a date"):
        read_lobster(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_lobster(tmp_path / "none.csv")
