use super::exchange_rate::check_code;
use crate::engine::{Conditions, CrmError, Draft, Entity, Filter, PathConditions, Query, Result, Tx, Validate};
use crate::entity;
use crate::ids::{ClosingRateId, OpportunityId};
use crate::sales::{Opportunity, Outcome, Rates, ReportingCurrency};
use crate::values::{Currency, Decimal, Money, NaiveDate, local_date};

/// What a closed opportunity was worth in a reporting currency, by the rate of the day on which it was closed. It stays
/// as it is, whatever rates come later.
///
/// It is written when the opportunity is won or lost, goes when that is reopened, and follows its amount at the rate
/// that was locked. Where no rate was known on the day, there is none.
#[entity(table = "closing_rates")]
pub struct ClosingRate {
    /// The opportunity.
    #[field(references = "opportunities", on_delete = "cascade", set_by = "engine")]
    pub opportunity_id: OpportunityId,
    /// The ISO 4217 code of the reporting currency.
    #[field(index, set_by = "engine")]
    pub currency: String,
    /// Units of the reporting currency for one unit of the opportunity's.
    #[field(scale = 10, set_by = "engine")]
    pub rate: Decimal,
    /// The day whose rate it is.
    #[field(set_by = "engine")]
    pub rate_on: NaiveDate,
    /// The amount of the opportunity, converted and rounded once.
    #[field(set_by = "engine")]
    pub amount: Option<Money>,
}

impl Validate for ClosingRate {
    fn validate(&self, before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        match before {
            Some(_) => Ok(()),
            None => Err(CrmError::refused(
                "closing_rate.follows",
                "the rates of a closed opportunity follow from its closing",
                "Create exchange rates, and win or lose the opportunity",
            )),
        }
    }
}

impl ClosingRate {
    /// Writes the rates of closed opportunities that have none, by the rates of the days on which they were closed:
    /// after a reporting currency was declared, or rates of the past were added. Those that have some keep them.
    /// Returns how many were written.
    ///
    /// # Errors
    /// Of the storage.
    pub fn write_missing(tx: &mut Tx<'_>, currency: Currency) -> Result<usize> {
        let reporting = ReportingCurrency::all(tx)?;
        if !reporting.contains(&currency) {
            return Err(CrmError::refused(
                "closing_rate.reporting_currency",
                format!("{currency} is not a reporting currency"),
                "Declare it as one first",
            ));
        }
        let missing = Query::of::<Opportunity>()
            .filter(Self::is_missing(currency))
            .order_by(Opportunity::CLOSED_AT);
        let mut rates: Option<Rates> = None;
        let mut written = 0;
        for opportunity in tx.find::<Opportunity>(&missing)? {
            let day = closing_day(&opportunity, tx);
            let of_day = match rates.take() {
                Some(rates) if rates.day == day => rates,
                _ => Rates::through(tx, day, currency, reporting.clone())?,
            };
            written += usize::from(Self::write(tx, &opportunity, &of_day)?);
            rates = Some(of_day);
        }
        Ok(written)
    }

    /// The condition that a closed opportunity with an amount has no rate into a reporting currency.
    pub(crate) fn is_missing(currency: Currency) -> Filter {
        let locked = Filter::referred_by(Self::OPPORTUNITY_ID, Self::CURRENCY.is(currency.code()));
        Filter::All(vec![
            Opportunity::OUTCOME.differs(Outcome::Open),
            Opportunity::AMOUNT.present(),
            locked.negated(),
        ])
    }

    /// Writes what follows for the rates from a change of an opportunity.
    pub(super) fn follow(tx: &mut Tx<'_>, before: Option<&Opportunity>, after: &Opportunity) -> Result<()> {
        let was_closed = before.is_some_and(|before| before.outcome != Outcome::Open);
        let is_closed = after.outcome != Outcome::Open;
        match (was_closed, is_closed) {
            (false, false) => Ok(()),
            (false, true) => Self::lock(tx, after),
            (true, false) => Self::unlock(tx, after.id),
            (true, true) => match before.map(|before| before.amount) {
                Some(amount) if amount == after.amount => Ok(()),
                amount => Self::follow_amount(tx, amount.flatten(), after),
            },
        }
    }

    /// Writes the rates of an opportunity that was closed.
    pub(super) fn lock(tx: &mut Tx<'_>, opportunity: &Opportunity) -> Result<()> {
        if opportunity.amount.is_none() || !tx.has_any(ReportingCurrency::DEF)? {
            return Ok(());
        }
        let reporting = ReportingCurrency::all(tx)?;
        let day = closing_day(opportunity, tx);
        for currency in &reporting {
            let rates = Rates::through(tx, day, *currency, reporting.clone())?;
            Self::write(tx, opportunity, &rates)?;
        }
        Ok(())
    }

    fn write(tx: &mut Tx<'_>, opportunity: &Opportunity, rates: &Rates) -> Result<bool> {
        let Some(amount) = opportunity.amount else {
            return Ok(false);
        };
        // Without a rate there is no row, and reports name the opportunity.
        let Ok(rate) = rates.of(amount.currency()) else {
            return Ok(false);
        };
        let closing_rate = Self {
            opportunity_id: opportunity.id,
            currency: rate.to.code().into(),
            rate: rate.value,
            rate_on: rate.valid_from,
            amount: Some(rate.convert(amount)?),
            ..ClosingRateDraft::new().into_record()
        };
        tx.insert_complete(closing_rate).map(|_| true)
    }

    fn unlock(tx: &mut Tx<'_>, opportunity: OpportunityId) -> Result<()> {
        if !tx.has_any(Self::DEF)? {
            return Ok(());
        }
        for closing_rate in Self::of(tx, opportunity)? {
            tx.delete(closing_rate.id)?;
        }
        Ok(())
    }

    /// Converts a new amount at the rate that was locked; one in another currency needs the rate of that on the day.
    fn follow_amount(tx: &mut Tx<'_>, before: Option<Money>, opportunity: &Opportunity) -> Result<()> {
        let Some(amount) = opportunity
            .amount
            .filter(|amount| before.map(Money::currency) == Some(amount.currency()))
        else {
            Self::unlock(tx, opportunity.id)?;
            return Self::lock(tx, opportunity);
        };
        for locked in Self::of(tx, opportunity.id)? {
            let to = check_code(Self::DEF.name, "currency", &locked.currency)?;
            let converted = amount.converted(locked.rate, to);
            let after = Self {
                amount: Some(converted.map_err(|error| CrmError::invalid_value(Self::DEF.name, "amount", error))?),
                ..locked.clone()
            };
            tx.save(&locked, after)?;
        }
        Ok(())
    }

    fn of(tx: &mut Tx<'_>, opportunity: OpportunityId) -> Result<Vec<Self>> {
        tx.find(&Query::of::<Self>().filter(Self::OPPORTUNITY_ID.is(opportunity)))
    }
}

/// The day on which an opportunity was closed, in the zone of the CRM.
fn closing_day(opportunity: &Opportunity, tx: &Tx<'_>) -> NaiveDate {
    local_date(opportunity.closed_at.unwrap_or(tx.now()), tx.zone())
}
