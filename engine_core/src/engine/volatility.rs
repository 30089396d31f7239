//! Volatility bands and limit states: prices bounded by an instrument's own trades (`docs/market-rules.md`, sections 34
//! and 35).

use super::{Applied, Engine, Output};
use crate::book::Book;
use crate::command::SetVolatilityBands;
use crate::event::{LimitStateChanged, VolatilityBandMoved, VolatilityBandsSet};
use crate::market::Band;
use crate::orders::{LadderId, Order};
use crate::price_protection::{Protections, Volatility, VolatilityBands};
use crate::types::*;

impl Engine {
    pub(super) fn set_volatility_bands<O: Output>(&mut self, body: &SetVolatilityBands, out: &mut O) -> Applied {
        let instrument = InstrumentId(body.instrument);
        let row = self.registry.instruments.get(instrument.index()).ok_or(RejectCode::UnknownInstrument)?;
        let &SetVolatilityBands { bps, ticks, multiplier, limit_state_ns, pause_ns, .. } = body;
        let bands = VolatilityBands { bps, ticks, multiplier, limit_state_ns, pause_ns };
        if !bands.are_possible(row.max_price) {
            return Err(RejectCode::InvalidParameter);
        }
        let volatility = &mut self.protections_or_new(instrument).volatility;
        let were_on = volatility.is_on();
        if bps == 0 {
            volatility.turn_off();
        }
        volatility.bands = bands;
        let set = VolatilityBandsSet {
            instrument: instrument.0,
            bps,
            ticks,
            multiplier,
            limit_state_ns,
            pause_ns,
            ..VolatilityBandsSet::EMPTY
        };
        self.emit(VENUE_ACCOUNT, set, out);
        if were_on {
            self.say_band(instrument, out);
        } else {
            self.begin_band_anew(instrument, 0, out);
        }
        self.touch_protected(instrument, out);
        Ok(())
    }

    #[inline]
    pub(super) fn protections(&self, instrument: InstrumentId) -> Option<&Protections> {
        self.markets[instrument.index()].protections.as_deref()
    }

    /// Of an instrument that has bands.
    fn volatility(&self, instrument: InstrumentId) -> Option<&Volatility> {
        self.protections(instrument).map(|protections| &protections.volatility).filter(|volatility| volatility.is_on())
    }

    fn volatility_mut(&mut self, instrument: InstrumentId) -> Option<&mut Volatility> {
        let protections = self.markets[instrument.index()].protections.as_deref_mut();
        protections.map(|protections| &mut protections.volatility).filter(|volatility| volatility.is_on())
    }

    /// The band around an instrument's reference, in whatever phase.
    fn band(&self, instrument: InstrumentId) -> Option<Band> {
        let volatility = self.volatility(instrument).filter(|volatility| volatility.reference != 0)?;
        let max_price = self.registry.instruments[instrument.index()].max_price;
        Some(Band::of_width(volatility.reference, volatility.bands.width(volatility.reference), max_price))
    }

    /// Prices at which continuous trading is possible.
    pub(super) fn volatility_band(&self, instrument: InstrumentId) -> Band {
        let is_continuous = self.phase(instrument) == Phase::Continuous;
        self.band(instrument).filter(|_| is_continuous).unwrap_or(Band::ANY)
    }

    /// The limit of a stop that enters, no further than the band on the side it trades towards.
    pub(super) fn within_volatility_band(&self, order: &Order) -> PriceTicks {
        let band = self.volatility_band(order.instrument());
        match order.side {
            Side::Buy => order.price().min(band.upper),
            Side::Sell => order.price().max(band.lower),
        }
    }

    /// A fill counts for the reference.
    #[cold]
    pub(super) fn remember_trade(&mut self, instrument: InstrumentId, price: PriceTicks) {
        let now = self.timestamp_ns;
        if let Some(volatility) = self.volatility_mut(instrument) {
            volatility.remember(now, price.0 as u32);
        }
    }

