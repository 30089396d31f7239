"""Every kind of event, whole: which fields it sets, and that all others are as they are without a word."""

from typing import Any, Final

import msgspec
import pytest

from pyengine.events import (
    EVENT_DTYPES,
    Accepted,
    AccountCreated,
    AccountSet,
    ActionAnnounced,
    ActionCancelled,
    ActionDone,
    ActionFailed,
    ActionFunded,
    ActionLegPaid,
    ActionStarted,
    Amended,
    AssetCreated,
    AuctionExtended,
    BeneficialSet,
    CancelAfterSet,
    CancelAllDone,
    Cancelled,
    CancelPending,
    Deposited,
    Duplicate,
    EligibilitySet,
    Entitled,
    EntitlementPaid,
    Event,
    ExitsRefused,
    FeeOverrideSet,
    FeeScheduleSet,
    Fill,
    ForcedTransfer,
    Frozen,
    Halted,
    HolderSet,
    Indicated,
    InstrumentCreated,
    KeyRevoked,
    KeySet,
    LimitStateChanged,
    MassQuoted,
    MoneyRepeated,
    ObligationScored,
    ObligationSet,
    PhaseChanged,
    PrimaryStatusSet,
    ProtectionReset,
    ProtectionSet,
    ProtectionTriggered,
    Pulsed,
    QuoteRejected,
    Rebased,
    ReferencePolicySet,
    ReferenceSet,
    Rejected,
    Resumed,
    StaticBandMoved,
    TradeDateRolled,
    TradingLimitsSet,
    TransferIn,
    TransferOut,
    Triggered,
    Uncrossed,
    Unfrozen,
    VolatilityBandMoved,
    VolatilityBandsSet,
    WithdrawalCancelled,
    WithdrawalRequested,
    WithdrawalSettled,
)
from pyengine.records import (
    NONE_ID,
    TRIGGER_ITEMS,
    ActionKind,
    AssetClass,
    CancelReason,
    CancelTimer,
    CommandKind,
    EventKind,
    FeeChange,
    HaltCause,
    LimitState,
    Liquidity,
    OrderPolicy,
    OrderStatus,
    PegReference,
    Phase,
    PrimaryPolicy,
    PrimaryStatus,
    Priority,
    ProtectionLimit,
    QuoteEntry,
    RejectCode,
    SelfTradePrevention,
    Side,
    StalePolicy,
    TimeInForce,
    Trigger,
)

USDC, AAPL = 0, 1
TIME = 1_700_000_000_000_000_000
SHARD = 5
FIRST, SECOND = (SHARD << 56) | (1 << 26), (SHARD << 56) | (1 << 26) | 1
Step = tuple[str, tuple[Any, ...], dict[str, Any], list[Event]]
NAMED: dict[str, Any] = {"account": 2, "side": Side.SELL, "order_id": FIRST, "instrument": 0, "client_order_id": "s"}
"""What every event of the first order says."""
SPENT: dict[str, Any] = {"account": 1, "side": Side.BUY, "order_id": SECOND, "instrument": 0}
"""What every event of the second order says."""
STOP: dict[str, Any] = NAMED | {"order_id": FIRST + (1 << 26), "client_order_id": "t"}
"""What every event of the stop says: it has the slot of the first order, used again."""
LAST: dict[str, Any] = SPENT | {"account": 2, "order_id": SECOND + (1 << 26)}
"""What every event of the last order says: it has the slot of the second one, used again."""
DEAL: dict[str, Any] = {"price": 100, "quantity": 4, "filled": 4, "cash": 40_000, "settlement_id": 1}
SOLD: dict[str, Any] = LAST | {"side": Side.SELL, "order_id": LAST["order_id"] + (1 << 26), "instrument": 1}
BOUGHT: dict[str, Any] = SPENT | {"order_id": (SHARD << 56) | (1 << 26) | 2, "instrument": 1}
"""What every event of the two orders of an auction says."""
THIRD: dict[str, Any] = {"account": 3, "instrument": 2}
"""What every event of the orders on the third instrument says."""


def third(slot: int, generation: int, side: Side = Side.SELL) -> dict[str, Any]:
    """And which of them it is."""
    return THIRD | {"side": side, "order_id": (SHARD << 56) | (generation << 26) | slot}


LEG: dict[str, Any] = third(1, 4) | {"price": 110, "quantity": 2, "leaves": 2, "client_order_id": "o"}
LEG_STOP: dict[str, Any] = third(2, 2) | {"price": 48, "quantity": 2, "leaves": 2}
"""What every event of the two orders of a pair says: the collar around 50 is 48."""
ENTRY: dict[str, Any] = third(2, 3, Side.BUY) | {"price": 10, "client_order_id": "b"}
"""What every event of the entry of a bracket says."""
TENTH: dict[str, Any] = {"quantity": 1, "filled": 1, "cash": 10, "settlement_id": TRIGGER_ITEMS + 18}
"""What both sides say of its fill, behind all those of the auction."""
NEXT_TENTH: dict[str, Any] = TENTH | {"settlement_id": TRIGGER_ITEMS + 19}
QUOTE: dict[str, Any] = LAST | {"order_id": FIRST + 3}
"""What every event of the quote says."""
MEETS: dict[str, Any] = {"account": 1, "side": Side.SELL, "order_id": FIRST + 4, "instrument": 0}
"""What every event of the order that trades with it says."""
MET: dict[str, Any] = {"price": 50, "quantity": 1, "filled": 1, "cash": 5_000, "settlement_id": TRIGGER_ITEMS + 20}
AT_THE_LIMIT: dict[str, Any] = BOUGHT | {"order_id": MEETS["order_id"] + (1 << 26)}
"""What every event of the order at a limit says: it has the slot of the last that is finished."""
LOTS = TRIGGER_ITEMS + 16
"""Of each of the two, a lot at a time: more than one command trades."""
ENDS = TIME + 3_000_000_000
"""When the call ends, for the first time."""


