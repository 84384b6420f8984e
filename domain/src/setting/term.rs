//! Reporting terms (quý, 6 tháng, năm): the directive names no day by which to report, so the province does.

use super::{MAX_PAPER_BYTES, SettingError, day_value, is_of, line, set_ms, subject, text_value};
use crate::date::Date;
use crate::record::{Period, RecordKey, Value};
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};

/// First word of the key.
pub const KIND: &str = "term";
/// Most terms of a year.
pub const MAX_TERMS: u8 = 12;
/// Longest name, in bytes.
const MAX_NAME_BYTES: usize = 120;

/// Names of the fields.
pub mod field {
    /// What it is called (text).
    pub const NAME: &str = "name";
    /// Its first day (ISO date).
    pub const FROM: &str = "from";
    /// Its last day (ISO date).
    pub const TO: &str = "to";
    /// The last day to report it (ISO date).
    pub const DUE: &str = "due";
    /// The paper by which the province sets it (text).
    pub const PAPER: &str = "paper";
}

/// Which term of a year: 1 to [`MAX_TERMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct TermId(pub u8);

impl TryFrom<u8> for TermId {
    type Error = SettingError;
    fn try_from(number: u8) -> Result<Self, SettingError> {
        let known = (1..=MAX_TERMS).contains(&number);
        known
            .then_some(Self(number))
            .ok_or(SettingError::OutOfRange)
    }
}

impl From<TermId> for u8 {
    fn from(id: TermId) -> Self {
        id.0
    }
}

/// A term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// What it is called.
    pub name: String,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// The last day to report it.
    pub due: Date,
    /// The paper by which it is set.
    pub paper: String,
    /// When it was set last, in milliseconds since 1970 by the server's clock; 0 before.
    #[serde(default)]
    pub set_ms: u64,
}

/// The record of a term.
pub fn key(id: TermId, period: Period) -> RecordKey {
    RecordKey::parse(&format!("{KIND}/{}/{}/{period}", subject(), id.0))
        .expect("a number is in the alphabet of keys")
}

/// Which term a record is of.
pub(super) fn parts(key: &RecordKey) -> Option<(TermId, Period)> {
    if key.kind() != KIND {
        return None;
    }
    let mut words = key.as_str().split('/').skip(2);
    let id = TermId::try_from(words.next()?.parse::<u8>().ok()?).ok()?;
    let period = Period(words.next()?.parse().ok()?);
    words.next().is_none().then_some((id, period))
}

impl Term {
    /// Reads a record; `None` where the term was withdrawn.
    pub(super) fn read(state: &RecordState) -> Option<Self> {
        let day = |name| state.text(name).and_then(Date::parse_iso);
        Some(Self {
            name: state.text(field::NAME)?.to_owned(),
            from: day(field::FROM)?,
            to: day(field::TO)?,
            due: day(field::DUE)?,
            paper: state.text(field::PAPER).unwrap_or_default().to_owned(),
            set_ms: set_ms(state),
        })
    }
}

/// The fields of a term, or those by which it is withdrawn.
pub(super) fn fields(
    term: Option<&Term>,
    period: Period,
) -> Result<Vec<(&'static str, Value)>, SettingError> {
    let Some(term) = term else {
        let names = [
            field::NAME,
            field::FROM,
            field::TO,
            field::DUE,
            field::PAPER,
        ];
        return Ok(names.map(|name| (name, Value::Null)).to_vec());
    };
    let name = line(&term.name, MAX_NAME_BYTES)?;
    let paper = line(&term.paper, MAX_PAPER_BYTES)?;
    if name.is_empty() {
        return Err(SettingError::Incomplete);
    }
    if paper.is_empty() {
        return Err(SettingError::PaperMissing);
    }
    if term.from.year() != period.0 || !is_of(term.to, period) || !is_of(term.due, period) {
        return Err(SettingError::OtherPeriod);
    }
    // A report may be due before the term ends: figures are closed early at the end of a year.
    if term.from > term.to || term.from > term.due {
        return Err(SettingError::OutOfOrder);
    }
    Ok(vec![
        (field::NAME, text_value(name)),
        (field::FROM, day_value(Some(term.from))),
        (field::TO, day_value(Some(term.to))),
        (field::DUE, day_value(Some(term.due))),
        (field::PAPER, text_value(paper)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_a_name_a_span_and_a_day_to_report() {
        let day = |month, day| Date::new(2022, month, day).unwrap();
        let good = Term {
            name: "6 tháng đầu năm".to_owned(),
            from: day(1, 1),
            to: day(6, 30),
            due: day(6, 15),
            paper: "Công văn 100/SNV-TĐKT".to_owned(),
            set_ms: 0,
        };
        let check = |change: fn(&mut Term)| {
            let mut term = good.clone();
            change(&mut term);
            fields(Some(&term), Period(2022)).map(|_| ())
        };
        for (found, expected) in [
            (check(|_| ()), Ok(())),
            (
                check(|t| t.name = " ".to_owned()),
                Err(SettingError::Incomplete),
            ),
            (check(|t| t.paper.clear()), Err(SettingError::PaperMissing)),
            (
                check(|t| t.name = "x".repeat(121)),
                Err(SettingError::OutOfRange),
            ),
            (
                check(|t| t.from = Date::new(2021, 12, 31).unwrap()),
                Err(SettingError::OtherPeriod),
            ),
            (
                check(|t| t.due = Date::new(2023, 4, 1).unwrap()),
                Err(SettingError::OtherPeriod),
            ),
            (
                check(|t| t.to = Date::new(2021, 12, 31).unwrap()),
                Err(SettingError::OtherPeriod),
            ),
            (
                check(|t| std::mem::swap(&mut t.from, &mut t.to)),
                Err(SettingError::OutOfOrder),
            ),
        ] {
            assert_eq!(found, expected);
        }
        assert!(fields(None, Period(2022)).is_ok());
        assert_eq!(
            parts(&key(TermId(12), Period(2022))),
            Some((TermId(12), Period(2022)))
        );
        assert!(TermId::try_from(0).is_err() && TermId::try_from(13).is_err());
    }
}
