//! The bytes of a journal segment, drawn in `docs/journal-format.md`. Pure: no IO, no clock, no thread.

use super::error::Defect;
use crate::command::{Command, MAX_COMMAND_LEN};
use crate::types::{ClientIdKey, Genesis};
use crate::types::{JOURNAL_FORMAT_VERSION, SEMANTICS_VERSION};
use crate::versions::{self, VersionRefusal};
use xxhash_rust::xxh3::xxh3_64_with_seed;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Headers and batches start on multiples of this. It is the smallest unit that disks write atomically, so a torn
/// write can not touch an acknowledged batch: no two batches share a sector.
pub const SECTOR_BYTES: usize = 512;
/// Most bytes of commands in one batch: what a disk of 250 MB/s writes in 6 ms.
pub const MAX_BATCH_BYTES: usize = 3 << 19;
/// A header and one small batch still fit; anything smaller would be a mistake in the configuration.
pub const SEGMENT_BYTES_MIN: u64 = 4_096;
/// Bounds what recovery reads and the disk space taken ahead of need.
pub const SEGMENT_BYTES_MAX: u64 = 1 << 32;
pub const SEGMENT_BYTES_DEFAULT: u64 = 16 << 20;

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
    pub semantics_version: u32,
    /// Random, the same in every file of one journal: a client can not forge a batch inside its own commands.
    pub journal_id: u64,
    pub first_sequence: u64,
    /// Chain value before the first batch.
    pub chain: u64,
    /// Length of the file.
    pub segment_bytes: u64,
    pub shard: u8,
    reserved: [u8; 3],
    pub max_open_orders: u32,
    pub client_id_key: ClientIdKey,
    reserved_too: [u64; 54],
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
    /// Length of the records.
    pub bytes: u32,
    reserved: u64,
}

pub(crate) const BATCH_HEADER_BYTES: usize = size_of::<BatchHeader>();

const _: () = assert!(size_of::<SegmentHeader>() == SECTOR_BYTES);
const _: () = assert!(size_of::<Sector>() == SECTOR_BYTES);
const _: () = assert!(BATCH_HEADER_BYTES == 64);
const _: () = assert!(BATCH_HEADER_BYTES.is_multiple_of(size_of::<u64>()));
const _: () = assert!(SEGMENT_BYTES_MIN as usize >= SECTOR_BYTES + batch_bytes(MAX_COMMAND_LEN));

/// Length on disk of a batch with so many bytes of commands, padding included.
pub(crate) const fn batch_bytes(command_bytes: usize) -> usize {
    (BATCH_HEADER_BYTES + command_bytes).next_multiple_of(SECTOR_BYTES)
}

/// Most bytes of commands of a batch in a segment of this length.
pub(crate) fn batch_capacity(segment_bytes: u64) -> usize {
    (segment_bytes as usize - SECTOR_BYTES - BATCH_HEADER_BYTES).min(MAX_BATCH_BYTES)
}

/// Why a segment header was not accepted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum HeaderRefusal {
    Defect(Defect),
    Version(VersionRefusal),
}

impl SegmentHeader {
    pub(crate) fn new(
        genesis: Genesis,
        journal_id: u64,
        first_sequence: u64,
        chain: u64,
        segment_bytes: u64,
    ) -> SegmentHeader {
        let mut header = SegmentHeader {
            checksum: 0,
            magic: SEGMENT_MAGIC,
            format_version: JOURNAL_FORMAT_VERSION,
            semantics_version: SEMANTICS_VERSION,
            journal_id,
            first_sequence,
            chain,
            segment_bytes,
            shard: genesis.shard,
            reserved: [0; 3],
            max_open_orders: genesis.max_open_orders,
            client_id_key: genesis.client_id_key,
            reserved_too: [0; 54],
        };
        header.checksum = header.computed_checksum();
        header
    }

    /// What the engine of this journal never changes.
    pub(crate) fn genesis(&self) -> Genesis {
        let SegmentHeader { shard, max_open_orders, client_id_key, .. } = *self;
        Genesis { shard, max_open_orders, client_id_key }
    }

    fn computed_checksum(&self) -> u64 {
        xxh3_64_with_seed(&self.as_bytes()[CHECKSUM_BYTES..], 0)
    }

    /// Whether this release may apply the commands of the segment.
    pub(crate) fn is_of_these_rules(&self) -> bool {
        self.semantics_version == SEMANTICS_VERSION
    }

