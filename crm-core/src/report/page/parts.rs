//! Parts of the page that occur again and again.

use crate::insight::Amounts;
use crate::report::number::{count, rounded};
use crate::table::Escaped;
use crate::values::NaiveDate;

/// A part of the page with a heading.
pub(super) fn card(title: &str, note: &str, body: &str) -> String {
    format!(
        "<article class=\"card\"><h3>{}</h3><p class=\"note\">{}</p>{body}</article>\n",
        Escaped(title),
        Escaped(note)
    )
}

/// What stands in a card where there is nothing to draw.
pub(super) fn nothing(sentence: &str) -> String {
    format!("<p class=\"nothing\">{sentence}</p>")
}

/// A table of texts: the first cell of a row is its heading, the others are numbers.
pub(super) fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let heads: String = header
        .iter()
        .map(|head| format!("<th scope=\"col\">{head}</th>"))
        .collect();
    let rows: String = rows
        .into_iter()
        .map(|row| {
            let cells = row.iter().enumerate().map(|(place, cell)| match place {
                0 => format!("<th scope=\"row\">{}</th>", Escaped(cell)),
                _ => format!("<td>{}</td>", Escaped(cell)),
            });
            format!("<tr>{}</tr>", cells.collect::<String>())
        })
        .collect();
    format!(
        "<div class=\"scroll\"><table class=\"figures\"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

/// The numbers of a picture as a table, folded.
pub(super) fn details(table: &str) -> String {
    format!("<details><summary>Figures</summary>{table}</details>")
}

/// What the colours of a picture mean: a class and its name each.
pub(super) fn legend<'n>(entries: impl IntoIterator<Item = (&'n str, &'n str)>) -> String {
    let entry = |(class, name): (&str, &str)| {
        let swatch = format!("<svg class=\"swatch\" aria-hidden=\"true\"><rect class=\"{class}\"/></svg>");
        format!("<li>{swatch}{}</li>", Escaped(name))
    };
    format!(
        "<ul class=\"legend\">{}</ul>",
        entries.into_iter().map(entry).collect::<String>()
    )
}

/// Sums by currency, one below the other.
pub(super) fn lines(amounts: &Amounts) -> String {
    if amounts.is_empty() {
        return "–".into();
    }
    let line = |amount| format!("<span class=\"line\">{}</span>", rounded(amount));
    amounts.iter().map(line).collect()
}

/// A date in words: `30 June 2026`.
pub(super) fn long_date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `1 deal`, `2 deals`.
pub(super) fn deals(number: i64) -> String {
    let noun = if number == 1 { "deal" } else { "deals" };
    format!("{} {noun}", count(number))
}
