//! A mapping made ready to run: names become places, settings become formats, and what cannot work is refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::{Evidence, Format, armed, is_spreadsheet_error, says_nothing, trimmed};
use super::lookup::Lookup;
use super::plan::Plan;
use super::records::Record;
use super::resolve::{Resolved, invalid, key_field, resolve, same_place};
use super::target::{Place, Target};
use crate::customers::ContactPointKind;
use crate::engine::{
    Assignment, CrmError, CustomFieldDef, CustomFieldKind, CustomValues, EntityDef, Field, FieldKind, Result, Value,
};
use crate::sales::OpportunityLine;
use crate::values::{Currency, Timestamp, Tz, ValueError};

/// What is done with each row.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) entity: &'static EntityDef,
    pub(super) inputs: Vec<Input>,
    pub(super) lookups: Vec<Lookup>,
    /// The fields by which a row finds its record.
    pub(super) keys: Vec<usize>,
    /// The system whose ids find the record of a row.
    pub(super) system: Option<String>,
    /// How many cells a row has.
    pub(super) width: usize,
}

/// One column, or one constant, and where it goes.
#[derive(Debug)]
pub(super) struct Input {
    from: Origin,
    pub(super) label: String,
    values: BTreeMap<String, String>,
    pub(super) slot: Slot,
    format: Format,
    other_choices: Option<String>,
    separator: Option<char>,
    is_disarmed: bool,
    /// The input that holds the currency of this one.
    currency_from: Option<usize>,
}

#[derive(Debug)]
enum Origin {
    Column(usize),
    Constant(String),
}

/// Where a value goes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Slot {
    Field(Spot),
    Custom(Arc<CustomFieldDef>),
    Reference {
        spot: Spot,
        lookup: usize,
        missing: MissingRecord,
    },
    ExternalId,
    /// The input of this amount.
    CurrencyOf(Box<Slot>),
    Stage,
    StageEntered(String),
    Outcome,
    MemberStatus,
    Responded,
    ContactPoint {
        kind: ContactPointKind,
        label: Option<String>,
    },
    Address {
        field: usize,
        label: Option<String>,
    },
    Tags,
    Employer {
        lookup: usize,
        missing: MissingRecord,
    },
    JobTitle,
}

/// A field of the record, or of its line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) entity: &'static EntityDef,
    pub(super) field: usize,
}

impl Spot {
    fn is(self, field: Field) -> bool {
        self.entity == field.entity && self.field == field.index
    }
}

/// What is done about a reference to nothing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum MissingRecord {
    Refuse,
    Create(Vec<Assignment>),
    LeaveEmpty,
}

impl Slot {
    /// The look-up that finds what a cell refers to, and what is done where it finds nothing.
    pub(super) fn reference(&self) -> Option<(usize, &MissingRecord)> {
        match self {
            Self::Reference { lookup, missing, .. } | Self::Employer { lookup, missing } => Some((*lookup, missing)),
            _ => None,
        }
    }
}

