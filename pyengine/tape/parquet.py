"""Rows of a replay as Parquet files, a row group at a time. Their schemas are in `docs/tapes.md`.

Prices and amounts are exact decimals, made from integers. A file has another name until the replay is whole.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pyengine.errors import TapeError
from pyengine.tape.rows import SIDES, TRADE_KINDS, UNFINISHED, UNKNOWN_SIDE, Columns, Origin, needing

with needing("--out"):
    import pyarrow as pa
    from pyarrow import parquet as pq

PRICE_DIGITS: Final = 18
AMOUNT_DIGITS: Final = 19
"""Of any amount of the engine."""
AMOUNT_DECIMALS: Final = 6
"""The replay's market counts millionths."""
NOTIONAL_DIGITS: Final = 38
_SYMBOL: Final = pa.dictionary(pa.int32(), pa.string())
_WORD: Final = pa.dictionary(pa.int8(), pa.string())
_COUNT: Final = pa.int64()
_AMOUNT: Final = pa.decimal128(AMOUNT_DIGITS, AMOUNT_DECIMALS)
_RISING: Final = ("message", "time_ns")
"""Columns of which the differences are written: numbers that rise slowly."""


def schemas(price_decimals: int) -> dict[str, pa.Schema]:
    """Columns of each file, by its table."""
    price, notional = (pa.decimal128(digits, price_decimals) for digits in (PRICE_DIGITS, NOTIONAL_DIGITS))
    place = [("message", _COUNT), ("time_ns", _COUNT), ("symbol", _SYMBOL)]
    columns = {
        "trades": [
            *place,
            ("price", price),
            ("quantity", _COUNT),
            ("aggressor", _WORD),
            ("kind", _WORD),
            ("printed", pa.bool_()),
        ],
        "fills": [
            *place,
            ("price", price),
            ("quantity", _COUNT),
            ("maker", _COUNT),
            ("taker", _COUNT),
            ("maker_order", pa.uint64()),
            ("cash", _AMOUNT),
            ("fee", _AMOUNT),
        ],
        "top": [
            *place,
            *((f"bid_{name}", kind) for name, kind in (("price", price), ("quantity", _COUNT), ("orders", _COUNT))),
            *((f"ask_{name}", kind) for name, kind in (("price", price), ("quantity", _COUNT), ("orders", _COUNT))),
        ],
        "depth": [
            *place,
            ("side", _WORD),
            ("level", pa.int32()),
            ("price", price),
            ("quantity", _COUNT),
            ("orders", _COUNT),
        ],
        "bars": [
            *place[1:],
            *((name, price) for name in ("open", "high", "low", "close")),
            ("volume", _COUNT),
            ("notional", notional),
            ("trades", _COUNT),
            ("vwap", pa.float64()),
        ],
    }
    return {name: pa.schema(fields) for name, fields in columns.items()}


