//! Commands on orders: place, cancel, cancel all. What may rest or trade is decided here; how it trades is `matching`.

use super::incoming::{Incoming, Size};
use super::{Applied, Engine, Output};
use crate::client_ids::{ClientId, Content, Known, Name};
use crate::command::{Cancel, CancelAll, Command, OrderAttributes, Place};
use crate::event::{Accepted, CancelAllDone, Duplicate};
use crate::registry::Instrument;
use crate::risk;
use crate::types::*;

/// The parts of a PLACE that can be malformed, but for its client order id: five bytes that stay in registers.
struct Terms {
    side: Side,
    order_type: OrderType,
    time_in_force: TimeInForce,
    stp: SelfTradePrevention,
    quantity_kind: QuantityKind,
}

impl Terms {
    #[inline]
    fn read(body: &Place) -> Option<Terms> {
        Some(Terms {
            side: Side::from_byte(body.side)?,
            order_type: OrderType::from_byte(body.order_type)?,
            time_in_force: TimeInForce::from_byte(body.time_in_force)?,
            stp: SelfTradePrevention::from_byte(body.stp)?,
            quantity_kind: QuantityKind::from_byte(body.quantity_kind)?,
        })
    }

    /// Markets never rest; a notional is spent at once, by a buyer; only what rests can expire.
    #[inline]
    fn can_be_combined(&self, expires_at: u64) -> bool {
        let market = self.order_type == OrderType::Market;
        let notional = self.quantity_kind == QuantityKind::Notional;
        !(market && !matches!(self.time_in_force, TimeInForce::Ioc | TimeInForce::Fok)
            || notional && (self.side == Side::Sell || self.time_in_force != TimeInForce::Ioc)
            || expires_at != 0 && matches!(self.time_in_force, TimeInForce::Ioc | TimeInForce::Fok))
    }
}

/// The client order id behind a body; `None` if it is none.
#[inline(always)]
pub(super) fn client_id<B: crate::command::Body>(command: Command, len: u8) -> Option<ClientId> {
    if len == 0 {
        return Some(ClientId::EMPTY);
    }
    ClientId::from_words(len, command.client_order_id_words::<B>())
}

