//! The pegged orders of a book, in ladders by their limits: one for each side, reference and offset. All orders of a
//! ladder have one target, so their order of priority is that of their limits whatever the target is: when the best
//! displayed price moves, nothing here does. Only books that have had such an order have this.

use crate::ladder::Ladder;
use crate::levels::LevelPool;
use crate::orders::{LadderId, Orders, PEG_GROUPS};
use crate::types::{PegReference, PriceTicks, Side};

const LADDERS: usize = 2 * PEG_GROUPS;

pub struct Pegs {
    /// By group and side.
    ladders: [Ladder; LADDERS],
    /// By side: a bit for each group that has orders.
    used: [u64; 2],
}

const _: () = assert!(PEG_GROUPS <= u64::BITS as usize);

impl Default for Pegs {
    fn default() -> Pegs {
        Pegs { ladders: [Ladder::default(); LADDERS], used: [0; 2] }
    }
}

/// The best displayed prices that pegged orders follow; 0: there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct References {
    pub bid: u32,
    pub ask: u32,
    pub max_price: u32,
}

impl References {
    /// With which every pegged order waits.
    pub const NONE: References = References { bid: 0, ask: 0, max_price: 0 };

    /// What the orders of a ladder follow.
    fn reference(&self, reference: PegReference, side: Side) -> Option<u32> {
        let &References { bid, ask, .. } = self;
        let is_there = |price: u32| (price != 0).then_some(price);
        match (reference, side) {
            (PegReference::None, _) => None,
            (PegReference::Primary, Side::Buy) | (PegReference::Market, Side::Sell) => is_there(bid),
            (PegReference::Primary, Side::Sell) | (PegReference::Market, Side::Buy) => is_there(ask),
            (PegReference::Midpoint, _) => {
                let middle = bid.midpoint(ask);
                (bid != 0 && middle > bid).then_some(middle)
            }
        }
    }

    /// The price at which an order of a ladder with such a limit can trade; `None`: it waits.
    pub fn effective(&self, ladder: LadderId, limit: u32) -> Option<PriceTicks> {
        let (reference, offset) = ladder.peg()?;
        let (offset, limit, side) = (i64::from(offset), i64::from(limit), ladder.side());
        let reference = i64::from(self.reference(reference, side)?);
        let price = match side {
            Side::Buy => limit.min(reference - offset),
            Side::Sell => limit.max(reference + offset),
        };
        (1..=i64::from(self.max_price)).contains(&price).then_some(PriceTicks(price))
    }
}

impl Pegs {
    fn at(id: LadderId) -> usize {
        id.peg_index().expect("only pegged orders are here")
    }

    pub fn ladder(&self, id: LadderId) -> &Ladder {
        &self.ladders[Pegs::at(id)]
    }

    pub fn ladder_mut(&mut self, id: LadderId) -> &mut Ladder {
        &mut self.ladders[Pegs::at(id)]
    }

    /// Brings up to date which ladders have orders, when one has got its first or lost its last.
    pub fn note(&mut self, id: LadderId) {
        let (used, bit) = (&mut self.used[id.side() as usize], 1 << (Pegs::at(id) / 2));
        if self.ladders[Pegs::at(id)].is_empty() {
            *used &= !bit;
        } else {
            *used |= bit;
        }
    }

    #[inline]
    pub fn has_any(&self, side: Side) -> bool {
        self.used[side as usize] != 0
    }

    pub fn is_empty(&self) -> bool {
        self.used == [0; 2]
    }

    /// The ladders of a side that have orders, as a state image lists them.
    pub fn ladders(&self, side: Side) -> impl Iterator<Item = LadderId> + Clone + use<> {
        let used = self.used[side as usize];
        let next = |used: &u64| Some(used & (used - 1)).filter(|&rest| rest != 0);
        let all = std::iter::successors((used != 0).then_some(used), next);
        all.map(move |used| LadderId::of_pegs(used.trailing_zeros() as usize, side))
    }

