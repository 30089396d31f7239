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
//! Its five ideas stand in a file each: [`ingress`] (bytes to requests), [`sequencing`] (requests to commands, events to
//! messages), [`groups`] (what leaves together), [`release`] (when it leaves), [`balances`] (what a group changed).
//! Beside them what they share: [`sessions`], [`accounts`], [`channels`], [`limits`], and [`told`], which counts.
//!
//! Bounds: messages ([`MAX_MESSAGE_BYTES`]), what a connection may send before its logon ([`BYTES_BEFORE_LOGON`],
//! [`FRAMES_BEFORE_LOGON`]), every frame by its key's limits ([`Hub::set_limits`]), frames handed up at once
//! ([`HANDED_UP_MAX`]), output waiting per session ([`MAX_UNRELEASED`]) and in total ([`MAX_UNRELEASED_IN_TOTAL`]), reports
//! kept per account ([`REPORTS_KEPT`]), unanswered commands per account (`max_in_flight`), input waiting per session
//! ([`MAX_WAITING_INPUT`]); groups are bounded because the journal takes one batch at a time.

mod accounts;
mod balances;
mod channels;
mod groups;
mod ingress;
mod limits;
mod release;
mod sequencing;
mod sessions;
#[cfg(test)]
mod tests;
mod told;

pub use accounts::REPORTS_KEPT;
pub use channels::Channel;
pub use ingress::{HANDED_UP_MAX, Handed, MAX_WAITING_INPUT};
pub use limits::{ANSWER_BYTES_PER_TOKEN, BYTES_BEFORE_LOGON, CLOSE_FLOOD, CLOSE_LOGON_EXPECTED, FRAMES_BEFORE_LOGON};
pub use release::Released;
pub use sessions::{MAX_MESSAGE_BYTES, MAX_SESSIONS, MAX_UNRELEASED, MAX_UNRELEASED_IN_TOTAL};
pub use told::{TRADES_KEPT, Told, Trade};

use crate::engine::{Engine, Outputs};
use crate::journal::JournalError;
use crate::marketdata;
use crate::types::{ACCOUNT_CLIENT_ID_WINDOW_MAX, AccountId, InstrumentId, MAX_KEYS};
use crate::venue::{Replay, Stopped, Venue, VenueConfig};
use crate::wire::frame::FrameError;
use accounts::Accounts;
use channels::Channels;
use groups::Group;
use hashbrown::HashMap;
use limits::{Allowance, KeyLimits};
use sequencing::{keep, symbol_key};
use sessions::{Session, Sessions, slot_of};
use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;

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
    #[error("cannot draw a key of random bytes")]
    Random(#[source] io::Error),
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
    pub groups: u64,
    pub released_bytes: u64,
    pub overruns: u64,
    /// Error messages written.
    pub errors: u64,
}

pub struct Hub {
    venue: Venue,
    sessions: Sessions,
    accounts: Accounts,
    channels: Channels,
    /// By key.
    limits: Vec<Option<KeyLimits>>,
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
    outputs: Outputs,
    payload: Vec<u8>,
    stats: Stats,
    told: Told,
}

impl Hub {
    /// Opens and recovers the venue. `replay_accounts`, and accounts that have a key, have their reports kept from the first
    /// replayed command on.
    pub fn open(config: &VenueConfig, max_in_flight: u32, replay_accounts: &[u32]) -> Result<Hub, HubError> {
        if max_in_flight == 0 || max_in_flight > ACCOUNT_CLIENT_ID_WINDOW_MAX {
            let (value, limit) = (max_in_flight.into(), ACCOUNT_CLIENT_ID_WINDOW_MAX.into());
            return Err(HubError::OverLimit { field: "max_in_flight", value, limit });
        }
        let mut accounts = Accounts::default();
        for &account in replay_accounts {
            enroll(&mut accounts, account)?;
        }
        let config = VenueConfig { replay: Replay::FOR_REPORTS, ..config.clone() };
        let mut keys = 0;
        let venue = Venue::open(&config, |engine, _, events| {
            // Keys are never fewer: this is the first replayed command, or a new one.
            if engine.keys().len() > keys {
                enroll_keys(&mut accounts, engine, &mut keys);
            }
            for event in events {
                keep(&mut accounts, event);
            }
        })?;
        enroll_keys(&mut accounts, venue.engine(), &mut keys);
        let mut symbols = HashMap::new();
        for (id, instrument) in venue.engine().instruments().iter().enumerate() {
            symbols.insert(symbol_key(instrument.symbol.as_bytes()), id as u32);
        }
        let handed_sequence = venue.engine().sequence();
        let told = Told::of(venue.engine().instruments().len());
        Ok(Hub {
            venue,
            sessions: Sessions::default(),
            accounts,
            channels: Channels::new(random_key()?),
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
            outputs: Outputs::default(),
            payload: Vec::new(),
            stats: Stats::default(),
            told,
        })
    }

    pub fn venue(&self) -> &Venue {
        &self.venue
    }

