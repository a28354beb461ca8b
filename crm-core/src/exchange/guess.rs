use super::header::Column;
use crate::engine::{EntityDef, Schema};

pub(super) fn targets(_columns: &mut [Column], _entity: &'static EntityDef, _schema: Schema) {}
