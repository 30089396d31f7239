//! `Engine` and `DurableEngine`: per-call methods and a batch call over a [`Venue`], in memory or with a journal.

use super::errors::CommandError;
use super::errors::journal::JournalError;
use super::fields;
use super::records::{PyEvent, PyOrder};
use crate::command::{
    COMMAND_LEN, Command, CreateAccount, CreateAsset, CreateInstrument, MoneyMovement, OrderEntry, SetFeeSchedule,
    TradingPhase, WithdrawalStep, kind,
};
use crate::engine::Engine;
use crate::event::Event;
use crate::journal::{Durability, SEGMENT_BYTES_DEFAULT};
use crate::types::*;
use crate::venue::{Venue, VenueConfig};
use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use std::path::PathBuf;
use zerocopy::{FromBytes, Immutable, IntoBytes};

#[pyclass(name = "Engine", module = "pyengine._engine_core", subclass)]
pub struct PyEngine {
    /// `None` once closed.
    venue: Option<Venue>,
    /// Whether every call returns only when its command is durable.
    waits: bool,
    /// Reused from call to call.
    events: Vec<Event>,
}

#[cold]
fn closed() -> PyErr {
    JournalError::new_err("the engine is closed")
}

/// Symbol bytes and length; too long a symbol keeps its length, which the engine rejects as malformed.
fn symbol_field(symbol: &str) -> ([u8; SYMBOL_LEN], u8) {
    let mut bytes = [0; SYMBOL_LEN];
    let kept = symbol.len().min(SYMBOL_LEN);
    bytes[..kept].copy_from_slice(&symbol.as_bytes()[..kept]);
    (bytes, u8::try_from(symbol.len()).unwrap_or(u8::MAX))
}

/// The bytes of any contiguous Python buffer, copied so that nobody can change them while the GIL is released.
pub fn copy_buffer(buffer: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    let view = PyUntypedBuffer::get(buffer)?;
    if !view.is_c_contiguous() {
        return Err(CommandError::new_err("buffer: not contiguous"));
    }
    let mut bytes = vec![0u8; view.len_bytes()];
    // SAFETY: the view is contiguous and stays exported, and the GIL is held, for the whole copy.
    unsafe { std::ptr::copy_nonoverlapping(view.buf_ptr().cast::<u8>(), bytes.as_mut_ptr(), bytes.len()) };
    Ok(bytes)
}

/// Takes the records of a contiguous buffer.
fn copy_commands(buffer: &Bound<'_, PyAny>) -> PyResult<Vec<Command>> {
    let bytes = copy_buffer(buffer)?;
    if bytes.len() % COMMAND_LEN != 0 {
        let length = bytes.len();
        return Err(CommandError::new_err(format!(
            "commands: {length} bytes are not a whole number of {COMMAND_LEN}-byte records"
        )));
    }
    Ok(bytes.chunks_exact(COMMAND_LEN).map(|record| Command::read_from_bytes(record).expect("whole")).collect())
}

impl PyEngine {
    fn in_memory(engine: Engine) -> PyEngine {
        PyEngine { venue: Some(Venue::in_memory(engine)), waits: false, events: Vec::new() }
    }

    fn venue(&self) -> PyResult<&Venue> {
        self.venue.as_ref().ok_or_else(closed)
    }

    fn engine(&self) -> PyResult<&Engine> {
        self.venue().map(Venue::engine)
    }

    fn submit<'py, B: IntoBytes + Immutable>(
        &mut self,
        py: Python<'py>,
        kind: u8,
        account: u32,
        body: &B,
        timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        self.run(py, Command::new(kind, account, body), timestamp_ns.unwrap_or(0))
    }

    fn run<'py>(&mut self, py: Python<'py>, mut command: Command, now_ns: u64) -> PyResult<Bound<'py, PyList>> {
        let PyEngine { venue, waits, events } = self;
        let venue = venue.as_mut().ok_or_else(closed)?;
        events.clear();
        if *waits {
            command.timestamp_ns = now_ns;
            py.detach(|| venue.run(std::slice::from_mut(&mut command), events))?;
        } else {
            venue.submit(&mut command, now_ns, events);
            // What a busy writer did not take would stay in this process until the next call, however late that comes.
            if venue.event_fd().is_some() && !venue.commit()? {
                py.detach(|| venue.commit_waiting())?;
            }
        }
        PyList::new(py, events.iter().map(|event| PyEvent(*event)))
    }

    fn known_instrument(&self, instrument: u32) -> PyResult<InstrumentId> {
        if (instrument as usize) < self.engine()?.instruments().len() {
            return Ok(InstrumentId(instrument));
        }
        Err(PyKeyError::new_err(format!("instrument {instrument} is unknown")))
    }

    fn known_asset(&self, asset: u32) -> PyResult<AssetId> {
        if (asset as usize) < self.engine()?.assets().len() {
            return Ok(AssetId(asset));
        }
        Err(PyKeyError::new_err(format!("asset {asset} is unknown")))
    }

    fn known_account(&self, account: u32) -> PyResult<AccountId> {
        if (account as usize) < self.engine()?.account_count() {
            return Ok(AccountId(account));
        }
        Err(PyKeyError::new_err(format!("account {account} is unknown")))
    }
}

