//! Price levels and the trees that order them, in one pool for all books. Knows no orders, only the ends of their queues.
//!
//! A side of a book is a tree of fixed fan-out over the digits of its prices, base 64: a node has a word that says which of
//! its 64 children are in use, so that the next used price is a bit to find. Only prices in use have a level, and only
//! prefixes in use a node; what falls out of use goes to the pool's free list, and the next price takes it, still warm.
//!
//! A search starts at a level that is known, the best one, and climbs only as far as the two prices differ: what is near
//! it costs one node, whatever lies elsewhere. A tree is as high as its prices are apart, so its root has no place of its own.

use crate::memory::{Arena, Pages};
use crate::orders::NIL;
use crate::types::{MAX_OPEN_ORDERS, Side};

/// Bits of a price that one node decides on.
const DIGIT_BITS: u32 = 6;
const FAN_OUT: usize = 1 << DIGIT_BITS;
/// Digits of the largest price: the most nodes that one level can need for itself.
const DIGITS: usize = 32usize.div_ceil(DIGIT_BITS as usize);
/// A level has an order, but for the moment in which it gets one.
const MAX_LEVELS: usize = MAX_OPEN_ORDERS as usize + 1;

/// A price in use: its queue and its totals. Half a cache line.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(32))]
pub struct Level {
    pub quantity: i64,
    pub head: u32,
    pub tail: u32,
    pub orders: u32,
    pub price: u32,
    node: u32,
}

const _: () = assert!(size_of::<Level>() == 32);

/// Where a level is: what a search may start from without a look at the level itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Place {
    pub price: u32,
    pub level: u32,
    node: u32,
}

#[derive(Clone, Copy)]
struct Node {
    /// Which children there are.
    used: u64,
    /// [`NIL`] at the top.
    parent: u32,
    /// Levels in the lowest nodes, nodes in all others.
    children: [u32; FAN_OUT],
}

/// Levels and nodes. Those on a free list are linked through `Level::head` and `Node::parent`.
pub struct LevelPool {
    levels: Arena<Level>,
    nodes: Arena<Node>,
    free_level: u32,
    free_node: u32,
}

impl Default for LevelPool {
    fn default() -> LevelPool {
        LevelPool {
            levels: Arena::new(MAX_LEVELS, Pages::SmallFirst),
            nodes: Arena::new(MAX_LEVELS * DIGITS, Pages::SmallFirst),
            free_level: NIL,
            free_node: NIL,
        }
    }
}

/// The place of a price in a node: its digit at that height. The lowest nodes are at height 0.
#[inline(always)]
fn digit(price: u32, height: u32) -> usize {
    price.wrapping_shr(DIGIT_BITS.wrapping_mul(height)) as usize % FAN_OUT
}

/// The price with another digit at a height; those below it mean nothing yet.
#[inline(always)]
fn with_digit(price: u32, height: u32, at: usize) -> u32 {
    let shift = DIGIT_BITS * height;
    let above = u64::from(price) >> shift & !(FAN_OUT as u64 - 1);
    ((above | at as u64) << shift) as u32
}

/// The height of the lowest node that two different prices lie under.
#[inline(always)]
fn common_height(a: u32, b: u32) -> u32 {
    (31 ^ (a ^ b).leading_zeros()) / DIGIT_BITS
}

/// Whether two prices lie under different nodes of a height.
#[inline(always)]
fn parted(a: u32, b: u32, height: u32) -> bool {
    u64::from(a ^ b) >> (DIGIT_BITS * (height + 1)) != 0
}

/// The digit of a side's best price among those in use.
#[inline(always)]
fn best_digit(used: u64, side: Side) -> usize {
    let (highest, lowest) = (63 ^ used.leading_zeros(), used.trailing_zeros());
    // Both, then the one: no branch can foresee the side.
    (if side == Side::Buy { highest } else { lowest }) as usize % FAN_OUT
}

