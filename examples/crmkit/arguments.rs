//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use crmkit::values::{NaiveDate, Period, Region, Tz, Uuid};

use crate::failure::EXIT_CODES;

/// Customers, deals and their numbers in one file.
#[derive(Debug, Parser)]
#[command(name = "crmkit", version, after_help = EXIT_CODES, infer_subcommands = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What holds for every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The CRM file; $CRMKIT_FILE, or else crm.db, where none is given
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// How answers are written
    #[arg(long, global = true, value_enum, default_value_t = Format::Table, hide_possible_values = true, value_name = "table|json|csv")]
    pub(crate) format: Format,
    /// The region of telephone numbers without a country code, as in DE
    #[arg(long, global = true, value_name = "REGION")]
    pub(crate) region: Option<Region>,
    /// The zone in which days begin and end, as in Europe/Berlin
    #[arg(
        long,
        global = true,
        value_name = "ZONE",
        default_value = "UTC",
        hide_default_value = true
    )]
    pub(crate) time_zone: Tz,
    /// Who writes; $USER where none is given
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Shows no progress and says nothing but the answer
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes a file with a company to look at, and its report
    Demo(Demo),
    /// Takes in a file: CSV, an export of another CRM, cards (.vcf), or a folder of exports
    Import(Import),
    /// Finds people, companies, deals and the rest by words, pinyin, initials, numbers
    Find(Find),
    /// The stages of a pipeline and what stands in them
    Board(Board),
    /// What is to close, by period and category
    Forecast(Forecast),
    /// All that is known of one record
    Show(Show),
    /// What happened to a record, or the latest changes of all
    History(History),
    /// Takes back a batch: everything that one command or program wrote at once
    Undo(Undo),
    /// Writes the report: one HTML page with its charts
    Report(Report),
    /// Copies the file while it is in use, and checks the copy
    Backup(Backup),
    /// Looks the file over
    Verify,
    /// Runs an SQL statement that reads
    Sql(Sql),
    /// Prints what makes a shell complete commands
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// By which the company is made up: the same number gives the same company
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Where its report goes
    #[arg(long, value_name = "FILE", default_value = "report.html")]
    pub(crate) report: PathBuf,
    /// Replaces a file that holds nothing but a demo company
    #[arg(long)]
    pub(crate) replace: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file, or a folder of exports
    pub(crate) source: PathBuf,
    /// What its rows are, as in customer or opportunities; exports of other CRMs need none
    #[arg(long, value_name = "TABLE")]
    pub(crate) into: Option<String>,
    /// Sends a column to a field: "Company=name". May be given several times
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub(crate) map: Vec<String>,
    /// The field by which a row finds the record that it changes. May be given several times
    #[arg(long, value_name = "FIELD")]
    pub(crate) key: Vec<String>,
    /// Fills a field in every row: "kind=organization". May be given several times
    #[arg(long, value_name = "FIELD=TEXT")]
    pub(crate) set: Vec<String>,
    /// The currency of amounts that name none: EUR
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,
    /// Only says what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Find {
    /// What to look for
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// At most this many
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct Board {
    /// The pipeline; the default one where none is given
    #[arg(long, value_name = "NAME")]
    pub(crate) pipeline: Option<String>,
    /// As it was at the end of this day
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<NaiveDate>,
    /// Only deals for which this holds, as in 'customer.country == "DE"'
    #[arg(long = "where", value_name = "FILTER")]
    pub(crate) filter: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Forecast {
    #[command(flatten)]
    pub(crate) selection: Board,
    /// month, quarter, year, or fiscal_quarter_4 where the year begins in April
    #[arg(long, value_name = "PERIOD", default_value = "month", value_parser = period)]
    pub(crate) by: Period,
}

fn period(code: &str) -> Result<Period, String> {
    Period::from_code(code).ok_or_else(|| "no such period: take week, month, quarter or year".into())
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// An id, the beginning of one, or a name
    #[arg(required = true)]
    pub(crate) what: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct History {
    /// An id, the beginning of one, or a name; the latest changes of all where nothing is given
    pub(crate) what: Vec<String>,
    /// At most this many changes, the latest
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// The batch; the last one where none is given
    pub(crate) batch: Option<Uuid>,
    /// Only shows what would be taken back
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Where the page goes; - is the output
    #[arg(short, long, value_name = "FILE", default_value = "report.html")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The copy
    pub(crate) target: PathBuf,
    /// Replaces a file of that name once the new copy is whole
    #[arg(long)]
    pub(crate) replace: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Sql {
    /// The statement
    pub(crate) statement: String,
    /// At most this many rows
    #[arg(long, default_value_t = 1000)]
    pub(crate) limit: usize,
}
