//! What currencies are worth in each other on a day.

use crm_core::engine::{CrmError, Result};
use crm_core::ids::ExchangeRateId;
use crm_core::sales::{ExchangeRateChange, ExchangeRateDraft, RateSource, Rates, ReportingCurrencyDraft};
use crm_core::values::{Currency, Decimal, Money};
use proptest::prelude::*;

use crate::desk::{Desk, day, money};

fn currency(code: &str) -> Currency {
    Currency::from_code(code).expect("a currency")
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

/// A rate of a pair, as in `CNY EUR`, from a day on.
fn draft(pair: &str, from: &str, rate: &str) -> ExchangeRateDraft {
    let (one, other) = pair.split_once(' ').expect("a pair");
    ExchangeRateDraft::new(one, other, day(from), decimal(rate))
}

fn desk_with(rates: &[(&str, &str, &str)]) -> Desk {
    let desk = Desk::open();
    for (pair, from, rate) in rates {
        desk.write(|tx| tx.create(draft(pair, from, rate)));
    }
    desk
}

fn convert(desk: &Desk, amount: &str, to: &str, on: &str) -> Result<Money> {
    let rates = desk.read(|reader| Rates::on(reader, day(on), currency(to)));
    rates.convert(money(amount))
}

#[test]
fn the_newest_rate_that_is_valid_by_the_day_holds() {
    let desk = desk_with(&[
        ("USD EUR", "2024-02-28", "0.9200"),
        ("USD EUR", "2024-02-29", "0.9250"),
        ("USD EUR", "2024-03-01", "0.9300"),
    ]);
    for (on, worth) in [
        ("2024-02-28", "92.00 EUR"),
        ("2024-02-29", "92.50 EUR"),
        ("2024-03-01", "93.00 EUR"),
        ("2031-01-01", "93.00 EUR"),
    ] {
        assert_eq!(convert(&desk, "100 USD", "EUR", on), Ok(money(worth)), "{on}");
    }
}

#[test]
fn a_missing_rate_names_the_pair_and_the_day() {
    let desk = desk_with(&[("USD EUR", "2024-02-29", "0.9250")]);
    let missing = convert(&desk, "100 USD", "EUR", "2024-02-28").expect_err("no rate yet");
    assert_eq!(missing.rule(), Some("exchange_rate.missing"));
    assert!(
        missing.to_string().contains("from USD to EUR on 2024-02-28"),
        "{missing}"
    );
    assert!(convert(&desk, "100 CHF", "EUR", "2024-02-29").is_err());
}

#[test]
fn a_currency_needs_no_rate_into_itself() {
    assert_eq!(convert(&Desk::open(), "5 JPY", "JPY", "2026-03-02"), Ok(money("5 JPY")));
}

#[test]
fn amounts_are_rounded_once_to_the_digits_of_the_other_currency() {
    let desk = desk_with(&[
        ("EUR JPY", "2026-01-01", "162.3850000001"),
        ("EUR KWD", "2026-01-01", "0.3335"),
        ("JPY KWD", "2026-01-01", "0.0020545"),
    ]);
    let on = "2026-03-02";
    assert_eq!(convert(&desk, "1.00 EUR", "JPY", on), Ok(money("162 JPY")));
    assert_eq!(
        convert(&desk, "-3.00 EUR", "KWD", on),
        Ok(money("-1.001 KWD")),
        "a half goes away from zero"
    );
    assert_eq!(convert(&desk, "1000000 JPY", "KWD", on), Ok(money("2054.500 KWD")));
}

#[test]
fn the_rate_of_the_opposite_pair_is_inverted_where_there_is_no_other() {
    let desk = desk_with(&[("EUR CNY", "2026-01-01", "7.8"), ("EUR IRR", "2026-01-01", "1100000")]);
    let rates = desk.read(|reader| Rates::on(reader, day("2026-03-02"), currency("EUR")));
    let inverse = rates.of(currency("CNY")).expect("a rate");
    assert_eq!(
        (inverse.source, inverse.value),
        (RateSource::Inverse, decimal("0.1282051282"))
    );
    assert_eq!(rates.convert(money("7800 CNY")), Ok(money("1000.00 EUR")));
    assert!(
        rates.of(currency("IRR")).is_err(),
        "ten digits would leave four that say something"
    );

    desk.write(|tx| tx.create(draft("CNY EUR", "2026-01-01", "0.13")));
    assert_eq!(
        convert(&desk, "7800 CNY", "EUR", "2026-03-02"),
        Ok(money("1014.00 EUR")),
        "a given one goes before"
    );
}

#[test]
fn two_currencies_meet_in_a_reporting_currency_and_in_no_other() {
    let desk = desk_with(&[("USD EUR", "2026-01-01", "0.9"), ("EUR CNY", "2026-02-01", "7.8")]);
    assert!(
        convert(&desk, "100 USD", "CNY", "2026-03-02").is_err(),
        "the euro is not declared"
    );
    desk.write(|tx| tx.create(ReportingCurrencyDraft::new("EUR")));
    let rates = desk.read(|reader| Rates::on(reader, day("2026-03-02"), currency("CNY")));
    let through = rates.of(currency("USD")).expect("a rate");
    assert_eq!(through.source, RateSource::Through(currency("EUR")));
    assert_eq!(
        (through.value, through.valid_from),
        (decimal("7.02"), day("2026-01-01"))
    );
}

#[test]
fn a_pair_has_one_rate_a_day() {
    let desk = Desk::open();
    let first = desk.write(|tx| tx.create(draft("USD EUR", "2026-01-01", "0.9")));
    let second = desk.write(|tx| tx.create(draft("USD EUR", "2026-01-02", "0.9")));
    desk.write(|tx| tx.create(draft("EUR USD", "2026-01-01", "1.1")));
    let duplicate = |error: CrmError| match error {
        CrmError::Duplicate { matches, .. } => matches,
        other => panic!("{other}"),
    };
    let again = desk.refusal(|tx| tx.create(draft("USD EUR", "2026-01-01", "0.91")));
    assert_eq!(duplicate(again), [first.id.0]);
    let moved =
        |id: ExchangeRateId| desk.refusal(|tx| tx.update(id, [ExchangeRateChange::ValidFrom(day("2026-01-01"))], None));
    assert_eq!(duplicate(moved(second.id)), [first.id.0]);
}

#[test]
fn what_is_no_rate_is_refused() {
    let desk = Desk::open();
    for (pair, rate, field) in [
        ("EUR EUR", "1", "to_currency"),
        ("EURO USD", "1", "from_currency"),
        ("EUR usd", "1", "to_currency"),
        ("EUR USD", "0", "rate"),
        ("EUR USD", "-1", "rate"),
        ("EUR USD", "1.00000000001", "rate"),
    ] {
        let refusal = desk.refusal(|tx| tx.create(draft(pair, "2026-01-01", rate)));
        assert_eq!(refusal.field(), Some(field), "{pair} {rate}: {refusal}");
    }
    desk.write(|tx| tx.create(ReportingCurrencyDraft::new("EUR")));
    let again = desk.refusal(|tx| tx.create(ReportingCurrencyDraft::new(" EUR ")));
    assert_eq!(again.code(), "duplicate");
    assert_eq!(
        desk.refusal(|tx| tx.create(ReportingCurrencyDraft::new("XAU"))).field(),
        Some("code")
    );
}

proptest! {
    #[test]
    fn converting_is_off_by_half_a_minor_unit_at_most(
        minor in -1_000_000_000_000_i64..1_000_000_000_000,
        rate in 1_i64..1_000_000_000_000,
        from in prop::sample::select(vec!["EUR", "JPY", "KWD", "CLF"]),
        to in prop::sample::select(vec!["EUR", "JPY", "KWD", "CLF"]),
    ) {
        let (from, to) = (currency(from), currency(to));
        let rate = Decimal::new(rate, 10);
        let amount = Money::from_minor(minor, from);
        let converted = amount.converted(rate, to).expect("an amount");
        let exact = amount.amount() * rate;
        let half_a_unit = Decimal::new(5, to.digits() + 1);
        prop_assert!((converted.amount() - exact).abs() <= half_a_unit);
    }
}
