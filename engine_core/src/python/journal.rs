//! Looking at a journal without opening it for writing: verification, reading, and the states it has led to.

use super::engine::PyEngine;
use super::errors::journal::JournalError as PyJournalError;
use crate::journal::{JournalReader, SegmentSummary, verify};
use crate::journal_replay::{Compared, JournalReplay, Until};
use crate::recovery;
use crate::retention::{self, Policy, Segment};
use crate::snapshot::Origin;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use std::path::PathBuf;
use zerocopy::IntoBytes;

type ComparedRow<'py> = (PathBuf, u64, Bound<'py, PyBytes>, Bound<'py, PyBytes>);

fn segment_dict<'py>(py: Python<'py>, summary: &SegmentSummary) -> PyResult<Bound<'py, PyDict>> {
    let segment = PyDict::new(py);
    segment.set_item("path", &summary.path)?;
    segment.set_item("semantics_version", summary.semantics_version)?;
    segment.set_item("first_sequence", summary.first_sequence)?;
    segment.set_item("last_sequence", summary.last_sequence)?;
    segment.set_item("batches", summary.batches)?;
    segment.set_item("records", summary.records)?;
    segment.set_item("used_bytes", summary.used_bytes)?;
    segment.set_item("segment_bytes", summary.segment_bytes)?;
    Ok(segment)
}