impl Engine {
    pub(super) fn place<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let body: Place = command.body();
        let terms = Terms::read(&body).ok_or(RejectCode::Malformed)?;
        if body.client_order_id_len > 0 {
            return self.place_named(account, command, &terms, &body, out);
        }
        self.known_account(account)?;
        let incoming = self.admit(account, &terms, &body, None)?;
        self.enter(incoming, out);
        Ok(())
    }

    /// Places an order that may be known already.
    #[inline(never)]
    fn place_named<O: Output>(
        &mut self,
        account: AccountId,
        command: Command,
        terms: &Terms,
        body: &Place,
        out: &mut O,
    ) -> Applied {
        let len = body.client_order_id_len;
        let words = command.client_order_id_words::<Place>();
        let name = self.client_ids.name_of(account, len, words, Content::of(body)).ok_or(RejectCode::Malformed)?;
        self.known_account(account)?;
        // The order is judged while the id's cell is on its way from memory. An id that is known goes before any of that.
        self.client_ids.prefetch(&name.digest);
        let admitted = self.admit(account, terms, body, Some(&name));
        if let Some(known) = self.client_ids.find(&name.digest) {
            return self.answer_known(account, known, &name, out);
        }
        self.enter(admitted?, out);
        Ok(())
    }

    /// Most orders rest where they arrive. They never leave the registers for that: what matches gets a copy in memory.
    #[inline(always)]
    fn enter<O: Output>(&mut self, admitted: Incoming, out: &mut O) {
        let incoming = self.accept(admitted, out);
        if incoming.may_rest() && !incoming.crosses(self.best_opposite(&incoming)) {
            self.rest(&incoming, out);
            self.assert_conserved(&incoming);
        } else {
            self.run(&mut { incoming }, out);
        }
    }

    /// Every rule that a well-formed, unknown order must pass, in the order of the rule book.
    #[inline(always)]
    fn admit<'a>(
        &self,
        account: AccountId,
        terms: &Terms,
        body: &Place,
        name: Option<&'a Name>,
    ) -> Result<Incoming<'a>, RejectCode> {
        let id = InstrumentId(body.instrument);
        let instrument = self.registry.instruments.get(id.index()).ok_or(RejectCode::UnknownInstrument)?;
        if instrument.halted {
            return Err(RejectCode::InstrumentHalted);
        }
        if !terms.can_be_combined(body.expires_at) {
            return Err(RejectCode::InvalidCombination);
        }
        if body.quantity < 1 {
            return Err(RejectCode::InvalidQuantity);
        }
        let price_is_valid = match terms.order_type {
            OrderType::Limit => (1..=instrument.max_price.0).contains(&body.price),
            OrderType::Market => body.price == 0,
        };
        if !price_is_valid {
            return Err(RejectCode::InvalidPrice);
        }
        if body.expires_at != 0 && body.expires_at <= self.timestamp_ns {
            return Err(RejectCode::InvalidExpiry);
        }
        let row = &self.accounts[account.index()];
        // The order's neighbour in the account's list, should it rest.
        self.orders.prefetch(row.open_tail);
        if row.open_count >= row.max_open_orders {
            return Err(RejectCode::OpenOrderLimit);
        }
        if self.orders.is_full() {
            return Err(RejectCode::EngineFull);
        }
        let best_opposite = self.books[id.index()].best(terms.side.opposite());
        let mut incoming = Incoming {
            id: OrderId(0),
            account,
            instrument_id: id,
            terms: instrument.terms(),
            side: terms.side,
            order_type: terms.order_type,
            time_in_force: terms.time_in_force,
            stp: terms.stp,
            limit: limit(terms, body, instrument, best_opposite)?,
            size: match terms.quantity_kind {
                QuantityKind::Lots => Size::Lots(QuantityLots(body.quantity)),
                QuantityKind::Notional => Size::Notional(Amount(body.quantity)),
            },
            filled: QuantityLots(0),
            fees: self.registry.fee_schedules[row.fee_schedule as usize],
            held: Amount::ZERO,
            name,
            attributes: OrderAttributes::of(body),
            rested_before: false,
            moved_from: None,
        };
        incoming.held = incoming.required_hold()?;
        if terms.time_in_force == TimeInForce::PostOnly && incoming.crosses(best_opposite) {
            return Err(RejectCode::PostOnlyWouldCross);
        }
        if self.ledger.balance(account, incoming.held_asset()).available < incoming.held {
            return Err(RejectCode::InsufficientFunds);
        }
        // A copy, so that no other order has to be in memory.
        if terms.time_in_force == TimeInForce::Fok && !self.can_fill_whole(&{ incoming }) {
            return Err(RejectCode::FokUnfillable);
        }
        Ok(incoming)
    }

    /// Gives an admitted order its id and takes its hold.
    #[inline(always)]
    fn accept<'a, O: Output>(&mut self, admitted: Incoming<'a>, out: &mut O) -> Incoming<'a> {
        let incoming = Incoming { id: self.orders.allocate(), ..admitted };
        self.ledger.hold(incoming.account, incoming.held_asset(), incoming.held);
        let (lots, budget) = match incoming.size {
            Size::Lots(lots) => (lots, Amount::ZERO),
            Size::Notional(budget) => (QuantityLots(0), budget),
        };
        let client_id = incoming.client_id();
        let accepted = Accepted {
            side: incoming.side as u8,
            order_id: incoming.id.0,
            instrument: incoming.instrument_id.0,
            price: incoming.limit.0 as u32,
            quantity: lots.0,
            leaves: lots.0,
            budget: budget.0,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..Accepted::EMPTY
        };
        self.emit(incoming.account, accepted, out);
        incoming
    }

    /// Answers an id that is known: with its order if that was placed by the same content.
    #[cold]
    fn answer_known<O: Output>(&mut self, account: AccountId, known: Known, name: &Name, out: &mut O) -> Applied {
        let client_id = &name.client_id;
        let duplicate =
            Duplicate { client_order_id_len: client_id.len(), client_order_id: *client_id.bytes(), ..Duplicate::EMPTY };
        let (content, event) = match known {
            Known::Open(slot) => {
                let order = &self.orders[slot];
                let event = Duplicate {
                    side: order.side as u8,
                    reason: OrderStatus::Open as u8,
                    order_id: order.id.0,
                    instrument: u32::from(order.instrument),
                    price: order.price,
                    quantity: order.quantity.0,
                    leaves: order.leaves.0,
                    filled: order.filled().0,
                    ..duplicate
                };
                (self.client_ids.name(slot).content, event)
            }
            Known::Finished(content, order) => {
                let event = Duplicate {
                    side: order.side as u8,
                    reason: order.status as u8,
                    order_id: order.order_id.0,
                    instrument: order.instrument.0,
                    price: order.price.0 as u32,
                    quantity: order.quantity.0,
                    filled: order.filled.0,
                    ..duplicate
                };
                (content, event)
            }
        };
        if content != name.content {
            return Err(RejectCode::ClientOrderIdReused);
        }
        self.emit(account, event, out);
        Ok(())
    }

    /// The open order that a CANCEL or AMEND names, by exactly one of order id and client id.
    #[inline]
    pub(super) fn named_order(
        &self,
        account: AccountId,
        order_id: u64,
        client_order_id_len: u8,
        client_order_id_words: &[u64],
    ) -> Result<u32, RejectCode> {
        if client_order_id_len > 0 {
            return self.order_named_by_client(account, order_id, client_order_id_len, client_order_id_words);
        }
        if order_id == 0 {
            return Err(RejectCode::Malformed);
        }
        self.known_account(account)?;
        let slot = self.orders.find(OrderId(order_id)).ok_or(RejectCode::UnknownOrder)?;
        if self.orders[slot].account == account { Ok(slot) } else { Err(RejectCode::UnknownOrder) }
    }

    #[inline(never)]
    fn order_named_by_client(
        &self,
        account: AccountId,
        order_id: u64,
        len: u8,
        words: &[u64],
    ) -> Result<u32, RejectCode> {
        if order_id != 0 {
            return Err(RejectCode::Malformed);
        }
        let open = self.client_ids.find_open(account, len, words)?;
        self.known_account(account)?;
        open.ok_or(RejectCode::UnknownOrder)
    }

    pub(super) fn cancel<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let body: Cancel = command.body();
        let words = command.client_order_id_words::<Cancel>();
        let slot = self.named_order(account, body.order_id, body.client_order_id_len, words)?;
        self.cancel_resting(slot, CancelReason::User, out);
        Ok(())
    }

    pub(super) fn cancel_all<O: Output>(&mut self, account: AccountId, body: &CancelAll, out: &mut O) -> Applied {
        self.known_account(account)?;
        let only = body.instrument;
        if only != NONE_ID && only as usize >= self.registry.instruments.len() {
            return Err(RejectCode::UnknownInstrument);
        }
        let (mut at, mut orders) = (self.accounts[account.index()].open_head, 0);
        while at != crate::orders::NIL {
            let order = &self.orders[at];
            let next = order.account_next;
            if only == NONE_ID || only == u32::from(order.instrument) {
                self.cancel_resting(at, CancelReason::CancelAll, out);
                orders += 1;
            }
            at = next;
        }
        self.emit(account, CancelAllDone { instrument: only, orders, ..CancelAllDone::EMPTY }, out);
        Ok(())
    }
}

/// The order's limit; a market order's is the collar.
#[inline]
fn limit(
    terms: &Terms,
    body: &Place,
    instrument: &Instrument,
    best_opposite: Option<PriceTicks>,
) -> Result<PriceTicks, RejectCode> {
    match terms.order_type {
        OrderType::Limit => Ok(PriceTicks(body.price)),
        OrderType::Market => {
            let best = best_opposite.ok_or(RejectCode::NoLiquidity)?;
            Ok(risk::collar(terms.side, best, instrument.collar_bps, instrument.max_price))
        }
    }
}
