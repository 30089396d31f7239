//! Pegged orders: their price follows the best displayed ones, and they are never displayed (`docs/market-rules.md`,
//! section 38).

use super::incoming::{Incoming, Size};
use super::matching::is_better;
use super::terms::Terms;
use super::{Engine, Output};
use crate::command::OrderAttributes;
use crate::fees::FeeRates;
use crate::orders::{LadderId, NIL, Order};
use crate::pegs::References;
use crate::types::*;

impl OrderAttributes {
    #[inline]
    pub(super) fn is_peg(&self) -> bool {
        self.peg != PegReference::None as u8
    }

    /// Whether an order of such terms can be pegged as they say, or is not pegged.
    pub(super) fn fit_peg(&self, terms: &Terms) -> bool {
        if !self.is_peg() {
            return self.peg_offset == 0;
        }
        terms.order_type == OrderType::Limit
            && terms.quantity_kind == QuantityKind::Lots
            && !terms.time_in_force.is_post_only()
            && !self.is_for_auction()
            && !self.is_stop()
            && self.is_only_pegged()
    }

    /// Whether it is nothing else that hides or bounds an order, and never at what the other side displays.
    fn is_only_pegged(&self) -> bool {
        let reaches = self.peg == PegReference::Market as u8 && self.peg_offset == 0;
        (self.display_quantity, self.min_quantity) == (0, 0) && !self.is_hidden() && !reaches
    }

    /// The ladder of the pegged orders of a side to which one with them belongs; `None` if it is none.
    pub(crate) fn pegs(&self, side: Side) -> Option<LadderId> {
        let reference = PegReference::from_byte(self.peg).filter(|&reference| reference != PegReference::None)?;
        (u32::from(self.peg_offset) <= MAX_PEG_OFFSET).then(|| LadderId::pegs(reference, self.peg_offset, side))
    }

    /// Whether an open order in this ladder can be pegged as they say, or is not pegged: what a state image may say.
    pub(super) fn fit_pegged(&self, order: &Order) -> bool {
        if !order.ladder.is_peg() {
            return (self.peg, self.peg_offset, self.arrival) == (0, 0, 0);
        }
        self.pegs(order.side) == Some(order.ladder)
            && self.is_only_pegged()
            && !self.is_for_auction()
            && order.time_in_force() == TimeInForce::Gtc
            && self.arrival != 0
            && (self.partner, self.take_profit) == (0, 0)
            && i64::from(order.maker_rate).max(i64::from(self.taker_rate)) == i64::from(order.hold_rate)
    }
}

impl Engine {
    /// What pegged orders follow, as if an order were gone; [`NIL`]: none.
    pub(super) fn references(&self, instrument: InstrumentId, without: u32) -> References {
        if self.phase(instrument) != Phase::Continuous {
            return References::NONE;
        }
        let book = &self.books[instrument.index()];
        let [bid, ask] = [Side::Buy, Side::Sell].map(|side| {
            let best = match without {
                NIL => book.best(side),
                without => book.best_without(&self.levels, &self.orders, side, without),
            };
            best.map_or(0, |price| price.0 as u32)
        });
        let max_price = self.registry.instruments[instrument.index()].max_price.0 as u32;
        References { bid, ask, max_price }
    }

    /// The best price of a side, hidden and pegged orders included, as if an order were gone; [`NIL`]: none. The order is
    /// not of this side.
    #[inline(always)]
    pub(super) fn touch_without(&self, instrument: InstrumentId, side: Side, without: u32) -> Option<PriceTicks> {
        let book = &self.books[instrument.index()];
        if book.has_unseen(side) { self.unseen_touch(instrument, side, without) } else { book.best(side) }
    }

    #[cold]
    fn unseen_touch(&self, instrument: InstrumentId, side: Side, without: u32) -> Option<PriceTicks> {
        let book = &self.books[instrument.index()];
        let pegged = book.unseen().and_then(|unseen| unseen.pegs()).and_then(|pegs| {
            let references = self.references(instrument, without);
            pegs.first(&self.levels, &self.orders, &references, side)
        });
        let hidden = book.ladder(LadderId::hidden(side)).best();
        let prices = [book.best(side), hidden, pegged.map(|(_, price)| price)].into_iter().flatten();
        if side == Side::Buy { prices.max() } else { prices.min() }
    }

