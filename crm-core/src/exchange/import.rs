use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use super::source::Source;
use super::vcard::CardImport;
use super::{Folder, Plan, presets};
use crate::engine::{Entity, EntityDef, Result, Session};

/// The beginning of an import: a file, and what is known of it.
///
/// ```
/// use crm_core::{Crm, customers::Customer, exchange::{Import, Target}};
/// let crm = Crm::in_memory();
/// let csv = "Company;Country\nAcme GmbH;DE\nGlobex;US\n";
/// let mut plan = Import::bytes(csv).into::<Customer>().plan(&crm)?;
/// plan.map("Company", Target::field("name").key())?.set(Target::field("kind"), "organization")?;
/// assert_eq!(plan.preview(&crm)?.counts.created, 2);
/// let result = plan.run(&crm)?;
/// assert_eq!(result.counts.created, 2);
/// assert_eq!(plan.run(&crm)?.counts.unchanged, 2);
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Import {
    pub(super) source: Source,
    pub(super) encoding: Option<String>,
    pub(super) delimiter: Option<u8>,
}

/// An import that knows what kind of records its rows are.
#[derive(Debug, Clone)]
pub struct EntityImport {
    import: Import,
    entity: &'static EntityDef,
}

impl Import {
    fn of(source: Source) -> Self {
        Self {
            source,
            encoding: None,
            delimiter: None,
        }
    }

    /// A file. Refused rows are kept beside it, in `<name>.refused.csv`.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::of(Source::File(path.into()))
    }

    /// Bytes in memory.
    pub fn bytes(bytes: impl AsRef<[u8]>) -> Self {
        Self::of(Source::Bytes(bytes.as_ref().into()))
    }

    /// Anything that can be read from its beginning more than once: `open` is called for each time.
    pub fn reader(
        name: impl Into<String>,
        open: impl Fn() -> io::Result<Box<dyn Read>> + Send + Sync + 'static,
    ) -> Self {
        Self::of(Source::Reader {
            name: name.into(),
            open: Arc::new(open),
        })
    }

    /// The encoding, by its name on the web (`gb18030`, `windows-1252`), where it is known and need not be found out.
    #[must_use]
    pub fn encoding(mut self, label: impl Into<String>) -> Self {
        self.encoding = Some(label.into());
        self
    }

    /// The sign between cells, where it is known and need not be found out.
    #[must_use]
    pub fn delimiter(mut self, delimiter: u8) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// A folder of exports, as other systems write them when somebody takes all of their data out: the files whose
    /// headers tell what they are, in the order in which they refer to each other.
    pub fn folder(path: impl Into<PathBuf>) -> Folder {
        Folder::new(path.into())
    }

    /// Reads the file once and plans it by its headers, where they are those of an export of Salesforce, HubSpot,
    /// Pipedrive, Odoo or EspoCRM; [`Plan::preset`] says which. For every other file say what its rows are with
    /// [`Import::into`].
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] where the headers tell no such export, [`crate::engine::CrmError::Refused`]
    /// for one of records of which there is no kind here, and as [`EntityImport::plan`].
    pub fn plan(self, session: &Session) -> Result<Plan> {
        Plan::new(self, None, session)
    }

    /// The systems whose exports are known by their headers.
    ///
    /// ```
    /// use crm_core::exchange::Import;
    /// assert!(Import::presets().any(|system| system == "Salesforce"));
    /// ```
    pub fn presets() -> impl Iterator<Item = &'static str> {
        presets::PRESETS.iter().map(|preset| preset.name)
    }

    /// The file holds cards of people and organizations (vCard), and no rows.
    pub fn cards(self) -> CardImport {
        CardImport::of(self.source)
    }

    /// Each row is a record of this kind.
    pub fn into<E: Entity>(self) -> EntityImport {
        self.into_entity(E::DEF)
    }

    /// Each row is a record of a kind that is known only at run time.
    pub fn into_entity(self, entity: &'static EntityDef) -> EntityImport {
        EntityImport { import: self, entity }
    }
}

impl EntityImport {
    /// Reads the file once: finds out encoding, delimiter, header, and how it writes numbers and dates, and guesses
    /// where each column goes. Writes nothing.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Storage`] where the file cannot be read, and [`crate::engine::CrmError::Invalid`]
    /// for a file with no header, or one beyond the limits.
    pub fn plan(self, session: &Session) -> Result<Plan> {
        Plan::new(self.import, Some(self.entity), session)
    }
}