class ParquetFiles:
    """The files of one replay."""

    def __init__(self, directory: Path, origin: Origin, *, is_market: bool) -> None:
        known = schemas(origin.price_decimals)
        self.tables: Final = frozenset(known if is_market else known.keys() - {"fills"})
        self._directory = directory
        self._is_new = not directory.exists()
        self._origin = origin
        self._schemas = {name: known[name].with_metadata(self._metadata()) for name in self.tables}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._symbols: list[str] = []
        self._names: pa.Array = pa.array(self._symbols, pa.string())
        directory.mkdir(parents=True, exist_ok=True)
        if any(directory.iterdir()):
            raise TapeError(f"{directory}: has files already; give a directory that is new or empty")
        try:
            for name in sorted(self.tables):
                self._writers[name] = self._open(name)
        except BaseException:
            self.discard()
            raise

    def _metadata(self) -> dict[str, str]:
        origin = self._origin
        return {"pyengine.tape": origin.tape.name, "pyengine.time_ns": f"nanoseconds after {origin.time_from}"}

    def _open(self, name: str) -> pq.ParquetWriter:
        schema = self._schemas[name]
        rising = [column for column in _RISING if column in schema.names]
        return pq.ParquetWriter(
            self._unfinished(name),
            schema,
            compression="zstd",
            use_dictionary=[column for column in schema.names if column not in rising],
            column_encoding=dict.fromkeys(rising, "DELTA_BINARY_PACKED"),
            store_decimal_as_integer=True,
        )

    def _path(self, name: str) -> Path:
        return self._directory / f"{name}.parquet"

    def _unfinished(self, name: str) -> Path:
        return self._directory / f"{name}.parquet{UNFINISHED}"

    def take(self, table: str, columns: Columns, symbols: list[str]) -> None:
        """Writes a row group."""
        if symbols != self._symbols:
            self._symbols, self._names = symbols, pa.array(symbols, pa.string())
        schema = self._schemas[table]
        arrays = [self._column(table, field, columns) for field in schema]
        self._writers[table].write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=len(arrays[0]))

    def _column(self, table: str, field: pa.Field, columns: Columns) -> pa.Array:
        """One column as the schema has it."""
        name = field.name
        if name == "symbol":
            return pa.DictionaryArray.from_arrays(columns["instrument"].astype(np.int32), self._names)
        if name == "vwap":
            notional = columns["notional"]
            worth = notional["high"] * 2.0**64 + notional["low"]
            return pa.array(worth / columns["volume"] / self._origin.price_scale)
        values = columns[name]
        if name in ("side", "aggressor", "kind"):
            return _words(values, TRADE_KINDS if name == "kind" else SIDES)
        none = _none(table, name, columns)
        if pa.types.is_decimal(field.type):
            is_amount = field.type == _AMOUNT
            return _decimals(values if is_amount else _scaled(values, self._origin.price_factor), field.type, none)
        if pa.types.is_boolean(field.type):
            return pa.array(values != 0)
        return pa.array(values.astype(field.type.to_pandas_dtype()), mask=none)

    def keep(self) -> None:
        """Ends the files, then gives them their names."""
        for writer in self._writers.values():
            writer.close()
        for name in sorted(self._writers):
            self._unfinished(name).rename(self._path(name))

    def discard(self) -> None:
        """Leaves nothing behind but what was there."""
        for name, writer in self._writers.items():
            with suppress(OSError):  # The disk may be full, which was told already.
                writer.close()
            self._unfinished(name).unlink(missing_ok=True)
            self._path(name).unlink(missing_ok=True)
        if self._is_new:
            with suppress(OSError):  # Somebody has put something into it.
                self._directory.rmdir()


def _none(table: str, name: str, columns: Columns) -> NDArray[np.bool_] | None:
    """Where there is no value: no level, of a side that has none."""
    if table == "top" and name.startswith(("bid_", "ask_")):
        return np.asarray(columns[f"{name[:4]}orders"] == 0)
    if table == "depth" and name == "price":
        return np.asarray(columns["orders"] == 0)
    return None


def _words(values: NDArray[Any], words: tuple[str, ...]) -> pa.Array:
    """Numbers as the words that they stand for; `UNKNOWN_SIDE` for none."""
    mask = values == UNKNOWN_SIDE if words is SIDES else None
    return pa.DictionaryArray.from_arrays(pa.array(values.astype(np.int8), mask=mask), pa.array(words))


def _scaled(values: NDArray[Any], factor: int) -> NDArray[Any]:
    """Prices, or sums of them in two halves, in steps that are `factor` of the last decimal."""
    if factor == 1:
        return values
    if values.dtype.names is None:
        return values.astype(np.int64) * factor
    exact = [((int(high) << 64) + int(low)) * factor for low, high in values.tolist()]
    return np.array([(each & ((1 << 64) - 1), each >> 64) for each in exact], values.dtype)


def _decimals(values: NDArray[Any], kind: pa.DataType, none: NDArray[np.bool_] | None) -> pa.Array:
    """Integers as decimals of the same digits: 128 bits each, the lower half first."""
    if values.dtype.names is None:
        halves = np.empty((len(values), 2), np.int64)
        halves[:, 0] = values
        halves[:, 1] = halves[:, 0] >> 63
    else:
        halves = np.ascontiguousarray(values)
    valid = None if none is None else pa.py_buffer(np.packbits(~none, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [valid, pa.py_buffer(halves)])
