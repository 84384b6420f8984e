//! Inspections (kiểm tra, §8): announced to a commune, done with findings, and followed up until everything is put
//! right. Each is a record of the server's own in the commune's feed, so that its officers read it without a
//! network; they write nothing of it but their answers to what was found.

mod inspected;
mod keys;

pub use inspected::{KINDS, entry};
pub use keys::{first_key, next_key, subject};

use crate::date::Date;
use crate::record::{FieldName, Period, RecordKey, Value};
use crate::sync::state::RecordState;
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// Names of the fields.
pub mod field {
    /// First day (ISO date).
    pub const FROM: &str = "from";
    /// Last day (ISO date); none where it takes one day.
    pub const UNTIL: &str = "until";
    /// What is inspected: words of [`super::Subject`], in their order, with commas (text).
    pub const SUBJECTS: &str = "subjects";
    /// What exactly, in words (text).
    pub const ABOUT: &str = "about";
    /// Who inspects (text).
    pub const TEAM: &str = "team";
    /// The unit or residential area, where it is not the whole commune (text).
    pub const PLACE: &str = "place";
    /// The unit or residential area of the register, where it is one: the key of its own record (text).
    pub const INSPECTED: &str = "inspected";
    /// Who announces it, as shown (text).
    pub const SENT_BY: &str = "sent_by";
    /// When it was done (ISO date).
    pub const DONE: &str = "done";
    /// What was found (text).
    pub const FINDINGS: &str = "findings";
    /// What was found, in one word (text).
    pub const OUTCOME: &str = "outcome";
    /// Why it is not held (text).
    pub const CANCELLED: &str = "cancelled";
    /// Before the number of a follow-up: what is to be put right (text).
    pub const FOLLOW_UP: &str = "follow.";
    /// Before the number: by when (ISO date).
    pub const FOLLOW_UP_DUE: &str = "follow-due.";
    /// Before the number: when a reviewer saw that it was put right (ISO date).
    pub const FOLLOW_UP_DONE: &str = "follow-done.";
    /// Before the number: what the commune answers (text). The only fields that a tablet writes.
    pub const ANSWER: &str = "answer.";
}

/// First word of the key.
pub const KIND: &str = "inspection";

/// Most follow-ups of an inspection; they are numbered from 1.
pub const MAX_FOLLOW_UPS: u8 = 5;
/// Most inspections of a commune.
pub const MAX_INSPECTIONS: u32 = 200;
/// Longest line (who, where), in bytes.
const MAX_LINE_BYTES: usize = 300;
/// Longest text (findings, a follow-up, an answer), in bytes.
pub const MAX_STORY_BYTES: usize = 3_000;

/// What is inspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// How titles are assessed.
    Titles,
    /// Whether indicators are reported as they are.
    Indicators,
    /// Plans, minutes, decisions.
    Documents,
}

impl Subject {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Titles, Self::Indicators, Self::Documents];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Titles => "titles",
            Self::Indicators => "indicators",
            Self::Documents => "documents",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// What an inspection came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// As it should be.
    Good,
    /// Something is still lacking.
    Shortcomings,
    /// Something was done against the rules.
    Breaches,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Good, Self::Shortcomings, Self::Breaches];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Shortcomings => "shortcomings",
            Self::Breaches => "breaches",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

/// What is announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// First day.
    pub from: Date,
    /// Last day, where it takes more than one.
    #[serde(default)]
    pub until: Option<Date>,
    /// What is inspected.
    #[serde(default)]
    pub subjects: BTreeSet<Subject>,
    /// What exactly, in words; may be empty.
    #[serde(default)]
    pub about: String,
    /// Who inspects.
    pub team: String,
    /// The unit or residential area, where it is not the whole commune; may be empty.
    #[serde(default)]
    pub place: String,
    /// The same as the register has it: the key of its own record. `None` where it is not in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspected: Option<RecordKey>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// When it was done; the last day.
    pub done: Date,
    /// In one word.
    pub outcome: Outcome,
    /// In words.
    pub text: String,
}

/// Something to be put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// What.
    pub what: String,
    /// By when.
    pub due: Date,
    /// When a reviewer saw that it was.
    #[serde(default)]
    pub done: Option<Date>,
    /// What the commune answers; never the server's to write.
    #[serde(default)]
    pub answer: String,
}

/// An inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// What is announced.
    pub plan: Plan,
    /// What was found, once it is done.
    #[serde(default)]
    pub findings: Option<Findings>,
    /// What is to be put right, by number. A number is never given to anything else, since answers belong to it.
    #[serde(default)]
    pub follow_ups: BTreeMap<u8, FollowUp>,
    /// Why it is not held; empty where it is.
    #[serde(default)]
    pub cancelled: String,
}

