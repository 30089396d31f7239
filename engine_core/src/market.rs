//! What an instrument's market is doing: its phase, the call of an auction, the bounds of its prices and orders. Knows no
//! order and no rule.

use crate::price_protection::Protections;
use crate::types::*;
use std::collections::{BTreeMap, VecDeque};

/// What bounds trading. A bound of 0 is none.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct TradingLimits {
    /// How far from the reference a price may be.
    pub static_bps: u32,
    /// How far from the last trade a trade may be.
    pub dynamic_bps: u32,
    /// How far from the reference the price of an auction may be without an extension.
    pub auction_bps: u32,
    /// How long a call lasts that begins by itself.
    pub call_ns: u64,
    /// Lots of an order.
    pub max_quantity: i64,
    /// What an order is worth at its limit.
    pub max_notional: i64,
}

impl TradingLimits {
    pub fn are_possible(&self) -> bool {
        let bands = [self.static_bps, self.dynamic_bps, self.auction_bps];
        bands.iter().all(|&bps| bps <= MAX_COLLAR_BPS)
            && self.call_ns <= MAX_CALL_NS
            && (self.call_ns > 0 || bands == [0; 3])
            && self.max_quantity >= 0
            && self.max_notional >= 0
    }
}

/// The exits of a bracket, from the end of their entry until they are placed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exits {
    pub entry: OrderId,
    pub account: AccountId,
    /// Limit of the one.
    pub take_profit: u32,
    /// Of the other, a stop.
    pub trigger_price: u32,
    /// Limit of the stop; 0: it becomes a market order.
    pub stop_price: u32,
    /// What the entry has traded.
    pub quantity: QuantityLots,
    /// Theirs.
    pub side: Side,
    pub stp: SelfTradePrevention,
    pub trigger: u8,
}

impl Exits {
    pub const NONE: Exits = Exits {
        entry: OrderId(0),
        account: VENUE_ACCOUNT,
        take_profit: 0,
        trigger_price: 0,
        stop_price: 0,
        quantity: QuantityLots(0),
        side: Side::Buy,
        stp: SelfTradePrevention::CancelNewest,
        trigger: 0,
    };
}

#[derive(Clone, Debug)]
pub struct Market {
    pub phase: Phase,
    /// After the uncrossing that ends the call.
    pub next: Phase,
    /// When the call ends by itself; 0: it does not.
    pub ends_at: u64,
    /// When the auction's price is said next; 0: it is not.
    pub indicate_at: u64,
    /// Of this call.
    pub extensions: u32,
    /// While uncrossing; 0: nothing trades.
    pub auction_price: u32,
    pub limits: TradingLimits,
    /// Cancels that came while uncrossing.
    pub pending: BTreeMap<OrderId, CancelReason>,
    /// Exits that wait to be placed, the first one first.
    pub exits: VecDeque<Exits>,
    /// Whether there is a table of eligibility for it, or for an asset of it.
    pub is_guarded: bool,
    /// When the call is due, as `due` knows it; 0: it is not.
    pub due_at: u64,
    /// What few instruments use.
    pub protections: Option<Box<Protections>>,
}

impl Market {
    pub fn new(phase: Phase) -> Market {
        Market {
            phase,
            next: Phase::Continuous,
            ends_at: 0,
            indicate_at: 0,
            extensions: 0,
            auction_price: 0,
            limits: TradingLimits::default(),
            pending: BTreeMap::new(),
            exits: VecDeque::new(),
            is_guarded: false,
            due_at: 0,
            protections: None,
        }
    }

    /// When its call ends or says its price, whichever is first.
    pub fn acts_at(&self) -> Option<u64> {
        [self.ends_at, self.indicate_at].into_iter().filter(|&time_ns| time_ns != 0).min()
    }

