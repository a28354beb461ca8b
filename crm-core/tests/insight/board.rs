use crm_core::engine::Conditions;
use crm_core::insight::{Board, BoardColumn, Selection};
use crm_core::sales::{
    NewStage, Opportunity, OpportunityChange, OpportunityDraft, Pipeline, PipelineDraft, StageVisit,
};
use crm_core::values::Tz;

use crate::company::{Company, amounts, day, money};

fn now(company: &Company) -> Board {
    company.ask(|reader| Board::now(reader, &Selection::default()))
}

fn on(company: &Company, date: &str) -> Board {
    company.ask(|reader| Board::on(reader, day(date), &Selection::default()))
}

fn column<'b>(board: &'b Board, name: &str) -> &'b BoardColumn {
    board
        .columns
        .iter()
        .find(|column| column.name == name)
        .expect("a column")
}

#[test]
fn without_a_pipeline_the_board_is_empty() {
    let company = Company::without_pipeline(Tz::UTC);
    for board in [now(&company), on(&company, "2023-12-31")] {
        assert_eq!((board.pipeline, board.columns.len(), board.open.count), (None, 0, 0));
    }
}

#[test]
fn a_stage_without_deals_has_its_column_all_the_same_in_the_order_of_the_pipeline() {
    let company = Company::in_zone(Tz::UTC);
    let board = now(&company);
    let names: Vec<_> = board.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["Lead", "Offer", "Won", "Lost"]);
    assert!(board.columns.iter().all(|column| column.figures.count == 0));
}

#[test]
fn amounts_add_up_by_currency_and_never_across() {
    let company = Company::in_zone(Tz::UTC);
    for amount in ["100.50 EUR", "200 EUR", "9000 JPY"] {
        company.deal(amount);
    }
    let won = company.deal("7 EUR");
    company.wins(won);
    let board = now(&company);
    let lead = &column(&board, "Lead").figures;
    assert_eq!(lead.count, 3);
    assert_eq!(lead.amounts, amounts(&["300.50 EUR", "9000 JPY"]));
    assert_eq!(lead.weighted, amounts(&["30.05 EUR", "900 JPY"]));
    assert_eq!(column(&board, "Won").figures.weighted, amounts(&["7 EUR"]));
    assert_eq!((board.open.count, &board.open.amounts), (3, &lead.amounts));
}

#[test]
fn a_weighted_sum_is_rounded_once() {
    let company = Company::in_zone(Tz::UTC);
    for _ in 0..3 {
        company.deal_with("0.33 EUR", |draft| draft.stage_id = Some(company.stage("Offer")));
    }
    // Half of 0.99 is 0.495; each half by itself would round to 0.17, and three of them add up to 0.51.
    assert_eq!(now(&company).open.weighted, amounts(&["0.50 EUR"]));
}

#[test]
fn a_deal_is_rotten_when_it_came_into_its_stage_more_days_ago_than_the_stage_allows() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.at("2024-02-01T10:00:00Z").deal("1 EUR");
    assert_eq!(now(company.at("2024-03-02T23:00:00Z")).rotten, 0, "30 days are allowed");
    assert_eq!(now(company.at("2024-03-03T00:00:00Z")).rotten, 1);
    company.moves(deal, "Offer");
    assert_eq!(
        now(company.at("2024-03-10T23:00:00Z")).rotten,
        0,
        "7 days are allowed here"
    );
    company.changes(deal, OpportunityChange::Amount(Some(money("2 EUR"))));
    let board = now(company.at("2024-03-11T00:00:00Z"));
    assert_eq!(
        (board.rotten, column(&board, "Offer").rotten),
        (1, 1),
        "a new amount is not a new stage"
    );
    company.moves(deal, "Lead");
    assert_eq!(now(&company).rotten, 0, "it came back only now");
    company.wins(deal);
    assert_eq!(
        now(company.at("2025-01-01T00:00:00Z")).rotten,
        0,
        "what is closed does not rot"
    );
}

