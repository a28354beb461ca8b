//! Answers in one currency.

use crm_core::Crm;
use crm_core::customers::User;
use crm_core::engine::Value;
use crm_core::insight::{
    Amounts, BoardInCurrency, CampaignReturn, Converted, ForecastInCurrency, Selection, Unknown, WinRate,
};
use crm_core::marketing::CampaignDraft;
use crm_core::sales::{
    Closing, ExchangeRateDraft, NewStage, Opportunity, OpportunityDraft, Pipeline, PipelineDraft, Rates,
    ReportingCurrencyDraft,
};
use crm_core::values::{Currency, Decimal, Money, NaiveDate, Period};
use proptest::prelude::*;

fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

fn euro() -> Currency {
    Currency::from_code("EUR").expect("a currency")
}

/// What happens to a deal after it was created.
#[derive(Clone, Copy)]
enum Fate {
    Open,
    Won,
    Lost,
}

/// A company that reports in euros; a dollar is worth 0.9 when deals are closed, and 0.5 from tomorrow on.
struct Company {
    crm: Crm,
    tomorrow: NaiveDate,
}

impl Company {
    fn with(deals: &[(&str, Fate)]) -> Self {
        let crm = Crm::in_memory();
        let tomorrow = crm
            .write(|tx| {
                let today = tx.today();
                let tomorrow = today.succ_opt().expect("a day");
                tx.create(ReportingCurrencyDraft::new("EUR"))?;
                tx.create(ExchangeRateDraft::new("USD", "EUR", today, Decimal::new(9, 1)))?;
                tx.create(ExchangeRateDraft::new("USD", "EUR", tomorrow, Decimal::new(5, 1)))?;
                let stages = vec![
                    NewStage::open("Offer", 50),
                    NewStage::won("Won"),
                    NewStage::lost("Lost"),
                ];
                Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
                let campaign = tx.create(CampaignDraft {
                    actual_cost: Some(money("100 USD")),
                    ..CampaignDraft::new("Fair")
                })?;
                for (amount, fate) in deals {
                    let draft = OpportunityDraft {
                        amount: Some(money(amount)),
                        campaign_id: Some(campaign.id),
                        ..OpportunityDraft::new("A deal")
                    };
                    let deal = tx.create(draft)?.id;
                    match fate {
                        Fate::Open => {}
                        Fate::Won => drop(Opportunity::win(tx, deal, Closing::default())?),
                        Fate::Lost => drop(Opportunity::lose(tx, deal, "price", Closing::default())?),
                    }
                }
                Ok(tomorrow)
            })
            .expect("a company");
        Self { crm, tomorrow }
    }

    fn rates(&self) -> Rates {
        self.crm
            .read(|reader| Rates::on(reader, self.tomorrow, euro()))
            .expect("rates")
    }

    fn board(&self) -> BoardInCurrency {
        let rates = self.rates();
        self.crm
            .read(|reader| BoardInCurrency::now(reader, &Selection::default(), &rates))
            .expect("a board")
    }
}

fn parts(converted: &Converted) -> (String, String) {
    (converted.amount.to_string(), converted.unconverted.to_string())
}

#[test]
fn a_board_converts_what_is_open_by_the_day_and_what_is_closed_by_its_locked_rate() {
    let company = Company::with(&[
        ("100 USD", Fate::Open),
        ("10 EUR", Fate::Open),
        ("100 USD", Fate::Won),
        ("200 USD", Fate::Lost),
    ]);
    let board = company.board();
    assert_eq!(parts(&board.columns[0]), ("60.00 EUR".into(), String::new()));
    assert_eq!(parts(&board.columns[1]), ("90.00 EUR".into(), String::new()));
    assert_eq!(parts(&board.columns[2]), ("180.00 EUR".into(), String::new()));
    assert_eq!(parts(&board.open), ("60.00 EUR".into(), String::new()));
    assert_eq!(board.rates_on, company.tomorrow);
    let used: Vec<_> = board
        .open
        .rates
        .iter()
        .map(|rate| (rate.from.code(), rate.valid_from))
        .collect();
    assert_eq!(used, [("USD", company.tomorrow)], "the euro needs none");
    assert!(board.without_rate.is_empty());
}

