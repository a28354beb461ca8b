use crate::engine::{CrmError, RecordId, Result, Tx};

/// How many levels a hierarchy may have; it bounds what a check reads.
const DEEPEST: usize = 64;

/// Refuses a new parent that has the record itself among those above it.
///
/// `field` names what leads upward: `parent`, `manager`.
pub(crate) fn refuse_circle<I: RecordId>(
    tx: &mut Tx<'_>,
    rule: &'static str,
    field: &'static str,
    id: I,
    parent: Option<I>,
    parent_of: fn(&I::Entity) -> Option<I>,
) -> Result<()> {
    let mut above = parent;
    for _ in 0..DEEPEST {
        match above {
            None => return Ok(()),
            Some(above) if above == id => {
                return Err(CrmError::refused(
                    rule,
                    format!("{id} is itself above this {field}"),
                    format!("Choose a {field} that is not below it, or move that one first"),
                ));
            }
            Some(next) => above = tx.try_get(next)?.as_ref().and_then(parent_of),
        }
    }
    Err(CrmError::refused(
        rule,
        format!("the {field} of {id} has {DEEPEST} levels or more above it"),
        format!("Choose a {field} nearer to the top"),
    ))
}