    /// Whether the phase and what goes with it can be.
    pub fn is_sound(&self) -> bool {
        let is_auction = matches!(self.phase, Phase::Auction | Phase::Pause);
        let uncrosses = self.phase == Phase::Uncrossing;
        self.limits.are_possible()
            && matches!(self.next, Phase::Continuous | Phase::Closed)
            && (self.next == Phase::Continuous || is_auction || uncrosses)
            && (self.phase != Phase::Pause || self.next == Phase::Continuous && self.ends_at != 0)
            && is_auction == (self.indicate_at != 0)
            && (is_auction || (self.ends_at, self.extensions) == (0, 0))
            && (uncrosses || self.auction_price == 0 && self.pending.is_empty())
    }
}

impl Phase {
    /// Whether orders are collected for an auction.
    #[inline]
    pub fn is_call(self) -> bool {
        matches!(self, Phase::PreOpen | Phase::Auction | Phase::Pause)
    }

    /// Whether what has begun goes on by pulses alone.
    #[inline]
    pub fn is_left_to_pulses(self) -> bool {
        matches!(self, Phase::Uncrossing | Phase::Retired)
    }

    /// Whether orders are taken in, to trade or for an auction.
    #[inline]
    pub fn takes_orders(self) -> bool {
        self == Phase::Continuous || self.is_call()
    }
}

/// Prices at which something may be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Band {
    pub lower: PriceTicks,
    pub upper: PriceTicks,
}

impl Band {
    /// Every price.
    pub const ANY: Band = Band { lower: PriceTicks(0), upper: PriceTicks(MAX_PRICE_TICKS) };

    /// So many basis points around a price; any price without either.
    pub fn around(price: Option<u32>, bps: u32, max_price: PriceTicks) -> Band {
        Band::around_times(price, bps, 1, max_price)
    }

    /// The same, with so many times the basis points.
    pub fn around_times(price: Option<u32>, bps: u32, times: u64, max_price: PriceTicks) -> Band {
        let Some(price) = price.filter(|_| bps != 0) else { return Band::ANY };
        let (price, bps, one) = (i128::from(price), i128::from(bps) * i128::from(times), i128::from(COLLAR_SCALE));
        let lower = -(price * (bps - one)).div_euclid(one);
        let upper = price * (one + bps) / one;
        Band { lower: PriceTicks(lower.max(1) as i64), upper: PriceTicks(upper.min(i128::from(max_price.0)) as i64) }
    }

    /// So many ticks around a price.
    pub fn of_width(price: u32, width: i64, max_price: PriceTicks) -> Band {
        let price = i64::from(price);
        Band { lower: PriceTicks((price - width).max(1)), upper: PriceTicks((price + width).min(max_price.0)) }
    }

    pub fn within(self, other: Band) -> Band {
        Band { lower: self.lower.max(other.lower), upper: self.upper.min(other.upper) }
    }

    #[inline]
    pub fn contains(self, price: PriceTicks) -> bool {
        (self.lower..=self.upper).contains(&price)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_band_is_the_collar_of_both_sides(price in 1..=u32::MAX, bps in 1..=MAX_COLLAR_BPS, max_price in 1..=MAX_PRICE_TICKS) {
            let max_price = PriceTicks(max_price);
            let at = PriceTicks(i64::from(price));
            let [lower, upper] = [Side::Sell, Side::Buy].map(|side| risk::collar(side, at, bps, max_price));
            prop_assert_eq!(Band::around(Some(price), bps, max_price), Band { lower, upper });
        }
    }

    #[test]
    fn a_band_can_become_as_wide_as_it_likes() {
        let widest = Band::around_times(Some(u32::MAX), MAX_COLLAR_BPS, 1 << 32, PriceTicks(MAX_PRICE_TICKS));
        assert_eq!(widest, Band { lower: PriceTicks(1), upper: PriceTicks(MAX_PRICE_TICKS) });
        assert_eq!(Band::around(None, 500, PriceTicks(1_000)), Band::ANY);
        assert_eq!(Band::around(Some(100), 0, PriceTicks(1_000)), Band::ANY);
    }
}
