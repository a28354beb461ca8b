//! A file of cards, one card at a time: however large it is, one card is in memory.

use calcard::{Entry, Parser};

use super::card::{Card, NoCard};
use crate::engine::{Result, Watch};
use crate::exchange::decode::Decoding;
use crate::exchange::sniff::encoding;
use crate::exchange::source::Source;

/// The most that one card may hold; a photograph is the largest thing in it.
const LARGEST_CARD: usize = 8 << 20;

/// Reads the cards of a file.
pub(super) struct Cards {
    text: Decoding,
    /// Decoded, and from `at` on not yet given out.
    decoded: String,
    at: usize,
    line: u64,
    ended: bool,
}

/// One card of a file.
pub(super) struct FoundCard {
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// As it stands in the file.
    pub(super) text: String,
    /// What it says, or why it is not imported.
    pub(super) card: std::result::Result<Card, &'static str>,
}

impl Cards {
    pub(super) fn of(source: &Source, watch: Option<&Watch>) -> Result<Self> {
        Ok(Self {
            text: Decoding::new(source.open(watch)?, encoding(&mut source.open(watch)?)?),
            decoded: String::new(),
            at: 0,
            line: 0,
            ended: false,
        })
    }

    /// The next card; what stands between cards is passed over.
    pub(super) fn next(&mut self) -> Result<Option<FoundCard>> {
        let mut begun: Option<(u64, String)> = None;
        let mut depth = 0_usize;
        let mut too_large = false;
        while let Some(line) = self.next_line()? {
            let trimmed = line.trim();
            if trimmed.eq_ignore_ascii_case("BEGIN:VCARD") {
                depth += 1;
                begun.get_or_insert_with(|| (self.line, String::new()));
            }
            let Some((first, text)) = &mut begun else { continue };
            if text.len() + line.len() <= LARGEST_CARD {
                text.push_str(&line);
            } else {
                too_large = true;
            }
            if trimmed.eq_ignore_ascii_case("END:VCARD") {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let (line, text) = (*first, std::mem::take(text));
                    return Ok(Some(found(line, text, too_large)));
                }
            }
        }
        let unfinished = "the card has no end. Take it from where the file comes from once more.";
        Ok(begun.map(|(line, text)| FoundCard {
            line,
            text,
            card: Err(unfinished),
        }))
    }

    /// The next line with its end. One that is longer than any card comes in pieces.
    fn next_line(&mut self) -> Result<Option<String>> {
        loop {
            let rest = &self.decoded[self.at..];
            if let Some(end) = rest.find('\n') {
                self.line += 1;
                let line = rest[..=end].to_owned();
                self.at += line.len();
                return Ok(Some(line));
            }
            if self.ended || rest.len() > LARGEST_CARD {
                let last = rest.to_owned();
                self.at = self.decoded.len();
                return Ok((!last.is_empty()).then_some(last));
            }
            self.decoded.drain(..self.at);
            self.at = 0;
            let more = self.text.next()?;
            self.ended = more.is_empty();
            // What was decoded is UTF-8, and its pieces do not cut a letter.
            self.decoded.push_str(&String::from_utf8_lossy(more));
        }
    }
}

fn found(line: u64, text: String, too_large: bool) -> FoundCard {
    let card = if too_large {
        Err("the card is larger than 8 MiB. Take its photograph out.")
    } else {
        read(&text)
    };
    FoundCard { line, text, card }
}

fn read(text: &str) -> std::result::Result<Card, &'static str> {
    match Parser::new(text).entry() {
        Entry::VCard(card) => Card::of(&card).map_err(|no_card| match no_card {
            NoCard::Group => "the card is a group of others. Mark them with a tag instead.",
            NoCard::Nameless => "the card has no name, no organization and no address. Give it a name.",
        }),
        _ => Err("the card cannot be read. Take it from where the file comes from once more."),
    }
}
