//! The server messages that the core writes itself, as MessagePack payloads without a frame.
//!
//! The shapes are those of `gateway/schemas.py`, in the shortest form of what msgspec writes: the tag first, fields in
//! the order of their declaration, a field at its default left out. Nothing here knows sessions or state.

pub use super::reports::ReportContext;

use super::reports;
use crate::change::BookChange;
use crate::event::{
    AuctionExtended, Event, Indicated, Rebased, StaticBandMoved, Uncrossed, VolatilityBandMoved, kind_word,
};
use crate::types::{ChangeKind, LimitState, Phase, PriceTicks, QuantityLots, RejectCode, Side};
use crate::wire::msgpack::{Writer, literal};

/// The name of a rejection code on the wire. A code beyond the vocabulary is a newer engine's.
pub fn reject_reason(code: u8) -> &'static str {
    RejectCode::from_byte(code).map_or("unknown", RejectCode::word)
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
    let Some(fields) = reports::fields(event, context) else { return };
    let mut writer = Writer(out);
    map_of(&mut writer, 5 + fields.count, &[context.client_ref != 0]);
    tag!(writer, "report");
    required!(writer, text "kind", fields.kind);
    optional!(writer, u64 "ref", context.client_ref);
    required!(writer, u64 "seq", event.sequence);
    required!(writer, u64 "account_seq", event.account_sequence);
    required!(writer, u64 "timestamp_ns", event.timestamp_ns);
    (fields.write)(&mut writer, event, context);
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

/// An order as the public sees it.
#[derive(Clone, Copy, Debug)]
pub struct PublicOrder {
    pub id: u64,
    pub price: PriceTicks,
    pub leaves: QuantityLots,
}

/// A `level3_book`: a part of a book, order by order.
#[derive(Clone, Copy, Debug)]
pub struct Level3Book<'a> {
    pub instrument: &'a [u8],
    pub sequence: u64,
    pub part: u32,
    pub bids: &'a [PublicOrder],
    pub asks: &'a [PublicOrder],
    pub more: bool,
    pub checksum: u32,
}

fn orders(writer: &mut Writer, orders: &[PublicOrder]) {
    writer.list(orders.len() as u32);
    for order in orders {
        writer.list(3);
        writer.u64(order.id);
        writer.i64(order.price.0);
        writer.i64(order.leaves.0);
    }
}

pub fn level3_book(out: &mut Vec<u8>, book: &Level3Book) {
    let mut writer = Writer(out);
    map_of(&mut writer, 4, &[book.part != 0, !book.bids.is_empty(), !book.asks.is_empty(), book.more]);
    tag!(writer, "level3_book");
    required!(writer, text "instrument", book.instrument);
    required!(writer, u64 "seq", book.sequence);
    optional!(writer, u64 "part", u64::from(book.part));
    if !book.bids.is_empty() {
        writer.raw(literal!("bids"));
        orders(&mut writer, book.bids);
    }
    if !book.asks.is_empty() {
        writer.raw(literal!("asks"));
        orders(&mut writer, book.asks);
    }
    if book.more {
        required!(writer, bool "more", true);
    }
    required!(writer, u64 "checksum", u64::from(book.checksum));
}

/// A change of an order as the public sees it.
#[derive(Clone, Copy, Debug)]
pub struct PublicChange {
    pub kind: ChangeKind,
    pub id: u64,
    pub side: Side,
    pub price: PriceTicks,
    pub leaves: QuantityLots,
}

/// What a `level3_delta` says beside its changes.
#[derive(Clone, Copy, Debug)]
pub struct Level3Delta<'a> {
    pub instrument: &'a [u8],
    pub sequence: u64,
    pub previous_sequence: u64,
    pub checksum: u32,
}

