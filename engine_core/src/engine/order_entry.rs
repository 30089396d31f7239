//! Commands on orders: place, cancel, amend, cancel all. What may rest or trade is decided here; how it
//! trades is `matching`.

use super::matching::{Incoming, Size};
use super::{Applied, Engine};
use crate::client_ids::{ClientId, Key, Named, Outcome};
use crate::command::OrderEntry;
use crate::event::{CancelReason, Event, OrderStatus, RejectCode, kind, priority};
use crate::orders::Order;
use crate::risk;
use crate::types::*;

/// The parts of a PLACE that can be malformed.
struct Terms {
    side: Side,
    order_type: OrderType,
    time_in_force: TimeInForce,
    stp: SelfTradePrevention,
    quantity_kind: QuantityKind,
    client_id: ClientId,
}

impl Terms {
    #[inline]
    fn read(body: &OrderEntry) -> Result<Terms, RejectCode> {
        if body.order_id != 0 {
            return Err(RejectCode::Malformed);
        }
        Ok(Terms {
            side: Side::try_from(body.side)?,
            order_type: OrderType::try_from(body.order_type)?,
            time_in_force: TimeInForce::try_from(body.time_in_force)?,
            stp: SelfTradePrevention::try_from(body.stp)?,
            quantity_kind: QuantityKind::try_from(body.quantity_kind)?,
            client_id: ClientId::new(body.client_order_id_len, &body.client_order_id).ok_or(RejectCode::Malformed)?,
        })
    }

    /// Markets never rest; a notional is spent at once, by a buyer.
    #[inline]
    fn can_be_combined(&self) -> bool {
        let market = self.order_type == OrderType::Market;
        let notional = self.quantity_kind == QuantityKind::Notional;
        !(market && !matches!(self.time_in_force, TimeInForce::Ioc | TimeInForce::Fok)
            || notional && (self.side == Side::Sell || self.time_in_force != TimeInForce::Ioc))
    }
}

impl Engine {
    pub(super) fn place(&mut self, account: AccountId, body: &OrderEntry, events: &mut Vec<Event>) -> Applied {
        let terms = Terms::read(body)?;
        self.known_account(account)?;
        let key = Key::new(account, terms.client_id);
        if let Some(named) = self.client_ids.find(&key) {
            self.emit_duplicate(account, named, events);
            return Ok(());
        }
        let id = InstrumentId(body.instrument);
        let instrument = *self.registry.instruments.get(id.index()).ok_or(RejectCode::UnknownInstrument)?;
        if instrument.halted {
            return Err(RejectCode::InstrumentHalted);
        }
        if !terms.can_be_combined() {
            return Err(RejectCode::InvalidCombination);
        }
        if body.quantity < 1 {
            return Err(RejectCode::InvalidQuantity);
        }
        let price_is_valid = match terms.order_type {
            OrderType::Limit => (1..=instrument.max_price.0).contains(&body.price),
            OrderType::Market => body.price == 0,
        };
        if !price_is_valid {
            return Err(RejectCode::InvalidPrice);
        }
        let row = &self.accounts[account.index()];
        if row.open_count >= MAX_OPEN_ORDERS_PER_ACCOUNT {
            return Err(RejectCode::OpenOrderLimit);
        }
        if self.orders.is_full() || self.orders_accepted == MAX_ORDERS_ACCEPTED {
            return Err(RejectCode::EngineFull);
        }
        let fees = self.registry.fee_schedules[row.fee_schedule as usize];
        let best_opposite = self.books[id.index()].best(terms.side.opposite());
        let limit = match terms.order_type {
            OrderType::Limit => PriceTicks(body.price),
            OrderType::Market => {
                let best = best_opposite.ok_or(RejectCode::NoLiquidity)?;
                risk::collar(terms.side, best, instrument.collar_bps, instrument.max_price)
            }
        };
        let size = match terms.quantity_kind {
            QuantityKind::Lots => Size::Lots(QuantityLots(body.quantity)),
            QuantityKind::Notional => Size::Notional(Amount(body.quantity)),
        };
        let mut incoming = Incoming {
            id: OrderId(0),
            account,
            instrument_id: id,
            instrument,
            side: terms.side,
            order_type: terms.order_type,
            time_in_force: terms.time_in_force,
            stp: terms.stp,
            limit,
            size,
            filled: QuantityLots(0),
            fees,
            held: Amount::ZERO,
            key: &key,
            rested_before: false,
        };
        incoming.held = incoming.required_hold()?;
        if terms.time_in_force == TimeInForce::PostOnly && incoming.crosses(best_opposite) {
            return Err(RejectCode::PostOnlyWouldCross);
        }
        if self.ledger.balance(account, incoming.held_asset()).available < incoming.held {
            return Err(RejectCode::InsufficientFunds);
        }
        if terms.time_in_force == TimeInForce::Fok && !self.can_fill_whole(&incoming) {
            return Err(RejectCode::FokUnfillable);
        }

        self.orders_accepted += 1;
        incoming.id = OrderId::new(self.orders_accepted, self.orders.allocate());
        self.ledger.hold(account, incoming.held_asset(), incoming.held);
        let (lots, budget) = match size {
            Size::Lots(lots) => (lots, Amount::ZERO),
            Size::Notional(budget) => (QuantityLots(0), budget),
        };
        let accepted = Event {
            kind: kind::ACCEPTED,
            side: terms.side as u8,
            instrument: id.0,
            order_id: incoming.id.0,
            price: limit.0,
            quantity: lots.0,
            leaves: lots.0,
            cash: budget.0,
            ..Event::EMPTY
        };
        self.emit(account, accepted, events);
        self.run(&mut incoming, events);
        Ok(())
    }

