//! Tapes that are cut, damaged and joined at random: whatever comes, what stood before the damage is replayed, and the damage is
//! told by its place. Books are held against a model that searches for everything.

#[cfg(feature = "dbn")]
mod databento;
mod lobster;

use engine_core::engine::Engine;
use engine_core::tape::itch::{Itch, TYPES};
use engine_core::tape::{
    Action, Books, Counts, Depth, Disagreement, Format, Market, Message, RECOGNISED_BY, Replay, Source, TapeError,
};
use engine_core::types::Side;
use engine_core::venue::Venue;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::io::{Read, Write};

/// splitmix64: the same cases in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

// Tapes

/// A message of any type behind its length: few orders, prices and symbols, so that messages are about each other.
fn push_message(tape: &mut Vec<u8>, random: &mut Random) {
    let books = b"AAAAFEECXXDUU";
    let kind = if random.below(8) == 0 { random.pick(&TYPES).0 } else { random.pick(books) };
    let length = TYPES.iter().find(|(known, ..)| *known == kind).expect("a known type").1;
    let told = if random.below(16) == 0 { 0 } else { u16::from(length) };
    tape.extend(told.to_be_bytes());
    let start = tape.len();
    tape.push(kind);
    tape.extend((random.below(3) as u16).to_be_bytes());
    tape.resize(start + usize::from(length), 0);
    let body = &mut tape[start..];
    let mut small = |at: usize, end: usize| body[at] = random.below(end) as u8;
    match kind {
        b'A' | b'F' => {
            small(18, 8);
            small(23, 6);
            small(35, 6);
            body[19] = random.pick(b"BS");
            body[24..32].copy_from_slice(&random.pick(&[*b"AAPL    ", *b"MSFT    ", *b"BRK.A   "]));
        }
        b'E' | b'C' | b'X' => {
            small(18, 8);
            small(22, 6);
        }
        b'D' => small(18, 8),
        b'U' => {
            small(18, 8);
            small(26, 8);
            small(30, 6);
            small(34, 6);
        }
        b'R' => body[11..19].copy_from_slice(b"AAPL    "),
        _ => {}
    }
}

fn tape(random: &mut Random, most: usize) -> Vec<u8> {
    let mut tape = Vec::new();
    for _ in 0..=random.below(most) {
        push_message(&mut tape, random);
    }
    if random.below(8) == 0 {
        tape.extend([0, 0]);
    }
    tape
}

/// Damages some bytes: changes, cuts, leaves out, repeats.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(3) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        let end = at + random.below((bytes.len() - at).min(64) + 1);
        match random.below(7) {
            0 | 1 => bytes.truncate(at),
            2 => bytes[at] ^= 1 << random.below(8),
            3 => bytes[at] = random.next() as u8,
            4 => drop(bytes.drain(at..end)),
            5 => bytes.splice(at..at, (at..end).map(|_| random.next() as u8).collect::<Vec<_>>()).for_each(drop),
            _ => bytes.extend_from_within(at..end),
        }
    }
}

/// Bytes that come as a slow disk gives them: no more than so many at once.
struct Trickle {
    bytes: Vec<u8>,
    at: usize,
    most: usize,
}

