//! Snapshot files: the state image after a durable command, and the place in the journal that it belongs to.
//!
//! Drawn in `docs/journal-format.md`. A snapshot only saves time: the journal is the truth, and a snapshot that does not
//! agree with it is refused. Never deletes one, never has an image in memory whole, and knows nothing of what it means.

use crate::journal::{Defect, FILE_MODE, JournalError, Position, list_numbered, numbered_path, sync_directory};
use crate::types::SEMANTICS_VERSION;
use crate::versions::{self, SNAPSHOT_FORMAT_VERSION};
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;
use zerocopy::{FromBytes, FromZeros, Immutable, IntoBytes, KnownLayout};

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
    origin: u8,
    reserved: [u8; 39],
}

impl SnapshotHeader {
    fn position(&self) -> Position {
        Position { journal_id: self.journal_id, sequence: self.sequence, chain: self.chain }
    }
}

const HEADER_BYTES: usize = size_of::<SnapshotHeader>();
const _: () = assert!(HEADER_BYTES == 128);

/// Why a snapshot was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Somebody wanted it.
    Asked = 0,
    /// It was left by a clean stop: later stops replace it.
    Stop = 1,
}

/// What a snapshot's header says.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// The journal goes on after this.
    pub position: Position,
    /// Of the image.
    pub semantics_version: u32,
    /// SHA-256 of the image: the state hash.
    pub state_hash: [u8; 32],
    pub origin: Origin,
}

/// A snapshot that was read and found whole.
pub struct Snapshot {
    /// The journal goes on after this.
    pub position: Position,
    /// SHA-256 of the image: the state hash.
    pub state_hash: [u8; 32],
    /// Where the image begins.
    image: File,
}

impl Snapshot {
    /// The image, to be read once.
    pub fn into_image(self) -> impl Read {
        self.image
    }
}

/// Takes what an image's header says of it while it passes on to the file.
struct Measured<'a> {
    file: &'a mut File,
    hasher: Sha256,
    bytes: u64,
}

impl Write for Measured<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.hasher.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Snapshots of a journal directory, newest first.
pub fn list(directory: &Path) -> Result<Vec<PathBuf>, JournalError> {
    let oldest_first = list_numbered(directory, "snapshot-", ".img")?;
    Ok(oldest_first.into_iter().rev().map(|(_, path)| path).collect())
}

/// Where the snapshot after a sequence is, if there is one.
pub fn path(directory: &Path, sequence: u64) -> PathBuf {
    numbered_path(directory, "snapshot-", sequence, ".img")
}