/// Checks every header, checksum, chain value, sequence and timestamp. Reads only; works on a running journal.
#[pyfunction]
pub fn verify_journal(py: Python<'_>, directory: PathBuf) -> PyResult<Bound<'_, PyDict>> {
    let mut segments = Vec::new();
    let verified = py.detach(|| verify(&directory, |summary| segments.push(summary.clone())))?;
    let last_sequence = verified.position.map(|position| position.sequence);
    let result = PyDict::new(py);
    let segments: Vec<_> = segments.iter().map(|summary| segment_dict(py, summary)).collect::<PyResult<_>>()?;
    result.set_item("segments", segments)?;
    result.set_item("journal_id", verified.position.map(|position| position.journal_id))?;
    result.set_item("chain", verified.position.map(|position| position.chain))?;
    result.set_item("batches", verified.batches)?;
    result.set_item("first_sequence", verified.first_sequence)?;
    result.set_item("last_sequence", last_sequence)?;
    result.set_item("torn_bytes", verified.torn_bytes)?;
    Ok(result)
}

/// Checks one segment by itself, at most so many batches of it. Reads only; works on a running journal.
#[pyfunction]
#[pyo3(signature = (path, *, batches=u64::MAX))]
pub fn read_segment(py: Python<'_>, path: PathBuf, batches: u64) -> PyResult<Bound<'_, PyDict>> {
    let read = py.detach(|| crate::journal::read_segment(&path, batches))?;
    let segment = segment_dict(py, &read.summary)?;
    segment.set_item("journal_id", read.journal_id)?;
    segment.set_item("chain_before", read.chain_before)?;
    segment.set_item("chain", read.chain)?;
    segment.set_item("first_timestamp_ns", read.times_ns.map(|(first, _)| first))?;
    segment.set_item("last_timestamp_ns", read.times_ns.map(|(_, last)| last))?;
    segment.set_item("torn_bytes", read.torn_bytes)?;
    Ok(segment)
}

/// Checks every byte of a snapshot, and that the journal beside it leads to its place. `JournalError` if not.
#[pyfunction]
pub fn verify_snapshot(py: Python<'_>, path: PathBuf) -> PyResult<Bound<'_, PyDict>> {
    let summary = py.detach(|| recovery::examine(&path))?;
    let snapshot = PyDict::new(py);
    snapshot.set_item("path", path)?;
    snapshot.set_item("semantics_version", summary.semantics_version)?;
    snapshot.set_item("journal_id", summary.position.journal_id)?;
    snapshot.set_item("sequence", summary.position.sequence)?;
    snapshot.set_item("chain", summary.position.chain)?;
    snapshot.set_item("state_hash", PyBytes::new(py, &summary.state_hash))?;
    snapshot.set_item("left_by_stop", summary.origin == Origin::Stop)?;
    Ok(snapshot)
}

/// How many of these segments (first sequence, when last written to), oldest first, nobody needs any more.
///
/// `verified`: sequences of the snapshots that recovery can begin at, ascending. The newest `snapshots` of them stay
/// such, a server goes on to begin where it would, and what was written within `age_ns` stays.
#[pyfunction]
#[pyo3(signature = (segments, verified, *, end, now_ns, snapshots, age_ns))]
pub fn surplus_segments(
    segments: Vec<(u64, u64)>,
    verified: Vec<u64>,
    end: u64,
    now_ns: u64,
    snapshots: usize,
    age_ns: u64,
) -> usize {
    let segment = |(first_sequence, written_ns)| Segment { first_sequence, written_ns };
    let segments: Vec<_> = segments.into_iter().map(segment).collect();
    retention::surplus(&segments, &verified, end, now_ns, Policy { snapshots, age_ns })
}

/// What the journal's engine began with; nothing if there is none yet. Reads only; works on a running journal.
#[pyfunction]
pub fn journal_genesis(py: Python<'_>, directory: PathBuf) -> PyResult<Bound<'_, PyDict>> {
    let arguments = PyDict::new(py);
    if let Some(genesis) = JournalReader::open_oldest(&directory)?.genesis() {
        arguments.set_item("shard", genesis.shard)?;
        arguments.set_item("max_open_orders", genesis.max_open_orders)?;
        arguments.set_item("client_id_key", PyBytes::new(py, genesis.client_id_key.as_bytes()))?;
    }
    Ok(arguments)
}

/// The sequence of the first record, and the records from `first_sequence` on, at most `limit`, back to back.
#[pyfunction]
pub fn read_journal(
    py: Python<'_>,
    directory: PathBuf,
    first_sequence: u64,
    limit: usize,
) -> PyResult<(u64, Bound<'_, PyBytes>)> {
    let (mut records, mut found) = (Vec::<u64>::new(), 0);
    let mut first = first_sequence;
    py.detach(|| {
        let mut reader = JournalReader::open_oldest(&directory)?.from(first_sequence);
        while found < limit {
            let Some((sequence, batch)) = reader.next_numbered()? else { break };
            for (sequence, command) in (sequence..).zip(batch).filter(|(sequence, _)| *sequence >= first_sequence) {
                if found == 0 {
                    first = sequence;
                }
                if found < limit {
                    records.extend_from_slice(command.words());
                    found += 1;
                }
            }
        }
        Ok::<_, crate::journal::JournalError>(())
    })?;
    Ok((first, PyBytes::new(py, records.as_bytes())))
}

/// A replay of a journal up to a sequence or a time, beginning at the newest snapshot that leads there.
///
/// Reads only; works on a running journal. Raises `JournalError` and its subclasses: the journal is damaged, or has no
/// state there; `ValueError` if there is none.
///
/// Ends after `sequence`, or after the last command that is not later than `timestamp_ns`; without either at the
/// last command that is there now. `audit`: begins as early as it can, and compares the state with snapshots.
#[pyclass(name = "JournalReplay", module = "pyengine._engine_core")]
pub struct PyJournalReplay {
    /// `None` once its engine was taken.
    replay: Option<JournalReplay>,
}

#[cold]
fn ended() -> PyErr {
    PyJournalError::new_err("the replay has ended")
}

impl PyJournalReplay {
    fn replay(&self) -> PyResult<&JournalReplay> {
        self.replay.as_ref().ok_or_else(ended)
    }
}

#[pymethods]
impl PyJournalReplay {
    #[new]
    #[pyo3(signature = (directory, *, sequence=None, timestamp_ns=None, audit=false))]
    fn new(
        py: Python<'_>,
        directory: PathBuf,
        sequence: Option<u64>,
        timestamp_ns: Option<u64>,
        audit: bool,
    ) -> PyResult<PyJournalReplay> {
        let until = match (sequence, timestamp_ns) {
            (None, None) => Until::End,
            (Some(sequence), None) => Until::Sequence(sequence),
            (None, Some(timestamp_ns)) => Until::Time(timestamp_ns),
            (Some(_), Some(_)) => return Err(PyValueError::new_err("sequence, timestamp_ns: one of them at most")),
        };
        let replay = py.detach(|| JournalReplay::open(&directory, until, audit))?;
        Ok(PyJournalReplay { replay: Some(replay) })
    }

    /// Goes on by so many commands, and to the end of their batch; whether there are more.
    fn advance(&mut self, py: Python<'_>, commands: u64) -> PyResult<bool> {
        let replay = self.replay.as_mut().ok_or_else(ended)?;
        Ok(py.detach(|| replay.advance(commands))?)
    }

    /// Of the last command replayed.
    #[getter]
    fn sequence(&self) -> PyResult<u64> {
        Ok(self.replay()?.engine().sequence())
    }

    /// The sequence at which the replay ends.
    #[getter]
    fn end(&self) -> PyResult<u64> {
        Ok(self.replay()?.end())
    }

    /// Sequence of the snapshot it began at; None: before the first command.
    #[getter(from_snapshot)]
    fn begun_at(&self) -> PyResult<Option<u64>> {
        Ok(self.replay()?.begun_at())
    }

    /// Of the history that it is a replay of.
    #[getter]
    fn journal_id(&self) -> PyResult<u64> {
        Ok(self.replay()?.journal_id())
    }

    /// Chain value after the last command replayed: it stands for all that led there.
    ///
    /// None in the midst of a batch, and where nothing behind a snapshot was replayed.
    #[getter]
    fn chain(&self) -> PyResult<Option<u64>> {
        Ok(self.replay()?.chain())
    }

    /// Fills settled on the way.
    #[getter]
    fn fills(&self) -> PyResult<u64> {
        Ok(self.replay()?.fills())
    }

    /// Each snapshot that an audit came to, its sequence, the state hash in it, and the one found.
    #[getter]
    fn compared<'py>(&self, py: Python<'py>) -> PyResult<Vec<ComparedRow<'py>>> {
        let row = |it: &Compared| {
            let (recorded, found) = (PyBytes::new(py, &it.recorded), PyBytes::new(py, &it.found));
            (it.snapshot.clone(), it.sequence, recorded, found)
        };
        Ok(self.replay()?.compared().iter().map(row).collect())
    }

    /// Those that can not be read, as far as they were looked at.
    #[getter]
    fn damaged_snapshots(&self) -> PyResult<Vec<PathBuf>> {
        Ok(self.replay()?.damaged_snapshots().to_vec())
    }

    /// Ends the replay, and gives its engine out, which keeps nothing. Later calls raise `JournalError`.
    fn finish(&mut self) -> PyResult<PyEngine> {
        let replay = self.replay.take().ok_or_else(ended)?;
        Ok(PyEngine::in_memory(replay.into_engine()))
    }
}
