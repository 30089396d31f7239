//! Public order ids: which order it is, and not whose.
//!
//! An order's own id is in its owner's reports and requests, and tells its slot and how often that was used. The public one
//! is its encryption under a key that the process draws: as unique, the same while the process runs, computed and never
//! stored. Who does not have the key learns nothing from it, even with the pairs that its own orders let it guess.
//!
//! The cipher is Speck64/128 (Beaulieu et al., 2013; ISO/IEC 29167-22): a permutation of 64 bits, so no two orders share an
//! id, in a few nanoseconds.

use crate::types::OrderId;

pub const KEY_BYTES: usize = 16;
const ROUNDS: usize = 27;

pub struct PublicIds {
    round_keys: [u32; ROUNDS],
}

/// One round, on both halves. The key schedule is made of the same.
#[inline(always)]
fn round(high: u32, low: u32, key: u32) -> (u32, u32) {
    let high = high.rotate_right(8).wrapping_add(low) ^ key;
    (high, low.rotate_left(3) ^ high)
}

impl PublicIds {
    pub fn new(key: [u8; KEY_BYTES]) -> PublicIds {
        let word = |at: usize| u32::from_le_bytes(key[4 * at..4 * at + 4].try_into().expect("four bytes"));
        let mut low = word(0);
        let mut high = [word(1), word(2), word(3)];
        let mut round_keys = [0; ROUNDS];
        for (at, round_key) in round_keys.iter_mut().enumerate() {
            *round_key = low;
            (high[at % 3], low) = round(high[at % 3], low, at as u32);
        }
        PublicIds { round_keys }
    }

    /// The public id of an order.
    #[inline]
    pub fn of(&self, order: OrderId) -> u64 {
        let halves = ((order.0 >> 32) as u32, order.0 as u32);
        let (high, low) = self.round_keys.iter().fold(halves, |(high, low), &key| round(high, low, key));
        u64::from(high) << 32 | u64::from(low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector of the cipher's publication.
    #[test]
    fn it_is_the_published_cipher() {
        let key = [0x00, 0x01, 0x02, 0x03, 0x08, 0x09, 0x0a, 0x0b, 0x10, 0x11, 0x12, 0x13, 0x18, 0x19, 0x1a, 0x1b];
        assert_eq!(PublicIds::new(key).of(OrderId(0x3b72_6574_7475_432d)), 0x8c6f_a548_454e_028b);
    }

    #[test]
    fn another_key_gives_other_ids() {
        let [one, other] = [[0; KEY_BYTES], [1; KEY_BYTES]].map(|key| PublicIds::new(key).of(OrderId(1 << 26)));
        assert!(one != other && one != 1 << 26);
    }
}