#[test]
fn what_has_no_rate_is_left_out_and_named() {
    let company = Company::with(&[("7 JPY", Fate::Open), ("1 KWD", Fate::Won), ("5 EUR", Fate::Won)]);
    let board = company.board();
    assert_eq!(parts(&board.columns[0]), ("0.00 EUR".into(), "7 JPY".into()));
    assert_eq!(parts(&board.columns[1]), ("5.00 EUR".into(), "1.000 KWD".into()));
    assert_eq!(board.without_rate.len(), 1);
    let named = company
        .crm
        .read(|reader| reader.get(board.without_rate[0]))
        .expect("a deal");
    assert_eq!(named.amount, Some(money("1 KWD")));
}

#[test]
fn a_forecast_weights_what_is_open_and_counts_what_was_won() {
    let company = Company::with(&[("100 USD", Fate::Open), ("100 USD", Fate::Won), ("100 USD", Fate::Lost)]);
    let rates = company.rates();
    let forecast = company
        .crm
        .read(|reader| ForecastInCurrency::now(reader, Period::Year, &Selection::default(), &rates))
        .expect("a forecast");
    let mut figures: Vec<_> = forecast
        .rows
        .iter()
        .map(|row| {
            let category = row.category.map_or("none", |category| category.code());
            (category, row.amount.amount.to_string(), row.weighted.amount.to_string())
        })
        .collect();
    figures.sort_unstable();
    let expected = [
        ("closed", "90.00 EUR", "90.00 EUR"),
        ("omitted", "90.00 EUR", "0.00 EUR"),
        ("pipeline", "50.00 EUR", "25.00 EUR"),
    ];
    assert_eq!(
        figures,
        expected.map(|(category, amount, weighted)| (category, amount.into(), weighted.into()))
    );
}

#[test]
fn what_was_won_and_what_a_campaign_returned_are_in_the_currency_too() {
    let company = Company::with(&[("100 USD", Fate::Won), ("35 EUR", Fate::Won), ("50 USD", Fate::Lost)]);
    let by_seller = Opportunity::OWNER_ID.to(User::NAME);
    let won = company
        .crm
        .read(|reader| WinRate::by_in_currency(reader, [by_seller], Unknown::Kept, &Selection::default(), euro()))
        .expect("what was won");
    let [seller] = &*won.groups else { panic!("one group") };
    let found = (&*seller.key, seller.answer.won_value.amount, seller.answer.answer.won);
    assert_eq!(found, (&[Value::Null][..], money("125 EUR"), 2));

    let rates = company.rates();
    let returns = company
        .crm
        .read(|reader| CampaignReturn::all_in_currency(reader, &rates))
        .expect("returns");
    assert_eq!(returns[0].won_value.amount, money("125 EUR"));
    assert_eq!(returns[0].cost.as_ref().map(|cost| cost.amount), Some(money("50 EUR")));
    assert_eq!(returns[0].return_on_investment, Some(Decimal::new(15, 1)));
    assert_eq!(
        returns[0].answer.return_on_investment, None,
        "in the original currencies it is not known"
    );
}

proptest! {
    #[test]
    fn a_sum_is_converted_from_the_original_amounts_once(
        dollars in prop::collection::vec(0_i64..1_000_000, 0..6),
        euros in prop::collection::vec(0_i64..1_000_000, 0..6),
    ) {
        let rates = Company::with(&[]).rates();
        let mut amounts = Amounts::default();
        let dollar = Currency::from_code("USD").expect("a currency");
        for minor in &dollars {
            amounts.add(Money::from_minor(*minor, dollar)).expect("a sum");
        }
        for minor in &euros {
            amounts.add(Money::from_minor(*minor, euro())).expect("a sum");
        }
        let converted = amounts.converted(&rates).expect("a sum");
        // Halves of cents go up once, in the sum, and not in each amount.
        let expected = (dollars.iter().sum::<i64>() + 1) / 2 + euros.iter().sum::<i64>();
        prop_assert_eq!(converted.amount.minor(), expected);
    }
}
