"""Command records as bytes: made, taken apart, told from one another. What the bytes mean is not judged here.

The layouts are those of `engine_core/docs/semantics.md`, section 3. A record may well hold a command that will be
rejected; only a number that its field cannot hold, and bytes that are no record, are refused, with `CommandError`.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pyengine.errors import CommandError
from pyengine.records import (
    BODIES,
    BODY_LENGTHS,
    BODY_OF_KIND,
    ENTRIES,
    HEADER,
    HEADER_LEN,
    MAX_COMMAND_LEN,
    TAILS,
    Body,
    CommandKind,
    Entries,
    Header,
    Tail,
)

ORDER_ENTRY_KINDS: Final = (
    CommandKind.PLACE,
    CommandKind.CANCEL,
    CommandKind.AMEND,
    CommandKind.CANCEL_ALL,
    CommandKind.CANCEL_REPLACE,
)
"""What a row of `ORDER_ENTRY_DTYPE` can be."""

DOCUMENT_WORD: Final = 8
"""Bytes of a word of a document."""

_LIMITS: Final = {
    "B": (0, 2**8 - 1),
    "H": (0, 2**16 - 1),
    "I": (0, 2**32 - 1),
    "Q": (0, 2**64 - 1),
    "i": (-(2**31), 2**31 - 1),
    "q": (-(2**63), 2**63 - 1),
}


def text(value: str) -> tuple[int, bytes]:
    """Length byte and characters. What is too long keeps its true length (up to 255), and the engine will reject it."""
    encoded = value.encode()
    return min(len(encoded), 255), encoded


def octets(field: str, value: bytes, length: int) -> bytes:
    """Bytes of one length. `CommandError`, naming the field, for another."""
    if len(value) != length:
        raise CommandError(f"{field}: {len(value)} bytes, where there are {length}")
    return bytes(value)


def document_words(document: bytes) -> int:
    """The byte that counts a document's words. Too many keep their count, up to 255, and the engine rejects them."""
    if len(document) % DOCUMENT_WORD:
        raise CommandError(f"document: {len(document)} bytes are not a multiple of {DOCUMENT_WORD}")
    return min(len(document) // DOCUMENT_WORD, 255)


def pack(kind: int, account: int, body: Body, timestamp_ns: int | None = None, key: int = 0) -> bytes:
    """A command record, in the oldest version that can say it. Without a timestamp the engine keeps its last one.

    Raises `CommandError`, naming field and limits, for a number that its field cannot hold.
    """
    layout = BODIES[type(body)]
    values: list[Any] = list(body)
    tail = b""
    if type(body) in ENTRIES:
        *values, entries = values
        tail = _entries_bytes(ENTRIES[type(body)], entries)
    if type(body) in TAILS:
        *values, behind = values
        tail = _tail_bytes(TAILS[type(body)], behind)
    _check_range(layout, body._fields, values)
    fixed = layout.pack(*values)
    version, length = oldest_version(type(body), fixed)
    header = Header(
        HEADER_LEN + length + len(tail), kind, version, 0, key, account, 0 if timestamp_ns is None else timestamp_ns
    )
    _check_range(HEADER, Header._fields, header)
    return HEADER.pack(*header) + fixed[:length] + tail


class Record(NamedTuple):
    """A record taken apart; `body` is `None` for an unknown kind."""

    header: Header
    body: Body | None


def unpack(record: bytes) -> Record:
    """Takes one whole record apart; `CommandError` if it is none."""
    header = _header(record, 0)
    if header.length != len(record):
        raise CommandError(f"a record of {header.length} bytes in {len(record)}")
    body_type = BODY_OF_KIND.get(header.kind)
    if body_type is None:
        return Record(header, None)
    layout, length = BODIES[body_type], BODY_LENGTHS[body_type][header.version - 1]
    fixed = record[HEADER_LEN : HEADER_LEN + length]
    values = list(layout.unpack(fixed.ljust(layout.size, b"\0")))
    if body_type in TAILS:
        values.append(record[HEADER_LEN + length :])
    if body_type in ENTRIES:
        entry, layout, _, _ = ENTRIES[body_type]
        values.append(tuple(map(entry._make, layout.iter_unpack(record[HEADER_LEN + length :]))))
    return Record(header, body_type(*values))


def split(records: bytes) -> Iterator[bytes]:
    """The records that lie back to back in `records`; `CommandError`, naming the offset, where there is none."""
    offset = 0
    while offset < len(records):
        length = _header(records, offset).length
        yield records[offset : offset + length]
        offset += length


def rows(entries: NDArray[np.void]) -> Iterator[bytes]:
    """The record of each row of `ORDER_ENTRY_DTYPE`; `CommandError`, naming the row, for a kind that is no order entry.

    Fields that the kind does not have are left out; zeros behind a client order id are not part of it.
    """
    for number, row in enumerate(entries.ravel()):
        values = dict(zip(entries.dtype.names or (), row.item(), strict=True))
        if values["kind"] not in ORDER_ENTRY_KINDS:
            raise CommandError(f"row {number}: kind {values['kind']} is no order entry")
        values["client_order_id_len"] = len(values["client_order_id"])
        body_type = BODY_OF_KIND[values["kind"]]
        body = body_type(**{field: values[field] for field in body_type._fields})
        yield pack(values["kind"], values["account"], body, values["timestamp_ns"], values["key"])


def _header(records: bytes, offset: int) -> Header:
    """The header at an offset, once the record that it begins is known to be one."""
    where = f"command record at byte {offset}"
    left = len(records) - offset
    if left < HEADER_LEN:
        raise CommandError(f"{where}: {left} bytes, a header has {HEADER_LEN}")
    header = Header(*HEADER.unpack_from(records, offset))
    longest = min(left, MAX_COMMAND_LEN)
    if header.length % 8 or not HEADER_LEN <= header.length <= longest:
        raise CommandError(f"{where}: length {header.length} is not a multiple of 8 from {HEADER_LEN} to {longest}")
    if header.flags:
        raise CommandError(f"{where}: unknown flags {header.flags:#x}")
    body_type = BODY_OF_KIND.get(header.kind)
    if body_type is None:
        return header
    versions = BODY_LENGTHS[body_type]
    if not 1 <= header.version <= len(versions):
        raise CommandError(f"{where}: version {header.version} of kind {header.kind}; known are 1 to {len(versions)}")
    expected = HEADER_LEN + versions[header.version - 1]
    if body_type in TAILS and header.length >= expected:
        tail = TAILS[body_type]
        expected += _padded(min(_counted(records, offset, tail, expected), tail.most) * tail.size)
    if body_type in ENTRIES and header.length >= expected:
        _, layout, counted_at, most = ENTRIES[body_type]
        expected += min(records[offset + HEADER_LEN + counted_at], most) * layout.size
    if header.length != expected:
        raise CommandError(f"{where}: length {header.length}, kind {header.kind} here has {expected}")
    return header


def _counted(records: bytes, offset: int, tail: Tail, fixed: int) -> int:
    """What a record says of the parts behind its body. One of a version without that, of `fixed` bytes, has none."""
    at = HEADER_LEN + tail.counted_at
    return records[offset + at] if at < fixed else 0


def _padded(length: int) -> int:
    return (length + 7) // 8 * 8


def _tail_bytes(tail: Tail, behind: bytes) -> bytes:
    kept = behind[: tail.most * tail.size]
    return kept.ljust(_padded(len(kept)), b"\0")


def _entries_bytes(kind: Entries, entries: Iterable[Any]) -> bytes:
    """The entries behind a body. Those beyond the most there can be are left out: the count tells it."""
    kept = list(entries)[: kind.most]
    for entry in kept:
        _check_range(kind.layout, kind.entry._fields, entry)
    return b"".join(kind.layout.pack(*entry) for entry in kept)


def oldest_version(body_type: type[Any], fixed: bytes) -> tuple[int, int]:
    """Version and body bytes without the appended fields at the end that are 0."""
    lengths = BODY_LENGTHS[body_type]
    version = len(lengths)
    while version > 1 and not any(fixed[lengths[version - 2] :]):
        version -= 1
    return version, lengths[version - 1]


@cache
def _codes(layout_format: str) -> list[str]:
    """The code of each field; padding has none."""
    return re.findall(r"(?:\d*)([BHIQiqs])", re.sub(r"\d+x", "", layout_format))


def _check_range(layout: struct.Struct, names: tuple[str, ...], values: Iterable[Any]) -> None:
    for name, value, code in zip(names, values, _codes(layout.format), strict=False):
        if code == "s":
            continue
        if not isinstance(value, int):
            raise CommandError(f"{name} is {value!r}, not a whole number")
        low, high = _LIMITS[code]
        if not low <= value <= high:
            raise CommandError(f"{name} is {value}, outside {low} to {high}")
