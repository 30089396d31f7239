//! Client order ids: unique per account among its open orders and its last finished ones.
//!
//! What makes a resubmission safe: an id that is known is answered with the order it named, if the order was placed by the same
//! content. An id is known by a digest of 128 bits, seeded with its account. A seed does not keep accounts apart (short ids of two
//! accounts meet as soon as they differ as their seeds do), so whatever is found is asked whose it is: a client can make two of
//! its own ids meet, and harms nobody but itself. One table holds the open and the finished ones: an order that finishes
//! changes its cell in place. An account that uses no ids costs nothing here.
//!
//! Memory is touched in few places per order: its cell, and when it finishes its name, its cell again, and the entry of the
//! account's oldest finished order, which is used again for it. The table grows in small segments, each when it is fuller than
//! ever, so that no order waits for a rehash of all and in steady state hardly one allocates.

use crate::memory::{Arena, Pages};
use crate::types::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128_with_seed};
use zerocopy::{FromBytes, Immutable, IntoBytes};

/// A client order id in place: no allocation, no pointer. Five words, so that copying and comparing is a few instructions.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable)]
#[repr(C, align(8))]
pub struct ClientId {
    bytes: [u8; CLIENT_ID_LEN],
    len: u8,
    zero: [u8; 3],
}

impl PartialEq for ClientId {
    #[inline]
    fn eq(&self, other: &ClientId) -> bool {
        let (a, b): ([u64; 5], [u64; 5]) = (zerocopy::transmute!(*self), zerocopy::transmute!(*other));
        a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
    }
}

impl ClientId {
    pub const EMPTY: ClientId = ClientId { bytes: [0; CLIENT_ID_LEN], len: 0, zero: [0; 3] };

    /// `None` unless `len` is at most 36 and those bytes are printable ASCII; the bytes behind are ignored.
    #[inline]
    pub fn new(len: u8, bytes: &[u8; CLIENT_ID_LEN]) -> Option<ClientId> {
        if len == 0 {
            return Some(ClientId::EMPTY);
        }
        if usize::from(len) > CLIENT_ID_LEN {
            return None;
        }
        // All 36 bytes, without a branch or a copy of variable length: the compiler makes a few vector operations of it.
        let mut id = ClientId { bytes: *bytes, len, zero: [0; 3] };
        let mut unprintable = 0u8;
        for (at, byte) in id.bytes.iter_mut().enumerate() {
            let inside = if (at as u8) < len { 0xff } else { 0 };
            let printable = byte.wrapping_sub(0x21) <= 0x7e - 0x21;
            unprintable |= inside & u8::from(!printable);
            *byte &= inside;
        }
        (unprintable == 0).then_some(id)
    }

    /// The characters as they lie in a record, in whole words; what is behind the last one is ignored. `None` unless `len` is at
    /// most 36, the words are there, and the characters are printable ASCII.
    #[inline]
    pub fn from_words(len: u8, words: &[u64]) -> Option<ClientId> {
        const EACH: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = 0x80 * EACH;
        let used = words.get(..usize::from(len).div_ceil(8)).filter(|_| usize::from(len) <= CLIENT_ID_LEN)?;
        let mut unprintable = 0;
        // In registers, a word at a time: one that is read again as half of something wider stalls the processor.
        let mut word = |at: usize| {
            let Some(from) = used.get(at) else { return 0 };
            let left = u32::from(len) - 8 * at as u32;
            let inside = if left >= 8 { u64::MAX } else { (1 << (8 * left)) - 1 };
            let word = from & inside;
            // Eight characters at once: one that is not in 0x21..=0x7e shows in its byte's high bit. A byte that is over 0x7f
            // may disturb its neighbour's, but shows itself.
            let shown = word | ((0x21 * EACH) & !inside);
            unprintable |= (shown | !shown.wrapping_add(0x5f * EACH) | shown.wrapping_add(EACH)) & HIGH;
            word
        };
        let id = [word(0), word(1), word(2), word(3), word(4) | u64::from(len) << 32];
        (unprintable == 0).then(|| zerocopy::transmute!(id))
    }

    /// `None` unless `text` is at most 36 characters of printable ASCII.
    #[inline]
    pub fn from_slice(text: &[u8]) -> Option<ClientId> {
        let mut bytes = [0; CLIENT_ID_LEN];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        ClientId::new(text.len() as u8, &bytes)
    }

