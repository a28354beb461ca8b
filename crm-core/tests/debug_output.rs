//! What `Debug` shows of a question goes to logs, so it holds nothing of a customer.

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::engine::{Conditions, Filter, PathConditions, Query, SearchDocument};
use crm_core::insight::Search;

const SECRET: &str = "Li Ming";

#[test]
fn a_query_shows_paths_and_no_text_that_is_looked_for() {
    let filters = [
        Customer::NAME.starts_with(SECRET),
        Customer::NAME.is(SECRET),
        Customer::NAME.one_of([SECRET]),
    ];
    for filter in filters {
        let shown = format!("{:?}", Query::of::<Customer>().filter(filter.negated()));
        assert!(shown.contains("customers.name") && !shown.contains(SECRET), "{shown}");
    }
}

#[test]
fn a_search_shows_nothing_of_what_was_typed_or_found() {
    let crm = Crm::in_memory();
    crm.write(|tx| tx.create(CustomerDraft::person(SECRET)))
        .expect("a customer");
    let results = crm.search(SECRET).expect("results");
    assert_eq!(results.hits[0].title, SECRET);
    let filter = Filter::matches(SECRET);
    let document = SearchDocument::of_texts([SECRET]);
    let shown = format!("{results:?} {filter:?} {document:?} {:?}", Search::new(SECRET)).to_lowercase();
    assert!(shown.contains("customers") && !shown.contains("ming"), "{shown}");
}

#[test]
fn a_cursor_shows_nothing_of_where_a_page_ended() {
    let crm = Crm::in_memory();
    crm.write(|tx| tx.create(CustomerDraft::person(SECRET)))
        .expect("a customer");
    let query = Query::of::<Customer>().order_by(Customer::NAME).limit(1);
    let page = crm.read(|reader| reader.page::<Customer>(&query)).expect("a page");
    let next = page.next.clone().expect("a cursor");
    assert!(!format!("{page:?}").contains(next.token()));
}

#[test]
fn a_history_shows_no_note_of_its_commits() {
    let crm = Crm::in_memory().with_note(SECRET);
    let customer = crm
        .write(|tx| tx.create(CustomerDraft::person("Zoe")))
        .expect("a customer");
    let history = crm.read(|reader| reader.history(customer.id)).expect("a history");
    assert_eq!(history[0].commit.note.as_deref(), Some(SECRET));
    assert!(!format!("{crm:?} {history:?}").contains(SECRET));
}
