use std::collections::BTreeMap;

use crate::engine::{
    Aggregate, Conditions, CrmError, Entity, FieldValue, Filter, Measure, PathConditions, Query, Reader, Result,
};
use crate::sales::{ExchangeRate, ReportingCurrency};
use crate::values::{Currency, Decimal, Money, NaiveDate};

/// How many decimal digits a rate has, given or derived.
const RATE_DIGITS: u32 = 10;

/// A derived rate with fewer significant digits than this is not used. Rates with six were the rule when the
/// currencies of the euro were converted (Regulation (EC) No 1103/97, article 4).
const SIGNIFICANT_DIGITS: usize = 6;

/// Where a rate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateSource {
    /// It is the rate of this pair.
    Given,
    /// It is one divided by the rate of the opposite pair, to ten decimal digits.
    Inverse,
    /// It goes through this reporting currency: the product of two rates, to ten decimal digits.
    Through(Currency),
}

/// The rate at which one currency is converted to another on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The currency that is converted.
    pub from: Currency,
    /// The currency that it is converted to.
    pub to: Currency,
    /// Units of the second for one unit of the first.
    pub value: Decimal,
    /// The day from which on it holds; of two rates the earlier one.
    pub valid_from: NaiveDate,
    /// Where it comes from.
    pub source: RateSource,
}

/// The rates into one currency that hold on a day: for each pair of currencies the newest that is valid from that day or
/// an earlier one.
///
/// Where a currency has no rate, that of the opposite pair is inverted; where there is neither, one reporting currency
/// stands between the two. There are no longer chains.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// The day.
    pub day: NaiveDate,
    /// The currency into which they convert.
    pub to: Currency,
    known: BTreeMap<(Currency, Currency), (Decimal, NaiveDate)>,
    reporting: Vec<Currency>,
}

impl Rates {
    /// Reads the rates of a day into a currency: three queries, however many rates there are.
    ///
    /// # Errors
    /// Of the storage.
    pub fn on(reader: &mut Reader<'_>, day: NaiveDate, to: Currency) -> Result<Self> {
        let reporting = ReportingCurrency::all(reader)?;
        Self::through(reader, day, to, reporting)
    }

    /// The same where the reporting currencies are known.
    pub(in crate::sales) fn through(
        reader: &mut Reader<'_>,
        day: NaiveDate,
        to: Currency,
        reporting: Vec<Currency>,
    ) -> Result<Self> {
        let hubs: Vec<&str> = reporting.iter().chain([&to]).map(|currency| currency.code()).collect();
        let useful = ExchangeRate::VALID_FROM.at_most(day).and(Filter::Any(vec![
            ExchangeRate::FROM_CURRENCY.one_of(hubs.iter().copied()),
            ExchangeRate::TO_CURRENCY.one_of(hubs.iter().copied()),
        ]));
        let newest = Aggregate::of::<ExchangeRate>()
            .filter(useful.clone())
            .group_by(ExchangeRate::FROM_CURRENCY)
            .group_by(ExchangeRate::TO_CURRENCY)
            .measure(Measure::maximum(ExchangeRate::VALID_FROM));
        let mut days = Vec::new();
        for row in reader.aggregate(&newest)? {
            days.extend(
                row.measures
                    .into_iter()
                    .filter_map(|day| NaiveDate::from_value(day).ok()),
            );
        }
        days.sort_unstable();
        days.dedup();
        let rates = Query::of::<ExchangeRate>()
            .filter(useful.and(ExchangeRate::VALID_FROM.one_of(days)))
            .order_by(ExchangeRate::VALID_FROM);
        let mut known = BTreeMap::new();
        for rate in reader.find::<ExchangeRate>(&rates)? {
            let pair = (currency(&rate.from_currency)?, currency(&rate.to_currency)?);
            // In order of their days, so the newest of a pair stays.
            known.insert(pair, (rate.rate, rate.valid_from));
        }
        Ok(Self {
            day,
            to,
            known,
            reporting,
        })
    }

    /// The rate of a currency.
    ///
    /// # Errors
    /// [`CrmError::Refused`] with the rule `exchange_rate.missing`, which names the pair and the day.
    pub fn of(&self, from: Currency) -> Result<Rate> {
        self.find(from).ok_or_else(|| {
            CrmError::refused(
                "exchange_rate.missing",
                format!("there is no rate from {from} to {} on {}", self.to, self.day),
                "Create an exchange rate of the two that is valid from that day or before",
            )
        })
    }

    /// An amount in the currency of these rates, rounded once to its minor unit, halves away from zero.
    ///
    /// # Errors
    /// [`CrmError::Refused`] with the rule `exchange_rate.missing`, and [`CrmError::Invalid`] for one that is too large.
    pub fn convert(&self, amount: Money) -> Result<Money> {
        self.of(amount.currency())?.convert(amount)
    }

    fn find(&self, from: Currency) -> Option<Rate> {
        if from == self.to {
            return Some(self.rate(from, (Decimal::ONE, self.day), RateSource::Given));
        }
        if let Some(given) = self.known.get(&(from, self.to)) {
            return Some(self.rate(from, *given, RateSource::Given));
        }
        if let Some((value, day)) = self.one_step(from, self.to) {
            return Some(self.rate(from, (value, day), RateSource::Inverse));
        }
        let hubs = self.reporting.iter().filter(|hub| **hub != from && **hub != self.to);
        hubs.filter_map(|hub| {
            let (first, first_day) = self.one_step(from, *hub)?;
            let (second, second_day) = self.one_step(*hub, self.to)?;
            let value = derived(first.checked_mul(second)?)?;
            let day = first_day.min(second_day);
            Some(self.rate(from, (value, day), RateSource::Through(*hub)))
        })
        .next()
    }

    /// The rate of a pair, or the inverse of that of the opposite pair.
    fn one_step(&self, from: Currency, to: Currency) -> Option<(Decimal, NaiveDate)> {
        if let Some(given) = self.known.get(&(from, to)) {
            return Some(*given);
        }
        let (opposite, day) = self.known.get(&(to, from))?;
        let inverse = derived(Decimal::ONE.checked_div(*opposite)?)?;
        Some((inverse, *day))
    }

    fn rate(&self, from: Currency, (value, valid_from): (Decimal, NaiveDate), source: RateSource) -> Rate {
        Rate {
            from,
            to: self.to,
            value,
            valid_from,
            source,
        }
    }
}

impl Rate {
    /// An amount in the other currency, rounded once to its minor unit, halves away from zero.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for an amount of another currency, or one that is too large.
    pub fn convert(&self, amount: Money) -> Result<Money> {
        if amount.currency() != self.from {
            return Err(CrmError::invalid(
                ExchangeRate::DEF.name,
                "from_currency",
                format!("the rate is of {} and the amount in {}", self.from, amount.currency()),
                "Use the rate of its currency",
            ));
        }
        amount
            .converted(self.value, self.to)
            .map_err(|error| CrmError::invalid_value(ExchangeRate::DEF.name, "rate", error))
    }
}

/// A rate that was computed, to as many digits as a rate has; nothing where these say too little.
fn derived(exact: Decimal) -> Option<Decimal> {
    use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    let rate = exact.round_dp_with_strategy(RATE_DIGITS, MidpointAwayFromZero);
    let digits = rate.mantissa().unsigned_abs().checked_ilog10()? as usize + 1;
    // A short rate is exact where nothing was cut off.
    (rate == exact || digits >= SIGNIFICANT_DIGITS).then(|| rate.normalize())
}

fn currency(code: &str) -> Result<Currency> {
    super::check_code(ExchangeRate::DEF.name, "from_currency", code)
}
