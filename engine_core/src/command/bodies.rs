//! Command bodies, drawn in `docs/semantics.md`, section 3.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::{Behind, Body, WithEntries};
use crate::types::{CLIENT_ID_LEN, MAX_JURISDICTIONS, MAX_KEY_DOCUMENT_WORDS, MAX_QUOTE_ENTRIES};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Kind bytes of commands.
pub mod kind {
    pub const PLACE: u8 = 1;
    pub const CANCEL: u8 = 2;
    pub const AMEND: u8 = 3;
    pub const CANCEL_ALL: u8 = 4;
    pub const CANCEL_REPLACE: u8 = 5;
    pub const MASS_QUOTE: u8 = 6;
    pub const SET_MARKET_MAKER_PROTECTION: u8 = 7;
    pub const RESET_MARKET_MAKER_PROTECTION: u8 = 8;
    pub const CANCEL_AFTER: u8 = 9;
    pub const PLACE_OCO: u8 = 10;
    pub const PLACE_BRACKET: u8 = 11;
    pub const CREATE_ASSET: u8 = 16;
    pub const CREATE_INSTRUMENT: u8 = 17;
    pub const CREATE_ACCOUNT: u8 = 18;
    pub const SET_FEE_SCHEDULE: u8 = 19;
    pub const HALT: u8 = 20;
    pub const RESUME: u8 = 21;
    pub const PULSE: u8 = 22;
    pub const SET_ACCOUNT: u8 = 23;
    pub const SET_REFERENCE: u8 = 24;
    pub const ROLL_TRADE_DATE: u8 = 25;
    pub const SET_PHASE: u8 = 26;
    pub const SET_TRADING_LIMITS: u8 = 27;
    pub const SET_VOLATILITY_BANDS: u8 = 28;
    pub const SET_REFERENCE_POLICY: u8 = 29;
    pub const SET_PRIMARY_STATUS: u8 = 30;
    pub const DEPOSIT: u8 = 32;
    pub const REQUEST_WITHDRAWAL: u8 = 33;
    pub const SETTLE_WITHDRAWAL: u8 = 34;
    pub const CANCEL_WITHDRAWAL: u8 = 35;
    pub const TRANSFER: u8 = 36;
    pub const SET_FEE_OVERRIDE: u8 = 40;
    pub const SET_OBLIGATION: u8 = 41;
    pub const SET_KEY: u8 = 48;
    pub const REVOKE_KEY: u8 = 49;
    pub const SET_HOLDER: u8 = 50;
    pub const SET_ELIGIBILITY: u8 = 51;
    pub const FREEZE: u8 = 52;
    pub const UNFREEZE: u8 = 53;
    pub const FORCE_TRANSFER: u8 = 54;
    pub const SET_BENEFICIAL: u8 = 56;
    pub const SET_ASSET_TERMS: u8 = 64;
    pub const SET_ATTESTOR: u8 = 65;
    pub const ATTEST: u8 = 66;
    pub const MINT: u8 = 67;
    pub const REQUEST_REDEMPTION: u8 = 68;
    pub const SETTLE_REDEMPTION: u8 = 69;
    pub const REFUSE_REDEMPTION: u8 = 70;
    pub const SET_REFINER: u8 = 71;
    pub const REGISTER_BAR: u8 = 72;
    pub const REMOVE_BAR: u8 = 73;
    pub const SET_PEG: u8 = 77;
    pub const SET_CASH_REFERENCE: u8 = 78;
    pub const ANNOUNCE_ACTION: u8 = 80;
    pub const CANCEL_ACTION: u8 = 82;
}

/// A new order.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Place {
    /// What to trade.
    pub instrument: u32,
    pub side: u8,
    pub order_type: u8,
    pub time_in_force: u8,
    /// Self-trade prevention.
    pub stp: u8,
    /// Limit in ticks; 0 for a market or market-to-limit order.
    pub price: i64,
    /// Lots or, notional, units of the quote asset.
    pub quantity: i64,
    pub quantity_kind: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub reserved: [u8; 6],
    /// When the order ends by itself, in nanoseconds; 0: never.
    pub expires_at: u64,
    /// Lots of an iceberg shown at a time; 0: all.
    pub display_quantity: i64,
    /// Lots that must trade on entry or, hidden, in each fill; 0: any.
    pub min_quantity: i64,
    /// Of a stop order, in ticks; 0: none, or of a trailing one where it begins by itself.
    pub trigger_price: u32,
    /// Ticks by which a trailing stop's trigger follows; 0: it does not.
    pub trail: u32,
    /// What a stop order waits for.
    pub trigger: u8,
    /// Who sees it rest.
    pub visibility: u8,
    /// What else ends it.
    pub lifetime: u8,
    pub reserved_2: [u8; 5],
    /// What its price follows.
    pub peg: u8,
    /// Ticks behind that.
    pub peg_offset: u8,
    pub reserved_3: [u8; 6],
}

const _: () = assert!(size_of::<Place>() == 80);

impl Place {
    pub const EMPTY: Place = Place {
        instrument: 0,
        side: 0,
        order_type: 0,
        time_in_force: 0,
        stp: 0,
        price: 0,
        quantity: 0,
        quantity_kind: 0,
        client_order_id_len: 0,
        reserved: [0; 6],
        expires_at: 0,
        display_quantity: 0,
        min_quantity: 0,
        trigger_price: 0,
        trail: 0,
        trigger: 0,
        visibility: 0,
        lifetime: 0,
        reserved_2: [0; 5],
        peg: 0,
        peg_offset: 0,
        reserved_3: [0; 6],
    };
}

impl Body for Place {
    const KIND: u8 = kind::PLACE;
    const LENGTHS: &'static [usize] = &[32, 40, 72, 80];
}

/// Takes one open order off the book.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Cancel {
    /// The order, or 0.
    pub order_id: u64,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub reserved: [u8; 7],
}

const _: () = assert!(size_of::<Cancel>() == 16);

impl Cancel {
    pub const EMPTY: Cancel = Cancel { order_id: 0, client_order_id_len: 0, reserved: [0; 7] };
}

impl Body for Cancel {
    const KIND: u8 = kind::CANCEL;
    const LENGTHS: &'static [usize] = &[16];
}

/// Gives one open order a new price, a new total quantity, and what else of it can be changed.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Amend {
    /// The order, or 0.
    pub order_id: u64,
    /// The new limit in ticks; 0 for a market stop.
    pub price: i64,
    /// The new total in lots, what is filled included.
    pub quantity: i64,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub reserved: [u8; 7],
    /// Of an iceberg: lots shown at a time from now on; 0: as it is.
    pub display_quantity: i64,
    /// Of a hidden order that has one; 0: as it is.
    pub min_quantity: i64,
    /// When it ends by itself, in nanoseconds; 0: as it is; 2^64 - 1: never.
    pub expires_at: u64,
    /// Of a stop order that waits, in ticks; 0: as it is.
    pub trigger_price: u32,
    /// Of a trailing stop that waits, in ticks; 0: as it is.
    pub trail: u32,
}

const _: () = assert!(size_of::<Amend>() == 64);

impl Amend {
    pub const EMPTY: Amend = Amend {
        order_id: 0,
        price: 0,
        quantity: 0,
        client_order_id_len: 0,
        reserved: [0; 7],
        display_quantity: 0,
        min_quantity: 0,
        expires_at: 0,
        trigger_price: 0,
        trail: 0,
    };
}

impl Body for Amend {
    const KIND: u8 = kind::AMEND;
    const LENGTHS: &'static [usize] = &[32, 64];
}

/// Cancels the account's open orders.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CancelAll {
    /// On this instrument, or on all (0xFFFFFFFF).
    pub instrument: u32,
    pub reserved: [u8; 4],
    /// Of which.
    pub sides: u8,
    pub reserved_2: [u8; 7],
    /// Only the quotes of this group; 0: every order.
    pub quote_group: u32,
    pub reserved_3: [u8; 4],
}

const _: () = assert!(size_of::<CancelAll>() == 24);

impl CancelAll {
    pub const EMPTY: CancelAll =
        CancelAll { instrument: 0, reserved: [0; 4], sides: 0, reserved_2: [0; 7], quote_group: 0, reserved_3: [0; 4] };
}

impl Body for CancelAll {
    const KIND: u8 = kind::CANCEL_ALL;
    const LENGTHS: &'static [usize] = &[8, 16, 24];
}

