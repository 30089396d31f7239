//! Websocket framing (RFC 6455), the server's side: reads masked client frames, writes unmasked server frames.
//!
//! It never answers anything itself (pings and closes are handed up) and negotiates no extension, so every reserved
//! bit is an error. Fragmented messages are joined up to the frame limit. Memory a peer can pin is bounded: one
//! incomplete frame and one incomplete message, each of at most the limit.

use std::fmt;

/// Longest header: 2 bytes, 8 bytes of length, 4 bytes of mask.
pub const MAX_HEADER_LEN: usize = 14;
/// RFC 6455, 5.5: control frames are short and never fragmented.
pub const MAX_CONTROL_LEN: usize = 125;
/// Longest payload of a two-byte server header.
const SHORT_LEN_MAX: usize = 125;
/// Length of a server header with a 16-bit length: the room that [`begin`] leaves, right for most reports.
const MEDIUM_HEADER_LEN: usize = 4;
const SHORT_HEADER_LEN: usize = 2;
const LONG_HEADER_LEN: usize = 10;
/// Most fragments of a message: fragments cost work, and empty ones would cost nothing else.
pub const MAX_FRAGMENTS: u32 = 64;
/// Capacity beyond this is given back when a session's buffer empties, so that a burst does not pin memory.
const RETAINED_CAPACITY: usize = 4_096;

const FIN: u8 = 0x80;
const RESERVED: u8 = 0x70;
const MASKED: u8 = 0x80;
const LENGTH_16: u8 = 126;
const LENGTH_64: u8 = 127;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Opcode {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

impl Opcode {
    fn from_bits(bits: u8) -> Option<Opcode> {
        Some(match bits {
            0 => Opcode::Continuation,
            1 => Opcode::Text,
            2 => Opcode::Binary,
            8 => Opcode::Close,
            9 => Opcode::Ping,
            10 => Opcode::Pong,
            _ => return None,
        })
    }

    fn is_control(self) -> bool {
        self as u8 >= Opcode::Close as u8
    }
}

/// Why a connection must be closed. The stream can not be resynchronised after any of these.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum FrameError {
    ReservedBits,
    UnknownOpcode,
    NotMasked,
    LengthNotMinimal,
    FragmentedControl,
    LongControl,
    UnexpectedContinuation,
    InterruptedMessage,
    BadClose,
    NotUtf8,
    TooBig,
    TooManyFragments,
}

impl FrameError {
    /// The close code of RFC 6455, 7.4.1.
    pub fn close_code(self) -> u16 {
        match self {
            FrameError::NotUtf8 => 1007,
            FrameError::TooBig | FrameError::TooManyFragments => 1009,
            _ => 1002,
        }
    }

    pub fn reason(self) -> &'static str {
        match self {
            FrameError::ReservedBits => "reserved bits are set",
            FrameError::UnknownOpcode => "unknown opcode",
            FrameError::NotMasked => "client frames must be masked",
            FrameError::LengthNotMinimal => "length is not minimally encoded",
            FrameError::FragmentedControl => "fragmented control frame",
            FrameError::LongControl => "control frame longer than 125 bytes",
            FrameError::UnexpectedContinuation => "continuation without a message",
            FrameError::InterruptedMessage => "new message inside a fragmented one",
            FrameError::BadClose => "malformed close frame",
            FrameError::NotUtf8 => "text is not UTF-8",
            FrameError::TooBig => "message longer than the limit",
            FrameError::TooManyFragments => "message in too many fragments",
        }
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.reason())
    }
}

impl std::error::Error for FrameError {}

#[derive(Clone, Copy)]
struct Header {
    opcode: Opcode,
    fin: bool,
    mask: [u8; 4],
    header_len: usize,
    payload_len: usize,
}

impl Header {
    fn frame_len(&self) -> usize {
        self.header_len + self.payload_len
    }
}

/// What the first bytes of a frame say.
enum Peek {
    /// At least this many bytes from the frame's start are needed to know more.
    Needs(usize),
    Complete(Header),
}

