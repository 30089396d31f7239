//! The server messages that the core writes itself, as MessagePack payloads without a frame.
//!
//! The shapes are those of `gateway/schemas.py`, in the shortest form of what msgspec writes: the tag first, fields in the
//! order of their declaration, a field at its default left out. Nothing here knows sessions or state.

use crate::event::{Event, kind, liquidity};
use crate::types::{NONE_ID, PriceTicks, QuantityLots, Side};
use crate::wire::msgpack::{Writer, literal};

/// Reasons of refusals, `code - 1` being the index. A code beyond the table is a newer engine's.
const REJECT_REASONS: [&str; 27] = [
    "malformed",
    "unknown_account",
    "unknown_instrument",
    "unknown_asset",
    "unknown_order",
    "instrument_halted",
    "invalid_combination",
    "invalid_quantity",
    "invalid_price",
    "open_order_limit",
    "engine_full",
    "no_liquidity",
    "overflow",
    "post_only_would_cross",
    "insufficient_funds",
    "fok_unfillable",
    "amend_no_change",
    "amend_below_filled",
    "unknown_withdrawal",
    "invalid_amount",
    "unknown_counterparty",
    "already_exists",
    "id_not_next",
    "registry_full",
    "invalid_parameter",
    "unknown_fee_schedule",
    "withdrawal_limit",
];
const CANCEL_REASONS: [&str; 6] =
    ["user", "cancel_all", "ioc_remainder", "self_trade_resting", "self_trade_incoming", "market_remainder"];
const AMEND_REASONS: [&str; 2] = ["priority_kept", "priority_lost"];
const DUPLICATE_REASONS: [&str; 3] = ["open", "filled", "cancelled"];
const UNKNOWN: &str = "unknown";

/// The name of a rejection code on the wire.
pub fn reject_reason(code: u8) -> &'static str {
    named(&REJECT_REASONS, code.wrapping_sub(1))
}

fn named(names: &[&'static str], index: u8) -> &'static str {
    names.get(usize::from(index)).copied().unwrap_or(UNKNOWN)
}

fn kind_name(event_kind: u8) -> &'static str {
    match event_kind {
        kind::ACCEPTED => "accepted",
        kind::REJECTED => "rejected",
        kind::FILL => "fill",
        kind::CANCELLED => "cancelled",
        kind::AMENDED => "amended",
        kind::DUPLICATE => "duplicate",
        kind::CANCEL_ALL_DONE => "cancel_all_done",
        kind::ASSET_CREATED => "asset_created",
        kind::INSTRUMENT_CREATED => "instrument_created",
        kind::ACCOUNT_CREATED => "account_created",
        kind::FEE_SCHEDULE_SET => "fee_schedule_set",
        kind::HALTED => "halted",
        kind::RESUMED => "resumed",
        kind::DEPOSITED => "deposited",
        kind::WITHDRAWAL_REQUESTED => "withdrawal_requested",
        kind::WITHDRAWAL_SETTLED => "withdrawal_settled",
        kind::WITHDRAWAL_CANCELLED => "withdrawal_cancelled",
        kind::TRANSFER_OUT => "transfer_out",
        kind::TRANSFER_IN => "transfer_in",
        _ => UNKNOWN,
    }
}

fn side_name(side: u8) -> &'static str {
    if side == Side::Sell as u8 { "sell" } else { "buy" }
}

/// What a report says beside its event.
#[derive(Clone, Copy, Default, Debug)]
pub struct ReportContext<'a> {
    /// `ref` of the request that the event answers, else 0.
    pub client_ref: u64,
    /// Of the order that the answered request named, else empty.
    pub client_order_id: &'a [u8],
    /// Symbol of the event's instrument, else empty.
    pub instrument: &'a [u8],
    /// Symbol of the event's asset, else empty.
    pub asset: &'a [u8],
}

/// The fields of a report whose meaning depends on the event's kind; 0 or empty is left out.
#[derive(Default)]
struct KindFields {
    side: &'static str,
    price: i64,
    quantity: i64,
    liquidity: &'static str,
    settlement_id: u64,
    reason: &'static str,
    withdrawal_id: u64,
    previous_price: u64,
    counterparty: u64,
    fee_schedule: u64,
    maker_rate: i64,
    taker_rate: i64,
}

