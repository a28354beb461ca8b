//! Search as a user meets it: the same order on every store, the index of older files, and what `verify` says of it.

#![cfg(test)]

use std::path::Path;

use crm_core::Crm;
use crm_core::activities::InteractionDraft;
use crm_core::activities::InteractionKind;
use crm_core::customers::{ContactPointDraft, ContactPointKind, Customer, CustomerDraft};
use crm_core::customization::CustomFieldDraft;
use crm_core::engine::{Conditions, CustomFieldKind, Entity, Filter, FoundBy, Query, Result};
use crm_core::insight::{Search, SearchResults};
use crm_core::sales::{Product, ProductDraft};
use crm_sqlite::{CrmFile, OpenOptions};
use rusqlite::Connection;

/// A CRM on each store, with the same records in it.
fn companies() -> Result<[Crm; 2]> {
    let stores = [Crm::in_memory(), OpenOptions::in_memory().open()?];
    for crm in &stores {
        crm.write(|tx| {
            for name in ["Lisa Lim", "李明", "Li Ming", "Li", "O. Li", "Müller AG", "梁伟"] {
                tx.create(CustomerDraft::person(name))?;
            }
            let garcia = tx.create(CustomerDraft {
                description: Some("met Li in Paris".into()),
                ..CustomerDraft::person("José García")
            })?;
            tx.create(ContactPointDraft::new(
                garcia.id,
                ContactPointKind::Email,
                "Jose@Acme.de",
            ))?;
            tx.create(ContactPointDraft::new(
                garcia.id,
                ContactPointKind::Phone,
                "+34 912 345 678",
            ))?;
            tx.create(ProductDraft::new("Lithium cell"))?;
            tx.create(InteractionDraft {
                subject: Some("Offer for Garcia".into()),
                ..InteractionDraft::new(InteractionKind::Call)
            })
        })?;
    }
    Ok(stores)
}

fn shown(results: &SearchResults) -> Vec<String> {
    let lines = results.hits.iter().map(|hit| {
        let because: Vec<String> = hit.because.iter().map(ToString::to_string).collect();
        format!("{}: {}", hit.title, because.join(", "))
    });
    lines.collect()
}

#[test]
fn the_closest_come_first_with_their_reasons() -> Result<()> {
    for crm in companies()? {
        let hits = crm.search("li")?.hits;
        let mut found: Vec<(&str, FoundBy)> = hits.iter().map(|hit| (hit.title.as_str(), hit.by)).collect();
        let mut expected = [
            ("Li", FoundBy::Whole),
            ("Lithium cell", FoundBy::Beginning),
            ("Li Ming", FoundBy::Beginning),
            ("Lisa Lim", FoundBy::Beginning),
            ("O. Li", FoundBy::Words),
            ("梁伟", FoundBy::Pinyin),
            ("李明", FoundBy::Pinyin),
            ("José García", FoundBy::Words),
        ];
        // Of those as close as each other, the order follows ids, which are random.
        let in_title = &found[..expected.len() - 1];
        assert!(in_title.is_sorted_by_key(|(_, by)| *by), "{found:?}");
        assert_eq!(found.last(), expected.last());
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected);
    }
    Ok(())
}

#[test]
fn both_stores_answer_alike() -> Result<()> {
    let [memory, file] = companies()?;
    for typed in [
        "l", "li", "li ming", "lm", "明", "jose", "acme.de", "912345", "garcia", "mul", "zzz", "", "lw", "p",
    ] {
        let (in_memory, in_file) = (memory.search(typed)?, file.search(typed)?);
        let (mut left, mut right) = (shown(&in_memory), shown(&in_file));
        // Each has ids of its own, which decide where all else is equal.
        left.sort();
        right.sort();
        assert_eq!(left, right, "{typed}");
        assert_eq!(in_memory.more, in_file.more, "{typed}");
    }
    Ok(())
}

#[test]
fn a_contact_point_shows_the_customer_whom_it_reaches() -> Result<()> {
    for crm in companies()? {
        assert_eq!(shown(&crm.search("jose@acme.de")?), ["José García: the email is this"]);
        assert_eq!(
            shown(&crm.search("345678")?),
            ["José García: the phone has these digits"]
        );
        let garcia = crm.search("345678")?.hits[0].id;
        crm.write(|tx| tx.delete(crm_core::ids::CustomerId(garcia)))?;
        assert_eq!(crm.search("345678")?.hits.len(), 0);
    }
    Ok(())
}

