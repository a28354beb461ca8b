//! `crmkit`: a CRM file from the command line.
//!
//! `cargo run --example crmkit -- --help`, or `cargo install --path . --example crmkit`.

mod arguments;
mod commands;
mod failure;
mod kinds;
mod progress;
mod sheet;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::failure::Failure;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("crmkit: {failure}");
            failure.code().into()
        }
    }
}

fn run() -> Result<ExitCode, Failure> {
    let arguments = arguments::Arguments::parse();
    let answer = commands::run(&arguments)?;
    match io::stdout().lock().write_all(answer.text.as_bytes()) {
        // Whoever reads has seen enough, as `head` does.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        written => written
            .map_err(|error| Failure::file(format!("the output cannot be written: {error}. Check where it goes.")))?,
    }
    Ok(answer.code.into())
}
