//! EspoCRM: exports with the names of attributes, `accountId` beside `accountName`, and the currency of an amount in a
//! column beside it.

use super::{Preset, Sheet, organization, owner};
use crate::customers::Customer;
use crate::engine::Entity;
use crate::exchange::target::Target;
use crate::sales::{NewStage, Opportunity};

const SYSTEM: &str = "espocrm";

pub(super) const PRESET: Preset = Preset {
    name: "EspoCRM",
    is_disarmed: true,
    sheets: &[ACCOUNTS, CONTACTS, OPPORTUNITIES],
};

const ACCOUNTS: Sheet = Sheet {
    object: "accounts",
    entity: Some(Customer::DEF),
    signature: &[
        &["name"],
        &["emailaddress", "phonenumber"],
        &[
            "siccode",
            "billingaddresscity",
            "billingaddresscountry",
            "shippingaddresscity",
        ],
    ],
    columns: &[
        ("id", || Target::external_id(SYSTEM)),
        ("name", || Target::field("name")),
        ("type", || {
            let kinds = [
                ("Customer", "customer"),
                ("Partner", "partner"),
                ("Reseller", "partner"),
            ];
            Target::field("lifecycle").values(kinds).other_choices("other")
        }),
        ("industry", || Target::field("industry")),
        ("website", || Target::field("website")),
        ("description", || Target::field("description")),
        ("emailaddress", || Target::email().label("work")),
        ("phonenumber", || Target::phone().label("work")),
        ("billingaddressstreet", || Target::address("street").label("billing")),
        ("billingaddresscity", || Target::address("locality").label("billing")),
        ("billingaddressstate", || Target::address("region").label("billing")),
        ("billingaddresspostalcode", || {
            Target::address("postal_code").label("billing")
        }),
        ("billingaddresscountry", || Target::address("country").label("billing")),
        ("billingaddresscountry", || Target::field("country")),
        ("assignedusername", owner),
    ],
    constants: &[("kind", "organization")],
    stages: Vec::new,
};

const CONTACTS: Sheet = Sheet {
    object: "contacts",
    entity: Some(Customer::DEF),
    signature: &[
        &["lastname"],
        &["emailaddress", "phonenumber"],
        &["accountid", "accountname", "salutationname"],
    ],
    columns: &[
        ("id", || Target::external_id(SYSTEM)),
        ("salutationname", || Target::field("name_prefix")),
        ("firstname", || Target::field("given_name")),
        ("middlename", || Target::field("middle_name")),
        ("lastname", || Target::field("family_name")),
        ("name", || Target::field("name")),
        ("description", || Target::field("description")),
        ("accountid", || {
            Target::employer_by_external_id(SYSTEM).leave_missing_empty()
        }),
        ("accountname", || organization(Target::employer("name"))),
        ("title", Target::job_title),
        ("accountrole", Target::job_title),
        ("emailaddress", || Target::email().label("work")),
        ("phonenumber", || Target::phone().label("work")),
        ("addressstreet", || Target::address("street").label("work")),
        ("addresscity", || Target::address("locality").label("work")),
        ("addressstate", || Target::address("region").label("work")),
        ("addresspostalcode", || Target::address("postal_code").label("work")),
        ("addresscountry", || Target::address("country").label("work")),
        ("addresscountry", || Target::field("country")),
        ("assignedusername", owner),
    ],
    constants: &[("kind", "person")],
    stages: Vec::new,
};

const OPPORTUNITIES: Sheet = Sheet {
    object: "opportunities",
    entity: Some(Opportunity::DEF),
    signature: &[&["name"], &["stage"], &["amountcurrency", "amountconverted"]],
    columns: &[
        ("id", || Target::external_id(SYSTEM)),
        ("name", || Target::field("name")),
        ("accountid", || {
            Target::reference_by_external_id("customer", SYSTEM).leave_missing_empty()
        }),
        ("accountname", || organization(Target::reference("customer", "name"))),
        ("stage", || Target::field("stage")),
        ("amount", || Target::field("amount")),
        ("amountcurrency", || Target::currency_of("amount")),
        ("probability", || Target::field("probability")),
        ("closedate", || Target::field("close_on")),
        ("createdat", || Target::field("opened_at")),
        ("leadsource", || Target::field("source")),
        ("campaignname", || {
            Target::reference("campaign", "name").create_missing()
        }),
        ("assignedusername", owner),
    ],
    constants: &[],
    stages: || {
        vec![
            NewStage::open("Prospecting", 10),
            NewStage::open("Qualification", 20),
            NewStage::open("Proposal", 50),
            NewStage::open("Negotiation", 80),
            NewStage::won("Closed Won"),
            NewStage::lost("Closed Lost"),
        ]
    },
};
