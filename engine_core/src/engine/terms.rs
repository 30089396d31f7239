//! What an order says of itself: which of it goes together, what fits the instrument, how much must trade at once.

use super::incoming::Incoming;
use super::{Applied, Engine};
use crate::book::Book;
use crate::command::{OrderAttributes, Place};
use crate::orders::{LadderId, Order};
use crate::types::*;

/// The parts of a PLACE that can be malformed, but for its client order id and its attributes: five bytes that stay in
/// registers.
pub(super) struct Terms {
    pub side: Side,
    pub order_type: OrderType,
    pub time_in_force: TimeInForce,
    pub stp: SelfTradePrevention,
    pub quantity_kind: QuantityKind,
}

impl Terms {
    #[inline(always)]
    pub fn read(body: &Place) -> Option<Terms> {
        Some(Terms {
            side: Side::from_byte(body.side)?,
            order_type: OrderType::from_byte(body.order_type)?,
            time_in_force: TimeInForce::from_byte(body.time_in_force)?,
            stp: SelfTradePrevention::from_byte(body.stp)?,
            quantity_kind: QuantityKind::from_byte(body.quantity_kind)?,
        })
    }

    /// Markets never rest, the remainder of market-to-limit always does; a notional is spent at once, by a buyer, and
    /// has no lots to lose.
    #[inline(always)]
    pub fn can_be_combined(&self, for_auction: bool) -> bool {
        let type_fits = match self.order_type {
            OrderType::Limit => true,
            OrderType::Market => for_auction || !self.time_in_force.may_rest(),
            OrderType::MarketToLimit => self.time_in_force == TimeInForce::Gtc,
        };
        // Asked last, and rarely: no branch can foresee the side.
        let spends = || {
            self.side == Side::Buy
                && self.time_in_force == TimeInForce::Ioc
                && self.stp != SelfTradePrevention::Decrement
        };
        type_fits && (self.quantity_kind == QuantityKind::Lots || spends())
    }
}

/// The attributes that a PLACE gives its order, if any.
#[cold]
pub(super) fn read_attributes(body: &Place) -> Result<Option<OrderAttributes>, RejectCode> {
    let attributes = OrderAttributes::of(body);
    let is_sound = Trigger::from_byte(attributes.trigger).is_some()
        && Visibility::from_byte(attributes.visibility).is_some()
        && Lifetime::from_byte(attributes.lifetime).is_some()
        && PegReference::from_byte(attributes.peg).is_some();
    if !is_sound {
        return Err(RejectCode::Malformed);
    }
    Ok((attributes != OrderAttributes::NONE).then_some(attributes))
}

impl OrderAttributes {
    pub(super) fn is_hidden(&self) -> bool {
        self.visibility == Visibility::Hidden as u8
    }

    pub(super) fn is_day(&self) -> bool {
        self.lifetime == Lifetime::Day as u8
    }

    /// Whether it ends with the next auction.
    pub(crate) fn is_for_auction(&self) -> bool {
        self.lifetime == Lifetime::Auction as u8
    }

    /// Whether it waits for a value.
    pub(super) fn is_stop(&self) -> bool {
        self.trigger != Trigger::None as u8
    }

    /// Whether they go together, and with an order of such terms (`docs/market-rules.md`, section 2).
    #[cold]
    pub(super) fn fit(&self, terms: &Terms) -> bool {
        let (iceberg, ends) = (self.display_quantity != 0, self.expires_at != 0 || self.is_day());
        let notional = terms.quantity_kind == QuantityKind::Notional;
        let takes_at_once = terms.time_in_force == TimeInForce::Fok;
        let never_takes = terms.time_in_force.is_post_only();
        let shown_fits = !(iceberg && self.is_hidden())
            && (terms.time_in_force.may_rest() || !iceberg && !self.is_hidden())
            && (terms.time_in_force.may_rest() || !ends || self.is_stop());
        let minimum_fits = self.min_quantity == 0 || !(takes_at_once || never_takes || self.is_stop() || notional);
        let trigger_fits = if self.is_stop() {
            let market_fits = match terms.order_type {
                OrderType::Limit => true,
                OrderType::Market => terms.time_in_force == TimeInForce::Ioc,
                OrderType::MarketToLimit => false,
            };
            market_fits && !takes_at_once && !never_takes && !notional && (self.trigger_price != 0 || self.trail != 0)
        } else {
            self.trigger_price == 0 && self.trail == 0
        };
        let auction_fits = !self.is_for_auction() || self.fit_auction(terms);
        shown_fits && minimum_fits && trigger_fits && auction_fits && self.fit_peg(terms)
    }

    /// Whether they go together with an order for one auction.
    fn fit_auction(&self, terms: &Terms) -> bool {
        let shown_fits = terms.order_type != OrderType::Market || self.display_quantity == 0 && !self.is_hidden();
        terms.time_in_force == TimeInForce::Gtc && !self.is_stop() && self.min_quantity == 0 && shown_fits
    }

    /// Whether an order with them can be collected in a call phase.
    pub(super) fn fit_call(&self, terms: &Terms) -> bool {
        let type_fits = match terms.order_type {
            OrderType::Limit => true,
            OrderType::Market => self.is_for_auction(),
            OrderType::MarketToLimit => false,
        };
        type_fits && terms.time_in_force == TimeInForce::Gtc && (self.min_quantity == 0 || self.is_hidden())
    }

    /// Whether an order of so many lots can be shown in such slices, and can trade as little at once.
    #[cold]
    pub(super) fn fit_quantity(&self, quantity: i64) -> bool {
        (0..=quantity).contains(&self.display_quantity)
            && (0..=quantity).contains(&self.min_quantity)
            && self.fit_slices(quantity)
    }

