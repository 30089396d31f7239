//! `Hub`: the gateway's hot path, for one event loop. Bytes in, bytes out; a hot message never becomes a Python object.

use super::errors::CommandError;
use super::records::PyOrder;
use crate::command::{COMMAND_LEN, Command};
use crate::engine::Engine;
use crate::hub::{Channel, Handed, Hub, MAX_UNRELEASED_IN_TOTAL, Released};
use crate::journal::{Durability, SEGMENT_BYTES_DEFAULT};
use crate::types::{AccountId, AssetId, CLIENT_ID_WINDOW, InstrumentId, OrderId, Side};
use crate::venue::VenueConfig;
use crate::wire::frame;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple};
use std::path::PathBuf;
use zerocopy::FromBytes;

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

type InstrumentRow = (String, u32, u32, i64, i64, i64, u32, bool);

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

fn known(what: &str, id: u32, count: usize) -> PyResult<u32> {
    if (id as usize) < count { Ok(id) } else { Err(PyKeyError::new_err(format!("{what} {id} is unknown"))) }
}

fn known_account(engine: &Engine, account: u32) -> PyResult<AccountId> {
    known("account", account, engine.account_count()).map(AccountId)
}

fn known_asset(engine: &Engine, asset: u32) -> PyResult<AssetId> {
    known("asset", asset, engine.assets().len()).map(AssetId)
}

fn known_instrument(engine: &Engine, instrument: u32) -> PyResult<InstrumentId> {
    known("instrument", instrument, engine.instruments().len()).map(InstrumentId)
}

