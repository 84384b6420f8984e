//! What goes into and comes out of a [`super::Database`].

use std::collections::BTreeSet;
use thidua_domain::access::{Principal, Role};
use thidua_domain::api::PaperKind;
use thidua_domain::area::AreaCode;
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::entry::EntryState;
use thidua_domain::photo::PhotoDigest;
use thidua_domain::progress::{PartKey, Tally, TallyKey};
use thidua_domain::record::{Period, RecordKey, SubjectId};
use thidua_domain::review::Desk;
use thidua_domain::sync::edit::{DeviceId, Edit, EditDigest};
use thidua_domain::sync::hub::Decided;
use thidua_domain::sync::wire::Cursor;

/// SHA-256 of a session's token; the token itself is not stored.
pub type TokenHash = [u8; 32];

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its name, with which people sign in.
    pub name: String,
    /// The person's or office's name, as shown.
    pub display_name: String,
    /// What it is for.
    pub role: Role,
    /// The areas it is responsible for, each with all that lies below.
    pub areas: Vec<AreaCode>,
    /// Whether it may no longer sign in.
    pub disabled: bool,
}

impl Account {
    /// The account as far as access goes.
    pub fn principal(&self) -> Principal {
        Principal::new(&self.name, self.role, self.areas.clone())
    }
}

/// An account with what proves its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAccount {
    /// The account.
    pub account: Account,
    /// Hash of its password, in the PHC format.
    pub password_hash: String,
}

/// A session that is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Whose it is.
    pub account: Account,
    /// When it ends unless it is extended, in milliseconds since 1970.
    pub expires_ms: u64,
}

/// A stretch of a device's edits that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldEdits {
    /// The account that uses the device.
    pub account: String,
    /// The number of the last; 0 if there is none.
    pub last: u32,
    /// The running digest from the first to the last.
    pub check: EditDigest,
}

impl HeldEdits {
    /// Of numbers and digests in order of numbers; ends before the first gap.
    pub(super) fn of(account: String, edits: impl IntoIterator<Item = (u32, EditDigest)>) -> Self {
        let mut held = Self {
            account,
            last: 0,
            check: EditDigest::default(),
        };
        for (seq, digest) in edits {
            if seq != held.last + 1 {
                break;
            }
            held.last = seq;
            held.check = held.check.chain(digest);
        }
        held
    }
}

/// A session as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Hash of its token.
    pub token: TokenHash,
    /// Whose it is.
    pub account: String,
    /// When it began, in milliseconds since 1970.
    pub created_ms: u64,
    /// When it ends unless it is extended, in milliseconds since 1970.
    pub expires_ms: u64,
}

/// A tablet that has sent something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    /// Its identity.
    pub device: DeviceId,
    /// The account that uses it.
    pub account: String,
    /// Edits held: all up to this number.
    pub held: u32,
    /// When the last of them arrived, in milliseconds since 1970.
    pub last_ms: Option<u64>,
}

/// A paper to be kept as it is from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPaper {
    /// Its area.
    pub area: AreaCode,
    /// What kind of paper.
    pub kind: PaperKind,
    /// Number within the year of `date`.
    pub number: u32,
    /// Day of issue.
    pub date: Date,
    /// Who signs.
    pub signatory: String,
    /// SHA-256 of what it says.
    pub digest: String,
    /// What it says, as JSON.
    pub content: String,
    /// Its files.
    pub files: Vec<PaperFile>,
    /// The account that issues it.
    pub account: String,
}

/// A file of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFile {
    /// docx, pdf or xlsx.
    pub format: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A piece of a photo that is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoChunk {
    /// The photo's record.
    pub record: RecordKey,
    /// The account that sends it.
    pub account: String,
    /// How many bytes come before it.
    pub start: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Unfinished photos that have not grown since are let go, in milliseconds since 1970.
    pub expired_before_ms: u64,
    /// How many unfinished photos the account may have; the oldest are let go for a new one.
    pub most_unfinished: usize,
}

impl PhotoChunk {
    /// How many bytes there are with it.
    pub fn end(&self) -> u32 {
        let length = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.start.saturating_add(length)
    }
}

/// A photo that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPhoto {
    /// The commune whose it is.
    pub commune: AreaCode,
    /// Of its bytes.
    pub digest: PhotoDigest,
    /// The bytes of a JPEG that was looked at.
    pub bytes: Vec<u8>,
}

/// A photo that has arrived whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivedPhoto {
    /// Its record.
    pub record: RecordKey,
    /// The account that sent it.
    pub account: String,
    /// What is kept of it.
    pub kept: KeptPhoto,
}

