use super::World;
use super::organizations::Organization;
use super::people::Person;
use crate::customers::{AffiliationDraft, ContactPoint, ContactPointDraft, ContactPointKind, CustomerDraft};
use crate::engine::{Random, Result, Tx};
use crate::ids::CustomerId;

/// How many people were typed twice.
const DUPLICATES: usize = 12;
/// Who is there once only, so that those who try things out may call him by his name.
const TYPED_ONCE: &str = "李明";

/// Types some people a second time, each as somebody does who did not look first: in another spelling, with another
/// form of the number, or with the parts of the name the other way round.
pub(super) fn create(tx: &mut Tx<'_>, random: &mut Random, world: &World) -> Result<Vec<(CustomerId, CustomerId)>> {
    let others = world.people.iter().filter(|person| person.name.whole() != TYPED_ONCE);
    let people: Vec<&Person> = others.collect();
    let first = random.below(people.len());
    let chosen = people.iter().cycle().skip(first).step_by(people.len() / DUPLICATES);
    chosen
        .take(DUPLICATES)
        .enumerate()
        .map(|(place, person)| {
            let copy = create_copy(tx, person, &world.organizations[person.organization], place)?;
            Ok((person.id, copy))
        })
        .collect()
}

fn create_copy(tx: &mut Tx<'_>, person: &Person, at: &Organization, place: usize) -> Result<CustomerId> {
    let (family, given) = person.name.latin();
    let (name, mail, number) = match place % 4 {
        0 if person.name.family_first => (format!("{family} {given}"), Some(person.mail.to_uppercase()), None),
        0 => (format!("{given} {family}"), Some(person.mail.to_uppercase()), None),
        1 => (person.name.whole(), None, Some(person.telephone.national())),
        2 => (format!("{family}, {given}"), None, Some(person.telephone.hyphenated())),
        _ => (
            person.name.whole(),
            Some(at.mailbox(&family.to_lowercase().replace(' ', ""))),
            Some(person.telephone.dialled()),
        ),
    };
    let copy = tx.create(CustomerDraft {
        country: Some(at.city.country.into()),
        ..CustomerDraft::person(name)
    })?;
    let points = [(ContactPointKind::Email, mail), (ContactPointKind::Phone, number)];
    for (kind, raw) in points {
        let Some(raw) = raw else { continue };
        // A number as dialled in another country cannot be read everywhere, and is typed all the same.
        ContactPoint::create_unchecked(tx, ContactPointDraft::new(copy.id, kind, raw))?;
    }
    tx.create(AffiliationDraft::new(copy.id, at.id))?;
    Ok(copy.id)
}
