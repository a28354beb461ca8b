//! The store in memory passes the suite that it is the model of.

use std::time::Duration;

use crm_core::SCHEMA;
use crm_core::engine::{MemoryStore, Result, Store};

fn store() -> Result<Box<dyn Store>> {
    Ok(Box::new(MemoryStore::new(SCHEMA)))
}

fn impatient() -> Result<Box<dyn Store>> {
    Ok(Box::new(
        MemoryStore::new(SCHEMA).with_busy_deadline(Duration::from_millis(100)),
    ))
}

crm_core::conformance_tests!(store, impatient);

/// A store agrees with itself; this shows that the programs do enough to tell two stores apart.
#[test]
fn random_programs_read_and_write_and_are_refused_now_and_then() -> Result<()> {
    let tally = crm_core::conformance::programs(&store, 0..300)?;
    assert!(tally.fruitful * 2 > tally.steps, "{tally:?}");
    assert!(tally.refused > 0, "{tally:?}");
    Ok(())
}
