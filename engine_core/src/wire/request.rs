//! The four requests of the hot path: place, cancel, amend, cancel_all, read from MessagePack into command bodies.
//!
//! The shapes are those of `gateway/schemas.py`. This reader is strict and says only yes or no: whatever it does not
//! take (another request, an unknown, repeated, missing or ill-typed field, a number out of range, bytes after the end)
//! goes to the gateway, which has the words to say what is wrong. It knows no instrument: symbols are handed on.

use crate::command::{OrderEntry, kind};
use crate::types::{
    CLIENT_ID_LEN, NONE_ID, OrderType, QuantityKind, SYMBOL_LEN, SelfTradePrevention, Side, TimeInForce, is_printable,
};
use crate::wire::msgpack::Reader;

/// A hot request: a command but for its account and its instrument's id.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Kind of the command.
    pub kind: u8,
    /// The client's own number for this request (`ref` on the wire).
    pub client_ref: u64,
    /// Empty where the request names no instrument.
    pub symbol: &'a [u8],
    /// Its `instrument` is [`NONE_ID`] and the caller's to fill in.
    pub entry: OrderEntry,
}

impl Request<'_> {
    /// The client order id that the request names, or nothing.
    pub fn client_order_id(&self) -> &[u8] {
        &self.entry.client_order_id[..usize::from(self.entry.client_order_id_len)]
    }
}

/// One bit for each field: which are there, which may be, which must be.
mod field {
    pub const OP: u16 = 1 << 0;
    pub const REF: u16 = 1 << 1;
    pub const CLIENT_ORDER_ID: u16 = 1 << 2;
    pub const INSTRUMENT: u16 = 1 << 3;
    pub const SIDE: u16 = 1 << 4;
    pub const TYPE: u16 = 1 << 5;
    pub const TIME_IN_FORCE: u16 = 1 << 6;
    pub const PRICE: u16 = 1 << 7;
    pub const QUANTITY: u16 = 1 << 8;
    pub const NOTIONAL: u16 = 1 << 9;
    pub const STP: u16 = 1 << 10;
    pub const ORDER_ID: u16 = 1 << 11;

    pub const TARGET: u16 = OP | REF | CLIENT_ORDER_ID | ORDER_ID;
    pub const PLACE: u16 =
        OP | REF | CLIENT_ORDER_ID | INSTRUMENT | SIDE | TYPE | TIME_IN_FORCE | PRICE | QUANTITY | NOTIONAL | STP;
    pub const PLACE_REQUIRED: u16 = OP | INSTRUMENT | SIDE;
    pub const AMEND: u16 = TARGET | PRICE | QUANTITY;
    pub const AMEND_REQUIRED: u16 = OP | PRICE | QUANTITY;
    pub const CANCEL_ALL: u16 = OP | REF | INSTRUMENT;
}

/// Reads one whole payload.
#[inline]
pub fn decode(payload: &[u8]) -> Option<Request<'_>> {
    let mut reader = Reader(payload);
    let mut request =
        Request { kind: 0, client_ref: 0, symbol: &[], entry: OrderEntry { instrument: NONE_ID, ..OrderEntry::EMPTY } };
    let mut notional = 0;
    let mut seen = 0;
    // Repeated fields are refused, so this ends after at most one round more than there are fields.
    for _ in 0..reader.map()? {
        let bit = read_field(&mut reader, &mut request, &mut notional)?;
        if seen & bit != 0 {
            return None;
        }
        seen |= bit;
    }
    let (allowed, required) = match request.kind {
        kind::PLACE => (field::PLACE, field::PLACE_REQUIRED),
        kind::CANCEL => (field::TARGET, field::OP),
        kind::AMEND => (field::AMEND, field::AMEND_REQUIRED),
        kind::CANCEL_ALL => (field::CANCEL_ALL, field::OP),
        _ => return None,
    };
    if seen & !allowed != 0 || seen & required != required || !reader.is_empty() {
        return None;
    }
    if notional != 0 {
        if request.entry.quantity != 0 {
            return None;
        }
        request.entry.quantity = notional;
        request.entry.quantity_kind = QuantityKind::Notional as u8;
    }
    Some(request)
}