impl LevelPool {
    /// The first level of an empty tree.
    pub fn plant(&mut self, price: u32) -> Place {
        let node = self.new_node(NIL);
        Place { price, level: self.new_level(node, price), node }
    }

    /// The level of a price in the tree of `from`; a new one has no orders yet.
    #[inline]
    pub fn obtain(&mut self, from: Place, price: u32) -> Place {
        let near = !parted(from.price, price, 0);
        let node = if near { from.node } else { self.obtain_node(from.node, from.price, price) };
        let Node { used, ref children, .. } = self.nodes[node as usize];
        let at = digit(price, 0);
        let level = if used >> at & 1 != 0 { children[at] } else { self.new_level(node, price) };
        Place { price, level, node }
    }

    /// The lowest node of a price that has another one than `near`, whose lowest node is `node`.
    #[inline(always)]
    fn obtain_node(&mut self, mut node: u32, near: u32, price: u32) -> u32 {
        let common = common_height(near, price);
        for height in 1..=common {
            let parent = self.nodes[node as usize].parent;
            node = if parent == NIL { self.new_top(node, digit(near, height)) } else { parent };
        }
        for height in (1..=common).rev() {
            let at = digit(price, height);
            let Node { used, ref children, .. } = self.nodes[node as usize];
            node = if used >> at & 1 != 0 { children[at] } else { self.new_child(node, at) };
        }
        node
    }

    /// The level of a price in the tree of `from`, if it is in use.
    pub fn find(&self, from: Place, price: u32) -> Option<u32> {
        let Place { price: near, mut node, .. } = from;
        let mut height = 0;
        while parted(near, price, height) {
            node = self.nodes[node as usize].parent;
            if node == NIL {
                return None;
            }
            height += 1;
        }
        loop {
            let Node { used, ref children, .. } = self.nodes[node as usize];
            let at = digit(price, height);
            if used >> at & 1 == 0 {
                return None;
            }
            if height == 0 {
                return Some(children[at]);
            }
            (node, height) = (children[at], height - 1);
        }
    }

    /// The level that is next best after `from` in its tree.
    pub fn next_worse(&self, from: u32, side: Side) -> Option<u32> {
        let Level { price, node, .. } = self.levels[from as usize];
        self.worse_than(price, node, 0, side)
    }

    /// The level of a price, or the next best after it, in the tree whose best level is `best`.
    pub fn at_or_worse(&self, best: Place, price: u32, side: Side) -> Option<u32> {
        let Place { price: near, mut node, .. } = best;
        let mut height = 0;
        while parted(near, price, height) {
            node = self.nodes[node as usize].parent;
            if node == NIL {
                let all_are_worse = if side == Side::Buy { price > near } else { price < near };
                return all_are_worse.then_some(best.level);
            }
            height += 1;
        }
        loop {
            let Node { used, ref children, .. } = self.nodes[node as usize];
            let at = digit(price, height);
            match (used >> at & 1, height) {
                (0, _) => return self.worse_than(price, node, height, side),
                (_, 0) => return Some(children[at]),
                _ => (node, height) = (children[at], height - 1),
            }
        }
    }

    /// The best level worse than `price`, which lies under `node` of `height`, where all between the two are better or unused.
    fn worse_than(&self, price: u32, mut node: u32, mut height: u32, side: Side) -> Option<u32> {
        while node != NIL {
            let Node { used, parent, ref children } = self.nodes[node as usize];
            let at = digit(price, height);
            let worse = match side {
                Side::Buy => used & ((1 << at) - 1),
                // Two shifts: one of 64 would be undefined for the last digit.
                Side::Sell => used & ((!0 << at) << 1),
            };
            if worse != 0 {
                let at = best_digit(worse, side);
                return Some(match height {
                    0 => children[at],
                    _ => self.best_below(children[at], with_digit(price, height, at), height - 1, side).level,
                });
            }
            (node, height) = (parent, height + 1);
        }
        None
    }

