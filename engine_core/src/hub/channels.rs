//! Who gets which public market data, and the messages of a commit group: encoded once, copied to every subscriber.

use super::sessions::{Sessions, slot_of};
use crate::change::BookChange;
use crate::engine::Engine;
use crate::event::Event;
use crate::marketdata::depth::{self, DepthFeeds};
use crate::marketdata::orders::{KEY_BYTES, OrderFeeds};
use crate::types::{InstrumentId, LimitState};
use crate::wire::frame::{self, Opcode};
use crate::wire::reply;

/// A public channel; the numbers are those of `gateway/schemas.py`, whose fourth channel (number 3, balances) is not
/// public.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    Book = 0,
    Trades = 1,
    Bbo = 2,
    Level3 = 4,
    Phase = 5,
}

impl Channel {
    pub fn from_number(number: u8) -> Option<Channel> {
        use Channel::{Bbo, Book, Level3, Phase, Trades};
        [Book, Trades, Bbo, Level3, Phase].into_iter().find(|&channel| channel as u8 == number)
    }
}

/// The slots of one instrument's subscribers, by channel.
#[derive(Default)]
struct Subscribers {
    book: Vec<u32>,
    trades: Vec<u32>,
    bbo: Vec<u32>,
    level3: Vec<u32>,
    phase: Vec<u32>,
}

impl Subscribers {
    fn of(&mut self, channel: Channel) -> &mut Vec<u32> {
        match channel {
            Channel::Book => &mut self.book,
            Channel::Trades => &mut self.trades,
            Channel::Bbo => &mut self.bbo,
            Channel::Level3 => &mut self.level3,
            Channel::Phase => &mut self.phase,
        }
    }

    fn remove(&mut self, slot: u32) {
        for slots in [&mut self.book, &mut self.trades, &mut self.bbo, &mut self.level3, &mut self.phase] {
            slots.retain(|&subscriber| subscriber != slot);
        }
    }
}

/// A subscription whose first message leaves with the group being gathered.
struct Joining {
    session: u64,
    instrument: InstrumentId,
    channel: Channel,
}

pub struct Channels {
    depth: DepthFeeds,
    pub(super) orders: OrderFeeds,
    /// By instrument.
    subscribers: Vec<Subscribers>,
    joining: Vec<Joining>,
    /// Who asked for the next part of a level 3 book, once each: it leaves with the group being gathered.
    reading: Vec<(u64, InstrumentId)>,
    touched: Vec<InstrumentId>,
    frame: Vec<u8>,
}

/// Puts one message as a frame into `frame`; false if `encode` has nothing to say.
fn framed(frame: &mut Vec<u8>, encode: impl FnOnce(&mut Vec<u8>) -> bool) -> bool {
    frame.clear();
    let open = frame::begin(frame);
    let said = encode(frame);
    frame::finish(frame, Opcode::Binary, open);
    said
}

/// What an instrument does now, and what of it an event says.
fn phase(engine: &Engine, instrument: InstrumentId, event: Option<&Event>, out: &mut Vec<u8>) {
    let (row, market) = (&engine.instruments()[instrument.index()], &engine.markets()[instrument.index()]);
    let volatility = market.protections.as_ref().map(|protections| &protections.volatility);
    let (limit_state, state_ends_at) =
        volatility.map_or((LimitState::None, 0), |volatility| (volatility.state, volatility.state_ends_at));
    let now = reply::PhaseNow {
        instrument: row.symbol.as_bytes(),
        sequence: engine.sequence(),
        timestamp_ns: engine.timestamp_ns(),
        phase: market.phase,
        causes: u64::from(row.halts),
        ends_at: if limit_state == LimitState::None { market.ends_at } else { state_ends_at },
        limit_state,
    };
    reply::phase(out, &now, event);
}

impl Channels {
    /// `key` is the secret behind the public order ids.
    pub fn new(key: [u8; KEY_BYTES]) -> Channels {
        Channels {
            depth: DepthFeeds::default(),
            orders: OrderFeeds::new(key),
            subscribers: Vec::new(),
            joining: Vec::new(),
            reading: Vec::new(),
            touched: Vec::new(),
            frame: Vec::new(),
        }
    }

