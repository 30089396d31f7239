//! Level 3: books order by order, in the order in which the orders would trade, and every change of them.
//!
//! Orders have public ids ([`PublicIds`]), which name no account. A book is told in parts of at most [`PART_ORDERS`],
//! one at a reader's asking, so that no book is too deep for a reader or for a turn. Changes go on between the parts:
//! a part with more to come ends *inside* the level of its last order, and a reader leaves out of the changes what
//! arrives there or beyond, because the next part will tell it; what it knows already and is told again it leaves out,
//! too.
//!
//! A group with more than [`GROUP_CHANGES`] of a book is told as a book begun anew. It keeps nothing by order, and
//! knows no session: a reader is a number.

pub use super::public_ids::KEY_BYTES;
use super::public_ids::PublicIds;
use super::{SIDES, Touched, symbol};
use crate::change::BookChange;
use crate::engine::{Engine, RestingOrder, Start};
use crate::types::{ChangeKind, InstrumentId, OrderId, PriceTicks, Side};
use crate::wire::reply::{self, Level3Book, Level3Delta, PublicChange, PublicOrder};

/// Orders of one part, and of the work that one costs: at most 25 kB.
pub const PART_ORDERS: usize = 1_024;
/// Changes of one book in one group that are told as such: a message of at most 600 kB, far over what a group holds
/// unless many cancel all.
pub const GROUP_CHANGES: usize = 1 << 14;
/// Orders of each side under a book's checksum (`gateway/PROTOCOL.md`, section 5).
pub const CHECKSUM_ORDERS: usize = 10;
/// Room for changes that a book keeps from group to group.
const CHANGES_KEPT: usize = 1_024;
/// Of a part, so many of its last orders are remembered as places to go on behind.
const ANCHORS: usize = 8;

/// What bounds a message.
pub(crate) struct Bounds {
    pub part_orders: usize,
    pub group_changes: usize,
}

/// How far a reader of parts has come.
struct Walk {
    reader: u32,
    /// The next part's number.
    part: u32,
    side: Side,
    /// The level of the last order told, and the last orders told of it, the very last first. Where none of them rests
    /// in its place any more, the level is told again from its front.
    price: PriceTicks,
    anchors: Vec<OrderId>,
}

#[derive(Default)]
struct Feed {
    watched: bool,
    changes: Vec<BookChange>,
    /// There were more changes than are told one by one.
    lost: bool,
    /// `seq` of the last delta, or the engine's sequence when somebody began to watch.
    sequence: u64,
    walks: Vec<Walk>,
}

pub struct OrderFeeds {
    ids: PublicIds,
    /// By instrument.
    feeds: Vec<Feed>,
    touched: Touched,
    orders: [Vec<PublicOrder>; 2],
    pub(crate) bounds: Bounds,
}

impl OrderFeeds {
    /// `key` is the secret behind the public ids.
    pub fn new(key: [u8; KEY_BYTES]) -> OrderFeeds {
        OrderFeeds {
            ids: PublicIds::new(key),
            feeds: Vec::new(),
            touched: Touched::default(),
            orders: Default::default(),
            bounds: Bounds { part_orders: PART_ORDERS, group_changes: GROUP_CHANGES },
        }
    }

    fn feed(&mut self, instrument: InstrumentId) -> &mut Feed {
        if self.feeds.len() <= instrument.index() {
            self.feeds.resize_with(instrument.index() + 1, Feed::default);
        }
        &mut self.feeds[instrument.index()]
    }

    /// Begins or ends collecting for an instrument. Beginning makes the book as it is now the base of the next delta.
    pub fn watch(&mut self, engine: &Engine, instrument: InstrumentId, watched: bool) {
        let sequence = engine.sequence();
        let feed = self.feed(instrument);
        if feed.watched != watched {
            *feed = Feed { watched, sequence, ..Feed::default() };
        }
    }

    /// Takes in a change of a book.
    #[inline]
    pub fn note(&mut self, change: &BookChange) {
        let feed = self.feeds.get_mut(change.instrument.index()).filter(|feed| feed.watched);
        let Some(feed) = feed else { return };
        if change.kind == ChangeKind::Moved {
            // It may rest where it did, but behind others now.
            feed.walks.iter_mut().for_each(|walk| walk.anchors.retain(|&anchor| anchor != change.order_id));
        }
        if feed.changes.len() < self.bounds.group_changes {
            feed.changes.push(*change);
        } else {
            feed.lost = true;
        }
        self.touched.add(change.instrument);
    }

    /// Moves the instruments touched since the last call to `into`.
    pub fn take_touched(&mut self, into: &mut Vec<InstrumentId>) {
        self.touched.take(into);
    }

    /// Appends the `level3_delta` of what changed. False, and nothing is written, if nothing did, or too much: see
    /// [`OrderFeeds::restart`].
    pub fn delta(&mut self, engine: &Engine, instrument: InstrumentId, out: &mut Vec<u8>) -> bool {
        let OrderFeeds { ids, feeds, .. } = self;
        let feed = &mut feeds[instrument.index()];
        if feed.changes.is_empty() || feed.lost {
            return false;
        }
        let (sequence, previous_sequence) = (engine.sequence(), feed.sequence);
        feed.sequence = sequence;
        let checksum = checksum(ids, engine, instrument);
        let instrument = symbol(engine, instrument);
        let delta = Level3Delta { instrument, sequence, previous_sequence, checksum };
        reply::level3_delta(out, &delta, feed.changes.iter().map(|change| public(ids, change)));
        feed.forget_changes();
        true
    }

