//! How customers are reached, and who of them calls.

mod add;
mod caller;
mod reading;

pub use caller::{Caller, CallerCertainty};

use super::primary::{self, Primary};
use super::{trim, trim_optional};
use crate::engine::{Conditions, CrmError, Entity, Field, Query, Reader, RecordId, Result, Tx, Validate};
use crate::entity;
use crate::ids::{ContactPointId, CustomerId};
use crate::values::Timestamp;

crate::choice! {
    /// By what means a contact point reaches somebody.
    pub enum ContactPointKind {
        /// An e-mail address.
        Email = "email",
        /// A telephone number, landline or mobile.
        Phone = "phone",
        /// A page on the web: a site, a profile.
        Web = "web",
        /// A name in a messenger or social network.
        Messenger = "messenger",
    }
}

/// One way to reach a customer: an e-mail address, a telephone number, a page, a name in a messenger.
///
/// The first of a kind is primary by itself; another that is made primary takes it over, and when the primary one is
/// deleted, the oldest of those that stay follows. What cannot be read as an address of its kind is refused, unless it
/// is said to be invalid ([`ContactPoint::create_unchecked`]).
#[entity(table = "contact_points")]
pub struct ContactPoint {
    /// Whom it reaches.
    #[field(references = "customers", on_delete = "cascade")]
    pub customer_id: CustomerId,
    /// By what means.
    pub kind: ContactPointKind,
    /// What was typed.
    #[field(search)]
    pub raw: String,
    /// The form in which equal ones are equal: E.164 of a number, lower case of an address; empty where what was typed
    /// cannot be read as one.
    #[field(search, index, set_by = "engine")]
    pub normalized: Option<String>,
    /// The digits of a telephone number from the last to the first: a caller is known by the last ones.
    #[field(index, set_by = "engine")]
    pub reversed_digits: Option<String>,
    /// What is dialled after a telephone number.
    pub extension: Option<String>,
    /// What it is for: `work`, `home`, `mobile`.
    pub label: Option<String>,
    /// Whether it is the first choice of its kind; one at most for each customer and kind.
    #[field(default)]
    pub is_primary: bool,
    /// Whether it is known not to work: a number that is none, mail that came back.
    #[field(default)]
    pub is_invalid: bool,
    /// When it was shown to reach the customer.
    pub verified_at: Option<Timestamp>,
}

impl Primary for ContactPoint {
    const CUSTOMER: Field = Self::CUSTOMER_ID;
    const RULE: &'static str = "contact_point.one_primary";

    fn group(&self) -> (CustomerId, &'static str) {
        (self.customer_id, self.kind.code())
    }

    fn is_primary(&self) -> bool {
        self.is_primary
    }

    fn with_primary(self, is_primary: bool) -> Self {
        Self { is_primary, ..self }
    }
}

impl Validate for ContactPoint {
    fn complete(&mut self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.raw);
        trim_optional(&mut self.label);
        trim_optional(&mut self.extension);
        let typed = |point: &Self| (point.raw.clone(), point.kind);
        let was_given_up = |before: &Self| before.is_invalid && !self.is_invalid && self.normalized.is_none();
        if before.is_none_or(|before| typed(before) != typed(self) || was_given_up(before)) {
            self.read(before, tx)?;
        }
        self.is_primary = primary::primary_in_group(self, before, tx)?;
        Ok(())
    }

    fn validate(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        primary::check_primary_stays(self, before, tx)?;
        let same = |before: &Self| before.identity() == self.identity() && before.group() == self.group();
        if before.is_some_and(|before| same(before) && before.deleted_at.is_none()) {
            return Ok(());
        }
        self.check_once(tx)
    }

    fn written(&self, before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        primary::hand_over(self, before, tx)
    }
}

impl ContactPoint {
    /// The contact points of a customer: those of a kind together, the primary one first, then the oldest.
    ///
    /// # Errors
    /// Of the storage.
    pub fn of(reader: &mut Reader<'_>, customer: CustomerId) -> Result<Vec<Self>> {
        let mut points = reader.find::<Self>(&Query::of::<Self>().filter(Self::CUSTOMER_ID.is(customer)))?;
        points.sort_by_key(|point| (point.kind, !point.is_primary));
        Ok(points)
    }

    /// The contact points with an address or number, of whichever customers, however it is written; none for what is
    /// no address.
    ///
    /// # Errors
    /// Of the storage.
    pub fn with_address(reader: &mut Reader<'_>, address: &str) -> Result<Vec<Self>> {
        let read = reading::detect(address).and_then(|kind| Some((kind, reading::read(kind, address, reader).ok()?)));
        let Some((kind, Some(normalized))) = read.map(|(kind, reading)| (kind, reading.normalized)) else {
            return Ok(Vec::new());
        };
        let same = Self::NORMALIZED.is(normalized).and(Self::KIND.is(kind));
        reader.find(&Query::of::<Self>().filter(same))
    }

    /// Fills what follows from what was typed. What was known of another address is not true of a new one.
    fn read(&mut self, before: Option<&Self>, tx: &Tx<'_>) -> Result<()> {
        if let Some(before) = before.filter(|before| before.raw != self.raw) {
            self.is_invalid &= !before.is_invalid;
            self.verified_at = self.verified_at.filter(|at| before.verified_at != Some(*at));
        }
        match reading::read(self.kind, &self.raw, tx) {
            Ok(reading) => {
                self.normalized = reading.normalized;
                self.reversed_digits = reading.digits.map(|digits| digits.chars().rev().collect());
                self.extension = reading.extension.or(self.extension.take());
            }
            Err(error) if !self.is_invalid => return Err(CrmError::invalid_value(Self::DEF.name, "raw", error)),
            Err(_) => {
                self.normalized = None;
                self.reversed_digits = None;
            }
        }
        Ok(())
    }

    /// In what two contact points of a customer must differ.
    fn identity(&self) -> (&str, Option<&str>) {
        (
            self.normalized.as_deref().unwrap_or(&self.raw),
            self.extension.as_deref(),
        )
    }

    fn check_once(&self, tx: &mut Tx<'_>) -> Result<()> {
        let others = primary::others(self, tx)?;
        let same = others.iter().filter(|other| other.identity() == self.identity());
        let matches: Vec<_> = same.map(|other| other.id.uuid()).collect();
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "raw".into(),
            matches,
        })
    }
}
