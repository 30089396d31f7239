//! Orders that are linked: a pair of which one cancels the other, and entries that are followed by such pairs
//! (`docs/market-rules.md`, sections 26 to 28).

use super::incoming::Incoming;
use super::matching::is_better;
use super::terms::{Terms, read_attributes};
use super::{Applied, Engine, Output};
use crate::client_ids::{Content, Name};
use crate::command::{Body, Command, OrderAttributes, Place, PlaceBracket, PlaceOco};
use crate::event::ExitsRefused;
use crate::market::Exits;
use crate::orders::{LadderId, Order};
use crate::registry::Terms as InstrumentTerms;
use crate::types::*;

/// Two legs before they are orders.
struct Pair<'a> {
    account: AccountId,
    /// What is said of both.
    both: Place,
    price: i64,
    trigger: u8,
    trigger_price: u32,
    /// 0: the stop becomes a market order.
    stop_price: i64,
    /// Of the limit leg.
    name: Option<&'a Name>,
    /// The order that the pair closes, or 0.
    entry: OrderId,
}

impl Pair<'_> {
    fn limit_leg(&self) -> Place {
        Place { price: self.price, ..self.both }
    }

    fn stop_leg(&self) -> Place {
        let (order_type, time_in_force) = match self.stop_price {
            0 => (OrderType::Market, TimeInForce::Ioc),
            _ => (OrderType::Limit, TimeInForce::Gtc),
        };
        Place {
            order_type: order_type as u8,
            time_in_force: time_in_force as u8,
            price: self.stop_price,
            trigger: self.trigger,
            trigger_price: self.trigger_price,
            ..self.both
        }
    }

    /// The attributes of the limit leg and of the stop leg, but for the link.
    fn attributes(&self) -> Result<[OrderAttributes; 2], RejectCode> {
        let [of_limit, of_stop] = [self.limit_leg(), self.stop_leg()].map(|leg| read_attributes(&leg));
        let of_stop = of_stop?.unwrap_or(OrderAttributes::NONE);
        // A price that is none refuses the limit leg.
        let partner_price = self.price as u32;
        Ok([of_limit?.unwrap_or(OrderAttributes::NONE), OrderAttributes { partner_price, ..of_stop }])
    }
}

/// Whether the limit of a pair is on the side of its trigger price where a stop is no use.
pub(super) fn is_beyond(side: Side, price: i64, trigger_price: u32) -> bool {
    is_better(side.opposite(), PriceTicks(price), PriceTicks(i64::from(trigger_price)))
}

/// A trigger that is one.
fn is_trigger(trigger: u8) -> bool {
    Trigger::from_byte(trigger).is_some_and(|trigger| trigger != Trigger::None)
}

impl OrderAttributes {
    /// Whether an open order with them can be a leg, or the entry of a bracket, or neither: what a state image may say.
    pub(super) fn fit_links(&self, order: &Order, max_price: PriceTicks) -> bool {
        let waits = order.ladder.stop_index().is_some();
        let is_simple = (self.display_quantity, self.min_quantity, self.trail) == (0, 0, 0) && !self.is_hidden();
        let leg_fits = if self.partner == 0 {
            self.partner_price == 0
        } else {
            let place_fits = if waits {
                let is_market = self.waiting_type == OrderType::Market as u8;
                is_beyond(order.side, i64::from(self.partner_price), self.trigger_price)
                    && is_market == (order.time_in_force() == TimeInForce::Ioc)
                    && !order.named
            } else {
                self.partner_price == 0 && order.ladder.is_displayed() && order.time_in_force() == TimeInForce::Gtc
            };
            place_fits && is_simple && !self.is_for_auction() && order.leaves == order.quantity && self.take_profit == 0
        };
        let exits_fit = if self.take_profit == 0 {
            (self.exit_trigger, self.exit_trigger_price, self.exit_price) == (0, 0, 0)
        } else {
            !waits && is_simple && self.exits().are_possible(order.side.opposite(), max_price)
        };
        leg_fits && exits_fit
    }

    /// What an entry says of its exits, but for whose they are.
    fn exits(&self) -> Exits {
        Exits {
            take_profit: self.take_profit,
            trigger_price: self.exit_trigger_price,
            stop_price: self.exit_price,
            trigger: self.exit_trigger,
            ..Exits::NONE
        }
    }
}

impl Exits {
    /// Whether exits of a side can be these.
    fn are_possible(&self, side: Side, max_price: PriceTicks) -> bool {
        let highest = max_price.0;
        is_trigger(self.trigger)
            && (1..=highest).contains(&i64::from(self.take_profit))
            && (1..=highest).contains(&i64::from(self.trigger_price))
            && i64::from(self.stop_price) <= highest
            && is_beyond(side, i64::from(self.take_profit), self.trigger_price)
    }
}

