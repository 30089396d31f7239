//! The state that a journal had at a sequence or at a time, without opening it: nothing is locked, cut or written, so it also
//! works beside the venue that writes it.
//!
//! Begins where recovery would, or, for an audit, as early as it can; the audit compares the state with that of every snapshot
//! that it comes to. Goes on in steps, and what happens on the way is heard by nobody.

use crate::engine::{Engine, Output};
use crate::event::Event;
use crate::journal::{self, Defect, Extent, JournalError, JournalReader};
use crate::recovery::{self, Found, Replay, Start};
use crate::snapshot::{self, Summary};
use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

/// How far a replay goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Until {
    /// The last command that is there when it begins.
    End,
    Sequence(u64),
    /// The last command that is not later than this, in nanoseconds since 1970.
    Time(u64),
}

/// A state that a snapshot is of, and the one that the journal leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared {
    pub snapshot: PathBuf,
    pub sequence: u64,
    /// The state hash in the snapshot's header.
    pub recorded: [u8; 32],
    /// The state hash of the replay.
    pub found: [u8; 32],
}

/// Where nothing is listened to.
pub(crate) struct Unheard;

impl Output for Unheard {
    #[inline(always)]
    fn event(&mut self, _event: Event) {}
}

pub struct JournalReplay {
    directory: PathBuf,
    engine: Engine,
    reader: JournalReader,
    end: u64,
    from_snapshot: Option<u64>,
    fills_before: u64,
    /// Those that the replay has still to come to, ascending; none unless it is an audit.
    recorded: VecDeque<(PathBuf, Summary)>,
    compared: Vec<Compared>,
    damaged_snapshots: Vec<PathBuf>,
}

impl JournalReplay {
    /// Finds where to begin and where to end. `audit`: begins as early as it can, and compares snapshots.
    pub fn open(directory: &Path, until: Until, audit: bool) -> Result<JournalReplay, JournalError> {
        let Some(extent) = journal::extent(directory)? else {
            return Err(JournalError::Config(format!("{}: holds no journal", directory.display())));
        };
        // Before the end is looked for: the journal of a venue that runs is always behind its snapshots.
        let found = Found::in_directory(directory)?;
        let end = end(directory, until, &found, &extent)?;
        let (recorded, first) = (found.whole.clone(), recovery::first_start(&found, &extent));
        let replay = if audit { Replay::WHOLE } else { Replay::SHORTEST };
        let started = recovery::start_before(directory, found, extent.genesis, replay, Some(end));
        if let (Until::Time(wanted_ns), Some(first)) = (until, first)
            && match &started {
                Ok(start) => start.engine.timestamp_ns() > wanted_ns,
                Err(error) => matches!(error, JournalError::OutOfReach { .. }),
            }
        {
            drop(started);
            return Err(too_early(directory, &extent, wanted_ns, first)?);
        }
        let Start { engine, reader, from_snapshot, damaged_snapshots } = started?;
        let passed = engine.sequence() + 1..=end;
        let recorded = recorded.into_iter().filter(|(_, it)| audit && passed.contains(&it.position.sequence)).collect();
        let (directory, fills_before, compared) = (directory.to_owned(), engine.settlements(), Vec::new());
        Ok(JournalReplay {
            directory,
            engine,
            reader,
            end,
            from_snapshot,
            fills_before,
            recorded,
            compared,
            damaged_snapshots,
        })
    }

    /// Goes on by so many commands, and to the end of their batch; whether there are more.
    pub fn advance(&mut self, commands: u64) -> Result<bool, JournalError> {
        let wanted = self.engine.sequence().saturating_add(commands).min(self.end);
        while self.engine.sequence() < wanted {
            let left = self.end - self.engine.sequence();
            let Some(batch) = self.reader.next_batch()? else { return Err(self.ends_early()) };
            self.engine.apply_all(batch.first(left as usize), &mut Unheard);
            self.compare()?;
        }
        Ok(self.engine.sequence() < self.end)
    }

