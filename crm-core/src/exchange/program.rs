use super::target::Target;
use crate::engine::{EntityDef, Result, Schema};

pub(super) fn check(_target: &Target, _entity: &'static EntityDef, _schema: Schema) -> Result<()> {
    Ok(())
}