/// Takes an open order out and places another, or does nothing.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CancelReplace {
    /// What to trade.
    pub instrument: u32,
    pub side: u8,
    pub order_type: u8,
    pub time_in_force: u8,
    /// Self-trade prevention.
    pub stp: u8,
    /// Limit in ticks; 0 for a market or market-to-limit order.
    pub price: i64,
    /// Lots or, notional, units of the quote asset.
    pub quantity: i64,
    pub quantity_kind: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    /// If the order that goes is not open.
    pub on_failure: u8,
    pub reserved: [u8; 5],
    /// The order that goes.
    pub order_id: u64,
    /// When the order ends by itself, in nanoseconds; 0: never.
    pub expires_at: u64,
    /// Lots of an iceberg shown at a time; 0: all.
    pub display_quantity: i64,
    /// Lots that must trade on entry or, hidden, in each fill; 0: any.
    pub min_quantity: i64,
    /// Of a stop order, in ticks; 0: none, or of a trailing one where it begins by itself.
    pub trigger_price: u32,
    /// Ticks by which a trailing stop's trigger follows; 0: it does not.
    pub trail: u32,
    /// What a stop order waits for.
    pub trigger: u8,
    /// Who sees it rest.
    pub visibility: u8,
    /// What else ends it.
    pub lifetime: u8,
    pub reserved_2: [u8; 5],
    /// What its price follows.
    pub peg: u8,
    /// Ticks behind that.
    pub peg_offset: u8,
    pub reserved_3: [u8; 6],
}

const _: () = assert!(size_of::<CancelReplace>() == 88);

impl CancelReplace {
    pub const EMPTY: CancelReplace = CancelReplace {
        instrument: 0,
        side: 0,
        order_type: 0,
        time_in_force: 0,
        stp: 0,
        price: 0,
        quantity: 0,
        quantity_kind: 0,
        client_order_id_len: 0,
        on_failure: 0,
        reserved: [0; 5],
        order_id: 0,
        expires_at: 0,
        display_quantity: 0,
        min_quantity: 0,
        trigger_price: 0,
        trail: 0,
        trigger: 0,
        visibility: 0,
        lifetime: 0,
        reserved_2: [0; 5],
        peg: 0,
        peg_offset: 0,
        reserved_3: [0; 6],
    };
}

impl Body for CancelReplace {
    const KIND: u8 = kind::CANCEL_REPLACE;
    const LENGTHS: &'static [usize] = &[40, 80, 88];
}

/// Says what the quotes of a group shall be, on many instruments at once.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct MassQuote {
    /// Which of the account's groups, from 1.
    pub quote_group: u32,
    /// GTC or POST_ONLY.
    pub time_in_force: u8,
    /// Self-trade prevention.
    pub stp: u8,
    /// How many quotes are behind the body.
    pub quotes_len: u8,
    pub reserved: [u8; 1],
}

const _: () = assert!(size_of::<MassQuote>() == 8);

impl MassQuote {
    pub const EMPTY: MassQuote =
        MassQuote { quote_group: 0, time_in_force: 0, stp: 0, quotes_len: 0, reserved: [0; 1] };
}

impl Body for MassQuote {
    const KIND: u8 = kind::MASS_QUOTE;
    const LENGTHS: &'static [usize] = &[8];
}

/// What one instrument's quote shall be.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct QuoteEntry {
    /// What to quote.
    pub instrument: u32,
    /// In ticks.
    pub bid_price: u32,
    /// In ticks.
    pub ask_price: u32,
    pub reserved: [u8; 4],
    /// Lots left to buy; 0: no bid.
    pub bid_quantity: i64,
    /// Lots left to sell; 0: no ask.
    pub ask_quantity: i64,
}

const _: () = assert!(size_of::<QuoteEntry>() == 32);

impl QuoteEntry {
    pub const EMPTY: QuoteEntry =
        QuoteEntry { instrument: 0, bid_price: 0, ask_price: 0, reserved: [0; 4], bid_quantity: 0, ask_quantity: 0 };
}

impl WithEntries for MassQuote {
    type Entry = QuoteEntry;
    const MOST: usize = MAX_QUOTE_ENTRIES;
}

/// Limits what a group may trade in a while; all 0: no longer.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetMarketMakerProtection {
    /// Which of the account's groups, from 1.
    pub quote_group: u32,
    /// Fills in the window.
    pub max_fills: u32,
    /// How long the window is, in nanoseconds.
    pub window_ns: u64,
    /// Lots traded in the window; 0: any.
    pub max_quantity: i64,
    /// Units of quote assets traded in the window; 0: any.
    pub max_notional: i64,
    /// Lots bought less lots sold in the window, or the other way round; 0: any.
    pub max_delta: i64,
}

const _: () = assert!(size_of::<SetMarketMakerProtection>() == 40);

impl SetMarketMakerProtection {
    pub const EMPTY: SetMarketMakerProtection = SetMarketMakerProtection {
        quote_group: 0,
        max_fills: 0,
        window_ns: 0,
        max_quantity: 0,
        max_notional: 0,
        max_delta: 0,
    };
}

impl Body for SetMarketMakerProtection {
    const KIND: u8 = kind::SET_MARKET_MAKER_PROTECTION;
    const LENGTHS: &'static [usize] = &[40];
}

/// Lets a group that its protection has blocked quote again.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ResetMarketMakerProtection {
    /// Which of the account's groups, from 1.
    pub quote_group: u32,
    pub reserved: [u8; 4],
}

const _: () = assert!(size_of::<ResetMarketMakerProtection>() == 8);

impl ResetMarketMakerProtection {
    pub const EMPTY: ResetMarketMakerProtection = ResetMarketMakerProtection { quote_group: 0, reserved: [0; 4] };
}

impl Body for ResetMarketMakerProtection {
    const KIND: u8 = kind::RESET_MARKET_MAKER_PROTECTION;
    const LENGTHS: &'static [usize] = &[8];
}

/// Sets a timer that cancels all open orders of the account when it runs out.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CancelAfter {
    /// From now on, in nanoseconds; 0: stops the timer.
    pub timeout_ns: u64,
    /// Which of the two.
    pub timer: u8,
    pub reserved: [u8; 7],
}

const _: () = assert!(size_of::<CancelAfter>() == 16);

impl CancelAfter {
    pub const EMPTY: CancelAfter = CancelAfter { timeout_ns: 0, timer: 0, reserved: [0; 7] };
}

impl Body for CancelAfter {
    const KIND: u8 = kind::CANCEL_AFTER;
    const LENGTHS: &'static [usize] = &[16];
}

/// A limit order and a stop of one side and quantity, of which one cancels the other.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct PlaceOco {
    /// What to trade.
    pub instrument: u32,
    pub side: u8,
    /// Self-trade prevention, of both.
    pub stp: u8,
    /// What the stop waits for.
    pub trigger: u8,
    /// What else ends them.
    pub lifetime: u8,
    /// Of the limit order, in ticks.
    pub price: i64,
    /// Lots of each.
    pub quantity: i64,
    /// Limit of the stop once it has been reached, in ticks; 0: it becomes a market order.
    pub stop_price: i64,
    /// When both end by themselves, in nanoseconds; 0: never.
    pub expires_at: u64,
    /// Of the stop, in ticks.
    pub trigger_price: u32,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub reserved: [u8; 3],
}

const _: () = assert!(size_of::<PlaceOco>() == 48);

impl PlaceOco {
    pub const EMPTY: PlaceOco = PlaceOco {
        instrument: 0,
        side: 0,
        stp: 0,
        trigger: 0,
        lifetime: 0,
        price: 0,
        quantity: 0,
        stop_price: 0,
        expires_at: 0,
        trigger_price: 0,
        client_order_id_len: 0,
        reserved: [0; 3],
    };
}

impl Body for PlaceOco {
    const KIND: u8 = kind::PLACE_OCO;
    const LENGTHS: &'static [usize] = &[48];
}

/// An order that two others follow, to close what it has traded at a profit or at a stop.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct PlaceBracket {
    /// What to trade.
    pub instrument: u32,
    /// Of the entry; its exits are of the other.
    pub side: u8,
    /// Of the entry.
    pub order_type: u8,
    /// Of the entry.
    pub time_in_force: u8,
    /// Self-trade prevention, of entry and exits.
    pub stp: u8,
    /// Of the entry: limit in ticks; 0 for a market or market-to-limit order.
    pub price: i64,
    /// Lots of the entry.
    pub quantity: i64,
    /// Limit of the exit at a profit, in ticks.
    pub take_profit: i64,
    /// Limit of the exit at a stop once it has been reached, in ticks; 0: it becomes a market order.
    pub stop_price: i64,
    /// When the entry ends by itself, in nanoseconds; 0: never.
    pub expires_at: u64,
    /// Of the exit at a stop, in ticks.
    pub trigger_price: u32,
    /// What the exit at a stop waits for.
    pub trigger: u8,
    /// What else ends the entry.
    pub lifetime: u8,
    /// Characters of client_order_id.
    pub client_order_id_len: u8,
    pub reserved: [u8; 1],
}

const _: () = assert!(size_of::<PlaceBracket>() == 56);

impl PlaceBracket {
    pub const EMPTY: PlaceBracket = PlaceBracket {
        instrument: 0,
        side: 0,
        order_type: 0,
        time_in_force: 0,
        stp: 0,
        price: 0,
        quantity: 0,
        take_profit: 0,
        stop_price: 0,
        expires_at: 0,
        trigger_price: 0,
        trigger: 0,
        lifetime: 0,
        client_order_id_len: 0,
        reserved: [0; 1],
    };
}

