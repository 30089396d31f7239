"""What the engine says: one class and one NumPy layout for each kind of event, all of one length.

Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.
"""

import struct
from enum import IntEnum
from typing import ClassVar, Final

import numpy as np

from pyengine.event import EVENT_LEN as EVENT_LEN
from pyengine.event import KINDS
from pyengine.event import Event as Event
from pyengine.records import (
    NONE_ID,
    ActionFailure,
    ActionKind,
    AssetForm,
    AttestationPolicy,
    AttestorStatus,
    BarPolicy,
    CancelReason,
    CancelTimer,
    EventKind,
    FeeChange,
    FreezeScope,
    HaltCause,
    InvestorClass,
    JurisdictionRule,
    LimitState,
    Liquidity,
    OrderPolicy,
    OrderStatus,
    PegReference,
    PegStatus,
    Phase,
    PrimaryPolicy,
    PrimaryStatus,
    Priority,
    ProtectionLimit,
    RedemptionRefusal,
    RefinerStatus,
    RejectCode,
    Side,
    StalePolicy,
    Verification,
)


class Accepted(Event, frozen=True, kw_only=True):
    """An order was taken in."""

    KIND: ClassVar[int] = EventKind.ACCEPTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBBBQIIqqqIIQQ36s4x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"side": Side, "peg": PegReference}

    side: int = 0
    peg: int = 0
    """Of a pegged order: what its price follows, else none."""
    order_id: int = 0
    instrument: int = NONE_ID
    price: int = 0
    """The limit in ticks; of a market order the collar."""
    quantity: int = 0
    """Total lots; 0 for a notional order."""
    leaves: int = 0
    """Lots left: all of them."""
    budget: int = 0
    """What a notional order may spend, else 0."""
    trigger_price: int = 0
    """Of a stop order, else 0."""
    peg_offset: int = 0
    """Of a pegged order: ticks behind that, else 0."""
    partner: int = 0
    """Of a linked order: the other leg, else 0."""
    entry: int = 0
    """Of an exit of a bracket: the order that it closes, else 0."""
    client_order_id: str = ""


class Rejected(Event, frozen=True, kw_only=True):
    """A command changed nothing. What it named is echoed, whatever the code."""

    KIND: ClassVar[int] = EventKind.REJECTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBBBQIIQqq24x36s4x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"reason": RejectCode}

    reason: int = 0
    command: int = 0
    """Kind of the command."""
    order_id: int = 0
    """Of CANCEL, AMEND and CANCEL_REPLACE, else 0."""
    instrument: int = NONE_ID
    """Of PLACE, CANCEL_REPLACE, CANCEL_ALL, PLACE_OCO and PLACE_BRACKET, else none."""
    asset: int = NONE_ID
    """Of DEPOSIT, REQUEST_WITHDRAWAL, TRANSFER, FORCE_TRANSFER, MINT and REQUEST_REDEMPTION, else none."""
    withdrawal_id: int = 0
    """Of a command that ends a withdrawal or a redemption, else 0."""
    value: int = 0
    """What was asked, if it is a limit that refused it, else 0."""
    bound: int = 0
    """That limit, else 0."""
    client_order_id: str = ""
    """Of a command on orders if it is one, else empty."""


class Fill(Event, frozen=True, kw_only=True):
    """An order traded. Two per fill: the taker's first, then the maker's."""

    KIND: ClassVar[int] = EventKind.FILL
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBBBQIIqqqqqQ36s4x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"side": Side, "liquidity": Liquidity}

    side: int = 0
    liquidity: int = 0
    order_id: int = 0
    instrument: int = NONE_ID
    price: int = 0
    """The maker's, in ticks."""
    quantity: int = 0
    """Lots of this fill."""
    leaves: int = 0
    """Lots left; 0 for a notional order."""
    filled: int = 0
    """Lots filled so far, these included."""
    cash: int = 0
    """Paid or received, in units of the quote asset."""
    fee: int = 0
    """This side's, in units of the quote asset; below 0: a rebate."""
    settlement_id: int = 0
    """The same on both sides."""
    client_order_id: str = ""


class Cancelled(Event, frozen=True, kw_only=True):
    """What was left of an order is gone."""

    KIND: ClassVar[int] = EventKind.CANCELLED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBBBQIIqqqq16x36s4x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"side": Side, "reason": CancelReason}

    side: int = 0
    reason: int = 0
    order_id: int = 0
    instrument: int = NONE_ID
    price: int = 0
    """The limit in ticks."""
    quantity: int = 0
    """Total lots; of a notional order what filled."""
    leaves: int = 0
    """Lots cancelled; 0 for a notional order."""
    filled: int = 0
    """Lots."""
    budget: int = 0
    """What a notional order did not spend, else 0."""
    client_order_id: str = ""


class Amended(Event, frozen=True, kw_only=True):
    """An order has a new price or quantity. What it then trades follows."""

    KIND: ClassVar[int] = EventKind.AMENDED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBBBQIIqqqII16x36s4x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"side": Side, "reason": Priority}

    side: int = 0
    reason: int = 0
    order_id: int = 0
    instrument: int = NONE_ID
    price: int = 0
    """The new limit in ticks."""
    quantity: int = 0
    """The new total in lots."""
    leaves: int = 0
    """Lots left, before any match."""
    filled: int = 0
    """Lots."""
    previous_price: int = 0
    """The limit before."""
    trigger_price: int = 0
    """Of a stop order that waits, else 0."""
    client_order_id: str = ""


class Duplicate(Event, frozen=True, kw_only=True):
    """A PLACE repeated the id and the content of an order: here is that order."""

    KIND: ClassVar[int] = EventKind.DUPLICATE
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBBBQIIqqq24x36s4x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"side": Side, "reason": OrderStatus}

    side: int = 0
    reason: int = 0
    order_id: int = 0
    instrument: int = NONE_ID
    price: int = 0
    """Its limit now or last."""
    quantity: int = 0
    """Its total now or last; of a finished notional order what filled."""
    leaves: int = 0
    """0 unless open."""
    filled: int = 0
    """Lots."""
    client_order_id: str = ""


class CancelAllDone(Event, frozen=True, kw_only=True):
    """Ends the events of a CANCEL_ALL."""

    KIND: ClassVar[int] = EventKind.CANCEL_ALL_DONE
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIII92x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    """As given."""
    orders: int = 0
    """How many were cancelled."""
    pending: int = 0
    """How many will be when their auction's trades are made."""


class Triggered(Event, frozen=True, kw_only=True):
    """A stop order's trigger was reached: it enters the book now. What it then trades follows."""

    KIND: ClassVar[int] = EventKind.TRIGGERED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBB1xQIIqqI28x36s4x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"side": Side}

    side: int = 0
    order_id: int = 0
    instrument: int = NONE_ID
    price: int = 0
    """The limit in ticks; of a market order the collar."""
    quantity: int = 0
    """Total lots."""
    leaves: int = 0
    """Lots left: all of them."""
    trigger_price: int = 0
    """What was reached, in ticks."""
    client_order_id: str = ""


class CancelPending(Event, frozen=True, kw_only=True):
    """What is left of an order will be cancelled when its auction's trades are made."""

    KIND: ClassVar[int] = EventKind.CANCEL_PENDING
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBB1xQIIqqq24x36s4x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"side": Side}

    side: int = 0
    order_id: int = 0
    instrument: int = NONE_ID
    price: int = 0
    """The limit in ticks."""
    quantity: int = 0
    """Total lots."""
    leaves: int = 0
    """Lots left now."""
    filled: int = 0
    """Lots."""
    client_order_id: str = ""


class QuoteRejected(Event, frozen=True, kw_only=True):
    """One side of a MASS_QUOTE was refused. What was open of it is gone, too: its CANCELLED follows."""

    KIND: ClassVar[int] = EventKind.QUOTE_REJECTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBB1xIII92x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"side": Side, "reason": RejectCode}

    side: int = 0
    reason: int = 0
    instrument: int = NONE_ID
    quote_group: int = 0
    entry_number: int = 0
    """Which of the command's entries, from 0."""


class MassQuoted(Event, frozen=True, kw_only=True):
    """Ends the events of a MASS_QUOTE: how many sides did what."""

    KIND: ClassVar[int] = EventKind.MASS_QUOTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIIIII80x")
    SMALL: ClassVar[int] = 0

    quote_group: int = 0
    accepted: int = 0
    """New orders."""
    kept: int = 0
    """As they were."""
    changed: int = 0
    """Another price or quantity."""
    withdrawn: int = 0
    """Taken out because nothing is quoted there any more."""
    refused: int = 0


