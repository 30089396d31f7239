//! Arguments as Python gives them: whole numbers within their record's range, or a `CommandError` that names field and
//! limit; whole records; names of settings.

use super::errors::CommandError;
use crate::command::{Command, LongCommandBuffer, RecordError};
use crate::journal::Durability;
use crate::types::{ClientIdKey, Genesis, MAX_OPEN_ORDERS, SYMBOL_LEN};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use zerocopy::FromBytes;

pub trait Whole: for<'a, 'py> FromPyObject<'a, 'py> {
    const MIN: i128;
    const MAX: i128;
}

macro_rules! whole {
    ($($int:ty),*) => {$(
        impl Whole for $int {
            const MIN: i128 = <$int>::MIN as i128;
            const MAX: i128 = <$int>::MAX as i128;
        }
    )*};
}
whole!(u8, u16, u32, u64, i32, i64);

#[inline]
pub fn whole<T: Whole>(value: &Bound<'_, PyAny>, field: &str) -> PyResult<T> {
    value.extract::<T>().map_err(|_| out_of_range::<T>(value, field))
}

#[cold]
fn out_of_range<T: Whole>(value: &Bound<'_, PyAny>, field: &str) -> PyErr {
    if value.hasattr("__index__").unwrap_or(false) {
        return CommandError::new_err(format!("{field}: {value} is outside {}..={}", T::MIN, T::MAX));
    }
    PyTypeError::new_err(format!("{field}: expected a whole number, got {}", value.get_type()))
}

/// Readers of arguments, each named as its argument.
macro_rules! readers {
    ($($field:ident: $int:ty),* $(,)?) => {$(
        fn $field(value: &pyo3::Bound<'_, pyo3::PyAny>) -> pyo3::PyResult<$int> {
            $crate::python::fields::whole(value, stringify!($field))
        }
    )*};
}
pub(crate) use readers;

/// `timestamp_ns`, or `None`.
pub fn timestamp_ns(value: &Bound<'_, PyAny>) -> PyResult<Option<u64>> {
    if value.is_none() { Ok(None) } else { whole(value, "timestamp_ns").map(Some) }
}

/// An instrument, or `None` for all.
pub fn any_instrument(value: &Bound<'_, PyAny>) -> PyResult<Option<u32>> {
    if value.is_none() { Ok(None) } else { whole(value, "instrument").map(Some) }
}

/// An asset, or `None` for none.
pub fn any_asset(value: &Bound<'_, PyAny>) -> PyResult<Option<u32>> {
    if value.is_none() { Ok(None) } else { whole(value, "asset").map(Some) }
}

/// A side, whatever number it is.
pub fn side(value: &Bound<'_, PyAny>) -> PyResult<u8> {
    whole(value, "side")
}

/// The length byte of a text. Too long a text keeps its length, up to 255, and the engine rejects it.
pub fn text_len(text: &str) -> u8 {
    u8::try_from(text.len()).unwrap_or(u8::MAX)
}

/// The parts of an entry, which is a tuple of so many.
pub fn parts<'py, const N: usize>(entry: &Bound<'py, PyAny>) -> PyResult<[Bound<'py, PyAny>; N]> {
    let parts: Vec<_> = entry.try_iter()?.collect::<PyResult<_>>()?;
    parts.try_into().map_err(|parts: Vec<_>| {
        CommandError::new_err(format!("an entry of {} values, where there are {N}", parts.len()))
    })
}

/// The byte that counts entries. Too many keep their count, up to 255, and the engine rejects them.
pub fn count<T>(entries: &[T]) -> u8 {
    u8::try_from(entries.len()).unwrap_or(u8::MAX)
}

/// The words of a document, which is bytes.
pub fn document_words(value: &Bound<'_, PyAny>) -> PyResult<Vec<u64>> {
    let bytes = value.cast::<PyBytes>()?.as_bytes();
    let (words, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() {
        return Err(CommandError::new_err(format!("document: {} bytes are not a multiple of 8", bytes.len())));
    }
    Ok(words.iter().map(|word| u64::from_le_bytes(*word)).collect())
}

/// Symbol bytes and length; what is too long is cut, but its length tells.
pub fn symbol(symbol: &str) -> ([u8; SYMBOL_LEN], u8) {
    let mut bytes = [0; SYMBOL_LEN];
    let kept = symbol.len().min(SYMBOL_LEN);
    bytes[..kept].copy_from_slice(&symbol.as_bytes()[..kept]);
    (bytes, text_len(symbol))
}

/// Bytes as words, in which records are read. Records are whole words: what is not, is none.
pub fn words(bytes: &[u8]) -> PyResult<Vec<u64>> {
    let (words, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() {
        return Err(CommandError::new_err(format!("commands: {} bytes are not a multiple of 8", bytes.len())));
    }
    Ok(words.iter().map(|word| u64::from_le_bytes(*word)).collect())
}

/// What is wrong with bytes that are no records.
pub fn no_record((at, error): (usize, RecordError)) -> PyErr {
    CommandError::new_err(format!("command record at byte {at}: {error}"))
}

/// One command record.
pub fn command(bytes: &[u8]) -> PyResult<LongCommandBuffer> {
    let words = words(bytes)?;
    let (command, rest) = Command::split(&words).map_err(|error| no_record((0, error)))?;
    if !rest.is_empty() {
        let length = command.header().length;
        return Err(CommandError::new_err(format!("a record of {length} bytes in {}", bytes.len())));
    }
    Ok(LongCommandBuffer::copy_of(command))
}

/// `client_id_key`: 16 bytes.
pub fn client_id_key(value: &Bound<'_, PyAny>) -> PyResult<ClientIdKey> {
    let bytes = value.cast::<PyBytes>()?.as_bytes();
    let key = ClientIdKey::read_from_bytes(bytes);
    key.map_err(|_| CommandError::new_err(format!("client_id_key: {} bytes, a key has 16", bytes.len())))
}

/// `public_key`: the 32 bytes of an Ed25519 key.
pub fn public_key(value: &Bound<'_, PyAny>) -> PyResult<[u8; 32]> {
    octets(value, "public_key")
}

/// `signature`: the 64 bytes of an Ed25519 signature.
pub fn signature(value: &Bound<'_, PyAny>) -> PyResult<[u8; 64]> {
    octets(value, "signature")
}

/// Bytes of one length.
fn octets<const N: usize>(value: &Bound<'_, PyAny>, field: &str) -> PyResult<[u8; N]> {
    let bytes = value.cast::<PyBytes>()?.as_bytes();
    let wrong = |_| CommandError::new_err(format!("{field}: {} bytes, where there are {N}", bytes.len()));
    bytes.try_into().map_err(wrong)
}

/// What an engine never changes, as arguments.
pub fn genesis(shard: u8, max_open_orders: u32, client_id_key: ClientIdKey) -> PyResult<Genesis> {
    if !(1..=MAX_OPEN_ORDERS).contains(&max_open_orders) {
        let message = format!("max_open_orders: {max_open_orders} is outside 1..={MAX_OPEN_ORDERS}");
        return Err(CommandError::new_err(message));
    }
    Ok(Genesis { shard, max_open_orders, client_id_key })
}

/// `durability` of whatever has a journal.
pub fn durability(name: &str) -> PyResult<Durability> {
    match name {
        "sync" => Ok(Durability::Sync),
        "async" => Ok(Durability::Async),
        _ => Err(PyValueError::new_err(format!("durability: {name:?} is neither 'sync' nor 'async'"))),
    }
}
