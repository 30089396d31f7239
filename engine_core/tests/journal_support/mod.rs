//! What the journal's tests share: histories to write, damage to do, and a disk that fails on request.
#![allow(dead_code, reason = "every test binary uses a part of it")]

use engine_core::command::{Cancel, CommandBuffer, CreateInstrument, Place as PlaceOrder};
use engine_core::journal::{
    DirectoryLock, Durability, FileSystem, Journal, JournalConfig, JournalError, Position, SECTOR_BYTES, SegmentFile,
    Storage,
};
use engine_core::types::Genesis;
use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Small enough that a few batches fill a segment.
pub const SMALL_SEGMENT: u64 = 8_192;

pub fn config(segment_bytes: u64) -> JournalConfig {
    JournalConfig { durability: Durability::Sync, segment_bytes, genesis: Genesis::default() }
}

/// The command of a history at `sequence`: like no other, so that a wrong one is noticed, and longer or shorter than its neighbours.
pub fn command(sequence: u64) -> CommandBuffer {
    let noise = |word: u32| sequence.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(word);
    let characters = [noise(1).to_le_bytes(); 5].concat();
    let client_order_id = &characters[..1 + noise(7) as usize % 36];
    let client_order_id_len = client_order_id.len() as u8;
    let account = sequence as u32 % 97;
    let mut command = match sequence % 4 {
        0 => CommandBuffer::new(account, &Cancel { order_id: noise(2), ..Cancel::EMPTY }),
        1 => {
            let order_id = noise(3);
            let body = CreateInstrument { lot_size: order_id as i64, max_price: 1, ..CreateInstrument::EMPTY };
            CommandBuffer::new(account, &body)
        }
        _ => {
            let (price, quantity) = (noise(3) as i64, noise(4) as i64);
            let body = PlaceOrder { price, quantity, client_order_id_len, ..PlaceOrder::EMPTY };
            CommandBuffer::with_text(account, &body, client_order_id)
        }
    };
    command.set_key(noise(5) as u32);
    command.set_timestamp_ns(1_000 + sequence / 3);
    command
}

/// Bytes of the commands of a history from `first` to `last`.
pub fn command_bytes(first: u64, last: u64) -> u64 {
    (first..=last).map(|sequence| size_of_val(command(sequence).command().words()) as u64).sum()
}

pub fn assert_history(commands: &[CommandBuffer], last: u64) {
    assert_history_from(1, commands, last);
}

pub fn assert_history_from(first: u64, commands: &[CommandBuffer], last: u64) {
    assert_eq!(commands.len() as u64, last + 1 - first, "number of commands");
    for (found, sequence) in commands.iter().zip(first..) {
        assert_eq!(found.command().words(), command(sequence).command().words(), "command {sequence}");
    }
}

pub fn open_with(
    directory: &Path,
    config: &JournalConfig,
    storage: Arc<dyn Storage>,
    after: Option<Position>,
) -> Result<(Journal, Vec<CommandBuffer>), JournalError> {
    let mut replayed = Vec::new();
    let lock = DirectoryLock::acquire(directory)?;
    let journal = Journal::open(lock, config, storage, after, |commands| {
        replayed.extend(commands.map(CommandBuffer::copy_of));
    })?;
    Ok((journal, replayed))
}

pub fn open(directory: &Path, segment_bytes: u64) -> Result<(Journal, Vec<CommandBuffer>), JournalError> {
    open_with(directory, &config(segment_bytes), Arc::new(FileSystem), None)
}

/// Appends the next commands of the history as one batch and waits until they are durable.
pub fn append_batch(journal: &mut Journal, records: u64) -> Result<(), JournalError> {
    let first = journal.durable_sequence() + 1;
    (first..first + records).for_each(|sequence| journal.append(sequence, command(sequence).command()));
    journal.commit_waiting()?;
    journal.wait_durable(first + records - 1)
}

/// Where a batch lies on disk.
#[derive(Clone, Debug)]
pub struct Place {
    pub segment: PathBuf,
    pub offset: u64,
    pub bytes: u64,
    pub last_sequence: u64,
}

/// Writes batches of these sizes, closes the journal, and says where each lies.
pub fn write_journal(directory: &Path, segment_bytes: u64, batches: &[u64]) -> Vec<Place> {
    let (mut journal, _) = open(directory, segment_bytes).unwrap();
    for records in batches {
        append_batch(&mut journal, *records).unwrap();
    }
    drop(journal);
    places(directory, segment_bytes, batches)
}

/// The writer's placement, computed anew: a batch starts where the last one ended, or a new segment if it does not fit.
pub fn places(directory: &Path, segment_bytes: u64, batches: &[u64]) -> Vec<Place> {
    let sector = SECTOR_BYTES as u64;
    let (mut first, mut segment_first, mut offset) = (1, 1, sector);
    let mut places = Vec::new();
    for records in batches {
        let bytes = (64 + command_bytes(first, first + records - 1)).next_multiple_of(sector);
        if offset + bytes > segment_bytes {
            (segment_first, offset) = (first, sector);
        }
        let segment = segment_path(directory, segment_first);
        places.push(Place { segment, offset, bytes, last_sequence: first + records - 1 });
        (first, offset) = (first + records, offset + bytes);
    }
    places
}

pub fn segment_path(directory: &Path, first_sequence: u64) -> PathBuf {
    directory.join(format!("journal-{first_sequence:020}.log"))
}

/// Segment files, oldest first.
pub fn segments(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ext| ext == "log")).collect();
    found.sort();
    found
}

pub fn overwrite(path: &Path, offset: u64, bytes: &[u8]) {
    OpenOptions::new().write(true).open(path).unwrap().write_all_at(bytes, offset).unwrap();
}

