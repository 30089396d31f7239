//! The hot path between a websocket chunk and the engine: frames in, commands applied, reports out when they are durable.
//!
//! One thread does everything (parse, sequence, match, settle, encode); only the journal writes on its own. What a
//! command caused is encoded at once into the buffers of the sessions concerned, which belong to the *commit group*
//! being gathered. A group leaves whole, in order, when its last command is durable, so nothing a client is told can
//! be lost. Replies without a command travel in the same groups: the order of a session's messages is kept.
//!
//! It owns no socket and reads no clock. It decides nothing about who may log on: the gateway authorizes sessions, and
//! gets every frame that is not a well-formed hot request of an authorized session.
//!
//! Bounds: messages ([`MAX_MESSAGE_BYTES`]), output waiting per session ([`MAX_UNRELEASED`]), reports kept per account
//! ([`REPORTS_KEPT`]), unanswered commands per account (`max_in_flight`), input waiting per session
//! ([`MAX_WAITING_INPUT`]); groups are bounded because the journal takes one batch at a time.

mod accounts;
mod channels;
mod limits;
mod sessions;
#[cfg(test)]
mod tests;

pub use accounts::REPORTS_KEPT;
pub use channels::Channel;
pub use sessions::{MAX_MESSAGE_BYTES, MAX_SESSIONS, MAX_UNRELEASED};

use crate::client_ids::ClientId;
use crate::command::{Command, OrderEntry, kind as command_kind};
use crate::engine::Engine;
use crate::event::{Event, kind};
use crate::journal::JournalError;
use crate::types::{AssetId, CLIENT_ID_WINDOW, InstrumentId, NONE_ID, SYMBOL_LEN, Side};
use crate::venue::{Venue, VenueConfig};
use crate::wire::frame::{FrameError, Opcode};
use crate::wire::reply::{self, ReportContext};
use crate::wire::request::{self, Request};
use accounts::{AccountState, Accounts};
use channels::Channels;
use hashbrown::HashMap;
use limits::TokenBucket;
use sessions::{Output, Session, Sessions, slot_of};
use std::collections::VecDeque;
use std::mem;
use std::os::fd::{BorrowedFd, RawFd};
use std::path::PathBuf;

/// Input of one session that may wait for room in the journal: a few reads of a socket.
pub const MAX_WAITING_INPUT: usize = 1 << 20;
/// API keys with a rate limit; the gateway numbers them densely.
pub const MAX_KEYS: usize = 1 << 16;
/// Close code for a client that goes on sending while its input waits ("try again later").
const CLOSE_TRY_AGAIN: u16 = 1013;

