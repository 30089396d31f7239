//! What a tape of some levels of a book does not tell, and what is done about it:
//!
//! - The first row's book is entered as one anonymous order a level; the first message itself is what led to that book.
//! - A level that leaves the window is cleared: the tape says nothing about it from then on, and to keep it would be to guess.
//!   So the book is the visible window exactly, and is compared whole.
//! - A level revealed when another has gone is entered from the order book file, as one anonymous order. This is permitted only
//!   where the file can have known of it: behind every other level, and if the window was full one message before.
//! - A message about an order that is not known (from before the first row, or from a level while it was out of the window) is
//!   about the anonymous order of its level.
//! - An order at a better price than an execution's must have gone unseen; it is cleared and counted. Where the order book is
//!   compared this shows as a difference.
//!
//! A side that differs is counted, and the whole book is entered anew from the file, so that one difference is counted once.

use super::counts::{Compared, is_equal};
use super::lobster::{BookRows, anonymous};
use super::{Action, Depth, Message, Reference, TapeError};
use crate::book::LevelView;
use crate::engine::is_better;
use crate::types::{PriceTicks, Side};

/// The one instrument of such a tape.
const INSTRUMENT: u16 = 0;
const SIDES: [Side; 2] = [Side::Buy, Side::Sell];

pub struct Window {
    /// Without it nothing is compared, and what is not known stays unknown.
    book: Option<BookRows>,
    /// Whether all messages are read, so that both files must end together.
    is_whole: bool,
    compared: Compared,
    /// By side: whether the window had all its levels one message before: there may be more behind it then.
    was_full: [bool; 2],
    revealed: u64,
    dropped: u64,
    unseen: u64,
}

/// Where a message leads to.
struct At<'a> {
    depth: &'a mut dyn Depth,
    symbols: &'a [String],
    time_ns: u64,
}

impl Window {
    /// `is_whole`: the replay reads every message there is.
    pub fn new(book: Option<BookRows>, is_whole: bool) -> Window {
        let compared = Compared::default();
        Window { book, is_whole, compared, was_full: [false; 2], revealed: 0, dropped: 0, unseen: 0 }
    }

    /// Applies a message, before which what stands in the way of an execution is cleared.
    #[inline]
    fn take(&mut self, at: &mut At<'_>, message: &Message) -> Result<(), TapeError> {
        if message.action == Action::Execute {
            while let Some(best) = at.depth.best(INSTRUMENT, message.side) {
                if !is_better(message.side, best.price, PriceTicks(message.price.into())) {
                    break;
                }
                self.unseen += u64::from(best.orders);
                at.clear(message.side, best.price)?;
            }
        }
        at.depth.apply(std::slice::from_ref(message), at.symbols)
    }
}

/// Compares books with a row of the file, after the message of that row.
#[inline]
fn compare(window: &mut Window, book: &BookRows, at: &mut At<'_>, message: u64, counts: bool) -> Result<(), TapeError> {
    let mut is_window = true;
    // One level more: there must be none.
    let levels = book.levels() + 1;
    for side in SIDES {
        let expected = book.side(side);
        if is_equal(at.depth, (INSTRUMENT, side), expected, levels) {
            window.compared.agree(u64::from(counts));
            continue;
        }
        follow(window, book, at, side)?;
        is_window &= if counts {
            window.compared.compare(at.depth, message, (INSTRUMENT, side), expected, levels)
        } else {
            is_equal(at.depth, (INSTRUMENT, side), expected, levels)
        };
    }
    if is_window { Ok(()) } else { at.enter_anew(book) }
}

/// Brings a side to the window where that has moved.
#[cold]
fn follow(window: &mut Window, book: &BookRows, at: &mut At<'_>, side: Side) -> Result<(), TapeError> {
    let (levels, expected) = (book.levels(), book.side(side));
    let (mut shown, mut last) = (0, None);
    at.depth.look(INSTRUMENT, side, &mut |level| {
        (shown, last) = (shown + 1, Some(level.price));
        shown <= levels
    });
    if let Some(last) = last
        && shown > levels
    {
        window.dropped += 1;
        return at.clear(side, last);
    }
    let can_be_known = window.was_full[side as usize] && shown + 1 == levels && expected.len() == levels;
    let Some(level) = expected.last().filter(|_| can_be_known) else { return Ok(()) };
    if last.is_none_or(|last| is_better(side, last, level.price)) {
        window.revealed += 1;
        at.reveal(side, level)?;
    }
    Ok(())
}

impl At<'_> {
    fn apply(&mut self, message: Message) -> Result<(), TapeError> {
        self.depth.apply(&[Message { time_ns: self.time_ns, instrument: INSTRUMENT, ..message }], self.symbols)
    }

    fn clear(&mut self, side: Side, price: PriceTicks) -> Result<(), TapeError> {
        self.apply(Message { action: Action::ClearLevel, side, price: price.0 as u32, ..Message::NOTHING })
    }

    /// Enters a level as one anonymous order.
    fn reveal(&mut self, side: Side, level: &LevelView) -> Result<(), TapeError> {
        let (price, quantity) = (level.price.0 as u32, level.quantity.0 as u64);
        let order = anonymous(side, price);
        self.apply(Message { action: Action::Add, order, side, price, quantity, ..Message::NOTHING })
    }

    #[cold]
    fn enter_anew(&mut self, book: &BookRows) -> Result<(), TapeError> {
        self.apply(Message { action: Action::ClearBook, ..Message::NOTHING })?;
        SIDES.into_iter().try_for_each(|side| book.side(side).iter().try_for_each(|level| self.reveal(side, level)))
    }
}

impl Reference for Window {
    fn apply(
        &mut self,
        depth: &mut dyn Depth,
        messages: &[Message],
        first: u64,
        symbols: &[String],
        counts: bool,
    ) -> Result<(), TapeError> {
        // Out of here while it is compared with, so that the window can change.
        let mut book = self.book.take();
        for (number, message) in (first..).zip(messages) {
            let at = &mut At { depth, symbols, time_ns: message.time_ns };
            let Some(book) = &mut book else {
                self.take(at, message)?;
                continue;
            };
            if !book.next()? {
                return Err(book.no_pair("more"));
            }
            if number == 1 {
                at.enter_anew(book)?;
            } else {
                self.take(at, message)?;
                compare(self, book, at, number, counts)?;
            }
            self.was_full = SIDES.map(|side| book.side(side).len() == book.levels());
        }
        self.book = book;
        Ok(())
    }

    fn compared(&self) -> &Compared {
        &self.compared
    }

    fn end(&mut self, _depth: &dyn Depth) -> Result<(), TapeError> {
        let Some(book) = self.book.as_mut().filter(|_| self.is_whole) else { return Ok(()) };
        if book.next()? { Err(book.no_pair("fewer")) } else { Ok(()) }
    }

    fn counts(&self) -> Vec<(&'static str, u64)> {
        vec![
            ("levels", self.book.as_ref().map_or(0, |book| book.levels() as u64)),
            ("levels_revealed", self.revealed),
            ("levels_dropped", self.dropped),
            ("orders_unseen", self.unseen),
        ]
    }
}
