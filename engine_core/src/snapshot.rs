//! Snapshot files: the state image after a durable command, and the place in the journal that it belongs to.
//!
//! Drawn in `docs/journal-format.md`. A snapshot only saves time: the journal is the truth, and a snapshot that does not
//! agree with it is refused. Never deletes one; knows nothing of what an image means.

use crate::journal::{Defect, JournalError, Position, list_numbered, numbered_path, sync_directory};
use crate::types::SEMANTICS_VERSION;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

pub const FORMAT_VERSION: u32 = 1;
const MAGIC: [u8; 8] = *b"PYESNAPS";
const PARTIAL_NAME: &str = "snapshot-next.partial";
const CHECKSUM_BYTES: usize = 8;

#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
struct SnapshotHeader {
    /// XXH3-64 of the rest of the header.
    checksum: u64,
    magic: [u8; 8],
    format_version: u32,
    semantics_version: u32,
    journal_id: u64,
    sequence: u64,
    chain: u64,
    image_bytes: u64,
    image_sha256: [u8; 32],
    reserved: [u64; 5],
}

const HEADER_BYTES: usize = size_of::<SnapshotHeader>();
const _: () = assert!(HEADER_BYTES == 128);

/// A snapshot that was read and found whole.
pub struct Snapshot {
    /// The journal goes on after this.
    pub position: Position,
    /// SHA-256 of the image: the state hash.
    pub state_hash: [u8; 32],
    bytes: Vec<u8>,
}

impl Snapshot {
    pub fn image(&self) -> &[u8] {
        &self.bytes[HEADER_BYTES..]
    }
}

/// Snapshots of a journal directory, newest first.
pub fn list(directory: &Path) -> Result<Vec<PathBuf>, JournalError> {
    let oldest_first = list_numbered(directory, "snapshot-", ".img")?;
    Ok(oldest_first.into_iter().rev().map(|(_, path)| path).collect())
}

/// Writes the image of the state at `position`, all or nothing: under a temporary name until it is on disk.
pub fn write(directory: &Path, position: &Position, image: &[u8]) -> Result<PathBuf, JournalError> {
    let mut header = SnapshotHeader {
        checksum: 0,
        magic: MAGIC,
        format_version: FORMAT_VERSION,
        semantics_version: SEMANTICS_VERSION,
        journal_id: position.journal_id,
        sequence: position.sequence,
        chain: position.chain,
        image_bytes: image.len() as u64,
        image_sha256: Sha256::digest(image).into(),
        reserved: [0; 5],
    };
    header.checksum = xxh3_64(&header.as_bytes()[CHECKSUM_BYTES..]);
    let partial = directory.join(PARTIAL_NAME);
    let write = || -> io::Result<()> {
        let mut file = File::create(&partial)?;
        file.write_all(header.as_bytes())?;
        file.write_all(image)?;
        file.sync_all()
    };
    write().map_err(|error| {
        // Only a leftover: a full disk is told by the first error, not by this one.
        let _ = fs::remove_file(&partial);
        JournalError::io("write", &partial)(error)
    })?;
    let path = numbered_path(directory, "snapshot-", position.sequence, ".img");
    fs::rename(&partial, &path).map_err(JournalError::io("rename", &partial))?;
    sync_directory(directory).map_err(JournalError::io("sync directory", directory))?;
    Ok(path)
}

/// Reads a snapshot and checks every byte of it.
pub fn read(path: &Path) -> Result<Snapshot, JournalError> {
    let bytes = fs::read(path).map_err(JournalError::io("read", path))?;
    let corrupt = |offset, defect| JournalError::corrupt(path, offset, defect);
    let Ok((header, image)) = SnapshotHeader::read_from_prefix(&bytes) else {
        let defect = Defect::Length { expected: HEADER_BYTES as u64, found: bytes.len() as u64 };
        return Err(corrupt(0, defect));
    };
    if header.magic != MAGIC {
        return Err(corrupt(0, Defect::Magic("snapshot")));
    }
    let version = |what, expected, found| JournalError::Version { file: path.to_owned(), what, expected, found };
    if header.format_version != FORMAT_VERSION {
        return Err(version("snapshot format", FORMAT_VERSION, header.format_version));
    }
    let expected = xxh3_64(&header.as_bytes()[CHECKSUM_BYTES..]);
    if header.checksum != expected {
        return Err(corrupt(0, Defect::Checksum { what: "snapshot header", expected, found: header.checksum }));
    }
    if header.semantics_version != SEMANTICS_VERSION {
        return Err(version("semantics", SEMANTICS_VERSION, header.semantics_version));
    }
    if image.len() as u64 != header.image_bytes {
        let defect = Defect::Length { expected: header.image_bytes, found: image.len() as u64 };
        return Err(corrupt(HEADER_BYTES as u64, defect));
    }
    let state_hash = Sha256::digest(image).into();
    if header.image_sha256 != state_hash {
        return Err(corrupt(HEADER_BYTES as u64, Defect::ImageHash));
    }
    let position = Position { journal_id: header.journal_id, sequence: header.sequence, chain: header.chain };
    Ok(Snapshot { position, state_hash, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    const POSITION: Position = Position { journal_id: 3, sequence: 700, chain: 9 };

    #[test]
    fn a_snapshot_reads_back_and_the_newest_comes_first() {
        let directory = tempdir().unwrap();
        let old = write(directory.path(), &Position { sequence: 99, ..POSITION }, b"old").unwrap();
        let new = write(directory.path(), &POSITION, b"new").unwrap();
        fs::write(directory.path().join("snapshot-5.img"), b"not ours").unwrap();
        assert_eq!(list(directory.path()).unwrap(), [new.clone(), old]);
        let snapshot = read(&new).unwrap();
        assert_eq!((snapshot.position, snapshot.image()), (POSITION, &b"new"[..]));
        assert_eq!(snapshot.state_hash, <[u8; 32]>::from(Sha256::digest(b"new")));
        assert!(!directory.path().join(PARTIAL_NAME).exists());
    }

    #[test]
    fn every_single_bit_and_every_truncation_is_noticed() {
        let directory = tempdir().unwrap();
        let path = write(directory.path(), &POSITION, b"image").unwrap();
        let whole = fs::read(&path).unwrap();
        for bit in 0..whole.len() * 8 {
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, &damaged).unwrap();
            assert!(read(&path).is_err(), "bit {bit}");
        }
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(matches!(read(&path), Err(JournalError::Corrupt { .. })), "{length} bytes");
        }
    }

    #[test]
    fn other_versions_are_refused_by_their_own_error() {
        let directory = tempdir().unwrap();
        let path = write(directory.path(), &POSITION, b"image").unwrap();
        for (offset, what) in [(16, "snapshot format"), (20, "semantics")] {
            let mut bytes = fs::read(&path).unwrap();
            bytes[offset] = 7;
            let checksum = xxh3_64(&bytes[CHECKSUM_BYTES..HEADER_BYTES]);
            bytes[..CHECKSUM_BYTES].copy_from_slice(&checksum.to_le_bytes());
            let other = directory.path().join("other");
            fs::write(&other, bytes).unwrap();
            let error = read(&other).err().unwrap();
            assert!(matches!(error, JournalError::Version { what: found, found: 7, .. } if found == what), "{error}");
        }
    }
}
