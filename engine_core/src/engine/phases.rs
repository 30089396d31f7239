//! Phases of an instrument: which commands it takes, when a call begins and ends, and the work that a command leaves
//! behind (`docs/market-rules.md`, sections 16 and 19).

use super::terms::Terms;
use super::{Applied, Engine, Output};
use crate::command::{OrderAttributes, SetPhase, SetTradingLimits};
use crate::event::{AuctionExtended, CancelPending, Indicated, PhaseChanged, TradingLimitsSet};
use crate::market::{Band, TradingLimits};
use crate::orders::Order;
use crate::registry::Instrument;
use crate::types::*;
use std::collections::btree_map::Entry;

impl Engine {
    #[inline]
    pub(super) fn phase(&self, instrument: InstrumentId) -> Phase {
        self.markets[instrument.index()].phase
    }

    /// Whether an instrument takes such an order now.
    #[cold]
    pub(super) fn check_phase(&self, id: InstrumentId, terms: &Terms, attributes: Option<&OrderAttributes>) -> Applied {
        let phase = self.check_open(id)?;
        let attributes = attributes.unwrap_or(&OrderAttributes::NONE);
        let fits = if phase.is_call() {
            attributes.is_stop() || attributes.fit_call(terms)
        } else {
            !attributes.is_for_auction()
        };
        if fits { Ok(()) } else { Err(RejectCode::WrongPhase) }
    }

    /// The phase, if it takes orders and amendments.
    #[cold]
    pub(super) fn check_open(&self, instrument: InstrumentId) -> Result<Phase, RejectCode> {
        if self.registry.instruments[instrument.index()].is_halted() {
            return Err(RejectCode::InstrumentHalted);
        }
        let phase = self.phase(instrument);
        if phase.takes_orders() { Ok(phase) } else { Err(RejectCode::WrongPhase) }
    }

    pub(super) fn set_phase<O: Output>(&mut self, body: &SetPhase, out: &mut O) -> Applied {
        let phase = Phase::from_byte(body.phase).ok_or(RejectCode::Malformed)?;
        let next = Phase::from_byte(body.next).ok_or(RejectCode::Malformed)?;
        let instrument = InstrumentId(body.instrument);
        let row = self.registry.instruments.get(instrument.index()).ok_or(RejectCode::UnknownInstrument)?;
        let is_auction = phase == Phase::Auction;
        let possible = !matches!(phase, Phase::Pause | Phase::Uncrossing)
            && (next == Phase::Continuous || next == Phase::Closed && is_auction)
            && (body.ends_at == 0 || is_auction && body.ends_at > self.timestamp_ns);
        if !possible {
            return Err(RejectCode::InvalidParameter);
        }
        let before = self.phase(instrument);
        let leads_there = match phase {
            Phase::Continuous => before.is_call() || before == Phase::Closed,
            Phase::Closed => before.takes_orders(),
            Phase::Retired => before == Phase::Closed,
            _ => before.takes_orders() || before == Phase::Closed,
        };
        if !leads_there {
            return Err(RejectCode::WrongPhase);
        }
        if phase == Phase::Continuous {
            if row.is_halted() {
                return Err(RejectCode::InstrumentHalted);
            }
            self.markets[instrument.index()].next = next;
            self.begin_uncrossing(instrument, out);
        } else {
            self.enter_phase(instrument, phase, next, body.ends_at, out);
            self.touched.push(instrument);
        }
        Ok(())
    }

    /// Puts an instrument into a phase that is not UNCROSSING, with no call behind it.
    pub(super) fn enter_phase<O: Output>(
        &mut self,
        instrument: InstrumentId,
        phase: Phase,
        next: Phase,
        ends_at: u64,
        out: &mut O,
    ) {
        let indicates = matches!(phase, Phase::Auction | Phase::Pause);
        let indicate_at = if indicates { self.timestamp_ns.saturating_add(INDICATION_INTERVAL) } else { 0 };
        let market = &mut self.markets[instrument.index()];
        let previous = std::mem::replace(&mut market.phase, phase);
        (market.next, market.ends_at, market.indicate_at) = (next, ends_at, indicate_at);
        (market.extensions, market.auction_price) = (0, 0);
        self.say_phase(instrument, previous, out);
    }

    fn say_phase<O: Output>(&mut self, instrument: InstrumentId, previous: Phase, out: &mut O) {
        self.market_changed(instrument);
        let market = &self.markets[instrument.index()];
        let changed = PhaseChanged {
            phase: market.phase as u8,
            previous_phase: previous as u8,
            instrument: instrument.0,
            ends_at: market.ends_at,
            ..PhaseChanged::EMPTY
        };
        self.emit(VENUE_ACCOUNT, changed, out);
    }

    /// When a call ends that begins now by itself.
    fn end_of_call(&self, instrument: InstrumentId) -> u64 {
        self.timestamp_ns.saturating_add(self.markets[instrument.index()].limits.call_ns)
    }

