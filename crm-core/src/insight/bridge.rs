use super::figures::{Figures, figures, figures_by_group};
use super::standing::Standing;
use super::{Amounts, Selection};
use crate::engine::{Conditions, Filter, Reader, Result, Value};
use crate::sales::Outcome;
use crate::values::NaiveDate;

/// How the open pipeline at the end of one day became that at the end of another:
/// opening + added − won − lost = closing.
///
/// Each opportunity is compared at its two ends: one that was won and reopened in between, and is open at both, is in
/// none of the three. One that came and was closed in between is in added, and in won or lost.
///
/// ```
/// use crm_core::insight::{Bridge, Selection};
/// # use crm_core::{Crm, sales::*};
/// # let crm = Crm::in_memory();
/// # crm.write(|tx| {
/// #     let stages = vec![NewStage::open("Offer", 50), NewStage::won("Won"), NewStage::lost("Lost")];
/// #     Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
/// #     for amount in ["100 EUR", "60 EUR"] {
/// #         let amount = amount.parse().ok();
/// #         tx.create(OpportunityDraft { amount, ..OpportunityDraft::new("A deal") })?;
/// #     }
/// #     Ok(())
/// # })?;
/// let bridge = crm.read(|reader| {
///     let today = reader.today();
///     Bridge::between(reader, today.pred_opt().unwrap_or(today), today, &Selection::default())
/// })?;
/// assert_eq!((bridge.opening.count, bridge.added.count, bridge.closing.count), (0, 2, 2));
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Bridge {
    /// The first day, at whose end the bridge begins.
    pub from: NaiveDate,
    /// The last day, at whose end it arrives.
    pub to: NaiveDate,
    /// What was open at the beginning.
    pub opening: Figures,
    /// What came into the open pipeline, by what it is worth at the end.
    pub added: Figures,
    /// What was won, by what it is worth at the end.
    pub won: Figures,
    /// What was lost, by what it is worth at the end.
    pub lost: Figures,
    /// What is open at the end.
    pub closing: Figures,
    /// By how much the list price of what was open at the beginning changed on the way:
    /// opening + added + this − won − lost = closing. Empty where nothing did.
    pub list_change: Amounts,
}

impl Bridge {
    /// The bridge from the end of one day to the end of another, in the reader's zone and by when things happened.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a selection that is no condition on opportunities.
    pub fn between(reader: &mut Reader<'_>, from: NaiveDate, to: NaiveDate, selection: &Selection) -> Result<Self> {
        let zone = reader.zone();
        let (before, after) = (Standing::at_end_of(from, zone), Standing::at_end_of(to, zone));
        let open_rows = |standing: Standing| {
            let rows = standing.aggregate(selection.condition());
            rows.filter(standing.outcome().is(Outcome::Open))
        };
        let opening = figures(reader, before, &open_rows(before))?;
        let closing = figures(reader, after, &open_rows(after))?;
        let changed = after.aggregate(selection.condition()).filter(changed(before, after));
        let by_outcome = changed.clone().group_by(after.outcome());
        let mut ended_as = figures_by_group(reader, after, &by_outcome)?;
        let mut ended = |outcome: Outcome| ended_as.remove([Value::from(outcome)].as_slice()).unwrap_or_default();
        let (won, lost) = (ended(Outcome::Won), ended(Outcome::Lost));
        let came = after.of_opportunity(before.has_outcome(Outcome::Open)).negated();
        let added = figures(reader, after, &changed.filter(came))?;
        let expected = opening.list_amounts.clone().plus(&added.list_amounts)?;
        let expected = expected.minus(&won.list_amounts)?.minus(&lost.list_amounts)?;
        let list_change = closing.list_amounts.clone().minus(&expected)?.without_zeros();
        Ok(Self {
            from,
            to,
            opening,
            added,
            won,
            lost,
            closing,
            list_change,
        })
    }
}

/// The condition that an opportunity had another outcome before, or was not there.
fn changed(before: Standing, after: Standing) -> Filter {
    let ways = Outcome::ALL.iter().map(|outcome| {
        let had_it = after.of_opportunity(before.has_outcome(*outcome));
        after.outcome().is(*outcome).and(had_it.negated())
    });
    Filter::Any(ways.collect())
}
