"""Every rejection code, and which one wins: a command that breaks two rules is told the first one in its list.

For each command there is a sound base, and for each of its rules, in the rule book's order, a change that breaks it.
Every rule is broken alone, and together with every later one wherever the two changes can be made to one command.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from pyengine.commands import pack_place, pack_request_withdrawal
from pyengine.packing import pack
from pyengine.records import (
    ACCOUNT_CLIENT_ID_WINDOW_MAX,
    ACCOUNT_OPEN_ORDERS_MAX,
    ACTION_ITEMS,
    BODY_LENGTHS,
    CLIENT_ID_LEN,
    HEADER_LEN,
    MAX_ACTIONS,
    MAX_AMOUNT,
    MAX_CALL_NS,
    MAX_FEE_SCHEDULES,
    MAX_MINIMUM_ORDERS,
    MAX_OBLIGATION_SPREAD,
    MAX_PEG_OFFSET,
    MAX_PENDING_FEE_CHANGES,
    MAX_PENDING_WITHDRAWALS_PER_ACCOUNT,
    MAX_PROTECTED_FILLS,
    MAX_QUOTE_ENTRIES,
    MAX_QUOTE_GROUPS,
    MAX_TRAILING_ORDERS,
    NONE_ID,
    TAILS,
    ActionKind,
    Amend,
    AnnounceAction,
    Cancel,
    CancelAction,
    CancelAfter,
    CancelAll,
    CancelReplace,
    CancelWithdrawal,
    CommandKind,
    CreateAccount,
    CreateAsset,
    CreateInstrument,
    Deposit,
    EventKind,
    Halt,
    Lifetime,
    MassQuote,
    OrderType,
    PegReference,
    Phase,
    Place,
    PlaceBracket,
    PlaceOco,
    QuoteEntry,
    RejectCode,
    RequestWithdrawal,
    ResetMarketMakerProtection,
    Resume,
    RevokeKey,
    RollTradeDate,
    SetAccount,
    SetFeeOverride,
    SetFeeSchedule,
    SetKey,
    SetMarketMakerProtection,
    SetObligation,
    SetPhase,
    SetPrimaryStatus,
    SetReference,
    SetReferencePolicy,
    SettleWithdrawal,
    SetTradingLimits,
    SetVolatilityBands,
    Side,
    TimeInForce,
    Transfer,
    Trigger,
    Visibility,
)
from tests.scenarios import ACCOUNTS, opening

Change = dict[str, Any]
Rule = tuple[RejectCode, Change]

ALICE, BOB, POOR, NOBODY = (ACCOUNTS[name] for name in ("alice", "bob", "poor", "nobody"))
FULL, SETTLER, MAKER, BOUNDED = 6, 7, 8, 9
"""An account that has all the orders and withdrawals it may have when it is asked; one with a withdrawal; a market
maker; one that may have nothing open that is worth something, and has no money for it."""
AAPL, GOLD, HALTED, EMPTY, CLOSED, CALLED, FRESH, STOPPED, NONE = range(9)
"""CLOSED is so, CALLED is in the call of an auction, so is FRESH, of which nobody knows what it is worth, and so is
STOPPED, which is halted besides."""
USDC, AAPL_TOKEN, GOLD_TOKEN, NO_ASSET = range(4)
HUGE = 1 << 61
FEW_ORDERS = 3
"""How many the full account may have open."""
NOW = 7
"""Nanoseconds: the time of the world."""
MANY = 200_000
"""Lots that an order may have, where there is a limit."""
TOO_MANY: Change = {"quantity": MANY + 1}
MOST_OPEN = 1_300_000_000
"""What Alice may have open: more than she has the money for."""
TOO_MUCH_OPEN: Change = {"quantity": 150_000}
LOWEST, HIGHEST = 74, 122
"""The static band of AAPL."""

KEY, REVOKED_KEY = 1, 2
"""Of Alice."""
MIN_GOLD = 5
BAD_REFERENCE: Change = {"reference_len": CLIENT_ID_LEN + 1, "reference": b"x" * CLIENT_ID_LEN}
USED: Change = {"reference_len": 4, "reference": b"used"}
"""Under which each of the commands that move money was carried out, with other content than its base."""
TOO_LONG: Change = {"client_order_id_len": CLIENT_ID_LEN + 1, "client_order_id": b"x" * CLIENT_ID_LEN}


@dataclass(frozen=True)
class Rules:
    """A sound command of one kind, and what breaks each of its rules, first rule first."""

    kind: CommandKind
    body: type[Any]
    base: Change
    rules: list[Rule]
    order: str = ""
    """Client id of the order of the world that the base is about."""
    of: str = ""
    """What the command is about, where its kind alone does not say it."""

    @property
    def name(self) -> str:
        """For the test's id."""
        return f"{self.kind.name}{self.of}"

    def record(self, *changes: Change) -> bytes:
        """The base with changes; `account` is the header's."""
        fields = self.base.copy()
        for change in changes:
            fields |= change
        account = fields.pop("account", 0)
        return pack(self.kind, account, self.body(**fields))


