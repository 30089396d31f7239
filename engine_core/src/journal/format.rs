//! The bytes of a journal segment, drawn in `docs/journal-format.md`. Pure: no IO, no clock, no thread.

use super::error::Defect;
use crate::command::{COMMAND_LEN, Command};
use crate::types::SEMANTICS_VERSION;
use xxhash_rust::xxh3::xxh3_64_with_seed;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

pub const FORMAT_VERSION: u32 = 1;
/// Headers and batches start on multiples of this. It is the smallest unit that disks write atomically, so a torn
/// write can not touch an acknowledged batch: no two batches share a sector.
pub const SECTOR_BYTES: usize = 512;
/// Most commands in one batch: 1.5 MiB, which a disk of 250 MB/s writes in 6 ms.
pub const MAX_BATCH_RECORDS: usize = 16_384;
/// A header and one small batch still fit; anything smaller would be a mistake in the configuration.
pub const SEGMENT_BYTES_MIN: u64 = 4_096;
/// Bounds what recovery reads and the disk space taken ahead of need.
pub const SEGMENT_BYTES_MAX: u64 = 1 << 32;
pub const SEGMENT_BYTES_DEFAULT: u64 = 64 << 20;

const SEGMENT_MAGIC: [u8; 8] = *b"PYEJOURN";
const BATCH_MAGIC: [u8; 8] = *b"PYEBATCH";
const CHECKSUM_BYTES: usize = 8;

/// Eight-byte aligned, so that the records of a batch can be read in place.
pub(crate) type Sector = [u64; SECTOR_BYTES / 8];

/// The first sector of a segment.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct SegmentHeader {
    /// XXH3-64 of the rest of the sector.
    checksum: u64,
    magic: [u8; 8],
    format_version: u32,
    semantics_version: u32,
    /// Random, the same in every file of one journal: a client can not forge a batch inside its own commands.
    pub journal_id: u64,
    pub first_sequence: u64,
    /// Chain value before the first batch.
    pub chain: u64,
    /// Length of the file.
    pub segment_bytes: u64,
    reserved: [u64; 57],
}

/// Precedes the records of a batch (one group commit).
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub(crate) struct BatchHeader {
    /// XXH3-64, seeded with `previous`, of the rest of the batch up to the sector boundary. Also its chain value.
    pub checksum: u64,
    magic: [u8; 8],
    journal_id: u64,
    /// Chain value of the batch before.
    pub previous: u64,
    pub first_sequence: u64,
    /// Last sequence that was known to be on disk when this batch was written.
    pub synced_sequence: u64,
    pub records: u32,
    reserved: u32,
    reserved_too: u64,
}

pub(crate) const BATCH_HEADER_BYTES: usize = size_of::<BatchHeader>();

const _: () = assert!(size_of::<SegmentHeader>() == SECTOR_BYTES);
const _: () = assert!(size_of::<Sector>() == SECTOR_BYTES);
const _: () = assert!(BATCH_HEADER_BYTES == 64);
const _: () = assert!(BATCH_HEADER_BYTES.is_multiple_of(align_of::<Command>()));
const _: () = assert!(SEGMENT_BYTES_MIN as usize >= SECTOR_BYTES + batch_bytes(1));

/// Length on disk of a batch of `records`, padding included.
pub(crate) const fn batch_bytes(records: usize) -> usize {
    (BATCH_HEADER_BYTES + records * COMMAND_LEN).next_multiple_of(SECTOR_BYTES)
}

/// Most records of a batch in a segment of this length, a multiple of the sector.
pub(crate) fn batch_capacity(segment_bytes: u64) -> usize {
    let room = segment_bytes as usize - SECTOR_BYTES - BATCH_HEADER_BYTES;
    (room / COMMAND_LEN).min(MAX_BATCH_RECORDS)
}

/// Why a segment header was not accepted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum HeaderRefusal {
    Defect(Defect),
    FormatVersion(u32),
    SemanticsVersion(u32),
}

impl SegmentHeader {
    pub(crate) fn new(journal_id: u64, first_sequence: u64, chain: u64, segment_bytes: u64) -> SegmentHeader {
        let mut header = SegmentHeader {
            checksum: 0,
            magic: SEGMENT_MAGIC,
            format_version: FORMAT_VERSION,
            semantics_version: SEMANTICS_VERSION,
            journal_id,
            first_sequence,
            chain,
            segment_bytes,
            reserved: [0; 57],
        };
        header.checksum = header.computed_checksum();
        header
    }

