//! Client order ids: unique per account among its open orders and its last finished ones.
//!
//! What makes a resubmission safe: an id that is known is answered with the order it named, if the order was placed by the same
//! content. An id is known by a digest of 128 bits of account and id, with a key that no client knows: nobody can choose ids that
//! meet, or that crowd one place. One table holds the open and the finished ones: an order that finishes changes its cell
//! in place. An account that uses no ids costs nothing here.
//!
//! Memory is touched in few places per order: its cell, its name, and when it finishes the place of a finished one.

mod client_id;
mod digest;
mod finished;
mod table;

pub use client_id::ClientId;
pub use digest::{Content, Digest};
pub use finished::{Outcome, Window};

use crate::memory::{Arena, Pages};
use crate::types::*;
use finished::{Entry, Finished, REST};
use table::{Key, Reference, Table};
use zerocopy::FromBytes;

/// The client order id of an order, and what it is found and judged by. One cache line.
#[derive(Clone, Copy, Debug, FromBytes)]
#[repr(C, align(64))]
pub struct Name {
    pub client_id: ClientId,
    pub content: Content,
    pub digest: Digest,
}

const _: () = assert!(size_of::<Name>() == 64);

impl Name {
    const NONE: Name = Name { client_id: ClientId::EMPTY, content: Content(0), digest: Digest { low: 0, high: 0 } };
}

/// What an id names.
pub enum Known {
    /// The slot of an open order.
    Open(u32),
    Finished(Content, Outcome),
}

pub struct ClientIds {
    key: ClientIdKey,
    table: Table,
    /// By slot: the name of the order that has the slot, if it has one. Those of orders without an id are never touched.
    names: Arena<Name>,
    finished: Finished,
    leaving: Leaving,
}

/// Cells of orders that were forgotten just now. Each is asked for and taken out a few orders later, so that none is waited for;
/// until then it names a place that is known to be empty.
struct Leaving {
    cells: [(Key, u32); LEAVING],
    next: usize,
}

const LEAVING: usize = 4;
const _: () = assert!(LEAVING < REST);

impl ClientIds {
    pub fn new(key: ClientIdKey) -> ClientIds {
        ClientIds {
            key,
            table: Table::default(),
            names: Arena::new(MAX_OPEN_ORDERS as usize, Pages::SmallFirst),
            finished: Finished::default(),
            leaving: Leaving { cells: [(Key::NONE, 0); LEAVING], next: 0 },
        }
    }

    pub fn key(&self) -> ClientIdKey {
        self.key
    }

    /// The name that a record's client order id is, by its words; `None` if it is none.
    #[inline(always)]
    pub fn name_of(&self, account: AccountId, len: u8, words: &[u64], content: Content) -> Option<Name> {
        let id = ClientId::words(len, words)?;
        let Digest { low, high } = Digest::of(self.key, account, id);
        let pairs = [[id[0], id[1]], [id[2], id[3]], [id[4], content.0], [low, high]];
        Some(zerocopy::transmute!(pairs.map(crate::memory::pair)))
    }

    /// The same of an id that is one.
    pub fn name_with(&self, account: AccountId, client_id: ClientId, content: Content) -> Name {
        let digest = Digest::of(self.key, account, zerocopy::transmute!(client_id));
        Name { client_id, content, digest }
    }

    #[inline]
    fn reference(&self, digest: &Digest) -> Option<Reference> {
        self.table.find(Key::of(digest), |reference| match reference {
            Reference::Open(slot) => self.names[slot as usize].digest == *digest,
            Reference::Finished(at) => self.finished.get(at).is_some_and(|entry| entry.digest == *digest),
        })
    }

    /// What an id names, if it is known.
    #[inline]
    pub fn find(&self, digest: &Digest) -> Option<Known> {
        Some(match self.reference(digest)? {
            Reference::Open(slot) => Known::Open(slot),
            Reference::Finished(at) => {
                let entry = self.finished.get(at).expect("what is found is remembered");
                Known::Finished(entry.content, entry.outcome())
            }
        })
    }

