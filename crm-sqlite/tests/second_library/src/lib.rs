//! The system's own SQLite, loaded into a test's process beside the one that crmkit brings; and processes forked off.
//!
//! It stands for what any application may do: Python's `sqlite3`, another crate with its own copy, a plug-in.

#![cfg(target_os = "linux")]

use std::ffi::{CString, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::ptr;

use libloading::{Library, library_filename};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, fork};

type Open = unsafe extern "C" fn(*const c_char, *mut *mut c_void) -> c_int;
type Close = unsafe extern "C" fn(*mut c_void) -> c_int;
type BusyTimeout = unsafe extern "C" fn(*mut c_void, c_int) -> c_int;
type Callback = unsafe extern "C" fn(*mut c_void, c_int, *mut *mut c_char, *mut *mut c_char) -> c_int;
type Exec = unsafe extern "C" fn(*mut c_void, *const c_char, Option<Callback>, *mut c_void, *mut *mut c_char) -> c_int;

/// A connection of the system's SQLite.
#[derive(Debug)]
pub struct Connection {
    library: Library,
    handle: *mut c_void,
}

impl Connection {
    /// Opens a file; it waits up to a second for others.
    ///
    /// # Panics
    /// Where the system has no `libsqlite3.so.0`, or it cannot open the file.
    pub fn open(path: &Path) -> Self {
        // SAFETY: SQLite runs nothing of its own when it is loaded.
        let library = unsafe { Library::new("libsqlite3.so.0") }
            .unwrap_or_else(|error| panic!("{:?} 3 is needed for this test: {error}", library_filename("sqlite3")));
        let name = CString::new(path.as_os_str().as_bytes()).expect("a path has no zero byte");
        let mut handle = ptr::null_mut();
        // SAFETY: the types are those of sqlite3.h, and both pointers are valid for the calls.
        let opened = unsafe {
            let open = library.get::<Open>(b"sqlite3_open").expect("SQLite has it");
            let opened = open(name.as_ptr(), &raw mut handle);
            library
                .get::<BusyTimeout>(b"sqlite3_busy_timeout")
                .expect("SQLite has it")(handle, 1_000);
            opened
        };
        assert_eq!(opened, 0, "the system's SQLite cannot open the file");
        Self { library, handle }
    }

    /// Runs SQL, and returns the whole number in the first column of the last row, or 0 where there was none.
    ///
    /// # Errors
    /// The code that SQLite returned.
    pub fn run(&self, sql: &str) -> Result<i64, i32> {
        let sql = CString::new(sql).expect("SQL has no zero byte");
        let mut number = 0_i64;
        // SAFETY: the handle is open, and the callback is given the number, which outlives the call.
        let code = unsafe {
            let exec = self.library.get::<Exec>(b"sqlite3_exec").expect("SQLite has it");
            exec(
                self.handle,
                sql.as_ptr(),
                Some(first_number),
                (&raw mut number).cast(),
                ptr::null_mut(),
            )
        };
        if code == 0 { Ok(number) } else { Err(code) }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and used by nobody after this.
        unsafe {
            if let Ok(close) = self.library.get::<Close>(b"sqlite3_close") {
                close(self.handle);
            }
        }
    }
}

/// Keeps the first column of a row.
unsafe extern "C" fn first_number(
    number: *mut c_void,
    columns: c_int,
    values: *mut *mut c_char,
    _names: *mut *mut c_char,
) -> c_int {
    if columns > 0 {
        // SAFETY: SQLite gives as many texts as columns, each ended by a zero byte or null, and the number of `run`.
        unsafe {
            if !(*values).is_null() {
                let text = std::ffi::CStr::from_ptr(*values).to_string_lossy();
                *number.cast::<i64>() = text.parse().unwrap_or_default();
            }
        }
    }
    0
}

/// Runs work in a process forked off this one, and returns whether it answered true.
///
/// # Panics
/// Where the system cannot fork.
pub fn forked(work: impl FnOnce() -> bool) -> bool {
    // SAFETY: the child runs only `work` and leaves without unwinding; the tests call this with no lock held.
    match unsafe { fork() }.expect("the system can fork") {
        ForkResult::Parent { child } => matches!(waitpid(child, None), Ok(WaitStatus::Exited(_, 0))),
        ForkResult::Child => {
            let answered = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or(false);
            // SAFETY: leaves at once, without what the parent has registered to run at its end.
            unsafe { nix::libc::_exit(i32::from(!answered)) }
        }
    }
}
