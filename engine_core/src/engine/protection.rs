//! Market-maker protection: how much the quotes of a group may trade in a while, and what follows when they have
//! (`docs/market-rules.md`, section 24).

use super::incoming::Incoming;
use super::quotes::group_number;
use super::{Applied, Engine, Output};
use crate::command::{ResetMarketMakerProtection, SetMarketMakerProtection};
use crate::event::{ProtectionReset, ProtectionSet, ProtectionTriggered};
use crate::orders::{NIL, Order};
use crate::protection::{Breach, CountedFill, Limits};
use crate::quotes::GroupId;
use crate::types::*;

impl Engine {
    pub(super) fn set_protection<O: Output>(
        &mut self,
        account: AccountId,
        body: &SetMarketMakerProtection,
        out: &mut O,
    ) -> Applied {
        let number = group_number(body.quote_group)?;
        self.known_account(account)?;
        let limits = Limits {
            window_ns: body.window_ns,
            max_quantity: QuantityLots(body.max_quantity),
            max_notional: Amount(body.max_notional),
            max_fills: body.max_fills,
            max_delta: QuantityLots(body.max_delta),
        };
        if limits != Limits::NONE && !limits.are_possible() {
            return Err(RejectCode::InvalidParameter);
        }
        self.quotes.group_or_new(GroupId { account, number }).protect(limits);
        let set = ProtectionSet {
            quote_group: body.quote_group,
            max_fills: body.max_fills,
            window_ns: body.window_ns,
            max_quantity: body.max_quantity,
            max_notional: body.max_notional,
            max_delta: body.max_delta,
            ..ProtectionSet::EMPTY
        };
        self.emit(account, set, out);
        Ok(())
    }

    pub(super) fn reset_protection<O: Output>(
        &mut self,
        account: AccountId,
        body: &ResetMarketMakerProtection,
        out: &mut O,
    ) -> Applied {
        let number = group_number(body.quote_group)?;
        self.known_account(account)?;
        if let Some(group) = self.quotes.group_mut(GroupId { account, number }) {
            group.reset();
        }
        self.emit(account, ProtectionReset { quote_group: body.quote_group, ..ProtectionReset::EMPTY }, out);
        Ok(())
    }

    /// Counts a fill with an incoming order for the groups of the quotes that traded, the taker's first.
    #[inline(never)]
    pub(super) fn count_quote_fill<O: Output>(
        &mut self,
        incoming: &Incoming,
        maker: &Order,
        quantity: QuantityLots,
        cash: Amount,
        out: &mut O,
    ) {
        let taken = (incoming.account, incoming.quote_group, incoming.side);
        let made = (maker.account, maker.quote_group, maker.side);
        self.count_for([taken, made], incoming.id, quantity, cash, out);
    }

    /// Counts a fill of two resting orders, the buy's first.
    #[inline(never)]
    pub(super) fn count_auction_fill<O: Output>(
        &mut self,
        orders: [&Order; 2],
        quantity: QuantityLots,
        cash: Amount,
        out: &mut O,
    ) {
        let sides = orders.map(|order| (order.account, order.quote_group, order.side));
        self.count_for(sides, OrderId(0), quantity, cash, out);
    }

    fn count_for<O: Output>(
        &mut self,
        sides: [(AccountId, u8, Side); 2],
        incoming: OrderId,
        quantity: QuantityLots,
        cash: Amount,
        out: &mut O,
    ) {
        for (account, number, side) in sides {
            if number == 0 {
                continue;
            }
            let lots = if side == Side::Buy { quantity } else { QuantityLots(-quantity.0) };
            let fill = CountedFill { time_ns: self.timestamp_ns, lots, cash };
            let id = GroupId { account, number };
            if let Some(breach) = self.quotes.group_mut(id).and_then(|group| group.count(fill)) {
                self.stop_quoting(id, &breach, incoming, out);
            }
        }
    }

    /// Takes out every quote of a group that was blocked, but for the incoming order: that goes when it comes back from
    /// its match.
    #[cold]
    fn stop_quoting<O: Output>(&mut self, id: GroupId, breach: &Breach, incoming: OrderId, out: &mut O) {
        let triggered = ProtectionTriggered {
            limit: breach.limit as u8,
            quote_group: u32::from(id.number),
            fills: breach.fills,
            quantity: breach.quantity.0,
            notional: breach.notional.0,
            delta: breach.delta.0,
            ..ProtectionTriggered::EMPTY
        };
        self.emit(id.account, triggered, out);
        let mut at = self.accounts[id.account.index()].open_head;
        while at != NIL {
            let order = &self.orders[at];
            let next = order.account_next;
            if order.quote_group == id.number && order.id != incoming {
                self.cancel_open(at, CancelReason::Protection, out);
            }
            at = next;
        }
    }

    /// Whether an incoming quote must not go on, because its group was blocked.
    #[inline(never)]
    pub(super) fn is_quote_stopped(&self, incoming: &Incoming) -> bool {
        self.quotes.is_blocked(GroupId { account: incoming.account, number: incoming.quote_group })
    }
}