    /// The slot of the account's open order with the id that a record's words are; [`RejectCode::Malformed`] if they are none.
    #[inline]
    pub fn find_open(&self, account: AccountId, len: u8, words: &[u64]) -> Result<Option<u32>, RejectCode> {
        let id = ClientId::words(len, words).ok_or(RejectCode::Malformed)?;
        Ok(match self.reference(&Digest::of(self.key, account, id)) {
            Some(Reference::Open(slot)) => Some(slot),
            _ => None,
        })
    }

    /// The name of the order that has `slot`, which has one.
    #[inline]
    pub fn name(&self, slot: u32) -> &Name {
        &self.names[slot as usize]
    }

    /// Names an order that has come to rest in `slot`, and makes it findable.
    #[inline]
    pub fn insert(&mut self, slot: u32, name: &Name) {
        while self.names.len() <= slot as usize {
            self.names.push(Name::NONE);
        }
        self.names[slot as usize] = *name;
        self.table.insert(Key::of(&name.digest), Reference::Open(slot));
    }

    /// A named order that rested has finished.
    #[inline]
    pub fn finish_resting(&mut self, slot: u32, outcome: &Outcome, window: &mut Window) {
        let Name { digest, content, .. } = self.names[slot as usize];
        self.table.prefetch(Key::of(&digest));
        let at = self.remember(Entry::new(digest, content, outcome), window);
        self.table.replace(Key::of(&digest), Reference::Open(slot), Reference::Finished(at));
    }

    /// A named order has finished on arrival.
    #[inline]
    pub fn finish(&mut self, name: &Name, outcome: &Outcome, window: &mut Window) {
        let at = self.remember(Entry::new(name.digest, name.content, outcome), window);
        self.table.insert(Key::of(&name.digest), Reference::Finished(at));
    }

    #[inline]
    fn remember(&mut self, entry: Entry, window: &mut Window) -> u32 {
        let ClientIds { finished, table, leaving, .. } = self;
        finished.remember(entry, window, |key, place| leaving.push(key, place, table))
    }

    /// Rebuilds one entry of a window from a state image, youngest last. The window may be longer than its limit.
    pub(crate) fn restore(&mut self, digest: Digest, content: Content, outcome: &Outcome, window: &mut Window) {
        let at = self.finished.append(Entry::new(digest, content, outcome), window);
        self.table.insert(Key::of(&digest), Reference::Finished(at));
    }

    /// Asks for where an id is looked for.
    #[inline]
    pub fn prefetch(&self, digest: &Digest) {
        self.table.prefetch(Key::of(digest));
    }

    /// The same by the words of a record that has come but is not judged yet.
    #[inline]
    pub fn prefetch_words(&self, account: AccountId, len: u8, words: &[u64]) {
        if let Some(id) = ClientId::words(len, words) {
            self.prefetch(&Digest::of(self.key, account, id));
        }
    }

    /// Asks for the name of the order that has `slot`.
    #[inline]
    pub fn prefetch_name(&self, slot: u32) {
        self.names.prefetch(slot as usize);
    }

    /// Asks for what the order that has `slot`, whose name should have arrived by now, touches when it finishes.
    #[inline]
    pub fn prefetch_finish(&self, slot: u32, window: &Window) {
        if let Some(name) = self.names.get(slot as usize) {
            self.table.prefetch(Key::of(&name.digest));
        }
        self.finished.prefetch_next(window);
    }

    /// How many finished orders an account's window remembers.
    pub fn window_len(&self, window: &Window) -> u32 {
        window.count
    }

    /// An account's finished orders that are remembered, oldest first.
    pub fn window(&self, window: &Window) -> impl Iterator<Item = (Digest, Content, Outcome)> {
        self.finished.of(window).map(|entry| (entry.digest, entry.content, entry.outcome()))
    }
}

