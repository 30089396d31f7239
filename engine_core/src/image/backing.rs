//! The part of the image that is about what stands behind assets.

use super::{ImageError, Reader, put_i64, put_u32, put_u64};
use crate::backing::{
    AssetTerms, Attestation, Attestor, AttestorKey, Backed, Bar, Peg, Redemption, Refiner, Sweep, Text,
};
use crate::command::kind;
use crate::engine::Engine;
use crate::types::*;
use std::io::{self, Write};

impl Engine {
    pub(super) fn write_backing(&self, out: &mut impl Write) -> io::Result<()> {
        let backing = &self.backing;
        put_u32(out, backing.attestors.len() as u32)?;
        for Attestor { key, status } in &backing.attestors {
            out.write_all(key.as_bytes())?;
            out.write_all(&[*status as u8, 0, 0, 0])?;
        }
        put_u32(out, backing.refiners.len() as u32)?;
        for Refiner { code, status } in &backing.refiners {
            put_text(out, code)?;
            out.write_all(&[*status as u8, 0, 0])?;
        }
        put_u32(out, backing.all_backed().len() as u32)?;
        for (asset, backed) in backing.all_backed() {
            put_u32(out, asset.0)?;
            write_backed(out, backed)?;
        }
        put_u64(out, backing.bars_registered)?;
        put_u32(out, backing.bars().len() as u32)?;
        for (number, bar) in backing.bars() {
            put_u64(out, number)?;
            put_u32(out, bar.asset.0)?;
            put_u32(out, bar.refiner)?;
            put_text(out, &bar.serial)?;
            put_text(out, &bar.vault)?;
            put_i64(out, bar.gross_weight)?;
            put_i64(out, bar.fine_weight)?;
        }
        put_u32(out, backing.redemptions().len() as u32)?;
        for (id, redemption) in backing.redemptions() {
            put_u64(out, id)?;
            put_u32(out, redemption.account.0)?;
            put_u32(out, redemption.asset.0)?;
            for amount in [redemption.asked, redemption.amount, redemption.fee] {
                put_i64(out, amount.0)?;
            }
            put_u64(out, redemption.bar)?;
        }
        put_u32(out, backing.pegs().len() as u32)?;
        for (asset, peg) in backing.pegs() {
            for value in [asset.0, peg.band_bps, peg.haircut_bps, peg.source, peg.value_source] {
                put_u32(out, value)?;
            }
            put_i64(out, peg.value)?;
            put_u64(out, peg.observed_at)?;
        }
        put_u32(out, backing.sweeps.len() as u32)?;
        for Sweep { asset, cause, halts, next } in &backing.sweeps {
            put_u32(out, asset.0)?;
            out.write_all(&[*cause as u8, u8::from(*halts), 0, 0])?;
            put_u32(out, *next)?;
        }
        Ok(())
    }

    pub(super) fn read_backing(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        self.read_attestors_and_refiners(reader)?;
        let mut last = None;
        for _ in 0..reader.count(MAX_ASSETS, "too many terms of assets")? {
            let asset = self.read_asset_behind(last, reader)?;
            last = Some(asset);
            let backed = self.read_backed(asset, reader)?;
            self.backing.set_backed(asset, backed);
        }
        self.read_bars(reader)?;
        self.read_redemptions(reader)?;
        self.read_pegs_and_sweeps(reader)?;
        self.check_backed(reader)?;
        self.check_references_of_backing(reader)
    }

    fn read_attestors_and_refiners(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        for _ in 0..reader.count(MAX_ATTESTORS, "too many attestors")? {
            let key = AttestorKey::new(&reader.take()?);
            let key = reader.known(key, "a key that no attestor has")?;
            let [status, _, _, _] = reader.take()?;
            let status = reader.known(AttestorStatus::from_byte(status), "an unknown status")?;
            self.backing.attestors.push(Attestor { key, status });
        }
        for _ in 0..reader.count(MAX_REFINERS, "too many refiners")? {
            let code = read_text(reader)?;
            let [status, _, _] = reader.take()?;
            let status = reader.known(RefinerStatus::from_byte(status), "an unknown status")?;
            if code.is_empty() || self.backing.refiners.iter().any(|refiner| refiner.code == code) {
                return Err(reader.invalid("a refiner without a code of its own"));
            }
            self.backing.refiners.push(Refiner { code, status });
        }
        Ok(())
    }

    /// An asset that is listed, behind the last one.
    fn read_asset_behind(&self, last: Option<AssetId>, reader: &mut Reader) -> Result<AssetId, ImageError> {
        let asset = AssetId(reader.u32()?);
        if asset.index() >= self.registry.assets.len() || last >= Some(asset) {
            return Err(reader.invalid("unknown assets, or not in their order"));
        }
        Ok(asset)
    }

