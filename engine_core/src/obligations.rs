//! What market makers owe and have done of it: by account and instrument, how much of the time both sides were there, near
//! enough to each other and large enough. Knows no order, no rule of trading, and no clock.

use crate::types::*;

/// What is asked of a maker, and what it gets for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ObligationTerms {
    /// Ticks between its buys and its sells.
    pub max_spread: u32,
    /// On each side.
    pub min_quantity: QuantityLots,
    /// Of the time.
    pub required_bps: u32,
    /// Below 0: a rebate.
    pub maker_rate: i16,
}

/// Basis points in the whole of the time.
const WHOLE_BPS: u32 = 10_000;
const _: () = assert!(MAX_FEE_RATE <= i16::MAX as u32);

impl ObligationTerms {
    /// `None` unless all can be.
    pub fn new(max_spread: u32, min_quantity: i64, required_bps: u32, maker_rate: i32) -> Option<ObligationTerms> {
        let possible = (1..=MAX_OBLIGATION_SPREAD).contains(&max_spread)
            && min_quantity >= 1
            && (1..=WHOLE_BPS).contains(&required_bps)
            && maker_rate.unsigned_abs() <= MAX_FEE_RATE;
        let (min_quantity, maker_rate) = (QuantityLots(min_quantity), maker_rate as i16);
        possible.then_some(ObligationTerms { max_spread, min_quantity, required_bps, maker_rate })
    }
}

/// Whose obligation, and where.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ObligationId {
    pub account: AccountId,
    pub instrument: InstrumentId,
}

/// Lots that a maker shows at one price.
#[derive(Clone, Copy)]
struct Shown {
    /// Grows as prices get better.
    rank: u32,
    lots: i64,
}

/// The rank of a price among those of its side, and the price of a rank.
fn ranked(side: Side, price: u32) -> u32 {
    if side == Side::Buy { price } else { !price }
}

/// What was done in a while.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Served {
    pub met_ns: u64,
    pub open_ns: u64,
}

impl Served {
    /// Whether it is as much as is asked.
    fn earns(self, terms: &ObligationTerms) -> bool {
        let (met, open) = (u128::from(self.met_ns), u128::from(self.open_ns));
        open > 0 && met * u128::from(WHOLE_BPS) >= open * u128::from(terms.required_bps)
    }
}

/// One maker's obligation on one instrument.
pub struct Obligation {
    pub terms: ObligationTerms,
    /// By the last scoring, until the next.
    pub earned: bool,
    /// As it was seen last.
    is_open: bool,
    is_met: bool,
    /// Up to when the time has been counted.
    counted_to: u64,
    served: Served,
    /// By side, the worst price first: what comes and goes is mostly near the end.
    shown: [Vec<Shown>; 2],
    /// Whether it is among those to look at.
    is_changed: bool,
}

impl Obligation {
    pub fn new(terms: ObligationTerms, now: u64) -> Obligation {
        Obligation {
            terms,
            earned: false,
            is_open: false,
            is_met: false,
            counted_to: now,
            served: Served::default(),
            shown: Default::default(),
            is_changed: false,
        }
    }

    /// With what was counted before.
    pub fn restored(terms: ObligationTerms, earned: bool, served: Served, now: u64) -> Option<Obligation> {
        let possible = served.met_ns <= served.open_ns && served.open_ns <= now;
        possible.then(|| Obligation { earned, served, ..Obligation::new(terms, now) })
    }

    pub fn is_met(&self) -> bool {
        self.is_met
    }

    /// What was done up to a time that is not before the last one.
    pub fn served(&self, now: u64) -> Served {
        let passed = now - self.counted_to;
        let Served { met_ns, open_ns } = self.served;
        Served {
            met_ns: met_ns + if self.is_met { passed } else { 0 },
            open_ns: open_ns + if self.is_open { passed } else { 0 },
        }
    }

    /// Takes what is as it is from now on.
    pub fn look(&mut self, is_open: bool, now: u64) {
        self.served = self.served(now);
        self.counted_to = now;
        self.is_open = is_open;
        self.is_met = is_open && self.reaches();
        self.is_changed = false;
    }

    /// Judges what was done up to now, and begins anew.
    pub fn score(&mut self, now: u64) -> Served {
        let served = self.served(now);
        self.earned = served.earns(&self.terms);
        (self.served, self.counted_to) = (Served::default(), now);
        served
    }

    /// So many lots more, or less, are shown at a price.
    pub fn count(&mut self, side: Side, price: u32, by: i64) {
        let (rank, shown) = (ranked(side, price), &mut self.shown[side as usize]);
        match shown.binary_search_by_key(&rank, |level| level.rank) {
            Ok(at) => {
                shown[at].lots += by;
                if shown[at].lots == 0 {
                    shown.remove(at);
                }
            }
            Err(at) if by != 0 => shown.insert(at, Shown { rank, lots: by }),
            Err(_) => {}
        }
    }

