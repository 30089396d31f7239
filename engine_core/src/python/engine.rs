//! `Engine` and `DurableEngine`: per-call methods and a batch call over a [`Venue`], in memory or with a journal.

use super::batches::{Batches, copy_buffer};
use super::errors::journal::JournalError;
use super::fields;
use super::queries::{self, AssetRow, HoldsRow, InstrumentRow, Levels};
use super::records::{PyEvent, PyObligation, PyOrder};
use crate::command::{Body, CommandBuffer, LongCommandBuffer, WithEntries};
use crate::engine::Engine;
use crate::event::Event;
use crate::journal::{Durability, SEGMENT_BYTES_DEFAULT};
use crate::types::*;
use crate::venue::{Replay, Venue, VenueConfig};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use std::path::PathBuf;

fields::readers! { shard: u8, max_open_orders: u32 }

#[pyclass(name = "Engine", module = "pyengine._engine_core", subclass)]
pub struct PyEngine {
    /// `None` once closed.
    venue: Option<Venue>,
    /// Whether every call returns only when its command is durable.
    waits: bool,
    /// Reused from call to call.
    events: Vec<Event>,
    batches: Batches,
}

#[cold]
fn closed() -> PyErr {
    JournalError::new_err("the engine is closed")
}

impl PyEngine {
    pub(super) fn in_memory(engine: Engine) -> PyEngine {
        PyEngine {
            venue: Some(Venue::in_memory(engine)),
            waits: false,
            events: Vec::new(),
            batches: Batches::default(),
        }
    }

    fn venue(&self) -> PyResult<&Venue> {
        self.venue.as_ref().ok_or_else(closed)
    }

    fn engine(&self) -> PyResult<&Engine> {
        self.venue().map(Venue::engine)
    }

    pub(super) fn submit<'py, B: Body>(
        &mut self,
        py: Python<'py>,
        account: u32,
        body: &B,
        client_order_id: &[u8],
        timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let command = CommandBuffer::with_client_order_id(account, body, client_order_id);
        self.run(py, command, timestamp_ns.unwrap_or(0))
    }

    pub(super) fn submit_with<'py, B: WithEntries>(
        &mut self,
        py: Python<'py>,
        account: u32,
        body: &B,
        entries: &[B::Entry],
        timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let command = LongCommandBuffer::with_entries(account, body, entries);
        self.run(py, command, timestamp_ns.unwrap_or(0))
    }

    fn run<'py, const WORDS: usize>(
        &mut self,
        py: Python<'py>,
        mut command: CommandBuffer<WORDS>,
        now_ns: u64,
    ) -> PyResult<Bound<'py, PyList>> {
        let PyEngine { venue, waits, events, .. } = self;
        let venue = venue.as_mut().ok_or_else(closed)?;
        events.clear();
        if *waits && venue.is_full() {
            py.detach(|| venue.commit_waiting())?;
        }
        venue.submit(&mut command, now_ns, events);
        if *waits {
            py.detach(|| venue.wait_committed())?;
        } else if venue.event_fd().is_some() && !venue.commit()? {
            // What a busy writer did not take would stay in this process until the next call, however late that comes.
            py.detach(|| venue.commit_waiting())?;
        }
        PyList::new(py, events.iter().map(|event| PyEvent(*event)))
    }
}

#[pymethods]
#[allow(clippy::too_many_arguments)] // Python keyword arguments
impl PyEngine {
    #[new]
    #[pyo3(signature = (*, shard=0, max_open_orders=DEFAULT_MAX_OPEN_ORDERS, client_id_key=[0; 2]))]
    fn new(
        #[pyo3(from_py_with = shard)] shard: u8,
        #[pyo3(from_py_with = max_open_orders)] max_open_orders: u32,
        #[pyo3(from_py_with = fields::client_id_key)] client_id_key: ClientIdKey,
    ) -> PyResult<PyEngine> {
        Ok(PyEngine::in_memory(Engine::new(fields::genesis(shard, max_open_orders, client_id_key)?)))
    }

