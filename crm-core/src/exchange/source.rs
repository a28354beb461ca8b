use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::{CrmError, Result, Watch};

/// What errors of reading name.
const READING: &str = "reading the import";

/// Opens the same bytes from their beginning, as often as it is asked to.
type Opener = dyn Fn() -> io::Result<Box<dyn Read>> + Send + Sync;

/// Where the bytes of an import come from. They are read more than once, from the beginning each time.
#[derive(Clone)]
pub(super) enum Source {
    File(PathBuf),
    Bytes(Arc<[u8]>),
    Reader { name: String, open: Arc<Opener> },
}

impl Source {
    /// What the plan calls it: the name of the file, without its folder.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path
                .file_name()
                .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy())
                .into_owned(),
            Self::Bytes(_) => "bytes in memory".into(),
            Self::Reader { name, .. } => name.clone(),
        }
    }

    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Bytes(_) | Self::Reader { .. } => None,
        }
    }

    /// The bytes from their beginning; reading them ends where the watch breaks.
    pub(super) fn open(&self, watch: Option<&Watch>) -> Result<ByteStream> {
        Ok(ByteStream {
            bytes: self.bytes()?,
            watch: watch.cloned(),
        })
    }

    fn bytes(&self) -> Result<Box<dyn Read>> {
        match self {
            Self::File(path) => File::open(path)
                .map(|file| Box::new(file) as Box<dyn Read>)
                .map_err(|error| unreadable(&self.name(), &error)),
            Self::Bytes(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Self::Reader { open, .. } => open().map_err(|error| unreadable(&self.name(), &error)),
        }
    }
}

/// The bytes of an import, read a chunk at a time.
pub(super) struct ByteStream {
    bytes: Box<dyn Read>,
    watch: Option<Watch>,
}

impl ByteStream {
    /// Reads until the buffer is full or the input ends, and returns how much there was.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if let Some(watch) = &self.watch {
            watch.check(READING)?;
        }
        let mut filled = 0;
        while filled < buffer.len() {
            match self.bytes.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unreadable("the file", &error)),
            }
        }
        Ok(filled)
    }
}

/// Bytes in memory.
impl From<Vec<u8>> for ByteStream {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes: Box::new(Cursor::new(bytes)),
            watch: None,
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Source").field(&self.name()).finish()
    }
}

/// A file or a folder of an import could not be read.
pub(super) fn unreadable(name: &str, error: &io::Error) -> CrmError {
    CrmError::storage(
        READING,
        format!("{name}: {error}"),
        "Check that the file is there and may be read",
    )
}
