"""What every rule works on: the state, its limits, and the events of the command so far.

It knows no rule and no command. The rules are functions over it, in a file per family of commands as in the core.
"""

from __future__ import annotations

from typing import Any

from pyengine.errors import CommandError
from pyengine.events import Event
from pyengine.records import (
    DEFAULT_MAX_OPEN_ORDERS,
    MAX_ACCOUNTS,
    MAX_ASSETS,
    MAX_FREEZES,
    MAX_INSTRUMENTS,
    MAX_OPEN_ORDERS,
    MAX_REFERENCES,
    MAX_REGISTRATIONS,
    SHARD_BITS,
)
from pyengine.reference.client_ids import KEY_LEN
from pyengine.reference.state import State, find


class Machine:
    """State and output. Some limits are class attributes, so that a test can reach one without a million commands."""

    max_accounts = MAX_ACCOUNTS
    max_assets = MAX_ASSETS
    max_instruments = MAX_INSTRUMENTS
    max_references = MAX_REFERENCES
    max_freezes = MAX_FREEZES
    max_registrations = MAX_REGISTRATIONS

    def __init__(
        self,
        shard: int = 0,
        max_open_orders: int = DEFAULT_MAX_OPEN_ORDERS,
        client_id_key: bytes = bytes(KEY_LEN),
    ) -> None:
        last_shard = (1 << SHARD_BITS) - 1
        if not 0 <= shard <= last_shard:
            raise CommandError(f"shard is {shard}, outside 0 to {last_shard}")
        if not 1 <= max_open_orders <= MAX_OPEN_ORDERS:
            raise CommandError(f"max_open_orders is {max_open_orders}, outside 1 to {MAX_OPEN_ORDERS}")
        if len(client_id_key) != KEY_LEN:
            raise CommandError(f"client_id_key: {len(client_id_key)} bytes, a key has {KEY_LEN}")
        self.state = State.genesis(shard, max_open_orders, client_id_key)
        self.events: list[Event] = []
        """Of the command that is being applied, so far."""

    def emit(self, kind: type[Event], account_id: int, **fields: Any) -> None:
        """One event of the command that is being applied; it is numbered for its account, if there is one."""
        account = find(self.state.accounts, account_id)
        if account is not None:
            account.sequence += 1
        header = {
            "sequence": self.state.sequence,
            "timestamp_ns": self.state.timestamp_ns,
            "account_sequence": 0 if account is None else account.sequence,
            "account": account_id,
        }
        self.events.append(kind(**header, **fields))
