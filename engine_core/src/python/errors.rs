//! How the core's errors become Python's: one class each, defined in `pyengine.errors`.

use crate::hub::HubError;
use crate::image::ImageError;
use crate::journal::JournalError;
use pyo3::PyErr;
use pyo3::exceptions::{PyKeyError, PyValueError};

pyo3::import_exception!(pyengine.errors, CommandError);
pyo3::import_exception!(pyengine.errors, SnapshotError);
pyo3::import_exception!(pyengine.errors, TapeError);
pyo3::import_exception!(pyengine.errors, WireError);

/// The journal's classes, in a module of their own: the core's error has the name of one of them.
pub mod journal {
    pyo3::import_exception!(pyengine.errors, JournalError);
    pyo3::import_exception!(pyengine.errors, JournalCorruptError);
    pyo3::import_exception!(pyengine.errors, JournalVersionError);
    pyo3::import_exception!(pyengine.errors, JournalGenesisError);
    pyo3::import_exception!(pyengine.errors, JournalBusyError);
    pyo3::import_exception!(pyengine.errors, JournalDiscontinuedError);
    pyo3::import_exception!(pyengine.errors, JournalFailedError);
}

impl From<ImageError> for PyErr {
    fn from(error: ImageError) -> PyErr {
        SnapshotError::new_err(error.to_string())
    }
}

impl From<JournalError> for PyErr {
    fn from(error: JournalError) -> PyErr {
        let message = error.to_string();
        match error {
            JournalError::Busy { .. } => journal::JournalBusyError::new_err(message),
            JournalError::Discontinued { .. } => journal::JournalDiscontinuedError::new_err(message),
            JournalError::Corrupt { .. } => journal::JournalCorruptError::new_err(message),
            JournalError::Version { .. } => journal::JournalVersionError::new_err(message),
            JournalError::Genesis { .. } => journal::JournalGenesisError::new_err(message),
            JournalError::Failed(_) => journal::JournalFailedError::new_err(message),
            JournalError::Config(_) => PyValueError::new_err(message),
            _ => journal::JournalError::new_err(message),
        }
    }
}

impl From<HubError> for PyErr {
    fn from(error: HubError) -> PyErr {
        let message = error.to_string();
        match error {
            HubError::Wire { code, reason } => WireError::new_err((code, reason)),
            HubError::Journal(error) => error.into(),
            HubError::Random(error) => error.into(),
            HubError::UnknownSession(_) | HubError::UnknownInstrument(_) => PyKeyError::new_err(message),
            HubError::NotAuthorized(_) | HubError::OverLimit { .. } => PyValueError::new_err(message),
        }
    }
}