/// The values of one row.
#[derive(Debug, Default)]
pub(super) struct RowValues<'r> {
    pub(super) record: Vec<Assignment>,
    pub(super) line: Vec<Assignment>,
    /// What is still to be looked up: the input, and the text in its cell.
    pub(super) references: Vec<(usize, &'r str)>,
    pub(super) external_id: Option<&'r str>,
    /// The stage of an opportunity, or the status of a member.
    pub(super) stage: Option<&'r str>,
    /// The stages that were entered, and when.
    pub(super) entered: Vec<(&'r str, Timestamp)>,
    /// Whether an opportunity was won or lost, or a member responded, as the row writes it.
    pub(super) outcome: Option<&'r str>,
    pub(super) responded: Option<bool>,
    pub(super) beside: Beside<'r>,
    /// The inputs whose cells are left out of the row, and why.
    pub(super) left_out: Vec<(usize, &'static str)>,
}

/// What a row tells that is kept in records beside its own.
#[derive(Debug, Default)]
pub(super) struct Beside<'r> {
    pub(super) contact_points: Vec<(ContactPointKind, Option<&'r str>, &'r str)>,
    pub(super) addresses: Vec<(Option<&'r str>, Assignment)>,
    pub(super) tags: Vec<&'r str>,
    pub(super) employer: Option<crate::ids::CustomerId>,
    pub(super) job_title: Option<&'r str>,
}

impl Program {
    /// Makes the mapping of a plan ready; `zone` is where its days begin.
    pub(super) fn of(plan: &Plan, zone: Tz) -> Result<Self> {
        let mut program = Self {
            entity: plan.entity,
            inputs: Vec::new(),
            lookups: Vec::new(),
            keys: Vec::new(),
            system: None,
            width: plan.columns.len(),
        };
        let together = evidence_of_all(plan)?;
        for (place, column) in plan.columns.iter().enumerate() {
            for target in &column.targets {
                let label = column.header.clone();
                program.add(
                    plan,
                    target,
                    Origin::Column(place),
                    label,
                    (column.evidence, together),
                    zone,
                )?;
            }
        }
        for (target, text) in plan.always() {
            let origin = Origin::Constant(text.clone());
            let label = target.place.to_string();
            program.add(plan, target, origin, label, Default::default(), zone)?;
        }
        program.connect_currencies();
        program.name_currency_of_line();
        Ok(program)
    }

    fn add(
        &mut self,
        plan: &Plan,
        target: &Target,
        from: Origin,
        label: String,
        (own, together): (Evidence, Evidence),
        zone: Tz,
    ) -> Result<()> {
        let Some(Resolved { mut slot, lookup, .. }) = resolve(target, plan.entity, &plan.names)? else {
            return Ok(());
        };
        if let (Slot::Reference { lookup: place, .. } | Slot::Employer { lookup: place, .. }, Some(lookup)) =
            (&mut slot, lookup)
        {
            *place = self.lookup(lookup);
        }
        if self.inputs.iter().any(|other| same_place(&other.slot, &slot)) {
            return Err(invalid(
                plan.entity,
                format!("two columns go to {}", target.place),
                "Leave one of them out",
            ));
        }
        match &target.place {
            Place::ExternalId { system } => self.system = Some(system.clone()),
            _ if target.is_key => self.keys.push(key_field(&slot, plan.entity)?),
            _ => {}
        }
        let currency = target.currency.as_ref().or(plan.currency.as_ref());
        let currency = currency.map(|code| Currency::from_code(code)).transpose();
        let format = Format {
            decimal: target.decimal.or(plan.decimal).or(own.decimal()).or(together.decimal()),
            dates: target.dates.or(plan.dates).or(own.dates()).or(together.dates()),
            currency: currency.map_err(|error| CrmError::invalid_value(plan.entity.name, "currency", error))?,
            factor: target.factor,
            zone,
        };
        self.inputs.push(Input {
            from,
            label,
            values: target.values.clone(),
            slot,
            format,
            other_choices: target.other_choices.clone(),
            separator: target.separator,
            is_disarmed: plan.is_disarmed,
            currency_from: None,
        });
        Ok(())
    }

    fn lookup(&mut self, lookup: Lookup) -> usize {
        let known = self.lookups.iter().position(|other| *other == lookup);
        known.unwrap_or_else(|| {
            self.lookups.push(lookup);
            self.lookups.len() - 1
        })
    }

    fn connect_currencies(&mut self) {
        for place in 0..self.inputs.len() {
            if let Slot::CurrencyOf(amount) = self.inputs[place].slot.clone() {
                let amounts = self.inputs.iter_mut().filter(|input| input.slot == *amount);
                amounts.for_each(|amount| amount.currency_from = Some(place));
            }
        }
    }

    /// A unit price is a bare number, so the currency of its column goes into the line beside it.
    fn name_currency_of_line(&mut self) {
        let price = self.inputs.iter().find_map(|input| match input.slot {
            Slot::Field(spot) if spot.is(OpportunityLine::UNIT_PRICE) => Some((spot.entity, input.format)),
            _ => None,
        });
        let Some((entity, format)) = price else { return };
        let spot = Spot {
            entity,
            field: OpportunityLine::CURRENCY.index,
        };
        let is_given = self.inputs.iter().any(|input| input.slot == Slot::Field(spot));
        if let (Some(currency), false) = (format.currency, is_given) {
            self.inputs.push(Input {
                from: Origin::Constant(currency.code().into()),
                label: "the currency of the price".into(),
                values: BTreeMap::new(),
                slot: Slot::Field(spot),
                format,
                other_choices: None,
                separator: None,
                is_disarmed: false,
                currency_from: None,
            });
        }
    }

    /// The input that goes to a place, where there is one.
    pub(super) fn input(&self, is: impl Fn(&Slot) -> bool) -> Option<&Input> {
        self.inputs.iter().find(|input| is(&input.slot))
    }

    /// Whether a row has anything to say: a cell in one of the columns that go somewhere. What continues the row above,
    /// with nothing but cells of other columns, has not.
    pub(super) fn says_something(&self, record: &Record) -> bool {
        let columns = self.inputs.iter().filter_map(|input| match input.from {
            Origin::Column(place) => Some(place),
            Origin::Constant(_) => None,
        });
        let mut columns = columns.peekable();
        if columns.peek().is_none() {
            return record.cells().any(|cell| !trimmed(cell).is_empty());
        }
        columns.into_iter().any(|place| !trimmed(record.cell(place)).is_empty())
    }

    /// Reads the cells of a row; nothing is looked up yet. A blank cell gives nothing.
    pub(super) fn read<'r>(&'r self, record: &'r Record) -> Result<RowValues<'r>> {
        let mut values = RowValues::default();
        for (place, input) in self.inputs.iter().enumerate() {
            let text = input.text(record);
            if text.is_empty() {
                continue;
            }
            if is_spreadsheet_error(text) {
                values.left_out.push((place, "a spreadsheet shows an error in it"));
                continue;
            }
            self.take(place, text, record, &mut values)?;
        }
        Ok(values)
    }

    fn take<'r>(&'r self, place: usize, text: &'r str, record: &'r Record, values: &mut RowValues<'r>) -> Result<()> {
        let input = &self.inputs[place];
        match &input.slot {
            Slot::Field(spot) => {
                let kind = spot.entity.fields[spot.field].kind;
                if let Some(value) = self.value(input, text, kind, record)? {
                    let assignment = Assignment {
                        field: spot.field,
                        value,
                    };
                    values.part(spot.entity == self.entity).push(assignment);
                }
            }
            Slot::Reference { .. } | Slot::Employer { .. } => values.references.push((place, text)),
            Slot::ExternalId => values.external_id = Some(text),
            Slot::Stage | Slot::MemberStatus => values.stage = Some(text),
            Slot::StageEntered(stage) => {
                if let Some(Value::Instant(at)) = self.cell(input, text, FieldKind::Instant)? {
                    values.entered.push((stage, at));
                }
            }
            Slot::Outcome => values.outcome = Some(text),
            Slot::Responded => {
                let cell = self.cell(input, text, FieldKind::Bool)?;
                values.responded = cell.map(|cell| cell == Value::Bool(true));
            }
            Slot::ContactPoint {
                kind: ContactPointKind::Phone,
                ..
            } if is_number_of_a_spreadsheet(text) => {
                values
                    .left_out
                    .push((place, "a spreadsheet has made a rounded number of it"));
            }
            Slot::ContactPoint { kind, label } => {
                values.beside.contact_points.push((*kind, label.as_deref(), text));
            }
            Slot::Address { field, label } => {
                let assignment = Assignment {
                    field: *field,
                    value: text.into(),
                };
                values.beside.addresses.push((label.as_deref(), assignment));
            }
            Slot::Tags => values.beside.tags.extend(tags(text)),
            Slot::JobTitle => values.beside.job_title = Some(text),
            Slot::Custom(field) => {
                let value = self.value(input, text, field.kind().field_kind(), record)?;
                let assignment = value.and_then(|value| self.custom(field, value));
                values.record.extend(assignment);
            }
            Slot::CurrencyOf(_) => {}
        }
        Ok(())
    }

    /// A value for a custom field; the option of a choice may be named by its code or by what people read.
    fn custom(&self, field: &CustomFieldDef, value: Value) -> Option<Assignment> {
        let value = match value {
            Value::Text(text) if field.kind() == CustomFieldKind::Choice => Value::from(field.code_of(&text)),
            other => other,
        };
        let values: CustomValues = [(field.storage_key, value)].into_iter().collect();
        Some(Assignment {
            field: self.entity.custom_field()?,
            value: values.into(),
        })
    }

    fn value(&self, input: &Input, text: &str, kind: FieldKind, record: &Record) -> Result<Option<Value>> {
        let code = input.currency_from.map(|place| self.inputs[place].text(record));
        let Some(code) = code.filter(|code| !code.is_empty()) else {
            return self.cell(input, text, kind);
        };
        let currency = Currency::from_code(&code.to_ascii_uppercase());
        let format = Format {
            currency: Some(currency.map_err(|error| self.refused(input, error))?),
            ..input.format
        };
        self.cell_in(input, text, kind, &format)
    }

    fn cell(&self, input: &Input, text: &str, kind: FieldKind) -> Result<Option<Value>> {
        self.cell_in(input, text, kind, &input.format)
    }

    fn cell_in(&self, input: &Input, text: &str, kind: FieldKind, format: &Format) -> Result<Option<Value>> {
        if kind != FieldKind::Text && says_nothing(text) {
            return Ok(None);
        }
        match (format.read(text, kind), kind, &input.other_choices) {
            (Ok(value), ..) => Ok(Some(value)),
            (Err(_), FieldKind::Choice(_), Some(other)) if other.is_empty() => Ok(None),
            (Err(_), FieldKind::Choice(_), Some(other)) => {
                let value = format.read(other, kind);
                value.map(Some).map_err(|error| self.refused(input, error))
            }
            (Err(error), ..) => Err(self.refused(input, error)),
        }
    }

    fn refused(&self, input: &Input, error: ValueError) -> CrmError {
        CrmError::invalid_value("column", input.label.clone(), error)
    }
}

impl Input {
    /// The text that goes in: of the cell or the constant, without space around it, and replaced where it is to be.
    pub(super) fn text<'r>(&'r self, record: &'r Record) -> &'r str {
        let text = trimmed(match &self.from {
            Origin::Column(place) => record.cell(*place),
            Origin::Constant(text) => text,
        });
        let text = if self.is_disarmed { armed(text) } else { text };
        let text = match self.separator.and_then(|separator| text.split_once(separator)) {
            Some((first, _)) => trimmed(first),
            None => text,
        };
        self.values.get(text).map_or(text, |replaced| trimmed(replaced))
    }
}

impl RowValues<'_> {
    /// The values of the record, or of its line.
    pub(super) fn part(&mut self, of_record: bool) -> &mut Vec<Assignment> {
        if of_record { &mut self.record } else { &mut self.line }
    }
}

fn tags(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split([',', ';', '\u{ff0c}', '\u{3001}', '\u{ff1b}']);
    words.map(trimmed).filter(|word| !word.is_empty())
}

/// `4.15555E+09`: of a telephone number that a spreadsheet took for a number the last digits are gone.
fn is_number_of_a_spreadsheet(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    plain(number) && plain(exponent)
}

/// What all columns of numbers, and all of dates, tell together of how the file writes them.
fn evidence_of_all(plan: &Plan) -> Result<Evidence> {
    let mut together = Evidence::default();
    for column in &plan.columns {
        for target in &column.targets {
            if let Some(kind) = resolve(target, plan.entity, &plan.names)?.and_then(|resolved| resolved.kind) {
                together = together.with(column.evidence.about(kind));
            }
        }
    }
    Ok(together)
}
