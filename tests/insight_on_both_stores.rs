//! Whatever happened in a company, its answers are the same on SQLite and in memory.

use std::sync::Arc;

use crmkit::customers::{User, UserDraft};
use crmkit::engine::{Environment, Ids, ManualClock, MemoryStore, Reader, Result, Store, Tx};
use crmkit::ids::{CampaignId, OpportunityId, ProductId, StageId, UserId};
use crmkit::insight::{
    Board, BoardInCurrency, Bridge, CampaignReturn, CampaignReturnInCurrency, Closings, DaysToClose, Forecast,
    ForecastInCurrency, Funnel, Groups, Selection, TimeInStage, Unknown, WinRate, WinRateInCurrency,
};
use crmkit::marketing::CampaignDraft;
use crmkit::sales::{
    Closing, ExchangeRateDraft, NewStage, Opportunity, OpportunityDraft, OpportunityLine, OpportunityLineDraft,
    Pipeline, PipelineDraft, Product, ProductDraft, Rates, Reopening, ReportingCurrencyDraft,
};
use crmkit::values::{Currency, Decimal, NaiveDate, Period, Timestamp, Tz};
use crmkit::{Crm, OpenOptions, SCHEMA, SqliteStore};
use proptest::prelude::*;

const HOUR: i64 = 3_600_000;

/// The first of January 2024 in UTC.
const BEGINNING: Timestamp = Timestamp::from_milliseconds(1_704_067_200_000);

/// What happens some hours after the step before: something of a kind, to one of the deals, by an amount.
type Step = (i64, u8, usize, i64);

struct Company {
    crm: Crm,
    clock: Arc<ManualClock>,
    founding: Founding,
    deals: Vec<OpportunityId>,
}

/// What is there before the first deal.
struct Founding {
    stages: Vec<StageId>,
    owners: [UserId; 2],
    products: [ProductId; 2],
    campaign: CampaignId,
}

/// Every answer, now and so many days ago.
#[derive(Debug, PartialEq)]
struct Answers {
    boards: [Board; 2],
    forecasts: [Forecast; 2],
    total: WinRate,
    rates: [Groups<WinRate>; 4],
    weeks: Closings<WinRate>,
    days_to_close: Groups<DaysToClose>,
    funnels: [Funnel; 2],
    time_in_stage: Vec<TimeInStage>,
    campaigns: Vec<CampaignReturn>,
    bridge: Bridge,
    in_euros: InEuros,
}

/// The answers in one currency.
#[derive(Debug, PartialEq)]
struct InEuros {
    board: BoardInCurrency,
    forecast: ForecastInCurrency,
    won: Groups<WinRateInCurrency>,
    campaigns: Vec<CampaignReturnInCurrency>,
}

impl Company {
    fn on(store: Box<dyn Store>) -> Self {
        let clock = Arc::new(ManualClock::at(BEGINNING));
        let environment = Environment {
            clock: clock.clone(),
            ids: Ids::seeded(7),
            zone: Tz::Asia__Shanghai,
            ..Environment::default()
        };
        let crm = Crm::new(store, environment);
        let founding = crm.write(found).expect("a company");
        Self {
            crm,
            clock,
            founding,
            deals: Vec::new(),
        }
    }

    /// Does what a step says; what is not allowed at the moment is refused, and changes nothing.
    fn does(&mut self, (hours, kind, which, amount): Step) {
        self.clock.advance(hours * HOUR);
        let founding = &self.founding;
        let deal = self.deals.get(which % self.deals.len().max(1)).copied();
        let (stage, owner) = (
            founding.stages[which % founding.stages.len()],
            founding.owners.get(which % 3).copied(),
        );
        let product = founding.products[which % founding.products.len()];
        let campaign_id = (which % 2 == 0).then_some(founding.campaign);
        let currency = if which % 2 == 0 { "EUR" } else { "JPY" };
        let created = self.crm.write(|tx| match (kind, deal) {
            (0..=2, _) | (_, None) => {
                let draft = OpportunityDraft {
                    amount: (kind == 0).then(|| format!("{amount} {currency}").parse().expect("an amount")),
                    owner_id: owner,
                    campaign_id,
                    close_on: NaiveDate::from_yo_opt(2024, 1 + u32::try_from(amount % 366).unwrap_or(0)),
                    ..OpportunityDraft::new("A deal")
                };
                let line = OpportunityLineDraft::new(product);
                let lines = if kind == 0 { Vec::new() } else { vec![line] };
                Opportunity::create_with(tx, draft, lines, &[]).map(|deal| Some(deal.id))
            }
            (3 | 4, Some(deal)) => Opportunity::move_to(tx, deal, stage).map(|_| None),
            (5, Some(deal)) => Opportunity::win(tx, deal, Closing::default()).map(|_| None),
            (6, Some(deal)) => Opportunity::lose(tx, deal, "price", Closing::default()).map(|_| None),
            (7, Some(deal)) => Opportunity::reopen(tx, deal, Reopening::default()).map(|_| None),
            (8, Some(deal)) => {
                let line = OpportunityLineDraft {
                    opportunity_id: Some(deal),
                    ..OpportunityLineDraft::new(product)
                };
                tx.create(line).map(|_| None)
            }
            (_, Some(deal)) => tx.delete(deal).map(|()| None),
        });
        self.deals.extend(created.ok().flatten());
    }

