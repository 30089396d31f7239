//! Minting and redemption: how an issuer's units come into being, and how they end (`docs/assets.md`).

use super::money::Movement;
use super::{Engine, Output};
use crate::backing::Redemption;
use crate::command::{Mint, RefuseRedemption, RequestRedemption, SettleRedemption};
use crate::event::{Minted, RedemptionFee, RedemptionRefused, RedemptionRequested, RedemptionSettled};
use crate::references::Moved;
use crate::types::*;

impl Engine {
    pub(super) fn mint<O: Output>(&mut self, account: AccountId, body: &Mint, out: &mut O) -> Movement {
        let (asset, mut backed) = self.backed_asset(body.asset)?;
        let amount = Amount(body.amount);
        if backed.terms.issuer != account {
            return Err(RejectCode::NotIssuer);
        }
        if backed.terms.form == AssetForm::Traditional {
            return Err(RejectCode::NotMintable);
        }
        if amount < Amount(1) {
            return Err(RejectCode::InvalidAmount);
        }
        self.check_not_locked(asset)?;
        if backed.needs_attestation() && !backed.is_attested(self.timestamp_ns) {
            return Err(RejectCode::StaleAttestation);
        }
        let sums = (backed.minted.checked_add(amount.0), self.ledger.issued(asset).0.checked_add(amount.0));
        let (Some(minted), Some(_)) = sums else { return Err(RejectCode::Overflow) };
        let (outstanding, most) = (minted - backed.burned, backed.most());
        if outstanding > most {
            return self.refuse(RejectCode::ReserveExceeded, outstanding, most);
        }
        backed.minted = minted;
        self.backing.set_backed(asset, backed);
        self.ledger.deposit(account, asset, amount);
        self.ledger.assert_conserved(asset);
        let event = Minted { asset: asset.0, amount: amount.0, outstanding, ..Minted::EMPTY };
        self.emit(account, event, out);
        Ok(Moved { asset, amount, counterparty: VENUE_ACCOUNT, withdrawal_id: 0 })
    }

    pub(super) fn request_redemption<O: Output>(
        &mut self,
        account: AccountId,
        body: &RequestRedemption,
        out: &mut O,
    ) -> Movement {
        let (asset, backed) = self.backed_asset(body.asset)?;
        let (asked, terms) = (Amount(body.amount), &backed.terms);
        if terms.form == AssetForm::Traditional {
            return Err(RejectCode::NotMintable);
        }
        if asked < Amount(1) || asked.0 % terms.redemption_unit != 0 {
            return Err(RejectCode::InvalidAmount);
        }
        self.check_not_locked(asset)?;
        if asked.0 < terms.min_redemption {
            return self.refuse(RejectCode::BelowMinimum, asked.0, terms.min_redemption);
        }
        if u32::from(self.accounts[account.index()].pending_withdrawals) >= MAX_PENDING_WITHDRAWALS_PER_ACCOUNT {
            return Err(RejectCode::WithdrawalLimit);
        }
        let (bar, amount) = match terms.bars {
            BarPolicy::Whole => {
                let least = i64::try_from(backed.least_weight(asked)).map_err(|_| RejectCode::NoBar)?;
                let (number, bar) = self.backing.lightest(asset, least).ok_or(RejectCode::NoBar)?;
                (number, backed.worth(bar.fine_weight).ok_or(RejectCode::Overflow)?)
            }
            BarPolicy::None | BarPolicy::Pooled => (0, asked),
        };
        let fee = terms.fee(amount);
        let redeemable = backed.outstanding() - backed.redeeming;
        if amount.0 > redeemable {
            return self.refuse(RejectCode::ReserveExceeded, amount.0, redeemable);
        }
        let held = amount.0.checked_add(fee.0).map(Amount);
        let held = held.filter(|&held| held <= self.ledger.balance(account, asset).available);
        let held = held.ok_or(RejectCode::InsufficientFunds)?;
        self.ledger.hold(account, asset, held);
        self.ledger.assert_conserved(asset);
        self.withdrawals_requested += 1;
        let withdrawal_id = self.withdrawals_requested;
        self.add_redemption(withdrawal_id, Redemption { account, asset, asked, amount, fee, bar });
        let requested = RedemptionRequested {
            asset: asset.0,
            amount: amount.0,
            withdrawal_id,
            asked: asked.0,
            fee: fee.0,
            bar,
            ..RedemptionRequested::EMPTY
        };
        self.emit(account, requested, out);
        Ok(Moved { asset, amount: asked, counterparty: VENUE_ACCOUNT, withdrawal_id })
    }

