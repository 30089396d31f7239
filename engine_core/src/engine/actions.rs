//! Corporate actions: announced by command, executed by pulses in stages, a bounded number of steps each: the asset's
//! instruments halt, their orders are cancelled, its holders are counted, then paid, and trading goes on
//! (`docs/assets.md`, part *Corporate actions*).

use super::{Applied, Engine, Output};
use crate::actions::{Action, Counted, LIEU, Leg, Running, SUMS};
use crate::command::{AnnounceAction, CancelAction};
use crate::event::{
    ActionAnnounced, ActionCancelled, ActionDone, ActionFailed, ActionFunded, ActionLegPaid, ActionStarted, Entitled,
    EntitlementPaid, Rebased,
};
use crate::types::*;

/// The legs that a command says; `None` if it goes on behind the last.
fn legs_of(body: &AnnounceAction) -> Option<Vec<Leg>> {
    let said = [
        (body.asset_1, body.numerator_1, body.denominator_1, body.lieu_price_1),
        (body.asset_2, body.numerator_2, body.denominator_2, body.lieu_price_2),
        (body.asset_3, body.numerator_3, body.denominator_3, body.lieu_price_3),
        (body.asset_4, body.numerator_4, body.denominator_4, body.lieu_price_4),
    ];
    let said = said.map(|(asset, numerator, denominator, lieu_price)| Leg {
        asset: AssetId(asset),
        numerator,
        denominator,
        lieu_price,
    });
    let count = said.iter().position(|leg| leg.numerator == 0).unwrap_or(said.len());
    let (legs, rest) = said.split_at(count);
    rest.iter().all(|leg| *leg == Leg::NONE).then(|| legs.to_vec())
}

/// The legs in front of the first that is none, for what is asked of them first.
fn named_assets(body: &AnnounceAction) -> impl Iterator<Item = u32> {
    let legs = [
        (body.numerator_1, body.asset_1),
        (body.numerator_2, body.asset_2),
        (body.numerator_3, body.asset_3),
        (body.numerator_4, body.asset_4),
    ];
    let legs = legs.into_iter().take_while(|(numerator, _)| *numerator != 0).map(|(_, asset)| asset);
    legs.chain(Some(body.lieu_asset).filter(|&asset| asset != NONE_ID))
}

impl Engine {
    pub fn actions(&self) -> &crate::actions::Actions {
        &self.actions
    }

    pub(super) fn announce_action<O: Output>(&mut self, body: &AnnounceAction, out: &mut O) -> Applied {
        let kind = ActionKind::from_byte(body.action_kind).ok_or(RejectCode::Malformed)?;
        let policy = OrderPolicy::from_byte(body.order_policy).ok_or(RejectCode::Malformed)?;
        self.check_action_id(body.action)?;
        let known = |asset: u32| (asset as usize) < self.registry.assets.len();
        if !known(body.asset) {
            return Err(RejectCode::UnknownAsset);
        }
        let payer = AccountId(body.payer);
        self.known_account(payer).map_err(|_| RejectCode::UnknownCounterparty)?;
        if !named_assets(body).all(known) {
            return Err(RejectCode::UnknownAsset);
        }
        let &AnnounceAction { record_at, books_close_at, .. } = body;
        let asset = AssetId(body.asset);
        let lieu_asset = Some(AssetId(body.lieu_asset)).filter(|asset| asset.0 != NONE_ID);
        let legs = legs_of(body).ok_or(RejectCode::InvalidAction)?;
        let action = Action { kind, policy, asset, payer, lieu_asset, record_at, books_close_at, legs };
        if !self.could_be_announced(&action) {
            return Err(RejectCode::InvalidAction);
        }
        if record_at <= self.timestamp_ns || books_close_at > record_at {
            return Err(RejectCode::InvalidParameter);
        }
        let announced = ActionAnnounced {
            action_kind: body.action_kind,
            order_policy: body.order_policy,
            action: body.action,
            asset: asset.0,
            payer: payer.0,
            legs: action.legs.len() as u32,
            record_at,
            books_close_at,
            ..ActionAnnounced::EMPTY
        };
        self.actions.announce(body.action, action);
        self.emit(VENUE_ACCOUNT, announced, out);
        Ok(())
    }

