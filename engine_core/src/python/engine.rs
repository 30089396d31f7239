//! `Engine` and `DurableEngine`: per-call methods and a batch call over a [`Venue`], in memory or with a journal.

use super::batches::{Batches, copy_buffer};
use super::errors::journal::JournalError;
use super::fields;
use super::queries::{self, ActionRow, AssetRow, EligibilityRow, HolderRow, HoldsRow, InstrumentRow, KeyRow, Levels};
use super::records::{PyEvent, PyObligation, PyOrder};
use crate::command::{Body, CommandBuffer, LongCommandBuffer, WithEntries};
use crate::engine::Engine;
use crate::event::Event;
use crate::journal::{Durability, SEGMENT_BYTES_DEFAULT};
use crate::types::*;
use crate::venue::{Replay, Venue, VenueConfig};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList};
use std::path::PathBuf;

fields::readers! { shard: u8, max_open_orders: u32 }

/// The deterministic engine, in memory. Every command method returns the events it caused, in order.
///
/// Times are nanoseconds since the Unix epoch. A command without `timestamp_ns` keeps the last one; an
/// earlier one than the last is raised to it, so that time never runs backwards. Rejections are events, not exceptions.
///
/// `client_id_key`: 16 bytes, which no client may know who is not trusted with the choice of his ids. Zeros.
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
        text: &[u8],
        timestamp_ns: Option<u64>,
    ) -> PyResult<Bound<'py, PyList>> {
        let command = CommandBuffer::with_text(account, body, text);
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

    /// One command record. A timestamp of 0 keeps the last one.
    fn apply<'py>(&mut self, py: Python<'py>, command: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let command = fields::command(&copy_buffer(command)?)?;
        let timestamp_ns = command.command().header().timestamp_ns;
        self.run(py, command, timestamp_ns)
    }

    /// Many commands, with the GIL released: records back to back, or rows of `pyengine.ORDER_ENTRY_DTYPE`.
    ///
    /// Returns the events as a read-only array of `pyengine.EVENT_DTYPE`. `CommandError`, naming the byte or the row,
    /// if something is no record or no order entry; nothing is applied then.
    fn apply_batch<'py>(&mut self, py: Python<'py>, commands: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let PyEngine { venue, batches, .. } = self;
        batches.apply(py, venue.as_mut().ok_or_else(closed)?, commands)
    }

    /// Of the last command; 0 before the first.
    #[getter]
    fn sequence(&self) -> PyResult<u64> {
        Ok(self.engine()?.sequence())
    }

    /// Of the last command.
    #[getter]
    fn timestamp_ns(&self) -> PyResult<u64> {
        Ok(self.engine()?.timestamp_ns())
    }

    /// When the engine wants a `pulse`, in nanoseconds; it may be past already. `None`: nothing waits for time.
    #[getter]
    fn next_due(&self) -> PyResult<Option<u64>> {
        Ok(self.engine()?.next_due())
    }

    /// (available, held). `KeyError` if either is unknown; so for every query below.
    fn balance(&self, account: u32, asset: u32) -> PyResult<(i64, i64)> {
        queries::balance(self.engine()?, account, asset)
    }

    /// (asset, available, held) of all that is not zero, by asset.
    fn balances(&self, account: u32) -> PyResult<Vec<(u32, i64, i64)>> {
        queries::balances(self.engine()?, account)
    }

    /// (account, asset, for open orders, for pending withdrawals, for redemptions, frozen, registered, for corporate
    /// actions): what has to be held, computed from these anew.
    fn holds(&self) -> PyResult<Vec<HoldsRow>> {
        queries::holds(self.engine()?)
    }

    /// What stands behind each asset with terms, by asset: its terms as `set_asset_terms` has them, `minted`,
    /// `burned`, `redeeming` (what redemptions that wait will burn), `fine_weight` of its bars, `most` that may be
    /// outstanding, whether its attestation is `expired`, and of that `attestor` (None: there is none), `reserve`,
    /// `as_of`, `valid_until`.
    fn backing<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        queries::backing(self.engine()?, py)
    }

    /// (public key, status) of each attestor, by number.
    fn attestors<'py>(&self, py: Python<'py>) -> PyResult<Vec<(Bound<'py, PyBytes>, u8)>> {
        Ok(queries::attestors(self.engine()?, py))
    }

    /// (code, status) of each refiner, by number.
    fn refiners(&self) -> PyResult<Vec<(String, u8)>> {
        Ok(queries::refiners(self.engine()?))
    }

    /// (id, account, asset, asked, amount, fee, bar) of the redemptions that wait, ascending from `first` on, at
    /// most `limit`, of all accounts if `account` is None; whether there are more.
    fn redemptions(
        &self,
        account: Option<u32>,
        first: u64,
        limit: usize,
    ) -> PyResult<(Vec<queries::RedemptionRow>, bool)> {
        queries::redemptions(self.engine()?, account, first, limit)
    }

    /// (number, asset, refiner, serial, vault, gross weight, fine weight, whether no redemption has it) of the
    /// bars, ascending from `first` on, at most `limit`; whether there are more.
    fn bars(&self, first: u64, limit: usize) -> PyResult<(Vec<queries::BarRow>, bool)> {
        Ok(queries::bars(self.engine()?, first, limit))
    }

    /// (asset, band, haircut, source, value, source of the value, observed at, whether it is outside) of the bands
    /// of cash assets, by asset.
    fn pegs(&self) -> PyResult<Vec<queries::PegRow>> {
        Ok(queries::pegs(self.engine()?))
    }

    /// Deposits less settled withdrawals, and minted less burned.
    fn issued(&self, asset: u32) -> PyResult<i64> {
        queries::issued(self.engine()?, asset)
    }

    /// Sum of available and held over all accounts, counted anew: equals `issued` or the engine is broken.
    fn total(&self, asset: u32) -> PyResult<i64> {
        queries::total(self.engine()?, asset)
    }

    /// (bids, asks), best first, each (price, quantity, orders).
    fn depth(&self, instrument: u32, levels: usize) -> PyResult<(Levels, Levels)> {
        queries::depth(self.engine()?, instrument, levels)
    }

    /// The open order, or None.
    fn order(&self, order_id: u64) -> PyResult<Option<PyOrder>> {
        Ok(queries::order(self.engine()?, order_id))
    }

    /// Oldest first.
    fn open_orders(&self, account: u32) -> PyResult<Vec<PyOrder>> {
        queries::open_orders(self.engine()?, account)
    }

    /// The orders of one level, first to trade first.
    fn queue(
        &self,
        instrument: u32,
        #[pyo3(from_py_with = fields::side)] side: u8,
        price: i64,
    ) -> PyResult<Vec<PyOrder>> {
        queries::queue(self.engine()?, instrument, side, price)
    }

    /// The corporate actions that are announced or run, by id: (id, kind, asset, payer, order policy, asset of
    /// fractions or None, record_at, books_close_at, legs, stage, cursor); a leg is (asset, numerator, denominator,
    /// lieu price). The cursor is the account or instrument that the one which runs looks at next.
    fn actions(&self) -> PyResult<Vec<ActionRow>> {
        Ok(queries::actions(self.engine()?))
    }

    /// (assets, instruments, accounts, open orders).
    fn counts(&self) -> PyResult<(usize, usize, usize, u32)> {
        Ok(queries::counts(self.engine()?))
    }

    /// (symbol, class, decimals, min_withdrawal) by id.
    fn assets(&self) -> PyResult<Vec<AssetRow>> {
        Ok(queries::assets(self.engine()?))
    }

    /// (symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, halted, phase) by id.
    fn instruments(&self) -> PyResult<Vec<InstrumentRow>> {
        Ok(queries::instruments(self.engine()?))
    }

    /// An instrument by its symbol: makes ticks and lots of decimals, and decimals of them. `KeyError` if none.
    fn instrument<'py>(slf: &Bound<'py, Self>, symbol: &str) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyengine.instrument")?.call_method1("instrument_of", (slf, symbol))
    }

    /// An event as `print` shows it, with symbols in place of the ids of instruments and assets.
    fn describe<'py>(slf: &Bound<'py, Self>, event: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyengine.event")?.call_method1("line", (event, slf))
    }

    /// By account, then by instrument, as of the last command.
    fn obligations(&self) -> PyResult<Vec<PyObligation>> {
        Ok(queries::obligations(self.engine()?))
    }

    /// (account, jurisdiction or "", class, verified_until, firm, frozen) of whom anything was said, by account.
    fn holders(&self) -> PyResult<Vec<HolderRow>> {
        Ok(queries::holders(self.engine()?))
    }

    /// (asset, instrument, classes, verification, rule, jurisdictions, max_holding, locked_until) of every table.
    ///
    /// Either asset or instrument is None. Those of assets come first, each by id.
    fn eligibility(&self) -> PyResult<Vec<EligibilityRow>> {
        Ok(queries::eligibility(self.engine()?))
    }

    /// The assets that are frozen, by id.
    fn frozen_assets(&self) -> PyResult<Vec<u32>> {
        Ok(queries::frozen_assets(self.engine()?))
    }

    /// (account, asset, until, amount) of every freeze of units, in the order of these.
    fn freezes(&self) -> PyResult<Vec<(u32, u32, u64, i64)>> {
        Ok(queries::freezes(self.engine()?))
    }

    /// (asset, beneficial holder, units) that are registered of an account, in the order of these.
    fn beneficial(&self, account: u32) -> PyResult<Vec<(u32, u64, i64)>> {
        queries::beneficial(self.engine()?, account)
    }

    /// (account, when it expires or 0, document) of each API key, by id from 1. Without a document it is revoked.
    fn keys<'py>(&self, py: Python<'py>) -> PyResult<Vec<KeyRow<'py>>> {
        Ok(queries::keys(self.engine()?, py))
    }

    /// SHA-256 of the state image (32 bytes).
    fn state_hash<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(queries::state_hash(self.engine()?, py))
    }

    /// The canonical state image: `engine_core/docs/semantics.md`, section 9.
    fn state_image<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let mut image = Vec::new();
        self.engine()?.write_image(&mut image).expect("a vector takes every byte");
        Ok(PyBytes::new(py, &image))
    }

    /// The engine whose state image this is. `SnapshotError` otherwise.
    #[staticmethod]
    fn restore(image: &Bound<'_, PyAny>) -> PyResult<PyEngine> {
        Ok(PyEngine::in_memory(Engine::from_image(&copy_buffer(image)?[..])?))
    }
}

