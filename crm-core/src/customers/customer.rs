use chrono::Datelike;

use super::primary::settle_primaries;
use super::{Affiliation, ContactPoint, PostalAddress, refuse_circle, trim, trim_optional};
use crate::engine::{Conditions, CrmError, CustomValues, Entity, Query, RecordId, Result, Tx, Use, Validate};
use crate::entity;
use crate::ids::{CustomerId, UserId};
use crate::values::Money;

crate::choice! {
    /// Whether a customer is a human being or not.
    pub enum CustomerKind {
        /// A human being.
        Person = "person",
        /// A company, an authority, a club.
        Organization = "organization",
    }
}

crate::choice! {
    /// How far a customer's relation with the business has come.
    pub enum Lifecycle {
        /// Known by name, not yet qualified.
        Lead = "lead",
        /// May well buy.
        Prospect = "prospect",
        /// Has bought.
        Customer = "customer",
        /// Bought once, and does not any more.
        Former = "former",
        /// Sells with us or for us.
        Partner = "partner",
        /// None of these.
        Other = "other",
    }
}

/// Every person and organization that the business knows.
#[entity(table = "customers")]
pub struct Customer {
    /// Whether it is a person or an organization.
    pub kind: CustomerKind,
    /// The name as it is written; composed of the parts where a draft of a person leaves it blank.
    #[field(search, index)]
    pub name: String,
    /// The key by which lists of names are sorted: family name first, Chinese by pinyin, accents folded.
    #[field(default, index, set_by = "engine")]
    pub sort_name: String,
    /// What stands before the name of a person: `Dr.`.
    pub name_prefix: Option<String>,
    /// The given name of a person.
    pub given_name: Option<String>,
    /// The middle names of a person.
    pub middle_name: Option<String>,
    /// The family name of a person.
    pub family_name: Option<String>,
    /// What stands after the name of a person: `Jr.`.
    pub name_suffix: Option<String>,
    /// How far the relation has come.
    #[field(default)]
    pub lifecycle: Lifecycle,
    /// The organization to which this organization belongs; a tree, never a circle. A person has none, but
    /// affiliations.
    #[field(references = "customers", on_delete = "restrict")]
    pub parent_id: Option<CustomerId>,
    /// The country, as the business writes it; ISO 3166 codes serve best.
    #[field(index)]
    pub country: Option<String>,
    /// The line of business.
    #[field(index)]
    pub industry: Option<String>,
    /// The address of the web site.
    pub website: Option<String>,
    /// What an organization earns in a year.
    pub annual_revenue: Option<Money>,
    /// How many people work there.
    pub employees: Option<i64>,
    /// The year in which it was founded.
    pub founded_year: Option<i64>,
    /// The language in which to write and speak, as a BCP 47 tag: `zh-CN`.
    pub language: Option<String>,
    /// What there is to know besides.
    #[field(search)]
    pub description: Option<String>,
    /// Who looks after it.
    #[field(references = "users", on_delete = "set_null")]
    pub owner_id: Option<UserId>,
    /// The fields that users defined.
    pub custom: CustomValues,
}

impl CustomerDraft {
    /// A draft of an organization.
    pub fn organization(name: impl Into<String>) -> Self {
        Self::new(CustomerKind::Organization, name)
    }

    /// A draft of a person.
    pub fn person(name: impl Into<String>) -> Self {
        Self::new(CustomerKind::Person, name)
    }
}

impl Validate for Customer {
    fn complete(&mut self, before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.name);
        for text in [
            &mut self.country,
            &mut self.industry,
            &mut self.website,
            &mut self.language,
        ] {
            trim_optional(text);
        }
        self.complete_name(before);
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        self.check_name()?;
        self.check_numbers(tx)?;
        if before.is_some_and(|before| before.kind != self.kind) {
            self.check_kind_change(tx)?;
        }
        // One that comes back may find that its parent has become a person.
        let same_place = |before: &Self| before.parent_id == self.parent_id && before.kind == self.kind;
        if before.is_some_and(|before| same_place(before) && before.deleted_at.is_none()) {
            return Ok(());
        }
        self.check_parent(tx)
    }

    fn settle(&self, tx: &mut Tx<'_>) -> Result<()> {
        self.check_parent(tx)?;
        settle_primaries::<ContactPoint>(tx, self.id)?;
        settle_primaries::<PostalAddress>(tx, self.id)
    }
}

impl Customer {
    fn check_numbers(&self, tx: &Tx<'_>) -> Result<()> {
        if self.employees.is_some_and(|employees| employees < 0) {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "employees",
                "it is negative",
                "Give 0 or more, or leave it empty",
            ));
        }
        let this_year = i64::from(tx.today().year());
        if self.founded_year.is_some_and(|year| !(1..=this_year).contains(&year)) {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "founded_year",
                "it is not a year from 1 to the current one",
                "Give the year with four digits, as in 1998, or leave it empty",
            ));
        }
        Ok(())
    }

    /// A person belongs to organizations by affiliations, which may be many and end; a parent is for organizations.
    fn check_parent(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(parent_id) = self.parent_id else { return Ok(()) };
        if self.kind == CustomerKind::Person {
            return Err(CrmError::refused(
                "customer.person_without_parent",
                format!("{} is a person, and a person has no parent", self.id),
                "Create an affiliation of the person with the organization",
            ));
        }
        // Where it is missing, the check of references says so.
        let parent = tx.try_get(parent_id)?;
        if parent.is_some_and(|parent| parent.kind == CustomerKind::Person) {
            return Err(CrmError::refused(
                "customer.parent_is_organization",
                format!("the parent {parent_id} is a person"),
                "Choose an organization as the parent",
            ));
        }
        let parent_of = |customer: &Self| customer.parent_id;
        refuse_circle(
            tx,
            "customer.parent_acyclic",
            "parent",
            self.id,
            Some(parent_id),
            parent_of,
        )
    }

    /// What refers to the customer as a person or as an organization keeps it one.
    fn check_kind_change(&self, tx: &mut Tx<'_>) -> Result<()> {
        let of_the_old_kind = match self.kind {
            CustomerKind::Organization => vec![Affiliation::PERSON_ID],
            CustomerKind::Person => vec![Affiliation::ORGANIZATION_ID, Self::PARENT_ID],
        };
        let mut by = Vec::new();
        for field in of_the_old_kind {
            let entity = field.entity;
            let count = tx.count(&Query::of_entity(entity).filter(field.is(self.id)))?;
            if count > 0 {
                let entity = entity.name;
                by.push(Use { entity, count });
            }
        }
        if by.is_empty() {
            return Ok(());
        }
        Err(CrmError::InUse {
            entity: Self::DEF.name,
            id: self.id.uuid(),
            by,
            hint: "Delete these first, or keep the kind".into(),
        })
    }
}
