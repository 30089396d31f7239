//! The event record: 104 bytes, what the engine says happened. Events are derived, never journaled.
//!
//! Drawn in `docs/semantics.md`, sections 4 and 5. Each event belongs to exactly one account.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

pub const EVENT_LEN: usize = 104;
/// "All instruments", "no instrument", "no asset".
pub const NONE_ID: u32 = u32::MAX;

/// Kind bytes of an event.
pub mod kind {
    pub const ACCEPTED: u8 = 1;
    pub const REJECTED: u8 = 2;
    pub const FILL: u8 = 3;
    pub const CANCELLED: u8 = 4;
    pub const AMENDED: u8 = 5;
    pub const DUPLICATE: u8 = 6;
    pub const CANCEL_ALL_DONE: u8 = 7;
    pub const ASSET_CREATED: u8 = 16;
    pub const INSTRUMENT_CREATED: u8 = 17;
    pub const ACCOUNT_CREATED: u8 = 18;
    pub const FEE_SCHEDULE_SET: u8 = 19;
    pub const HALTED: u8 = 20;
    pub const RESUMED: u8 = 21;
    pub const DEPOSITED: u8 = 32;
    pub const WITHDRAWAL_REQUESTED: u8 = 33;
    pub const WITHDRAWAL_SETTLED: u8 = 34;
    pub const WITHDRAWAL_CANCELLED: u8 = 35;
    pub const TRANSFER_OUT: u8 = 36;
    pub const TRANSFER_IN: u8 = 37;
}

pub mod liquidity {
    pub const NONE: u8 = 0;
    pub const MAKER: u8 = 1;
    pub const TAKER: u8 = 2;
}

/// `code` of an AMENDED event.
pub mod priority {
    pub const KEPT: u8 = 0;
    pub const LOST: u8 = 1;
}

/// `code` of a DUPLICATE event, and the status kept in the finished window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum OrderStatus {
    Open = 0,
    Filled = 1,
    Cancelled = 2,
}

/// `code` of a CANCELLED event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum CancelReason {
    User = 1,
    CancelAll = 2,
    IocRemainder = 3,
    SelfTradeResting = 4,
    SelfTradeIncoming = 5,
    MarketRemainder = 6,
}

/// `code` of a REJECTED event: why the command changed nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
#[repr(u8)]
pub enum RejectCode {
    Malformed = 1,
    UnknownAccount = 2,
    UnknownInstrument = 3,
    UnknownAsset = 4,
    UnknownOrder = 5,
    InstrumentHalted = 6,
    InvalidCombination = 7,
    InvalidQuantity = 8,
    InvalidPrice = 9,
    OpenOrderLimit = 10,
    EngineFull = 11,
    NoLiquidity = 12,
    Overflow = 13,
    PostOnlyWouldCross = 14,
    InsufficientFunds = 15,
    FokUnfillable = 16,
    AmendNoChange = 17,
    AmendBelowFilled = 18,
    UnknownWithdrawal = 19,
    InvalidAmount = 20,
    UnknownCounterparty = 21,
    AlreadyExists = 22,
    IdNotNext = 23,
    RegistryFull = 24,
    InvalidParameter = 25,
    UnknownFeeSchedule = 26,
    WithdrawalLimit = 27,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Event {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub kind: u8,
    pub code: u8,
    pub side: u8,
    pub liquidity: u8,
    pub account: u32,
    pub account_sequence: u64,
    pub instrument: u32,
    pub asset: u32,
    pub order_id: u64,
    pub price: i64,
    pub quantity: i64,
    pub leaves: i64,
    pub filled: i64,
    pub cash: i64,
    pub fee: i64,
    /// Settlement id of a fill, withdrawal id, previous price of an amendment, counterparty of a transfer.
    pub reference: u64,
}

const _: () = assert!(size_of::<Event>() == EVENT_LEN);

impl Event {
    pub const EMPTY: Event = Event {
        sequence: 0,
        timestamp_ns: 0,
        kind: 0,
        code: 0,
        side: 0,
        liquidity: liquidity::NONE,
        account: 0,
        account_sequence: 0,
        instrument: NONE_ID,
        asset: NONE_ID,
        order_id: 0,
        price: 0,
        quantity: 0,
        leaves: 0,
        filled: 0,
        cash: 0,
        fee: 0,
        reference: 0,
    };
}
