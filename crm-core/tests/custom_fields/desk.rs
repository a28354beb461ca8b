//! A CRM with a field of each kind on customers.

use std::fmt::Debug;
use std::sync::Arc;

use crm_core::Crm;
use crm_core::customers::{Customer, CustomerDraft};
use crm_core::customization::{CustomField, CustomFieldDraft};
use crm_core::engine::{BatchId, Conditions, CrmError, CustomFieldKind, ManualClock, Query, Reader, Result, Tx, Value};
use crm_core::ids::{CustomFieldId, CustomerId};

use crate::refusals::{crm, refusal};

pub(crate) struct Desk {
    pub(crate) crm: Crm,
    pub(crate) clock: Arc<ManualClock>,
}

impl Desk {
    /// Colour (text), score (number), budget (money), since (date), called (instant), vip (yes or no), segment (gold,
    /// silver or basic) and partner (a customer).
    pub(crate) fn open() -> Self {
        let (crm, clock) = crm();
        let desk = Self { crm, clock };
        for (key, kind) in [
            ("colour", CustomFieldKind::Text),
            ("score", CustomFieldKind::Number),
            ("budget", CustomFieldKind::Money),
            ("since", CustomFieldKind::Date),
            ("called", CustomFieldKind::Instant),
            ("vip", CustomFieldKind::Boolean),
        ] {
            desk.write(|tx| tx.create(CustomFieldDraft::new("customers", key, key.to_uppercase(), kind)));
        }
        desk.write(|tx| {
            let options = [("gold", "Gold"), ("silver", "Silver"), ("basic", "Basic")];
            tx.create(CustomFieldDraft::choice("customers", "segment", "Segment", options)?)?;
            tx.create(CustomFieldDraft::reference(
                "customers",
                "partner",
                "Partner",
                "customers",
            ))
        });
        desk
    }

    pub(crate) fn write<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> T {
        self.clock.advance(1);
        self.crm.write(work).expect("a write that is allowed")
    }

    /// Writes, and returns the batch by which it is undone.
    pub(crate) fn batch<T>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> BatchId {
        self.write(|tx| work(tx).map(|_| tx.batch()))
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> T {
        self.crm.read(work).expect("a read")
    }

    /// What refuses this work, which must leave everything as it was.
    pub(crate) fn refusal<T: Debug>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T>) -> CrmError {
        refusal(&self.crm, work)
    }

    pub(crate) fn customer(&self, name: &str) -> Customer {
        self.write(|tx| tx.create(CustomerDraft::organization(name)))
    }

    /// A customer with one custom field set.
    pub(crate) fn customer_with(&self, name: &str, key: &str, value: impl Into<Value>) -> Customer {
        let value = value.into();
        self.write(|tx| {
            let mut draft = CustomerDraft::organization(name);
            draft.custom.set(key, value.clone());
            tx.create(draft)
        })
    }

    pub(crate) fn set(&self, id: CustomerId, key: &str, value: impl Into<Value>) -> BatchId {
        let value = value.into();
        self.batch(|tx| tx.set_custom(id, key, value.clone()))
    }

    pub(crate) fn value(&self, id: CustomerId, key: &str) -> Value {
        self.read(|reader| {
            let customer = reader.get(id)?;
            reader.custom_value(&customer, key)
        })
    }

    pub(crate) fn field(&self, key: &str) -> CustomField {
        let of_key = Query::of::<CustomField>().filter(CustomField::KEY.is(key));
        self.read(|reader| reader.first(&of_key)).expect("the field is defined")
    }

    pub(crate) fn field_id(&self, key: &str) -> CustomFieldId {
        self.field(key).id
    }

    /// The names of the customers that a text filter means.
    pub(crate) fn found(&self, filter: &str) -> Vec<String> {
        let found: Vec<Customer> = self.read(|reader| {
            let filter = reader.parse_filter(<Customer as crm_core::engine::Entity>::DEF, filter)?;
            reader.find(&Query::of::<Customer>().filter(filter).order_by(Customer::NAME))
        });
        found.into_iter().map(|customer| customer.name).collect()
    }
}
