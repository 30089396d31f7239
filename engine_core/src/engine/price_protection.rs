//! Old reference prices and closed primary markets, and what of an instrument's protections is due
//! (`docs/market-rules.md`, sections 36 and 37).

use super::{Applied, Engine, Output};
use crate::command::{SetPrimaryStatus, SetReferencePolicy};
use crate::event::{PrimaryStatusSet, ReferencePolicySet, StaticBandMoved};
use crate::market::Band;
use crate::price_protection::{Protections, ReferencePolicy};
use crate::registry::Instrument;
use crate::types::*;

/// What an instrument's policies ask for now.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    for_primary: bool,
    for_age: bool,
    /// Width and anchor of the static band.
    band: (u32, u32),
}

/// What is due of an instrument's protections, in the order in which it is done at one time.
#[derive(Clone, Copy)]
enum DueProtection {
    TooOld,
    Step,
    LimitState,
    Look,
}

impl Engine {
    pub(super) fn protections_or_new(&mut self, instrument: InstrumentId) -> &mut Protections {
        self.may_leave_work = true;
        self.registry.instruments[instrument.index()].is_plain = false;
        self.markets[instrument.index()].protections.get_or_insert_default()
    }

    pub(super) fn set_reference_policy<O: Output>(&mut self, body: &SetReferencePolicy, out: &mut O) -> Applied {
        let stale = StalePolicy::from_byte(body.stale).ok_or(RejectCode::Malformed)?;
        let primary = PrimaryPolicy::from_byte(body.primary).ok_or(RejectCode::Malformed)?;
        let instrument = InstrumentId(body.instrument);
        let market = self.markets.get(instrument.index()).ok_or(RejectCode::UnknownInstrument)?;
        let &SetReferencePolicy { widen, max_age_ns, closed_bps, step_bps, step_ns, .. } = body;
        let policy = ReferencePolicy { stale, primary, widen, max_age_ns, closed_bps, step_bps, step_ns };
        if !policy.is_possible() || closed_bps != 0 && market.limits.call_ns == 0 {
            return Err(RejectCode::InvalidParameter);
        }
        let before = self.asked(instrument);
        self.protections_or_new(instrument).policy = policy;
        self.set_anchor(instrument);
        let set = ReferencePolicySet {
            stale: body.stale,
            primary: body.primary,
            instrument: instrument.0,
            widen,
            closed_bps,
            step_bps,
            max_age_ns,
            step_ns,
            ..ReferencePolicySet::EMPTY
        };
        self.emit(VENUE_ACCOUNT, set, out);
        self.ask(instrument, before, out);
        self.touch_protected(instrument, out);
        Ok(())
    }

    pub(super) fn set_primary_status<O: Output>(&mut self, body: &SetPrimaryStatus, out: &mut O) -> Applied {
        let status = PrimaryStatus::from_byte(body.status).ok_or(RejectCode::Malformed)?;
        let instrument = InstrumentId(body.instrument);
        let row = self.registry.instruments.get(instrument.index()).ok_or(RejectCode::UnknownInstrument)?;
        let is_possible = (0..=row.max_price.0).contains(&body.close);
        if !is_possible || body.close != 0 && status != PrimaryStatus::Closed {
            return Err(RejectCode::InvalidPrice);
        }
        let before = self.asked(instrument);
        let protections = self.protections_or_new(instrument);
        (protections.status, protections.close) = (status, body.close as u32);
        let close = protections.close;
        self.set_anchor(instrument);
        let set = PrimaryStatusSet { status: body.status, instrument: instrument.0, close, ..PrimaryStatusSet::EMPTY };
        self.emit(VENUE_ACCOUNT, set, out);
        self.ask(instrument, before, out);
        self.touch_protected(instrument, out);
        Ok(())
    }

