//! One ordered set of queues: levels by price, each with its orders in the order of arrival. A side of a book is one,
//! and so are the hidden orders of a side, and the stops that wait for a value. Knows no rule.

use crate::levels::{LevelPool, Place};
use crate::orders::{NIL, Order, Orders};
use crate::types::{PriceTicks, QuantityLots, Side};

/// Known by its first level. The price is 0 when there is none (prices start at 1).
#[derive(Clone, Copy, Debug, Default)]
pub struct Ladder {
    pub(crate) best: Place,
}

/// What can be seen of a level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LevelView {
    pub price: PriceTicks,
    pub quantity: QuantityLots,
    pub orders: u32,
}

fn view(levels: &LevelPool, level: u32) -> LevelView {
    let level = &levels[level];
    let price = PriceTicks(i64::from(level.price));
    LevelView { price, quantity: QuantityLots(level.quantity), orders: level.orders }
}

impl Ladder {
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.best.price == 0
    }

    #[inline(always)]
    pub fn best(&self) -> Option<PriceTicks> {
        let best = self.best.price;
        (best != 0).then_some(PriceTicks(i64::from(best)))
    }

    /// The first order of the first level.
    #[inline]
    pub fn front(&self, levels: &LevelPool) -> Option<u32> {
        (!self.is_empty()).then(|| levels[self.best.level].head)
    }

    /// Appends `orders[slot]` to the queue of a price.
    #[inline(always)]
    pub fn append(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32, price: u32, direction: Side) {
        let leaves = orders[slot].leaves;
        let at = if price == self.best.price { self.best.level } else { self.obtain(levels, direction, price) };
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

    /// Puts `orders[slot]` at the front of the queue of a price: it was there before.
    pub fn prepend(&mut self, levels: &mut LevelPool, orders: &mut Orders, slot: u32, price: u32, direction: Side) {
        let leaves = orders[slot].leaves;
        let at = if price == self.best.price { self.best.level } else { self.obtain(levels, direction, price) };
        let level = &mut levels[at];
        let next = level.head;
        if next == NIL {
            level.tail = slot;
        } else {
            orders[next].prev = slot;
        }
        level.head = slot;
        level.orders += 1;
        level.quantity += leaves.0;
        let order = &mut orders[slot];
        (order.prev, order.next, order.level) = (NIL, next, at);
    }

    /// Takes `orders[slot]` out of its queue, with what it has left. Returns its level if that has no orders left: it
    /// must be given back by [`Ladder::vacate`].
    #[inline(always)]
    pub fn unlink(levels: &mut LevelPool, orders: &mut Orders, slot: u32) -> Option<u32> {
        let Order { leaves, next, prev, level: at, .. } = orders[slot];
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
        (levels[at].orders == 0).then_some(at)
    }

    pub fn find(&self, levels: &LevelPool, price: PriceTicks) -> Option<u32> {
        let price = u32::try_from(price.0).ok().filter(|_| !self.is_empty())?;
        levels.find(self.best, price)
    }

    /// The level at a price; an unused or impossible price has no orders.
    pub fn level(&self, levels: &LevelPool, price: PriceTicks) -> LevelView {
        let unused = LevelView { price, quantity: QuantityLots(0), orders: 0 };
        self.find(levels, price).map_or(unused, |level| view(levels, level))
    }

    /// The levels in use, first one first.
    pub fn depth<'a>(&self, levels: &'a LevelPool, direction: Side) -> impl Iterator<Item = LevelView> + use<'a> {
        let best = (!self.is_empty()).then_some(self.best.level);
        std::iter::successors(best, move |&level| levels.next_worse(level, direction)).map(|level| view(levels, level))
    }

    /// The slots of a level's queue, first to trade first.
    pub fn queue<'a>(
        &self,
        levels: &LevelPool,
        orders: &'a Orders,
        price: PriceTicks,
    ) -> impl Iterator<Item = u32> + use<'a> {
        let first = self.find(levels, price).map_or(NIL, |level| levels[level].head);
        let slot = |at: u32| (at != NIL).then_some(at);
        std::iter::successors(slot(first), move |&at| slot(orders[at].next))
    }

    /// The order behind `orders[slot]`: in its queue, or the first of the next level of its ladder.
    #[inline]
    pub fn behind(levels: &LevelPool, orders: &Orders, slot: u32) -> Option<u32> {
        let Order { next, level, ladder, .. } = orders[slot];
        if next != NIL { Some(next) } else { levels.next_worse(level, ladder.direction()).map(|at| levels[at].head) }
    }

    /// All its orders, first one first.
    pub fn orders<'a>(&self, levels: &'a LevelPool, orders: &'a Orders) -> impl Iterator<Item = u32> + use<'a> {
        std::iter::successors(self.front(levels), |&slot| Ladder::behind(levels, orders, slot))
    }

    /// The level of a price that is not the first one.
    #[inline(always)]
    fn obtain(&mut self, levels: &mut LevelPool, direction: Side, price: u32) -> u32 {
        if self.is_empty() {
            self.best = levels.plant(price);
            return self.best.level;
        }
        let place = levels.obtain(self.best, price);
        // Both questions, then the one: no branch can foresee the side.
        let (higher, lower) = (price > self.best.price, price < self.best.price);
        if if direction == Side::Buy { higher } else { lower } {
            self.best = place;
        }
        place.level
    }

    /// Gives back a level that has no orders left.
    #[inline(always)]
    pub fn vacate(&mut self, levels: &mut LevelPool, direction: Side, level: u32) {
        if level == self.best.level {
            self.best = levels.remove_best(level, direction).unwrap_or_default();
        } else {
            levels.remove(level);
        }
    }
}
