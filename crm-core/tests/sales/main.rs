//! The rules of selling, each stated as a test: pipelines, stages, opportunities, lines, history, contacts, products.

mod closing_rates;
mod commands;
mod competitors;
mod contacts;
mod creation;
mod desk;
mod exchange_rates;
mod history;
mod imports;
mod invariants;
mod lines;
mod messages;
mod pipelines;
mod products;
#[path = "../refusals/mod.rs"]
mod refusals;
mod stages;
mod standard_pipeline;
