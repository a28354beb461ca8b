//! The options of a choice.

use super::custom_field::invalid;
use super::{CustomField, CustomFieldDraft};
use crate::engine::{CrmError, CustomFieldKind, CustomOption, Result, Tx};
use crate::ids::CustomFieldId;

impl CustomFieldDraft {
    /// A draft of a choice with these options, each a code and what people read.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for options that cannot be written down.
    pub fn choice<C: Into<String>, L: Into<String>>(
        record_table: impl Into<String>,
        key: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = (C, L)>,
    ) -> Result<Self> {
        Self::new(record_table, key, label, CustomFieldKind::Choice).with_options(options)
    }

    /// The same draft with these options, each a code and what people read.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] for options that cannot be written down.
    pub fn with_options<C: Into<String>, L: Into<String>>(
        mut self,
        options: impl IntoIterator<Item = (C, L)>,
    ) -> Result<Self> {
        let options = options.into_iter().map(|(code, label)| CustomOption::new(code, label));
        self.options = Some(written(&options.collect::<Vec<_>>())?);
        Ok(self)
    }
}

impl CustomField {
    /// The options of a choice in their order, retired ones too; none for other kinds.
    ///
    /// # Errors
    /// [`CrmError::Invalid`] where they cannot be read.
    pub fn read_options(&self) -> Result<Vec<CustomOption>> {
        let Some(options) = &self.options else {
            return Ok(Vec::new());
        };
        serde_json::from_str(options).map_err(|_| unreadable())
    }

    /// Gives a choice these options. Those that it had and that are left out are retired: records that hold them keep
    /// them, and nobody chooses them any more.
    ///
    /// # Errors
    /// [`CrmError::NotFound`], and [`CrmError::Invalid`] for a field that is no choice, or for options of which none
    /// can be chosen or two have one code.
    pub fn set_options(
        tx: &mut Tx<'_>,
        id: CustomFieldId,
        options: impl IntoIterator<Item = CustomOption>,
    ) -> Result<Self> {
        let before = tx.get(id)?;
        let mut options: Vec<CustomOption> = options.into_iter().collect();
        for mut old in before.read_options()? {
            if options.iter().all(|option| option.code != old.code) {
                old.retired = true;
                options.push(old);
            }
        }
        let mut after = before.clone();
        after.options = Some(written(&options)?);
        tx.save(&before, after)
    }

    pub(super) fn check_options(&self) -> Result<()> {
        if self.kind != CustomFieldKind::Choice {
            return match self.options {
                None => Ok(()),
                Some(_) => Err(invalid(
                    "options",
                    "only a choice has options",
                    "Leave them out, or make the kind choice",
                )),
            };
        }
        let options = self.read_options()?;
        let mut codes: Vec<&str> = options.iter().map(|option| option.code.as_str()).collect();
        codes.sort_unstable();
        if codes.windows(2).any(|pair| pair[0] == pair[1]) || codes.iter().any(|code| code.trim().is_empty()) {
            return Err(invalid(
                "options",
                "two options have one code, or one has none",
                "Give each option a code of its own",
            ));
        }
        if options.iter().all(|option| option.retired) {
            return Err(invalid(
                "options",
                "there is nothing to choose",
                "Give at least one option",
            ));
        }
        Ok(())
    }
}

fn written(options: &[CustomOption]) -> Result<String> {
    serde_json::to_string(options).map_err(|_| unreadable())
}

fn unreadable() -> CrmError {
    invalid(
        "options",
        "they are no list of options",
        r#"Write them as [{"code":"gold","label":"Gold"}]"#,
    )
}
