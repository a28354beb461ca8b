use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ValueError;

/// A currency of ISO 4217 that has a minor unit.
///
/// ```
/// use crm_core::values::Currency;
/// assert_eq!(Currency::from_code("KWD")?.digits(), 3);
/// assert!(Currency::from_code("EURO").is_err());
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency of a three-letter code in capitals.
    ///
    /// # Errors
    /// When ISO 4217 has no such code, or gives it no minor unit (gold, test codes).
    pub fn from_code(code: &str) -> Result<Self, ValueError> {
        iso_currency::Currency::from_code(code)
            .filter(|currency| currency.exponent().is_some())
            .map(Self)
            .ok_or_else(|| {
                ValueError::new(
                    "this is not the code of a currency in ISO 4217",
                    "Use three capitals, as in EUR, CNY or JPY",
                )
            })
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimal digits the minor unit has: JPY 0, EUR 2, KWD 3.
    pub fn digits(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// The codes of all currencies whose minor unit has this many digits, in the order of the alphabet.
    pub fn codes_with_digits(digits: u32) -> Vec<&'static str> {
        let mut codes: Vec<_> = <iso_currency::Currency as iso_currency::IntoEnumIterator>::iter()
            .filter(|currency| currency.exponent().map(u32::from) == Some(digits))
            .map(|currency| currency.code())
            .collect();
        codes.sort_unstable();
        codes
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl FromStr for Currency {
    type Err = ValueError;

    fn from_str(code: &str) -> Result<Self, ValueError> {
        Self::from_code(code)
    }
}

/// An exact amount of one currency: whole minor units, never a float.
///
/// Ordered by currency, then amount. There is no `+`: adding two currencies is an error, so adding says so.
///
/// ```
/// use crm_core::values::Money;
/// let price: Money = "410.00 EUR".parse()?;
/// assert_eq!(price.minor(), 41_000);
/// assert_eq!(price.plus("0.05 EUR".parse()?)?.to_string(), "410.05 EUR");
/// assert!(price.plus("1 USD".parse()?).is_err());
/// # Ok::<(), crm_core::values::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    currency: Currency,
    minor: i64,
}

impl Money {
    /// This many minor units (cents, yen, fils).
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { currency, minor }
    }

    /// An amount in major units, exactly.
    ///
    /// # Errors
    /// When the amount has more digits than the currency's minor unit, or is too large.
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, ValueError> {
        let scaled = Decimal::from(10_i64.pow(currency.digits()))
            .checked_mul(amount)
            .ok_or_else(too_large)?;
        if !scaled.fract().is_zero() {
            return Err(ValueError::new(
                format!(
                    "{currency} has {} decimal digits, and this amount has more",
                    currency.digits()
                ),
                "Round the amount first, or keep it as an exact decimal where it is a unit price",
            ));
        }
        Self::of_scaled(scaled, currency)
    }

    /// An amount in major units, rounded once to the minor unit, halves away from zero.
    ///
    /// # Errors
    /// When the amount is too large.
    pub fn rounded(amount: Decimal, currency: Currency) -> Result<Self, ValueError> {
        let rounded = amount.round_dp_with_strategy(currency.digits(), RoundingStrategy::MidpointAwayFromZero);
        Self::new(rounded, currency)
    }

    fn of_scaled(scaled: Decimal, currency: Currency) -> Result<Self, ValueError> {
        i64::try_from(scaled)
            .map(|minor| Self { currency, minor })
            .map_err(|_| too_large())
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount in major units, with as many decimal digits as the currency has.
    pub fn amount(self) -> Decimal {
        Decimal::new(self.minor, self.currency.digits())
    }

    /// Nothing, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        Self { currency, minor: 0 }
    }

    /// The sum.
    ///
    /// # Errors
    /// When the currencies differ or the sum is too large.
    pub fn plus(self, other: Self) -> Result<Self, ValueError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or_else(too_large)?;
        Ok(Self { minor, ..self })
    }

    /// The difference.
    ///
    /// # Errors
    /// When the currencies differ or the difference is too large.
    pub fn minus(self, other: Self) -> Result<Self, ValueError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or_else(too_large)?;
        Ok(Self { minor, ..self })
    }

    /// The product with an exact number, rounded once to the minor unit, halves away from zero.
    ///
    /// # Errors
    /// When the product is too large.
    pub fn times(self, factor: Decimal) -> Result<Self, ValueError> {
        let product = self.amount().checked_mul(factor).ok_or_else(too_large)?;
        Self::rounded(product, self.currency)
    }

    /// What it is worth in another currency at a rate: units of that for one of this. Exact, then rounded once to the
    /// minor unit, halves away from zero.
    ///
    /// ```
    /// use crm_core::values::{Currency, Money};
    /// let yen = Currency::from_code("JPY")?;
    /// let price: Money = "410.00 EUR".parse()?;
    /// assert_eq!(price.converted("162.38".parse().unwrap_or_default(), yen)?.to_string(), "66576 JPY");
    /// # Ok::<(), crm_core::values::ValueError>(())
    /// ```
    ///
    /// # Errors
    /// When the amount is too large.
    pub fn converted(self, rate: Decimal, to: Currency) -> Result<Self, ValueError> {
        let product = i128::from(self.minor).checked_mul(rate.mantissa());
        let product = product.ok_or_else(too_large)?;
        let power = |digits: u32| 10_i128.checked_pow(digits).ok_or_else(too_large);
        let (has, wanted) = (rate.scale() + self.currency.digits(), to.digits());
        let minor = if has < wanted {
            product.checked_mul(power(wanted - has)?)
        } else {
            let unit = power(has - wanted)?;
            let away_from_zero = product.signum() * (unit / 2);
            product.checked_add(away_from_zero).map(|product| product / unit)
        };
        let minor = minor.and_then(|minor| i64::try_from(minor).ok());
        Ok(Self::from_minor(minor.ok_or_else(too_large)?, to))
    }

    /// Shares in proportion to `weights` that add up to the whole, by largest remainder; equal remainders go to
    /// the earlier share.
    ///
    /// ```
    /// use crm_core::values::Money;
    /// let shares = "100.00 EUR".parse::<Money>()?.allocate(&[1, 1, 1])?;
    /// let shares: Vec<_> = shares.iter().map(Money::to_string).collect();
    /// assert_eq!(shares, ["33.34 EUR", "33.33 EUR", "33.33 EUR"]);
    /// # Ok::<(), crm_core::values::ValueError>(())
    /// ```
    ///
    /// # Errors
    /// When no weight is above zero.
    pub fn allocate(self, weights: &[u32]) -> Result<Vec<Self>, ValueError> {
        let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
        if total == 0 {
            return Err(ValueError::new(
                "no share has a weight above zero",
                "Give at least one weight of 1 or more",
            ));
        }
        let (size, sign) = (i128::from(self.minor).abs(), self.minor.signum());
        let mut shares: Vec<i128> = weights
            .iter()
            .map(|weight| size * i128::from(*weight) / total)
            .collect();
        let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
        by_remainder.sort_by_key(|share| std::cmp::Reverse(size * i128::from(weights[*share]) % total));
        // Each share was cut by less than one unit, so what is left is fewer units than there are shares.
        let left = size - shares.iter().sum::<i128>();
        for share in by_remainder.into_iter().take(usize::try_from(left).unwrap_or(0)) {
            shares[share] += 1;
        }
        shares
            .into_iter()
            .map(|share| i64::try_from(share).map_err(|_| too_large()))
            .map(|minor| {
                Ok(Self {
                    minor: minor? * sign,
                    ..self
                })
            })
            .collect()
    }

    fn same_currency(self, other: Self) -> Result<(), ValueError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(ValueError::new(
            format!("{} and {} are two currencies", self.currency, other.currency),
            "Convert one of them at a dated rate first",
        ))
    }
}

