//! One instrument's price-time book. It knows orders, levels and priority. It knows no money and no rules.
//!
//! A side is a tree of levels in the pool that all books share (`levels`), known by its best level: a book is 24 bytes,
//! whatever its prices, and an order that joins the best level, leaves its own, or trades, searches nothing.

use crate::levels::{LevelPool, Place};
use crate::orders::{NIL, Order, Orders};
use crate::types::{PriceTicks, QuantityLots, Side};

/// A side: its best level. The price is 0 when there is none (prices start at 1).
#[derive(Clone, Copy, Debug, Default)]
struct Ladder {
    best: Place,
}

impl Ladder {
    #[inline(always)]
    fn is_empty(&self) -> bool {
        self.best.price == 0
    }
}

/// What can be seen of a level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LevelView {
    pub price: PriceTicks,
    pub quantity: QuantityLots,
    pub orders: u32,
}

/// A ladder a side. By number, because no branch can foresee which one the next order is for.
#[derive(Default)]
pub struct Book {
    ladders: [Ladder; 2],
}

const _: () = assert!(size_of::<Book>() == 24);

impl Book {
    #[inline]
    fn ladder(&self, side: Side) -> Ladder {
        self.ladders[side as usize]
    }

    #[inline]
    fn ladder_mut(&mut self, side: Side) -> &mut Ladder {
        &mut self.ladders[side as usize]
    }

    #[inline]
    pub fn best(&self, side: Side) -> Option<PriceTicks> {
        let best = self.ladder(side).best.price;
        (best != 0).then_some(PriceTicks(i64::from(best)))
    }

    /// The oldest order of the best level of a side that has one.
    #[inline]
    pub fn front(&self, levels: &LevelPool, side: Side) -> u32 {
        let ladder = self.ladder(side);
        debug_assert!(!ladder.is_empty());
        levels[ladder.best.level].head
    }

    /// Appends `orders[slot]` to the queue of its price.
    #[inline]
    pub fn append(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32) {
        let Order { side, price, leaves, .. } = orders[slot];
        let ladder = self.ladder_mut(side);
        let at = if price == ladder.best.price { ladder.best.level } else { ladder.obtain(levels, side, price) };
        let level = &mut levels[at];
        let prev = level.tail;
        if prev == NIL {
            level.head = slot;
        } else {
            orders[prev].next = slot;
        }
        level.tail = slot;
        level.orders = level.orders.wrapping_add(1);
        level.quantity += leaves.0;
        let order = &mut orders[slot];
        (order.prev, order.next, order.level) = (prev, NIL, at);
    }

    /// Takes `orders[slot]` out of its queue, with what it has left.
    #[inline]
    pub fn remove(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32) {
        let Order { side, leaves, next, prev, level: at, .. } = orders[slot];
        let level = &mut levels[at];
        debug_assert!(level.orders > 0);
        level.orders = level.orders.wrapping_sub(1);
        level.quantity -= leaves.0;
        match prev {
            NIL => level.head = next,
            prev => orders[prev].next = next,
        }
        match next {
            NIL => level.tail = prev,
            next => orders[next].prev = prev,
        }
        if level.orders == 0 {
            self.ladder_mut(side).vacate(levels, side, at);
        }
    }

    /// Lowers what an order has left, in place: a fill or a decrease keeps priority.
    #[inline]
    pub fn reduce(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32, by: QuantityLots) {
        let order = &mut orders[slot];
        order.leaves -= by;
        levels[order.level].quantity -= by.0;
    }

    fn find(&self, levels: &LevelPool, side: Side, price: PriceTicks) -> Option<u32> {
        let ladder = self.ladder(side);
        let price = u32::try_from(price.0).ok().filter(|_| !ladder.is_empty())?;
        levels.find(ladder.best, price)
    }

    /// The level at a price; an unused or impossible price has no orders.
    pub fn level(&self, levels: &LevelPool, side: Side, price: PriceTicks) -> LevelView {
        let unused = LevelView { price, quantity: QuantityLots(0), orders: 0 };
        self.find(levels, side, price).map_or(unused, |level| view(levels, level))
    }

    /// The levels in use, best first.
    pub fn depth<'a>(&self, levels: &'a LevelPool, side: Side) -> impl Iterator<Item = LevelView> + use<'a> {
        let ladder = self.ladder(side);
        let best = (!ladder.is_empty()).then_some(ladder.best.level);
        std::iter::successors(best, move |&level| levels.next_worse(level, side)).map(|level| view(levels, level))
    }

    /// The slots of a level's queue, first to trade first.
    pub fn queue<'a>(
        &self,
        levels: &LevelPool,
        orders: &'a Orders,
        side: Side,
        price: PriceTicks,
    ) -> impl Iterator<Item = u32> + use<'a> {
        let first = self.find(levels, side, price).map_or(NIL, |level| levels[level].head);
        let slot = |at: u32| (at != NIL).then_some(at);
        std::iter::successors(slot(first), move |&at| slot(orders[at].next))
    }

    /// The first order to trade at a possible price or a worse one.
    pub fn first_from(&self, levels: &LevelPool, side: Side, price: PriceTicks) -> Option<u32> {
        let ladder = self.ladder(side);
        let price = u32::try_from(price.0).ok().filter(|_| !ladder.is_empty())?;
        levels.at_or_worse(ladder.best, price, side).map(|level| levels[level].head)
    }

    /// The order that would trade next after `orders[slot]`: behind it in its queue, or first of the next worse level.
    #[inline]
    pub fn behind(levels: &LevelPool, orders: &Orders, slot: u32) -> Option<u32> {
        let Order { next, level, side, .. } = orders[slot];
        if next != NIL { Some(next) } else { levels.next_worse(level, side).map(|level| levels[level].head) }
    }
}

fn view(levels: &LevelPool, level: u32) -> LevelView {
    let level = &levels[level];
    let price = PriceTicks(i64::from(level.price));
    LevelView { price, quantity: QuantityLots(level.quantity), orders: level.orders }
}

impl Ladder {
    /// The level of a price that is not the best one.
    #[inline]
    fn obtain(&mut self, levels: &mut LevelPool, side: Side, price: u32) -> u32 {
        if self.is_empty() {
            self.best = levels.plant(price);
            return self.best.level;
        }
        let place = levels.obtain(self.best, price);
        // Both questions, then the one: no branch can foresee the side.
        let (higher, lower) = (price > self.best.price, price < self.best.price);
        if if side == Side::Buy { higher } else { lower } {
            self.best = place;
        }
        place.level
    }

    /// Gives back a level that has no orders left.
    #[inline]
    fn vacate(&mut self, levels: &mut LevelPool, side: Side, level: u32) {
        if level == self.best.level {
            self.best = levels.remove_best(level, side).unwrap_or_default();
        } else {
            levels.remove(level);
        }
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
            prop_assert_eq!(front, Some(book.front(levels, side)));
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
            let found = std::iter::successors(first, |&slot| Book::behind(levels, orders, slot));
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