pub fn level3_delta(out: &mut Vec<u8>, delta: &Level3Delta, changes: impl ExactSizeIterator<Item = PublicChange>) {
    let mut writer = Writer(out);
    writer.map(6);
    tag!(writer, "level3_delta");
    required!(writer, text "instrument", delta.instrument);
    required!(writer, u64 "seq", delta.sequence);
    required!(writer, u64 "prev_seq", delta.previous_sequence);
    writer.raw(literal!("changes"));
    writer.list(changes.len() as u32);
    for change in changes {
        writer.list(5);
        writer.str(change.kind.word().as_bytes());
        writer.u64(change.id);
        writer.str(change.side.word().as_bytes());
        writer.i64(change.price.0);
        writer.i64(change.leaves.0);
    }
    required!(writer, u64 "checksum", u64::from(delta.checksum));
}

/// `trade`: an execution of a resting order, seen or not, whose side is the other one, the taker's; or a trade of an
/// auction, which has no taker.
pub fn trade(out: &mut Vec<u8>, instrument: &[u8], sequence: u64, timestamp_ns: u64, executed: &BookChange) {
    debug_assert!(executed.settlement_id != 0);
    let side = if executed.kind == ChangeKind::Crossed { "" } else { executed.side.opposite().word() };
    let mut writer = Writer(out);
    map_of(&mut writer, 7, &[!side.is_empty()]);
    tag!(writer, "trade");
    required!(writer, text "instrument", instrument);
    required!(writer, u64 "seq", sequence);
    required!(writer, u64 "timestamp_ns", timestamp_ns);
    required!(writer, u64 "settlement_id", executed.settlement_id);
    optional!(writer, text "side", side);
    required!(writer, u64 "price", u64::from(executed.price));
    required!(writer, i64 "quantity", executed.quantity.0);
}

/// An instrument's phase, its limit state, the causes that halt it and when its call or its limit state ends, after a
/// command.
pub struct PhaseNow<'a> {
    pub instrument: &'a [u8],
    pub sequence: u64,
    pub timestamp_ns: u64,
    pub phase: Phase,
    pub limit_state: LimitState,
    pub causes: u64,
    pub ends_at: u64,
}

/// What an event says of an auction or a band; zeros if it is about neither.
#[derive(Default)]
struct PriceSays {
    price: u32,
    quantity: i64,
    surplus: i64,
    lower: u32,
    upper: u32,
}

impl PriceSays {
    fn of(event: &Event) -> PriceSays {
        if let Some(&Indicated { price, quantity, surplus, .. }) = event.body() {
            PriceSays { price, quantity, surplus, ..PriceSays::default() }
        } else if let Some(&Uncrossed { price, quantity, surplus, .. }) = event.body() {
            PriceSays { price, quantity, surplus, ..PriceSays::default() }
        } else if let Some(&AuctionExtended { price, lower, upper, .. }) = event.body() {
            PriceSays { price, lower, upper, ..PriceSays::default() }
        } else if let Some(&VolatilityBandMoved { reference, lower, upper, .. }) = event.body() {
            PriceSays { price: reference, lower, upper, ..PriceSays::default() }
        } else if let Some(&StaticBandMoved { anchor, lower, upper, .. }) = event.body() {
            PriceSays { price: anchor, lower, upper, ..PriceSays::default() }
        } else if let Some(&Rebased { last_trade, .. }) = event.body() {
            PriceSays { price: last_trade, ..PriceSays::default() }
        } else {
            PriceSays::default()
        }
    }
}

