//! Deposits, withdrawals and transfers: how value enters, leaves and changes hands outside of trading.

use super::{Applied, Engine, Output, Withdrawal};
use crate::command::{CancelWithdrawal, Deposit, RequestWithdrawal, SettleWithdrawal, Transfer};
use crate::event::{Deposited, TransferIn, TransferOut, WithdrawalCancelled, WithdrawalRequested, WithdrawalSettled};
use crate::types::*;

impl Engine {
    /// The asset and the positive amount of a movement.
    fn movement(&self, asset: u32, amount: i64) -> Result<(AssetId, Amount), RejectCode> {
        if asset as usize >= self.registry.assets.len() {
            return Err(RejectCode::UnknownAsset);
        }
        if amount < 1 {
            return Err(RejectCode::InvalidAmount);
        }
        Ok((AssetId(asset), Amount(amount)))
    }

    pub(super) fn deposit<O: Output>(&mut self, account: AccountId, body: &Deposit, out: &mut O) -> Applied {
        self.known_account(account)?;
        let (asset, amount) = self.movement(body.asset, body.amount)?;
        if self.ledger.issued(asset).0.checked_add(amount.0).is_none() {
            return Err(RejectCode::Overflow);
        }
        self.ledger.deposit(account, asset, amount);
        self.ledger.assert_conserved(asset);
        self.emit(account, Deposited { asset: asset.0, amount: amount.0, ..Deposited::EMPTY }, out);
        Ok(())
    }

    pub(super) fn request_withdrawal<O: Output>(
        &mut self,
        account: AccountId,
        body: &RequestWithdrawal,
        out: &mut O,
    ) -> Applied {
        self.known_account(account)?;
        let (asset, amount) = self.movement(body.asset, body.amount)?;
        let available = self.ledger.balance(account, asset).available;
        if amount < self.registry.assets[asset.index()].min_withdrawal && amount != available {
            return Err(RejectCode::BelowMinimum);
        }
        if u32::from(self.accounts[account.index()].pending_withdrawals) >= MAX_PENDING_WITHDRAWALS_PER_ACCOUNT {
            return Err(RejectCode::WithdrawalLimit);
        }
        if available < amount {
            return Err(RejectCode::InsufficientFunds);
        }
        self.ledger.hold(account, asset, amount);
        self.ledger.assert_conserved(asset);
        self.withdrawals_requested += 1;
        let withdrawal_id = self.withdrawals_requested;
        self.add_withdrawal(withdrawal_id, Withdrawal { account, asset, amount });
        let requested =
            WithdrawalRequested { asset: asset.0, amount: amount.0, withdrawal_id, ..WithdrawalRequested::EMPTY };
        self.emit(account, requested, out);
        Ok(())
    }

    /// False if there is one of this id already.
    pub(crate) fn add_withdrawal(&mut self, id: u64, withdrawal: Withdrawal) -> bool {
        self.accounts[withdrawal.account.index()].pending_withdrawals += 1;
        self.withdrawals.insert(id, withdrawal).is_none()
    }

    pub(super) fn settle_withdrawal<O: Output>(
        &mut self,
        account: AccountId,
        body: &SettleWithdrawal,
        out: &mut O,
    ) -> Applied {
        let withdrawal_id = body.withdrawal_id;
        let Withdrawal { asset, amount, .. } = self.take_withdrawal(account, withdrawal_id)?;
        self.ledger.withdraw_held(account, asset, amount);
        self.ledger.assert_conserved(asset);
        let settled = WithdrawalSettled { asset: asset.0, amount: amount.0, withdrawal_id, ..WithdrawalSettled::EMPTY };
        self.emit(account, settled, out);
        Ok(())
    }

    pub(super) fn cancel_withdrawal<O: Output>(
        &mut self,
        account: AccountId,
        body: &CancelWithdrawal,
        out: &mut O,
    ) -> Applied {
        let withdrawal_id = body.withdrawal_id;
        let Withdrawal { asset, amount, .. } = self.take_withdrawal(account, withdrawal_id)?;
        self.ledger.release(account, asset, amount);
        self.ledger.assert_conserved(asset);
        let cancelled =
            WithdrawalCancelled { asset: asset.0, amount: amount.0, withdrawal_id, ..WithdrawalCancelled::EMPTY };
        self.emit(account, cancelled, out);
        Ok(())
    }

    fn take_withdrawal(&mut self, account: AccountId, id: u64) -> Result<Withdrawal, RejectCode> {
        self.known_account(account)?;
        let withdrawal = *self.withdrawals.get(&id).ok_or(RejectCode::UnknownWithdrawal)?;
        if withdrawal.account != account {
            return Err(RejectCode::UnknownWithdrawal);
        }
        self.withdrawals.remove(&id);
        self.accounts[account.index()].pending_withdrawals -= 1;
        Ok(withdrawal)
    }

    pub(super) fn transfer<O: Output>(&mut self, account: AccountId, body: &Transfer, out: &mut O) -> Applied {
        self.known_account(account)?;
        let to = AccountId(body.to_account);
        if to == account || self.known_account(to).is_err() {
            return Err(RejectCode::UnknownCounterparty);
        }
        let (asset, amount) = self.movement(body.asset, body.amount)?;
        if self.ledger.balance(account, asset).available < amount {
            return Err(RejectCode::InsufficientFunds);
        }
        self.ledger.debit(account, asset, amount);
        self.ledger.credit(to, asset, amount);
        self.ledger.assert_conserved(asset);
        let (asset, amount) = (asset.0, amount.0);
        self.emit(account, TransferOut { asset, amount, counterparty: to.0, ..TransferOut::EMPTY }, out);
        self.emit(to, TransferIn { asset, amount, counterparty: account.0, ..TransferIn::EMPTY }, out);
        Ok(())
    }
}
