//! Command records: what is journaled, replayed, and passed in batches. The layouts are drawn in `docs/semantics.md`,
//! section 3.
//!
//! A record is a header, a body of its kind, and for some kinds the characters of a text (a client order id, or a
//! reference), the words of a document or a list of entries; its length is in the header. [`Command`] is a record where it lies, whose length has been checked once; reading it can not fail.
//! Judging its content is the engine's work.

mod attributes;
mod bodies;
mod rows;

pub use attributes::OrderAttributes;
pub use bodies::*;
pub use rows::OrderEntryRow;

pub use crate::types::MAX_COMMAND_LEN;
use crate::types::{CLIENT_ID_LEN, MAX_QUOTE_ENTRIES};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// The first bytes of every record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Header {
    /// Of the whole record in bytes, a multiple of eight.
    pub length: u16,
    pub kind: u8,
    /// Of the kind's layout, from 1.
    pub version: u8,
    /// None is defined yet.
    pub flags: u32,
    /// The API key that caused the command, counted from 1; 0 is the venue itself.
    pub key: u32,
    pub account: u32,
    pub timestamp_ns: u64,
}

pub const HEADER_LEN: usize = size_of::<Header>();
const HEADER_WORDS: usize = HEADER_LEN / 8;

const _: () = assert!(HEADER_LEN == 24);
const _: () = assert!(HEADER_LEN + size_of::<Place>() + CLIENT_ID_LEN.next_multiple_of(8) <= MAX_COMMAND_LEN);
const _: () = assert!(HEADER_LEN + size_of::<CreateInstrument>() <= MAX_COMMAND_LEN);
const _: () =
    assert!(HEADER_LEN + size_of::<MassQuote>() + MAX_QUOTE_ENTRIES * size_of::<QuoteEntry>() == MAX_COMMAND_LEN);
// Records are read and written in place: the host must be little-endian, as the format is.
const _: () = assert!(cfg!(target_endian = "little"));

/// The body of a kind of command, in its newest version.
pub trait Body: Copy + FromBytes + IntoBytes + Immutable + KnownLayout {
    const KIND: u8;
    /// Bytes of each version, from 1.
    const LENGTHS: &'static [usize];
}

/// A body with a list of equal parts behind it.
pub trait WithEntries: Body {
    type Entry: Copy + FromBytes + IntoBytes + Immutable + KnownLayout;
    /// How many there can be.
    const MOST: usize;
}

/// What is behind the body of a kind: so many equal parts as a byte of the body says, `most` of them at most, filled up
/// to whole words.
#[derive(Clone, Copy, Debug)]
pub struct Behind {
    /// Where in the body the byte is.
    pub counted_at: usize,
    /// Bytes of a part.
    pub size: usize,
    pub most: usize,
}

impl Behind {
    /// Bytes behind a body of `fixed` bytes. One of a version without the counting byte has nothing there.
    #[inline(always)]
    fn bytes(self, body: &[u8], fixed: usize) -> usize {
        let counted =
            body.get(self.counted_at).filter(|_| self.counted_at < fixed).map_or(0, |&count| usize::from(count));
        (counted.min(self.most) * self.size).next_multiple_of(8)
    }
}

/// Why bytes are no record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    #[error("{left} bytes, a header has {HEADER_LEN}")]
    Truncated { left: usize },
    #[error("length {length} is not a multiple of 8 from {HEADER_LEN} to {longest}")]
    Length { length: u16, longest: usize },
    #[error("unknown flags {flags:#x}")]
    Flags { flags: u32 },
    #[error("version {found} of kind {kind}; known are 1 to {known}")]
    Version { kind: u8, found: u8, known: u8 },
    #[error("length {found}, kind {kind} here has {expected}")]
    KindLength { kind: u8, found: u16, expected: usize },
}

/// One record where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Command<'a>(&'a [u64]);

