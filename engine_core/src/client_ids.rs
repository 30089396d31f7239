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
use zerocopy::FromZeros;

const WINDOW: usize = CLIENT_ID_WINDOW as usize;
/// 43 MB of address space.
const RINGS_PER_BLOCK: usize = 4_096;

/// A client order id in place: no allocation, no pointer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, FromZeros)]
#[repr(C)]
pub struct ClientId {
    bytes: [u8; CLIENT_ID_LEN],
    len: u8,
}

impl ClientId {
    pub const EMPTY: ClientId = ClientId { len: 0, bytes: [0; CLIENT_ID_LEN] };

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
        let mut id = ClientId { len, bytes: *bytes };
        let mut unprintable = 0u8;
        for (at, byte) in id.bytes.iter_mut().enumerate() {
            let inside = if (at as u8) < len { 0xff } else { 0 };
            let printable = byte.wrapping_sub(0x21) <= 0x7e - 0x21;
            unprintable |= inside & u8::from(!printable);
            *byte &= inside;
        }
        (unprintable == 0).then_some(id)
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
pub struct Finished {
    pub client_id: ClientId,
    pub status: OrderStatus,
    pub side: Side,
    pub instrument: InstrumentId,
    pub order_id: OrderId,
    pub price: PriceTicks,
    pub quantity: QuantityLots,
    pub filled: QuantityLots,
}

/// [`Finished`] as it lies in a ring, where zero bytes must mean something harmless.
#[derive(Clone, Copy, FromZeros)]
#[repr(C)]
struct Entry {
    client_id: ClientId,
    is_filled: bool,
    is_sell: bool,
    instrument: u32,
    price: u32,
    order_id: u64,
    quantity: i64,
    filled: i64,
}

impl Entry {
    fn read(&self) -> Finished {
        Finished {
            client_id: self.client_id,
            status: if self.is_filled { OrderStatus::Filled } else { OrderStatus::Cancelled },
            side: if self.is_sell { Side::Sell } else { Side::Buy },
            instrument: InstrumentId(self.instrument),
            order_id: OrderId(self.order_id),
            price: PriceTicks(i64::from(self.price)),
            quantity: QuantityLots(self.quantity),
            filled: QuantityLots(self.filled),
        }
    }

    #[inline]
    fn write(finished: &Finished) -> Entry {
        Entry {
            client_id: finished.client_id,
            is_filled: finished.status == OrderStatus::Filled,
            is_sell: finished.side == Side::Sell,
            instrument: finished.instrument.0,
            price: finished.price.0 as u32,
            order_id: finished.order_id.0,
            quantity: finished.quantity.0,
            filled: finished.filled.0,
        }
    }
}

/// The finished ids of one account, oldest overwritten first.
#[derive(FromZeros)]
#[repr(C)]
struct Ring {
    tags: [u16; WINDOW],
    /// How many have ever finished; the next one goes to this position modulo the window.
    finished: u64,
    entries: [Entry; WINDOW],
}

impl Ring {
    #[inline]
    fn push(&mut self, tag: u16, finished: &Finished) {
        let at = self.finished as usize % WINDOW;
        self.tags[at] = tag;
        self.entries[at] = Entry::write(finished);
        self.finished += 1;
    }

    fn len(&self) -> usize {
        self.finished.min(WINDOW as u64) as usize
    }

    #[inline]
    fn find(&self, key: &Key) -> Option<&Entry> {
        // A first pass without branches, which the compiler turns into vector compares: nearly always there is nothing.
        let tag = key.tag();
        if !self.tags.iter().fold(false, |any, &other| any | (other == tag)) {
            return None;
        }
        let candidates = self.tags[..self.len()].iter().zip(&self.entries);
        candidates.filter(|(other, _)| **other == tag).map(|(_, entry)| entry).find(|e| e.client_id == key.client_id)
    }

    fn oldest_first(&self) -> impl Iterator<Item = Finished> {
        let start = self.finished as usize - self.len();
        (start..self.finished as usize).map(|at| self.entries[at % WINDOW].read())
    }
}

/// What an id of an account names.
pub enum Named {
    /// The slot of an open order.
    Open(u32),
    Finished(Finished),
}

pub struct ClientIds {
    /// Slots of open orders that have a client id.
    open: HashTable<u32>,
    /// By slot: the id of the order that has the slot.
    names: Vec<Key>,
    /// By account, in blocks that never move. A ring of zeros is an empty one, and is not yet memory.
    rings: Vec<Box<[Ring]>>,
    accounts: usize,
}

impl Default for ClientIds {
    fn default() -> ClientIds {
        let names = crate::memory::reserved(MAX_OPEN_ORDERS as usize);
        ClientIds { open: HashTable::new(), names, rings: Vec::new(), accounts: 0 }
    }
}

impl ClientIds {
    pub fn add_account(&mut self) {
        if self.accounts.is_multiple_of(RINGS_PER_BLOCK) {
            let mut block = <[Ring]>::new_box_zeroed_with_elems(RINGS_PER_BLOCK).expect("address space for rings");
            crate::memory::advise_huge(&mut block);
            self.rings.push(block);
        }
        self.accounts += 1;
    }

    #[inline]
    fn ring(&self, account: AccountId) -> &Ring {
        &self.rings[account.index() / RINGS_PER_BLOCK][account.index() % RINGS_PER_BLOCK]
    }

    #[inline]
    pub fn find(&self, key: &Key) -> Option<Named> {
        if key.client_id.is_empty() {
            return None;
        }
        if let Some(slot) = self.find_open(key) {
            return Some(Named::Open(slot));
        }
        self.ring(key.account).find(key).map(|entry| Named::Finished(entry.read()))
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
    pub fn remove(&mut self, slot: u32) {
        let name = &self.names[slot as usize];
        if !name.client_id.is_empty() {
            let entry = self.open.find_entry(name.hash, |&other| other == slot);
            entry.expect("a resting order is findable").remove();
        }
    }

    /// Puts a finished order with a client id into its account's ring, over the oldest one.
    #[inline]
    pub fn finish(&mut self, key: &Key, finished: &Finished) {
        if key.client_id.is_empty() {
            return;
        }
        let account = key.account.index();
        self.rings[account / RINGS_PER_BLOCK][account % RINGS_PER_BLOCK].push(key.tag(), finished);
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

    /// Asks for the tags of an account's ring and its counter.
    #[inline]
    pub fn prefetch_ring(&self, account: AccountId) {
        if account.index() < self.accounts {
            let ring = self.ring(account);
            const TAGS_PER_LINE: usize = 32;
            ring.tags.as_chunks::<TAGS_PER_LINE>().0.iter().for_each(crate::memory::prefetch);
            crate::memory::prefetch(&ring.finished);
        }
    }

    /// Asks for the place in an account's ring where the next order will finish.
    #[inline]
    pub fn prefetch_place(&self, account: AccountId) {
        if account.index() < self.accounts {
            let ring = self.ring(account);
            // An entry lies on two lines.
            let entry = &ring.entries[ring.finished as usize % WINDOW];
            crate::memory::prefetch(entry);
            crate::memory::prefetch(&entry.filled);
        }
    }

    /// The account's finished orders that are remembered, oldest first.
    pub fn window(&self, account: AccountId) -> impl ExactSizeIterator<Item = Finished> {
        let finished: Vec<_> = self.ring(account).oldest_first().collect();
        finished.into_iter()
    }
}
