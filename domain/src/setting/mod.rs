//! What the province sets for everybody: due dates, reporting terms, criteria, who
//! appraises first. Each is a record of the server's own
//! in a feed that every tablet follows, so that a tablet without a connection knows them too, and so that
//! each keeps its history.
//!
//! The law's own days stand in the program ([`crate::due`]); a setting takes their place.

pub mod appraisal;
pub mod areas;
pub mod days;
pub mod pack;
pub mod term;

use crate::area::{AreaChangeError, AreaCode, AreaTree};
use crate::criteria::Packs;
use crate::record::{FieldName, Period, RecordKey, SubjectId, Value};
use crate::sync::state::RecordState;
use crate::text;
use appraisal::SetAppraisal;
use days::SetDays;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use term::{Term, TermId};
use thiserror::Error;

/// Longest name of the paper that a setting rests on, in bytes.
pub const MAX_PAPER_BYTES: usize = 300;

/// The feed that every tablet follows. Its code is no area's: what the province reports of itself (figures)
/// is in the province's own feed, which communes do not read.
pub fn feed() -> AreaCode {
    AreaCode::parse("00").expect("two digits")
}

/// First words of their keys.
const KINDS: [&str; 5] = [
    days::KIND,
    term::KIND,
    pack::KIND,
    appraisal::KIND,
    areas::KIND,
];

/// The subject that all settings belong to.
pub fn subject() -> SubjectId {
    SubjectId::derived("settings")
}

/// Whether a record is a setting: only the server writes it.
pub fn is_setting(record: &RecordKey) -> bool {
    KINDS.contains(&record.kind())
}

/// Why a setting is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SettingError {
    /// It does not say by which paper the province sets it.
    #[error("the paper is missing")]
    PaperMissing,
    /// A term needs a name, its first and last day, and the day by which it is reported.
    #[error("something is missing")]
    Incomplete,
    /// A day lies outside the year and the three months after it.
    #[error("a day is not of this period")]
    OtherPeriod,
    /// Days are not in the order in which things happen.
    #[error("days are out of order")]
    OutOfOrder,
    /// The title has no registration.
    #[error("the title has no registration")]
    NoRegistration,
    /// A text is over its limit, or there are too many terms.
    #[error("out of range")]
    OutOfRange,
    /// Criteria state what cannot be judged by.
    #[error(transparent)]
    Rule(#[from] pack::RuleError),
}

/// Something that is to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Setting {
    /// The days of an assessment.
    Days(SetDays),
    /// A reporting term; withdrawn where there is none.
    Term {
        /// Which.
        id: TermId,
        /// What it is to be.
        term: Option<Term>,
    },
    /// Whether a district appraises a title first.
    Appraisal(SetAppraisal),
    /// The next version of a criteria pack.
    Pack(pack::Draft),
    /// What becomes of an area; withdrawn where there is nothing.
    Area {
        /// Which change: a number that no other bears.
        number: u16,
        /// What it is to be.
        entered: Option<areas::Entered>,
    },
}

impl Setting {
    /// The record that says so.
    pub fn key(&self, period: Period) -> RecordKey {
        match self {
            Self::Days(days) => days::key(days.assessment, period),
            Self::Term { id, .. } => term::key(*id, period),
            Self::Appraisal(set) => appraisal::key(set.assessment, period),
            Self::Pack(draft) => pack::key(draft.assessment, draft.number),
            Self::Area { number, .. } => areas::key(*number),
        }
    }

    /// The fields of that record, or why it is not taken. `packs` are those adopted before.
    pub fn fields(
        &self,
        period: Period,
        packs: Packs,
    ) -> Result<Vec<(FieldName, Value)>, SettingError> {
        let owned = |fields: Vec<(&str, Value)>| -> Vec<(String, Value)> {
            let fields = fields.into_iter();
            fields.map(|(name, it)| (name.to_owned(), it)).collect()
        };
        let fields = match self {
            Self::Days(days) => owned(days.fields(period)?),
            Self::Appraisal(set) => owned(set.fields()?),
            Self::Term { term, .. } => owned(term::fields(term.as_ref(), period)?),
            Self::Pack(draft) => draft.fields(packs, period)?,
            Self::Area { number, entered } => match number {
                1..=areas::MAX_CHANGES => owned(areas::fields(entered.as_ref())?),
                _ => return Err(SettingError::OutOfRange),
            },
        };
        let name = |name: &str| FieldName::parse(name).expect("a valid name");
        Ok(fields.into_iter().map(|(n, v)| (name(&n), v)).collect())
    }
}

/// Everything that is set, as a tablet or a reviewer's page looks it up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Days that take the place of the law's.
    pub days: BTreeMap<(crate::catalogue::Assessment, Period), SetDays>,
    /// Titles of which the province says whether a district appraises them first.
    pub appraisals: BTreeMap<(crate::catalogue::Assessment, Period), SetAppraisal>,
    /// Reporting terms.
    pub terms: BTreeMap<(Period, TermId), Term>,
    /// What entries are judged by.
    pub packs: Packs,
    /// Areas that have changed, by number.
    pub areas: BTreeMap<u16, areas::Entered>,
}

