"""An account's statement: what it had, every movement since with the balance after it, and what it has then.

Balances are totals, what is held for orders and withdrawals included: a withdrawal is a movement when it is settled.
The sums are checked while they are told: the opening balance and the movements make the closing one, which is added up
apart.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from pyengine._engine_core import JournalReplay
from pyengine.errors import HistoryError
from pyengine.history.store import LEDGER_ORDER, StoreReader
from pyengine.tape.journal import shown_time
from pyengine.tape.times import EPOCH, SECOND_NS, parse_time

STEP_COMMANDS: Final = 65_536
STORED_MAX: Final = (1 << 63) - 1
"""The last time that a store can hold."""
_OPENING: Final = "(timestamp_ns < ? OR kind = 'opening')"


class Line(NamedTuple):
    """One line of a statement. Amounts are whole numbers of the asset's smallest unit."""

    sequence: int
    timestamp_ns: int
    asset: str
    kind: str
    """`opening`, `closing`, or what moved the balance."""
    amount: int | None
    """None where nothing moved."""
    balance: int
    instrument: str | None = None
    settlement_id: int | None = None
    withdrawal_id: int | None = None
    counterparty: int | None = None
    key: int | None = None
    """Number of the API key that caused the command; None: the venue itself."""


class Summary(NamedTuple):
    """An asset of a statement without its lines. Amounts are whole numbers of its smallest unit."""

    asset: str
    opening: int
    totals: dict[str, int]
    """What each kind of movement came to, by its name, in the order of these."""
    closing: int
    """The opening balance and the totals."""


