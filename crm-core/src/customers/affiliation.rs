use super::{CustomerKind, check_days, trim_optional};
use crate::engine::{Conditions, CrmError, Entity, Query, Reader, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::{AffiliationId, CustomerId};
use crate::values::NaiveDate;

crate::choice! {
    /// What part a person has in a purchase.
    pub enum BuyingRole {
        /// Decides.
        DecisionMaker = "decision_maker",
        /// Pays, or holds the budget.
        EconomicBuyer = "economic_buyer",
        /// Speaks for us.
        Champion = "champion",
        /// Is heard before the decision.
        Influencer = "influencer",
        /// Judges whether the product does what it must.
        Evaluator = "evaluator",
        /// Will use the product.
        User = "user",
        /// Stands in the way.
        Blocker = "blocker",
    }
}

/// That a person works for an organization, or did.
#[entity(table = "affiliations")]
pub struct Affiliation {
    /// The person.
    #[field(references = "customers", on_delete = "cascade")]
    pub person_id: CustomerId,
    /// The organization.
    #[field(references = "customers", on_delete = "cascade")]
    pub organization_id: CustomerId,
    /// What the person does there.
    pub role: Option<String>,
    /// What part the person has in a purchase.
    pub buying_role: Option<BuyingRole>,
    /// Whether it is the person's main affiliation; one at most on any day.
    #[field(default)]
    pub is_primary: bool,
    /// The first day.
    pub from_on: Option<NaiveDate>,
    /// The last day; empty while it lasts.
    pub to_on: Option<NaiveDate>,
}

impl Validate for Affiliation {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim_optional(&mut self.role);
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        check_days(Self::DEF.name, ["from_on", "to_on"], self.from_on, self.to_on)?;
        self.check_kind(tx, "person_id", self.person_id, CustomerKind::Person)?;
        self.check_kind(tx, "organization_id", self.organization_id, CustomerKind::Organization)?;
        self.check_others(tx)
    }
}

impl Affiliation {
    /// Ends an affiliation: this day is its last, or today where none is given. It goes on to tell what was until then;
    /// only one that was noted by mistake is deleted.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{Affiliation, AffiliationDraft, CustomerDraft}};
    /// let crm = Crm::in_memory();
    /// let (ended, today) = crm.write(|tx| {
    ///     let acme = tx.create(CustomerDraft::organization("Acme GmbH"))?;
    ///     let li = tx.create(CustomerDraft::person("李明"))?;
    ///     let buyer = AffiliationDraft { role: Some("Buyer".into()), ..AffiliationDraft::new(li.id, acme.id) };
    ///     let affiliation = tx.create(buyer)?;
    ///     Ok((Affiliation::end(tx, affiliation.id, None)?, tx.today()))
    /// })?;
    /// assert_eq!(ended.to_on, Some(today));
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// [`CrmError::NotFound`], and [`CrmError::Invalid`] for a day before the first.
    pub fn end(tx: &mut Tx<'_>, id: AffiliationId, on: Option<NaiveDate>) -> Result<Self> {
        let last = on.unwrap_or(tx.today());
        tx.update(id, [AffiliationChange::ToOn(Some(last))], None)
    }

    /// The affiliations of a person, or those with an organization: first those that last, then the primary one, then
    /// the oldest.
    ///
    /// # Errors
    /// Of the storage.
    pub fn of(reader: &mut Reader<'_>, customer: CustomerId) -> Result<Vec<Self>> {
        let either = Self::PERSON_ID.is(customer).or(Self::ORGANIZATION_ID.is(customer));
        let mut affiliations = reader.find::<Self>(&Query::of::<Self>().filter(either))?;
        let today = reader.today();
        affiliations.sort_by_key(|one| (one.to_on.is_some_and(|last| last < today), !one.is_primary));
        Ok(affiliations)
    }

    fn check_kind(&self, tx: &mut Tx<'_>, field: &'static str, id: CustomerId, kind: CustomerKind) -> Result<()> {
        // Where it is missing, the check of references says so.
        match tx.try_get(id)? {
            Some(customer) if customer.kind != kind => Err(CrmError::invalid(
                Self::DEF.name,
                field,
                format!("{id} is not of the kind {kind}"),
                format!("Choose a customer of the kind {kind}"),
            )),
            _ => Ok(()),
        }
    }

    /// What the person's other affiliations of the same time forbid: to be the second primary one, or to say the same
    /// again. Two roles at one organization are two affiliations.
    fn check_others(&self, tx: &mut Tx<'_>) -> Result<()> {
        let of_person = Query::of::<Self>().filter(Self::PERSON_ID.is(self.person_id));
        let mut others = tx.find::<Self>(&of_person)?;
        others.retain(|other| other.id != self.id && self.overlaps(other));
        if let Some(primary) = others.iter().find(|other| self.is_primary && other.is_primary) {
            return Err(CrmError::refused(
                "affiliation.one_primary",
                format!("{} is the person's primary affiliation in these days", primary.id),
                "End that one, or make it not primary, first",
            ));
        }
        let same = |other: &&Self| other.organization_id == self.organization_id && other.role == self.role;
        let matches: Vec<_> = others.iter().filter(same).map(|other| other.id.uuid()).collect();
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "organization_id".into(),
            matches,
        })
    }

    /// Whether both last on some day; an affiliation without a first or last day has no end there.
    fn overlaps(&self, other: &Self) -> bool {
        let begins_in_time = |from: Option<NaiveDate>, to: Option<NaiveDate>| match (from, to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        begins_in_time(self.from_on, other.to_on) && begins_in_time(other.from_on, self.to_on)
    }
}
