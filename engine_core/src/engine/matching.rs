//! How an order that is allowed to trade trades: price-time priority, self-trade prevention, settlement.

use super::bands::Bounds;
use super::eligibility::Judged;
use super::incoming::{Incoming, Size};
use super::{Engine, Output};
use crate::change::BookChange;
use crate::command::OrderAttributes;
use crate::event::Fill;
use crate::ladder::Ladder;
use crate::orders::{Conduct, LadderId, NIL, Order};
use crate::pegs::References;
use crate::risk;
use crate::settlement::{Delivery, settle};
use crate::types::*;

/// A trade that both sides agree to.
struct Trade {
    slot: u32,
    maker: Order,
    /// Lots that the maker has left, an iceberg's reserve included.
    left: QuantityLots,
    price: PriceTicks,
    quantity: QuantityLots,
}

/// What an incoming order meets, as it was when it began to match.
struct Conditions {
    /// Prices at which trading goes on.
    bounds: Bounds,
    /// What the pegged orders of the other side follow.
    references: References,
    /// Up to where it trades.
    reach: PriceTicks,
    /// Whether eligibility is asked of both sides.
    is_guarded: bool,
}

/// What a trade cost.
struct Charges {
    cash: Amount,
    taker_fee: Amount,
    maker_fee: Amount,
}

impl Engine {
    /// Matches an accepted, held order; then it rests, or is finished.
    #[inline(never)]
    pub(super) fn run<O: Output>(&mut self, incoming: &mut Incoming, out: &mut O) {
        let instrument = incoming.instrument_id;
        let is_plain = self.registry.instruments[instrument.index()].is_plain;
        let has_unseen = self.books[instrument.index()].has_unseen(incoming.side.opposite());
        let is_pegged = incoming.attributes.is_some_and(OrderAttributes::is_peg);
        let cancelled = if is_plain && !has_unseen && !is_pegged {
            let (references, reach) = (References::NONE, incoming.limit);
            let conditions = Conditions { bounds: Bounds::ANY, references, reach, is_guarded: false };
            self.match_incoming::<false, O>(incoming, &conditions, out)
        } else {
            self.match_with_care(incoming, out)
        };
        if incoming.size.is_zero() {
            self.finish_incoming(incoming, OrderStatus::Filled);
        } else if let Some(reason) = cancelled {
            self.cancel_incoming(incoming, reason, out);
        } else if incoming.may_rest() && incoming.size.lots() < incoming.hidden_minimum() {
            self.cancel_incoming(incoming, CancelReason::BelowMinimum, out);
        } else if incoming.may_rest() {
            self.rest(incoming, out);
        } else {
            match (incoming.time_in_force, incoming.order_type) {
                (TimeInForce::Ioc, OrderType::Limit) => {
                    self.cancel_incoming(incoming, CancelReason::IocRemainder, out);
                }
                (TimeInForce::Ioc, OrderType::Market) => {
                    self.cancel_incoming(incoming, CancelReason::MarketRemainder, out);
                }
                _ => unreachable!("a fill-or-kill was seen to fill"),
            }
        }
        self.assert_conserved(incoming);
    }

    /// Where there may be hidden or pegged orders, a call, or bounds of prices.
    #[cold]
    pub(super) fn match_with_care<O: Output>(&mut self, incoming: &mut Incoming, out: &mut O) -> Option<CancelReason> {
        if self.phase(incoming.instrument_id) != Phase::Continuous {
            return None;
        }
        let references = self.references(incoming.instrument_id, NIL);
        let reach = self.reach(incoming, &references)?;
        let bounds = self.bounds_of(incoming.instrument_id);
        let is_guarded = self.markets[incoming.instrument_id.index()].is_guarded;
        let conditions = Conditions { bounds, references, reach, is_guarded };
        self.match_incoming::<true, O>(incoming, &conditions, out)
    }

    /// Of the two assets that an order moves.
    #[inline(always)]
    pub(super) fn assert_conserved(&self, incoming: &Incoming) {
        self.ledger.assert_conserved(incoming.terms.base);
        self.ledger.assert_conserved(incoming.terms.quote);
    }

    /// The best price on the other side of an order's book, hidden and pegged orders included.
    #[inline(always)]
    pub(super) fn opposite_touch(&self, incoming: &Incoming) -> Option<PriceTicks> {
        self.touch_without(incoming.instrument_id, incoming.side.opposite(), NIL)
    }

