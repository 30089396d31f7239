"""The files of a venue's directory: their names, who may read them, how much there is, and what makes names durable.

What is inside them is the native core's business (`engine_core/docs/journal-format.md`).
"""

import fcntl
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from pyengine._engine_core import read_segment
from pyengine.errors import JournalBusyError

LOCK: Final = "LOCK"
BLOCK_BYTES: Final = 512
"""What the system counts a file's blocks in."""
_NUMBERED: Final = {"journal": ".log", "snapshot": ".img"}


def segments(directory: Path) -> list[Path]:
    """The segments of a journal, oldest first. The last may still be written to."""
    return _numbered(directory, "journal")


def snapshots(directory: Path) -> list[Path]:
    """The snapshots in a directory, oldest first."""
    return _numbered(directory, "snapshot")


def _numbered(directory: Path, kind: str) -> list[Path]:
    name = re.compile(rf"{kind}-[0-9]{{20}}\{_NUMBERED[kind]}")
    return sorted(path for path in directory.iterdir() if name.fullmatch(path.name))


def sequence_of(path: Path) -> int:
    """The sequence in the name of a segment (its first) or of a snapshot."""
    return int(path.stem.rpartition("-")[2])


def make_private(directory: Path) -> None:
    """Makes a directory, and what is missing above it, for its owner alone. One that exists stays as it is."""
    if not directory.is_dir():
        make_private(directory.parent)
        directory.mkdir(mode=0o700, exist_ok=True)


def open_to_others(path: Path) -> str | None:
    """What there is to say of a file or directory that others than its owner can read, write or enter."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & 0o077:
        return None
    wanted = 0o700 if path.is_dir() else 0o600
    return f"{path}: mode {mode:04o}, open to others than its owner; chmod {wanted:o} closes it"


class Usage(NamedTuple):
    """What a journal takes of its disk, in blocks, and what is left there."""

    segments: int
    journal_bytes: int
    """Of the segments, the one that is prepared included."""
    snapshots: int
    snapshot_bytes: int
    free_bytes: int
    """Which the owner of this process can still use."""


def usage(directory: Path) -> Usage:
    """Looks at every file of a journal. Those that vanish meanwhile are not counted."""
    taken = dict.fromkeys(_NUMBERED, 0)
    for path in directory.iterdir():
        kind = path.name.partition("-")[0]
        if kind in taken:
            with suppress(FileNotFoundError):
                taken[kind] += path.stat().st_blocks * BLOCK_BYTES
    disk = os.statvfs(directory)
    counts = len(segments(directory)), len(snapshots(directory))
    return Usage(counts[0], taken["journal"], counts[1], taken["snapshot"], disk.f_bavail * disk.f_frsize)


class Extent(NamedTuple):
    """From where to where a journal reaches. Times are None where no command of the rules of this release is."""

    first_sequence: int
    first_timestamp_ns: int | None
    last_sequence: int
    last_timestamp_ns: int | None


def extent(directory: Path) -> Extent:
    """Reads the first batch of a journal, and its last segment; the one before it, while that has no commands yet."""
    there = segments(directory)
    first, last = read_segment(there[0], batches=1), read_segment(there[-1])
    ending = read_segment(there[-2]) if not last["batches"] and len(there) > 1 else last
    return Extent(
        first["first_sequence"], first["first_timestamp_ns"], last["last_sequence"], ending["last_timestamp_ns"]
    )


def sync_directory(directory: Path) -> None:
    """Makes creations, renames and removals in it survive a power failure."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Holds the directory as the venue does that writes a journal there. `JournalBusyError` if anybody else does."""
    with _lock(directory, os.open(directory / LOCK, os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_EX):
        yield


@contextmanager
def unwritten(directory: Path) -> Iterator[None]:
    """Nobody writes there meanwhile. `JournalBusyError` if anybody does. Changes nothing in the directory."""
    try:
        descriptor = os.open(directory / LOCK, os.O_RDONLY)
    except FileNotFoundError:  # nobody ever has
        yield
        return
    with _lock(directory, descriptor, fcntl.LOCK_SH):
        yield


@contextmanager
def _lock(directory: Path, descriptor: int, operation: int) -> Iterator[None]:
    try:
        try:
            fcntl.flock(descriptor, operation | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise JournalBusyError(f"{directory}: in use by another process") from error
        yield
    finally:
        os.close(descriptor)
