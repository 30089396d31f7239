//! A journal directory: its lock, the names of its segments, and the sync that makes names durable.

use super::error::JournalError;
use rustix::fs::{FlockOperation, flock};
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

const LOCK_NAME: &str = "LOCK";
const PREPARED_NAME: &str = "journal-next.prepared";
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
        fs::create_dir_all(directory).map_err(JournalError::io("create directory", directory))?;
        let path = directory.join(LOCK_NAME);
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
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
    numbered_path(directory, "journal-", first_sequence, ".log")
}

/// The segment being prepared ahead of need; not part of the journal until it is renamed.
pub(crate) fn prepared_path(directory: &Path) -> PathBuf {
    directory.join(PREPARED_NAME)
}

/// Segments by ascending first sequence.
pub(crate) fn list_segments(directory: &Path) -> Result<Vec<(u64, PathBuf)>, JournalError> {
    list_numbered(directory, "journal-", ".log")
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
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(prefix)?.strip_suffix(suffix));
        if let Some(number) = number
            && number.len() == SEQUENCE_DIGITS
            && let Ok(number) = number.parse()
        {
            found.push((number, entry.path()));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Makes creations and renames in the directory survive a power failure.
pub(crate) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}
