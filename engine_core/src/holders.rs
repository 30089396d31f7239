//! Who holds accounts, who may receive what, and what is frozen (`docs/assets.md`, Holders). Knows no order and no balance.
//!
//! Nothing is kept for an account of which nothing was said, and for an asset or instrument that is everybody's.

use crate::types::*;
use std::collections::{BTreeMap, BTreeSet};

/// Whether two bytes are an ISO 3166-1 alpha-2 code, as far as one can tell without the list: two capital letters.
pub fn is_jurisdiction(code: u16) -> bool {
    code.to_le_bytes().iter().all(u8::is_ascii_uppercase)
}

/// Who holds an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Holder {
    /// 0: not known.
    pub jurisdiction: u16,
    pub class: InvestorClass,
    /// Whether the account is frozen; its row says so, too.
    pub is_frozen: bool,
    /// 0: nobody's client.
    pub firm: u32,
    /// 0: not verified.
    pub verified_until: u64,
}

impl Holder {
    /// Of whom nothing was said.
    pub const UNKNOWN: Holder =
        Holder { jurisdiction: 0, class: InvestorClass::None, is_frozen: false, firm: 0, verified_until: 0 };
}

/// What a table of eligibility is about. Ordered as in a state image.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Target {
    /// Who may receive it.
    Asset(AssetId),
    /// Who may trade it, on either side.
    Instrument(InstrumentId),
}

/// A table of eligibility.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Eligibility {
    /// A bit for each [`InvestorClass`]; 0: all.
    pub classes: u32,
    pub verification: Verification,
    pub jurisdiction_rule: JurisdictionRule,
    /// Ascending, each once.
    pub jurisdictions: Vec<u16>,
    /// 0: any.
    pub max_holding: Amount,
    /// 0: units that are deposited are not frozen.
    pub locked_until: u64,
}

impl Eligibility {
    /// Everybody.
    pub const NONE: Eligibility = Eligibility {
        classes: 0,
        verification: Verification::NotRequired,
        jurisdiction_rule: JurisdictionRule::Any,
        jurisdictions: Vec::new(),
        max_holding: Amount::ZERO,
        locked_until: 0,
    };

    /// Whether a table of a target can say so. Its jurisdictions are codes, ascending.
    pub fn is_possible(&self, target: Target) -> bool {
        const CLASSES: u32 = 1 << (InvestorClass::MarketMaker as u32 + 1);
        let of_asset = matches!(target, Target::Asset(_));
        self.classes < CLASSES
            && (self.jurisdiction_rule == JurisdictionRule::Any) == self.jurisdictions.is_empty()
            && self.max_holding >= Amount::ZERO
            && (of_asset || (self.max_holding, self.locked_until) == (Amount::ZERO, 0))
    }

    /// The first of its rules that a holder does not meet, if there is one.
    pub fn refuses(&self, holder: &Holder, now_ns: u64) -> Option<RejectCode> {
        let named = self.jurisdictions.binary_search(&holder.jurisdiction).is_ok();
        let jurisdiction_fits = match self.jurisdiction_rule {
            JurisdictionRule::Any => true,
            JurisdictionRule::Allowed => named,
            JurisdictionRule::Denied => !named && holder.jurisdiction != 0,
        };
        if self.verification == Verification::Required && holder.verified_until <= now_ns {
            Some(RejectCode::NotVerified)
        } else if self.classes != 0 && self.classes >> holder.class as u32 & 1 == 0 {
            Some(RejectCode::ClassNotEligible)
        } else if jurisdiction_fits {
            None
        } else {
            Some(RejectCode::JurisdictionNotEligible)
        }
    }
}

/// Which units are frozen: an account's of an asset, until a time (0: without end). Ordered as in a state image.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FreezeId {
    pub account: AccountId,
    pub asset: AssetId,
    pub until: u64,
}

/// Whose units of an account are. Ordered as in a state image.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct BeneficialId {
    pub account: AccountId,
    pub asset: AssetId,
    /// Not 0.
    pub holder: u64,
}

#[derive(Default)]
pub struct Holders {
    known: BTreeMap<AccountId, Holder>,
    tables: BTreeMap<Target, Eligibility>,
    frozen_assets: BTreeSet<AssetId>,
    /// How many units of each.
    freezes: BTreeMap<FreezeId, Amount>,
    /// Those that end by themselves, the next first.
    ends: BTreeSet<(u64, AccountId, AssetId)>,
    /// How many units each beneficial holder has.
    registered: BTreeMap<BeneficialId, Amount>,
}

impl Holders {
    pub fn of(&self, account: AccountId) -> Holder {
        self.known.get(&account).copied().unwrap_or(Holder::UNKNOWN)
    }

    pub fn set(&mut self, account: AccountId, holder: Holder) {
        if holder == Holder::UNKNOWN {
            self.known.remove(&account);
        } else {
            self.known.insert(account, holder);
        }
    }

    pub fn table(&self, target: Target) -> Option<&Eligibility> {
        self.tables.get(&target)
    }

    pub fn set_table(&mut self, target: Target, table: Eligibility) {
        if table == Eligibility::NONE {
            self.tables.remove(&target);
        } else {
            self.tables.insert(target, table);
        }
    }

    pub fn is_frozen(&self, asset: AssetId) -> bool {
        self.frozen_assets.contains(&asset)
    }

    pub fn set_frozen(&mut self, asset: AssetId, is_frozen: bool) {
        if is_frozen {
            self.frozen_assets.insert(asset);
        } else {
            self.frozen_assets.remove(&asset);
        }
    }