    /// Up to where an order trades: its limit, or if it is pegged its effective price. `None`: nowhere.
    pub(super) fn reach(&self, incoming: &Incoming, references: &References) -> Option<PriceTicks> {
        match incoming.attributes.and_then(|attributes| attributes.pegs(incoming.side)) {
            None => Some(incoming.limit),
            Some(ladder) => references.effective(ladder, incoming.limit.0 as u32),
        }
    }

    /// The first pegged order of a side, and its price.
    #[inline]
    pub(super) fn first_peg(
        &self,
        instrument: InstrumentId,
        side: Side,
        references: &References,
    ) -> Option<(u32, PriceTicks)> {
        let pegs = self.books[instrument.index()].unseen()?.pegs()?;
        pegs.first(&self.levels, &self.orders, references, side)
    }

    /// The pegged order that takes next, if displayed prices have made one reach what rests unseen on the other side.
    pub(super) fn crossing_peg(&self, instrument: InstrumentId) -> Option<u32> {
        let book = &self.books[instrument.index()];
        let pegs = book.unseen()?.pegs().filter(|pegs| !pegs.is_empty() && self.trades(instrument))?;
        let references = self.references(instrument, NIL);
        let [buy, sell] = [Side::Buy, Side::Sell].map(|side| pegs.first(&self.levels, &self.orders, &references, side));
        if let (Some((buy, bid)), Some((sell, ask))) = (buy, sell)
            && bid >= ask
        {
            let [bought, sold] = [buy, sell].map(|slot| self.orders.attributes(slot).arrival);
            return Some(if bought > sold { buy } else { sell });
        }
        [(Side::Buy, buy), (Side::Sell, sell)].into_iter().find_map(|(side, peg)| {
            let (slot, price) = peg?;
            let hidden = self.best_hidden(book, side.opposite())?;
            (!is_better(side.opposite(), price, hidden)).then_some(slot)
        })
    }

    /// A pegged order takes what it has come to reach, and goes back to its place with what is left.
    pub(super) fn take_pegged<O: Output>(&mut self, slot: u32, out: &mut O) {
        let order = self.orders[slot];
        let attributes = *self.orders.attributes(slot);
        let terms = self.registry.instruments[usize::from(order.instrument)].terms();
        self.books[usize::from(order.instrument)].remove(&mut self.levels, &mut self.orders, slot);
        let name = order.named.then(|| *self.client_ids.name(slot));
        let mut incoming = Incoming {
            id: order.id,
            account: order.account,
            instrument_id: order.instrument(),
            terms,
            side: order.side,
            order_type: OrderType::Limit,
            time_in_force: order.time_in_force(),
            stp: order.stp(),
            limit: order.price(),
            size: Size::Lots(order.leaves),
            filled: order.quantity - order.leaves,
            fees: FeeRates { maker_rate: order.maker_rate, taker_rate: attributes.taker_rate as u16 },
            held: terms.resting_hold(&order, order.leaves),
            name: name.as_ref(),
            attributes: Some(&attributes),
            trigger_price: 0,
            group: self.accounts[order.account.index()].group,
            quote_group: 0,
            rested_before: true,
            moved_from: None,
        };
        let cancelled = self.match_with_care(&mut incoming, out);
        if incoming.size.is_zero() {
            self.finish_incoming(&incoming, OrderStatus::Filled);
        } else if let Some(reason) = cancelled {
            self.cancel_incoming(&incoming, reason, out);
        } else {
            self.seat(&incoming, order.ladder, incoming.size.lots());
            self.orders[slot].attributed = true;
            self.books[usize::from(order.instrument)].put_back(&mut self.levels, &mut self.orders, slot);
        }
        self.assert_conserved(&incoming);
    }
}
