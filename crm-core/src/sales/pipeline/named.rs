use crate::engine::{CrmError, Entity, Query, Reader, Result};
use crate::sales::{Pipeline, same_name};

impl Pipeline {
    /// The pipeline of this name, in capitals or not; the oldest where several have it.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] that lists the pipelines where none has the name.
    pub fn named(reader: &mut Reader<'_>, name: &str) -> Result<Self> {
        let mut pipelines: Vec<Self> = reader.find(&Query::of::<Self>())?;
        if let Some(found) = pipelines.iter().position(|pipeline| same_name(&pipeline.name, name)) {
            return Ok(pipelines.swap_remove(found));
        }
        let names: Vec<_> = pipelines.iter().map(|pipeline| pipeline.name.as_str()).collect();
        Err(CrmError::invalid(
            Self::DEF.name,
            "name",
            "there is no pipeline of this name",
            if names.is_empty() {
                "There is none yet: create one, or an opportunity, for which the standard one is made".to_owned()
            } else {
                format!("Use one of {}", names.join(", "))
            },
        ))
    }

    /// The same, and nothing where the name is that of the standard pipeline and no pipeline was made yet: the first
    /// opportunity makes it.
    pub(crate) fn named_or_to_come(reader: &mut Reader<'_>, name: &str) -> Result<Option<Self>> {
        if same_name(Self::STANDARD_NAME, name) && reader.count(&Query::of::<Self>())? == 0 {
            return Ok(None);
        }
        Self::named(reader, name).map(Some)
    }
}
