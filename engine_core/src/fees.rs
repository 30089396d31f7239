//! What trading costs: rates, tiers and overrides of fee schedules, changes that wait for their time, and what accounts
//! have traded. Knows no order and no balance.

use crate::types::*;
use hashbrown::HashMap;
use std::collections::BTreeMap;

const DAYS: usize = FEE_DAYS as usize;

/// Rates in hundredths of a basis point of the cash. A maker rate below 0 is a rebate.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct FeeRates {
    pub maker_rate: i16,
    pub taker_rate: u16,
}

const _: () = assert!(MAX_FEE_RATE <= i16::MAX as u32);

impl FeeRates {
    /// `None` unless both can be.
    pub fn new(maker_rate: i32, taker_rate: u32) -> Option<FeeRates> {
        let possible = maker_rate.unsigned_abs() <= MAX_FEE_RATE && taker_rate <= MAX_FEE_RATE;
        possible.then_some(FeeRates { maker_rate: maker_rate as i16, taker_rate: taker_rate as u16 })
    }

    /// The largest rate a fill can be charged: what holds are computed with.
    #[inline]
    pub fn hold_rate(&self) -> u16 {
        self.taker_rate.max(self.maker_rate.max(0) as u16)
    }
}

/// Rates of accounts that have traded so much.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FeeTier {
    pub notional: Amount,
    pub rates: FeeRates,
}

/// A tier as a command says it: its notional and both rates.
pub type SaidTier = (i64, i32, u32);

/// The rates of a schedule, or of its override for an instrument, and the tiers above them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct FeeTable {
    pub rates: FeeRates,
    pub tiers: Vec<FeeTier>,
}

impl FeeTable {
    /// `None` unless it can be. A tier without a notional is not there, nor are those behind it.
    pub fn said(maker_rate: i32, taker_rate: u32, tiers: &[SaidTier; MAX_FEE_TIERS]) -> Option<FeeTable> {
        let count = tiers.iter().take_while(|(notional, ..)| *notional != 0).count();
        if tiers[count..].iter().any(|tier| *tier != (0, 0, 0)) {
            return None;
        }
        let tiers = tiers[..count].iter().map(|&(notional, maker_rate, taker_rate)| {
            Some(FeeTier { notional: Amount(notional), rates: FeeRates::new(maker_rate, taker_rate)? })
        });
        FeeTable::new(FeeRates::new(maker_rate, taker_rate)?, tiers.collect::<Option<_>>()?)
    }

    /// `None` unless the tiers ascend from above 0.
    pub fn new(rates: FeeRates, tiers: Vec<FeeTier>) -> Option<FeeTable> {
        let ascend = tiers.windows(2).all(|pair| pair[0].notional < pair[1].notional);
        let begins = tiers.first().is_none_or(|tier| tier.notional > Amount::ZERO);
        (begins && ascend && tiers.len() <= MAX_FEE_TIERS).then_some(FeeTable { rates, tiers })
    }

    fn rates_from(&self, traded: Amount) -> FeeRates {
        self.tiers.iter().rfind(|tier| tier.notional <= traded).map_or(self.rates, |tier| tier.rates)
    }
}

/// Whose rates: a schedule's for one instrument, or its own ([`NONE_ID`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FeeTarget {
    pub schedule: u32,
    pub instrument: u32,
}

impl FeeTarget {
    pub fn schedule(schedule: u32) -> FeeTarget {
        FeeTarget { schedule, instrument: NONE_ID }
    }

    pub fn is_override(self) -> bool {
        self.instrument != NONE_ID
    }
}

/// What an order looks at first.
#[derive(Clone, Copy, Default, Debug)]
pub struct FeeSchedule {
    pub rates: FeeRates,
    /// Whether these are the rates of every order: no tiers, no overrides.
    pub is_flat: bool,
    /// Whether fills of its accounts count: it has tiers, itself or in an override.
    has_tiers: bool,
}

/// What an account has traded in an asset, day by day.
#[derive(Clone, Debug)]
struct Traded {
    /// The last day that counted.
    last: u32,
    /// Of that day and those before it, each at its number modulo their number.
    sums: [i64; DAYS],
}

