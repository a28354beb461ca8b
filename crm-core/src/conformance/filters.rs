use super::Factory;
use super::sample::{Sample, id, instant, meant, numbers, write};
use crate::customers::{Affiliation, Customer, Team, User};
use crate::engine::{Conditions, Deleted, Entity, Filter, PathConditions, Query, Result, Store};
use crate::sales::Opportunity;

/// Filters beyond comparisons: all and any, beginnings of texts, paths along references, related records, deleted ones.
///
/// # Errors
/// Of the store; a wrong answer panics.
pub fn filters(factory: Factory<'_>) -> Result<()> {
    conjunctions(&*factory()?)?;
    beginnings(&*factory()?)?;
    let store = factory()?;
    write(&*store, &people())?;
    paths(&*store)?;
    related(&*store)?;
    deleted(&*store)
}

fn conjunctions(store: &dyn Store) -> Result<()> {
    let row = |number, country: &str| Sample::of::<Customer>(number).with(Customer::COUNTRY, country);
    write(
        store,
        &[row(1, "DE"), row(2, "CN"), row(3, "FR"), Sample::of::<Customer>(4)],
    )?;
    let is = |country: &str| Customer::COUNTRY.is(country);
    let cases: [(Filter, &[u128]); 8] = [
        (Filter::everything(), &[1, 2, 3, 4]),
        (Filter::Any(Vec::new()), &[]),
        (Filter::everything().negated(), &[]),
        (Filter::Any(Vec::new()).negated(), &[1, 2, 3, 4]),
        (is("DE").or(is("FR")), &[1, 3]),
        (is("DE").or(is("FR")).negated(), &[2, 4]),
        (is("DE").and(is("FR")), &[]),
        (is("DE").negated().and(Customer::COUNTRY.present()), &[2, 3]),
    ];
    for (filter, expected) in cases {
        assert_eq!(meant(store, Customer::DEF, filter.clone())?, expected, "{filter:?}");
    }
    Ok(())
}

/// A beginning is taken letter by letter: no letter stands for others, and case counts.
fn beginnings(store: &dyn Store) -> Result<()> {
    let names = [
        "50% off",
        "50 off",
        "a_b",
        "axb",
        "李明",
        "李",
        "Ähre",
        "ähre",
        "😀 smile",
        "a\0b",
        "a\\b",
        "[a]",
        "*",
    ];
    let rows: Vec<Sample> = (1..)
        .zip(names)
        .map(|(number, name)| Sample::of::<Team>(number).with(Team::NAME, name))
        .collect();
    write(store, &rows)?;
    for prefix in [
        "",
        "50%",
        "50",
        "a_",
        "a",
        "李",
        "李明",
        "明",
        "Ä",
        "ä",
        "😀",
        "a\0",
        "a\\",
        "[",
        "*",
        "\u{10ffff}",
        "%",
        "_",
    ] {
        let expected: Vec<u128> = (1..)
            .zip(names)
            .filter(|(_, name)| name.starts_with(prefix))
            .map(|(number, _)| number)
            .collect();
        let found = meant(store, Team::DEF, Team::NAME.starts_with(prefix))?;
        assert_eq!(found, expected, "names that begin with {prefix:?}");
        let found = meant(store, Team::DEF, Team::NAME.starts_with(prefix).negated())?;
        assert_eq!(
            found.len(),
            names.len() - expected.len(),
            "names that do not begin with {prefix:?}"
        );
    }
    Ok(())
}

/// Teams 1 and 2; users 11 (of team 1), 12 (whose manager is 11), 13 (of no team, whose manager is gone); customers 21
/// to 24 of the owners 11, 12, 13 and none; opportunities 31 and 32 of customer 21, 32 deleted, and 33 of 22.
fn people() -> Vec<Sample> {
    let user = Sample::of::<User>;
    let customer = |number| Sample::of::<Customer>(number).with(Customer::NAME, format!("c{number}"));
    let opportunity = |number, of| Sample::of::<Opportunity>(number).with(Opportunity::CUSTOMER_ID, id(of));
    vec![
        Sample::of::<Team>(1).with(Team::NAME, "North"),
        Sample::of::<Team>(2).with(Team::NAME, "South"),
        user(11).with(User::NAME, "Li").with(User::TEAM_ID, id(1)),
        user(12)
            .with(User::NAME, "Eva")
            .with(User::MANAGER_ID, id(11))
            .with(User::TEAM_ID, id(2)),
        user(13).with(User::NAME, "Ann").with(User::MANAGER_ID, id(99)),
        customer(21).with(Customer::OWNER_ID, id(11)),
        customer(22).with(Customer::OWNER_ID, id(12)),
        customer(23).with(Customer::OWNER_ID, id(13)),
        customer(24),
        opportunity(31, 21),
        opportunity(32, 21).with(Opportunity::DELETED_AT, instant("2026-01-01T00:00:00Z")),
        opportunity(33, 22),
    ]
}

