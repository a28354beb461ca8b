//! A mapping made ready to run: names become places, settings become formats, and what cannot work is refused.

use std::collections::BTreeMap;

use super::cell::{Evidence, Format, trimmed};
use super::lookup::Lookup;
use super::plan::Plan;
use super::records::Record;
use super::target::{By, Missing, Place, Target};
use crate::engine::{Assignment, CrmError, Entity, EntityDef, Field, FieldKind, Result, Schema, SetBy, Value, managed};
use crate::sales::{Opportunity, OpportunityLine};
use crate::values::{Currency, Timestamp, Tz};

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
    Reference {
        spot: Spot,
        lookup: usize,
        missing: MissingRecord,
    },
    ExternalId,
    CurrencyOf(Spot),
    Stage,
    StageEntered(String),
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

/// A target whose names are known to the schema.
struct Resolved {
    slot: Slot,
    kind: Option<FieldKind>,
    lookup: Option<Lookup>,
}

/// The values of one row.
#[derive(Debug, Default)]
pub(super) struct RowValues<'r> {
    pub(super) record: Vec<Assignment>,
    pub(super) line: Vec<Assignment>,
    /// What is still to be looked up: the input, and the text in its cell.
    pub(super) references: Vec<(usize, &'r str)>,
    pub(super) external_id: Option<&'r str>,
    pub(super) stage: Option<&'r str>,
    /// The stages that were entered, and when.
    pub(super) entered: Vec<(&'r str, Timestamp)>,
}

/// Refuses a target that names what is not there.
pub(super) fn check(target: &Target, entity: &'static EntityDef, schema: Schema) -> Result<()> {
    resolve(target, entity, schema).map(|_| ())
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
        for (target, text) in &plan.constants {
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
        let Some(Resolved { mut slot, lookup, .. }) = resolve(target, plan.entity, plan.schema)? else {
            return Ok(());
        };
        if let (Slot::Reference { lookup: place, .. }, Some(lookup)) = (&mut slot, lookup) {
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
            if let Slot::CurrencyOf(spot) = self.inputs[place].slot {
                let amounts = self.inputs.iter_mut().filter(|input| input.slot == Slot::Field(spot));
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
                currency_from: None,
            });
        }
    }

    /// Reads the cells of a row; nothing is looked up yet. A blank cell gives nothing.
    pub(super) fn read<'r>(&'r self, record: &'r Record) -> Result<RowValues<'r>> {
        let mut values = RowValues::default();
        for (place, input) in self.inputs.iter().enumerate() {
            let text = input.text(record);
            if text.is_empty() {
                continue;
            }
            match &input.slot {
                Slot::Field(spot) => {
                    let value = self.value(input, text, spot, record)?;
                    let assignment = Assignment {
                        field: spot.field,
                        value,
                    };
                    values.part(spot.entity == self.entity).push(assignment);
                }
                Slot::Reference { .. } => values.references.push((place, text)),
                Slot::ExternalId => values.external_id = Some(text),
                Slot::Stage => values.stage = Some(text),
                Slot::StageEntered(stage) => match self.cell(input, text, FieldKind::Instant)? {
                    Value::Instant(at) => values.entered.push((stage, at)),
                    _ => continue,
                },
                Slot::CurrencyOf(_) => {}
            }
        }
        Ok(values)
    }

    fn value(&self, input: &Input, text: &str, spot: &Spot, record: &Record) -> Result<Value> {
        let kind = spot.entity.fields[spot.field].kind;
        let code = input.currency_from.map(|place| self.inputs[place].text(record));
        let Some(code) = code.filter(|code| !code.is_empty()) else {
            return self.cell(input, text, kind);
        };
        let currency = Currency::from_code(&code.to_ascii_uppercase());
        let format = Format {
            currency: Some(currency.map_err(|error| self.refused(input, error))?),
            ..input.format
        };
        format.read(text, kind).map_err(|error| self.refused(input, error))
    }

    fn cell(&self, input: &Input, text: &str, kind: FieldKind) -> Result<Value> {
        let value = input.format.read(text, kind);
        value.map_err(|error| self.refused(input, error))
    }

    fn refused(&self, input: &Input, error: crate::values::ValueError) -> CrmError {
        CrmError::invalid_value("column", input.label.clone(), error)
    }
}

impl Input {
    /// The text that goes in: of the cell or the constant, without space around it, and replaced where it is to be.
    fn text<'r>(&'r self, record: &'r Record) -> &'r str {
        let text = trimmed(match &self.from {
            Origin::Column(place) => record.cell(*place),
            Origin::Constant(text) => text,
        });
        self.values.get(text).map_or(text, |replaced| trimmed(replaced))
    }
}

impl RowValues<'_> {
    /// The values of the record, or of its line.
    pub(super) fn part(&mut self, of_record: bool) -> &mut Vec<Assignment> {
        if of_record { &mut self.record } else { &mut self.line }
    }
}

/// What all columns of numbers, and all of dates, tell together of how the file writes them.
fn evidence_of_all(plan: &Plan) -> Result<Evidence> {
    let mut together = Evidence::default();
    for column in &plan.columns {
        for target in &column.targets {
            if let Some(kind) = resolve(target, plan.entity, plan.schema)?.and_then(|resolved| resolved.kind) {
                together = together.with(column.evidence.about(kind));
            }
        }
    }
    Ok(together)
}

