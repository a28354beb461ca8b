//! Exports of other systems as small as they can be, in the words of each.

use crmkit::Crm;
use crmkit::customers::ExternalId;
use crmkit::customers::{Affiliation, ContactPoint, Customer, CustomerKind, Lifecycle, Tagging, User};
use crmkit::engine::{Conditions, LogQuery, Query};
use crmkit::exchange::{BundleResult, Import};
use crmkit::ids::OpportunityId;
use crmkit::sales::{Opportunity, OpportunityKind, Outcome, Pipeline, Stage};

/// Imports files as a folder twice, and checks that the second time changes nothing.
fn imported(files: &[(&str, &str)]) -> (Crm, BundleResult) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    let crm = Crm::in_memory();
    let run = || {
        let mut bundle = Import::folder(folder.path()).plan(&crm).expect("plans");
        bundle.currency("EUR");
        bundle.run(&crm).expect("a run")
    };
    let result = run();
    for (name, file) in &result.files {
        assert_eq!(file.counts.refused, 0, "{name}: {:?}", file.refused);
    }
    let log = || {
        crm.read(|reader| reader.log(&LogQuery::default()))
            .expect("the log")
            .len()
    };
    let before = log();
    run();
    assert_eq!(log(), before, "the second time changed something");
    (crm, result)
}

fn count(crm: &Crm, query: Query) -> u64 {
    crm.read(|reader| reader.count(&query)).expect("a count")
}

fn deal(crm: &Crm, name: &str) -> (Opportunity, Stage) {
    let named = Query::of::<Opportunity>().filter(Opportunity::NAME.is(name));
    crm.read(|reader| {
        let deal: Opportunity = reader.first(&named)?.expect("an opportunity");
        let stage = reader.get(deal.stage_id)?;
        Ok((deal, stage))
    })
    .expect("an opportunity")
}

fn works_for(crm: &Crm, person: &str, organization: &str) -> bool {
    let both = Query::of::<Affiliation>()
        .filter(Affiliation::PERSON_ID.to(Customer::NAME).is(person))
        .filter(Affiliation::ORGANIZATION_ID.to(Customer::NAME).is(organization));
    count(crm, both) == 1
}

#[test]
fn hubspot_links_by_ids_of_which_several_may_stand_in_a_cell() {
    let (crm, result) = imported(&[
        (
            "all-contacts.csv",
            "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Associated Company,\
             Associated Company IDs,Unsubscribed from all email\n\
             501,明,李,li@acme.example,+8613800138000,Anna,Customer,Acme,501;502,true\n",
        ),
        (
            "all-companies.csv",
            "Record ID,Company name,Company Domain Name,Company owner,Country/Region\n\
             501,Acme,acme.example,Anna,China\n502,Globex,globex.example,,\n",
        ),
        (
            "all-deals.csv",
            "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Currency,Close Date,Deal Owner,Associated Company IDs,Deal Type\n\
             1,Looms,Sales Pipeline,Contract Sent,\"1,200.50\",usd,2026-01-02 10:30,Anna,501,New Business\n\
             2,Thread,Sales Pipeline,closedwon,99,,2026-01-02,Anna,502,Odd\n",
        ),
    ]);
    let order: Vec<&str> = result.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(order, ["all-companies.csv", "all-contacts.csv", "all-deals.csv"]);
    assert!(works_for(&crm, "李明", "Acme"));
    assert_eq!(
        count(&crm, Query::of::<Customer>()),
        3,
        "equal ids of a company and a contact are two"
    );
    assert_eq!(count(&crm, Query::of::<User>()), 1);
    let (looms, stage) = deal(&crm, "Looms");
    assert_eq!((stage.name.as_str(), looms.outcome), ("Contract Sent", Outcome::Open));
    assert_eq!(
        looms.amount.map(|amount| amount.to_string()).as_deref(),
        Some("1200.50 USD")
    );
    assert_eq!(looms.kind, Some(OpportunityKind::NewBusiness));
    let (thread, stage) = deal(&crm, "Thread");
    assert_eq!(
        (stage.name.as_str(), thread.outcome, thread.kind),
        ("Closed Won", Outcome::Won, None)
    );
    let pipelines: Vec<Pipeline> = crm
        .read(|reader| reader.find(&Query::of::<Pipeline>()))
        .expect("pipelines");
    assert_eq!(
        pipelines.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["Sales Pipeline"]
    );
}

