//! Nasdaq TotalView-ITCH 5.0, as its files are sold: messages back to back, each behind its length (two bytes, the highest
//! first; some writers leave it 0), and a length of 0 with nothing behind it where the session ended. Plain, or packed by gzip.
//!
//! Field offsets are those of the specification (Nasdaq, "TotalView-ITCH 5.0"). All numbers have their highest byte first;
//! prices are in ten-thousandths of a dollar, times in nanoseconds after the exchange's midnight.

use super::{Action, Format, Message, RECOGNISED_BY, Recognised, Source, TapeError, recognise};
use crate::types::Side;
use std::collections::HashSet;

/// Length of each type's messages, by the type; 0: no such type.
const LENGTHS: [u8; 256] = {
    let mut lengths = [0; 256];
    let mut at = 0;
    while at < TYPES.len() {
        lengths[TYPES[at].0 as usize] = TYPES[at].1;
        at += 1;
    }
    lengths
};

/// Every type of message, its length, and what it is called in the specification.
pub const TYPES: [(u8, u8, &str); 23] = [
    (b'S', 12, "system event"),
    (b'R', 39, "stock directory"),
    (b'H', 25, "stock trading action"),
    (b'Y', 20, "reg SHO restriction"),
    (b'L', 26, "market participant position"),
    (b'V', 35, "MWCB decline level"),
    (b'W', 12, "MWCB status"),
    (b'K', 28, "IPO quoting period update"),
    (b'J', 35, "LULD auction collar"),
    (b'h', 21, "operational halt"),
    (b'A', 36, "add order"),
    (b'F', 40, "add order with attribution"),
    (b'E', 31, "order executed"),
    (b'C', 36, "order executed with price"),
    (b'X', 23, "order cancel"),
    (b'D', 19, "order delete"),
    (b'U', 35, "order replace"),
    (b'P', 44, "trade"),
    (b'Q', 40, "cross trade"),
    (b'B', 19, "broken trade"),
    (b'I', 50, "net order imbalance"),
    (b'N', 20, "retail price improvement"),
    (b'O', 48, "direct listing with capital raise"),
];

/// Ten-thousandths of a dollar.
const PRICE_SCALE: u32 = 10_000;
const LENGTH_BYTES: usize = 2;
/// What an exchange writes last.
const END: &[u8] = &[0; LENGTH_BYTES];
/// Type, locate code, tracking number, time.
const HEAD: usize = 11;
const NAME_BYTES: usize = 8;
/// Where a new order tells its side.
const SIDE_AT: usize = 19;
/// Where an execution with a price tells whether it counts, or is part of a cross that does.
const PRINTABLE_AT: usize = 31;
const LOCATE_CODES: usize = 1 << 16;

pub struct Itch {
    source: Source,
    /// By type: how many of them.
    counts: [u64; 256],
    symbols: Vec<String>,
    /// What is looked at, if not everything.
    chosen: Option<HashSet<String>>,
    /// By locate code: whether messages about it are left out.
    left_out: Box<[bool]>,
    to_ns: u64,
}

pub const NAME: &str = "itch";

/// Whether a file that begins like this is one.
pub fn begins(bytes: &[u8]) -> bool {
    let &[high, low, kind, ..] = bytes else { return false };
    let (length, known) = (u16::from_be_bytes([high, low]), LENGTHS[usize::from(kind)]);
    known != 0 && (length == 0 || length == u16::from(known))
}

impl Itch {
    /// Begins a tape; of `chosen` symbols only, if not of all. It ends before the first message that is later than `to_ns`.
    pub fn new(mut source: Source, chosen: Option<HashSet<String>>, to_ns: u64) -> Result<Itch, TapeError> {
        let start = source.peek(RECOGNISED_BY)?;
        if !begins(start) {
            return Err(match recognise(start) {
                Some(Recognised { is, name }) => TapeError::OtherFormat { is, use_instead: name },
                None if start.is_empty() => TapeError::At { offset: 0, what: "the file is empty".into() },
                None => TapeError::At { offset: 0, what: "no message of ITCH 5.0 begins here".into() },
            });
        }
        let left_out = vec![chosen.is_some(); LOCATE_CODES].into();
        Ok(Itch { source, counts: [0; 256], symbols: Vec::new(), chosen, left_out, to_ns })
    }

    /// The symbol of a locate code, the first time it is told.
    #[inline]
    fn learn(&mut self, instrument: u16, name: [u8; NAME_BYTES]) {
        let at = usize::from(instrument);
        if self.symbols.get(at).is_none_or(String::is_empty) {
            self.symbols.resize(self.symbols.len().max(at + 1), String::new());
            self.symbols[at] = name.trim_ascii_end().escape_ascii().to_string();
            self.left_out[at] = self.chosen.as_ref().is_some_and(|chosen| !chosen.contains(&self.symbols[at]));
        }
    }
}

