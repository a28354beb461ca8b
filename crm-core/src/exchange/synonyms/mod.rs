//! What headers mean, in the words of several languages.

mod customers;
mod opportunities;
mod others;

pub(super) use customers::{ORGANIZATIONS, PERSONS};

use super::target::Target;

/// What a header may mean, for the records of one table: the target, and the headers by which files call it in English,
/// German, French, Chinese, Japanese and Korean, in normal form.
#[derive(Debug)]
pub(super) struct Synonyms {
    pub(super) table: &'static str,
    pub(super) target: fn() -> Target,
    pub(super) headers: &'static [&'static str],
}

const fn synonyms(table: &'static str, target: fn() -> Target, headers: &'static [&'static str]) -> Synonyms {
    Synonyms { table, target, headers }
}

/// All of them.
pub(super) fn all() -> impl Iterator<Item = &'static Synonyms> {
    [customers::SYNONYMS, opportunities::SYNONYMS, others::SYNONYMS]
        .into_iter()
        .flatten()
}
