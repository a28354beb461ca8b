use crate::engine::{Conditions, CrmError, Entity, Query, Result, Tx};
use crate::sales::{Opportunity, OpportunityLine, Outcome, Product, ProductStatus};
use crate::values::{Currency, Decimal, Money, ValueError};

impl OpportunityLine {
    /// Fills quantity, price and currency where they are not given, and computes both totals. `currency` is the one
    /// that the opportunity has already.
    pub(in crate::sales) fn price(
        &mut self,
        before: Option<&Self>,
        product: &Product,
        currency: Option<Currency>,
    ) -> Result<()> {
        let quantity = self.quantity.unwrap_or(Decimal::ONE);
        if quantity <= Decimal::ZERO {
            return Err(invalid(
                "quantity",
                "it is not above zero",
                "Give a quantity above zero",
            ));
        }
        let own_currency = self.own_currency(product, currency)?;
        check_one_currency(own_currency, currency)?;
        let list_price = product.list_price.filter(|price| price.currency() == own_currency);
        let unit_price = self.unit_price_or(list_price)?;
        let value_error = |field| move |error: ValueError| CrmError::invalid_value(Self::DEF.name, field, error);
        let total = unit_price.checked_mul(quantity).ok_or_else(too_large)?;
        self.total = Some(Money::rounded(total, own_currency).map_err(value_error("total"))?);
        let relisted = before.is_none_or(|before| {
            (before.product_id, before.quantity, before.currency.as_deref())
                != (self.product_id, Some(quantity), Some(own_currency.code()))
        });
        if relisted {
            let list_total = list_price.map(|price| price.times(quantity)).transpose();
            self.list_total = list_total.map_err(value_error("list_total"))?;
        }
        self.quantity = Some(quantity);
        self.unit_price = Some(unit_price);
        self.currency = Some(own_currency.code().to_owned());
        Ok(())
    }

    /// Refuses what is not sold any more, where it is new here and the opportunity still open.
    pub(in crate::sales) fn check_product(
        &self,
        before: Option<&Self>,
        product: &Product,
        opportunity: &Opportunity,
    ) -> Result<()> {
        let is_new = before.is_none_or(|before| before.product_id != product.id);
        if is_new && product.status == ProductStatus::Retired && opportunity.outcome == Outcome::Open {
            return Err(CrmError::refused(
                "product.retired",
                format!("the product {} is not sold any more", product.id),
                "Choose another product, or make it active again",
            ));
        }
        Ok(())
    }

    /// The currency of the other lines, and for the first line that of an amount given by hand.
    pub(super) fn currency_of_opportunity(
        &self,
        before: Option<&Self>,
        opportunity: &Opportunity,
        tx: &mut Tx<'_>,
    ) -> Result<Option<Currency>> {
        let Some(before) = before else {
            return Ok(opportunity.amount.map(Money::currency));
        };
        if before.currency == self.currency && before.product_id == self.product_id {
            return Ok(before.total.map(Money::currency));
        }
        let others = Self::OPPORTUNITY_ID
            .is(self.opportunity_id)
            .and(Self::ID.differs(self.id));
        let other: Option<Self> = tx.first(&Query::of::<Self>().filter(others))?;
        Ok(other.and_then(|other| other.total).map(Money::currency))
    }

    fn own_currency(&self, product: &Product, of_opportunity: Option<Currency>) -> Result<Currency> {
        if let Some(code) = &self.currency {
            return Currency::from_code(code)
                .map_err(|error| CrmError::invalid_value(Self::DEF.name, "currency", error));
        }
        let listed = product.list_price.map(Money::currency);
        listed.or(of_opportunity).ok_or_else(|| {
            invalid(
                "currency",
                "neither the line nor the product nor the opportunity has one",
                "Give the code of one, as in EUR",
            )
        })
    }

    fn unit_price_or(&self, list_price: Option<Money>) -> Result<Decimal> {
        match self.unit_price.or(list_price.map(Money::amount)) {
            Some(price) if price >= Decimal::ZERO => Ok(price),
            Some(_) => Err(invalid(
                "unit_price",
                "it is below zero",
                "Give a price of zero or more",
            )),
            None => Err(invalid(
                "unit_price",
                "the product has no list price in the currency of the line",
                "Give the price of one unit",
            )),
        }
    }
}

fn check_one_currency(own: Currency, of_opportunity: Option<Currency>) -> Result<()> {
    match of_opportunity {
        Some(currency) if currency != own => Err(invalid(
            "currency",
            format!("the line is in {own} and the opportunity in {currency}"),
            "Use the currency of the opportunity; convert the price at a dated rate first",
        )),
        _ => Ok(()),
    }
}

fn too_large() -> CrmError {
    invalid(
        "total",
        "quantity times price is too large",
        "Give a smaller quantity or price",
    )
}

fn invalid(field: &'static str, reason: impl Into<String>, hint: &str) -> CrmError {
    CrmError::invalid(OpportunityLine::DEF.name, field, reason, hint)
}
