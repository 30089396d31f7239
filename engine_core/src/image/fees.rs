//! The part of the image that is about fees: what few schedules have, and what few accounts have traded for.

use super::{ImageError, Reader, put_i64, put_u32, put_u64};
use crate::engine::Engine;
use crate::fees::{FeeRates, FeeTable, FeeTarget, FeeTier, day};
use crate::types::*;
use std::io::{self, Write};

pub(super) fn write_rates(out: &mut impl Write, rates: FeeRates) -> io::Result<()> {
    out.write_all(&i32::from(rates.maker_rate).to_le_bytes())?;
    put_u32(out, u32::from(rates.taker_rate))
}

pub(super) fn read_rates(reader: &mut Reader) -> Result<FeeRates, ImageError> {
    let rates = FeeRates::new(reader.take().map(i32::from_le_bytes)?, reader.u32()?);
    reader.known(rates, "a fee rate out of range")
}

fn write_tiers(out: &mut impl Write, tiers: &[FeeTier]) -> io::Result<()> {
    put_u32(out, tiers.len() as u32)?;
    tiers.iter().try_for_each(|tier| {
        put_i64(out, tier.notional.0)?;
        write_rates(out, tier.rates)
    })
}

fn write_table(out: &mut impl Write, table: &FeeTable) -> io::Result<()> {
    write_rates(out, table.rates)?;
    write_tiers(out, &table.tiers)
}

/// The tiers above rates that have been read.
fn read_tiers(rates: FeeRates, reader: &mut Reader) -> Result<FeeTable, ImageError> {
    let mut tiers = Vec::new();
    for _ in 0..reader.count(MAX_FEE_TIERS, "too many tiers")? {
        tiers.push(FeeTier { notional: Amount(reader.i64()?), rates: read_rates(reader)? });
    }
    reader.known(FeeTable::new(rates, tiers), "tiers that do not ascend")
}

fn read_table(reader: &mut Reader) -> Result<FeeTable, ImageError> {
    let rates = read_rates(reader)?;
    read_tiers(rates, reader)
}

impl Engine {
    pub(super) fn write_fees(&self, out: &mut impl Write) -> io::Result<()> {
        let mut schedules = 0..self.fees.schedules().len() as u32;
        schedules.try_for_each(|schedule| write_tiers(out, &self.fees.table(schedule).tiers))?;
        put_u32(out, self.fees.overrides().len() as u32)?;
        for (target, table) in self.fees.overrides() {
            put_u32(out, target.schedule)?;
            put_u32(out, target.instrument)?;
            write_table(out, table)?;
        }
        put_u32(out, self.fees.waiting().len() as u32)?;
        for (time_ns, target, table) in self.fees.waiting() {
            put_u64(out, time_ns)?;
            put_u32(out, target.schedule)?;
            put_u32(out, target.instrument)?;
            let change = if table.is_some() { FeeChange::Set } else { FeeChange::Remove };
            out.write_all(&[change as u8, 0, 0, 0])?;
            table.map_or(Ok(()), |table| write_table(out, table))?;
        }
        let traded = self.fees.traded(self.timestamp_ns);
        put_u32(out, traded.len() as u32)?;
        for (account, asset) in traded {
            put_u32(out, account.0)?;
            put_u32(out, asset.0)?;
            let days = || self.fees.days(account, asset, self.timestamp_ns);
            put_u32(out, days().count() as u32)?;
            for (day, notional) in days() {
                put_u32(out, day)?;
                put_i64(out, notional)?;
            }
        }
        Ok(())
    }

    pub(super) fn read_fees(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        for schedule in 0..self.fees.schedules().len() {
            let table = read_tiers(self.fees.schedules()[schedule].rates, reader)?;
            self.fees.set(FeeTarget::schedule(schedule as u32), Some(table));
        }
        let mut last = None;
        for _ in 0..reader.count(MAX_FEE_OVERRIDES, "too many overrides of fees")? {
            let target = self.read_target(reader)?;
            if last >= Some(target) || !target.is_override() {
                return Err(reader.invalid("overrides of fees that are not in their order"));
            }
            last = Some(target);
            let table = read_table(reader)?;
            self.fees.set(target, Some(table));
        }
        self.read_waiting_fees(reader)?;
        self.read_traded(reader)
    }

    fn read_target(&self, reader: &mut Reader) -> Result<FeeTarget, ImageError> {
        let target = FeeTarget { schedule: reader.u32()?, instrument: reader.u32()? };
        let known = (target.schedule as usize) < self.fees.schedules().len()
            && (!target.is_override() || (target.instrument as usize) < self.registry.instruments.len());
        reader.known(known.then_some(target), "fees of no schedule or instrument")
    }

    fn read_waiting_fees(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let mut last = None;
        for _ in 0..reader.count(MAX_PENDING_FEE_CHANGES, "too many changes of fees that wait")? {
            let (time_ns, target) = (reader.u64()?, self.read_target(reader)?);
            let [change, _, _, _] = reader.take()?;
            let table = match reader.known(FeeChange::from_byte(change), "an unknown change of fees")? {
                FeeChange::Set => Some(read_table(reader)?),
                FeeChange::Remove => None,
            };
            let sound = time_ns != 0
                && last < Some((time_ns, target))
                && (target.is_override() || table.is_some())
                && (table.is_none() || !target.is_override() || self.fees.has_room_for(target));
            if !sound {
                return Err(reader.invalid("an impossible change of fees that waits"));
            }
            last = Some((time_ns, target));
            self.fees.wait(time_ns, target, table);
        }
        Ok(())
    }

    fn read_traded(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let today = day(self.timestamp_ns);
        let mut last = None;
        for _ in 0..reader.u32()? {
            let (account, asset) = (AccountId(reader.u32()?), AssetId(reader.u32()?));
            let sound = account.index() < self.accounts.len()
                && self.registry.assets.get(asset.index()).is_some_and(|asset| asset.class == AssetClass::Stablecoin)
                && last < Some((account, asset));
            let days = reader.count(FEE_DAYS as usize, "too many days")?;
            if !sound || days == 0 {
                return Err(reader.invalid("an impossible account of what was traded"));
            }
            last = Some((account, asset));
            let mut next = (today + 1).saturating_sub(FEE_DAYS);
            for _ in 0..days {
                let (day, notional) = (reader.u32()?, reader.amount()?);
                if !(next..=today).contains(&day) || notional == Amount::ZERO {
                    return Err(reader.invalid("an impossible day of what was traded"));
                }
                self.fees.restore(account, asset, day, notional);
                next = day + 1;
            }
        }
        Ok(())
    }
}
