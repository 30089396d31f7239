//! Reads a whole journal without changing, locking or replaying anything: for audits, and for looking at a running one.

use super::error::JournalError;
use super::reader::{JournalReader, Position, SegmentSummary};
use std::path::Path;

/// What a verified journal holds.
#[derive(Clone, Debug)]
pub struct Verified {
    pub segments: u64,
    pub batches: u64,
    /// First sequence of the oldest segment that is there.
    pub first_sequence: u64,
    /// End of the last whole batch. `None` if there is no segment.
    pub position: Option<Position>,
    /// An unfinished write at the end: of a crash, or of a writer that is at work right now.
    pub torn_bytes: u64,
}

/// Checks every header, checksum, chain value, sequence and timestamp; calls `on_segment` after each segment.
/// Works on a running journal, up to its last whole batch. Of commands that were written under older rules only the batches are judged.
pub fn verify(directory: &Path, mut on_segment: impl FnMut(&SegmentSummary)) -> Result<Verified, JournalError> {
    let mut reader = JournalReader::open_oldest(directory)?;
    let mut verified = Verified { segments: 0, batches: 0, first_sequence: 1, position: None, torn_bytes: 0 };
    let mut finished = |summary: &SegmentSummary| {
        verified.segments += 1;
        verified.batches += summary.batches;
        on_segment(summary);
    };
    let mut current = reader.segment();
    if let Some(oldest) = &current {
        verified.first_sequence = oldest.first_sequence;
    }
    loop {
        let at_end = !reader.pass_batch()?;
        let now = reader.segment();
        if let (Some(before), Some(now)) = (&current, &now)
            && before.path != now.path
        {
            finished(before);
        }
        current = now;
        if at_end {
            break;
        }
    }
    if let Some(last) = &current {
        finished(last);
    }
    if let Some(tail) = reader.tail() {
        verified.position = Some(tail.position);
        verified.torn_bytes = tail.torn_bytes;
    }
    Ok(verified)
}
