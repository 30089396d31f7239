//! The part of the image that is about what protects prices: volatility bands, reference policies, primary markets.

use super::{ImageError, Reader, put_u32, put_u64};
use crate::engine::Engine;
use crate::price_protection::{Bucket, Protections, ReferencePolicy, VolatilityBands};
use crate::types::*;
use std::io::{self, Write};

impl Engine {
    pub(super) fn write_price_protections(&self, out: &mut impl Write) -> io::Result<()> {
        let protected = || {
            let all = self.markets.iter().enumerate();
            all.filter_map(|(id, market)| market.protections.as_deref().map(|protections| (id, protections)))
        };
        put_u32(out, protected().count() as u32)?;
        for (id, protections) in protected() {
            put_u32(out, id as u32)?;
            let volatility = &protections.volatility;
            let VolatilityBands { bps, ticks, multiplier, limit_state_ns, pause_ns } = volatility.bands;
            [bps, ticks, multiplier, volatility.reference].into_iter().try_for_each(|value| put_u32(out, value))?;
            let times = [limit_state_ns, pause_ns, volatility.moved_at, volatility.look_at];
            times.into_iter().try_for_each(|time_ns| put_u64(out, time_ns))?;
            out.write_all(&[volatility.state as u8, 0, 0, 0])?;
            let buckets = || volatility.window.buckets_at(self.timestamp_ns);
            put_u32(out, buckets().count() as u32)?;
            put_u64(out, volatility.state_ends_at)?;
            for &Bucket { number, sum, count } in buckets() {
                [number, sum, count].into_iter().try_for_each(|value| put_u64(out, value))?;
            }
            let ReferencePolicy { stale, primary, widen, max_age_ns, closed_bps, step_bps, step_ns } =
                protections.policy;
            let status = protections.status as u8;
            out.write_all(&[stale as u8, primary as u8, status, u8::from(protections.too_old)])?;
            put_u32(out, widen)?;
            put_u64(out, max_age_ns)?;
            put_u32(out, closed_bps)?;
            put_u32(out, step_bps)?;
            put_u64(out, step_ns)?;
            put_u32(out, protections.close)?;
            put_u32(out, protections.anchor)?;
            put_u64(out, protections.step_at)?;
        }
        Ok(())
    }

    pub(super) fn read_price_protections(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let mut next = 0;
        for _ in 0..reader.count(self.markets.len(), "more protections than instruments")? {
            let instrument = InstrumentId(reader.u32()?);
            if instrument.0 < next || instrument.index() >= self.markets.len() {
                return Err(reader.invalid("protections of unknown instruments, or not in their order"));
            }
            next = instrument.0 + 1;
            let max_price = self.registry.instruments[instrument.index()].max_price;
            let protections = read_protections(max_price, self.timestamp_ns, reader)?;
            let call_ns = self.markets[instrument.index()].limits.call_ns;
            if protections.is_unused() || !protections.is_sound(max_price, call_ns) {
                return Err(reader.invalid("impossible protections of an instrument"));
            }
            let restored = self.restore_protections(instrument, protections);
            reader.known(restored, "protections that do not follow from an instrument's market")?;
        }
        Ok(())
    }
}

/// Checks what can be checked of them alone.
fn read_protections(max_price: PriceTicks, now: u64, reader: &mut Reader) -> Result<Protections, ImageError> {
    let mut protections = Protections::default();
    let volatility = &mut protections.volatility;
    let (bps, ticks, multiplier) = (reader.u32()?, reader.u32()?, reader.u32()?);
    volatility.reference = reader.u32()?;
    let (limit_state_ns, pause_ns) = (reader.u64()?, reader.u64()?);
    volatility.bands = VolatilityBands { bps, ticks, multiplier, limit_state_ns, pause_ns };
    (volatility.moved_at, volatility.look_at) = (reader.u64()?, reader.u64()?);
    let [state, _, _, _] = reader.take()?;
    volatility.state = reader.known(LimitState::from_byte(state), "an unknown limit state")?;
    let buckets = reader.count(VOLATILITY_BUCKETS as usize, "too many buckets of trades")?;
    volatility.state_ends_at = reader.u64()?;
    for _ in 0..buckets {
        let bucket = Bucket { number: reader.u64()?, sum: reader.u64()?, count: reader.u64()? };
        reader.known(volatility.window.restore(bucket, max_price, now), "an impossible bucket of trades")?;
    }
    if !volatility.is_sound(max_price, now) {
        return Err(reader.invalid("impossible volatility bands"));
    }
    let [stale, primary, status, too_old] = reader.take()?;
    protections.status = reader.known(PrimaryStatus::from_byte(status), "an unknown status of a primary market")?;
    // Another value is found by the comparison of the whole.
    protections.too_old = too_old == 1;
    protections.policy = ReferencePolicy {
        stale: reader.known(StalePolicy::from_byte(stale), "an unknown policy")?,
        primary: reader.known(PrimaryPolicy::from_byte(primary), "an unknown policy")?,
        widen: reader.u32()?,
        max_age_ns: reader.u64()?,
        closed_bps: reader.u32()?,
        step_bps: reader.u32()?,
        step_ns: reader.u64()?,
    };
    (protections.close, protections.anchor, protections.step_at) = (reader.u32()?, reader.u32()?, reader.u64()?);
    if protections.step_at > now.saturating_add(protections.policy.step_ns) {
        return Err(reader.invalid("a step of an anchor that is too far away"));
    }
    Ok(protections)
}
