//! How long it takes to write, find and count records, in memory and in a file: `cargo bench`.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::time::{Duration, Instant};

use crmkit::customers::{Customer, CustomerDraft};
use crmkit::engine::{Conditions, CrmError, Query, Result};
use crmkit::ids::CustomerId;
use crmkit::{Crm, OpenOptions};

const RECORDS: usize = 10_000;
/// Odd, so that there is one in the middle.
const ROUNDS: usize = 5;

fn main() -> Result<()> {
    println!("{RECORDS} customers, the median of {ROUNDS} rounds");
    measure("memory", |_| Ok(Crm::in_memory()))?;
    let folder = tempfile::tempdir().map_err(|error| {
        CrmError::storage(
            "making a folder",
            error.to_string(),
            "Make room in the folder for temporary files",
        )
    })?;
    measure("SQLite", |round| {
        OpenOptions::new(folder.path().join(format!("{round}.db"))).open()
    })
}

fn measure(store: &str, open: impl Fn(usize) -> Result<Crm>) -> Result<()> {
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

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<_> = times.collect();
    times.sort_unstable();
    times[times.len() / 2]
}
