use crate::engine::{Result, Tx, Validate};
use crate::entity;
use crate::ids::ProductId;
use crate::values::Money;

crate::choice! {
    /// Whether a product is still sold.
    pub enum ProductStatus {
        /// It is sold.
        Active = "active",
        /// It is not sold any more.
        Retired = "retired",
    }
}

/// Something that is sold.
#[entity(table = "products")]
pub struct Product {
    /// Its name.
    #[field(search, index)]
    pub name: String,
    /// The number by which it is ordered.
    #[field(index)]
    pub code: Option<String>,
    /// The series or group it belongs to.
    #[field(index)]
    pub family: Option<String>,
    /// What one unit costs by the list.
    pub list_price: Option<Money>,
    /// Whether it is still sold.
    #[field(default)]
    pub status: ProductStatus,
}

impl Validate for Product {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        Ok(())
    }
}
