//! What a callable of Python raised while the engine worked: the engine is told to stop, and not why.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::prelude::*;

/// Keeps what was raised until the work has stopped.
#[derive(Clone, Default)]
pub(crate) struct Raised(Arc<Mutex<Option<PyErr>>>);

impl Raised {
    pub(crate) fn keep(&self, error: PyErr) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }

    /// The result of the work; what was raised comes before what the engine says of it.
    pub(crate) fn before<T>(&self, result: PyResult<T>) -> PyResult<T> {
        let raised = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        raised.map_or(result, Err)
    }
}