/// Reads a header. Refuses what is wrong as soon as it can be seen, before the payload is waited for.
#[inline]
fn peek(bytes: &[u8], limit: usize) -> Result<Peek, FrameError> {
    let [first, second, ..] = *bytes else {
        return Ok(Peek::Needs(SHORT_HEADER_LEN));
    };
    if first & RESERVED != 0 {
        return Err(FrameError::ReservedBits);
    }
    let opcode = Opcode::from_bits(first & 0x0f).ok_or(FrameError::UnknownOpcode)?;
    let fin = first & FIN != 0;
    if second & MASKED == 0 {
        return Err(FrameError::NotMasked);
    }
    let short = second & !MASKED;
    if opcode.is_control() {
        if !fin {
            return Err(FrameError::FragmentedControl);
        }
        if short as usize > MAX_CONTROL_LEN {
            return Err(FrameError::LongControl);
        }
    }
    let (length, header_len) = match short {
        LENGTH_16 => {
            let Some(field) = bytes.get(2..4) else {
                return Ok(Peek::Needs(4));
            };
            let length = u64::from(u16::from_be_bytes(field.try_into().expect("two bytes")));
            if length <= SHORT_LEN_MAX as u64 {
                return Err(FrameError::LengthNotMinimal);
            }
            (length, 8)
        }
        LENGTH_64 => {
            let Some(field) = bytes.get(2..10) else {
                return Ok(Peek::Needs(10));
            };
            let length = u64::from_be_bytes(field.try_into().expect("eight bytes"));
            // The top bit must be 0 (RFC 6455, 5.2); such a length is beyond any limit, too.
            if length <= u64::from(u16::MAX) || length >> 63 != 0 {
                return Err(FrameError::LengthNotMinimal);
            }
            (length, MAX_HEADER_LEN)
        }
        short => (u64::from(short), 6),
    };
    if length > limit as u64 {
        return Err(FrameError::TooBig);
    }
    let Some(mask) = bytes.get(header_len - 4..header_len) else {
        return Ok(Peek::Needs(header_len));
    };
    let mask = mask.try_into().expect("four bytes");
    Ok(Peek::Complete(Header { opcode, fin, mask, header_len, payload_len: length as usize }))
}

/// Appends `masked`, unmasked, to `out`.
#[inline]
fn append_unmasked(masked: &[u8], mask: [u8; 4], out: &mut Vec<u8>) {
    let start = out.len();
    out.extend_from_slice(masked);
    let [a, b, c, d] = mask;
    let wide = u64::from_ne_bytes([a, b, c, d, a, b, c, d]);
    let mut words = out[start..].chunks_exact_mut(8);
    for word in &mut words {
        let value = u64::from_ne_bytes((&*word).try_into().expect("eight bytes")) ^ wide;
        word.copy_from_slice(&value.to_ne_bytes());
    }
    for (byte, key) in words.into_remainder().iter_mut().zip(wide.to_ne_bytes()) {
        *byte ^= key;
    }
}

/// The reading half of one connection.
#[derive(Debug)]
pub struct FrameReader {
    limit: usize,
    /// The start of a frame whose end has not arrived, still masked.
    partial: Vec<u8>,
    /// Fragments of a message whose last one has not arrived, unmasked.
    message: Vec<u8>,
    message_opcode: Option<Opcode>,
    /// How many fragments of it have come.
    fragments: u32,
}

impl FrameReader {
    /// `limit` bounds the payload of a message in bytes, fragmented or not.
    pub fn new(limit: usize) -> FrameReader {
        FrameReader { limit, partial: Vec::new(), message: Vec::new(), message_opcode: None, fragments: 0 }
    }

