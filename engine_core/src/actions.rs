//! Corporate actions: what is announced, and how far the one is that runs. Knows no account, no balance and no rule.

use crate::types::*;
use std::collections::{BTreeMap, BTreeSet};

/// Where the sums of cash for fractions are: behind those of the legs.
pub const LIEU: usize = MAX_ACTION_LEGS;
/// Sums of an action: one for each leg, and cash for fractions.
pub const SUMS: usize = LIEU + 1;

/// What is paid out of one asset: `numerator` units for `denominator` of the action's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leg {
    pub asset: AssetId,
    pub numerator: i64,
    pub denominator: i64,
    /// What a whole unit is worth of which a holder gets less; 0: nothing is paid for it.
    pub lieu_price: i64,
}

impl Leg {
    pub const NONE: Leg = Leg { asset: AssetId(NONE_ID), numerator: 0, denominator: 0, lieu_price: 0 };

    /// Whole units for so many of the action's asset, and what is left, in parts of `denominator`.
    fn divided(&self, quantity: Amount) -> (u128, u128) {
        let product = quantity.0 as u128 * self.numerator as u128;
        (product / self.denominator as u128, product % self.denominator as u128)
    }

    /// Whole units for all of the holders together.
    pub fn whole(&self, quantity: Amount) -> u128 {
        self.divided(quantity).0
    }
}

/// What was announced.
#[derive(Clone, Debug)]
pub struct Action {
    pub kind: ActionKind,
    pub policy: OrderPolicy,
    pub asset: AssetId,
    pub payer: AccountId,
    /// Unless fractions are dropped.
    pub lieu_asset: Option<AssetId>,
    pub record_at: u64,
    /// 0: only with the execution.
    pub books_close_at: u64,
    /// At most [`MAX_ACTION_LEGS`].
    pub legs: Vec<Leg>,
}

impl Action {
    /// Whether what it pays is new: nobody pays it, and every holder gets it.
    pub fn creates(&self) -> bool {
        matches!(self.kind, ActionKind::StockDividend | ActionKind::Split | ActionKind::ReverseSplit)
    }

    /// Whether what is owned of the asset goes.
    pub fn takes(&self) -> bool {
        self.splits() || matches!(self.kind, ActionKind::Merger | ActionKind::Redemption)
    }

    pub fn splits(&self) -> bool {
        matches!(self.kind, ActionKind::Split | ActionKind::ReverseSplit)
    }

    /// The asset of a sum that is not 0.
    pub fn asset_of(&self, place: usize) -> AssetId {
        match self.legs.get(place) {
            Some(leg) => leg.asset,
            None => self.lieu_asset.expect("cash for fractions is of an asset"),
        }
    }

    /// Whether a sum is held for the payer and paid from that.
    pub fn is_from_payer(&self, place: usize) -> bool {
        place == LIEU || !self.creates()
    }

    /// What an account that is entitled with so much gets, by place.
    pub fn amounts(&self, account: AccountId, quantity: Amount) -> [u128; SUMS] {
        let mut amounts = [0; SUMS];
        for (place, leg) in self.legs.iter().enumerate() {
            let (whole, fraction) = leg.divided(quantity);
            amounts[place] = whole;
            // The payer gets what is new, and pays himself nothing.
            if account != self.payer {
                amounts[LIEU] += fraction * leg.lieu_price as u128 / leg.denominator as u128;
            }
        }
        amounts
    }
}

/// How far the action is that has begun.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Running {
    pub action: u32,
    pub stage: ActionStage,
    /// The instrument or the account that is looked at next.
    pub cursor: u32,
    pub counted: Counted,
    /// Of the totals, while they are paid.
    pub unpaid: [Amount; SUMS],
}

/// Who is entitled, with how much, to what.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counted {
    pub holders: u32,
    pub quantity: Amount,
    pub totals: [Amount; SUMS],
}

