//! Attributes of orders that few have. All 0: the order has none.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::Place;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

#[derive(Clone, Copy, PartialEq, Eq, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct OrderAttributes {
    pub reserved: [u8; 8],
}

const _: () = assert!(size_of::<OrderAttributes>() == 8);

impl OrderAttributes {
    pub const NONE: OrderAttributes = OrderAttributes { reserved: [0; 8] };

    /// Those that a PLACE gives its order.
    #[inline]
    pub fn of(_place: &Place) -> OrderAttributes {
        OrderAttributes { ..OrderAttributes::NONE }
    }
}