PLACE = Rules(
    CommandKind.PLACE,
    Place,
    {"account": ALICE, "instrument": AAPL, "side": Side.BUY, "price": 110, "quantity": 1},
    [
        (RejectCode.MALFORMED, {"stp": 5}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (
            RejectCode.CLIENT_ORDER_ID_REUSED,
            {"account": ALICE, "client_order_id_len": 3, "client_order_id": b"bid"},
        ),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INSTRUMENT_HALTED, {"instrument": HALTED}),
        (RejectCode.WRONG_PHASE, {"instrument": CLOSED}),
        (RejectCode.INVALID_COMBINATION, {"quantity_kind": 1, "time_in_force": 0}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"price": -1}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW, "time_in_force": 0}),
        (RejectCode.OPEN_ORDER_LIMIT, {"account": FULL}),
        (RejectCode.NO_LIQUIDITY, {"instrument": EMPTY, "order_type": 1, "price": 0, "time_in_force": 1}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.ORDER_TOO_LARGE, TOO_MANY),
        (RejectCode.PRICE_OUT_OF_BAND, {"price": HIGHEST + 1}),
        (RejectCode.OPEN_NOTIONAL_LIMIT, {"account": BOUNDED}),
        (RejectCode.POST_ONLY_WOULD_CROSS, {"time_in_force": 3}),
        (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
        (RejectCode.FOK_UNFILLABLE, {"time_in_force": 2, "quantity": 6}),
    ],
)
CROWDED_QUEUE: Change = {"trail": 5}
"""A trailing stop, of which there are as many as there may be."""
CROWDED_SIDE: Change = {"side": Side.SELL}
"""Another side, on which there are as many hidden orders with a minimum as there may be."""
STOP = Rules(
    CommandKind.PLACE,
    Place,
    {
        "account": ALICE,
        "instrument": AAPL,
        "side": Side.BUY,
        "price": 110,
        "quantity": 1,
        "trigger": Trigger.LAST_TRADE,
        "trigger_price": 105,
    },
    [
        (RejectCode.MALFORMED, {"visibility": 2}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INSTRUMENT_HALTED, {"instrument": HALTED}),
        (RejectCode.WRONG_PHASE, {"instrument": CLOSED}),
        (RejectCode.INVALID_COMBINATION, {"time_in_force": TimeInForce.POST_ONLY_SLIDE}),
        (RejectCode.INVALID_QUANTITY, {"display_quantity": 2}),
        (RejectCode.INVALID_PRICE, {"price": 1_001}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW}),
        (RejectCode.OPEN_ORDER_LIMIT, {"account": FULL}),
        (RejectCode.INSTRUMENT_ORDER_LIMIT, CROWDED_QUEUE),
        (RejectCode.NO_TRIGGER_VALUE, {"trigger": Trigger.REFERENCE, "trail": 5, "trigger_price": 0}),
        (RejectCode.WOULD_TRIGGER, {"trigger_price": 98}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.ORDER_TOO_LARGE, TOO_MANY),
        (RejectCode.OPEN_NOTIONAL_LIMIT, {"account": BOUNDED}),
        (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
    ],
    of="-stop",
)
HIDDEN = Rules(
    CommandKind.PLACE,
    Place,
    {
        "account": ALICE,
        "instrument": AAPL,
        "side": Side.BUY,
        "price": 100,
        "quantity": 9,
        "min_quantity": 5,
        "visibility": Visibility.HIDDEN,
    },
    [
        (RejectCode.MALFORMED, {"lifetime": 3}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INSTRUMENT_HALTED, {"instrument": HALTED}),
        (RejectCode.WRONG_PHASE, {"instrument": CLOSED}),
        (RejectCode.INVALID_COMBINATION, {"time_in_force": TimeInForce.POST_ONLY}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"price": 0}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW}),
        (RejectCode.OPEN_ORDER_LIMIT, {"account": FULL}),
        (RejectCode.INSTRUMENT_ORDER_LIMIT, CROWDED_SIDE),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.ORDER_TOO_LARGE, TOO_MANY),
        (RejectCode.PRICE_OUT_OF_BAND, {"price": HIGHEST + 1}),
        (RejectCode.OPEN_NOTIONAL_LIMIT, {"account": BOUNDED}),
        (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
        (RejectCode.MIN_QUANTITY_UNFILLABLE, {"min_quantity": 6}),
    ],
    of="-hidden",
)
PEG = Rules(
    CommandKind.PLACE,
    Place,
    {
        "account": ALICE,
        "instrument": AAPL,
        "side": Side.BUY,
        "price": 110,
        "quantity": 1,
        "peg": PegReference.MARKET,
        "peg_offset": MAX_PEG_OFFSET,
    },
    [
        (RejectCode.MALFORMED, {"peg": 4}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INSTRUMENT_HALTED, {"instrument": HALTED}),
        (RejectCode.WRONG_PHASE, {"instrument": CLOSED}),
        (RejectCode.INVALID_COMBINATION, {"visibility": Visibility.HIDDEN}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"peg_offset": MAX_PEG_OFFSET + 1}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW, "time_in_force": 0}),
        (RejectCode.OPEN_ORDER_LIMIT, {"account": FULL}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.ORDER_TOO_LARGE, TOO_MANY),
        (RejectCode.PRICE_OUT_OF_BAND, {"price": HIGHEST + 1}),
        (RejectCode.OPEN_NOTIONAL_LIMIT, {"account": BOUNDED}),
        (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
        (RejectCode.FOK_UNFILLABLE, {"time_in_force": 2}),
    ],
    of="-peg",
)
FOR_AUCTION = Rules(
    CommandKind.PLACE,
    Place,
    {
        "account": ALICE,
        "instrument": CALLED,
        "side": Side.BUY,
        "order_type": OrderType.MARKET,
        "quantity": 1,
        "lifetime": Lifetime.AUCTION,
    },
    [
        (RejectCode.MALFORMED, {"stp": 5}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INSTRUMENT_HALTED, {"instrument": STOPPED}),
        (RejectCode.WRONG_PHASE, {"instrument": AAPL}),
        (RejectCode.INVALID_COMBINATION, {"visibility": Visibility.HIDDEN}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"price": 1}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW}),
        (RejectCode.OPEN_ORDER_LIMIT, {"account": FULL}),
        (RejectCode.NO_REFERENCE, {"instrument": FRESH}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.ORDER_TOO_LARGE, TOO_MANY),
        (RejectCode.OPEN_NOTIONAL_LIMIT, {"account": BOUNDED}),
        (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
    ],
    of="-auction",
)
OCO = Rules(
    CommandKind.PLACE_OCO,
    PlaceOco,
    {
        "account": ALICE,
        "instrument": AAPL,
        "side": Side.SELL,
        "price": 110,
        "quantity": 1,
        "trigger": Trigger.LAST_TRADE,
        "trigger_price": 90,
    },
    [
        (RejectCode.MALFORMED, {"stp": 5}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.CLIENT_ORDER_ID_REUSED, {"account": ALICE, "client_order_id_len": 3, "client_order_id": b"bid"}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INSTRUMENT_HALTED, {"instrument": HALTED}),
        (RejectCode.WRONG_PHASE, {"lifetime": Lifetime.AUCTION}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"price": -1}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW}),
        (RejectCode.OPEN_ORDER_LIMIT, {"account": FULL}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
        (RejectCode.INVALID_PRICE, {"trigger_price": 110}),
        (RejectCode.INVALID_COMBINATION, {"trigger_price": 0}),
        (RejectCode.INVALID_PRICE, {"stop_price": 1_001}),
        (RejectCode.WOULD_TRIGGER, {"trigger_price": 98}),
    ],
)
BRACKET = Rules(
    CommandKind.PLACE_BRACKET,
    PlaceBracket,
    {
        "account": ALICE,
        "instrument": AAPL,
        "side": Side.BUY,
        "price": 110,
        "quantity": 1,
        "take_profit": 115,
        "trigger": Trigger.LAST_TRADE,
        "trigger_price": 90,
    },
    [
        (RejectCode.MALFORMED, {"trigger": Trigger.NONE}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.CLIENT_ORDER_ID_REUSED, {"account": ALICE, "client_order_id_len": 3, "client_order_id": b"bid"}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INSTRUMENT_HALTED, {"instrument": HALTED}),
        (RejectCode.WRONG_PHASE, {"lifetime": Lifetime.AUCTION}),
        (RejectCode.INVALID_COMBINATION, {"order_type": 1, "time_in_force": 0, "price": 0}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"price": -1}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW, "time_in_force": 0}),
        (RejectCode.OPEN_ORDER_LIMIT, {"account": FULL}),
        (RejectCode.NO_LIQUIDITY, {"instrument": EMPTY, "order_type": 1, "price": 0, "time_in_force": 1}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.POST_ONLY_WOULD_CROSS, {"time_in_force": 3}),
        (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
        (RejectCode.FOK_UNFILLABLE, {"time_in_force": 2, "quantity": 6}),
        (RejectCode.INVALID_PRICE, {"take_profit": 90}),
    ],
)
CANCEL = Rules(
    CommandKind.CANCEL,
    Cancel,
    {"account": ALICE, "order_id": 0},
    [
        (RejectCode.MALFORMED, TOO_LONG),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_ORDER, {"order_id": 1}),
    ],
    order="bid",
)
AMEND = Rules(
    CommandKind.AMEND,
    Amend,
    {"account": ALICE, "price": 99, "quantity": 9},
    [
        (RejectCode.MALFORMED, TOO_LONG),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_ORDER, {"order_id": 1}),
        (RejectCode.INSTRUMENT_HALTED, {"order_id": "halted"}),
        (RejectCode.WRONG_PHASE, {"order_id": "closed"}),
        (RejectCode.INVALID_COMBINATION, {"display_quantity": 1}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"price": 0}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW}),
        (RejectCode.AMEND_NO_CHANGE, {"quantity": 10, "price": 98}),
        (RejectCode.AMEND_BELOW_FILLED, {"quantity": 2}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.ORDER_TOO_LARGE, TOO_MANY),
        (RejectCode.PRICE_OUT_OF_BAND, {"price": HIGHEST + 1}),
        (RejectCode.OPEN_NOTIONAL_LIMIT, TOO_MUCH_OPEN),
        (RejectCode.POST_ONLY_WOULD_CROSS, {"price": 100}),
        (RejectCode.INSUFFICIENT_FUNDS, {"quantity": 100_000}),
    ],
    order="bid",
)
AMEND_STOP = Rules(
    CommandKind.AMEND,
    Amend,
    {"account": ALICE, "price": 111, "quantity": 9},
    [
        (RejectCode.MALFORMED, TOO_LONG),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_ORDER, {"order_id": 1}),
        (RejectCode.INSTRUMENT_HALTED, {"order_id": "halted"}),
        (RejectCode.WRONG_PHASE, {"order_id": "closed"}),
        (RejectCode.INVALID_COMBINATION, {"min_quantity": 1}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"price": 0}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": 1}),
        (RejectCode.AMEND_NO_CHANGE, {"quantity": 10, "price": 110, "trigger_price": 105}),
        (RejectCode.WOULD_TRIGGER, {"trigger_price": 98}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.ORDER_TOO_LARGE, TOO_MANY),
        (RejectCode.OPEN_NOTIONAL_LIMIT, TOO_MUCH_OPEN),
        (RejectCode.INSUFFICIENT_FUNDS, {"quantity": 100_000}),
    ],
    order="stop",
    of="-stop",
)
AMEND_HIDDEN = Rules(
    CommandKind.AMEND,
    Amend,
    {"account": ALICE, "price": 119, "quantity": 10},
    [
        (RejectCode.INVALID_COMBINATION, {"trail": 1}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 3}),
        (RejectCode.INVALID_PRICE, {"price": 1_001}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW}),
        (RejectCode.AMEND_NO_CHANGE, {"price": 120, "quantity": 10, "min_quantity": 4}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.ORDER_TOO_LARGE, TOO_MANY),
        (RejectCode.PRICE_OUT_OF_BAND, {"price": LOWEST - 1}),
        (RejectCode.OPEN_NOTIONAL_LIMIT, TOO_MUCH_OPEN),
        (RejectCode.INSUFFICIENT_FUNDS, {"quantity": 100_000}),
        (RejectCode.MIN_QUANTITY_UNFILLABLE, {"price": 98}),
    ],
    order="hidden",
    of="-hidden",
)
CANCEL_REPLACE = Rules(
    CommandKind.CANCEL_REPLACE,
    CancelReplace,
    {"account": ALICE, "instrument": AAPL, "side": Side.BUY, "price": 97, "quantity": 10},
    [
        (RejectCode.MALFORMED, {"on_failure": 2}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (
            RejectCode.CLIENT_ORDER_ID_REUSED,
            {"account": ALICE, "client_order_id_len": 3, "client_order_id": b"bid"},
        ),
        (RejectCode.UNKNOWN_ORDER, {"order_id": 1}),
        (RejectCode.INVALID_COMBINATION, {"side": Side.SELL}),
        (RejectCode.INSTRUMENT_HALTED, {"order_id": "halted", "instrument": HALTED}),
        (RejectCode.WRONG_PHASE, {"order_id": "closed", "instrument": CLOSED}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"price": 0}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW}),
        (RejectCode.OVERFLOW, {"quantity": HUGE}),
        (RejectCode.ORDER_TOO_LARGE, TOO_MANY),
        (RejectCode.PRICE_OUT_OF_BAND, {"price": HIGHEST + 1}),
        (RejectCode.OPEN_NOTIONAL_LIMIT, TOO_MUCH_OPEN),
        (RejectCode.POST_ONLY_WOULD_CROSS, {"price": 100, "time_in_force": TimeInForce.POST_ONLY}),
        (RejectCode.INSUFFICIENT_FUNDS, {"quantity": 100_000}),
        (RejectCode.MIN_QUANTITY_UNFILLABLE, {"min_quantity": 10, "time_in_force": TimeInForce.GTC}),
    ],
    order="bid",
)
CANCEL_ALL = Rules(
    CommandKind.CANCEL_ALL,
    CancelAll,
    {"account": BOB, "instrument": GOLD},
    [
        (RejectCode.MALFORMED, {"sides": 3}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
    ],
)
QUOTED, BLOCKED = 1, 2
"""Groups of the market maker: one that quotes, and one that its protection has blocked."""


def quoted(*entries: QuoteEntry) -> Change:
    """The entries of a mass quote, counted."""
    return {"quotes": entries, "quotes_len": len(entries)}


ASK = QuoteEntry(AAPL, 0, 130, 0, 5)
MASS_QUOTE = Rules(
    CommandKind.MASS_QUOTE,
    MassQuote,
    {"account": MAKER, "quote_group": QUOTED, **quoted(ASK)},
    [
        (RejectCode.MALFORMED, {"time_in_force": 1}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.QUOTE_GROUP_BLOCKED, {"quote_group": BLOCKED}),
    ],
)
PROTECT = Rules(
    CommandKind.SET_MARKET_MAKER_PROTECTION,
    SetMarketMakerProtection,
    {
        "account": MAKER,
        "quote_group": QUOTED,
        "window_ns": 1,
        "max_fills": MAX_PROTECTED_FILLS,
        "max_delta": MAX_AMOUNT,
    },
    [
        (RejectCode.MALFORMED, {"quote_group": 0}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.INVALID_PARAMETER, {"window_ns": 0}),
    ],
)
RESET = Rules(
    CommandKind.RESET_MARKET_MAKER_PROTECTION,
    ResetMarketMakerProtection,
    {"account": MAKER, "quote_group": BLOCKED},
    [
        (RejectCode.MALFORMED, {"quote_group": MAX_QUOTE_GROUPS + 1}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
    ],
)
CANCEL_AFTER = Rules(
    CommandKind.CANCEL_AFTER,
    CancelAfter,
    {"account": MAKER, "timeout_ns": 2**64 - 1 - NOW},
    [
        (RejectCode.MALFORMED, {"timer": 2}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.INVALID_PARAMETER, {"timeout_ns": 2**64 - NOW}),
    ],
)
AMEND_QUOTE = Rules(
    CommandKind.AMEND,
    Amend,
    {"account": ALICE, "price": 99, "quantity": 9},
    [
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_ORDER, {"order_id": 1}),
        (RejectCode.INSTRUMENT_HALTED, {"order_id": "halted"}),
        (RejectCode.INVALID_COMBINATION, {"order_id": "quote"}),
        (RejectCode.INVALID_QUANTITY, {"quantity": 0}),
        (RejectCode.INVALID_PRICE, {"price": 0}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW}),
    ],
    order="bid",
    of="-quote",
)
CREATE_ASSET = Rules(
    CommandKind.CREATE_ASSET,
    CreateAsset,
    {"asset": 3, "asset_class": 0, "decimals": 18, "symbol_len": 3, "symbol": b"NEW", "min_withdrawal": 1},
    [
        (RejectCode.MALFORMED, {"asset_class": 3}),
        (RejectCode.ALREADY_EXISTS, {"symbol_len": 4, "symbol": b"AAPL"}),
        (RejectCode.ID_NOT_NEXT, {"asset": 4}),
        (RejectCode.INVALID_PARAMETER, {"decimals": 19}),
    ],
)
CREATE_INSTRUMENT = Rules(
    CommandKind.CREATE_INSTRUMENT,
    CreateInstrument,
    {
        "instrument": NONE,
        "base": AAPL_TOKEN,
        "quote": USDC,
        "collar_bps": 10_000,
        "lot_size": 1,
        "tick_lot_value": 1,
        "max_price": 2**32 - 1,
        "symbol_len": 3,
        "symbol": b"NEW",
    },
    [
        (RejectCode.MALFORMED, {"phase": 7}),
        (RejectCode.ALREADY_EXISTS, {"instrument": AAPL}),
        (RejectCode.ID_NOT_NEXT, {"instrument": NONE + 1}),
        (RejectCode.UNKNOWN_ASSET, {"base": NO_ASSET}),
        (RejectCode.INVALID_PARAMETER, {"max_price": 2**32}),
    ],
)
CREATE_ACCOUNT = Rules(
    CommandKind.CREATE_ACCOUNT,
    CreateAccount,
    {"account": BOUNDED + 1, "fee_schedule": 1},
    [
        (RejectCode.ALREADY_EXISTS, {"account": ALICE}),
        (RejectCode.ID_NOT_NEXT, {"account": BOUNDED + 2}),
        (RejectCode.UNKNOWN_FEE_SCHEDULE, {"fee_schedule": 2}),
    ],
)
SET_ACCOUNT = Rules(
    CommandKind.SET_ACCOUNT,
    SetAccount,
    {
        "account": ALICE,
        "fee_schedule": 1,
        "max_open_orders": ACCOUNT_OPEN_ORDERS_MAX,
        "client_id_window": ACCOUNT_CLIENT_ID_WINDOW_MAX,
        "max_open_notional": MAX_AMOUNT,
    },
    [
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_FEE_SCHEDULE, {"fee_schedule": 2}),
        (RejectCode.INVALID_PARAMETER, {"client_id_window": 0}),
    ],
)
ONE_MORE_WAITS: Change = {"effective_at": NOW + 1_000}
"""A change of fees that would wait, where as many do as may."""
SET_FEE_SCHEDULE = Rules(
    CommandKind.SET_FEE_SCHEDULE,
    SetFeeSchedule,
    {"fee_schedule": 2, "maker_rate": 32_767, "taker_rate": 32_767},
    [
        (RejectCode.REGISTRY_FULL, {"fee_schedule": MAX_FEE_SCHEDULES}),
        (RejectCode.ID_NOT_NEXT, {"fee_schedule": 3}),
        (RejectCode.INVALID_PARAMETER, {"taker_rate": 32_768}),
        (RejectCode.FEE_CHANGE_LIMIT, {"fee_schedule": 1, **ONE_MORE_WAITS}),
    ],
)
SET_FEE_OVERRIDE = Rules(
    CommandKind.SET_FEE_OVERRIDE,
    SetFeeOverride,
    {"fee_schedule": 1, "instrument": GOLD, "maker_rate": -32_767, "taker_rate": 32_767, "notional_1": MAX_AMOUNT},
    [
        (RejectCode.MALFORMED, {"change": 2}),
        (RejectCode.UNKNOWN_FEE_SCHEDULE, {"fee_schedule": 2}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INVALID_PARAMETER, {"maker_rate": -32_768}),
        (RejectCode.FEE_CHANGE_LIMIT, ONE_MORE_WAITS),
    ],
)
SET_OBLIGATION = Rules(
    CommandKind.SET_OBLIGATION,
    SetObligation,
    {
        "account": MAKER,
        "instrument": GOLD,
        "max_spread": MAX_OBLIGATION_SPREAD,
        "min_quantity": 2**63 - 1,
        "required_bps": 10_000,
        "maker_rate": -32_767,
    },
    [
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INVALID_PARAMETER, {"required_bps": 10_001}),
    ],
)
DOCUMENT: Change = {"document_len": 1, "document": bytes(8)}
LONG_DOCUMENT: Change = {"document_len": 65, "document": bytes(520)}
SET_KEY = Rules(
    CommandKind.SET_KEY,
    SetKey,
    {"account": ALICE, "key_id": KEY, "expires_at": NOW + 1} | DOCUMENT,
    [
        (RejectCode.MALFORMED, LONG_DOCUMENT),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_KEY, {"account": BOB}),
        (RejectCode.KEY_REVOKED, {"key_id": REVOKED_KEY}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": NOW}),
    ],
)
SET_NEW_KEY = Rules(
    CommandKind.SET_KEY,
    SetKey,
    {"account": BOB, "key_id": REVOKED_KEY + 1} | DOCUMENT,
    [
        (RejectCode.MALFORMED, {"document_len": 0, "document": b""}),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.ID_NOT_NEXT, {"key_id": REVOKED_KEY + 2}),
        (RejectCode.INVALID_EXPIRY, {"expires_at": 1}),
    ],
    of="_new",
)
REVOKE_KEY = Rules(
    CommandKind.REVOKE_KEY,
    RevokeKey,
    {"account": ALICE, "key_id": KEY},
    [
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.UNKNOWN_KEY, {"account": BOB}),
        (RejectCode.KEY_REVOKED, {"key_id": REVOKED_KEY}),
    ],
)
CAUSES: list[Rule] = [
    (RejectCode.MALFORMED, {"cause": 8}),
    (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
]
HALT = Rules(CommandKind.HALT, Halt, {"instrument": GOLD}, CAUSES)
RESUME = Rules(CommandKind.RESUME, Resume, {"instrument": GOLD}, CAUSES)
SET_REFERENCE = Rules(
    CommandKind.SET_REFERENCE,
    SetReference,
    {"instrument": GOLD, "price": 0, "observed_at": 8, "source": 2**32 - 1},
    [
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INVALID_PRICE, {"price": 1_001}),
        (RejectCode.INVALID_PARAMETER, {"observed_at": 7}),
    ],
)
SET_PHASE = Rules(
    CommandKind.SET_PHASE,
    SetPhase,
    {"instrument": GOLD, "phase": Phase.AUCTION, "next": Phase.CLOSED, "ends_at": NOW + 1},
    [
        (RejectCode.MALFORMED, {"phase": 7}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INVALID_PARAMETER, {"next": Phase.PRE_OPEN}),
        (RejectCode.WRONG_PHASE, {"phase": Phase.RETIRED, "next": 0, "ends_at": 0}),
        (RejectCode.INSTRUMENT_HALTED, {"instrument": STOPPED, "phase": 0, "next": 0, "ends_at": 0}),
    ],
)
SET_TRADING_LIMITS = Rules(
    CommandKind.SET_TRADING_LIMITS,
    SetTradingLimits,
    {
        "instrument": GOLD,
        "static_bps": 10_000,
        "dynamic_bps": 10_000,
        "auction_bps": 10_000,
        "call_ns": MAX_CALL_NS,
        "max_quantity": MAX_AMOUNT,
        "max_notional": MAX_AMOUNT,
    },
    [
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INVALID_PARAMETER, {"auction_bps": 10_001}),
    ],
)
SET_VOLATILITY_BANDS = Rules(
    CommandKind.SET_VOLATILITY_BANDS,
    SetVolatilityBands,
    {"instrument": AAPL},
    [
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INVALID_PARAMETER, {"multiplier": 1}),
    ],
)
SET_REFERENCE_POLICY = Rules(
    CommandKind.SET_REFERENCE_POLICY,
    SetReferencePolicy,
    {"instrument": AAPL, "stale": 1, "widen": 200, "max_age_ns": 5},
    [
        (RejectCode.MALFORMED, {"primary": 4}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INVALID_PARAMETER, {"widen": 99}),
    ],
)
SET_PRIMARY_STATUS = Rules(
    CommandKind.SET_PRIMARY_STATUS,
    SetPrimaryStatus,
    {"instrument": AAPL, "status": 1, "close": 1_000},
    [
        (RejectCode.MALFORMED, {"status": 3}),
        (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
        (RejectCode.INVALID_PRICE, {"close": 1_001}),
    ],
)
ROLL_TRADE_DATE = Rules(
    CommandKind.ROLL_TRADE_DATE,
    RollTradeDate,
    {"trade_date": 20261202},
    [(RejectCode.INVALID_PARAMETER, {"trade_date": 20261201})],
)
DEPOSIT = Rules(
    CommandKind.DEPOSIT,
    Deposit,
    {"account": ALICE, "asset": USDC, "amount": 1},
    [
        (RejectCode.MALFORMED, BAD_REFERENCE),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.REFERENCE_REUSED, USED),
        (RejectCode.UNKNOWN_ASSET, {"asset": NO_ASSET}),
        (RejectCode.INVALID_AMOUNT, {"amount": 0}),
        (RejectCode.OVERFLOW, {"amount": MAX_AMOUNT}),
    ],
)
REQUEST_WITHDRAWAL = Rules(
    CommandKind.REQUEST_WITHDRAWAL,
    RequestWithdrawal,
    {"account": ALICE, "asset": GOLD_TOKEN, "amount": MIN_GOLD},
    [
        (RejectCode.MALFORMED, BAD_REFERENCE),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.REFERENCE_REUSED, USED | {"account": ALICE}),
        (RejectCode.UNKNOWN_ASSET, {"asset": NO_ASSET}),
        (RejectCode.INVALID_AMOUNT, {"amount": 0}),
        (RejectCode.BELOW_MINIMUM, {"amount": MIN_GOLD - 1}),
        (RejectCode.WITHDRAWAL_LIMIT, {"account": FULL}),
        (RejectCode.INSUFFICIENT_FUNDS, {"amount": HUGE}),
    ],
)
SETTLE_WITHDRAWAL = Rules(
    CommandKind.SETTLE_WITHDRAWAL,
    SettleWithdrawal,
    {"account": SETTLER, "withdrawal_id": 1},
    [
        (RejectCode.MALFORMED, BAD_REFERENCE),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.REFERENCE_REUSED, USED),
        (RejectCode.UNKNOWN_WITHDRAWAL, {"withdrawal_id": 9}),
    ],
)
CANCEL_WITHDRAWAL = Rules(
    CommandKind.CANCEL_WITHDRAWAL, CancelWithdrawal, SETTLE_WITHDRAWAL.base, SETTLE_WITHDRAWAL.rules
)
TRANSFER = Rules(
    CommandKind.TRANSFER,
    Transfer,
    {"account": ALICE, "to_account": BOB, "asset": USDC, "amount": 1},
    [
        (RejectCode.MALFORMED, BAD_REFERENCE),
        (RejectCode.UNKNOWN_ACCOUNT, {"account": NOBODY}),
        (RejectCode.REFERENCE_REUSED, USED | {"account": ALICE}),
        (RejectCode.UNKNOWN_COUNTERPARTY, {"to_account": NOBODY}),
        (RejectCode.UNKNOWN_ASSET, {"asset": NO_ASSET}),
        (RejectCode.INVALID_AMOUNT, {"amount": 0}),
        (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
    ],
)
CROWDED_ACTIONS: Change = {"action": MAX_ACTIONS + 1}
ANNOUNCE_ACTION = Rules(
    CommandKind.ANNOUNCE_ACTION,
    AnnounceAction,
    {"action": 3, "asset": GOLD_TOKEN, "action_kind": ActionKind.COUPON, "payer": ALICE, "record_at": 100}
    | {"asset_1": USDC, "numerator_1": 1, "denominator_1": 1}
    | dict.fromkeys(("lieu_asset", "asset_2", "asset_3", "asset_4"), NONE_ID),
    [
        (RejectCode.MALFORMED, {"action_kind": len(ActionKind)}),
        (RejectCode.ACTION_IN_PROGRESS, {"action": 1}),
        (RejectCode.UNKNOWN_ACTION, {"action": 0}),
        (RejectCode.ID_NOT_NEXT, {"action": 9}),
        (RejectCode.ACTION_LIMIT, CROWDED_ACTIONS),
        (RejectCode.UNKNOWN_ASSET, {"asset": NO_ASSET}),
        (RejectCode.UNKNOWN_COUNTERPARTY, {"payer": NOBODY}),
        (RejectCode.UNKNOWN_ASSET, {"asset_1": NO_ASSET}),
        (RejectCode.INVALID_ACTION, {"denominator_1": 0}),
        (RejectCode.INVALID_PARAMETER, {"books_close_at": 101}),
    ],
)
CANCEL_ACTION = Rules(
    CommandKind.CANCEL_ACTION,
    CancelAction,
    {"action": 2},
    [(RejectCode.UNKNOWN_ACTION, {"action": 9}), (RejectCode.ACTION_IN_PROGRESS, {"action": 1})],
)
COMMANDS = [
    PLACE,
    STOP,
    HIDDEN,
    PEG,
    FOR_AUCTION,
    OCO,
    BRACKET,
    CANCEL,
    AMEND,
    AMEND_STOP,
    AMEND_HIDDEN,
    CANCEL_REPLACE,
    AMEND_QUOTE,
    CANCEL_ALL,
    MASS_QUOTE,
    PROTECT,
    RESET,
    CANCEL_AFTER,
    CREATE_ASSET,
    CREATE_INSTRUMENT,
    CREATE_ACCOUNT,
    SET_ACCOUNT,
    SET_FEE_SCHEDULE,
    SET_FEE_OVERRIDE,
    SET_OBLIGATION,
    SET_KEY,
    SET_NEW_KEY,
    REVOKE_KEY,
    HALT,
    RESUME,
    SET_REFERENCE,
    SET_PHASE,
    SET_TRADING_LIMITS,
    SET_VOLATILITY_BANDS,
    SET_REFERENCE_POLICY,
    SET_PRIMARY_STATUS,
    ROLL_TRADE_DATE,
    DEPOSIT,
    REQUEST_WITHDRAWAL,
    SETTLE_WITHDRAWAL,
    CANCEL_WITHDRAWAL,
    TRANSFER,
    ANNOUNCE_ACTION,
    CANCEL_ACTION,
]
OF_HOLDERS = {code for code in RejectCode if RejectCode.NOT_VERIFIED <= code <= RejectCode.ASSET_FROZEN}
"""Reached in tests/test_rules_holders.py."""
OF_BACKING = {code for code in RejectCode if RejectCode.NO_ASSET_TERMS <= code <= RejectCode.NO_PEG}
"""Reached in the tables of `engine_core/docs/assets.md`, and in the differential flow."""
ELSEWHERE = {RejectCode.ENGINE_FULL, RejectCode.BOOKS_CLOSED} | OF_HOLDERS | OF_BACKING
"""Reached in tests/test_rules_limits.py, and in a table of `engine_core/docs/assets.md`."""


@pytest.fixture
def engine(new_engine: Any) -> Any:
    """A world in which each rule can be broken by itself.

    Bob offers 5 lots of AAPL at 100, and the last trade was at 98. Alice has a post-only bid for 10 lots at 98 of which
    3 are filled, a stop that waits and a hidden order with a minimum (what CANCEL and AMEND are about), and an open
    order in what is halted by now, and in what is closed. GOLD and CALLED have a reference price, AAPL and CALLED
    limits, and the day a trade date. A market maker quotes an ask in one group, and has another that is blocked; alice
    has a quote, too, and two keys of which one is revoked. Each command that moves money was carried out under a
    reference.
    """
    engine = opening(new_engine)
    names = {HALTED: "HALTED", EMPTY: "EMPTY", CLOSED: "CLOSED", CALLED: "CALLED", FRESH: "FRESH", STOPPED: "STOPPED"}
    for number, name in names.items():
        phase = Phase.PRE_OPEN if number in (CALLED, FRESH, STOPPED) else Phase.CONTINUOUS
        engine.create_instrument(number, name, 1, 0, lot_size=10, tick_lot_value=100, max_price=1_000, phase=phase)
    for account in (FULL, SETTLER, MAKER):
        engine.create_account(account)
        engine.deposit(account, USDC, 1_000)
    engine.set_account(FULL, max_open_orders=FEW_ORDERS)
    engine.request_withdrawal(SETTLER, USDC, 100)
    for end in (engine.settle_withdrawal, engine.cancel_withdrawal):
        (pending,) = engine.request_withdrawal(SETTLER, USDC, 100)
        end(SETTLER, pending.withdrawal_id, reference="used")
    engine.deposit(ALICE, USDC, 2, reference="used")
    engine.transfer(ALICE, BOB, USDC, 2, reference="used")
    (pending,) = engine.request_withdrawal(ALICE, USDC, 2, reference="used")
    engine.cancel_withdrawal(ALICE, pending.withdrawal_id)
    engine.create_account(BOUNDED)
    engine.set_account(BOUNDED, max_open_notional=1)
    engine.set_account(ALICE, max_open_notional=MOST_OPEN)
    engine.place(ALICE, AAPL, Side.BUY, 98, 10, time_in_force=3, client_order_id="bid")
    engine.place(BOB, AAPL, Side.SELL, 98, 3)
    engine.place(BOB, AAPL, Side.SELL, 100, 5)
    engine.place(ALICE, HALTED, Side.BUY, 98, 10, client_order_id="halted")
    engine.place(ALICE, CLOSED, Side.BUY, 98, 10, client_order_id="closed")
    engine.place(ALICE, AAPL, Side.BUY, 110, 10, trigger=1, trigger_price=105, client_order_id="stop")
    engine.place(ALICE, AAPL, Side.SELL, 120, 10, visibility=1, min_quantity=4, client_order_id="hidden")
    engine.deposit(MAKER, AAPL_TOKEN, 1_000)
    engine.deposit(MAKER, GOLD_TOKEN, 1)
    engine.mass_quote(MAKER, QUOTED, [QuoteEntry(AAPL, 0, 130, 0, 4)])
    engine.set_market_maker_protection(MAKER, BLOCKED, window_ns=1, max_fills=1)
    engine.mass_quote(MAKER, BLOCKED, [QuoteEntry(GOLD, 0, 9, 0, 1)])
    engine.place(BOB, GOLD, Side.BUY, 9, 1)
    engine.mass_quote(ALICE, QUOTED, [QuoteEntry(EMPTY, 50, 0, 1, 0)])
    for key in (KEY, REVOKED_KEY):
        engine.set_key(ALICE, key, bytes(8))
    engine.revoke_key(ALICE, REVOKED_KEY)
    engine.set_reference(GOLD, 5, observed_at=8)
    engine.set_reference(CALLED, 100, observed_at=8)
    engine.roll_trade_date(20261201)
    engine.set_trading_limits(AAPL, static_bps=2_500, call_ns=1, max_quantity=MANY)
    engine.set_trading_limits(CALLED, max_quantity=MANY)
    engine.set_phase(CLOSED, Phase.CLOSED)
    engine.halt(STOPPED)
    engine.halt(HALTED, timestamp_ns=NOW)
    return engine


def order_ids(engine: Any) -> dict[str, int]:
    return {order.client_order_id or "quote": order.order_id for order in engine.open_orders(ALICE)}


def resolve(rules: Rules, change: Change, engine: Any) -> Change:
    """Names the order of the world that a change, or a base without one, is about."""
    ids = order_ids(engine)
    if "order_id" in change:
        return change | {"order_id": ids.get(change["order_id"], change["order_id"])}
    if rules.order and not change:
        return {"order_id": ids[rules.order]}
    return change


def prepare(engine: Any, rules: Rules, *changes: Change) -> bytes:
    """The changed command, in a world that is ready for it."""
    if any(change.get("account") == FULL for change in changes):
        engine.apply_batch(pack_place(FULL, EMPTY, Side.BUY, 1, 1) * FEW_ORDERS)
        engine.deposit(FULL, GOLD_TOKEN, MAX_PENDING_WITHDRAWALS_PER_ACCOUNT * MIN_GOLD + MIN_GOLD)
        withdrawal = pack_request_withdrawal(FULL, GOLD_TOKEN, MIN_GOLD)
        engine.apply_batch(withdrawal * MAX_PENDING_WITHDRAWALS_PER_ACCOUNT)
    if any("effective_at" in change for change in changes):
        for number in range(MAX_PENDING_FEE_CHANGES):
            engine.set_fee_schedule(0, 0, 0, effective_at=NOW + 1 + number)
    if rules.kind in (CommandKind.ANNOUNCE_ACTION, CommandKind.CANCEL_ACTION):
        begin_an_action(engine)
    if CROWDED_ACTIONS in changes:
        for number in range(3, MAX_ACTIONS + 1):
            engine.announce_action(number, GOLD_TOKEN, ActionKind.DELISTING, order_policy=1, record_at=500)
    if CROWDED_QUEUE in changes:
        for trigger in (Trigger.LAST_TRADE, Trigger.REFERENCE):
            stop = pack_place(BOB, AAPL, Side.BUY, 1, 1, trigger=trigger, trigger_price=900, trail=5)
            engine.apply_batch(stop * MAX_TRAILING_ORDERS)
    if CROWDED_SIDE in changes:
        hidden = pack_place(BOB, AAPL, Side.SELL, 900, 1, visibility=Visibility.HIDDEN, min_quantity=1)
        engine.apply_batch(hidden * MAX_MINIMUM_ORDERS)
    return rules.record(*(resolve(rules, change, engine) for change in ({}, *changes)))


def begin_an_action(engine: Any) -> None:
    """The first runs, as it has more orders to cancel than a pulse can; the second is announced."""
    engine.apply_batch(pack_place(BOB, AAPL, Side.BUY, 80, 1) * ACTION_ITEMS)
    dividend: dict[str, Any] = {
        "payer": ALICE,
        "order_policy": 1,
        "asset_1": USDC,
        "numerator_1": 1,
        "denominator_1": 9,
    }
    engine.announce_action(1, AAPL_TOKEN, ActionKind.COUPON, record_at=NOW + 1, **dividend)
    engine.announce_action(2, AAPL_TOKEN, ActionKind.COUPON, record_at=90, **dividend)
    engine.pulse(timestamp_ns=NOW + 1)


def answer(engine: Any, rules: Rules, *changes: Change) -> Any:
    """The one event that the changed command causes."""
    (event,) = engine.apply(prepare(engine, rules, *changes))
    return event


CASES = [(rules, rule) for rules in COMMANDS for rule in rules.rules]


@pytest.mark.parametrize("rules", COMMANDS, ids=lambda rules: rules.name)
def test_the_base_breaks_no_rule(engine: Any, rules: Rules) -> None:
    events = engine.apply(prepare(engine, rules))
    assert EventKind.REJECTED not in [event.kind for event in events]


@pytest.mark.parametrize(("rules", "rule"), CASES, ids=[f"{rules.name}-{rule[0].name}" for rules, rule in CASES])
def test_each_rule_by_itself(engine: Any, rules: Rules, rule: Rule) -> None:
    code, change = rule
    record = prepare(engine, rules, change)
    before = engine.state_image()
    (event,) = engine.apply(record)
    assert (event.kind, RejectCode(event.reason)) == (EventKind.REJECTED, code)
    assert_only_the_sequences_moved(before, engine.state_image(), event)


def assert_only_the_sequences_moved(before: bytes, after: bytes, event: Any) -> None:
    """A rejected command leaves its sequence, and the account sequence of the event, and nothing else."""
    assert len(before) == len(after)
    changed = {offset for offset in range(len(before)) if before[offset] != after[offset]}
    sequence = set(range(40, 48))
    elsewhere = changed - sequence
    assert changed & sequence
    assert len(elsewhere) <= (8 if event.account_sequence else 0)
    assert max(elsewhere, default=0) - min(elsewhere, default=0) < 8


def pairs(rules: Rules) -> Iterator[tuple[Rule, Rule]]:
    """An earlier and a later rule that one command can break both."""
    for earlier, later in itertools.combinations(rules.rules, 2):
        shared = earlier[1].keys() & later[1].keys()
        if all(earlier[1][key] == later[1][key] for key in shared):
            yield earlier, later


PAIRS = [(rules, earlier, later) for rules in COMMANDS for earlier, later in pairs(rules)]


@pytest.mark.parametrize(
    ("rules", "earlier", "later"),
    PAIRS,
    ids=[f"{rules.name}-{earlier[0].name}-{later[0].name}" for rules, earlier, later in PAIRS],
)
def test_the_earlier_rule_wins(engine: Any, rules: Rules, earlier: Rule, later: Rule) -> None:
    event = answer(engine, rules, earlier[1], later[1])
    assert RejectCode(event.reason) == earlier[0]


def test_every_code_is_covered() -> None:
    covered = {code for rules in COMMANDS for code, _ in rules.rules}
    assert covered == set(RejectCode) - ELSEWHERE


@pytest.mark.parametrize(
    "change",
    [
        {"side": 2},
        {"order_type": 3},
        {"time_in_force": 5},
        {"stp": 5},
        {"stp": 255},
        {"quantity_kind": 2},
        {"trigger": 4},
        {"visibility": 2},
        {"lifetime": 3},
        {"peg": 4},
        {"peg": 255},
        TOO_LONG,
        {"client_order_id_len": 255, "client_order_id": b"x" * 36},
        {"client_order_id_len": 1, "client_order_id": b"\0"},
        {"client_order_id_len": 9, "client_order_id": b"12345678\0"},
        {"client_order_id_len": 2, "client_order_id": b"a "},
        {"client_order_id_len": 1, "client_order_id": b"\x7f"},
        {"client_order_id_len": 1, "client_order_id": b"\xe9"},
    ],
    ids=str,
)
def test_malformed_orders(engine: Any, change: Change) -> None:
    event = answer(engine, PLACE, {"account": NOBODY}, change)
    assert RejectCode(event.reason) == RejectCode.MALFORMED
    assert (event.account, event.account_sequence, event.instrument) == (NOBODY, 0, AAPL)
    assert (event.command, event.client_order_id) == (CommandKind.PLACE, "")


MANY_QUOTES = [QuoteEntry(instrument, 0, 0, 0, 0) for instrument in range(MAX_QUOTE_ENTRIES + 1)]


@pytest.mark.parametrize(
    "change",
    [
        {"quote_group": 0},
        {"quote_group": MAX_QUOTE_GROUPS + 1},
        {"quote_group": 2**32 - 1},
        {"time_in_force": 2},
        {"time_in_force": 4},
        {"time_in_force": 5},
        {"stp": 5},
        quoted(),
        quoted(ASK, ASK),
        quoted(ASK, QuoteEntry(GOLD, 0, 0, 0, 0), ASK._replace(ask_price=0, ask_quantity=0)),
        quoted(QuoteEntry(NONE_ID, 0, 0, 0, 0), QuoteEntry(NONE_ID, 0, 0, 0, 0)),
        quoted(*MANY_QUOTES),
        quoted(*MANY_QUOTES) | {"quotes_len": 255},
    ],
    ids=lambda change: " ".join(f"{name}={str(value)[:40]}" for name, value in change.items()),
)
def test_malformed_mass_quotes(engine: Any, change: Change) -> None:
    event = answer(engine, MASS_QUOTE, {"account": NOBODY}, change)
    assert RejectCode(event.reason) == RejectCode.MALFORMED
    assert (event.account, event.account_sequence, event.command) == (NOBODY, 0, CommandKind.MASS_QUOTE)
    assert (event.instrument, event.asset, event.order_id, event.client_order_id) == (NONE_ID, NONE_ID, 0, "")


SIDE_RULES: list[tuple[RejectCode, dict[str, int]]] = [
    (RejectCode.UNKNOWN_INSTRUMENT, {"instrument": NONE}),
    (RejectCode.INSTRUMENT_HALTED, {"instrument": HALTED}),
    (RejectCode.INVALID_QUANTITY, {"bid_quantity": -1}),
    (RejectCode.INVALID_PRICE, {"bid_price": 0}),
    (RejectCode.INVALID_PRICE, {"bid_price": 1_001}),
    (RejectCode.INVALID_PRICE, {"ask_price": 101, "ask_quantity": 1}),
    (RejectCode.OPEN_ORDER_LIMIT, {"account": FULL}),
    (RejectCode.OVERFLOW, {"bid_quantity": HUGE}),
    (RejectCode.POST_ONLY_WOULD_CROSS, {"time_in_force": TimeInForce.POST_ONLY}),
    (RejectCode.INSUFFICIENT_FUNDS, {"account": POOR}),
]
"""Why a bid for one lot at 101, where bob offers at 100, is refused; which of two reasons wins."""
SIDE_PAIRS = [
    (code, change | later)
    for (code, change), (_, later) in itertools.combinations(SIDE_RULES, 2)
    if all(change[name] == later[name] for name in change.keys() & later.keys())
]


@pytest.mark.parametrize(("code", "change"), [*SIDE_RULES, *SIDE_PAIRS], ids=str)
def test_why_a_side_is_refused(engine: Any, code: RejectCode, change: Change) -> None:
    entry = QuoteEntry(AAPL, 101, 0, 1, 0)
    entry = entry._replace(**{name: value for name, value in change.items() if name in entry._fields})
    outer = {name: value for name, value in change.items() if name not in entry._fields}
    record = prepare(engine, MASS_QUOTE, {"account": ALICE, "quote_group": 9, **quoted(entry)} | outer)
    refused, *_, done = engine.apply(record)
    assert (refused.kind, RejectCode(refused.reason), refused.side) == (EventKind.QUOTE_REJECTED, code, Side.BUY)
    assert (refused.instrument, refused.quote_group, refused.entry_number) == (entry.instrument, 9, 0)
    assert (done.kind, done.quote_group) == (EventKind.MASS_QUOTED, 9)
    assert done.refused >= 1


MONEY = (DEPOSIT, REQUEST_WITHDRAWAL, SETTLE_WITHDRAWAL, CANCEL_WITHDRAWAL, TRANSFER)


@pytest.mark.parametrize("rules", MONEY, ids=lambda rules: rules.name)
@pytest.mark.parametrize(
    "change",
    [
        BAD_REFERENCE,
        {"reference_len": 255, "reference": b"x" * 36},
        {"reference_len": 1, "reference": b"\0"},
        {"reference_len": 9, "reference": b"12345678\0"},
        {"reference_len": 2, "reference": b"a "},
        {"reference_len": 1, "reference": b"\x7f"},
        {"reference_len": 1, "reference": b"\xe9"},
    ],
    ids=str,
)
def test_malformed_references(engine: Any, rules: Rules, change: Change) -> None:
    event = answer(engine, rules, {"account": NOBODY}, change)
    assert (RejectCode(event.reason), event.command) == (RejectCode.MALFORMED, rules.kind)
    assert (event.account, event.account_sequence) == (NOBODY, 0)


OTHERWISE: dict[CommandKind, list[Change]] = {
    CommandKind.DEPOSIT: [{"asset": AAPL_TOKEN}, {"amount": 6}],
    CommandKind.REQUEST_WITHDRAWAL: [{"asset": USDC}, {"amount": MIN_GOLD + 1}],
    CommandKind.SETTLE_WITHDRAWAL: [{"withdrawal_id": 2}],
    CommandKind.CANCEL_WITHDRAWAL: [{"withdrawal_id": 2}],
    CommandKind.TRANSFER: [{"asset": AAPL_TOKEN}, {"amount": 6}, {"to_account": MAKER}],
}
"""Every other field of a command that moves money, with another value."""


@pytest.mark.parametrize("rules", MONEY, ids=lambda rules: rules.name)
def test_a_repetition_is_of_every_field_but_the_reference(engine: Any, rules: Rules) -> None:
    """Whatever is reserved, behind the characters, or of the sequencer, is no content."""
    longest: Change = {"reference_len": CLIENT_ID_LEN, "reference": b"~" * (CLIENT_ID_LEN - 1) + b"!"}
    record = prepare(engine, rules, longest)
    original, *_ = engine.apply(record)
    before = engine.state_image()
    newer, reserved_at = bytearray(record), HEADER_LEN + TAILS[rules.body].counted_at + 1
    newer[reserved_at : reserved_at + 7], newer[-4:] = bytes([255] * 7), bytes([255] * 4)
    newer[8:12] = (7).to_bytes(4, "little")
    for again in (record, bytes(newer)):
        (repeated,) = engine.apply(again)
        assert (repeated.kind, repeated.account) == (EventKind.MONEY_REPEATED, original.account)
        assert (repeated.command, repeated.original_sequence) == (rules.kind, original.sequence)
        assert (repeated.asset, repeated.amount) == (original.asset, original.amount)
        assert repeated.withdrawal_id == getattr(original, "withdrawal_id", 0)
        assert repeated.counterparty == getattr(original, "counterparty", 0)
    for change in OTHERWISE[rules.kind]:
        assert RejectCode(answer(engine, rules, longest, change).reason) == RejectCode.REFERENCE_REUSED
    assert_only_the_sequences_moved(before, engine.state_image(), repeated)


@pytest.mark.parametrize("rules", [CANCEL, AMEND], ids=["CANCEL", "AMEND"])
@pytest.mark.parametrize(
    "change",
    [
        {"order_id": 0},
        {"order_id": 5, "client_order_id_len": 1, "client_order_id": b"x"},
        {"order_id": 0, "client_order_id_len": 1, "client_order_id": b" "},
        {"order_id": 0, **TOO_LONG},
        {"order_id": 5, **TOO_LONG},
    ],
    ids=str,
)
def test_cancel_and_amend_name_one_order(engine: Any, rules: Rules, change: Change) -> None:
    event = answer(engine, rules, change)
    assert RejectCode(event.reason) == RejectCode.MALFORMED
    assert event.order_id == change["order_id"]


@pytest.mark.parametrize(
    ("rules", "reserved"),
    [
        (PLACE, range(50, 56)),
        (STOP, (*range(50, 56), *range(91, 96))),
        (PEG, (*range(50, 56), *range(91, 96), *range(98, 104))),
        (CANCEL, range(33, 40)),
        (AMEND, range(49, 56)),
        (CANCEL_ALL, range(28, 32)),
        (MASS_QUOTE, (31, *range(44, 48))),
        (RESET, range(28, 32)),
        (CANCEL_AFTER, range(33, 40)),
        (OCO, range(69, 72)),
        (BRACKET, range(79, 80)),
        (SET_ACCOUNT, (*range(36, 40), *range(44, 48))),
        (SET_FEE_SCHEDULE, range(36, 40)),
        (SET_FEE_OVERRIDE, (*range(33, 36), *range(44, 48))),
        (SET_PHASE, range(30, 32)),
        (ROLL_TRADE_DATE, range(28, 32)),
    ],
    ids=lambda value: value.name if isinstance(value, Rules) else "",
)
def test_what_is_reserved_is_not_judged(engine: Any, rules: Rules, reserved: Iterable[int]) -> None:
    record = bytearray(prepare(engine, rules))
    for offset in reserved:
        record[offset] = 0xFF
    events = engine.apply(bytes(record))
    assert EventKind.REJECTED not in [event.kind for event in events]


@pytest.mark.parametrize(
    ("rules", "ignored"),
    [
        (PLACE, (*range(50, 56), *range(59, 64))),
        (STOP, (*range(50, 56), *range(91, 96), *range(99, 104))),
        (PEG, (*range(50, 56), *range(91, 96), *range(98, 104), *range(107, 112))),
        (OCO, (*range(69, 72), *range(75, 80))),
        (BRACKET, (79, *range(83, 88))),
    ],
    ids=lambda value: value.name if isinstance(value, Rules) else "",
)
def test_what_is_reserved_is_no_content(engine: Any, rules: Rules, ignored: Iterable[int]) -> None:
    """Nor is what is behind the client order id."""
    record = bytearray(prepare(engine, rules, {"client_order_id_len": 3, "client_order_id": b"new"}))
    engine.apply(bytes(record))
    for offset in ignored:
        record[offset] = 0xFF
    (again,) = engine.apply(bytes(record))
    assert (again.kind, again.client_order_id) == (EventKind.DUPLICATE, "new")


def test_a_newer_layout_that_says_no_more_is_the_same_content(engine: Any) -> None:
    """Zeros behind what the oldest layout has; the length and the version of the record say so."""
    record = prepare(engine, PLACE, {"client_order_id_len": 3, "client_order_id": b"new"})
    lengths = BODY_LENGTHS[Place]
    engine.apply(record)
    for version, length in enumerate(lengths[1:], start=2):
        body_end = HEADER_LEN + lengths[0]
        newer = bytearray(record[:body_end] + bytes(length - lengths[0]) + record[body_end:])
        newer[0:2], newer[3] = len(newer).to_bytes(2, "little"), version
        (again,) = engine.apply(bytes(newer))
        assert (again.kind, again.client_order_id) == (EventKind.DUPLICATE, "new")


@pytest.mark.parametrize("kind", [0, 12, 15, 31, 37, 255])
def test_an_unknown_kind_is_malformed(engine: Any, kind: int) -> None:
    (event,) = engine.apply(pack(kind, ALICE, Transfer(1, 2, 3)))
    assert (event.kind, event.reason, event.account) == (EventKind.REJECTED, RejectCode.MALFORMED, ALICE)
    assert (event.instrument, event.asset, event.order_id, event.withdrawal_id) == (NONE_ID, NONE_ID, 0, 0)
    assert (event.command, event.client_order_id) == (kind, "")


CHANGES_OF_FEES = (SET_FEE_SCHEDULE, SET_FEE_OVERRIDE)
IMPOSSIBLE_FEES: list[Change] = [
    {"maker_rate": -32_768},
    {"maker_rate": 32_768},
    {"maker_rate": -(2**31)},
    {"taker_rate": 2**32 - 1},
    {"notional_1": -1},
    {"notional_1": 0, "notional_2": 5},
    {"notional_1": 0, "maker_rate_1": 1},
    {"notional_1": 0, "taker_rate_1": 1},
    {"notional_1": 5, "notional_2": 5},
    {"notional_1": 5, "notional_2": 4},
    {"notional_1": 5, "taker_rate_8": 1},
    {"notional_1": 5, "notional_3": 6},
    {"notional_1": 5, "maker_rate_1": 32_768},
    {"notional_1": 5, "maker_rate_1": -32_768},
    {"notional_1": 5, "taker_rate_1": 32_768},
    {"effective_at": NOW},
    {"effective_at": 1},
]
NO_FEES: Change = {"change": 1, "maker_rate": 0, "taker_rate": 0, "notional_1": 0}
SAID_OF_NOTHING: list[Change] = [{"maker_rate": -1}, {"taker_rate": 1}, {"notional_1": 1}, {"effective_at": NOW}]
"""What can not be said of an override that is taken away."""
INVALID_INSTRUMENTS: list[Change] = [
    {"base": USDC},
    {"base": USDC, "quote": AAPL_TOKEN},
    {"quote": GOLD_TOKEN},
    {"lot_size": 0},
    {"lot_size": -1},
    {"tick_lot_value": 0},
    {"max_price": 0},
    {"max_price": -1},
    {"collar_bps": 10_001},
    *({"phase": phase} for phase in (Phase.AUCTION, Phase.PAUSE, Phase.UNCROSSING, Phase.RETIRED)),
]


@pytest.mark.parametrize("change", INVALID_INSTRUMENTS, ids=str)
def test_invalid_instruments(engine: Any, change: Change) -> None:
    assert RejectCode(answer(engine, CREATE_INSTRUMENT, change).reason) == RejectCode.INVALID_PARAMETER


NOT_COLLECTED: list[Change] = [
    *({"time_in_force": time} for time in TimeInForce if time != TimeInForce.GTC),
    {"order_type": OrderType.MARKET_TO_LIMIT, "price": 0},
    {"order_type": OrderType.MARKET, "price": 0},
    {"order_type": OrderType.MARKET, "price": 0, "time_in_force": TimeInForce.IOC, "lifetime": Lifetime.AUCTION},
    {"min_quantity": 1},
    {"quantity_kind": 1, "time_in_force": TimeInForce.IOC},
]
"""Orders that no auction waits for."""
AT_ONCE: Change = {"next": 0, "ends_at": 0}


@pytest.mark.parametrize(
    ("rules", "change", "code"),
    [
        (CREATE_INSTRUMENT, {"quote": NO_ASSET}, RejectCode.UNKNOWN_ASSET),
        (CREATE_INSTRUMENT, {"symbol_len": 9, "symbol": b"AAPL-USDC"}, RejectCode.ALREADY_EXISTS),
        (CREATE_INSTRUMENT, {"symbol_len": 0}, RejectCode.MALFORMED),
        (CREATE_INSTRUMENT, {"symbol_len": 17}, RejectCode.MALFORMED),
        (CREATE_INSTRUMENT, {"phase": 255, "instrument": AAPL}, RejectCode.MALFORMED),
        (CREATE_ASSET, {"asset": USDC}, RejectCode.ALREADY_EXISTS),
        (CREATE_ASSET, {"symbol_len": 0}, RejectCode.MALFORMED),
        (CREATE_ASSET, {"symbol_len": 17}, RejectCode.MALFORMED),
        (CREATE_ASSET, {"symbol": b"N W"}, RejectCode.MALFORMED),
        (CREATE_ASSET, {"min_withdrawal": 0}, RejectCode.INVALID_PARAMETER),
        (CREATE_ASSET, {"min_withdrawal": -1}, RejectCode.INVALID_PARAMETER),
        (REQUEST_WITHDRAWAL, {"account": POOR}, RejectCode.INSUFFICIENT_FUNDS),
        (REQUEST_WITHDRAWAL, {"account": POOR, "amount": 1}, RejectCode.BELOW_MINIMUM),
        (SET_FEE_SCHEDULE, {"maker_rate": 32_768}, RejectCode.INVALID_PARAMETER),
        *((rules, change, RejectCode.INVALID_PARAMETER) for rules in CHANGES_OF_FEES for change in IMPOSSIBLE_FEES),
        (SET_FEE_SCHEDULE, {"effective_at": NOW + 1}, RejectCode.INVALID_PARAMETER),
        *((SET_FEE_OVERRIDE, NO_FEES | change, RejectCode.INVALID_PARAMETER) for change in SAID_OF_NOTHING),
        (SET_FEE_OVERRIDE, {"change": 255}, RejectCode.MALFORMED),
        (SET_FEE_OVERRIDE, {"instrument": NONE_ID}, RejectCode.UNKNOWN_INSTRUMENT),
        (SET_ACCOUNT, {"max_open_notional": -1}, RejectCode.INVALID_PARAMETER),
        (SET_ACCOUNT, {"client_id_window": ACCOUNT_CLIENT_ID_WINDOW_MAX + 1}, RejectCode.INVALID_PARAMETER),
        (SET_ACCOUNT, {"max_open_orders": ACCOUNT_OPEN_ORDERS_MAX + 1}, RejectCode.INVALID_PARAMETER),
        (SET_ACCOUNT, {"max_open_orders": 0}, RejectCode.INVALID_PARAMETER),
        (SET_ACCOUNT, {"fee_schedule": 2**32 - 1}, RejectCode.UNKNOWN_FEE_SCHEDULE),
        (DEPOSIT, {"amount": -1}, RejectCode.INVALID_AMOUNT),
        (TRANSFER, {"to_account": ALICE}, RejectCode.UNKNOWN_COUNTERPARTY),
        (TRANSFER, {"amount": -(2**63)}, RejectCode.INVALID_AMOUNT),
        (PLACE, {"quantity": -(2**63)}, RejectCode.INVALID_QUANTITY),
        (PLACE, {"price": 1_001}, RejectCode.INVALID_PRICE),
        (PLACE, {"price": 0}, RejectCode.INVALID_PRICE),
        (PLACE, {"order_type": 1, "price": 1, "time_in_force": 1}, RejectCode.INVALID_PRICE),
        (PLACE, {"order_type": 1, "price": 0, "time_in_force": 0}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"order_type": 1, "price": 0, "time_in_force": 3}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"order_type": 1, "price": 1, "time_in_force": 1, "instrument": EMPTY}, RejectCode.INVALID_PRICE),
        (PLACE, {"order_type": 1, "price": 0, "time_in_force": 0, "instrument": EMPTY}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"quantity_kind": 1, "time_in_force": 1, "side": 1}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"side": 1, "quantity": HUGE}, RejectCode.OVERFLOW),
        (PLACE, {"order_type": 2, "price": 0, "instrument": EMPTY}, RejectCode.NO_LIQUIDITY),
        (PLACE, {"order_type": 2, "price": 1}, RejectCode.INVALID_PRICE),
        (PLACE, {"order_type": 2, "price": 0, "time_in_force": 1}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"trigger_price": 105}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"trail": 5}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"trigger_price": 105, "trail": 5}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"quantity_kind": 1, "time_in_force": 1, "stp": 3}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"quantity_kind": 1, "time_in_force": 1, "display_quantity": -1}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"time_in_force": 1, "lifetime": 1, "quantity": 0}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"time_in_force": 2, "min_quantity": -1}, RejectCode.INVALID_COMBINATION),
        (PLACE, {"display_quantity": 2}, RejectCode.INVALID_QUANTITY),
        (PLACE, {"display_quantity": -(2**63)}, RejectCode.INVALID_QUANTITY),
        (PLACE, {"display_quantity": 1, "quantity": MAX_AMOUNT}, RejectCode.INVALID_QUANTITY),
        (PLACE, {"display_quantity": MAX_AMOUNT, "quantity": MAX_AMOUNT}, RejectCode.OVERFLOW),
        (PLACE, {"min_quantity": 2}, RejectCode.INVALID_QUANTITY),
        (PLACE, {"min_quantity": MAX_AMOUNT}, RejectCode.INVALID_QUANTITY),
        (PLACE, {"time_in_force": 4, "instrument": HALTED}, RejectCode.INSTRUMENT_HALTED),
        (STOP, {"trigger_price": 0}, RejectCode.INVALID_COMBINATION),
        (STOP, {"trigger": 0}, RejectCode.INVALID_COMBINATION),
        (STOP, {"trigger_price": 2**32 - 1}, RejectCode.INVALID_PRICE),
        (STOP, {"trail": 2**32 - 1}, RejectCode.INVALID_PRICE),
        (STOP, {"order_type": 1, "time_in_force": 1}, RejectCode.INVALID_PRICE),
        (STOP, {"order_type": 1, "price": 0}, RejectCode.INVALID_COMBINATION),
        (STOP, {"trigger": 2, "trigger_price": 100}, RejectCode.WOULD_TRIGGER),
        (STOP, {"side": 1, "trigger": 2, "trigger_price": 98}, RejectCode.WOULD_TRIGGER),
        (STOP, {"instrument": EMPTY, "trigger_price": 0, "trail": 1}, RejectCode.NO_TRIGGER_VALUE),
        (STOP, {"instrument": EMPTY, "trigger_price": 0, "trail": 1, "trigger": 2}, RejectCode.NO_TRIGGER_VALUE),
        (STOP, {"side": 1, "trigger_price": 90, "quantity": HUGE}, RejectCode.OVERFLOW),
        (OCO, {"trigger": Trigger.NONE}, RejectCode.MALFORMED),
        (OCO, {"trigger": 4}, RejectCode.MALFORMED),
        (OCO, {"side": 2}, RejectCode.MALFORMED),
        (OCO, {"lifetime": 3}, RejectCode.MALFORMED),
        (OCO, TOO_LONG, RejectCode.MALFORMED),
        (OCO, {"stop_price": -1}, RejectCode.INVALID_PRICE),
        (OCO, {"stop_price": 2**63 - 1}, RejectCode.INVALID_PRICE),
        (OCO, {"price": 1_001, "trigger_price": 1_001}, RejectCode.INVALID_PRICE),
        (OCO, {"side": 0, "price": 90, "trigger_price": 2**32 - 1}, RejectCode.INVALID_PRICE),
        (OCO, {"side": 0, "price": 90, "trigger_price": 98}, RejectCode.WOULD_TRIGGER),
        (OCO, {"side": 0, "price": 90, "trigger_price": 1_000, "quantity": 1_000}, RejectCode.INSUFFICIENT_FUNDS),
        (BRACKET, {"trigger": 4}, RejectCode.MALFORMED),
        (BRACKET, {"order_type": 3}, RejectCode.MALFORMED),
        (BRACKET, {"time_in_force": 5}, RejectCode.MALFORMED),
        (BRACKET, {"lifetime": 3}, RejectCode.MALFORMED),
        (BRACKET, TOO_LONG, RejectCode.MALFORMED),
        (BRACKET, {"take_profit": 1_001}, RejectCode.INVALID_PRICE),
        (BRACKET, {"take_profit": (1 << 32) + 115}, RejectCode.INVALID_PRICE),
        (BRACKET, {"take_profit": -(2**63)}, RejectCode.INVALID_PRICE),
        (BRACKET, {"trigger_price": 0}, RejectCode.INVALID_PRICE),
        (BRACKET, {"trigger_price": 2**32 - 1}, RejectCode.INVALID_PRICE),
        (BRACKET, {"stop_price": -1}, RejectCode.INVALID_PRICE),
        (BRACKET, {"stop_price": 1_001}, RejectCode.INVALID_PRICE),
        (BRACKET, {"side": 1, "price": 120, "take_profit": 90, "trigger_price": 90}, RejectCode.INVALID_PRICE),
        (AMEND, {"min_quantity": 1}, RejectCode.INVALID_COMBINATION),
        (AMEND, {"trigger_price": 1}, RejectCode.INVALID_COMBINATION),
        (AMEND, {"trail": 1}, RejectCode.INVALID_COMBINATION),
        (AMEND, {"display_quantity": -1, "quantity": 0}, RejectCode.INVALID_COMBINATION),
        (AMEND, {"expires_at": 1}, RejectCode.INVALID_EXPIRY),
        (AMEND, {"price": 98, "quantity": 10, "expires_at": 2**64 - 1}, RejectCode.AMEND_NO_CHANGE),
        (AMEND_STOP, {"trail": 1}, RejectCode.INVALID_COMBINATION),
        (AMEND_STOP, {"trigger_price": 1_001}, RejectCode.INVALID_PRICE),
        (AMEND_HIDDEN, {"min_quantity": 11}, RejectCode.INVALID_QUANTITY),
        (AMEND_HIDDEN, {"min_quantity": -1}, RejectCode.INVALID_QUANTITY),
        (SET_REFERENCE, {"price": -1}, RejectCode.INVALID_PRICE),
        (SET_REFERENCE, {"price": 2**63 - 1}, RejectCode.INVALID_PRICE),
        (SET_REFERENCE, {"instrument": NONE_ID}, RejectCode.UNKNOWN_INSTRUMENT),
        *((PLACE, {"instrument": CALLED, **order}, RejectCode.WRONG_PHASE) for order in NOT_COLLECTED),
        *((PLACE, {"instrument": STOPPED, **order}, RejectCode.INSTRUMENT_HALTED) for order in NOT_COLLECTED),
        (PLACE, {"lifetime": 2}, RejectCode.WRONG_PHASE),
        (PLACE, {"lifetime": 2, "time_in_force": 1}, RejectCode.WRONG_PHASE),
        (PLACE, {"instrument": CLOSED, "order_type": 1}, RejectCode.WRONG_PHASE),
        (STOP, {"instrument": CALLED, "time_in_force": 3}, RejectCode.INVALID_COMBINATION),
        (STOP, {"instrument": CALLED, "lifetime": 2}, RejectCode.INVALID_COMBINATION),
        (STOP, {"lifetime": 2}, RejectCode.WRONG_PHASE),
        (STOP, {"order_type": 1, "price": 0, "lifetime": 2, "instrument": CALLED}, RejectCode.INVALID_COMBINATION),
        (FOR_AUCTION, {"min_quantity": 1}, RejectCode.WRONG_PHASE),
        (FOR_AUCTION, {"min_quantity": 1, "visibility": 1}, RejectCode.INVALID_COMBINATION),
        (FOR_AUCTION, {"display_quantity": 1}, RejectCode.INVALID_COMBINATION),
        (FOR_AUCTION, {"instrument": FRESH, "quantity": HUGE}, RejectCode.NO_REFERENCE),
        (PEG, {"peg": 0}, RejectCode.INVALID_COMBINATION),
        (PEG, {"peg": 0, "peg_offset": MAX_PEG_OFFSET + 1}, RejectCode.INVALID_COMBINATION),
        (PEG, {"peg_offset": 0}, RejectCode.INVALID_COMBINATION),
        (PEG, {"peg_offset": 255}, RejectCode.INVALID_PRICE),
        (PEG, {"peg": 1, "peg_offset": MAX_PEG_OFFSET + 1}, RejectCode.INVALID_PRICE),
        (PEG, {"price": 0}, RejectCode.INVALID_PRICE),
        (PEG, {"price": 1_001, "peg_offset": 255}, RejectCode.INVALID_PRICE),
        (PEG, {"time_in_force": 3}, RejectCode.INVALID_COMBINATION),
        (PEG, {"time_in_force": 4}, RejectCode.INVALID_COMBINATION),
        (PEG, {"display_quantity": 1}, RejectCode.INVALID_COMBINATION),
        (PEG, {"display_quantity": -1}, RejectCode.INVALID_COMBINATION),
        (PEG, {"min_quantity": 1}, RejectCode.INVALID_COMBINATION),
        (PEG, {"min_quantity": -1}, RejectCode.INVALID_COMBINATION),
        (PEG, {"trigger": 1, "trigger_price": 105}, RejectCode.INVALID_COMBINATION),
        (PEG, {"order_type": 1, "price": 0, "time_in_force": 1}, RejectCode.INVALID_COMBINATION),
        (PEG, {"order_type": 2, "price": 0}, RejectCode.INVALID_COMBINATION),
        (PEG, {"quantity_kind": 1, "time_in_force": 1}, RejectCode.INVALID_COMBINATION),
        (PEG, {"lifetime": 2, "instrument": CALLED}, RejectCode.INVALID_COMBINATION),
        (PEG, {"lifetime": 1, "time_in_force": 1}, RejectCode.INVALID_COMBINATION),
        (PEG, {"time_in_force": 1, "instrument": CALLED}, RejectCode.WRONG_PHASE),
        (FOR_AUCTION, {"lifetime": 0}, RejectCode.WRONG_PHASE),
        (FOR_AUCTION, {"lifetime": 1}, RejectCode.WRONG_PHASE),
        (SET_PHASE, {"phase": 255}, RejectCode.MALFORMED),
        (SET_PHASE, {"next": 7}, RejectCode.MALFORMED),
        (SET_PHASE, {"next": 255, "instrument": NONE}, RejectCode.MALFORMED),
        (SET_PHASE, {"instrument": NONE_ID}, RejectCode.UNKNOWN_INSTRUMENT),
        (SET_PHASE, {"ends_at": NOW}, RejectCode.INVALID_PARAMETER),
        (SET_PHASE, {"ends_at": 1}, RejectCode.INVALID_PARAMETER),
        *((SET_PHASE, {"phase": 1} | more, RejectCode.INVALID_PARAMETER) for more in ({"next": 0}, {"ends_at": 0})),
        *((SET_PHASE, {"next": phase}, RejectCode.INVALID_PARAMETER) for phase in (1, 2, 3, 4, 6)),
        *((SET_PHASE, AT_ONCE | {"phase": phase}, RejectCode.INVALID_PARAMETER) for phase in (3, 4)),
        (SET_PHASE, AT_ONCE | {"phase": 0}, RejectCode.WRONG_PHASE),
        (SET_PHASE, AT_ONCE | {"phase": 0, "instrument": HALTED}, RejectCode.WRONG_PHASE),
        (SET_PHASE, AT_ONCE | {"phase": 5, "instrument": CLOSED}, RejectCode.WRONG_PHASE),
        (SET_PHASE, AT_ONCE | {"phase": 6, "instrument": CALLED}, RejectCode.WRONG_PHASE),
        (SET_TRADING_LIMITS, {"static_bps": 10_001}, RejectCode.INVALID_PARAMETER),
        (SET_TRADING_LIMITS, {"dynamic_bps": 2**32 - 1}, RejectCode.INVALID_PARAMETER),
        (SET_TRADING_LIMITS, {"call_ns": MAX_CALL_NS + 1}, RejectCode.INVALID_PARAMETER),
        (SET_TRADING_LIMITS, {"call_ns": 2**64 - 1}, RejectCode.INVALID_PARAMETER),
        (SET_TRADING_LIMITS, {"call_ns": 0, "static_bps": 0, "dynamic_bps": 0}, RejectCode.INVALID_PARAMETER),
        (SET_TRADING_LIMITS, {"call_ns": 0, "static_bps": 0, "auction_bps": 0}, RejectCode.INVALID_PARAMETER),
        (SET_TRADING_LIMITS, {"call_ns": 0, "auction_bps": 0, "dynamic_bps": 0}, RejectCode.INVALID_PARAMETER),
        (SET_TRADING_LIMITS, {"max_quantity": -1}, RejectCode.INVALID_PARAMETER),
        (SET_TRADING_LIMITS, {"max_notional": -(2**63)}, RejectCode.INVALID_PARAMETER),
        (ROLL_TRADE_DATE, {"trade_date": 20261131}, RejectCode.INVALID_PARAMETER),
        (CANCEL_ALL, {"quote_group": MAX_QUOTE_GROUPS + 1}, RejectCode.MALFORMED),
        (CANCEL_ALL, {"quote_group": 2**32 - 1, "account": NOBODY}, RejectCode.MALFORMED),
        (PROTECT, {"quote_group": MAX_QUOTE_GROUPS + 1}, RejectCode.MALFORMED),
        (PROTECT, {"max_fills": 0}, RejectCode.INVALID_PARAMETER),
        (PROTECT, {"max_fills": MAX_PROTECTED_FILLS + 1}, RejectCode.INVALID_PARAMETER),
        (PROTECT, {"max_quantity": -1}, RejectCode.INVALID_PARAMETER),
        (PROTECT, {"max_notional": -(2**63)}, RejectCode.INVALID_PARAMETER),
        (PROTECT, {"max_delta": -1}, RejectCode.INVALID_PARAMETER),
        (PROTECT, {"window_ns": 0, "max_fills": 0}, RejectCode.INVALID_PARAMETER),
        (RESET, {"quote_group": 0}, RejectCode.MALFORMED),
        (CANCEL_AFTER, {"timer": 255}, RejectCode.MALFORMED),
        (CANCEL_AFTER, {"timer": 1, "timeout_ns": 2**64 - 1}, RejectCode.INVALID_PARAMETER),
        (ROLL_TRADE_DATE, {"trade_date": 20261301}, RejectCode.INVALID_PARAMETER),
        (ROLL_TRADE_DATE, {"trade_date": 2**32 - 1}, RejectCode.INVALID_PARAMETER),
    ],
    ids=str,
)
def test_other_ways_to_break_a_rule(engine: Any, rules: Rules, change: Change, code: RejectCode) -> None:
    assert RejectCode(answer(engine, rules, change).reason) == code


