//! For tests: whole messages to and from MessagePack, and client frames, without regard to speed.

use crate::wire::msgpack::{Reader, Writer};
use std::collections::BTreeMap;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    Text(String),
    Number(i128),
    Bool(bool),
    List(Vec<Value>),
}

impl Value {
    pub fn number(&self) -> i64 {
        match self {
            Value::Number(number) => i64::try_from(*number).unwrap(),
            other => panic!("{other:?} is no number"),
        }
    }

    pub fn list(&self) -> &[Value] {
        match self {
            Value::List(list) => list,
            other => panic!("{other:?} is no list"),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number.into())
    }
}

/// A message by field; a field that is not there reads as nothing.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Message(pub BTreeMap<String, Value>);

impl Message {
    pub fn new(fields: &[(&str, Value)]) -> Message {
        Message(fields.iter().map(|(key, value)| ((*key).into(), value.clone())).collect())
    }

    pub fn parse(payload: &[u8]) -> Message {
        let mut reader = Reader(payload);
        let mut fields = BTreeMap::new();
        for _ in 0..reader.map().expect("a map") {
            let key = String::from_utf8(reader.str().expect("a key").to_vec()).unwrap();
            assert!(fields.insert(key, value(&mut reader)).is_none(), "a repeated key");
        }
        assert!(reader.is_empty(), "bytes after the end");
        Message(fields)
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = Writer(&mut out);
        writer.map(self.0.len() as u32);
        for (key, value) in &self.0 {
            writer.str(key.as_bytes());
            match value {
                Value::Text(text) => writer.str(text.as_bytes()),
                Value::Number(number) if *number >= 0 => writer.u64(*number as u64),
                Value::Number(number) => writer.i64(*number as i64),
                Value::Bool(flag) => writer.bool(*flag),
                Value::List(_) => unreachable!("no request has a list"),
            }
        }
        out
    }

    /// A field as text; empty if it is not there.
    pub fn text(&self, key: &str) -> &str {
        match self.0.get(key) {
            None => "",
            Some(Value::Text(text)) => text,
            Some(other) => panic!("{key} is {other:?}"),
        }
    }

    /// A field as a number; 0 if it is not there.
    pub fn number(&self, key: &str) -> i64 {
        self.0.get(key).map_or(0, Value::number)
    }

    /// A field's (price, quantity) pairs.
    pub fn levels(&self, key: &str) -> Vec<(i64, i64)> {
        let levels = self.0.get(key).map_or(&[][..], Value::list);
        levels.iter().map(|level| (level.list()[0].number(), level.list()[1].number())).collect()
    }
}

fn value(reader: &mut Reader) -> Value {
    let mut ahead = *reader;
    if let Some(text) = ahead.str() {
        *reader = ahead;
        return Value::Text(String::from_utf8(text.to_vec()).unwrap());
    }
    let mut ahead = *reader;
    if let Some(number) = ahead.u64().map(i128::from).or_else(|| {
        ahead = *reader;
        ahead.i64().map(i128::from)
    }) {
        *reader = ahead;
        return Value::Number(number);
    }
    let (head, rest) = reader.0.split_first().expect("a value");
    let (count, rest) = match *head {
        flag @ 0xc2..=0xc3 => {
            *reader = Reader(rest);
            return Value::Bool(flag == 0xc3);
        }
        head @ 0x90..=0x9f => (usize::from(head & 0x0f), rest),
        0xdc => (usize::from(u16::from_be_bytes([rest[0], rest[1]])), &rest[2..]),
        head => panic!("{head:#x} begins no value of the protocol"),
    };
    *reader = Reader(rest);
    Value::List((0..count).map(|_| value(reader)).collect())
}

/// A masked client frame with a first byte and a payload of under 64 KiB.
pub fn client_frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [0x37, 0xfa, 0x21, 0x3d];
    let mut frame = vec![first];
    match u8::try_from(payload.len()) {
        Ok(length @ 0..=125) => frame.push(0x80 | length),
        _ => {
            frame.push(0x80 | 126);
            frame.extend(u16::try_from(payload.len()).unwrap().to_be_bytes());
        }
    }
    frame.extend(mask);
    frame.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, key)| byte ^ key));
    frame
}
