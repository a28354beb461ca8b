//! How long it takes to import opportunities with a product line and their stages from a CSV file of 8,800 rows, in
//! memory and in a file, the first time and again when nothing changed: `cargo bench --bench import`.

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod support;

use std::fmt::Write;
use std::time::{Duration, Instant};

use crmkit::Crm;
use crmkit::engine::{CrmError, Result};
use crmkit::exchange::{Import, Plan, Target};
use crmkit::sales::{NewStage, Opportunity, Pipeline, PipelineDraft, ProductDraft};

use crate::support::{Open, ROUNDS, median, on_both_stores};

const ROWS: usize = 8_800;

fn main() -> Result<()> {
    println!("{ROWS} opportunities, the median of {ROUNDS} rounds");
    on_both_stores(measure)
}

fn measure(store: &str, open: Open<'_>) -> Result<()> {
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let crm = open(round)?;
        prepare(&crm)?;
        let plan = plan(&crm)?;
        first.push(timed(&crm, &plan, |counts| counts.created)?);
        again.push(timed(&crm, &plan, |counts| counts.unchanged)?);
    }
    for (what, times) in [("import", first), ("import again", again)] {
        let time = median(times);
        let rows_a_second = ROWS as u128 * 1_000_000 / time.as_micros().max(1);
        println!("{store:>8}  {what:<14} {time:>10.2?}  {rows_a_second:>8} rows/s");
    }
    Ok(())
}

fn prepare(crm: &Crm) -> Result<()> {
    crm.write(|tx| {
        let stages = vec![
            NewStage::open("Engaging", 50),
            NewStage::won("Won"),
            NewStage::lost("Lost"),
        ];
        Pipeline::create(tx, PipelineDraft::new("Sales"), stages)?;
        for number in 0..7 {
            tx.create(ProductDraft::new(format!("Product {number}")))?;
        }
        Ok(())
    })
}

fn plan(crm: &Crm) -> Result<Plan> {
    let mut csv = String::from("id,product,stage,engaged,closed,price\n");
    for row in 0..ROWS {
        let stage = ["Won", "Lost", "Engaging"][row % 3];
        let closed = if stage == "Engaging" { "" } else { "2025-06-30" };
        let month = row % 5 + 1;
        // A `String` takes every line.
        let _ = writeln!(
            csv,
            "{row},Product {},{stage},2025-0{month}-15,{closed},{}.50",
            row % 7,
            row % 900
        );
    }
    let mut plan = Import::bytes(csv).into::<Opportunity>().plan(crm)?;
    plan.map("id", Target::external_id("erp"))?
        .map_also("id", Target::field("name"))?
        .map("product", Target::reference("line.product", "name"))?
        .map("stage", Target::reference("stage", "name"))?
        .map("engaged", Target::stage_entered("Engaging"))?
        .map("closed", Target::closed_on())?
        .map("price", Target::field("line.unit_price"))?
        .set(Target::field("line.currency"), "EUR")?;
    Ok(plan)
}

/// The time of a run, of which every row must have gone as expected.
fn timed(crm: &Crm, plan: &Plan, expected: impl Fn(&crmkit::exchange::Counts) -> u64) -> Result<Duration> {
    let start = Instant::now();
    let result = plan.run(crm)?;
    let time = start.elapsed();
    if expected(&result.counts) != ROWS as u64 {
        return Err(CrmError::refused(
            "bench.every_row",
            format!("the rows went otherwise: {:?}", result.counts),
            "Mend the file that the benchmark makes",
        ));
    }
    Ok(time)
}
