//! The writer thread: seals batches, writes and syncs them, and moves on to the next segment.
//!
//! A sync into a file whose blocks were written before costs half of one into merely reserved blocks, because the file system
//! need not record that they are in use now. So the next segment is filled with zeros while the current one is in use, no
//! faster than that is used up: zeros written as fast as the disk goes would make every commit wait behind them.
//!
//! The first operation that fails ends it. A sync is never tried again: after a failed one the kernel may have dropped the
//! pages, and a second sync would succeed without them.

use super::Durability;
use super::directory::{prepared_path, segment_path, sync_directory};
use super::error::Failure;
use super::format::{Batch, SECTOR_BYTES, SegmentHeader};
use super::handoff::{Handoff, Work};
use super::reader::{Position, Tail};
use super::storage::{SegmentFile, Storage, write_all_at};
use super::times::Times;
use crate::types::Genesis;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use zerocopy::IntoBytes;

/// With durability `async`: how long the disk may lag behind when no more batches come.
const ASYNC_LAG: Duration = Duration::from_millis(50);
/// With durability `async`: how many bytes the disk may lag behind while they do.
const ASYNC_LAG_BYTES: u64 = 8 << 20;
/// Zeros written and synced at once ahead of need: the most that a batch's sync can have to wait behind.
const ZERO_STEP_BYTES: usize = 256 << 10;
/// How much faster the next segment is prepared than the current one is used: it is ready when that is half full.
const PREPARATION_PACE: u64 = 2;

/// The segment being appended to.
struct Current {
    path: PathBuf,
    file: Box<dyn SegmentFile>,
    segment_bytes: u64,
    offset: u64,
}

/// How and where a journal is written.
pub(crate) struct Setup {
    pub directory: PathBuf,
    pub storage: Arc<dyn Storage>,
    pub durability: Durability,
    pub segment_bytes: u64,
    pub genesis: Genesis,
}

pub(crate) struct Writer {
    setup: Setup,
    current: Current,
    next: Option<Preparation>,
    position: Position,
    synced_sequence: u64,
    unsynced_bytes: u64,
    times: Arc<Times>,
}

impl Writer {
    /// Takes over at the end of a recovered journal. Removes what is torn there, and writes again what was not known to be on
    /// disk: if an earlier process failed to sync it, the kernel may still show it to us and yet never put it on disk.
    /// A segment of older rules gets no more commands: the next one begins at once.
    pub(crate) fn resume(setup: Setup, tail: &Tail) -> Result<Writer, Failure> {
        let failed = |op| move |error| Failure::new(op, &tail.segment, &error);
        let file = setup.storage.open(&tail.segment).map_err(failed("open"))?;
        let unsynced = read_range(&tail.segment, tail.unsynced_offset, tail.offset).map_err(failed("read"))?;
        write_all_at(&*file, &unsynced, tail.unsynced_offset).map_err(failed("write"))?;
        write_zeros(&*file, tail.offset, tail.torn_bytes).map_err(failed("write"))?;
        file.sync().map_err(failed("sync"))?;
        let directory = &setup.directory;
        sync_directory(directory).map_err(|error| Failure::new("sync directory", directory, &error))?;
        let current =
            Current { path: tail.segment.clone(), file, segment_bytes: tail.segment_bytes, offset: tail.offset };
        let mut writer = Writer::new(setup, current, tail.position);
        if !tail.is_of_these_rules {
            writer.rotate()?;
        }
        Ok(writer)
    }

    /// Starts an empty journal: its first segment, header only.
    pub(crate) fn start(setup: Setup, journal_id: u64) -> Result<Writer, Failure> {
        let position = Position::genesis(journal_id);
        let file = prepare(&*setup.storage, &prepared_path(&setup.directory), setup.segment_bytes, &Pace::unbounded())?;
        let current = activate(&setup, file, &position)?;
        Ok(Writer::new(setup, current, position))
    }

    fn new(setup: Setup, current: Current, position: Position) -> Writer {
        let next = Some(Preparation::start(&setup, current.offset));
        let synced_sequence = position.sequence;
        Writer { setup, current, next, position, synced_sequence, unsynced_bytes: 0, times: Arc::default() }
    }

    pub(crate) fn position(&self) -> Position {
        self.position
    }

    pub(crate) fn times(&self) -> Arc<Times> {
        Arc::clone(&self.times)
    }

    /// The thread's work: until closed or failed.
    pub(crate) fn run(mut self, handoff: &Handoff) {
        if let Err(failure) = self.write_until_closed(handoff) {
            handoff.fail(failure);
        }
    }

