//! Who may receive what: set by the operator, asked when an order comes and again for each of its fills
//! (`docs/assets.md`, Holders).

use super::incoming::Incoming;
use super::{Applied, Engine, Output};
use crate::book::Book;
use crate::command::{Command, SetEligibility, SetHolder};
use crate::event::{EligibilitySet, HolderSet};
use crate::holders::{Eligibility, Holder, Holders, Target, is_jurisdiction};
use crate::orders::Order;
use crate::types::*;

/// What eligibility makes of a trade that would be.
pub(super) enum Judged {
    /// So many lots of it.
    Trades(QuantityLots),
    /// The one that rests may not receive what it would.
    MakerBarred,
    TakerBarred,
}

impl Engine {
    pub(super) fn set_holder<O: Output>(&mut self, account: AccountId, body: &SetHolder, out: &mut O) -> Applied {
        let class = InvestorClass::from_byte(body.investor_class).ok_or(RejectCode::Malformed)?;
        let &SetHolder { jurisdiction, firm, verified_until, .. } = body;
        if jurisdiction != 0 && !is_jurisdiction(jurisdiction) {
            return Err(RejectCode::Malformed);
        }
        self.known_account(account)?;
        let is_frozen = self.accounts[account.index()].is_frozen;
        self.holders.set(account, Holder { jurisdiction, class, is_frozen, firm, verified_until });
        let set =
            HolderSet { investor_class: body.investor_class, jurisdiction, firm, verified_until, ..HolderSet::EMPTY };
        self.emit(account, set, out);
        Ok(())
    }

    pub(super) fn set_eligibility<O: Output>(&mut self, command: Command, out: &mut O) -> Applied {
        let body: SetEligibility = command.body();
        let (target, table) = read(&body, command).ok_or(RejectCode::Malformed)?;
        match target {
            Target::Asset(asset) if asset.index() >= self.registry.assets.len() => {
                return Err(RejectCode::UnknownAsset);
            }
            Target::Instrument(instrument) if instrument.index() >= self.registry.instruments.len() => {
                return Err(RejectCode::UnknownInstrument);
            }
            _ => {}
        }
        if !table.is_possible(target) {
            return Err(RejectCode::InvalidParameter);
        }
        let set = EligibilitySet {
            verification: body.verification,
            jurisdiction_rule: body.jurisdiction_rule,
            asset: body.asset,
            instrument: body.instrument,
            classes: body.classes,
            jurisdictions: table.jurisdictions.len() as u32,
            max_holding: body.max_holding,
            locked_until: body.locked_until,
            ..EligibilitySet::EMPTY
        };
        self.holders.set_table(target, table);
        self.guard_instruments();
        self.emit(VENUE_ACCOUNT, set, out);
        Ok(())
    }

    /// Brings up to date which instruments are guarded: eligibility is asked of their orders.
    pub(crate) fn guard_instruments(&mut self) {
        for instrument in 0..self.markets.len() {
            self.guard_instrument(InstrumentId(instrument as u32));
        }
    }

    pub(super) fn guard_instrument(&mut self, instrument: InstrumentId) {
        let row = &self.registry.instruments[instrument.index()];
        let targets = [Target::Asset(row.base), Target::Asset(row.quote), Target::Instrument(instrument)];
        self.markets[instrument.index()].is_guarded =
            targets.into_iter().any(|target| self.holders.table(target).is_some());
        self.set_plain(instrument);
    }

    /// Which rule keeps an account from receiving an asset, on an instrument if there is one; but for how much it holds.
    /// The venue's account is nobody's.
    pub(super) fn barred(
        &self,
        account: AccountId,
        asset: AssetId,
        instrument: Option<InstrumentId>,
    ) -> Option<RejectCode> {
        if account == VENUE_ACCOUNT {
            return None;
        }
        let holder = self.holders.of(account);
        let targets = [Some(Target::Asset(asset)), instrument.map(Target::Instrument)];
        let mut tables = targets.into_iter().flatten().filter_map(|target| self.holders.table(target));
        tables.find_map(|table| table.refuses(&holder, self.timestamp_ns))
    }

