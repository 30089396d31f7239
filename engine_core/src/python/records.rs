//! What the engine hands to Python: immutable events and orders.

use crate::engine::OrderView;
use crate::event::Event;
use crate::obligations::{ObligationId, ObligationTerms, Served};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::hash::{Hash, Hasher};
use zerocopy::IntoBytes;

/// One event, immutable. Fields and units: `engine_core/docs/semantics.md`, section 4.
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
    /// Of the command that caused it.
    sequence -> u64 = |event: &Event| event.sequence,
    /// Of that command, in nanoseconds since the Unix epoch.
    timestamp_ns -> u64 = |event: &Event| event.timestamp_ns,
    /// Of the account's events, from 1; 0 if there is no such account.
    account_sequence -> u64 = |event: &Event| event.account_sequence,
    /// Whose event it is.
    account -> u32 = |event: &Event| event.account,
    /// What happened, an `EventKind`.
    kind -> u8 = |event: &Event| event.kind,
}
    /// The client's own name for the order, or empty. Of REJECTED: of a command on orders if it is one, else
    /// empty.
    #[getter]
    fn client_order_id(&self) -> PyResult<&str> {
        if self.0.order_id().is_none() {
            return Err(self.lacks("client_order_id"));
        }
        Ok(std::str::from_utf8(self.0.client_order_id()).expect("printable ASCII"))
    }

    /// The record of 136 bytes.
    fn __bytes__<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.0.as_bytes())
    }

    fn __str__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyengine.event")?.call_method1("line", (slf,))
    }

    fn __repr__(&self) -> String {
        let kind = crate::event::kind_word(self.0.kind).unwrap_or("unknown");
        format!("<{kind} of account {}, sequence {}>", self.0.account, self.0.sequence)
    }
);

impl PyEvent {
    /// The error for a field that the event's kind does not have.
    #[cold]
    pub fn lacks(&self, field: &str) -> PyErr {
        let kind = crate::event::kind_word(self.0.kind).unwrap_or("unknown");
        PyAttributeError::new_err(format!("an event of kind {kind:?} has no {field:?}"))
    }
}

/// An open order as it stands now, immutable.
#[pyclass(name = "Order", module = "pyengine._engine_core", frozen)]
pub struct PyOrder(pub OrderView);

getters!(PyOrder {
    /// The order's id, never given out twice.
    order_id -> u64 = |order: &OrderView| order.id.0,
    /// The client's own name for it, or empty.
    client_order_id -> String = |order: &OrderView| order.client_id.as_str().to_owned(),
    /// Whose it is.
    account -> u32 = |order: &OrderView| order.account.0,
    /// The instrument's id.
    instrument -> u32 = |order: &OrderView| order.instrument.0,
    /// A `Side`.
    side -> u8 = |order: &OrderView| order.side as u8,
    /// The limit in ticks.
    price -> i64 = |order: &OrderView| order.price.0,
    /// Total lots.
    quantity -> i64 = |order: &OrderView| order.quantity.0,
    /// Lots that are still open.
    leaves -> i64 = |order: &OrderView| order.leaves.0,
    /// Lots that have traded.
    filled -> i64 = |order: &OrderView| (order.quantity - order.leaves).0,
    /// A `TimeInForce`.
    time_in_force -> u8 = |order: &OrderView| order.time_in_force as u8,
    /// A `SelfTradePrevention`.
    stp -> u8 = |order: &OrderView| order.stp as u8,
}
    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
);

/// What a market maker owes on an instrument, and has done of it by now.
#[derive(Debug)]
pub struct ObligationRow {
    pub id: ObligationId,
    pub terms: ObligationTerms,
    pub served: Served,
    pub is_met: bool,
    pub earned: bool,
}

/// What a market maker owes on an instrument, and has done of it by now, immutable.
#[pyclass(name = "Obligation", module = "pyengine._engine_core", frozen)]
pub struct PyObligation(pub ObligationRow);

getters!(PyObligation {
    /// Who owes it.
    account -> u32 = |row: &ObligationRow| row.id.account.0,
    /// The instrument's id.
    instrument -> u32 = |row: &ObligationRow| row.id.instrument.0,
    /// Ticks that its best bid and its best offer may be apart.
    max_spread -> u32 = |row: &ObligationRow| row.terms.max_spread,
    /// Lots that it must show on each side.
    min_quantity -> i64 = |row: &ObligationRow| row.terms.min_quantity.0,
    /// How much of the time, in basis points.
    required_bps -> u32 = |row: &ObligationRow| row.terms.required_bps,
    /// Hundredths of a basis point that its orders pay once it is earned; below 0: a rebate.
    maker_rate -> i32 = |row: &ObligationRow| i32::from(row.terms.maker_rate),
    /// How long it was met on this trade date, in nanoseconds.
    met_ns -> u64 = |row: &ObligationRow| row.served.met_ns,
    /// How long the instrument traded on this trade date, in nanoseconds.
    open_ns -> u64 = |row: &ObligationRow| row.served.open_ns,
    /// Whether it is met now.
    is_met -> bool = |row: &ObligationRow| row.is_met,
    /// Whether the maker rate holds now: the last trade date earned it.
    earned -> bool = |row: &ObligationRow| row.earned,
}
    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
);
