//! Terms of assets, attestors and attestations, bars, bands around par, and the halts that follow from them
//! (`docs/assets.md`).

use super::{Applied, Engine, Output};
use crate::backing::{
    AssetTerms, Attestation, Attestor, AttestorKey, Backed, Bar, Peg, Refiner, Sweep, Text, attestation_text,
};
use crate::command::{
    Attest, RegisterBar, RemoveBar, SetAssetTerms, SetAttestor, SetCashReference, SetPeg, SetRefiner,
};
use crate::event::{
    AssetTermsSet, AttestationExpired, Attested, AttestorSet, BarRegistered, BarRemoved, CashReferenceSet, PegChanged,
    PegSet, RefinerSet,
};
use crate::registry::Asset;
use crate::types::*;

/// The causes that follow from assets, in the order in which they are looked at.
const CAUSES: [HaltCause; 2] = [HaltCause::StaleReference, HaltCause::Depegged];

/// Whether a number is listed already, or may be the next; or why it may not.
fn check_next(number: u32, count: usize, most: usize) -> Applied {
    match number as usize {
        number if number < count => Ok(()),
        _ if count >= most => Err(RejectCode::RegistryFull),
        number if number > count => Err(RejectCode::IdNotNext),
        _ => Ok(()),
    }
}

impl Engine {
    pub(super) fn listed_asset(&self, asset: u32) -> Result<(AssetId, &Asset), RejectCode> {
        let row = self.registry.assets.get(asset as usize).ok_or(RejectCode::UnknownAsset)?;
        Ok((AssetId(asset), row))
    }

    /// What is known of an asset with terms.
    pub(super) fn backed_asset(&self, asset: u32) -> Result<(AssetId, Backed), RejectCode> {
        let (asset, _) = self.listed_asset(asset)?;
        Ok((asset, *self.backing.backed(asset).ok_or(RejectCode::NoAssetTerms)?))
    }

    /// Refuses a limit, which is said.
    pub(super) fn refuse<T>(&mut self, code: RejectCode, value: i64, bound: i64) -> Result<T, RejectCode> {
        self.refused = (value, bound);
        Err(code)
    }

    pub(super) fn set_asset_terms<O: Output>(&mut self, body: &SetAssetTerms, out: &mut O) -> Applied {
        let malformed = RejectCode::Malformed;
        let terms = AssetTerms {
            issuer: AccountId(body.issuer),
            form: AssetForm::from_byte(body.form).ok_or(malformed)?,
            attestation: AttestationPolicy::from_byte(body.attestation).ok_or(malformed)?,
            bars: BarPolicy::from_byte(body.bars).ok_or(malformed)?,
            isin: Text::new(body.isin_len, &body.isin).ok_or(malformed)?,
            currency: Text::new(body.currency_len, &body.currency).ok_or(malformed)?,
            vault: Text::new(body.vault_len, &body.vault).ok_or(malformed)?,
            backing: body.backing,
            min_redemption: body.min_redemption,
            redemption_unit: body.redemption_unit,
            redemption_fee: body.redemption_fee,
            redemption_fee_rate: body.redemption_fee_rate,
        };
        let (asset, &Asset { class, decimals, .. }) = self.listed_asset(body.asset)?;
        self.known_account(terms.issuer)?;
        let before = self.backing.backed(asset).copied();
        let mut backed = before.unwrap_or(Backed::new(terms, decimals));
        let moves_backing = backed.terms.backing != terms.backing && backed.outstanding() > 0;
        if !terms.are_possible(class) || moves_backing {
            return Err(RejectCode::InvalidParameter);
        }
        backed.terms = terms;
        if terms.bars != BarPolicy::None && backed.outstanding() > backed.covered_by(backed.fine_weight) {
            let covered = backed.covered_by(backed.fine_weight);
            return self.refuse(RejectCode::ReserveExceeded, backed.outstanding(), covered);
        }
        let set = AssetTermsSet {
            form: body.form,
            attestation: body.attestation,
            bars: body.bars,
            asset: asset.0,
            issuer: body.issuer,
            redemption_fee_rate: body.redemption_fee_rate,
            backing: body.backing,
            min_redemption: body.min_redemption,
            redemption_unit: body.redemption_unit,
            redemption_fee: body.redemption_fee,
            ..AssetTermsSet::EMPTY
        };
        self.emit(VENUE_ACCOUNT, set, out);
        let is_expired = backed.needs_attestation() && !backed.is_attested(self.timestamp_ns);
        self.set_expired(asset, backed, is_expired, out);
        Ok(())
    }

