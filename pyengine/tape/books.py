"""Replays a tape, into a market of funded participants or into books alone, and holds its books against expected ones.

The native core reads the tape and applies its messages; here it is driven in chunks, stopped where a book is known from
elsewhere, and asked for what it has counted. What a replay proves, and what not, is in `docs/tapes.md`.

A file of expected books is a JSON object. Its keys end in `_<N>_messages`: the books after so many messages of the
tape, whatever they are about. A value is `{"symbol": "AAPL", "bids": [...], "asks": [...]}`, a level
`{"price": "320.14", "shares": 25, "orders": 1}`, in any order; sides are compared whole. `orders` may be missing, and
then is not compared; `symbol` may be missing where the tape has one symbol with orders.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Final, TypedDict, Unpack

import msgspec
from msgspec import Meta, Struct

from pyengine._engine_core import DurableEngine, TapeReplay
from pyengine.errors import TapeError
from pyengine.records import RejectCode
from pyengine.tape.lobster import find_files
from pyengine.tape.rows import Origin, TakeAway
from pyengine.tape.taking import NoRows, Rows, taking

PRICE_DECIMALS: Final = 4
"""Prices of expected books are in ten-thousandths."""
MIDNIGHT: Final = "the exchange's midnight"
UNIX_EPOCH: Final = "1970-01-01T00:00Z"
"""From where formats count times."""
BILLION: Final = 10**9
MAX_PRICE: Final = (1 << 32) - 1
CHUNK_MESSAGES: Final = 131_072
"""Messages between two reports of progress: some tens of milliseconds."""

Done = Callable[[int], None]
"""Is told now and then how much has been read: messages if only so many are, else bytes of the file."""

_CHECKPOINT: Final = re.compile(r"_([1-9][0-9]{0,17})_messages\Z")


@dataclass(frozen=True, slots=True)
class Level:
    """What rests at one price."""

    shares: int
    orders: int | None
    """`None` where the expected book does not say."""

    def __str__(self) -> str:
        if self.orders is None:
            return f"{self.shares:,} shares"
        return f"{self.shares:,} shares in {self.orders:,} order{'' if self.orders == 1 else 's'}"


Side = dict[int, Level]
"""By price, in ten-thousandths of a dollar or in the tape's steps."""


@dataclass(frozen=True, slots=True)
class BookDifference:
    """Where a side first is not what was expected: its best price that differs."""

    message: int
    """After so many messages of the tape."""
    symbol: str
    side: str
    price: str
    expected: Level | None
    found: Level | None

    def __str__(self) -> str:
        expected, found = (str(level) if level else "nothing" for level in (self.expected, self.found))
        return (
            f"after message {self.message:,}: {self.symbol}: {self.side} side differs at {self.price}:"
            f" expected {expected}, found {found}"
        )


