//! The requests of the hot path, orders and mass quotes, read from MessagePack into command bodies.
//!
//! The shapes are those of `gateway/schemas.py`. This reader is strict and says only yes or no: whatever it does not
//! take (another request, an unknown, repeated, missing or ill-typed field, a number out of range, bytes after the end)
//! goes to the gateway, which has the words to say what is wrong. It knows no instrument: symbols are handed on.

use super::msgpack::{List, Reader};
pub use super::orders::Request;

use super::orders;
use crate::command::{CommandBuffer, LongCommandBuffer, MassQuote, OrderEntryRow, QuoteEntry};
use crate::types::{MAX_QUOTE_ENTRIES, NONE_ID, QuantityKind};

impl Request<'_> {
    /// Kind of the command.
    #[inline]
    pub fn kind(&self) -> u8 {
        self.row.kind
    }

    /// Makes the command of a mass quote, once each symbol is a number; or says which is none.
    pub fn encode_quotes(
        &self,
        key: u32,
        account: u32,
        instrument_of: impl Fn(&[u8]) -> Option<u32>,
    ) -> Result<LongCommandBuffer, &[u8]> {
        let mut entries = [QuoteEntry::EMPTY; MAX_QUOTE_ENTRIES];
        for (entry, (symbol, said)) in entries.iter_mut().zip(self.quotes.iter(orders::read_quote_entry)) {
            *entry = QuoteEntry { instrument: instrument_of(symbol).ok_or(symbol)?, ..said };
        }
        let body = MassQuote {
            quote_group: self.row.quote_group,
            time_in_force: self.row.time_in_force,
            stp: self.row.stp,
            quotes_len: self.quotes.count as u8,
            ..MassQuote::EMPTY
        };
        let mut command = LongCommandBuffer::with_entries(account, &body, &entries[..self.quotes.count]);
        command.set_key(key);
        Ok(command)
    }

    /// Makes the command.
    #[inline]
    pub fn encode(&self, key: u32, account: u32, instrument: u32, command: &mut CommandBuffer) {
        let row = OrderEntryRow { key, account, instrument, ..self.row };
        let encoded = row.encode_with(self.client_order_id, command);
        assert!(encoded, "a request is of a kind on orders");
    }
}

