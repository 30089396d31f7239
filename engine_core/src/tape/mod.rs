//! Market tapes: recorded messages of an exchange, and books built from them message by message.
//!
//! A format is one module behind [`Format`]: it decodes its file into [`Message`]s and knows no book. [`Books`] apply messages
//! and know no format. [`Replay`] brings both together, and counts.

mod books;
pub mod itch;
mod replay;
mod source;

pub use books::{Books, Counts, Disagreement};
pub use replay::Replay;
pub use source::Source;

use crate::types::Side;

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
    #[error("this is {is}: use `replay {use_instead}`")]
    OtherFormat { is: &'static str, use_instead: &'static str },
    #[error("more than {0} orders open at once")]
    TooManyOrders(u32),
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
    } else if begins.starts_with(b"PK\x03\x04") {
        Some(Recognised { name: LOBSTER, is: "an archive, as LOBSTER's are" })
    } else if begins.contains(&b',') && begins.iter().all(is_text) {
        Some(Recognised { name: LOBSTER, is: "a table of numbers, as LOBSTER's are" })
    } else {
        None
    }
}

const LOBSTER: &str = "lobster";

/// What a message does to its book.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// A new order rests behind all others of its price.
    Add,
    /// So much of the order was traded, as the first of its side.
    Execute,
    /// So much of the order was traded wherever it stood: in an auction, or at another price than its own.
    ExecuteAnywhere,
    /// So much less of the order is left; it keeps its place.
    Reduce,
    Delete,
    /// The order is gone, and another of its side comes, behind all others of its price.
    Replace,
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
    /// That of the order that comes with REPLACE.
    pub new_order: u64,
    pub quantity: u64,
    /// In the format's smallest step; of ADD and REPLACE.
    pub price: u32,
    /// By number in the format's own order.
    pub instrument: u16,
    /// Of ADD.
    pub side: Side,
    pub action: Action,
}

impl Message {
    pub const NOTHING: Message = Message {
        time_ns: 0,
        order: 0,
        new_order: 0,
        quantity: 0,
        price: 0,
        instrument: 0,
        side: Side::Buy,
        action: Action::Nothing,
    };
}

/// What reads a tape.
pub trait Format {
    /// The next messages, `batch.len()` of them or fewer, in the tape's order; 0 at its end. What was decoded before an error is
    /// handed out first.
    fn read(&mut self, batch: &mut [Message]) -> Result<usize, TapeError>;

    /// Symbols by the number of their instrument; empty where none was told.
    fn symbols(&self) -> &[String];

    /// How many smallest steps of a price make one unit of the currency.
    fn price_scale(&self) -> u32;
}