    /// Compares the state with the snapshot that is of this sequence, if there is one.
    fn compare(&mut self) -> Result<(), JournalError> {
        let sequence = self.engine.sequence();
        // One is never of a sequence inside a batch: the reader refuses that.
        let is_reached = |(_, summary): &(PathBuf, Summary)| summary.position.sequence <= sequence;
        if !self.recorded.front().is_some_and(is_reached) {
            return Ok(());
        }
        let Some((path, summary)) = self.recorded.pop_front() else { return Ok(()) };
        match snapshot::read(&path) {
            Ok(_) => {}
            Err(JournalError::Corrupt { .. }) => self.damaged_snapshots.push(path.clone()),
            // The venue beside which this runs has removed it; what it said is known.
            Err(JournalError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let (recorded, found) = (summary.state_hash, self.engine.state_hash());
        self.compared.push(Compared { snapshot: path, sequence, recorded, found });
        Ok(())
    }

    /// Segments that were there when the replay began are not there any more.
    fn ends_early(&self) -> JournalError {
        let (first, last) = (self.from_snapshot.unwrap_or(0), self.engine.sequence());
        JournalError::OutOfReach { directory: self.directory.clone(), wanted: self.end, first, last }
    }

    /// The state at the sequence reached.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    pub fn into_engine(self) -> Engine {
        self.engine
    }

    /// The history that this is a replay of.
    pub fn journal_id(&self) -> u64 {
        self.reader.position().journal_id
    }

    /// The chain value after the last command replayed, which stands for all that led there. `None` in the midst of a batch, and
    /// where nothing behind a snapshot was replayed.
    pub fn chain(&self) -> Option<u64> {
        let position = self.reader.position();
        (position.sequence == self.engine.sequence()).then_some(position.chain)
    }

    /// The sequence at which the replay ends.
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Sequence of the snapshot it began at. `None`: before the first command.
    pub fn begun_at(&self) -> Option<u64> {
        self.from_snapshot
    }

    /// Fills settled on the way.
    pub fn fills(&self) -> u64 {
        self.engine.settlements() - self.fills_before
    }

    /// What was compared so far; only of an audit.
    pub fn compared(&self) -> &[Compared] {
        &self.compared
    }

    /// Snapshots that can not be read, as far as they were looked at.
    pub fn damaged_snapshots(&self) -> &[PathBuf] {
        &self.damaged_snapshots
    }
}

/// The sequence at which a replay ends.
fn end(directory: &Path, until: Until, found: &Found, extent: &Extent) -> Result<u64, JournalError> {
    match until {
        Until::End => {
            let last = journal::last_sequence(directory)?;
            match found.whole.last() {
                Some((path, newest)) if newest.position.sequence > last => {
                    let defect = Defect::EndsBeforeSnapshot { expected: newest.position.sequence, found: last };
                    Err(JournalError::corrupt(path, 0, defect))
                }
                _ => Ok(last),
            }
        }
        Until::Sequence(wanted) => {
            let last = journal::last_sequence_up_to(directory, wanted)?;
            match recovery::first_start(found, extent) {
                Some(first) if last < wanted => {
                    Err(JournalError::OutOfReach { directory: directory.to_owned(), wanted, first, last })
                }
                _ => Ok(wanted),
            }
        }
        Until::Time(timestamp_ns) => journal::last_sequence_at(directory, timestamp_ns),
    }
}

/// What is said of a time before the first state that can be had, which is of the sequence `first`.
fn too_early(directory: &Path, extent: &Extent, wanted_ns: u64, first: u64) -> Result<JournalError, JournalError> {
    let found = Found::in_directory(directory)?;
    let start = recovery::start_before(directory, found, extent.genesis, Replay::SHORTEST, Some(first))?;
    let first_ns = start.engine.timestamp_ns();
    Ok(JournalError::TooEarly { directory: directory.to_owned(), wanted_ns, first, first_ns })
}
