use std::ops::ControlFlow;

use crmkit::exchange::{Import, Plan, Target};
use crmkit::{Crm, SCHEMA};

use crate::arguments::{self, Global};
use crate::failure::Failure;
use crate::progress;

/// Takes in a CSV file, or says what that would do.
pub(super) fn run(global: &Global, arguments: &arguments::Import) -> Result<String, Failure> {
    let crm = super::open_or_create(global)?;
    let plan = plan(global, &crm, arguments)?;
    if arguments.dry_run {
        return Ok(format!("{plan}\n{}", plan.preview(&crm)?));
    }
    Ok(plan.run(&crm)?.to_string())
}

fn plan(global: &Global, crm: &Crm, arguments: &arguments::Import) -> Result<Plan, Failure> {
    let Some(entity) = SCHEMA.entity(&arguments.into) else {
        return Err(Failure::usage(
            "there is no such table to import into. Try customers, opportunities or products.",
        ));
    };
    let mut plan = Import::file(&arguments.source).into_entity(entity).plan(crm)?;
    for pair in &arguments.map {
        let (column, field) = halves(pair)?;
        plan.map(column, target(arguments, field))?;
    }
    for pair in &arguments.set {
        let (field, text) = halves(pair)?;
        plan.set(target(arguments, field), text)?;
    }
    let bar = progress::bar(global, "importing");
    plan.on_progress(100, move |progress| {
        bar.set_length(progress.rows);
        bar.set_position(progress.done);
        ControlFlow::Continue(())
    });
    Ok(plan)
}

fn target(arguments: &arguments::Import, field: &str) -> Target {
    let target = Target::field(field);
    match arguments.key.iter().any(|key| key == field) {
        true => target.key(),
        false => target,
    }
}

fn halves(pair: &str) -> Result<(&str, &str), Failure> {
    pair.split_once('=')
        .ok_or_else(|| Failure::usage("it takes two halves with = between them: \"Company=name\"."))
}
