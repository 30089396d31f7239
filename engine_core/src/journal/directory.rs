//! A journal directory: its lock, the names of its segments, and the sync that makes names durable.

use super::error::JournalError;
use rustix::fs::{FlockOperation, flock};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Of the files of a journal: what a venue has done is nobody's business but its operator's.
pub(crate) const FILE_MODE: u32 = 0o600;
const DIRECTORY_MODE: u32 = 0o700;
const LOCK_NAME: &str = "LOCK";
const PREPARED_NAME: &str = "journal-next.prepared";
const SEGMENT_PREFIX: &str = "journal-";
const SEGMENT_SUFFIX: &str = ".log";
/// Decimal digits of `u64::MAX`, so that names sort as their sequences do.
const SEQUENCE_DIGITS: usize = 20;

/// Exclusive use of a directory, until dropped. The kernel releases it when the process ends, however it ends.
pub struct DirectoryLock {
    directory: PathBuf,
    _file: File,
}

impl DirectoryLock {
    /// Creates the directory if need be. [`JournalError::Busy`] if anybody else holds it.
    pub fn acquire(directory: &Path) -> Result<DirectoryLock, JournalError> {
        let mut builder = DirBuilder::new();
        builder
            .recursive(true)
            .mode(DIRECTORY_MODE)
            .create(directory)
            .map_err(JournalError::io("create directory", directory))?;
        let path = directory.join(LOCK_NAME);
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(FILE_MODE)
            .open(&path)
            .map_err(JournalError::io("open", &path))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(DirectoryLock { directory: directory.to_owned(), _file: file }),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(JournalError::Busy { directory: directory.to_owned() }),
            Err(error) => Err(JournalError::io("lock", &path)(error.into())),
        }
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }
}

pub(crate) fn segment_path(directory: &Path, first_sequence: u64) -> PathBuf {
    numbered_path(directory, SEGMENT_PREFIX, first_sequence, SEGMENT_SUFFIX)
}

/// The segment being prepared ahead of need; not part of the journal until it is renamed.
pub(crate) fn prepared_path(directory: &Path) -> PathBuf {
    directory.join(PREPARED_NAME)
}

/// Segments by ascending first sequence.
pub(crate) fn list_segments(directory: &Path) -> Result<Vec<(u64, PathBuf)>, JournalError> {
    list_numbered(directory, SEGMENT_PREFIX, SEGMENT_SUFFIX)
}

pub(crate) fn numbered_path(directory: &Path, prefix: &str, number: u64, suffix: &str) -> PathBuf {
    directory.join(format!("{prefix}{number:0width$}{suffix}", width = SEQUENCE_DIGITS))
}

/// Files named by a number between `prefix` and `suffix`, ascending. Any other file is not ours and left alone.
pub(crate) fn list_numbered(directory: &Path, prefix: &str, suffix: &str) -> Result<Vec<(u64, PathBuf)>, JournalError> {
    let failed = |error| JournalError::io("list", directory)(error);
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if let Some(number) = number_of(&entry.path(), prefix, suffix) {
            found.push((number, entry.path()));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The number in a file's name.
fn number_of(path: &Path, prefix: &str, suffix: &str) -> Option<u64> {
    let number = path.file_name()?.to_str()?.strip_prefix(prefix)?.strip_suffix(suffix)?;
    (number.len() == SEQUENCE_DIGITS).then(|| number.parse().ok())?
}

/// The first sequence in the name of a segment.
pub(crate) fn segment_number(path: &Path) -> Option<u64> {
    number_of(path, SEGMENT_PREFIX, SEGMENT_SUFFIX)
}

/// Makes creations and renames in the directory survive a power failure.
pub(crate) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}
