//! The native half of the Python package `crmkit`: turns calls of Python into calls of the crate `crmkit`, and what
//! comes back into values of Python. It holds no rule of its own; what people type lives in `python/crmkit`.

mod arrow;
mod commands;
mod errors;
mod exports;
mod file;
mod imports;
mod insight;
mod log;
mod logging;
mod memo;
mod object;
mod observe;
mod pages;
mod progress;
mod raised;
mod records;
mod report;
mod schema;
mod search;
mod session;
mod signals;
mod sql;
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
    use super::commands::{
        Rates, add_contact_point, add_members, add_stage, addresses_of, affiliations_of, callers, campaign_member,
        campaign_statuses, cancel_task, complete_task, contact_points_of, contact_points_with, create_campaign,
        create_custom_field, create_customer, create_interaction, create_opportunity, create_pipeline,
        create_standard_pipeline, create_task, create_unchecked, default_pipeline, delete_stage, end_affiliation,
        external_ids_of, interaction_known_as, lines_of, link_external_id, link_interaction, lose_opportunity,
        merge_tags, move_opportunity, pipeline_named, rates_on, record_known_as, reinstate_custom_field, reminders,
        reopen_opportunity, reopen_task, reorder_stages, respond, respond_as_member, retire_custom_field, set_options,
        stage_history, stage_named, stages_of, tag_named, tag_record, tags_of, tasks_due, unlink_interaction,
        untag_record, update_or_create_interaction, win_opportunity, write_missing_closing_rates,
    };
    #[pymodule_export]
    use super::exports::{export_cards, export_csv};
    #[pymodule_export]
    use super::file::{backup, undo, verify};
    #[pymodule_export]
    use super::imports::{ImportCards, ImportFolder, ImportPlan, import_presets, plan_folder, plan_import};
    #[pymodule_export]
    use super::insight::{
        board, bridge, campaign_returns, days_to_close, forecast, funnel, time_in_stage, win_rate, win_rate_by_closing,
    };
    #[pymodule_export]
    use super::log::{changes, history};
    #[pymodule_export]
    use super::observe::{Observing, observe};
    #[pymodule_export]
    use super::pages::{profile, timeline, view360};
    #[pymodule_export]
    use super::records::{Record, restore, schema};
    #[pymodule_export]
    use super::report::{holds_demo_alone, load_demo, report};
    #[pymodule_export]
    use super::search::search;
    #[pymodule_export]
    use super::session::{Session, in_memory, open};
    #[pymodule_export]
    use super::sql::{Rows, sql};
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
