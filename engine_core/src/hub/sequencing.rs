//! Sequencing: commands get their number and time, are applied, and what they caused is written to the sessions concerned.
//!
//! A command of a hot request is built here and nowhere else; every other comes as a record ([`Hub::submit`]). Nothing
//! leaves from here: what is written goes into the group being gathered.

use super::accounts::Accounts;
use super::balances::touch_balances;
use super::sessions::slot_of;
use super::{Hub, HubError, enroll};
use crate::command::{CommandBuffer, Pulse, kind as command_kind};
use crate::engine::Engine;
use crate::event::{Event, Rejected, kind};
use crate::types::{NONE_ID, SYMBOL_LEN, VENUE_ACCOUNT};
use crate::wire::reply::{self, ReportContext};
use crate::wire::request::Request;
use std::mem;

/// The request that a command carries out.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    pub slot: u32,
    pub client_ref: u64,
}

impl Hub {
    /// Carries out a command of the gateway's own making, for `session` or for nobody.
    ///
    /// What an account asks for itself is answered by its report, as an order is; every other command by `ok` or `error`
    /// after the reports that the accounts concerned get as always. Returns the command's first event.
    pub fn submit<const WORDS: usize>(
        &mut self,
        session: Option<u64>,
        client_ref: u64,
        mut command: CommandBuffer<WORDS>,
        now_ns: u64,
    ) -> Result<Event, HubError> {
        let slot = match session {
            Some(session) => {
                let session = self.session(session)?;
                command.set_key(session.key);
                Some(slot_of(session.id))
            }
            None => None,
        };
        self.make_room()?;
        let reported = slot.filter(|_| is_answered_by_its_report(command.command().header().kind));
        let rejected = self.run(&mut command, reported.map(|slot| Origin { slot, client_ref }), now_ns)?;
        if let Some(slot) = slot.filter(|_| reported.is_none()) {
            let sequence = self.engine().sequence();
            self.stats.errors += u64::from(rejected.is_some());
            self.sessions.write(slot, |out| match rejected {
                None => reply::ok(out, client_ref, sequence),
                Some(code) => {
                    let message = format!("rejected by the engine at sequence {sequence}");
                    reply::error(out, client_ref, reply::reject_reason(code), &message);
                }
            });
        }
        let event = self.outputs.events[0];
        if event.kind == kind::KEY_SET {
            // Whoever logs on with it later gets what happened since, from here on.
            enroll(&mut self.accounts, event.account)?;
        }
        Ok(event)
    }

    /// Gives the engine the time it has asked for, if that has come and the journal has room: one bounded pulse. Returns when
    /// it wants the next; until then nobody need wake for it.
    pub fn pulse(&mut self, now_ns: u64) -> Result<Option<u64>, HubError> {
        if self.engine().next_due().is_some_and(|due_ns| due_ns <= now_ns)
            && (!self.venue.is_full() || self.commit()?)
        {
            self.run(&mut CommandBuffer::new(VENUE_ACCOUNT.0, &Pulse::EMPTY), None, now_ns)?;
        }
        Ok(self.engine().next_due())
    }

    /// The id of the instrument that a hot request names; `None` if it is not listed.
    #[inline]
    pub(super) fn instrument_of(&self, request: &Request) -> Option<u32> {
        let kind = request.kind();
        if !request.symbol.is_empty() || kind == command_kind::PLACE {
            return self.symbols.get(&symbol_key(request.symbol)).copied();
        }
        Some(NONE_ID) // all, for CANCEL_ALL; the other kinds name none
    }

    /// Waits until the journal can take another command.
    pub(super) fn make_room(&mut self) -> Result<(), HubError> {
        while self.venue.is_full() {
            self.commit_waiting()?;
        }
        Ok(())
    }

    /// Sequences and applies a command and writes what it caused. Returns the code if it was rejected.
    #[inline]
    pub(super) fn run<const WORDS: usize>(
        &mut self,
        command: &mut CommandBuffer<WORDS>,
        origin: Option<Origin>,
        now_ns: u64,
    ) -> Result<Option<u8>, HubError> {
        let mut outputs = mem::take(&mut self.outputs);
        outputs.clear();
        self.venue.submit(command, now_ns, &mut outputs);
        self.gathered += 1;
        for event in &outputs.events {
            self.publish(event, origin);
        }
        self.channels.note(self.venue.engine(), &mut self.sessions, &outputs.changes);
        let rejected = outputs.events[0].body::<Rejected>().map(|rejected| rejected.reason);
        self.outputs = outputs;
        self.free_dropped();
        Ok(rejected)
    }

