"""Whole tables to take away: fills and the ledger from the store, orders from the journal.

Orders are not stored: there are several for each fill, and each would be written when it comes and again when it ends,
for what the journal tells whenever somebody asks.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pyengine.history.orders import COLUMNS as ORDER_COLUMNS
from pyengine.history.orders import orders
from pyengine.history.statement import Line, Statement
from pyengine.history.store import LEDGER_ORDER, ORDER_ID_MASK, StoreReader
from pyengine.history.table import Amount, Kind, Table
from pyengine.records import MAX_DECIMALS

STATEMENT_COLUMNS: Final = {
    "sequence": Kind.NUMBER,
    "time": Kind.TIME,
    "asset": Kind.TEXT,
    "kind": Kind.TEXT,
    "amount": Kind.AMOUNT,
    "balance": Kind.AMOUNT,
    "instrument": Kind.TEXT,
    "settlement_id": Kind.NUMBER,
    "withdrawal_id": Kind.NUMBER,
    "counterparty": Kind.NUMBER,
    "key": Kind.NUMBER,
}
FILL_COLUMNS: Final = {
    "sequence": Kind.NUMBER,
    "time": Kind.TIME,
    "settlement_id": Kind.NUMBER,
    "account": Kind.NUMBER,
    "order_id": Kind.ID,
    "client_order_id": Kind.TEXT,
    "instrument": Kind.TEXT,
    "side": Kind.TEXT,
    "liquidity": Kind.TEXT,
    "price_ticks": Kind.NUMBER,
    "quantity_lots": Kind.NUMBER,
    "quantity": Kind.AMOUNT,
    "cash": Kind.AMOUNT,
    "fee": Kind.AMOUNT,
    "key": Kind.NUMBER,
}
LEDGER_COLUMNS: Final = {
    "sequence": Kind.NUMBER,
    "time": Kind.TIME,
    "account": Kind.NUMBER,
    "asset": Kind.TEXT,
    "kind": Kind.TEXT,
    "amount": Kind.AMOUNT,
    "instrument": Kind.TEXT,
    "settlement_id": Kind.NUMBER,
    "withdrawal_id": Kind.NUMBER,
    "counterparty": Kind.NUMBER,
    "key": Kind.NUMBER,
}


def statement_table(statement: Statement, store: StoreReader) -> Table:
    """The lines of a statement."""
    decimals = dict(store.assets)

    def row(line: Line) -> tuple[Any, ...]:
        places = decimals[line.asset]
        amount = None if line.amount is None else Amount(line.amount, places)
        return line._replace(amount=amount, balance=Amount(line.balance, places))  # type: ignore[arg-type]

    return Table(STATEMENT_COLUMNS, map(row, statement.lines()), max(decimals.values(), default=0))


def fills_table(store: StoreReader) -> Table:
    """Both sides of every settlement."""
    return Table(FILL_COLUMNS, _fills(store), max((decimals for _, decimals in store.assets), default=0))


def _fills(store: StoreReader) -> Iterator[tuple[Any, ...]]:
    decimals, instruments = [decimals for _, decimals in store.assets], store.instruments()
    rows = store.select(
        "SELECT sequence, timestamp_ns, settlement_id, account, order_id, client_order_id, instrument, side, liquidity,"
        " price, quantity, cash, fee, key FROM fills LEFT JOIN commands USING (sequence) ORDER BY settlement_id, side"
    )
    for *place, order_id, client_order_id, instrument, side, liquidity, price, lots, cash, fee, key in rows:
        symbol, base, quote, lot_size = instruments[instrument]
        words = (order_id & ORDER_ID_MASK, client_order_id, symbol, side, liquidity, price, lots)
        quantity = Amount(lots * lot_size, decimals[base])
        yield *place, *words, quantity, Amount(cash, decimals[quote]), Amount(fee, decimals[quote]), key


def ledger_table(store: StoreReader) -> Table:
    """Every movement of every account."""
    return Table(LEDGER_COLUMNS, _ledger(store), max((decimals for _, decimals in store.assets), default=0))


def _ledger(store: StoreReader) -> Iterator[tuple[Any, ...]]:
    instruments = [symbol for symbol, *_ in store.instruments()]
    rows = store.select(
        "SELECT sequence, timestamp_ns, account, asset, kind, amount, instrument, settlement_id, withdrawal_id,"
        f" counterparty, key FROM ledger LEFT JOIN commands USING (sequence) ORDER BY {LEDGER_ORDER}, account, asset"
    )
    for sequence, timestamp_ns, account, asset, kind, amount, instrument, *ids in rows:
        symbol, decimals = store.assets[asset]
        name = None if instrument is None else instruments[instrument]
        yield sequence, timestamp_ns, account, symbol, kind, Amount(amount, decimals), name, *ids


def orders_table(directory: Path) -> Table:
    """Every order of a journal. `JournalError` if it can not be read."""
    return Table(ORDER_COLUMNS, orders(directory), MAX_DECIMALS)