impl<'a> Command<'a> {
    /// The record at the front of `words`, and what is behind it.
    pub fn split(words: &'a [u64]) -> Result<(Command<'a>, &'a [u64]), RecordError> {
        let left = size_of_val(words);
        let Ok((header, _)) = Header::read_from_prefix(words.as_bytes()) else {
            return Err(RecordError::Truncated { left });
        };
        let (length, longest) = (usize::from(header.length), left.min(MAX_COMMAND_LEN));
        if length % 8 != 0 || !(HEADER_LEN..=longest).contains(&length) {
            return Err(RecordError::Length { length: header.length, longest });
        }
        let (record, rest) = words.split_at(length / 8);
        check_layout(&header, &record.as_bytes()[HEADER_LEN..])?;
        Ok((Command(record), rest))
    }

    /// The record at the front of words that were checked before.
    #[inline(always)]
    fn split_checked(words: &'a [u64]) -> (Command<'a>, &'a [u64]) {
        let (record, rest) = words.split_at(usize::from(words[0] as u16) / 8);
        (Command(record), rest)
    }

    #[inline(always)]
    pub fn header(&self) -> Header {
        Header::read_from_prefix(self.0.as_bytes()).expect("a record has a header").0
    }

    pub fn words(&self) -> &'a [u64] {
        self.0
    }

    #[inline(always)]
    fn behind_header(&self) -> &'a [u8] {
        self.0[HEADER_WORDS..].as_bytes()
    }

    /// The body, as the layout that belongs to the kind. Fields that its version does not have are 0.
    #[inline(always)]
    pub fn body<B: Body>(&self) -> B {
        const { assert!(B::LENGTHS[B::LENGTHS.len() - 1] == size_of::<B>()) };
        let bytes = self.behind_header();
        match B::read_from_prefix(bytes) {
            Ok((body, _)) if self.version() == B::LENGTHS.len() => body,
            _ => self.older_body(),
        }
    }

    /// The body without what newer versions have appended, which is left 0: a copy of known length, whatever the
    /// version.
    #[inline(always)]
    pub fn oldest_body<B: Body>(&self) -> B {
        let length = const { B::LENGTHS[0] };
        let mut body = B::new_zeroed();
        body.as_mut_bytes()[..length].copy_from_slice(&self.behind_header()[..length]);
        body
    }

    /// Not rare: most records say nothing that their kind's newest version has appended. So each copy has a length
    /// that is known beforehand, which makes it a few instructions.
    #[inline(always)]
    fn older_body<B: Body>(&self) -> B {
        let mut body = B::new_zeroed();
        for (older, &length) in B::LENGTHS[..B::LENGTHS.len() - 1].iter().enumerate() {
            if self.version() == older + 1 {
                body.as_mut_bytes()[..length].copy_from_slice(&self.behind_header()[..length]);
            }
        }
        body
    }

    /// Whether it says nothing that its kind's layout has appended.
    #[inline(always)]
    pub fn is_oldest_version(&self) -> bool {
        self.version() == 1
    }

    #[inline(always)]
    fn version(&self) -> usize {
        usize::from((self.0[0] >> 24) as u8)
    }

    /// The entries behind the body.
    #[inline]
    pub fn entries<B: WithEntries>(&self) -> &'a [B::Entry] {
        let bytes = self.behind_header().get(B::LENGTHS[self.version() - 1]..).unwrap_or(&[]);
        <[B::Entry]>::ref_from_bytes(bytes).expect("a record is as long as its entries, and as aligned")
    }

    /// The words that hold the characters of the text behind the body.
    #[inline(always)]
    pub fn text_words<B: Body>(&self) -> &'a [u64] {
        let start = if self.version() == B::LENGTHS.len() { size_of::<B>() } else { B::LENGTHS[self.version() - 1] };
        self.0.get(HEADER_WORDS + start / 8..).unwrap_or(&[])
    }
}

/// Whether what is behind the header has the length that kind, version and text or entries say. Any is right for an
/// unknown kind.
#[inline]
fn check_layout(header: &Header, body: &[u8]) -> Result<(), RecordError> {
    if header.flags != 0 {
        return Err(RecordError::Flags { flags: header.flags });
    }
    let kind = header.kind;
    let Some(lengths) = body_lengths(kind) else { return Ok(()) };
    let Some(&fixed) = usize::from(header.version).checked_sub(1).and_then(|version| lengths.get(version)) else {
        return Err(RecordError::Version { kind, found: header.version, known: lengths.len() as u8 });
    };
    let expected = HEADER_LEN + fixed + behind(kind).map_or(0, |behind| behind.bytes(body, fixed));
    if usize::from(header.length) != expected {
        return Err(RecordError::KindLength { kind, found: header.length, expected });
    }
    Ok(())
}

