//! Where recovery begins, what a clean stop leaves for it, and which snapshots are kept.
//!
//! Any whole snapshot leads to the same state, so it is a choice: the newest one is the fastest, an older one shows more of
//! the past to whoever watches the replay. Never applies a command under other rules than it was written under, never takes
//! a snapshot that the journal does not agree with, and never removes one that somebody asked for.

use crate::engine::Engine;
use crate::image::ImageError;
use crate::journal::{self, Defect, Extent, JournalError, JournalReader, Position};
use crate::snapshot::{self, Origin, Summary};
use crate::types::{Genesis, SEMANTICS_VERSION};
use crate::versions::VersionRefusal;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Snapshots of clean stops that are kept: one to start from, and two in case it is damaged.
pub const SNAPSHOTS_KEPT: usize = 3;

/// How much of the journal is replayed, in commands, where snapshots leave a choice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Replay {
    /// At least so many, if the journal has them,
    pub at_least: u64,
    /// unless they can only be had with more than this.
    pub at_most: u64,
}

impl Replay {
    /// As little as possible.
    pub const SHORTEST: Replay = Replay { at_least: 0, at_most: 0 };
    /// Enough that clients who were away over a restart find their reports: a quarter of a second of replay, and far more than
    /// can be unread by anybody. At most what takes a few seconds: a restart is an outage, and there is an answer for clients
    /// whose reports are gone.
    pub const FOR_REPORTS: Replay = Replay { at_least: 1_000_000, at_most: 20_000_000 };
    /// All that is there: an audit.
    pub const WHOLE: Replay = Replay { at_least: u64::MAX, at_most: u64::MAX };

    /// Which of these sequences (ascending, not empty) to begin at, if the journal ends at `end`.
    ///
    /// The newest that leaves enough to replay. If there is none, or only at the price of too much, the oldest that leaves less.
    pub(crate) fn choose(&self, starts: &[u64], end: u64) -> usize {
        let enough = starts.partition_point(|start| end.saturating_sub(*start) >= self.at_least);
        match enough.checked_sub(1) {
            Some(newest) if enough == starts.len() || end - starts[newest] <= self.at_most => newest,
            _ => enough,
        }
    }
}

/// What opening a venue found in its directory.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Recovery {
    /// Commands replayed from the journal.
    pub commands: u64,
    /// Sequence of the snapshot they were replayed on. `None`: on the state before the first command.
    pub from_snapshot: Option<u64>,
    /// Bytes of an unfinished, never acknowledged write that were cut off.
    pub torn_bytes: u64,
    /// Snapshots that were passed over because they can not be read.
    pub damaged_snapshots: Vec<PathBuf>,
}

/// What a clean stop left. The commands are on disk in any case.
#[derive(Debug)]
pub struct Stopped {
    /// The last command.
    pub sequence: u64,
    /// The snapshot after it, read back and found to be that state; or why there is none. `None`: nothing to keep, or nowhere.
    pub snapshot: Option<Result<PathBuf, JournalError>>,
}

/// A state, and what there is to replay on it.
pub(crate) struct Start {
    pub engine: Engine,
    pub reader: JournalReader,
    pub from_snapshot: Option<u64>,
    pub damaged_snapshots: Vec<PathBuf>,
}

/// The snapshots of a directory, as their headers tell.
pub(crate) struct Found {
    /// Ascending by sequence; readable as far as their headers are.
    pub whole: Vec<(PathBuf, Summary)>,
    /// Those that can not be read, and why.
    passed_over: Vec<(PathBuf, JournalError)>,
}

impl Found {
    pub fn in_directory(directory: &Path) -> Result<Found, JournalError> {
        let mut found = Found { whole: Vec::new(), passed_over: Vec::new() };
        for path in snapshot::list(directory)? {
            match snapshot::summary(&path) {
                Ok(summary) => found.whole.push((path, summary)),
                Err(error) => found.pass_over(path, error)?,
            }
        }
        found.whole.sort_unstable_by_key(|(_, summary)| summary.position.sequence);
        Ok(found)
    }

    /// A damaged snapshot, or one of rules too old to be read, leaves the choice to the others; so does one that the venue
    /// beside which they are read has just removed. Anything else does not: what a later release has written is not to be ignored.
    fn pass_over(&mut self, path: PathBuf, error: JournalError) -> Result<(), JournalError> {
        match &error {
            JournalError::Corrupt { .. } | JournalError::Version { refusal: VersionRefusal::Older { .. }, .. } => {
                self.passed_over.push((path, error));
                Ok(())
            }
            JournalError::Io { source, .. } if source.kind() == io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        }
    }

