//! Events, drawn in `docs/semantics.md`, section 4.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::EventBody;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Kind bytes of events.
pub mod kind {
    pub const ACCEPTED: u8 = 1;
    pub const REJECTED: u8 = 2;
    pub const FILL: u8 = 3;
    pub const CANCELLED: u8 = 4;
    pub const AMENDED: u8 = 5;
    pub const DUPLICATE: u8 = 6;
    pub const CANCEL_ALL_DONE: u8 = 7;
    pub const TRIGGERED: u8 = 8;
    pub const CANCEL_PENDING: u8 = 9;
    pub const QUOTE_REJECTED: u8 = 10;
    pub const MASS_QUOTED: u8 = 11;
    pub const PROTECTION_SET: u8 = 12;
    pub const PROTECTION_TRIGGERED: u8 = 13;
    pub const PROTECTION_RESET: u8 = 14;
    pub const CANCEL_AFTER_SET: u8 = 15;
    pub const ASSET_CREATED: u8 = 16;
    pub const INSTRUMENT_CREATED: u8 = 17;
    pub const ACCOUNT_CREATED: u8 = 18;
    pub const FEE_SCHEDULE_SET: u8 = 19;
    pub const HALTED: u8 = 20;
    pub const RESUMED: u8 = 21;
    pub const PULSED: u8 = 22;
    pub const ACCOUNT_SET: u8 = 23;
    pub const REFERENCE_SET: u8 = 24;
    pub const TRADE_DATE_ROLLED: u8 = 25;
    pub const PHASE_CHANGED: u8 = 26;
    pub const INDICATED: u8 = 27;
    pub const UNCROSSED: u8 = 28;
    pub const AUCTION_EXTENDED: u8 = 29;
    pub const TRADING_LIMITS_SET: u8 = 30;
    pub const EXITS_REFUSED: u8 = 50;
    pub const VOLATILITY_BANDS_SET: u8 = 70;
    pub const VOLATILITY_BAND_MOVED: u8 = 71;
    pub const LIMIT_STATE_CHANGED: u8 = 72;
    pub const REFERENCE_POLICY_SET: u8 = 73;
    pub const PRIMARY_STATUS_SET: u8 = 74;
    pub const STATIC_BAND_MOVED: u8 = 75;
    pub const DEPOSITED: u8 = 32;
    pub const WITHDRAWAL_REQUESTED: u8 = 33;
    pub const WITHDRAWAL_SETTLED: u8 = 34;
    pub const WITHDRAWAL_CANCELLED: u8 = 35;
    pub const TRANSFER_OUT: u8 = 36;
    pub const TRANSFER_IN: u8 = 37;
    pub const MONEY_REPEATED: u8 = 38;
    pub const FEE_OVERRIDE_SET: u8 = 60;
    pub const OBLIGATION_SET: u8 = 90;
    pub const OBLIGATION_SCORED: u8 = 91;
    pub const KEY_SET: u8 = 100;
    pub const KEY_REVOKED: u8 = 101;
    pub const HOLDER_SET: u8 = 110;
    pub const ELIGIBILITY_SET: u8 = 111;
    pub const FROZEN: u8 = 112;
    pub const UNFROZEN: u8 = 113;
    pub const FORCED_TRANSFER: u8 = 114;
    pub const BENEFICIAL_SET: u8 = 115;
    pub const ASSET_TERMS_SET: u8 = 130;
    pub const ATTESTOR_SET: u8 = 131;
    pub const ATTESTED: u8 = 132;
    pub const ATTESTATION_EXPIRED: u8 = 133;
    pub const MINTED: u8 = 134;
    pub const REDEMPTION_REQUESTED: u8 = 135;
    pub const REDEMPTION_SETTLED: u8 = 136;
    pub const REDEMPTION_REFUSED: u8 = 137;
    pub const REDEMPTION_FEE: u8 = 138;
    pub const REFINER_SET: u8 = 139;
    pub const BAR_REGISTERED: u8 = 140;
    pub const BAR_REMOVED: u8 = 141;
    pub const PEG_SET: u8 = 142;
    pub const CASH_REFERENCE_SET: u8 = 143;
    pub const PEG_CHANGED: u8 = 144;
    pub const ACTION_ANNOUNCED: u8 = 160;
    pub const ACTION_CANCELLED: u8 = 161;
    pub const ACTION_STARTED: u8 = 162;
    pub const ACTION_FUNDED: u8 = 163;
    pub const ENTITLED: u8 = 164;
    pub const ENTITLEMENT_PAID: u8 = 165;
    pub const ACTION_LEG_PAID: u8 = 166;
    pub const ACTION_DONE: u8 = 167;
    pub const ACTION_FAILED: u8 = 168;
    pub const REBASED: u8 = 169;
}

pub const EVENT_LEN: usize = 136;

/// An order was taken in.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Accepted {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub side: u8,
    /// Of a pegged order: what its price follows, else none.
    pub peg: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub order_id: u64,
    pub instrument: u32,
    /// The limit in ticks; of a market order the collar.
    pub price: u32,
    /// Total lots; 0 for a notional order.
    pub quantity: i64,
    /// Lots left: all of them.
    pub leaves: i64,
    /// What a notional order may spend, else 0.
    pub budget: i64,
    /// Of a stop order, else 0.
    pub trigger_price: u32,
    /// Of a pegged order: ticks behind that, else 0.
    pub peg_offset: u32,
    /// Of a linked order: the other leg, else 0.
    pub partner: u64,
    /// Of an exit of a bracket: the order that it closes, else 0.
    pub entry: u64,
    pub client_order_id: [u8; 36],
    pub reserved: [u8; 4],
}

const _: () = assert!(size_of::<Accepted>() == EVENT_LEN);

impl Accepted {
    pub const EMPTY: Accepted = Accepted {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACCEPTED,
        side: 0,
        peg: 0,
        client_order_id_len: 0,
        order_id: 0,
        instrument: 0,
        price: 0,
        quantity: 0,
        leaves: 0,
        budget: 0,
        trigger_price: 0,
        peg_offset: 0,
        partner: 0,
        entry: 0,
        client_order_id: [0; 36],
        reserved: [0; 4],
    };
}

impl EventBody for Accepted {
    const KIND: u8 = kind::ACCEPTED;
}

/// A command changed nothing. What it named is echoed, whatever the code.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Rejected {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reason: u8,
    /// Kind of the command.
    pub command: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    /// Of CANCEL, AMEND and CANCEL_REPLACE, else 0.
    pub order_id: u64,
    /// Of PLACE, CANCEL_REPLACE, CANCEL_ALL, PLACE_OCO and PLACE_BRACKET, else none.
    pub instrument: u32,
    /// Of DEPOSIT, REQUEST_WITHDRAWAL, TRANSFER, FORCE_TRANSFER, MINT and REQUEST_REDEMPTION, else none.
    pub asset: u32,
    /// Of a command that ends a withdrawal or a redemption, else 0.
    pub withdrawal_id: u64,
    /// What was asked, if it is a limit that refused it, else 0.
    pub value: i64,
    /// That limit, else 0.
    pub bound: i64,
    pub reserved: [u8; 24],
    /// Of a command on orders if it is one, else empty.
    pub client_order_id: [u8; 36],
    pub reserved_2: [u8; 4],
}

const _: () = assert!(size_of::<Rejected>() == EVENT_LEN);

impl Rejected {
    pub const EMPTY: Rejected = Rejected {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::REJECTED,
        reason: 0,
        command: 0,
        client_order_id_len: 0,
        order_id: 0,
        instrument: 0,
        asset: 0,
        withdrawal_id: 0,
        value: 0,
        bound: 0,
        reserved: [0; 24],
        client_order_id: [0; 36],
        reserved_2: [0; 4],
    };
}

impl EventBody for Rejected {
    const KIND: u8 = kind::REJECTED;
}

/// An order traded. Two per fill: the taker's first, then the maker's.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Fill {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub side: u8,
    pub liquidity: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub order_id: u64,
    pub instrument: u32,
    /// The maker's, in ticks.
    pub price: u32,
    /// Lots of this fill.
    pub quantity: i64,
    /// Lots left; 0 for a notional order.
    pub leaves: i64,
    /// Lots filled so far, these included.
    pub filled: i64,
    /// Paid or received, in units of the quote asset.
    pub cash: i64,
    /// This side's, in units of the quote asset; below 0: a rebate.
    pub fee: i64,
    /// The same on both sides.
    pub settlement_id: u64,
    pub client_order_id: [u8; 36],
    pub reserved: [u8; 4],
}

const _: () = assert!(size_of::<Fill>() == EVENT_LEN);

impl Fill {
    pub const EMPTY: Fill = Fill {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::FILL,
        side: 0,
        liquidity: 0,
        client_order_id_len: 0,
        order_id: 0,
        instrument: 0,
        price: 0,
        quantity: 0,
        leaves: 0,
        filled: 0,
        cash: 0,
        fee: 0,
        settlement_id: 0,
        client_order_id: [0; 36],
        reserved: [0; 4],
    };
}

impl EventBody for Fill {
    const KIND: u8 = kind::FILL;
}

/// What was left of an order is gone.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Cancelled {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub side: u8,
    pub reason: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub order_id: u64,
    pub instrument: u32,
    /// The limit in ticks.
    pub price: u32,
    /// Total lots; of a notional order what filled.
    pub quantity: i64,
    /// Lots cancelled; 0 for a notional order.
    pub leaves: i64,
    /// Lots.
    pub filled: i64,
    /// What a notional order did not spend, else 0.
    pub budget: i64,
    pub reserved: [u8; 16],
    pub client_order_id: [u8; 36],
    pub reserved_2: [u8; 4],
}

