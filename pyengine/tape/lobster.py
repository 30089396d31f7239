"""Finds the files of a LOBSTER tape: the messages and, usually, the order book that belongs to them.

They are CSV, gzipped CSV, or both inside one zip archive, as LOBSTER sells them. Reading them is left to the native
core, which unpacks a part of an archive where it lies.
"""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyengine.errors import TapeError

_TICKER: Final = re.compile(r"(?P<ticker>[A-Za-z.]{1,10})_\d{4}-\d{2}-\d{2}_")
_LOCAL_HEADER: Final = struct.Struct("<26x2H")
"""Of an entry of an archive: the lengths of name and extra field, which lie behind it."""
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError)
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or a part of an archive."""

    path: Path
    name: str
    """In messages."""
    part: tuple[int, int, bool, int] | None = None
    """Where it lies in the archive: offset, bytes, whether they are deflated, CRC-32 of what is packed."""


@dataclass(frozen=True, slots=True)
class LobsterFiles:
    """The files of a tape."""

    messages: Part
    book: Part | None
    symbol: str
    """From the name of the message file; `EQUITY` if that does not follow LOBSTER's pattern."""


def find_files(messages: Path, orderbook: Path | None = None) -> LobsterFiles:
    """The files of a tape: a message file and its order book file, a message file alone, or one archive of both.

    Raises:
        TapeError: an archive is damaged, or does not hold one message file and at most one order book file.
        OSError: a file cannot be opened.
    """
    if messages.suffix.lower() != ".zip":
        parts = [Part(path, str(path)) for path in (messages, orderbook) if path is not None]
        for part in parts:
            part.path.stat()
    elif orderbook is not None:
        raise TapeError(f"{messages}: an archive holds both files; do not give {orderbook} beside it")
    else:
        parts = _parts(messages)
    ticker = _TICKER.match(Path(parts[0].name).name)
    return LobsterFiles(
        parts[0], parts[1] if len(parts) > 1 else None, ticker["ticker"].upper() if ticker else "EQUITY"
    )


def _parts(path: Path) -> list[Part]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            message, book = (_member(archive, path, part) for part in ("message", "orderbook"))
            if message is None:
                raise TapeError(f"{path}: no message file inside")
            return [_part(path, archive, member) for member in (message, book) if member is not None]
    except _UNREADABLE as error:
        raise TapeError(f"{path}: damaged or truncated archive: {error}") from error


def _member(archive: zipfile.ZipFile, path: Path, part: str) -> zipfile.ZipInfo | None:
    """The archive's one `part` file."""
    names = [name for name in archive.namelist() if f"_{part}_" in name and name.lower().endswith((".csv", ".csv.gz"))]
    if len(names) > 1:
        raise TapeError(f"{path}: {len(names)} {part} files inside, expected one: {', '.join(names[:3])}")
    return archive.getinfo(names[0]) if names else None


def _part(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Part:
    name = f"{path}/{member.filename}"
    if member.compress_type not in _METHODS:
        raise TapeError(f"{name}: packed by method {member.compress_type} of ZIP, expected none or deflate")
    archive.open(member).close()  # which checks what the archive says of it
    file = archive.fp
    assert file is not None, "an archive that is open has its file"
    file.seek(member.header_offset)
    lengths = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    offset = member.header_offset + _LOCAL_HEADER.size + sum(lengths)
    deflated = member.compress_type == zipfile.ZIP_DEFLATED
    return Part(path, name, (offset, member.compress_size, deflated, member.CRC))