pub fn read(path: &Path, offset: u64, bytes: u64) -> Vec<u8> {
    let mut buffer = vec![0; bytes as usize];
    fs::File::open(path).unwrap().read_exact_at(&mut buffer, offset).unwrap();
    buffer
}

pub fn flip_bit(path: &Path, offset: u64, bit: u8) {
    let byte = read(path, offset, 1)[0];
    overwrite(path, offset, &[byte ^ (1 << bit)]);
}

pub fn truncate(path: &Path, length: u64) {
    OpenOptions::new().write(true).open(path).unwrap().set_len(length).unwrap();
}

/// Where the versions stand in the header of a segment or a snapshot.
pub const FORMAT_VERSION: u64 = 16;
pub const SEMANTICS_VERSION: u64 = 20;

/// Makes the file one of another version, its header's checksum being right.
pub fn set_version(path: &Path, offset: u64, version: u32) {
    overwrite(path, offset, &version.to_le_bytes());
    let header_bytes =
        if path.extension().is_some_and(|extension| extension == "img") { 128 } else { SECTOR_BYTES as u64 };
    let header = read(path, 8, header_bytes - 8);
    overwrite(path, 0, &xxhash_rust::xxh3::xxh3_64(&header).to_le_bytes());
}

/// All files of a directory with their contents, to see that nothing was changed. The lock file is always there and empty.
pub fn contents(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let paths = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let mut contents: Vec<_> = paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    contents.sort();
    contents
}

/// The one operation that a [`FaultyDisk`] lets go wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The batch write of this number (from 0) writes so many bytes and then fails with EIO.
    TornWrite { batch: usize, kept: usize },
    /// The batch write of this number fails with ENOSPC.
    NoSpace { batch: usize },
    /// The sync after the batch write of this number fails with EIO.
    FailedSync { batch: usize },
    /// Reserving space for the file of this number (from 0) fails with ENOSPC.
    NoSpaceToPrepare { file: usize },
    /// Nothing fails, but no write takes more than so many bytes.
    ShortWrites { bytes: usize },
    /// Space can not be reserved on this file system.
    NoAllocate,
}

/// The file system, with one fault.
pub struct FaultyDisk {
    shared: Arc<Shared>,
}

struct Shared {
    fault: Fault,
    batches_written: AtomicUsize,
    files_created: AtomicUsize,
    log: Mutex<Vec<&'static str>>,
}

struct FaultyFile {
    file: Box<dyn SegmentFile>,
    number: usize,
    holds_batches: AtomicBool,
    shared: Arc<Shared>,
}

impl FaultyDisk {
    pub fn new(fault: Fault) -> FaultyDisk {
        FaultyDisk {
            shared: Arc::new(Shared {
                fault,
                batches_written: AtomicUsize::new(0),
                files_created: AtomicUsize::new(0),
                log: Mutex::new(Vec::new()),
            }),
        }
    }

    /// Batch writes that reached the disk, whole or not.
    pub fn batches_written(&self) -> usize {
        self.shared.batches_written.load(Ordering::SeqCst)
    }

    /// Batch writes and the syncs of files that hold batches, in order.
    pub fn log(&self) -> Vec<&'static str> {
        self.shared.log.lock().unwrap().clone()
    }

    fn wrap(&self, file: Box<dyn SegmentFile>) -> Box<dyn SegmentFile> {
        let number = self.shared.files_created.fetch_add(1, Ordering::SeqCst);
        Box::new(FaultyFile { file, number, holds_batches: AtomicBool::new(false), shared: Arc::clone(&self.shared) })
    }
}

impl Storage for FaultyDisk {
    fn create(&self, path: &Path) -> io::Result<Box<dyn SegmentFile>> {
        FileSystem.create(path).map(|file| self.wrap(file))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn SegmentFile>> {
        FileSystem.open(path).map(|file| self.wrap(file))
    }
}

fn is_batch(bytes: &[u8]) -> bool {
    bytes.get(8..16) == Some(b"PYEBATCH")
}

fn os_error(errno: rustix::io::Errno) -> io::Error {
    errno.into()
}

impl SegmentFile for FaultyFile {
    fn allocate(&self, bytes: u64) -> io::Result<bool> {
        match self.shared.fault {
            Fault::NoSpaceToPrepare { file } if file == self.number => Err(os_error(rustix::io::Errno::NOSPC)),
            Fault::NoAllocate => Ok(false),
            _ => self.file.allocate(bytes),
        }
    }

    fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        if let Fault::ShortWrites { bytes: most } = self.shared.fault {
            return self.file.write_at(&bytes[..bytes.len().min(most)], offset);
        }
        if !is_batch(bytes) {
            return self.file.write_at(bytes, offset);
        }
        self.holds_batches.store(true, Ordering::SeqCst);
        let number = self.shared.batches_written.fetch_add(1, Ordering::SeqCst);
        self.shared.log.lock().unwrap().push("write");
        match self.shared.fault {
            Fault::TornWrite { batch, kept } if batch == number => {
                self.file.write_at(&bytes[..kept.min(bytes.len())], offset)?;
                Err(os_error(rustix::io::Errno::IO))
            }
            Fault::NoSpace { batch } if batch == number => Err(os_error(rustix::io::Errno::NOSPC)),
            _ => self.file.write_at(bytes, offset),
        }
    }

    fn sync(&self) -> io::Result<()> {
        if !self.holds_batches.load(Ordering::SeqCst) {
            return self.file.sync();
        }
        self.shared.log.lock().unwrap().push("sync");
        match self.shared.fault {
            Fault::FailedSync { batch } if self.shared.batches_written.load(Ordering::SeqCst) == batch + 1 => {
                Err(os_error(rustix::io::Errno::IO))
            }
            _ => self.file.sync(),
        }
    }
}
