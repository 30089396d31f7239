//! Who gets which public market data, and the messages of a commit group: encoded once, copied to every subscriber.

use super::sessions::{Sessions, slot_of};
use crate::change::BookChange;
use crate::engine::Engine;
use crate::marketdata::{self, MarketData};
use crate::types::{ChangeKind, InstrumentId};
use crate::wire::frame::{self, Opcode};
use crate::wire::reply;

/// A public channel; the numbers are those of `gateway/schemas.py`, whose fourth channel (balances) is not public.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    Book = 0,
    Trades = 1,
    Bbo = 2,
}

impl Channel {
    pub fn from_number(number: u8) -> Option<Channel> {
        [Channel::Book, Channel::Trades, Channel::Bbo].into_iter().find(|&channel| channel as u8 == number)
    }
}

/// The slots of one instrument's subscribers, by channel.
#[derive(Default)]
struct Subscribers([Vec<u32>; 3]);

/// A subscription whose first message leaves with the group being gathered.
struct Joining {
    session: u64,
    instrument: InstrumentId,
    channel: Channel,
}

#[derive(Default)]
pub struct Channels {
    market: MarketData,
    /// By instrument.
    subscribers: Vec<Subscribers>,
    joining: Vec<Joining>,
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

impl Channels {
    /// Trades flow at once; a book or best bid and offer begins with its state at the end of this group.
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
        self.market.watch(engine, instrument, true);
    }

    fn add(&mut self, slot: u32, channel: Channel, instrument: InstrumentId) {
        let slots = &mut self.subscribers[instrument.index()].0[channel as usize];
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    }

    pub fn unsubscribe(&mut self, engine: &Engine, session: u64, channel: Channel, instrument: InstrumentId) {
        self.joining.retain(|joining| {
            joining.session != session || joining.instrument != instrument || joining.channel != channel
        });
        if let Some(subscribers) = self.subscribers.get_mut(instrument.index()) {
            subscribers.0[channel as usize].retain(|&slot| slot != slot_of(session));
            self.unwatch_if_alone(engine, instrument);
        }
    }

    /// Ends all subscriptions of a session.
    pub fn leave(&mut self, engine: &Engine, session: u64) {
        self.joining.retain(|joining| joining.session != session);
        for at in 0..self.subscribers.len() {
            for slots in &mut self.subscribers[at].0 {
                slots.retain(|&slot| slot != slot_of(session));
            }
            self.unwatch_if_alone(engine, InstrumentId(at as u32));
        }
    }

    fn unwatch_if_alone(&mut self, engine: &Engine, instrument: InstrumentId) {
        let [book, _, bbo] = &self.subscribers[instrument.index()].0;
        if book.is_empty() && bbo.is_empty() && !self.joining.iter().any(|joining| joining.instrument == instrument) {
            self.market.watch(engine, instrument, false);
        }
    }

    /// Takes in what one command did to the books: its trades are written now, the rest when the group is complete.
    #[inline]
    pub fn note(&mut self, engine: &Engine, sessions: &mut Sessions, changes: &[BookChange]) {
        for change in changes {
            self.market.note(change);
            if change.kind == ChangeKind::Executed {
                self.trade(engine, sessions, change);
            }
        }
    }

    #[inline]
    fn trade(&mut self, engine: &Engine, sessions: &mut Sessions, executed: &BookChange) {
        let Some(Subscribers([_, trades, _])) = self.subscribers.get(executed.instrument.index()) else { return };
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

    /// Whether somebody waits for the first message of a subscription.
    pub fn has_joining(&self) -> bool {
        !self.joining.is_empty()
    }

    /// Writes what the group changed, and the first messages of new subscriptions: returns whole books, which their
    /// subscribers asked for and pay for, as slot and bytes.
    pub fn complete_group(&mut self, engine: &Engine, sessions: &mut Sessions) -> Vec<(u32, usize)> {
        let mut answered = Vec::new();
        let mut touched = std::mem::take(&mut self.touched);
        self.market.take_touched(&mut touched);
        for &instrument in &touched {
            let Channels { market, subscribers, frame, .. } = self;
            let [book, _, bbo] = &subscribers[instrument.index()].0;
            if framed(frame, |out| market.delta(engine, instrument, out)) {
                book.iter().for_each(|&slot| sessions.write_frames(slot, frame));
            }
            if framed(frame, |out| market.bbo_if_changed(engine, instrument, out)) {
                bbo.iter().for_each(|&slot| sessions.write_frames(slot, frame));
            }
        }
        self.touched = touched;
        for Joining { session, instrument, channel } in std::mem::take(&mut self.joining) {
            let slot = slot_of(session);
            match channel {
                Channel::Book => {
                    let bytes = sessions.write(slot, |out| self.market.book(engine, instrument, out));
                    answered.push((slot, bytes));
                }
                _ => {
                    sessions.write(slot, |out| marketdata::bbo(engine, instrument, out));
                }
            }
            self.add(slot, channel, instrument);
        }
        answered
    }
}
