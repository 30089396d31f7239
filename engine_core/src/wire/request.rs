//! The four requests of the hot path: place, cancel, amend, cancel_all, read from MessagePack into command bodies.
//!
//! The shapes are those of `gateway/schemas.py`. This reader is strict and says only yes or no: whatever it does not
//! take (another request, an unknown, repeated, missing or ill-typed field, a number out of range, bytes after the end)
//! goes to the gateway, which has the words to say what is wrong. It knows no instrument: symbols are handed on.

use super::msgpack::Reader;
pub use super::orders::Request;

use super::orders;
use crate::command::{CommandBuffer, OrderEntryRow};
use crate::types::{NONE_ID, QuantityKind};

impl Request<'_> {
    /// Kind of the command.
    #[inline]
    pub fn kind(&self) -> u8 {
        self.row.kind
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
    let mut request = Request { client_ref: 0, symbol: &[], client_order_id: &[], notional: 0, row };
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
