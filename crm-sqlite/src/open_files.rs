//! Which files this process has open, whoever in it opened them.

use std::fs::{self, File, Metadata};
use std::path::Path;

/// What a file is, whatever its name: its device and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileId(u64, u64);

/// Where the system lists the files that the process has open.
#[cfg(any(target_os = "linux", target_os = "android"))]
const HANDLES: &str = "/proc/self/fd";
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const HANDLES: &str = "/dev/fd";

#[cfg(unix)]
fn id(file: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    Some(FileId(file.dev(), file.ino()))
}

/// Elsewhere a file is locked for a handle and not for the process, so that two libraries do each other no harm.
#[cfg(not(unix))]
fn id(_: &Metadata) -> Option<FileId> {
    None
}

/// The file of a name; nothing where there is none.
pub(crate) fn id_of(path: &Path) -> Option<FileId> {
    id(&fs::metadata(path).ok()?)
}

/// An open file.
pub(crate) fn id_of_open(file: &File) -> Option<FileId> {
    id(&file.metadata().ok()?)
}

/// How many handles this process has on a file; none where the system does not tell.
pub(crate) fn handles_on(file: FileId) -> usize {
    let Ok(handles) = fs::read_dir(HANDLES) else {
        return 0;
    };
    handles
        .filter_map(|handle| id_of(&handle.ok()?.path()))
        .filter(|id| *id == file)
        .count()
}