    /// What is known of an asset is another, and it is seen whether it lacks an attestation: said, and halted for, if that
    /// is new.
    fn set_expired<O: Output>(&mut self, asset: AssetId, mut backed: Backed, is_expired: bool, out: &mut O) {
        let halted = self.backing.halts(asset, HaltCause::StaleReference);
        let is_new = is_expired && !backed.is_expired;
        backed.is_expired = is_expired;
        self.backing.set_backed(asset, backed);
        if is_new {
            let valid_until = backed.attestation.map_or(0, |attestation| attestation.valid_until);
            let expired = AttestationExpired { asset: asset.0, valid_until, ..AttestationExpired::EMPTY };
            self.emit(VENUE_ACCOUNT, expired, out);
        }
        if backed.halts() != halted {
            self.backing.begin_sweep(asset, HaltCause::StaleReference, backed.halts());
        }
    }

    pub(super) fn set_attestor<O: Output>(&mut self, body: &SetAttestor, out: &mut O) -> Applied {
        let status = AttestorStatus::from_byte(body.status).ok_or(RejectCode::Malformed)?;
        check_next(body.attestor, self.backing.attestors.len(), MAX_ATTESTORS)?;
        let key = AttestorKey::new(&body.public_key).ok_or(RejectCode::InvalidParameter)?;
        let attestor = Attestor { key, status };
        match self.backing.attestors.get_mut(body.attestor as usize) {
            Some(row) => *row = attestor,
            None => self.backing.attestors.push(attestor),
        }
        let set = AttestorSet { status: body.status, attestor: body.attestor, ..AttestorSet::EMPTY };
        self.emit(VENUE_ACCOUNT, set, out);
        Ok(())
    }

    pub(super) fn attest<O: Output>(&mut self, body: &Attest, out: &mut O) -> Applied {
        let (asset, mut backed) = self.backed_asset(body.asset)?;
        let attestor = self.backing.attestors.get(body.attestor as usize).copied();
        let attestor = attestor.filter(|attestor| attestor.status == AttestorStatus::Active);
        let attestor = attestor.ok_or(RejectCode::UnknownAttestor)?;
        if body.reserve < 0 {
            return Err(RejectCode::InvalidAmount);
        }
        let said = Attestation {
            attestor: body.attestor,
            reserve: body.reserve,
            as_of: body.as_of,
            valid_until: body.valid_until,
        };
        if backed.terms.backing == 0 || said.as_of > self.timestamp_ns {
            return Err(RejectCode::InvalidParameter);
        }
        if said.valid_until <= self.timestamp_ns {
            return Err(RejectCode::InvalidExpiry);
        }
        if backed.attestation.is_some_and(|last| said.as_of < last.as_of) {
            return Err(RejectCode::StaleAttestation);
        }
        let text = attestation_text(self.registry.assets[asset.index()].symbol.as_str(), &said);
        if !attestor.key.verifies(text.as_bytes(), &body.signature) {
            return Err(RejectCode::InvalidSignature);
        }
        backed.attestation = Some(said);
        let attested = Attested {
            asset: asset.0,
            attestor: body.attestor,
            reserve: body.reserve,
            as_of: body.as_of,
            valid_until: body.valid_until,
            ..Attested::EMPTY
        };
        self.emit(VENUE_ACCOUNT, attested, out);
        self.set_expired(asset, backed, false, out);
        Ok(())
    }

    pub(super) fn set_refiner<O: Output>(&mut self, body: &SetRefiner, out: &mut O) -> Applied {
        let status = RefinerStatus::from_byte(body.status).ok_or(RejectCode::Malformed)?;
        let code = Text::new(body.code_len, &body.code).ok_or(RejectCode::Malformed)?;
        check_next(body.refiner, self.backing.refiners.len(), MAX_REFINERS)?;
        let others = self.backing.refiners.iter().enumerate().filter(|(number, _)| *number != body.refiner as usize);
        if others.map(|(_, refiner)| refiner.code).any(|other| other == code) {
            return Err(RejectCode::AlreadyExists);
        }
        if code.is_empty() {
            return Err(RejectCode::InvalidParameter);
        }
        let refiner = Refiner { code, status };
        match self.backing.refiners.get_mut(body.refiner as usize) {
            Some(row) => *row = refiner,
            None => self.backing.refiners.push(refiner),
        }
        let set = RefinerSet { status: body.status, refiner: body.refiner, ..RefinerSet::EMPTY };
        self.emit(VENUE_ACCOUNT, set, out);
        Ok(())
    }

