//! Any text as a filter: a filter, or an error that points at a column, never a panic.

#![no_main]

use crm_core::Crm;
use crm_core::engine::{Entity, Query};
use crm_core::sales::Opportunity;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let crm = Crm::in_memory();
    let counted = crm.read(|reader| {
        let filter = reader.parse_filter(Opportunity::DEF, text)?;
        reader.count(&Query::of::<Opportunity>().filter(filter))
    });
    let _ = counted;
});