impl Body for PlaceBracket {
    const KIND: u8 = kind::PLACE_BRACKET;
    const LENGTHS: &'static [usize] = &[56];
}

/// Lists an asset under the next id.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CreateAsset {
    /// The new id.
    pub asset: u32,
    pub asset_class: u8,
    /// Of the unit that people count in.
    pub decimals: u8,
    /// Characters of symbol.
    pub symbol_len: u8,
    pub symbol: [u8; 16],
    pub reserved: [u8; 1],
    /// Smallest amount that can be withdrawn, in smallest units.
    pub min_withdrawal: i64,
}

const _: () = assert!(size_of::<CreateAsset>() == 32);

impl CreateAsset {
    pub const EMPTY: CreateAsset = CreateAsset {
        asset: 0,
        asset_class: 0,
        decimals: 0,
        symbol_len: 0,
        symbol: [0; 16],
        reserved: [0; 1],
        min_withdrawal: 0,
    };
}

impl Body for CreateAsset {
    const KIND: u8 = kind::CREATE_ASSET;
    const LENGTHS: &'static [usize] = &[32];
}

/// Lists an instrument under the next id.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CreateInstrument {
    /// The new id.
    pub instrument: u32,
    /// What is traded.
    pub base: u32,
    /// What it is paid with.
    pub quote: u32,
    /// How far a market order may trade from the best price.
    pub collar_bps: u32,
    /// Units of base in one lot.
    pub lot_size: i64,
    /// Units of quote that one lot costs per tick.
    pub tick_lot_value: i64,
    /// Highest price in ticks.
    pub max_price: i64,
    /// Characters of symbol.
    pub symbol_len: u8,
    pub symbol: [u8; 16],
    pub reserved: [u8; 7],
    /// The first one.
    pub phase: u8,
    pub reserved_2: [u8; 7],
}

const _: () = assert!(size_of::<CreateInstrument>() == 72);

impl CreateInstrument {
    pub const EMPTY: CreateInstrument = CreateInstrument {
        instrument: 0,
        base: 0,
        quote: 0,
        collar_bps: 0,
        lot_size: 0,
        tick_lot_value: 0,
        max_price: 0,
        symbol_len: 0,
        symbol: [0; 16],
        reserved: [0; 7],
        phase: 0,
        reserved_2: [0; 7],
    };
}

impl Body for CreateInstrument {
    const KIND: u8 = kind::CREATE_INSTRUMENT;
    const LENGTHS: &'static [usize] = &[64, 72];
}

/// Opens an account under the next id.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CreateAccount {
    /// What it pays.
    pub fee_schedule: u32,
    pub reserved: [u8; 4],
}

const _: () = assert!(size_of::<CreateAccount>() == 8);

impl CreateAccount {
    pub const EMPTY: CreateAccount = CreateAccount { fee_schedule: 0, reserved: [0; 4] };
}

impl Body for CreateAccount {
    const KIND: u8 = kind::CREATE_ACCOUNT;
    const LENGTHS: &'static [usize] = &[8];
}

/// Replaces a fee schedule, or appends one under the next id.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetFeeSchedule {
    pub fee_schedule: u32,
    /// Hundredths of a basis point; below 0: a rebate.
    pub maker_rate: i32,
    /// Hundredths of a basis point.
    pub taker_rate: u32,
    pub reserved: [u8; 4],
    /// From when on, in nanoseconds; 0: at once.
    pub effective_at: u64,
    /// Units of the quote asset in 30 days from which these hold; 0: no such tier.
    pub notional_1: i64,
    pub maker_rate_1: i32,
    pub taker_rate_1: u32,
    /// The same, of the next tier.
    pub notional_2: i64,
    pub maker_rate_2: i32,
    pub taker_rate_2: u32,
    /// The same, of the next tier.
    pub notional_3: i64,
    pub maker_rate_3: i32,
    pub taker_rate_3: u32,
    /// The same, of the next tier.
    pub notional_4: i64,
    pub maker_rate_4: i32,
    pub taker_rate_4: u32,
    /// The same, of the next tier.
    pub notional_5: i64,
    pub maker_rate_5: i32,
    pub taker_rate_5: u32,
    /// The same, of the next tier.
    pub notional_6: i64,
    pub maker_rate_6: i32,
    pub taker_rate_6: u32,
    /// The same, of the next tier.
    pub notional_7: i64,
    pub maker_rate_7: i32,
    pub taker_rate_7: u32,
    /// The same, of the next tier.
    pub notional_8: i64,
    pub maker_rate_8: i32,
    pub taker_rate_8: u32,
}

const _: () = assert!(size_of::<SetFeeSchedule>() == 152);

impl SetFeeSchedule {
    pub const EMPTY: SetFeeSchedule = SetFeeSchedule {
        fee_schedule: 0,
        maker_rate: 0,
        taker_rate: 0,
        reserved: [0; 4],
        effective_at: 0,
        notional_1: 0,
        maker_rate_1: 0,
        taker_rate_1: 0,
        notional_2: 0,
        maker_rate_2: 0,
        taker_rate_2: 0,
        notional_3: 0,
        maker_rate_3: 0,
        taker_rate_3: 0,
        notional_4: 0,
        maker_rate_4: 0,
        taker_rate_4: 0,
        notional_5: 0,
        maker_rate_5: 0,
        taker_rate_5: 0,
        notional_6: 0,
        maker_rate_6: 0,
        taker_rate_6: 0,
        notional_7: 0,
        maker_rate_7: 0,
        taker_rate_7: 0,
        notional_8: 0,
        maker_rate_8: 0,
        taker_rate_8: 0,
    };
}

impl Body for SetFeeSchedule {
    const KIND: u8 = kind::SET_FEE_SCHEDULE;
    const LENGTHS: &'static [usize] = &[16, 152];
}

/// Stops an instrument's trading, for a cause; cancels still work.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Halt {
    pub instrument: u32,
    pub reserved: [u8; 4],
    pub cause: u8,
    pub reserved_2: [u8; 7],
}

const _: () = assert!(size_of::<Halt>() == 16);

impl Halt {
    pub const EMPTY: Halt = Halt { instrument: 0, reserved: [0; 4], cause: 0, reserved_2: [0; 7] };
}

impl Body for Halt {
    const KIND: u8 = kind::HALT;
    const LENGTHS: &'static [usize] = &[8, 16];
}

/// Lifts a cause; an instrument's trading goes on when it was the last.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Resume {
    pub instrument: u32,
    pub reserved: [u8; 4],
    pub cause: u8,
    pub reserved_2: [u8; 7],
}

const _: () = assert!(size_of::<Resume>() == 16);

impl Resume {
    pub const EMPTY: Resume = Resume { instrument: 0, reserved: [0; 4], cause: 0, reserved_2: [0; 7] };
}

impl Body for Resume {
    const KIND: u8 = kind::RESUME;
    const LENGTHS: &'static [usize] = &[8, 16];
}

/// Time has come: the engine does what is due, a bounded part of it.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Pulse {}

const _: () = assert!(size_of::<Pulse>() == 0);

impl Pulse {
    pub const EMPTY: Pulse = Pulse {};
}

impl Body for Pulse {
    const KIND: u8 = kind::PULSE;
    const LENGTHS: &'static [usize] = &[0];
}

/// Gives an account another fee schedule, other limits, another group.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetAccount {
    /// What its orders pay from now on.
    pub fee_schedule: u32,
    /// How many orders it may have open.
    pub max_open_orders: u32,
    /// How many finished orders with a client order id are remembered.
    pub client_id_window: u32,
    pub reserved: [u8; 4],
    /// Accounts of one firm, between which self-trade prevention works too; 0: none.
    pub group: u32,
    pub reserved_2: [u8; 4],
    /// Units of a quote asset that its open orders may be worth at their limits; 0: any.
    pub max_open_notional: i64,
}

const _: () = assert!(size_of::<SetAccount>() == 32);

impl SetAccount {
    pub const EMPTY: SetAccount = SetAccount {
        fee_schedule: 0,
        max_open_orders: 0,
        client_id_window: 0,
        reserved: [0; 4],
        group: 0,
        reserved_2: [0; 4],
        max_open_notional: 0,
    };
}

impl Body for SetAccount {
    const KIND: u8 = kind::SET_ACCOUNT;
    const LENGTHS: &'static [usize] = &[16, 24, 32];
}

/// Says what an instrument is worth elsewhere.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetReference {
    pub instrument: u32,
    /// Who says so, by the venue's own numbers.
    pub source: u32,
    /// In ticks; 0: no longer known.
    pub price: i64,
    /// When it was so, in nanoseconds.
    pub observed_at: u64,
}

const _: () = assert!(size_of::<SetReference>() == 24);

impl SetReference {
    pub const EMPTY: SetReference = SetReference { instrument: 0, source: 0, price: 0, observed_at: 0 };
}

