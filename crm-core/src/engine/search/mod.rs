//! What full-text search finds: the one definition of it, to which every store answers.
//!
//! A record is a [`SearchDocument`], what a person typed is a [`SearchQuery`], and [`SearchQuery::matches`] says whether
//! the one finds the other. All of it works on tokens: texts are folded here (accents, width, capitals), taken apart here,
//! and handed to a store as tokens between spaces, so that no index needs an idea of its own of what a letter is. A store
//! keeps an index of the tokens for speed, and finds with it exactly what `matches` would find by looking at every record.
//!
//! Found are, with no regard to capitals and accents:
//! - words by how they begin: `mül` finds Müller; what is typed as `jose@acme.de` finds these words in this order;
//! - characters of Chinese, Japanese and Korean by any part: `明` finds 李明;
//! - Chinese by pinyin, full or by initials, from any character on: `liming`, `li ming`, `ming` and `lm` find 李明;
//! - numbers of five and more digits by any part that has four digits behind it or more, however they are grouped: `8000`
//!   finds +86 138-0013-8000.

mod document;
mod explanation;
mod numbers;
mod query;
mod sounds;
mod tokens;

pub use document::SearchDocument;
pub(crate) use document::searched_texts;
pub use explanation::{Explanation, FoundBy};
pub use query::{Phrase, SearchQuery, Term};
