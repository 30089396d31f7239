//! PyO3 bindings: the only place that knows Python. Types for the reader are in `pyengine/_engine_core.pyi`.
//!
//! Exceptions are the classes of `pyengine.errors`; a rejection is an event, never an exception.

mod attributes;
mod batches;
mod calls;
mod engine;
mod errors;
mod fields;
mod follow;
mod hub;
mod journal;
mod queries;
mod records;
mod tape;
mod tape_rows;

use pyo3::prelude::*;

#[pymodule]
fn _engine_core(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("SEMANTICS_VERSION", crate::types::SEMANTICS_VERSION)?;
    module.add("DEBUG_BUILD", cfg!(debug_assertions))?;
    module.add("SNAPSHOTS_KEPT", crate::recovery::SNAPSHOTS_KEPT)?;
    module.add_class::<engine::PyEngine>()?;
    module.add_class::<hub::PyHub>()?;
    module.add_class::<engine::PyDurableEngine>()?;
    module.add_class::<records::PyEvent>()?;
    module.add_class::<records::PyOrder>()?;
    module.add_class::<records::PyObligation>()?;
    module.add_class::<tape::PyTapeReplay>()?;
    module.add_class::<journal::PyJournalReplay>()?;
    module.add_class::<follow::PyJournalFollower>()?;
    module.add_function(wrap_pyfunction!(tape::recognise_tape, module)?)?;
    module.add_function(wrap_pyfunction!(journal::verify_journal, module)?)?;
    module.add_function(wrap_pyfunction!(journal::read_segment, module)?)?;
    module.add_function(wrap_pyfunction!(journal::verify_snapshot, module)?)?;
    module.add_function(wrap_pyfunction!(journal::surplus_segments, module)?)?;
    module.add_function(wrap_pyfunction!(journal::journal_genesis, module)?)?;
    module.add_function(wrap_pyfunction!(journal::read_journal, module)?)?;
    Ok(())
}