    /// Takes the next whole message or control frame off `input` and puts its unmasked payload into `payload`.
    ///
    /// `None` when `input` is used up; what is left of it is kept for the next chunk. After an error the reader must
    /// not be used again. The opcode is never [`Opcode::Continuation`].
    #[inline]
    pub fn next(&mut self, input: &mut &[u8], payload: &mut Vec<u8>) -> Result<Option<Opcode>, FrameError> {
        loop {
            let header = if self.partial.is_empty() {
                match peek(input, self.limit)? {
                    Peek::Complete(header) if input.len() >= header.frame_len() => header,
                    _ => {
                        self.partial.extend_from_slice(input);
                        *input = &[];
                        return Ok(None);
                    }
                }
            } else {
                match self.complete_partial(input)? {
                    Some(header) => header,
                    None => return Ok(None),
                }
            };
            if let Some(opcode) = self.take(header, input, payload)? {
                return Ok(Some(opcode));
            }
        }
    }

    /// Moves just enough of `input` into the partial frame to complete it.
    #[cold]
    fn complete_partial(&mut self, input: &mut &[u8]) -> Result<Option<Header>, FrameError> {
        loop {
            let (needed, header) = match peek(&self.partial, self.limit)? {
                Peek::Needs(needed) => (needed, None),
                Peek::Complete(header) => (header.frame_len(), Some(header)),
            };
            if self.partial.len() >= needed {
                return Ok(header);
            }
            if input.is_empty() {
                return Ok(None);
            }
            let taken = input.len().min(needed - self.partial.len());
            self.partial.extend_from_slice(&input[..taken]);
            *input = &input[taken..];
        }
    }

    /// Consumes one whole frame, from the partial buffer if it stands there and else from `input`.
    #[inline]
    fn take(&mut self, header: Header, input: &mut &[u8], payload: &mut Vec<u8>) -> Result<Option<Opcode>, FrameError> {
        let from_partial = !self.partial.is_empty();
        let frame: &[u8] = if from_partial { &self.partial } else { &input[..header.frame_len()] };
        let masked = &frame[header.header_len..];
        let whole = match (header.opcode, header.fin, self.message_opcode) {
            (opcode, _, _) if opcode.is_control() => true,
            (Opcode::Continuation, _, None) => return Err(FrameError::UnexpectedContinuation),
            (Opcode::Continuation, _, Some(_)) => false,
            (_, _, Some(_)) => return Err(FrameError::InterruptedMessage),
            (_, true, None) => true,
            (opcode, false, None) => {
                self.message_opcode = Some(opcode);
                false
            }
        };
        let complete = if whole {
            payload.clear();
            append_unmasked(masked, header.mask, payload);
            Some(header.opcode)
        } else {
            self.fragments += 1;
            if self.message.len() + masked.len() > self.limit {
                return Err(FrameError::TooBig);
            }
            if self.fragments > MAX_FRAGMENTS {
                return Err(FrameError::TooManyFragments);
            }
            append_unmasked(masked, header.mask, &mut self.message);
            header.fin.then_some(()).and_then(|()| {
                payload.clear();
                payload.extend_from_slice(&self.message);
                empty(&mut self.message);
                self.fragments = 0;
                self.message_opcode.take()
            })
        };
        if from_partial {
            empty(&mut self.partial);
        } else {
            *input = &input[header.frame_len()..];
        }
        match complete {
            Some(Opcode::Text) if std::str::from_utf8(payload).is_err() => Err(FrameError::NotUtf8),
            Some(Opcode::Close) => check_close(payload).map(|()| complete),
            _ => Ok(complete),
        }
    }
}

/// Empties a buffer, giving back what a burst made it grow by.
fn empty(buffer: &mut Vec<u8>) {
    buffer.clear();
    if buffer.capacity() > RETAINED_CAPACITY {
        buffer.shrink_to(RETAINED_CAPACITY);
    }
}

/// RFC 6455, 5.5.1 and 7.4: nothing, or a code that may appear on the wire and a UTF-8 reason.
fn check_close(payload: &[u8]) -> Result<(), FrameError> {
    let (code, reason) = match *payload {
        [] => return Ok(()),
        [high, low, ref reason @ ..] => (u16::from_be_bytes([high, low]), reason),
        _ => return Err(FrameError::BadClose),
    };
    if !matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999) {
        return Err(FrameError::BadClose);
    }
    std::str::from_utf8(reason).map(|_| ()).map_err(|_| FrameError::NotUtf8)
}

