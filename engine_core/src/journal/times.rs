//! How long the writer's waits for the disk took, as histograms that anybody may read while it writes.
//!
//! One thread observes, any number read; nobody waits for anybody, so a reading can be in the midst of an observation: its
//! count and its sum may differ by one.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// How many buckets have an upper bound; one more has what is above them.
pub const BOUNDS: usize = 20;

/// Upper bound of a bucket, in nanoseconds: from 10 microseconds to 5 seconds, each twice the last.
pub const fn bound_ns(bucket: usize) -> u64 {
    10_000 << bucket
}

/// Durations by bucket, each counted once, and their sum.
#[derive(Default)]
pub struct Histogram {
    counts: [AtomicU64; BOUNDS + 1],
    sum_ns: AtomicU64,
}

impl Histogram {
    pub(crate) fn observe(&self, took: Duration) {
        let took_ns = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        let bucket = (0..BOUNDS).find(|&bucket| took_ns <= bound_ns(bucket)).unwrap_or(BOUNDS);
        self.counts[bucket].fetch_add(1, Relaxed);
        self.sum_ns.fetch_add(took_ns, Relaxed);
    }

    /// How many there were in each bucket, and the sum of all in nanoseconds.
    pub fn read(&self) -> ([u64; BOUNDS + 1], u64) {
        (std::array::from_fn(|bucket| self.counts[bucket].load(Relaxed)), self.sum_ns.load(Relaxed))
    }
}

/// What is measured of a journal.
#[derive(Default)]
pub struct Times {
    /// Of each batch: its bytes are given to the kernel.
    pub write: Histogram,
    /// Of each batch or, with durability `async`, of several: the disk has them.
    pub sync: Histogram,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_in_the_first_bucket_that_bounds_it() {
        let histogram = Histogram::default();
        let observed = [0, 10_000, 10_001, bound_ns(BOUNDS - 1), bound_ns(BOUNDS - 1) + 1];
        observed.iter().for_each(|&ns| histogram.observe(Duration::from_nanos(ns)));
        let (counts, sum_ns) = histogram.read();
        assert_eq!((counts[0], counts[1], counts[BOUNDS - 1], counts[BOUNDS]), (2, 1, 1, 1));
        assert_eq!((counts.iter().sum::<u64>(), sum_ns), (5, observed.iter().sum()));
    }
}
