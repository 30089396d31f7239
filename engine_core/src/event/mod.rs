//! Events: what the engine says happened. Derived, never journaled. Drawn in `docs/semantics.md`, section 4.
//!
//! All kinds have one length and a header in common; the rest is the kind's own, read as its typed body.

mod bodies;
mod fields;

pub use bodies::*;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// One event of any kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Event {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    body_bytes: [u8; 3],
    body_words: [u64; 13],
}

const _: () = assert!(size_of::<Event>() == EVENT_LEN);

/// An event of one kind.
pub trait EventBody: Copy + FromBytes + IntoBytes + Immutable + KnownLayout {
    const KIND: u8;
}

impl Event {
    #[inline(always)]
    pub fn from_body<B: EventBody>(body: B) -> Event {
        const { assert!(size_of::<B>() == EVENT_LEN && align_of::<B>() == align_of::<Event>()) };
        zerocopy::transmute!(BodyBytes(<[u64; EVENT_LEN / 8]>::read_from_bytes(body.as_bytes()).expect("one length")))
    }

    /// The event as the kind it is; `None` if it is another.
    #[inline(always)]
    pub fn body<B: EventBody>(&self) -> Option<&B> {
        if self.kind != B::KIND {
            return None;
        }
        B::ref_from_bytes(self.as_bytes()).ok()
    }
}

impl Event {
    #[inline(always)]
    fn bytes_at<const OFFSET: usize, const SIZE: usize>(&self) -> [u8; SIZE] {
        const { assert!(OFFSET + SIZE <= EVENT_LEN) };
        self.as_bytes()[OFFSET..OFFSET + SIZE].try_into().expect("as many bytes")
    }

    #[inline(always)]
    fn client_order_id_bytes(&self, len: u8) -> &[u8] {
        &self.as_bytes()[std::mem::offset_of!(Fill, client_order_id)..][..usize::from(len)]
    }
}

#[derive(FromBytes, IntoBytes, Immutable)]
#[repr(transparent)]
struct BodyBytes([u64; EVENT_LEN / 8]);