    pub(super) fn register_bar<O: Output>(&mut self, body: &RegisterBar, out: &mut O) -> Applied {
        let serial = Text::new(body.serial_len, &body.serial).ok_or(RejectCode::Malformed)?;
        let vault = Text::new(body.vault_len, &body.vault).ok_or(RejectCode::Malformed)?;
        let (asset, backed) = self.backed_asset(body.asset)?;
        let refiner = self.backing.refiners.get(body.refiner as usize);
        if refiner.is_none_or(|refiner| refiner.status != RefinerStatus::Listed) {
            return Err(RejectCode::UnknownRefiner);
        }
        if self.backing.has_serial(body.refiner, serial) {
            return Err(RejectCode::AlreadyExists);
        }
        let RegisterBar { refiner, gross_weight, fine_weight, .. } = *body;
        let bar = Bar { asset, refiner, serial, vault, gross_weight, fine_weight };
        if !bar.is_possible() || backed.terms.bars == BarPolicy::None || vault != backed.terms.vault {
            return Err(RejectCode::InvalidParameter);
        }
        if self.backing.bars().len() >= MAX_BARS {
            return Err(RejectCode::RegistryFull);
        }
        if backed.fine_weight.checked_add(fine_weight).is_none() {
            return Err(RejectCode::Overflow);
        }
        self.backing.bars_registered += 1;
        let number = self.backing.bars_registered;
        self.backing.add_bar(number, bar);
        let registered =
            BarRegistered { asset: asset.0, refiner, bar: number, gross_weight, fine_weight, ..BarRegistered::EMPTY };
        self.emit(VENUE_ACCOUNT, registered, out);
        Ok(())
    }

    pub(super) fn remove_bar<O: Output>(&mut self, body: &RemoveBar, out: &mut O) -> Applied {
        let bar = *self.backing.bar(body.bar).ok_or(RejectCode::UnknownBar)?;
        if !self.backing.is_free(body.bar) {
            return Err(RejectCode::BarAssigned);
        }
        let backed = self.backing.backed(bar.asset).expect("a bar of an asset with terms");
        if backed.terms.bars != BarPolicy::None {
            let (outstanding, left) = (backed.outstanding(), backed.covered_by(backed.fine_weight - bar.fine_weight));
            if outstanding > left {
                return self.refuse(RejectCode::ReserveExceeded, outstanding, left);
            }
        }
        self.take_bar(body.bar, out);
        Ok(())
    }

    /// A bar leaves the vault.
    pub(super) fn take_bar<O: Output>(&mut self, number: u64, out: &mut O) {
        let Bar { asset, refiner, fine_weight, .. } = self.backing.remove_bar(number);
        let removed = BarRemoved { asset: asset.0, refiner, bar: number, fine_weight, ..BarRemoved::EMPTY };
        self.emit(VENUE_ACCOUNT, removed, out);
    }

    pub(super) fn set_peg<O: Output>(&mut self, body: &SetPeg, out: &mut O) -> Applied {
        let (asset, &Asset { class, .. }) = self.listed_asset(body.asset)?;
        let &SetPeg { band_bps, haircut_bps, source, .. } = body;
        let removes = (band_bps, haircut_bps, source) == (0, 0, 0);
        let peg = Peg::new(band_bps, haircut_bps, source);
        if class != AssetClass::Stablecoin || !removes && peg.is_none() {
            return Err(RejectCode::InvalidParameter);
        }
        let set = PegSet { asset: asset.0, band_bps, haircut_bps, source, ..PegSet::EMPTY };
        self.emit(VENUE_ACCOUNT, set, out);
        let peg = peg.map(|peg| match self.backing.peg(asset) {
            Some(&Peg { value, value_source, observed_at, .. }) => Peg { value, value_source, observed_at, ..peg },
            None => peg,
        });
        self.change_peg(asset, peg, out);
        Ok(())
    }

