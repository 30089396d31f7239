//! How much a quote group may trade in a while: its limits, and the fills of the window with their sums. Knows no orders;
//! what follows from a breach is the engine's to do.

use crate::types::{Amount, MAX_PROTECTED_FILLS, ProtectionLimit, QuantityLots};
use std::collections::VecDeque;

/// 0: the limit is off, but for the window and the fills.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    pub window_ns: u64,
    pub max_quantity: QuantityLots,
    pub max_notional: Amount,
    pub max_fills: u32,
    pub max_delta: QuantityLots,
}

impl Limits {
    /// No protection at all.
    pub const NONE: Limits = Limits {
        window_ns: 0,
        max_quantity: QuantityLots(0),
        max_notional: Amount(0),
        max_fills: 0,
        max_delta: QuantityLots(0),
    };

    pub fn are_possible(&self) -> bool {
        self.window_ns > 0
            && (1..=MAX_PROTECTED_FILLS).contains(&self.max_fills)
            && self.max_quantity.0 >= 0
            && self.max_notional.0 >= 0
            && self.max_delta.0 >= 0
    }
}

/// A fill of a quote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CountedFill {
    pub time_ns: u64,
    /// Bought; sold, if below 0.
    pub lots: QuantityLots,
    pub cash: Amount,
}

/// What the fills of a window come to. Wider than a fill: there are many.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Sums {
    quantity: i128,
    notional: i128,
    delta: i128,
}

impl Sums {
    fn add(&mut self, fill: &CountedFill, sign: i128) {
        self.quantity += sign * i128::from(fill.lots.0).abs();
        self.notional += sign * i128::from(fill.cash.0);
        self.delta += sign * i128::from(fill.lots.0);
    }
}

/// A limit was reached: which, and the sums of the window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Breach {
    pub limit: ProtectionLimit,
    pub fills: u32,
    pub quantity: QuantityLots,
    pub notional: Amount,
    pub delta: QuantityLots,
}

#[derive(Clone, Debug, Default)]
pub struct Protection {
    limits: Limits,
    /// The window as it was at the last fill, oldest first: never more than `max_fills`.
    fills: VecDeque<CountedFill>,
    sums: Sums,
}

