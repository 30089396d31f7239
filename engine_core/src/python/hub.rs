//! `Hub`: the gateway's hot path, for one event loop. Bytes in, bytes out; a hot message never becomes a Python object.

use super::fields;
use super::queries::{self, AssetRow, InstrumentRow, Levels};
use super::records::PyOrder;
use crate::engine::Engine;
use crate::hub::{Channel, Handed, Hub, MAX_UNRELEASED_IN_TOTAL, Released};
use crate::journal::{self, SEGMENT_BYTES_DEFAULT};
use crate::types::{AccountId, CLIENT_ID_WINDOW, DEFAULT_MAX_OPEN_ORDERS};
use crate::venue::VenueConfig;
use crate::wire::frame;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple};
use std::path::PathBuf;
use zerocopy::IntoBytes;

fields::readers! { shard: u8, max_open_orders: u32 }

/// The number of the balances channel; the others are [`Channel`]'s.
const BALANCES: u8 = 3;
/// The session of commands that nobody is answered for.
const NOBODY: i64 = -1;

#[pyclass(name = "Hub", module = "pyengine._engine_core")]
pub struct PyHub {
    /// `None` once closed.
    hub: Option<Hub>,
    /// What the close released, until it is polled.
    last: Vec<Py<PyTuple>>,
    /// Reused from call to call.
    frames: Vec<Handed>,
}

impl PyHub {
    fn open(&self) -> PyResult<&Hub> {
        self.hub.as_ref().ok_or_else(closed)
    }

    fn open_mut(&mut self) -> PyResult<&mut Hub> {
        self.hub.as_mut().ok_or_else(closed)
    }

    fn engine(&self) -> PyResult<&Engine> {
        self.open().map(Hub::engine)
    }
}

fn closed() -> PyErr {
    PyValueError::new_err("the hub is closed")
}

/// One entry of `poll`: the session and its bytes, its list of payloads, or None if it overran.
fn released_entry(py: Python<'_>, session: u64, released: Released) -> PyResult<Py<PyTuple>> {
    let output = match released {
        Released::Frames(bytes) => PyBytes::new(py, bytes).into_any(),
        Released::Text(bytes) => {
            let payloads: Vec<_> = frame::payloads(bytes).map(|payload| PyBytes::new(py, payload)).collect();
            PyList::new(py, payloads)?.into_any()
        }
        Released::Overrun => py.None().into_bound(py),
    };
    Ok((session, output).into_pyobject(py)?.unbind())
}

/// Collects entries for `poll`; the first error wins.
fn collect(py: Python<'_>, into: &mut PyResult<Vec<Py<PyTuple>>>) -> impl FnMut(u64, Released) {
    move |session, released| {
        if let Ok(entries) = into {
            match released_entry(py, session, released) {
                Ok(entry) => entries.push(entry),
                Err(error) => *into = Err(error),
            }
        }
    }
}

#[pymethods]
#[allow(clippy::too_many_arguments)] // Python keyword arguments
impl PyHub {
    #[new]
    #[pyo3(signature = (directory, *, durability="sync", segment_bytes=SEGMENT_BYTES_DEFAULT, max_in_flight=CLIENT_ID_WINDOW, replay_accounts=vec![], unread_output_bytes=MAX_UNRELEASED_IN_TOTAL, shard=0, max_open_orders=DEFAULT_MAX_OPEN_ORDERS, client_id_key=None))]
    fn new(
        py: Python<'_>,
        directory: Option<PathBuf>,
        durability: &str,
        segment_bytes: u64,
        max_in_flight: u32,
        replay_accounts: Vec<u32>,
        unread_output_bytes: usize,
        #[pyo3(from_py_with = shard)] shard: u8,
        #[pyo3(from_py_with = max_open_orders)] max_open_orders: u32,
        client_id_key: Option<Bound<'_, PyAny>>,
    ) -> PyResult<PyHub> {
        let client_id_key = match client_id_key {
            Some(given) => fields::client_id_key(&given)?,
            None => journal::random_key()?,
        };
        let genesis = fields::genesis(shard, max_open_orders, client_id_key)?;
        let config = VenueConfig {
            directory,
            durability: fields::durability(durability)?,
            segment_bytes,
            genesis,
            ..VenueConfig::default()
        };
        let mut hub = py.detach(|| Hub::open(&config, max_in_flight, &replay_accounts))?;
        hub.set_unreleased_max(unread_output_bytes);
        Ok(PyHub { hub: Some(hub), last: Vec::new(), frames: Vec::new() })
    }

    fn fileno(&self) -> PyResult<i32> {
        Ok(self.open()?.venue().event_fd().unwrap_or(-1))
    }

    // sessions