const _: () = assert!(size_of::<Cancelled>() == EVENT_LEN);

impl Cancelled {
    pub const EMPTY: Cancelled = Cancelled {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::CANCELLED,
        side: 0,
        reason: 0,
        client_order_id_len: 0,
        order_id: 0,
        instrument: 0,
        price: 0,
        quantity: 0,
        leaves: 0,
        filled: 0,
        budget: 0,
        reserved: [0; 16],
        client_order_id: [0; 36],
        reserved_2: [0; 4],
    };
}

impl EventBody for Cancelled {
    const KIND: u8 = kind::CANCELLED;
}

/// An order has a new price or quantity. What it then trades follows.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Amended {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub side: u8,
    pub reason: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub order_id: u64,
    pub instrument: u32,
    /// The new limit in ticks.
    pub price: u32,
    /// The new total in lots.
    pub quantity: i64,
    /// Lots left, before any match.
    pub leaves: i64,
    /// Lots.
    pub filled: i64,
    /// The limit before.
    pub previous_price: u32,
    /// Of a stop order that waits, else 0.
    pub trigger_price: u32,
    pub reserved: [u8; 16],
    pub client_order_id: [u8; 36],
    pub reserved_2: [u8; 4],
}

const _: () = assert!(size_of::<Amended>() == EVENT_LEN);

impl Amended {
    pub const EMPTY: Amended = Amended {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::AMENDED,
        side: 0,
        reason: 0,
        client_order_id_len: 0,
        order_id: 0,
        instrument: 0,
        price: 0,
        quantity: 0,
        leaves: 0,
        filled: 0,
        previous_price: 0,
        trigger_price: 0,
        reserved: [0; 16],
        client_order_id: [0; 36],
        reserved_2: [0; 4],
    };
}

impl EventBody for Amended {
    const KIND: u8 = kind::AMENDED;
}

/// A PLACE repeated the id and the content of an order: here is that order.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Duplicate {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub side: u8,
    pub reason: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub order_id: u64,
    pub instrument: u32,
    /// Its limit now or last.
    pub price: u32,
    /// Its total now or last; of a finished notional order what filled.
    pub quantity: i64,
    /// 0 unless open.
    pub leaves: i64,
    /// Lots.
    pub filled: i64,
    pub reserved: [u8; 24],
    pub client_order_id: [u8; 36],
    pub reserved_2: [u8; 4],
}

const _: () = assert!(size_of::<Duplicate>() == EVENT_LEN);

impl Duplicate {
    pub const EMPTY: Duplicate = Duplicate {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::DUPLICATE,
        side: 0,
        reason: 0,
        client_order_id_len: 0,
        order_id: 0,
        instrument: 0,
        price: 0,
        quantity: 0,
        leaves: 0,
        filled: 0,
        reserved: [0; 24],
        client_order_id: [0; 36],
        reserved_2: [0; 4],
    };
}

impl EventBody for Duplicate {
    const KIND: u8 = kind::DUPLICATE;
}

/// Ends the events of a CANCEL_ALL.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CancelAllDone {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    /// As given.
    pub instrument: u32,
    /// How many were cancelled.
    pub orders: u32,
    /// How many will be when their auction's trades are made.
    pub pending: u32,
    pub reserved_2: [u8; 92],
}

const _: () = assert!(size_of::<CancelAllDone>() == EVENT_LEN);

impl CancelAllDone {
    pub const EMPTY: CancelAllDone = CancelAllDone {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::CANCEL_ALL_DONE,
        reserved: [0; 3],
        instrument: 0,
        orders: 0,
        pending: 0,
        reserved_2: [0; 92],
    };
}

impl EventBody for CancelAllDone {
    const KIND: u8 = kind::CANCEL_ALL_DONE;
}

/// A stop order's trigger was reached: it enters the book now. What it then trades follows.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Triggered {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub side: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub reserved: [u8; 1],
    pub order_id: u64,
    pub instrument: u32,
    /// The limit in ticks; of a market order the collar.
    pub price: u32,
    /// Total lots.
    pub quantity: i64,
    /// Lots left: all of them.
    pub leaves: i64,
    /// What was reached, in ticks.
    pub trigger_price: u32,
    pub reserved_2: [u8; 28],
    pub client_order_id: [u8; 36],
    pub reserved_3: [u8; 4],
}

const _: () = assert!(size_of::<Triggered>() == EVENT_LEN);

impl Triggered {
    pub const EMPTY: Triggered = Triggered {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::TRIGGERED,
        side: 0,
        client_order_id_len: 0,
        reserved: [0; 1],
        order_id: 0,
        instrument: 0,
        price: 0,
        quantity: 0,
        leaves: 0,
        trigger_price: 0,
        reserved_2: [0; 28],
        client_order_id: [0; 36],
        reserved_3: [0; 4],
    };
}

impl EventBody for Triggered {
    const KIND: u8 = kind::TRIGGERED;
}

/// What is left of an order will be cancelled when its auction's trades are made.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CancelPending {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub side: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub reserved: [u8; 1],
    pub order_id: u64,
    pub instrument: u32,
    /// The limit in ticks.
    pub price: u32,
    /// Total lots.
    pub quantity: i64,
    /// Lots left now.
    pub leaves: i64,
    /// Lots.
    pub filled: i64,
    pub reserved_2: [u8; 24],
    pub client_order_id: [u8; 36],
    pub reserved_3: [u8; 4],
}

const _: () = assert!(size_of::<CancelPending>() == EVENT_LEN);

impl CancelPending {
    pub const EMPTY: CancelPending = CancelPending {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::CANCEL_PENDING,
        side: 0,
        client_order_id_len: 0,
        reserved: [0; 1],
        order_id: 0,
        instrument: 0,
        price: 0,
        quantity: 0,
        leaves: 0,
        filled: 0,
        reserved_2: [0; 24],
        client_order_id: [0; 36],
        reserved_3: [0; 4],
    };
}

impl EventBody for CancelPending {
    const KIND: u8 = kind::CANCEL_PENDING;
}

/// One side of a MASS_QUOTE was refused. What was open of it is gone, too: its CANCELLED follows.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct QuoteRejected {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub side: u8,
    pub reason: u8,
    pub reserved: [u8; 1],
    pub instrument: u32,
    pub quote_group: u32,
    /// Which of the command's entries, from 0.
    pub entry_number: u32,
    pub reserved_2: [u8; 92],
}

const _: () = assert!(size_of::<QuoteRejected>() == EVENT_LEN);

impl QuoteRejected {
    pub const EMPTY: QuoteRejected = QuoteRejected {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::QUOTE_REJECTED,
        side: 0,
        reason: 0,
        reserved: [0; 1],
        instrument: 0,
        quote_group: 0,
        entry_number: 0,
        reserved_2: [0; 92],
    };
}

impl EventBody for QuoteRejected {
    const KIND: u8 = kind::QUOTE_REJECTED;
}

/// Ends the events of a MASS_QUOTE: how many sides did what.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct MassQuoted {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub quote_group: u32,
    /// New orders.
    pub accepted: u32,
    /// As they were.
    pub kept: u32,
    /// Another price or quantity.
    pub changed: u32,
    /// Taken out because nothing is quoted there any more.
    pub withdrawn: u32,
    pub refused: u32,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<MassQuoted>() == EVENT_LEN);

impl MassQuoted {
    pub const EMPTY: MassQuoted = MassQuoted {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::MASS_QUOTED,
        reserved: [0; 3],
        quote_group: 0,
        accepted: 0,
        kept: 0,
        changed: 0,
        withdrawn: 0,
        refused: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for MassQuoted {
    const KIND: u8 = kind::MASS_QUOTED;
}

/// A quote group has another market-maker protection, or none any more.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ProtectionSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub quote_group: u32,
    pub max_fills: u32,
    pub window_ns: u64,
    pub max_quantity: i64,
    pub max_notional: i64,
    pub max_delta: i64,
    pub reserved_2: [u8; 64],
}

const _: () = assert!(size_of::<ProtectionSet>() == EVENT_LEN);

impl ProtectionSet {
    pub const EMPTY: ProtectionSet = ProtectionSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::PROTECTION_SET,
        reserved: [0; 3],
        quote_group: 0,
        max_fills: 0,
        window_ns: 0,
        max_quantity: 0,
        max_notional: 0,
        max_delta: 0,
        reserved_2: [0; 64],
    };
}

impl EventBody for ProtectionSet {
    const KIND: u8 = kind::PROTECTION_SET;
}

/// The quotes of a group have traded as much as they may in the window: all of them go.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ProtectionTriggered {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub limit: u8,
    pub reserved: [u8; 2],
    pub quote_group: u32,
    pub fills: u32,
    /// Lots.
    pub quantity: i64,
    /// Units of quote assets.
    pub notional: i64,
    /// Lots bought less lots sold.
    pub delta: i64,
    pub reserved_2: [u8; 72],
}

const _: () = assert!(size_of::<ProtectionTriggered>() == EVENT_LEN);

