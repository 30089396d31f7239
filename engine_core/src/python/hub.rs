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

/// The gateway's hot path: websocket frames in, commands applied and journaled, durable reports out.
///
/// For one thread, an event loop's. Session numbers come from `open_session`; every other id is the engine's. Times are
/// nanoseconds since the Unix epoch, payloads MessagePack (`gateway/schemas.py`). `KeyError` for an unknown session or
/// id, `ValueError` after `close` (but for `poll`).
///
/// Opens and recovers the journal in `directory`; without one nothing is kept and everything counts as durable.
///
/// `durability`: `sync` or `async`. `max_in_flight`: unanswered hot messages of one account, 1 to
/// `ACCOUNT_CLIENT_ID_WINDOW_MAX`, but never more than its `client_id_window`. `replay_accounts`: accounts whose
/// last 1,024 reports are kept for `replay` from the first replayed command on, as a rule of the last million
/// commands at least; `authorize` adds its account from then on.
/// `unread_output_bytes`: output of all sessions that may wait to be durable; beyond it the account with most of it
/// loses its largest session's.
/// `shard`, `max_open_orders`: those of the journal, if there is one. `client_id_key`: of a
/// new one; `None` draws it. `JournalError` and its subclasses.
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

/// Counts by bucket, and the sum in nanoseconds.
type Histogram = (Vec<u64>, u64);