/// Words of the longest record without entries.
const SHORT_WORDS: usize = 24;
const _: () = assert!(HEADER_LEN + size_of::<CancelReplace>() + CLIENT_ID_LEN.next_multiple_of(8) <= SHORT_WORDS * 8);

/// Room for one record, made anew again and again: one without entries, unless it is a [`LongCommandBuffer`]. Starts as
/// an unknown kind, which any engine rejects.
#[derive(Clone, Copy, Debug)]
pub struct CommandBuffer<const WORDS: usize = SHORT_WORDS>([u64; WORDS]);

/// Room for any record.
pub type LongCommandBuffer = CommandBuffer<{ MAX_COMMAND_LEN / 8 }>;

impl Default for CommandBuffer {
    fn default() -> CommandBuffer {
        CommandBuffer::unknown()
    }
}

impl LongCommandBuffer {
    /// A record of `body` for `account`, which says how many entries are behind it. Those beyond the most there can be
    /// are left out: the count tells that there were more, and the engine rejects it.
    pub fn with_entries<B: WithEntries>(account: u32, body: &B, entries: &[B::Entry]) -> LongCommandBuffer {
        let mut buffer = LongCommandBuffer::unknown();
        buffer.set_with_entries(account, body, entries);
        buffer
    }

    /// Makes the record anew, as [`LongCommandBuffer::with_entries`].
    #[inline]
    pub fn set_with_entries<B: WithEntries>(&mut self, account: u32, body: &B, entries: &[B::Entry]) {
        let body = shortest(body);
        let entries = entries[..entries.len().min(B::MOST)].as_bytes();
        let length = HEADER_LEN + body.len() + entries.len();
        let version = 1 + B::LENGTHS.iter().position(|&known| known == body.len()).expect("a body of some version");
        let (length_word, version) = (length as u16, version as u8);
        let header = Header { length: length_word, kind: B::KIND, version, flags: 0, key: 0, account, timestamp_ns: 0 };
        let bytes = self.0.as_mut_bytes();
        bytes[..HEADER_LEN].copy_from_slice(header.as_bytes());
        bytes[HEADER_LEN..HEADER_LEN + body.len()].copy_from_slice(body);
        bytes[HEADER_LEN + body.len()..length].copy_from_slice(entries);
        debug_assert!(Command::split(&self.0).is_ok(), "a body says how many entries are behind it");
    }
}

impl<const WORDS: usize> CommandBuffer<WORDS> {
    fn unknown() -> CommandBuffer<WORDS> {
        let mut words = [0; WORDS];
        words[0] = HEADER_LEN as u64;
        CommandBuffer(words)
    }

    /// A copy of a record that lies elsewhere, for which there is room.
    pub fn copy_of(command: Command) -> CommandBuffer<WORDS> {
        let mut buffer = CommandBuffer::unknown();
        buffer.0[..command.0.len()].copy_from_slice(command.0);
        buffer
    }

    #[inline]
    pub fn set_key(&mut self, key: u32) {
        self.0[1] = self.0[1] & !u64::from(u32::MAX) | u64::from(key);
    }

    #[inline]
    pub fn set_timestamp_ns(&mut self, timestamp_ns: u64) {
        self.0[2] = timestamp_ns;
    }

    #[inline]
    pub fn command(&self) -> Command<'_> {
        Command::split_checked(&self.0).0
    }
}

impl CommandBuffer {
    /// A record of `body`, for `account`.
    pub fn new<B: Body>(account: u32, body: &B) -> CommandBuffer {
        let mut buffer = CommandBuffer::default();
        buffer.set(account, body, &[]);
        buffer
    }

    /// A record of `body`, which says how long the text is that is behind it: a client order id, or a reference.
    pub fn with_text<B: Body>(account: u32, body: &B, text: &[u8]) -> CommandBuffer {
        let mut buffer = CommandBuffer::default();
        buffer.set(account, body, text);
        buffer
    }

