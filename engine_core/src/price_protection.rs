//! What protects an instrument's prices beside the limits of its market: volatility bands, what an old reference price
//! leads to, and what a closed primary market does. Only instruments that use any of it have one. Knows no order.

use crate::types::*;
use std::collections::VecDeque;

/// How wide volatility bands are, and how long trading waits at them. All 0: there are none.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct VolatilityBands {
    pub bps: u32,
    /// The same in ticks, if that is less; 0: it is not asked.
    pub ticks: u32,
    /// Hundredths by which both are multiplied.
    pub multiplier: u32,
    pub limit_state_ns: u64,
    pub pause_ns: u64,
}

impl VolatilityBands {
    pub fn are_possible(&self, max_price: PriceTicks) -> bool {
        if self.bps == 0 {
            return *self == VolatilityBands::default();
        }
        self.bps <= MAX_COLLAR_BPS
            && i64::from(self.ticks) <= max_price.0
            && (1..=MAX_MULTIPLIER).contains(&self.multiplier)
            && [self.limit_state_ns, self.pause_ns].iter().all(|time_ns| (1..=MAX_CALL_NS).contains(time_ns))
    }

    /// How far from a reference prices may be.
    pub fn width(&self, reference: u32) -> i64 {
        let multiplier = u64::from(self.multiplier);
        let part = u128::from(reference) * u128::from(self.bps) * u128::from(multiplier) / (COLLAR_SCALE as u128 * 100);
        let ticks = u64::from(self.ticks) * multiplier / 100;
        let width = if self.ticks == 0 { part } else { part.min(u128::from(ticks)) };
        width.max(1) as i64
    }
}

/// The trades of a while.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bucket {
    pub number: u64,
    /// Of the prices.
    pub sum: u64,
    pub count: u64,
}

/// The trades of the last while, as a sum of all and by the time they are forgotten at.
#[derive(Clone, Default, Debug)]
pub struct Window {
    buckets: VecDeque<Bucket>,
    sum: u128,
    count: u64,
}

/// In which bucket a time is.
fn bucket_of(time_ns: u64) -> u64 {
    time_ns / VOLATILITY_BUCKET
}

impl Window {
    pub fn clear(&mut self) {
        *self = Window::default();
    }

    /// Takes in a trade.
    pub fn remember(&mut self, now_ns: u64, price: u32) {
        self.forget(now_ns);
        let (number, price) = (bucket_of(now_ns), u64::from(price));
        match self.buckets.back_mut().filter(|last| last.number == number) {
            Some(last) => {
                last.sum += price;
                last.count += 1;
            }
            None => self.buckets.push_back(Bucket { number, sum: price, count: 1 }),
        }
        self.sum += u128::from(price);
        self.count += 1;
    }

    /// Drops what is too old.
    pub fn forget(&mut self, now_ns: u64) {
        while let Some(&Bucket { number, sum, count }) = self.buckets.front() {
            if is_within(number, now_ns) {
                break;
            }
            self.buckets.pop_front();
            self.sum -= u128::from(sum);
            self.count -= count;
        }
    }

    /// The mean price, rounded down; `None` without a trade. What is too old has been dropped.
    pub fn mean(&self) -> Option<u32> {
        (self.count > 0).then(|| (self.sum / u128::from(self.count)) as u32)
    }

    /// The oldest first.
    pub fn buckets_at(&self, now_ns: u64) -> impl Iterator<Item = &Bucket> {
        self.buckets.iter().filter(move |bucket| is_within(bucket.number, now_ns))
    }

    /// Appends a bucket of a state image; `None` if it can not be there.
    pub fn restore(&mut self, bucket: Bucket, max_price: PriceTicks, now_ns: u64) -> Option<()> {
        let Bucket { number, sum, count } = bucket;
        let most = u128::from(count) * max_price.0 as u128;
        let possible = self.buckets.back().is_none_or(|last| last.number < number)
            && number <= bucket_of(now_ns)
            && is_within(number, now_ns)
            && count > 0
            && (u128::from(count)..=most).contains(&u128::from(sum));
        let total = self.count.checked_add(count).filter(|_| possible)?;
        self.buckets.push_back(bucket);
        self.sum += u128::from(sum);
        self.count = total;
        Some(())
    }
}

