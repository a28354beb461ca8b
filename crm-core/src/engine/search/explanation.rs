use std::collections::BTreeSet;

use super::document::TextTokens;
use super::query::{Phrase, SearchQuery, Term};

/// Why a text of a record was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// Which of the texts, by its place.
    pub text: usize,
    /// How.
    pub by: FoundBy,
}

/// How what was typed finds a text, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoundBy {
    /// It is the whole text.
    Whole,
    /// The text begins with it.
    Beginning,
    /// The text has words that begin so, or these characters.
    Words,
    /// A number in the text has these digits.
    Digits,
    /// The text is read so, in pinyin.
    Pinyin,
    /// The first letters of the pinyin.
    Initials,
}

impl SearchQuery {
    /// Why the record of these texts is found: one reason where a text is or begins with all that was typed, else one for
    /// each word typed. Empty where the record is not found.
    ///
    /// ```
    /// use crm_core::engine::{Explanation, FoundBy, SearchQuery};
    /// let explained = SearchQuery::new("lm acme").explain(&["李明", "buys for Acme"]);
    /// assert_eq!(explained, [
    ///     Explanation { text: 0, by: FoundBy::Initials },
    ///     Explanation { text: 1, by: FoundBy::Words },
    /// ]);
    /// ```
    pub fn explain(&self, texts: &[&str]) -> Vec<Explanation> {
        let texts: Vec<TextTokens> = texts.iter().map(|text| TextTokens::of(text)).collect();
        let typed = TextTokens::of(self.typed());
        let closest = |by_of: &dyn Fn(&TextTokens) -> Option<FoundBy>| {
            let found = texts.iter().enumerate();
            found
                .filter_map(|(text, tokens)| by_of(tokens).map(|by| Explanation { text, by }))
                .min_by_key(|explanation| (explanation.by, explanation.text))
        };
        if let Some(all) = closest(&|text| at_beginning(&typed, text)) {
            return vec![all];
        }
        let each: Option<Vec<Explanation>> = self
            .terms()
            .iter()
            .map(|term| closest(&|text| by(term, text)))
            .collect();
        each.unwrap_or_default()
    }
}

fn at_beginning(typed: &TextTokens, text: &TextTokens) -> Option<FoundBy> {
    if typed.beginning.is_empty() || !text.beginning.starts_with(&typed.beginning) {
        return None;
    }
    let whole = typed.words.replace(' ', "") == text.words.replace(' ', "");
    Some(if whole { FoundBy::Whole } else { FoundBy::Beginning })
}

fn by(term: &Term, text: &TextTokens) -> Option<FoundBy> {
    let any = |has: &dyn Fn(&Phrase) -> bool| term.ways().iter().flatten().any(has);
    let among = |keys: &BTreeSet<String>, phrase: &Phrase| {
        phrase.is_one_token() && keys.iter().any(|key| phrase.is_among(&format!(" {key} ")))
    };
    // The groups in which a number is written are words as well.
    if any(&|phrase| among(&text.numbers, phrase)) {
        Some(FoundBy::Digits)
    } else if any(&|phrase| phrase.is_among(&text.words) || among(&text.compounds, phrase)) {
        Some(FoundBy::Words)
    } else if any(&|phrase| among(&text.sounds.full, phrase)) {
        Some(FoundBy::Pinyin)
    } else if any(&|phrase| among(&text.sounds.initials, phrase)) {
        Some(FoundBy::Initials)
    } else {
        None
    }
}
