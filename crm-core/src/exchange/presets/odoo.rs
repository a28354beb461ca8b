//! Odoo: exports with labels, or with technical names that Odoo itself imports again. Rows of the lines of a record
//! follow it with nothing in the columns of the record; they have nothing to say here.

use super::{Preset, Sheet, organization, owner};
use crate::customers::Customer;
use crate::engine::Entity;
use crate::exchange::target::Target;
use crate::sales::{NewStage, Opportunity};

const PARTNER: &str = "odoo:partner";
const LEAD: &str = "odoo:lead";

pub(super) const PRESET: Preset = Preset {
    name: "Odoo",
    is_disarmed: false,
    sheets: &[PARTNERS, PARTNERS_BY_LABEL, OPPORTUNITIES, OPPORTUNITIES_BY_LABEL],
};

fn kind() -> Target {
    let kinds = [
        ("True", "organization"),
        ("TRUE", "organization"),
        ("1", "organization"),
        ("company", "organization"),
        ("Company", "organization"),
        ("False", "person"),
        ("FALSE", "person"),
        ("0", "person"),
        ("Individual", "person"),
    ];
    Target::field("kind").values(kinds)
}

fn parent_by_id() -> Target {
    Target::employer_by_external_id(PARTNER).leave_missing_empty()
}

fn parent_by_name() -> Target {
    organization(Target::employer("name"))
}

const PARTNERS: Sheet = Sheet {
    object: "contacts",
    entity: Some(Customer::DEF),
    signature: &[&["name"], &["is_company", "company_type"]],
    columns: &[
        ("id", || Target::external_id(PARTNER)),
        ("name", || Target::field("name")),
        ("is_company", kind),
        ("company_type", kind),
        ("parent_id/id", parent_by_id),
        ("parent_id", parent_by_name),
        ("function", Target::job_title),
        ("email", Target::email),
        ("phone", || Target::phone().label("work")),
        ("mobile", || Target::phone().label("mobile")),
        ("website", || Target::field("website")),
        ("street", || Target::address("street")),
        ("city", || Target::address("locality")),
        ("state_id", || Target::address("region")),
        ("zip", || Target::address("postal_code")),
        ("country_id", || Target::address("country")),
        ("country_id", || Target::field("country")),
        ("lang", || Target::field("language")),
        ("category_id", Target::tags),
        ("user_id", owner),
    ],
    constants: &[],
    stages: Vec::new,
};

const PARTNERS_BY_LABEL: Sheet = Sheet {
    object: "contacts",
    entity: Some(Customer::DEF),
    signature: &[&["name"], &["is a company", "company type"]],
    columns: &[
        ("external id", || Target::external_id(PARTNER)),
        ("id", || Target::external_id(PARTNER)),
        ("name", || Target::field("name")),
        ("is a company", kind),
        ("company type", kind),
        ("related company/external id", parent_by_id),
        ("related company", parent_by_name),
        ("job position", Target::job_title),
        ("email", Target::email),
        ("phone", || Target::phone().label("work")),
        ("mobile", || Target::phone().label("mobile")),
        ("website", || Target::field("website")),
        ("website link", || Target::field("website")),
        ("street", || Target::address("street")),
        ("city", || Target::address("locality")),
        ("state", || Target::address("region")),
        ("zip", || Target::address("postal_code")),
        ("country", || Target::address("country")),
        ("country", || Target::field("country")),
        ("language", || Target::field("language")),
        ("tags", Target::tags),
        ("salesperson", owner),
    ],
    constants: &[],
    stages: Vec::new,
};

const OPPORTUNITIES: Sheet = Sheet {
    object: "opportunities",
    entity: Some(Opportunity::DEF),
    signature: &[&["name"], &["expected_revenue"], &["stage_id", "stage_id/name"]],
    columns: &[
        ("id", || Target::external_id(LEAD)),
        ("name", || Target::field("name")),
        ("partner_id/id", || {
            Target::reference_by_external_id("customer", PARTNER).leave_missing_empty()
        }),
        ("partner_id", || organization(Target::reference("customer", "name"))),
        ("stage_id", || Target::field("stage")),
        ("stage_id/name", || Target::field("stage")),
        ("active", archived),
        ("expected_revenue", || Target::field("amount")),
        ("company_currency", || Target::currency_of("amount")),
        ("probability", || Target::field("probability")),
        ("date_deadline", || Target::field("close_on")),
        ("create_date", || Target::field("opened_at")),
        ("date_closed", Target::closed_on),
        ("lost_reason_id", || Target::field("lost_reason")),
        ("source_id", || Target::field("source")),
        ("campaign_id", || Target::reference("campaign", "name").create_missing()),
        ("tag_ids", Target::tags),
        ("user_id", owner),
    ],
    constants: &[],
    stages,
};

const OPPORTUNITIES_BY_LABEL: Sheet = Sheet {
    object: "opportunities",
    entity: Some(Opportunity::DEF),
    signature: &[&["opportunity"], &["expected revenue"], &["stage"]],
    columns: &[
        ("external id", || Target::external_id(LEAD)),
        ("id", || Target::external_id(LEAD)),
        ("opportunity", || Target::field("name")),
        ("customer/external id", || {
            Target::reference_by_external_id("customer", PARTNER).leave_missing_empty()
        }),
        ("customer", || organization(Target::reference("customer", "name"))),
        ("stage", || Target::field("stage")),
        ("active", archived),
        ("expected revenue", || Target::field("amount")),
        ("currency", || Target::currency_of("amount")),
        ("probability", || Target::field("probability")),
        ("expected closing", || Target::field("close_on")),
        ("created on", || Target::field("opened_at")),
        ("closed date", Target::closed_on),
        ("lost reason", || Target::field("lost_reason")),
        ("source", || Target::field("source")),
        ("campaign", || Target::reference("campaign", "name").create_missing()),
        ("tags", Target::tags),
        ("salesperson", owner),
    ],
    constants: &[],
    stages,
};

/// What is lost is archived there, in the stage in which it was lost.
fn archived() -> Target {
    Target::outcome().values([
        ("False", "lost"),
        ("FALSE", "lost"),
        ("0", "lost"),
        ("True", "open"),
        ("TRUE", "open"),
        ("1", "open"),
    ])
}

fn stages() -> Vec<NewStage> {
    vec![
        NewStage::open("New", 10),
        NewStage::open("Qualified", 30),
        NewStage::open("Proposition", 60),
        NewStage::won("Won"),
        NewStage::lost("Lost"),
    ]
}
