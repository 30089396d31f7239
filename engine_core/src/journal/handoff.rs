//! The only thing that the owner of a journal and its writer thread share: one batch on its way, and what became of it.
//!
//! At most one batch is with the writer, so at most one can be torn by a crash. Two buffers exist and change hands; nothing
//! is allocated once both threads run.

use super::error::Failure;
use super::format::Batch;
use super::reader::Position;
use rustix::event::{EventfdFlags, eventfd};
use std::io;
use std::mem;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

enum Slot {
    /// The writer has nothing to do; the spare buffer lies here.
    Idle(Batch),
    Handed(Batch),
    Writing,
}

struct State {
    slot: Slot,
    closing: bool,
    /// End of the last batch that was reported durable.
    position: Position,
    /// Last sequence on disk; lags behind the durable one with durability `async`.
    synced_sequence: u64,
    sync_wanted: bool,
    failure: Option<Failure>,
}

pub(crate) struct Handoff {
    state: Mutex<State>,
    changed: Condvar,
    durable_sequence: AtomicU64,
    event: OwnedFd,
}

/// What the writer is to do next.
pub(crate) enum Work {
    Write(Batch),
    /// Bring the disk up to date: nothing came within the timeout, or the owner asked for it.
    Sync,
    Close,
}

impl Handoff {
    pub(crate) fn new(spare: Batch, position: Position) -> io::Result<Handoff> {
        Ok(Handoff {
            state: Mutex::new(State {
                slot: Slot::Idle(spare),
                closing: false,
                position,
                synced_sequence: position.sequence,
                sync_wanted: false,
                failure: None,
            }),
            changed: Condvar::new(),
            durable_sequence: AtomicU64::new(position.sequence),
            event: eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?,
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics while holding this lock")
    }

    pub(crate) fn durable_sequence(&self) -> u64 {
        self.durable_sequence.load(Ordering::Acquire)
    }

    pub(crate) fn event_fd(&self) -> RawFd {
        self.event.as_raw_fd()
    }

    pub(crate) fn failure(&self) -> Option<Failure> {
        self.lock().failure.clone()
    }

    pub(crate) fn position(&self) -> Position {
        self.lock().position
    }

    /// Owner: exchanges a filled buffer for the spare one, if the writer is idle.
    pub(crate) fn hand(&self, batch: &mut Batch) -> Result<bool, Failure> {
        let mut state = self.lock();
        if let Some(failure) = &state.failure {
            return Err(failure.clone());
        }
        match mem::replace(&mut state.slot, Slot::Writing) {
            Slot::Idle(spare) => {
                state.slot = Slot::Handed(mem::replace(batch, spare));
                drop(state);
                self.changed.notify_all();
                Ok(true)
            }
            busy => {
                state.slot = busy;
                Ok(false)
            }
        }
    }

    /// Owner: blocks until everything up to `sequence` is durable. The caller makes sure that it has been handed over.
    pub(crate) fn wait_durable(&self, sequence: u64) -> Result<(), Failure> {
        self.wait_until(|state| state.position.sequence >= sequence)
    }

    /// Owner: blocks until the writer could take a batch.
    pub(crate) fn wait_idle(&self) -> Result<(), Failure> {
        self.wait_until(|state| matches!(state.slot, Slot::Idle(_)))
    }

    /// Owner: blocks until everything reported durable is on disk too.
    pub(crate) fn wait_synced(&self) -> Result<(), Failure> {
        let wanted = {
            let mut state = self.lock();
            state.sync_wanted = state.synced_sequence < state.position.sequence;
            state.position.sequence
        };
        self.changed.notify_all();
        self.wait_until(|state| state.synced_sequence >= wanted)
    }

    fn wait_until(&self, done: impl Fn(&State) -> bool) -> Result<(), Failure> {
        let mut state = self.lock();
        loop {
            if done(&state) {
                return Ok(());
            }
            if let Some(failure) = &state.failure {
                return Err(failure.clone());
            }
            state = self.changed.wait(state).expect("nobody panics while holding this lock");
        }
    }

    /// Owner: lets the writer finish what it has and end.
    pub(crate) fn close(&self) {
        self.lock().closing = true;
        self.changed.notify_all();
    }

    /// Writer: waits for a batch, for the end, or for `timeout` to pass.
    pub(crate) fn take(&self, timeout: Option<Duration>) -> Work {
        let mut state = self.lock();
        loop {
            match mem::replace(&mut state.slot, Slot::Writing) {
                Slot::Handed(batch) => return Work::Write(batch),
                other => state.slot = other,
            }
            if mem::take(&mut state.sync_wanted) {
                return Work::Sync;
            }
            if state.closing {
                return Work::Close;
            }
            state = match timeout {
                None => self.changed.wait(state).expect("nobody panics while holding this lock"),
                Some(timeout) => {
                    let waited = self.changed.wait_timeout(state, timeout);
                    let (state, result) = waited.expect("nobody panics while holding this lock");
                    if result.timed_out() && matches!(state.slot, Slot::Idle(_)) {
                        return Work::Sync;
                    }
                    state
                }
            };
        }
    }

    /// Writer: reports a batch durable and gives its buffer back.
    pub(crate) fn complete(&self, mut batch: Batch, position: Position, synced_sequence: u64) {
        batch.clear();
        {
            let mut state = self.lock();
            assert!(state.failure.is_none() && position.sequence > state.position.sequence);
            state.position = position;
            state.synced_sequence = synced_sequence;
            state.slot = Slot::Idle(batch);
            self.durable_sequence.store(position.sequence, Ordering::Release);
        }
        self.announce();
    }

    /// Writer: reports what is on disk.
    pub(crate) fn synced(&self, sequence: u64) {
        self.lock().synced_sequence = sequence;
        self.changed.notify_all();
    }

    /// Writer: ends the journal. Nothing is reported durable after this.
    pub(crate) fn fail(&self, failure: Failure) {
        self.lock().failure.get_or_insert(failure);
        self.announce();
    }

    fn announce(&self) {
        self.changed.notify_all();
        // The counter can only be full when nobody has looked 2^64 times; it is readable then anyway.
        let _ = rustix::io::write(&self.event, &1u64.to_ne_bytes());
    }
}