    fn open_session(&mut self) -> PyResult<u64> {
        Ok(self.open_mut()?.open_session()?)
    }

    fn authorize(&mut self, session: u64, key: u32, account: u32, can_trade: bool, text: bool) -> PyResult<()> {
        Ok(self.open_mut()?.authorize(session, key, account, can_trade, text)?)
    }

    fn set_limits(&mut self, key: u32, orders: (u32, u32), requests: (u32, u32)) -> PyResult<()> {
        Ok(self.open_mut()?.set_limits(key, orders, requests)?)
    }

    fn admit(&mut self, key: u32, now_ns: u64) -> PyResult<bool> {
        Ok(self.open_mut()?.admit(key, now_ns))
    }

    fn close_session(&mut self, session: u64) -> PyResult<()> {
        Ok(self.open_mut()?.close_session(session)?)
    }

    // input

    fn receive<'py>(
        &mut self,
        py: Python<'py>,
        session: u64,
        data: &[u8],
        now_ns: u64,
    ) -> PyResult<Bound<'py, PyList>> {
        let hub = self.hub.as_mut().ok_or_else(closed)?;
        self.frames.clear();
        hub.receive(session, data, now_ns, &mut self.frames)?;
        let frames = self.frames.iter();
        let frames = frames.map(|frame| (frame.opcode as u8, PyBytes::new(py, &frame.payload), frame.granted));
        PyList::new(py, frames)
    }

    fn message(&mut self, session: u64, payload: &[u8], now_ns: u64) -> PyResult<bool> {
        Ok(self.open_mut()?.message(session, payload, now_ns)?)
    }

    #[pyo3(signature = (session, r#ref, command, now_ns))]
    fn submit<'py>(
        &mut self,
        py: Python<'py>,
        session: i64,
        r#ref: u64,
        command: &[u8],
        now_ns: u64,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let session = match session {
            NOBODY => None,
            session => Some(u64::try_from(session).map_err(|_| PyKeyError::new_err(format!("session {session}")))?),
        };
        let command = fields::command(command)?;
        let event = self.open_mut()?.submit(session, r#ref, command, now_ns)?;
        Ok(PyBytes::new(py, event.as_bytes()))
    }

    /// Gives the engine its time, if it has come; returns when it wants the next.
    fn pulse(&mut self, now_ns: u64) -> PyResult<Option<u64>> {
        Ok(self.open_mut()?.pulse(now_ns)?)
    }

    // output

    fn send(&mut self, session: u64, payload: &[u8]) -> PyResult<()> {
        Ok(self.open_mut()?.send(session, payload)?)
    }

    fn subscribe(&mut self, session: u64, channel: u8, instrument: u32) -> PyResult<()> {
        let hub = self.open_mut()?;
        Ok(match channel {
            BALANCES => hub.watch_balances(session, true),
            channel => hub.subscribe(session, known_channel(channel)?, instrument),
        }?)
    }

    fn unsubscribe(&mut self, session: u64, channel: u8, instrument: u32) -> PyResult<()> {
        let hub = self.open_mut()?;
        Ok(match channel {
            BALANCES => hub.watch_balances(session, false),
            channel => hub.unsubscribe(session, known_channel(channel)?, instrument),
        }?)
    }

    fn next_part(&mut self, session: u64, instrument: u32) -> PyResult<bool> {
        Ok(self.open_mut()?.next_part(session, instrument)?)
    }

    #[pyo3(signature = (session, r#ref, from_account_seq))]
    fn replay(&mut self, session: u64, r#ref: u64, from_account_seq: u64) -> PyResult<()> {
        Ok(self.open_mut()?.replay(session, r#ref, from_account_seq)?)
    }

    fn commit(&mut self) -> PyResult<bool> {
        Ok(self.open_mut()?.commit()?)
    }

    fn poll<'py>(&mut self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let mut entries = Ok(std::mem::take(&mut self.last));
        if let Some(hub) = &mut self.hub {
            hub.release(collect(py, &mut entries))?;
        }
        PyList::new(py, entries?)
    }

    fn backlog(&mut self) -> PyResult<Vec<u64>> {
        Ok(self.open_mut()?.take_waiting())
    }

    fn snapshot(&mut self, py: Python<'_>) -> PyResult<PathBuf> {
        let hub = self.open_mut()?;
        Ok(py.detach(|| hub.snapshot())?)
    }

    /// What the stop left: the path of its snapshot, and why there is none. Neither, if there was nothing to keep.
    fn close(&mut self, py: Python<'_>) -> PyResult<(Option<PathBuf>, Option<String>)> {
        let Some(hub) = self.hub.take() else { return Ok((None, None)) };
        let mut entries = Ok(Vec::new());
        let ended = hub.close(collect(py, &mut entries));
        self.last.extend(entries?);
        Ok(match ended?.snapshot {
            Some(Ok(path)) => (Some(path), None),
            Some(Err(error)) => (None, Some(error.to_string())),
            None => (None, None),
        })
    }

    // queries

    #[getter]
    fn sequence(&self) -> PyResult<u64> {
        Ok(self.engine()?.sequence())
    }

    #[getter]
    fn durable_sequence(&self) -> PyResult<u64> {
        Ok(self.open()?.venue().durable_sequence())
    }

    #[getter]
    fn timestamp_ns(&self) -> PyResult<u64> {
        Ok(self.engine()?.timestamp_ns())
    }

    #[getter]
    fn trade_date(&self) -> PyResult<u32> {
        Ok(self.engine()?.trade_date())
    }

    fn balance(&self, account: u32, asset: u32) -> PyResult<(i64, i64)> {
        queries::balance(self.engine()?, account, asset)
    }

    fn issued(&self, asset: u32) -> PyResult<i64> {
        queries::issued(self.engine()?, asset)
    }

    fn total(&self, asset: u32) -> PyResult<i64> {
        queries::total(self.engine()?, asset)
    }

    fn depth(&self, instrument: u32, levels: usize) -> PyResult<(Levels, Levels)> {
        queries::depth(self.engine()?, instrument, levels)
    }

    fn order(&self, order_id: u64) -> PyResult<Option<PyOrder>> {
        Ok(queries::order(self.engine()?, order_id))
    }

    fn open_orders(&self, account: u32) -> PyResult<Vec<PyOrder>> {
        queries::open_orders(self.engine()?, account)
    }

    fn open_orders_page(&self, account: u32, after: u64, limit: usize) -> PyResult<(Vec<PyOrder>, bool)> {
        queries::open_orders_page(self.engine()?, account, after, limit)
    }

    fn counts(&self) -> PyResult<(usize, usize, usize, u32)> {
        Ok(queries::counts(self.engine()?))
    }

    fn account_sequence(&self, account: u32) -> PyResult<u64> {
        queries::account_sequence(self.engine()?, account)
    }

    fn max_in_flight(&self, account: u32) -> PyResult<u32> {
        Ok(self.open()?.max_in_flight(AccountId(account)))
    }

    fn account_fee_schedule(&self, account: u32) -> PyResult<u32> {
        queries::account_fee_schedule(self.engine()?, account)
    }

    fn fee_schedules(&self) -> PyResult<Vec<queries::FeeScheduleRow>> {
        Ok(queries::fee_schedules(self.engine()?))
    }

    fn assets(&self) -> PyResult<Vec<AssetRow>> {
        Ok(queries::assets(self.engine()?))
    }

    fn instruments(&self) -> PyResult<Vec<InstrumentRow>> {
        Ok(queries::instruments(self.engine()?))
    }

    fn state_hash<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(queries::state_hash(self.engine()?, py))
    }

    /// (events by kind, rejections by code, fills by instrument).
    fn told(&self) -> PyResult<(Vec<u64>, Vec<u64>, Vec<u64>)> {
        let told = self.open()?.told();
        Ok((told.events.to_vec(), told.rejections.to_vec(), told.fills.clone()))
    }

    /// The last trades, oldest first: (instrument, timestamp_ns, price, quantity).
    fn last_trades(&self) -> PyResult<Vec<(u32, u64, u32, i64)>> {
        let trades = self.open()?.told().trades.iter();
        Ok(trades.map(|trade| (trade.instrument, trade.timestamp_ns, trade.price, trade.quantity)).collect())
    }

    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let hub = self.open()?;
        let (stats, recovery) = (hub.stats(), hub.venue().recovered());
        let entries = PyDict::new(py);
        for (name, value) in [
            ("frames_total", stats.frames),
            ("requests_total", stats.requests),
            ("refused_total", stats.refused),
            ("groups_total", stats.groups),
            ("released_bytes_total", stats.released_bytes),
            ("overruns_total", stats.overruns),
            ("errors_total", stats.errors),
            ("sessions", hub.session_count() as u64),
            ("waiting_groups", hub.waiting_groups() as u64),
            ("unreleased_bytes", hub.unreleased_bytes() as u64),
            ("recovered_commands", recovery.commands),
            ("recovered_from_snapshot", recovery.from_snapshot.unwrap_or(0)),
            ("recovered_torn_bytes", recovery.torn_bytes),
        ] {
            entries.set_item(name, value)?;
        }
        Ok(entries)
    }
}

fn known_channel(number: u8) -> PyResult<Channel> {
    Channel::from_number(number).ok_or_else(|| PyValueError::new_err(format!("channel {number}: must be 0..=5")))
}