@pytest.mark.parametrize(
    "rules",
    [
        CREATE_ASSET,
        CREATE_INSTRUMENT,
        SET_FEE_SCHEDULE,
        SET_FEE_OVERRIDE,
        HALT,
        SET_REFERENCE,
        ROLL_TRADE_DATE,
        SET_PHASE,
        SET_TRADING_LIMITS,
    ],
    ids=lambda rules: rules.name,
)
def test_the_venue_hears_of_reference_data_whoever_asks(engine: Any, rules: Rules) -> None:
    (done,) = engine.apply(rules.record({"account": NOBODY}))
    (rejected,) = engine.apply(rules.record({"account": NOBODY}, rules.rules[0][1]))
    assert (done.account, rejected.account) == (0, 0)
    assert rejected.account_sequence == done.account_sequence + 1
    assert (rejected.kind, rejected.instrument, rejected.asset) == (EventKind.REJECTED, NONE_ID, NONE_ID)


@pytest.mark.parametrize("instrument", [CLOSED, CALLED, FRESH])
def test_a_halt_is_said_before_the_phase(engine: Any, instrument: int) -> None:
    engine.halt(instrument)
    event = answer(engine, PLACE, {"instrument": instrument, "time_in_force": TimeInForce.IOC})
    assert RejectCode(event.reason) == RejectCode.INSTRUMENT_HALTED