    /// The first pegged order of a side that does not wait, and its price.
    pub fn first(
        &self,
        levels: &LevelPool,
        orders: &Orders,
        references: &References,
        side: Side,
    ) -> Option<(u32, PriceTicks)> {
        let fronts = self.ladders(side).filter_map(|id| self.ladder(id).front(levels));
        let mut best = None;
        for slot in fronts {
            let order = &orders[slot];
            let Some(price) = references.effective(order.ladder, order.price) else { continue };
            if best.is_none_or(|best| goes_before(orders, side, (slot, price), best)) {
                best = Some((slot, price));
            }
        }
        best
    }

    /// All pegged orders of a side that do not wait, the first one first.
    pub fn by_priority<'a>(
        &self,
        levels: &'a LevelPool,
        orders: &'a Orders,
        references: References,
        side: Side,
    ) -> impl Iterator<Item = (u32, PriceTicks)> + use<'a> {
        let priced = move |slot: u32| {
            let order = &orders[slot];
            references.effective(order.ladder, order.price).map(|price| (slot, price))
        };
        // The first of each group that has not come up yet.
        let mut fronts = [None; PEG_GROUPS];
        let first = self.ladders(side).filter_map(|id| self.ladder(id).front(levels));
        for (front, slot) in fronts.iter_mut().zip(first) {
            *front = priced(slot);
        }
        std::iter::from_fn(move || {
            let known = fronts.iter_mut().filter(|front| front.is_some());
            let front = known.reduce(|best, front| match (*best, *front) {
                (Some(one), Some(other)) if goes_before(orders, side, other, one) => front,
                _ => best,
            })?;
            let first = front.take()?;
            *front = Ladder::behind(levels, orders, first.0).and_then(priced);
            Some(first)
        })
    }
}