/// Whether a bucket still counts.
fn is_within(number: u64, now_ns: u64) -> bool {
    number + VOLATILITY_BUCKETS > bucket_of(now_ns)
}

/// Bands around the mean of an instrument's own trades.
#[derive(Clone, Debug)]
pub struct Volatility {
    pub bands: VolatilityBands,
    /// What the band is around; 0: there is none.
    pub reference: u32,
    /// When it last began anew, became known or changed.
    pub moved_at: u64,
    /// When it is looked at without a command; 0: it is not.
    pub look_at: u64,
    pub window: Window,
    pub state: LimitState,
    /// When trading pauses if the limit state lasts; 0: there is none.
    pub state_ends_at: u64,
}

impl Volatility {
    fn new() -> Volatility {
        Volatility {
            bands: VolatilityBands::default(),
            reference: 0,
            moved_at: 0,
            look_at: 0,
            window: Window::default(),
            state: LimitState::None,
            state_ends_at: 0,
        }
    }

    pub fn is_on(&self) -> bool {
        self.bands.bps != 0
    }

    /// The bands are gone: nothing is kept but the limit state, which ends with the command.
    pub fn turn_off(&mut self) {
        *self = Volatility { state: self.state, state_ends_at: self.state_ends_at, ..Volatility::new() };
    }

    /// Takes in a fill, or an auction's price.
    pub fn remember(&mut self, now_ns: u64, price: u32) {
        self.window.remember(now_ns, price);
        if self.look_at == 0 {
            self.look_at = now_ns.saturating_add(VOLATILITY_INTERVAL);
        }
    }

    /// The next look is a whole interval from now, if there will be anything to see.
    pub fn look_later(&mut self, now_ns: u64) {
        self.window.forget(now_ns);
        let is_empty = self.window.mean().is_none();
        self.look_at = if is_empty { 0 } else { now_ns.saturating_add(VOLATILITY_INTERVAL) };
    }

    /// Whether the mean is far enough from the reference, and the reference old enough.
    pub fn moves_to(&self, mean: u32, now_ns: u64) -> bool {
        let (reference, change) = (u64::from(self.reference), u64::from(mean.abs_diff(self.reference)));
        now_ns - self.moved_at >= VOLATILITY_INTERVAL
            && change * COLLAR_SCALE as u64 >= reference * VOLATILITY_CHANGE_BPS
    }

    /// Whether what a state image says can be.
    pub fn is_sound(&self, max_price: PriceTicks, now_ns: u64) -> bool {
        let has_state = self.state != LimitState::None;
        let nothing = (self.reference, self.moved_at, self.look_at, has_state) == (0, 0, 0, false);
        self.bands.are_possible(max_price)
            && (self.is_on() || nothing && self.window.mean().is_none())
            && i64::from(self.reference) <= max_price.0
            && self.moved_at <= now_ns
            && self.look_at <= now_ns.saturating_add(VOLATILITY_INTERVAL)
            && (self.look_at != 0 || self.window.mean().is_none())
            && has_state == (self.state_ends_at != 0)
            && self.state_ends_at <= now_ns.saturating_add(MAX_CALL_NS)
    }
}

/// What an old reference price leads to, and a closed primary market.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReferencePolicy {
    pub stale: StalePolicy,
    pub primary: PrimaryPolicy,
    /// Hundredths by which the static band is multiplied.
    pub widen: u32,
    pub max_age_ns: u64,
    /// How far from the anchor prices may be.
    pub closed_bps: u32,
    /// How far the anchor moves at once, and how often.
    pub step_bps: u32,
    pub step_ns: u64,
}

impl ReferencePolicy {
    const NONE: ReferencePolicy = ReferencePolicy {
        stale: StalePolicy::Keep,
        primary: PrimaryPolicy::None,
        widen: 0,
        max_age_ns: 0,
        closed_bps: 0,
        step_bps: 0,
        step_ns: 0,
    };