class ProtectionSet(Event, frozen=True, kw_only=True):
    """A quote group has another market-maker protection, or none any more."""

    KIND: ClassVar[int] = EventKind.PROTECTION_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIQqqq64x")
    SMALL: ClassVar[int] = 0

    quote_group: int = 0
    max_fills: int = 0
    window_ns: int = 0
    max_quantity: int = 0
    max_notional: int = 0
    max_delta: int = 0


class ProtectionTriggered(Event, frozen=True, kw_only=True):
    """The quotes of a group have traded as much as they may in the window: all of them go."""

    KIND: ClassVar[int] = EventKind.PROTECTION_TRIGGERED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xIIqqq72x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"limit": ProtectionLimit}

    limit: int = 0
    quote_group: int = 0
    fills: int = 0
    quantity: int = 0
    """Lots."""
    notional: int = 0
    """Units of quote assets."""
    delta: int = 0
    """Lots bought less lots sold."""


class ProtectionReset(Event, frozen=True, kw_only=True):
    """A quote group may quote."""

    KIND: ClassVar[int] = EventKind.PROTECTION_RESET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI100x")
    SMALL: ClassVar[int] = 0

    quote_group: int = 0


class CancelAfterSet(Event, frozen=True, kw_only=True):
    """A timer runs, or has been stopped."""

    KIND: ClassVar[int] = EventKind.CANCEL_AFTER_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xQ96x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"timer": CancelTimer}

    timer: int = 0
    due_at: int = 0
    """When it runs out, in nanoseconds; 0: it does not run."""


class AssetCreated(Event, frozen=True, kw_only=True):
    """An asset is listed."""

    KIND: ClassVar[int] = EventKind.ASSET_CREATED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI100x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID


class InstrumentCreated(Event, frozen=True, kw_only=True):
    """An instrument is listed."""

    KIND: ClassVar[int] = EventKind.INSTRUMENT_CREATED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI100x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID


class AccountCreated(Event, frozen=True, kw_only=True):
    """An account is open."""

    KIND: ClassVar[int] = EventKind.ACCOUNT_CREATED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI100x")
    SMALL: ClassVar[int] = 0

    fee_schedule: int = 0


class FeeScheduleSet(Event, frozen=True, kw_only=True):
    """A fee schedule is new or replaced, or will be."""

    KIND: ClassVar[int] = EventKind.FEE_SCHEDULE_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIiIIQI76x")
    SMALL: ClassVar[int] = 0

    fee_schedule: int = 0
    maker_rate: int = 0
    taker_rate: int = 0
    tiers: int = 0
    """Above these rates."""
    effective_at: int = 0
    """In nanoseconds; 0: from now on."""
    replaced: int = 0
    """Changes that waited and never will be."""


class Halted(Event, frozen=True, kw_only=True):
    """An instrument does not trade, for one more cause."""

    KIND: ClassVar[int] = EventKind.HALTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xII96x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"cause": HaltCause}

    cause: int = 0
    instrument: int = NONE_ID
    causes: int = 0
    """That stand now: bit 0 for the first, and so on."""


class Resumed(Event, frozen=True, kw_only=True):
    """A cause is lifted; an instrument trades if it was the last."""

    KIND: ClassVar[int] = EventKind.RESUMED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xII96x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"cause": HaltCause}

    cause: int = 0
    instrument: int = NONE_ID
    causes: int = 0
    """That stand now: bit 0 for the first, and so on."""


class Pulsed(Event, frozen=True, kw_only=True):
    """What was due was done, or a bounded part of it."""

    KIND: ClassVar[int] = EventKind.PULSED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI100x")
    SMALL: ClassVar[int] = 0

    items: int = 0
    """How much was done."""


class AccountSet(Event, frozen=True, kw_only=True):
    """An account has another fee schedule, other limits or another group."""

    KIND: ClassVar[int] = EventKind.ACCOUNT_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIIIq80x")
    SMALL: ClassVar[int] = 0

    fee_schedule: int = 0
    max_open_orders: int = 0
    client_id_window: int = 0
    group: int = 0
    max_open_notional: int = 0
    """0: any."""


class ReferenceSet(Event, frozen=True, kw_only=True):
    """An instrument has a reference price, or none any more."""

    KIND: ClassVar[int] = EventKind.REFERENCE_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIII4xQ80x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    source: int = 0
    price: int = 0
    """In ticks; 0: none."""
    observed_at: int = 0


class TradeDateRolled(Event, frozen=True, kw_only=True):
    """A trade date has begun."""

    KIND: ClassVar[int] = EventKind.TRADE_DATE_ROLLED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xII96x")
    SMALL: ClassVar[int] = 0

    trade_date: int = 0
    previous: int = 0
    """The date before; 0: none."""


class PhaseChanged(Event, frozen=True, kw_only=True):
    """An instrument is in another phase, or its call ends at another time."""

    KIND: ClassVar[int] = EventKind.PHASE_CHANGED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBB1xI4xQ88x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"phase": Phase, "previous_phase": Phase}

    phase: int = 0
    previous_phase: int = 0
    instrument: int = NONE_ID
    ends_at: int = 0
    """Of a call, in nanoseconds; 0: by command."""


class Indicated(Event, frozen=True, kw_only=True):
    """What an auction would do if its call ended now."""

    KIND: ClassVar[int] = EventKind.INDICATED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIqq80x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    price: int = 0
    """In ticks; 0: none."""
    quantity: int = 0
    """Lots that would trade."""
    surplus: int = 0
    """Lots at the price that would not: of buys, below 0 of sells."""


class Uncrossed(Event, frozen=True, kw_only=True):
    """An auction has its price. Its trades follow."""

    KIND: ClassVar[int] = EventKind.UNCROSSED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIqq80x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    price: int = 0
    """In ticks; 0: nothing trades."""
    quantity: int = 0
    """Lots that trade."""
    surplus: int = 0
    """Lots at the price that do not: of buys, below 0 of sells."""


class AuctionExtended(Event, frozen=True, kw_only=True):
    """An auction's price was out of bounds: its call goes on."""

    KIND: ClassVar[int] = EventKind.AUCTION_EXTENDED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIIII4xQ72x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    price: int = 0
    """In ticks."""
    lower: int = 0
    """Bound of the price."""
    upper: int = 0
    """Bound of the price."""
    extensions: int = 0
    """Of this call, this one included."""
    ends_at: int = 0
    """In nanoseconds."""


class TradingLimitsSet(Event, frozen=True, kw_only=True):
    """An instrument's prices and orders have other bounds."""

    KIND: ClassVar[int] = EventKind.TRADING_LIMITS_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIIIQqq64x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    static_bps: int = 0
    dynamic_bps: int = 0
    auction_bps: int = 0
    call_ns: int = 0
    max_quantity: int = 0
    max_notional: int = 0


class ExitsRefused(Event, frozen=True, kw_only=True):
    """The exits of a bracket could not be placed: what its entry has traded is not covered."""

    KIND: ClassVar[int] = EventKind.EXITS_REFUSED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBB1xQI4xq80x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"side": Side, "reason": RejectCode}

    side: int = 0
    """Of the exits."""
    reason: int = 0
    order_id: int = 0
    """The entry."""
    instrument: int = NONE_ID
    quantity: int = 0
    """Lots that the entry has traded."""


class VolatilityBandsSet(Event, frozen=True, kw_only=True):
    """An instrument has volatility bands, others than before, or none any more."""

    KIND: ClassVar[int] = EventKind.VOLATILITY_BANDS_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIIIQQ72x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    bps: int = 0
    ticks: int = 0
    multiplier: int = 0
    """In hundredths."""
    limit_state_ns: int = 0
    pause_ns: int = 0


class VolatilityBandMoved(Event, frozen=True, kw_only=True):
    """An instrument's volatility band is another."""

    KIND: ClassVar[int] = EventKind.VOLATILITY_BAND_MOVED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIII88x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    reference: int = 0
    """What it is around, in ticks."""
    lower: int = 0
    """Lowest price that trades."""
    upper: int = 0
    """Highest price that trades."""


class LimitStateChanged(Event, frozen=True, kw_only=True):
    """Orders have reached an instrument's volatility band, or do not any more."""

    KIND: ClassVar[int] = EventKind.LIMIT_STATE_CHANGED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBB1xI4xQ88x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"limit_state": LimitState, "previous_state": LimitState}

    limit_state: int = 0
    previous_state: int = 0
    instrument: int = NONE_ID
    ends_at: int = 0
    """When trading pauses if it still lasts, in nanoseconds; 0: it has ended."""