    fn apply<'py>(&mut self, py: Python<'py>, command: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let command = fields::command(&copy_buffer(command)?)?;
        let timestamp_ns = command.command().header().timestamp_ns;
        self.run(py, command, timestamp_ns)
    }

    fn apply_batch<'py>(&mut self, py: Python<'py>, commands: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let PyEngine { venue, batches, .. } = self;
        batches.apply(py, venue.as_mut().ok_or_else(closed)?, commands)
    }

    #[getter]
    fn sequence(&self) -> PyResult<u64> {
        Ok(self.engine()?.sequence())
    }

    #[getter]
    fn timestamp_ns(&self) -> PyResult<u64> {
        Ok(self.engine()?.timestamp_ns())
    }

    #[getter]
    fn next_due(&self) -> PyResult<Option<u64>> {
        Ok(self.engine()?.next_due())
    }

    fn balance(&self, account: u32, asset: u32) -> PyResult<(i64, i64)> {
        queries::balance(self.engine()?, account, asset)
    }

    fn balances(&self, account: u32) -> PyResult<Vec<(u32, i64, i64)>> {
        queries::balances(self.engine()?, account)
    }

    fn holds(&self) -> PyResult<Vec<HoldsRow>> {
        queries::holds(self.engine()?)
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

    fn queue(
        &self,
        instrument: u32,
        #[pyo3(from_py_with = fields::side)] side: u8,
        price: i64,
    ) -> PyResult<Vec<PyOrder>> {
        queries::queue(self.engine()?, instrument, side, price)
    }

    fn counts(&self) -> PyResult<(usize, usize, usize, u32)> {
        Ok(queries::counts(self.engine()?))
    }

    fn assets(&self) -> PyResult<Vec<AssetRow>> {
        Ok(queries::assets(self.engine()?))
    }

    fn instruments(&self) -> PyResult<Vec<InstrumentRow>> {
        Ok(queries::instruments(self.engine()?))
    }

    fn obligations(&self) -> PyResult<Vec<PyObligation>> {
        Ok(queries::obligations(self.engine()?))
    }

    fn state_hash<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(queries::state_hash(self.engine()?, py))
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
#[allow(clippy::too_many_arguments)] // Python keyword arguments
impl PyDurableEngine {
    #[new]
    #[pyo3(signature = (directory, *, durability="sync", segment_bytes=SEGMENT_BYTES_DEFAULT, whole_replay=false, shard=0, max_open_orders=DEFAULT_MAX_OPEN_ORDERS, client_id_key=[0; 2]))]
    fn new(
        py: Python<'_>,
        directory: PathBuf,
        durability: &str,
        segment_bytes: u64,
        whole_replay: bool,
        #[pyo3(from_py_with = shard)] shard: u8,
        #[pyo3(from_py_with = max_open_orders)] max_open_orders: u32,
        #[pyo3(from_py_with = fields::client_id_key)] client_id_key: ClientIdKey,
    ) -> PyResult<PyClassInitializer<PyDurableEngine>> {
        let durability = fields::durability(durability)?;
        let genesis = fields::genesis(shard, max_open_orders, client_id_key)?;
        let replay = if whole_replay { Replay::WHOLE } else { Replay::SHORTEST };
        let config = VenueConfig { directory: Some(directory), durability, segment_bytes, genesis, replay };
        let venue = py.detach(|| Venue::open(&config, |_, _, _| {}))?;
        let waits = durability == Durability::Sync;
        let base = PyEngine { venue: Some(venue), waits, events: Vec::new(), batches: Batches::default() };
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

    #[pyo3(signature = (*, snapshot=false))]
    fn close(mut slf: PyRefMut<'_, Self>, py: Python<'_>, snapshot: bool) -> PyResult<Option<PathBuf>> {
        match slf.as_super().venue.take() {
            Some(venue) if snapshot => Ok(py.detach(|| venue.stop())?.snapshot.transpose()?),
            Some(venue) => Ok(py.detach(|| venue.close()).map(|()| None)?),
            None => Ok(None),
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
        PyDurableEngine::close(slf, py, false).map(|_| ())
    }
}