fn too_large() -> ValueError {
    ValueError::new(
        "the amount is too large for 64 bits of minor units",
        "Amounts up to 92,233,720,368,547,758.07 of a currency with two digits are held exactly",
    )
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.amount(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for Money {
    type Err = ValueError;

    /// Reads `120000 CNY`, `CNY 120000` and `-0.50 EUR`: a full stop as the decimal sign, no grouping.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let unreadable = || {
            ValueError::new(
                "this is not an amount and a currency",
                "Write both, as in 118000.50 CNY, with a full stop and no grouping",
            )
        };
        let (first, second) = text.trim().split_once(' ').ok_or_else(unreadable)?;
        let (amount, code) = if first.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
            (second.trim(), first)
        } else {
            (first, second.trim())
        };
        let currency = Currency::from_code(code)?;
        let amount = Decimal::from_str_exact(amount).map_err(|_| unreadable())?;
        Self::new(amount, currency)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        text.parse().expect("money")
    }

    #[test]
    fn each_currency_has_its_own_minor_unit() {
        assert_eq!(money("1234 JPY").minor(), 1234);
        assert_eq!(money("1.234 KWD").minor(), 1234);
        assert_eq!(money("410.00 EUR").to_string(), "410.00 EUR");
        assert!("0.5 JPY".parse::<Money>().is_err());
        assert!("1.005 EUR".parse::<Money>().is_err());
    }

    #[test]
    fn what_is_not_an_amount_and_a_currency_is_refused() {
        for text in [
            "", "12", "EUR", "12 XXX", "12 XAU", "1,5 EUR", "1e3 EUR", "NaN EUR", "12 eur",
        ] {
            assert!(text.parse::<Money>().is_err(), "{text} was taken for money");
        }
    }

    #[test]
    fn products_round_once_with_halves_away_from_zero() {
        let half = Decimal::new(5, 1);
        assert_eq!(money("0.01 EUR").times(half), Ok(money("0.01 EUR")));
        assert_eq!(money("-0.01 EUR").times(half), Ok(money("-0.01 EUR")));
        assert_eq!(money("0.03 EUR").times(half), Ok(money("0.02 EUR")));
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(minor: i64, code in prop::sample::select(vec!["EUR", "JPY", "KWD", "CLF"])) {
            let amount = Money::from_minor(minor, Currency::from_code(code).expect("a currency"));
            prop_assert_eq!(amount.to_string().parse::<Money>(), Ok(amount));
        }

        #[test]
        fn shares_add_up_to_the_whole_and_are_fair(
            minor: i64,
            weights in prop::collection::vec(0_u32..1000, 1..12),
        ) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let whole = Money::from_minor(minor, Currency::from_code("EUR").expect("a currency"));
            let shares = whole.allocate(&weights).expect("shares");
            let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            prop_assert_eq!(shares.iter().map(|share| i128::from(share.minor())).sum::<i128>(), i128::from(minor));
            for (share, weight) in shares.iter().zip(&weights) {
                let distance = i128::from(share.minor()) * total - i128::from(minor) * i128::from(*weight);
                prop_assert!(distance.abs() < total, "a share is off by a unit or more");
            }
        }

        #[test]
        fn adding_and_taking_away_is_exact(left in -1_000_000_000_i64..1_000_000_000, right in -1_000_000_000_i64..1_000_000_000) {
            let currency = Currency::from_code("CNY").expect("a currency");
            let (left, right) = (Money::from_minor(left, currency), Money::from_minor(right, currency));
            prop_assert_eq!(left.plus(right).and_then(|sum| sum.minus(right)), Ok(left));
        }
    }
}
