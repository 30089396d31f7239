"""What a replay takes away: tables of rows, collected by the native core while messages are applied.

The core hands out a table's columns whenever it has enough rows; here they become arrays, for whoever takes them
(`taking.py`). No table is ever held whole.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from pyengine.errors import TapeError

DEPTH_LEVELS: Final = 10
DEPTH_EVERY_MS: Final = 1_000
PLOT_EVERY_MS: Final = 100
"""Where only a picture needs the depth."""
MILLISECOND_NS: Final = 10**6
TRADE_KINDS: Final = ("visible", "other_price", "hidden_or_cross")
"""As the core numbers them: at the order's price, at another, of orders that nobody saw."""
SIDES: Final = ("buy", "sell")
UNFINISHED: Final = ".unfinished"
"""What a file's name ends in until it is whole."""
UNKNOWN_SIDE: Final = len(SIDES)

Columns = dict[str, NDArray[Any]]
"""Of one table, equally long. Prices are in steps of the tape; 0 is none."""

_COLUMNS: Final[dict[str, np.dtype[Any]]] = {
    **dict.fromkeys(("message", "time_ns", "maker_order"), np.dtype(np.uint64)),
    **dict.fromkeys(("price", "bid_price", "ask_price", "open", "high", "low", "close"), np.dtype(np.uint32)),
    **dict.fromkeys(("quantity", "bid_quantity", "ask_quantity", "cash", "fee"), np.dtype(np.int64)),
    **dict.fromkeys(("volume", "trades", "messages"), np.dtype(np.int64)),
    **dict.fromkeys(("orders", "bid_orders", "ask_orders", "maker", "taker"), np.dtype(np.uint32)),
    **dict.fromkeys(("instrument", "level"), np.dtype(np.uint16)),
    **dict.fromkeys(("side", "aggressor", "kind", "printed"), np.dtype(np.uint8)),
    "notional": np.dtype([("low", np.uint64), ("high", np.int64)]),
}


@dataclass(frozen=True, slots=True)
class TakeAway:
    """What is wanted of a replay besides its result."""

    out: Path | None = None
    """A directory for Parquet files, new or empty."""
    plot: Path | None = None
    """A picture of one symbol, `.png` or `.svg`."""
    depth: int = DEPTH_LEVELS
    """Levels of a side."""
    every_ms: int | None = None
    """How often levels are looked at, in milliseconds of the tape's time; 0: at every change."""

    @property
    def every_ns(self) -> int:
        """As the core has it."""
        default = DEPTH_EVERY_MS if self.out is not None else PLOT_EVERY_MS
        return MILLISECOND_NS * (default if self.every_ms is None else self.every_ms)


@dataclass(frozen=True, slots=True)
class Origin:
    """What rows are of."""

    tape: Path
    price_scale: int
    time_from: str
    """From where the format's times count."""

    @property
    def price_decimals(self) -> int:
        """Of a price in the currency: as few as steps need."""
        return next(digits for digits in count() if 10**digits % self.price_scale == 0)

    @property
    def price_factor(self) -> int:
        """How much of the last of these decimals a step is: 1, unless a currency's unit has no power of ten of them."""
        return int(10**self.price_decimals) // self.price_scale


class Taker(Protocol):
    """Whoever takes rows."""

    @property
    def tables(self) -> frozenset[str]:
        """Those it takes."""

    def take(self, table: str, columns: Columns, symbols: list[str]) -> None:
        """The next rows of a table; `symbols` by the number of their instrument."""

    def keep(self) -> None:
        """The replay is whole: what was made of its rows is left where it is to be."""

    def discard(self) -> None:
        """It is not: nothing is left."""


def arrays(taken: Mapping[str, bytes]) -> Columns:
    """Columns as the core hands them out."""
    return {name: np.frombuffer(column, _COLUMNS[name]) for name, column in taken.items()}


@contextmanager
def needing(what: str) -> Iterator[None]:
    """Says how to get the packages of the extra `research` where one is missing."""
    try:
        yield
    except ImportError as error:
        missing = (error.name or str(error)).partition(".")[0]
        raise TapeError(f"{what} needs the package {missing}: pip install 'pyengine[research]'") from None