    pub(super) fn set_cash_reference<O: Output>(&mut self, body: &SetCashReference, out: &mut O) -> Applied {
        let (asset, _) = self.listed_asset(body.asset)?;
        let peg = *self.backing.peg(asset).ok_or(RejectCode::NoPeg)?;
        let &SetCashReference { source, value, observed_at, .. } = body;
        if value < 1 {
            return Err(RejectCode::InvalidPrice);
        }
        if peg.source != 0 && source != peg.source || observed_at < peg.observed_at {
            return Err(RejectCode::InvalidParameter);
        }
        let set = CashReferenceSet { asset: asset.0, source, value, observed_at, ..CashReferenceSet::EMPTY };
        self.emit(VENUE_ACCOUNT, set, out);
        self.change_peg(asset, Some(Peg { value, value_source: source, observed_at, ..peg }), out);
        Ok(())
    }

    /// A band or what is compared with it is another: the instruments follow.
    fn change_peg<O: Output>(&mut self, asset: AssetId, peg: Option<Peg>, out: &mut O) {
        let was_outside = self.backing.halts(asset, HaltCause::Depegged);
        self.backing.set_peg(asset, peg);
        let is_outside = self.backing.halts(asset, HaltCause::Depegged);
        if was_outside == is_outside {
            return;
        }
        let haircut_bps = peg.filter(|_| is_outside).map_or(0, |peg| peg.haircut_bps);
        let status = if is_outside { PegStatus::Depegged } else { PegStatus::Pegged };
        let value = peg.map_or(0, |peg| peg.value);
        let changed = PegChanged { status: status as u8, asset: asset.0, haircut_bps, value, ..PegChanged::EMPTY };
        self.emit(VENUE_ACCOUNT, changed, out);
        self.backing.begin_sweep(asset, HaltCause::Depegged, is_outside);
    }

    /// Whether what stands behind an instrument's assets asks that it does not trade.
    pub(super) fn asset_halts(&self, instrument: InstrumentId, cause: HaltCause) -> bool {
        let row = &self.registry.instruments[instrument.index()];
        self.backing.halts(row.base, cause) || self.backing.halts(row.quote, cause)
    }

    /// A new instrument does not trade while one of its assets should not.
    pub(super) fn halt_new<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        for cause in CAUSES {
            if self.asset_halts(instrument, cause) {
                self.add_cause(instrument, cause, out);
            }
        }
    }

    /// Whether a pulse would go on with something at once.
    pub(super) fn has_sweeps(&self) -> bool {
        !self.backing.sweeps.is_empty()
    }

    /// Attestations expire, then the instruments of assets follow, at most `most` items of it; returns how many.
    pub(super) fn go_on_with_assets<O: Output>(&mut self, most: u32, out: &mut O) -> u32 {
        let mut items = 0;
        while items < most
            && let Some(asset) = self.backing.first_expired(self.timestamp_ns)
        {
            let backed = *self.backing.backed(asset).expect("what expires is of an asset with terms");
            self.set_expired(asset, backed, true, out);
            items += 1;
        }
        while items < most
            && let Some(&sweep) = self.backing.sweeps.front()
        {
            if sweep.next as usize >= self.registry.instruments.len() {
                self.backing.sweeps.pop_front();
                continue;
            }
            self.sweep_instrument(sweep, out);
            self.backing.sweeps[0].next += 1;
            items += 1;
        }
        // One that ended with the last item wants no further pulse.
        while self.backing.sweeps.front().is_some_and(|it| it.next as usize >= self.registry.instruments.len()) {
            self.backing.sweeps.pop_front();
        }
        items
    }

    fn sweep_instrument<O: Output>(&mut self, sweep: Sweep, out: &mut O) {
        let Sweep { asset, cause, halts, next } = sweep;
        let instrument = InstrumentId(next);
        let row = &self.registry.instruments[instrument.index()];
        let stands = row.halts >> cause as u8 & 1 != 0;
        if row.base != asset && row.quote != asset || stands == halts {
            return;
        }
        if halts {
            self.add_cause(instrument, cause, out);
        } else if self.asks_for(instrument, cause) {
            return;
        } else {
            self.lift_cause(instrument, cause, out);
        }
        self.touch(instrument);
    }

    /// Whether anything asks for a cause that follows from assets.
    fn asks_for(&self, instrument: InstrumentId, cause: HaltCause) -> bool {
        let is_old = cause == HaltCause::StaleReference && self.halts_for_age(instrument);
        is_old || self.asset_halts(instrument, cause)
    }
}
