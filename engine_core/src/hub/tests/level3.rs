//! Level 3: whoever follows parts and changes by the rules of the protocol has the engine's queues, from wherever it joined.

use super::*;
use crate::command::{Amend, Cancel, CancelAll, Place};
use crate::engine::Start;
use crate::types::{AccountId, OrderId, PriceTicks, TimeInForce};

const INSTRUMENT: InstrumentId = InstrumentId(0);
/// Whether a client's mirror has what it should, or where it does not.
type Checked = Result<(), String>;

/// A wrong reading of the changes, which must not go unnoticed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Bug {
    None,
    /// The changes of a message are taken from the last to the first.
    ChangesReversed,
    /// An order that moved within its level keeps its place.
    MovedKeepsPlace,
    /// What arrives beyond the last part is not left to the next one.
    ArrivalsBeyondThePart,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Known {
    id: u64,
    side: Side,
    price: i64,
    leaves: i64,
}

/// A client's mirror, as plain as can be: one list of orders, bids and then asks, the first to trade first.
struct Mirror {
    bug: Bug,
    seq: i64,
    parts: i64,
    /// Where the last part ends, if there is more to come.
    end: Option<(Side, i64)>,
    orders: Vec<Known>,
}

/// Lower is told earlier: bids from the highest price, then asks from the lowest.
fn rank(side: Side, price: i64) -> (u8, i64) {
    (side as u8, if side == Side::Buy { -price } else { price })
}

fn id_of(value: &Value) -> u64 {
    match value {
        Value::Number(number) => u64::try_from(*number).unwrap(),
        other => panic!("{other:?} is no id"),
    }
}

fn side_of(value: &Value) -> Side {
    if *value == "buy".into() { Side::Buy } else { Side::Sell }
}

impl Mirror {
    fn new(bug: Bug) -> Mirror {
        Mirror { bug, seq: 0, parts: 0, end: None, orders: Vec::new() }
    }

    fn take(&mut self, message: &Message) -> Checked {
        match message.text("op") {
            "level3_book" => self.take_part(message)?,
            "level3_delta" => self.take_changes(message)?,
            other => return Err(format!("{other} is of no channel of this test")),
        }
        self.seq = message.number("seq");
        let told = message.number("checksum");
        let ours = i64::from(self.checksum());
        if self.end.is_none() && ours != told { Err(format!("checksum {ours}, told {told}")) } else { Ok(()) }
    }

    fn take_part(&mut self, message: &Message) -> Checked {
        let part = message.number("part");
        match part {
            0 => *self = Mirror::new(self.bug),
            _ if (part, message.number("seq")) != (self.parts, self.seq) => return Err(format!("part {part}")),
            _ => {}
        }
        self.parts = part + 1;
        let mut last = None;
        for (side, key) in [(Side::Buy, "bids"), (Side::Sell, "asks")] {
            for order in message.0.get(key).map_or(&[][..], Value::list) {
                let [id, price, leaves] = order.list() else { panic!("{order:?}") };
                let known = Known { id: id_of(id), side, price: price.number(), leaves: leaves.number() };
                last = Some((side, known.price));
                if self.orders.iter().all(|other| other.id != known.id) {
                    self.join(known);
                }
            }
        }
        let more = message.0.get("more") == Some(&Value::Bool(true));
        assert!(!more || last.is_some(), "a part with more to come says how far it came");
        self.end = last.filter(|_| more);
        Ok(())
    }

    fn take_changes(&mut self, message: &Message) -> Checked {
        if message.number("prev_seq") != self.seq {
            return Err(format!("a gap at {}", self.seq));
        }
        let mut changes: Vec<_> = message.0["changes"].list().iter().map(Value::list).collect();
        if self.bug == Bug::ChangesReversed {
            changes.reverse();
        }
        changes.into_iter().try_for_each(|change| self.change(change))
    }

    fn change(&mut self, change: &[Value]) -> Checked {
        let [Value::Text(kind), id, side, price, leaves] = change else { panic!("{change:?}") };
        let order = Known { id: id_of(id), side: side_of(side), price: price.number(), leaves: leaves.number() };
        let place = self.orders.iter().position(|other| other.id == order.id);
        let beyond = self.end.is_some_and(|(side, price)| rank(order.side, order.price) >= rank(side, price));
        match (kind.as_str(), place) {
            ("added", None) if beyond && self.bug != Bug::ArrivalsBeyondThePart => {}
            ("added", None) => self.join(order),
            ("moved", Some(place)) if self.bug == Bug::MovedKeepsPlace && self.orders[place].price == order.price => {
                self.orders[place] = order;
            }
            ("moved", _) => {
                place.map(|place| self.orders.remove(place));
                if !beyond {
                    self.join(order);
                }
            }
            ("reduced" | "executed" | "removed", Some(place)) => match order.leaves {
                0 => drop(self.orders.remove(place)),
                leaves => self.orders[place].leaves = leaves,
            },
            ("reduced" | "executed" | "removed", None) if beyond => {}
            (kind, place) => return Err(format!("{kind} of {order:?} at {place:?}")),
        }
        Ok(())
    }

