"""The store of a venue's history: one SQLite file, which a follower writes and anybody may read meanwhile.

What happened and how far it goes are committed together, so that an end at any moment neither loses nor doubles
anything: whoever goes on asks the store from where. Its truth is the journal, from which it can be made anew.

Ids are as the engine has them, but for those of orders, which are signed here: SQLite knows no unsigned integers.
Amounts are whole numbers of an asset's smallest unit. Sums of them are made in halves (`summed`): all that was ever
turned over can be more than 64 bits hold, though no balance is.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pyengine.errors import HistoryError
from pyengine.events import EVENT_DTYPES
from pyengine.records import NONE_ID, WORDS, EventKind, Liquidity, Side

SCHEMA_VERSION: Final = 2
APPLICATION_ID: Final = int.from_bytes(b"PYEH")
BUSY_SECONDS: Final = 5.0
CACHE_BYTES: Final = 64 << 20
"""Of the writer: fills of many accounts go to many places of an index."""
ORDER_ID_MASK: Final = (1 << 64) - 1
"""Makes an order id of what is stored for it."""
SQLITE_MAGIC: Final = b"SQLite format 3\0"
APPLICATION_ID_OFFSET: Final = 68

SCHEMA: Final = """
CREATE TABLE position (
    journal_id TEXT NOT NULL,               -- of the journal, in hex
    sequence INTEGER NOT NULL,              -- of the last command that is in the store
    chain TEXT NOT NULL,                    -- chain value of its batch, in hex: no other history has it
    timestamp_ns INTEGER NOT NULL,          -- of that command
    accounts INTEGER NOT NULL,              -- ids are the numbers below it
    base_sequence INTEGER NOT NULL,         -- what the store begins behind: 0, or the sequence of a snapshot
    base_timestamp_ns INTEGER NOT NULL
) STRICT;
CREATE TABLE assets (asset INTEGER PRIMARY KEY, symbol TEXT NOT NULL, decimals INTEGER NOT NULL) STRICT;
CREATE TABLE instruments (
    instrument INTEGER PRIMARY KEY,
    symbol TEXT NOT NULL,
    base INTEGER NOT NULL,
    quote INTEGER NOT NULL,
    lot_size INTEGER NOT NULL,
    tick_lot_value INTEGER NOT NULL
) STRICT;
CREATE TABLE opening (                      -- balances at the base, held amounts included
    account INTEGER NOT NULL,
    asset INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (account, asset)
) STRICT, WITHOUT ROWID;
CREATE TABLE fills (                        -- two rows a settlement
    settlement_id INTEGER NOT NULL,
    side TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    timestamp_ns INTEGER NOT NULL,
    account INTEGER NOT NULL,
    order_id INTEGER NOT NULL,
    client_order_id TEXT NOT NULL,
    instrument INTEGER NOT NULL,
    liquidity TEXT NOT NULL,
    price INTEGER NOT NULL,                 -- ticks
    quantity INTEGER NOT NULL,              -- lots
    cash INTEGER NOT NULL,
    fee INTEGER NOT NULL,                   -- below 0: a rebate
    PRIMARY KEY (settlement_id, side)
) STRICT, WITHOUT ROWID;
CREATE INDEX fills_of_account ON fills (account, sequence);
CREATE TABLE movements (                    -- of money, but for fills
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    timestamp_ns INTEGER NOT NULL,
    account INTEGER NOT NULL,
    asset INTEGER NOT NULL,
    amount INTEGER NOT NULL,                -- never below 0
    withdrawal_id INTEGER,
    counterparty INTEGER,
    PRIMARY KEY (sequence, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX movements_of_account ON movements (account, sequence);
CREATE TABLE entitlements (                 -- of corporate actions
    sequence INTEGER NOT NULL,
    action INTEGER NOT NULL,
    account INTEGER NOT NULL,               -- the holder
    kind TEXT NOT NULL,                     -- entitled, entitlement_paid, or entitlement_in_lieu of fractions
    asset INTEGER NOT NULL,                 -- owned, or paid
    timestamp_ns INTEGER NOT NULL,
    quantity INTEGER NOT NULL,              -- of entitled: owned at the record moment, else 0
    amount INTEGER NOT NULL,                -- of entitled: taken, else paid
    payer INTEGER,                          -- NULL: what was paid was created
    PRIMARY KEY (sequence, action, account, kind, asset)
) STRICT, WITHOUT ROWID;
CREATE INDEX entitlements_of_account ON entitlements (account, sequence);
CREATE INDEX entitlements_of_payer ON entitlements (payer, sequence);
CREATE TABLE commands (                     -- what fills and movements came of, where an API key caused it
    sequence INTEGER PRIMARY KEY,
    key INTEGER NOT NULL                    -- its number, as the header of the command has it
) STRICT;
CREATE VIEW ledger (                        -- what changed a balance, held amounts included; the sum is the balance
    sequence, timestamp_ns, account, asset, kind, amount, instrument, settlement_id, withdrawal_id, counterparty
) AS
SELECT base_sequence, base_timestamp_ns, account, asset, 'opening', amount, NULL, NULL, NULL, NULL
    FROM opening, position
UNION ALL
SELECT sequence, timestamp_ns, account, asset, kind, amount, NULL, NULL, withdrawal_id, counterparty
    FROM movements WHERE kind IN ('deposited', 'transfer_in', 'minted', 'redemption_fee')
UNION ALL
SELECT sequence, timestamp_ns, account, asset, kind, -amount, NULL, NULL, withdrawal_id, counterparty
    FROM movements WHERE kind IN ('withdrawal_settled', 'transfer_out', 'redemption_settled')
UNION ALL
SELECT sequence, timestamp_ns, account, base, 'delivery', iif(side = 'buy', quantity, -quantity) * lot_size,
    instrument, settlement_id, NULL, NULL
    FROM fills JOIN instruments USING (instrument)
UNION ALL
SELECT sequence, timestamp_ns, account, quote, 'payment', iif(side = 'buy', -cash, cash),
    instrument, settlement_id, NULL, NULL
    FROM fills JOIN instruments USING (instrument)
UNION ALL
SELECT sequence, timestamp_ns, account, quote, 'fee', -fee, instrument, settlement_id, NULL, NULL
    FROM fills JOIN instruments USING (instrument) WHERE fee <> 0
UNION ALL
SELECT sequence, timestamp_ns, account, asset, 'entitlement_taken', -amount, NULL, NULL, NULL, NULL
    FROM entitlements WHERE kind = 'entitled' AND amount <> 0
UNION ALL
SELECT sequence, timestamp_ns, account, asset, kind, amount, NULL, NULL, NULL, payer
    FROM entitlements WHERE kind <> 'entitled'
UNION ALL
SELECT sequence, timestamp_ns, payer, asset, 'entitlement_cost', -amount, NULL, NULL, NULL, account
    FROM entitlements WHERE payer IS NOT NULL
UNION ALL                                   -- account 0 is the venue's
SELECT sequence, timestamp_ns, 0, quote, 'fee_income', fee, instrument, settlement_id, NULL, NULL
    FROM fills JOIN instruments USING (instrument) WHERE fee <> 0;
"""
TABLES: Final = ("position", "assets", "instruments", "opening", "fills", "movements", "entitlements", "commands")
LEDGER_ORDER: Final = "sequence, settlement_id, kind, amount"
"""One command's movements are of one account, of two, or of its settlements, one after the other."""

_SUM: Final = "coalesce(sum(amount >> 32), 0), coalesce(sum(amount & 4294967295), 0)"
_MOVEMENTS: Final = {
    EventKind.DEPOSITED: "deposited",
    EventKind.WITHDRAWAL_REQUESTED: "withdrawal_requested",
    EventKind.WITHDRAWAL_SETTLED: "withdrawal_settled",
    EventKind.WITHDRAWAL_CANCELLED: "withdrawal_cancelled",
    EventKind.TRANSFER_OUT: "transfer_out",
    EventKind.TRANSFER_IN: "transfer_in",
    EventKind.MINTED: "minted",
    EventKind.REDEMPTION_REQUESTED: "redemption_requested",
    EventKind.REDEMPTION_SETTLED: "redemption_settled",
    EventKind.REDEMPTION_REFUSED: "redemption_refused",
    EventKind.REDEMPTION_FEE: "redemption_fee",
}
FILL_COLUMNS: Final = (
    "settlement_id",
    "side",
    "sequence",
    "timestamp_ns",
    "account",
    "order_id",
    "client_order_id",
    "instrument",
    "liquidity",
    "price",
    "quantity",
    "cash",
    "fee",
)
_FILL_SEQUENCE: Final = FILL_COLUMNS.index("sequence")
_INSERT_FILLS: Final = f"INSERT INTO fills ({', '.join(FILL_COLUMNS)}) VALUES ({', '.join('?' * len(FILL_COLUMNS))})"
_INSERT_MOVEMENTS: Final = "INSERT INTO movements VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_INSERT_ENTITLEMENTS: Final = "INSERT INTO entitlements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Position(NamedTuple):
    """How far a store goes."""

    journal_id: int
    sequence: int
    chain: int
    timestamp_ns: int
    accounts: int
    base_sequence: int
    base_timestamp_ns: int

    @property
    def place(self) -> tuple[int, int, int]:
        """As the journal's follower takes it."""
        return self.journal_id, self.sequence, self.chain


class Listing(NamedTuple):
    """The reference data that rows refer to, by id."""

    assets: list[tuple[str, int]]
    """Symbol and decimals."""
    instruments: list[tuple[str, int, int, int, int]]
    """Symbol, base, quote, lot size, tick lot value."""


class StoreWriter:
    """The one writer of a store, which it makes if there is none. Use as `with`. Raises `HistoryError`."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        with _told(path):
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)  # who reads it knows everybody's balances
            opened = os.fstat(file)
            os.close(file)
            self._place: Final = (opened.st_dev, opened.st_ino)
            self._connection: Final = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            with _told(path):
                self._connection.execute("PRAGMA journal_mode = WAL")
                # A power failure may take the last transactions with it, whole: they are in the journal.
                self._connection.execute("PRAGMA synchronous = NORMAL")
                self._connection.execute(f"PRAGMA cache_size = {-CACHE_BYTES // 1_024}")
                with self._transaction():
                    self._prepare()
                self.position = _position(self._connection)
                self._listed = [self._count(table) for table in ("assets", "instruments")]
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "StoreWriter":
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Later calls raise."""
        self._connection.close()

    def _prepare(self) -> None:
        (tables,) = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables:
            _check(self._connection, self.path)
            return
        for statement in SCHEMA.split(";\n"):
            self._connection.execute(statement)
        self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _count(self, table: str) -> int:
        (count,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(count)

    def begin(self, position: Position, opening: Iterable[tuple[int, int, int]], listing: Listing) -> None:
        """What a store without a position begins with: accounts, assets and amounts that are there already."""
        with _told(self.path), self._transaction():
            self._require_place()
            if _position(self._connection) is not None:
                raise self._another_writes()
            self._connection.executemany("INSERT INTO opening VALUES (?, ?, ?)", opening)
            self._list(listing)
            self._connection.execute("INSERT INTO position VALUES (?, ?, ?, ?, ?, ?, ?)", _written(position))
        self._committed(position, listing)

    def append(self, events: NDArray[np.void], keys: NDArray[np.uint32], position: Position, listing: Listing) -> int:
        """What has happened since, up to this position, and which API key caused each command of it (0: none); returns
        how many rows that was.
        """
        before = self.position
        assert before is not None, "it has begun"
        fills, movements, entitlements = fill_rows(events), movement_rows(events), entitlement_rows(events)
        commands = _caused((fills, _FILL_SEQUENCE), (movements, 0), (entitlements, 0), keys=keys, end=position.sequence)
        with _told(self.path), self._transaction():
            self._require_place()
            moved = self._connection.execute(
                "UPDATE position SET (journal_id, sequence, chain, timestamp_ns, accounts, base_sequence,"
                " base_timestamp_ns) = (?, ?, ?, ?, ?, ?, ?) WHERE sequence = ? AND chain = ?",
                (*_written(position), before.sequence, _hex(before.chain)),
            )
            if moved.rowcount != 1:
                raise self._another_writes()
            self._list(listing)
            self._connection.executemany(_INSERT_FILLS, fills)
            self._connection.executemany(_INSERT_MOVEMENTS, movements)
            self._connection.executemany(_INSERT_ENTITLEMENTS, entitlements)
            self._connection.executemany("INSERT INTO commands VALUES (?, ?)", commands)
        self._committed(position, listing)
        return len(fills) + len(movements) + len(entitlements)

    def _list(self, listing: Listing) -> None:
        assets, instruments = self._listed
        for table, values, rows in (
            ("assets", "(?, ?, ?)", enumerate(listing.assets[assets:], assets)),
            ("instruments", "(?, ?, ?, ?, ?, ?)", enumerate(listing.instruments[instruments:], instruments)),
        ):
            self._connection.executemany(f"INSERT INTO {table} VALUES {values}", ((at, *row) for at, row in rows))

    def _committed(self, position: Position, listing: Listing) -> None:
        self.position = position
        self._listed = [len(listing.assets), len(listing.instruments)]

    def _require_place(self) -> None:
        """A store that was made anew meanwhile lies where this one did: what came into this one nobody would read."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            found = None
        if found is None or (found.st_dev, found.st_ino) != self._place:
            raise HistoryError(f"{self.path}: has been replaced, or removed, since it was opened")

    def _another_writes(self) -> HistoryError:
        return HistoryError(f"{self.path}: another follower writes it")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def fill_rows(events: NDArray[np.void]) -> list[tuple[Any, ...]]:
    """Rows of `fills`."""
    kind = EventKind.FILL
    rows = events[events["kind"] == kind].view(EVENT_DTYPES[kind])
    columns: dict[str, list[Any]] = {name: rows[name].tolist() for name in FILL_COLUMNS}
    columns["side"] = [WORDS[Side][side] for side in columns["side"]]
    columns["liquidity"] = [WORDS[Liquidity][liquidity] for liquidity in columns["liquidity"]]
    columns["order_id"] = rows["order_id"].astype(np.int64).tolist()
    columns["client_order_id"] = [text.decode("ascii") for text in columns["client_order_id"]]
    return list(zip(*columns.values(), strict=True))


def movement_rows(events: NDArray[np.void]) -> list[tuple[Any, ...]]:
    """Rows of `movements`."""
    made: list[tuple[Any, ...]] = []
    for kind, word in _MOVEMENTS.items():
        rows = events[events["kind"] == kind].view(EVENT_DTYPES[kind])
        known = rows.dtype.names or ()
        for row in rows:
            withdrawal_id = int(row["withdrawal_id"]) if "withdrawal_id" in known else None
            counterparty = int(row["counterparty"]) if "counterparty" in known else None
            # Of a redemption: what is held for it, its fee included.
            amount = int(row["amount"]) + (int(row["fee"]) if "fee" in known else 0)
            common = (int(row[name]) for name in ("timestamp_ns", "account", "asset"))
            made.append((int(row["sequence"]), word, *common, amount, withdrawal_id, counterparty))
    made.sort()
    return made


def entitlement_rows(events: NDArray[np.void]) -> list[tuple[Any, ...]]:
    """Rows of `entitlements`."""
    made: list[tuple[Any, ...]] = []
    for kind in (EventKind.ENTITLED, EventKind.ENTITLEMENT_PAID):
        for row in events[events["kind"] == kind].view(EVENT_DTYPES[kind]):
            sequence, action, account, asset, time_ns = (
                int(row[name]) for name in ("sequence", "action", "account", "asset", "timestamp_ns")
            )
            if kind == EventKind.ENTITLED:
                word, payer, amounts = "entitled", NONE_ID, (int(row["quantity"]), int(row["taken"]))
            else:
                word = "entitlement_in_lieu" if row["in_lieu"] else "entitlement_paid"
                payer, amounts = int(row["payer"]), (0, int(row["amount"]))
            made.append(
                (sequence, action, account, word, asset, time_ns, *amounts, None if payer == NONE_ID else payer)
            )
    made.sort(key=lambda row: row[:5])
    return made


def _caused(*told: tuple[list[tuple[Any, ...]], int], keys: NDArray[np.uint32], end: int) -> list[tuple[int, int]]:
    """Rows of `commands`: of what was told, and where in it sequences are; `keys` are of the commands up to `end`."""
    sequences = {row[place] for rows, place in told for row in rows}
    first = end + 1 - len(keys)
    return [(sequence, key) for sequence in sorted(sequences) if (key := int(keys[sequence - first]))]


def remove(path: Path) -> None:
    """Removes a store, of whatever version, and nothing else. Whoever reads it keeps what he has open."""
    if is_store(path):
        with _told(path):
            _remove_log(path)
            path.unlink(missing_ok=True)


def is_store(path: Path) -> bool:
    """Whether there is one, of whatever version, or an empty file. `HistoryError` if it is anything else."""
    with _told(path):
        try:
            with path.open("rb") as file:
                header = file.read(APPLICATION_ID_OFFSET + 4)
        except FileNotFoundError:
            return False
        marked = header[APPLICATION_ID_OFFSET:] == APPLICATION_ID.to_bytes(4)
        if header and not (header.startswith(SQLITE_MAGIC) and (marked or _is_marked_in_log(path))):
            raise HistoryError(f"{path}: is no store of a history; it is left alone")
    return True


def _is_marked_in_log(path: Path) -> bool:
    """A store that is young has nothing in its file yet: everything is in the log."""
    with closing(_opened(path)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        return bool(application == APPLICATION_ID)


def replace(path: Path, new: Path) -> None:
    """Puts a store that nobody writes in the place of another. Whoever reads that one keeps what he has open."""
    with _told(path):
        _empty_log(new)
        with suppress(sqlite3.Error):  # what is damaged goes as it is
            _empty_log(path)
        with new.open("rb") as file:
            os.fsync(file.fileno())
        _remove_log(path)
        _remove_log(new)
        new.replace(path)


def _empty_log(path: Path) -> None:
    """Everything is in the file itself then, so that the log can go before the file does."""
    if not path.is_file():
        return
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _remove_log(path: Path) -> None:
    """Before the file: it must never lie beside a database that it is not of."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def begins_behind(path: Path) -> int | None:
    """The sequence that a store of whatever version begins behind; None if there is no history in it.

    What is no database, or is damaged, can not say what would be lost with it: 0, everything.
    """
    if not is_store(path):
        return None
    try:
        with closing(_opened(path)) as connection:
            row = connection.execute("SELECT base_sequence FROM position").fetchone()
    except sqlite3.Error:
        return 0 if path.stat().st_size else None
    return None if row is None else int(row[0])


def followed(path: Path) -> int:
    """The sequence up to which a store has a history; 0 if there is none yet. Raises `HistoryError`."""
    if not path.is_file():
        return 0
    with _told(path), closing(_opened(path)) as connection:
        _check(connection, path)
        position = _position(connection)
        return 0 if position is None else position.sequence


@contextmanager
def reading(path: Path) -> Iterator["StoreReader"]:
    """One state of a store, whatever its follower writes meanwhile. Raises `HistoryError`."""
    if not path.is_file():
        raise HistoryError(f"{path}: no such store; `pyengine follow` makes it of a journal")
    with _told(path):
        connection = _opened(path)
        try:
            connection.execute("BEGIN")
            _check(connection, path)
            position = _position(connection)
            if position is None:
                raise HistoryError(f"{path}: holds no history yet")
            yield StoreReader(connection, position)
        finally:
            connection.close()


def _opened(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


class StoreReader:
    """What a store says."""

    def __init__(self, connection: sqlite3.Connection, position: Position) -> None:
        self._connection = connection
        self.position: Final = position
        self.assets: Final[list[tuple[str, int]]] = self._rows("SELECT symbol, decimals FROM assets ORDER BY asset")
        """Symbol and decimals, by id."""

    def _rows(self, query: str, *values: int | str) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def select(self, query: str, *values: int) -> Iterator[tuple[Any, ...]]:
        """Rows of a query, as they are wanted."""
        return iter(self._connection.execute(query, values))

    def instruments(self) -> list[tuple[str, int, int, int]]:
        """Symbol, base, quote and lot size, by id."""
        return self._rows("SELECT symbol, base, quote, lot_size FROM instruments ORDER BY instrument")

    def fills(self, account: int, first: int, limit: int) -> tuple[list[tuple[Any, ...]], int]:
        """Fills of an account from a place on, as `FILL_COLUMNS`; the place to go on from, 0 if that was all.

        A place is twice a settlement, and one more for its seller: an account can be on both sides of one.
        """
        settlement, side = first // 2, "sell" if first % 2 else "buy"
        found = self._rows(
            "SELECT sequence FROM fills WHERE settlement_id >= ? ORDER BY settlement_id LIMIT 1", settlement
        )
        if not found:
            return [], 0
        rows = self._rows(  # settlements ascend with sequences, by which the fills of an account are found
            f"SELECT {', '.join(FILL_COLUMNS)} FROM fills WHERE account = ? AND sequence >= ?"
            " AND (settlement_id, side) >= (?, ?) ORDER BY sequence, settlement_id, side LIMIT ?",
            account,
            found[0][0],
            settlement,
            side,
            limit + 1,
        )
        return rows[:limit], 2 * rows[limit][0] + (rows[limit][1] == "sell") if len(rows) > limit else 0

    def movements(self, account: int, first: int, limit: int) -> tuple[list[tuple[Any, ...]], int]:
        """Movements of an account from a sequence on; the sequence to go on from, 0 if that was all.

        Each is (sequence, timestamp_ns, kind, asset, amount, withdrawal_id, counterparty). Those of one sequence stay
        together: an issuer that redeems its own has two, so there can be one more than `limit`.
        """
        columns = "sequence, timestamp_ns, kind, asset, amount, withdrawal_id, counterparty"
        query = f"SELECT {columns} FROM movements WHERE account = ? AND sequence >= ? ORDER BY sequence, kind LIMIT ?"
        rows = self._rows(query, account, first, limit + 2)
        end = limit + 1 if len(rows) > limit and rows[limit][0] == rows[limit - 1][0] else limit
        return rows[:end], rows[end][0] if len(rows) > end else 0

    def summed(self, condition: str, *values: int) -> int:
        """The sum of the amounts of the ledger where this holds."""
        high, low = self._rows(f"SELECT {_SUM} FROM ledger WHERE {condition}", *values)[0]
        return (int(high) << 32) + int(low)

    def totals(self, condition: str, from_ns: int, *values: int) -> Iterator[tuple[int, str, bool, int]]:
        """Sums of the amounts of the ledger where this holds, by asset, then by kind, what was before a time apart.

        Each is (asset, kind, whether that was before the time or is an opening balance, sum).
        """
        query = (
            f"SELECT asset, kind, timestamp_ns < ? OR kind = 'opening' AS is_before, {_SUM} FROM ledger"
            f" WHERE {condition} GROUP BY asset, kind, is_before ORDER BY asset, kind, is_before"
        )
        for asset, kind, is_before, high, low in self.select(query, from_ns, *values):
            yield asset, kind, bool(is_before), (high << 32) + low

    def balances(self, sequence: int) -> dict[tuple[int, int], int]:
        """What each account had of each asset after a command, held amounts included; nothing is left out but zeros."""
        query = f"SELECT account, asset, {_SUM} FROM ledger WHERE sequence <= ? GROUP BY account, asset"
        sums = {(account, asset): (high << 32) + low for account, asset, high, low in self.select(query, sequence)}
        return {key: amount for key, amount in sums.items() if amount}


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuses what is no store, or one of another version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise HistoryError(f"{path}: is no store of a history")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version != SCHEMA_VERSION:
        raise HistoryError(
            f"{path}: a store of version {version}, this release reads version {SCHEMA_VERSION}: make it anew with"
            " `pyengine follow --rebuild`"
        )


def _position(connection: sqlite3.Connection) -> Position | None:
    row = connection.execute("SELECT * FROM position").fetchone()
    if row is None:
        return None
    journal_id, sequence, chain, *rest = row
    return Position(int(journal_id, 16), sequence, int(chain, 16), *rest)


def _written(position: Position) -> tuple[Any, ...]:
    return (_hex(position.journal_id), position.sequence, _hex(position.chain), *position[3:])


def _hex(value: int) -> str:
    return f"{value:016x}"


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Gives errors of the database and of its file the file's name."""
    try:
        yield
    except sqlite3.Error as error:
        raise HistoryError(f"{path}: {error}") from error
    except OSError as error:
        raise HistoryError(f"{path}: {error.strerror}") from error
