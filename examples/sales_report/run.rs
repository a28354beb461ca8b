//! From the command line to what is printed.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum};
use crmkit::Crm;
use crmkit::insight::{Board, Bridge, Selection};
use crmkit::table::Tabular;
use crmkit::values::{Currency, NaiveDate};

use crate::import::{self, Files};
use crate::report::Report;
use crate::{json, tables};

/// Imports a CRM export and tells how its sales went.
#[derive(Parser)]
pub(crate) struct Arguments {
    /// The folder with accounts.csv, sales_teams.csv, products.csv and sales_pipeline.csv.
    folder: PathBuf,
    /// Prints JSON instead of tables.
    #[arg(long)]
    json: bool,
    /// Where the records live.
    #[arg(long, value_enum, default_value = "sqlite")]
    store: StoreKind,
    /// The database file, which is kept; a temporary one where none is given.
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    db: Option<PathBuf>,
    /// Only the open pipeline as it was at the end of this day.
    #[arg(long, value_name = "DAY", conflicts_with_all = ["from", "to"])]
    on: Option<NaiveDate>,
    /// Only how the open pipeline at the end of this day became that of another.
    #[arg(long, value_name = "DAY", requires = "to")]
    from: Option<NaiveDate>,
    /// That other day.
    #[arg(long, value_name = "DAY", requires = "from")]
    to: Option<NaiveDate>,
    /// The folder that gets the rows which were refused.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    refused: PathBuf,
}

/// The stores there are.
#[derive(Clone, Copy, ValueEnum)]
enum StoreKind {
    Memory,
    Sqlite,
}

/// Imports the files, and gives what is to be printed; what was refused goes to `complaints`.
pub(crate) fn run(arguments: &Arguments, complaints: &mut dyn Write) -> Result<String, Box<dyn Error>> {
    let temporary = tempfile::tempdir()?;
    let crm = open(arguments, temporary.path())?.with_actor("sales_report");
    let files = Files::plan(&crm, &arguments.folder, &arguments.refused)?;
    for (name, result) in files.import(&crm)? {
        if result.counts.refused > 0 {
            writeln!(complaints, "{name}: {result}")?;
        }
    }
    answer(&crm, arguments)
}

fn open(arguments: &Arguments, temporary: &Path) -> crmkit::engine::Result<Crm> {
    match (arguments.store, &arguments.db) {
        (StoreKind::Memory, _) => Ok(Crm::in_memory()),
        (StoreKind::Sqlite, Some(file)) => crmkit::open(file),
        (StoreKind::Sqlite, None) => crmkit::open(temporary.join("sales.crm")),
    }
}

/// The answer that is asked for, from one state of the database.
fn answer(crm: &Crm, arguments: &Arguments) -> Result<String, Box<dyn Error>> {
    let currency = Currency::from_code(import::CURRENCY)?;
    let all = Selection::default();
    let (json, tables) = match (arguments.on, arguments.from, arguments.to) {
        (Some(day), ..) => {
            let board = crm.read(|reader| Board::on(reader, day, &all))?;
            (json::board(&board, currency), board.table().to_string())
        }
        (None, Some(from), Some(to)) => {
            let bridge = crm.read(|reader| Bridge::between(reader, from, to, &all))?;
            (json::bridge(&bridge, currency), bridge.table().to_string())
        }
        _ => {
            let report = crm.read(Report::ask)?;
            (json::report(&report, currency), tables::report(&report))
        }
    };
    if arguments.json {
        return Ok(serde_json::to_string_pretty(&json)? + "\n");
    }
    Ok(tables)
}