    /// Gives a level back that has no orders left. If it was its tree's best: the level that is now.
    #[inline]
    pub fn remove_best(&mut self, level: u32, side: Side) -> Option<Place> {
        let price = self.levels[level as usize].price;
        let (node, height) = self.detach(level)?;
        Some(self.best_below(node, price, height, side))
    }

    /// Gives a level back that has no orders left and is not its tree's best.
    #[inline]
    pub fn remove(&mut self, level: u32) {
        self.detach(level);
    }

    /// The best level below a node of `height`, whose digits above that are those of `price`.
    #[inline(always)]
    fn best_below(&self, mut node: u32, mut price: u32, mut height: u32, side: Side) -> Place {
        loop {
            let Node { used, ref children, .. } = self.nodes[node as usize];
            let at = best_digit(used, side);
            price = with_digit(price, height, at);
            if height == 0 {
                return Place { price, level: children[at], node };
            }
            (node, height) = (children[at], height - 1);
        }
    }

    /// Frees a level and every node that had only it; returns the lowest node above it that is left, and its height.
    #[inline(always)]
    fn detach(&mut self, level: u32) -> Option<(u32, u32)> {
        let freed = &mut self.levels[level as usize];
        debug_assert!(freed.orders == 0 && freed.quantity == 0);
        let (price, mut node) = (freed.price, freed.node);
        freed.head = self.free_level;
        self.free_level = level;
        let mut height = 0;
        while node != NIL {
            let emptied = &mut self.nodes[node as usize];
            emptied.used &= !(1 << digit(price, height));
            if emptied.used != 0 {
                return Some((node, height));
            }
            let parent = emptied.parent;
            emptied.parent = self.free_node;
            self.free_node = node;
            (node, height) = (parent, height + 1);
        }
        None
    }

    #[inline(always)]
    fn new_level(&mut self, node: u32, price: u32) -> u32 {
        let fresh = Level { quantity: 0, head: NIL, tail: NIL, orders: 0, price, node };
        let level = self.free_level;
        let level = if level == NIL {
            self.levels.push(fresh);
            self.levels.len() as u32 - 1
        } else {
            self.free_level = std::mem::replace(&mut self.levels[level as usize], fresh).head;
            level
        };
        self.adopt(node, digit(price, 0), level);
        level
    }

    /// A node above the one that was the top, which becomes its child of digit `at`.
    #[cold]
    fn new_top(&mut self, top: u32, at: usize) -> u32 {
        let node = self.new_node(NIL);
        self.adopt(node, at, top);
        self.nodes[top as usize].parent = node;
        node
    }

    fn new_child(&mut self, parent: u32, at: usize) -> u32 {
        let node = self.new_node(parent);
        self.adopt(parent, at, node);
        node
    }

    #[inline(always)]
    fn adopt(&mut self, node: u32, at: usize, child: u32) {
        let node = &mut self.nodes[node as usize];
        node.used |= 1 << at;
        node.children[at] = child;
    }

    #[inline(always)]
    fn new_node(&mut self, parent: u32) -> u32 {
        let node = self.free_node;
        if node == NIL {
            self.nodes.push(Node { used: 0, parent, children: [NIL; FAN_OUT] });
            return self.nodes.len() as u32 - 1;
        }
        let recycled = &mut self.nodes[node as usize];
        self.free_node = recycled.parent;
        // Its children need no clearing: only those in use are ever read.
        (recycled.used, recycled.parent) = (0, parent);
        node
    }

    /// Asks for a level's cache line.
    #[inline]
    pub fn prefetch(&self, level: u32) {
        self.levels.prefetch(level as usize);
    }

    /// Levels and nodes in use.
    #[cfg(test)]
    pub fn in_use(&self) -> (usize, usize) {
        let free = |first: u32, next: &dyn Fn(u32) -> u32| {
            let some = |at| (at != NIL).then_some(at);
            std::iter::successors(some(first), |&at| some(next(at))).count()
        };
        let levels = free(self.free_level, &|at| self.levels[at as usize].head);
        let nodes = free(self.free_node, &|at| self.nodes[at as usize].parent);
        (self.levels.len() - levels, self.nodes.len() - nodes)
    }

