//! One segment by itself, without those before and after it: for whoever copies, counts or moves segments.

use super::directory::segment_number;
use super::error::JournalError;
use super::reader::{JournalReader, SegmentSummary};
use std::path::Path;

/// What was read of a segment, and where it belongs in its history.
#[derive(Clone, Debug)]
pub struct SegmentRead {
    pub summary: SegmentSummary,
    pub journal_id: u64,
    /// Before its first batch: of the last batch of the segment before it.
    pub chain_before: u64,
    /// Of the last batch that was read.
    pub chain: u64,
    /// Of the first command, and of the last that was read. `None` if there is none, or of older rules.
    pub times_ns: Option<(u64, u64)>,
    /// Bytes of an unfinished write at its end, if it was read so far.
    pub torn_bytes: u64,
}

/// Checks every header, checksum, chain value, sequence and timestamp of at most so many batches. Like the last segment of a
/// journal it may end with an unfinished write; one that is not the last may not, which is the caller's to judge.
pub fn read_segment(path: &Path, batches_max: u64) -> Result<SegmentRead, JournalError> {
    let Some(first) = segment_number(path) else {
        return Err(JournalError::Config(format!("{}: not the name of a segment", path.display())));
    };
    let mut reader = JournalReader::over(vec![(first, path.to_owned())], None)?;
    let before = reader.position();
    let first_ns = if batches_max > 0 { reader.next_timestamp()? } else { None };
    for _ in 1..batches_max {
        if !reader.pass_batch()? {
            break;
        }
    }
    Ok(SegmentRead {
        summary: reader.segment().expect("a reader over a segment has it"),
        journal_id: before.journal_id,
        chain_before: before.chain,
        chain: reader.position().chain,
        times_ns: first_ns.map(|first_ns| (first_ns, reader.timestamp_ns())),
        torn_bytes: reader.tail().map_or(0, |tail| tail.torn_bytes),
    })
}