impl Traded {
    /// The days up to `today` with what was traded, the first one first.
    fn days(&self, today: u32) -> impl Iterator<Item = (u32, i64)> + '_ {
        let first = (today + 1).saturating_sub(FEE_DAYS);
        let days = first.max((self.last + 1).saturating_sub(FEE_DAYS))..=self.last;
        days.map(|day| (day, self.sums[day as usize % DAYS])).filter(|&(_, sum)| sum != 0)
    }

    fn add(&mut self, day: u32, cash: i64) {
        for passed in (self.last + 1..=day).take(DAYS) {
            self.sums[passed as usize % DAYS] = 0;
        }
        // More days have passed than there are: all of them are 0 by now.
        self.last = day;
        let sum = &mut self.sums[day as usize % DAYS];
        *sum = sum.saturating_add(cash);
    }
}

/// The day of a time.
pub fn day(time_ns: u64) -> u32 {
    (time_ns / DAY_NS) as u32
}

#[derive(Default)]
pub struct Fees {
    schedules: Vec<FeeSchedule>,
    /// By schedule.
    tables: Vec<FeeTable>,
    overrides: BTreeMap<FeeTarget, FeeTable>,
    /// `None`: the override ends.
    waiting: BTreeMap<(u64, FeeTarget), Option<FeeTable>>,
    traded: HashMap<(AccountId, AssetId), Traded>,
    /// Whether fills of any accounts count.
    has_tiers: bool,
}

impl Fees {
    pub fn schedules(&self) -> &[FeeSchedule] {
        &self.schedules
    }

    pub fn tables(&self) -> &[FeeTable] {
        &self.tables
    }

    pub fn table(&self, schedule: u32) -> &FeeTable {
        &self.tables[schedule as usize]
    }

    pub fn overrides(&self) -> impl ExactSizeIterator<Item = (FeeTarget, &FeeTable)> {
        self.overrides.iter().map(|(&target, table)| (target, table))
    }

    /// Changes that wait, in the order in which they become effective.
    pub fn waiting(&self) -> impl ExactSizeIterator<Item = (u64, FeeTarget, Option<&FeeTable>)> {
        self.waiting.iter().map(|(&(time_ns, target), table)| (time_ns, target, table.as_ref()))
    }

    /// What an order of an account pays that is accepted now, of whatever schedule: of a flat one it is what that says.
    pub fn rates(
        &self,
        schedule: u32,
        account: AccountId,
        instrument: InstrumentId,
        quote: AssetId,
        now_ns: u64,
    ) -> FeeRates {
        let table = self.overrides.get(&FeeTarget { schedule, instrument: instrument.0 });
        table.unwrap_or(self.table(schedule)).rates_from(self.notional(account, quote, now_ns))
    }

    /// What an account has traded in an asset in the days that decide its tier.
    pub fn notional(&self, account: AccountId, asset: AssetId, now_ns: u64) -> Amount {
        let days = self.days(account, asset, now_ns);
        Amount(days.fold(0, |sum, (_, of_day)| i64::saturating_add(sum, of_day)))
    }

