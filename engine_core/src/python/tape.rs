//! Tapes: Python names the file, shows how far it is, and asks for what was counted.

use super::errors::TapeError as PyTapeError;
use crate::tape::itch::{Itch, TYPES};
use crate::tape::{Disagreement, RECOGNISED_BY, Replay, Source, TapeError, recognise};
use crate::types::Side;
use pyo3::exceptions::{PyKeyError, PyOSError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Price in the format's steps, quantity, orders; best first.
type Levels = Vec<(i64, i64, u32)>;

fn raised(path: &Path, error: &TapeError) -> PyErr {
    match error {
        TapeError::Read(error) if error.raw_os_error().is_some() => {
            let says = error.to_string();
            let says = says.split(" (os error").next().unwrap_or_default().to_owned();
            PyOSError::new_err((error.raw_os_error(), says, path.to_path_buf()))
        }
        error => PyTapeError::new_err(format!("{}: {error}", path.display())),
    }
}

/// The format of a file: what follows `replay`, and what it is in words.
#[pyfunction]
pub fn recognise_tape(path: PathBuf) -> PyResult<Option<(&'static str, &'static str)>> {
    let raise = |error| raised(&path, &error);
    let mut source = Source::open(&path).map_err(raise)?;
    let found = recognise(source.peek(RECOGNISED_BY).map_err(raise)?);
    Ok(found.map(|format| (format.name, format.is)))
}

/// A tape of ITCH 5.0 and the books that it has led to so far.
#[pyclass(name = "ItchReplay")]
pub struct PyItchReplay {
    path: PathBuf,
    replay: Replay<Itch>,
}

#[pymethods]
impl PyItchReplay {
    #[new]
    #[pyo3(signature = (path, symbols=None))]
    fn new(path: PathBuf, symbols: Option<HashSet<String>>) -> PyResult<PyItchReplay> {
        let format = Source::open(&path).and_then(|source| Itch::new(source, symbols));
        let replay = Replay::new(format.map_err(|error| raised(&path, &error))?);
        Ok(PyItchReplay { path, replay })
    }

    /// Goes on by at most so many messages; whether there may be more.
    fn advance(&mut self, py: Python<'_>, messages: u64) -> PyResult<bool> {
        let replay = &mut self.replay;
        py.detach(|| replay.advance(messages)).map_err(|error| raised(&self.path, &error))
    }

    /// How many messages were read.
    #[getter]
    fn messages(&self) -> u64 {
        self.replay.messages()
    }

    /// Bytes read of the file as it lies on the disk, and all it has.
    #[getter]
    fn progress(&self) -> (u64, u64) {
        self.replay.format().progress()
    }

    /// The symbols of which there were messages, or names; in the order of their numbers.
    #[getter]
    fn symbols(&self) -> Vec<String> {
        self.replay.symbols().map(|(_, symbol)| symbol.to_owned()).collect()
    }

    /// Bids and asks of a symbol: price in ten-thousandths, shares and orders of each level, best first.
    fn book(&self, symbol: &str) -> PyResult<(Levels, Levels)> {
        let Some((instrument, _)) = self.replay.symbols().find(|(_, name)| *name == symbol) else {
            return Err(PyKeyError::new_err(format!("no symbol {symbol:?} on this tape")));
        };
        let side = |side| {
            let depth = self.replay.books().depth(instrument, side);
            depth.map(|level| (level.price.0, level.quantity.0, level.orders)).collect()
        };
        Ok((side(Side::Buy), side(Side::Sell)))
    }

    /// What was counted, by name.
    fn counts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let (counts, result) = (self.replay.books().counts(), PyDict::new(py));
        result.set_item("added", counts.added)?;
        result.set_item("deleted", counts.deleted)?;
        result.set_item("reduced", counts.reduced)?;
        result.set_item("replaced", counts.replaced)?;
        result.set_item("executions", counts.executions)?;
        result.set_item("queue_front_agreed", counts.queue_front_agreed)?;
        result.set_item("executions_anywhere", counts.executions_anywhere)?;
        result.set_item("executed_quantity", counts.executed_quantity)?;
        result.set_item("open_orders", self.replay.books().open_orders())?;
        let disagreements = PyDict::new(py);
        for (what, count) in counts.disagreements() {
            disagreements.set_item(Disagreement::name(what), count)?;
        }
        result.set_item("disagreements", disagreements)?;
        let (types, mut unknown) = (PyDict::new(py), 0);
        for (kind, count) in self.replay.format().counts() {
            match TYPES.iter().find(|(known, ..)| *known == kind) {
                Some((.., name)) => types.set_item(*name, count)?,
                None => unknown += count,
            }
        }
        result.set_item("message_types", types)?;
        result.set_item("unknown_messages", unknown)?;
        Ok(result)
    }
}
