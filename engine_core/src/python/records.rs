//! What the engine hands to Python: immutable events and orders.

use crate::engine::OrderView;
use crate::event::Event;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::hash::{Hash, Hasher};
use zerocopy::IntoBytes;

#[pyclass(name = "Event", module = "pyengine._engine_core", frozen, eq, hash)]
#[derive(PartialEq)]
pub struct PyEvent(pub Event);

impl Hash for PyEvent {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_bytes().hash(state);
    }
}

macro_rules! getters {
    ($class:ident { $($(#[$doc:meta])* $name:ident -> $type:ty = $get:expr),* $(,)? } $($more:tt)*) => {
        #[pymethods]
        impl $class {
            $($(#[$doc])* #[getter] #[inline] fn $name(&self) -> $type { ($get)(&self.0) })*
            $($more)*
        }
    };
}

getters!(PyEvent {
    sequence -> u64 = |event: &Event| event.sequence,
    timestamp_ns -> u64 = |event: &Event| event.timestamp_ns,
    kind -> u8 = |event: &Event| event.kind,
    code -> u8 = |event: &Event| event.code,
    side -> u8 = |event: &Event| event.side,
    liquidity -> u8 = |event: &Event| event.liquidity,
    account -> u32 = |event: &Event| event.account,
    account_sequence -> u64 = |event: &Event| event.account_sequence,
    instrument -> u32 = |event: &Event| event.instrument,
    asset -> u32 = |event: &Event| event.asset,
    order_id -> u64 = |event: &Event| event.order_id,
    price -> i64 = |event: &Event| event.price,
    quantity -> i64 = |event: &Event| event.quantity,
    leaves -> i64 = |event: &Event| event.leaves,
    filled -> i64 = |event: &Event| event.filled,
    cash -> i64 = |event: &Event| event.cash,
    fee -> i64 = |event: &Event| event.fee,
    reference -> u64 = |event: &Event| event.reference,
}
    fn __bytes__<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.as_bytes())
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
);

#[pyclass(name = "Order", module = "pyengine._engine_core", frozen)]
pub struct PyOrder(pub OrderView);

getters!(PyOrder {
    order_id -> u64 = |order: &OrderView| order.id.0,
    client_order_id -> String = |order: &OrderView| order.client_id.as_str().to_owned(),
    account -> u32 = |order: &OrderView| order.account.0,
    instrument -> u32 = |order: &OrderView| order.instrument.0,
    side -> u8 = |order: &OrderView| order.side as u8,
    price -> i64 = |order: &OrderView| order.price.0,
    quantity -> i64 = |order: &OrderView| order.quantity.0,
    leaves -> i64 = |order: &OrderView| order.leaves.0,
    filled -> i64 = |order: &OrderView| (order.quantity - order.leaves).0,
    time_in_force -> u8 = |order: &OrderView| order.time_in_force as u8,
    stp -> u8 = |order: &OrderView| order.stp as u8,
}
    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
);
