"""One function for each command: makes its record. Units are those of `engine_core/docs/semantics.md`.

Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.
"""

from collections.abc import Sequence

from pyengine.packing import document_words, octets, pack, text
from pyengine.records import (
    NONE_ID,
    VENUE_ACCOUNT,
    Amend,
    AnnounceAction,
    Attest,
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
    ForceTransfer,
    Freeze,
    Halt,
    JurisdictionEntry,
    MassQuote,
    Mint,
    Place,
    PlaceBracket,
    PlaceOco,
    Pulse,
    QuoteEntry,
    RefuseRedemption,
    RegisterBar,
    RemoveBar,
    RequestRedemption,
    RequestWithdrawal,
    ResetMarketMakerProtection,
    Resume,
    RevokeKey,
    RollTradeDate,
    SetAccount,
    SetAssetTerms,
    SetAttestor,
    SetBeneficial,
    SetCashReference,
    SetEligibility,
    SetFeeOverride,
    SetFeeSchedule,
    SetHolder,
    SetKey,
    SetMarketMakerProtection,
    SetObligation,
    SetPeg,
    SetPhase,
    SetPrimaryStatus,
    SetReference,
    SetReferencePolicy,
    SetRefiner,
    SettleRedemption,
    SettleWithdrawal,
    SetTradingLimits,
    SetVolatilityBands,
    Transfer,
    Unfreeze,
)