impl Protection {
    pub fn new(limits: Limits) -> Protection {
        Protection { limits, ..Protection::default() }
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Forgets what was counted.
    pub fn clear(&mut self) {
        self.fills.clear();
        self.sums = Sums::default();
    }

    /// Counts a fill. A breach is what it has brought about.
    pub fn count(&mut self, fill: CountedFill) -> Option<Breach> {
        while let Some(oldest) = self.fills.front()
            && !self.limits.has_in_window(oldest, fill.time_ns)
        {
            self.sums.add(oldest, -1);
            self.fills.pop_front();
        }
        self.add(fill);
        let limit = self.reached()?;
        let narrow = |sum: i128| sum.clamp(-i128::from(i64::MAX), i128::from(i64::MAX)) as i64;
        Some(Breach {
            limit,
            fills: self.fills.len() as u32,
            quantity: QuantityLots(narrow(self.sums.quantity)),
            notional: Amount(narrow(self.sums.notional)),
            delta: QuantityLots(narrow(self.sums.delta)),
        })
    }

    fn add(&mut self, fill: CountedFill) {
        self.sums.add(&fill, 1);
        self.fills.push_back(fill);
    }

    fn reached(&self) -> Option<ProtectionLimit> {
        let Limits { max_quantity, max_notional, max_fills, max_delta, .. } = self.limits;
        let is_reached = |limit: i64, sum: i128| limit != 0 && sum >= i128::from(limit);
        if is_reached(max_quantity.0, self.sums.quantity) {
            Some(ProtectionLimit::Quantity)
        } else if is_reached(max_notional.0, self.sums.notional) {
            Some(ProtectionLimit::Notional)
        } else if self.fills.len() >= max_fills as usize {
            Some(ProtectionLimit::Fills)
        } else if is_reached(max_delta.0, self.sums.delta.abs()) {
            Some(ProtectionLimit::Delta)
        } else {
            None
        }
    }

    /// The fills in the window of a time, oldest first.
    pub fn window(&self, now_ns: u64) -> impl Iterator<Item = &CountedFill> {
        self.fills.iter().skip_while(move |fill| !self.limits.has_in_window(fill, now_ns))
    }

    /// Takes the next fill that a state image has in the window of its time. `None` if that can not be: a limit that was
    /// reached is a breach, but for that of the difference, which can also grow by what leaves the window.
    pub fn restore(&mut self, fill: CountedFill, now_ns: u64) -> Option<()> {
        let follows = self.fills.back().is_none_or(|last| last.time_ns <= fill.time_ns);
        let is_possible = fill.lots.0 != 0
            && fill.lots.0 != i64::MIN
            && fill.cash.0 > 0
            && fill.time_ns <= now_ns
            && self.limits.has_in_window(&fill, now_ns);
        if !(follows && is_possible) {
            return None;
        }
        self.add(fill);
        matches!(self.reached(), None | Some(ProtectionLimit::Delta)).then_some(())
    }
}

impl Limits {
    #[inline]
    fn has_in_window(&self, fill: &CountedFill, now_ns: u64) -> bool {
        now_ns - fill.time_ns < self.window_ns
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fill(time_ns: u64, lots: i64, cash: i64) -> CountedFill {
        CountedFill { time_ns, lots: QuantityLots(lots), cash: Amount(cash) }
    }

    #[test]
    fn the_sums_of_a_breach_are_at_most_the_largest_numbers() {
        let limits = Limits { window_ns: 1, max_fills: 3, ..Limits::NONE };
        let mut protection = Protection::new(limits);
        assert_eq!(protection.count(fill(5, -i64::MAX, i64::MAX)), None);
        assert_eq!(protection.count(fill(5, -i64::MAX, i64::MAX)), None);
        let breach = protection.count(fill(5, -1, 1)).unwrap();
        assert_eq!((breach.limit, breach.fills), (ProtectionLimit::Fills, 3));
        assert_eq!((breach.quantity.0, breach.notional.0, breach.delta.0), (i64::MAX, i64::MAX, -i64::MAX));
    }

    /// What left the window can leave a difference beyond the limit behind, which is no breach until the next fill.
    #[test]
    fn a_window_comes_back_whatever_its_difference() {
        let limits = Limits { window_ns: 100, max_fills: 3, max_delta: QuantityLots(2), ..Limits::NONE };
        let mut protection = Protection::new(limits);
        assert_eq!(protection.count(fill(1_000, -1, 1)), None);
        assert_eq!(protection.count(fill(1_050, 2, 1)), None);
        let mut restored = Protection::new(limits);
        for fill in protection.window(1_100) {
            restored.restore(*fill, 1_100).unwrap();
        }
        assert_eq!(restored.window(1_100).count(), 1);
        assert_eq!(restored.restore(fill(1_060, -4, 1), 1_100), Some(()));
        assert_eq!(restored.restore(fill(1_060, 1, 1), 1_100), None, "the third fill was a breach");
    }

    proptest! {
        /// As counted anew from all fills so far.
        #[test]
        fn a_window_is_what_lies_within_it(
            window_ns in 1..20u64,
            limits in (0..40i64, 0..400i64, 1..8u32, 0..20i64),
            steps in prop::collection::vec((0..6u64, -9..9i64, 1..60i64), 1..60),
        ) {
            let limits = Limits {
                window_ns,
                max_quantity: QuantityLots(limits.0),
                max_notional: Amount(limits.1),
                max_fills: limits.2,
                max_delta: QuantityLots(limits.3),
            };
            let (mut protection, mut all, mut now_ns) = (Protection::new(limits), Vec::new(), 0);
            for (later, lots, cash) in steps {
                now_ns += later;
                let counted = fill(now_ns, if lots == 0 { 9 } else { lots }, cash);
                all.push(counted);
                let window: Vec<_> = all.iter().filter(|fill| now_ns - fill.time_ns < window_ns).copied().collect();
                let sum = |part: fn(&CountedFill) -> i64| window.iter().map(part).sum::<i64>();
                let (quantity, notional) = (sum(|fill| fill.lots.0.abs()), sum(|fill| fill.cash.0));
                let (delta, fills) = (sum(|fill| fill.lots.0), window.len() as u32);
                let reached = |limit: i64, sum: i64| limit != 0 && sum >= limit;
                let limit = if reached(limits.max_quantity.0, quantity) {
                    Some(ProtectionLimit::Quantity)
                } else if reached(limits.max_notional.0, notional) {
                    Some(ProtectionLimit::Notional)
                } else if fills >= limits.max_fills {
                    Some(ProtectionLimit::Fills)
                } else if reached(limits.max_delta.0, delta.abs()) {
                    Some(ProtectionLimit::Delta)
                } else {
                    None
                };
                let expected = limit.map(|limit| Breach {
                    limit,
                    fills,
                    quantity: QuantityLots(quantity),
                    notional: Amount(notional),
                    delta: QuantityLots(delta),
                });
                prop_assert_eq!(protection.count(counted), expected);
                if expected.is_some() {
                    protection.clear();
                    all.clear();
                }
                prop_assert!(protection.window(now_ns).eq(all.iter().filter(|fill| now_ns - fill.time_ns < window_ns)));
            }
        }
    }
}
