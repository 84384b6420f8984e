//! The days that the province sets for an assessment, in the place of the law's.

use super::{MAX_PAPER_BYTES, SettingError, day_value, is_of, line, set_ms, subject, text_value};
use crate::catalogue::Assessment;
use crate::date::Date;
use crate::due;
use crate::record::{Period, RecordKey, Value};
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};

/// First word of the key.
pub const KIND: &str = "due";

/// Names of the fields.
pub mod field {
    /// Last day to register (ISO date).
    pub const REGISTRATION: &str = "registration";
    /// Last day to hand in (ISO date).
    pub const SUBMISSION: &str = "submission";
    /// The paper by which the province sets them (text).
    pub const PAPER: &str = "paper";
}

/// What is set; where neither day is, the law's apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetDays {
    /// Of what.
    pub assessment: Assessment,
    /// Last day to register.
    pub registration: Option<Date>,
    /// Last day to hand in.
    pub submission: Option<Date>,
    /// By which paper.
    pub paper: String,
    /// When it was set last, in milliseconds since 1970 by the server's clock; 0 before.
    #[serde(default)]
    pub set_ms: u64,
}

/// The record of an assessment's days.
pub fn key(assessment: Assessment, period: Period) -> RecordKey {
    let assessment = assessment.as_str();
    RecordKey::parse(&format!("{KIND}/{}/{assessment}/{period}", subject()))
        .expect("assessments are in the alphabet of keys")
}

impl SetDays {
    /// Reads a record; `None` where nothing is set any more.
    pub(super) fn read(assessment: Assessment, state: &RecordState) -> Option<Self> {
        let day = |name| state.text(name).and_then(Date::parse_iso);
        let (registration, submission) = (day(field::REGISTRATION), day(field::SUBMISSION));
        (registration.is_some() || submission.is_some()).then(|| Self {
            assessment,
            registration,
            submission,
            paper: state.text(field::PAPER).unwrap_or_default().to_owned(),
            set_ms: set_ms(state),
        })
    }

    /// The fields that say so.
    pub(super) fn fields(
        &self,
        period: Period,
    ) -> Result<Vec<(&'static str, Value)>, SettingError> {
        let paper = line(&self.paper, MAX_PAPER_BYTES)?;
        let by_law = |step| due::by_law(self.assessment, step, period);
        if self.registration.is_some() && by_law(due::Step::Registration).is_none() {
            return Err(SettingError::NoRegistration);
        }
        let set = [self.registration, self.submission];
        if set.into_iter().flatten().any(|day| !is_of(day, period)) {
            return Err(SettingError::OtherPeriod);
        }
        // What is not set stays the law's, and has to fit what is.
        let registration = self.registration.or(by_law(due::Step::Registration));
        let submission = self.submission.or(by_law(due::Step::Submission));
        if registration
            .zip(submission)
            .is_some_and(|(first, last)| first > last)
        {
            return Err(SettingError::OutOfOrder);
        }
        if set.into_iter().any(|day| day.is_some()) && paper.is_empty() {
            return Err(SettingError::PaperMissing);
        }
        Ok(vec![
            (field::REGISTRATION, day_value(self.registration)),
            (field::SUBMISSION, day_value(self.submission)),
            (field::PAPER, text_value(paper)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(registration: Option<(u16, u8, u8)>, submission: Option<(u16, u8, u8)>) -> SetDays {
        let day = |(year, month, day)| Date::new(year, month, day).unwrap();
        SetDays {
            assessment: Assessment::CulturalFamily,
            registration: registration.map(day),
            submission: submission.map(day),
            paper: "Kế hoạch 12/KH-UBND".to_owned(),
            set_ms: 0,
        }
    }

    #[test]
    fn days_are_of_the_year_and_in_order() {
        let period = Period(2022);
        for (registration, submission, expected) in [
            (Some((2022, 3, 15)), Some((2022, 11, 30)), Ok(())),
            (None, Some((2023, 1, 10)), Ok(())),
            (None, None, Ok(())),
            (None, Some((2023, 4, 1)), Err(SettingError::OtherPeriod)),
            (Some((2021, 12, 31)), None, Err(SettingError::OtherPeriod)),
            // Against the law's 29 January, which stays.
            (None, Some((2022, 1, 15)), Err(SettingError::OutOfOrder)),
            (Some((2022, 12, 25)), None, Err(SettingError::OutOfOrder)),
        ] {
            let found = set(registration, submission).fields(period).map(|_| ());
            assert_eq!(found, expected, "{registration:?} {submission:?}");
        }
        let mut unnamed = set(None, Some((2022, 11, 30)));
        unnamed.paper = "  ".to_owned();
        assert_eq!(unnamed.fields(period), Err(SettingError::PaperMissing));
        let mut other = set(Some((2022, 3, 1)), None);
        other.assessment = Assessment::SafeUnit;
        assert_eq!(other.fields(period), Err(SettingError::NoRegistration));
        other = set(None, None);
        other.paper = "x".repeat(MAX_PAPER_BYTES + 1);
        assert_eq!(other.fields(period), Err(SettingError::OutOfRange));
    }
}