class ReferencePolicySet(Event, frozen=True, kw_only=True):
    """What an old reference price and a closed primary market lead to is set."""

    KIND: ClassVar[int] = EventKind.REFERENCE_POLICY_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBB1xIIIIQQ72x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"stale": StalePolicy, "primary": PrimaryPolicy}

    stale: int = 0
    primary: int = 0
    instrument: int = NONE_ID
    widen: int = 0
    """In hundredths."""
    closed_bps: int = 0
    step_bps: int = 0
    max_age_ns: int = 0
    step_ns: int = 0


class PrimaryStatusSet(Event, frozen=True, kw_only=True):
    """An instrument's primary market trades, is closed or is halted."""

    KIND: ClassVar[int] = EventKind.PRIMARY_STATUS_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xII96x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"status": PrimaryStatus}

    status: int = 0
    instrument: int = NONE_ID
    close: int = 0
    """In ticks; 0: not known."""


class StaticBandMoved(Event, frozen=True, kw_only=True):
    """An instrument's static band is another, for the age of its reference price or for its primary market."""

    KIND: ClassVar[int] = EventKind.STATIC_BAND_MOVED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIIII84x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    anchor: int = 0
    """What it is around while the primary market is closed; 0: the auction reference."""
    bps: int = 0
    """Its width; 0: there is none."""
    lower: int = 0
    """In ticks; 0: none."""
    upper: int = 0
    """In ticks; 0: none."""


class Deposited(Event, frozen=True, kw_only=True):
    """Money came in."""

    KIND: ClassVar[int] = EventKind.DEPOSITED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xq88x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    amount: int = 0


class WithdrawalRequested(Event, frozen=True, kw_only=True):
    """Money is held for a withdrawal."""

    KIND: ClassVar[int] = EventKind.WITHDRAWAL_REQUESTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xqQ80x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    amount: int = 0
    withdrawal_id: int = 0


class WithdrawalSettled(Event, frozen=True, kw_only=True):
    """Money has left."""

    KIND: ClassVar[int] = EventKind.WITHDRAWAL_SETTLED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xqQ80x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    amount: int = 0
    withdrawal_id: int = 0


class WithdrawalCancelled(Event, frozen=True, kw_only=True):
    """Money held for a withdrawal is available again."""

    KIND: ClassVar[int] = EventKind.WITHDRAWAL_CANCELLED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xqQ80x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    amount: int = 0
    withdrawal_id: int = 0


class TransferOut(Event, frozen=True, kw_only=True):
    """Money went to another account."""

    KIND: ClassVar[int] = EventKind.TRANSFER_OUT
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIq88x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    counterparty: int = 0
    """To."""
    amount: int = 0


class TransferIn(Event, frozen=True, kw_only=True):
    """Money came from another account. Follows TRANSFER_OUT."""

    KIND: ClassVar[int] = EventKind.TRANSFER_IN
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIq88x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    counterparty: int = 0
    """From."""
    amount: int = 0


class MoneyRepeated(Event, frozen=True, kw_only=True):
    """A command repeated the reference and the content of one that moved money: here is that one, and nothing moved."""

    KIND: ClassVar[int] = EventKind.MONEY_REPEATED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xIIqQQ72x")
    SMALL: ClassVar[int] = 1

    command: int = 0
    """Kind of both."""
    asset: int = NONE_ID
    counterparty: int = 0
    """Of TRANSFER and FORCE_TRANSFER: to, else 0."""
    amount: int = 0
    withdrawal_id: int = 0
    """Of a withdrawal or a redemption; of FORCE_TRANSFER its reason; else 0."""
    original_sequence: int = 0
    """Of the command that moved it."""


class FeeOverrideSet(Event, frozen=True, kw_only=True):
    """A fee schedule has other rates for an instrument, or has none any more, or will."""

    KIND: ClassVar[int] = EventKind.FEE_OVERRIDE_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xIIiII4xQI68x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"change": FeeChange}

    change: int = 0
    fee_schedule: int = 0
    instrument: int = NONE_ID
    maker_rate: int = 0
    taker_rate: int = 0
    tiers: int = 0
    """Above these rates."""
    effective_at: int = 0
    """In nanoseconds; 0: from now on."""
    replaced: int = 0
    """Changes that waited and never will be."""


class ObligationSet(Event, frozen=True, kw_only=True):
    """An account has an obligation on an instrument, another one, or none any more."""

    KIND: ClassVar[int] = EventKind.OBLIGATION_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIqIi80x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    max_spread: int = 0
    """In ticks."""
    min_quantity: int = 0
    """Lots."""
    required_bps: int = 0
    """Of the time."""
    maker_rate: int = 0


class ObligationScored(Event, frozen=True, kw_only=True):
    """How an account has met its obligation on an instrument."""

    KIND: ClassVar[int] = EventKind.OBLIGATION_SCORED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIQQI76x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    trade_date: int = 0
    """0: before the first."""
    met_ns: int = 0
    """In nanoseconds."""
    open_ns: int = 0
    """How long the instrument traded, in nanoseconds."""
    earned: int = 0
    """1 if it gets the rate from now on, else 0."""


class KeySet(Event, frozen=True, kw_only=True):
    """An account has a key, or one that it had has another document or another end."""

    KIND: ClassVar[int] = EventKind.KEY_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xQ88x")
    SMALL: ClassVar[int] = 0

    key_id: int = 0
    """Its id."""
    expires_at: int = 0
    """From when on it is good for nothing, in nanoseconds; 0: never."""


class KeyRevoked(Event, frozen=True, kw_only=True):
    """A key is good for nothing any more."""

    KIND: ClassVar[int] = EventKind.KEY_REVOKED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI100x")
    SMALL: ClassVar[int] = 0

    key_id: int = 0
    """Its id."""


class HolderSet(Event, frozen=True, kw_only=True):
    """An account's holder is another, or of another kind."""

    KIND: ClassVar[int] = EventKind.HOLDER_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xH2xIQ88x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"investor_class": InvestorClass}

    investor_class: int = 0
    jurisdiction: int = 0
    firm: int = 0
    verified_until: int = 0
    """In nanoseconds."""


class EligibilitySet(Event, frozen=True, kw_only=True):
    """Who may receive an asset, or trade an instrument, is set."""

    KIND: ClassVar[int] = EventKind.ELIGIBILITY_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBB1xIIIIqQ72x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {
        "verification": Verification,
        "jurisdiction_rule": JurisdictionRule,
    }

    verification: int = 0
    jurisdiction_rule: int = 0
    asset: int = NONE_ID
    """If it is an asset's table, else none."""
    instrument: int = NONE_ID
    """If it is an instrument's table, else none."""
    classes: int = 0
    """A bit each; 0: all."""
    jurisdictions: int = 0
    """How many it names."""
    max_holding: int = 0
    """0: any."""
    locked_until: int = 0
    """In nanoseconds."""


class Frozen(Event, frozen=True, kw_only=True):
    """An account, an asset or units of it are frozen. What was cancelled for it came before."""

    KIND: ClassVar[int] = EventKind.FROZEN
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xIII4xqQ72x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"scope": FreezeScope}

    scope: int = 0
    asset: int = NONE_ID
    """Of an asset and of units, else none."""
    orders: int = 0
    """How many were cancelled."""
    pending: int = 0
    """How many will be when their auction's trades are made."""
    amount: int = 0
    """Of units: how many are frozen until then, else 0."""
    until: int = 0
    """Of units: when that ends by itself, in nanoseconds; 0: it does not."""


class Unfrozen(Event, frozen=True, kw_only=True):
    """A freeze is lifted, or has ended."""

    KIND: ClassVar[int] = EventKind.UNFROZEN
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xI4xqQ80x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"scope": FreezeScope}

    scope: int = 0
    asset: int = NONE_ID
    """Of an asset and of units, else none."""
    amount: int = 0
    """Of units: how many are available again, else 0."""
    until: int = 0
    """Of units: when the freeze would have ended, in nanoseconds, else 0."""


class ForcedTransfer(Event, frozen=True, kw_only=True):
    """Units are moved by authority: what was frozen of them is no more, and TRANSFER_OUT and TRANSFER_IN follow."""

    KIND: ClassVar[int] = EventKind.FORCED_TRANSFER
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIqI84x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    counterparty: int = 0
    """To."""
    amount: int = 0
    reason_code: int = 0
    """Why, by the venue's own numbers."""


