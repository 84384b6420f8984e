//! By when an assessment has to be handed in, and who is late.

use crate::catalogue::Assessment;
use crate::date::Date;
use crate::progress::Tally;
use crate::record::Period;

/// The last day for an assessment. The directive names none; these are the days of the regulations
/// behind the titles, and the end of the year where they name none either.
pub fn due(assessment: Assessment, period: Period) -> Date {
    let year = period.0;
    let (month, day) = match assessment {
        // Decree 122/2018: reviewed before 20 December.
        Assessment::CulturalFamily | Assessment::CulturalResidentialArea => (12, 19),
        // Decision 24/2021: the review ends on 14 December.
        Assessment::PovertyReview => (12, 14),
        Assessment::SafeResidentialArea | Assessment::SafeUnit | Assessment::NewRuralCommune => {
            (12, 31)
        }
    };
    Date::new(year, month, day).unwrap_or_else(|| Date::last_of_year(year))
}

/// How far a commune is with an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// It has entered nobody who could be assessed.
    NoRoster,
    /// Nobody's entry has been begun.
    NotBegun,
    /// Some are begun, not all are handed in.
    UnderWay,
    /// Everybody expected has been handed in.
    HandedIn,
}

impl Stage {
    /// All stages, those that need urging first.
    pub const ALL: [Self; 4] = [
        Self::NoRoster,
        Self::NotBegun,
        Self::UnderWay,
        Self::HandedIn,
    ];

    /// The stage that the counts show.
    pub fn of(tally: &Tally) -> Self {
        let begun = tally.reported() + tally.draft.total() + tally.returned.total();
        if tally.expected == 0 {
            Self::NoRoster
        } else if begun == 0 {
            Self::NotBegun
        } else if tally.reported() < tally.expected {
            Self::UnderWay
        } else {
            Self::HandedIn
        }
    }

    /// Whether it is late on a day.
    pub fn is_late(self, due: Date, today: Date) -> bool {
        self != Self::HandedIn && today > due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Count;

    #[test]
    fn stages_and_lateness() {
        let some = Count {
            met: 1,
            ..Count::default()
        };
        let due = due(Assessment::CulturalFamily, Period(2022));
        let (before, after) = (
            Date::new(2022, 12, 19).unwrap(),
            Date::new(2022, 12, 20).unwrap(),
        );
        for (tally, stage, late) in [
            (Tally::default(), Stage::NoRoster, true),
            (
                Tally {
                    expected: 2,
                    ..Tally::default()
                },
                Stage::NotBegun,
                true,
            ),
            (
                Tally {
                    expected: 2,
                    returned: some,
                    ..Tally::default()
                },
                Stage::UnderWay,
                true,
            ),
            (
                Tally {
                    expected: 2,
                    submitted: some,
                    accepted: some,
                    ..Tally::default()
                },
                Stage::HandedIn,
                false,
            ),
        ] {
            assert_eq!(Stage::of(&tally), stage);
            assert!(!stage.is_late(due, before));
            assert_eq!(stage.is_late(due, after), late, "{stage:?}");
        }
    }
}
