//! What the engine tells of itself goes to Python's `logging`, under the names of its rooms: `crmkit.crm_sqlite.migrate`.
//!
//! It is told when the call that it belongs to has ended: a handler may use the engine, and never runs under a lock.

use std::fmt::{Debug, Write};
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::memo::Memo;

static LOG: Memo = Memo::new("crmkit._logging", "log");
static WAITING: Mutex<Vec<Line>> = Mutex::new(Vec::new());
/// More than this wait only where no call ends; the oldest stay.
const MOST: usize = 1000;

struct Line {
    level: Level,
    target: &'static str,
    text: String,
}

/// Takes what the engine tells, from now on.
pub(crate) fn begin() {
    // A process has one subscriber; where the host set its own, that one is told.
    let _ = tracing::subscriber::set_global_default(Logging);
}

/// Hands over what waits.
pub(crate) fn flush(py: Python<'_>) {
    let lines = std::mem::take(&mut *WAITING.lock().unwrap_or_else(PoisonError::into_inner));
    for Line { level, target, text } in lines {
        let told = LOG.get(py).and_then(|log| log.call1((number(level), target, text)));
        if let Err(error) = told {
            error.write_unraisable(py, None);
        }
    }
}

/// The levels of Python.
fn number(level: Level) -> u8 {
    match level {
        Level::ERROR => 40,
        Level::WARN => 30,
        Level::INFO => 20,
        _ => 10,
    }
}

struct Logging;

impl Subscriber for Logging {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::DEBUG && metadata.target().starts_with("crm")
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        let metadata = event.metadata();
        let line = Line {
            level: *metadata.level(),
            target: metadata.target(),
            text: text.message + &text.fields,
        };
        let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MOST {
            waiting.push(line);
        }
    }

    fn new_span(&self, _span: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, _values: &Record<'_>) {}

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

#[derive(Default)]
struct Text {
    message: String,
    fields: String,
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a string does not fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}
