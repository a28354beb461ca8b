use crm_core::customers::{Customer, CustomerDraft, Team, TeamDraft, User, UserDraft};
use crm_core::engine::{Draft, Value};
use crm_core::insight::{Groups, Selection, Unknown, WinRate, group_key};
use crm_core::sales::{
    Opportunity, OpportunityDraft, OpportunityLine, OpportunityLineDraft, Product, ProductDraft, Stage,
};
use crm_core::values::{Decimal, Period, Tz};

use crate::company::{Company, amounts, day, money};

fn total(company: &Company) -> WinRate {
    company.ask(|reader| WinRate::total(reader, &Selection::default()))
}

/// The keys of groups by one path.
fn keys(rates: &Groups<WinRate>) -> Vec<Value> {
    rates.groups.iter().map(|rate| rate.key[0].clone()).collect()
}

/// Creates a record and gives its id.
fn create<D: Draft + Clone>(company: &Company, draft: D) -> D::Entity {
    company.write(|tx| tx.create(draft.clone()))
}

#[test]
fn where_nothing_is_closed_there_is_no_rate() {
    let company = Company::in_zone(Tz::UTC);
    assert_eq!(total(&company), WinRate::default());
    company.deal("1 EUR");
    let rate = total(&company);
    assert_eq!((rate.opportunities, rate.open, rate.rate), (1, 1, None));
}

#[test]
fn the_rate_is_won_of_closed_and_what_was_won_adds_up_by_currency() {
    let company = Company::in_zone(Tz::UTC);
    for amount in ["10.50 EUR", "20 EUR", "3000 JPY"] {
        company.wins(company.deal(amount));
    }
    company.loses(company.deal("99 EUR"));
    company.deal("500 EUR");
    let rate = total(&company);
    assert_eq!((rate.opportunities, rate.won, rate.lost, rate.open), (5, 3, 1, 1));
    assert_eq!(rate.rate, Some(Decimal::new(75, 2)));
    assert_eq!(rate.won_value, amounts(&["30.50 EUR", "3000 JPY"]));
}

#[test]
fn a_reopened_deal_is_open_until_it_is_closed_again() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.deal("10 EUR");
    company.wins(deal).reopens(deal);
    let rate = total(&company);
    assert_eq!((rate.won, rate.open, rate.rate), (0, 1, None));
    assert_eq!(rate.won_value, amounts(&[]));
    company.loses(deal);
    assert_eq!(total(&company).rate, Some(Decimal::ZERO));
}

#[test]
fn deals_group_by_what_their_references_refer_to() {
    let company = Company::in_zone(Tz::UTC);
    let team = create(&company, TeamDraft::new("Nord"));
    let boss = create(&company, UserDraft::new("王芳"));
    let user = |name: &str| {
        create(
            &company,
            UserDraft {
                manager_id: Some(boss.id),
                team_id: Some(team.id),
                ..UserDraft::new(name)
            },
        )
    };
    let (anna, ben) = (user("Anna"), user("Ben"));
    let mill = create(
        &company,
        CustomerDraft {
            industry: Some("textiles".into()),
            ..CustomerDraft::organization("Mill")
        },
    );
    let sold = |owner, customer| {
        company.wins(company.deal_with("5 EUR", |draft| {
            draft.owner_id = owner;
            draft.customer_id = customer;
        }));
    };
    sold(Some(anna.id), Some(mill.id));
    sold(Some(ben.id), None);
    sold(None, None);
    let by = |path, unknown| company.ask(|reader| WinRate::by(reader, [path], unknown, &Selection::default()));
    let owner = |field| Opportunity::OWNER_ID.to(field);
    let by_owner = by(owner(User::NAME), Unknown::Kept);
    assert_eq!(keys(&by_owner), [Value::Null, "Anna".into(), "Ben".into()]);
    let by_manager = by(owner(User::MANAGER_ID).to(User::NAME), Unknown::LeftOut);
    assert_eq!(keys(&by_manager), ["王芳".into()]);
    assert_eq!(
        (by_manager.groups[0].answer.won, &by_manager.groups[0].answer.won_value),
        (2, &amounts(&["10 EUR"]))
    );
    let by_team = by(owner(User::TEAM_ID).to(Team::NAME), Unknown::LeftOut);
    assert_eq!(keys(&by_team), ["Nord".into()]);
    let by_industry = by(Opportunity::CUSTOMER_ID.to(Customer::INDUSTRY), Unknown::LeftOut);
    assert_eq!(keys(&by_industry), ["textiles".into()]);
    assert_eq!(by_industry.groups[0].answer.opportunities, 1);
}

#[test]
fn by_product_a_deal_counts_once_for_each_of_its_products_with_the_value_of_those_lines() {
    let company = Company::in_zone(Tz::UTC);
    let product = |name: &str, price: &str| {
        create(
            &company,
            ProductDraft {
                list_price: Some(money(price)),
                ..ProductDraft::new(name)
            },
        )
        .id
    };
    let (loom, thread) = (product("Loom", "1000 EUR"), product("Thread", "2 EUR"));
    let deal = company.write(|tx| {
        let lines = [loom, loom, thread].map(OpportunityLineDraft::new);
        Ok(Opportunity::create_with(tx, OpportunityDraft::new("Looms and thread"), lines.into(), &[])?.id)
    });
    company.wins(deal);
    company.write(|tx| {
        let line = OpportunityLineDraft::new(thread);
        Opportunity::create_with(tx, OpportunityDraft::new("More thread"), vec![line], &[])
    });
    let path = OpportunityLine::PRODUCT_ID.to(Product::NAME);
    let rates = company.ask(|reader| WinRate::by(reader, [path], Unknown::Kept, &Selection::default()));
    assert_eq!(keys(&rates), ["Loom".into(), "Thread".into()]);
    let (loom, thread) = (&rates.groups[0].answer, &rates.groups[1].answer);
    assert_eq!(
        (loom.opportunities, loom.won, &loom.won_value),
        (1, 1, &amounts(&["2000 EUR"]))
    );
    assert_eq!((thread.opportunities, thread.won, thread.open), (2, 1, 1));
    assert_eq!(thread.won_value, amounts(&["2 EUR"]));
}