    /// Makes the record anew, in the oldest version that can say it. Characters beyond the longest text are left out: the
    /// body's length byte tells that it was too long, and the engine rejects it.
    #[inline]
    pub fn set<B: Body>(&mut self, account: u32, body: &B, text: &[u8]) {
        let version = oldest_version(body);
        let fixed = B::LENGTHS[version - 1];
        let kept = text.len().min(CLIENT_ID_LEN);
        let length = HEADER_LEN + fixed + kept.next_multiple_of(8);
        let header = Header {
            length: length as u16,
            kind: B::KIND,
            version: version as u8,
            flags: 0,
            key: 0,
            account,
            timestamp_ns: 0,
        };
        if kept > 0 {
            // The padding behind the characters.
            self.0[length / 8 - 1] = 0;
        }
        let bytes = self.0.as_mut_bytes();
        bytes[..HEADER_LEN].copy_from_slice(header.as_bytes());
        // Each copy has a length that is known beforehand, which makes it a few instructions.
        for &known in B::LENGTHS {
            if known == fixed {
                bytes[HEADER_LEN..HEADER_LEN + known].copy_from_slice(&body.as_bytes()[..known]);
            }
        }
        let characters = &mut bytes[HEADER_LEN + fixed..];
        for (to, from) in characters.iter_mut().zip(&text[..kept]) {
            *to = *from;
        }
        debug_assert!(Command::split(&self.0).is_ok(), "a body says how many characters are behind it");
    }
}

/// A body's bytes in the oldest version that can say it.
#[inline(always)]
pub fn shortest<B: Body>(body: &B) -> &[u8] {
    &body.as_bytes()[..B::LENGTHS[oldest_version(body) - 1]]
}

/// The version without the appended fields at the end that are 0.
#[inline(always)]
fn oldest_version<B: Body>(body: &B) -> usize {
    let mut version = 1;
    for (older, ends) in B::LENGTHS.windows(2).enumerate() {
        // All of them, so that it is a few words at once.
        let said = body.as_bytes()[ends[0]..ends[1]].iter().fold(0, |said, &byte| said | byte);
        if said != 0 {
            version = older + 2;
        }
    }
    version
}

/// Records back to back, each of which has been checked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Commands<'a> {
    words: &'a [u64],
}

impl<'a> Commands<'a> {
    /// Checks them all. An error names the byte at which the record begins that is none.
    pub fn check(words: &'a [u64]) -> Result<Commands<'a>, (usize, RecordError)> {
        let mut rest = words;
        while !rest.is_empty() {
            let at = size_of_val(words) - size_of_val(rest);
            rest = Command::split(rest).map_err(|error| (at, error))?.1;
        }
        Ok(Commands { words })
    }

    /// Records that were checked before.
    pub(crate) fn of_checked(words: &'a [u64]) -> Commands<'a> {
        Commands { words }
    }

    /// The first of them, at most `count`.
    pub(crate) fn first(self, count: usize) -> Commands<'a> {
        let mut rest = self;
        rest.by_ref().take(count).for_each(drop);
        Commands { words: &self.words[..self.words.len() - rest.words.len()] }
    }

    /// Each record, with the one `far` behind it and the one `near` behind it.
    #[inline]
    pub fn with_later(
        self,
        far: usize,
        near: usize,
    ) -> impl Iterator<Item = (Command<'a>, Option<Command<'a>>, Option<Command<'a>>)> {
        let (mut later, mut sooner) = (self, self);
        for _ in 0..far {
            later.next();
        }
        for _ in 0..near {
            sooner.next();
        }
        self.map(move |command| (command, later.next(), sooner.next()))
    }
}

/// Records back to back, each of which has been checked, that wait for their times.
pub struct CommandsMut<'a> {
    words: &'a mut [u64],
    next: usize,
}

