//! Arguments as Python gives them: whole numbers within their record's range, or a `CommandError` that names field and
//! limit; whole records; names of settings.

use super::errors::CommandError;
use crate::command::{COMMAND_LEN, Command};
use crate::journal::Durability;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use zerocopy::FromBytes;

trait Whole: for<'a, 'py> FromPyObject<'a, 'py> {
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
whole!(u8, u32, u64, i64);

#[inline]
fn whole<T: Whole>(value: &Bound<'_, PyAny>, field: &str) -> PyResult<T> {
    value.extract::<T>().map_err(|_| out_of_range::<T>(value, field))
}

#[cold]
fn out_of_range<T: Whole>(value: &Bound<'_, PyAny>, field: &str) -> PyErr {
    if value.hasattr("__index__").unwrap_or(false) {
        return CommandError::new_err(format!("{field}: {value} is outside {}..={}", T::MIN, T::MAX));
    }
    PyTypeError::new_err(format!("{field}: expected a whole number, got {}", value.get_type()))
}

macro_rules! fields {
    ($($field:ident: $int:ty),* $(,)?) => {$(
        pub fn $field(value: &Bound<'_, PyAny>) -> PyResult<$int> {
            whole(value, stringify!($field))
        }
    )*};
}

fields! {
    account: u32,
    to_account: u32,
    asset: u32,
    asset_class: u8,
    decimals: u8,
    instrument: u32,
    base: u32,
    quote: u32,
    lot_size: i64,
    tick_lot_value: i64,
    max_price: i64,
    collar_bps: u32,
    fee_schedule: u32,
    maker_rate: u32,
    taker_rate: u32,
    side: u8,
    order_type: u8,
    time_in_force: u8,
    stp: u8,
    quantity_kind: u8,
    price: i64,
    quantity: i64,
    amount: i64,
    order_id: u64,
    withdrawal_id: u64,
}

/// `timestamp_ns`, or `None`.
pub fn timestamp_ns(value: &Bound<'_, PyAny>) -> PyResult<Option<u64>> {
    if value.is_none() { Ok(None) } else { whole(value, "timestamp_ns").map(Some) }
}

/// An instrument, or `None` for all.
pub fn any_instrument(value: &Bound<'_, PyAny>) -> PyResult<u32> {
    if value.is_none() { Ok(crate::types::NONE_ID) } else { instrument(value) }
}

/// One command record.
pub fn command(bytes: &[u8]) -> PyResult<Command> {
    let wrong = |_| CommandError::new_err(format!("command: {} bytes, a record has {COMMAND_LEN}", bytes.len()));
    Command::read_from_bytes(bytes).map_err(wrong)
}

/// `durability` of whatever has a journal.
pub fn durability(name: &str) -> PyResult<Durability> {
    match name {
        "sync" => Ok(Durability::Sync),
        "async" => Ok(Durability::Async),
        _ => Err(PyValueError::new_err(format!("durability: {name:?} is neither 'sync' nor 'async'"))),
    }
}