/// A path leads over any number of references, and to nothing where one of them is empty or leads nowhere.
fn paths(store: &dyn Store) -> Result<()> {
    let manager = || Customer::OWNER_ID.to(User::MANAGER_ID).to(User::NAME);
    let team = || Customer::OWNER_ID.to(User::TEAM_ID).to(Team::NAME);
    let cases: [(Filter, &[u128]); 7] = [
        (Customer::OWNER_ID.to(User::NAME).is("Eva"), &[22]),
        (team().is("North"), &[21]),
        (team().differs("North"), &[22]),
        (team().empty(), &[23, 24]),
        (team().starts_with("S").or(manager().is("Li")), &[22]),
        (manager().empty(), &[21, 23, 24]),
        (manager().is("Li").negated(), &[21, 23, 24]),
    ];
    for (filter, expected) in cases {
        assert_eq!(meant(store, Customer::DEF, filter.clone())?, expected, "{filter:?}");
    }
    let two_ways = Opportunity::CUSTOMER_ID
        .to(Customer::OWNER_ID)
        .to(User::TEAM_ID)
        .to(Team::NAME)
        .is("North");
    assert_eq!(meant(store, Opportunity::DEF, two_ways)?, [31]);
    let path_to_path = Customer::OWNER_ID.to(User::NAME).below(team());
    assert_eq!(meant(store, Customer::DEF, path_to_path)?, [21, 22]);
    Ok(())
}

/// A related record is there, or is not; what was deleted relates to nothing by its references.
fn related(store: &dyn Store) -> Result<()> {
    let has_opportunity = || Filter::referred_by(Opportunity::CUSTOMER_ID, Filter::everything());
    let owned_by = |name: &str| Filter::refers_to(Customer::OWNER_ID, User::NAME.is(name));
    let cases: [(Filter, &[u128]); 7] = [
        (has_opportunity(), &[21, 22]),
        (has_opportunity().negated(), &[23, 24]),
        (
            Filter::referred_by(Opportunity::CUSTOMER_ID, Opportunity::ID.is(id(32))),
            &[],
        ),
        (owned_by("Li"), &[21]),
        (owned_by("Li").negated(), &[22, 23, 24]),
        (
            Filter::refers_to(
                Customer::OWNER_ID,
                Filter::refers_to(User::MANAGER_ID, User::NAME.is("Li")),
            ),
            &[22],
        ),
        (Filter::referred_by(Affiliation::PERSON_ID, Filter::everything()), &[]),
    ];
    for (filter, expected) in cases {
        assert_eq!(meant(store, Customer::DEF, filter.clone())?, expected, "{filter:?}");
    }
    // Of the users: those who manage an owner of a customer that has an opportunity.
    let nested = Filter::referred_by(
        User::MANAGER_ID,
        Filter::referred_by(Customer::OWNER_ID, has_opportunity()),
    );
    assert_eq!(meant(store, User::DEF, nested)?, [11]);
    let itself = Filter::referred_by(User::MANAGER_ID, User::NAME.is("Eva"));
    assert_eq!(meant(store, User::DEF, itself)?, [11], "a table related to itself");
    Ok(())
}

fn deleted(store: &dyn Store) -> Result<()> {
    let all = Query::of::<Opportunity>();
    assert_eq!(numbers(store, &all)?, [31, 33]);
    assert_eq!(numbers(store, &all.clone().deleted(Deleted::Shown))?, [31, 32, 33]);
    assert_eq!(numbers(store, &all.deleted(Deleted::Only))?, [32]);
    Ok(())
}
