//! What can go wrong with a journal directory. Each error names the file and, where there is one, the byte.

use crate::types::Genesis;
use crate::versions::VersionRefusal;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Errors of the journal, its snapshots and its recovery.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    #[error("{}: in use by another process", directory.display())]
    Busy { directory: PathBuf },
    /// Something else than a whole history with at most a torn tail. Nothing was changed on disk.
    #[error("{}: at byte {offset}: {defect}", file.display())]
    Corrupt { file: PathBuf, offset: u64, defect: Defect },
    /// Written in another format or under other rules: never replayed, never overwritten.
    #[error("{}: {refusal}", file.display())]
    Version { file: PathBuf, refusal: VersionRefusal },
    /// A write or sync of the running journal failed. Sticky: nothing is reported durable after it.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// An operation outside the running journal failed: opening, listing, reading, writing a snapshot.
    #[error("{op} {}: {source}", path.display())]
    Io { op: &'static str, path: PathBuf, source: io::Error },
    /// A wait that nothing would ever end: the sequence has not been handed to the writer.
    #[error("sequence {sequence} is not committed; the last committed one is {committed}")]
    NotCommitted { sequence: u64, committed: u64 },
    /// The journal's engine began otherwise than the one that is to go on with it. Nothing was changed on disk.
    #[error(
        "{}: is of shard {} with max_open_orders {}, not of shard {} with {}: neither can change once a journal exists",
        directory.display(), found.shard, found.max_open_orders, wanted.shard, wanted.max_open_orders
    )]
    Genesis { directory: PathBuf, wanted: Genesis, found: Genesis },
    /// A state that can not be had: the journal ends before it, or nothing is left to begin at.
    #[error("{}: has no state at sequence {wanted}, only from sequence {first} to {last}", directory.display())]
    OutOfReach { directory: PathBuf, wanted: u64, first: u64, last: u64 },
    /// A journal that does not lead on from where it was read to before: it was replaced, or what comes next is gone.
    #[error("{}: does not lead on to sequence {sequence}: {reason}", directory.display())]
    Discontinued { directory: PathBuf, sequence: u64, reason: String },
    /// A time before the first state that can be had.
    #[error(
        "{}: has no state at {}: the first is of sequence {first}, at {}",
        directory.display(), Utc(*wanted_ns), Utc(*first_ns)
    )]
    TooEarly { directory: PathBuf, wanted_ns: u64, first: u64, first_ns: u64 },
    #[error("{0}")]
    Config(String),
}

/// A time, in nanoseconds since 1970, as people write it.
struct Utc(u64);

impl fmt::Display for Utc {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, nanoseconds) = (self.0 / 1_000_000_000, self.0 % 1_000_000_000);
        let (days, second) = (seconds / 86_400, seconds % 86_400);
        // Years that begin in March, counted from the year 0, have their odd day at the end.
        let days = days + 719_468;
        let (era, day) = (days / 146_097, days % 146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (year, month) = (era * 400 + year + month / 10, (month + 2) % 12 + 1);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanoseconds:09}Z")
    }
}

/// What was found where something else had to be.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Defect {
    #[error("not a {0} (wrong magic)")]
    Magic(&'static str),
    #[error("{what}: checksum {found:016x}, but its bytes have {expected:016x}")]
    Checksum { what: &'static str, expected: u64, found: u64 },
    #[error("a damaged batch, with whole batches after it (the next at byte {next_batch})")]
    DamagedBatch { next_batch: u64 },
    #[error("a damaged batch at the end of a segment that is not the last")]
    DamagedSegmentEnd,
    #[error("sequence {found}, expected {expected}")]
    Sequence { expected: u64, found: u64 },
    #[error("timestamp {found} ns, earlier than the one before it ({previous} ns)")]
    Timestamp { previous: u64, found: u64 },
    #[error("no command record: {0}")]
    Record(crate::command::RecordError),
    #[error("{found} commands in a batch of {expected}")]
    Records { expected: u32, found: u32 },
    #[error("chain value {found:016x}, expected {expected:016x}")]
    Chain { expected: u64, found: u64 },
    #[error("belongs to journal {found:016x}, not to {expected:016x}")]
    JournalId { expected: u64, found: u64 },
    #[error("another genesis than in the segments before it")]
    Genesis,
    #[error("{found} bytes long, expected {expected}")]
    Length { expected: u64, found: u64 },
    #[error("segments before sequence {found} are missing, needed from {expected}")]
    MissingSegments { expected: u64, found: u64 },
    #[error("the journal ends at sequence {found}, but a snapshot was taken at {expected}")]
    EndsBeforeSnapshot { expected: u64, found: u64 },
    #[error("the image's SHA-256 is not the one in the header")]
    ImageHash,
    #[error("the image can not be restored: {0}")]
    Image(String),
}

/// The failed operation that ended a journal.
#[derive(Clone, Debug, thiserror::Error)]
#[error("journal failed for good: {op} {}: {}{message}", path.display(), if *.disk_full { "disk full: " } else { "" })]
pub struct Failure {
    pub op: &'static str,
    pub path: PathBuf,
    pub disk_full: bool,
    pub message: String,
}

impl Failure {
    pub(crate) fn new(op: &'static str, path: &Path, source: &io::Error) -> Failure {
        Failure {
            op,
            path: path.to_owned(),
            disk_full: matches!(source.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded),
            message: source.to_string(),
        }
    }
}

impl JournalError {
    pub(crate) fn io(op: &'static str, path: &Path) -> impl FnOnce(io::Error) -> JournalError {
        move |source| JournalError::Io { op, path: path.to_owned(), source }
    }

    pub(crate) fn version(file: &Path) -> impl Fn(VersionRefusal) -> JournalError {
        move |refusal| JournalError::Version { file: file.to_owned(), refusal }
    }

    pub(crate) fn corrupt(file: &Path, offset: u64, defect: Defect) -> JournalError {
        JournalError::Corrupt { file: file.to_owned(), offset, defect }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_write_them() {
        for (nanoseconds, text) in [
            (0, "1970-01-01T00:00:00.000000000Z"),
            (951_782_399_999_999_999, "2000-02-28T23:59:59.999999999Z"),
            (951_825_600_000_000_000, "2000-02-29T12:00:00.000000000Z"),
            (1_709_251_200_000_000_001, "2024-03-01T00:00:00.000000001Z"),
            (1_798_761_599_000_000_000, "2026-12-31T23:59:59.000000000Z"),
            (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000000000Z"),
            (u64::MAX, "2554-07-21T23:34:33.709551615Z"),
        ] {
            assert_eq!(Utc(nanoseconds).to_string(), text);
        }
    }
}