    /// Newest first.
    fn damaged(&self) -> Vec<PathBuf> {
        let damaged = self.passed_over.iter().filter(|(_, error)| matches!(error, JournalError::Corrupt { .. }));
        let mut paths: Vec<_> = damaged.map(|(path, _)| path.clone()).collect();
        paths.sort_unstable_by(|left, right| right.cmp(left));
        paths
    }

    /// Why the newest of those that can not be read can not.
    fn newest_refusal(self) -> Option<JournalError> {
        self.passed_over.into_iter().max_by(|(left, _), (right, _)| left.cmp(right)).map(|(_, error)| error)
    }

    fn positions_after(&self, sequence: u64) -> impl Iterator<Item = Position> {
        let positions = self.whole.iter().map(|(_, summary)| summary.position);
        positions.filter(move |position| position.sequence > sequence)
    }
}

/// The state to replay on. A damaged snapshot is an error if nothing else reaches as far back.
pub(crate) fn start(directory: &Path, genesis: Genesis, replay: Replay) -> Result<Start, JournalError> {
    start_before(directory, Found::in_directory(directory)?, genesis, replay, None)
}

/// The same of the snapshots that were found, for a replay that ends at this sequence.
pub(crate) fn start_before(
    directory: &Path,
    mut found: Found,
    genesis: Genesis,
    replay: Replay,
    end: Option<u64>,
) -> Result<Start, JournalError> {
    let extent = journal::extent(directory)?;
    // Nobody has to know the key of a journal that exists.
    let client_id_key = extent.as_ref().map_or(genesis, |extent| extent.genesis).client_id_key;
    loop {
        let Some(chosen) = choose(directory, &found, extent.as_ref(), replay, end)? else {
            return Err(refuse(directory, found, extent.as_ref(), end)?);
        };
        let (engine, after) = match chosen {
            None => (Engine::new(Genesis { client_id_key, ..genesis }), None),
            Some(index) => match restore(&found.whole[index].0) {
                Ok((engine, position)) => (engine, Some(position)),
                Err(error) => {
                    let (path, _) = found.whole.remove(index);
                    found.pass_over(path, error)?;
                    continue;
                }
            },
        };
        let from_snapshot = after.map(|after| after.sequence);
        let marks: Vec<_> = found.positions_after(from_snapshot.unwrap_or(0)).collect();
        let reader = JournalReader::open(directory, after)?.expecting(marks)?;
        return Ok(Start { engine, reader, from_snapshot, damaged_snapshots: found.damaged() });
    }
}

/// Where one can begin, ascending: the snapshots (`None`: genesis) from which every later command is there, under the rules of
/// this release, and their sequences.
fn starts(found: &Found, extent: Option<&Extent>) -> Vec<(Option<usize>, u64)> {
    let (first_sequence, of_older_rules) = match extent {
        Some(extent) => (extent.first_sequence, extent.of_older_rules),
        None => (found.whole.last().map_or(1, |(_, newest)| newest.position.sequence + 1), 0),
    };
    let oldest = of_older_rules.max(first_sequence - 1);
    let sequences = found.whole.iter().enumerate().map(|(index, (_, it))| (Some(index), it.position.sequence));
    // Without a journal a damaged snapshot is all that is left of one.
    let from_genesis = (oldest == 0 && (extent.is_some() || found.passed_over.is_empty())).then_some((None, 0));
    from_genesis.into_iter().chain(sequences.filter(|(_, sequence)| *sequence >= oldest)).collect()
}

/// The sequence of the first state that can be had.
pub(crate) fn first_start(found: &Found, extent: &Extent) -> Option<u64> {
    starts(found, Some(extent)).first().map(|(_, sequence)| *sequence)
}

/// The snapshot to begin at (`Some(None)`: genesis), not after the sequence at which the replay ends, if that is said. `None` if
/// there is none.
fn choose(
    directory: &Path,
    found: &Found,
    extent: Option<&Extent>,
    replay: Replay,
    end: Option<u64>,
) -> Result<Option<Option<usize>>, JournalError> {
    let mut usable = starts(found, extent);
    usable.retain(|(_, sequence)| end.is_none_or(|end| *sequence <= end));
    if usable.len() < 2 {
        return Ok(usable.first().map(|(start, _)| *start));
    }
    let end = match end {
        Some(end) => end,
        None if replay.at_least == 0 => u64::MAX,
        None => journal::last_sequence(directory)?,
    };
    let starts: Vec<_> = usable.iter().map(|(_, sequence)| *sequence).collect();
    Ok(Some(usable[replay.choose(&starts, end)].0))
}

