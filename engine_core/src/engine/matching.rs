//! How an order that is allowed to trade trades: price-time priority, self-trade prevention, settlement.

use super::Engine;
use super::order_entry::resting_buy_hold;
use crate::client_ids::{Key, Outcome};
use crate::event::{CancelReason, Event, OrderStatus, RejectCode, kind, liquidity};
use crate::orders::{NIL, Order};
use crate::registry::{FeeSchedule, Instrument};
use crate::risk;
use crate::settlement::{Delivery, settle};
use crate::types::*;

/// What is left of an incoming order: lots to trade, or quote units to spend.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Size {
    Lots(QuantityLots),
    Notional(Amount),
}

impl Size {
    fn is_zero(self) -> bool {
        match self {
            Size::Lots(lots) => lots.0 == 0,
            Size::Notional(budget) => budget.0 == 0,
        }
    }

    /// Lots left; none for a notional.
    fn lots(self) -> QuantityLots {
        match self {
            Size::Lots(lots) => lots,
            Size::Notional(_) => QuantityLots(0),
        }
    }
}

/// An accepted order on its way through the book. It has a slot, but lives here until it rests.
pub(super) struct Incoming<'a> {
    pub id: OrderId,
    pub account: AccountId,
    pub instrument_id: InstrumentId,
    pub instrument: Instrument,
    pub side: Side,
    pub order_type: OrderType,
    pub time_in_force: TimeInForce,
    pub stp: SelfTradePrevention,
    /// The limit price; for a market order its collar.
    pub limit: PriceTicks,
    pub size: Size,
    pub filled: QuantityLots,
    pub fees: FeeSchedule,
    /// What is held for what is left.
    pub held: Amount,
    pub key: &'a Key,
    /// An amended order: it is already in its account's list.
    pub rested_before: bool,
}

