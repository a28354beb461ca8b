//! Random programs, run on a store and on the store in memory: each step must give the same on both.

mod conditions;
mod program;
mod values;

use std::ops::Range;

use super::Factory;
pub(super) use crate::engine::Random;
use crate::engine::{Environment, MemoryStore, Result, Store};
use crate::{Crm, SCHEMA};
use program::{Outcome, Step};

/// How a program went: how many of its steps gave rows, so that a test can tell that programs mean something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// The steps that were run.
    pub steps: usize,
    /// Those that gave rows or changed them.
    pub fruitful: usize,
    /// Those that were refused, on both stores.
    pub refused: usize,
}

/// Runs the programs of these seeds on a store and on the store in memory.
///
/// Where they differ it panics with the seed, the shortest program found that still differs, and both answers.
///
/// # Errors
/// Of the stores, where a transaction cannot be begun or committed.
pub fn programs(factory: Factory<'_>, seeds: Range<u64>) -> Result<Tally> {
    let mut tally = Tally::default();
    for seed in seeds {
        let steps = program::program(seed, SCHEMA);
        let outcomes = outcomes_on(factory()?, &steps)?;
        let expected = outcomes_on(Box::new(MemoryStore::new(SCHEMA)), &steps)?;
        if let Some(step) = first_difference(&outcomes, &expected) {
            report(factory, seed, steps[..=step].to_vec())?;
        }
        tally.steps += outcomes.len();
        tally.fruitful += outcomes
            .iter()
            .filter(|outcome| matches!(outcome, Ok(rows) if !rows.is_empty()))
            .count();
        tally.refused += outcomes.iter().filter(|outcome| outcome.is_err()).count();
    }
    Ok(tally)
}

fn outcomes_on(store: Box<dyn Store>, steps: &[Step]) -> Result<Vec<Outcome>> {
    program::run(&Crm::new(store, Environment::default()), steps)
}

fn first_difference(left: &[Outcome], right: &[Outcome]) -> Option<usize> {
    left.iter().zip(right).position(|(left, right)| left != right)
}

/// The answers to the last step, where a program ends with a difference and has none before.
fn difference_at_end(factory: Factory<'_>, steps: &[Step]) -> Result<Option<(Outcome, Outcome)>> {
    let mut found = outcomes_on(factory()?, steps)?;
    let mut expected = outcomes_on(Box::new(MemoryStore::new(SCHEMA)), steps)?;
    let at_end = first_difference(&found, &expected).is_some_and(|step| step + 1 == steps.len());
    Ok(at_end.then(|| found.pop().zip(expected.pop())).flatten())
}

/// Leaves out each step that the difference does not need, and panics with what is left.
fn report(factory: Factory<'_>, seed: u64, mut steps: Vec<Step>) -> Result<()> {
    let mut position = steps.len().saturating_sub(1);
    while position > 0 {
        position -= 1;
        let mut shorter = steps.clone();
        shorter.remove(position);
        if difference_at_end(factory, &shorter)?.is_some() {
            steps = shorter;
        }
    }
    let lines: Vec<String> = steps.iter().map(|step| format!("  {step:?}")).collect();
    let answers = difference_at_end(factory, &steps)?;
    panic!(
        "the program of seed {seed} gives two answers; the shortest that still does is\n{}\n(found, expected): {answers:#?}",
        lines.join("\n")
    )
}
