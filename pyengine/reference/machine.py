"""What every rule works on: the state, its limits, and the events of the command so far.

It knows no rule and no command. The rules are functions over it, in a file per family of commands as in the core.
"""

from __future__ import annotations

from pyengine.records import CLIENT_ID_WINDOW, MAX_ACCOUNTS, MAX_INSTRUMENTS, MAX_OPEN_ORDERS, EventKind
from pyengine.reference.state import State, find
from pyengine.reference.values import Event


class Machine:
    """State and output. Some limits are class attributes, so that a test can reach one without a million commands."""

    max_accounts = MAX_ACCOUNTS
    max_instruments = MAX_INSTRUMENTS
    max_open_orders = MAX_OPEN_ORDERS
    client_id_window = CLIENT_ID_WINDOW

    def __init__(self) -> None:
        self.state = State.genesis()
        self._events: list[Event] = []

    def emit(self, kind: EventKind, account_id: int, **fields: int) -> None:
        """One event of the command that is being applied; it is numbered for its account, if there is one."""
        account = find(self.state.accounts, account_id)
        if account is not None:
            account.sequence += 1
        self._events.append(
            Event(
                self.state.sequence,
                self.state.timestamp_ns,
                kind,
                account=account_id,
                account_sequence=0 if account is None else account.sequence,
                **fields,
            )
        )
