//! The part of the image that is about who holds accounts, who may receive what, and what is frozen.

use super::{ImageError, Reader, put_i64, put_u16, put_u32, put_u64};
use crate::engine::Engine;
use crate::holders::{BeneficialId, Eligibility, FreezeId, Holder, Target, is_jurisdiction};
use crate::types::*;
use std::io::{self, Write};

impl Engine {
    pub(super) fn write_holders(&self, out: &mut impl Write) -> io::Result<()> {
        let holders = self.holders();
        put_u32(out, holders.known().len() as u32)?;
        for (account, holder) in holders.known() {
            put_u32(out, account.0)?;
            put_u16(out, holder.jurisdiction)?;
            out.write_all(&[holder.class as u8, u8::from(holder.is_frozen)])?;
            put_u32(out, holder.firm)?;
            put_u64(out, holder.verified_until)?;
        }
        put_u32(out, holders.tables().len() as u32)?;
        for (target, table) in holders.tables() {
            let (kind, id) = match target {
                Target::Asset(asset) => (0, asset.0),
                Target::Instrument(instrument) => (1, instrument.0),
            };
            let count = table.jurisdictions.len() as u8;
            out.write_all(&[kind, table.verification as u8, table.jurisdiction_rule as u8, count])?;
            put_u32(out, id)?;
            put_u32(out, table.classes)?;
            put_i64(out, table.max_holding.0)?;
            put_u64(out, table.locked_until)?;
            table.jurisdictions.iter().try_for_each(|&code| put_u16(out, code))?;
        }
        put_u32(out, holders.frozen_assets().len() as u32)?;
        holders.frozen_assets().try_for_each(|asset| put_u32(out, asset.0))?;
        put_u32(out, holders.freezes().len() as u32)?;
        for (id, amount) in holders.freezes() {
            put_u32(out, id.account.0)?;
            put_u32(out, id.asset.0)?;
            put_u64(out, id.until)?;
            put_i64(out, amount.0)?;
        }
        put_u32(out, holders.registrations().len() as u32)?;
        for (id, amount) in holders.registrations() {
            put_u32(out, id.account.0)?;
            put_u32(out, id.asset.0)?;
            put_u64(out, id.holder)?;
            put_i64(out, amount.0)?;
        }
        Ok(())
    }

    pub(super) fn read_holders(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        self.read_known(reader)?;
        self.read_tables(reader)?;
        for _ in 0..reader.count(MAX_ASSETS, "too many frozen assets")? {
            let asset = AssetId(reader.u32()?);
            if asset.index() >= self.registry.assets.len() {
                return Err(reader.invalid("an unknown asset that is frozen"));
            }
            self.holders.set_frozen(asset, true);
        }
        let halted = (0..self.markets.len()).all(|instrument| {
            let stands = self.registry.instruments[instrument].halts >> HaltCause::AssetFrozen as u8 & 1 == 1;
            stands || !self.has_frozen_asset(InstrumentId(instrument as u32))
        });
        if !halted {
            return Err(reader.invalid("an instrument of a frozen asset that is not halted for it"));
        }
        for _ in 0..reader.count(MAX_FREEZES, "too many freezes")? {
            let (account, asset, until) = (reader.account(&self.accounts)?, AssetId(reader.u32()?), reader.u64()?);
            let amount = reader.amount()?;
            if account == VENUE_ACCOUNT || asset.index() >= self.registry.assets.len() || amount == Amount::ZERO {
                return Err(reader.invalid("an impossible freeze"));
            }
            self.holders.set_units(FreezeId { account, asset, until }, amount);
        }
        for _ in 0..reader.count(MAX_REGISTRATIONS, "too many registrations")? {
            let (account, asset, holder) = (reader.account(&self.accounts)?, AssetId(reader.u32()?), reader.u64()?);
            let amount = reader.amount()?;
            if holder == 0 || asset.index() >= self.registry.assets.len() || amount == Amount::ZERO {
                return Err(reader.invalid("an impossible registration"));
            }
            self.holders.set_registered(BeneficialId { account, asset, holder }, amount);
        }
        self.guard_instruments();
        Ok(())
    }

    /// What is not in its order, or says nothing, is found by the comparison of the whole.
    fn read_known(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        for _ in 0..reader.count(MAX_ACCOUNTS, "too many holders")? {
            let (account, jurisdiction) = (reader.account(&self.accounts)?, reader.u16()?);
            let [class, frozen] = reader.take()?;
            let class = reader.known(InvestorClass::from_byte(class), "an unknown investor class")?;
            let (firm, verified_until) = (reader.u32()?, reader.u64()?);
            let is_frozen = frozen == 1;
            if jurisdiction != 0 && !is_jurisdiction(jurisdiction) || is_frozen && account == VENUE_ACCOUNT {
                return Err(reader.invalid("an impossible holder"));
            }
            self.holders.set(account, Holder { jurisdiction, class, is_frozen, firm, verified_until });
            self.accounts[account.index()].is_frozen = is_frozen;
        }
        Ok(())
    }

    fn read_tables(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        for _ in 0..reader.count(MAX_ASSETS + MAX_INSTRUMENTS, "too many tables of eligibility")? {
            let [kind, verification, jurisdiction_rule, count] = reader.take()?;
            let id = reader.u32()?;
            let verification = reader.known(Verification::from_byte(verification), "an unknown verification")?;
            let rule = JurisdictionRule::from_byte(jurisdiction_rule);
            let jurisdiction_rule = reader.known(rule, "an unknown rule of jurisdictions")?;
            let target = match kind {
                0 if (id as usize) < self.registry.assets.len() => Target::Asset(AssetId(id)),
                1 if (id as usize) < self.registry.instruments.len() => Target::Instrument(InstrumentId(id)),
                _ => return Err(reader.invalid("eligibility for nothing that there is")),
            };
            let mut table = Eligibility {
                classes: reader.u32()?,
                verification,
                jurisdiction_rule,
                max_holding: reader.amount()?,
                locked_until: reader.u64()?,
                jurisdictions: Vec::new(),
            };
            for _ in 0..count {
                table.jurisdictions.push(reader.u16()?);
            }
            let ascend = table.jurisdictions.windows(2).all(|pair| pair[0] < pair[1]);
            let are_codes = table.jurisdictions.iter().all(|&code| is_jurisdiction(code));
            let is_sound = ascend && are_codes && usize::from(count) <= MAX_JURISDICTIONS;
            if !is_sound || !table.is_possible(target) {
                return Err(reader.invalid("an impossible table of eligibility"));
            }
            self.holders.set_table(target, table);
        }
        Ok(())
    }
}
