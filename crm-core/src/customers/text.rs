/// Takes white space from both ends of a text.
pub(crate) fn trim(text: &mut String) {
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        *text = trimmed.to_owned();
    }
}

/// The same; what is blank then says nothing and becomes empty.
pub(crate) fn trim_optional(text: &mut Option<String>) {
    if let Some(inner) = text {
        trim(inner);
    }
    text.take_if(|inner| inner.is_empty());
}
