use super::company::Company;
use crate::conformance::Factory;
use crate::conformance::programs::Random;
use crate::customers::{Customer, CustomerChange, CustomerDraft};
use crate::engine::{BatchId, Deleted, Filter, Query, Result, SearchDocument, SearchQuery};
use crate::ids::CustomerId;

const NAMES: [&str; 10] = [
    "李明",
    "曾国藩",
    "尉迟 恭",
    "Jean-Luc O'Brien",
    "Müller & Söhne",
    "김민준",
    "山田ひろし",
    "call +86 138-0013-8000",
    "jose@acme.de",
    "Li Ming",
];

const TYPED: [&str; 14] = [
    "liming", "li ming", "lm", "明", "zeng", "yuchi", "gong", "jeanluc", "obrien", "mul", "민준", "ひろ", "8000",
    "jose@ac",
];

/// What full-text search finds is what a look at every record finds, after whatever was created, changed, deleted,
/// brought back and undone.
///
/// # Errors
/// Of the store; a broken promise panics.
pub fn search(factory: Factory<'_>) -> Result<()> {
    for seed in 0..3 {
        let company = Company::on(factory)?;
        let mut random = Random::seeded(seed);
        let mut batches: Vec<BatchId> = Vec::new();
        let mut people: Vec<CustomerId> = vec![company.person.id];
        for step in 0..40 {
            work(&company, &mut random, &mut people, &mut batches)?;
            if step % 4 == 0 {
                finds_what_a_scan_finds(&company)?;
            }
        }
        let found = finds_what_a_scan_finds(&company)?;
        assert!(found > TYPED.len(), "the searches of seed {seed} find records");
    }
    Ok(())
}

fn work(
    company: &Company,
    random: &mut Random,
    people: &mut Vec<CustomerId>,
    batches: &mut Vec<BatchId>,
) -> Result<()> {
    let (name, id) = (random.pick(&NAMES), random.pick(people));
    let is_there = company.crm.read(|reader| reader.try_get(id))?.is_some();
    let batch = match random.below(6) {
        0 | 1 => {
            let (person, batch) = company.write(|tx| tx.create(CustomerDraft::person(name)))?;
            people.push(person.id);
            batch
        }
        2 if is_there => {
            company
                .write(|tx| tx.update(id, [CustomerChange::Name(name.into())], None))?
                .1
        }
        3 if is_there => {
            let described = CustomerChange::Description(Some(name.into()));
            company.write(|tx| tx.update(id, [described.clone()], None))?.1
        }
        // Refused where somebody needs the record; then nothing has happened.
        4 if is_there => match company.write(|tx| tx.delete(id)) {
            Ok((_, batch)) => batch,
            Err(_) => return Ok(()),
        },
        _ => {
            let Some(batch) = batches.pop() else { return Ok(()) };
            company.clock.advance(1);
            match company.crm.undo(batch) {
                Ok(undo) => undo,
                Err(_) => return Ok(()),
            }
        }
    };
    batches.push(batch);
    Ok(())
}

/// Compares both, and returns how many records all searches found together.
fn finds_what_a_scan_finds(company: &Company) -> Result<usize> {
    let mut count = 0;
    let all = Query::of::<Customer>().deleted(Deleted::Shown);
    company.crm.read(|reader| {
        let customers = reader.find::<Customer>(&all)?;
        for typed in TYPED {
            for search in [SearchQuery::new(typed), SearchQuery::at_beginning(typed)] {
                let is_found = |customer: &&Customer| {
                    let texts = [Some(customer.name.as_str()), customer.description.as_deref()];
                    search.matches(&SearchDocument::of_texts(texts.into_iter().flatten()))
                };
                let scanned: Vec<Customer> = customers.iter().filter(is_found).cloned().collect();
                let found = reader.find::<Customer>(&all.clone().filter(Filter::Matches(search.clone())))?;
                assert_eq!(found, scanned, "{typed}");
                count += found.len();
            }
        }
        Ok(count)
    })
}
