//! A sales desk to test on: one pipeline, a clock that stands still until told to move, and ids that repeat.

use std::fmt::Debug;
use std::sync::Arc;

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::{CrmError, ManualClock, Reader, Result, Tx};
use crm_core::ids::{OpportunityId, StageId};
use crm_core::sales::{
    ForecastCategory, NewStage, Opportunity, OpportunityDraft, OpportunityHistory, Pipeline, PipelineDraft, Product,
    ProductDraft,
};
use crm_core::values::{Money, NaiveDate, Timestamp, Tz};

use crate::refusals::{crm, crm_in, refusal};

pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

pub(crate) struct Desk {
    pub(crate) crm: Crm,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) pipeline: Pipeline,
}

impl Desk {
    /// A desk in UTC on 2026-03-02 at nine, with the stages Lead in, Proposal, Negotiation, Won and Lost.
    pub(crate) fn open() -> Self {
        Self::of(crm())
    }

    /// The same in Shanghai, eight hours ahead of UTC.
    pub(crate) fn in_shanghai() -> Self {
        Self::of(crm_in(Tz::Asia__Shanghai))
    }

    fn of((crm, clock): (Crm, Arc<ManualClock>)) -> Self {
        let pipeline = crm
            .write(|tx| Pipeline::create(tx, PipelineDraft::new("Direct sales"), direct_stages()))
            .expect("a pipeline");
        Self { crm, clock, pipeline }
    }

    pub(crate) fn write<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> T {
        self.crm.write(work).expect("a write that is allowed")
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> T {
        self.crm.read(work).expect("a read")
    }

    /// What refuses this work, which must leave everything as it was.
    pub(crate) fn refusal<T: Debug>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> CrmError {
        refusal(&self.crm, work)
    }

    pub(crate) fn deal(&self) -> Opportunity {
        self.write(|tx| tx.create(OpportunityDraft::new("Twelve looms")))
    }

    pub(crate) fn deal_worth(&self, amount: &str) -> Opportunity {
        self.write(|tx| {
            tx.create(OpportunityDraft {
                amount: Some(money(amount)),
                ..OpportunityDraft::new("Twelve looms")
            })
        })
    }

    pub(crate) fn get(&self, id: OpportunityId) -> Opportunity {
        self.read(|reader| reader.get(id))
    }

    pub(crate) fn stage(&self, name: &str) -> StageId {
        self.read(|reader| Pipeline::stage_named(reader, self.pipeline.id, name))
            .id
    }

    pub(crate) fn stage_names(&self) -> Vec<String> {
        let stages = self.read(|reader| Pipeline::stages(reader, self.pipeline.id));
        let positions: Vec<_> = stages.iter().map(|stage| stage.position).collect();
        assert!(
            positions.iter().copied().eq(0..stages.len() as i64),
            "positions {positions:?} have gaps"
        );
        stages.into_iter().map(|stage| stage.name).collect()
    }

    pub(crate) fn history(&self, id: OpportunityId) -> Vec<OpportunityHistory> {
        self.read(|reader| Opportunity::history(reader, id))
    }

    /// The names of the stages that the history entered, deleted ones too.
    pub(crate) fn visited(&self, id: OpportunityId) -> Vec<String> {
        let entries = self.history(id).into_iter().filter(|row| row.is_stage_entry);
        entries
            .map(|row| {
                self.read(|reader| reader.get_with_deleted(row.stage_id))
                    .expect("a stage")
                    .name
            })
            .collect()
    }

    /// Another pipeline, Partners, with the stages Referral, Won and Lost.
    pub(crate) fn another_pipeline(&self) -> Pipeline {
        self.write(|tx| {
            let stages = vec![
                NewStage::open("Referral", 20),
                NewStage::won("Won"),
                NewStage::lost("Lost"),
            ];
            Pipeline::create(tx, PipelineDraft::new("Partners"), stages)
        })
    }

    pub(crate) fn product(&self, name: &str, list_price: &str) -> Product {
        self.write(|tx| {
            tx.create(ProductDraft {
                list_price: Some(money(list_price)),
                ..ProductDraft::new(name)
            })
        })
    }

    pub(crate) fn person(&self, name: &str) -> Customer {
        self.write(|tx| tx.create(CustomerDraft::person(name)))
    }
}

pub(crate) fn direct_stages() -> Vec<NewStage> {
    vec![
        NewStage::open("Lead in", 10),
        NewStage::open("Proposal", 40)
            .category(ForecastCategory::BestCase)
            .rotten_after(30),
        NewStage::open("Negotiation", 75).category(ForecastCategory::Commit),
        NewStage::won("Won"),
        NewStage::lost("Lost"),
    ]
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

/// Code and rule of a refusal, or code and field of a value that breaks one.
pub(crate) fn rule(error: &CrmError) -> (&'static str, String) {
    assert!(!error.hint().is_empty(), "no hint: {error}");
    let what = error.rule().or(error.field()).unwrap_or_default();
    (error.code(), what.to_owned())
}

pub(crate) fn refused_by(name: &str) -> (&'static str, String) {
    ("refused", name.to_owned())
}

pub(crate) fn invalid(field: &str) -> (&'static str, String) {
    ("invalid", field.to_owned())
}
