"""What all events have in common, how an event becomes its record and is made of it, and how it reads.

The kinds, with their fields and layouts, are in `pyengine.events`, which is written from the vocabulary and enters each
of them in `KINDS`. Bytes: `engine_core/docs/semantics.md`, section 4.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import msgspec

from pyengine.errors import CommandError
from pyengine.records import NONE_ID, WORDS, CommandKind, EventKind

if TYPE_CHECKING:
    from pyengine._engine_core import Engine
    from pyengine._engine_core import Event as NativeEvent

EVENT_LEN: Final = 136
_KIND_OFFSET: Final = 28
_FIRST: Final = ("reason", "side", "liquidity")
"""Fields that a line begins with, and which need no name there."""
_IDS: Final = ("instrument", "asset")
"""Fields that have a symbol."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The header of an event; every kind is a subclass with the fields that are its own."""

    KIND: ClassVar[int] = 0
    LAYOUT: ClassVar[struct.Struct]
    SMALL: ClassVar[int] = 0
    """One-byte fields of the kind, which lie in front of the length of the client order id."""
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {}
    """Fields of the kind that are one of these."""

    sequence: int = 0
    """Of the command."""
    timestamp_ns: int = 0
    """Of the command."""
    account_sequence: int = 0
    """Of the account's events, from 1; 0 if there is no such account."""
    account: int = 0
    """Whose event it is."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """A field of the event's kind; any other is an `AttributeError`."""

    @property
    def kind(self) -> int:
        """What happened, an `EventKind`."""
        return self.KIND

    def __str__(self) -> str:
        """The event as a line; `repr` is exact."""
        return line(self)

    def __bytes__(self) -> bytes:
        """The record of 136 bytes."""
        values = [getattr(self, name) for name in self.__struct_fields__]
        values.insert(4, self.KIND)
        if self.__struct_fields__[-1] == "client_order_id":
            text = values.pop().encode("ascii")
            values.insert(5 + self.SMALL, len(text))
            values.append(text)
        return self.LAYOUT.pack(*values)

    @classmethod
    def from_bytes(cls, record: bytes) -> Event:
        """The event of a record; `CommandError` for another length or an unknown kind."""
        if len(record) != EVENT_LEN:
            raise CommandError(f"an event record has {EVENT_LEN} bytes, not {len(record)}")
        kind = KINDS.get(record[_KIND_OFFSET])
        if kind is None:
            raise CommandError(f"an event of unknown kind {record[_KIND_OFFSET]}")
        return kind._read(record)

    @classmethod
    def _read(cls, record: bytes) -> Self:
        values = list(cls.LAYOUT.unpack(record))
        del values[4]
        if cls.__struct_fields__[-1] == "client_order_id":
            length = values.pop(4 + cls.SMALL)
            values[-1] = values[-1][:length].decode("ascii")
        return cls(**dict(zip(cls.__struct_fields__, values, strict=True)))


KINDS: Final[dict[int, type[Event]]] = {}
"""The class of each kind of event, once `pyengine.events` has been imported."""


def line(event: Event | NativeEvent, engine: Engine | None = None) -> str:
    """An event for people: `REJECTED insufficient_funds buy XAU-USDC quantity=500 account=2 sequence=9`.

    Its kind, then the fields that are in use, enumerations in the words of the wire. Prices, quantities and amounts are
    ticks, lots and smallest units: an event does not know its scales. Nor does it know symbols; an engine does.
    """
    kind = KINDS[event.kind]
    fields = kind.__struct_fields__[len(Event.__struct_fields__) :]
    used = {name: text for name in fields if (text := _text(kind, name, getattr(event, name)))}
    words = [used.pop(name) for name in _FIRST if name in used]
    symbols = {name: _symbol(engine, name, getattr(event, name)) for name in _IDS if name in used}
    words += [symbol for name, symbol in symbols.items() if symbol and used.pop(name)]
    named = used | {"account": str(event.account), "sequence": str(event.sequence)}
    return " ".join([EventKind(event.kind).name, *words, *(f"{name}={text}" for name, text in named.items())])


def _text(kind: type[Event], name: str, value: Any) -> str:
    """What a field says; empty if it says nothing."""
    if name in kind.ENUMERATED:
        enumeration = kind.ENUMERATED[name]
        return "" if enumeration(value).name == "NONE" else WORDS[enumeration][value]
    if name == "command":
        return CommandKind(value).name.lower()
    if name == "client_order_id":
        return repr(value) if " " in value else str(value)
    return "" if value == (NONE_ID if name in _IDS else 0) else str(value)


def _symbol(engine: Engine | None, name: str, number: int) -> str:
    """The symbol of an instrument or an asset; empty if there is nobody to ask."""
    if engine is None:
        return ""
    rows = engine.instruments() if name == "instrument" else engine.assets()
    return rows[number][0] if number < len(rows) else ""
