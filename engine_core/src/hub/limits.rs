//! What an API key may spend: token buckets in whole numbers, filled by the caller's clock.
//!
//! A key has two allowances, one of orders and one of everything else it sends. They belong to the key, not to its
//! sessions: more connections, or new ones, bring no more. Every frame is charged to one of them. A frame that finds no
//! token is refused; refusing costs time too, so refusals have a bucket of the same size, and a key that empties that one
//! as well is flooding: its connection is closed.
//!
//! Who is not logged on has no key, and only a small fixed budget for the whole connection ([`BeforeLogon`]).

use super::HubError;

/// A token in the unit of the fill level, so that a rate per second needs no division per call.
const TOKEN: i64 = 1_000_000_000;
/// An answer costs its request one more token for each such part of it: what is returned is what is paid for.
pub const ANSWER_BYTES_PER_TOKEN: usize = 4_096;
/// Frames of a connection before it is logged on: one logon, and what a polite client may send beside it.
pub const FRAMES_BEFORE_LOGON: u32 = 16;
/// Bytes of a connection before it is logged on: two messages of the largest size.
pub const BYTES_BEFORE_LOGON: usize = 8_192;
/// Close code of a connection that sends anything but its logon first, or too much before it.
pub const CLOSE_LOGON_EXPECTED: u16 = 4_004;
/// Close code of a connection that goes on sending although its key is refused.
pub const CLOSE_FLOOD: u16 = 4_005;

/// `rate_per_second` tokens flow in every second, at most `burst` are kept.
#[derive(Clone, Copy, Debug)]
pub struct TokenBucket {
    rate_per_second: u32,
    burst: u32,
    /// Below zero after a charge that was not asked for beforehand.
    level: i64,
    filled_ns: u64,
}

impl TokenBucket {
    /// A full bucket. A burst of 0 lets nothing through.
    pub fn new(rate_per_second: u32, burst: u32) -> TokenBucket {
        TokenBucket { rate_per_second, burst, level: i64::from(burst) * TOKEN, filled_ns: 0 }
    }

    /// Takes one token if there is one. A clock that stands or goes back adds nothing.
    #[inline]
    pub fn take(&mut self, now_ns: u64) -> bool {
        let elapsed_ns = now_ns.saturating_sub(self.filled_ns);
        self.filled_ns = self.filled_ns.max(now_ns);
        let inflow = elapsed_ns.saturating_mul(u64::from(self.rate_per_second));
        let inflow = i64::try_from(inflow).unwrap_or(i64::MAX);
        self.level = self.level.saturating_add(inflow).min(i64::from(self.burst) * TOKEN);
        let granted = self.level >= TOKEN;
        if granted {
            self.level -= TOKEN;
        }
        granted
    }

    /// Takes tokens that may not be there: what is owed flows in first. Never more than one burst is owed.
    pub fn charge(&mut self, tokens: u32) {
        let owed_max = i64::from(self.burst) * TOKEN;
        self.level = self.level.saturating_sub(i64::from(tokens) * TOKEN).max(-owed_max);
    }
}

/// What becomes of a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Granted,
    Refused,
    Flood,
}

/// A bucket of what is carried out, and one of what is refused because that is empty.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    granted: TokenBucket,
    refused: TokenBucket,
}

impl Allowance {
    pub fn new(rate_per_second: u32, burst: u32) -> Allowance {
        let bucket = TokenBucket::new(rate_per_second, burst);
        Allowance { granted: bucket, refused: bucket }
    }

    pub fn rate_per_second(&self) -> u32 {
        self.granted.rate_per_second
    }

    pub fn burst(&self) -> u32 {
        self.granted.burst
    }

    #[inline]
    pub fn take(&mut self, now_ns: u64) -> Verdict {
        if self.granted.take(now_ns) {
            Verdict::Granted
        } else if self.refused.take(now_ns) {
            Verdict::Refused
        } else {
            Verdict::Flood
        }
    }

    /// The same of what is worth several: it goes if there is one token, and what it costs beyond that is owed.
    #[inline]
    pub fn take_several(&mut self, tokens: u32, now_ns: u64) -> Verdict {
        let verdict = self.take(now_ns);
        if verdict == Verdict::Granted && tokens > 1 {
            self.granted.charge(tokens - 1);
        }
        verdict
    }

    /// Charges what an answer turned out to cost.
    pub fn charge_answer(&mut self, bytes: usize) {
        let tokens = bytes / ANSWER_BYTES_PER_TOKEN;
        self.granted.charge(u32::try_from(tokens).unwrap_or(u32::MAX));
    }
}

