//! The timers of accounts that cancel what is open when they run out, and which is next. Knows no orders and no rule.

use crate::memory::{Arena, Pages};
use crate::types::{AccountId, CancelTimer, MAX_ACCOUNTS};
use std::collections::BTreeSet;

pub struct Timers {
    /// By account and timer: when it runs out, 0 while it does not run. Not touched for accounts that set none.
    due: Arena<[u64; 2]>,
    /// Those that run, the next first.
    order: BTreeSet<(u64, AccountId, u8)>,
}

impl Default for Timers {
    fn default() -> Timers {
        Timers { due: Arena::new(MAX_ACCOUNTS, Pages::SmallFirst), order: BTreeSet::new() }
    }
}

impl Timers {
    /// Sets a timer, or stops it with 0.
    pub fn set(&mut self, account: AccountId, timer: CancelTimer, due_ns: u64) {
        self.due.extend_zeroed(account.index() + 1);
        let due = &mut self.due[account.index()][timer as usize];
        let before = std::mem::replace(due, due_ns);
        if before != 0 {
            self.order.remove(&(before, account, timer as u8));
        }
        if due_ns != 0 {
            self.order.insert((due_ns, account, timer as u8));
        }
    }

    /// When the next one runs out.
    pub fn next(&self) -> Option<u64> {
        self.order.first().map(|&(due_ns, _, _)| due_ns)
    }

    /// The first that has run out by `now_ns`. It stays until it is set or stopped.
    pub fn first_by(&self, now_ns: u64) -> Option<(AccountId, CancelTimer)> {
        let &(_, account, timer) = self.order.first().filter(|&&(due_ns, _, _)| due_ns <= now_ns)?;
        Some((account, CancelTimer::from_byte(timer)?))
    }

    /// Those that run, by account, then by timer.
    pub fn running(&self) -> Vec<(AccountId, u8, u64)> {
        let mut running: Vec<_> = self.order.iter().map(|&(due_ns, account, timer)| (account, timer, due_ns)).collect();
        running.sort_unstable();
        running
    }
}