    /// A trade would have been out of bounds.
    #[cold]
    pub(super) fn begin_pause<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        self.enter_phase(instrument, Phase::Pause, Phase::Continuous, self.end_of_call(instrument), out);
    }

    /// The last cause of a halt is lifted: trading goes on by an auction, if calls have a length.
    pub(super) fn reopen<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        let (end, market) = (self.end_of_call(instrument), &mut self.markets[instrument.index()]);
        if market.limits.call_ns == 0 {
            return;
        }
        match market.phase {
            Phase::Continuous => self.enter_phase(instrument, Phase::Auction, Phase::Continuous, end, out),
            Phase::Auction | Phase::Pause if market.ends_at != 0 && market.ends_at < end => {
                market.ends_at = end;
                self.say_phase(instrument, self.phase(instrument), out);
            }
            _ => {}
        }
    }

    /// Brings what follows from an instrument's phase, halts and limits up to date.
    pub(crate) fn market_changed(&mut self, instrument: InstrumentId) {
        self.set_plain(instrument);
        let (market, row) = (&mut self.markets[instrument.index()], &self.registry.instruments[instrument.index()]);
        let due_at = market.acts_at().filter(|_| !row.is_halted()).unwrap_or(0);
        let before = std::mem::replace(&mut market.due_at, due_at);
        self.due.calls.set(instrument, before, due_at);
        self.obligations.mark_all_on(instrument);
        self.note_protections(instrument);
    }

    /// Whether there is anything to ask of an order on it, but for its own terms.
    pub(super) fn set_plain(&mut self, instrument: InstrumentId) {
        let (market, row) = (&self.markets[instrument.index()], &mut self.registry.instruments[instrument.index()]);
        let is_bounded = market.limits != TradingLimits::default() || market.protections.is_some() || market.is_guarded;
        row.is_plain = !row.is_halted() && !is_bounded && market.phase == Phase::Continuous;
    }

    /// A call is due: it ends, or says its price.
    pub(super) fn act_on_call<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        let ends_at = self.markets[instrument.index()].ends_at;
        if ends_at != 0 && ends_at <= self.timestamp_ns {
            return self.end_call(instrument, out);
        }
        let (price, quantity, surplus) = self.clearing(instrument).map_or((0, 0, 0), |clearing| clearing.said());
        let indicated = Indicated { instrument: instrument.0, price, quantity, surplus, ..Indicated::EMPTY };
        self.emit(VENUE_ACCOUNT, indicated, out);
        self.indicate_later(instrument);
    }

    fn indicate_later(&mut self, instrument: InstrumentId) {
        let indicate_at = self.timestamp_ns.saturating_add(INDICATION_INTERVAL);
        self.markets[instrument.index()].indicate_at = indicate_at;
        self.market_changed(instrument);
    }

    /// Uncrosses, or extends the call if the price is out of bounds.
    fn end_call<O: Output>(&mut self, instrument: InstrumentId, out: &mut O) {
        let (ends_at, band) = (self.end_of_call(instrument), self.auction_band(instrument));
        let clearing = self.clearing(instrument);
        let Some(clearing) = clearing.filter(|clearing| !band.contains(clearing.price)) else {
            return self.begin_uncrossing(instrument, out);
        };
        let market = &mut self.markets[instrument.index()];
        market.extensions = market.extensions.saturating_add(1);
        market.ends_at = ends_at;
        let extended = AuctionExtended {
            instrument: instrument.0,
            price: clearing.price.0 as u32,
            lower: band.lower.0 as u32,
            upper: band.upper.0 as u32,
            extensions: market.extensions,
            ends_at,
            ..AuctionExtended::EMPTY
        };
        self.emit(VENUE_ACCOUNT, extended, out);
        self.indicate_later(instrument);
    }

    /// Where the price of an auction that ends by itself must be.
    fn auction_band(&self, instrument: InstrumentId) -> Band {
        let market = &self.markets[instrument.index()];
        let times = u64::from(market.extensions) + 1;
        let max_price = self.registry.instruments[instrument.index()].max_price;
        Band::around_times(self.auction_reference(instrument), market.limits.auction_bps, times, max_price)
    }

    /// The reference price, or what the last trade says.
    pub(super) fn auction_reference(&self, instrument: InstrumentId) -> Option<u32> {
        let Instrument { reference, .. } = &self.registry.instruments[instrument.index()];
        [reference.price, self.books[instrument.index()].last_trade].into_iter().find(|&price| price != 0)
    }

    pub(super) fn set_trading_limits<O: Output>(&mut self, body: &SetTradingLimits, out: &mut O) -> Applied {
        let instrument = InstrumentId(body.instrument);
        let &SetTradingLimits { static_bps, dynamic_bps, auction_bps, call_ns, max_quantity, max_notional, .. } = body;
        let limits = TradingLimits { static_bps, dynamic_bps, auction_bps, call_ns, max_quantity, max_notional };
        let market = self.markets.get_mut(instrument.index()).ok_or(RejectCode::UnknownInstrument)?;
        let needs_calls = market.protections.as_ref().is_some_and(|protections| protections.policy.closed_bps != 0);
        if !limits.are_possible() || needs_calls && call_ns == 0 {
            return Err(RejectCode::InvalidParameter);
        }
        market.limits = limits;
        self.market_changed(instrument);
        let set = TradingLimitsSet {
            instrument: instrument.0,
            static_bps,
            dynamic_bps,
            auction_bps,
            call_ns,
            max_quantity,
            max_notional,
            ..TradingLimitsSet::EMPTY
        };
        self.emit(VENUE_ACCOUNT, set, out);
        Ok(())
    }

    /// Cancels an open order as somebody asks for, or lets the cancel wait until its auction's trades are made.
    /// Returns whether it is cancelled.
    #[inline]
    pub(super) fn cancel_open<O: Output>(&mut self, slot: u32, reason: CancelReason, out: &mut O) -> bool {
        let order = &self.orders[slot];
        if !self.registry.instruments[usize::from(order.instrument)].is_plain
            && self.phase(order.instrument()) == Phase::Uncrossing
        {
            self.defer_cancel(slot, reason);
            return false;
        }
        self.cancel_resting(slot, reason, out);
        true
    }

    #[cold]
    fn defer_cancel(&mut self, slot: u32, reason: CancelReason) {
        let Order { id, instrument, .. } = self.orders[slot];
        if let Entry::Vacant(free) = self.markets[usize::from(instrument)].pending.entry(id) {
            free.insert(reason);
        }
    }

    #[cold]
    pub(super) fn say_pending<O: Output>(&mut self, slot: u32, out: &mut O) {
        let order = self.orders[slot];
        let client_id = self.client_id_of(&order);
        let pending = CancelPending {
            side: order.side as u8,
            order_id: order.id.0,
            instrument: u32::from(order.instrument),
            price: order.price,
            quantity: order.quantity.0,
            leaves: self.orders.left(&order).0,
            filled: self.orders.filled(&order).0,
            client_order_id_len: client_id.len(),
            client_order_id: *client_id.bytes(),
            ..CancelPending::EMPTY
        };
        self.emit(order.account, pending, out);
    }

    /// Does what the command has brought about on the instruments that it touched, at most so many items. Returns how
    /// many.
    #[cold]
    pub(super) fn work<O: Output>(&mut self, at_most: u32, out: &mut O) -> u32 {
        let mut items = 0;
        while let Some(&instrument) = self.touched.iter().min() {
            items += self.work_on(instrument, at_most - items, out);
            // What is done on one can touch others. Of its own work nothing is left.
            self.touched.retain(|&other| other != instrument);
        }
        items
    }

    fn work_on<O: Output>(&mut self, instrument: InstrumentId, at_most: u32, out: &mut O) -> u32 {
        let mut items = match self.phase(instrument) {
            Phase::Uncrossing => self.uncross(instrument, at_most, out),
            Phase::Retired => self.empty(instrument, at_most, out),
            _ => 0,
        };
        items += self.let_in_waiting(instrument, at_most - items, out);
        self.note_unfinished(instrument);
        self.settle_protections(instrument, out);
        items
    }

    /// Whether a pulse would go on with what was begun on an instrument.
    pub(super) fn goes_on(&self, instrument: InstrumentId) -> bool {
        let waits = !self.markets[instrument.index()].exits.is_empty();
        match self.phase(instrument) {
            Phase::Uncrossing => true,
            Phase::Retired => waits || self.first_open(instrument).is_some(),
            _ => waits || self.trades(instrument),
        }
    }

    /// Remembers an instrument for pulses if it has anything for them, now or when its phase allows it.
    pub(crate) fn note_unfinished(&mut self, instrument: InstrumentId) {
        let book = &self.books[instrument.index()];
        let unfinished = match self.phase(instrument) {
            Phase::Uncrossing => true,
            Phase::Retired => self.first_open(instrument).is_some(),
            _ => book.unseen().is_some_and(|unseen| unseen.has_marks()) || self.crossing_peg(instrument).is_some(),
        };
        let waits = !self.markets[instrument.index()].exits.is_empty();
        self.due.set_unfinished(instrument, unfinished || waits);
    }

    /// Cancels the orders of a retired instrument.
    fn empty<O: Output>(&mut self, instrument: InstrumentId, at_most: u32, out: &mut O) -> u32 {
        let mut items = 0;
        while let Some(slot) = self.first_open(instrument).filter(|_| items < at_most) {
            self.cancel_resting(slot, CancelReason::Retired, out);
            items += 1;
        }
        items
    }

    /// Of all its orders, in the order in which a state image has them.
    pub(super) fn first_open(&self, instrument: InstrumentId) -> Option<u32> {
        let book = &self.books[instrument.index()];
        book.ladder_ids().find_map(|id| book.ladder(id).front(&self.levels))
    }
}
