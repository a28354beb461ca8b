//! The commands.

mod board;
mod demo;
mod file;
mod find;
mod forecast;
mod history;
mod import;
mod report;
mod show;
mod undo;

use std::path::PathBuf;

use clap::CommandFactory;
use crmkit::{Crm, OpenOptions};

use crate::arguments::{Arguments, Command, Global};
use crate::failure::Failure;
use crate::sheet::{all_written, written};

/// What a command prints, and the exit code that goes with it.
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) code: u8,
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Self { text, code: 0 }
    }
}

/// Does what the command line asks for.
pub(crate) fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    let global = &arguments.global;
    let answer = match &arguments.command {
        Command::Demo(demo) => demo::run(global, demo)?,
        Command::Import(import) => import::run(global, import)?,
        Command::Find(find) => written(&find::run(&open(global)?, find)?, global.format),
        Command::Board(board) => written(&board::run(&open(global)?, board)?, global.format),
        Command::Forecast(forecast) => written(&forecast::run(&open(global)?, forecast)?, global.format),
        Command::Show(show) => all_written(&show::run(&open(global)?, show)?, global.format),
        Command::History(history) => written(&history::run(&open(global)?, history)?, global.format),
        Command::Undo(undo) => undo::run(global, &open(global)?, undo)?,
        Command::Report(report) => report::run(global, &open(global)?, report)?,
        Command::Backup(backup) => file::backup(global, &open(global)?, backup)?,
        Command::Verify => return file::verify(global, &open(global)?),
        Command::Sql(sql) => written(&file::sql(&open(global)?, sql)?, global.format),
        Command::Completions { shell } => completions(*shell),
    };
    Ok(answer.into())
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "crmkit", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The file that is meant.
fn path(global: &Global) -> PathBuf {
    let named = global
        .file
        .clone()
        .or_else(|| std::env::var_os("CRMKIT_FILE").map(Into::into));
    named.unwrap_or_else(|| "crm.db".into())
}

/// Opens the file, which must be there.
fn open(global: &Global) -> Result<Crm, Failure> {
    let path = path(global);
    if !path.exists() {
        return Err(Failure::file(format!(
            "there is no file {}. Make one with `crmkit demo` or `crmkit import`, or name another with --file.",
            path.display()
        )));
    }
    open_or_create(global)
}

fn open_or_create(global: &Global) -> Result<Crm, Failure> {
    let actor = global.actor.clone().or_else(|| std::env::var("USER").ok());
    let options = OpenOptions::new(path(global))
        .time_zone(global.time_zone)
        .actor(actor.unwrap_or_else(|| "crmkit".into()));
    let options = match global.region {
        Some(region) => options.region(region),
        None => options,
    };
    Ok(options.open()?)
}