    #[inline]
    pub fn len(&self) -> u8 {
        self.len
    }

    /// The characters, and zeros behind them.
    #[inline]
    pub fn bytes(&self) -> &[u8; CLIENT_ID_LEN] {
        &self.bytes
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).expect("printable ASCII")
    }
}

/// What a client order id of an account is known by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Digest {
    pub low: u64,
    pub high: u64,
}

impl Digest {
    #[inline]
    pub fn new(account: AccountId, client_id: &ClientId) -> Digest {
        Digest::of(account, client_id.as_bytes())
    }

    /// Of characters where they lie: what was just written in words is not at hand as bytes yet.
    #[inline]
    pub fn of(account: AccountId, characters: &[u8]) -> Digest {
        let digest = xxh3_128_with_seed(characters, u64::from(account.0));
        Digest { low: digest as u64, high: (digest >> 64) as u64 }
    }

    /// What a cell shows of it, and where in its segment the cell belongs.
    #[inline(always)]
    fn tag(&self) -> u32 {
        self.low as u32
    }

    #[inline(always)]
    fn segment(&self) -> usize {
        (self.high >> (64 - SEGMENT_BITS)) as usize
    }
}

/// What a PLACE said, but for its client order id.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Content(pub u64);

impl Content {
    /// Of a body in the oldest version that can say it (`docs/semantics.md`, section 6): another release's is the same.
    #[inline]
    pub fn of(body: &crate::command::Place) -> Content {
        let body = crate::command::Place { client_order_id_len: 0, reserved: Default::default(), ..*body };
        Content(xxh3_64(crate::command::shortest(&body)))
    }
}

/// The client order id of an order, and what it is found and judged by. One cache line.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub struct Name {
    pub client_id: ClientId,
    pub content: Content,
    pub digest: Digest,
}

const _: () = assert!(size_of::<Name>() == 64);

impl Name {
    const NONE: Name = Name { client_id: ClientId::EMPTY, content: Content(0), digest: Digest { low: 0, high: 0 } };

    #[inline]
    pub fn new(account: AccountId, client_id: ClientId, content: Content) -> Name {
        let digest = Digest::new(account, &client_id);
        Name { client_id, content, digest }
    }
}

/// How an order ended.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub account: AccountId,
    pub status: OrderStatus,
    pub side: Side,
    pub instrument: InstrumentId,
    pub order_id: OrderId,
    pub price: PriceTicks,
    pub quantity: QuantityLots,
    pub filled: QuantityLots,
}

/// "No entry" in a link.
const NIL: u32 = u32::MAX;

/// A finished order that is remembered. One cache line.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Entry {
    digest: Digest,
    content: Content,
    order_id: OrderId,
    quantity: QuantityLots,
    filled: QuantityLots,
    price: u32,
    /// The account's next one to finish; of its youngest the oldest. Of one that no window has, the next such.
    next: u32,
    account: AccountId,
    instrument: u16,
    status: OrderStatus,
    side: Side,
}

const _: () = assert!(size_of::<Entry>() == 64);

impl Entry {
    #[inline]
    fn new(digest: Digest, content: Content, outcome: &Outcome) -> Entry {
        Entry {
            digest,
            content,
            order_id: outcome.order_id,
            quantity: outcome.quantity,
            filled: outcome.filled,
            price: outcome.price.0 as u32,
            next: NIL,
            account: outcome.account,
            instrument: outcome.instrument.0 as u16,
            status: outcome.status,
            side: outcome.side,
        }
    }

