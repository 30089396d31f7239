"""A store made anew of its journal, beside the old one, which it replaces when it is whole.

Never loses history unasked: segments that retention has deleted took the beginning with them, and a store of what is
left knows less than the old one. An interruption leaves the old store as it was.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pyengine.errors import HistoryError
from pyengine.history.follower import HistoryFollower
from pyengine.history.store import StoreWriter, begins_behind, is_store, remove, replace

SUFFIX: Final = ".rebuilding"
"""Of the new store, until it is whole."""


def rebuild(directory: Path, path: Path, begins_at: int | None, catch_up: Callable[[HistoryFollower], None]) -> int:
    """Makes the store of `path` anew, as far as `catch_up` takes it; returns the rows that it has.

    `begins_at`: the first sequence of the new history, for when that is later than the old one's. Raises `HistoryError`
    if it is later and is not said, or is not what was said; `JournalError` and its subclasses of the journal.
    """
    before = begins_behind(path)
    new = path.with_name(path.name + SUFFIX)
    remove(new)  # of a rebuild that was killed
    try:
        with StoreWriter(new) as writer:
            follower = HistoryFollower(directory, writer)
            position = writer.position
            assert position is not None, "it has begun"
            _require_beginning(path, before, position.base_sequence, begins_at)
            catch_up(follower)
        replace(path, new)
    finally:
        if is_store(new):
            remove(new)
    return follower.rows


def _require_beginning(path: Path, before: int | None, base: int, begins_at: int | None) -> None:
    first = base + 1
    if begins_at is not None and begins_at != first:
        raise HistoryError(f"--begins-at {begins_at}: the journal leads to a history that begins at sequence {first}")
    if begins_at is None and before is not None and base > before:
        raise HistoryError(
            f"{path}: begins at sequence {before + 1}, and what the journal still has leads to a history that begins at"
            f" {first} only; the archived segments, put back, lead to all of it; --begins-at {first} gives up the rest"
        )