    fn computed_checksum(&self) -> u64 {
        xxh3_64_with_seed(&self.as_bytes()[CHECKSUM_BYTES..], 0)
    }

    /// Judges the format version before the checksum: another format may compute another one.
    pub(crate) fn check(&self) -> Result<(), HeaderRefusal> {
        if self.magic != SEGMENT_MAGIC {
            return Err(HeaderRefusal::Defect(Defect::Magic("journal segment")));
        }
        if self.format_version != FORMAT_VERSION {
            return Err(HeaderRefusal::FormatVersion(self.format_version));
        }
        let expected = self.computed_checksum();
        if self.checksum != expected {
            let defect = Defect::Checksum { what: "segment header", expected, found: self.checksum };
            return Err(HeaderRefusal::Defect(defect));
        }
        if self.semantics_version != SEMANTICS_VERSION {
            return Err(HeaderRefusal::SemanticsVersion(self.semantics_version));
        }
        Ok(())
    }
}

impl BatchHeader {
    /// Length on disk, if this can be the header of a batch of the journal at all.
    pub(crate) fn plausible_bytes(&self, journal_id: u64) -> Option<usize> {
        let records = self.records as usize;
        let plausible =
            self.magic == BATCH_MAGIC && self.journal_id == journal_id && (1..=MAX_BATCH_RECORDS).contains(&records);
        plausible.then(|| batch_bytes(records))
    }

    pub(crate) fn last_sequence(&self) -> u64 {
        self.first_sequence + u64::from(self.records) - 1
    }
}

/// Whether `bytes`, a whole batch with its padding, are what was written. Says nothing about its place in the chain.
pub(crate) fn batch_is_whole(header: &BatchHeader, bytes: &[u8]) -> bool {
    header.first_sequence.checked_add(u64::from(header.records)).is_some()
        && xxh3_64_with_seed(&bytes[CHECKSUM_BYTES..], header.previous) == header.checksum
}

/// The records of a whole batch, in place.
pub(crate) fn batch_records<'a>(header: &BatchHeader, bytes: &'a [u8]) -> &'a [Command] {
    let records = &bytes[BATCH_HEADER_BYTES..BATCH_HEADER_BYTES + header.records as usize * COMMAND_LEN];
    <[Command]>::ref_from_bytes(records).expect("batches are sector-aligned in the buffer")
}

/// Records being gathered for one group commit. The buffer is allocated once and never grows.
pub(crate) struct Batch {
    sectors: Vec<Sector>,
    capacity: usize,
    records: usize,
    first_sequence: u64,
}