    /// Trades flow at once; the other channels begin with their state at the end of this group.
    pub fn subscribe(&mut self, engine: &Engine, session: u64, channel: Channel, instrument: InstrumentId) {
        if self.subscribers.len() <= instrument.index() {
            self.subscribers.resize_with(instrument.index() + 1, Subscribers::default);
        }
        if channel == Channel::Trades {
            self.add(slot_of(session), channel, instrument);
            return;
        }
        let same = |joining: &Joining| {
            joining.session == session && joining.instrument == instrument && joining.channel == channel
        };
        if !self.joining.iter().any(same) {
            self.joining.push(Joining { session, instrument, channel });
        }
        match channel {
            Channel::Level3 => self.orders.watch(engine, instrument, true),
            Channel::Book | Channel::Bbo => self.depth.watch(engine, instrument, true),
            Channel::Trades | Channel::Phase => {}
        }
    }

    /// Asks for the next part of a level 3 book. False if the session does not subscribe to it.
    pub fn next_part(&mut self, session: u64, instrument: InstrumentId) -> bool {
        let slot = slot_of(session);
        let subscribed = self.subscribers.get(instrument.index()).is_some_and(|some| some.level3.contains(&slot));
        if subscribed && !self.reading.contains(&(session, instrument)) {
            self.reading.push((session, instrument));
        }
        subscribed
    }

    fn add(&mut self, slot: u32, channel: Channel, instrument: InstrumentId) {
        let slots = self.subscribers[instrument.index()].of(channel);
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    }

    pub fn unsubscribe(&mut self, engine: &Engine, session: u64, channel: Channel, instrument: InstrumentId) {
        self.joining.retain(|joining| {
            joining.session != session || joining.instrument != instrument || joining.channel != channel
        });
        if let Some(subscribers) = self.subscribers.get_mut(instrument.index()) {
            subscribers.of(channel).retain(|&slot| slot != slot_of(session));
            if channel == Channel::Level3 {
                self.orders.end(instrument, slot_of(session));
            }
            self.unwatch_if_alone(engine, instrument);
        }
    }

    /// Ends all subscriptions of a session.
    pub fn leave(&mut self, engine: &Engine, session: u64) {
        self.joining.retain(|joining| joining.session != session);
        self.reading.retain(|&(reader, _)| reader != session);
        for at in 0..self.subscribers.len() {
            let instrument = InstrumentId(at as u32);
            self.subscribers[at].remove(slot_of(session));
            self.orders.end(instrument, slot_of(session));
            self.unwatch_if_alone(engine, instrument);
        }
    }

    fn unwatch_if_alone(&mut self, engine: &Engine, instrument: InstrumentId) {
        let Subscribers { book, bbo, level3, .. } = &self.subscribers[instrument.index()];
        let awaits = |orders: bool| {
            let mut joining = self.joining.iter().filter(|joining| joining.instrument == instrument);
            joining.any(|joining| match joining.channel {
                Channel::Book | Channel::Bbo => !orders,
                Channel::Level3 => orders,
                Channel::Trades | Channel::Phase => false,
            })
        };
        if book.is_empty() && bbo.is_empty() && !awaits(false) {
            self.depth.watch(engine, instrument, false);
        }
        if level3.is_empty() && !awaits(true) {
            self.orders.watch(engine, instrument, false);
        }
    }

    /// Takes in what one command did to the books: its trades are written now, the rest when the group is complete.
    #[inline]
    pub fn note(&mut self, engine: &Engine, sessions: &mut Sessions, changes: &[BookChange]) {
        for change in changes {
            // A trade is all that is ever told of a hidden order. The two orders of an auction's trade are told apart
            // from it.
            if change.order_id.0 != 0 {
                self.depth.note(change);
                self.orders.note(change);
            }
            if change.settlement_id != 0 {
                self.trade(engine, sessions, change);
            }
        }
    }

    /// Tells what happened to an instrument's phase, halts, auction or bands.
    pub fn note_phase(&mut self, engine: &Engine, sessions: &mut Sessions, event: &Event) {
        let Some(instrument) = event.instrument().map(InstrumentId) else { return };
        let Some(Subscribers { phase: subscribers, .. }) = self.subscribers.get(instrument.index()) else { return };
        if !subscribers.is_empty() {
            framed(&mut self.frame, |out| {
                phase(engine, instrument, Some(event), out);
                true
            });
            subscribers.iter().for_each(|&slot| sessions.write_frames(slot, &self.frame));
        }
    }

