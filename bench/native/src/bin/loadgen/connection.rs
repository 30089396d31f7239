//! A websocket client on a plain, non-blocking socket: binary messages out, frames in, no message read or understood.
//!
//! Knows only what a server of this project sends: unfragmented frames without extensions. It does not verify the accept
//! key of the handshake and does not answer pings (a client that sends orders is never silent long enough for that).

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

pub const BINARY: u8 = 2;
pub const CLOSE: u8 = 8;

/// More than any message that answers an order.
const FRAME_MAX: usize = 64 << 10;
/// At least a frame with its header.
const INPUT_BYTES: usize = 256 << 10;
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
const HANDSHAKE_MAX: usize = 8 << 10;

pub struct Connection {
    stream: TcpStream,
    /// Received and not yet consumed: `consumed..filled`.
    input: Vec<u8>,
    consumed: usize,
    filled: usize,
    output: Vec<u8>,
    mask: u32,
}

impl Connection {
    /// Connects to the loopback port and does the websocket handshake.
    pub fn open(port: u16) -> io::Result<Connection> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(HANDSHAKE_TIMEOUT))?;
        write!(
            stream,
            "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bG9hZCBnZW5lcmF0b3IuLg==\r\n\r\n"
        )?;
        let mut input = read_handshake(&mut stream)?;
        let filled = input.len();
        input.resize(filled.max(INPUT_BYTES), 0);
        stream.set_nonblocking(true)?;
        Ok(Connection { stream, input, consumed: 0, filled, output: Vec::new(), mask: 0x9e37_79b9 })
    }

    pub fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// Adds a masked binary frame to what [`Connection::flush`] will write.
    pub fn send(&mut self, payload: &[u8]) {
        // Any key will do on loopback, as long as it is another one each time and the server has to unmask.
        self.mask = self.mask.wrapping_mul(0x0019_660d).wrapping_add(0x3c6e_f35f);
        let mask = self.mask.to_be_bytes();
        self.output.push(0x80 | BINARY);
        match payload.len() {
            length @ 0..126 => self.output.push(0x80 | length as u8),
            length => {
                let length = u16::try_from(length).expect("a request is below 4,096 bytes");
                self.output.push(0x80 | 126);
                self.output.extend_from_slice(&length.to_be_bytes());
            }
        }
        self.output.extend_from_slice(&mask);
        self.output.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, key)| byte ^ key));
    }

    /// Writes what the socket takes, in one call if it takes all.
    pub fn flush(&mut self) -> io::Result<()> {
        while !self.output.is_empty() {
            match self.stream.write(&self.output) {
                Ok(written) => drop(self.output.drain(..written)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    pub fn wants_to_write(&self) -> bool {
        !self.output.is_empty()
    }

    /// Reads once.
    pub fn fill(&mut self) -> io::Result<()> {
        self.input.copy_within(self.consumed..self.filled, 0);
        self.filled -= self.consumed;
        self.consumed = 0;
        match self.stream.read(&mut self.input[self.filled..]) {
            Ok(0) => Err(io::Error::new(ErrorKind::UnexpectedEof, "the server closed the connection")),
            Ok(length) => {
                self.filled += length;
                Ok(())
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The next whole frame that has been read: opcode and payload.
    pub fn next_frame(&mut self) -> io::Result<Option<(u8, &[u8])>> {
        let Some((opcode, start, end)) = frame_at(&self.input[self.consumed..self.filled])? else {
            return Ok(None);
        };
        let payload = self.consumed + start..self.consumed + end;
        self.consumed += end;
        Ok(Some((opcode, &self.input[payload])))
    }
}

/// Reads the answer's head; returns what came after it.
fn read_handshake(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut answer = Vec::new();
    loop {
        if let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") {
            if !answer.starts_with(b"HTTP/1.1 101 ") {
                let line = String::from_utf8_lossy(&answer[..end]).into_owned();
                return Err(io::Error::other(format!("the server refused the upgrade: {line}")));
            }
            return Ok(answer.split_off(end + 4));
        }
        let mut chunk = [0; 1024];
        let length = stream.read(&mut chunk)?;
        if length == 0 || answer.len() > HANDSHAKE_MAX {
            return Err(io::Error::new(ErrorKind::UnexpectedEof, "no answer to the websocket handshake"));
        }
        answer.extend_from_slice(&chunk[..length]);
    }
}

/// Opcode, start and end of the payload of the whole frame at the front of `bytes`.
fn frame_at(bytes: &[u8]) -> io::Result<Option<(u8, usize, usize)>> {
    let [first, second, rest @ ..] = bytes else { return Ok(None) };
    if first & 0xf0 != 0x80 || second & 0x80 != 0 {
        return Err(io::Error::other("a frame that is fragmented, extended or masked"));
    }
    let (start, length) = match second {
        126 => match rest.first_chunk() {
            Some(length) => (4, usize::from(u16::from_be_bytes(*length))),
            None => return Ok(None),
        },
        127 => match rest.first_chunk() {
            Some(length) => (10, usize::try_from(u64::from_be_bytes(*length)).unwrap_or(usize::MAX)),
            None => return Ok(None),
        },
        short => (2, usize::from(*short)),
    };
    if length > FRAME_MAX {
        return Err(io::Error::other(format!("a frame of {length} bytes, over {FRAME_MAX}")));
    }
    Ok((bytes.len() >= start + length).then_some((first & 0x0f, start, start + length)))
}