    fn outcome(&self) -> Outcome {
        Outcome {
            account: self.account,
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

/// The finished orders of one account that are remembered: a ring through [`Entry::next`], oldest first.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    head: u32,
    tail: u32,
    count: u32,
    /// How many it remembers. It holds more after the limit has become lower, until as many have finished.
    pub limit: u32,
}

impl Default for Window {
    fn default() -> Window {
        Window { head: NIL, tail: NIL, count: 0, limit: CLIENT_ID_WINDOW }
    }
}

/// What an id names.
pub enum Known {
    /// The slot of an open order.
    Open(u32),
    Finished(Content, Outcome),
}

#[derive(Default)]
pub struct ClientIds {
    table: Table,
    /// By slot: the name of the order that has the slot, if it has one.
    names: Names,
    entries: Entries,
    /// The first of the entries that windows which became shorter have left: a list through [`Entry::next`].
    free: Option<u32>,
}

/// Names by slot. Those of orders without an id are never touched.
struct Names(Arena<Name>);

impl Default for Names {
    fn default() -> Names {
        Names(Arena::new(MAX_OPEN_ORDERS as usize, Pages::SmallFirst))
    }
}

/// Remembered orders of all accounts. A full window uses its oldest one for its youngest.
struct Entries(Arena<Entry>);

/// As many as a cell can name.
const MAX_ENTRIES: usize = 1 << 30;

impl Default for Entries {
    fn default() -> Entries {
        Entries(Arena::new(MAX_ENTRIES, Pages::SmallFirst))
    }
}

impl ClientIds {
    #[inline]
    fn reference(&self, account: AccountId, digest: &Digest, owner: impl Fn(u32) -> AccountId) -> Option<Reference> {
        self.table.find(digest, |reference| match reference {
            Reference::Open(slot) => self.names.0[slot as usize].digest == *digest && owner(slot) == account,
            Reference::Finished(at) => {
                let entry = &self.entries.0[at as usize];
                entry.digest == *digest && entry.account == account
            }
        })
    }

    /// What an id of an account names, if it is known. `owner` says whose the order in a slot is.
    #[inline]
    pub fn find(&self, account: AccountId, digest: &Digest, owner: impl Fn(u32) -> AccountId) -> Option<Known> {
        Some(match self.reference(account, digest, owner)? {
            Reference::Open(slot) => Known::Open(slot),
            Reference::Finished(at) => {
                let entry = &self.entries.0[at as usize];
                Known::Finished(entry.content, entry.outcome())
            }
        })
    }

    /// The slot of the account's open order with this id. `owner` says whose the order in a slot is.
    #[inline]
    pub fn find_open(&self, account: AccountId, client_id: &ClientId, owner: impl Fn(u32) -> AccountId) -> Option<u32> {
        match self.reference(account, &Digest::new(account, client_id), owner)? {
            Reference::Open(slot) => Some(slot),
            Reference::Finished(_) => None,
        }
    }

    /// The name of the order that has `slot`, which has one.
    #[inline]
    pub fn name(&self, slot: u32) -> &Name {
        &self.names.0[slot as usize]
    }

    /// Names an order that has come to rest in `slot`, and makes it findable.
    #[inline]
    pub fn insert(&mut self, slot: u32, name: &Name) {
        let names = &mut self.names.0;
        while names.len() <= slot as usize {
            names.push(Name::NONE);
        }
        names[slot as usize] = *name;
        self.table.insert(&name.digest, Reference::Open(slot));
    }

    /// A named order that rested has finished.
    #[inline]
    pub fn finish_resting(&mut self, slot: u32, outcome: &Outcome, window: &mut Window) {
        let Name { digest, content, .. } = self.names.0[slot as usize];
        self.table.prefetch(&digest);
        let at = self.remember(Entry::new(digest, content, outcome), window);
        self.table.replace(&digest, Reference::Open(slot), Reference::Finished(at));
    }

    /// A named order has finished on arrival.
    #[inline]
    pub fn finish(&mut self, name: &Name, outcome: &Outcome, window: &mut Window) {
        let at = self.remember(Entry::new(name.digest, name.content, outcome), window);
        self.table.insert(&name.digest, Reference::Finished(at));
    }

    /// Puts an entry at the end of its account's window; the oldest one beyond the window's length is forgotten. At most two
    /// are: a window whose limit has become lower shrinks by one with each order that finishes.
    #[inline]
    fn remember(&mut self, entry: Entry, window: &mut Window) -> u32 {
        if window.count > window.limit {
            self.give_up_oldest(window);
        }
        if window.count < window.limit {
            let at = self.take(entry);
            self.append(at, window);
            return at;
        }
        // The ring stays as it is and turns by one: no entry but this is touched.
        let at = window.head;
        let Entry { digest, next, .. } = self.entries.0[at as usize];
        self.entries.0[at as usize] = Entry { next, ..entry };
        (window.head, window.tail) = (next, at);
        self.table.remove(&digest, Reference::Finished(at));
        self.prefetch_oldest(window);
        at
    }

    /// Takes the oldest entry out of a window of several; nothing finds it any more.
    #[cold]
    fn give_up_oldest(&mut self, window: &mut Window) {
        let at = window.head;
        let Entry { digest, next, .. } = self.entries.0[at as usize];
        self.entries.0[at as usize].next = self.free.unwrap_or(NIL);
        self.free = Some(at);
        self.entries.0[window.tail as usize].next = next;
        window.head = next;
        window.count -= 1;
        self.table.remove(&digest, Reference::Finished(at));
    }

    /// Puts an entry where no window has one.
    fn take(&mut self, entry: Entry) -> u32 {
        let entries = &mut self.entries.0;
        let Some(at) = self.free else {
            entries.push(entry);
            return entries.len() as u32 - 1;
        };
        let next = entries[at as usize].next;
        self.free = (next != NIL).then_some(next);
        entries[at as usize] = entry;
        at
    }

    /// Links an entry that is in no window as the youngest of one.
    #[inline]
    fn append(&mut self, at: u32, window: &mut Window) {
        if window.count == 0 {
            window.head = at;
        } else {
            self.entries.0[window.tail as usize].next = at;
        }
        self.entries.0[at as usize].next = window.head;
        window.tail = at;
        window.count += 1;
    }

    /// Asks for what the account's next finished order will take over: the cell of the entry that is then the oldest, and the entry
    /// that is the oldest after that, whose cell can be asked for when it has arrived. So none is waited for, at the cost of
    /// two lines an account that are kept warm.
    #[inline]
    fn prefetch_oldest(&self, window: &Window) {
        let oldest = &self.entries.0[window.head as usize];
        self.table.prefetch(&oldest.digest);
        crate::memory::prefetch(&self.entries.0[oldest.next as usize]);
    }

    /// Rebuilds one entry of a window from a state image, youngest last. The window may be longer than its limit.
    pub(crate) fn restore(&mut self, digest: Digest, content: Content, outcome: &Outcome, window: &mut Window) {
        let at = self.take(Entry::new(digest, content, outcome));
        self.append(at, window);
        self.table.insert(&digest, Reference::Finished(at));
    }

    /// Asks for the cell where an id is looked for.
    #[inline]
    pub fn prefetch(&self, digest: &Digest) {
        self.table.prefetch(digest);
    }

    /// Asks for the name of the order that has `slot`.
    #[inline]
    pub fn prefetch_name(&self, slot: u32) {
        if let Some(name) = self.names.0.get(slot as usize) {
            crate::memory::prefetch(name);
        }
    }

    /// Asks for the cell of the order that has `slot`, whose name should have arrived by now.
    #[inline]
    pub fn prefetch_cell(&self, slot: u32) {
        if let Some(name) = self.names.0.get(slot as usize) {
            self.table.prefetch(&name.digest);
        }
    }

    /// How many finished orders an account's window remembers.
    pub fn window_len(&self, window: &Window) -> u32 {
        window.count
    }

    /// An account's finished orders that are remembered, oldest first.
    pub fn window(&self, window: &Window) -> impl Iterator<Item = (Digest, Content, Outcome)> {
        let mut at = window.head;
        (0..window.count).map(move |_| {
            let entry = &self.entries.0[at as usize];
            at = entry.next;
            (entry.digest, entry.content, entry.outcome())
        })
    }
}

/// What a cell names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reference {
    Open(u32),
    Finished(u32),
}

const OPEN: u32 = 1 << 30;
const FINISHED: u32 = 1 << 31;

impl Reference {
    /// Never 0, which is an empty cell.
    #[inline(always)]
    fn bits(self) -> u32 {
        match self {
            Reference::Open(slot) => slot | OPEN,
            Reference::Finished(at) => at | FINISHED,
        }
    }