#[pymethods]
#[allow(clippy::too_many_arguments)] // Python keyword arguments
impl PyEngine {
    #[new]
    fn new() -> PyEngine {
        PyEngine::in_memory(Engine::new())
    }

    #[pyo3(signature = (asset, symbol, asset_class, decimals, *, timestamp_ns=None))]
    fn create_asset<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::asset)] asset: u32,
        symbol: &str,
        #[pyo3(from_py_with = fields::asset_class)] asset_class: u8,
        #[pyo3(from_py_with = fields::decimals)] decimals: u8,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (symbol, symbol_len) = symbol_field(symbol);
        let body = CreateAsset { asset, class: asset_class, decimals, symbol_len, reserved: 0, symbol, unused: [0; 6] };
        self.submit(py, kind::CREATE_ASSET, VENUE_ACCOUNT.0, &body, timestamp_ns)
    }

    #[pyo3(signature = (instrument, symbol, base, quote, *, lot_size, tick_lot_value, max_price, collar_bps=500, timestamp_ns=None))]
    fn create_instrument<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::instrument)] instrument: u32,
        symbol: &str,
        #[pyo3(from_py_with = fields::base)] base: u32,
        #[pyo3(from_py_with = fields::quote)] quote: u32,
        #[pyo3(from_py_with = fields::lot_size)] lot_size: i64,
        #[pyo3(from_py_with = fields::tick_lot_value)] tick_lot_value: i64,
        #[pyo3(from_py_with = fields::max_price)] max_price: i64,
        #[pyo3(from_py_with = fields::collar_bps)] collar_bps: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let (symbol, symbol_len) = symbol_field(symbol);
        let body = CreateInstrument {
            instrument,
            base,
            quote,
            collar_bps,
            lot_size,
            tick_lot_value,
            max_price,
            symbol_len,
            reserved: [0; 7],
            symbol,
            unused: 0,
        };
        self.submit(py, kind::CREATE_INSTRUMENT, VENUE_ACCOUNT.0, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, *, fee_schedule=0, timestamp_ns=None))]
    fn create_account<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::fee_schedule)] fee_schedule: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = CreateAccount { fee_schedule, reserved: 0, unused: [0; 8] };
        self.submit(py, kind::CREATE_ACCOUNT, account, &body, timestamp_ns)
    }

    #[pyo3(signature = (fee_schedule, maker_rate, taker_rate, *, timestamp_ns=None))]
    fn set_fee_schedule<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::fee_schedule)] fee_schedule: u32,
        #[pyo3(from_py_with = fields::maker_rate)] maker_rate: u32,
        #[pyo3(from_py_with = fields::taker_rate)] taker_rate: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = SetFeeSchedule { fee_schedule, maker_rate, taker_rate, reserved: 0, unused: [0; 7] };
        self.submit(py, kind::SET_FEE_SCHEDULE, VENUE_ACCOUNT.0, &body, timestamp_ns)
    }

    #[pyo3(signature = (instrument, *, timestamp_ns=None))]
    fn halt<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::instrument)] instrument: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = TradingPhase { instrument, reserved: 0, unused: [0; 8] };
        self.submit(py, kind::HALT, VENUE_ACCOUNT.0, &body, timestamp_ns)
    }

    #[pyo3(signature = (instrument, *, timestamp_ns=None))]
    fn resume<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::instrument)] instrument: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = TradingPhase { instrument, reserved: 0, unused: [0; 8] };
        self.submit(py, kind::RESUME, VENUE_ACCOUNT.0, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, asset, amount, *, timestamp_ns=None))]
    fn deposit<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::asset)] asset: u32,
        #[pyo3(from_py_with = fields::amount)] amount: i64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = MoneyMovement { asset, to_account: 0, amount, unused: [0; 7] };
        self.submit(py, kind::DEPOSIT, account, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, asset, amount, *, timestamp_ns=None))]
    fn request_withdrawal<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::asset)] asset: u32,
        #[pyo3(from_py_with = fields::amount)] amount: i64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = MoneyMovement { asset, to_account: 0, amount, unused: [0; 7] };
        self.submit(py, kind::REQUEST_WITHDRAWAL, account, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, withdrawal_id, *, timestamp_ns=None))]
    fn settle_withdrawal<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::withdrawal_id)] withdrawal_id: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = WithdrawalStep { withdrawal_id, unused: [0; 8] };
        self.submit(py, kind::SETTLE_WITHDRAWAL, account, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, withdrawal_id, *, timestamp_ns=None))]
    fn cancel_withdrawal<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::withdrawal_id)] withdrawal_id: u64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = WithdrawalStep { withdrawal_id, unused: [0; 8] };
        self.submit(py, kind::CANCEL_WITHDRAWAL, account, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, to_account, asset, amount, *, timestamp_ns=None))]
    fn transfer<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::to_account)] to_account: u32,
        #[pyo3(from_py_with = fields::asset)] asset: u32,
        #[pyo3(from_py_with = fields::amount)] amount: i64,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = MoneyMovement { asset, to_account, amount, unused: [0; 7] };
        self.submit(py, kind::TRANSFER, account, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, instrument, side, price, quantity, *, order_type=0, time_in_force=0, stp=0, quantity_kind=0, client_order_id="", timestamp_ns=None))]
    fn place<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::instrument)] instrument: u32,
        #[pyo3(from_py_with = fields::side)] side: u8,
        #[pyo3(from_py_with = fields::price)] price: i64,
        #[pyo3(from_py_with = fields::quantity)] quantity: i64,
        #[pyo3(from_py_with = fields::order_type)] order_type: u8,
        #[pyo3(from_py_with = fields::time_in_force)] time_in_force: u8,
        #[pyo3(from_py_with = fields::stp)] stp: u8,
        #[pyo3(from_py_with = fields::quantity_kind)] quantity_kind: u8,
        client_order_id: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = OrderEntry {
            instrument,
            side,
            order_type,
            time_in_force,
            stp,
            price,
            quantity,
            quantity_kind,
            ..OrderEntry::EMPTY
        };
        let body = body.with_client_order_id(client_order_id.as_bytes());
        self.submit(py, kind::PLACE, account, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, *, order_id=0, client_order_id="", timestamp_ns=None))]
    fn cancel<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::order_id)] order_id: u64,
        client_order_id: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = OrderEntry { order_id, ..OrderEntry::EMPTY }.with_client_order_id(client_order_id.as_bytes());
        self.submit(py, kind::CANCEL, account, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, price, quantity, *, order_id=0, client_order_id="", timestamp_ns=None))]
    fn amend<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::price)] price: i64,
        #[pyo3(from_py_with = fields::quantity)] quantity: i64,
        #[pyo3(from_py_with = fields::order_id)] order_id: u64,
        client_order_id: &str,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = OrderEntry { order_id, price, quantity, ..OrderEntry::EMPTY };
        let body = body.with_client_order_id(client_order_id.as_bytes());
        self.submit(py, kind::AMEND, account, &body, timestamp_ns)
    }

    #[pyo3(signature = (account, instrument=NONE_ID, *, timestamp_ns=None))]
    fn cancel_all<'py>(
        &mut self,
        py: Python<'py>,
        #[pyo3(from_py_with = fields::account)] account: u32,
        #[pyo3(from_py_with = fields::any_instrument)] instrument: u32,
        #[pyo3(from_py_with = fields::timestamp_ns)] timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let body = OrderEntry { instrument, ..OrderEntry::EMPTY };
        self.submit(py, kind::CANCEL_ALL, account, &body, timestamp_ns)
    }

    fn apply<'py>(&mut self, py: Python<'py>, command: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let bytes = copy_buffer(command)?;
        let command = Command::read_from_bytes(&bytes).map_err(|_| {
            CommandError::new_err(format!("command: {} bytes, a record has {COMMAND_LEN}", bytes.len()))
        })?;
        self.run(py, command, command.timestamp_ns)
    }

    fn apply_batch<'py>(&mut self, py: Python<'py>, commands: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
        let mut commands = copy_commands(commands)?;
        let PyEngine { venue, events, .. } = self;
        let venue = venue.as_mut().ok_or_else(closed)?;
        events.clear();
        py.detach(|| venue.run(&mut commands, events))?;
        Ok(PyBytes::new(py, events.as_bytes()))
    }

    #[getter]
    fn sequence(&self) -> PyResult<u64> {
        Ok(self.engine()?.sequence())
    }

    #[getter]
    fn timestamp_ns(&self) -> PyResult<u64> {
        Ok(self.engine()?.timestamp_ns())
    }

    fn balance(&self, account: u32, asset: u32) -> PyResult<(i64, i64)> {
        let balance = self.engine()?.balance(self.known_account(account)?, self.known_asset(asset)?);
        let balance = balance.expect("both are known");
        Ok((balance.available.0, balance.held.0))
    }

    fn issued(&self, asset: u32) -> PyResult<i64> {
        Ok(self.engine()?.issued(self.known_asset(asset)?).expect("known").0)
    }

    fn total(&self, asset: u32) -> PyResult<i64> {
        Ok(self.engine()?.total(self.known_asset(asset)?).expect("known").0)
    }

    #[allow(clippy::type_complexity)] // two lists of (price, quantity, orders)
    fn depth(&self, instrument: u32, levels: usize) -> PyResult<(Vec<(i64, i64, u32)>, Vec<(i64, i64, u32)>)> {
        let instrument = self.known_instrument(instrument)?;
        let engine = self.engine()?;
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
        Ok(self.engine()?.open_orders(self.known_account(account)?).map(PyOrder).collect())
    }

    fn queue(
        &self,
        instrument: u32,
        #[pyo3(from_py_with = fields::side)] side: u8,
        price: i64,
    ) -> PyResult<Vec<PyOrder>> {
        let instrument = self.known_instrument(instrument)?;
        let side = Side::try_from(side).map_err(|_| CommandError::new_err(format!("side: {side} is outside 0..=1")))?;
        Ok(self.engine()?.queue(instrument, side, PriceTicks(price)).map(PyOrder).collect())
    }

    fn counts(&self) -> PyResult<(usize, usize, usize, u32)> {
        let engine = self.engine()?;
        Ok((engine.assets().len(), engine.instruments().len(), engine.account_count(), engine.open_order_count()))
    }

    fn state_hash<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(PyBytes::new(py, &self.engine()?.state_hash()))
    }

    fn state_image<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let mut image = Vec::new();
        self.engine()?.write_image(&mut image).expect("a vector takes every byte");
        Ok(PyBytes::new(py, &image))
    }

    #[staticmethod]
    fn restore(image: &Bound<'_, PyAny>) -> PyResult<PyEngine> {
        Ok(PyEngine::in_memory(Engine::from_image(&copy_buffer(image)?[..])?))
    }
}

