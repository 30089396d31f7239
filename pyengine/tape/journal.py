"""Replays the journal of a venue up to a sequence or a time, and tells the state that it had there.

The native core reads the journal and applies its commands; here it is driven in chunks, and asked for the state. What a
replay proves, and what not, is in `docs/tapes.md`.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from pyengine._engine_core import JournalReplay
from pyengine.state import State, state_of
from pyengine.tape.times import EPOCH, SECOND_NS, parse_time

CHUNK_COMMANDS: Final = 65_536
"""Commands between two reports of progress: some tens of milliseconds."""

Commands = Callable[[int], None]
"""Is told now and then how many commands were replayed."""

_SEQUENCE: Final = re.compile(r"[0-9]{1,19}\Z")


class Until(NamedTuple):
    """Where a replay ends: after a sequence, or after the last command that is not later than a time; or at the end."""

    sequence: int | None = None
    timestamp_ns: int | None = None


def parse_until(text: str) -> Until:
    """A whole number is a sequence, anything else a time: ISO 8601, with an offset, to the nanosecond.

    Raises `ValueError`.
    """
    if _SEQUENCE.match(text):
        return Until(sequence=int(text))
    return Until(timestamp_ns=parse_time(text, other="neither a sequence nor"))


def shown_time(timestamp_ns: int) -> str:
    """A time as people write it, in UTC."""
    seconds, nanoseconds = divmod(timestamp_ns, SECOND_NS)
    return f"{(EPOCH + timedelta(seconds=seconds)).strftime('%Y-%m-%dT%H:%M:%S')}.{nanoseconds:09}Z"


def shown_id(number: int) -> str:
    """A journal's id, or a chain value, as it is written for people: 16 hexadecimal digits."""
    return f"{number:016x}"


@dataclass(frozen=True, slots=True)
class StateDifference:
    """A snapshot of another state than the one that the journal leads to."""

    snapshot: str
    sequence: int
    expected: str
    """The state hash in the snapshot."""
    found: str
    """The state hash after the same command of the replay."""

    def __str__(self) -> str:
        return f"{self.snapshot}: of sequence {self.sequence} with state hash {self.expected}, found {self.found}"


@dataclass(slots=True)
class JournalResult:
    """What a replay led to."""

    tape: str
    journal_id: str
    """Of the history: the same in all files of a journal and of its copies."""
    sequence: int
    """The state is that after this command."""
    timestamp_ns: int
    """When that command came; 0 before the first."""
    from_snapshot: int | None
    """Sequence of the snapshot that the replay began at; None: before the first command."""
    messages: int
    """Commands that were replayed."""
    seconds: float
    messages_per_second: int
    fills: int
    """Settled by the commands that were replayed."""
    snapshots_checked: int
    snapshots_matched: int
    differences: list[StateDifference]
    damaged_snapshots: list[str]
    state_hash: str
    chain: str | None
    """Chain value after that command, which stands for all commands that led there; None if it stands in no batch's
    header: in the midst of a batch, or where nothing behind a snapshot was replayed."""
    recovered_state_hash: str | None
    """The state that recovery from the newest snapshot leads to; None if nothing was checked, or there is none."""
    state: State

    @property
    def passed(self) -> bool:
        """Snapshots and recovery are of the states that the journal leads to, and all money is accounted for."""
        recovered = self.recovered_state_hash in (None, self.state_hash)
        books = self.state.conservation_ok and not self.state.hold_differences
        return not self.differences and recovered and books

    def summary(self) -> dict[str, Any]:
        """Everything but the state itself."""
        rows = {
            each.name: getattr(self, each.name) for each in fields(self) if each.name not in ("state", "differences")
        }
        first = self.differences[0] if self.differences else None
        return rows | {
            "first_difference": first and {each.name: getattr(first, each.name) for each in fields(first)},
            "conservation_ok": self.state.conservation_ok,
            "holds_ok": not self.state.hold_differences,
            "instruments": len(self.state.books),
            "open_orders": len(self.state.orders),
        }

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return self.summary() | {each.name: getattr(self.state, each.name) for each in fields(self.state)}


def replay_journal(
    directory: Path,
    until: Until,
    *,
    check: bool = False,
    on_begin: Callable[[int], Commands] = lambda total: lambda done: None,
) -> JournalResult:
    """Replays a journal, which is only read; nothing is locked, so its venue may run.

    It begins at the newest snapshot that leads there. With `check` it begins as early as it can, and compares the state
    with that of every snapshot it comes to, and with what recovery from the newest of them leads to. `on_begin` is told
    how many commands there are to replay, and gives the function that hears how many were.

    Raises:
        JournalError: the journal is damaged, or has no state there.
    """
    replay = JournalReplay(directory, sequence=until.sequence, timestamp_ns=until.timestamp_ns)
    recovered = None
    if check:
        end = replay.end  # beside a venue that runs, the end would be another one the next time
        recovered = _recovered_hash(replay, on_begin)
        replay = JournalReplay(directory, sequence=end, audit=True)
    seconds = _advance_to_end(replay, on_begin)
    messages = replay.sequence - (replay.from_snapshot or 0)
    differences = [
        StateDifference(str(path), sequence, recorded.hex(), found.hex())
        for path, sequence, recorded, found in replay.compared
        if recorded != found
    ]
    from_snapshot, fills, compared = replay.from_snapshot, replay.fills, len(replay.compared)
    journal_id, chain = shown_id(replay.journal_id), replay.chain
    damaged = [str(path) for path in replay.damaged_snapshots]
    engine = replay.finish()
    return JournalResult(
        tape=str(directory),
        journal_id=journal_id,
        sequence=engine.sequence,
        timestamp_ns=engine.timestamp_ns,
        from_snapshot=from_snapshot,
        messages=messages,
        seconds=seconds,
        messages_per_second=int(messages / seconds) if seconds else 0,
        fills=fills,
        snapshots_checked=compared,
        snapshots_matched=compared - len(differences),
        differences=differences,
        damaged_snapshots=damaged,
        state_hash=engine.state_hash().hex(),
        chain=None if chain is None else shown_id(chain),
        recovered_state_hash=recovered,
        state=state_of(engine),
    )


def _recovered_hash(replay: JournalReplay, on_begin: Callable[[int], Commands]) -> str | None:
    """What a replay from a snapshot leads to. It ends, so that there is never memory needed for two states."""
    if replay.from_snapshot is not None:
        _advance_to_end(replay, on_begin)
    begun_at, engine = replay.from_snapshot, replay.finish()
    return None if begun_at is None else engine.state_hash().hex()


def _advance_to_end(replay: JournalReplay, on_begin: Callable[[int], Commands]) -> float:
    """Returns the seconds it took."""
    begin = replay.sequence
    on_progress = on_begin(replay.end - begin)
    started = time.perf_counter()
    while replay.advance(CHUNK_COMMANDS):
        on_progress(replay.sequence - begin)
    return time.perf_counter() - started
