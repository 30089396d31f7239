//! Finished orders that are remembered, each account's last ones. A cache line each, written once and read only if their id comes
//! again.
//!
//! An account's window is a ring of chunks of eight places, through which it moves. So the next place is known without a
//! look at what is there. The keys by which the table finds them lie apart, a line a chunk: so neither does an order that is
//! forgotten have to be looked at.

use super::digest::{Content, Digest};
use super::table::Key;
use crate::memory::{Arena, Pages};
use crate::types::*;

/// How an order ended.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub status: OrderStatus,
    pub side: Side,
    pub instrument: InstrumentId,
    pub order_id: OrderId,
    pub price: PriceTicks,
    pub quantity: QuantityLots,
    pub filled: QuantityLots,
}

/// One cache line.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Entry {
    pub digest: Digest,
    pub content: Content,
    order_id: OrderId,
    quantity: QuantityLots,
    filled: QuantityLots,
    price: u32,
    instrument: u16,
    status: OrderStatus,
    side: Side,
}

const _: () = assert!(size_of::<Entry>() == 64);

impl Entry {
    const NONE: Entry = Entry {
        digest: Digest { low: 0, high: 0 },
        content: Content(0),
        order_id: OrderId(0),
        quantity: QuantityLots(0),
        filled: QuantityLots(0),
        price: 0,
        instrument: 0,
        status: OrderStatus::Cancelled,
        side: Side::Buy,
    };

    #[inline]
    pub fn new(digest: Digest, content: Content, outcome: &Outcome) -> Entry {
        Entry {
            digest,
            content,
            order_id: outcome.order_id,
            quantity: outcome.quantity,
            filled: outcome.filled,
            price: outcome.price.0 as u32,
            instrument: outcome.instrument.0 as u16,
            status: outcome.status,
            side: outcome.side,
        }
    }

    pub fn outcome(&self) -> Outcome {
        Outcome {
            status: self.status,
            side: self.side,
            instrument: InstrumentId(u32::from(self.instrument)),
            order_id: self.order_id,
            price: PriceTicks(i64::from(self.price)),
            quantity: self.quantity,
            filled: self.filled,
        }
    }
}

/// "No place", "no chunk".
const NIL: u32 = u32::MAX;
const CHUNK: u32 = 8;
/// A place that is forgotten is not used again before so many more of its account's are.
pub(super) const REST: usize = CHUNK as usize - 1;
/// As many as a cell of the table can name.
const MAX_ENTRIES: usize = 1 << 30;

/// Which finished orders of one account are remembered.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The place of the oldest.
    head: u32,
    /// The place of the youngest, also when that is forgotten.
    tail: u32,
    pub(super) count: u32,
    /// How many it remembers. It holds more after the limit has become lower, until as many have finished.
    pub limit: u32,
}

impl Default for Window {
    fn default() -> Window {
        Window { head: NIL, tail: NIL, count: 0, limit: CLIENT_ID_WINDOW }
    }
}

pub(super) struct Finished {
    entries: Arena<Entry>,
    /// By place; none where the order is forgotten.
    keys: Arena<Key>,
    /// By chunk: the next one of its window's ring, or of the free ones.
    next: Arena<u32>,
    /// The first chunk that no window has.
    free: u32,
}

impl Default for Finished {
    fn default() -> Finished {
        Finished {
            entries: Arena::new(MAX_ENTRIES, Pages::SmallFirst),
            keys: Arena::new(MAX_ENTRIES, Pages::SmallFirst),
            next: Arena::new(MAX_ENTRIES / CHUNK as usize, Pages::SmallFirst),
            free: NIL,
        }
    }
}

impl Finished {
    /// What is at a place, unless it is forgotten.
    #[inline]
    pub fn get(&self, at: u32) -> Option<&Entry> {
        (self.keys[at as usize] != Key::NONE).then(|| &self.entries[at as usize])
    }