    /// Whether the narrowest spread with enough on both sides is narrow enough, in a book that is not crossed.
    fn reaches(&self) -> bool {
        let [bid, ask] = [Side::Buy, Side::Sell].map(|side| self.depth_of_minimum(side));
        bid.zip(ask).is_some_and(|(bid, ask)| ask - bid <= i64::from(self.terms.max_spread))
    }

    /// The price of a side down to which there is enough. What is further from the best than the spread is not looked
    /// at: it can not be near enough to the other side.
    fn depth_of_minimum(&self, side: Side) -> Option<i64> {
        let levels = &self.shown[side as usize];
        let best = levels.last()?.rank;
        let mut missing = self.terms.min_quantity.0;
        for level in levels.iter().rev().take_while(|level| best - level.rank <= self.terms.max_spread) {
            missing -= level.lots;
            if missing <= 0 {
                return Some(i64::from(ranked(side, level.rank)));
            }
        }
        None
    }
}

/// All of them: few, so that all can be scored at once.
#[derive(Default)]
pub struct Obligations {
    /// In their order, each with its row at the same place: they are looked up far more often than anything of the rows.
    ids: Vec<ObligationId>,
    rows: Vec<Obligation>,
    /// Places of those that are to be looked at when the command has been done.
    changed: Vec<usize>,
}

impl Obligations {
    pub fn are_full(&self) -> bool {
        self.rows.len() >= MAX_OBLIGATIONS
    }