/// An engine with a journal: what it acknowledges survives the process.
#[pyclass(name = "DurableEngine", module = "pyengine._engine_core", extends = PyEngine)]
pub struct PyDurableEngine;

#[pymethods]
impl PyDurableEngine {
    #[new]
    #[pyo3(signature = (directory, *, durability="sync", segment_bytes=SEGMENT_BYTES_DEFAULT))]
    fn new(
        py: Python<'_>,
        directory: PathBuf,
        durability: &str,
        segment_bytes: u64,
    ) -> PyResult<PyClassInitializer<PyDurableEngine>> {
        let durability = match durability {
            "sync" => Durability::Sync,
            "async" => Durability::Async,
            other => return Err(PyValueError::new_err(format!("durability: {other:?} is neither 'sync' nor 'async'"))),
        };
        let config = VenueConfig { directory: Some(directory), durability, segment_bytes };
        let venue = py.detach(|| Venue::open(&config, |_, _, _| {}))?;
        let waits = durability == Durability::Sync;
        let base = PyEngine { venue: Some(venue), waits, events: Vec::new() };
        Ok(PyClassInitializer::from(base).add_subclass(PyDurableEngine))
    }

    /// (commands replayed, sequence of the snapshot they were replayed on, bytes of a torn tail that were cut)
    #[getter]
    fn recovered(slf: PyRef<'_, Self>) -> PyResult<(u64, Option<u64>, u64)> {
        let recovery = slf.as_super().venue()?.recovered();
        Ok((recovery.commands, recovery.from_snapshot, recovery.torn_bytes))
    }

    #[getter]
    fn durable_sequence(slf: PyRef<'_, Self>) -> PyResult<u64> {
        Ok(slf.as_super().venue()?.durable_sequence())
    }

    fn sync(mut slf: PyRefMut<'_, Self>, py: Python<'_>) -> PyResult<()> {
        let venue = slf.as_super().venue.as_mut().ok_or_else(closed)?;
        Ok(py.detach(|| venue.sync())?)
    }

    fn snapshot(mut slf: PyRefMut<'_, Self>, py: Python<'_>) -> PyResult<PathBuf> {
        let venue = slf.as_super().venue.as_mut().ok_or_else(closed)?;
        Ok(py.detach(|| venue.snapshot())?)
    }

    fn close(mut slf: PyRefMut<'_, Self>, py: Python<'_>) -> PyResult<()> {
        match slf.as_super().venue.take() {
            Some(venue) => Ok(py.detach(|| venue.close())?),
            None => Ok(()),
        }
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __exit__(
        slf: PyRefMut<'_, Self>,
        py: Python<'_>,
        _kind: &Bound<'_, PyAny>,
        _value: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<()> {
        PyDurableEngine::close(slf, py)
    }
}
