//! What a card says, whatever version it is written in.

use calcard::common::IanaString;
use calcard::vcard::{
    VCard, VCardEntry, VCardKind, VCardParameterName, VCardParameterValue, VCardProperty, VCardType, VCardValue,
};

use crate::customers::{ContactPointKind, CustomerKind};

/// What a card says of a person or an organization; texts are trimmed, and none is blank.
#[derive(Default)]
pub(super) struct Card {
    pub(super) uid: Option<String>,
    pub(super) kind: CustomerKind,
    /// As the card shows it; empty where it has only parts.
    pub(super) name: String,
    pub(super) parts: NameParts,
    pub(super) organization: Option<String>,
    /// What the person does there.
    pub(super) role: Option<String>,
    pub(super) contact_points: Vec<CardContactPoint>,
    pub(super) addresses: Vec<CardAddress>,
    pub(super) note: Option<String>,
    pub(super) language: Option<String>,
    pub(super) tags: Vec<String>,
}

#[derive(Default)]
pub(super) struct NameParts {
    pub(super) prefix: Option<String>,
    pub(super) given: Option<String>,
    pub(super) middle: Option<String>,
    pub(super) family: Option<String>,
    pub(super) suffix: Option<String>,
}

pub(super) struct CardContactPoint {
    pub(super) kind: ContactPointKind,
    pub(super) raw: String,
    pub(super) label: Option<String>,
    pub(super) is_preferred: bool,
}

#[derive(Default)]
pub(super) struct CardAddress {
    pub(super) street: Option<String>,
    pub(super) locality: Option<String>,
    pub(super) region: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) country: Option<String>,
    pub(super) label: Option<String>,
}

/// Why a card is not imported.
pub(super) enum NoCard {
    /// It lists others.
    Group,
    /// It says nothing by which a person or an organization could be called.
    Nameless,
}

/// Properties of older programs that name somebody in a messenger.
const MESSENGERS: [&str; 10] = [
    "X-AIM",
    "X-GOOGLE-TALK",
    "X-ICQ",
    "X-JABBER",
    "X-MSN",
    "X-QQ",
    "X-SKYPE",
    "X-SKYPE-USERNAME",
    "X-WECHAT",
    "X-YAHOO",
];

impl Card {
    /// Reads a card.
    pub(super) fn of(card: &VCard) -> Result<Self, NoCard> {
        let mut read = Self::default();
        for entry in &card.entries {
            read.take(entry, card);
        }
        if card.entries.iter().any(is_group) {
            return Err(NoCard::Group);
        }
        read.settle_kind(card);
        let names = [&read.parts.given, &read.parts.family];
        if read.name.is_empty() && names.iter().all(|part| part.is_none()) {
            let addressed = read
                .contact_points
                .iter()
                .find(|one| one.kind == ContactPointKind::Email);
            let substitute = read.organization.clone().or(addressed.map(|email| email.raw.clone()));
            read.name = substitute.ok_or(NoCard::Nameless)?;
        }
        Ok(read)
    }

    fn take(&mut self, entry: &VCardEntry, card: &VCard) {
        match &entry.name {
            VCardProperty::Uid => self.uid = text(entry),
            VCardProperty::Fn if self.name.is_empty() => self.name = text(entry).unwrap_or_default(),
            VCardProperty::N => self.parts = name_parts(entry),
            VCardProperty::Org if self.organization.is_none() => self.organization = component(entry, 0),
            VCardProperty::Title => self.role = text(entry).or(self.role.take()),
            VCardProperty::Role if self.role.is_none() => self.role = text(entry),
            VCardProperty::Email => self.contact_point(ContactPointKind::Email, entry, card),
            VCardProperty::Tel => self.contact_point(ContactPointKind::Phone, entry, card),
            VCardProperty::Url => self.contact_point(ContactPointKind::Web, entry, card),
            VCardProperty::Impp => self.contact_point(ContactPointKind::Messenger, entry, card),
            VCardProperty::Other(name) if MESSENGERS.contains(&name.to_ascii_uppercase().as_str()) => {
                self.contact_point(ContactPointKind::Messenger, entry, card);
            }
            VCardProperty::Adr => self.addresses.extend(address(entry, card)),
            VCardProperty::Note => {
                let notes = [self.note.take(), text(entry)];
                let notes: Vec<String> = notes.into_iter().flatten().collect();
                self.note = (!notes.is_empty()).then(|| notes.join("\n\n"));
            }
            VCardProperty::Lang | VCardProperty::Language if self.language.is_none() => self.language = text(entry),
            VCardProperty::Categories => self.tags.extend(texts(entry)),
            _ => {}
        }
    }

    fn contact_point(&mut self, kind: ContactPointKind, entry: &VCardEntry, card: &VCard) {
        let Some(raw) = text(entry) else { return };
        let of_service = match (&entry.name, raw.split_once(':')) {
            (VCardProperty::Other(name), _) => Some(name.trim_start_matches("X-").to_lowercase()),
            (VCardProperty::Impp, Some((scheme, _))) => Some(scheme.to_lowercase()),
            _ => None,
        };
        self.contact_points.push(CardContactPoint {
            kind,
            raw,
            label: label(entry, card).or(of_service),
            is_preferred: is_preferred(entry),
        });
    }

