//! crmkit is the CRM that an app links in: one library, one file, no server.
//!
//! This crate is what an application uses. It gives the records and rules of `crm-core` their names, and with the
//! feature `sqlite` (on by default) the file in which they live.
//!
//! ```
//! use crmkit::{Crm, customers::*, engine::*, values::*};
//!
//! let crm = Crm::in_memory().with_actor("li.wei");
//! let revenue: Money = "1250000.00 EUR".parse()?;
//! let acme = crm.write(|tx| {
//!     let mut draft = CustomerDraft::organization("Acme GmbH");
//!     draft.country = Some("DE".into());
//!     draft.annual_revenue = Some(revenue);
//!     tx.create(draft)
//! })?;
//!
//! // What happens in one `write` happens together or not at all, and stays on record.
//! crm.write(|tx| tx.update(acme.id, [CustomerChange::Lifecycle(Lifecycle::Prospect)], Some(acme.revision)))?;
//! let history = crm.read(|reader| reader.history(acme.id))?;
//! assert_eq!(history.len(), 2);
//! assert_eq!(history[1].commit.actor, "li.wei");
//!
//! // A question is a query: the store answers it, no record is loaded to be looked at.
//! let in_germany = Query::of::<Customer>().filter(Customer::COUNTRY.is("DE"));
//! assert_eq!(crm.read(|reader| reader.count(&in_germany))?, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | module | holds |
//! |---|---|
//! | [`customers`] | people and organizations, how they belong together, our own users and teams |
//! | [`activities`] | interactions with those who took part, and tasks |
//! | [`sales`] | pipelines, stages, opportunities with their lines and history, products |
//! | [`marketing`] | campaigns, their members and what they answered |
//! | [`insight`] | board, forecast, win rates, funnel and other answers |
//! | [`table`] | every answer, and records, as typed tables for terminals, notebooks and data frames |
//! | [`report`] | the picture of a company as one page of HTML |
//! | [`exchange`] | import from files |
//! | [`customization`] | the fields that users add to records |
//! | [`demo`] | a company to look at, made up from a seed |
//! | [`values`] | money, instants, dates |
//! | [`ids`] | the typed id of every kind of record |
//! | [`engine`] | transactions, queries, errors, the change log, and the traits of a store |

pub use crm_core::{
    Crm, SCHEMA, activities, choice, customers, customization, demo, engine, entity, exchange, for_each_entity, ids,
    insight, marketing, report, sales, table, typed_id, values,
};

#[cfg(feature = "sqlite")]
pub use crm_sqlite::{
    BackupOptions, BackupProgress, BackupReport, CrmFile, Durability, Finding, OpenOptions, SqlOptions, SqlRows,
    SqlValue, SqliteStore, Verification, open,
};

/// The code in the pages of the repository, run as tests.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../README.md")]
    struct Readme;

    #[doc = include_str!("../ARCHITECTURE.md")]
    struct Architecture;

    #[doc = include_str!("../docs/cookbook/as-of.md")]
    #[doc = include_str!("../docs/cookbook/backup.md")]
    #[doc = include_str!("../docs/cookbook/currencies.md")]
    #[doc = include_str!("../docs/cookbook/custom-field.md")]
    #[doc = include_str!("../docs/cookbook/customer-at-a-glance.md")]
    #[doc = include_str!("../docs/cookbook/import-an-export.md")]
    #[doc = include_str!("../docs/cookbook/move-a-deal.md")]
    #[doc = include_str!("../docs/cookbook/observe.md")]
    #[doc = include_str!("../docs/cookbook/search.md")]
    #[doc = include_str!("../docs/cookbook/tables.md")]
    #[doc = include_str!("../docs/cookbook/undo.md")]
    #[doc = include_str!("../docs/cookbook/who-is-calling.md")]
    struct Cookbook;
}