    fn write_until_closed(&mut self, handoff: &Handoff) -> Result<(), Failure> {
        loop {
            match handoff.take((self.unsynced_bytes > 0).then_some(ASYNC_LAG)) {
                Work::Write(mut batch) => {
                    self.write(&mut batch)?;
                    handoff.complete(batch, self.position, self.synced_sequence);
                    if self.unsynced_bytes >= ASYNC_LAG_BYTES {
                        self.sync()?;
                    }
                }
                Work::Sync => {
                    self.sync()?;
                    handoff.synced(self.synced_sequence);
                }
                Work::Close => return self.sync(),
            }
        }
    }

    fn write(&mut self, batch: &mut Batch) -> Result<(), Failure> {
        assert!(batch.first_sequence() == self.position.sequence + 1, "batches follow one another");
        let length = batch.bytes_on_disk() as u64;
        if self.current.offset + length > self.current.segment_bytes {
            self.rotate()?;
        }
        let last_sequence = batch.last_sequence();
        let (bytes, chain) = batch.seal(self.position.journal_id, self.position.chain, self.synced_sequence);
        let began = Instant::now();
        write_all_at(&*self.current.file, bytes, self.current.offset)
            .map_err(|error| Failure::new("write", &self.current.path, &error))?;
        self.times.write.observe(began.elapsed());
        self.current.offset += length;
        self.next.as_ref().expect("always one in preparation").used(self.current.offset);
        self.unsynced_bytes += length;
        self.position.sequence = last_sequence;
        self.position.chain = chain;
        match self.setup.durability {
            Durability::Sync => self.sync(),
            Durability::Async => Ok(()),
        }
    }

    fn sync(&mut self) -> Result<(), Failure> {
        if self.unsynced_bytes > 0 {
            let began = Instant::now();
            self.current.file.sync().map_err(|error| Failure::new("sync", &self.current.path, &error))?;
            self.times.sync.observe(began.elapsed());
            self.unsynced_bytes = 0;
            self.synced_sequence = self.position.sequence;
        }
        Ok(())
    }

    /// The old segment is on disk before the new one has a name, so only the last segment can have a torn end. An old segment
    /// too small for even its first batch (segments have grown since) is empty, has the same name, and is replaced.
    fn rotate(&mut self) -> Result<(), Failure> {
        self.sync()?;
        let file = self.next.take().expect("always one in preparation").finish()?;
        self.current = activate(&self.setup, file, &self.position)?;
        self.next = Some(Preparation::start(&self.setup, self.current.offset));
        Ok(())
    }
}

/// Turns the prepared file into the segment that follows `position`. Its header is on disk before it has its name.
fn activate(setup: &Setup, file: Box<dyn SegmentFile>, position: &Position) -> Result<Current, Failure> {
    let Setup { directory, segment_bytes, genesis, .. } = setup;
    let prepared = prepared_path(directory);
    let first_sequence = position.sequence + 1;
    let header = SegmentHeader::new(*genesis, position.journal_id, first_sequence, position.chain, *segment_bytes);
    write_all_at(&*file, header.as_bytes(), 0).map_err(|error| Failure::new("write", &prepared, &error))?;
    file.sync().map_err(|error| Failure::new("sync", &prepared, &error))?;
    let path = segment_path(directory, first_sequence);
    fs::rename(&prepared, &path).map_err(|error| Failure::new("rename", &prepared, &error))?;
    sync_directory(directory).map_err(|error| Failure::new("sync directory", directory, &error))?;
    Ok(Current { path, file, segment_bytes: *segment_bytes, offset: SECTOR_BYTES as u64 })
}

/// How far a preparation may have got: up to a place in its file, or, once the file is wanted, no further than it has.
struct Pace {
    limit: AtomicU64,
}

/// A limit that says: stop.
const WANTED: u64 = u64::MAX;
/// A limit beyond any segment.
const UNBOUNDED: u64 = u64::MAX - 1;

impl Pace {
    fn unbounded() -> Pace {
        Pace { limit: AtomicU64::new(UNBOUNDED) }
    }

    fn after(used: u64) -> Pace {
        Pace { limit: AtomicU64::new(PREPARATION_PACE * used) }
    }

    /// Waits until the place may be passed. False: the file is wanted as it is.
    fn wait_for(&self, place: u64) -> bool {
        loop {
            match self.limit.load(Ordering::Acquire) {
                WANTED => return false,
                limit if place <= limit => return true,
                _ => thread::park(),
            }
        }
    }
}

