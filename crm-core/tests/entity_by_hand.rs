//! An entity written by hand, in a schema of its own: the macro saves typing and does nothing else.

use crm_core::engine::{
    Authorship, Cause, ChangeKind, Conditions, CrmError, Draft, Engine, Entity, EntityDef, EntityOperations,
    Environment, Field, FieldDef, FieldKind, FieldValue, Managed, MemoryStore, Query, RecordId, Result, RowSource,
    Schema, SetBy, Tx, Validate, Value, field_from_value, managed, read_field,
};
use crm_core::values::{Timestamp, ValueError};
use uuid::Uuid;

const NAME: usize = managed::COUNT;
const COPIES: usize = managed::COUNT + 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct BookId(Uuid);

/// A book in a library, which has nothing to do with customers.
#[derive(Debug, Clone, PartialEq)]
struct Book {
    managed: Managed,
    name: String,
    copies: Option<i64>,
}

#[derive(Debug)]
struct BookDraft {
    name: String,
    copies: Option<i64>,
}

#[derive(Debug, Clone)]
enum BookChange {
    Copies(Option<i64>),
}

static BOOK: EntityDef = EntityDef {
    name: "book",
    table: "books",
    doc: "A book in a library.",
    fields: &[
        engine_field("id", FieldKind::Id, false),
        engine_field("revision", FieldKind::Integer, false),
        engine_field("created_at", FieldKind::Instant, false),
        engine_field("updated_at", FieldKind::Instant, false),
        engine_field("deleted_at", FieldKind::Instant, true),
        FieldDef {
            set_by: SetBy::Anyone,
            indexed: true,
            ..engine_field("name", FieldKind::Text, false)
        },
        FieldDef {
            set_by: SetBy::Anyone,
            ..engine_field("copies", FieldKind::Integer, true)
        },
    ],
    operations: EntityOperations::of::<Book>(),
};

const LIBRARY: Schema = Schema::new(&[Book::DEF]);

const fn engine_field(name: &'static str, kind: FieldKind, nullable: bool) -> FieldDef {
    FieldDef {
        name,
        doc: "A field of a book.",
        kind,
        nullable,
        indexed: false,
        searched: false,
        reference: None,
        set_by: SetBy::Engine,
    }
}

impl FieldValue for BookId {
    const KIND: FieldKind = FieldKind::Id;

    fn to_value(&self) -> Value {
        Value::Id(self.0)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        Uuid::from_value(value).map(Self)
    }
}

impl std::fmt::Display for BookId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

impl RecordId for BookId {
    type Entity = Book;

    fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    fn uuid(self) -> Uuid {
        self.0
    }
}

impl Draft for BookDraft {
    type Entity = Book;

    fn into_record(self) -> Book {
        Book {
            managed: Managed::unwritten(None),
            name: self.name,
            copies: self.copies,
        }
    }

    fn from_record(record: Book, _given: &[usize]) -> Self {
        Self {
            name: record.name,
            copies: record.copies,
        }
    }
}

impl Entity for Book {
    type Id = BookId;
    type Draft = BookDraft;
    type Change = BookChange;
    const DEF: &'static EntityDef = &BOOK;

    fn managed(&self) -> Managed {
        self.managed
    }

    fn set_managed(&mut self, managed: Managed) {
        self.managed = managed;
    }

    fn value(&self, field: usize) -> Value {
        match field {
            NAME => self.name.to_value(),
            COPIES => self.copies.to_value(),
            other => self.managed.value(other),
        }
    }

    fn set(&mut self, field: usize, value: Value) -> Result<()> {
        match field {
            NAME => self.name = field_from_value(&BOOK, field, value)?,
            COPIES => self.copies = field_from_value(&BOOK, field, value)?,
            _ => {}
        }
        Ok(())
    }

    fn from_row(row: &dyn RowSource) -> Result<Self> {
        Ok(Self {
            managed: Managed::from_row(&BOOK, row)?,
            name: read_field(&BOOK, NAME, row)?,
            copies: read_field(&BOOK, COPIES, row)?,
        })
    }

