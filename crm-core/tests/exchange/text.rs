//! How plans, previews and results print: what people read before they let a file in.

use crm_core::Crm;
use crm_core::customers::Customer;
use crm_core::exchange::{DateOrder, DecimalSign, Import, Target};
use crm_core::sales::Opportunity;

#[test]
fn a_plan_prints_what_was_found_out_and_guessed() {
    let crm = Crm::in_memory();
    let csv = "公司,行业,Land,Kundenbetreuer,Mitarbeiter*,HasOptedOutOfEmail,Vermerk,\n\
               Acme,x,DE,Anna,12,true,?,\n";
    let plan = Import::bytes(csv).into::<Customer>().plan(&crm).expect("a plan");
    insta::assert_snapshot!("plan_guessed", plan);
    assert_eq!(
        plan.unmapped().collect::<Vec<_>>(),
        ["HasOptedOutOfEmail", "Vermerk", "column 8"]
    );
}

#[test]
fn a_plan_prints_the_mapping_that_was_made() {
    let crm = Crm::in_memory();
    let csv = "opportunity_id;sales_agent;product;account;deal_stage;engage_date;close_date;close_value\n";
    let mut plan = Import::bytes(csv).into::<Opportunity>().plan(&crm).expect("a plan");
    let product = Target::reference("line.product", "name").values([("GTXPro", "GTX Pro")]);
    let value = Target::field("line.unit_price")
        .currency("USD")
        .decimal_sign(DecimalSign::Comma);
    for (header, target) in [
        ("opportunity_id", Target::external_id("maven")),
        ("sales_agent", Target::reference("owner", "name").create_missing()),
        ("product", product),
        ("engage_date", Target::stage_entered("Engaging")),
        ("close_date", Target::closed_on().date_order(DateOrder::DayMonthYear)),
        ("close_value", value),
    ] {
        plan.map(header, target).expect("a column");
    }
    plan.map_also("opportunity_id", Target::field("name"))
        .expect("a column");
    plan.set(Target::field("source"), "export").expect("a target");
    plan.decimal_sign(DecimalSign::Point).currency("USD");
    insta::assert_snapshot!("plan_mapped", plan);
}

#[test]
fn headers_of_other_systems_are_understood() {
    let crm = Crm::in_memory();
    let mapped = |csv: &str| -> Vec<String> {
        let plan = Import::bytes(csv).into::<Opportunity>().plan(&crm).expect("a plan");
        let targets = plan.columns().iter().map(|column| {
            column
                .targets
                .first()
                .map(Target::to_string)
                .unwrap_or_else(|| "-".into())
        });
        targets.collect()
    };
    let expected = [
        "name",
        "amount",
        "stage",
        "customer by name",
        "close_on",
        "owner by name",
    ];
    for csv in [
        "Deal Name,Amount,Sales Stage,Associated Company,Close On,Deal Owner\n",
        "Deal Title,Deal - Value,Stage Name,Deal - Organization*,Deal - Expected close date,Deal - Owner\n",
        "Name;Betrag;Phase;Firma;Abschlussdatum;Verkäufer\n",
        "商机名称,金额,销售阶段,客户名称,预计成交日期,负责人\n",
    ] {
        assert_eq!(mapped(csv), expected, "{csv}");
    }
}

#[test]
fn a_preview_and_a_result_print_counts_and_the_first_refusals() {
    let crm = Crm::in_memory();
    let mut csv = "Name,Revenue,Owner\nAcme,12 EUR,\n,,\n".to_owned();
    for _ in 0..12 {
        csv.push_str("Globex,much,Nobody\n");
    }
    csv.push_str("Initech,,Nobody\n");
    let mut plan = Import::bytes(csv).into::<Customer>().plan(&crm).expect("a plan");
    plan.set(Target::field("kind"), "organization").expect("a target");
    let owner = Target::reference("owner", "name").create_missing();
    plan.map("Owner", owner).expect("a column");
    insta::assert_snapshot!("preview", plan.preview(&crm).expect("a preview"));
    let result = plan.run(&crm).expect("a run");
    let printed = result.to_string().replace(&result.batch.to_string(), "BATCH");
    insta::assert_snapshot!("result", printed);
}

#[test]
fn a_file_of_companies_makes_organizations_and_one_of_people_makes_people() {
    let crm = Crm::in_memory();
    let always = |csv: &str| {
        let plan = Import::bytes(csv).into::<Customer>().plan(&crm).expect("a plan");
        let text = plan.to_string();
        let result = plan.preview(&crm).expect("a preview");
        (text.contains("(always) -> kind"), result.counts.created)
    };
    assert_eq!(always("公司;国家\n北京科技有限公司;CN\n"), (true, 1));
    assert_eq!(always("公司;姓名\n北京科技有限公司;李明\n"), (true, 1));
    assert_eq!(always("公司;kind\n北京科技有限公司;organization\n"), (false, 1));
    assert_eq!(always("name;country\nAcme;DE\n"), (false, 0), "it may be either");
}
