//! Freezes of accounts, of assets, and of units in an account (`docs/assets.md`, Holders).

use super::{Applied, Engine, Output};
use crate::command::{Freeze, Unfreeze};
use crate::event::{Frozen, Unfrozen};
use crate::holders::{FreezeId, Holder, Target};
use crate::types::*;

/// What is frozen, or no longer.
enum Subject {
    Account(AccountId),
    Asset(AssetId),
    Units(FreezeId),
}

impl Engine {
    pub(super) fn freeze<O: Output>(&mut self, account: AccountId, body: &Freeze, out: &mut O) -> Applied {
        let subject = self.subject(account, body.scope, body.asset, body.until)?;
        let said = Frozen { scope: body.scope, asset: body.asset, until: body.until, ..Frozen::EMPTY };
        if let Subject::Units(id) = subject {
            if id.until != 0 && id.until <= self.timestamp_ns {
                return Err(RejectCode::InvalidParameter);
            }
            if body.amount < 1 {
                return Err(RejectCode::InvalidAmount);
            }
            self.check_not_locked(id.asset)?;
            self.check_room_for(id)?;
            let orders = self.freeze_units(id, Amount(body.amount), out);
            let frozen = self.holders.frozen(id);
            self.emit(account, Frozen { orders, amount: frozen.0, ..said }, out);
            return Ok(());
        }
        if body.amount != 0 {
            return Err(RejectCode::InvalidParameter);
        }
        match subject {
            Subject::Account(account) => {
                self.set_account_frozen(account, true);
                let (orders, pending) = self.cancel_frozen(account, out);
                self.emit(account, Frozen { orders, pending, ..said }, out);
            }
            Subject::Asset(asset) => {
                self.holders.set_frozen(asset, true);
                for instrument in self.instruments_of(asset) {
                    self.add_cause(instrument, HaltCause::AssetFrozen, out);
                    self.touch(instrument);
                }
                self.emit(VENUE_ACCOUNT, said, out);
            }
            Subject::Units(_) => unreachable!("done above"),
        }
        Ok(())
    }

    pub(super) fn unfreeze<O: Output>(&mut self, account: AccountId, body: &Unfreeze, out: &mut O) -> Applied {
        let subject = self.subject(account, body.scope, body.asset, body.until)?;
        let said = Unfrozen { scope: body.scope, asset: body.asset, until: body.until, ..Unfrozen::EMPTY };
        match subject {
            Subject::Account(account) => {
                self.set_account_frozen(account, false);
                self.emit(account, said, out);
            }
            Subject::Asset(asset) => {
                self.holders.set_frozen(asset, false);
                for instrument in self.instruments_of(asset) {
                    if !self.has_frozen_asset(instrument) {
                        self.lift_cause(instrument, HaltCause::AssetFrozen, out);
                        self.touch(instrument);
                    }
                }
                self.emit(VENUE_ACCOUNT, said, out);
            }
            Subject::Units(id) => self.unfreeze_units(id, out),
        }
        Ok(())
    }

    fn subject(&self, account: AccountId, scope: u8, asset: u32, until: u64) -> Result<Subject, RejectCode> {
        let scope = FreezeScope::from_byte(scope).ok_or(RejectCode::Malformed)?;
        if scope != FreezeScope::Asset {
            self.known_account(account)?;
        }
        if scope != FreezeScope::Account && asset as usize >= self.registry.assets.len() {
            return Err(RejectCode::UnknownAsset);
        }
        let fits = match scope {
            FreezeScope::Account => account != VENUE_ACCOUNT && asset == NONE_ID && until == 0,
            FreezeScope::Asset => until == 0,
            FreezeScope::Units => account != VENUE_ACCOUNT,
        };
        if !fits {
            return Err(RejectCode::InvalidParameter);
        }
        let asset = AssetId(asset);
        Ok(match scope {
            FreezeScope::Account => Subject::Account(account),
            FreezeScope::Asset => Subject::Asset(asset),
            FreezeScope::Units => Subject::Units(FreezeId { account, asset, until }),
        })
    }

    pub(crate) fn set_account_frozen(&mut self, account: AccountId, is_frozen: bool) {
        self.accounts[account.index()].is_frozen = is_frozen;
        let holder = self.holders.of(account);
        self.holders.set(account, Holder { is_frozen, ..holder });
    }

    /// Cancels what a frozen account has open. Returns how many orders were cancelled, and how many will be.
    fn cancel_frozen<O: Output>(&mut self, account: AccountId, out: &mut O) -> (u32, u32) {
        let orders: Vec<OrderId> =
            self.accounts[account.index()].open_orders(&self.orders).map(|slot| self.orders[slot].id).collect();
        let before = self.accounts[account.index()].open_count;
        let mut pending = 0;
        for order in orders {
            // A leg may have gone with the one before it.
            if let Some(slot) = self.orders.find(order) {
                pending += u32::from(!self.cancel_open(slot, CancelReason::Frozen, out));
            }
        }
        (u32::from(before - self.accounts[account.index()].open_count), pending)
    }

