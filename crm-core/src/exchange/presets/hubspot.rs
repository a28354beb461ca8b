//! HubSpot: exports with the labels of properties. Their capitals vary, several associated records stand in one cell
//! with semicolons between them, and ids are unique among the records of one kind only.

use super::{Preset, Sheet, organization, owner};
use crate::customers::Customer;
use crate::engine::Entity;
use crate::exchange::target::Target;
use crate::sales::{NewStage, Opportunity};

const COMPANY: &str = "hubspot:company";
const CONTACT: &str = "hubspot:contact";
const DEAL: &str = "hubspot:deal";

pub(super) const PRESET: Preset = Preset {
    name: "HubSpot",
    is_disarmed: false,
    sheets: &[COMPANIES, CONTACTS, DEALS],
};

/// How far the relation has come, as HubSpot has it from the beginning.
fn lifecycle() -> Target {
    let stages = [
        ("Subscriber", "lead"),
        ("Marketing Qualified Lead", "lead"),
        ("Sales Qualified Lead", "prospect"),
        ("Opportunity", "prospect"),
        ("Evangelist", "customer"),
    ];
    Target::field("lifecycle").values(stages).other_choices("other")
}

const COMPANIES: Sheet = Sheet {
    object: "companies",
    entity: Some(Customer::DEF),
    signature: &[
        &["record id"],
        &["company name", "name"],
        &["company domain name", "company owner"],
    ],
    columns: &[
        ("record id", || Target::external_id(COMPANY)),
        ("company name", || Target::field("name")),
        ("name", || Target::field("name")),
        ("company domain name", || Target::field("website")),
        ("website url", || Target::field("website")),
        ("industry", || Target::field("industry")),
        ("lifecycle stage", lifecycle),
        ("annual revenue", || Target::field("annual_revenue")),
        ("number of employees", || Target::field("employees")),
        ("year founded", || Target::field("founded_year")),
        ("description", || Target::field("description")),
        ("company owner", owner),
        ("phone number", || Target::phone().label("work")),
        ("street address", || Target::address("street").label("work")),
        ("city", || Target::address("locality").label("work")),
        ("state/region", || Target::address("region").label("work")),
        ("postal code", || Target::address("postal_code").label("work")),
        ("country/region", || Target::address("country").label("work")),
        ("country/region", || Target::field("country")),
    ],
    constants: &[("kind", "organization")],
    stages: Vec::new,
};

const CONTACTS: Sheet = Sheet {
    object: "contacts",
    entity: Some(Customer::DEF),
    signature: &[
        &["record id"],
        &["first name", "last name"],
        &["email", "contact owner"],
    ],
    columns: &[
        ("record id", || Target::external_id(CONTACT)),
        ("salutation", || Target::field("name_prefix")),
        ("first name", || Target::field("given_name")),
        ("last name", || Target::field("family_name")),
        ("lifecycle stage", lifecycle),
        ("contact owner", owner),
        ("associated company ids", || {
            Target::employer_by_external_id(COMPANY)
                .first_before(';')
                .leave_missing_empty()
        }),
        ("associated company", || {
            organization(Target::employer("name").first_before(';'))
        }),
        ("company name", || organization(Target::employer("name"))),
        ("job title", Target::job_title),
        ("email", || Target::email().label("work")),
        ("phone number", || Target::phone().label("work")),
        ("mobile phone number", || Target::phone().label("mobile")),
        ("street address", || Target::address("street").label("work")),
        ("city", || Target::address("locality").label("work")),
        ("state/region", || Target::address("region").label("work")),
        ("postal code", || Target::address("postal_code").label("work")),
        ("country/region", || Target::address("country").label("work")),
        ("country/region", || Target::field("country")),
        ("preferred language", || Target::field("language")),
    ],
    constants: &[("kind", "person")],
    stages: Vec::new,
};

const DEALS: Sheet = Sheet {
    object: "deals",
    entity: Some(Opportunity::DEF),
    signature: &[
        &["deal name"],
        &["deal stage"],
        &["record id", "deal owner", "pipeline"],
    ],
    columns: &[
        ("record id", || Target::external_id(DEAL)),
        ("deal name", || Target::field("name")),
        ("pipeline", || Target::reference("pipeline", "name")),
        ("deal stage", || {
            Target::field("stage").values([("closedwon", "Closed Won"), ("closedlost", "Closed Lost")])
        }),
        ("amount", || Target::field("amount")),
        ("currency", || Target::currency_of("amount")),
        ("close date", || Target::field("close_on")),
        ("create date", || Target::field("opened_at")),
        ("deal owner", owner),
        ("deal type", || {
            let kinds = [
                ("New Business", "new_business"),
                ("Existing Business", "existing_business"),
            ];
            Target::field("kind").values(kinds).other_choices("")
        }),
        ("original source", || Target::field("source")),
        ("original source type", || Target::field("source")),
        ("next step", || Target::field("next_step")),
        ("closed lost reason", || Target::field("lost_reason")),
        ("associated company ids", || {
            Target::reference_by_external_id("customer", COMPANY)
                .first_before(';')
                .leave_missing_empty()
        }),
        ("associated company", || {
            organization(Target::reference("customer", "name").first_before(';'))
        }),
    ],
    constants: &[],
    stages: || {
        vec![
            NewStage::open("Appointment Scheduled", 20),
            NewStage::open("Qualified To Buy", 40),
            NewStage::open("Presentation Scheduled", 60),
            NewStage::open("Decision Maker Bought-In", 80),
            NewStage::open("Contract Sent", 90),
            NewStage::won("Closed Won"),
            NewStage::lost("Closed Lost"),
        ]
    },
};