    /// A card is of an organization where it says so, or has no name but that of the organization.
    fn settle_kind(&mut self, card: &VCard) {
        let declared = card.entries.iter().any(|entry| match &entry.name {
            VCardProperty::Kind => entry.values.iter().any(|value| {
                matches!(value, VCardValue::Kind(VCardKind::Org))
                    || matches!(value, VCardValue::Text(kind) if kind.eq_ignore_ascii_case("org"))
            }),
            VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ABShowAs") => {
                text(entry).is_some_and(|shown| shown.eq_ignore_ascii_case("company"))
            }
            _ => false,
        });
        let has_parts = self.parts.given.is_some() || self.parts.family.is_some();
        let is_its_organization = self
            .organization
            .as_ref()
            .is_some_and(|organization| self.name.is_empty() || self.name == *organization);
        if declared || is_its_organization && !has_parts {
            self.kind = CustomerKind::Organization;
            self.parts = NameParts::default();
            if let Some(organization) = self.organization.take()
                && self.name.is_empty()
            {
                self.name = organization;
            }
        }
    }
}

fn is_group(entry: &VCardEntry) -> bool {
    match &entry.name {
        VCardProperty::Kind => matches!(entry.values.first(), Some(VCardValue::Kind(VCardKind::Group))),
        VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ADDRESSBOOKSERVER-KIND") => {
            text(entry).is_some_and(|kind| kind.eq_ignore_ascii_case("group"))
        }
        _ => false,
    }
}

fn name_parts(entry: &VCardEntry) -> NameParts {
    NameParts {
        family: component(entry, 0),
        given: component(entry, 1),
        middle: component(entry, 2),
        prefix: component(entry, 3),
        suffix: component(entry, 4),
    }
}

/// An address in the parts of RFC 6350, 6.3.1: post box, extended, street, locality, region, code, country.
fn address(entry: &VCardEntry, card: &VCard) -> Option<CardAddress> {
    let lines: Vec<String> = [2, 1, 0]
        .into_iter()
        .filter_map(|place| component(entry, place))
        .collect();
    let address = CardAddress {
        street: (!lines.is_empty()).then(|| lines.join("\n")),
        locality: component(entry, 3),
        region: component(entry, 4),
        postal_code: component(entry, 5),
        country: component(entry, 6),
        label: label(entry, card),
    };
    let says_something = [
        &address.street,
        &address.locality,
        &address.region,
        &address.postal_code,
        &address.country,
    ];
    says_something.iter().any(|part| part.is_some()).then_some(address)
}

/// All values of a property as one text.
fn text(entry: &VCardEntry) -> Option<String> {
    filled(&texts(entry).join(", "))
}

fn texts(entry: &VCardEntry) -> Vec<String> {
    let all = entry.values.iter().flat_map(|value| match value {
        VCardValue::Component(parts) => parts.clone(),
        other => vec![other.as_text().unwrap_or_default().to_owned()],
    });
    all.filter_map(|text| filled(&text)).collect()
}

/// One component of a structured value.
fn component(entry: &VCardEntry, place: usize) -> Option<String> {
    match entry.values.get(place)? {
        VCardValue::Component(parts) => filled(&parts.join(", ")),
        other => filled(other.as_text()?),
    }
}

/// Text without white space at its ends and without control characters, where there is any.
fn filled(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|letter| !letter.is_control() || *letter == '\n')
        .collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// What a contact point or an address is for: the label that a person gave it, else the types of the card.
fn label(entry: &VCardEntry, card: &VCard) -> Option<String> {
    let own = entry.group.as_ref().and_then(|group| {
        let labels = card.entries.iter().filter(|other| other.group.as_ref() == Some(group));
        let mut labels = labels.filter(
            |other| matches!(&other.name, VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ABLabel")),
        );
        // Labels of the program's own stand between `_$!<` and `>!$_`.
        let label = text(labels.next()?)?;
        Some(label.trim_start_matches("_$!<").trim_end_matches(">!$_").to_lowercase())
    });
    let types: Vec<String> = entry
        .parameters(&VCardParameterName::Type)
        .filter_map(type_name)
        .collect();
    own.or_else(|| (!types.is_empty()).then(|| types.join(" ")))
}

/// A type as a label; nothing for those that say no more than the property does.
fn type_name(parameter: &VCardParameterValue) -> Option<String> {
    match parameter {
        VCardParameterValue::Type(VCardType::Voice | VCardType::Text) => None,
        VCardParameterValue::Type(VCardType::Cell) => Some("mobile".into()),
        VCardParameterValue::Type(known) => Some(IanaString::as_str(known).to_lowercase()),
        VCardParameterValue::Text(other) => match other.to_lowercase().as_str() {
            "pref" | "internet" | "msg" | "x400" | "dom" | "intl" | "postal" | "parcel" => None,
            other => filled(other),
        },
        _ => None,
    }
}

/// `PREF=1` of version 4, and `TYPE=PREF` of those before.
fn is_preferred(entry: &VCardEntry) -> bool {
    let first = |value: &VCardParameterValue| matches!(value, VCardParameterValue::Integer(1));
    let preferred = |value: &VCardParameterValue| matches!(value, VCardParameterValue::Text(text) if text.eq_ignore_ascii_case("pref"));
    entry
        .parameters(&VCardParameterName::Pref)
        .any(|value| first(value) || matches!(value, VCardParameterValue::Null))
        || entry.parameters(&VCardParameterName::Type).any(preferred)
}
