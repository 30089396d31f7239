"""A journal for people's eyes: its commands with names instead of numbers.

Reads only, and works beside the process that writes the journal. It judges no command; whether the journal is whole is
`verify_journal`'s to say.
"""

from collections.abc import Iterator
from enum import IntEnum
from os import PathLike
from typing import Any, Final

from pyengine._engine_core import read_journal
from pyengine.packing import split, unpack
from pyengine.records import ENUMERATIONS, CommandKind, Header

READ_RECORDS: Final = 65_536
"""Records asked for at a time: at most 6 MiB."""
ENVELOPE: Final = frozenset(("sequence", *Header._fields))
"""What every command has; the rest of what `commands` gives is its kind's own."""


def commands(directory: str | PathLike[str], first_sequence: int, limit: int) -> Iterator[dict[str, Any]]:
    """The commands from `first_sequence` on, at most `limit`, each as `describe` gives it. Raises `JournalError`."""
    while limit > 0:
        wanted = min(limit, READ_RECORDS)
        sequence, records = read_journal(directory, first_sequence, wanted)
        for record in split(records):
            yield {"sequence": sequence} | describe(record)
            sequence += 1
            limit -= 1
            wanted -= 1
        if wanted:
            return
        first_sequence = sequence


def describe(record: bytes) -> dict[str, Any]:
    """The fields of a command record by name: enumerations as names in lower case, text as text, documents in hex.

    What has no name (a command that was rejected as malformed) stays a number; an unknown kind has only its header.
    """
    header, body = unpack(record)
    fields: dict[str, Any] = header._asdict() | {"kind": _name(CommandKind, header.kind)}
    if body is None:
        return fields
    values = body._asdict()
    for text in ("symbol", "client_order_id", "reference"):
        if text in values:
            length = values.pop(f"{text}_len")
            values[text] = repr(values[text][:length])[2:-1]  # escaped: a rejected command may hold anything
    if "document" in values:
        del values["document_len"]
        values["document"] = values["document"].hex()
    return fields | {
        name: _name(ENUMERATIONS[name], value) if name in ENUMERATIONS else value for name, value in values.items()
    }


def _name(names: type[IntEnum], value: int) -> str | int:
    try:
        return names(value).name.lower()
    except ValueError:
        return value