impl Counted {
    /// Counts one more. The place whose total is more than an amount can be, if one is.
    pub fn add(&mut self, quantity: Amount, amounts: &[u128; SUMS]) -> Result<(), usize> {
        self.holders += 1;
        self.quantity += quantity;
        for (place, (total, &amount)) in self.totals.iter_mut().zip(amounts).enumerate() {
            let sum = amount.checked_add(total.0 as u128).filter(|&sum| sum <= MAX_AMOUNT as u128).ok_or(place)?;
            *total = Amount(sum as i64);
        }
        Ok(())
    }
}

impl Running {
    pub fn new(action: u32) -> Running {
        let (counted, unpaid) = (Counted::default(), [Amount::ZERO; SUMS]);
        Running { action, stage: ActionStage::Halting, cursor: 0, counted, unpaid }
    }

    /// The next stage begins with the first of what it looks at.
    pub fn enter(&mut self, stage: ActionStage) {
        (self.stage, self.cursor) = (stage, 0);
    }
}

#[derive(Default)]
pub struct Actions {
    /// Id of the last that was announced; 0: none was.
    pub last: u32,
    open: BTreeMap<u32, Action>,
    /// By when they are executed, then by id.
    order: BTreeSet<(u64, u32)>,
    pub running: Option<Running>,
}

impl Actions {
    pub fn get(&self, id: u32) -> Option<&Action> {
        self.open.get(&id)
    }

    /// By id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (u32, &Action)> {
        self.open.iter().map(|(&id, action)| (id, action))
    }

    /// An action is announced, or another under its id.
    pub fn announce(&mut self, id: u32, action: Action) {
        self.remove(id);
        self.last = self.last.max(id);
        self.order.insert((action.record_at, id));
        self.open.insert(id, action);
    }

    pub fn remove(&mut self, id: u32) -> Option<Action> {
        let action = self.open.remove(&id)?;
        self.order.remove(&(action.record_at, id));
        Some(action)
    }

    /// When the first of them is executed: of one that has begun, that is past.
    #[inline]
    pub fn next(&self) -> Option<u64> {
        self.order.first().map(|&(time_ns, _)| time_ns)
    }

    /// The one that runs, or that begins by `now_ns`.
    pub fn first_by(&self, now_ns: u64) -> Option<u32> {
        self.order.first().filter(|&&(time_ns, _)| time_ns <= now_ns).map(|&(_, id)| id)
    }

    pub fn is_running(&self, id: u32) -> bool {
        self.running.is_some_and(|running| running.action == id)
    }

    /// Whether an action of the asset has begun.
    pub fn runs_for(&self, asset: AssetId) -> bool {
        self.running.is_some_and(|running| self.open[&running.action].asset == asset)
    }

    /// Whether what is owned of the asset may not move: its holders are being counted, or paid.
    #[inline]
    pub fn locks(&self, asset: AssetId) -> bool {
        let locking = |running: Running| {
            matches!(running.stage, ActionStage::Cancelling | ActionStage::Counting | ActionStage::Paying)
        };
        self.running.is_some_and(locking) && self.runs_for(asset)
    }

    /// Whether no withdrawal of the asset may be requested, for an action to come.
    pub fn has_closed_books(&self, asset: AssetId, now_ns: u64) -> bool {
        self.open.values().any(|action| action.asset == asset && (1..=now_ns).contains(&action.books_close_at))
    }

    /// What is held to be paid: of whom, of what, how much.
    pub fn held(&self) -> impl Iterator<Item = (AccountId, AssetId, Amount)> + '_ {
        let running = self.running.map(|running| (running.unpaid, &self.open[&running.action]));
        running.into_iter().flat_map(|(unpaid, action)| {
            let held = unpaid.into_iter().enumerate();
            let held = held.filter(|&(place, amount)| amount != Amount::ZERO && action.is_from_payer(place));
            held.map(|(place, amount)| (action.payer, action.asset_of(place), amount))
        })
    }
}
