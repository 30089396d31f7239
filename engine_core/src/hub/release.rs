//! Release: what a durable group holds goes out, in order, and its answers make room for new commands.
//!
//! It never releases anything after the journal has failed, and never anything that is not as durable as was promised.

use super::groups::Group;
use super::sessions::Output;
use super::{Hub, HubError};
use crate::journal::JournalError;
use std::os::fd::{BorrowedFd, RawFd};

/// Something released for a session.
pub enum Released<'a> {
    /// Websocket frames, ready to be written.
    Frames(&'a [u8]),
    /// The same frames, of a session that wants single payloads: see [`crate::wire::frame::payloads`].
    Text(&'a [u8]),
    /// The session's output outgrew its bound and was discarded. Said once.
    Overrun,
}

impl Hub {
    /// Gives every group that is durable to `sink`, in order, as (session, output). Resets the journal's event.
    ///
    /// Once the journal has failed this is its error, and nothing is released: what was not released is not known to
    /// be durable.
    pub fn release(&mut self, mut sink: impl FnMut(u64, Released)) -> Result<(), HubError> {
        if let Some(event) = self.venue.event_fd() {
            clear_event(event);
        }
        if let Some(failure) = self.venue.failure() {
            return Err(JournalError::from(failure).into());
        }
        self.free_dropped();
        let durable = self.venue.durable_sequence();
        loop {
            while self.groups.front().is_some_and(|group| group.last_sequence <= durable) {
                let group = self.groups.pop_front().expect("there is a front");
                self.release_group(group, &mut sink);
            }
            // Replies without a command may have waited for the group before them.
            if self.gathered != 0 || !self.cut_replies() {
                break;
            }
        }
        Ok(())
    }

    fn release_group(&mut self, mut group: Group, sink: &mut impl FnMut(u64, Released)) {
        for (place, count) in group.answered.drain(..) {
            self.accounts.states[place].in_flight -= count;
        }
        for output in group.outputs.drain(..) {
            let wanted = self.sessions.released(&output);
            let Output { session, bytes, overrun } = output;
            if let Some(found) = self.sessions.find(session).filter(|_| wanted) {
                self.stats.released_bytes += bytes.len() as u64;
                match (overrun, found.text) {
                    (true, _) => {
                        self.stats.overruns += 1;
                        sink(session, Released::Overrun);
                    }
                    (false, false) => sink(session, Released::Frames(&bytes)),
                    (false, true) => sink(session, Released::Text(&bytes)),
                }
            }
            self.sessions.recycle(bytes);
        }
        self.spare_groups.push(group);
    }
}

/// Makes the journal's event unreadable until the next announcement.
fn clear_event(event: RawFd) {
    // SAFETY: the venue, which outlives this call, owns the descriptor.
    let event = unsafe { BorrowedFd::borrow_raw(event) };
    // Nothing to read is as good: the descriptor does not block.
    let _ = rustix::io::read(event, &mut [0; 8]);
}
