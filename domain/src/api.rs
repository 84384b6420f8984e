//! The JSON that reviewers' screens read from the server. Names of areas, indicators and rules are not
//! in it: both sides have the catalogue.

mod accounts;
mod areas;
mod books;
mod delegations;
mod inspections;
mod overview;
mod packs;
mod queue;
mod reports;
mod targets;
mod views;

pub use accounts::{
    AccountChange, AccountFacts, AccountView, DeviceView, MAX_ACCOUNT_AREAS,
    MAX_DISPLAY_NAME_BYTES, NewAccount, NewPassword, SessionView,
};
pub use areas::{
    DecidedView, HandoverRequest, HandoverView, Handovers, MAX_HANDOVERS, MoveRequest, Moved,
};
pub use books::{LineCount, LineView, LinesPage, LinesQuery, MAX_LINES};
pub use delegations::{Colleague, DelegationView, DelegationsView, MAX_DELEGATIONS};
pub use inspections::{InspectionInput, InspectionView, Inspections};
pub use overview::{
    AreaTallies, AssessmentTally, ChangeEvent, MAX_TOUCHED, Overview, OverviewQuery,
    ReformedOverview, ResidentialAreaTallies,
};
pub use packs::{Change, PackPreview, PreviewCounts};
pub use queue::{
    BulkEntry, BulkOutcome, BulkReviewAnswer, BulkReviewRequest, MAX_QUEUE, QueuePage, QueueQuery,
    QueueRow, ReviewRequest,
};
pub use reports::{
    IssuedFile, IssuedPaper, MAX_ISSUED, MAX_SIGNATORY_CHARS, MAX_SUMMARY_CHARS, PaperDesk,
    PaperInput, PaperKind,
};
pub use targets::{AreaTarget, IndicatorTargets, TargetInput, TargetsView};
pub use views::{
    CompareQuery, ComparedYear, Comparison, MAX_COMPARED, OutlierQuery, Outliers, Trend,
    TrendQuery, Trends, YEARS_BACK,
};

use crate::access::{Principal, Role};
use crate::area::{AreaChange, AreaCode};
use crate::catalogue::{Assessment, IndicatorId, SubjectKind};
use crate::criteria::{Evaluation, Outcome};
use crate::date::Date;
use crate::delegation::Mandate;
use crate::entry::{ContentDigest, EntryState};
use crate::figure::Figure;
use crate::photo::PhotoView;
use crate::record::{RecordKey, SubjectId};
use crate::reminder::{Draft, Reminder};
use crate::season::Season;
use crate::setting::{Setting, Settings};
use crate::sync::edit::{DeviceId, Edit};
use crate::sync::state::RecordState;
use crate::sync::wire::RejectReason;
use crate::trust::Trust;
use crate::vault::VaultKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Body of `POST /api/session`.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// Account name.
    pub account: String,
    /// Password.
    pub password: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Account name.
    pub account: String,
    /// The person's or office's name, as shown.
    pub display_name: String,
    /// What the account is for.
    pub role: Role,
    /// Areas it is responsible for.
    pub areas: Vec<AreaCode>,
    /// What it decides in the name of others, today.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mandates: Vec<Mandate>,
    /// The period that is open.
    pub season: Season,
    /// Areas that have changed since the program was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub area_changes: Vec<AreaChange>,
}

impl Session {
    /// Whoever is signed in, as far as access goes.
    pub fn principal(&self) -> Principal {
        Principal {
            mandates: self.mandates.clone(),
            ..Principal::new(&self.account, self.role, self.areas.clone())
        }
    }
}

/// Answer of `POST /api/session`, and of `GET /api/session` to whoever is signed in already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Who is signed in.
    #[serde(flatten)]
    pub session: Session,
    /// Opens the register that this account keeps on the tablet, for accounts that keep one. Only where
    /// the password was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vault_key: Option<VaultKey>,
    /// What a tablet knows this server by, for accounts that keep a register on one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<Trust>,
}

/// Body of `POST /api/receipts`, whose answer is a list of [`crate::receipt::Receipt`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptsWanted {
    /// Identities of the tablet, each with the number up to which a receipt is wanted.
    pub devices: Vec<(DeviceId, u32)>,
}