    fn emit_duplicate(&mut self, account: AccountId, named: Named, events: &mut Vec<Event>) {
        let duplicate = Event { kind: kind::DUPLICATE, ..Event::EMPTY };
        let event = match named {
            Named::Open(slot) => {
                let order = &self.orders[slot];
                Event {
                    code: OrderStatus::Open as u8,
                    instrument: u32::from(order.instrument),
                    side: order.side as u8,
                    order_id: order.id.0,
                    price: i64::from(order.price),
                    quantity: order.quantity.0,
                    leaves: order.leaves.0,
                    filled: order.filled().0,
                    ..duplicate
                }
            }
            Named::Finished(order) => Event {
                code: order.status as u8,
                instrument: order.instrument.0,
                side: order.side as u8,
                order_id: order.order_id.0,
                price: order.price.0,
                quantity: order.quantity.0,
                filled: order.filled.0,
                ..duplicate
            },
        };
        self.emit(account, event, events);
    }

    /// The open order that a CANCEL or AMEND names, by exactly one of order id and client id.
    #[inline]
    fn named_order(&self, account: AccountId, body: &OrderEntry) -> Result<u32, RejectCode> {
        let client_id = ClientId::new(body.client_order_id_len, &body.client_order_id).ok_or(RejectCode::Malformed)?;
        if (body.order_id == 0) == client_id.is_empty() {
            return Err(RejectCode::Malformed);
        }
        self.known_account(account)?;
        if !client_id.is_empty() {
            return self.client_ids.find_open(&Key::new(account, client_id)).ok_or(RejectCode::UnknownOrder);
        }
        let slot = self.orders.find(OrderId(body.order_id)).ok_or(RejectCode::UnknownOrder)?;
        if self.orders[slot].account == account { Ok(slot) } else { Err(RejectCode::UnknownOrder) }
    }

    pub(super) fn cancel(&mut self, account: AccountId, body: &OrderEntry, events: &mut Vec<Event>) -> Applied {
        let slot = self.named_order(account, body)?;
        self.cancel_resting(slot, CancelReason::User, events);
        Ok(())
    }

    pub(super) fn cancel_all(&mut self, account: AccountId, body: &OrderEntry, events: &mut Vec<Event>) -> Applied {
        self.known_account(account)?;
        let only = body.instrument;
        if only != NONE_ID && only as usize >= self.registry.instruments.len() {
            return Err(RejectCode::UnknownInstrument);
        }
        let (mut at, mut cancelled) = (self.accounts[account.index()].open_head, 0);
        while at != crate::orders::NIL {
            let order = &self.orders[at];
            let next = order.account_next;
            if only == NONE_ID || only == u32::from(order.instrument) {
                self.cancel_resting(at, CancelReason::CancelAll, events);
                cancelled += 1;
            }
            at = next;
        }
        let done = Event { kind: kind::CANCEL_ALL_DONE, instrument: only, quantity: cancelled, ..Event::EMPTY };
        self.emit(account, done, events);
        Ok(())
    }

    /// Takes a resting order off the book, gives its hold back, says so, and finishes it.
    pub(super) fn cancel_resting(&mut self, slot: u32, reason: CancelReason, events: &mut Vec<Event>) {
        let order = self.orders[slot];
        let instrument = &self.registry.instruments[usize::from(order.instrument)];
        let (asset, hold) = match order.side {
            Side::Buy => (instrument.quote, resting_buy_hold(&order, instrument.tick_lot_value)),
            Side::Sell => (instrument.base, resting_sell_hold(&order, instrument.lot_size)),
        };
        self.books[usize::from(order.instrument)].remove(&mut self.levels, &mut self.orders, slot);
        self.ledger.release(order.account, asset, hold);
        self.ledger.assert_conserved(asset);
        let event = Event {
            kind: kind::CANCELLED,
            code: reason as u8,
            side: order.side as u8,
            instrument: u32::from(order.instrument),
            order_id: order.id.0,
            price: i64::from(order.price),
            quantity: order.quantity.0,
            leaves: order.leaves.0,
            filled: order.filled().0,
            ..Event::EMPTY
        };
        self.emit(order.account, event, events);
        self.finish_resting(slot, OrderStatus::Cancelled);
    }

