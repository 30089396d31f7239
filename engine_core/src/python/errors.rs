//! How the core's errors become Python's: one class each, defined in `pyengine.errors`.

use crate::image::ImageError;
use pyo3::PyErr;

pyo3::import_exception!(pyengine.errors, CommandError);
pyo3::import_exception!(pyengine.errors, SnapshotError);

impl From<ImageError> for PyErr {
    fn from(error: ImageError) -> PyErr {
        SnapshotError::new_err(error.to_string())
    }
}
