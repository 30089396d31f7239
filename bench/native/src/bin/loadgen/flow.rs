//! The orders of one connection, and what its reports say about them: `bench/flow.py` as one client sees it.
//!
//! Half of the messages add a resting order on their own side of a fixed middle, 40 % cancel a random open order of this
//! connection by its order id, 10 % cross the middle, immediate or cancel. Open orders are known from the reports, so that
//! a cancel misses only an order that was filled while it was on its way. Requests and reports are those of
//! `gateway/schemas.py`.

use engine_core::wire::msgpack::{Reader, Writer};
use std::collections::HashMap;

const MID_PRICE: u64 = 20_000;
const MEAN_DISTANCE_TICKS: f64 = 12.0;
const CROSSING_TICKS: u64 = 40;
const MAX_LOTS: u64 = 100;
/// Above this a connection cancels instead of adding: the book stays bounded.
const MAX_OPEN: usize = 2_000;

pub struct Flow {
    random: u64,
    instrument: String,
    sent: u64,
    open: Vec<u64>,
    place_in_open: HashMap<u64, usize>,
}

/// One request on its way.
#[derive(Clone, Copy)]
pub struct Request {
    pub client_ref: u64,
    /// A limit order that rests once it is accepted.
    pub rests: bool,
}

impl Flow {
    pub fn new(instrument: &str, seed: u64) -> Flow {
        Flow {
            random: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            instrument: instrument.into(),
            sent: 0,
            open: Vec::new(),
            place_in_open: HashMap::new(),
        }
    }

    /// Writes the next message.
    pub fn next(&mut self, message: &mut Vec<u8>) -> Request {
        self.sent += 1;
        let crossing = match self.below(10) {
            0..5 if self.open.len() < MAX_OPEN => false,
            5..9 if self.open.is_empty() => false,
            9 => true,
            _ => return self.cancel(message),
        };
        self.place(message, crossing);
        Request { client_ref: self.sent, rests: !crossing }
    }

    /// The order can be cancelled from now on.
    pub fn rested(&mut self, order_id: u64) {
        self.place_in_open.insert(order_id, self.open.len());
        self.open.push(order_id);
    }

    /// The order was filled.
    pub fn finished(&mut self, order_id: u64) {
        if let Some(place) = self.place_in_open.remove(&order_id) {
            self.open.swap_remove(place);
            if let Some(moved) = self.open.get(place) {
                self.place_in_open.insert(*moved, place);
            }
        }
    }

    pub fn open_orders(&self) -> usize {
        self.open.len()
    }

    fn place(&mut self, message: &mut Vec<u8>, crossing: bool) {
        let buys = self.below(2) == 0;
        let distance = if crossing { CROSSING_TICKS } else { self.distance() };
        let price = if buys == crossing { MID_PRICE + distance } else { MID_PRICE - distance };
        let quantity = 1 + self.below(MAX_LOTS);
        let mut writer = Writer(message);
        writer.map(if crossing { 8 } else { 7 });
        text(&mut writer, "op", "place");
        number(&mut writer, "ref", self.sent);
        text(&mut writer, "client_order_id", &format!("order-{:010}", self.sent));
        text(&mut writer, "instrument", &self.instrument);
        text(&mut writer, "side", if buys { "buy" } else { "sell" });
        if crossing {
            text(&mut writer, "time_in_force", "ioc");
        }
        number(&mut writer, "price", price);
        number(&mut writer, "quantity", quantity);
    }

    fn cancel(&mut self, message: &mut Vec<u8>) -> Request {
        let place = self.below(self.open.len() as u64) as usize;
        let order_id = self.open[place];
        self.finished(order_id);
        let mut writer = Writer(message);
        writer.map(3);
        text(&mut writer, "op", "cancel");
        number(&mut writer, "ref", self.sent);
        number(&mut writer, "order_id", order_id);
        Request { client_ref: self.sent, rests: false }
    }

    /// Geometric, at least one tick.
    fn distance(&mut self) -> u64 {
        let uniform = (self.next_random() >> 11) as f64 / (1_u64 << 53) as f64;
        let distance = (1.0 - uniform).ln() / (1.0 - 1.0 / MEAN_DISTANCE_TICKS).ln();
        (1 + distance as u64).min(MID_PRICE / 2)
    }

    fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next_random()) * u128::from(bound)) >> 64) as u64
    }

    /// SplitMix64.
    fn next_random(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

fn text(writer: &mut Writer, name: &str, value: &str) {
    writer.str(name.as_bytes());
    writer.str(value.as_bytes());
}

fn number(writer: &mut Writer, name: &str, value: u64) {
    writer.str(name.as_bytes());
    writer.u64(value);
}

/// What the load generator needs of a server's message; what is left out is empty or 0.
#[derive(Default)]
pub struct Reply<'a> {
    pub op: &'a [u8],
    pub kind: &'a [u8],
    pub client_ref: u64,
    pub order_id: u64,
    pub leaves: u64,
}

impl<'a> Reply<'a> {
    /// `None` if it is no MessagePack map, or if what was needed came after a value of another type than integer and string.
    pub fn read(payload: &'a [u8]) -> Option<Reply<'a>> {
        let mut reader = Reader(payload);
        let mut reply = Reply::default();
        for _ in 0..reader.map()? {
            match reader.str()? {
                b"op" => {
                    reply.op = reader.str()?;
                    if !matches!(reply.op, b"report" | b"error") {
                        break;
                    }
                }
                b"kind" => reply.kind = reader.str()?,
                b"ref" => reply.client_ref = reader.u64()?,
                b"order_id" => {
                    reply.order_id = reader.u64()?;
                    if reply.kind != b"fill" {
                        break;
                    }
                }
                b"leaves" => {
                    reply.leaves = reader.u64()?;
                    break;
                }
                _ => skip(&mut reader)?,
            }
        }
        Some(reply)
    }
}

fn skip(reader: &mut Reader) -> Option<()> {
    let mut text = *reader;
    if text.str().is_some() {
        *reader = text;
        return Some(());
    }
    let mut unsigned = *reader;
    if unsigned.u64().is_some() {
        *reader = unsigned;
        return Some(());
    }
    reader.i64().map(drop)
}
