//! Locks on bytes of a file, beside those that SQLite itself takes.
//!
//! SQLite's locks belong to the process, so two libraries in one process do not see each other's, and either drops those
//! of both when it closes the file. Locks of an open file description (Linux: `fcntl(2)`, F_OFD_SETLK) are seen by
//! everybody, the process itself included, and stay until they are released.

use std::fs::File;
use std::ops::Range;
use std::sync::LazyLock;

use uuid::Uuid;

/// Bytes that SQLite locks: <https://www.sqlite.org/src/file/src/os.h> and `os_unix.c`.
pub(crate) const PENDING: Range<i64> = 0x4000_0000..0x4000_0001;
/// Locked for reading by every connection; for writing by the one that takes the log away.
pub(crate) const SHARED: Range<i64> = 0x4000_0002..0x4000_0200;
/// In the index of the log: locked for reading by every process that uses it.
pub(crate) const INDEX_IN_USE: Range<i64> = 128..129;

/// Beyond every page; random, and the same in processes that are forked off.
static MARKS: LazyLock<i64> = LazyLock::new(|| (1 << 48) + i64::from(Uuid::new_v4().as_fields().0));

/// A byte that this process alone locks, and that SQLite never does.
fn marked_byte() -> Range<i64> {
    let byte = *MARKS + i64::from(std::process::id());
    byte..byte + 1
}

#[cfg(any(target_os = "linux", target_os = "android"))]
mod system {
    use std::fs::File;
    use std::ops::Range;

    use nix::fcntl::{FcntlArg, fcntl};
    use nix::libc::{F_RDLCK, F_UNLCK, F_WRLCK, SEEK_SET, c_int, flock};

    /// Whether a process that was forked off can have locks of its own beside what it inherited.
    pub(crate) const OUTLIVE_A_FORK: bool = true;

    fn request(kind: c_int, bytes: &Range<i64>) -> flock {
        flock {
            l_type: kind as i16,
            l_whence: SEEK_SET as i16,
            l_start: bytes.start,
            l_len: bytes.end - bytes.start,
            l_pid: 0,
        }
    }

    /// Locks for reading; false where somebody has it for writing.
    pub(crate) fn share(file: &File, bytes: &Range<i64>) -> bool {
        fcntl(file, FcntlArg::F_OFD_SETLK(&request(F_RDLCK, bytes))).is_ok()
    }

    /// Locks for writing; false where anybody else has it.
    pub(crate) fn exclude(file: &File, bytes: &Range<i64>) -> bool {
        fcntl(file, FcntlArg::F_OFD_SETLK(&request(F_WRLCK, bytes))).is_ok()
    }

    /// Releases what was locked so.
    pub(crate) fn release(file: &File, bytes: &Range<i64>) {
        // Releasing cannot fail where locking did not.
        let _ = fcntl(file, FcntlArg::F_OFD_SETLK(&request(F_UNLCK, bytes)));
    }

    /// Locks for the process, as SQLite does.
    pub(super) fn lock_for_process(file: &File, bytes: &Range<i64>) {
        // One that could not be had is found missing.
        let _ = fcntl(file, FcntlArg::F_SETLK(&request(F_WRLCK, bytes)));
    }

    pub(super) fn is_locked(file: &File, bytes: &Range<i64>) -> bool {
        let mut asked = request(F_WRLCK, bytes);
        fcntl(file, FcntlArg::F_OFD_GETLK(&mut asked)).is_ok() && c_int::from(asked.l_type) != F_UNLCK
    }
}

/// Elsewhere there are no such locks: a second library is found by its open files alone.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
mod system {
    use std::fs::File;
    use std::ops::Range;

    pub(crate) const OUTLIVE_A_FORK: bool = false;

    pub(crate) fn share(_: &File, _: &Range<i64>) -> bool {
        true
    }

    pub(crate) fn exclude(_: &File, _: &Range<i64>) -> bool {
        true
    }

    pub(crate) fn release(_: &File, _: &Range<i64>) {}

    pub(super) fn lock_for_process(_: &File, _: &Range<i64>) {}

    pub(super) fn is_locked(_: &File, _: &Range<i64>) -> bool {
        true
    }
}

pub(crate) use system::{OUTLIVE_A_FORK, exclude, release, share};

/// Puts a mark on the file, which vanishes with the locks of this process when anybody in it closes the file.
pub(crate) fn mark(file: &File) {
    system::lock_for_process(file, &marked_byte());
}

/// Whether nobody in this process has closed the file since it was marked.
pub(crate) fn is_marked(file: &File) -> bool {
    system::is_locked(file, &marked_byte())
}
