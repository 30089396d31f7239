"""A journal for people's eyes: its commands with names instead of numbers.

Reads only, and works beside the process that writes the journal. It judges no command; whether the journal is whole is
`verify_journal`'s to say.
"""

from collections.abc import Iterator
from enum import IntEnum
from os import PathLike
from typing import Any, Final

from pyengine._engine_core import read_journal
from pyengine.records import (
    BODIES,
    BODY_OF_KIND,
    COMMAND_LEN,
    HEADER,
    AssetClass,
    CommandKind,
    Header,
    OrderType,
    QuantityKind,
    SelfTradePrevention,
    Side,
    TimeInForce,
)

READ_RECORDS: Final = 65_536
"""Records asked for at a time: 6 MiB."""

_ORDER_TERMS: Final = frozenset(
    ("instrument", "side", "order_type", "time_in_force", "stp", "price", "quantity", "quantity_kind")
)
_UNUSED: Final[dict[int, frozenset[str]]] = {
    CommandKind.CANCEL: _ORDER_TERMS,
    CommandKind.AMEND: _ORDER_TERMS - {"price", "quantity"},
    CommandKind.CANCEL_ALL: _ORDER_TERMS - {"instrument"} | {"order_id", "client_order_id"},
    CommandKind.DEPOSIT: frozenset({"to_account"}),
    CommandKind.REQUEST_WITHDRAWAL: frozenset({"to_account"}),
}
"""Fields of a shared layout that a command does not use: as zeros they would read as a side or an instrument."""

_ENUMS: Final[dict[str, type[IntEnum]]] = {
    "side": Side,
    "order_type": OrderType,
    "time_in_force": TimeInForce,
    "stp": SelfTradePrevention,
    "quantity_kind": QuantityKind,
    "asset_class": AssetClass,
}


def commands(directory: str | PathLike[str], first_sequence: int, limit: int) -> Iterator[dict[str, Any]]:
    """The commands from `first_sequence` on, at most `limit`, each as `describe` gives it. Raises `JournalError`."""
    while limit > 0:
        records = read_journal(directory, first_sequence, min(limit, READ_RECORDS))
        count = len(records) // COMMAND_LEN
        for start in range(0, len(records), COMMAND_LEN):
            yield describe(records[start : start + COMMAND_LEN])
        if count < min(limit, READ_RECORDS):
            return
        first_sequence += count
        limit -= count


def describe(record: bytes) -> dict[str, Any]:
    """The fields a 96-byte command record uses, by name: enumerations as names in lower case, text as text.

    What has no name (a command that was rejected as malformed) stays a number; an unknown kind has only its header.
    """
    header = Header(*HEADER.unpack_from(record))
    fields: dict[str, Any] = header._asdict() | {"kind": _name(CommandKind, header.kind)}
    body = BODY_OF_KIND.get(header.kind)
    if body is None:
        return fields
    values = dict(zip(body._fields, BODIES[body].unpack_from(record, HEADER.size), strict=True))
    for text in ("symbol", "client_order_id"):
        if text in values:
            length = values.pop(f"{text}_len")
            values[text] = repr(values[text][:length])[2:-1]  # escaped: a rejected command may hold anything
    unused = _UNUSED.get(header.kind, frozenset())
    used = {name: value for name, value in values.items() if name not in unused}
    return fields | {name: _name(_ENUMS[name], value) if name in _ENUMS else value for name, value in used.items()}


def _name(names: type[IntEnum], value: int) -> str | int:
    try:
        return names(value).name.lower()
    except ValueError:
        return value
