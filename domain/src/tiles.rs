//! A schematic map: areas as tiles in a grid, painted in a few steps against a target.

use crate::area::{Area, AreaCode, AreaLevel};
use crate::catalogue::{Direction, Indicator};
use crate::progress::{self, Tally, Verdict};
use crate::text;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Tiles in a row where areas have no place of their own.
const COLUMNS: u16 = 6;

/// Where a tile lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(from = "(u16, u16)")]
pub struct Place {
    /// From the left, from 0.
    pub column: u16,
    /// From the top, from 0.
    pub row: u16,
}

impl From<(u16, u16)> for Place {
    fn from((column, row): (u16, u16)) -> Self {
        Self { column, row }
    }
}

#[derive(Deserialize)]
struct File {
    districts: BTreeMap<AreaCode, Place>,
}

fn districts() -> &'static BTreeMap<AreaCode, Place> {
    static FILE: OnceLock<File> = OnceLock::new();
    let file = FILE.get_or_init(|| {
        serde_json::from_str(include_str!("../data/tiles-2022.json"))
            .expect("the catalogue is checked by tests")
    });
    &file.districts
}

/// Places for areas: districts roughly where they lie, all others in rows, by name.
pub fn places(areas: &[&Area]) -> BTreeMap<AreaCode, Place> {
    let known = areas
        .iter()
        .all(|area| area.level() == AreaLevel::District && districts().contains_key(&area.code));
    if known {
        return areas
            .iter()
            .map(|area| (area.code.clone(), districts()[&area.code]))
            .collect();
    }
    let mut by_name = areas.to_vec();
    by_name.sort_by_cached_key(|area| text::collation_key(short_name(area)));
    by_name
        .into_iter()
        .zip(0_u16..)
        .map(|(area, place)| {
            let place = Place {
                column: place % COLUMNS,
                row: place / COLUMNS,
            };
            (area.code.clone(), place)
        })
        .collect()
}

/// An area's name without its kind, as it stands on a tile.
pub fn short_name(area: &Area) -> &str {
    area.name
        .strip_prefix(area.kind.vi())
        .map_or(area.name.as_str(), str::trim_start)
}

/// How a tile is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Nothing has been handed in.
    NotReported,
    /// There is no figure to hold it against.
    Told,
    /// Further from the target.
    Far,
    /// Nine tenths of the way, or within a ceiling that is not certain yet.
    Near,
    /// Met, whatever the rest turns out to be.
    Met,
}

impl Step {
    /// All steps, as the key of the map shows them.
    pub const ALL: [Self; 5] = [
        Self::Met,
        Self::Near,
        Self::Far,
        Self::Told,
        Self::NotReported,
    ];

    /// The step for counts.
    pub fn of(indicator: &Indicator, verdict: Verdict, tally: &Tally) -> Self {
        match verdict {
            Verdict::NotReported => Self::NotReported,
            Verdict::NoTarget => Self::Told,
            Verdict::Met => Self::Met,
            Verdict::Missed => Self::Far,
            Verdict::NotYet if indicator.direction == Direction::AtMost => Self::Near,
            Verdict::NotYet => {
                let met = tally.accepted.met.unsigned_abs();
                let nine_tenths =
                    indicator.meets(met.saturating_mul(10), expected_times_nine(tally));
                if nine_tenths == Some(true) {
                    Self::Near
                } else {
                    Self::Far
                }
            }
        }
    }
}

/// A share of `10 m / 9 e` reaches the target where `m / e` reaches nine tenths of it.
fn expected_times_nine(tally: &Tally) -> u64 {
    tally.expected.unsigned_abs().saturating_mul(9)
}

/// What counts say of an area's indicator. "60 xã" is the province's: a district or commune has no
/// figure of its own to be held against.
pub fn verdict(indicator: &Indicator, tally: &Tally, level: AreaLevel) -> Verdict {
    let of_province = matches!(indicator.measure, crate::catalogue::Measure::Count(_));
    if of_province && level != AreaLevel::Province && tally.reported() > 0 {
        return Verdict::NoTarget;
    }
    progress::verdict(indicator, tally)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaTree;
    use crate::catalogue::{Directive, IndicatorId};
    use crate::date::Date;
    use crate::progress::Count;
    use std::collections::BTreeSet;

    #[test]
    fn every_area_has_a_tile_of_its_own() {
        let (tree, date) = (AreaTree::embedded(), Date::last_of_year(2022));
        let province = &tree.province().code;
        let districts = tree.children(province, date);
        for areas in districts
            .iter()
            .map(|district| tree.children(&district.code, date))
            .chain([districts.clone()])
        {
            let places = places(&areas);
            let different: BTreeSet<_> = places.values().collect();
            assert_eq!(different.len(), areas.len());
            assert!(different.iter().all(|place| place.column < COLUMNS));
        }
        let names: Vec<_> = tree.communes(date).into_iter().map(short_name).collect();
        assert!(names.iter().all(|name| !name.is_empty()));
        assert!(!names.iter().any(|name| name.starts_with("Xã ")));
    }

    #[test]
    fn steps_tell_met_near_far_and_not_reported_apart() {
        let indicator = Directive::embedded()
            .indicator(&IndicatorId::new("gia-dinh-van-hoa"))
            .unwrap();
        for (met, unmet, expected) in [
            (0, 0, Step::NotReported),
            (705, 0, Step::Met),
            (704, 0, Step::Near),
            (635, 0, Step::Near),
            (634, 0, Step::Far),
            (600, 400, Step::Far),
        ] {
            let tally = Tally {
                expected: 1_000,
                accepted: Count {
                    met,
                    unmet,
                    open: 0,
                },
                ..Tally::default()
            };
            let verdict = verdict(indicator, &tally, AreaLevel::District);
            assert_eq!(Step::of(indicator, verdict, &tally), expected, "{met}");
        }
    }
}
