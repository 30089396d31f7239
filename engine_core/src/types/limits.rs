//! Versions and limits.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::AccountId;

/// Version of the rules. A journal or an image of another version is refused.
pub const SEMANTICS_VERSION: u32 = 3;
/// Version of the bytes of journals and command records.
pub const JOURNAL_FORMAT_VERSION: u32 = 2;

/// Any balance, hold, payment.
pub const MAX_AMOUNT: i64 = 9_223_372_036_854_775_807;
/// Registry.
pub const MAX_ASSETS: usize = 65_535;
/// Registry.
pub const MAX_INSTRUMENTS: usize = 65_535;
/// Registry.
pub const MAX_ACCOUNTS: usize = 2_147_483_648;
/// Registry.
pub const MAX_FEE_SCHEDULES: usize = 4_096;
/// Price of an order, and `max_price` of an instrument.
pub const MAX_PRICE_TICKS: i64 = 4_294_967_295;
/// Of an order id: the shard that accepted the order.
pub const SHARD_BITS: u32 = 8;
/// Of an order id: how often its slot has been used.
pub const ORDER_GENERATION_BITS: u32 = 30;
/// Of an order id: its slot.
pub const ORDER_SLOT_BITS: u32 = 26;
/// Whole engine: slots that an order id can name.
pub const MAX_OPEN_ORDERS: u32 = 67_108_864;
/// Whole engine, unless genesis says otherwise.
pub const DEFAULT_MAX_OPEN_ORDERS: u32 = 4_194_304;
/// A new account: its `max_open_orders`.
pub const MAX_OPEN_ORDERS_PER_ACCOUNT: u32 = 4_096;
/// `max_open_orders` of any account.
pub const ACCOUNT_OPEN_ORDERS_MAX: u32 = 16_384;
/// Account.
pub const MAX_PENDING_WITHDRAWALS_PER_ACCOUNT: u32 = 64;
/// A new account: its `client_id_window`, the finished orders with a client order id that it remembers.
pub const CLIENT_ID_WINDOW: u32 = 128;
/// `client_id_window` of any account.
pub const ACCOUNT_CLIENT_ID_WINDOW_MAX: u32 = 65_536;
/// Characters of a client order id, or of a reference.
pub const CLIENT_ID_LEN: usize = 36;
/// Whole engine: references of money commands, all of which are remembered.
pub const MAX_REFERENCES: usize = 268_435_456;
/// Characters of a symbol.
pub const SYMBOL_LEN: usize = 16;
/// Decimals of an asset.
pub const MAX_DECIMALS: u8 = 18;
/// Collar of an instrument.
pub const MAX_COLLAR_BPS: u32 = 10_000;
/// Basis points in one.
pub const COLLAR_SCALE: i64 = 10_000;
/// Hundredths of a basis point; a maker's may be as far below 0.
pub const MAX_FEE_RATE: u32 = 32_767;
/// Hundredths of a basis point in one.
pub const FEE_RATE_SCALE: u64 = 1_000_000;
/// Fees of a schedule or an override: tiers above the first rates.
pub const MAX_FEE_TIERS: usize = 8;
/// Registry: overrides of a schedule for an instrument, those that wait included.
pub const MAX_FEE_OVERRIDES: usize = 4_096;
/// Whole engine: changes of fees that wait for their time.
pub const MAX_PENDING_FEE_CHANGES: usize = 64;
/// Days whose notional decides an account's tier, today included.
pub const FEE_DAYS: u32 = 30;
/// Nanoseconds of a day.
pub const DAY_NS: u64 = 86_400_000_000_000;
/// Due work that one pulse does.
pub const PULSE_ITEMS: u32 = 256;
/// Stop orders that one command lets into their books; pulses do the rest.
pub const TRIGGER_ITEMS: u32 = 64;
/// Quantity of an iceberg, in its `display_quantity`.
pub const MAX_ICEBERG_SLICES: i64 = 256;
/// A side of a book: hidden orders with a minimum quantity.
pub const MAX_MINIMUM_ORDERS: u32 = 256;
/// A side of an instrument: trailing stops of one trigger.
pub const MAX_TRAILING_ORDERS: u32 = 256;
/// Nanoseconds of a call that begins by itself.
pub const MAX_CALL_NS: u64 = 86_400_000_000_000;
/// Nanoseconds between two indications of an auction's price.
pub const INDICATION_INTERVAL: u64 = 1_000_000_000;
/// Instruments that one MASS_QUOTE quotes.
pub const MAX_QUOTE_ENTRIES: usize = 32;
/// Quote groups of an account: they are numbered from 1.
pub const MAX_QUOTE_GROUPS: u32 = 255;
/// `max_fills` of a market-maker protection.
pub const MAX_PROTECTED_FILLS: u32 = 1_024;
/// Hundredths by which a band is made wider.
pub const MAX_MULTIPLIER: u32 = 10_000;
/// Nanoseconds of trades that are remembered together.
pub const VOLATILITY_BUCKET: u64 = 1_000_000_000;
/// Of them, whose mean the reference of volatility bands follows.
pub const VOLATILITY_BUCKETS: u64 = 300;
/// Least change of that reference, in basis points.
pub const VOLATILITY_CHANGE_BPS: u64 = 100;
/// Nanoseconds that it holds at least.
pub const VOLATILITY_INTERVAL: u64 = 30_000_000_000;
/// Ticks between a pegged order and what it follows.
pub const MAX_PEG_OFFSET: u32 = 15;
/// Whole engine: obligations of market makers, each of an account on an instrument.
pub const MAX_OBLIGATIONS: usize = 256;
/// Ticks: `max_spread` of an obligation.
pub const MAX_OBLIGATION_SPREAD: u32 = 1_000;
/// Whole engine: API keys, those that are revoked included.
pub const MAX_KEYS: usize = 65_536;
/// Words of eight bytes of an API key's document.
pub const MAX_KEY_DOCUMENT_WORDS: usize = 64;
/// That a table of eligibility names.
pub const MAX_JURISDICTIONS: usize = 64;
/// Whole engine: freezes of units, each of an account, an asset and a time.
pub const MAX_FREEZES: usize = 65_536;
/// Whole engine: registrations, each of an account, an asset and a beneficial holder.
pub const MAX_REGISTRATIONS: usize = 1_048_576;
/// Registry: who attests reserves.
pub const MAX_ATTESTORS: usize = 256;
/// Registry: who makes bars.
pub const MAX_REFINERS: usize = 1_024;
/// Whole engine: bars of metal in vaults.
pub const MAX_BARS: usize = 65_536;
/// Millionths in a unit of reserve, or in par.
pub const BACKING_SCALE: i64 = 1_000_000;
/// Thousandths of a bar that must be fine.
pub const MIN_FINENESS: i64 = 995;
/// Whole engine: corporate actions that are announced or running.
pub const MAX_ACTIONS: usize = 256;
/// Assets that one corporate action pays out.
pub const MAX_ACTION_LEGS: usize = 4;
/// Of a pulse: steps of corporate actions, an account looked at, an order cancelled or an instrument halted each.
pub const ACTION_ITEMS: u32 = 128;
/// Bytes of a command record.
pub const MAX_COMMAND_LEN: usize = 1_056;
/// All instruments, no instrument, no asset.
pub const NONE_ID: u32 = 4_294_967_295;
/// The venue's own account: it receives every fee.
pub const VENUE_ACCOUNT: AccountId = AccountId(0);
