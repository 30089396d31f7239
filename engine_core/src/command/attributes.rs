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
    /// Lots of an iceberg shown at a time; 0: all.
    pub display_quantity: i64,
    /// Lots that each fill of a hidden order must have; 0: any.
    pub min_quantity: i64,
    /// Of a stop order that waits, as it is now, in ticks.
    pub trigger_price: u32,
    /// Ticks by which a waiting stop's trigger follows; 0: it does not.
    pub trail: u32,
    /// What the order waits for; it does not rest in the book yet.
    pub trigger: u8,
    pub visibility: u8,
    pub lifetime: u8,
    /// What its price follows.
    pub peg: u8,
    /// Ticks behind that.
    pub peg_offset: u8,
    pub reserved: [u8; 3],
    /// Of a day order: the date it ends with.
    pub trade_date: u32,
    pub reserved_2: [u8; 4],
    /// Lots of an iceberg behind the slice that is shown.
    pub reserve: i64,
    /// Of a stop order that waits, or a pegged one: what it will pay as a taker.
    pub taker_rate: u32,
    /// Of a stop order that waits: what it will be.
    pub waiting_type: u8,
    /// Of an iceberg: how many slices were shown before this one, modulo 256.
    pub slice: u8,
    /// Of a quote: its group.
    pub quote_group: u8,
    /// Of the entry of a bracket: what its exit at a stop will wait for.
    pub exit_trigger: u8,
    /// Of a linked order: the other leg.
    pub partner: u64,
    /// Of a linked stop: the other leg's limit, whose hold counts for it, in ticks.
    pub partner_price: u32,
    /// Of the entry of a bracket: limit of its exit at a profit, in ticks.
    pub take_profit: u32,
    /// Trigger price of its exit at a stop, in ticks.
    pub exit_trigger_price: u32,
    /// Limit of its exit at a stop, in ticks; 0: it becomes a market order.
    pub exit_price: u32,
    /// Of a pegged order: the sequence of the command with which it took its place.
    pub arrival: u64,
}

const _: () = assert!(size_of::<OrderAttributes>() == 96);

impl OrderAttributes {
    pub const NONE: OrderAttributes = OrderAttributes {
        expires_at: 0,
        display_quantity: 0,
        min_quantity: 0,
        trigger_price: 0,
        trail: 0,
        trigger: 0,
        visibility: 0,
        lifetime: 0,
        peg: 0,
        peg_offset: 0,
        reserved: [0; 3],
        trade_date: 0,
        reserved_2: [0; 4],
        reserve: 0,
        taker_rate: 0,
        waiting_type: 0,
        slice: 0,
        quote_group: 0,
        exit_trigger: 0,
        partner: 0,
        partner_price: 0,
        take_profit: 0,
        exit_trigger_price: 0,
        exit_price: 0,
        arrival: 0,
    };

    /// Those that a PLACE gives its order.
    #[inline]
    pub fn of(place: &Place) -> OrderAttributes {
        OrderAttributes {
            expires_at: place.expires_at,
            display_quantity: place.display_quantity,
            min_quantity: place.min_quantity,
            trigger_price: place.trigger_price,
            trail: place.trail,
            trigger: place.trigger,
            visibility: place.visibility,
            lifetime: place.lifetime,
            peg: place.peg,
            peg_offset: place.peg_offset,
            ..OrderAttributes::NONE
        }
    }
}
