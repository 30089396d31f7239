"""Reading LOBSTER tapes: the files' forms, and every kind of damage by file, byte, row and column."""

import gzip
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pyengine._engine_core import TapeReplay
from pyengine.errors import TapeError
from pyengine.tape.books import BooksResult, replay_lobster
from pyengine.tape.lobster import LobsterFiles, find_files

FIXTURES = Path(__file__).parent / "fixtures" / "lobster"
MESSAGE = FIXTURES / "TINY_2030-01-02_34200000_57600000_message_2.csv"
ORDERBOOK = FIXTURES / "TINY_2030-01-02_34200000_57600000_orderbook_2.csv"


def assert_same(one: BooksResult, other: BooksResult) -> None:
    for result in (one, other):
        result.tape, result.seconds, result.messages_per_second = "", 0.0, 0
    assert one == other


def zipped(path: Path, *files: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
        archive.writestr("ReadMe.txt", "not a tape")
    return path


def gzipped(path: Path, file: Path) -> Path:
    path.write_bytes(gzip.compress(file.read_bytes()))
    return path


def test_files(tmp_path: Path) -> None:
    files = find_files(MESSAGE, ORDERBOOK)
    assert (files.symbol, files.messages.name, files.messages.part) == ("TINY", str(MESSAGE), None)
    archive = zipped(tmp_path / "both.zip", ORDERBOOK, MESSAGE)
    packed = find_files(archive)
    assert (packed.symbol, packed.messages.name) == ("TINY", f"{archive}/{MESSAGE.name}")
    assert packed.book is not None
    assert packed.book.part is not None


def test_every_form_of_the_files_reads_the_same(tmp_path: Path) -> None:
    plain = replay_lobster(MESSAGE, ORDERBOOK)
    assert (plain.messages, plain.sides_checked, plain.sides_matched, plain.window["levels"]) == (16, 30, 30, 2)
    message_gz, book_gz = (gzipped(tmp_path / f"{path.name}.gz", path) for path in (MESSAGE, ORDERBOOK))
    assert_same(plain, replay_lobster(message_gz, book_gz))
    assert_same(plain, replay_lobster(zipped(tmp_path / "plain.zip", ORDERBOOK, MESSAGE)))
    assert_same(plain, replay_lobster(zipped(tmp_path / "gz.zip", message_gz, book_gz)))
    stored = tmp_path / "stored.zip"
    with zipfile.ZipFile(stored, "w") as archive:
        for file in (MESSAGE, ORDERBOOK):
            archive.write(file, file.name)
    assert_same(plain, replay_lobster(stored))


def test_message_file_alone(tmp_path: Path) -> None:
    for result in (replay_lobster(MESSAGE), replay_lobster(zipped(tmp_path / "one.zip", MESSAGE))):
        assert (result.messages, result.window["levels"], result.sides_checked) == (16, 0, 0)


def test_a_name_outside_the_pattern_has_no_ticker(tmp_path: Path) -> None:
    path = tmp_path / "tape.csv"
    path.write_bytes(MESSAGE.read_bytes())
    assert find_files(path).symbol == "EQUITY"
    assert replay_lobster(path).instruments == 1


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    paths = [tmp_path / path.name for path in (MESSAGE, ORDERBOOK)]
    for path, file in zip(paths, (MESSAGE, ORDERBOOK), strict=True):
        path.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert_same(replay_lobster(*paths), replay_lobster(MESSAGE, ORDERBOOK))


def written(path: Path, *rows: str) -> Path:
    path.write_text("".join(f"{row}\n" for row in rows))
    return path


def replay_of(files: LobsterFiles, from_ns: int = 0, to_ns: int = (1 << 64) - 1) -> TapeReplay:
    return TapeReplay.lobster(files.messages, files.book, symbol=files.symbol, from_ns=from_ns, to_ns=to_ns)


def test_prices_of_stocks_below_a_dollar(tmp_path: Path) -> None:
    """Ten-thousandths, which come when there are orders at whole cents."""
    path = written(tmp_path / "tape.csv", "1,1,1,10,500,1", "2,1,2,20,9999,-1", "3,1,3,30,501,1", "4,1,4,40,501,1")
    replay = replay_of(find_files(path))
    replay.advance(10)
    assert replay.book("EQUITY") == ([(501, 70, 2), (500, 10, 1)], [(9_999, 20, 1)])


@pytest.mark.parametrize(
    ("time", "nanoseconds"),
    [
        ("0", 0),
        ("34200.0", 34_200_000_000_000),
        ("34200.000000001", 34_200_000_000_001),
        ("34200.1", 34_200_100_000_000),
        ("34200.000000001499", 34_200_000_000_001),
        ("34200.0000000015", 34_200_000_000_002),
        ("34200.999999999500000", 34_201_000_000_000),
        ("86400", 86_400_000_000_000),
    ],
)
def test_times(tmp_path: Path, time: str, nanoseconds: int) -> None:
    files = find_files(written(tmp_path / "tape.csv", f"{time},1,1,10,1000,1"))
    for end, messages in ((nanoseconds - 1, 0), (nanoseconds, 1)):
        if end >= 0:
            replay = replay_of(files, to_ns=end)
            replay.advance(10)
            assert replay.messages == messages


def test_what_lies_between_two_times_is_compared_and_what_comes_before_leads_there(tmp_path: Path) -> None:
    files = find_files(MESSAGE, ORDERBOOK)
    whole = replay_of(files)
    whole.advance(100)
    part = replay_of(files, from_ns=34_201_000_000_000, to_ns=34_205_500_000_000)
    assert not part.advance(100), "the tape ends there"
    times = [float(row.split(",")[0]) for row in MESSAGE.read_text().splitlines()]
    assert part.messages == sum(time <= 34_205.5 for time in times) < whole.messages == 16
    compared = part.compared()
    assert compared is not None
    assert (
        compared["sides_matched"] == compared["sides_checked"] == 2 * sum(34_201 <= time <= 34_205.5 for time in times)
    )


def in_row(row: int, old: str, new: str) -> Callable[[str], str]:
    """Replaces `old` by `new` in a row (from 1)."""

    def change(text: str) -> str:
        lines = text.splitlines(keepends=True)
        assert old in lines[row - 1]
        lines[row - 1] = lines[row - 1].replace(old, new, 1)
        return "".join(lines)

    return change


DAMAGED_MESSAGES: list[tuple[str, Callable[[str], str], str]] = [
    ("empty file", lambda text: "", "the file is empty"),
    ("only newlines", lambda text: "\n\n", "row 1, column 1 (time): '' is not a decimal number"),
    ("cut in a row", lambda text: text[:-8], "row 16: no newline at the end"),
    ("cut after a column", lambda text: text[:-8] + "\n", "row 16, column 5 (price): '' is not an integer"),
    ("no newline at the end", lambda text: text[:-1], "row 16: no newline at the end"),
    ("empty row", in_row(3, "34200.2", "\n34200.2"), "row 3, column 1 (time): '' is not a decimal number"),
    ("a column too many", in_row(3, "-1\n", "-1,0\n"), "row 3: 7 columns, expected 6"),
    ("letters", in_row(4, "100400", "1004OO"), "row 4, column 5 (price): '1004OO' is not an integer"),
    ("unprintable", in_row(4, "100400", "\x00\x1b"), r"row 4, column 5 (price): '\x00\x1b' is not an integer"),
    ("not ASCII", in_row(4, "100400", "１００"), r"row 4, column 5 (price): '\xef\xbc\x91"),
    ("fraction", in_row(4, ",10,", ",10.5,"), "row 4, column 4 (size): '10.5' is not an integer"),
    ("empty field", in_row(4, ",10,", ",,"), "row 4, column 4 (size): '' is not an integer"),
    ("huge number", in_row(4, ",10,", "," + "9" * 40 + ","), "row 4, column 4 (size): '9999"),
    ("time not a number", in_row(2, "34200.1", "nan"), "row 2, column 1 (time): 'nan' is not a decimal number"),
    ("time without seconds", in_row(2, "34200.1", ".1"), "row 2, column 1 (time): '.1"),
    ("time without its fraction", in_row(16, "34211", "34211."), "row 16, column 1 (time): '34211.'"),
    ("only a time", in_row(2, "34200.1,", "34200.1\n"), "row 2: 1 columns, expected 6"),
    ("time after midnight", in_row(16, "34211", "86401"), "row 16, column 1 (time): not a time of day"),
    (
        "time backwards",
        in_row(5, "34201", "34199"),
        "row 5, column 1 (time): earlier than the row before",
    ),
    ("type 0", in_row(2, ",1,1,", ",0,1,"), "row 2, column 2 (type): 0: unknown type"),
    ("type 8", in_row(2, ",1,1,", ",8,1,"), "row 2, column 2 (type): 8: unknown type"),
    ("negative order id", in_row(5, "900", "-900"), "row 5, column 3 (order id): -900: negative"),
    ("size 0", in_row(2, ",30,", ",0,"), "row 2, column 4 (size): 0: a message of this type"),
    ("negative size", in_row(2, ",30,", ",-30,"), "row 2, column 4 (size): -30: a message of this type"),
    ("negative price", in_row(2, "100000", "-100000"), "row 2, column 5 (price): -100000: not a price up to"),
    ("price too high", in_row(2, "100000", "2000000000"), "row 2, column 5 (price): 2000000000: not a price"),
    ("direction 0", in_row(2, ",1\n", ",0\n"), "row 2, column 6 (direction): 0: neither 1 nor -1"),
]


@pytest.mark.parametrize(
    ("damage", "expected"), [case[1:] for case in DAMAGED_MESSAGES], ids=[case[0] for case in DAMAGED_MESSAGES]
)
def test_damaged_message_file(tmp_path: Path, damage: Callable[[str], str], expected: str) -> None:
    path = tmp_path / MESSAGE.name
    path.write_bytes(damage(MESSAGE.read_text()).encode())
    with pytest.raises(TapeError, match=rf"{re.escape(str(path))}: byte \d+: {re.escape(expected)}"):
        replay_lobster(path, ORDERBOOK)


DAMAGED_BOOKS: list[tuple[str, Callable[[str], str], str]] = [
    ("empty file", lambda text: "", "the file is empty"),
    ("half a level", in_row(1, "100500,", ""), "row 1: 7 columns: not a multiple of 4"),
    ("fewer columns later", in_row(7, ",99900,70", ""), "row 7: 6 columns, expected 8"),
    ("cut between rows", lambda text: text[: text.rindex("9999999999,0,-")], "row 16: no newline"),
    ("rows missing", lambda text: text[: text.rindex("\n", 0, -1) + 1], "15 rows, but more messages"),
    ("letters", in_row(2, "99900", "x"), "row 2, column 7 (bid price 2): 'x' is not an integer"),
    ("price 0", in_row(2, "99900", "0"), "row 2, column 7 (bid price 2): 0: neither a price up to"),
    ("the other side's none", in_row(2, "99900", "9999999999"), "row 2, column 7 (bid price 2): 9999999999: neither"),
    ("more columns later", in_row(7, ",70", ",70,1"), "row 7: 9 columns, expected 8"),
    ("rows too many", lambda text: text + text.splitlines(keepends=True)[-1], "17 rows, but fewer messages"),
    ("size 0", in_row(2, ",80,", ",0,"), "row 2, column 4 (bid size 1): 0: a level has a size"),
    (
        "size of a level that is none",
        in_row(13, "9999999999,0", "9999999999,7"),
        "row 13, column 6 (ask size 2): 7: a level that does not exist",
    ),
    ("gap", in_row(12, "100500,100", "9999999999,0"), "row 12, column 5 (ask price 2): 100600: a level behind"),
    ("not sorted", in_row(2, "100600", "100500"), "row 2, column 5 (ask price 2): 100500: not further from the market"),
    ("bids not sorted", in_row(2, "99900", "100100"), "row 2, column 7 (bid price 2): 100100: not further"),
    (
        "crossed",
        in_row(2, "100000,80", "100500,80"),
        "row 2, column 3 (bid price 1): the best bid is not below the best ask",
    ),
]


@pytest.mark.parametrize(
    ("damage", "expected"), [case[1:] for case in DAMAGED_BOOKS], ids=[case[0] for case in DAMAGED_BOOKS]
)
def test_damaged_book_file(tmp_path: Path, damage: Callable[[str], str], expected: str) -> None:
    path = tmp_path / ORDERBOOK.name
    path.write_bytes(damage(ORDERBOOK.read_text()).encode())
    with pytest.raises(TapeError, match=rf"{re.escape(str(path))}: byte \d+: {re.escape(expected)}"):
        replay_lobster(MESSAGE, path)


def test_the_byte_named_is_where_the_row_begins(tmp_path: Path) -> None:
    text = MESSAGE.read_text()
    path = tmp_path / MESSAGE.name
    path.write_text(in_row(4, "100400", "x")(text))
    begins = len("".join(text.splitlines(keepends=True)[:3]))
    with pytest.raises(TapeError, match=f": byte {begins}: row 4, column 5"):
        replay_lobster(path)


@pytest.mark.parametrize("endless", ["1,", "1", "1,1,", "9999999999,0,-9999999999,0,"])
def test_endless_rows(tmp_path: Path, endless: str) -> None:
    path = tmp_path / MESSAGE.name
    path.write_text(endless * (1 << 20))
    with pytest.raises(TapeError, match=f"^{re.escape(str(path))}: byte 0: row 1[:,]"):
        replay_lobster(path)
    with pytest.raises(TapeError, match=f"^{re.escape(str(path))}: byte 0: row 1[:,]"):
        replay_lobster(MESSAGE, path)


@pytest.mark.parametrize(("offset", "change", "expected"), [(6, 1, "encrypted"), (8, 12, "packed by method 12")])
def test_archives_that_are_not_unpacked(tmp_path: Path, offset: int, change: int, expected: str) -> None:
    path = zipped(tmp_path / "tape.zip", MESSAGE, ORDERBOOK)
    data = bytearray(path.read_bytes())
    directory = data.index(b"PK\x01\x02")
    for place in (offset, directory + offset + 2):
        data[place : place + 2] = struct.pack("<H", change)
    path.write_bytes(data)
    with pytest.raises(TapeError, match=expected):
        replay_lobster(path)


def test_a_wrong_checksum_in_an_archive(tmp_path: Path) -> None:
    path = zipped(tmp_path / "tape.zip", MESSAGE, ORDERBOOK)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 16] ^= 1
    path.write_bytes(data)
    with pytest.raises(TapeError, match=r"damaged or truncated behind byte \d+ .*: its checksum is wrong"):
        replay_lobster(path)