/// Whether of two pegged orders of a side, each with its price, the first has priority.
fn goes_before(orders: &Orders, side: Side, a: (u32, PriceTicks), b: (u32, PriceTicks)) -> bool {
    let is_better = |one: i64, other: i64| if side == Side::Buy { one > other } else { one < other };
    let [(a, price), (b, other_price)] = [a, b];
    let [limit, other_limit] = [a, b].map(|slot| i64::from(orders[slot].price));
    if price != other_price {
        is_better(price.0, other_price.0)
    } else if limit != other_limit {
        is_better(limit, other_limit)
    } else {
        orders.attributes(a).arrival < orders.attributes(b).arrival
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::OrderAttributes;
    use crate::orders::Order;
    use crate::types::{MAX_PEG_OFFSET, QuantityLots};
    use proptest::prelude::*;

    fn id(reference: u8, offset: u8, side: Side) -> LadderId {
        LadderId::pegs(PegReference::from_byte(reference).unwrap(), offset, side)
    }

    #[test]
    fn an_effective_price_is_the_target_within_the_limit() {
        let (primary, market, midpoint) = (1, 2, 3);
        let references = References { bid: 100, ask: 105, max_price: 110 };
        for (reference, offset, side, limit, price) in [
            (primary, 0, Side::Buy, 200, Some(100)),
            (primary, 3, Side::Buy, 200, Some(97)),
            (primary, 3, Side::Buy, 50, Some(50)),
            (primary, 0, Side::Sell, 1, Some(105)),
            (primary, 6, Side::Sell, 1, None),
            (primary, 0, Side::Sell, 108, Some(108)),
            (market, 1, Side::Buy, 200, Some(104)),
            (market, 1, Side::Sell, 1, Some(101)),
            (midpoint, 0, Side::Buy, 200, Some(102)),
            (midpoint, 0, Side::Sell, 1, Some(102)),
            (midpoint, 2, Side::Buy, 200, Some(100)),
            (midpoint, 2, Side::Sell, 1, Some(104)),
        ] {
            let found = references.effective(id(reference, offset, side), limit);
            assert_eq!(found, price.map(PriceTicks), "{reference} {offset} {side:?} {limit}");
        }
        let narrow = References { ask: 101, ..references };
        assert_eq!(narrow.effective(id(midpoint, 0, Side::Buy), 200), None, "no price between the two");
        let alone = References { ask: 0, ..references };
        assert_eq!(alone.effective(id(midpoint, 0, Side::Buy), 200), None);
        assert_eq!(alone.effective(id(market, 1, Side::Buy), 200), None);
        assert_eq!(alone.effective(id(primary, 0, Side::Buy), 200), Some(PriceTicks(100)));
        let lowest = References { bid: 3, ..references };
        assert_eq!(lowest.effective(id(primary, 3, Side::Buy), 200), None, "below the first price");
        let highest = References { bid: u32::MAX - 2, ask: u32::MAX, max_price: u32::MAX };
        assert_eq!(highest.effective(id(midpoint, 0, Side::Sell), 1), Some(PriceTicks(i64::from(u32::MAX) - 1)));
        assert_eq!(highest.effective(id(primary, 1, Side::Sell), 1), None);
        assert_eq!(References::NONE.effective(id(primary, 0, Side::Buy), 200), None);
    }

    #[test]
    fn every_group_has_a_ladder_of_its_own() {
        let mut seen = std::collections::HashSet::new();
        for side in [Side::Buy, Side::Sell] {
            for (reference, offset) in
                (1..=3).flat_map(|reference| (0..=MAX_PEG_OFFSET as u8).map(move |n| (reference, n)))
            {
                let ladder = id(reference, offset, side);
                assert!(seen.insert(ladder.0));
                assert_eq!(ladder.peg(), Some((PegReference::from_byte(reference).unwrap(), offset)));
                assert_eq!((ladder.side(), ladder.direction(), ladder.stop_index()), (side, side, None));
                assert!(!ladder.is_displayed() && !ladder.is_hidden() && !ladder.is_auction());
            }
        }
        assert_eq!(seen.len(), LADDERS);
    }

    proptest! {
        /// Whatever the displayed prices are, the order of priority is that of all pegged orders sorted.
        #[test]
        fn priority_is_that_of_a_sorted_list(
            placed in prop::collection::vec((1..=3u8, 0..=3u8, 1..=25u32), 1..40),
            moves in prop::collection::vec((0..30u32, 0..30u32), 1..8),
            buy in any::<bool>(),
        ) {
            let side = if buy { Side::Buy } else { Side::Sell };
            let (mut pegs, mut levels, mut orders) = (Pegs::default(), LevelPool::default(), Orders::new(0, 100));
            let mut open = Vec::new();
            for (arrival, (reference, offset, limit)) in placed.into_iter().enumerate() {
                let slot = orders.allocate().slot();
                let ladder = id(reference, offset, side);
                orders[slot] = Order { price: limit, leaves: QuantityLots(1), side, ladder, attributed: true, ..orders[slot] };
                orders.set_attributes(slot, &OrderAttributes { arrival: arrival as u64 + 1, ..OrderAttributes::NONE });
                pegs.ladder_mut(ladder).append(&mut levels, &mut orders, slot, limit, side);
                pegs.note(ladder);
                open.push(slot);
            }
            for (bid, ask) in moves {
                let references = References { bid, ask, max_price: 25 };
                let mut expected: Vec<_> = open
                    .iter()
                    .filter_map(|&slot| Some((slot, references.effective(orders[slot].ladder, orders[slot].price)?)))
                    .collect();
                expected.sort_by_key(|&(slot, price)| {
                    let sign = if buy { -1 } else { 1 };
                    (sign * price.0, sign * i64::from(orders[slot].price), orders.attributes(slot).arrival)
                });
                let found: Vec<_> = pegs.by_priority(&levels, &orders, references, side).collect();
                prop_assert_eq!(pegs.first(&levels, &orders, &references, side), expected.first().copied());
                prop_assert_eq!(found, expected);
            }
            for slot in open {
                let ladder = orders[slot].ladder;
                if let Some(emptied) = Ladder::unlink(&mut levels, &mut orders, slot) {
                    pegs.ladder_mut(ladder).vacate(&mut levels, side, emptied);
                    pegs.note(ladder);
                }
            }
            prop_assert!(pegs.is_empty());
        }
    }
}
