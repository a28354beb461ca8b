use super::exchange_rate::check_code;
use crate::customers::trim;
use crate::engine::{Conditions, CrmError, Entity, Query, Reader, Result, Tx, Validate};
use crate::entity;
use crate::ids::ReportingCurrencyId;
use crate::values::Currency;

/// A currency in which the business reports; what is closed gets its rate into each of these locked.
///
/// What was closed before it was declared has no such rate, until [`super::ClosingRate::write_missing`] writes it.
#[entity(table = "reporting_currencies")]
pub struct ReportingCurrency {
    /// The ISO 4217 code, once.
    #[field(index)]
    pub code: String,
}

impl Validate for ReportingCurrency {
    fn complete(&mut self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        trim(&mut self.code);
        Ok(())
    }

    fn validate(&self, _before: Option<&Self>, tx: &mut Tx<'_>) -> Result<()> {
        check_code(Self::DEF.name, "code", &self.code)?;
        let same = Query::of::<Self>()
            .filter(Self::CODE.is(self.code.as_str()))
            .filter(Self::ID.differs(self.id));
        let matches = tx.ids(&same)?;
        if matches.is_empty() {
            return Ok(());
        }
        Err(CrmError::Duplicate {
            entity: Self::DEF.name,
            field: "code".into(),
            matches,
        })
    }
}

impl ReportingCurrency {
    /// The reporting currencies, in the order of their codes.
    ///
    /// # Errors
    /// Of the storage.
    pub fn all(reader: &mut Reader<'_>) -> Result<Vec<Currency>> {
        let declared = reader.find::<Self>(&Query::of::<Self>().order_by(Self::CODE))?;
        let codes = declared.iter().map(|one| check_code(Self::DEF.name, "code", &one.code));
        codes.collect()
    }
}
