use super::{ColumnKind, Escaped, Table};

/// Takes its colours from the page around it, be that light or dark.
const TABLE: &str = "border-collapse:collapse;font-variant-numeric:tabular-nums";
const CAPTION: &str = "caption-side:top;text-align:left;font-weight:bold;color:inherit;padding:.3em .6em";
const RULE: &str = "border-top:1px solid currentColor";

impl Table {
    /// The table as one `<table>` for a page of somebody else's: everything in it is escaped, numbers stand to the
    /// right, and it needs no style sheet.
    pub fn html(&self) -> String {
        let columns = self.shown();
        let heads = columns
            .iter()
            .map(|(_, column)| cell("th scope=\"col\"", column.kind, &column.label));
        let head: String = heads.collect();
        let rows = self.rows.iter().map(|row| {
            let cells = columns.iter().filter_map(|(place, column)| {
                let text = row.get(*place)?.text(column.kind);
                Some(cell("td", column.kind, &text))
            });
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        });
        let rows: String = rows.collect();
        let totals = self.totals.as_ref().map_or_else(String::new, |_| {
            let cells = columns
                .iter()
                .map(|(place, column)| cell("th", column.kind, &self.total_text(*place)));
            let cells: String = cells.collect();
            format!("<tfoot style=\"{RULE}\">\n<tr>{cells}</tr>\n</tfoot>\n")
        });
        format!(
            "<table style=\"{TABLE}\">\n<caption style=\"{CAPTION}\">{}</caption>\n<thead>\n<tr>{head}</tr>\n</thead>\n\
             <tbody style=\"{RULE}\">\n{rows}</tbody>\n{totals}</table>\n",
            Escaped(&self.title)
        )
    }
}

/// A cell; notebooks would put each of them to the right.
fn cell(tag: &str, kind: ColumnKind, text: &str) -> String {
    let align = match kind.is_number() {
        true => "right;white-space:nowrap",
        false => "left",
    };
    let end = tag.split(' ').next().unwrap_or(tag);
    let mut text = Escaped(text).to_string();
    if kind == ColumnKind::Amounts {
        // Each currency on a line of its own, so that a table of several is not wider than a page.
        text = text.replace(" + ", "<br>");
    }
    format!("<{tag} style=\"text-align:{align};vertical-align:top;padding:.2em .6em\">{text}</{end}>")
}
