//! Attributes of orders that few have. All 0: the order has none.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::Place;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

#[derive(Clone, Copy, PartialEq, Eq, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct OrderAttributes {
    /// When the order ends by itself, in nanoseconds; 0: never.
    pub expires_at: u64,
}

const _: () = assert!(size_of::<OrderAttributes>() == 8);

impl OrderAttributes {
    pub const NONE: OrderAttributes = OrderAttributes { expires_at: 0 };

    /// Those that a PLACE gives its order.
    #[inline]
    pub fn of(place: &Place) -> OrderAttributes {
        OrderAttributes { expires_at: place.expires_at }
    }
}
