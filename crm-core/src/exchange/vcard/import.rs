use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::land::land;
use super::read::{Cards, FoundCard};
use crate::engine::{Cause, CrmError, Result, Session, Tx};
use crate::exchange::report::{Counts, ImportResult, NAMED_REFUSALS, PREVIEWED_ROWS, Preview, RefusedRow, RowOutcome};
use crate::exchange::run::{breaks_a_rule, taken_back};
use crate::exchange::source::Source;

/// An import of cards. Nothing is mapped: what a card says is known from its standard.
///
/// ```
/// use crm_core::{Crm, exchange::Import};
/// let crm = Crm::in_memory();
/// let cards = "BEGIN:VCARD\nVERSION:4.0\nFN:李明\nORG:Acme GmbH\nEMAIL;TYPE=work:li@acme.example\nEND:VCARD\n";
/// let import = Import::bytes(cards).cards(); // or Import::file("contacts.vcf").cards()
/// assert_eq!(import.preview(&crm)?.counts.created, 1);
/// let result = import.run(&crm)?;
/// assert_eq!(result.counts.created, 1);
/// assert_eq!(import.run(&crm)?.counts.unchanged, 1);
/// crm.undo(result.batch)?;
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone)]
pub struct CardImport {
    source: Source,
    refused_to: Option<PathBuf>,
}

impl CardImport {
    pub(in crate::exchange) fn of(source: Source) -> Self {
        let refused_to = source.path().map(|path| path.with_extension("refused.vcf"));
        Self { source, refused_to }
    }

    /// The file in which the first hundred refused cards are kept.
    #[must_use]
    pub fn refused_to(mut self, path: impl Into<PathBuf>) -> Self {
        self.refused_to = Some(path.into());
        self
    }

    /// The file in which refused cards would be kept.
    pub fn refused_file(&self) -> Option<&Path> {
        self.refused_to.as_deref()
    }

    /// Keeps no file of refused cards.
    #[must_use]
    pub fn without_refused_file(mut self) -> Self {
        self.refused_to = None;
        self
    }

    /// Says what [`CardImport::run`] would do, and writes nothing. A row of the preview is a card.
    ///
    /// # Errors
    /// As [`CardImport::run`].
    pub fn preview(&self, session: &Session) -> Result<Preview> {
        taken_back(session, |tx| {
            let mut run = Run::default();
            run.all(&self.source, tx)?;
            Ok(Preview {
                counts: run.counts,
                rows: run.outcomes,
                refused: run.refused,
                left_out: Vec::new(),
            })
        })
    }

    /// Imports the cards in one transaction. A row of the result is a card; the first hundred refused are kept beside the
    /// file, in `<name>.refused.vcf`.
    ///
    /// # Errors
    /// [`CrmError::Storage`] where the file cannot be read or the store fails; then nothing was kept.
    pub fn run(&self, session: &Session) -> Result<ImportResult> {
        session.clone().with_cause(Cause::Import).write(|tx| self.run_in(tx))
    }

    /// Imports the cards in a transaction that is there already.
    ///
    /// # Errors
    /// As [`CardImport::run`].
    pub fn run_in(&self, tx: &mut Tx<'_>) -> Result<ImportResult> {
        let mut run = Run::default();
        run.all(&self.source, tx)?;
        let refused_file = match &self.refused_to {
            Some(path) if !run.refused_cards.is_empty() => Some(keep(path.clone(), &run.refused_cards)?),
            _ => None,
        };
        Ok(ImportResult {
            batch: tx.batch(),
            counts: run.counts,
            refused: run.refused,
            left_out: Vec::new(),
            refused_file,
        })
    }
}

#[derive(Default)]
struct Run {
    counts: Counts,
    outcomes: Vec<(u64, RowOutcome)>,
    refused: Vec<RefusedRow>,
    /// The first refused cards as they stood in the file.
    refused_cards: Vec<String>,
}

impl Run {
    fn all(&mut self, source: &Source, tx: &mut Tx<'_>) -> Result<()> {
        let mut cards = Cards::of(source, tx.watch())?;
        while let Some(found) = cards.next()? {
            self.card(found, tx)?;
        }
        Ok(())
    }

    fn card(&mut self, found: FoundCard, tx: &mut Tx<'_>) -> Result<()> {
        let card = match &found.card {
            Ok(card) => card,
            Err(reason) => {
                let reason = (*reason).to_owned();
                self.refuse(found, reason);
                return Ok(());
            }
        };
        match tx.attempt(|tx| land(card, tx)) {
            Ok(outcome) => self.done(found.line, outcome),
            Err(error) if breaks_a_rule(&error) => self.refuse(found, error.to_string()),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn done(&mut self, line: u64, outcome: RowOutcome) {
        self.counts.add(outcome);
        if self.outcomes.len() < PREVIEWED_ROWS {
            self.outcomes.push((line, outcome));
        }
    }

    fn refuse(&mut self, found: FoundCard, reason: String) {
        self.done(found.line, RowOutcome::Refused);
        if self.refused.len() < NAMED_REFUSALS {
            self.refused_cards.push(found.text);
            self.refused.push(RefusedRow {
                line: found.line,
                reason,
            });
        }
    }
}

/// Writes the refused cards into a file, and returns its path.
fn keep(path: PathBuf, cards: &[String]) -> Result<PathBuf> {
    let written = File::create(&path).and_then(|file| {
        let mut file = BufWriter::new(file);
        cards.iter().try_for_each(|card| file.write_all(card.as_bytes()))?;
        file.flush()
    });
    match written {
        Ok(()) => Ok(path),
        Err(error) => Err(CrmError::storage(
            "keeping the refused cards",
            error.to_string(),
            "Put the file of cards into a folder that can be written",
        )),
    }
}
