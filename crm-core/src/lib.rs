//! The records, rules, queries and answers of crmkit, without any database.
//!
//! Applications use the crate `crmkit`, which adds the SQLite file; authors of stores and bindings use this one.

// Lets what `#[entity]` generates name this crate the same way inside and outside of it.
extern crate self as crm_core;

pub mod activities;
#[cfg(feature = "conformance")]
pub mod conformance;
mod crm;
pub mod customers;
pub mod customization;
pub mod demo;
pub mod engine;
pub mod exchange;
pub mod ids;
pub mod insight;
pub mod marketing;
pub mod report;
pub mod sales;
pub mod table;
pub mod values;

pub use crm::{Crm, SCHEMA};
pub use crm_macros::entity;