    /// Judges the format version before the checksum: another format may compute another one. Older rules are nothing
    /// to refuse a header for: it depends on who wants the commands.
    pub(crate) fn check(&self) -> Result<(), HeaderRefusal> {
        if self.magic != SEGMENT_MAGIC {
            return Err(HeaderRefusal::Defect(Defect::Magic("journal segment")));
        }
        versions::check_journal_format(self.format_version).map_err(HeaderRefusal::Version)?;
        let expected = self.computed_checksum();
        if self.checksum != expected {
            let defect = Defect::Checksum { what: "segment header", expected, found: self.checksum };
            return Err(HeaderRefusal::Defect(defect));
        }
        versions::check_commands_known(self.semantics_version).map_err(HeaderRefusal::Version)
    }
}

impl BatchHeader {
    /// Length on disk, if this can be the header of a batch of the journal at all.
    pub(crate) fn plausible_bytes(&self, journal_id: u64) -> Option<usize> {
        let (records, bytes) = (self.records as usize, self.bytes as usize);
        let plausible = self.magic == BATCH_MAGIC
            && self.journal_id == journal_id
            && records >= 1
            && bytes <= MAX_BATCH_BYTES
            && bytes.is_multiple_of(8);
        plausible.then(|| batch_bytes(bytes))
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

/// The words of the records of a whole batch, in place.
pub(crate) fn batch_words<'a>(header: &BatchHeader, bytes: &'a [u8]) -> &'a [u64] {
    let records = &bytes[BATCH_HEADER_BYTES..BATCH_HEADER_BYTES + header.bytes as usize];
    <[u64]>::ref_from_bytes(records).expect("batches are sector-aligned in the buffer")
}

/// Records being gathered for one group commit. The buffer is allocated once and never grows.
pub(crate) struct Batch {
    sectors: Vec<Sector>,
    /// Bytes of commands.
    capacity: usize,
    bytes: usize,
    records: usize,
    first_sequence: u64,
}

impl Batch {
    pub(crate) fn new(capacity: usize) -> Batch {
        let sectors = vec![[0; SECTOR_BYTES / 8]; batch_bytes(capacity) / SECTOR_BYTES];
        Batch { sectors, capacity, bytes: 0, records: 0, first_sequence: 0 }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// Whether the longest command would not fit.
    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.bytes + MAX_COMMAND_LEN > self.capacity
    }

    pub(crate) fn clear(&mut self) {
        (self.bytes, self.records) = (0, 0);
    }

    #[inline]
    pub(crate) fn push(&mut self, sequence: u64, command: Command) {
        let record = command.words();
        assert!(self.bytes + size_of_val(record) <= self.capacity, "back-pressure was ignored");
        if self.records == 0 {
            self.first_sequence = sequence;
        }
        assert!(sequence == self.first_sequence + self.records as u64, "sequences are consecutive");
        let at = (BATCH_HEADER_BYTES + self.bytes) / 8;
        self.sectors.as_flattened_mut()[at..at + record.len()].copy_from_slice(record);
        self.bytes += size_of_val(record);
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
        batch_bytes(self.bytes)
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
            bytes: self.bytes as u32,
            reserved: 0,
        };
        let bytes = &mut self.sectors.as_mut_bytes()[..batch_bytes(self.bytes)];
        bytes[..BATCH_HEADER_BYTES].copy_from_slice(header.as_bytes());
        bytes[BATCH_HEADER_BYTES + self.bytes..].fill(0);
        let checksum = xxh3_64_with_seed(&bytes[CHECKSUM_BYTES..], previous);
        bytes[..CHECKSUM_BYTES].copy_from_slice(&checksum.to_le_bytes());
        (bytes, checksum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Cancel, CommandBuffer, Commands};

    const GENESIS: Genesis = Genesis { shard: 3, max_open_orders: 9, client_id_key: [5, 6] };

    fn command(sequence: u64) -> CommandBuffer {
        // Of two lengths.
        let text = &b"a client order id"[..if sequence.is_multiple_of(2) { 17 } else { 0 }];
        let cancel = Cancel { order_id: sequence, client_order_id_len: text.len() as u8, ..Cancel::EMPTY };
        CommandBuffer::with_text(7, &cancel, text)
    }