#[test]
fn by_several_keys_each_combination_has_its_rate_and_those_of_a_deal_are_read_through_its_lines() {
    let company = Company::in_zone(Tz::UTC);
    let [anna, ben] = ["Anna", "Ben"].map(|name| create(&company, UserDraft::new(name)).id);
    let [loom, thread] = ["Loom", "Thread"].map(|name| {
        let list_price = Some(money("10 EUR"));
        create(
            &company,
            ProductDraft {
                list_price,
                ..ProductDraft::new(name)
            },
        )
        .id
    });
    let sells = |owner, products: &[_]| {
        company.write(|tx| {
            let lines = products.iter().copied().map(OpportunityLineDraft::new).collect();
            let draft = OpportunityDraft {
                owner_id: owner,
                ..OpportunityDraft::new("A deal")
            };
            Ok(Opportunity::create_with(tx, draft, lines, &[])?.id)
        })
    };
    company.wins(sells(Some(anna), &[loom, thread]));
    company.loses(sells(Some(anna), &[loom]));
    company.wins(sells(Some(ben), &[thread, thread]));
    sells(None, &[loom]);
    sells(Some(ben), &[]);
    let by = |unknown| {
        company.ask(|reader| {
            let by = [group_key(reader, "owner")?, group_key(reader, "product")?];
            WinRate::by(reader, by, unknown, &Selection::default())
        })
    };
    let counts = |unknown| -> Vec<_> {
        let rates = by(unknown).groups.into_iter();
        rates
            .map(|rate| {
                let WinRate {
                    opportunities,
                    won,
                    won_value,
                    ..
                } = rate.answer;
                (rate.key, opportunities, won, won_value.to_string())
            })
            .collect()
    };
    let text = |text: &str| Value::from(text);
    let known = [
        (vec![text("Anna"), text("Loom")], 2, 1, "10.00 EUR".to_owned()),
        (vec![text("Anna"), text("Thread")], 1, 1, "10.00 EUR".to_owned()),
        (vec![text("Ben"), text("Thread")], 1, 1, "20.00 EUR".to_owned()),
    ];
    assert_eq!(counts(Unknown::LeftOut), known);
    let nobody = (vec![Value::Null, text("Loom")], 1, 0, String::new());
    assert_eq!(counts(Unknown::Kept), [vec![nobody], known.to_vec()].concat());
}

#[test]
fn a_deal_counts_in_the_period_in_which_it_was_closed_where_the_company_is() {
    let company = Company::in_zone(Tz::America__New_York);
    let deal = company.deal("1 EUR");
    // Still 2024-03-31 in New York.
    company.at("2024-04-01T03:59:00Z").wins(deal);
    let deal = company.deal("1 EUR");
    company.at("2024-04-01T04:00:00Z").loses(deal);
    company.deal("1 EUR");
    let rates = company.ask(|reader| WinRate::by_closing(reader, Period::Quarter, &Selection::default()));
    let quarters: Vec<_> = rates
        .groups
        .iter()
        .map(|rate| (rate.key, rate.answer.won, rate.answer.lost))
        .collect();
    assert_eq!(quarters, [(day("2024-01-01"), 1, 0), (day("2024-04-01"), 0, 1)]);
}

#[test]
fn a_group_can_be_named_as_text_filters_name_fields() {
    let company = Company::in_zone(Tz::UTC);
    let path = |text: &str| company.crm.read(|reader| group_key(reader, text));
    let owners_manager = Opportunity::OWNER_ID.to(User::MANAGER_ID).to(User::NAME);
    assert_eq!(path("owner.manager.name"), Ok(owners_manager));
    assert_eq!(path("product.name"), Ok(OpportunityLine::PRODUCT_ID.to(Product::NAME)));
    assert_eq!(path("owner_id"), Ok(Opportunity::OWNER_ID.into()));
    assert_eq!(path("owner.id"), Ok(Opportunity::OWNER_ID.to(User::ID)));
    for text in ["owner.nme", "amount > 1", "lines", ""] {
        assert_eq!(path(text).unwrap_err().code(), "expression", "{text}");
    }
}

#[test]
fn a_group_that_is_a_record_is_named_by_what_the_record_is_called() {
    let company = Company::in_zone(Tz::UTC);
    let path = |text: &str| company.ask(|reader| group_key(reader, text));
    assert_eq!(path("owner"), path("owner.name"));
    assert_eq!(path("stage"), Opportunity::STAGE_ID.to(Stage::NAME));
    assert_eq!(path("product"), OpportunityLine::PRODUCT_ID.to(Product::NAME));
}

#[test]
fn a_path_that_begins_elsewhere_is_refused() {
    let company = Company::in_zone(Tz::UTC);
    let refused = company
        .crm
        .read(|reader| WinRate::by(reader, [Customer::NAME], Unknown::Kept, &Selection::default()));
    assert_eq!(refused.unwrap_err().code(), "invalid");
}
