//! A transaction that stays open between calls of Python, until its `with` block ends.
//!
//! The engine writes in a closure; a `with` block is none. So the closure runs on a thread of its own, which takes the
//! work of the block one piece at a time, and ends when the block does.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crmkit::Crm;
use crmkit::engine::{BatchId, CrmError, Result, Tx, Watch};
use pyo3::prelude::*;

use crate::errors::exception;
use crate::logging;
use crate::signals::PATIENCE;

type Work = Box<dyn FnOnce(&mut Tx<'_>) + Send>;

enum Message {
    Do(Work),
    Commit,
}

/// An open transaction.
pub(crate) struct Transaction {
    messages: Mutex<Option<Sender<Message>>>,
    ended: Mutex<Receiver<Result<BatchId>>>,
    stop: Arc<AtomicBool>,
    process: u32,
}

impl Transaction {
    /// Begins one, once it is this one's turn to write.
    pub(crate) fn begin(py: Python<'_>, crm: Crm) -> PyResult<Self> {
        let (messages, inbox) = channel();
        let (begun, mut beginning) = channel();
        let (end, ended) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let watched = Arc::clone(&stop);
        let work = move || {
            let crm = crm.with_watch(Watch::new(move || match watched.load(Ordering::Relaxed) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }));
            // Nobody waits any more where sending fails.
            let _ = end.send(run(&crm, &inbox, &begun));
        };
        thread::Builder::new()
            .name("crmkit transaction".into())
            .spawn(work)
            .map_err(|error| {
                let error = CrmError::storage("begin a transaction", error.to_string(), "Close other programs");
                exception(py, &error)
            })?;
        let transaction = Self {
            messages: Mutex::new(Some(messages)),
            ended: Mutex::new(ended),
            stop,
            process: std::process::id(),
        };
        match transaction.wait(py, &mut beginning)? {
            Some(()) => Ok(transaction),
            None => Err(transaction.end(py).err().unwrap_or_else(|| over(py))),
        }
    }

    /// Does a piece of work in the transaction. Where it fails, what it wrote is taken back, and nothing else is.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> PyResult<T> {
        self.check_process(py)?;
        let (reply, mut answer) = channel();
        let work: Work = Box::new(move |tx| {
            // Nobody waits any more where sending fails.
            let _ = reply.send(tx.attempt(work));
        });
        let sent = match &*self.messages.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(messages) => messages.send(Message::Do(work)).is_ok(),
            None => false,
        };
        let answer = if sent { self.wait(py, &mut answer)? } else { None };
        answer.ok_or_else(|| over(py))?.map_err(|error| exception(py, &error))
    }

    /// Commits, and tells the batch by which all of it can be undone.
    pub(crate) fn commit(&self, py: Python<'_>) -> PyResult<BatchId> {
        self.check_process(py)?;
        let messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner).take();
        let sent = messages.is_some_and(|messages| messages.send(Message::Commit).is_ok());
        if sent { self.end(py) } else { Err(over(py)) }
    }

    /// Takes everything back, and waits until that is done.
    pub(crate) fn roll_back(&self, py: Python<'_>) {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner).take();
        if std::process::id() == self.process {
            // That it was taken back is what was asked for.
            let _ = self.end(py);
        }
    }

    fn end(&self, py: Python<'_>) -> PyResult<BatchId> {
        let ended = py.detach(|| self.ended.lock().unwrap_or_else(PoisonError::into_inner).recv());
        logging::flush(py);
        match ended {
            Ok(result) => result.map_err(|error| exception(py, &error)),
            Err(_) => Err(over(py)),
        }
    }

    /// Waits for an answer and for signals; nothing where the transaction ended without one.
    fn wait<T: Send>(&self, py: Python<'_>, answer: &mut Receiver<T>) -> PyResult<Option<T>> {
        loop {
            // Taken along whole: a receiver is not to be shared.
            let answer = &mut *answer;
            match py.detach(move || answer.recv_timeout(PATIENCE)) {
                Ok(answer) => return Ok(Some(answer)),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => py.check_signals().inspect_err(|_| {
                    self.stop.store(true, Ordering::Relaxed);
                })?,
            }
        }
    }

    /// The thread of a transaction does not come along into a fork of the process.
    fn check_process(&self, py: Python<'_>) -> PyResult<()> {
        if std::process::id() == self.process {
            return Ok(());
        }
        let error = CrmError::refused(
            "file.forked",
            "the transaction was begun before this process was forked",
            "Open the file again in this process",
        );
        Err(exception(py, &error))
    }
}

/// The whole transaction, from its beginning to its end.
fn run(crm: &Crm, inbox: &Receiver<Message>, begun: &Sender<()>) -> Result<BatchId> {
    let mut runs = 0;
    crm.write(|tx| {
        runs += 1;
        if runs > 1 || begun.send(()).is_err() {
            return Err(given_up());
        }
        loop {
            match inbox.recv() {
                Ok(Message::Do(work)) => work(tx),
                Ok(Message::Commit) => return Ok(tx.batch()),
                Err(_) => return Err(given_up()),
            }
        }
    })
}

fn given_up() -> CrmError {
    CrmError::Cancelled {
        operation: "the transaction",
    }
}

fn over(py: Python<'_>) -> PyErr {
    let error = CrmError::refused("transaction.over", "the transaction has ended", "Begin another one");
    exception(py, &error)
}
