use super::data::Country;
use crate::customers::{TeamDraft, UserDraft};
use crate::engine::{Random, Result, Tx};
use crate::ids::UserId;
use crate::values::Tz;

/// Who sells: name, sign-in, and how many of a hundred deals they win. The first of a team leads it.
type SellerData = (&'static str, &'static str, usize);

/// The teams with the zones in which they work.
const TEAMS: [(&str, Tz, &[SellerData]); 3] = [
    (
        "华东",
        Tz::Asia__Shanghai,
        &[
            ("林悦", "lin.yue", 66),
            ("周启航", "zhou.qihang", 56),
            ("何思远", "he.siyuan", 45),
        ],
    ),
    (
        "DACH",
        Tz::Europe__Berlin,
        &[
            ("Jürgen Weißmann", "j.weissmann", 60),
            ("Sabine Krüger", "s.krueger", 55),
            ("Tobias Lang", "t.lang", 42),
        ],
    ),
    (
        "International",
        Tz::Europe__Berlin,
        &[("Emma Clarke", "e.clarke", 58), ("Rafael Duarte", "r.duarte", 48)],
    ),
];

/// One who sells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seller {
    pub(super) id: UserId,
    /// How many of a hundred deals they win.
    pub(super) wins: usize,
    /// Where they work.
    pub(super) zone: Tz,
}

/// The sellers, by team.
#[derive(Debug)]
pub(super) struct Staff([Vec<Seller>; TEAMS.len()]);

impl Staff {
    /// One of the team that looks after customers of a country.
    pub(super) fn seller_for(&self, country: Country, random: &mut Random) -> Seller {
        let team = match country.0 {
            "CN" | "KR" | "JP" => 0,
            "DE" | "AT" | "CH" => 1,
            _ => 2,
        };
        random.pick(&self.0[team])
    }

    /// Who leads the team at this place.
    pub(super) fn leader(&self, team: usize) -> Seller {
        self.0[team % TEAMS.len()][0]
    }
}

/// Creates teams and users; the leaders of the second and third team report to the first.
pub(super) fn create(tx: &mut Tx<'_>) -> Result<Staff> {
    let mut staff = Staff([const { Vec::new() }; TEAMS.len()]);
    let mut head = None;
    for ((team, zone, sellers), created) in TEAMS.into_iter().zip(&mut staff.0) {
        let team = tx.create(TeamDraft::new(team))?.id;
        let mut manager = head;
        for (name, sign_in, wins) in sellers {
            let id = tx
                .create(UserDraft {
                    email: Some(format!("{sign_in}@ahornberg.example")),
                    team_id: Some(team),
                    manager_id: manager,
                    ..UserDraft::new(*name)
                })?
                .id;
            if created.is_empty() {
                manager = Some(id);
            }
            head = head.or(Some(id));
            created.push(Seller { id, wins: *wins, zone });
        }
    }
    Ok(staff)
}
