//! A venue: the engine, the sequencer that numbers its commands, and the journal that makes them durable.
//!
//! A command is applied as soon as it is submitted, while the ones before it are still on their way to the disk. So events
//! exist before their command is durable: whoever holds them lets nothing leave the process before
//! [`Venue::durable_sequence`] has reached the command's sequence. After a crash the state is that of the durable commands.
//!
//! Never reads a clock: the caller brings the time. Blocks only in [`Venue::run`], [`Venue::wait_durable`], [`Venue::snapshot`],
//! [`Venue::stop`] and [`Venue::close`].

use crate::command::{Command, CommandBuffer, CommandsMut};
use crate::engine::{Engine, FOLLOW_DISTANCE, Output, PREFETCH_DISTANCE};
use crate::event::Event;
use crate::journal::{
    DirectoryLock, Durability, Failure, FileSystem, Journal, JournalConfig, JournalError, SEGMENT_BYTES_DEFAULT,
    Storage, Times,
};
use crate::recovery::{self, Start};
pub use crate::recovery::{Recovery, Replay, Stopped};
use crate::snapshot::{self, Origin};
use crate::types::Genesis;
use std::os::fd::RawFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Commands applied between two looks at whether the writer is idle: about as much work as a sync takes. Looking more often
/// would split small batches into two syncs.
const COMMIT_INTERVAL: usize = 2_048;

/// How a venue is opened.
#[derive(Clone, Debug)]
pub struct VenueConfig {
    /// Where journal and snapshots are. Without it nothing is durable and nothing is kept (durability "off").
    pub directory: Option<PathBuf>,
    pub durability: Durability,
    /// Length of new journal segments, bytes.
    pub segment_bytes: u64,
    /// What the engine never changes. A journal that exists has a `client_id_key` of its own.
    pub genesis: Genesis,
    /// How much of the journal is replayed, if there is a choice.
    pub replay: Replay,
}

impl Default for VenueConfig {
    /// In memory; `sync` once a directory is given.
    fn default() -> VenueConfig {
        VenueConfig {
            directory: None,
            durability: Durability::Sync,
            segment_bytes: SEGMENT_BYTES_DEFAULT,
            genesis: Genesis::default(),
            replay: Replay::SHORTEST,
        }
    }
}

pub struct Venue {
    engine: Engine,
    journal: Option<Journal>,
    recovery: Recovery,
}

impl Venue {
    /// Recovers the state from a readable snapshot and the journal after it. `on_replay` sees every replayed
    /// command with its events, and the engine just after it.
    pub fn open(
        config: &VenueConfig,
        on_replay: impl FnMut(&Engine, Command, &[Event]),
    ) -> Result<Venue, JournalError> {
        Venue::open_on(Arc::new(FileSystem), config, on_replay)
    }

    /// As [`Venue::open`], with the journal written to this storage.
    pub fn open_on(
        storage: Arc<dyn Storage>,
        config: &VenueConfig,
        on_replay: impl FnMut(&Engine, Command, &[Event]),
    ) -> Result<Venue, JournalError> {
        let Some(directory) = &config.directory else {
            return Ok(Venue::in_memory(Engine::new(config.genesis)));
        };
        let VenueConfig { durability, segment_bytes, genesis, .. } = *config;
        let journal = JournalConfig { durability, segment_bytes, genesis };
        Venue::recover(directory, storage, &journal, config.replay, on_replay)
    }

    /// A venue that keeps nothing, over a state from elsewhere.
    pub fn in_memory(engine: Engine) -> Venue {
        Venue { engine, journal: None, recovery: Recovery::default() }
    }

    fn recover(
        directory: &Path,
        storage: Arc<dyn Storage>,
        config: &JournalConfig,
        replay: Replay,
        mut on_replay: impl FnMut(&Engine, Command, &[Event]),
    ) -> Result<Venue, JournalError> {
        let lock = DirectoryLock::acquire(directory)?;
        let Start { mut engine, reader, from_snapshot, damaged_snapshots } =
            recovery::start(directory, config.genesis, replay)?;
        let genesis = Genesis { client_id_key: engine.client_id_key(), ..config.genesis };
        let config = &JournalConfig { genesis, ..*config };
        let mut recovery = Recovery { commands: 0, from_snapshot, torn_bytes: 0, damaged_snapshots };
        let mut events = Vec::new();
        let journal = Journal::continue_from(lock, config, storage, reader, |commands| {
            for (command, later, sooner) in commands.with_later(PREFETCH_DISTANCE, FOLLOW_DISTANCE) {
                if let Some(later) = later {
                    engine.look_ahead(later);
                }
                if let Some(sooner) = sooner {
                    engine.follow(sooner);
                }
                events.clear();
                engine.apply(command, &mut events);
                on_replay(&engine, command, &events);
                recovery.commands += 1;
            }
        })?;
        recovery.torn_bytes = journal.torn_bytes();
        assert!(journal.durable_sequence() == engine.sequence(), "the replay ends where the journal does");
        Ok(Venue { engine, journal: Some(journal), recovery })
    }

    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    pub fn recovered(&self) -> &Recovery {
        &self.recovery
    }

    /// Stamps the command with a timestamp that is not before the last one, applies it as the next one, says what happened to
    /// `out`, and adds it to the batch being gathered.
    ///
    /// # Panics
    /// If [`Venue::is_full`]: the caller must stop reading commands until a [`Venue::commit`] succeeds.
    #[inline]
    pub fn submit<const WORDS: usize, O: Output>(
        &mut self,
        command: &mut CommandBuffer<WORDS>,
        now_ns: u64,
        out: &mut O,
    ) {
        command.set_timestamp_ns(now_ns.max(self.engine.timestamp_ns()));
        self.take(command.command(), out);
    }