    #[inline(always)]
    fn from_bits(bits: u32) -> Reference {
        if bits & FINISHED != 0 { Reference::Finished(bits & !FINISHED) } else { Reference::Open(bits & !OPEN) }
    }
}

const SEGMENT_BITS: u32 = 12;
/// Cells of a segment when it gets its first one: a few thousand ids, however they scatter, fill none of them.
const FIRST_CELLS: usize = 16;

/// From so many on a segment grows by three eighths: twice as many cells would lie empty for long, and by then that is memory.
const DOUBLED_CELLS: usize = 1 << 10;

/// A hash table in segments, each with cells that are probed one after the other. A cell is a tag (high half) and a reference.
struct Table {
    segments: Box<[Segment]>,
}

#[derive(Clone, Default)]
struct Segment {
    cells: Box<[u64]>,
    used: usize,
}

impl Default for Table {
    fn default() -> Table {
        Table { segments: vec![Segment::default(); 1 << SEGMENT_BITS].into_boxed_slice() }
    }
}

impl Table {
    #[inline]
    fn find(&self, digest: &Digest, is_it: impl Fn(Reference) -> bool) -> Option<Reference> {
        let segment = &self.segments[digest.segment()];
        if segment.cells.is_empty() {
            return None;
        }
        let tag = digest.tag();
        let mut at = segment.home(tag);
        loop {
            let cell = segment.cells[at];
            if cell == 0 {
                return None;
            }
            if (cell >> 32) as u32 == tag {
                let reference = Reference::from_bits(cell as u32);
                if is_it(reference) {
                    return Some(reference);
                }
            }
            at = segment.next(at);
        }
    }

