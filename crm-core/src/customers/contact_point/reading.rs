//! What an address says, and of what kind it is.

use super::ContactPointKind;
use crate::engine::Reader;
use crate::values::ValueError;

/// What was read from an address.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Reading {
    pub(super) normalized: Option<String>,
    pub(super) extension: Option<String>,
    /// The digits of a telephone number.
    pub(super) digits: Option<String>,
}

/// Reads an address of a kind.
pub(super) fn read(kind: ContactPointKind, raw: &str, reader: &Reader<'_>) -> Result<Reading, ValueError> {
    let normalized = match kind {
        ContactPointKind::Email => email(raw)?,
        ContactPointKind::Phone => return phone(raw, reader),
        ContactPointKind::Web => web(raw)?,
        ContactPointKind::Messenger => raw.trim_start_matches('@').to_lowercase(),
    };
    Ok(Reading {
        normalized: Some(normalized).filter(|normalized| !normalized.is_empty()),
        ..Reading::default()
    })
}

/// The kind of an address, from how it is written.
pub(super) fn detect(raw: &str) -> Option<ContactPointKind> {
    let raw = raw.trim();
    let has_space = raw.contains(char::is_whitespace);
    if raw.starts_with("http://") || raw.starts_with("https://") || raw.starts_with("www.") {
        Some(ContactPointKind::Web)
    } else if raw.starts_with('@') && !has_space {
        Some(ContactPointKind::Messenger)
    } else if raw.contains('@') {
        Some(ContactPointKind::Email)
    } else if is_dialled(raw) {
        Some(ContactPointKind::Phone)
    } else if !has_space && web(raw).is_ok() {
        Some(ContactPointKind::Web)
    } else {
        None
    }
}

/// Whether a text is digits and what stands between them, with an extension perhaps.
fn is_dialled(raw: &str) -> bool {
    let digits = raw.chars().filter(|letter| letter.is_numeric()).count();
    let letters = raw.chars().filter(|letter| letter.is_alphabetic()).count();
    digits >= 3 && digits > letters
}

fn email(raw: &str) -> Result<String, ValueError> {
    let wrong = || {
        ValueError::new(
            "this is not an e-mail address",
            "Write one name, @ and a domain, as in li@acme.example",
        )
    };
    let (name, domain) = raw.rsplit_once('@').ok_or_else(wrong)?;
    let sound = !name.is_empty() && domain.contains('.') && !raw.contains(char::is_whitespace);
    sound.then(|| raw.to_lowercase()).ok_or_else(wrong)
}

fn phone(raw: &str, _reader: &Reader<'_>) -> Result<Reading, ValueError> {
    let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 3 {
        return Err(ValueError::new(
            "this is not a telephone number",
            "Write it with its country code, as in +86 138 0013 8000",
        ));
    }
    Ok(Reading {
        normalized: raw.starts_with('+').then(|| format!("+{digits}")),
        extension: None,
        digits: Some(digits),
    })
}

/// A page without what its address may be written with or without: scheme, `www.`, capitals of the host, a last slash.
fn web(raw: &str) -> Result<String, ValueError> {
    let lower = raw.to_ascii_lowercase();
    let scheme = ["https://", "http://"]
        .iter()
        .find(|scheme| lower.starts_with(**scheme));
    let rest = &raw[scheme.map_or(0, |scheme| scheme.len())..];
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let labels: Vec<&str> = host.split(':').next().unwrap_or(host).split('.').collect();
    let sound = labels.len() > 1
        && labels.iter().all(|label| !label.is_empty())
        && !raw.contains(char::is_whitespace)
        && !host.contains('@');
    if !sound {
        return Err(ValueError::new(
            "this is not the address of a page",
            "Write its domain, as in acme.example or https://acme.example/contact",
        ));
    }
    Ok(format!("{host}{}", path.trim_end_matches('/')))
}
