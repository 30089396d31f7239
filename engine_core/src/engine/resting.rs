//! Orders with attributes in their queues: icebergs and their slices, hidden orders and their minimum.

use super::bands::Bounds;
use super::eligibility::Taken;
use super::incoming::Incoming;
use super::matching::is_better;
use super::{Engine, Output};
use crate::command::OrderAttributes;
use crate::orders::LadderId;
use crate::types::*;

impl Engine {
    /// Puts what is left of an order with attributes where it belongs, displayed, hidden or pegged, or as the first slice of
    /// an iceberg.
    #[cold]
    pub(super) fn rest_with_attributes<O: Output>(
        &mut self,
        incoming: &Incoming,
        attributes: &OrderAttributes,
        out: &mut O,
    ) {
        let (slot, left) = (incoming.id.slot(), incoming.size.lots());
        let mut attributes = *attributes;
        let shown =
            if attributes.display_quantity > 0 { left.min(QuantityLots(attributes.display_quantity)) } else { left };
        attributes.reserve = (left - shown).0;
        let ladder = if let Some(ladder) = attributes.pegs(incoming.side) {
            attributes.arrival = self.sequence;
            attributes.taker_rate = u32::from(incoming.fees.taker_rate);
            ladder
        } else if incoming.order_type == OrderType::Market {
            LadderId::auction(incoming.side)
        } else if attributes.is_hidden() {
            LadderId::hidden(incoming.side)
        } else {
            attributes.min_quantity = 0;
            LadderId::displayed(incoming.side)
        };
        self.seat(incoming, ladder, shown);
        self.give_attributes(incoming, &attributes);
        let book = &mut self.books[incoming.instrument_id.index()];
        if !ladder.is_displayed() {
            let price = self.orders[slot].price;
            return book.append_unseen(&mut self.levels, &mut self.orders, slot, price);
        }
        if attributes.reserve > 0 {
            book.unseen_or_new().has_reserves = true;
        }
        book.append(&mut self.levels, &mut self.orders, slot);
        out.change(self.arrived(incoming));
        self.count_rested(slot);
    }

    /// Keeps the attributes of an order that has its seat, and what is due with them.
    pub(super) fn give_attributes(&mut self, incoming: &Incoming, attributes: &OrderAttributes) {
        let slot = incoming.id.slot();
        let mut attributes = *attributes;
        if !incoming.rested_before && attributes.is_day() {
            attributes.trade_date = self.trade_date;
        }
        self.orders[slot].attributed = attributes != OrderAttributes::NONE;
        self.orders.set_attributes(slot, &attributes);
        if !incoming.rested_before {
            self.schedule(slot);
        }
    }

    /// An order with attributes has lost lots and has some left: a slice that is gone is followed by the next, a
    /// hidden order that is smaller than its minimum ends, and so does the other leg of one that is linked.
    #[cold]
    pub(super) fn go_on_resting<O: Output>(&mut self, slot: u32, out: &mut O) {
        let order = self.orders[slot];
        if order.leaves.0 == 0 {
            self.show_next_slice(slot, out);
        } else if order.leaves < self.minimum_of(&order) {
            self.cancel_resting(slot, CancelReason::BelowMinimum, out);
        } else {
            self.part(slot, out);
        }
    }

    /// The next slice of an iceberg, behind all other orders of its price.
    pub(super) fn show_next_slice<O: Output>(&mut self, slot: u32, out: &mut O) {
        let book = usize::from(self.orders[slot].instrument);
        self.books[book].remove(&mut self.levels, &mut self.orders, slot);
        let attributes = self.orders.attributes_mut(slot);
        let shown = attributes.reserve.min(attributes.display_quantity);
        attributes.reserve -= shown;
        attributes.slice = attributes.slice.wrapping_add(1);
        self.orders[slot].leaves = QuantityLots(shown);
        self.books[book].append(&mut self.levels, &mut self.orders, slot);
        out.change(self.change(&self.orders[slot], ChangeKind::Added));
        self.count_rested(slot);
    }

