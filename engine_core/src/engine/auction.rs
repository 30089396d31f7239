//! The call auction: its price, and the trades at it (`docs/market-rules.md`, section 18).

use super::matching::is_better;
use super::{Engine, Output};
use crate::book::Book;
use crate::change::BookChange;
use crate::event::{Fill, Uncrossed};
use crate::orders::{LadderId, NIL, Order};
use crate::risk;
use crate::settlement::{Delivery, settle};
use crate::types::*;

/// What an auction would do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Clearing {
    pub price: PriceTicks,
    /// Lots that trade.
    pub quantity: i64,
    /// Lots of buys at the price that do not; below 0 of sells.
    pub surplus: i64,
}

impl Clearing {
    /// As an event says it.
    pub fn said(&self) -> (u32, i64, i64) {
        (self.price.0 as u32, self.quantity, self.surplus)
    }
}

/// The queues of a side that are in an auction, in the order of their priority at one price.
fn queues(side: Side) -> [LadderId; 3] {
    [LadderId::auction(side), LadderId::displayed(side), LadderId::hidden(side)]
}

/// The best limit of a side, market orders included.
fn best_limit(book: &Book, side: Side) -> Option<PriceTicks> {
    let limits = queues(side).into_iter().filter_map(|id| book.ladder(id).best());
    if side == Side::Buy { limits.max() } else { limits.min() }
}

/// Lots at a limit.
#[derive(Clone, Copy)]
struct Step {
    price: i64,
    lots: i64,
    of_market_orders: bool,
}

/// Neighbouring prices that are equally good so far.
struct Best {
    first: i64,
    last: i64,
    quantity: i64,
    surplus: i64,
    /// Whether some of them have a surplus of buys, of sells, or none.
    signs: [bool; 3],
}

impl Engine {
    /// The price of the auction as the book is now; `None` if nothing would trade.
    pub(super) fn clearing(&self, instrument: InstrumentId) -> Option<Clearing> {
        let book = &self.books[instrument.index()];
        let best = |side| {
            if self.markets[instrument.index()].is_guarded {
                self.best_eligible_limit(book, side)
            } else {
                best_limit(book, side)
            }
        };
        let (lowest, highest) = (best(Side::Sell)?.0, best(Side::Buy)?.0);
        if lowest > highest {
            return None;
        }
        let mut bids = self.steps(instrument, Side::Buy, lowest);
        let mut asks = self.steps(instrument, Side::Sell, highest);
        bids.sort_unstable_by_key(|step| step.price);
        asks.sort_unstable_by_key(|step| step.price);
        let best = best_prices(&bids, &asks, highest);
        let reference = self.auction_reference(instrument).map(|price| i64::from(price).clamp(best.first, best.last));
        let limits = bids.iter().chain(&asks).filter(|step| !step.of_market_orders).map(|step| step.price);
        let candidates = limits.filter(|price| (best.first..=best.last).contains(price)).chain(reference);
        let pressed = match best.signs {
            [true, false, false] => candidates.max(),
            [false, false, true] => candidates.min(),
            _ => None,
        };
        let price = pressed.or(reference).unwrap_or((best.first + best.last) / 2);
        let demand: i64 = bids.iter().filter(|step| step.price >= price).map(|step| step.lots).sum();
        let supply: i64 = asks.iter().filter(|step| step.price <= price).map(|step| step.lots).sum();
        debug_assert_eq!(demand.min(supply), best.quantity);
        Some(Clearing { price: PriceTicks(price), quantity: best.quantity, surplus: demand - supply })
    }

    /// The limit of a market order that waits for an auction.
    #[cold]
    pub(super) fn auction_limit(&self, instrument: InstrumentId, side: Side) -> Result<PriceTicks, RejectCode> {
        let reference = self.auction_reference(instrument).ok_or(RejectCode::NoReference)?;
        let row = &self.registry.instruments[instrument.index()];
        Ok(risk::collar(side, PriceTicks(i64::from(reference)), row.collar_bps, row.max_price))
    }

    /// The same of the orders that may trade.
    fn best_eligible_limit(&self, book: &Book, side: Side) -> Option<PriceTicks> {
        let limits = queues(side).into_iter().filter_map(|id| {
            let slots = book.ladder(id).orders(&self.levels, &self.orders);
            slots.map(|slot| &self.orders[slot]).find(|order| !self.is_barred(order)).map(Order::price)
        });
        if side == Side::Buy { limits.max() } else { limits.min() }
    }

