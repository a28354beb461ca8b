//! Objects of Python that are looked up once.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// An attribute of a module, imported when it is asked for first.
pub(crate) struct Memo {
    module: &'static str,
    attribute: &'static str,
    object: PyOnceLock<Py<PyAny>>,
}

impl Memo {
    pub(crate) const fn new(module: &'static str, attribute: &'static str) -> Self {
        Self {
            module,
            attribute,
            object: PyOnceLock::new(),
        }
    }

    pub(crate) fn get<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        self.object
            .get_or_try_init(py, || Ok(py.import(self.module)?.getattr(self.attribute)?.unbind()))
            .map(|object| object.bind(py))
    }
}