    /// Whether a resting order's account may not receive what it would, however little.
    pub(super) fn is_barred(&self, order: &Order) -> bool {
        let terms = self.registry.instruments[usize::from(order.instrument)].terms();
        self.barred(order.account, terms.received_asset(order.side), Some(order.instrument())).is_some()
    }

    /// Most units of an asset that an account may hold, and what it does; `None`: any.
    fn bound_and_holding(&self, account: AccountId, asset: AssetId) -> Option<(Amount, Amount)> {
        let bound = self.holders.table(Target::Asset(asset))?.max_holding;
        let balance = self.ledger.balance(account, asset);
        (bound != Amount::ZERO && account != VENUE_ACCOUNT).then_some((bound, balance.available + balance.held))
    }

    /// Lots that an account may still buy on an instrument.
    pub(super) fn room(&self, account: AccountId, instrument: InstrumentId) -> QuantityLots {
        let row = &self.registry.instruments[instrument.index()];
        let room = self.bound_and_holding(account, row.base).map_or(MAX_AMOUNT, |(bound, holding)| bound.0 - holding.0);
        QuantityLots(room.max(0) / row.lot_size)
    }

    /// Whether an account may receive so many units more.
    pub(super) fn check_holding(&mut self, account: AccountId, asset: AssetId, units: i128) -> Applied {
        let Some((bound, holding)) = self.bound_and_holding(account, asset) else { return Ok(()) };
        let value = i128::from(holding.0) + units;
        if value > i128::from(bound.0) {
            self.refused = (value.min(i128::from(MAX_AMOUNT)) as i64, bound.0);
            return Err(RejectCode::HoldingLimit);
        }
        Ok(())
    }

    /// Whether an account may receive units of an asset, outside of trading.
    pub(super) fn check_receipt(&mut self, account: AccountId, asset: AssetId, amount: Amount) -> Applied {
        if self.holders.is_frozen(asset) {
            return Err(RejectCode::AssetFrozen);
        }
        self.check_table(account, asset, amount)
    }

    /// Whether the asset's table lets the account receive so much more, be it frozen or not.
    pub(super) fn check_table(&mut self, account: AccountId, asset: AssetId, amount: Amount) -> Applied {
        if let Some(code) = self.barred(account, asset, None) {
            return Err(code);
        }
        self.check_holding(account, asset, i128::from(amount.0))
    }

    /// Whether the account of an order may receive what that is for; of a notional order at least a lot.
    #[cold]
    pub(super) fn check_eligible(
        &mut self,
        account: AccountId,
        instrument: InstrumentId,
        side: Side,
        lots: QuantityLots,
    ) -> Applied {
        if !self.markets[instrument.index()].is_guarded {
            return Ok(());
        }
        let terms = self.registry.instruments[instrument.index()].terms();
        if let Some(code) = self.barred(account, terms.received_asset(side), Some(instrument)) {
            return Err(code);
        }
        match side {
            Side::Buy => {
                self.check_holding(account, terms.base, i128::from(lots.0.max(1)) * i128::from(terms.lot_size))
            }
            Side::Sell => Ok(()),
        }
    }

    /// How much of a trade on a guarded instrument its two accounts may make.
    #[cold]
    pub(super) fn judge(&self, incoming: &Incoming, maker: &Order, quantity: QuantityLots) -> Judged {
        let instrument = incoming.instrument_id;
        let received = incoming.terms.received_asset(incoming.side);
        if self.barred(incoming.account, received, Some(instrument)).is_some() {
            return Judged::TakerBarred;
        }
        if self.is_barred(maker) {
            return Judged::MakerBarred;
        }
        let room = match incoming.side {
            Side::Buy => self.room(incoming.account, instrument),
            Side::Sell => self.room(maker.account, instrument),
        };
        match incoming.side {
            Side::Buy if room.0 == 0 => Judged::TakerBarred,
            Side::Sell if room < self.minimum_of(maker).max(QuantityLots(1)) => Judged::MakerBarred,
            _ => Judged::Trades(quantity.min(room)),
        }
    }