impl Settings {
    /// Reads all settings among these records.
    pub fn read<'a>(records: impl IntoIterator<Item = (&'a RecordKey, &'a RecordState)>) -> Self {
        let mut settings = Self::default();
        let mut versions = Vec::new();
        for (key, record) in records {
            if let Some((assessment, period)) = title_of(days::KIND, key) {
                settings
                    .days
                    .extend(SetDays::read(assessment, record).map(|it| ((assessment, period), it)));
            } else if let Some((assessment, period)) = title_of(appraisal::KIND, key) {
                let set = SetAppraisal::read(assessment, record);
                let set = set.map(|it| ((assessment, period), it));
                settings.appraisals.extend(set);
            } else if let Some((id, period)) = term::parts(key) {
                settings
                    .terms
                    .extend(Term::read(record).map(|it| ((period, id), it)));
            } else if let Some((assessment, number)) = pack::parts(key) {
                versions.extend(pack::read(assessment, number, record));
            } else if let Some(number) = areas::parts(key) {
                let entered = areas::read(record);
                settings.areas.extend(entered.map(|it| (number, it)));
            }
        }
        versions.sort_by_key(|it| (it.pack.assessment, it.number));
        settings.packs = Packs::of(versions);
        settings
    }

    /// The settings of a tablet's mirror or of a loaded map, read without looking at other records.
    pub fn of(records: &BTreeMap<RecordKey, RecordState>) -> Self {
        Self::read(KINDS.into_iter().flat_map(|kind| {
            let first = RecordKey::parse(&format!("{kind}/{}", subject())).expect("well formed");
            records
                .range(first..)
                .take_while(move |(key, _)| key.kind() == kind)
        }))
    }
}

/// The title and the year that a record of this kind is of.
fn title_of(kind: &str, key: &RecordKey) -> Option<(crate::catalogue::Assessment, Period)> {
    if key.kind() != kind {
        return None;
    }
    let mut words = key.as_str().split('/').skip(2);
    let assessment = crate::catalogue::Assessment::parse(words.next()?)?;
    let period = Period(words.next()?.parse().ok()?);
    words.next().is_none().then_some((assessment, period))
}

impl Settings {
    /// The areas there are, with all that has changed.
    ///
    /// # Errors
    /// If a change does not fit those of earlier days; none is stored that does not.
    pub fn tree(&self) -> Result<&'static AreaTree, AreaChangeError> {
        let entered = self.areas.values();
        AreaTree::with(entered.map(|it| it.change.clone()).collect())
    }

    /// The same; where what is stored does not fit this program's catalogue, the areas as compiled in: a server that
    /// stands still helps nobody.
    pub fn tree_or_embedded(&self) -> &'static AreaTree {
        self.tree().unwrap_or_else(|_| AreaTree::embedded())
    }
}

/// A line of text as it is stored, or why it is not taken.
fn line(text: &str, most: usize) -> Result<String, SettingError> {
    let line = text::clean_line(text);
    if line.len() > most {
        return Err(SettingError::OutOfRange);
    }
    Ok(line)
}

/// Whether a day can be a due date of the period: its year, and three months for what follows it.
fn is_of(day: crate::date::Date, period: Period) -> bool {
    day.year() == period.0 || (day.year() == period.0 + 1 && day.month() <= 3)
}

/// When a setting was set last.
fn set_ms(state: &RecordState) -> u64 {
    let heads = state.fields.values().filter_map(|field| field.shown());
    heads.map(|head| head.time.millis()).max().unwrap_or(0)
}

fn text_value(text: String) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::Text(text)
    }
}

fn day_value(day: Option<crate::date::Date>) -> Value {
    day.map_or(Value::Null, |day| Value::Text(day.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::is_servers;
    use crate::catalogue::Assessment;

    #[test]
    fn settings_are_the_servers_alone_and_belong_to_no_area() {
        let period = Period(2022);
        for key in [
            days::key(Assessment::CulturalFamily, period),
            term::key(TermId(3), period),
            pack::key(Assessment::SafeUnit, 2),
            appraisal::key(Assessment::SafeUnit, period),
            areas::key(1),
        ] {
            assert!(is_setting(&key));
            assert!(is_servers(&key, &FieldName::parse("anything").unwrap()));
            assert_eq!(key.subject(), subject());
            assert_eq!((key.subject_kind(), key.entry_parts()), (None, None));
        }
        let areas = crate::area::AreaTree::embedded();
        assert!(
            areas
                .get(&feed(), crate::date::Date::last_of_year(2022))
                .is_none()
        );
        assert!(
            areas
                .get(&feed(), crate::date::Date::last_of_year(2026))
                .is_none()
        );
    }
}
