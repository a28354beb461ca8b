use crm_core::engine::{OnDelete, Result};

use super::{Check, Kind};

const MISSING: Kind = Kind {
    code: "reference.missing",
    fix: "Set the field to a record that is there, or to nothing.",
};

/// What a record refers to is there, be it deleted; what only tells of the past may name what is gone.
pub(super) fn check(check: &mut Check<'_>) -> Result<()> {
    let tables: Vec<_> = check
        .schema
        .entities()
        .filter(|entity| check.has_table(entity.table))
        .collect();
    for entity in tables {
        for (field, reference) in entity.references() {
            if reference.on_delete == OnDelete::Keep || !check.has_table(reference.table) {
                continue;
            }
            let (table, column, other) = (entity.table, field.def().name, reference.table);
            let sql = format!(
                "SELECT t.id FROM \"{table}\" AS t WHERE t.\"{column}\" IS NOT NULL \
                 AND NOT EXISTS (SELECT 1 FROM \"{other}\" AS o WHERE o.id = t.\"{column}\") LIMIT ?1"
            );
            check.find_each(MISSING, table, &sql, |_| {
                Ok(format!(
                    "The field {column} names a record that is not among the {other}."
                ))
            })?;
        }
    }
    Ok(())
}
