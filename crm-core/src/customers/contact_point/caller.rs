use std::collections::BTreeMap;

use super::reading::digits_of;
use super::{ContactPoint, ContactPointKind};
use crate::customers::Customer;
use crate::engine::{Conditions, Filter, PathConditions, Query, Reader, Result};
use crate::ids::CustomerId;
use crate::values::caller_keys;

/// Below this many digits, the end of a number says nothing.
const FEWEST_DIGITS: usize = 7;
/// More numbers than these with one end: it says nothing either.
const MOST_CANDIDATES: u32 = 50;

/// Whose number a call comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Caller {
    /// Who.
    pub customer: Customer,
    /// The number that was found.
    pub contact_point: ContactPoint,
    /// How sure it is.
    pub certainty: CallerCertainty,
}

/// How sure it is whose number a call comes from, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallerCertainty {
    /// The numbers are equal, country code and all.
    Number,
    /// The known number ends with all digits that arrived, but for zeros in front.
    National,
    /// Both end with this many digits, and no number of another customer does.
    Ending(usize),
}

impl Caller {
    /// Who calls from a number, by the digits that the network delivers: international, national, with a zero for an
    /// outside line in front or with zeros lost. The surest first; several where they share the number.
    ///
    /// At most four queries, however many numbers are known.
    ///
    /// ```
    /// use crm_core::{Crm, customers::{Caller, CallerCertainty, ContactPoint, CustomerDraft}};
    /// let crm = Crm::in_memory();
    /// crm.write(|tx| {
    ///     let li = tx.create(CustomerDraft::person("李明"))?;
    ///     ContactPoint::add(tx, li.id, "+86 138 0013 8000")
    /// })?;
    /// let callers = crm.read(|reader| Caller::find(reader, "013800138000"))?;
    /// assert_eq!(callers[0].customer.name, "李明");
    /// # Ok::<(), crm_core::engine::CrmError>(())
    /// ```
    ///
    /// # Errors
    /// Of the storage.
    pub fn find(reader: &mut Reader<'_>, number: &str) -> Result<Vec<Self>> {
        let keys = caller_keys(number, reader.region(), reader.phones());
        let known = phones(reader, ContactPoint::NORMALIZED.one_of(keys.iter().cloned()))?;
        // The first reading of the digits that anybody has is the right one.
        for key in keys {
            let exact = known
                .iter()
                .filter(|point| point.normalized.as_ref() == Some(&key))
                .cloned();
            let exact: Vec<_> = exact.map(|point| (point, CallerCertainty::Number)).collect();
            if !exact.is_empty() {
                return with_customers(reader, exact);
            }
        }
        let digits = digits_of(number);
        let ending: String = digits.trim_start_matches('0').chars().rev().collect();
        if ending.len() < FEWEST_DIGITS {
            return Ok(Vec::new());
        }
        let national = phones(reader, ContactPoint::REVERSED_DIGITS.starts_with(&*ending))?;
        if !national.is_empty() {
            let found = national.into_iter().map(|point| (point, CallerCertainty::National));
            return with_customers(reader, found.collect());
        }
        let near = ContactPoint::REVERSED_DIGITS.starts_with(&ending[..FEWEST_DIGITS]);
        let near = longest_common_ending(phones(reader, near)?, &ending);
        with_customers(reader, near)
    }
}

fn phones(reader: &mut Reader<'_>, condition: Filter) -> Result<Vec<ContactPoint>> {
    let query = Query::of::<ContactPoint>()
        .filter(condition)
        .filter(ContactPoint::KIND.is(ContactPointKind::Phone))
        .limit(MOST_CANDIDATES);
    reader.find(&query)
}

/// Those with the longest end in common, where they are of one customer.
fn longest_common_ending(near: Vec<ContactPoint>, ending: &str) -> Vec<(ContactPoint, CallerCertainty)> {
    if near.len() == MOST_CANDIDATES as usize {
        return Vec::new();
    }
    let common = |point: &ContactPoint| {
        let known = point.reversed_digits.as_deref().unwrap_or_default();
        known
            .bytes()
            .zip(ending.bytes())
            .take_while(|(known, arrived)| known == arrived)
            .count()
    };
    let longest = near.iter().map(common).max().unwrap_or_default();
    let mut found: Vec<_> = near.into_iter().filter(|point| common(point) == longest).collect();
    let first = found.first().map(|point| point.customer_id);
    if found.iter().any(|point| Some(point.customer_id) != first) {
        found.clear();
    }
    found
        .into_iter()
        .map(|point| (point, CallerCertainty::Ending(longest)))
        .collect()
}

fn with_customers(reader: &mut Reader<'_>, found: Vec<(ContactPoint, CallerCertainty)>) -> Result<Vec<Caller>> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids = found.iter().map(|(point, _)| point.customer_id);
    let customers = reader.find::<Customer>(&Query::of::<Customer>().filter(Customer::ID.one_of(ids)))?;
    let by_id: BTreeMap<CustomerId, Customer> = customers.into_iter().map(|customer| (customer.id, customer)).collect();
    let callers = found.into_iter().filter_map(|(contact_point, certainty)| {
        Some(Caller {
            customer: by_id.get(&contact_point.customer_id)?.clone(),
            contact_point,
            certainty,
        })
    });
    Ok(callers.collect())
}
