//! The rate limit of an API key: a token bucket in whole numbers, filled by the caller's clock.

/// A token in the unit of the fill level, so that a rate per second needs no division per call.
const TOKEN: u64 = 1_000_000_000;

/// `rate_per_second` tokens flow in every second, at most `burst` are kept.
#[derive(Clone, Copy, Debug)]
pub struct TokenBucket {
    rate_per_second: u32,
    burst: u32,
    level: u64,
    filled_ns: u64,
}

impl TokenBucket {
    /// A full bucket. A burst of 0 lets nothing through.
    pub fn new(rate_per_second: u32, burst: u32) -> TokenBucket {
        TokenBucket { rate_per_second, burst, level: u64::from(burst) * TOKEN, filled_ns: 0 }
    }

    pub fn rate_per_second(&self) -> u32 {
        self.rate_per_second
    }

    pub fn burst(&self) -> u32 {
        self.burst
    }

    /// Takes one token if there is one. A clock that stands or goes back adds nothing.
    #[inline]
    pub fn take(&mut self, now_ns: u64) -> bool {
        let elapsed_ns = now_ns.saturating_sub(self.filled_ns);
        self.filled_ns = self.filled_ns.max(now_ns);
        let inflow = elapsed_ns.saturating_mul(u64::from(self.rate_per_second));
        self.level = self.level.saturating_add(inflow).min(u64::from(self.burst) * TOKEN);
        let granted = self.level >= TOKEN;
        if granted {
            self.level -= TOKEN;
        }
        granted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    fn taken(bucket: &mut TokenBucket, tries: u32, now_ns: u64) -> u32 {
        (0..tries).map(|_| u32::from(bucket.take(now_ns))).sum()
    }

    #[test]
    fn a_burst_and_then_the_rate() {
        let mut bucket = TokenBucket::new(10, 5);
        let start = 1_700_000_000 * SECOND;
        assert_eq!(taken(&mut bucket, 9, start), 5);
        assert_eq!(taken(&mut bucket, 9, start + SECOND / 10 - 1), 0);
        assert_eq!(taken(&mut bucket, 9, start + SECOND / 10), 1);
        assert_eq!(taken(&mut bucket, 9, start + 10 * SECOND), 5, "no more than the burst is kept");
        assert_eq!(taken(&mut bucket, 9, start), 0, "time going back adds nothing");
    }

    #[test]
    fn extremes_do_not_overflow() {
        let mut bucket = TokenBucket::new(u32::MAX, u32::MAX);
        assert_eq!(taken(&mut bucket, 3, u64::MAX), 3);
        assert_eq!(taken(&mut TokenBucket::new(0, 0), 3, u64::MAX), 0);
    }
}
