//! A method of `Engine` for each command: makes the record and submits it.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::engine::PyEngine;
use super::fields;
use crate::command::{
    Amend, AnnounceAction, Attest, Cancel, CancelAction, CancelAfter, CancelAll, CancelReplace, CancelWithdrawal,
    CreateAccount, CreateAsset, CreateInstrument, Deposit, ForceTransfer, Freeze, Halt, JurisdictionEntry, MassQuote,
    Mint, Place, PlaceBracket, PlaceOco, Pulse, QuoteEntry, RefuseRedemption, RegisterBar, RemoveBar,
    RequestRedemption, RequestWithdrawal, ResetMarketMakerProtection, Resume, RevokeKey, RollTradeDate, SetAccount,
    SetAssetTerms, SetAttestor, SetBeneficial, SetCashReference, SetEligibility, SetFeeOverride, SetFeeSchedule,
    SetHolder, SetKey, SetMarketMakerProtection, SetObligation, SetPeg, SetPhase, SetPrimaryStatus, SetReference,
    SetReferencePolicy, SetRefiner, SetTradingLimits, SetVolatilityBands, SettleRedemption, SettleWithdrawal, Transfer,
    Unfreeze,
};
use crate::types::*;
use pyo3::prelude::*;
use pyo3::types::PyList;

fields::readers! {
    account: u32,
    instrument: u32,
    side: u8,
    price: i64,
    quantity: i64,
    order_type: u8,
    time_in_force: u8,
    stp: u8,
    quantity_kind: u8,
    expires_at: u64,
    display_quantity: i64,
    min_quantity: i64,
    trigger_price: u32,
    trail: u32,
    trigger: u8,
    visibility: u8,
    lifetime: u8,
    peg: u8,
    peg_offset: u8,
    order_id: u64,
    sides: u8,
    quote_group: u32,
    on_failure: u8,
    window_ns: u64,
    max_quantity: i64,
    max_notional: i64,
    max_fills: u32,
    max_delta: i64,
    timeout_ns: u64,
    timer: u8,
    stop_price: i64,
    take_profit: i64,
    asset: u32,
    asset_class: u8,
    decimals: u8,
    min_withdrawal: i64,
    base: u32,
    quote: u32,
    lot_size: i64,
    tick_lot_value: i64,
    max_price: i64,
    collar_bps: u32,
    phase: u8,
    fee_schedule: u32,
    maker_rate: i32,
    taker_rate: u32,
    effective_at: u64,
    notional_1: i64,
    maker_rate_1: i32,
    taker_rate_1: u32,
    notional_2: i64,
    maker_rate_2: i32,
    taker_rate_2: u32,
    notional_3: i64,
    maker_rate_3: i32,
    taker_rate_3: u32,
    notional_4: i64,
    maker_rate_4: i32,
    taker_rate_4: u32,
    notional_5: i64,
    maker_rate_5: i32,
    taker_rate_5: u32,
    notional_6: i64,
    maker_rate_6: i32,
    taker_rate_6: u32,
    notional_7: i64,
    maker_rate_7: i32,
    taker_rate_7: u32,
    notional_8: i64,
    maker_rate_8: i32,
    taker_rate_8: u32,
    cause: u8,
    max_open_orders: u32,
    client_id_window: u32,
    group: u32,
    max_open_notional: i64,
    source: u32,
    observed_at: u64,
    trade_date: u32,
    next: u8,
    ends_at: u64,
    static_bps: u32,
    dynamic_bps: u32,
    auction_bps: u32,
    call_ns: u64,
    bps: u32,
    ticks: u32,
    multiplier: u32,
    limit_state_ns: u64,
    pause_ns: u64,
    stale: u8,
    primary: u8,
    widen: u32,
    max_age_ns: u64,
    closed_bps: u32,
    step_bps: u32,
    step_ns: u64,
    status: u8,
    close: i64,
    amount: i64,
    withdrawal_id: u64,
    to_account: u32,
    change: u8,
    max_spread: u32,
    required_bps: u32,
    key_id: u32,
    investor_class: u8,
    jurisdiction: u16,
    verified_until: u64,
    firm: u32,
    classes: u32,
    verification: u8,
    jurisdiction_rule: u8,
    max_holding: i64,
    locked_until: u64,
    scope: u8,
    until: u64,
    reason: u32,
    from_holder: u64,
    to_holder: u64,
    issuer: u32,
    form: u8,
    attestation: u8,
    bars: u8,
    backing: i64,
    min_redemption: i64,
    redemption_unit: i64,
    redemption_fee: i64,
    redemption_fee_rate: u32,
    attestor: u32,
    reserve: i64,
    as_of: u64,
    valid_until: u64,
    refusal: u8,
    refiner: u32,
    gross_weight: i64,
    fine_weight: i64,
    bar: u64,
    band_bps: u32,
    haircut_bps: u32,
    value: i64,
    action: u32,
    action_kind: u8,
    record_at: u64,
    payer: u32,
    order_policy: u8,
    books_close_at: u64,
    lieu_asset: u32,
    asset_1: u32,
    numerator_1: i64,
    denominator_1: i64,
    lieu_price_1: i64,
    asset_2: u32,
    numerator_2: i64,
    denominator_2: i64,
    lieu_price_2: i64,
    asset_3: u32,
    numerator_3: i64,
    denominator_3: i64,
    lieu_price_3: i64,
    asset_4: u32,
    numerator_4: i64,
    denominator_4: i64,
    lieu_price_4: i64,
}

/// Entries, each a tuple of its fields.
fn quotes(value: &Bound<'_, PyAny>) -> PyResult<Vec<QuoteEntry>> {
    let mut entries = Vec::new();
    for entry in value.try_iter()? {
        let [instrument, bid_price, ask_price, bid_quantity, ask_quantity] = fields::parts(&entry?)?;
        entries.push(QuoteEntry {
            instrument: fields::whole(&instrument, "instrument")?,
            bid_price: fields::whole(&bid_price, "bid_price")?,
            ask_price: fields::whole(&ask_price, "ask_price")?,
            bid_quantity: fields::whole(&bid_quantity, "bid_quantity")?,
            ask_quantity: fields::whole(&ask_quantity, "ask_quantity")?,
            ..QuoteEntry::EMPTY
        });
    }
    Ok(entries)
}

/// Entries, each a tuple of its fields.
fn jurisdictions(value: &Bound<'_, PyAny>) -> PyResult<Vec<JurisdictionEntry>> {
    let mut entries = Vec::new();
    for entry in value.try_iter()? {
        let [jurisdiction] = fields::parts(&entry?)?;
        entries.push(JurisdictionEntry {
            jurisdiction: fields::whole(&jurisdiction, "jurisdiction")?,
            ..JurisdictionEntry::EMPTY
        });
    }
    Ok(entries)
}

