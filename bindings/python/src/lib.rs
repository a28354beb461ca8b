//! The native half of the Python package `crmkit`: turns calls of Python into calls of the crate `crmkit`, and what
//! comes back into values of Python. It holds no rule of its own; what people type lives in `python/crmkit`.

mod arrow;
mod errors;
mod insight;
mod file;
mod imports;
mod log;
mod logging;
mod memo;
mod observe;
mod progress;
mod records;
mod schema;
mod session;
mod signals;
mod table;
mod targets;
mod transaction;
mod values;

use pyo3::prelude::*;

/// The native half of crmkit; import `crmkit` instead.
#[pymodule(gil_used = false)]
mod _native {
    use super::{PyModule, PyResult};
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::insight::{
        board, bridge, campaign_returns, days_to_close, forecast, funnel, time_in_stage, win_rate, win_rate_by_closing,
    };
    #[pymodule_export]
    use super::file::{backup, undo, verify};
    #[pymodule_export]
    use super::imports::{ImportCards, ImportFolder, ImportPlan, import_presets, plan_folder, plan_import};
    #[pymodule_export]
    use super::log::{changes, history};
    #[pymodule_export]
    use super::observe::{Observing, observe};
    #[pymodule_export]
    use super::records::{Record, restore, schema};
    #[pymodule_export]
    use super::session::{Session, in_memory, open};
    #[pymodule_export]
    use super::table::{Table, table_of_records};
    #[pymodule_export]
    use super::targets::Target;
    #[pymodule_export]
    use super::values::Money;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::logging::begin();
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        super::records::add_classes(module)
    }
}