    /// Whether something can be announced under an id: the next one, or that of an action which has not begun.
    fn check_action_id(&self, id: u32) -> Applied {
        if self.actions.is_running(id) {
            Err(RejectCode::ActionInProgress)
        } else if self.actions.get(id).is_some() {
            Ok(())
        } else if id <= self.actions.last {
            Err(RejectCode::UnknownAction)
        } else if id - self.actions.last > 1 {
            Err(RejectCode::IdNotNext)
        } else if self.actions.iter().len() >= MAX_ACTIONS {
            Err(RejectCode::ActionLimit)
        } else {
            Ok(())
        }
    }

    fn is_cash(&self, asset: AssetId) -> bool {
        self.registry.assets[asset.index()].class == AssetClass::Stablecoin
    }

    /// Whether an action of its kind can be so; its assets are known.
    pub(crate) fn could_be_announced(&self, action: &Action) -> bool {
        let legs = action.legs.as_slice();
        let cash = |leg: &Leg| self.is_cash(leg.asset);
        let own = |leg: &Leg| leg.asset == action.asset;
        let is_twice = |(at, leg): (usize, &Leg)| legs[..at].iter().any(|other| other.asset == leg.asset);
        let sound = |leg: &Leg| {
            // A fraction of the smallest unit of money is worth nothing.
            leg.numerator >= 1 && leg.denominator >= 1 && leg.lieu_price >= 0 && !(leg.lieu_price > 0 && cash(leg))
        };
        let pays_lieu = legs.iter().any(|leg| leg.lieu_price > 0);
        let lieu_fits = match action.lieu_asset {
            Some(asset) => pays_lieu && self.is_cash(asset),
            None => !pays_lieu,
        };
        let must_cancel = action.takes() || action.kind == ActionKind::Delisting;
        if self.is_cash(action.asset)
            || !legs.iter().all(sound)
            || legs.iter().enumerate().any(is_twice)
            || !lieu_fits
            || must_cancel && action.policy != OrderPolicy::Cancel
        {
            return false;
        }
        match (action.kind, legs) {
            (ActionKind::CashDividend | ActionKind::Coupon | ActionKind::Redemption, [_, ..]) => legs.iter().all(cash),
            (ActionKind::StockDividend, [leg]) => own(leg),
            (ActionKind::Split, [leg]) => own(leg) && leg.numerator > leg.denominator,
            (ActionKind::ReverseSplit, [leg]) => own(leg) && leg.numerator < leg.denominator,
            (ActionKind::SpinOff, [_, ..]) => !legs.iter().any(|leg| own(leg) || cash(leg)),
            (ActionKind::RightsIssue, [leg]) => !own(leg) && !cash(leg),
            (ActionKind::Merger, [_, ..]) => !legs.iter().any(own),
            (ActionKind::Delisting, []) => action.payer == VENUE_ACCOUNT,
            _ => false,
        }
    }

    pub(super) fn cancel_action<O: Output>(&mut self, body: &CancelAction, out: &mut O) -> Applied {
        if self.actions.is_running(body.action) {
            return Err(RejectCode::ActionInProgress);
        }
        let action = self.actions.remove(body.action).ok_or(RejectCode::UnknownAction)?;
        let (action, asset) = (body.action, action.asset.0);
        self.emit(VENUE_ACCOUNT, ActionCancelled { action, asset, ..ActionCancelled::EMPTY }, out);
        Ok(())
    }

    /// Refuses what would move an asset whose holders are being counted or paid.
    #[inline]
    pub(super) fn check_not_locked(&self, asset: AssetId) -> Applied {
        if self.actions.locks(asset) { Err(RejectCode::ActionInProgress) } else { Ok(()) }
    }

    /// Executes what is due, at most so many steps. Returns how many.
    pub(super) fn execute_actions<O: Output>(&mut self, at_most: u32, out: &mut O) -> u32 {
        let mut steps = 0;
        while let Some(id) = self.actions.first_by(self.timestamp_ns).filter(|_| steps < at_most.min(ACTION_ITEMS)) {
            let running = self.actions.running.unwrap_or_else(|| Running::new(id));
            debug_assert_eq!(running.action, id, "none comes in front of the one that runs");
            let action = self.actions.get(id).expect("it is open").clone();
            self.actions.running = self.step(&action, running, out);
            if self.actions.running.is_none() {
                self.actions.remove(id);
            }
            steps += 1;
        }
        steps
    }

