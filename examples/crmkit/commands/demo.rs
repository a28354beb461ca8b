use std::fs;

use crmkit::Crm;
use crmkit::insight::{Board, Selection};

use super::{board, written};
use crate::arguments::{self, Format, Global};
use crate::company;
use crate::failure::Failure;

/// Makes a file with a small company, and shows its board.
pub(super) fn run(global: &Global, arguments: &arguments::Demo) -> Result<String, Failure> {
    let path = super::path(global);
    if path.exists() && !arguments.replace {
        return Err(Failure::usage(format!(
            "{} is there already. Name another file with --file, or replace it with --replace.",
            path.display()
        )));
    }
    if path.exists() {
        let refused = |error| {
            Failure::file(format!(
                "{} cannot be removed: {error}. Check its folder.",
                path.display()
            ))
        };
        fs::remove_file(&path).map_err(refused)?;
    }
    let crm: Crm = super::open_or_create(global)?;
    company::create(&crm)?;
    let told = crm.read(|reader| Board::now(reader, &Selection::default()))?;
    let mut told = written(global, &board::sheet(&told));
    if global.format == Format::Table && !global.quiet {
        let file = path.display();
        told += &format!(
            "\nThe company is in {file}. Look on with\n  crmkit -f {file} find Müller\n  crmkit -f {file} report\n"
        );
    }
    Ok(told)
}