class BeneficialSet(Event, frozen=True, kw_only=True):
    """Units of an account are registered to another beneficial holder, or to none any more."""

    KIND: ClassVar[int] = EventKind.BENEFICIAL_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xQQqqq56x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    from_holder: int = 0
    """0: nobody."""
    to_holder: int = 0
    """0: nobody."""
    quantity: int = 0
    """Smallest units."""
    from_registered: int = 0
    """Units that are registered to the first from now on."""
    to_registered: int = 0
    """Units that are registered to the other from now on."""


class AssetTermsSet(Event, frozen=True, kw_only=True):
    """What stands behind an asset is set."""

    KIND: ClassVar[int] = EventKind.ASSET_TERMS_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBBBIII4xqqqq56x")
    SMALL: ClassVar[int] = 3
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {
        "form": AssetForm,
        "attestation": AttestationPolicy,
        "bars": BarPolicy,
    }

    form: int = 0
    attestation: int = 0
    bars: int = 0
    asset: int = NONE_ID
    issuer: int = 0
    redemption_fee_rate: int = 0
    backing: int = 0
    min_redemption: int = 0
    redemption_unit: int = 0
    redemption_fee: int = 0


class AttestorSet(Event, frozen=True, kw_only=True):
    """An attestor is listed, or has another key or status."""

    KIND: ClassVar[int] = EventKind.ATTESTOR_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xI100x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"status": AttestorStatus}

    status: int = 0
    attestor: int = 0


class Attested(Event, frozen=True, kw_only=True):
    """An asset's reserve is attested."""

    KIND: ClassVar[int] = EventKind.ATTESTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIqQQ72x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    attestor: int = 0
    reserve: int = 0
    as_of: int = 0
    valid_until: int = 0


class AttestationExpired(Event, frozen=True, kw_only=True):
    """An asset that needs an attestation has none that is valid."""

    KIND: ClassVar[int] = EventKind.ATTESTATION_EXPIRED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xQ88x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    valid_until: int = 0
    """Of the last one, in nanoseconds; 0: there was none."""


class Minted(Event, frozen=True, kw_only=True):
    """Units of an asset were issued to its issuer."""

    KIND: ClassVar[int] = EventKind.MINTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xqq80x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    amount: int = 0
    outstanding: int = 0
    """Minted less burned so far."""


class RedemptionRequested(Event, frozen=True, kw_only=True):
    """Units and fee are held for a redemption."""

    KIND: ClassVar[int] = EventKind.REDEMPTION_REQUESTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xqQqqQ56x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    amount: int = 0
    """What will be burned."""
    withdrawal_id: int = 0
    asked: int = 0
    """The amount of the request."""
    fee: int = 0
    """Held on top."""
    bar: int = 0
    """Assigned; 0: none."""


class RedemptionSettled(Event, frozen=True, kw_only=True):
    """A redemption was delivered: its units are burned."""

    KIND: ClassVar[int] = EventKind.REDEMPTION_SETTLED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xI4xqQqQ64x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    amount: int = 0
    """Burned."""
    withdrawal_id: int = 0
    fee: int = 0
    """Paid to the issuer."""
    bar: int = 0
    """Delivered; 0: none."""


class RedemptionRefused(Event, frozen=True, kw_only=True):
    """Units and fee of a redemption are available again."""

    KIND: ClassVar[int] = EventKind.REDEMPTION_REFUSED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xI4xqQqQ64x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"refusal": RedemptionRefusal}

    refusal: int = 0
    asset: int = NONE_ID
    amount: int = 0
    """Not burned."""
    withdrawal_id: int = 0
    fee: int = 0
    """Not paid."""
    bar: int = 0
    """Not assigned any more; 0: none."""


class RedemptionFee(Event, frozen=True, kw_only=True):
    """The issuer got the fee of a redemption. Follows REDEMPTION_SETTLED."""

    KIND: ClassVar[int] = EventKind.REDEMPTION_FEE
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIqQ80x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    counterparty: int = 0
    """From."""
    amount: int = 0
    withdrawal_id: int = 0


class RefinerSet(Event, frozen=True, kw_only=True):
    """A refiner is listed, or has another code or status."""

    KIND: ClassVar[int] = EventKind.REFINER_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xI100x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"status": RefinerStatus}

    status: int = 0
    refiner: int = 0


class BarRegistered(Event, frozen=True, kw_only=True):
    """A bar stands behind an asset."""

    KIND: ClassVar[int] = EventKind.BAR_REGISTERED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIQqq72x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    refiner: int = 0
    bar: int = 0
    gross_weight: int = 0
    fine_weight: int = 0


class BarRemoved(Event, frozen=True, kw_only=True):
    """A bar has left the vault."""

    KIND: ClassVar[int] = EventKind.BAR_REMOVED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIQq80x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    refiner: int = 0
    bar: int = 0
    fine_weight: int = 0


class PegSet(Event, frozen=True, kw_only=True):
    """A cash asset has a band around par, another one, or none any more."""

    KIND: ClassVar[int] = EventKind.PEG_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIII88x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    band_bps: int = 0
    haircut_bps: int = 0
    source: int = 0


class CashReferenceSet(Event, frozen=True, kw_only=True):
    """A cash asset has a reference value."""

    KIND: ClassVar[int] = EventKind.CASH_REFERENCE_SET
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIqQ80x")
    SMALL: ClassVar[int] = 0

    asset: int = NONE_ID
    source: int = 0
    value: int = 0
    """In millionths of par."""
    observed_at: int = 0


class PegChanged(Event, frozen=True, kw_only=True):
    """A cash asset's reference value has left its band or come back: the halts of its instruments follow."""

    KIND: ClassVar[int] = EventKind.PEG_CHANGED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xIIq88x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"status": PegStatus}

    status: int = 0
    asset: int = NONE_ID
    haircut_bps: int = 0
    """Deducted from its value from now on."""
    value: int = 0
    """In millionths of par; 0: it has no band any more."""


class ActionAnnounced(Event, frozen=True, kw_only=True):
    """A corporate action is announced, or another than before under its id."""

    KIND: ClassVar[int] = EventKind.ACTION_ANNOUNCED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBBB1xIIIIQQ72x")
    SMALL: ClassVar[int] = 2
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"action_kind": ActionKind, "order_policy": OrderPolicy}

    action_kind: int = 0
    order_policy: int = 0
    action: int = 0
    asset: int = NONE_ID
    payer: int = 0
    legs: int = 0
    """Assets that it pays out."""
    record_at: int = 0
    books_close_at: int = 0


class ActionCancelled(Event, frozen=True, kw_only=True):
    """A corporate action will not be."""

    KIND: ClassVar[int] = EventKind.ACTION_CANCELLED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xII96x")
    SMALL: ClassVar[int] = 0

    action: int = 0
    asset: int = NONE_ID


class ActionStarted(Event, frozen=True, kw_only=True):
    """The record moment of a corporate action: who owns the asset now is entitled."""

    KIND: ClassVar[int] = EventKind.ACTION_STARTED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xII96x")
    SMALL: ClassVar[int] = 0

    action: int = 0
    asset: int = NONE_ID


class ActionFunded(Event, frozen=True, kw_only=True):
    """What a corporate action will pay of an asset is counted, and held."""

    KIND: ClassVar[int] = EventKind.ACTION_FUNDED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIq88x")
    SMALL: ClassVar[int] = 0

    action: int = 0
    asset: int = NONE_ID
    """Paid out."""
    total: int = 0
    """Smallest units, of all holders."""


class Entitled(Event, frozen=True, kw_only=True):
    """What an account owned of an asset at the record moment, and what of it was taken."""

    KIND: ClassVar[int] = EventKind.ENTITLED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIqq80x")
    SMALL: ClassVar[int] = 0

    action: int = 0
    asset: int = NONE_ID
    quantity: int = 0
    """Smallest units, held ones included."""
    taken: int = 0
    """Smallest units."""


class EntitlementPaid(Event, frozen=True, kw_only=True):
    """A holder got what a leg of a corporate action pays, or cash for fractions. Follows ENTITLED."""

    KIND: ClassVar[int] = EventKind.ENTITLEMENT_PAID
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIIIIq80x")
    SMALL: ClassVar[int] = 0

    action: int = 0
    asset: int = NONE_ID
    """Paid out."""
    payer: int = 0
    """Whose it was; 0xFFFFFFFF: it was created."""
    in_lieu: int = 0
    """1 if it is cash for fractions, else 0."""
    amount: int = 0


