use std::{env, fs};

use crmkit::Crm;
use crmkit::demo::Demo;
use crmkit::insight::{Board, Selection};
use crmkit::table::Tabular;

use super::report;
use crate::arguments::{self, Format, Global};
use crate::failure::Failure;
use crate::sheet::written;

/// Makes a file with a company and its report, and shows its board.
pub(super) fn run(global: &Global, arguments: &arguments::Demo) -> Result<String, Failure> {
    let path = super::path(global);
    if path.exists() && !arguments.replace {
        return Err(Failure::usage(format!(
            "{} is there already. Name another file with --file, or replace it with --replace.",
            path.display()
        )));
    }
    if path.exists() {
        if !super::open(global)?.read(Demo::is_alone)? {
            return Err(Failure::usage(format!(
                "{} holds more than a demo company, and is left as it is. Name another file with --file.",
                path.display()
            )));
        }
        let refused = |error| {
            Failure::file(format!(
                "{} cannot be removed: {error}. Check its folder.",
                path.display()
            ))
        };
        fs::remove_file(&path).map_err(refused)?;
    }
    let crm: Crm = super::open_or_create(global)?;
    crm.load_demo(arguments.seed)?;
    report::write(&crm, &arguments.report)?;
    let board = crm.read(|reader| Board::now(reader, &Selection::default()))?;
    let board = written(&board.table(), global.format);
    if global.format != Format::Table || global.quiet {
        return Ok(board);
    }
    let program = env::args().next().unwrap_or_else(|| "crmkit".into());
    let (file, report) = (path.display(), arguments.report.display());
    Ok(format!(
        "{board}\nThe company is in {file}, its report in {report}. Look around:\n\n  \
         {program} -f {file} find liming\n  {program} -f {file} show 李明\n"
    ))
}
