"""LOBSTER tapes: a message file and, usually, the order book file that belongs to it.

Reads CSV, gzipped CSV, or both files inside one zip archive, checks every field, and returns arrays. A tape is read
whole or not at all: whatever is wrong with it is a `TapeError` naming file, row and column, before anything is
replayed. Rows and columns are numbered from 1, as an editor shows them.

The format is described in the read-me of the LOBSTER sample files. A message is: time in seconds after midnight, type
(see `MessageType`), order id, size in shares, price in dollars times 10,000, direction of the *resting* order (1 buy,
-1 sell). A row of the order book file is the book after the message of the same row: ask price, ask size, bid price,
bid size, for each level; 9999999999 and -9999999999 with size 0 stand for a level that does not exist.

Limits: prices in whole cents (stocks below a dollar are not handled), at most `MAX_TEXT_BYTES` of text in a file.
"""

import datetime
import gzip
import re
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import IO, Any, Final, Literal, NoReturn

import numpy as np
from numpy.typing import NDArray

from pyengine.errors import TapeError

Int64s = NDArray[np.int64]
Mask = NDArray[np.bool_]

PRICE_UNITS_PER_TICK: Final = 100
"""The format's price unit is a hundredth of a cent; a tick is a cent."""
MAX_PRICE: Final = 199_999_99 * PRICE_UNITS_PER_TICK
"""The highest price an order can have on Nasdaq, 199,999.99 dollars: the stub quotes of market makers sit there."""
NO_ASK: Final = 9_999_999_999
NO_BID: Final = -9_999_999_999
MAX_TEXT_BYTES: Final = 2 << 30
"""Text is held in memory while it is parsed. A day of the busiest stock at 50 levels stays below 1 GiB; an archive that
unpacks to more than this is refused instead of filling the memory."""
SECONDS_PER_DAY: Final = 86_400
NS_PER_SECOND: Final = 1_000_000_000

MESSAGE_COLUMNS: Final = ("time", "type", "order id", "size", "price", "direction")
BOOK_COLUMNS: Final = ("ask price", "ask size", "bid price", "bid size")
MESSAGE_DTYPE: Final = np.dtype(
    [
        ("time", np.float64),
        ("type", np.int64),
        ("order id", np.int64),
        ("size", np.int64),
        ("price", np.int64),
        ("direction", np.int64),
    ]
)

_NAME: Final = re.compile(r"(?P<ticker>[A-Za-z.]{1,10})_(?P<date>(?:19[7-9]\d|2[01]\d{2})-\d{2}-\d{2})_")
_INTEGER: Final = re.compile(rb"-?\d{1,18}")
_DECIMAL: Final = re.compile(rb"\d{1,9}(\.\d{1,15})?")
_UNREADABLE: Final = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class MessageType(IntEnum):
    """What a message says happened."""

    NEW = 1
    PARTIAL_CANCEL = 2
    DELETE = 3
    EXECUTION = 4
    HIDDEN_EXECUTION = 5
    CROSS = 6
    HALT = 7


BOOK_CHANGING: Final = (MessageType.NEW, MessageType.PARTIAL_CANCEL, MessageType.DELETE, MessageType.EXECUTION)


@dataclass(frozen=True, slots=True)
class LobsterTape:
    """A checked tape. All arrays have one entry a message; prices are in ticks of one cent, sizes in shares."""

    name: str
    ticker: str
    """From the file's name; empty if the name does not follow the LOBSTER pattern."""
    time_ns: Int64s
    """Nanoseconds since the Unix epoch, the exchange's local midnight taken for midnight UTC (1970-01-01 if the file's
    name has no date)."""
    kind: Int64s
    order_id: Int64s
    size: Int64s
    price: Int64s
    """0 where the message does not change the visible book (a hidden execution may be at half a cent)."""
    is_buy: Mask
    """Whether the resting order is a buy."""
    bids: Int64s | None
    """Book after each message, shape (messages, levels, 2): price and size, best first, 0 and 0 past the last level."""
    asks: Int64s | None

    @property
    def rows(self) -> int:
        """Number of messages."""
        return len(self.kind)

    @property
    def levels(self) -> int:
        """Number of levels of the order book file, 0 without one."""
        return 0 if self.bids is None else self.bids.shape[1]


