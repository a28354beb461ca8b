//! Contact points, addresses and tags that come along with a customer.

use crmkit::customers::{Customer, CustomerDetails, PostalAddress};
use crmkit::engine::Entity;
use crmkit::values::Address;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{argument, each, take, texts, unusable};

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
    let given = take(fields, "address")?.map_or(Ok(Vec::new()), |given| each(&given))?;
    given.iter().map(address).collect()
}

fn address(given: &Bound<'_, PyAny>) -> PyResult<Address> {
    let wrong = |reason| {
        let hint = "Give a dict of some of street, locality, region, postal_code and country";
        unusable(given.py(), Customer::DEF.name, "address", reason, hint)
    };
    let parts = given.cast::<PyDict>().map_err(|_| wrong("it is no dict"))?;
    let mut address = Address::default();
    for (name, said) in parts {
        let (part, field) = match name.extract::<&str>() {
            Ok("street") => (&mut address.street, PostalAddress::STREET),
            Ok("locality") => (&mut address.locality, PostalAddress::LOCALITY),
            Ok("region") => (&mut address.region, PostalAddress::REGION),
            Ok("postal_code") => (&mut address.postal_code, PostalAddress::POSTAL_CODE),
            Ok("country") => (&mut address.country, PostalAddress::COUNTRY),
            _ => return Err(wrong("an address has no such part")),
        };
        *part = argument(field, Some(&said))?;
    }
    Ok(address)
}
