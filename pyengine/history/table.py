"""Rows with exact amounts and times, written as CSV, JSON or Parquet.

A file has another name until it is whole. Parquet needs the extra `research`.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum, auto
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from pyengine.errors import HistoryError
from pyengine.tape.journal import shown_time
from pyengine.tape.rows import UNFINISHED, needing
from pyengine.units import decimal

SUFFIXES: Final = (".csv", ".parquet")
GROUP_ROWS: Final = 65_536
"""Of a row group."""
DECIMAL_DIGITS: Final = 38
"""Of an amount in Parquet: 19 and 18 decimals fit."""


class Kind(Enum):
    """What a column holds."""

    NUMBER = auto()
    ID = auto()
    """Up to 2^64 - 1."""
    TEXT = auto()
    TIME = auto()
    """Nanoseconds since 1970."""
    AMOUNT = auto()
    """`Amount`."""


class Amount(NamedTuple):
    """Of an asset with so many decimals."""

    units: int
    decimals: int

    def __str__(self) -> str:
        """Exact, and without separators, as programs read it."""
        return decimal(self.units, self.decimals)


_AS_TEXT: Final = (Kind.TIME, Kind.AMOUNT)


class Table(NamedTuple):
    """Columns by name, rows with a value for each (None where there is none), and the most decimals of an amount."""

    columns: dict[str, Kind]
    rows: Iterable[Sequence[Any]]
    decimals: int


def shown(kind: Kind, value: Any) -> str:
    """A value as text; empty where there is none."""
    if value is None:
        return ""
    return shown_time(value) if kind is Kind.TIME else str(value)


def form_of(path: Path) -> str:
    """How a table is written there, by the file's name. `HistoryError` if that says nothing."""
    if path.suffix not in SUFFIXES:
        raise HistoryError(f"{path}: not a name that ends in {' or '.join(SUFFIXES)}")
    return path.suffix.removeprefix(".")


def write(path: Path, table: Table, form: str) -> int:
    """Writes a file and returns how many rows it has. `OSError`; `TapeError` without the extra, if it needs it."""
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        if form == "parquet":
            count = _write_parquet(unfinished, table)
        else:
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                count = write_text(file, table, form)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def write_text(file: IO[str], table: Table, form: str) -> int:
    """Writes rows as CSV with a header, or as one JSON object; returns how many."""
    return _write_csv(file, table) if form == "csv" else _write_json(file, table)


def _write_csv(file: IO[str], table: Table) -> int:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.columns)
    kinds, count = tuple(table.columns.values()), 0
    for row in table.rows:
        writer.writerow(map(shown, kinds, row))
        count += 1
    return count


def _write_json(file: IO[str], table: Table) -> int:
    """Amounts and times as text, so that nobody rounds them."""
    count = 0
    file.write('{"rows": [')
    for row in table.rows:
        cells = zip(table.columns.items(), row, strict=True)
        told = {
            name: shown(kind, value) if value is not None and kind in _AS_TEXT else value
            for (name, kind), value in cells
        }
        file.write(f"{', ' if count else ''}{json.dumps(told)}")
        count += 1
    file.write("]}\n")
    return count


def _write_parquet(path: Path, table: Table) -> int:
    with needing("A Parquet file"):
        import pyarrow as pa
        from pyarrow import parquet as pq
    types = {
        Kind.NUMBER: pa.int64(),
        Kind.ID: pa.uint64(),
        Kind.TEXT: pa.string(),
        Kind.TIME: pa.timestamp("ns", tz="UTC"),
        Kind.AMOUNT: pa.decimal128(DECIMAL_DIGITS, table.decimals),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in table.columns.items()])
    kinds, count = tuple(table.columns.values()), 0
    with pq.ParquetWriter(path, schema, compression="zstd", store_decimal_as_integer=True) as writer:
        for rows in _groups(table.rows):
            columns = (
                map(_decimal, column) if kind is Kind.AMOUNT else column
                for kind, column in zip(kinds, zip(*rows, strict=True), strict=True)
            )
            arrays = [pa.array(column, each.type) for each, column in zip(schema, columns, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(rows)
    return count


def _groups(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    iterator = iter(rows)
    while group := list(islice(iterator, GROUP_ROWS)):
        yield group


def _decimal(amount: Amount | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))
