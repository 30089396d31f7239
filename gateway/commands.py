"""Packs the command records that Python submits: administration, withdrawals and cancel-all. No IO.

Layouts: `engine_core/docs/semantics.md`, section 3. The sequencer fills in sequence and time.
"""

import struct
from typing import Final

COMMAND_LEN: Final = 96
NONE_ID: Final = 0xFFFF_FFFF

CANCEL_ALL: Final = 4
CREATE_ASSET: Final = 16
CREATE_INSTRUMENT: Final = 17
CREATE_ACCOUNT: Final = 18
SET_FEE_SCHEDULE: Final = 19
HALT: Final = 20
RESUME: Final = 21
DEPOSIT: Final = 32
REQUEST_WITHDRAWAL: Final = 33
SETTLE_WITHDRAWAL: Final = 34
CANCEL_WITHDRAWAL: Final = 35
TRANSFER: Final = 36

_HEADER = struct.Struct("<16xB3xI")
_ASSET = struct.Struct("<IBBBx16s")
_INSTRUMENT = struct.Struct("<IIIIqqqB7x16s")
_FEES = struct.Struct("<III")
_MONEY = struct.Struct("<IIq")
_U32 = struct.Struct("<I")
_U64 = struct.Struct("<Q")


def _record(kind: int, account: int, body: bytes) -> bytes:
    return (_HEADER.pack(kind, account) + body).ljust(COMMAND_LEN, b"\0")


def create_asset(asset: int, symbol: str, asset_class: int, decimals: int) -> bytes:
    """CREATE_ASSET."""
    text = symbol.encode()
    return _record(CREATE_ASSET, 0, _ASSET.pack(asset, asset_class, decimals, len(text), text))


def create_instrument(
    instrument: int,
    symbol: str,
    base: int,
    quote: int,
    *,
    lot_size: int,
    tick_lot_value: int,
    max_price: int,
    collar_bps: int,
) -> bytes:
    """CREATE_INSTRUMENT."""
    text = symbol.encode()
    body = _INSTRUMENT.pack(instrument, base, quote, collar_bps, lot_size, tick_lot_value, max_price, len(text), text)
    return _record(CREATE_INSTRUMENT, 0, body)


def create_account(account: int, fee_schedule: int) -> bytes:
    """CREATE_ACCOUNT."""
    return _record(CREATE_ACCOUNT, account, _U32.pack(fee_schedule))


def set_fee_schedule(fee_schedule: int, maker_rate: int, taker_rate: int) -> bytes:
    """SET_FEE_SCHEDULE."""
    return _record(SET_FEE_SCHEDULE, 0, _FEES.pack(fee_schedule, maker_rate, taker_rate))


def trading_phase(kind: int, instrument: int) -> bytes:
    """HALT or RESUME."""
    return _record(kind, 0, _U32.pack(instrument))


def money(kind: int, account: int, asset: int, amount: int, to_account: int = 0) -> bytes:
    """DEPOSIT, REQUEST_WITHDRAWAL or TRANSFER."""
    return _record(kind, account, _MONEY.pack(asset, to_account, amount))


def withdrawal_step(kind: int, account: int, withdrawal_id: int) -> bytes:
    """SETTLE_WITHDRAWAL or CANCEL_WITHDRAWAL."""
    return _record(kind, account, _U64.pack(withdrawal_id))


def cancel_all(account: int, instrument: int = NONE_ID) -> bytes:
    """CANCEL_ALL, of every instrument unless one is given."""
    return _record(CANCEL_ALL, account, _U32.pack(instrument))
