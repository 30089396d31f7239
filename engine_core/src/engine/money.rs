//! Commands that move money without a trade: deposits, two-phase withdrawals, transfers.

use super::{Applied, Engine, Withdrawal};
use crate::command::{MoneyMovement, WithdrawalStep};
use crate::event::{Event, RejectCode, kind};
use crate::types::*;

impl Engine {
    fn known_asset(&self, asset: AssetId) -> Applied {
        if asset.index() < self.registry.assets.len() { Ok(()) } else { Err(RejectCode::UnknownAsset) }
    }

    /// The asset and the positive amount of a movement.
    fn movement(&self, body: &MoneyMovement) -> Result<(AssetId, Amount), RejectCode> {
        let asset = AssetId(body.asset);
        self.known_asset(asset)?;
        if body.amount < 1 {
            return Err(RejectCode::InvalidAmount);
        }
        Ok((asset, Amount(body.amount)))
    }

    pub(super) fn deposit(&mut self, account: AccountId, body: &MoneyMovement, events: &mut Vec<Event>) -> Applied {
        self.known_account(account)?;
        let (asset, amount) = self.movement(body)?;
        if self.ledger.issued(asset).0.checked_add(amount.0).is_none() {
            return Err(RejectCode::Overflow);
        }
        self.ledger.deposit(account, asset, amount);
        self.ledger.assert_conserved(asset);
        self.emit_movement(kind::DEPOSITED, account, asset, amount, 0, events);
        Ok(())
    }

    pub(super) fn request_withdrawal(
        &mut self,
        account: AccountId,
        body: &MoneyMovement,
        events: &mut Vec<Event>,
    ) -> Applied {
        self.known_account(account)?;
        let (asset, amount) = self.movement(body)?;
        if self.withdrawals.len() >= MAX_PENDING_WITHDRAWALS {
            return Err(RejectCode::WithdrawalLimit);
        }
        if self.ledger.balance(account, asset).available < amount {
            return Err(RejectCode::InsufficientFunds);
        }
        self.ledger.hold(account, asset, amount);
        self.ledger.assert_conserved(asset);
        self.withdrawals_requested += 1;
        let id = self.withdrawals_requested;
        self.withdrawals.insert(id, Withdrawal { account, asset, amount });
        self.emit_movement(kind::WITHDRAWAL_REQUESTED, account, asset, amount, id, events);
        Ok(())
    }

    pub(super) fn settle_withdrawal(
        &mut self,
        account: AccountId,
        body: &WithdrawalStep,
        events: &mut Vec<Event>,
    ) -> Applied {
        let Withdrawal { asset, amount, .. } = self.take_withdrawal(account, body)?;
        self.ledger.withdraw_held(account, asset, amount);
        self.ledger.assert_conserved(asset);
        self.emit_movement(kind::WITHDRAWAL_SETTLED, account, asset, amount, body.withdrawal_id, events);
        Ok(())
    }

    pub(super) fn cancel_withdrawal(
        &mut self,
        account: AccountId,
        body: &WithdrawalStep,
        events: &mut Vec<Event>,
    ) -> Applied {
        let Withdrawal { asset, amount, .. } = self.take_withdrawal(account, body)?;
        self.ledger.release(account, asset, amount);
        self.ledger.assert_conserved(asset);
        self.emit_movement(kind::WITHDRAWAL_CANCELLED, account, asset, amount, body.withdrawal_id, events);
        Ok(())
    }

    fn take_withdrawal(&mut self, account: AccountId, body: &WithdrawalStep) -> Result<Withdrawal, RejectCode> {
        self.known_account(account)?;
        match self.withdrawals.get(&body.withdrawal_id) {
            Some(withdrawal) if withdrawal.account == account => {
                let withdrawal = *withdrawal;
                self.withdrawals.remove(&body.withdrawal_id);
                Ok(withdrawal)
            }
            _ => Err(RejectCode::UnknownWithdrawal),
        }
    }

    pub(super) fn transfer(&mut self, account: AccountId, body: &MoneyMovement, events: &mut Vec<Event>) -> Applied {
        self.known_account(account)?;
        let to = AccountId(body.to_account);
        if to == account || self.known_account(to).is_err() {
            return Err(RejectCode::UnknownCounterparty);
        }
        let (asset, amount) = self.movement(body)?;
        if self.ledger.balance(account, asset).available < amount {
            return Err(RejectCode::InsufficientFunds);
        }
        self.ledger.debit(account, asset, amount);
        self.ledger.credit(to, asset, amount);
        self.ledger.assert_conserved(asset);
        self.emit_movement(kind::TRANSFER_OUT, account, asset, amount, u64::from(to.0), events);
        self.emit_movement(kind::TRANSFER_IN, to, asset, amount, u64::from(account.0), events);
        Ok(())
    }

    fn emit_movement(
        &mut self,
        kind: u8,
        account: AccountId,
        asset: AssetId,
        amount: Amount,
        reference: u64,
        events: &mut Vec<Event>,
    ) {
        self.emit(account, Event { kind, asset: asset.0, cash: amount.0, reference, ..Event::EMPTY }, events);
    }
}
