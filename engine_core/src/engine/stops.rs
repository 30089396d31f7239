//! Stop orders: they wait, unseen, for a value to reach their trigger price, and enter at the end of the command that
//! brought it about, a bounded number at a time (`docs/market-rules.md`, section 10).

use super::incoming::{Incoming, Size};
use super::matching::is_better;
use super::terms::Terms;
use super::{Engine, Output};
use crate::command::OrderAttributes;
use crate::event::Triggered;
use crate::fees::FeeRates;
use crate::orders::{LadderId, Order, STOPS};
use crate::risk;
use crate::types::*;
use crate::unseen::{Unseen, reaches, side_of};

impl Engine {
    /// The limit and the trigger price that a stop gets.
    #[cold]
    pub(super) fn stop_terms(
        &self,
        instrument: InstrumentId,
        terms: &Terms,
        price: PriceTicks,
        attributes: &OrderAttributes,
    ) -> Result<(PriceTicks, u32), RejectCode> {
        let queue = attributes.stops(terms.side).and_then(LadderId::stop_index).expect("a stop has a trigger");
        let trigger_price = if attributes.trigger_price != 0 {
            attributes.trigger_price
        } else {
            let value = self.value(instrument, queue).ok_or(RejectCode::NoTriggerValue)?;
            self.behind(instrument, queue, value, attributes.trail)
        };
        if attributes.partner_price == 0 {
            self.check_not_reached(instrument, queue, trigger_price)?;
        }
        let limit = match terms.order_type {
            OrderType::Market => self.stop_collar(instrument, terms.side, trigger_price),
            _ => price,
        };
        Ok((limit, trigger_price))
    }

    /// The limit of a market stop.
    pub(super) fn stop_collar(&self, instrument: InstrumentId, side: Side, trigger_price: u32) -> PriceTicks {
        let instrument = &self.registry.instruments[instrument.index()];
        risk::collar(side, PriceTicks(i64::from(trigger_price)), instrument.collar_bps, instrument.max_price)
    }

    pub(super) fn check_not_reached(
        &self,
        instrument: InstrumentId,
        queue: usize,
        trigger_price: u32,
    ) -> Result<(), RejectCode> {
        let mark = self.books[instrument.index()].unseen().map(|unseen| unseen.marks[queue]).filter(|&mark| mark != 0);
        let reached = [self.value(instrument, queue), mark].into_iter().flatten();
        if reached.into_iter().any(|value| reaches(queue, value, trigger_price)) {
            return Err(RejectCode::WouldTrigger);
        }
        Ok(())
    }

    /// What the stops of a queue wait for, as it is now.
    fn value(&self, instrument: InstrumentId, queue: usize) -> Option<u32> {
        let book = &self.books[instrument.index()];
        let value = match queue / 2 {
            0 => book.last_trade,
            1 => book.best(side_of(queue).opposite()).map_or(0, |price| price.0 as u32),
            _ => self.registry.instruments[instrument.index()].reference.price,
        };
        (value != 0).then_some(value)
    }

    /// Where a trailing stop's trigger is for a value.
    fn behind(&self, instrument: InstrumentId, queue: usize, value: u32, trail: u32) -> u32 {
        let max_price = self.registry.instruments[instrument.index()].max_price.0 as u32;
        match side_of(queue) {
            Side::Sell => value.saturating_sub(trail).max(1),
            Side::Buy => value.saturating_add(trail).min(max_price),
        }
    }

    /// Brings back what a state image says of an instrument's market.
    pub(crate) fn restore_marks(&mut self, instrument: InstrumentId, last_trade: u32, marks: [u32; STOPS]) {
        self.may_leave_work |= !self.markets[instrument.index()].exits.is_empty();
        let book = &mut self.books[instrument.index()];
        book.last_trade = last_trade;
        if marks != [0; STOPS] {
            book.unseen_or_new().marks = marks;
            self.may_leave_work = true;
            self.due.set_unfinished(instrument, true);
        }
    }

    /// Whether a market stop of a state image has the limit that it got, and held for: its trigger has moved away from
    /// that at most.
    pub(crate) fn has_stop_limit(&self, order: &Order, attributes: &OrderAttributes) -> bool {
        if attributes.waiting_type != OrderType::Market as u8 {
            return true;
        }
        let collar = self.stop_collar(order.instrument(), order.side, attributes.trigger_price);
        let moved = attributes.trail != 0 && !is_better(order.side.opposite(), order.price(), collar);
        order.price() == collar || moved
    }