    fn instruments_of(&self, asset: AssetId) -> Vec<InstrumentId> {
        let rows = self.registry.instruments.iter().zip(0..);
        rows.filter(|(row, _)| row.base == asset || row.quote == asset).map(|(_, id)| InstrumentId(id)).collect()
    }

    pub(crate) fn has_frozen_asset(&self, instrument: InstrumentId) -> bool {
        let row = &self.registry.instruments[instrument.index()];
        self.holders.is_frozen(row.base) || self.holders.is_frozen(row.quote)
    }

    /// Whether a freeze of units is there already, or there is room for it.
    pub(super) fn check_room_for(&self, id: FreezeId) -> Applied {
        if self.holders.frozen(id) == Amount::ZERO && self.holders.are_full() {
            return Err(RejectCode::RegistryFull);
        }
        Ok(())
    }

    /// A freeze is of so many units from now on, or of as many as there are. Returns how many orders were cancelled for it.
    pub(super) fn freeze_units<O: Output>(&mut self, id: FreezeId, amount: Amount, out: &mut O) -> u32 {
        let FreezeId { account, asset, .. } = id;
        let before = self.holders.frozen(id);
        if amount <= before {
            self.ledger.release(account, asset, before - amount);
            self.holders.set_units(id, amount);
            return 0;
        }
        let missing = amount - before;
        let orders = self.make_available(account, asset, missing, out);
        let more = missing.min(self.ledger.balance(account, asset).available);
        self.ledger.hold(account, asset, more);
        self.holders.set_units(id, before + more);
        orders
    }

    /// Cancels an account's newest orders that hold an asset until so much of it is available. Those whose auction is being
    /// traded stay. Returns how many orders went.
    fn make_available<O: Output>(&mut self, account: AccountId, asset: AssetId, amount: Amount, out: &mut O) -> u32 {
        let orders: Vec<OrderId> =
            self.accounts[account.index()].open_orders(&self.orders).map(|slot| self.orders[slot].id).collect();
        let before = self.accounts[account.index()].open_count;
        for order in orders.into_iter().rev() {
            if self.ledger.balance(account, asset).available >= amount {
                break;
            }
            let Some(slot) = self.orders.find(order) else { continue };
            let order = &self.orders[slot];
            let terms = self.registry.instruments[usize::from(order.instrument)].terms();
            let holds = terms.held_asset(order.side) == asset
                && self.hold_of(order, &terms).is_some_and(|hold| hold != Amount::ZERO);
            if holds && self.phase(order.instrument()) != Phase::Uncrossing {
                self.cancel_resting(slot, CancelReason::Frozen, out);
            }
        }
        u32::from(before - self.accounts[account.index()].open_count)
    }

    /// A freeze of units ends: they are available again.
    pub(super) fn unfreeze_units<O: Output>(&mut self, id: FreezeId, out: &mut O) {
        self.thaw(id, self.holders.frozen(id), out);
    }

    /// So many units of a freeze are available again.
    pub(super) fn thaw<O: Output>(&mut self, id: FreezeId, amount: Amount, out: &mut O) {
        let FreezeId { account, asset, until } = id;
        self.ledger.release(account, asset, amount);
        self.holders.set_units(id, self.holders.frozen(id) - amount);
        let unfrozen =
            Unfrozen { scope: FreezeScope::Units as u8, asset: asset.0, amount: amount.0, until, ..Unfrozen::EMPTY };
        self.emit(account, unfrozen, out);
    }

    pub(super) fn check_not_frozen(&self, account: AccountId) -> Applied {
        if self.accounts[account.index()].is_frozen { Err(RejectCode::AccountFrozen) } else { Ok(()) }
    }

    /// Whether an account may give anything of an asset away.
    pub(super) fn check_may_give(&self, account: AccountId, asset: AssetId) -> Applied {
        self.check_not_frozen(account)?;
        if self.holders.is_frozen(asset) { Err(RejectCode::AssetFrozen) } else { Ok(()) }
    }

    /// The freeze that what is deposited now comes under, if there is one.
    pub(super) fn lock_of(&self, account: AccountId, asset: AssetId) -> Option<FreezeId> {
        let until = self.holders.table(Target::Asset(asset))?.locked_until;
        (account != VENUE_ACCOUNT && until > self.timestamp_ns).then_some(FreezeId { account, asset, until })
    }

    /// What a deposit has brought is frozen until the asset's table lets it go.
    pub(super) fn lock_deposit<O: Output>(&mut self, id: FreezeId, amount: Amount, out: &mut O) {
        let FreezeId { account, asset, until } = id;
        let frozen = self.holders.frozen(id) + amount;
        self.ledger.hold(account, asset, amount);
        self.holders.set_units(id, frozen);
        let said = Frozen { scope: FreezeScope::Units as u8, asset: asset.0, amount: frozen.0, until, ..Frozen::EMPTY };
        self.emit(account, said, out);
    }
}
