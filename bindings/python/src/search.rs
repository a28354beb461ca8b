//! The search over all kinds of records.

use std::collections::HashMap;

use crmkit::engine::{EntityDef, PathConditions, Query, Reader, Result, managed};
use crmkit::insight::{Hit, Search};
use crmkit::values::Uuid;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::object::object;
use crate::records::{Record, wrap_of};
use crate::session::{Read, Session, entity, read_of};

/// The records that are closest to what was typed, each with why it was found, and whether there are others.
#[pyfunction]
#[pyo3(signature = (session, typed, *, limit, only))]
pub(crate) fn search<'py>(
    py: Python<'py>,
    session: &Session,
    typed: String,
    limit: usize,
    only: Option<Vec<String>>,
) -> PyResult<Bound<'py, PyAny>> {
    let mut search = Search::new(typed).limit(limit);
    if let Some(tables) = only {
        let kinds = tables.iter().map(|table| entity(py, table));
        search = search.only(kinds.collect::<PyResult<Vec<_>>>()?);
    }
    let (hits, more) = session.read(py, move |reader| {
        let found = search.run(reader)?;
        Ok((with_records(reader, found.hits)?, found.more))
    })?;
    let hits: Vec<_> = hits
        .into_iter()
        .map(|(hit, read)| hit_of(py, &hit, read))
        .collect::<PyResult<_>>()?;
    let hits = PyTuple::new(py, hits)?;
    object!(py, "crmkit.search", "SearchResults", { _hits: hits, more: more })
}

/// The records of the hits, with one query for each kind of record.
fn with_records(reader: &mut Reader<'_>, hits: Vec<Hit>) -> Result<Vec<(Hit, Read)>> {
    let mut by_entity: Vec<(&'static EntityDef, Vec<Uuid>)> = Vec::new();
    for hit in &hits {
        match by_entity.iter_mut().find(|(entity, _)| *entity == hit.entity) {
            Some((_, ids)) => ids.push(hit.id),
            None => by_entity.push((hit.entity, vec![hit.id])),
        }
    }
    let mut read = HashMap::new();
    for (entity, ids) in by_entity {
        let query = Query::of_entity(entity).filter(entity.field(managed::ID).one_of(ids));
        for row in reader.rows(&query)? {
            let record = read_of(reader, entity, row)?;
            read.insert(record.0.first().cloned(), record);
        }
    }
    let with_record = |hit: Hit| read.remove(&Some(hit.id.into())).map(|record| (hit, record));
    Ok(hits.into_iter().filter_map(with_record).collect())
}

fn hit_of<'py>(py: Python<'py>, hit: &Hit, (row, fields): Read) -> PyResult<Bound<'py, PyAny>> {
    let record = wrap_of(hit.entity)(py, Record::new(hit.entity, row, fields.as_ref()))?;
    let reasons = hit
        .because
        .iter()
        .map(|reason| object!(py, "crmkit.search", "Reason", { field: reason.field, text: reason.to_string() }));
    let reasons: Vec<_> = reasons.collect::<PyResult<_>>()?;
    object!(py, "crmkit.search", "Hit", {
        name: hit.title.as_str(),
        table: hit.entity.table,
        record: record,
        reasons: PyTuple::new(py, reasons)?,
    })
}
