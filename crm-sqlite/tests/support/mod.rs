//! Runs one test of the running program again, as a process of its own.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Names the file that the process works on; without it, it is an ordinary run in which the test has nothing to do.
const FILE: &str = "CRM_SQLITE_TEST_FILE";

/// The command that runs one test of a program, which may be a copy of this one, on a file.
pub(crate) fn process(program: &Path, test: &str, file: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--exact", test, "--nocapture"])
        .env(FILE, file)
        .stdout(Stdio::piped());
    command
}

/// The file that this process was started for.
pub(crate) fn file_of_this_process() -> Option<PathBuf> {
    env::var_os(FILE).map(Into::into)
}
