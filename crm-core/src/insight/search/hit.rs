use std::fmt;

use uuid::Uuid;

use crate::engine::{EntityDef, FoundBy};

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResults {
    /// The closest records, the closest first.
    pub hits: Vec<Hit>,
    /// Whether there are others.
    pub more: bool,
}

/// A record that was found.
#[derive(Clone, PartialEq)]
pub struct Hit {
    /// The kind of record.
    pub entity: &'static EntityDef,
    /// The record.
    pub id: Uuid,
    /// What it is called: its name, its subject, or how its text begins.
    pub title: String,
    /// Why it was found: one reason where all that was typed is in one place, else one for each word typed.
    pub because: Vec<Reason>,
    /// Whether all that was typed is found in what it is called. These come first.
    pub in_title: bool,
    /// The least close of the reasons. Those closer come first, then those changed last.
    pub by: FoundBy,
}

/// Shows nothing of what the record says.
impl fmt::Debug for Hit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (formatter
            .debug_struct("Hit")
            .field("entity", &self.entity)
            .field("id", &self.id))
        .field("because", &self.because)
        .finish_non_exhaustive()
    }
}

/// Why a record was found. Shown as the rest of a sentence: `the name has these initials`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// Where: a field, or the kind of a contact point, such as `email`.
    pub field: &'static str,
    /// How.
    pub by: FoundBy,
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = match self.by {
            FoundBy::Whole => "is this",
            FoundBy::Beginning => "begins with this",
            FoundBy::Words => "has these words",
            FoundBy::Digits => "has these digits",
            FoundBy::Pinyin => "is read like this",
            FoundBy::Initials => "has these initials",
        };
        write!(formatter, "the {} {how}", self.field)
    }
}
