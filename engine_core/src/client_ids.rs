//! Client order ids: unique per account among its open orders and its last finished ones.
//!
//! What makes a resubmission safe: the index answers an id it knows with the order it named. An entry lives
//! from acceptance until [`CLIENT_ID_WINDOW`] later orders of the account have finished. Ids are compared
//! whole, not by hash. Entries are recycled: in steady state nothing is allocated.

use crate::event::OrderStatus;
use crate::orders::NIL;
use crate::registry::Account;
use crate::types::*;
use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// A client order id in place: no allocation, no pointer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClientId {
    len: u8,
    bytes: [u8; CLIENT_ID_LEN],
}

impl ClientId {
    pub const EMPTY: ClientId = ClientId { len: 0, bytes: [0; CLIENT_ID_LEN] };

    /// `None` unless `len` is at most 36 and those bytes are printable ASCII; the bytes behind are ignored.
    #[inline]
    pub fn new(len: u8, bytes: &[u8; CLIENT_ID_LEN]) -> Option<ClientId> {
        if len == 0 {
            return Some(ClientId::EMPTY);
        }
        let text = bytes.get(..usize::from(len))?;
        if !is_printable(text) {
            return None;
        }
        let mut id = ClientId { len, bytes: [0; CLIENT_ID_LEN] };
        id.bytes[..text.len()].copy_from_slice(text);
        Some(id)
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

    #[inline]
    fn hash(&self, account: AccountId) -> u64 {
        xxh3_64_with_seed(self.as_bytes(), u64::from(account.0))
    }
}

/// What the index remembers of an order. For an open one only the id matters: the slab knows the rest.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub client_id: ClientId,
    pub status: OrderStatus,
    pub side: Side,
    pub account: AccountId,
    pub instrument: InstrumentId,
    /// Next younger entry of the account's finished window, or next free entry.
    next: u32,
    pub order_id: OrderId,
    pub price: PriceTicks,
    pub quantity: QuantityLots,
    pub filled: QuantityLots,
}

/// How an order ended, for the finished window.
pub struct Outcome {
    pub status: OrderStatus,
    pub instrument: InstrumentId,
    pub side: Side,
    pub price: PriceTicks,
    pub quantity: QuantityLots,
    pub filled: QuantityLots,
}

pub struct ClientIds {
    /// Entry indices by (account, client id).
    table: HashTable<u32>,
    entries: Vec<Entry>,
    free: u32,
}

impl Default for ClientIds {
    fn default() -> ClientIds {
        ClientIds { table: HashTable::new(), entries: Vec::new(), free: NIL }
    }
}

impl ClientIds {
    #[inline]
    pub fn find(&self, account: AccountId, client_id: &ClientId) -> Option<&Entry> {
        if client_id.is_empty() {
            return None;
        }
        let found = self.table.find(client_id.hash(account), |&index| {
            let entry = &self.entries[index as usize];
            entry.account == account && entry.client_id == *client_id
        })?;
        Some(&self.entries[*found as usize])
    }

    /// Remembers an accepted order; [`NIL`] if it has no client id. The id must not be known.
    #[inline]
    pub fn insert(&mut self, account: AccountId, client_id: &ClientId, order_id: OrderId) -> u32 {
        if client_id.is_empty() {
            return NIL;
        }
        let entry = Entry {
            client_id: *client_id,
            status: OrderStatus::Open,
            side: Side::Buy,
            account,
            instrument: InstrumentId(0),
            next: NIL,
            order_id,
            price: PriceTicks(0),
            quantity: QuantityLots(0),
            filled: QuantityLots(0),
        };
        let index = if self.free == NIL {
            self.entries.push(entry);
            (self.entries.len() - 1) as u32
        } else {
            let index = self.free;
            self.free = self.entries[index as usize].next;
            self.entries[index as usize] = entry;
            index
        };
        let entries = &self.entries;
        self.table.insert_unique(client_id.hash(account), index, |&index| {
            let entry = &entries[index as usize];
            entry.client_id.hash(entry.account)
        });
        index
    }

    /// Moves a finished order into its account's window; the oldest entry beyond the window is forgotten.
    #[inline]
    pub fn finish(&mut self, index: u32, account: &mut Account, outcome: Outcome) {
        if index == NIL {
            return;
        }
        let entry = &mut self.entries[index as usize];
        entry.status = outcome.status;
        entry.instrument = outcome.instrument;
        entry.side = outcome.side;
        entry.price = outcome.price;
        entry.quantity = outcome.quantity;
        entry.filled = outcome.filled;
        entry.next = NIL;
        match account.window_tail {
            NIL => account.window_head = index,
            tail => self.entries[tail as usize].next = index,
        }
        account.window_tail = index;
        account.window_count += 1;
        if account.window_count > CLIENT_ID_WINDOW {
            self.forget_oldest(account);
        }
    }

    fn forget_oldest(&mut self, account: &mut Account) {
        let index = account.window_head;
        let entry = self.entries[index as usize];
        account.window_head = entry.next;
        account.window_count -= 1;
        let slot = self.table.find_entry(entry.client_id.hash(entry.account), |&other| other == index);
        slot.expect("every entry is indexed").remove();
        self.entries[index as usize].next = self.free;
        self.free = index;
    }

    #[inline]
    pub fn get(&self, index: u32) -> Option<&Entry> {
        self.entries.get(index as usize)
    }

    /// The client id of an entry, empty for [`NIL`].
    pub fn client_id(&self, index: u32) -> ClientId {
        self.get(index).map_or(ClientId::EMPTY, |entry| entry.client_id)
    }

    /// The account's finished window, oldest first.
    pub fn window(&self, account: &Account) -> impl Iterator<Item = &Entry> {
        let mut index = account.window_head;
        std::iter::from_fn(move || {
            let entry = self.get(index)?;
            index = entry.next;
            Some(entry)
        })
    }
}
