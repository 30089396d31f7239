//! The part of the image that is about what market makers owe.

use super::{ImageError, Reader, put_i64, put_u32, put_u64};
use crate::engine::Engine;
use crate::obligations::{Obligation, ObligationId, ObligationTerms, Served};
use crate::types::*;
use std::io::{self, Write};

impl Engine {
    pub(super) fn write_obligations(&self, out: &mut impl Write) -> io::Result<()> {
        put_u32(out, self.obligations().len() as u32)?;
        for (id, obligation) in self.obligations() {
            let ObligationTerms { max_spread, min_quantity, required_bps, maker_rate } = obligation.terms;
            let Served { met_ns, open_ns } = obligation.served(self.timestamp_ns);
            [id.account.0, id.instrument.0, max_spread, required_bps]
                .into_iter()
                .try_for_each(|value| put_u32(out, value))?;
            out.write_all(&i32::from(maker_rate).to_le_bytes())?;
            out.write_all(&[u8::from(obligation.earned), 0, 0, 0])?;
            put_i64(out, min_quantity.0)?;
            put_u64(out, met_ns)?;
            put_u64(out, open_ns)?;
        }
        Ok(())
    }

    pub(super) fn read_obligations(&mut self, reader: &mut Reader) -> Result<(), ImageError> {
        let mut last = None;
        for _ in 0..reader.count(MAX_OBLIGATIONS, "too many obligations")? {
            let id = ObligationId { account: AccountId(reader.u32()?), instrument: InstrumentId(reader.u32()?) };
            let known =
                id.account.index() < self.accounts.len() && id.instrument.index() < self.registry.instruments.len();
            if !known || last >= Some(id) {
                return Err(reader.invalid("obligations of unknown accounts or instruments, or not in their order"));
            }
            last = Some(id);
            let (max_spread, required_bps) = (reader.u32()?, reader.u32()?);
            let maker_rate = reader.take().map(i32::from_le_bytes)?;
            let [earned, _, _, _] = reader.take()?;
            let terms = ObligationTerms::new(max_spread, reader.i64()?, required_bps, maker_rate);
            let terms = reader.known(terms, "impossible terms of an obligation")?;
            let served = Served { met_ns: reader.u64()?, open_ns: reader.u64()? };
            // Another value of `earned` is found by the comparison of the whole.
            let obligation = Obligation::restored(terms, earned == 1, served, self.timestamp_ns);
            let obligation = reader.known(obligation, "an obligation met for longer than there was time")?;
            self.restore_obligation(id, obligation);
        }
        Ok(())
    }
}