    /// Frees a resting order that has left the book and moves its client id to the finished window.
    #[inline]
    pub(super) fn finish_resting(&mut self, slot: u32, status: OrderStatus) {
        let order = self.orders[slot];
        let account = &mut self.accounts[order.account.index()];
        account.unlink(&mut self.orders, slot);
        self.orders.free(slot);
        let outcome = Outcome {
            status,
            instrument: order.instrument(),
            side: order.side,
            order_id: order.id,
            price: order.price(),
            quantity: order.quantity,
            filled: order.filled(),
        };
        self.client_ids.finish_resting(slot, &outcome);
    }

    pub(super) fn amend(&mut self, account: AccountId, body: &OrderEntry, events: &mut Vec<Event>) -> Applied {
        let slot = self.named_order(account, body)?;
        let order = self.orders[slot];
        let instrument = self.registry.instruments[usize::from(order.instrument)];
        if instrument.halted {
            return Err(RejectCode::InstrumentHalted);
        }
        let (price, total) = (PriceTicks(body.price), QuantityLots(body.quantity));
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
        let leaves = total - order.filled();
        let mut amended = Event {
            kind: kind::AMENDED,
            code: priority::KEPT,
            side: order.side as u8,
            instrument: u32::from(order.instrument),
            order_id: order.id.0,
            price: price.0,
            quantity: total.0,
            leaves: leaves.0,
            filled: order.filled().0,
            reference: u64::from(order.price),
            ..Event::EMPTY
        };
        if price == order.price() && total < order.quantity {
            self.decrease(slot, order.quantity - total);
            self.emit(account, amended, events);
            return Ok(());
        }

        let key = self.client_ids.key(slot);
        let mut incoming = Incoming {
            id: order.id,
            account,
            instrument_id: order.instrument(),
            instrument,
            side: order.side,
            order_type: OrderType::Limit,
            time_in_force: order.time_in_force,
            stp: order.stp,
            limit: price,
            size: Size::Lots(leaves),
            filled: order.filled(),
            fees: self.registry.fee_schedules[self.accounts[account.index()].fee_schedule as usize],
            held: Amount::ZERO,
            key: &key,
            rested_before: true,
        };
        incoming.held = incoming.required_hold()?;
        let best_opposite = self.books[usize::from(order.instrument)].best(order.side.opposite());
        if order.time_in_force == TimeInForce::PostOnly && incoming.crosses(best_opposite) {
            return Err(RejectCode::PostOnlyWouldCross);
        }
        let old_hold = match order.side {
            Side::Buy => resting_buy_hold(&order, instrument.tick_lot_value),
            Side::Sell => resting_sell_hold(&order, instrument.lot_size),
        };
        let asset = incoming.held_asset();
        if self.ledger.balance(account, asset).available + old_hold < incoming.held {
            return Err(RejectCode::InsufficientFunds);
        }
        self.books[usize::from(order.instrument)].remove(&mut self.levels, &mut self.orders, slot);
        self.ledger.release(account, asset, old_hold);
        self.ledger.hold(account, asset, incoming.held);
        amended.code = priority::LOST;
        self.emit(account, amended, events);
        self.run(&mut incoming, events);
        Ok(())
    }

    /// Lowers an order's total and what it has left; it keeps its place in the queue.
    fn decrease(&mut self, slot: u32, by: QuantityLots) {
        let before = self.orders[slot];
        let instrument = self.registry.instruments[usize::from(before.instrument)];
        self.books[usize::from(before.instrument)].reduce(&mut self.levels, &mut self.orders, slot, by);
        self.orders[slot].quantity -= by;
        let after = &self.orders[slot];
        let (asset, released) = match before.side {
            Side::Buy => {
                let hold = |order| resting_buy_hold(order, instrument.tick_lot_value);
                (instrument.quote, hold(&before) - hold(after))
            }
            Side::Sell => {
                let hold = |order| resting_sell_hold(order, instrument.lot_size);
                (instrument.base, hold(&before) - hold(after))
            }
        };
        self.ledger.release(before.account, asset, released);
        self.ledger.assert_conserved(asset);
    }
}

/// What a resting buy holds. It was checked when the order was accepted, so it can not overflow.
#[inline]
pub(crate) fn resting_buy_hold(order: &Order, tick_lot_value: i64) -> Amount {
    risk::buy_hold(order.price(), order.leaves, tick_lot_value, u32::from(order.hold_rate))
        .expect("checked at acceptance")
}

#[inline]
pub(crate) fn resting_sell_hold(order: &Order, lot_size: i64) -> Amount {
    risk::sell_hold(order.leaves, lot_size).expect("checked at acceptance")
}