    /// Bytes that levels and nodes have ever taken: what is free now is taken again first.
    #[cfg(test)]
    pub fn bytes(&self) -> usize {
        size_of_val(&self.levels[..]) + size_of_val(&self.nodes[..])
    }
}

impl std::ops::Index<u32> for LevelPool {
    type Output = Level;
    #[inline(always)]
    fn index(&self, level: u32) -> &Level {
        &self.levels[level as usize]
    }
}

impl std::ops::IndexMut<u32> for LevelPool {
    #[inline(always)]
    fn index_mut(&mut self, level: u32) -> &mut Level {
        &mut self.levels[level as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Prices whose digits collide at every height: few values per digit, all over the range.
    fn prices() -> impl Strategy<Value = u32> {
        let digits = prop::collection::vec(prop::sample::select(vec![0u32, 1, 62, 63]), DIGITS);
        let spread = digits.prop_map(|digits| digits.iter().fold(0, |price: u32, digit| price << DIGIT_BITS | digit));
        prop_oneof![spread, 1..200u32, any::<u32>(), Just(u32::MAX)].prop_map(|price| price.max(1))
    }

    fn place(pool: &LevelPool, level: u32) -> Place {
        Place { price: pool[level].price, level, node: pool[level].node }
    }

    proptest! {
        #[test]
        fn agrees_with_a_tree_map(steps in prop::collection::vec((any::<bool>(), prices(), any::<u16>()), 1..200), buy in any::<bool>()) {
            let side = if buy { Side::Buy } else { Side::Sell };
            let (mut pool, mut naive) = (LevelPool::default(), BTreeMap::<u32, u32>::new());
            for (insert, price, pick) in steps {
                let best = |naive: &BTreeMap<u32, u32>| match side {
                    Side::Buy => naive.last_key_value().map(|(_, &level)| level),
                    Side::Sell => naive.first_key_value().map(|(_, &level)| level),
                };
                // Any level may be the one that a search starts from.
                let from = naive.values().nth(usize::from(pick) % naive.len().max(1)).copied();
                match from {
                    None => drop(naive.insert(price, pool.plant(price).level)),
                    Some(from) if insert => {
                        let level = pool.obtain(place(&pool, from), price).level;
                        prop_assert_eq!(*naive.entry(price).or_insert(level), level);
                    }
                    Some(removed) if best(&naive) == Some(removed) => {
                        naive.remove(&pool[removed].price);
                        let best = best(&naive).map(|level| place(&pool, level));
                        prop_assert_eq!(pool.remove_best(removed, side), best);
                    }
                    Some(removed) => {
                        naive.remove(&pool[removed].price);
                        pool.remove(removed);
                    }
                }
                let mut in_order: Vec<_> = naive.iter().map(|(&price, &level)| (price, level)).collect();
                if side == Side::Buy {
                    in_order.reverse();
                }
                let walk = std::iter::successors(best(&naive), |&level| pool.next_worse(level, side));
                prop_assert_eq!(walk.map(|level| (pool[level].price, level)).collect::<Vec<_>>(), in_order);
                if let Some(from) = naive.values().nth(usize::from(pick) % naive.len().max(1)) {
                    for probe in [price, price ^ 1, price ^ 64, 1, u32::MAX] {
                        prop_assert_eq!(pool.find(place(&pool, *from), probe), naive.get(&probe).copied());
                    }
                }
                let (levels, nodes) = pool.in_use();
                prop_assert_eq!(levels, naive.len());
                prop_assert!(nodes <= levels * DIGITS);
            }
            for level in naive.into_values() {
                pool.remove(level);
            }
            prop_assert_eq!(pool.in_use(), (0, 0));
        }
    }
}
