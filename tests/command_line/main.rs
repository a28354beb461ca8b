//! What `crmkit` prints on the command line, and its exit codes.

#[path = "../../examples/crmkit/arguments.rs"]
mod arguments;
#[path = "../../examples/crmkit/commands/mod.rs"]
mod commands;
#[path = "../../examples/crmkit/failure.rs"]
mod failure;
#[path = "../../examples/crmkit/kinds.rs"]
mod kinds;
#[path = "../../examples/crmkit/progress.rs"]
mod progress;
#[path = "../../examples/crmkit/sheet.rs"]
mod sheet;

mod answers;
mod company;
mod refusals;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{CommandFactory, Parser};
use crmkit::engine::{Ids, ManualClock};
use crmkit::values::Timestamp;
use tempfile::TempDir;

use arguments::Arguments;

/// 2026-06-30T08:00:00Z.
const NOW: Timestamp = Timestamp::from_milliseconds(1_782_806_400_000);

/// A folder with the file of a small company, always the same.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let crm = crmkit::OpenOptions::new(desk.path("crm.db"))
            .clock(Arc::new(ManualClock::at(NOW)))
            .ids(Ids::seeded(1))
            .actor("li.wei")
            .open()
            .expect("a file");
        company::create(&crm).expect("a company");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a command prints, or what it says went wrong, and its exit code.
    fn runs(&self, command: &[&str]) -> (String, u8) {
        let file = self.path("crm.db");
        let file = [
            "crmkit",
            "--file",
            file.to_str().expect("a path of text"),
            "--actor",
            "test",
        ];
        let arguments = match Arguments::try_parse_from(file.iter().chain(command)) {
            Ok(arguments) => arguments,
            Err(error) => return (error.to_string(), u8::try_from(error.exit_code()).expect("a code")),
        };
        let (text, code) = match commands::run(&arguments) {
            Ok(answer) => (answer.text, answer.code),
            Err(failure) => (failure.to_string(), failure.code()),
        };
        let folder = self.folder.path().to_str().expect("a path of text");
        (text.replace(folder, "FOLDER"), code)
    }

    /// What a command prints that does its work.
    fn prints(&self, command: &[&str]) -> String {
        let (text, code) = self.runs(command);
        assert_eq!(code, 0, "{text}");
        text
    }
}

#[test]
fn the_help_names_every_command_and_every_exit_code() {
    insta::assert_snapshot!(Arguments::command().render_help());
}

#[test]
fn the_command_line_is_well_formed() {
    Arguments::command().debug_assert();
}