    /// To the back of the queue of its price.
    fn join(&mut self, order: Known) {
        let behind = |other: &Known| rank(other.side, other.price) <= rank(order.side, order.price);
        self.orders.insert(self.orders.partition_point(behind), order);
    }

    fn checksum(&self) -> u32 {
        let mut hasher = crc32fast::Hasher::new();
        for side in [Side::Buy, Side::Sell] {
            for order in self.orders.iter().filter(|order| order.side == side).take(10) {
                hasher.update(&order.id.to_le_bytes());
                hasher.update(&order.price.to_le_bytes());
                hasher.update(&order.leaves.to_le_bytes());
            }
        }
        hasher.finalize()
    }

    /// It has the engine's orders in their order, or, while parts are to come, the first of them.
    fn check(&self, hub: &Hub) -> Checked {
        let all: Vec<_> = queues(hub);
        let expected = if self.end.is_none() { &all[..] } else { &all[..self.orders.len().min(all.len())] };
        if self.orders == expected { Ok(()) } else { Err(format!("{:?}\nis not\n{expected:?}", self.orders)) }
    }
}

/// The orders of the book as the engine's queues have them.
fn queues(hub: &Hub) -> Vec<Known> {
    let engine = hub.engine();
    let mut all = Vec::new();
    for side in [Side::Buy, Side::Sell] {
        for level in engine.depth(INSTRUMENT, side) {
            all.extend(engine.queue(INSTRUMENT, side, level.price).map(|order| Known {
                id: hub.channels.orders.public_id(order.id),
                side,
                price: order.price.0,
                leaves: order.leaves.0,
            }));
        }
    }
    all
}

/// A small generator of numbers, so that a seed is a flow.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    /// A command on a crowded book, so that levels have queues, orders move within them, and trades are many.
    fn command(&mut self, engine: &Engine) -> CommandBuffer {
        let account = MAKER + self.below(2) as u32;
        let open: Vec<_> = engine.open_orders(AccountId(account)).collect();
        let (price, quantity) = (98 + self.below(5) as i64, 1 + self.below(6) as i64);
        match self.below(20) {
            0..=2 if !open.is_empty() => {
                let order_id = open[self.below(open.len() as u64) as usize].id.0;
                CommandBuffer::new(account, &Cancel { order_id, ..Cancel::EMPTY })
            }
            3..=6 if !open.is_empty() => {
                let order = open[self.below(open.len() as u64) as usize];
                let price = if self.below(2) == 0 { order.price.0 } else { price };
                CommandBuffer::new(account, &Amend { order_id: order.id.0, price, quantity, ..Amend::EMPTY })
            }
            7 if self.below(8) == 0 => CommandBuffer::new(account, &CancelAll::EMPTY),
            _ => {
                let stp = self.below(3) as u8;
                let time_in_force = [TimeInForce::Gtc, TimeInForce::Gtc, TimeInForce::PostOnly, TimeInForce::Ioc];
                let time_in_force = time_in_force[self.below(4) as usize] as u8;
                let side = self.below(2) as u8;
                CommandBuffer::new(account, &Place { side, price, quantity, stp, time_in_force, ..Place::EMPTY })
            }
        }
    }
}

struct Watched {
    hub: Hub,
    watcher: u64,
    mirror: Mirror,
    numbers: Numbers,
}

impl Watched {
    /// A book in mid flow, subscribed to in its last group.
    fn new(seed: u64, part_orders: usize, group_changes: usize, bug: Bug) -> Watched {
        let mut hub = hub();
        hub.channels.orders.bounds.part_orders = part_orders;
        hub.channels.orders.bounds.group_changes = group_changes;
        let watcher = hub.open_session().unwrap();
        let numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut watched = Watched { hub, watcher, mirror: Mirror::new(bug), numbers };
        watched.trade(60);
        settle(&mut watched.hub);
        watched.trade(2);
        watched.hub.subscribe(watcher, Channel::Level3, 0).unwrap();
        watched.trade(3);
        watched
    }

    fn trade(&mut self, commands: u64) {
        for _ in 0..commands {
            let command = self.numbers.command(self.hub.engine());
            self.hub.submit(None, 0, command, NOW).unwrap();
        }
    }

    /// Ends the group; the mirror takes what came, and asks for what is missing. Returns how many messages came.
    fn settle(&mut self) -> Result<usize, String> {
        let told = settle(&mut self.hub).remove(&self.watcher).unwrap_or_default();
        for message in &told {
            self.mirror.take(message)?;
        }
        self.mirror.check(&self.hub)?;
        if self.mirror.end.is_some() {
            assert!(self.hub.next_part(self.watcher, 0).unwrap());
        }
        Ok(told.len())
    }

