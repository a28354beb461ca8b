use crate::engine::{Conditions, Draft, PathConditions, Query, Reader, Result, Tx};
use crate::ids::OpportunityId;
use crate::sales::{Opportunity, OpportunityHistory, OpportunityHistoryDraft};
use crate::values::Timestamp;

impl OpportunityHistory {
    /// The row that tells how an opportunity stands now.
    pub(in crate::sales) fn current(reader: &mut Reader<'_>, id: OpportunityId) -> Result<Option<Self>> {
        let open_ended = Self::OPPORTUNITY_ID.is(id).and(Self::UNTIL_AT.empty());
        reader.first(&Query::of::<Self>().filter(open_ended))
    }

    /// Writes the first row of a new opportunity.
    pub(in crate::sales) fn begin(tx: &mut Tx<'_>, opportunity: &Opportunity) -> Result<()> {
        let entered_at = opportunity.stage_entered_at.unwrap_or(tx.now());
        tx.insert_complete(Self::of(opportunity, entered_at, true)).map(|_| ())
    }

    /// Ends the current row and begins the next. What changes within a stage at the instant at which the row begins is
    /// told by that row.
    pub(in crate::sales) fn go_on(tx: &mut Tx<'_>, opportunity: &Opportunity, is_stage_entry: bool) -> Result<()> {
        let Some(current) = Self::current(tx, opportunity.id)? else {
            return Self::begin(tx, opportunity);
        };
        let entered_at = opportunity.stage_entered_at.filter(|_| is_stage_entry);
        let at = entered_at.unwrap_or(tx.now());
        if at == current.from_at && !is_stage_entry {
            let same = Self::of(opportunity, current.from_at, current.is_stage_entry);
            return tx.save(&current, same.in_the_place_of(&current)).map(|_| ());
        }
        let ended = Self {
            until_at: Some(at),
            is_stage_exit: is_stage_entry,
            ..current.clone()
        };
        tx.save(&current, ended)?;
        tx.insert_complete(Self::of(opportunity, at, is_stage_entry))
            .map(|_| ())
    }

    /// The row, not yet written and without an end, of how an opportunity stands.
    pub(in crate::sales) fn of(opportunity: &Opportunity, from_at: Timestamp, is_stage_entry: bool) -> Self {
        Self {
            opportunity_id: opportunity.id,
            from_at,
            stage_id: opportunity.stage_id,
            is_stage_entry,
            stage_entered_at: opportunity
                .stage_entered_at
                .filter(|_| !is_stage_entry)
                .unwrap_or(from_at),
            outcome: opportunity.outcome,
            amount: opportunity.amount,
            list_amount: opportunity.list_amount,
            close_on: opportunity.close_on,
            probability: opportunity.probability,
            forecast_category: opportunity.forecast_category,
            ..OpportunityHistoryDraft::new().into_record()
        }
    }

    fn in_the_place_of(self, current: &Self) -> Self {
        Self {
            id: current.id,
            revision: current.revision,
            created_at: current.created_at,
            updated_at: current.updated_at,
            deleted_at: current.deleted_at,
            ..self
        }
    }
}