    fn answers(&self, days: i64) -> Answers {
        self.crm.read(|reader| answers(reader, days)).expect("answers")
    }
}

fn found(tx: &mut Tx<'_>) -> Result<Founding> {
    let stages = vec![
        NewStage::open("Lead", 10).rotten_after(3),
        NewStage::open("Offer", 55).rotten_after(1),
        NewStage::won("Won"),
        NewStage::lost("Lost"),
    ];
    let pipeline = Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
    let stages = Pipeline::stages(tx, pipeline.id)?
        .into_iter()
        .map(|stage| stage.id)
        .collect();
    let boss = tx.create(UserDraft::new("王芳"))?;
    let anna = tx.create(UserDraft {
        manager_id: Some(boss.id),
        ..UserDraft::new("Anna")
    })?;
    let product = |price: &str| ProductDraft {
        list_price: price.parse().ok(),
        ..ProductDraft::new(price)
    };
    let products = [tx.create(product("10.01 EUR"))?.id, tx.create(product("999 JPY"))?.id];
    let campaign = tx.create(CampaignDraft {
        actual_cost: "30 EUR".parse().ok(),
        ..CampaignDraft::new("Fair")
    })?;
    // Nothing that is closed within the first two days has a rate.
    tx.create(ReportingCurrencyDraft::new("EUR"))?;
    for (day, rate) in [(3, 62), (20, 59)] {
        let from = NaiveDate::from_yo_opt(2024, day).expect("a day");
        tx.create(ExchangeRateDraft::new("JPY", "EUR", from, Decimal::new(rate, 4)))?;
    }
    Ok(Founding {
        stages,
        owners: [boss.id, anna.id],
        products,
        campaign: campaign.id,
    })
}

fn answers(reader: &mut Reader<'_>, days: i64) -> Result<Answers> {
    let all = Selection::default();
    let today = reader.today();
    let past = today.checked_sub_signed(chrono::Duration::days(days)).unwrap_or(today);
    let manager = Opportunity::OWNER_ID.to(User::MANAGER_ID).to(User::NAME);
    let product = OpportunityLine::PRODUCT_ID.to(Product::NAME);
    Ok(Answers {
        boards: [Board::now(reader, &all)?, Board::on(reader, past, &all)?],
        forecasts: [
            Forecast::now(reader, Period::Month, &all)?,
            Forecast::on(reader, past, Period::FiscalQuarter(4), &all)?,
        ],
        total: WinRate::total(reader, &all)?,
        rates: [
            WinRate::by(reader, [Opportunity::OWNER_ID], Unknown::Kept, &all)?,
            WinRate::by(reader, [manager.clone()], Unknown::LeftOut, &all)?,
            WinRate::by(reader, [product.clone()], Unknown::Kept, &all)?,
            WinRate::by(reader, [manager, product], Unknown::Kept, &all)?,
        ],
        weeks: WinRate::by_closing(reader, Period::Week, &all)?,
        days_to_close: DaysToClose::by(
            reader,
            [Opportunity::OWNER_ID, Opportunity::STAGE_ID],
            Unknown::Kept,
            &all,
        )?,
        funnels: [Funnel::now(reader, &all)?, Funnel::on(reader, past, &all)?],
        time_in_stage: TimeInStage::of(reader, &all)?,
        campaigns: CampaignReturn::all(reader)?,
        bridge: Bridge::between(reader, past, today, &all)?,
        in_euros: in_euros(reader, past)?,
    })
}

fn in_euros(reader: &mut Reader<'_>, past: NaiveDate) -> Result<InEuros> {
    let all = Selection::default();
    let euro = Currency::from_code("EUR").expect("a currency");
    let rates = Rates::on(reader, past, euro)?;
    let manager = Opportunity::OWNER_ID.to(User::MANAGER_ID).to(User::NAME);
    Ok(InEuros {
        board: BoardInCurrency::now(reader, &all, &rates)?,
        forecast: ForecastInCurrency::now(reader, Period::Month, &all, &rates)?,
        won: WinRate::by_in_currency(reader, [manager], Unknown::Kept, &all, euro)?,
        campaigns: CampaignReturn::all_in_currency(reader, &rates)?,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn answers_are_the_same_on_both_stores(
        steps in prop::collection::vec((0..60_i64, 0..10_u8, 0..12_usize, 1..5000_i64), 1..40),
        days in 0..40_i64,
    ) {
        let sqlite = SqliteStore::open(&OpenOptions::in_memory(), SCHEMA).expect("a database");
        let mut memory = Company::on(Box::new(MemoryStore::new(SCHEMA)));
        let mut sqlite = Company::on(Box::new(sqlite));
        for step in steps {
            memory.does(step);
            sqlite.does(step);
        }
        prop_assert_eq!(memory.answers(days), sqlite.answers(days));
    }
}
