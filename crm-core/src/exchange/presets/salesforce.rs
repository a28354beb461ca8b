//! Salesforce: what its Data Loader and its weekly export write, with the API names of fields. Relations are ids in
//! columns such as `AccountId`, or external ids in columns such as `Account:External_Id__c`. Capitals count in ids, so
//! that these are never written otherwise.

use super::{Preset, Sheet, unknown};
use crate::customers::{Customer, User};
use crate::engine::Entity;
use crate::exchange::target::Target;
use crate::marketing::{Campaign, CampaignMember};
use crate::sales::{NewStage, Opportunity, Product};

const SYSTEM: &str = "salesforce";
// Accounts and contacts are both customers here, and external ids are unique in one object only.
const ACCOUNT: &str = "salesforce:account";
const CONTACT: &str = "salesforce:contact";

pub(super) const PRESET: Preset = Preset {
    name: "Salesforce",
    is_disarmed: false,
    sheets: &[
        USERS,
        PRODUCTS,
        ACCOUNTS,
        LEADS,
        CAMPAIGNS,
        OPPORTUNITIES,
        CASES,
        CONTACTS,
        MEMBERS,
    ],
};

fn owner() -> Target {
    Target::reference_by_external_id("owner", SYSTEM).leave_missing_empty()
}

const USERS: Sheet = Sheet {
    object: "users",
    entity: Some(User::DEF),
    signature: &[&["username"], &["profileid", "userroleid", "alias"], &["name"]],
    columns: &[
        ("id", || Target::external_id(SYSTEM)),
        ("name", || Target::field("name")),
        ("email", || Target::field("email")),
        ("isactive", || {
            let states = [
                ("true", "active"),
                ("false", "inactive"),
                ("True", "active"),
                ("False", "inactive"),
            ];
            Target::field("status").values(states)
        }),
        ("managerid", || {
            Target::reference_by_external_id("manager", SYSTEM).leave_missing_empty()
        }),
    ],
    constants: &[],
    stages: Vec::new,
};

const PRODUCTS: Sheet = Sheet {
    object: "products",
    entity: Some(Product::DEF),
    signature: &[&["productcode"], &["family", "isactive"]],
    columns: &[
        ("id", || Target::external_id(SYSTEM)),
        ("external_id__c", || Target::external_id(SYSTEM)),
        ("name", || Target::field("name")),
        ("productcode", || Target::field("code")),
        ("family", || Target::field("family")),
    ],
    constants: &[],
    stages: Vec::new,
};

const ACCOUNTS: Sheet = Sheet {
    object: "accounts",
    entity: Some(Customer::DEF),
    signature: &[
        &["name"],
        &[
            "billingstreet",
            "billingcity",
            "billingstate",
            "billingcountry",
            "annualrevenue",
            "numberofemployees",
            "accountsource",
        ],
    ],
    columns: &[
        ("id", || Target::external_id(ACCOUNT)),
        ("external_id__c", || Target::external_id(ACCOUNT)),
        ("name", || Target::field("name")),
        ("type", || {
            let kinds = [
                ("Customer - Direct", "customer"),
                ("Customer - Channel", "customer"),
                ("Channel Partner / Reseller", "partner"),
                ("Installation Partner", "partner"),
                ("Technology Partner", "partner"),
            ];
            Target::field("lifecycle").values(kinds).other_choices("other")
        }),
        ("industry", || Target::field("industry")),
        ("website", || Target::field("website")),
        ("description", || Target::field("description")),
        ("annualrevenue", || Target::field("annual_revenue")),
        ("currencyisocode", || Target::currency_of("annual_revenue")),
        ("numberofemployees", || Target::field("employees")),
        ("yearstarted", || Target::field("founded_year")),
        ("parentid", || {
            Target::reference_by_external_id("parent", ACCOUNT).leave_missing_empty()
        }),
        ("parent:", || {
            Target::reference_by_external_id("parent", ACCOUNT).leave_missing_empty()
        }),
        ("ownerid", owner),
        ("phone", || Target::phone().label("work")),
        ("billingstreet", || Target::address("street").label("billing")),
        ("billingcity", || Target::address("locality").label("billing")),
        ("billingstate", || Target::address("region").label("billing")),
        ("billingpostalcode", || Target::address("postal_code").label("billing")),
        ("billingcountry", || Target::address("country").label("billing")),
        ("billingcountry", || Target::field("country")),
        ("shippingstreet", || Target::address("street").label("shipping")),
        ("shippingcity", || Target::address("locality").label("shipping")),
        ("shippingstate", || Target::address("region").label("shipping")),
        ("shippingpostalcode", || {
            Target::address("postal_code").label("shipping")
        }),
        ("shippingcountry", || Target::address("country").label("shipping")),
    ],
    constants: &[("kind", "organization")],
    stages: Vec::new,
};