/// The next segment, being made on a thread of its own.
struct Preparation {
    pace: Arc<Pace>,
    segment_bytes: u64,
    thread: Option<JoinHandle<Result<Box<dyn SegmentFile>, Failure>>>,
}

impl Preparation {
    /// `used`: how much of the current segment is.
    fn start(setup: &Setup, used: u64) -> Preparation {
        let pace = Arc::new(Pace::after(used));
        let (path, storage, shared) = (prepared_path(&setup.directory), Arc::clone(&setup.storage), Arc::clone(&pace));
        let segment_bytes = setup.segment_bytes;
        let thread = thread::spawn(move || prepare(&*storage, &path, segment_bytes, &shared));
        Preparation { pace, segment_bytes, thread: Some(thread) }
    }

    /// Lets the preparation go on, now that so much of the current segment is used.
    fn used(&self, used: u64) {
        let limit = PREPARATION_PACE * used;
        let before = self.pace.limit.swap(limit, Ordering::Release);
        if self.steps(before) != self.steps(limit) {
            self.wake();
        }
    }

    /// How many steps a limit lets be written. The last of a segment can be shorter than the others.
    fn steps(&self, limit: u64) -> u64 {
        if limit < self.segment_bytes { limit / ZERO_STEP_BYTES as u64 } else { u64::MAX }
    }

    fn wake(&self) {
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }

    fn stop(&mut self) -> Option<JoinHandle<Result<Box<dyn SegmentFile>, Failure>>> {
        self.pace.limit.store(WANTED, Ordering::Release);
        self.wake();
        self.thread.take()
    }

    /// Takes the file as far as it has got: what is not yet written is reserved, and reads as zeros too.
    fn finish(mut self) -> Result<Box<dyn SegmentFile>, Failure> {
        self.stop().expect("finished once").join().expect("preparing does not panic")
    }
}

impl Drop for Preparation {
    /// An unused file stays behind; the next start removes it.
    fn drop(&mut self) {
        if let Some(thread) = self.stop() {
            let _ = thread.join();
        }
    }
}

fn prepare(
    storage: &dyn Storage,
    path: &Path,
    segment_bytes: u64,
    pace: &Pace,
) -> Result<Box<dyn SegmentFile>, Failure> {
    let failed = |op| move |error| Failure::new(op, path, &error);
    let file = storage.create(path).map_err(failed("create"))?;
    let reserved = file.allocate(segment_bytes).map_err(failed("allocate"))?;
    let mut offset = 0;
    while offset < segment_bytes {
        let step = (ZERO_STEP_BYTES as u64).min(segment_bytes - offset);
        // A file that is not reserved has to be written whole, however much it is wanted.
        if !pace.wait_for(offset + step) && reserved {
            break;
        }
        write_zeros(&*file, offset, step).map_err(failed("write"))?;
        file.sync().map_err(failed("sync"))?;
        offset += step;
    }
    Ok(file)
}

fn write_zeros(file: &dyn SegmentFile, offset: u64, bytes: u64) -> std::io::Result<()> {
    let zeros = vec![0; ZERO_STEP_BYTES.min(bytes as usize)];
    let mut written = 0;
    while written < bytes {
        let step = zeros.len().min((bytes - written) as usize);
        write_all_at(file, &zeros[..step], offset + written)?;
        written += step as u64;
    }
    Ok(())
}