fn histogram(of: &journal::Histogram) -> Histogram {
    let (counts, sum_ns) = of.read();
    (counts.to_vec(), sum_ns)
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

    /// An eventfd, readable when `poll` may have something; -1 without a journal: there `commit` is all it takes.
    fn fileno(&self) -> PyResult<i32> {
        Ok(self.open()?.venue().event_fd().unwrap_or(-1))
    }

    // sessions

    /// A new session, not authorized; its number is never used again. `ValueError` if there are 65,536.
    fn open_session(&mut self) -> PyResult<u64> {
        Ok(self.open_mut()?.open_session()?)
    }

    /// From now on the session gets its account's reports and, if it may trade, its hot messages are carried out.
    ///
    /// `text`: `poll` gives its output as a list of payloads instead of frames.
    fn authorize(&mut self, session: u64, key: u32, account: u32, can_trade: bool, text: bool) -> PyResult<()> {
        Ok(self.open_mut()?.authorize(session, key, account, can_trade, text)?)
    }

    /// The key's allowances, each (rate per second, burst), full, over all its sessions that are authorized later.
    ///
    /// `orders` are hot messages; `requests` are all other frames, a token each and one more for every 4 KiB of their
    /// answers. A frame without a token is refused, and a key that goes on then is flooding (`WireError`, 4005). The
    /// same limits again change nothing. A key without limits is not limited.
    fn set_limits(&mut self, key: u32, orders: (u32, u32), requests: (u32, u32)) -> PyResult<()> {
        Ok(self.open_mut()?.set_limits(key, orders, requests)?)
    }

    /// Charges a logon to the key; False if its allowance of requests is used up.
    fn admit(&mut self, key: u32, now_ns: u64) -> PyResult<bool> {
        Ok(self.open_mut()?.admit(key, now_ns))
    }

    /// Ends the session; output that was not polled is dropped.
    fn close_session(&mut self, session: u64) -> PyResult<()> {
        Ok(self.open_mut()?.close_session(session)?)
    }

    // input

    /// Takes a chunk of the session's stream; returns the frames (opcode, unmasked payload, granted) that are the
    /// caller's: at most one message, and a bounded number of control frames before it. A frame that is not granted is
    /// over the key's allowance.
    ///
    /// Hot messages (place, cancel, amend, cancel_all in well-formed MessagePack, session authorized to trade) are
    /// carried out. To keep their order with the frames returned, what follows waits: call again with b"" until the
    /// list is empty. `WireError`, after everything before the break was taken, if the connection must be closed, and
    /// at once if it floods (4005) or sends too much without being authorized (4004).
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

    /// Carries out one hot message. False if it is none.
    fn message(&mut self, session: u64, payload: &[u8], now_ns: u64) -> PyResult<bool> {
        Ok(self.open_mut()?.message(session, payload, now_ns)?)
    }

    /// Carries out a command record, which is not rate limited; its key is the session's. Returns the record of its
    /// first event.
    ///
    /// The accounts concerned get their reports. The session gets `ok` or `error` after them; for a withdrawal request
    /// its report carries `ref` instead. Session -1: nobody is answered. `CommandError` if it is no record.
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

    /// Gives the engine its time if that has come: one bounded pulse. Returns when it wants the next, if it does.
    fn pulse(&mut self, now_ns: u64) -> PyResult<Option<u64>> {
        Ok(self.open_mut()?.pulse(now_ns)?)
    }

    // output

    /// Writes one message to the session, after everything written before.
    fn send(&mut self, session: u64, payload: &[u8]) -> PyResult<()> {
        Ok(self.open_mut()?.send(session, payload)?)
    }

    /// Channel 0 book, 1 trades, 2 bbo, 3 balances (of the session's account; `instrument` is ignored), 4 level3.
    ///
    /// Book, bbo and level3 begin with their state at the end of the commit group; subscribing again repeats that.
    fn subscribe(&mut self, session: u64, channel: u8, instrument: u32) -> PyResult<()> {
        let hub = self.open_mut()?;
        Ok(match channel {
            BALANCES => hub.watch_balances(session, true),
            channel => hub.subscribe(session, known_channel(channel)?, instrument),
        }?)
    }

    /// Ends a channel, if the session has it.
    fn unsubscribe(&mut self, session: u64, channel: u8, instrument: u32) -> PyResult<()> {
        let hub = self.open_mut()?;
        Ok(match channel {
            BALANCES => hub.watch_balances(session, false),
            channel => hub.unsubscribe(session, known_channel(channel)?, instrument),
        }?)
    }

    /// Writes the next part of a level3 book, if there is one, at the end of the commit group.
    ///
    /// Asking twice in one group is asking once. False if the session does not subscribe to it.
    fn next_part(&mut self, session: u64, instrument: u32) -> PyResult<bool> {
        Ok(self.open_mut()?.next_part(session, instrument)?)
    }

    /// Writes the account's reports from `from_account_seq` on, if all are kept, and `replayed`.
    #[pyo3(signature = (session, r#ref, from_account_seq))]
    fn replay(&mut self, session: u64, r#ref: u64, from_account_seq: u64) -> PyResult<()> {
        Ok(self.open_mut()?.replay(session, r#ref, from_account_seq)?)
    }

    /// Ends the commit group, if the journal is idle or not needed. True if commands were handed to it.
    fn commit(&mut self) -> PyResult<bool> {
        Ok(self.open_mut()?.commit()?)
    }

    /// What is durable, as (session, output), in order; resets `fileno`.
    ///
    /// Output is ready websocket frames, or a list of payloads for a text session, or None, once, for a session whose
    /// waiting output outgrew 4 MiB and was discarded: drop it. `JournalFailedError` if the journal failed.
    fn poll<'py>(&mut self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let mut entries = Ok(std::mem::take(&mut self.last));
        if let Some(hub) = &mut self.hub {
            hub.release(collect(py, &mut entries))?;
        }
        PyList::new(py, entries?)
    }

    /// Takes the sessions whose input waits for room in the journal: call `receive` for each after `poll`.
    fn backlog(&mut self) -> PyResult<Vec<u64>> {
        Ok(self.open_mut()?.take_waiting())
    }

    /// Makes everything durable and writes a snapshot. Blocks. `JournalError` without a directory.
    fn snapshot(&mut self, py: Python<'_>) -> PyResult<PathBuf> {
        let hub = self.open_mut()?;
        Ok(py.detach(|| hub.snapshot())?)
    }

    /// Makes everything durable, leaves a verified snapshot and ends the journal. Blocks. One more `poll` gives the
    /// last output. Returns the snapshot's path, and why there is none; neither if there was nothing to keep.
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

    /// Of the last command.
    #[getter]
    fn sequence(&self) -> PyResult<u64> {
        Ok(self.engine()?.sequence())
    }

    /// Of the last command that is on disk.
    #[getter]
    fn durable_sequence(&self) -> PyResult<u64> {
        Ok(self.open()?.venue().durable_sequence())
    }

    /// Of the last command.
    #[getter]
    fn timestamp_ns(&self) -> PyResult<u64> {
        Ok(self.engine()?.timestamp_ns())
    }

    /// The current one, as eight digits; 0 before the first roll.
    #[getter]
    fn trade_date(&self) -> PyResult<u32> {
        Ok(self.engine()?.trade_date())
    }

    /// (available, held).
    fn balance(&self, account: u32, asset: u32) -> PyResult<(i64, i64)> {
        queries::balance(self.engine()?, account, asset)
    }

    /// (asset, available, held) of all that is not zero, by asset.
    fn balances(&self, account: u32) -> PyResult<Vec<(u32, i64, i64)>> {
        queries::balances(self.engine()?, account)
    }

    /// Deposits less settled withdrawals, and minted less burned.
    fn issued(&self, asset: u32) -> PyResult<i64> {
        queries::issued(self.engine()?, asset)
    }

    /// Sum of available and held over all accounts, counted anew.
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

    /// Open orders with the lowest ids beyond `after`, ascending, at most `limit`; whether there are more.
    fn open_orders_page(&self, account: u32, after: u64, limit: usize) -> PyResult<(Vec<PyOrder>, bool)> {
        queries::open_orders_page(self.engine()?, account, after, limit)
    }

    /// (assets, instruments, accounts, open orders).
    fn counts(&self) -> PyResult<(usize, usize, usize, u32)> {
        Ok(queries::counts(self.engine()?))
    }

    /// Sequence of the account's last event.
    fn account_sequence(&self, account: u32) -> PyResult<u64> {
        queries::account_sequence(self.engine()?, account)
    }

    /// How many hot messages of the account may be unanswered.
    fn max_in_flight(&self, account: u32) -> PyResult<u32> {
        Ok(self.open()?.max_in_flight(AccountId(account)))
    }

    /// What is set of it, and what it has open.
    ///
    /// (fee schedule, most open orders, client id window, group, most open notional, open orders, pending withdrawals).
    fn account(&self, account: u32) -> PyResult<queries::AccountRow> {
        queries::account(self.engine()?, account)
    }

    /// (id, account, asset, amount) of those with the lowest ids from `first` on, ascending, at most `limit`, of all
    /// accounts if `account` is None; whether there are more.
    fn pending_withdrawals(
        &self,
        account: Option<u32>,
        first: u64,
        limit: usize,
    ) -> PyResult<(Vec<queries::WithdrawalRow>, bool)> {
        queries::pending_withdrawals(self.engine()?, account, first, limit)
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

    /// The id of the account's fee schedule.
    fn account_fee_schedule(&self, account: u32) -> PyResult<u32> {
        queries::account_fee_schedule(self.engine()?, account)
    }

    /// (maker rate, taker rate, tiers) by id; a tier is (notional, maker rate, taker rate).
    fn fee_schedules(&self) -> PyResult<Vec<queries::FeeScheduleRow>> {
        Ok(queries::fee_schedules(self.engine()?))
    }

    /// All schedules, all overrides, then what waits, each in order: (schedule, instrument of an override, when it
    /// becomes effective or 0 for now, rates as in `fee_schedules` or None if the override ends).
    fn fee_tables(&self) -> PyResult<Vec<queries::FeeTableRow>> {
        Ok(queries::fee_tables(self.engine()?))
    }

    /// As `Engine.holders`: of the lowest accounts from `first` on, at most `limit`; whether there are more.
    fn holders_page(&self, first: u32, limit: usize) -> PyResult<(Vec<queries::HolderRow>, bool)> {
        Ok(queries::holders_page(self.engine()?, first, limit))
    }

    /// (asset, instrument, classes, verification, rule, jurisdictions, max_holding, locked_until) of every table.
    fn eligibility(&self) -> PyResult<Vec<queries::EligibilityRow>> {
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

    /// The corporate actions that are announced or run, by id: (id, kind, asset, payer, order policy, asset of
    /// fractions or None, record_at, books_close_at, legs, stage, cursor); a leg is (asset, numerator, denominator,
    /// lieu price). The cursor is the account or instrument that the one which runs looks at next.
    fn actions(&self) -> PyResult<Vec<queries::ActionRow>> {
        Ok(queries::actions(self.engine()?))
    }

    /// (account, when it expires or 0, document) of each API key, by id from 1. Without a document it is revoked.
    fn keys<'py>(&self, py: Python<'py>) -> PyResult<Vec<queries::KeyRow<'py>>> {
        Ok(queries::keys(self.engine()?, py))
    }

    /// (symbol, class, decimals, min_withdrawal) by id.
    fn assets(&self) -> PyResult<Vec<AssetRow>> {
        Ok(queries::assets(self.engine()?))
    }

    /// (symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, halted, phase) by id.
    fn instruments(&self) -> PyResult<Vec<InstrumentRow>> {
        Ok(queries::instruments(self.engine()?))
    }

    /// (symbol, class, decimals, min_withdrawal).
    fn asset(&self, asset: u32) -> PyResult<AssetRow> {
        queries::asset(self.engine()?, asset)
    }

    /// (symbol, base, quote, lot_size, tick_lot_value, max_price, collar_bps, halted, phase).
    fn instrument(&self, instrument: u32) -> PyResult<InstrumentRow> {
        queries::instrument(self.engine()?, instrument)
    }

    /// SHA-256 of the state image (32 bytes).
    fn state_hash<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        Ok(queries::state_hash(self.engine()?, py))
    }

    /// What was said since the start: (events by kind, rejections by code, fills by instrument).
    fn told(&self) -> PyResult<(Vec<u64>, Vec<u64>, Vec<u64>)> {
        let told = self.open()?.told();
        Ok((told.events.to_vec(), told.rejections.to_vec(), told.fills.clone()))
    }

    /// Instruments with most fills since the start, then those listed first, at most `limit`; ascending.
    fn most_traded(&self, limit: usize) -> PyResult<Vec<u32>> {
        Ok(self.open()?.told().most_traded(limit))
    }

    /// The last 256, of all instruments, oldest first: (instrument, timestamp_ns, price, quantity).
    fn last_trades(&self) -> PyResult<Vec<(u32, u64, u32, i64)>> {
        let trades = self.open()?.told().trades.iter();
        Ok(trades.map(|trade| (trade.instrument, trade.timestamp_ns, trade.price, trade.quantity)).collect())
    }

    /// How long the disk of the journal took: (writes, syncs), each (counts by bucket, sum in nanoseconds).
    ///
    /// Bucket n has what took at most 10 << n microseconds and more than the one before; the last, number 20, all that
    /// took longer. None without a journal.
    fn journal_times(&self) -> PyResult<Option<(Histogram, Histogram)>> {
        let times = self.open()?.venue().journal_times();
        Ok(times.map(|times| (histogram(&times.write), histogram(&times.sync))))
    }

    /// Counters since the start (`_total`) and gauges, by name.
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
