use std::collections::HashSet;

use super::Tag;
use crate::customers::{Tagging, TaggingChange};
use crate::engine::{Conditions, Query, Result, Tx, Value};
use crate::ids::TagId;

impl Tag {
    /// Makes two tags one: what `from` marks is marked with `into`, and `from` is deleted.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{CustomerDraft, Tag}};
    /// let crm = Crm::in_memory();
    /// let tags = crm.write(|tx| {
    ///     let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?;
    ///     let misspelt = Tag::add(tx, acme.id, "custmer")?.tag_id;
    ///     let globex = tx.create(CustomerDraft::organization("Globex"))?;
    ///     let right = Tag::add(tx, globex.id, "customer")?.tag_id;
    ///     Tag::merge(tx, misspelt, right)?;
    ///     Tag::of(tx, acme.id)
    /// })?;
    /// assert_eq!(tags[0].name, "customer");
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`crate::engine::CrmError::NotFound`] for a tag that is not there.
    pub fn merge(tx: &mut Tx<'_>, from: TagId, into: TagId) -> Result<Self> {
        let kept = tx.get(into)?;
        if from == into {
            return Ok(kept);
        }
        tx.get(from)?;
        let marked: HashSet<Value> = taggings(tx, into)?.iter().map(Tagging::record).collect::<Result<_>>()?;
        for tagging in taggings(tx, from)? {
            // What both mark loses the second mark with the tag.
            if !marked.contains(&tagging.record()?) {
                tx.update(tagging.id, [TaggingChange::TagId(into)], None)?;
            }
        }
        tx.delete(from)?;
        Ok(kept)
    }
}

fn taggings(tx: &mut Tx<'_>, tag: TagId) -> Result<Vec<Tagging>> {
    tx.find(&Query::of::<Tagging>().filter(Tagging::TAG_ID.is(tag)))
}
