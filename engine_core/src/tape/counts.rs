//! What a replay counts.

use crate::types::QuantityLots;

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
    /// A price of 0.
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
