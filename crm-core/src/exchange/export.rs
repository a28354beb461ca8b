//! Records go out as CSV: for programs, exactly, or for spreadsheets, which take some texts for formulas.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path as FilePath;
use std::sync::Arc;

use uuid::Uuid;

use super::cell::begins_formula;
use super::report::Progress;
use super::whole_file::write_whole;
use crate::engine::{
    CrmError, EntityDef, Field, FieldKind, Page, Path, PathConditions, Query, Reader, Result, Row, Session, Value,
    expr, managed,
};
use crate::values::Tz;

/// How many records are read at a time.
const PAGE: u32 = 2_000;

/// What the error of a cancelled export names.
const EXPORT: &str = "the export";

/// Told how far an export has come; stops it by returning `Break`.
type Watcher = dyn Fn(Progress) -> ControlFlow<()> + Send + Sync;

/// What a query means, as a CSV file.
///
/// Without more, it is for programs: RFC 4180 in UTF-8, amounts with their currency, instants in UTC by RFC 3339, every
/// value as it is, so that an import reads the same values back. [`Export::spreadsheet`] writes for people.
///
/// ```
/// use crm_core::{Crm, customers::{Customer, CustomerDraft}, engine::Query, exchange::Export};
/// let crm = Crm::in_memory();
/// crm.write(|tx| tx.create(CustomerDraft::organization("Acme \"Looms\" GmbH")))?;
/// let mut file = Vec::new();
/// Export::of(Query::of::<Customer>()).columns(["name", "owner.name"]).to_writer(&crm, &mut file)?;
/// assert_eq!(String::from_utf8_lossy(&file), "name,owner.name\r\n\"Acme \"\"Looms\"\" GmbH\",\r\n");
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Clone)]
pub struct Export {
    query: Query,
    columns: Vec<ExportColumn>,
    for_spreadsheet: bool,
    watcher: Option<Arc<Watcher>>,
}

/// A column of an export: a field of the record or of one that it refers to, and what the header calls it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportColumn {
    from: Source,
    header: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Source {
    Path(Path),
    Name(String),
}

impl ExportColumn {
    /// The same with this header; without one, a column is called by its path.
    #[must_use]
    pub fn header(mut self, header: impl Into<String>) -> Self {
        self.header = Some(header.into());
        self
    }
}

impl From<Path> for ExportColumn {
    fn from(path: Path) -> Self {
        let from = Source::Path(path);
        Self { from, header: None }
    }
}

impl From<Field> for ExportColumn {
    fn from(field: Field) -> Self {
        Path::from(field).into()
    }
}

/// A path as text filters write it: `customer.name`.
impl From<&str> for ExportColumn {
    fn from(name: &str) -> Self {
        let from = Source::Name(name.to_owned());
        Self { from, header: None }
    }
}

impl fmt::Debug for Export {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Export")
            .field("entity", &self.query.entity.table)
            .field("columns", &self.columns)
            .field("for_spreadsheet", &self.for_spreadsheet)
            .finish_non_exhaustive()
    }
}

impl Export {
    /// The records of a query, in its order, with all of their own fields as columns.
    pub fn of(query: Query) -> Self {
        let entity = query.entity;
        let fields = (managed::COUNT..entity.fields.len()).filter(|field| Some(*field) != entity.custom_field());
        let field = |index| ExportColumn::from(Field { entity, index });
        Self {
            columns: fields.map(field).collect(),
            query,
            for_spreadsheet: false,
            watcher: None,
        }
    }

    /// With these columns: fields (`Customer::NAME`), paths (`Opportunity::CUSTOMER_ID.to(Customer::NAME)`), or paths
    /// as text filters write them (`"customer.name"`).
    #[must_use]
    pub fn columns<C: Into<ExportColumn>>(mut self, columns: impl IntoIterator<Item = C>) -> Self {
        self.columns = columns.into_iter().map(Into::into).collect();
        self
    }

    /// For a spreadsheet: with a byte order mark, so that it reads UTF-8; instants by the clocks of the CRM's zone;
    /// amounts as numbers, with their currency in a column behind; and no text that it would take for a formula.
    ///
    /// Such a text gets an apostrophe before it, which spreadsheets show. Two things stay as they are, since nothing in
    /// them can be computed: numbers, and what has only digits, spaces, points and brackets behind a plus or minus, as
    /// telephone numbers do: `+8613800138000`. A number with hyphens, `+1-415-555-2671`, would become a difference, and
    /// is disarmed.
    #[must_use]
    pub fn spreadsheet(mut self) -> Self {
        self.for_spreadsheet = true;
        self
    }

