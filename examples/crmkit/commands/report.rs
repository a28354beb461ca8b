use std::fs;
use std::path::Path;

use crmkit::Crm;

use crate::arguments::{self, Global};
use crate::failure::Failure;

/// Writes the report as one HTML page.
pub(super) fn run(global: &Global, crm: &Crm, arguments: &arguments::Report) -> Result<String, Failure> {
    if arguments.output == Path::new("-") {
        return Ok(crm.report()?);
    }
    write(crm, &arguments.output)?;
    let told = format!("The report is in {}\n", arguments.output.display());
    Ok(if global.quiet { String::new() } else { told })
}

/// Writes the report to a file.
pub(super) fn write(crm: &Crm, output: &Path) -> Result<(), Failure> {
    fs::write(output, crm.report()?).map_err(|error| {
        let output = output.display();
        Failure::file(format!(
            "{output} cannot be written: {error}. Choose another place for the report."
        ))
    })
}
