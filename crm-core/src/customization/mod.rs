//! Fields that users add to records: their definitions, which are records themselves.

mod custom_field;
mod definitions;
mod options;
mod retire;

pub use custom_field::{CustomField, CustomFieldChange, CustomFieldDraft};
pub(crate) use definitions::DEFINITIONS;
