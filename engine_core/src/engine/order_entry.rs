//! Commands on orders: place, cancel, cancel all. What may rest or trade is decided here; how it trades is `matching`,
//! and what the attributes of an order ask for in addition is `attributes`.

use super::incoming::{Incoming, Size};
use super::terms::{self, Terms};
use super::{Applied, Engine, Output};
use crate::book::Book;
use crate::client_ids::{ClientId, Content, Known, Name};
use crate::command::{Cancel, CancelAll, Command, OrderAttributes, Place};
use crate::event::{Accepted, CancelAllDone, Duplicate};
use crate::orders::NIL;
use crate::registry::Instrument;
use crate::risk;
use crate::types::*;

/// An open order that leaves when another is accepted, in one command.
#[derive(Clone, Copy)]
pub(super) struct Going {
    pub slot: u32,
    pub hold: Amount,
}

/// The client order id, or the reference, behind a body; `None` if it is none.
#[inline(always)]
pub(super) fn client_id<B: crate::command::Body>(command: Command, len: u8) -> Option<ClientId> {
    if len == 0 {
        return Some(ClientId::EMPTY);
    }
    ClientId::from_words(len, command.text_words::<B>())
}

impl Engine {
    pub(super) fn place<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        if !command.is_oldest_version() {
            return self.place_with_attributes(account, command, out);
        }
        let body: Place = command.oldest_body();
        let terms = Terms::read(&body).ok_or(RejectCode::Malformed)?;
        if body.client_order_id_len > 0 {
            return self.place_named(account, command, &terms, &body, out);
        }
        self.known_account(account)?;
        let incoming = self.admit(account, &terms, &body, None, None, None)?;
        self.enter(incoming, out);
        Ok(())
    }

    /// Places an order that says more than a plain one can. Apart, so that a plain one does not pay for it.
    #[inline(never)]
    fn place_with_attributes<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let body: Place = command.body();
        let terms = Terms::read(&body).ok_or(RejectCode::Malformed)?;
        let attributes = terms::read_attributes(&body)?;
        if body.client_order_id_len > 0 {
            return self.place_by_name(account, command, &terms, &body, attributes.as_ref(), out);
        }
        self.known_account(account)?;
        let incoming = self.admit(account, &terms, &body, attributes.as_ref(), None, None)?;
        self.enter(incoming, out);
        Ok(())
    }

    #[inline(never)]
    fn place_named<O: Output>(
        &mut self,
        account: AccountId,
        command: Command,
        terms: &Terms,
        body: &Place,
        out: &mut O,
    ) -> Applied {
        self.place_by_name(account, command, terms, body, None, out)
    }

    /// Places an order that may be known already.
    #[inline(always)]
    fn place_by_name<O: Output>(
        &mut self,
        account: AccountId,
        command: Command,
        terms: &Terms,
        body: &Place,
        attributes: Option<&OrderAttributes>,
        out: &mut O,
    ) -> Applied {
        let len = body.client_order_id_len;
        let words = command.text_words::<Place>();
        let name = self.client_ids.name_of(account, len, words, Content::of(body)).ok_or(RejectCode::Malformed)?;
        self.known_account(account)?;
        // The order is judged while the id's cell is on its way from memory. An id that is known goes before any of
        // that.
        self.client_ids.prefetch(&name.digest);
        let admitted = self.admit(account, terms, body, attributes, Some(&name), None);
        if let Some(known) = self.client_ids.find(&name.digest) {
            return self.answer_known(account, known, &name, out);
        }
        self.enter(admitted?, out);
        Ok(())
    }

    /// Most orders rest where they arrive. They never leave the registers for that: what matches gets a copy in memory.
    #[inline(always)]
    pub(super) fn enter<O: Output>(&mut self, admitted: Incoming, out: &mut O) {
        let instrument = admitted.instrument_id;
        let incoming = self.accept(admitted, out);
        if incoming.trigger_price != 0 {
            self.wait(&{ incoming });
        } else if incoming.may_rest() && !incoming.crosses(self.opposite_touch(&incoming)) {
            self.rest(&incoming, out);
            self.assert_conserved(&incoming);
        } else {
            self.run(&mut { incoming }, out);
        }
        self.touch(instrument);
    }

    /// Every rule that a well-formed, unknown order must pass, in the order of the rule book.
    #[inline(always)]
    pub(super) fn admit<'a>(
        &mut self,
        account: AccountId,
        terms: &Terms,
        body: &Place,
        attributes: Option<&'a OrderAttributes>,
        name: Option<&'a Name>,
        goes: Option<Going>,
    ) -> Result<Incoming<'a>, RejectCode> {
        let id = self.check_said(terms, body, attributes)?;
        self.check_admissible(account, id, terms, body, attributes, name, goes)
    }

    /// What can be said against an order on its instrument whoever places it, and however many are open.
    #[inline(always)]
    pub(super) fn check_said(
        &self,
        terms: &Terms,
        body: &Place,
        attributes: Option<&OrderAttributes>,
    ) -> Result<InstrumentId, RejectCode> {
        let id = InstrumentId(body.instrument);
        let instrument = self.registry.instruments.get(id.index()).ok_or(RejectCode::UnknownInstrument)?;
        if !instrument.is_plain || attributes.is_some() {
            self.check_phase(id, terms, attributes)?;
        }
        let for_auction = attributes.is_some_and(OrderAttributes::is_for_auction);
        if !terms.can_be_combined(for_auction) || attributes.is_some_and(|attributes| !attributes.fit(terms)) {
            return Err(RejectCode::InvalidCombination);
        }
        if body.quantity < 1 || attributes.is_some_and(|attributes| !attributes.fit_quantity(body.quantity)) {
            return Err(RejectCode::InvalidQuantity);
        }
        let price_is_valid = match terms.order_type {
            OrderType::Limit => (1..=instrument.max_price.0).contains(&body.price),
            OrderType::Market | OrderType::MarketToLimit => body.price == 0,
        };
        if !price_is_valid || attributes.is_some_and(|attributes| !attributes.fit_range(instrument.max_price)) {
            return Err(RejectCode::InvalidPrice);
        }
        if attributes.is_some_and(|attributes| attributes.ends_by(self.timestamp_ns)) {
            return Err(RejectCode::InvalidExpiry);
        }
        Ok(id)
    }

    /// The rules behind those, about room, the book and money.
    #[inline(always)]
    #[allow(clippy::too_many_arguments)] // a part of `admit`
    fn check_admissible<'a>(
        &mut self,
        account: AccountId,
        id: InstrumentId,
        terms: &Terms,
        body: &Place,
        attributes: Option<&'a OrderAttributes>,
        name: Option<&'a Name>,
        goes: Option<Going>,
    ) -> Result<Incoming<'a>, RejectCode> {
        let instrument = &self.registry.instruments[id.index()];
        let row = &self.accounts[account.index()];
        // One branch for both: few accounts are either.
        let is_bounded = (row.max_open_notional != 0) | row.is_frozen;
        // The order's neighbour in the account's list, should it rest.
        self.orders.prefetch(row.open_tail);
        if row.open_count - u16::from(goes.is_some()) >= row.max_open_orders {
            return Err(RejectCode::OpenOrderLimit);
        }
        let is_full = match goes {
            None => self.orders.is_full(),
            Some(goes) => self.orders.is_full_without(goes.slot),
        };
        if is_full {
            return Err(RejectCode::EngineFull);
        }
        let book = &self.books[id.index()];
        if attributes.is_some_and(|attributes| attributes.find_no_room(terms.side, book)) {
            return Err(RejectCode::InstrumentOrderLimit);
        }
        let without = goes.map_or(NIL, |goes| goes.slot);
        let touch = self.touch_without(id, terms.side.opposite(), without);
        let (limit, trigger_price) = match attributes {
            Some(attributes) if attributes.trigger != Trigger::None as u8 => {
                self.stop_terms(id, terms, PriceTicks(body.price), attributes)?
            }
            Some(attributes) if attributes.is_for_auction() && terms.order_type == OrderType::Market => {
                (self.auction_limit(id, terms.side)?, 0)
            }
            _ => (limit(terms, body, instrument, book, touch)?, 0),
        };
        let mut incoming = Incoming {
            id: OrderId(0),
            account,
            instrument_id: id,
            terms: instrument.terms(),
            side: terms.side,
            order_type: terms.order_type,
            time_in_force: terms.time_in_force,
            stp: terms.stp,
            limit,
            size: match terms.quantity_kind {
                QuantityKind::Lots => Size::Lots(QuantityLots(body.quantity)),
                QuantityKind::Notional => Size::Notional(Amount(body.quantity)),
            },
            filled: QuantityLots(0),
            fees: self.rates(account, row, id, instrument.quote),
            held: Amount::ZERO,
            name,
            attributes,
            trigger_price,
            group: row.group,
            quote_group: 0,
            rested_before: false,
            moved_from: None,
        };
        incoming.held = incoming.required_hold()?;
        if !instrument.is_plain {
            self.check_limits(&{ incoming })?;
            self.check_eligible(account, id, incoming.side, incoming.size.lots())?;
        }
        if is_bounded {
            self.check_not_frozen(account)?;
            self.check_open_notional(account, incoming.terms.quote, { incoming }.worth(), goes.map(|goes| goes.slot))?;
        }
        if incoming.is_post_only() && incoming.crosses(touch) {
            return Err(RejectCode::PostOnlyWouldCross);
        }
        let released = goes.map_or(Amount::ZERO, |goes| goes.hold);
        if self.ledger.balance(account, incoming.held_asset()).available + released < incoming.held {
            return Err(RejectCode::InsufficientFunds);
        }
        // A copy, so that no other order has to be in memory.
        if terms.time_in_force == TimeInForce::Fok && !self.would_trade(&{ incoming }, incoming.size.lots(), without) {
            return Err(RejectCode::FokUnfillable);
        }
        if attributes.is_some() {
            self.check_minimum(&{ incoming }, touch, without)?;
        }
        Ok(incoming)
    }

    /// Gives an admitted order its id and takes its hold.
    #[inline(always)]
    pub(super) fn accept<'a, O: Output>(&mut self, admitted: Incoming<'a>, out: &mut O) -> Incoming<'a> {
        let incoming = Incoming { id: self.orders.allocate(), ..admitted };
        self.take_in(&incoming, OrderId(0), OrderId(0), out);
        incoming
    }

    /// Takes the hold of an order that has its id, and says so: also which other leg it has, and which entry it closes.
    #[inline(always)]
    pub(super) fn take_in<O: Output>(&mut self, incoming: &Incoming, partner: OrderId, entry: OrderId, out: &mut O) {
        self.ledger.hold(incoming.account, incoming.held_asset(), incoming.held);
        let (lots, budget) = match incoming.size {
            Size::Lots(lots) => (lots, Amount::ZERO),
            Size::Notional(budget) => (QuantityLots(0), budget),
        };
        let client_id = incoming.client_id();
        let attributes = incoming.attributes.unwrap_or(&OrderAttributes::NONE);
        let accepted = Accepted {
            side: incoming.side as u8,
            order_id: incoming.id.0,
            instrument: incoming.instrument_id.0,
            price: incoming.limit.0 as u32,
            quantity: lots.0,
            leaves: lots.0,
            budget: budget.0,
            trigger_price: incoming.trigger_price,
            peg: attributes.peg,
            peg_offset: u32::from(attributes.peg_offset),
            partner: partner.0,
            entry: entry.0,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..Accepted::EMPTY
        };
        self.emit(incoming.account, accepted, out);
    }

    /// Answers an id that is known: with its order if that was placed by the same content.
    #[cold]
    pub(super) fn answer_known<O: Output>(
        &mut self,
        account: AccountId,
        known: Known,
        name: &Name,
        out: &mut O,
    ) -> Applied {
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
                    leaves: self.orders.left(order).0,
                    filled: self.orders.filled(order).0,
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
        text_words: &[u64],
    ) -> Result<u32, RejectCode> {
        if client_order_id_len > 0 {
            return self.order_named_by_client(account, order_id, client_order_id_len, text_words);
        }
        if order_id == 0 {
            return Err(RejectCode::Malformed);
        }
        self.known_account(account)?;
        self.open_order_of(account, order_id).ok_or(RejectCode::UnknownOrder)
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
        let words = command.text_words::<Cancel>();
        let slot = self.named_order(account, body.order_id, body.client_order_id_len, words)?;
        if !self.cancel_open(slot, CancelReason::User, out) {
            self.say_pending(slot, out);
        }
        Ok(())
    }

    pub(super) fn cancel_all<O: Output>(&mut self, account: AccountId, body: &CancelAll, out: &mut O) -> Applied {
        let sides = SideFilter::from_byte(body.sides).ok_or(RejectCode::Malformed)?;
        if body.quote_group > MAX_QUOTE_GROUPS {
            return Err(RejectCode::Malformed);
        }
        self.known_account(account)?;
        let only = body.instrument;
        if only != NONE_ID && only as usize >= self.registry.instruments.len() {
            return Err(RejectCode::UnknownInstrument);
        }
        let open_before = self.accounts[account.index()].open_count;
        let (mut at, mut pending) = (self.accounts[account.index()].open_head, 0);
        while at != crate::orders::NIL {
            let order = &self.orders[at];
            let next = order.account_next;
            // A leg may have gone with the one before it.
            let is_open = order.leaves.0 > 0;
            let of_side = match sides {
                SideFilter::Both => true,
                SideFilter::Buy => order.side == Side::Buy,
                SideFilter::Sell => order.side == Side::Sell,
            };
            let of_group = body.quote_group == 0 || body.quote_group == u32::from(order.quote_group);
            if is_open && of_side && of_group && (only == NONE_ID || only == u32::from(order.instrument)) {
                pending += u32::from(!self.cancel_open(at, CancelReason::CancelAll, out));
            }
            at = next;
        }
        let orders = u32::from(open_before - self.accounts[account.index()].open_count);
        self.emit(account, CancelAllDone { instrument: only, orders, pending, ..CancelAllDone::EMPTY }, out);
        Ok(())
    }
}

/// The order's limit: what it says, or what the other side's best price makes of it.
#[inline(always)]
fn limit(
    terms: &Terms,
    body: &Place,
    instrument: &Instrument,
    book: &Book,
    touch: Option<PriceTicks>,
) -> Result<PriceTicks, RejectCode> {
    let price = PriceTicks(body.price);
    if terms.order_type == OrderType::Limit && terms.time_in_force != TimeInForce::PostOnlySlide {
        return Ok(price);
    }
    limit_by_the_book(terms, price, instrument, book, touch)
}

#[cold]
fn limit_by_the_book(
    terms: &Terms,
    price: PriceTicks,
    instrument: &Instrument,
    book: &Book,
    touch: Option<PriceTicks>,
) -> Result<PriceTicks, RejectCode> {
    if terms.order_type == OrderType::Limit {
        return Ok(risk::slide(terms.side, price, touch, instrument.max_price));
    }
    let best = book.best(terms.side.opposite()).ok_or(RejectCode::NoLiquidity)?;
    Ok(match terms.order_type {
        OrderType::Market => risk::collar(terms.side, best, instrument.collar_bps, instrument.max_price),
        _ => best,
    })
}