impl Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = buffer.len().min(self.most).min(self.bytes.len() - self.at);
        buffer[..count].copy_from_slice(&self.bytes[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

fn source(bytes: &[u8], most: usize) -> Source {
    Source::of(Box::new(Trickle { bytes: bytes.to_vec(), at: 0, most }))
}

/// All messages of a tape up to the end or an error.
fn decoded_by<F: Format>(opened: Result<F, TapeError>, batch: usize) -> (Vec<Message>, Option<TapeError>) {
    let mut messages = Vec::new();
    let mut places = vec![Message::NOTHING; batch];
    let read = || -> Result<(), TapeError> {
        let mut tape = opened?;
        loop {
            let (count, read) = tape.read(&mut places);
            messages.extend_from_slice(&places[..count]);
            read?;
            if count == 0 {
                return Ok(());
            }
        }
    };
    let error = read().err();
    (messages, error)
}

fn decoded(source: Source, batch: usize) -> (Vec<Message>, Option<TapeError>) {
    decoded_by(Itch::new(source, None, u64::MAX), batch)
}

type Sides = Vec<(u16, Side, Vec<(i64, i64, u32)>)>;

/// What a replay leads to: its books and what it counted.
fn replayed(source: Source, step: u64) -> Option<(Sides, Counts, u64)> {
    let format = Itch::new(source, None, u64::MAX).ok()?;
    let books = Books::new(format.usual_step());
    let mut replay = Replay::new(Box::new(format), Box::new(books), None, 0);
    while replay.advance(step).is_ok_and(|more| more) {}
    let instruments: Vec<u16> = replay.symbols().map(|(instrument, _)| instrument).collect();
    Some((sides(replay.depth(), &instruments), *replay.depth().counts(), replay.messages()))
}

fn sides(depth: &dyn Depth, instruments: &[u16]) -> Sides {
    let side = |instrument, side| {
        let levels = depth.levels(instrument, side);
        let levels = levels.iter().map(|level| (level.price.0, level.quantity.0, level.orders));
        (instrument, side, levels.collect())
    };
    instruments.iter().flat_map(|&instrument| [side(instrument, Side::Buy), side(instrument, Side::Sell)]).collect()
}

/// Where an error says it is; a file that does not even begin as a tape is wrong from its first byte on.
fn place(error: &TapeError) -> u64 {
    match error {
        TapeError::At { offset, .. } | TapeError::Packed { offset, .. } => *offset,
        TapeError::OtherFormat { .. } => 0,
        error => panic!("a damaged tape led to {error:?}"),
    }
}

#[test]
fn damaged_tapes_are_replayed_up_to_the_damage_and_no_further() {
    const CASES: usize = 200_000;
    let mut random = Random(1);
    let mut failed = 0;
    for case in 0..CASES {
        let mut bytes = tape(&mut random, 12);
        damage(&mut bytes, &mut random);
        let most = if case % 4 == 0 { 1 + random.below(90) } else { usize::MAX };
        let (messages, error) = decoded(source(&bytes, most), 1 + random.below(300));
        let Some(error) = error else { continue };
        failed += 1;
        let offset = place(&error) as usize;
        assert!(offset < bytes.len() || bytes.is_empty(), "case {case}: {error}: of {} bytes", bytes.len());
        assert_eq!(
            error.to_string().contains(&format!("byte {offset}")),
            !matches!(error, TapeError::OtherFormat { .. })
        );
        if offset == 0 {
            assert!(messages.is_empty(), "case {case}: {error}");
            continue;
        }
        let before = &bytes[..offset];
        let (again, none) = decoded(source(before, 1 + random.below(40)), 1 + random.below(5));
        assert!(none.is_none(), "case {case}: before {error}: {none:?}");
        assert_eq!(again, messages, "case {case}: {error}");
        if case % 64 == 0 {
            let whole = replayed(source(&bytes, usize::MAX), 1 + random.below(9) as u64);
            assert_eq!(whole, replayed(source(before, usize::MAX), u64::MAX), "case {case}: {error}");
        }
    }
    assert!((CASES / 4..CASES).contains(&failed), "{failed} of {CASES}: the cases no longer say much");
}

#[test]
fn packed_tapes_that_are_damaged_end_like_plain_ones() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("tape.gz");
    let mut random = Random(2);
    let mut replayed_some = 0;
    for case in 0..2_000 {
        let plain = tape(&mut random, 40);
        let mut encoder = GzEncoder::new(Vec::new(), Compression::new(random.below(3) as u32 * 3));
        encoder.write_all(&plain).expect("memory takes all");
        let mut packed = encoder.finish().expect("memory takes all");
        let is_cut = case % 2 == 0;
        if is_cut {
            packed.truncate(2 + random.below(packed.len() - 2));
        } else {
            damage(&mut packed, &mut random);
        }
        std::fs::write(&path, &packed).expect("a file");
        let (messages, error) = decoded(Source::open(&path, || Ok(())).expect("it is there"), 1 + random.below(300));
        let Some(error) = error else {
            assert!(!is_cut, "case {case}: nobody missed the end");
            continue;
        };
        let offset = place(&error) as usize;
        if is_cut {
            assert!(matches!(error, TapeError::Packed { .. }), "case {case}: {error:?}");
            assert!(offset <= plain.len(), "case {case}: {error}: of {} bytes", plain.len());
            if offset < RECOGNISED_BY {
                assert!(messages.is_empty(), "case {case}: {error}: nobody knows yet what it is");
            } else {
                let (again, _) = decoded(source(&plain[..offset], usize::MAX), 7);
                assert_eq!(again, messages, "case {case}: {error}");
                replayed_some += 1;
            }
        }
    }
    assert!(replayed_some > 100, "{replayed_some}: the cases no longer say much");
}

/// Longer than the window that is read at once, so that messages lie across its ends.
#[test]
fn long_tapes_read_the_same_however_they_come() {
    let mut random = Random(3);
    let mut bytes = Vec::new();
    while bytes.len() < 5 << 19 {
        push_message(&mut bytes, &mut random);
    }
    let whole = replayed(source(&bytes, usize::MAX), u64::MAX).expect("a tape");
    for (most, step) in [(1 << 20, 1), (100_003, 1_000), (4_099, 257)] {
        assert_eq!(replayed(source(&bytes, most), step).as_ref(), Some(&whole), "{most} bytes at once");
    }
    for cut in (1 << 20) - 40..(1 << 20) + 40 {
        let (messages, error) = decoded(source(&bytes[..cut], usize::MAX), 256);
        let offset = error.as_ref().map_or(cut, |error| place(error) as usize);
        assert!(cut - offset < 52, "a cut at {cut}: {error:?}");
        assert_eq!(messages, decoded(source(&bytes[..offset], usize::MAX), 256).0);
    }
}

// Books

/// Books as one would write them down: every queue a vector, every order searched for.
#[derive(Default)]
struct Model {
    /// Number and quantity of each order, the first in front; by instrument, side and price.
    queues: BTreeMap<(u16, bool, u32), Vec<(u64, u64)>>,
    added: u64,
    deleted: u64,
    reduced: u64,
    replaced: u64,
    executions: u64,
    queue_front_agreed: u64,
    executions_anywhere: u64,
    executed_quantity: u64,
    /// Price, quantity, and who came: since it was last looked at.
    traded: Vec<(u32, i64, Side)>,
    disagreements: BTreeMap<&'static str, u64>,
}

type Queue = (u16, bool, u32);

impl Model {
    fn apply(&mut self, message: &Message) {
        let Message { action, instrument, order, quantity, price, .. } = *message;
        let other = message.other_order;
        let found = self.find(instrument, order).or_else(|| match action {
            Action::Replace | Action::Modify => None,
            _ => self.find(instrument, other).filter(|_| other != 0),
        });
        match action {
            Action::Nothing | Action::Trade => {}
            Action::ClearLevel => {
                self.queues.remove(&(instrument, message.side == Side::Buy, price));
            }
            Action::ClearBook => self.queues.retain(|queue, _| queue.0 != instrument),
            Action::Add => {
                self.added += 1;
                self.add(instrument, order, message.side == Side::Buy, price, quantity);
            }
            Action::Top => {
                self.queues.retain(|queue, _| (queue.0, queue.1) != (instrument, message.side == Side::Buy));
                if quantity > 0 {
                    self.added += 1;
                    self.add(instrument, order, message.side == Side::Buy, price, quantity);
                }
            }
            Action::Modify => {
                let is_buy = message.side == Side::Buy;
                match found.map(|(queue, at)| (queue, at, self.queues[&queue][at].1)) {
                    None => self.added += 1,
                    Some((queue, at, left))
                        if queue == (instrument, is_buy, price) && (1..=left).contains(&quantity) =>
                    {
                        self.reduced += 1;
                        self.take(queue, at, left - quantity);
                        return;
                    }
                    Some((queue, at, left)) => {
                        self.replaced += 1;
                        self.take(queue, at, left);
                    }
                }
                self.add(instrument, order, is_buy, price, quantity);
            }
            _ if found.is_none() => self.disagree(Disagreement::UnknownOrder),
            Action::Execute => {
                let (queue, at) = found.expect("it is open");
                self.executions += 1;
                match (Some(queue.2) == self.best(instrument, queue.1), at) {
                    (true, 0) => self.queue_front_agreed += 1,
                    (true, _) => self.disagree(Disagreement::BehindInItsQueue),
                    (false, _) => self.disagree(Disagreement::BehindBetterPrice),
                }
                self.execute(queue, at, quantity, queue.2);
            }
            Action::ExecuteAnywhere | Action::ExecuteUnprinted => {
                let (queue, at) = found.expect("it is open");
                self.executions_anywhere += 1;
                self.execute(queue, at, quantity, if price > 0 { price } else { queue.2 });
            }
            Action::Reduce => {
                let (queue, at) = found.expect("it is open");
                self.reduced += 1;
                self.take(queue, at, quantity);
            }
            Action::Delete => {
                let (queue, at) = found.expect("it is open");
                self.deleted += 1;
                self.take(queue, at, self.queues[&queue][at].1);
            }
            Action::Replace => {
                let (queue, at) = found.expect("it is open");
                self.replaced += 1;
                self.take(queue, at, self.queues[&queue][at].1);
                self.add(instrument, message.other_order, queue.1, price, quantity);
            }
        }
    }

    fn execute(&mut self, queue: Queue, at: usize, quantity: u64, price: u32) {
        let executed = self.take(queue, at, quantity);
        self.executed_quantity += executed;
        if executed > 0 {
            self.traded.push((price, executed as i64, if queue.1 { Side::Sell } else { Side::Buy }));
        }
    }

    /// Whether what was noted is what was traded.
    fn assert_noted(&mut self, books: &mut dyn Depth) {
        let noted = books.noted().expect("it notes").drain(..);
        let noted: Vec<_> = noted.map(|traded| (traded.price, traded.quantity, traded.aggressor)).collect();
        assert_eq!(noted, std::mem::take(&mut self.traded));
    }

    fn find(&self, instrument: u16, order: u64) -> Option<(Queue, usize)> {
        let mut own = self.queues.iter().filter(|(queue, _)| queue.0 == instrument);
        own.find_map(|(queue, orders)| Some((*queue, orders.iter().position(|other| other.0 == order)?)))
    }

    fn best(&self, instrument: u16, is_buy: bool) -> Option<u32> {
        let prices = self.queues.keys().filter(|queue| (queue.0, queue.1) == (instrument, is_buy)).map(|queue| queue.2);
        if is_buy { prices.max() } else { prices.min() }
    }

    fn add(&mut self, instrument: u16, order: u64, is_buy: bool, price: u32, quantity: u64) {
        if quantity == 0 {
            return self.disagree(Disagreement::NoQuantity);
        }
        if price == 0 {
            return self.disagree(Disagreement::NoPrice);
        }
        let opposite = self.best(instrument, !is_buy);
        if opposite.is_some_and(|best| if is_buy { price >= best } else { price <= best }) {
            self.disagree(Disagreement::Crossed);
        }
        if let Some((queue, at)) = self.find(instrument, order) {
            self.take(queue, at, self.queues[&queue][at].1);
            self.disagree(Disagreement::NumberInUse);
        }
        self.queues.entry((instrument, is_buy, price)).or_default().push((order, quantity));
    }

    /// Takes so much off an order, or all it has; returns how much.
    fn take(&mut self, queue: Queue, at: usize, quantity: u64) -> u64 {
        let orders = self.queues.get_mut(&queue).expect("it has orders");
        let left = orders[at].1;
        if quantity < left {
            orders[at].1 -= quantity;
            return quantity;
        }
        orders.remove(at);
        if orders.is_empty() {
            self.queues.remove(&queue);
        }
        if quantity > left {
            self.disagree(Disagreement::MoreThanLeft);
        }
        left
    }

    fn disagree(&mut self, what: Disagreement) {
        *self.disagreements.entry(what.name()).or_default() += 1;
    }

    fn counts_of<const COUNT: usize>(&self, disagreements: [Disagreement; COUNT]) -> u64 {
        disagreements.iter().filter_map(|what| self.disagreements.get(what.name())).sum()
    }

    fn side(&self, instrument: u16, side: Side) -> Vec<(i64, i64, u32)> {
        let mut levels = Vec::new();
        for (queue, orders) in &self.queues {
            if (queue.0, queue.1) == (instrument, side == Side::Buy) {
                let quantity: u64 = orders.iter().map(|order| order.1).sum();
                levels.push((i64::from(queue.2), quantity as i64, orders.len() as u32));
            }
        }
        if side == Side::Buy {
            levels.reverse();
        }
        levels
    }

    fn assert_same(&self, books: &dyn Depth) {
        for (instrument, side, levels) in sides(books, &INSTRUMENTS) {
            assert_eq!(levels, self.side(instrument, side), "{side:?} of {instrument}");
        }
        let open: usize = self.queues.values().map(Vec::len).sum();
        assert_eq!(books.open_orders() as usize, open);
        let counts = books.counts();
        assert_eq!((counts.added, counts.deleted), (self.added, self.deleted));
        assert_eq!((counts.reduced, counts.replaced), (self.reduced, self.replaced));
        assert_eq!((counts.executions, counts.queue_front_agreed), (self.executions, self.queue_front_agreed));
        let anywhere = (counts.executions_anywhere, counts.executed_quantity);
        assert_eq!(anywhere, (self.executions_anywhere, self.executed_quantity));
        for (what, count) in counts.disagreements() {
            assert_eq!(count, self.disagreements.get(what.name()).copied().unwrap_or_default(), "{}", what.name());
        }
    }
}

const INSTRUMENTS: [u16; 3] = [0, 1, 7];

fn message(random: &mut Random, prices: &[u32]) -> Message {
    let actions =
        [Action::Add, Action::Execute, Action::Reduce, Action::Delete, Action::Replace, Action::Modify, Action::Modify];
    let rare = [
        Action::ExecuteAnywhere,
        Action::ExecuteUnprinted,
        Action::ClearLevel,
        Action::ClearBook,
        Action::Top,
        Action::Nothing,
        Action::Trade,
    ];
    Message {
        action: match random.below(12) {
            0 => random.pick(&rare),
            1..=5 => Action::Add,
            _ => random.pick(&actions),
        },
        instrument: random.pick(&INSTRUMENTS),
        order: random.below(20) as u64,
        other_order: random.below(20) as u64,
        quantity: random.below(7) as u64,
        price: random.pick(prices),
        side: random.pick(&[Side::Buy, Side::Sell]),
        ..Message::NOTHING
    }
}

#[test]
fn books_are_those_of_a_model_that_searches_for_everything() {
    let mut random = Random(4);
    let mut told = BTreeMap::new();
    for round in 0..1_000 {
        let step = random.pick(&[1, 5, 100]);
        let near: Vec<u32> = (0..8).chain([63, 64, 65, 4_096]).map(|price| price * step).collect();
        let all: Vec<u32> = near.iter().copied().chain([1, 101, 6_399, u32::MAX - 1, u32::MAX]).collect();
        let (mut books, mut model) = (Books::new(step), Model::default());
        books.note_trades();
        for at in 0..100 {
            // In every other round the first prices between two usual ones come when there are books.
            let prices = if round % 2 == 0 && at < 60 { &near } else { &all };
            let batch: Vec<Message> = (0..1 + random.below(4)).map(|_| message(&mut random, prices)).collect();
            books.apply(&batch, &[]).expect("there is room");
            batch.iter().for_each(|message| model.apply(message));
            model.assert_same(&books);
            model.assert_noted(&mut books);
        }
        for (what, count) in &model.disagreements {
            *told.entry(*what).or_insert(0) += count;
        }
        drain(&mut books, model);
    }
    assert_eq!(told.len(), Disagreement::ALL.len(), "{told:?}");
}

/// Executes the order that the model has in front until nobody is left: each is in front in the books as well.
fn drain(books: &mut dyn Depth, mut model: Model) {
    for (instrument, side) in INSTRUMENTS.into_iter().flat_map(|at| [(at, Side::Buy), (at, Side::Sell)]) {
        while let Some(price) = model.best(instrument, side == Side::Buy) {
            let (order, quantity) = model.queues[&(instrument, side == Side::Buy, price)][0];
            let agreed = books.counts().queue_front_agreed;
            let message = Message { action: Action::Execute, instrument, order, quantity, ..Message::NOTHING };
            books.apply(&[message], &[]).expect("there is room");
            model.apply(&message);
            assert_eq!(books.counts().queue_front_agreed, agreed + 1, "{order} at {price}");
            model.assert_same(books);
        }
    }
    assert_eq!(books.open_orders(), 0);
}

// Markets

const PRICES: [u32; 13] = [0, 1, 2, 3, 4, 5, 6, 63, 64, 65, 4_096, 1_999_999_999, u32::MAX];

fn market() -> Market {
    Market::open(Venue::in_memory(Engine::default()), 10_000).expect("a venue of its own")
}

fn assert_adds_up(market: &Market) {
    assert!(market.is_conserved());
    assert_eq!((market.settled().refused, market.first_refusal()), (0, None));
    assert_eq!(market.settled().fills, market.engine().settlements());
    assert_eq!(
        i128::from(market.fees()) * 10_000,
        i128::from(market.settled().notional),
        "a basis point, of whole cents"
    );
}

/// Where nobody crosses, whoever stepped aside is back where he was after every message.
#[test]
fn a_market_that_never_crosses_has_the_books_that_its_messages_say() {
    let mut random = Random(5);
    let mut out_of_turn = 0;
    for _ in 0..40 {
        let (mut market, mut model) = (market(), Model::default());
        market.note_trades();
        for _ in 0..200 {
            let drawn = message(&mut random, &PRICES);
            let price = 100 * (1 + drawn.price % 6);
            let replaced = model.find(drawn.instrument, drawn.order).filter(|_| drawn.action == Action::Replace);
            let is_buy = replaced.map_or(drawn.side == Side::Buy, |(queue, _)| queue.1);
            let message = Message { price: if is_buy { price } else { 600 + price }, ..drawn };
            let not_first = model.counts_of([Disagreement::BehindInItsQueue, Disagreement::BehindBetterPrice]);
            market.apply(&[message], &[]).expect("a venue can do what a tape says");
            model.apply(&message);
            model.assert_same(&market);
            model.assert_noted(&mut market);
            out_of_turn +=
                model.counts_of([Disagreement::BehindInItsQueue, Disagreement::BehindBetterPrice]) - not_first;
        }
        assert_adds_up(&market);
        drain(&mut market, model);
        assert_adds_up(&market);
    }
    assert!(out_of_turn > 100, "{out_of_turn}: the cases no longer say much");
}

/// Whatever comes, the books are not crossed, nothing is lost, and the replay goes on.
#[test]
fn a_market_survives_every_message() {
    let mut random = Random(6);
    let mut in_the_way = 0;
    for _ in 0..40 {
        let mut market = market();
        for _ in 0..300 {
            market.apply(&[message(&mut random, &PRICES)], &[]).expect("a venue can do what a tape says");
            for instrument in INSTRUMENTS {
                let best = |side| market.levels(instrument, side).first().map(|level| level.price);
                if let (Some(bid), Some(ask)) = (best(Side::Buy), best(Side::Sell)) {
                    assert!(bid < ask, "{bid:?} crosses {ask:?}");
                }
            }
        }
        assert!(market.is_conserved());
        in_the_way += market.settled().in_the_way;
    }
    assert!(in_the_way > 100, "{in_the_way}: the cases no longer say much");
}

// What is a tape at all

fn add(order: u8, side: u8) -> Vec<u8> {
    let mut body = vec![0; 36];
    (body[0], body[18], body[19], body[23], body[35]) = (b'A', order, side, 1, 1);
    [&36_u16.to_be_bytes()[..], &body].concat()
}

#[test]
fn a_length_of_0_at_the_very_end_is_the_end_of_the_session() {
    let tape = [add(1, b'B'), vec![0, 0]].concat();
    let (messages, error) = decoded(source(&tape, usize::MAX), 9);
    assert_eq!((messages.len(), error.is_none()), (1, true), "{error:?}");
    for damaged in [[add(1, b'B'), vec![0]].concat(), [add(1, b'B'), vec![0, 1]].concat()] {
        let (messages, error) = decoded(source(&damaged, usize::MAX), 9);
        assert_eq!((messages.len(), error.as_ref().map(place)), (1, Some(38)), "{error:?}");
    }
}

#[test]
fn an_order_has_one_of_two_sides() {
    let tape = [add(1, b'B'), add(2, b'S'), add(3, b'b')].concat();
    let (messages, error) = decoded(source(&tape, usize::MAX), 9);
    assert_eq!(messages.iter().map(|message| message.side).collect::<Vec<_>>(), [Side::Buy, Side::Sell]);
    assert_eq!(error.expect("an error").to_string(), "byte 76: an order of side b, which is neither B nor S");
}
