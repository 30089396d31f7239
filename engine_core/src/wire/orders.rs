//! The fields of the requests of the hot path, read one by one.
//!
//! Written by `make vocabulary` from `engine_core/vocabulary/vocabulary.toml`: change that instead.

use super::msgpack::{List, Reader};
use crate::command::{OrderEntryRow, QuoteEntry, kind};
use crate::types::*;

/// A hot request: a command but for its account and its instrument's id.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The client's own number for this request (`ref` on the wire).
    pub client_ref: u64,
    /// Empty where the request names no instrument.
    pub symbol: &'a [u8],
    pub client_order_id: &'a [u8],
    /// Units of the quote asset to spend, instead of a quantity; else 0.
    pub notional: i64,
    /// Its `instrument` is [`NONE_ID`] and the caller's to fill in, as is its account.
    pub row: OrderEntryRow,
    /// Empty where the request has none.
    pub quotes: List<'a>,
}

#[inline]
fn text<'a>(reader: &mut Reader<'a>, limit: usize) -> Option<&'a [u8]> {
    reader.str().filter(|text| text.len() <= limit && is_printable(text))
}

/// One bit for each field.
pub(super) mod bit {
    pub const OP: u32 = 1 << 0;
    pub const REF: u32 = 1 << 1;
    pub const NOTIONAL: u32 = 1 << 2;
    pub const INSTRUMENT: u32 = 1 << 3;
    pub const SIDE: u32 = 1 << 4;
    pub const ORDER_TYPE: u32 = 1 << 5;
    pub const TIME_IN_FORCE: u32 = 1 << 6;
    pub const STP: u32 = 1 << 7;
    pub const PRICE: u32 = 1 << 8;
    pub const QUANTITY: u32 = 1 << 9;
    pub const CLIENT_ORDER_ID: u32 = 1 << 10;
    pub const EXPIRES_AT: u32 = 1 << 11;
    pub const DISPLAY_QUANTITY: u32 = 1 << 12;
    pub const MIN_QUANTITY: u32 = 1 << 13;
    pub const TRIGGER_PRICE: u32 = 1 << 14;
    pub const TRAIL: u32 = 1 << 15;
    pub const TRIGGER: u32 = 1 << 16;
    pub const VISIBILITY: u32 = 1 << 17;
    pub const LIFETIME: u32 = 1 << 18;
    pub const PEG: u32 = 1 << 19;
    pub const PEG_OFFSET: u32 = 1 << 20;
    pub const ORDER_ID: u32 = 1 << 21;
    pub const SIDES: u32 = 1 << 22;
    pub const QUOTE_GROUP: u32 = 1 << 23;
    pub const ON_FAILURE: u32 = 1 << 24;
    pub const QUOTES: u32 = 1 << 25;
}

/// The fields that a kind of request may have, and those that it must. `None` for any other kind.
#[inline]
pub(super) fn allowed(kind: u8) -> Option<(u32, u32)> {
    Some(match kind {
        kind::PLACE => (
            bit::OP
                | bit::REF
                | bit::INSTRUMENT
                | bit::SIDE
                | bit::ORDER_TYPE
                | bit::TIME_IN_FORCE
                | bit::STP
                | bit::PRICE
                | bit::QUANTITY
                | bit::CLIENT_ORDER_ID
                | bit::EXPIRES_AT
                | bit::DISPLAY_QUANTITY
                | bit::MIN_QUANTITY
                | bit::TRIGGER_PRICE
                | bit::TRAIL
                | bit::TRIGGER
                | bit::VISIBILITY
                | bit::LIFETIME
                | bit::PEG
                | bit::PEG_OFFSET
                | bit::NOTIONAL,
            bit::OP | bit::INSTRUMENT | bit::SIDE,
        ),
        kind::CANCEL => (bit::OP | bit::REF | bit::ORDER_ID | bit::CLIENT_ORDER_ID, bit::OP),
        kind::AMEND => (
            bit::OP
                | bit::REF
                | bit::ORDER_ID
                | bit::PRICE
                | bit::QUANTITY
                | bit::CLIENT_ORDER_ID
                | bit::DISPLAY_QUANTITY
                | bit::MIN_QUANTITY
                | bit::EXPIRES_AT
                | bit::TRIGGER_PRICE
                | bit::TRAIL,
            bit::OP | bit::PRICE | bit::QUANTITY,
        ),
        kind::CANCEL_ALL => (bit::OP | bit::REF | bit::INSTRUMENT | bit::SIDES | bit::QUOTE_GROUP, bit::OP),
        kind::CANCEL_REPLACE => (
            bit::OP
                | bit::REF
                | bit::INSTRUMENT
                | bit::SIDE
                | bit::ORDER_TYPE
                | bit::TIME_IN_FORCE
                | bit::STP
                | bit::PRICE
                | bit::QUANTITY
                | bit::CLIENT_ORDER_ID
                | bit::ON_FAILURE
                | bit::ORDER_ID
                | bit::EXPIRES_AT
                | bit::DISPLAY_QUANTITY
                | bit::MIN_QUANTITY
                | bit::TRIGGER_PRICE
                | bit::TRAIL
                | bit::TRIGGER
                | bit::VISIBILITY
                | bit::LIFETIME
                | bit::PEG
                | bit::PEG_OFFSET
                | bit::NOTIONAL,
            bit::OP | bit::ORDER_ID | bit::INSTRUMENT | bit::SIDE,
        ),
        kind::MASS_QUOTE => (
            bit::OP | bit::REF | bit::QUOTE_GROUP | bit::TIME_IN_FORCE | bit::STP | bit::QUOTES,
            bit::OP | bit::QUOTE_GROUP | bit::QUOTES,
        ),
        _ => return None,
    })
}

