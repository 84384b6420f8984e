//! Entries: the assessment of a subject in a period, read out of a record's fields, and where it
//! stands between draft and acceptance.

use crate::catalogue::SubjectKind;
use crate::criteria::{self, Evaluation, Meeting, Pack, PassMarkZone, Poverty, Scale, Sheet};
use crate::date::Date;
use crate::record::{FieldName, Value};
use crate::sync::edit::{Edit, EditId, FieldChange};
use crate::sync::register::Register;
use crate::sync::state::RecordState;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// Names of an entry's fields.
pub mod field {
    /// Id of the criteria pack the entry is judged under (text).
    pub const PACK: &str = "pack";
    /// Registered for the title (yes or no).
    pub const REGISTERED: &str = "registered";
    /// Points given to a criterion: `score.` and its id (number).
    pub const SCORE: &str = "score.";
    /// A criterion met: `pass.` and its id (yes or no).
    pub const PASS: &str = "pass.";
    /// An exclusion that applies: `exclusion.` and its code (yes or no).
    pub const EXCLUSION: &str = "exclusion.";
    /// Households invited to the review meeting (number).
    pub const INVITED: &str = "meeting.invited";
    /// Households that attended (number).
    pub const ATTENDED: &str = "meeting.attended";
    /// Of those attending, how many agreed (number).
    pub const AGREED: &str = "meeting.agreed";
    /// `none`, `near-poor` or `poor` (text).
    pub const POVERTY: &str = "poverty";
    /// Put forward for the title (yes or no).
    pub const PROPOSED: &str = "proposed";
    /// A remark (text).
    pub const NOTE: &str = "note";
    /// Digest of the content that was submitted (text).
    pub const SUBMITTED: &str = "submitted";
    /// What the reviewer decided: `accepted`, `returned` or `reopened` (text). Only the server writes
    /// `review.*`.
    pub const REVIEW_DECISION: &str = "review.decision";
    /// Digest of the content decided upon (text).
    pub const REVIEW_DIGEST: &str = "review.digest";
    /// The submission decided upon: its edit's id (text).
    pub const REVIEW_SUBMISSION: &str = "review.submission";
    /// What the reviewer says to the officer (text).
    pub const REVIEW_COMMENT: &str = "review.comment";
    /// What the reviewer says about one field of the entry: `review.at.` and the field's name (text).
    pub const REVIEW_AT: &str = "review.at.";
    /// The last day by which a returned entry is to be corrected and handed in again (ISO date).
    pub const REVIEW_DUE: &str = "review.due";
    /// Digest of the content that a district has appraised and passed on to the province (text).
    pub const REVIEW_ENDORSED: &str = "review.endorsed";
    /// The submission that it has appraised: its edit's id (text).
    pub const REVIEW_ENDORSED_SUBMISSION: &str = "review.endorsed.submission";
    /// What the district says of it (text).
    pub const REVIEW_ENDORSED_COMMENT: &str = "review.endorsed.comment";
    /// The account in whose name the district's appraisal was given, where review was delegated (text).
    pub const REVIEW_ENDORSED_BEHALF: &str = "review.endorsed.behalf";
    /// The account in whose name the decision was taken, where review was delegated (text).
    pub const REVIEW_BEHALF: &str = "review.behalf";
    /// The province has appraised it in the district's stead (yes).
    pub const REVIEW_INSTEAD: &str = "review.instead";
    /// Prefix of all fields that only the server writes.
    pub const REVIEW: &str = "review.";
}

/// A digest of an entry's content, to which submission and review are bound. 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContentDigest(pub String);

impl fmt::Display for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryState {
    /// Nothing has been entered: "not reported".
    Empty,
    /// Being filled in.
    Draft,
    /// Handed in; waits for a reviewer.
    Submitted,
    /// A reviewer accepted exactly this content. The only state that counts.
    Accepted,
    /// A reviewer returned exactly this content with a comment.
    Returned,
    /// Accepted once, and edited since: counts again only when looked at again.
    ChangedSinceAccepted,
}

