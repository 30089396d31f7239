"""Whether the fields of a command make sense by themselves: pure functions of a command's body.

They know no state: whether what a command names exists is the business of its rules.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from pyengine.records import (
    CLIENT_ID_LEN,
    SYMBOL_LEN,
    Amend,
    AssetClass,
    Cancel,
    CancelReplace,
    CancelWithdrawal,
    CreateAsset,
    CreateInstrument,
    Deposit,
    ForceTransfer,
    Lifetime,
    Mint,
    OrderType,
    PegReference,
    Phase,
    Place,
    PlaceBracket,
    PlaceOco,
    PrimaryPolicy,
    PrimaryStatus,
    QuantityKind,
    RedemptionRefusal,
    RefuseRedemption,
    RequestRedemption,
    RequestWithdrawal,
    SelfTradePrevention,
    SetReferencePolicy,
    SettleRedemption,
    SettleWithdrawal,
    Side,
    StalePolicy,
    TimeInForce,
    Transfer,
    Trigger,
    Visibility,
)

Referenced: TypeAlias = (
    Deposit
    | RequestWithdrawal
    | SettleWithdrawal
    | CancelWithdrawal
    | Transfer
    | ForceTransfer
    | Mint
    | RequestRedemption
    | SettleRedemption
    | RefuseRedemption
)
"""Bodies that can have a reference."""
Named: TypeAlias = Place | Cancel | Amend | CancelReplace | PlaceOco | PlaceBracket
"""Bodies that can have a client order id."""

_PRINTABLE = re.compile(rb"[\x21-\x7e]*")
_ENUM_VALUES = {
    enum: frozenset(int(member) for member in enum)
    for enum in (
        Side,
        OrderType,
        TimeInForce,
        SelfTradePrevention,
        QuantityKind,
        Trigger,
        Visibility,
        Lifetime,
        PegReference,
        AssetClass,
        Phase,
        StalePolicy,
        PrimaryPolicy,
        PrimaryStatus,
    )
}
_POST_ONLY_TIMES = (TimeInForce.POST_ONLY, TimeInForce.POST_ONLY_SLIDE)


def is_well_formed_place(entry: Place) -> bool:
    """Every enumeration in range, and a proper client id or none."""
    return (
        entry.side in _ENUM_VALUES[Side]
        and entry.order_type in _ENUM_VALUES[OrderType]
        and entry.time_in_force in _ENUM_VALUES[TimeInForce]
        and entry.stp in _ENUM_VALUES[SelfTradePrevention]
        and entry.quantity_kind in _ENUM_VALUES[QuantityKind]
        and entry.trigger in _ENUM_VALUES[Trigger]
        and entry.visibility in _ENUM_VALUES[Visibility]
        and entry.lifetime in _ENUM_VALUES[Lifetime]
        and entry.peg in _ENUM_VALUES[PegReference]
        and is_valid_client_order_id(entry)
    )


def is_trigger(value: int) -> bool:
    """Whether it is something that a stop can wait for."""
    return value != Trigger.NONE and value in _ENUM_VALUES[Trigger]


def is_valid_combination(entry: Place) -> bool:
    """Whether what a well-formed PLACE says goes together: every row of the table in `market-rules.md`, section 2."""
    if not _is_valid_peg(entry):
        return False
    is_stop = entry.trigger != Trigger.NONE
    time_in_force = entry.time_in_force
    never_rests = time_in_force in (TimeInForce.IOC, TimeInForce.FOK)
    only_now_or_only_later = time_in_force in (TimeInForce.FOK, *_POST_ONLY_TIMES)
    is_hidden = entry.visibility == Visibility.HIDDEN
    is_for_one_auction = entry.lifetime == Lifetime.AUCTION
    if is_for_one_auction and (time_in_force != TimeInForce.GTC or is_stop or entry.min_quantity):
        return False
    if entry.order_type == OrderType.MARKET and not (never_rests or is_for_one_auction):
        return False
    if entry.order_type == OrderType.MARKET and is_for_one_auction and (entry.display_quantity or is_hidden):
        return False
    if entry.order_type == OrderType.MARKET_TO_LIMIT and (time_in_force != TimeInForce.GTC or is_stop):
        return False
    if entry.quantity_kind == QuantityKind.NOTIONAL and not _is_valid_notional(entry):
        return False
    if never_rests and (entry.display_quantity or is_hidden):
        return False
    if never_rests and not is_stop and (entry.expires_at or entry.lifetime == Lifetime.DAY):
        return False
    if is_hidden and entry.display_quantity:
        return False
    if entry.min_quantity and (only_now_or_only_later or is_stop):
        return False
    has_trigger_price = entry.trigger_price != 0 or entry.trail != 0
    return is_stop == has_trigger_price and not (is_stop and only_now_or_only_later)


def _is_valid_peg(entry: Place) -> bool:
    """Whether an order that follows a price is no more than that, and one that does not has nothing of it: the table of
    section 38 there."""
    if entry.peg == PegReference.NONE:
        return entry.peg_offset == 0
    return (
        entry.order_type == OrderType.LIMIT
        and entry.quantity_kind == QuantityKind.LOTS
        and entry.time_in_force not in _POST_ONLY_TIMES
        and entry.lifetime != Lifetime.AUCTION
        and entry.visibility == Visibility.DISPLAYED
        and entry.trigger == Trigger.NONE
        and not entry.display_quantity
        and not entry.min_quantity
        and (entry.peg != PegReference.MARKET or entry.peg_offset != 0)
    )


def _is_valid_notional(entry: Place) -> bool:
    return (
        entry.side == Side.BUY
        and entry.time_in_force == TimeInForce.IOC
        and entry.trigger == Trigger.NONE
        and not entry.min_quantity
        and entry.stp != SelfTradePrevention.DECREMENT
    )


def names_one_order(entry: Cancel | Amend) -> bool:
    """Whether a CANCEL or AMEND names its order by exactly one of the two ids."""
    has_order_id, has_client_order_id = entry.order_id != 0, entry.client_order_id_len != 0
    return is_valid_client_order_id(entry) and has_order_id != has_client_order_id


def client_order_id(entry: Named) -> bytes:
    """The client id; empty if there is none."""
    return entry.client_order_id[: entry.client_order_id_len]


def reference_of(body: Referenced) -> bytes:
    """The reference; empty if there is none."""
    return body.reference[: body.reference_len]


def is_valid_reference(body: Referenced) -> bool:
    """Whether it is a reference, or empty; what else is said by name must be one of its names."""
    if isinstance(body, RefuseRedemption) and body.refusal not in set(RedemptionRefusal):
        return False
    return body.reference_len == 0 or (body.reference_len <= CLIENT_ID_LEN and is_reference(reference_of(body)))


def is_reference(text: bytes) -> bool:
    """Whether a money command can be remembered under it."""
    return 1 <= len(text) <= CLIENT_ID_LEN and _PRINTABLE.fullmatch(text) is not None


def symbol_of(body: CreateAsset | CreateInstrument) -> bytes | None:
    """The symbol, or None if it is malformed."""
    symbol = body.symbol[: body.symbol_len]
    return symbol if 1 <= body.symbol_len <= SYMBOL_LEN and _PRINTABLE.fullmatch(symbol) else None


def is_text(text: bytes, length: int) -> bool:
    """Whether it is a text of so many characters, or empty."""
    return length <= SYMBOL_LEN and _PRINTABLE.fullmatch(text[:length]) is not None


def is_asset_class(value: int) -> bool:
    """Whether there is such a class of assets."""
    return value in _ENUM_VALUES[AssetClass]


def is_phase(value: int) -> bool:
    """Whether there is such a phase."""
    return value in _ENUM_VALUES[Phase]


def is_policy(body: SetReferencePolicy) -> bool:
    """Whether there is what it says of old reference prices and of the primary market."""
    return body.stale in _ENUM_VALUES[StalePolicy] and body.primary in _ENUM_VALUES[PrimaryPolicy]


def is_primary_status(value: int) -> bool:
    """Whether a primary market can be so."""
    return value in _ENUM_VALUES[PrimaryStatus]


def is_trade_date(value: int) -> bool:
    """Whether it is a date in eight digits, as far as one can tell without a calendar."""
    year, month, day = value // 10_000, value // 100 % 100, value % 100
    return 1970 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31


def is_valid_client_order_id(entry: Named) -> bool:
    """Whether it is a client id, or empty."""
    return entry.client_order_id_len <= CLIENT_ID_LEN and _PRINTABLE.fullmatch(client_order_id(entry)) is not None
