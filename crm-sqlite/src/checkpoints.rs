//! Writes the log back into the file, beside those who write, so that it stays small and no commit waits for it.

use std::mem;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crm_core::engine::Result;

use crate::error::Refusal;
use crate::guard::{Guard, Link};
use crate::open::Place;
use crate::patience::Patience;
use crate::turns::Turns;

const OPERATION: &str = "writing the log back";

/// From how many pages on the log is written back: 4 MiB.
const WRITTEN_BACK_FROM: i64 = 1_000;
/// From how many pages on it is begun anew: 16 MiB. Writers and readers are waited for, and held up meanwhile.
const BEGUN_ANEW_FROM: i64 = 4_096;
/// How long they are waited for.
const LONGEST_STOP: Duration = Duration::from_millis(50);
/// How long they are left alone after they did not make way.
const BETWEEN_STOPS: Duration = Duration::from_millis(250);
/// How long a log is left alone that could not be written back, since somebody reads from it.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// The thread that does it, ended and waited for when this is dropped.
#[derive(Debug)]
pub(crate) struct Checkpoints {
    place: Arc<Place>,
    bell: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    pub(crate) fn begin(place: &Arc<Place>, turns: &Arc<Turns>) -> Self {
        let (bell, rung) = sync_channel(1);
        let worker = Worker {
            place: Arc::clone(place),
            turns: Arc::clone(turns),
            link: None,
            stopped_at: None,
        };
        let thread = thread::Builder::new().name("crmkit log".into());
        Self {
            place: Arc::clone(place),
            bell: Some(bell),
            // Without the thread the log is written back when the file is closed.
            thread: thread.spawn(move || worker.run(&rung)).ok(),
        }
    }

    /// Told after each commit.
    pub(crate) fn committed(&self) {
        if self.place.log_pages() >= WRITTEN_BACK_FROM
            && let Some(bell) = &self.bell
        {
            // One that is rung already need not be rung again.
            let _ = bell.try_send(());
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        if self.place.is_forked() {
            // The thread did not come along, and may have held the locks of its bell.
            mem::forget((self.bell.take(), self.thread.take()));
            return;
        }
        drop(self.bell.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the thread works with.
struct Worker {
    place: Arc<Place>,
    turns: Arc<Turns>,
    link: Option<Link>,
    /// When readers did not make way.
    stopped_at: Option<Instant>,
}

impl Worker {
    fn run(mut self, bell: &Receiver<()>) {
        let mut look_again: Option<Instant> = None;
        loop {
            let rung = match look_again {
                Some(at) => bell.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => bell.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            if rung == Err(RecvTimeoutError::Disconnected) {
                break;
            }
            if look_again.is_some_and(|at| Instant::now() < at) {
                continue;
            }
            let done = self.write_back().unwrap_or_else(|error| {
                tracing::warn!(%error, "the log could not be written back");
                false
            });
            look_again = (!done).then(|| Instant::now() + BETWEEN_LOOKS);
        }
        if let Some(link) = self.link.take() {
            link.close();
        }
    }

    /// Writes back what nobody reads from any more; true where nothing of weight is left.
    fn write_back(&mut self) -> Result<bool> {
        let (pages, written) = self.checkpoint("PASSIVE")?;
        let rested = self.stopped_at.is_none_or(|at| at.elapsed() > BETWEEN_STOPS);
        // A reader that pins more than the last of the log would not make way in time.
        if pages >= BEGUN_ANEW_FROM && pages - written < WRITTEN_BACK_FROM && rested {
            return self.begin_anew();
        }
        Ok(pages < BEGUN_ANEW_FROM && pages - written < WRITTEN_BACK_FROM)
    }

    /// Begins the log anew between two writers, who queue meanwhile; true where readers made way.
    fn begin_anew(&mut self) -> Result<bool> {
        let seat = self.turns.take(&Patience::of(self.place.busy_deadline()))?;
        let counts = self.checkpoint("TRUNCATE");
        self.turns.give(seat);
        let begun_anew = counts?.0 == 0;
        self.stopped_at = (!begun_anew).then(Instant::now);
        Ok(begun_anew)
    }

    /// How many pages the log has after it, and how many of them are written back.
    fn checkpoint(&mut self, mode: &str) -> Result<(i64, i64)> {
        let _at_work = self.place.guard().map(Guard::at_work);
        if self.link.is_none() {
            let link = self.place.connect(&Patience::of(LONGEST_STOP))?;
            link.busy_timeout(LONGEST_STOP).during(OPERATION)?;
            self.link = Some(link);
        }
        // A library that began to use the file meanwhile would not see what is written back.
        let _alone = self.place.guard().map(Guard::alone).transpose()?;
        let pragma = format!("PRAGMA wal_checkpoint({mode})");
        let counts = self
            .link
            .as_ref()
            .map(|link| link.query_row(&pragma, (), |row| Ok((row.get(1)?, row.get(2)?))));
        counts.unwrap_or(Ok((0, 0))).during(OPERATION)
    }
}
