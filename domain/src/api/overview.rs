//! Where areas stand, and how a page that shows it follows what changes.

use crate::area::AreaCode;
use crate::catalogue::Assessment;
use crate::progress::Tally;
use crate::record::SubjectId;
use serde::{Deserialize, Serialize};

/// Counts of one assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentTally {
    /// What is assessed.
    pub assessment: Assessment,
    /// Its counts.
    pub tally: Tally,
}

/// Counts of one area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaTallies {
    /// The area.
    pub area: AreaCode,
    /// Its counts, one for each assessment that has any.
    pub tallies: Vec<AssessmentTally>,
    /// When an edit from it arrived last, in milliseconds since 1970.
    pub last_edit_ms: Option<u64>,
}

/// `GET /api/overview?area=CODE`: an area and those directly below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The area itself.
    pub own: AreaTallies,
    /// Areas below, in the catalogue's order; empty for a commune.
    pub children: Vec<AreaTallies>,
    /// Of a commune: its residential areas.
    pub residential_areas: Vec<ResidentialAreaTallies>,
}

/// Counts of one residential area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResidentialAreaTallies {
    /// The residential area; `None` for units and families that name none.
    pub id: Option<SubjectId>,
    /// Its name.
    pub name: String,
    /// Its counts.
    pub tallies: Vec<AssessmentTally>,
}

/// Answer of `GET /api/overview/reformed`: the counts of the season by the communes that the reform of 2025
/// made, each the sum of what became part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReformedOverview {
    /// The province, which is the same by either tree.
    pub own: AreaTallies,
    /// Its communes since the reform, in the catalogue's order.
    pub communes: Vec<AreaTallies>,
}

/// Data of the event `change` of `GET /api/events`: something arrived from these communes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeEvent {
    /// The communes.
    pub communes: Vec<AreaCode>,
}

/// Most communes that a page names which have changed; with more, it reads everything.
pub const MAX_TOUCHED: usize = 40;

/// Query of `GET /api/overview`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewQuery {
    /// The area.
    pub area: AreaCode,
    /// Codes of communes, separated by commas, at most [`MAX_TOUCHED`]. The answer then leaves out every area
    /// below in which none of them lies: what the asker holds of it has not changed.
    pub touched: Option<String>,
}

impl OverviewQuery {
    /// The communes that are named: `None` if no list was given.
    ///
    /// # Errors
    /// If there are too many, or one is malformed.
    pub fn touched(&self) -> Result<Option<Vec<AreaCode>>, crate::area::AreaCodeError> {
        let Some(list) = &self.touched else {
            return Ok(None);
        };
        let codes = list.split(',').take(MAX_TOUCHED + 1).map(AreaCode::parse);
        let codes = codes.collect::<Result<Vec<_>, _>>()?;
        if codes.len() > MAX_TOUCHED {
            return Err(crate::area::AreaCodeError);
        }
        Ok(Some(codes))
    }
}

impl Overview {
    /// Puts an answer about some of the areas below in the place of what is held of them.
    pub fn take_in(&mut self, newer: Self) {
        self.own = newer.own;
        for child in newer.children {
            match self.children.iter_mut().find(|it| it.area == child.area) {
                Some(held) => *held = child,
                None => self.children.push(child),
            }
        }
        // Those of a commune are few, and come together.
        self.residential_areas = newer.residential_areas;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(area: &str, expected: i64) -> AreaTallies {
        AreaTallies {
            area: AreaCode::parse(area).unwrap(),
            tallies: vec![AssessmentTally {
                assessment: Assessment::CulturalFamily,
                tally: Tally {
                    expected,
                    ..Tally::default()
                },
            }],
            last_edit_ms: None,
        }
    }

    fn overview(own: i64, children: &[(&str, i64)]) -> Overview {
        let children = children.iter().map(|(area, n)| counts(area, *n));
        Overview {
            own: counts("14", own),
            children: children.collect(),
            residential_areas: Vec::new(),
        }
    }

    #[test]
    fn what_changed_takes_the_place_of_what_was_held() {
        let mut held = overview(30, &[("116", 10), ("118", 20)]);
        held.take_in(overview(31, &[("118", 21)]));
        assert_eq!(held, overview(31, &[("116", 10), ("118", 21)]));
        held.take_in(overview(31, &[]));
        assert_eq!(held, overview(31, &[("116", 10), ("118", 21)]));
    }

    #[test]
    fn communes_that_changed_are_named_well_and_are_few() {
        let many = |count: usize| {
            let codes: Vec<_> = (0..count).map(|n| format!("{:05}", 3600 + n)).collect();
            codes.join(",")
        };
        for (touched, expected) in [
            (None, Ok(None)),
            (Some("03751,03754".to_owned()), Ok(Some(2))),
            (Some(many(MAX_TOUCHED)), Ok(Some(MAX_TOUCHED))),
            (Some(many(MAX_TOUCHED + 1)), Err(())),
            (Some("03751,".to_owned()), Err(())),
            (Some(String::new()), Err(())),
        ] {
            let area = AreaCode::parse("14").unwrap();
            let query = OverviewQuery { area, touched };
            let found = query.touched().map(|codes| codes.map(|codes| codes.len()));
            assert_eq!(found.map_err(|_| ()), expected, "{query:?}");
        }
    }
}
