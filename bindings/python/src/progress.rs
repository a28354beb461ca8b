//! How far long work has come, told to Python.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use pyo3::prelude::*;

use crate::raised::Raised;

/// How often Python is told at most, but for the end.
const BETWEEN: Duration = Duration::from_millis(100);

/// A callable of Python that is told how much is done of how much. What it raises stops the work.
#[derive(Clone)]
pub(crate) struct Teller(Arc<Told>);

struct Told {
    callable: Py<PyAny>,
    last: Mutex<Option<Instant>>,
    raised: Raised,
}

impl Teller {
    pub(crate) fn new(callable: Py<PyAny>) -> Self {
        Self(Arc::new(Told {
            callable,
            last: Mutex::default(),
            raised: Raised::default(),
        }))
    }

    /// Tells it, where that is due.
    pub(crate) fn tell(&self, done: u64, total: u64) -> ControlFlow<()> {
        let now = Instant::now();
        {
            let mut last = self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
            if done != total && last.is_some_and(|last| now.duration_since(last) < BETWEEN) {
                return ControlFlow::Continue(());
            }
            *last = Some(now);
        }
        match Python::attach(|py| self.0.callable.call1(py, (done, total))) {
            Ok(_) => ControlFlow::Continue(()),
            Err(error) => {
                self.0.raised.keep(error);
                ControlFlow::Break(())
            }
        }
    }
}

/// The result of work that told how far it came; what the callable raised comes before what the engine says of it.
pub(crate) fn told<T>(teller: Option<&Teller>, result: PyResult<T>) -> PyResult<T> {
    match teller {
        Some(teller) => teller.0.raised.before(result),
        None => result,
    }
}
