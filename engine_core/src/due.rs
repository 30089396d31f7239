//! What is due, and when: the engine's own work that waits for time. Knows orders by their ids, and no rule.
//!
//! In the order of time, then of order ids, so that every engine does the same work in the same pulse. Nothing is kept
//! for an order that waits for nothing.

use crate::types::{InstrumentId, OrderId};
use std::collections::BTreeSet;

/// Instruments by a time of each.
#[derive(Default)]
pub struct Timetable(BTreeSet<(u64, InstrumentId)>);

impl Timetable {
    /// An instrument is due at another time than before; 0: at none.
    pub fn set(&mut self, instrument: InstrumentId, before_ns: u64, time_ns: u64) {
        if before_ns != 0 {
            assert!(self.0.remove(&(before_ns, instrument)), "an instrument that is due is known");
        }
        if time_ns != 0 {
            self.0.insert((time_ns, instrument));
        }
    }

    fn first(&self) -> Option<u64> {
        self.0.first().map(|&(time_ns, _)| time_ns)
    }

    /// The first that is due by `now_ns`. It stays until it is set anew.
    pub fn first_by(&self, now_ns: u64) -> Option<InstrumentId> {
        self.0.first().filter(|&&(time_ns, _)| time_ns <= now_ns).map(|&(_, instrument)| instrument)
    }
}

#[derive(Default)]
pub struct Due {
    ends: BTreeSet<(u64, OrderId)>,
    /// Day orders by their trade date.
    days: BTreeSet<(u32, OrderId)>,
    /// Calls of auctions, by when they end or say their price.
    pub calls: Timetable,
    /// What protects prices, by when something of it is due.
    pub protections: Timetable,
    /// Instruments with what was begun and not finished: stops that were reached, an uncrossing, a retirement.
    unfinished: BTreeSet<InstrumentId>,
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

    pub fn set_unfinished(&mut self, instrument: InstrumentId, unfinished: bool) {
        if unfinished {
            self.unfinished.insert(instrument);
        } else {
            self.unfinished.remove(&instrument);
        }
    }

    /// When the first order ends, or an instrument is first due.
    pub fn next(&self) -> Option<u64> {
        let end = self.ends.first().map(|&(time_ns, _)| time_ns);
        [end, self.calls.first(), self.protections.first()].into_iter().flatten().min()
    }

    /// The first that ends by `now_ns`. It stays until it is removed.
    pub fn first_by(&self, now_ns: u64) -> Option<OrderId> {
        self.ends.first().filter(|&&(time_ns, _)| time_ns <= now_ns).map(|&(_, order)| order)
    }

    /// Whether anything is kept that waits for no time.
    pub fn has_more_than_times(&self) -> bool {
        !(self.days.is_empty() && self.unfinished.is_empty())
    }

    /// The first day order of an earlier date. It stays until it is removed.
    pub fn first_day(&self, trade_date: u32) -> Option<OrderId> {
        self.days.first().filter(|&&(date, _)| date < trade_date).map(|&(_, order)| order)
    }

    pub fn unfinished(&self) -> impl Iterator<Item = InstrumentId> + '_ {
        self.unfinished.iter().copied()
    }
}