#[test]
fn pipedrive_links_by_names_and_says_beside_the_stage_what_was_won() {
    let (crm, _) = imported(&[
        (
            "deals.csv",
            "Deal - ID,Deal - Title*,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Pipeline,\
             Deal - Stage,Deal - Status,Deal - Won time,Deal - Lost reason\n\
             1,Looms,Anna,1200,EUR,Acme,Direct,Demo Scheduled,Open,,\n\
             2,Thread,Anna,90,EUR,Acme,Direct,Demo Scheduled,Won,2026-01-02 10:00:00,\n\
             3,Dye,Anna,50,EUR,Globex,Direct,Proof,Lost,,too dear\n",
        ),
        (
            "people.csv",
            "Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Email - Home,Person - Phone - Mobile,\
             Person - Marketing status,Person - Labels\n\
             7,Zoë Müller,Acme,zoe@acme.example,zoe@home.example,+49 170 1234567,subscribed,\"VIP, Fair\"\n",
        ),
        (
            "organizations.csv",
            "Organization - ID,Organization - Name,Organization - Address\n5,Acme,Ring 1\n",
        ),
    ]);
    assert!(works_for(&crm, "Zoë Müller", "Acme"));
    assert_eq!(
        count(&crm, Query::of::<Customer>().filter(Customer::NAME.is("Acme"))),
        1
    );
    assert_eq!(count(&crm, Query::of::<ContactPoint>()), 3);
    assert_eq!(count(&crm, Query::of::<Tagging>()), 2);
    let (looms, stage) = deal(&crm, "Looms");
    assert_eq!((stage.name.as_str(), looms.outcome), ("Demo Scheduled", Outcome::Open));
    assert_eq!(deal(&crm, "Thread").0.outcome, Outcome::Won);
    let (dye, _) = deal(&crm, "Dye");
    assert_eq!(
        (dye.outcome, dye.lost_reason.as_deref()),
        (Outcome::Lost, Some("too dear"))
    );
    let stages: Vec<Stage> = crm
        .read(|reader| {
            let pipeline = Pipeline::default_one(reader)?.expect("a pipeline").id;
            Pipeline::stages(reader, pipeline)
        })
        .expect("stages");
    let names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
    assert_eq!(names, ["Demo Scheduled", "Proof", "Won", "Lost"]);
}

#[test]
fn odoo_has_people_and_companies_in_one_file_and_lines_as_rows_of_their_own() {
    let (crm, result) = imported(&[
        (
            "res.partner.csv",
            "id,name,is_company,parent_id/id,email,phone,category_id,child_ids/name\n\
             p2,Anna Klein,False,p1,anna@acme.example,,VIP,\n\
             p1,Acme,True,,info@acme.example,+49 30 123456,,Anna\n\
             ,,,,,,,Bert\n\
             p3,Acme Süd,True,p1,,,,\n",
        ),
        (
            "crm.lead.csv",
            "id,name,partner_id/id,stage_id,expected_revenue,probability,user_id,active\n\
             l1,Looms,p1,Proposition,1200.5,55.5,Mitchell,True\n\
             l2,Thread,p3,New,90,0,Mitchell,False\n",
        ),
    ]);
    assert_eq!(
        result.files[0].1.counts.blank, 1,
        "the row of a line says nothing of a partner"
    );
    assert!(works_for(&crm, "Anna Klein", "Acme"));
    let south = Query::of::<Customer>().filter(Customer::PARENT_ID.to(Customer::NAME).is("Acme"));
    let south: Vec<Customer> = crm.read(|reader| reader.find(&south)).expect("customers");
    assert_eq!(
        south.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["Acme Süd"]
    );
    let (looms, _) = deal(&crm, "Looms");
    assert_eq!(looms.probability.map(|one| one.to_string()).as_deref(), Some("55.5"));
    assert_eq!(deal(&crm, "Thread").0.outcome, Outcome::Lost);
}

