use crate::engine::{Conditions, Query, Reader, Result, Tx};
use crate::sales::Pipeline;

impl Pipeline {
    /// The pipeline of opportunities that name none; nothing only where there is no pipeline at all.
    ///
    /// # Errors
    /// Of the storage.
    pub fn default_one(reader: &mut Reader<'_>) -> Result<Option<Self>> {
        reader.first(&Query::of::<Self>().filter(Self::IS_DEFAULT.is(true)))
    }

    /// Passes the default on, so that exactly one pipeline has it.
    pub(super) fn keep_one_default(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let others: Vec<Self> = tx.find(&Query::of::<Self>().filter(Self::ID.differs(self.id)))?;
        if self.deleted_at.is_some() {
            // Those that are left must have a default among them.
            others.iter().for_each(|other| tx.settle_before_commit(other.id));
            return Ok(());
        }
        let restored = before.is_some_and(|before| before.deleted_at.is_some());
        let another = others.iter().any(|other| other.is_default);
        if restored && self.is_default == another {
            return self.save_default(tx, !another);
        }
        if self.is_default {
            for other in others.iter().filter(|other| other.is_default) {
                other.save_default(tx, false)?;
            }
        }
        Ok(())
    }

    fn save_default(&self, tx: &mut Tx<'_>, is_default: bool) -> Result<()> {
        let after = Self {
            is_default,
            ..self.clone()
        };
        tx.save(self, after).map(|_| ())
    }
}