/// `phase`: what an instrument does now, and what has just happened, if anything.
pub fn phase(out: &mut Vec<u8>, now: &PhaseNow, event: Option<&Event>) {
    let kind = event.and_then(|event| kind_word(event.kind)).unwrap_or_default();
    let says = event.map_or(PriceSays::default(), PriceSays::of);
    let mut writer = Writer(out);
    let numbers = [now.causes, now.ends_at, u64::from(says.price), u64::from(says.lower), u64::from(says.upper)];
    let present = numbers.map(|number| number != 0);
    let lots = [says.quantity != 0, says.surplus != 0];
    let limit_state = if now.limit_state == LimitState::None { "" } else { now.limit_state.word() };
    let words = [!kind.is_empty(), !limit_state.is_empty()];
    map_of(&mut writer, 5, &[&present[..], &lots[..], &words[..]].concat());
    tag!(writer, "phase");
    required!(writer, text "instrument", now.instrument);
    required!(writer, u64 "seq", now.sequence);
    required!(writer, u64 "timestamp_ns", now.timestamp_ns);
    optional!(writer, text "kind", kind);
    required!(writer, text "phase", now.phase.word());
    optional!(writer, text "limit_state", limit_state);
    optional!(writer, u64 "causes", now.causes);
    optional!(writer, u64 "ends_at", now.ends_at);
    optional!(writer, u64 "price", u64::from(says.price));
    optional!(writer, i64 "quantity", says.quantity);
    optional!(writer, i64 "surplus", says.surplus);
    optional!(writer, u64 "lower", u64::from(says.lower));
    optional!(writer, u64 "upper", u64::from(says.upper));
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
    use crate::event::{EVENT_LEN, Fill};
    use crate::types::Liquidity;
    use crate::wire::testing::Message;
    use zerocopy::FromBytes;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
        let mut out = Vec::new();
        write(&mut out);
        out
    }

    /// Every field of a fill. That msgspec writes the same bytes is tested where msgspec is.
    #[test]
    fn a_fill_says_all_its_fields() {
        let fill = Fill {
            side: 1,
            liquidity: Liquidity::Taker as u8,
            order_id: 734_439_407_617,
            price: 18_950,
            quantity: 40,
            leaves: 60,
            filled: 40,
            cash: 75_800_000,
            fee: 7_580,
            settlement_id: 9_120,
            client_order_id_len: 4,
            client_order_id: *b"q-17--------------------------------",
            ..Fill::EMPTY
        };
        let mut event = Event::from_body(fill);
        (event.sequence, event.account_sequence, event.timestamp_ns) = (41_915, 352, 1_767_225_601_200_000_000);
        let context = ReportContext { client_ref: 7, instrument: b"AAPL-USDC", ..Default::default() };
        let message = Message::parse(&written(|out| report(out, &event, &context)));
        let mut expected = [
            "op",
            "kind",
            "ref",
            "seq",
            "account_seq",
            "timestamp_ns",
            "side",
            "order_id",
            "instrument",
            "price",
            "quantity",
            "leaves",
            "client_order_id",
            "liquidity",
            "filled",
            "cash",
            "fee",
            "settlement_id",
        ];
        expected.sort_unstable();
        assert_eq!(message.0.keys().collect::<Vec<_>>(), expected);
        assert_eq!((&message.0["liquidity"], &message.0["client_order_id"]), (&"taker".into(), &"q-17".into()));
    }

    /// The header's count must be the number of entries that follow, whatever was left out.
    #[test]
    fn the_map_header_counts_what_is_written() {
        for kind in 0..=u8::MAX {
            for byte in [0, 1] {
                let mut bytes = [byte; EVENT_LEN];
                bytes[std::mem::offset_of!(Event, kind)] = kind;
                let event = Event::read_from_bytes(&bytes).unwrap();
                let some = ReportContext { client_ref: 1, instrument: b"i", asset: b"a" };
                for context in [some, ReportContext::default()] {
                    let bytes = written(|out| report(out, &event, &context));
                    if crate::event::kind_word(kind).is_some() {
                        Message::parse(&bytes);
                    } else {
                        assert!(bytes.is_empty(), "an unknown event says nothing");
                    }
                }
            }
        }
        Message::parse(&written(|out| error(out, 0, "code", "message")));
        Message::parse(&written(|out| ok(out, 1, 0)));
        Message::parse(&written(|out| replayed(out, 1, 2, 3, true)));
        Message::parse(&written(|out| balance(out, 1, b"USDC", 0, -5)));
        let level = (PriceTicks(3), QuantityLots(4));
        Message::parse(&written(|out| bbo(out, b"X", 1, None, Some(level))));
        let orders = [PublicOrder { id: u64::MAX, price: level.0, leaves: level.1 }];
        for (part, bids, asks, more) in
            [(0, &[][..], &[][..], false), (1, &orders, &[], true), (2, &[], &orders, false)]
        {
            let book = Level3Book { instrument: b"X", sequence: 1, part, bids, asks, more, checksum: 5 };
            Message::parse(&written(|out| level3_book(out, &book)));
        }
    }
}
