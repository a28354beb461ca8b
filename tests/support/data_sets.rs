//! The folders of real data that lie beside the project, not in it.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder of a data set, in `../shared/data` beside the repository or in what `CRMKIT_DATA` names. Nothing where
/// `CRMKIT_DATA` is `none`: the tests that need it then say so and end, which nobody gets without asking for it.
///
/// # Panics
/// Where it is not there.
pub(crate) fn data_set(name: &str) -> Option<PathBuf> {
    let folder = match std::env::var_os("CRMKIT_DATA") {
        Some(none) if none == "none" => {
            // Past the capture of output, which would hide it from those who read the results.
            let _ = writeln!(
                std::io::stderr(),
                "not tested, since CRMKIT_DATA=none: the data set {name}"
            );
            return None;
        }
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
    };
    assert!(
        folder.join(name).is_dir(),
        "no data set {name} in {}: put it there, let CRMKIT_DATA name the folder of data sets, or set CRMKIT_DATA=none \
         to go without the tests on real data",
        folder.display()
    );
    Some(folder.join(name))
}
