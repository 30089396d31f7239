//! Which orders are the quotes of whom: by account and quote group, the two of each instrument; and what protects a group.
//! Knows orders by their slots, and no rule.
//!
//! A group's table is its own and grows with what its account has open: who quotes nothing has no memory here, and nobody
//! waits for the growth of others.

use crate::memory::{Arena, Pages};
use crate::orders::NIL;
use crate::protection::{Breach, CountedFill, Limits, Protection};
use crate::types::{AccountId, InstrumentId, MAX_ACCOUNTS, Side};
use hashbrown::HashMap;

/// The slots of a group's bid and ask on one instrument, [`NIL`] where there is none.
pub type Pair = [u32; 2];

/// A quote group of an account: its number is not 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GroupId {
    pub account: AccountId,
    pub number: u8,
}

#[derive(Default)]
pub struct Group {
    /// Of the instruments with an open quote.
    pairs: HashMap<u32, Pair>,
    /// By its protection, until that is reset.
    pub blocked: bool,
    pub protection: Option<Box<Protection>>,
}

/// A table that is empty gives back what is more than this.
const KEPT_PAIRS: usize = 64;
/// Makers are kept in parts of so many: a new one moves nobody.
const PART: usize = 1 << 10;

/// The groups of one account, by their number less one.
type Maker = Vec<Option<Box<Group>>>;

pub struct Quotes {
    /// By account: the place of its maker, counted from 1. 0, and not touched, for accounts without groups.
    places: Arena<u32>,
    makers: Vec<Vec<Maker>>,
    count: u32,
}

impl Default for Quotes {
    fn default() -> Quotes {
        Quotes { places: Arena::new(MAX_ACCOUNTS, Pages::SmallFirst), makers: Vec::new(), count: 0 }
    }
}

impl Quotes {
    /// A group, if it has ever been named.
    #[inline]
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        let place = self.places.get(id.account.index())?.checked_sub(1)? as usize;
        self.makers[place / PART][place % PART].get(usize::from(id.number) - 1)?.as_deref()
    }

    #[inline]
    pub fn group_mut(&mut self, id: GroupId) -> Option<&mut Group> {
        let place = self.places.get(id.account.index())?.checked_sub(1)? as usize;
        self.makers[place / PART][place % PART].get_mut(usize::from(id.number) - 1)?.as_deref_mut()
    }

    /// A group, from now on if it has never been named.
    pub fn group_or_new(&mut self, id: GroupId) -> &mut Group {
        self.places.extend_zeroed(id.account.index() + 1);
        let place = &mut self.places[id.account.index()];
        if *place == 0 {
            self.count += 1;
            *place = self.count;
            if (self.count as usize - 1).is_multiple_of(PART) {
                self.makers.push(Vec::with_capacity(PART));
            }
            self.makers.last_mut().expect("there is a part").push(Maker::new());
        }
        let place = *place as usize - 1;
        let maker = &mut self.makers[place / PART][place % PART];
        let at = usize::from(id.number) - 1;
        if maker.len() <= at {
            maker.resize_with(at + 1, || None);
        }
        maker[at].get_or_insert_default()
    }

    #[inline]
    pub fn is_blocked(&self, id: GroupId) -> bool {
        self.group(id).is_some_and(|group| group.blocked)
    }

    /// A new quote is open. `None` if there is one already.
    pub fn add(&mut self, id: GroupId, instrument: InstrumentId, side: Side, slot: u32) -> Option<()> {
        let pair = self.group_or_new(id).pairs.entry(instrument.0).or_insert([NIL; 2]);
        let free = pair[side as usize] == NIL;
        pair[side as usize] = slot;
        free.then_some(())
    }

    /// A quote is not open any more.
    pub fn remove(&mut self, id: GroupId, instrument: InstrumentId, side: Side) {
        let group = self.group_mut(id).expect("a quote is in its group");
        let pair = group.pairs.get_mut(&instrument.0).expect("a quote is where it was put");
        pair[side as usize] = NIL;
        if *pair == [NIL; 2] {
            group.pairs.remove(&instrument.0);
            if group.pairs.is_empty() && group.pairs.capacity() > KEPT_PAIRS {
                group.pairs = HashMap::new();
            }
        }
    }

    /// All groups that are protected or blocked, by account, then by number.
    pub fn protected(&self) -> impl Iterator<Item = (GroupId, &Group)> {
        let accounts = self.places.iter().enumerate().filter(|&(_, &place)| place != 0);
        accounts.flat_map(|(account, &place)| {
            let place = place as usize - 1;
            let groups = self.makers[place / PART][place % PART].iter().enumerate();
            groups.filter_map(move |(at, group)| {
                let group = group.as_deref().filter(|group| group.blocked || group.protection.is_some())?;
                Some((GroupId { account: AccountId(account as u32), number: at as u8 + 1 }, group))
            })
        })
    }
}

impl Group {
    /// Its quotes on an instrument.
    #[inline]
    pub fn pair(&self, instrument: u32) -> Pair {
        self.pairs.get(&instrument).copied().unwrap_or([NIL; 2])
    }

    pub fn has_quotes(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// Gives it other limits, or none. What was counted is forgotten.
    pub fn protect(&mut self, limits: Limits) {
        self.protection = (limits != Limits::NONE).then(|| Box::new(Protection::new(limits)));
    }

    /// Lets it quote again.
    pub fn reset(&mut self) {
        self.blocked = false;
        self.protection.iter_mut().for_each(|protection| protection.clear());
    }

    /// Counts a fill of one of its quotes. A breach blocks the group.
    pub fn count(&mut self, fill: CountedFill) -> Option<Breach> {
        if self.blocked {
            return None;
        }
        let protection = self.protection.as_mut()?;
        let breach = protection.count(fill)?;
        protection.clear();
        self.blocked = true;
        Some(breach)
    }
}
