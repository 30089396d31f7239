//! Market tapes: recorded messages of an exchange, and books built from them message by message.
//!
//! A format is one module behind [`Format`]: it decodes its file into [`Message`]s and knows no book. What messages are applied
//! to is a [`Depth`], and knows no format: [`Books`] alone, or a whole [`Market`]. What a tape brings to hold books against is a
//! [`Reference`]. [`Replay`] brings them together.

mod books;
mod counts;
#[cfg(feature = "dbn")]
pub mod dbn;
pub mod itch;
pub mod lobster;
mod market;
#[cfg(feature = "dbn")]
mod mbp10;
mod replay;
mod rows;
mod source;
mod window;

pub use books::Books;
pub use counts::{Compared, Counts, Difference, Disagreement};
pub use market::{Market, Settled};
#[cfg(feature = "dbn")]
pub use mbp10::Mbp10;
pub use replay::Replay;
pub use rows::{Recorder, Sampled, Table, Wanted};
pub use source::{Abandoned, Part, Source, WhileWaiting};
pub use window::Window;

use crate::book::LevelView;
use crate::journal::JournalError;
use crate::types::{PriceTicks, Side};
use hashbrown::HashMap;
use std::hash::{BuildHasher, Hasher};

/// A tape that can not be used.
#[derive(Debug, thiserror::Error)]
pub enum TapeError {
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// What is packed in the file is damaged, or ends before it is whole.
    #[error("damaged or truncated behind byte {offset} of what is packed in it: {what}")]
    Packed { offset: u64, what: String },
    #[error("byte {offset}: {what}")]
    At { offset: u64, what: String },
    /// Of another file than that of the messages: one that belongs to the tape.
    #[error("{file}: {error}")]
    In { file: String, error: Box<TapeError> },
    #[error("this is {is}: use `replay {use_instead}`")]
    OtherFormat { is: &'static str, use_instead: &'static str },
    #[error("more than {0} orders open at once")]
    TooManyOrders(u32),
    #[error("{0}")]
    Journal(#[from] JournalError),
    /// The engine contradicts itself, or refuses what the replay itself needs.
    #[error("{0}")]
    Engine(String),
}

/// A format by how its files begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recognised {
    /// The word behind `replay`.
    pub name: &'static str,
    pub is: &'static str,
}

/// How many bytes are looked at to recognise a format.
pub const RECOGNISED_BY: usize = 256;

/// The format of a file, unpacked, that begins like this.
pub fn recognise(begins: &[u8]) -> Option<Recognised> {
    let is_text = |byte: &u8| matches!(byte, b'0'..=b'9' | b',' | b'.' | b'-' | b'\r' | b'\n');
    if itch::begins(begins) {
        Some(Recognised { name: itch::NAME, is: "an ITCH 5.0 file" })
    } else if begins.starts_with(DBN_MAGIC) {
        Some(Recognised { name: DBN, is: "a DBN file" })
    } else if begins.starts_with(ZSTD_MAGIC) {
        Some(Recognised { name: DBN, is: "packed by zstd, as DBN files are" })
    } else if begins.starts_with(b"PK\x03\x04") {
        Some(Recognised { name: LOBSTER, is: "an archive, as LOBSTER's are" })
    } else if begins.contains(&b',') && begins.iter().all(is_text) {
        Some(Recognised { name: LOBSTER, is: "a table of numbers, as LOBSTER's are" })
    } else {
        None
    }
}