    /// Of two orders that an auction would trade the one that may not, if there is one; else how many lots it may at most.
    pub(super) fn judge_pair(&self, bid: u32, ask: u32) -> Result<QuantityLots, u32> {
        let (buy, sell) = (&self.orders[bid], &self.orders[ask]);
        if !self.markets[usize::from(buy.instrument)].is_guarded {
            return Ok(QuantityLots(MAX_AMOUNT));
        }
        let room = self.room(buy.account, buy.instrument());
        if room.0 == 0 || self.is_barred(buy) {
            Err(bid)
        } else if self.is_barred(sell) {
            Err(ask)
        } else {
            Ok(room)
        }
    }

    /// Of the orders of a book that cross the one that may not trade.
    pub(super) fn barred_of(&self, bid: u32, ask: u32) -> u32 {
        if self.is_barred(&self.orders[bid]) { bid } else { ask }
    }

    /// Whether every displayed order of a level is barred.
    pub(super) fn is_level_barred(&self, book: &Book, side: Side, price: PriceTicks, taken: &Taken) -> bool {
        let mut queue = book.queue(&self.levels, &self.orders, side, price);
        queue.all(|slot| self.lots_of(slot, taken) == QuantityLots(0))
    }

    /// Lots that a resting order may trade, when its account has already bought what was taken: none if it is barred.
    pub(super) fn lots_of(&self, slot: u32, taken: &Taken) -> QuantityLots {
        let order = &self.orders[slot];
        if !taken.is_guarded {
            return QuantityLots(MAX_AMOUNT);
        }
        if self.is_barred(order) {
            return QuantityLots(0);
        }
        if order.side == Side::Sell {
            return QuantityLots(MAX_AMOUNT);
        }
        let bought = taken.bought.iter().filter(|(account, _)| *account == order.account).map(|(_, lots)| lots.0);
        let room = QuantityLots(self.room(order.account, order.instrument()).0 - bought.sum::<i64>());
        if room < self.minimum_of(order).max(QuantityLots(1)) { QuantityLots(0) } else { room }
    }

    /// Who holds accounts, who may receive what, what is frozen.
    pub fn holders(&self) -> &Holders {
        &self.holders
    }
}

/// What a walk over a book has given to accounts whose holdings are bounded.
pub(super) struct Taken {
    pub is_guarded: bool,
    pub bought: Vec<(AccountId, QuantityLots)>,
}

/// The table that a command sets, and whose; `None` if it says none.
fn read(body: &SetEligibility, command: Command) -> Option<(Target, Eligibility)> {
    let verification = Verification::from_byte(body.verification)?;
    let jurisdiction_rule = JurisdictionRule::from_byte(body.jurisdiction_rule)?;
    let target = match (body.asset, body.instrument) {
        (asset, NONE_ID) if asset != NONE_ID => Target::Asset(AssetId(asset)),
        (NONE_ID, instrument) if instrument != NONE_ID => Target::Instrument(InstrumentId(instrument)),
        _ => return None,
    };
    let entries = command.entries::<SetEligibility>();
    let mut jurisdictions: Vec<u16> = entries.iter().map(|entry| entry.jurisdiction).collect();
    jurisdictions.sort_unstable();
    jurisdictions.dedup();
    let are_sound = usize::from(body.jurisdictions_len) == jurisdictions.len()
        && jurisdictions.iter().all(|&code| is_jurisdiction(code));
    let table = Eligibility {
        classes: body.classes,
        verification,
        jurisdiction_rule,
        jurisdictions,
        max_holding: Amount(body.max_holding),
        locked_until: body.locked_until,
    };
    are_sound.then_some((target, table))
}
