"""Backups of a journal, taken while its venue writes it, and the way back.

A backup is a journal of its own: the same files under the same names, up to a whole batch. All of its segments but the
last are whole, so the next backup begins at that one: what is sealed is copied once. Each copy is made in a directory
beside its place, read back from the disk, judged batch by batch and joined to the chain value of the segment before it;
only then does it get its name, oldest first, and snapshots last. So whatever interrupts a backup leaves a journal that
recovers, as far as it got.

Nothing in the source is locked or changed. Nothing in a backup is ever removed.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyengine import files
from pyengine._engine_core import read_segment, verify_snapshot
from pyengine.errors import EngineError, JournalError
from pyengine.tape.journal import JournalResult, Until, replay_journal

if TYPE_CHECKING:
    from pyengine._engine_core import SegmentRead

INCOMING: Final = "incoming"
"""Where copies are made, in the directory of the backup."""
RESTORING: Final = ".restoring"
"""Behind the name of a directory that is being restored."""
CHUNK_BYTES: Final = 1 << 20
SNAPSHOT_HEADER_BYTES: Final = 128
"""Among them the hash of all that follows."""


class BackupError(EngineError):
    """A backup that can not go on, or be restored: names the directory and what to do."""


@dataclass(slots=True)
class Copied:
    """What was copied, and how far the copy reaches."""

    directory: str
    journal_id: int = 0
    sequence: int = 0
    """The last command that is there."""
    timestamp_ns: int | None = None
    """Its time; None if it is of older rules, or there is none in the last segment."""
    chain: int = 0
    """Chain value after it, which stands for the whole history."""
    segments: list[str] = field(default_factory=list)
    """Names of those that were copied now."""
    snapshots: list[str] = field(default_factory=list)
    bytes: int = 0
    damaged_snapshots: list[str] = field(default_factory=list)
    """Files of the source that recovery would pass over; they are not copied."""

    def reach(self, read: "SegmentRead") -> None:
        """The copy ends where this segment does."""
        self.journal_id, self.sequence, self.chain = read["journal_id"], read["last_sequence"], read["chain"]
        self.timestamp_ns = read["last_timestamp_ns"]


def back_up(source: Path, target: Path) -> Copied:
    """Brings a backup up to the last whole batch of a journal; makes it if there is none.

    Raises:
        BackupError: the backup is of another history, or the journal no longer reaches back to its end.
        JournalError: a file is damaged, on either side; the backup stays as far as it got.
    """
    if target.exists() and target.samefile(source):
        raise BackupError(f"{target}: is the journal itself")
    files.make_private(target)
    with files.locked(target):
        incoming = target / INCOMING
        with suppress(FileNotFoundError):
            shutil.rmtree(incoming)
        incoming.mkdir(mode=0o700)
        copied = Copied(str(target))
        # Before the journal's end is looked for: a snapshot is never of a later command than the journal then has.
        snapshots = files.snapshots(source)
        segments, chain = _still_to_copy(source, target, copied)
        _copy_segments(segments, incoming, chain, copied, into=target)
        _copy_snapshots(snapshots, incoming, copied, into=target)
        incoming.rmdir()
    return copied


def restore(source: Path, directory: Path) -> tuple[Copied, JournalResult]:
    """Copies a backup into a new or empty directory, checks every byte, and replays it from its newest snapshot.

    The directory appears when all of that has succeeded.

    Raises:
        BackupError: the directory can not be restored into.
        JournalError: the backup is damaged, or being written.
    """
    if directory.is_mount():
        raise BackupError(f"{directory}: is a mount point; restore into a directory inside it")
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise BackupError(f"{directory}: exists, and is not an empty directory")
    staging = directory.with_name(directory.name + RESTORING)
    files.make_private(staging)
    with files.locked(staging), files.unwritten(source), _removed_on_failure(staging):
        for path in (*files.segments(staging), *files.snapshots(staging)):  # of one that was killed
            path.unlink()
        copied = Copied(str(directory))
        _copy_segments(files.segments(source), staging, None, copied, into=staging)
        _copy_snapshots(files.snapshots(source), staging, copied, into=staging)
        replayed = replay_journal(staging, Until())
        if not replayed.passed:
            raise BackupError(f"{source}: leads to balances that do not add up; pyengine prove {source} says which")
        staging.rename(directory)
        files.sync_directory(directory.parent)
    replayed.tape = str(directory)
    return copied, replayed


def archive(path: Path, directory: Path) -> None:
    """Copies a file that will not change any more, and compares the copy with it. What was archived is a journal, too.

    Raises `JournalBusyError` if somebody writes there, `BackupError` if the copy is not what was written.
    """
    files.make_private(directory)
    with files.locked(directory):
        copy = directory / f"{path.name}.partial"
        length = path.stat().st_size
        _copy_file(path, copy, length, length)
        if not _same_bytes(path, copy, length):
            raise BackupError(f"{copy}: is not what was written: the disk is to be mistrusted")
        copy.replace(directory / path.name)
        files.sync_directory(directory)


def _still_to_copy(source: Path, target: Path, copied: Copied) -> tuple[list[Path], int | None]:
    """Segments of the source that the backup lacks or has in part, and the chain value that the first continues."""
    segments, kept = files.segments(source), files.segments(target)
    if not kept:
        return segments, None
    last, first = read_segment(kept[-1]), files.sequence_of(kept[-1])
    copied.reach(last)
    segments = [path for path in segments if files.sequence_of(path) >= first]
    if not segments or files.sequence_of(segments[0]) != first:
        raise BackupError(
            f"{target}: ends with the segment of sequence {first}, which {source} does not have: it is of another"
            " history, or too old to go on with; begin a new backup in another directory"
        )
    if last["batches"] and not _same_bytes(kept[-1], segments[0], last["used_bytes"]):
        raise BackupError(f"{target}: holds other commands than {source} from sequence {first} on: another history")
    if read_segment(segments[0])["chain"] == last["chain"]:
        return segments[1:], last["chain"]
    return segments, last["chain_before"]


def _copy_segments(segments: list[Path], staging: Path, chain: int | None, copied: Copied, *, into: Path) -> None:
    """Copies segments, oldest first, each of which continues the one before it; the first the given chain value."""
    for path in segments:
        try:
            source = read_segment(path)
        except JournalError as error:
            if path.exists():
                raise
            raise BackupError(f"{path}: was moved away while it was copied; run the backup again") from error
        copy = staging / path.name
        _copy_file(path, copy, source["used_bytes"], source["segment_bytes"])
        read = read_segment(copy)
        if read["chain"] != source["chain"]:
            raise BackupError(f"{copy}: is not what was written: the disk is to be mistrusted")
        if chain not in (None, read["chain_before"]):
            raise BackupError(f"{path}: does not continue the segment before it; see pyengine journal verify")
        _enter(copy, into)
        chain = read["chain"]
        copied.reach(read)
        copied.segments.append(path.name)
        copied.bytes += read["used_bytes"]


def _copy_snapshots(snapshots: list[Path], staging: Path, copied: Copied, *, into: Path) -> None:
    """Copies snapshots that are not there yet, whose place in the journal must be there already."""
    if snapshots and files.sequence_of(snapshots[-1]) > copied.sequence:
        raise BackupError(f"{snapshots[-1]}: is of a later command than the journal's last, {copied.sequence}")
    for path in snapshots:
        there = into / path.name
        try:
            if there.exists() and _same_bytes(path, there, SNAPSHOT_HEADER_BYTES):
                continue
            verify_snapshot(path)
            size = path.stat().st_size
            _copy_file(path, staging / path.name, size, size)
        except (JournalError, FileNotFoundError):
            if path.exists():  # else a stop of the venue has removed it meanwhile
                copied.damaged_snapshots.append(str(path))
            continue
        _enter(staging / path.name, into)
        try:
            verify_snapshot(there)
        except JournalError:
            there.unlink()
            raise
        copied.snapshots.append(path.name)
        copied.bytes += size


def _copy_file(path: Path, copy: Path, used_bytes: int, length: int) -> None:
    """Copies what is used of a file; the rest reads as zeros and takes no space. It is on disk, and in no cache."""
    descriptor = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with path.open("rb") as source, os.fdopen(descriptor, "wb") as target:
        while used_bytes and (chunk := source.read(min(CHUNK_BYTES, used_bytes))):
            target.write(chunk)
            used_bytes -= len(chunk)
        target.truncate(length)
        target.flush()
        os.fsync(target.fileno())
        # So that reading it back asks the disk.
        os.posix_fadvise(target.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _enter(copy: Path, directory: Path) -> None:
    """Gives a copy its name among those before it, for good."""
    copy.replace(directory / copy.name)
    files.sync_directory(directory)


def _same_bytes(one: Path, other: Path, length: int) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        while length:
            chunk = left.read(min(CHUNK_BYTES, length))
            if not chunk or chunk != right.read(len(chunk)):
                return False
            length -= len(chunk)
    return True


@contextmanager
def _removed_on_failure(directory: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:  # Ctrl-C as well
        shutil.rmtree(directory, ignore_errors=True)
        raise