def fills(numbers: range) -> list[Event]:
    """What is said of some of the auction's trades, of which there is one a lot."""
    said: list[Event] = []
    for number in numbers:
        deal: dict[str, Any] = {"price": 90, "quantity": 1, "leaves": LOTS - number, "filled": number}
        deal |= {"liquidity": Liquidity.AUCTION, "cash": 9_000, "settlement_id": 1 + number}
        said += [Fill(**BOUGHT, **deal, fee=9), Fill(**SOLD, **deal)]
    return said


STEPS: list[Step] = [
    ("create_asset", (USDC, "USDC", AssetClass.STABLECOIN, 6), {"min_withdrawal": 1_000}, [AssetCreated(asset=USDC)]),
    ("create_asset", (AAPL, "AAPL", AssetClass.EQUITY, 6), {}, [AssetCreated(asset=AAPL)]),
    (
        "create_instrument",
        (0, "AAPL-USDC", AAPL, USDC),
        {"lot_size": 10, "tick_lot_value": 100, "max_price": 1_000},
        [InstrumentCreated(instrument=0)],
    ),
    ("set_fee_schedule", (1, 1_000, 2_000), {}, [FeeScheduleSet(fee_schedule=1, maker_rate=1_000, taker_rate=2_000)]),
    (
        "set_fee_override",
        (1, 0, -5, 9),
        {"notional_1": 8, "maker_rate_1": -7, "notional_2": 9},
        [FeeOverrideSet(fee_schedule=1, instrument=0, maker_rate=-5, taker_rate=9, tiers=2)],
    ),
    (
        "set_fee_override",
        (1, 0),
        {"change": FeeChange.REMOVE, "effective_at": 2 * TIME},
        [FeeOverrideSet(change=FeeChange.REMOVE, fee_schedule=1, instrument=0, effective_at=2 * TIME)],
    ),
    (
        "set_fee_override",
        (1, 0),
        {"change": FeeChange.REMOVE},
        [FeeOverrideSet(change=FeeChange.REMOVE, fee_schedule=1, instrument=0, replaced=1)],
    ),
    ("create_account", (1,), {"fee_schedule": 1}, [AccountCreated(account=1, fee_schedule=1)]),
    ("create_account", (2,), {}, [AccountCreated(account=2)]),
    ("deposit", (1, USDC, 1_000_000), {}, [Deposited(account=1, asset=USDC, amount=1_000_000)]),
    ("deposit", (2, AAPL, 1_000), {}, [Deposited(account=2, asset=AAPL, amount=1_000)]),
    (
        "transfer",
        (1, 2, USDC, 5_000),
        {},
        [
            TransferOut(account=1, asset=USDC, counterparty=2, amount=5_000),
            TransferIn(account=2, asset=USDC, counterparty=1, amount=5_000),
        ],
    ),
    (
        "request_withdrawal",
        (2, USDC, 2_000),
        {},
        [WithdrawalRequested(account=2, asset=USDC, amount=2_000, withdrawal_id=1)],
    ),
    (
        "request_withdrawal",
        (2, USDC, 3_000),
        {},
        [WithdrawalRequested(account=2, asset=USDC, amount=3_000, withdrawal_id=2)],
    ),
    ("settle_withdrawal", (2, 1), {}, [WithdrawalSettled(account=2, asset=USDC, amount=2_000, withdrawal_id=1)]),
    ("cancel_withdrawal", (2, 2), {}, [WithdrawalCancelled(account=2, asset=USDC, amount=3_000, withdrawal_id=2)]),
    ("halt", (0,), {}, [Halted(instrument=0, causes=1)]),
    ("halt", (0,), {"cause": HaltCause.ASSET_FROZEN}, [Halted(instrument=0, cause=HaltCause.ASSET_FROZEN, causes=33)]),
    (
        "resume",
        (0,),
        {"cause": HaltCause.ASSET_FROZEN},
        [Resumed(instrument=0, cause=HaltCause.ASSET_FROZEN, causes=1)],
    ),
    ("resume", (0,), {}, [Resumed(instrument=0)]),
    ("pulse", (), {}, [Pulsed(items=0)]),
    (
        "set_account",
        (1,),
        {"fee_schedule": 1, "max_open_orders": 7, "client_id_window": 9},
        [AccountSet(account=1, fee_schedule=1, max_open_orders=7, client_id_window=9)],
    ),
    ("set_account", (2,), {}, [AccountSet(account=2, max_open_orders=4_096, client_id_window=128)]),
    (
        "set_account",
        (2,),
        {"max_open_orders": 0},
        [Rejected(account=2, reason=RejectCode.INVALID_PARAMETER, command=CommandKind.SET_ACCOUNT)],
    ),
    (
        "place",
        (2, 0, Side.SELL, 100, 9),
        {"client_order_id": "s"},
        [Accepted(**NAMED, price=100, quantity=9, leaves=9)],
    ),
    (
        "place",
        (1, 0, Side.BUY, 0, 50_000),
        {"order_type": 1, "time_in_force": TimeInForce.IOC, "quantity_kind": 1},
        [
            Accepted(**SPENT, price=105, budget=50_000),
            Fill(**SPENT, **DEAL, liquidity=Liquidity.TAKER, fee=80),
            Fill(**NAMED, **DEAL, liquidity=Liquidity.MAKER, leaves=5),
            Cancelled(**SPENT, reason=CancelReason.MARKET_REMAINDER, price=105, quantity=4, filled=4, budget=9_920),
        ],
    ),
    (
        "amend",
        (2, 101, 8),
        {"client_order_id": "s"},
        [Amended(**NAMED, reason=Priority.LOST, price=101, quantity=8, leaves=4, filled=4, previous_price=100)],
    ),
    (
        "place",
        (2, 0, Side.SELL, 100, 9),
        {"client_order_id": "s"},
        [Duplicate(**NAMED, reason=OrderStatus.OPEN, price=101, quantity=8, leaves=4, filled=4)],
    ),
    (
        "place",
        (2, 7, Side.SELL, 100, 9),
        {"client_order_id": "s"},
        [
            Rejected(
                account=2,
                reason=RejectCode.CLIENT_ORDER_ID_REUSED,
                command=CommandKind.PLACE,
                instrument=7,
                client_order_id="s",
            )
        ],
    ),
    (
        "place",
        (1, 7, Side.BUY, 5, 5),
        {},
        [Rejected(account=1, reason=RejectCode.UNKNOWN_INSTRUMENT, command=CommandKind.PLACE, instrument=7)],
    ),
    (
        "place",
        (1, 7, 2, 5, 5),
        {"client_order_id": "good"},
        [
            Rejected(
                account=1,
                reason=RejectCode.MALFORMED,
                command=CommandKind.PLACE,
                instrument=7,
                client_order_id="good",
            )
        ],
    ),
    (
        "place",
        (1, 7, Side.BUY, 5, 5),
        {"client_order_id": "no good"},
        [Rejected(account=1, reason=RejectCode.MALFORMED, command=CommandKind.PLACE, instrument=7)],
    ),
    (
        "cancel",
        (1,),
        {"order_id": FIRST},
        [Rejected(account=1, reason=RejectCode.UNKNOWN_ORDER, command=CommandKind.CANCEL, order_id=FIRST)],
    ),
    (
        "cancel",
        (1,),
        {"client_order_id": "s"},
        [Rejected(account=1, reason=RejectCode.UNKNOWN_ORDER, command=CommandKind.CANCEL, client_order_id="s")],
    ),
    (
        "cancel",
        (1,),
        {"order_id": 7, "client_order_id": "s"},
        [Rejected(account=1, reason=RejectCode.MALFORMED, command=CommandKind.CANCEL, order_id=7, client_order_id="s")],
    ),
    (
        "amend",
        (1, 1, 1),
        {"order_id": 77},
        [Rejected(account=1, reason=RejectCode.UNKNOWN_ORDER, command=CommandKind.AMEND, order_id=77)],
    ),
    (
        "deposit",
        (1, 9, 1),
        {},
        [Rejected(account=1, reason=RejectCode.UNKNOWN_ASSET, command=CommandKind.DEPOSIT, asset=9)],
    ),
    (
        "request_withdrawal",
        (1, USDC, 999),
        {},
        [
            Rejected(
                account=1,
                reason=RejectCode.BELOW_MINIMUM,
                command=CommandKind.REQUEST_WITHDRAWAL,
                asset=USDC,
                value=999,
                bound=1_000,
            )
        ],
    ),
    (
        "transfer",
        (1, 1, USDC, 1),
        {},
        [Rejected(account=1, reason=RejectCode.UNKNOWN_COUNTERPARTY, command=CommandKind.TRANSFER, asset=USDC)],
    ),
    (
        "settle_withdrawal",
        (1, 2),
        {},
        [
            Rejected(
                account=1, reason=RejectCode.UNKNOWN_WITHDRAWAL, command=CommandKind.SETTLE_WITHDRAWAL, withdrawal_id=2
            )
        ],
    ),
    (
        "cancel_withdrawal",
        (1, 3),
        {},
        [
            Rejected(
                account=1, reason=RejectCode.UNKNOWN_WITHDRAWAL, command=CommandKind.CANCEL_WITHDRAWAL, withdrawal_id=3
            )
        ],
    ),
    ("halt", (7,), {}, [Rejected(reason=RejectCode.UNKNOWN_INSTRUMENT, command=CommandKind.HALT)]),
    ("create_account", (9,), {}, [Rejected(reason=RejectCode.ID_NOT_NEXT, command=CommandKind.CREATE_ACCOUNT)]),
    (
        "cancel_all",
        (2,),
        {},
        [
            Cancelled(**NAMED, reason=CancelReason.CANCEL_ALL, price=101, quantity=8, leaves=4, filled=4),
            CancelAllDone(account=2, instrument=NONE_ID, orders=1),
        ],
    ),
    (
        "cancel_all",
        (99, 0),
        {},
        [Rejected(account=99, reason=RejectCode.UNKNOWN_ACCOUNT, command=CommandKind.CANCEL_ALL, instrument=0)],
    ),
    (
        "set_account",
        (2,),
        {"group": 2**32 - 1},
        [AccountSet(account=2, max_open_orders=4_096, client_id_window=128, group=2**32 - 1)],
    ),
    (
        "set_reference",
        (0, 95),
        {"source": 3, "observed_at": TIME},
        [ReferenceSet(instrument=0, source=3, price=95, observed_at=TIME)],
    ),
    ("set_reference", (7, 1), {}, [Rejected(reason=RejectCode.UNKNOWN_INSTRUMENT, command=CommandKind.SET_REFERENCE)]),
    ("roll_trade_date", (20261130,), {}, [TradeDateRolled(trade_date=20261130)]),
    ("roll_trade_date", (20261201,), {}, [TradeDateRolled(trade_date=20261201, previous=20261130)]),
    (
        "roll_trade_date",
        (20261201,),
        {},
        [Rejected(reason=RejectCode.INVALID_PARAMETER, command=CommandKind.ROLL_TRADE_DATE)],
    ),
    (
        "place",
        (2, 0, Side.SELL, 90, 6),
        {"trigger": Trigger.REFERENCE, "trigger_price": 80, "client_order_id": "t"},
        [Accepted(**STOP, price=90, quantity=6, leaves=6, trigger_price=80)],
    ),
    (
        "place",
        (2, 0, Side.SELL, 90, 6),
        {"trigger": Trigger.REFERENCE, "trigger_price": 80, "client_order_id": "t"},
        [Duplicate(**STOP, reason=OrderStatus.OPEN, price=90, quantity=6, leaves=6)],
    ),
    (
        "amend",
        (2, 89, 5),
        {"client_order_id": "t"},
        [Amended(**STOP, reason=Priority.KEPT, price=89, quantity=5, leaves=5, previous_price=90, trigger_price=80)],
    ),
    (
        "amend",
        (2, 89, 5),
        {"client_order_id": "t", "trigger_price": 85},
        [Amended(**STOP, reason=Priority.LOST, price=89, quantity=5, leaves=5, previous_price=89, trigger_price=85)],
    ),
    (
        "set_reference",
        (0, 84),
        {"observed_at": TIME},
        [
            ReferenceSet(instrument=0, price=84, observed_at=TIME),
            Triggered(**STOP, price=89, quantity=5, leaves=5, trigger_price=85),
        ],
    ),
    (
        "place",
        (2, 0, Side.BUY, 90, 2),
        {"stp": SelfTradePrevention.DECREMENT},
        [
            Accepted(**LAST, price=90, quantity=2, leaves=2),
            Amended(**STOP, reason=Priority.DECREMENTED, price=89, quantity=3, leaves=3, previous_price=89),
            Cancelled(**LAST, reason=CancelReason.SELF_TRADE_INCOMING, price=90, quantity=2, leaves=2),
        ],
    ),
    (
        "create_instrument",
        (1, "B-U", AAPL, USDC),
        {"lot_size": 10, "tick_lot_value": 100, "max_price": 1_000, "phase": Phase.PRE_OPEN},
        [InstrumentCreated(instrument=1)],
    ),
    ("set_reference", (1, 100), {}, [ReferenceSet(instrument=1, price=100)]),
    (
        "set_trading_limits",
        (1,),
        {"static_bps": 1_500, "dynamic_bps": 2_000, "auction_bps": 100, "call_ns": 5, "max_quantity": LOTS}
        | {"max_notional": 800_000},
        [
            TradingLimitsSet(
                instrument=1,
                static_bps=1_500,
                dynamic_bps=2_000,
                auction_bps=100,
                call_ns=5,
                max_quantity=LOTS,
                max_notional=800_000,
            )
        ],
    ),
    (
        "place",
        (2, 1, Side.SELL, 90, LOTS),
        {"display_quantity": 1},
        [Accepted(**SOLD, price=90, quantity=LOTS, leaves=LOTS)],
    ),
    ("place", (1, 1, Side.BUY, 90, LOTS), {}, [Accepted(**BOUGHT, price=90, quantity=LOTS, leaves=LOTS)]),
    (
        "place",
        (1, 1, Side.BUY, 1, LOTS + 1),
        {},
        [
            Rejected(
                account=1,
                reason=RejectCode.ORDER_TOO_LARGE,
                command=CommandKind.PLACE,
                instrument=1,
                value=LOTS + 1,
                bound=LOTS,
            )
        ],
    ),
    (
        "place",
        (1, 1, Side.BUY, 116, 1),
        {},
        [
            Rejected(
                account=1,
                reason=RejectCode.PRICE_OUT_OF_BAND,
                command=CommandKind.PLACE,
                instrument=1,
                value=116,
                bound=115,
            )
        ],
    ),
    (
        "set_phase",
        (1, Phase.AUCTION),
        {"next": Phase.CLOSED, "ends_at": ENDS},
        [PhaseChanged(instrument=1, phase=Phase.AUCTION, previous_phase=Phase.PRE_OPEN, ends_at=ENDS)],
    ),
    (
        "pulse",
        (),
        {"timestamp_ns": ENDS - 1},
        [Indicated(instrument=1, price=90, quantity=LOTS), Pulsed(items=1)],
    ),
    (
        "pulse",
        (),
        {"timestamp_ns": ENDS},
        [
            AuctionExtended(instrument=1, price=90, lower=99, upper=101, extensions=1, ends_at=ENDS + 5),
            Pulsed(items=1),
        ],
    ),
    (
        "set_phase",
        (1, Phase.CONTINUOUS),
        {},
        [Uncrossed(instrument=1, price=90, quantity=LOTS), *fills(range(1, TRIGGER_ITEMS + 1))],
    ),
    (
        "cancel",
        (2,),
        {"order_id": SOLD["order_id"]},
        [CancelPending(**SOLD, price=90, quantity=LOTS, leaves=LOTS - TRIGGER_ITEMS, filled=TRIGGER_ITEMS)],
    ),
    ("cancel_all", (1,), {}, [CancelAllDone(account=1, instrument=NONE_ID, pending=1)]),
    ("set_phase", (1, Phase.CLOSED), {}, [Rejected(reason=RejectCode.WRONG_PHASE, command=CommandKind.SET_PHASE)]),
    (
        "pulse",
        (),
        {},
        [
            *fills(range(TRIGGER_ITEMS + 1, LOTS + 1)),
            PhaseChanged(instrument=1, phase=Phase.CONTINUOUS, previous_phase=Phase.UNCROSSING),
            Pulsed(items=LOTS - TRIGGER_ITEMS),
        ],
    ),
    ("halt", (1,), {}, [Halted(instrument=1, causes=1)]),
    (
        "resume",
        (1,),
        {},
        [
            Resumed(instrument=1),
            PhaseChanged(instrument=1, phase=Phase.AUCTION, previous_phase=Phase.CONTINUOUS, ends_at=ENDS + 5),
        ],
    ),
    ("pulse", (), {"timestamp_ns": ENDS + 4}, [Pulsed()]),
    (
        "set_phase",
        (1, Phase.CLOSED),
        {},
        [PhaseChanged(instrument=1, phase=Phase.CLOSED, previous_phase=Phase.AUCTION)],
    ),
    (
        "create_instrument",
        (2, "THIRD", AAPL, USDC),
        {"lot_size": 1, "tick_lot_value": 1, "max_price": 1_000},
        [InstrumentCreated(instrument=2)],
    ),
    ("create_account", (3,), {}, [AccountCreated(account=3)]),
    ("deposit", (3, USDC, 1_000), {"reference": "r"}, [Deposited(account=3, asset=USDC, amount=1_000)]),
    (
        "deposit",
        (3, USDC, 1_000),
        {"reference": "r"},
        [MoneyRepeated(account=3, command=CommandKind.DEPOSIT, asset=USDC, amount=1_000, original_sequence=79)],
    ),
    ("deposit", (3, AAPL, 10), {}, [Deposited(account=3, asset=AAPL, amount=10)]),
    (
        "place_oco",
        (3, 2, Side.SELL, 110, 2),
        {"trigger": Trigger.LAST_TRADE, "trigger_price": 50, "client_order_id": "o"},
        [
            Accepted(**LEG, partner=LEG_STOP["order_id"]),
            Accepted(**LEG_STOP, trigger_price=50, partner=LEG["order_id"]),
        ],
    ),
    (
        "cancel",
        (3,),
        {"client_order_id": "o"},
        [Cancelled(**LEG, reason=CancelReason.USER), Cancelled(**LEG_STOP, reason=CancelReason.LINKED)],
    ),
    (
        "place_bracket",
        (3, 2, Side.BUY, 10, 2),
        {"take_profit": 20, "trigger": Trigger.LAST_TRADE, "trigger_price": 5, "client_order_id": "b"},
        [Accepted(**ENTRY, quantity=2, leaves=2)],
    ),
    (
        "place",
        (3, 2, Side.SELL, 10, 1),
        {"stp": SelfTradePrevention.NONE},
        [
            Accepted(**third(1, 5), price=10, quantity=1, leaves=1),
            Fill(**third(1, 5), liquidity=Liquidity.TAKER, price=10, **TENTH),
            Fill(**ENTRY, liquidity=Liquidity.MAKER, **TENTH, leaves=1),
        ],
    ),
    ("halt", (2,), {}, [Halted(instrument=2, causes=1)]),
    (
        "cancel",
        (3,),
        {"client_order_id": "b"},
        [
            Cancelled(**ENTRY, reason=CancelReason.USER, quantity=2, leaves=1, filled=1),
            ExitsRefused(**third(2, 3), reason=RejectCode.INSTRUMENT_HALTED, quantity=1),
        ],
    ),
    ("resume", (2,), {}, [Resumed(instrument=2)]),
    (
        "place",
        (3, 2, Side.SELL, 10, 1),
        {},
        [Accepted(**third(2, 4), price=10, quantity=1, leaves=1)],
    ),
    (
        "place_bracket",
        (3, 2, Side.BUY, 10, 1),
        {"take_profit": 20, "trigger": Trigger.LAST_TRADE, "trigger_price": 5, "stp": SelfTradePrevention.NONE},
        [
            Accepted(**third(1, 6, Side.BUY), price=10, quantity=1, leaves=1),
            Fill(
                **third(1, 6, Side.BUY),
                liquidity=Liquidity.TAKER,
                price=10,
                **NEXT_TENTH,
            ),
            Fill(**third(2, 4), liquidity=Liquidity.MAKER, price=10, **NEXT_TENTH),
            Accepted(
                **third(1, 7),
                price=20,
                quantity=1,
                leaves=1,
                partner=third(2, 5)["order_id"],
                entry=third(1, 6)["order_id"],
            ),
            Accepted(
                **third(2, 5),
                price=5,
                quantity=1,
                leaves=1,
                trigger_price=5,
                partner=third(1, 7)["order_id"],
                entry=third(1, 6)["order_id"],
            ),
        ],
    ),
    (
        "set_market_maker_protection",
        (2, 3),
        {"window_ns": 9, "max_fills": 1, "max_quantity": 5, "max_notional": 6_000, "max_delta": 7},
        [
            ProtectionSet(
                account=2, quote_group=3, max_fills=1, window_ns=9, max_quantity=5, max_notional=6_000, max_delta=7
            )
        ],
    ),
    (
        "mass_quote",
        (2, 3, [QuoteEntry(0, 50, 0, 2, 0), QuoteEntry(7, 0, 5, 0, 1)]),
        {},
        [
            Accepted(**QUOTE, price=50, quantity=2, leaves=2),
            QuoteRejected(
                account=2,
                side=Side.SELL,
                reason=RejectCode.UNKNOWN_INSTRUMENT,
                instrument=7,
                quote_group=3,
                entry_number=1,
            ),
            MassQuoted(account=2, quote_group=3, accepted=1, refused=1),
        ],
    ),
    ("mass_quote", (2, 3, [QuoteEntry(0, 50, 0, 2, 0)]), {}, [MassQuoted(account=2, quote_group=3, kept=1)]),
    (
        "place",
        (1, 0, Side.SELL, 50, 1),
        {},
        [
            Accepted(**MEETS, price=50, quantity=1, leaves=1),
            Fill(**MEETS, **MET, liquidity=Liquidity.TAKER, fee=10),
            Fill(**QUOTE, **MET, liquidity=Liquidity.MAKER, leaves=1),
            ProtectionTriggered(
                account=2, limit=ProtectionLimit.FILLS, quote_group=3, fills=1, quantity=1, notional=5_000, delta=1
            ),
            Cancelled(**QUOTE, reason=CancelReason.PROTECTION, price=50, quantity=2, leaves=1, filled=1),
        ],
    ),
    (
        "mass_quote",
        (2, 3, [QuoteEntry(0, 50, 0, 2, 0)]),
        {},
        [Rejected(account=2, reason=RejectCode.QUOTE_GROUP_BLOCKED, command=CommandKind.MASS_QUOTE)],
    ),
    ("reset_market_maker_protection", (2, 3), {}, [ProtectionReset(account=2, quote_group=3)]),
    (
        "reset_market_maker_protection",
        (2, 0),
        {},
        [Rejected(account=2, reason=RejectCode.MALFORMED, command=CommandKind.RESET_MARKET_MAKER_PROTECTION)],
    ),
    (
        "set_market_maker_protection",
        (2, 3),
        {"max_fills": 1},
        [Rejected(account=2, reason=RejectCode.INVALID_PARAMETER, command=CommandKind.SET_MARKET_MAKER_PROTECTION)],
    ),
    ("cancel_after", (2, 0), {}, [CancelAfterSet(account=2)]),
    (
        "cancel_after",
        (2, 5),
        {"timer": 2},
        [Rejected(account=2, reason=RejectCode.MALFORMED, command=CommandKind.CANCEL_AFTER)],
    ),
    (
        "set_volatility_bands",
        (1,),
        {"bps": 500, "ticks": 3, "multiplier": 200, "limit_state_ns": 15, "pause_ns": 300},
        [
            VolatilityBandsSet(instrument=1, bps=500, ticks=3, multiplier=200, limit_state_ns=15, pause_ns=300),
            VolatilityBandMoved(instrument=1, reference=100, lower=94, upper=106),
        ],
    ),
    (
        "set_phase",
        (1, Phase.CONTINUOUS),
        {},
        [
            Uncrossed(instrument=1),
            VolatilityBandMoved(instrument=1, reference=100, lower=94, upper=106),
            PhaseChanged(instrument=1, phase=Phase.CONTINUOUS, previous_phase=Phase.UNCROSSING),
        ],
    ),
    (
        "place",
        (1, 1, Side.BUY, 106, 1),
        {},
        [
            Accepted(**AT_THE_LIMIT, price=106, quantity=1, leaves=1),
            LimitStateChanged(instrument=1, limit_state=LimitState.UP, ends_at=ENDS + 4 + 15),
        ],
    ),
    (
        "set_reference_policy",
        (1,),
        {"stale": StalePolicy.WIDEN, "primary": PrimaryPolicy.REANCHOR, "widen": 200, "max_age_ns": 9}
        | {"closed_bps": 300, "step_bps": 50, "step_ns": 40},
        [
            ReferencePolicySet(
                instrument=1,
                stale=StalePolicy.WIDEN,
                primary=PrimaryPolicy.REANCHOR,
                widen=200,
                max_age_ns=9,
                closed_bps=300,
                step_bps=50,
                step_ns=40,
            )
        ],
    ),
    (
        "set_primary_status",
        (1, PrimaryStatus.CLOSED),
        {"close": 200},
        [
            PrimaryStatusSet(instrument=1, status=PrimaryStatus.CLOSED, close=200),
            StaticBandMoved(instrument=1, anchor=200, bps=300, lower=194, upper=206),
        ],
    ),
    (
        "pulse",
        (),
        {"timestamp_ns": ENDS + 4 + 15},
        [
            PhaseChanged(instrument=1, phase=Phase.PAUSE, previous_phase=Phase.CONTINUOUS, ends_at=ENDS + 4 + 15 + 300),
            LimitStateChanged(instrument=1, previous_state=LimitState.UP),
            Pulsed(items=1),
        ],
    ),
]
STEPS.append(
    (
        "cancel_after",
        (2, 50),
        {"timer": CancelTimer.SESSION},
        [CancelAfterSet(account=2, timer=CancelTimer.SESSION, due_at=ENDS + 4 + 15 + 50)],
    )
)
PEGGED: dict[str, Any] = {"account": 2, "side": Side.SELL, "order_id": QUOTE["order_id"] + (1 << 26), "instrument": 0}
PEGGED |= {"price": 120, "quantity": 2, "leaves": 2}
"""What every event of the pegged order says: it has the slot of the quote, used again."""
STEPS.append(
    (
        "place",
        (2, 0, Side.SELL, 120, 2),
        {"peg": PegReference.MIDPOINT, "peg_offset": 3, "time_in_force": TimeInForce.IOC},
        [
            Accepted(**PEGGED, peg=PegReference.MIDPOINT, peg_offset=3),
            Cancelled(**PEGGED, reason=CancelReason.IOC_REMAINDER),
        ],
    )
)
OWED: dict[str, int] = {"max_spread": 9, "min_quantity": 2, "required_bps": 300, "maker_rate": -40}
STEPS += [
    ("set_obligation", (2, 0), OWED, [ObligationSet(account=2, instrument=0, **OWED)]),
    (
        "set_obligation",
        (2, 0),
        {"timestamp_ns": ENDS + 30},
        [
            ObligationScored(account=2, instrument=0, trade_date=20261201, open_ns=11),
            ObligationSet(account=2, instrument=0),
        ],
    ),
    (
        "set_key",
        (2, 1, bytes(8)),
        {"timestamp_ns": ENDS + 31, "expires_at": ENDS + 99},
        [KeySet(account=2, key_id=1, expires_at=ENDS + 99)],
    ),
    ("revoke_key", (2, 1), {"timestamp_ns": ENDS + 32}, [KeyRevoked(account=2, key_id=1)]),
]