@dataclass(slots=True)
class BooksResult:
    """What a replay counted. Quantities are shares."""

    tape: str
    messages: int = 0
    seconds: float = 0.0
    """Of reading the tape and applying its messages; not of comparing books."""
    messages_per_second: int = 0
    instruments: int = 0
    """Symbols that were replayed: all that the tape has named, or those that were chosen."""
    open_orders: int = 0
    added: int = 0
    deleted: int = 0
    reduced: int = 0
    replaced: int = 0
    executions: int = 0
    queue_front_agreed: int = 0
    executions_anywhere: int = 0
    executed_quantity: int = 0
    disagreements: dict[str, int] = field(default_factory=dict)
    message_types: dict[str, int] = field(default_factory=dict)
    unknown_messages: int = 0
    sides_checked: int = 0
    sides_matched: int = 0
    first_difference: BookDifference | None = None
    window: dict[str, int] = field(default_factory=dict)
    """Of a tape of some levels: how many, and what was done about what they do not tell."""

    @property
    def passed(self) -> bool:
        """Every side that was compared is what was expected."""
        return self.sides_matched == self.sides_checked

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(slots=True)
class MarketResult(BooksResult):
    """What a replay through a market counted. Amounts are in smallest units of the quote asset (millionths)."""

    fills: int = 0
    settled_shares: int = 0
    settled_notional: int = 0
    fees: int = 0
    orders_stepped_aside: int = 0
    """Orders that made room for an execution, and came back where they were."""
    orders_in_the_way: int = 0
    """Orders that were cancelled because a new one would have traded with them."""
    commands_refused: int = 0
    first_refusal: str | None = None
    conservation_ok: bool = True
    state_hash: str = ""
    recovered_state_hash: str = ""

    @property
    def passed(self) -> bool:
        """Every side that was compared is what was expected, nothing was lost, and recovery led to the same state."""
        recovered = self.state_hash == self.recovered_state_hash
        return self.sides_matched == self.sides_checked and self.conservation_ok and recovered


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The book of a symbol after so many messages."""

    key: str
    """In its file."""
    messages: int
    symbol: str | None
    bids: Side
    asks: Side


# Files of expected books


class _Level(Struct, forbid_unknown_fields=True):
    price: Annotated[str, Meta(pattern=r"^[0-9]{1,6}(\.[0-9]{1,4})?\Z")]
    shares: Annotated[int, Meta(ge=1)]
    orders: Annotated[int, Meta(ge=1)] | None = None


class _Book(Struct, forbid_unknown_fields=True):
    bids: list[_Level]
    asks: list[_Level]
    symbol: Annotated[str, Meta(min_length=1)] | None = None


def read_expected(path: Path) -> list[Checkpoint]:
    """Reads a file of expected books, in the order in which a replay comes to them.

    Raises:
        TapeError: the file is not in the format.
        OSError: it cannot be read.
    """
    data = path.read_bytes()
    try:
        books = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TapeError(f"{path}: {error}") from None
    if not books:
        raise TapeError(f"{path}: no expected books in it")
    return sorted((_checkpoint(path, key, raw) for key, raw in books.items()), key=lambda book: book.messages)


def _checkpoint(path: Path, key: str, raw: msgspec.Raw) -> Checkpoint:
    after = _CHECKPOINT.search(key)
    if after is None:
        raise TapeError(f"{path}: {key!r}: does not end in _<N>_messages with an N from 1 on")
    try:
        book = msgspec.json.decode(raw, type=_Book)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TapeError(f"{path}: {key}: {error}") from None
    bids, asks = (_side(f"{path}: {key}: {name}", getattr(book, name)) for name in ("bids", "asks"))
    return Checkpoint(key, int(after[1]), book.symbol, bids, asks)


def _side(place: str, levels: list[_Level]) -> Side:
    side: Side = {}
    for index, level in enumerate(levels):
        whole, _, fraction = level.price.partition(".")
        price = int(whole + fraction.ljust(PRICE_DECIMALS, "0"))
        if not 0 < price <= MAX_PRICE:
            raise TapeError(f"{place}[{index}]: {level.price}: not a price of the format")
        if price in side:
            raise TapeError(f"{place}[{index}]: {level.price}: a second level of this price")
        side[price] = Level(level.shares, level.orders)
    return side


def shown_price(price: int, scale: int = 10**PRICE_DECIMALS) -> str:
    """A price as people write it: two decimals at least, none that says nothing."""
    whole, fraction = divmod(price * BILLION // scale, BILLION)
    return f"{whole}.{f'{fraction:09}'.rstrip('0'):<02}"


def _in_steps(place: str, side: Side, scale: int) -> Side:
    """A side of an expected book, its prices in steps of the tape."""
    unit = 10**PRICE_DECIMALS
    for price in side:
        if price * scale % unit:
            raise TapeError(f"{place}: {shown_price(price)}: the tape's prices are in steps of {shown_price(1, scale)}")
    return {price * scale // unit: level for price, level in side.items()}


# The replay


class Options(TypedDict, total=False):
    """How a tape of any format is replayed."""

    journal: Path | None
    """The directory of a journal that begins: the replay is one through a market, whose state is then recovered from
    it, and the result a `MarketResult`. Without it books alone are built."""
    limit: int | None
    """No more messages than these are read."""
    from_ns: int
    """Messages before lead to the books, but nothing of them is compared or taken away. Times are as the format counts
    them: ITCH 5.0 and LOBSTER after the exchange's midnight, DBN since the Unix epoch."""
    to_ns: int | None
    """What is later is not read."""
    take_away: TakeAway | None
    on_progress: Done


def replay_itch(
    path: Path, *, symbols: set[str] | None = None, expected: Path | None = None, **options: Unpack[Options]
) -> BooksResult:
    """Replays an ITCH 5.0 tape, of some `symbols` only if they are given, and compares it with `expected` books.

    Raises:
        JournalError: the journal cannot be written, or not be recovered from.
        TapeError: the tape or the file of expected books is damaged, truncated or not in its format, they do not belong
            together, or the tape does not name one of `symbols`.
        OSError: a file cannot be read.
    """
    checkpoints = read_expected(expected) if expected else []
    replay = TapeReplay.itch(path, symbols, **_native(options))
    with _running(str(path), replay, symbols, options) as run:
        run.compare_all(expected, checkpoints)
        return run.finish()


