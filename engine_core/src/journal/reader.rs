//! Reads a journal from any sequence and judges every byte it passes. Opens nothing for writing and takes no lock, so it
//! also works on a journal that is being written: it then ends at the last whole batch.
//!
//! Commands that were written under older rules are passed over (their batches are judged, what is in them is not), but
//! never given out.
//!
//! What is forgiven, and only there: the bytes after the last whole batch of the last segment, as long as none of them is
//! a whole batch that was written after the damaged one was known to be on disk. Everything else is an error with file and offset.

use super::directory::list_segments;
use super::error::{Defect, JournalError};
use super::format::{
    BATCH_HEADER_BYTES, BatchHeader, HeaderRefusal, MAX_BATCH_BYTES, SECTOR_BYTES, Sector, SegmentHeader, batch_bytes,
    batch_is_whole, batch_words,
};
use crate::command::{Command, Commands};
use crate::types::Genesis;
use crate::versions::VersionRefusal;
use std::collections::VecDeque;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use zerocopy::{FromBytes, FromZeros, IntoBytes};

/// Bytes read at once: large enough for the disk to stream, and for every batch.
const WINDOW_BYTES: usize = 4 << 20;
const _: () = assert!(WINDOW_BYTES >= batch_bytes(MAX_BATCH_BYTES));

/// A place in a history: the end of a batch. Two journals can not share one, because the chain value covers all before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    pub journal_id: u64,
    pub sequence: u64,
    pub chain: u64,
}

impl Position {
    /// Before the first command.
    pub(crate) fn genesis(journal_id: u64) -> Position {
        Position { journal_id, sequence: 0, chain: journal_id }
    }
}

/// Where a journal ends, and what is to be cut there.
#[derive(Clone, Debug)]
pub struct Tail {
    pub segment: PathBuf,
    pub segment_bytes: u64,
    pub position: Position,
    /// End of the last whole batch.
    pub offset: u64,
    /// Bytes from `offset` to the last one that is not zero: an unfinished write.
    pub torn_bytes: u64,
    /// Start of the first batch of this segment that was not known to be on disk when the last one was written: with
    /// durability `sync` that is the last one (`offset` if there is none).
    pub unsynced_offset: u64,
    /// Whether the segment was written under the rules of this release: only then it may be appended to.
    pub is_of_these_rules: bool,
}

/// What one segment holds, as far as it has been read.
#[derive(Clone, Debug)]
pub struct SegmentSummary {
    pub path: PathBuf,
    /// Of the rules that its commands were written under.
    pub semantics_version: u32,
    pub first_sequence: u64,
    /// `first_sequence - 1` while the segment is empty.
    pub last_sequence: u64,
    pub batches: u64,
    pub records: u64,
    /// Header, batches and their padding.
    pub used_bytes: u64,
    pub segment_bytes: u64,
}

/// Streams the batches after a position. Verifies from the start of the segment that holds the position.
pub struct JournalReader {
    segments: std::vec::IntoIter<(u64, PathBuf)>,
    current: Option<OpenSegment>,
    /// The first sequence that is given out.
    from: u64,
    /// What snapshots know of the history that is still to come, ascending.
    marks: VecDeque<Position>,
    position: Position,
    timestamp_ns: u64,
    tail: Option<Tail>,
}

/// What stands at the place where the next batch belongs.
enum Next {
    Batch(BatchHeader),
    /// Zeros, or the end of the file.
    Nothing,
    Damaged,
}

impl JournalReader {
    /// From the first command on, or after the `after` of a snapshot. An empty directory is an empty journal.
    pub fn open(directory: &Path, after: Option<Position>) -> Result<JournalReader, JournalError> {
        let from = after.map_or(0, |after| after.sequence) + 1;
        let mut segments = list_segments(directory)?;
        let Some(&(first, _)) = segments.first() else {
            return match after {
                Some(_) => Err(missing(directory, from, from)),
                None => Ok(JournalReader::empty()),
            };
        };
        if first > from {
            return Err(missing(directory, from, first));
        }
        let holding = segments.partition_point(|(first, _)| *first <= from) - 1;
        JournalReader::over(segments.split_off(holding), after)
    }

    /// Over whatever segments are there, even if the oldest have been moved away.
    pub fn open_oldest(directory: &Path) -> Result<JournalReader, JournalError> {
        let segments = list_segments(directory)?;
        if segments.is_empty() { Ok(JournalReader::empty()) } else { JournalReader::over(segments, None) }
    }

    fn empty() -> JournalReader {
        JournalReader {
            segments: Vec::new().into_iter(),
            current: None,
            from: 0,
            marks: VecDeque::new(),
            position: Position::genesis(0),
            timestamp_ns: 0,
            tail: None,
        }
    }

