//! How an order that is allowed to trade trades: price-time priority, self-trade prevention, settlement.

use super::incoming::{Incoming, Size};
use super::{Engine, Output, change};
use crate::change::BookChange;
use crate::command::OrderAttributes;
use crate::event::Fill;
use crate::orders::{NIL, Order};
use crate::risk;
use crate::settlement::{Delivery, settle};
use crate::types::*;

/// A trade that both sides agree to.
struct Trade {
    slot: u32,
    maker: Order,
    price: PriceTicks,
    quantity: QuantityLots,
}

/// What a trade cost.
struct Charges {
    cash: Amount,
    taker_fee: Amount,
    maker_fee: Amount,
}

impl Engine {
    /// Whether a fill-or-kill finds its whole quantity. Own orders end the walk or are passed over, as they would be.
    pub(super) fn can_fill_whole(&self, incoming: &Incoming) -> bool {
        let book = &self.books[incoming.instrument_id.index()];
        let side = incoming.side.opposite();
        let mut missing = incoming.size.lots().0;
        // Level totals first: looking at orders, of which there can be many, is only for those that may fill.
        let within = book.depth(&self.levels, side).take_while(|level| incoming.crosses(Some(level.price)));
        if within
            .scan(missing, |left, level| {
                *left -= level.quantity.0;
                Some(*left)
            })
            .all(|left| left > 0)
        {
            return false;
        }
        for level in book.depth(&self.levels, side) {
            if !incoming.crosses(Some(level.price)) {
                return false;
            }
            for slot in book.queue(&self.levels, &self.orders, side, level.price) {
                let order = &self.orders[slot];
                if order.account != incoming.account {
                    missing -= order.leaves.0;
                } else if incoming.stp != SelfTradePrevention::CancelOldest {
                    return false;
                }
                if missing <= 0 {
                    return true;
                }
            }
        }
        false
    }

    /// Matches an accepted, held order; then it rests, or is finished.
    #[inline(never)]
    pub(super) fn run<O: Output>(&mut self, incoming: &mut Incoming, out: &mut O) {
        let cancelled = self.match_incoming(incoming, out);
        if incoming.size.is_zero() {
            self.finish_incoming(incoming, OrderStatus::Filled);
        } else if let Some(reason) = cancelled {
            self.cancel_incoming(incoming, reason, out);
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

    /// Of the two assets that an order moves.
    #[inline]
    pub(super) fn assert_conserved(&self, incoming: &Incoming) {
        self.ledger.assert_conserved(incoming.terms.base);
        self.ledger.assert_conserved(incoming.terms.quote);
    }

    /// The best price on the other side of an order's book.
    #[inline]
    pub(super) fn best_opposite(&self, incoming: &Incoming) -> Option<PriceTicks> {
        self.books[incoming.instrument_id.index()].best(incoming.side.opposite())
    }

    /// Trades until nothing is left or nothing fits. Returns the reason if self-trade prevention ended it.
    #[inline]
    fn match_incoming<O: Output>(&mut self, incoming: &mut Incoming, out: &mut O) -> Option<CancelReason> {
        let book = incoming.instrument_id.index();
        let opposite = incoming.side.opposite();
        while !incoming.size.is_zero() {
            let best = self.books[book].best(opposite);
            if !incoming.crosses(best) {
                return None;
            }
            let price = best.expect("what is crossed is there");
            let slot = self.books[book].front(&self.levels, opposite);
            let maker = self.orders[slot];
            if maker.account == incoming.account {
                if incoming.stp != SelfTradePrevention::CancelNewest {
                    self.cancel_resting(slot, CancelReason::SelfTradeResting, out);
                }
                if incoming.stp != SelfTradePrevention::CancelOldest {
                    return Some(CancelReason::SelfTradeIncoming);
                }
                continue;
            }
            let quantity = match incoming.size {
                Size::Lots(lots) => lots.min(maker.leaves),
                Size::Notional(budget) => {
                    let taker_rate = u32::from(incoming.fees.taker_rate);
                    risk::affordable(budget, price, incoming.terms.tick_lot_value, taker_rate, maker.leaves)
                }
            };
            if quantity.0 == 0 {
                return None;
            }
            self.fill(incoming, &Trade { slot, maker, price, quantity }, out);
        }
        None
    }

    /// One fill: settled whole, then reported to both sides.
    fn fill<O: Output>(&mut self, incoming: &mut Incoming, trade: &Trade, out: &mut O) {
        let charges = self.settle_fill(incoming, trade);
        self.report_fill(incoming, trade, &charges, out);
        let (slot, quantity) = (trade.slot, trade.quantity);
        out.change(BookChange {
            leaves: trade.maker.leaves - quantity,
            quantity,
            settlement_id: self.settlements,
            ..change(&trade.maker, ChangeKind::Executed)
        });
        let book = &mut self.books[incoming.instrument_id.index()];
        book.reduce(&mut self.levels, &mut self.orders, slot, quantity);
        if trade.maker.leaves == quantity {
            book.remove(&mut self.levels, &mut self.orders, slot);
            self.finish_resting(slot, OrderStatus::Filled);
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
        let maker_fee = risk::fee(cash, u32::from(maker.maker_rate));

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
                let after = Order { leaves: maker.leaves - *quantity, ..*maker };
                let released = terms.resting_hold(maker) - terms.resting_hold(&after);
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
        let leaves = maker.leaves - *quantity;
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
        let slot = incoming.id.slot();
        let (account_next, account_prev) = if incoming.rested_before {
            (self.orders[slot].account_next, self.orders[slot].account_prev)
        } else {
            (NIL, NIL)
        };
        self.orders[slot] = Order {
            id: incoming.id,
            quantity: incoming.total(),
            leaves: incoming.size.lots(),
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
            time_in_force: incoming.time_in_force,
            stp: incoming.stp,
            named: incoming.name.is_some(),
            attributed: if incoming.rested_before { self.orders[slot].attributed } else { false },
        };
        if !incoming.rested_before {
            if let Some(name) = incoming.name {
                self.client_ids.insert(slot, name);
            }
            self.accounts[incoming.account.index()].link(&mut self.orders, slot);
            if incoming.attributes != OrderAttributes::NONE {
                self.orders[slot].attributed = true;
                self.orders.set_attributes(slot, &incoming.attributes);
                self.schedule(slot);
            }
        }
        out.change(match incoming.moved_from {
            None => change(&self.orders[slot], ChangeKind::Added),
            Some(price) => {
                BookChange { previous_price: price.0 as u32, ..change(&self.orders[slot], ChangeKind::Moved) }
            }
        });
        self.books[incoming.instrument_id.index()].append(&mut self.levels, &mut self.orders, slot);
    }
}
