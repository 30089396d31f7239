//! Commit groups: everything that was written since the last cut leaves together, when its last command is durable.
//!
//! It never holds more than the journal does: the groups before the one being gathered are those of one batch, and
//! replies without a command.

use super::sessions::Output;
use super::{Hub, HubError};
use std::mem;

/// Everything that leaves at once.
#[derive(Default)]
pub(super) struct Group {
    /// The group leaves when this is durable.
    pub last_sequence: u64,
    pub outputs: Vec<Output>,
    /// Place of an account and how many of its commands the group answers.
    pub answered: Vec<(usize, u32)>,
}

impl Hub {
    /// Notes that a command of the account is in the group being gathered, and not answered before it leaves.
    #[inline]
    pub(super) fn expect_answer(&mut self, place: usize) {
        let account = &mut self.accounts.states[place];
        if account.gathered == 0 {
            self.answering.push(place);
        }
        account.gathered += 1;
        account.in_flight += 1;
    }

    /// Ends the group being gathered, if the journal can take its commands now. True if commands were handed over.
    ///
    /// What needs no journal waits for nothing but the groups before it.
    pub fn commit(&mut self) -> Result<bool, HubError> {
        if self.gathered == 0 {
            self.cut_replies();
            return Ok(false);
        }
        // Without a journal nothing is handed over and everything is durable.
        let handed = self.venue.commit()? || self.venue.event_fd().is_none();
        if handed {
            self.handed_sequence = self.engine().sequence();
            self.cut();
        }
        Ok(handed)
    }

    /// Hands everything over, waiting for the batch before it.
    pub(super) fn commit_waiting(&mut self) -> Result<(), HubError> {
        while self.gathered != 0 && !self.commit()? {
            self.venue.wait_durable(self.handed_sequence)?;
        }
        Ok(())
    }

    /// Makes a group of what was written without a command, unless it must wait for the groups before it.
    pub(super) fn cut_replies(&mut self) -> bool {
        let cut = self.groups.is_empty() && (self.sessions.has_output() || self.channels.has_joining());
        if cut {
            self.cut();
        }
        cut
    }

    /// Frees what groups hold of sessions whose output was dropped, so that the bound on it is one on memory.
    pub(super) fn free_dropped(&mut self) {
        if !self.sessions.has_dropped() {
            return;
        }
        let dropped = self.sessions.take_dropped();
        for output in self.groups.iter_mut().flat_map(|group| &mut group.outputs) {
            if dropped.contains(&output.session) {
                output.bytes = Vec::new();
            }
        }
    }

    /// Closes the group being gathered: what was written since the last one, up to the engine's sequence.
    fn cut(&mut self) {
        self.write_balances();
        for (slot, bytes) in self.channels.complete_group(self.venue.engine(), &mut self.sessions) {
            self.charge_answer(slot, bytes);
        }
        let mut group = self.spare_groups.pop().unwrap_or_default();
        group.last_sequence = self.venue.engine().sequence();
        self.sessions.take_output(&mut group.outputs);
        self.free_dropped();
        for place in self.answering.drain(..) {
            group.answered.push((place, mem::take(&mut self.accounts.states[place].gathered)));
        }
        self.gathered = 0;
        self.stats.groups += 1;
        self.groups.push_back(group);
    }
}
