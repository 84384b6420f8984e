//! Review: a decision about exactly one content of one submission.

use crate::entry::{self, ContentDigest, EntryState, field};
use crate::record::{FieldName, MAX_TEXT_BYTES, Value};
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};
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
}

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

/// The fields that record the decision, or why it cannot be taken.
pub fn decide(
    state: &RecordState,
    verdict: &Verdict,
) -> Result<Vec<(FieldName, Value)>, ReviewError> {
    if entry::content_digest(state) != verdict.digest {
        return Err(ReviewError::ContentChanged);
    }
    let now = entry::entry_state(Some(state));
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
    let comment = comment(verdict.decision, &verdict.comment)?;
    let comment = if comment.is_empty() {
        Value::Null
    } else {
        Value::Text(comment)
    };
    let fields = [
        (field::REVIEW_DECISION, Value::from(decision)),
        (field::REVIEW_DIGEST, Value::Text(verdict.digest.0.clone())),
        (field::REVIEW_SUBMISSION, about),
        (field::REVIEW_COMMENT, comment),
    ];
    Ok(fields
        .into_iter()
        .map(|(name, value)| (FieldName::parse(name).expect("a valid name"), value))
        .collect())
}
