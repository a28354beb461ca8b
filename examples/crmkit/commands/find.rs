use crmkit::Crm;
use crmkit::insight::{Hit, Search};
use crmkit::table::{ColumnKind, Table};

use crate::arguments;
use crate::failure::Failure;
use crate::sheet::table;

/// What is found by the words, the closest first, with the ids for `show`.
pub(super) fn run(crm: &Crm, arguments: &arguments::Find) -> Result<Table, Failure> {
    let search = Search::new(arguments.words.join(" ")).limit(arguments.limit);
    let found = crm.read(|reader| search.run(reader))?;
    if found.hits.is_empty() {
        return Err(Failure::not_found(
            "nothing was found. Try a part of the name, or other words.",
        ));
    }
    let title = if found.more {
        "Found, and there are more"
    } else {
        "Found"
    };
    let mut hits = table(
        title,
        [
            ("kind", ColumnKind::Text),
            ("name", ColumnKind::Text),
            ("because", ColumnKind::Text),
            ("id", ColumnKind::Id),
        ],
    );
    for Hit {
        entity,
        id,
        title,
        because,
        ..
    } in found.hits
    {
        let because: Vec<String> = because.iter().map(ToString::to_string).collect();
        hits.row([entity.name.into(), title.into(), because.join(", ").into(), id.into()]);
    }
    Ok(hits)
}