impl ProtectionTriggered {
    pub const EMPTY: ProtectionTriggered = ProtectionTriggered {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::PROTECTION_TRIGGERED,
        limit: 0,
        reserved: [0; 2],
        quote_group: 0,
        fills: 0,
        quantity: 0,
        notional: 0,
        delta: 0,
        reserved_2: [0; 72],
    };
}

impl EventBody for ProtectionTriggered {
    const KIND: u8 = kind::PROTECTION_TRIGGERED;
}

/// A quote group may quote.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ProtectionReset {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub quote_group: u32,
    pub reserved_2: [u8; 100],
}

const _: () = assert!(size_of::<ProtectionReset>() == EVENT_LEN);

impl ProtectionReset {
    pub const EMPTY: ProtectionReset = ProtectionReset {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::PROTECTION_RESET,
        reserved: [0; 3],
        quote_group: 0,
        reserved_2: [0; 100],
    };
}

impl EventBody for ProtectionReset {
    const KIND: u8 = kind::PROTECTION_RESET;
}

/// A timer runs, or has been stopped.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CancelAfterSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub timer: u8,
    pub reserved: [u8; 2],
    /// When it runs out, in nanoseconds; 0: it does not run.
    pub due_at: u64,
    pub reserved_2: [u8; 96],
}

const _: () = assert!(size_of::<CancelAfterSet>() == EVENT_LEN);

impl CancelAfterSet {
    pub const EMPTY: CancelAfterSet = CancelAfterSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::CANCEL_AFTER_SET,
        timer: 0,
        reserved: [0; 2],
        due_at: 0,
        reserved_2: [0; 96],
    };
}

impl EventBody for CancelAfterSet {
    const KIND: u8 = kind::CANCEL_AFTER_SET;
}

/// An asset is listed.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AssetCreated {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 100],
}

const _: () = assert!(size_of::<AssetCreated>() == EVENT_LEN);

impl AssetCreated {
    pub const EMPTY: AssetCreated = AssetCreated {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ASSET_CREATED,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 100],
    };
}

impl EventBody for AssetCreated {
    const KIND: u8 = kind::ASSET_CREATED;
}

/// An instrument is listed.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct InstrumentCreated {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    pub reserved_2: [u8; 100],
}

const _: () = assert!(size_of::<InstrumentCreated>() == EVENT_LEN);

impl InstrumentCreated {
    pub const EMPTY: InstrumentCreated = InstrumentCreated {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::INSTRUMENT_CREATED,
        reserved: [0; 3],
        instrument: 0,
        reserved_2: [0; 100],
    };
}

impl EventBody for InstrumentCreated {
    const KIND: u8 = kind::INSTRUMENT_CREATED;
}

/// An account is open.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AccountCreated {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub fee_schedule: u32,
    pub reserved_2: [u8; 100],
}

const _: () = assert!(size_of::<AccountCreated>() == EVENT_LEN);

impl AccountCreated {
    pub const EMPTY: AccountCreated = AccountCreated {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACCOUNT_CREATED,
        reserved: [0; 3],
        fee_schedule: 0,
        reserved_2: [0; 100],
    };
}

impl EventBody for AccountCreated {
    const KIND: u8 = kind::ACCOUNT_CREATED;
}

/// A fee schedule is new or replaced, or will be.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct FeeScheduleSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub fee_schedule: u32,
    pub maker_rate: i32,
    pub taker_rate: u32,
    /// Above these rates.
    pub tiers: u32,
    /// In nanoseconds; 0: from now on.
    pub effective_at: u64,
    /// Changes that waited and never will be.
    pub replaced: u32,
    pub reserved_2: [u8; 76],
}

const _: () = assert!(size_of::<FeeScheduleSet>() == EVENT_LEN);

impl FeeScheduleSet {
    pub const EMPTY: FeeScheduleSet = FeeScheduleSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::FEE_SCHEDULE_SET,
        reserved: [0; 3],
        fee_schedule: 0,
        maker_rate: 0,
        taker_rate: 0,
        tiers: 0,
        effective_at: 0,
        replaced: 0,
        reserved_2: [0; 76],
    };
}

impl EventBody for FeeScheduleSet {
    const KIND: u8 = kind::FEE_SCHEDULE_SET;
}

/// An instrument does not trade, for one more cause.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Halted {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub cause: u8,
    pub reserved: [u8; 2],
    pub instrument: u32,
    /// That stand now: bit 0 for the first, and so on.
    pub causes: u32,
    pub reserved_2: [u8; 96],
}

const _: () = assert!(size_of::<Halted>() == EVENT_LEN);

impl Halted {
    pub const EMPTY: Halted = Halted {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::HALTED,
        cause: 0,
        reserved: [0; 2],
        instrument: 0,
        causes: 0,
        reserved_2: [0; 96],
    };
}

impl EventBody for Halted {
    const KIND: u8 = kind::HALTED;
}

/// A cause is lifted; an instrument trades if it was the last.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Resumed {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub cause: u8,
    pub reserved: [u8; 2],
    pub instrument: u32,
    /// That stand now: bit 0 for the first, and so on.
    pub causes: u32,
    pub reserved_2: [u8; 96],
}

const _: () = assert!(size_of::<Resumed>() == EVENT_LEN);

impl Resumed {
    pub const EMPTY: Resumed = Resumed {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::RESUMED,
        cause: 0,
        reserved: [0; 2],
        instrument: 0,
        causes: 0,
        reserved_2: [0; 96],
    };
}

impl EventBody for Resumed {
    const KIND: u8 = kind::RESUMED;
}

/// What was due was done, or a bounded part of it.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Pulsed {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    /// How much was done.
    pub items: u32,
    pub reserved_2: [u8; 100],
}

const _: () = assert!(size_of::<Pulsed>() == EVENT_LEN);

impl Pulsed {
    pub const EMPTY: Pulsed = Pulsed {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::PULSED,
        reserved: [0; 3],
        items: 0,
        reserved_2: [0; 100],
    };
}

impl EventBody for Pulsed {
    const KIND: u8 = kind::PULSED;
}

/// An account has another fee schedule, other limits or another group.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AccountSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub fee_schedule: u32,
    pub max_open_orders: u32,
    pub client_id_window: u32,
    pub group: u32,
    /// 0: any.
    pub max_open_notional: i64,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<AccountSet>() == EVENT_LEN);

impl AccountSet {
    pub const EMPTY: AccountSet = AccountSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACCOUNT_SET,
        reserved: [0; 3],
        fee_schedule: 0,
        max_open_orders: 0,
        client_id_window: 0,
        group: 0,
        max_open_notional: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for AccountSet {
    const KIND: u8 = kind::ACCOUNT_SET;
}

/// An instrument has a reference price, or none any more.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ReferenceSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    pub source: u32,
    /// In ticks; 0: none.
    pub price: u32,
    pub reserved_2: [u8; 4],
    pub observed_at: u64,
    pub reserved_3: [u8; 80],
}

const _: () = assert!(size_of::<ReferenceSet>() == EVENT_LEN);

impl ReferenceSet {
    pub const EMPTY: ReferenceSet = ReferenceSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::REFERENCE_SET,
        reserved: [0; 3],
        instrument: 0,
        source: 0,
        price: 0,
        reserved_2: [0; 4],
        observed_at: 0,
        reserved_3: [0; 80],
    };
}

impl EventBody for ReferenceSet {
    const KIND: u8 = kind::REFERENCE_SET;
}

/// A trade date has begun.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct TradeDateRolled {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub trade_date: u32,
    /// The date before; 0: none.
    pub previous: u32,
    pub reserved_2: [u8; 96],
}

const _: () = assert!(size_of::<TradeDateRolled>() == EVENT_LEN);

impl TradeDateRolled {
    pub const EMPTY: TradeDateRolled = TradeDateRolled {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::TRADE_DATE_ROLLED,
        reserved: [0; 3],
        trade_date: 0,
        previous: 0,
        reserved_2: [0; 96],
    };
}

impl EventBody for TradeDateRolled {
    const KIND: u8 = kind::TRADE_DATE_ROLLED;
}

/// An instrument is in another phase, or its call ends at another time.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct PhaseChanged {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub phase: u8,
    pub previous_phase: u8,
    pub reserved: [u8; 1],
    pub instrument: u32,
    pub reserved_2: [u8; 4],
    /// Of a call, in nanoseconds; 0: by command.
    pub ends_at: u64,
    pub reserved_3: [u8; 88],
}

const _: () = assert!(size_of::<PhaseChanged>() == EVENT_LEN);

impl PhaseChanged {
    pub const EMPTY: PhaseChanged = PhaseChanged {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::PHASE_CHANGED,
        phase: 0,
        previous_phase: 0,
        reserved: [0; 1],
        instrument: 0,
        reserved_2: [0; 4],
        ends_at: 0,
        reserved_3: [0; 88],
    };
}

impl EventBody for PhaseChanged {
    const KIND: u8 = kind::PHASE_CHANGED;
}

/// What an auction would do if its call ended now.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Indicated {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    /// In ticks; 0: none.
    pub price: u32,
    /// Lots that would trade.
    pub quantity: i64,
    /// Lots at the price that would not: of buys, below 0 of sells.
    pub surplus: i64,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<Indicated>() == EVENT_LEN);