def pack_place(
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
    expires_at: int = 0,
    display_quantity: int = 0,
    min_quantity: int = 0,
    trigger_price: int = 0,
    trail: int = 0,
    trigger: int = 0,
    visibility: int = 0,
    lifetime: int = 0,
    peg: int = 0,
    peg_offset: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """PLACE. A new order.

    `instrument`: what to trade.
    `stp`: self-trade prevention.
    `price`: limit in ticks; 0 for a market or market-to-limit order.
    `quantity`: lots or, notional, units of the quote asset.
    `client_order_id`: the client's own name for the order, or empty.
    `expires_at`: when the order ends by itself, in nanoseconds; 0: never.
    `display_quantity`: lots of an iceberg shown at a time; 0: all.
    `min_quantity`: lots that must trade on entry or, hidden, in each fill; 0: any.
    `trigger_price`: of a stop order, in ticks; 0: none, or of a trailing one where it begins by itself.
    `trail`: ticks by which a trailing stop's trigger follows; 0: it does not.
    `trigger`: what a stop order waits for.
    `visibility`: who sees it rest.
    `lifetime`: what else ends it.
    `peg`: what its price follows.
    `peg_offset`: ticks behind that.
    """
    length, characters = text(client_order_id)
    body = Place(
        instrument=instrument,
        side=side,
        order_type=order_type,
        time_in_force=time_in_force,
        stp=stp,
        price=price,
        quantity=quantity,
        quantity_kind=quantity_kind,
        expires_at=expires_at,
        display_quantity=display_quantity,
        min_quantity=min_quantity,
        trigger_price=trigger_price,
        trail=trail,
        trigger=trigger,
        visibility=visibility,
        lifetime=lifetime,
        peg=peg,
        peg_offset=peg_offset,
        client_order_id_len=length,
        client_order_id=characters,
    )
    return pack(CommandKind.PLACE, account, body, timestamp_ns)


def pack_cancel(
    account: int, *, order_id: int = 0, client_order_id: str = "", timestamp_ns: int | None = None
) -> bytes:
    """CANCEL. Takes one open order off the book.

    `order_id`: the order, or 0.
    `client_order_id`: the order, or empty: exactly one of the two.
    """
    length, characters = text(client_order_id)
    body = Cancel(order_id=order_id, client_order_id_len=length, client_order_id=characters)
    return pack(CommandKind.CANCEL, account, body, timestamp_ns)


def pack_amend(
    account: int,
    price: int,
    quantity: int,
    *,
    order_id: int = 0,
    client_order_id: str = "",
    display_quantity: int = 0,
    min_quantity: int = 0,
    expires_at: int = 0,
    trigger_price: int = 0,
    trail: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """AMEND. Gives one open order a new price, a new total quantity, and what else of it can be changed.

    `order_id`: the order, or 0.
    `price`: the new limit in ticks; 0 for a market stop.
    `quantity`: the new total in lots, what is filled included.
    `client_order_id`: the order, or empty: exactly one of the two.
    `display_quantity`: of an iceberg: lots shown at a time from now on; 0: as it is.
    `min_quantity`: of a hidden order that has one; 0: as it is.
    `expires_at`: when it ends by itself, in nanoseconds; 0: as it is; 2^64 - 1: never.
    `trigger_price`: of a stop order that waits, in ticks; 0: as it is.
    `trail`: of a trailing stop that waits, in ticks; 0: as it is.
    """
    length, characters = text(client_order_id)
    body = Amend(
        order_id=order_id,
        price=price,
        quantity=quantity,
        display_quantity=display_quantity,
        min_quantity=min_quantity,
        expires_at=expires_at,
        trigger_price=trigger_price,
        trail=trail,
        client_order_id_len=length,
        client_order_id=characters,
    )
    return pack(CommandKind.AMEND, account, body, timestamp_ns)


def pack_cancel_all(
    account: int,
    instrument: int | None = None,
    *,
    sides: int = 0,
    quote_group: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """CANCEL_ALL. Cancels the account's open orders.

    `instrument`: on this instrument, or on all (0xFFFFFFFF).
    `sides`: of which.
    `quote_group`: only the quotes of this group; 0: every order.
    """
    body = CancelAll(instrument=NONE_ID if instrument is None else instrument, sides=sides, quote_group=quote_group)
    return pack(CommandKind.CANCEL_ALL, account, body, timestamp_ns)


def pack_cancel_replace(
    account: int,
    instrument: int,
    side: int,
    price: int,
    quantity: int,
    *,
    order_id: int = 0,
    order_type: int = 0,
    time_in_force: int = 0,
    stp: int = 0,
    quantity_kind: int = 0,
    client_order_id: str = "",
    expires_at: int = 0,
    display_quantity: int = 0,
    min_quantity: int = 0,
    trigger_price: int = 0,
    trail: int = 0,
    trigger: int = 0,
    visibility: int = 0,
    lifetime: int = 0,
    peg: int = 0,
    peg_offset: int = 0,
    on_failure: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """CANCEL_REPLACE. Takes an open order out and places another, or does nothing.

    `instrument`: what to trade.
    `stp`: self-trade prevention.
    `price`: limit in ticks; 0 for a market or market-to-limit order.
    `quantity`: lots or, notional, units of the quote asset.
    `client_order_id`: the client's own name for the order, or empty.
    `on_failure`: if the order that goes is not open.
    `order_id`: the order that goes.
    `expires_at`: when the order ends by itself, in nanoseconds; 0: never.
    `display_quantity`: lots of an iceberg shown at a time; 0: all.
    `min_quantity`: lots that must trade on entry or, hidden, in each fill; 0: any.
    `trigger_price`: of a stop order, in ticks; 0: none, or of a trailing one where it begins by itself.
    `trail`: ticks by which a trailing stop's trigger follows; 0: it does not.
    `trigger`: what a stop order waits for.
    `visibility`: who sees it rest.
    `lifetime`: what else ends it.
    `peg`: what its price follows.
    `peg_offset`: ticks behind that.
    """
    length, characters = text(client_order_id)
    body = CancelReplace(
        instrument=instrument,
        side=side,
        order_type=order_type,
        time_in_force=time_in_force,
        stp=stp,
        price=price,
        quantity=quantity,
        quantity_kind=quantity_kind,
        on_failure=on_failure,
        order_id=order_id,
        expires_at=expires_at,
        display_quantity=display_quantity,
        min_quantity=min_quantity,
        trigger_price=trigger_price,
        trail=trail,
        trigger=trigger,
        visibility=visibility,
        lifetime=lifetime,
        peg=peg,
        peg_offset=peg_offset,
        client_order_id_len=length,
        client_order_id=characters,
    )
    return pack(CommandKind.CANCEL_REPLACE, account, body, timestamp_ns)


def pack_mass_quote(
    account: int,
    quote_group: int,
    quotes: Sequence[QuoteEntry],
    *,
    time_in_force: int = 0,
    stp: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """MASS_QUOTE. Says what the quotes of a group shall be, on many instruments at once.

    `quote_group`: which of the account's groups, from 1.
    `time_in_force`: GTC or POST_ONLY.
    `stp`: self-trade prevention.
    """
    body = MassQuote(
        quote_group=quote_group,
        time_in_force=time_in_force,
        stp=stp,
        quotes_len=min(len(quotes), 255),
        quotes=tuple(quotes),
    )
    return pack(CommandKind.MASS_QUOTE, account, body, timestamp_ns)


def pack_set_market_maker_protection(
    account: int,
    quote_group: int,
    *,
    window_ns: int = 0,
    max_quantity: int = 0,
    max_notional: int = 0,
    max_fills: int = 0,
    max_delta: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_MARKET_MAKER_PROTECTION. Limits what a group may trade in a while; all 0: no longer.

    `quote_group`: which of the account's groups, from 1.
    `max_fills`: fills in the window.
    `window_ns`: how long the window is, in nanoseconds.
    `max_quantity`: lots traded in the window; 0: any.
    `max_notional`: units of quote assets traded in the window; 0: any.
    `max_delta`: lots bought less lots sold in the window, or the other way round; 0: any.
    """
    body = SetMarketMakerProtection(
        quote_group=quote_group,
        max_fills=max_fills,
        window_ns=window_ns,
        max_quantity=max_quantity,
        max_notional=max_notional,
        max_delta=max_delta,
    )
    return pack(CommandKind.SET_MARKET_MAKER_PROTECTION, account, body, timestamp_ns)


def pack_reset_market_maker_protection(account: int, quote_group: int, *, timestamp_ns: int | None = None) -> bytes:
    """RESET_MARKET_MAKER_PROTECTION. Lets a group that its protection has blocked quote again.

    `quote_group`: which of the account's groups, from 1.
    """
    body = ResetMarketMakerProtection(quote_group=quote_group)
    return pack(CommandKind.RESET_MARKET_MAKER_PROTECTION, account, body, timestamp_ns)


def pack_cancel_after(account: int, timeout_ns: int, *, timer: int = 0, timestamp_ns: int | None = None) -> bytes:
    """CANCEL_AFTER. Sets a timer that cancels all open orders of the account when it runs out.

    `timeout_ns`: from now on, in nanoseconds; 0: stops the timer.
    `timer`: which of the two.
    """
    body = CancelAfter(timeout_ns=timeout_ns, timer=timer)
    return pack(CommandKind.CANCEL_AFTER, account, body, timestamp_ns)


def pack_place_oco(
    account: int,
    instrument: int,
    side: int,
    price: int,
    quantity: int,
    *,
    trigger: int,
    trigger_price: int,
    stop_price: int = 0,
    stp: int = 0,
    client_order_id: str = "",
    expires_at: int = 0,
    lifetime: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """PLACE_OCO. A limit order and a stop of one side and quantity, of which one cancels the other.

    `instrument`: what to trade.
    `stp`: self-trade prevention, of both.
    `trigger`: what the stop waits for.
    `lifetime`: what else ends them.
    `price`: of the limit order, in ticks.
    `quantity`: lots of each.
    `stop_price`: limit of the stop once it has been reached, in ticks; 0: it becomes a market order.
    `expires_at`: when both end by themselves, in nanoseconds; 0: never.
    `trigger_price`: of the stop, in ticks.
    `client_order_id`: the client's own name for the limit order, or empty.
    """
    length, characters = text(client_order_id)
    body = PlaceOco(
        instrument=instrument,
        side=side,
        stp=stp,
        trigger=trigger,
        lifetime=lifetime,
        price=price,
        quantity=quantity,
        stop_price=stop_price,
        expires_at=expires_at,
        trigger_price=trigger_price,
        client_order_id_len=length,
        client_order_id=characters,
    )
    return pack(CommandKind.PLACE_OCO, account, body, timestamp_ns)


def pack_place_bracket(
    account: int,
    instrument: int,
    side: int,
    price: int,
    quantity: int,
    *,
    take_profit: int,
    trigger: int,
    trigger_price: int,
    stop_price: int = 0,
    order_type: int = 0,
    time_in_force: int = 0,
    stp: int = 0,
    client_order_id: str = "",
    expires_at: int = 0,
    lifetime: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """PLACE_BRACKET. An order that two others follow, to close what it has traded at a profit or at a stop.

    `instrument`: what to trade.
    `side`: of the entry; its exits are of the other.
    `order_type`: of the entry.
    `time_in_force`: of the entry.
    `stp`: self-trade prevention, of entry and exits.
    `price`: of the entry: limit in ticks; 0 for a market or market-to-limit order.
    `quantity`: lots of the entry.
    `take_profit`: limit of the exit at a profit, in ticks.
    `stop_price`: limit of the exit at a stop once it has been reached, in ticks; 0: it becomes a market order.
    `expires_at`: when the entry ends by itself, in nanoseconds; 0: never.
    `trigger_price`: of the exit at a stop, in ticks.
    `trigger`: what the exit at a stop waits for.
    `lifetime`: what else ends the entry.
    `client_order_id`: the client's own name for the entry, or empty.
    """
    length, characters = text(client_order_id)
    body = PlaceBracket(
        instrument=instrument,
        side=side,
        order_type=order_type,
        time_in_force=time_in_force,
        stp=stp,
        price=price,
        quantity=quantity,
        take_profit=take_profit,
        stop_price=stop_price,
        expires_at=expires_at,
        trigger_price=trigger_price,
        trigger=trigger,
        lifetime=lifetime,
        client_order_id_len=length,
        client_order_id=characters,
    )
    return pack(CommandKind.PLACE_BRACKET, account, body, timestamp_ns)


def pack_create_asset(
    asset: int,
    symbol: str,
    asset_class: int,
    decimals: int,
    *,
    min_withdrawal: int = 1,
    timestamp_ns: int | None = None,
) -> bytes:
    """CREATE_ASSET. Lists an asset under the next id.

    `asset`: the new id.
    `decimals`: of the unit that people count in.
    `min_withdrawal`: smallest amount that can be withdrawn, in smallest units.
    """
    length, characters = text(symbol)
    body = CreateAsset(
        asset=asset,
        asset_class=asset_class,
        decimals=decimals,
        min_withdrawal=min_withdrawal,
        symbol_len=length,
        symbol=characters,
    )
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
    phase: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """CREATE_INSTRUMENT. Lists an instrument under the next id.

    `instrument`: the new id.
    `base`: what is traded.
    `quote`: what it is paid with.
    `collar_bps`: how far a market order may trade from the best price.
    `lot_size`: units of base in one lot.
    `tick_lot_value`: units of quote that one lot costs per tick.
    `max_price`: highest price in ticks.
    `phase`: the first one.
    """
    length, characters = text(symbol)
    body = CreateInstrument(
        instrument=instrument,
        base=base,
        quote=quote,
        collar_bps=collar_bps,
        lot_size=lot_size,
        tick_lot_value=tick_lot_value,
        max_price=max_price,
        phase=phase,
        symbol_len=length,
        symbol=characters,
    )
    return pack(CommandKind.CREATE_INSTRUMENT, VENUE_ACCOUNT, body, timestamp_ns)


def pack_create_account(account: int, *, fee_schedule: int = 0, timestamp_ns: int | None = None) -> bytes:
    """CREATE_ACCOUNT. Opens an account under the next id.

    `fee_schedule`: what it pays.
    """
    body = CreateAccount(fee_schedule=fee_schedule)
    return pack(CommandKind.CREATE_ACCOUNT, account, body, timestamp_ns)


def pack_set_fee_schedule(
    fee_schedule: int,
    maker_rate: int,
    taker_rate: int,
    *,
    effective_at: int = 0,
    notional_1: int = 0,
    maker_rate_1: int = 0,
    taker_rate_1: int = 0,
    notional_2: int = 0,
    maker_rate_2: int = 0,
    taker_rate_2: int = 0,
    notional_3: int = 0,
    maker_rate_3: int = 0,
    taker_rate_3: int = 0,
    notional_4: int = 0,
    maker_rate_4: int = 0,
    taker_rate_4: int = 0,
    notional_5: int = 0,
    maker_rate_5: int = 0,
    taker_rate_5: int = 0,
    notional_6: int = 0,
    maker_rate_6: int = 0,
    taker_rate_6: int = 0,
    notional_7: int = 0,
    maker_rate_7: int = 0,
    taker_rate_7: int = 0,
    notional_8: int = 0,
    maker_rate_8: int = 0,
    taker_rate_8: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_FEE_SCHEDULE. Replaces a fee schedule, or appends one under the next id.

    `maker_rate`: hundredths of a basis point; below 0: a rebate.
    `taker_rate`: hundredths of a basis point.
    `effective_at`: from when on, in nanoseconds; 0: at once.
    `notional_1`: units of the quote asset in 30 days from which these hold; 0: no such tier.
    `notional_2`: the same, of the next tier.
    `notional_3`: the same, of the next tier.
    `notional_4`: the same, of the next tier.
    `notional_5`: the same, of the next tier.
    `notional_6`: the same, of the next tier.
    `notional_7`: the same, of the next tier.
    `notional_8`: the same, of the next tier.
    """
    body = SetFeeSchedule(
        fee_schedule=fee_schedule,
        maker_rate=maker_rate,
        taker_rate=taker_rate,
        effective_at=effective_at,
        notional_1=notional_1,
        maker_rate_1=maker_rate_1,
        taker_rate_1=taker_rate_1,
        notional_2=notional_2,
        maker_rate_2=maker_rate_2,
        taker_rate_2=taker_rate_2,
        notional_3=notional_3,
        maker_rate_3=maker_rate_3,
        taker_rate_3=taker_rate_3,
        notional_4=notional_4,
        maker_rate_4=maker_rate_4,
        taker_rate_4=taker_rate_4,
        notional_5=notional_5,
        maker_rate_5=maker_rate_5,
        taker_rate_5=taker_rate_5,
        notional_6=notional_6,
        maker_rate_6=maker_rate_6,
        taker_rate_6=taker_rate_6,
        notional_7=notional_7,
        maker_rate_7=maker_rate_7,
        taker_rate_7=taker_rate_7,
        notional_8=notional_8,
        maker_rate_8=maker_rate_8,
        taker_rate_8=taker_rate_8,
    )
    return pack(CommandKind.SET_FEE_SCHEDULE, VENUE_ACCOUNT, body, timestamp_ns)


def pack_halt(instrument: int, *, cause: int = 0, timestamp_ns: int | None = None) -> bytes:
    """HALT. Stops an instrument's trading, for a cause; cancels still work."""
    body = Halt(instrument=instrument, cause=cause)
    return pack(CommandKind.HALT, VENUE_ACCOUNT, body, timestamp_ns)


def pack_resume(instrument: int, *, cause: int = 0, timestamp_ns: int | None = None) -> bytes:
    """RESUME. Lifts a cause; an instrument's trading goes on when it was the last."""
    body = Resume(instrument=instrument, cause=cause)
    return pack(CommandKind.RESUME, VENUE_ACCOUNT, body, timestamp_ns)


def pack_pulse(*, timestamp_ns: int | None = None) -> bytes:
    """PULSE. Time has come: the engine does what is due, a bounded part of it."""
    body = Pulse()
    return pack(CommandKind.PULSE, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_account(
    account: int,
    *,
    fee_schedule: int = 0,
    max_open_orders: int = 4096,
    client_id_window: int = 128,
    group: int = 0,
    max_open_notional: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_ACCOUNT. Gives an account another fee schedule, other limits, another group.

    `fee_schedule`: what its orders pay from now on.
    `max_open_orders`: how many orders it may have open.
    `client_id_window`: how many finished orders with a client order id are remembered.
    `group`: accounts of one firm, between which self-trade prevention works too; 0: none.
    `max_open_notional`: units of a quote asset that its open orders may be worth at their limits; 0: any.
    """
    body = SetAccount(
        fee_schedule=fee_schedule,
        max_open_orders=max_open_orders,
        client_id_window=client_id_window,
        group=group,
        max_open_notional=max_open_notional,
    )
    return pack(CommandKind.SET_ACCOUNT, account, body, timestamp_ns)


def pack_set_reference(
    instrument: int, price: int, *, source: int = 0, observed_at: int = 0, timestamp_ns: int | None = None
) -> bytes:
    """SET_REFERENCE. Says what an instrument is worth elsewhere.

    `source`: who says so, by the venue's own numbers.
    `price`: in ticks; 0: no longer known.
    `observed_at`: when it was so, in nanoseconds.
    """
    body = SetReference(instrument=instrument, source=source, price=price, observed_at=observed_at)
    return pack(CommandKind.SET_REFERENCE, VENUE_ACCOUNT, body, timestamp_ns)


def pack_roll_trade_date(trade_date: int, *, timestamp_ns: int | None = None) -> bytes:
    """ROLL_TRADE_DATE. Begins a trade date; trading goes on, and the day orders of earlier dates end.

    `trade_date`: year, month and day as eight digits.
    """
    body = RollTradeDate(trade_date=trade_date)
    return pack(CommandKind.ROLL_TRADE_DATE, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_phase(
    instrument: int, phase: int, *, next: int = 0, ends_at: int = 0, timestamp_ns: int | None = None
) -> bytes:
    """SET_PHASE. Opens, closes or retires an instrument, begins an auction, or ends its call.

    `next`: of an auction: the phase after it.
    `ends_at`: of an auction: when its call ends by itself, in nanoseconds; 0: it does not.
    """
    body = SetPhase(instrument=instrument, phase=phase, next=next, ends_at=ends_at)
    return pack(CommandKind.SET_PHASE, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_trading_limits(
    instrument: int,
    *,
    static_bps: int = 0,
    dynamic_bps: int = 0,
    auction_bps: int = 0,
    call_ns: int = 0,
    max_quantity: int = 0,
    max_notional: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_TRADING_LIMITS. Bounds an instrument's prices and the size of its orders.

    `static_bps`: how far from the reference prices may be; 0: any.
    `dynamic_bps`: how far from the last trade a trade may be; 0: any.
    `auction_bps`: how far from the reference an auction's price may be without an extension; 0: any.
    `call_ns`: how long a call lasts that begins by itself; 0: a halt does not end with one.
    `max_quantity`: lots of an order; 0: any.
    `max_notional`: units of the quote asset that an order is worth at its limit; 0: any.
    """
    body = SetTradingLimits(
        instrument=instrument,
        static_bps=static_bps,
        dynamic_bps=dynamic_bps,
        auction_bps=auction_bps,
        call_ns=call_ns,
        max_quantity=max_quantity,
        max_notional=max_notional,
    )
    return pack(CommandKind.SET_TRADING_LIMITS, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_volatility_bands(
    instrument: int,
    *,
    bps: int = 0,
    ticks: int = 0,
    multiplier: int = 0,
    limit_state_ns: int = 0,
    pause_ns: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_VOLATILITY_BANDS. Bounds an instrument's prices by its own trades of the last minutes.

    `bps`: how far from their mean prices may be; 0: any, and all else is 0.
    `ticks`: the same in ticks, if that is less; 0: it is not asked.
    `multiplier`: hundredths by which both are multiplied.
    `limit_state_ns`: how long a limit state lasts before trading pauses.
    `pause_ns`: how long the call lasts after it.
    """
    body = SetVolatilityBands(
        instrument=instrument,
        bps=bps,
        ticks=ticks,
        multiplier=multiplier,
        limit_state_ns=limit_state_ns,
        pause_ns=pause_ns,
    )
    return pack(CommandKind.SET_VOLATILITY_BANDS, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_reference_policy(
    instrument: int,
    *,
    stale: int = 0,
    primary: int = 0,
    widen: int = 0,
    max_age_ns: int = 0,
    closed_bps: int = 0,
    step_bps: int = 0,
    step_ns: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_REFERENCE_POLICY. Says what an old reference price leads to, and a closed primary market.

    `stale`: what a reference price leads to that is too old.
    `primary`: what a closed primary market leads to.
    `widen`: of WIDEN: hundredths by which the static band is multiplied, else 0.
    `max_age_ns`: nanoseconds after which a reference price is too old; 0: never.
    `closed_bps`: of FIXED_BAND and REANCHOR: how far from the anchor prices may be, else 0.
    `step_bps`: of REANCHOR: how far the anchor moves at once, else 0.
    `step_ns`: of REANCHOR: nanoseconds between two moves, else 0.
    """
    body = SetReferencePolicy(
        instrument=instrument,
        stale=stale,
        primary=primary,
        widen=widen,
        max_age_ns=max_age_ns,
        closed_bps=closed_bps,
        step_bps=step_bps,
        step_ns=step_ns,
    )
    return pack(CommandKind.SET_REFERENCE_POLICY, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_primary_status(instrument: int, status: int, *, close: int = 0, timestamp_ns: int | None = None) -> bytes:
    """SET_PRIMARY_STATUS. Says whether an instrument's primary market trades.

    `close`: of CLOSED: its last price in ticks; 0: not known.
    """
    body = SetPrimaryStatus(instrument=instrument, status=status, close=close)
    return pack(CommandKind.SET_PRIMARY_STATUS, VENUE_ACCOUNT, body, timestamp_ns)


def pack_deposit(
    account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
) -> bytes:
    """DEPOSIT. Credits an account: what the venue has received.

    `amount`: smallest units.
    `reference`: the caller's own name for the command, or empty.
    """
    length, characters = text(reference)
    body = Deposit(asset=asset, amount=amount, reference_len=length, reference=characters)
    return pack(CommandKind.DEPOSIT, account, body, timestamp_ns)


def pack_request_withdrawal(
    account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
) -> bytes:
    """REQUEST_WITHDRAWAL. Holds an amount until the venue settles or cancels its withdrawal.

    `amount`: smallest units.
    `reference`: the caller's own name for the command, or empty.
    """
    length, characters = text(reference)
    body = RequestWithdrawal(asset=asset, amount=amount, reference_len=length, reference=characters)
    return pack(CommandKind.REQUEST_WITHDRAWAL, account, body, timestamp_ns)


def pack_settle_withdrawal(
    account: int, withdrawal_id: int, *, reference: str = "", timestamp_ns: int | None = None
) -> bytes:
    """SETTLE_WITHDRAWAL. The money has left.

    `reference`: the caller's own name for the command, or empty.
    """
    length, characters = text(reference)
    body = SettleWithdrawal(withdrawal_id=withdrawal_id, reference_len=length, reference=characters)
    return pack(CommandKind.SETTLE_WITHDRAWAL, account, body, timestamp_ns)


def pack_cancel_withdrawal(
    account: int, withdrawal_id: int, *, reference: str = "", timestamp_ns: int | None = None
) -> bytes:
    """CANCEL_WITHDRAWAL. Gives a withdrawal's money back to the account.

    `reference`: the caller's own name for the command, or empty.
    """
    length, characters = text(reference)
    body = CancelWithdrawal(withdrawal_id=withdrawal_id, reference_len=length, reference=characters)
    return pack(CommandKind.CANCEL_WITHDRAWAL, account, body, timestamp_ns)


def pack_transfer(
    account: int, to_account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
) -> bytes:
    """TRANSFER. Moves money between two accounts.

    `amount`: smallest units.
    `reference`: the caller's own name for the command, or empty.
    """
    length, characters = text(reference)
    body = Transfer(asset=asset, to_account=to_account, amount=amount, reference_len=length, reference=characters)
    return pack(CommandKind.TRANSFER, account, body, timestamp_ns)


def pack_set_fee_override(
    fee_schedule: int,
    instrument: int,
    maker_rate: int = 0,
    taker_rate: int = 0,
    *,
    change: int = 0,
    effective_at: int = 0,
    notional_1: int = 0,
    maker_rate_1: int = 0,
    taker_rate_1: int = 0,
    notional_2: int = 0,
    maker_rate_2: int = 0,
    taker_rate_2: int = 0,
    notional_3: int = 0,
    maker_rate_3: int = 0,
    taker_rate_3: int = 0,
    notional_4: int = 0,
    maker_rate_4: int = 0,
    taker_rate_4: int = 0,
    notional_5: int = 0,
    maker_rate_5: int = 0,
    taker_rate_5: int = 0,
    notional_6: int = 0,
    maker_rate_6: int = 0,
    taker_rate_6: int = 0,
    notional_7: int = 0,
    maker_rate_7: int = 0,
    taker_rate_7: int = 0,
    notional_8: int = 0,
    maker_rate_8: int = 0,
    taker_rate_8: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_FEE_OVERRIDE. Gives a fee schedule other rates and tiers for one instrument, or takes them away.

    `maker_rate`: hundredths of a basis point; below 0: a rebate.
    `taker_rate`: hundredths of a basis point.
    `effective_at`: from when on, in nanoseconds; 0: at once.
    `notional_1`: units of the quote asset in 30 days from which these hold; 0: no such tier.
    `notional_2`: the same, of the next tier.
    `notional_3`: the same, of the next tier.
    `notional_4`: the same, of the next tier.
    `notional_5`: the same, of the next tier.
    `notional_6`: the same, of the next tier.
    `notional_7`: the same, of the next tier.
    `notional_8`: the same, of the next tier.
    """
    body = SetFeeOverride(
        fee_schedule=fee_schedule,
        instrument=instrument,
        change=change,
        maker_rate=maker_rate,
        taker_rate=taker_rate,
        effective_at=effective_at,
        notional_1=notional_1,
        maker_rate_1=maker_rate_1,
        taker_rate_1=taker_rate_1,
        notional_2=notional_2,
        maker_rate_2=maker_rate_2,
        taker_rate_2=taker_rate_2,
        notional_3=notional_3,
        maker_rate_3=maker_rate_3,
        taker_rate_3=taker_rate_3,
        notional_4=notional_4,
        maker_rate_4=maker_rate_4,
        taker_rate_4=taker_rate_4,
        notional_5=notional_5,
        maker_rate_5=maker_rate_5,
        taker_rate_5=taker_rate_5,
        notional_6=notional_6,
        maker_rate_6=maker_rate_6,
        taker_rate_6=taker_rate_6,
        notional_7=notional_7,
        maker_rate_7=maker_rate_7,
        taker_rate_7=taker_rate_7,
        notional_8=notional_8,
        maker_rate_8=maker_rate_8,
        taker_rate_8=taker_rate_8,
    )
    return pack(CommandKind.SET_FEE_OVERRIDE, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_obligation(
    account: int,
    instrument: int,
    *,
    max_spread: int = 0,
    min_quantity: int = 0,
    required_bps: int = 0,
    maker_rate: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_OBLIGATION. Says what a market maker owes on an instrument and gets for it; all 0: nothing.

    `max_spread`: ticks between its buys and its sells.
    `min_quantity`: lots of each side.
    `required_bps`: of the time in which the instrument trades.
    `maker_rate`: hundredths of a basis point that its orders pay once it is earned; below 0: a rebate.
    """
    body = SetObligation(
        instrument=instrument,
        max_spread=max_spread,
        min_quantity=min_quantity,
        required_bps=required_bps,
        maker_rate=maker_rate,
    )
    return pack(CommandKind.SET_OBLIGATION, account, body, timestamp_ns)


def pack_set_key(
    account: int, key_id: int, document: bytes, *, expires_at: int = 0, timestamp_ns: int | None = None
) -> bytes:
    """SET_KEY. Gives an account an API key, or an API key of it another document and another end.

    `key_id`: the next id for a new key, from 1 on, or that of a key of the account.
    `document`: what the gateway knows the key by.
    `expires_at`: from when on it is good for nothing, in nanoseconds; 0: never.
    """
    body = SetKey(key_id=key_id, expires_at=expires_at, document_len=document_words(document), document=document)
    return pack(CommandKind.SET_KEY, account, body, timestamp_ns)


def pack_revoke_key(account: int, key_id: int, *, timestamp_ns: int | None = None) -> bytes:
    """REVOKE_KEY. Takes an API key away, for good.

    `key_id`: its id.
    """
    body = RevokeKey(key_id=key_id)
    return pack(CommandKind.REVOKE_KEY, account, body, timestamp_ns)


def pack_set_holder(
    account: int,
    *,
    investor_class: int = 0,
    jurisdiction: int = 0,
    verified_until: int = 0,
    firm: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_HOLDER. Says who holds an account: what eligibility asks for.

    `jurisdiction`: where the holder is; 0: not known.
    `firm`: whose client it is, by the venue's own numbers; 0: nobody's.
    `verified_until`: when the verification of its identity ends, in nanoseconds; 0: it is not verified.
    """
    body = SetHolder(investor_class=investor_class, jurisdiction=jurisdiction, firm=firm, verified_until=verified_until)
    return pack(CommandKind.SET_HOLDER, account, body, timestamp_ns)


def pack_set_eligibility(
    *,
    asset: int | None = None,
    instrument: int | None = None,
    classes: int = 0,
    verification: int = 0,
    jurisdiction_rule: int = 0,
    jurisdictions: Sequence[JurisdictionEntry] = (),
    max_holding: int = 0,
    locked_until: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_ELIGIBILITY. Says who may receive an asset, or trade an instrument; nothing said: everybody.

    `asset`: whose table it is, or none (0xFFFFFFFF).
    `instrument`: whose table it is, or none (0xFFFFFFFF): exactly one of the two.
    `classes`: investor classes that may, a bit each; 0: all.
    `verification`: of the holder's identity.
    `jurisdiction_rule`: what the jurisdictions behind are.
    `max_holding`: of an asset: most units that an account may come to hold; 0: any.
    `locked_until`: of an asset: until when units that are deposited are frozen, in nanoseconds; 0: they are not.
    """
    body = SetEligibility(
        asset=NONE_ID if asset is None else asset,
        instrument=NONE_ID if instrument is None else instrument,
        classes=classes,
        verification=verification,
        jurisdiction_rule=jurisdiction_rule,
        max_holding=max_holding,
        locked_until=locked_until,
        jurisdictions_len=min(len(jurisdictions), 255),
        jurisdictions=tuple(jurisdictions),
    )
    return pack(CommandKind.SET_ELIGIBILITY, VENUE_ACCOUNT, body, timestamp_ns)


def pack_freeze(
    account: int = 0,
    *,
    scope: int = 0,
    asset: int | None = None,
    amount: int = 0,
    until: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """FREEZE. Freezes an account, an asset, or units of an asset in an account.

    `asset`: of an asset and of units, else none (0xFFFFFFFF).
    `amount`: of units: how many are frozen until then from now on, else 0.
    `until`: of units: when that ends by itself, in nanoseconds; 0: it does not.
    """
    body = Freeze(scope=scope, asset=NONE_ID if asset is None else asset, amount=amount, until=until)
    return pack(CommandKind.FREEZE, account, body, timestamp_ns)


def pack_unfreeze(
    account: int = 0, *, scope: int = 0, asset: int | None = None, until: int = 0, timestamp_ns: int | None = None
) -> bytes:
    """UNFREEZE. Lifts a freeze.

    `asset`: of an asset and of units, else none (0xFFFFFFFF).
    `until`: of units: which freeze of them, by the time at which it would end, else 0.
    """
    body = Unfreeze(scope=scope, asset=NONE_ID if asset is None else asset, until=until)
    return pack(CommandKind.UNFREEZE, account, body, timestamp_ns)


def pack_force_transfer(
    account: int,
    to_account: int,
    asset: int,
    amount: int,
    *,
    reason: int = 0,
    reference: str = "",
    timestamp_ns: int | None = None,
) -> bytes:
    """FORCE_TRANSFER. Moves units between two accounts by authority, frozen ones first.

    `amount`: smallest units.
    `reason`: why, by the venue's own numbers.
    `reference`: whose authority: required.
    """
    length, characters = text(reference)
    body = ForceTransfer(
        asset=asset, to_account=to_account, amount=amount, reason=reason, reference_len=length, reference=characters
    )
    return pack(CommandKind.FORCE_TRANSFER, account, body, timestamp_ns)


def pack_set_beneficial(
    account: int,
    asset: int,
    quantity: int,
    *,
    from_holder: int = 0,
    to_holder: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_BENEFICIAL. Moves units of an account onto its register of beneficial holders, on it, and off.

    `from_holder`: whose they were; 0: nobody's, available.
    `to_holder`: whose they are; 0: nobody's, available.
    `quantity`: smallest units.
    """
    body = SetBeneficial(asset=asset, from_holder=from_holder, to_holder=to_holder, quantity=quantity)
    return pack(CommandKind.SET_BENEFICIAL, account, body, timestamp_ns)


def pack_set_asset_terms(
    asset: int,
    issuer: int,
    *,
    form: int = 0,
    attestation: int = 0,
    bars: int = 0,
    isin: str = "",
    currency: str = "",
    vault: str = "",
    backing: int = 0,
    min_redemption: int = 1,
    redemption_unit: int = 1,
    redemption_fee: int = 0,
    redemption_fee_rate: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """SET_ASSET_TERMS. Says what stands behind an asset, who issues it and how it is redeemed.

    `issuer`: the account that mints and gets the fees of redemptions.
    `attestation`: what needs an attestation.
    `bars`: whether bars stand behind it.
    `isin`: ISO 6166, with its check digit, or empty.
    `currency`: ISO 4217, of a stablecoin; else empty.
    `vault`: where the reserve is, or empty.
    `backing`: millionths of a unit of reserve, of gold a fine troy ounce, for a whole token; 0: nothing.
    `min_redemption`: smallest units of a redemption at least.
    `redemption_unit`: smallest units that it is a multiple of.
    `redemption_fee`: smallest units, on top; 0: none, or a rate.
    `redemption_fee_rate`: hundredths of a basis point of it, on top; 0: none, or an amount.
    """
    isin_len, isin_text = text(isin)
    currency_len, currency_text = text(currency)
    vault_len, vault_text = text(vault)
    body = SetAssetTerms(
        asset=asset,
        issuer=issuer,
        form=form,
        attestation=attestation,
        bars=bars,
        backing=backing,
        min_redemption=min_redemption,
        redemption_unit=redemption_unit,
        redemption_fee=redemption_fee,
        redemption_fee_rate=redemption_fee_rate,
        isin_len=isin_len,
        isin=isin_text,
        currency_len=currency_len,
        currency=currency_text,
        vault_len=vault_len,
        vault=vault_text,
    )
    return pack(CommandKind.SET_ASSET_TERMS, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_attestor(attestor: int, public_key: bytes, *, status: int = 0, timestamp_ns: int | None = None) -> bytes:
    """SET_ATTESTOR. Lists who attests reserves under the next number, or gives one another key or status.

    `attestor`: its number, from 0.
    `status`: whether its attestations are taken.
    `public_key`: of Ed25519, 32 bytes.
    """
    body = SetAttestor(attestor=attestor, status=status, public_key=octets("public_key", public_key, 32))
    return pack(CommandKind.SET_ATTESTOR, VENUE_ACCOUNT, body, timestamp_ns)


def pack_attest(
    asset: int,
    attestor: int,
    reserve: int,
    as_of: int,
    valid_until: int,
    signature: bytes,
    *,
    timestamp_ns: int | None = None,
) -> bytes:
    """ATTEST. Brings what an attestor says of an asset's reserve, under its signature.

    `attestor`: who says so.
    `reserve`: millionths of a unit of reserve.
    `as_of`: when it was so, in nanoseconds.
    `valid_until`: when it expires, in nanoseconds.
    `signature`: of Ed25519 over the text of the attestation, 64 bytes.
    """
    body = Attest(
        asset=asset,
        attestor=attestor,
        reserve=reserve,
        as_of=as_of,
        valid_until=valid_until,
        signature=octets("signature", signature, 64),
    )
    return pack(CommandKind.ATTEST, VENUE_ACCOUNT, body, timestamp_ns)


def pack_mint(account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None) -> bytes:
    """MINT. Issues an asset to its issuer's account, as far as what stands behind it reaches.

    `amount`: smallest units.
    `reference`: the caller's own name for the command, or empty.
    """
    length, characters = text(reference)
    body = Mint(asset=asset, amount=amount, reference_len=length, reference=characters)
    return pack(CommandKind.MINT, account, body, timestamp_ns)


def pack_request_redemption(
    account: int, asset: int, amount: int, *, reference: str = "", timestamp_ns: int | None = None
) -> bytes:
    """REQUEST_REDEMPTION. Holds an amount until its redemption is settled or refused.

    `amount`: smallest units; where whole bars are redeemed, the least that the bar is worth.
    `reference`: the caller's own name for the command, or empty.
    """
    length, characters = text(reference)
    body = RequestRedemption(asset=asset, amount=amount, reference_len=length, reference=characters)
    return pack(CommandKind.REQUEST_REDEMPTION, account, body, timestamp_ns)


def pack_settle_redemption(
    account: int, withdrawal_id: int, *, reference: str = "", timestamp_ns: int | None = None
) -> bytes:
    """SETTLE_REDEMPTION. What a redemption is for has been delivered: its units are burned.

    `reference`: the caller's own name for the command, or empty.
    """
    length, characters = text(reference)
    body = SettleRedemption(withdrawal_id=withdrawal_id, reference_len=length, reference=characters)
    return pack(CommandKind.SETTLE_REDEMPTION, account, body, timestamp_ns)


def pack_refuse_redemption(
    account: int, withdrawal_id: int, *, refusal: int = 0, reference: str = "", timestamp_ns: int | None = None
) -> bytes:
    """REFUSE_REDEMPTION. Gives a redemption's units back to the holder.

    `refusal`: why; the same command with another is a repetition.
    `reference`: the caller's own name for the command, or empty.
    """
    length, characters = text(reference)
    body = RefuseRedemption(withdrawal_id=withdrawal_id, refusal=refusal, reference_len=length, reference=characters)
    return pack(CommandKind.REFUSE_REDEMPTION, account, body, timestamp_ns)


def pack_set_refiner(refiner: int, code: str, *, status: int = 0, timestamp_ns: int | None = None) -> bytes:
    """SET_REFINER. Lists who makes bars under the next number, or gives one another code or status.

    `refiner`: its number, from 0.
    `status`: whether its new bars are taken.
    `code`: 1 to 16 characters.
    """
    length, characters = text(code)
    body = SetRefiner(refiner=refiner, status=status, code_len=length, code=characters)
    return pack(CommandKind.SET_REFINER, VENUE_ACCOUNT, body, timestamp_ns)


def pack_register_bar(
    asset: int,
    refiner: int,
    serial: str,
    *,
    gross_weight: int,
    fine_weight: int,
    vault: str = "",
    timestamp_ns: int | None = None,
) -> bytes:
    """REGISTER_BAR. A bar is in the vault, and stands behind an asset from now on.

    `refiner`: who made it.
    `serial`: its number at the refiner, 1 to 16 characters.
    `vault`: that of the asset's terms.
    `gross_weight`: millionths of an ounce.
    `fine_weight`: millionths of an ounce.
    """
    serial_len, serial_text = text(serial)
    vault_len, vault_text = text(vault)
    body = RegisterBar(
        asset=asset,
        refiner=refiner,
        gross_weight=gross_weight,
        fine_weight=fine_weight,
        serial_len=serial_len,
        serial=serial_text,
        vault_len=vault_len,
        vault=vault_text,
    )
    return pack(CommandKind.REGISTER_BAR, VENUE_ACCOUNT, body, timestamp_ns)


def pack_remove_bar(bar: int, *, timestamp_ns: int | None = None) -> bytes:
    """REMOVE_BAR. A bar leaves the vault; what is left must cover what was issued.

    `bar`: its number.
    """
    body = RemoveBar(bar=bar)
    return pack(CommandKind.REMOVE_BAR, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_peg(
    asset: int, *, band_bps: int = 0, haircut_bps: int = 0, source: int = 0, timestamp_ns: int | None = None
) -> bytes:
    """SET_PEG. Says how far a cash asset may be from par before its instruments halt; 0: however far.

    `band_bps`: how far its reference value may be from par.
    `haircut_bps`: what is deducted from its value outside the band.
    `source`: whose reference values are taken, by the venue's own numbers; 0: anybody's.
    """
    body = SetPeg(asset=asset, band_bps=band_bps, haircut_bps=haircut_bps, source=source)
    return pack(CommandKind.SET_PEG, VENUE_ACCOUNT, body, timestamp_ns)


def pack_set_cash_reference(
    asset: int, value: int, *, source: int = 0, observed_at: int = 0, timestamp_ns: int | None = None
) -> bytes:
    """SET_CASH_REFERENCE. Says what a cash asset is worth elsewhere.

    `source`: who says so, by the venue's own numbers.
    `value`: in millionths of par.
    `observed_at`: when it was so, in nanoseconds.
    """
    body = SetCashReference(asset=asset, source=source, value=value, observed_at=observed_at)
    return pack(CommandKind.SET_CASH_REFERENCE, VENUE_ACCOUNT, body, timestamp_ns)


def pack_announce_action(
    action: int,
    asset: int,
    action_kind: int,
    *,
    record_at: int,
    payer: int = 0,
    order_policy: int = 0,
    books_close_at: int = 0,
    lieu_asset: int = 4294967295,
    asset_1: int = 4294967295,
    numerator_1: int = 0,
    denominator_1: int = 0,
    lieu_price_1: int = 0,
    asset_2: int = 4294967295,
    numerator_2: int = 0,
    denominator_2: int = 0,
    lieu_price_2: int = 0,
    asset_3: int = 4294967295,
    numerator_3: int = 0,
    denominator_3: int = 0,
    lieu_price_3: int = 0,
    asset_4: int = 4294967295,
    numerator_4: int = 0,
    denominator_4: int = 0,
    lieu_price_4: int = 0,
    timestamp_ns: int | None = None,
) -> bytes:
    """ANNOUNCE_ACTION. Announces a corporate action under the next id, or in the place of an announced one.

    `action`: the next id, from 1 on, or one that is announced and has not begun.
    `asset`: whose holders are entitled.
    `order_policy`: what becomes of open orders.
    `payer`: account that pays what is paid.
    `lieu_asset`: what fractions are paid in; none: they are dropped.
    `record_at`: when it is executed, in nanoseconds: who owns then is entitled.
    `books_close_at`: from when on no withdrawal of it is requested, in nanoseconds; 0: with the execution.
    `asset_1`: what the first leg pays out; none: there is no such leg.
    `numerator_1`: units of it.
    `denominator_1`: for so many units of the asset.
    `lieu_price_1`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    `asset_2`: what the second leg pays out; none: there is no such leg.
    `numerator_2`: units of it.
    `denominator_2`: for so many units of the asset.
    `lieu_price_2`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    `asset_3`: what the third leg pays out; none: there is no such leg.
    `numerator_3`: units of it.
    `denominator_3`: for so many units of the asset.
    `lieu_price_3`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    `asset_4`: what the fourth leg pays out; none: there is no such leg.
    `numerator_4`: units of it.
    `denominator_4`: for so many units of the asset.
    `lieu_price_4`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    """
    body = AnnounceAction(
        action=action,
        asset=asset,
        action_kind=action_kind,
        order_policy=order_policy,
        payer=payer,
        lieu_asset=lieu_asset,
        record_at=record_at,
        books_close_at=books_close_at,
        asset_1=asset_1,
        numerator_1=numerator_1,
        denominator_1=denominator_1,
        lieu_price_1=lieu_price_1,
        asset_2=asset_2,
        numerator_2=numerator_2,
        denominator_2=denominator_2,
        lieu_price_2=lieu_price_2,
        asset_3=asset_3,
        numerator_3=numerator_3,
        denominator_3=denominator_3,
        lieu_price_3=lieu_price_3,
        asset_4=asset_4,
        numerator_4=numerator_4,
        denominator_4=denominator_4,
        lieu_price_4=lieu_price_4,
    )
    return pack(CommandKind.ANNOUNCE_ACTION, VENUE_ACCOUNT, body, timestamp_ns)


def pack_cancel_action(action: int, *, timestamp_ns: int | None = None) -> bytes:
    """CANCEL_ACTION. Withdraws the announcement of a corporate action that has not begun.

    `action`: one that is announced and has not begun.
    """
    body = CancelAction(action=action)
    return pack(CommandKind.CANCEL_ACTION, VENUE_ACCOUNT, body, timestamp_ns)
