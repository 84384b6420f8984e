//! By when an assessment has to be handed in, and who is late.

use crate::catalogue::Assessment;
use crate::criteria::Pack;
use crate::date::Date;
use crate::progress::Tally;
use crate::record::Period;
use crate::setting::Settings;

/// What has to be done by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Registering for the title.
    Registration,
    /// Handing in the assessments.
    Submission,
}

/// The last day for something, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day on which it is in time.
    pub last: Date,
    /// Who says so.
    pub source: Source,
}

/// Who names a due date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The regulation behind the title.
    Regulation,
    /// The reviewer who returned what is to be corrected.
    Reviewer,
    /// Nobody: the period ends.
    EndOfPeriod,
    /// The province, in the place of either.
    Province {
        /// By which paper.
        paper: String,
        /// When it was set, in milliseconds since 1970 by the server's clock.
        set_ms: u64,
    },
}

impl Due {
    /// The day in Vietnam on which the province set it, if it did.
    pub fn set_on(&self) -> Option<Date> {
        let Source::Province { set_ms, .. } = self.source else {
            return None;
        };
        Some(Date::in_vietnam(set_ms))
    }
}

/// The last day by the regulations behind the titles; `None` where the title has no such step. The
/// directive itself names none, and where the regulation does not either it is the end of the year.
pub fn by_law(assessment: Assessment, step: Step, period: Period) -> Option<Date> {
    default(assessment, step, period).map(|(last, _)| last)
}

fn default(assessment: Assessment, step: Step, period: Period) -> Option<(Date, Source)> {
    let of_year = |month, day| Date::new(period.0, month, day);
    match (assessment, step) {
        (Assessment::CulturalFamily | Assessment::CulturalResidentialArea, step) => {
            let pack = Pack::for_assessment(assessment, Date::last_of_year(period.0))?;
            let before = match step {
                Step::Registration => pack.register_by.as_deref(),
                Step::Submission => pack.review_by.as_deref(),
            };
            // Decree 122/2018 says "before": the last day is the one before.
            let named = before.and_then(|it| Date::parse_iso(&format!("{period}-{it}")));
            let last = named.and_then(|day| Date::from_epoch_days(day.to_epoch_days() - 1));
            match (last, step) {
                (Some(last), _) => Some((last, Source::Regulation)),
                (None, Step::Registration) => None,
                (None, Step::Submission) => {
                    Some((Date::last_of_year(period.0), Source::EndOfPeriod))
                }
            }
        }
        (_, Step::Registration) => None,
        // Decision 24/2021: the review ends on 14 December.
        (Assessment::PovertyReview, _) => Some((of_year(12, 14)?, Source::Regulation)),
        (
            Assessment::SafeResidentialArea | Assessment::SafeUnit | Assessment::NewRuralCommune,
            _,
        ) => Some((Date::last_of_year(period.0), Source::EndOfPeriod)),
    }
}

impl Settings {
    /// The last day for a step: the province's where it has set one, the law's otherwise; `None` where the
    /// title has no such step.
    pub fn due(&self, assessment: Assessment, step: Step, period: Period) -> Option<Due> {
        let set = self.days.get(&(assessment, period)).and_then(|days| {
            let last = match step {
                Step::Registration => days.registration,
                Step::Submission => days.submission,
            }?;
            let source = Source::Province {
                paper: days.paper.clone(),
                set_ms: days.set_ms,
            };
            Some(Due { last, source })
        });
        set.or_else(|| {
            let (last, source) = default(assessment, step, period)?;
            Some(Due { last, source })
        })
    }

    /// The last day to hand in.
    pub fn submission(&self, assessment: Assessment, period: Period) -> Due {
        self.due(assessment, Step::Submission, period)
            .unwrap_or_else(|| Due {
                last: Date::last_of_year(period.0),
                source: Source::EndOfPeriod,
            })
    }
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
        let due = Settings::default()
            .submission(Assessment::CulturalFamily, Period(2022))
            .last;
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

    #[test]
    fn the_law_names_days_and_the_province_sets_others() {
        let period = Period(2022);
        let law = Settings::default();
        let last = |settings: &Settings, assessment, step| {
            settings
                .due(assessment, step, period)
                .map(|due| due.last.to_string())
        };
        for (assessment, step, expected) in [
            (
                Assessment::CulturalFamily,
                Step::Registration,
                Some("2022-01-29"),
            ),
            (
                Assessment::CulturalFamily,
                Step::Submission,
                Some("2022-12-19"),
            ),
            (
                Assessment::PovertyReview,
                Step::Submission,
                Some("2022-12-14"),
            ),
            (Assessment::SafeUnit, Step::Submission, Some("2022-12-31")),
            (Assessment::SafeUnit, Step::Registration, None),
        ] {
            assert_eq!(last(&law, assessment, step).as_deref(), expected);
        }
        let key = crate::setting::days::key(Assessment::CulturalFamily, period);
        let set = crate::setting::Setting::Days(crate::setting::days::SetDays {
            assessment: Assessment::CulturalFamily,
            registration: None,
            submission: Date::new(2022, 11, 30),
            paper: "Kế hoạch 12/KH-UBND".to_owned(),
            set_ms: 0,
        });
        let mut state = crate::sync::state::RecordState::new(crate::setting::feed());
        state.apply(&crate::sync::edit::Edit {
            id: crate::sync::edit::EditId {
                device: crate::sync::edit::DeviceId::HUB,
                seq: 1,
            },
            time: crate::sync::clock::Hlc::from_millis(7),
            author: "so-noi-vu".to_owned(),
            commune: crate::setting::feed(),
            record: key.clone(),
            changes: state.changes_to(set.fields(period, Default::default()).unwrap()),
        });
        let records = std::collections::BTreeMap::from([(key, state)]);
        let settings = Settings::of(&records);
        assert_eq!(settings, Settings::read(&records));
        let due = settings.submission(Assessment::CulturalFamily, period);
        assert_eq!(due.last.to_string(), "2022-11-30");
        let source = Source::Province {
            paper: "Kế hoạch 12/KH-UBND".to_owned(),
            set_ms: 7,
        };
        assert_eq!(due.source, source);
        assert_eq!(due.set_on(), Date::new(1970, 1, 1));
        // What was not set, and other years, stay the law's.
        assert_eq!(
            settings.due(Assessment::CulturalFamily, Step::Registration, period),
            law.due(Assessment::CulturalFamily, Step::Registration, period)
        );
        assert_eq!(
            settings
                .submission(Assessment::CulturalFamily, Period(2023))
                .source,
            Source::Regulation
        );
    }
}
