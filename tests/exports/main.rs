//! Exports of other systems, on real data: whole folders by their headers, and files as messy as people have them.

#[path = "../support/data_sets.rs"]
mod data_sets;

mod atomic_crm;
mod csv_spectrum;
mod messy_csv;
mod other_systems;
mod salesforce;
