use std::thread;
use std::time::{Duration, Instant};

use crm_core::engine::{CrmError, Result, Watch};
use uuid::Uuid;

use crate::error::{is_busy, refused};

const SHORTEST_PAUSE: Duration = Duration::from_micros(200);
const LONGEST_PAUSE: Duration = Duration::from_millis(12);

/// How long one call waits for others, all its waiting taken together.
#[derive(Debug, Clone)]
pub(crate) struct Patience {
    begun: Instant,
    deadline: Duration,
    watch: Option<Watch>,
}

impl Patience {
    /// Waits up to this long, from now.
    pub(crate) fn of(deadline: Duration) -> Self {
        Self {
            begun: Instant::now(),
            deadline,
            watch: None,
        }
    }

    /// The same, which ends as well when the watch breaks.
    pub(crate) fn watched(mut self, watch: Option<&Watch>) -> Self {
        self.watch = watch.cloned();
        self
    }

    /// How much of it is left.
    pub(crate) fn left(&self) -> Duration {
        self.deadline.saturating_sub(self.begun.elapsed())
    }

    /// How long to wait before [`Patience::check`] is due.
    pub(crate) fn until_check(&self) -> Duration {
        match &self.watch {
            Some(_) => self.left().min(LONGEST_PAUSE),
            None => self.left(),
        }
    }

    /// The error when it ran out.
    pub(crate) fn exhausted(&self) -> CrmError {
        CrmError::Busy {
            waited: self.begun.elapsed(),
        }
    }

    /// Whether there is a reason to wait no longer.
    pub(crate) fn check(&self, operation: &'static str) -> Result<()> {
        if let Some(watch) = &self.watch {
            watch.check(operation)?;
        }
        if self.left().is_zero() {
            return Err(self.exhausted());
        }
        Ok(())
    }

    /// Tries again while another process holds the file.
    ///
    /// The pauses are random, so that processes that wait for each other do not wake in step, and short, so that each
    /// gets its turn.
    pub(crate) fn retry<T>(
        &self,
        operation: &'static str,
        mut attempt: impl FnMut() -> rusqlite::Result<T>,
    ) -> Result<T> {
        let mut pause = SHORTEST_PAUSE;
        loop {
            match attempt() {
                Ok(done) => return Ok(done),
                Err(error) if !is_busy(&error) => return Err(refused(operation, error)),
                Err(_) => self.check(operation)?,
            }
            thread::sleep(jittered(pause).min(self.left()));
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }
}

/// Between half of a pause and the whole.
fn jittered(pause: Duration) -> Duration {
    let random = Uuid::new_v4().as_u64_pair().1 as u32;
    pause / 2 + (pause / 2).mul_f64(f64::from(random) / f64::from(u32::MAX))
}