const LEADS: Sheet = unknown(
    "leads",
    &[&["lastname"], &["company"], &["isconverted", "status", "rating"]],
);

const CONTACTS: Sheet = Sheet {
    object: "contacts",
    entity: Some(Customer::DEF),
    signature: &[
        &["lastname"],
        &[
            "accountid",
            "account:",
            "mailingcity",
            "mailingstate",
            "mailingcountry",
            "reportstoid",
        ],
    ],
    columns: &[
        ("id", || Target::external_id(CONTACT)),
        ("external_id__c", || Target::external_id(CONTACT)),
        ("salutation", || Target::field("name_prefix")),
        ("firstname", || Target::field("given_name")),
        ("middlename", || Target::field("middle_name")),
        ("lastname", || Target::field("family_name")),
        ("suffix", || Target::field("name_suffix")),
        ("name", || Target::field("name")),
        ("description", || Target::field("description")),
        ("accountid", || {
            Target::employer_by_external_id(ACCOUNT).leave_missing_empty()
        }),
        ("account:", || {
            Target::employer_by_external_id(ACCOUNT).leave_missing_empty()
        }),
        ("title", Target::job_title),
        ("email", || Target::email().label("work")),
        ("phone", || Target::phone().label("work")),
        ("mobilephone", || Target::phone().label("mobile")),
        ("homephone", || Target::phone().label("home")),
        ("otherphone", || Target::phone().label("other")),
        ("mailingstreet", || Target::address("street").label("work")),
        ("mailingcity", || Target::address("locality").label("work")),
        ("mailingstate", || Target::address("region").label("work")),
        ("mailingpostalcode", || Target::address("postal_code").label("work")),
        ("mailingcountry", || Target::address("country").label("work")),
        ("mailingcountry", || Target::field("country")),
        ("otherstreet", || Target::address("street").label("other")),
        ("othercity", || Target::address("locality").label("other")),
        ("otherstate", || Target::address("region").label("other")),
        ("otherpostalcode", || Target::address("postal_code").label("other")),
        ("othercountry", || Target::address("country").label("other")),
        ("ownerid", owner),
    ],
    constants: &[("kind", "person")],
    stages: Vec::new,
};

const CAMPAIGNS: Sheet = Sheet {
    object: "campaigns",
    entity: Some(Campaign::DEF),
    signature: &[
        &["name"],
        &["startdate"],
        &["enddate"],
        &["isactive", "numbersent", "budgetedcost", "type"],
    ],
    columns: &[
        ("id", || Target::external_id(SYSTEM)),
        ("external_id__c", || Target::external_id(SYSTEM)),
        ("name", || Target::field("name")),
        ("type", || {
            let kinds = [
                ("Direct Mail", "mail"),
                ("Advertisement", "advertising"),
                ("Banner Ads", "advertising"),
                ("Conference", "event"),
                ("Seminar / Conference", "event"),
                ("Trade Show", "trade_fair"),
                ("Tradeshow", "trade_fair"),
                ("Telemarketing", "telephone"),
                ("Social", "social_media"),
                ("Referral Program", "referral"),
                ("Partners", "partner"),
            ];
            Target::field("kind").values(kinds).other_choices("other")
        }),
        ("status", || {
            Target::field("status")
                .values([("In Progress", "active")])
                .other_choices("")
        }),
        ("startdate", || Target::field("starts_on")),
        ("enddate", || Target::field("ends_on")),
        ("budgetedcost", || Target::field("budget")),
        ("actualcost", || Target::field("actual_cost")),
        ("expectedrevenue", || Target::field("expected_revenue")),
        ("currencyisocode", || Target::currency_of("budget")),
        ("currencyisocode", || Target::currency_of("actual_cost")),
        ("currencyisocode", || Target::currency_of("expected_revenue")),
        ("expectedresponse", || Target::field("expected_response")),
        ("parentid", || {
            Target::reference_by_external_id("parent", SYSTEM).leave_missing_empty()
        }),
        ("parent:", || {
            Target::reference_by_external_id("parent", SYSTEM).leave_missing_empty()
        }),
        ("description", || Target::field("objective")),
        ("ownerid", owner),
    ],
    constants: &[],
    stages: Vec::new,
};