fn durability(name: &str) -> PyResult<Durability> {
    match name {
        "sync" => Ok(Durability::Sync),
        "async" => Ok(Durability::Async),
        _ => Err(PyValueError::new_err(format!("durability `{name}`: must be `sync` or `async`"))),
    }
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
    #[pyo3(signature = (directory, *, durability="sync", segment_bytes=SEGMENT_BYTES_DEFAULT, max_in_flight=CLIENT_ID_WINDOW, replay_accounts=vec![], unread_output_bytes=MAX_UNRELEASED_IN_TOTAL))]
    fn new(
        py: Python<'_>,
        directory: Option<PathBuf>,
        durability: &str,
        segment_bytes: u64,
        max_in_flight: u32,
        replay_accounts: Vec<u32>,
        unread_output_bytes: usize,
    ) -> PyResult<PyHub> {
        let config = VenueConfig { directory, durability: self::durability(durability)?, segment_bytes };
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
    fn submit(&mut self, session: i64, r#ref: u64, command: &[u8], now_ns: u64) -> PyResult<()> {
        let session = match session {
            NOBODY => None,
            session => Some(u64::try_from(session).map_err(|_| PyKeyError::new_err(format!("session {session}")))?),
        };
        let command = Command::read_from_bytes(command).map_err(|_| {
            CommandError::new_err(format!("command: {} bytes, a record has {COMMAND_LEN}", command.len()))
        })?;
        Ok(self.open_mut()?.submit(session, r#ref, command, now_ns)?)
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

    fn close(&mut self, py: Python<'_>) -> PyResult<()> {
        let Some(hub) = self.hub.take() else { return Ok(()) };
        let mut entries = Ok(Vec::new());
        let ended = hub.close(collect(py, &mut entries));
        self.last.extend(entries?);
        Ok(ended?)
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

    fn balance(&self, account: u32, asset: u32) -> PyResult<(i64, i64)> {
        let engine = self.engine()?;
        let balance = engine.balance(known_account(engine, account)?, known_asset(engine, asset)?);
        let balance = balance.expect("both are known");
        Ok((balance.available.0, balance.held.0))
    }

    fn issued(&self, asset: u32) -> PyResult<i64> {
        let engine = self.engine()?;
        Ok(engine.issued(known_asset(engine, asset)?).expect("known").0)
    }

    fn total(&self, asset: u32) -> PyResult<i64> {
        let engine = self.engine()?;
        Ok(engine.total(known_asset(engine, asset)?).expect("known").0)
    }

    #[allow(clippy::type_complexity)] // two lists of (price, quantity, orders)
    fn depth(&self, instrument: u32, levels: usize) -> PyResult<(Vec<(i64, i64, u32)>, Vec<(i64, i64, u32)>)> {
        let engine = self.engine()?;
        let instrument = known_instrument(engine, instrument)?;
        let side = |side| {
            let views = engine.depth(instrument, side).take(levels);
            views.map(|view| (view.price.0, view.quantity.0, view.orders)).collect()
        };
        Ok((side(Side::Buy), side(Side::Sell)))
    }

    fn order(&self, order_id: u64) -> PyResult<Option<PyOrder>> {
        Ok(self.engine()?.order(OrderId(order_id)).map(PyOrder))
    }

    fn open_orders(&self, account: u32) -> PyResult<Vec<PyOrder>> {
        let engine = self.engine()?;
        Ok(engine.open_orders(known_account(engine, account)?).map(PyOrder).collect())
    }

    fn open_orders_page(&self, account: u32, after: u64, limit: usize) -> PyResult<(Vec<PyOrder>, bool)> {
        let engine = self.engine()?;
        let mut rest = engine.open_orders_after(known_account(engine, account)?, OrderId(after));
        let page = rest.by_ref().take(limit).map(PyOrder).collect();
        Ok((page, rest.next().is_some()))
    }

    fn counts(&self) -> PyResult<(usize, usize, usize, u32)> {
        let engine = self.engine()?;
        Ok((engine.assets().len(), engine.instruments().len(), engine.account_count(), engine.open_order_count()))
    }

    fn account_sequence(&self, account: u32) -> PyResult<u64> {
        let engine = self.engine()?;
        Ok(engine.account_sequence(known_account(engine, account)?).expect("known"))
    }

    fn account_fee_schedule(&self, account: u32) -> PyResult<u32> {
        let engine = self.engine()?;
        Ok(engine.account_fee_schedule(known_account(engine, account)?).expect("known"))
    }

    fn fee_schedules(&self) -> PyResult<Vec<(u16, u16)>> {
        let schedules = self.engine()?.fee_schedules().iter();
        Ok(schedules.map(|schedule| (schedule.maker_rate, schedule.taker_rate)).collect())
    }

    fn assets(&self) -> PyResult<Vec<(String, u8, u8)>> {
        let assets = self.engine()?.assets().iter();
        Ok(assets.map(|asset| (asset.symbol.as_str().to_owned(), asset.class as u8, asset.decimals)).collect())
    }

    fn instruments(&self) -> PyResult<Vec<InstrumentRow>> {
        let rows = self.engine()?.instruments().iter().map(|instrument| {
            (
                instrument.symbol().to_owned(),
                instrument.base.0,
                instrument.quote.0,
                instrument.lot_size,
                instrument.tick_lot_value,
                instrument.max_price.0,
                instrument.collar_bps,
                instrument.halted,
            )
        });
        Ok(rows.collect())
    }

    fn state_hash<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.engine()?.state_hash()))
    }

    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let hub = self.open()?;
        let (stats, recovery) = (hub.stats(), hub.venue().recovered());
        let entries = PyDict::new(py);
        for (name, value) in [
            ("frames_total", stats.frames),
            ("requests_total", stats.requests),
            ("refused_total", stats.refused),
            ("events_total", stats.events),
            ("groups_total", stats.groups),
            ("released_bytes_total", stats.released_bytes),
            ("overruns_total", stats.overruns),
            ("sessions", hub.session_count() as u64),
            ("recovered_commands", recovery.commands),
            ("recovered_torn_bytes", recovery.torn_bytes),
        ] {
            entries.set_item(name, value)?;
        }
        Ok(entries)
    }
}

fn known_channel(number: u8) -> PyResult<Channel> {
    Channel::from_number(number).ok_or_else(|| PyValueError::new_err(format!("channel {number}: must be 0..=3")))
}
