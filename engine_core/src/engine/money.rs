//! Deposits, withdrawals and transfers: how value enters, leaves and changes hands outside of trading, and that the same
//! reference does not move it twice.

use super::order_entry::client_id;
use super::{Applied, Engine, Output, Withdrawal};
use crate::client_ids::ClientId;
use crate::command::{
    CancelWithdrawal, Command, Deposit, ForceTransfer, Mint, RefuseRedemption, RequestRedemption, RequestWithdrawal,
    SettleRedemption, SettleWithdrawal, Transfer, kind,
};
use crate::event::{
    Deposited, ForcedTransfer, MoneyRepeated, TransferIn, TransferOut, WithdrawalCancelled, WithdrawalRequested,
    WithdrawalSettled,
};
use crate::references::{Moved, Original, ReferenceId};
use crate::types::*;

/// What a command moved, or why it moved nothing.
pub(super) type Movement = Result<Moved, RejectCode>;

/// The reference of a money command; `None` if what is there is none.
fn text_of(command: Command) -> Option<ClientId> {
    match command.header().kind {
        // A deposit and a request have one layout, and so have the two that end a withdrawal.
        kind::DEPOSIT | kind::REQUEST_WITHDRAWAL => {
            client_id::<Deposit>(command, command.body::<Deposit>().reference_len)
        }
        kind::TRANSFER => client_id::<Transfer>(command, command.body::<Transfer>().reference_len),
        // By whose authority must be said.
        kind::FORCE_TRANSFER => client_id::<ForceTransfer>(command, command.body::<ForceTransfer>().reference_len)
            .filter(|text| !text.is_empty()),
        kind::MINT => client_id::<Mint>(command, command.body::<Mint>().reference_len),
        kind::REQUEST_REDEMPTION => {
            client_id::<RequestRedemption>(command, command.body::<RequestRedemption>().reference_len)
        }
        kind::SETTLE_REDEMPTION => {
            client_id::<SettleRedemption>(command, command.body::<SettleRedemption>().reference_len)
        }
        kind::REFUSE_REDEMPTION => {
            RedemptionRefusal::from_byte(command.body::<RefuseRedemption>().refusal)?;
            client_id::<RefuseRedemption>(command, command.body::<RefuseRedemption>().reference_len)
        }
        _ => client_id::<SettleWithdrawal>(command, command.body::<SettleWithdrawal>().reference_len),
    }
}

/// Whether a money command asks for what was moved, field by field.
fn asks_for(command: Command, moved: &Moved) -> bool {
    let Moved { asset, amount, counterparty, withdrawal_id } = *moved;
    match command.header().kind {
        kind::DEPOSIT | kind::REQUEST_WITHDRAWAL => {
            let body: Deposit = command.body();
            (body.asset, body.amount) == (asset.0, amount.0)
        }
        kind::TRANSFER => {
            let body: Transfer = command.body();
            (body.asset, body.to_account, body.amount) == (asset.0, counterparty.0, amount.0)
        }
        kind::FORCE_TRANSFER => {
            let body: ForceTransfer = command.body();
            let said = (body.asset, body.to_account, body.amount, u64::from(body.reason));
            said == (asset.0, counterparty.0, amount.0, withdrawal_id)
        }
        kind::MINT => {
            let body: Mint = command.body();
            (body.asset, body.amount) == (asset.0, amount.0)
        }
        kind::REQUEST_REDEMPTION => {
            let body: RequestRedemption = command.body();
            (body.asset, body.amount) == (asset.0, amount.0)
        }
        kind::SETTLE_REDEMPTION => command.body::<SettleRedemption>().withdrawal_id == withdrawal_id,
        // Why it is refused is no content: what was refused stays so.
        kind::REFUSE_REDEMPTION => command.body::<RefuseRedemption>().withdrawal_id == withdrawal_id,
        _ => command.body::<SettleWithdrawal>().withdrawal_id == withdrawal_id,
    }
}