    fn read_backed(&self, asset: AssetId, reader: &mut Reader) -> Result<Backed, ImageError> {
        let issuer = reader.account(&self.accounts)?;
        let [form, attestation, bars, attested, expired, _, _, _] = reader.take()?;
        let form = reader.known(AssetForm::from_byte(form), "an unknown form of an asset")?;
        let attestation = reader.known(AttestationPolicy::from_byte(attestation), "an unknown policy")?;
        let bars = reader.known(BarPolicy::from_byte(bars), "an unknown policy")?;
        let (isin, currency, vault) = (read_text(reader)?, read_text(reader)?, read_text(reader)?);
        let redemption_fee_rate = reader.u32()?;
        let [backing, min_redemption, redemption_unit, redemption_fee] =
            [reader.i64()?, reader.i64()?, reader.i64()?, reader.i64()?];
        let terms = AssetTerms {
            issuer,
            form,
            attestation,
            bars,
            isin,
            currency,
            vault,
            backing,
            min_redemption,
            redemption_unit,
            redemption_fee,
            redemption_fee_rate,
        };
        let row = &self.registry.assets[asset.index()];
        let mut backed = Backed::new(terms, row.decimals);
        (backed.minted, backed.burned) = (reader.i64()?, reader.i64()?);
        if !terms.are_possible(row.class) || !(0..=backed.minted).contains(&backed.burned) {
            return Err(reader.invalid("impossible terms of an asset"));
        }
        if attested == 1 {
            let said = Attestation {
                attestor: reader.u32()?,
                reserve: reader.i64()?,
                as_of: reader.u64()?,
                valid_until: reader.u64()?,
            };
            let possible = (said.attestor as usize) < self.backing.attestors.len()
                && said.reserve >= 0
                && said.as_of <= self.timestamp_ns
                && said.as_of < said.valid_until;
            backed.attestation = Some(reader.known(possible.then_some(said), "an impossible attestation")?);
        }
        backed.is_expired = expired == 1;
        // One that has expired is found by a pulse: until then it can be as it was.
        let may_be_expired = backed.needs_attestation() && !backed.is_attested(self.timestamp_ns);
        let must_be = backed.needs_attestation() && backed.attestation.is_none();
        if backed.is_expired && !may_be_expired || must_be && !backed.is_expired {
            return Err(reader.invalid("an attestation that has expired and has not"));
        }
        Ok(backed)
    }

    fn read_bars(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        self.backing.bars_registered = reader.u64()?;
        if self.backing.bars_registered > super::MAX_COUNTER {
            return Err(reader.invalid("an impossible counter"));
        }
        let mut last = 0;
        for _ in 0..reader.count(MAX_BARS, "too many bars")? {
            let (number, asset, refiner) = (reader.u64()?, AssetId(reader.u32()?), reader.u32()?);
            let (serial, vault) = (read_text(reader)?, read_text(reader)?);
            let (gross_weight, fine_weight) = (reader.i64()?, reader.i64()?);
            let bar = Bar { asset, refiner, serial, vault, gross_weight, fine_weight };
            let backed = self.backing.backed(asset);
            let is_gold = self.registry.assets.get(asset.index()).is_some_and(|row| row.class == AssetClass::Gold);
            let possible = bar.is_possible()
                && is_gold
                && (last + 1..=self.backing.bars_registered).contains(&number)
                && (refiner as usize) < self.backing.refiners.len()
                && !self.backing.has_serial(refiner, serial)
                && backed.is_some_and(|backed| backed.fine_weight.checked_add(fine_weight).is_some());
            if !possible {
                return Err(reader.invalid("an impossible bar"));
            }
            self.backing.add_bar(number, bar);
            last = number;
        }
        Ok(())
    }

    fn read_redemptions(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let mut last = 0;
        for _ in 0..reader.u32()? {
            let (id, account) = (reader.u64()?, reader.account(&self.accounts)?);
            let asset = AssetId(reader.u32()?);
            let [asked, amount, fee] = [reader.amount()?, reader.amount()?, reader.amount()?];
            let bar = reader.u64()?;
            let backed = self.backing.backed(asset);
            let redeemable = backed.map_or(0, |backed| backed.outstanding() - backed.redeeming);
            let taken = self.backing.bar(bar);
            let fits = match taken {
                Some(taken) => taken.asset == asset && self.backing.is_free(bar) && asked <= amount,
                None => bar == 0 && asked == amount,
            };
            let possible = fits
                && (last + 1..=self.withdrawals_requested).contains(&id)
                && !self.withdrawals.contains_key(&id)
                && asked >= Amount(1)
                && amount.0 <= redeemable
                && amount.0.checked_add(fee.0).is_some();
            if !possible {
                return Err(reader.invalid("an impossible redemption"));
            }
            self.add_redemption(id, Redemption { account, asset, asked, amount, fee, bar });
            if u32::from(self.accounts[account.index()].pending_withdrawals) > MAX_PENDING_WITHDRAWALS_PER_ACCOUNT {
                return Err(reader.invalid("too many withdrawals and redemptions of one account"));
            }
            last = id;
        }
        Ok(())
    }