    #[inline]
    fn insert(&mut self, digest: &Digest, reference: Reference) {
        let segment = &mut self.segments[digest.segment()];
        if (segment.used + 1) * 4 > segment.cells.len() * 3 {
            segment.grow();
        }
        segment.used += 1;
        segment.put(u64::from(digest.tag()) << 32 | u64::from(reference.bits()));
    }

    #[inline]
    fn replace(&mut self, digest: &Digest, from: Reference, to: Reference) {
        let segment = &mut self.segments[digest.segment()];
        let at = segment.position(digest.tag(), from);
        segment.cells[at] = u64::from(digest.tag()) << 32 | u64::from(to.bits());
    }

    #[inline]
    fn remove(&mut self, digest: &Digest, reference: Reference) {
        let segment = &mut self.segments[digest.segment()];
        let at = segment.position(digest.tag(), reference);
        segment.clear(at);
        segment.used -= 1;
    }

    #[inline]
    fn prefetch(&self, digest: &Digest) {
        let segment = &self.segments[digest.segment()];
        if let Some(cell) = segment.cells.get(segment.home(digest.tag())) {
            crate::memory::prefetch(cell);
        }
    }
}

impl Segment {
    #[cold]
    fn grow(&mut self) {
        let len = self.cells.len();
        let wanted = if len < DOUBLED_CELLS { (2 * len).max(FIRST_CELLS) } else { len + len / 8 * 3 };
        let cells = std::mem::replace(&mut self.cells, vec![0; wanted].into_boxed_slice());
        cells.iter().filter(|&&cell| cell != 0).for_each(|&cell| self.put(cell));
    }

    /// Where the search for a tag begins.
    #[inline(always)]
    fn home(&self, tag: u32) -> usize {
        ((u64::from(tag) * self.cells.len() as u64) >> u32::BITS) as usize
    }

    #[inline(always)]
    fn next(&self, at: usize) -> usize {
        if at + 1 == self.cells.len() { 0 } else { at + 1 }
    }

    /// How many steps `to` is behind `from`.
    #[inline(always)]
    fn steps(&self, from: usize, to: usize) -> usize {
        if to >= from { to - from } else { to + self.cells.len() - from }
    }

    /// Puts a cell into the first empty place from its own on. There is one.
    #[inline]
    fn put(&mut self, cell: u64) {
        let mut at = self.home((cell >> 32) as u32);
        while self.cells[at] != 0 {
            at = self.next(at);
        }
        self.cells[at] = cell;
    }

    /// Where the cell of a reference is, which is there.
    #[inline]
    fn position(&self, tag: u32, reference: Reference) -> usize {
        let mut at = self.home(tag);
        while self.cells[at] as u32 != reference.bits() {
            assert!(self.cells[at] != 0, "a client order id is lost");
            at = self.next(at);
        }
        at
    }

