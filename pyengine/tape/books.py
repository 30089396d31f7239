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
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from pyengine._engine_core import DurableEngine, TapeReplay
from pyengine.errors import TapeError
from pyengine.records import RejectCode

PRICE_DECIMALS: Final = 4
"""Prices of expected books are in ten-thousandths."""
BILLION: Final = 10**9
MAX_PRICE: Final = (1 << 32) - 1
CHUNK_MESSAGES: Final = 131_072
"""Messages between two reports of progress: some tens of milliseconds."""

Bytes = Callable[[int], None]
"""Is told now and then how much of the file has been read."""

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


def replay_itch(
    path: Path,
    *,
    journal: Path | None = None,
    symbols: set[str] | None = None,
    limit: int | None = None,
    expected: Path | None = None,
    on_progress: Bytes = lambda read: None,
) -> BooksResult:
    """Replays an ITCH 5.0 tape: of some `symbols` only, and no further than `limit` messages, if these are given.

    With `journal`, the directory of a journal that begins, through a market, whose state is then recovered from it: the
    result is a `MarketResult`. Without it, into books alone.

    Raises:
        JournalError: the journal cannot be written, or not be recovered from.
        TapeError: the tape or the file of expected books is damaged, truncated or not in its format, they do not belong
            together, or the tape does not name one of `symbols`.
        OSError: a file cannot be read.
    """
    checkpoints = read_expected(expected) if expected else []
    run = _Run(path, TapeReplay.itch(path, symbols, market=journal), symbols, limit, on_progress)
    return _replay(run, journal, checkpoints, expected)


def replay_dbn(
    path: Path,
    *,
    journal: Path | None = None,
    symbols: set[str] | None = None,
    limit: int | None = None,
    expected: Path | None = None,
    mbp10: Path | None = None,
    step: int | None = None,
    on_progress: Bytes = lambda read: None,
) -> BooksResult:
    """Replays a tape of Databento's, schema MBO, as `replay_itch` does.

    With `mbp10`, a file of that schema, its books are compared; one that the tape never comes to is a `TapeError`,
    unless there is a `limit`. `step` is that of prices, in billionths.
    """
    checkpoints = read_expected(expected) if expected else []
    replay = TapeReplay.dbn(path, symbols, market=journal, mbp10=mbp10, step=step)
    return _replay(_Run(path, replay, symbols, limit, on_progress), journal, checkpoints, expected)


def _replay(run: "_Run", journal: Path | None, checkpoints: list[Checkpoint], expected: Path | None) -> BooksResult:
    """Goes from one expected book to the next, and on to the end."""
    for checkpoint in checkpoints:
        place = f"{expected}: {checkpoint.key}"
        if run.advance_to(checkpoint.messages) < checkpoint.messages:
            ends = "replay" if run.limit is not None else "tape"
            raise TapeError(f"{place}: the {ends} ends after {run.replay.messages:,} messages")
        run.compare(place, checkpoint)
    run.advance_to(run.limit)
    result = run.finish()
    return result if journal is None else _settled(result, run.replay, journal)


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


class _Run:
    """One replay in progress."""

    def __init__(
        self, path: Path, replay: TapeReplay, symbols: set[str] | None, limit: int | None, on_progress: Bytes
    ) -> None:
        self.replay = replay
        self._chosen = symbols
        self.limit = limit
        self._on_progress = on_progress
        self._result = BooksResult(tape=str(path))

    def advance_to(self, messages: int | None) -> int:
        """Goes on until so many messages were read (`None`: all), or the replay ends before; returns how many were."""
        ends = [end for end in (messages, self.limit) if end is not None]
        more = True
        while more:
            chunk = min(CHUNK_MESSAGES, *(end - self.replay.messages for end in ends)) if ends else CHUNK_MESSAGES
            if chunk <= 0:
                break
            started = time.perf_counter()
            more = self.replay.advance(chunk)
            self._result.seconds += time.perf_counter() - started
            self._on_progress(self.replay.progress[0])
        return self.replay.messages

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
        """What was counted."""
        tape, result = self.replay, self._result
        named = set(tape.symbols)
        missing = sorted((self._chosen or set()) - named)
        if missing:
            told = "the tape names" if self.limit is None else f"its first {tape.messages:,} messages name"
            raise TapeError(f"{result.tape}: {told} no symbol {', '.join(missing)}")
        self._add_compared()
        return replace(
            result,
            messages=tape.messages,
            messages_per_second=int(tape.messages / result.seconds) if result.seconds else 0,
            instruments=len(named if self._chosen is None else self._chosen),
            **tape.counts(),
        )

    def _add_compared(self) -> None:
        """What the native core has compared with books that came with the tape."""
        compared, result = self.replay.compared(), self._result
        if compared is None:
            return
        result.sides_checked += compared["sides_checked"]
        result.sides_matched += compared["sides_matched"]
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
