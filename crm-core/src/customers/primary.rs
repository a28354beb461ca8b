//! Of several things of a kind that a customer has, one is the first choice.

use crate::engine::{Conditions, CrmError, Entity, Field, Query, Result, Tx};
use crate::ids::CustomerId;

/// Something of which a customer has several, and of which at most one in each group is primary.
///
/// The first of a group becomes it by itself; another that is made it takes it over in the same transaction; when it
/// goes, the oldest of those that are left follows.
pub(super) trait Primary: Entity {
    /// The field that names the customer.
    const CUSTOMER: Field;
    /// The rule that forbids a group without one.
    const RULE: &'static str;

    /// The customer, and the group among what that customer has.
    fn group(&self) -> (CustomerId, &'static str);

    /// Whether it is the first choice of its group.
    fn is_primary(&self) -> bool;

    /// The same, as the first choice or not.
    fn with_primary(self, is_primary: bool) -> Self;
}

/// The others of the group, the oldest first.
pub(super) fn others<E: Primary>(record: &E, tx: &mut Tx<'_>) -> Result<Vec<E>> {
    let (customer, group) = record.group();
    let mut others = tx.find::<E>(&Query::of::<E>().filter(E::CUSTOMER.is(customer)))?;
    others.retain(|other| other.id() != record.id() && other.group().1 == group);
    Ok(others)
}

/// Whether a record that is new in its group is primary there: it asked for it, or nobody else is.
pub(super) fn primary_in_group<E: Primary>(record: &E, before: Option<&E>, tx: &mut Tx<'_>) -> Result<bool> {
    let asked = record.is_primary() && before.is_none();
    match before {
        Some(before) if before.group() == record.group() => Ok(record.is_primary()),
        _ => Ok(asked || !others(record, tx)?.iter().any(E::is_primary)),
    }
}

/// Refuses to leave a group without a primary one.
pub(super) fn check_primary_stays<E: Primary>(record: &E, before: Option<&E>, tx: &mut Tx<'_>) -> Result<()> {
    let gives_up = before.is_some_and(|before| before.is_primary() && before.group() == record.group());
    if !gives_up || record.is_primary() || others(record, tx)?.iter().any(E::is_primary) {
        return Ok(());
    }
    Err(CrmError::refused(
        E::RULE,
        format!(
            "{} {} would leave the customer without a primary one",
            E::DEF.name,
            record.id()
        ),
        "Make another one primary instead: it takes it over",
    ))
}

/// Hands over what follows from a write: from those that were primary to this, or from this to those that stay.
pub(super) fn hand_over<E: Primary>(record: &E, before: Option<&E>, tx: &mut Tx<'_>) -> Result<()> {
    let deleted = record.managed().deleted_at.is_some();
    let restored = !deleted && before.is_some_and(|before| before.managed().deleted_at.is_some());
    if let Some(before) = before.filter(|before| before.is_primary() && (deleted || before.group() != record.group())) {
        // Before the commit, since the customer may be about to go as well.
        tx.settle_before_commit(before.group().0);
    }
    if deleted {
        return Ok(());
    }
    if restored {
        tx.settle_before_commit(record.group().0);
    }
    if !record.is_primary() {
        return Ok(());
    }
    for other in others(record, tx)?.into_iter().filter(E::is_primary) {
        if restored {
            return save(record, false, tx);
        }
        save(&other, false, tx)?;
    }
    Ok(())
}

/// Gives each group that has no primary one its oldest.
pub(super) fn settle_primaries<E: Primary>(tx: &mut Tx<'_>, customer: CustomerId) -> Result<()> {
    let all = tx.find::<E>(&Query::of::<E>().filter(E::CUSTOMER.is(customer)))?;
    let mut settled: Vec<&'static str> = all
        .iter()
        .filter(|one| one.is_primary())
        .map(|one| one.group().1)
        .collect();
    for oldest in &all {
        let (_, group) = oldest.group();
        if !settled.contains(&group) {
            settled.push(group);
            save(oldest, true, tx)?;
        }
    }
    Ok(())
}

fn save<E: Primary>(record: &E, is_primary: bool, tx: &mut Tx<'_>) -> Result<()> {
    tx.save(record, record.clone().with_primary(is_primary)).map(|_| ())
}