    fn read_pegs_and_sweeps(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let mut last = None;
        for _ in 0..reader.count(MAX_ASSETS, "too many bands around par")? {
            let asset = self.read_asset_behind(last, reader)?;
            last = Some(asset);
            let peg = Peg::new(reader.u32()?, reader.u32()?, reader.u32()?);
            let (value_source, value, observed_at) = (reader.u32()?, reader.i64()?, reader.u64()?);
            let is_known = value > 0 || (value, value_source, observed_at) == (0, 0, 0);
            let is_cash = self.registry.assets[asset.index()].class == AssetClass::Stablecoin;
            let peg = peg.filter(|_| is_known && is_cash).map(|peg| Peg { value, value_source, observed_at, ..peg });
            let peg = reader.known(peg, "an impossible band around par")?;
            self.backing.set_peg(asset, Some(peg));
        }
        for _ in 0..reader.count(2 * MAX_ASSETS, "too many assets whose instruments follow")? {
            let (asset, [cause, halts, _, _], next) = (AssetId(reader.u32()?), reader.take()?, reader.u32()?);
            let sweep = match HaltCause::from_byte(cause) {
                Some(cause @ (HaltCause::StaleReference | HaltCause::Depegged)) => {
                    Some(Sweep { asset, cause, halts: halts == 1, next })
                }
                _ => None,
            };
            let sweep = sweep.filter(|sweep| {
                let mut others = self.backing.sweeps.iter();
                let is_new = others.all(|other| (other.asset, other.cause) != (asset, sweep.cause));
                let can_be = match sweep.cause {
                    HaltCause::Depegged => {
                        let row = self.registry.assets.get(asset.index());
                        row.is_some_and(|row| row.class == AssetClass::Stablecoin)
                    }
                    _ => self.backing.backed(asset).is_some(),
                };
                let is_first = self.backing.sweeps.is_empty();
                let ends = if is_first && next > 0 { self.registry.instruments.len() as u32 } else { 1 };
                is_new && can_be && next < ends && self.backing.halts(asset, sweep.cause) == sweep.halts
            });
            let sweep = reader.known(sweep, "an asset whose instruments can not follow")?;
            self.backing.sweeps.push_back(sweep);
        }
        Ok(())
    }

    /// Bars cover what was issued against them.
    fn check_backed(&self, reader: &Reader) -> Result<(), ImageError> {
        let mut all = self.backing.all_backed();
        let covered = |backed: &Backed| {
            backed.terms.bars == BarPolicy::None || backed.outstanding() <= backed.covered_by(backed.fine_weight)
        };
        if all.all(|(_, backed)| covered(backed)) {
            Ok(())
        } else {
            Err(reader.invalid("more issued than bars stand behind"))
        }
    }

    /// What references say of mints and redemptions is what there is of them, and no redemption has a withdrawal's id.
    fn check_references_of_backing(&self, reader: &Reader) -> Result<(), ImageError> {
        for (reference, original) in self.references.iter() {
            let moved = &original.moved;
            let waiting = self.backing.redemption(moved.withdrawal_id);
            let fits = match reference.command {
                kind::MINT => self.backing.backed(moved.asset).is_some(),
                kind::REQUEST_REDEMPTION => {
                    let said = (reference.account, moved.asset, moved.amount);
                    self.backing.backed(moved.asset).is_some()
                        && waiting.is_none_or(|it| (it.account, it.asset, it.asked) == said)
                }
                kind::SETTLE_REDEMPTION | kind::REFUSE_REDEMPTION => {
                    self.backing.backed(moved.asset).is_some() && waiting.is_none()
                }
                // What it says in that place is a reason.
                kind::FORCE_TRANSFER => true,
                _ => waiting.is_none(),
            };
            if !fits {
                return Err(reader.invalid("a reference of a command that was never carried out"));
            }
        }
        Ok(())
    }
}

fn write_backed(out: &mut impl Write, backed: &Backed) -> io::Result<()> {
    let terms = &backed.terms;
    put_u32(out, terms.issuer.0)?;
    let flags = [u8::from(backed.attestation.is_some()), u8::from(backed.is_expired)];
    out.write_all(&[terms.form as u8, terms.attestation as u8, terms.bars as u8, flags[0], flags[1], 0, 0, 0])?;
    [&terms.isin, &terms.currency, &terms.vault].into_iter().try_for_each(|text| put_text(out, text))?;
    put_u32(out, terms.redemption_fee_rate)?;
    for value in [terms.backing, terms.min_redemption, terms.redemption_unit, terms.redemption_fee] {
        put_i64(out, value)?;
    }
    put_i64(out, backed.minted)?;
    put_i64(out, backed.burned)?;
    if let Some(Attestation { attestor, reserve, as_of, valid_until }) = backed.attestation {
        put_u32(out, attestor)?;
        put_i64(out, reserve)?;
        put_u64(out, as_of)?;
        put_u64(out, valid_until)?;
    }
    Ok(())
}

fn put_text(out: &mut impl Write, text: &Text) -> io::Result<()> {
    out.write_all(&[text.len()])?;
    out.write_all(text.padded())
}

fn read_text(reader: &mut Reader) -> Result<Text, ImageError> {
    let ([len], bytes) = (reader.take()?, reader.take()?);
    reader.known(Text::new(len, &bytes), "an impossible text")
}