impl Body for SetReference {
    const KIND: u8 = kind::SET_REFERENCE;
    const LENGTHS: &'static [usize] = &[24];
}

/// Begins a trade date; trading goes on, and the day orders of earlier dates end.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RollTradeDate {
    /// Year, month and day as eight digits.
    pub trade_date: u32,
    pub reserved: [u8; 4],
}

const _: () = assert!(size_of::<RollTradeDate>() == 8);

impl RollTradeDate {
    pub const EMPTY: RollTradeDate = RollTradeDate { trade_date: 0, reserved: [0; 4] };
}

impl Body for RollTradeDate {
    const KIND: u8 = kind::ROLL_TRADE_DATE;
    const LENGTHS: &'static [usize] = &[8];
}

/// Opens, closes or retires an instrument, begins an auction, or ends its call.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetPhase {
    pub instrument: u32,
    pub phase: u8,
    /// Of an auction: the phase after it.
    pub next: u8,
    pub reserved: [u8; 2],
    /// Of an auction: when its call ends by itself, in nanoseconds; 0: it does not.
    pub ends_at: u64,
}

const _: () = assert!(size_of::<SetPhase>() == 16);

impl SetPhase {
    pub const EMPTY: SetPhase = SetPhase { instrument: 0, phase: 0, next: 0, reserved: [0; 2], ends_at: 0 };
}

impl Body for SetPhase {
    const KIND: u8 = kind::SET_PHASE;
    const LENGTHS: &'static [usize] = &[16];
}

/// Bounds an instrument's prices and the size of its orders.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetTradingLimits {
    pub instrument: u32,
    /// How far from the reference prices may be; 0: any.
    pub static_bps: u32,
    /// How far from the last trade a trade may be; 0: any.
    pub dynamic_bps: u32,
    /// How far from the reference an auction's price may be without an extension; 0: any.
    pub auction_bps: u32,
    /// How long a call lasts that begins by itself; 0: a halt does not end with one.
    pub call_ns: u64,
    /// Lots of an order; 0: any.
    pub max_quantity: i64,
    /// Units of the quote asset that an order is worth at its limit; 0: any.
    pub max_notional: i64,
}

const _: () = assert!(size_of::<SetTradingLimits>() == 40);

impl SetTradingLimits {
    pub const EMPTY: SetTradingLimits = SetTradingLimits {
        instrument: 0,
        static_bps: 0,
        dynamic_bps: 0,
        auction_bps: 0,
        call_ns: 0,
        max_quantity: 0,
        max_notional: 0,
    };
}

impl Body for SetTradingLimits {
    const KIND: u8 = kind::SET_TRADING_LIMITS;
    const LENGTHS: &'static [usize] = &[40];
}

/// Bounds an instrument's prices by its own trades of the last minutes.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetVolatilityBands {
    pub instrument: u32,
    /// How far from their mean prices may be; 0: any, and all else is 0.
    pub bps: u32,
    /// The same in ticks, if that is less; 0: it is not asked.
    pub ticks: u32,
    /// Hundredths by which both are multiplied.
    pub multiplier: u32,
    /// How long a limit state lasts before trading pauses.
    pub limit_state_ns: u64,
    /// How long the call lasts after it.
    pub pause_ns: u64,
}

const _: () = assert!(size_of::<SetVolatilityBands>() == 32);

impl SetVolatilityBands {
    pub const EMPTY: SetVolatilityBands =
        SetVolatilityBands { instrument: 0, bps: 0, ticks: 0, multiplier: 0, limit_state_ns: 0, pause_ns: 0 };
}

impl Body for SetVolatilityBands {
    const KIND: u8 = kind::SET_VOLATILITY_BANDS;
    const LENGTHS: &'static [usize] = &[32];
}

/// Says what an old reference price leads to, and a closed primary market.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetReferencePolicy {
    pub instrument: u32,
    /// What a reference price leads to that is too old.
    pub stale: u8,
    /// What a closed primary market leads to.
    pub primary: u8,
    pub reserved: [u8; 2],
    /// Of WIDEN: hundredths by which the static band is multiplied, else 0.
    pub widen: u32,
    pub reserved_2: [u8; 4],
    /// Nanoseconds after which a reference price is too old; 0: never.
    pub max_age_ns: u64,
    /// Of FIXED_BAND and REANCHOR: how far from the anchor prices may be, else 0.
    pub closed_bps: u32,
    /// Of REANCHOR: how far the anchor moves at once, else 0.
    pub step_bps: u32,
    /// Of REANCHOR: nanoseconds between two moves, else 0.
    pub step_ns: u64,
}

const _: () = assert!(size_of::<SetReferencePolicy>() == 40);

impl SetReferencePolicy {
    pub const EMPTY: SetReferencePolicy = SetReferencePolicy {
        instrument: 0,
        stale: 0,
        primary: 0,
        reserved: [0; 2],
        widen: 0,
        reserved_2: [0; 4],
        max_age_ns: 0,
        closed_bps: 0,
        step_bps: 0,
        step_ns: 0,
    };
}

impl Body for SetReferencePolicy {
    const KIND: u8 = kind::SET_REFERENCE_POLICY;
    const LENGTHS: &'static [usize] = &[40];
}

/// Says whether an instrument's primary market trades.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetPrimaryStatus {
    pub instrument: u32,
    pub status: u8,
    pub reserved: [u8; 3],
    /// Of CLOSED: its last price in ticks; 0: not known.
    pub close: i64,
}

const _: () = assert!(size_of::<SetPrimaryStatus>() == 16);

impl SetPrimaryStatus {
    pub const EMPTY: SetPrimaryStatus = SetPrimaryStatus { instrument: 0, status: 0, reserved: [0; 3], close: 0 };
}

impl Body for SetPrimaryStatus {
    const KIND: u8 = kind::SET_PRIMARY_STATUS;
    const LENGTHS: &'static [usize] = &[16];
}

/// Credits an account: what the venue has received.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Deposit {
    pub asset: u32,
    pub reserved: [u8; 4],
    /// Smallest units.
    pub amount: i64,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved_2: [u8; 7],
}

const _: () = assert!(size_of::<Deposit>() == 24);

impl Deposit {
    pub const EMPTY: Deposit = Deposit { asset: 0, reserved: [0; 4], amount: 0, reference_len: 0, reserved_2: [0; 7] };
}

impl Body for Deposit {
    const KIND: u8 = kind::DEPOSIT;
    const LENGTHS: &'static [usize] = &[16, 24];
}

/// Holds an amount until the venue settles or cancels its withdrawal.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RequestWithdrawal {
    pub asset: u32,
    pub reserved: [u8; 4],
    /// Smallest units.
    pub amount: i64,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved_2: [u8; 7],
}

const _: () = assert!(size_of::<RequestWithdrawal>() == 24);

impl RequestWithdrawal {
    pub const EMPTY: RequestWithdrawal =
        RequestWithdrawal { asset: 0, reserved: [0; 4], amount: 0, reference_len: 0, reserved_2: [0; 7] };
}

impl Body for RequestWithdrawal {
    const KIND: u8 = kind::REQUEST_WITHDRAWAL;
    const LENGTHS: &'static [usize] = &[16, 24];
}

/// The money has left.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SettleWithdrawal {
    pub withdrawal_id: u64,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved: [u8; 7],
}

const _: () = assert!(size_of::<SettleWithdrawal>() == 16);

impl SettleWithdrawal {
    pub const EMPTY: SettleWithdrawal = SettleWithdrawal { withdrawal_id: 0, reference_len: 0, reserved: [0; 7] };
}

impl Body for SettleWithdrawal {
    const KIND: u8 = kind::SETTLE_WITHDRAWAL;
    const LENGTHS: &'static [usize] = &[8, 16];
}

/// Gives a withdrawal's money back to the account.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CancelWithdrawal {
    pub withdrawal_id: u64,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved: [u8; 7],
}

const _: () = assert!(size_of::<CancelWithdrawal>() == 16);

impl CancelWithdrawal {
    pub const EMPTY: CancelWithdrawal = CancelWithdrawal { withdrawal_id: 0, reference_len: 0, reserved: [0; 7] };
}

impl Body for CancelWithdrawal {
    const KIND: u8 = kind::CANCEL_WITHDRAWAL;
    const LENGTHS: &'static [usize] = &[8, 16];
}

/// Moves money between two accounts.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Transfer {
    pub asset: u32,
    pub to_account: u32,
    /// Smallest units.
    pub amount: i64,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved: [u8; 7],
}

const _: () = assert!(size_of::<Transfer>() == 24);

impl Transfer {
    pub const EMPTY: Transfer = Transfer { asset: 0, to_account: 0, amount: 0, reference_len: 0, reserved: [0; 7] };
}

impl Body for Transfer {
    const KIND: u8 = kind::TRANSFER;
    const LENGTHS: &'static [usize] = &[16, 24];
}

