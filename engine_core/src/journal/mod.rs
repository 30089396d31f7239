//! The journal: an append-only, checksummed, chained log of commands, and the truth about what has happened.
//!
//! Commands are gathered into batches; a batch is written and synced by a thread of its own while the next one gathers. A
//! sequence is durable when its batch is on disk. A crash can tear at most the batch that was being written, none of which
//! was reported durable; recovery cuts it. Anything else that is wrong with the files stops recovery with file and offset.
//! The bytes are drawn in `docs/journal-format.md`.
//!
//! Never does: retry a failed write or sync, delete or rewrite a segment, interpret a command.
//! Limits: it can not tell damage that reaches the end from an unfinished batch, nor miss whole segments removed from the end
//! (unless a snapshot knows better). Linux only: eventfd, flock, fallocate.

mod directory;
mod error;
mod format;
mod handoff;
mod reader;
mod segment;
mod storage;
mod times;
mod verify;
mod writer;

pub use directory::DirectoryLock;
pub use error::{Defect, Failure, JournalError};
pub use format::{MAX_BATCH_BYTES, SECTOR_BYTES, SEGMENT_BYTES_DEFAULT, SEGMENT_BYTES_MAX, SEGMENT_BYTES_MIN};
pub(crate) use reader::{Extent, extent, last_sequence, last_sequence_at, last_sequence_up_to};
pub use reader::{JournalReader, Position, SegmentSummary, Tail};
pub use segment::{SegmentRead, read_segment};
pub use storage::{FileSystem, SegmentFile, Storage};
pub use times::{Histogram, Times};
pub use verify::{Verified, verify};

pub(crate) use directory::{FILE_MODE, list_numbered, numbered_path, sync_directory};

use crate::command::{Command, Commands};
use crate::types::{ClientIdKey, Genesis};
use directory::prepared_path;
use format::Batch;
use handoff::Handoff;
use std::fs;
use std::io;
use std::os::fd::RawFd;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use writer::{Setup, Writer};

/// When a command counts as durable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Durability {
    /// When it is on disk.
    Sync,
    /// When the kernel has it: survives the end of the process, but a power failure loses the last moments (50 ms or 8 MiB).
    Async,
}

/// How a journal is written.
#[derive(Clone, Copy, Debug)]
pub struct JournalConfig {
    pub durability: Durability,
    /// Length of new segments; a multiple of [`SECTOR_BYTES`] from [`SEGMENT_BYTES_MIN`] to [`SEGMENT_BYTES_MAX`].
    pub segment_bytes: u64,
    /// What the engine never changes: of a new journal, or as an existing one has it.
    pub genesis: Genesis,
}

impl JournalConfig {
    fn check(&self) -> Result<(), JournalError> {
        let bytes = self.segment_bytes;
        if (SEGMENT_BYTES_MIN..=SEGMENT_BYTES_MAX).contains(&bytes) && bytes.is_multiple_of(SECTOR_BYTES as u64) {
            return Ok(());
        }
        Err(JournalError::Config(format!(
            "segment_bytes {bytes}: must be a multiple of {SECTOR_BYTES} from {SEGMENT_BYTES_MIN} to {SEGMENT_BYTES_MAX}"
        )))
    }
}

/// An open journal, at its end. Dropping it ends the writer; commands that were not committed are forgotten.
pub struct Journal {
    gathering: Batch,
    committed_sequence: u64,
    handoff: Arc<Handoff>,
    times: Arc<Times>,
    thread: Option<JoinHandle<()>>,
    torn_bytes: u64,
    // Last, so that the directory is free only when the writer has ended.
    lock: DirectoryLock,
}

impl Journal {
    /// Recovers the journal of the locked directory, giving `replay` the commands after `after` batch by batch, and opens it for
    /// appending.
    /// Changes nothing on disk if the journal is refused.
    pub fn open(
        lock: DirectoryLock,
        config: &JournalConfig,
        storage: Arc<dyn Storage>,
        after: Option<Position>,
        replay: impl FnMut(Commands),
    ) -> Result<Journal, JournalError> {
        let reader = JournalReader::open(lock.directory(), after)?;
        Journal::continue_from(lock, config, storage, reader, replay)
    }

