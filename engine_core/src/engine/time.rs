//! PULSE: what is due is done, a bounded part at a time. The engine reads no clock: it says when it wants a pulse, and the
//! sequencer answers with one. Whatever else happens goes on in between.

use super::{Applied, Engine, Output};
use crate::command::OrderAttributes;
use crate::event::Pulsed;
use crate::types::*;

/// When an order ends by itself; 0 if it does not.
fn ends_at(attributes: &OrderAttributes) -> u64 {
    attributes.expires_at
}

impl Engine {
    /// When the engine wants its next pulse: it may be past already.
    #[inline]
    pub fn next_due(&self) -> Option<u64> {
        self.due.next()
    }

    pub(super) fn pulse<O: Output>(&mut self, out: &mut O) -> Applied {
        let mut items = 0;
        while items < PULSE_ITEMS
            && let Some(order) = self.due.first_by(self.timestamp_ns)
        {
            self.cancel_resting(order.slot(), CancelReason::Expired, out);
            items += 1;
        }
        self.emit(VENUE_ACCOUNT, Pulsed { items, ..Pulsed::EMPTY }, out);
        Ok(())
    }

    /// An order with attributes has come to rest for the first time.
    #[cold]
    pub(crate) fn schedule(&mut self, slot: u32) {
        let time_ns = ends_at(self.orders.attributes(slot));
        if time_ns != 0 {
            self.due.add(time_ns, self.orders[slot].id);
        }
    }

    /// An order with attributes that rested is finished.
    #[cold]
    pub(super) fn unschedule(&mut self, slot: u32) {
        let time_ns = ends_at(self.orders.attributes(slot));
        if time_ns != 0 {
            self.due.remove(time_ns, self.orders[slot].id);
        }
    }
}
