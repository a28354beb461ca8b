use std::fmt::Write as _;

use crm_core::engine::{EntityDef, FieldKind, Result, managed};

use super::{Check, Kind, LISTED, OPERATION, id_of};
use crate::error::Refusal;
use crate::schema::currency_column;

const FIX: &str = "Something wrote past crmkit: set the field anew through crmkit, from the history of the record.";

/// What may be wrong with the value of a field.
struct Suspicion {
    kind: Kind,
    field: &'static str,
    /// True of a row where it is so.
    condition: String,
    sentence: &'static str,
}

/// Each value is one of its field: ids of 16 bytes, known codes, amounts with their currency.
pub(super) fn check(check: &mut Check<'_>) -> Result<()> {
    let entities: Vec<_> = check
        .schema
        .entities()
        .filter(|entity| check.has_table(entity.table))
        .collect();
    for entity in entities {
        check_rows(check, entity)?;
    }
    Ok(())
}

/// All suspicions of a table are looked at in one pass over it.
fn check_rows(check: &mut Check<'_>, entity: &'static EntityDef) -> Result<()> {
    let suspicions = suspicions(entity);
    let mut sql = format!("SELECT \"{}\"", entity.fields[managed::ID].name);
    for suspicion in &suspicions {
        let _ = write!(sql, ", IFNULL({}, 0)", suspicion.condition);
    }
    let _ = write!(sql, " FROM \"{}\" WHERE 0", entity.table);
    for suspicion in &suspicions {
        let _ = write!(sql, " OR {}", suspicion.condition);
    }
    let _ = write!(sql, " LIMIT {LISTED}");
    let mut statement = check.connection.prepare(&sql).during(OPERATION)?;
    let mut rows = statement.query(()).during(OPERATION)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().during(OPERATION)? {
        let id = id_of(row).during(OPERATION)?;
        for (column, suspicion) in suspicions.iter().enumerate() {
            if row.get::<_, bool>(column + 1).during(OPERATION)? {
                found.push((id, suspicion));
            }
        }
    }
    for (id, suspicion) in found {
        let sentence = format!("The field {} {}.", suspicion.field, suspicion.sentence);
        check.find(suspicion.kind, Some(entity.table), id, sentence);
    }
    Ok(())
}

fn suspicions(entity: &'static EntityDef) -> Vec<Suspicion> {
    entity
        .fields
        .iter()
        .filter_map(|field| {
            let column = field.name;
            let (code, condition, sentence) = match field.kind {
                FieldKind::Id => (
                    "value.id",
                    format!("length(\"{column}\") <> 16"),
                    "does not hold an id of 16 bytes",
                ),
                FieldKind::Bool => (
                    "value.bool",
                    format!("\"{column}\" NOT IN (0, 1)"),
                    "holds neither yes nor no",
                ),
                FieldKind::Choice(choice) => (
                    "value.choice",
                    format!("\"{column}\" NOT IN ('{}')", choice.codes.join("', '")),
                    "holds a code that this version does not know",
                ),
                FieldKind::Money => {
                    let currency = currency_column(column);
                    (
                        "value.amount",
                        format!(
                            "((\"{column}\" IS NULL) <> (\"{currency}\" IS NULL) OR \"{currency}\" NOT GLOB '[A-Z][A-Z][A-Z]')"
                        ),
                        "holds an amount without a currency, or a currency without an amount",
                    )
                }
                _ => return None,
            };
            Some(Suspicion {
                kind: Kind { code, fix: FIX },
                field: column,
                condition,
                sentence,
            })
        })
        .collect()
}
