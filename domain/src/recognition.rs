//! Years running with a title, and what they make a family eligible for.

use crate::criteria::{Outcome, Pack};
use crate::entry::EntryState;
use crate::progress::Standing;
use crate::record::Period;
use crate::subject::field;
use crate::sync::state::RecordState;

/// Years in a row with the title up to the year before `period`; `None` where nothing is known.
///
/// `decided` says of a year whether its accepted entry earned the title. Where that ends, what the
/// register noted when it was taken over speaks for the years before; it does not say which year it was
/// noted in, so the longer of the two counts and they are never added up.
pub fn years_before(
    record: &RecordState,
    period: Period,
    decided: impl Fn(Period) -> Option<bool>,
) -> Option<u32> {
    let noted = match record.flag(field::LAST_RESULT) {
        Some(false) => Some(0),
        earned => record
            .int(field::YEARS_RUNNING)
            .and_then(|years| u32::try_from(years).ok())
            .or(earned.map(|_| 1)),
    };
    let mut run = 0;
    for year in (0..period.0).rev() {
        match decided(Period(year)) {
            Some(true) => run += 1,
            Some(false) => return Some(run),
            None => break,
        }
    }
    if run == 0 {
        noted
    } else {
        noted.max(Some(run))
    }
}

/// A family that has the title for enough years running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// This year's title has been accepted.
    Eligible {
        /// Years running, this one among them.
        years: u32,
    },
    /// It earns this year's title as entered, which has not been accepted.
    OnceAccepted {
        /// Years running, this one among them.
        years: u32,
    },
}

/// Whether a certificate of merit is due, by the pack's rule.
pub fn certificate(pack: &Pack, before: Option<u32>, standing: &Standing) -> Option<Certificate> {
    let years = before? + 1;
    let earned = standing.expected && standing.outcome == Outcome::Earned;
    if !earned || years < pack.certificate_after_years? {
        return None;
    }
    Some(match standing.state {
        EntryState::Accepted => Certificate::Eligible { years },
        _ => Certificate::OnceAccepted { years },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::AreaCode;
    use crate::catalogue::Assessment;
    use crate::date::Date;
    use crate::record::{FieldName, RecordKey, SubjectId, Value};
    use crate::sync::clock::Hlc;
    use crate::sync::edit::{DeviceId, Edit, EditId};

    fn noted(last: Option<bool>, years: Option<i64>) -> RecordState {
        let mut record = RecordState::new(AreaCode::parse("03751").unwrap());
        let values = [
            (field::LAST_RESULT, last.map(Value::Bool)),
            (field::YEARS_RUNNING, years.map(Value::Int)),
        ];
        let values = values
            .into_iter()
            .filter_map(|(name, value)| Some((FieldName::parse(name).unwrap(), value?)));
        let edit = Edit {
            id: EditId {
                device: DeviceId(1),
                seq: 1,
            },
            time: Hlc(1),
            author: String::new(),
            commune: record.commune.clone(),
            record: RecordKey::parse(&format!("family/{}", SubjectId(1))).unwrap(),
            changes: record.changes_to(values.collect()),
        };
        record.apply(&edit);
        record
    }

    #[test]
    fn years_are_counted_back_until_one_is_missing_or_lost() {
        // What the register noted, accepted years from the last one back, years running.
        for (last, years, decided, expected) in [
            (None, None, &[][..], None),
            (Some(false), Some(4), &[], Some(0)),
            (Some(true), None, &[], Some(1)),
            (Some(true), Some(4), &[], Some(4)),
            (None, None, &[true, true], Some(2)),
            (Some(true), Some(4), &[true, true], Some(4)),
            (Some(true), Some(1), &[true, true], Some(2)),
            (Some(true), Some(4), &[true, false], Some(1)),
            (Some(true), Some(4), &[false], Some(0)),
        ] {
            let of = |period: Period| decided.get(usize::from(2021 - period.0)).copied();
            let found = years_before(&noted(last, years), Period(2022), of);
            assert_eq!(found, expected, "{last:?} {years:?} {decided:?}");
        }
    }

    #[test]
    fn a_certificate_after_three_years() {
        let day = Date::last_of_year(2022);
        let pack = Pack::for_assessment(Assessment::CulturalFamily, day).unwrap();
        let standing = |state, outcome| Standing {
            expected: true,
            state,
            outcome,
            points: None,
            since: None,
            due: None,
            endorsed: false,
        };
        let accepted = standing(EntryState::Accepted, Outcome::Earned);
        let years = 3;
        assert_eq!(certificate(pack, None, &accepted), None);
        assert_eq!(certificate(pack, Some(1), &accepted), None);
        let eligible = Some(Certificate::Eligible { years });
        assert_eq!(certificate(pack, Some(2), &accepted), eligible);
        let handed_in = standing(EntryState::Submitted, Outcome::Earned);
        let once = Some(Certificate::OnceAccepted { years });
        assert_eq!(certificate(pack, Some(2), &handed_in), once);
        let lost = standing(EntryState::Accepted, Outcome::NotEarned);
        assert_eq!(certificate(pack, Some(2), &lost), None);
    }
}
