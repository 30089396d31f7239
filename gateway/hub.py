"""What the gateway needs from the native hub (`pyengine._engine_core.Hub`), as a protocol.

The hub owns the engine, the journal and the hot path: frames, decoding, sequencing, reports and market data. The
gateway owns sockets and every decision about who may do what. All calls come from one thread, the event loop's.
"""

from pathlib import Path
from typing import Any, Protocol, TypeAlias

from pyengine._engine_core import Order

Output: TypeAlias = bytes | list[bytes] | None
"""One session's durable output: websocket frames; MessagePack payloads of a text session; None if it overflowed."""

FeeRates: TypeAlias = tuple[int, int, list[tuple[int, int, int]]]
"""(maker, taker, tiers); a tier is (notional, maker, taker)."""
Action: TypeAlias = tuple[int, int, int, int, int, int | None, int, int, list[tuple[int, int, int, int]], int, int]
"""As `Hub.actions` of the core says it."""
FeeTable: TypeAlias = tuple[int, int | None, int, FeeRates | None]
"""(schedule, instrument of an override, when it becomes effective or 0 for now, rates unless the override ends)."""


class Hub(Protocol):
    """Ids are dense integers of the engine; times nanoseconds; payloads MessagePack."""

    @property
    def sequence(self) -> int:
        """Sequence of the last applied command."""

    @property
    def durable_sequence(self) -> int:
        """Sequence of the last command that is as durable as the journal's setting promises."""

    @property
    def timestamp_ns(self) -> int:
        """Time of the last applied command."""

    @property
    def trade_date(self) -> int:
        """The current one, as eight digits; 0 before the first."""

    def fileno(self) -> int:
        """An eventfd, readable when `poll` has something; -1 without a journal: there `commit` is all it takes."""

    def pulse(self, now_ns: int) -> int | None:
        """Gives the engine its time if that has come; returns when it wants the next, if it does."""

    def open_session(self) -> int:
        """A new session's number."""

    def authorize(self, session: int, key: int, account: int, can_trade: bool, text: bool) -> None:
        """Binds the session to an account: hot messages are carried out, reports flow."""

    def set_limits(self, key: int, orders: tuple[int, int], requests: tuple[int, int]) -> None:
        """The key's allowances of hot messages and of all else, over all its sessions: (rate per second, burst)."""

    def admit(self, key: int, now_ns: int) -> bool:
        """Charges a logon to the key; False if its allowance of requests is used up."""

    def close_session(self, session: int) -> None:
        """Forgets the session and its output."""

    def receive(self, session: int, data: bytes, now_ns: int) -> list[tuple[int, bytes, bool]]:
        """Carries out hot messages; returns the frames (opcode, payload, granted) for Python, a bounded number.

        A frame that is not granted is over the key's allowance, and to be refused. Call again with b"" until nothing is
        returned: what follows those frames waits for that. `WireError` when the connection must be closed.
        """

    def message(self, session: int, payload: bytes, now_ns: int) -> bool:
        """One hot message; False if it is none."""

    def submit(self, session: int, ref: int, command: bytes, now_ns: int) -> bytes:
        """One command record; session -1: nobody is answered. Returns the record of its first event."""

    def send(self, session: int, payload: bytes) -> None:
        """Output for the session, after everything before it."""

    def subscribe(self, session: int, channel: int, instrument: int) -> None:
        """Starts a channel, snapshot first."""

    def next_part(self, session: int, instrument: int) -> bool:
        """The next part of a level 3 book, if there is one; False without a subscription to it."""

    def unsubscribe(self, session: int, channel: int, instrument: int) -> None:
        """Ends a channel."""

    def replay(self, session: int, ref: int, from_account_seq: int) -> None:
        """Reports from the ring, then `replayed`."""

    def commit(self) -> bool:
        """Ends a group; hands it to the journal if that is idle."""

    def poll(self) -> list[tuple[int, Output]]:
        """Durable output by session. `JournalFailedError` after a failed write."""

    def backlog(self) -> list[int]:
        """Sessions whose input waits for the journal."""

    def close(self) -> tuple[Path | None, str | None]:
        """Makes everything durable, leaves a snapshot, ends the journal: the snapshot's path, or why there is none."""

    def balance(self, account: int, asset: int) -> tuple[int, int]:
        """(available, held)."""

    def balances(self, account: int) -> list[tuple[int, int, int]]:
        """(asset, available, held) of all that is not zero, by asset."""

    def issued(self, asset: int) -> int:
        """Deposits less settled withdrawals, and minted less burned."""

    def total(self, asset: int) -> int:
        """Sum over all accounts."""

    def open_orders_page(self, account: int, after: int, limit: int) -> tuple[list[Order], bool]:
        """By ascending id, those beyond `after`; whether there are more than `limit`."""

    def counts(self) -> tuple[int, int, int, int]:
        """(assets, instruments, accounts, open orders)."""

    def account_sequence(self, account: int) -> int:
        """The account's last report."""

    def max_in_flight(self, account: int) -> int:
        """How many orders of the account may be unanswered."""

    def account(self, account: int) -> tuple[int, int, int, int, int, int, int]:
        """What is set of it, and what it has open.

        (fee schedule, most open orders, client id window, group, most open notional, open orders, pending withdrawals).
        """

    def pending_withdrawals(
        self, account: int | None, first: int, limit: int
    ) -> tuple[list[tuple[int, int, int, int]], bool]:
        """(id, account, asset, amount) by ascending id from `first` on; whether there are more than `limit`."""

    def backing(self) -> list[dict[str, Any]]:
        """What stands behind each asset with terms, by asset."""

    def attestors(self) -> list[tuple[bytes, int]]:
        """(public key, status) by number."""

    def refiners(self) -> list[tuple[str, int]]:
        """(code, status) by number."""

    def redemptions(
        self, account: int | None, first: int, limit: int
    ) -> tuple[list[tuple[int, int, int, int, int, int, int]], bool]:
        """(id, account, asset, asked, amount, fee, bar) by ascending id from `first` on; whether there are more."""

    def bars(self, first: int, limit: int) -> tuple[list[tuple[int, int, int, str, str, int, int, bool]], bool]:
        """(number, asset, refiner, serial, vault, gross, fine, free) from `first` on; whether there are more."""

    def pegs(self) -> list[tuple[int, int, int, int, int, int, int, bool]]:
        """(asset, band, haircut, source, value, source of the value, observed at, outside) by asset."""

    def account_fee_schedule(self, account: int) -> int:
        """The account's fee schedule."""

    def fee_schedules(self) -> list[FeeRates]:
        """By id."""

    def fee_tables(self) -> list[FeeTable]:
        """All schedules, all overrides, then what waits."""

    def holders_page(self, first: int, limit: int) -> tuple[list[tuple[int, str, int, int, int, bool]], bool]:
        """(account, jurisdiction, investor class, verified_until, firm, frozen) by account; whether there are more."""

    def eligibility(self) -> list[tuple[int | None, int | None, int, int, int, list[str], int, int]]:
        """Every table: of an asset or an instrument, its classes, verification, jurisdictions, holding and lock-up."""

    def frozen_assets(self) -> list[int]:
        """The assets that are frozen."""

    def freezes(self) -> list[tuple[int, int, int, int]]:
        """(account, asset, until, amount) of every freeze of units."""

    def beneficial(self, account: int) -> list[tuple[int, int, int]]:
        """(asset, beneficial holder, units) that are registered of an account."""

    def actions(self) -> list[Action]:
        """Corporate actions that are announced or run, by id."""

    def keys(self) -> list[tuple[int, int, bytes]]:
        """(account, when it expires or 0, document) of each API key, by id from 1; revoked ones have no document."""

    def assets(self) -> list[tuple[str, int, int, int]]:
        """(symbol, class, decimals, min_withdrawal) by id."""

    def instruments(self) -> list[tuple[str, int, int, int, int, int, int, bool, int]]:
        """(symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, halted, phase) by id."""

    def asset(self, asset: int) -> tuple[str, int, int, int]:
        """(symbol, class, decimals, min_withdrawal)."""

    def instrument(self, instrument: int) -> tuple[str, int, int, int, int, int, int, bool, int]:
        """(symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, halted, phase)."""

    def state_hash(self) -> bytes:
        """SHA-256 of the state image."""

    def snapshot(self) -> object:
        """Writes a snapshot and returns its path. `JournalError` if there is no journal or the write fails."""

    def told(self) -> tuple[list[int], list[int], list[int]]:
        """(events by kind, rejections by code, fills by instrument) since the start."""

    def most_traded(self, limit: int) -> list[int]:
        """Instruments with most fills since the start, then those listed first, at most `limit`; ascending."""

    def last_trades(self) -> list[tuple[int, int, int, int]]:
        """The last ones, oldest first: (instrument, timestamp_ns, price, quantity)."""

    def journal_times(self) -> tuple[tuple[list[int], int], tuple[list[int], int]] | None:
        """(writes, syncs) since the start, each (counts by bucket, sum in nanoseconds). None without a journal."""

    def depth(self, instrument: int, levels: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """(bids, asks), best first, each (price, quantity, orders)."""

    def stats(self) -> dict[str, int]:
        """Counters and gauges by name."""