    pub fn is_possible(&self) -> bool {
        let widens = self.stale == StalePolicy::Widen;
        let steps = self.primary == PrimaryPolicy::Reanchor;
        let bounds = steps || self.primary == PrimaryPolicy::FixedBand;
        let bps = 1..=MAX_COLLAR_BPS;
        (self.stale == StalePolicy::Keep) == (self.max_age_ns == 0)
            && (if widens { (100..=MAX_MULTIPLIER).contains(&self.widen) } else { self.widen == 0 })
            && (if bounds { bps.contains(&self.closed_bps) } else { self.closed_bps == 0 })
            && (if steps { bps.contains(&self.step_bps) } else { self.step_bps == 0 })
            && (if steps { (1..=MAX_CALL_NS).contains(&self.step_ns) } else { self.step_ns == 0 })
    }
}

/// Of one instrument.
#[derive(Clone, Debug)]
pub struct Protections {
    pub volatility: Volatility,
    pub policy: ReferencePolicy,
    pub status: PrimaryStatus,
    /// The last price of a closed primary market; 0: not known.
    pub close: u32,
    /// What the static band is around while the primary market is closed; 0: nothing.
    pub anchor: u32,
    /// When the anchor makes its next step; 0: it makes none.
    pub step_at: u64,
    /// Whether a pulse has found the reference price too old.
    pub too_old: bool,
    /// When the first of it is due, as `due` knows it; 0: none is.
    pub due_at: u64,
}

impl Default for Protections {
    fn default() -> Protections {
        Protections {
            volatility: Volatility::new(),
            policy: ReferencePolicy::NONE,
            status: PrimaryStatus::Open,
            close: 0,
            anchor: 0,
            step_at: 0,
            too_old: false,
            due_at: 0,
        }
    }
}

impl Protections {
    /// Whether none of it is used.
    pub fn is_unused(&self) -> bool {
        !self.volatility.is_on() && self.policy == ReferencePolicy::NONE && self.status == PrimaryStatus::Open
    }

    /// Whether the static band is around the anchor.
    pub fn has_closed_band(&self) -> bool {
        self.status == PrimaryStatus::Closed && self.policy.closed_bps != 0
    }

    /// When a reference price is too old, if that is asked.
    pub fn too_old_at(&self, price: u32, observed_at: u64) -> Option<u64> {
        let governed = self.status == PrimaryStatus::Closed && self.policy.primary != PrimaryPolicy::None;
        let age = if price == 0 { 0 } else { self.policy.max_age_ns };
        let asked = self.policy.stale != StalePolicy::Keep && !governed;
        asked.then(|| observed_at.saturating_add(age).max(1))
    }

    /// Whether trading halts for the primary market.
    pub fn halts_for_primary(&self) -> bool {
        match self.status {
            PrimaryStatus::Open => false,
            PrimaryStatus::Closed => self.policy.primary == PrimaryPolicy::Halt,
            PrimaryStatus::Halted => true,
        }
    }

    /// Whether trading halts for its reference price.
    pub fn halts_for_age(&self) -> bool {
        self.too_old && self.policy.stale == StalePolicy::Halt
    }

    /// The width of the static band, where it is `static_bps` otherwise.
    pub fn static_bps(&self, static_bps: u32) -> u32 {
        if self.has_closed_band() {
            self.policy.closed_bps
        } else if self.too_old && self.policy.stale == StalePolicy::Widen {
            (u64::from(static_bps) * u64::from(self.policy.widen) / 100) as u32
        } else {
            static_bps
        }
    }

    /// Sets the anchor of a band that is in force now, or none.
    pub fn set_anchor(&mut self, auction_reference: Option<u32>, now_ns: u64) {
        (self.anchor, self.step_at) = (0, 0);
        if self.has_closed_band() {
            self.anchor = if self.close != 0 { self.close } else { auction_reference.unwrap_or(0) };
            self.step_later(now_ns);
        }
    }

    fn step_later(&mut self, now_ns: u64) {
        if self.policy.primary == PrimaryPolicy::Reanchor {
            self.step_at = now_ns.saturating_add(self.policy.step_ns);
        }
    }

