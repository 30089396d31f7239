"""The records of the engine as Python sees them: enumerations, limits, NumPy layouts, and packing of commands.

The one authority is `engine_core/docs/semantics.md` (sections 1, 3, 4, 5). Everything here is plain data: nothing
judges a command (that is the engine's work), so a record may well hold a command that will be rejected. Only a number
that its field cannot hold is refused, with `CommandError`.
"""

import re
import struct
from enum import IntEnum
from typing import Any, Final, NamedTuple

import numpy as np

from pyengine.errors import CommandError

SEMANTICS_VERSION: Final = 1

MAX_AMOUNT: Final = 2**63 - 1
MAX_ASSETS: Final = 65_535
MAX_INSTRUMENTS: Final = 65_535
MAX_ACCOUNTS: Final = 1 << 31
MAX_FEE_SCHEDULES: Final = 256
MAX_PRICE_TICKS: Final = 2**32 - 1
ORDER_SLOT_BITS: Final = 22
MAX_OPEN_ORDERS: Final = 1 << ORDER_SLOT_BITS
MAX_ORDERS_ACCEPTED: Final = (1 << (64 - ORDER_SLOT_BITS)) - 1
MAX_OPEN_ORDERS_PER_ACCOUNT: Final = 4_096
MAX_PENDING_WITHDRAWALS: Final = 65_536
CLIENT_ID_WINDOW: Final = 128
CLIENT_ID_LEN: Final = 36
SYMBOL_LEN: Final = 16
MAX_DECIMALS: Final = 18
MAX_COLLAR_BPS: Final = 10_000
COLLAR_SCALE: Final = 10_000
MAX_FEE_RATE: Final = 65_535
FEE_RATE_SCALE: Final = 1_000_000
NONE_ID: Final = 0xFFFF_FFFF
"""All instruments, no instrument, no asset."""
VENUE_ACCOUNT: Final = 0

COMMAND_LEN: Final = 96
HEADER_LEN: Final = 24
EVENT_LEN: Final = 104


class CommandKind(IntEnum):
    """What a command asks for."""

    PLACE = 1
    CANCEL = 2
    AMEND = 3
    CANCEL_ALL = 4
    CREATE_ASSET = 16
    CREATE_INSTRUMENT = 17
    CREATE_ACCOUNT = 18
    SET_FEE_SCHEDULE = 19
    HALT = 20
    RESUME = 21
    DEPOSIT = 32
    REQUEST_WITHDRAWAL = 33
    SETTLE_WITHDRAWAL = 34
    CANCEL_WITHDRAWAL = 35
    TRANSFER = 36


class EventKind(IntEnum):
    """What happened."""

    ACCEPTED = 1
    REJECTED = 2
    FILL = 3
    CANCELLED = 4
    AMENDED = 5
    DUPLICATE = 6
    CANCEL_ALL_DONE = 7
    ASSET_CREATED = 16
    INSTRUMENT_CREATED = 17
    ACCOUNT_CREATED = 18
    FEE_SCHEDULE_SET = 19
    HALTED = 20
    RESUMED = 21
    DEPOSITED = 32
    WITHDRAWAL_REQUESTED = 33
    WITHDRAWAL_SETTLED = 34
    WITHDRAWAL_CANCELLED = 35
    TRANSFER_OUT = 36
    TRANSFER_IN = 37


class Side(IntEnum):
    """Side of an order."""

    BUY = 0
    SELL = 1


class OrderType(IntEnum):
    """A market order's limit is the collar."""

    LIMIT = 0
    MARKET = 1


class TimeInForce(IntEnum):
    """What becomes of what does not match at once."""

    GTC = 0
    IOC = 1
    FOK = 2
    POST_ONLY = 3


class SelfTradePrevention(IntEnum):
    """Which order goes when two of one account would match."""

    CANCEL_NEWEST = 0
    CANCEL_OLDEST = 1
    CANCEL_BOTH = 2


class QuantityKind(IntEnum):
    """What `quantity` of PLACE counts: lots, or smallest units of the quote asset to spend."""

    LOTS = 0
    NOTIONAL = 1


class AssetClass(IntEnum):
    """Only a stablecoin can be a quote asset."""

    STABLECOIN = 0
    EQUITY = 1
    GOLD = 2


class Liquidity(IntEnum):
    """`liquidity` of a FILL event."""

    NONE = 0
    MAKER = 1
    TAKER = 2


class Priority(IntEnum):
    """`code` of an AMENDED event."""

    KEPT = 0
    LOST = 1


class OrderStatus(IntEnum):
    """`code` of a DUPLICATE event."""

    OPEN = 0
    FILLED = 1
    CANCELLED = 2


