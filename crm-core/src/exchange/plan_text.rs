//! How a plan prints: what was found out, where each column goes, and what to think of before the run.

use std::fmt;

use super::guess::is_consent;
use super::header::{Column, normalised};
use super::plan::Plan;
use super::target::{Place, Target};
use crate::engine::FieldKind;

impl fmt::Display for Plan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} into {}", self.source.name(), self.entity.table)?;
        match self.preset {
            Some((preset, sheet)) => writeln!(formatter, ", as {} of {}", sheet.object, preset.name)?,
            None => writeln!(formatter)?,
        }
        self.write_dialect(formatter)?;
        let mapped = self.columns.iter().filter(|column| !column.targets.is_empty());
        let width = mapped
            .clone()
            .map(|column| column.header.chars().count())
            .max()
            .unwrap_or(0);
        for column in mapped {
            let targets: Vec<String> = column.targets.iter().map(Target::to_string).collect();
            let guessed = if column.guessed { "  (guessed)" } else { "" };
            writeln!(
                formatter,
                "  {:<width$} -> {}{guessed}",
                column.header,
                targets.join("; ")
            )?;
        }
        for (target, _) in self.always() {
            writeln!(formatter, "  {:<width$} -> {target}", "(always)")?;
        }
        self.write_notes(formatter)
    }
}

impl Plan {
    fn write_dialect(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dialect = &self.dialect;
        let delimiter = match dialect.delimiter {
            b',' => "comma".into(),
            b';' => "semicolon".into(),
            b'\t' => "tab".into(),
            b'|' => "bar".into(),
            other => format!("{:?}", char::from(other)),
        };
        write!(
            formatter,
            "  {} row(s), {} column(s), {}, separated by {delimiter}",
            self.rows,
            self.columns.len(),
            dialect.encoding
        )?;
        if let Some(sign) = self.decimal {
            write!(formatter, ", {sign}")?;
        }
        if let Some(order) = self.dates {
            write!(formatter, ", dates {order}")?;
        }
        if let Some(code) = &self.currency {
            write!(formatter, ", amounts in {code}")?;
        }
        writeln!(formatter)
    }

    fn write_notes(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unmapped: Vec<&Column> = self.columns.iter().filter(|column| column.targets.is_empty()).collect();
        let is_consent = |column: &&&Column| is_consent(&normalised(&column.header));
        let plain: Vec<&str> = unmapped
            .iter()
            .filter(|column| !is_consent(column))
            .map(|column| column.header.as_str())
            .collect();
        if !plain.is_empty() {
            writeln!(formatter, "  not mapped: {}", plain.join(", "))?;
        }
        for column in unmapped.iter().filter(is_consent) {
            writeln!(
                formatter,
                "  left out: {} speaks of consent or its refusal, which is never guessed",
                column.header
            )?;
        }
        for column in self.columns.iter().filter(|column| column.repeats) {
            writeln!(formatter, "  a header comes twice: the second is {}", column.header)?;
        }
        if self.lacks_currency() {
            writeln!(formatter, "  no currency: the amounts name none; set one for the file")?;
        }
        if !self.stages.is_empty() {
            writeln!(
                formatter,
                "  stages that are missing are made, and the pipeline with them"
            )?;
        }
        if !self.links_rows() {
            writeln!(
                formatter,
                "  no key: every row becomes a new record; map an external id, or make a field the key"
            )?;
        }
        Ok(())
    }

    /// Whether amounts go somewhere, and nothing outside of the cells says in which currency.
    fn lacks_currency(&self) -> bool {
        let targets = || self.columns.iter().flat_map(|column| &column.targets);
        let is_amount = |target: &&Target| match &target.place {
            Place::Field(field) => {
                let field = self.entity.field_index(field);
                field.is_some_and(|field| self.entity.fields[field].kind == FieldKind::Money)
            }
            _ => false,
        };
        let names_currency = |target: &Target| matches!(target.place, Place::CurrencyOf(_));
        self.currency.is_none()
            && targets().any(|target| is_amount(&target) && target.currency.is_none())
            && !targets().any(names_currency)
    }

    fn links_rows(&self) -> bool {
        let of_columns = self.columns.iter().flat_map(|column| &column.targets);
        let constants = self.always().map(|(target, _)| target);
        of_columns
            .chain(constants)
            .any(|target| target.is_key || matches!(target.place, Place::ExternalId { .. }))
    }
}
