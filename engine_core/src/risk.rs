//! What must be set aside before an order may rest or trade: pure functions of integers.
//!
//! Products are checked, or go through 128 bits; what does not fit an [`Amount`] is a rejection. Fees round down per
//! fill, so the fees of any split of an order never exceed the fee on the whole: a hold always covers what it is for.

use crate::orders::Order;
use crate::registry::Terms;
use crate::types::*;

/// Below this an amount times any fee rate fits 64 bits.
const NARROW: u64 = 1 << 47;

/// `floor(cash * rate / 1_000_000)`, `rate` in hundredths of a basis point.
#[inline]
pub fn fee(cash: Amount, rate: u32) -> Amount {
    let cash = cash.0 as u64;
    if cash < NARROW {
        return Amount((cash * u64::from(rate) / FEE_RATE_SCALE) as i64);
    }
    Amount((u128::from(cash) * u128::from(rate) / u128::from(FEE_RATE_SCALE)) as i64)
}

/// What a side of a fill pays by its rate, where the other side pays by another: below 0 it gets a rebate, of the other's
/// fee at most.
pub fn charge(cash: Amount, rate: i32, other_rate: i32) -> Amount {
    let by_rate = fee(cash, rate.unsigned_abs());
    if rate < 0 { Amount(-by_rate.0.min(fee(cash, other_rate.max(0) as u32).0)) } else { by_rate }
}

/// Exact cash of `quantity` lots at `price`, or [`RejectCode::Overflow`].
#[inline]
pub fn cash(price: PriceTicks, quantity: QuantityLots, tick_lot_value: i64) -> Result<Amount, RejectCode> {
    match price.0.checked_mul(tick_lot_value).and_then(|value| value.checked_mul(quantity.0)) {
        Some(cash) => Ok(Amount(cash)),
        None => Err(RejectCode::Overflow),
    }
}

/// The base that is delivered for `quantity` lots, or [`RejectCode::Overflow`].
#[inline]
pub fn delivered(quantity: QuantityLots, lot_size: i64) -> Result<Amount, RejectCode> {
    quantity.0.checked_mul(lot_size).map(Amount).ok_or(RejectCode::Overflow)
}

impl Terms {
    /// The asset that an order of this side pays with.
    #[inline]
    pub fn held_asset(&self, side: Side) -> AssetId {
        match side {
            Side::Buy => self.quote,
            Side::Sell => self.base,
        }
    }

    /// The asset that an order of this side is for.
    #[inline]
    pub fn received_asset(&self, side: Side) -> AssetId {
        self.held_asset(side.opposite())
    }

    /// What must be held for an order with `lots` left: the one rule, before it is accepted and for as long as it is
    /// open. Of a buy the cash and the largest fee it can incur, of a sell what is delivered.
    #[inline]
    pub fn hold(
        &self,
        side: Side,
        limit: PriceTicks,
        lots: QuantityLots,
        hold_rate: u16,
    ) -> Result<Amount, RejectCode> {
        // What either side would hold, then the one: which side an order is on, no branch can foresee.
        let cash = cash(limit, lots, self.tick_lot_value)?;
        let buy = cash.0.overflowing_add(fee(cash, u32::from(hold_rate)).0);
        let sell = lots.0.overflowing_mul(self.lot_size);
        let (hold, overflows) = if side == Side::Buy { buy } else { sell };
        if overflows { Err(RejectCode::Overflow) } else { Ok(Amount(hold)) }
    }

    /// What so many lots are worth at a limit.
    pub fn worth(&self, limit: PriceTicks, lots: QuantityLots) -> i128 {
        i128::from(limit.0) * i128::from(self.tick_lot_value) * i128::from(lots.0)
    }

    /// What an open order holds, of which so many lots are left.
    #[inline]
    pub fn resting_hold(&self, order: &Order, left: QuantityLots) -> Amount {
        self.hold(order.side, order.price(), left, order.hold_rate).expect("checked at acceptance")
    }
}

/// The most lots at `price` whose cash and taker fee fit `budget`, at most `limit`.
///
/// `q * c + floor(q * c * r / S) <= b` is the same as `q * c * (S + r) <= (b + 1) * S - 1`, hence the closed form.
#[inline]
pub fn affordable(
    budget: Amount,
    price: PriceTicks,
    tick_lot_value: i64,
    taker_rate: u32,
    limit: QuantityLots,
) -> QuantityLots {
    let scale = u128::from(FEE_RATE_SCALE);
    let per_lot = price.0 as u128 * tick_lot_value as u128 * (scale + u128::from(taker_rate));
    let lots = ((budget.0 as u128 + 1) * scale - 1) / per_lot;
    QuantityLots(lots.min(limit.0 as u128) as i64)
}

/// The limit a market order gets: the best opposite price, worse by the instrument's collar.
#[inline]
pub fn collar(side: Side, best_opposite: PriceTicks, collar_bps: u32, max_price: PriceTicks) -> PriceTicks {
    let (best, collar) = (best_opposite.0, i64::from(collar_bps));
    match side {
        Side::Buy => PriceTicks((best * (10_000 + collar) / 10_000).min(max_price.0)),
        Side::Sell => PriceTicks(((best * (10_000 - collar) + 9_999) / 10_000).max(1)),
    }
}

