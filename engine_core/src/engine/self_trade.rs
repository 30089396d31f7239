//! Two orders of one party meet: the incoming one's mode decides which of them goes, or how much of both.

use super::incoming::{Incoming, Size};
use super::{Engine, Output};
use crate::event::Amended;
use crate::types::*;

impl Engine {
    /// Keeps two orders of one party from trading. Returns the reason if the incoming one's remainder is cancelled for
    /// it.
    #[cold]
    pub(super) fn prevent_self_trade<O: Output>(
        &mut self,
        incoming: &mut Incoming,
        slot: u32,
        out: &mut O,
    ) -> Option<CancelReason> {
        match incoming.stp {
            SelfTradePrevention::CancelNewest => return Some(CancelReason::SelfTradeIncoming),
            SelfTradePrevention::Decrement => return self.decrement_both(incoming, slot, out),
            _ => self.cancel_resting(slot, CancelReason::SelfTradeResting, out),
        }
        (incoming.stp == SelfTradePrevention::CancelBoth).then_some(CancelReason::SelfTradeIncoming)
    }

    /// Takes from both what would have filled.
    fn decrement_both<O: Output>(&mut self, incoming: &mut Incoming, slot: u32, out: &mut O) -> Option<CancelReason> {
        let (resting, lots) = (self.orders[slot], incoming.size.lots());
        let by = lots.min(resting.leaves);
        if self.orders.left(&resting) == by {
            self.cancel_resting(slot, CancelReason::SelfTradeResting, out);
        } else {
            self.decrement_resting(slot, by, out);
        }
        if lots == by {
            return Some(CancelReason::SelfTradeIncoming);
        }
        incoming.size = Size::Lots(lots - by);
        let held = incoming.required_hold().expect("no more than at acceptance");
        self.ledger.release(incoming.account, incoming.held_asset(), incoming.held - held);
        incoming.held = held;
        let client_id = incoming.client_id();
        let amended = Amended {
            side: incoming.side as u8,
            reason: Priority::Decremented as u8,
            order_id: incoming.id.0,
            instrument: incoming.instrument_id.0,
            price: incoming.limit.0 as u32,
            quantity: incoming.total().0,
            leaves: incoming.size.lots().0,
            filled: incoming.filled.0,
            previous_price: incoming.limit.0 as u32,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..Amended::EMPTY
        };
        self.emit(incoming.account, amended, out);
        None
    }

    fn decrement_resting<O: Output>(&mut self, slot: u32, by: QuantityLots, out: &mut O) {
        let before = self.orders[slot];
        let terms = self.registry.instruments[usize::from(before.instrument)].terms();
        let left = self.orders.left(&before);
        self.books[usize::from(before.instrument)].reduce(&mut self.levels, &mut self.orders, slot, by);
        self.orders[slot].quantity -= by;
        self.count_shown(&before, QuantityLots(-by.0));
        let released = terms.resting_hold(&before, left) - terms.resting_hold(&before, left - by);
        self.ledger.release(before.account, terms.held_asset(before.side), released);
        if before.ladder.is_displayed() {
            // A slice that is gone whole is another order's removal to those who see it.
            out.change(if before.leaves == by {
                self.change(&before, ChangeKind::Removed)
            } else {
                self.change(&self.orders[slot], ChangeKind::Reduced)
            });
        }
        let (price, quantity, leaves) = (before.price, (before.quantity - by).0, (left - by).0);
        let now = Amended { price, quantity, leaves, ..Amended::EMPTY };
        self.emit_amended(&before, now, Priority::Decremented, out);
        if before.attributed {
            self.go_on_resting(slot, out);
        }
    }
}