#[test]
fn an_imported_deal_rots_from_the_day_on_which_it_entered_its_last_stage() {
    let company = Company::in_zone(Tz::UTC);
    company.at("2024-02-10T10:00:00Z").write(|tx| {
        let visit = |stage, at: &str| StageVisit {
            stage_id: company.stage(stage),
            at: at.parse().expect("a time"),
        };
        let visits = [
            visit("Lead", "2024-01-02T10:00:00Z"),
            visit("Offer", "2024-02-05T10:00:00Z"),
        ];
        Opportunity::create_with(tx, OpportunityDraft::new("A deal"), Vec::new(), &visits)
    });
    assert_eq!(now(&company).rotten, 0);
    assert_eq!(on(&company, "2024-02-02").rotten, 1, "32 days in Lead");
    assert_eq!(now(company.at("2024-02-13T10:00:00Z")).rotten, 1);
}

#[test]
fn what_was_rotten_on_a_past_day_is_told_by_the_stage_of_that_day() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.at("2024-02-01T10:00:00Z").deal("1 EUR");
    company.at("2024-02-05T10:00:00Z").moves(deal, "Offer");
    company.at("2024-06-01T10:00:00Z").moves(deal, "Lead");
    assert_eq!(on(&company, "2024-02-12").rotten, 0);
    assert_eq!(
        on(&company, "2024-02-13").rotten,
        1,
        "the patience of Lead does not help a deal in Offer"
    );
    assert_eq!(on(&company, "2024-06-01").rotten, 0);
}

#[test]
fn a_past_day_ends_at_midnight_where_the_company_is() {
    let company = Company::in_zone(Tz::Asia__Shanghai);
    // It is 2024-03-01 in Shanghai already.
    let deal = company.at("2024-02-29T16:00:00Z").deal("1 EUR");
    company.at("2024-03-05T15:59:59Z").wins(deal);
    assert_eq!(on(&company, "2024-02-29").open.count, 0);
    assert_eq!(on(&company, "2024-03-01").open.count, 1);
    assert_eq!(on(&company, "2024-03-04").open.count, 1);
    let last = on(&company, "2024-03-05");
    assert_eq!((last.open.count, column(&last, "Won").figures.count), (0, 1));
}

#[test]
fn a_past_day_shows_the_amounts_and_stages_of_that_day() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.at("2024-02-01T10:00:00Z").deal("100 EUR");
    company
        .at("2024-02-10T10:00:00Z")
        .changes(deal, OpportunityChange::Amount(Some(money("80 USD"))));
    company.at("2024-02-20T10:00:00Z").moves(deal, "Offer");
    let amount_on = |date| column(&on(&company, date), "Lead").figures.amounts.clone();
    assert_eq!(amount_on("2024-02-09"), amounts(&["100 EUR"]));
    assert_eq!(amount_on("2024-02-10"), amounts(&["80 USD"]));
    assert_eq!(amount_on("2024-02-20"), amounts(&[]));
    assert_eq!(on(&company, "2024-02-20").columns, now(&company).columns);
}

#[test]
fn a_deleted_deal_is_on_no_board() {
    let company = Company::in_zone(Tz::UTC);
    let deal = company.deal("1 EUR");
    company.write(|tx| tx.delete(deal));
    assert_eq!(
        (now(&company).open.count, on(&company, "2024-01-01").open.count),
        (0, 0)
    );
}

#[test]
fn a_board_is_about_one_pipeline_and_the_deals_that_are_asked_for() {
    let company = Company::in_zone(Tz::UTC);
    company.deal("1 EUR");
    company.deal_with("2 EUR", |draft| draft.source = Some("fair".into()));
    let other = company.write(|tx| {
        let stages = vec![NewStage::open("Call", 20), NewStage::won("Won"), NewStage::lost("Lost")];
        let other = Pipeline::create(tx, PipelineDraft::new("Renewals"), stages)?;
        tx.create(OpportunityDraft {
            pipeline_id: Some(other.id),
            ..OpportunityDraft::new("Elsewhere")
        })?;
        Ok(other.id)
    });
    assert_eq!(now(&company).open.count, 2, "the default pipeline");
    let elsewhere = Selection::default().pipeline(other);
    let board = company.ask(|reader| Board::on(reader, day("2024-01-01"), &elsewhere));
    assert_eq!((board.columns.len(), board.open.count), (3, 1));
    let from_fair = Selection::default().filter(Opportunity::SOURCE.is("fair"));
    for board in [
        company.ask(|reader| Board::now(reader, &from_fair)),
        company.ask(|reader| Board::on(reader, day("2024-01-01"), &from_fair)),
    ] {
        assert_eq!((board.open.count, board.open.amounts), (1, amounts(&["2 EUR"])));
    }
}
