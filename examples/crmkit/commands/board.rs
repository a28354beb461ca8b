use crmkit::Crm;
use crmkit::engine::{Conditions, Entity, Query, Reader};
use crmkit::insight::{Board, Selection};
use crmkit::sales::{Opportunity, Pipeline};
use crmkit::table::{Table, Tabular};

use crate::arguments;
use crate::failure::Failure;

/// The stages, and below them what is open.
pub(super) fn run(crm: &Crm, arguments: &arguments::Board) -> Result<Table, Failure> {
    let board = crm.read(|reader| {
        let selection = selection(reader, arguments)?;
        Ok(selection.and_then(|selection| {
            let board = match arguments.on {
                Some(day) => Board::on(reader, day, &selection),
                None => Board::now(reader, &selection),
            };
            board.map_err(Failure::from)
        }))
    })??;
    Ok(board.table())
}

/// The deals that the command line means.
pub(super) fn selection(
    reader: &mut Reader<'_>,
    arguments: &arguments::Board,
) -> crmkit::engine::Result<Result<Selection, Failure>> {
    let mut selection = Selection::default();
    if let Some(name) = &arguments.pipeline {
        let query = Query::of::<Pipeline>().filter(Pipeline::NAME.is(name.as_str()));
        let Some(pipeline) = reader.first::<Pipeline>(&query)? else {
            return Ok(Err(Failure::not_found(
                "there is no pipeline of that name. `crmkit sql 'SELECT name FROM v_pipeline'` lists them.",
            )));
        };
        selection = selection.pipeline(pipeline.id);
    }
    if let Some(filter) = &arguments.filter {
        selection = selection.filter(reader.parse_filter(Opportunity::DEF, filter)?);
    }
    Ok(Ok(selection))
}
