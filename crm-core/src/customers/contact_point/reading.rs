//! What an address says, and of what kind it is.

use unicode_normalization::UnicodeNormalization;

use super::ContactPointKind;
use crate::engine::Reader;
use crate::values::{Email, ValueError};

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
        ContactPointKind::Email => raw.parse::<Email>()?.key(),
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
    } else if raw.contains(['@', '＠']) {
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

/// A number that is written without its country, where the CRM has no region, may well be one: it is kept by its digits.
fn phone(raw: &str, reader: &Reader<'_>) -> Result<Reading, ValueError> {
    match reader.phones().parse(raw, reader.region()) {
        Ok(phone) => Ok(Reading {
            normalized: Some(phone.e164().to_owned()),
            extension: phone.extension().map(str::to_owned),
            digits: Some(digits_of(phone.e164())),
        }),
        Err(_) if reader.region().is_none() && !raw.contains(['+', '＋']) && is_dialled(raw) => Ok(Reading {
            digits: Some(digits_of(raw)),
            ..Reading::default()
        }),
        Err(error) => Err(error),
    }
}

/// The digits of a text, full-width ones as well.
pub(super) fn digits_of(text: &str) -> String {
    text.nfkc().filter(char::is_ascii_digit).collect()
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
