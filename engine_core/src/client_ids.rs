//! Client order ids: unique per account among its open orders and its last finished ones.
//!
//! What makes a resubmission safe: an id that is known is answered with the order it named. Open ids are in a hash
//! table of slots; the last [`CLIENT_ID_WINDOW`] finished ones of an account in a ring of its own, found by scanning
//! 16-bit tags (four cache lines). So what is touched per order stays small however many orders have finished. Ids are
//! compared whole, never by hash alone. In steady state nothing is allocated.

use crate::event::OrderStatus;
use crate::types::*;
use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64_with_seed;
use zerocopy::{FromBytes, FromZeros, Immutable, IntoBytes};

const WINDOW: usize = CLIENT_ID_WINDOW as usize;
/// 44 MB of address space.
const RINGS_PER_BLOCK: usize = 4_096;

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

    /// `None` unless `text` is at most 36 characters of printable ASCII.
    #[inline]
    pub fn from_slice(text: &[u8]) -> Option<ClientId> {
        let mut bytes = [0; CLIENT_ID_LEN];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        ClientId::new(text.len() as u8, &bytes)
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

/// A client order id of an account, hashed once. One cache line.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub struct Key {
    client_id: ClientId,
    account: AccountId,
    hash: u64,
}

impl Key {
    #[inline]
    pub fn new(account: AccountId, client_id: ClientId) -> Key {
        let hash = if client_id.is_empty() { 0 } else { xxh3_64_with_seed(client_id.as_bytes(), u64::from(account.0)) };
        Key { client_id, account, hash }
    }

    pub fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// The ring's tag: bits that the hash table does not use first.
    #[inline]
    fn tag(&self) -> u16 {
        (self.hash >> 32) as u16
    }
}

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

/// A finished order as it lies in a ring, where zero bytes must mean something harmless.
#[derive(Clone, Copy, FromZeros)]
#[repr(C)]
struct Entry {
    client_id: ClientId,
    order_id: u64,
    quantity: i64,
    filled: i64,
    price: u32,
    instrument: u16,
    is_filled: bool,
    is_sell: bool,
}

impl Entry {
    fn outcome(&self) -> Outcome {
        Outcome {
            status: if self.is_filled { OrderStatus::Filled } else { OrderStatus::Cancelled },
            side: if self.is_sell { Side::Sell } else { Side::Buy },
            instrument: InstrumentId(u32::from(self.instrument)),
            order_id: OrderId(self.order_id),
            price: PriceTicks(i64::from(self.price)),
            quantity: QuantityLots(self.quantity),
            filled: QuantityLots(self.filled),
        }
    }

    #[inline]
    fn new(client_id: ClientId, outcome: &Outcome) -> Entry {
        Entry {
            client_id,
            order_id: outcome.order_id.0,
            quantity: outcome.quantity.0,
            filled: outcome.filled.0,
            price: outcome.price.0 as u32,
            instrument: outcome.instrument.0 as u16,
            is_filled: outcome.status == OrderStatus::Filled,
            is_sell: outcome.side == Side::Sell,
        }
    }
}

/// The tags of one account's ring: four whole cache lines, apart from the entries, so that the tags of all accounts stay
/// in the processor's cache.
#[derive(FromZeros)]
#[repr(C, align(64))]
struct Tags([u16; WINDOW]);

/// The rings of [`RINGS_PER_BLOCK`] accounts. Zeros are empty rings, and not yet memory.
struct Block {
    tags: Box<[Tags]>,
    entries: Box<[[Entry; WINDOW]]>,
}

impl Block {
    fn new() -> Block {
        let mut block = Block {
            tags: <[Tags]>::new_box_zeroed_with_elems(RINGS_PER_BLOCK).expect("address space for rings"),
            entries: <[[Entry; WINDOW]]>::new_box_zeroed_with_elems(RINGS_PER_BLOCK).expect("address space for rings"),
        };
        crate::memory::advise_huge(&mut block.entries);
        block
    }
}

/// The finished ids of one account. The next one goes to position `finished % WINDOW`, over the oldest.
struct Ring<'a> {
    /// How many have ever finished.
    finished: u64,
    tags: &'a [u16; WINDOW],
    entries: &'a [Entry; WINDOW],
}

impl<'a> Ring<'a> {
    fn len(&self) -> usize {
        self.finished.min(WINDOW as u64) as usize
    }

    #[inline]
    fn find(&self, key: &Key) -> Option<&'a Entry> {
        // A first pass without branches, which the compiler turns into vector compares: nearly always there is nothing.
        let tag = key.tag();
        if !self.tags.iter().fold(false, |any, &other| any | (other == tag)) {
            return None;
        }
        let candidates = self.tags[..self.len()].iter().zip(self.entries);
        candidates.filter(|(other, _)| **other == tag).map(|(_, entry)| entry).find(|e| e.client_id == key.client_id)
    }

    fn oldest_first(&self) -> impl ExactSizeIterator<Item = (&'a ClientId, Outcome)> + use<'a> {
        let (entries, last) = (self.entries, self.finished as usize);
        (last - self.len()..last).map(|at| (&entries[at % WINDOW].client_id, entries[at % WINDOW].outcome()))
    }
}