const LOBSTER: &str = "lobster";
const DBN: &str = "dbn";
const DBN_MAGIC: &[u8] = b"DBN";
const ZSTD_MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// What a message does to its book.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// A new order rests behind all others of its price.
    Add,
    /// So much of the order was traded, as the first of its side.
    Execute,
    /// So much of the order was traded wherever it stood: in an auction, or at another price than its own.
    ExecuteAnywhere,
    /// As EXECUTE_ANYWHERE, and a part of what a TRADE tells as a whole.
    ExecuteUnprinted,
    /// So much less of the order is left; it keeps its place.
    Reduce,
    Delete,
    /// The order is gone, and another of its side comes, behind all others of its price.
    Replace,
    /// The order is of this side, quantity and price from now on: behind all others of its price if it has another price than
    /// before or a larger quantity. If it is not open, it comes.
    Modify,
    /// The only order of its side from now on; of no quantity: the side is empty.
    Top,
    /// Every order of its side at its price is gone.
    ClearLevel,
    /// Every order of its instrument is gone.
    ClearBook,
    /// So much was traded of orders that nobody sees; the book stays as it is.
    Trade,
    /// The book stays as it is.
    Nothing,
}

/// One message, whatever the format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Message {
    /// Nanoseconds, from where the format counts.
    pub time_ns: u64,
    /// The exchange's number of the order.
    pub order: u64,
    /// That of the order that comes with REPLACE. Else the order that is meant if there is no `order`; 0: none.
    pub other_order: u64,
    pub quantity: u64,
    /// In the format's smallest step; of ADD, REPLACE, MODIFY, TOP, CLEAR_LEVEL and TRADE, and of an execution that has one of its own.
    pub price: u32,
    /// By number in the format's own order.
    pub instrument: u16,
    /// Of ADD, MODIFY, TOP, CLEAR_LEVEL and TRADE (the side of the order that nobody saw).
    pub side: Side,
    pub action: Action,
}

impl Message {
    pub const NOTHING: Message = Message {
        time_ns: 0,
        order: 0,
        other_order: 0,
        quantity: 0,
        price: 0,
        instrument: 0,
        side: Side::Buy,
        action: Action::Nothing,
    };

    /// The order that is meant if there is none of the number that was told.
    fn other(&self) -> Option<Key> {
        let is_meant = self.action != Action::Replace && self.other_order != 0;
        is_meant.then_some((self.other_order, self.instrument))
    }

    /// Whether an order that has so much left keeps its place when this modifies it.
    fn keeps_its_place(&self, side: Side, price: u32, left: u64) -> bool {
        (side, price) == (self.side, self.price) && (1..=left).contains(&self.quantity)
    }
}

/// What a format tells of trades.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tells {
    /// Whether a TRADE has a side: else nobody knows who came to whom.
    pub trade_sides: bool,
    /// Whether every execution of an order is a part of a TRADE.
    pub executions_twice: bool,
}

/// What reads a tape.
pub trait Format {
    /// The next message; `None` at the tape's end, or where it becomes later than the time to which it was opened.
    fn next(&mut self) -> Result<Option<Message>, TapeError>;

    /// The next messages, in the tape's order: how many, `batch.len()` of them or fewer, and whether more can be read. 0 and no
    /// error: the tape has ended.
    fn read(&mut self, batch: &mut [Message]) -> (usize, Result<(), TapeError>) {
        for (count, place) in batch.iter_mut().enumerate() {
            match self.next() {
                Ok(Some(message)) => *place = message,
                Ok(None) => return (count, Ok(())),
                Err(error) => return (count, Err(error)),
            }
        }
        (batch.len(), Ok(()))
    }

    /// Symbols by the number of their instrument; empty where none was told.
    fn symbols(&self) -> &[String];

    /// How many smallest steps of a price make one unit of the currency.
    fn price_scale(&self) -> u32;

    /// Of how many smallest steps almost every price is a multiple.
    fn usual_step(&self) -> u32;

    /// What it tells of trades.
    fn tells(&self) -> Tells {
        Tells::default()
    }

    /// Whose numbers orders have.
    fn numbering(&self) -> Numbering {
        Numbering::OfExchange
    }