/// The kind that a request's `op` asks for; `None` if it is not one on orders.
#[inline]
fn kind_of(op: &[u8]) -> Option<u8> {
    Some(match op {
        b"place" => kind::PLACE,
        b"cancel" => kind::CANCEL,
        b"amend" => kind::AMEND,
        b"cancel_all" => kind::CANCEL_ALL,
        b"cancel_replace" => kind::CANCEL_REPLACE,
        b"mass_quote" => kind::MASS_QUOTE,
        _ => return None,
    })
}

/// Reads one key and its value; returns the field's bit.
#[inline]
pub(super) fn read<'a>(reader: &mut Reader<'a>, request: &mut Request<'a>) -> Option<u32> {
    Some(match reader.str()? {
        b"op" => {
            request.row.kind = kind_of(reader.str()?)?;
            bit::OP
        }
        b"ref" => {
            request.client_ref = reader.u64()?;
            bit::REF
        }
        b"notional" => {
            request.notional = reader.i64()?;
            bit::NOTIONAL
        }
        b"instrument" => {
            request.symbol = text(reader, SYMBOL_LEN)?;
            bit::INSTRUMENT
        }
        b"side" => {
            request.row.side = Side::from_word(reader.str()?)? as u8;
            bit::SIDE
        }
        b"type" => {
            request.row.order_type = OrderType::from_word(reader.str()?)? as u8;
            bit::ORDER_TYPE
        }
        b"time_in_force" => {
            request.row.time_in_force = TimeInForce::from_word(reader.str()?)? as u8;
            bit::TIME_IN_FORCE
        }
        b"stp" => {
            request.row.stp = SelfTradePrevention::from_word(reader.str()?)? as u8;
            bit::STP
        }
        b"price" => {
            request.row.price = reader.i64()?;
            bit::PRICE
        }
        b"quantity" => {
            request.row.quantity = reader.i64()?;
            bit::QUANTITY
        }
        b"client_order_id" => {
            request.client_order_id = text(reader, CLIENT_ID_LEN)?;
            bit::CLIENT_ORDER_ID
        }
        b"expires_at" => {
            request.row.expires_at = reader.u64()?;
            bit::EXPIRES_AT
        }
        b"display_quantity" => {
            request.row.display_quantity = reader.i64()?;
            bit::DISPLAY_QUANTITY
        }
        b"min_quantity" => {
            request.row.min_quantity = reader.i64()?;
            bit::MIN_QUANTITY
        }
        b"trigger_price" => {
            request.row.trigger_price = reader.u32()?;
            bit::TRIGGER_PRICE
        }
        b"trail" => {
            request.row.trail = reader.u32()?;
            bit::TRAIL
        }
        b"trigger" => {
            request.row.trigger = Trigger::from_word(reader.str()?)? as u8;
            bit::TRIGGER
        }
        b"visibility" => {
            request.row.visibility = Visibility::from_word(reader.str()?)? as u8;
            bit::VISIBILITY
        }
        b"lifetime" => {
            request.row.lifetime = Lifetime::from_word(reader.str()?)? as u8;
            bit::LIFETIME
        }
        b"peg" => {
            request.row.peg = PegReference::from_word(reader.str()?)? as u8;
            bit::PEG
        }
        b"peg_offset" => {
            request.row.peg_offset = reader.u8()?;
            bit::PEG_OFFSET
        }
        b"order_id" => {
            request.row.order_id = reader.u64()?;
            bit::ORDER_ID
        }
        b"sides" => {
            request.row.sides = SideFilter::from_word(reader.str()?)? as u8;
            bit::SIDES
        }
        b"quote_group" => {
            request.row.quote_group = reader.u32()?;
            bit::QUOTE_GROUP
        }
        b"on_failure" => {
            request.row.on_failure = OnFailure::from_word(reader.str()?)? as u8;
            bit::ON_FAILURE
        }
        b"quotes" => {
            request.quotes = List::read(reader, MAX_QUOTE_ENTRIES, read_quote_entry)?;
            bit::QUOTES
        }
        _ => return None,
    })
}

/// One entry of `quotes`, and the symbol of its instrument, whose id is the caller's to fill in.
#[inline]
pub fn read_quote_entry<'a>(reader: &mut Reader<'a>) -> Option<(&'a [u8], QuoteEntry)> {
    let (mut symbol, mut entry) = (&[][..], QuoteEntry::EMPTY);
    let mut seen = 0;
    for _ in 0..reader.map()? {
        let bit = match reader.str()? {
            b"instrument" => {
                symbol = text(reader, SYMBOL_LEN)?;
                1 << 0
            }
            b"bid_price" => {
                entry.bid_price = reader.u32()?;
                1 << 1
            }
            b"ask_price" => {
                entry.ask_price = reader.u32()?;
                1 << 2
            }
            b"bid_quantity" => {
                entry.bid_quantity = reader.i64()?;
                1 << 3
            }
            b"ask_quantity" => {
                entry.ask_quantity = reader.i64()?;
                1 << 4
            }
            _ => return None,
        };
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
    }
    (seen & 1 << 0 != 0).then_some((symbol, entry))
}