    /// Trades until nothing is left or nothing fits. Returns the reason if something else ended it. `CAREFUL`: the
    /// other side may have hidden or pegged orders, and a trade may be out of bounds.
    #[inline]
    fn match_incoming<const CAREFUL: bool, O: Output>(
        &mut self,
        incoming: &mut Incoming,
        conditions: &Conditions,
        out: &mut O,
    ) -> Option<CancelReason> {
        let book = incoming.instrument_id.index();
        let (opposite, bounds) = (incoming.side.opposite(), &conditions.bounds);
        let mut passed_over = NIL;
        while !incoming.size.is_zero() {
            let (slot, price) = if CAREFUL {
                self.first_to_trade(incoming, passed_over, conditions)?
            } else {
                let best = self.books[book].best(opposite);
                if !incoming.crosses(best) {
                    return None;
                }
                let front = self.books[book].front(&self.levels, opposite);
                best.and_then(|price| Some((front?, price))).expect("what is crossed is there")
            };
            let maker = self.orders[slot];
            let mut quantity = match incoming.size {
                Size::Lots(lots) => lots.min(maker.leaves),
                Size::Notional(budget) => {
                    let taker_rate = u32::from(incoming.fees.taker_rate);
                    risk::affordable(budget, price, incoming.terms.tick_lot_value, taker_rate, maker.leaves)
                }
            };
            if CAREFUL && self.is_passed_over(&maker, quantity, bounds) {
                passed_over = slot;
                continue;
            }
            if CAREFUL && conditions.is_guarded {
                match self.judge(incoming, &maker, quantity) {
                    Judged::TakerBarred => return Some(CancelReason::Ineligible),
                    Judged::MakerBarred => {
                        self.cancel_resting(slot, CancelReason::Ineligible, out);
                        continue;
                    }
                    Judged::Trades(lots) if lots < quantity && lots < self.minimum_of(&maker) => {
                        passed_over = slot;
                        continue;
                    }
                    Judged::Trades(lots) => quantity = lots,
                }
            }
            if CAREFUL && !bounds.pause.contains(price) {
                self.begin_pause(incoming.instrument_id, out);
                return None;
            }
            if CAREFUL && !bounds.trade.contains(price) {
                return Some(CancelReason::OutOfBand);
            }
            if self.are_one_party(incoming, &maker) && incoming.stp != SelfTradePrevention::None {
                if let Some(reason) = self.prevent_self_trade(incoming, slot, out) {
                    return Some(reason);
                }
                continue;
            }
            if quantity.0 == 0 {
                return None;
            }
            let left = self.orders.left(&maker);
            self.fill(incoming, &Trade { slot, maker, left, price, quantity }, out);
            if CAREFUL {
                self.remember_trade(incoming.instrument_id, price);
            }
            if incoming.quote_group != 0 && self.is_quote_stopped(incoming) {
                return Some(CancelReason::Protection);
            }
        }
        None
    }

    /// The order that the next lots would trade with, and its price: at one price displayed before hidden before pegged,
    /// hidden ones behind the one that was passed over.
    #[inline]
    fn first_to_trade(
        &self,
        incoming: &Incoming,
        passed_over: u32,
        conditions: &Conditions,
    ) -> Option<(u32, PriceTicks)> {
        let (book, opposite) = (&self.books[incoming.instrument_id.index()], incoming.side.opposite());
        let hidden = match passed_over {
            NIL => book.ladder(LadderId::hidden(opposite)).front(&self.levels),
            passed_over => Ladder::behind(&self.levels, &self.orders, passed_over),
        };
        let displayed = book.best(opposite).and_then(|price| Some((book.front(&self.levels, opposite)?, price)));
        let hidden = hidden.map(|slot| (slot, self.orders[slot].price()));
        let pegged = self.first_peg(incoming.instrument_id, opposite, &conditions.references);
        let better = |first: Option<(u32, PriceTicks)>, other: Option<(u32, PriceTicks)>| match (first, other) {
            (Some((_, price)), Some((_, against))) if is_better(opposite, against, price) => other,
            (first, other) => first.or(other),
        };
        let first = better(better(displayed, hidden), pegged);
        first.filter(|&(_, price)| !is_better(opposite, conditions.reach, price))
    }