def replay_dbn(
    path: Path,
    *,
    symbols: set[str] | None = None,
    expected: Path | None = None,
    mbp10: Path | None = None,
    step: int | None = None,
    **options: Unpack[Options],
) -> BooksResult:
    """Replays a tape of Databento's, schema MBO, as `replay_itch` does.

    With `mbp10`, a file of that schema, its books are compared; one that the tape never comes to is a `TapeError`,
    unless the replay ends early. `step` is that of prices, in billionths. A build without it raises `TapeError`.
    """
    checkpoints = read_expected(expected) if expected else []
    replay = TapeReplay.dbn(path, symbols, mbp10=mbp10, step=step, **_native(options))
    with _running(str(path), replay, symbols, options, UNIX_EPOCH) as run:
        run.compare_all(expected, checkpoints)
        return run.finish()


def replay_lobster(messages: Path, orderbook: Path | None = None, **options: Unpack[Options]) -> BooksResult:
    """Replays a LOBSTER tape, and compares the book with the tape's own after every message.

    Raises:
        JournalError, TapeError, OSError: as `replay_itch`.
    """
    files = find_files(messages, orderbook)
    replay = TapeReplay.lobster(files.messages, files.book, symbol=files.symbol, **_native(options))
    with _running(files.messages.name, replay, None, options) as run:
        return run.finish()


class _Native(TypedDict, total=False):
    from_ns: int
    to_ns: int
    market: Path | None


def _native(options: Options) -> _Native:
    """What the core is told of them."""
    told: _Native = {"from_ns": options.get("from_ns", 0), "market": options.get("journal")}
    to_ns = options.get("to_ns")
    return told if to_ns is None else {**told, "to_ns": to_ns}


@contextmanager
def _running(
    tape: str, replay: TapeReplay, symbols: set[str] | None, options: Options, time_from: str = MIDNIGHT
) -> "Iterator[_Run]":
    """A replay with those who take its rows."""
    origin = Origin(Path(tape), replay.price_scale, time_from)
    with taking(options.get("take_away"), replay, origin, is_market=options.get("journal") is not None) as rows:
        yield _Run(tape, replay, symbols, options, rows)


def _settled(books: BooksResult, replay: TapeReplay, journal: Path) -> MarketResult:
    """Ends the market of a replay, and recovers its state."""
    settled = replay.settled()
    assert settled is not None, "a replay with a journal is one through a market"
    replay.finish()
    with DurableEngine(journal, whole_replay=True) as recovered:
        state_hash = recovered.state_hash()
    counted: dict[str, Any] = {**settled}
    refusal, counted["state_hash"] = settled["first_refusal"], settled["state_hash"].hex()
    counted["first_refusal"] = None if refusal is None else RejectCode(refusal).name
    known = {each.name: getattr(books, each.name) for each in fields(books)}
    return MarketResult(**known, **counted, recovered_state_hash=state_hash.hex())


def _nobody(done: int) -> None:
    """Is told, and does nothing."""


