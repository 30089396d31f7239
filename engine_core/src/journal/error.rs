//! What can go wrong with a journal directory. Each error names the file and, where there is one, the byte.

use crate::types::Genesis;
use crate::versions::VersionRefusal;
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
    #[error("{0}")]
    Config(String),
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
