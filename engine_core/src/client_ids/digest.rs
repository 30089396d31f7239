//! What a client order id, and what a PLACE said, is known by.

use super::client_id::ClientId;
use crate::command::{Place, shortest};
use crate::types::AccountId;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128_with_seed};
use zerocopy::{FromBytes, IntoBytes};

/// What a client order id of an account is known by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, FromBytes)]
#[repr(C)]
pub struct Digest {
    pub low: u64,
    pub high: u64,
}

impl Digest {
    #[inline]
    pub fn new(account: AccountId, client_id: &ClientId) -> Digest {
        Digest::of(account, client_id.as_bytes())
    }

    /// Of characters where they lie: what was just written in words is not at hand as bytes yet.
    #[inline]
    pub fn of(account: AccountId, characters: &[u8]) -> Digest {
        let digest = xxh3_128_with_seed(characters, u64::from(account.0));
        Digest { low: digest as u64, high: (digest >> 64) as u64 }
    }
}

/// What a PLACE said, but for its client order id.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, FromBytes)]
#[repr(transparent)]
pub struct Content(pub u64);

/// What of a body's words is no content.
const NOT_CONTENT: PlaceWords =
    zerocopy::transmute!(Place { client_order_id_len: 0xff, reserved: [0xff; _], ..Place::EMPTY });

type PlaceWords = [u64; size_of::<Place>() / 8];

impl Content {
    /// Of a body in the oldest version that can say it (`docs/semantics.md`, section 6): another release's is the same.
    #[inline]
    pub fn of(body: &Place) -> Content {
        // Word by word: bytes that are set one by one and then read as words are waited for.
        let words: PlaceWords = zerocopy::transmute!(*body);
        let content: PlaceWords = std::array::from_fn(|at| words[at] & !NOT_CONTENT[at]);
        Content(xxh3_64(content[..shortest(body).len() / 8].as_bytes()))
    }
}