impl Incoming<'_> {
    pub fn held_asset(&self) -> AssetId {
        match self.side {
            Side::Buy => self.instrument.quote,
            Side::Sell => self.instrument.base,
        }
    }

    /// What must be held for what is left.
    #[inline]
    pub fn required_hold(&self) -> Result<Amount, RejectCode> {
        match (self.side, self.size) {
            (_, Size::Notional(budget)) => Ok(budget),
            (Side::Buy, Size::Lots(lots)) => {
                risk::buy_hold(self.limit, lots, self.instrument.tick_lot_value, u32::from(self.fees.hold_rate()))
            }
            (Side::Sell, Size::Lots(lots)) => {
                let hold = risk::sell_hold(lots, self.instrument.lot_size)?;
                risk::cash(self.limit, lots, self.instrument.tick_lot_value)?;
                Ok(hold)
            }
        }
    }

    #[inline]
    pub fn crosses(&self, best_opposite: Option<PriceTicks>) -> bool {
        match (self.side, best_opposite) {
            (_, None) => false,
            (Side::Buy, Some(ask)) => self.limit >= ask,
            (Side::Sell, Some(bid)) => self.limit <= bid,
        }
    }

    fn total(&self) -> QuantityLots {
        self.filled + self.size.lots()
    }
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
    #[inline]
    pub(super) fn run(&mut self, incoming: &mut Incoming, events: &mut Vec<Event>) {
        let cancelled = self.match_incoming(incoming, events);
        if incoming.size.is_zero() {
            self.finish_incoming(incoming, OrderStatus::Filled);
        } else if let Some(reason) = cancelled {
            self.cancel_incoming(incoming, reason, events);
        } else {
            match (incoming.time_in_force, incoming.order_type) {
                (TimeInForce::Gtc | TimeInForce::PostOnly, _) => self.rest(incoming),
                (TimeInForce::Ioc, OrderType::Limit) => {
                    self.cancel_incoming(incoming, CancelReason::IocRemainder, events)
                }
                (TimeInForce::Ioc, OrderType::Market) => {
                    self.cancel_incoming(incoming, CancelReason::MarketRemainder, events);
                }
                (TimeInForce::Fok, _) => unreachable!("a fill-or-kill was seen to fill"),
            }
        }
        self.ledger.assert_conserved(incoming.instrument.base);
        self.ledger.assert_conserved(incoming.instrument.quote);
    }

    /// Trades until nothing is left or nothing fits. Returns the reason if self-trade prevention ended it.
    fn match_incoming(&mut self, incoming: &mut Incoming, events: &mut Vec<Event>) -> Option<CancelReason> {
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
                    self.cancel_resting(slot, CancelReason::SelfTradeResting, events);
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
                    risk::affordable(budget, price, incoming.instrument.tick_lot_value, taker_rate, maker.leaves)
                }
            };
            if quantity.0 == 0 {
                return None;
            }
            self.fill(incoming, slot, &maker, price, quantity, events);
        }
        None
    }

    /// One fill: settled whole, then reported to both sides.
    #[inline]
    fn fill(
        &mut self,
        incoming: &mut Incoming,
        slot: u32,
        maker: &Order,
        price: PriceTicks,
        quantity: QuantityLots,
        events: &mut Vec<Event>,
    ) {
        let Instrument { base, quote, lot_size, tick_lot_value, .. } = incoming.instrument;
        let cash = risk::cash(price, quantity, tick_lot_value).expect("a hold of at least this was checked");
        let delivered = risk::sell_hold(quantity, lot_size).expect("a hold of at least this was checked");
        let taker_fee = risk::fee(cash, u32::from(incoming.fees.taker_rate));
        let maker_fee = risk::fee(cash, u32::from(maker.maker_rate));

        incoming.filled += quantity;
        match &mut incoming.size {
            Size::Lots(lots) => *lots -= quantity,
            Size::Notional(budget) => *budget -= cash + taker_fee,
        }
        let held = incoming.required_hold().expect("no more than at acceptance");
        let released = incoming.held - held;
        incoming.held = held;
        let maker_after = Order { leaves: maker.leaves - quantity, ..*maker };
        let delivery = match incoming.side {
            Side::Buy => Delivery {
                buyer: incoming.account,
                seller: maker.account,
                base,
                quote,
                delivered,
                cash,
                hold_released: released,
                buyer_fee: taker_fee,
                seller_fee: maker_fee,
            },
            Side::Sell => Delivery {
                buyer: maker.account,
                seller: incoming.account,
                base,
                quote,
                delivered,
                cash,
                hold_released: resting_buy_hold(maker, tick_lot_value) - resting_buy_hold(&maker_after, tick_lot_value),
                buyer_fee: maker_fee,
                seller_fee: taker_fee,
            },
        };
        settle(&mut self.ledger, &delivery);
        self.settlements += 1;

        let taker_event = Event {
            kind: kind::FILL,
            side: incoming.side as u8,
            liquidity: liquidity::TAKER,
            instrument: incoming.instrument_id.0,
            order_id: incoming.id.0,
            price: price.0,
            quantity: quantity.0,
            leaves: incoming.size.lots().0,
            filled: incoming.filled.0,
            cash: cash.0,
            fee: taker_fee.0,
            reference: self.settlements,
            ..Event::EMPTY
        };
        let maker_event = Event {
            side: maker.side as u8,
            liquidity: liquidity::MAKER,
            order_id: maker.id.0,
            leaves: maker_after.leaves.0,
            filled: maker_after.filled().0,
            fee: maker_fee.0,
            ..taker_event
        };
        self.emit(incoming.account, taker_event, events);
        self.emit(maker.account, maker_event, events);

        let book = &mut self.books[incoming.instrument_id.index()];
        book.reduce(&mut self.levels, &mut self.orders, slot, quantity);
        if maker_after.leaves.0 == 0 {
            book.remove(&mut self.levels, &mut self.orders, slot);
            self.finish_resting(slot, OrderStatus::Filled);
        }
    }

    /// Puts what is left on the book, at the back of its level.
    #[inline]
    fn rest(&mut self, incoming: &Incoming) {
        let slot = incoming.id.slot();
        let links = if incoming.rested_before {
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
            account_next: links.0,
            account_prev: links.1,
            maker_rate: incoming.fees.maker_rate,
            hold_rate: incoming.fees.hold_rate(),
            instrument: incoming.instrument_id.0 as u16,
            side: incoming.side,
            time_in_force: incoming.time_in_force,
            stp: incoming.stp,
        };
        if !incoming.rested_before {
            self.client_ids.name(slot, incoming.key);
            self.client_ids.insert(slot);
            self.accounts[incoming.account.index()].link(&mut self.orders, slot);
        }
        self.books[incoming.instrument_id.index()].append(&mut self.levels, &mut self.orders, slot);
    }

    /// Ends an order with something left: its hold returns.
    fn cancel_incoming(&mut self, incoming: &Incoming, reason: CancelReason, events: &mut Vec<Event>) {
        self.ledger.release(incoming.account, incoming.held_asset(), incoming.held);
        let budget_left = match incoming.size {
            Size::Lots(_) => Amount::ZERO,
            Size::Notional(budget) => budget,
        };
        let event = Event {
            kind: kind::CANCELLED,
            code: reason as u8,
            side: incoming.side as u8,
            instrument: incoming.instrument_id.0,
            order_id: incoming.id.0,
            price: incoming.limit.0,
            quantity: incoming.total().0,
            leaves: incoming.size.lots().0,
            filled: incoming.filled.0,
            cash: budget_left.0,
            ..Event::EMPTY
        };
        self.emit(incoming.account, event, events);
        self.finish_incoming(incoming, OrderStatus::Cancelled);
    }

    /// Frees the slot of an order that is not on the book and moves its client id to the finished window.
    #[inline]
    fn finish_incoming(&mut self, incoming: &Incoming, status: OrderStatus) {
        let slot = incoming.id.slot();
        self.orders.free(slot);
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
            self.accounts[incoming.account.index()].unlink(&mut self.orders, slot);
            self.client_ids.finish_resting(slot, &outcome);
        } else {
            self.client_ids.finish(incoming.key, &outcome);
        }
    }
}
