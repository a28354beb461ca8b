use super::calendar::Calendar;
use super::custom_fields::{SEGMENT, SEGMENTS};
use super::data::{CITIES, COMPANIES, City, CompanyData, Country, Phrases};
use super::staff::{Seller, Staff};
use super::telephone::Telephones;
use crate::customers::{ContactPointDraft, ContactPointKind, CustomerDraft, Lifecycle, PostalAddressDraft};
use crate::engine::{Random, Result, Tx};
use crate::ids::CustomerId;
use crate::values::{Currency, Decimal, Money};

use chrono::Datelike;

/// A company that is sold to.
#[derive(Debug)]
pub(super) struct Organization {
    pub(super) id: CustomerId,
    pub(super) data: &'static CompanyData,
    pub(super) city: &'static City,
    pub(super) owner: Seller,
}

impl Organization {
    pub(super) fn country(&self) -> Country {
        Country(self.city.country)
    }

    pub(super) fn phrases(&self) -> &'static Phrases {
        Phrases::of(self.country().language())
    }

    /// An address of the company's mail: `info@lanqiao.example`.
    pub(super) fn mailbox(&self, local: &str) -> String {
        format!("{local}@{}.example", self.data.domain)
    }
}

/// How companies stand, so many of a hundred.
const LIFECYCLES: [(Lifecycle, usize); 5] = [
    (Lifecycle::Customer, 46),
    (Lifecycle::Prospect, 34),
    (Lifecycle::Lead, 12),
    (Lifecycle::Former, 5),
    (Lifecycle::Partner, 3),
];

pub(super) fn create(
    tx: &mut Tx<'_>,
    random: &mut Random,
    staff: &Staff,
    calendar: &Calendar,
    telephones: &mut Telephones,
) -> Result<Vec<Organization>> {
    let mut organizations = Vec::with_capacity(COMPANIES.len());
    for data in &COMPANIES {
        let Some(city) = CITIES.iter().find(|city| city.key == data.city) else {
            continue;
        };
        let owner = staff.seller_for(Country(city.country), random);
        let mut draft = draft(random, data, city, owner, calendar);
        draft.custom.set(SEGMENT, random.weighted(&SEGMENTS));
        let organization = Organization {
            id: tx.create(draft)?.id,
            data,
            city,
            owner,
        };
        create_address(tx, random, &organization)?;
        let website = format!("https://www.{}.example", data.domain);
        let telephone = telephones.landline(city).international();
        let mail = organization.mailbox("info");
        for (kind, raw) in [
            (ContactPointKind::Phone, telephone),
            (ContactPointKind::Email, mail),
            (ContactPointKind::Web, website),
        ] {
            tx.create(ContactPointDraft {
                label: Some("work".into()),
                is_primary: Some(true),
                ..ContactPointDraft::new(organization.id, kind, raw)
            })?;
        }
        organizations.push(organization);
    }
    Ok(organizations)
}

fn draft(random: &mut Random, data: &CompanyData, city: &City, owner: Seller, calendar: &Calendar) -> CustomerDraft {
    let country = Country(city.country);
    let employees = random.weighted(&[(40, 3), (90, 5), (180, 5), (420, 4), (900, 2), (2_600, 1)]);
    let employees = employees + random.between(0, employees / 2);
    // In steps of ten thousand, as people know it.
    let revenue = employees * random.between(11, 24) * 10_000;
    let rate = super::deals::price_level(country.currency());
    let revenue = Currency::from_code(country.currency())
        .and_then(|currency| Money::rounded((Decimal::from(revenue) * rate).round_dp(0), currency));
    CustomerDraft {
        lifecycle: Some(random.weighted(&LIFECYCLES)),
        country: Some(city.country.into()),
        industry: Some(data.industry.into()),
        website: Some(format!("https://www.{}.example", data.domain)),
        annual_revenue: revenue.ok(),
        employees: Some(employees),
        founded_year: Some(i64::from(calendar.today.year()) - random.between(4, 95)),
        language: Some(country.tag().into()),
        owner_id: Some(owner.id),
        ..CustomerDraft::organization(data.name)
    }
}

fn create_address(tx: &mut Tx<'_>, random: &mut Random, organization: &Organization) -> Result<()> {
    let city = organization.city;
    let address = PostalAddressDraft {
        label: Some("billing".into()),
        is_primary: Some(true),
        street: Some(random.pick(organization.phrases().streets).into()),
        locality: Some(city.name.into()),
        region: city.region.map(Into::into),
        postal_code: Some(city.postal_code.into()),
        country: Some(city.country.into()),
        ..PostalAddressDraft::new(organization.id)
    };
    tx.create(address).map(|_| ())
}