/// Every error answer of the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A word programs can tell apart.
    pub code: ProblemCode,
    /// What happened and what to do, in Vietnamese.
    pub message: String,
}

/// Kinds of error answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// 401: account or password is wrong, or the account is disabled.
    WrongCredentials,
    /// 401: nobody is signed in, or the session has ended.
    NotSignedIn,
    /// 403: not within the account's areas or role.
    NotAllowed,
    /// 403: the request comes from another site.
    ForeignOrigin,
    /// 404: there is no such thing, or none the account may see.
    NotFound,
    /// 409: the content has changed since it was on the screen.
    ContentChanged,
    /// 409: a paper of this number was issued already.
    NumberTaken,
    /// 409: a district appraises this title first, and has not appraised what was handed in.
    NotEndorsed,
    /// 409: the entry does not wait for review, or has no decision to take back.
    NotWaiting,
    /// 409: the bytes of a photo are not those that its record names; none are kept.
    PhotoDamaged,
    /// 413: the body is over the stated limit.
    TooLarge,
    /// 413: an album, or what an account may store of photos, is full.
    PhotoQuota,
    /// 415: the body is of another type than the address takes.
    WrongContentType,
    /// 422: the body or query is not of the form this address takes.
    Malformed,
    /// 422: what was sent is not what is taken for a photo.
    PhotoRefused,
    /// 422: what a courier brought is no bundle for this server, or not whole, or not genuine.
    BundleRefused,
    /// 426: the program on the tablet is too old or too new for this server.
    OtherVersion,
    /// 429: too many attempts; later again.
    TooMany,
    /// 500: a fault of the server; nothing was changed.
    Internal,
}

/// Most photos in one [`MissingPhotos`].
pub const MAX_ASKED_PHOTOS: usize = 400;

/// Body of `POST /api/uploads`, photos that a tablet has sent; and the answer, those of them that the server
/// does not have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingPhotos {
    /// Their records.
    pub records: Vec<RecordKey>,
}

/// Query of `GET /api/standings`: which subjects to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingQuery {
    /// Only within this area (required: an area the account may see).
    pub area: Option<AreaCode>,
    /// Only in this residential area.
    pub residential_area: Option<SubjectId>,
    /// Only this assessment.
    pub assessment: Option<Assessment>,
    /// Only in this state.
    pub state: Option<EntryState>,
    /// Continue after this row: `next` of the page before.
    pub after: Option<String>,
}

/// Most rows of a page of standings.
pub const MAX_STANDINGS: usize = 200;

/// One subject in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingView {
    /// The subject.
    pub subject: SubjectId,
    /// What it is.
    pub kind: SubjectKind,
    /// Its commune.
    pub commune: AreaCode,
    /// Name of its residential area.
    pub residential_area: Option<String>,
    /// What it is called.
    pub label: String,
    /// House or book number.
    pub house_no: Option<String>,
    /// What is assessed.
    pub assessment: Assessment,
    /// Where its entry stands.
    pub state: EntryState,
    /// What the pack's rule says.
    pub outcome: Outcome,
    /// Points, where the pack gives points.
    pub points: Option<u32>,
    /// The last day to correct what was returned, if one was named.
    #[serde(default)]
    pub due: Option<Date>,
    /// Whether a district has passed on what waits.
    #[serde(default)]
    pub endorsed: bool,
}

/// Answer of `GET /api/standings`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingPage {
    /// At most [`MAX_STANDINGS`] rows.
    pub rows: Vec<StandingView>,
    /// Where to continue, if there are more.
    pub next: Option<String>,
}