impl Format for Itch {
    fn next(&mut self) -> Result<Option<Message>, TapeError> {
        let offset = self.source.offset();
        let ends = |what: String| TapeError::At { offset, what };
        let bytes = self.source.peek(LENGTH_BYTES + 1)?;
        let &[high, low, kind, ..] = bytes else {
            return match bytes {
                [] | END => Ok(None),
                _ => Err(ends("the tape ends in the middle of a message".into())),
            };
        };
        let (told, known) = (usize::from(u16::from_be_bytes([high, low])), usize::from(LENGTHS[usize::from(kind)]));
        let length = if told == 0 { known } else { told };
        if length == 0 {
            return Err(ends(format!("a message of unknown type {} and length 0", kind.escape_ascii())));
        }
        if known != 0 && length != known {
            let kind = char::from(kind);
            return Err(ends(format!("a message of type {kind} has {known} bytes, and this one {length}")));
        }
        let bytes = self.source.peek(LENGTH_BYTES + length)?;
        let Some(body) = bytes.get(LENGTH_BYTES..LENGTH_BYTES + length) else {
            return Err(ends(format!("the tape ends in the middle of a message of {length} bytes")));
        };
        if matches!(kind, b'A' | b'F') && !matches!(body[SIDE_AT], b'B' | b'S') {
            return Err(ends(format!("an order of side {}, which is neither B nor S", body[SIDE_AT].escape_ascii())));
        }
        let message = if known == 0 { Message::NOTHING } else { decode(kind, body) };
        if message.time_ns > self.to_ns {
            return Ok(None);
        }
        let name = name_at(kind).map(|at| *body[at..].first_chunk().expect("every message is as long as its type"));
        self.counts[usize::from(kind)] += 1;
        self.source.skip(LENGTH_BYTES + length);
        if let Some(name) = name {
            self.learn(message.instrument, name);
        }
        Ok(Some(if self.left_out[usize::from(message.instrument)] {
            Message { action: Action::Nothing, ..message }
        } else {
            message
        }))
    }

    fn symbols(&self) -> &[String] {
        &self.symbols
    }

    fn price_scale(&self) -> u32 {
        PRICE_SCALE
    }

    /// Stocks above a dollar are quoted in cents.
    fn usual_step(&self) -> u32 {
        PRICE_SCALE / 100
    }

    fn types(&self) -> Vec<(&'static str, u64)> {
        let counts = TYPES.iter().map(|(kind, _, name)| (*name, self.counts[usize::from(*kind)]));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    fn unknown(&self) -> u64 {
        let all = self.counts.iter().zip(&LENGTHS);
        all.filter(|(_, length)| **length == 0).map(|(count, _)| count).sum()
    }

    fn progress(&self) -> (u64, u64) {
        self.source.progress()
    }
}

/// Where a message names its stock, in those types that come before any other about it.
fn name_at(kind: u8) -> Option<usize> {
    match kind {
        b'R' => Some(11),
        b'A' | b'F' => Some(24),
        _ => None,
    }
}

/// A message of a known type, as long as that type is.
#[inline]
fn decode(kind: u8, body: &[u8]) -> Message {
    let head = Message {
        instrument: number::<2>(body, 1) as u16,
        time_ns: number::<6>(body, 5),
        order: if body.len() >= HEAD + 8 { number::<8>(body, HEAD) } else { 0 },
        ..Message::NOTHING
    };
    match kind {
        b'A' | b'F' => Message {
            action: Action::Add,
            side: if body[SIDE_AT] == b'B' { Side::Buy } else { Side::Sell },
            quantity: number::<4>(body, 20),
            price: number::<4>(body, 32) as u32,
            ..head
        },
        b'E' => Message { action: Action::Execute, quantity: number::<4>(body, 19), ..head },
        b'C' => Message {
            action: if body[PRINTABLE_AT] == b'N' { Action::ExecuteUnprinted } else { Action::ExecuteAnywhere },
            quantity: number::<4>(body, 19),
            price: number::<4>(body, 32) as u32,
            ..head
        },
        b'X' => Message { action: Action::Reduce, quantity: number::<4>(body, 19), ..head },
        b'D' => Message { action: Action::Delete, ..head },
        b'U' => Message {
            action: Action::Replace,
            other_order: number::<8>(body, 19),
            quantity: number::<4>(body, 27),
            price: number::<4>(body, 31) as u32,
            ..head
        },
        b'P' => Message {
            action: Action::Trade,
            side: if body[SIDE_AT] == b'S' { Side::Sell } else { Side::Buy },
            quantity: number::<4>(body, 20),
            price: number::<4>(body, 32) as u32,
            ..head
        },
        b'Q' => Message {
            action: Action::Trade,
            order: 0,
            quantity: number::<8>(body, HEAD),
            price: number::<4>(body, 27) as u32,
            ..head
        },
        _ => head,
    }
}

/// The number of `LENGTH` bytes at an offset.
#[inline]
fn number<const LENGTH: usize>(body: &[u8], at: usize) -> u64 {
    let mut bytes = [0; 8];
    bytes[8 - LENGTH..].copy_from_slice(&body[at..at + LENGTH]);
    u64::from_be_bytes(bytes)
}
