//! The demo company in memory: its board, forecast and win rates.
//!
//! `make demo`, or `cargo run --example demo`.

#[path = "../support/amounts.rs"]
mod amounts;
mod answers;
#[path = "../support/figures.rs"]
mod figures;
#[path = "../support/table.rs"]
mod table;

use std::error::Error;
use std::io::{self, Write};

fn main() -> Result<(), Box<dyn Error>> {
    io::stdout().write_all(answers::print()?.as_bytes())?;
    Ok(())
}
