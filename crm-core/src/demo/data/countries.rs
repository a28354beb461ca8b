/// The language in which people are written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::demo) enum Language {
    Chinese,
    German,
    /// And of everybody else.
    English,
}

/// A country of the demo's customers, by its ISO 3166 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::demo) struct Country(pub(in crate::demo) &'static str);

impl Country {
    /// What is spoken with customers there.
    pub(in crate::demo) fn language(self) -> Language {
        match self.0 {
            "CN" => Language::Chinese,
            "DE" | "AT" | "CH" => Language::German,
            _ => Language::English,
        }
    }

    /// The BCP 47 tag of the language in which people there are at home.
    pub(in crate::demo) fn tag(self) -> &'static str {
        match self.0 {
            "CN" => "zh-CN",
            "DE" => "de-DE",
            "AT" => "de-AT",
            "CH" => "de-CH",
            "FR" => "fr-FR",
            "IT" => "it-IT",
            "ES" => "es-ES",
            "NL" => "nl-NL",
            "PL" => "pl-PL",
            "CZ" => "cs-CZ",
            "SE" => "sv-SE",
            "KR" => "ko-KR",
            "JP" => "ja-JP",
            "GB" => "en-GB",
            _ => "en-US",
        }
    }

    /// The currency in which offers to customers there are written.
    pub(in crate::demo) fn currency(self) -> &'static str {
        match self.0 {
            "CN" => "CNY",
            "US" | "KR" | "JP" | "GB" => "USD",
            _ => "EUR",
        }
    }
}
