//! PULSE: what is due is done, a bounded part at a time. The engine reads no clock: it says when it wants a pulse, and
//! the sequencer answers with one. Whatever else happens goes on in between.

use super::terms::is_date;
use super::{Applied, Engine, Output};
use crate::command::{CancelAfter, RollTradeDate};
use crate::event::{CancelAfterSet, Pulsed, TradeDateRolled};
use crate::orders::NIL;
use crate::types::*;

impl Engine {
    /// When the engine wants its next pulse: it may be past already.
    #[inline]
    pub fn next_due(&self) -> Option<u64> {
        let orders = [self.due.next(), self.timers.next(), self.fees.next()].into_iter();
        let assets = [self.holders.next(), self.backing.next_expiry(), self.actions.next()];
        let first = orders.chain(assets).flatten().min();
        if !self.has_sweeps() && (!self.due.has_more_than_times() || !self.has_due_now()) {
            return first;
        }
        Some(first.map_or(self.timestamp_ns, |time_ns| time_ns.min(self.timestamp_ns)))
    }

    /// Whether there is something that waits for a pulse and for no time.
    #[cold]
    fn has_due_now(&self) -> bool {
        let mut unfinished = self.due.unfinished();
        self.due.first_day(self.trade_date).is_some() || unfinished.any(|instrument| self.goes_on(instrument))
    }

    pub(super) fn pulse<O: Output>(&mut self, out: &mut O) -> Applied {
        let changes = self.change_due_fees(out);
        let markets = &self.markets;
        let uncrosses = |instrument: &InstrumentId| markets[instrument.index()].phase == Phase::Uncrossing;
        self.touched.extend(self.due.unfinished().filter(uncrosses));
        // Either all of it is done, or nothing else is: so no order of an uncrossing instrument ends below.
        let mut items = changes + self.work(PULSE_ITEMS - changes, out);
        while items < PULSE_ITEMS {
            let (order, reason) = if let Some(order) = self.due.first_by(self.timestamp_ns) {
                (order, CancelReason::Expired)
            } else if let Some((account, timer)) = self.timers.first_by(self.timestamp_ns) {
                self.sweep(account, timer, out);
                items += 1;
                continue;
            } else if let Some(order) = self.due.first_day(self.trade_date) {
                (order, CancelReason::DayEnded)
            } else {
                break;
            };
            self.cancel_resting(order.slot(), reason, out);
            items += 1;
        }
        while let Some(id) = self.holders.first_by(self.timestamp_ns).filter(|_| items < PULSE_ITEMS) {
            self.unfreeze_units(id, out);
            items += 1;
        }
        items += self.execute_actions(PULSE_ITEMS - items, out);
        while let Some(instrument) = self.due.calls.first_by(self.timestamp_ns).filter(|_| items < PULSE_ITEMS) {
            self.act_on_call(instrument, out);
            items += 1;
        }
        items += self.go_on_with_assets(PULSE_ITEMS - items, out);
        let now = self.timestamp_ns;
        while let Some(instrument) = self.due.protections.first_by(now).filter(|_| items < PULSE_ITEMS) {
            self.act_on_protections(instrument, out);
            items += 1;
        }
        self.touched.extend(self.due.unfinished());
        items += self.work(PULSE_ITEMS - items, out);
        self.emit(VENUE_ACCOUNT, Pulsed { items, ..Pulsed::EMPTY }, out);
        Ok(())
    }

    /// A timer has run out: the account's oldest open order goes, or the timer stops.
    #[cold]
    fn sweep<O: Output>(&mut self, account: AccountId, timer: CancelTimer, out: &mut O) {
        let oldest = self.accounts[account.index()].open_head;
        if oldest == NIL {
            return self.timers.set(account, timer, 0);
        }
        let reason = match timer {
            CancelTimer::Client => CancelReason::DeadMan,
            CancelTimer::Session => CancelReason::Disconnected,
        };
        self.cancel_resting(oldest, reason, out);
    }

    pub(super) fn cancel_after<O: Output>(&mut self, account: AccountId, body: &CancelAfter, out: &mut O) -> Applied {
        let timer = CancelTimer::from_byte(body.timer).ok_or(RejectCode::Malformed)?;
        self.known_account(account)?;
        let due_at = match body.timeout_ns {
            0 => 0,
            timeout_ns => self.timestamp_ns.checked_add(timeout_ns).ok_or(RejectCode::InvalidParameter)?,
        };
        self.timers.set(account, timer, due_at);
        self.emit(account, CancelAfterSet { timer: body.timer, due_at, ..CancelAfterSet::EMPTY }, out);
        Ok(())
    }

    pub(super) fn roll_trade_date<O: Output>(&mut self, body: &RollTradeDate, out: &mut O) -> Applied {
        if !is_date(body.trade_date) || body.trade_date <= self.trade_date {
            return Err(RejectCode::InvalidParameter);
        }
        let previous = std::mem::replace(&mut self.trade_date, body.trade_date);
        let rolled = TradeDateRolled { trade_date: body.trade_date, previous, ..TradeDateRolled::EMPTY };
        self.emit(VENUE_ACCOUNT, rolled, out);
        self.score_obligations(previous, out);
        Ok(())
    }

    /// An order with attributes has its seat, for the first time or with other ones.
    #[cold]
    pub(crate) fn schedule(&mut self, slot: u32) {
        let (order, attributes) = (self.orders[slot].id, self.orders.attributes(slot));
        self.may_leave_work |= attributes.is_stop() || attributes.is_peg();
        if attributes.expires_at != 0 {
            self.due.add(attributes.expires_at, order);
        }
        if attributes.is_day() {
            self.due.add_day(attributes.trade_date, order);
        }
        if attributes.is_for_auction() {
            let instrument = usize::from(self.orders[slot].instrument);
            self.books[instrument].unseen_or_new().for_auction.insert(order);
        }
    }

    /// An order with attributes is finished, or gets other ones.
    #[cold]
    pub(super) fn unschedule(&mut self, slot: u32) {
        let (order, attributes) = (self.orders[slot].id, self.orders.attributes(slot));
        if attributes.expires_at != 0 {
            self.due.remove(attributes.expires_at, order);
        }
        if attributes.is_day() {
            self.due.remove_day(attributes.trade_date, order);
        }
        if attributes.is_for_auction() {
            let instrument = usize::from(self.orders[slot].instrument);
            self.books[instrument].unseen_or_new().for_auction.remove(&order);
        }
    }
}
