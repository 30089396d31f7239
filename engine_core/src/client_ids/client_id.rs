//! The client order id itself: 1 to 36 printable characters.

use crate::types::CLIENT_ID_LEN;
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// A client order id in place: no allocation, no pointer. Five words, so that copying and comparing is a few instructions.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable)]
#[repr(C, align(8))]
pub struct ClientId {
    bytes: [u8; CLIENT_ID_LEN],
    len: u8,
    zero: [u8; 3],
}

impl PartialEq for ClientId {
    #[inline]
    fn eq(&self, other: &ClientId) -> bool {
        let (a, b): ([u64; 5], [u64; 5]) = (zerocopy::transmute!(*self), zerocopy::transmute!(*other));
        a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
    }
}

impl ClientId {
    pub const EMPTY: ClientId = ClientId { bytes: [0; CLIENT_ID_LEN], len: 0, zero: [0; 3] };

    /// `None` unless `len` is at most 36 and those bytes are printable ASCII; the bytes behind are ignored.
    #[inline]
    pub fn new(len: u8, bytes: &[u8; CLIENT_ID_LEN]) -> Option<ClientId> {
        if len == 0 {
            return Some(ClientId::EMPTY);
        }
        if usize::from(len) > CLIENT_ID_LEN {
            return None;
        }
        // All 36 bytes, without a branch or a copy of variable length: the compiler makes a few vector operations of it.
        let mut id = ClientId { bytes: *bytes, len, zero: [0; 3] };
        let mut unprintable = 0u8;
        for (at, byte) in id.bytes.iter_mut().enumerate() {
            let inside = if (at as u8) < len { 0xff } else { 0 };
            let printable = byte.wrapping_sub(0x21) <= 0x7e - 0x21;
            unprintable |= inside & u8::from(!printable);
            *byte &= inside;
        }
        (unprintable == 0).then_some(id)
    }

    /// The characters as they lie in a record, in whole words; what is behind the last one is ignored. `None` unless `len` is at
    /// most 36, the words are there, and the characters are printable ASCII.
    #[inline]
    pub fn from_words(len: u8, words: &[u64]) -> Option<ClientId> {
        Some(zerocopy::transmute!(ClientId::words(len, words)?))
    }

    /// The same as the words of the client order id, which are still in registers then.
    #[inline(always)]
    pub(super) fn words(len: u8, words: &[u64]) -> Option<[u64; 5]> {
        const EACH: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = 0x80 * EACH;
        let used = words.get(..usize::from(len).div_ceil(8)).filter(|_| usize::from(len) <= CLIENT_ID_LEN)?;
        let mut unprintable = 0;
        // In registers, a word at a time: one that is read again as half of something wider stalls the processor.
        let mut word = |at: usize| {
            let Some(from) = used.get(at) else { return 0 };
            let left = u32::from(len) - 8 * at as u32;
            let inside = if left >= 8 { u64::MAX } else { (1 << (8 * left)) - 1 };
            let word = from & inside;
            // Eight characters at once: one that is not in 0x21..=0x7e shows in its byte's high bit. A byte that is over 0x7f
            // may disturb its neighbour's, but shows itself.
            let shown = word | ((0x21 * EACH) & !inside);
            unprintable |= (shown | !shown.wrapping_add(0x5f * EACH) | shown.wrapping_add(EACH)) & HIGH;
            word
        };
        let id = [word(0), word(1), word(2), word(3), word(4) | u64::from(len) << 32];
        (unprintable == 0).then_some(id)
    }

    /// `None` unless `text` is at most 36 characters of printable ASCII.
    #[inline]
    pub fn from_slice(text: &[u8]) -> Option<ClientId> {
        let mut bytes = [0; CLIENT_ID_LEN];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        ClientId::new(text.len() as u8, &bytes)
    }

    #[inline]
    pub fn len(&self) -> u8 {
        self.len
    }

    /// The characters, and zeros behind them.
    #[inline]
    pub fn bytes(&self) -> &[u8; CLIENT_ID_LEN] {
        &self.bytes
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).expect("printable ASCII")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_id_is_up_to_36_printable_characters() {
        for (text, good) in [
            (&b""[..], true),
            (b"a", true),
            (b"!~", true),
            (b"123456789012345678901234567890123456", true),
            (b"1234567890123456789012345678901234567", false),
            (b"a b", false),
            (b"a\0", false),
            (b"\x7f", false),
        ] {
            assert_eq!(ClientId::from_slice(text).is_some(), good, "{text:?}");
            // What lies behind the characters is no matter.
            let mut bytes = [0xff; 40];
            bytes[..text.len()].copy_from_slice(text);
            let words: [u64; 5] = zerocopy::transmute!(bytes);
            assert_eq!(ClientId::from_words(text.len() as u8, &words).is_some(), good, "{text:?}");
        }
    }

    #[test]
    fn characters_are_judged_the_same_from_bytes_and_from_words() {
        for len in 1..=CLIENT_ID_LEN {
            for at in 0..len {
                for byte in 0..=u8::MAX {
                    let mut bytes = [b'x'; 40];
                    bytes[at] = byte;
                    let words: [u64; 5] = zerocopy::transmute!(bytes);
                    let from_words = ClientId::from_words(len as u8, &words);
                    assert_eq!(from_words, ClientId::from_slice(&bytes[..len]), "{byte:#x} at {at} of {len}");
                }
            }
        }
        assert_eq!(ClientId::from_words(9, &[0]), None, "fewer words than characters");
    }
}