impl KindFields {
    #[inline]
    fn of(event: &Event) -> KindFields {
        let fields = KindFields { price: event.price, quantity: event.quantity, ..KindFields::default() };
        let side = side_name(event.side);
        let reference = event.reference;
        match event.kind {
            kind::ACCEPTED => KindFields { side, ..fields },
            kind::REJECTED => KindFields { reason: reject_reason(event.code), withdrawal_id: reference, ..fields },
            kind::FILL => {
                let liquidity = if event.liquidity == liquidity::MAKER { "maker" } else { "taker" };
                KindFields { side, liquidity, settlement_id: reference, ..fields }
            }
            kind::CANCELLED => {
                KindFields { side, reason: named(&CANCEL_REASONS, event.code.wrapping_sub(1)), ..fields }
            }
            kind::AMENDED => {
                KindFields { side, reason: named(&AMEND_REASONS, event.code), previous_price: reference, ..fields }
            }
            kind::DUPLICATE => KindFields { side, reason: named(&DUPLICATE_REASONS, event.code), ..fields },
            kind::ACCOUNT_CREATED => KindFields { fee_schedule: reference, ..fields },
            kind::FEE_SCHEDULE_SET => KindFields {
                fee_schedule: reference,
                maker_rate: event.price,
                taker_rate: event.quantity,
                ..KindFields::default()
            },
            kind::WITHDRAWAL_REQUESTED | kind::WITHDRAWAL_SETTLED | kind::WITHDRAWAL_CANCELLED => {
                KindFields { withdrawal_id: reference, ..fields }
            }
            kind::TRANSFER_OUT | kind::TRANSFER_IN => KindFields { counterparty: reference, ..fields },
            _ => fields,
        }
    }
}

/// Writes the map's header: `fixed` entries and one for each `true`.
#[inline]
fn map_of(writer: &mut Writer, fixed: u32, present: &[bool]) {
    writer.map(present.iter().fold(fixed, |count, &there| count + u32::from(there)));
}

/// Writes `key value` unless the value is its type's default.
macro_rules! optional {
    ($writer:ident, text $key:literal, $value:expr) => {
        if !$value.is_empty() {
            $writer.raw(literal!($key));
            $writer.str($value.as_ref());
        }
    };
    ($writer:ident, $form:ident $key:literal, $value:expr) => {
        if $value != 0 {
            required!($writer, $form $key, $value);
        }
    };
}

macro_rules! required {
    ($writer:ident, text $key:literal, $value:expr) => {
        $writer.raw(literal!($key));
        $writer.str($value.as_ref());
    };
    ($writer:ident, $form:ident $key:literal, $value:expr) => {
        $writer.raw(literal!($key));
        $writer.$form($value);
    };
}

macro_rules! tag {
    ($writer:ident, $op:literal) => {
        $writer.raw(literal!("op"));
        $writer.raw(literal!($op));
    };
}

/// `report`: one engine event of the session's account.
#[inline]
pub fn report(out: &mut Vec<u8>, event: &Event, context: &ReportContext) {
    let fields = KindFields::of(event);
    let mut writer = Writer(out);
    map_of(
        &mut writer,
        5,
        &[
            context.client_ref != 0,
            event.order_id != 0,
            !context.client_order_id.is_empty(),
            !context.instrument.is_empty(),
            !fields.side.is_empty(),
            fields.price != 0,
            fields.quantity != 0,
            event.leaves != 0,
            event.filled != 0,
            event.cash != 0,
            event.fee != 0,
            !fields.liquidity.is_empty(),
            fields.settlement_id != 0,
            !fields.reason.is_empty(),
            !context.asset.is_empty(),
            fields.withdrawal_id != 0,
            fields.previous_price != 0,
            fields.counterparty != 0,
            fields.fee_schedule != 0,
            fields.maker_rate != 0,
            fields.taker_rate != 0,
        ],
    );
    tag!(writer, "report");
    required!(writer, text "kind", kind_name(event.kind));
    optional!(writer, u64 "ref", context.client_ref);
    required!(writer, u64 "seq", event.sequence);
    required!(writer, u64 "account_seq", event.account_sequence);
    required!(writer, u64 "timestamp_ns", event.timestamp_ns);
    optional!(writer, u64 "order_id", event.order_id);
    optional!(writer, text "client_order_id", context.client_order_id);
    optional!(writer, text "instrument", context.instrument);
    optional!(writer, text "side", fields.side);
    optional!(writer, i64 "price", fields.price);
    optional!(writer, i64 "quantity", fields.quantity);
    optional!(writer, i64 "leaves", event.leaves);
    optional!(writer, i64 "filled", event.filled);
    optional!(writer, i64 "cash", event.cash);
    optional!(writer, i64 "fee", event.fee);
    optional!(writer, text "liquidity", fields.liquidity);
    optional!(writer, u64 "settlement_id", fields.settlement_id);
    optional!(writer, text "reason", fields.reason);
    optional!(writer, text "asset", context.asset);
    optional!(writer, u64 "withdrawal_id", fields.withdrawal_id);
    optional!(writer, u64 "previous_price", fields.previous_price);
    optional!(writer, u64 "counterparty", fields.counterparty);
    optional!(writer, u64 "fee_schedule", fields.fee_schedule);
    optional!(writer, i64 "maker_rate", fields.maker_rate);
    optional!(writer, i64 "taker_rate", fields.taker_rate);
}

