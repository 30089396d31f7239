//! What the disk itself can do: blocks appended to a preallocated file, each synced before the next, by the very operations
//! that the journal's writer uses.
//!
//! `disk DIRECTORY SECONDS`: once with the smallest block (the rate of syncs), once with blocks as large as the journal's
//! largest batch (the bandwidth), SECONDS each. Prints one JSON object.

use bench_native::{fail, require_release_build};
use engine_core::journal::{FileSystem, MAX_BATCH_BYTES, SECTOR_BYTES, Storage};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// Longest file of a run, and what is preallocated.
const FILE_BYTES: u64 = 2 << 30;

fn main() {
    require_release_build();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [directory, seconds] = &arguments[..] else { fail("usage: disk DIRECTORY SECONDS") };
    let seconds = seconds.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let Some(duration) = seconds else { fail("SECONDS is no duration") };
    let (small, large) = (SECTOR_BYTES, MAX_BATCH_BYTES.next_multiple_of(SECTOR_BYTES));
    let syncs = syncs_per_second(directory.as_ref(), small, duration);
    let large_syncs = syncs_per_second(directory.as_ref(), large, duration);
    println!(
        "{{\"small_bytes\": {small}, \"syncs_per_second\": {syncs:.0}, \"large_bytes\": {large}, \
         \"large_syncs_per_second\": {large_syncs:.1}, \"megabytes_per_second\": {:.1}}}",
        large_syncs * large as f64 / 1e6,
    );
}

fn syncs_per_second(directory: &Path, block_bytes: usize, duration: Duration) -> f64 {
    let path = directory.join("disk-probe");
    let result = appended_and_synced(&path, block_bytes, duration);
    let _ = std::fs::remove_file(&path);
    result.unwrap_or_else(|error| fail(format!("{}: {error}", path.display())))
}

fn appended_and_synced(path: &Path, block_bytes: usize, duration: Duration) -> io::Result<f64> {
    // Not all zeros, so that no layer below can save itself the writing.
    let block: Vec<u8> = (0..block_bytes as u32).map(|at| (at.wrapping_mul(0x9e37_79b9) >> 24) as u8).collect();
    let file = FileSystem.create(path)?;
    file.allocate(FILE_BYTES)?;
    file.sync()?;
    let blocks_max = FILE_BYTES / block_bytes as u64;
    let start = Instant::now();
    let mut blocks = 0;
    while start.elapsed() < duration && blocks < blocks_max {
        let mut written = 0;
        while written < block_bytes {
            written += file.write_at(&block[written..], blocks * block_bytes as u64 + written as u64)?;
        }
        file.sync()?;
        blocks += 1;
    }
    Ok(blocks as f64 / start.elapsed().as_secs_f64())
}
