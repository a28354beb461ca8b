//! A small company with two pipelines and two currencies, on 30 June 2026.

use std::sync::Arc;

use crm_core::activities::{InteractionDraft, InteractionKind};
use crm_core::customers::{CustomerDraft, UserDraft};
use crm_core::engine::{Environment, Ids, ManualClock, MemoryStore, Result, Store, Tx};
use crm_core::sales::{
    ForecastCategory, NewStage, Opportunity, OpportunityDraft, Pipeline, PipelineDraft, Stage, StageVisit,
};
use crm_core::values::{Timestamp, Tz};
use crm_core::{Crm, SCHEMA};

/// What a name must not be able to do.
pub(crate) const HOSTILE: &str = "<script>alert('\"&')</script>";

/// A deal by its name, amount, the days on which it entered its stages, and its day of closing.
type Deal = (
    &'static str,
    &'static str,
    &'static [(usize, &'static str)],
    Option<&'static str>,
);

const DEALS: [Deal; 6] = [
    (
        "Spinning line",
        "48000 EUR",
        &[(0, "2026-01-12"), (1, "2026-01-29"), (2, "2026-03-05")],
        None,
    ),
    ("Ovens", "19500 EUR", &[(0, "2026-01-20"), (3, "2026-02-27")], None),
    (
        "数控机床",
        "860000 CNY",
        &[(0, "2026-02-08"), (1, "2026-03-11"), (2, "2026-06-16")],
        None,
    ),
    (
        "Looms",
        "132000.50 EUR",
        &[(0, "2026-04-07"), (1, "2026-04-30")],
        Some("2026-08-15"),
    ),
    ("贴片机", "415000 CNY", &[(0, "2026-06-25")], None),
    (HOSTILE, "8400 EUR", &[(0, "2026-06-14")], Some("2026-06-20")),
];

/// A company without anything in it.
pub(crate) fn empty_on(store: Box<dyn Store>) -> Crm {
    let now = at("2026-06-30T08:00:00Z");
    let environment = Environment {
        clock: Arc::new(ManualClock::at(now)),
        ids: Ids::seeded(1),
        zone: Tz::Europe__Berlin,
        ..Environment::default()
    };
    Crm::new(store, environment)
}

/// The same in memory.
pub(crate) fn empty() -> Crm {
    empty_on(Box::new(MemoryStore::new(SCHEMA)))
}

/// The company.
pub(crate) fn small() -> Crm {
    let crm = empty();
    crm.write(fill).expect("a company");
    crm
}

/// Puts the company into an empty one; each call adds the same deals again.
pub(crate) fn fill(tx: &mut Tx<'_>) -> Result<()> {
    let stages = vec![
        NewStage::open("Contact", 10).rotten_after(45),
        NewStage::open("Offer", 40)
            .category(ForecastCategory::BestCase)
            .rotten_after(30),
        NewStage::won("Won"),
        NewStage::lost("Lost"),
    ];
    let machines = Pipeline::create(tx, PipelineDraft::new("Machines"), stages.clone())?;
    Pipeline::create(tx, PipelineDraft::new(format!("Spare parts {HOSTILE}")), stages)?;
    let stages = Pipeline::stages(tx, machines.id)?;
    deals(tx, &stages)?;
    for (kind, day) in [
        (InteractionKind::Call, "2026-06-29"),
        (InteractionKind::Visit, "2026-05-04"),
    ] {
        let draft = InteractionDraft {
            starts_at: Some(noon(day)),
            ..InteractionDraft::new(kind)
        };
        tx.create(draft)?;
    }
    Ok(())
}

/// Adds the deals to a pipeline.
pub(crate) fn deals(tx: &mut Tx<'_>, stages: &[Stage]) -> Result<()> {
    let owners = [
        tx.create(UserDraft::new("李明"))?.id,
        tx.create(UserDraft::new(HOSTILE))?.id,
    ];
    let customer = tx.create(CustomerDraft::organization("Müller & Söhne"))?.id;
    for (place, (name, amount, visits, close_on)) in DEALS.iter().enumerate() {
        let visits: Vec<StageVisit> = visits
            .iter()
            .map(|(stage, day)| StageVisit {
                stage_id: stages[*stage].id,
                at: noon(day),
            })
            .collect();
        let draft = OpportunityDraft {
            pipeline_id: Some(stages[0].pipeline_id),
            customer_id: Some(customer),
            owner_id: owners.get(place % 3).copied(),
            amount: Some(amount.parse().expect("an amount")),
            close_on: close_on.map(|day| day.parse().expect("a day")),
            source: (place % 2 == 0).then(|| "Trade fair".into()),
            ..OpportunityDraft::new(*name)
        };
        Opportunity::create_with(tx, draft, Vec::new(), &visits)?;
    }
    Ok(())
}

fn noon(day: &str) -> Timestamp {
    at(&format!("{day}T12:00:00Z"))
}

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}
