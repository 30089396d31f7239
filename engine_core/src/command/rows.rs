//! Rows of order entry: what a batch of orders from NumPy consists of.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::{Amend, Cancel, CancelAll, CancelReplace, CommandBuffer, Place, kind};
use crate::types::CLIENT_ID_LEN;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// A row of order entry in a batch: the fields of all commands on orders. Those that a kind does not have are ignored.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct OrderEntryRow {
    pub timestamp_ns: u64,
    pub price: i64,
    pub quantity: i64,
    pub expires_at: u64,
    pub display_quantity: i64,
    pub min_quantity: i64,
    pub order_id: u64,
    pub key: u32,
    pub account: u32,
    pub instrument: u32,
    pub trigger_price: u32,
    pub trail: u32,
    pub quote_group: u32,
    pub kind: u8,
    pub side: u8,
    pub order_type: u8,
    pub time_in_force: u8,
    pub stp: u8,
    pub quantity_kind: u8,
    pub trigger: u8,
    pub visibility: u8,
    pub lifetime: u8,
    pub peg: u8,
    pub peg_offset: u8,
    pub sides: u8,
    pub on_failure: u8,
    pub client_order_id: [u8; 36],
    pub reserved: [u8; 7],
}

const _: () = assert!(size_of::<OrderEntryRow>() == 136);

impl OrderEntryRow {
    pub const EMPTY: OrderEntryRow = OrderEntryRow {
        timestamp_ns: 0,
        price: 0,
        quantity: 0,
        expires_at: 0,
        display_quantity: 0,
        min_quantity: 0,
        order_id: 0,
        key: 0,
        account: 0,
        instrument: 0,
        trigger_price: 0,
        trail: 0,
        quote_group: 0,
        kind: 0,
        side: 0,
        order_type: 0,
        time_in_force: 0,
        stp: 0,
        quantity_kind: 0,
        trigger: 0,
        visibility: 0,
        lifetime: 0,
        peg: 0,
        peg_offset: 0,
        sides: 0,
        on_failure: 0,
        client_order_id: [0; 36],
        reserved: [0; 7],
    };

    /// Whether the kind is one of these.
    #[inline]
    pub fn is_order_entry(&self) -> bool {
        matches!(self.kind, kind::PLACE | kind::CANCEL | kind::AMEND | kind::CANCEL_ALL | kind::CANCEL_REPLACE)
    }

    /// Makes the record of the row. False if its kind is none of these.
    #[inline]
    pub fn encode(&self, record: &mut CommandBuffer) -> bool {
        // As NumPy reads such a field: what is behind the last character is zeros.
        let len = CLIENT_ID_LEN - self.client_order_id.iter().rev().take_while(|&&byte| byte == 0).count();
        self.encode_with(&self.client_order_id[..len], record)
    }

    /// As [`OrderEntryRow::encode`], with a client order id that lies elsewhere, of at most 255 characters.
    #[inline]
    pub fn encode_with(&self, client_order_id: &[u8], record: &mut CommandBuffer) -> bool {
        let client_order_id_len = client_order_id.len() as u8;
        match self.kind {
            kind::PLACE => {
                let body = Place {
                    instrument: self.instrument,
                    side: self.side,
                    order_type: self.order_type,
                    time_in_force: self.time_in_force,
                    stp: self.stp,
                    price: self.price,
                    quantity: self.quantity,
                    quantity_kind: self.quantity_kind,
                    expires_at: self.expires_at,
                    display_quantity: self.display_quantity,
                    min_quantity: self.min_quantity,
                    trigger_price: self.trigger_price,
                    trail: self.trail,
                    trigger: self.trigger,
                    visibility: self.visibility,
                    lifetime: self.lifetime,
                    peg: self.peg,
                    peg_offset: self.peg_offset,
                    client_order_id_len,
                    ..Place::EMPTY
                };
                record.set(self.account, &body, client_order_id);
            }
            kind::CANCEL => {
                let body = Cancel { order_id: self.order_id, client_order_id_len, ..Cancel::EMPTY };
                record.set(self.account, &body, client_order_id);
            }
            kind::AMEND => {
                let body = Amend {
                    order_id: self.order_id,
                    price: self.price,
                    quantity: self.quantity,
                    display_quantity: self.display_quantity,
                    min_quantity: self.min_quantity,
                    expires_at: self.expires_at,
                    trigger_price: self.trigger_price,
                    trail: self.trail,
                    client_order_id_len,
                    ..Amend::EMPTY
                };
                record.set(self.account, &body, client_order_id);
            }
            kind::CANCEL_ALL => {
                let body = CancelAll {
                    instrument: self.instrument,
                    sides: self.sides,
                    quote_group: self.quote_group,
                    ..CancelAll::EMPTY
                };
                record.set(self.account, &body, &[]);
            }
            kind::CANCEL_REPLACE => {
                let body = CancelReplace {
                    instrument: self.instrument,
                    side: self.side,
                    order_type: self.order_type,
                    time_in_force: self.time_in_force,
                    stp: self.stp,
                    price: self.price,
                    quantity: self.quantity,
                    quantity_kind: self.quantity_kind,
                    on_failure: self.on_failure,
                    order_id: self.order_id,
                    expires_at: self.expires_at,
                    display_quantity: self.display_quantity,
                    min_quantity: self.min_quantity,
                    trigger_price: self.trigger_price,
                    trail: self.trail,
                    trigger: self.trigger,
                    visibility: self.visibility,
                    lifetime: self.lifetime,
                    peg: self.peg,
                    peg_offset: self.peg_offset,
                    client_order_id_len,
                    ..CancelReplace::EMPTY
                };
                record.set(self.account, &body, client_order_id);
            }
            _ => return false,
        }
        record.set_key(self.key);
        record.set_timestamp_ns(self.timestamp_ns);
        true
    }
}
