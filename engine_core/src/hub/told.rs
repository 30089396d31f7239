//! What the engine has said since the start, for the operator: counts by kind, and the last trades.

use crate::event::{Event, Fill, Rejected, kind};
use std::cmp::Reverse;
use std::collections::VecDeque;

/// Trades that are kept, of all instruments together.
pub const TRADES_KEPT: usize = 256;
const CODES: usize = 1 << u8::BITS;

/// A trade, as its first fill tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Trade {
    pub settlement_id: u64,
    pub timestamp_ns: u64,
    pub quantity: i64,
    pub instrument: u32,
    pub price: u32,
}

pub struct Told {
    /// By kind of event.
    pub events: [u64; CODES],
    /// By code.
    pub rejections: [u64; CODES],
    /// By instrument: fills, of which a trade has two.
    pub fills: Vec<u64>,
    /// The last ones, oldest first.
    pub trades: VecDeque<Trade>,
}

impl Told {
    pub(super) fn of(instruments: usize) -> Told {
        let trades = VecDeque::with_capacity(TRADES_KEPT);
        Told { events: [0; CODES], rejections: [0; CODES], fills: vec![0; instruments], trades }
    }

    /// Instruments with most fills, then those listed first, at most so many; in the sequence of their listing.
    pub fn most_traded(&self, limit: usize) -> Vec<u32> {
        let mut found: Vec<u32> = (0..self.fills.len() as u32).collect();
        if limit < found.len() {
            found.select_nth_unstable_by_key(limit, |&number| (Reverse(self.fills[number as usize]), number));
            found.truncate(limit);
            found.sort_unstable();
        }
        found
    }

    #[inline]
    pub(super) fn note(&mut self, event: &Event) {
        self.events[usize::from(event.kind)] += 1;
        match event.kind {
            kind::FILL => event.body::<Fill>().into_iter().for_each(|fill| self.note_fill(fill)),
            kind::REJECTED => {
                if let Some(rejected) = event.body::<Rejected>() {
                    self.rejections[usize::from(rejected.reason)] += 1;
                }
            }
            _ => {}
        }
    }

    #[inline]
    fn note_fill(&mut self, fill: &Fill) {
        self.fills[fill.instrument as usize] += 1;
        let Fill { settlement_id, timestamp_ns, quantity, instrument, price, .. } = *fill;
        if self.trades.back().is_some_and(|last| last.settlement_id == settlement_id) {
            return;
        }
        if self.trades.len() == TRADES_KEPT {
            self.trades.pop_front();
        }
        self.trades.push_back(Trade { settlement_id, timestamp_ns, quantity, instrument, price });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(settlement_id: u64, instrument: u32) -> Event {
        Event::from_body(Fill { settlement_id, instrument, price: 7, quantity: 9, timestamp_ns: 5, ..Fill::EMPTY })
    }

    #[test]
    fn a_trade_is_kept_once_and_the_oldest_make_room() {
        let mut told = Told::of(2);
        for id in 1..=TRADES_KEPT as u64 + 3 {
            told.note(&fill(id, (id % 2) as u32));
            told.note(&fill(id, (id % 2) as u32));
        }
        assert_eq!(told.trades.len(), TRADES_KEPT);
        let first = Trade { settlement_id: 4, timestamp_ns: 5, quantity: 9, instrument: 0, price: 7 };
        assert_eq!(told.trades[0], first);
        assert_eq!(told.trades[TRADES_KEPT - 1].settlement_id, TRADES_KEPT as u64 + 3);
        assert_eq!(told.fills, [258, 260]);
        assert_eq!(told.events[usize::from(kind::FILL)], 518);
    }

    #[test]
    fn those_that_trade_most_are_told_in_the_sequence_of_their_listing() {
        let mut told = Told::of(5);
        for (settlement_id, instrument) in [(1, 4), (2, 2), (3, 4)] {
            told.note(&fill(settlement_id, instrument));
        }
        for (limit, expected) in [(0, &[][..]), (1, &[4]), (2, &[2, 4]), (3, &[0, 2, 4]), (5, &[0, 1, 2, 3, 4])] {
            assert_eq!(told.most_traded(limit), expected);
        }
        assert_eq!(told.most_traded(9), [0, 1, 2, 3, 4]);
    }
}
