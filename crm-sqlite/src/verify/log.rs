use crm_core::engine::Result;

use super::{Check, Kind, RESTORE};

const HOLE: Kind = Kind {
    code: "log.hole",
    fix: RESTORE,
};
const COMMIT: Kind = Kind {
    code: "log.commit",
    fix: RESTORE,
};
const REVISION: Kind = Kind {
    code: "log.revision",
    fix: "Something wrote past crmkit: compare the record with its history, and correct it through crmkit.",
};
const RECORD: Kind = Kind {
    code: "log.record",
    fix: "Something removed it past crmkit: restore the newest backup that verifies, or create it again.",
};

/// The log is whole, and tells of as many changes of each record as the record had.
pub(super) fn check(check: &mut Check<'_>) -> Result<()> {
    // Numbered from 1, so that the number of a change is how many there are up to it.
    let holes = "SELECT NULL, sequence, before FROM (SELECT sequence, LAG(sequence, 1, 0) OVER (ORDER BY sequence) \
                 AS before FROM changes) WHERE sequence <> before + 1 LIMIT ?1";
    check.find_each(HOLE, "changes", holes, |row| {
        let (sequence, before): (i64, i64) = (row.get(1)?, row.get(2)?);
        Ok(format!("After the change {before} comes the change {sequence}."))
    })?;
    let orphans = "SELECT NULL, sequence FROM changes WHERE NOT EXISTS \
                   (SELECT 1 FROM commits WHERE commits.id = changes.commit_id) LIMIT ?1";
    check.find_each(COMMIT, "changes", orphans, |row| {
        Ok(format!("The change {} belongs to no commit.", row.get::<_, i64>(1)?))
    })?;
    let tables: Vec<_> = check.schema.entities().map(|entity| entity.table).collect();
    for table in tables {
        if check.has_table(table) {
            check_records(check, table)?;
        }
    }
    Ok(())
}

/// A revision counts the changes since the record came into its table; what left it, left it by a change.
fn check_records(check: &mut Check<'_>, table: &'static str) -> Result<()> {
    let revisions = format!(
        "SELECT id, revision, logged FROM (SELECT t.id, t.revision, (SELECT COUNT(*) FROM changes AS c \
         WHERE c.record = t.id AND c.record_table = '{table}' AND c.sequence > COALESCE((SELECT MAX(r.sequence) \
         FROM changes AS r WHERE r.record = t.id AND r.kind = 'remove'), 0)) AS logged FROM \"{table}\" AS t) \
         WHERE revision <> logged LIMIT ?1"
    );
    check.find_each(REVISION, table, &revisions, |row| {
        let (revision, logged): (i64, i64) = (row.get(1)?, row.get(2)?);
        Ok(format!(
            "The record is at revision {revision}, and the log knows {logged} change(s) of it."
        ))
    })?;
    let gone = format!(
        "SELECT record FROM (SELECT record, kind, MAX(sequence) FROM changes WHERE record_table = '{table}' \
         GROUP BY record) AS last WHERE kind <> 'remove' \
         AND NOT EXISTS (SELECT 1 FROM \"{table}\" AS t WHERE t.id = last.record) LIMIT ?1"
    );
    check.find_each(RECORD, table, &gone, |_| {
        Ok("The log knows the record, and it is not in its table.".to_owned())
    })
}