    /// An auction has found its price, or none, or bands are new: what was before does not count.
    pub(super) fn begin_band_anew<O: Output>(&mut self, instrument: InstrumentId, price: u32, out: &mut O) {
        let now = self.timestamp_ns;
        let auction_reference = self.auction_reference(instrument).unwrap_or(0);
        let Some(volatility) = self.volatility_mut(instrument) else { return };
        volatility.window.clear();
        if price != 0 {
            volatility.remember(now, price);
        }
        self.move_band(instrument, if price != 0 { price } else { auction_reference }, out);
    }

    fn move_band<O: Output>(&mut self, instrument: InstrumentId, reference: u32, out: &mut O) {
        let now = self.timestamp_ns;
        let volatility = self.volatility_mut(instrument).expect("only bands have a reference");
        (volatility.reference, volatility.moved_at) = (reference, now);
        volatility.look_later(now);
        self.note_protections(instrument);
        self.say_band(instrument, out);
    }

    fn say_band<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        let (Some(band), Some(volatility)) = (self.band(instrument), self.volatility(instrument)) else { return };
        let moved = VolatilityBandMoved {
            instrument: instrument.0,
            reference: volatility.reference,
            lower: band.lower.0 as u32,
            upper: band.upper.0 as u32,
            ..VolatilityBandMoved::EMPTY
        };
        self.emit(VENUE_ACCOUNT, moved, out);
    }

    /// The reference follows the trades, where there is trading.
    pub(super) fn look_at_band<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        let now = self.timestamp_ns;
        if !self.trades(instrument) {
            return;
        }
        let auction_reference = self.auction_reference(instrument);
        let Some(volatility) = self.volatility_mut(instrument) else { return };
        volatility.window.forget(now);
        let mean = volatility.window.mean();
        let moved = match volatility.reference {
            0 => mean.or(auction_reference),
            _ => mean.filter(|&mean| volatility.moves_to(mean, now)),
        };
        if let Some(reference) = moved {
            self.move_band(instrument, reference, out);
        }
    }

    /// Whether the best orders of an instrument have reached its band.
    pub(crate) fn limit_state(&self, instrument: InstrumentId) -> LimitState {
        let Some(band) = self.band(instrument).filter(|_| self.trades(instrument)) else { return LimitState::None };
        let book = &self.books[instrument.index()];
        let [buy, sell] = [Side::Buy, Side::Sell].map(|side| (book.best(side), self.best_hidden(book, side)));
        if buy.0.is_some_and(|price| price >= band.upper) || buy.1.is_some_and(|price| price > band.upper) {
            LimitState::Up
        } else if sell.0.is_some_and(|price| price <= band.lower) || sell.1.is_some_and(|price| price < band.lower) {
            LimitState::Down
        } else {
            LimitState::None
        }
    }

    /// The best hidden order of a side without a minimum.
    pub(crate) fn best_hidden(&self, book: &Book, side: Side) -> Option<PriceTicks> {
        let mut hidden = book.ladder(LadderId::hidden(side)).orders(&self.levels, &self.orders);
        let first = hidden.find(|&slot| self.minimum_of(&self.orders[slot]).0 == 0);
        first.map(|slot| self.orders[slot].price())
    }

    /// An instrument enters or leaves a limit state, as its book is now.
    pub(super) fn settle_limit_state<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        let (now, state) = (self.timestamp_ns, self.limit_state(instrument));
        let Some(protections) = self.markets[instrument.index()].protections.as_deref_mut() else { return };
        let volatility = &mut protections.volatility;
        let previous = std::mem::replace(&mut volatility.state, state);
        if state == previous {
            return;
        }
        let ends_at = now.saturating_add(volatility.bands.limit_state_ns);
        volatility.state_ends_at = if state == LimitState::None { 0 } else { ends_at };
        let changed = LimitStateChanged {
            limit_state: state as u8,
            previous_state: previous as u8,
            instrument: instrument.0,
            ends_at: volatility.state_ends_at,
            ..LimitStateChanged::EMPTY
        };
        self.emit(VENUE_ACCOUNT, changed, out);
    }
}
