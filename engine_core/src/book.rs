//! One instrument's price-time book. It knows orders, levels and priority. It knows no money and no rules.
//!
//! A side is a ladder of levels in the pool that all books share (`levels`), known by its best level: an order that
//! joins the best level, leaves its own, or trades, searches nothing, whatever the book's prices. What nobody sees of
//! a book lies apart, and only where there is any.

use crate::ladder::Ladder;
use crate::levels::LevelPool;
use crate::orders::{LadderId, Order, Orders};
use crate::types::{PriceTicks, QuantityLots, Side};
use crate::unseen::Unseen;

pub use crate::ladder::LevelView;

/// A cache line.
#[derive(Default)]
#[repr(align(64))]
pub struct Book {
    /// What is displayed, by side: by number, because no branch can foresee which one the next order is for.
    ladders: [Ladder; 2],
    /// Price of the last fill; 0 before the first.
    pub last_trade: u32,
    unseen: Option<Box<Unseen>>,
}

const _: () = assert!(size_of::<Book>() == 64);

impl Book {
    #[inline]
    fn displayed(&self, side: Side) -> &Ladder {
        &self.ladders[side as usize]
    }

    /// A ladder; an empty one where there is none.
    pub fn ladder(&self, id: LadderId) -> Ladder {
        if id.is_displayed() {
            self.ladders[usize::from(id.0)]
        } else {
            self.unseen().map_or(Ladder::default(), |unseen| unseen.ladder(id))
        }
    }

    #[inline(always)]
    pub fn unseen(&self) -> Option<&Unseen> {
        self.unseen.as_deref()
    }

    #[inline(always)]
    pub fn unseen_mut(&mut self) -> Option<&mut Unseen> {
        self.unseen.as_deref_mut()
    }

    /// The best displayed price.
    #[inline]
    pub fn best(&self, side: Side) -> Option<PriceTicks> {
        self.displayed(side).best()
    }

    /// Whether a side has orders that trade unseen: hidden ones, or pegged ones.
    #[inline(always)]
    pub fn has_unseen(&self, side: Side) -> bool {
        self.unseen().is_some_and(|unseen| unseen.can_trade(side))
    }

    /// Its ladders as they are in a state image: of pegged orders those that have some.
    pub fn ladder_ids(&self) -> impl Iterator<Item = LadderId> {
        LadderId::all().chain([Side::Buy, Side::Sell].into_iter().flat_map(|side| self.peg_ids(side)))
    }

    /// The ladders of pegged orders of a side that have some.
    pub fn peg_ids(&self, side: Side) -> impl Iterator<Item = LadderId> + Clone + use<> {
        self.unseen().and_then(Unseen::pegs).map(|pegs| pegs.ladders(side)).into_iter().flatten()
    }

    /// The best displayed price of a side without `orders[slot]`.
    pub fn best_without(&self, levels: &LevelPool, orders: &Orders, side: Side, slot: u32) -> Option<PriceTicks> {
        let best = self.displayed(side).best;
        let goes = orders[slot].ladder == LadderId::displayed(side)
            && orders[slot].level == best.level
            && levels[best.level].orders == 1;
        if !goes {
            return self.best(side);
        }
        levels.next_worse(best.level, side).map(|level| PriceTicks(i64::from(levels[level].price)))
    }

    /// The oldest displayed order of the best level.
    #[inline]
    pub fn front(&self, levels: &LevelPool, side: Side) -> Option<u32> {
        self.displayed(side).front(levels)
    }

    /// Appends `orders[slot]` to the displayed queue of its price.
    #[inline]
    pub fn append(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32) {
        let Order { side, price, .. } = orders[slot];
        self.ladders[side as usize].append(levels, orders, slot, price, side);
    }

    /// Appends `orders[slot]`, which has attributes, to the queue that its ladder has for a price.
    pub fn append_unseen(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32, price: u32) {
        let id = orders[slot].ladder;
        let unseen = self.unseen_or_new();
        unseen.ladder_mut(id).append(levels, orders, slot, price, id.direction());
        unseen.count_in(orders, slot);
    }

    /// Puts `orders[slot]`, which is pegged, back in front of the queue of its limit.
    pub fn put_back(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32) {
        let Order { ladder: id, price, .. } = orders[slot];
        let unseen = self.unseen_or_new();
        unseen.ladder_mut(id).prepend(levels, orders, slot, price, id.direction());
        unseen.count_in(orders, slot);
    }

    /// From now on the book may have what nobody sees: also an iceberg's reserve is that.
    pub fn unseen_or_new(&mut self) -> &mut Unseen {
        self.unseen.get_or_insert_default()
    }

