//! Records come in and go out: a file is looked at, planned, previewed, and imported as one batch that can be undone;
//! and what a query means is written as a file ([`Export`]).
//!
//! ```text
//! Import --plan()--> Plan --map()...--> Plan --preview()--> Preview
//!                                            --run()------> ImportResult { batch, counts, refused_file }
//! ```
//!
//! A row is written whole or not at all: one that breaks a rule is taken back ([`crate::engine::Tx::attempt`]) and kept
//! with its reason in a file that can be mended and fed again. The run is one transaction.

mod beside;
mod cell;
mod dates;
mod decode;
mod export;
mod folder;
mod guess;
mod header;
mod import;
mod landing;
mod lookup;
mod member;
mod numbers;
mod opportunity;
mod pipeline;
mod plan;
mod plan_text;
mod presets;
mod program;
mod records;
mod refused;
mod report;
mod resolve;
mod run;
mod sniff;
mod source;
mod synonyms;
mod target;
mod vcard;
mod whole_file;
mod worded_dates;

pub use export::{Export, ExportColumn};
pub use folder::{Bundle, BundlePreview, BundleResult, Folder, SkippedFile};
pub use header::Column;
pub use import::{EntityImport, Import};
pub use plan::{Plan, Settings};
pub use report::{Counts, ImportResult, LeftOut, Preview, Progress, RefusedRow, RowOutcome};
pub use sniff::Dialect;
pub use target::{DateOrder, DecimalSign, Target};
pub use vcard::{CardImport, write_card_file, write_cards};
