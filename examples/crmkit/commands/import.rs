use std::ops::ControlFlow;

use crmkit::exchange::{Import, Plan, Target};
use crmkit::{Crm, SCHEMA};

use crate::arguments::{self, Global};
use crate::failure::Failure;
use crate::progress;

/// Takes in a file or a folder, or says what that would do.
pub(super) fn run(global: &Global, arguments: &arguments::Import) -> Result<String, Failure> {
    let crm = super::open_or_create(global)?;
    let source = &arguments.source;
    if source.is_dir() {
        let mut bundle = Import::folder(source).plan(&crm)?;
        if let Some(code) = &arguments.currency {
            bundle.currency(code);
        }
        return Ok(match arguments.dry_run {
            true => format!("{bundle}\n{}", bundle.preview(&crm)?),
            false => bundle.run(&crm)?.to_string(),
        });
    }
    if source
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("vcf"))
    {
        let cards = Import::file(source).cards();
        return Ok(match arguments.dry_run {
            true => cards.preview(&crm)?.to_string(),
            false => cards.run(&crm)?.to_string(),
        });
    }
    let plan = plan(global, &crm, arguments)?;
    if arguments.dry_run {
        return Ok(format!("{plan}\n{}", plan.preview(&crm)?));
    }
    Ok(plan.run(&crm)?.to_string())
}

fn plan(global: &Global, crm: &Crm, arguments: &arguments::Import) -> Result<Plan, Failure> {
    let import = Import::file(&arguments.source);
    let mut plan = match &arguments.into {
        None => import.plan(crm)?,
        Some(name) => {
            let entity = SCHEMA.entity_named(name);
            let entity = entity.map_err(|error| Failure::usage(error.to_string()))?;
            import.into_entity(entity).plan(crm)?
        }
    };
    for pair in &arguments.map {
        let (column, field) = halves(pair)?;
        plan.map(column, target(arguments, field))?;
    }
    for pair in &arguments.set {
        let (field, text) = halves(pair)?;
        plan.set(target(arguments, field), text)?;
    }
    if let Some(code) = &arguments.currency {
        plan.currency(code);
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
