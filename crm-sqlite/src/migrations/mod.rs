//! What a migration fills by the rules of crm-core, which SQL does not know.

mod sort_names;

pub(crate) use sort_names::fill_sort_names;