    /// In their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ObligationId, &Obligation)> {
        self.ids.iter().copied().zip(&self.rows)
    }

    pub fn get(&self, id: ObligationId) -> Option<&Obligation> {
        self.ids.binary_search(&id).ok().map(|at| &self.rows[at])
    }

    pub fn get_mut(&mut self, id: ObligationId) -> Option<&mut Obligation> {
        self.ids.binary_search(&id).ok().map(|at| &mut self.rows[at])
    }

    /// One that there is not yet, while none is to be looked at.
    pub fn add(&mut self, id: ObligationId, obligation: Obligation) {
        debug_assert!(self.changed.is_empty());
        let at = self.ids.binary_search(&id).expect_err("there is none yet");
        self.ids.insert(at, id);
        self.rows.insert(at, obligation);
        self.changed.reserve(self.rows.len());
    }

    /// Takes one away that there is, while none is to be looked at.
    pub fn remove(&mut self, id: ObligationId) {
        debug_assert!(self.changed.is_empty());
        let at = self.ids.binary_search(&id).expect("there is one");
        self.ids.remove(at);
        self.rows.remove(at);
    }

    pub fn has_any_of(&self, account: AccountId) -> bool {
        let at = self.ids.partition_point(|id| id.account < account);
        self.ids.get(at).is_some_and(|id| id.account == account)
    }

    /// So many lots more, or less, are shown.
    pub fn count(&mut self, id: ObligationId, side: Side, price: u32, by: i64) {
        if let Ok(at) = self.ids.binary_search(&id) {
            self.rows[at].count(side, price, by);
            self.mark(at);
        }
    }

    /// Those on an instrument may be open, or not any more.
    pub fn mark_all_on(&mut self, instrument: InstrumentId) {
        for at in 0..self.ids.len() {
            if self.ids[at].instrument == instrument {
                self.mark(at);
            }
        }
    }

    pub fn mark_one(&mut self, id: ObligationId) {
        if let Ok(at) = self.ids.binary_search(&id) {
            self.mark(at);
        }
    }

    fn mark(&mut self, at: usize) {
        if !std::mem::replace(&mut self.rows[at].is_changed, true) {
            self.changed.push(at);
        }
    }

    #[inline(always)]
    pub fn are_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Takes the next one that is to be looked at.
    pub fn take_changed(&mut self) -> Option<ObligationId> {
        self.changed.pop().map(|at| self.ids[at])
    }

    /// Judges one after the other.
    pub fn score_next(&mut self, at: usize, now: u64) -> Option<(ObligationId, Served, bool)> {
        let obligation = self.rows.get_mut(at)?;
        let served = obligation.score(now);
        Some((self.ids[at], served, obligation.earned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(max_spread: u32, min_quantity: i64, required_bps: u32) -> ObligationTerms {
        ObligationTerms::new(max_spread, min_quantity, required_bps, 0).unwrap()
    }

    #[test]
    fn terms_have_bounds() {
        for (max_spread, min_quantity, required_bps, maker_rate, good) in [
            (1, 1, 1, 0, true),
            (1_000, i64::MAX, 10_000, -32_767, true),
            (1_000, 1, 10_000, 32_767, true),
            (0, 1, 1, 0, false),
            (1_001, 1, 1, 0, false),
            (1, 0, 1, 0, false),
            (1, -1, 1, 0, false),
            (1, 1, 0, 0, false),
            (1, 1, 10_001, 0, false),
            (1, 1, 1, 32_768, false),
            (1, 1, 1, i32::MIN, false),
        ] {
            let said = ObligationTerms::new(max_spread, min_quantity, required_bps, maker_rate);
            assert_eq!(said.is_some(), good, "{max_spread} {min_quantity} {required_bps} {maker_rate}");
        }
    }

    #[test]
    fn time_counts_as_it_was_seen_before() {
        let mut obligation = Obligation::new(terms(2, 5, 5_000), 10);
        obligation.look(true, 10);
        obligation.count(Side::Buy, 99, 5);
        obligation.count(Side::Sell, 101, 5);
        obligation.look(true, 20);
        assert_eq!(obligation.served(25), Served { met_ns: 5, open_ns: 15 });
        obligation.look(false, 30);
        assert_eq!(obligation.served(99), Served { met_ns: 10, open_ns: 20 });
        assert_eq!((obligation.score(99), obligation.earned), (Served { met_ns: 10, open_ns: 20 }, true));
        assert_eq!((obligation.score(99), obligation.earned), (Served::default(), false));
    }

    #[test]
    fn a_share_is_exact() {
        for (met_ns, open_ns, required_bps, earned) in [
            (0, 0, 1, false),
            (1, 3, 3_333, true),
            (1, 3, 3_334, false),
            (u64::MAX, u64::MAX, 10_000, true),
            (u64::MAX - 1, u64::MAX, 10_000, false),
        ] {
            assert_eq!(Served { met_ns, open_ns }.earns(&terms(1, 1, required_bps)), earned, "{met_ns}/{open_ns}");
        }
    }

    #[test]
    fn obligations_are_found_in_their_order() {
        let id =
            |account, instrument| ObligationId { account: AccountId(account), instrument: InstrumentId(instrument) };
        let mut obligations = Obligations::default();
        for id in [id(2, 1), id(1, 5), id(2, 0)] {
            obligations.add(id, Obligation::new(terms(1, 1, 1), 0));
        }
        assert_eq!(obligations.iter().map(|(id, _)| id).collect::<Vec<_>>(), [id(1, 5), id(2, 0), id(2, 1)]);
        assert!(obligations.has_any_of(AccountId(1)) && !obligations.has_any_of(AccountId(3)));
        obligations.count(id(2, 0), Side::Buy, 7, 1);
        obligations.mark_all_on(InstrumentId(0));
        obligations.mark_one(id(9, 9));
        assert_eq!(obligations.take_changed(), Some(id(2, 0)));
        assert!(!obligations.are_changed());
        obligations.remove(id(1, 5));
        assert!(!obligations.has_any_of(AccountId(1)) && obligations.get(id(2, 1)).is_some());
    }

    /// As the rule says it: cumulated from the best on, without a look at the spread.
    fn naive(shown: &[(Side, u32, i64)], terms: &ObligationTerms) -> bool {
        let depth = |side: Side, price: u32| {
            let counts = |&&(of, at, _): &&(Side, u32, i64)| {
                of == side && if side == Side::Buy { at >= price } else { at <= price }
            };
            shown.iter().filter(counts).map(|&(_, _, lots)| lots).sum::<i64>()
        };
        let enough = |side: Side| move |&(of, price, _): &(Side, u32, i64)| (of == side).then_some(price);
        let reached = |side: Side| {
            let prices =
                shown.iter().filter_map(enough(side)).filter(move |&price| depth(side, price) >= terms.min_quantity.0);
            if side == Side::Buy { prices.max() } else { prices.min() }
        };
        let (bid, ask) = (reached(Side::Buy), reached(Side::Sell));
        bid.zip(ask).is_some_and(|(bid, ask)| i64::from(ask) - i64::from(bid) <= i64::from(terms.max_spread))
    }

    proptest! {
        #[test]
        fn is_met_as_the_rule_says(
            steps in prop::collection::vec((any::<bool>(), 1..12u32, 1..6i64, any::<bool>()), 1..40),
            max_spread in 1..14u32,
            min_quantity in 1..12i64,
        ) {
            let terms = terms(max_spread, min_quantity, 1);
            let mut obligation = Obligation::new(terms, 0);
            let mut shown: Vec<(Side, u32, i64)> = Vec::new();
            for (buy, distance, lots, goes) in steps {
                let (side, price) = if buy { (Side::Buy, 100 - distance) } else { (Side::Sell, 100 + distance) };
                if goes && !shown.is_empty() {
                    let (side, price, lots) = shown.swap_remove(distance as usize % shown.len());
                    obligation.count(side, price, -lots);
                } else {
                    shown.push((side, price, lots));
                    obligation.count(side, price, lots);
                }
                obligation.look(true, 0);
                prop_assert_eq!(obligation.is_met(), naive(&shown, &terms), "{:?}", shown);
            }
        }
    }
}