class CancelReason(IntEnum):
    """`code` of a CANCELLED event."""

    USER = 1
    CANCEL_ALL = 2
    IOC_REMAINDER = 3
    SELF_TRADE_RESTING = 4
    SELF_TRADE_INCOMING = 5
    MARKET_REMAINDER = 6


class RejectCode(IntEnum):
    """`code` of a REJECTED event."""

    MALFORMED = 1
    UNKNOWN_ACCOUNT = 2
    UNKNOWN_INSTRUMENT = 3
    UNKNOWN_ASSET = 4
    UNKNOWN_ORDER = 5
    INSTRUMENT_HALTED = 6
    INVALID_COMBINATION = 7
    INVALID_QUANTITY = 8
    INVALID_PRICE = 9
    OPEN_ORDER_LIMIT = 10
    ENGINE_FULL = 11
    NO_LIQUIDITY = 12
    OVERFLOW = 13
    POST_ONLY_WOULD_CROSS = 14
    INSUFFICIENT_FUNDS = 15
    FOK_UNFILLABLE = 16
    AMEND_NO_CHANGE = 17
    AMEND_BELOW_FILLED = 18
    UNKNOWN_WITHDRAWAL = 19
    INVALID_AMOUNT = 20
    UNKNOWN_COUNTERPARTY = 21
    ALREADY_EXISTS = 22
    ID_NOT_NEXT = 23
    REGISTRY_FULL = 24
    INVALID_PARAMETER = 25
    UNKNOWN_FEE_SCHEDULE = 26
    WITHDRAWAL_LIMIT = 27


def _dtype(length: int, fields: list[tuple[str, str, int]]) -> "np.dtype[np.void]":
    names, formats, offsets = zip(*fields, strict=True)
    return np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": length})


COMMAND_DTYPE: Final = _dtype(
    COMMAND_LEN,
    [
        ("sequence", "<u8", 0),
        ("timestamp_ns", "<u8", 8),
        ("kind", "u1", 16),
        ("account", "<u4", 20),
        ("instrument", "<u4", 24),
        ("side", "u1", 28),
        ("order_type", "u1", 29),
        ("time_in_force", "u1", 30),
        ("stp", "u1", 31),
        ("price", "<i8", 32),
        ("quantity", "<i8", 40),
        ("order_id", "<u8", 48),
        ("quantity_kind", "u1", 56),
        ("client_order_id_len", "u1", 57),
        ("client_order_id", "S36", 60),
    ],
)
"""Commands 1 to 4 (the order entry layout) as a NumPy structured array; start from `numpy.zeros`."""

EVENT_DTYPE: Final = _dtype(
    EVENT_LEN,
    [
        ("sequence", "<u8", 0),
        ("timestamp_ns", "<u8", 8),
        ("kind", "u1", 16),
        ("code", "u1", 17),
        ("side", "u1", 18),
        ("liquidity", "u1", 19),
        ("account", "<u4", 20),
        ("account_sequence", "<u8", 24),
        ("instrument", "<u4", 32),
        ("asset", "<u4", 36),
        ("order_id", "<u8", 40),
        ("price", "<i8", 48),
        ("quantity", "<i8", 56),
        ("leaves", "<i8", 64),
        ("filled", "<i8", 72),
        ("cash", "<i8", 80),
        ("fee", "<i8", 88),
        ("reference", "<u8", 96),
    ],
)
"""Events as a NumPy structured array: `numpy.frombuffer(engine.apply_batch(commands), EVENT_DTYPE)`."""


class Header(NamedTuple):
    """The first 24 bytes of every command."""

    sequence: int
    timestamp_ns: int
    kind: int
    account: int


class OrderEntry(NamedTuple):
    """Body of PLACE, CANCEL, AMEND and CANCEL_ALL."""

    instrument: int = 0
    side: int = 0
    order_type: int = 0
    time_in_force: int = 0
    stp: int = 0
    price: int = 0
    quantity: int = 0
    order_id: int = 0
    quantity_kind: int = 0
    client_order_id_len: int = 0
    client_order_id: bytes = b""


class CreateAsset(NamedTuple):
    """Body of CREATE_ASSET."""

    asset: int
    asset_class: int
    decimals: int
    symbol_len: int
    symbol: bytes


class CreateInstrument(NamedTuple):
    """Body of CREATE_INSTRUMENT."""

    instrument: int
    base: int
    quote: int
    collar_bps: int
    lot_size: int
    tick_lot_value: int
    max_price: int
    symbol_len: int
    symbol: bytes


class CreateAccount(NamedTuple):
    """Body of CREATE_ACCOUNT; the header's account is the new id."""

    fee_schedule: int


class SetFeeSchedule(NamedTuple):
    """Body of SET_FEE_SCHEDULE. Rates are hundredths of a basis point."""

    fee_schedule: int
    maker_rate: int
    taker_rate: int


