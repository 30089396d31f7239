//! Bounds of prices and orders: what is refused at entry, and where matching stops (`docs/market-rules.md`, sections 20,
//! 21 and 33).

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
                let lots = lots + filled;
                (i128::from(lots.0), terms.worth(limit, lots))
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
    pub(super) fn check_band(&mut self, instrument: InstrumentId, side: Side, limit: PriceTicks) -> Applied {
        let band = self.static_band(instrument).within(self.volatility_band(instrument));
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

    /// Whether an account's open orders in a quote asset are worth no more than they may, with an order of such a worth: one
    /// that comes, and another that goes if there is one, or one that is amended.
    #[cold]
    pub(super) fn check_open_notional(
        &mut self,
        account: AccountId,
        quote: AssetId,
        worth: i128,
        without: Option<u32>,
    ) -> Applied {
        let row = &self.accounts[account.index()];
        if row.max_open_notional == 0 {
            return Ok(());
        }
        let others = row.open_orders(&self.orders).filter(|&slot| Some(slot) != without).map(|slot| {
            let order = &self.orders[slot];
            let instrument = &self.registry.instruments[usize::from(order.instrument)];
            let counts = instrument.quote == quote;
            if counts { instrument.terms().worth(order.price(), self.orders.left(order)) } else { 0 }
        });
        let (value, bound) = (worth + others.sum::<i128>(), row.max_open_notional);
        if value > i128::from(bound) {
            self.refused = (value.min(i128::from(MAX_AMOUNT)) as i64, bound);
            return Err(RejectCode::OpenNotionalLimit);
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
