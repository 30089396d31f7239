//! AMEND: a new price, size or attributes for an open order (`docs/market-rules.md`, section 12). What takes nothing
//! from others keeps the place in the queue; anything else is a new arrival.

use super::incoming::{Incoming, Size};
use super::matching::is_better;
use super::{Applied, Engine, Output};
use crate::change::BookChange;
use crate::command::{Amend, Command, OrderAttributes};
use crate::event::Amended;
use crate::orders::{Conduct, Order};
use crate::risk;
use crate::types::*;

/// An open order and what it shall become.
struct Amendment<'a> {
    slot: u32,
    order: Order,
    /// Lots filled.
    filled: QuantityLots,
    price: PriceTicks,
    total: QuantityLots,
    /// Of an order with attributes, or one that gets some.
    attributes: Option<&'a Attributes>,
}

struct Attributes {
    before: OrderAttributes,
    after: OrderAttributes,
}

impl Amendment<'_> {
    #[inline(always)]
    fn before(&self) -> &OrderAttributes {
        self.attributes.map_or(&OrderAttributes::NONE, |attributes| &attributes.before)
    }

    #[inline(always)]
    fn after(&self) -> &OrderAttributes {
        self.attributes.map_or(&OrderAttributes::NONE, |attributes| &attributes.after)
    }

    /// A market stop has no price of its own.
    fn is_market_stop(&self) -> bool {
        self.before().is_stop() && self.before().waiting_type == OrderType::Market as u8
    }

    fn changes_nothing(&self) -> bool {
        (self.price == self.order.price() || self.is_market_stop())
            && self.total == self.order.quantity
            && self.attributes.is_none_or(|attributes| attributes.before == attributes.after)
    }

    /// What takes nothing from those behind: no lots, no slice at another time, nobody who was passed over.
    fn keeps_place(&self) -> bool {
        self.price == self.order.price()
            && self.total <= self.order.quantity
            && self.after().display_quantity == self.before().display_quantity
            && self.after().min_quantity >= self.before().min_quantity
    }

    fn left(&self) -> QuantityLots {
        self.total - self.filled
    }

    /// What there is to say of it.
    #[inline(always)]
    fn event(&self, limit: PriceTicks) -> Amended {
        Amended {
            price: limit.0 as u32,
            quantity: self.total.0,
            leaves: self.left().0,
            trigger_price: self.after().trigger_price,
            ..Amended::EMPTY
        }
    }
}

/// The attributes that an amendment leaves.
fn amended(before: &OrderAttributes, body: &Amend) -> OrderAttributes {
    let given = |new: i64, old: i64| if new == 0 { old } else { new };
    OrderAttributes {
        display_quantity: given(body.display_quantity, before.display_quantity),
        min_quantity: given(body.min_quantity, before.min_quantity),
        expires_at: match body.expires_at {
            0 => before.expires_at,
            u64::MAX => 0,
            time_ns => time_ns,
        },
        trigger_price: if body.trigger_price == 0 { before.trigger_price } else { body.trigger_price },
        trail: if body.trail == 0 { before.trail } else { body.trail },
        ..*before
    }
}

