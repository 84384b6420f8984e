//! The period that is open for entries.

use crate::date::Date;
use crate::record::Period;
use serde::{Deserialize, Serialize};

/// A period and the day by whose tree of areas it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    /// The year that entries speak of.
    pub period: Period,
    /// Last day of the period: areas are those valid then.
    pub date: Date,
}

impl Season {
    /// The year of directive 01/CT-UBND.
    pub fn directive_2022() -> Self {
        Self::of(Period(2022))
    }

    /// A calendar year.
    pub fn of(period: Period) -> Self {
        Self {
            period,
            date: Date::last_of_year(period.0),
        }
    }
}