impl Indicated {
    pub const EMPTY: Indicated = Indicated {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::INDICATED,
        reserved: [0; 3],
        instrument: 0,
        price: 0,
        quantity: 0,
        surplus: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for Indicated {
    const KIND: u8 = kind::INDICATED;
}

/// An auction has its price. Its trades follow.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Uncrossed {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    /// In ticks; 0: nothing trades.
    pub price: u32,
    /// Lots that trade.
    pub quantity: i64,
    /// Lots at the price that do not: of buys, below 0 of sells.
    pub surplus: i64,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<Uncrossed>() == EVENT_LEN);

impl Uncrossed {
    pub const EMPTY: Uncrossed = Uncrossed {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::UNCROSSED,
        reserved: [0; 3],
        instrument: 0,
        price: 0,
        quantity: 0,
        surplus: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for Uncrossed {
    const KIND: u8 = kind::UNCROSSED;
}

/// An auction's price was out of bounds: its call goes on.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AuctionExtended {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    /// In ticks.
    pub price: u32,
    /// Bound of the price.
    pub lower: u32,
    /// Bound of the price.
    pub upper: u32,
    /// Of this call, this one included.
    pub extensions: u32,
    pub reserved_2: [u8; 4],
    /// In nanoseconds.
    pub ends_at: u64,
    pub reserved_3: [u8; 72],
}

const _: () = assert!(size_of::<AuctionExtended>() == EVENT_LEN);

impl AuctionExtended {
    pub const EMPTY: AuctionExtended = AuctionExtended {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::AUCTION_EXTENDED,
        reserved: [0; 3],
        instrument: 0,
        price: 0,
        lower: 0,
        upper: 0,
        extensions: 0,
        reserved_2: [0; 4],
        ends_at: 0,
        reserved_3: [0; 72],
    };
}

impl EventBody for AuctionExtended {
    const KIND: u8 = kind::AUCTION_EXTENDED;
}

/// An instrument's prices and orders have other bounds.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct TradingLimitsSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    pub static_bps: u32,
    pub dynamic_bps: u32,
    pub auction_bps: u32,
    pub call_ns: u64,
    pub max_quantity: i64,
    pub max_notional: i64,
    pub reserved_2: [u8; 64],
}

const _: () = assert!(size_of::<TradingLimitsSet>() == EVENT_LEN);

impl TradingLimitsSet {
    pub const EMPTY: TradingLimitsSet = TradingLimitsSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::TRADING_LIMITS_SET,
        reserved: [0; 3],
        instrument: 0,
        static_bps: 0,
        dynamic_bps: 0,
        auction_bps: 0,
        call_ns: 0,
        max_quantity: 0,
        max_notional: 0,
        reserved_2: [0; 64],
    };
}

impl EventBody for TradingLimitsSet {
    const KIND: u8 = kind::TRADING_LIMITS_SET;
}

/// The exits of a bracket could not be placed: what its entry has traded is not covered.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ExitsRefused {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    /// Of the exits.
    pub side: u8,
    pub reason: u8,
    pub reserved: [u8; 1],
    /// The entry.
    pub order_id: u64,
    pub instrument: u32,
    pub reserved_2: [u8; 4],
    /// Lots that the entry has traded.
    pub quantity: i64,
    pub reserved_3: [u8; 80],
}

const _: () = assert!(size_of::<ExitsRefused>() == EVENT_LEN);

impl ExitsRefused {
    pub const EMPTY: ExitsRefused = ExitsRefused {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::EXITS_REFUSED,
        side: 0,
        reason: 0,
        reserved: [0; 1],
        order_id: 0,
        instrument: 0,
        reserved_2: [0; 4],
        quantity: 0,
        reserved_3: [0; 80],
    };
}

impl EventBody for ExitsRefused {
    const KIND: u8 = kind::EXITS_REFUSED;
}

/// An instrument has volatility bands, others than before, or none any more.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct VolatilityBandsSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    pub bps: u32,
    pub ticks: u32,
    /// In hundredths.
    pub multiplier: u32,
    pub limit_state_ns: u64,
    pub pause_ns: u64,
    pub reserved_2: [u8; 72],
}

const _: () = assert!(size_of::<VolatilityBandsSet>() == EVENT_LEN);

impl VolatilityBandsSet {
    pub const EMPTY: VolatilityBandsSet = VolatilityBandsSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::VOLATILITY_BANDS_SET,
        reserved: [0; 3],
        instrument: 0,
        bps: 0,
        ticks: 0,
        multiplier: 0,
        limit_state_ns: 0,
        pause_ns: 0,
        reserved_2: [0; 72],
    };
}

impl EventBody for VolatilityBandsSet {
    const KIND: u8 = kind::VOLATILITY_BANDS_SET;
}

/// An instrument's volatility band is another.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct VolatilityBandMoved {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    /// What it is around, in ticks.
    pub reference: u32,
    /// Lowest price that trades.
    pub lower: u32,
    /// Highest price that trades.
    pub upper: u32,
    pub reserved_2: [u8; 88],
}

const _: () = assert!(size_of::<VolatilityBandMoved>() == EVENT_LEN);

impl VolatilityBandMoved {
    pub const EMPTY: VolatilityBandMoved = VolatilityBandMoved {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::VOLATILITY_BAND_MOVED,
        reserved: [0; 3],
        instrument: 0,
        reference: 0,
        lower: 0,
        upper: 0,
        reserved_2: [0; 88],
    };
}

impl EventBody for VolatilityBandMoved {
    const KIND: u8 = kind::VOLATILITY_BAND_MOVED;
}

/// Orders have reached an instrument's volatility band, or do not any more.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct LimitStateChanged {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub limit_state: u8,
    pub previous_state: u8,
    pub reserved: [u8; 1],
    pub instrument: u32,
    pub reserved_2: [u8; 4],
    /// When trading pauses if it still lasts, in nanoseconds; 0: it has ended.
    pub ends_at: u64,
    pub reserved_3: [u8; 88],
}

const _: () = assert!(size_of::<LimitStateChanged>() == EVENT_LEN);

impl LimitStateChanged {
    pub const EMPTY: LimitStateChanged = LimitStateChanged {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::LIMIT_STATE_CHANGED,
        limit_state: 0,
        previous_state: 0,
        reserved: [0; 1],
        instrument: 0,
        reserved_2: [0; 4],
        ends_at: 0,
        reserved_3: [0; 88],
    };
}

impl EventBody for LimitStateChanged {
    const KIND: u8 = kind::LIMIT_STATE_CHANGED;
}

/// What an old reference price and a closed primary market lead to is set.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ReferencePolicySet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub stale: u8,
    pub primary: u8,
    pub reserved: [u8; 1],
    pub instrument: u32,
    /// In hundredths.
    pub widen: u32,
    pub closed_bps: u32,
    pub step_bps: u32,
    pub max_age_ns: u64,
    pub step_ns: u64,
    pub reserved_2: [u8; 72],
}

const _: () = assert!(size_of::<ReferencePolicySet>() == EVENT_LEN);

impl ReferencePolicySet {
    pub const EMPTY: ReferencePolicySet = ReferencePolicySet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::REFERENCE_POLICY_SET,
        stale: 0,
        primary: 0,
        reserved: [0; 1],
        instrument: 0,
        widen: 0,
        closed_bps: 0,
        step_bps: 0,
        max_age_ns: 0,
        step_ns: 0,
        reserved_2: [0; 72],
    };
}

impl EventBody for ReferencePolicySet {
    const KIND: u8 = kind::REFERENCE_POLICY_SET;
}

/// An instrument's primary market trades, is closed or is halted.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct PrimaryStatusSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub status: u8,
    pub reserved: [u8; 2],
    pub instrument: u32,
    /// In ticks; 0: not known.
    pub close: u32,
    pub reserved_2: [u8; 96],
}

const _: () = assert!(size_of::<PrimaryStatusSet>() == EVENT_LEN);

impl PrimaryStatusSet {
    pub const EMPTY: PrimaryStatusSet = PrimaryStatusSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::PRIMARY_STATUS_SET,
        status: 0,
        reserved: [0; 2],
        instrument: 0,
        close: 0,
        reserved_2: [0; 96],
    };
}

impl EventBody for PrimaryStatusSet {
    const KIND: u8 = kind::PRIMARY_STATUS_SET;
}

/// An instrument's static band is another, for the age of its reference price or for its primary market.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct StaticBandMoved {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    /// What it is around while the primary market is closed; 0: the auction reference.
    pub anchor: u32,
    /// Its width; 0: there is none.
    pub bps: u32,
    /// In ticks; 0: none.
    pub lower: u32,
    /// In ticks; 0: none.
    pub upper: u32,
    pub reserved_2: [u8; 84],
}

const _: () = assert!(size_of::<StaticBandMoved>() == EVENT_LEN);

impl StaticBandMoved {
    pub const EMPTY: StaticBandMoved = StaticBandMoved {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::STATIC_BAND_MOVED,
        reserved: [0; 3],
        instrument: 0,
        anchor: 0,
        bps: 0,
        lower: 0,
        upper: 0,
        reserved_2: [0; 84],
    };
}

impl EventBody for StaticBandMoved {
    const KIND: u8 = kind::STATIC_BAND_MOVED;
}

/// Money came in.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Deposited {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    pub amount: i64,
    pub reserved_3: [u8; 88],
}

const _: () = assert!(size_of::<Deposited>() == EVENT_LEN);

impl Deposited {
    pub const EMPTY: Deposited = Deposited {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::DEPOSITED,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 4],
        amount: 0,
        reserved_3: [0; 88],
    };
}

impl EventBody for Deposited {
    const KIND: u8 = kind::DEPOSITED;
}