/// An open server frame: where in the buffer its header begins.
#[must_use = "a frame that is begun must be finished"]
pub struct OpenFrame(usize);

/// Starts a server frame in `out`; the caller appends the payload and calls [`finish`].
#[inline]
pub fn begin(out: &mut Vec<u8>) -> OpenFrame {
    let start = out.len();
    out.extend_from_slice(&[0; MEDIUM_HEADER_LEN]);
    OpenFrame(start)
}

/// Writes the header of the frame whose payload reaches from [`begin`] to the end of `out`.
#[inline]
pub fn finish(out: &mut Vec<u8>, opcode: Opcode, frame: OpenFrame) {
    let start = frame.0;
    let payload = start + MEDIUM_HEADER_LEN;
    let length = out.len() - payload;
    out[start] = FIN | opcode as u8;
    if length <= SHORT_LEN_MAX {
        out[start + 1] = length as u8;
        out.copy_within(payload.., start + SHORT_HEADER_LEN);
        out.truncate(start + SHORT_HEADER_LEN + length);
    } else if let Ok(length) = u16::try_from(length) {
        out[start + 1] = LENGTH_16;
        out[start + 2..payload].copy_from_slice(&length.to_be_bytes());
    } else {
        let end = out.len();
        out.resize(end + LONG_HEADER_LEN - MEDIUM_HEADER_LEN, 0);
        out.copy_within(payload..end, start + LONG_HEADER_LEN);
        out[start + 1] = LENGTH_64;
        out[start + 2..start + LONG_HEADER_LEN].copy_from_slice(&(length as u64).to_be_bytes());
    }
}

/// The payloads of frames that [`finish`] wrote.
pub fn payloads(mut frames: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (header, length) = match *frames.get(1)? {
            LENGTH_16 => (MEDIUM_HEADER_LEN, u16::from_be_bytes([frames[2], frames[3]]).into()),
            LENGTH_64 => {
                let field = frames[2..LONG_HEADER_LEN].try_into().expect("eight bytes");
                (LONG_HEADER_LEN, u64::from_be_bytes(field))
            }
            short => (SHORT_HEADER_LEN, short.into()),
        };
        let (frame, rest) = frames.split_at(header + length as usize);
        frames = rest;
        Some(&frame[header..])
    })
}

