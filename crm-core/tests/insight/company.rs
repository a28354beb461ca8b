//! A small company whose clock stands where the test puts it.

use std::sync::Arc;

use crm_core::engine::{Environment, Ids, ManualClock, MemoryStore, Reader, Result, Tx};
use crm_core::ids::{OpportunityId, StageId};
use crm_core::insight::Amounts;
use crm_core::sales::{
    Closing, NewStage, Opportunity, OpportunityChange, OpportunityDraft, Pipeline, PipelineDraft, Reopening, Stage,
};
use crm_core::values::{Money, NaiveDate, Tz};
use crm_core::{Crm, SCHEMA};

pub(crate) struct Company {
    pub(crate) crm: Crm,
    pub(crate) stages: Vec<Stage>,
    clock: Arc<ManualClock>,
}

impl Company {
    /// A company with the stages Lead (10 %, rotten after 30 days), Offer (50 %, rotten after 7), Won and Lost.
    pub(crate) fn in_zone(zone: Tz) -> Self {
        let mut company = Self::without_pipeline(zone);
        company.stages = company.write(|tx| {
            let stages = vec![
                NewStage::open("Lead", 10).rotten_after(30),
                NewStage::open("Offer", 50).rotten_after(7),
                NewStage::won("Won"),
                NewStage::lost("Lost"),
            ];
            let pipeline = Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
            Pipeline::stages(tx, pipeline.id)
        });
        company
    }

    pub(crate) fn without_pipeline(zone: Tz) -> Self {
        let clock = Arc::new(ManualClock::at("2024-01-01T00:00:00Z".parse().expect("a time")));
        let environment = Environment {
            clock: clock.clone(),
            ids: Ids::seeded(1),
            zone,
            ..Environment::default()
        };
        Self {
            crm: Crm::new(Box::new(MemoryStore::new(SCHEMA)), environment),
            stages: Vec::new(),
            clock,
        }
    }

    /// Lets it be this time.
    pub(crate) fn at(&self, time: &str) -> &Self {
        self.clock.set(time.parse().expect("a time"));
        self
    }

    pub(crate) fn write<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> T {
        self.crm.write(work).expect("it may be done")
    }

    pub(crate) fn ask<T>(&self, question: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> T {
        self.crm.read(question).expect("an answer")
    }

    /// Creates a deal in the first stage.
    pub(crate) fn deal(&self, amount: &str) -> OpportunityId {
        self.deal_with(amount, |_| {})
    }

    pub(crate) fn deal_with(&self, amount: &str, fill: impl Fn(&mut OpportunityDraft)) -> OpportunityId {
        self.write(|tx| {
            let mut draft = OpportunityDraft::new("A deal");
            draft.amount = Some(money(amount));
            fill(&mut draft);
            Ok(tx.create(draft)?.id)
        })
    }

    pub(crate) fn stage(&self, name: &str) -> StageId {
        self.stages.iter().find(|stage| stage.name == name).expect("a stage").id
    }

    pub(crate) fn moves(&self, deal: OpportunityId, stage: &str) -> &Self {
        self.write(|tx| Opportunity::move_to(tx, deal, self.stage(stage)));
        self
    }

    pub(crate) fn wins(&self, deal: OpportunityId) -> &Self {
        self.write(|tx| Opportunity::win(tx, deal, Closing::default()));
        self
    }

    pub(crate) fn loses(&self, deal: OpportunityId) -> &Self {
        self.write(|tx| Opportunity::lose(tx, deal, "price", Closing::default()));
        self
    }

    pub(crate) fn reopens(&self, deal: OpportunityId) -> &Self {
        self.write(|tx| Opportunity::reopen(tx, deal, Reopening::default()));
        self
    }

    pub(crate) fn changes(&self, deal: OpportunityId, change: OpportunityChange) -> &Self {
        self.write(|tx| tx.update(deal, [change.clone()], None));
        self
    }
}

pub(crate) fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn amounts(texts: &[&str]) -> Amounts {
    let mut amounts = Amounts::default();
    for text in texts {
        amounts.add(money(text)).expect("a sum");
    }
    amounts
}
