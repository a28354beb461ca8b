use std::fs;
use std::path::Path;

use crmkit::Crm;

use crate::arguments::{self, Global};
use crate::failure::Failure;

/// Writes the report as one HTML page.
pub(super) fn run(global: &Global, crm: &Crm, arguments: &arguments::Report) -> Result<String, Failure> {
    let page = crm.report()?;
    if arguments.output == Path::new("-") {
        return Ok(page);
    }
    let output = arguments.output.display();
    fs::write(&arguments.output, page).map_err(|error| {
        Failure::file(format!(
            "{output} cannot be written: {error}. Choose another place with --output."
        ))
    })?;
    Ok(if global.quiet {
        String::new()
    } else {
        format!("The report is in {output}\n")
    })
}
