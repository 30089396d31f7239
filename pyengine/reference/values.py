"""What the engine hands out besides events: immutable values with the attributes of their native namesakes."""

from __future__ import annotations

import msgspec


class Obligation(msgspec.Struct, frozen=True):
    """What a market maker owes on an instrument, and how it has met it up to the last timestamp."""

    account: int
    instrument: int
    max_spread: int
    min_quantity: int
    required_bps: int
    maker_rate: int
    met_ns: int
    open_ns: int
    is_met: bool
    earned: bool


class Order(msgspec.Struct, frozen=True):
    """An open order as it stood when asked for."""

    order_id: int
    client_order_id: str
    account: int
    instrument: int
    side: int
    price: int
    quantity: int
    leaves: int
    filled: int
    time_in_force: int
    stp: int
    # vocabulary: order attributes
    expires_at: int = 0
    display_quantity: int = 0
    min_quantity: int = 0
    trigger_price: int = 0
    trail: int = 0
    trigger: int = 0
    visibility: int = 0
    lifetime: int = 0
    peg: int = 0
    peg_offset: int = 0
    trade_date: int = 0
    reserve: int = 0
    taker_rate: int = 0
    waiting_type: int = 0
    slice: int = 0
    quote_group: int = 0
    exit_trigger: int = 0
    partner: int = 0
    partner_price: int = 0
    take_profit: int = 0
    exit_trigger_price: int = 0
    exit_price: int = 0
    arrival: int = 0
    # vocabulary: end