/// Money is held for a withdrawal.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct WithdrawalRequested {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    pub amount: i64,
    pub withdrawal_id: u64,
    pub reserved_3: [u8; 80],
}

const _: () = assert!(size_of::<WithdrawalRequested>() == EVENT_LEN);

impl WithdrawalRequested {
    pub const EMPTY: WithdrawalRequested = WithdrawalRequested {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::WITHDRAWAL_REQUESTED,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 4],
        amount: 0,
        withdrawal_id: 0,
        reserved_3: [0; 80],
    };
}

impl EventBody for WithdrawalRequested {
    const KIND: u8 = kind::WITHDRAWAL_REQUESTED;
}

/// Money has left.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct WithdrawalSettled {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    pub amount: i64,
    pub withdrawal_id: u64,
    pub reserved_3: [u8; 80],
}

const _: () = assert!(size_of::<WithdrawalSettled>() == EVENT_LEN);

impl WithdrawalSettled {
    pub const EMPTY: WithdrawalSettled = WithdrawalSettled {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::WITHDRAWAL_SETTLED,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 4],
        amount: 0,
        withdrawal_id: 0,
        reserved_3: [0; 80],
    };
}

impl EventBody for WithdrawalSettled {
    const KIND: u8 = kind::WITHDRAWAL_SETTLED;
}

/// Money held for a withdrawal is available again.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct WithdrawalCancelled {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    pub amount: i64,
    pub withdrawal_id: u64,
    pub reserved_3: [u8; 80],
}

const _: () = assert!(size_of::<WithdrawalCancelled>() == EVENT_LEN);

impl WithdrawalCancelled {
    pub const EMPTY: WithdrawalCancelled = WithdrawalCancelled {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::WITHDRAWAL_CANCELLED,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 4],
        amount: 0,
        withdrawal_id: 0,
        reserved_3: [0; 80],
    };
}

impl EventBody for WithdrawalCancelled {
    const KIND: u8 = kind::WITHDRAWAL_CANCELLED;
}

/// Money went to another account.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct TransferOut {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    /// To.
    pub counterparty: u32,
    pub amount: i64,
    pub reserved_2: [u8; 88],
}

const _: () = assert!(size_of::<TransferOut>() == EVENT_LEN);

impl TransferOut {
    pub const EMPTY: TransferOut = TransferOut {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::TRANSFER_OUT,
        reserved: [0; 3],
        asset: 0,
        counterparty: 0,
        amount: 0,
        reserved_2: [0; 88],
    };
}

impl EventBody for TransferOut {
    const KIND: u8 = kind::TRANSFER_OUT;
}

/// Money came from another account. Follows TRANSFER_OUT.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct TransferIn {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    /// From.
    pub counterparty: u32,
    pub amount: i64,
    pub reserved_2: [u8; 88],
}

const _: () = assert!(size_of::<TransferIn>() == EVENT_LEN);

impl TransferIn {
    pub const EMPTY: TransferIn = TransferIn {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::TRANSFER_IN,
        reserved: [0; 3],
        asset: 0,
        counterparty: 0,
        amount: 0,
        reserved_2: [0; 88],
    };
}

impl EventBody for TransferIn {
    const KIND: u8 = kind::TRANSFER_IN;
}

/// A command repeated the reference and the content of one that moved money: here is that one, and nothing moved.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct MoneyRepeated {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    /// Kind of both.
    pub command: u8,
    pub reserved: [u8; 2],
    pub asset: u32,
    /// Of TRANSFER and FORCE_TRANSFER: to, else 0.
    pub counterparty: u32,
    pub amount: i64,
    /// Of a withdrawal or a redemption; of FORCE_TRANSFER its reason; else 0.
    pub withdrawal_id: u64,
    /// Of the command that moved it.
    pub original_sequence: u64,
    pub reserved_2: [u8; 72],
}

const _: () = assert!(size_of::<MoneyRepeated>() == EVENT_LEN);

impl MoneyRepeated {
    pub const EMPTY: MoneyRepeated = MoneyRepeated {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::MONEY_REPEATED,
        command: 0,
        reserved: [0; 2],
        asset: 0,
        counterparty: 0,
        amount: 0,
        withdrawal_id: 0,
        original_sequence: 0,
        reserved_2: [0; 72],
    };
}

impl EventBody for MoneyRepeated {
    const KIND: u8 = kind::MONEY_REPEATED;
}

/// A fee schedule has other rates for an instrument, or has none any more, or will.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct FeeOverrideSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub change: u8,
    pub reserved: [u8; 2],
    pub fee_schedule: u32,
    pub instrument: u32,
    pub maker_rate: i32,
    pub taker_rate: u32,
    /// Above these rates.
    pub tiers: u32,
    pub reserved_2: [u8; 4],
    /// In nanoseconds; 0: from now on.
    pub effective_at: u64,
    /// Changes that waited and never will be.
    pub replaced: u32,
    pub reserved_3: [u8; 68],
}

const _: () = assert!(size_of::<FeeOverrideSet>() == EVENT_LEN);

impl FeeOverrideSet {
    pub const EMPTY: FeeOverrideSet = FeeOverrideSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::FEE_OVERRIDE_SET,
        change: 0,
        reserved: [0; 2],
        fee_schedule: 0,
        instrument: 0,
        maker_rate: 0,
        taker_rate: 0,
        tiers: 0,
        reserved_2: [0; 4],
        effective_at: 0,
        replaced: 0,
        reserved_3: [0; 68],
    };
}

impl EventBody for FeeOverrideSet {
    const KIND: u8 = kind::FEE_OVERRIDE_SET;
}

/// An account has an obligation on an instrument, another one, or none any more.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ObligationSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    /// In ticks.
    pub max_spread: u32,
    /// Lots.
    pub min_quantity: i64,
    /// Of the time.
    pub required_bps: u32,
    pub maker_rate: i32,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<ObligationSet>() == EVENT_LEN);

impl ObligationSet {
    pub const EMPTY: ObligationSet = ObligationSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::OBLIGATION_SET,
        reserved: [0; 3],
        instrument: 0,
        max_spread: 0,
        min_quantity: 0,
        required_bps: 0,
        maker_rate: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for ObligationSet {
    const KIND: u8 = kind::OBLIGATION_SET;
}

/// How an account has met its obligation on an instrument.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ObligationScored {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    /// 0: before the first.
    pub trade_date: u32,
    /// In nanoseconds.
    pub met_ns: u64,
    /// How long the instrument traded, in nanoseconds.
    pub open_ns: u64,
    /// 1 if it gets the rate from now on, else 0.
    pub earned: u32,
    pub reserved_2: [u8; 76],
}

const _: () = assert!(size_of::<ObligationScored>() == EVENT_LEN);

impl ObligationScored {
    pub const EMPTY: ObligationScored = ObligationScored {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::OBLIGATION_SCORED,
        reserved: [0; 3],
        instrument: 0,
        trade_date: 0,
        met_ns: 0,
        open_ns: 0,
        earned: 0,
        reserved_2: [0; 76],
    };
}

impl EventBody for ObligationScored {
    const KIND: u8 = kind::OBLIGATION_SCORED;
}

/// An account has a key, or one that it had has another document or another end.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct KeySet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    /// Its id.
    pub key_id: u32,
    pub reserved_2: [u8; 4],
    /// From when on it is good for nothing, in nanoseconds; 0: never.
    pub expires_at: u64,
    pub reserved_3: [u8; 88],
}

const _: () = assert!(size_of::<KeySet>() == EVENT_LEN);

impl KeySet {
    pub const EMPTY: KeySet = KeySet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::KEY_SET,
        reserved: [0; 3],
        key_id: 0,
        reserved_2: [0; 4],
        expires_at: 0,
        reserved_3: [0; 88],
    };
}

impl EventBody for KeySet {
    const KIND: u8 = kind::KEY_SET;
}

/// A key is good for nothing any more.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct KeyRevoked {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    /// Its id.
    pub key_id: u32,
    pub reserved_2: [u8; 100],
}

const _: () = assert!(size_of::<KeyRevoked>() == EVENT_LEN);

impl KeyRevoked {
    pub const EMPTY: KeyRevoked = KeyRevoked {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::KEY_REVOKED,
        reserved: [0; 3],
        key_id: 0,
        reserved_2: [0; 100],
    };
}

impl EventBody for KeyRevoked {
    const KIND: u8 = kind::KEY_REVOKED;
}

/// An account's holder is another, or of another kind.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct HolderSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub investor_class: u8,
    pub reserved: [u8; 2],
    pub jurisdiction: u16,
    pub reserved_2: [u8; 2],
    pub firm: u32,
    /// In nanoseconds.
    pub verified_until: u64,
    pub reserved_3: [u8; 88],
}

const _: () = assert!(size_of::<HolderSet>() == EVENT_LEN);

impl HolderSet {
    pub const EMPTY: HolderSet = HolderSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::HOLDER_SET,
        investor_class: 0,
        reserved: [0; 2],
        jurisdiction: 0,
        reserved_2: [0; 2],
        firm: 0,
        verified_until: 0,
        reserved_3: [0; 88],
    };
}

impl EventBody for HolderSet {
    const KIND: u8 = kind::HOLDER_SET;
}