/// Why nothing can be begun at, and what to do.
fn refuse(
    directory: &Path,
    found: Found,
    extent: Option<&Extent>,
    end: Option<u64>,
) -> Result<JournalError, JournalError> {
    if let (Some(wanted), Some(first)) = (end, extent.and_then(|extent| first_start(&found, extent))) {
        let last = journal::last_sequence(directory)?;
        return Ok(JournalError::OutOfReach { directory: directory.to_owned(), wanted, first, last });
    }
    if let Some(Extent { first_sequence, of_older_rules: 1.., .. }) = extent {
        // Commands under older rules that no snapshot covers: the reader says how many there are after the last one that does.
        let covered =
            found.whole.iter().map(|(_, summary)| summary.position).rfind(|it| it.sequence + 1 >= *first_sequence);
        let mut reader = match covered {
            Some(position) => JournalReader::open(directory, Some(position))?,
            None => JournalReader::open_oldest(directory)?,
        };
        loop {
            match reader.next_batch() {
                Ok(Some(_)) => {}
                Ok(None) => unreachable!("the commands under older rules are behind the snapshot"),
                Err(error) => return Ok(error),
            }
        }
    }
    if let Some(refusal) = found.newest_refusal() {
        return Ok(refusal);
    }
    let found = extent.map_or(0, |extent| extent.first_sequence);
    Ok(JournalError::corrupt(directory, 0, Defect::MissingSegments { expected: 1, found }))
}

fn restore(path: &Path) -> Result<(Engine, Position), JournalError> {
    let snapshot = snapshot::read(path)?;
    let position = snapshot.position;
    let refuse = |what: String| JournalError::corrupt(path, 0, Defect::Image(what));
    let engine = Engine::from_image(snapshot.into_image()).map_err(|error| match error {
        ImageError::Unreadable { kind, .. } => JournalError::io("read", path)(kind.into()),
        ImageError::Version(refusal) => JournalError::version(path)(refusal),
        error => refuse(error.to_string()),
    })?;
    if engine.sequence() != position.sequence {
        return Err(refuse(format!("it is of sequence {}", engine.sequence())));
    }
    Ok((engine, position))
}

/// Leaves a verified snapshot of the state at `position`, and removes those that nobody needs any more. The engine ends before
/// its snapshot is restored, so that the memory for two is never needed.
pub(crate) fn leave(directory: &Path, position: &Position, engine: Engine) -> Result<PathBuf, JournalError> {
    let state_hash = engine.state_hash();
    let there = snapshot::path(directory, position.sequence);
    let is_left = |summary: Summary| summary.position == *position && summary.semantics_version == SEMANTICS_VERSION;
    let left = snapshot::summary(&there).is_ok_and(is_left) && verify(&there, &state_hash).is_ok();
    if !left {
        snapshot::write(directory, position, Origin::Stop, |out| engine.write_image(out))?;
        drop(engine);
        verify(&there, &state_hash).inspect_err(|_| {
            // Nobody should begin at it; if it can not be removed, recovery passes it over.
            let _ = fs::remove_file(&there);
        })?;
    }
    // What can not be removed now is removed by a later stop.
    let _ = remove_old(directory, position);
    Ok(there)
}

/// Reads a snapshot back and restores it: `Err` unless it leads to the state with this hash.
fn verify(path: &Path, state_hash: &[u8; 32]) -> Result<(), JournalError> {
    let (engine, _) = restore(path)?;
    let same = engine.state_hash() == *state_hash;
    same.then_some(()).ok_or_else(|| JournalError::corrupt(path, 0, Defect::ImageHash))
}

/// Whether recovery can begin at a snapshot: reads every byte of it, and the journal beside it up to the place that the
/// snapshot is of. Restores nothing, so that it takes neither the memory nor the time of a state; what the engine wrote is
/// what is there.
pub fn examine(path: &Path) -> Result<Summary, JournalError> {
    let summary = snapshot::summary(path)?;
    snapshot::read(path)?;
    let directory = path.parent().unwrap_or(Path::new("."));
    let mut reader = JournalReader::open(directory, Some(summary.position))?;
    while reader.position().sequence < summary.position.sequence && reader.pass_batch()? {}
    Ok(summary)
}

/// Removes snapshots of earlier stops, now that there is one at `end`.
fn remove_old(directory: &Path, end: &Position) -> Result<(), JournalError> {
    let found = Found::in_directory(directory)?;
    let extent = journal::extent(directory)?;
    let from_genesis = extent.is_some_and(|extent| extent.first_sequence == 1 && extent.of_older_rules == 0);
    let sequences: Vec<_> = found.whole.iter().map(|(_, summary)| summary.position.sequence).collect();
    for ((path, summary), kept) in found.whole.iter().zip(kept(&sequences, end.sequence, from_genesis)) {
        if !kept && summary.origin == Origin::Stop && summary.position.journal_id == end.journal_id {
            fs::remove_file(path).map_err(JournalError::io("remove", path))?;
        }
    }
    Ok(())
}