SHARE: Final = 2
"""An asset that is split, and instrument 3 is of."""
SPLIT: dict[str, int] = {"asset_1": SHARE, "numerator_1": 3, "denominator_1": 2, "lieu_price_1": 2, "lieu_asset": 0}
COUPON: dict[str, int] = {"asset_1": 0, "numerator_1": 9, "denominator_1": 1}
STEPS += [
    ("create_asset", (SHARE, "SHARE", AssetClass.EQUITY, 0), {}, [AssetCreated(asset=SHARE)]),
    (
        "create_instrument",
        (3, "SHARE-USDC", SHARE, 0),
        {"lot_size": 1, "tick_lot_value": 1, "max_price": 9},
        [InstrumentCreated(instrument=3)],
    ),
    ("deposit", (2, SHARE, 3), {}, [Deposited(account=2, asset=SHARE, amount=3)]),
    (
        "announce_action",
        (1, SHARE, ActionKind.SPLIT),
        {"record_at": ENDS + 40, "books_close_at": ENDS + 39, "payer": 1, "order_policy": OrderPolicy.CANCEL, **SPLIT},
        [
            ActionAnnounced(
                action_kind=ActionKind.SPLIT,
                order_policy=OrderPolicy.CANCEL,
                action=1,
                asset=SHARE,
                payer=1,
                legs=1,
                record_at=ENDS + 40,
                books_close_at=ENDS + 39,
            )
        ],
    ),
    (
        "announce_action",
        (2, SHARE, ActionKind.COUPON),
        {"record_at": ENDS + 41, **COUPON},
        [ActionAnnounced(action_kind=ActionKind.COUPON, action=2, asset=SHARE, payer=0, legs=1, record_at=ENDS + 41)],
    ),
    ("cancel_action", (2,), {}, [ActionCancelled(action=2, asset=SHARE)]),
    (
        "cancel_action",
        (2,),
        {},
        [Rejected(reason=RejectCode.UNKNOWN_ACTION, command=CommandKind.CANCEL_ACTION)],
    ),
    (
        "announce_action",
        (3, SHARE, ActionKind.COUPON),
        {"record_at": ENDS + 41, **COUPON, "numerator_1": 1_000},
        [ActionAnnounced(action_kind=ActionKind.COUPON, action=3, asset=SHARE, payer=0, legs=1, record_at=ENDS + 41)],
    ),
    (
        "pulse",
        (),
        {"timestamp_ns": ENDS + 41},
        [
            Halted(instrument=3, cause=HaltCause.CORPORATE_ACTION, causes=64),
            ActionStarted(action=1, asset=SHARE),
            ActionFunded(account=1, action=1, asset=0, total=1),
            Entitled(account=2, action=1, asset=SHARE, quantity=3, taken=3),
            EntitlementPaid(account=2, action=1, asset=SHARE, payer=NONE_ID, amount=4),
            EntitlementPaid(account=2, action=1, asset=0, payer=1, in_lieu=1, amount=1),
            ActionLegPaid(account=1, action=1, asset=SHARE, total=4),
            ActionLegPaid(account=1, action=1, asset=0, in_lieu=1, total=1),
            ActionDone(action=1, asset=SHARE, holders=1, quantity=3),
            Rebased(instrument=3, numerator=3, denominator=2),
            Resumed(instrument=3, cause=HaltCause.CORPORATE_ACTION),
            Halted(instrument=3, cause=HaltCause.CORPORATE_ACTION, causes=64),
            ActionStarted(action=3, asset=SHARE),
            ActionFailed(action=3, asset=0, missing=4_000 - 810),
            Resumed(instrument=3, cause=HaltCause.CORPORATE_ACTION),
            Pulsed(items=24),
        ],
    ),
]
NEVER = 2**64 - 1
HELD: dict[str, int] = {"investor_class": 2, "jurisdiction": 0x4544, "firm": 7, "verified_until": NEVER}
SAID: dict[str, int] = {"classes": 31, "verification": 1, "jurisdiction_rule": 2, "locked_until": 6}
FREEZING: dict[str, int] = {"scope": 2, "asset": 0, "amount": 1, "until": NEVER}
STEPS += [
    ("set_holder", (2,), HELD, [HolderSet(account=2, **HELD)]),
    (
        "set_eligibility",
        (),
        {"instrument": None, "asset": 0, "jurisdictions": [(0x5355,), (0x4544,)], "max_holding": 1 << 50} | SAID,
        [EligibilitySet(account=0, asset=0, jurisdictions=2, max_holding=1 << 50, **SAID)],
    ),
    ("set_eligibility", (), {"asset": 0}, [EligibilitySet(account=0, asset=0)]),
    ("freeze", (2,), FREEZING, [Frozen(account=2, **FREEZING)]),
    (
        "force_transfer",
        (2, 1, 0, 1),
        {"reason": 4, "reference": "court"},
        [
            ForcedTransfer(account=2, asset=0, counterparty=1, amount=1, reason_code=4),
            Unfrozen(account=2, **FREEZING),
            TransferOut(account=2, asset=0, counterparty=1, amount=1),
            TransferIn(account=1, asset=0, counterparty=2, amount=1),
        ],
    ),
    (
        "set_beneficial",
        (1, 0, 1),
        {"to_holder": NEVER},
        [BeneficialSet(account=1, asset=0, to_holder=NEVER, quantity=1, to_registered=1)],
    ),
]


