use crmkit::Crm;
use crmkit::activities::{Interaction, Task};
use crmkit::customers::Customer;
use crmkit::engine::{Entity, Filter, Query, Reader, Result as CrmResult, SearchQuery};
use crmkit::sales::{Opportunity, Product};

use crate::arguments;
use crate::failure::Failure;
use crate::kinds::Record;
use crate::sheet::{Cell, Sheet};

/// What is called like this, with the ids for `show`.
pub(super) fn run(crm: &Crm, arguments: &arguments::Find) -> Result<Sheet, Failure> {
    let text = arguments.words.join(" ");
    let found = crm.read(|reader| records(reader, &text, arguments.limit))?;
    if found.is_empty() {
        return Err(Failure::not_found(
            "nothing was found. Try a part of the name, or other words.",
        ));
    }
    let mut sheet = Sheet::new("Found", ["kind", "name", "id"]);
    for record in found {
        let title = record.title().map_or(Cell::Empty, Into::into);
        sheet.row([record.entity.name.into(), title, record.id.to_string().into()]);
    }
    Ok(sheet)
}

/// The records that a text finds, at most so many of each kind.
pub(super) fn records(reader: &mut Reader<'_>, text: &str, limit: u32) -> CrmResult<Vec<Record>> {
    let search = SearchQuery::new(text);
    let mut found = matching::<Customer>(reader, &search, limit)?;
    found.extend(matching::<Opportunity>(reader, &search, limit)?);
    found.extend(matching::<Product>(reader, &search, limit)?);
    found.extend(matching::<Interaction>(reader, &search, limit)?);
    found.extend(matching::<Task>(reader, &search, limit)?);
    Ok(found)
}

fn matching<E: Entity>(reader: &mut Reader<'_>, search: &SearchQuery, limit: u32) -> CrmResult<Vec<Record>> {
    let query = Query::of::<E>().filter(Filter::Matches(search.clone())).limit(limit);
    Ok(reader.find::<E>(&query)?.iter().map(Record::of).collect())
}
