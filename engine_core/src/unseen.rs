//! What of a book nobody sees: its hidden orders, its pegged ones, market orders that wait for an auction, and the stops
//! that wait for a value. Only instruments that have had such an order have one. Knows orders and their queues; what follows from them is `engine`'s.

use crate::command::OrderAttributes;
use crate::ladder::Ladder;
use crate::levels::LevelPool;
use crate::orders::{LADDERS, LadderId, Orders, STOPS};
use crate::pegs::Pegs;
use crate::types::{MAX_MINIMUM_ORDERS, MAX_TRAILING_ORDERS, OrderId, Side};
use std::collections::BTreeSet;

/// The first queues: those of the stops on the last trade.
const TRADE_QUEUES: usize = 2;
/// What is displayed is not here.
const DISPLAYED: usize = 2;

#[derive(Default)]
pub struct Unseen {
    /// From [`LadderId`] 2 on, but for those of pegged orders.
    ladders: [Ladder; LADDERS - DISPLAYED],
    /// Once there has been one.
    pegs: Option<Box<Pegs>>,
    /// By queue of stops: the most extreme value that reached one which has not entered yet; 0: there is none.
    pub marks: [u32; STOPS],
    /// Hidden orders with a minimum, by side.
    pub minimums: [u32; 2],
    /// Trailing stops, by queue.
    pub trailing: [BTreeSet<OrderId>; STOPS],
    /// Stops that more than a fill can reach or move.
    restless: u32,
    /// Orders that end with the next auction.
    pub for_auction: BTreeSet<OrderId>,
    /// Whether the book has ever had an iceberg: what a level shows may not be all there is.
    pub has_reserves: bool,
}

/// 1 for a stop that trails or waits for something else than a trade.
fn is_restless(queue: usize, attributes: &OrderAttributes) -> u32 {
    u32::from(attributes.trail > 0 || queue >= TRADE_QUEUES)
}

impl Unseen {
    #[inline]
    pub fn ladder(&self, id: LadderId) -> Ladder {
        match self.ladders.get(usize::from(id.0) - DISPLAYED) {
            Some(ladder) => *ladder,
            None => self.pegs().map_or(Ladder::default(), |pegs| *pegs.ladder(id)),
        }
    }

    #[inline]
    pub fn ladder_mut(&mut self, id: LadderId) -> &mut Ladder {
        match self.ladders.get_mut(usize::from(id.0) - DISPLAYED) {
            Some(ladder) => ladder,
            None => self.pegs.get_or_insert_default().ladder_mut(id),
        }
    }

    #[inline]
    pub fn pegs(&self) -> Option<&Pegs> {
        self.pegs.as_deref()
    }

    /// A ladder of pegged orders has got its first order, or lost its last.
    fn note_pegs(&mut self, id: LadderId) {
        if let Some(pegs) = self.pegs.as_deref_mut().filter(|_| id.is_peg()) {
            pegs.note(id);
        }
    }

    /// A ladder has lost its last level, or another.
    pub fn vacate(&mut self, levels: &mut LevelPool, id: LadderId, level: u32) {
        self.ladder_mut(id).vacate(levels, id.direction(), level);
        self.note_pegs(id);
    }

    /// Whether a side has orders that trade unseen: hidden ones, or pegged ones.
    #[inline]
    pub fn can_trade(&self, side: Side) -> bool {
        !self.ladder(LadderId::hidden(side)).is_empty() || self.pegs().is_some_and(|pegs| pegs.has_any(side))
    }

    /// An order has come.
    pub fn count_in(&mut self, orders: &Orders, slot: u32) {
        let order = &orders[slot];
        self.note_pegs(order.ladder);
        let attributes = orders.attributes(slot);
        match order.ladder.stop_index() {
            None if attributes.min_quantity > 0 => self.minimums[order.side as usize] += 1,
            None => {}
            Some(queue) => {
                self.restless += is_restless(queue, attributes);
                if attributes.trail > 0 {
                    self.trailing[queue].insert(order.id);
                }
            }
        }
    }

    /// It has gone.
    pub fn count_out(&mut self, orders: &Orders, slot: u32) {
        let order = &orders[slot];
        let attributes = orders.attributes(slot);
        match order.ladder.stop_index() {
            None if attributes.min_quantity > 0 => self.minimums[order.side as usize] -= 1,
            None => {}
            Some(queue) => {
                self.restless -= is_restless(queue, attributes);
                if attributes.trail > 0 {
                    self.trailing[queue].remove(&order.id);
                }
            }
        }
    }

    /// Whether a command may have brought about that a stop enters or follows, or that pegged orders cross. A stop that
    /// waits for a trade and does not trail is looked at by every fill, and by nothing else.
    #[inline]
    pub fn wants_work(&self) -> bool {
        self.restless > 0 || self.has_marks() || self.pegs().is_some_and(|pegs| !pegs.is_empty())
    }

    pub fn has_marks(&self) -> bool {
        self.marks != [0; STOPS]
    }

    /// Looks at a queue of stops with a value: the mark is the furthest that reached one.
    pub fn look(&mut self, queue: usize, value: u32) {
        let mark = self.marks[queue];
        if self.is_reached(queue, value) && (mark == 0 || is_further(queue, value, mark)) {
            self.marks[queue] = value;
        }
    }

    /// Whether a value reaches a stop of a queue.
    #[inline]
    pub fn is_reached(&self, queue: usize, value: u32) -> bool {
        let ladder = self.ladder(LadderId::of_stops(queue));
        !ladder.is_empty() && reaches(queue, value, ladder.best.price)
    }

    /// Looks at the stops on the last trade.
    #[inline]
    pub fn look_at_trade(&mut self, price: u32) {
        (0..TRADE_QUEUES).for_each(|queue| self.look(queue, price));
    }

    /// Drops the mark of a queue if it reaches no stop any more.
    pub fn settle_mark(&mut self, queue: usize) {
        if !self.is_reached(queue, self.marks[queue]) {
            self.marks[queue] = 0;
        }
    }

    /// Whether there are more orders of a kind than may be.
    pub fn is_overfull(&self) -> bool {
        self.minimums.iter().any(|&count| count > MAX_MINIMUM_ORDERS)
            || self.trailing.iter().any(|queue| queue.len() > MAX_TRAILING_ORDERS as usize)
    }
}

/// The side of the stops in a queue.
pub fn side_of(queue: usize) -> Side {
    LadderId::of_stops(queue).side()
}

/// Whether a value reaches a trigger price of a queue: from above for sells, from below for buys.
#[inline]
pub fn reaches(queue: usize, value: u32, trigger_price: u32) -> bool {
    match side_of(queue) {
        Side::Sell => value <= trigger_price,
        Side::Buy => value >= trigger_price,
    }
}

#[inline]
fn is_further(queue: usize, value: u32, mark: u32) -> bool {
    match side_of(queue) {
        Side::Sell => value < mark,
        Side::Buy => value > mark,
    }
}