    /// How many messages there were of each type that is known, by its name.
    fn types(&self) -> Vec<(&'static str, u64)>;

    /// How many messages there were of types that are not known.
    fn unknown(&self) -> u64;

    /// Bytes read of the file as it lies on the disk, and all it has.
    fn progress(&self) -> (u64, u64);
}

/// What an execution of an order was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Traded {
    /// Its own, if the execution has one, else the order's.
    pub price: u32,
    pub quantity: i64,
    /// Who came to the order.
    pub aggressor: Side,
    /// How a market has settled it, if it has.
    pub settlement: Option<Settlement>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settlement {
    pub maker: u32,
    pub taker: u32,
    /// The exchange's number.
    pub maker_order: u64,
    /// In millionths of the currency, as the fee, which the taker pays.
    pub cash: i64,
    pub fee: i64,
}

impl Traded {
    /// What a message takes off an order that has so many `leaves`; `None` if it takes nothing.
    fn of(message: &Message, side: Side, price: u32, leaves: i64) -> Option<Traded> {
        let quantity = i64::try_from(message.quantity).map_or(leaves, |quantity| quantity.min(leaves));
        let has_its_own = message.action != Action::Execute && message.price > 0;
        let price = if has_its_own { message.price } else { price };
        (quantity > 0).then_some(Traded { price, quantity, aggressor: side.opposite(), settlement: None })
    }
}

/// What messages are applied to.
pub trait Depth {
    /// Brings it up to the last of these messages. `symbols` as in [`Format::symbols`].
    fn apply(&mut self, messages: &[Message], symbols: &[String]) -> Result<(), TapeError>;

    /// Shows the levels of a side, best first, to whoever looks on until he returns false.
    fn look(&self, instrument: u16, side: Side, look_on: &mut dyn FnMut(LevelView) -> bool);

    /// The levels of a side, best first.
    fn levels(&self, instrument: u16, side: Side) -> Vec<LevelView> {
        let mut levels = Vec::new();
        self.look(instrument, side, &mut |level| {
            levels.push(level);
            true
        });
        levels
    }

    /// The best level of a side.
    fn best(&self, instrument: u16, side: Side) -> Option<LevelView> {
        let mut best = None;
        self.look(instrument, side, &mut |level| {
            best = Some(level);
            false
        });
        best
    }

    /// Notes from now on what is traded of its orders.
    fn note_trades(&mut self);

    /// What was noted; whoever looks at it takes it out.
    fn noted(&mut self) -> Option<&mut Vec<Traded>>;

    fn open_orders(&self) -> u32;

    fn counts(&self) -> &Counts;

    /// The market, if it is one.
    fn market(&self) -> Option<&Market> {
        None
    }

    /// Ends it: what it has recorded is on disk.
    fn finish(self: Box<Self>) -> Result<(), TapeError> {
        Ok(())
    }
}

/// What a tape brings to hold the books of a [`Depth`] against.
pub trait Reference {
    /// Brings a depth up to the last of these messages, as [`Depth::apply`] does, the first of which is that number of the
    /// tape from 1; compares them on the way if they `count`.
    fn apply(
        &mut self,
        depth: &mut dyn Depth,
        messages: &[Message],
        first: u64,
        symbols: &[String],
        counts: bool,
    ) -> Result<(), TapeError>;

    fn compared(&self) -> &Compared;

    /// The tape has come to its end: what should have been compared was.
    fn end(&mut self, _depth: &dyn Depth) -> Result<(), TapeError> {
        Ok(())
    }

    /// What else it has counted, by name.
    fn counts(&self) -> Vec<(&'static str, u64)> {
        Vec::new()
    }
}

/// Whether an order of a side would trade with a resting one.
fn crosses(side: Side, price: u32, resting: PriceTicks) -> bool {
    if side == Side::Buy { i64::from(price) >= resting.0 } else { i64::from(price) <= resting.0 }
}

/// The exchange's number of an order, and its instrument: the number may be unique only there.
type Key = (u64, u16);
type ByKey<T> = HashMap<Key, T, Numbering>;

/// Whose numbers orders have; the same order hashes differently.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Numbering {
    /// No two orders of the exchange have the same: the instrument says nothing about the place.
    #[default]
    OfExchange,
    /// Orders of different instruments may have the same.
    OfInstrument,
}

impl BuildHasher for Numbering {
    type Hasher = Numbers;

