use crate::customers::{BuyingRole, CustomerKind};
use crate::engine::{Conditions, CrmError, Entity, Query, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::{CustomerId, OpportunityContactId, OpportunityId};

/// That a person has a part in an opportunity: a contact role, once for each person.
#[entity(table = "opportunity_contacts")]
pub struct OpportunityContact {
    /// The opportunity.
    #[field(references = "opportunities", on_delete = "cascade")]
    pub opportunity_id: OpportunityId,
    /// The person.
    #[field(references = "customers", on_delete = "cascade")]
    pub customer_id: CustomerId,
    /// What part.
    pub role: Option<BuyingRole>,
    /// Whether this is the main contact; one at most, and another that is made it takes it over.
    #[field(default)]
    pub is_primary: bool,
}

impl Validate for OpportunityContact {
    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        let who = |contact: &Self| (contact.opportunity_id, contact.customer_id, contact.deleted_at);
        if before.is_some_and(|before| who(before) == who(self)) {
            return Ok(());
        }
        self.check_person(tx)?;
        let same: Vec<_> = self.others(tx)?;
        let matches: Vec<_> = same
            .iter()
            .filter(|other| other.customer_id == self.customer_id)
            .collect();
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "customer_id".into(),
            matches: matches.iter().map(|other| other.id.uuid()).collect(),
        })
    }

    fn written(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        if !self.is_primary || self.deleted_at.is_some() {
            return Ok(());
        }
        let restored = before.is_some_and(|before| before.deleted_at.is_some());
        for other in self.others(tx)?.iter().filter(|other| other.is_primary) {
            if restored {
                return self.save_primary(tx, false);
            }
            other.save_primary(tx, false)?;
        }
        Ok(())
    }
}

impl OpportunityContact {
    fn check_person(&self, tx: &mut Tx<'_>) -> Result<()> {
        match tx.try_get(self.customer_id)? {
            Some(customer) if customer.kind != CustomerKind::Person => Err(CrmError::invalid(
                Self::DEF.name,
                "customer_id",
                format!("the customer {} is no person", customer.id),
                "Name a person; the organization is the customer of the opportunity",
            )),
            _ => Ok(()),
        }
    }

    /// The other contacts of the opportunity.
    fn others(&self, tx: &mut Tx<'_>) -> Result<Vec<Self>> {
        let others = Self::OPPORTUNITY_ID
            .is(self.opportunity_id)
            .and(Self::ID.differs(self.id));
        tx.find(&Query::of::<Self>().filter(others))
    }

    fn save_primary(&self, tx: &mut Tx<'_>, is_primary: bool) -> Result<()> {
        let after = Self {
            is_primary,
            ..self.clone()
        };
        tx.save(self, after).map(|_| ())
    }
}
