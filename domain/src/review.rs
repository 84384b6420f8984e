//! Review: a decision about exactly one content of one submission.

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
}

/// Most fields that one review may say something about: an edit holds these and takes back as many.
pub const MAX_FIELD_COMMENTS: usize = 24;
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
    let at = field_comments(state, verdict)?;
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
        .chain(at)
        .collect())
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
mod tests {
    use super::*;
    use crate::area::AreaCode;
    use crate::record::{RecordKey, SubjectId};
    use crate::sync::clock::Hlc;
    use crate::sync::edit::{DeviceId, Edit, EditId, FieldChange};

    /// An entry with its whole history.
    struct History {
        state: RecordState,
        edits: Vec<Edit>,
    }

    impl History {
        fn write(&mut self, values: Vec<(FieldName, Value)>) {
            self.change(self.state.changes_to(values));
        }

        fn change(&mut self, changes: Vec<FieldChange>) {
            let seq = u32::try_from(self.edits.len()).unwrap() + 1;
            let edit = Edit {
                id: EditId {
                    device: DeviceId(7),
                    seq,
                },
                time: Hlc(u64::from(seq)),
                author: "can-bo".to_owned(),
                commune: self.state.commune.clone(),
                record: RecordKey::parse(&format!("entry/{}", SubjectId(1))).unwrap(),
                changes,
            };
            self.state.apply(&edit);
            self.edits.push(edit);
        }

        fn set(&mut self, name: &str, value: i64) {
            self.write(vec![(FieldName::parse(name).unwrap(), value.into())]);
        }

        fn submit(&mut self) {
            let submission = entry::submit(&self.state);
            self.change(vec![self.state.change_of(submission)]);
        }

        fn decide(&mut self, decision: Decision, said: &[(&str, &str)]) -> Result<(), ReviewError> {
            let fields = said
                .iter()
                .map(|(about, comment)| (FieldName::parse(about).unwrap(), (*comment).to_owned()));
            let verdict = Verdict {
                decision,
                digest: entry::content_digest(&self.state),
                comment: "Xem lại.".to_owned(),
                fields: fields.collect(),
            };
            let values = decide(&self.state, &verdict)?;
            self.write(values);
            Ok(())
        }
    }

    #[test]
    fn a_return_says_what_at_which_field_and_what_was_mended_since() {
        let commune = AreaCode::parse("03751").unwrap();
        let mut history = History {
            state: RecordState::new(commune),
            edits: Vec::new(),
        };
        history.set("meeting.invited", 30);
        history.set("meeting.attended", 31);
        history.submit();
        let said = ("meeting.attended", "Nhiều hơn số hộ mời.");
        let not_content = ("submitted", "Gửi sớm quá.");
        let refused = Err(ReviewError::FieldComment);
        assert_eq!(history.decide(Decision::Accept, &[said]), refused);
        assert_eq!(history.decide(Decision::Return, &[not_content]), refused);
        assert_eq!(history.decide(Decision::Return, &[("note", " ")]), refused);
        assert_eq!(entry::mended(&history.edits), None);

        history.decide(Decision::Return, &[said]).unwrap();
        let at = |history: &History, name| {
            entry::returned_comment_at(&history.state, name).map(str::to_owned)
        };
        assert_eq!(at(&history, "meeting.attended").as_deref(), Some(said.1));
        assert_eq!(at(&history, "meeting.invited"), None);
        assert_eq!(entry::mended(&history.edits), Some(Vec::new()));

        history.set("meeting.attended", 27);
        history.set("meeting.invited", 29);
        history.set("meeting.invited", 30);
        history.submit();
        let mended = entry::mended(&history.edits).unwrap();
        let [mended] = &mended[..] else {
            panic!("what was put back is no change: {mended:?}");
        };
        assert_eq!(mended.field.as_str(), "meeting.attended");
        assert_eq!((&mended.before, &mended.now), (&31.into(), &27.into()));
        assert_eq!(
            entry::written_since_returned(&history.state).map(|fields| fields.len()),
            Some(2)
        );

        // What was said the last time is not said again.
        let other = ("meeting.invited", "Thiếu một hộ.");
        history.decide(Decision::Return, &[other]).unwrap();
        assert_eq!(at(&history, "meeting.attended"), None);
        assert_eq!(at(&history, "meeting.invited").as_deref(), Some(other.1));
        history.submit();
        history.decide(Decision::Accept, &[]).unwrap();
        assert_eq!(entry::mended(&history.edits), None);
        assert_eq!(entry::written_since_returned(&history.state), None);
        assert_eq!(at(&history, "meeting.invited"), None);
    }
}
