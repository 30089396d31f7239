//! The bytes of a tape, in order and unpacked, a window of them at a time.

use super::{TapeError, ZSTD_MAGIC};
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Chain, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// More than any message is long.
const WINDOW: usize = 256 << 10;
const GZIP: [u8; 2] = [0x1f, 0x8b];

pub struct Source {
    reader: Box<dyn Read + Send + Sync>,
    is_packed: bool,
    window: Box<[u8]>,
    start: usize,
    end: usize,
    /// Of `window[start]` among the unpacked bytes.
    offset: u64,
    file_bytes: u64,
    read_bytes: Arc<AtomicU64>,
}

impl Source {
    /// A file or pipe as it is, or unpacked if it is packed by gzip, or by zstd in a build that reads what is packed so.
    pub fn open(path: &Path) -> Result<Source, TapeError> {
        let mut file = File::open(path)?;
        let file_bytes = file.metadata()?.len();
        let mut magic = Vec::new();
        file.by_ref().take(ZSTD_MAGIC.len() as u64).read_to_end(&mut magic)?;
        let (is_gzip, is_zstd) = (magic.starts_with(&GZIP), cfg!(feature = "dbn") && magic == ZSTD_MAGIC);
        let is_packed = is_gzip || is_zstd;
        let read_bytes = Arc::new(AtomicU64::new(0));
        let counted = Counted { file: Cursor::new(magic).chain(file), read_bytes: read_bytes.clone() };
        let reader: Box<dyn Read + Send + Sync> = if is_zstd {
            unpacked_by_zstd(counted)?
        } else if is_gzip {
            Box::new(MultiGzDecoder::new(BufReader::with_capacity(WINDOW / 4, counted)))
        } else {
            Box::new(counted)
        };
        Ok(Source { is_packed, file_bytes, read_bytes, ..Source::of(reader) })
    }

    /// Bytes that need no unpacking.
    pub fn of(reader: Box<dyn Read + Send + Sync>) -> Source {
        Source {
            reader,
            is_packed: false,
            window: vec![0; WINDOW].into(),
            start: 0,
            end: 0,
            offset: 0,
            file_bytes: 0,
            read_bytes: Arc::default(),
        }
    }

    /// What comes next: at least so many bytes (no more than the window holds) unless the tape ends before.
    #[inline]
    pub fn peek(&mut self, wanted: usize) -> Result<&[u8], TapeError> {
        if self.end - self.start < wanted {
            self.fill(wanted)?;
        }
        Ok(&self.window[self.start..self.end])
    }

    #[cold]
    fn fill(&mut self, wanted: usize) -> Result<(), TapeError> {
        self.window.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        while self.end < wanted {
            match self.reader.read(&mut self.window[self.end..]) {
                Ok(0) => break,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if self.is_packed => {
                    let offset = self.offset + self.end as u64;
                    return Err(TapeError::Packed { offset, what: error.to_string() });
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Goes on behind so many bytes of what was seen.
    #[inline]
    pub fn skip(&mut self, count: usize) {
        debug_assert!(count <= self.end - self.start);
        self.start += count;
        self.offset += count as u64;
    }

    /// How many unpacked bytes have been skipped.
    #[inline]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// How much of the file has been read, and its length: bytes as they lie on the disk.
    pub fn progress(&self) -> (u64, u64) {
        (self.read_bytes.load(Relaxed), self.file_bytes)
    }
}

#[cfg(feature = "dbn")]
fn unpacked_by_zstd(counted: Counted) -> io::Result<Box<dyn Read + Send + Sync>> {
    Ok(Box::new(zstd::stream::read::Decoder::new(counted)?))
}

#[cfg(not(feature = "dbn"))]
fn unpacked_by_zstd(_counted: Counted) -> io::Result<Box<dyn Read + Send + Sync>> {
    unreachable!("nothing is recognised as packed so")
}

struct Counted {
    file: Chain<Cursor<Vec<u8>>, File>,
    read_bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read_bytes.fetch_add(count as u64, Relaxed);
        Ok(count)
    }
}
