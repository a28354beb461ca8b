//! One search over all kinds of records: the closest first, each with the reason why it was found.

mod hit;
mod ranking;

pub use hit::{Hit, Reason, SearchResults};

use ranking::Ranking;

use crate::customers::{ContactPoint, Customer};
use crate::engine::{Entity, EntityDef, Filter, PathConditions, Query, Reader, Result, SearchQuery, managed};

/// How many records of a kind are ranked: those changed last, and as many of those that begin with what was typed.
const RANKED: u32 = 200;

/// A search for what a person typed, over every kind of record that has searched fields.
///
/// The records of a kind cost two statements, the customers behind contact points one more, however many records there
/// are. Of what finds very many, such as one letter, the 200 of each kind that were changed last are ranked, and up to
/// 200 that begin with it; [`SearchResults::more`] says that there are others. All of them, in any order and page by page, are
/// what a [`Query`] with [`Filter::matches`] gives.
///
/// ```
/// use crm_core::Crm;
/// use crm_core::customers::{ContactPointDraft, ContactPointKind, Customer, CustomerDraft};
/// use crm_core::engine::Conditions;
/// use crm_core::engine::Entity;
/// use crm_core::insight::Search;
/// let crm = Crm::in_memory();
/// crm.write(|tx| {
///     let li = tx.create(CustomerDraft::person("李明"))?;
///     tx.create(ContactPointDraft::new(li.id, ContactPointKind::Phone, "+86 138-0013-8000"))?;
///     tx.create(CustomerDraft::person("José García"))
/// })?;
/// for typed in ["liming", "li ming", "lm", "明", "8000"] {
///     assert_eq!(crm.search(typed)?.hits[0].title, "李明");
/// }
/// assert_eq!(crm.search("lm")?.hits[0].because[0].to_string(), "the name has these initials");
/// assert_eq!(crm.search("138 0013")?.hits[0].because[0].to_string(), "the phone has these digits");
///
/// let people = Search::new("jose").limit(5).only([Customer::DEF]).filter(Customer::DEF, Customer::KIND.is("person"));
/// assert_eq!(crm.read(|reader| people.run(reader))?.hits.len(), 1);
/// # Ok::<(), crm_core::engine::CrmError>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Search {
    typed: String,
    limit: usize,
    only: Option<Vec<&'static EntityDef>>,
    filters: Vec<(&'static EntityDef, Filter)>,
}

/// Shows nothing of what was typed.
impl std::fmt::Debug for Search {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (formatter.debug_struct("Search").field("limit", &self.limit))
            .field("only", &self.only)
            .field("filters", &self.filters)
            .finish_non_exhaustive()
    }
}

impl Search {
    /// A search for what was typed, as [`SearchQuery::new`] understands it: the 20 closest records of all kinds.
    pub fn new(typed: impl Into<String>) -> Self {
        Self {
            typed: typed.into(),
            limit: 20,
            only: None,
            filters: Vec::new(),
        }
    }

    /// At most this many hits.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Records of these kinds only. Contact points are looked into where customers are among them.
    #[must_use]
    pub fn only(mut self, entities: impl IntoIterator<Item = &'static EntityDef>) -> Self {
        self.only = Some(entities.into_iter().collect());
        self
    }

    /// Of this kind, only records for which this holds as well.
    #[must_use]
    pub fn filter(mut self, entity: &'static EntityDef, filter: Filter) -> Self {
        self.filters.push((entity, filter));
        self
    }

    /// Runs the search on one state of the database.
    ///
    /// # Errors
    /// [`crate::engine::CrmError::Invalid`] for a filter that does not fit its kind of record.
    pub fn run(&self, reader: &mut Reader<'_>) -> Result<SearchResults> {
        let search = SearchQuery::new(self.typed.as_str());
        let mut ranking = Ranking::of(&search);
        if search.terms().is_empty() {
            return Ok(ranking.finish(self.limit));
        }
        let beginning = SearchQuery::at_beginning(self.typed.as_str());
        for entity in reader.schema().entities().filter(|entity| self.is_meant(entity)) {
            let Some(title) = entity.searched_fields().next() else {
                continue;
            };
            let found_by = |search: &SearchQuery| {
                Query::of_entity(entity)
                    .filter(Filter::Matches(search.clone()).and(self.condition(entity)))
                    .limit(RANKED)
            };
            let last_changed = found_by(&search).order_by_descending(entity.field(managed::UPDATED_AT));
            ranking.add_all(reader, &last_changed)?;
            // Of the names that begin alike, the shortest come first: one that is what was typed is among them.
            ranking.add_all(reader, &found_by(&beginning).order_by(entity.field(title)))?;
        }
        let reached = ranking.customers_reached();
        if !reached.is_empty() {
            let customers = Query::of::<Customer>().filter(Customer::ID.one_of(reached));
            reader
                .rows(&customers)?
                .iter()
                .try_for_each(|row| ranking.name_reached(row))?;
        }
        Ok(ranking.finish(self.limit))
    }

    /// A contact point is searched as a part of its customer.
    fn is_meant(&self, entity: &'static EntityDef) -> bool {
        let shown = if entity == ContactPoint::DEF {
            Customer::DEF
        } else {
            entity
        };
        let only = self.only.as_ref();
        only.is_none_or(|only| only.contains(&shown)) && entity.searched_fields().next().is_some()
    }

    fn condition(&self, entity: &'static EntityDef) -> Filter {
        let given = |entity| {
            let filters = self.filters.iter().filter(move |(of, _)| *of == entity);
            Filter::All(filters.map(|(_, filter)| filter.clone()).collect())
        };
        if entity != ContactPoint::DEF {
            return given(entity);
        }
        let alive = Customer::DELETED_AT.empty();
        given(entity).and(Filter::refers_to(
            ContactPoint::CUSTOMER_ID,
            alive.and(given(Customer::DEF)),
        ))
    }
}
