//! What the company is asked, and the answers as tables.

use std::sync::Arc;

use crmkit::customers::{Customer, User};
use crmkit::engine::{Environment, Ids, ManualClock, MemoryStore, Reader, Result};
use crmkit::insight::{Board, Forecast, Selection, Unknown, WinRate};
use crmkit::sales::Opportunity;
use crmkit::values::{Period, Timestamp, Tz};
use crmkit::{Crm, SCHEMA};

use crate::amounts::amounts;
use crate::figures::{board_table, win_rate_table_by_value};
use crate::table::Table;

/// The time at which the demo takes place: 2026-06-30T08:00:00Z.
const NOW: Timestamp = Timestamp::from_milliseconds(1_782_806_400_000);

/// By which the company is made up.
const SEED: u64 = 1;

/// Everything that the demo prints.
pub(crate) fn print() -> Result<String> {
    let environment = Environment {
        clock: Arc::new(ManualClock::at(NOW)),
        ids: Ids::seeded(1),
        zone: Tz::Europe__Berlin,
        ..Environment::default()
    };
    let crm = Crm::new(Box::new(MemoryStore::new(SCHEMA)), environment).with_actor("demo");
    crm.load_demo(SEED)?;
    let tables = crm.read(tables)?;
    let printed: Vec<String> = tables.iter().map(Table::to_string).collect();
    Ok(printed.join("\n"))
}

/// The answers, from one state of the database.
fn tables(reader: &mut Reader<'_>) -> Result<Vec<Table>> {
    let all = Selection::default();
    let by_seller = WinRate::by(reader, Opportunity::OWNER_ID.to(User::NAME), Unknown::Kept, &all)?;
    let country = Opportunity::CUSTOMER_ID.to(Customer::COUNTRY);
    let by_country = WinRate::by(reader, country, Unknown::Kept, &all)?;
    Ok(vec![
        board_table(&Board::now(reader, &all)?),
        forecast(&Forecast::now(reader, Period::Quarter, &all)?),
        win_rate_table_by_value("Win rate by seller", "seller", &by_seller),
        win_rate_table_by_value("Win rate by country", "country", &by_country),
    ])
}

fn forecast(forecast: &Forecast) -> Table {
    let header = ["quarter", "category", "deals", "amount", "weighted"];
    let mut table = Table::new("Forecast by quarter of closing", &header);
    for row in &forecast.rows {
        table.row([
            row.starts_on
                .map_or_else(|| "no date".into(), |day| forecast.period.label(day)),
            row.category
                .map_or_else(|| "none".into(), |category| category.code().replace('_', " ")),
            row.figures.count.to_string(),
            amounts(&row.figures.amounts),
            amounts(&row.figures.weighted),
        ]);
    }
    table
}