    pub(super) fn over(segments: Vec<(u64, PathBuf)>, after: Option<Position>) -> Result<JournalReader, JournalError> {
        let mut segments = segments.into_iter();
        let (name, path) = segments.next().expect("the caller has found one");
        let segment = OpenSegment::open(path, name)?;
        let header = segment.header;
        let position =
            Position { journal_id: header.journal_id, sequence: header.first_sequence - 1, chain: header.chain };
        if position.sequence == 0 && position.chain != Position::genesis(position.journal_id).chain {
            let defect = Defect::Chain { expected: position.journal_id, found: position.chain };
            return Err(JournalError::corrupt(&segment.path, 0, defect));
        }
        let reader = JournalReader {
            segments,
            current: Some(segment),
            from: after.map_or(0, |after| after.sequence) + 1,
            marks: VecDeque::new(),
            position,
            timestamp_ns: 0,
            tail: None,
        };
        reader.expecting(after)
    }

    /// With more snapshots that the history must agree with, ascending.
    pub(crate) fn expecting(
        mut self,
        marks: impl IntoIterator<Item = Position>,
    ) -> Result<JournalReader, JournalError> {
        self.marks.extend(marks);
        let foreign = self.marks.iter().find(|mark| mark.journal_id != self.position.journal_id);
        if let (Some(mark), Some(segment)) = (foreign, &self.current) {
            let defect = Defect::JournalId { expected: mark.journal_id, found: self.position.journal_id };
            return Err(JournalError::corrupt(&segment.path, 0, defect));
        }
        self.check_against_snapshots(0)?;
        Ok(self)
    }

    /// Gives out nothing before the batch that holds this sequence.
    pub fn from(mut self, sequence: u64) -> JournalReader {
        self.from = sequence;
        self
    }