    /// Whether the marks of an instrument are those that a command can leave: where stops are let in, each reaches a
    /// stop, and no other stop is reached.
    pub(crate) fn has_sound_marks(&self, instrument: InstrumentId) -> bool {
        let Some(unseen) = self.books[instrument.index()].unseen() else { return true };
        let mut queues = 0..STOPS;
        !self.trades(instrument)
            || queues.all(|queue| match (unseen.marks[queue], self.value(instrument, queue)) {
                (0, None) => true,
                (0, Some(value)) => !unseen.is_reached(queue, value),
                (mark, _) => unseen.is_reached(queue, mark),
            })
    }

    /// Lets an accepted stop wait.
    #[cold]
    pub(super) fn wait(&mut self, incoming: &Incoming) {
        let attributes = incoming.attributes.expect("a stop has attributes");
        let attributes = OrderAttributes {
            trigger_price: incoming.trigger_price,
            waiting_type: incoming.order_type as u8,
            taker_rate: u32::from(incoming.fees.taker_rate),
            ..*attributes
        };
        let ladder = attributes.stops(incoming.side).expect("a stop has a trigger");
        self.seat(incoming, ladder, incoming.size.lots());
        self.give_attributes(incoming, &attributes);
        let book = &mut self.books[incoming.instrument_id.index()];
        book.append_unseen(&mut self.levels, &mut self.orders, incoming.id.slot(), attributes.trigger_price);
        self.assert_conserved(incoming);
    }

    /// Moves a waiting stop to the back of another trigger price.
    pub(super) fn move_stop(&mut self, slot: u32, trigger_price: u32) {
        let book = &mut self.books[usize::from(self.orders[slot].instrument)];
        book.remove(&mut self.levels, &mut self.orders, slot);
        self.orders.attributes_mut(slot).trigger_price = trigger_price;
        book.append_unseen(&mut self.levels, &mut self.orders, slot, trigger_price);
    }

    /// Something has happened on an instrument. If it may have stops, pegged orders, exits that wait or protections, they
    /// are looked at when the command has been done.
    #[inline(always)]
    pub(super) fn touch(&mut self, instrument: InstrumentId) {
        if self.may_leave_work {
            self.touch_watched(instrument);
        }
    }

    #[cold]
    fn touch_watched(&mut self, instrument: InstrumentId) {
        let (book, market) = (&self.books[instrument.index()], &self.markets[instrument.index()]);
        let wants_work =
            book.unseen().is_some_and(Unseen::wants_work) || !market.exits.is_empty() || market.protections.is_some();
        if wants_work && !market.phase.is_left_to_pulses() && self.touched.last() != Some(&instrument) {
            self.touched.push(instrument);
        }
    }

    /// Whether an instrument trades: its stops enter when they are reached.
    pub(super) fn trades(&self, instrument: InstrumentId) -> bool {
        let halted = self.registry.instruments[instrument.index()].is_halted();
        self.markets[instrument.index()].phase == Phase::Continuous && !halted
    }

    /// Places the exits that wait, lets pegged orders take what they have come to reach, and lets in the stops that were
    /// reached, at most so many. Returns how many.
    pub(super) fn let_in_waiting<O: Output>(&mut self, instrument: InstrumentId, at_most: u32, out: &mut O) -> u32 {
        let mut entered = 0;
        loop {
            while entered < at_most && self.place_next_exits(instrument, out) {
                entered += 1;
            }
            // A stop that enters can begin a pause.
            if !self.trades(instrument) {
                return entered;
            }
            if let Some(slot) = self.crossing_peg(instrument).filter(|_| entered < at_most) {
                self.take_pegged(slot, out);
                entered += 1;
                continue;
            }
            self.observe(instrument);
            let Some(slot) = self.first_reached(instrument).filter(|_| entered < at_most) else { return entered };
            self.let_in(slot, out);
            entered += 1;
        }
    }

