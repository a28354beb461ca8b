//! Records go out: as CSV, and as cards.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use crmkit::customers::Customer;
use crmkit::engine::{Entity, Query, Reader, Result};
use crmkit::exchange::{Export, ExportColumn, write_card_file, write_cards};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::progress::{Teller, told};
use crate::raised::Raised;
use crate::session::{Session, entity, query};

/// Where an export is written: the file at a path, or a callable that takes bytes.
#[derive(FromPyObject)]
pub(crate) enum Sink {
    Path(PathBuf),
    Callable(Py<PyAny>),
}

/// A callable of Python that is given bytes; what it raises is kept.
#[derive(Clone)]
struct Pieces {
    callable: Arc<Py<PyAny>>,
    raised: Raised,
}

impl Pieces {
    fn new(callable: Py<PyAny>) -> Self {
        Self {
            callable: Arc::new(callable),
            raised: Raised::default(),
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Python::attach(|py| self.callable.call1(py, (PyBytes::new(py, bytes),)))
            .map(|_| bytes.len())
            .map_err(|error| {
                self.raised.keep(error);
                io::Error::other("the file of Python raised")
            })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes records as CSV, and tells how many.
#[pyfunction]
#[pyo3(signature = (session, table, sink, *, filter, order_by, columns, spreadsheet, tell))]
#[allow(clippy::too_many_arguments, reason = "one for each option of the Python function")]
pub(crate) fn export_csv(
    py: Python<'_>,
    session: &Session,
    table: &str,
    sink: Sink,
    filter: Option<String>,
    order_by: Option<String>,
    columns: Option<Vec<(String, String)>>,
    spreadsheet: bool,
    tell: Option<Py<PyAny>>,
) -> PyResult<u64> {
    let entity = entity(py, table)?;
    let teller = tell.map(Teller::new);
    let watcher = teller.clone();
    let export = move |reader: &mut Reader<'_>| -> Result<Export> {
        let mut export = Export::of(query(reader, entity, filter.as_deref(), order_by.as_deref())?);
        if let Some(columns) = columns {
            let columns = columns.iter();
            let columns = columns.map(|(path, header)| ExportColumn::from(path.as_str()).header(header));
            export = export.columns(columns);
        }
        if spreadsheet {
            export = export.spreadsheet();
        }
        if let Some(teller) = watcher {
            export = export.on_progress(move |progress| teller.tell(progress.done, progress.rows));
        }
        Ok(export)
    };
    let written = written(py, session, sink, |reader, sink| {
        let export = export(reader)?;
        match sink {
            Open::Path(path) => export.to_file_from(reader, path),
            Open::Pieces(pieces) => export.to_writer_from(reader, pieces),
        }
    });
    told(teller.as_ref(), written)
}

/// Writes customers as cards, and tells how many.
#[pyfunction]
#[pyo3(signature = (session, sink, *, filter, order_by))]
pub(crate) fn export_cards(
    py: Python<'_>,
    session: &Session,
    sink: Sink,
    filter: Option<String>,
    order_by: Option<String>,
) -> PyResult<u64> {
    written(py, session, sink, move |reader, sink| {
        let customers: Query = query(reader, Customer::DEF, filter.as_deref(), order_by.as_deref())?;
        match sink {
            Open::Path(path) => write_card_file(reader, &customers, path),
            Open::Pieces(mut pieces) => write_cards(reader, &customers, &mut pieces),
        }
    })
}

/// What is written to.
enum Open {
    Path(PathBuf),
    Pieces(Pieces),
}

/// Writes what a view sees; what a callable raised comes before what the engine says of it.
fn written(
    py: Python<'_>,
    session: &Session,
    sink: Sink,
    write: impl FnOnce(&mut Reader<'_>, Open) -> Result<u64> + Send + 'static,
) -> PyResult<u64> {
    match sink {
        Sink::Path(path) => session.read(py, move |reader| write(reader, Open::Path(path))),
        Sink::Callable(callable) => {
            let pieces = Pieces::new(callable);
            let open = Open::Pieces(pieces.clone());
            let written = session.read(py, move |reader| write(reader, open));
            pieces.raised.before(written)
        }
    }
}
