//! A small company: two sellers, two currencies, a dozen deals since the turn of the year.

use crmkit::Crm;
use crmkit::customers::{CustomerDraft, TeamDraft, UserDraft};
use crmkit::engine::{Result, Tx};
use crmkit::ids::{CustomerId, StageId, UserId};
use crmkit::sales::{
    ForecastCategory, NewStage, Opportunity, OpportunityDraft, Pipeline, PipelineDraft, Stage, StageVisit,
};
use crmkit::values::{NaiveDate, Timestamp};

/// A deal by its name, customer, seller and amount, and the days on which it entered its stages.
struct Deal(
    &'static str,
    usize,
    usize,
    &'static str,
    &'static [(Step, &'static str)],
);

/// The stages.
#[derive(Clone, Copy)]
enum Step {
    Contact,
    Offer,
    Negotiation,
    Won,
    Lost,
}

use Step::{Contact, Lost, Negotiation, Offer, Won};

/// Organizations with their country and line of business.
const CUSTOMERS: [(&str, &str, &str); 6] = [
    ("上海精密机械有限公司", "CN", "machinery"),
    ("Bäckerei Grünwald KG", "DE", "food"),
    ("深圳星河电子", "CN", "electronics"),
    ("Müller & Söhne Textil GmbH", "DE", "textiles"),
    ("成都蜀味食品", "CN", "food"),
    ("Hansewerk Maschinenbau AG", "DE", "machinery"),
];

const SELLERS: [&str; 2] = ["李明", "Jürgen Weiß"];

const DEALS: [Deal; 12] = [
    Deal(
        "Spinning line",
        3,
        1,
        "48000.00 EUR",
        &[(Contact, "2026-01-12"), (Offer, "2026-01-29"), (Won, "2026-03-05")],
    ),
    Deal(
        "Ovens",
        1,
        1,
        "19500.00 EUR",
        &[(Contact, "2026-01-20"), (Offer, "2026-02-02"), (Lost, "2026-02-27")],
    ),
    Deal(
        "数控机床",
        0,
        0,
        "860000.00 CNY",
        &[(Contact, "2026-01-08"), (Offer, "2026-02-11"), (Won, "2026-04-16")],
    ),
    Deal(
        "贴片机",
        2,
        0,
        "415000.00 CNY",
        &[(Contact, "2026-02-25"), (Won, "2026-03-30")],
    ),
    Deal(
        "包装线",
        4,
        0,
        "230000.00 CNY",
        &[(Contact, "2026-03-04"), (Offer, "2026-03-20"), (Lost, "2026-05-08")],
    ),
    Deal(
        "Gearboxes",
        5,
        1,
        "75250.50 EUR",
        &[
            (Contact, "2026-03-16"),
            (Negotiation, "2026-04-20"),
            (Won, "2026-05-29"),
        ],
    ),
    Deal(
        "Looms, second hall",
        3,
        1,
        "132000.00 EUR",
        &[
            (Contact, "2026-04-07"),
            (Offer, "2026-04-30"),
            (Negotiation, "2026-06-11"),
        ],
    ),
    Deal(
        "备件合同",
        0,
        0,
        "96000.00 CNY",
        &[(Contact, "2026-05-18"), (Offer, "2026-06-22")],
    ),
    Deal("Dough mixers", 1, 1, "8400.00 EUR", &[(Contact, "2026-04-14")]),
    Deal(
        "检测设备",
        2,
        0,
        "310000.00 CNY",
        &[
            (Contact, "2026-06-01"),
            (Offer, "2026-06-15"),
            (Negotiation, "2026-06-25"),
        ],
    ),
    Deal(
        "Milling centre",
        5,
        1,
        "214000.00 EUR",
        &[(Contact, "2026-06-09"), (Offer, "2026-06-24")],
    ),
    Deal("冷链仓库", 4, 0, "545000.00 CNY", &[(Contact, "2026-06-23")]),
];

/// Creates all of it in one transaction.
pub(crate) fn create(crm: &Crm) -> Result<()> {
    crm.write(|tx| {
        let stages = stages(tx)?;
        let sellers = sellers(tx)?;
        let customers = customers(tx)?;
        for deal in &DEALS {
            create_deal(tx, deal, &stages, &sellers, &customers)?;
        }
        Ok(())
    })
}

fn stages(tx: &mut Tx<'_>) -> Result<Vec<Stage>> {
    let stages = vec![
        NewStage::open("Contact", 10).rotten_after(45),
        NewStage::open("Offer", 40)
            .category(ForecastCategory::BestCase)
            .rotten_after(30),
        NewStage::open("Negotiation", 70)
            .category(ForecastCategory::Commit)
            .rotten_after(21),
        NewStage::won("Won"),
        NewStage::lost("Lost"),
    ];
    let pipeline = Pipeline::create(tx, PipelineDraft::new("Machines"), stages)?;
    Pipeline::stages(tx, pipeline.id)
}

fn sellers(tx: &mut Tx<'_>) -> Result<Vec<UserId>> {
    let team = tx.create(TeamDraft::new("Sales"))?;
    let create = |name: &&str| {
        let seller = UserDraft {
            team_id: Some(team.id),
            ..UserDraft::new(*name)
        };
        Ok(tx.create(seller)?.id)
    };
    SELLERS.iter().map(create).collect()
}

fn customers(tx: &mut Tx<'_>) -> Result<Vec<CustomerId>> {
    let create = |(name, country, industry): &(&str, &str, &str)| {
        let customer = CustomerDraft {
            country: Some((*country).into()),
            industry: Some((*industry).into()),
            ..CustomerDraft::organization(*name)
        };
        Ok(tx.create(customer)?.id)
    };
    CUSTOMERS.iter().map(create).collect()
}

fn create_deal(
    tx: &mut Tx<'_>,
    Deal(name, customer, seller, amount, steps): &Deal,
    stages: &[Stage],
    sellers: &[UserId],
    customers: &[CustomerId],
) -> Result<()> {
    let visits: Vec<StageVisit> = steps
        .iter()
        .filter_map(|(step, day)| {
            let stage_id: StageId = stages.get(*step as usize)?.id;
            Some(StageVisit {
                stage_id,
                at: noon(day)?,
            })
        })
        .collect();
    let is_open = !matches!(steps.last(), Some((Won | Lost, _)));
    let draft = OpportunityDraft {
        customer_id: customers.get(*customer).copied(),
        owner_id: sellers.get(*seller).copied(),
        amount: amount.parse().ok(),
        close_on: is_open.then(|| expected_closing(steps.len())).flatten(),
        ..OpportunityDraft::new(*name)
    };
    Opportunity::create_with(tx, draft, Vec::new(), &visits).map(|_| ())
}

fn noon(day: &str) -> Option<Timestamp> {
    format!("{day}T12:00:00Z").parse().ok()
}

/// The further a deal is, the sooner it is expected to close.
fn expected_closing(steps: usize) -> Option<NaiveDate> {
    let month = 13_u32.checked_sub(2 * u32::try_from(steps).ok()?)?;
    NaiveDate::from_ymd_opt(2026, month, 15)
}