    /// The least lots that a fill of a resting order must have.
    #[inline]
    pub(super) fn minimum_of(&self, order: &Order) -> QuantityLots {
        let limited = order.attributed && order.ladder.is_hidden();
        QuantityLots(if limited { self.orders.attributes(order.id.slot()).min_quantity } else { 0 })
    }

    /// Whether a resting order takes no part in a fill of so many lots.
    #[inline]
    pub(super) fn is_passed_over(&self, order: &Order, quantity: QuantityLots, bounds: &Bounds) -> bool {
        let minimum = self.minimum_of(order);
        quantity < minimum || minimum.0 > 0 && !bounds.trade.contains(order.price())
    }

    /// Whether an order is of the same account, or of one of the same group.
    #[inline]
    pub(super) fn are_one_party(&self, incoming: &Incoming, order: &Order) -> bool {
        order.account == incoming.account || self.is_of_group(order.account, incoming.group)
    }

    /// Whether an account is of a group; of 0 none is.
    #[inline]
    pub(super) fn is_of_group(&self, account: AccountId, group: u32) -> bool {
        group != 0 && self.accounts[account.index()].group == group
    }

    /// One fill: settled whole, then reported to both sides.
    fn fill<O: Output>(&mut self, incoming: &mut Incoming, trade: &Trade, out: &mut O) {
        let charges = self.settle_fill(incoming, trade);
        self.report_fill(incoming, trade, &charges, out);
        let (slot, quantity) = (trade.slot, trade.quantity);
        out.change(self.executed(trade));
        self.count_shown(&trade.maker, QuantityLots(-quantity.0));
        let book = &mut self.books[incoming.instrument_id.index()];
        book.last_trade = trade.price.0 as u32;
        if let Some(unseen) = book.unseen_mut() {
            unseen.look_at_trade(trade.price.0 as u32);
        }
        book.reduce(&mut self.levels, &mut self.orders, slot, quantity);
        if trade.left == quantity {
            book.remove(&mut self.levels, &mut self.orders, slot);
            self.finish_resting(slot, OrderStatus::Filled, out);
        } else if trade.maker.attributed {
            self.go_on_resting(slot, out);
        }
        if incoming.quote_group | trade.maker.quote_group != 0 {
            self.count_quote_fill(incoming, &trade.maker, quantity, charges.cash, out);
        }
    }

    /// A trade as a change of the book. That of a hidden order is nobody's.
    #[inline]
    fn executed(&self, trade: &Trade) -> BookChange {
        let Trade { ref maker, quantity, .. } = *trade;
        let executed = BookChange {
            leaves: maker.leaves - quantity,
            quantity,
            settlement_id: self.settlements,
            ..self.change(maker, ChangeKind::Executed)
        };
        if maker.ladder.is_displayed() {
            executed
        } else {
            BookChange { order_id: OrderId(0), leaves: QuantityLots(0), kind: ChangeKind::HiddenExecuted, ..executed }
        }
    }

    /// Delivers both legs and charges both fees; lowers what the incoming order has left.
    #[inline]
    fn settle_fill(&mut self, incoming: &mut Incoming, trade: &Trade) -> Charges {
        let Trade { maker, price, quantity, .. } = trade;
        let terms = incoming.terms;
        let cash = risk::cash(*price, *quantity, terms.tick_lot_value).expect("a hold of at least this was checked");
        let delivered = risk::delivered(*quantity, terms.lot_size).expect("a hold of at least this was checked");
        let taker_fee = risk::fee(cash, u32::from(incoming.fees.taker_rate));
        // One branch for both: most makers pay, where no fills count.
        let maker_fee = if (maker.maker_rate < 0) | self.fees.has_tiers() {
            self.charge_maker(maker, incoming.account, terms.quote, cash, incoming.fees.taker_rate)
        } else {
            risk::fee(cash, maker.maker_rate as u32)
        };

        incoming.filled += *quantity;
        match &mut incoming.size {
            Size::Lots(lots) => *lots -= *quantity,
            Size::Notional(budget) => *budget -= cash + taker_fee,
        }
        let held = incoming.required_hold().expect("no more than at acceptance");
        let released = incoming.held - held;
        incoming.held = held;
        let (taker, maker_account) = (incoming.account, maker.account);
        let (buyer, seller, hold_released, buyer_fee, seller_fee) = match incoming.side {
            Side::Buy => (taker, maker_account, released, taker_fee, maker_fee),
            Side::Sell => {
                let released =
                    terms.resting_hold(maker, trade.left) - terms.resting_hold(maker, trade.left - *quantity);
                (maker_account, taker, released, maker_fee, taker_fee)
            }
        };
        let (base, quote) = (terms.base, terms.quote);
        let delivery = Delivery { buyer, seller, base, quote, delivered, cash, hold_released, buyer_fee, seller_fee };
        settle(&mut self.ledger, &delivery);
        self.settlements += 1;
        Charges { cash, taker_fee, maker_fee }
    }

