use super::{refuse_circle, trim, trim_optional};
use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::{TeamId, UserId};

crate::choice! {
    /// Whether a user still works here.
    pub enum UserStatus {
        /// Works here.
        Active = "active",
        /// Does not any more; what they own stays theirs until it is handed over.
        Inactive = "inactive",
    }
}

/// One of our own people: who owns customers and opportunities.
#[entity(table = "users")]
pub struct User {
    /// Their name.
    #[field(index)]
    pub name: String,
    /// The address by which they sign in.
    pub email: Option<String>,
    /// Whether they still work here.
    #[field(default)]
    pub status: UserStatus,
    /// Whom they report to; a tree, never a circle.
    #[field(references = "users", on_delete = "set_null")]
    pub manager_id: Option<UserId>,
    /// The team they work in.
    #[field(references = "teams", on_delete = "set_null")]
    pub team_id: Option<TeamId>,
}

impl Validate for User {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.name);
        trim_optional(&mut self.email);
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if before.is_some_and(|before| before.manager_id == self.manager_id) {
            return Ok(());
        }
        self.settle(tx)
    }

    fn settle(&self, tx: &mut Tx<'_>) -> Result<()> {
        let manager_of = |user: &Self| user.manager_id;
        refuse_circle(
            tx,
            "user.manager_acyclic",
            "manager",
            self.id,
            self.manager_id,
            manager_of,
        )
    }
}
