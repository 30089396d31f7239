//! The seam between the journal's writer and the disk: what is written, in which order, and what is synced.
//!
//! Everything the running journal writes goes through here, so that tests can let any single operation fail. Reading
//! does not: recovery reads ordinary files, whatever damaged them.

use super::directory::FILE_MODE;
use rustix::fs::{FallocateFlags, fallocate};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

/// Opens the files that a journal writes.
pub trait Storage: Send + Sync {
    /// A new, empty file; an error if it exists.
    fn create(&self, path: &Path) -> io::Result<Box<dyn SegmentFile>>;
    /// An existing file.
    fn open(&self, path: &Path) -> io::Result<Box<dyn SegmentFile>>;
}

/// One open file of a journal.
pub trait SegmentFile: Send {
    /// Reserves the file's space, reading as zeros. `false` if this file system has no such operation.
    fn allocate(&self, bytes: u64) -> io::Result<bool>;
    /// Writes some of `bytes` at `offset`, at least one, and says how many.
    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize>;
    /// Returns when everything written is on disk (fdatasync).
    fn sync(&self) -> io::Result<()>;
}

/// The file system.
pub struct FileSystem;

impl Storage for FileSystem {
    fn create(&self, path: &Path) -> io::Result<Box<dyn SegmentFile>> {
        Ok(Box::new(OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)?))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn SegmentFile>> {
        Ok(Box::new(OpenOptions::new().write(true).open(path)?))
    }
}

impl SegmentFile for File {
    fn allocate(&self, bytes: u64) -> io::Result<bool> {
        match fallocate(self, FallocateFlags::empty(), 0, bytes) {
            Ok(()) => Ok(true),
            Err(rustix::io::Errno::OPNOTSUPP) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        FileExt::write_at(self, bytes, offset)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}

/// Writes all of `bytes`, however short the single writes are.
pub(crate) fn write_all_at(file: &dyn SegmentFile, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match file.write_at(bytes, offset) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => {
                bytes = &bytes[written..];
                offset += written as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