impl Engine {
    /// Any of these commands: carries it out and remembers it under its reference, unless it was carried out before.
    pub(super) fn move_money<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let text = text_of(command).ok_or(RejectCode::Malformed)?;
        self.known_account(account)?;
        let Some(reference) = ReferenceId::new(account, command.header().kind, &text) else {
            return self.carry_out(account, command, out).map(|_| ());
        };
        if let Some(&Original { sequence, moved }) = self.references.find(&reference) {
            if !asks_for(command, &moved) {
                return Err(RejectCode::ReferenceReused);
            }
            let repeated = MoneyRepeated {
                command: reference.command,
                asset: moved.asset.0,
                counterparty: moved.counterparty.0,
                amount: moved.amount.0,
                withdrawal_id: moved.withdrawal_id,
                original_sequence: sequence,
                ..MoneyRepeated::EMPTY
            };
            self.emit(account, repeated, out);
            return Ok(());
        }
        if self.references.is_full() {
            return Err(RejectCode::EngineFull);
        }
        let moved = self.carry_out(account, command, out)?;
        self.references.remember(reference, Original { sequence: self.sequence, moved });
        Ok(())
    }

    fn carry_out<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Movement {
        match command.header().kind {
            kind::DEPOSIT => self.deposit(account, &command.body(), out),
            kind::REQUEST_WITHDRAWAL => self.request_withdrawal(account, &command.body(), out),
            kind::SETTLE_WITHDRAWAL => self.settle_withdrawal(account, &command.body(), out),
            kind::CANCEL_WITHDRAWAL => self.cancel_withdrawal(account, &command.body(), out),
            kind::FORCE_TRANSFER => self.force_transfer(account, &command.body(), out),
            kind::MINT => self.mint(account, &command.body(), out),
            kind::REQUEST_REDEMPTION => self.request_redemption(account, &command.body(), out),
            kind::SETTLE_REDEMPTION => self.settle_redemption(account, &command.body(), out),
            kind::REFUSE_REDEMPTION => self.refuse_redemption(account, &command.body(), out),
            _ => self.transfer(account, &command.body(), out),
        }
    }

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

    fn deposit<O: Output>(&mut self, account: AccountId, body: &Deposit, out: &mut O) -> Movement {
        let (asset, amount) = self.movement(body.asset, body.amount)?;
        self.check_not_locked(asset)?;
        if self.ledger.issued(asset).0.checked_add(amount.0).is_none() {
            return Err(RejectCode::Overflow);
        }
        self.check_receipt(account, asset, amount)?;
        let lock = self.lock_of(account, asset);
        if let Some(id) = lock {
            self.check_room_for(id)?;
        }
        self.ledger.deposit(account, asset, amount);
        self.ledger.assert_conserved(asset);
        self.emit(account, Deposited { asset: asset.0, amount: amount.0, ..Deposited::EMPTY }, out);
        if let Some(id) = lock {
            self.lock_deposit(id, amount, out);
        }
        Ok(Moved { asset, amount, counterparty: VENUE_ACCOUNT, withdrawal_id: 0 })
    }

    fn request_withdrawal<O: Output>(&mut self, account: AccountId, body: &RequestWithdrawal, out: &mut O) -> Movement {
        let (asset, amount) = self.movement(body.asset, body.amount)?;
        self.check_may_give(account, asset)?;
        self.check_not_locked(asset)?;
        if self.actions.has_closed_books(asset, self.timestamp_ns) {
            return Err(RejectCode::BooksClosed);
        }
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
        Ok(Moved { asset, amount, counterparty: VENUE_ACCOUNT, withdrawal_id })
    }

    /// False if there is one of this id already.
    pub(crate) fn add_withdrawal(&mut self, id: u64, withdrawal: Withdrawal) -> bool {
        self.accounts[withdrawal.account.index()].pending_withdrawals += 1;
        self.withdrawals.insert(id, withdrawal).is_none()
    }

    fn settle_withdrawal<O: Output>(&mut self, account: AccountId, body: &SettleWithdrawal, out: &mut O) -> Movement {
        let withdrawal_id = body.withdrawal_id;
        self.check_not_locked(self.withdrawal_of(account, withdrawal_id)?.asset)?;
        let Withdrawal { asset, amount, .. } = self.take_withdrawal(account, withdrawal_id)?;
        self.ledger.withdraw_held(account, asset, amount);
        self.ledger.assert_conserved(asset);
        let settled = WithdrawalSettled { asset: asset.0, amount: amount.0, withdrawal_id, ..WithdrawalSettled::EMPTY };
        self.emit(account, settled, out);
        Ok(Moved { asset, amount, counterparty: VENUE_ACCOUNT, withdrawal_id })
    }

    fn cancel_withdrawal<O: Output>(&mut self, account: AccountId, body: &CancelWithdrawal, out: &mut O) -> Movement {
        let withdrawal_id = body.withdrawal_id;
        let Withdrawal { asset, amount, .. } = self.take_withdrawal(account, withdrawal_id)?;
        self.ledger.release(account, asset, amount);
        self.ledger.assert_conserved(asset);
        let cancelled =
            WithdrawalCancelled { asset: asset.0, amount: amount.0, withdrawal_id, ..WithdrawalCancelled::EMPTY };
        self.emit(account, cancelled, out);
        Ok(Moved { asset, amount, counterparty: VENUE_ACCOUNT, withdrawal_id })
    }

    fn withdrawal_of(&self, account: AccountId, id: u64) -> Result<Withdrawal, RejectCode> {
        let withdrawal = self.withdrawals.get(&id).filter(|withdrawal| withdrawal.account == account);
        withdrawal.copied().ok_or(RejectCode::UnknownWithdrawal)
    }

    fn take_withdrawal(&mut self, account: AccountId, id: u64) -> Result<Withdrawal, RejectCode> {
        let withdrawal = self.withdrawal_of(account, id)?;
        self.withdrawals.remove(&id);
        self.accounts[account.index()].pending_withdrawals -= 1;
        Ok(withdrawal)
    }

    fn transfer<O: Output>(&mut self, account: AccountId, body: &Transfer, out: &mut O) -> Movement {
        let to = AccountId(body.to_account);
        if to == account || self.known_account(to).is_err() {
            return Err(RejectCode::UnknownCounterparty);
        }
        let (asset, amount) = self.movement(body.asset, body.amount)?;
        self.check_may_give(account, asset)?;
        self.check_receipt(to, asset, amount)?;
        self.check_not_locked(asset)?;
        if self.ledger.balance(account, asset).available < amount {
            return Err(RejectCode::InsufficientFunds);
        }
        self.send(account, to, asset, amount, out);
        Ok(Moved { asset, amount, counterparty: to, withdrawal_id: 0 })
    }

    /// Moves what is available, and says so to both.
    fn send<O: Output>(&mut self, account: AccountId, to: AccountId, asset: AssetId, amount: Amount, out: &mut O) {
        self.ledger.debit(account, asset, amount);
        self.ledger.credit(to, asset, amount);
        self.ledger.assert_conserved(asset);
        let sent = TransferOut { asset: asset.0, amount: amount.0, counterparty: to.0, ..TransferOut::EMPTY };
        self.emit(account, sent, out);
        let received = TransferIn { asset: asset.0, amount: amount.0, counterparty: account.0, ..TransferIn::EMPTY };
        self.emit(to, received, out);
    }

    /// By authority: who gives is not asked, frozen units go first.
    fn force_transfer<O: Output>(&mut self, account: AccountId, body: &ForceTransfer, out: &mut O) -> Movement {
        let to = AccountId(body.to_account);
        if to == account || self.known_account(to).is_err() {
            return Err(RejectCode::UnknownCounterparty);
        }
        let (asset, amount) = self.movement(body.asset, body.amount)?;
        self.check_not_locked(asset)?;
        self.check_table(to, asset, amount)?;
        let freezes = self.holders.freezes_of(account, asset);
        let frozen = freezes.iter().fold(Amount::ZERO, |sum, (_, amount)| sum + *amount);
        if self.ledger.balance(account, asset).available + frozen < amount {
            return Err(RejectCode::InsufficientFunds);
        }
        let forced = ForcedTransfer {
            asset: asset.0,
            counterparty: to.0,
            amount: amount.0,
            reason_code: body.reason,
            ..ForcedTransfer::EMPTY
        };
        self.emit(account, forced, out);
        let mut missing = amount;
        for (id, of_freeze) in freezes {
            let taken = of_freeze.min(missing);
            if taken != Amount::ZERO {
                self.thaw(id, taken, out);
            }
            missing -= taken;
        }
        self.send(account, to, asset, amount, out);
        Ok(Moved { asset, amount, counterparty: to, withdrawal_id: u64::from(body.reason) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{CommandBuffer, CreateAsset};
    use crate::event::{Event, Rejected};
    use crate::references::References;

    fn deposit(engine: &mut Engine, reference: &str) -> Event {
        let body = Deposit { amount: 5, reference_len: reference.len() as u8, ..Deposit::EMPTY };
        let mut events: Vec<Event> = Vec::new();
        engine.apply(CommandBuffer::with_text(0, &body, reference.as_bytes()).command(), &mut events);
        events[0]
    }

    /// The engine's own limit is beyond a test's memory.
    #[test]
    fn without_room_for_a_reference_nothing_is_moved_under_a_new_one() {
        let mut engine = Engine::default();
        let asset = CreateAsset {
            symbol_len: 1,
            symbol: *b"U\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            min_withdrawal: 1,
            ..CreateAsset::EMPTY
        };
        engine.apply(CommandBuffer::new(0, &asset).command(), &mut Vec::new());
        engine.references = References::new(1);
        assert!(deposit(&mut engine, "one").body::<Deposited>().is_some());
        let refused = deposit(&mut engine, "two");
        assert_eq!(refused.body::<Rejected>().map(|it| it.reason), Some(RejectCode::EngineFull as u8));
        assert!(deposit(&mut engine, "one").body::<MoneyRepeated>().is_some(), "what is known needs no room");
        assert!(deposit(&mut engine, "").body::<Deposited>().is_some(), "and what has no reference neither");
        assert_eq!(engine.ledger.issued(AssetId(0)), Amount(10));
    }
}
