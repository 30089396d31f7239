//! An accepted order on its way through the book: what is left of it, and what must be held for that.

use super::Engine;
use crate::client_ids::{ClientId, Name};
use crate::command::OrderAttributes;
use crate::fees::FeeRates;
use crate::orders::Order;
use crate::registry::Terms;
use crate::types::*;

/// What is left of an incoming order: lots to trade, or quote units to spend.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Size {
    Lots(QuantityLots),
    Notional(Amount),
}

impl Size {
    #[inline]
    pub fn is_zero(self) -> bool {
        match self {
            Size::Lots(lots) => lots.0 == 0,
            Size::Notional(budget) => budget.0 == 0,
        }
    }

    /// Lots left; none for a notional.
    #[inline]
    pub fn lots(self) -> QuantityLots {
        match self {
            Size::Lots(lots) => lots,
            Size::Notional(_) => QuantityLots(0),
        }
    }
}

/// An order that has a slot, but lives here until it rests.
#[derive(Clone, Copy)]
pub(super) struct Incoming<'a> {
    pub id: OrderId,
    pub account: AccountId,
    pub instrument_id: InstrumentId,
    pub terms: Terms,
    pub side: Side,
    pub order_type: OrderType,
    pub time_in_force: TimeInForce,
    pub stp: SelfTradePrevention,
    /// The limit price; for a market order its collar.
    pub limit: PriceTicks,
    pub size: Size,
    pub filled: QuantityLots,
    pub fees: FeeRates,
    /// What is held for what is left.
    pub held: Amount,
    /// `None` without a client order id.
    pub name: Option<&'a Name>,
    /// Attributes that few orders have, should it rest with some.
    pub attributes: Option<&'a OrderAttributes>,
    /// Of a stop that is going to wait, else 0.
    pub trigger_price: u32,
    /// Of its account: 0, or with whom it does not trade either.
    pub group: u32,
    /// Of a quote: its group. 0: it is none.
    pub quote_group: u8,
    /// An amended order, or a stop that has waited: it is already in its account's list.
    pub rested_before: bool,
    /// Where an amended order was that nothing can happen to before it rests again.
    pub moved_from: Option<PriceTicks>,
}

impl Engine {
    /// An open order on its way through the book once more, at its limit and with its own rates; nothing is held for it
    /// yet.
    pub(super) fn incoming_again<'a>(
        &self,
        order: &Order,
        terms: Terms,
        taker_rate: u16,
        name: Option<&'a Name>,
        attributes: &'a OrderAttributes,
    ) -> Incoming<'a> {
        Incoming {
            id: order.id,
            account: order.account,
            instrument_id: order.instrument(),
            terms,
            side: order.side,
            order_type: OrderType::Limit,
            time_in_force: order.time_in_force(),
            stp: order.stp(),
            limit: order.price(),
            size: Size::Lots(order.leaves),
            filled: order.quantity - order.leaves,
            fees: FeeRates { maker_rate: order.maker_rate, taker_rate },
            held: Amount::ZERO,
            name,
            attributes: Some(attributes),
            trigger_price: 0,
            group: self.accounts[order.account.index()].group,
            quote_group: 0,
            rested_before: true,
            moved_from: None,
        }
    }
}

impl<'a> Incoming<'a> {
    #[inline]
    pub fn held_asset(&self) -> AssetId {
        self.terms.held_asset(self.side)
    }

    #[inline]
    pub fn client_id(&self) -> &'a ClientId {
        self.name.map_or(&ClientId::EMPTY, |name| &name.client_id)
    }

    /// What must be held for what is left.
    #[inline]
    pub fn required_hold(&self) -> Result<Amount, RejectCode> {
        match self.size {
            Size::Notional(budget) => Ok(budget),
            Size::Lots(lots) => self.terms.hold(self.side, self.limit, lots, self.fees.hold_rate()),
        }
    }

    /// What is left of it is worth so much at its limit.
    pub fn worth(&self) -> i128 {
        match self.size {
            Size::Notional(budget) => i128::from(budget.0),
            Size::Lots(lots) => self.terms.worth(self.limit, lots),
        }
    }

    #[inline]
    pub fn is_post_only(&self) -> bool {
        self.time_in_force.is_post_only()
    }

    /// Lots that each of its fills must have once it rests; 0: any.
    #[inline]
    pub fn hidden_minimum(&self) -> QuantityLots {
        let hidden = self.attributes.filter(|attributes| attributes.visibility == Visibility::Hidden as u8);
        QuantityLots(hidden.map_or(0, |attributes| attributes.min_quantity))
    }

    /// Whether what is left of it rests, if nothing fits it.
    #[inline]
    pub fn may_rest(&self) -> bool {
        self.time_in_force.may_rest()
    }

    #[inline]
    pub fn crosses(&self, best_opposite: Option<PriceTicks>) -> bool {
        let Some(best) = best_opposite else { return false };
        // Both, then the one: no branch can foresee the side.
        let (buys, sells) = (self.limit >= best, self.limit <= best);
        if self.side == Side::Buy { buys } else { sells }
    }

    #[inline]
    pub fn total(&self) -> QuantityLots {
        self.filled + self.size.lots()
    }
}
