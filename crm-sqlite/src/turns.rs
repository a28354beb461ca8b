//! The right to write, for which threads queue in the order in which they came.

use std::collections::VecDeque;
use std::fmt;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crm_core::engine::Result;

use crate::guard::Link;
use crate::patience::Patience;

/// The right to write, with the connection for it unless the last one broke.
pub(crate) type Seat = Option<Link>;

/// Who has the right to write, and who waits for it.
pub(crate) struct Turns(Mutex<Queue>);

struct Queue {
    vacant: Option<Seat>,
    waiting: VecDeque<SyncSender<Seat>>,
}

impl fmt::Debug for Turns {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Turns")
    }
}

impl Turns {
    pub(crate) fn new(seat: Seat) -> Self {
        Self(Mutex::new(Queue {
            vacant: Some(seat),
            waiting: VecDeque::new(),
        }))
    }

    /// Waits for the right to write, behind those who came before.
    pub(crate) fn take(&self, patience: &Patience) -> Result<Seat> {
        let (sender, receiver) = sync_channel(1);
        {
            let mut queue = self.queue();
            if let Some(seat) = queue.vacant.take() {
                return Ok(seat);
            }
            queue.waiting.push_back(sender);
        }
        let given_up = loop {
            match receiver.recv_timeout(patience.until_check()) {
                Ok(seat) => return Ok(seat),
                Err(_) => {
                    if let Err(error) = patience.check("waiting to write") {
                        break error;
                    }
                }
            }
        };
        // Seats are handed over under this lock, so none can be on its way and get lost.
        let _handing_over = self.queue();
        receiver.try_recv().map_err(|_| given_up)
    }

    /// Hands the right on.
    pub(crate) fn give(&self, mut seat: Seat) {
        let mut queue = self.queue();
        while let Some(next) = queue.waiting.pop_front() {
            match next.try_send(seat) {
                Ok(()) => return,
                // Gave up waiting.
                Err(TrySendError::Disconnected(back) | TrySendError::Full(back)) => seat = back,
            }
        }
        queue.vacant = Some(seat);
    }

    /// The seat, where nobody has it or waits for it.
    pub(crate) fn vacant(&self) -> Seat {
        self.queue().vacant.take().flatten()
    }

    /// A panic elsewhere leaves the queue as it was: each change is one step.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