/// Gives a fee schedule other rates and tiers for one instrument, or takes them away.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetFeeOverride {
    pub fee_schedule: u32,
    pub instrument: u32,
    pub change: u8,
    pub reserved: [u8; 3],
    /// Hundredths of a basis point; below 0: a rebate.
    pub maker_rate: i32,
    /// Hundredths of a basis point.
    pub taker_rate: u32,
    pub reserved_2: [u8; 4],
    /// From when on, in nanoseconds; 0: at once.
    pub effective_at: u64,
    /// Units of the quote asset in 30 days from which these hold; 0: no such tier.
    pub notional_1: i64,
    pub maker_rate_1: i32,
    pub taker_rate_1: u32,
    /// The same, of the next tier.
    pub notional_2: i64,
    pub maker_rate_2: i32,
    pub taker_rate_2: u32,
    /// The same, of the next tier.
    pub notional_3: i64,
    pub maker_rate_3: i32,
    pub taker_rate_3: u32,
    /// The same, of the next tier.
    pub notional_4: i64,
    pub maker_rate_4: i32,
    pub taker_rate_4: u32,
    /// The same, of the next tier.
    pub notional_5: i64,
    pub maker_rate_5: i32,
    pub taker_rate_5: u32,
    /// The same, of the next tier.
    pub notional_6: i64,
    pub maker_rate_6: i32,
    pub taker_rate_6: u32,
    /// The same, of the next tier.
    pub notional_7: i64,
    pub maker_rate_7: i32,
    pub taker_rate_7: u32,
    /// The same, of the next tier.
    pub notional_8: i64,
    pub maker_rate_8: i32,
    pub taker_rate_8: u32,
}

const _: () = assert!(size_of::<SetFeeOverride>() == 160);

impl SetFeeOverride {
    pub const EMPTY: SetFeeOverride = SetFeeOverride {
        fee_schedule: 0,
        instrument: 0,
        change: 0,
        reserved: [0; 3],
        maker_rate: 0,
        taker_rate: 0,
        reserved_2: [0; 4],
        effective_at: 0,
        notional_1: 0,
        maker_rate_1: 0,
        taker_rate_1: 0,
        notional_2: 0,
        maker_rate_2: 0,
        taker_rate_2: 0,
        notional_3: 0,
        maker_rate_3: 0,
        taker_rate_3: 0,
        notional_4: 0,
        maker_rate_4: 0,
        taker_rate_4: 0,
        notional_5: 0,
        maker_rate_5: 0,
        taker_rate_5: 0,
        notional_6: 0,
        maker_rate_6: 0,
        taker_rate_6: 0,
        notional_7: 0,
        maker_rate_7: 0,
        taker_rate_7: 0,
        notional_8: 0,
        maker_rate_8: 0,
        taker_rate_8: 0,
    };
}

impl Body for SetFeeOverride {
    const KIND: u8 = kind::SET_FEE_OVERRIDE;
    const LENGTHS: &'static [usize] = &[160];
}

/// Says what a market maker owes on an instrument and gets for it; all 0: nothing.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetObligation {
    pub instrument: u32,
    /// Ticks between its buys and its sells.
    pub max_spread: u32,
    /// Lots of each side.
    pub min_quantity: i64,
    /// Of the time in which the instrument trades.
    pub required_bps: u32,
    /// Hundredths of a basis point that its orders pay once it is earned; below 0: a rebate.
    pub maker_rate: i32,
}

const _: () = assert!(size_of::<SetObligation>() == 24);

impl SetObligation {
    pub const EMPTY: SetObligation =
        SetObligation { instrument: 0, max_spread: 0, min_quantity: 0, required_bps: 0, maker_rate: 0 };
}

impl Body for SetObligation {
    const KIND: u8 = kind::SET_OBLIGATION;
    const LENGTHS: &'static [usize] = &[24];
}

/// Gives an account an API key, or an API key of it another document and another end.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetKey {
    /// The next id for a new key, from 1 on, or that of a key of the account.
    pub key_id: u32,
    /// Words of eight bytes of document.
    pub document_len: u8,
    pub reserved: [u8; 3],
    /// From when on it is good for nothing, in nanoseconds; 0: never.
    pub expires_at: u64,
}

const _: () = assert!(size_of::<SetKey>() == 16);

impl SetKey {
    pub const EMPTY: SetKey = SetKey { key_id: 0, document_len: 0, reserved: [0; 3], expires_at: 0 };
}

impl Body for SetKey {
    const KIND: u8 = kind::SET_KEY;
    const LENGTHS: &'static [usize] = &[16];
}

impl WithEntries for SetKey {
    type Entry = u64;
    const MOST: usize = MAX_KEY_DOCUMENT_WORDS;
}

/// Takes an API key away, for good.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RevokeKey {
    /// Its id.
    pub key_id: u32,
    pub reserved: [u8; 4],
}

const _: () = assert!(size_of::<RevokeKey>() == 8);

impl RevokeKey {
    pub const EMPTY: RevokeKey = RevokeKey { key_id: 0, reserved: [0; 4] };
}

impl Body for RevokeKey {
    const KIND: u8 = kind::REVOKE_KEY;
    const LENGTHS: &'static [usize] = &[8];
}

/// Says who holds an account: what eligibility asks for.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetHolder {
    pub investor_class: u8,
    pub reserved: [u8; 1],
    /// Where the holder is; 0: not known.
    pub jurisdiction: u16,
    /// Whose client it is, by the venue's own numbers; 0: nobody's.
    pub firm: u32,
    /// When the verification of its identity ends, in nanoseconds; 0: it is not verified.
    pub verified_until: u64,
}

const _: () = assert!(size_of::<SetHolder>() == 16);

impl SetHolder {
    pub const EMPTY: SetHolder =
        SetHolder { investor_class: 0, reserved: [0; 1], jurisdiction: 0, firm: 0, verified_until: 0 };
}

impl Body for SetHolder {
    const KIND: u8 = kind::SET_HOLDER;
    const LENGTHS: &'static [usize] = &[16];
}

/// Says who may receive an asset, or trade an instrument; nothing said: everybody.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetEligibility {
    /// Whose table it is, or none (0xFFFFFFFF).
    pub asset: u32,
    /// Whose table it is, or none (0xFFFFFFFF): exactly one of the two.
    pub instrument: u32,
    /// Investor classes that may, a bit each; 0: all.
    pub classes: u32,
    /// Of the holder's identity.
    pub verification: u8,
    /// What the jurisdictions behind are.
    pub jurisdiction_rule: u8,
    pub reserved: [u8; 2],
    /// Of an asset: most units that an account may come to hold; 0: any.
    pub max_holding: i64,
    /// Of an asset: until when units that are deposited are frozen, in nanoseconds; 0: they are not.
    pub locked_until: u64,
    /// How many jurisdictions are behind the body.
    pub jurisdictions_len: u8,
    pub reserved_2: [u8; 7],
}

const _: () = assert!(size_of::<SetEligibility>() == 40);

impl SetEligibility {
    pub const EMPTY: SetEligibility = SetEligibility {
        asset: 0,
        instrument: 0,
        classes: 0,
        verification: 0,
        jurisdiction_rule: 0,
        reserved: [0; 2],
        max_holding: 0,
        locked_until: 0,
        jurisdictions_len: 0,
        reserved_2: [0; 7],
    };
}

impl Body for SetEligibility {
    const KIND: u8 = kind::SET_ELIGIBILITY;
    const LENGTHS: &'static [usize] = &[40];
}

/// One jurisdiction of a table.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct JurisdictionEntry {
    pub jurisdiction: u16,
    pub reserved: [u8; 6],
}

const _: () = assert!(size_of::<JurisdictionEntry>() == 8);

impl JurisdictionEntry {
    pub const EMPTY: JurisdictionEntry = JurisdictionEntry { jurisdiction: 0, reserved: [0; 6] };
}

impl WithEntries for SetEligibility {
    type Entry = JurisdictionEntry;
    const MOST: usize = MAX_JURISDICTIONS;
}

/// Freezes an account, an asset, or units of an asset in an account.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Freeze {
    pub scope: u8,
    pub reserved: [u8; 3],
    /// Of an asset and of units, else none (0xFFFFFFFF).
    pub asset: u32,
    /// Of units: how many are frozen until then from now on, else 0.
    pub amount: i64,
    /// Of units: when that ends by itself, in nanoseconds; 0: it does not.
    pub until: u64,
}

const _: () = assert!(size_of::<Freeze>() == 24);

impl Freeze {
    pub const EMPTY: Freeze = Freeze { scope: 0, reserved: [0; 3], asset: 0, amount: 0, until: 0 };
}

impl Body for Freeze {
    const KIND: u8 = kind::FREEZE;
    const LENGTHS: &'static [usize] = &[24];
}

/// Lifts a freeze.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Unfreeze {
    pub scope: u8,
    pub reserved: [u8; 3],
    /// Of an asset and of units, else none (0xFFFFFFFF).
    pub asset: u32,
    /// Of units: which freeze of them, by the time at which it would end, else 0.
    pub until: u64,
}

