//! Integer newtypes and limits. Mixing a price with a quantity or an amount does not compile.
//!
//! Everything here is a whole number: there is no float anywhere in the state machine. Limits are named
//! in `docs/semantics.md`, section 1; a limit that changes there changes here, and with it the semantics version.

pub use crate::event::NONE_ID;
use crate::event::RejectCode;

/// Version of the rules in `docs/semantics.md`. A journal or snapshot written under another version is refused.
pub const SEMANTICS_VERSION: u32 = 1;

/// The number behind the last one stands for "no asset", or instrument, where 16 bits name one.
pub const MAX_ASSETS: usize = u16::MAX as usize;
pub const MAX_INSTRUMENTS: usize = u16::MAX as usize;
pub const MAX_ACCOUNTS: usize = 1 << 31;
pub const MAX_FEE_SCHEDULES: usize = 256;
pub const MAX_PRICE_TICKS: i64 = u32::MAX as i64;
/// Bits of an order id that name the order's slot.
pub const ORDER_SLOT_BITS: u32 = 22;
pub const MAX_OPEN_ORDERS: u32 = 1 << ORDER_SLOT_BITS;
/// Orders that can ever be accepted: the counter's share of an order id's bits.
pub const MAX_ORDERS_ACCEPTED: u64 = u64::MAX >> ORDER_SLOT_BITS;
pub const MAX_OPEN_ORDERS_PER_ACCOUNT: u32 = 4_096;
pub const MAX_PENDING_WITHDRAWALS: usize = 65_536;
/// Finished orders whose client order ids an account's window remembers.
pub const CLIENT_ID_WINDOW: u32 = 128;
pub const CLIENT_ID_LEN: usize = 36;
pub const SYMBOL_LEN: usize = 16;
pub const MAX_DECIMALS: u8 = 18;
pub const MAX_COLLAR_BPS: u32 = 10_000;
pub const MAX_FEE_RATE: u32 = u16::MAX as u32;
/// One in hundredths of a basis point.
pub const FEE_RATE_SCALE: u64 = 1_000_000;
/// The venue's own account: it receives every fee.
pub const VENUE_ACCOUNT: AccountId = AccountId(0);

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

/// A public order id: `(n << ORDER_SLOT_BITS) | slot`, where `n` counts accepted orders from 1.
/// Unique for ever, ascending in order of acceptance, and an index into the slab without a hash map.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(transparent)]
pub struct OrderId(pub u64);

impl OrderId {
    #[inline]
    pub fn new(count: u64, slot: u32) -> OrderId {
        debug_assert!(slot < MAX_OPEN_ORDERS);
        OrderId((count << ORDER_SLOT_BITS) | u64::from(slot))
    }
    #[inline]
    pub fn slot(self) -> u32 {
        (self.0 & u64::from(MAX_OPEN_ORDERS - 1)) as u32
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Side {
    Buy = 0,
    Sell = 1,
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

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum OrderType {
    Limit = 0,
    Market = 1,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum TimeInForce {
    Gtc = 0,
    Ioc = 1,
    Fok = 2,
    PostOnly = 3,
}

/// Self-trade prevention: which order of an account goes when two of its own would match.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum SelfTradePrevention {
    CancelNewest = 0,
    CancelOldest = 1,
    CancelBoth = 2,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum QuantityKind {
    Lots = 0,
    Notional = 1,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum AssetClass {
    Stablecoin = 0,
    Equity = 1,
    Gold = 2,
}

/// Total conversions from the wire byte: anything unknown is [`RejectCode::Malformed`].
macro_rules! from_byte {
    ($name:ident { $($variant:ident),* }) => {
        impl TryFrom<u8> for $name {
            type Error = RejectCode;
            #[inline]
            fn try_from(byte: u8) -> Result<$name, RejectCode> {
                $(if byte == $name::$variant as u8 { return Ok($name::$variant); })*
                Err(RejectCode::Malformed)
            }
        }
    };
}
from_byte!(Side { Buy, Sell });
from_byte!(OrderType { Limit, Market });
from_byte!(TimeInForce { Gtc, Ioc, Fok, PostOnly });
from_byte!(SelfTradePrevention { CancelNewest, CancelOldest, CancelBoth });
from_byte!(QuantityKind { Lots, Notional });
from_byte!(AssetClass { Stablecoin, Equity, Gold });

/// Printable ASCII without the space: what client order ids and symbols are made of.
#[inline]
pub fn is_printable(text: &[u8]) -> bool {
    text.iter().all(|byte| (0x21..=0x7e).contains(byte))
}