    /// Empties a cell and closes the gap: what was put off by it moves up.
    #[inline]
    fn clear(&mut self, mut gap: usize) {
        let mut at = gap;
        loop {
            at = self.next(at);
            let cell = self.cells[at];
            if cell == 0 {
                break;
            }
            let home = self.home((cell >> 32) as u32);
            // The cell may move to the gap if its home is not behind the gap on the way to where it is.
            if self.steps(home, at) >= self.steps(gap, at) {
                self.cells[gap] = cell;
                gap = at;
            }
        }
        self.cells[gap] = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[test]
    fn a_client_id_is_up_to_36_printable_characters() {
        for (text, good) in [
            (&b""[..], true),
            (b"a", true),
            (b"!~", true),
            (b"123456789012345678901234567890123456", true),
            (b"1234567890123456789012345678901234567", false),
            (b"a b", false),
            (b"a\0", false),
            (b"\x7f", false),
        ] {
            assert_eq!(ClientId::from_slice(text).is_some(), good, "{text:?}");
            // What lies behind the characters is no matter.
            let mut bytes = [0xff; 40];
            bytes[..text.len()].copy_from_slice(text);
            let words: [u64; 5] = zerocopy::transmute!(bytes);
            assert_eq!(ClientId::from_words(text.len() as u8, &words).is_some(), good, "{text:?}");
        }
    }

    fn name(account: u32, id: u64) -> Name {
        let client_id = ClientId::from_slice(id.to_string().as_bytes()).unwrap();
        Name::new(AccountId(account), client_id, Content(id * 10))
    }

    fn outcome(account: u32, order_id: u64) -> Outcome {
        Outcome {
            account: AccountId(account),
            status: OrderStatus::Cancelled,
            side: Side::Sell,
            instrument: InstrumentId(65_534),
            order_id: OrderId(order_id),
            price: PriceTicks(MAX_PRICE_TICKS),
            quantity: QuantityLots(i64::MAX),
            filled: QuantityLots(3),
        }
    }

    /// What an id names: a slot, or the id of the finished order.
    #[derive(Clone, Copy, PartialEq, Eq, Debug)]
    enum Names {
        Open(u32),
        Finished(u64),
    }

    fn names(ids: &ClientIds, account: u32, name: &Name) -> Option<Names> {
        Some(match ids.find(AccountId(account), &name.digest, |_| AccountId(account))? {
            Known::Open(slot) => {
                assert_eq!(ids.name(slot).content, name.content);
                Names::Open(slot)
            }
            Known::Finished(content, outcome) => {
                assert_eq!(content, name.content);
                Names::Finished(outcome.order_id.0)
            }
        })
    }

    fn find_open(ids: &ClientIds, account: u32, name: &Name) -> Option<u32> {
        ids.find_open(AccountId(account), &name.client_id, |_| AccountId(account))
    }

    #[test]
    fn an_id_names_its_open_order_and_then_how_that_ended() {
        let (mut ids, mut window) = (ClientIds::default(), Window::default());
        let name = name(1, 5);
        assert_eq!(names(&ids, 1, &name), None);
        ids.insert(9, &name);
        assert_eq!((names(&ids, 1, &name), find_open(&ids, 1, &name)), (Some(Names::Open(9)), Some(9)));
        assert_eq!((ids.name(9).client_id, ids.window_len(&window)), (name.client_id, 0));
        ids.finish_resting(9, &outcome(1, 77), &mut window);
        assert_eq!((names(&ids, 1, &name), find_open(&ids, 1, &name)), (Some(Names::Finished(77)), None));
        let (digest, content, told) = ids.window(&window).next().unwrap();
        assert_eq!((digest, content, ids.window_len(&window)), (name.digest, Content(50), 1));
        assert_eq!(format!("{told:?}"), format!("{:?}", outcome(1, 77)));
        // Its slot names another order now, and the finished one is what it was.
        let later = self::name(1, 6);
        ids.insert(9, &later);
        assert_eq!((names(&ids, 1, &name), names(&ids, 1, &later)), (Some(Names::Finished(77)), Some(Names::Open(9))));
    }

    #[test]
    fn two_accounts_may_use_the_same_id() {
        let (mut ids, mut window) = (ClientIds::default(), Window::default());
        let (one, two) = (name(1, 5), name(2, 5));
        assert_ne!(one.digest, two.digest);
        ids.insert(0, &one);
        assert_eq!((names(&ids, 2, &two), find_open(&ids, 2, &two)), (None, None));
        ids.insert(1, &two);
        ids.finish_resting(0, &outcome(1, 8), &mut window);
        assert_eq!((names(&ids, 1, &one), names(&ids, 2, &two)), (Some(Names::Finished(8)), Some(Names::Open(1))));
    }

    #[test]
    fn ids_of_two_accounts_with_one_digest_are_two() {
        let (mut ids, mut windows) = (ClientIds::default(), [Window::default(); 2]);
        let names = [(1, "1-103"), (2, "2-100")].map(|(account, text)| {
            let client_id = ClientId::from_slice(text.as_bytes()).unwrap();
            Name::new(AccountId(account), client_id, Content(1))
        });
        assert_eq!(names[0].digest, names[1].digest, "the seed is only added to what is hashed");
        let owner = |slot| AccountId(slot + 1);
        let found = |ids: &ClientIds, account| ids.find(AccountId(account), &names[0].digest, owner);
        ids.insert(1, &names[1]);
        assert!(found(&ids, 1).is_none());
        ids.insert(0, &names[0]);
        for (account, name) in (1..).zip(&names) {
            assert_eq!(ids.find_open(AccountId(account), &name.client_id, owner), Some(account - 1));
            let of_it = outcome(account, account.into());
            ids.finish_resting(account - 1, &of_it, &mut windows[account as usize - 1]);
            assert!(matches!(found(&ids, account), Some(Known::Finished(_, told)) if told.order_id == of_it.order_id));
        }
    }

    #[test]
    fn the_window_slides_over_the_last_finished_ones() {
        let (mut ids, mut window) = (ClientIds::default(), Window::default());
        let last = u64::from(CLIENT_ID_WINDOW) + 10;
        for id in 0..=last {
            ids.finish(&name(1, id), &outcome(1, id), &mut window);
            let remembered: Vec<_> = ids.window(&window).map(|(.., outcome)| outcome.order_id.0).collect();
            let oldest = (id + 1).saturating_sub(u64::from(CLIENT_ID_WINDOW));
            assert_eq!(remembered, (oldest..=id).collect::<Vec<_>>());
            for forgotten in 0..oldest {
                assert_eq!(names(&ids, 1, &name(1, forgotten)), None);
            }
        }
        assert_eq!(ids.entries.0.len(), CLIENT_ID_WINDOW as usize, "a forgotten one's entry is used again");
        // What was forgotten can be used again, and an open order is never forgotten.
        ids.insert(4, &name(1, 0));
        (1_000..1_200).for_each(|id| ids.finish(&name(1, id), &outcome(1, id), &mut window));
        assert_eq!(names(&ids, 1, &name(1, 0)), Some(Names::Open(4)));
    }

    #[test]
    fn a_window_grows_and_shrinks_to_its_limit() {
        let (mut ids, mut window) = (ClientIds::default(), Window::default());
        let (mut id, mut remembered) = (0, std::collections::VecDeque::new());
        // (limit, orders that finish under it, how many are remembered then, how many entries there have ever been)
        for (limit, finishes, expected, entries) in [
            (5, 9, 5, 5),
            (2, 2, 3, 5),
            (2, 1, 2, 5),
            (1, 4, 1, 5),
            (4, 2, 3, 5),
            (7, 9, 7, 7),
            (1, 6, 1, 7),
            (2, 9, 2, 7),
        ] {
            window.limit = limit;
            for _ in 0..finishes {
                ids.finish(&name(1, id), &outcome(1, id), &mut window);
                remembered.push_back(id);
                id += 1;
                for _ in 0..2 {
                    if remembered.len() > limit as usize {
                        let forgotten = remembered.pop_front().unwrap();
                        assert_eq!(names(&ids, 1, &name(1, forgotten)), None);
                    }
                }
                let told: Vec<_> = ids.window(&window).map(|(.., outcome)| outcome.order_id.0).collect();
                assert_eq!(remembered, told);
                assert!(told.iter().all(|&id| names(&ids, 1, &name(1, id)) == Some(Names::Finished(id))));
            }
            assert_eq!((ids.window_len(&window), ids.entries.0.len()), (expected, entries), "limit {limit}");
        }
    }

    #[test]
    fn what_a_shorter_window_leaves_is_used_by_another() {
        let (mut ids, mut windows) = (ClientIds::default(), [Window::default(); 2]);
        (0..8).for_each(|id| ids.finish(&name(1, id), &outcome(1, id), &mut windows[0]));
        windows[0].limit = 1;
        (8..20).for_each(|id| ids.finish(&name(1, id), &outcome(1, id), &mut windows[0]));
        (0..7).for_each(|id| ids.finish(&name(2, id), &outcome(2, id), &mut windows[1]));
        assert_eq!((ids.window_len(&windows[0]), ids.window_len(&windows[1]), ids.entries.0.len()), (1, 7, 8));
        ids.finish(&name(2, 7), &outcome(2, 7), &mut windows[1]);
        assert_eq!(ids.entries.0.len(), 9);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        /// Orders of two accounts rest, finish from rest, and finish on arrival, beyond the window.
        #[test]
        fn ids_are_known_while_open_and_while_remembered(
            steps in prop::collection::vec((0..2u32, 0..220u64, any::<bool>()), 300..900),
        ) {
            let mut ids = ClientIds::default();
            let mut windows = [Window::default(); 2];
            let mut open: HashMap<(u32, u64), u32> = HashMap::new();
            let mut finished = [(); 2].map(|()| std::collections::VecDeque::<(u64, u64)>::new());
            for (number, (account, id, rests)) in (1..).zip(steps) {
                let name = name(account, id);
                let window = &mut windows[account as usize];
                let remembered = &mut finished[account as usize];
                let slot = account * 220 + id as u32;
                if open.remove(&(account, id)).is_some() {
                    ids.finish_resting(slot, &outcome(account, number), window);
                    remembered.push_back((id, number));
                } else if remembered.iter().any(|entry| entry.0 == id) {
                    // A known id is answered, not used.
                } else if rests {
                    ids.insert(slot, &name);
                    open.insert((account, id), slot);
                } else {
                    ids.finish(&name, &outcome(account, number), window);
                    remembered.push_back((id, number));
                }
                if remembered.len() > CLIENT_ID_WINDOW as usize {
                    remembered.pop_front();
                }
                if number % 50 != 0 {
                    continue;
                }
                for (account, id) in (0..2).flat_map(|account| (0..220).map(move |id| (account, id))) {
                    let name = self::name(account, id);
                    let of_finished = finished[account as usize].iter().find(|entry| entry.0 == id);
                    let expected = match open.get(&(account, id)) {
                        Some(&slot) => Some(Names::Open(slot)),
                        None => of_finished.map(|entry| Names::Finished(entry.1)),
                    };
                    prop_assert_eq!(names(&ids, account, &name), expected);
                    prop_assert_eq!(find_open(&ids, account, &name), open.get(&(account, id)).copied());
                }
                for (window, remembered) in windows.iter().zip(&finished) {
                    let told: Vec<_> = ids.window(window).map(|(.., outcome)| outcome.order_id.0).collect();
                    prop_assert_eq!(told, remembered.iter().map(|entry| entry.1).collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn characters_are_judged_the_same_from_bytes_and_from_words() {
        for len in 1..=CLIENT_ID_LEN {
            for at in 0..len {
                for byte in 0..=u8::MAX {
                    let mut bytes = [b'x'; 40];
                    bytes[at] = byte;
                    let words: [u64; 5] = zerocopy::transmute!(bytes);
                    let from_words = ClientId::from_words(len as u8, &words);
                    assert_eq!(from_words, ClientId::from_slice(&bytes[..len]), "{byte:#x} at {at} of {len}");
                }
            }
        }
        assert_eq!(ClientId::from_words(9, &[0]), None, "fewer words than characters");
    }

    fn digest(number: u64) -> Digest {
        // Few segments and few homes, so that cells meet; the last home is a segment's last cell, so that they wrap.
        Digest { low: (number % 5) * 0x3fff_ffff, high: (number % 2) << 63 | number }
    }

    proptest! {
        #[test]
        fn a_table_agrees_with_a_map(steps in prop::collection::vec((0..3u8, 0..60u64), 1..400)) {
            let (mut table, mut map) = (Table::default(), HashMap::new());
            for (step, number) in steps {
                let reference = Reference::Open(number as u32);
                match (step, map.contains_key(&number)) {
                    (0, false) => {
                        table.insert(&digest(number), reference);
                        map.insert(number, reference);
                    }
                    (1, true) => {
                        table.remove(&digest(number), map.remove(&number).unwrap());
                    }
                    (2, true) => {
                        let next = match map[&number] {
                            Reference::Open(at) => Reference::Finished(at),
                            Reference::Finished(at) => Reference::Open(at),
                        };
                        table.replace(&digest(number), map[&number], next);
                        map.insert(number, next);
                    }
                    _ => {}
                }
                for number in 0..60 {
                    let is_it = |reference| matches!(reference, Reference::Open(at) | Reference::Finished(at) if u64::from(at) == number);
                    let found = table.find(&digest(number), is_it).map(Reference::bits);
                    prop_assert_eq!(found, map.get(&number).map(|reference| reference.bits()));
                }
            }
        }
    }
}