const _: () = assert!(size_of::<Unfreeze>() == 16);

impl Unfreeze {
    pub const EMPTY: Unfreeze = Unfreeze { scope: 0, reserved: [0; 3], asset: 0, until: 0 };
}

impl Body for Unfreeze {
    const KIND: u8 = kind::UNFREEZE;
    const LENGTHS: &'static [usize] = &[16];
}

/// Moves units between two accounts by authority, frozen ones first.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct ForceTransfer {
    pub asset: u32,
    pub to_account: u32,
    /// Smallest units.
    pub amount: i64,
    /// Why, by the venue's own numbers.
    pub reason: u32,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved: [u8; 3],
}

const _: () = assert!(size_of::<ForceTransfer>() == 24);

impl ForceTransfer {
    pub const EMPTY: ForceTransfer =
        ForceTransfer { asset: 0, to_account: 0, amount: 0, reason: 0, reference_len: 0, reserved: [0; 3] };
}

impl Body for ForceTransfer {
    const KIND: u8 = kind::FORCE_TRANSFER;
    const LENGTHS: &'static [usize] = &[24];
}

/// Moves units of an account onto its register of beneficial holders, on it, and off.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetBeneficial {
    pub asset: u32,
    pub reserved: [u8; 4],
    /// Whose they were; 0: nobody's, available.
    pub from_holder: u64,
    /// Whose they are; 0: nobody's, available.
    pub to_holder: u64,
    /// Smallest units.
    pub quantity: i64,
}

const _: () = assert!(size_of::<SetBeneficial>() == 32);

impl SetBeneficial {
    pub const EMPTY: SetBeneficial =
        SetBeneficial { asset: 0, reserved: [0; 4], from_holder: 0, to_holder: 0, quantity: 0 };
}

impl Body for SetBeneficial {
    const KIND: u8 = kind::SET_BENEFICIAL;
    const LENGTHS: &'static [usize] = &[32];
}

/// Says what stands behind an asset, who issues it and how it is redeemed.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetAssetTerms {
    pub asset: u32,
    /// The account that mints and gets the fees of redemptions.
    pub issuer: u32,
    pub form: u8,
    /// What needs an attestation.
    pub attestation: u8,
    /// Whether bars stand behind it.
    pub bars: u8,
    /// Characters of isin.
    pub isin_len: u8,
    /// ISO 6166, with its check digit, or empty.
    pub isin: [u8; 16],
    /// Characters of currency.
    pub currency_len: u8,
    /// ISO 4217, of a stablecoin; else empty.
    pub currency: [u8; 16],
    /// Characters of vault.
    pub vault_len: u8,
    /// Where the reserve is, or empty.
    pub vault: [u8; 16],
    pub reserved: [u8; 2],
    /// Millionths of a unit of reserve, of gold a fine troy ounce, for a whole token; 0: nothing.
    pub backing: i64,
    /// Smallest units of a redemption at least.
    pub min_redemption: i64,
    /// Smallest units that it is a multiple of.
    pub redemption_unit: i64,
    /// Smallest units, on top; 0: none, or a rate.
    pub redemption_fee: i64,
    /// Hundredths of a basis point of it, on top; 0: none, or an amount.
    pub redemption_fee_rate: u32,
    pub reserved_2: [u8; 4],
}

const _: () = assert!(size_of::<SetAssetTerms>() == 104);

impl SetAssetTerms {
    pub const EMPTY: SetAssetTerms = SetAssetTerms {
        asset: 0,
        issuer: 0,
        form: 0,
        attestation: 0,
        bars: 0,
        isin_len: 0,
        isin: [0; 16],
        currency_len: 0,
        currency: [0; 16],
        vault_len: 0,
        vault: [0; 16],
        reserved: [0; 2],
        backing: 0,
        min_redemption: 0,
        redemption_unit: 0,
        redemption_fee: 0,
        redemption_fee_rate: 0,
        reserved_2: [0; 4],
    };
}

impl Body for SetAssetTerms {
    const KIND: u8 = kind::SET_ASSET_TERMS;
    const LENGTHS: &'static [usize] = &[104];
}

/// Lists who attests reserves under the next number, or gives one another key or status.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetAttestor {
    /// Its number, from 0.
    pub attestor: u32,
    /// Whether its attestations are taken.
    pub status: u8,
    /// Of Ed25519, 32 bytes.
    pub public_key: [u8; 32],
    pub reserved: [u8; 3],
}

const _: () = assert!(size_of::<SetAttestor>() == 40);

impl SetAttestor {
    pub const EMPTY: SetAttestor = SetAttestor { attestor: 0, status: 0, public_key: [0; 32], reserved: [0; 3] };
}

impl Body for SetAttestor {
    const KIND: u8 = kind::SET_ATTESTOR;
    const LENGTHS: &'static [usize] = &[40];
}

/// Brings what an attestor says of an asset's reserve, under its signature.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Attest {
    pub asset: u32,
    /// Who says so.
    pub attestor: u32,
    /// Millionths of a unit of reserve.
    pub reserve: i64,
    /// When it was so, in nanoseconds.
    pub as_of: u64,
    /// When it expires, in nanoseconds.
    pub valid_until: u64,
    /// Of Ed25519 over the text of the attestation, 64 bytes.
    pub signature: [u8; 64],
}

const _: () = assert!(size_of::<Attest>() == 96);

impl Attest {
    pub const EMPTY: Attest =
        Attest { asset: 0, attestor: 0, reserve: 0, as_of: 0, valid_until: 0, signature: [0; 64] };
}

impl Body for Attest {
    const KIND: u8 = kind::ATTEST;
    const LENGTHS: &'static [usize] = &[96];
}

/// Issues an asset to its issuer's account, as far as what stands behind it reaches.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Mint {
    pub asset: u32,
    pub reserved: [u8; 4],
    /// Smallest units.
    pub amount: i64,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved_2: [u8; 7],
}

const _: () = assert!(size_of::<Mint>() == 24);

impl Mint {
    pub const EMPTY: Mint = Mint { asset: 0, reserved: [0; 4], amount: 0, reference_len: 0, reserved_2: [0; 7] };
}

impl Body for Mint {
    const KIND: u8 = kind::MINT;
    const LENGTHS: &'static [usize] = &[24];
}

/// Holds an amount until its redemption is settled or refused.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RequestRedemption {
    pub asset: u32,
    pub reserved: [u8; 4],
    /// Smallest units; where whole bars are redeemed, the least that the bar is worth.
    pub amount: i64,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved_2: [u8; 7],
}

const _: () = assert!(size_of::<RequestRedemption>() == 24);

impl RequestRedemption {
    pub const EMPTY: RequestRedemption =
        RequestRedemption { asset: 0, reserved: [0; 4], amount: 0, reference_len: 0, reserved_2: [0; 7] };
}

impl Body for RequestRedemption {
    const KIND: u8 = kind::REQUEST_REDEMPTION;
    const LENGTHS: &'static [usize] = &[24];
}

/// What a redemption is for has been delivered: its units are burned.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SettleRedemption {
    pub withdrawal_id: u64,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved: [u8; 7],
}

const _: () = assert!(size_of::<SettleRedemption>() == 16);

impl SettleRedemption {
    pub const EMPTY: SettleRedemption = SettleRedemption { withdrawal_id: 0, reference_len: 0, reserved: [0; 7] };
}

impl Body for SettleRedemption {
    const KIND: u8 = kind::SETTLE_REDEMPTION;
    const LENGTHS: &'static [usize] = &[16];
}

/// Gives a redemption's units back to the holder.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RefuseRedemption {
    pub withdrawal_id: u64,
    /// Why; the same command with another is a repetition.
    pub refusal: u8,
    /// Characters of reference.
    pub reference_len: u8,
    pub reserved: [u8; 6],
}

const _: () = assert!(size_of::<RefuseRedemption>() == 16);

impl RefuseRedemption {
    pub const EMPTY: RefuseRedemption =
        RefuseRedemption { withdrawal_id: 0, refusal: 0, reference_len: 0, reserved: [0; 6] };
}

impl Body for RefuseRedemption {
    const KIND: u8 = kind::REFUSE_REDEMPTION;
    const LENGTHS: &'static [usize] = &[16];
}

/// Lists who makes bars under the next number, or gives one another code or status.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetRefiner {
    /// Its number, from 0.
    pub refiner: u32,
    /// Whether its new bars are taken.
    pub status: u8,
    /// Characters of code.
    pub code_len: u8,
    /// 1 to 16 characters.
    pub code: [u8; 16],
    pub reserved: [u8; 2],
}

const _: () = assert!(size_of::<SetRefiner>() == 24);

impl SetRefiner {
    pub const EMPTY: SetRefiner = SetRefiner { refiner: 0, status: 0, code_len: 0, code: [0; 16], reserved: [0; 2] };
}

