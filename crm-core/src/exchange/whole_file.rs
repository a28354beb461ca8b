use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use crate::engine::{CrmError, Result};

/// Writes a file that takes its name only when it is whole. What is there and is no file, such as a pipe or
/// `/dev/stdout`, is written to as it is.
pub(super) fn write_whole<T>(
    path: &Path,
    failed: impl Fn(&io::Error) -> CrmError,
    write: impl FnOnce(BufWriter<File>) -> Result<T>,
) -> Result<T> {
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        let file = File::options().write(true).open(path).map_err(|error| failed(&error))?;
        return write(BufWriter::new(file));
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".part");
    let file = File::create(&unfinished).map_err(|error| failed(&error))?;
    let written = write(BufWriter::new(file)).and_then(|written| {
        std::fs::rename(&unfinished, path).map_err(|error| failed(&error))?;
        Ok(written)
    });
    if written.is_err()
        && let Err(error) = std::fs::remove_file(&unfinished)
    {
        tracing::warn!(%error, "an unfinished export is left");
    }
    written
}
