//! One instrument's price-time book. It knows orders, levels and priority. It knows no money and no rules.
//!
//! Each side is a ladder: a flat array of levels indexed by price, a [`Bitmap`] of the prices in use, and the
//! cached best. The arrays span every price the instrument allows; memory is zero pages of the operating system
//! until a price is used, so a wide ladder costs address space, not memory, and no price is out of window.

use crate::bitmap::Bitmap;
use crate::orders::{NIL, Order, Orders};
use crate::types::{PriceTicks, QuantityLots, Side};
use zerocopy::FromZeros;

/// A price level: its queue and its totals. All zero means unused, so that fresh pages need no initialising.
#[derive(Clone, Copy, Debug, FromZeros)]
#[repr(C)]
struct Level {
    head: u32,
    tail: u32,
    orders: u32,
    _reserved: u32,
    quantity: i64,
}

struct Ladder {
    levels: Vec<Level>,
    used: Bitmap,
    /// Best price in use; 0 when empty (prices start at 1).
    best: usize,
}

impl Ladder {
    fn new(max_price: PriceTicks) -> Ladder {
        let size = max_price.0 as usize + 1;
        let levels = Level::new_vec_zeroed(size).expect("address space for one ladder");
        Ladder { levels, used: Bitmap::new(size), best: 0 }
    }
}

/// What can be seen of a level.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LevelView {
    pub price: PriceTicks,
    pub quantity: QuantityLots,
    pub orders: u32,
}

pub struct Book {
    bids: Ladder,
    asks: Ladder,
}

impl Book {
    pub fn new(max_price: PriceTicks) -> Book {
        Book { bids: Ladder::new(max_price), asks: Ladder::new(max_price) }
    }

    #[inline]
    fn ladder(&self, side: Side) -> &Ladder {
        match side {
            Side::Buy => &self.bids,
            Side::Sell => &self.asks,
        }
    }

    #[inline]
    fn ladder_mut(&mut self, side: Side) -> &mut Ladder {
        match side {
            Side::Buy => &mut self.bids,
            Side::Sell => &mut self.asks,
        }
    }

    #[inline]
    pub fn best(&self, side: Side) -> Option<PriceTicks> {
        let best = self.ladder(side).best;
        (best != 0).then_some(PriceTicks(best as i64))
    }

    /// The oldest order of a level in use.
    #[inline]
    pub fn front(&self, side: Side, price: PriceTicks) -> u32 {
        let level = &self.ladder(side).levels[price.0 as usize];
        debug_assert!(level.orders > 0);
        level.head
    }

    /// Appends `orders[slot]` to the queue of its price.
    #[inline]
    pub fn append(&mut self, orders: &mut Orders, slot: u32) {
        let Order { side, price, leaves, .. } = orders[slot];
        let price = price as usize;
        let ladder = self.ladder_mut(side);
        let level = &mut ladder.levels[price];
        let prev = if level.orders == 0 {
            level.head = slot;
            ladder.used.insert(price);
            let improves = match side {
                Side::Buy => price > ladder.best,
                Side::Sell => price < ladder.best || ladder.best == 0,
            };
            if improves {
                ladder.best = price;
            }
            NIL
        } else {
            orders[level.tail].next = slot;
            level.tail
        };
        let level = &mut ladder.levels[price];
        level.tail = slot;
        level.orders += 1;
        level.quantity += leaves.0;
        let order = &mut orders[slot];
        order.prev = prev;
        order.next = NIL;
    }