impl Leaving {
    #[inline]
    fn push(&mut self, key: Key, place: u32, table: &mut Table) {
        table.prefetch(key);
        let (earlier, at) = std::mem::replace(&mut self.cells[self.next], (key, place));
        self.next = (self.next + 1) % LEAVING;
        if earlier != Key::NONE {
            table.remove(earlier, Reference::Finished(at));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    fn name(ids: &ClientIds, account: u32, id: u64) -> Name {
        let client_id = ClientId::from_slice(id.to_string().as_bytes()).unwrap();
        ids.name_with(AccountId(account), client_id, Content(id * 10))
    }

    fn outcome(order_id: u64) -> Outcome {
        Outcome {
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

    fn names(ids: &ClientIds, name: &Name) -> Option<Names> {
        Some(match ids.find(&name.digest)? {
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
        let words: [u64; 5] = zerocopy::transmute!(name.client_id);
        ids.find_open(AccountId(account), name.client_id.len(), &words).unwrap()
    }

    #[test]
    fn an_id_names_its_open_order_and_then_how_that_ended() {
        let (mut ids, mut window) = (ClientIds::new([7, 9]), Window::default());
        let name = name(&ids, 1, 5);
        assert_eq!(names(&ids, &name), None);
        ids.insert(9, &name);
        assert_eq!((names(&ids, &name), find_open(&ids, 1, &name)), (Some(Names::Open(9)), Some(9)));
        assert_eq!((ids.name(9).client_id, ids.window_len(&window)), (name.client_id, 0));
        ids.finish_resting(9, &outcome(77), &mut window);
        assert_eq!((names(&ids, &name), find_open(&ids, 1, &name)), (Some(Names::Finished(77)), None));
        let (digest, content, told) = ids.window(&window).next().unwrap();
        assert_eq!((digest, content, ids.window_len(&window)), (name.digest, Content(50), 1));
        assert_eq!(format!("{told:?}"), format!("{:?}", outcome(77)));
        // Its slot names another order now, and the finished one is what it was.
        let later = self::name(&ids, 1, 6);
        ids.insert(9, &later);
        assert_eq!((names(&ids, &name), names(&ids, &later)), (Some(Names::Finished(77)), Some(Names::Open(9))));
    }

    #[test]
    fn two_accounts_may_use_the_same_id() {
        let (mut ids, mut window) = (ClientIds::new([7, 9]), Window::default());
        let (one, two) = (name(&ids, 1, 5), name(&ids, 2, 5));
        assert_ne!(one.digest, two.digest);
        ids.insert(0, &one);
        assert_eq!((names(&ids, &two), find_open(&ids, 2, &two)), (None, None));
        ids.insert(1, &two);
        ids.finish_resting(0, &outcome(8), &mut window);
        assert_eq!((names(&ids, &one), names(&ids, &two)), (Some(Names::Finished(8)), Some(Names::Open(1))));
    }

    #[test]
    fn the_window_slides_over_the_last_finished_ones() {
        let (mut ids, mut window) = (ClientIds::new([7, 9]), Window::default());
        let last = u64::from(CLIENT_ID_WINDOW) + 10;
        for id in 0..=last {
            ids.finish(&name(&ids, 1, id), &outcome(id), &mut window);
            let remembered: Vec<_> = ids.window(&window).map(|(.., outcome)| outcome.order_id.0).collect();
            let oldest = (id + 1).saturating_sub(u64::from(CLIENT_ID_WINDOW));
            assert_eq!(remembered, (oldest..=id).collect::<Vec<_>>());
            for forgotten in 0..oldest {
                assert_eq!(names(&ids, &name(&ids, 1, forgotten)), None);
            }
        }
        assert_eq!(ids.finished.places(), CLIENT_ID_WINDOW as usize + 8, "a forgotten one's place is used again");
        // What was forgotten can be used again, and an open order is never forgotten.
        ids.insert(4, &name(&ids, 1, 0));
        (1_000..1_200).for_each(|id| ids.finish(&name(&ids, 1, id), &outcome(id), &mut window));
        assert_eq!(names(&ids, &name(&ids, 1, 0)), Some(Names::Open(4)));
    }

    #[test]
    fn a_window_grows_and_shrinks_to_its_limit() {
        let (mut ids, mut window) = (ClientIds::new([7, 9]), Window::default());
        let (mut id, mut remembered) = (0, std::collections::VecDeque::new());
        // (limit, orders that finish under it, how many are remembered then, how many places there have ever been)
        for (limit, finishes, expected, places) in [
            (5, 9, 5, 16),
            (2, 2, 3, 16),
            (2, 1, 2, 16),
            (1, 4, 1, 16),
            (4, 2, 3, 16),
            (7, 9, 7, 16),
            (30, 40, 30, 40),
            (1, 29, 1, 40),
            (2, 9, 2, 40),
            (8, 70, 8, 40),
        ] {
            window.limit = limit;
            for _ in 0..finishes {
                ids.finish(&name(&ids, 1, id), &outcome(id), &mut window);
                remembered.push_back(id);
                id += 1;
                for _ in 0..2 {
                    if remembered.len() > limit as usize {
                        let forgotten = remembered.pop_front().unwrap();
                        assert_eq!(names(&ids, &name(&ids, 1, forgotten)), None);
                    }
                }
                let told: Vec<_> = ids.window(&window).map(|(.., outcome)| outcome.order_id.0).collect();
                assert_eq!(remembered, told);
                assert!(told.iter().all(|&id| names(&ids, &name(&ids, 1, id)) == Some(Names::Finished(id))));
            }
            assert_eq!((ids.window_len(&window), ids.finished.places()), (expected, places), "limit {limit}");
        }
    }

    #[test]
    fn what_a_shorter_window_leaves_is_used_by_another() {
        let (mut ids, mut windows) = (ClientIds::new([7, 9]), [Window::default(); 2]);
        (0..76).for_each(|id| ids.finish(&name(&ids, 1, id), &outcome(id), &mut windows[0]));
        windows[0].limit = 1;
        (76..180).for_each(|id| ids.finish(&name(&ids, 1, id), &outcome(id), &mut windows[0]));
        // Two chunks are left to it: the one it is in, and the next.
        (0..64).for_each(|id| ids.finish(&name(&ids, 2, id), &outcome(id), &mut windows[1]));
        assert_eq!((ids.window_len(&windows[0]), ids.window_len(&windows[1]), ids.finished.places()), (1, 64, 80));
        assert!((0..64).all(|id| names(&ids, &name(&ids, 2, id)) == Some(Names::Finished(id))));
        ids.finish(&name(&ids, 2, 64), &outcome(64), &mut windows[1]);
        assert_eq!(ids.finished.places(), 88);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        /// Orders of two accounts rest, finish from rest, and finish on arrival, beyond the window.
        #[test]
        fn ids_are_known_while_open_and_while_remembered(
            steps in prop::collection::vec((0..2u32, 0..220u64, any::<bool>()), 300..900),
        ) {
            let mut ids = ClientIds::new([7, 9]);
            let mut windows = [Window::default(); 2];
            let mut open: HashMap<(u32, u64), u32> = HashMap::new();
            let mut finished = [(); 2].map(|()| std::collections::VecDeque::<(u64, u64)>::new());
            for (number, (account, id, rests)) in (1..).zip(steps) {
                let name = name(&ids, account, id);
                let window = &mut windows[account as usize];
                let remembered = &mut finished[account as usize];
                let slot = account * 220 + id as u32;
                if open.remove(&(account, id)).is_some() {
                    ids.finish_resting(slot, &outcome(number), window);
                    remembered.push_back((id, number));
                } else if remembered.iter().any(|entry| entry.0 == id) {
                    // A known id is answered, not used.
                } else if rests {
                    ids.insert(slot, &name);
                    open.insert((account, id), slot);
                } else {
                    ids.finish(&name, &outcome(number), window);
                    remembered.push_back((id, number));
                }
                if remembered.len() > CLIENT_ID_WINDOW as usize {
                    remembered.pop_front();
                }
                if number % 50 != 0 {
                    continue;
                }
                for (account, id) in (0..2).flat_map(|account| (0..220).map(move |id| (account, id))) {
                    let name = self::name(&ids, account, id);
                    let of_finished = finished[account as usize].iter().find(|entry| entry.0 == id);
                    let expected = match open.get(&(account, id)) {
                        Some(&slot) => Some(Names::Open(slot)),
                        None => of_finished.map(|entry| Names::Finished(entry.1)),
                    };
                    prop_assert_eq!(names(&ids, &name), expected);
                    prop_assert_eq!(find_open(&ids, account, &name), open.get(&(account, id)).copied());
                }
                for (window, remembered) in windows.iter().zip(&finished) {
                    let told: Vec<_> = ids.window(window).map(|(.., outcome)| outcome.order_id.0).collect();
                    prop_assert_eq!(told, remembered.iter().map(|entry| entry.1).collect::<Vec<_>>());
                }
            }
        }
    }
}
