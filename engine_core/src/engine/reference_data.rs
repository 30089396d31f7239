//! Commands that list assets, instruments and accounts, set an account's terms, and halt and resume trading.

use super::{Applied, Engine, Output};
use crate::book::Book;
use crate::command::{CreateAccount, CreateAsset, CreateInstrument, Halt, Resume, SetAccount, SetReference};
use crate::event::{AccountCreated, AccountSet, AssetCreated, Halted, InstrumentCreated, ReferenceSet, Resumed};
use crate::market::Market;
use crate::registry::{Asset, Instrument, Reference, Symbol};
use crate::types::*;

/// Ids are dense: a new one is exactly the number of those that exist.
fn check_new_id(id: u32, count: usize, max: usize, symbol_taken: bool) -> Applied {
    if (id as usize) < count || symbol_taken {
        Err(RejectCode::AlreadyExists)
    } else if count >= max {
        Err(RejectCode::RegistryFull)
    } else if id as usize > count {
        Err(RejectCode::IdNotNext)
    } else {
        Ok(())
    }
}

impl Engine {
    pub(super) fn create_asset<O: Output>(&mut self, body: &CreateAsset, out: &mut O) -> Applied {
        let class = AssetClass::from_byte(body.asset_class).ok_or(RejectCode::Malformed)?;
        let symbol = Symbol::new(body.symbol_len, &body.symbol).ok_or(RejectCode::Malformed)?;
        let assets = &self.registry.assets;
        check_new_id(body.asset, assets.len(), MAX_ASSETS, self.registry.has_asset(&symbol))?;
        if body.decimals > MAX_DECIMALS || body.min_withdrawal < 1 {
            return Err(RejectCode::InvalidParameter);
        }
        let min_withdrawal = Amount(body.min_withdrawal);
        self.add_asset(Asset { class, decimals: body.decimals, symbol, min_withdrawal });
        self.emit(VENUE_ACCOUNT, AssetCreated { asset: body.asset, ..AssetCreated::EMPTY }, out);
        Ok(())
    }

    pub(super) fn create_instrument<O: Output>(&mut self, body: &CreateInstrument, out: &mut O) -> Applied {
        let symbol = Symbol::new(body.symbol_len, &body.symbol).ok_or(RejectCode::Malformed)?;
        let phase = Phase::from_byte(body.phase).ok_or(RejectCode::Malformed)?;
        let (count, taken) = (self.registry.instruments.len(), self.registry.has_instrument(&symbol));
        check_new_id(body.instrument, count, MAX_INSTRUMENTS, taken)?;
        let instrument = Instrument {
            symbol,
            base: AssetId(body.base),
            quote: AssetId(body.quote),
            lot_size: body.lot_size,
            tick_lot_value: body.tick_lot_value,
            max_price: PriceTicks(body.max_price),
            collar_bps: body.collar_bps,
            halts: 0,
            is_plain: phase == Phase::Continuous,
            reference: Reference::default(),
        };
        self.check_instrument(&instrument)?;
        if !matches!(phase, Phase::Continuous | Phase::PreOpen | Phase::Closed) {
            return Err(RejectCode::InvalidParameter);
        }
        self.check_not_locked(instrument.base)?;
        self.add_instrument(instrument, Market::new(phase));
        let event = InstrumentCreated { instrument: body.instrument, ..InstrumentCreated::EMPTY };
        self.emit(VENUE_ACCOUNT, event, out);
        let id = InstrumentId(body.instrument);
        self.guard_instrument(id);
        if self.has_frozen_asset(id) {
            self.add_cause(id, HaltCause::AssetFrozen, out);
        }
        self.halt_new(id, out);
        Ok(())
    }

    pub(crate) fn check_instrument(&self, instrument: &Instrument) -> Applied {
        let assets = &self.registry.assets;
        let (Some(_), Some(quote)) = (assets.get(instrument.base.index()), assets.get(instrument.quote.index())) else {
            return Err(RejectCode::UnknownAsset);
        };
        let sound = instrument.base != instrument.quote
            && quote.class == AssetClass::Stablecoin
            && instrument.lot_size >= 1
            && instrument.tick_lot_value >= 1
            && (1..=MAX_PRICE_TICKS).contains(&instrument.max_price.0)
            && instrument.collar_bps <= MAX_COLLAR_BPS;
        if sound { Ok(()) } else { Err(RejectCode::InvalidParameter) }
    }

    pub(crate) fn add_asset(&mut self, asset: Asset) {
        self.registry.add_asset(asset);
        self.ledger.add_asset();
    }

    pub(crate) fn add_instrument(&mut self, instrument: Instrument, market: Market) {
        self.books.push(Book::default());
        self.markets.push(market);
        self.registry.add_instrument(instrument);
    }

    pub(super) fn create_account<O: Output>(
        &mut self,
        account: AccountId,
        body: &CreateAccount,
        out: &mut O,
    ) -> Applied {
        check_new_id(account.0, self.accounts.len(), MAX_ACCOUNTS, false)?;
        if body.fee_schedule as usize >= self.fees.schedules().len() {
            return Err(RejectCode::UnknownFeeSchedule);
        }
        self.add_account(body.fee_schedule);
        self.emit(account, AccountCreated { fee_schedule: body.fee_schedule, ..AccountCreated::EMPTY }, out);
        Ok(())
    }

