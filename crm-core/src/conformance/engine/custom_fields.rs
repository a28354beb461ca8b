use super::company::{contents, crm_on};
use crate::Crm;
use crate::conformance::Factory;
use crate::conformance::programs::Random;
use crate::conformance::sample::shown_rows;
use crate::customers::{Customer, CustomerDraft};
use crate::customization::{CustomField, CustomFieldChange, CustomFieldDraft};
use crate::engine::{
    Aggregate, BatchId, Conditions, CustomFieldKind, Entity, Measure, MemoryStore, PathConditions, Query, Result, Tx,
    Value,
};
use crate::ids::{CustomFieldId, CustomerId};
use crate::values::{Currency, Decimal, Money, NaiveDate, Timestamp};

const KEYS: [&str; 6] = ["colour", "size", "budget", "since", "vip", "partner"];

/// Custom fields are defined, renamed, retired, indexed, set, undone and asked for in random order, and the store gives
/// what the store in memory gives.
///
/// # Errors
/// Of the store; a broken promise panics.
pub fn custom_fields(factory: Factory<'_>) -> Result<()> {
    for seed in 0..30 {
        let (found, expected) = (
            run(seed, &crm_on(factory()?).0)?,
            run(seed, &crm_on(Box::new(MemoryStore::new(crate::SCHEMA))).0)?,
        );
        let differing = found
            .iter()
            .zip(&expected)
            .position(|(found, expected)| found != expected);
        assert_eq!(
            differing.map(|step| (step, &found[step], &expected[step])),
            None,
            "the program of seed {seed} gives two answers"
        );
        assert_eq!(found.len(), expected.len(), "seed {seed}");
    }
    Ok(())
}

/// What happened in each step, and at last what all records say.
fn run(seed: u64, crm: &Crm) -> Result<Vec<String>> {
    let mut program = Program {
        random: Random::seeded(seed),
        fields: Vec::new(),
        customers: Vec::new(),
        batches: Vec::new(),
    };
    let mut lines = Vec::new();
    for _ in 0..80 {
        // The steps are drawn outside of the transaction, which may be run again.
        let step = program.step();
        let done = match &step {
            Step::Undo(batch) => crm.undo(*batch).map(|_| "undone".to_owned()),
            step => crm.write(|tx| {
                let line = step.take(tx)?;
                program.note(tx)?;
                Ok(line)
            }),
        };
        lines.push(done.unwrap_or_else(|error| format!("{step:?}: {error}")));
    }
    lines.extend(contents(crm)?);
    Ok(lines)
}

struct Program {
    random: Random,
    fields: Vec<CustomFieldId>,
    customers: Vec<CustomerId>,
    batches: Vec<BatchId>,
}