/// A caller's mistake, or the journal's failure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HubError {
    #[error("session {0} is not open")]
    UnknownSession(u64),
    #[error("session {0} is not authorized")]
    NotAuthorized(u64),
    #[error("instrument {0} is not listed")]
    UnknownInstrument(u32),
    #[error("{field} {value} is over the limit of {limit}")]
    OverLimit { field: &'static str, value: u64, limit: u64 },
    /// The connection must be closed with this code.
    #[error("{reason}")]
    Wire { code: u16, reason: &'static str },
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl From<FrameError> for HubError {
    fn from(error: FrameError) -> HubError {
        HubError::Wire { code: error.close_code(), reason: error.reason() }
    }
}

/// Counts since the start, for the operator.
#[derive(Clone, Copy, Default, Debug)]
pub struct Stats {
    pub frames: u64,
    pub requests: u64,
    pub refused: u64,
    pub events: u64,
    pub groups: u64,
    pub released_bytes: u64,
    pub overruns: u64,
}

/// Something released for a session.
pub enum Released<'a> {
    /// Websocket frames, ready to be written.
    Frames(&'a [u8]),
    /// The same frames, of a session that wants single payloads: see [`crate::wire::frame::payloads`].
    Text(&'a [u8]),
    /// The session's output outgrew its bound and was discarded. Said once.
    Overrun,
}

/// Everything that leaves at once.
#[derive(Default)]
struct Group {
    /// The group leaves when this is durable.
    last_sequence: u64,
    outputs: Vec<Output>,
    /// Place of an account and how many of its commands the group answers.
    answered: Vec<(usize, u32)>,
}

/// The request that a command carries out.
#[derive(Clone, Copy)]
struct Origin {
    slot: u32,
    client_ref: u64,
}

pub struct Hub {
    venue: Venue,
    sessions: Sessions,
    accounts: Accounts,
    channels: Channels,
    limits: Vec<Option<TokenBucket>>,
    symbols: HashMap<u128, u32>,
    max_in_flight: u32,
    groups: VecDeque<Group>,
    spare_groups: Vec<Group>,
    /// Commands in the group being gathered.
    gathered: usize,
    /// Last command that was handed to the journal's writer.
    handed_sequence: u64,
    /// Places of the accounts with commands, and with touched balances, in it.
    answering: Vec<usize>,
    touched_balances: Vec<usize>,
    /// Sessions whose input waits for room in the journal.
    waiting: Vec<u64>,
    events: Vec<Event>,
    payload: Vec<u8>,
    stats: Stats,
}

impl Hub {
    /// Opens and recovers the venue. `replay_accounts` have their reports kept from the first replayed command on.
    pub fn open(config: &VenueConfig, max_in_flight: u32, replay_accounts: &[u32]) -> Result<Hub, HubError> {
        if max_in_flight == 0 || max_in_flight > CLIENT_ID_WINDOW {
            // A client must be able to resubmit all that is unanswered: the engine remembers this many.
            let (value, limit) = (max_in_flight.into(), CLIENT_ID_WINDOW.into());
            return Err(HubError::OverLimit { field: "max_in_flight", value, limit });
        }
        let mut accounts = Accounts::default();
        for &account in replay_accounts {
            enroll(&mut accounts, account)?;
        }
        let venue = Venue::open(config, |_, command, events| {
            for event in events {
                keep(&mut accounts, event, client_order_id(command));
            }
        })?;
        let mut symbols = HashMap::new();
        for (id, instrument) in venue.engine().instruments().iter().enumerate() {
            symbols.insert(symbol_key(instrument.symbol.as_bytes()), id as u32);
        }
        let handed_sequence = venue.engine().sequence();
        Ok(Hub {
            venue,
            sessions: Sessions::default(),
            accounts,
            channels: Channels::default(),
            limits: Vec::new(),
            symbols,
            max_in_flight,
            groups: VecDeque::new(),
            spare_groups: Vec::new(),
            gathered: 0,
            handed_sequence,
            answering: Vec::new(),
            touched_balances: Vec::new(),
            waiting: Vec::new(),
            events: Vec::new(),
            payload: Vec::new(),
            stats: Stats::default(),
        })
    }

    pub fn venue(&self) -> &Venue {
        &self.venue
    }

    pub fn engine(&self) -> &Engine {
        self.venue.engine()
    }

    pub fn stats(&self) -> Stats {
        self.stats
    }

    pub fn session_count(&self) -> usize {
        self.sessions.count()
    }

    // Sessions

    pub fn open_session(&mut self) -> Result<u64, HubError> {
        let limit = MAX_SESSIONS as u64;
        self.sessions.open().ok_or(HubError::OverLimit { field: "sessions", value: limit + 1, limit })
    }

    /// Logs a session on: from now on it gets the account's reports, and its hot requests are carried out if it may trade.
    pub fn authorize(
        &mut self,
        session: u64,
        key: u32,
        account: u32,
        can_trade: bool,
        text: bool,
    ) -> Result<(), HubError> {
        let limit = self.limits.get(key as usize).is_some_and(Option::is_some).then_some(key as usize);
        let place = enroll(&mut self.accounts, account)?;
        let found = self.session(session)?;
        let earlier = found.account.replace(place);
        let watching = u32::from(found.balances);
        found.limit = limit;
        found.can_trade = can_trade;
        found.text = text;
        if let Some(earlier) = earlier {
            let account = &mut self.accounts.states[earlier];
            account.sessions.retain(|&slot| slot != slot_of(session));
            account.balance_watchers -= watching;
        }
        self.accounts.states[place].balance_watchers += watching;
        self.accounts.states[place].sessions.push(slot_of(session));
        Ok(())
    }

    /// Sets a key's rate limit over hot requests. A new limit begins with a full bucket; the same one again changes
    /// nothing, so that logging on once more is not a way around it. A key without a limit is not limited.
    pub fn set_limits(&mut self, key: u32, rate_per_second: u32, burst: u32) -> Result<(), HubError> {
        let place = key as usize;
        if place >= MAX_KEYS {
            return Err(HubError::OverLimit { field: "key", value: key.into(), limit: MAX_KEYS as u64 - 1 });
        }
        if self.limits.len() <= place {
            self.limits.resize(place + 1, None);
        }
        let bucket = &mut self.limits[place];
        if !bucket.is_some_and(|bucket| (bucket.rate_per_second(), bucket.burst()) == (rate_per_second, burst)) {
            *bucket = Some(TokenBucket::new(rate_per_second, burst));
        }
        Ok(())
    }

    /// Ends a session; what was not released for it is dropped.
    pub fn close_session(&mut self, session: u64) -> Result<(), HubError> {
        let closed = self.sessions.close(session).ok_or(HubError::UnknownSession(session))?;
        self.channels.leave(self.venue.engine(), session);
        self.waiting.retain(|&waiting| waiting != session);
        if let Some(place) = closed.account {
            let account = &mut self.accounts.states[place];
            account.sessions.retain(|&slot| slot != slot_of(session));
            account.balance_watchers -= u32::from(closed.balances);
        }
        Ok(())
    }

    fn session(&mut self, session: u64) -> Result<&mut Session, HubError> {
        self.sessions.find(session).ok_or(HubError::UnknownSession(session))
    }

    // Input

    /// Takes a chunk of a session's stream. Hot requests are carried out; every other frame goes to `frames`.
    ///
    /// The order of a session's messages is kept: a binary frame behind one that is in `frames` waits for the next
    /// call, which may bring no bytes. Nothing waits when `frames` stays empty, except for room in the journal
    /// ([`Hub::take_waiting`]). A broken stream is an error once all frames before the break have been taken.
    pub fn receive(
        &mut self,
        session: u64,
        data: &[u8],
        now_ns: u64,
        frames: &mut Vec<(Opcode, Vec<u8>)>,
    ) -> Result<(), HubError> {
        let mut stored = mem::take(&mut self.session(session)?.input);
        let start = mem::take(&mut self.session(session)?.input_read);
        let mut input = data;
        if !stored.is_empty() {
            stored.extend_from_slice(data);
            input = &stored[start..];
        }
        self.read_frames(slot_of(session), &mut input, now_ns, frames)?;
        let rest = input.len();
        let found = self.session(session)?;
        if rest > MAX_WAITING_INPUT {
            return Err(HubError::Wire { code: CLOSE_TRY_AGAIN, reason: "too much input waits for the journal" });
        }
        if stored.is_empty() {
            found.input.extend_from_slice(input);
        } else {
            found.input_read = stored.len() - rest;
            // Moved only when at least as much was read as is moved: every byte of a stream is moved a few times at most.
            if found.input_read >= rest {
                stored.drain(..mem::take(&mut found.input_read));
            }
            found.input = stored;
        }
        match found.ended {
            Some(Err(error)) if frames.is_empty() => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn read_frames(
        &mut self,
        slot: u32,
        input: &mut &[u8],
        now_ns: u64,
        frames: &mut Vec<(Opcode, Vec<u8>)>,
    ) -> Result<(), HubError> {
        let mut payload = mem::take(&mut self.payload);
        while let Some(opcode) = self.next_frame(slot, input, &mut payload) {
            let session = self.sessions.at(slot);
            if opcode != Opcode::Binary || !session.can_trade {
                frames.push((opcode, payload.clone()));
                continue;
            }
            if !frames.is_empty() {
                session.deferred = Some(mem::take(&mut payload));
                break;
            }
            if self.venue.is_full() && !self.commit()? {
                let session = self.sessions.at(slot);
                session.deferred = Some(mem::take(&mut payload));
                if !self.waiting.contains(&session.id) {
                    self.waiting.push(session.id);
                }
                break;
            }
            match request::decode(&payload) {
                Some(request) => self.carry_out(slot, &request, now_ns)?,
                None => frames.push((opcode, payload.clone())),
            }
        }
        self.payload = payload;
        Ok(())
    }

    /// The next frame of a session; `None` at the end of the input, of the stream, or of what can be read of it.
    #[inline]
    fn next_frame(&mut self, slot: u32, input: &mut &[u8], payload: &mut Vec<u8>) -> Option<Opcode> {
        let session = self.sessions.at(slot);
        if let Some(deferred) = session.deferred.take() {
            *payload = deferred;
            return Some(Opcode::Binary);
        }
        if session.ended.is_some() {
            *input = &[];
            return None;
        }
        let read = session.reader.next(input, payload);
        match read {
            Ok(Some(Opcode::Close)) => session.ended = Some(Ok(())),
            Ok(_) => {}
            Err(error) => session.ended = Some(Err(error)),
        }
        let opcode = read.ok().flatten();
        self.stats.frames += u64::from(opcode.is_some());
        opcode
    }

    /// Carries out one hot request in its MessagePack form. False if it is none.
    pub fn message(&mut self, session: u64, payload: &[u8], now_ns: u64) -> Result<bool, HubError> {
        let Some(request) = request::decode(payload) else { return Ok(false) };
        if !self.session(session)?.can_trade {
            return Err(HubError::NotAuthorized(session));
        }
        self.make_room()?;
        self.carry_out(slot_of(session), &request, now_ns)?;
        Ok(true)
    }

    /// Sequences a request, or answers why not.
    #[inline]
    fn carry_out(&mut self, slot: u32, request: &Request, now_ns: u64) -> Result<(), HubError> {
        self.stats.requests += 1;
        let session = self.sessions.at(slot);
        let place = session.account.ok_or(HubError::NotAuthorized(session.id))?;
        if let Some(bucket) = session.limit.and_then(|limit| self.limits[limit].as_mut())
            && !bucket.take(now_ns)
        {
            let (rate, burst) = (bucket.rate_per_second(), bucket.burst());
            let message = format!("this key may send {rate} orders per second and bursts of {burst}");
            self.refuse(slot, request.client_ref, "rate_limited", &message);
            return Ok(());
        }
        let account = &self.accounts.states[place];
        if account.in_flight >= self.max_in_flight {
            let message = format!("{} orders of this account are not yet answered", account.in_flight);
            self.refuse(slot, request.client_ref, "too_many_in_flight", &message);
            return Ok(());
        }
        let mut entry = request.entry;
        if !request.symbol.is_empty() || request.kind == command_kind::PLACE {
            let Some(&instrument) = self.symbols.get(&symbol_key(request.symbol)) else {
                let message = format!("instrument `{}` is not listed", String::from_utf8_lossy(request.symbol));
                self.refuse(slot, request.client_ref, "unknown_instrument", &message);
                return Ok(());
            };
            entry.instrument = instrument;
        } else if request.kind != command_kind::CANCEL_ALL {
            entry.instrument = 0; // unused by these kinds, and unused is zero
        }
        let command = Command::new(request.kind, account.id.0, &entry);
        self.expect_answer(place);
        self.run(command, Some(Origin { slot, client_ref: request.client_ref }), now_ns)?;
        Ok(())
    }

    #[cold]
    fn refuse(&mut self, slot: u32, client_ref: u64, code: &str, message: &str) {
        self.stats.refused += 1;
        self.sessions.write(slot, |out| reply::error(out, client_ref, code, message));
    }

    #[inline]
    fn expect_answer(&mut self, place: usize) {
        let account = &mut self.accounts.states[place];
        if account.gathered == 0 {
            self.answering.push(place);
        }
        account.gathered += 1;
        account.in_flight += 1;
    }

    /// Carries out a command of the gateway's own making, for `session` or for nobody.
    ///
    /// A withdrawal request is answered by its report, as an order is; every other command by `ok` or `error` after
    /// the reports that the accounts concerned get as always.
    pub fn submit(
        &mut self,
        session: Option<u64>,
        client_ref: u64,
        command: Command,
        now_ns: u64,
    ) -> Result<(), HubError> {
        let slot = match session {
            Some(session) => Some(slot_of(self.session(session)?.id)),
            None => None,
        };
        self.make_room()?;
        let reported = slot.filter(|_| command.kind == command_kind::REQUEST_WITHDRAWAL);
        let rejected = self.run(command, reported.map(|slot| Origin { slot, client_ref }), now_ns)?;
        if let Some(slot) = slot.filter(|_| reported.is_none()) {
            let sequence = self.engine().sequence();
            match rejected {
                None => self.sessions.write(slot, |out| reply::ok(out, client_ref, sequence)),
                Some(code) => {
                    let reason = reply::reject_reason(code);
                    let message = format!("rejected by the engine at sequence {sequence}");
                    self.sessions.write(slot, |out| reply::error(out, client_ref, reason, &message));
                }
            }
        }
        Ok(())
    }

    /// Waits until the journal can take another command.
    fn make_room(&mut self) -> Result<(), HubError> {
        while self.venue.is_full() {
            self.commit_waiting()?;
        }
        Ok(())
    }

    /// Hands everything over, waiting for the batch before it.
    fn commit_waiting(&mut self) -> Result<(), HubError> {
        while self.gathered != 0 && !self.commit()? {
            self.venue.wait_durable(self.handed_sequence)?;
        }
        Ok(())
    }

    /// Sequences and applies a command and writes what it caused. Returns the code if it was rejected.
    #[inline]
    fn run(&mut self, mut command: Command, origin: Option<Origin>, now_ns: u64) -> Result<Option<u8>, HubError> {
        let mut events = mem::take(&mut self.events);
        events.clear();
        self.venue.submit(&mut command, now_ns, &mut events);
        self.gathered += 1;
        self.stats.events += events.len() as u64;
        let named = events[0].order_id;
        for event in &events {
            let named = if event.order_id == named { client_order_id(&command) } else { &[] };
            self.publish(event, origin, named);
        }
        self.channels.note(self.venue.engine(), &mut self.sessions, &command, &events);
        let rejected = (events[0].kind == kind::REJECTED).then_some(events[0].code);
        self.events = events;
        Ok(rejected)
    }

    /// Writes an event to the sessions of its account, and keeps it. In the session of `origin`, which is one of the
    /// command's account, it answers the request.
    #[inline]
    fn publish(&mut self, event: &Event, origin: Option<Origin>, named: &[u8]) {
        let engine = self.venue.engine();
        if event.kind == kind::INSTRUMENT_CREATED {
            let symbol = engine.instruments()[event.instrument as usize].symbol;
            self.symbols.insert(symbol_key(symbol.as_bytes()), event.instrument);
        }
        if event.kind == kind::FILL && event.fee != 0 {
            touch_balances(&mut self.accounts, &mut self.touched_balances, engine, event, VENUE);
        }
        let Some(place) = keep(&mut self.accounts, event, named) else { return };
        touch_balances(&mut self.accounts, &mut self.touched_balances, engine, event, event.account);
        for &slot in &self.accounts.states[place].sessions {
            let mut context = symbols_of(engine, event);
            if let Some(origin) = origin.filter(|origin| origin.slot == slot) {
                context.client_ref = origin.client_ref;
                context.client_order_id = named;
            }
            self.sessions.write(slot, |out| reply::report(out, event, &context));
        }
    }

    // Output

    /// Writes one message to a session, in order with everything else.
    pub fn send(&mut self, session: u64, payload: &[u8]) -> Result<(), HubError> {
        let slot = slot_of(self.session(session)?.id);
        self.sessions.write(slot, |out| out.extend_from_slice(payload));
        Ok(())
    }

    pub fn subscribe(&mut self, session: u64, channel: Channel, instrument: u32) -> Result<(), HubError> {
        let instrument = self.listed(instrument)?;
        self.session(session)?;
        self.channels.subscribe(self.venue.engine(), session, channel, instrument);
        Ok(())
    }

    pub fn unsubscribe(&mut self, session: u64, channel: Channel, instrument: u32) -> Result<(), HubError> {
        let instrument = self.listed(instrument)?;
        self.session(session)?;
        self.channels.unsubscribe(self.venue.engine(), session, channel, instrument);
        Ok(())
    }

    fn listed(&self, instrument: u32) -> Result<InstrumentId, HubError> {
        let known = (instrument as usize) < self.engine().instruments().len();
        known.then_some(InstrumentId(instrument)).ok_or(HubError::UnknownInstrument(instrument))
    }

    /// Begins or ends the `balance` messages of the session's account.
    pub fn watch_balances(&mut self, session: u64, watched: bool) -> Result<(), HubError> {
        let found = self.session(session)?;
        let place = found.account.ok_or(HubError::NotAuthorized(session))?;
        let before = mem::replace(&mut found.balances, watched);
        let watchers = &mut self.accounts.states[place].balance_watchers;
        *watchers = *watchers + u32::from(watched) - u32::from(before);
        Ok(())
    }

    /// Writes the account's reports from account sequence `from` on, if they are all kept, and `replayed`.
    pub fn replay(&mut self, session: u64, client_ref: u64, from: u64) -> Result<(), HubError> {
        let place = self.session(session)?.account.ok_or(HubError::NotAuthorized(session))?;
        let Hub { venue, accounts, sessions, .. } = self;
        let (engine, account) = (venue.engine(), &accounts.states[place]);
        let slot = slot_of(session);
        let last = engine.account_sequence(account.id).unwrap_or(0);
        let events = account.recent.since(from, last);
        let complete = events.is_some();
        for (event, accepted) in events.into_iter().flatten() {
            let context = ReportContext { client_order_id: accepted.as_bytes(), ..symbols_of(engine, event) };
            sessions.write(slot, |out| reply::report(out, event, &context));
        }
        sessions.write(slot, |out| reply::replayed(out, client_ref, from, last, complete));
        Ok(())
    }

    /// Ends the group being gathered, if the journal can take its commands now. True if commands were handed over.
    ///
    /// What needs no journal waits for nothing but the groups before it.
    pub fn commit(&mut self) -> Result<bool, HubError> {
        if self.gathered == 0 {
            self.cut_replies();
            return Ok(false);
        }
        // Without a journal nothing is handed over and everything is durable.
        let handed = self.venue.commit()? || self.venue.event_fd().is_none();
        if handed {
            self.handed_sequence = self.engine().sequence();
            self.cut();
        }
        Ok(handed)
    }

    /// Makes a group of what was written without a command, unless it must wait for the groups before it.
    fn cut_replies(&mut self) -> bool {
        let cut = self.groups.is_empty() && (self.sessions.has_output() || self.channels.has_joining());
        if cut {
            self.cut();
        }
        cut
    }

    /// Closes the group being gathered: what was written since the last one, up to the engine's sequence.
    fn cut(&mut self) {
        self.write_balances();
        self.channels.complete_group(self.venue.engine(), &mut self.sessions);
        let mut group = self.spare_groups.pop().unwrap_or_default();
        group.last_sequence = self.venue.engine().sequence();
        self.sessions.take_output(&mut group.outputs);
        for place in self.answering.drain(..) {
            group.answered.push((place, mem::take(&mut self.accounts.states[place].gathered)));
        }
        self.gathered = 0;
        self.stats.groups += 1;
        self.groups.push_back(group);
    }

    fn write_balances(&mut self) {
        let engine = self.venue.engine();
        let sequence = engine.sequence();
        for place in self.touched_balances.drain(..) {
            let account = &mut self.accounts.states[place];
            account.touched_assets.sort_unstable();
            account.touched_assets.dedup();
            for asset in account.touched_assets.drain(..) {
                let Some(balance) = engine.balance(account.id, asset) else { continue };
                let symbol = engine.assets()[asset.index()].symbol.as_bytes();
                for &slot in &account.sessions {
                    if self.sessions.at(slot).balances {
                        self.sessions.write(slot, |out| {
                            reply::balance(out, sequence, symbol, balance.available.0, balance.held.0);
                        });
                    }
                }
            }
        }
    }

    /// Gives every group that is durable to `sink`, in order, as (session, output). Resets the journal's event.
    ///
    /// Once the journal has failed this is its error, and nothing is released: what was not released is not known to
    /// be durable.
    pub fn release(&mut self, mut sink: impl FnMut(u64, Released)) -> Result<(), HubError> {
        if let Some(event) = self.venue.event_fd() {
            clear_event(event);
        }
        if let Some(failure) = self.venue.failure() {
            return Err(JournalError::from(failure).into());
        }
        let durable = self.venue.durable_sequence();
        loop {
            while self.groups.front().is_some_and(|group| group.last_sequence <= durable) {
                let group = self.groups.pop_front().expect("there is a front");
                self.release_group(group, &mut sink);
            }
            // Replies without a command may have waited for the group before them.
            if self.gathered != 0 || !self.cut_replies() {
                break;
            }
        }
        Ok(())
    }

    fn release_group(&mut self, mut group: Group, sink: &mut impl FnMut(u64, Released)) {
        for (place, count) in group.answered.drain(..) {
            self.accounts.states[place].in_flight -= count;
        }
        for Output { session, bytes, overrun } in group.outputs.drain(..) {
            if let Some(found) = self.sessions.find(session) {
                found.unreleased -= bytes.len();
                self.stats.released_bytes += bytes.len() as u64;
                match (overrun, found.text) {
                    (true, _) => {
                        self.stats.overruns += 1;
                        sink(session, Released::Overrun);
                    }
                    (false, false) => sink(session, Released::Frames(&bytes)),
                    (false, true) => sink(session, Released::Text(&bytes)),
                }
            }
            self.sessions.recycle(bytes);
        }
        self.spare_groups.push(group);
    }

    /// Whether a session's input waits for room in the journal.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Takes the sessions whose input waits; call [`Hub::receive`] for each of them.
    pub fn take_waiting(&mut self) -> Vec<u64> {
        mem::take(&mut self.waiting)
    }

    /// Makes everything that was submitted durable and writes a snapshot; returns its path.
    pub fn snapshot(&mut self) -> Result<PathBuf, HubError> {
        self.commit_waiting()?;
        Ok(self.venue.snapshot()?)
    }

    /// Makes everything that was submitted durable, releases it, and ends the journal.
    pub fn close(mut self, sink: impl FnMut(u64, Released)) -> Result<(), HubError> {
        self.commit_waiting()?;
        self.venue.wait_durable(self.handed_sequence)?;
        self.release(sink)?;
        self.venue.close()?;
        Ok(())
    }
}

/// Makes the journal's event unreadable until the next announcement.
fn clear_event(event: RawFd) {
    // SAFETY: the venue, which outlives this call, owns the descriptor.
    let event = unsafe { BorrowedFd::borrow_raw(event) };
    // Nothing to read is as good: the descriptor does not block.
    let _ = rustix::io::read(event, &mut [0; 8]);
}

const VENUE: u32 = crate::types::VENUE_ACCOUNT.0;

fn enroll(accounts: &mut Accounts, account: u32) -> Result<usize, HubError> {
    let limit = crate::types::MAX_ACCOUNTS as u64 - 1;
    accounts.enroll(account).ok_or(HubError::OverLimit { field: "account", value: account.into(), limit })
}

/// Keeps an event of an enrolled account, caused by a command that `named` a client order id; returns the account's place.
#[inline]
fn keep(accounts: &mut Accounts, event: &Event, named: &[u8]) -> Option<usize> {
    let place = accounts.find(event.account)?;
    // 0: the account does not exist (yet), so there is nothing that could be replayed in order.
    if event.account_sequence != 0 {
        let accepted = if event.kind == kind::ACCEPTED { ClientId::from_slice(named) } else { None };
        accounts.states[place].recent.push(event, accepted.unwrap_or(ClientId::EMPTY));
    }
    Some(place)
}

/// Marks the balances of `account` that an event may have changed, if somebody watches them.
#[inline]
fn touch_balances(accounts: &mut Accounts, touched: &mut Vec<usize>, engine: &Engine, event: &Event, account: u32) {
    let Some(place) = accounts.find(account) else { return };
    let state: &mut AccountState = &mut accounts.states[place];
    if state.balance_watchers == 0 {
        return;
    }
    for asset in touched_assets(engine, event).into_iter().flatten() {
        if state.touched_assets.is_empty() {
            touched.push(place);
        }
        // The two of one instrument are often touched many times in a row; other repetitions go when balances are written.
        if !state.touched_assets.iter().rev().take(2).any(|&touched| touched == asset) {
            state.touched_assets.push(asset);
        }
    }
}

/// The assets whose balance an event of an account may have changed.
fn touched_assets(engine: &Engine, event: &Event) -> [Option<AssetId>; 2] {
    if event.asset != NONE_ID && event.kind != kind::REJECTED {
        return [Some(AssetId(event.asset)), None];
    }
    let Some(instrument) = engine.instruments().get(event.instrument as usize) else { return [None; 2] };
    match event.kind {
        kind::FILL => [Some(instrument.base), Some(instrument.quote)],
        kind::ACCEPTED | kind::CANCELLED | kind::AMENDED if event.side == Side::Sell as u8 => {
            [Some(instrument.base), None]
        }
        kind::ACCEPTED | kind::CANCELLED | kind::AMENDED => [Some(instrument.quote), None],
        _ => [None; 2],
    }
}

/// The report context of an event that answers nobody.
#[inline]
fn symbols_of<'a>(engine: &'a Engine, event: &Event) -> ReportContext<'a> {
    let instrument = engine.instruments().get(event.instrument as usize);
    let asset = engine.assets().get(event.asset as usize);
    ReportContext {
        instrument: instrument.map_or(&[], |instrument| instrument.symbol.as_bytes()),
        asset: asset.map_or(&[], |asset| asset.symbol.as_bytes()),
        ..ReportContext::default()
    }
}

/// The client order id that a command names.
#[inline]
fn client_order_id(command: &Command) -> &[u8] {
    if !matches!(command.kind, command_kind::PLACE | command_kind::CANCEL | command_kind::AMEND) {
        return &[];
    }
    let entry: &OrderEntry = command.body();
    entry.client_order_id.get(..usize::from(entry.client_order_id_len)).unwrap_or(&[])
}

/// A symbol as a number. Printable text never ends in zero bytes, so different symbols differ.
#[inline]
fn symbol_key(symbol: &[u8]) -> u128 {
    let mut bytes = [0; SYMBOL_LEN];
    let length = symbol.len().min(SYMBOL_LEN);
    bytes[..length].copy_from_slice(&symbol[..length]);
    u128::from_le_bytes(bytes)
}
