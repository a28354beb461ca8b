use crm_core::Crm;
use crm_core::engine::{Access, CrmError, Result, Watch};

use crate::backup::{self, BackupOptions, BackupReport};
use crate::pool::Lease;
use crate::sql::{self, SqlOptions, SqlRows, SqlValue};
use crate::store::SqliteStore;
use crate::verify::{self, Verification};
use std::path::Path;

/// What a [`Crm`] in an SQLite file can do beyond records: answer SQL, back itself up, and look itself over.
///
/// Each fails with [`CrmError::Refused`] and the rule `file.not_sqlite` where the records live elsewhere.
pub trait CrmFile {
    /// Answers one statement of SQL that reads, from one state of the database.
    ///
    /// The views `v_customer`, `v_opportunity` and so on are the promised names; the tables beneath change with the
    /// format of the file. What a record that is referred to is called has the word of text filters here, beside the
    /// name of its column: `stage` for `stage_name`.
    ///
    /// ```
    /// use crm_core::customers::CustomerDraft;
    /// use crm_sqlite::{CrmFile, OpenOptions, SqlValue};
    /// let crm = OpenOptions::in_memory().open()?;
    /// crm.write(|tx| tx.create(CustomerDraft { country: Some("DE".into()), ..CustomerDraft::organization("Acme") }))?;
    /// let found = crm.sql("SELECT name FROM v_customer WHERE country = ?1", &["DE".into()])?;
    /// assert_eq!(found.columns, ["name"]);
    /// assert_eq!(found.rows, [[SqlValue::from("Acme")]]);
    /// assert!(crm.sql("DELETE FROM customers", &[]).is_err());
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// As [`sql_with`](Self::sql_with).
    fn sql(&self, statement: &str, parameters: &[SqlValue]) -> Result<SqlRows> {
        self.sql_with(statement, parameters, &SqlOptions::default())
    }

    /// The same, with limits.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for what is not exactly one statement that SQLite understands,
    /// [`CrmError::Refused`] for one that does more than read (`sql.read_only`) or takes too long (`sql.time_limit`),
    /// [`CrmError::Cancelled`] where the watcher or the watch of the CRM stopped it, and those of the storage.
    fn sql_with(&self, statement: &str, parameters: &[SqlValue], options: &SqlOptions) -> Result<SqlRows>;

    /// Copies the database to a new file, while others read and write, and checks the copy.
    ///
    /// The copy is one closed file that [`open`](crate::open) opens. It appears under its name only when it is whole,
    /// checked, and on the disk.
    ///
    /// ```
    /// # let folder = tempfile::tempdir().unwrap();
    /// # std::env::set_current_dir(&folder).unwrap();
    /// use crm_core::customers::CustomerDraft;
    /// use crm_sqlite::CrmFile;
    /// let crm = crm_sqlite::open("sales.db")?;
    /// crm.write(|tx| tx.create(CustomerDraft::organization("Acme")))?;
    /// let report = crm.backup("copy.db")?;
    /// assert!(report.rows > 0);
    /// assert!(crm.backup("copy.db").is_err(), "a file that is there is not replaced unless told");
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// As [`backup_with`](Self::backup_with).
    fn backup(&self, target: impl AsRef<Path>) -> Result<BackupReport> {
        self.backup_with(target, &BackupOptions::default())
    }

    /// The same, told to replace, or watched.
    ///
    /// # Errors
    /// [`CrmError::Refused`] for a target that is there (`backup.target_exists`), is this file, or has the log of
    /// another database beside it (`backup.target_in_use`); [`CrmError::Cancelled`] where the watcher or the watch of the CRM stopped
    /// it; [`CrmError::Corrupt`] where the copy is not what was copied; and [`CrmError::Storage`], as for a full disk. In each
    /// case nothing is left behind, and a file that was to be replaced is as it was.
    fn backup_with(&self, target: impl AsRef<Path>, options: &BackupOptions) -> Result<BackupReport>;

    /// Looks the whole database over, and repairs nothing.
    ///
    /// ```
    /// use crm_sqlite::{CrmFile, OpenOptions};
    /// let crm = OpenOptions::in_memory().open()?;
    /// let verification = crm.verify()?;
    /// assert!(verification.is_sound(), "{verification}");
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// Of the storage, where it cannot be read at all, and [`CrmError::Cancelled`] where the watch of the CRM stopped it.
    /// What is wrong in it is no error but a finding.
    fn verify(&self) -> Result<Verification>;
}

impl CrmFile for Crm {
    fn sql_with(&self, statement: &str, parameters: &[SqlValue], options: &SqlOptions) -> Result<SqlRows> {
        sql::run(&mut lease(self)?, statement, parameters, options)
    }

    fn backup_with(&self, target: impl AsRef<Path>, options: &BackupOptions) -> Result<BackupReport> {
        backup::run(&lease(self)?, store(self)?.file(), target.as_ref(), options)
    }

    fn verify(&self) -> Result<Verification> {
        verify::run(&lease(self)?, store(self)?.schema())
    }
}

/// A connection with a transaction for reading, which the watch of the CRM stops.
fn lease(crm: &Crm) -> Result<Lease> {
    let watch = crm.watch().map(Watch::latched);
    store(crm)?.lease(Access::Read, watch.as_ref())
}

fn store(crm: &Crm) -> Result<&SqliteStore> {
    crm.engine().store().as_any().downcast_ref().ok_or_else(|| {
        CrmError::refused(
            "file.not_sqlite",
            "the records do not live in an SQLite file",
            "Open a file with crmkit::open",
        )
    })
}