def read_lobster(message: Path, orderbook: Path | None = None) -> LobsterTape:
    """Reads a tape: a message file and its order book file, a message file alone, or one archive given as `message`.

    Raises:
        TapeError: the files are damaged, truncated, not in the format, or do not belong together.
        OSError: a file cannot be opened.
    """
    if message.suffix.lower() == ".zip":
        if orderbook is not None:
            raise TapeError(f"{message}: an archive holds both files; do not give {orderbook} beside it")
        message_name, message_text, book_name, book_text = _read_archive(message)
    else:
        message_name, message_text = str(message), _read_file(message)
        book_name, book_text = (str(orderbook), _read_file(orderbook)) if orderbook else ("", None)
    messages = _parse_messages(message_name, message_text)
    bids, asks = None, None
    if book_text is not None:
        bids, asks = _parse_book(book_name, book_text)
        if len(bids) != len(messages):
            raise TapeError(
                f"{book_name}: {len(bids):,} rows, but {message_name} has {len(messages):,}:"
                " one is truncated, or they are not a pair"
            )
    return _assemble(message_name, messages, bids, asks)


# Files


def _read_file(path: Path) -> bytes:
    if path.suffix.lower() == ".gz":
        with gzip.open(path, "rb") as stream:
            return _read_bounded(stream, str(path))
    with path.open("rb") as stream:
        return _read_bounded(stream, str(path))


def _read_archive(path: Path) -> tuple[str, bytes, str, bytes | None]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            message = _member(archive, path, "message")
            if message is None:
                raise TapeError(f"{path}: no message file inside")
            book = _member(archive, path, "orderbook")
            texts = [_read_member(archive, path, member) for member in (message, book) if member is not None]
    except _UNREADABLE as error:
        raise TapeError(f"{path}: damaged or truncated archive: {error}") from error
    book_name, book_text = (f"{path}/{book}", texts[1]) if book else ("", None)
    return f"{path}/{message}", texts[0], book_name, book_text


def _member(archive: zipfile.ZipFile, path: Path, part: str) -> str | None:
    """Name of the archive's one `part` file."""
    names = [name for name in archive.namelist() if f"_{part}_" in name and name.lower().endswith((".csv", ".csv.gz"))]
    if len(names) > 1:
        raise TapeError(f"{path}: {len(names)} {part} files inside, expected one: {', '.join(names[:3])}")
    return names[0] if names else None


def _read_member(archive: zipfile.ZipFile, path: Path, member: str) -> bytes:
    with archive.open(member) as stream:
        if not member.lower().endswith(".gz"):
            return _read_bounded(stream, f"{path}/{member}")
        with gzip.open(stream, "rb") as unzipped:
            return _read_bounded(unzipped, f"{path}/{member}")


def _read_bounded(stream: IO[bytes] | gzip.GzipFile, name: str) -> bytes:
    try:
        text = stream.read(MAX_TEXT_BYTES + 1)
    except _UNREADABLE as error:
        raise TapeError(f"{name}: damaged or truncated: {error}") from error
    if len(text) > MAX_TEXT_BYTES:
        raise TapeError(f"{name}: more than {MAX_TEXT_BYTES:,} bytes of text")
    if not text:
        raise TapeError(f"{name}: empty")
    if not text.endswith(b"\n"):
        row = text.count(b"\n") + 1
        raise TapeError(f"{name}: row {row}: no newline at the end of the file: it is truncated")
    return text


# Text to numbers