/// The price of a post-only order that slides: the nearest to its own that does not reach the other side. Its own,
/// where there is none.
pub fn slide(side: Side, price: PriceTicks, touch: Option<PriceTicks>, max_price: PriceTicks) -> PriceTicks {
    let passive = match (side, touch) {
        (Side::Buy, Some(ask)) => price.0.min(ask.0 - 1),
        (Side::Sell, Some(bid)) => price.0.max(bid.0 + 1),
        (_, None) => price.0,
    };
    if (1..=max_price.0).contains(&passive) { PriceTicks(passive) } else { price }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(lot_size: i64, tick_lot_value: i64) -> Terms {
        Terms { base: AssetId(1), quote: AssetId(0), lot_size, tick_lot_value }
    }

    #[test]
    fn fees_round_down() {
        for (cash, rate, expected) in [
            (999_999, 1, 0),
            (1_000_000, 1, 1),
            (1_999_999, 1, 1),
            (0, 32_767, 0),
            (i64::MAX, 32_767, 302_222_231_531_620_438),
        ] {
            assert_eq!(fee(Amount(cash), rate), Amount(expected), "{cash} at {rate}");
        }
    }

    proptest! {
        #[test]
        fn no_fill_costs_the_venue_anything(cash in 0..=i64::MAX, rate in -32_767..=32_767i32, other in -32_767..=32_767i32) {
            let [one, two] = [(rate, other), (other, rate)].map(|(rate, other)| charge(Amount(cash), rate, other).0);
            prop_assert!(one + two >= 0);
            prop_assert!((rate >= 0) == (one >= 0) || one == 0);
            prop_assert!(i128::from(one.abs()) <= i128::from(cash) * i128::from(rate.abs()) / 1_000_000);
        }
    }

    #[test]
    fn the_largest_products_are_rejected_not_wrapped() {
        assert_eq!(cash(PriceTicks(3), QuantityLots(i64::MAX / 2), 1), Err(RejectCode::Overflow));
        let hold = |side, price, lot_size, rate| {
            terms(lot_size, 1).hold(side, PriceTicks(price), QuantityLots(i64::MAX), rate)
        };
        for (side, price, lot_size, rate, expected) in [
            (Side::Buy, 1, 2, 0, Ok(Amount::MAX)),
            (Side::Buy, 1, 2, 1, Err(RejectCode::Overflow)),
            (Side::Buy, 2, 1, 0, Err(RejectCode::Overflow)),
            (Side::Sell, 1, 1, u16::MAX, Ok(Amount::MAX)),
            (Side::Sell, 1, 2, 0, Err(RejectCode::Overflow)),
            (Side::Sell, 2, 1, 0, Err(RejectCode::Overflow)),
        ] {
            assert_eq!(
                hold(side, price, lot_size, rate),
                expected,
                "{side:?} at {price}, lots of {lot_size}, rate {rate}"
            );
        }
        assert_eq!(delivered(QuantityLots(i64::MAX), 2), Err(RejectCode::Overflow));
    }

    #[test]
    fn collars() {
        let max = PriceTicks(1_000);
        assert_eq!(collar(Side::Buy, PriceTicks(101), 500, max), PriceTicks(106)); // 106.05
        assert_eq!(collar(Side::Sell, PriceTicks(101), 500, max), PriceTicks(96)); // 95.95
        assert_eq!(collar(Side::Buy, PriceTicks(999), 500, max), max);
        assert_eq!(collar(Side::Sell, PriceTicks(1), 10_000, max), PriceTicks(1));
    }

    proptest! {
        #[test]
        fn affordable_is_the_most_that_fits(budget in 0..=i64::MAX, price in 1..(1i64 << 25), tlv in 1..1_000_000i64, rate in 0..=MAX_FEE_RATE) {
            let total = |lots: i128| {
                let cash = lots * i128::from(price) * i128::from(tlv);
                cash + cash * i128::from(rate) / 1_000_000
            };
            let lots = i128::from(affordable(Amount(budget), PriceTicks(price), tlv, rate, QuantityLots(i64::MAX)).0);
            prop_assert!(total(lots) <= i128::from(budget));
            prop_assert!(total(lots + 1) > i128::from(budget));
        }

        #[test]
        fn the_hold_covers_every_split(price in 1..10_000i64, tlv in 1..10_000i64, rate in 0..=MAX_FEE_RATE as u16, parts in prop::collection::vec((1..1_000i64, 0..=100u8), 1..20)) {
            let mut left: i64 = parts.iter().map(|part| part.0).sum();
            for (lots, percent) in parts {
                let hold = |lots| terms(1, tlv).hold(Side::Buy, PriceTicks(price), QuantityLots(lots), rate).unwrap().0;
                let paid = (price * i64::from(percent) / 100).max(1);
                let spent = cash(PriceTicks(paid), QuantityLots(lots), tlv).unwrap();
                prop_assert!(hold(left) - hold(left - lots) >= spent.0 + fee(spent, u32::from(rate)).0);
                left -= lots;
            }
        }
    }
}