class ActionLegPaid(Event, frozen=True, kw_only=True):
    """All of a leg of a corporate action is paid."""

    KIND: ClassVar[int] = EventKind.ACTION_LEG_PAID
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIII4xqq72x")
    SMALL: ClassVar[int] = 0

    action: int = 0
    asset: int = NONE_ID
    """Paid out."""
    in_lieu: int = 0
    """1 if it is cash for fractions, else 0."""
    total: int = 0
    """Smallest units, of all holders."""
    residue: int = 0
    """What the holders together would get, less that."""


class ActionDone(Event, frozen=True, kw_only=True):
    """A corporate action is executed."""

    KIND: ClassVar[int] = EventKind.ACTION_DONE
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIII4xq80x")
    SMALL: ClassVar[int] = 0

    action: int = 0
    asset: int = NONE_ID
    holders: int = 0
    """Accounts that were entitled."""
    quantity: int = 0
    """What they owned, in smallest units."""


class ActionFailed(Event, frozen=True, kw_only=True):
    """A corporate action could not be executed: nothing is paid or taken, and it is announced no more."""

    KIND: ClassVar[int] = EventKind.ACTION_FAILED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIBB2xIII4xq80x")
    SMALL: ClassVar[int] = 1
    ENUMERATED: ClassVar[dict[str, type[IntEnum]]] = {"failure": ActionFailure}

    failure: int = 0
    action: int = 0
    asset: int = NONE_ID
    """Of which there is too little, too much, or something held."""
    holder: int = 0
    """Account of which something is held, else 0."""
    missing: int = 0
    """What the payer has too little, or what is held, else 0."""


class Rebased(Event, frozen=True, kw_only=True):
    """An instrument's prices are others: its asset was split."""

    KIND: ClassVar[int] = EventKind.REBASED
    LAYOUT: ClassVar[struct.Struct] = struct.Struct("<QQQIB3xIII4xqq72x")
    SMALL: ClassVar[int] = 0

    instrument: int = NONE_ID
    last_trade: int = 0
    """In ticks; 0: none."""
    reference_price: int = 0
    """In ticks; 0: none."""
    numerator: int = 0
    """Units after it."""
    denominator: int = 0
    """For so many before."""


KINDS.update(
    {
        EventKind.ACCEPTED: Accepted,
        EventKind.REJECTED: Rejected,
        EventKind.FILL: Fill,
        EventKind.CANCELLED: Cancelled,
        EventKind.AMENDED: Amended,
        EventKind.DUPLICATE: Duplicate,
        EventKind.CANCEL_ALL_DONE: CancelAllDone,
        EventKind.TRIGGERED: Triggered,
        EventKind.CANCEL_PENDING: CancelPending,
        EventKind.QUOTE_REJECTED: QuoteRejected,
        EventKind.MASS_QUOTED: MassQuoted,
        EventKind.PROTECTION_SET: ProtectionSet,
        EventKind.PROTECTION_TRIGGERED: ProtectionTriggered,
        EventKind.PROTECTION_RESET: ProtectionReset,
        EventKind.CANCEL_AFTER_SET: CancelAfterSet,
        EventKind.ASSET_CREATED: AssetCreated,
        EventKind.INSTRUMENT_CREATED: InstrumentCreated,
        EventKind.ACCOUNT_CREATED: AccountCreated,
        EventKind.FEE_SCHEDULE_SET: FeeScheduleSet,
        EventKind.HALTED: Halted,
        EventKind.RESUMED: Resumed,
        EventKind.PULSED: Pulsed,
        EventKind.ACCOUNT_SET: AccountSet,
        EventKind.REFERENCE_SET: ReferenceSet,
        EventKind.TRADE_DATE_ROLLED: TradeDateRolled,
        EventKind.PHASE_CHANGED: PhaseChanged,
        EventKind.INDICATED: Indicated,
        EventKind.UNCROSSED: Uncrossed,
        EventKind.AUCTION_EXTENDED: AuctionExtended,
        EventKind.TRADING_LIMITS_SET: TradingLimitsSet,
        EventKind.EXITS_REFUSED: ExitsRefused,
        EventKind.VOLATILITY_BANDS_SET: VolatilityBandsSet,
        EventKind.VOLATILITY_BAND_MOVED: VolatilityBandMoved,
        EventKind.LIMIT_STATE_CHANGED: LimitStateChanged,
        EventKind.REFERENCE_POLICY_SET: ReferencePolicySet,
        EventKind.PRIMARY_STATUS_SET: PrimaryStatusSet,
        EventKind.STATIC_BAND_MOVED: StaticBandMoved,
        EventKind.DEPOSITED: Deposited,
        EventKind.WITHDRAWAL_REQUESTED: WithdrawalRequested,
        EventKind.WITHDRAWAL_SETTLED: WithdrawalSettled,
        EventKind.WITHDRAWAL_CANCELLED: WithdrawalCancelled,
        EventKind.TRANSFER_OUT: TransferOut,
        EventKind.TRANSFER_IN: TransferIn,
        EventKind.MONEY_REPEATED: MoneyRepeated,
        EventKind.FEE_OVERRIDE_SET: FeeOverrideSet,
        EventKind.OBLIGATION_SET: ObligationSet,
        EventKind.OBLIGATION_SCORED: ObligationScored,
        EventKind.KEY_SET: KeySet,
        EventKind.KEY_REVOKED: KeyRevoked,
        EventKind.HOLDER_SET: HolderSet,
        EventKind.ELIGIBILITY_SET: EligibilitySet,
        EventKind.FROZEN: Frozen,
        EventKind.UNFROZEN: Unfrozen,
        EventKind.FORCED_TRANSFER: ForcedTransfer,
        EventKind.BENEFICIAL_SET: BeneficialSet,
        EventKind.ASSET_TERMS_SET: AssetTermsSet,
        EventKind.ATTESTOR_SET: AttestorSet,
        EventKind.ATTESTED: Attested,
        EventKind.ATTESTATION_EXPIRED: AttestationExpired,
        EventKind.MINTED: Minted,
        EventKind.REDEMPTION_REQUESTED: RedemptionRequested,
        EventKind.REDEMPTION_SETTLED: RedemptionSettled,
        EventKind.REDEMPTION_REFUSED: RedemptionRefused,
        EventKind.REDEMPTION_FEE: RedemptionFee,
        EventKind.REFINER_SET: RefinerSet,
        EventKind.BAR_REGISTERED: BarRegistered,
        EventKind.BAR_REMOVED: BarRemoved,
        EventKind.PEG_SET: PegSet,
        EventKind.CASH_REFERENCE_SET: CashReferenceSet,
        EventKind.PEG_CHANGED: PegChanged,
        EventKind.ACTION_ANNOUNCED: ActionAnnounced,
        EventKind.ACTION_CANCELLED: ActionCancelled,
        EventKind.ACTION_STARTED: ActionStarted,
        EventKind.ACTION_FUNDED: ActionFunded,
        EventKind.ENTITLED: Entitled,
        EventKind.ENTITLEMENT_PAID: EntitlementPaid,
        EventKind.ACTION_LEG_PAID: ActionLegPaid,
        EventKind.ACTION_DONE: ActionDone,
        EventKind.ACTION_FAILED: ActionFailed,
        EventKind.REBASED: Rebased,
    }
)