    /// The same, by the days on which it traded, the first one first.
    pub fn days(&self, account: AccountId, asset: AssetId, now_ns: u64) -> impl Iterator<Item = (u32, i64)> + '_ {
        self.traded.get(&(account, asset)).into_iter().flat_map(move |traded| traded.days(day(now_ns)))
    }

    /// Who has traded what that still counts, in order.
    pub fn traded(&self, now_ns: u64) -> Vec<(AccountId, AssetId)> {
        let counts = |&&(account, asset): &&_| self.days(account, asset, now_ns).next().is_some();
        let mut keys: Vec<_> = self.traded.keys().filter(counts).copied().collect();
        keys.sort_unstable();
        keys
    }

    /// Whether fills of any accounts count.
    #[inline(always)]
    pub fn has_tiers(&self) -> bool {
        self.has_tiers
    }

    /// Counts a fill, if those of the account's schedule count.
    pub fn count(&mut self, schedule: u32, account: AccountId, asset: AssetId, cash: Amount, now_ns: u64) {
        if self.schedules[schedule as usize].has_tiers {
            self.restore(account, asset, day(now_ns), cash);
        }
    }

    /// Adds to what an account has traded on a day, which is none before the last one.
    pub fn restore(&mut self, account: AccountId, asset: AssetId, day: u32, cash: Amount) {
        let none = Traded { last: day, sums: [0; DAYS] };
        self.traded.entry((account, asset)).or_insert(none).add(day, cash.0);
    }

    /// A target has these rates from now on; `None`: the override is gone. A schedule that is new is the next one.
    pub fn set(&mut self, target: FeeTarget, table: Option<FeeTable>) {
        match table {
            None => drop(self.overrides.remove(&target)),
            Some(table) if target.is_override() => drop(self.overrides.insert(target, table)),
            Some(table) => match self.tables.get_mut(target.schedule as usize) {
                Some(before) => *before = table,
                None => {
                    self.tables.push(table);
                    self.schedules.push(FeeSchedule::default());
                }
            },
        }
        self.note(target.schedule);
    }

    /// Whether a target has an override, or one that waits, or another may have.
    pub fn has_room_for(&self, target: FeeTarget) -> bool {
        let waits = self.waiting.iter().filter(|((_, other), table)| other.is_override() && table.is_some());
        let mut waits: Vec<_> = waits.map(|(&(_, other), _)| other).collect();
        waits.sort_unstable();
        waits.dedup();
        waits.retain(|other| !self.overrides.contains_key(other));
        self.overrides.contains_key(&target)
            || waits.contains(&target)
            || self.overrides.len() + waits.len() < MAX_FEE_OVERRIDES
    }

    /// Changes of a target that wait for this time or a later one: what another change of it ends.
    pub fn replaced(&self, target: FeeTarget, from_ns: u64) -> usize {
        self.waiting.keys().filter(|&&(time_ns, other)| other == target && time_ns >= from_ns).count()
    }

    pub fn replace(&mut self, target: FeeTarget, from_ns: u64) {
        self.waiting.retain(|&(time_ns, other), _| other != target || time_ns < from_ns);
    }

    pub fn wait(&mut self, time_ns: u64, target: FeeTarget, table: Option<FeeTable>) {
        self.waiting.insert((time_ns, target), table);
    }

    /// When the first change becomes effective.
    #[inline]
    pub fn next(&self) -> Option<u64> {
        self.waiting.first_key_value().map(|(&(time_ns, _), _)| time_ns)
    }

    /// Takes the first change that becomes effective by `now_ns`.
    pub fn take_first_by(&mut self, now_ns: u64) -> Option<(FeeTarget, Option<FeeTable>)> {
        let first = self.waiting.first_entry().filter(|entry| entry.key().0 <= now_ns)?;
        let ((_, target), table) = first.remove_entry();
        Some((target, table))
    }

    fn note(&mut self, schedule: u32) {
        let of_schedule = FeeTarget { schedule, instrument: 0 }..FeeTarget::schedule(schedule);
        let mut overrides = self.overrides.range(of_schedule).map(|(_, table)| table).peekable();
        let table = &self.tables[schedule as usize];
        let is_flat = table.tiers.is_empty() && overrides.peek().is_none();
        let has_tiers = !table.tiers.is_empty() || overrides.any(|table| !table.tiers.is_empty());
        self.schedules[schedule as usize] = FeeSchedule { rates: table.rates, is_flat, has_tiers };
        self.has_tiers = self.schedules.iter().any(|schedule| schedule.has_tiers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: AccountId = AccountId(7);
    const USD: AssetId = AssetId(3);
    const TIERS: [SaidTier; MAX_FEE_TIERS] = [(0, 0, 0); MAX_FEE_TIERS];

    fn table(tiers: &[SaidTier]) -> Option<FeeTable> {
        let mut said = TIERS;
        said[..tiers.len()].copy_from_slice(tiers);
        FeeTable::said(10, 20, &said)
    }

    #[test]
    fn tiers_ascend_without_a_gap() {
        for (tiers, good) in [
            (&[][..], true),
            (&[(1, 0, 0), (2, -32_767, 32_767), (i64::MAX, 5, 0)], true),
            (&[(1, 0, 0), (1, 0, 0)], false),
            (&[(2, 0, 0), (1, 0, 0)], false),
            (&[(-1, 0, 0)], false),
            (&[(0, 0, 0), (1, 0, 0)], false),
            (&[(0, 1, 0)], false),
            (&[(1, 0, 0), (0, 0, 1)], false),
            (&[(1, -32_768, 0)], false),
            (&[(1, 0, 32_768)], false),
        ] {
            assert_eq!(table(tiers).is_some(), good, "{tiers:?}");
        }
        assert_eq!(FeeTable::said(i32::MIN, 0, &TIERS), None);
        assert_eq!(FeeTable::said(0, u32::MAX, &TIERS), None);
    }

    #[test]
    fn the_last_tier_that_is_reached_counts() {
        let table = table(&[(100, 1, 2), (200, -3, 4)]).unwrap();
        for (traded, expected) in [(0, (10, 20)), (99, (10, 20)), (100, (1, 2)), (199, (1, 2)), (i64::MAX, (-3, 4))] {
            let FeeRates { maker_rate, taker_rate } = table.rates_from(Amount(traded));
            assert_eq!((maker_rate, taker_rate), expected, "{traded}");
        }
    }

    #[test]
    fn a_hold_never_counts_on_a_rebate() {
        for (maker, taker, expected) in [(-5, 0, 0), (-5, 3, 3), (4, 3, 4), (-32_767, 32_767, 32_767)] {
            assert_eq!(FeeRates::new(maker, taker).unwrap().hold_rate(), expected);
        }
    }

    #[test]
    fn what_is_said_last_of_a_target_holds_from_its_time_on() {
        let mut fees = Fees::default();
        fees.set(FeeTarget::schedule(0), table(&[]));
        let (own, other) = (FeeTarget::schedule(0), FeeTarget { schedule: 0, instrument: 5 });
        for (time_ns, target) in [(10, own), (20, own), (20, other), (30, own)] {
            fees.wait(time_ns, target, table(&[]));
        }
        assert_eq!((fees.replaced(own, 20), fees.replaced(own, 0), fees.replaced(other, 21)), (2, 3, 0));
        fees.replace(own, 20);
        assert_eq!(fees.next(), Some(10));
        assert_eq!(fees.take_first_by(9), None);
        assert_eq!(fees.take_first_by(20).map(|(target, _)| target), Some(own));
        assert_eq!(fees.take_first_by(20).map(|(target, _)| target), Some(other));
        assert_eq!((fees.take_first_by(u64::MAX), fees.next()), (None, None));
    }

    #[test]
    fn a_schedule_is_flat_again_without_its_override() {
        let mut fees = Fees::default();
        fees.set(FeeTarget::schedule(0), table(&[]));
        let target = FeeTarget { schedule: 0, instrument: 5 };
        let flags = |fees: &Fees| (fees.schedules[0].is_flat, fees.has_tiers());
        assert_eq!(flags(&fees), (true, false));
        fees.set(target, table(&[(1, 0, 0)]));
        assert_eq!(flags(&fees), (false, true));
        fees.set(target, table(&[]));
        assert_eq!(flags(&fees), (false, false));
        fees.set(target, None);
        assert_eq!(flags(&fees), (true, false));
    }

    #[test]
    fn sums_of_days_saturate() {
        let mut fees = Fees::default();
        for day in [0, 0, 1] {
            fees.restore(A, USD, day, Amount::MAX);
        }
        assert_eq!(fees.notional(A, USD, DAY_NS), Amount::MAX);
        assert_eq!(fees.traded(DAY_NS), [(A, USD)]);
        assert_eq!(fees.days(A, USD, DAY_NS).collect::<Vec<_>>(), [(0, i64::MAX), (1, i64::MAX)]);
        assert_eq!(fees.notional(A, USD, 31 * DAY_NS), Amount::ZERO);
        assert_eq!(fees.traded(31 * DAY_NS), []);
        assert_eq!(fees.notional(A, USD, u64::MAX), Amount::ZERO);
    }

    proptest! {
        #[test]
        fn the_last_days_count_and_no_others(steps in prop::collection::vec((prop::sample::select(vec![0u32, 1, 2, 29, 30, 31, 100]), 1..1_000i64), 1..60)) {
            let (mut fees, mut naive, mut today) = (Fees::default(), BTreeMap::<u32, i64>::new(), 0);
            for (passed, cash) in steps {
                today += passed;
                let counted = |naive: &BTreeMap<u32, i64>| -> Vec<(u32, i64)> {
                    naive.iter().filter(|(day, _)| **day + FEE_DAYS > today).map(|(&day, &sum)| (day, sum)).collect()
                };
                let now_ns = u64::from(today) * DAY_NS + DAY_NS - 1;
                let before: i64 = counted(&naive).iter().map(|(_, sum)| sum).sum();
                prop_assert_eq!(fees.notional(A, USD, now_ns), Amount(before));
                fees.restore(A, USD, today, Amount(cash));
                *naive.entry(today).or_default() += cash;
                prop_assert_eq!(fees.days(A, USD, now_ns).collect::<Vec<_>>(), counted(&naive));
            }
        }
    }
}