#[test]
fn espocrm_exports_lose_the_apostrophe_that_disarmed_them() {
    let (crm, _) = imported(&[
        (
            "Account.csv",
            "id,name,emailAddress,phoneNumber,type,billingAddressCity,emailAddressIsOptedOut\n\
             a1,'=Acme,info@acme.example,'+49 30 123456,Reseller,Berlin,1\n",
        ),
        (
            "Contact.csv",
            "id,firstName,lastName,accountId,accountName,emailAddress,title\nc1,Anna,Klein,a1,'=Acme,anna@acme.example,CTO\n",
        ),
        (
            "Opportunity.csv",
            "id,name,accountId,stage,amount,amountCurrency,probability,closeDate,assignedUserName\n\
             o1,Looms,a1,Negotiation,1200.5,USD,80,2026-01-02,Anna\no2,Thread,a1,Closed Lost,90,USD,0,2026-01-02,Anna\n",
        ),
    ]);
    assert!(works_for(&crm, "Anna Klein", "=Acme"));
    let acme = Query::of::<Customer>().filter(Customer::KIND.is(CustomerKind::Organization));
    let acme: Vec<Customer> = crm.read(|reader| reader.find(&acme)).expect("customers");
    assert_eq!(acme.len(), 1);
    assert_eq!(acme[0].lifecycle, Lifecycle::Partner);
    let phone = Query::of::<ContactPoint>().filter(ContactPoint::RAW.is("+49 30 123456"));
    assert_eq!(count(&crm, phone), 1);
    assert_eq!(deal(&crm, "Thread").0.outcome, Outcome::Lost);
    let found = crm
        .read(|reader| ExternalId::record::<OpportunityId>(reader, "espocrm", "o1"))
        .expect("an id");
    assert_eq!(found, Some(deal(&crm, "Looms").0.id));
}

#[test]
fn what_refuses_consent_is_left_out_by_name() {
    let crm = Crm::in_memory();
    let csv = "Id,LastName,AccountId,HasOptedOutOfEmail,DoNotCall,Email Opt Out,Marketing status\n003,Li,001,true,true,yes,x\n";
    let plan = Import::bytes(csv).plan(&crm).expect("a plan");
    assert_eq!(plan.preset(), Some("Salesforce"));
    let printed = plan.to_string();
    for header in ["HasOptedOutOfEmail", "DoNotCall", "Email Opt Out", "Marketing status"] {
        assert!(
            printed.contains(&format!("left out: {header} speaks of consent")),
            "{printed}"
        );
    }
}

#[test]
fn ids_of_salesforce_are_told_apart_by_their_capitals() {
    let csv = "Id,Name,BillingCity\n001A,Acme,Berlin\n001a,Globex,Berlin\n";
    let (crm, result) = imported(&[("Account.csv", csv)]);
    assert_eq!(result.files[0].1.counts.created, 2);
    assert_eq!(count(&crm, Query::of::<Customer>()), 2);
}

#[test]
fn headers_that_no_system_writes_are_an_error_that_names_the_file() {
    let crm = Crm::in_memory();
    let error = Import::bytes("a,b\n1,2\n").plan(&crm).expect_err("nothing known");
    assert!(error.to_string().contains("bytes in memory"), "{error}");
    let cases = "CaseNumber,Status,Origin,Priority\n1,New,Web,Low\n";
    let error = Import::bytes(cases).plan(&crm).expect_err("no such records");
    assert!(error.to_string().contains("1 cases of Salesforce"), "{error}");
}
