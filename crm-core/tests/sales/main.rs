//! The rules of selling, each stated as a test: pipelines, stages, opportunities, lines, history, contacts, products.

mod commands;
mod contacts;
mod creation;
mod desk;
mod history;
mod imports;
mod invariants;
mod lines;
mod pipelines;
mod products;
mod refusals;
mod stages;
