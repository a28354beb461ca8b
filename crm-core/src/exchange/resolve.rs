//! What the names in a mapping mean: the tables and fields of targets, and what cannot be.

use std::sync::Arc;

use super::cell::Format;
use super::lookup::Lookup;
use super::program::{MissingRecord, Slot, Spot};
use super::target::{By, Missing, Place, Target};
use crate::customers::{Customer, PostalAddress, Tagging};
use crate::engine::{
    Assignment, CrmError, CustomFieldDef, CustomFields, Entity, EntityDef, FieldDef, FieldKind, Result, Schema,
    Session, SetBy, managed,
};
use crate::marketing::CampaignMember;
use crate::sales::{Opportunity, OpportunityLine};

/// A target whose names are known to the schema.
pub(super) struct Resolved {
    pub(super) slot: Slot,
    pub(super) kind: Option<FieldKind>,
    pub(super) lookup: Option<Lookup>,
}

/// The names that a mapping may use: those of the schema, and of the custom fields as they are when a file is planned.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) schema: Schema,
    pub(super) custom: CustomFields,
}

impl Names {
    pub(super) fn of(session: &Session) -> Result<Self> {
        session.read(|reader| {
            Ok(Self {
                schema: reader.schema(),
                custom: reader.custom_fields()?,
            })
        })
    }
}

#[cfg(test)]
impl From<Schema> for Names {
    fn from(schema: Schema) -> Self {
        let custom = CustomFields::default();
        Self { schema, custom }
    }
}

/// Refuses a target that names what is not there.
pub(super) fn check(target: &Target, entity: &'static EntityDef, names: &Names) -> Result<()> {
    resolve(target, entity, names).map(|_| ())
}