    pub fn engine(&self) -> &Engine {
        self.venue.engine()
    }

    /// How many commands of an account may be unanswered. A client must be able to resubmit all of them, so they are never
    /// more than the engine remembers of the account.
    #[inline]
    pub fn max_in_flight(&self, account: AccountId) -> u32 {
        self.engine().client_id_window(account).map_or(self.max_in_flight, |window| window.min(self.max_in_flight))
    }

    pub fn stats(&self) -> Stats {
        self.stats
    }

    pub fn told(&self) -> &Told {
        &self.told
    }

    /// Groups that wait to be durable.
    pub fn waiting_groups(&self) -> usize {
        self.groups.len()
    }

    /// Bytes of output that wait to be durable.
    pub fn unreleased_bytes(&self) -> usize {
        self.sessions.unreleased_bytes()
    }

    /// Bounds the output of all sessions together that waits to be durable.
    pub fn set_unreleased_max(&mut self, bytes: usize) {
        self.sessions.set_unreleased_max(bytes);
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
        found.key = key + 1;
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

    /// Sets a key's limits, each a rate per second and a burst: over its hot requests, and over all else it sends. New
    /// limits begin with full buckets; the same ones again change nothing, so that logging on once more is not a way
    /// around them. A key without limits is not limited.
    pub fn set_limits(&mut self, key: u32, orders: (u32, u32), requests: (u32, u32)) -> Result<(), HubError> {
        let place = key as usize;
        if place >= MAX_KEYS {
            return Err(HubError::OverLimit { field: "key", value: key.into(), limit: MAX_KEYS as u64 - 1 });
        }
        if self.limits.len() <= place {
            self.limits.resize(place + 1, None);
        }
        let allowance = |(rate_per_second, burst)| Allowance::new(rate_per_second, burst);
        let set = KeyLimits { orders: allowance(orders), requests: allowance(requests) };
        let limits = &mut self.limits[place];
        if !limits.is_some_and(|before| before.same_as(&set)) {
            *limits = Some(set);
        }
        Ok(())
    }

    /// Ends a session; what was not released for it is dropped.
    pub fn close_session(&mut self, session: u64) -> Result<(), HubError> {
        self.free_dropped();
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

    // Output

    /// Writes one message to a session, in order with everything else.
    pub fn send(&mut self, session: u64, payload: &[u8]) -> Result<(), HubError> {
        let slot = slot_of(self.session(session)?.id);
        self.sessions.write(slot, |out| out.extend_from_slice(payload));
        self.charge_answer(slot, payload.len());
        self.free_dropped();
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

    /// Asks for the next part of a level 3 book that its last part said is there. Nothing comes if none is; asking twice before
    /// it comes is asking once. False if the session does not subscribe to that book.
    pub fn next_part(&mut self, session: u64, instrument: u32) -> Result<bool, HubError> {
        let instrument = self.listed(instrument)?;
        self.session(session)?;
        Ok(self.channels.next_part(session, instrument))
    }

    fn listed(&self, instrument: u32) -> Result<InstrumentId, HubError> {
        let known = (instrument as usize) < self.engine().instruments().len();
        known.then_some(InstrumentId(instrument)).ok_or(HubError::UnknownInstrument(instrument))
    }

    /// Makes everything that was submitted durable and writes a snapshot; returns its path.
    pub fn snapshot(&mut self) -> Result<PathBuf, HubError> {
        self.commit_waiting()?;
        Ok(self.venue.snapshot()?)
    }

    /// Makes everything that was submitted durable, releases it, leaves a verified snapshot, and ends the journal.
    pub fn close(mut self, sink: impl FnMut(u64, Released)) -> Result<Stopped, HubError> {
        self.commit_waiting()?;
        self.venue.wait_durable(self.handed_sequence)?;
        self.release(sink)?;
        Ok(self.venue.stop()?)
    }
}

/// The secret behind the public order ids: another in every process.
fn random_key() -> Result<[u8; marketdata::orders::KEY_BYTES], HubError> {
    let mut key = [0; marketdata::orders::KEY_BYTES];
    let read = rustix::rand::getrandom(&mut key, rustix::rand::GetRandomFlags::empty());
    let read = read.map_err(|error| HubError::Random(error.into()))?;
    assert!(read == key.len(), "the kernel gives up to 256 bytes at once");
    Ok(key)
}

/// Keeps the reports of accounts that have a key beyond the first `known`.
fn enroll_keys(accounts: &mut Accounts, engine: &Engine, known: &mut usize) {
    for key in engine.keys().skip(*known) {
        accounts.enroll(key.account.0).expect("an account that there is");
    }
    *known = engine.keys().len();
}

fn enroll(accounts: &mut Accounts, account: u32) -> Result<usize, HubError> {
    let limit = crate::types::MAX_ACCOUNTS as u64 - 1;
    accounts.enroll(account).ok_or(HubError::OverLimit { field: "account", value: account.into(), limit })
}