/// `GET /api/entries/KEY`: an entry and how it came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryDetail {
    /// Key of the entry.
    pub record: RecordKey,
    /// What the subject is.
    pub kind: SubjectKind,
    /// The record of the subject.
    pub subject: RecordState,
    /// Name of its residential area.
    pub residential_area: Option<String>,
    /// The entry; `None` while nothing was entered.
    pub entry: Option<RecordState>,
    /// Where it stands.
    pub state: EntryState,
    /// What the pack's rule says and why.
    pub evaluation: Option<Evaluation>,
    /// Digest of the content: what a verdict has to name.
    pub digest: Option<ContentDigest>,
    /// Whether the account may decide about it.
    pub may_review: bool,
    /// In whose name it would, if not in its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    /// The day it is where the server answers.
    #[serde(default)]
    pub today: Option<Date>,
    /// Whether fields were left out because the account's role does not see them (exclusion reasons).
    pub redacted: bool,
    /// Every edit of entry and subject, newest first.
    pub history: Vec<HistoryItem>,
    /// Names of the residential areas that the history speaks of.
    pub area_names: BTreeMap<SubjectId, String>,
    /// Photos of what it rests on.
    #[serde(default)]
    pub photos: Vec<PhotoView>,
    /// Photos of the minutes of the meeting that it goes back to.
    #[serde(default)]
    pub minutes: Vec<PhotoView>,
    /// Inspections that looked at this unit or residential area by itself, the first day last.
    #[serde(default)]
    pub inspections: Vec<InspectionView>,
}

/// One edit in an entry's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryItem {
    /// The edit.
    pub edit: Edit,
    /// When the server received it, in milliseconds since 1970.
    pub received_ms: u64,
    /// Why it was not taken, if so.
    pub rejected: Option<RejectReason>,
}

/// Answer of `GET` and `POST /api/figures`: what bodies report for the province as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// One for each indicator that is reported, in the directive's order.
    pub figures: Vec<FigureView>,
    /// Whether the account may state them.
    pub may_report: bool,
}

/// A figure and how it came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureView {
    /// What it measures.
    pub indicator: IndicatorId,
    /// What is reported now.
    pub figure: Figure,
    /// Digest of it: what an entry of another has to name.
    pub digest: ContentDigest,
    /// Every edit, newest first.
    pub history: Vec<HistoryItem>,
}

/// Body of `POST /api/figures`: a figure in the place of the one that was on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureInput {
    /// What it measures.
    pub indicator: IndicatorId,
    /// The one that was on the screen.
    pub seen: ContentDigest,
    /// The one to take its place.
    pub figure: Figure,
}

/// Answer of `GET` and `POST /api/settings`: what the province sets for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// One for each setting that was ever set.
    pub settings: Vec<SettingView>,
    /// Whether the account may set them.
    pub may_set: bool,
    /// Whether the reader may adopt other criteria.
    #[serde(default)]
    pub may_adopt: bool,
}

/// A setting and how it came to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingView {
    /// Its record's key.
    pub record: RecordKey,
    /// Its record.
    pub state: RecordState,
    /// Digest of it: what a setting in its place has to name.
    pub digest: ContentDigest,
    /// Every edit, newest first.
    pub history: Vec<HistoryItem>,
}

impl SettingsView {
    /// What is set, to be looked up.
    pub fn settings(&self) -> Settings {
        Settings::read(self.settings.iter().map(|view| (&view.record, &view.state)))
    }

    /// The setting of a record, if it was ever set.
    pub fn view(&self, record: &RecordKey) -> Option<&SettingView> {
        self.settings.iter().find(|view| view.record == *record)
    }
}

/// Body of `POST /api/settings`: a setting in the place of the one that was on the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingInput {
    /// Digest of the one that was on the screen; of an empty record where there was none.
    pub seen: ContentDigest,
    /// The one to take its place.
    pub setting: Setting,
}

/// Query of `GET /api/communes`: counts of one assessment in every commune of an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunesQuery {
    /// The area.
    pub area: AreaCode,
    /// What is assessed.
    pub assessment: Assessment,
}

/// Body of `POST /api/reminders`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderInput {
    /// Whom to remind, each once.
    pub communes: Vec<AreaCode>,
    /// Of what.
    pub reminder: Draft,
}

/// Reminders to a commune.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommuneReminders {
    /// The commune.
    pub commune: AreaCode,
    /// What was sent to it, newest first.
    pub reminders: Vec<Reminder>,
}