    /// What a side offers at its limits that reach a price, queue by queue; who may not trade offers nothing.
    fn steps(&self, instrument: InstrumentId, side: Side, reached: i64) -> Vec<Step> {
        let book = &self.books[instrument.index()];
        let is_guarded = self.markets[instrument.index()].is_guarded;
        let has_reserves = book.unseen().is_some_and(|unseen| unseen.has_reserves);
        let mut steps = Vec::new();
        for id in queues(side) {
            let ladder = book.ladder(id);
            let levels = ladder.depth(&self.levels, id.direction());
            for level in levels.take_while(|level| !is_better(side, PriceTicks(reached), level.price)) {
                let lots = if is_guarded || has_reserves && id.is_displayed() {
                    let queue = ladder.queue(&self.levels, &self.orders, level.price).map(|slot| &self.orders[slot]);
                    let counting = queue.filter(|order| !is_guarded || !self.is_barred(order));
                    counting.map(|order| self.orders.left(order).0).sum()
                } else {
                    level.quantity.0
                };
                if lots > 0 {
                    steps.push(Step { price: level.price.0, lots, of_market_orders: id.is_auction() });
                }
            }
        }
        steps
    }

    /// The call has ended: its price is found. The trades are work that follows.
    pub(super) fn begin_uncrossing<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        let (price, quantity, surplus) = self.clearing(instrument).map_or((0, 0, 0), |clearing| clearing.said());
        let market = &mut self.markets[instrument.index()];
        market.phase = Phase::Uncrossing;
        (market.ends_at, market.indicate_at, market.extensions) = (0, 0, 0);
        market.auction_price = price;
        self.market_changed(instrument);
        let uncrossed = Uncrossed { instrument: instrument.0, price, quantity, surplus, ..Uncrossed::EMPTY };
        self.emit(VENUE_ACCOUNT, uncrossed, out);
        self.begin_band_anew(instrument, price, out);
        self.touched.push(instrument);
    }

    /// Goes on with an uncrossing, at most so many trades and cancels. Returns how many.
    pub(super) fn uncross<O: Output>(&mut self, instrument: InstrumentId, at_most: u32, out: &mut O) -> u32 {
        let mut items = 0;
        loop {
            if let Some((bid, ask)) = self.next_pair(instrument) {
                if items == at_most {
                    return items;
                }
                match self.judge_pair(bid, ask) {
                    Ok(room) => self.fill_pair(bid, ask, room, out),
                    Err(barred) => self.end_in_auction(barred, CancelReason::Ineligible, out),
                }
            } else if let Some((bid, ask)) = self.crossing_pair(instrument) {
                if items == at_most {
                    return items;
                }
                // Who was left out, or bought less than counted, leaves prices that others still reach.
                if self.clearing(instrument).is_some() {
                    self.begin_uncrossing(instrument, out);
                } else {
                    self.end_in_auction(self.barred_of(bid, ask), CancelReason::Ineligible, out);
                }
            } else if let Some((slot, reason)) = self.next_to_end(instrument) {
                if items == at_most {
                    return items;
                }
                self.end_in_auction(slot, reason, out);
            } else {
                let next = self.markets[instrument.index()].next;
                self.enter_phase(instrument, next, Phase::Continuous, 0, out);
                return items;
            }
            items += 1;
        }
    }

    /// An order goes while its auction is traded.
    fn end_in_auction<O: Output>(&mut self, slot: u32, reason: CancelReason, out: &mut O) {
        let order = self.orders[slot];
        self.cancel_resting(slot, reason, out);
        self.markets[usize::from(order.instrument)].pending.remove(&order.id);
    }

    /// The best buy and the best sell, if both are there and each reaches the other.
    fn crossing_pair(&self, instrument: InstrumentId) -> Option<(u32, u32)> {
        let book = &self.books[instrument.index()];
        let (bid, ask) = (best_limit(book, Side::Buy)?, best_limit(book, Side::Sell)?);
        let first = |side, price| {
            let mut ladders = queues(side).map(|id| book.ladder(id)).into_iter();
            ladders.find(|ladder| ladder.best() == Some(price))?.front(&self.levels)
        };
        (bid >= ask).then(|| first(Side::Buy, bid).zip(first(Side::Sell, ask))).flatten()
    }

    /// The best buy and the best sell, if both reach the auction's price.
    fn next_pair(&self, instrument: InstrumentId) -> Option<(u32, u32)> {
        let price = PriceTicks(i64::from(self.markets[instrument.index()].auction_price));
        if price.0 == 0 {
            return None;
        }
        let book = &self.books[instrument.index()];
        let [bid, ask] = [Side::Buy, Side::Sell].map(|side| {
            let best = best_limit(book, side).filter(|&best| !is_better(side, price, best))?;
            let ladder = queues(side).map(|id| book.ladder(id)).into_iter().find(|ladder| ladder.best() == Some(best));
            ladder?.front(&self.levels)
        });
        bid.zip(ask)
    }

    /// What ends with the auction, when all its trades are made: a hidden order that is smaller than its minimum,
    /// orders that were for this auction only, and those whose cancel waits.
    fn next_to_end(&self, instrument: InstrumentId) -> Option<(u32, CancelReason)> {
        let book = &self.books[instrument.index()];
        let too_small = [Side::Buy, Side::Sell].into_iter().find_map(|side| {
            let first = book.ladder(LadderId::hidden(side)).front(&self.levels);
            first.filter(|&slot| self.orders[slot].leaves < self.minimum_of(&self.orders[slot]))
        });
        let for_auction = || book.unseen()?.for_auction.first().map(|order| order.slot());
        let pending = || {
            let waiting = self.markets[instrument.index()].pending.first_key_value();
            waiting.map(|(order, &reason)| (order.slot(), reason))
        };
        too_small
            .map(|slot| (slot, CancelReason::BelowMinimum))
            .or_else(|| for_auction().map(|slot| (slot, CancelReason::AuctionEnded)))
            .or_else(pending)
    }

    /// Asks for the memory of the orders that trade after this one in its queue.
    #[inline]
    fn look_behind(&self, order: &Order) {
        if order.next == NIL {
            return;
        }
        let next = &self.orders[order.next];
        for neighbour in [next.next, next.account_next, next.account_prev] {
            self.orders.prefetch(neighbour);
        }
    }

    /// One trade of two resting orders, at the auction's price: settled whole, then said to both.
    /// Of no more lots than the buyer has room for.
    fn fill_pair<O: Output>(&mut self, bid: u32, ask: u32, room: QuantityLots, out: &mut O) {
        let (buy, sell) = (self.orders[bid], self.orders[ask]);
        self.look_behind(&buy);
        self.look_behind(&sell);
        let instrument = buy.instrument();
        let price = PriceTicks(i64::from(self.markets[instrument.index()].auction_price));
        let quantity = buy.leaves.min(sell.leaves).min(room);
        let terms = self.registry.instruments[instrument.index()].terms();
        let cash = risk::cash(price, quantity, terms.tick_lot_value).expect("a hold of at least this was checked");
        let delivered = risk::delivered(quantity, terms.lot_size).expect("a hold of at least this was checked");
        let rates = [&buy, &sell].map(|order| i32::from(order.maker_rate));
        let (buyer_fee, seller_fee) = (risk::charge(cash, rates[0], rates[1]), risk::charge(cash, rates[1], rates[0]));
        if self.fees.has_tiers() {
            self.count_fill(buy.account, sell.account, terms.quote, cash);
        }
        let left = self.orders.left(&buy);
        let delivery = Delivery {
            buyer: buy.account,
            seller: sell.account,
            base: terms.base,
            quote: terms.quote,
            delivered,
            cash,
            hold_released: terms.resting_hold(&buy, left) - terms.resting_hold(&buy, left - quantity),
            buyer_fee,
            seller_fee,
        };
        settle(&mut self.ledger, &delivery);
        self.settlements += 1;
        for (order, fee) in [(&buy, buyer_fee), (&sell, seller_fee)] {
            self.say_auction_fill(order, price, quantity, cash, fee, out);
        }
        let crossed = BookChange {
            order_id: OrderId(0),
            leaves: QuantityLots(0),
            price: price.0 as u32,
            quantity,
            settlement_id: self.settlements,
            ..self.change(&sell, ChangeKind::Crossed)
        };
        out.change(crossed);
        let book = &mut self.books[instrument.index()];
        book.last_trade = price.0 as u32;
        if let Some(unseen) = book.unseen_mut() {
            unseen.look_at_trade(price.0 as u32);
        }
        for (slot, order) in [(bid, &buy), (ask, &sell)] {
            self.lower(slot, order, quantity, out);
        }
        if buy.quote_group | sell.quote_group != 0 {
            self.count_auction_fill([&buy, &sell], quantity, cash, out);
        }
        self.ledger.assert_conserved(terms.base);
        self.ledger.assert_conserved(terms.quote);
    }

    fn say_auction_fill<O: Output>(
        &mut self,
        order: &Order,
        price: PriceTicks,
        quantity: QuantityLots,
        cash: Amount,
        fee: Amount,
        out: &mut O,
    ) {
        let client_id = self.client_id_of(order);
        let leaves = self.orders.left(order) - quantity;
        let fill = Fill {
            side: order.side as u8,
            liquidity: Liquidity::Auction as u8,
            order_id: order.id.0,
            instrument: u32::from(order.instrument),
            price: price.0 as u32,
            quantity: quantity.0,
            leaves: leaves.0,
            filled: (order.quantity - leaves).0,
            cash: cash.0,
            fee: fee.0,
            settlement_id: self.settlements,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..Fill::EMPTY
        };
        self.emit(order.account, fill, out);
    }

    /// Takes what traded from an order; it goes on with its next slice, or is finished.
    fn lower<O: Output>(&mut self, slot: u32, before: &Order, quantity: QuantityLots, out: &mut O) {
        let left = self.orders.left(before);
        if before.ladder.is_displayed() {
            out.change(BookChange {
                leaves: before.leaves - quantity,
                quantity,
                ..self.change(before, ChangeKind::Executed)
            });
        }
        self.count_shown(before, QuantityLots(-quantity.0));
        let book = &mut self.books[usize::from(before.instrument)];
        book.reduce(&mut self.levels, &mut self.orders, slot, quantity);
        if left == quantity {
            book.remove(&mut self.levels, &mut self.orders, slot);
            self.finish_resting(slot, OrderStatus::Filled, out);
            self.markets[usize::from(before.instrument)].pending.remove(&before.id);
        } else if before.leaves == quantity {
            self.show_next_slice(slot, out);
        } else if before.attributed {
            self.part(slot, out);
        }
    }
}

