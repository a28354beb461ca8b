use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{CrmError, Result};

/// Asked again and again, while a call works or waits, whether to go on: what a Ctrl-C or a cancelled task answers.
///
/// It is asked on the thread that works, some thousand times a second, so it should answer at once; and from within the
/// store, so it must not use the CRM. Give it to [`Session::with_watch`](super::Session::with_watch).
///
/// ```
/// use std::ops::ControlFlow;
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicBool, Ordering};
/// use crm_core::{Crm, customers::{Customer, CustomerDraft}, engine::{Query, Watch}};
/// let crm = Crm::in_memory();
/// let stopped = Arc::new(AtomicBool::new(false));
/// let asked = Arc::clone(&stopped);
/// let watched = crm.clone().with_watch(Watch::new(move || match asked.load(Ordering::Relaxed) {
///     true => ControlFlow::Break(()),
///     false => ControlFlow::Continue(()),
/// }));
/// watched.write(|tx| tx.create(CustomerDraft::organization("Acme GmbH")))?;
/// stopped.store(true, Ordering::Relaxed);
/// let error = watched.write(|tx| tx.create(CustomerDraft::organization("Globex"))).unwrap_err();
/// assert_eq!(error.code(), "cancelled");
/// assert_eq!(crm.read(|reader| reader.count(&Query::of::<Customer>()))?, 1);
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Clone)]
pub struct Watch(Arc<dyn Fn() -> ControlFlow<()> + Send + Sync>);

impl fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Watch")
    }
}

impl Watch {
    /// A watch that asks this.
    pub fn new(ask: impl Fn() -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(ask))
    }

    /// Asks whether to go on.
    pub fn ask(&self) -> ControlFlow<()> {
        (self.0)()
    }

    /// Asks, and returns an error where the work is to stop.
    ///
    /// # Errors
    /// [`CrmError::Cancelled`] with this operation.
    pub fn check(&self, operation: &'static str) -> Result<()> {
        match self.ask() {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(CrmError::Cancelled { operation }),
        }
    }

    /// The same for one call: once it broke, it stays broken, so that no part of the call goes on after another stopped.
    #[must_use]
    pub fn latched(&self) -> Self {
        let (watch, broken) = (self.clone(), AtomicBool::new(false));
        Self::new(move || {
            if broken.load(Ordering::Relaxed) || watch.ask().is_break() {
                broken.store(true, Ordering::Relaxed);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })
    }
}