    /// Brings the anchor a step towards the last trade; 0: there is none.
    pub fn step(&mut self, last_trade: u32, now_ns: u64) {
        self.step_later(now_ns);
        let step = u64::from(self.anchor) * u64::from(self.policy.step_bps) / COLLAR_SCALE as u64;
        if self.anchor == 0 {
            self.anchor = last_trade;
        } else if last_trade != 0 {
            let (lowest, highest) = (self.anchor - step as u32, self.anchor.saturating_add(step as u32));
            self.anchor = last_trade.clamp(lowest, highest);
        }
    }

    /// Whether what a state image says of policies and the primary market can be.
    pub fn is_sound(&self, max_price: PriceTicks, call_ns: u64) -> bool {
        let closed_band = self.has_closed_band();
        let steps = closed_band && self.policy.primary == PrimaryPolicy::Reanchor;
        self.policy.is_possible()
            && (self.policy.closed_bps == 0 || call_ns != 0)
            && (self.close == 0 || self.status == PrimaryStatus::Closed)
            && (self.anchor == 0 || closed_band)
            && (self.anchor != 0 || self.close == 0 || !closed_band)
            && i64::from(self.close.max(self.anchor)) <= max_price.0
            && steps == (self.step_at != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BANDS: VolatilityBands =
        VolatilityBands { bps: 7_500, ticks: 15, multiplier: 200, limit_state_ns: 1, pause_ns: 1 };

    #[test]
    fn a_width_is_the_lesser_of_both_and_at_least_a_tick() {
        assert_eq!(BANDS.width(10), 15);
        assert_eq!(BANDS.width(1_000), 30);
        assert_eq!(VolatilityBands { bps: 500, ticks: 0, multiplier: 100, ..BANDS }.width(1), 1);
        assert_eq!(VolatilityBands { bps: 500, ticks: 0, multiplier: 100, ..BANDS }.width(199), 9);
        let widest = VolatilityBands { bps: MAX_COLLAR_BPS, ticks: 0, multiplier: MAX_MULTIPLIER, ..BANDS };
        assert_eq!(widest.width(u32::MAX), i64::from(u32::MAX) * 100);
    }

    proptest! {
        #[test]
        fn a_window_is_what_a_list_of_all_trades_says(
            trades in prop::collection::vec((0..100 * VOLATILITY_BUCKET, 1..=u32::MAX), 1..60),
        ) {
            let mut window = Window::default();
            let mut all: Vec<(u64, u32)> = Vec::new();
            let mut now = 0;
            for (later, price) in trades {
                now += later;
                window.remember(now, price);
                all.push((now, price));
                let oldest = bucket_of(now).saturating_sub(VOLATILITY_BUCKETS - 1);
                all.retain(|&(time_ns, _)| bucket_of(time_ns) >= oldest);
                let sum: u128 = all.iter().map(|&(_, price)| u128::from(price)).sum();
                prop_assert_eq!(window.mean(), Some((sum / all.len() as u128) as u32));
                prop_assert!(window.buckets_at(now).count() <= VOLATILITY_BUCKETS as usize);
            }
            window.forget(now + VOLATILITY_BUCKETS * VOLATILITY_BUCKET);
            prop_assert_eq!((window.mean(), window.sum, window.count), (None, 0, 0));
        }
    }

    #[test]
    fn an_anchor_never_moves_further_than_a_step() {
        let policy = ReferencePolicy {
            primary: PrimaryPolicy::Reanchor,
            closed_bps: 500,
            step_bps: 100,
            step_ns: 7,
            ..ReferencePolicy::NONE
        };
        let status = PrimaryStatus::Closed;
        let mut protections = Protections { policy, status, close: 250, ..Protections::default() };
        protections.set_anchor(None, 3);
        assert_eq!((protections.anchor, protections.step_at), (250, 10));
        for (last_trade, anchor) in [(1_000, 252), (0, 252), (251, 251), (1, 249)] {
            protections.step(last_trade, 20);
            assert_eq!((protections.anchor, protections.step_at), (anchor, 27));
        }
    }
}
