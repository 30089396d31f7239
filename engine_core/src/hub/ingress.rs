//! Ingress: a session's bytes become frames, frames become requests, requests become commands or refusals.
//!
//! Every frame is charged to its key's allowances, whatever it is and whatever becomes of it, and a call does a bounded
//! amount: what one read of a socket brought, and at most one message and [`HANDED_UP_MAX`] control frames for the gateway.
//! The order of a session's messages is kept, whatever waits for the gateway or for room in the journal. It never answers
//! a frame itself that is no hot request: those are handed up.

use super::limits::{self, Verdict};
use super::sequencing::{Origin, symbol_key};
use super::sessions::slot_of;
use super::{Hub, HubError};
use crate::command::{CommandBuffer, kind};
use crate::wire::frame::Opcode;
use crate::wire::reply;
use crate::wire::request::{self, Request};
use std::mem;

/// Input of one session that may wait for room in the journal: a few reads of a socket.
pub const MAX_WAITING_INPUT: usize = 1 << 20;
/// Control frames that one call hands up. A message is the last of its call, so that what follows it can wait for it.
pub const HANDED_UP_MAX: usize = 16;
/// Close code for a client that goes on sending while its input waits ("try again later").
const CLOSE_TRY_AGAIN: u16 = 1013;

/// A frame that is the gateway's to answer.
#[derive(Debug)]
pub struct Handed {
    pub opcode: Opcode,
    pub payload: Vec<u8>,
    /// False if the key's allowance was used up: it must be refused, not carried out.
    pub granted: bool,
}

impl Hub {
    /// Takes a chunk of a session's stream. Hot requests are carried out; every other frame goes to `frames`.
    ///
    /// The order of a session's messages is kept: what follows a message in `frames` waits for the next call, which may
    /// bring no bytes. Nothing waits when `frames` stays empty, except for room in the journal ([`Hub::take_waiting`]). A
    /// broken stream is an error once all frames before the break have been taken; a connection that sends too much is
    /// one at once.
    pub fn receive(
        &mut self,
        session: u64,
        data: &[u8],
        now_ns: u64,
        frames: &mut Vec<Handed>,
    ) -> Result<(), HubError> {
        let found = self.session(session)?;
        if found.account.is_none() {
            found.before_logon.spend(0, data.len())?;
        }
        let mut stored = mem::take(&mut found.input);
        let start = mem::take(&mut found.input_read);
        let mut input = data;
        if !stored.is_empty() {
            stored.extend_from_slice(data);
            input = &stored[start..];
        }
        self.read_frames(slot_of(session), &mut input, now_ns, frames)?;
        let rest = input.len();
        if rest > MAX_WAITING_INPUT {
            return Err(HubError::Wire { code: CLOSE_TRY_AGAIN, reason: "too much input waits for the journal" });
        }
        let found = self.session(session)?;
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
        frames: &mut Vec<Handed>,
    ) -> Result<(), HubError> {
        let mut payload = mem::take(&mut self.payload);
        while frames.len() < HANDED_UP_MAX
            && let Some(opcode) = self.next_frame(slot, input, &mut payload)
        {
            let session = self.sessions.at(slot);
            let mut hot = None;
            if opcode == Opcode::Binary && session.can_trade {
                if !frames.is_empty() || (self.venue.is_full() && !self.commit()?) {
                    self.defer(slot, mem::take(&mut payload), frames.is_empty());
                    break;
                }
                hot = request::decode(&payload);
            }
            if let Some(request) = hot {
                self.carry_out(slot, &request, now_ns)?;
            } else if self.hand_up(slot, opcode, &payload, now_ns, frames)? {
                break;
            }
        }
        self.payload = payload;
        Ok(())
    }

    /// Keeps a message for the next call: for the gateway, or until the journal has room.
    #[cold]
    fn defer(&mut self, slot: u32, payload: Vec<u8>, for_room: bool) {
        let session = self.sessions.at(slot);
        session.deferred = Some(payload);
        if for_room && !self.waiting.contains(&session.id) {
            self.waiting.push(session.id);
        }
    }