/// `error`: the request of this `ref` was not carried out.
pub fn error(out: &mut Vec<u8>, client_ref: u64, code: &str, message: &str) {
    let mut writer = Writer(out);
    map_of(&mut writer, 3, &[client_ref != 0]);
    tag!(writer, "error");
    optional!(writer, u64 "ref", client_ref);
    required!(writer, text "code", code);
    required!(writer, text "message", message);
}

/// `ok`: the request of this `ref` was carried out as command `sequence`.
pub fn ok(out: &mut Vec<u8>, client_ref: u64, sequence: u64) {
    let mut writer = Writer(out);
    map_of(&mut writer, 1, &[client_ref != 0, sequence != 0]);
    tag!(writer, "ok");
    optional!(writer, u64 "ref", client_ref);
    optional!(writer, u64 "seq", sequence);
}

/// `replayed`: ends a replay.
pub fn replayed(out: &mut Vec<u8>, client_ref: u64, from: u64, to: u64, complete: bool) {
    let mut writer = Writer(out);
    map_of(&mut writer, 4, &[client_ref != 0]);
    tag!(writer, "replayed");
    optional!(writer, u64 "ref", client_ref);
    required!(writer, u64 "from_account_seq", from);
    required!(writer, u64 "to_account_seq", to);
    required!(writer, bool "complete", complete);
}

/// `balance`: one balance as of `sequence`.
pub fn balance(out: &mut Vec<u8>, sequence: u64, asset: &[u8], available: i64, held: i64) {
    let mut writer = Writer(out);
    map_of(&mut writer, 3, &[available != 0, held != 0]);
    tag!(writer, "balance");
    required!(writer, u64 "seq", sequence);
    required!(writer, text "asset", asset);
    optional!(writer, i64 "available", available);
    optional!(writer, i64 "held", held);
}

/// Price and total quantity of one level.
pub type Level = (PriceTicks, QuantityLots);

fn levels(writer: &mut Writer, levels: &[Level]) {
    writer.list(levels.len() as u32);
    for (price, quantity) in levels {
        writer.list(2);
        writer.i64(price.0);
        writer.i64(quantity.0);
    }
}

/// `book`: the whole book.
pub fn book(out: &mut Vec<u8>, instrument: &[u8], sequence: u64, bids: &[Level], asks: &[Level], checksum: u32) {
    let mut writer = Writer(out);
    writer.map(6);
    tag!(writer, "book");
    required!(writer, text "instrument", instrument);
    required!(writer, u64 "seq", sequence);
    writer.raw(literal!("bids"));
    levels(&mut writer, bids);
    writer.raw(literal!("asks"));
    levels(&mut writer, asks);
    required!(writer, u64 "checksum", u64::from(checksum));
}

/// What a `delta` says: the levels of a book that changed from one sequence to the next.
#[derive(Clone, Copy, Debug)]
pub struct Delta<'a> {
    pub instrument: &'a [u8],
    pub sequence: u64,
    pub previous_sequence: u64,
    pub bids: &'a [Level],
    pub asks: &'a [Level],
    pub checksum: u32,
}

pub fn delta(out: &mut Vec<u8>, delta: &Delta) {
    let mut writer = Writer(out);
    map_of(&mut writer, 5, &[!delta.bids.is_empty(), !delta.asks.is_empty()]);
    tag!(writer, "delta");
    required!(writer, text "instrument", delta.instrument);
    required!(writer, u64 "seq", delta.sequence);
    required!(writer, u64 "prev_seq", delta.previous_sequence);
    if !delta.bids.is_empty() {
        writer.raw(literal!("bids"));
        levels(&mut writer, delta.bids);
    }
    if !delta.asks.is_empty() {
        writer.raw(literal!("asks"));
        levels(&mut writer, delta.asks);
    }
    required!(writer, u64 "checksum", u64::from(delta.checksum));
}

