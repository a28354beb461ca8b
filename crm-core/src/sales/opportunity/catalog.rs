use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use crate::engine::{RecordId, Result, Tx};
use crate::ids::{ProductId, StageId};
use crate::sales::{Product, Stage};

/// How many records of a kind are remembered before all are forgotten.
const REMEMBERED: usize = 4096;

/// Stages and products that new opportunities refer to, so that thousands of them read the same few once: for the time
/// in which nobody changes one.
#[derive(Default)]
pub(crate) struct Catalog {
    stages: HashMap<StageId, Rc<Stage>>,
    products: HashMap<ProductId, Rc<Product>>,
}

impl Catalog {
    pub(super) fn stage(&mut self, id: StageId, tx: &mut Tx<'_>) -> Result<Rc<Stage>> {
        remembered(&mut self.stages, id, tx)
    }

    pub(super) fn product(&mut self, id: ProductId, tx: &mut Tx<'_>) -> Result<Rc<Product>> {
        remembered(&mut self.products, id, tx)
    }
}

fn remembered<I: RecordId>(records: &mut HashMap<I, Rc<I::Entity>>, id: I, tx: &mut Tx<'_>) -> Result<Rc<I::Entity>> {
    if records.len() >= REMEMBERED {
        records.clear();
    }
    Ok(Rc::clone(match records.entry(id) {
        Entry::Occupied(there) => there.into_mut(),
        Entry::Vacant(vacant) => vacant.insert(Rc::new(tx.get(id)?)),
    }))
}
