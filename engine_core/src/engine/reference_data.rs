//! Commands that list assets, instruments, accounts and fees, and that halt and resume trading.

use super::{Applied, Engine};
use crate::book::Book;
use crate::command::{CreateAccount, CreateAsset, CreateInstrument, SetFeeSchedule, TradingPhase};
use crate::event::{Event, RejectCode, kind};
use crate::registry::{Asset, FeeSchedule, Instrument, Symbol};
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
    pub(super) fn create_asset(&mut self, body: &CreateAsset, events: &mut Vec<Event>) -> Applied {
        let class = AssetClass::try_from(body.class)?;
        let symbol = Symbol::new(body.symbol_len, &body.symbol).ok_or(RejectCode::Malformed)?;
        let assets = &self.registry.assets;
        check_new_id(body.asset, assets.len(), MAX_ASSETS, self.registry.has_asset(&symbol))?;
        if body.decimals > MAX_DECIMALS {
            return Err(RejectCode::InvalidParameter);
        }
        self.add_asset(Asset { class, decimals: body.decimals, symbol });
        self.emit(VENUE_ACCOUNT, Event { kind: kind::ASSET_CREATED, asset: body.asset, ..Event::EMPTY }, events);
        Ok(())
    }

    pub(super) fn create_instrument(&mut self, body: &CreateInstrument, events: &mut Vec<Event>) -> Applied {
        let symbol = Symbol::new(body.symbol_len, &body.symbol).ok_or(RejectCode::Malformed)?;
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
            halted: false,
        };
        self.check_instrument(&instrument)?;
        self.add_instrument(instrument);
        let event = Event { kind: kind::INSTRUMENT_CREATED, instrument: body.instrument, ..Event::EMPTY };
        self.emit(VENUE_ACCOUNT, event, events);
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

    pub(crate) fn add_instrument(&mut self, instrument: Instrument) {
        self.books.push(Book::default());
        self.registry.add_instrument(instrument);
    }

    pub(super) fn create_account(
        &mut self,
        account: AccountId,
        body: &CreateAccount,
        events: &mut Vec<Event>,
    ) -> Applied {
        check_new_id(account.0, self.accounts.len(), MAX_ACCOUNTS, false)?;
        if body.fee_schedule as usize >= self.registry.fee_schedules.len() {
            return Err(RejectCode::UnknownFeeSchedule);
        }
        self.add_account(body.fee_schedule);
        let reference = u64::from(body.fee_schedule);
        self.emit(account, Event { kind: kind::ACCOUNT_CREATED, reference, ..Event::EMPTY }, events);
        Ok(())
    }

    pub(super) fn set_fee_schedule(&mut self, body: &SetFeeSchedule, events: &mut Vec<Event>) -> Applied {
        let schedules = &mut self.registry.fee_schedules;
        let id = body.fee_schedule as usize;
        if id >= MAX_FEE_SCHEDULES {
            return Err(RejectCode::RegistryFull);
        }
        if id > schedules.len() {
            return Err(RejectCode::IdNotNext);
        }
        let (Ok(maker_rate), Ok(taker_rate)) = (u16::try_from(body.maker_rate), u16::try_from(body.taker_rate)) else {
            return Err(RejectCode::InvalidParameter);
        };
        let schedule = FeeSchedule { maker_rate, taker_rate };
        match schedules.get_mut(id) {
            Some(existing) => *existing = schedule,
            None => schedules.push(schedule),
        }
        let event = Event {
            kind: kind::FEE_SCHEDULE_SET,
            reference: u64::from(body.fee_schedule),
            price: i64::from(maker_rate),
            quantity: i64::from(taker_rate),
            ..Event::EMPTY
        };
        self.emit(VENUE_ACCOUNT, event, events);
        Ok(())
    }

    pub(super) fn set_halted(&mut self, body: &TradingPhase, halted: bool, events: &mut Vec<Event>) -> Applied {
        let instrument =
            self.registry.instruments.get_mut(body.instrument as usize).ok_or(RejectCode::UnknownInstrument)?;
        instrument.halted = halted;
        let kind = if halted { kind::HALTED } else { kind::RESUMED };
        self.emit(VENUE_ACCOUNT, Event { kind, instrument: body.instrument, ..Event::EMPTY }, events);
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
