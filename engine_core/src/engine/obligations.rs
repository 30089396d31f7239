//! Obligations of market makers: what they show is counted as it comes and goes, looked at when a command has been done,
//! and scored (`docs/market-rules.md`, section 39).

use super::{Applied, Engine, Output};
use crate::command::SetObligation;
use crate::event::{ObligationScored, ObligationSet};
use crate::fees::FeeRates;
use crate::obligations::{Obligation, ObligationId, ObligationTerms, Served};
use crate::orders::Order;
use crate::registry::Account;
use crate::types::*;

impl Engine {
    pub(super) fn set_obligation<O: Output>(
        &mut self,
        account: AccountId,
        body: &SetObligation,
        out: &mut O,
    ) -> Applied {
        self.known_account(account)?;
        let &SetObligation { instrument, max_spread, min_quantity, required_bps, maker_rate, .. } = body;
        if instrument as usize >= self.registry.instruments.len() {
            return Err(RejectCode::UnknownInstrument);
        }
        let terms = match (max_spread, min_quantity, required_bps, maker_rate) {
            (0, 0, 0, 0) => None,
            _ => Some(ObligationTerms::new(max_spread, min_quantity, required_bps, maker_rate)),
        };
        let terms = terms.map(|terms| terms.ok_or(RejectCode::InvalidParameter)).transpose()?;
        let id = ObligationId { account, instrument: InstrumentId(instrument) };
        let is_there = self.obligations.get(id).is_some();
        if terms.is_some() && !is_there && self.obligations.are_full() {
            return Err(RejectCode::RegistryFull);
        }
        if let Some(obligation) = self.obligations.get_mut(id) {
            let served = obligation.score(self.timestamp_ns);
            let earned = obligation.earned;
            self.say_score(id, served, earned, self.trade_date, out);
        }
        let set =
            ObligationSet { instrument, max_spread, min_quantity, required_bps, maker_rate, ..ObligationSet::EMPTY };
        self.emit(account, set, out);
        match (terms, self.obligations.get_mut(id)) {
            (None, None) => {}
            (None, Some(_)) => {
                self.obligations.remove(id);
                self.accounts[account.index()].is_obliged = self.obligations.has_any_of(account);
            }
            (Some(terms), None) => self.add_obligation(id, Obligation::new(terms, self.timestamp_ns)),
            (Some(terms), Some(obligation)) => obligation.terms = terms,
        }
        self.obligations.mark_one(id);
        Ok(())
    }

    /// From now on what the account shows on the instrument is counted; what it shows already is found among its open orders.
    fn add_obligation(&mut self, id: ObligationId, mut obligation: Obligation) {
        let account = &mut self.accounts[id.account.index()];
        account.is_obliged = true;
        for slot in account.open_orders(&self.orders) {
            let order = &self.orders[slot];
            if order.instrument() == id.instrument && order.ladder.is_displayed() {
                obligation.count(order.side, order.price, order.leaves.0);
            }
        }
        self.obligations.add(id, obligation);
    }

    /// Brings back what a state image says of an obligation.
    pub(crate) fn restore_obligation(&mut self, id: ObligationId, obligation: Obligation) {
        self.add_obligation(id, obligation);
        let (is_open, now) = (self.trades(id.instrument), self.timestamp_ns);
        self.obligations.get_mut(id).expect("it was added").look(is_open, now);
    }

    /// Of an order so many lots more, or less, are shown at its price.
    #[inline(always)]
    pub(super) fn count_shown(&mut self, order: &Order, by: QuantityLots) {
        if self.accounts[order.account.index()].is_obliged {
            self.count_obliged(order, by);
        }
    }

    /// An order has joined its queue.
    #[inline(always)]
    pub(super) fn count_rested(&mut self, slot: u32) {
        if self.accounts[self.orders[slot].account.index()].is_obliged {
            let order = self.orders[slot];
            self.count_obliged(&order, order.leaves);
        }
    }

    #[inline(never)]
    fn count_obliged(&mut self, order: &Order, by: QuantityLots) {
        if order.ladder.is_displayed() {
            let id = ObligationId { account: order.account, instrument: order.instrument() };
            self.obligations.count(id, order.side, order.price, by.0);
        }
    }

    /// Looks at those for which something has changed.
    #[cold]
    pub(super) fn look_at_obligations(&mut self) {
        let now = self.timestamp_ns;
        while let Some((id, obligation)) = self.obligations.take_changed() {
            let market = &self.markets[id.instrument.index()];
            let is_halted = self.registry.instruments[id.instrument.index()].is_halted();
            obligation.look(market.phase == Phase::Continuous && !is_halted, now);
        }
    }

    /// A trade date is over: every obligation is scored.
    pub(super) fn score_obligations<O: Output>(&mut self, trade_date: u32, out: &mut O) {
        let mut at = 0;
        while let Some((id, served, earned)) = self.obligations.score_next(at, self.timestamp_ns) {
            self.say_score(id, served, earned, trade_date, out);
            at += 1;
        }
    }

    fn say_score<O: Output>(&mut self, id: ObligationId, served: Served, earned: bool, trade_date: u32, out: &mut O) {
        let scored = ObligationScored {
            instrument: id.instrument.0,
            trade_date,
            met_ns: served.met_ns,
            open_ns: served.open_ns,
            earned: u32::from(earned),
            ..ObligationScored::EMPTY
        };
        self.emit(id.account, scored, out);
    }

    /// What an order of an account pays that gets its rates now.
    #[inline(always)]
    pub(super) fn rates(
        &self,
        account: AccountId,
        row: &Account,
        instrument: InstrumentId,
        quote: AssetId,
    ) -> FeeRates {
        let schedule = &self.fees.schedules()[row.fee_schedule as usize];
        // One branch for both.
        if schedule.is_flat & !row.is_obliged {
            schedule.rates
        } else {
            self.looked_up_rates(account, instrument, quote)
        }
    }

    #[cold]
    fn looked_up_rates(&self, account: AccountId, instrument: InstrumentId, quote: AssetId) -> FeeRates {
        let schedule = self.accounts[account.index()].fee_schedule;
        let rates = self.fees.rates(schedule, account, instrument, quote, self.timestamp_ns);
        let obligation = self.obligations.get(ObligationId { account, instrument });
        match obligation.filter(|obligation| obligation.earned) {
            None => rates,
            Some(earned) => FeeRates { maker_rate: rates.maker_rate.min(earned.terms.maker_rate), ..rates },
        }
    }
}
