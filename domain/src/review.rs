//! Review: a decision about exactly one content of one submission.

mod desk;

pub use desk::{Desk, Sitting};

use crate::date::Date;
use crate::entry::{self, ContentDigest, EntryState, field};
use crate::record::{FieldName, MAX_TEXT_BYTES, Value};
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

/// What a reviewer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// The content counts.
    Accept,
    /// The officer is asked to look again.
    Return,
    /// An earlier decision about this content is taken back: it waits for review again.
    Reopen,
    /// A district has appraised the content and passes it on to the province.
    Endorse,
}

/// A decision as a reviewer sends it: bound to the content that was on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What is decided.
    pub decision: Decision,
    /// The content it is about.
    pub digest: ContentDigest,
    /// What the officer is told; required to return.
    #[serde(default)]
    pub comment: String,
    /// What the officer is told about single fields of an entry that is returned.
    #[serde(default)]
    pub fields: BTreeMap<FieldName, String>,
    /// The last day by which an entry that is returned is to be handed in again, if one is named.
    #[serde(default)]
    pub due: Option<Date>,
    /// The province accepts what a district was to appraise and has not: it appraises in the district's stead.
    #[serde(default)]
    pub instead: bool,
}

impl Verdict {
    /// A decision about this content, without a word.
    pub fn new(decision: Decision, digest: ContentDigest) -> Self {
        Self {
            decision,
            digest,
            comment: String::new(),
            fields: BTreeMap::new(),
            due: None,
            instead: false,
        }
    }
}

/// Most fields that one review may say something about: an edit holds these and takes back as many.
pub const MAX_FIELD_COMMENTS: usize = 24;
/// Days from today within which the last day for corrections lies: nobody is asked to have done something
/// yesterday, and a year ahead is a slip of the hand. Not the period's own years: entries are made up for when
/// they are over as well.
pub const MAX_DUE_DAYS: i64 = 366;
/// Days for corrections that a reviewer is offered.
pub const OFFERED_DUE_DAYS: i64 = 7;
/// Longest comment on one field, in bytes.
pub const MAX_FIELD_COMMENT_BYTES: usize = 1_000;

/// Why a decision was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewError {
    /// The content has changed since it was on the reviewer's screen.
    #[error("the content has changed")]
    ContentChanged,
    /// Nothing waits for review: not submitted, or another reviewer was first.
    #[error("the entry does not wait for review")]
    NotWaiting,
    /// Nothing was decided about this content that could be taken back.
    #[error("the entry has not been decided")]
    NotDecided,
    /// An entry is returned with a comment that says why.
    #[error("a returned entry needs a comment")]
    CommentMissing,
    /// The comment is too long.
    #[error("the comment is too long")]
    CommentTooLong,
    /// Comments on single fields go with a return, to fields of the content, and not to too many.
    #[error("a comment on a field cannot be kept")]
    FieldComment,
    /// The title is one that a district appraises first, and it has not appraised this submission.
    #[error("the district has not appraised it")]
    NotEndorsed,
    /// The province recognises this title; a district passes it on.
    #[error("the province decides")]
    ForProvince,
    /// No district's appraisal is asked for this title, or it is not this account's to give.
    #[error("no appraisal is asked for")]
    NoAppraisal,
    /// It is not this account's to decide, in its own name or in another's.
    #[error("not this account's to decide")]
    NotYours,
    /// A last day goes with a return, and lies within [`MAX_DUE_DAYS`] from today.
    #[error("the last day for corrections is out of range")]
    Due,
}

/// The last day for corrections, if it may be given with this decision.
pub fn due(
    decision: Decision,
    due: Option<Date>,
    today: Date,
) -> Result<Option<Date>, ReviewError> {
    let Some(day) = due else { return Ok(None) };
    let ahead = day.to_epoch_days() - today.to_epoch_days();
    if decision == Decision::Return && (0..=MAX_DUE_DAYS).contains(&ahead) {
        Ok(due)
    } else {
        Err(ReviewError::Due)
    }
}

/// The comment as it is kept, if it may be given with this decision.
pub fn comment(decision: Decision, comment: &str) -> Result<String, ReviewError> {
    let comment = crate::text::nfc(comment.trim());
    if decision == Decision::Return && comment.is_empty() {
        return Err(ReviewError::CommentMissing);
    }
    if comment.len() > MAX_TEXT_BYTES {
        return Err(ReviewError::CommentTooLong);
    }
    Ok(comment)
}