impl Engine {
    pub(super) fn amend<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        if command.is_oldest_version() {
            let body: Amend = command.oldest_body();
            let words = command.text_words::<Amend>();
            let slot = self.named_order(account, body.order_id, body.client_order_id_len, words)?;
            let order = self.orders[slot];
            if !order.attributed {
                let (price, total) = (PriceTicks(body.price), QuantityLots(body.quantity));
                let filled = order.quantity - order.leaves;
                return self.decide(&Amendment { slot, order, filled, price, total, attributes: None }, &body, out);
            }
        }
        self.amend_attributes(account, command, out)
    }

    /// Amends an order that has attributes, or gets some. Apart, so that a plain one does not pay for it.
    #[inline(never)]
    fn amend_attributes<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let body: Amend = command.body();
        let words = command.text_words::<Amend>();
        let slot = self.named_order(account, body.order_id, body.client_order_id_len, words)?;
        let order = self.orders[slot];
        let before = if order.attributed { *self.orders.attributes(slot) } else { OrderAttributes::NONE };
        let attributes = Attributes { before, after: amended(&before, &body) };
        let amendment = Amendment {
            slot,
            order,
            filled: self.orders.filled(&order),
            price: PriceTicks(body.price),
            total: QuantityLots(body.quantity),
            attributes: Some(&attributes),
        };
        self.decide(&amendment, &body, out)
    }

    /// Refuses an amendment, or does it: in place where it can, else as a new arrival.
    #[inline(always)]
    fn decide<O: Output>(&mut self, amendment: &Amendment, body: &Amend, out: &mut O) -> Applied {
        self.check_amendment(amendment, body)?;
        if amendment.before().is_stop() {
            self.amend_waiting(amendment, out)?;
        } else if amendment.keeps_place() {
            self.amend_in_place(amendment, out);
        } else {
            self.replace(amendment, out)?;
        }
        self.touch(amendment.order.instrument());
        Ok(())
    }

    /// Gives a quote another price, or as much to trade as it shall have left: in place where that takes nothing from
    /// others, else as a new arrival of this conduct.
    #[inline(always)]
    pub(super) fn requote<O: Output>(
        &mut self,
        slot: u32,
        price: PriceTicks,
        left: QuantityLots,
        conduct: Conduct,
        out: &mut O,
    ) -> Applied {
        let order = self.orders[slot];
        let filled = order.quantity - order.leaves;
        let total = filled.0.checked_add(left.0).map(QuantityLots).ok_or(RejectCode::Overflow)?;
        let amendment = Amendment { slot, order, filled, price, total, attributes: None };
        if amendment.keeps_place() {
            self.amend_in_place(&amendment, out);
        } else {
            let touch = self.touch_without(order.instrument(), order.side.opposite(), slot);
            let crosses = touch.is_some_and(|touch| !is_better(order.side.opposite(), price, touch));
            let amendment = Amendment { order: Order { conduct, ..order }, ..amendment };
            if crosses { self.replace_apart(&amendment, out) } else { self.move_quote(&amendment, out) }?;
        }
        self.touch(order.instrument());
        Ok(())
    }

    #[cold]
    fn replace_apart<O: Output>(&mut self, amendment: &Amendment, out: &mut O) -> Applied {
        self.replace(amendment, out)
    }

    /// As [`Engine::replace`] of a quote that crosses nothing: it never leaves its slot.
    #[inline(always)]
    fn move_quote<O: Output>(&mut self, amendment: &Amendment, out: &mut O) -> Applied {
        let &Amendment { slot, ref order, price, total, .. } = amendment;
        let account = &self.accounts[order.account.index()];
        let is_bounded = account.max_open_notional != 0;
        let instrument = order.instrument();
        let terms = self.registry.instruments[instrument.index()].terms();
        let fees = self.rates(order.account, account, instrument, terms.quote);
        let held = terms.hold(order.side, price, amendment.left(), fees.hold_rate())?;
        if !self.registry.instruments[instrument.index()].is_plain {
            self.check_size(instrument, price, Size::Lots(amendment.left()), QuantityLots(0))?;
            self.check_band(instrument, order.side, price)?;
            self.check_eligible(order.account, instrument, order.side, amendment.left())?;
        }
        if is_bounded {
            self.check_open_notional(order.account, terms.quote, terms.worth(price, amendment.left()), Some(slot))?;
        }
        let (asset, old_hold) = (terms.held_asset(order.side), terms.resting_hold(order, order.leaves));
        if !self.ledger.exchange_hold(order.account, asset, old_hold, held) {
            return Err(RejectCode::InsufficientFunds);
        }
        self.ledger.assert_conserved(asset);
        let book = &mut self.books[usize::from(order.instrument)];
        book.remove(&mut self.levels, &mut self.orders, slot);
        let moved = &mut self.orders[slot];
        (moved.price, moved.quantity, moved.leaves) = (price.0 as u32, total, amendment.left());
        (moved.maker_rate, moved.hold_rate, moved.conduct) = (fees.maker_rate, fees.hold_rate(), order.conduct);
        book.append(&mut self.levels, &mut self.orders, slot);
        self.count_shown(order, QuantityLots(-order.leaves.0));
        self.count_shown(&Order { price: price.0 as u32, ..*order }, amendment.left());
        let previous_price = order.price;
        out.change(BookChange { previous_price, ..self.change(&self.orders[slot], ChangeKind::Moved) });
        self.emit_amended(order, amendment.event(price), Priority::Lost, out);
        Ok(())
    }

    #[inline(always)]
    fn check_amendment(&self, amendment: &Amendment, body: &Amend) -> Applied {
        let Amendment { order, total, .. } = amendment;
        let (before, after) = (amendment.before(), amendment.after());
        let instrument = &self.registry.instruments[usize::from(order.instrument)];
        if !instrument.is_plain {
            self.check_open(order.instrument())?;
        }
        let not_its = order.quote_group != 0
            || order.ladder.is_auction()
            || before.partner != 0
            || body.display_quantity != 0 && before.display_quantity == 0
            || body.min_quantity != 0 && before.min_quantity == 0
            || body.trigger_price != 0 && !before.is_stop()
            || body.trail != 0 && before.trail == 0;
        if not_its {
            return Err(RejectCode::InvalidCombination);
        }
        let quantities_fit = total.0 >= 1
            && body.display_quantity >= 0
            && body.min_quantity >= 0
            && after.fit_slices(total.0)
            && (after.min_quantity == 0 || amendment.left().0 >= after.min_quantity);
        if !quantities_fit {
            return Err(RejectCode::InvalidQuantity);
        }
        let price_fits = if amendment.is_market_stop() {
            body.price == 0
        } else {
            (1..=instrument.max_price.0).contains(&body.price)
        };
        if !price_fits || i64::from(body.trigger_price.max(body.trail)) > instrument.max_price.0 {
            return Err(RejectCode::InvalidPrice);
        }
        if body.expires_at != 0 && body.expires_at <= self.timestamp_ns {
            return Err(RejectCode::InvalidExpiry);
        }
        if amendment.changes_nothing() {
            return Err(RejectCode::AmendNoChange);
        }
        if *total <= amendment.filled {
            return Err(RejectCode::AmendBelowFilled);
        }
        Ok(())
    }

    /// Says what an open order is now: `now` has its new price, total and trigger price, and what is left of it.
    #[inline]
    pub(super) fn emit_amended<O: Output>(&mut self, before: &Order, now: Amended, reason: Priority, out: &mut O) {
        let client_id = self.client_id_of(before);
        let amended = Amended {
            side: before.side as u8,
            reason: reason as u8,
            order_id: before.id.0,
            instrument: u32::from(before.instrument),
            filled: now.quantity - now.leaves,
            previous_price: before.price,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..now
        };
        self.emit(before.account, amended, out);
    }

    /// Lowers an order's total and what it has left, an iceberg's reserve first; it keeps its place in the queue.
    #[inline(always)]
    fn amend_in_place<O: Output>(&mut self, amendment: &Amendment, out: &mut O) {
        let &Amendment { slot, order, total, .. } = amendment;
        let terms = self.registry.instruments[usize::from(order.instrument)].terms();
        let (asset, old_hold) = (terms.held_asset(order.side), terms.resting_hold(&order, self.orders.left(&order)));
        let by = order.quantity - total;
        let from_reserve = by.min(QuantityLots(amendment.before().reserve));
        let from_shown = by - from_reserve;
        self.orders[slot].quantity = total;
        self.books[usize::from(order.instrument)].reduce(&mut self.levels, &mut self.orders, slot, from_shown);
        self.count_shown(&order, QuantityLots(-from_shown.0));
        if amendment.attributes.is_some() {
            let reserve = amendment.before().reserve - from_reserve.0;
            self.set_amended_attributes(slot, &OrderAttributes { reserve, ..*amendment.after() });
        }
        if order.ladder.is_displayed() && from_shown.0 > 0 {
            out.change(self.change(&self.orders[slot], ChangeKind::Reduced));
        }
        self.ledger.release(order.account, asset, old_hold - terms.resting_hold(&order, amendment.left()));
        self.ledger.assert_conserved(asset);
        self.emit_amended(&order, amendment.event(order.price()), Priority::Kept, out);
    }

    /// Gives an open order other attributes, and makes them due instead of what it had.
    fn set_amended_attributes(&mut self, slot: u32, attributes: &OrderAttributes) {
        if self.orders[slot].attributed {
            self.unschedule(slot);
        }
        self.orders[slot].attributed = *attributes != OrderAttributes::NONE;
        if self.orders[slot].attributed {
            self.orders.set_attributes(slot, attributes);
            self.schedule(slot);
        }
    }

    /// A stop that waits has not taken anything from anybody: only a new trigger price costs its place.
    #[inline(never)]
    fn amend_waiting<O: Output>(&mut self, amendment: &Amendment, out: &mut O) -> Applied {
        let &Amendment { slot, order, total, .. } = amendment;
        let (before, after) = (amendment.before(), amendment.after());
        let instrument = &self.registry.instruments[usize::from(order.instrument)];
        let (terms, account) = (instrument.terms(), order.account);
        let moves = after.trigger_price != before.trigger_price;
        let queue = order.ladder.stop_index().expect("a stop waits among stops");
        if moves {
            self.check_not_reached(order.instrument(), queue, after.trigger_price)?;
        }
        let limit = if amendment.is_market_stop() {
            self.stop_collar(order.instrument(), order.side, after.trigger_price)
        } else {
            amendment.price
        };
        let hold = terms.hold(order.side, limit, total, order.hold_rate)?;
        if !instrument.is_plain {
            self.check_size(order.instrument(), limit, Size::Lots(total), QuantityLots(0))?;
            self.check_eligible(account, order.instrument(), order.side, total)?;
        }
        let worth = terms.worth(limit, total);
        if worth > terms.worth(order.price(), order.leaves) {
            self.check_open_notional(account, terms.quote, worth, Some(slot))?;
        }
        let (asset, old_hold) = (terms.held_asset(order.side), terms.resting_hold(&order, order.leaves));
        if self.ledger.balance(account, asset).available + old_hold < hold {
            return Err(RejectCode::InsufficientFunds);
        }
        self.ledger.release(account, asset, old_hold);
        self.ledger.hold(account, asset, hold);
        self.ledger.assert_conserved(asset);
        let book = &mut self.books[usize::from(order.instrument)];
        book.reduce(&mut self.levels, &mut self.orders, slot, order.leaves - total);
        self.orders[slot].quantity = total;
        self.orders[slot].price = limit.0 as u32;
        if moves {
            self.move_stop(slot, after.trigger_price);
        }
        self.set_amended_attributes(slot, after);
        self.emit_amended(&order, amendment.event(limit), if moves { Priority::Lost } else { Priority::Kept }, out);
        Ok(())
    }

    /// Takes the order out, holds for what it is now, and lets it match as a new arrival with its old id.
    #[inline(always)]
    fn replace<O: Output>(&mut self, amendment: &Amendment, out: &mut O) -> Applied {
        let &Amendment { slot, order, filled, .. } = amendment;
        let (account, book) = (order.account, usize::from(order.instrument));
        let instrument = &self.registry.instruments[book];
        let terms = instrument.terms();
        let touch = self.touch_without(order.instrument(), order.side.opposite(), slot);
        let name = order.named.then(|| *self.client_ids.name(slot));
        let is_iceberg = amendment.after().display_quantity > 0;
        let attributes = amendment.attributes.map(|attributes| OrderAttributes {
            slice: attributes.after.slice.wrapping_add(u8::from(is_iceberg)),
            reserve: 0,
            ..attributes.after
        });
        let row = &self.accounts[account.index()];
        let is_bounded = row.max_open_notional != 0;
        let mut incoming = Incoming {
            id: order.id,
            account,
            instrument_id: order.instrument(),
            terms,
            side: order.side,
            order_type: OrderType::Limit,
            time_in_force: order.time_in_force(),
            stp: order.stp(),
            limit: match order.time_in_force() {
                TimeInForce::PostOnlySlide => risk::slide(order.side, amendment.price, touch, instrument.max_price),
                _ => amendment.price,
            },
            size: Size::Lots(amendment.left()),
            filled,
            fees: self.rates(account, row, order.instrument(), terms.quote),
            held: Amount::ZERO,
            name: name.as_ref(),
            attributes: attributes.as_ref().filter(|attributes| **attributes != OrderAttributes::NONE),
            trigger_price: 0,
            group: row.group,
            quote_group: order.quote_group,
            rested_before: true,
            moved_from: None,
        };
        incoming.held = incoming.required_hold()?;
        if !instrument.is_plain {
            self.check_limits(&incoming)?;
            self.check_eligible(account, order.instrument(), order.side, amendment.left())?;
        }
        let is_worth_more = || incoming.worth() > terms.worth(order.price(), self.orders.left(&order));
        if is_bounded && (order.quote_group != 0 || is_worth_more()) {
            self.check_open_notional(account, terms.quote, incoming.worth(), Some(slot))?;
        }
        if incoming.is_post_only() && incoming.crosses(touch) {
            return Err(RejectCode::PostOnlyWouldCross);
        }
        let (asset, old_hold) = (incoming.held_asset(), terms.resting_hold(&order, self.orders.left(&order)));
        if self.ledger.balance(account, asset).available + old_hold < incoming.held {
            return Err(RejectCode::InsufficientFunds);
        }
        if attributes.is_some() {
            self.check_minimum(&incoming, touch, slot)?;
        }
        self.books[book].remove(&mut self.levels, &mut self.orders, slot);
        self.count_shown(&order, QuantityLots(-order.leaves.0));
        if order.ladder.is_displayed() {
            // What others see of an iceberg is another order from now on.
            if incoming.crosses(touch) || is_iceberg {
                out.change(self.change(&order, ChangeKind::Removed));
            } else {
                incoming.moved_from = Some(order.price());
            }
        }
        if let Some(attributes) = &attributes {
            self.set_amended_attributes(slot, attributes);
        }
        self.ledger.release(account, asset, old_hold);
        self.ledger.hold(account, asset, incoming.held);
        self.emit_amended(&order, amendment.event(incoming.limit), Priority::Lost, out);
        self.run(&mut incoming, out);
        if attributes.is_some() {
            self.follow_entry(&incoming);
        }
        Ok(())
    }
}
