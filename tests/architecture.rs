//! The rules of the house that a compiler does not know: who may import whom, and what crm-core may not name.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of crm-core from the ground up; each may import those below it. Rooms of one line ignore each other.
const FLOORS: &[&[&str]] = &[
    &["values"],
    &["engine"],
    &["ids"],
    &["customization"],
    &["customers"],
    &["activities"],
    &["sales"],
    &["marketing"],
    &["insight", "exchange"],
    &["table"],
    &["report", "demo"],
    &["crm", "Crm", "SCHEMA"],
    &["conformance"],
];
/// The macros at the root of crm-core, which every room may use.
const MACROS: [&str; 4] = ["choice", "entity", "for_each_entity", "typed_id"];
/// What belongs to customers, sales or marketing, and the engine has no word for.
const CRM_WORDS: [&str; 7] = [
    "customer",
    "opportunit",
    "pipeline",
    "stage",
    "campaign",
    "product",
    "forecast",
];
const DATABASES: [&str; 4] = ["sqlite", "postgres", "mysql", "duckdb"];
const LONGEST_FILE: usize = 600;

#[test]
fn rooms_import_only_from_below() {
    for file in core_sources() {
        let Some(room) = file.room() else { continue };
        let floor = floor_of(room).unwrap_or_else(|| panic!("{room} stands on no floor: add it to FLOORS"));
        for name in file.imported_from_root() {
            if name == room || MACROS.contains(&name.as_str()) {
                continue;
            }
            let imported = floor_of(&name);
            assert!(
                imported.is_some_and(|imported| imported < floor),
                "{} imports {name}, which is not below {room}",
                file.path.display()
            );
        }
    }
}

#[test]
fn the_engine_has_no_word_of_the_crm() {
    for file in core_sources().iter().filter(|file| file.room() == Some("engine")) {
        file.assert_names_none_of(&CRM_WORDS);
    }
}

#[test]
fn crm_core_names_no_database() {
    for file in core_sources() {
        file.assert_names_none_of(&DATABASES);
    }
    let manifest = fs::read_to_string(root().join("crm-core/Cargo.toml")).expect("crm-core has a manifest");
    for database in DATABASES {
        assert!(!manifest.contains(database), "crm-core/Cargo.toml names {database}");
    }
}

#[test]
fn files_are_short_enough_to_read() {
    for folder in ["src", "crm-core", "crm-sqlite", "examples", "tests", "benches"] {
        for path in rust_files(&root().join(folder)) {
            let lines = fs::read_to_string(&path).expect("a source file").lines().count();
            assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn imports_are_seen_in_each_way_they_are_written() {
    let file = |path: &str, code: &str| Source {
        path: path.into(),
        code: shipped_code(code),
    };
    let engine = file(
        "engine/unit.rs",
        "use crate::values::Money;\nuse crate::{sales::{Stage, Won}, customers};\nuse super::super::insight;\n\
         // use crate::exchange;\n#[cfg(test)]\nmod tests { use crate::marketing; }",
    );
    assert_eq!(engine.imported_from_root(), ["values", "sales", "customers", "insight"]);
    assert_eq!(
        file("engine/mod.rs", "use super::sales;").imported_from_root(),
        ["sales"]
    );
    assert_eq!(
        file("engine/unit.rs", "use super::store;").imported_from_root(),
        Vec::<String>::new()
    );
}

#[test]
fn an_example_in_a_message_is_not_a_word_of_the_code() {
    let code = r#"let table = "customers"; hint("as in customer.name == \"Acme\"", '"')"#;
    assert_eq!(without_sentences(code), "let table = customers; hint(, )");
}

/// A source file of crm-core.
struct Source {
    /// Its path in `crm-core/src`.
    path: PathBuf,
    /// What it ships: no comments, no tests.
    code: String,
}

impl Source {
    /// The top module it belongs to; none for `lib.rs`, which only lists them.
    fn room(&self) -> Option<&str> {
        let first = self.path.iter().next()?.to_str()?;
        let room = first.strip_suffix(".rs").unwrap_or(first);
        (room != "lib").then_some(room)
    }

    /// How many `super::` lead from this file to the root of the crate.
    fn depth(&self) -> usize {
        self.path.iter().count() - usize::from(self.path.ends_with("mod.rs"))
    }

    /// The names that it takes from the root of the crate, however it writes that.
    fn imported_from_root(&self) -> Vec<String> {
        let to_root = "super::".repeat(self.depth());
        // `$crate::` stands in macros, which name what they expand in other rooms.
        let code = self.code.replace("$crate::", "").replace(&to_root, "crate::");
        code.split("crate::").skip(1).flat_map(first_names).collect()
    }

    fn assert_names_none_of(&self, words: &[&str]) {
        let code = without_sentences(&self.code).to_lowercase();
        for word in words {
            assert!(!code.contains(word), "{} names {word}", self.path.display());
        }
    }
}

/// The first name of each path that follows a `crate::`: one, or those of a group in braces.
fn first_names(tail: &str) -> Vec<String> {
    let name = |path: &str| -> String {
        path.trim_start()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    let Some(group) = tail.strip_prefix('{') else {
        return Some(name(tail)).filter(|name| !name.is_empty()).into_iter().collect();
    };
    let mut depth = 0_i32;
    let mut paths = vec![String::new()];
    for letter in group.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => paths.push(String::new()),
            _ => paths.last_mut().expect("there is a path").push(letter),
        }
    }
    paths
        .iter()
        .map(|path| name(path))
        .filter(|name| !name.is_empty())
        .collect()
}

/// A file without comments, and without the tests at its end.
fn shipped_code(text: &str) -> String {
    text.lines()
        .take_while(|line| line.trim() != "#[cfg(test)]")
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

/// Code without the texts that people read: what they give as an example, the code need not know.
fn without_sentences(code: &str) -> String {
    let plain = code.replace("\\\"", "").replace("'\"'", "");
    let parts = plain.split('"').enumerate();
    parts
        .filter(|(place, part)| place % 2 == 0 || !part.contains(' '))
        .map(|(_, part)| part)
        .collect()
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn core_sources() -> Vec<Source> {
    let folder = root().join("crm-core/src");
    let sources: Vec<_> = rust_files(&folder)
        .into_iter()
        .map(|path| Source {
            code: shipped_code(&fs::read_to_string(&path).expect("a source file")),
            path: path.strip_prefix(&folder).expect("a file in the folder").to_owned(),
        })
        .collect();
    assert!(sources.len() > 30, "crm-core was not found, or has moved");
    sources
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry of a folder").path())
        .flat_map(|path| match path.is_dir() {
            true => rust_files(&path),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