/// How an inspection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Something that was to be put right by now is not.
    FollowUpLate,
    /// Its last day has passed and nothing is said of it.
    Overdue,
    /// Something is to be put right.
    FollowUpOpen,
    /// It is announced.
    Planned,
    /// It is done and nothing had to be put right.
    Done,
    /// Everything is put right.
    Closed,
    /// It is not held.
    Cancelled,
}

impl State {
    /// All of them, those that need somebody first.
    pub const ALL: [Self; 7] = [
        Self::FollowUpLate,
        Self::Overdue,
        Self::FollowUpOpen,
        Self::Planned,
        Self::Done,
        Self::Closed,
        Self::Cancelled,
    ];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FollowUpLate => "follow-up-late",
            Self::Overdue => "overdue",
            Self::FollowUpOpen => "follow-up-open",
            Self::Planned => "planned",
            Self::Done => "done",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Why an inspection is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InspectionError {
    /// Who inspects, or what, or the words of findings, a follow-up or a cancellation are missing.
    #[error("something is missing")]
    Incomplete,
    /// A day is not of the period and the year after it, or days are out of order.
    #[error("a day is out of place")]
    WrongDay,
    /// A text is over its limit, there are too many follow-ups, or a commune has too many inspections.
    #[error("out of range")]
    OutOfRange,
    /// Something is to be put right of an inspection that is not done, or done and cancelled at once.
    #[error("findings are missing")]
    NotDone,
    /// What is inspected is not in the register of the commune.
    #[error("not in the register of the commune")]
    NotInRegister,
    /// A follow-up that the commune has answered is taken away.
    #[error("the commune has answered it")]
    Answered,
}

/// Whether a field is one of those that a tablet writes.
pub fn is_answer(field: &FieldName) -> bool {
    field.as_str().starts_with(field::ANSWER)
}

/// The change by which a commune answers a follow-up.
pub fn answer(number: u8, text: &str) -> (String, Value) {
    let text = text::nfc(text.trim());
    let value = if text.is_empty() {
        Value::Null
    } else {
        Value::Text(text)
    };
    (format!("{}{number}", field::ANSWER), value)
}

/// The inspection of a record, if it is one.
pub fn read(key: &RecordKey, state: &RecordState) -> Option<Inspection> {
    if key.kind() != KIND {
        return None;
    }
    let words = |name: &str| state.text(name).unwrap_or_default().to_owned();
    let day = |name: &str| state.text(name).and_then(Date::parse_iso);
    let subjects = words(field::SUBJECTS);
    let follow_ups = (1..=MAX_FOLLOW_UPS).filter_map(|number| {
        let follow_up = FollowUp {
            what: state
                .text(&format!("{}{number}", field::FOLLOW_UP))?
                .to_owned(),
            due: day(&format!("{}{number}", field::FOLLOW_UP_DUE))?,
            done: day(&format!("{}{number}", field::FOLLOW_UP_DONE)),
            answer: words(&format!("{}{number}", field::ANSWER)),
        };
        Some((number, follow_up))
    });
    let outcome = state.text(field::OUTCOME).and_then(Outcome::parse);
    let findings = day(field::DONE).zip(outcome);
    Some(Inspection {
        plan: Plan {
            from: day(field::FROM)?,
            until: day(field::UNTIL),
            subjects: subjects.split(',').filter_map(Subject::parse).collect(),
            about: words(field::ABOUT),
            team: words(field::TEAM),
            place: words(field::PLACE),
            inspected: inspected::read(&words(field::INSPECTED)),
        },
        findings: findings.map(|(done, outcome)| Findings {
            done,
            outcome,
            text: words(field::FINDINGS),
        }),
        follow_ups: follow_ups.collect(),
        cancelled: words(field::CANCELLED),
    })
}

impl Plan {
    /// Its last day.
    pub fn last(&self) -> Date {
        self.until.unwrap_or(self.from)
    }
}

impl FollowUp {
    /// Whether it is to be put right still, and late.
    pub fn is_late(&self, today: Date) -> bool {
        self.done.is_none() && self.due < today
    }
}

impl Inspection {
    /// What is announced and not done yet.
    pub fn announced(plan: Plan) -> Self {
        Self {
            plan,
            findings: None,
            follow_ups: BTreeMap::new(),
            cancelled: String::new(),
        }
    }

    /// Follow-ups that are not put right yet.
    pub fn open(&self) -> impl Iterator<Item = (u8, &FollowUp)> {
        let all = self.follow_ups.iter();
        all.filter(|(_, it)| it.done.is_none())
            .map(|(number, it)| (*number, it))
    }

    /// How it stands on a day.
    pub fn state(&self, today: Date) -> State {
        if !self.cancelled.is_empty() {
            return State::Cancelled;
        }
        if self.findings.is_none() {
            return if self.plan.last() < today {
                State::Overdue
            } else {
                State::Planned
            };
        }
        let mut open = self.open().peekable();
        match (open.peek().is_some(), self.follow_ups.is_empty()) {
            (true, _) if open.any(|(_, it)| it.is_late(today)) => State::FollowUpLate,
            (true, _) => State::FollowUpOpen,
            (false, true) => State::Done,
            (false, false) => State::Closed,
        }
    }

