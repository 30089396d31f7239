//! Queries of a state machine as Python sees them, for every class that holds one. `KeyError` for an unknown id.

use super::errors::CommandError;
use super::records::{ObligationRow, PyObligation, PyOrder};
use crate::backing::{Backed, Peg};
use crate::engine::{Engine, Holds, Withdrawal};
use crate::fees::FeeTable;
use crate::holders::{Holder, Target};
use crate::market::Market;
use crate::registry::{Account, Asset, Instrument};
use crate::types::{AccountId, AssetId, InstrumentId, OrderId, PriceTicks, Side};
use pyo3::exceptions::{PyKeyError, PyOverflowError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use zerocopy::IntoBytes;

/// (price, quantity, orders), best first.
pub type Levels = Vec<(i64, i64, u32)>;
/// (account, asset, held for open orders, held for pending withdrawals, held for redemptions, frozen, registered, held for
/// corporate actions)
pub type HoldsRow = (u32, u32, i64, i64, i64, i64, i64, i64);
/// (account, jurisdiction or nothing, investor class, when its verification ends, firm, whether it is frozen)
pub type HolderRow = (u32, String, u8, u64, u32, bool);
/// (asset, instrument, of which one is nothing; classes, verification, jurisdiction rule, jurisdictions, most units, locked until)
pub type EligibilityRow = (Option<u32>, Option<u32>, u32, u8, u8, Vec<String>, i64, u64);
/// (id, account, asset, asked, amount, fee, bar)
pub type RedemptionRow = (u64, u32, u32, i64, i64, i64, u64);
/// (number, asset, refiner, serial, vault, gross weight, fine weight, free)
pub type BarRow = (u64, u32, u32, String, String, i64, i64, bool);
/// (asset, band, haircut, source, value, source of the value, observed at, outside)
pub type PegRow = (u32, u32, u32, u32, i64, u32, u64, bool);
/// (symbol, class, decimals, smallest withdrawal)
pub type AssetRow = (String, u8, u8, i64);
/// (maker rate, taker rate, tiers: their notional, maker rate and taker rate)
pub type FeeScheduleRow = (i16, u16, Vec<(i64, i16, u16)>);
/// (schedule, instrument if it is an override, when it becomes effective or 0 for now, rates unless the override ends)
pub type FeeTableRow = (u32, Option<u32>, u64, Option<FeeScheduleRow>);
/// (fee schedule, most open orders, client id window, group, most open notional, open orders, pending withdrawals)
pub type AccountRow = (u32, u16, u32, u32, i64, u16, u16);
/// (account, expires at, document)
pub type KeyRow<'py> = (u32, u64, Bound<'py, PyBytes>);
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

/// (account, asset, held for open orders, for pending withdrawals, for redemptions, frozen, registered, for corporate actions), by account, then by asset. Computed from these, not
/// read from the balances.
pub fn holds(engine: &Engine) -> PyResult<Vec<HoldsRow>> {
    let holds = engine.holds().ok_or_else(|| PyOverflowError::new_err("a hold is more than an amount can be"))?;
    let mut rows: Vec<_> = holds
        .into_iter()
        .map(|((account, asset), held)| {
            let Holds { orders, withdrawals, redemptions, frozen, registered, actions } = held;
            (account.0, asset.0, orders.0, withdrawals.0, redemptions.0, frozen.0, registered.0, actions.0)
        })
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
    engine.assets().iter().map(asset_row).collect()
}

pub fn asset(engine: &Engine, asset: u32) -> PyResult<AssetRow> {
    Ok(asset_row(&engine.assets()[known_asset(engine, asset)?.index()]))
}

fn asset_row(asset: &Asset) -> AssetRow {
    (asset.symbol.as_str().to_owned(), asset.class as u8, asset.decimals, asset.min_withdrawal.0)
}

pub fn instruments(engine: &Engine) -> Vec<InstrumentRow> {
    engine
        .instruments()
        .iter()
        .zip(engine.markets())
        .map(|(instrument, market)| instrument_row(instrument, market))
        .collect()
}

pub fn instrument(engine: &Engine, instrument: u32) -> PyResult<InstrumentRow> {
    let at = known_instrument(engine, instrument)?.index();
    Ok(instrument_row(&engine.instruments()[at], &engine.markets()[at]))
}

fn instrument_row(instrument: &Instrument, market: &Market) -> InstrumentRow {
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

/// By id from 1; one that is revoked has no document.
pub fn keys<'py>(engine: &Engine, py: Python<'py>) -> Vec<KeyRow<'py>> {
    engine.keys().map(|key| (key.account.0, key.expires_at, PyBytes::new(py, key.document.as_bytes()))).collect()
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

fn code(jurisdiction: u16) -> String {
    let code = if jurisdiction == 0 { Vec::new() } else { jurisdiction.to_le_bytes().to_vec() };
    String::from_utf8(code).expect("two capital letters")
}

fn holder((account, holder): (AccountId, &Holder)) -> HolderRow {
    let Holder { jurisdiction, class, is_frozen, firm, verified_until } = *holder;
    (account.0, code(jurisdiction), class as u8, verified_until, firm, is_frozen)
}

/// Those of whom anything was said.
pub fn holders(engine: &Engine) -> Vec<HolderRow> {
    engine.holders().known().map(holder).collect()
}

/// A page of them, by account.
pub fn holders_page(engine: &Engine, first: u32, limit: usize) -> (Vec<HolderRow>, bool) {
    let mut rest = engine.holders().known_from(AccountId(first));
    let page = rest.by_ref().take(limit).map(holder).collect();
    (page, rest.next().is_some())
}

