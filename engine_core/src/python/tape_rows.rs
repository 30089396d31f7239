//! What a replay takes away: Python says what is collected, and takes it out by columns.

use super::errors::TapeError as PyTapeError;
use super::tape::PyTapeReplay;
use crate::tape::{Recorder, Sampled, Wanted};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

/// Of a side: their numbers fit their column.
const MOST_LEVELS: usize = 1 << 15;

impl PyTapeReplay {
    fn recorder(&mut self) -> PyResult<&mut Recorder> {
        self.replay_mut()?.recorder().ok_or_else(|| PyTapeError::new_err("nothing is recorded"))
    }
}

#[pymethods]
impl PyTapeReplay {
    /// Collects rows of `trades`, `fills` (of a market), `top`, `depth`, `bars` or `rates` from now on.
    ///
    /// `advance` returns early when a table has so many `rows`, which are then to be taken out. Of `depth` so many
    /// `levels` a side, at every change or every `every_ns` of the tape's time.
    #[pyo3(signature = (tables, *, rows, levels=10, every_ns=0))]
    fn record(&mut self, tables: Vec<String>, rows: usize, levels: usize, every_ns: u64) -> PyResult<()> {
        if rows == 0 || !(1..=MOST_LEVELS).contains(&levels) {
            return Err(PyValueError::new_err(format!("rows from 1, levels from 1 to {MOST_LEVELS}")));
        }
        let mut wanted = Wanted::default();
        for table in tables {
            match table.as_str() {
                "trades" => wanted.trades = true,
                "fills" => wanted.fills = true,
                "top" => wanted.top = true,
                "depth" => wanted.depth = Some(Sampled { levels, every_ns }),
                "bars" => wanted.bars = true,
                "rates" => wanted.rates = true,
                _ => return Err(PyKeyError::new_err(format!("no table {table:?}"))),
            }
        }
        self.replay_mut()?.record(wanted, rows);
        Ok(())
    }

    /// Collects what would have come with the next message: the last look at the depth, the last bars.
    fn end_record(&mut self) -> PyResult<()> {
        self.recorder()?;
        self.replay_mut()?.end_record();
        Ok(())
    }

    /// How many rows there are of each table.
    fn recorded<'py>(&mut self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let result = PyDict::new(py);
        for (name, table) in self.recorder()?.tables() {
            result.set_item(name, table.rows())?;
        }
        Ok(result)
    }

    /// Takes out the rows of a table: each column's numbers as they lie in memory.
    fn take<'py>(&mut self, py: Python<'py>, table: &str) -> PyResult<Bound<'py, PyDict>> {
        let mut tables = self.recorder()?.tables();
        let Some((_, found)) = tables.iter_mut().find(|(name, _)| *name == table) else {
            return Err(PyKeyError::new_err(format!("no table {table:?} is recorded")));
        };
        let result = PyDict::new(py);
        for (name, column) in found.columns() {
            result.set_item(name, PyBytes::new(py, column))?;
        }
        found.clear();
        Ok(result)
    }

    /// Symbols by the number of their instrument in the rows; empty where none was told.
    #[getter]
    fn instruments(&self) -> PyResult<Vec<String>> {
        Ok(self.replay()?.format().symbols().to_vec())
    }
}