/// Reads one key and its value; returns the field's bit.
#[inline]
fn read_field<'a>(reader: &mut Reader<'a>, request: &mut Request<'a>, notional: &mut i64) -> Option<u16> {
    let entry = &mut request.entry;
    Some(match reader.str()? {
        b"op" => {
            request.kind = match reader.str()? {
                b"place" => kind::PLACE,
                b"cancel" => kind::CANCEL,
                b"amend" => kind::AMEND,
                b"cancel_all" => kind::CANCEL_ALL,
                _ => return None,
            };
            field::OP
        }
        b"ref" => {
            request.client_ref = reader.u64()?;
            field::REF
        }
        b"client_order_id" => {
            *entry = entry.with_client_order_id(text(reader, CLIENT_ID_LEN)?);
            field::CLIENT_ORDER_ID
        }
        b"instrument" => {
            request.symbol = text(reader, SYMBOL_LEN)?;
            field::INSTRUMENT
        }
        b"side" => {
            entry.side = match reader.str()? {
                b"buy" => Side::Buy,
                b"sell" => Side::Sell,
                _ => return None,
            } as u8;
            field::SIDE
        }
        b"type" => {
            entry.order_type = match reader.str()? {
                b"limit" => OrderType::Limit,
                b"market" => OrderType::Market,
                _ => return None,
            } as u8;
            field::TYPE
        }
        b"time_in_force" => {
            entry.time_in_force = match reader.str()? {
                b"gtc" => TimeInForce::Gtc,
                b"ioc" => TimeInForce::Ioc,
                b"fok" => TimeInForce::Fok,
                b"post_only" => TimeInForce::PostOnly,
                _ => return None,
            } as u8;
            field::TIME_IN_FORCE
        }
        b"price" => {
            entry.price = reader.i64()?;
            field::PRICE
        }
        b"quantity" => {
            entry.quantity = reader.i64()?;
            field::QUANTITY
        }
        b"notional" => {
            *notional = reader.i64()?;
            field::NOTIONAL
        }
        b"stp" => {
            entry.stp = match reader.str()? {
                b"newest" => SelfTradePrevention::CancelNewest,
                b"oldest" => SelfTradePrevention::CancelOldest,
                b"both" => SelfTradePrevention::CancelBoth,
                _ => return None,
            } as u8;
            field::STP
        }
        b"order_id" => {
            entry.order_id = reader.u64()?;
            field::ORDER_ID
        }
        _ => return None,
    })
}

#[inline]
fn text<'a>(reader: &mut Reader<'a>, limit: usize) -> Option<&'a [u8]> {
    reader.str().filter(|text| text.len() <= limit && is_printable(text))
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let entry = request.entry;
            assert_eq!((request.kind, request.client_ref, request.symbol), (kind::PLACE, u64::MAX, &b"AAPL"[..]));
            assert_eq!(request.client_order_id(), b"a-1");
            assert_eq!((entry.side, entry.order_type, entry.time_in_force, entry.stp), (1, 1, 2, 2));
            assert_eq!((entry.price, entry.quantity, entry.quantity_kind), (-5, i64::MAX, 0));
            assert_eq!((entry.order_id, entry.instrument), (0, NONE_ID));
        }
    }

    #[test]
    fn the_other_requests() {
        let bytes = encode(&[("op", Text("cancel")), ("order_id", Unsigned(u64::MAX))]);
        let cancel = decode(&bytes).unwrap();
        assert_eq!((cancel.kind, cancel.client_ref, cancel.entry.order_id), (kind::CANCEL, 0, u64::MAX));

        let bytes = encode(&[
            ("op", Text("amend")),
            ("client_order_id", Text("x")),
            ("price", Number(3)),
            ("quantity", Number(4)),
        ]);
        let amend = decode(&bytes).unwrap();
        assert_eq!((amend.kind, amend.entry.price, amend.entry.quantity), (kind::AMEND, 3, 4));
        assert_eq!(amend.client_order_id(), b"x");

        let bytes = encode(&[("op", Text("cancel_all")), ("ref", Number(1))]);
        let all = decode(&bytes).unwrap();
        assert_eq!((all.kind, all.symbol, all.entry.instrument), (kind::CANCEL_ALL, &b""[..], NONE_ID));

        let bytes = encode(&[
            ("op", Text("place")),
            ("instrument", Text("X")),
            ("side", Text("buy")),
            ("type", Text("market")),
            ("notional", Number(100)),
        ]);
        let notional = decode(&bytes).unwrap();
        assert_eq!((notional.entry.quantity, notional.entry.quantity_kind), (100, 1));
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
            ("unknown enumerator", with(("stp", Text("none")))),
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