class TradingPhase(NamedTuple):
    """Body of HALT and RESUME."""

    instrument: int


class MoneyMovement(NamedTuple):
    """Body of DEPOSIT, REQUEST_WITHDRAWAL and TRANSFER (`to_account` is TRANSFER's alone)."""

    asset: int
    to_account: int
    amount: int


class WithdrawalStep(NamedTuple):
    """Body of SETTLE_WITHDRAWAL and CANCEL_WITHDRAWAL."""

    withdrawal_id: int


Body = (
    OrderEntry
    | CreateAsset
    | CreateInstrument
    | CreateAccount
    | SetFeeSchedule
    | TradingPhase
    | MoneyMovement
    | WithdrawalStep
)

HEADER: Final = struct.Struct("<QQB3xI")
EVENT: Final = struct.Struct("<QQBBBBIQIIQqqqqqqQ")
BODIES: Final[dict[type[Any], struct.Struct]] = {
    OrderEntry: struct.Struct("<IBBBBqqQBB2x36s"),
    CreateAsset: struct.Struct("<IBBBx16s48x"),
    CreateInstrument: struct.Struct("<IIIIqqqB7x16s8x"),
    CreateAccount: struct.Struct("<I68x"),
    SetFeeSchedule: struct.Struct("<III60x"),
    TradingPhase: struct.Struct("<I68x"),
    MoneyMovement: struct.Struct("<IIq56x"),
    WithdrawalStep: struct.Struct("<Q64x"),
}

BODY_OF_KIND: Final[dict[int, type[Any]]] = {
    CommandKind.PLACE: OrderEntry,
    CommandKind.CANCEL: OrderEntry,
    CommandKind.AMEND: OrderEntry,
    CommandKind.CANCEL_ALL: OrderEntry,
    CommandKind.CREATE_ASSET: CreateAsset,
    CommandKind.CREATE_INSTRUMENT: CreateInstrument,
    CommandKind.CREATE_ACCOUNT: CreateAccount,
    CommandKind.SET_FEE_SCHEDULE: SetFeeSchedule,
    CommandKind.HALT: TradingPhase,
    CommandKind.RESUME: TradingPhase,
    CommandKind.DEPOSIT: MoneyMovement,
    CommandKind.REQUEST_WITHDRAWAL: MoneyMovement,
    CommandKind.SETTLE_WITHDRAWAL: WithdrawalStep,
    CommandKind.CANCEL_WITHDRAWAL: WithdrawalStep,
    CommandKind.TRANSFER: MoneyMovement,
}

_LIMITS: Final = {"B": (0, 2**8 - 1), "I": (0, 2**32 - 1), "Q": (0, 2**64 - 1), "q": (-(2**63), 2**63 - 1)}


def _check_range(layout: struct.Struct, record: NamedTuple) -> None:
    codes = re.findall(r"\d*([BIQqs])", layout.format)
    for name, value, code in zip(record._fields, record, codes, strict=True):
        if code == "s":
            continue
        if not isinstance(value, int):
            raise CommandError(f"{name} is {value!r}, not a whole number")
        low, high = _LIMITS[code]
        if not low <= value <= high:
            raise CommandError(f"{name} is {value}, outside {low} to {high}")


def pack(kind: int, account: int, body: Body, timestamp_ns: int | None = None) -> bytes:
    """The 96-byte command record. Without a timestamp the engine keeps its last one.

    Raises `CommandError`, naming field and limits, for a number that its field cannot hold.
    """
    header = Header(0, 0 if timestamp_ns is None else timestamp_ns, kind, account)
    layout = BODIES[type(body)]
    _check_range(HEADER, header)
    _check_range(layout, body)
    return HEADER.pack(*header) + layout.pack(*body)


def _text(value: str) -> tuple[int, bytes]:
    """Length byte and characters. What is too long keeps its true length (up to 255), and the engine will reject it."""
    encoded = value.encode()
    return min(len(encoded), 255), encoded


def pack_place(
    account: int,
    instrument: int,
    side: int,
    price: int,
    quantity: int,
    *,
    order_type: int = OrderType.LIMIT,
    time_in_force: int = TimeInForce.GTC,
    stp: int = SelfTradePrevention.CANCEL_NEWEST,
    quantity_kind: int = QuantityKind.LOTS,
    client_order_id: str = "",
    timestamp_ns: int | None = None,
) -> bytes:
    """PLACE. `price` in ticks (0 for a market order), `quantity` in lots or, notional, units of the quote asset."""
    entry = OrderEntry(
        instrument,
        side,
        order_type,
        time_in_force,
        stp,
        price,
        quantity,
        0,
        quantity_kind,
        *_text(client_order_id),
    )
    return pack(CommandKind.PLACE, account, entry, timestamp_ns)