#[test]
fn a_search_is_of_some_kinds_and_under_conditions() -> Result<()> {
    for crm in companies()? {
        let run = |search: Search| crm.read(|reader| search.run(reader)).map(|results| shown(&results));
        let products = Search::new("li").only([Product::DEF]);
        assert_eq!(run(products)?, ["Lithium cell: the name begins with this"]);
        let customers = Search::new("garcia").only([Customer::DEF]);
        assert_eq!(run(customers.clone())?, ["José García: the name has these words"]);
        assert_eq!(
            run(customers.filter(Customer::DEF, Customer::NAME.is("Li")))?,
            Vec::<String>::new()
        );
        let by_phone = Search::new("345678").filter(Customer::DEF, Customer::NAME.is("Li"));
        assert_eq!(run(by_phone)?, Vec::<String>::new());
        let two = crm.read(|reader| Search::new("li").limit(2).run(reader))?;
        assert!(two.hits.len() == 2 && two.more);
    }
    Ok(())
}

#[test]
fn the_text_of_custom_fields_is_searched() -> Result<()> {
    for crm in companies()? {
        let acme = crm.write(|tx| {
            tx.create(CustomFieldDraft::new(
                "customers",
                "nickname",
                "Nickname",
                CustomFieldKind::Text,
            ))?;
            let mut draft = CustomerDraft::organization("Acme");
            draft.custom.set("nickname", "Königin der Schrauben");
            tx.create(draft)
        })?;
        assert_eq!(
            shown(&crm.search("schrauben")?),
            ["Acme: the custom field has these words"]
        );
        crm.write(|tx| tx.set_custom(acme.id, "nickname", "小明"))?;
        assert_eq!(crm.search("schrauben")?.hits.len(), 0);
        assert_eq!(
            shown(&crm.search("xiaoming")?),
            ["Acme: the custom field is read like this"]
        );
    }
    Ok(())
}

#[test]
fn what_is_not_shown_is_found_page_by_page() -> Result<()> {
    let crm = OpenOptions::in_memory().open()?;
    crm.write(|tx| (0..450).try_for_each(|number| tx.create(CustomerDraft::person(format!("Li {number}"))).map(drop)))?;
    let exact = crm.write(|tx| tx.create(CustomerDraft::person("Li")))?;
    let results = crm.search("li")?;
    assert!(results.more && results.hits[0].id == exact.id.0);
    let mut query = Query::of::<Customer>().filter(Filter::matches("li")).limit(100);
    let mut found = 0;
    crm.read(|reader| {
        loop {
            let page = reader.page::<Customer>(&query)?;
            found += page.records.len();
            let Some(next) = page.next else { return Ok(()) };
            query = query.clone().after(next);
        }
    })?;
    assert_eq!(found, 451);
    Ok(())
}

#[test]
fn the_records_of_an_older_file_are_found() -> Result<()> {
    for version in ["v1.db", "v2.db"] {
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("crm.db");
        let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(version);
        std::fs::copy(stored, &copy).expect("a copy");
        let crm = OpenOptions::new(&copy).open()?;
        let customers = crm.read(|reader| reader.find::<Customer>(&Query::of::<Customer>()))?;
        assert!(!customers.is_empty());
        for customer in customers {
            let named = Query::of::<Customer>().filter(Filter::matches(&customer.name));
            let found = crm.read(|reader| reader.find::<Customer>(&named))?;
            assert!(found.contains(&customer), "{version}");
        }
        assert_eq!(search_findings(&crm)?, Vec::<&str>::new());
    }
    Ok(())
}

#[test]
fn an_index_that_lost_a_record_or_kept_one_is_told_by_verify() -> Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("crm.db");
    let crm = OpenOptions::new(&path).open()?;
    let people = crm.write(|tx| {
        ["李明", "王伟", "曾国藩"]
            .map(|name| tx.create(CustomerDraft::person(name)))
            .into_iter()
            .collect::<Result<Vec<_>>>()
    })?;
    crm.write(|tx| {
        tx.update(
            people[1].id,
            [crm_core::customers::CustomerChange::Name("Eva".into())],
            None,
        )
    })?;
    assert_eq!(search_findings(&crm)?, Vec::<&str>::new());
    drop(crm);
    let raw = Connection::open(&path).expect("a connection");
    raw.execute("DELETE FROM customers_search WHERE rowid = 1", ())
        .expect("a row less");
    drop(raw);
    assert_eq!(search_findings(&OpenOptions::new(&path).open()?)?, ["customers"]);
    Ok(())
}

/// The tables of which the index is wrong.
fn search_findings(crm: &Crm) -> Result<Vec<&'static str>> {
    let found = crm.verify()?.findings.into_iter();
    Ok(found
        .filter(|finding| finding.code == "search.index")
        .filter_map(|finding| finding.table)
        .collect())
}
