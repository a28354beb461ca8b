//! Imports the export of a company's CRM and tells how its sales went.
//!
//! `cargo run --release --example sales_report -- FOLDER` reads accounts.csv, sales_teams.csv, products.csv and
//! sales_pipeline.csv in that folder and prints tables; with `--json`, one JSON object.

mod import;
mod json;
mod report;
mod run;
mod tables;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match report() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn report() -> Result<(), Box<dyn Error>> {
    let printed = run::run(&run::Arguments::parse(), &mut io::stderr())?;
    io::stdout().write_all(printed.as_bytes())?;
    Ok(())
}
