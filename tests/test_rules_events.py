"""Every kind of event, whole: which fields it sets, and that all others are zero."""

from typing import Any

import pytest

from pyengine.records import (
    EVENT_DTYPE,
    NONE_ID,
    AssetClass,
    CancelReason,
    EventKind,
    Liquidity,
    OrderStatus,
    Priority,
    RejectCode,
    Side,
    TimeInForce,
)
from pyengine.reference import Event

USDC, AAPL = 0, 1
TIME = 1_700_000_000_000_000_000
FIRST, SECOND = 1 << 22, (2 << 22) | 1
Step = tuple[str, tuple[Any, ...], dict[str, Any], list[dict[str, Any]]]

STEPS: list[Step] = [
    ("create_asset", (USDC, "USDC", AssetClass.STABLECOIN, 6), {}, [{"kind": EventKind.ASSET_CREATED, "asset": USDC}]),
    ("create_asset", (AAPL, "AAPL", AssetClass.EQUITY, 6), {}, [{"kind": EventKind.ASSET_CREATED, "asset": AAPL}]),
    (
        "create_instrument",
        (0, "AAPL-USDC", AAPL, USDC),
        {"lot_size": 10, "tick_lot_value": 100, "max_price": 1_000},
        [{"kind": EventKind.INSTRUMENT_CREATED, "instrument": 0}],
    ),
    (
        "set_fee_schedule",
        (1, 1_000, 2_000),
        {},
        [{"kind": EventKind.FEE_SCHEDULE_SET, "reference": 1, "price": 1_000, "quantity": 2_000}],
    ),
    (
        "create_account",
        (1,),
        {"fee_schedule": 1},
        [{"kind": EventKind.ACCOUNT_CREATED, "account": 1, "reference": 1}],
    ),
    ("create_account", (2,), {}, [{"kind": EventKind.ACCOUNT_CREATED, "account": 2, "reference": 0}]),
    (
        "deposit",
        (1, USDC, 1_000_000),
        {},
        [{"kind": EventKind.DEPOSITED, "account": 1, "asset": USDC, "cash": 1_000_000}],
    ),
    ("deposit", (2, AAPL, 1_000), {}, [{"kind": EventKind.DEPOSITED, "account": 2, "asset": AAPL, "cash": 1_000}]),
    (
        "transfer",
        (1, 2, USDC, 5_000),
        {},
        [
            {"kind": EventKind.TRANSFER_OUT, "account": 1, "asset": USDC, "cash": 5_000, "reference": 2},
            {"kind": EventKind.TRANSFER_IN, "account": 2, "asset": USDC, "cash": 5_000, "reference": 1},
        ],
    ),
    (
        "request_withdrawal",
        (2, USDC, 2_000),
        {},
        [{"kind": EventKind.WITHDRAWAL_REQUESTED, "account": 2, "asset": USDC, "cash": 2_000, "reference": 1}],
    ),
    (
        "request_withdrawal",
        (2, USDC, 3_000),
        {},
        [{"kind": EventKind.WITHDRAWAL_REQUESTED, "account": 2, "asset": USDC, "cash": 3_000, "reference": 2}],
    ),
    (
        "settle_withdrawal",
        (2, 1),
        {},
        [{"kind": EventKind.WITHDRAWAL_SETTLED, "account": 2, "asset": USDC, "cash": 2_000, "reference": 1}],
    ),
    (
        "cancel_withdrawal",
        (2, 2),
        {},
        [{"kind": EventKind.WITHDRAWAL_CANCELLED, "account": 2, "asset": USDC, "cash": 3_000, "reference": 2}],
    ),
    ("halt", (0,), {}, [{"kind": EventKind.HALTED, "instrument": 0}]),
    ("resume", (0,), {}, [{"kind": EventKind.RESUMED, "instrument": 0}]),
    (
        "place",
        (2, 0, Side.SELL, 100, 9),
        {"client_order_id": "s"},
        [
            {
                "kind": EventKind.ACCEPTED,
                "account": 2,
                "instrument": 0,
                "side": Side.SELL,
                "order_id": FIRST,
                "price": 100,
                "quantity": 9,
                "leaves": 9,
            }
        ],
    ),
    (
        "place",
        (1, 0, Side.BUY, 0, 50_000),
        {"order_type": 1, "time_in_force": TimeInForce.IOC, "quantity_kind": 1},
        [
            {
                "kind": EventKind.ACCEPTED,
                "account": 1,
                "instrument": 0,
                "side": Side.BUY,
                "order_id": SECOND,
                "price": 105,
                "cash": 50_000,
            },
            {
                "kind": EventKind.FILL,
                "account": 1,
                "instrument": 0,
                "side": Side.BUY,
                "liquidity": Liquidity.TAKER,
                "order_id": SECOND,
                "price": 100,
                "quantity": 4,
                "filled": 4,
                "cash": 40_000,
                "fee": 80,
                "reference": 1,
            },
            {
                "kind": EventKind.FILL,
                "account": 2,
                "instrument": 0,
                "side": Side.SELL,
                "liquidity": Liquidity.MAKER,
                "order_id": FIRST,
                "price": 100,
                "quantity": 4,
                "leaves": 5,
                "filled": 4,
                "cash": 40_000,
                "reference": 1,
            },
            {
                "kind": EventKind.CANCELLED,
                "code": CancelReason.MARKET_REMAINDER,
                "account": 1,
                "instrument": 0,
                "side": Side.BUY,
                "order_id": SECOND,
                "price": 105,
                "quantity": 4,
                "filled": 4,
                "cash": 9_920,
            },
        ],
    ),
    (
        "amend",
        (2, 101, 8),
        {"client_order_id": "s"},
        [
            {
                "kind": EventKind.AMENDED,
                "code": Priority.LOST,
                "account": 2,
                "instrument": 0,
                "side": Side.SELL,
                "order_id": FIRST,
                "price": 101,
                "quantity": 8,
                "leaves": 4,
                "filled": 4,
                "reference": 100,
            }
        ],
    ),
    (
        "place",
        (2, 7, Side.BUY, -5, -5),
        {"client_order_id": "s"},
        [
            {
                "kind": EventKind.DUPLICATE,
                "code": OrderStatus.OPEN,
                "account": 2,
                "instrument": 0,
                "side": Side.SELL,
                "order_id": FIRST,
                "price": 101,
                "quantity": 8,
                "leaves": 4,
                "filled": 4,
            }
        ],
    ),
    (
        "place",
        (1, 7, Side.BUY, 5, 5),
        {},
        [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_INSTRUMENT, "account": 1, "instrument": 7}],
    ),
    (
        "cancel",
        (1,),
        {"order_id": FIRST},
        [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_ORDER, "account": 1, "order_id": FIRST}],
    ),
    (
        "amend",
        (1, 1, 1),
        {"order_id": 77},
        [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_ORDER, "account": 1, "order_id": 77}],
    ),
    (
        "deposit",
        (1, 9, 1),
        {},
        [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_ASSET, "account": 1, "asset": 9}],
    ),
    (
        "request_withdrawal",
        (1, 9, 1),
        {},
        [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_ASSET, "account": 1, "asset": 9}],
    ),
    (
        "transfer",
        (1, 1, USDC, 1),
        {},
        [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_COUNTERPARTY, "account": 1, "asset": USDC}],
    ),
    (
        "settle_withdrawal",
        (1, 2),
        {},
        [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_WITHDRAWAL, "account": 1, "reference": 2}],
    ),
    (
        "cancel_withdrawal",
        (1, 3),
        {},
        [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_WITHDRAWAL, "account": 1, "reference": 3}],
    ),
    ("halt", (7,), {}, [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_INSTRUMENT}]),
    ("create_account", (9,), {}, [{"kind": EventKind.REJECTED, "code": RejectCode.ID_NOT_NEXT}]),
    (
        "cancel_all",
        (2,),
        {},
        [
            {
                "kind": EventKind.CANCELLED,
                "code": CancelReason.CANCEL_ALL,
                "account": 2,
                "instrument": 0,
                "side": Side.SELL,
                "order_id": FIRST,
                "price": 101,
                "quantity": 8,
                "leaves": 4,
                "filled": 4,
            },
            {"kind": EventKind.CANCEL_ALL_DONE, "account": 2, "instrument": NONE_ID, "quantity": 1},
        ],
    ),
    (
        "cancel_all",
        (99, 0),
        {},
        [{"kind": EventKind.REJECTED, "code": RejectCode.UNKNOWN_ACCOUNT, "account": 99, "instrument": 0}],
    ),
]


