//! Follows a journal while its venue writes it: applies what has arrived to a second engine, and tells what happened.
//!
//! Reads only and takes no lock, as [`crate::journal_replay`], which shows a past state and ends; this one goes on from where somebody
//! has listened to, and never ends. It holds no snapshot of its own: it begins at one of the venue's, or before the first command,
//! and keeps silent up to there.

use crate::engine::Engine;
use crate::event::Event;
use crate::journal::{self, Defect, JournalError, JournalReader, Position};
use crate::journal_replay::Unheard;
use crate::recovery::{self, Found, Replay, Start};
use std::path::{Path, PathBuf};

pub struct Follower {
    directory: PathBuf,
    engine: Engine,
    reader: JournalReader,
    from_snapshot: Option<u64>,
    /// Where the listener has come to, until the engine has.
    after: Option<Position>,
    /// Of each command that the last advance told of.
    keys: Vec<u32>,
}

impl Follower {
    /// Goes on behind `after`, where a follower has been before; without it, as early as the journal has everything since.
    pub fn open(directory: &Path, after: Option<Position>) -> Result<Follower, JournalError> {
        let Some(extent) = journal::extent(directory)? else {
            return Err(JournalError::Config(format!("{}: holds no journal", directory.display())));
        };
        let replay = if after.is_some() { Replay::SHORTEST } else { Replay::WHOLE };
        let found = Found::in_directory(directory)?;
        let end = after.map(|after| after.sequence);
        let started = recovery::start_before(directory, found, extent.genesis, replay, end);
        let Start { engine, mut reader, from_snapshot, .. } = match (started, after) {
            (Err(JournalError::OutOfReach { first, .. }), Some(after)) => {
                let reason = format!("the first state that can be had is of sequence {first}");
                return Err(discontinued(directory, after, reason));
            }
            (Err(error), Some(after)) => return Err(explain(directory, after, error)),
            (started, _) => started?,
        };
        reader.pass_to(directory, engine.sequence())?;
        let mut follower =
            Follower { directory: directory.to_owned(), engine, reader, from_snapshot, after, keys: Vec::new() };
        follower.look_for_listener()?;
        Ok(follower)
    }

    /// Goes on by so many commands, and to the end of their batch, and says what happened behind `after`; `false` if that is all that
    /// is there for now.
    pub fn advance(&mut self, commands: u64, events: &mut Vec<Event>) -> Result<bool, JournalError> {
        self.keys.clear();
        let begin = self.engine.sequence();
        let wanted = begin.saturating_add(commands);
        while self.engine.sequence() < wanted {
            let before = self.reader.position();
            let arrived = self.reader.next_arrived(&self.directory);
            let Some(batch) = arrived.map_err(|error| explain(&self.directory, before, error))? else { break };
            match self.after {
                Some(_) => self.engine.apply_all(batch, &mut Unheard),
                None => {
                    self.keys.extend(batch.map(|command| command.header().key));
                    self.engine.apply_all(batch, events);
                }
            }
            self.look_for_listener()?;
        }
        if self.engine.sequence() > begin {
            // The kernel shows what the venue has written before it is on disk. What is said of it must not be ahead of a journal that a
            // power failure has shortened; a sync through any descriptor of the file covers all of it.
            self.reader.sync()?;
        }
        match self.after {
            Some(after) if self.engine.sequence() < wanted => {
                let reason = format!("it ends at sequence {}", self.engine.sequence());
                Err(discontinued(&self.directory, after, reason))
            }
            _ => Ok(self.engine.sequence() >= wanted),
        }
    }

    /// Looks whether the engine has come to where the listener is, and whether that is a place of this history.
    fn look_for_listener(&mut self) -> Result<(), JournalError> {
        let (Some(after), position) = (self.after, self.reader.position()) else { return Ok(()) };
        if position.journal_id != after.journal_id {
            let defect = Defect::JournalId { expected: after.journal_id, found: position.journal_id };
            return Err(discontinued(&self.directory, after, defect.to_string()));
        }
        if position.sequence < after.sequence {
            return Ok(());
        }
        if position != after {
            let reason = "its history up to there is another one".to_owned();
            return Err(discontinued(&self.directory, after, reason));
        }
        self.after = None;
        Ok(())
    }

    /// The state at the sequence reached.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The API key that caused each command that the last advance told of, the last of which is that of the sequence reached;
    /// 0: the venue itself.
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }

    /// The place reached, to go on from: not before `after`, wherever the engine is.
    pub fn position(&self) -> Position {
        self.after.unwrap_or(self.reader.position())
    }

    /// The last sequence that is there now.
    pub fn end(&self) -> Result<u64, JournalError> {
        journal::last_sequence(&self.directory)
    }

    /// Sequence of the snapshot it began at. `None`: before the first command.
    pub fn begun_at(&self) -> Option<u64> {
        self.from_snapshot
    }
}

fn discontinued(directory: &Path, after: Position, reason: String) -> JournalError {
    JournalError::Discontinued { directory: directory.to_owned(), sequence: after.sequence + 1, reason }
}

/// Segments that were removed while they were needed are what makes a journal not lead on; any other error is as it is.
fn explain(directory: &Path, after: Position, error: JournalError) -> JournalError {
    match error {
        JournalError::Corrupt { defect: defect @ Defect::MissingSegments { .. }, .. } => {
            discontinued(directory, after, defect.to_string())
        }
        error => error,
    }
}