/// Writes the image of the state at `position`, all or nothing: under a temporary name until it is on disk.
///
/// `write_image` writes it, in pieces that are worth a system call each.
pub fn write(
    directory: &Path,
    position: &Position,
    origin: Origin,
    write_image: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<PathBuf, JournalError> {
    let partial = directory.join(PARTIAL_NAME);
    write_file(&partial, position, origin, write_image).map_err(|error| {
        // Only a leftover: a full disk is told by the first error, not by this one.
        let _ = fs::remove_file(&partial);
        JournalError::io("write", &partial)(error)
    })?;
    let path = path(directory, position.sequence);
    fs::rename(&partial, &path).map_err(JournalError::io("rename", &partial))?;
    sync_directory(directory).map_err(JournalError::io("sync directory", directory))?;
    Ok(path)
}

/// The header comes last, in front: only then is known what it says.
fn write_file(
    path: &Path,
    position: &Position,
    origin: Origin,
    write_image: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    // What a crash left keeps its mode otherwise, which may be another.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)?;
    file.seek(SeekFrom::Start(HEADER_BYTES as u64))?;
    let mut measured = Measured { file: &mut file, hasher: Sha256::new(), bytes: 0 };
    write_image(&mut measured)?;
    let mut header = SnapshotHeader {
        checksum: 0,
        magic: MAGIC,
        format_version: SNAPSHOT_FORMAT_VERSION,
        semantics_version: SEMANTICS_VERSION,
        journal_id: position.journal_id,
        sequence: position.sequence,
        chain: position.chain,
        image_bytes: measured.bytes,
        image_sha256: measured.hasher.finalize().into(),
        origin: origin as u8,
        reserved: [0; 39],
    };
    header.checksum = xxh3_64(&header.as_bytes()[CHECKSUM_BYTES..]);
    file.seek(SeekFrom::Start(0))?;
    file.write_all(header.as_bytes())?;
    file.sync_all()
}

/// Reads a snapshot's header. Whether its image is whole is not looked at.
pub fn summary(path: &Path) -> Result<Summary, JournalError> {
    let mut file = File::open(path).map_err(JournalError::io("read", path))?;
    let file_bytes = file.metadata().map_err(JournalError::io("read", path))?.len();
    let header = read_header(&mut file, file_bytes, path)?;
    // Unknown ones are kept, as if they had been asked for.
    let origin = if header.origin == Origin::Stop as u8 { Origin::Stop } else { Origin::Asked };
    let SnapshotHeader { semantics_version, image_sha256: state_hash, .. } = header;
    Ok(Summary { position: header.position(), semantics_version, state_hash, origin })
}

/// Reads a snapshot and checks every byte of it.
pub fn read(path: &Path) -> Result<Snapshot, JournalError> {
    let mut file = File::open(path).map_err(JournalError::io("read", path))?;
    let file_bytes = file.metadata().map_err(JournalError::io("read", path))?.len();
    let header = read_header(&mut file, file_bytes, path)?;
    let image_bytes = file_bytes - HEADER_BYTES as u64;
    if image_bytes != header.image_bytes {
        let defect = Defect::Length { expected: header.image_bytes, found: image_bytes };
        return Err(JournalError::corrupt(path, HEADER_BYTES as u64, defect));
    }
    let mut hasher = Sha256::new();
    io::copy(&mut file, &mut hasher).map_err(JournalError::io("read", path))?;
    let state_hash = hasher.finalize().into();
    if header.image_sha256 != state_hash {
        return Err(JournalError::corrupt(path, HEADER_BYTES as u64, Defect::ImageHash));
    }
    file.seek(SeekFrom::Start(HEADER_BYTES as u64)).map_err(JournalError::io("read", path))?;
    Ok(Snapshot { position: header.position(), state_hash, image: file })
}

/// The header, if it is whole and of versions that are known.
fn read_header(file: &mut File, file_bytes: u64, path: &Path) -> Result<SnapshotHeader, JournalError> {
    let corrupt = |defect| JournalError::corrupt(path, 0, defect);
    if file_bytes < HEADER_BYTES as u64 {
        return Err(corrupt(Defect::Length { expected: HEADER_BYTES as u64, found: file_bytes }));
    }
    let mut header = SnapshotHeader::new_zeroed();
    file.read_exact(header.as_mut_bytes()).map_err(JournalError::io("read", path))?;
    if header.magic != MAGIC {
        return Err(corrupt(Defect::Magic("snapshot")));
    }
    versions::check_snapshot_format(header.format_version).map_err(JournalError::version(path))?;
    let expected = xxh3_64(&header.as_bytes()[CHECKSUM_BYTES..]);
    if header.checksum != expected {
        return Err(corrupt(Defect::Checksum { what: "snapshot header", expected, found: header.checksum }));
    }
    versions::check_image(header.semantics_version).map_err(JournalError::version(path))?;
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::tempdir;

    const POSITION: Position = Position { journal_id: 3, sequence: 700, chain: 9 };

    fn image(bytes: &'static [u8]) -> impl FnOnce(&mut dyn Write) -> io::Result<()> {
        |out| out.write_all(bytes)
    }

    #[test]
    fn a_snapshot_reads_back_and_the_newest_comes_first() {
        let directory = tempdir().unwrap();
        let old = write(directory.path(), &Position { sequence: 99, ..POSITION }, Origin::Stop, image(b"old")).unwrap();
        let new = write(directory.path(), &POSITION, Origin::Asked, image(b"new")).unwrap();
        fs::write(directory.path().join("snapshot-5.img"), b"not ours").unwrap();
        assert_eq!(list(directory.path()).unwrap(), [new.clone(), old]);
        assert_eq!(
            [&new, &list(directory.path()).unwrap()[1]].map(|path| summary(path).unwrap().origin),
            [Origin::Asked, Origin::Stop]
        );
        assert_eq!(summary(&new).unwrap().position, POSITION);
        let snapshot = read(&new).unwrap();
        assert_eq!(snapshot.position, POSITION);
        assert_eq!(snapshot.state_hash, <[u8; 32]>::from(Sha256::digest(b"new")));
        assert_eq!(io::read_to_string(snapshot.into_image()).unwrap(), "new");
        assert!(!directory.path().join(PARTIAL_NAME).exists());
    }

    #[test]
    fn a_snapshot_that_can_not_be_written_leaves_nothing() {
        let directory = tempdir().unwrap();
        let full = |out: &mut dyn Write| out.write_all(b"half").and(Err(io::ErrorKind::StorageFull.into()));
        assert!(matches!(write(directory.path(), &POSITION, Origin::Stop, full), Err(JournalError::Io { .. })));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0);
    }

    #[test]
    fn every_single_bit_and_every_truncation_is_noticed() {
        let directory = tempdir().unwrap();
        let path = write(directory.path(), &POSITION, Origin::Asked, image(b"image")).unwrap();
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
        let path = write(directory.path(), &POSITION, Origin::Asked, image(b"image")).unwrap();
        for (offset, found, expected) in [
            (16, 7, "snapshot format version 7 is newer"),
            (16, 0, "snapshot format version 0 is older"),
            (20, 7, "semantics version 7 is newer"),
            (20, 1, "semantics version 1 is older"),
        ] {
            let mut bytes = fs::read(&path).unwrap();
            bytes[offset] = found;
            let checksum = xxh3_64(&bytes[CHECKSUM_BYTES..HEADER_BYTES]);
            bytes[..CHECKSUM_BYTES].copy_from_slice(&checksum.to_le_bytes());
            let other = directory.path().join("other");
            fs::write(&other, bytes).unwrap();
            for error in [read(&other).err().unwrap(), summary(&other).unwrap_err()] {
                assert!(matches!(error, JournalError::Version { .. }));
                assert!(error.to_string().contains(expected), "{error}");
            }
        }
    }
}