/// Who may receive an asset, or trade an instrument, is set.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct EligibilitySet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub verification: u8,
    pub jurisdiction_rule: u8,
    pub reserved: [u8; 1],
    /// If it is an asset's table, else none.
    pub asset: u32,
    /// If it is an instrument's table, else none.
    pub instrument: u32,
    /// A bit each; 0: all.
    pub classes: u32,
    /// How many it names.
    pub jurisdictions: u32,
    /// 0: any.
    pub max_holding: i64,
    /// In nanoseconds.
    pub locked_until: u64,
    pub reserved_2: [u8; 72],
}

const _: () = assert!(size_of::<EligibilitySet>() == EVENT_LEN);

impl EligibilitySet {
    pub const EMPTY: EligibilitySet = EligibilitySet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ELIGIBILITY_SET,
        verification: 0,
        jurisdiction_rule: 0,
        reserved: [0; 1],
        asset: 0,
        instrument: 0,
        classes: 0,
        jurisdictions: 0,
        max_holding: 0,
        locked_until: 0,
        reserved_2: [0; 72],
    };
}

impl EventBody for EligibilitySet {
    const KIND: u8 = kind::ELIGIBILITY_SET;
}

/// An account, an asset or units of it are frozen. What was cancelled for it came before.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Frozen {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub scope: u8,
    pub reserved: [u8; 2],
    /// Of an asset and of units, else none.
    pub asset: u32,
    /// How many were cancelled.
    pub orders: u32,
    /// How many will be when their auction's trades are made.
    pub pending: u32,
    pub reserved_2: [u8; 4],
    /// Of units: how many are frozen until then, else 0.
    pub amount: i64,
    /// Of units: when that ends by itself, in nanoseconds; 0: it does not.
    pub until: u64,
    pub reserved_3: [u8; 72],
}

const _: () = assert!(size_of::<Frozen>() == EVENT_LEN);

impl Frozen {
    pub const EMPTY: Frozen = Frozen {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::FROZEN,
        scope: 0,
        reserved: [0; 2],
        asset: 0,
        orders: 0,
        pending: 0,
        reserved_2: [0; 4],
        amount: 0,
        until: 0,
        reserved_3: [0; 72],
    };
}

impl EventBody for Frozen {
    const KIND: u8 = kind::FROZEN;
}

/// A freeze is lifted, or has ended.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Unfrozen {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub scope: u8,
    pub reserved: [u8; 2],
    /// Of an asset and of units, else none.
    pub asset: u32,
    pub reserved_2: [u8; 4],
    /// Of units: how many are available again, else 0.
    pub amount: i64,
    /// Of units: when the freeze would have ended, in nanoseconds, else 0.
    pub until: u64,
    pub reserved_3: [u8; 80],
}

const _: () = assert!(size_of::<Unfrozen>() == EVENT_LEN);

impl Unfrozen {
    pub const EMPTY: Unfrozen = Unfrozen {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::UNFROZEN,
        scope: 0,
        reserved: [0; 2],
        asset: 0,
        reserved_2: [0; 4],
        amount: 0,
        until: 0,
        reserved_3: [0; 80],
    };
}

impl EventBody for Unfrozen {
    const KIND: u8 = kind::UNFROZEN;
}

/// Units are moved by authority: what was frozen of them is no more, and TRANSFER_OUT and TRANSFER_IN follow.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ForcedTransfer {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    /// To.
    pub counterparty: u32,
    pub amount: i64,
    /// Why, by the venue's own numbers.
    pub reason_code: u32,
    pub reserved_2: [u8; 84],
}

const _: () = assert!(size_of::<ForcedTransfer>() == EVENT_LEN);

impl ForcedTransfer {
    pub const EMPTY: ForcedTransfer = ForcedTransfer {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::FORCED_TRANSFER,
        reserved: [0; 3],
        asset: 0,
        counterparty: 0,
        amount: 0,
        reason_code: 0,
        reserved_2: [0; 84],
    };
}

impl EventBody for ForcedTransfer {
    const KIND: u8 = kind::FORCED_TRANSFER;
}

/// Units of an account are registered to another beneficial holder, or to none any more.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct BeneficialSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    /// 0: nobody.
    pub from_holder: u64,
    /// 0: nobody.
    pub to_holder: u64,
    /// Smallest units.
    pub quantity: i64,
    /// Units that are registered to the first from now on.
    pub from_registered: i64,
    /// Units that are registered to the other from now on.
    pub to_registered: i64,
    pub reserved_3: [u8; 56],
}

const _: () = assert!(size_of::<BeneficialSet>() == EVENT_LEN);

impl BeneficialSet {
    pub const EMPTY: BeneficialSet = BeneficialSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::BENEFICIAL_SET,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 4],
        from_holder: 0,
        to_holder: 0,
        quantity: 0,
        from_registered: 0,
        to_registered: 0,
        reserved_3: [0; 56],
    };
}

impl EventBody for BeneficialSet {
    const KIND: u8 = kind::BENEFICIAL_SET;
}

/// What stands behind an asset is set.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AssetTermsSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub form: u8,
    pub attestation: u8,
    pub bars: u8,
    pub asset: u32,
    pub issuer: u32,
    pub redemption_fee_rate: u32,
    pub reserved: [u8; 4],
    pub backing: i64,
    pub min_redemption: i64,
    pub redemption_unit: i64,
    pub redemption_fee: i64,
    pub reserved_2: [u8; 56],
}

const _: () = assert!(size_of::<AssetTermsSet>() == EVENT_LEN);

impl AssetTermsSet {
    pub const EMPTY: AssetTermsSet = AssetTermsSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ASSET_TERMS_SET,
        form: 0,
        attestation: 0,
        bars: 0,
        asset: 0,
        issuer: 0,
        redemption_fee_rate: 0,
        reserved: [0; 4],
        backing: 0,
        min_redemption: 0,
        redemption_unit: 0,
        redemption_fee: 0,
        reserved_2: [0; 56],
    };
}

impl EventBody for AssetTermsSet {
    const KIND: u8 = kind::ASSET_TERMS_SET;
}

/// An attestor is listed, or has another key or status.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AttestorSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub status: u8,
    pub reserved: [u8; 2],
    pub attestor: u32,
    pub reserved_2: [u8; 100],
}

const _: () = assert!(size_of::<AttestorSet>() == EVENT_LEN);

impl AttestorSet {
    pub const EMPTY: AttestorSet = AttestorSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ATTESTOR_SET,
        status: 0,
        reserved: [0; 2],
        attestor: 0,
        reserved_2: [0; 100],
    };
}

impl EventBody for AttestorSet {
    const KIND: u8 = kind::ATTESTOR_SET;
}

/// An asset's reserve is attested.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Attested {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub attestor: u32,
    pub reserve: i64,
    pub as_of: u64,
    pub valid_until: u64,
    pub reserved_2: [u8; 72],
}

const _: () = assert!(size_of::<Attested>() == EVENT_LEN);

impl Attested {
    pub const EMPTY: Attested = Attested {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ATTESTED,
        reserved: [0; 3],
        asset: 0,
        attestor: 0,
        reserve: 0,
        as_of: 0,
        valid_until: 0,
        reserved_2: [0; 72],
    };
}

impl EventBody for Attested {
    const KIND: u8 = kind::ATTESTED;
}

/// An asset that needs an attestation has none that is valid.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AttestationExpired {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    /// Of the last one, in nanoseconds; 0: there was none.
    pub valid_until: u64,
    pub reserved_3: [u8; 88],
}

const _: () = assert!(size_of::<AttestationExpired>() == EVENT_LEN);

impl AttestationExpired {
    pub const EMPTY: AttestationExpired = AttestationExpired {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ATTESTATION_EXPIRED,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 4],
        valid_until: 0,
        reserved_3: [0; 88],
    };
}

impl EventBody for AttestationExpired {
    const KIND: u8 = kind::ATTESTATION_EXPIRED;
}

/// Units of an asset were issued to its issuer.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Minted {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    pub amount: i64,
    /// Minted less burned so far.
    pub outstanding: i64,
    pub reserved_3: [u8; 80],
}

const _: () = assert!(size_of::<Minted>() == EVENT_LEN);

impl Minted {
    pub const EMPTY: Minted = Minted {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::MINTED,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 4],
        amount: 0,
        outstanding: 0,
        reserved_3: [0; 80],
    };
}

impl EventBody for Minted {
    const KIND: u8 = kind::MINTED;
}

/// Units and fee are held for a redemption.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RedemptionRequested {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    /// What will be burned.
    pub amount: i64,
    pub withdrawal_id: u64,
    /// The amount of the request.
    pub asked: i64,
    /// Held on top.
    pub fee: i64,
    /// Assigned; 0: none.
    pub bar: u64,
    pub reserved_3: [u8; 56],
}

const _: () = assert!(size_of::<RedemptionRequested>() == EVENT_LEN);

impl RedemptionRequested {
    pub const EMPTY: RedemptionRequested = RedemptionRequested {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::REDEMPTION_REQUESTED,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 4],
        amount: 0,
        withdrawal_id: 0,
        asked: 0,
        fee: 0,
        bar: 0,
        reserved_3: [0; 56],
    };
}

impl EventBody for RedemptionRequested {
    const KIND: u8 = kind::REDEMPTION_REQUESTED;
}

/// A redemption was delivered: its units are burned.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RedemptionSettled {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    /// Burned.
    pub amount: i64,
    pub withdrawal_id: u64,
    /// Paid to the issuer.
    pub fee: i64,
    /// Delivered; 0: none.
    pub bar: u64,
    pub reserved_3: [u8; 64],
}

const _: () = assert!(size_of::<RedemptionSettled>() == EVENT_LEN);

