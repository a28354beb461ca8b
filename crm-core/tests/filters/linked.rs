//! `"VIP" in tags`: records at the other end of a link.

use crm_core::engine::{CrmError, Entity, Result, Schema, Tx, Validate, expr};
use crm_core::{SCHEMA, entity, typed_id};

use crate::world::{business, id, read, scope};

macro_rules! record {
    ($entity:ident, $id:ident, $table:literal, { $($field:tt)* }) => {
        /// A record of a library.
        #[entity(table = $table)]
        pub struct $entity { $($field)* }

        impl Validate for $entity {
            fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
                Ok(())
            }
        }

        typed_id! {
            $id of $entity
        }
    };
}

record!(Writer, WriterId, "writers", { pub name: String, });
record!(Book, BookId, "books", { pub title: String, });
record!(Authorship, AuthorshipId, "authorships", {
    #[field(references = "writers", on_delete = "cascade")]
    pub writer_id: WriterId,
    #[field(references = "books", on_delete = "cascade")]
    pub book_id: BookId,
});
record!(Praise, PraiseId, "praises", {
    #[field(references = "writers", on_delete = "cascade")]
    pub praised_by_id: WriterId,
    #[field(references = "writers", on_delete = "cascade")]
    pub reported_by_id: Option<WriterId>,
    #[field(references = "books", on_delete = "cascade")]
    pub book_id: BookId,
    pub words: Option<String>,
});

#[test]
fn in_a_linked_table_is_exists_on_what_links_it() {
    let tagged = ["customers", "opportunities", "products", "campaigns", "interactions"];
    for table in tagged {
        let long = read(table, "taggings.exists(t, t.tag.name == 'VIP')").expect("a filter");
        assert_eq!(read(table, "'VIP' in tags"), Ok(long), "{table}");
    }
    for (table, short, long) in [
        (
            "opportunities",
            "'VIP' in customer.tags",
            "customer.taggings.exists(t, t.tag.name == 'VIP')",
        ),
        (
            "customers",
            "opportunities.exists(o, o.amount > 5 && 'VIP' in o.tags)",
            "opportunities.exists(o, o.amount > 5 && o.taggings.exists(t, t.tag.name == 'VIP'))",
        ),
        (
            "customers",
            "!('Fair' in campaigns)",
            "!campaign_members.exists(m, m.campaign.name == 'Fair')",
        ),
    ] {
        assert_eq!(read(table, short), read(table, long), "{short}");
        assert!(read(table, short).is_ok(), "{short}");
    }
}

#[test]
fn those_are_found_that_have_a_tag_of_exactly_this_name() {
    let world = business();
    world.add("tags", 900, &[("name", "fair-2026".into())]);
    let ids = [("tag_id", 900), ("customer_id", 10)].map(|(field, number)| (field, id(number).into()));
    world.add("taggings", 901, &ids);
    assert_eq!(world.names("customers", "'fair-2026' in tags"), ["Acme"]);
    assert_eq!(world.names("customers", "!('fair-2026' in tags)"), ["Zen", "李明"]);
    assert!(world.names("customers", "'Fair-2026' in tags").is_empty());
}

#[test]
fn every_link_of_the_schema_reads_as_recorded() {
    let mut page = String::new();
    for entity in SCHEMA.entities() {
        for other in SCHEMA.entities() {
            let text = format!("'x' in {}", other.table);
            if read(entity.table, &text).is_ok() {
                page.push_str(&format!("{}: {}\n", entity.table, other.table));
            }
        }
    }
    insta::assert_snapshot!(page);
}

#[test]
fn what_is_no_link_is_refused_with_what_to_write() {
    let mut page = String::new();
    for (table, text) in [
        ("customers", "'x' in tgs"),
        ("customers", "'x' in stages"),
        ("customers", "'x' in opportunities"),
        ("opportunities", "'x' in users"),
        ("customers", "'x' in name"),
        ("customers", "3 in tags"),
        ("customers", "name in tags"),
        ("customers", "null in tags"),
        ("customers", "['a', 'b'] in tags"),
        ("customers", "tags == 'x'"),
        ("customers", "tags.name == 'x'"),
        ("customers", "tags.exists(t, t.name == 'x')"),
        ("customers", "opportunities.exists(o, 'x' in tags)"),
        ("interactions", "'x' in users"),
    ] {
        let Err(CrmError::Expression {
            column, reason, hint, ..
        }) = read(table, text)
        else {
            panic!("{text} was taken for a filter");
        };
        page.push_str(&format!("{table}: {text}\ncolumn {column}: {reason}.\n{hint}.\n\n"));
    }
    insta::assert_snapshot!(page);
}

#[test]
fn what_is_linked_in_several_ways_is_asked_by_exists() {
    let library = Schema::new(&[Writer::DEF, Book::DEF, Authorship::DEF, Praise::DEF]);
    let read = |text: &str, entity| expr::parse(text, entity, library, scope());
    let error = read("'Emma' in books", Writer::DEF).unwrap_err();
    assert_eq!(
        error.to_string(),
        "filter, column 11: writers and books are linked in several ways. \
         Use authorships.exists(x, x.book.title == \"...\") or praises_praised_by.exists(x, x.book.title == \"...\") \
         or praises_reported_by.exists(x, x.book.title == \"...\")."
    );
    for way in ["authorships", "praises_praised_by", "praises_reported_by"] {
        let text = format!("{way}.exists(x, x.book.title == \"Emma\")");
        assert!(read(&text, Writer::DEF).is_ok(), "{text}");
    }
    let alone = Schema::new(&[Writer::DEF, Book::DEF, Authorship::DEF]);
    assert!(expr::parse("'Emma' in books", Writer::DEF, alone, scope()).is_ok());
}
