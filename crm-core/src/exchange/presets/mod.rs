//! The exports of other systems, known by their headers: which kind of record a file holds, and where each column goes.
//!
//! Consent is in none of these tables: what a column such as `HasOptedOutOfEmail` says is the opposite of what its
//! place among the others suggests, so it is left out by name.

mod espocrm;
mod hubspot;
mod odoo;
mod pipedrive;
mod salesforce;

use unicode_normalization::UnicodeNormalization;

use super::header::Column;
use super::target::Target;
use crate::engine::EntityDef;
use crate::sales::NewStage;

/// What a system exports.
#[derive(Debug)]
pub(super) struct Preset {
    /// The name of the system.
    pub(super) name: &'static str,
    /// Its kinds of files, in the order in which they are imported: what is referred to comes first.
    pub(super) sheets: &'static [Sheet],
    /// Whether it writes an apostrophe before what a spreadsheet would take for a formula.
    pub(super) is_disarmed: bool,
}

/// Makes the target of a column.
type MakeTarget = fn() -> Target;

/// One kind of file.
#[derive(Debug)]
pub(super) struct Sheet {
    /// What its rows are called there.
    pub(super) object: &'static str,
    /// What a row becomes; nothing where there is no such kind of record.
    pub(super) entity: Option<&'static EntityDef>,
    /// Of each group one header at least is there. A header that ends with a colon stands for all that begin with it.
    signature: &'static [&'static [&'static str]],
    /// Where columns go, by their headers in folded form. Of two that go to the same place, the first takes it.
    columns: &'static [(&'static str, MakeTarget)],
    /// What every row has.
    constants: &'static [(&'static str, &'static str)],
    /// The stages as the system has them from the beginning.
    stages: fn() -> Vec<NewStage>,
}

/// A kind of file of which nothing but the name is known.
const fn unknown(object: &'static str, signature: &'static [&'static [&'static str]]) -> Sheet {
    Sheet {
        object,
        entity: None,
        signature,
        columns: &[],
        constants: &[],
        stages: Vec::new,
    }
}

/// Those with the more special headers first.
pub(super) const PRESETS: [&Preset; 5] = [
    &pipedrive::PRESET,
    &hubspot::PRESET,
    &odoo::PRESET,
    &espocrm::PRESET,
    &salesforce::PRESET,
];

/// The system and the kind of file that the headers tell.
pub(super) fn detect(columns: &[Column]) -> Option<(&'static Preset, &'static Sheet)> {
    let headers: Vec<String> = columns.iter().map(|column| folded(&column.header)).collect();
    PRESETS.iter().find_map(|preset| {
        let mut sheets = preset.sheets.iter();
        sheets
            .find(|sheet| sheet.is_told_by(&headers))
            .map(|sheet| (*preset, sheet))
    })
}

/// The form in which headers are compared here: in small letters, without space around them and without the star of
/// required columns, by NFKC.
fn folded(header: &str) -> String {
    let plain: String = header.nfkc().flat_map(char::to_lowercase).collect();
    plain.replace('*', "").trim().to_owned()
}

/// Whether a folded header is what a table calls it.
fn is_called(header: &str, name: &str) -> bool {
    header == name || (name.ends_with(':') && header.starts_with(name))
}

impl Sheet {
    fn is_told_by(&self, headers: &[String]) -> bool {
        let there = |name: &str| headers.iter().any(|header| is_called(header, name));
        self.signature.iter().all(|group| group.iter().any(|name| there(name)))
    }

    /// Gives the columns their targets, and returns what every row has and the stages of the system.
    pub(super) fn apply(&self, columns: &mut [Column]) -> (Vec<(Target, String)>, Vec<NewStage>) {
        let headers: Vec<String> = columns.iter().map(|column| folded(&column.header)).collect();
        let mut taken: Vec<Target> = Vec::new();
        for (name, target) in self.columns {
            let named = columns.iter_mut().zip(&headers);
            for (column, _) in named.filter(|(_, header)| is_called(header, name)) {
                let target = target();
                if !taken.iter().any(|other| other.collides(&target)) {
                    taken.push(target.clone());
                    column.targets.push(target);
                }
            }
        }
        let constants = self
            .constants
            .iter()
            .map(|(field, text)| (Target::field(*field), (*text).to_owned()));
        let constants = constants.filter(|(target, _)| !taken.iter().any(|other| other.collides(target)));
        (constants.collect(), (self.stages)())
    }
}

/// A reference to an organization by its name, which is created where it is missing.
fn organization(target: Target) -> Target {
    target.create_missing_with([("kind", "organization")])
}

/// The owner, one of our own people, by name.
fn owner() -> Target {
    Target::reference("owner", "name").create_missing()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SCHEMA;

    #[test]
    fn every_target_of_a_preset_is_there_and_its_headers_are_in_folded_form() {
        for sheet in PRESETS.iter().flat_map(|preset| preset.sheets) {
            for (header, target) in sheet.columns {
                let entity = sheet.entity.expect("a kind of record for the columns");
                super::super::resolve::check(&target(), entity, &SCHEMA.into()).expect(header);
                assert_eq!(folded(header), *header, "of {}", sheet.object);
                assert!(
                    !super::super::guess::is_consent(&super::super::header::normalised(header)),
                    "{header} speaks of consent"
                );
            }
            for header in sheet.signature.iter().flat_map(|group| *group) {
                assert_eq!(folded(header), *header, "of {}", sheet.object);
            }
        }
    }

    #[test]
    fn a_preset_with_stages_has_one_of_each_kind() {
        for sheet in PRESETS.iter().flat_map(|preset| preset.sheets) {
            let stages = (sheet.stages)();
            let kinds: std::collections::BTreeSet<_> = stages.iter().map(|stage| stage.kind().code()).collect();
            assert!(stages.is_empty() || kinds.len() == 3, "{}", sheet.object);
        }
    }
}
