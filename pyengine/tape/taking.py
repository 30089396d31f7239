"""Who takes the rows of a replay: Parquet files (`parquet.py`), a picture (`plot.py`), both, or nobody."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from pyengine._engine_core import TapeReplay
from pyengine.tape.rows import Origin, TakeAway, Taker, arrays

ROWS: Final = 131_072
"""Of a table, when it is taken out of the core: those of a row group in its file."""


class Rows:
    """Goes between a replay and those who take its rows."""

    def __init__(self, replay: TapeReplay, takers: list[Taker], take_away: TakeAway, rows: int) -> None:
        self._replay = replay
        self._takers = takers
        self._rows = rows
        tables = sorted(frozenset().union(*(taker.tables for taker in takers)))
        replay.record(tables, rows=rows, levels=take_away.depth, every_ns=take_away.every_ns)

    def pass_on(self, least: int | None = None) -> None:
        """Hands over the rows of the tables that have enough: a row group, if it is not said how many."""
        for table, collected in self._replay.recorded().items():
            if collected >= (self._rows if least is None else least):
                columns = arrays(self._replay.take(table))
                for taker in self._takers:
                    if table in taker.tables:
                        taker.take(table, columns, self._replay.instruments)

    def finish(self) -> None:
        """Hands over what is left."""
        self._replay.end_record()
        self.pass_on(1)


class NoRows:
    """Nobody takes any."""

    def pass_on(self) -> None:
        """Nothing."""

    def finish(self) -> None:
        """Nothing."""


@contextmanager
def taking(
    take_away: TakeAway | None, replay: TapeReplay, origin: Origin, *, is_market: bool
) -> Iterator[Rows | NoRows]:
    """Takes what is wanted of a replay. Files are where they are to be after the block, if it has no exception.

    Raises:
        TapeError: what is wanted can not be made of this tape, or a package is missing.
        OSError: a file cannot be written.
    """
    if take_away is None or (take_away.out is None and take_away.plot is None):
        yield NoRows()
        return
    with ExitStack() as opened:
        takers: list[Taker] = []
        opened.callback(_discard, takers)
        if take_away.out is not None:
            from pyengine.tape.parquet import ParquetFiles

            takers.append(ParquetFiles(take_away.out, origin, is_market=is_market))
        if take_away.plot is not None:
            from pyengine.tape.plot import Picture

            takers.append(Picture(take_away.plot, origin, take_away))
        yield Rows(replay, takers, take_away, ROWS)
        for taker in takers:
            taker.keep()
        opened.pop_all()


def _discard(takers: list[Taker]) -> None:
    for taker in takers:
        taker.discard()
