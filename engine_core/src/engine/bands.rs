//! Bounds of prices and orders: what is refused at entry, and where matching stops (`docs/market-rules.md`, sections 20
//! and 21).

use super::incoming::{Incoming, Size};
use super::{Applied, Engine};
use crate::market::Band;
use crate::types::*;

/// Prices at which trading goes on.
pub(super) struct Bounds {
    /// A trade outside begins a pause.
    pub pause: Band,
    /// A trade outside is not made.
    pub trade: Band,
}

impl Bounds {
    pub const ANY: Bounds = Bounds { pause: Band::ANY, trade: Band::ANY };
}

impl Engine {
    /// Prices at which an incoming order may trade: of most instruments, any.
    #[inline]
    pub(super) fn bounds_of(&self, instrument: InstrumentId) -> Bounds {
        if self.registry.instruments[instrument.index()].is_plain { Bounds::ANY } else { self.bounds(instrument) }
    }

    #[cold]
    fn bounds(&self, instrument: InstrumentId) -> Bounds {
        let last_trade = Some(self.books[instrument.index()].last_trade).filter(|&price| price != 0);
        let max_price = self.registry.instruments[instrument.index()].max_price;
        let dynamic_bps = self.markets[instrument.index()].limits.dynamic_bps;
        let pause = self.static_band(instrument).within(Band::around(last_trade, dynamic_bps, max_price));
        Bounds { pause, trade: self.volatility_band(instrument) }
    }

    pub(super) fn static_band(&self, instrument: InstrumentId) -> Band {
        let (bps, anchor) = self.static_terms(instrument);
        let around_anchor = Some(anchor).filter(|&anchor| anchor != 0);
        let around = if self.has_closed_band(instrument) { around_anchor } else { self.auction_reference(instrument) };
        Band::around(around, bps, self.registry.instruments[instrument.index()].max_price)
    }

    /// Whether an order is as large as one may be.
    #[cold]
    pub(super) fn check_size(
        &mut self,
        instrument: InstrumentId,
        limit: PriceTicks,
        size: Size,
        filled: QuantityLots,
    ) -> Applied {
        let limits = &self.markets[instrument.index()].limits;
        let terms = self.registry.instruments[instrument.index()].terms();
        let (quantity, notional) = match size {
            Size::Notional(budget) => (0, i128::from(budget.0)),
            Size::Lots(lots) => {
                let lots = i128::from((lots + filled).0);
                (lots, i128::from(limit.0) * i128::from(terms.tick_lot_value) * lots)
            }
        };
        for (value, bound) in [(quantity, limits.max_quantity), (notional, limits.max_notional)] {
            if bound != 0 && value > i128::from(bound) {
                self.refused = (value.min(i128::from(MAX_AMOUNT)) as i64, bound);
                return Err(RejectCode::OrderTooLarge);
            }
        }
        Ok(())
    }

    /// Whether an order's limit is not beyond the bands that hold for a while, where it could trade.
    #[cold]
    pub(super) fn check_band(&mut self, incoming: &Incoming) -> Applied {
        let (limit, instrument) = (incoming.limit, incoming.instrument_id);
        let band = self.static_band(instrument).within(self.volatility_band(instrument));
        let (beyond, bound) = match incoming.side {
            Side::Buy => (limit > band.upper, band.upper),
            Side::Sell => (limit < band.lower, band.lower),
        };
        if beyond {
            self.refused = (limit.0, bound.0);
            return Err(RejectCode::PriceOutOfBand);
        }
        Ok(())
    }

    /// What bounds an order that is about to be admitted. A stop is bounded when it trades.
    #[cold]
    pub(super) fn check_limits(&mut self, incoming: &Incoming) -> Applied {
        self.check_size(incoming.instrument_id, incoming.limit, incoming.size, incoming.filled)?;
        if incoming.trigger_price == 0 && incoming.order_type != OrderType::Market {
            self.check_band(incoming)?;
        }
        Ok(())
    }
}
