//! Pipedrive: headers with the kind of record before them, `Deal - Title`. Records refer to each other by name, and
//! whether a deal was won stands beside its stage.

use super::{Preset, Sheet, organization, owner};
use crate::customers::Customer;
use crate::engine::Entity;
use crate::exchange::target::Target;
use crate::sales::{NewStage, Opportunity};

const ORGANIZATION: &str = "pipedrive:organization";
const PERSON: &str = "pipedrive:person";
const DEAL: &str = "pipedrive:deal";

pub(super) const PRESET: Preset = Preset {
    name: "Pipedrive",
    is_disarmed: false,
    // A file of deals may have columns of their persons and organizations, and one of persons those of organizations.
    sheets: &[DEALS_WITH_ANYTHING, PERSONS, ORGANIZATIONS],
};

const ORGANIZATIONS: Sheet = Sheet {
    object: "organizations",
    entity: Some(Customer::DEF),
    signature: &[&["organization - name"]],
    columns: &[
        ("organization - id", || Target::external_id(ORGANIZATION)),
        ("organization - name", || Target::field("name").key()),
        ("organization - owner", owner),
        ("organization - label", Target::tags),
        ("organization - labels", Target::tags),
        ("organization - website", || Target::field("website")),
        ("organization - industry", || Target::field("industry")),
        ("organization - address", || Target::address("street").label("work")),
        ("organization - zip/postal code of address", || {
            Target::address("postal_code").label("work")
        }),
        ("organization - city/town/village/locality of address", || {
            Target::address("locality").label("work")
        }),
        ("organization - state/county of address", || {
            Target::address("region").label("work")
        }),
        ("organization - country of address", || {
            Target::address("country").label("work")
        }),
        ("organization - country of address", || Target::field("country")),
    ],
    constants: &[("kind", "organization")],
    stages: Vec::new,
};

const PERSONS: Sheet = Sheet {
    object: "persons",
    entity: Some(Customer::DEF),
    signature: &[&["person - name"]],
    columns: &[
        ("person - id", || Target::external_id(PERSON)),
        ("person - name", || Target::field("name")),
        ("person - first name", || Target::field("given_name")),
        ("person - last name", || Target::field("family_name")),
        ("person - owner", owner),
        ("person - label", Target::tags),
        ("person - labels", Target::tags),
        ("person - organization", || organization(Target::employer("name"))),
        ("person - job title", Target::job_title),
        ("person - email", Target::email),
        ("person - email - work", || Target::email().label("work")),
        ("person - email - home", || Target::email().label("home")),
        ("person - email - other", || Target::email().label("other")),
        ("person - phone", Target::phone),
        ("person - phone - work", || Target::phone().label("work")),
        ("person - phone - mobile", || Target::phone().label("mobile")),
        ("person - phone - home", || Target::phone().label("home")),
        ("person - phone - other", || Target::phone().label("other")),
    ],
    constants: &[("kind", "person")],
    stages: Vec::new,
};

const DEALS_WITH_ANYTHING: Sheet = Sheet {
    object: "deals",
    entity: Some(Opportunity::DEF),
    signature: &[&["deal - title"]],
    columns: &[
        ("deal - id", || Target::external_id(DEAL)),
        ("deal - title", || Target::field("name")),
        ("deal - owner", owner),
        ("deal - organization", || {
            organization(Target::reference("customer", "name"))
        }),
        ("deal - pipeline", || Target::reference("pipeline", "name")),
        ("deal - stage", || Target::field("stage")),
        ("deal - status", Target::outcome),
        ("deal - value", || Target::field("amount")),
        ("deal - currency of value", || Target::currency_of("amount")),
        ("deal - currency", || Target::currency_of("amount")),
        ("deal - probability", || Target::field("probability")),
        ("deal - expected close date", || Target::field("close_on")),
        ("deal - deal created", || Target::field("opened_at")),
        ("deal - deal closed on", Target::closed_on),
        ("deal - won time", Target::closed_on),
        ("deal - lost reason", || Target::field("lost_reason")),
        ("deal - label", Target::tags),
        ("deal - labels", Target::tags),
        ("deal - source channel", || Target::field("source")),
        ("deal - source origin", || Target::field("source")),
    ],
    constants: &[],
    stages: || {
        vec![
            NewStage::open("Qualified", 10),
            NewStage::open("Contact Made", 20),
            NewStage::open("Demo Scheduled", 40),
            NewStage::open("Proposal Made", 60),
            NewStage::open("Negotiations Started", 80),
            NewStage::won("Won"),
            NewStage::lost("Lost"),
        ]
    },
};
