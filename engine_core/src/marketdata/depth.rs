//! Level 2: books by level, deltas of them with a checksum, best bid and offer.
//!
//! Changes say which levels were touched; what a level holds is read from the engine when a message is made, so that a
//! message always tells the state after all commands up to its `seq`. It knows no orders.

use super::{SIDES, Touched, symbol};
use crate::change::BookChange;
use crate::engine::Engine;
use crate::types::{ChangeKind, InstrumentId, PriceTicks};
use crate::wire::reply::{self, Level};

/// Levels of each side under a book's checksum (`gateway/PROTOCOL.md`, section 5).
pub const CHECKSUM_LEVELS: usize = 10;

/// CRC-32 (zlib's) over price and quantity, as little-endian `i64`s, of the best levels: bids, then asks.
pub fn checksum(engine: &Engine, instrument: InstrumentId) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for side in SIDES {
        for level in engine.depth(instrument, side).take(CHECKSUM_LEVELS) {
            let mut bytes = [0; 16];
            bytes[..8].copy_from_slice(&level.price.0.to_le_bytes());
            bytes[8..].copy_from_slice(&level.quantity.0.to_le_bytes());
            hasher.update(&bytes);
        }
    }
    hasher.finalize()
}

/// What is known of one instrument between two messages.
#[derive(Default)]
struct Feed {
    watched: bool,
    /// Prices of touched bids and asks, with repetitions.
    prices: [Vec<PriceTicks>; 2],
    /// `seq` of the last delta, or the engine's sequence when somebody began to watch.
    sequence: u64,
    best: [Option<Level>; 2],
}

#[derive(Default)]
pub struct DepthFeeds {
    /// By instrument.
    feeds: Vec<Feed>,
    touched: Touched,
    levels: [Vec<Level>; 2],
}

impl DepthFeeds {
    fn feed(&mut self, instrument: InstrumentId) -> &mut Feed {
        if self.feeds.len() <= instrument.index() {
            self.feeds.resize_with(instrument.index() + 1, Feed::default);
        }
        &mut self.feeds[instrument.index()]
    }

    /// Begins or ends collecting for an instrument. Beginning makes the book as it is now the base of the next delta.
    pub fn watch(&mut self, engine: &Engine, instrument: InstrumentId, watched: bool) {
        let sequence = engine.sequence();
        let best = best(engine, instrument);
        let feed = self.feed(instrument);
        if feed.watched != watched {
            *feed = Feed { watched, sequence, best, ..Feed::default() };
        }
    }

    /// Takes in a change of a book.
    #[inline]
    pub fn note(&mut self, change: &BookChange) {
        let feed = self.feeds.get_mut(change.instrument.index()).filter(|feed| feed.watched);
        let Some(feed) = feed else { return };
        let prices = &mut feed.prices[change.side as usize];
        if change.kind == ChangeKind::Moved {
            prices.push(PriceTicks(i64::from(change.previous_price)));
        }
        // One level is often touched many times in a row; the other repetitions go when the delta is made.
        let price = PriceTicks(i64::from(change.price));
        if prices.last() != Some(&price) {
            prices.push(price);
        }
        self.touched.add(change.instrument);
    }

    /// Moves the instruments touched since the last call to `into`.
    pub fn take_touched(&mut self, into: &mut Vec<InstrumentId>) {
        self.touched.take(into);
    }

    /// Appends the `delta` of the touched levels. False, and nothing is written, if there are none.
    pub fn delta(&mut self, engine: &Engine, instrument: InstrumentId, out: &mut Vec<u8>) -> bool {
        let DepthFeeds { feeds, levels, .. } = self;
        let feed = &mut feeds[instrument.index()];
        if feed.prices.iter().all(Vec::is_empty) {
            return false;
        }
        feed.prices[0].sort_unstable_by(|one, other| other.cmp(one));
        feed.prices[1].sort_unstable();
        for (at, side) in SIDES.into_iter().enumerate() {
            feed.prices[at].dedup();
            levels[at].clear();
            levels[at].extend(feed.prices[at].drain(..).map(|price| {
                let level = engine.level(instrument, side, price).expect("a touched instrument is known");
                (price, level.quantity)
            }));
        }
        let (sequence, previous_sequence) = (engine.sequence(), feed.sequence);
        feed.sequence = sequence;
        let [bids, asks] = levels;
        let checksum = checksum(engine, instrument);
        let instrument = symbol(engine, instrument);
        reply::delta(out, &reply::Delta { instrument, sequence, previous_sequence, bids, asks, checksum });
        true
    }

    /// Appends the `book`, whole. Its `seq` is the one that the next delta follows: call it when none is outstanding.
    pub fn book(&mut self, engine: &Engine, instrument: InstrumentId, out: &mut Vec<u8>) {
        let sequence = self.feed(instrument).sequence;
        for (at, side) in SIDES.into_iter().enumerate() {
            self.levels[at].clear();
            self.levels[at].extend(engine.depth(instrument, side).map(|level| (level.price, level.quantity)));
        }
        let [bids, asks] = &self.levels;
        reply::book(out, symbol(engine, instrument), sequence, bids, asks, checksum(engine, instrument));
    }

    /// Appends a `bbo` if the best levels are not those of the last one.
    pub fn bbo_if_changed(&mut self, engine: &Engine, instrument: InstrumentId, out: &mut Vec<u8>) -> bool {
        let now = best(engine, instrument);
        let changed = std::mem::replace(&mut self.feed(instrument).best, now) != now;
        if changed {
            bbo(engine, instrument, out);
        }
        changed
    }
}

/// Appends the `bbo` as it is.
pub fn bbo(engine: &Engine, instrument: InstrumentId, out: &mut Vec<u8>) {
    let [bid, ask] = best(engine, instrument);
    reply::bbo(out, symbol(engine, instrument), engine.sequence(), bid, ask);
}

fn best(engine: &Engine, instrument: InstrumentId) -> [Option<Level>; 2] {
    SIDES.map(|side| {
        let level = engine.level(instrument, side, engine.best(instrument, side)?)?;
        Some((level.price, level.quantity))
    })
}