/// `trade`: a fill, from its taker's event.
pub fn trade(out: &mut Vec<u8>, instrument: &[u8], fill: &Event) {
    debug_assert!(fill.kind == kind::FILL && fill.liquidity == liquidity::TAKER && fill.instrument != NONE_ID);
    let mut writer = Writer(out);
    writer.map(8);
    tag!(writer, "trade");
    required!(writer, text "instrument", instrument);
    required!(writer, u64 "seq", fill.sequence);
    required!(writer, u64 "timestamp_ns", fill.timestamp_ns);
    required!(writer, u64 "settlement_id", fill.reference);
    required!(writer, text "side", side_name(fill.side));
    required!(writer, i64 "price", fill.price);
    required!(writer, i64 "quantity", fill.quantity);
}

/// `bbo`: the best bid and offer; an empty side is left out.
pub fn bbo(out: &mut Vec<u8>, instrument: &[u8], sequence: u64, bid: Option<Level>, ask: Option<Level>) {
    let mut writer = Writer(out);
    writer.map(3 + 2 * (u32::from(bid.is_some()) + u32::from(ask.is_some())));
    tag!(writer, "bbo");
    required!(writer, text "instrument", instrument);
    required!(writer, u64 "seq", sequence);
    if let Some((price, quantity)) = bid {
        required!(writer, i64 "bid_price", price.0);
        required!(writer, i64 "bid_quantity", quantity.0);
    }
    if let Some((price, quantity)) = ask {
        required!(writer, i64 "ask_price", price.0);
        required!(writer, i64 "ask_quantity", quantity.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::testing::Message;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut out = Vec::new();
        write(&mut out);
        out
    }

    const MSGSPEC_FILL: &str = concat!(
        "de0012a26f70a67265706f7274a46b696e64a466696c6ca372656607a3736571cda3bbab6163636f756e745f736571cd0160",
        "ac74696d657374616d705f6e73cf1886725235808c00a86f726465725f6964cf000000ab00000001af636c69656e745f6f72",
        "6465725f6964a4712d3137aa696e737472756d656e74a94141504c2d55534443a473696465a473656c6ca57072696365cd4a",
        "06a87175616e7469747928a66c65617665733ca666696c6c656428a463617368ce04849dc0a3666565cd1d9ca96c69717569",
        "64697479a574616b6572ad736574746c656d656e745f6964cd23a0",
    );

    /// Every field of a fill, as msgspec 0.20 writes the same `Report`.
    #[test]
    fn a_fill_is_what_msgspec_writes() {
        let event = Event {
            sequence: 41_915,
            timestamp_ns: 1_767_225_601_200_000_000,
            kind: kind::FILL,
            side: 1,
            liquidity: liquidity::TAKER,
            account_sequence: 352,
            instrument: 0,
            order_id: 734_439_407_617,
            price: 18_950,
            quantity: 40,
            leaves: 60,
            filled: 40,
            cash: 75_800_000,
            fee: 7_580,
            reference: 9_120,
            ..Event::EMPTY
        };
        let context =
            ReportContext { client_ref: 7, client_order_id: b"q-17", instrument: b"AAPL-USDC", ..Default::default() };
        let bytes = written(|out| report(out, &event, &context));
        assert_eq!(hex(&bytes), MSGSPEC_FILL);
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The header's count must be the number of entries that follow, whatever was left out.
    #[test]
    fn the_map_header_counts_what_is_written() {
        for event_kind in 0..=40u8 {
            for value in [0, 1] {
                let event = Event {
                    kind: event_kind,
                    code: value,
                    side: value,
                    order_id: value.into(),
                    price: value.into(),
                    quantity: value.into(),
                    leaves: value.into(),
                    filled: value.into(),
                    cash: value.into(),
                    fee: value.into(),
                    reference: value.into(),
                    ..Event::EMPTY
                };
                let some = ReportContext { client_ref: 1, client_order_id: b"c", instrument: b"i", asset: b"a" };
                for context in [some, ReportContext::default()] {
                    Message::parse(&written(|out| report(out, &event, &context)));
                }
            }
        }
        Message::parse(&written(|out| error(out, 0, "code", "message")));
        Message::parse(&written(|out| ok(out, 1, 0)));
        Message::parse(&written(|out| replayed(out, 1, 2, 3, true)));
        Message::parse(&written(|out| balance(out, 1, b"USDC", 0, -5)));
        let level = (PriceTicks(3), QuantityLots(4));
        Message::parse(&written(|out| bbo(out, b"X", 1, None, Some(level))));
    }
}