    /// Takes `orders[slot]` out of its queue, with what it has left.
    #[inline]
    pub fn remove(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32) {
        let id = orders[slot].ladder;
        if !id.is_displayed() {
            return self.remove_unseen(levels, orders, slot);
        }
        if let Some(emptied) = Ladder::unlink(levels, orders, slot) {
            self.ladders[usize::from(id.0)].vacate(levels, id.direction(), emptied);
        }
    }

    #[cold]
    fn remove_unseen(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32) {
        let unseen = self.unseen.as_deref_mut().expect("an order is where it was put");
        unseen.count_out(orders, slot);
        if let Some(emptied) = Ladder::unlink(levels, orders, slot) {
            unseen.vacate(levels, orders[slot].ladder, emptied);
        }
    }

    /// Lowers what an order has left, in place: a fill or a decrease keeps priority.
    #[inline]
    pub fn reduce(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32, by: QuantityLots) {
        let order = &mut orders[slot];
        order.leaves -= by;
        levels[order.level].quantity -= by.0;
    }

    /// The displayed level at a price; an unused or impossible price has no orders.
    pub fn level(&self, levels: &LevelPool, side: Side, price: PriceTicks) -> LevelView {
        self.displayed(side).level(levels, price)
    }

    /// The displayed levels in use, best first.
    pub fn depth<'a>(&self, levels: &'a LevelPool, side: Side) -> impl Iterator<Item = LevelView> + use<'a> {
        self.displayed(side).depth(levels, side)
    }

    /// The slots of a displayed level's queue, first to trade first.
    pub fn queue<'a>(
        &self,
        levels: &LevelPool,
        orders: &'a Orders,
        side: Side,
        price: PriceTicks,
    ) -> impl Iterator<Item = u32> + use<'a> {
        self.displayed(side).queue(levels, orders, price)
    }

    /// The first displayed order to trade at a possible price or a worse one.
    pub fn first_from(&self, levels: &LevelPool, side: Side, price: PriceTicks) -> Option<u32> {
        let ladder = self.displayed(side);
        let price = u32::try_from(price.0).ok().filter(|_| !ladder.is_empty())?;
        levels.at_or_worse(ladder.best, price, side).map(|level| levels[level].head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::MAX_OPEN_ORDERS;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, VecDeque};

    type Naive = BTreeMap<u32, VecDeque<(u32, i64)>>;

    fn check(book: &Book, levels: &LevelPool, orders: &Orders, naive: &Naive, side: Side) -> Result<(), TestCaseError> {
        let mut expected: Vec<_> = naive.iter().filter(|level| !level.1.is_empty()).collect();
        if side == Side::Buy {
            expected.reverse();
        }
        let depth: Vec<_> = book.depth(levels, side).collect();
        prop_assert_eq!(depth.len(), expected.len());
        for (view, (price, queue)) in depth.iter().zip(expected) {
            prop_assert_eq!(view.price.0, i64::from(*price));
            prop_assert_eq!(view.quantity.0, queue.iter().map(|order| order.1).sum::<i64>());
            let slots: Vec<_> = book.queue(levels, orders, side, view.price).collect();
            prop_assert_eq!(slots, queue.iter().map(|order| order.0).collect::<Vec<_>>());
        }
        check_priority(book, levels, orders, &depth, side)?;
        for view in &depth {
            prop_assert_eq!(book.level(levels, side, view.price), *view);
        }
        prop_assert_eq!(book.best(side), depth.first().map(|view| view.price));
        if let Some(best) = depth.first() {
            let front = book.queue(levels, orders, side, best.price).next();
            prop_assert_eq!(front, book.front(levels, side));
        }
        Ok(())
    }

    /// From any price on, the orders are those of the levels from there, one queue after the other.
    fn check_priority(
        book: &Book,
        levels: &LevelPool,
        orders: &Orders,
        depth: &[LevelView],
        side: Side,
    ) -> Result<(), TestCaseError> {
        let far = [1, 64, 4_096, u32::MAX].map(|price| PriceTicks(i64::from(price)));
        let near = depth.iter().flat_map(|view| [-1, 0, 1].map(|step| PriceTicks(view.price.0 + step)));
        for price in near.filter(|price| (1..=i64::from(u32::MAX)).contains(&price.0)).chain(far) {
            let reached = depth.iter().filter(|view| match side {
                Side::Buy => view.price <= price,
                Side::Sell => view.price >= price,
            });
            let expected: Vec<_> = reached.flat_map(|view| book.queue(levels, orders, side, view.price)).collect();
            let first = book.first_from(levels, side, price);
            let found = std::iter::successors(first, |&slot| Ladder::behind(levels, orders, slot));
            prop_assert_eq!(found.collect::<Vec<_>>(), expected, "{:?} from {}", side, price.0);
        }
        Ok(())
    }

    /// Near each other, so that levels queue, and all over the range.
    fn prices() -> impl Strategy<Value = u32> {
        prop_oneof![4 => 1..20u32, 2 => 1..5_000u32, 1 => 1..=u32::MAX, 1 => u32::MAX - 100..=u32::MAX]
    }

    proptest! {
        #[test]
        fn agrees_with_queues_in_a_tree(steps in prop::collection::vec((0..3u8, any::<bool>(), prices(), 1..50i64), 1..120)) {
            let (mut book, mut levels, mut orders) = (Book::default(), LevelPool::default(), Orders::new(0, MAX_OPEN_ORDERS));
            let mut naive = [Naive::new(), Naive::new()];
            let mut open: Vec<u32> = Vec::new();
            for (action, buy, price, size) in steps {
                let side = if buy { Side::Buy } else { Side::Sell };
                if action == 0 || open.is_empty() {
                    let slot = orders.allocate().slot();
                    let order = &mut orders[slot];
                    (order.side, order.price, order.leaves) = (side, price, QuantityLots(size));
                    order.ladder = LadderId::displayed(side);
                    book.append(&mut levels, &mut orders, slot);
                    naive[side as usize].entry(price).or_default().push_back((slot, size));
                    open.push(slot);
                } else {
                    let at = price as usize % open.len();
                    let slot = open[at];
                    let order = orders[slot];
                    let queue = naive[order.side as usize].get_mut(&order.price).unwrap();
                    let entry = queue.iter_mut().find(|entry| entry.0 == slot).unwrap();
                    if action == 1 && entry.1 > 1 {
                        entry.1 -= 1;
                        book.reduce(&mut levels, &mut orders, slot, QuantityLots(1));
                    } else {
                        queue.retain(|entry| entry.0 != slot);
                        book.remove(&mut levels, &mut orders, slot);
                        orders.free(slot);
                        open.swap_remove(at);
                    }
                }
                check(&book, &levels, &orders, &naive[0], Side::Buy)?;
                check(&book, &levels, &orders, &naive[1], Side::Sell)?;
            }
        }
    }

    fn rest(book: &mut Book, levels: &mut LevelPool, orders: &mut Orders, side: Side, price: u32) -> u32 {
        let slot = orders.allocate().slot();
        let order = &mut orders[slot];
        (order.side, order.price, order.leaves) = (side, price, QuantityLots(1));
        order.ladder = LadderId::displayed(side);
        book.append(levels, orders, slot);
        slot
    }

    #[test]
    fn a_walk_over_every_price_leaves_nothing_behind() {
        const STRIDE: usize = 997;
        const OPEN: usize = 64;
        let (mut book, mut levels, mut orders) =
            (Book::default(), LevelPool::default(), Orders::new(0, MAX_OPEN_ORDERS));
        let mut open = VecDeque::new();
        for price in (1..=u32::MAX).step_by(STRIDE) {
            open.push_back(rest(&mut book, &mut levels, &mut orders, Side::Sell, price));
            if open.len() > OPEN {
                let slot = open.pop_front().unwrap();
                book.remove(&mut levels, &mut orders, slot);
                orders.free(slot);
            }
        }
        assert!(levels.bytes() < 1 << 20, "{} bytes", levels.bytes());
        for slot in open {
            book.remove(&mut levels, &mut orders, slot);
        }
        assert_eq!((levels.in_use(), book.best(Side::Sell)), ((0, 0), None));
    }

    #[test]
    fn what_one_book_gives_back_another_takes() {
        let (mut books, mut levels, mut orders) =
            ([Book::default(), Book::default()], LevelPool::default(), Orders::new(0, MAX_OPEN_ORDERS));
        let mut fill = |book: &mut Book, levels: &mut LevelPool| {
            let slots: Vec<_> =
                (1..1_000).map(|price| rest(book, levels, &mut orders, Side::Buy, price << 16)).collect();
            slots.into_iter().for_each(|slot| book.remove(levels, &mut orders, slot));
        };
        fill(&mut books[0], &mut levels);
        let bytes = levels.bytes();
        fill(&mut books[1], &mut levels);
        assert_eq!(levels.bytes(), bytes);
    }

    #[test]
    fn the_ends_of_the_price_range_are_prices_like_others() {
        let (mut book, mut levels, mut orders) =
            (Book::default(), LevelPool::default(), Orders::new(0, MAX_OPEN_ORDERS));
        let ends = [1, u32::MAX].map(|price| rest(&mut book, &mut levels, &mut orders, Side::Buy, price));
        assert_eq!(book.best(Side::Buy), Some(PriceTicks(i64::from(u32::MAX))));
        book.remove(&mut levels, &mut orders, ends[1]);
        assert_eq!(book.best(Side::Buy), Some(PriceTicks(1)));
        for impossible in [0, -1, 1 << 32, (1 << 32) + 1, i64::MAX] {
            let view = book.level(&levels, Side::Buy, PriceTicks(impossible));
            assert_eq!((view.orders, view.price.0), (0, impossible));
        }
    }
}