impl EntryState {
    /// All states, in the order in which an entry passes through them.
    pub const ALL: [Self; 6] = [
        Self::Empty,
        Self::Draft,
        Self::Submitted,
        Self::Accepted,
        Self::Returned,
        Self::ChangedSinceAccepted,
    ];

    /// The word stored in databases and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::ChangedSinceAccepted => "changed-since-accepted",
        }
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// Whether a field belongs to the content that is submitted and reviewed.
pub fn is_content(field: &str) -> bool {
    field != field::SUBMITTED && !field.starts_with(field::REVIEW)
}

/// Whether a field of the content is something a person answered; the pack is noted by the program.
fn is_answer(field: &str) -> bool {
    is_content(field) && field != field::PACK
}

/// The digest of the content shown.
pub fn content_digest(state: &RecordState) -> ContentDigest {
    let shown = state.fields.keys().map(FieldName::as_str);
    digest_of(shown.filter_map(|name| Some((name, state.get(name)?))))
}

/// The digest of these values, in order of their fields' names; what is not content is passed over.
pub fn digest_of<'a>(values: impl Iterator<Item = (&'a str, &'a Value)>) -> ContentDigest {
    let mut hasher = Sha256::new();
    for (name, value) in values {
        if is_content(name) && *value != Value::Null {
            hasher.update(name.as_bytes());
            hasher.update([0]);
            hasher.update(serde_json::to_vec(value).expect("a value is plain data"));
            hasher.update([b'\n']);
        }
    }
    let hash = hasher.finalize();
    ContentDigest(
        hash[..16]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    )
}

/// Where the entry stands; `None` (no record yet) is [`EntryState::Empty`].
pub fn entry_state(state: Option<&RecordState>) -> EntryState {
    let Some(state) = state else {
        return EntryState::Empty;
    };
    let has_content = state.fields.keys().any(|name| {
        let name = name.as_str();
        is_content(name) && name != field::PACK && state.get(name).is_some()
    });
    if !has_content {
        return EntryState::Empty;
    }
    let digest = content_digest(state);
    let is_shown = |field: &str| state.text(field) == Some(digest.0.as_str());

    let submission = submission(state);
    let decided_upon = state.text(field::REVIEW_SUBMISSION);
    let waits = is_shown(field::SUBMITTED)
        && submission.map(|edit| edit.to_string()).as_deref() != decided_upon;
    match state.text(field::REVIEW_DECISION) {
        _ if waits => EntryState::Submitted,
        Some("accepted") if is_shown(field::REVIEW_DIGEST) => EntryState::Accepted,
        Some("accepted") => EntryState::ChangedSinceAccepted,
        Some("returned") if is_shown(field::REVIEW_DIGEST) => EntryState::Returned,
        _ => EntryState::Draft,
    }
}

/// The edit that submitted the entry last, if it was.
pub fn submission(state: &RecordState) -> Option<EditId> {
    state
        .text(field::SUBMITTED)
        .and_then(|_| state.edit_of(field::SUBMITTED))
}

/// Whether a district has appraised the very submission that waits. One that is handed in again is another.
pub fn is_endorsed(state: &RecordState) -> bool {
    let submission = submission(state).map(|edit| edit.to_string());
    entry_state(Some(state)) == EntryState::Submitted
        && state.text(field::REVIEW_ENDORSED) == state.text(field::SUBMITTED)
        && state.text(field::REVIEW_ENDORSED_SUBMISSION) == submission.as_deref()
}

/// The edit since which somebody has to act on the entry: a reviewer since it was handed in or
/// passed on, the officer since the review that returned it or that no longer covers what it says.
pub fn waiting_since(state: &RecordState) -> Option<EditId> {
    match entry_state(Some(state)) {
        EntryState::Submitted if is_endorsed(state) => {
            state.edit_of(field::REVIEW_ENDORSED_SUBMISSION)
        }
        EntryState::Submitted => submission(state),
        EntryState::Returned | EntryState::ChangedSinceAccepted => {
            state.edit_of(field::REVIEW_SUBMISSION)
        }
        // Being corrected: the officer's turn began when it was returned.
        EntryState::Draft if returned_comment(state).is_some() => {
            state.edit_of(field::REVIEW_SUBMISSION)
        }
        EntryState::Empty | EntryState::Draft | EntryState::Accepted => None,
    }
}

