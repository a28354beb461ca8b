use super::CustomField;
use crate::engine::{Result, Tx};
use crate::ids::CustomFieldId;

impl CustomField {
    /// Takes a field out of use: nothing is written into it any more. What records hold in it stays, can be read and
    /// filtered by, and is back in use with [`CustomField::reinstate`].
    ///
    /// # Errors
    /// [`crate::engine::CrmError::NotFound`].
    pub fn retire(tx: &mut Tx<'_>, id: CustomFieldId) -> Result<Self> {
        let before = tx.get(id)?;
        let mut after = before.clone();
        after.retired_at = before.retired_at.or(Some(tx.now()));
        tx.save(&before, after)
    }

    /// Puts a retired field back to use.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::NotFound`], and [`crate::engine::CrmError::Duplicate`] where another field has its
    /// key by now.
    pub fn reinstate(tx: &mut Tx<'_>, id: CustomFieldId) -> Result<Self> {
        let before = tx.get(id)?;
        let mut after = before.clone();
        after.retired_at = None;
        tx.save(&before, after)
    }
}
