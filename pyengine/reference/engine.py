"""The state machine of the rule book (`engine_core/docs/semantics.md`): a command in, events out, nothing else.

Every kind of command has one function, in the file of its family as in the core. It first asks its rules in their
order, each with its rejection code, and then, below an empty line, does what the command says. Nothing has changed
when a rule rejects. The engine reads no clock and does no IO; it is neither fast nor thread-safe.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyengine.errors import CommandError
from pyengine.records import (
    BODIES,
    BODY_OF_KIND,
    COMMAND_LEN,
    HEADER,
    HEADER_LEN,
    VENUE_ACCOUNT,
    CommandKind,
    EventKind,
    Header,
    RejectCode,
)
from pyengine.reference import image, money, order_entry, reference_data
from pyengine.reference.calls import CommandCalls
from pyengine.reference.machine import Machine
from pyengine.reference.queries import Queries
from pyengine.reference.values import Event

if TYPE_CHECKING:
    from typing_extensions import Buffer

Rules: TypeAlias = Callable[[Machine, int, Any], RejectCode | None]
"""Applies a command of an account, given its body, or says why not."""

RULES_OF_KIND: Final[dict[int, Rules]] = {
    CommandKind.PLACE: order_entry.place,
    CommandKind.CANCEL: order_entry.cancel,
    CommandKind.AMEND: order_entry.amend,
    CommandKind.CANCEL_ALL: order_entry.cancel_all,
    CommandKind.CREATE_ASSET: reference_data.create_asset,
    CommandKind.CREATE_INSTRUMENT: reference_data.create_instrument,
    CommandKind.CREATE_ACCOUNT: reference_data.create_account,
    CommandKind.SET_FEE_SCHEDULE: reference_data.set_fee_schedule,
    CommandKind.HALT: reference_data.halt,
    CommandKind.RESUME: reference_data.resume,
    CommandKind.DEPOSIT: money.deposit,
    CommandKind.REQUEST_WITHDRAWAL: money.request_withdrawal,
    CommandKind.SETTLE_WITHDRAWAL: money.settle_withdrawal,
    CommandKind.CANCEL_WITHDRAWAL: money.cancel_withdrawal,
    CommandKind.TRANSFER: money.transfer,
}

_VENUE_COMMANDS = frozenset(
    {
        CommandKind.CREATE_ASSET,
        CommandKind.CREATE_INSTRUMENT,
        CommandKind.CREATE_ACCOUNT,
        CommandKind.SET_FEE_SCHEDULE,
        CommandKind.HALT,
        CommandKind.RESUME,
    }
)


class Engine(Machine, CommandCalls, Queries):
    """The reference engine. Interface, units and errors: `pyengine/_engine_core.pyi`; `check` is its own."""

    def apply(self, command: Buffer) -> list[Event]:
        """One 96-byte command record; its sequence is ignored, a timestamp of 0 keeps the last.

        `CommandError` for another length.
        """
        record = bytes(command)
        if len(record) != COMMAND_LEN:
            raise CommandError(f"a command record has {COMMAND_LEN} bytes, not {len(record)}")
        self._events = []
        self._apply(record)
        return self._events

    def apply_batch(self, commands: Buffer) -> bytes:
        """Command records back to back; returns event records back to back.

        `CommandError` if the length is no multiple of 96.
        """
        records = bytes(commands)
        if len(records) % COMMAND_LEN:
            raise CommandError(f"{len(records)} bytes are no multiple of a command record's {COMMAND_LEN}")
        self._events = []
        for start in range(0, len(records), COMMAND_LEN):
            self._apply(records[start : start + COMMAND_LEN])
        return b"".join(map(bytes, self._events))

    def _apply(self, record: bytes) -> None:
        header = Header._make(HEADER.unpack_from(record))
        self.state.sequence += 1
        self.state.timestamp_ns = max(self.state.timestamp_ns, header.timestamp_ns)
        rules = RULES_OF_KIND.get(header.kind)
        if rules is None:
            self.emit(EventKind.REJECTED, header.account, code=RejectCode.MALFORMED)
            return
        body_type = BODY_OF_KIND[header.kind]
        body = body_type._make(BODIES[body_type].unpack_from(record, HEADER_LEN))
        code = rules(self, header.account, body)
        if code is not None:
            account = VENUE_ACCOUNT if header.kind in _VENUE_COMMANDS else header.account
            self.emit(EventKind.REJECTED, account, code=code, **_echo(header.kind, body))

    def state_hash(self) -> bytes:
        """SHA-256 of the state image."""
        return hashlib.sha256(self.state_image()).digest()

    def state_image(self) -> bytes:
        """The canonical state image."""
        return image.encode(self.state)

    @classmethod
    def restore(cls, state_image: Buffer) -> Engine:
        """The engine whose state image this is. `SnapshotError` otherwise."""
        engine = cls()
        engine.state = image.decode(bytes(state_image))
        return engine

    def check(self) -> None:
        """Asserts conservation, holds, slots and uncrossed books; costs time in proportion to the whole state."""
        self.state.check()


def _echo(kind: int, body: Any) -> dict[str, int]:
    """What a rejection repeats of its command."""
    match kind:
        case CommandKind.PLACE | CommandKind.CANCEL_ALL:
            return {"instrument": body.instrument}
        case CommandKind.CANCEL | CommandKind.AMEND:
            return {"order_id": body.order_id}
        case CommandKind.DEPOSIT | CommandKind.REQUEST_WITHDRAWAL | CommandKind.TRANSFER:
            return {"asset": body.asset}
        case CommandKind.SETTLE_WITHDRAWAL | CommandKind.CANCEL_WITHDRAWAL:
            return {"reference": body.withdrawal_id}
        case _:
            return {}