fn read_range(path: &Path, from: u64, to: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = vec![0; (to - from) as usize];
    std::os::unix::fs::FileExt::read_exact_at(&fs::File::open(path)?, &mut bytes, from)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::io;
    use std::os::unix::fs::FileExt;
    use tempfile::{TempDir, tempdir};

    const STEP: u64 = ZERO_STEP_BYTES as u64;
    /// No multiple of the step, so that the last one is shorter.
    const SEGMENT: u64 = 8 * STEP + 1_024;
    const PATIENCE: Duration = Duration::from_secs(30);

    /// A disk that tells how far a preparation has got, and that it kept to its pace.
    struct Watched {
        can_reserve: bool,
        /// Of the current segment: what the test has said is used. [`WANTED`] once the file is.
        used: AtomicU64,
        written: AtomicU64,
        unsynced: AtomicU64,
    }

    struct WatchedDisk(Arc<Watched>);
    struct WatchedFile(File, Arc<Watched>);

    impl Storage for WatchedDisk {
        fn create(&self, path: &Path) -> io::Result<Box<dyn SegmentFile>> {
            Ok(Box::new(WatchedFile(File::create_new(path)?, Arc::clone(&self.0))))
        }

        fn open(&self, _path: &Path) -> io::Result<Box<dyn SegmentFile>> {
            unreachable!("a preparation opens nothing")
        }
    }

    impl SegmentFile for WatchedFile {
        fn allocate(&self, bytes: u64) -> io::Result<bool> {
            if self.1.can_reserve {
                self.0.set_len(bytes)?;
            }
            Ok(self.1.can_reserve)
        }

        fn write_at(&self, bytes: &[u8], offset: u64) -> io::Result<usize> {
            let (used, end) = (self.1.used.load(Ordering::SeqCst), offset + bytes.len() as u64);
            assert!(end <= PREPARATION_PACE.saturating_mul(used), "{end} bytes written with {used} used");
            let unsynced = self.1.unsynced.fetch_add(bytes.len() as u64, Ordering::SeqCst) + bytes.len() as u64;
            assert!(unsynced <= STEP, "a sync has {unsynced} bytes to wait behind");
            let written = FileExt::write_at(&self.0, bytes, offset)?;
            self.1.written.store(offset + written as u64, Ordering::SeqCst);
            Ok(written)
        }

        fn sync(&self) -> io::Result<()> {
            self.1.unsynced.store(0, Ordering::SeqCst);
            Ok(())
        }
    }

    struct Bench {
        watched: Arc<Watched>,
        preparation: Preparation,
        directory: TempDir,
    }

    impl Bench {
        fn start(can_reserve: bool, used: u64) -> Bench {
            let directory = tempdir().unwrap();
            let (written, unsynced) = (AtomicU64::new(0), AtomicU64::new(0));
            let watched = Arc::new(Watched { can_reserve, used: AtomicU64::new(used), written, unsynced });
            let setup = Setup {
                directory: directory.path().to_owned(),
                storage: Arc::new(WatchedDisk(Arc::clone(&watched))),
                durability: Durability::Sync,
                segment_bytes: SEGMENT,
                genesis: Genesis::default(),
            };
            let preparation = Preparation::start(&setup, used);
            Bench { watched, preparation, directory }
        }

        fn used(&self, used: u64) {
            self.watched.used.store(used, Ordering::SeqCst);
            self.preparation.used(used);
        }

        /// Waits until so much is written. That it is no more is seen at every write.
        fn wait_written(&self, bytes: u64) {
            let started = Instant::now();
            while self.watched.written.load(Ordering::SeqCst) != bytes {
                assert!(started.elapsed() < PATIENCE, "{bytes} bytes are never written");
                thread::sleep(Duration::from_millis(1));
            }
        }

        /// Takes the file; how much of it was written, and what it holds.
        fn finish(self) -> (u64, Vec<u8>) {
            self.watched.used.store(WANTED, Ordering::SeqCst);
            self.preparation.finish().unwrap();
            let content = fs::read(prepared_path(self.directory.path())).unwrap();
            (self.watched.written.load(Ordering::SeqCst), content)
        }
    }

    #[test]
    fn the_next_segment_is_prepared_no_faster_than_the_pace() {
        let bench = Bench::start(true, SECTOR_BYTES as u64);
        for (used, written) in [
            (STEP / 2, STEP),
            (STEP, 2 * STEP),
            (STEP + 512, 2 * STEP),
            (3 * STEP - 512, 5 * STEP),
            (4 * STEP, 8 * STEP),
            (4 * STEP + 512, SEGMENT),
        ] {
            bench.used(used);
            bench.wait_written(written);
        }
        assert_eq!(bench.finish(), (SEGMENT, vec![0; SEGMENT as usize]));
    }

    #[test]
    fn a_segment_that_is_wanted_early_is_taken_as_it_is() {
        for written in [0, STEP, 3 * STEP] {
            let bench = Bench::start(true, written / 2);
            bench.wait_written(written);
            let (found, content) = bench.finish();
            assert_eq!((found, content.len() as u64), (written, SEGMENT), "the rest is reserved");
        }
    }

    #[test]
    fn without_a_reservation_a_segment_is_written_whole_however_much_it_is_wanted() {
        for used in [SECTOR_BYTES as u64, 2 * STEP] {
            assert_eq!(Bench::start(false, used).finish(), (SEGMENT, vec![0; SEGMENT as usize]));
        }
    }

    #[test]
    fn a_preparation_that_nobody_takes_ends() {
        let started = Instant::now();
        drop(Bench::start(true, SECTOR_BYTES as u64));
        assert!(started.elapsed() < PATIENCE);
    }
}