/// What a target means; nothing where its column is left out.
pub(super) fn resolve(target: &Target, entity: &'static EntityDef, names: &Names) -> Result<Option<Resolved>> {
    let plain = |slot, kind| Resolved {
        slot,
        kind,
        lookup: None,
    };
    Ok(Some(match &target.place {
        Place::Ignored => return Ok(None),
        Place::ExternalId { .. } => plain(Slot::ExternalId, None),
        place if !belongs(place, entity) => {
            return Err(invalid(
                entity,
                format!("{} have no {place}", entity.table),
                "Choose a field, or import records of another kind",
            ));
        }
        Place::StageEntered { stage } => plain(Slot::StageEntered(stage.clone()), Some(FieldKind::Instant)),
        Place::Outcome => plain(Slot::Outcome, None),
        Place::Responded => plain(Slot::Responded, None),
        Place::ContactPoint(kind) => {
            let label = target.label.clone();
            plain(Slot::ContactPoint { kind: *kind, label }, None)
        }
        Place::Address(part) => {
            let field = spot(part, PostalAddress::DEF)?.field;
            let label = target.label.clone();
            plain(Slot::Address { field, label }, None)
        }
        Place::Tags => plain(Slot::Tags, None),
        Place::JobTitle => plain(Slot::JobTitle, None),
        Place::Employer(by) => {
            let missing = missing_record(&target.missing, Customer::DEF)?;
            Resolved {
                slot: Slot::Employer { lookup: 0, missing },
                kind: None,
                lookup: Some(Lookup::of(Customer::DEF, by)?),
            }
        }
        Place::CurrencyOf(field) => {
            let amount = match custom_field(field, entity, &names.custom)? {
                Some(field) => Slot::Custom(field),
                None => Slot::Field(spot(field, entity)?),
            };
            plain(Slot::CurrencyOf(Box::new(amount)), None)
        }
        Place::Field(field) | Place::Reference { field, .. } if is_stage(field, entity) => plain(Slot::Stage, None),
        Place::Field(field) if is_member_status(field, entity) => plain(Slot::MemberStatus, None),
        Place::Field(name) => match custom_field(name, entity, &names.custom)? {
            Some(field) => {
                let kind = field.kind().field_kind();
                plain(Slot::Custom(field), Some(kind))
            }
            None => {
                let spot = spot(name, entity)?;
                plain(Slot::Field(spot), Some(spot.entity.fields[spot.field].kind))
            }
        },
        Place::Reference { field, by } => {
            let spot = spot(field, entity)?;
            let lookup = Lookup::of(referred_to(spot, names.schema)?, by)?;
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

/// The custom field that a name behind `custom.` means; nothing for other names.
fn custom_field(name: &str, entity: &'static EntityDef, fields: &CustomFields) -> Result<Option<Arc<CustomFieldDef>>> {
    let of_entity = name.strip_prefix("custom.").filter(|_| entity.custom_field().is_some());
    let Some(key) = of_entity else { return Ok(None) };
    let field = fields.by_key(entity, key).filter(|field| !field.retired);
    let unknown = || {
        let hint = fields.hint(entity, key);
        invalid(
            entity,
            format!("{} have no custom field {key:?} in use", entity.table),
            &hint,
        )
    };
    field.cloned().map(Some).ok_or_else(unknown)
}

/// Whether records of a kind have such a place beside their fields.
fn belongs(place: &Place, entity: &'static EntityDef) -> bool {
    match place {
        Place::StageEntered { .. } | Place::Outcome => entity == Opportunity::DEF,
        Place::Responded => entity == CampaignMember::DEF,
        Place::ContactPoint(_) | Place::Address(_) | Place::Employer(_) | Place::JobTitle => entity == Customer::DEF,
        Place::Tags => tagged_by(entity).is_some(),
        _ => true,
    }
}

/// The field by which a tagging names a record of this kind.
pub(super) fn tagged_by(entity: &'static EntityDef) -> Option<usize> {
    let names_it = |field: &FieldDef| {
        let reference = field.reference.filter(|_| field.name != "tag_id");
        reference.is_some_and(|reference| reference.table == entity.table)
    };
    Tagging::DEF.fields.iter().position(names_it)
}

/// A status is found among those of the member's campaign.
fn is_member_status(field: &str, entity: &'static EntityDef) -> bool {
    entity == CampaignMember::DEF && matches!(field, "status" | "status_id")
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
    let settable = |index: &usize| *index >= managed::COUNT && is_fillable(&owner.fields[*index]);
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

/// The custom fields are filled one by one.
fn is_fillable(field: &FieldDef) -> bool {
    field.set_by != SetBy::Engine && field.kind != FieldKind::Custom
}

fn fillable(entity: &'static EntityDef) -> String {
    let own = entity.fields.iter().skip(managed::COUNT);
    let names = own.filter(|field| is_fillable(field)).map(|field| field.name);
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

pub(super) fn key_field(slot: &Slot, entity: &'static EntityDef) -> Result<usize> {
    match slot {
        Slot::Field(spot) | Slot::Reference { spot, .. } if spot.entity == entity => Ok(spot.field),
        _ => Err(invalid(
            entity,
            "only a field of the record itself can be a key".into(),
            "Take the key off, or choose another field",
        )),
    }
}

pub(super) fn same_place(one: &Slot, other: &Slot) -> bool {
    let spot = |slot: &Slot| match slot {
        Slot::Field(spot) | Slot::Reference { spot, .. } => Some(*spot),
        _ => None,
    };
    match (spot(one), spot(other)) {
        (None, None) if matches!(one, Slot::ContactPoint { .. } | Slot::Tags) => false,
        (None, None) => one == other,
        (one, other) => one == other,
    }
}

pub(super) fn invalid(entity: &'static EntityDef, reason: String, hint: &str) -> CrmError {
    CrmError::invalid(entity.name, "mapping", reason, hint)
}

/// The kind of record to which a field refers.
fn referred_to(spot: Spot, schema: Schema) -> Result<&'static EntityDef> {
    let def = &spot.entity.fields[spot.field];
    let target = def.reference.and_then(|reference| schema.entity(reference.table));
    target.ok_or_else(|| {
        invalid(
            spot.entity,
            format!("{} refers to no record", def.name),
            "Map the column as a field",
        )
    })
}

impl Lookup {
    fn of(target: &'static EntityDef, by: &By) -> Result<Self> {
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
