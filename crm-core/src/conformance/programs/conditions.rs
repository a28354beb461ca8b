use super::Random;
use super::values;
use crate::engine::{
    Aggregate, Comparison, Conditions, Deleted, EntityDef, Expression, Field, FieldKind, Filter, Group, Measure,
    MeasureKind, Path, PathConditions, Quartile, Query, Schema, Value,
};
use crate::values::{Period, Tz};

const COMPARISONS: [Comparison; 6] = [
    Comparison::Equal,
    Comparison::NotEqual,
    Comparison::Below,
    Comparison::AtMost,
    Comparison::Above,
    Comparison::AtLeast,
];

const ZONES: [Tz; 5] = [
    Tz::UTC,
    Tz::Asia__Shanghai,
    Tz::America__New_York,
    Tz::Asia__Kathmandu,
    Tz::Pacific__Apia,
];

const DAY: i64 = 86_400_000;

/// Draws queries and aggregates whose types fit.
pub(super) struct Conditioner<'r> {
    pub(super) random: &'r mut Random,
    pub(super) schema: Schema,
}

impl Conditioner<'_> {
    pub(super) fn query(&mut self, entity: &'static EntityDef) -> Query {
        let mut query = Query::of_entity(entity).deleted(self.deleted());
        if !self.random.once_in(4) {
            query = query.filter(self.filter(entity, 3));
        }
        for _ in 0..self.random.below(3) {
            let path = self.path(entity);
            query = if self.random.once_in(2) {
                query.order_by(path)
            } else {
                query.order_by_descending(path)
            };
        }
        if self.random.once_in(3) {
            query = query.limit(u32::try_from(self.random.below(5)).unwrap_or(0));
        }
        query
    }

    pub(super) fn aggregate(&mut self, entity: &'static EntityDef) -> Aggregate {
        let mut aggregate = Aggregate::of_entity(entity).deleted(self.deleted());
        if self.random.once_in(2) {
            aggregate = aggregate.filter(self.filter(entity, 2));
        }
        for _ in 0..self.random.below(3) {
            let group = self.group(entity);
            aggregate.groups.push(group);
        }
        for _ in 0..1 + self.random.below(3) {
            let mut measure = Measure {
                kind: self.measure(entity),
                only: None,
            };
            if self.random.once_in(4) {
                measure = measure.only(self.filter(entity, 1));
            }
            aggregate = aggregate.measure(measure);
        }
        aggregate
    }

    fn deleted(&mut self) -> Deleted {
        self.random
            .pick(&[Deleted::Hidden, Deleted::Hidden, Deleted::Shown, Deleted::Only])
    }

    /// A field, and the custom ones as often as all others where there are any.
    fn field(&mut self, entity: &'static EntityDef) -> Field {
        let custom = entity.custom_field().filter(|_| self.random.once_in(2));
        entity.field(custom.unwrap_or_else(|| self.random.below(entity.fields.len())))
    }

    /// A path of up to three hops.
    fn path(&mut self, entity: &'static EntityDef) -> Path {
        let (mut hops, mut here) = (Vec::new(), entity);
        while hops.len() < 3 && self.random.once_in(3) {
            let references: Vec<_> = here.references().collect();
            if references.is_empty() {
                break;
            }
            let (field, reference) = self.random.pick(&references);
            let Some(next) = self.schema.entity(reference.table) else {
                break;
            };
            hops.push(field);
            here = next;
        }
        let field = self.field(here);
        let end = match field.def().kind {
            FieldKind::Custom => Path::stored(here, values::storage_key(self.random)),
            _ => None,
        };
        let end = end.unwrap_or_else(|| field.into());
        hops.into_iter().rev().fold(end, |path, hop| hop.to(path))
    }

    /// A path to one of these kinds, where a few tries find one.
    fn path_to(&mut self, entity: &'static EntityDef, fits: fn(FieldKind) -> bool) -> Option<Path> {
        (0..12).map(|_| self.path(entity)).find(|path| fits(path.kind()))
    }

    pub(super) fn filter(&mut self, entity: &'static EntityDef, depth: usize) -> Filter {
        let inner = |this: &mut Self| {
            (0..this.random.below(3))
                .map(|_| this.filter(entity, depth - 1))
                .collect()
        };
        match self.random.below(if depth == 0 { 5 } else { 9 }) {
            0..=1 if entity.searched_fields().next().is_some() => Filter::Matches(values::search(self.random)),
            0..=2 => self.comparison(entity),
            3 => self.path(entity).empty(),
            4 => self.beginning_or_list(entity),
            5 => Filter::All(inner(self)),
            6 => Filter::Any(inner(self)),
            7 => self.filter(entity, depth - 1).negated(),
            _ => self.related(entity, depth - 1),
        }
    }

    fn related(&mut self, entity: &'static EntityDef, depth: usize) -> Filter {
        let outward: Vec<_> = entity.references().collect();
        let inward: Vec<_> = self.schema.references_to(entity.table).collect();
        if !outward.is_empty() && (inward.is_empty() || self.random.once_in(2)) {
            let (field, reference) = self.random.pick(&outward);
            if let Some(other) = self.schema.entity(reference.table) {
                return Filter::refers_to(field, self.filter(other, depth));
            }
        }
        if inward.is_empty() {
            return self.comparison(entity);
        }
        let (field, _) = self.random.pick(&inward);
        Filter::referred_by(field, self.filter(field.entity, depth))
    }

    fn beginning_or_list(&mut self, entity: &'static EntityDef) -> Filter {
        let is_text = |kind| matches!(kind, FieldKind::Text | FieldKind::Choice(_));
        if self.random.once_in(2)
            && let Some(path) = self.path_to(entity, is_text)
        {
            return path.starts_with(values::text(self.random));
        }
        let path = self.path(entity);
        let count = self.random.below(4);
        let list: Vec<Value> = (0..count)
            .map(|_| self.literal(&path))
            .filter(|value| !value.is_null())
            .collect();
        path.one_of(list)
    }

    fn comparison(&mut self, entity: &'static EntityDef) -> Filter {
        let comparison = self.random.pick(&COMPARISONS);
        match self.random.below(8) {
            0 => {
                let path = self.path(entity);
                let kind = path.kind();
                let other = (0..6).map(|_| self.path(entity)).find(|other| other.kind() == kind);
                let comparison = self.fitting(comparison, kind);
                path.clone().compare(comparison, other.unwrap_or(path))
            }
            1 => self
                .duration(entity)
                .compare(comparison, self.random.below(40) as i64 - 20),
            2 => self.moved(entity, comparison),
            3 => {
                let Some(path) = self.path_to(entity, |kind| kind == FieldKind::Money) else {
                    return self.path(entity).present();
                };
                match self.random.below(3) {
                    0 => path
                        .currency()
                        .compare(comparison, self.random.pick(&["EUR", "JPY", "X", ""])),
                    1 => path.compare(comparison, self.random.below(6) as i64 - 2),
                    _ => path.compare(
                        comparison,
                        values::of_kind(self.random, FieldKind::Decimal { scale: 3 }),
                    ),
                }
            }
            4 => {
                let number = |kind| matches!(kind, FieldKind::Integer | FieldKind::Decimal { .. });
                let Some(path) = self.path_to(entity, number) else {
                    return self.path(entity).present();
                };
                path.compare(
                    comparison,
                    values::of_kind(self.random, FieldKind::Decimal { scale: 3 }),
                )
            }
            _ => {
                let path = self.path(entity);
                let literal = self.literal(&path);
                if literal.is_null() {
                    return path.empty();
                }
                let comparison = self.fitting(comparison, path.kind());
                if self.random.once_in(4) {
                    Expression::Literal(literal).compare(comparison, path)
                } else {
                    path.compare(comparison, literal)
                }
            }
        }
    }

    /// Yes and no have no order.
    fn fitting(&mut self, comparison: Comparison, kind: FieldKind) -> Comparison {
        if kind == FieldKind::Bool {
            self.random.pick(&COMPARISONS[..2])
        } else {
            comparison
        }
    }

    fn literal(&mut self, path: &Path) -> Value {
        match path.storage_key() {
            Some(key) => values::of_kind(self.random, key.kind().field_kind()),
            None => values::of_field(self.random, path.field()),
        }
    }

    fn duration(&mut self, entity: &'static EntityDef) -> Expression {
        let is_instant = |kind| kind == FieldKind::Instant;
        let is_date = |kind| kind == FieldKind::Date;
        let fits: fn(FieldKind) -> bool = if self.random.once_in(3) { is_date } else { is_instant };
        let found = self.path_to(entity, fits).zip(self.path_to(entity, fits));
        let zone = self.random.pick(&ZONES);
        match found {
            Some((from, to)) if is_date(from.kind()) || self.random.once_in(2) => {
                Expression::DaysBetween { from, to, zone }
            }
            Some((from, to)) => Expression::MillisecondsBetween { from, to },
            None => Expression::DaysBetween {
                from: entity.field(crate::engine::managed::CREATED_AT).into(),
                to: entity.field(crate::engine::managed::UPDATED_AT).into(),
                zone,
            },
        }
    }

    fn moved(&mut self, entity: &'static EntityDef, comparison: Comparison) -> Filter {
        let has_time = |kind| matches!(kind, FieldKind::Instant | FieldKind::Date);
        let Some(path) = self.path_to(entity, has_time) else {
            return self.path(entity).empty();
        };
        let days = (self.random.below(5) as i64 - 2) * DAY;
        let milliseconds = match path.kind() {
            FieldKind::Instant => days + self.random.below(3) as i64 - 1,
            _ => days,
        };
        let kind = path.kind();
        let moved = Expression::Moved {
            base: Box::new(path.into()),
            milliseconds,
        };
        moved.compare(comparison, values::of_kind(self.random, kind))
    }

    fn group(&mut self, entity: &'static EntityDef) -> Group {
        let has_time = |kind| matches!(kind, FieldKind::Instant | FieldKind::Date);
        if self.random.once_in(3)
            && let Some(path) = self.path_to(entity, has_time)
        {
            let month = u8::try_from(self.random.below(12) + 1).unwrap_or(1);
            let periods = [
                Period::Day,
                Period::Week,
                Period::Month,
                Period::Quarter,
                Period::Year,
                Period::FiscalQuarter(month),
                Period::FiscalYear(month),
            ];
            return Group::Period {
                path,
                period: self.random.pick(&periods),
                zone: self.random.pick(&ZONES),
            };
        }
        Group::Path(self.path(entity))
    }

    fn measure(&mut self, entity: &'static EntityDef) -> MeasureKind {
        let quartile = self.random.pick(&[Quartile::First, Quartile::Median, Quartile::Third]);
        match self.random.below(7) {
            0 => MeasureKind::Count,
            1 => MeasureKind::CountDistinct(self.path(entity)),
            2 => MeasureKind::Sum(self.number(entity)),
            3 => MeasureKind::Average(self.number(entity)),
            4 => MeasureKind::Minimum(self.measured(entity)),
            5 => MeasureKind::Maximum(self.measured(entity)),
            _ => MeasureKind::Quartile(self.number(entity), quartile),
        }
    }

    fn number(&mut self, entity: &'static EntityDef) -> Expression {
        let is_number = |kind| matches!(kind, FieldKind::Integer | FieldKind::Decimal { .. } | FieldKind::Money);
        let is_share = |kind| matches!(kind, FieldKind::Decimal { .. } | FieldKind::Money);
        let is_percent = |kind| matches!(kind, FieldKind::Decimal { .. });
        if self.random.once_in(3)
            && let Some((of, percent)) = self.path_to(entity, is_share).zip(self.path_to(entity, is_percent))
        {
            return Expression::Share { of, percent };
        }
        if self.random.once_in(4) {
            return self.duration(entity);
        }
        self.path_to(entity, is_number)
            .map_or_else(|| self.duration(entity), Expression::Path)
    }

    fn measured(&mut self, entity: &'static EntityDef) -> Expression {
        let has_size = |kind| !matches!(kind, FieldKind::Bool | FieldKind::Id);
        self.path_to(entity, has_size)
            .map_or_else(|| self.number(entity), Expression::Path)
    }
}