const MEMBERS: Sheet = Sheet {
    object: "campaign members",
    entity: Some(CampaignMember::DEF),
    signature: &[
        &["campaignid", "campaign:"],
        &["contactid", "contact:"],
        &["hasresponded", "status", "firstrespondeddate"],
    ],
    columns: &[
        ("id", || Target::external_id(SYSTEM)),
        ("external_id__c", || Target::external_id(SYSTEM)),
        ("campaignid", || {
            Target::reference_by_external_id("campaign", SYSTEM).key()
        }),
        ("campaign:", || {
            Target::reference_by_external_id("campaign", SYSTEM).key()
        }),
        ("contactid", || {
            Target::reference_by_external_id("customer", CONTACT).key()
        }),
        ("contact:", || {
            Target::reference_by_external_id("customer", CONTACT).key()
        }),
        ("status", || Target::field("status")),
        ("hasresponded", Target::responded),
        ("firstrespondeddate", || Target::field("first_responded_at")),
    ],
    constants: &[],
    stages: Vec::new,
};

const OPPORTUNITIES: Sheet = Sheet {
    object: "opportunities",
    entity: Some(Opportunity::DEF),
    signature: &[&["stagename"], &["closedate"], &["name"]],
    columns: &[
        ("id", || Target::external_id(SYSTEM)),
        ("external_id__c", || Target::external_id(SYSTEM)),
        ("name", || Target::field("name")),
        ("accountid", || {
            Target::reference_by_external_id("customer", ACCOUNT).leave_missing_empty()
        }),
        ("account:", || {
            Target::reference_by_external_id("customer", ACCOUNT).leave_missing_empty()
        }),
        ("stagename", || Target::field("stage")),
        ("amount", || Target::field("amount")),
        ("currencyisocode", || Target::currency_of("amount")),
        ("closedate", || Target::field("close_on")),
        ("createddate", || Target::field("opened_at")),
        ("probability", || Target::field("probability")),
        ("forecastcategoryname", || {
            Target::field("forecast_category").other_choices("")
        }),
        ("forecastcategory", || {
            Target::field("forecast_category").other_choices("")
        }),
        ("type", || {
            let kinds = [
                ("New Customer", "new_business"),
                ("New Business", "new_business"),
                ("Existing Customer - Upgrade", "existing_business"),
                ("Existing Customer - Replacement", "existing_business"),
                ("Existing Customer - Downgrade", "existing_business"),
                ("Existing Business", "existing_business"),
            ];
            Target::field("kind").values(kinds).other_choices("")
        }),
        ("nextstep", || Target::field("next_step")),
        ("leadsource", || Target::field("source")),
        ("loss_reason__c", || Target::field("lost_reason")),
        ("campaignid", || {
            Target::reference_by_external_id("campaign", SYSTEM).leave_missing_empty()
        }),
        ("campaign:", || {
            Target::reference_by_external_id("campaign", SYSTEM).leave_missing_empty()
        }),
        ("ownerid", owner),
    ],
    constants: &[],
    stages: || {
        vec![
            NewStage::open("Prospecting", 10),
            NewStage::open("Qualification", 10),
            NewStage::open("Needs Analysis", 20),
            NewStage::open("Value Proposition", 50),
            NewStage::open("Id. Decision Makers", 60),
            NewStage::open("Perception Analysis", 70),
            NewStage::open("Proposal/Price Quote", 75),
            NewStage::open("Negotiation/Review", 90),
            NewStage::won("Closed Won"),
            NewStage::lost("Closed Lost"),
        ]
    },
};

const CASES: Sheet = unknown(
    "cases",
    &[&["subject", "casenumber"], &["status"], &["origin", "priority"]],
);