    /// The fields that say so, but for the commune's answers; or why it is not taken. `before` is what the record
    /// says now.
    pub fn fields(
        &self,
        before: Option<&Self>,
        period: Period,
    ) -> Result<Vec<(FieldName, Value)>, InspectionError> {
        use InspectionError as E;
        let plan = &self.plan;
        let is_of = |day: Date| (period.0..=period.0 + 1).contains(&day.year());
        let late = self.follow_ups.values();
        let days = [Some(plan.from), plan.until];
        let days = days.into_iter().flatten();
        let days = days.chain(self.findings.iter().map(|it| it.done));
        let mut days = days.chain(late.flat_map(|it| std::iter::once(it.due).chain(it.done)));
        if !days.all(is_of) || plan.last() < plan.from {
            return Err(E::WrongDay);
        }
        let about = story(&plan.about)?;
        let team = line(&plan.team)?;
        let cancelled = line(&self.cancelled)?;
        let inspected = plan.inspected.as_ref();
        if inspected.is_some_and(|key| !inspected::is_of_register(key)) {
            return Err(E::NotInRegister);
        }
        if team.is_empty() || (plan.subjects.is_empty() && about.is_empty()) {
            return Err(E::Incomplete);
        }
        if self.findings.is_some() && !cancelled.is_empty() {
            return Err(E::NotDone);
        }
        let subjects: Vec<_> = plan.subjects.iter().map(|it| it.as_str()).collect();
        let findings = self.findings.as_ref();
        let found = findings.map(|it| story(&it.text)).transpose()?;
        if found.as_ref().is_some_and(String::is_empty) {
            return Err(E::Incomplete);
        }
        let mut fields = vec![
            (field::FROM.to_owned(), day_value(Some(plan.from))),
            (
                field::UNTIL.to_owned(),
                day_value(plan.until.filter(|it| *it != plan.from)),
            ),
            (field::SUBJECTS.to_owned(), text_value(subjects.join(","))),
            (field::ABOUT.to_owned(), text_value(about)),
            (field::TEAM.to_owned(), text_value(team)),
            (field::PLACE.to_owned(), text_value(line(&plan.place)?)),
            (
                field::INSPECTED.to_owned(),
                inspected.map_or(Value::Null, |key| Value::from(key.as_str())),
            ),
            (
                field::DONE.to_owned(),
                day_value(findings.map(|it| it.done)),
            ),
            (
                field::OUTCOME.to_owned(),
                findings.map_or(Value::Null, |it| Value::from(it.outcome.as_str())),
            ),
            (
                field::FINDINGS.to_owned(),
                text_value(found.unwrap_or_default()),
            ),
            (field::CANCELLED.to_owned(), text_value(cancelled)),
        ];
        let in_range = |number: &u8| (1..=MAX_FOLLOW_UPS).contains(number);
        if !self.follow_ups.keys().all(in_range) {
            return Err(E::OutOfRange);
        }
        if findings.is_none() && !self.follow_ups.is_empty() {
            return Err(E::NotDone);
        }
        for number in 1..=MAX_FOLLOW_UPS {
            let own = self.follow_ups.get(&number);
            let was = before.and_then(|before| before.follow_ups.get(&number));
            if own.is_none() && was.is_some_and(|was| !was.answer.is_empty()) {
                return Err(E::Answered);
            }
            let what = own.map(|own| story(&own.what)).transpose()?;
            if what.as_ref().is_some_and(String::is_empty) {
                return Err(E::Incomplete);
            }
            let name = |before: &str| format!("{before}{number}");
            fields.extend([
                (name(field::FOLLOW_UP), text_value(what.unwrap_or_default())),
                (
                    name(field::FOLLOW_UP_DUE),
                    day_value(own.map(|own| own.due)),
                ),
                (
                    name(field::FOLLOW_UP_DONE),
                    day_value(own.and_then(|own| own.done)),
                ),
            ]);
        }
        let name = |name: &str| FieldName::parse(name).expect("a valid name");
        Ok(fields.into_iter().map(|(n, v)| (name(&n), v)).collect())
    }
}

fn line(text: &str) -> Result<String, InspectionError> {
    let line = text::clean_line(text);
    if line.len() > MAX_LINE_BYTES {
        return Err(InspectionError::OutOfRange);
    }
    Ok(line)
}

fn story(text: &str) -> Result<String, InspectionError> {
    let story = text::nfc(text.trim());
    if story.len() > MAX_STORY_BYTES {
        return Err(InspectionError::OutOfRange);
    }
    Ok(story)
}

fn text_value(text: String) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::Text(text)
    }
}

fn day_value(day: Option<Date>) -> Value {
    day.map_or(Value::Null, |day| Value::Text(day.to_string()))
}

#[cfg(test)]
mod tests;
