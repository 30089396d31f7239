//! What is due, and when: the engine's own work that waits for time. Knows orders by their ids, and no rule.
//!
//! In the order of time, then of order ids, so that every engine does the same work in the same pulse. Nothing is kept for an
//! order that waits for nothing.

use crate::types::OrderId;
use std::collections::BTreeSet;

#[derive(Default)]
pub struct Due {
    orders: BTreeSet<(u64, OrderId)>,
}

impl Due {
    pub fn add(&mut self, time_ns: u64, order: OrderId) {
        assert!(self.orders.insert((time_ns, order)), "an order is due once");
    }

    pub fn remove(&mut self, time_ns: u64, order: OrderId) {
        assert!(self.orders.remove(&(time_ns, order)), "an order that is due is known");
    }

    /// When the first is due.
    pub fn next(&self) -> Option<u64> {
        self.orders.first().map(|&(time_ns, _)| time_ns)
    }

    /// The first that is due by `now_ns`. It stays until it is removed.
    pub fn first_by(&self, now_ns: u64) -> Option<OrderId> {
        self.orders.first().filter(|&&(time_ns, _)| time_ns <= now_ns).map(|&(_, order)| order)
    }
}