    #[inline]
    fn trade(&mut self, engine: &Engine, sessions: &mut Sessions, executed: &BookChange) {
        let Some(Subscribers { trades, .. }) = self.subscribers.get(executed.instrument.index()) else { return };
        if trades.is_empty() {
            return;
        }
        let symbol = engine.instruments()[executed.instrument.index()].symbol;
        framed(&mut self.frame, |out| {
            reply::trade(out, symbol.as_bytes(), engine.sequence(), engine.timestamp_ns(), executed);
            true
        });
        for &slot in trades {
            sessions.write_frames(slot, &self.frame);
        }
    }

    /// Whether somebody waits for the first message of a subscription, or for the next part of one.
    pub fn has_joining(&self) -> bool {
        !self.joining.is_empty() || !self.reading.is_empty()
    }

    /// Writes what the group changed, and the first messages of new subscriptions: returns whole books and parts of
    /// them, which their subscribers asked for and pay for, as slot and bytes.
    pub fn complete_group(&mut self, engine: &Engine, sessions: &mut Sessions) -> Vec<(u32, usize)> {
        let mut touched = std::mem::take(&mut self.touched);
        self.depth.take_touched(&mut touched);
        touched.iter().for_each(|&instrument| self.tell_depth(engine, sessions, instrument));
        self.orders.take_touched(&mut touched);
        touched.iter().for_each(|&instrument| self.tell_orders(engine, sessions, instrument));
        self.touched = touched;
        let mut answered = Vec::new();
        for joining in std::mem::take(&mut self.joining) {
            answered.extend(self.join(engine, sessions, &joining));
        }
        for (session, instrument) in std::mem::take(&mut self.reading) {
            let Channels { orders, frame, .. } = self;
            if framed(frame, |out| orders.next(engine, instrument, slot_of(session), out)) {
                sessions.write_frames(slot_of(session), frame);
                answered.push((slot_of(session), frame.len()));
            }
        }
        answered
    }

    fn tell_depth(&mut self, engine: &Engine, sessions: &mut Sessions, instrument: InstrumentId) {
        let Channels { depth, subscribers, frame, .. } = self;
        let Subscribers { book, bbo, .. } = &subscribers[instrument.index()];
        if framed(frame, |out| depth.delta(engine, instrument, out)) {
            book.iter().for_each(|&slot| sessions.write_frames(slot, frame));
        }
        if framed(frame, |out| depth.bbo_if_changed(engine, instrument, out)) {
            bbo.iter().for_each(|&slot| sessions.write_frames(slot, frame));
        }
    }

    fn tell_orders(&mut self, engine: &Engine, sessions: &mut Sessions, instrument: InstrumentId) {
        let Channels { orders, subscribers, frame, .. } = self;
        let level3 = &subscribers[instrument.index()].level3;
        if framed(frame, |out| orders.delta(engine, instrument, out))
            || framed(frame, |out| orders.restart(engine, instrument, level3, out))
        {
            level3.iter().for_each(|&slot| sessions.write_frames(slot, frame));
        }
    }

    /// Writes the first message of a subscription; returns slot and bytes of one to pay for.
    fn join(&mut self, engine: &Engine, sessions: &mut Sessions, joining: &Joining) -> Option<(u32, usize)> {
        let &Joining { session, instrument, channel } = joining;
        let slot = slot_of(session);
        self.add(slot, channel, instrument);
        let Channels { depth, orders, .. } = self;
        let bytes = match channel {
            Channel::Book => sessions.write(slot, |out| depth.book(engine, instrument, out)),
            Channel::Level3 => sessions.write(slot, |out| orders.begin(engine, instrument, slot, out)),
            Channel::Trades | Channel::Bbo => {
                sessions.write(slot, |out| depth::bbo(engine, instrument, out));
                return None;
            }
            Channel::Phase => {
                sessions.write(slot, |out| phase(engine, instrument, None, out));
                return None;
            }
        };
        Some((slot, bytes))
    }
}
