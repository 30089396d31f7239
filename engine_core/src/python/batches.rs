//! Many commands in one call: records or rows of NumPy in, an array of events out, with the GIL released in between.
//!
//! Events are written where NumPy then reads them; when the array is dropped, the memory is used for the next batch.

use super::errors::CommandError;
use super::fields;
use crate::command::{CommandBuffer, CommandsMut, OrderEntryRow};
use crate::event::Event;
use crate::venue::Venue;
use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::PyBufferError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use std::ffi::c_int;
use std::mem;
use std::sync::{Arc, Mutex};
use zerocopy::IntoBytes;

/// Rows copied at once, so that nobody can change them while the GIL is released: little enough to stay in the cache.
const ROWS_AT_ONCE: usize = 8_192;
/// Event buffers kept for reuse, and the largest one worth keeping.
const BUFFERS_KEPT: usize = 4;
const BUFFER_EVENTS_KEPT: usize = 1 << 20;

type Pool = Arc<Mutex<Vec<Vec<Event>>>>;

/// What batches of one engine use again.
#[derive(Default)]
pub struct Batches {
    pool: Pool,
    words: Vec<u64>,
}

impl Batches {
    /// Applies records, or rows of `ORDER_ENTRY_DTYPE`; returns an array of `EVENT_DTYPE` once all are durable.
    pub fn apply<'py>(
        &mut self,
        py: Python<'py>,
        venue: &mut Venue,
        commands: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let view = contiguous(commands)?;
        let mut events = self.pool.lock().expect("nobody panics with it").pop().unwrap_or_default();
        events.clear();
        let applied = if view.item_size() == 1 {
            self.apply_records(py, venue, &view, &mut events)
        } else {
            check_rows(py, commands)?;
            self.apply_rows(py, venue, &view, &mut events)
        };
        // What is not durable has not happened.
        applied?;
        EventBuffer { events, pool: Arc::clone(&self.pool) }.into_array(py)
    }

    /// An array of `EVENT_DTYPE` of what `produce` says, which it does without the GIL, and what else it returns.
    pub fn collect<'py, T: Send, E: Send>(
        &self,
        py: Python<'py>,
        produce: impl FnOnce(&mut Vec<Event>) -> Result<T, E> + Send,
    ) -> PyResult<(Bound<'py, PyAny>, T)>
    where
        PyErr: From<E>,
    {
        let mut events = self.pool.lock().expect("nobody panics with it").pop().unwrap_or_default();
        events.clear();
        let told = py.detach(|| produce(&mut events))?;
        Ok((EventBuffer { events, pool: Arc::clone(&self.pool) }.into_array(py)?, told))
    }

    fn apply_records(
        &mut self,
        py: Python<'_>,
        venue: &mut Venue,
        view: &PyUntypedBuffer,
        events: &mut Vec<Event>,
    ) -> PyResult<()> {
        let mut words = fields::words(&copy(view))?;
        let commands = CommandsMut::check(&mut words).map_err(fields::no_record)?;
        Ok(py.detach(|| venue.run(commands, events))?)
    }

    fn apply_rows(
        &mut self,
        py: Python<'_>,
        venue: &mut Venue,
        view: &PyUntypedBuffer,
        events: &mut Vec<Event>,
    ) -> PyResult<()> {
        let count = view.len_bytes() / size_of::<OrderEntryRow>();
        // All rows are looked at before the first is applied: a batch with a row of another kind changes nothing.
        let mut rows = Vec::new();
        for first in (0..count).step_by(ROWS_AT_ONCE) {
            copy_rows(view, first, &mut rows);
            if let Some(at) = rows.iter().position(|row| !row.is_order_entry()) {
                let (row, kind) = (first + at, rows[at].kind);
                return Err(CommandError::new_err(format!("row {row}: kind {kind} is no command on orders")));
            }
        }
        for first in (0..count).step_by(ROWS_AT_ONCE) {
            if count > ROWS_AT_ONCE {
                copy_rows(view, first, &mut rows);
            }
            let words = &mut self.words;
            py.detach(|| {
                words.clear();
                let mut record = CommandBuffer::default();
                for row in &rows {
                    if row.encode(&mut record) {
                        words.extend_from_slice(record.command().words());
                    }
                }
                venue.pump(CommandsMut::of_checked(words), events)
            })?;
        }
        Ok(py.detach(|| venue.wait_committed())?)
    }
}