    #[inline]
    fn report_fill<O: Output>(&mut self, incoming: &Incoming, trade: &Trade, charges: &Charges, out: &mut O) {
        let Trade { maker, price, quantity, .. } = trade;
        let client_id = incoming.client_id();
        let taker = Fill {
            side: incoming.side as u8,
            liquidity: Liquidity::Taker as u8,
            order_id: incoming.id.0,
            instrument: incoming.instrument_id.0,
            price: price.0 as u32,
            quantity: quantity.0,
            leaves: incoming.size.lots().0,
            filled: incoming.filled.0,
            cash: charges.cash.0,
            fee: charges.taker_fee.0,
            settlement_id: self.settlements,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..Fill::EMPTY
        };
        self.emit(incoming.account, taker, out);
        let client_id = self.client_id_of(maker);
        let leaves = trade.left - *quantity;
        let maker_fill = Fill {
            side: maker.side as u8,
            liquidity: Liquidity::Maker as u8,
            order_id: maker.id.0,
            leaves: leaves.0,
            filled: (maker.quantity - leaves).0,
            fee: charges.maker_fee.0,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..taker
        };
        self.emit(maker.account, maker_fill, out);
    }

    /// Puts what is left on the book, at the back of its level.
    #[inline(always)]
    pub(super) fn rest<O: Output>(&mut self, incoming: &Incoming, out: &mut O) {
        if let Some(attributes) = incoming.attributes {
            return self.rest_with_attributes(&{ *incoming }, attributes, out);
        }
        let slot = incoming.id.slot();
        self.seat(incoming, LadderId::displayed(incoming.side), incoming.size.lots());
        out.change(self.arrived(incoming));
        self.books[incoming.instrument_id.index()].append(&mut self.levels, &mut self.orders, slot);
        self.count_rested(slot);
    }

    /// An order that rests, as a change of the book.
    #[inline(always)]
    pub(super) fn arrived(&self, incoming: &Incoming) -> BookChange {
        let order = &self.orders[incoming.id.slot()];
        match incoming.moved_from {
            None => self.change(order, ChangeKind::Added),
            Some(price) => BookChange { previous_price: price.0 as u32, ..self.change(order, ChangeKind::Moved) },
        }
    }

    /// Writes an order that is about to join a queue into its slot, and its account's list.
    #[inline(always)]
    pub(super) fn seat(&mut self, incoming: &Incoming, ladder: LadderId, leaves: QuantityLots) {
        let slot = incoming.id.slot();
        let (account_next, account_prev) = if incoming.rested_before {
            (self.orders[slot].account_next, self.orders[slot].account_prev)
        } else {
            (NIL, NIL)
        };
        self.orders[slot] = Order {
            id: incoming.id,
            quantity: incoming.total(),
            leaves,
            price: incoming.limit.0 as u32,
            account: incoming.account,
            next: NIL,
            prev: NIL,
            level: NIL,
            account_next,
            account_prev,
            maker_rate: incoming.fees.maker_rate,
            hold_rate: incoming.fees.hold_rate(),
            instrument: incoming.instrument_id.0 as u16,
            side: incoming.side,
            conduct: Conduct::new(incoming.time_in_force, incoming.stp),
            quote_group: incoming.quote_group,
            named: incoming.name.is_some(),
            attributed: false,
            ladder,
        };
        if !incoming.rested_before {
            if let Some(name) = incoming.name {
                self.client_ids.insert(slot, name);
            }
            if incoming.quote_group != 0 {
                self.add_quote(incoming);
            }
            self.accounts[incoming.account.index()].link(&mut self.orders, slot);
        }
    }
}

/// Whether a price of a side is better than another.
#[inline]
pub(crate) fn is_better(side: Side, price: PriceTicks, other: PriceTicks) -> bool {
    if side == Side::Buy { price > other } else { price < other }
}
