//! What is due, and when: the engine's own work that waits for time. Knows orders by their ids, and no rule.
//!
//! In the order of time, then of order ids, so that every engine does the same work in the same pulse. Nothing is kept
//! for an order that waits for nothing.

use crate::types::{InstrumentId, OrderId};
use std::collections::BTreeSet;

#[derive(Default)]
pub struct Due {
    ends: BTreeSet<(u64, OrderId)>,
    /// Day orders by their trade date.
    days: BTreeSet<(u32, OrderId)>,
    /// Instruments with stops that were reached and have not entered.
    reached: BTreeSet<InstrumentId>,
}

impl Due {
    pub fn add(&mut self, time_ns: u64, order: OrderId) {
        assert!(self.ends.insert((time_ns, order)), "an order is due once");
    }

    pub fn remove(&mut self, time_ns: u64, order: OrderId) {
        assert!(self.ends.remove(&(time_ns, order)), "an order that is due is known");
    }

    pub fn add_day(&mut self, trade_date: u32, order: OrderId) {
        assert!(self.days.insert((trade_date, order)), "an order is of one day");
    }

    pub fn remove_day(&mut self, trade_date: u32, order: OrderId) {
        assert!(self.days.remove(&(trade_date, order)), "an order of a day is known");
    }

    pub fn set_reached(&mut self, instrument: InstrumentId, reached: bool) {
        if reached {
            self.reached.insert(instrument);
        } else {
            self.reached.remove(&instrument);
        }
    }

    /// When the first order ends.
    pub fn next(&self) -> Option<u64> {
        self.ends.first().map(|&(time_ns, _)| time_ns)
    }

    /// The first that ends by `now_ns`. It stays until it is removed.
    pub fn first_by(&self, now_ns: u64) -> Option<OrderId> {
        self.ends.first().filter(|&&(time_ns, _)| time_ns <= now_ns).map(|&(_, order)| order)
    }

    /// Whether anything is kept but ends at a time.
    pub fn has_more_than_ends(&self) -> bool {
        !(self.days.is_empty() && self.reached.is_empty())
    }

    /// The first day order of an earlier date. It stays until it is removed.
    pub fn first_day(&self, trade_date: u32) -> Option<OrderId> {
        self.days.first().filter(|&&(date, _)| date < trade_date).map(|&(_, order)| order)
    }

    pub fn reached(&self) -> impl Iterator<Item = InstrumentId> + '_ {
        self.reached.iter().copied()
    }
}