def test_archive_without_or_with_too_many_message_files(tmp_path: Path) -> None:
    with pytest.raises(TapeError, match="no message file inside"):
        replay_lobster(zipped(tmp_path / "book.zip", ORDERBOOK))
    second = tmp_path / MESSAGE.name.replace("TINY", "TINIER")
    second.write_bytes(MESSAGE.read_bytes())
    with pytest.raises(TapeError, match="2 message files inside"):
        replay_lobster(zipped(tmp_path / "two.zip", MESSAGE, second))
    with pytest.raises(TapeError, match="an archive holds both files"):
        replay_lobster(zipped(tmp_path / "both.zip", MESSAGE, ORDERBOOK), ORDERBOOK)


def test_damaged_gzip(tmp_path: Path) -> None:
    whole = gzipped(tmp_path / "whole.csv.gz", MESSAGE).read_bytes()
    path = tmp_path / "tape.csv.gz"
    for damaged in (whole[:-9], whole[:40], whole[:30] + bytes([whole[30] ^ 0xFF]) + whole[31:]):
        path.write_bytes(damaged)
        with pytest.raises(TapeError, match=re.escape(f"{path}: damaged or truncated")):
            replay_lobster(path)


def test_missing_files(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    for files in ((path, ORDERBOOK), (MESSAGE, path), (tmp_path / "none.zip", None)):
        with pytest.raises(FileNotFoundError):
            replay_lobster(*files)