def pack_cancel(
    account: int, *, order_id: int = 0, client_order_id: str = "", timestamp_ns: int | None = None
) -> bytes:
    """CANCEL of the order named by either id."""
    length, text = _text(client_order_id)
    entry = OrderEntry(order_id=order_id, client_order_id_len=length, client_order_id=text)
    return pack(CommandKind.CANCEL, account, entry, timestamp_ns)


def pack_amend(
    account: int,
    price: int,
    quantity: int,
    *,
    order_id: int = 0,
    client_order_id: str = "",
    timestamp_ns: int | None = None,
) -> bytes:
    """AMEND of the order named by either id: the new price in ticks and the new total quantity in lots."""
    length, text = _text(client_order_id)
    entry = OrderEntry(
        price=price, quantity=quantity, order_id=order_id, client_order_id_len=length, client_order_id=text
    )
    return pack(CommandKind.AMEND, account, entry, timestamp_ns)


def pack_cancel_all(account: int, instrument: int | None = None, *, timestamp_ns: int | None = None) -> bytes:
    """CANCEL_ALL on one instrument, or on all of them."""
    entry = OrderEntry(instrument=NONE_ID if instrument is None else instrument)
    return pack(CommandKind.CANCEL_ALL, account, entry, timestamp_ns)


def pack_create_asset(
    asset: int, symbol: str, asset_class: int, decimals: int, *, timestamp_ns: int | None = None
) -> bytes:
    """CREATE_ASSET."""
    body = CreateAsset(asset, asset_class, decimals, *_text(symbol))
    return pack(CommandKind.CREATE_ASSET, VENUE_ACCOUNT, body, timestamp_ns)


def pack_create_instrument(
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
) -> bytes:
    """CREATE_INSTRUMENT. `lot_size` in units of base, `tick_lot_value` in units of quote, `max_price` in ticks."""
    body = CreateInstrument(instrument, base, quote, collar_bps, lot_size, tick_lot_value, max_price, *_text(symbol))
    return pack(CommandKind.CREATE_INSTRUMENT, VENUE_ACCOUNT, body, timestamp_ns)


def pack_create_account(account: int, *, fee_schedule: int = 0, timestamp_ns: int | None = None) -> bytes:
    """CREATE_ACCOUNT."""
    return pack(CommandKind.CREATE_ACCOUNT, account, CreateAccount(fee_schedule), timestamp_ns)


def pack_set_fee_schedule(
    fee_schedule: int, maker_rate: int, taker_rate: int, *, timestamp_ns: int | None = None
) -> bytes:
    """SET_FEE_SCHEDULE. Rates in hundredths of a basis point."""
    body = SetFeeSchedule(fee_schedule, maker_rate, taker_rate)
    return pack(CommandKind.SET_FEE_SCHEDULE, VENUE_ACCOUNT, body, timestamp_ns)


def pack_halt(instrument: int, *, timestamp_ns: int | None = None) -> bytes:
    """HALT."""
    return pack(CommandKind.HALT, VENUE_ACCOUNT, TradingPhase(instrument), timestamp_ns)


def pack_resume(instrument: int, *, timestamp_ns: int | None = None) -> bytes:
    """RESUME."""
    return pack(CommandKind.RESUME, VENUE_ACCOUNT, TradingPhase(instrument), timestamp_ns)


def pack_deposit(account: int, asset: int, amount: int, *, timestamp_ns: int | None = None) -> bytes:
    """DEPOSIT. `amount` in smallest units of the asset, here and below."""
    return pack(CommandKind.DEPOSIT, account, MoneyMovement(asset, 0, amount), timestamp_ns)


def pack_request_withdrawal(account: int, asset: int, amount: int, *, timestamp_ns: int | None = None) -> bytes:
    """REQUEST_WITHDRAWAL."""
    return pack(CommandKind.REQUEST_WITHDRAWAL, account, MoneyMovement(asset, 0, amount), timestamp_ns)


def pack_settle_withdrawal(account: int, withdrawal_id: int, *, timestamp_ns: int | None = None) -> bytes:
    """SETTLE_WITHDRAWAL."""
    return pack(CommandKind.SETTLE_WITHDRAWAL, account, WithdrawalStep(withdrawal_id), timestamp_ns)


def pack_cancel_withdrawal(account: int, withdrawal_id: int, *, timestamp_ns: int | None = None) -> bytes:
    """CANCEL_WITHDRAWAL."""
    return pack(CommandKind.CANCEL_WITHDRAWAL, account, WithdrawalStep(withdrawal_id), timestamp_ns)


def pack_transfer(account: int, to_account: int, asset: int, amount: int, *, timestamp_ns: int | None = None) -> bytes:
    """TRANSFER from `account` to `to_account`."""
    return pack(CommandKind.TRANSFER, account, MoneyMovement(asset, to_account, amount), timestamp_ns)
