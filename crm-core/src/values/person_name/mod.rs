mod parse;
mod sort_key;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use sort_key::sort_key_of_text;

use super::script;

/// The name of a person: its parts, and how it is written where that does not follow from them. Any part may be
/// missing: some people have one name, which then is the given name.
///
/// ```
/// use crm_core::values::PersonName;
/// let name = PersonName::parse("欧阳修");
/// assert_eq!((name.family.as_deref(), name.given.as_deref()), (Some("欧阳"), Some("修")));
/// assert_eq!(PersonName::parse("Müller, Hans").display(), "Hans Müller");
/// assert_eq!(PersonName::parse("Ludwig van Beethoven").family.as_deref(), Some("van Beethoven"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonName {
    /// What stands before the name: `Dr.`.
    pub prefix: Option<String>,
    /// The given name.
    pub given: Option<String>,
    /// Names between the two others.
    pub middle: Option<String>,
    /// The family name, with its particles: `van Beethoven`.
    pub family: Option<String>,
    /// What stands behind the name: `Jr.`, `先生`.
    pub suffix: Option<String>,
    /// How the name is written, where it is not as the parts would have it.
    pub written: Option<String>,
    /// Which name is written first; where it is not said, the script says it.
    pub order: Option<NameOrder>,
}

/// Which name is written first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameOrder {
    /// `Hans Müller`: most of the world.
    GivenFirst,
    /// `李明`, `김민준`, `山田太郎`, and `Nagy László` in Hungary.
    FamilyFirst,
}

impl NameOrder {
    /// The order of a name by its script: the family name first in Chinese characters, kana and Hangul.
    pub fn of_text(name: &str) -> Self {
        if name.contains(script::is_east_asian) {
            Self::FamilyFirst
        } else {
            Self::GivenFirst
        }
    }
}

impl PersonName {
    /// A name from how it is written, in the order of its script. It is taken apart only where the parts are plain;
    /// any other name is kept whole, as the given name. Either way it is written as it was.
    pub fn parse(text: &str) -> Self {
        parse::parse(text, None)
    }

    /// The same, of a name whose order is known: `Nagy László` of a Hungarian is [`NameOrder::FamilyFirst`].
    pub fn parse_in_order(text: &str, order: NameOrder) -> Self {
        parse::parse(text, Some(order))
    }

    /// Which name is written first.
    pub fn order(&self) -> NameOrder {
        self.order.unwrap_or_else(|| {
            let names = [&self.family, &self.given].map(said).concat();
            NameOrder::of_text(&names)
        })
    }

    /// The name as it is written; empty where nothing is known of it.
    pub fn display(&self) -> String {
        match self.written.as_deref().map(str::trim) {
            Some(written) if !written.is_empty() => written.to_owned(),
            _ => self.composed(),
        }
    }

    /// The folded key by which lists of people are sorted: family name, given name, middle names. Chinese names are
    /// sorted as a Chinese reader looks for them, by the readings of surnames, people of one surname together;
    /// kana and Hangul by their order in Unicode, which is that of their alphabets. Particles in lower case do not
    /// count: `van Beethoven` stands with the Bs.
    ///
    /// ```
    /// use crm_core::values::PersonName;
    /// let mut names = ["赵云", "曾国藩", "单田芳", "仇英", "尉迟恭"].map(PersonName::parse);
    /// names.sort_by_key(PersonName::sort_key);
    /// assert_eq!(names.map(|name| name.display()), ["仇英", "单田芳", "尉迟恭", "曾国藩", "赵云"]);
    /// ```
    pub fn sort_key(&self) -> String {
        sort_key::of_person(self)
    }

    fn composed(&self) -> String {
        let mut parts = [said(&self.given), said(&self.middle), said(&self.family)];
        if self.order() == NameOrder::FamilyFirst {
            parts = [parts[2], parts[0], parts[1]];
        }
        let mut display = said(&self.prefix).to_owned();
        for part in parts.into_iter().chain([said(&self.suffix)]) {
            if part.is_empty() {
                continue;
            }
            let close = display.ends_with(script::is_east_asian) && part.starts_with(script::is_east_asian);
            if !display.is_empty() && !close {
                display.push(' ');
            }
            display.push_str(part);
        }
        display
    }
}

/// What a part says, without white space around.
fn said(part: &Option<String>) -> &str {
    part.as_deref().map_or("", str::trim)
}

impl fmt::Display for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.display())
    }
}

/// Leaves the name out: it is a customer's.
impl fmt::Debug for PersonName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PersonName")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_in_the_order_of_its_script() {
        let name = |family: &str, given: &str| PersonName {
            family: Some(family.into()),
            given: Some(given.into()),
            ..PersonName::default()
        };
        assert_eq!(name("李", "明").display(), "李明");
        assert_eq!(name("김", "민준").display(), "김민준");
        assert_eq!(name("Müller", "Hans").display(), "Hans Müller");
        let hungarian = PersonName {
            order: Some(NameOrder::FamilyFirst),
            ..name("Nagy", "László")
        };
        assert_eq!(hungarian.display(), "Nagy László");
    }

    #[test]
    fn what_is_written_goes_before_the_parts() {
        let name = PersonName {
            written: Some("Bobby".into()),
            ..PersonName::parse("Robert Smith")
        };
        assert_eq!(name.to_string(), "Bobby");
        assert_eq!(name.sort_key(), "smith robert");
        assert_eq!(format!("{name:?}"), "PersonName");
    }
}