impl Body for SetRefiner {
    const KIND: u8 = kind::SET_REFINER;
    const LENGTHS: &'static [usize] = &[24];
}

/// A bar is in the vault, and stands behind an asset from now on.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RegisterBar {
    pub asset: u32,
    /// Who made it.
    pub refiner: u32,
    /// Characters of serial.
    pub serial_len: u8,
    /// Its number at the refiner, 1 to 16 characters.
    pub serial: [u8; 16],
    /// Characters of vault.
    pub vault_len: u8,
    /// That of the asset's terms.
    pub vault: [u8; 16],
    pub reserved: [u8; 6],
    /// Millionths of an ounce.
    pub gross_weight: i64,
    /// Millionths of an ounce.
    pub fine_weight: i64,
}

const _: () = assert!(size_of::<RegisterBar>() == 64);

impl RegisterBar {
    pub const EMPTY: RegisterBar = RegisterBar {
        asset: 0,
        refiner: 0,
        serial_len: 0,
        serial: [0; 16],
        vault_len: 0,
        vault: [0; 16],
        reserved: [0; 6],
        gross_weight: 0,
        fine_weight: 0,
    };
}

impl Body for RegisterBar {
    const KIND: u8 = kind::REGISTER_BAR;
    const LENGTHS: &'static [usize] = &[64];
}

/// A bar leaves the vault; what is left must cover what was issued.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RemoveBar {
    /// Its number.
    pub bar: u64,
}

const _: () = assert!(size_of::<RemoveBar>() == 8);

impl RemoveBar {
    pub const EMPTY: RemoveBar = RemoveBar { bar: 0 };
}

impl Body for RemoveBar {
    const KIND: u8 = kind::REMOVE_BAR;
    const LENGTHS: &'static [usize] = &[8];
}

/// Says how far a cash asset may be from par before its instruments halt; 0: however far.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetPeg {
    pub asset: u32,
    /// How far its reference value may be from par.
    pub band_bps: u32,
    /// What is deducted from its value outside the band.
    pub haircut_bps: u32,
    /// Whose reference values are taken, by the venue's own numbers; 0: anybody's.
    pub source: u32,
}

const _: () = assert!(size_of::<SetPeg>() == 16);

impl SetPeg {
    pub const EMPTY: SetPeg = SetPeg { asset: 0, band_bps: 0, haircut_bps: 0, source: 0 };
}

impl Body for SetPeg {
    const KIND: u8 = kind::SET_PEG;
    const LENGTHS: &'static [usize] = &[16];
}

/// Says what a cash asset is worth elsewhere.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetCashReference {
    pub asset: u32,
    /// Who says so, by the venue's own numbers.
    pub source: u32,
    /// In millionths of par.
    pub value: i64,
    /// When it was so, in nanoseconds.
    pub observed_at: u64,
}

const _: () = assert!(size_of::<SetCashReference>() == 24);

impl SetCashReference {
    pub const EMPTY: SetCashReference = SetCashReference { asset: 0, source: 0, value: 0, observed_at: 0 };
}

impl Body for SetCashReference {
    const KIND: u8 = kind::SET_CASH_REFERENCE;
    const LENGTHS: &'static [usize] = &[24];
}

/// Announces a corporate action under the next id, or in the place of an announced one.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AnnounceAction {
    /// The next id, from 1 on, or one that is announced and has not begun.
    pub action: u32,
    /// Whose holders are entitled.
    pub asset: u32,
    pub action_kind: u8,
    /// What becomes of open orders.
    pub order_policy: u8,
    pub reserved: [u8; 2],
    /// Account that pays what is paid.
    pub payer: u32,
    /// What fractions are paid in; none: they are dropped.
    pub lieu_asset: u32,
    pub reserved_2: [u8; 4],
    /// When it is executed, in nanoseconds: who owns then is entitled.
    pub record_at: u64,
    /// From when on no withdrawal of it is requested, in nanoseconds; 0: with the execution.
    pub books_close_at: u64,
    /// What the first leg pays out; none: there is no such leg.
    pub asset_1: u32,
    pub reserved_3: [u8; 4],
    /// Units of it.
    pub numerator_1: i64,
    /// For so many units of the asset.
    pub denominator_1: i64,
    /// Price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    pub lieu_price_1: i64,
    /// What the second leg pays out; none: there is no such leg.
    pub asset_2: u32,
    pub reserved_4: [u8; 4],
    /// Units of it.
    pub numerator_2: i64,
    /// For so many units of the asset.
    pub denominator_2: i64,
    /// Price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    pub lieu_price_2: i64,
    /// What the third leg pays out; none: there is no such leg.
    pub asset_3: u32,
    pub reserved_5: [u8; 4],
    /// Units of it.
    pub numerator_3: i64,
    /// For so many units of the asset.
    pub denominator_3: i64,
    /// Price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    pub lieu_price_3: i64,
    /// What the fourth leg pays out; none: there is no such leg.
    pub asset_4: u32,
    pub reserved_6: [u8; 4],
    /// Units of it.
    pub numerator_4: i64,
    /// For so many units of the asset.
    pub denominator_4: i64,
    /// Price of a whole unit for what is less, in units of `lieu_asset`; 0: it is dropped.
    pub lieu_price_4: i64,
}

const _: () = assert!(size_of::<AnnounceAction>() == 168);

impl AnnounceAction {
    pub const EMPTY: AnnounceAction = AnnounceAction {
        action: 0,
        asset: 0,
        action_kind: 0,
        order_policy: 0,
        reserved: [0; 2],
        payer: 0,
        lieu_asset: 0,
        reserved_2: [0; 4],
        record_at: 0,
        books_close_at: 0,
        asset_1: 0,
        reserved_3: [0; 4],
        numerator_1: 0,
        denominator_1: 0,
        lieu_price_1: 0,
        asset_2: 0,
        reserved_4: [0; 4],
        numerator_2: 0,
        denominator_2: 0,
        lieu_price_2: 0,
        asset_3: 0,
        reserved_5: [0; 4],
        numerator_3: 0,
        denominator_3: 0,
        lieu_price_3: 0,
        asset_4: 0,
        reserved_6: [0; 4],
        numerator_4: 0,
        denominator_4: 0,
        lieu_price_4: 0,
    };
}

impl Body for AnnounceAction {
    const KIND: u8 = kind::ANNOUNCE_ACTION;
    const LENGTHS: &'static [usize] = &[168];
}

/// Withdraws the announcement of a corporate action that has not begun.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CancelAction {
    /// One that is announced and has not begun.
    pub action: u32,
    pub reserved: [u8; 4],
}

const _: () = assert!(size_of::<CancelAction>() == 8);

impl CancelAction {
    pub const EMPTY: CancelAction = CancelAction { action: 0, reserved: [0; 4] };
}

impl Body for CancelAction {
    const KIND: u8 = kind::CANCEL_ACTION;
    const LENGTHS: &'static [usize] = &[8];
}