/// What a target means; nothing where its column is left out.
fn resolve(target: &Target, entity: &'static EntityDef, schema: Schema) -> Result<Option<Resolved>> {
    let plain = |slot, kind| Resolved {
        slot,
        kind,
        lookup: None,
    };
    Ok(Some(match &target.place {
        Place::Ignored => return Ok(None),
        Place::ExternalId { .. } => plain(Slot::ExternalId, None),
        Place::StageEntered { stage } if entity == Opportunity::DEF => {
            plain(Slot::StageEntered(stage.clone()), Some(FieldKind::Instant))
        }
        Place::StageEntered { .. } => {
            return Err(invalid(
                entity,
                "only opportunities enter stages".into(),
                "Choose a field",
            ));
        }
        Place::CurrencyOf(field) => plain(Slot::CurrencyOf(spot(field, entity)?), None),
        Place::Field(field) | Place::Reference { field, .. } if is_stage(field, entity) => plain(Slot::Stage, None),
        Place::Field(field) => {
            let spot = spot(field, entity)?;
            plain(Slot::Field(spot), Some(spot.entity.fields[spot.field].kind))
        }
        Place::Reference { field, by } => {
            let spot = spot(field, entity)?;
            let lookup = Lookup::of(spot, by, schema)?;
            let missing = missing_record(&target.missing, lookup.entity)?;
            Resolved {
                slot: Slot::Reference {
                    spot,
                    lookup: 0,
                    missing,
                },
                kind: None,
                lookup: Some(lookup),
            }
        }
    }))
}

/// A stage is found within the pipeline of the row, so it is no plain reference.
fn is_stage(field: &str, entity: &'static EntityDef) -> bool {
    entity == Opportunity::DEF && matches!(field, "stage" | "stage_id")
}

/// The field that a name means: of the record, or with `line.` before it of its line; a reference without its `_id`.
fn spot(name: &str, entity: &'static EntityDef) -> Result<Spot> {
    let lines = (entity == Opportunity::DEF).then_some(OpportunityLine::DEF);
    let (owner, field) = match (name.strip_prefix("line."), lines) {
        (Some(field), Some(lines)) => (lines, field),
        _ => (entity, name),
    };
    let index = owner
        .field_index(field)
        .or_else(|| owner.field_index(&format!("{field}_id")));
    let settable = |index: &usize| *index >= managed::COUNT && owner.fields[*index].set_by != SetBy::Engine;
    match index.filter(settable) {
        Some(index) => Ok(Spot {
            entity: owner,
            field: index,
        }),
        None => Err(invalid(
            entity,
            format!("{} have no field {name:?} that an import can fill", entity.table),
            &format!("Use one of {}", fillable(owner)),
        )),
    }
}

fn fillable(entity: &'static EntityDef) -> String {
    let own = entity.fields.iter().skip(managed::COUNT);
    let names = own
        .filter(|field| field.set_by != SetBy::Engine)
        .map(|field| field.name);
    names.collect::<Vec<_>>().join(", ")
}

fn missing_record(missing: &Missing, entity: &'static EntityDef) -> Result<MissingRecord> {
    let fields = match missing {
        Missing::Refuse => return Ok(MissingRecord::Refuse),
        Missing::LeaveEmpty => return Ok(MissingRecord::LeaveEmpty),
        Missing::Create(fields) => fields,
    };
    let format = Format::plain();
    let assignments = fields.iter().map(|(name, text)| {
        let field = entity
            .field_index(name)
            .filter(|field| *field >= managed::COUNT)
            .ok_or_else(|| {
                let reason = format!("{} have no field {name:?}", entity.table);
                invalid(entity, reason, &format!("Use one of {}", fillable(entity)))
            })?;
        let def = &entity.fields[field];
        let value = format
            .read(text, def.kind)
            .map_err(|error| CrmError::invalid_value(entity.name, def.name, error))?;
        Ok(Assignment { field, value })
    });
    Ok(MissingRecord::Create(assignments.collect::<Result<_>>()?))
}

fn key_field(slot: &Slot, entity: &'static EntityDef) -> Result<usize> {
    match slot {
        Slot::Field(spot) | Slot::Reference { spot, .. } if spot.entity == entity => Ok(spot.field),
        _ => Err(invalid(
            entity,
            "only a field of the record itself can be a key".into(),
            "Take the key off, or choose another field",
        )),
    }
}

fn same_place(one: &Slot, other: &Slot) -> bool {
    let spot = |slot: &Slot| match slot {
        Slot::Field(spot) | Slot::Reference { spot, .. } => Some(*spot),
        _ => None,
    };
    match (spot(one), spot(other)) {
        (None, None) => one == other,
        (one, other) => one == other,
    }
}

fn invalid(entity: &'static EntityDef, reason: String, hint: &str) -> CrmError {
    CrmError::invalid(entity.name, "mapping", reason, hint)
}

/// What finds the record to which a cell refers.
impl Lookup {
    fn of(spot: Spot, by: &By, schema: Schema) -> Result<Self> {
        let def = &spot.entity.fields[spot.field];
        let target = def.reference.and_then(|reference| schema.entity(reference.table));
        let Some(target) = target else {
            return Err(invalid(
                spot.entity,
                format!("{} refers to no record", def.name),
                "Map the column as a field",
            ));
        };
        match by {
            By::ExternalId { system } => Ok(Self::by_external_id(target, system.clone())),
            By::Field(name) => match target.field_index(name) {
                Some(field) if target.fields[field].kind == FieldKind::Text => Ok(Self::by_field(target, field)),
                _ => Err(invalid(
                    target,
                    format!("{} have no text field {name:?} to be found by", target.table),
                    "Use their name",
                )),
            },
        }
    }
}