def test_every_event_of_one_day(new_engine: Any) -> None:
    engine = new_engine()
    account_sequences = {0: 0}
    for sequence, (method, arguments, options, expected) in enumerate(STEPS, start=1):
        events = getattr(engine, method)(*arguments, **options, timestamp_ns=TIME + sequence)
        assert len(events) == len(expected), method
        for event, fields in zip(events, expected, strict=True):
            account = fields.get("account", 0)
            if fields["kind"] == EventKind.ACCOUNT_CREATED:
                account_sequences[account] = 0
            if account in account_sequences:
                account_sequences[account] += 1
            whole = Event(sequence, TIME + sequence, **fields, account_sequence=account_sequences.get(account, 0))
            assert bytes(event) == bytes(whole), f"{method}: {event} is not {whole}"
            assert all(getattr(event, name) == getattr(whole, name) for name in EVENT_DTYPE.names or ())


def test_every_kind_is_among_them() -> None:
    assert {fields["kind"] for *_, expected in STEPS for fields in expected} == set(EventKind)


def test_events_are_values(new_engine: Any) -> None:
    first, second, other = (new_engine().create_asset(0, symbol, 0, 0) for symbol in ("A", "B", ""))
    assert first == second
    assert hash(first[0]) == hash(second[0])
    assert first != other
    with pytest.raises(AttributeError):
        first[0].kind = 9