    /// A command has changed an instrument's protections: the work follows, but what only pulses go on with.
    pub(super) fn touch_protected<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        if self.phase(instrument).is_left_to_pulses() {
            self.settle_protections(instrument, out);
        } else {
            self.touched.push(instrument);
        }
    }

    fn set_anchor(&mut self, instrument: InstrumentId) {
        let (now, reference) = (self.timestamp_ns, self.auction_reference(instrument));
        self.protections_or_new(instrument).set_anchor(reference, now);
    }

    pub(super) fn has_closed_band(&self, instrument: InstrumentId) -> bool {
        self.protections(instrument).is_some_and(Protections::has_closed_band)
    }

    /// Width and anchor of the static band; an anchor of 0 is the auction reference, or none of a closed market.
    pub(super) fn static_terms(&self, instrument: InstrumentId) -> (u32, u32) {
        let static_bps = self.markets[instrument.index()].limits.static_bps;
        let protections = self.protections(instrument);
        protections.map_or((static_bps, 0), |protections| (protections.static_bps(static_bps), protections.anchor))
    }

    pub(super) fn asked(&self, instrument: InstrumentId) -> Asked {
        let protections = self.protections(instrument);
        Asked {
            for_primary: protections.is_some_and(Protections::halts_for_primary),
            for_age: self.halts_for_age(instrument) || self.asset_halts(instrument, HaltCause::StaleReference),
            band: self.static_terms(instrument),
        }
    }

    /// Whether the reference price is too old to trade.
    pub(super) fn halts_for_age(&self, instrument: InstrumentId) -> bool {
        self.protections(instrument).is_some_and(Protections::halts_for_age)
    }

    /// Does and says what the policies ask for and did not before.
    pub(super) fn ask<O: Output>(&mut self, instrument: InstrumentId, before: Asked, out: &mut O) {
        self.end_old_age(instrument);
        let after = self.asked(instrument);
        for (cause, before, after) in [
            (HaltCause::PrimaryMarket, before.for_primary, after.for_primary),
            (HaltCause::StaleReference, before.for_age, after.for_age),
        ] {
            let stands = self.registry.instruments[instrument.index()].halts >> cause as u8 & 1 != 0;
            if after && !before {
                self.add_cause(instrument, cause, out);
            } else if before && !after && stands {
                self.lift_cause(instrument, cause, out);
            }
        }
        if before.band != after.band {
            self.say_static_band(instrument, after.band, out);
        }
        self.note_protections(instrument);
    }

    /// A reference price that is not too old any more, or not asked for its age.
    fn end_old_age(&mut self, instrument: InstrumentId) {
        let (now, due_at) = (self.timestamp_ns, self.too_old_at(instrument));
        if let Some(protections) = self.markets[instrument.index()].protections.as_deref_mut() {
            protections.too_old &= due_at.is_some_and(|due_at| due_at <= now);
        }
    }

    /// When an instrument's reference price is too old.
    pub(crate) fn too_old_at(&self, instrument: InstrumentId) -> Option<u64> {
        let Instrument { reference, .. } = &self.registry.instruments[instrument.index()];
        self.protections(instrument)?.too_old_at(reference.price, reference.observed_at)
    }

    fn say_static_band<O: Output>(&mut self, instrument: InstrumentId, (bps, anchor): (u32, u32), out: &mut O) {
        let band = self.static_band(instrument);
        let (lower, upper) = if band == Band::ANY { (0, 0) } else { (band.lower.0 as u32, band.upper.0 as u32) };
        let moved = StaticBandMoved { instrument: instrument.0, anchor, bps, lower, upper, ..StaticBandMoved::EMPTY };
        self.emit(VENUE_ACCOUNT, moved, out);
    }

    /// What comes after all other work on an instrument: its reference follows, its limit state is that of its book, and
    /// what is not used any more goes.
    #[inline]
    pub(super) fn settle_protections<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        if self.markets[instrument.index()].protections.is_some() {
            self.settle_some_protections(instrument, out);
        }
    }

    #[cold]
    fn settle_some_protections<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        self.look_at_band(instrument, out);
        self.settle_limit_state(instrument, out);
        self.note_protections(instrument);
        if self.protections(instrument).is_some_and(Protections::is_unused) {
            self.markets[instrument.index()].protections = None;
            self.market_changed(instrument);
        }
    }

    /// Brings back what a state image says of an instrument's protections; `None` if they do not follow from its market
    /// as a command leaves them.
    pub(crate) fn restore_protections(&mut self, instrument: InstrumentId, restored: Protections) -> Option<()> {
        *self.protections_or_new(instrument) = restored;
        self.market_changed(instrument);
        let protections = self.protections(instrument)?;
        let volatility = &protections.volatility;
        let too_old_at = self.too_old_at(instrument);
        let is_unknown = volatility.is_on() && volatility.reference == 0;
        let could_be_known = self.trades(instrument) && self.auction_reference(instrument).is_some();
        let follows = volatility.state == self.limit_state(instrument)
            && (!protections.too_old || too_old_at.is_some_and(|due_at| due_at <= self.timestamp_ns))
            && !(is_unknown && could_be_known);
        follows.then_some(())
    }

    /// What is due first, and when.
    fn due_protection(&self, instrument: InstrumentId) -> Option<(u64, DueProtection)> {
        let protections = self.protections(instrument)?;
        let volatility = &protections.volatility;
        let trades = self.trades(instrument);
        let due = [
            (self.too_old_at(instrument).filter(|_| !protections.too_old).unwrap_or(0), DueProtection::TooOld),
            (protections.step_at, DueProtection::Step),
            (if trades { volatility.state_ends_at } else { 0 }, DueProtection::LimitState),
            (if trades { volatility.look_at } else { 0 }, DueProtection::Look),
        ];
        due.into_iter().filter(|&(time_ns, _)| time_ns != 0).min_by_key(|&(time_ns, _)| time_ns)
    }

    /// Brings what is due of an instrument's protections up to date.
    pub(super) fn note_protections(&mut self, instrument: InstrumentId) {
        let due_at = self.due_protection(instrument).map_or(0, |(time_ns, _)| time_ns);
        let Some(protections) = self.markets[instrument.index()].protections.as_deref_mut() else { return };
        let before = std::mem::replace(&mut protections.due_at, due_at);
        if before != due_at {
            self.due.protections.set(instrument, before, due_at);
        }
    }

    /// Does what is due first.
    pub(super) fn act_on_protections<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        let (now, before) = (self.timestamp_ns, self.asked(instrument));
        let last_trade = self.books[instrument.index()].last_trade;
        let (_, due) = self.due_protection(instrument).expect("it is due");
        let protections = self.protections_or_new(instrument);
        match due {
            DueProtection::TooOld => protections.too_old = true,
            DueProtection::Step => protections.step(last_trade, now),
            DueProtection::LimitState => {
                let ends_at = now.saturating_add(protections.volatility.bands.pause_ns);
                self.enter_phase(instrument, Phase::Pause, Phase::Continuous, ends_at, out);
            }
            DueProtection::Look => protections.volatility.look_later(now),
        }
        self.ask(instrument, before, out);
        self.touched.push(instrument);
    }
}