    /// Puts an order at the end of its account's window and returns its place. What is beyond the window's limit is `forgotten`: at
    /// most two, so a window whose limit has become lower shrinks by one with each order that finishes.
    #[inline]
    pub fn remember(&mut self, entry: Entry, window: &mut Window, mut forgotten: impl FnMut(Key, u32)) -> u32 {
        if window.count > window.limit {
            let (key, place) = self.forget_oldest(window);
            forgotten(key, place);
        }
        if window.count >= window.limit {
            let (key, place) = self.forget_oldest(window);
            forgotten(key, place);
        }
        self.append(entry, window)
    }

    /// The same, however long the window becomes.
    #[inline]
    pub fn append(&mut self, entry: Entry, window: &mut Window) -> u32 {
        let mut at = window.tail.wrapping_add(1);
        if at.is_multiple_of(CHUNK) {
            at = self.enter_chunk(window);
        }
        self.entries[at as usize] = entry;
        self.keys[at as usize] = Key::of(&entry.digest);
        window.tail = at;
        if window.count == 0 {
            window.head = at;
        }
        window.count += 1;
        // Warm when this account's next order finishes, unless very many others do before.
        self.prefetch_next(window);
        at
    }

    /// The first place of the chunk behind the youngest's: one that has been left, or one more.
    fn enter_chunk(&mut self, window: &Window) -> u32 {
        if window.tail == NIL {
            let chunk = self.take_chunk();
            self.next[chunk as usize] = chunk;
            return chunk * CHUNK;
        }
        let last = window.tail / CHUNK;
        let mut chunk = self.next[last as usize];
        if window.count > 0 && chunk == window.head / CHUNK {
            let first = std::mem::replace(&mut chunk, self.take_chunk());
            self.next[last as usize] = chunk;
            self.next[chunk as usize] = first;
        }
        chunk * CHUNK
    }

    fn take_chunk(&mut self) -> u32 {
        let chunk = self.free;
        if chunk != NIL {
            self.free = self.next[chunk as usize];
            return chunk;
        }
        for _ in 0..CHUNK {
            self.entries.push(Entry::NONE);
            self.keys.push(Key::NONE);
        }
        self.next.push(NIL);
        self.next.len() as u32 - 1
    }

    #[inline]
    fn forget_oldest(&mut self, window: &mut Window) -> (Key, u32) {
        let place = window.head;
        let key = std::mem::replace(&mut self.keys[place as usize], Key::NONE);
        window.count -= 1;
        window.head += 1;
        if window.head.is_multiple_of(CHUNK) && window.count > 0 {
            self.leave_chunk(window);
        }
        (key, place)
    }

    /// The oldest is in the next chunk now. The one it left is the next to be entered; if there is such a one already, which is so
    /// while a window shrinks, no window has that any more.
    fn leave_chunk(&mut self, window: &mut Window) {
        let left = window.head / CHUNK - 1;
        let first = self.next[left as usize];
        window.head = first * CHUNK;
        let spare = self.next[(window.tail / CHUNK) as usize];
        if spare != left {
            self.next[(window.tail / CHUNK) as usize] = left;
            self.next[spare as usize] = self.free;
            self.free = spare;
        }
    }

    /// Asks for what the next order that finishes will touch: its place, its key's, and the key of the one that is forgotten then.
    #[inline]
    pub fn prefetch_next(&self, window: &Window) {
        let next = window.tail.wrapping_add(1) as usize;
        self.entries.prefetch(next);
        self.keys.prefetch(next);
        self.keys.prefetch(window.head as usize);
    }

    /// The orders of a window, oldest first.
    pub fn of(&self, window: &Window) -> impl Iterator<Item = &Entry> {
        let mut at = window.head;
        (0..window.count).map(move |_| {
            let entry = &self.entries[at as usize];
            at += 1;
            if at.is_multiple_of(CHUNK) {
                at = self.next[(at / CHUNK - 1) as usize] * CHUNK;
            }
            entry
        })
    }

    /// How many places there have ever been.
    #[cfg(test)]
    pub fn places(&self) -> usize {
        self.entries.len()
    }
}