/// A view of a buffer whose bytes lie one behind the other.
fn contiguous(buffer: &Bound<'_, PyAny>) -> PyResult<PyUntypedBuffer> {
    let view = PyUntypedBuffer::get(buffer)?;
    if !view.is_c_contiguous() {
        return Err(CommandError::new_err("buffer: not contiguous"));
    }
    Ok(view)
}

fn copy(view: &PyUntypedBuffer) -> Vec<u8> {
    let mut bytes = vec![0u8; view.len_bytes()];
    // SAFETY: the view is contiguous and stays exported, and the GIL is held, for the whole copy.
    unsafe { std::ptr::copy_nonoverlapping(view.buf_ptr().cast::<u8>(), bytes.as_mut_ptr(), bytes.len()) };
    bytes
}

/// The bytes of any contiguous Python buffer, copied so that nobody can change them while the GIL is released.
pub fn copy_buffer(buffer: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    Ok(copy(&contiguous(buffer)?))
}

/// Copies rows from `first` on, as many as go at once.
fn copy_rows(view: &PyUntypedBuffer, first: usize, rows: &mut Vec<OrderEntryRow>) {
    let count = (view.len_bytes() / size_of::<OrderEntryRow>() - first).min(ROWS_AT_ONCE);
    rows.resize(count, OrderEntryRow::EMPTY);
    let bytes = rows.as_mut_slice().as_mut_bytes();
    // SAFETY: the view holds `first + count` rows, is contiguous and stays exported; the GIL is held for the whole copy.
    unsafe {
        let from = view.buf_ptr().cast::<u8>().add(first * size_of::<OrderEntryRow>());
        std::ptr::copy_nonoverlapping(from, bytes.as_mut_ptr(), bytes.len());
    }
}

/// Refuses an array of anything but rows of order entry.
fn check_rows(py: Python<'_>, commands: &Bound<'_, PyAny>) -> PyResult<()> {
    static DTYPE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let expected = DTYPE.import(py, "pyengine.records", "ORDER_ENTRY_DTYPE")?;
    let found = commands.getattr("dtype").ok();
    if found.as_ref().is_some_and(|found| found.eq(expected).unwrap_or(false)) {
        return Ok(());
    }
    let found = found.map_or_else(|| "items of several bytes".to_owned(), |dtype| dtype.to_string());
    Err(CommandError::new_err(format!("commands: {found}: neither bytes of records nor rows of ORDER_ENTRY_DTYPE")))
}

/// Events that NumPy reads in place.
#[pyclass(frozen, module = "pyengine._engine_core")]
struct EventBuffer {
    events: Vec<Event>,
    pool: Pool,
}

impl EventBuffer {
    fn into_array(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        static DTYPE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        static FROM_BUFFER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let dtype = DTYPE.import(py, "pyengine.events", "EVENT_DTYPE")?;
        let from_buffer = FROM_BUFFER.import(py, "numpy", "frombuffer")?;
        from_buffer.call1((self, dtype))
    }
}

#[pymethods]
impl EventBuffer {
    /// The events' bytes, to read.
    // SAFETY: called by Python with a view to fill in.
    unsafe fn __getbuffer__(slf: Bound<'_, Self>, view: *mut ffi::Py_buffer, flags: c_int) -> PyResult<()> {
        let bytes = slf.get().events.as_bytes();
        let (start, length) = (bytes.as_ptr().cast_mut().cast(), bytes.len() as ffi::Py_ssize_t);
        // SAFETY: the bytes belong to `slf`, to which the view holds a reference, and never move or change.
        let filled = unsafe { ffi::PyBuffer_FillInfo(view, slf.as_ptr(), start, length, 1, flags) };
        if filled == 0 {
            Ok(())
        } else {
            Err(PyErr::take(slf.py()).unwrap_or_else(|| PyBufferError::new_err("no view")))
        }
    }
}

impl Drop for EventBuffer {
    fn drop(&mut self) {
        let Ok(mut pool) = self.pool.lock() else { return };
        if pool.len() < BUFFERS_KEPT && self.events.capacity() <= BUFFER_EVENTS_KEPT {
            pool.push(mem::take(&mut self.events));
        }
    }
}