    /// Begins the book anew for all of `readers`, if there were more changes than are told one by one: appends the
    /// first part.
    pub fn restart(&mut self, engine: &Engine, instrument: InstrumentId, readers: &[u32], out: &mut Vec<u8>) -> bool {
        let feed = &mut self.feeds[instrument.index()];
        if !feed.lost {
            return false;
        }
        feed.forget_changes();
        feed.sequence = engine.sequence();
        feed.walks.clear();
        let begun = self.part(engine, instrument, None, out);
        let walks = begun.into_iter().flat_map(|(side, price, anchors)| {
            readers.iter().map(move |&reader| Walk { reader, part: 1, side, price, anchors: anchors.clone() })
        });
        self.feeds[instrument.index()].walks.extend(walks);
        true
    }

    /// Appends the first part of the book. Its `seq` is the one that the next delta follows: call it when none is
    /// outstanding.
    pub fn begin(&mut self, engine: &Engine, instrument: InstrumentId, reader: u32, out: &mut Vec<u8>) {
        self.end(instrument, reader);
        self.go_on(engine, instrument, reader, None, out);
    }

    /// Appends the next part. False, and nothing is written, if the reader has had the last.
    pub fn next(&mut self, engine: &Engine, instrument: InstrumentId, reader: u32, out: &mut Vec<u8>) -> bool {
        let walks = &mut self.feed(instrument).walks;
        let at = walks.iter().position(|walk| walk.reader == reader);
        let walk = at.map(|at| walks.swap_remove(at));
        let outstanding = walk.is_some();
        if outstanding {
            self.go_on(engine, instrument, reader, walk, out);
        }
        outstanding
    }

    fn go_on(&mut self, engine: &Engine, instrument: InstrumentId, reader: u32, walk: Option<Walk>, out: &mut Vec<u8>) {
        let part = walk.as_ref().map_or(0, |walk| walk.part) + 1;
        let left = self.part(engine, instrument, walk, out);
        let walk = left.map(|(side, price, anchors)| Walk { reader, part, side, price, anchors });
        self.feed(instrument).walks.extend(walk);
    }

    /// The reader wants no further part.
    pub fn end(&mut self, instrument: InstrumentId, reader: u32) {
        self.feed(instrument).walks.retain(|walk| walk.reader != reader);
    }

    /// Appends the part that `walk` has come to, or the first. Returns where it ends, if there is more.
    fn part(
        &mut self,
        engine: &Engine,
        instrument: InstrumentId,
        walk: Option<Walk>,
        out: &mut Vec<u8>,
    ) -> Option<(Side, PriceTicks, Vec<OrderId>)> {
        self.orders.iter_mut().for_each(Vec::clear);
        let part = walk.as_ref().map_or(0, |walk| walk.part);
        let mut orders = orders_from(engine, instrument, walk);
        let mut last: Vec<RestingOrder> = Vec::with_capacity(self.bounds.part_orders);
        last.extend(orders.by_ref().take(self.bounds.part_orders));
        for &RestingOrder { id, side, price, leaves } in &last {
            self.orders[side as usize].push(PublicOrder { id: self.ids.of(id), price, leaves });
        }
        let more = orders.next().is_some();
        let [bids, asks] = &self.orders;
        let sequence = self.feeds[instrument.index()].sequence;
        let checksum = checksum(&self.ids, engine, instrument);
        let instrument = symbol(engine, instrument);
        reply::level3_book(out, &Level3Book { instrument, sequence, part, bids, asks, more, checksum });
        let end = last.last().filter(|_| more)?;
        let level = last.iter().rev().take_while(|order| (order.side, order.price) == (end.side, end.price));
        Some((end.side, end.price, level.take(ANCHORS).map(|order| order.id).collect()))
    }

    #[cfg(test)]
    pub fn public_id(&self, order: OrderId) -> u64 {
        self.ids.of(order)
    }
}

impl Feed {
    fn forget_changes(&mut self) {
        self.lost = false;
        self.changes.clear();
        if self.changes.capacity() > CHANGES_KEPT {
            self.changes = Vec::new();
        }
    }
}

/// All orders of a book, bids first, from where a walk has come to.
fn orders_from(engine: &Engine, instrument: InstrumentId, walk: Option<Walk>) -> impl Iterator<Item = RestingOrder> {
    let (side, start) = match walk {
        None => (Side::Buy, Start::Best),
        Some(Walk { side, price, anchors, .. }) => {
            let resting = |id: &OrderId| engine.shown_price(*id) == Some(price);
            (side, anchors.into_iter().find(resting).map_or(Start::At(price), Start::Behind))
        }
    };
    let asks = (side == Side::Buy).then(|| engine.by_priority(instrument, Side::Sell, Start::Best));
    engine.by_priority(instrument, side, start).chain(asks.into_iter().flatten())
}

/// CRC-32 (zlib's) over public id, price and what is left, each in eight little-endian bytes, of the first orders:
/// bids, then asks.
fn checksum(ids: &PublicIds, engine: &Engine, instrument: InstrumentId) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for side in SIDES {
        for order in engine.by_priority(instrument, side, Start::Best).take(CHECKSUM_ORDERS) {
            let mut bytes = [0; 24];
            bytes[..8].copy_from_slice(&ids.of(order.id).to_le_bytes());
            bytes[8..16].copy_from_slice(&order.price.0.to_le_bytes());
            bytes[16..].copy_from_slice(&order.leaves.0.to_le_bytes());
            hasher.update(&bytes);
        }
    }
    hasher.finalize()
}

/// A change as it is told: of a removed order, nothing is left.
fn public(ids: &PublicIds, change: &BookChange) -> PublicChange {
    PublicChange {
        kind: change.kind,
        id: ids.of(change.order_id),
        side: change.side,
        price: PriceTicks(i64::from(change.price)),
        leaves: if change.kind == ChangeKind::Removed { Default::default() } else { change.leaves },
    }
}
