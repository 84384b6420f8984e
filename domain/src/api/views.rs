//! What the pages answer that look at counts over time and side by side.

use crate::area::AreaCode;
use crate::catalogue::Assessment;
use crate::date::Date;
use crate::outlier::Hint;
use crate::progress::Tally;
use crate::record::Period;
use crate::trend::Point;
use serde::{Deserialize, Serialize};

/// Query of `GET /api/trend`: how counts of an area came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendQuery {
    /// The area.
    pub area: AreaCode,
    /// What is assessed. Without it: everything, in weeks.
    pub assessment: Option<Assessment>,
}

/// Answer of `GET /api/trend`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trends {
    /// The day it is.
    pub today: Date,
    /// One for each assessment asked for.
    pub trends: Vec<Trend>,
}

/// Query of `GET /api/outliers`: what may deserve a look within an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlierQuery {
    /// The area.
    pub area: AreaCode,
    /// Counts of which assessment are held against each other.
    pub assessment: Assessment,
}

/// Answer of `GET /api/outliers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outliers {
    /// Hints by kind, at most [`MAX_HINTS`](crate::outlier::MAX_HINTS) of each.
    pub hints: Vec<Hint>,
}

/// Most areas set side by side.
pub const MAX_COMPARED: usize = 12;
/// How many years before the open one are looked for.
pub const YEARS_BACK: u16 = 4;

/// Query of `GET /api/compare`: areas side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareQuery {
    /// Codes of areas, separated by commas; at most [`MAX_COMPARED`], each of which the account may read.
    pub areas: String,
    /// What is assessed.
    pub assessment: Assessment,
}

impl CompareQuery {
    /// The areas, each once; `None` if there are none, too many, or one is malformed.
    pub fn areas(&self) -> Option<Vec<AreaCode>> {
        let mut areas = Vec::new();
        for code in self.areas.split(',').take(MAX_COMPARED + 1) {
            let code = AreaCode::parse(code).ok()?;
            if !areas.contains(&code) {
                areas.push(code);
            }
        }
        (1..=MAX_COMPARED).contains(&areas.len()).then_some(areas)
    }
}

/// Answer of `GET /api/compare`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// One for each year of which anything is kept, the open one first.
    pub years: Vec<ComparedYear>,
}

/// Areas side by side in one year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedYear {
    /// The year.
    pub period: Period,
    /// Counts of each area in the order asked for; `None` where there was no such area in that year.
    pub tallies: Vec<Option<Tally>>,
}

/// How counts of one assessment came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    /// What is assessed.
    pub assessment: Assessment,
    /// Days on which something changed, or weeks, the oldest first.
    pub points: Vec<Point>,
    /// How the year before ended, where this server has kept it.
    pub year_before: Option<Tally>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_to_compare_are_few_and_each_stands_once() {
        let of = |areas: &str| {
            let query = CompareQuery {
                areas: areas.to_owned(),
                assessment: Assessment::CulturalFamily,
            };
            query.areas().map(|areas| areas.len())
        };
        assert_eq!(of("118"), Some(1));
        assert_eq!(of("118,119,118"), Some(2));
        for wrong in ["", ",", "118,", "x", "118;119"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
        let many: Vec<String> = (101..=113).map(|code| code.to_string()).collect();
        assert_eq!(of(&many[..12].join(",")), Some(12));
        assert_eq!(of(&many.join(",")), None);
    }
}