    /// Writes an event to the sessions of its account, and keeps it. In the session of `origin`, which is one of the
    /// command's account, it answers the request.
    #[inline]
    fn publish(&mut self, event: &Event, origin: Option<Origin>) {
        let engine = self.venue.engine();
        if event.kind == kind::INSTRUMENT_CREATED
            && let Some(instrument) = event.instrument()
        {
            let symbol = engine.instruments()[instrument as usize].symbol;
            self.symbols.insert(symbol_key(symbol.as_bytes()), instrument);
            self.told.fills.resize(instrument as usize + 1, 0);
        }
        self.told.note(event);
        if event.fee().is_some_and(|fee| fee != 0) {
            touch_balances(&mut self.accounts, &mut self.touched_balances, engine, event, VENUE_ACCOUNT.0);
        }
        if is_of_phase(event.kind) {
            self.channels.note_phase(engine, &mut self.sessions, event);
        }
        let Some(place) = keep(&mut self.accounts, event) else { return };
        touch_balances(&mut self.accounts, &mut self.touched_balances, engine, event, event.account);
        for &slot in &self.accounts.states[place].sessions {
            let mut context = symbols_of(engine, event);
            if let Some(origin) = origin.filter(|origin| origin.slot == slot) {
                context.client_ref = origin.client_ref;
            }
            self.sessions.write(slot, |out| reply::report(out, event, &context));
        }
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
        let mut bytes = 0;
        for event in events.into_iter().flatten() {
            let context = symbols_of(engine, event);
            bytes += sessions.write(slot, |out| reply::report(out, event, &context));
        }
        sessions.write(slot, |out| reply::replayed(out, client_ref, from, last, complete));
        self.charge_answer(slot, bytes);
        self.free_dropped();
        Ok(())
    }
}

/// Whether a command is the account's own, so that its first event tells the account what came of it.
fn is_answered_by_its_report(kind: u8) -> bool {
    matches!(
        kind,
        command_kind::REQUEST_WITHDRAWAL
            | command_kind::REQUEST_REDEMPTION
            | command_kind::SET_MARKET_MAKER_PROTECTION
            | command_kind::RESET_MARKET_MAKER_PROTECTION
            | command_kind::CANCEL_AFTER
    )
}

/// Keeps an event of an enrolled account; returns the account's place.
#[inline]
pub(super) fn keep(accounts: &mut Accounts, event: &Event) -> Option<usize> {
    let place = accounts.find(event.account)?;
    // 0: the account does not exist (yet), so there is nothing that could be replayed in order.
    if event.account_sequence != 0 {
        accounts.states[place].recent.push(event);
    }
    Some(place)
}

/// The report context of an event that answers nobody.
#[inline]
fn symbols_of<'a>(engine: &'a Engine, event: &Event) -> ReportContext<'a> {
    let instrument = event.instrument().and_then(|id| engine.instruments().get(id as usize));
    let asset = event.asset().and_then(|id| engine.assets().get(id as usize));
    ReportContext {
        instrument: instrument.map_or(&[], |instrument| instrument.symbol.as_bytes()),
        asset: asset.map_or(&[], |asset| asset.symbol.as_bytes()),
        ..ReportContext::default()
    }
}

/// A symbol as a number. Printable text never ends in zero bytes, so different symbols differ.
#[inline]
pub(super) fn symbol_key(symbol: &[u8]) -> u128 {
    let mut bytes = [0; SYMBOL_LEN];
    let length = symbol.len().min(SYMBOL_LEN);
    bytes[..length].copy_from_slice(&symbol[..length]);
    u128::from_le_bytes(bytes)
}

/// Whether an event is told to all who follow the phase of its instrument.
#[inline]
fn is_of_phase(event: u8) -> bool {
    let of_bands = matches!(
        event,
        kind::VOLATILITY_BAND_MOVED | kind::LIMIT_STATE_CHANGED | kind::STATIC_BAND_MOVED | kind::REBASED
    );
    of_bands || matches!(event, kind::HALTED | kind::RESUMED | kind::PHASE_CHANGED..=kind::AUCTION_EXTENDED)
}
