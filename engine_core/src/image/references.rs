//! The part of the image that is about references of money commands.

use super::{ImageError, Reader, put_i64, put_u32, put_u64};
use crate::command::kind;
use crate::engine::Engine;
use crate::references::{Moved, Original, ReferenceId};
use crate::types::*;
use std::io::{self, Write};

impl Engine {
    pub(super) fn write_references(&self, out: &mut impl Write) -> io::Result<()> {
        put_u32(out, self.references.len() as u32)?;
        for (reference, Original { sequence, moved }) in self.references.iter() {
            put_u32(out, reference.account.0)?;
            out.write_all(&[reference.command, reference.text().len() as u8])?;
            out.write_all(reference.text())?;
            put_u32(out, moved.asset.0)?;
            put_u32(out, moved.counterparty.0)?;
            put_i64(out, moved.amount.0)?;
            put_u64(out, moved.withdrawal_id)?;
            put_u64(out, *sequence)?;
        }
        Ok(())
    }

    pub(super) fn read_references(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        for _ in 0..reader.count(MAX_REFERENCES, "too many references")? {
            let (account, [command]) = (reader.account(&self.accounts)?, reader.take()?);
            let reference = ReferenceId::new(account, command, &reader.client_id()?);
            let reference = reader.known(reference, "a reference without a character")?;
            if self.references.last() >= Some(&reference) {
                return Err(reader.invalid("references that are not in their order"));
            }
            let (asset, counterparty) = (AssetId(reader.u32()?), AccountId(reader.u32()?));
            let (amount, withdrawal_id) = (reader.amount()?, reader.u64()?);
            let moved = Moved { asset, amount, counterparty, withdrawal_id };
            let sequence = reader.u64()?;
            if !(1..=self.sequence).contains(&sequence) || !self.could_have_moved(&reference, &moved) {
                return Err(reader.invalid("a reference of a command that was never carried out"));
            }
            self.references.remember(reference, Original { sequence, moved });
        }
        Ok(())
    }

    /// Whether a command of that kind can have done that, and the withdrawals that are pending do not deny it.
    fn could_have_moved(&self, reference: &ReferenceId, moved: &Moved) -> bool {
        let Moved { asset, amount, counterparty, withdrawal_id } = *moved;
        let requested = (1..=self.withdrawals_requested).contains(&withdrawal_id);
        let pending = self.withdrawals.get(&withdrawal_id);
        let fits = match reference.command {
            kind::DEPOSIT => withdrawal_id == 0 && counterparty == VENUE_ACCOUNT,
            kind::TRANSFER => {
                withdrawal_id == 0 && counterparty != reference.account && counterparty.index() < self.accounts.len()
            }
            kind::FORCE_TRANSFER => {
                u32::try_from(withdrawal_id).is_ok()
                    && counterparty != reference.account
                    && counterparty.index() < self.accounts.len()
            }
            kind::REQUEST_WITHDRAWAL => {
                let same = pending.is_none_or(|w| (w.account, w.asset, w.amount) == (reference.account, asset, amount));
                requested && same && counterparty == VENUE_ACCOUNT
            }
            kind::SETTLE_WITHDRAWAL | kind::CANCEL_WITHDRAWAL => {
                requested && pending.is_none() && counterparty == VENUE_ACCOUNT
            }
            kind::MINT => withdrawal_id == 0 && counterparty == VENUE_ACCOUNT,
            kind::REQUEST_REDEMPTION | kind::SETTLE_REDEMPTION | kind::REFUSE_REDEMPTION => {
                requested && pending.is_none() && counterparty == VENUE_ACCOUNT
            }
            _ => false,
        };
        fits && asset.index() < self.registry.assets.len() && amount >= Amount(1)
    }
}