    /// Takes `orders[slot]` out of its queue, with what it has left.
    #[inline]
    pub fn remove(&mut self, orders: &mut Orders, slot: u32) {
        let Order { side, price, leaves, next, prev, .. } = orders[slot];
        let price = price as usize;
        let ladder = self.ladder_mut(side);
        let level = &mut ladder.levels[price];
        level.orders -= 1;
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
            debug_assert_eq!(level.quantity, 0);
            ladder.used.remove(price);
            if ladder.best == price {
                let next_best = match side {
                    Side::Buy => ladder.used.next_below(price),
                    Side::Sell => ladder.used.next_above(price),
                };
                ladder.best = next_best.unwrap_or(0);
            }
        }
    }

    /// Lowers what an order has left, in place: a fill or a decrease keeps priority.
    #[inline]
    pub fn reduce(&mut self, orders: &mut Orders, slot: u32, by: QuantityLots) {
        let order = &mut orders[slot];
        order.leaves -= by;
        let (side, price) = (order.side, order.price as usize);
        self.ladder_mut(side).levels[price].quantity -= by.0;
    }

    /// The level at a price; an unused or impossible price has no orders.
    pub fn level(&self, side: Side, price: PriceTicks) -> LevelView {
        let level = usize::try_from(price.0).ok().and_then(|price| self.ladder(side).levels.get(price));
        let (quantity, orders) = level.map_or((0, 0), |level| (level.quantity, level.orders));
        LevelView { price, quantity: QuantityLots(quantity), orders }
    }

    /// The levels in use, best first.
    pub fn depth(&self, side: Side) -> impl Iterator<Item = LevelView> {
        let ladder = self.ladder(side);
        let mut at = ladder.best;
        std::iter::from_fn(move || {
            if at == 0 {
                return None;
            }
            let view = self.level(side, PriceTicks(at as i64));
            let next = match side {
                Side::Buy => ladder.used.next_below(at),
                Side::Sell => ladder.used.next_above(at),
            };
            at = next.unwrap_or(0);
            Some(view)
        })
    }

    /// The slots of a level's queue, first to trade first.
    pub fn queue<'a>(&self, orders: &'a Orders, side: Side, price: PriceTicks) -> impl Iterator<Item = u32> + use<'a> {
        let mut at = match self.level(side, price).orders {
            0 => NIL,
            _ => self.front(side, price),
        };
        std::iter::from_fn(move || {
            if at == NIL {
                return None;
            }
            let slot = at;
            at = orders[slot].next;
            Some(slot)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::OrderId;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, VecDeque};

    type Naive = BTreeMap<u32, VecDeque<(u32, i64)>>;

    fn check(book: &Book, orders: &Orders, naive: &Naive, side: Side) -> Result<(), TestCaseError> {
        let mut expected: Vec<_> = naive.iter().filter(|level| !level.1.is_empty()).collect();
        if side == Side::Buy {
            expected.reverse();
        }
        let depth: Vec<_> = book.depth(side).collect();
        prop_assert_eq!(depth.len(), expected.len());
        for (view, (price, queue)) in depth.iter().zip(expected) {
            prop_assert_eq!(view.price.0, i64::from(*price));
            prop_assert_eq!(view.quantity.0, queue.iter().map(|order| order.1).sum::<i64>());
            let slots: Vec<_> = book.queue(orders, side, view.price).collect();
            prop_assert_eq!(slots, queue.iter().map(|order| order.0).collect::<Vec<_>>());
        }
        prop_assert_eq!(book.best(side), depth.first().map(|view| view.price));
        Ok(())
    }

    proptest! {
        #[test]
        fn agrees_with_queues_in_a_tree(steps in prop::collection::vec((0..3u8, any::<bool>(), 1..200u32, 1..50i64), 1..120)) {
            let (mut book, mut orders) = (Book::new(PriceTicks(200)), Orders::default());
            let mut naive = [Naive::new(), Naive::new()];
            let mut open: Vec<u32> = Vec::new();
            for (action, buy, price, size) in steps {
                let side = if buy { Side::Buy } else { Side::Sell };
                if action == 0 || open.is_empty() {
                    let slot = orders.allocate();
                    let order = &mut orders[slot];
                    (order.id, order.side, order.price, order.leaves) = (OrderId::new(1, slot), side, price, QuantityLots(size));
                    book.append(&mut orders, slot);
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
                        book.reduce(&mut orders, slot, QuantityLots(1));
                    } else {
                        queue.retain(|entry| entry.0 != slot);
                        book.remove(&mut orders, slot);
                        orders.free(slot);
                        open.swap_remove(at);
                    }
                }
                check(&book, &orders, &naive[0], Side::Buy)?;
                check(&book, &orders, &naive[1], Side::Sell)?;
            }
        }
    }
}