@pytest.mark.parametrize(
    ("change", "value", "bound"),
    [
        (TOO_MANY, MANY + 1, MANY),
        ({"price": HIGHEST + 1}, HIGHEST + 1, HIGHEST),
        ({"side": Side.SELL, "price": LOWEST - 1}, LOWEST - 1, LOWEST),
        ({"account": FULL}, FEW_ORDERS, FEW_ORDERS),
        ({"account": POOR}, 0, 0),
        ({"quantity": HUGE}, 0, 0),
    ],
    ids=str,
)
def test_a_limit_that_refuses_says_its_numbers(engine: Any, change: Change, value: int, bound: int) -> None:
    event = answer(engine, PLACE, change)
    assert (event.value, event.bound) == (value, bound)


def test_a_retired_instrument_changes_no_more(engine: Any) -> None:
    """Its limits may, and mean nothing."""
    engine.set_phase(CLOSED, Phase.RETIRED)
    for phase in (Phase.CONTINUOUS, Phase.PRE_OPEN, Phase.AUCTION, Phase.CLOSED, Phase.RETIRED):
        (event,) = engine.apply(SET_PHASE.record({"instrument": CLOSED, "phase": phase}, AT_ONCE))
        assert RejectCode(event.reason) == RejectCode.WRONG_PHASE
    (event,) = engine.apply(SET_TRADING_LIMITS.record({"instrument": CLOSED}))
    assert event.kind == EventKind.TRADING_LIMITS_SET


def test_a_rejected_account_is_reported_to_the_venue(engine: Any) -> None:
    (event,) = engine.create_account(ALICE)
    assert (event.account, RejectCode(event.reason)) == (0, RejectCode.ALREADY_EXISTS)