    pub(crate) fn add_redemption(&mut self, id: u64, redemption: Redemption) {
        self.accounts[redemption.account.index()].pending_withdrawals += 1;
        self.backing.add_redemption(id, redemption);
    }

    /// A redemption of the account, which waits.
    fn redemption_of(&self, account: AccountId, id: u64) -> Result<Redemption, RejectCode> {
        let found = self.backing.redemption(id).filter(|redemption| redemption.account == account);
        found.copied().ok_or(RejectCode::UnknownWithdrawal)
    }

    /// The same; it waits no more.
    fn take_redemption(&mut self, account: AccountId, id: u64) -> Result<Redemption, RejectCode> {
        let redemption = self.redemption_of(account, id)?;
        self.backing.remove_redemption(id);
        self.accounts[account.index()].pending_withdrawals -= 1;
        Ok(redemption)
    }

    pub(super) fn settle_redemption<O: Output>(
        &mut self,
        account: AccountId,
        body: &SettleRedemption,
        out: &mut O,
    ) -> Movement {
        let withdrawal_id = body.withdrawal_id;
        self.check_not_locked(self.redemption_of(account, withdrawal_id)?.asset)?;
        let Redemption { asset, amount, fee, bar, .. } = self.take_redemption(account, withdrawal_id)?;
        let mut backed = *self.backing.backed(asset).expect("a redemption of an asset with terms");
        let issuer = backed.terms.issuer;
        backed.burned += amount.0;
        self.backing.set_backed(asset, backed);
        self.ledger.withdraw_held(account, asset, amount);
        if fee > Amount::ZERO {
            self.ledger.debit_held(account, asset, fee);
            self.ledger.credit(issuer, asset, fee);
        }
        self.ledger.assert_conserved(asset);
        let settled = RedemptionSettled {
            asset: asset.0,
            amount: amount.0,
            withdrawal_id,
            fee: fee.0,
            bar,
            ..RedemptionSettled::EMPTY
        };
        self.emit(account, settled, out);
        if fee > Amount::ZERO {
            let paid = RedemptionFee {
                asset: asset.0,
                counterparty: account.0,
                amount: fee.0,
                withdrawal_id,
                ..RedemptionFee::EMPTY
            };
            self.emit(issuer, paid, out);
        }
        if bar != 0 {
            self.take_bar(bar, out);
        }
        Ok(Moved { asset, amount, counterparty: VENUE_ACCOUNT, withdrawal_id })
    }

    pub(super) fn refuse_redemption<O: Output>(
        &mut self,
        account: AccountId,
        body: &RefuseRedemption,
        out: &mut O,
    ) -> Movement {
        let (withdrawal_id, refusal) = (body.withdrawal_id, body.refusal);
        let Redemption { asset, amount, fee, bar, .. } = self.take_redemption(account, withdrawal_id)?;
        self.ledger.release(account, asset, amount + fee);
        self.ledger.assert_conserved(asset);
        let refused = RedemptionRefused {
            refusal,
            asset: asset.0,
            amount: amount.0,
            withdrawal_id,
            fee: fee.0,
            bar,
            ..RedemptionRefused::EMPTY
        };
        self.emit(account, refused, out);
        Ok(Moved { asset, amount, counterparty: VENUE_ACCOUNT, withdrawal_id })
    }
}