    /// Marks that reach nothing any more are dropped, trailing stops follow the values, and every queue is looked at.
    fn observe(&mut self, instrument: InstrumentId) {
        for queue in 0..STOPS {
            let value = self.value(instrument, queue);
            let Some(unseen) = self.books[instrument.index()].unseen_mut() else { return };
            unseen.settle_mark(queue);
            let follows = unseen.marks[queue] == 0 && !unseen.trailing[queue].is_empty();
            let Some(value) = value else { continue };
            if follows {
                self.follow_value(instrument, queue, value);
            }
            if let Some(unseen) = self.books[instrument.index()].unseen_mut() {
                unseen.look(queue, value);
            }
        }
    }

    fn follow_value(&mut self, instrument: InstrumentId, queue: usize, value: u32) {
        let mut trailing = std::mem::take(&mut self.trailing);
        trailing.extend(self.books[instrument.index()].unseen().into_iter().flat_map(|unseen| &unseen.trailing[queue]));
        for order in trailing.drain(..) {
            let &OrderAttributes { trigger_price, trail, .. } = self.orders.attributes(order.slot());
            let favourable = self.behind(instrument, queue, value, trail);
            let moved = match side_of(queue) {
                Side::Sell => trigger_price.max(favourable),
                Side::Buy => trigger_price.min(favourable),
            };
            if moved != trigger_price {
                self.move_stop(order.slot(), moved);
            }
        }
        self.trailing = trailing;
    }

    /// The stop that enters next, if one was reached.
    fn first_reached(&self, instrument: InstrumentId) -> Option<u32> {
        let unseen = self.books[instrument.index()].unseen()?;
        let queue = unseen.marks.iter().position(|&mark| mark != 0)?;
        unseen.ladder(LadderId::of_stops(queue)).front(&self.levels)
    }

    /// A stop enters its book as an incoming order, with its own id and rates.
    fn let_in<O: Output>(&mut self, slot: u32, out: &mut O) {
        let order = self.orders[slot];
        let waited = *self.orders.attributes(slot);
        let order_type = OrderType::from_byte(waited.waiting_type).expect("a stop knows what it will be");
        let instrument = &self.registry.instruments[usize::from(order.instrument)];
        let terms = instrument.terms();
        let wanted = match order_type {
            OrderType::Market => self.stop_collar(order.instrument(), order.side, waited.trigger_price),
            _ => self.within_volatility_band(&order),
        };
        // A sell's value grows with its limit.
        let follows = terms.hold(order.side, wanted, order.leaves, order.hold_rate).is_ok();
        let limit = if follows { wanted } else { order.price() };
        self.books[usize::from(order.instrument)].remove(&mut self.levels, &mut self.orders, slot);
        let held = self.hold_of(&order, &terms).expect("checked at acceptance");
        let attributes = OrderAttributes {
            trigger: 0,
            trigger_price: 0,
            trail: 0,
            waiting_type: 0,
            taker_rate: 0,
            partner: 0,
            partner_price: 0,
            ..waited
        };
        *self.orders.attributes_mut(slot) = attributes;
        let name = order.named.then(|| *self.client_ids.name(slot));
        let mut incoming = Incoming {
            id: order.id,
            account: order.account,
            instrument_id: order.instrument(),
            terms,
            side: order.side,
            order_type,
            time_in_force: order.time_in_force(),
            stp: order.stp(),
            limit,
            size: Size::Lots(order.leaves),
            filled: QuantityLots(0),
            fees: FeeRates { maker_rate: order.maker_rate, taker_rate: waited.taker_rate as u16 },
            held: Amount::ZERO,
            name: name.as_ref(),
            attributes: Some(&attributes),
            trigger_price: 0,
            group: self.accounts[order.account.index()].group,
            quote_group: 0,
            rested_before: true,
            moved_from: None,
        };
        incoming.held = incoming.required_hold().expect("no more than at acceptance");
        let client_id = incoming.client_id();
        let triggered = Triggered {
            side: order.side as u8,
            order_id: order.id.0,
            instrument: u32::from(order.instrument),
            price: limit.0 as u32,
            quantity: order.quantity.0,
            leaves: order.leaves.0,
            trigger_price: waited.trigger_price,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..Triggered::EMPTY
        };
        self.emit(order.account, triggered, out);
        if waited.partner != 0 {
            self.cancel_linked(OrderId(waited.partner), out);
        }
        self.ledger.release(order.account, incoming.held_asset(), held);
        self.ledger.hold(order.account, incoming.held_asset(), incoming.held);
        self.run(&mut incoming, out);
    }
}