    fn run(&mut self, groups: u64) -> Checked {
        for group in 0..groups {
            self.settle()?;
            let commands = self.numbers.below(6);
            self.trade(commands);
            if group % 40 == 39 {
                self.hub.subscribe(self.watcher, Channel::Level3, 0).unwrap();
            }
        }
        // Without further changes the parts come to an end.
        for _ in 0..200 {
            self.settle()?;
            if self.mirror.end.is_none() {
                return Ok(());
            }
        }
        Err("the parts never end".into())
    }
}

fn followed(seed: u64, bug: Bug) -> Checked {
    let part_orders = [1, 2, 3, 7, 1_000][seed as usize % 5];
    let group_changes = [4, 1_000][seed as usize / 5 % 2];
    Watched::new(seed, part_orders, group_changes, bug).run(150)
}

#[test]
fn a_mirror_follows_every_queue_from_wherever_it_joined() {
    for seed in 0..60 {
        followed(seed, Bug::None).unwrap_or_else(|difference| panic!("seed {seed}: {difference}"));
    }
}

#[test]
fn a_wrong_reading_of_the_changes_is_noticed() {
    for bug in [Bug::ChangesReversed, Bug::MovedKeepsPlace, Bug::ArrivalsBeyondThePart] {
        assert!((0..10).any(|seed| followed(seed, bug).is_err()), "{bug:?} went unnoticed");
    }
}

fn rest(hub: &mut Hub, side: Side, price: i64) -> OrderId {
    let order = Place { side: side as u8, price, quantity: 1, ..Place::EMPTY };
    hub.submit(None, 0, CommandBuffer::new(MAKER, &order), NOW).unwrap();
    let last = hub.engine().by_priority(INSTRUMENT, side, Start::At(PriceTicks(price))).last();
    last.unwrap().id
}

fn cancel(hub: &mut Hub, order: OrderId) {
    hub.submit(None, 0, CommandBuffer::new(MAKER, &Cancel { order_id: order.0, ..Cancel::EMPTY }), NOW).unwrap();
}

/// What a message says of bids, as (price, leaves), and whether there is more.
fn part(message: &Message) -> (i64, usize, bool) {
    let bids = message.0.get("bids").map_or(0, |bids| bids.list().len());
    (message.number("part"), bids, message.0.contains_key("more"))
}

#[test]
fn a_level_is_told_in_parts_and_goes_on_whichever_of_its_orders_leave() {
    let mut hub = hub();
    hub.channels.orders.bounds.part_orders = 20;
    let orders: Vec<OrderId> = (0..50).map(|_| rest(&mut hub, Side::Buy, 10)).collect();
    let watcher = hub.open_session().unwrap();
    hub.subscribe(watcher, Channel::Level3, 0).unwrap();
    let mut mirror = Mirror::new(Bug::None);
    let mut step = |hub: &mut Hub, expected: &[(i64, usize, bool)]| {
        let told = settle(hub).remove(&watcher).unwrap_or_default();
        told.iter().for_each(|message| mirror.take(message).unwrap());
        mirror.check(hub).unwrap();
        let parts: Vec<_> = told.iter().filter(|message| message.text("op") == "level3_book").map(part).collect();
        assert_eq!(parts, expected);
    };
    step(&mut hub, &[(0, 20, true)]);
    step(&mut hub, &[]);
    assert!(hub.next_part(watcher, 0).unwrap() && hub.next_part(watcher, 0).unwrap(), "asking twice is asking once");
    // The last one told leaves: the next part goes on behind the one before it.
    cancel(&mut hub, orders[19]);
    step(&mut hub, &[(1, 20, true)]);
    // All that are remembered leave: the level is told again, and what is known of it is left out by the reader.
    orders[30..40].iter().for_each(|&order| cancel(&mut hub, order));
    assert!(hub.next_part(watcher, 0).unwrap());
    step(&mut hub, &[(2, 20, true)]);
    assert!(hub.next_part(watcher, 0).unwrap());
    step(&mut hub, &[(3, 19, false)]);
    assert!(hub.next_part(watcher, 0).unwrap(), "it is subscribed to");
    step(&mut hub, &[]);
    hub.unsubscribe(watcher, Channel::Level3, 0).unwrap();
    assert!(!hub.next_part(watcher, 0).unwrap());
    rest(&mut hub, Side::Sell, 20);
    assert!(settle(&mut hub).is_empty());
}

