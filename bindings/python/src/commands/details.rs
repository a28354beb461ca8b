//! Contact points, addresses and tags that come along with a customer.

use crmkit::customers::{Customer, CustomerDetails, PostalAddressDraft};
use crmkit::engine::{Draft, Entity};
use crmkit::values::Address;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{draft_of, each, take, texts};

/// Takes the details out of what a customer is created with.
pub(super) fn details(fields: &Bound<'_, PyDict>) -> PyResult<CustomerDetails> {
    Ok(CustomerDetails {
        emails: taken(fields, "email")?,
        phones: taken(fields, "phone")?,
        pages: taken(fields, "web")?,
        messengers: taken(fields, "messenger")?,
        addresses: addresses(fields)?,
        tags: taken(fields, "tags")?,
    })
}

fn taken(fields: &Bound<'_, PyDict>, name: &str) -> PyResult<Vec<String>> {
    take(fields, name)?.map_or(Ok(Vec::new()), |given| texts(Customer::DEF.name, name, &given))
}

fn addresses(fields: &Bound<'_, PyDict>) -> PyResult<Vec<Address>> {
    let Some(given) = take(fields, "address")? else {
        return Ok(Vec::new());
    };
    let address = |one: Bound<'_, PyAny>| {
        let hint = "Give a dict such as {\"street\": \"Torstraße 1\", \"locality\": \"Berlin\"}";
        let draft: PostalAddressDraft = draft_of(&one, "address", hint)?;
        Ok(draft.into_record().address())
    };
    each(&given)?.into_iter().map(address).collect()
}