    fn sealed(records: u64) -> Vec<Sector> {
        let mut batch = Batch::new(8_192);
        (1..=records).for_each(|sequence| batch.push(sequence, command(sequence).command()));
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
        let records = Commands::check(batch_words(&header, sectors.as_bytes())).unwrap();
        let ids: Vec<_> = records.map(|record| record.body::<Cancel>().order_id).collect();
        assert_eq!(ids, (1..=11).collect::<Vec<_>>());
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
        let mut batch = Batch::new(8_192);
        (1..=64).for_each(|sequence| batch.push(sequence, command(sequence).command()));
        batch.seal(42, 5, 0);
        batch.clear();
        batch.push(65, command(65).command());
        let (bytes, _) = batch.seal(42, 6, 64);
        assert!(bytes[BATCH_HEADER_BYTES + command(65).command().words().len() * 8..].iter().all(|byte| *byte == 0));
    }

    #[test]
    fn a_header_is_refused_in_this_order() {
        let good = SegmentHeader::new(GENESIS, 1, 1, 1, SEGMENT_BYTES_MIN);
        let resealed = |mut header: SegmentHeader| {
            header.checksum = header.computed_checksum();
            header.check()
        };
        let magic = HeaderRefusal::Defect(Defect::Magic("journal segment"));
        assert_eq!(good.check(), Ok(()));
        assert_eq!(SegmentHeader { magic: *b"PYEBATCH", format_version: 9, ..good }.check(), Err(magic));
        let other_format = SegmentHeader { format_version: 9, checksum: 0, ..good };
        let newer = |what, known| Err(HeaderRefusal::Version(VersionRefusal::Newer { what, found: 9, known }));
        assert_eq!(other_format.check(), newer("journal format", JOURNAL_FORMAT_VERSION));
        let older = SegmentHeader { format_version: 1, checksum: 0, ..good }.check();
        assert!(matches!(older, Err(HeaderRefusal::Version(VersionRefusal::Older { found: 1, known: 2, .. }))));
        let damaged = SegmentHeader { semantics_version: 9, ..good };
        assert!(matches!(damaged.check(), Err(HeaderRefusal::Defect(Defect::Checksum { .. }))));
        assert_eq!(resealed(damaged), newer("semantics", SEMANTICS_VERSION));
        assert_eq!(resealed(SegmentHeader { semantics_version: 1, ..good }), Ok(()));
    }

    /// The drawing in `docs/journal-format.md`, field for field.
    #[test]
    fn the_document_has_the_offsets_of_the_code() {
        macro_rules! rows {
            ($header:ident: $($type:literal $field:ident),*) => {
                [$(format!("| {} | {} | {} |", std::mem::offset_of!($header, $field), $type, stringify!($field))),*]
            };
        }
        let document = include_str!("../../docs/journal-format.md");
        let (_, document) = document.split_once("### Segment header").unwrap();
        let (segment, rest) = document.split_once("### Batch").unwrap();
        let (batch, _) = rest.split_once("## Order of writes").unwrap();
        let of_segment = rows!(SegmentHeader: "u64" checksum, "[8]" magic, "u32" format_version, "u32" semantics_version,
            "u64" journal_id, "u64" first_sequence, "u64" chain, "u64" segment_bytes, "u8" shard, "[3]" reserved,
            "u32" max_open_orders);
        let of_batch = rows!(BatchHeader: "u64" checksum, "[8]" magic, "u64" journal_id, "u64" previous,
            "u64" first_sequence, "u64" synced_sequence, "u32" records, "u32" bytes, "u64" reserved);
        for (text, rows) in [(segment, &of_segment[..]), (batch, &of_batch[..])] {
            for row in rows {
                assert!(text.contains(row), "{row}");
            }
        }
        assert!(segment.contains(&format!("| 16 | u32 | format_version | {JOURNAL_FORMAT_VERSION} |")));
        assert!(batch.contains("up to 1,572,864 bytes") && MAX_BATCH_BYTES == 1_572_864);
        assert!(batch.contains(&format!("at most {MAX_COMMAND_LEN} bytes")));
    }

    #[test]
    fn a_full_batch_fits_the_smallest_segment() {
        for segment_bytes in [SEGMENT_BYTES_MIN, SEGMENT_BYTES_MIN + 512, 10_240, SEGMENT_BYTES_DEFAULT] {
            let capacity = batch_capacity(segment_bytes);
            assert!(capacity >= MAX_COMMAND_LEN);
            assert!((SECTOR_BYTES + batch_bytes(capacity)) as u64 <= segment_bytes);
        }
    }
}