class _Run:
    """One replay in progress."""

    def __init__(
        self, tape: str, replay: TapeReplay, symbols: set[str] | None, options: Options, rows: Rows | NoRows
    ) -> None:
        self.replay = replay
        limit = options.get("limit")
        self.ends_early = limit is not None or options.get("to_ns") is not None
        """Whether it may end before the tape does."""
        self._limit = limit
        self._from_ns = options.get("from_ns", 0)
        self._journal = options.get("journal")
        self._on_progress = options.get("on_progress", _nobody)
        self._rows = rows
        self._chosen = symbols
        self._result = BooksResult(tape=tape)

    def advance_to(self, messages: int | None) -> int:
        """Goes on until so many messages were read (`None`: all), or the replay ends before; returns how many were."""
        ends = [end for end in (messages, self._limit) if end is not None]
        more = True
        while more:
            chunk = min(CHUNK_MESSAGES, *(end - self.replay.messages for end in ends)) if ends else CHUNK_MESSAGES
            if chunk <= 0:
                break
            started = time.perf_counter()
            more = self.replay.advance(chunk)
            self._result.seconds += time.perf_counter() - started
            self._rows.pass_on()
            self._on_progress(self.replay.progress[0] if self._limit is None else self.replay.messages)
        return self.replay.messages

    def compare_all(self, expected: Path | None, checkpoints: list[Checkpoint]) -> None:
        """Goes from one book of a file of `expected` ones to the next, and compares those that are not too early."""
        for checkpoint in checkpoints:
            place = f"{expected}: {checkpoint.key}"
            if self.advance_to(checkpoint.messages) < checkpoint.messages:
                ends = "replay" if self.ends_early else "tape"
                raise TapeError(f"{place}: the {ends} ends after {self.replay.messages:,} messages")
            if self.replay.time_ns >= self._from_ns:
                self.compare(place, checkpoint)

    def compare(self, place: str, checkpoint: Checkpoint) -> None:
        """Compares both sides of a book, as they are now, with the expected ones."""
        symbol = self._symbol(place, checkpoint)
        book, scale = self.replay.book(symbol), self.replay.price_scale
        for side, levels, told in zip(("buy", "sell"), book, (checkpoint.bids, checkpoint.asks), strict=True):
            expected = _in_steps(place, told, scale)
            found = {price: Level(shares, orders) for price, shares, orders in levels}
            price = _first_that_differs(expected, found, best_is_highest=side == "buy")
            self._result.sides_checked += 1
            if price is None:
                self._result.sides_matched += 1
            elif self._result.first_difference is None:
                shown = shown_price(price, scale)
                self._result.first_difference = BookDifference(
                    self.replay.messages, symbol, side, shown, expected.get(price), found.get(price)
                )

    def _symbol(self, place: str, checkpoint: Checkpoint) -> str:
        """Whose book is compared."""
        messages, wanted, named = self.replay.messages, checkpoint.symbol, self.replay.symbols
        if wanted is not None and wanted not in named:
            raise TapeError(f"{place}: the tape names no symbol {wanted} in its first {messages:,} messages")
        replayed = [symbol for symbol in named if self._chosen is None or symbol in self._chosen]
        if wanted is not None:
            if wanted not in replayed:
                raise TapeError(f"{place}: {wanted} is not among the symbols chosen")
            return wanted
        if len(replayed) > 1:
            replayed = [symbol for symbol in replayed if any(self.replay.book(symbol))]
        if len(replayed) != 1:
            raise TapeError(f"{place}: says no symbol, and {len(replayed):,} have orders after {messages:,} messages")
        return replayed[0]

    def finish(self) -> BooksResult:
        """Goes on to the end; what was counted."""
        self.advance_to(None)
        self._rows.finish()
        result = self._counted()
        return result if self._journal is None else _settled(result, self.replay, self._journal)

    def _counted(self) -> BooksResult:
        replay, result = self.replay, self._result
        named = set(replay.symbols)
        missing = sorted((self._chosen or set()) - named)
        if missing:
            told = f"its first {replay.messages:,} messages name" if self.ends_early else "the tape names"
            raise TapeError(f"{result.tape}: {told} no symbol {', '.join(missing)}")
        self._add_compared()
        result.messages = replay.messages
        result.messages_per_second = int(replay.messages / result.seconds) if result.seconds else 0
        result.instruments = len(named if self._chosen is None else self._chosen)
        for name, count in replay.counts().items():
            setattr(result, name, count)
        return result

    def _add_compared(self) -> None:
        """What the native core has compared with books that came with the tape."""
        compared, result = self.replay.compared(), self._result
        if compared is None:
            return
        result.sides_checked += compared["sides_checked"]
        result.sides_matched += compared["sides_matched"]
        result.window = compared["counts"]
        if (first := compared["first_difference"]) is not None:
            message, symbol, side, price, *both = first
            expected, found = (None if level is None else Level(*level) for level in both)
            if result.first_difference is None or message < result.first_difference.message:
                shown = shown_price(price, self.replay.price_scale)
                result.first_difference = BookDifference(message, symbol, side, shown, expected, found)


def _first_that_differs(expected: Side, found: Side, *, best_is_highest: bool) -> int | None:
    """The best price at which a side is not what was expected."""
    for price in sorted(expected.keys() | found.keys(), reverse=best_is_highest):
        want, have = expected.get(price), found.get(price)
        if want is None or have is None or want.shares != have.shares or want.orders not in (None, have.orders):
            return price
    return None