    /// The next commands, whole batches at a time, ascending and without a gap. `None` at the end of the journal.
    pub fn next_batch(&mut self) -> Result<Option<Commands<'_>>, JournalError> {
        let Some((header, at)) = self.next_given_out()? else { return Ok(None) };
        self.commands(&header, at).map(Some)
    }

    fn commands(&mut self, header: &BatchHeader, at: u64) -> Result<Commands<'_>, JournalError> {
        let segment = self.current.as_mut().expect("a batch was read from it");
        segment.words(header, at).map(Commands::of_checked)
    }

    /// Passes batches over up to one that is to be given out, and may be.
    fn next_given_out(&mut self) -> Result<Option<(BatchHeader, u64)>, JournalError> {
        while let Some((header, at)) = self.advance()? {
            if self.position.sequence < self.from {
                continue;
            }
            let segment = self.current.as_ref().expect("a batch was read from it");
            if !segment.header.is_of_these_rules() {
                return Err(self.refuse_commands(header.first_sequence)?);
            }
            return Ok(Some((header, at)));
        }
        Ok(None)
    }

    /// Judges the next batch without giving it out. False at the end of the journal.
    pub fn pass_batch(&mut self) -> Result<bool, JournalError> {
        Ok(self.advance()?.is_some())
    }

    /// The time of the first command of the next batch, which is taken in; `None` at the end of the journal, and of older rules.
    pub(super) fn next_timestamp(&mut self) -> Result<Option<u64>, JournalError> {
        let Some((header, at)) = self.advance()? else { return Ok(None) };
        if !self.current.as_ref().is_some_and(|segment| segment.header.is_of_these_rules()) {
            return Ok(None);
        }
        Ok(self.commands(&header, at)?.next().map(|command| command.header().timestamp_ns))
    }

    /// Takes in the next batch, and says where it lies in its segment.
    fn advance(&mut self) -> Result<Option<(BatchHeader, u64)>, JournalError> {
        loop {
            let Some(segment) = &mut self.current else { return Ok(None) };
            match segment.next()? {
                Next::Batch(header) => {
                    let at = segment.offset;
                    self.accept(&header, at)?;
                    return Ok(Some((header, at)));
                }
                found => {
                    let Some((name, path)) = self.segments.next() else {
                        if self.finish()? {
                            return Ok(None);
                        }
                        continue;
                    };
                    if let Next::Damaged = found {
                        return Err(JournalError::corrupt(&segment.path, segment.offset, Defect::DamagedSegmentEnd));
                    }
                    self.follow(OpenSegment::open(path, name)?)?;
                }
            }
        }
    }

    /// As [`JournalReader::next_batch`] while the journal of this directory is being written: `None` is its end for now, behind which
    /// more may come. An unfinished write is that end; only the venue that recovers from one may cut it.
    pub(crate) fn next_arrived(&mut self, directory: &Path) -> Result<Option<Commands<'_>>, JournalError> {
        loop {
            let Some((header, at)) = self.advance_to_arrived(directory)? else { return Ok(None) };
            if self.position.sequence < self.from {
                continue;
            }
            let segment = self.current.as_ref().expect("a batch was read from it");
            if !segment.header.is_of_these_rules() {
                return Err(self.refuse_commands(header.first_sequence)?);
            }
            return self.commands(&header, at).map(Some);
        }
    }

    /// As [`JournalReader::advance`], at the end for now instead of at the end.
    fn advance_to_arrived(&mut self, directory: &Path) -> Result<Option<(BatchHeader, u64)>, JournalError> {
        loop {
            let Some(segment) = &mut self.current else { return Ok(None) };
            if let Next::Batch(header) = segment.next()? {
                let at = segment.offset;
                self.accept(&header, at)?;
                return Ok(Some((header, at)));
            }
            // Nothing is written to a segment once there is a later one. So that is looked for first: what is read after that is all.
            let later = segment.later(directory)?;
            if later.is_none() && segment.ends_in_zeros()? {
                segment.check_in_place(directory, self.position.sequence)?;
                return Ok(None);
            }
            segment.forget_window();
            let wanted = self.position.sequence + 1;
            match (segment.next()?, later) {
                (Next::Batch(_), _) => {}
                (Next::Nothing, Some((first, path))) if first == wanted => {
                    self.follow(OpenSegment::open(path, first)?)?
                }
                (Next::Nothing, Some((first, _))) => return Err(missing(directory, wanted, first)),
                (Next::Damaged, Some(_)) => {
                    return Err(JournalError::corrupt(&segment.path, segment.offset, Defect::DamagedSegmentEnd));
                }
                (Next::Nothing, None) => return Ok(None),
                // Not yet whole, or damaged: then a whole batch behind it says so.
                (Next::Damaged, None) => {
                    if self.finish()? {
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// Passes over what has arrived, up to this sequence.
    pub(crate) fn pass_to(&mut self, directory: &Path, sequence: u64) -> Result<(), JournalError> {
        while self.position.sequence < sequence && self.advance_to_arrived(directory)?.is_some() {}
        Ok(())
    }

    /// Returns when all that was read is on disk: a segment is synced before the next one has its name.
    pub(crate) fn sync(&self) -> Result<(), JournalError> {
        let Some(segment) = &self.current else { return Ok(()) };
        segment.file.sync_data().map_err(JournalError::io("sync", &segment.path))
    }

    /// As [`JournalReader::next_batch`], with the sequence of the batch's first command.
    pub fn next_numbered(&mut self) -> Result<Option<(u64, Commands<'_>)>, JournalError> {
        let Some((header, at)) = self.next_given_out()? else { return Ok(None) };
        let commands = self.commands(&header, at)?;
        Ok(Some((header.first_sequence, commands)))
    }

    /// Says of commands, the first of them just taken in, how many there are of their rules, and what to do about them.
    fn refuse_commands(&mut self, first: u64) -> Result<JournalError, JournalError> {
        let segment = self.current.as_ref().expect("a batch was read from it");
        let (file, semantics_version) = (segment.path.clone(), segment.header.semantics_version);
        let mut last = self.position.sequence;
        while self.pass_batch()? {
            let segment = self.current.as_ref().expect("a batch was read from it");
            if segment.header.semantics_version == semantics_version {
                last = self.position.sequence;
            }
        }
        let end = self.position.sequence;
        Ok(JournalError::version(&file)(VersionRefusal::Commands { semantics_version, first, last, end }))
    }

    /// Where the journal ends; known once [`JournalReader::next_batch`] has returned `None`. `None` for an empty journal.
    pub fn tail(&self) -> Option<&Tail> {
        self.tail.as_ref()
    }

    /// What the engine of this journal never changes. `None` for an empty journal.
    pub fn genesis(&self) -> Option<Genesis> {
        self.current.as_ref().map(|segment| segment.header.genesis())
    }

    /// The end of the last batch that was taken in.
    pub fn position(&self) -> Position {
        self.position
    }

    /// The time of the last command that was taken in; 0 before the first, and while only older rules were met.
    pub fn timestamp_ns(&self) -> u64 {
        self.timestamp_ns
    }

    /// The segment being read.
    pub fn segment(&self) -> Option<SegmentSummary> {
        let segment = self.current.as_ref()?;
        Some(SegmentSummary {
            path: segment.path.clone(),
            semantics_version: segment.header.semantics_version,
            first_sequence: segment.header.first_sequence,
            last_sequence: self.position.sequence,
            batches: segment.batches,
            records: self.position.sequence + 1 - segment.header.first_sequence,
            used_bytes: segment.offset,
            segment_bytes: segment.header.segment_bytes,
        })
    }

    /// Takes a whole batch into the history, or refuses it.
    fn accept(&mut self, header: &BatchHeader, at: u64) -> Result<(), JournalError> {
        let segment = self.current.as_mut().expect("a batch was read from it");
        let refuse = |path: &Path, offset, defect| Err(JournalError::corrupt(path, offset, defect));
        if header.first_sequence != self.position.sequence + 1 {
            let defect = Defect::Sequence { expected: self.position.sequence + 1, found: header.first_sequence };
            return refuse(&segment.path, at, defect);
        }
        if header.previous != self.position.chain {
            return refuse(&segment.path, at, Defect::Chain { expected: self.position.chain, found: header.previous });
        }
        if let Some(mark) = self.marks.front()
            && (header.first_sequence..header.last_sequence()).contains(&mark.sequence)
        {
            let defect = Defect::Sequence { expected: mark.sequence, found: header.last_sequence() };
            return refuse(&segment.path, at, defect);
        }
        if segment.header.is_of_these_rules() {
            match check_records(header, segment.words(header, at)?, self.timestamp_ns) {
                Ok(timestamp_ns) => self.timestamp_ns = timestamp_ns,
                Err((offset, defect)) => {
                    return refuse(&segment.path, at + (BATCH_HEADER_BYTES + offset) as u64, defect);
                }
            }
        }
        segment.advance(header);
        self.position.sequence = header.last_sequence();
        self.position.chain = header.checksum;
        self.check_against_snapshots(at)
    }

    /// When a snapshot's sequence is reached, the history must be the one that the snapshot was taken of.
    fn check_against_snapshots(&mut self, at: u64) -> Result<(), JournalError> {
        while let Some(mark) = self.marks.front().copied().filter(|mark| mark.sequence <= self.position.sequence) {
            self.marks.pop_front();
            if mark != self.position {
                let segment = self.current.as_ref().expect("positions come from segments");
                let defect = Defect::Chain { expected: mark.chain, found: self.position.chain };
                return Err(JournalError::corrupt(&segment.path, at, defect));
            }
        }
        Ok(())
    }

    fn follow(&mut self, next: OpenSegment) -> Result<(), JournalError> {
        let (header, position) = (&next.header, &self.position);
        let genesis = self.current.as_ref().map(|segment| segment.header.genesis());
        let defect = if header.journal_id != position.journal_id {
            Some(Defect::JournalId { expected: position.journal_id, found: header.journal_id })
        } else if genesis != Some(header.genesis()) {
            Some(Defect::Genesis)
        } else if header.first_sequence != position.sequence + 1 {
            Some(Defect::Sequence { expected: position.sequence + 1, found: header.first_sequence })
        } else if header.chain != position.chain {
            Some(Defect::Chain { expected: position.chain, found: header.chain })
        } else {
            None
        };
        if let Some(defect) = defect {
            return Err(JournalError::corrupt(&next.path, 0, defect));
        }
        self.current = Some(next);
        Ok(())
    }

    /// Judges what follows the last whole batch. `false`: it has become whole in the meantime, read on.
    fn finish(&mut self) -> Result<bool, JournalError> {
        let segment = self.current.as_mut().expect("the end of a journal is in a segment");
        let rest = segment.examine_rest(self.position.sequence + 1)?;
        if let Some(next_batch) = rest.acknowledged_batch {
            segment.forget_window();
            if let Next::Batch(_) = segment.next()? {
                return Ok(false);
            }
            let defect = Defect::DamagedBatch { next_batch };
            return Err(JournalError::corrupt(&segment.path, segment.offset, defect));
        }
        if let Some(mark) = self.marks.front() {
            let defect = Defect::EndsBeforeSnapshot { expected: mark.sequence, found: self.position.sequence };
            return Err(JournalError::corrupt(&segment.path, segment.offset, defect));
        }
        self.tail = Some(Tail {
            segment: segment.path.clone(),
            segment_bytes: segment.header.segment_bytes,
            position: self.position,
            offset: segment.offset,
            torn_bytes: rest.torn_bytes,
            unsynced_offset: segment.unsynced.front().map_or(segment.offset, |batch| batch.offset),
            is_of_these_rules: segment.header.is_of_these_rules(),
        });
        Ok(true)
    }
}

/// Judges the records of a whole batch; returns the last timestamp. An error has its offset behind the batch's header.
fn check_records(header: &BatchHeader, words: &[u64], mut timestamp_ns: u64) -> Result<u64, (usize, Defect)> {
    let (mut rest, mut records) = (words, 0);
    while !rest.is_empty() {
        let offset = size_of_val(words) - size_of_val(rest);
        let (command, behind) = Command::split(rest).map_err(|error| (offset, Defect::Record(error)))?;
        let found = command.header().timestamp_ns;
        if found < timestamp_ns {
            return Err((offset, Defect::Timestamp { previous: timestamp_ns, found }));
        }
        (rest, timestamp_ns) = (behind, found);
        records += 1;
    }
    if records != header.records {
        return Err((0, Defect::Records { expected: header.records, found: records }));
    }
    Ok(timestamp_ns)
}

fn missing(directory: &Path, expected: u64, found: u64) -> JournalError {
    JournalError::corrupt(directory, 0, Defect::MissingSegments { expected, found })
}

/// How far a journal reaches, as its segments' headers tell.
pub(crate) struct Extent {
    /// Of the oldest segment.
    pub first_sequence: u64,
    /// Of all of them.
    pub genesis: Genesis,
    /// The last sequence that was written under older rules; 0 if none was.
    pub of_older_rules: u64,
}

/// `None` if there is no segment. Reads the last segment only if all of it is under older rules.
pub(crate) fn extent(directory: &Path) -> Result<Option<Extent>, JournalError> {
    let segments = list_segments(directory)?;
    let Some(&(first_sequence, _)) = segments.first() else { return Ok(None) };
    let mut next = None;
    let mut genesis = Genesis::default();
    for (name, path) in segments.into_iter().rev() {
        let (_, header) = open_segment(&path, name)?;
        genesis = header.genesis();
        if !header.is_of_these_rules() {
            let of_older_rules = next.map_or_else(|| last_sequence(directory), |next| Ok(next - 1))?;
            return Ok(Some(Extent { first_sequence, genesis, of_older_rules }));
        }
        next = Some(name);
    }
    Ok(Some(Extent { first_sequence, genesis, of_older_rules: 0 }))
}

/// Reads the last segment to its end. 0 if there is none.
pub(crate) fn last_sequence(directory: &Path) -> Result<u64, JournalError> {
    last_sequence_up_to(directory, u64::MAX)
}

/// `wanted`, or the last sequence if it is earlier. Reads nothing but the last segment, and no further than to `wanted`.
pub(crate) fn last_sequence_up_to(directory: &Path, wanted: u64) -> Result<u64, JournalError> {
    let Some(last) = list_segments(directory)?.pop() else { return Ok(0) };
    if wanted < last.0 {
        return Ok(wanted);
    }
    let mut reader = JournalReader::over(vec![last], None)?;
    while reader.position.sequence < wanted && reader.pass_batch()? {}
    Ok(reader.position.sequence.min(wanted))
}

/// The last sequence whose command is not later than this; one before the first that is there, if all are. What was written
/// under older rules counts as earlier. Reads one segment, and the beginnings of a few others.
pub(crate) fn last_sequence_at(directory: &Path, timestamp_ns: u64) -> Result<u64, JournalError> {
    let mut segments = list_segments(directory)?;
    let (mut earlier, mut later) = (0, segments.len());
    while earlier < later {
        let middle = earlier.midpoint(later);
        if begins_after(&segments, middle, timestamp_ns)? { later = middle } else { earlier = middle + 1 }
    }
    let Some(holding) = earlier.checked_sub(1) else {
        return Ok(segments.first().map_or(0, |(first, _)| first - 1));
    };
    let mut reader = JournalReader::over(segments.split_off(holding), None)?;
    while let Some((header, at)) = reader.advance()? {
        if reader.timestamp_ns > timestamp_ns {
            let commands = reader.commands(&header, at)?;
            let not_later = commands.take_while(|command| command.header().timestamp_ns <= timestamp_ns).count();
            return Ok(header.first_sequence - 1 + not_later as u64);
        }
    }
    Ok(reader.position.sequence)
}

/// Whether the first command of a segment is later than this, or there is none yet.
fn begins_after(segments: &[(u64, PathBuf)], index: usize, timestamp_ns: u64) -> Result<bool, JournalError> {
    let (name, path) = &segments[index];
    let mut reader = JournalReader::over(vec![(*name, path.clone())], None)?;
    let Some((header, at)) = reader.advance()? else {
        // Only the last one can be empty.
        let damaged = JournalError::corrupt(path, SECTOR_BYTES as u64, Defect::DamagedSegmentEnd);
        return if index + 1 == segments.len() { Ok(true) } else { Err(damaged) };
    };
    let is_of_these_rules = reader.current.as_ref().is_some_and(|segment| segment.header.is_of_these_rules());
    let first = reader.commands(&header, at)?.next();
    Ok(is_of_these_rules && first.is_some_and(|command| command.header().timestamp_ns > timestamp_ns))
}

/// Opens a segment's file and judges its header. `name` is the sequence in the file's name.
fn open_segment(path: &Path, name: u64) -> Result<(File, SegmentHeader), JournalError> {
    let file = File::open(path).map_err(JournalError::io("open", path))?;
    let length = file.metadata().map_err(JournalError::io("stat", path))?.len();
    let corrupt = |defect| JournalError::corrupt(path, 0, defect);
    if length < SECTOR_BYTES as u64 {
        return Err(corrupt(Defect::Length { expected: SECTOR_BYTES as u64, found: length }));
    }
    let mut header = SegmentHeader::new_zeroed();
    file.read_exact_at(header.as_mut_bytes(), 0).map_err(JournalError::io("read", path))?;
    header.check().map_err(|refusal| match refusal {
        HeaderRefusal::Defect(defect) => corrupt(defect),
        HeaderRefusal::Version(refusal) => JournalError::version(path)(refusal),
    })?;
    if length != header.segment_bytes {
        return Err(corrupt(Defect::Length { expected: header.segment_bytes, found: length }));
    }
    if header.first_sequence != name {
        return Err(corrupt(Defect::Sequence { expected: name, found: header.first_sequence }));
    }
    Ok((file, header))
}

/// A segment open for reading, with the window of it that is in memory.
struct OpenSegment {
    path: PathBuf,
    file: File,
    header: SegmentHeader,
    /// Where the next batch belongs.
    offset: u64,
    /// The last batches, from the first one on that was not known to be on disk when the last one was written.
    unsynced: VecDeque<Unsynced>,
    batches: u64,
    window: Vec<Sector>,
    window_start: u64,
    window_bytes: usize,
}

/// A batch that may have been in the kernel's memory only.
struct Unsynced {
    last_sequence: u64,
    offset: u64,
}

/// What stands after the last whole batch of the last segment.
struct Rest {
    torn_bytes: u64,
    /// A whole batch that could only have been written when the damaged one was already on disk.
    acknowledged_batch: Option<u64>,
}

impl OpenSegment {
    /// Opens a segment and judges its header. `name` is the sequence in the file's name.
    fn open(path: PathBuf, name: u64) -> Result<OpenSegment, JournalError> {
        let (file, header) = open_segment(&path, name)?;
        Ok(OpenSegment {
            path,
            file,
            header,
            offset: SECTOR_BYTES as u64,
            unsynced: VecDeque::new(),
            batches: 0,
            window: vec![[0; SECTOR_BYTES / 8]; WINDOW_BYTES / SECTOR_BYTES],
            window_start: 0,
            window_bytes: 0,
        })
    }

    /// `length` bytes from `at`, both multiples of the sector; read from the file unless they are in the window.
    fn view(&mut self, at: u64, length: usize) -> Result<&[u8], JournalError> {
        let window_end = self.window_start + self.window_bytes as u64;
        if at < self.window_start || at + length as u64 > window_end {
            let bytes = WINDOW_BYTES.min((self.header.segment_bytes - at) as usize);
            assert!(length <= bytes, "the caller stays inside the segment");
            self.window_bytes = 0;
            self.file
                .read_exact_at(&mut self.window.as_mut_bytes()[..bytes], at)
                .map_err(JournalError::io("read", &self.path))?;
            (self.window_start, self.window_bytes) = (at, bytes);
        }
        let from = (at - self.window_start) as usize;
        Ok(&self.window.as_bytes()[from..from + length])
    }

    /// The first of the segments that come after this one, if there is any by now.
    fn later(&self, directory: &Path) -> Result<Option<(u64, PathBuf)>, JournalError> {
        Ok(list_segments(directory)?.into_iter().find(|(first, _)| *first > self.header.first_sequence))
    }

    /// Whether nothing stands yet where the next batch belongs. Asks the file, and for no more than it needs to know.
    fn ends_in_zeros(&self) -> Result<bool, JournalError> {
        let mut sector = [0; SECTOR_BYTES];
        if self.offset + SECTOR_BYTES as u64 <= self.header.segment_bytes {
            self.file.read_exact_at(&mut sector, self.offset).map_err(JournalError::io("read", &self.path))?;
        }
        Ok(is_zero(&sector))
    }

    /// An error if the file has its name no longer: the venue then writes to another one, or to none, and nothing more arrives here.
    fn check_in_place(&self, directory: &Path, sequence: u64) -> Result<(), JournalError> {
        let failed = || JournalError::io("stat", &self.path);
        let read = self.file.metadata().map_err(failed())?;
        let is_same = match fs::metadata(&self.path) {
            Ok(named) => (named.dev(), named.ino()) == (read.dev(), read.ino()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) => return Err(failed()(error)),
        };
        if is_same {
            return Ok(());
        }
        let reason = format!("{} is not the file that was being read", self.path.display());
        Err(JournalError::Discontinued { directory: directory.to_owned(), sequence: sequence + 1, reason })
    }

    /// The file may be the one being written. Even a single read shows no one moment of it: its end can be younger than its start.
    fn forget_window(&mut self) {
        self.window_bytes = 0;
    }

    fn next(&mut self) -> Result<Next, JournalError> {
        let at = self.offset;
        if at + SECTOR_BYTES as u64 > self.header.segment_bytes || is_zero(self.view(at, SECTOR_BYTES)?) {
            return Ok(Next::Nothing);
        }
        Ok(self.whole_batch(at)?.map_or(Next::Damaged, Next::Batch))
    }

    /// The header of the batch at `at`, if a whole one is there.
    fn whole_batch(&mut self, at: u64) -> Result<Option<BatchHeader>, JournalError> {
        let (header, _) = BatchHeader::read_from_prefix(self.view(at, SECTOR_BYTES)?).expect("a sector holds a header");
        let Some(bytes) = header.plausible_bytes(self.header.journal_id) else { return Ok(None) };
        if at + bytes as u64 > self.header.segment_bytes {
            return Ok(None);
        }
        Ok(batch_is_whole(&header, self.view(at, bytes)?).then_some(header))
    }

    fn words(&mut self, header: &BatchHeader, at: u64) -> Result<&[u64], JournalError> {
        Ok(batch_words(header, self.view(at, batch_bytes(header.bytes as usize))?))
    }

    fn advance(&mut self, header: &BatchHeader) {
        while self.unsynced.front().is_some_and(|batch| batch.last_sequence <= header.synced_sequence) {
            self.unsynced.pop_front();
        }
        self.unsynced.push_back(Unsynced { last_sequence: header.last_sequence(), offset: self.offset });
        self.offset += batch_bytes(header.bytes as usize) as u64;
        self.batches += 1;
    }

    fn examine_rest(&mut self, expected_sequence: u64) -> Result<Rest, JournalError> {
        let mut rest = Rest { torn_bytes: 0, acknowledged_batch: None };
        let mut at = self.offset;
        while at + SECTOR_BYTES as u64 <= self.header.segment_bytes {
            if !is_zero(self.view(at, SECTOR_BYTES)?) {
                rest.torn_bytes = at + SECTOR_BYTES as u64 - self.offset;
                if let Some(header) = self.whole_batch(at)?
                    && !is_unsynced_successor(&header, expected_sequence)
                {
                    rest.acknowledged_batch = Some(at);
                    return Ok(rest);
                }
            }
            at += SECTOR_BYTES as u64;
        }
        Ok(rest)
    }
}

/// Whether a whole batch found after a damaged one may be lost with it: it was written (durability `async`) while the
/// damaged one was not yet known to be on disk, so the disk was free to keep the later of the two.
fn is_unsynced_successor(header: &BatchHeader, damaged_sequence: u64) -> bool {
    header.first_sequence > damaged_sequence && header.synced_sequence < damaged_sequence
}

fn is_zero(sector: &[u8]) -> bool {
    sector == [0; SECTOR_BYTES]
}

#[cfg(test)]
mod tests {
    use super::super::format::{Batch, SEGMENT_BYTES_MIN};
    use super::*;
    use crate::command::MAX_COMMAND_LEN;
    use crate::command::{Cancel, CommandBuffer};
    use tempfile::{TempDir, tempdir};

    /// Commands of [`cancel`] that fill a batch.
    const FULL: usize = MAX_BATCH_BYTES / 40;

    fn cancel() -> CommandBuffer {
        CommandBuffer::new(0, &Cancel::EMPTY)
    }

    /// A segment of one-command batches, each with the sequence that was known to be on disk when it was written.
    fn journal(synced_sequences: &[u64]) -> (TempDir, PathBuf) {
        let directory = tempdir().unwrap();
        let header = SegmentHeader::new(Genesis::default(), 7, 1, 7, SEGMENT_BYTES_MIN);
        let mut bytes = header.as_bytes().to_vec();
        let mut chain = header.chain;
        let mut batch = Batch::new(MAX_COMMAND_LEN);
        for (sequence, synced_sequence) in (1..).zip(synced_sequences) {
            batch.clear();
            batch.push(sequence, cancel().command());
            let (sealed, next) = batch.seal(7, chain, *synced_sequence);
            bytes.extend_from_slice(sealed);
            chain = next;
        }
        bytes.resize(SEGMENT_BYTES_MIN as usize, 0);
        let path = directory.path().join(format!("journal-{:020}.log", 1));
        fs::write(&path, bytes).unwrap();
        (directory, path)
    }

    /// The last sequence read, or the defect, after the batch at this sequence was lost.
    fn read_without(lost_sequence: usize, synced_sequences: &[u64]) -> Result<(u64, u64), Defect> {
        let (directory, path) = journal(synced_sequences);
        let mut bytes = fs::read(&path).unwrap();
        bytes[lost_sequence * SECTOR_BYTES..][..SECTOR_BYTES].fill(0);
        fs::write(&path, bytes).unwrap();
        let mut reader = JournalReader::open(directory.path(), None).unwrap();
        loop {
            match reader.next_batch() {
                Ok(Some(_)) => {}
                Ok(None) => {
                    let tail = reader.tail().unwrap();
                    return Ok((tail.position.sequence, tail.torn_bytes));
                }
                Err(JournalError::Corrupt { defect, .. }) => return Err(defect),
                Err(other) => panic!("{other}"),
            }
        }
    }

    /// Power failure under `async`: the disk was free to keep the later of two batches, as long as neither was synced.
    #[test]
    fn a_hole_among_batches_that_were_never_synced_is_cut_and_any_other_is_refused() {
        let next_batch = |at: u64| Err(Defect::DamagedBatch { next_batch: at * SECTOR_BYTES as u64 });
        assert_eq!(read_without(3, &[0, 1, 2, 2, 2]), Ok((2, 3 * SECTOR_BYTES as u64)));
        assert_eq!(read_without(4, &[0, 1, 2, 2, 2]), Ok((3, 2 * SECTOR_BYTES as u64)));
        assert_eq!(read_without(2, &[0, 1, 2, 2, 2]), next_batch(3));
        assert_eq!(read_without(3, &[0, 1, 2, 2, 4]), next_batch(5));
        assert_eq!(read_without(3, &[0, 1, 2, 3, 4]), next_batch(4));
    }

    /// A failed sync under `async`: the kernel may show every batch since the last good one and have put none on disk.
    #[test]
    fn a_tail_knows_from_where_on_nothing_was_known_to_be_on_disk() {
        for (synced_sequences, first_unsynced) in [(&[0, 1, 2, 2, 2][..], 3), (&[0, 1, 2, 3, 4], 5), (&[0, 0, 0], 1)] {
            let (directory, _) = journal(synced_sequences);
            let mut reader = JournalReader::open(directory.path(), None).unwrap();
            while reader.next_batch().unwrap().is_some() {}
            let tail = reader.tail().unwrap();
            assert_eq!(tail.unsynced_offset, first_unsynced * SECTOR_BYTES as u64, "{synced_sequences:?}");
        }
    }

    /// A running writer: what was zeros when it was read has become batches, the last of them beyond what was read.
    #[test]
    fn batches_written_while_they_are_read_are_not_taken_for_damage() {
        let directory = tempdir().unwrap();
        let path = directory.path().join(format!("journal-{:020}.log", 1));
        let header = SegmentHeader::new(Genesis::default(), 7, 1, 7, 4 * WINDOW_BYTES as u64);
        let file = File::create(&path).unwrap();
        file.set_len(header.segment_bytes).unwrap();
        file.write_all_at(header.as_bytes(), 0).unwrap();
        let (mut sequence, mut chain, mut offset) = (0, header.chain, SECTOR_BYTES as u64);
        let mut write_batch = |records| {
            let mut batch = Batch::new(MAX_BATCH_BYTES);
            for _ in 0..records {
                sequence += 1;
                batch.push(sequence, cancel().command());
            }
            let (sealed, next) = batch.seal(7, chain, batch.first_sequence() - 1);
            file.write_all_at(sealed, offset).unwrap();
            (chain, offset) = (next, offset + sealed.len() as u64);
        };
        write_batch(1);
        let mut reader = JournalReader::open(directory.path(), None).unwrap();
        assert_eq!(reader.next_batch().unwrap().map(Commands::count), Some(1));
        (0..5).for_each(|_| write_batch(FULL));
        for _ in 0..5 {
            assert_eq!(reader.next_batch().unwrap().map(Commands::count), Some(FULL));
        }
        assert!(reader.next_batch().unwrap().is_none());
        assert_eq!(reader.tail().unwrap().position.sequence, 1 + 5 * FULL as u64);
    }

    #[test]
    fn a_journal_without_its_genesis_chain_value_is_refused() {
        let directory = tempdir().unwrap();
        let mut bytes = SegmentHeader::new(Genesis::default(), 7, 1, 8, SEGMENT_BYTES_MIN).as_bytes().to_vec();
        bytes.resize(SEGMENT_BYTES_MIN as usize, 0);
        fs::write(directory.path().join(format!("journal-{:020}.log", 1)), bytes).unwrap();
        let error = JournalReader::open(directory.path(), None).err().unwrap();
        let expected = Defect::Chain { expected: 7, found: 8 };
        assert!(matches!(error, JournalError::Corrupt { defect, .. } if defect == expected));
    }
}
