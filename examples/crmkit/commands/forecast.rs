use crmkit::Crm;
use crmkit::insight::Forecast;
use crmkit::table::{Table, Tabular};

use super::board;
use crate::arguments;
use crate::failure::Failure;

/// What is to close, a row for each period and category.
pub(super) fn run(crm: &Crm, arguments: &arguments::Forecast) -> Result<Table, Failure> {
    let forecast = crm.read(|reader| {
        let selection = board::selection(reader, &arguments.selection)?;
        Ok(selection.and_then(|selection| {
            let forecast = match arguments.selection.on {
                Some(day) => Forecast::on(reader, day, arguments.by, &selection),
                None => Forecast::now(reader, arguments.by, &selection),
            };
            forecast.map_err(Failure::from)
        }))
    })??;
    Ok(forecast.table())
}
