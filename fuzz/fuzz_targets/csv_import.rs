//! Any bytes as a CSV file: rows or reasons, never a panic.

#![no_main]

use crm_core::Crm;
use crm_core::customers::Customer;
use crm_core::exchange::{Import, Target};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let crm = Crm::in_memory();
    let import = Import::bytes(file);
    let plan = import.clone().plan(&crm).or_else(|_| import.into::<Customer>().plan(&crm));
    if let Ok(mut plan) = plan {
        plan.set(Target::field("kind"), "person").ok();
        plan.currency("EUR");
        let _ = plan.preview(&crm);
    }
});
