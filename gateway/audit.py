"""The audit trail: every act of an operator, every logon and refusal, in the order in which they happened.

An entry gets the next audit sequence at once and is told at once to the operators who listen, whose output leaves when
it is durable. It is written when the command behind it is durable: nothing is on record that a crash took back. The
files are JSON lines, one entry each, as operators are told it: see `schemas.Audit`. They outlive the process, not a
power failure, which takes what the disk had not got yet; what the acts did is in the journal.

What anybody can cause (logons, refusals) is bounded, so that nobody can fill the disk with it: what was passed over is
counted. What an operator did is always entered.
"""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from gateway import schemas
from pyengine.files import make_private

KEPT: Final = 4_096
"""Entries in memory, from which most questions are answered."""
FILE_BYTES: Final = 16 << 20
"""A file that is larger is followed by the next."""
ENTRIES_PER_SECOND: Final = 100
ENTRIES_BURST: Final = 10_000
"""Of those that anybody can cause."""
NANOSECONDS: Final = 1_000_000_000
READ_BYTES: Final = 4_096

_decode_line: Final = msgspec.json.Decoder(schemas.Audit).decode


class AuditError(Exception):
    """The trail can not be read or written."""


class Trail:
    """The venue's audit trail, in a directory or, without one, in memory alone."""

    def __init__(self, directory: Path | None) -> None:
        """Goes on where the directory's last file ends. An unfinished line at its end is cut. `AuditError`."""
        self._directory = directory
        self._file: BinaryIO | None = None
        self._kept: deque[schemas.Audit] = deque(maxlen=KEPT)
        self._unwritten: deque[schemas.Audit] = deque()
        self._allowance = float(ENTRIES_BURST)
        self._allowed_ns = 0
        self._passed_over = 0
        self.last = 0
        """Audit sequence of the last entry."""
        if directory is not None:
            with _named(directory):
                self._open(directory)

    def note(self, kind: schemas.AuditKind, now_ns: int, **fields: Any) -> schemas.Audit | None:
        """Enters what happened; None if too much of that kind does, which the next entry will count."""
        is_done = fields.get("seq") and not fields.get("reason")
        if not is_done and not self._may_enter(now_ns):
            self._passed_over += 1
            return None
        entry = schemas.Audit(
            audit_seq=self.last + 1, timestamp_ns=now_ns, kind=kind, passed_over=self._passed_over, **fields
        )
        self.last, self._passed_over = entry.audit_seq, 0
        self._kept.append(entry)
        if self._directory is not None:
            self._unwritten.append(entry)
        return entry

    def write(self, durable_sequence: int) -> None:
        """Writes the entries whose commands are durable, in their order. `AuditError`."""
        if not self._unwritten or self._unwritten[0].seq > durable_sequence:
            return
        assert self._directory is not None
        with _named(self._directory):
            while self._unwritten and self._unwritten[0].seq <= durable_sequence:
                entry = self._unwritten.popleft()
                file = self._file_for(entry)
                file.write(schemas.json_encoder.encode(entry) + b"\n")
            file.flush()

    def page(self, after: int, limit: int) -> tuple[list[schemas.Audit], bool]:
        """Up to `limit` entries beyond `after`, and whether there are more. `AuditError`."""
        first = self.last + 1 - len(self._kept)
        if self._directory is None or first <= after + 1:
            start = max(0, after + 1 - first)
            entries = [self._kept[at] for at in range(start, min(start + limit, len(self._kept)))]
        else:
            entries = list(self._stored(self._directory, after, limit))
        return entries, bool(entries) and entries[-1].audit_seq < self.last

    def close(self) -> None:
        """Ends the file, on disk."""
        if self._file is not None:
            os.fdatasync(self._file.fileno())
            self._file.close()
            self._file = None

    def _may_enter(self, now_ns: int) -> bool:
        earned = max(0, now_ns - self._allowed_ns) / NANOSECONDS * ENTRIES_PER_SECOND
        self._allowance = min(ENTRIES_BURST, self._allowance + earned)
        self._allowed_ns = max(now_ns, self._allowed_ns)
        if self._allowance < 1:
            return False
        self._allowance -= 1
        return True

    # files

    def _open(self, directory: Path) -> None:
        make_private(directory)
        files = _files(directory)
        if not files:
            return
        path = files[-1]
        self._file = path.open("r+b")
        size = self._file.seek(0, os.SEEK_END)
        whole = _start_of_line(self._file, size)
        self._file.truncate(whole)
        if whole:
            self._file.seek(_start_of_line(self._file, whole - 1))
            self.last = _decode(path, self._file.readline()).audit_seq
        else:
            self.last = _first(path) - 1
        self._file.seek(whole)

    def _file_for(self, entry: schemas.Audit) -> BinaryIO:
        """The file that takes the entry: a new one if the last is full."""
        assert self._directory is not None
        if self._file is not None and self._file.tell() < FILE_BYTES:
            return self._file
        self.close()
        path = self._directory / f"audit-{entry.audit_seq:012}.jsonl"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "r+b")
        return self._file

    def _stored(self, directory: Path, after: int, limit: int) -> Iterator[schemas.Audit]:
        with _named(directory):
            files = _files(directory)
            earlier = [path for path in files if _first(path) <= after + 1]
            for path in files[max(0, len(earlier) - 1) :]:
                with path.open("rb") as file:
                    file.seek(_end_of(path, file, after))
                    for line in file:
                        if limit == 0 or not line.endswith(b"\n"):
                            return
                        yield _decode(path, line)
                        limit -= 1


def _files(directory: Path) -> list[Path]:
    return sorted(directory.glob("audit-*.jsonl"))


def _first(path: Path) -> int:
    """Audit sequence of a file's first entry."""
    digits = path.stem.removeprefix("audit-")
    if not (digits.isascii() and digits.isdecimal()):
        raise AuditError(f"{path}: no file of an audit trail has this name")
    return int(digits)


def _decode(path: Path, line: bytes) -> schemas.Audit:
    try:
        return _decode_line(line)
    except msgspec.DecodeError as error:
        raise AuditError(f"{path}: a line that is no entry: {error}") from error


def _end_of(path: Path, file: BinaryIO, sequence: int) -> int:
    """Where the entries up to this sequence end: they ascend, so the place is found by halving."""
    low, high = 0, _start_of_line(file, file.seek(0, os.SEEK_END))
    while low < high:
        start = _start_of_line(file, (low + high) // 2)
        file.seek(start)
        line = file.readline()
        if _decode(path, line).audit_seq <= sequence:
            low = start + len(line)
        else:
            high = start
    return low


def _start_of_line(file: BinaryIO, at: int) -> int:
    """Where the line begins that has the byte at this offset; at the end of the last whole line, that end."""
    while at > 0:
        begin = max(0, at - READ_BYTES)
        file.seek(begin)
        found = file.read(at - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        at = begin
    return 0


@contextmanager
def _named(directory: Path) -> Iterator[None]:
    """Says of a failure which trail it was."""
    try:
        yield
    except OSError as error:
        raise AuditError(f"{error.filename or directory}: {error.strerror}") from error