/// An engine with a journal in `directory`: opening it recovers what was durable there.
///
/// Durability `sync`: every call returns when its commands are on disk (the batch call applies later commands while
/// earlier ones are synced). `async`: single calls return when the journal's thread has the command on its way to the
/// operating system, without a sync; a power failure can lose the last moments. Raises `JournalBusyError`,
/// `JournalCorruptError`, `JournalVersionError`; after a failed write `JournalFailedError`, for good.
///
/// It starts from the newest snapshot; with `whole_replay` from the oldest or, if the journal reaches back to it, from
/// the state before the first command.
///
/// `client_id_key`: of a new journal; one that exists has its own.
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

    /// (commands replayed, sequence of the snapshot they were replayed on, bytes of a torn tail that were cut).
    #[getter]
    fn recovered(slf: PyRef<'_, Self>) -> PyResult<(u64, Option<u64>, u64)> {
        let recovery = slf.as_super().venue()?.recovered();
        Ok((recovery.commands, recovery.from_snapshot, recovery.torn_bytes))
    }

    /// Of the last command that is on disk.
    #[getter]
    fn durable_sequence(slf: PyRef<'_, Self>) -> PyResult<u64> {
        Ok(slf.as_super().venue()?.durable_sequence())
    }

    /// Returns when everything submitted is on disk, whatever the durability.
    fn sync(mut slf: PyRefMut<'_, Self>, py: Python<'_>) -> PyResult<()> {
        let venue = slf.as_super().venue.as_mut().ok_or_else(closed)?;
        Ok(py.detach(|| venue.sync())?)
    }

    /// Writes a snapshot of the durable state; the next opening starts from it.
    fn snapshot(mut slf: PyRefMut<'_, Self>, py: Python<'_>) -> PyResult<PathBuf> {
        let venue = slf.as_super().venue.as_mut().ok_or_else(closed)?;
        Ok(py.detach(|| venue.snapshot())?)
    }

    /// Puts everything on disk and lets the directory go. Every later call raises `JournalError`.
    ///
    /// With `snapshot` it also leaves one and returns its path: read back and found to be the state, so that a later
    /// release can start from it. `JournalError` if that fails; everything is on disk nevertheless.
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
