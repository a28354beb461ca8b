use super::data::{COMPETITORS, PRODUCTS, ProductData};
use crate::engine::{Result, Tx};
use crate::ids::{CompetitorId, ProductId, StageId};
use crate::sales::{CompetitorDraft, ForecastCategory, NewStage, Pipeline, PipelineDraft, ProductDraft, StageKind};
use crate::values::{Currency, Decimal, Money};

/// What is sold, how, and against whom.
#[derive(Debug)]
pub(super) struct Catalog {
    /// New equipment first, then service.
    pub(super) pipelines: [Way; 2],
    /// The products, in the order of their data.
    pub(super) products: Vec<(ProductId, &'static ProductData)>,
    pub(super) competitors: Vec<CompetitorId>,
}

/// A pipeline by its stages.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) open: Vec<StageId>,
    pub(super) won: StageId,
    pub(super) lost: StageId,
}

pub(super) fn create(tx: &mut Tx<'_>) -> Result<Catalog> {
    let equipment = vec![
        NewStage::open("Contact", 10).rotten_after(40),
        NewStage::open("Needs", 25).rotten_after(35),
        NewStage::open("Offer", 50)
            .category(ForecastCategory::BestCase)
            .rotten_after(30),
        NewStage::open("Negotiation", 75)
            .category(ForecastCategory::Commit)
            .rotten_after(21),
        NewStage::won("Won"),
        NewStage::lost("Lost"),
    ];
    let service = vec![
        NewStage::open("Request", 30).rotten_after(21),
        NewStage::open("Quote", 60)
            .category(ForecastCategory::MostLikely)
            .rotten_after(21),
        NewStage::won("Signed"),
        NewStage::lost("Declined"),
    ];
    let pipelines = [way(tx, "New equipment", equipment)?, way(tx, "Service", service)?];
    let mut products = Vec::with_capacity(PRODUCTS.len());
    for product in &PRODUCTS {
        let [english, _, chinese] = product.names;
        let price = Currency::from_code("EUR").and_then(|euro| Money::new(Decimal::from(product.price), euro));
        let draft = ProductDraft {
            code: Some(product.code.into()),
            family: Some(product.family.into()),
            list_price: price.ok(),
            ..ProductDraft::new(format!("{english} {} · {chinese}", product.code))
        };
        products.push((tx.create(draft)?.id, product));
    }
    let mut competitors = Vec::with_capacity(COMPETITORS.len());
    for (name, website, strengths) in COMPETITORS {
        let draft = CompetitorDraft {
            website: Some(format!("https://www.{website}")),
            strengths: Some(strengths.into()),
            ..CompetitorDraft::new(name)
        };
        competitors.push(tx.create(draft)?.id);
    }
    Ok(Catalog {
        pipelines,
        products,
        competitors,
    })
}

fn way(tx: &mut Tx<'_>, name: &str, stages: Vec<NewStage>) -> Result<Way> {
    let pipeline = Pipeline::create(tx, PipelineDraft::new(name), stages)?;
    let mut way = Way {
        open: Vec::new(),
        won: StageId::default(),
        lost: StageId::default(),
    };
    for stage in Pipeline::stages(tx, pipeline.id)? {
        match stage.kind {
            StageKind::Open => way.open.push(stage.id),
            StageKind::Won => way.won = stage.id,
            StageKind::Lost => way.lost = stage.id,
        }
    }
    Ok(way)
}