def _parse_messages(name: str, text: bytes) -> NDArray[np.void]:
    table = _parse(name, text, MESSAGE_DTYPE, len(MESSAGE_COLUMNS))
    _check_messages(name, table)
    return table


def _parse_book(name: str, text: bytes) -> tuple[Int64s, Int64s]:
    columns = text[: text.index(b"\n")].count(b",") + 1
    if columns % len(BOOK_COLUMNS):
        raise TapeError(
            f"{name}: row 1: {columns} columns: not a multiple of {len(BOOK_COLUMNS)}, so not an order book file"
        )
    table = _parse(name, text, np.dtype(np.int64), columns)
    levels = table.reshape(len(table), columns // len(BOOK_COLUMNS), len(BOOK_COLUMNS))
    asks = _side(name, levels, offset=0, empty=NO_ASK, direction=1)
    bids = _side(name, levels, offset=2, empty=NO_BID, direction=-1)
    crossed = (asks[:, 0, 0] > 0) & (bids[:, 0, 0] >= asks[:, 0, 0])
    if crossed.any():
        _refuse(name, int(crossed.argmax()), 3, "bid price", "the best bid is not below the best ask")
    return bids, asks


def _parse(name: str, text: bytes, dtype: np.dtype[Any], columns: int) -> NDArray[Any]:
    """All rows of `text`, whose fields must be numbers and nothing else.

    NumPy's parser is fast and checks most of this, but its messages number rows differently from case to case, and it
    passes over empty rows; so whenever anything is off the text is gone through again, slowly, for the exact place.
    """
    lines = text.splitlines()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # text of nothing but newlines is only a warning to NumPy
            ndmin: Literal[1, 2] = 1 if dtype.names else 2
            table: NDArray[Any] = np.loadtxt(lines, dtype=dtype, delimiter=",", comments=None, ndmin=ndmin)
    except (ValueError, UserWarning, UnicodeDecodeError) as error:
        _locate(name, lines, dtype, columns)
        raise TapeError(f"{name}: {error}") from error
    if len(table) != len(lines) or (not dtype.names and table.shape[1] != columns):
        _locate(name, lines, dtype, columns)
        raise TapeError(f"{name}: {len(lines):,} rows, of which {len(table):,} could be read")
    return table


def _locate(name: str, lines: Sequence[bytes], dtype: np.dtype[Any], columns: int) -> None:
    """Raises `TapeError` for the first field or row that is not what it should be."""
    for row, line in enumerate(lines):
        fields = line.split(b",")
        if len(fields) != columns:
            raise TapeError(f"{name}: row {row + 1}: {len(fields)} columns, expected {columns}")
        for column, field in enumerate(fields):
            decimal = dtype.names is not None and column == 0
            if (_DECIMAL if decimal else _INTEGER).fullmatch(field) is None:
                title = MESSAGE_COLUMNS[column] if dtype.names else BOOK_COLUMNS[column % len(BOOK_COLUMNS)]
                shown = repr(field[:40]).removeprefix("b")  # escaped: it will be seen on a terminal
                _refuse(
                    name, row, column + 1, title, f"{shown} is not {'a decimal number' if decimal else 'an integer'}"
                )


def _refuse(name: str, row: int, column: int, title: str, problem: str) -> NoReturn:
    raise TapeError(f"{name}: row {row + 1}, column {column} ({title}): {problem}")


# What the numbers must be


def _check_messages(name: str, table: NDArray[np.void]) -> None:
    kind = table["type"]

    def require(column: str, holds: Mask, rule: str) -> None:
        if not holds.all():
            row = int(holds.argmin())
            _refuse(name, row, MESSAGE_COLUMNS.index(column) + 1, column, f"{table[column][row]}: {rule}")

    require("time", (table["time"] >= 0) & (table["time"] <= SECONDS_PER_DAY), "not a time of day in seconds")
    require("time", np.diff(table["time"], prepend=0) >= 0, "earlier than the row before")
    require("type", (kind >= min(MessageType)) & (kind <= max(MessageType)), "unknown type")
    visible = np.isin(kind, BOOK_CHANGING)
    require("order id", ~visible | (table["order id"] >= 0), "negative")
    require("size", ~visible | (table["size"] >= 1), "a message of this type has a size of at least 1")
    require("price", ~visible | _is_price(table["price"]), "not a price in whole cents up to 199,999.99")
    require("direction", np.abs(table["direction"]) == 1, "neither 1 nor -1")
    require("order id", ~visible | (kind != MessageType.NEW) | _is_first_entry(table), "submitted a second time")


def _is_price(price: Int64s) -> Mask:
    whole: Mask = price % PRICE_UNITS_PER_TICK == 0
    return whole & (price >= PRICE_UNITS_PER_TICK) & (price <= MAX_PRICE)


def _is_first_entry(table: NDArray[np.void]) -> Mask:
    """True for each submission whose order id was not submitted before."""
    rows = np.flatnonzero(table["type"] == MessageType.NEW)
    _, first = np.unique(table["order id"][rows], return_index=True)
    is_first = np.zeros(len(table), dtype=np.bool_)
    is_first[rows[first]] = True
    return is_first


def _side(name: str, levels: Int64s, *, offset: int, empty: int, direction: int) -> Int64s:
    """One side of the book in ticks and shares; `direction` is 1 if prices rise from the best level on."""
    price, size = levels[:, :, offset], levels[:, :, offset + 1]
    exists = price != empty

    def require(part: int, holds: Mask, rule: str) -> None:
        if not holds.all():
            row, level = np.unravel_index(int(holds.argmin()), holds.shape)
            column = int(level) * len(BOOK_COLUMNS) + offset + part
            title = f"{BOOK_COLUMNS[offset + part]} {level + 1}"
            _refuse(name, int(row), column + 1, title, f"{levels[row, level, offset + part]}: {rule}")

    require(0, ~exists | _is_price(price), f"neither a price in whole cents up to 199,999.99 nor {empty}")
    require(
        1,
        np.where(exists, size >= 1, size == 0),
        "a level has a size of at least 1, a level that does not exist a size of 0",
    )
    better_exists = np.concatenate((np.ones((len(levels), 1), dtype=np.bool_), exists[:, :-1]), axis=1)
    require(0, ~exists | better_exists, "a level behind one that does not exist")
    further = (
        np.diff(price, axis=1, prepend=np.where(exists[:, :1], price[:, :1] - direction, price[:, :1])) * direction > 0
    )
    require(0, ~exists | further, "not further from the market than the level before")
    return np.where(exists[:, :, None], np.stack((price // PRICE_UNITS_PER_TICK, size), axis=2), 0)


def _assemble(name: str, table: NDArray[np.void], bids: Int64s | None, asks: Int64s | None) -> LobsterTape:
    match = _NAME.match(Path(name).name)
    kind = table["type"]
    return LobsterTape(
        name=name,
        ticker=match["ticker"].upper() if match else "",
        time_ns=_midnight_ns(name, match["date"] if match else "1970-01-01")
        + np.rint(table["time"] * NS_PER_SECOND).astype(np.int64),
        kind=kind,
        order_id=table["order id"],
        size=table["size"],
        price=np.where(np.isin(kind, BOOK_CHANGING), table["price"] // PRICE_UNITS_PER_TICK, 0),
        is_buy=table["direction"] == 1,
        bids=bids,
        asks=asks,
    )


def _midnight_ns(name: str, date: str) -> int:
    try:
        midnight = datetime.datetime.fromisoformat(date).replace(tzinfo=datetime.UTC)
    except ValueError as error:
        raise TapeError(f"{name}: '{date}' in the file's name is not a date") from error
    return int(midnight.timestamp()) * NS_PER_SECOND