    /// Calls `watcher` after each page of records; the export stops when it returns `Break`.
    #[must_use]
    pub fn on_progress(mut self, watcher: impl Fn(Progress) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        self.watcher = Some(Arc::new(watcher));
        self
    }

    /// Writes the file, and returns how many records it holds. It takes its name only when it is whole.
    ///
    /// # Errors
    /// As [`Export::to_writer`].
    pub fn to_file(&self, session: &Session, path: impl AsRef<FilePath>) -> Result<u64> {
        session.read(|reader| self.to_file_from(reader, path))
    }

    /// Writes the records, all as they are in one state of the CRM, and returns how many there are.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] or [`CrmError::Expression`] for a column that the records have not,
    /// [`CrmError::Cancelled`] where the watcher stopped it, [`CrmError::Storage`] where it cannot be written.
    pub fn to_writer(&self, session: &Session, writer: impl Write) -> Result<u64> {
        session.read(|reader| self.to_writer_from(reader, writer))
    }

    /// The same as [`Export::to_file`], of what a reader sees: the CRM as it was, or within a transaction.
    ///
    /// # Errors
    /// As [`Export::to_writer`].
    pub fn to_file_from(&self, reader: &mut Reader<'_>, path: impl AsRef<FilePath>) -> Result<u64> {
        write_whole(path.as_ref(), failed, |file| self.to_writer_from(reader, file))
    }

    /// The same as [`Export::to_writer`], of what a reader sees: the CRM as it was, or within a transaction.
    ///
    /// # Errors
    /// As [`Export::to_writer`].
    pub fn to_writer_from(&self, reader: &mut Reader<'_>, mut writer: impl Write) -> Result<u64> {
        let sheet = Sheet::of(self, reader)?;
        let rows = if self.watcher.is_some() {
            reader.count(&self.query)?
        } else {
            0
        };
        if self.for_spreadsheet {
            writer
                .write_all("\u{feff}".as_bytes())
                .map_err(|error| failed(&error))?;
        }
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(writer);
        writer
            .write_record(sheet.headers())
            .map_err(|error| failed(&error.into()))?;
        let mut query = self.query.clone();
        let mut done = 0_u64;
        loop {
            let left = self
                .query
                .limit
                .map_or(PAGE, |limit| limit.saturating_sub(done as u32).min(PAGE));
            let Page { records, next } = reader.page_of_rows(&query.clone().limit(left))?;
            let known = sheet.look_up(&records, reader)?;
            for row in &records {
                writer
                    .write_record(sheet.cells(row, &known))
                    .map_err(|error| failed(&error.into()))?;
            }
            done += records.len() as u64;
            if let Some(watcher) = &self.watcher
                && watcher(Progress { done, rows }).is_break()
            {
                return Err(CrmError::Cancelled { operation: EXPORT });
            }
            match next {
                Some(next) if self.query.limit.is_none_or(|limit| done < u64::from(limit)) => query = query.after(next),
                _ => break,
            }
        }
        writer.flush().map_err(|error| failed(&error))?;
        Ok(done)
    }
}

/// The columns with their paths, and how their cells are written.
struct Sheet {
    columns: Vec<(String, Path)>,
    for_spreadsheet: bool,
    zone: Tz,
}

/// The rows that records refer to, by table and id.
type Known = BTreeMap<&'static str, HashMap<Uuid, Row>>;

impl Sheet {
    fn of(export: &Export, reader: &Reader<'_>) -> Result<Self> {
        let entity = export.query.entity;
        let mut columns = Vec::with_capacity(export.columns.len());
        for column in &export.columns {
            let path = match &column.from {
                Source::Path(path) => path.clone(),
                Source::Name(name) => expr::path(name, entity, reader.schema())?,
            };
            path.check(entity)?;
            let header = match (&column.header, &column.from) {
                (Some(header), _) => header.clone(),
                (None, Source::Name(name)) => name.clone(),
                (None, Source::Path(path)) => path.to_string(),
            };
            let currency = (export.for_spreadsheet && path.kind() == FieldKind::Money).then(|| path.clone().currency());
            columns.push((header.clone(), path));
            columns.extend(currency.map(|currency| (format!("{header} currency"), currency)));
        }
        Ok(Self {
            columns,
            for_spreadsheet: export.for_spreadsheet,
            zone: reader.zone(),
        })
    }