impl<'a> CommandsMut<'a> {
    /// Checks them all, as [`Commands::check`].
    pub fn check(words: &'a mut [u64]) -> Result<CommandsMut<'a>, (usize, RecordError)> {
        Commands::check(words)?;
        Ok(CommandsMut::of_checked(words))
    }

    /// Records that were made here, or checked before.
    pub(crate) fn of_checked(words: &'a mut [u64]) -> CommandsMut<'a> {
        CommandsMut { words, next: 0 }
    }

    /// The records that have not been taken.
    pub fn rest(&self) -> Commands<'_> {
        Commands { words: &self.words[self.next..] }
    }

    /// Takes the next record, at the time that it brings or a later one.
    #[inline]
    pub fn next_at(&mut self, earliest_ns: u64) -> Option<Command<'_>> {
        let words = &mut self.words[self.next..];
        let timestamp_ns = words.get_mut(2)?;
        *timestamp_ns = earliest_ns.max(*timestamp_ns);
        let command = Command::split_checked(words).0;
        self.next += command.0.len();
        Some(command)
    }
}

impl<'a> Iterator for Commands<'a> {
    type Item = Command<'a>;

    #[inline(always)]
    fn next(&mut self) -> Option<Command<'a>> {
        if self.words.is_empty() {
            return None;
        }
        let (command, rest) = Command::split_checked(self.words);
        self.words = rest;
        Some(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::MAX_OPEN_ORDERS;
    use proptest::prelude::*;

    /// A body that has grown: version 2 has appended a field.
    #[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
    #[repr(C)]
    struct Grown {
        client_order_id_len: u8,
        reserved: [u8; 7],
        appended: u64,
    }

    impl Body for Grown {
        // None of the engine's own, so that any length is right for it.
        const KIND: u8 = 200;
        const LENGTHS: &'static [usize] = &[8, 16];
    }

    const ID: &[u8] = b"123456789012345678901234567890123456";

    fn characters<B: Body>(command: Command<'_>, len: usize) -> &[u8] {
        &command.text_words::<B>().as_bytes()[..len]
    }

    fn place(len: u8) -> Place {
        Place { instrument: 3, price: -1, quantity: i64::MAX, client_order_id_len: len, ..Place::EMPTY }
    }

    fn words(kind: u8, version: u8, length: u16, flags: u32, behind: &[u64]) -> Vec<u64> {
        let header = u64::from(length) | u64::from(kind) << 16 | u64::from(version) << 24 | u64::from(flags) << 32;
        [&[header, 0, 0], behind].concat()
    }

    #[test]
    fn what_is_no_record_says_why() {
        let unbounded = [0; 200];
        for (words, error) in [
            (vec![], RecordError::Truncated { left: 0 }),
            (vec![16, 0], RecordError::Truncated { left: 16 }),
            (words(0, 0, 0, 0, &[]), RecordError::Length { length: 0, longest: 24 }),
            (words(0, 0, 16, 0, &[]), RecordError::Length { length: 16, longest: 24 }),
            (words(0, 0, 28, 0, &[0]), RecordError::Length { length: 28, longest: 32 }),
            (words(0, 0, 40, 0, &[0]), RecordError::Length { length: 40, longest: 32 }),
            (words(0, 0, 1_064, 0, &unbounded), RecordError::Length { length: 1_064, longest: 1_056 }),
            (words(0, 0, u16::MAX, 0, &unbounded), RecordError::Length { length: u16::MAX, longest: 1_056 }),
            (words(0, 0, 24, 1, &[]), RecordError::Flags { flags: 1 }),
            (words(kind::CREATE_ACCOUNT, 1, 32, 1 << 31, &[0]), RecordError::Flags { flags: 1 << 31 }),
            (
                words(kind::CREATE_ACCOUNT, 0, 32, 0, &[0]),
                RecordError::Version { kind: kind::CREATE_ACCOUNT, found: 0, known: 1 },
            ),
            (
                words(kind::CREATE_ACCOUNT, 2, 40, 0, &[0; 2]),
                RecordError::Version { kind: kind::CREATE_ACCOUNT, found: 2, known: 1 },
            ),
            (
                words(kind::CREATE_ACCOUNT, 255, 32, 0, &[0]),
                RecordError::Version { kind: kind::CREATE_ACCOUNT, found: 255, known: 1 },
            ),
            (
                words(kind::CREATE_ACCOUNT, 1, 24, 0, &[]),
                RecordError::KindLength { kind: kind::CREATE_ACCOUNT, found: 24, expected: 32 },
            ),
            (
                words(kind::CREATE_ACCOUNT, 1, 40, 0, &[0; 2]),
                RecordError::KindLength { kind: kind::CREATE_ACCOUNT, found: 40, expected: 32 },
            ),
            // The body does not reach to where it would say how long its client order id is.
            (
                words(kind::CANCEL, 1, 32, 0, &[0]),
                RecordError::KindLength { kind: kind::CANCEL, found: 32, expected: 40 },
            ),
            // Nine characters need two words behind the body, one needs one, and 255 as many as the longest id.
            (
                words(kind::CANCEL, 1, 48, 0, &[0, 9, 0]),
                RecordError::KindLength { kind: kind::CANCEL, found: 48, expected: 56 },
            ),
            (
                words(kind::CANCEL, 1, 40, 0, &[0, 1]),
                RecordError::KindLength { kind: kind::CANCEL, found: 40, expected: 48 },
            ),
            (
                words(kind::CANCEL, 1, 40, 0, &[0, 255]),
                RecordError::KindLength { kind: kind::CANCEL, found: 40, expected: 80 },
            ),
        ] {
            assert_eq!(Command::split(&words).err(), Some(error), "{words:x?}");
        }
    }

    #[test]
    fn an_unknown_kind_may_have_any_length_and_version() {
        for length in (HEADER_LEN..=MAX_COMMAND_LEN).step_by(8) {
            for version in [0, 1, 255] {
                let words = words(99, version, length as u16, 0, &[u64::MAX; MAX_COMMAND_LEN / 8 - HEADER_WORDS]);
                let (command, rest) = Command::split(&words).unwrap();
                assert_eq!((command.words().len() * 8, rest.len() * 8), (length, MAX_COMMAND_LEN - length));
            }
        }
    }

    #[test]
    fn records_back_to_back_are_checked_to_the_last_and_an_error_has_its_place() {
        let (long, short) = (CommandBuffer::with_text(1, &place(36), ID), CommandBuffer::new(2, &Halt::EMPTY));
        let mut words = [long.command().words(), short.command().words(), long.command().words()].concat();
        let read: Vec<_> = Commands::check(&words).unwrap().map(|command| command.words().len() * 8).collect();
        assert_eq!(read, [96, 32, 96]);
        words[12] |= 1 << 40;
        assert_eq!(Commands::check(&words).err(), Some((96, RecordError::Flags { flags: 1 << 8 })));
        words[12] = short.command().words()[0];
        words.pop();
        let cut = RecordError::Length { length: 96, longest: 88 };
        assert_eq!(Commands::check(&words).err(), Some((128, cut)));
        assert_eq!(CommandsMut::check(&mut words).err(), Some((128, cut)));
        assert_eq!(Commands::check(&[]).unwrap().count(), 0);
    }

    #[test]
    fn times_are_those_that_commands_bring_but_never_fall() {
        let mut words = Vec::new();
        for timestamp_ns in [5, 3, 9, 0] {
            let mut command = CommandBuffer::with_text(1, &place(timestamp_ns as u8), &ID[..timestamp_ns]);
            command.set_timestamp_ns(timestamp_ns as u64);
            words.extend_from_slice(command.command().words());
        }
        let mut commands = CommandsMut::check(&mut words).unwrap();
        let (mut stamped, mut last) = (Vec::new(), 4);
        while let Some(command) = commands.next_at(last) {
            last = command.header().timestamp_ns;
            stamped.push(last);
        }
        assert_eq!(stamped, [5, 5, 9, 9]);
        assert_eq!(Commands::check(&words).unwrap().map(|command| command.header().timestamp_ns).max(), Some(9));
    }

    #[test]
    fn a_copy_is_the_record() {
        let mut record = CommandBuffer::with_text(7, &place(36), ID);
        record.set_key(u32::MAX);
        record.set_timestamp_ns(u64::MAX);
        let header = Header {
            length: 96,
            kind: kind::PLACE,
            version: 1,
            flags: 0,
            key: u32::MAX,
            account: 7,
            timestamp_ns: u64::MAX,
        };
        let copy: CommandBuffer = CommandBuffer::copy_of(record.command());
        assert_eq!((copy.command().words(), copy.command().header()), (record.command().words(), header));
        assert_eq!(characters::<Place>(copy.command(), 36), ID);
        record.set_key(1);
        assert_eq!(record.command().header(), Header { key: 1, ..header });
    }

    /// The oldest version that can say it is written; whoever reads it with a newer layout finds zeros.
    #[test]
    fn a_record_of_an_older_version_reads_with_zeros() {
        for (appended, version, length) in [(0, 1, 40), (1 << 63, 2, 48)] {
            let body = Grown { client_order_id_len: 2, reserved: [7; 7], appended };
            let record = CommandBuffer::with_text(1, &body, b"id");
            let command = record.command();
            assert_eq!((command.header().version, command.header().length), (version, length));
            let read: Grown = command.body();
            assert_eq!(read.as_bytes(), body.as_bytes());
            assert_eq!(characters::<Grown>(command, 2), b"id");
        }
    }

    #[test]
    fn a_record_made_anew_has_nothing_of_the_one_before() {
        let mut record = CommandBuffer::with_text(1, &place(36), ID);
        record.set_key(9);
        record.set(2, &Cancel { client_order_id_len: 1, ..Cancel::EMPTY }, b"x");
        let anew = CommandBuffer::with_text(2, &Cancel { client_order_id_len: 1, ..Cancel::EMPTY }, b"x");
        assert_eq!(record.command().words(), anew.command().words());
        assert_eq!(record.command().words().last(), Some(&u64::from(b'x')));
    }

    /// An id too long is a record all the same, and one that has no client order id, which the engine rejects.
    #[test]
    fn characters_beyond_the_longest_id_are_left_out() {
        let text = [b'a'; 255];
        let record = CommandBuffer::with_text(1, &place(255), &text);
        let (command, _) = Command::split(record.command().words()).unwrap();
        assert_eq!((command.words().len() * 8, command.body::<Place>().client_order_id_len), (96, 255));
        assert_eq!(characters::<Place>(command, 36), &text[..36]);
    }

    #[test]
    fn a_buffer_that_nobody_filled_is_a_record_of_no_kind() {
        let empty = CommandBuffer::default();
        let header = Header { length: 24, kind: 0, version: 0, flags: 0, key: 0, account: 0, timestamp_ns: 0 };
        assert_eq!(Command::split(empty.command().words()).unwrap().0.header(), header);
        assert_eq!(body_lengths(0), None);
    }

    /// What a venue writes most of, and what must fit in every batch.
    #[test]
    fn records_are_as_long_as_what_they_say() {
        let length = |record: CommandBuffer| record.command().words().len() * 8;
        assert_eq!(length(CommandBuffer::with_text(1, &place(12), &ID[..12])), 72);
        assert_eq!(length(CommandBuffer::new(1, &place(0))), 56);
        let order_id = crate::types::OrderId::new(255, 1 << 29, MAX_OPEN_ORDERS - 1).0;
        assert_eq!(length(CommandBuffer::new(1, &Cancel { order_id, ..Cancel::EMPTY })), 40);
        assert_eq!(length(CommandBuffer::with_text(1, &place(36), ID)), 96);
        for (kind, lengths) in (0..=u8::MAX).filter_map(|kind| Some((kind, body_lengths(kind)?))) {
            let most = behind(kind).map_or(0, |behind| (behind.most * behind.size).next_multiple_of(8));
            assert!(HEADER_LEN + lengths.last().unwrap() + most <= MAX_COMMAND_LEN, "kind {kind}");
            assert!(lengths.is_sorted_by(|older, newer| older < newer) && lengths.iter().all(|len| len % 8 == 0));
        }
    }

    fn quotes(count: usize) -> Vec<QuoteEntry> {
        let entry = |number| QuoteEntry {
            instrument: number,
            bid_price: u32::MAX - number,
            ask_price: number << 8,
            bid_quantity: i64::MIN + i64::from(number),
            ask_quantity: i64::from(number),
            ..QuoteEntry::EMPTY
        };
        (0..count as u32).map(entry).collect()
    }

    fn mass_quote(count: usize) -> LongCommandBuffer {
        let body = MassQuote { quote_group: 7, stp: 2, quotes_len: count.min(255) as u8, ..MassQuote::EMPTY };
        LongCommandBuffer::with_entries(9, &body, &quotes(count))
    }

    /// Too many are a record all the same, which the engine rejects by their count.
    #[test]
    fn a_record_is_as_long_as_its_entries() {
        for count in (0..=MAX_QUOTE_ENTRIES + 2).chain([255]) {
            let record = mass_quote(count);
            let kept = count.min(MAX_QUOTE_ENTRIES);
            let (command, rest) = Command::split(record.command().words()).unwrap();
            assert_eq!((command.words().len() * 8, rest.len()), (HEADER_LEN + 8 + 32 * kept, 0), "{count} entries");
            let body: MassQuote = command.body();
            assert_eq!((body.quote_group, body.stp, usize::from(body.quotes_len)), (7, 2, count));
            let entries = command.entries::<MassQuote>();
            assert_eq!(entries.as_bytes(), quotes(kept).as_bytes());
            let header = command.header();
            assert_eq!((header.kind, header.version, header.account), (kind::MASS_QUOTE, 1, 9));
        }
        assert_eq!(mass_quote(MAX_QUOTE_ENTRIES).command().words().len() * 8, MAX_COMMAND_LEN);
    }

    #[test]
    fn a_list_of_another_length_than_counted_is_no_record() {
        let mut words = mass_quote(3).command().words().to_vec();
        let counted = HEADER_LEN + std::mem::offset_of!(MassQuote, quotes_len);
        for count in [0, 1, 2, 4, 31, 32, 255] {
            words.as_mut_bytes()[counted] = count;
            let expected = HEADER_LEN + 8 + 32 * usize::from(count).min(MAX_QUOTE_ENTRIES);
            let error = RecordError::KindLength { kind: kind::MASS_QUOTE, found: 128, expected };
            assert_eq!(Command::split(&words).err(), Some(error), "{count} counted");
        }
        words.as_mut_bytes()[counted] = 3;
        assert!(Command::split(&words).is_ok());
        words.pop();
        assert_eq!(Command::split(&words).err(), Some(RecordError::Length { length: 128, longest: 120 }));
    }

    /// Reads what a record has, as the engine would.
    fn read_whole(command: Command) {
        match command.header().kind {
            kind::PLACE => drop((command.body::<Place>(), command.text_words::<Place>())),
            kind::CANCEL => drop((command.body::<Cancel>(), command.text_words::<Cancel>())),
            kind::AMEND => drop((command.body::<Amend>(), command.text_words::<Amend>())),
            kind::CREATE_INSTRUMENT => drop(command.body::<CreateInstrument>()),
            kind::TRANSFER => drop((command.body::<Transfer>(), command.text_words::<Transfer>())),
            kind::MASS_QUOTE => drop((command.body::<MassQuote>(), command.entries::<MassQuote>())),
            _ => {}
        }
    }

    proptest! {
        /// Any bytes are records, whole, or an error at the place of the first that is none.
        #[test]
        fn any_bytes_are_judged(
            noise in prop::collection::vec(any::<u64>(), 0..40),
            headers in prop::collection::vec((0..40u8, 0..3u8, 0..14u16, 0..40usize), 0..10),
        ) {
            let mut words = noise;
            for (kind, version, length, at) in headers {
                if let Some(word) = words.get_mut(at) {
                    *word = u64::from(length * 8) | u64::from(kind) << 16 | u64::from(version) << 24;
                }
            }
            match Commands::check(&words) {
                Ok(commands) => {
                    let mut total = 0;
                    for command in commands {
                        total += command.words().len();
                        read_whole(command);
                    }
                    prop_assert_eq!(total, words.len());
                }
                Err((at, error)) => {
                    prop_assert_eq!(Command::split(&words[at / 8..]).err(), Some(error));
                    let before = Commands::check(&words[..at / 8]).unwrap();
                    before.for_each(read_whole);
                }
            }
        }
    }
}