/// The last day by which the officer is to hand in again an entry that was returned, where its reviewer named
/// one; `None` once it is handed in.
pub fn correction_due(state: &RecordState) -> Option<Date> {
    let back = matches!(
        entry_state(Some(state)),
        EntryState::Returned | EntryState::Draft
    );
    returned_comment(state).filter(|_| back)?;
    state.text(field::REVIEW_DUE).and_then(Date::parse_iso)
}

/// The comment of the last review that returned the entry.
pub fn returned_comment(state: &RecordState) -> Option<&str> {
    (state.text(field::REVIEW_DECISION) == Some("returned"))
        .then(|| state.text(field::REVIEW_COMMENT))
        .flatten()
}

/// What the last review that returned the entry says about one of its fields.
pub fn returned_comment_at<'a>(state: &'a RecordState, name: &str) -> Option<&'a str> {
    returned_comment(state)?;
    state.text(&format!("{}{name}", field::REVIEW_AT))
}

/// Fields that a reviewer can say something about, in the order of the form.
pub fn form_fields(pack: &Pack) -> Vec<String> {
    let family = pack.assessment.subject() == SubjectKind::Family;
    let mut fields = vec![field::REGISTERED.to_owned()];
    fields.extend(family.then(|| field::POVERTY.to_owned()));
    let prefix = match pack.scale {
        Scale::Points { .. } => field::SCORE,
        _ => field::PASS,
    };
    fields.extend(pack.criteria().map(|c| format!("{prefix}{}", c.id)));
    let excluded = pack.exclusions.iter();
    fields.extend(excluded.map(|e| format!("{}{}", field::EXCLUSION, e.code)));
    if pack.meeting.is_some() {
        let meeting = [field::INVITED, field::ATTENDED, field::AGREED];
        fields.extend(meeting.map(str::to_owned));
    }
    fields.extend([field::PROPOSED, field::NOTE].map(str::to_owned));
    fields
}

/// Fields of the content in which two people wrote different things. Which of two submissions stands is
/// nobody's choice: handing in anew takes the place of both.
pub fn conflicts(state: &RecordState) -> impl Iterator<Item = (&FieldName, &Register)> {
    state
        .conflicts()
        .filter(|(name, _)| is_content(name.as_str()))
}

/// Fields written after the review that returned the entry; `None` if it was not returned, or has been
/// decided upon since. Whoever writes has seen the review, so their clock is past it.
pub fn written_since_returned(state: &RecordState) -> Option<Vec<&FieldName>> {
    returned_comment(state)?;
    let decided = state.fields.get(field::REVIEW_DECISION)?.shown()?.time;
    let later = |register: &Register| register.shown().is_some_and(|head| head.time > decided);
    let fields = state.fields.iter();
    Some(
        fields
            .filter(|(name, register)| is_answer(name.as_str()) && later(register))
            .map(|(name, _)| name)
            .collect(),
    )
}

/// When the last of the answers shown was given, by the clock of whoever gave it, in milliseconds since
/// 1970.
pub fn answered_ms(state: &RecordState) -> Option<u64> {
    let answers = state
        .fields
        .iter()
        .filter(|(name, _)| is_answer(name.as_str()));
    let given = answers.filter_map(|(_, register)| register.shown());
    given
        .filter(|head| head.value != Value::Null)
        .map(|head| head.time.millis())
        .max()
}

/// A field as it was when the entry was returned, and as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Which.
    pub field: FieldName,
    /// When it was returned.
    pub before: Value,
    /// Now.
    pub now: Value,
}

