//! Queries of a state machine as Python sees them, for every class that holds one. `KeyError` for an unknown id.

use super::errors::CommandError;
use super::records::{ObligationRow, PyObligation, PyOrder};
use crate::engine::{Engine, Withdrawal};
use crate::fees::FeeTable;
use crate::registry::Account;
use crate::types::{AccountId, AssetId, InstrumentId, OrderId, PriceTicks, Side};
use pyo3::exceptions::{PyKeyError, PyOverflowError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// (price, quantity, orders), best first.
pub type Levels = Vec<(i64, i64, u32)>;
/// (account, asset, held for open orders, for pending withdrawals, for a corporate action)
pub type HoldsRow = (u32, u32, i64, i64, i64);
/// (symbol, class, decimals, smallest withdrawal)
pub type AssetRow = (String, u8, u8, i64);
/// (maker rate, taker rate, tiers: their notional, maker rate and taker rate)
pub type FeeScheduleRow = (i16, u16, Vec<(i64, i16, u16)>);
/// (schedule, instrument if it is an override, when it becomes effective or 0 for now, rates unless the override ends)
pub type FeeTableRow = (u32, Option<u32>, u64, Option<FeeScheduleRow>);
/// (fee schedule, most open orders, client id window, group, most open notional, open orders, pending withdrawals)
pub type AccountRow = (u32, u16, u32, u32, i64, u16, u16);
/// (id, account, asset, amount)
pub type WithdrawalRow = (u64, u32, u32, i64);
/// (asset, numerator, denominator, price of a fraction)
pub type LegRow = (u32, i64, i64, i64);
/// (id, kind, asset, payer, order policy, asset of fractions, record time, when books close, legs, stage, cursor)
pub type ActionRow = (u32, u8, u32, u32, u8, Option<u32>, u64, u64, Vec<LegRow>, u8, u32);
/// (symbol, base, quote, lot size, tick lot value, highest price, collar, halted)
pub type InstrumentRow = (String, u32, u32, i64, i64, i64, u32, bool, u8);

fn known(what: &str, id: u32, count: usize) -> PyResult<u32> {
    if (id as usize) < count { Ok(id) } else { Err(PyKeyError::new_err(format!("{what} {id} is unknown"))) }
}

fn known_account(engine: &Engine, account: u32) -> PyResult<AccountId> {
    known("account", account, engine.account_count()).map(AccountId)
}

fn known_asset(engine: &Engine, asset: u32) -> PyResult<AssetId> {
    known("asset", asset, engine.assets().len()).map(AssetId)
}

fn known_instrument(engine: &Engine, instrument: u32) -> PyResult<InstrumentId> {
    known("instrument", instrument, engine.instruments().len()).map(InstrumentId)
}

pub fn balance(engine: &Engine, account: u32, asset: u32) -> PyResult<(i64, i64)> {
    let balance = engine.balance(known_account(engine, account)?, known_asset(engine, asset)?);
    let balance = balance.expect("both are known");
    Ok((balance.available.0, balance.held.0))
}

/// Those of an account that are not zero, by asset.
pub fn balances(engine: &Engine, account: u32) -> PyResult<Vec<(u32, i64, i64)>> {
    let mut balances = Vec::new();
    engine.balances(known_account(engine, account)?, &mut balances);
    Ok(balances.iter().map(|(asset, balance)| (asset.0, balance.available.0, balance.held.0)).collect())
}

/// (account, asset, held for open orders, for pending withdrawals, for a corporate action), by account, then by asset. Computed from these, not
/// read from the balances.
pub fn holds(engine: &Engine) -> PyResult<Vec<HoldsRow>> {
    let holds = engine.holds().ok_or_else(|| PyOverflowError::new_err("a hold is more than an amount can be"))?;
    let mut rows: Vec<_> = holds
        .into_iter()
        .map(|((account, asset), held)| (account.0, asset.0, held.orders.0, held.withdrawals.0, held.actions.0))
        .collect();
    rows.sort_unstable();
    Ok(rows)
}

pub fn issued(engine: &Engine, asset: u32) -> PyResult<i64> {
    Ok(engine.issued(known_asset(engine, asset)?).expect("known").0)
}

pub fn total(engine: &Engine, asset: u32) -> PyResult<i64> {
    Ok(engine.total(known_asset(engine, asset)?).expect("known").0)
}

pub fn depth(engine: &Engine, instrument: u32, levels: usize) -> PyResult<(Levels, Levels)> {
    let instrument = known_instrument(engine, instrument)?;
    let side = |side| {
        let views = engine.depth(instrument, side).take(levels);
        views.map(|view| (view.price.0, view.quantity.0, view.orders)).collect()
    };
    Ok((side(Side::Buy), side(Side::Sell)))
}

pub fn order(engine: &Engine, order_id: u64) -> Option<PyOrder> {
    engine.order(OrderId(order_id)).map(PyOrder)
}

/// A page of an account's open orders, by ascending id.
pub fn open_orders_page(engine: &Engine, account: u32, after: u64, limit: usize) -> PyResult<(Vec<PyOrder>, bool)> {
    let (orders, more) = engine.open_orders_after(known_account(engine, account)?, OrderId(after), limit);
    Ok((orders.into_iter().map(PyOrder).collect(), more))
}

pub fn open_orders(engine: &Engine, account: u32) -> PyResult<Vec<PyOrder>> {
    Ok(engine.open_orders(known_account(engine, account)?).map(PyOrder).collect())
}

pub fn queue(engine: &Engine, instrument: u32, side: u8, price: i64) -> PyResult<Vec<PyOrder>> {
    let instrument = known_instrument(engine, instrument)?;
    let side = Side::from_byte(side).ok_or_else(|| CommandError::new_err(format!("side: {side} is outside 0..=1")))?;
    Ok(engine.queue(instrument, side, PriceTicks(price)).map(PyOrder).collect())
}

pub fn counts(engine: &Engine) -> (usize, usize, usize, u32) {
    (engine.assets().len(), engine.instruments().len(), engine.account_count(), engine.open_order_count())
}

pub fn account_sequence(engine: &Engine, account: u32) -> PyResult<u64> {
    Ok(engine.account_sequence(known_account(engine, account)?).expect("known"))
}

pub fn account_fee_schedule(engine: &Engine, account: u32) -> PyResult<u32> {
    Ok(engine.account_fee_schedule(known_account(engine, account)?).expect("known"))
}

/// What is set of an account, and how much it has open.
pub fn account(engine: &Engine, account: u32) -> PyResult<AccountRow> {
    let row = engine.account(known_account(engine, account)?).expect("known");
    let Account { fee_schedule, max_open_orders, group, max_open_notional, open_count, pending_withdrawals, .. } = *row;
    Ok((fee_schedule, max_open_orders, row.window.limit, group, max_open_notional, open_count, pending_withdrawals))
}

/// A page of the pending withdrawals of an account, or of all.
pub fn pending_withdrawals(
    engine: &Engine,
    account: Option<u32>,
    first: u64,
    limit: usize,
) -> PyResult<(Vec<WithdrawalRow>, bool)> {
    let account = account.map(|account| known_account(engine, account)).transpose()?;
    let (found, more) = engine.pending_withdrawals(account, first, limit);
    let rows = found.iter().map(|&(id, Withdrawal { account, asset, amount })| (id, account.0, asset.0, amount.0));
    Ok((rows.collect(), more))
}

fn fee_table(table: &FeeTable) -> FeeScheduleRow {
    let tiers = table.tiers.iter().map(|tier| (tier.notional.0, tier.rates.maker_rate, tier.rates.taker_rate));
    (table.rates.maker_rate, table.rates.taker_rate, tiers.collect())
}

/// The rates of each schedule and of its tiers.
pub fn fee_schedules(engine: &Engine) -> Vec<FeeScheduleRow> {
    engine.fee_schedules().iter().map(fee_table).collect()
}

/// All schedules, then all overrides, then what waits to become effective, each in order.
pub fn fee_tables(engine: &Engine) -> Vec<FeeTableRow> {
    let fees = engine.fees();
    let schedules = fees.tables().iter().zip(0..);
    let schedules = schedules.map(|(table, schedule)| (schedule, None, 0, Some(fee_table(table))));
    let overrides = fees.overrides();
    let overrides =
        overrides.map(|(target, table)| (target.schedule, Some(target.instrument), 0, Some(fee_table(table))));
    let waiting = fees.waiting().map(|(time_ns, target, table)| {
        let instrument = target.is_override().then_some(target.instrument);
        (target.schedule, instrument, time_ns, table.map(fee_table))
    });
    schedules.chain(overrides).chain(waiting).collect()
}

pub fn assets(engine: &Engine) -> Vec<AssetRow> {
    let rows = engine
        .assets()
        .iter()
        .map(|asset| (asset.symbol.as_str().to_owned(), asset.class as u8, asset.decimals, asset.min_withdrawal.0));
    rows.collect()
}

pub fn instruments(engine: &Engine) -> Vec<InstrumentRow> {
    let rows = engine.instruments().iter().zip(engine.markets()).map(|(instrument, market)| {
        (
            instrument.symbol().to_owned(),
            instrument.base.0,
            instrument.quote.0,
            instrument.lot_size,
            instrument.tick_lot_value,
            instrument.max_price.0,
            instrument.collar_bps,
            instrument.is_halted(),
            market.phase as u8,
        )
    });
    rows.collect()
}

/// Corporate actions that are announced or run, by id.
pub fn actions(engine: &Engine) -> Vec<ActionRow> {
    let rows = engine.actions().iter().map(|(id, action)| {
        let legs =
            action.legs.iter().map(|leg| (leg.asset.0, leg.numerator, leg.denominator, leg.lieu_price)).collect();
        let running = engine.actions().running.filter(|running| running.action == id);
        let (stage, cursor) = running.map_or((0, 0), |running| (running.stage as u8, running.cursor));
        let (kind, policy, lieu_asset) =
            (action.kind as u8, action.policy as u8, action.lieu_asset.map(|asset| asset.0));
        let times = (action.record_at, action.books_close_at);
        (id, kind, action.asset.0, action.payer.0, policy, lieu_asset, times.0, times.1, legs, stage, cursor)
    });
    rows.collect()
}

/// By account, then by instrument, as of the last command.
pub fn obligations(engine: &Engine) -> Vec<PyObligation> {
    let rows = engine.obligations().map(|(id, obligation)| {
        let served = obligation.served(engine.timestamp_ns());
        let (is_met, earned) = (obligation.is_met(), obligation.earned);
        PyObligation(ObligationRow { id, terms: obligation.terms, served, is_met, earned })
    });
    rows.collect()
}

pub fn state_hash<'py>(engine: &Engine, py: Python<'py>) -> Bound<'py, PyBytes> {
    PyBytes::new(py, &engine.state_hash())
}