/// Appends a whole server frame.
pub fn write(out: &mut Vec<u8>, opcode: Opcode, payload: &[u8]) {
    let frame = begin(out);
    out.extend_from_slice(payload);
    finish(out, opcode, frame);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMIT: usize = 70_000;

    /// Bytes held back for frames and messages that are not complete.
    fn buffered(reader: &FrameReader) -> usize {
        reader.partial.len() + reader.message.len()
    }

    /// A client frame; `mask` 0 is a legal mask.
    fn client(first: u8, payload: &[u8], mask: u32) -> Vec<u8> {
        let mut out = vec![first];
        match payload.len() {
            length @ 0..=125 => out.push(MASKED | length as u8),
            length @ 126..=0xffff => {
                out.push(MASKED | LENGTH_16);
                out.extend((length as u16).to_be_bytes());
            }
            length => {
                out.push(MASKED | LENGTH_64);
                out.extend((length as u64).to_be_bytes());
            }
        }
        let mask = mask.to_be_bytes();
        out.extend(mask);
        out.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, key)| byte ^ key));
        out
    }

    type Messages = Vec<(Opcode, Vec<u8>)>;

    fn read_all(reader: &mut FrameReader, mut chunk: &[u8], into: &mut Messages) -> Result<(), FrameError> {
        let mut payload = Vec::new();
        while let Some(opcode) = reader.next(&mut chunk, &mut payload)? {
            into.push((opcode, payload.clone()));
        }
        assert!(chunk.is_empty());
        Ok(())
    }

    fn read(bytes: &[u8]) -> Result<Messages, FrameError> {
        let mut messages = Vec::new();
        read_all(&mut FrameReader::new(LIMIT), bytes, &mut messages)?;
        Ok(messages)
    }

    #[test]
    fn the_masked_hello_of_the_rfc() {
        let bytes = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
        assert_eq!(read(&bytes).unwrap(), [(Opcode::Text, b"Hello".to_vec())]);
    }

    #[test]
    fn every_length_class_at_its_edges() {
        for length in [0, 1, 7, 8, 9, 125, 126, 127, 65_535, 65_536, LIMIT] {
            let payload: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let bytes = client(0x82, &payload, 0x0102_0304);
            assert_eq!(read(&bytes).unwrap(), [(Opcode::Binary, payload)], "{length}");
        }
    }

    #[test]
    fn wrong_frames_and_their_close_codes() {
        let long = vec![0; 126];
        let huge = [0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0];
        let rows: &[(&[u8], FrameError, u16)] = &[
            (&client(0xc2, b"x", 1), FrameError::ReservedBits, 1002),
            (&client(0xa2, b"x", 1), FrameError::ReservedBits, 1002),
            (&client(0x92, b"x", 1), FrameError::ReservedBits, 1002),
            (&client(0x83, b"x", 1), FrameError::UnknownOpcode, 1002),
            (&client(0x8b, b"x", 1), FrameError::UnknownOpcode, 1002),
            (&[0x82, 0x01, 0x00], FrameError::NotMasked, 1002),
            (&[0x82, 0xfe, 0x00, 0x7d], FrameError::LengthNotMinimal, 1002),
            (&[0x82, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff], FrameError::LengthNotMinimal, 1002),
            (&huge, FrameError::LengthNotMinimal, 1002),
            (&client(0x09, b"", 1), FrameError::FragmentedControl, 1002),
            (&client(0x89, &long, 1), FrameError::LongControl, 1002),
            (&client(0x80, b"x", 1), FrameError::UnexpectedContinuation, 1002),
            (&[client(0x02, b"x", 1), client(0x82, b"y", 1)].concat(), FrameError::InterruptedMessage, 1002),
            (&client(0x88, b"x", 1), FrameError::BadClose, 1002),
            (&client(0x88, &1005u16.to_be_bytes(), 1), FrameError::BadClose, 1002),
            (&client(0x88, &999u16.to_be_bytes(), 1), FrameError::BadClose, 1002),
            (&client(0x88, b"\x03\xe8\xff", 1), FrameError::NotUtf8, 1007),
            (&client(0x81, b"\xc3\x28", 1), FrameError::NotUtf8, 1007),
            // Refused from the header alone: the payload is not waited for.
            (&[0x82, 0xff, 0, 0, 0, 0, 0, 1, 0x11, 0x71], FrameError::TooBig, 1009),
        ];
        for (row, (bytes, error, code)) in rows.iter().enumerate() {
            assert_eq!(read(bytes).unwrap_err(), *error, "row {row}");
            assert_eq!(error.close_code(), *code);
        }
    }

    #[test]
    fn fragments_are_joined_around_control_frames() {
        let bytes = [
            client(0x01, "a\u{e9}".as_bytes().split_at(2).0, 7),
            client(0x89, b"ping", 8),
            client(0x00, "a\u{e9}".as_bytes().split_at(2).1, 9),
            client(0x80, b"!", 10),
            client(0x82, b"next", 11),
        ]
        .concat();
        let expected = [
            (Opcode::Ping, b"ping".to_vec()),
            (Opcode::Text, "a\u{e9}!".as_bytes().to_vec()),
            (Opcode::Binary, b"next".to_vec()),
        ];
        assert_eq!(read(&bytes).unwrap(), expected);
    }

    #[test]
    fn fragments_together_obey_the_limit() {
        let bytes = [client(0x02, &vec![0; LIMIT], 1), client(0x80, b"x", 1)].concat();
        assert_eq!(read(&bytes).unwrap_err(), FrameError::TooBig);
    }

    #[test]
    fn fragments_are_bounded_however_little_they_hold() {
        let fragments = |count: u32| {
            let middle = (1..count - 1).flat_map(|_| client(0x00, b"", 1)).collect();
            [client(0x02, b"a", 1), middle, client(0x80, b"b", 1)].concat()
        };
        assert_eq!(read(&fragments(MAX_FRAGMENTS)).unwrap(), [(Opcode::Binary, b"ab".to_vec())]);
        assert_eq!(read(&fragments(MAX_FRAGMENTS).repeat(2)).unwrap().len(), 2);
        assert_eq!(read(&fragments(MAX_FRAGMENTS + 1)).unwrap_err(), FrameError::TooManyFragments);
    }

    #[test]
    fn a_partial_frame_pins_no_more_than_its_bytes_and_gives_them_back() {
        let mut reader = FrameReader::new(LIMIT);
        let bytes = client(0x82, &vec![1; LIMIT], 1);
        let mut messages = Vec::new();
        read_all(&mut reader, &bytes[..LIMIT], &mut messages).unwrap();
        assert_eq!(buffered(&reader), LIMIT);
        read_all(&mut reader, &bytes[LIMIT..], &mut messages).unwrap();
        assert_eq!((buffered(&reader), messages.len()), (0, 1));
        assert!(reader.partial.capacity() <= RETAINED_CAPACITY);
    }

    #[test]
    fn server_frames_have_minimal_headers() {
        for (length, header) in [
            (0, vec![0x82, 0]),
            (125, vec![0x82, 125]),
            (126, vec![0x82, 126, 0, 126]),
            (65_535, vec![0x82, 126, 0xff, 0xff]),
            (65_536, vec![0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] {
            let payload: Vec<u8> = (0..length).map(|at| (at * 7) as u8).collect();
            let mut out = b"before".to_vec();
            write(&mut out, Opcode::Binary, &payload);
            assert_eq!(out, [&b"before"[..], &header, &payload].concat(), "{length}");
            write(&mut out, Opcode::Text, b"after");
            assert_eq!(payloads(&out[6..]).collect::<Vec<_>>(), [&payload[..], b"after"]);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_chunks_never_panic(chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..20)) {
            let mut reader = FrameReader::new(64);
            for chunk in &chunks {
                if read_all(&mut reader, chunk, &mut Vec::new()).is_err() {
                    break;
                }
                prop_assert!(buffered(&reader) <= 64 + MAX_HEADER_LEN + 64);
            }
        }

        #[test]
        fn chunking_changes_nothing(
            frames in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..300), any::<u32>(), 0..4u8), 1..8),
            cuts in prop::collection::vec(1..400usize, 0..40),
        ) {
            let mut bytes = Vec::new();
            let mut expected: Messages = Vec::new();
            for (payload, mask, form) in &frames {
                match form {
                    0 => {
                        let short = &payload[..payload.len().min(MAX_CONTROL_LEN)];
                        bytes.extend(client(0x89, short, *mask));
                        expected.push((Opcode::Ping, short.to_vec()));
                    }
                    1 => {
                        let (head, tail) = payload.split_at(payload.len() / 2);
                        bytes.extend(client(0x02, head, *mask));
                        bytes.extend(client(0x80, tail, !*mask));
                        expected.push((Opcode::Binary, payload.clone()));
                    }
                    _ => {
                        bytes.extend(client(0x82, payload, *mask));
                        expected.push((Opcode::Binary, payload.clone()));
                    }
                }
            }
            let mut reader = FrameReader::new(LIMIT);
            let mut messages = Vec::new();
            let mut rest = &bytes[..];
            for cut in cuts {
                let (chunk, after) = rest.split_at(cut.min(rest.len()));
                read_all(&mut reader, chunk, &mut messages).unwrap();
                rest = after;
            }
            read_all(&mut reader, rest, &mut messages).unwrap();
            prop_assert_eq!(messages, expected);
            prop_assert_eq!(buffered(&reader), 0);
        }
    }
}