/// Which of the snapshots at these sequences (ascending) a later start can want: the newest few; the one that leaves enough to
/// replay; and the one from which everything since can be replayed, if genesis is not.
fn kept(sequences: &[u64], end: u64, from_genesis: bool) -> Vec<bool> {
    let starts: Vec<_> = from_genesis.then_some(0).into_iter().chain(sequences.iter().copied()).collect();
    let wanted = (!starts.is_empty()).then(|| starts[Replay::FOR_REPORTS.choose(&starts, end)]);
    let newest = sequences.len().saturating_sub(SNAPSHOTS_KEPT);
    let is_kept = |(index, sequence): (usize, &u64)| {
        index >= newest || Some(*sequence) == wanted || (index == 0 && !from_genesis)
    };
    sequences.iter().enumerate().map(is_kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row a case: the starts, the end, and where to begin if at least 10 and at most 100 are to be replayed.
    #[test]
    fn the_newest_start_that_leaves_enough_is_chosen_but_not_at_any_price() {
        let rows: [(&[u64], u64, u64); 9] = [
            (&[0], 0, 0),
            (&[0], 1_000, 0),
            (&[0, 5, 9], 9, 0),
            (&[0, 5, 9], 15, 5),
            (&[0, 5, 90, 99], 100, 90),
            (&[0, 100], 100, 0),
            (&[0, 101], 101, 101),
            (&[0, 500, 700, 703], 705, 700),
            (&[700, 703], 600, 700),
        ];
        for (starts, end, expected) in rows {
            let replay = Replay { at_least: 10, at_most: 100 };
            assert_eq!(starts[replay.choose(starts, end)], expected, "{starts:?} {end}");
            assert_eq!(Replay::SHORTEST.choose(starts, end), starts.len() - 1);
            assert_eq!(Replay::WHOLE.choose(starts, end), 0);
        }
    }

    #[test]
    fn what_was_written_is_only_left_if_it_leads_to_the_state() {
        let directory = tempfile::tempdir().unwrap();
        let engine = Engine::new(Genesis::default());
        let position = Position { journal_id: 3, sequence: 0, chain: 3 };
        let write =
            |position| snapshot::write(directory.path(), &position, Origin::Stop, |out| engine.write_image(out));
        let path = write(position).unwrap();
        verify(&path, &engine.state_hash()).unwrap();
        let other = verify(&path, &[7; 32]).unwrap_err();
        assert!(matches!(other, JournalError::Corrupt { defect: Defect::ImageHash, .. }), "{other}");
        let later = write(Position { sequence: 5, ..position }).unwrap();
        let misplaced = verify(&later, &engine.state_hash()).unwrap_err();
        assert!(misplaced.to_string().contains("it is of sequence 0"), "{misplaced}");

        let untrue = Position { sequence: 9, ..position };
        leave(directory.path(), &untrue, Engine::new(Genesis::default())).unwrap_err();
        assert!(!snapshot::path(directory.path(), 9).exists(), "nobody should begin at it");
    }

    /// One row a case, in thousands: the snapshots, the end, whether genesis can be begun at, and what is kept.
    #[test]
    fn what_a_later_start_can_want_is_kept() {
        let rows: [(&[u64], u64, bool, &[u64]); 7] = [
            (&[], 0, true, &[]),
            (&[1, 2, 3], 3, true, &[1, 2, 3]),
            (&[1, 2, 3, 4, 5], 5, true, &[3, 4, 5]),
            (&[1, 2, 3, 4, 5], 5, false, &[1, 3, 4, 5]),
            (&[1_000, 3_000, 5_000, 5_100, 5_200, 5_300], 5_300, true, &[3_000, 5_100, 5_200, 5_300]),
            (&[1_000, 3_000, 5_000, 5_100, 5_200, 5_300], 5_300, false, &[1_000, 3_000, 5_100, 5_200, 5_300]),
            (&[1_000, 50_000, 50_100, 50_200, 50_300], 50_300, true, &[50_000, 50_100, 50_200, 50_300]),
        ];
        for (sequences, end, from_genesis, expected) in rows {
            let sequences: Vec<_> = sequences.iter().map(|thousands| thousands * 1_000).collect();
            let kept = kept(&sequences, end * 1_000, from_genesis);
            let kept: Vec<_> = sequences.iter().zip(kept).filter(|(_, kept)| *kept).map(|(it, _)| it / 1_000).collect();
            assert_eq!(kept, expected, "{sequences:?}");
        }
    }
}