#[derive(Debug)]
enum Step {
    Define(CustomFieldDraft),
    Rename(CustomFieldId, &'static str),
    Mark(CustomFieldId, CustomFieldChange),
    Retire(CustomFieldId),
    Reinstate(CustomFieldId),
    Create(Vec<(&'static str, Value)>),
    Set(CustomerId, &'static str, Value),
    Delete(CustomerId),
    Restore(CustomerId),
    Undo(BatchId),
    Ask(&'static str, Value),
}

impl Program {
    fn step(&mut self) -> Step {
        let key = self.random.pick(&KEYS);
        let (Some(field), Some(customer)) = (self.field(), self.customer()) else {
            return if self.random.once_in(2) {
                Step::Define(self.draft(key))
            } else {
                Step::Create(Vec::new())
            };
        };
        match self.random.below(24) {
            0 | 1 => Step::Define(self.draft(key)),
            2 => Step::Rename(field, key),
            3 => Step::Mark(field, CustomFieldChange::Indexed(self.random.once_in(2))),
            4 => Step::Mark(field, CustomFieldChange::Required(self.random.once_in(3))),
            5 => Step::Retire(field),
            6 => Step::Reinstate(field),
            7 | 8 => {
                let count = self.random.below(4);
                let keys = (0..count).map(|_| self.random.pick(&KEYS)).collect::<Vec<_>>();
                Step::Create(keys.into_iter().map(|key| (key, self.value(customer))).collect())
            }
            9 => Step::Delete(customer),
            10 => Step::Restore(customer),
            11 if !self.batches.is_empty() => Step::Undo(self.random.pick(&self.batches)),
            12..=15 => Step::Ask(key, self.value(customer)),
            _ => Step::Set(customer, key, self.value(customer)),
        }
    }

    fn field(&mut self) -> Option<CustomFieldId> {
        (!self.fields.is_empty()).then(|| self.random.pick(&self.fields))
    }

    fn customer(&mut self) -> Option<CustomerId> {
        (!self.customers.is_empty()).then(|| self.random.pick(&self.customers))
    }

    fn draft(&mut self, key: &str) -> CustomFieldDraft {
        let kind = self.random.pick(CustomFieldKind::ALL);
        let mut draft = CustomFieldDraft::new("customers", key, "A field", kind);
        draft.indexed = Some(self.random.once_in(2));
        match kind {
            CustomFieldKind::Choice => draft.options = Some(r#"[{"code":"red","label":"Red"}]"#.into()),
            CustomFieldKind::Reference => draft.refers_to = Some("customers".into()),
            _ => {}
        }
        draft
    }

    fn value(&mut self, customer: CustomerId) -> Value {
        let euro = |minor| {
            Currency::from_code("EUR")
                .map(|euro| Money::from_minor(minor, euro))
                .ok()
        };
        match self.random.below(10) {
            0 => Value::Null,
            1 => "red".into(),
            2 => "blue".into(),
            3 => Value::Integer(5),
            4 => Decimal::new(12_345, 3).into(),
            5 => Value::from(euro(41_000)),
            6 => NaiveDate::default().into(),
            7 => Timestamp::from_milliseconds(7).into(),
            8 => true.into(),
            _ => customer.into(),
        }
    }

    /// What there is to work on after a step.
    fn note(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        self.batches.push(tx.batch());
        let fields: Vec<CustomField> = tx.find(&Query::of::<CustomField>())?;
        self.fields = fields.into_iter().map(|field| field.id).collect();
        let customers: Vec<Customer> = tx.find(&Query::of::<Customer>())?;
        self.customers.extend(customers.into_iter().map(|customer| customer.id));
        self.customers.sort();
        self.customers.dedup();
        Ok(())
    }
}

impl Step {
    fn take(&self, tx: &mut Tx<'_>) -> Result<String> {
        match self {
            Self::Define(draft) => tx.create(draft.clone()).map(drop)?,
            Self::Rename(field, key) => tx
                .update(*field, [CustomFieldChange::Key((*key).to_owned())], None)
                .map(drop)?,
            Self::Mark(field, change) => tx.update(*field, [change.clone()], None).map(drop)?,
            Self::Retire(field) => CustomField::retire(tx, *field).map(drop)?,
            Self::Reinstate(field) => CustomField::reinstate(tx, *field).map(drop)?,
            Self::Create(values) => {
                let mut draft = CustomerDraft::organization("Acme");
                for (key, value) in values {
                    draft.custom.set(*key, value.clone());
                }
                tx.create(draft).map(drop)?;
            }
            Self::Set(customer, key, value) => tx.set_custom(*customer, key, value.clone()).map(drop)?,
            Self::Delete(customer) => tx.delete(*customer)?,
            Self::Restore(customer) => tx.restore(*customer).map(drop)?,
            Self::Undo(_) => {}
            Self::Ask(key, value) => return ask(tx, key, value),
        }
        Ok(format!("{self:?}"))
    }
}

/// Everything that can be asked of a custom field: a filter, an order, groups and measures.
fn ask(tx: &mut Tx<'_>, key: &str, value: &Value) -> Result<String> {
    let path = tx.custom_field(Customer::DEF, key)?;
    let ordered = Query::of::<Customer>().order_by_descending(path.clone()).limit(5);
    let present = tx.count(&Query::of::<Customer>().filter(path.clone().present()))?;
    let first: Vec<Customer> = tx.find(&ordered)?;
    let grouped = Aggregate::of::<Customer>()
        .group_by(path.clone())
        .measure(Measure::count())
        .measure(Measure::count_distinct(path.clone()));
    let groups = tx.aggregate(&grouped)?;
    let groups: Vec<Vec<Value>> = groups
        .into_iter()
        .map(|row| [row.keys, row.measures].concat())
        .collect();
    let groups = shown_rows(&groups);
    let equal = match value {
        Value::Null => path.empty(),
        value => path.is(value.clone()),
    };
    let found = tx.find::<Customer>(&Query::of::<Customer>().filter(equal));
    let ids = |customers: &[Customer]| format!("{:?}", customers.iter().map(|one| one.id).collect::<Vec<_>>());
    let found = found.map_or_else(|error| error.to_string(), |found| ids(&found));
    Ok(format!("{present} {} {groups:?} {found}", ids(&first)))
}