/// The prices with the largest executable quantity, and of these with the smallest surplus, of bids and asks in the order
/// of their prices. Both quantities change only at a few prices, and what is best is a run of neighbours: demand falls
/// and supply grows with the price.
fn best_prices(bids: &[Step], asks: &[Step], highest: i64) -> Best {
    let mut starts: Vec<i64> = asks.iter().map(|step| step.price).collect();
    starts.extend(bids.iter().map(|step| step.price + 1).filter(|&price| price <= highest));
    starts.sort_unstable();
    starts.dedup();
    let mut demand: i64 = bids.iter().map(|step| step.lots).sum();
    let mut supply = 0;
    let (mut bids, mut asks) = (bids.iter().peekable(), asks.iter().peekable());
    let mut best = Best { first: 0, last: 0, quantity: 0, surplus: 0, signs: [false; 3] };
    for (at, &first) in starts.iter().enumerate() {
        while let Some(step) = asks.next_if(|step| step.price <= first) {
            supply += step.lots;
        }
        while let Some(step) = bids.next_if(|step| step.price < first) {
            demand -= step.lots;
        }
        let last = starts.get(at + 1).map_or(highest, |next| next - 1);
        let (quantity, surplus) = (demand.min(supply), (demand - supply).abs());
        if quantity > best.quantity || quantity == best.quantity && surplus < best.surplus {
            best = Best { first, last, quantity, surplus, signs: [false; 3] };
        } else if (quantity, surplus) == (best.quantity, best.surplus) {
            best.last = last;
        } else {
            continue;
        }
        let sign = 1 - (demand - supply).signum();
        best.signs[sign as usize] = true;
    }
    best
}
