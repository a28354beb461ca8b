//! Cards of people and organizations: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) come in, 4.0 goes out.
//!
//! A card that breaks a rule is refused with its reason, and the first hundred of them are kept in a file; the others are
//! imported, in one transaction that can be undone. A card adds: it fills fields that are empty, and overwrites none.

mod card;
mod import;
mod land;
mod read;
mod write;

pub use import::CardImport;
pub use write::{write_card_file, write_cards};
