use std::cmp::Reverse;
use std::collections::HashMap;

use uuid::Uuid;

use super::RANKED;
use super::hit::{Hit, Reason, SearchResults};
use crate::customers::{ContactPoint, ContactPointKind, Customer};
use crate::engine::{
    Entity, EntityDef, FieldKind, FoundBy, Query, Reader, Result, Row, SearchQuery, managed, read_field, searched_texts,
};
use crate::values::Timestamp;

/// The longest title, in characters, where a record is called by its text.
const LONGEST_TITLE: usize = 80;

/// What was found so far, each record once, by its closest reason.
pub(super) struct Ranking<'s> {
    search: &'s SearchQuery,
    found: HashMap<(&'static str, Uuid), (Hit, Timestamp)>,
    more: bool,
}

/// The smallest is the closest.
type Closeness = (bool, FoundBy);

impl<'s> Ranking<'s> {
    pub(super) fn of(search: &'s SearchQuery) -> Self {
        Self {
            search,
            found: HashMap::new(),
            more: false,
        }
    }

    /// Adds the records of a query, which asks for [`RANKED`] of them.
    pub(super) fn add_all(&mut self, reader: &mut Reader<'_>, query: &Query) -> Result<()> {
        let rows = reader.rows(query)?;
        self.more |= rows.len() == RANKED as usize;
        rows.iter().try_for_each(|row| self.add(query.entity, row))
    }

    fn add(&mut self, entity: &'static EntityDef, row: &Row) -> Result<()> {
        let texts = searched_texts(entity, row)?;
        let explained = self
            .search
            .explain(&texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>());
        let title = entity.searched_fields().next();
        let in_title = explained
            .iter()
            .all(|explanation| Some(texts[explanation.text].0) == title);
        let Some(by) = explained.iter().map(|explanation| explanation.by).max() else {
            return Ok(());
        };
        let because = explained.iter().map(|explanation| Reason {
            field: label(entity, texts[explanation.text].0),
            by: explanation.by,
        });
        let hit = Hit {
            entity,
            id: read_field(entity, managed::ID, row)?,
            title: texts.first().map_or_else(String::new, |(_, text)| shortened(text)),
            because: because.collect(),
            in_title,
            by,
        };
        let changed = read_field(entity, managed::UPDATED_AT, row)?;
        if entity == ContactPoint::DEF {
            self.keep(of_customer(hit, row)?, changed);
        } else {
            self.keep(hit, changed);
        }
        Ok(())
    }

    fn keep(&mut self, hit: Hit, changed: Timestamp) {
        let key = (hit.entity.table, hit.id);
        match self.found.get(&key) {
            Some((known, _)) if closeness(known) <= closeness(&hit) => {}
            _ => {
                self.found.insert(key, (hit, changed));
            }
        }
    }

    /// The customers of whom only a contact point is known so far.
    pub(super) fn customers_reached(&self) -> Vec<Uuid> {
        let nameless = self
            .found
            .values()
            .filter(|(hit, _)| hit.entity == Customer::DEF && hit.title.is_empty());
        nameless.map(|(hit, _)| hit.id).collect()
    }

    /// Gives the hit of a customer its name.
    pub(super) fn name_reached(&mut self, row: &Row) -> Result<()> {
        let id: Uuid = read_field(Customer::DEF, managed::ID, row)?;
        if let Some((hit, changed)) = self.found.get_mut(&(Customer::DEF.table, id)) {
            hit.title = read_field(Customer::DEF, Customer::NAME.index, row)?;
            *changed = read_field(Customer::DEF, managed::UPDATED_AT, row)?;
        }
        Ok(())
    }

    /// The closest of all that were added.
    pub(super) fn finish(self, limit: usize) -> SearchResults {
        let mut found: Vec<(Hit, Timestamp)> = self.found.into_values().collect();
        let order = |(hit, changed): &(Hit, Timestamp)| {
            let least = (hit.entity.table, hit.id);
            (closeness(hit), Reverse(changed.milliseconds()), least)
        };
        found.sort_by(|left, right| order(left).cmp(&order(right)));
        let more = self.more || found.len() > limit;
        let hits = found.into_iter().map(|(hit, _)| hit).take(limit).collect();
        SearchResults { hits, more }
    }
}

fn closeness(hit: &Hit) -> Closeness {
    (!hit.in_title, hit.by)
}

/// The hit of the customer whom a contact point reaches; the name is still to come.
fn of_customer(hit: Hit, row: &Row) -> Result<Hit> {
    let kind: ContactPointKind = read_field(ContactPoint::DEF, ContactPoint::KIND.index, row)?;
    let because = hit.because.into_iter().map(|reason| Reason {
        field: kind.code(),
        ..reason
    });
    Ok(Hit {
        entity: Customer::DEF,
        id: read_field(ContactPoint::DEF, ContactPoint::CUSTOMER_ID.index, row)?,
        title: String::new(),
        because: because.collect(),
        in_title: false,
        by: hit.by,
    })
}

/// What a person calls a field.
fn label(entity: &'static EntityDef, field: usize) -> &'static str {
    match entity.fields[field].kind {
        FieldKind::Custom => "custom field",
        _ => entity.fields[field].name,
    }
}

/// The first line of a text, as much of it as a list shows.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(LONGEST_TITLE).collect()
}