class Statement:
    """What a store says of an account between two times, both included. `HistoryError` if it can not say that."""

    def __init__(
        self, store: StoreReader, account: int, from_ns: int | None, to_ns: int | None, asset: str | None = None
    ) -> None:
        position = store.position
        if account >= position.accounts:
            raise HistoryError(f"account {account}: unknown, there are {position.accounts} at {_end(store)}")
        base = position.base_timestamp_ns
        for time_ns in (from_ns, to_ns):
            if time_ns is not None and time_ns < base:
                raise HistoryError(
                    f"{shown_time(time_ns)}: the history begins behind sequence {position.base_sequence}, at"
                    f" {shown_time(base)}, and knows nothing earlier"
                )
        symbols = [symbol for symbol, _ in store.assets]
        if asset is not None and asset not in symbols:
            raise HistoryError(f"asset {asset}: unknown, there are {', '.join(symbols) or 'none'} at {_end(store)}")
        self.account: Final = account
        self.from_ns: Final = min(from_ns or 0, STORED_MAX)
        self.to_ns: Final = STORED_MAX if to_ns is None else min(to_ns, STORED_MAX)
        self.ends_at_end: Final = self.to_ns >= position.timestamp_ns
        """Whether it goes as far as the store."""
        self._store = store
        self._instruments = [symbol for symbol, *_ in store.instruments()]
        self._assets = [at for at, symbol in enumerate(symbols) if asset in (None, symbol)]

    def lines(self) -> Iterator[Line]:
        """Of each asset the account ever had: opening, movements, closing. `HistoryError` if they do not add up."""
        for asset in self._assets:
            condition = "account = ? AND asset = ? AND timestamp_ns <= ?"
            (touched,) = next(
                self._store.select(
                    f"SELECT EXISTS (SELECT 1 FROM ledger WHERE {condition})", *self._of(asset), self.to_ns
                )
            )
            if touched:
                yield from self._lines_of(asset)

    def summaries(self, first: int, limit: int) -> tuple[list[Summary], int]:
        """Of the assets that the account ever had, from the number `first` on, at most `limit`; where to go on, or 0.

        One look at all that the account's ledger has up to the end, whatever the number of assets.
        """
        condition, values = "account = ? AND timestamp_ns <= ? AND asset >= ?", [self.account, self.to_ns, first]
        if len(self._assets) < len(self._store.assets):
            condition, values = f"{condition} AND asset = ?", [*values, *self._assets]
        page: list[Summary] = []
        for asset, rows in groupby(self._store.totals(condition, self.from_ns, *values), lambda row: row[0]):
            if len(page) == limit:
                return page, asset
            opening, totals = 0, {}
            for _, kind, is_before, amount in rows:
                if is_before:
                    opening += amount
                else:
                    totals[kind] = amount
            page.append(Summary(self._store.assets[asset][0], opening, totals, opening + sum(totals.values())))
        return page, 0

    def _of(self, asset: int) -> tuple[int, int]:
        return self.account, asset

    def _lines_of(self, asset: int) -> Iterator[Line]:
        position, symbol = self._store.position, self._store.assets[asset][0]
        balance = self._store.summed(f"account = ? AND asset = ? AND {_OPENING}", *self._of(asset), self.from_ns)
        sequence, timestamp_ns = position.base_sequence, max(self.from_ns, position.base_timestamp_ns)
        yield Line(sequence, timestamp_ns, symbol, "opening", None, balance)
        rows = self._store.select(
            "SELECT sequence, timestamp_ns, kind, amount, instrument, settlement_id, withdrawal_id, counterparty, key"
            " FROM ledger LEFT JOIN commands USING (sequence)"
            " WHERE account = ? AND asset = ? AND timestamp_ns >= ? AND timestamp_ns <= ?"
            f" AND kind <> 'opening' ORDER BY {LEDGER_ORDER}",
            *self._of(asset),
            self.from_ns,
            self.to_ns,
        )
        for sequence, timestamp_ns, kind, amount, instrument, *ids in rows:
            balance += amount
            name = None if instrument is None else self._instruments[instrument]
            yield Line(sequence, timestamp_ns, symbol, kind, amount, balance, name, *ids)
        closing = self.closing(asset)
        if balance != closing:
            raise HistoryError(f"{symbol} of account {self.account}: the movements lead to {balance}, not to {closing}")
        if self.ends_at_end:
            sequence, timestamp_ns = position.sequence, position.timestamp_ns
        else:
            timestamp_ns = self.to_ns
        yield Line(sequence, timestamp_ns, symbol, "closing", None, closing)

    def closing(self, asset: int) -> int:
        """The balance at the end, added up apart."""
        return self._store.summed("account = ? AND asset = ? AND timestamp_ns <= ?", *self._of(asset), self.to_ns)

    def check(self, directory: Path) -> tuple[int, list[str]]:
        """Replays the journal to where the statement ends: that sequence, and what has another balance there.

        Raises `JournalError`: the journal is damaged, or has no state there.
        """
        if self.ends_at_end:
            replay = JournalReplay(directory, sequence=self._store.position.sequence)
        else:
            replay = JournalReplay(directory, timestamp_ns=self.to_ns)
        while replay.advance(STEP_COMMANDS):
            pass
        engine = replay.finish()
        accounts = engine.counts()[2]
        rows = engine.balances(self.account) if self.account < accounts else []
        balances = {asset: available + held for asset, available, held in rows}
        differences = []
        for asset in self._assets:
            symbol, closing, found = self._store.assets[asset][0], self.closing(asset), balances.get(asset, 0)
            if closing != found:
                differences.append(f"{symbol} of account {self.account}: {closing}, but the journal leads to {found}")
        return engine.sequence, differences


def moment(option: str, text: str, *, is_end: bool = False) -> int:
    """ISO 8601 with an offset, or a date in UTC: its beginning, or its last nanosecond. In nanoseconds since 1970.

    Raises:
        HistoryError: it is neither; names the option.
    """
    try:
        if len(text) == len("2026-01-02"):
            day = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC) - EPOCH
            if day < timedelta(0):
                raise ValueError("before 1970")
            return (day.days + is_end) * 86_400 * SECOND_NS - is_end
        return parse_time(text, other="neither a date like 2026-01-02 nor")
    except ValueError as error:
        raise HistoryError(f"{option} {text}: {error}") from None


def period(begin: str | None, end: str | None) -> tuple[int | None, int | None]:
    """The times `--from` and `--to`, both included. `HistoryError` if one is no time, or the order is wrong."""
    from_ns = None if begin is None else moment("--from", begin)
    to_ns = None if end is None else moment("--to", end, is_end=True)
    if from_ns is not None and to_ns is not None and from_ns > to_ns:
        raise HistoryError(f"--from {begin} is after --to {end}")
    return from_ns, to_ns


def _end(store: StoreReader) -> str:
    return f"sequence {store.position.sequence}, where the history ends"