#[test]
fn a_group_of_too_many_changes_is_a_book_begun_anew_for_all() {
    let mut hub = hub();
    hub.channels.orders.bounds.group_changes = 8;
    let watchers = [(); 2].map(|()| hub.open_session().unwrap());
    for watcher in watchers {
        hub.subscribe(watcher, Channel::Level3, 0).unwrap();
    }
    settle(&mut hub);
    for (orders, expected) in [(8, "level3_delta"), (9, "level3_book"), (1, "level3_delta")] {
        (0..orders).for_each(|_| _ = rest(&mut hub, Side::Buy, 10));
        let told = settle(&mut hub);
        assert_eq!(told[&watchers[0]], told[&watchers[1]]);
        let ops: Vec<_> = told[&watchers[0]].iter().map(|message| message.text("op")).collect();
        assert_eq!(ops, [expected], "{orders} changes");
    }
}

#[test]
fn public_ids_differ_from_the_orders_own_and_from_those_of_another_process() {
    let ids = [(); 2].map(|()| {
        let mut hub = hub();
        let order = rest(&mut hub, Side::Buy, 10);
        let watcher = hub.open_session().unwrap();
        hub.subscribe(watcher, Channel::Level3, 0).unwrap();
        let told = settle(&mut hub).remove(&watcher).unwrap();
        let public = id_of(&told[0].0["bids"].list()[0].list()[0]);
        assert_ne!(public, order.0);
        (order, public)
    });
    assert_eq!(ids[0].0, ids[1].0);
    assert_ne!(ids[0].1, ids[1].1);
}

/// Level 2 and level 3 of one instrument begin and end on their own, and a part is paid by its size.
#[test]
fn a_part_is_charged_and_the_channels_are_independent() {
    let mut hub = hub();
    (0..600).for_each(|_| _ = rest(&mut hub, Side::Buy, 10));
    hub.set_limits(TAKER, PLENTY, (1, 2)).unwrap();
    let watcher = log_on(&mut hub, TAKER);
    settle(&mut hub);
    let ping = |hub: &mut Hub| {
        let mut handed = Vec::new();
        hub.receive(watcher, &request(&[("op", "ping".into())]), NOW, &mut handed).unwrap();
        handed[0].granted
    };
    assert!(ping(&mut hub));
    for channel in [Channel::Book, Channel::Level3] {
        hub.subscribe(watcher, channel, 0).unwrap();
    }
    let ops = |hub: &mut Hub| -> Vec<String> {
        let told = settle(hub).remove(&watcher).unwrap_or_default();
        told.iter().map(|message| message.text("op").into()).filter(|op| op != "report").collect()
    };
    assert_eq!(ops(&mut hub), ["book", "level3_book"]);
    assert!(!ping(&mut hub), "600 orders are worth more than a token");
    rest(&mut hub, Side::Buy, 11);
    assert_eq!(ops(&mut hub), ["delta", "level3_delta"]);
    hub.unsubscribe(watcher, Channel::Book, 0).unwrap();
    rest(&mut hub, Side::Buy, 12);
    assert_eq!(ops(&mut hub), ["level3_delta"]);
    hub.subscribe(watcher, Channel::Book, 0).unwrap();
    hub.unsubscribe(watcher, Channel::Level3, 0).unwrap();
    assert_eq!(ops(&mut hub), ["book"]);
    rest(&mut hub, Side::Buy, 13);
    assert_eq!(ops(&mut hub), ["delta"]);
}

#[test]
fn what_moves_says_so_and_what_is_taken_whole_is_not_removed_as_well() {
    let mut hub = hub();
    let watcher = hub.open_session().unwrap();
    hub.subscribe(watcher, Channel::Level3, 0).unwrap();
    let told = settle(&mut hub).remove(&watcher).unwrap();
    assert_eq!(part(&told[0]), (0, 0, false), "an empty book is told as well");
    let first = rest(&mut hub, Side::Sell, 20);
    rest(&mut hub, Side::Sell, 20);
    let amend = Amend { order_id: first.0, price: 20, quantity: 3, ..Amend::EMPTY };
    hub.submit(None, 0, CommandBuffer::new(MAKER, &amend), NOW).unwrap();
    let buy = Place { side: Side::Buy as u8, price: 20, quantity: 2, ..Place::EMPTY };
    hub.submit(None, 0, CommandBuffer::new(TAKER, &buy), NOW).unwrap();
    cancel(&mut hub, first);
    let told = settle(&mut hub).remove(&watcher).unwrap();
    let changes: Vec<_> = told[0].0["changes"].list().iter().map(Value::list).collect();
    let brief: Vec<_> = changes.iter().map(|change| (change[0].clone(), change[4].number())).collect();
    let expected = [("added", 1), ("added", 1), ("moved", 3), ("executed", 0), ("executed", 2), ("removed", 0)];
    assert_eq!(brief, expected.map(|(kind, leaves)| (Value::from(kind), leaves)));
}
