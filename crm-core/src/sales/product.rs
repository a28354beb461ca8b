use crate::engine::{CrmError, CustomValues, Entity, Result, Tx, Validate};
use crate::entity;
use crate::ids::ProductId;
use crate::values::Money;

crate::choice! {
    /// Whether a product is still sold.
    pub enum ProductStatus {
        /// It is sold.
        Active = "active",
        /// It is not sold any more: no new line of an open opportunity takes it.
        Retired = "retired",
    }
}

/// Something that is sold.
///
/// A product that lines need is not deleted ([`CrmError::InUse`]); it is retired instead.
#[entity(table = "products")]
pub struct Product {
    /// Its name.
    #[field(search, index)]
    pub name: String,
    /// The number by which it is ordered.
    #[field(search, index)]
    pub code: Option<String>,
    /// The series or group it belongs to.
    #[field(index)]
    pub family: Option<String>,
    /// What one unit costs by the list, zero or more.
    pub list_price: Option<Money>,
    /// Whether it is still sold.
    #[field(default)]
    pub status: ProductStatus,
    /// The fields that users defined.
    pub custom: CustomValues,
}

impl Validate for Product {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        if self.list_price.is_some_and(|price| price.minor() < 0) {
            return Err(CrmError::invalid(
                Self::DEF.name,
                "list_price",
                "it is below zero",
                "Give a price of zero or more",
            ));
        }
        Ok(())
    }
}
