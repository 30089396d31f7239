//! Sessions and what is written to them: one buffer each for the group being gathered.
//!
//! A session id is never used twice; its low bits are the session's slot. What waits for durability is bounded: a
//! session over [`MAX_UNRELEASED`] loses its output and is reported as overrun, once. All sessions together are bounded,
//! too: over that bound the account that holds most of it loses the output of its largest session, so that many sessions
//! that do not read cost their own account, and nobody else.

use super::limits::BeforeLogon;
use crate::wire::frame::{self, FrameError, FrameReader, Opcode};
use hashbrown::HashMap;

const SLOT_BITS: u32 = 16;
/// Bounded by the slots of an id, far beyond the connections one process serves.
pub const MAX_SESSIONS: usize = 1 << SLOT_BITS;
/// Longest message of a client: orders are around 150 bytes, a logon under 500.
pub const MAX_MESSAGE_BYTES: usize = 4_096;
/// Output of one session that may wait for the journal: two full batches of reports of one busy account, or a deep book.
pub const MAX_UNRELEASED: usize = 4 << 20;
/// Output of all sessions together that may wait, unless the operator sets another bound: 64 full sessions.
pub const MAX_UNRELEASED_IN_TOTAL: usize = 256 << 20;

pub struct Session {
    pub id: u64,
    /// Place of its account; `None` before it is authorized.
    pub account: Option<usize>,
    /// Its key as commands name it: counted from 1, and 0 before it is authorized.
    pub key: u32,
    /// Place of its key's rate limit.
    pub limit: Option<usize>,
    /// What it may still send while it has no account.
    pub before_logon: BeforeLogon,
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

pub struct Sessions {
    slots: Vec<Option<Session>>,
    free: Vec<u32>,
    opened: u64,
    /// Slots with output in the group being gathered.
    gathering: Vec<u32>,
    buffers: Vec<Vec<u8>>,
    /// Bytes of all sessions that wait, in this group and in those before it.
    unreleased: usize,
    unreleased_max: usize,
    /// Sessions whose output was dropped for the sake of the others, while groups may still hold some of it.
    dropped: Vec<u64>,
}

/// Buffers kept for reuse, and the capacity up to which one is worth keeping.
const BUFFERS_KEPT: usize = 1_024;
const BUFFER_BYTES_KEPT: usize = 1 << 20;

pub fn slot_of(session: u64) -> u32 {
    (session & (MAX_SESSIONS as u64 - 1)) as u32
}

impl Default for Sessions {
    fn default() -> Sessions {
        Sessions {
            slots: Vec::new(),
            free: Vec::new(),
            opened: 0,
            gathering: Vec::new(),
            buffers: Vec::new(),
            unreleased: 0,
            unreleased_max: MAX_UNRELEASED_IN_TOTAL,
            dropped: Vec::new(),
        }
    }
}

impl Sessions {
    /// Bounds the output of all sessions together.
    pub fn set_unreleased_max(&mut self, bytes: usize) {
        self.unreleased_max = bytes;
    }

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
            key: 0,
            limit: None,
            before_logon: BeforeLogon::default(),
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
        let closed = self.slots[slot as usize].take();
        self.unreleased -= closed.as_ref().map_or(0, |session| session.out.len());
        closed
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

    /// Appends one message to a session's output: `encode` writes its payload. Returns the bytes it took.
    #[inline]
    pub fn write(&mut self, slot: u32, encode: impl FnOnce(&mut Vec<u8>)) -> usize {
        self.append(slot, |out| {
            let open = frame::begin(out);
            encode(out);
            frame::finish(out, Opcode::Binary, open);
        })
    }

    /// Appends whole frames, encoded once for many.
    pub fn write_frames(&mut self, slot: u32, frames: &[u8]) {
        self.append(slot, |out| out.extend_from_slice(frames));
    }

    #[inline]
    fn append(&mut self, slot: u32, append: impl FnOnce(&mut Vec<u8>)) -> usize {
        let session = self.slots[slot as usize].as_mut().expect("an open session");
        if session.overrun {
            return 0;
        }
        if !session.listed {
            session.listed = true;
            self.gathering.push(slot);
            session.out = self.buffers.pop().unwrap_or_default();
        }
        let before = session.out.len();
        append(&mut session.out);
        let appended = session.out.len() - before;
        self.unreleased += appended;
        if session.out.len() + session.unreleased > MAX_UNRELEASED {
            self.drop_output(slot);
        } else if self.unreleased > self.unreleased_max {
            self.drop_worst();
        }
        appended
    }

    /// Discards all that waits for a session. It is told with the group being gathered, and gets nothing more.
    #[cold]
    fn drop_output(&mut self, slot: u32) {
        let session = self.slots[slot as usize].as_mut().expect("an open session");
        self.unreleased -= session.out.len() + session.unreleased;
        session.out = Vec::new();
        session.unreleased = 0;
        session.overrun = true;
        self.dropped.push(session.id);
        if !session.listed {
            session.listed = true;
            self.gathering.push(slot);
        }
    }

    /// Makes room for the others: of the account with most output waiting, the session with most.
    #[cold]
    fn drop_worst(&mut self) {
        let mut by_account: HashMap<Option<usize>, usize> = HashMap::new();
        let waiting = |session: &Session| session.out.len() + session.unreleased;
        for session in self.slots.iter().flatten() {
            *by_account.entry(session.account).or_default() += waiting(session);
        }
        let open = self.slots.iter().flatten().filter(|session| waiting(session) != 0);
        if let Some(worst) = open.max_by_key(|session| (by_account[&session.account], waiting(session), session.id)) {
            self.drop_output(slot_of(worst.id));
        }
    }

    /// Bytes of all sessions that wait to be durable.
    pub fn unreleased_bytes(&self) -> usize {
        self.unreleased
    }

    pub fn has_dropped(&self) -> bool {
        !self.dropped.is_empty()
    }

    /// Takes the sessions whose output was dropped: what groups hold of it is not counted any more, and must be freed.
    pub fn take_dropped(&mut self) -> Vec<u64> {
        std::mem::take(&mut self.dropped)
    }

    /// Takes note that output leaves its group. False if nobody is to get it.
    pub fn released(&mut self, output: &Output) -> bool {
        self.unreleased -= output.bytes.len();
        let Some(session) = self.find(output.session) else { return false };
        session.unreleased -= output.bytes.len();
        output.overrun || !session.overrun
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