EVENT_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("body", "V107"),
    ]
)
"""Events of any kind: the header, and the body as bytes. Those of one kind are read by `EVENT_DTYPES`."""
_ACCEPTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("peg", "u1"),
        ("client_order_id_len", "u1"),
        ("order_id", "<u8"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("quantity", "<i8"),
        ("leaves", "<i8"),
        ("budget", "<i8"),
        ("trigger_price", "<u4"),
        ("peg_offset", "<u4"),
        ("partner", "<u8"),
        ("entry", "<u8"),
        ("client_order_id", "S36"),
        ("reserved", "V4"),
    ]
)
_REJECTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reason", "u1"),
        ("command", "u1"),
        ("client_order_id_len", "u1"),
        ("order_id", "<u8"),
        ("instrument", "<u4"),
        ("asset", "<u4"),
        ("withdrawal_id", "<u8"),
        ("value", "<i8"),
        ("bound", "<i8"),
        ("reserved", "V24"),
        ("client_order_id", "S36"),
        ("reserved_2", "V4"),
    ]
)
_FILL_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("liquidity", "u1"),
        ("client_order_id_len", "u1"),
        ("order_id", "<u8"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("quantity", "<i8"),
        ("leaves", "<i8"),
        ("filled", "<i8"),
        ("cash", "<i8"),
        ("fee", "<i8"),
        ("settlement_id", "<u8"),
        ("client_order_id", "S36"),
        ("reserved", "V4"),
    ]
)
_CANCELLED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("reason", "u1"),
        ("client_order_id_len", "u1"),
        ("order_id", "<u8"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("quantity", "<i8"),
        ("leaves", "<i8"),
        ("filled", "<i8"),
        ("budget", "<i8"),
        ("reserved", "V16"),
        ("client_order_id", "S36"),
        ("reserved_2", "V4"),
    ]
)
_AMENDED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("reason", "u1"),
        ("client_order_id_len", "u1"),
        ("order_id", "<u8"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("quantity", "<i8"),
        ("leaves", "<i8"),
        ("filled", "<i8"),
        ("previous_price", "<u4"),
        ("trigger_price", "<u4"),
        ("reserved", "V16"),
        ("client_order_id", "S36"),
        ("reserved_2", "V4"),
    ]
)
_DUPLICATE_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("reason", "u1"),
        ("client_order_id_len", "u1"),
        ("order_id", "<u8"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("quantity", "<i8"),
        ("leaves", "<i8"),
        ("filled", "<i8"),
        ("reserved", "V24"),
        ("client_order_id", "S36"),
        ("reserved_2", "V4"),
    ]
)
_CANCEL_ALL_DONE_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("orders", "<u4"),
        ("pending", "<u4"),
        ("reserved_2", "V92"),
    ]
)
_TRIGGERED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("client_order_id_len", "u1"),
        ("reserved", "V1"),
        ("order_id", "<u8"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("quantity", "<i8"),
        ("leaves", "<i8"),
        ("trigger_price", "<u4"),
        ("reserved_2", "V28"),
        ("client_order_id", "S36"),
        ("reserved_3", "V4"),
    ]
)
_CANCEL_PENDING_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("client_order_id_len", "u1"),
        ("reserved", "V1"),
        ("order_id", "<u8"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("quantity", "<i8"),
        ("leaves", "<i8"),
        ("filled", "<i8"),
        ("reserved_2", "V24"),
        ("client_order_id", "S36"),
        ("reserved_3", "V4"),
    ]
)
_QUOTE_REJECTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("reason", "u1"),
        ("reserved", "V1"),
        ("instrument", "<u4"),
        ("quote_group", "<u4"),
        ("entry_number", "<u4"),
        ("reserved_2", "V92"),
    ]
)
_MASS_QUOTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("quote_group", "<u4"),
        ("accepted", "<u4"),
        ("kept", "<u4"),
        ("changed", "<u4"),
        ("withdrawn", "<u4"),
        ("refused", "<u4"),
        ("reserved_2", "V80"),
    ]
)
_PROTECTION_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("quote_group", "<u4"),
        ("max_fills", "<u4"),
        ("window_ns", "<u8"),
        ("max_quantity", "<i8"),
        ("max_notional", "<i8"),
        ("max_delta", "<i8"),
        ("reserved_2", "V64"),
    ]
)
_PROTECTION_TRIGGERED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("limit", "u1"),
        ("reserved", "V2"),
        ("quote_group", "<u4"),
        ("fills", "<u4"),
        ("quantity", "<i8"),
        ("notional", "<i8"),
        ("delta", "<i8"),
        ("reserved_2", "V72"),
    ]
)
_PROTECTION_RESET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("quote_group", "<u4"),
        ("reserved_2", "V100"),
    ]
)
_CANCEL_AFTER_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("timer", "u1"),
        ("reserved", "V2"),
        ("due_at", "<u8"),
        ("reserved_2", "V96"),
    ]
)
_ASSET_CREATED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V100"),
    ]
)
_INSTRUMENT_CREATED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("reserved_2", "V100"),
    ]
)
_ACCOUNT_CREATED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("fee_schedule", "<u4"),
        ("reserved_2", "V100"),
    ]
)
_FEE_SCHEDULE_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("fee_schedule", "<u4"),
        ("maker_rate", "<i4"),
        ("taker_rate", "<u4"),
        ("tiers", "<u4"),
        ("effective_at", "<u8"),
        ("replaced", "<u4"),
        ("reserved_2", "V76"),
    ]
)
_HALTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("cause", "u1"),
        ("reserved", "V2"),
        ("instrument", "<u4"),
        ("causes", "<u4"),
        ("reserved_2", "V96"),
    ]
)
_RESUMED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("cause", "u1"),
        ("reserved", "V2"),
        ("instrument", "<u4"),
        ("causes", "<u4"),
        ("reserved_2", "V96"),
    ]
)
_PULSED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("items", "<u4"),
        ("reserved_2", "V100"),
    ]
)
_ACCOUNT_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("fee_schedule", "<u4"),
        ("max_open_orders", "<u4"),
        ("client_id_window", "<u4"),
        ("group", "<u4"),
        ("max_open_notional", "<i8"),
        ("reserved_2", "V80"),
    ]
)
_REFERENCE_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("source", "<u4"),
        ("price", "<u4"),
        ("reserved_2", "V4"),
        ("observed_at", "<u8"),
        ("reserved_3", "V80"),
    ]
)
_TRADE_DATE_ROLLED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("trade_date", "<u4"),
        ("previous", "<u4"),
        ("reserved_2", "V96"),
    ]
)
_PHASE_CHANGED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("phase", "u1"),
        ("previous_phase", "u1"),
        ("reserved", "V1"),
        ("instrument", "<u4"),
        ("reserved_2", "V4"),
        ("ends_at", "<u8"),
        ("reserved_3", "V88"),
    ]
)
_INDICATED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("quantity", "<i8"),
        ("surplus", "<i8"),
        ("reserved_2", "V80"),
    ]
)
_UNCROSSED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("quantity", "<i8"),
        ("surplus", "<i8"),
        ("reserved_2", "V80"),
    ]
)
_AUCTION_EXTENDED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("price", "<u4"),
        ("lower", "<u4"),
        ("upper", "<u4"),
        ("extensions", "<u4"),
        ("reserved_2", "V4"),
        ("ends_at", "<u8"),
        ("reserved_3", "V72"),
    ]
)
_TRADING_LIMITS_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("static_bps", "<u4"),
        ("dynamic_bps", "<u4"),
        ("auction_bps", "<u4"),
        ("call_ns", "<u8"),
        ("max_quantity", "<i8"),
        ("max_notional", "<i8"),
        ("reserved_2", "V64"),
    ]
)
_EXITS_REFUSED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("side", "u1"),
        ("reason", "u1"),
        ("reserved", "V1"),
        ("order_id", "<u8"),
        ("instrument", "<u4"),
        ("reserved_2", "V4"),
        ("quantity", "<i8"),
        ("reserved_3", "V80"),
    ]
)
_VOLATILITY_BANDS_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("bps", "<u4"),
        ("ticks", "<u4"),
        ("multiplier", "<u4"),
        ("limit_state_ns", "<u8"),
        ("pause_ns", "<u8"),
        ("reserved_2", "V72"),
    ]
)
_VOLATILITY_BAND_MOVED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("reference", "<u4"),
        ("lower", "<u4"),
        ("upper", "<u4"),
        ("reserved_2", "V88"),
    ]
)
_LIMIT_STATE_CHANGED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("limit_state", "u1"),
        ("previous_state", "u1"),
        ("reserved", "V1"),
        ("instrument", "<u4"),
        ("reserved_2", "V4"),
        ("ends_at", "<u8"),
        ("reserved_3", "V88"),
    ]
)
_REFERENCE_POLICY_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("stale", "u1"),
        ("primary", "u1"),
        ("reserved", "V1"),
        ("instrument", "<u4"),
        ("widen", "<u4"),
        ("closed_bps", "<u4"),
        ("step_bps", "<u4"),
        ("max_age_ns", "<u8"),
        ("step_ns", "<u8"),
        ("reserved_2", "V72"),
    ]
)
_PRIMARY_STATUS_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("status", "u1"),
        ("reserved", "V2"),
        ("instrument", "<u4"),
        ("close", "<u4"),
        ("reserved_2", "V96"),
    ]
)
_STATIC_BAND_MOVED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("anchor", "<u4"),
        ("bps", "<u4"),
        ("lower", "<u4"),
        ("upper", "<u4"),
        ("reserved_2", "V84"),
    ]
)
_DEPOSITED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("reserved_3", "V88"),
    ]
)
_WITHDRAWAL_REQUESTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("withdrawal_id", "<u8"),
        ("reserved_3", "V80"),
    ]
)
_WITHDRAWAL_SETTLED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("withdrawal_id", "<u8"),
        ("reserved_3", "V80"),
    ]
)
_WITHDRAWAL_CANCELLED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("withdrawal_id", "<u8"),
        ("reserved_3", "V80"),
    ]
)
_TRANSFER_OUT_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("counterparty", "<u4"),
        ("amount", "<i8"),
        ("reserved_2", "V88"),
    ]
)
_TRANSFER_IN_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("counterparty", "<u4"),
        ("amount", "<i8"),
        ("reserved_2", "V88"),
    ]
)
_MONEY_REPEATED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("command", "u1"),
        ("reserved", "V2"),
        ("asset", "<u4"),
        ("counterparty", "<u4"),
        ("amount", "<i8"),
        ("withdrawal_id", "<u8"),
        ("original_sequence", "<u8"),
        ("reserved_2", "V72"),
    ]
)
_FEE_OVERRIDE_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("change", "u1"),
        ("reserved", "V2"),
        ("fee_schedule", "<u4"),
        ("instrument", "<u4"),
        ("maker_rate", "<i4"),
        ("taker_rate", "<u4"),
        ("tiers", "<u4"),
        ("reserved_2", "V4"),
        ("effective_at", "<u8"),
        ("replaced", "<u4"),
        ("reserved_3", "V68"),
    ]
)
_OBLIGATION_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("max_spread", "<u4"),
        ("min_quantity", "<i8"),
        ("required_bps", "<u4"),
        ("maker_rate", "<i4"),
        ("reserved_2", "V80"),
    ]
)
_OBLIGATION_SCORED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("trade_date", "<u4"),
        ("met_ns", "<u8"),
        ("open_ns", "<u8"),
        ("earned", "<u4"),
        ("reserved_2", "V76"),
    ]
)
_KEY_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("key_id", "<u4"),
        ("reserved_2", "V4"),
        ("expires_at", "<u8"),
        ("reserved_3", "V88"),
    ]
)
_KEY_REVOKED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("key_id", "<u4"),
        ("reserved_2", "V100"),
    ]
)
_HOLDER_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("investor_class", "u1"),
        ("reserved", "V2"),
        ("jurisdiction", "<u2"),
        ("reserved_2", "V2"),
        ("firm", "<u4"),
        ("verified_until", "<u8"),
        ("reserved_3", "V88"),
    ]
)
_ELIGIBILITY_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("verification", "u1"),
        ("jurisdiction_rule", "u1"),
        ("reserved", "V1"),
        ("asset", "<u4"),
        ("instrument", "<u4"),
        ("classes", "<u4"),
        ("jurisdictions", "<u4"),
        ("max_holding", "<i8"),
        ("locked_until", "<u8"),
        ("reserved_2", "V72"),
    ]
)
_FROZEN_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("scope", "u1"),
        ("reserved", "V2"),
        ("asset", "<u4"),
        ("orders", "<u4"),
        ("pending", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("until", "<u8"),
        ("reserved_3", "V72"),
    ]
)
_UNFROZEN_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("scope", "u1"),
        ("reserved", "V2"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("until", "<u8"),
        ("reserved_3", "V80"),
    ]
)
_FORCED_TRANSFER_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("counterparty", "<u4"),
        ("amount", "<i8"),
        ("reason_code", "<u4"),
        ("reserved_2", "V84"),
    ]
)
_BENEFICIAL_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("from_holder", "<u8"),
        ("to_holder", "<u8"),
        ("quantity", "<i8"),
        ("from_registered", "<i8"),
        ("to_registered", "<i8"),
        ("reserved_3", "V56"),
    ]
)
_ASSET_TERMS_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("form", "u1"),
        ("attestation", "u1"),
        ("bars", "u1"),
        ("asset", "<u4"),
        ("issuer", "<u4"),
        ("redemption_fee_rate", "<u4"),
        ("reserved", "V4"),
        ("backing", "<i8"),
        ("min_redemption", "<i8"),
        ("redemption_unit", "<i8"),
        ("redemption_fee", "<i8"),
        ("reserved_2", "V56"),
    ]
)
_ATTESTOR_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("status", "u1"),
        ("reserved", "V2"),
        ("attestor", "<u4"),
        ("reserved_2", "V100"),
    ]
)
_ATTESTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("attestor", "<u4"),
        ("reserve", "<i8"),
        ("as_of", "<u8"),
        ("valid_until", "<u8"),
        ("reserved_2", "V72"),
    ]
)
_ATTESTATION_EXPIRED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("valid_until", "<u8"),
        ("reserved_3", "V88"),
    ]
)
_MINTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("outstanding", "<i8"),
        ("reserved_3", "V80"),
    ]
)
_REDEMPTION_REQUESTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("withdrawal_id", "<u8"),
        ("asked", "<i8"),
        ("fee", "<i8"),
        ("bar", "<u8"),
        ("reserved_3", "V56"),
    ]
)
_REDEMPTION_SETTLED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("withdrawal_id", "<u8"),
        ("fee", "<i8"),
        ("bar", "<u8"),
        ("reserved_3", "V64"),
    ]
)
_REDEMPTION_REFUSED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("refusal", "u1"),
        ("reserved", "V2"),
        ("asset", "<u4"),
        ("reserved_2", "V4"),
        ("amount", "<i8"),
        ("withdrawal_id", "<u8"),
        ("fee", "<i8"),
        ("bar", "<u8"),
        ("reserved_3", "V64"),
    ]
)
_REDEMPTION_FEE_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("counterparty", "<u4"),
        ("amount", "<i8"),
        ("withdrawal_id", "<u8"),
        ("reserved_2", "V80"),
    ]
)
_REFINER_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("status", "u1"),
        ("reserved", "V2"),
        ("refiner", "<u4"),
        ("reserved_2", "V100"),
    ]
)
_BAR_REGISTERED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("refiner", "<u4"),
        ("bar", "<u8"),
        ("gross_weight", "<i8"),
        ("fine_weight", "<i8"),
        ("reserved_2", "V72"),
    ]
)
_BAR_REMOVED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("refiner", "<u4"),
        ("bar", "<u8"),
        ("fine_weight", "<i8"),
        ("reserved_2", "V80"),
    ]
)
_PEG_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("band_bps", "<u4"),
        ("haircut_bps", "<u4"),
        ("source", "<u4"),
        ("reserved_2", "V88"),
    ]
)
_CASH_REFERENCE_SET_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("asset", "<u4"),
        ("source", "<u4"),
        ("value", "<i8"),
        ("observed_at", "<u8"),
        ("reserved_2", "V80"),
    ]
)
_PEG_CHANGED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("status", "u1"),
        ("reserved", "V2"),
        ("asset", "<u4"),
        ("haircut_bps", "<u4"),
        ("value", "<i8"),
        ("reserved_2", "V88"),
    ]
)
_ACTION_ANNOUNCED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("action_kind", "u1"),
        ("order_policy", "u1"),
        ("reserved", "V1"),
        ("action", "<u4"),
        ("asset", "<u4"),
        ("payer", "<u4"),
        ("legs", "<u4"),
        ("record_at", "<u8"),
        ("books_close_at", "<u8"),
        ("reserved_2", "V72"),
    ]
)
_ACTION_CANCELLED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("action", "<u4"),
        ("asset", "<u4"),
        ("reserved_2", "V96"),
    ]
)
_ACTION_STARTED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("action", "<u4"),
        ("asset", "<u4"),
        ("reserved_2", "V96"),
    ]
)
_ACTION_FUNDED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("action", "<u4"),
        ("asset", "<u4"),
        ("total", "<i8"),
        ("reserved_2", "V88"),
    ]
)
_ENTITLED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("action", "<u4"),
        ("asset", "<u4"),
        ("quantity", "<i8"),
        ("taken", "<i8"),
        ("reserved_2", "V80"),
    ]
)
_ENTITLEMENT_PAID_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("action", "<u4"),
        ("asset", "<u4"),
        ("payer", "<u4"),
        ("in_lieu", "<u4"),
        ("amount", "<i8"),
        ("reserved_2", "V80"),
    ]
)
_ACTION_LEG_PAID_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("action", "<u4"),
        ("asset", "<u4"),
        ("in_lieu", "<u4"),
        ("reserved_2", "V4"),
        ("total", "<i8"),
        ("residue", "<i8"),
        ("reserved_3", "V72"),
    ]
)
_ACTION_DONE_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("action", "<u4"),
        ("asset", "<u4"),
        ("holders", "<u4"),
        ("reserved_2", "V4"),
        ("quantity", "<i8"),
        ("reserved_3", "V80"),
    ]
)
_ACTION_FAILED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("failure", "u1"),
        ("reserved", "V2"),
        ("action", "<u4"),
        ("asset", "<u4"),
        ("holder", "<u4"),
        ("reserved_2", "V4"),
        ("missing", "<i8"),
        ("reserved_3", "V80"),
    ]
)
_REBASED_DTYPE: Final[np.dtype[np.void]] = np.dtype(
    [
        ("sequence", "<u8"),
        ("timestamp_ns", "<u8"),
        ("account_sequence", "<u8"),
        ("account", "<u4"),
        ("kind", "u1"),
        ("reserved", "V3"),
        ("instrument", "<u4"),
        ("last_trade", "<u4"),
        ("reference_price", "<u4"),
        ("reserved_2", "V4"),
        ("numerator", "<i8"),
        ("denominator", "<i8"),
        ("reserved_3", "V72"),
    ]
)
EVENT_DTYPES: Final[dict[int, np.dtype[np.void]]] = {
    EventKind.ACCEPTED: _ACCEPTED_DTYPE,
    EventKind.REJECTED: _REJECTED_DTYPE,
    EventKind.FILL: _FILL_DTYPE,
    EventKind.CANCELLED: _CANCELLED_DTYPE,
    EventKind.AMENDED: _AMENDED_DTYPE,
    EventKind.DUPLICATE: _DUPLICATE_DTYPE,
    EventKind.CANCEL_ALL_DONE: _CANCEL_ALL_DONE_DTYPE,
    EventKind.TRIGGERED: _TRIGGERED_DTYPE,
    EventKind.CANCEL_PENDING: _CANCEL_PENDING_DTYPE,
    EventKind.QUOTE_REJECTED: _QUOTE_REJECTED_DTYPE,
    EventKind.MASS_QUOTED: _MASS_QUOTED_DTYPE,
    EventKind.PROTECTION_SET: _PROTECTION_SET_DTYPE,
    EventKind.PROTECTION_TRIGGERED: _PROTECTION_TRIGGERED_DTYPE,
    EventKind.PROTECTION_RESET: _PROTECTION_RESET_DTYPE,
    EventKind.CANCEL_AFTER_SET: _CANCEL_AFTER_SET_DTYPE,
    EventKind.ASSET_CREATED: _ASSET_CREATED_DTYPE,
    EventKind.INSTRUMENT_CREATED: _INSTRUMENT_CREATED_DTYPE,
    EventKind.ACCOUNT_CREATED: _ACCOUNT_CREATED_DTYPE,
    EventKind.FEE_SCHEDULE_SET: _FEE_SCHEDULE_SET_DTYPE,
    EventKind.HALTED: _HALTED_DTYPE,
    EventKind.RESUMED: _RESUMED_DTYPE,
    EventKind.PULSED: _PULSED_DTYPE,
    EventKind.ACCOUNT_SET: _ACCOUNT_SET_DTYPE,
    EventKind.REFERENCE_SET: _REFERENCE_SET_DTYPE,
    EventKind.TRADE_DATE_ROLLED: _TRADE_DATE_ROLLED_DTYPE,
    EventKind.PHASE_CHANGED: _PHASE_CHANGED_DTYPE,
    EventKind.INDICATED: _INDICATED_DTYPE,
    EventKind.UNCROSSED: _UNCROSSED_DTYPE,
    EventKind.AUCTION_EXTENDED: _AUCTION_EXTENDED_DTYPE,
    EventKind.TRADING_LIMITS_SET: _TRADING_LIMITS_SET_DTYPE,
    EventKind.EXITS_REFUSED: _EXITS_REFUSED_DTYPE,
    EventKind.VOLATILITY_BANDS_SET: _VOLATILITY_BANDS_SET_DTYPE,
    EventKind.VOLATILITY_BAND_MOVED: _VOLATILITY_BAND_MOVED_DTYPE,
    EventKind.LIMIT_STATE_CHANGED: _LIMIT_STATE_CHANGED_DTYPE,
    EventKind.REFERENCE_POLICY_SET: _REFERENCE_POLICY_SET_DTYPE,
    EventKind.PRIMARY_STATUS_SET: _PRIMARY_STATUS_SET_DTYPE,
    EventKind.STATIC_BAND_MOVED: _STATIC_BAND_MOVED_DTYPE,
    EventKind.DEPOSITED: _DEPOSITED_DTYPE,
    EventKind.WITHDRAWAL_REQUESTED: _WITHDRAWAL_REQUESTED_DTYPE,
    EventKind.WITHDRAWAL_SETTLED: _WITHDRAWAL_SETTLED_DTYPE,
    EventKind.WITHDRAWAL_CANCELLED: _WITHDRAWAL_CANCELLED_DTYPE,
    EventKind.TRANSFER_OUT: _TRANSFER_OUT_DTYPE,
    EventKind.TRANSFER_IN: _TRANSFER_IN_DTYPE,
    EventKind.MONEY_REPEATED: _MONEY_REPEATED_DTYPE,
    EventKind.FEE_OVERRIDE_SET: _FEE_OVERRIDE_SET_DTYPE,
    EventKind.OBLIGATION_SET: _OBLIGATION_SET_DTYPE,
    EventKind.OBLIGATION_SCORED: _OBLIGATION_SCORED_DTYPE,
    EventKind.KEY_SET: _KEY_SET_DTYPE,
    EventKind.KEY_REVOKED: _KEY_REVOKED_DTYPE,
    EventKind.HOLDER_SET: _HOLDER_SET_DTYPE,
    EventKind.ELIGIBILITY_SET: _ELIGIBILITY_SET_DTYPE,
    EventKind.FROZEN: _FROZEN_DTYPE,
    EventKind.UNFROZEN: _UNFROZEN_DTYPE,
    EventKind.FORCED_TRANSFER: _FORCED_TRANSFER_DTYPE,
    EventKind.BENEFICIAL_SET: _BENEFICIAL_SET_DTYPE,
    EventKind.ASSET_TERMS_SET: _ASSET_TERMS_SET_DTYPE,
    EventKind.ATTESTOR_SET: _ATTESTOR_SET_DTYPE,
    EventKind.ATTESTED: _ATTESTED_DTYPE,
    EventKind.ATTESTATION_EXPIRED: _ATTESTATION_EXPIRED_DTYPE,
    EventKind.MINTED: _MINTED_DTYPE,
    EventKind.REDEMPTION_REQUESTED: _REDEMPTION_REQUESTED_DTYPE,
    EventKind.REDEMPTION_SETTLED: _REDEMPTION_SETTLED_DTYPE,
    EventKind.REDEMPTION_REFUSED: _REDEMPTION_REFUSED_DTYPE,
    EventKind.REDEMPTION_FEE: _REDEMPTION_FEE_DTYPE,
    EventKind.REFINER_SET: _REFINER_SET_DTYPE,
    EventKind.BAR_REGISTERED: _BAR_REGISTERED_DTYPE,
    EventKind.BAR_REMOVED: _BAR_REMOVED_DTYPE,
    EventKind.PEG_SET: _PEG_SET_DTYPE,
    EventKind.CASH_REFERENCE_SET: _CASH_REFERENCE_SET_DTYPE,
    EventKind.PEG_CHANGED: _PEG_CHANGED_DTYPE,
    EventKind.ACTION_ANNOUNCED: _ACTION_ANNOUNCED_DTYPE,
    EventKind.ACTION_CANCELLED: _ACTION_CANCELLED_DTYPE,
    EventKind.ACTION_STARTED: _ACTION_STARTED_DTYPE,
    EventKind.ACTION_FUNDED: _ACTION_FUNDED_DTYPE,
    EventKind.ENTITLED: _ENTITLED_DTYPE,
    EventKind.ENTITLEMENT_PAID: _ENTITLEMENT_PAID_DTYPE,
    EventKind.ACTION_LEG_PAID: _ACTION_LEG_PAID_DTYPE,
    EventKind.ACTION_DONE: _ACTION_DONE_DTYPE,
    EventKind.ACTION_FAILED: _ACTION_FAILED_DTYPE,
    EventKind.REBASED: _REBASED_DTYPE,
}
"""`events[events["kind"] == kind].view(EVENT_DTYPES[kind])`."""
