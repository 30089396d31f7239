//! `JournalFollower`: what happens at a venue, heard from its journal.

use super::batches::Batches;
use super::queries::{self, AssetRow, InstrumentRow};
use super::records::PyOrder;
use crate::follow::Follower;
use crate::journal::Position;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::path::PathBuf;
use zerocopy::IntoBytes;

/// (journal id, sequence, chain value)
type Place = (u64, u64, u64);

/// Hears what happens at a venue from its journal, while it is written or afterwards.
///
/// Reads only. Begins behind `after`, a `position` of an earlier follower; without it as early as the journal has all
/// that came since. Raises `JournalError` and its subclasses, `JournalDiscontinuedError` if the journal does not lead
/// on from there; `ValueError` if there is none.
#[pyclass(name = "JournalFollower", module = "pyengine._engine_core")]
pub struct PyJournalFollower {
    follower: Follower,
    batches: Batches,
}

#[pymethods]
impl PyJournalFollower {
    #[new]
    #[pyo3(signature = (directory, after=None))]
    fn new(py: Python<'_>, directory: PathBuf, after: Option<Place>) -> PyResult<PyJournalFollower> {
        let after = after.map(|(journal_id, sequence, chain)| Position { journal_id, sequence, chain });
        let follower = py.detach(|| Follower::open(&directory, after))?;
        Ok(PyJournalFollower { follower, batches: Batches::default() })
    }

    /// Goes on by so many commands, and to the end of their batch: what happened, all of it on disk, an array of
    /// `EVENT_DTYPE`; and whether there may be more now.
    fn advance<'py>(&mut self, py: Python<'py>, commands: u64) -> PyResult<(Bound<'py, PyAny>, bool)> {
        let PyJournalFollower { follower, batches } = self;
        batches.collect(py, |events| follower.advance(commands, events))
    }

    /// Of each command that the last `advance` told of, up to `sequence`: the API key that caused it, a
    /// `u32` each; 0 is the venue itself.
    fn keys<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.follower.keys().as_bytes())
    }

    /// Of the last command applied. Before `after` nothing is said of it.
    #[getter]
    fn sequence(&self) -> u64 {
        self.follower.engine().sequence()
    }

    /// Of the last command applied.
    #[getter]
    fn timestamp_ns(&self) -> u64 {
        self.follower.engine().timestamp_ns()
    }

    /// The place to go on from: journal id, sequence, chain value.
    #[getter]
    fn position(&self) -> Place {
        let Position { journal_id, sequence, chain } = self.follower.position();
        (journal_id, sequence, chain)
    }

    /// Sequence of the snapshot it began at; None: before the first command.
    #[getter(from_snapshot)]
    fn begun_at(&self) -> Option<u64> {
        self.follower.begun_at()
    }

    /// The last sequence that is there now. Reads the last segment.
    fn end(&self, py: Python<'_>) -> PyResult<u64> {
        Ok(py.detach(|| self.follower.end())?)
    }

    /// Assets, instruments, accounts, open orders.
    fn counts(&self) -> (usize, usize, usize, u32) {
        queries::counts(self.follower.engine())
    }

    /// (symbol, class, decimals, smallest withdrawal) of each, by id.
    fn assets(&self) -> Vec<AssetRow> {
        queries::assets(self.follower.engine())
    }

    /// (symbol, base, quote, lot size, tick lot value, max price, collar, halted, phase) of each, by id.
    fn instruments(&self) -> Vec<InstrumentRow> {
        queries::instruments(self.follower.engine())
    }

    /// (asset, available, held) of all that are not zero. `KeyError` for an unknown account.
    fn balances(&self, account: u32) -> PyResult<Vec<(u32, i64, i64)>> {
        queries::balances(self.follower.engine(), account)
    }

    /// Oldest first. `KeyError` for an unknown account.
    fn open_orders(&self, account: u32) -> PyResult<Vec<PyOrder>> {
        queries::open_orders(self.follower.engine(), account)
    }
}
