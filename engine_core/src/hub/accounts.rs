//! What the hub keeps of an account beside the engine: its sessions, its latest reports, what is unanswered.

use crate::event::Event;
use crate::types::{AccountId, AssetId, MAX_ACCOUNTS};
use hashbrown::HashMap;
use std::collections::VecDeque;

/// Reports kept of each enrolled account for `replay` (136 bytes each): eight times what can be unanswered, so that a
/// client that lost its connection finds every answer it missed and the fills around them.
pub const REPORTS_KEPT: usize = 1_024;

/// The account's last events, without a gap: the newest is always there. They name client order ids, so a client learns
/// from a replay which of its unanswered orders exist.
#[derive(Debug, Default)]
pub struct Recent {
    events: VecDeque<Event>,
}

impl Recent {
    #[inline]
    pub fn push(&mut self, event: &Event) {
        if self.events.len() == REPORTS_KEPT {
            self.events.pop_front();
        }
        self.events.push_back(*event);
    }

    /// The events from account sequence `from` on; `None` if some of them are no longer (or were never) kept.
    pub fn since(&self, from: u64, last: u64) -> Option<impl Iterator<Item = &Event>> {
        let first = last + 1 - self.events.len() as u64;
        let skipped = from.max(1).checked_sub(first)?;
        Some(self.events.iter().skip(usize::try_from(skipped).unwrap_or(usize::MAX)))
    }
}

#[derive(Debug)]
pub struct AccountState {
    pub id: AccountId,
    /// Slots of the sessions logged on to it.
    pub sessions: Vec<u32>,
    pub recent: Recent,
    /// Commands submitted by sessions whose reports have not been released.
    pub in_flight: u32,
    /// Those of them that belong to the group being gathered.
    pub gathered: u32,
    /// Sessions that subscribe to its balances.
    pub balance_watchers: u32,
    /// Assets whose balance may have changed in the group being gathered, with repetitions.
    pub touched_assets: Vec<AssetId>,
}

/// The enrolled accounts: those that have, or may have, sessions.
#[derive(Debug, Default)]
pub struct Accounts {
    /// By account id: place in `states`.
    places: HashMap<u32, u32>,
    pub states: Vec<AccountState>,
}

impl Accounts {
    #[inline]
    pub fn find(&self, account: u32) -> Option<usize> {
        self.places.get(&account).map(|&place| place as usize)
    }

    /// The account's place. `None` if there can be no such account.
    pub fn enroll(&mut self, account: u32) -> Option<usize> {
        if account as usize >= MAX_ACCOUNTS {
            return None;
        }
        if let Some(place) = self.find(account) {
            return Some(place);
        }
        let place = self.states.len();
        self.places.insert(account, place as u32);
        self.states.push(AccountState {
            id: AccountId(account),
            sessions: Vec::new(),
            recent: Recent::default(),
            in_flight: 0,
            gathered: 0,
            balance_watchers: 0,
            touched_assets: Vec::new(),
        });
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Resumed;

    fn event(account_sequence: u64) -> Event {
        Event::from_body(Resumed { account_sequence, ..Resumed::EMPTY })
    }

    #[test]
    fn recent_events_reach_back_exactly_as_far_as_they_are_kept() {
        let mut recent = Recent::default();
        let sequences = |recent: &Recent, from, last| {
            recent.since(from, last).map(|events| events.map(|event| event.account_sequence).collect::<Vec<_>>())
        };
        assert_eq!(sequences(&recent, 6, 5), Some(vec![]), "up to date");
        assert_eq!(sequences(&recent, 5, 5), None, "happened before enrolment");
        let last = REPORTS_KEPT as u64 + 10;
        for account_sequence in 6..=last {
            recent.push(&event(account_sequence));
        }
        assert_eq!(sequences(&recent, last - 1, last), Some(vec![last - 1, last]));
        assert_eq!(sequences(&recent, 11, last).unwrap().len(), REPORTS_KEPT);
        assert_eq!(sequences(&recent, 10, last), None, "one too old");
        assert_eq!(sequences(&recent, last + 1, last), Some(vec![]));
        assert_eq!(sequences(&recent, u64::MAX, last), Some(vec![]));
        let mut fresh = Recent::default();
        fresh.push(&event(1));
        assert_eq!(sequences(&fresh, 0, 1), Some(vec![1]), "0 means from the beginning");
    }
}