    pub(super) fn set_account<O: Output>(&mut self, account: AccountId, body: &SetAccount, out: &mut O) -> Applied {
        let row = self.accounts.get_mut(account.index()).ok_or(RejectCode::UnknownAccount)?;
        if body.fee_schedule as usize >= self.fees.schedules().len() {
            return Err(RejectCode::UnknownFeeSchedule);
        }
        row.set_limits(body.max_open_orders, body.client_id_window, body.max_open_notional)
            .ok_or(RejectCode::InvalidParameter)?;
        row.fee_schedule = body.fee_schedule;
        row.group = body.group;
        let event = AccountSet {
            fee_schedule: body.fee_schedule,
            max_open_orders: body.max_open_orders,
            client_id_window: body.client_id_window,
            group: body.group,
            max_open_notional: body.max_open_notional,
            ..AccountSet::EMPTY
        };
        self.emit(account, event, out);
        Ok(())
    }

    pub(super) fn halt<O: Output>(&mut self, body: &Halt, out: &mut O) -> Applied {
        let (instrument, cause) = self.halted_for(body.instrument, body.cause)?;
        self.add_cause(instrument, cause, out);
        self.touch(instrument);
        Ok(())
    }

    pub(super) fn resume<O: Output>(&mut self, body: &Resume, out: &mut O) -> Applied {
        let (instrument, cause) = self.halted_for(body.instrument, body.cause)?;
        if cause == HaltCause::AssetFrozen && self.has_frozen_asset(instrument) {
            return Err(RejectCode::AssetFrozen);
        }
        let base = self.registry.instruments[instrument.index()].base;
        if cause == HaltCause::CorporateAction && self.actions.runs_for(base) {
            return Err(RejectCode::ActionInProgress);
        }
        self.lift_cause(instrument, cause, out);
        self.touch(instrument);
        Ok(())
    }

    fn halted_for(&self, instrument: u32, cause: u8) -> Result<(InstrumentId, HaltCause), RejectCode> {
        let cause = HaltCause::from_byte(cause).ok_or(RejectCode::Malformed)?;
        let known = (instrument as usize) < self.registry.instruments.len();
        if known { Ok((InstrumentId(instrument), cause)) } else { Err(RejectCode::UnknownInstrument) }
    }

    /// A cause of a halt stands from now on.
    pub(super) fn add_cause<O: Output>(&mut self, instrument: InstrumentId, cause: HaltCause, out: &mut O) {
        let row = &mut self.registry.instruments[instrument.index()];
        row.halts |= 1 << cause as u8;
        let causes = u32::from(row.halts);
        self.market_changed(instrument);
        let halted = Halted { instrument: instrument.0, cause: cause as u8, causes, ..Halted::EMPTY };
        self.emit(VENUE_ACCOUNT, halted, out);
    }

    /// A cause of a halt does not stand any more. If it was the last, trading goes on.
    pub(super) fn lift_cause<O: Output>(&mut self, instrument: InstrumentId, cause: HaltCause, out: &mut O) {
        let row = &mut self.registry.instruments[instrument.index()];
        let stood = row.halts;
        row.halts = stood & !(1 << cause as u8);
        let causes = u32::from(row.halts);
        self.market_changed(instrument);
        let resumed = Resumed { instrument: instrument.0, cause: cause as u8, causes, ..Resumed::EMPTY };
        self.emit(VENUE_ACCOUNT, resumed, out);
        if stood != 0 && causes == 0 {
            self.reopen(instrument, out);
        }
    }

    pub(super) fn set_reference<O: Output>(&mut self, body: &SetReference, out: &mut O) -> Applied {
        let instruments = &self.registry.instruments;
        let instrument = instruments.get(body.instrument as usize).ok_or(RejectCode::UnknownInstrument)?;
        if !(0..=instrument.max_price.0).contains(&body.price) {
            return Err(RejectCode::InvalidPrice);
        }
        if body.observed_at < instrument.reference.observed_at {
            return Err(RejectCode::InvalidParameter);
        }
        let SetReference { source, observed_at, .. } = *body;
        let (id, price) = (InstrumentId(body.instrument), body.price as u32);
        let before = self.asked(id);
        self.registry.instruments[id.index()].reference = Reference { price, source, observed_at };
        let set = ReferenceSet { instrument: body.instrument, source, price, observed_at, ..ReferenceSet::EMPTY };
        self.emit(VENUE_ACCOUNT, set, out);
        self.ask(id, before, out);
        self.touch(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_dense_up_to_each_limit() {
        use RejectCode::{AlreadyExists, IdNotNext, RegistryFull};
        for max in [MAX_ASSETS, MAX_INSTRUMENTS, MAX_ACCOUNTS] {
            let last = max as u32 - 1;
            for (id, count, taken, expected) in [
                (0, 0, false, Ok(())),
                (1, 0, false, Err(IdNotNext)),
                (last, max - 1, false, Ok(())),
                (last, max - 1, true, Err(AlreadyExists)),
                (last, max, false, Err(AlreadyExists)),
                (last + 1, max, false, Err(RegistryFull)),
                (last + 2, max, false, Err(RegistryFull)),
            ] {
                assert_eq!(check_new_id(id, count, max, taken), expected, "id {id} after {count} of at most {max}");
            }
        }
    }
}
