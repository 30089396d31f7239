//! The bytes of a tape, in order and unpacked, a window of them at a time.

use super::{TapeError, ZSTD_MAGIC};
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// More than any message is long.
const WINDOW: usize = 256 << 10;
const GZIP: [u8; 2] = [0x1f, 0x8b];

type Packed = Box<dyn Read + Send + Sync>;

/// Is asked now and then while a pipe has nothing to be read; an error ends that.
pub type WhileWaiting = fn() -> Result<(), Abandoned>;

/// Nobody waits for a pipe any more, for a reason that the reader knows.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Abandoned(pub Box<dyn std::error::Error + Send + Sync>);

impl Abandoned {
    /// Why nothing more was read, if it is that.
    pub fn within(error: &io::Error) -> Option<&Abandoned> {
        error.get_ref()?.downcast_ref()
    }
}

const WAIT: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

pub struct Source {
    reader: Packed,
    is_packed: bool,
    window: Box<[u8]>,
    start: usize,
    end: usize,
    /// Of `window[start]` among the unpacked bytes.
    offset: u64,
    file_bytes: u64,
    read_bytes: Arc<AtomicU64>,
}

/// A file within an archive (ZIP): where its bytes lie there, and how.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub offset: u64,
    pub bytes: u64,
    pub is_deflated: bool,
    /// Of what is packed.
    pub crc32: u32,
}

impl Source {
    /// A file or pipe as it is, or unpacked if it is packed by gzip, or by zstd in a build that reads what is packed so.
    pub fn open(path: &Path, while_waiting: WhileWaiting) -> Result<Source, TapeError> {
        let file = File::open(path)?;
        let (file_bytes, is_file) = (file.metadata()?.len(), file.metadata()?.is_file());
        let file: Packed = if is_file { Box::new(file) } else { Box::new(Pipe { file, while_waiting }) };
        let read_bytes = Arc::default();
        let counted = Counted { file, read_bytes: Arc::clone(&read_bytes) };
        Ok(Source { file_bytes, read_bytes, ..Source::unpack(Box::new(counted), false)? })
    }

    /// A part of an archive, which may be packed by gzip once more.
    pub fn open_part(path: &Path, part: &Part) -> Result<Source, TapeError> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(part.offset))?;
        let read_bytes = Arc::default();
        let counted = Counted { file: file.take(part.bytes), read_bytes: Arc::clone(&read_bytes) };
        let unpacked: Packed = if part.is_deflated {
            Box::new(DeflateDecoder::new(BufReader::with_capacity(WINDOW / 4, counted)))
        } else {
            Box::new(counted)
        };
        let checked = Checked { reader: unpacked, crc32: crc32fast::Hasher::new(), expected: part.crc32 };
        Ok(Source { file_bytes: part.bytes, read_bytes, ..Source::unpack(Box::new(checked), true)? })
    }

    fn unpack(mut reader: Packed, is_packed: bool) -> Result<Source, TapeError> {
        let mut magic = Vec::new();
        let read = reader.by_ref().take(ZSTD_MAGIC.len() as u64).read_to_end(&mut magic);
        if let Err(error) = &read
            && is_packed
            && Abandoned::within(error).is_none()
        {
            return Err(TapeError::Packed { offset: 0, what: error.to_string() });
        }
        read?;
        let (is_gzip, is_zstd) = (magic.starts_with(&GZIP), cfg!(feature = "dbn") && magic == ZSTD_MAGIC);
        let whole: Packed = Box::new(Cursor::new(magic).chain(reader));
        let reader: Packed = if is_zstd {
            unpacked_by_zstd(whole)?
        } else if is_gzip {
            Box::new(MultiGzDecoder::new(BufReader::with_capacity(WINDOW / 4, whole)))
        } else {
            whole
        };
        Ok(Source { is_packed: is_packed || is_gzip || is_zstd, ..Source::of(reader) })
    }

    /// Bytes that need no unpacking.
    pub fn of(reader: Packed) -> Source {
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
                Err(error) if self.is_packed && Abandoned::within(&error).is_none() => {
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
fn unpacked_by_zstd(packed: Packed) -> io::Result<Packed> {
    Ok(Box::new(zstd::stream::read::Decoder::new(packed)?))
}

#[cfg(not(feature = "dbn"))]
fn unpacked_by_zstd(_packed: Packed) -> io::Result<Packed> {
    unreachable!("nothing is recognised as packed so")
}

struct Counted<R> {
    file: R,
    read_bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read_bytes.fetch_add(count as u64, Relaxed);
        Ok(count)
    }
}

/// A file from which nothing may come for a while.
struct Pipe {
    file: File,
    while_waiting: WhileWaiting,
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Ok(0) | Err(Errno::INTR) = poll(&mut [PollFd::new(&self.file, PollFlags::IN)], Some(&WAIT)) {
            (self.while_waiting)().map_err(io::Error::other)?;
        }
        self.file.read(buffer)
    }
}

/// Bytes whose checksum is known.
struct Checked {
    reader: Packed,
    crc32: crc32fast::Hasher,
    expected: u32,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.crc32.update(&buffer[..count]);
        if count == 0 && !buffer.is_empty() && self.crc32.clone().finalize() != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong"));
        }
        Ok(count)
    }
}
