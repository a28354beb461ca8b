//! How long it takes to write, find and count records, in memory and in a file: `cargo bench`.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod support;

use std::time::{Duration, Instant};

use crmkit::Crm;
use crmkit::customers::{Customer, CustomerDraft};
use crmkit::engine::{Conditions, Query, Result};
use crmkit::ids::CustomerId;

use crate::support::{Open, ROUNDS, median, on_both_stores};

const RECORDS: usize = 10_000;

fn main() -> Result<()> {
    println!("{RECORDS} customers, the median of {ROUNDS} rounds");
    on_both_stores(measure)
}

fn measure(store: &str, open: Open<'_>) -> Result<()> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let crm = open(round)?;
        let (ids, created) = timed(|| create(&crm))?;
        let (_, read) = timed(|| crm.read(|reader| ids.iter().try_for_each(|id| reader.get(*id).map(drop))))?;
        let (_, counted) = timed(|| crm.read(|reader| reader.count(&in_country("DE"))))?;
        rounds.push([created, read, counted]);
    }
    for (step, what) in ["create in one write", "get each by its id", "count by country"]
        .iter()
        .enumerate()
    {
        println!(
            "{store:>8}  {what:<20} {:>10.2?}",
            median(rounds.iter().map(|round| round[step]))
        );
    }
    Ok(())
}

fn create(crm: &Crm) -> Result<Vec<CustomerId>> {
    crm.write(|tx| {
        let countries = ["DE", "CN", "BR", "US"].into_iter().cycle();
        let customers = countries.take(RECORDS).enumerate().map(|(number, country)| {
            let mut draft = CustomerDraft::organization(format!("Customer {number}"));
            draft.country = Some(country.into());
            tx.create(draft).map(|customer| customer.id)
        });
        customers.collect()
    })
}

fn in_country(code: &str) -> Query {
    Query::of::<Customer>().filter(Customer::COUNTRY.is(code))
}

fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let start = Instant::now();
    let done = work()?;
    Ok((done, start.elapsed()))
}