    /// Whether an order would trade so many lots at once. It walks the other side as the order would match: its own
    /// party's orders end the walk, are passed over or count, as its mode says. What pegged orders follow is as if
    /// `without` were gone; [`NIL`]: none.
    pub(super) fn would_trade(&self, incoming: &Incoming, at_least: QuantityLots, without: u32) -> bool {
        let book = &self.books[incoming.instrument_id.index()];
        let side = incoming.side.opposite();
        let bounds = self.bounds_of(incoming.instrument_id);
        if book.unseen().is_none() {
            // Level totals first: looking at orders, of which there can be many, is only for those that may fill.
            let within = book.depth(&self.levels, side).take_while(|level| incoming.crosses(Some(level.price)));
            let mut missing = at_least.0;
            if within.map(|level| level.quantity.0).all(|quantity| {
                missing -= quantity;
                missing > 0
            }) {
                return false;
            }
        }
        let references = self.references(incoming.instrument_id, without);
        let Some(reach) = self.reach(incoming, &references) else { return false };
        let pegs = book.unseen().and_then(|unseen| unseen.pegs()).into_iter();
        let pegged = pegs.flat_map(|pegs| pegs.by_priority(&self.levels, &self.orders, references, side));
        let mut pegged = pegged.peekable();
        let is_guarded = self.markets[incoming.instrument_id.index()].is_guarded;
        let taken = Taken { is_guarded, bought: Vec::new() };
        let mut walk = Walk { lots: incoming.size.lots(), traded: QuantityLots(0), ended: false, taken };
        let mut hidden = book.ladder(LadderId::hidden(side)).orders(&self.levels, &self.orders).peekable();
        let mut displayed = book.depth(&self.levels, side).peekable();
        while !walk.ended && walk.traded < at_least {
            let level_price = displayed.peek().map(|level| level.price);
            let hidden_price = hidden.peek().map(|&slot| self.orders[slot].price());
            let pegged_price = pegged.peek().map(|&(_, price)| price);
            let prices = [level_price, hidden_price, pegged_price].into_iter().flatten();
            let best = if side == Side::Buy { prices.max() } else { prices.min() };
            let Some(price) = best.filter(|&price| !is_better(side, reach, price)) else { return false };
            let next_hidden = hidden.next_if(|_| level_price != best && hidden_price == best);
            // As in matching: what is passed over is no trade, and ends nothing.
            if next_hidden.is_some_and(|slot| self.is_walked_past(slot, &walk, &bounds)) {
                continue;
            }
            if is_guarded && next_hidden.is_none() {
                // Who may not trade is cancelled before anything is asked of its price.
                if level_price == best && self.is_level_barred(book, side, price, &walk.taken) {
                    displayed.next();
                    continue;
                }
                if level_price != best {
                    let &(slot, _) = pegged.peek().expect("it is the best");
                    if self.lots_of(slot, &walk.taken) == QuantityLots(0) {
                        pegged.next();
                        continue;
                    }
                }
            }
            if !bounds.pause.contains(price) || !bounds.trade.contains(price) {
                return false;
            }
            if let Some(slot) = next_hidden {
                self.walk_over(incoming, slot, &mut walk);
            } else if level_price == best {
                displayed.next();
                self.walk_level(incoming, price, &mut walk);
            } else {
                self.walk_over(incoming, pegged.next().expect("it was seen").0, &mut walk);
            }
        }
        walk.traded >= at_least
    }

    /// Whether a hidden order would be passed over.
    fn is_walked_past(&self, slot: u32, walk: &Walk, bounds: &Bounds) -> bool {
        let order = &self.orders[slot];
        self.is_passed_over(order, (walk.lots - walk.traded).min(order.leaves), bounds)
            || self.lots_of(slot, &walk.taken) == QuantityLots(0)
    }

    fn walk_level(&self, incoming: &Incoming, price: PriceTicks, walk: &mut Walk) {
        let book = &self.books[incoming.instrument_id.index()];
        let mut reserves = Vec::new();
        for slot in book.queue(&self.levels, &self.orders, incoming.side.opposite(), price) {
            if self.walk_over(incoming, slot, walk) {
                let order = &self.orders[slot];
                reserves.push((slot, self.orders.left(order) - order.leaves));
            }
            if walk.ended || walk.traded >= walk.lots {
                return;
            }
        }
        for (slot, reserve) in reserves {
            if walk.traded >= walk.lots {
                return;
            }
            self.take(incoming, slot, reserve, walk);
        }
    }

    /// Whether an order counts.
    fn walk_over(&self, incoming: &Incoming, slot: u32, walk: &mut Walk) -> bool {
        let order = &self.orders[slot];
        if self.lots_of(slot, &walk.taken) == QuantityLots(0) {
            return false;
        }
        if self.are_one_party(incoming, order) && incoming.stp != SelfTradePrevention::None {
            walk.ended = incoming.stp != SelfTradePrevention::CancelOldest;
            return false;
        }
        self.take(incoming, slot, order.leaves, walk);
        true
    }

    /// Counts so many lots of an order, or as many as its account may trade.
    fn take(&self, incoming: &Incoming, slot: u32, lots: QuantityLots, walk: &mut Walk) {
        let lots = lots.min(self.lots_of(slot, &walk.taken));
        let order = &self.orders[slot];
        // What an account buys of itself it has already.
        if walk.taken.is_guarded && order.side == Side::Buy && order.account != incoming.account {
            walk.taken.bought.push((order.account, lots.min(walk.lots - walk.traded)));
        }
        walk.traded += lots;
    }
}

/// How far an order that has not entered would come.
struct Walk {
    lots: QuantityLots,
    traded: QuantityLots,
    /// By an order of its own party.
    ended: bool,
    taken: Taken,
}
