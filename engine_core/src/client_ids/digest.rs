//! What a client order id, and what a PLACE said, is known by.

use crate::command::{Place, shortest};
use crate::types::{AccountId, ClientIdKey};
use xxhash_rust::xxh3::xxh3_64;
use zerocopy::{FromBytes, IntoBytes};

/// What a client order id of an account is known by: SipHash-1-3 with 128 bits of output, of the account's number and
/// the characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, FromBytes)]
#[repr(C)]
pub struct Digest {
    pub low: u64,
    pub high: u64,
}

impl Digest {
    /// Of an id as it is in words ([`ClientId::words`]).
    #[inline]
    pub(super) fn of(key: ClientIdKey, account: AccountId, [a, b, c, d, end]: [u64; 5]) -> Digest {
        let length = size_of::<AccountId>() as u64 + (end >> 32);
        let mut hash = SipHash::new(key);
        // The account's four bytes come first, so each word is half of one of the id and half of the next.
        let mut word = u64::from(account.0);
        let mut left = length;
        for next in [a, b, c, d, end & u64::from(u32::MAX), 0] {
            word |= next << 32;
            if left < 8 {
                break;
            }
            hash.take(word);
            (word, left) = (next >> 32, left - 8);
        }
        hash.take(word | length << 56);
        hash.finish()
    }
}

/// The state of SipHash. Whoever does not know the key can not tell what it makes of anything.
struct SipHash([u64; 4]);

impl SipHash {
    #[inline(always)]
    fn new([first, second]: ClientIdKey) -> SipHash {
        SipHash([
            first ^ 0x736f_6d65_7073_6575,
            second ^ 0x646f_7261_6e64_6f6d ^ 0xee,
            first ^ 0x6c79_6765_6e65_7261,
            second ^ 0x7465_6462_7974_6573,
        ])
    }

    #[inline(always)]
    fn take(&mut self, word: u64) {
        self.0[3] ^= word;
        self.round();
        self.0[0] ^= word;
    }

    #[inline(always)]
    fn round(&mut self) {
        let [a, b, c, d] = &mut self.0;
        (*a, *c) = (a.wrapping_add(*b), c.wrapping_add(*d));
        (*b, *d) = (b.rotate_left(13) ^ *a, d.rotate_left(16) ^ *c);
        (*a, *c) = (a.rotate_left(32).wrapping_add(*d), c.wrapping_add(*b));
        (*b, *d) = (b.rotate_left(17) ^ *c, d.rotate_left(21) ^ *a);
        *c = c.rotate_left(32);
    }

    #[inline(always)]
    fn finish(mut self) -> Digest {
        self.0[2] ^= 0xee;
        let low = self.end();
        self.0[1] ^= 0xdd;
        Digest { low, high: self.end() }
    }

    #[inline(always)]
    fn end(&mut self) -> u64 {
        (0..3).for_each(|_| self.round());
        self.0.iter().fold(0, |all, word| all ^ word)
    }
}

/// What placed an order, but for its client order id.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, FromBytes)]
#[repr(transparent)]
pub struct Content(pub u64);

/// What of a body's words is no content.
const NOT_CONTENT: PlaceWords = zerocopy::transmute!(Place {
    client_order_id_len: 0xff,
    reserved: [0xff; _],
    reserved_2: [0xff; _],
    reserved_3: [0xff; _],
    ..Place::EMPTY
});

type PlaceWords = [u64; size_of::<Place>() / 8];

impl Content {
    /// Of a body in the oldest version that can say it (`docs/semantics.md`, section 6): another release's is the same.
    #[inline]
    pub fn of(body: &Place) -> Content {
        // Word by word: bytes that are set one by one and then read as words are waited for.
        let words: PlaceWords = zerocopy::transmute!(*body);
        let content: PlaceWords = std::array::from_fn(|at| words[at] & !NOT_CONTENT[at]);
        let body: Place = zerocopy::transmute!(content);
        Content::of_bytes(content[..shortest(&body).len() / 8].as_bytes())
    }

    /// Of a body that says nothing else.
    #[inline]
    pub fn of_bytes(body: &[u8]) -> Content {
        Content(xxh3_64(body))
    }
}

#[cfg(test)]
mod tests {
    use super::super::client_id::ClientId;
    use super::*;
    use proptest::prelude::*;
    use siphasher::sip128::SipHasher13;

    proptest! {
        #[test]
        fn a_digest_is_siphash_of_account_and_characters(key: [u64; 2], account: u32, text in "[!-~]{1,36}") {
            let id = ClientId::from_slice(text.as_bytes()).unwrap();
            let digest = Digest::of(key, AccountId(account), zerocopy::transmute!(id));
            let hashed = [&account.to_le_bytes()[..], text.as_bytes()].concat();
            let expected = SipHasher13::new_with_keys(key[0], key[1]).hash(&hashed);
            prop_assert_eq!((digest.low, digest.high), (expected.h1, expected.h2));
        }
    }
}
