//! The messages that `bench/shapes.py` writes: 20 bytes each, little-endian (`MESSAGE_DTYPE` there).

use bench_native::fail;
use engine_core::types::Side;

pub const MESSAGE_LEN: usize = 20;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MessageKind {
    New,
    Modify,
    Cancel,
}

#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// Counts new orders from 0.
    pub order: u32,
    pub account: u32,
    pub price: u32,
    /// Of a modify: the new total.
    pub quantity: u32,
    pub kind: MessageKind,
    pub side: Side,
    pub immediate: bool,
}

impl Message {
    pub fn read(bytes: &[u8]) -> Message {
        let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
        let kind = match bytes[16] {
            0 => MessageKind::New,
            1 => MessageKind::Modify,
            2 => MessageKind::Cancel,
            other => fail(format!("no message of kind {other}")),
        };
        Message {
            order: word(0),
            account: word(4),
            price: word(8),
            quantity: word(12),
            kind,
            side: if bytes[17] == 0 { Side::Buy } else { Side::Sell },
            immediate: bytes[18] != 0,
        }
    }
}