/// Reads one whole payload.
#[inline]
pub fn decode(payload: &[u8]) -> Option<Request<'_>> {
    let mut reader = Reader(payload);
    let row = OrderEntryRow { instrument: NONE_ID, ..OrderEntryRow::EMPTY };
    let mut request =
        Request { client_ref: 0, symbol: &[], client_order_id: &[], notional: 0, row, quotes: List::EMPTY };
    let mut seen = 0;
    // Repeated fields are refused, so this ends after at most one round more than there are fields.
    for _ in 0..reader.map()? {
        let bit = orders::read(&mut reader, &mut request)?;
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
    }
    let (allowed, required) = orders::allowed(request.kind())?;
    if seen & !allowed != 0 || seen & required != required || !reader.is_empty() {
        return None;
    }
    if request.notional != 0 {
        if request.row.quantity != 0 {
            return None;
        }
        request.row.quantity = request.notional;
        request.row.quantity_kind = QuantityKind::Notional as u8;
    }
    Some(request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::kind;
    use crate::wire::msgpack::Writer;
    use proptest::prelude::*;

    #[derive(Clone, Debug)]
    enum Value {
        Text(&'static str),
        Number(i64),
        Unsigned(u64),
    }
    use Value::{Number, Text, Unsigned};

    fn encode(fields: &[(&str, Value)]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = Writer(&mut out);
        writer.map(fields.len() as u32);
        for (key, value) in fields {
            writer.str(key.as_bytes());
            match value {
                Text(text) => writer.str(text.as_bytes()),
                Number(number) => writer.i64(*number),
                Unsigned(number) => writer.u64(*number),
            }
        }
        out
    }

    const PLACE: [(&str, Value); 10] = [
        ("op", Text("place")),
        ("ref", Unsigned(u64::MAX)),
        ("client_order_id", Text("a-1")),
        ("instrument", Text("AAPL")),
        ("side", Text("sell")),
        ("type", Text("market")),
        ("time_in_force", Text("fok")),
        ("price", Number(-5)),
        ("quantity", Number(i64::MAX)),
        ("stp", Text("both")),
    ];

    #[test]
    fn place_in_any_field_order() {
        let mut fields = PLACE.to_vec();
        for _ in 0..fields.len() {
            fields.rotate_left(1);
            let bytes = encode(&fields);
            let request = decode(&bytes).unwrap();
            let entry = request.row;
            assert_eq!((request.kind(), request.client_ref, request.symbol), (kind::PLACE, u64::MAX, &b"AAPL"[..]));
            assert_eq!(request.client_order_id, b"a-1");
            assert_eq!((entry.side, entry.order_type, entry.time_in_force, entry.stp), (1, 1, 2, 2));
            assert_eq!((entry.price, entry.quantity, entry.quantity_kind), (-5, i64::MAX, 0));
            assert_eq!((entry.order_id, entry.instrument), (0, NONE_ID));
        }
    }

    #[test]
    fn the_other_requests() {
        let bytes = encode(&[("op", Text("cancel")), ("order_id", Unsigned(u64::MAX))]);
        let cancel = decode(&bytes).unwrap();
        assert_eq!((cancel.kind(), cancel.client_ref, cancel.row.order_id), (kind::CANCEL, 0, u64::MAX));

        let bytes = encode(&[
            ("op", Text("amend")),
            ("client_order_id", Text("x")),
            ("price", Number(3)),
            ("quantity", Number(4)),
        ]);
        let amend = decode(&bytes).unwrap();
        assert_eq!((amend.kind(), amend.row.price, amend.row.quantity), (kind::AMEND, 3, 4));
        assert_eq!(amend.client_order_id, b"x");

        let bytes = encode(&[("op", Text("cancel_all")), ("ref", Number(1))]);
        let all = decode(&bytes).unwrap();
        assert_eq!((all.kind(), all.symbol, all.row.instrument), (kind::CANCEL_ALL, &b""[..], NONE_ID));

        let bytes = encode(&[
            ("op", Text("place")),
            ("instrument", Text("X")),
            ("side", Text("buy")),
            ("type", Text("market")),
            ("notional", Number(100)),
        ]);
        let notional = decode(&bytes).unwrap();
        assert_eq!((notional.row.quantity, notional.row.quantity_kind), (100, 1));
    }

    type Entry = Vec<(&'static str, Value)>;

    fn mass_quote(fields: &[(&str, Value)], entries: &[Entry]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = Writer(&mut out);
        writer.map(fields.len() as u32 + 2);
        writer.str(b"op");
        writer.str(b"mass_quote");
        writer.str(b"quotes");
        writer.list(entries.len() as u32);
        entries.iter().for_each(|entry| out.extend(encode(entry)));
        // The map's header is of the whole; its fields follow.
        out.extend(&encode(fields)[1..]);
        out
    }

    fn two_sided() -> Entry {
        vec![
            ("ask_quantity", Number(-4)),
            ("instrument", Text("AAPL")),
            ("bid_price", Unsigned(u64::from(u32::MAX))),
            ("bid_quantity", Number(i64::MAX)),
            ("ask_price", Number(7)),
        ]
    }

    #[test]
    fn a_mass_quote_becomes_its_record() {
        let bid = vec![("instrument", Text("GOLD")), ("bid_price", Number(9)), ("bid_quantity", Number(3))];
        let said = [
            ("quote_group", Number(3)),
            ("ref", Number(8)),
            ("stp", Text("both")),
            ("time_in_force", Text("post_only")),
        ];
        let bytes = mass_quote(&said, &[two_sided(), bid]);
        let request = decode(&bytes).unwrap();
        assert_eq!((request.kind(), request.client_ref, request.quotes.count), (kind::MASS_QUOTE, 8, 2));
        let ids = |symbol: &[u8]| [&b"AAPL"[..], b"GOLD"].iter().position(|known| *known == symbol).map(|id| id as u32);
        let record = request.encode_quotes(5, 6, ids).unwrap();
        let command = record.command();
        let body: MassQuote = command.body();
        assert_eq!((body.quote_group, body.stp, body.time_in_force, body.quotes_len), (3, 2, 3, 2));
        assert_eq!((command.header().key, command.header().account), (5, 6));
        let entries: Vec<_> = command
            .entries::<MassQuote>()
            .iter()
            .map(|entry| (entry.instrument, entry.bid_price, entry.ask_price, entry.bid_quantity, entry.ask_quantity))
            .collect();
        assert_eq!(entries, [(0, u32::MAX, 7, i64::MAX, -4), (1, 9, 0, 3, 0)]);
        assert_eq!(request.encode_quotes(5, 6, |_| None).err(), Some(&b"AAPL"[..]));
    }

    #[test]
    fn what_is_no_mass_quote_is_left_to_the_gateway() {
        let group = [("quote_group", Number(3))];
        let with = |field: (&'static str, Value)| [two_sided(), vec![field]].concat();
        assert!(decode(&mass_quote(&group, &vec![two_sided(); MAX_QUOTE_ENTRIES])).is_some());
        for (name, fields, entries) in [
            ("no entry", &group[..], vec![]),
            ("too many entries", &group, vec![two_sided(); MAX_QUOTE_ENTRIES + 1]),
            ("no group", &[], vec![two_sided()]),
            ("no instrument", &group, vec![two_sided()[2..].to_vec()]),
            ("an unknown field", &group, vec![with(("colour", Number(1)))]),
            ("a field twice", &group, vec![with(("bid_price", Number(1)))]),
            ("a price beyond 32 bits", &group, vec![vec![two_sided()[1].clone(), ("bid_price", Unsigned(1 << 32))]]),
            ("text for a number", &group, vec![vec![two_sided()[1].clone(), ("bid_price", Text("1"))]]),
        ] {
            assert!(decode(&mass_quote(fields, &entries)).is_none(), "{name}");
        }
        let whole = mass_quote(&group, &[two_sided(), two_sided()]);
        for cut in 0..whole.len() {
            assert!(decode(&whole[..cut]).is_none(), "cut at {cut}");
        }
    }

    #[test]
    fn what_is_not_a_hot_request_is_left_to_the_gateway() {
        let place = [("op", Text("place")), ("instrument", Text("X")), ("side", Text("buy"))];
        assert!(decode(&encode(&place)).is_some());
        let with = |field: (&'static str, Value)| [&place[..], &[field]].concat();
        let amend = [("op", Text("amend")), ("order_id", Number(1)), ("price", Number(1)), ("quantity", Number(1))];
        let rows: Vec<(&str, Vec<(&str, Value)>)> = vec![
            ("another request", vec![("op", Text("ping"))]),
            ("no op", place[1..].to_vec()),
            ("no side", place[..2].to_vec()),
            ("no instrument", [&place[..1], &place[2..]].concat()),
            ("unknown field", with(("colour", Text("red")))),
            ("a field of another request", with(("order_id", Number(1)))),
            ("repeated field", with(("side", Text("buy")))),
            ("text for a number", with(("price", Text("1")))),
            ("a number for text", with(("stp", Number(1)))),
            ("unknown enumerator", with(("stp", Text("some")))),
            ("negative ref", with(("ref", Number(-1)))),
            ("price beyond i64", with(("price", Unsigned(1 << 63)))),
            ("long client order id", with(("client_order_id", Text("1234567890123456789012345678901234567")))),
            ("space in client order id", with(("client_order_id", Text("a b")))),
            ("not ASCII", with(("client_order_id", Text("\u{e9}")))),
            ("quantity and notional", [with(("quantity", Number(1))), vec![("notional", Number(1))]].concat()),
            ("amend without quantity", amend[..3].to_vec()),
            ("amend without price", [&amend[..2], &amend[3..]].concat()),
            ("long symbol", vec![place[0].clone(), ("instrument", Text("12345678901234567")), place[2].clone()]),
        ];
        for (name, fields) in rows {
            assert!(decode(&encode(&fields)).is_none(), "{name}");
        }
        let mut trailing = encode(&place);
        trailing.push(0xc0);
        assert!(decode(&trailing).is_none(), "bytes after the end");
        let bytes = encode(&PLACE);
        for cut in 0..bytes.len() {
            assert!(decode(&bytes[..cut]).is_none(), "cut at {cut}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn damage_never_panics(at in 0..120usize, byte in any::<u8>()) {
            let mut bytes = encode(&PLACE);
            if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            let _ = decode(&bytes);
        }
    }
}