/// Body bytes of a kind, by version from 1. `None` for an unknown kind.
#[inline]
pub const fn body_lengths(kind: u8) -> Option<&'static [usize]> {
    Some(match kind {
        kind::PLACE => Place::LENGTHS,
        kind::CANCEL => Cancel::LENGTHS,
        kind::AMEND => Amend::LENGTHS,
        kind::CANCEL_ALL => CancelAll::LENGTHS,
        kind::CANCEL_REPLACE => CancelReplace::LENGTHS,
        kind::MASS_QUOTE => MassQuote::LENGTHS,
        kind::SET_MARKET_MAKER_PROTECTION => SetMarketMakerProtection::LENGTHS,
        kind::RESET_MARKET_MAKER_PROTECTION => ResetMarketMakerProtection::LENGTHS,
        kind::CANCEL_AFTER => CancelAfter::LENGTHS,
        kind::PLACE_OCO => PlaceOco::LENGTHS,
        kind::PLACE_BRACKET => PlaceBracket::LENGTHS,
        kind::CREATE_ASSET => CreateAsset::LENGTHS,
        kind::CREATE_INSTRUMENT => CreateInstrument::LENGTHS,
        kind::CREATE_ACCOUNT => CreateAccount::LENGTHS,
        kind::SET_FEE_SCHEDULE => SetFeeSchedule::LENGTHS,
        kind::HALT => Halt::LENGTHS,
        kind::RESUME => Resume::LENGTHS,
        kind::PULSE => Pulse::LENGTHS,
        kind::SET_ACCOUNT => SetAccount::LENGTHS,
        kind::SET_REFERENCE => SetReference::LENGTHS,
        kind::ROLL_TRADE_DATE => RollTradeDate::LENGTHS,
        kind::SET_PHASE => SetPhase::LENGTHS,
        kind::SET_TRADING_LIMITS => SetTradingLimits::LENGTHS,
        kind::SET_VOLATILITY_BANDS => SetVolatilityBands::LENGTHS,
        kind::SET_REFERENCE_POLICY => SetReferencePolicy::LENGTHS,
        kind::SET_PRIMARY_STATUS => SetPrimaryStatus::LENGTHS,
        kind::DEPOSIT => Deposit::LENGTHS,
        kind::REQUEST_WITHDRAWAL => RequestWithdrawal::LENGTHS,
        kind::SETTLE_WITHDRAWAL => SettleWithdrawal::LENGTHS,
        kind::CANCEL_WITHDRAWAL => CancelWithdrawal::LENGTHS,
        kind::TRANSFER => Transfer::LENGTHS,
        kind::SET_FEE_OVERRIDE => SetFeeOverride::LENGTHS,
        kind::SET_OBLIGATION => SetObligation::LENGTHS,
        kind::SET_KEY => SetKey::LENGTHS,
        kind::REVOKE_KEY => RevokeKey::LENGTHS,
        kind::SET_HOLDER => SetHolder::LENGTHS,
        kind::SET_ELIGIBILITY => SetEligibility::LENGTHS,
        kind::FREEZE => Freeze::LENGTHS,
        kind::UNFREEZE => Unfreeze::LENGTHS,
        kind::FORCE_TRANSFER => ForceTransfer::LENGTHS,
        kind::SET_BENEFICIAL => SetBeneficial::LENGTHS,
        kind::SET_ASSET_TERMS => SetAssetTerms::LENGTHS,
        kind::SET_ATTESTOR => SetAttestor::LENGTHS,
        kind::ATTEST => Attest::LENGTHS,
        kind::MINT => Mint::LENGTHS,
        kind::REQUEST_REDEMPTION => RequestRedemption::LENGTHS,
        kind::SETTLE_REDEMPTION => SettleRedemption::LENGTHS,
        kind::REFUSE_REDEMPTION => RefuseRedemption::LENGTHS,
        kind::SET_REFINER => SetRefiner::LENGTHS,
        kind::REGISTER_BAR => RegisterBar::LENGTHS,
        kind::REMOVE_BAR => RemoveBar::LENGTHS,
        kind::SET_PEG => SetPeg::LENGTHS,
        kind::SET_CASH_REFERENCE => SetCashReference::LENGTHS,
        kind::ANNOUNCE_ACTION => AnnounceAction::LENGTHS,
        kind::CANCEL_ACTION => CancelAction::LENGTHS,
        _ => return None,
    })
}

/// What is behind a kind's body: the characters of a text, the words of a document, or entries. `None` for a kind with nothing there.
#[inline]
pub const fn behind(kind: u8) -> Option<Behind> {
    match kind {
        kind::PLACE => {
            Some(Behind { counted_at: std::mem::offset_of!(Place, client_order_id_len), size: 1, most: CLIENT_ID_LEN })
        }
        kind::CANCEL => {
            Some(Behind { counted_at: std::mem::offset_of!(Cancel, client_order_id_len), size: 1, most: CLIENT_ID_LEN })
        }
        kind::AMEND => {
            Some(Behind { counted_at: std::mem::offset_of!(Amend, client_order_id_len), size: 1, most: CLIENT_ID_LEN })
        }
        kind::CANCEL_REPLACE => Some(Behind {
            counted_at: std::mem::offset_of!(CancelReplace, client_order_id_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        kind::MASS_QUOTE => Some(Behind {
            counted_at: std::mem::offset_of!(MassQuote, quotes_len),
            size: size_of::<QuoteEntry>(),
            most: MAX_QUOTE_ENTRIES,
        }),
        kind::PLACE_OCO => Some(Behind {
            counted_at: std::mem::offset_of!(PlaceOco, client_order_id_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        kind::PLACE_BRACKET => Some(Behind {
            counted_at: std::mem::offset_of!(PlaceBracket, client_order_id_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        kind::DEPOSIT => {
            Some(Behind { counted_at: std::mem::offset_of!(Deposit, reference_len), size: 1, most: CLIENT_ID_LEN })
        }
        kind::REQUEST_WITHDRAWAL => Some(Behind {
            counted_at: std::mem::offset_of!(RequestWithdrawal, reference_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        kind::SETTLE_WITHDRAWAL => Some(Behind {
            counted_at: std::mem::offset_of!(SettleWithdrawal, reference_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        kind::CANCEL_WITHDRAWAL => Some(Behind {
            counted_at: std::mem::offset_of!(CancelWithdrawal, reference_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        kind::TRANSFER => {
            Some(Behind { counted_at: std::mem::offset_of!(Transfer, reference_len), size: 1, most: CLIENT_ID_LEN })
        }
        kind::SET_KEY => Some(Behind {
            counted_at: std::mem::offset_of!(SetKey, document_len),
            size: 8,
            most: MAX_KEY_DOCUMENT_WORDS,
        }),
        kind::SET_ELIGIBILITY => Some(Behind {
            counted_at: std::mem::offset_of!(SetEligibility, jurisdictions_len),
            size: size_of::<JurisdictionEntry>(),
            most: MAX_JURISDICTIONS,
        }),
        kind::FORCE_TRANSFER => Some(Behind {
            counted_at: std::mem::offset_of!(ForceTransfer, reference_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        kind::MINT => {
            Some(Behind { counted_at: std::mem::offset_of!(Mint, reference_len), size: 1, most: CLIENT_ID_LEN })
        }
        kind::REQUEST_REDEMPTION => Some(Behind {
            counted_at: std::mem::offset_of!(RequestRedemption, reference_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        kind::SETTLE_REDEMPTION => Some(Behind {
            counted_at: std::mem::offset_of!(SettleRedemption, reference_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        kind::REFUSE_REDEMPTION => Some(Behind {
            counted_at: std::mem::offset_of!(RefuseRedemption, reference_len),
            size: 1,
            most: CLIENT_ID_LEN,
        }),
        _ => None,
    }
}

/// A kind's word on the wire.
pub const fn kind_word(kind: u8) -> Option<&'static str> {
    Some(match kind {
        kind::PLACE => "place",
        kind::CANCEL => "cancel",
        kind::AMEND => "amend",
        kind::CANCEL_ALL => "cancel_all",
        kind::CANCEL_REPLACE => "cancel_replace",
        kind::MASS_QUOTE => "mass_quote",
        kind::SET_MARKET_MAKER_PROTECTION => "set_market_maker_protection",
        kind::RESET_MARKET_MAKER_PROTECTION => "reset_market_maker_protection",
        kind::CANCEL_AFTER => "cancel_after",
        kind::PLACE_OCO => "place_oco",
        kind::PLACE_BRACKET => "place_bracket",
        kind::CREATE_ASSET => "create_asset",
        kind::CREATE_INSTRUMENT => "create_instrument",
        kind::CREATE_ACCOUNT => "create_account",
        kind::SET_FEE_SCHEDULE => "set_fee_schedule",
        kind::HALT => "halt",
        kind::RESUME => "resume",
        kind::PULSE => "pulse",
        kind::SET_ACCOUNT => "set_account",
        kind::SET_REFERENCE => "set_reference",
        kind::ROLL_TRADE_DATE => "roll_trade_date",
        kind::SET_PHASE => "set_phase",
        kind::SET_TRADING_LIMITS => "set_trading_limits",
        kind::SET_VOLATILITY_BANDS => "set_volatility_bands",
        kind::SET_REFERENCE_POLICY => "set_reference_policy",
        kind::SET_PRIMARY_STATUS => "set_primary_status",
        kind::DEPOSIT => "deposit",
        kind::REQUEST_WITHDRAWAL => "request_withdrawal",
        kind::SETTLE_WITHDRAWAL => "settle_withdrawal",
        kind::CANCEL_WITHDRAWAL => "cancel_withdrawal",
        kind::TRANSFER => "transfer",
        kind::SET_FEE_OVERRIDE => "set_fee_override",
        kind::SET_OBLIGATION => "set_obligation",
        kind::SET_KEY => "set_key",
        kind::REVOKE_KEY => "revoke_key",
        kind::SET_HOLDER => "set_holder",
        kind::SET_ELIGIBILITY => "set_eligibility",
        kind::FREEZE => "freeze",
        kind::UNFREEZE => "unfreeze",
        kind::FORCE_TRANSFER => "force_transfer",
        kind::SET_BENEFICIAL => "set_beneficial",
        kind::SET_ASSET_TERMS => "set_asset_terms",
        kind::SET_ATTESTOR => "set_attestor",
        kind::ATTEST => "attest",
        kind::MINT => "mint",
        kind::REQUEST_REDEMPTION => "request_redemption",
        kind::SETTLE_REDEMPTION => "settle_redemption",
        kind::REFUSE_REDEMPTION => "refuse_redemption",
        kind::SET_REFINER => "set_refiner",
        kind::REGISTER_BAR => "register_bar",
        kind::REMOVE_BAR => "remove_bar",
        kind::SET_PEG => "set_peg",
        kind::SET_CASH_REFERENCE => "set_cash_reference",
        kind::ANNOUNCE_ACTION => "announce_action",
        kind::CANCEL_ACTION => "cancel_action",
        _ => return None,
    })
}
