//! Any bytes as a file of contacts: rows or reasons, never a panic.

#![no_main]

use crm_core::Crm;
use crm_core::exchange::Import;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let crm = Crm::in_memory();
    let mut cards = b"BEGIN:VCARD\r\n".to_vec();
    cards.extend_from_slice(file);
    let _ = Import::bytes(&cards).cards().preview(&crm);
});
