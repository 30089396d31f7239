//! What a replay counts.

use super::Depth;
use crate::book::LevelView;
use crate::engine::is_better;
use crate::types::{PriceTicks, QuantityLots, Side};

/// Where a tape says what a book by these rules can not have. The tape wins: its message is applied as far as that is possible.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub enum Disagreement {
    /// A message about an order that is not open.
    UnknownOrder,
    /// A new order with the number of one that is open: that one is gone.
    NumberInUse,
    /// An order of nothing.
    NoQuantity,
    /// A price of 0, or one that no order can have.
    NoPrice,
    /// An execution of an order that is not the first of its level.
    BehindInItsQueue,
    /// An execution of an order of another level than the best.
    BehindBetterPrice,
    /// More was traded or cancelled than the order had left.
    MoreThanLeft,
    /// A new order at a price at which it would have traded.
    Crossed,
}

impl Disagreement {
    pub const ALL: [Disagreement; 8] = [
        Disagreement::UnknownOrder,
        Disagreement::NumberInUse,
        Disagreement::NoQuantity,
        Disagreement::NoPrice,
        Disagreement::BehindInItsQueue,
        Disagreement::BehindBetterPrice,
        Disagreement::MoreThanLeft,
        Disagreement::Crossed,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Disagreement::UnknownOrder => "unknown_order",
            Disagreement::NumberInUse => "number_in_use",
            Disagreement::NoQuantity => "no_quantity",
            Disagreement::NoPrice => "no_price",
            Disagreement::BehindInItsQueue => "behind_in_its_queue",
            Disagreement::BehindBetterPrice => "behind_better_price",
            Disagreement::MoreThanLeft => "more_than_left",
            Disagreement::Crossed => "crossed",
        }
    }
}

/// What was applied.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts {
    pub added: u64,
    pub deleted: u64,
    pub reduced: u64,
    pub replaced: u64,
    /// Of orders that could be found.
    pub executions: u64,
    /// Executions of the first order of its side.
    pub queue_front_agreed: u64,
    /// Executions in an auction or at another price.
    pub executions_anywhere: u64,
    pub executed_quantity: u64,
    disagreements: [u64; Disagreement::ALL.len()],
}

impl Counts {
    #[cold]
    pub fn disagree(&mut self, what: Disagreement) {
        self.disagreements[what as usize] += 1;
    }

    /// The quantity of a new order, if it can be one.
    #[inline]
    pub fn quantity_of(&mut self, price: u32, quantity: u64) -> Option<QuantityLots> {
        if quantity == 0 {
            self.disagree(Disagreement::NoQuantity);
            return None;
        }
        if price == 0 {
            self.disagree(Disagreement::NoPrice);
            return None;
        }
        Some(QuantityLots(i64::try_from(quantity).unwrap_or(i64::MAX)))
    }

    pub fn disagreements(&self) -> impl Iterator<Item = (Disagreement, u64)> {
        Disagreement::ALL.into_iter().zip(self.disagreements)
    }
}

/// What was held against a tape's own books.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Compared {
    pub sides_checked: u64,
    pub sides_matched: u64,
    pub first_difference: Option<Difference>,
}

/// The best price at which a side is not what was expected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// After so many messages of the tape.
    pub message: u64,
    pub instrument: u16,
    pub side: Side,
    pub price: PriceTicks,
    /// Of both, `None` is no level. No orders: how many there are is not known.
    pub expected: Option<LevelView>,
    pub found: Option<LevelView>,
}

impl Compared {
    /// So many sides were compared, and are equal.
    #[inline]
    pub fn agree(&mut self, sides: u64) {
        self.sides_checked += sides;
        self.sides_matched += sides;
    }

    /// Compares the first `window` levels of a side with expected ones, best first, of which there are fewer only if there is
    /// nothing behind them; whether they are equal.
    #[inline]
    pub fn compare(
        &mut self,
        depth: &dyn Depth,
        message: u64,
        (instrument, side): (u16, Side),
        expected: &[LevelView],
        window: usize,
    ) -> bool {
        self.sides_checked += 1;
        let is_equal = is_equal(depth, (instrument, side), expected, window);
        if is_equal {
            self.sides_matched += 1;
        } else if self.first_difference.is_none() {
            let found = depth.levels(instrument, side);
            let (expected, found) = first_that_differs(side, expected, &found[..window.min(found.len())]);
            let price = expected.or(found).expect("they differ").price;
            self.first_difference = Some(Difference { message, instrument, side, price, expected, found });
        }
        is_equal
    }
}

/// Whether the first `window` levels of a side are these.
#[inline]
pub fn is_equal(depth: &dyn Depth, (instrument, side): (u16, Side), expected: &[LevelView], window: usize) -> bool {
    let (mut seen, mut is_equal) = (0, true);
    depth.look(instrument, side, &mut |level| {
        is_equal = expected.get(seen).is_some_and(|expected| same(expected, &level));
        seen += 1;
        is_equal && seen < window
    });
    is_equal && seen == expected.len()
}

fn same(expected: &LevelView, found: &LevelView) -> bool {
    let orders = expected.orders == 0 || expected.orders == found.orders;
    expected.price == found.price && expected.quantity == found.quantity && orders
}

/// What both have at the best price at which they differ.
#[cold]
fn first_that_differs(
    side: Side,
    expected: &[LevelView],
    found: &[LevelView],
) -> (Option<LevelView>, Option<LevelView>) {
    let behind = expected.iter().zip(found).take_while(|(expected, found)| same(expected, found)).count();
    let (expected, found) = (expected.get(behind).copied(), found.get(behind).copied());
    match (expected, found) {
        (Some(one), Some(other)) if one.price != other.price => {
            if is_better(side, one.price, other.price) {
                (expected, None)
            } else {
                (None, found)
            }
        }
        both => both,
    }
}
