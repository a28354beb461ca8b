//! Fields that a user defines: values in one field of a record, by keys that no renaming changes.

mod complete;
mod definition;
mod index;
mod patch;
mod read;
mod references;
mod storage_key;
mod values;

pub use definition::{CustomFieldDef, CustomFieldSource, CustomFields, CustomOption};
pub use index::CustomIndex;
pub(super) use references::not_there;
pub use storage_key::{CustomFieldKind, StorageKey};
pub use values::CustomValues;