    #[inline]
    fn take<O: Output>(&mut self, command: Command, out: &mut O) {
        if let Some(journal) = &mut self.journal {
            journal.append(self.engine.sequence() + 1, command);
        }
        self.engine.apply(command, out);
    }

    /// Submits all commands, each at the time it brings, and returns when they are durable. Applying goes on while earlier ones
    /// are synced. On an error `events` is as it was: what is not durable has not happened.
    pub fn run(&mut self, commands: CommandsMut, events: &mut Vec<Event>) -> Result<(), JournalError> {
        let before = events.len();
        let result = self.pump(commands, events).and_then(|()| self.wait_committed());
        if result.is_err() {
            events.truncate(before);
        }
        result
    }

    /// Submits all commands, as [`Venue::run`], but does not wait for the last of them.
    pub fn pump(&mut self, mut commands: CommandsMut, events: &mut Vec<Event>) -> Result<(), JournalError> {
        let mut ahead = 0;
        for index in 0.. {
            if self.is_full() {
                self.commit_waiting()?;
            } else if index % COMMIT_INTERVAL == 0 {
                self.commit()?;
            }
            // In strides, because what is looked at ahead can not be looked at while commands are stamped.
            if ahead == 0 {
                ahead = PREFETCH_DISTANCE;
                commands.rest().take(ahead).for_each(|sooner| self.engine.follow(sooner));
                commands.rest().skip(ahead).take(ahead).for_each(|later| self.engine.look_ahead(later));
            }
            ahead -= 1;
            let Some(command) = commands.next_at(self.engine.timestamp_ns()) else { break };
            self.take(command, events);
        }
        Ok(())
    }

    /// Returns when everything submitted is durable.
    pub fn wait_committed(&mut self) -> Result<(), JournalError> {
        self.commit_waiting()?;
        self.wait_durable(self.engine.sequence())
    }

    /// Whether [`Venue::submit`] has to wait.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.journal.as_ref().is_some_and(Journal::is_full)
    }

    /// Hands what has been submitted to the journal's writer, if there is anything and the writer is idle.
    pub fn commit(&mut self) -> Result<bool, JournalError> {
        self.journal.as_mut().map_or(Ok(false), Journal::commit)
    }

    /// As [`Venue::commit`], but waits for the writer.
    pub fn commit_waiting(&mut self) -> Result<(), JournalError> {
        self.journal.as_mut().map_or(Ok(()), Journal::commit_waiting)
    }

    /// The last sequence that is durable. Without a journal, the last one.
    #[inline]
    pub fn durable_sequence(&self) -> u64 {
        self.journal.as_ref().map_or(self.engine.sequence(), Journal::durable_sequence)
    }

    /// Blocks until `sequence` is durable. [`JournalError::NotCommitted`] if that would be for ever.
    pub fn wait_durable(&self, sequence: u64) -> Result<(), JournalError> {
        match &self.journal {
            Some(journal) => journal.wait_durable(sequence),
            None if sequence <= self.engine.sequence() => Ok(()),
            None => Err(JournalError::NotCommitted { sequence, committed: self.engine.sequence() }),
        }
    }

    /// Becomes readable (an eventfd: read 8 bytes to rearm) when [`Venue::durable_sequence`] has risen or the journal has failed.
    /// Valid as long as the venue.
    pub fn event_fd(&self) -> Option<RawFd> {
        self.journal.as_ref().map(Journal::event_fd)
    }

    /// How long the journal's writes and syncs have taken, if there is a journal.
    pub fn journal_times(&self) -> Option<&Times> {
        self.journal.as_ref().map(Journal::times)
    }

    /// Why nothing becomes durable any more. The state is then ahead of the journal: stop, and recover.
    pub fn failure(&self) -> Option<Failure> {
        self.journal.as_ref().and_then(Journal::failure)
    }

    /// Makes everything submitted durable and writes a snapshot of it. A failure to write it harms neither journal nor venue.
    pub fn snapshot(&mut self) -> Result<PathBuf, JournalError> {
        // A snapshot must not be on disk before the journal it continues.
        self.sync()?;
        let Some(journal) = &self.journal else {
            return Err(JournalError::Config("a venue without a directory can not write snapshots".into()));
        };
        let position = journal.position();
        assert!(position.sequence == self.engine.sequence());
        snapshot::write(journal.directory(), &position, Origin::Asked, |out| self.engine.write_image(out))
    }

    /// Returns when everything submitted is on disk, whatever the durability.
    pub fn sync(&mut self) -> Result<(), JournalError> {
        self.commit_waiting()?;
        if let Some(journal) = &self.journal {
            journal.wait_durable(self.engine.sequence())?;
            journal.wait_synced()?;
        }
        Ok(())
    }

    /// A clean stop: puts everything submitted on disk, leaves a verified snapshot of it, and ends. A failure to leave one is
    /// told in what is returned: it harms nothing.
    pub fn stop(mut self) -> Result<Stopped, JournalError> {
        self.sync()?;
        let Venue { engine, journal, .. } = self;
        let sequence = engine.sequence();
        // The journal stays open, and the directory locked, until the snapshot is there.
        let journal = journal.filter(|_| sequence > 0);
        let snapshot =
            journal.as_ref().map(|journal| recovery::leave(journal.directory(), &journal.position(), engine));
        Ok(Stopped { sequence, snapshot })
    }

    /// Puts everything submitted on disk and ends. Dropping a venue instead forgets what was not committed.
    pub fn close(mut self) -> Result<(), JournalError> {
        self.sync()
    }
}