    /// Charges a frame and gives it to the gateway. True if it is a message: what follows has to wait for it.
    fn hand_up(
        &mut self,
        slot: u32,
        opcode: Opcode,
        payload: &[u8],
        now_ns: u64,
        frames: &mut Vec<Handed>,
    ) -> Result<bool, HubError> {
        let session = self.sessions.at(slot);
        let mut granted = true;
        if session.account.is_none() {
            session.before_logon.spend(1, 0)?;
        } else if let Some(limits) = session.limit.and_then(|limit| self.limits[limit].as_mut()) {
            match limits.requests.take(now_ns) {
                Verdict::Granted => {}
                Verdict::Refused => granted = false,
                Verdict::Flood => return Err(limits::flood()),
            }
        }
        self.stats.refused += u64::from(!granted);
        frames.push(Handed { opcode, payload: payload.to_vec(), granted });
        Ok(matches!(opcode, Opcode::Text | Opcode::Binary))
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
        let key = session.key;
        if let Some(limits) = session.limit.and_then(|limit| self.limits[limit].as_mut()) {
            // An order's worth for each instrument that is quoted.
            let orders = request.quotes.count.max(1) as u32;
            match limits.orders.take_several(orders, now_ns) {
                Verdict::Granted => {}
                Verdict::Refused => {
                    let (rate, burst) = (limits.orders.rate_per_second(), limits.orders.burst());
                    let message = format!("this key may send {rate} orders per second and bursts of {burst}");
                    self.refuse(slot, request.client_ref, "rate_limited", &message);
                    return Ok(());
                }
                Verdict::Flood => return Err(limits::flood()),
            }
        }
        let account = &self.accounts.states[place];
        if account.in_flight >= self.max_in_flight(account.id) {
            let message = format!("{} orders of this account are not yet answered", account.in_flight);
            self.refuse(slot, request.client_ref, "too_many_in_flight", &message);
            return Ok(());
        }
        let account = account.id.0;
        if request.kind() == kind::MASS_QUOTE {
            return self.carry_out_quotes(slot, place, key, account, request, now_ns);
        }
        let Some(instrument) = self.instrument_of(request) else {
            let message = format!("instrument `{}` is not listed", String::from_utf8_lossy(request.symbol));
            self.refuse(slot, request.client_ref, "unknown_instrument", &message);
            return Ok(());
        };
        self.expect_answer(place);
        let mut command = CommandBuffer::default();
        request.encode(key, account, instrument, &mut command);
        self.run(&mut command, Some(Origin { slot, client_ref: request.client_ref }), now_ns)?;
        Ok(())
    }

    /// The same for a mass quote, which names an instrument for each of its entries.
    #[inline(never)]
    fn carry_out_quotes(
        &mut self,
        slot: u32,
        place: usize,
        key: u32,
        account: u32,
        request: &Request,
        now_ns: u64,
    ) -> Result<(), HubError> {
        let instrument_of = |symbol: &[u8]| self.symbols.get(&symbol_key(symbol)).copied();
        match request.encode_quotes(key, account, instrument_of) {
            Ok(mut command) => {
                self.expect_answer(place);
                self.run(&mut command, Some(Origin { slot, client_ref: request.client_ref }), now_ns)?;
            }
            Err(symbol) => {
                let message = format!("instrument `{}` is not listed", String::from_utf8_lossy(symbol));
                self.refuse(slot, request.client_ref, "unknown_instrument", &message);
            }
        }
        Ok(())
    }

    #[cold]
    fn refuse(&mut self, slot: u32, client_ref: u64, code: &str, message: &str) {
        self.stats.refused += 1;
        self.stats.errors += 1;
        self.sessions.write(slot, |out| reply::error(out, client_ref, code, message));
    }

    /// Charges a logon to its key. False if the key has used up its allowance of requests.
    pub fn admit(&mut self, key: u32, now_ns: u64) -> bool {
        let limits = self.limits.get_mut(key as usize).and_then(Option::as_mut);
        limits.is_none_or(|limits| limits.requests.take(now_ns) == Verdict::Granted)
    }

    /// Charges a session's key for the size of an answer.
    pub(super) fn charge_answer(&mut self, slot: u32, bytes: usize) {
        let limit = self.sessions.at(slot).limit;
        if let Some(limits) = limit.and_then(|limit| self.limits[limit].as_mut()) {
            limits.requests.charge_answer(bytes);
        }
    }

    /// Whether a session's input waits for room in the journal.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Takes the sessions whose input waits; call [`Hub::receive`] for each of them.
    pub fn take_waiting(&mut self) -> Vec<u64> {
        mem::take(&mut self.waiting)
    }
}
