//! How orders end: taken off the book, cancelled on arrival, finished. Knows no matching.

use super::incoming::{Incoming, Size};
use super::{Engine, Output};
use crate::client_ids::{ClientId, Outcome};
use crate::event::Cancelled;
use crate::orders::Order;
use crate::registry::Terms;
use crate::types::*;

impl Engine {
    /// The client order id of an open order, empty if it has none.
    #[inline]
    pub(super) fn client_id_of(&self, order: &Order) -> ClientId {
        if order.named { self.client_ids.name(order.id.slot()).client_id } else { ClientId::EMPTY }
    }

    /// What an order with attributes has left, and holds for it.
    #[cold]
    fn left_and_hold(&self, order: &Order, terms: &Terms) -> (QuantityLots, Amount) {
        let hold = self.hold_of(order, terms).expect("checked at acceptance");
        (self.orders.left(order), hold)
    }

    /// Takes a resting order off the book, gives its hold back, says so, and finishes it.
    pub(super) fn cancel_resting<O: Output>(&mut self, slot: u32, reason: CancelReason, out: &mut O) {
        let order = self.orders[slot];
        if order.named {
            self.client_ids.prefetch_name(slot);
        }
        // Its neighbours in both lists, all at once.
        for neighbour in [order.next, order.prev, order.account_next, order.account_prev] {
            self.orders.prefetch(neighbour);
        }
        let terms = self.registry.instruments[usize::from(order.instrument)].terms();
        let asset = terms.held_asset(order.side);
        self.books[usize::from(order.instrument)].remove(&mut self.levels, &mut self.orders, slot);
        self.count_shown(&order, QuantityLots(-order.leaves.0));
        if order.ladder.is_displayed() {
            out.change(self.change(&order, ChangeKind::Removed));
        }
        let (left, hold) = match order.attributed {
            false => (order.leaves, terms.resting_hold(&order, order.leaves)),
            true => self.left_and_hold(&order, &terms),
        };
        self.ledger.release(order.account, asset, hold);
        self.ledger.assert_conserved(asset);
        let client_id = self.client_id_of(&order);
        let cancelled = Cancelled {
            side: order.side as u8,
            reason: reason as u8,
            order_id: order.id.0,
            instrument: u32::from(order.instrument),
            price: order.price,
            quantity: order.quantity.0,
            leaves: left.0,
            filled: (order.quantity - left).0,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..Cancelled::EMPTY
        };
        self.emit(order.account, cancelled, out);
        self.finish_resting(slot, OrderStatus::Cancelled, out);
        self.touch(order.instrument());
    }

    /// Frees a resting order that has left the book and moves its client id to the finished window.
    #[inline]
    pub(super) fn finish_resting<O: Output>(&mut self, slot: u32, status: OrderStatus, out: &mut O) {
        let order = self.orders[slot];
        if order.attributed {
            self.finish_attributed(slot, status, out);
        } else {
            self.vacate(&order, order.quantity - order.leaves, status);
        }
        if order.quote_group != 0 {
            self.remove_quote(&order);
        }
    }

    /// The same of an order with attributes: it is due no more, its other leg goes, its exits follow.
    #[cold]
    fn finish_attributed<O: Output>(&mut self, slot: u32, status: OrderStatus, out: &mut O) {
        let (order, attributes) = (self.orders[slot], *self.orders.attributes(slot));
        let filled = self.orders.filled(&order);
        self.unschedule(slot);
        self.vacate(&order, filled, status);
        self.follow_resting_entry(&order, &attributes, filled);
        if attributes.partner != 0 {
            self.cancel_linked(OrderId(attributes.partner), out);
        }
    }

    #[inline]
    fn vacate(&mut self, order: &Order, filled: QuantityLots, status: OrderStatus) {
        let slot = order.id.slot();
        let account = &mut self.accounts[order.account.index()];
        account.unlink(&mut self.orders, slot);
        self.orders.free(slot);
        if order.named {
            let outcome = Outcome {
                status,
                instrument: order.instrument(),
                side: order.side,
                order_id: order.id,
                price: order.price(),
                quantity: order.quantity,
                filled,
            };
            self.client_ids.finish_resting(slot, &outcome, &mut account.window);
        }
    }

    /// Ends an incoming order with something left: its hold returns.
    pub(super) fn cancel_incoming<O: Output>(&mut self, incoming: &Incoming, reason: CancelReason, out: &mut O) {
        self.ledger.release(incoming.account, incoming.held_asset(), incoming.held);
        let budget_left = match incoming.size {
            Size::Lots(_) => Amount::ZERO,
            Size::Notional(budget) => budget,
        };
        let client_id = incoming.client_id();
        let cancelled = Cancelled {
            side: incoming.side as u8,
            reason: reason as u8,
            order_id: incoming.id.0,
            instrument: incoming.instrument_id.0,
            price: incoming.limit.0 as u32,
            quantity: incoming.total().0,
            leaves: incoming.size.lots().0,
            filled: incoming.filled.0,
            budget: budget_left.0,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..Cancelled::EMPTY
        };
        self.emit(incoming.account, cancelled, out);
        self.finish_incoming(incoming, OrderStatus::Cancelled);
    }

    /// Frees the slot of an order that is not on the book and moves its client id to the finished window.
    #[inline]
    pub(super) fn finish_incoming(&mut self, incoming: &Incoming, status: OrderStatus) {
        let slot = incoming.id.slot();
        if incoming.rested_before && self.orders[slot].attributed {
            self.unschedule(slot);
        }
        if incoming.rested_before && incoming.quote_group != 0 {
            self.remove_quote(&{ self.orders[slot] });
        }
        let account = &mut self.accounts[incoming.account.index()];
        if incoming.rested_before {
            account.unlink(&mut self.orders, slot);
        }
        self.orders.free(slot);
        let Some(name) = incoming.name else { return };
        let outcome = Outcome {
            status,
            instrument: incoming.instrument_id,
            side: incoming.side,
            order_id: incoming.id,
            price: incoming.limit,
            quantity: incoming.total(),
            filled: incoming.filled,
        };
        if incoming.rested_before {
            self.client_ids.finish_resting(slot, &outcome, &mut account.window);
        } else {
            self.client_ids.finish(name, &outcome, &mut account.window);
        }
    }
}
