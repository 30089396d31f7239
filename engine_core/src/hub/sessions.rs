//! Sessions and what is written to them: one buffer each for the group being gathered.
//!
//! A session id is never used twice; its low bits are the session's slot. What waits for durability is bounded: a
//! session over [`MAX_UNRELEASED`] loses its output and is reported as overrun, once.

use crate::wire::frame::{self, FrameError, FrameReader, Opcode};

const SLOT_BITS: u32 = 16;
/// Bounded by the slots of an id, far beyond the connections one process serves.
pub const MAX_SESSIONS: usize = 1 << SLOT_BITS;
/// Longest message of a client: orders are around 150 bytes, a logon under 500.
pub const MAX_MESSAGE_BYTES: usize = 4_096;
/// Output of one session that may wait for the journal: two full batches of reports of one busy account, or a deep book.
pub const MAX_UNRELEASED: usize = 4 << 20;

pub struct Session {
    pub id: u64,
    /// Place of its account; `None` before it is authorized.
    pub account: Option<usize>,
    /// Place of its key's rate limit.
    pub limit: Option<usize>,
    pub can_trade: bool,
    /// Whether released output is single payloads (for JSON) instead of frames.
    pub text: bool,
    pub balances: bool,
    pub reader: FrameReader,
    /// Received bytes that wait: for the gateway to handle an earlier frame, or for room in the journal.
    pub input: Vec<u8>,
    /// How many of them have been read.
    pub input_read: usize,
    /// The message before `input`, already unmasked.
    pub deferred: Option<Vec<u8>>,
    /// The stream is at its end: broken, or closed by the client.
    pub ended: Option<Result<(), FrameError>>,
    out: Vec<u8>,
    /// In the list of sessions with something for this group.
    listed: bool,
    /// Bytes in groups that are not released.
    pub unreleased: usize,
    pub overrun: bool,
}

/// A session's output in a group.
pub struct Output {
    pub session: u64,
    pub bytes: Vec<u8>,
    pub overrun: bool,
}

#[derive(Default)]
pub struct Sessions {
    slots: Vec<Option<Session>>,
    free: Vec<u32>,
    opened: u64,
    /// Slots with output in the group being gathered.
    gathering: Vec<u32>,
    buffers: Vec<Vec<u8>>,
}

/// Buffers kept for reuse, and the capacity up to which one is worth keeping.
const BUFFERS_KEPT: usize = 1_024;
const BUFFER_BYTES_KEPT: usize = 1 << 20;

pub fn slot_of(session: u64) -> u32 {
    (session & (MAX_SESSIONS as u64 - 1)) as u32
}

impl Sessions {
    /// `None` if there are [`MAX_SESSIONS`].
    pub fn open(&mut self) -> Option<u64> {
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None if self.slots.len() < MAX_SESSIONS => {
                self.slots.push(None);
                self.slots.len() as u32 - 1
            }
            None => return None,
        };
        self.opened += 1;
        let id = self.opened << SLOT_BITS | u64::from(slot);
        self.slots[slot as usize] = Some(Session {
            id,
            account: None,
            limit: None,
            can_trade: false,
            text: false,
            balances: false,
            reader: FrameReader::new(MAX_MESSAGE_BYTES),
            input: Vec::new(),
            input_read: 0,
            deferred: None,
            ended: None,
            out: Vec::new(),
            listed: false,
            unreleased: 0,
            overrun: false,
        });
        Some(id)
    }

    /// Ends a session; its output is dropped.
    pub fn close(&mut self, session: u64) -> Option<Session> {
        self.find(session)?;
        let slot = slot_of(session);
        self.free.push(slot);
        self.gathering.retain(|&listed| listed != slot);
        self.slots[slot as usize].take()
    }

    pub fn find(&mut self, session: u64) -> Option<&mut Session> {
        let slot = self.slots.get_mut(slot_of(session) as usize)?;
        slot.as_mut().filter(|found| found.id == session)
    }

    /// The session in a slot that is known to be open.
    #[inline]
    pub fn at(&mut self, slot: u32) -> &mut Session {
        self.slots[slot as usize].as_mut().expect("an open session")
    }

    pub fn count(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Appends one message to a session's output: `encode` writes its payload.
    #[inline]
    pub fn write(&mut self, slot: u32, encode: impl FnOnce(&mut Vec<u8>)) {
        self.append(slot, |out| {
            let open = frame::begin(out);
            encode(out);
            frame::finish(out, Opcode::Binary, open);
        });
    }

    /// Appends whole frames, encoded once for many.
    pub fn write_frames(&mut self, slot: u32, frames: &[u8]) {
        self.append(slot, |out| out.extend_from_slice(frames));
    }

    #[inline]
    fn append(&mut self, slot: u32, append: impl FnOnce(&mut Vec<u8>)) {
        let session = self.slots[slot as usize].as_mut().expect("an open session");
        if session.overrun {
            return;
        }
        if !session.listed {
            session.listed = true;
            self.gathering.push(slot);
            session.out = self.buffers.pop().unwrap_or_default();
        }
        append(&mut session.out);
        if session.out.len() + session.unreleased > MAX_UNRELEASED {
            session.overrun = true;
            session.out.clear();
        }
    }

    pub fn has_output(&self) -> bool {
        !self.gathering.is_empty()
    }

    /// Moves all that was written since the last call to `into`.
    pub fn take_output(&mut self, into: &mut Vec<Output>) {
        for slot in self.gathering.drain(..) {
            let session = self.slots[slot as usize].as_mut().expect("closed sessions are not listed");
            session.listed = false;
            let bytes = std::mem::take(&mut session.out);
            session.unreleased += bytes.len();
            into.push(Output { session: session.id, bytes, overrun: session.overrun });
        }
    }

    /// Gives a buffer back for reuse.
    pub fn recycle(&mut self, mut buffer: Vec<u8>) {
        if self.buffers.len() < BUFFERS_KEPT && buffer.capacity() <= BUFFER_BYTES_KEPT {
            buffer.clear();
            self.buffers.push(buffer);
        }
    }
}
