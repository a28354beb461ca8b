use std::hash::{DefaultHasher, Hash, Hasher};

use crm_core::engine::{EntityDef, Result};

use super::{Check, Kind, OPERATION};
use crate::error::Refusal;
use crate::search::{SearchIndex, search_table};

const INDEX: Kind = Kind {
    code: "search.index",
    fix: "Nothing is lost, but searches may miss records: restore the newest backup that verifies.",
};

/// The full-text index holds the tokens of every record, and no others.
pub(super) fn check(check: &mut Check<'_>) -> Result<()> {
    for entity in check.schema.entities() {
        let Some(index) = SearchIndex::of(entity) else { continue };
        if !check.has_table(entity.table) {
            continue;
        }
        if !check.has_table(&search_table(entity.table)) {
            check.find(INDEX, Some(entity.table), None, "The search index is not there.");
        } else if indexed(check, entity)? != of_records(check, entity, &index)? {
            let sentence = "The search index does not hold what the records say.";
            check.find(INDEX, Some(entity.table), None, sentence);
        }
    }
    Ok(())
}

/// How many tokens there are, and the sum of their fingerprints: equal where the tokens are, in whatever order they come.
type Tokens = (u64, u64);

fn add((count, sum): Tokens, rowid: i64, column: &str, token: &[u8]) -> Tokens {
    let mut hasher = DefaultHasher::new();
    (rowid, column, token).hash(&mut hasher);
    (count + 1, sum.wrapping_add(hasher.finish()))
}

/// The tokens in the index.
fn indexed(check: &Check<'_>, entity: &'static EntityDef) -> Result<Tokens> {
    let table = search_table(entity.table);
    let list = format!("temp.\"{table}_tokens\"");
    let create = format!("CREATE VIRTUAL TABLE {list} USING fts5vocab(main, '{table}', instance)");
    check.connection.execute_batch(&create).during(OPERATION)?;
    let tokens = check
        .connection
        .prepare(&format!("SELECT doc, col, term FROM {list}"))
        .and_then(|mut statement| {
            let mut tokens = Tokens::default();
            let mut rows = statement.query(())?;
            while let Some(row) = rows.next()? {
                let (column, token) = (row.get_ref(1)?.as_str()?, row.get_ref(2)?.as_bytes()?);
                tokens = add(tokens, row.get(0)?, column, token);
            }
            Ok(tokens)
        });
    check
        .connection
        .execute_batch(&format!("DROP TABLE {list}"))
        .during(OPERATION)?;
    tokens.during(OPERATION)
}

/// The tokens that the records ask for.
fn of_records(check: &Check<'_>, entity: &'static EntityDef, index: &SearchIndex) -> Result<Tokens> {
    let mut tokens = Tokens::default();
    index.each_document(check.connection, entity, &mut |rowid, document| {
        for (column, list) in [("words", document.words()), ("keys", document.keys())] {
            let all = list.split(' ').filter(|token| !token.is_empty());
            tokens = all.fold(tokens, |tokens, token| add(tokens, rowid, column, token.as_bytes()));
        }
        Ok(())
    })?;
    Ok(tokens)
}