/// What an account has stored of photos.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhotoUse {
    /// Bytes in all.
    pub bytes: u64,
    /// Bytes since the time that was asked about.
    pub lately: u64,
}

/// What lets another system read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// What it is told from others by; no secret.
    pub id: String,
    /// Which system it is for.
    pub label: String,
    /// The areas it reads, each with all that lies below.
    pub areas: Vec<AreaCode>,
    /// Whether it reads names of families.
    pub names: bool,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: u64,
    /// When it ends, in milliseconds since 1970.
    pub expires_ms: u64,
    /// Whether it was taken back.
    pub revoked: bool,
}

/// What to read of the feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedQuery {
    /// Communes in the order in which they are read, each with how far it has been read.
    pub cursors: Vec<(AreaCode, Cursor)>,
    /// Edits of this device up to this number are passed over: it has them.
    pub except: Option<(DeviceId, u32)>,
    /// The communes whose records are shown, out of these feeds; `None` shows all that is in them.
    pub readable: Option<BTreeSet<AreaCode>>,
    /// Most edits, over all communes.
    pub max_edits: usize,
    /// Most bytes of edits as JSON, over all communes; a single edit may exceed it.
    pub max_bytes: usize,
}

/// Whose days to add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayFilter {
    /// The period whose entries are counted.
    pub period: Period,
    /// What is assessed.
    pub assessment: Assessment,
    /// Only these communes; `None` is all of them.
    pub communes: Option<Vec<AreaCode>>,
}

/// Subjects to be moved together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// Of a residential area: itself, and families and units that lie in it.
    ResidentialArea(SubjectId),
    /// All that live in a commune.
    Commune(AreaCode),
}

/// Which kept edits to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandoverFilter {
    /// Those that wait for somebody in one of these communes.
    WaitingIn(BTreeSet<AreaCode>),
    /// Those that an account wrote, whatever has become of them.
    WrittenBy(String),
    /// Those of a record.
    About(RecordKey),
}

/// A kept edit, and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverRow {
    /// The edit as it was sent.
    pub edit: Edit,
    /// Where its subject lives, as far as was known when it was kept or the subject moved last.
    pub commune: AreaCode,
    /// When it arrived, in milliseconds since 1970.
    pub received_ms: u64,
    /// What was decided, and when.
    pub decided: Option<(Decided, u64)>,
}

/// Which subjects to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandingFilter {
    /// Only in these communes; `None` is all of them.
    pub communes: Option<Vec<AreaCode>>,
    /// Only in this residential area.
    pub residential_area: Option<SubjectId>,
    /// Only this assessment.
    pub assessment: Option<Assessment>,
    /// Only in this state.
    pub state: Option<EntryState>,
    /// Continue after this row: `next` of the page before.
    pub after: Option<String>,
    /// Most rows.
    pub limit: usize,
}

/// Entries of a title in the season that is open, that somebody has begun: of subjects that live in a commune and are
/// in its register.
#[derive(Clone, Debug)]
pub struct EntriesOf {
    /// The commune.
    pub commune: AreaCode,
    /// The title.
    pub assessment: Assessment,
    /// The season.
    pub period: Period,
}

/// Which entries of the queue to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueFilter {
    /// The season that is open.
    pub period: Period,
    /// Only in these communes; `None` is all of them.
    pub communes: Option<Vec<AreaCode>>,
    /// Only this assessment.
    pub assessment: Option<Assessment>,
    /// Only in this state.
    pub state: EntryState,
    /// Only what has been waiting since this time or longer, in milliseconds since 1970.
    pub until_ms: Option<u64>,
    /// Instead of what is in that state: what was returned, is not handed in again, and should have been by
    /// a day before this one.
    pub overdue_on: Option<Date>,
    /// Of these titles, only what lies on that desk; all of the others.
    pub desk: Option<(Desk, Vec<Assessment>)>,
    /// Continue after this row: `next` of the page before.
    pub after: Option<String>,
    /// Most rows.
    pub limit: usize,
}

/// A kept count that is not what a recount gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A commune's counts.
    Tally {
        /// Of what.
        key: TallyKey,
        /// As kept.
        kept: Box<Tally>,
        /// As counted now.
        counted: Box<Tally>,
    },
    /// Counts of a residential area.
    Part {
        /// Of what.
        key: PartKey,
    },
    /// The days of a commune do not add up to its counts.
    Days {
        /// Of what.
        key: TallyKey,
    },
    /// A subject's standing in lists is not what its records say.
    Standing {
        /// The subject.
        subject: SubjectId,
    },
}