    /// One step of an action: how far it is then, `None` when it is over.
    fn step<O: Output>(&mut self, action: &Action, mut running: Running, out: &mut O) -> Option<Running> {
        match running.stage {
            ActionStage::Announced => unreachable!("what runs has begun"),
            ActionStage::Halting => return self.halt_next(action, running, out),
            ActionStage::Cancelling => self.cancel_next(action, &mut running, out),
            ActionStage::Counting => self.count_next(action, &mut running, out),
            ActionStage::Paying => self.pay_next(action, &mut running, out),
            ActionStage::Rebasing | ActionStage::Lifting => {
                let instrument = self.next_instrument(action, &mut running)?;
                if running.stage == ActionStage::Rebasing {
                    self.rebase(instrument, &action.legs[0], out);
                }
                self.lift_cause(instrument, HaltCause::CorporateAction, out);
                self.touch(instrument);
            }
        }
        Some(running)
    }

    /// The next of the asset's instruments from the cursor on.
    fn instrument_from(&self, action: &Action, cursor: u32) -> Option<InstrumentId> {
        let rest = self.registry.instruments.get(cursor as usize..)?;
        let found = rest.iter().position(|instrument| instrument.base == action.asset)?;
        Some(InstrumentId(cursor + found as u32))
    }

    /// The same, and the cursor goes behind it.
    fn next_instrument(&self, action: &Action, running: &mut Running) -> Option<InstrumentId> {
        let instrument = self.instrument_from(action, running.cursor)?;
        running.cursor = instrument.0 + 1;
        Some(instrument)
    }

    /// Halts an instrument, or retires it; behind the last is the record moment.
    fn halt_next<O: Output>(&mut self, action: &Action, mut running: Running, out: &mut O) -> Option<Running> {
        let is_delisting = action.kind == ActionKind::Delisting;
        match self.next_instrument(action, &mut running) {
            Some(instrument) if is_delisting => self.retire(instrument, out),
            Some(instrument) => {
                self.add_cause(instrument, HaltCause::CorporateAction, out);
                self.touch(instrument);
            }
            None => {
                let (id, asset) = (running.action, action.asset.0);
                self.emit(VENUE_ACCOUNT, ActionStarted { action: id, asset, ..ActionStarted::EMPTY }, out);
                if is_delisting {
                    self.emit(VENUE_ACCOUNT, ActionDone { action: id, asset, ..ActionDone::EMPTY }, out);
                    return None;
                }
                running.enter(match action.policy {
                    OrderPolicy::Cancel => ActionStage::Cancelling,
                    OrderPolicy::Keep => ActionStage::Counting,
                });
            }
        }
        Some(running)
    }

