use std::collections::BTreeMap;

use super::data::{City, Country};

/// A number that nobody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Telephone {
    calling_code: &'static str,
    /// What is dialled before the number within the country.
    trunk: &'static str,
    number: String,
}

impl Telephone {
    /// As on a card: `+49 30 2312512`.
    pub(super) fn international(&self) -> String {
        format!("{} {}", self.calling_code, self.number)
    }

    /// As dialled from abroad, without a space: `0049302312512`.
    pub(super) fn dialled(&self) -> String {
        self.compact().replacen('+', "00", 1)
    }

    /// Without a space: `+49302312512`.
    pub(super) fn compact(&self) -> String {
        self.international().replace([' ', '-'], "")
    }

    /// As within the country: `030/2312512`.
    pub(super) fn national(&self) -> String {
        format!("{}{}", self.trunk, self.number.replacen(' ', "/", 1))
    }

    /// With hyphens: `+49-30-2312512`.
    pub(super) fn hyphenated(&self) -> String {
        self.international().replace(' ', "-")
    }
}

/// Gives each number once.
#[derive(Debug, Default)]
pub(super) struct Telephones(BTreeMap<&'static str, u32>);

impl Telephones {
    /// A number of a city.
    pub(super) fn landline(&mut self, city: &City) -> Telephone {
        let (calling_code, begins) = city.telephone;
        self.number(calling_code, begins, 2)
    }

    /// A mobile number of a country that keeps some free for fiction, or has a pattern for them: 0171 39200 and 0176
    /// 040690 of the Bundesnetzagentur, 06 39 98 of ARCEP, 07700 900 of Ofcom, 070-17406 of PTS.
    pub(super) fn mobile(&mut self, country: Country) -> Option<Telephone> {
        let (calling_code, begins, digits) = match country.0 {
            "CN" => ("+86", "139 0000 ", 4),
            "DE" => ("+49", "171 39200", 2),
            "FR" => ("+33", "6 39 98 ", 4),
            "GB" => ("+44", "7700 900", 3),
            "SE" => ("+46", "70 17406", 2),
            _ => return None,
        };
        Some(self.number(calling_code, begins, digits))
    }

    fn number(&mut self, calling_code: &'static str, begins: &'static str, digits: usize) -> Telephone {
        let last = self.0.entry(begins).or_insert(10);
        *last += 1;
        Telephone {
            calling_code,
            trunk: match calling_code {
                "+1" | "+34" | "+39" | "+48" | "+420" => "",
                "+86" if begins.starts_with('1') => "",
                _ => "0",
            },
            number: format!("{begins}{last:0digits$}"),
        }
    }
}
