//! What sets one commune apart from another, drawn for a district or the province as a whole so that
//! shares come out as stated whatever the seed.

use super::luck::Luck;
use super::people;
use std::collections::BTreeMap;
use thidua_domain::area::{Area, AreaCode, AreaKind, AreaTree};
use thidua_domain::date::Date;

/// How far a commune has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Nearly everything is handed in and reviewed.
    OnTime,
    /// About half.
    Halfway,
    /// The register is there, and hardly an entry.
    Late,
}

/// How a commune stands as a new rural area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rural {
    /// Recognised by a decision.
    Recognised,
    /// Put forward this year, to be decided.
    Candidate,
    /// Not there yet.
    Working,
    /// A ward or township: not asked.
    NotAsked,
}

/// Communes recognised before the year began, and put forward in it: the directive asks for 60.
const RECOGNISED: usize = 54;
const CANDIDATES: usize = 7;

/// What sets a commune apart. Shares are in percent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Character {
    pub(super) pace: Pace,
    pub(super) rural: Rural,
    /// Families on this year's list of the poor.
    pub(super) poor: i64,
    /// Families on the list of the near-poor.
    pub(super) near_poor: i64,
    /// Families that earn the title.
    pub(super) cultural: i64,
    /// Residential areas that meet all criteria.
    pub(super) safe_areas: i64,
    /// Eligible units that meet all criteria.
    pub(super) safe_units: i64,
}

impl Character {
    /// Draws the rest of a commune's character.
    pub(super) fn draw(luck: &mut Luck, pace: Pace, rural: Rural) -> Self {
        let (poor, cultural) = match rural {
            Rural::Recognised => (luck.between(8, 18), luck.between(68, 82)),
            Rural::Candidate => (luck.between(12, 20), luck.between(68, 80)),
            Rural::Working => {
                // Two draws: most communes lie near the middle.
                let poor = luck.between(8, 17) + luck.between(8, 16);
                (poor, luck.between(58, 79))
            }
            Rural::NotAsked => (luck.between(1, 6), luck.between(70, 84)),
        };
        Self {
            pace,
            rural,
            poor,
            near_poor: luck.between(6, 12),
            cultural,
            safe_areas: luck.between(82, 95),
            safe_units: luck.between(86, 97),
        }
    }
}

/// How every commune of the province stands as a new rural area.
pub(super) fn rural(seed: u64, tree: &AreaTree, date: Date) -> BTreeMap<AreaCode, Rural> {
    let mut standing: BTreeMap<AreaCode, Rural> = BTreeMap::new();
    let mut asked: Vec<&AreaCode> = Vec::new();
    for commune in tree.communes(date) {
        if commune.kind == AreaKind::Commune {
            asked.push(&commune.code);
        } else {
            standing.insert(commune.code.clone(), Rural::NotAsked);
        }
    }
    Luck::new(seed, 0).shuffle(&mut asked);
    for (place, code) in asked.into_iter().enumerate() {
        let rural = match place {
            _ if place < RECOGNISED => Rural::Recognised,
            _ if place < RECOGNISED + CANDIDATES => Rural::Candidate,
            _ => Rural::Working,
        };
        standing.insert(code.clone(), rural);
    }
    standing
}

/// The pace of each commune of a district: one in nine is late, two in nine are halfway. Communes of
/// the accounts that are made have the pace that their account is to show.
pub(super) fn paces(seed: u64, district: &Area, communes: &[&Area]) -> BTreeMap<AreaCode, Pace> {
    let mut paces: BTreeMap<AreaCode, Pace> = communes
        .iter()
        .filter_map(|commune| Some((commune.code.clone(), people::pace_of(&commune.code)?)))
        .collect();
    let mut rest: Vec<&AreaCode> = communes
        .iter()
        .map(|commune| &commune.code)
        .filter(|code| !paces.contains_key(code))
        .collect();
    let stream = district.code.as_str().parse().unwrap_or(1);
    Luck::new(seed, stream).shuffle(&mut rest);
    let is_late = |pace: &&Pace| **pace == Pace::Late;
    let ninth = (communes.len() + 4) / 9;
    let late = ninth.saturating_sub(paces.values().filter(is_late).count());
    for (place, code) in rest.into_iter().enumerate() {
        let pace = match place {
            _ if place < late => Pace::Late,
            _ if place < late + 2 * ninth => Pace::Halfway,
            _ => Pace::OnTime,
        };
        paces.insert(code.clone(), pace);
    }
    paces
}
