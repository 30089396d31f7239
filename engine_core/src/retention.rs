//! Which of a journal's oldest files nobody needs any more. It only decides: no clock, no disk.
//!
//! What goes is a beginning of the history, so that what stays is whole; and never more of it than leaves the same snapshot
//! to start a server from, and as many others as the policy asks for.

use crate::recovery::Replay;

/// What is kept at least.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// The newest verified snapshots, and every later command.
    pub snapshots: usize,
    /// Segments that were written to within this time.
    pub age_ns: u64,
}

/// A segment of a journal.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    pub first_sequence: u64,
    /// When it was last written to.
    pub written_ns: u64,
}

/// How many of these segments, oldest first, can go.
///
/// `verified`: sequences of the snapshots that recovery can begin at, ascending. `end`: the journal's last sequence.
pub fn surplus(segments: &[Segment], verified: &[u64], end: u64, now_ns: u64, policy: Policy) -> usize {
    let Some(oldest_wanted) = verified.len().checked_sub(policy.snapshots.max(1)) else { return 0 };
    let Some(oldest) = segments.first() else { return 0 };
    let genesis = (oldest.first_sequence == 1).then_some(0);
    let reachable = verified.iter().copied().filter(|sequence| sequence + 1 >= oldest.first_sequence);
    let starts: Vec<_> = genesis.into_iter().chain(reachable).collect();
    if starts.is_empty() {
        return 0;
    }
    let begun_at = starts[Replay::FOR_REPORTS.choose(&starts, end)];
    let needed = verified[oldest_wanted].min(begun_at) + 1;
    // The last segment is being written to, and a segment ends where the next one begins.
    let covered = segments.windows(2).take_while(|pair| {
        pair[1].first_sequence <= needed && pair[0].written_ns.saturating_add(policy.age_ns) <= now_ns
    });
    covered.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLION: u64 = 1_000_000;
    const DAY_NS: u64 = 86_400_000_000_000;

    /// Segments that begin at these millions of commands, the first at sequence 1 or there, written to one each day.
    fn segments(millions: &[u64]) -> Vec<Segment> {
        let segment = |(day, millions): (usize, &u64)| Segment {
            first_sequence: millions * MILLION + 1,
            written_ns: (day as u64 + 1) * DAY_NS,
        };
        millions.iter().enumerate().map(segment).collect()
    }

    /// One row a case, in millions and days: segments, verified snapshots, end, now, snapshots and days kept, how many go.
    #[test]
    fn what_nobody_needs_can_go() {
        type Row = (&'static [u64], &'static [u64], u64, u64, usize, u64, usize);
        let rows: [Row; 16] = [
            // Without a snapshot nothing can.
            (&[0, 1, 2, 3, 4], &[], 5, 100, 1, 0, 0),
            (&[], &[4], 5, 100, 1, 0, 0),
            // All that a snapshot covers, a segment that it ends in the midst of excepted.
            (&[0, 1, 2, 3, 4], &[4], 5, 100, 1, 0, 4),
            (&[0, 2, 4, 6, 8], &[5], 9, 100, 1, 0, 2),
            (&[0, 2, 4, 6, 8], &[6], 9, 100, 1, 0, 3),
            // Not what the last of the snapshots kept needs, nor without as many of them.
            (&[0, 1, 2, 3, 4], &[2, 3, 4], 5, 100, 2, 0, 3),
            (&[0, 1, 2, 3, 4], &[2, 3, 4], 5, 100, 3, 0, 2),
            (&[0, 1, 2, 3, 4], &[3, 4], 5, 100, 3, 0, 0),
            // Not what was written within so many days.
            (&[0, 1, 2, 3, 4], &[4], 5, 10, 1, 10, 0),
            (&[0, 1, 2, 3, 4], &[4], 5, 10, 1, 8, 2),
            (&[0, 1, 2, 3, 4], &[4], 5, 10, 1, 7, 3),
            // A server wants a million commands to replay: it begins at 3, or before everything.
            (&[0, 1, 2, 3, 4], &[3, 4], 4, 100, 1, 0, 3),
            (&[0, 1, 2, 3, 4], &[4], 4, 100, 1, 0, 0),
            // It never replays more than twenty for that, and so begins at the last.
            (&[0, 10, 20, 30], &[30], 30, 100, 1, 0, 3),
            // The last segment stays, even if a snapshot covers it.
            (&[0, 1], &[1, 2], 4, 100, 1, 0, 1),
            // Where the beginning is gone already, a snapshot that lies before it counts for nothing.
            (&[3, 4, 5], &[1, 5], 7, 100, 1, 0, 2),
        ];
        for (index, (first, verified, end, now, snapshots, days, expected)) in rows.into_iter().enumerate() {
            let verified: Vec<_> = verified.iter().map(|millions| millions * MILLION).collect();
            let policy = Policy { snapshots, age_ns: days * DAY_NS };
            let found = surplus(&segments(first), &verified, end * MILLION, now * DAY_NS, policy);
            assert_eq!(found, expected, "row {index}");
        }
    }

    /// Whatever goes: a server begins where it would have, every kept snapshot can be begun at, and nothing goes a second time.
    #[test]
    fn what_stays_is_enough() {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut below = |bound: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % bound
        };
        let mut gone = 0;
        for _ in 0..20_000 {
            let mut firsts: Vec<_> = (0..1 + below(8)).map(|_| 1 + below(30 * MILLION)).collect();
            if below(2) == 0 {
                firsts.push(1);
            }
            firsts.sort_unstable();
            firsts.dedup();
            let segment =
                |first_sequence: &u64| Segment { first_sequence: *first_sequence, written_ns: *first_sequence };
            let segments: Vec<_> = firsts.iter().map(segment).collect();
            let end = firsts.last().unwrap() + below(3 * MILLION);
            let mut verified: Vec<_> = (0..below(6)).map(|_| (firsts[0] - 1) + below(end - firsts[0] + 2)).collect();
            verified.sort_unstable();
            verified.dedup();
            let policy = Policy { snapshots: 1 + below(3) as usize, age_ns: 0 };
            let count = surplus(&segments, &verified, end, u64::MAX, policy);
            gone += count;
            let left = &segments[count..];
            let starts = |segments: &[Segment]| -> Vec<u64> {
                let genesis = (segments[0].first_sequence == 1).then_some(0);
                let reachable = verified.iter().copied().filter(|it| it + 1 >= segments[0].first_sequence);
                genesis.into_iter().chain(reachable).collect()
            };
            if count == 0 {
                continue;
            }
            let (before, after) = (starts(&segments), starts(left));
            let begins_at = |starts: &[u64]| starts[Replay::FOR_REPORTS.choose(starts, end)];
            assert_eq!(begins_at(&after), begins_at(&before), "{firsts:?} {verified:?} {end} {policy:?}");
            let kept = &verified[verified.len() - policy.snapshots..];
            assert!(kept.iter().all(|it| after.contains(it)), "{firsts:?} {verified:?} {end} {policy:?}");
            assert_eq!(surplus(left, &verified, end, u64::MAX, policy), 0);
        }
        assert!(gone > 1_000, "{gone} segments went");
    }
}