impl Batch {
    pub(crate) fn new(capacity: usize) -> Batch {
        let sectors = vec![[0; SECTOR_BYTES / 8]; batch_bytes(capacity) / SECTOR_BYTES];
        Batch { sectors, capacity, records: 0, first_sequence: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.records == 0
    }

    pub(crate) fn is_full(&self) -> bool {
        self.records == self.capacity
    }

    pub(crate) fn clear(&mut self) {
        self.records = 0;
    }

    #[inline]
    pub(crate) fn push(&mut self, command: &Command) {
        assert!(self.records < self.capacity, "back-pressure was ignored");
        if self.records == 0 {
            self.first_sequence = command.sequence;
        }
        assert!(command.sequence == self.first_sequence + self.records as u64, "sequences are consecutive");
        let at = BATCH_HEADER_BYTES + self.records * COMMAND_LEN;
        self.sectors.as_mut_bytes()[at..at + COMMAND_LEN].copy_from_slice(command.as_bytes());
        self.records += 1;
    }

    pub(crate) fn first_sequence(&self) -> u64 {
        self.first_sequence
    }

    pub(crate) fn last_sequence(&self) -> u64 {
        assert!(self.records > 0);
        self.first_sequence + self.records as u64 - 1
    }

    pub(crate) fn bytes_on_disk(&self) -> usize {
        batch_bytes(self.records)
    }

    /// Writes header, padding and checksum; returns the bytes to write and the new chain value.
    pub(crate) fn seal(&mut self, journal_id: u64, previous: u64, synced_sequence: u64) -> (&[u8], u64) {
        assert!(self.records > 0 && synced_sequence < self.first_sequence);
        let header = BatchHeader {
            checksum: 0,
            magic: BATCH_MAGIC,
            journal_id,
            previous,
            first_sequence: self.first_sequence,
            synced_sequence,
            records: self.records as u32,
            reserved: 0,
            reserved_too: 0,
        };
        let end = batch_bytes(self.records);
        let bytes = &mut self.sectors.as_mut_bytes()[..end];
        bytes[..BATCH_HEADER_BYTES].copy_from_slice(header.as_bytes());
        bytes[BATCH_HEADER_BYTES + self.records * COMMAND_LEN..].fill(0);
        let checksum = xxh3_64_with_seed(&bytes[CHECKSUM_BYTES..], previous);
        bytes[..CHECKSUM_BYTES].copy_from_slice(&checksum.to_le_bytes());
        (bytes, checksum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::kind;

    fn command(sequence: u64) -> Command {
        let mut command = Command::new(kind::CANCEL, 7, &[sequence; 9]);
        command.sequence = sequence;
        command
    }

    fn sealed(records: u64) -> Vec<Sector> {
        let mut batch = Batch::new(64);
        (1..=records).for_each(|sequence| batch.push(&command(sequence)));
        let (bytes, _) = batch.seal(42, 5, 0);
        let mut sectors = vec![[0; 64]; bytes.len() / SECTOR_BYTES];
        sectors.as_mut_bytes().copy_from_slice(bytes);
        sectors
    }

    fn header_of(sectors: &[Sector]) -> BatchHeader {
        BatchHeader::read_from_prefix(sectors.as_bytes()).unwrap().0
    }

    #[test]
    fn a_sealed_batch_reads_back_in_place() {
        let sectors = sealed(11);
        let header = header_of(&sectors);
        assert_eq!(header.plausible_bytes(42), Some(sectors.as_bytes().len()));
        assert_eq!(header.plausible_bytes(43), None);
        assert!(batch_is_whole(&header, sectors.as_bytes()));
        let records = batch_records(&header, sectors.as_bytes());
        assert_eq!(records.iter().map(|record| record.sequence).collect::<Vec<_>>(), (1..=11).collect::<Vec<_>>());
    }

    #[test]
    fn every_single_bit_of_a_batch_counts_padding_included() {
        let sectors = sealed(3);
        for bit in 0..sectors.as_bytes().len() * 8 {
            let mut damaged = sectors.clone();
            damaged.as_mut_bytes()[bit / 8] ^= 1 << (bit % 8);
            let header = header_of(&damaged);
            let whole = header.plausible_bytes(42) == Some(damaged.as_bytes().len())
                && batch_is_whole(&header, damaged.as_bytes());
            assert!(!whole, "bit {bit} went unnoticed");
        }
    }

    #[test]
    fn a_reused_buffer_leaves_no_stale_bytes_in_the_padding() {
        let mut batch = Batch::new(64);
        (1..=64).for_each(|sequence| batch.push(&command(sequence)));
        batch.seal(42, 5, 0);
        batch.clear();
        batch.push(&command(65));
        let (bytes, _) = batch.seal(42, 6, 64);
        assert!(bytes[BATCH_HEADER_BYTES + COMMAND_LEN..].iter().all(|byte| *byte == 0));
    }

    #[test]
    fn a_header_is_refused_in_this_order() {
        let good = SegmentHeader::new(1, 1, 1, SEGMENT_BYTES_MIN);
        let resealed = |mut header: SegmentHeader| {
            header.checksum = header.computed_checksum();
            header.check()
        };
        let magic = HeaderRefusal::Defect(Defect::Magic("journal segment"));
        assert_eq!(good.check(), Ok(()));
        assert_eq!(SegmentHeader { magic: *b"PYEBATCH", format_version: 9, ..good }.check(), Err(magic));
        let other_format = SegmentHeader { format_version: 9, checksum: 0, ..good };
        assert_eq!(other_format.check(), Err(HeaderRefusal::FormatVersion(9)));
        let damaged = SegmentHeader { semantics_version: 9, ..good };
        assert!(matches!(damaged.check(), Err(HeaderRefusal::Defect(Defect::Checksum { .. }))));
        assert_eq!(resealed(damaged), Err(HeaderRefusal::SemanticsVersion(9)));
    }

    #[test]
    fn a_full_batch_fits_the_smallest_segment() {
        for segment_bytes in [SEGMENT_BYTES_MIN, SEGMENT_BYTES_MIN + 512, 10_240, SEGMENT_BYTES_DEFAULT] {
            let capacity = batch_capacity(segment_bytes);
            assert!(capacity >= 1);
            assert!((SECTOR_BYTES + batch_bytes(capacity)) as u64 <= segment_bytes);
        }
    }
}