def test_every_event_of_one_day(new_engine: Any) -> None:
    engine = new_engine(shard=SHARD)
    account_sequences, now = {0: 0}, TIME
    for sequence, (method, arguments, options, expected) in enumerate(STEPS, start=1):
        options = {"timestamp_ns": TIME + sequence} | options
        now = max(now, options["timestamp_ns"])
        events = getattr(engine, method)(*arguments, **options)
        assert len(events) == len(expected), method
        for event, body in zip(events, expected, strict=True):
            account = body.account
            if body.kind == EventKind.ACCOUNT_CREATED:
                account_sequences[account] = 0
            if account in account_sequences:
                account_sequences[account] += 1
            numbered = account_sequences.get(account, 0)
            whole = msgspec.structs.replace(body, sequence=sequence, timestamp_ns=now, account_sequence=numbered)
            assert bytes(event) == bytes(whole), f"{method}: {event} is not {whole}"
            assert (event.kind, whole.kind) == (body.KIND, body.KIND)
            assert all(getattr(event, name) == getattr(whole, name) for name in whole.__struct_fields__)


ELSEWHERE = {kind for kind in EventKind if 130 <= kind < 160}
"""Of what stands behind assets: in the tables of `assets.md`, and field by field in tests/test_wire_contract.py."""


def test_every_kind_is_among_them() -> None:
    seen = {event.kind for *_, expected in STEPS for event in expected}
    assert seen == set(EventKind) - ELSEWHERE
    assert set(EventKind) == EVENT_DTYPES.keys()


def test_an_event_has_no_field_of_another_kind(new_engine: Any) -> None:
    (event,) = new_engine().create_asset(0, "A", 0, 0)
    assert event.asset == 0
    for name in ("instrument", "order_id", "code", "reference"):
        with pytest.raises(AttributeError):
            getattr(event, name)


def test_events_are_values(new_engine: Any) -> None:
    first, second, other = (new_engine().create_asset(0, symbol, 0, 0) for symbol in ("A", "B", ""))
    assert first == second
    assert hash(first[0]) == hash(second[0])
    assert first != other
    with pytest.raises(AttributeError):
        first[0].kind = 9