/// The tables of assets, then those of instruments.
pub fn eligibility(engine: &Engine) -> Vec<EligibilityRow> {
    let rows = engine.holders().tables().map(|(target, table)| {
        let (asset, instrument) = match target {
            Target::Asset(asset) => (Some(asset.0), None),
            Target::Instrument(instrument) => (None, Some(instrument.0)),
        };
        let jurisdictions = table.jurisdictions.iter().map(|&jurisdiction| code(jurisdiction)).collect();
        let (verification, rule) = (table.verification as u8, table.jurisdiction_rule as u8);
        let (max_holding, locked_until) = (table.max_holding.0, table.locked_until);
        (asset, instrument, table.classes, verification, rule, jurisdictions, max_holding, locked_until)
    });
    rows.collect()
}

/// What stands behind each asset with terms, by asset: a dictionary each.
pub fn backing<'py>(engine: &Engine, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
    let row = |(asset, backed): (AssetId, &Backed)| {
        let (terms, row) = (&backed.terms, PyDict::new(py));
        row.set_item("asset", asset.0)?;
        row.set_item("issuer", terms.issuer.0)?;
        row.set_item("form", terms.form as u8)?;
        row.set_item("attestation", terms.attestation as u8)?;
        row.set_item("bars", terms.bars as u8)?;
        row.set_item("isin", terms.isin.as_str())?;
        row.set_item("currency", terms.currency.as_str())?;
        row.set_item("vault", terms.vault.as_str())?;
        row.set_item("backing", terms.backing)?;
        row.set_item("min_redemption", terms.min_redemption)?;
        row.set_item("redemption_unit", terms.redemption_unit)?;
        row.set_item("redemption_fee", terms.redemption_fee)?;
        row.set_item("redemption_fee_rate", terms.redemption_fee_rate)?;
        row.set_item("minted", backed.minted)?;
        row.set_item("burned", backed.burned)?;
        row.set_item("redeeming", backed.redeeming)?;
        row.set_item("fine_weight", backed.fine_weight)?;
        row.set_item("most", backed.most())?;
        row.set_item("expired", backed.is_expired)?;
        let said = backed.attestation;
        row.set_item("attestor", said.map(|said| said.attestor))?;
        row.set_item("reserve", said.map_or(0, |said| said.reserve))?;
        row.set_item("as_of", said.map_or(0, |said| said.as_of))?;
        row.set_item("valid_until", said.map_or(0, |said| said.valid_until))?;
        Ok(row)
    };
    engine.backing().all_backed().map(row).collect()
}

/// (public key, status) by number.
pub fn attestors<'py>(engine: &Engine, py: Python<'py>) -> Vec<(Bound<'py, PyBytes>, u8)> {
    let rows = engine.backing().attestors.iter();
    rows.map(|attestor| (PyBytes::new(py, attestor.key.as_bytes()), attestor.status as u8)).collect()
}

/// (code, status) by number.
pub fn refiners(engine: &Engine) -> Vec<(String, u8)> {
    let rows = engine.backing().refiners.iter();
    rows.map(|refiner| (refiner.code.as_str().to_owned(), refiner.status as u8)).collect()
}

/// A page of the redemptions that wait, of an account or of all.
pub fn redemptions(
    engine: &Engine,
    account: Option<u32>,
    first: u64,
    limit: usize,
) -> PyResult<(Vec<RedemptionRow>, bool)> {
    let account = account.map(|account| known_account(engine, account)).transpose()?;
    let all = engine.backing().redemptions_from(first);
    let mut rows = all
        .filter(|(_, each)| account.is_none_or(|account| account == each.account))
        .map(|(id, each)| (id, each.account.0, each.asset.0, each.asked.0, each.amount.0, each.fee.0, each.bar));
    Ok((rows.by_ref().take(limit).collect(), rows.next().is_some()))
}

/// A page of the bars.
pub fn bars(engine: &Engine, first: u64, limit: usize) -> (Vec<BarRow>, bool) {
    let backing = engine.backing();
    let mut rows = backing.bars_from(first).map(|(number, bar)| {
        let (serial, vault) = (bar.serial.as_str().to_owned(), bar.vault.as_str().to_owned());
        let weights = (bar.gross_weight, bar.fine_weight);
        (number, bar.asset.0, bar.refiner, serial, vault, weights.0, weights.1, backing.is_free(number))
    });
    (rows.by_ref().take(limit).collect(), rows.next().is_some())
}

/// The bands of cash assets, by asset.
pub fn pegs(engine: &Engine) -> Vec<PegRow> {
    let rows = engine.backing().pegs().map(|(asset, peg)| {
        let Peg { band_bps, haircut_bps, source, value, value_source, observed_at } = *peg;
        (asset.0, band_bps, haircut_bps, source, value, value_source, observed_at, peg.is_outside())
    });
    rows.collect()
}

pub fn frozen_assets(engine: &Engine) -> Vec<u32> {
    engine.holders().frozen_assets().map(|asset| asset.0).collect()
}

/// Registrations of an account: (asset, holder, amount).
pub fn beneficial(engine: &Engine, account: u32) -> PyResult<Vec<(u32, u64, i64)>> {
    let account = known_account(engine, account)?;
    let rows = engine.holders().registrations().filter(|(id, _)| id.account == account);
    Ok(rows.map(|(id, amount)| (id.asset.0, id.holder, amount.0)).collect())
}

/// Freezes of units: (account, asset, until, amount).
pub fn freezes(engine: &Engine) -> Vec<(u32, u32, u64, i64)> {
    engine.holders().freezes().map(|(id, amount)| (id.account.0, id.asset.0, id.until, amount.0)).collect()
}

pub fn state_hash<'py>(engine: &Engine, py: Python<'py>) -> Bound<'py, PyBytes> {
    PyBytes::new(py, &engine.state_hash())
}
