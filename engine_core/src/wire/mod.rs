//! Bytes on the client's wire: websocket frames around MessagePack messages.
//!
//! Pure functions of bytes: no socket, no clock, no session policy. Every decoder is total: any bytes give a value
//! or a named error, never a panic. Text frames (JSON) are not decoded here; they are the gateway's.

pub mod frame;
pub mod msgpack;
mod orders;
pub mod reply;
mod reports;
pub mod request;
#[cfg(test)]
pub(crate) mod testing;
