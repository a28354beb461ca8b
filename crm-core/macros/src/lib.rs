//! `#[entity]`: the one definition from which everything else about a crmkit record follows.
//!
//! It describes and never behaves. From a struct it makes the struct with the five managed fields, `…Draft`,
//! `…Change`, the handles of the fields, the `EntityDef` and the mapping of rows; the rules stay in the hand-written
//! `impl Validate`. All of its words:
//!
//! | word | on | means |
//! |---|---|---|
//! | `table = "…"` | the struct | the table, and the name of the collection in every language |
//! | `search` | a field | full-text search looks into it |
//! | `index` | a field | stores keep an index on it; references always have one |
//! | `references = "…"` | a field | it holds the id of a record of this table |
//! | `on_delete = "restrict" \| "cascade" \| "set_null" \| "keep"` | a reference | what happens here when that record is deleted |
//! | `scale = n` | a decimal number | digits after the point; 6 where it is not said |
//! | `default` | a field | a draft may leave it out: it begins as its type's `Default`, or as a rule fills it in |
//! | `set_by = "command" \| "engine"` | a field | not an ordinary change: the draft or a named command, or only the engine, sets it |

mod definition;
mod expansion;

use proc_macro::TokenStream;

/// Makes a kind of record out of a struct. See the page of this crate for its words, and the page of
/// `crm_core::engine::Entity` for what comes of it.
#[proc_macro_attribute]
pub fn entity(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand(arguments.into(), item.into()).into()
}

fn expand(arguments: proc_macro2::TokenStream, item: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    definition::Definition::parse(arguments, item)
        .map(|definition| expansion::expand(&definition))
        .unwrap_or_else(|error| error.to_compile_error())
}

#[cfg(test)]
mod tests;
