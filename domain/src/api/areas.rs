//! Areas that move, and what was written about what has moved.

use crate::area::AreaCode;
use crate::record::{RecordKey, SubjectId};
use crate::sync::edit::Edit;
use crate::sync::hub::Decision;
use serde::{Deserialize, Serialize};

/// Most kept records in one list.
pub const MAX_HANDOVERS: usize = 200;

/// Everything of one person about one record that was not taken because it is another commune's, and is
/// kept for that one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverView {
    /// The record.
    pub record: RecordKey,
    /// What its subject is called, as far as it is known.
    pub label: String,
    /// The account that wrote it.
    pub author: String,
    /// Whose account it is, as shown.
    pub author_name: String,
    /// Where the subject lives.
    pub commune: AreaCode,
    /// When it arrived last, in milliseconds since 1970.
    pub received_ms: u64,
    /// What was written, in order. Without values for those who do not enter records there.
    pub edits: Vec<Edit>,
    /// What has become of it, if somebody has decided.
    pub decided: Option<DecidedView>,
    /// Whether the account that asks may decide.
    pub may_decide: bool,
}

/// What was decided about something that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedView {
    /// Whose account decided, as shown.
    pub by_name: String,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// Whether it was taken over.
    pub taken: bool,
    /// Why it was declined.
    pub reason: String,
}

/// The answer of `GET /api/handovers`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handovers {
    /// What waits for somebody in the communes of the account.
    pub waiting: Vec<HandoverView>,
    /// What the account itself wrote, whatever has become of it.
    pub own: Vec<HandoverView>,
}

/// `POST /api/handovers`: a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoverRequest {
    /// Who wrote it.
    pub author: String,
    /// About which record.
    pub record: RecordKey,
    /// What is to become of it.
    pub decision: Decision,
}

/// `POST /api/areas/move`: a residential area, or all that is in a commune, goes to another commune.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveRequest {
    /// Where it is.
    pub from: AreaCode,
    /// The residential area; the whole commune if there is none.
    pub residential_area: Option<SubjectId>,
    /// Where it goes.
    pub to: AreaCode,
}

/// How a move went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// How many subjects have gone.
    pub subjects: usize,
}