#[pymethods]
#[allow(clippy::too_many_arguments, clippy::needless_update)] // keyword arguments; bodies without reserved bytes
impl PyEngine {
    /// PLACE. A new order.
    ///
    /// `instrument`: what to trade.
    /// `stp`: self-trade prevention.
    /// `price`: limit in ticks; 0 for a market or market-to-limit order.
    /// `quantity`: lots or, notional, units of the quote asset.
    /// `client_order_id`: the client's own name for the order, or empty.
    /// `expires_at`: when the order ends by itself, in nanoseconds; 0: never.
    /// `display_quantity`: lots of an iceberg shown at a time; 0: all.
    /// `min_quantity`: lots that must trade on entry or, hidden, in each fill; 0: any.
    /// `trigger_price`: of a stop order, in ticks; 0: none, or of a trailing one where it begins by itself.
    /// `trail`: ticks by which a trailing stop's trigger follows; 0: it does not.
    /// `trigger`: what a stop order waits for.
    /// `visibility`: who sees it rest.
    /// `lifetime`: what else ends it.
    /// `peg`: what its price follows.
    /// `peg_offset`: ticks behind that.
    #[pyo3(signature = (account, instrument, side, price, quantity, *, order_type=0, time_in_force=0, stp=0, quantity_kind=0, client_order_id="", expires_at=0, display_quantity=0, min_quantity=0, trigger_price=0, trail=0, trigger=0, visibility=0, lifetime=0, peg=0, peg_offset=0, timestamp_ns=None))]
    fn place<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = side)] side: u8,
        #[pyo3(from_py_with = price)] price: i64,
        #[pyo3(from_py_with = quantity)] quantity: i64,
        #[pyo3(from_py_with = order_type)] order_type: u8,
        #[pyo3(from_py_with = time_in_force)] time_in_force: u8,
        #[pyo3(from_py_with = stp)] stp: u8,
        #[pyo3(from_py_with = quantity_kind)] quantity_kind: u8,
        client_order_id: &str,
        #[pyo3(from_py_with = expires_at)] expires_at: u64,
        #[pyo3(from_py_with = display_quantity)] display_quantity: i64,
        #[pyo3(from_py_with = min_quantity)] min_quantity: i64,
        #[pyo3(from_py_with = trigger_price)] trigger_price: u32,
        #[pyo3(from_py_with = trail)] trail: u32,
        #[pyo3(from_py_with = trigger)] trigger: u8,
        #[pyo3(from_py_with = visibility)] visibility: u8,
        #[pyo3(from_py_with = lifetime)] lifetime: u8,
        #[pyo3(from_py_with = peg)] peg: u8,
        #[pyo3(from_py_with = peg_offset)] peg_offset: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Place {
            instrument,
            side,
            order_type,
            time_in_force,
            stp,
            price,
            quantity,
            quantity_kind,
            client_order_id_len: fields::text_len(client_order_id),
            expires_at,
            display_quantity,
            min_quantity,
            trigger_price,
            trail,
            trigger,
            visibility,
            lifetime,
            peg,
            peg_offset,
            ..Place::EMPTY
        };
        self.submit(py, account, &body, client_order_id.as_bytes(), timestamp_ns)
    }

    /// CANCEL. Takes one open order off the book.
    ///
    /// `order_id`: the order, or 0.
    /// `client_order_id`: the order, or empty: exactly one of the two.
    #[pyo3(signature = (account, *, order_id=0, client_order_id="", timestamp_ns=None))]
    fn cancel<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = order_id)] order_id: u64,
        client_order_id: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Cancel { order_id, client_order_id_len: fields::text_len(client_order_id), ..Cancel::EMPTY };
        self.submit(py, account, &body, client_order_id.as_bytes(), timestamp_ns)
    }

    /// AMEND. Gives one open order a new price, a new total quantity, and what else of it can be changed.
    ///
    /// `order_id`: the order, or 0.
    /// `price`: the new limit in ticks; 0 for a market stop.
    /// `quantity`: the new total in lots, what is filled included.
    /// `client_order_id`: the order, or empty: exactly one of the two.
    /// `display_quantity`: of an iceberg: lots shown at a time from now on; 0: as it is.
    /// `min_quantity`: of a hidden order that has one; 0: as it is.
    /// `expires_at`: when it ends by itself, in nanoseconds; 0: as it is; 2^64 - 1: never.
    /// `trigger_price`: of a stop order that waits, in ticks; 0: as it is.
    /// `trail`: of a trailing stop that waits, in ticks; 0: as it is.
    #[pyo3(signature = (account, price, quantity, *, order_id=0, client_order_id="", display_quantity=0, min_quantity=0, expires_at=0, trigger_price=0, trail=0, timestamp_ns=None))]
    fn amend<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = price)] price: i64,
        #[pyo3(from_py_with = quantity)] quantity: i64,
        #[pyo3(from_py_with = order_id)] order_id: u64,
        client_order_id: &str,
        #[pyo3(from_py_with = display_quantity)] display_quantity: i64,
        #[pyo3(from_py_with = min_quantity)] min_quantity: i64,
        #[pyo3(from_py_with = expires_at)] expires_at: u64,
        #[pyo3(from_py_with = trigger_price)] trigger_price: u32,
        #[pyo3(from_py_with = trail)] trail: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Amend {
            order_id,
            price,
            quantity,
            client_order_id_len: fields::text_len(client_order_id),
            display_quantity,
            min_quantity,
            expires_at,
            trigger_price,
            trail,
            ..Amend::EMPTY
        };
        self.submit(py, account, &body, client_order_id.as_bytes(), timestamp_ns)
    }

    /// CANCEL_ALL. Cancels the account's open orders.
    ///
    /// `instrument`: on this instrument, or on all (0xFFFFFFFF).
    /// `sides`: of which.
    /// `quote_group`: only the quotes of this group; 0: every order.
    #[pyo3(signature = (account, instrument=None, *, sides=0, quote_group=0, timestamp_ns=None))]
    fn cancel_all<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = fields::any_instrument)] instrument: Option<u32>,
        #[pyo3(from_py_with = sides)] sides: u8,
        #[pyo3(from_py_with = quote_group)] quote_group: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = CancelAll { instrument: instrument.unwrap_or(NONE_ID), sides, quote_group, ..CancelAll::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// CANCEL_REPLACE. Takes an open order out and places another, or does nothing.
    ///
    /// `instrument`: what to trade.
    /// `stp`: self-trade prevention.
    /// `price`: limit in ticks; 0 for a market or market-to-limit order.
    /// `quantity`: lots or, notional, units of the quote asset.
    /// `client_order_id`: the client's own name for the order, or empty.
    /// `on_failure`: if the order that goes is not open.
    /// `order_id`: the order that goes.
    /// `expires_at`: when the order ends by itself, in nanoseconds; 0: never.
    /// `display_quantity`: lots of an iceberg shown at a time; 0: all.
    /// `min_quantity`: lots that must trade on entry or, hidden, in each fill; 0: any.
    /// `trigger_price`: of a stop order, in ticks; 0: none, or of a trailing one where it begins by itself.
    /// `trail`: ticks by which a trailing stop's trigger follows; 0: it does not.
    /// `trigger`: what a stop order waits for.
    /// `visibility`: who sees it rest.
    /// `lifetime`: what else ends it.
    /// `peg`: what its price follows.
    /// `peg_offset`: ticks behind that.
    #[pyo3(signature = (account, instrument, side, price, quantity, *, order_id=0, order_type=0, time_in_force=0, stp=0, quantity_kind=0, client_order_id="", expires_at=0, display_quantity=0, min_quantity=0, trigger_price=0, trail=0, trigger=0, visibility=0, lifetime=0, peg=0, peg_offset=0, on_failure=0, timestamp_ns=None))]
    fn cancel_replace<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = side)] side: u8,
        #[pyo3(from_py_with = price)] price: i64,
        #[pyo3(from_py_with = quantity)] quantity: i64,
        #[pyo3(from_py_with = order_id)] order_id: u64,
        #[pyo3(from_py_with = order_type)] order_type: u8,
        #[pyo3(from_py_with = time_in_force)] time_in_force: u8,
        #[pyo3(from_py_with = stp)] stp: u8,
        #[pyo3(from_py_with = quantity_kind)] quantity_kind: u8,
        client_order_id: &str,
        #[pyo3(from_py_with = expires_at)] expires_at: u64,
        #[pyo3(from_py_with = display_quantity)] display_quantity: i64,
        #[pyo3(from_py_with = min_quantity)] min_quantity: i64,
        #[pyo3(from_py_with = trigger_price)] trigger_price: u32,
        #[pyo3(from_py_with = trail)] trail: u32,
        #[pyo3(from_py_with = trigger)] trigger: u8,
        #[pyo3(from_py_with = visibility)] visibility: u8,
        #[pyo3(from_py_with = lifetime)] lifetime: u8,
        #[pyo3(from_py_with = peg)] peg: u8,
        #[pyo3(from_py_with = peg_offset)] peg_offset: u8,
        #[pyo3(from_py_with = on_failure)] on_failure: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = CancelReplace {
            instrument,
            side,
            order_type,
            time_in_force,
            stp,
            price,
            quantity,
            quantity_kind,
            client_order_id_len: fields::text_len(client_order_id),
            on_failure,
            order_id,
            expires_at,
            display_quantity,
            min_quantity,
            trigger_price,
            trail,
            trigger,
            visibility,
            lifetime,
            peg,
            peg_offset,
            ..CancelReplace::EMPTY
        };
        self.submit(py, account, &body, client_order_id.as_bytes(), timestamp_ns)
    }

    /// MASS_QUOTE. Says what the quotes of a group shall be, on many instruments at once.
    ///
    /// `quote_group`: which of the account's groups, from 1.
    /// `time_in_force`: GTC or POST_ONLY.
    /// `stp`: self-trade prevention.
    #[pyo3(signature = (account, quote_group, quotes, *, time_in_force=0, stp=0, timestamp_ns=None))]
    fn mass_quote<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = quote_group)] quote_group: u32,
        #[pyo3(from_py_with = quotes)] quotes: Vec<QuoteEntry>,
        #[pyo3(from_py_with = time_in_force)] time_in_force: u8,
        #[pyo3(from_py_with = stp)] stp: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body =
            MassQuote { quote_group, time_in_force, stp, quotes_len: fields::count(&quotes), ..MassQuote::EMPTY };
        self.submit_with(py, account, &body, &quotes, timestamp_ns)
    }

    /// SET_MARKET_MAKER_PROTECTION. Limits what a group may trade in a while; all 0: no longer.
    ///
    /// `quote_group`: which of the account's groups, from 1.
    /// `max_fills`: fills in the window.
    /// `window_ns`: how long the window is, in nanoseconds.
    /// `max_quantity`: lots traded in the window; 0: any.
    /// `max_notional`: units of quote assets traded in the window; 0: any.
    /// `max_delta`: lots bought less lots sold in the window, or the other way round; 0: any.
    #[pyo3(signature = (account, quote_group, *, window_ns=0, max_quantity=0, max_notional=0, max_fills=0, max_delta=0, timestamp_ns=None))]
    fn set_market_maker_protection<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = quote_group)] quote_group: u32,
        #[pyo3(from_py_with = window_ns)] window_ns: u64,
        #[pyo3(from_py_with = max_quantity)] max_quantity: i64,
        #[pyo3(from_py_with = max_notional)] max_notional: i64,
        #[pyo3(from_py_with = max_fills)] max_fills: u32,
        #[pyo3(from_py_with = max_delta)] max_delta: i64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetMarketMakerProtection {
            quote_group,
            max_fills,
            window_ns,
            max_quantity,
            max_notional,
            max_delta,
            ..SetMarketMakerProtection::EMPTY
        };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// RESET_MARKET_MAKER_PROTECTION. Lets a group that its protection has blocked quote again.
    ///
    /// `quote_group`: which of the account's groups, from 1.
    #[pyo3(signature = (account, quote_group, *, timestamp_ns=None))]
    fn reset_market_maker_protection<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = quote_group)] quote_group: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = ResetMarketMakerProtection { quote_group, ..ResetMarketMakerProtection::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// CANCEL_AFTER. Sets a timer that cancels all open orders of the account when it runs out.
    ///
    /// `timeout_ns`: from now on, in nanoseconds; 0: stops the timer.
    /// `timer`: which of the two.
    #[pyo3(signature = (account, timeout_ns, *, timer=0, timestamp_ns=None))]
    fn cancel_after<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = timeout_ns)] timeout_ns: u64,
        #[pyo3(from_py_with = timer)] timer: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = CancelAfter { timeout_ns, timer, ..CancelAfter::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// PLACE_OCO. A limit order and a stop of one side and quantity, of which one cancels the other.
    ///
    /// `instrument`: what to trade.
    /// `stp`: self-trade prevention, of both.
    /// `trigger`: what the stop waits for.
    /// `lifetime`: what else ends them.
    /// `price`: of the limit order, in ticks.
    /// `quantity`: lots of each.
    /// `stop_price`: limit of the stop once it has been reached, in ticks; 0: it becomes a market order.
    /// `expires_at`: when both end by themselves, in nanoseconds; 0: never.
    /// `trigger_price`: of the stop, in ticks.
    /// `client_order_id`: the client's own name for the limit order, or empty.
    #[pyo3(signature = (account, instrument, side, price, quantity, *, trigger, trigger_price, stop_price=0, stp=0, client_order_id="", expires_at=0, lifetime=0, timestamp_ns=None))]
    fn place_oco<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = side)] side: u8,
        #[pyo3(from_py_with = price)] price: i64,
        #[pyo3(from_py_with = quantity)] quantity: i64,
        #[pyo3(from_py_with = trigger)] trigger: u8,
        #[pyo3(from_py_with = trigger_price)] trigger_price: u32,
        #[pyo3(from_py_with = stop_price)] stop_price: i64,
        #[pyo3(from_py_with = stp)] stp: u8,
        client_order_id: &str,
        #[pyo3(from_py_with = expires_at)] expires_at: u64,
        #[pyo3(from_py_with = lifetime)] lifetime: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = PlaceOco {
            instrument,
            side,
            stp,
            trigger,
            lifetime,
            price,
            quantity,
            stop_price,
            expires_at,
            trigger_price,
            client_order_id_len: fields::text_len(client_order_id),
            ..PlaceOco::EMPTY
        };
        self.submit(py, account, &body, client_order_id.as_bytes(), timestamp_ns)
    }

    /// PLACE_BRACKET. An order that two others follow, to close what it has traded at a profit or at a stop.
    ///
    /// `instrument`: what to trade.
    /// `side`: of the entry; its exits are of the other.
    /// `order_type`: of the entry.
    /// `time_in_force`: of the entry.
    /// `stp`: self-trade prevention, of entry and exits.
    /// `price`: of the entry: limit in ticks; 0 for a market or market-to-limit order.
    /// `quantity`: lots of the entry.
    /// `take_profit`: limit of the exit at a profit, in ticks.
    /// `stop_price`: limit of the exit at a stop once it has been reached, in ticks; 0: it becomes a market order.
    /// `expires_at`: when the entry ends by itself, in nanoseconds; 0: never.
    /// `trigger_price`: of the exit at a stop, in ticks.
    /// `trigger`: what the exit at a stop waits for.
    /// `lifetime`: what else ends the entry.
    /// `client_order_id`: the client's own name for the entry, or empty.
    #[pyo3(signature = (account, instrument, side, price, quantity, *, take_profit, trigger, trigger_price, stop_price=0, order_type=0, time_in_force=0, stp=0, client_order_id="", expires_at=0, lifetime=0, timestamp_ns=None))]
    fn place_bracket<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = side)] side: u8,
        #[pyo3(from_py_with = price)] price: i64,
        #[pyo3(from_py_with = quantity)] quantity: i64,
        #[pyo3(from_py_with = take_profit)] take_profit: i64,
        #[pyo3(from_py_with = trigger)] trigger: u8,
        #[pyo3(from_py_with = trigger_price)] trigger_price: u32,
        #[pyo3(from_py_with = stop_price)] stop_price: i64,
        #[pyo3(from_py_with = order_type)] order_type: u8,
        #[pyo3(from_py_with = time_in_force)] time_in_force: u8,
        #[pyo3(from_py_with = stp)] stp: u8,
        client_order_id: &str,
        #[pyo3(from_py_with = expires_at)] expires_at: u64,
        #[pyo3(from_py_with = lifetime)] lifetime: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = PlaceBracket {
            instrument,
            side,
            order_type,
            time_in_force,
            stp,
            price,
            quantity,
            take_profit,
            stop_price,
            expires_at,
            trigger_price,
            trigger,
            lifetime,
            client_order_id_len: fields::text_len(client_order_id),
            ..PlaceBracket::EMPTY
        };
        self.submit(py, account, &body, client_order_id.as_bytes(), timestamp_ns)
    }

    /// CREATE_ASSET. Lists an asset under the next id.
    ///
    /// `asset`: the new id.
    /// `decimals`: of the unit that people count in.
    /// `min_withdrawal`: smallest amount that can be withdrawn, in smallest units.
    #[pyo3(signature = (asset, symbol, asset_class, decimals, *, min_withdrawal=1, timestamp_ns=None))]
    fn create_asset<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = asset)] asset: u32,
        symbol: &str,
        #[pyo3(from_py_with = asset_class)] asset_class: u8,
        #[pyo3(from_py_with = decimals)] decimals: u8,
        #[pyo3(from_py_with = min_withdrawal)] min_withdrawal: i64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (symbol, symbol_len) = fields::symbol(symbol);
        let body =
            CreateAsset { asset, asset_class, decimals, symbol, symbol_len, min_withdrawal, ..CreateAsset::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// CREATE_INSTRUMENT. Lists an instrument under the next id.
    ///
    /// `instrument`: the new id.
    /// `base`: what is traded.
    /// `quote`: what it is paid with.
    /// `collar_bps`: how far a market order may trade from the best price.
    /// `lot_size`: units of base in one lot.
    /// `tick_lot_value`: units of quote that one lot costs per tick.
    /// `max_price`: highest price in ticks.
    /// `phase`: the first one.
    #[pyo3(signature = (instrument, symbol, base, quote, *, lot_size, tick_lot_value, max_price, collar_bps=500, phase=0, timestamp_ns=None))]
    fn create_instrument<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        symbol: &str,
        #[pyo3(from_py_with = base)] base: u32,
        #[pyo3(from_py_with = quote)] quote: u32,
        #[pyo3(from_py_with = lot_size)] lot_size: i64,
        #[pyo3(from_py_with = tick_lot_value)] tick_lot_value: i64,
        #[pyo3(from_py_with = max_price)] max_price: i64,
        #[pyo3(from_py_with = collar_bps)] collar_bps: u32,
        #[pyo3(from_py_with = phase)] phase: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (symbol, symbol_len) = fields::symbol(symbol);
        let body = CreateInstrument {
            instrument,
            base,
            quote,
            collar_bps,
            lot_size,
            tick_lot_value,
            max_price,
            symbol,
            symbol_len,
            phase,
            ..CreateInstrument::EMPTY
        };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// CREATE_ACCOUNT. Opens an account under the next id.
    ///
    /// `fee_schedule`: what it pays.
    #[pyo3(signature = (account, *, fee_schedule=0, timestamp_ns=None))]
    fn create_account<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = fee_schedule)] fee_schedule: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = CreateAccount { fee_schedule, ..CreateAccount::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// SET_FEE_SCHEDULE. Replaces a fee schedule, or appends one under the next id.
    ///
    /// `maker_rate`: hundredths of a basis point; below 0: a rebate.
    /// `taker_rate`: hundredths of a basis point.
    /// `effective_at`: from when on, in nanoseconds; 0: at once.
    /// `notional_1`: units of the quote asset in 30 days from which these hold; 0: no such tier.
    /// `notional_2`: the same, of the next tier.
    /// `notional_3`: the same, of the next tier.
    /// `notional_4`: the same, of the next tier.
    /// `notional_5`: the same, of the next tier.
    /// `notional_6`: the same, of the next tier.
    /// `notional_7`: the same, of the next tier.
    /// `notional_8`: the same, of the next tier.
    #[pyo3(signature = (fee_schedule, maker_rate, taker_rate, *, effective_at=0, notional_1=0, maker_rate_1=0, taker_rate_1=0, notional_2=0, maker_rate_2=0, taker_rate_2=0, notional_3=0, maker_rate_3=0, taker_rate_3=0, notional_4=0, maker_rate_4=0, taker_rate_4=0, notional_5=0, maker_rate_5=0, taker_rate_5=0, notional_6=0, maker_rate_6=0, taker_rate_6=0, notional_7=0, maker_rate_7=0, taker_rate_7=0, notional_8=0, maker_rate_8=0, taker_rate_8=0, timestamp_ns=None))]
    fn set_fee_schedule<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fee_schedule)] fee_schedule: u32,
        #[pyo3(from_py_with = maker_rate)] maker_rate: i32,
        #[pyo3(from_py_with = taker_rate)] taker_rate: u32,
        #[pyo3(from_py_with = effective_at)] effective_at: u64,
        #[pyo3(from_py_with = notional_1)] notional_1: i64,
        #[pyo3(from_py_with = maker_rate_1)] maker_rate_1: i32,
        #[pyo3(from_py_with = taker_rate_1)] taker_rate_1: u32,
        #[pyo3(from_py_with = notional_2)] notional_2: i64,
        #[pyo3(from_py_with = maker_rate_2)] maker_rate_2: i32,
        #[pyo3(from_py_with = taker_rate_2)] taker_rate_2: u32,
        #[pyo3(from_py_with = notional_3)] notional_3: i64,
        #[pyo3(from_py_with = maker_rate_3)] maker_rate_3: i32,
        #[pyo3(from_py_with = taker_rate_3)] taker_rate_3: u32,
        #[pyo3(from_py_with = notional_4)] notional_4: i64,
        #[pyo3(from_py_with = maker_rate_4)] maker_rate_4: i32,
        #[pyo3(from_py_with = taker_rate_4)] taker_rate_4: u32,
        #[pyo3(from_py_with = notional_5)] notional_5: i64,
        #[pyo3(from_py_with = maker_rate_5)] maker_rate_5: i32,
        #[pyo3(from_py_with = taker_rate_5)] taker_rate_5: u32,
        #[pyo3(from_py_with = notional_6)] notional_6: i64,
        #[pyo3(from_py_with = maker_rate_6)] maker_rate_6: i32,
        #[pyo3(from_py_with = taker_rate_6)] taker_rate_6: u32,
        #[pyo3(from_py_with = notional_7)] notional_7: i64,
        #[pyo3(from_py_with = maker_rate_7)] maker_rate_7: i32,
        #[pyo3(from_py_with = taker_rate_7)] taker_rate_7: u32,
        #[pyo3(from_py_with = notional_8)] notional_8: i64,
        #[pyo3(from_py_with = maker_rate_8)] maker_rate_8: i32,
        #[pyo3(from_py_with = taker_rate_8)] taker_rate_8: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetFeeSchedule {
            fee_schedule,
            maker_rate,
            taker_rate,
            effective_at,
            notional_1,
            maker_rate_1,
            taker_rate_1,
            notional_2,
            maker_rate_2,
            taker_rate_2,
            notional_3,
            maker_rate_3,
            taker_rate_3,
            notional_4,
            maker_rate_4,
            taker_rate_4,
            notional_5,
            maker_rate_5,
            taker_rate_5,
            notional_6,
            maker_rate_6,
            taker_rate_6,
            notional_7,
            maker_rate_7,
            taker_rate_7,
            notional_8,
            maker_rate_8,
            taker_rate_8,
            ..SetFeeSchedule::EMPTY
        };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// HALT. Stops an instrument's trading, for a cause; cancels still work.
    #[pyo3(signature = (instrument, *, cause=0, timestamp_ns=None))]
    fn halt<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = cause)] cause: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Halt { instrument, cause, ..Halt::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// RESUME. Lifts a cause; an instrument's trading goes on when it was the last.
    #[pyo3(signature = (instrument, *, cause=0, timestamp_ns=None))]
    fn resume<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = cause)] cause: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Resume { instrument, cause, ..Resume::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// PULSE. Time has come: the engine does what is due, a bounded part of it.
    #[pyo3(signature = (*, timestamp_ns=None))]
    fn pulse<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Pulse { ..Pulse::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_ACCOUNT. Gives an account another fee schedule, other limits, another group.
    ///
    /// `fee_schedule`: what its orders pay from now on.
    /// `max_open_orders`: how many orders it may have open.
    /// `client_id_window`: how many finished orders with a client order id are remembered.
    /// `group`: accounts of one firm, between which self-trade prevention works too; 0: none.
    /// `max_open_notional`: units of a quote asset that its open orders may be worth at their limits; 0: any.
    #[pyo3(signature = (account, *, fee_schedule=0, max_open_orders=4096, client_id_window=128, group=0, max_open_notional=0, timestamp_ns=None))]
    fn set_account<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = fee_schedule)] fee_schedule: u32,
        #[pyo3(from_py_with = max_open_orders)] max_open_orders: u32,
        #[pyo3(from_py_with = client_id_window)] client_id_window: u32,
        #[pyo3(from_py_with = group)] group: u32,
        #[pyo3(from_py_with = max_open_notional)] max_open_notional: i64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetAccount {
            fee_schedule,
            max_open_orders,
            client_id_window,
            group,
            max_open_notional,
            ..SetAccount::EMPTY
        };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// SET_REFERENCE. Says what an instrument is worth elsewhere.
    ///
    /// `source`: who says so, by the venue's own numbers.
    /// `price`: in ticks; 0: no longer known.
    /// `observed_at`: when it was so, in nanoseconds.
    #[pyo3(signature = (instrument, price, *, source=0, observed_at=0, timestamp_ns=None))]
    fn set_reference<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = price)] price: i64,
        #[pyo3(from_py_with = source)] source: u32,
        #[pyo3(from_py_with = observed_at)] observed_at: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetReference { instrument, source, price, observed_at, ..SetReference::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// ROLL_TRADE_DATE. Begins a trade date; trading goes on, and the day orders of earlier dates end.
    ///
    /// `trade_date`: year, month and day as eight digits.
    #[pyo3(signature = (trade_date, *, timestamp_ns=None))]
    fn roll_trade_date<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = trade_date)] trade_date: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = RollTradeDate { trade_date, ..RollTradeDate::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_PHASE. Opens, closes or retires an instrument, begins an auction, or ends its call.
    ///
    /// `next`: of an auction: the phase after it.
    /// `ends_at`: of an auction: when its call ends by itself, in nanoseconds; 0: it does not.
    #[pyo3(signature = (instrument, phase, *, next=0, ends_at=0, timestamp_ns=None))]
    fn set_phase<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = phase)] phase: u8,
        #[pyo3(from_py_with = next)] next: u8,
        #[pyo3(from_py_with = ends_at)] ends_at: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetPhase { instrument, phase, next, ends_at, ..SetPhase::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_TRADING_LIMITS. Bounds an instrument's prices and the size of its orders.
    ///
    /// `static_bps`: how far from the reference prices may be; 0: any.
    /// `dynamic_bps`: how far from the last trade a trade may be; 0: any.
    /// `auction_bps`: how far from the reference an auction's price may be without an extension; 0: any.
    /// `call_ns`: how long a call lasts that begins by itself; 0: a halt does not end with one.
    /// `max_quantity`: lots of an order; 0: any.
    /// `max_notional`: units of the quote asset that an order is worth at its limit; 0: any.
    #[pyo3(signature = (instrument, *, static_bps=0, dynamic_bps=0, auction_bps=0, call_ns=0, max_quantity=0, max_notional=0, timestamp_ns=None))]
    fn set_trading_limits<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = static_bps)] static_bps: u32,
        #[pyo3(from_py_with = dynamic_bps)] dynamic_bps: u32,
        #[pyo3(from_py_with = auction_bps)] auction_bps: u32,
        #[pyo3(from_py_with = call_ns)] call_ns: u64,
        #[pyo3(from_py_with = max_quantity)] max_quantity: i64,
        #[pyo3(from_py_with = max_notional)] max_notional: i64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetTradingLimits {
            instrument,
            static_bps,
            dynamic_bps,
            auction_bps,
            call_ns,
            max_quantity,
            max_notional,
            ..SetTradingLimits::EMPTY
        };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_VOLATILITY_BANDS. Bounds an instrument's prices by its own trades of the last minutes.
    ///
    /// `bps`: how far from their mean prices may be; 0: any, and all else is 0.
    /// `ticks`: the same in ticks, if that is less; 0: it is not asked.
    /// `multiplier`: hundredths by which both are multiplied.
    /// `limit_state_ns`: how long a limit state lasts before trading pauses.
    /// `pause_ns`: how long the call lasts after it.
    #[pyo3(signature = (instrument, *, bps=0, ticks=0, multiplier=0, limit_state_ns=0, pause_ns=0, timestamp_ns=None))]
    fn set_volatility_bands<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = bps)] bps: u32,
        #[pyo3(from_py_with = ticks)] ticks: u32,
        #[pyo3(from_py_with = multiplier)] multiplier: u32,
        #[pyo3(from_py_with = limit_state_ns)] limit_state_ns: u64,
        #[pyo3(from_py_with = pause_ns)] pause_ns: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetVolatilityBands {
            instrument,
            bps,
            ticks,
            multiplier,
            limit_state_ns,
            pause_ns,
            ..SetVolatilityBands::EMPTY
        };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_REFERENCE_POLICY. Says what an old reference price leads to, and a closed primary market.
    ///
    /// `stale`: what a reference price leads to that is too old.
    /// `primary`: what a closed primary market leads to.
    /// `widen`: of WIDEN: hundredths by which the static band is multiplied, else 0.
    /// `max_age_ns`: nanoseconds after which a reference price is too old; 0: never.
    /// `closed_bps`: of FIXED_BAND and REANCHOR: how far from the anchor prices may be, else 0.
    /// `step_bps`: of REANCHOR: how far the anchor moves at once, else 0.
    /// `step_ns`: of REANCHOR: nanoseconds between two moves, else 0.
    #[pyo3(signature = (instrument, *, stale=0, primary=0, widen=0, max_age_ns=0, closed_bps=0, step_bps=0, step_ns=0, timestamp_ns=None))]
    fn set_reference_policy<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = stale)] stale: u8,
        #[pyo3(from_py_with = primary)] primary: u8,
        #[pyo3(from_py_with = widen)] widen: u32,
        #[pyo3(from_py_with = max_age_ns)] max_age_ns: u64,
        #[pyo3(from_py_with = closed_bps)] closed_bps: u32,
        #[pyo3(from_py_with = step_bps)] step_bps: u32,
        #[pyo3(from_py_with = step_ns)] step_ns: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetReferencePolicy {
            instrument,
            stale,
            primary,
            widen,
            max_age_ns,
            closed_bps,
            step_bps,
            step_ns,
            ..SetReferencePolicy::EMPTY
        };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_PRIMARY_STATUS. Says whether an instrument's primary market trades.
    ///
    /// `close`: of CLOSED: its last price in ticks; 0: not known.
    #[pyo3(signature = (instrument, status, *, close=0, timestamp_ns=None))]
    fn set_primary_status<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = status)] status: u8,
        #[pyo3(from_py_with = close)] close: i64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetPrimaryStatus { instrument, status, close, ..SetPrimaryStatus::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// DEPOSIT. Credits an account: what the venue has received.
    ///
    /// `amount`: smallest units.
    /// `reference`: the caller's own name for the command, or empty.
    #[pyo3(signature = (account, asset, amount, *, reference="", timestamp_ns=None))]
    fn deposit<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = amount)] amount: i64,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Deposit { asset, amount, reference_len: fields::text_len(reference), ..Deposit::EMPTY };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// REQUEST_WITHDRAWAL. Holds an amount until the venue settles or cancels its withdrawal.
    ///
    /// `amount`: smallest units.
    /// `reference`: the caller's own name for the command, or empty.
    #[pyo3(signature = (account, asset, amount, *, reference="", timestamp_ns=None))]
    fn request_withdrawal<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = amount)] amount: i64,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body =
            RequestWithdrawal { asset, amount, reference_len: fields::text_len(reference), ..RequestWithdrawal::EMPTY };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// SETTLE_WITHDRAWAL. The money has left.
    ///
    /// `reference`: the caller's own name for the command, or empty.
    #[pyo3(signature = (account, withdrawal_id, *, reference="", timestamp_ns=None))]
    fn settle_withdrawal<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = withdrawal_id)] withdrawal_id: u64,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body =
            SettleWithdrawal { withdrawal_id, reference_len: fields::text_len(reference), ..SettleWithdrawal::EMPTY };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// CANCEL_WITHDRAWAL. Gives a withdrawal's money back to the account.
    ///
    /// `reference`: the caller's own name for the command, or empty.
    #[pyo3(signature = (account, withdrawal_id, *, reference="", timestamp_ns=None))]
    fn cancel_withdrawal<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = withdrawal_id)] withdrawal_id: u64,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body =
            CancelWithdrawal { withdrawal_id, reference_len: fields::text_len(reference), ..CancelWithdrawal::EMPTY };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// TRANSFER. Moves money between two accounts.
    ///
    /// `amount`: smallest units.
    /// `reference`: the caller's own name for the command, or empty.
    #[pyo3(signature = (account, to_account, asset, amount, *, reference="", timestamp_ns=None))]
    fn transfer<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = to_account)] to_account: u32,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = amount)] amount: i64,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body =
            Transfer { asset, to_account, amount, reference_len: fields::text_len(reference), ..Transfer::EMPTY };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// SET_FEE_OVERRIDE. Gives a fee schedule other rates and tiers for one instrument, or takes them away.
    ///
    /// `maker_rate`: hundredths of a basis point; below 0: a rebate.
    /// `taker_rate`: hundredths of a basis point.
    /// `effective_at`: from when on, in nanoseconds; 0: at once.
    /// `notional_1`: units of the quote asset in 30 days from which these hold; 0: no such tier.
    /// `notional_2`: the same, of the next tier.
    /// `notional_3`: the same, of the next tier.
    /// `notional_4`: the same, of the next tier.
    /// `notional_5`: the same, of the next tier.
    /// `notional_6`: the same, of the next tier.
    /// `notional_7`: the same, of the next tier.
    /// `notional_8`: the same, of the next tier.
    #[pyo3(signature = (fee_schedule, instrument, maker_rate=0, taker_rate=0, *, change=0, effective_at=0, notional_1=0, maker_rate_1=0, taker_rate_1=0, notional_2=0, maker_rate_2=0, taker_rate_2=0, notional_3=0, maker_rate_3=0, taker_rate_3=0, notional_4=0, maker_rate_4=0, taker_rate_4=0, notional_5=0, maker_rate_5=0, taker_rate_5=0, notional_6=0, maker_rate_6=0, taker_rate_6=0, notional_7=0, maker_rate_7=0, taker_rate_7=0, notional_8=0, maker_rate_8=0, taker_rate_8=0, timestamp_ns=None))]
    fn set_fee_override<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fee_schedule)] fee_schedule: u32,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = maker_rate)] maker_rate: i32,
        #[pyo3(from_py_with = taker_rate)] taker_rate: u32,
        #[pyo3(from_py_with = change)] change: u8,
        #[pyo3(from_py_with = effective_at)] effective_at: u64,
        #[pyo3(from_py_with = notional_1)] notional_1: i64,
        #[pyo3(from_py_with = maker_rate_1)] maker_rate_1: i32,
        #[pyo3(from_py_with = taker_rate_1)] taker_rate_1: u32,
        #[pyo3(from_py_with = notional_2)] notional_2: i64,
        #[pyo3(from_py_with = maker_rate_2)] maker_rate_2: i32,
        #[pyo3(from_py_with = taker_rate_2)] taker_rate_2: u32,
        #[pyo3(from_py_with = notional_3)] notional_3: i64,
        #[pyo3(from_py_with = maker_rate_3)] maker_rate_3: i32,
        #[pyo3(from_py_with = taker_rate_3)] taker_rate_3: u32,
        #[pyo3(from_py_with = notional_4)] notional_4: i64,
        #[pyo3(from_py_with = maker_rate_4)] maker_rate_4: i32,
        #[pyo3(from_py_with = taker_rate_4)] taker_rate_4: u32,
        #[pyo3(from_py_with = notional_5)] notional_5: i64,
        #[pyo3(from_py_with = maker_rate_5)] maker_rate_5: i32,
        #[pyo3(from_py_with = taker_rate_5)] taker_rate_5: u32,
        #[pyo3(from_py_with = notional_6)] notional_6: i64,
        #[pyo3(from_py_with = maker_rate_6)] maker_rate_6: i32,
        #[pyo3(from_py_with = taker_rate_6)] taker_rate_6: u32,
        #[pyo3(from_py_with = notional_7)] notional_7: i64,
        #[pyo3(from_py_with = maker_rate_7)] maker_rate_7: i32,
        #[pyo3(from_py_with = taker_rate_7)] taker_rate_7: u32,
        #[pyo3(from_py_with = notional_8)] notional_8: i64,
        #[pyo3(from_py_with = maker_rate_8)] maker_rate_8: i32,
        #[pyo3(from_py_with = taker_rate_8)] taker_rate_8: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetFeeOverride {
            fee_schedule,
            instrument,
            change,
            maker_rate,
            taker_rate,
            effective_at,
            notional_1,
            maker_rate_1,
            taker_rate_1,
            notional_2,
            maker_rate_2,
            taker_rate_2,
            notional_3,
            maker_rate_3,
            taker_rate_3,
            notional_4,
            maker_rate_4,
            taker_rate_4,
            notional_5,
            maker_rate_5,
            taker_rate_5,
            notional_6,
            maker_rate_6,
            taker_rate_6,
            notional_7,
            maker_rate_7,
            taker_rate_7,
            notional_8,
            maker_rate_8,
            taker_rate_8,
            ..SetFeeOverride::EMPTY
        };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_OBLIGATION. Says what a market maker owes on an instrument and gets for it; all 0: nothing.
    ///
    /// `max_spread`: ticks between its buys and its sells.
    /// `min_quantity`: lots of each side.
    /// `required_bps`: of the time in which the instrument trades.
    /// `maker_rate`: hundredths of a basis point that its orders pay once it is earned; below 0: a rebate.
    #[pyo3(signature = (account, instrument, *, max_spread=0, min_quantity=0, required_bps=0, maker_rate=0, timestamp_ns=None))]
    fn set_obligation<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = instrument)] instrument: u32,
        #[pyo3(from_py_with = max_spread)] max_spread: u32,
        #[pyo3(from_py_with = min_quantity)] min_quantity: i64,
        #[pyo3(from_py_with = required_bps)] required_bps: u32,
        #[pyo3(from_py_with = maker_rate)] maker_rate: i32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body =
            SetObligation { instrument, max_spread, min_quantity, required_bps, maker_rate, ..SetObligation::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// SET_KEY. Gives an account an API key, or an API key of it another document and another end.
    ///
    /// `key_id`: the next id for a new key, from 1 on, or that of a key of the account.
    /// `document`: what the gateway knows the key by.
    /// `expires_at`: from when on it is good for nothing, in nanoseconds; 0: never.
    #[pyo3(signature = (account, key_id, document, *, expires_at=0, timestamp_ns=None))]
    fn set_key<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = key_id)] key_id: u32,
        #[pyo3(from_py_with = fields::document_words)] document: Vec<u64>,
        #[pyo3(from_py_with = expires_at)] expires_at: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetKey { key_id, document_len: fields::count(&document), expires_at, ..SetKey::EMPTY };
        self.submit_with(py, account, &body, &document, timestamp_ns)
    }

    /// REVOKE_KEY. Takes an API key away, for good.
    ///
    /// `key_id`: its id.
    #[pyo3(signature = (account, key_id, *, timestamp_ns=None))]
    fn revoke_key<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = key_id)] key_id: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = RevokeKey { key_id, ..RevokeKey::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// SET_HOLDER. Says who holds an account: what eligibility asks for.
    ///
    /// `jurisdiction`: where the holder is; 0: not known.
    /// `firm`: whose client it is, by the venue's own numbers; 0: nobody's.
    /// `verified_until`: when the verification of its identity ends, in nanoseconds; 0: it is not verified.
    #[pyo3(signature = (account, *, investor_class=0, jurisdiction=0, verified_until=0, firm=0, timestamp_ns=None))]
    fn set_holder<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = investor_class)] investor_class: u8,
        #[pyo3(from_py_with = jurisdiction)] jurisdiction: u16,
        #[pyo3(from_py_with = verified_until)] verified_until: u64,
        #[pyo3(from_py_with = firm)] firm: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetHolder { investor_class, jurisdiction, firm, verified_until, ..SetHolder::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// SET_ELIGIBILITY. Says who may receive an asset, or trade an instrument; nothing said: everybody.
    ///
    /// `asset`: whose table it is, or none (0xFFFFFFFF).
    /// `instrument`: whose table it is, or none (0xFFFFFFFF): exactly one of the two.
    /// `classes`: investor classes that may, a bit each; 0: all.
    /// `verification`: of the holder's identity.
    /// `jurisdiction_rule`: what the jurisdictions behind are.
    /// `max_holding`: of an asset: most units that an account may come to hold; 0: any.
    /// `locked_until`: of an asset: until when units that are deposited are frozen, in nanoseconds; 0: they are not.
    #[pyo3(signature = (*, asset=None, instrument=None, classes=0, verification=0, jurisdiction_rule=0, jurisdictions=Vec::new(), max_holding=0, locked_until=0, timestamp_ns=None))]
    fn set_eligibility<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::any_asset)] asset: Option<u32>,
        #[pyo3(from_py_with = fields::any_instrument)] instrument: Option<u32>,
        #[pyo3(from_py_with = classes)] classes: u32,
        #[pyo3(from_py_with = verification)] verification: u8,
        #[pyo3(from_py_with = jurisdiction_rule)] jurisdiction_rule: u8,
        #[pyo3(from_py_with = jurisdictions)] jurisdictions: Vec<JurisdictionEntry>,
        #[pyo3(from_py_with = max_holding)] max_holding: i64,
        #[pyo3(from_py_with = locked_until)] locked_until: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetEligibility {
            asset: asset.unwrap_or(NONE_ID),
            instrument: instrument.unwrap_or(NONE_ID),
            classes,
            verification,
            jurisdiction_rule,
            max_holding,
            locked_until,
            jurisdictions_len: fields::count(&jurisdictions),
            ..SetEligibility::EMPTY
        };
        self.submit_with(py, VENUE_ACCOUNT.0, &body, &jurisdictions, timestamp_ns)
    }

    /// FREEZE. Freezes an account, an asset, or units of an asset in an account.
    ///
    /// `asset`: of an asset and of units, else none (0xFFFFFFFF).
    /// `amount`: of units: how many are frozen until then from now on, else 0.
    /// `until`: of units: when that ends by itself, in nanoseconds; 0: it does not.
    #[pyo3(signature = (account=0, *, scope=0, asset=None, amount=0, until=0, timestamp_ns=None))]
    fn freeze<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = scope)] scope: u8,
        #[pyo3(from_py_with = fields::any_asset)] asset: Option<u32>,
        #[pyo3(from_py_with = amount)] amount: i64,
        #[pyo3(from_py_with = until)] until: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Freeze { scope, asset: asset.unwrap_or(NONE_ID), amount, until, ..Freeze::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// UNFREEZE. Lifts a freeze.
    ///
    /// `asset`: of an asset and of units, else none (0xFFFFFFFF).
    /// `until`: of units: which freeze of them, by the time at which it would end, else 0.
    #[pyo3(signature = (account=0, *, scope=0, asset=None, until=0, timestamp_ns=None))]
    fn unfreeze<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = scope)] scope: u8,
        #[pyo3(from_py_with = fields::any_asset)] asset: Option<u32>,
        #[pyo3(from_py_with = until)] until: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Unfreeze { scope, asset: asset.unwrap_or(NONE_ID), until, ..Unfreeze::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// FORCE_TRANSFER. Moves units between two accounts by authority, frozen ones first.
    ///
    /// `amount`: smallest units.
    /// `reason`: why, by the venue's own numbers.
    /// `reference`: whose authority: required.
    #[pyo3(signature = (account, to_account, asset, amount, *, reason=0, reference="", timestamp_ns=None))]
    fn force_transfer<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = to_account)] to_account: u32,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = amount)] amount: i64,
        #[pyo3(from_py_with = reason)] reason: u32,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = ForceTransfer {
            asset,
            to_account,
            amount,
            reason,
            reference_len: fields::text_len(reference),
            ..ForceTransfer::EMPTY
        };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// SET_BENEFICIAL. Moves units of an account onto its register of beneficial holders, on it, and off.
    ///
    /// `from_holder`: whose they were; 0: nobody's, available.
    /// `to_holder`: whose they are; 0: nobody's, available.
    /// `quantity`: smallest units.
    #[pyo3(signature = (account, asset, quantity, *, from_holder=0, to_holder=0, timestamp_ns=None))]
    fn set_beneficial<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = quantity)] quantity: i64,
        #[pyo3(from_py_with = from_holder)] from_holder: u64,
        #[pyo3(from_py_with = to_holder)] to_holder: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetBeneficial { asset, from_holder, to_holder, quantity, ..SetBeneficial::EMPTY };
        self.submit(py, account, &body, &[], timestamp_ns)
    }

    /// SET_ASSET_TERMS. Says what stands behind an asset, who issues it and how it is redeemed.
    ///
    /// `issuer`: the account that mints and gets the fees of redemptions.
    /// `attestation`: what needs an attestation.
    /// `bars`: whether bars stand behind it.
    /// `isin`: ISO 6166, with its check digit, or empty.
    /// `currency`: ISO 4217, of a stablecoin; else empty.
    /// `vault`: where the reserve is, or empty.
    /// `backing`: millionths of a unit of reserve, of gold a fine troy ounce, for a whole token; 0: nothing.
    /// `min_redemption`: smallest units of a redemption at least.
    /// `redemption_unit`: smallest units that it is a multiple of.
    /// `redemption_fee`: smallest units, on top; 0: none, or a rate.
    /// `redemption_fee_rate`: hundredths of a basis point of it, on top; 0: none, or an amount.
    #[pyo3(signature = (asset, issuer, *, form=0, attestation=0, bars=0, isin="", currency="", vault="", backing=0, min_redemption=1, redemption_unit=1, redemption_fee=0, redemption_fee_rate=0, timestamp_ns=None))]
    fn set_asset_terms<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = issuer)] issuer: u32,
        #[pyo3(from_py_with = form)] form: u8,
        #[pyo3(from_py_with = attestation)] attestation: u8,
        #[pyo3(from_py_with = bars)] bars: u8,
        isin: &str,
        currency: &str,
        vault: &str,
        #[pyo3(from_py_with = backing)] backing: i64,
        #[pyo3(from_py_with = min_redemption)] min_redemption: i64,
        #[pyo3(from_py_with = redemption_unit)] redemption_unit: i64,
        #[pyo3(from_py_with = redemption_fee)] redemption_fee: i64,
        #[pyo3(from_py_with = redemption_fee_rate)] redemption_fee_rate: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (isin, isin_len) = fields::symbol(isin);
        let (currency, currency_len) = fields::symbol(currency);
        let (vault, vault_len) = fields::symbol(vault);
        let body = SetAssetTerms {
            asset,
            issuer,
            form,
            attestation,
            bars,
            isin,
            isin_len,
            currency,
            currency_len,
            vault,
            vault_len,
            backing,
            min_redemption,
            redemption_unit,
            redemption_fee,
            redemption_fee_rate,
            ..SetAssetTerms::EMPTY
        };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_ATTESTOR. Lists who attests reserves under the next number, or gives one another key or status.
    ///
    /// `attestor`: its number, from 0.
    /// `status`: whether its attestations are taken.
    /// `public_key`: of Ed25519, 32 bytes.
    #[pyo3(signature = (attestor, public_key, *, status=0, timestamp_ns=None))]
    fn set_attestor<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = attestor)] attestor: u32,
        #[pyo3(from_py_with = fields::public_key)] public_key: [u8; 32],
        #[pyo3(from_py_with = status)] status: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetAttestor { attestor, status, public_key, ..SetAttestor::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// ATTEST. Brings what an attestor says of an asset's reserve, under its signature.
    ///
    /// `attestor`: who says so.
    /// `reserve`: millionths of a unit of reserve.
    /// `as_of`: when it was so, in nanoseconds.
    /// `valid_until`: when it expires, in nanoseconds.
    /// `signature`: of Ed25519 over the text of the attestation, 64 bytes.
    #[pyo3(signature = (asset, attestor, reserve, as_of, valid_until, signature, *, timestamp_ns=None))]
    fn attest<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = attestor)] attestor: u32,
        #[pyo3(from_py_with = reserve)] reserve: i64,
        #[pyo3(from_py_with = as_of)] as_of: u64,
        #[pyo3(from_py_with = valid_until)] valid_until: u64,
        #[pyo3(from_py_with = fields::signature)] signature: [u8; 64],
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Attest { asset, attestor, reserve, as_of, valid_until, signature, ..Attest::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// MINT. Issues an asset to its issuer's account, as far as what stands behind it reaches.
    ///
    /// `amount`: smallest units.
    /// `reference`: the caller's own name for the command, or empty.
    #[pyo3(signature = (account, asset, amount, *, reference="", timestamp_ns=None))]
    fn mint<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = amount)] amount: i64,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = Mint { asset, amount, reference_len: fields::text_len(reference), ..Mint::EMPTY };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// REQUEST_REDEMPTION. Holds an amount until its redemption is settled or refused.
    ///
    /// `amount`: smallest units; where whole bars are redeemed, the least that the bar is worth.
    /// `reference`: the caller's own name for the command, or empty.
    #[pyo3(signature = (account, asset, amount, *, reference="", timestamp_ns=None))]
    fn request_redemption<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = amount)] amount: i64,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body =
            RequestRedemption { asset, amount, reference_len: fields::text_len(reference), ..RequestRedemption::EMPTY };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// SETTLE_REDEMPTION. What a redemption is for has been delivered: its units are burned.
    ///
    /// `reference`: the caller's own name for the command, or empty.
    #[pyo3(signature = (account, withdrawal_id, *, reference="", timestamp_ns=None))]
    fn settle_redemption<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = withdrawal_id)] withdrawal_id: u64,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body =
            SettleRedemption { withdrawal_id, reference_len: fields::text_len(reference), ..SettleRedemption::EMPTY };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// REFUSE_REDEMPTION. Gives a redemption's units back to the holder.
    ///
    /// `refusal`: why; the same command with another is a repetition.
    /// `reference`: the caller's own name for the command, or empty.
    #[pyo3(signature = (account, withdrawal_id, *, refusal=0, reference="", timestamp_ns=None))]
    fn refuse_redemption<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = account)] account: u32,
        #[pyo3(from_py_with = withdrawal_id)] withdrawal_id: u64,
        #[pyo3(from_py_with = refusal)] refusal: u8,
        reference: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = RefuseRedemption {
            withdrawal_id,
            refusal,
            reference_len: fields::text_len(reference),
            ..RefuseRedemption::EMPTY
        };
        self.submit(py, account, &body, reference.as_bytes(), timestamp_ns)
    }

    /// SET_REFINER. Lists who makes bars under the next number, or gives one another code or status.
    ///
    /// `refiner`: its number, from 0.
    /// `status`: whether its new bars are taken.
    /// `code`: 1 to 16 characters.
    #[pyo3(signature = (refiner, code, *, status=0, timestamp_ns=None))]
    fn set_refiner<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = refiner)] refiner: u32,
        code: &str,
        #[pyo3(from_py_with = status)] status: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (code, code_len) = fields::symbol(code);
        let body = SetRefiner { refiner, status, code, code_len, ..SetRefiner::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// REGISTER_BAR. A bar is in the vault, and stands behind an asset from now on.
    ///
    /// `refiner`: who made it.
    /// `serial`: its number at the refiner, 1 to 16 characters.
    /// `vault`: that of the asset's terms.
    /// `gross_weight`: millionths of an ounce.
    /// `fine_weight`: millionths of an ounce.
    #[pyo3(signature = (asset, refiner, serial, *, gross_weight, fine_weight, vault="", timestamp_ns=None))]
    fn register_bar<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = refiner)] refiner: u32,
        serial: &str,
        #[pyo3(from_py_with = gross_weight)] gross_weight: i64,
        #[pyo3(from_py_with = fine_weight)] fine_weight: i64,
        vault: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (serial, serial_len) = fields::symbol(serial);
        let (vault, vault_len) = fields::symbol(vault);
        let body = RegisterBar {
            asset,
            refiner,
            serial,
            serial_len,
            vault,
            vault_len,
            gross_weight,
            fine_weight,
            ..RegisterBar::EMPTY
        };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// REMOVE_BAR. A bar leaves the vault; what is left must cover what was issued.
    ///
    /// `bar`: its number.
    #[pyo3(signature = (bar, *, timestamp_ns=None))]
    fn remove_bar<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = bar)] bar: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = RemoveBar { bar, ..RemoveBar::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_PEG. Says how far a cash asset may be from par before its instruments halt; 0: however far.
    ///
    /// `band_bps`: how far its reference value may be from par.
    /// `haircut_bps`: what is deducted from its value outside the band.
    /// `source`: whose reference values are taken, by the venue's own numbers; 0: anybody's.
    #[pyo3(signature = (asset, *, band_bps=0, haircut_bps=0, source=0, timestamp_ns=None))]
    fn set_peg<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = band_bps)] band_bps: u32,
        #[pyo3(from_py_with = haircut_bps)] haircut_bps: u32,
        #[pyo3(from_py_with = source)] source: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetPeg { asset, band_bps, haircut_bps, source, ..SetPeg::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// SET_CASH_REFERENCE. Says what a cash asset is worth elsewhere.
    ///
    /// `source`: who says so, by the venue's own numbers.
    /// `value`: in millionths of par.
    /// `observed_at`: when it was so, in nanoseconds.
    #[pyo3(signature = (asset, value, *, source=0, observed_at=0, timestamp_ns=None))]
    fn set_cash_reference<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = value)] value: i64,
        #[pyo3(from_py_with = source)] source: u32,
        #[pyo3(from_py_with = observed_at)] observed_at: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetCashReference { asset, source, value, observed_at, ..SetCashReference::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// ANNOUNCE_ACTION. Announces a corporate action under the next id, or in the place of an announced one.
    ///
    /// `action`: the next id, from 1 on, or one that is announced and has not begun.
    /// `asset`: whose holders are entitled.
    /// `order_policy`: what becomes of open orders.
    /// `payer`: account that pays what is paid.
    /// `lieu_asset`: what fractions are paid in; none: they are dropped.
    /// `record_at`: when it is executed, in nanoseconds: who owns then is entitled.
    /// `books_close_at`: from when on no withdrawal of it is requested, in nanoseconds; 0: with the execution.
    /// `asset_1`: what the first leg pays out; none: there is no such leg.
    /// `numerator_1`: units of it.
    /// `denominator_1`: for so many units of the asset.
    /// `lieu_price_1`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    /// `asset_2`: what the second leg pays out; none: there is no such leg.
    /// `numerator_2`: units of it.
    /// `denominator_2`: for so many units of the asset.
    /// `lieu_price_2`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    /// `asset_3`: what the third leg pays out; none: there is no such leg.
    /// `numerator_3`: units of it.
    /// `denominator_3`: for so many units of the asset.
    /// `lieu_price_3`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    /// `asset_4`: what the fourth leg pays out; none: there is no such leg.
    /// `numerator_4`: units of it.
    /// `denominator_4`: for so many units of the asset.
    /// `lieu_price_4`: price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    #[pyo3(signature = (action, asset, action_kind, *, record_at, payer=0, order_policy=0, books_close_at=0, lieu_asset=4294967295, asset_1=4294967295, numerator_1=0, denominator_1=0, lieu_price_1=0, asset_2=4294967295, numerator_2=0, denominator_2=0, lieu_price_2=0, asset_3=4294967295, numerator_3=0, denominator_3=0, lieu_price_3=0, asset_4=4294967295, numerator_4=0, denominator_4=0, lieu_price_4=0, timestamp_ns=None))]
    fn announce_action<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = action)] action: u32,
        #[pyo3(from_py_with = asset)] asset: u32,
        #[pyo3(from_py_with = action_kind)] action_kind: u8,
        #[pyo3(from_py_with = record_at)] record_at: u64,
        #[pyo3(from_py_with = payer)] payer: u32,
        #[pyo3(from_py_with = order_policy)] order_policy: u8,
        #[pyo3(from_py_with = books_close_at)] books_close_at: u64,
        #[pyo3(from_py_with = lieu_asset)] lieu_asset: u32,
        #[pyo3(from_py_with = asset_1)] asset_1: u32,
        #[pyo3(from_py_with = numerator_1)] numerator_1: i64,
        #[pyo3(from_py_with = denominator_1)] denominator_1: i64,
        #[pyo3(from_py_with = lieu_price_1)] lieu_price_1: i64,
        #[pyo3(from_py_with = asset_2)] asset_2: u32,
        #[pyo3(from_py_with = numerator_2)] numerator_2: i64,
        #[pyo3(from_py_with = denominator_2)] denominator_2: i64,
        #[pyo3(from_py_with = lieu_price_2)] lieu_price_2: i64,
        #[pyo3(from_py_with = asset_3)] asset_3: u32,
        #[pyo3(from_py_with = numerator_3)] numerator_3: i64,
        #[pyo3(from_py_with = denominator_3)] denominator_3: i64,
        #[pyo3(from_py_with = lieu_price_3)] lieu_price_3: i64,
        #[pyo3(from_py_with = asset_4)] asset_4: u32,
        #[pyo3(from_py_with = numerator_4)] numerator_4: i64,
        #[pyo3(from_py_with = denominator_4)] denominator_4: i64,
        #[pyo3(from_py_with = lieu_price_4)] lieu_price_4: i64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = AnnounceAction {
            action,
            asset,
            action_kind,
            order_policy,
            payer,
            lieu_asset,
            record_at,
            books_close_at,
            asset_1,
            numerator_1,
            denominator_1,
            lieu_price_1,
            asset_2,
            numerator_2,
            denominator_2,
            lieu_price_2,
            asset_3,
            numerator_3,
            denominator_3,
            lieu_price_3,
            asset_4,
            numerator_4,
            denominator_4,
            lieu_price_4,
            ..AnnounceAction::EMPTY
        };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }

    /// CANCEL_ACTION. Withdraws the announcement of a corporate action that has not begun.
    ///
    /// `action`: one that is announced and has not begun.
    #[pyo3(signature = (action, *, timestamp_ns=None))]
    fn cancel_action<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = action)] action: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = CancelAction { action, ..CancelAction::EMPTY };
        self.submit(py, VENUE_ACCOUNT.0, &body, &[], timestamp_ns)
    }
}
