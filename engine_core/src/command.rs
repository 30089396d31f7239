//! The command record: 96 bytes, the one layout that is journaled, replayed and passed in batches.
//!
//! The layouts are drawn in `docs/semantics.md`, section 3. A record is plain bytes: reading one can not fail,
//! judging its content is the engine's work.

use crate::types::{CLIENT_ID_LEN, SYMBOL_LEN};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

pub const COMMAND_LEN: usize = 96;
const BODY_LEN: usize = 72;

/// Kind bytes of the command header.
pub mod kind {
    pub const PLACE: u8 = 1;
    pub const CANCEL: u8 = 2;
    pub const AMEND: u8 = 3;
    pub const CANCEL_ALL: u8 = 4;
    pub const CREATE_ASSET: u8 = 16;
    pub const CREATE_INSTRUMENT: u8 = 17;
    pub const CREATE_ACCOUNT: u8 = 18;
    pub const SET_FEE_SCHEDULE: u8 = 19;
    pub const HALT: u8 = 20;
    pub const RESUME: u8 = 21;
    pub const DEPOSIT: u8 = 32;
    pub const REQUEST_WITHDRAWAL: u8 = 33;
    pub const SETTLE_WITHDRAWAL: u8 = 34;
    pub const CANCEL_WITHDRAWAL: u8 = 35;
    pub const TRANSFER: u8 = 36;
}

/// One command. `sequence` and `timestamp_ns` are the sequencer's; everything else is the sender's.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Command {
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub kind: u8,
    pub reserved: [u8; 3],
    pub account: u32,
    pub body: [u64; BODY_LEN / 8],
}

/// Body of PLACE, CANCEL, AMEND and CANCEL_ALL.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct OrderEntry {
    pub instrument: u32,
    pub side: u8,
    pub order_type: u8,
    pub time_in_force: u8,
    pub stp: u8,
    pub price: i64,
    pub quantity: i64,
    pub order_id: u64,
    pub quantity_kind: u8,
    pub client_order_id_len: u8,
    pub reserved: [u8; 2],
    pub client_order_id: [u8; CLIENT_ID_LEN],
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CreateAsset {
    pub asset: u32,
    pub class: u8,
    pub decimals: u8,
    pub symbol_len: u8,
    pub reserved: u8,
    pub symbol: [u8; SYMBOL_LEN],
    pub unused: [u64; 6],
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CreateInstrument {
    pub instrument: u32,
    pub base: u32,
    pub quote: u32,
    pub collar_bps: u32,
    pub lot_size: i64,
    pub tick_lot_value: i64,
    pub max_price: i64,
    pub symbol_len: u8,
    pub reserved: [u8; 7],
    pub symbol: [u8; SYMBOL_LEN],
    pub unused: u64,
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct CreateAccount {
    pub fee_schedule: u32,
    pub reserved: u32,
    pub unused: [u64; 8],
}

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SetFeeSchedule {
    pub fee_schedule: u32,
    pub maker_rate: u32,
    pub taker_rate: u32,
    pub reserved: u32,
    pub unused: [u64; 7],
}

/// Body of HALT and RESUME.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct TradingPhase {
    pub instrument: u32,
    pub reserved: u32,
    pub unused: [u64; 8],
}

/// Body of DEPOSIT, REQUEST_WITHDRAWAL and TRANSFER (`to_account` is TRANSFER's alone).
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct MoneyMovement {
    pub asset: u32,
    pub to_account: u32,
    pub amount: i64,
    pub unused: [u64; 7],
}

/// Body of SETTLE_WITHDRAWAL and CANCEL_WITHDRAWAL.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct WithdrawalStep {
    pub withdrawal_id: u64,
    pub unused: [u64; 8],
}

const _: () = assert!(size_of::<Command>() == COMMAND_LEN);
const _: () = assert!(size_of::<OrderEntry>() == BODY_LEN);
const _: () = assert!(size_of::<CreateAsset>() == BODY_LEN);
const _: () = assert!(size_of::<CreateInstrument>() == BODY_LEN);
const _: () = assert!(size_of::<CreateAccount>() == BODY_LEN);
const _: () = assert!(size_of::<SetFeeSchedule>() == BODY_LEN);
const _: () = assert!(size_of::<TradingPhase>() == BODY_LEN);
const _: () = assert!(size_of::<MoneyMovement>() == BODY_LEN);
const _: () = assert!(size_of::<WithdrawalStep>() == BODY_LEN);
// Records are read and written in place: the host must be little-endian, as the format is.
const _: () = assert!(cfg!(target_endian = "little"));

impl Command {
    /// A command of `kind` for `account`; the sequencer fills in the rest of the header.
    pub fn new<B: IntoBytes + Immutable>(kind: u8, account: u32, body: &B) -> Command {
        let body = <[u64; BODY_LEN / 8]>::read_from_bytes(body.as_bytes()).expect("bodies have one length");
        Command { sequence: 0, timestamp_ns: 0, kind, reserved: [0; 3], account, body }
    }

    /// The body, read as the layout that belongs to the kind.
    #[inline(always)]
    pub fn body<B: FromBytes + KnownLayout + Immutable>(&self) -> &B {
        B::ref_from_bytes(self.body.as_bytes()).expect("bodies have one length and alignment")
    }
}

impl OrderEntry {
    pub const EMPTY: OrderEntry = OrderEntry {
        instrument: 0,
        side: 0,
        order_type: 0,
        time_in_force: 0,
        stp: 0,
        price: 0,
        quantity: 0,
        order_id: 0,
        quantity_kind: 0,
        client_order_id_len: 0,
        reserved: [0; 2],
        client_order_id: [0; CLIENT_ID_LEN],
    };

    /// Sets the client order id. Longer than 36 bytes keeps the true length, which the engine then rejects as malformed.
    pub fn with_client_order_id(mut self, id: &[u8]) -> OrderEntry {
        let kept = id.len().min(CLIENT_ID_LEN);
        self.client_order_id[..kept].copy_from_slice(&id[..kept]);
        self.client_order_id_len = u8::try_from(id.len()).unwrap_or(u8::MAX);
        self
    }
}
