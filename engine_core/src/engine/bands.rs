//! Bounds of prices and orders: what is refused at entry, and where matching stops (`docs/market-rules.md`, sections 20
//! and 21).

use super::incoming::{Incoming, Size};
use super::{Applied, Engine};
use crate::market::Band;
use crate::types::*;

impl Engine {
    /// Prices at which an incoming order may trade: of most instruments, any.
    #[inline]
    pub(super) fn band_of(&self, instrument: InstrumentId) -> Band {
        if self.registry.instruments[instrument.index()].is_plain { Band::ANY } else { self.trading_band(instrument) }
    }

    #[cold]
    fn trading_band(&self, instrument: InstrumentId) -> Band {
        let last_trade = Some(self.books[instrument.index()].last_trade).filter(|&price| price != 0);
        let max_price = self.registry.instruments[instrument.index()].max_price;
        let dynamic_bps = self.markets[instrument.index()].limits.dynamic_bps;
        self.static_band(instrument).within(Band::around(last_trade, dynamic_bps, max_price))
    }

    fn static_band(&self, instrument: InstrumentId) -> Band {
        let static_bps = self.markets[instrument.index()].limits.static_bps;
        let max_price = self.registry.instruments[instrument.index()].max_price;
        Band::around(self.auction_reference(instrument), static_bps, max_price)
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

    /// Whether an order's limit is not beyond the static band, where it could trade.
    #[cold]
    pub(super) fn check_band(&mut self, instrument: InstrumentId, side: Side, limit: PriceTicks) -> Applied {
        let band = self.static_band(instrument);
        let (beyond, bound) = match side {
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
        // A quote says what shall be left of it, not a total.
        let filled = if incoming.quote_group == 0 { incoming.filled } else { QuantityLots(0) };
        self.check_size(incoming.instrument_id, incoming.limit, incoming.size, filled)?;
        if incoming.trigger_price == 0 && incoming.order_type != OrderType::Market {
            self.check_band(incoming.instrument_id, incoming.side, incoming.limit)?;
        }
        Ok(())
    }
}
