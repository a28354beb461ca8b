use crm_core::customers::CustomerDraft;
use crm_core::ids::CampaignId;
use crm_core::insight::CampaignReturn;
use crm_core::marketing::{Campaign, CampaignDraft, CampaignMember, NewMemberStatus};
use crm_core::values::{Decimal, Tz};

use crate::company::{Company, amounts, money};

fn campaign(company: &Company, cost: Option<&str>) -> Campaign {
    company.write(|tx| {
        tx.create(CampaignDraft {
            actual_cost: cost.map(money),
            expected_revenue: Some(money("1000 EUR")),
            ..CampaignDraft::new("Spring fair")
        })
    })
}

fn wins_for(company: &Company, campaign: CampaignId, amount: &str) {
    company.wins(company.deal_with(amount, |draft| draft.campaign_id = Some(campaign)));
}

fn answer(company: &Company, campaign: CampaignId) -> CampaignReturn {
    company.ask(|reader| CampaignReturn::of(reader, campaign))
}

#[test]
fn a_campaign_of_which_nothing_came_has_no_rate_and_loses_its_cost() {
    let company = Company::in_zone(Tz::UTC);
    let campaign = campaign(&company, Some("200 EUR"));
    let answer = answer(&company, campaign.id);
    assert_eq!((answer.members, answer.response_rate), (0, None));
    assert_eq!(answer.return_on_investment, Some(Decimal::NEGATIVE_ONE));
}

#[test]
fn the_response_rate_is_of_all_members_and_responses_are_kept() {
    let company = Company::in_zone(Tz::UTC);
    let campaign = company.write(|tx| {
        let statuses = vec![
            NewMemberStatus::new("Sent").default_status(),
            NewMemberStatus::new("Answered").responded(),
        ];
        Campaign::create(tx, CampaignDraft::new("Letter"), statuses)
    });
    company.write(|tx| {
        let mut customers = Vec::new();
        for name in ["Anna", "Ben", "陈静", "Dora"] {
            customers.push(tx.create(CustomerDraft::person(name))?.id);
        }
        let members = Campaign::add_members(tx, campaign.id, &customers)?;
        CampaignMember::respond(tx, members.added[2], None, None)
    });
    let answer = answer(&company, campaign.id);
    assert_eq!((answer.members, answer.responded), (4, 1));
    assert_eq!(answer.response_rate, Some(Decimal::new(25, 2)));
    assert_eq!(answer.return_on_investment, None);
}

#[test]
fn what_was_won_for_it_stands_against_its_cost_and_expectation() {
    let company = Company::in_zone(Tz::UTC);
    let campaign = campaign(&company, Some("200 EUR"));
    for amount in ["300 EUR", "50 EUR"] {
        wins_for(&company, campaign.id, amount);
    }
    company.loses(company.deal_with("9 EUR", |draft| draft.campaign_id = Some(campaign.id)));
    company.wins(company.deal("7777 EUR"));
    let answer = answer(&company, campaign.id);
    assert_eq!((answer.opportunities, answer.won), (3, 2));
    assert_eq!(answer.won_value, amounts(&["350 EUR"]));
    assert_eq!(answer.expected_revenue, Some(money("1000 EUR")));
    assert_eq!(answer.return_on_investment, Some(Decimal::new(75, 2)));
    assert_eq!(company.ask(CampaignReturn::all), [answer]);
}

#[test]
fn without_a_cost_or_across_currencies_there_is_no_return_on_investment() {
    let company = Company::in_zone(Tz::UTC);
    for (cost, amount) in [
        (None, "300 EUR"),
        (Some("0 EUR"), "300 EUR"),
        (Some("200 EUR"), "300 USD"),
    ] {
        let campaign = campaign(&company, cost);
        wins_for(&company, campaign.id, amount);
        let answer = answer(&company, campaign.id);
        assert_eq!((answer.won, answer.return_on_investment), (1, None));
    }
}
