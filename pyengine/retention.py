"""What of a journal is deleted or archived when nobody needs it any more.

What can go is decided by the native core (`retention.rs`), from names, times and verified snapshots; here files are
looked at and moved. The oldest goes first and each is gone for good before the next is touched, so that whatever
interrupts it, what stays is the journal from some segment on, with every snapshot that a start could want.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from pyengine import files
from pyengine._engine_core import surplus_segments, verify_snapshot
from pyengine.backup import archive
from pyengine.config import RetainConfig
from pyengine.errors import JournalError

DAY_NS: Final = 86_400 * 10**9


class Retention:
    """Keeps what the configuration says of one journal. Remembers which snapshots it has found whole."""

    def __init__(self, directory: Path, policy: RetainConfig) -> None:
        self._directory = directory
        self._policy = policy
        self._verified: dict[tuple[str, int, int], bool] = {}

    def run(
        self, end: int, now_ns: int, goes_on: Callable[[], bool] = lambda: True, followed: int | None = None
    ) -> list[Path]:
        """Deletes or archives what can go, as long as it may go on; returns what is gone.

        `end`: the last sequence of the journal. `followed`: how far a follower has come, which must be able to go on
        after its own start. Raises `OSError` and `BackupError`: then nothing is lost.
        """
        snapshots = files.snapshots(self._directory)
        segments = files.segments(self._directory)
        verified = [files.sequence_of(path) for path in snapshots if goes_on() and self._is_verified(path)]
        count = surplus_segments(
            [(files.sequence_of(path), path.stat().st_mtime_ns) for path in segments],
            verified,
            end=end,
            now_ns=now_ns,
            snapshots=self._policy.snapshots,
            age_ns=self._policy.days * DAY_NS,
        )
        if followed is not None:
            begins = max((sequence for sequence in verified if sequence <= followed), default=0)
            while count and files.sequence_of(segments[count]) > begins + 1:
                count -= 1
        if not count:
            return []
        first = files.sequence_of(segments[count])
        gone = []
        # A snapshot from which not every later command is there is none to begin at.
        for path in (*(each for each in snapshots if files.sequence_of(each) + 1 < first), *segments[:count]):
            if not goes_on():
                break
            if self._policy.archive:
                archive(path, Path(self._policy.archive))
            path.unlink()
            files.sync_directory(self._directory)
            gone.append(path)
        return gone

    def _is_verified(self, path: Path) -> bool:
        """Whether recovery can begin at a snapshot. It is read once, as long as it stays the file that it is."""
        found = path.stat()
        key = (path.name, found.st_ino, found.st_mtime_ns)
        if key not in self._verified:
            try:
                verify_snapshot(path)
                self._verified[key] = True
            except JournalError:
                self._verified[key] = False
        return self._verified[key]