impl Engine {
    pub(super) fn place_oco<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let body: PlaceOco = command.body();
        let both = Place {
            instrument: body.instrument,
            side: body.side,
            stp: body.stp,
            quantity: body.quantity,
            expires_at: body.expires_at,
            lifetime: body.lifetime,
            ..Place::EMPTY
        };
        Terms::read(&both).ok_or(RejectCode::Malformed)?;
        read_attributes(&both)?;
        if !is_trigger(body.trigger) {
            return Err(RejectCode::Malformed);
        }
        let said = PlaceOco { client_order_id_len: 0, reserved: [0; _], ..body };
        let name = self.name_behind(account, command, body.client_order_id_len, &said)?;
        self.known_account(account)?;
        if let Some(name) = &name
            && let Some(known) = self.client_ids.find(&name.digest)
        {
            return self.answer_known(account, known, name, out);
        }
        let pair = Pair {
            account,
            both,
            price: body.price,
            trigger: body.trigger,
            trigger_price: body.trigger_price,
            stop_price: body.stop_price,
            name: name.as_ref(),
            entry: OrderId(0),
        };
        self.place_pair(&pair, out)
    }

    pub(super) fn place_bracket<O: Output>(&mut self, account: AccountId, command: Command, out: &mut O) -> Applied {
        let body: PlaceBracket = command.body();
        let place = Place {
            instrument: body.instrument,
            side: body.side,
            order_type: body.order_type,
            time_in_force: body.time_in_force,
            stp: body.stp,
            price: body.price,
            quantity: body.quantity,
            expires_at: body.expires_at,
            lifetime: body.lifetime,
            ..Place::EMPTY
        };
        let terms = Terms::read(&place).ok_or(RejectCode::Malformed)?;
        let attributes = read_attributes(&place)?.unwrap_or(OrderAttributes::NONE);
        if !is_trigger(body.trigger) {
            return Err(RejectCode::Malformed);
        }
        let said = PlaceBracket { client_order_id_len: 0, reserved: [0; _], ..body };
        let name = self.name_behind(account, command, body.client_order_id_len, &said)?;
        self.known_account(account)?;
        if let Some(name) = &name
            && let Some(known) = self.client_ids.find(&name.digest)
        {
            return self.answer_known(account, known, name, out);
        }
        let admitted = self.admit_apart(account, &terms, &place, &attributes, name.as_ref())?;
        let exits = exits_of(&body).ok_or(RejectCode::InvalidPrice)?;
        let max_price = self.registry.instruments[admitted.instrument_id.index()].max_price;
        if !exits.are_possible(terms.side.opposite(), max_price) {
            return Err(RejectCode::InvalidPrice);
        }
        let attributes = OrderAttributes {
            take_profit: exits.take_profit,
            exit_trigger_price: exits.trigger_price,
            exit_price: exits.stop_price,
            exit_trigger: exits.trigger,
            ..attributes
        };
        let mut incoming = self.accept(Incoming { attributes: Some(&attributes), ..admitted }, out);
        self.run(&mut incoming, out);
        self.follow_entry(&incoming);
        self.touch(incoming.instrument_id);
        Ok(())
    }

    /// The client order id behind a body; `None` if there is none.
    fn name_behind<B: Body>(
        &self,
        account: AccountId,
        command: Command,
        len: u8,
        said: &B,
    ) -> Result<Option<Name>, RejectCode> {
        if len == 0 {
            return Ok(None);
        }
        let content = Content::of_bytes(said.as_bytes());
        let name = self.client_ids.name_of(account, len, command.text_words::<B>(), content);
        name.map(Some).ok_or(RejectCode::Malformed)
    }

    /// All that a PLACE checks. Apart, so that there is little of it.
    #[inline(never)]
    fn admit_apart<'a>(
        &mut self,
        account: AccountId,
        terms: &Terms,
        place: &Place,
        attributes: &'a OrderAttributes,
        name: Option<&'a Name>,
    ) -> Result<Incoming<'a>, RejectCode> {
        let given = Some(attributes).filter(|attributes| **attributes != OrderAttributes::NONE);
        self.admit(account, terms, place, given, name, None)
    }

    /// Places both legs, or none.
    fn place_pair<O: Output>(&mut self, pair: &Pair, out: &mut O) -> Applied {
        let attributes = pair.attributes()?;
        let legs = self.admit_pair(pair, &attributes)?;
        self.enter_pair(legs, pair, &attributes, out);
        Ok(())
    }

    /// Whether both legs may be placed: the pair holds the larger of both holds, so each for itself must be paid for.
    fn admit_pair<'a>(
        &mut self,
        pair: &Pair<'a>,
        attributes: &'a [OrderAttributes; 2],
    ) -> Result<[Incoming<'a>; 2], RejectCode> {
        let [limit_leg, stop_leg] = [pair.limit_leg(), pair.stop_leg()];
        let [of_limit, of_stop] = attributes;
        let terms = Terms::read(&limit_leg).ok_or(RejectCode::Malformed)?;
        let limit = self.admit_apart(pair.account, &terms, &limit_leg, of_limit, pair.name)?;
        if !is_beyond(limit.side, pair.price, pair.trigger_price) {
            return Err(RejectCode::InvalidPrice);
        }
        let terms = Terms::read(&stop_leg).ok_or(RejectCode::Malformed)?;
        let stop = self.admit_apart(pair.account, &terms, &stop_leg, of_stop, None)?;
        if pair.entry == OrderId(0) {
            let queue = of_stop.stops(stop.side).and_then(LadderId::stop_index).expect("a stop has a trigger");
            self.check_not_reached(stop.instrument_id, queue, pair.trigger_price)?;
        }
        let row = &self.accounts[pair.account.index()];
        if row.open_count + 1 >= row.max_open_orders {
            return Err(RejectCode::OpenOrderLimit);
        }
        if self.orders.has_room_for_two() { Ok([limit, stop]) } else { Err(RejectCode::EngineFull) }
    }

    /// Gives both legs their ids and takes the larger hold. The limit leg matches; if nothing came of that, the stop
    /// waits.
    fn enter_pair<O: Output>(
        &mut self,
        [limit, stop]: [Incoming; 2],
        pair: &Pair,
        [of_limit, of_stop]: &[OrderAttributes; 2],
        out: &mut O,
    ) {
        let [limit_id, stop_id] = [(); 2].map(|()| self.orders.allocate());
        let of_limit = OrderAttributes { partner: stop_id.0, ..*of_limit };
        let of_stop = OrderAttributes { partner: limit_id.0, ..*of_stop };
        let held = (stop.held - limit.held).max(Amount::ZERO);
        let mut limit = Incoming { id: limit_id, attributes: Some(&of_limit), ..limit };
        let stop = Incoming { id: stop_id, attributes: Some(&of_stop), held, ..stop };
        self.take_in(&limit, stop_id, pair.entry, out);
        self.take_in(&stop, limit_id, pair.entry, out);
        let whole = limit.size;
        self.run(&mut limit, out);
        let rests = self.orders.find(limit_id);
        if rests.is_some() && limit.size == whole {
            self.wait(&stop);
        } else {
            if let Some(slot) = rests {
                self.unlink(slot);
            }
            self.cancel_incoming(&stop, CancelReason::Linked, out);
        }
        self.touch(limit.instrument_id);
    }

    /// An order is linked no more. Returns its partner, if it had one.
    fn unlink(&mut self, slot: u32) -> Option<OrderId> {
        let attributes = self.orders.attributes_mut(slot);
        let partner = std::mem::take(&mut attributes.partner);
        let has_some = *attributes != OrderAttributes::NONE;
        self.orders[slot].attributed = has_some;
        (partner != 0).then_some(OrderId(partner))
    }

    /// An order with attributes has lost lots and goes on: if it is a leg, the other goes.
    pub(super) fn part<O: Output>(&mut self, slot: u32, out: &mut O) {
        if let Some(partner) = self.unlink(slot) {
            self.cancel_linked(partner, out);
        }
    }

    /// A leg goes because of what happened to the other.
    pub(super) fn cancel_linked<O: Output>(&mut self, partner: OrderId, out: &mut O) {
        let slot = partner.slot();
        self.orders.attributes_mut(slot).partner = 0;
        self.markets[usize::from(self.orders[slot].instrument)].pending.remove(&partner);
        self.cancel_resting(slot, CancelReason::Linked, out);
    }

    /// The other leg of an open order, if it is linked.
    pub(super) fn partner_of(&self, order: &Order) -> Option<OrderId> {
        let partner = if order.attributed { self.orders.attributes(order.id.slot()).partner } else { 0 };
        (partner != 0).then_some(OrderId(partner))
    }

    /// What an open order with attributes holds. Of a linked stop only what the other leg does not; `None` if that can
    /// not be computed.
    pub(crate) fn hold_of(&self, order: &Order, terms: &InstrumentTerms) -> Option<Amount> {
        let left = self.orders.left(order);
        let own = terms.hold(order.side, order.price(), left, order.hold_rate).ok()?;
        let partner_price = if order.attributed { self.orders.attributes(order.id.slot()).partner_price } else { 0 };
        if partner_price == 0 {
            return Some(own);
        }
        let price = PriceTicks(i64::from(partner_price));
        let partners = terms.hold(order.side, price, left, order.hold_rate).ok()?;
        Some((own - partners).max(Amount::ZERO))
    }

    /// An order that may be an entry has matched. If that finished it, its exits follow.
    #[cold]
    pub(super) fn follow_entry(&mut self, incoming: &Incoming) {
        if let Some(attributes) = incoming.attributes.filter(|_| self.orders.find(incoming.id).is_none()) {
            let Incoming { id, account, instrument_id, side, stp, filled, .. } = *incoming;
            let exits =
                Exits { entry: id, account, quantity: filled, side: side.opposite(), stp, ..attributes.exits() };
            self.let_exits_wait(instrument_id, exits);
        }
    }

    /// The same of a resting order that is finished.
    pub(super) fn follow_resting_entry(&mut self, order: &Order, attributes: &OrderAttributes, filled: QuantityLots) {
        let (Order { id, account, side, .. }, stp) = (*order, order.stp());
        let exits = Exits { entry: id, account, quantity: filled, side: side.opposite(), stp, ..attributes.exits() };
        self.let_exits_wait(order.instrument(), exits);
    }

    fn let_exits_wait(&mut self, instrument: InstrumentId, exits: Exits) {
        if exits.take_profit != 0 && exits.quantity.0 > 0 {
            self.markets[instrument.index()].exits.push_back(exits);
            self.may_leave_work = true;
        }
    }

    /// Places the first of the exits that wait, or says why not. Whether there were any that can be.
    pub(super) fn place_next_exits<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) -> bool {
        let market = &mut self.markets[instrument.index()];
        if market.phase == Phase::Uncrossing {
            return false;
        }
        let Some(exits) = market.exits.pop_front() else { return false };
        let both = Place {
            instrument: instrument.0,
            side: exits.side as u8,
            stp: exits.stp as u8,
            quantity: exits.quantity.0,
            ..Place::EMPTY
        };
        let pair = Pair {
            account: exits.account,
            both,
            price: i64::from(exits.take_profit),
            trigger: exits.trigger,
            trigger_price: exits.trigger_price,
            stop_price: i64::from(exits.stop_price),
            name: None,
            entry: exits.entry,
        };
        if let Err(code) = self.place_pair(&pair, out) {
            let refused = ExitsRefused {
                side: exits.side as u8,
                reason: code as u8,
                order_id: exits.entry.0,
                instrument: instrument.0,
                quantity: exits.quantity.0,
                ..ExitsRefused::EMPTY
            };
            self.emit(exits.account, refused, out);
        }
        true
    }

    /// Whether all legs of a state image have their partners.
    pub(crate) fn has_sound_pairs(&self) -> bool {
        let mut slots = 0..self.orders.generations().len() as u32;
        slots.all(|slot| self.orders[slot].leaves.0 == 0 || self.is_pair(slot))
    }

    /// Whether exits of a state image can wait on an instrument: their entry has been, and is no more.
    pub(crate) fn has_sound_exits(&self, instrument: InstrumentId) -> bool {
        let max_price = self.registry.instruments[instrument.index()].max_price;
        let mut exits = self.markets[instrument.index()].exits.iter();
        exits.all(|exits| {
            let is_over = self.orders.has_given(exits.entry) && self.orders.find(exits.entry).is_none();
            let is_some = exits.quantity.0 > 0 && exits.account.index() < self.accounts.len();
            is_over && is_some && exits.are_possible(exits.side, max_price)
        })
    }

    /// Whether an order of a state image is no leg, or one of a pair.
    fn is_pair(&self, slot: u32) -> bool {
        let order = &self.orders[slot];
        let Some(partner) = self.partner_of(order) else { return true };
        let Some(other) = self.orders.find(partner).map(|slot| &self.orders[slot]) else { return false };
        let same = |order: &Order| {
            let (Order { account, instrument, side, quantity, maker_rate, hold_rate, .. }, stp) = (*order, order.stp());
            (account, instrument, side, stp, quantity, maker_rate, hold_rate)
        };
        let (of_order, of_other) = (self.orders.attributes(slot), self.orders.attributes(partner.slot()));
        let [limit, of_stop] = match (order.ladder.stop_index(), other.ladder.stop_index()) {
            (None, Some(_)) => [order.price, of_other.partner_price],
            (Some(_), None) => [other.price, of_order.partner_price],
            _ => return false,
        };
        let ends = |attributes: &OrderAttributes| (attributes.expires_at, attributes.lifetime, attributes.trade_date);
        self.partner_of(other) == Some(order.id)
            && same(order) == same(other)
            && limit == of_stop
            && ends(of_order) == ends(of_other)
    }
}

/// What a bracket says of its exits; `None` if a price is none.
fn exits_of(body: &PlaceBracket) -> Option<Exits> {
    Some(Exits {
        take_profit: u32::try_from(body.take_profit).ok()?,
        trigger_price: body.trigger_price,
        stop_price: u32::try_from(body.stop_price).ok()?,
        trigger: body.trigger,
        ..Exits::NONE
    })
}
