use crmkit::Crm;
use crmkit::engine::Value;
use crmkit::insight::Forecast;

use super::board;
use crate::arguments;
use crate::failure::Failure;
use crate::sheet::Sheet;

/// What is to close, a row for each period and category.
pub(super) fn run(crm: &Crm, arguments: &arguments::Forecast) -> Result<Sheet, Failure> {
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
    let mut sheet = Sheet::new(
        format!("Forecast on {}", forecast.day),
        ["period", "category", "deals", "amount", "weighted"],
    );
    for row in forecast.rows {
        sheet.row([
            row.starts_on
                .map_or(Value::Null.into(), |day| forecast.period.label(day).into()),
            row.category
                .map_or(Value::Null.into(), |category| category.code().into()),
            row.figures.count.into(),
            row.figures.amounts.into(),
            row.figures.weighted.into(),
        ]);
    }
    Ok(sheet)
}