    /// As [`Journal::open`], with what this reader of the locked directory gives out.
    pub(crate) fn continue_from(
        lock: DirectoryLock,
        config: &JournalConfig,
        storage: Arc<dyn Storage>,
        mut reader: JournalReader,
        mut replay: impl FnMut(Commands),
    ) -> Result<Journal, JournalError> {
        config.check()?;
        let directory = lock.directory();
        if let Some(found) = reader.genesis()
            && found != config.genesis
        {
            return Err(JournalError::Genesis { directory: directory.to_owned(), wanted: config.genesis, found });
        }
        while let Some(commands) = reader.next_batch()? {
            replay(commands);
        }
        remove_prepared(&lock)?;
        let JournalConfig { durability, segment_bytes, genesis } = *config;
        let setup = Setup { directory: directory.to_owned(), storage, durability, segment_bytes, genesis };
        let writer = match reader.tail() {
            Some(tail) => Writer::resume(setup, tail)?,
            None => Writer::start(setup, random_id()?)?,
        };
        let torn_bytes = reader.tail().map_or(0, |tail| tail.torn_bytes);
        let capacity = format::batch_capacity(segment_bytes);
        let failed = JournalError::io("start the writer of", directory);
        let (position, times) = (writer.position(), writer.times());
        let handoff = Handoff::new(Batch::new(capacity), position).map(Arc::new);
        let started = handoff.and_then(|handoff| {
            let shared = Arc::clone(&handoff);
            let thread = thread::Builder::new().name("journal".into()).spawn(move || writer.run(&shared))?;
            Ok((handoff, thread))
        });
        let (handoff, thread) = started.map_err(failed)?;
        Ok(Journal {
            gathering: Batch::new(capacity),
            committed_sequence: position.sequence,
            handoff,
            times,
            thread: Some(thread),
            torn_bytes,
            lock,
        })
    }

    /// Adds a command to the batch being gathered. Panics if the batch is full or the sequence is not the next.
    #[inline]
    pub fn append(&mut self, sequence: u64, command: Command) {
        let last = if self.gathering.is_empty() { self.committed_sequence } else { self.gathering.last_sequence() };
        assert!(sequence == last + 1, "sequence {sequence} after {last}");
        self.gathering.push(sequence, command);
    }

    /// Whether [`Journal::append`] has to wait for a [`Journal::commit`].
    #[inline]
    pub fn is_full(&self) -> bool {
        self.gathering.is_full()
    }

    /// Whether there are appended commands that have not been committed.
    pub fn has_pending(&self) -> bool {
        !self.gathering.is_empty()
    }

    /// Hands what has been gathered to the writer, if there is anything and the writer is idle.
    pub fn commit(&mut self) -> Result<bool, JournalError> {
        if self.gathering.is_empty() {
            return Ok(false);
        }
        let last_sequence = self.gathering.last_sequence();
        let handed = self.handoff.hand(&mut self.gathering)?;
        if handed {
            self.committed_sequence = last_sequence;
        }
        Ok(handed)
    }

    /// As [`Journal::commit`], but waits for the writer.
    pub fn commit_waiting(&mut self) -> Result<(), JournalError> {
        while self.has_pending() && !self.commit()? {
            self.handoff.wait_idle()?;
        }
        Ok(())
    }

    /// The last sequence that is durable.
    pub fn durable_sequence(&self) -> u64 {
        self.handoff.durable_sequence()
    }

    /// Blocks until `sequence` is durable. [`JournalError::NotCommitted`] if it has not been handed to the writer.
    pub fn wait_durable(&self, sequence: u64) -> Result<(), JournalError> {
        if sequence > self.committed_sequence {
            return Err(JournalError::NotCommitted { sequence, committed: self.committed_sequence });
        }
        Ok(self.handoff.wait_durable(sequence)?)
    }

    /// Blocks until everything durable is on disk, which with [`Durability::Async`] can be later.
    pub fn wait_synced(&self) -> Result<(), JournalError> {
        Ok(self.handoff.wait_synced()?)
    }

    /// Becomes readable (an eventfd: read 8 bytes to rearm) when [`Journal::durable_sequence`] has risen or the journal failed.
    /// Valid as long as the journal.
    pub fn event_fd(&self) -> RawFd {
        self.handoff.event_fd()
    }

    /// How long its writes and syncs have taken since it was opened.
    pub fn times(&self) -> &Times {
        &self.times
    }

    /// Why nothing is reported durable any more.
    pub fn failure(&self) -> Option<Failure> {
        self.handoff.failure()
    }

    /// End of the last durable batch.
    pub fn position(&self) -> Position {
        self.handoff.position()
    }

    /// Bytes of an unfinished write that recovery cut off.
    pub fn torn_bytes(&self) -> u64 {
        self.torn_bytes
    }

    pub fn directory(&self) -> &Path {
        self.lock.directory()
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.handoff.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A segment that was still being prepared when its process ended has never been part of the journal.
fn remove_prepared(lock: &DirectoryLock) -> Result<(), JournalError> {
    let path = prepared_path(lock.directory());
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(JournalError::io("remove", &path)(error)),
        _ => Ok(()),
    }
}

/// A key for the client order ids of a new venue.
pub fn random_key() -> Result<ClientIdKey, JournalError> {
    Ok([random_id()?, random_id()?])
}

/// Never the same twice, and not to be guessed by a client.
fn random_id() -> Result<u64, JournalError> {
    let mut bytes = [0; 8];
    let read = rustix::rand::getrandom(&mut bytes, rustix::rand::GetRandomFlags::empty());
    let read = read.map_err(|error| JournalError::io("read random bytes from", "getrandom".as_ref())(error.into()))?;
    assert!(read == bytes.len(), "the kernel gives up to 256 bytes at once");
    Ok(u64::from_le_bytes(bytes))
}
