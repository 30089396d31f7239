"""What all events have in common, and how an event becomes its record and is made of it.

The kinds, with their fields and layouts, are in `pyengine.events`, which is written from the vocabulary and enters each
of them in `KINDS`. Bytes: `engine_core/docs/semantics.md`, section 4.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

import msgspec

from pyengine.errors import CommandError

EVENT_LEN: Final = 136
_KIND_OFFSET: Final = 28


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """The header of an event; every kind is a subclass with the fields that are its own."""

    KIND: ClassVar[int] = 0
    LAYOUT: ClassVar[struct.Struct]
    SMALL: ClassVar[int] = 0
    """One-byte fields of the kind, which lie in front of the length of the client order id."""

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
