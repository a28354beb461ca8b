use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use rpds::RedBlackTreeMapSync;
use uuid::Uuid;

use crate::engine::entity::{EntityDef, Row};
use crate::engine::search::{Phrase, SearchDocument, SearchQuery};

/// The tokens of the rows of one entity, each with the rows that have it.
#[derive(Debug, Clone, Default)]
pub(super) struct SearchIndex(RedBlackTreeMapSync<(Arc<str>, Uuid), ()>);

impl SearchIndex {
    /// Brings the index up to date with a row that is put in, changed or taken out.
    pub(super) fn renew(&mut self, entity: &'static EntityDef, id: Uuid, before: Option<&Row>, after: Option<&Row>) {
        let text = |row: Option<&Row>, field: usize| row.map(|row| row[field].clone()).unwrap_or_default();
        if entity
            .searched_fields()
            .all(|field| text(before, field) == text(after, field))
        {
            return;
        }
        for token in tokens(entity, before) {
            self.0.remove_mut(&(token, id));
        }
        for token in tokens(entity, after) {
            self.0.insert_mut((token, id), ());
        }
    }

    /// The rows that may be found: all those that are, and others.
    pub(super) fn candidates(&self, search: &SearchQuery) -> BTreeSet<Uuid> {
        let mut candidates = BTreeSet::new();
        let Some(term) = search.terms().first() else {
            return candidates;
        };
        for phrase in term.ways().iter().filter_map(|way| way.first()) {
            candidates.extend(self.with_first_token(phrase));
        }
        candidates
    }

    fn with_first_token(&self, phrase: &Phrase) -> impl Iterator<Item = Uuid> {
        let token = phrase.tokens().split(' ').next().unwrap_or_default();
        let is_prefix = phrase.is_prefix() && phrase.is_one_token();
        let from = (Arc::<str>::from(token), Uuid::nil());
        let found = self.0.range((Bound::Included(from), Bound::Unbounded));
        found
            .map(|((found, id), ())| (found, id))
            .take_while(move |(found, _)| {
                if is_prefix {
                    found.starts_with(token)
                } else {
                    ***found == *token
                }
            })
            .map(|(_, id)| *id)
    }
}

fn tokens(entity: &'static EntityDef, row: Option<&Row>) -> BTreeSet<Arc<str>> {
    // A row in memory is always there to be read.
    let document = row.and_then(|row| SearchDocument::of_row(entity, row).ok());
    document
        .iter()
        .flat_map(SearchDocument::tokens)
        .map(Arc::from)
        .collect()
}
