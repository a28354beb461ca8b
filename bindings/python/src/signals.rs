//! Ctrl-C: a watch that asks the interpreter for signals while the engine works.

use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use pyo3::prelude::*;

/// How long a signal waits at most, give or take what the engine does between two questions of its watch.
pub(crate) const PATIENCE: Duration = Duration::from_millis(50);

thread_local! {
    static ASKED: Cell<Option<Instant>> = const { Cell::new(None) };
    static RAISED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
}

/// Asks whether a signal handler raised, at most every [`PATIENCE`]; what it raised waits for [`raised`].
pub(crate) fn ask() -> ControlFlow<()> {
    let now = Instant::now();
    match ASKED.get() {
        Some(asked) if now.duration_since(asked) < PATIENCE => return ControlFlow::Continue(()),
        None => {
            ASKED.set(Some(now));
            return ControlFlow::Continue(());
        }
        Some(_) => ASKED.set(Some(now)),
    }
    match Python::attach(|py| py.check_signals()) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            RAISED.set(Some(error));
            ControlFlow::Break(())
        }
    }
}

/// What a signal handler raised during the call that ends here, where one did.
pub(crate) fn raised() -> Option<PyErr> {
    ASKED.set(None);
    RAISED.take()
}
