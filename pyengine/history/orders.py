"""Every order of a journal, with how it ended, as the journal tells it.

What is open is remembered, and each order is passed on when it ends; at last those that are open still. Of an order
that was open in the snapshot that the journal begins at, it is not known when it came.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pyengine._engine_core import JournalFollower
from pyengine.events import EVENT_DTYPES
from pyengine.history.follower import STEP_COMMANDS
from pyengine.history.table import Amount, Kind
from pyengine.records import WORDS, CancelReason, EventKind, Side

COLUMNS: Final = {
    "order_id": Kind.ID,
    "account": Kind.NUMBER,
    "client_order_id": Kind.TEXT,
    "instrument": Kind.TEXT,
    "side": Kind.TEXT,
    "accepted_sequence": Kind.NUMBER,
    "accepted_time": Kind.TIME,
    "price_ticks": Kind.NUMBER,
    "quantity_lots": Kind.NUMBER,
    "filled_lots": Kind.NUMBER,
    "fills": Kind.NUMBER,
    "cash": Kind.AMOUNT,
    "fee": Kind.AMOUNT,
    "status": Kind.TEXT,
    "reason": Kind.TEXT,
    "ended_sequence": Kind.NUMBER,
    "ended_time": Kind.TIME,
    "key": Kind.NUMBER,
}
_FIELDS: Final = {
    EventKind.ACCEPTED: (
        "order_id",
        "sequence",
        "timestamp_ns",
        "account",
        "client_order_id",
        "instrument",
        "side",
        "price",
        "quantity",
        "budget",
    ),
    EventKind.FILL: ("order_id", "sequence", "timestamp_ns", "quantity", "leaves", "cash", "fee"),
    EventKind.CANCELLED: ("order_id", "sequence", "timestamp_ns", "reason"),
    EventKind.AMENDED: ("order_id", "price", "quantity"),
}


@dataclass(slots=True)
class _Order:
    account: int
    client_order_id: str
    instrument: int
    side: int
    accepted: tuple[int, int] | None
    """Sequence and time."""
    price: int
    quantity: int
    """0 of a notional order."""
    budget: int
    """Of a notional order what it may still spend, else 0."""
    filled: int = 0
    fills: int = 0
    cash: int = 0
    fee: int = 0
    key: int | None = None
    """Number of the API key that placed it; None: the venue itself, or not known."""

    def fill(self, quantity: int, cash: int, fee: int) -> None:
        self.filled += quantity
        self.fills += 1
        self.cash += cash
        self.fee += fee
        if self.budget:
            self.budget -= cash + fee


def orders(directory: Path) -> Iterator[tuple[Any, ...]]:
    """Rows of `COLUMNS`, in the order in which the orders ended. `JournalError` if the journal can not be read."""
    journal = JournalFollower(directory)
    end = journal.end()
    book = {} if journal.from_snapshot is None else _open_in(journal)
    shown = _Shown(journal)
    more = True
    while more and journal.sequence < end:
        events, more = journal.advance(min(STEP_COMMANDS, end - journal.sequence))
        shown.learn()
        keys = np.frombuffer(journal.keys(), np.uint32)
        first = journal.sequence + 1 - len(keys)
        for kind, (order_id, *fields) in _in_order(events):
            if kind == EventKind.ACCEPTED:
                sequence, timestamp_ns, account, client_order_id, *terms = fields
                name = client_order_id.decode("ascii")
                instrument, side, price, quantity, budget = terms
                book[order_id] = _Order(
                    account, name, instrument, side, (sequence, timestamp_ns), price, quantity, budget
                )
                book[order_id].key = int(keys[sequence - first]) or None
                continue
            order = book[order_id]
            if kind == EventKind.AMENDED:
                order.price, order.quantity = fields
            elif kind == EventKind.CANCELLED:
                sequence, timestamp_ns, reason = fields
                del book[order_id]
                yield shown.row(order_id, order, "cancelled", CancelReason(reason).name.lower(), sequence, timestamp_ns)
            else:
                sequence, timestamp_ns, quantity, leaves, cash, fee = fields
                is_notional = order.budget > 0
                order.fill(quantity, cash, fee)
                # A notional order has no lots left to tell; one that has spent all of its budget is filled.
                if order.budget == 0 if is_notional else leaves == 0:
                    del book[order_id]
                    yield shown.row(order_id, order, "filled", None, sequence, timestamp_ns)
    for order_id, order in book.items():
        yield shown.row(order_id, order, "open", None, None, None)


def _open_in(journal: JournalFollower) -> dict[int, _Order]:
    book = {}
    for account in range(journal.counts()[2]):
        for each in journal.open_orders(account):
            client_order_id = each.client_order_id
            book[each.order_id] = _Order(
                account, client_order_id, each.instrument, each.side, None, each.price, each.quantity, 0, each.filled
            )
    return book


def _in_order(events: NDArray[np.void]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The events that change orders, each with its kind's fields."""
    rows = {}
    for kind, names in _FIELDS.items():
        of_kind = events[events["kind"] == kind].view(EVENT_DTYPES[kind])
        rows[int(kind)] = zip(*(of_kind[name].tolist() for name in names), strict=True)
    for kind in events["kind"].tolist():
        if kind in rows:
            yield kind, next(rows[kind])


class _Shown:
    """Orders as rows, with symbols and amounts."""

    def __init__(self, journal: JournalFollower) -> None:
        self._journal = journal
        self.learn()

    def learn(self) -> None:
        """Takes in what was listed meanwhile."""
        decimals = [decimals for _, _, decimals, _ in self._journal.assets()]
        self._instruments = [(symbol, decimals[quote]) for symbol, _, quote, *_ in self._journal.instruments()]

    def row(
        self,
        order_id: int,
        order: _Order,
        status: str,
        reason: str | None,
        sequence: int | None,
        timestamp_ns: int | None,
    ) -> tuple[Any, ...]:
        symbol, decimals = self._instruments[order.instrument]
        money = Amount(order.cash, decimals), Amount(order.fee, decimals)
        who = order_id, order.account, order.client_order_id, symbol, WORDS[Side][order.side]
        accepted = order.accepted or (None, None)
        lots = order.price, order.quantity or order.filled, order.filled, order.fills
        return *who, *accepted, *lots, *money, status, reason, sequence, timestamp_ns, order.key