    #[inline]
    fn build_hasher(&self) -> Numbers {
        let by_instrument = match self {
            Numbering::OfExchange => Numbers::TAG,
            Numbering::OfInstrument => Numbers::TAG | Numbers::BLOCK,
        };
        Numbers { hash: 0, by_instrument }
    }
}

/// Exchanges count orders upwards: what is near in number is near in time, and is kept near in memory. Numbers that differ in
/// their lowest bits only lie side by side in the table, a block of them anywhere; the seven highest bits, by which a table
/// tells apart what shares a place, are mixed from all.
pub struct Numbers {
    hash: u64,
    /// Which bits an instrument changes.
    by_instrument: u64,
}

impl Numbers {
    const TAG: u64 = !(u64::MAX >> 7);
    const BLOCK_BITS: u32 = 4;
    /// Where a block lies, and not the place in it.
    const BLOCK: u64 = u64::MAX << Numbers::BLOCK_BITS & !Numbers::TAG;
    /// An odd number without a pattern: 2^64 divided by the golden ratio.
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
}

impl Hasher for Numbers {
    fn write(&mut self, _bytes: &[u8]) {
        unreachable!("a key is two numbers");
    }

    #[inline]
    fn write_u64(&mut self, order: u64) {
        let block = (order >> Numbers::BLOCK_BITS).wrapping_mul(Numbers::MIX).swap_bytes();
        let place = block << Numbers::BLOCK_BITS | order & ((1 << Numbers::BLOCK_BITS) - 1);
        self.hash = place & !Numbers::TAG | order.wrapping_mul(Numbers::MIX) & Numbers::TAG;
    }

    #[inline]
    fn write_u16(&mut self, instrument: u16) {
        self.hash ^= u64::from(instrument).wrapping_mul(Numbers::MIX) & self.by_instrument;
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many keys a table that is `1 << bits` places large has to look at to find each, if a group of 16 is looked at first.
    fn looked_at(numbering: Numbering, keys: impl Iterator<Item = Key>, bits: u32) -> u64 {
        let mut groups = vec![0_u64; 1 << (bits - Numbers::BLOCK_BITS)];
        for key in keys {
            let place = numbering.hash_one(key) & ((1 << bits) - 1);
            groups[(place >> Numbers::BLOCK_BITS) as usize] += 1;
        }
        groups.iter().map(|count| count * count).sum()
    }

    #[test]
    fn instruments_with_the_same_numbers_do_not_crowd_each_other() {
        for (instruments, orders) in [(60_000_u64, 1_u64), (10_000, 6), (1_000, 60), (16, 4_000), (1, 60_000)] {
            let keys = || (0..instruments).flat_map(move |at| (1..=orders).map(move |order| (order, at as u16)));
            let work = looked_at(Numbering::OfInstrument, keys(), 17);
            assert!(work < 40 * instruments * orders, "{instruments} x {orders}: {work}");
        }
        let crowded = (0..60_000).map(|at| (1, at));
        assert_eq!(looked_at(Numbering::OfExchange, crowded, 17), 60_000 * 60_000, "what it is about");
    }

    #[test]
    fn neighbours_lie_side_by_side() {
        for numbering in [Numbering::OfExchange, Numbering::OfInstrument] {
            let place = |order: u64| numbering.hash_one((order, 7_u16)) & !Numbers::TAG;
            for order in (0..160_000).step_by(16) {
                assert!((0..16).all(|at| place(order + at) == place(order) ^ at), "{order}");
            }
        }
    }

    #[test]
    fn a_place_in_a_block_is_told_apart_by_its_instrument() {
        let tag = |numbering: Numbering, at: u16| numbering.hash_one((1_u64, at)) & Numbers::TAG;
        for numbering in [Numbering::OfExchange, Numbering::OfInstrument] {
            let tags: std::collections::HashSet<u64> = (0..1_000).map(|at| tag(numbering, at)).collect();
            assert_eq!(tags.len(), 128);
        }
    }
}
