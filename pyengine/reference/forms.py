"""Whether the fields of a command make sense by themselves: pure functions of a command's body.

They know no state: whether what a command names exists is the business of its rules.
"""

from __future__ import annotations

import re

from pyengine.records import (
    CLIENT_ID_LEN,
    SYMBOL_LEN,
    Amend,
    AssetClass,
    Cancel,
    CreateAsset,
    CreateInstrument,
    OrderType,
    Place,
    QuantityKind,
    SelfTradePrevention,
    Side,
    TimeInForce,
)

_PRINTABLE = re.compile(rb"[\x21-\x7e]*")
_ENUM_VALUES = {
    enum: frozenset(int(member) for member in enum)
    for enum in (Side, OrderType, TimeInForce, SelfTradePrevention, QuantityKind, AssetClass)
}


def is_well_formed_place(entry: Place) -> bool:
    """Every enumeration in range, and a proper client id or none."""
    return (
        entry.side in _ENUM_VALUES[Side]
        and entry.order_type in _ENUM_VALUES[OrderType]
        and entry.time_in_force in _ENUM_VALUES[TimeInForce]
        and entry.stp in _ENUM_VALUES[SelfTradePrevention]
        and entry.quantity_kind in _ENUM_VALUES[QuantityKind]
        and is_valid_client_order_id(entry)
    )


def is_valid_combination(entry: Place) -> bool:
    """Whether type, time in force and kind of quantity of a well-formed PLACE go together."""
    if entry.order_type == OrderType.MARKET and entry.time_in_force not in (TimeInForce.IOC, TimeInForce.FOK):
        return False
    is_notional = entry.quantity_kind == QuantityKind.NOTIONAL
    return not is_notional or (entry.side == Side.BUY and entry.time_in_force == TimeInForce.IOC)


def names_one_order(entry: Cancel | Amend) -> bool:
    """Whether a CANCEL or AMEND names its order by exactly one of the two ids."""
    has_order_id, has_client_order_id = entry.order_id != 0, entry.client_order_id_len != 0
    return is_valid_client_order_id(entry) and has_order_id != has_client_order_id


def client_order_id(entry: Place | Cancel | Amend) -> bytes:
    """The client id; empty if there is none."""
    return entry.client_order_id[: entry.client_order_id_len]


def symbol_of(body: CreateAsset | CreateInstrument) -> bytes | None:
    """The symbol, or None if it is malformed."""
    symbol = body.symbol[: body.symbol_len]
    return symbol if 1 <= body.symbol_len <= SYMBOL_LEN and _PRINTABLE.fullmatch(symbol) else None


def is_asset_class(value: int) -> bool:
    """Whether there is such a class of assets."""
    return value in _ENUM_VALUES[AssetClass]


def is_valid_client_order_id(entry: Place | Cancel | Amend) -> bool:
    """Whether it is a client id, or empty."""
    return entry.client_order_id_len <= CLIENT_ID_LEN and _PRINTABLE.fullmatch(client_order_id(entry)) is not None