    fn headers(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(header, _)| header.as_str())
    }

    /// Reads the rows to which the records of a page refer: one query for each table and step of the paths.
    fn look_up(&self, records: &[Row], reader: &mut Reader<'_>) -> Result<Known> {
        let mut known = Known::new();
        let deepest = self
            .columns
            .iter()
            .map(|(_, path)| path.hops().len())
            .max()
            .unwrap_or(0);
        for depth in 0..deepest {
            let mut wanted: BTreeMap<&'static str, Vec<Uuid>> = BTreeMap::new();
            for (_, path) in self.columns.iter().filter(|(_, path)| path.hops().len() > depth) {
                let Some(target) = path.hops()[depth].def().reference else {
                    continue;
                };
                let ids = records
                    .iter()
                    .filter_map(|row| follow(row, &path.hops()[..=depth], &known));
                let there = known.get(target.table);
                let missing = ids.filter(|id| there.is_none_or(|there| !there.contains_key(id)));
                wanted.entry(target.table).or_default().extend(missing);
            }
            for (table, mut ids) in wanted {
                ids.sort_unstable();
                ids.dedup();
                if let Some(entity) = reader.schema().entity(table).filter(|_| !ids.is_empty()) {
                    let found = rows(entity, ids, reader)?;
                    known.entry(table).or_default().extend(found);
                }
            }
        }
        Ok(known)
    }

    fn cells<'s>(&'s self, row: &'s Row, known: &'s Known) -> impl Iterator<Item = String> + 's {
        self.columns.iter().map(move |(_, path)| {
            let end = match path.hops() {
                [] => Some(row),
                hops => follow(row, hops, known)
                    .and_then(|id| known.get(hops[hops.len() - 1].def().reference?.table)?.get(&id)),
            };
            let value = end.map_or(Value::Null, |end| path.of(end[path.field().index].clone()));
            if self.for_spreadsheet {
                self.shown(&value)
            } else {
                exact(&value)
            }
        })
    }

    fn shown(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => disarmed(text),
            Value::Money(amount) => amount.amount().to_string(),
            Value::Instant(at) => match at.to_utc() {
                Some(at) => at.with_timezone(&self.zone).format("%Y-%m-%d %H:%M:%S").to_string(),
                None => at.to_string(),
            },
            other => exact(other),
        }
    }
}

/// The id to which the last of these references leads, as far as the rows on the way are known.
fn follow(row: &Row, hops: &[Field], known: &Known) -> Option<Uuid> {
    let (last, before) = hops.split_last()?;
    let row = match before.last() {
        None => row,
        Some(hop) => known
            .get(hop.def().reference?.table)?
            .get(&follow(row, before, known)?)?,
    };
    match row[last.index] {
        Value::Id(id) => Some(id),
        _ => None,
    }
}

/// The rows of a table with these ids.
fn rows(entity: &'static EntityDef, ids: Vec<Uuid>, reader: &mut Reader<'_>) -> Result<Vec<(Uuid, Row)>> {
    let count = u32::try_from(ids.len()).unwrap_or(u32::MAX).saturating_add(1);
    let id = entity.field(managed::ID);
    let query = Query::of_entity(entity).filter(Path::from(id).one_of(ids)).limit(count);
    let found = reader.page_of_rows(&query)?.records.into_iter();
    let with_id = found.filter_map(|row| match row[managed::ID] {
        Value::Id(id) => Some((id, row)),
        _ => None,
    });
    Ok(with_id.collect())
}

/// A value as an import reads it back.
fn exact(value: &Value) -> String {
    match value {
        // Custom fields are columns by their own names.
        Value::Null | Value::Custom(_) => String::new(),
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Money(amount) => amount.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Instant(at) => at.to_string(),
        Value::Id(id) => id.to_string(),
    }
}

/// A text that no spreadsheet computes.
fn disarmed(text: &str) -> String {
    let computes_nothing = |rest: &str| {
        rest.chars()
            .all(|letter| letter.is_ascii_digit() || matches!(letter, ' ' | '.' | '(' | ')'))
    };
    let harmless = text.strip_prefix(['+', '-']).is_some_and(computes_nothing);
    if begins_formula(text) && !harmless {
        return format!("'{text}");
    }
    text.to_owned()
}

fn failed(error: &std::io::Error) -> CrmError {
    CrmError::storage(
        "writing the export",
        error.to_string(),
        "Check that there is room, and that the file may be written",
    )
}