impl RedemptionSettled {
    pub const EMPTY: RedemptionSettled = RedemptionSettled {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::REDEMPTION_SETTLED,
        reserved: [0; 3],
        asset: 0,
        reserved_2: [0; 4],
        amount: 0,
        withdrawal_id: 0,
        fee: 0,
        bar: 0,
        reserved_3: [0; 64],
    };
}

impl EventBody for RedemptionSettled {
    const KIND: u8 = kind::REDEMPTION_SETTLED;
}

/// Units and fee of a redemption are available again.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RedemptionRefused {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub refusal: u8,
    pub reserved: [u8; 2],
    pub asset: u32,
    pub reserved_2: [u8; 4],
    /// Not burned.
    pub amount: i64,
    pub withdrawal_id: u64,
    /// Not paid.
    pub fee: i64,
    /// Not assigned any more; 0: none.
    pub bar: u64,
    pub reserved_3: [u8; 64],
}

const _: () = assert!(size_of::<RedemptionRefused>() == EVENT_LEN);

impl RedemptionRefused {
    pub const EMPTY: RedemptionRefused = RedemptionRefused {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::REDEMPTION_REFUSED,
        refusal: 0,
        reserved: [0; 2],
        asset: 0,
        reserved_2: [0; 4],
        amount: 0,
        withdrawal_id: 0,
        fee: 0,
        bar: 0,
        reserved_3: [0; 64],
    };
}

impl EventBody for RedemptionRefused {
    const KIND: u8 = kind::REDEMPTION_REFUSED;
}

/// The issuer got the fee of a redemption. Follows REDEMPTION_SETTLED.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RedemptionFee {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    /// From.
    pub counterparty: u32,
    pub amount: i64,
    pub withdrawal_id: u64,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<RedemptionFee>() == EVENT_LEN);

impl RedemptionFee {
    pub const EMPTY: RedemptionFee = RedemptionFee {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::REDEMPTION_FEE,
        reserved: [0; 3],
        asset: 0,
        counterparty: 0,
        amount: 0,
        withdrawal_id: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for RedemptionFee {
    const KIND: u8 = kind::REDEMPTION_FEE;
}

/// A refiner is listed, or has another code or status.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RefinerSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub status: u8,
    pub reserved: [u8; 2],
    pub refiner: u32,
    pub reserved_2: [u8; 100],
}

const _: () = assert!(size_of::<RefinerSet>() == EVENT_LEN);

impl RefinerSet {
    pub const EMPTY: RefinerSet = RefinerSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::REFINER_SET,
        status: 0,
        reserved: [0; 2],
        refiner: 0,
        reserved_2: [0; 100],
    };
}

impl EventBody for RefinerSet {
    const KIND: u8 = kind::REFINER_SET;
}

/// A bar stands behind an asset.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct BarRegistered {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub refiner: u32,
    pub bar: u64,
    pub gross_weight: i64,
    pub fine_weight: i64,
    pub reserved_2: [u8; 72],
}

const _: () = assert!(size_of::<BarRegistered>() == EVENT_LEN);

impl BarRegistered {
    pub const EMPTY: BarRegistered = BarRegistered {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::BAR_REGISTERED,
        reserved: [0; 3],
        asset: 0,
        refiner: 0,
        bar: 0,
        gross_weight: 0,
        fine_weight: 0,
        reserved_2: [0; 72],
    };
}

impl EventBody for BarRegistered {
    const KIND: u8 = kind::BAR_REGISTERED;
}

/// A bar has left the vault.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct BarRemoved {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub refiner: u32,
    pub bar: u64,
    pub fine_weight: i64,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<BarRemoved>() == EVENT_LEN);

impl BarRemoved {
    pub const EMPTY: BarRemoved = BarRemoved {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::BAR_REMOVED,
        reserved: [0; 3],
        asset: 0,
        refiner: 0,
        bar: 0,
        fine_weight: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for BarRemoved {
    const KIND: u8 = kind::BAR_REMOVED;
}

/// A cash asset has a band around par, another one, or none any more.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct PegSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub band_bps: u32,
    pub haircut_bps: u32,
    pub source: u32,
    pub reserved_2: [u8; 88],
}

const _: () = assert!(size_of::<PegSet>() == EVENT_LEN);

impl PegSet {
    pub const EMPTY: PegSet = PegSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::PEG_SET,
        reserved: [0; 3],
        asset: 0,
        band_bps: 0,
        haircut_bps: 0,
        source: 0,
        reserved_2: [0; 88],
    };
}

impl EventBody for PegSet {
    const KIND: u8 = kind::PEG_SET;
}

/// A cash asset has a reference value.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CashReferenceSet {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub asset: u32,
    pub source: u32,
    /// In millionths of par.
    pub value: i64,
    pub observed_at: u64,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<CashReferenceSet>() == EVENT_LEN);

impl CashReferenceSet {
    pub const EMPTY: CashReferenceSet = CashReferenceSet {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::CASH_REFERENCE_SET,
        reserved: [0; 3],
        asset: 0,
        source: 0,
        value: 0,
        observed_at: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for CashReferenceSet {
    const KIND: u8 = kind::CASH_REFERENCE_SET;
}

/// A cash asset's reference value has left its band or come back: the halts of its instruments follow.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct PegChanged {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub status: u8,
    pub reserved: [u8; 2],
    pub asset: u32,
    /// Deducted from its value from now on.
    pub haircut_bps: u32,
    /// In millionths of par; 0: it has no band any more.
    pub value: i64,
    pub reserved_2: [u8; 88],
}

const _: () = assert!(size_of::<PegChanged>() == EVENT_LEN);

impl PegChanged {
    pub const EMPTY: PegChanged = PegChanged {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::PEG_CHANGED,
        status: 0,
        reserved: [0; 2],
        asset: 0,
        haircut_bps: 0,
        value: 0,
        reserved_2: [0; 88],
    };
}

impl EventBody for PegChanged {
    const KIND: u8 = kind::PEG_CHANGED;
}

/// A corporate action is announced, or another than before under its id.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ActionAnnounced {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub action_kind: u8,
    pub order_policy: u8,
    pub reserved: [u8; 1],
    pub action: u32,
    pub asset: u32,
    pub payer: u32,
    /// Assets that it pays out.
    pub legs: u32,
    pub record_at: u64,
    pub books_close_at: u64,
    pub reserved_2: [u8; 72],
}

const _: () = assert!(size_of::<ActionAnnounced>() == EVENT_LEN);

impl ActionAnnounced {
    pub const EMPTY: ActionAnnounced = ActionAnnounced {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACTION_ANNOUNCED,
        action_kind: 0,
        order_policy: 0,
        reserved: [0; 1],
        action: 0,
        asset: 0,
        payer: 0,
        legs: 0,
        record_at: 0,
        books_close_at: 0,
        reserved_2: [0; 72],
    };
}

impl EventBody for ActionAnnounced {
    const KIND: u8 = kind::ACTION_ANNOUNCED;
}

/// A corporate action will not be.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ActionCancelled {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub action: u32,
    pub asset: u32,
    pub reserved_2: [u8; 96],
}

const _: () = assert!(size_of::<ActionCancelled>() == EVENT_LEN);

impl ActionCancelled {
    pub const EMPTY: ActionCancelled = ActionCancelled {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACTION_CANCELLED,
        reserved: [0; 3],
        action: 0,
        asset: 0,
        reserved_2: [0; 96],
    };
}

impl EventBody for ActionCancelled {
    const KIND: u8 = kind::ACTION_CANCELLED;
}

/// The record moment of a corporate action: who owns the asset now is entitled.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ActionStarted {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub action: u32,
    pub asset: u32,
    pub reserved_2: [u8; 96],
}

const _: () = assert!(size_of::<ActionStarted>() == EVENT_LEN);

impl ActionStarted {
    pub const EMPTY: ActionStarted = ActionStarted {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACTION_STARTED,
        reserved: [0; 3],
        action: 0,
        asset: 0,
        reserved_2: [0; 96],
    };
}

impl EventBody for ActionStarted {
    const KIND: u8 = kind::ACTION_STARTED;
}

/// What a corporate action will pay of an asset is counted, and held.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ActionFunded {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub action: u32,
    /// Paid out.
    pub asset: u32,
    /// Smallest units, of all holders.
    pub total: i64,
    pub reserved_2: [u8; 88],
}

const _: () = assert!(size_of::<ActionFunded>() == EVENT_LEN);

impl ActionFunded {
    pub const EMPTY: ActionFunded = ActionFunded {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACTION_FUNDED,
        reserved: [0; 3],
        action: 0,
        asset: 0,
        total: 0,
        reserved_2: [0; 88],
    };
}

impl EventBody for ActionFunded {
    const KIND: u8 = kind::ACTION_FUNDED;
}

/// What an account owned of an asset at the record moment, and what of it was taken.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Entitled {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub action: u32,
    pub asset: u32,
    /// Smallest units, held ones included.
    pub quantity: i64,
    /// Smallest units.
    pub taken: i64,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<Entitled>() == EVENT_LEN);