/// What an entry's whole history says was changed since its last review returned it, field by field;
/// `None` if the last review did not return it.
pub fn mended<'a>(history: impl IntoIterator<Item = &'a Edit>) -> Option<Vec<Mended>> {
    let mut now: Option<RecordState> = None;
    let mut returned = None;
    for edit in history {
        let state = now.get_or_insert_with(|| RecordState::new(edit.commune.clone()));
        state.apply(edit);
        let decides = |change: &FieldChange| change.field.as_str() == field::REVIEW_DECISION;
        if edit.changes.iter().any(decides) {
            returned = returned_comment(state).map(|_| state.clone());
        }
    }
    let (now, returned) = (now?, returned?);
    let value = |state: &RecordState, name: &str| state.get(name).cloned().unwrap_or(Value::Null);
    let names = now.fields.keys().filter(|name| is_answer(name.as_str()));
    Some(
        names
            .map(|name| Mended {
                field: name.clone(),
                before: value(&returned, name.as_str()),
                now: value(&now, name.as_str()),
            })
            .filter(|mended| mended.before != mended.now)
            .collect(),
    )
}

/// Reads the sheet that [`criteria::evaluate`] judges. Unknown criteria and codes are passed over
/// here; they stay in the record.
pub fn sheet(state: &RecordState, pack: &Pack) -> Sheet {
    let number = |field: &str| state.int(field).and_then(|n| u32::try_from(n).ok());
    let criteria = pack.standards.iter().flat_map(|s| &s.criteria);
    let mut sheet = Sheet {
        registered: state.flag(field::REGISTERED),
        meeting: Meeting {
            invited: number(field::INVITED),
            attended: number(field::ATTENDED),
            agreed: number(field::AGREED),
        },
        poverty: state.text(field::POVERTY).and_then(Poverty::parse),
        proposed: state.flag(field::PROPOSED),
        ..Sheet::default()
    };
    for criterion in criteria {
        let id = &criterion.id;
        if let Some(points) = number(&format!("{}{id}", field::SCORE)) {
            let points = u16::try_from(points).unwrap_or(u16::MAX);
            sheet.scores.insert(id.clone(), points);
        }
        if let Some(met) = state.flag(&format!("{}{id}", field::PASS)) {
            sheet.passes.insert(id.clone(), met);
        }
    }
    for exclusion in &pack.exclusions {
        if state.flag(&format!("{}{}", field::EXCLUSION, exclusion.code)) == Some(true) {
            sheet.exclusions.insert(exclusion.code.clone());
        }
    }
    sheet
}

/// Judges an entry.
pub fn evaluate(state: &RecordState, pack: &Pack, zone: PassMarkZone) -> Evaluation {
    criteria::evaluate(pack, &sheet(state, pack), zone)
}

/// The changes that hand an entry in under the pack it is judged by: the note of that pack, where it has none
/// or another, and the submission, which is bound to both.
pub fn hand_in(state: &RecordState, pack: Option<&Pack>) -> Vec<(FieldName, Value)> {
    let note = pack.filter(|pack| state.text(field::PACK) != Some(pack.id.0.as_str()));
    let Some(pack) = note else {
        return vec![submit(state)];
    };
    let name = |name| FieldName::parse(name).expect("a valid name");
    let id = Value::Text(pack.id.0.clone());
    let shown = state.fields.keys().map(FieldName::as_str);
    let mut content: BTreeMap<&str, &Value> = shown
        .filter_map(|name| Some((name, state.get(name)?)))
        .collect();
    content.insert(field::PACK, &id);
    let digest = digest_of(content.into_iter());
    vec![
        (name(field::PACK), id.clone()),
        (name(field::SUBMITTED), Value::Text(digest.0)),
    ]
}

/// The change that submits the content shown, and is refused by review if the content is another.
pub fn submit(state: &RecordState) -> (FieldName, Value) {
    let name = FieldName::parse(field::SUBMITTED).expect("a valid name");
    (name, Value::Text(content_digest(state).0))
}
