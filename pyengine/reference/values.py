"""What the engine hands out: immutable values with the attributes of their native namesakes."""

from __future__ import annotations

import msgspec

from pyengine.errors import CommandError
from pyengine.records import EVENT, EVENT_LEN, NONE_ID


class Event(msgspec.Struct, frozen=True):
    """One event. Fields and units: `engine_core/docs/semantics.md`, section 4; an unused field has its default."""

    sequence: int
    timestamp_ns: int
    kind: int
    code: int = 0
    side: int = 0
    liquidity: int = 0
    account: int = 0
    account_sequence: int = 0
    instrument: int = NONE_ID
    asset: int = NONE_ID
    order_id: int = 0
    price: int = 0
    quantity: int = 0
    leaves: int = 0
    filled: int = 0
    cash: int = 0
    fee: int = 0
    reference: int = 0

    def __bytes__(self) -> bytes:
        """The 104-byte record."""
        return EVENT.pack(*msgspec.structs.astuple(self))

    @classmethod
    def from_bytes(cls, record: bytes) -> Event:
        """The event of a 104-byte record; `CommandError` for another length."""
        if len(record) != EVENT_LEN:
            raise CommandError(f"an event record has {EVENT_LEN} bytes, not {len(record)}")
        return cls(*EVENT.unpack(record))


class Order(msgspec.Struct, frozen=True):
    """An open order as it stood when asked for."""

    order_id: int
    client_order_id: str
    account: int
    instrument: int
    side: int
    price: int
    quantity: int
    leaves: int
    filled: int
    time_in_force: int
    stp: int