    /// How many units a freeze is of.
    pub fn frozen(&self, id: FreezeId) -> Amount {
        self.freezes.get(&id).copied().unwrap_or(Amount::ZERO)
    }

    /// Whether there is no room for another freeze of units.
    pub fn are_full(&self) -> bool {
        self.freezes.len() >= MAX_FREEZES
    }

    /// A freeze is of so many units from now on; of none: there is none.
    pub fn set_units(&mut self, id: FreezeId, amount: Amount) {
        let end = (id.until, id.account, id.asset);
        if amount == Amount::ZERO {
            self.freezes.remove(&id);
            self.ends.remove(&end);
        } else {
            self.freezes.insert(id, amount);
            if id.until != 0 {
                self.ends.insert(end);
            }
        }
    }

    /// The freezes of an account's units of an asset, by when they end, the endless one first.
    pub fn freezes_of(&self, account: AccountId, asset: AssetId) -> Vec<(FreezeId, Amount)> {
        let id = |until| FreezeId { account, asset, until };
        self.freezes.range(id(0)..=id(u64::MAX)).map(|(id, amount)| (*id, *amount)).collect()
    }

    /// Units that are registered to a beneficial holder.
    pub fn registered(&self, id: BeneficialId) -> Amount {
        self.registered.get(&id).copied().unwrap_or(Amount::ZERO)
    }

    pub fn set_registered(&mut self, id: BeneficialId, amount: Amount) {
        if amount == Amount::ZERO {
            self.registered.remove(&id);
        } else {
            self.registered.insert(id, amount);
        }
    }

    pub fn registrations(&self) -> impl ExactSizeIterator<Item = (BeneficialId, Amount)> + '_ {
        self.registered.iter().map(|(id, amount)| (*id, *amount))
    }

    /// When the next freeze of units ends.
    #[inline]
    pub fn next(&self) -> Option<u64> {
        self.ends.first().map(|&(until, _, _)| until)
    }

    /// The first that has ended by `now_ns`. It stays until it is set.
    pub fn first_by(&self, now_ns: u64) -> Option<FreezeId> {
        let &(until, account, asset) = self.ends.first().filter(|&&(until, _, _)| until <= now_ns)?;
        Some(FreezeId { account, asset, until })
    }

    /// Those of whom anything was said.
    pub fn known(&self) -> impl ExactSizeIterator<Item = (AccountId, &Holder)> {
        self.known.iter().map(|(account, holder)| (*account, holder))
    }

    /// The same from an account on.
    pub fn known_from(&self, first: AccountId) -> impl Iterator<Item = (AccountId, &Holder)> {
        self.known.range(first..).map(|(account, holder)| (*account, holder))
    }

    pub fn tables(&self) -> impl ExactSizeIterator<Item = (Target, &Eligibility)> {
        self.tables.iter().map(|(target, table)| (*target, table))
    }

    pub fn frozen_assets(&self) -> impl ExactSizeIterator<Item = AssetId> + '_ {
        self.frozen_assets.iter().copied()
    }

    pub fn freezes(&self) -> impl ExactSizeIterator<Item = (FreezeId, Amount)> + '_ {
        self.freezes.iter().map(|(id, amount)| (*id, *amount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const US: u16 = u16::from_le_bytes(*b"US");
    const DE: u16 = u16::from_le_bytes(*b"DE");

    #[test]
    fn the_first_rule_that_is_not_met_refuses() {
        let table = Eligibility {
            classes: 1 << InvestorClass::Professional as u32,
            verification: Verification::Required,
            jurisdiction_rule: JurisdictionRule::Denied,
            jurisdictions: vec![US],
            ..Eligibility::NONE
        };
        let mut holder = Holder { jurisdiction: US, ..Holder::UNKNOWN };
        assert_eq!(table.refuses(&holder, 10), Some(RejectCode::NotVerified));
        holder.verified_until = 10;
        assert_eq!(table.refuses(&holder, 10), Some(RejectCode::NotVerified));
        assert_eq!(table.refuses(&holder, 9), Some(RejectCode::ClassNotEligible));
        holder.class = InvestorClass::Professional;
        assert_eq!(table.refuses(&holder, 9), Some(RejectCode::JurisdictionNotEligible));
        holder.jurisdiction = 0;
        assert_eq!(table.refuses(&holder, 9), Some(RejectCode::JurisdictionNotEligible), "not known to be elsewhere");
        holder.jurisdiction = DE;
        assert_eq!(table.refuses(&holder, 9), None);
    }

    #[test]
    fn what_says_nothing_is_not_kept() {
        let mut holders = Holders::default();
        let target = Target::Asset(AssetId(1));
        holders.set_table(target, Eligibility { classes: 2, ..Eligibility::NONE });
        holders.set(AccountId(1), Holder { firm: 1, ..Holder::UNKNOWN });
        let id = FreezeId { account: AccountId(1), asset: AssetId(1), until: 5 };
        holders.set_units(id, Amount(3));
        assert_eq!((holders.first_by(4), holders.first_by(5), holders.next()), (None, Some(id), Some(5)));
        holders.set_table(target, Eligibility::NONE);
        holders.set(AccountId(1), Holder::UNKNOWN);
        holders.set_units(id, Amount::ZERO);
        assert_eq!((holders.known().len(), holders.tables().len(), holders.freezes().len()), (0, 0, 0));
        assert_eq!(holders.next(), None);
    }
}