impl Entitled {
    pub const EMPTY: Entitled = Entitled {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ENTITLED,
        reserved: [0; 3],
        action: 0,
        asset: 0,
        quantity: 0,
        taken: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for Entitled {
    const KIND: u8 = kind::ENTITLED;
}

/// A holder got what a leg of a corporate action pays, or cash for fractions. Follows ENTITLED.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct EntitlementPaid {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub action: u32,
    /// Paid out.
    pub asset: u32,
    /// Whose it was; 0xFFFFFFFF: it was created.
    pub payer: u32,
    /// 1 if it is cash for fractions, else 0.
    pub in_lieu: u32,
    pub amount: i64,
    pub reserved_2: [u8; 80],
}

const _: () = assert!(size_of::<EntitlementPaid>() == EVENT_LEN);

impl EntitlementPaid {
    pub const EMPTY: EntitlementPaid = EntitlementPaid {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ENTITLEMENT_PAID,
        reserved: [0; 3],
        action: 0,
        asset: 0,
        payer: 0,
        in_lieu: 0,
        amount: 0,
        reserved_2: [0; 80],
    };
}

impl EventBody for EntitlementPaid {
    const KIND: u8 = kind::ENTITLEMENT_PAID;
}

/// All of a leg of a corporate action is paid.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ActionLegPaid {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub action: u32,
    /// Paid out.
    pub asset: u32,
    /// 1 if it is cash for fractions, else 0.
    pub in_lieu: u32,
    pub reserved_2: [u8; 4],
    /// Smallest units, of all holders.
    pub total: i64,
    /// What the holders together would get, less that.
    pub residue: i64,
    pub reserved_3: [u8; 72],
}

const _: () = assert!(size_of::<ActionLegPaid>() == EVENT_LEN);

impl ActionLegPaid {
    pub const EMPTY: ActionLegPaid = ActionLegPaid {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACTION_LEG_PAID,
        reserved: [0; 3],
        action: 0,
        asset: 0,
        in_lieu: 0,
        reserved_2: [0; 4],
        total: 0,
        residue: 0,
        reserved_3: [0; 72],
    };
}

impl EventBody for ActionLegPaid {
    const KIND: u8 = kind::ACTION_LEG_PAID;
}

/// A corporate action is executed.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ActionDone {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub action: u32,
    pub asset: u32,
    /// Accounts that were entitled.
    pub holders: u32,
    pub reserved_2: [u8; 4],
    /// What they owned, in smallest units.
    pub quantity: i64,
    pub reserved_3: [u8; 80],
}

const _: () = assert!(size_of::<ActionDone>() == EVENT_LEN);

impl ActionDone {
    pub const EMPTY: ActionDone = ActionDone {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACTION_DONE,
        reserved: [0; 3],
        action: 0,
        asset: 0,
        holders: 0,
        reserved_2: [0; 4],
        quantity: 0,
        reserved_3: [0; 80],
    };
}

impl EventBody for ActionDone {
    const KIND: u8 = kind::ACTION_DONE;
}

/// A corporate action could not be executed: nothing is paid or taken, and it is announced no more.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ActionFailed {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub failure: u8,
    pub reserved: [u8; 2],
    pub action: u32,
    /// Of which there is too little, too much, or something held.
    pub asset: u32,
    /// Account of which something is held, else 0.
    pub holder: u32,
    pub reserved_2: [u8; 4],
    /// What the payer has too little, or what is held, else 0.
    pub missing: i64,
    pub reserved_3: [u8; 80],
}

const _: () = assert!(size_of::<ActionFailed>() == EVENT_LEN);

impl ActionFailed {
    pub const EMPTY: ActionFailed = ActionFailed {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::ACTION_FAILED,
        failure: 0,
        reserved: [0; 2],
        action: 0,
        asset: 0,
        holder: 0,
        reserved_2: [0; 4],
        missing: 0,
        reserved_3: [0; 80],
    };
}

impl EventBody for ActionFailed {
    const KIND: u8 = kind::ACTION_FAILED;
}

/// An instrument's prices are others: its asset was split.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Rebased {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub account_sequence: u64,
    pub account: u32,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub instrument: u32,
    /// In ticks; 0: none.
    pub last_trade: u32,
    /// In ticks; 0: none.
    pub reference_price: u32,
    pub reserved_2: [u8; 4],
    /// Units after it.
    pub numerator: i64,
    /// For so many before.
    pub denominator: i64,
    pub reserved_3: [u8; 72],
}

const _: () = assert!(size_of::<Rebased>() == EVENT_LEN);

impl Rebased {
    pub const EMPTY: Rebased = Rebased {
        sequence: 0,
        timestamp_ns: 0,
        account_sequence: 0,
        account: 0,
        kind: kind::REBASED,
        reserved: [0; 3],
        instrument: 0,
        last_trade: 0,
        reference_price: 0,
        reserved_2: [0; 4],
        numerator: 0,
        denominator: 0,
        reserved_3: [0; 72],
    };
}

impl EventBody for Rebased {
    const KIND: u8 = kind::REBASED;
}

/// A kind's word on the wire.
pub const fn kind_word(kind: u8) -> Option<&'static str> {
    Some(match kind {
        kind::ACCEPTED => "accepted",
        kind::REJECTED => "rejected",
        kind::FILL => "fill",
        kind::CANCELLED => "cancelled",
        kind::AMENDED => "amended",
        kind::DUPLICATE => "duplicate",
        kind::CANCEL_ALL_DONE => "cancel_all_done",
        kind::TRIGGERED => "triggered",
        kind::CANCEL_PENDING => "cancel_pending",
        kind::QUOTE_REJECTED => "quote_rejected",
        kind::MASS_QUOTED => "mass_quoted",
        kind::PROTECTION_SET => "protection_set",
        kind::PROTECTION_TRIGGERED => "protection_triggered",
        kind::PROTECTION_RESET => "protection_reset",
        kind::CANCEL_AFTER_SET => "cancel_after_set",
        kind::ASSET_CREATED => "asset_created",
        kind::INSTRUMENT_CREATED => "instrument_created",
        kind::ACCOUNT_CREATED => "account_created",
        kind::FEE_SCHEDULE_SET => "fee_schedule_set",
        kind::HALTED => "halted",
        kind::RESUMED => "resumed",
        kind::PULSED => "pulsed",
        kind::ACCOUNT_SET => "account_set",
        kind::REFERENCE_SET => "reference_set",
        kind::TRADE_DATE_ROLLED => "trade_date_rolled",
        kind::PHASE_CHANGED => "phase_changed",
        kind::INDICATED => "indicated",
        kind::UNCROSSED => "uncrossed",
        kind::AUCTION_EXTENDED => "auction_extended",
        kind::TRADING_LIMITS_SET => "trading_limits_set",
        kind::EXITS_REFUSED => "exits_refused",
        kind::VOLATILITY_BANDS_SET => "volatility_bands_set",
        kind::VOLATILITY_BAND_MOVED => "volatility_band_moved",
        kind::LIMIT_STATE_CHANGED => "limit_state_changed",
        kind::REFERENCE_POLICY_SET => "reference_policy_set",
        kind::PRIMARY_STATUS_SET => "primary_status_set",
        kind::STATIC_BAND_MOVED => "static_band_moved",
        kind::DEPOSITED => "deposited",
        kind::WITHDRAWAL_REQUESTED => "withdrawal_requested",
        kind::WITHDRAWAL_SETTLED => "withdrawal_settled",
        kind::WITHDRAWAL_CANCELLED => "withdrawal_cancelled",
        kind::TRANSFER_OUT => "transfer_out",
        kind::TRANSFER_IN => "transfer_in",
        kind::MONEY_REPEATED => "money_repeated",
        kind::FEE_OVERRIDE_SET => "fee_override_set",
        kind::OBLIGATION_SET => "obligation_set",
        kind::OBLIGATION_SCORED => "obligation_scored",
        kind::KEY_SET => "key_set",
        kind::KEY_REVOKED => "key_revoked",
        kind::HOLDER_SET => "holder_set",
        kind::ELIGIBILITY_SET => "eligibility_set",
        kind::FROZEN => "frozen",
        kind::UNFROZEN => "unfrozen",
        kind::FORCED_TRANSFER => "forced_transfer",
        kind::BENEFICIAL_SET => "beneficial_set",
        kind::ASSET_TERMS_SET => "asset_terms_set",
        kind::ATTESTOR_SET => "attestor_set",
        kind::ATTESTED => "attested",
        kind::ATTESTATION_EXPIRED => "attestation_expired",
        kind::MINTED => "minted",
        kind::REDEMPTION_REQUESTED => "redemption_requested",
        kind::REDEMPTION_SETTLED => "redemption_settled",
        kind::REDEMPTION_REFUSED => "redemption_refused",
        kind::REDEMPTION_FEE => "redemption_fee",
        kind::REFINER_SET => "refiner_set",
        kind::BAR_REGISTERED => "bar_registered",
        kind::BAR_REMOVED => "bar_removed",
        kind::PEG_SET => "peg_set",
        kind::CASH_REFERENCE_SET => "cash_reference_set",
        kind::PEG_CHANGED => "peg_changed",
        kind::ACTION_ANNOUNCED => "action_announced",
        kind::ACTION_CANCELLED => "action_cancelled",
        kind::ACTION_STARTED => "action_started",
        kind::ACTION_FUNDED => "action_funded",
        kind::ENTITLED => "entitled",
        kind::ENTITLEMENT_PAID => "entitlement_paid",
        kind::ACTION_LEG_PAID => "action_leg_paid",
        kind::ACTION_DONE => "action_done",
        kind::ACTION_FAILED => "action_failed",
        kind::REBASED => "rebased",
        _ => return None,
    })
}