    /// An instrument never trades again; its orders are cancelled as of any that is retired.
    fn retire<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        for phase in [Phase::Closed, Phase::Retired] {
            if !matches!(self.phase(instrument), Phase::Retired) && self.phase(instrument) != phase {
                self.enter_phase(instrument, phase, Phase::Continuous, 0, out);
                self.touched.push(instrument);
            }
        }
    }

    /// Cancels an order of the asset's instruments. Exits that wait are refused, as they are halted.
    fn cancel_next<O: Output>(&mut self, action: &Action, running: &mut Running, out: &mut O) {
        while let Some(instrument) = self.instrument_from(action, running.cursor) {
            running.cursor = instrument.0;
            if let Some(slot) = self.first_open(instrument) {
                return self.cancel_resting(slot, CancelReason::CorporateAction, out);
            }
            if self.place_next_exits(instrument, out) {
                return;
            }
            running.cursor += 1;
        }
        running.enter(ActionStage::Counting);
    }

    /// What counts at the record moment: all of it, whatever it is held for.
    fn owned(&self, account: AccountId, asset: AssetId) -> Amount {
        let balance = self.ledger.balance(account, asset);
        balance.available + balance.held
    }

    /// With how much an account is entitled: 0 is none. The payer is not, but to what is new.
    fn entitlement(&self, account: AccountId, action: &Action) -> Amount {
        if account == action.payer && !action.creates() {
            return Amount::ZERO;
        }
        self.owned(account, action.asset)
    }

    /// What accounts from one on up to another are entitled to; `None` if it is more than amounts can be, or if something
    /// is held of what would be taken.
    pub(crate) fn counted(&self, action: &Action, first: u32, end: u32) -> Option<Counted> {
        let mut counted = Counted::default();
        for account in (first..end).map(AccountId) {
            if action.takes() && self.ledger.balance(account, action.asset).held != Amount::ZERO {
                return None;
            }
            let quantity = self.entitlement(account, action);
            if quantity != Amount::ZERO {
                counted.add(quantity, &action.amounts(account, quantity)).ok()?;
            }
        }
        Some(counted)
    }

    /// Counts what an account will get; behind the last, the payer must have all of it.
    fn count_next<O: Output>(&mut self, action: &Action, running: &mut Running, out: &mut O) {
        let account = AccountId(running.cursor);
        if account.index() >= self.accounts.len() {
            return self.fund(action, running, out);
        }
        running.cursor += 1;
        let held = self.ledger.balance(account, action.asset).held;
        if action.takes() && held != Amount::ZERO {
            return self.fail(running, ActionFailure::Held, action.asset, held, account, out);
        }
        let quantity = self.entitlement(account, action);
        if quantity == Amount::ZERO {
            return;
        }
        if let Err(place) = running.counted.add(quantity, &action.amounts(account, quantity)) {
            let asset = action.asset_of(place);
            self.fail(running, ActionFailure::Overflow, asset, Amount::ZERO, VENUE_ACCOUNT, out);
        }
    }

    /// Holds what will be paid; if the payer has too little of anything, or there would be too much of it, nothing happens.
    fn fund<O: Output>(&mut self, action: &Action, running: &mut Running, out: &mut O) {
        let totals = running.counted.totals;
        let minted = self.backing.backed(action.asset).map_or(0, |backed| backed.outstanding());
        if (action.creates() || action.takes()) && minted != 0 {
            return self.fail(running, ActionFailure::Minted, action.asset, Amount(minted), VENUE_ACCOUNT, out);
        }
        if action.creates() {
            let asset = action.asset_of(0);
            let before = if action.takes() { Amount::ZERO } else { self.ledger.issued(asset) };
            if before.0.checked_add(totals[0].0).is_none() {
                return self.fail(running, ActionFailure::Overflow, asset, Amount::ZERO, VENUE_ACCOUNT, out);
            }
        }
        let from_payer = |&(place, total): &(usize, Amount)| total != Amount::ZERO && action.is_from_payer(place);
        let paid: Vec<_> = totals.into_iter().enumerate().filter(from_payer).collect();
        for &(last, _) in &paid {
            // Cash for fractions can be of a leg's asset.
            let asset = action.asset_of(last);
            let same = paid.iter().filter(|&&(place, _)| place <= last && action.asset_of(place) == asset);
            let needed: i128 = same.map(|&(_, total)| i128::from(total.0)).sum();
            let missing = needed - i128::from(self.ledger.balance(action.payer, asset).available.0);
            if missing > 0 {
                let missing = Amount(missing.min(i128::from(MAX_AMOUNT)) as i64);
                return self.fail(running, ActionFailure::InsufficientFunds, asset, missing, VENUE_ACCOUNT, out);
            }
        }
        for (place, total) in paid {
            let asset = action.asset_of(place);
            self.ledger.hold(action.payer, asset, total);
            let funded = ActionFunded { action: running.action, asset: asset.0, total: total.0, ..ActionFunded::EMPTY };
            self.emit(action.payer, funded, out);
        }
        running.unpaid = totals;
        running.enter(ActionStage::Paying);
    }

    /// Nothing was paid, and nothing will be: trading goes on.
    fn fail<O: Output>(
        &mut self,
        running: &mut Running,
        failure: ActionFailure,
        asset: AssetId,
        missing: Amount,
        holder: AccountId,
        out: &mut O,
    ) {
        let failed = ActionFailed {
            failure: failure as u8,
            action: running.action,
            asset: asset.0,
            holder: holder.0,
            missing: missing.0,
            ..ActionFailed::EMPTY
        };
        self.emit(VENUE_ACCOUNT, failed, out);
        running.counted = Counted::default();
        running.enter(ActionStage::Lifting);
    }

    /// Takes and pays what an account is entitled to; behind the last, all is told.
    fn pay_next<O: Output>(&mut self, action: &Action, running: &mut Running, out: &mut O) {
        let account = AccountId(running.cursor);
        if account.index() >= self.accounts.len() {
            return self.tell(action, running, out);
        }
        running.cursor += 1;
        let (owned, quantity) = (self.owned(account, action.asset), self.entitlement(account, action));
        let taken = if action.takes() { owned } else { Amount::ZERO };
        if taken.max(quantity) == Amount::ZERO {
            return;
        }
        self.ledger.destroy(account, action.asset, taken);
        let entitled = Entitled {
            action: running.action,
            asset: action.asset.0,
            quantity: owned.0,
            taken: taken.0,
            ..Entitled::EMPTY
        };
        self.emit(account, entitled, out);
        let amounts = if quantity == Amount::ZERO { [0; SUMS] } else { action.amounts(account, quantity) };
        for (place, amount) in amounts.into_iter().enumerate().filter(|(_, amount)| *amount != 0) {
            // As counted: no more than a total.
            self.pay(action, running, account, place, Amount(amount as i64), out);
        }
        self.ledger.assert_conserved(action.asset);
    }

    /// A holder gets an amount, from the payer or as new units.
    fn pay<O: Output>(
        &mut self,
        action: &Action,
        running: &mut Running,
        account: AccountId,
        place: usize,
        amount: Amount,
        out: &mut O,
    ) {
        let asset = action.asset_of(place);
        let payer = if action.is_from_payer(place) {
            self.ledger.debit_held(action.payer, asset, amount);
            self.ledger.credit(account, asset, amount);
            action.payer.0
        } else {
            self.ledger.deposit(account, asset, amount);
            NONE_ID
        };
        self.ledger.assert_conserved(asset);
        running.unpaid[place] -= amount;
        let paid = EntitlementPaid {
            action: running.action,
            asset: asset.0,
            payer,
            in_lieu: u32::from(place == LIEU),
            amount: amount.0,
            ..EntitlementPaid::EMPTY
        };
        self.emit(account, paid, out);
    }

    /// What was paid in all, and what of each leg nobody got.
    fn tell<O: Output>(&mut self, action: &Action, running: &mut Running, out: &mut O) {
        assert!(running.unpaid == [Amount::ZERO; SUMS], "what was counted is what was paid");
        let Counted { holders, quantity, totals } = std::mem::take(&mut running.counted);
        let said = |place: usize, residue: u128| ActionLegPaid {
            action: running.action,
            asset: action.asset_of(place).0,
            in_lieu: u32::from(place == LIEU),
            total: totals[place].0,
            residue: residue as i64,
            ..ActionLegPaid::EMPTY
        };
        let legs = action.legs.iter().enumerate();
        let legs = legs.map(|(place, leg)| said(place, leg.whole(quantity) - totals[place].0 as u128));
        for paid in legs.chain(action.lieu_asset.map(|_| said(LIEU, 0))) {
            self.emit(action.payer, paid, out);
        }
        let (id, asset, quantity) = (running.action, action.asset.0, quantity.0);
        self.emit(VENUE_ACCOUNT, ActionDone { action: id, asset, holders, quantity, ..ActionDone::EMPTY }, out);
        running.enter(if action.splits() { ActionStage::Rebasing } else { ActionStage::Lifting });
    }

    /// What is known of an instrument's prices is that of the new units; bands begin anew.
    fn rebase<O: Output>(&mut self, instrument: InstrumentId, leg: &Leg, out: &mut O) {
        let before = self.asked(instrument);
        let row = &mut self.registry.instruments[instrument.index()];
        let most = row.max_price.0 as u128;
        let rebased = |price: u32| match price {
            0 => 0,
            _ => (u128::from(price) * leg.denominator as u128 / leg.numerator as u128).clamp(1, most) as u32,
        };
        let book = &mut self.books[instrument.index()];
        row.reference.price = rebased(row.reference.price);
        book.last_trade = rebased(book.last_trade);
        let said = Rebased {
            instrument: instrument.0,
            last_trade: book.last_trade,
            reference_price: row.reference.price,
            numerator: leg.numerator,
            denominator: leg.denominator,
            ..Rebased::EMPTY
        };
        if let Some(protections) = self.markets[instrument.index()].protections.as_deref_mut() {
            protections.close = rebased(protections.close);
            protections.anchor = rebased(protections.anchor);
        }
        self.emit(VENUE_ACCOUNT, said, out);
        self.ask(instrument, before, out);
        self.begin_band_anew(instrument, 0, out);
    }
}