    /// Whether so many lots are few enough slices of an iceberg: each can be a fill.
    pub(super) fn fit_slices(&self, quantity: i64) -> bool {
        self.display_quantity == 0
            || i128::from(quantity) <= i128::from(self.display_quantity) * i128::from(MAX_ICEBERG_SLICES)
    }

    #[cold]
    pub(super) fn fit_range(&self, max_price: PriceTicks) -> bool {
        i64::from(self.trigger_price.max(self.trail)) <= max_price.0 && u32::from(self.peg_offset) <= MAX_PEG_OFFSET
    }

    /// Whether an order that ends by itself would have ended by then.
    #[cold]
    pub(super) fn ends_by(&self, now_ns: u64) -> bool {
        self.expires_at != 0 && self.expires_at <= now_ns
    }

    /// Whether a book has as many orders of this kind as it may.
    #[cold]
    pub(super) fn find_no_room(&self, side: Side, book: &Book) -> bool {
        let Some(unseen) = book.unseen() else { return false };
        let queue = self.stops(side).and_then(LadderId::stop_index);
        self.is_hidden() && self.min_quantity > 0 && unseen.minimums[side as usize] >= MAX_MINIMUM_ORDERS
            || self.trail > 0 && queue.is_some_and(|queue| unseen.trailing[queue].len() >= MAX_TRAILING_ORDERS as usize)
    }

    /// Whether an open order that is in this queue can have these attributes: what a state image may say.
    pub(crate) fn fit_open(&self, order: &Order, max_price: PriceTicks) -> bool {
        let known = Trigger::from_byte(self.trigger).is_some()
            && Visibility::from_byte(self.visibility).is_some()
            && Lifetime::from_byte(self.lifetime).is_some()
            && PegReference::from_byte(self.peg).is_some()
            && OrderType::from_byte(self.waiting_type).is_some()
            && Trigger::from_byte(self.exit_trigger).is_some()
            && self.reserved == [0; _]
            && self.reserved_2 == [0; _];
        let waits = order.ladder.stop_index().is_some();
        let (is_iceberg, hidden) = (self.display_quantity > 0, self.is_hidden());
        let slice_fits = if is_iceberg && !waits {
            order.leaves.0 <= self.display_quantity && (0..=(order.quantity - order.leaves).0).contains(&self.reserve)
        } else {
            self.reserve == 0 && self.slice == 0
        };
        let minimum_fits = self.min_quantity == 0
            || order.ladder.is_hidden()
                && order.time_in_force() == TimeInForce::Gtc
                && (1..=order.quantity.0).contains(&self.min_quantity);
        let day_fits = self.trade_date == 0 || self.is_day() && is_date(self.trade_date);
        let market_fits = !order.ladder.is_auction() || self.is_for_auction() && !is_iceberg;
        let auction_fits =
            !self.is_for_auction() || order.time_in_force() == TimeInForce::Gtc && !waits && self.min_quantity == 0;
        let place_fits = if waits { self.fit_waiting(order) } else { self.fit_resting(order) };
        known
            && slice_fits
            && minimum_fits
            && day_fits
            && market_fits
            && auction_fits
            && place_fits
            && self.fit_pegged(order)
            && self.fit_links(order, max_price)
            && self.display_quantity >= 0
            && !(is_iceberg && hidden)
            && self.quote_group == 0
            && self.fit_slices(order.quantity.0)
            && self.fit_range(max_price)
    }

    fn fit_resting(&self, order: &Order) -> bool {
        (self.trigger, self.trigger_price, self.trail, self.waiting_type) == (0, 0, 0, 0)
            && (self.taker_rate == 0 || order.ladder.is_peg())
            && self.is_hidden() == order.ladder.is_hidden()
            && order.time_in_force().may_rest()
    }

    fn fit_waiting(&self, order: &Order) -> bool {
        let (limit, market) = (OrderType::Limit as u8, OrderType::Market as u8);
        let type_fits = match order.time_in_force() {
            TimeInForce::Gtc => self.waiting_type == limit,
            TimeInForce::Ioc => {
                [limit, market].contains(&self.waiting_type) && self.display_quantity == 0 && !self.is_hidden()
            }
            _ => false,
        };
        type_fits
            && self.stops(order.side) == Some(order.ladder)
            && self.trigger_price != 0
            && i64::from(order.maker_rate).max(i64::from(self.taker_rate)) == i64::from(order.hold_rate)
            && order.leaves == order.quantity
    }

    /// The queue of stops in which such an order waits.
    pub(super) fn stops(&self, side: Side) -> Option<LadderId> {
        LadderId::stops(Trigger::from_byte(self.trigger)?, side)
    }
}

/// Whether eight digits are a year, a month and a day.
pub(crate) fn is_date(date: u32) -> bool {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    (1_970..=9_999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

impl Engine {
    /// Whether an order with attributes finds the quantity that must trade at once, when `without` is gone.
    #[cold]
    pub(super) fn check_minimum(&self, incoming: &Incoming, touch: Option<PriceTicks>, without: u32) -> Applied {
        if self.phase(incoming.instrument_id).is_call() {
            return Ok(());
        }
        let Some(attributes) = incoming.attributes.filter(|attributes| attributes.min_quantity > 0) else {
            return Ok(());
        };
        let must_trade = !attributes.is_hidden() || incoming.crosses(touch);
        if must_trade && !self.would_trade(incoming, QuantityLots(attributes.min_quantity), without) {
            return Err(RejectCode::MinQuantityUnfillable);
        }
        Ok(())
    }
}
