//! AMEND: a new price or total for an open order. A smaller total keeps the place in the queue; anything else is a new arrival.

use super::incoming::{Incoming, Size};
use super::{Applied, Engine, Output, change};
use crate::command::{Amend, Command, OrderAttributes};
use crate::event::Amended;
use crate::orders::Order;
use crate::registry::Terms;
use crate::types::*;

impl Engine {
    pub(super) fn amend<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let body: Amend = command.body();
        let words = command.client_order_id_words::<Amend>();
        let slot = self.named_order(account, body.order_id, body.client_order_id_len, words)?;
        let order = self.orders[slot];
        let (price, total) = (PriceTicks(body.price), QuantityLots(body.quantity));
        self.check_amendment(&order, price, total)?;
        if price == order.price() && total < order.quantity {
            self.decrease(slot, order.quantity - total);
            out.change(change(&self.orders[slot], ChangeKind::Reduced));
            self.emit_amended(&order, price, total, Priority::Kept, out);
            return Ok(());
        }
        self.replace(slot, &order, price, total, out)
    }

    fn check_amendment(&self, order: &Order, price: PriceTicks, total: QuantityLots) -> Applied {
        let instrument = &self.registry.instruments[usize::from(order.instrument)];
        if instrument.halted {
            return Err(RejectCode::InstrumentHalted);
        }
        if total.0 < 1 {
            return Err(RejectCode::InvalidQuantity);
        }
        if !(1..=instrument.max_price.0).contains(&price.0) {
            return Err(RejectCode::InvalidPrice);
        }
        if price == order.price() && total == order.quantity {
            return Err(RejectCode::AmendNoChange);
        }
        if total <= order.filled() {
            return Err(RejectCode::AmendBelowFilled);
        }
        Ok(())
    }

    fn emit_amended<O: Output>(
        &mut self,
        before: &Order,
        price: PriceTicks,
        total: QuantityLots,
        priority: Priority,
        out: &mut O,
    ) {
        let client_id = self.client_id_of(before);
        let amended = Amended {
            side: before.side as u8,
            reason: priority as u8,
            order_id: before.id.0,
            instrument: u32::from(before.instrument),
            price: price.0 as u32,
            quantity: total.0,
            leaves: (total - before.filled()).0,
            filled: before.filled().0,
            previous_price: before.price,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..Amended::EMPTY
        };
        self.emit(before.account, amended, out);
    }

    /// Takes the order out, holds for what it is now, and lets it match as a new arrival with its old id.
    fn replace<O: Output>(
        &mut self,
        slot: u32,
        order: &Order,
        price: PriceTicks,
        total: QuantityLots,
        out: &mut O,
    ) -> Applied {
        let account = order.account;
        let terms = self.registry.instruments[usize::from(order.instrument)].terms();
        let name = order.named.then(|| *self.client_ids.name(slot));
        let mut incoming = Incoming {
            id: order.id,
            account,
            instrument_id: order.instrument(),
            terms,
            side: order.side,
            order_type: OrderType::Limit,
            time_in_force: order.time_in_force,
            stp: order.stp,
            limit: price,
            size: Size::Lots(total - order.filled()),
            filled: order.filled(),
            fees: self.registry.fee_schedules[self.accounts[account.index()].fee_schedule as usize],
            held: Amount::ZERO,
            name: name.as_ref(),
            attributes: OrderAttributes::NONE,
            rested_before: true,
            moved_from: None,
        };
        incoming.held = incoming.required_hold()?;
        let best_opposite = self.books[usize::from(order.instrument)].best(order.side.opposite());
        if order.time_in_force == TimeInForce::PostOnly && incoming.crosses(best_opposite) {
            return Err(RejectCode::PostOnlyWouldCross);
        }
        let (asset, old_hold) = (incoming.held_asset(), terms.resting_hold(order));
        if self.ledger.balance(account, asset).available + old_hold < incoming.held {
            return Err(RejectCode::InsufficientFunds);
        }
        self.books[usize::from(order.instrument)].remove(&mut self.levels, &mut self.orders, slot);
        if incoming.crosses(best_opposite) {
            out.change(change(order, ChangeKind::Removed));
        } else {
            incoming.moved_from = Some(order.price());
        }
        self.ledger.release(account, asset, old_hold);
        self.ledger.hold(account, asset, incoming.held);
        self.emit_amended(order, price, total, Priority::Lost, out);
        self.run(&mut incoming, out);
        Ok(())
    }

    /// Lowers an order's total and what it has left; it keeps its place in the queue.
    fn decrease(&mut self, slot: u32, by: QuantityLots) {
        let before = self.orders[slot];
        let terms: Terms = self.registry.instruments[usize::from(before.instrument)].terms();
        self.books[usize::from(before.instrument)].reduce(&mut self.levels, &mut self.orders, slot, by);
        self.orders[slot].quantity -= by;
        let released = terms.resting_hold(&before) - terms.resting_hold(&self.orders[slot]);
        let asset = terms.held_asset(before.side);
        self.ledger.release(before.account, asset, released);
        self.ledger.assert_conserved(asset);
    }
}