    fn default_value(_field: usize) -> Value {
        Value::Null
    }

    fn apply(&mut self, change: BookChange) {
        match change {
            BookChange::Copies(copies) => self.copies = copies,
        }
    }
}

impl Validate for Book {
    fn validate(&self, _before: Option<&Self>, _tx: &mut Tx<'_>) -> Result<()> {
        if self.copies.is_some_and(|copies| copies < 0) {
            return Err(CrmError::invalid("book", "copies", "it is negative", "Give 0 or more"));
        }
        Ok(())
    }
}

struct Library {
    engine: Engine,
    librarian: Authorship,
}

impl Library {
    fn new() -> Self {
        Self {
            engine: Engine::new(Box::new(MemoryStore::new(LIBRARY)), Environment::default()),
            librarian: Authorship {
                actor: "librarian".into(),
                cause: Cause::Edit,
                note: None,
            },
        }
    }

    fn write<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.engine.write(&self.librarian, work)
    }

    fn add(&self, name: &str, copies: Option<i64>) -> Result<Book> {
        self.write(|tx| {
            tx.create(BookDraft {
                name: name.into(),
                copies,
            })
        })
    }
}

#[test]
fn a_hand_written_entity_is_created_changed_found_and_counted() {
    let library = Library::new();
    let emma = library.add("Emma", Some(2)).unwrap();
    library.add("Persuasion", None).unwrap();
    let changed = library.write(|tx| tx.update(emma.id(), [BookChange::Copies(Some(3))], Some(1)));
    assert_eq!(changed.unwrap().managed.revision, 2);
    let name = Field {
        entity: &BOOK,
        index: NAME,
    };
    let found = library
        .engine
        .read(|reader| reader.find::<Book>(&Query::of::<Book>().filter(name.is("Emma"))))
        .unwrap();
    assert_eq!(found.iter().map(|book| book.copies).collect::<Vec<_>>(), [Some(3)]);
    assert_eq!(library.engine.read(|reader| reader.count(&Query::of::<Book>())), Ok(2));
}

#[test]
fn a_hand_written_entity_keeps_its_rules_and_those_of_its_fields() {
    let library = Library::new();
    let emma = library.add("Emma", None).unwrap();
    let refused = [
        (library.add(" ", None), "name"),
        (library.add("Persuasion", Some(-1)), "copies"),
        (
            library.write(|tx| tx.update(emma.id(), [BookChange::Copies(Some(-1))], None)),
            "copies",
        ),
    ];
    for (refused, field) in refused {
        let refused = refused.unwrap_err();
        assert_eq!((refused.code(), refused.field()), ("invalid", Some(field)));
    }
    assert_eq!(library.engine.read(|reader| reader.count(&Query::of::<Book>())), Ok(1));
}

#[test]
fn a_hand_written_entity_has_history_trash_and_undo() {
    let library = Library::new();
    let emma = library.add("Emma", Some(1)).unwrap();
    let lost = library
        .write(|tx| {
            tx.update(emma.id(), [BookChange::Copies(None)], None)?;
            Ok(tx.batch())
        })
        .unwrap();
    library.write(|tx| tx.delete(emma.id())).unwrap();
    library.write(|tx| tx.restore(emma.id())).unwrap();
    library.write(|tx| tx.undo(lost)).unwrap();
    let (book, history) = library
        .engine
        .read(|reader| Ok((reader.get(emma.id())?, reader.history(emma.id())?)))
        .unwrap();
    assert_eq!(book.copies, Some(1));
    let kinds: Vec<_> = history.iter().map(|entry| entry.change.kind).collect();
    assert_eq!(
        kinds,
        [
            ChangeKind::Create,
            ChangeKind::Update,
            ChangeKind::Delete,
            ChangeKind::Restore,
            ChangeKind::Update
        ]
    );
    assert!(history.iter().all(|entry| entry.commit.actor == "librarian"));
    assert!(book.managed.created_at > Timestamp::from_milliseconds(0));
}
