//! Integer newtypes. Mixing a price with a quantity or an amount does not compile.
//!
//! Everything here is a whole number: there is no float anywhere in the state machine. Limits and enumerations are the
//! vocabulary's, passed on here so that rules take all their words from one place.

mod enumerations;
mod limits;

pub use enumerations::*;
pub use limits::*;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(transparent)]
        pub struct $name(pub u32);
        impl $name {
            #[inline(always)]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}
id!(
    /// Dense index of an account.
    AccountId
);
id!(
    /// Dense index of an asset.
    AssetId
);
id!(
    /// Dense index of an instrument.
    InstrumentId
);

/// A price in whole ticks of its instrument.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(transparent)]
pub struct PriceTicks(pub i64);

/// A quantity in whole lots of its instrument.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[repr(transparent)]
pub struct QuantityLots(pub i64);

/// An amount in the smallest units of one asset.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[repr(transparent)]
pub struct Amount(pub i64);

impl Amount {
    pub const ZERO: Amount = Amount(0);
    pub const MAX: Amount = Amount(i64::MAX);

    /// Narrows a 128-bit intermediate; more than [`Amount::MAX`] is a rejection, never a wrap.
    #[inline]
    pub fn from_wide(wide: u128) -> Result<Amount, RejectCode> {
        i64::try_from(wide).map(Amount).map_err(|_| RejectCode::Overflow)
    }
}

macro_rules! arithmetic {
    ($($name:ident),*) => {$(
        // `overflow-checks` is on in every profile: an overflow here is a defect and stops the process.
        impl std::ops::Add for $name {
            type Output = $name;
            #[inline(always)]
            fn add(self, other: $name) -> $name { $name(self.0 + other.0) }
        }
        impl std::ops::Sub for $name {
            type Output = $name;
            #[inline(always)]
            fn sub(self, other: $name) -> $name { $name(self.0 - other.0) }
        }
        impl std::ops::AddAssign for $name {
            #[inline(always)]
            fn add_assign(&mut self, other: $name) { self.0 += other.0 }
        }
        impl std::ops::SubAssign for $name {
            #[inline(always)]
            fn sub_assign(&mut self, other: $name) { self.0 -= other.0 }
        }
    )*};
}
arithmetic!(QuantityLots, Amount);

/// An order's id: shard, generation of the slot, slot. Never given out twice, and an index into the slab without a map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(transparent)]
pub struct OrderId(pub u64);

/// Uses of a slot that an order id can count.
pub const MAX_ORDER_GENERATION: u32 = (1 << ORDER_GENERATION_BITS) - 1;
const _: () = assert!(SHARD_BITS + ORDER_GENERATION_BITS + ORDER_SLOT_BITS == u64::BITS);
const _: () = assert!(MAX_OPEN_ORDERS == 1 << ORDER_SLOT_BITS);

impl OrderId {
    #[inline]
    pub fn new(shard: u8, generation: u32, slot: u32) -> OrderId {
        debug_assert!(slot < MAX_OPEN_ORDERS && generation <= MAX_ORDER_GENERATION);
        let shard = u64::from(shard) << (ORDER_GENERATION_BITS + ORDER_SLOT_BITS);
        OrderId(shard | u64::from(generation) << ORDER_SLOT_BITS | u64::from(slot))
    }
    #[inline]
    pub fn slot(self) -> u32 {
        self.0 as u32 & (MAX_OPEN_ORDERS - 1)
    }
    #[inline]
    pub fn generation(self) -> u32 {
        (self.0 >> ORDER_SLOT_BITS) as u32 & MAX_ORDER_GENERATION
    }
    #[inline]
    pub fn shard(self) -> u8 {
        (self.0 >> (ORDER_GENERATION_BITS + ORDER_SLOT_BITS)) as u8
    }
}

/// What an engine never changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Genesis {
    /// Carried by every order id.
    pub shard: u8,
    /// 1 to [`MAX_OPEN_ORDERS`].
    pub max_open_orders: u32,
    /// What client order ids are digested with: a client who does not know it can not choose ids that meet.
    pub client_id_key: ClientIdKey,
}

/// A key of SipHash, its first eight bytes first.
pub type ClientIdKey = [u64; 2];

impl Default for Genesis {
    fn default() -> Genesis {
        Genesis { shard: 0, max_open_orders: DEFAULT_MAX_OPEN_ORDERS, client_id_key: [0; 2] }
    }
}

impl TimeInForce {
    /// Whether what does not match at once may rest.
    #[inline(always)]
    pub fn may_rest(self) -> bool {
        !matches!(self, TimeInForce::Ioc | TimeInForce::Fok)
    }

    /// Whether it may not match at once at all.
    #[inline(always)]
    pub fn is_post_only(self) -> bool {
        matches!(self, TimeInForce::PostOnly | TimeInForce::PostOnlySlide)
    }
}

impl Side {
    #[inline(always)]
    pub const fn opposite(self) -> Side {
        match self {
            Side::Buy => Side::Sell,
            Side::Sell => Side::Buy,
        }
    }
}

/// Printable ASCII without the space: what client order ids and symbols are made of.
#[inline]
pub fn is_printable(text: &[u8]) -> bool {
    text.iter().all(|byte| (0x21..=0x7e).contains(byte))
}
