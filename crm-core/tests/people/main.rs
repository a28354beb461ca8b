//! How people are reached, named and marked.

mod callers;
mod contact_points;
mod details;
mod names;
mod postal_addresses;
#[path = "../refusals/mod.rs"]
mod refusals;
mod tags;

use crm_core::Crm;
use crm_core::customers::CustomerDraft;
use crm_core::ids::CustomerId;

/// A person of this name.
fn person(crm: &Crm, name: &str) -> CustomerId {
    crm.write(|tx| tx.create(CustomerDraft::person(name)))
        .expect("a person")
        .id
}
