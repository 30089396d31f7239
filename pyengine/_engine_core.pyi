"""Types of the native core. The Rust side is `engine_core/src/python/`; a test compares the two.

Its exceptions are the classes of `pyengine.errors`.
"""

from collections.abc import Buffer
from typing import Final, final

SEMANTICS_VERSION: Final[int]
DEBUG_BUILD: Final[bool]

@final
class Event:
    """One event, immutable. Fields and units: `engine_core/docs/semantics.md`, section 4."""

    @property
    def sequence(self) -> int: ...
    @property
    def timestamp_ns(self) -> int: ...
    @property
    def kind(self) -> int: ...
    @property
    def code(self) -> int: ...
    @property
    def side(self) -> int: ...
    @property
    def liquidity(self) -> int: ...
    @property
    def account(self) -> int: ...
    @property
    def account_sequence(self) -> int: ...
    @property
    def instrument(self) -> int: ...
    @property
    def asset(self) -> int: ...
    @property
    def order_id(self) -> int: ...
    @property
    def price(self) -> int: ...
    @property
    def quantity(self) -> int: ...
    @property
    def leaves(self) -> int: ...
    @property
    def filled(self) -> int: ...
    @property
    def cash(self) -> int: ...
    @property
    def fee(self) -> int: ...
    @property
    def reference(self) -> int: ...
    def __bytes__(self) -> bytes:
        """The 104-byte record."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Order:
    """An open order as it stands now, immutable."""

    @property
    def order_id(self) -> int: ...
    @property
    def client_order_id(self) -> str: ...
    @property
    def account(self) -> int: ...
    @property
    def instrument(self) -> int: ...
    @property
    def side(self) -> int: ...
    @property
    def price(self) -> int: ...
    @property
    def quantity(self) -> int: ...
    @property
    def leaves(self) -> int: ...
    @property
    def filled(self) -> int: ...
    @property
    def time_in_force(self) -> int: ...
    @property
    def stp(self) -> int: ...

@final
class Engine:
    """The deterministic engine, in memory. Every command method returns the events it caused, in order.

    Times are nanoseconds since the Unix epoch. A command without `timestamp_ns` keeps the last one; an
    earlier one than the last is raised to it, so that time never runs backwards. Rejections are events, not exceptions.
    """

    def __init__(self) -> None: ...
    # reference data
    def create_asset(
        self, asset: int, symbol: str, asset_class: int, decimals: int, *, timestamp_ns: int | None = None
    ) -> list[Event]: ...
    def create_instrument(
        self,
        instrument: int,
        symbol: str,
        base: int,
        quote: int,
        *,
        lot_size: int,
        tick_lot_value: int,
        max_price: int,
        collar_bps: int = 500,
        timestamp_ns: int | None = None,
    ) -> list[Event]: ...
    def create_account(self, account: int, *, fee_schedule: int = 0, timestamp_ns: int | None = None) -> list[Event]: ...
    def set_fee_schedule(
        self, fee_schedule: int, maker_rate: int, taker_rate: int, *, timestamp_ns: int | None = None
    ) -> list[Event]: ...
    def halt(self, instrument: int, *, timestamp_ns: int | None = None) -> list[Event]: ...
    def resume(self, instrument: int, *, timestamp_ns: int | None = None) -> list[Event]: ...
    # money
    def deposit(self, account: int, asset: int, amount: int, *, timestamp_ns: int | None = None) -> list[Event]: ...
    def request_withdrawal(
        self, account: int, asset: int, amount: int, *, timestamp_ns: int | None = None
    ) -> list[Event]: ...
    def settle_withdrawal(
        self, account: int, withdrawal_id: int, *, timestamp_ns: int | None = None
    ) -> list[Event]: ...
    def cancel_withdrawal(
        self, account: int, withdrawal_id: int, *, timestamp_ns: int | None = None
    ) -> list[Event]: ...
    def transfer(
        self, account: int, to_account: int, asset: int, amount: int, *, timestamp_ns: int | None = None
    ) -> list[Event]: ...
    # orders
    def place(
        self,
        account: int,
        instrument: int,
        side: int,
        price: int,
        quantity: int,
        *,
        order_type: int = 0,
        time_in_force: int = 0,
        stp: int = 0,
        quantity_kind: int = 0,
        client_order_id: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]: ...
    def cancel(
        self, account: int, *, order_id: int = 0, client_order_id: str = "", timestamp_ns: int | None = None
    ) -> list[Event]: ...
    def amend(
        self,
        account: int,
        price: int,
        quantity: int,
        *,
        order_id: int = 0,
        client_order_id: str = "",
        timestamp_ns: int | None = None,
    ) -> list[Event]: ...
    def cancel_all(
        self, account: int, instrument: int | None = None, *, timestamp_ns: int | None = None
    ) -> list[Event]: ...
    # records
    def apply(self, command: Buffer) -> list[Event]:
        """One 96-byte command record. Its sequence is ignored (the engine is its own sequencer here), a timestamp of 0 keeps the last."""
    def apply_batch(self, commands: Buffer) -> bytes:
        """Many command records (for example an array of `pyengine.COMMAND_DTYPE`), with the GIL released; returns event records
        back to back, for `numpy.frombuffer(..., pyengine.EVENT_DTYPE)`. `CommandError` if the length is no multiple of 96."""
    # queries
    @property
    def sequence(self) -> int: ...
    @property
    def timestamp_ns(self) -> int: ...
    def balance(self, account: int, asset: int) -> tuple[int, int]:
        """(available, held). `KeyError` if either is unknown; so for every query below."""
    def issued(self, asset: int) -> int:
        """Deposits less settled withdrawals."""
    def total(self, asset: int) -> int:
        """Sum of available and held over all accounts, counted anew: equals `issued` or the engine is broken."""
    def depth(self, instrument: int, levels: int) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """(bids, asks), best first, each (price, quantity, orders)."""
    def order(self, order_id: int) -> Order | None:
        """The open order, or None."""
    def open_orders(self, account: int) -> list[Order]:
        """Oldest first."""
    def queue(self, instrument: int, side: int, price: int) -> list[Order]:
        """The orders of one level, first to trade first."""
    def counts(self) -> tuple[int, int, int, int]:
        """(assets, instruments, accounts, open orders)."""
    def state_hash(self) -> bytes:
        """SHA-256 of the state image (32 bytes)."""
    def state_image(self) -> bytes:
        """The canonical state image: `engine_core/docs/semantics.md`, section 9."""
    @staticmethod
    def restore(image: Buffer) -> Engine:
        """The engine whose state image this is. `SnapshotError` otherwise."""