/// The fields that record a decision, or why it cannot be taken.
pub fn decide(
    state: &RecordState,
    verdict: &Verdict,
    sitting: &Sitting,
) -> Result<Vec<(FieldName, Value)>, ReviewError> {
    let desk = sitting.authority.desk;
    if entry::content_digest(state) != verdict.digest {
        return Err(ReviewError::ContentChanged);
    }
    let now = entry::entry_state(Some(state));
    let endorsed = entry::is_endorsed(state);
    match verdict.decision {
        Decision::Endorse => return endorse(state, verdict, sitting),
        // What a district has passed on it takes back, as long as the province has not decided.
        Decision::Reopen if endorsed && desk == Desk::District => {
            return Ok(named(ENDORSEMENT.map(|name| (name, Value::Null))));
        }
        Decision::Reopen
            if sitting.district_first && desk == Desk::District && now == EntryState::Accepted =>
        {
            return Err(ReviewError::ForProvince);
        }
        _ => {}
    }
    let (decision, about) = match verdict.decision {
        Decision::Reopen => {
            if !matches!(now, EntryState::Accepted | EntryState::Returned) {
                return Err(ReviewError::NotDecided);
            }
            // Without a submission that was decided upon, the one there waits again.
            ("reopened", Value::Null)
        }
        Decision::Accept | Decision::Return if now != EntryState::Submitted => {
            return Err(ReviewError::NotWaiting);
        }
        decision => {
            let submission = entry::submission(state).ok_or(ReviewError::NotWaiting)?;
            let word = if decision == Decision::Accept {
                "accepted"
            } else {
                "returned"
            };
            (word, Value::Text(submission.to_string()))
        }
    };
    let instead = instead(verdict, sitting, endorsed)?;
    let at = field_comments(state, verdict)?;
    let comment = comment(verdict.decision, &verdict.comment)?;
    let comment = text_or_null(comment);
    let due = due(verdict.decision, verdict.due, sitting.today)?;
    let due = due.map_or(Value::Null, |day| Value::Text(day.to_string()));
    let fields = [
        (field::REVIEW_DECISION, Value::from(decision)),
        (field::REVIEW_DIGEST, Value::Text(verdict.digest.0.clone())),
        (field::REVIEW_SUBMISSION, about),
        (field::REVIEW_COMMENT, comment),
        (field::REVIEW_DUE, due),
        (field::REVIEW_INSTEAD, instead),
        (field::REVIEW_BEHALF, behalf(sitting)),
    ];
    Ok(named(fields).into_iter().chain(at).collect())
}

/// The fields of a district's appraisal. They are its own, so that what an earlier review said stays.
const ENDORSEMENT: [&str; 4] = [
    field::REVIEW_ENDORSED,
    field::REVIEW_ENDORSED_SUBMISSION,
    field::REVIEW_ENDORSED_COMMENT,
    field::REVIEW_ENDORSED_BEHALF,
];

/// In whose name, as it is kept.
fn behalf(sitting: &Sitting) -> Value {
    let of = sitting.authority.on_behalf_of.clone();
    of.map_or(Value::Null, Value::Text)
}

fn endorse(
    state: &RecordState,
    verdict: &Verdict,
    sitting: &Sitting,
) -> Result<Vec<(FieldName, Value)>, ReviewError> {
    if !sitting.district_first || sitting.authority.desk != Desk::District {
        return Err(ReviewError::NoAppraisal);
    }
    if Desk::of_entry(state) != Some(Desk::District) {
        return Err(ReviewError::NotWaiting);
    }
    if !verdict.fields.is_empty() {
        return Err(ReviewError::FieldComment);
    }
    due(verdict.decision, verdict.due, sitting.today)?;
    let submission = entry::submission(state).ok_or(ReviewError::NotWaiting)?;
    let comment = text_or_null(comment(verdict.decision, &verdict.comment)?);
    let values = [
        Value::Text(verdict.digest.0.clone()),
        Value::Text(submission.to_string()),
        comment,
        behalf(sitting),
    ];
    let fields = ENDORSEMENT.into_iter().zip(values);
    Ok(named(fields))
}

/// Whether an acceptance stands in for a district's appraisal, or why it cannot be given.
fn instead(verdict: &Verdict, sitting: &Sitting, endorsed: bool) -> Result<Value, ReviewError> {
    if verdict.decision != Decision::Accept || !sitting.district_first {
        return Ok(Value::Null);
    }
    match (sitting.authority.desk, endorsed, verdict.instead) {
        (Desk::District, ..) => Err(ReviewError::ForProvince),
        (Desk::Province, true, _) => Ok(Value::Null),
        (Desk::Province, false, true) => Ok(Value::Bool(true)),
        (Desk::Province, false, false) => Err(ReviewError::NotEndorsed),
    }
}

fn named<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Vec<(FieldName, Value)> {
    let fields = fields.into_iter();
    let name = |name| FieldName::parse(name).expect("a valid name");
    fields.map(|(n, value)| (name(n), value)).collect()
}

fn text_or_null(text: String) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        Value::Text(text)
    }
}

/// The comments on single fields, and nothing where an earlier review had one.
fn field_comments(
    state: &RecordState,
    verdict: &Verdict,
) -> Result<BTreeMap<FieldName, Value>, ReviewError> {
    let refused = ReviewError::FieldComment;
    let earlier = state.fields.keys().filter(|name| {
        let name = name.as_str();
        name.starts_with(field::REVIEW_AT) && state.get(name).is_some()
    });
    let mut said: BTreeMap<_, _> = earlier.map(|name| (name.clone(), Value::Null)).collect();
    if verdict.fields.len() > MAX_FIELD_COMMENTS
        || (verdict.decision != Decision::Return && !verdict.fields.is_empty())
    {
        return Err(refused);
    }
    for (about, comment) in &verdict.fields {
        let comment = crate::text::nfc(comment.trim());
        if comment.is_empty() || !entry::is_content(about.as_str()) {
            return Err(refused);
        }
        if comment.len() > MAX_FIELD_COMMENT_BYTES {
            return Err(ReviewError::CommentTooLong);
        }
        let name = format!("{}{}", field::REVIEW_AT, about.as_str());
        let name = FieldName::parse(&name).map_err(|_| refused)?;
        said.insert(name, Value::Text(comment));
    }
    Ok(said)
}

#[cfg(test)]
mod tests;
