//! What waits for reviewers, and what they decide.

use super::StandingView;
use crate::area::AreaCode;
use crate::catalogue::Assessment;
use crate::date::Date;
use crate::entry::{ContentDigest, EntryState};
use crate::record::RecordKey;
use crate::review::{Decision, Desk, Verdict};
use serde::{Deserialize, Serialize};

/// Body of `POST /api/review`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRequest {
    /// Key of the entry.
    pub record: RecordKey,
    /// The decision, bound to the content that was on the screen.
    pub verdict: Verdict,
}

/// Query of `GET /api/queue`: entries that wait for somebody, the longest wait first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueQuery {
    /// Only within this area (required: an area the account may see).
    pub area: Option<AreaCode>,
    /// Only this assessment.
    pub assessment: Option<Assessment>,
    /// Submitted (which is meant where none is said), returned, or changed since accepted.
    pub state: Option<EntryState>,
    /// Only what has waited for at least so many days.
    pub days: Option<u16>,
    /// Only what was returned and should have been handed in again by a day that is over, whether its officer
    /// has begun to correct it or not. Goes with the state "returned".
    #[serde(default)]
    pub overdue: bool,
    /// Of titles that a district appraises first, only what lies on this desk.
    pub desk: Option<Desk>,
    /// Continue after this row: `next` of the page before.
    pub after: Option<String>,
}

/// Most rows of a page of the queue, and most entries of one request that decides.
pub const MAX_QUEUE: usize = 100;

/// One entry of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// The entry as it stands in lists.
    #[serde(flatten)]
    pub standing: StandingView,
    /// When the server received what it has been waiting since, in milliseconds since 1970.
    pub since_ms: u64,
    /// Digest of the content: what a verdict has to name.
    pub digest: ContentDigest,
}

/// Answer of `GET /api/queue`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePage {
    /// At most [`MAX_QUEUE`] rows.
    pub rows: Vec<QueueRow>,
    /// Where to continue, if there are more.
    pub next: Option<String>,
    /// The day it is where the server answers.
    #[serde(default)]
    pub today: Option<Date>,
}

/// Body of `POST /api/review/bulk`: one decision about several entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkReviewRequest {
    /// What is decided of each.
    pub decision: Decision,
    /// What their officers are told.
    #[serde(default)]
    pub comment: String,
    /// The last day by which they are to be handed in again, if they are returned and one is named.
    #[serde(default)]
    pub due: Option<Date>,
    /// The entries, each once, at most [`MAX_QUEUE`].
    pub entries: Vec<BulkEntry>,
}

impl BulkReviewRequest {
    /// A decision about these entries, without a word.
    pub fn new(decision: Decision, entries: Vec<BulkEntry>) -> Self {
        Self {
            decision,
            comment: String::new(),
            due: None,
            entries,
        }
    }
}

/// One entry of a [`BulkReviewRequest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkEntry {
    /// Key of the entry.
    pub record: RecordKey,
    /// Its commune, as the list said.
    pub commune: AreaCode,
    /// The content that was on the screen.
    pub digest: ContentDigest,
    /// Of an acceptance: the province appraises this one in its district's stead, see [`Verdict::instead`]. Said
    /// entry by entry, so that it is said of those alone that were shown to wait for a district.
    #[serde(default)]
    pub instead: bool,
}

/// Answer of `POST /api/review/bulk`: what became of each entry, in the order they were sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkReviewAnswer {
    /// One for each entry.
    pub outcomes: Vec<BulkOutcome>,
}

/// What became of one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BulkOutcome {
    /// The decision was taken.
    Taken,
    /// The content is another than was on the screen.
    ContentChanged,
    /// A district appraises this title first, and has not appraised what was handed in.
    NotEndorsed,
    /// The province recognises this title, which the account, a district's, can only pass on.
    ForProvince,
    /// It does not wait for review, or has no decision to take back.
    NotWaiting,
    /// The account may see it and may not decide about it.
    NotAllowed,
    /// There is no such entry, or none that the account may see.
    NotFound,
}