/// The allowances of one key.
#[derive(Clone, Copy, Debug)]
pub struct KeyLimits {
    pub orders: Allowance,
    pub requests: Allowance,
}

impl KeyLimits {
    /// Whether these are the same limits, however full the buckets are.
    pub fn same_as(&self, other: &KeyLimits) -> bool {
        let sizes = |limits: &KeyLimits| [limits.orders, limits.requests].map(|it| (it.rate_per_second(), it.burst()));
        sizes(self) == sizes(other)
    }
}

/// What a connection may still send before it is logged on.
#[derive(Clone, Copy, Debug)]
pub struct BeforeLogon {
    frames: u32,
    bytes: usize,
}

impl Default for BeforeLogon {
    fn default() -> BeforeLogon {
        BeforeLogon { frames: FRAMES_BEFORE_LOGON, bytes: BYTES_BEFORE_LOGON }
    }
}

impl BeforeLogon {
    pub fn spend(&mut self, frames: u32, bytes: usize) -> Result<(), HubError> {
        let left = self.frames.checked_sub(frames).zip(self.bytes.checked_sub(bytes));
        let reason = "too much was sent before the logon";
        let (frames, bytes) = left.ok_or(HubError::Wire { code: CLOSE_LOGON_EXPECTED, reason })?;
        *self = BeforeLogon { frames, bytes };
        Ok(())
    }
}

/// The end of a connection that floods.
pub fn flood() -> HubError {
    HubError::Wire { code: CLOSE_FLOOD, reason: "the key's limits are exceeded, and so are those of its refusals" }
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
        bucket.charge(u32::MAX);
        bucket.charge(u32::MAX);
        assert_eq!(taken(&mut TokenBucket::new(0, 0), 3, u64::MAX), 0);
    }

    #[test]
    fn what_is_owed_flows_in_first() {
        let mut bucket = TokenBucket::new(10, 5);
        bucket.charge(1_000);
        assert_eq!(taken(&mut bucket, 9, SECOND / 2), 0, "five are still owed of the five that can be");
        bucket.charge(1);
        assert_eq!(taken(&mut bucket, 9, SECOND * 7 / 10), 1, "one more was, and then one flowed in");
    }

    #[test]
    fn after_the_burst_come_refusals_and_after_them_the_end() {
        let mut allowance = Allowance::new(1, 2);
        let verdicts: Vec<_> = (0..5).map(|_| allowance.take(SECOND)).collect();
        use Verdict::{Flood, Granted, Refused};
        assert_eq!(verdicts, [Granted, Granted, Refused, Refused, Flood]);
        assert_eq!(allowance.take(2 * SECOND), Granted);
        assert_eq!(allowance.take(2 * SECOND), Refused);
        assert_eq!(allowance.take(2 * SECOND), Flood);
    }

    #[test]
    fn an_answer_is_paid_by_its_size() {
        let mut allowance = Allowance::new(1, 10);
        assert_eq!(allowance.take(SECOND), Verdict::Granted);
        allowance.charge_answer(ANSWER_BYTES_PER_TOKEN * 8 + 1);
        assert_eq!([allowance.take(SECOND), allowance.take(SECOND)], [Verdict::Granted, Verdict::Refused]);
    }

    #[test]
    fn what_is_worth_several_is_owed() {
        let mut allowance = Allowance::new(1, 4);
        assert_eq!(allowance.take_several(3, SECOND), Verdict::Granted);
        assert_eq!(allowance.take_several(3, SECOND), Verdict::Granted);
        assert_eq!(allowance.take_several(1, 2 * SECOND), Verdict::Refused, "two were owed, one has flowed in");
        assert_eq!(allowance.take_several(1, 4 * SECOND), Verdict::Granted);
    }

    #[test]
    fn a_connection_without_a_logon_is_soon_at_its_end() {
        let mut budget = BeforeLogon::default();
        assert!((0..FRAMES_BEFORE_LOGON).all(|_| budget.spend(1, 6).is_ok()));
        assert!(matches!(budget.spend(1, 0), Err(HubError::Wire { code: CLOSE_LOGON_EXPECTED, .. })));
        let mut budget = BeforeLogon::default();
        assert!(budget.spend(0, BYTES_BEFORE_LOGON).is_ok());
        assert!(budget.spend(0, 1).is_err());
    }
}