/// What an id of an account names.
pub enum Named {
    /// The slot of an open order.
    Open(u32),
    Finished(Outcome),
}

pub struct ClientIds {
    /// Slots of open orders that have a client id.
    open: HashTable<u32>,
    /// By slot: the id of the order that has the slot.
    names: Vec<Key>,
    /// By account: how many of its orders with an id have finished.
    finished: Vec<u64>,
    /// Rings by account, in blocks that never move.
    blocks: Vec<Block>,
}

impl Default for ClientIds {
    fn default() -> ClientIds {
        let names = crate::memory::reserved(MAX_OPEN_ORDERS as usize);
        ClientIds { open: HashTable::new(), names, finished: Vec::new(), blocks: Vec::new() }
    }
}

impl ClientIds {
    pub fn add_account(&mut self) {
        if self.finished.len().is_multiple_of(RINGS_PER_BLOCK) {
            self.blocks.push(Block::new());
        }
        self.finished.push(0);
    }

    #[inline]
    fn ring(&self, account: AccountId) -> Ring<'_> {
        let (block, at) = (&self.blocks[account.index() / RINGS_PER_BLOCK], account.index() % RINGS_PER_BLOCK);
        Ring { finished: self.finished[account.index()], tags: &block.tags[at].0, entries: &block.entries[at] }
    }

    #[inline]
    pub fn find(&self, key: &Key) -> Option<Named> {
        if key.client_id.is_empty() {
            return None;
        }
        if let Some(slot) = self.find_open(key) {
            return Some(Named::Open(slot));
        }
        self.ring(key.account).find(key).map(|entry| Named::Finished(entry.outcome()))
    }

    #[inline]
    pub fn find_open(&self, key: &Key) -> Option<u32> {
        let is_it = |&slot: &u32| {
            let name = &self.names[slot as usize];
            name.hash == key.hash && name.account == key.account && name.client_id == key.client_id
        };
        self.open.find(key.hash, is_it).copied()
    }

    /// Names the order that has just got `slot`.
    #[inline]
    pub fn name(&mut self, slot: u32, key: &Key) {
        match self.names.get_mut(slot as usize) {
            Some(name) => *name = *key,
            None => {
                // Slots are taken in ascending order the first time, but a restore meets them in any order.
                self.names.resize(slot as usize, Key::new(VENUE_ACCOUNT, ClientId::EMPTY));
                self.names.push(*key);
            }
        }
    }

    /// The client id of the order that has `slot`.
    #[inline]
    pub fn client_id(&self, slot: u32) -> &ClientId {
        &self.names[slot as usize].client_id
    }

    /// Makes a named order that rests findable.
    #[inline]
    pub fn insert(&mut self, slot: u32) {
        let names = &self.names;
        let name = &names[slot as usize];
        if !name.client_id.is_empty() {
            self.open.insert_unique(name.hash, slot, |&slot| names[slot as usize].hash);
        }
    }

    /// An order that was findable has finished.
    #[inline]
    pub fn finish_resting(&mut self, slot: u32, outcome: &Outcome) {
        let name = &self.names[slot as usize];
        if !name.client_id.is_empty() {
            let entry = self.open.find_entry(name.hash, |&other| other == slot);
            entry.expect("a resting order is findable").remove();
            let name = *name;
            self.finish(&name, outcome);
        }
    }

    /// Puts a finished order with a client id into its account's ring, over the oldest one.
    #[inline]
    pub fn finish(&mut self, key: &Key, outcome: &Outcome) {
        if key.client_id.is_empty() {
            return;
        }
        let account = key.account.index();
        let (block, ring) = (&mut self.blocks[account / RINGS_PER_BLOCK], account % RINGS_PER_BLOCK);
        let at = self.finished[account] as usize % WINDOW;
        block.tags[ring].0[at] = key.tag();
        block.entries[ring][at] = Entry::new(key.client_id, outcome);
        self.finished[account] += 1;
    }

    #[inline]
    pub fn key(&self, slot: u32) -> Key {
        self.names[slot as usize]
    }

    /// Asks for the name of the order that has `slot`.
    #[inline]
    pub fn prefetch_name(&self, slot: u32) {
        if let Some(name) = self.names.get(slot as usize) {
            crate::memory::prefetch(name);
        }
    }

    /// Asks for the tags of an account's ring and for the place where its next order will finish.
    #[inline]
    pub fn prefetch_ring(&self, account: AccountId) {
        if account.index() < self.finished.len() {
            let ring = self.ring(account);
            const TAGS_PER_LINE: usize = 32;
            ring.tags.as_chunks::<TAGS_PER_LINE>().0.iter().for_each(crate::memory::prefetch);
            // An entry lies on two lines.
            let entry = &ring.entries[ring.finished as usize % WINDOW];
            crate::memory::prefetch(entry);
            crate::memory::prefetch(&entry.is_sell);
        }
    }

    /// The account's finished orders that are remembered, oldest first.
    pub fn window(&self, account: AccountId) -> impl ExactSizeIterator<Item = (&ClientId, Outcome)> {
        self.ring(account).oldest_first()
    }
}
