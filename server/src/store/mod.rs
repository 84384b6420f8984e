//! Storage behind one trait. SQL dialects end here: nothing above knows which database it is.
//!
//! Writing goes through one primitive, [`Database::transact`]: load what a pure planner needs, plan,
//! execute what it returns, all in one write transaction. [`contract`] says what every implementation
//! has to do; it is run on each.

mod any;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
mod counts;
mod error;
mod feed;
mod lists;
pub mod plan;
pub mod postgres;
mod queue;
mod signs;
pub mod sqlite;
mod types;
mod words;

pub use any::AnyDatabase;
pub use error::StoreError;
pub(crate) use error::causes;
pub use postgres::Postgres;
pub use sqlite::Sqlite;
pub use types::{
    Account, ApiToken, ArrivedPhoto, DayFilter, Difference, EntriesOf, FeedQuery, HandoverFilter,
    HandoverRow, HeldEdits, KeptPhoto, KnownDevice, NewPaper, OpenSession, PaperFile, PhotoChunk,
    PhotoUse, QueueFilter, SessionRow, StandingFilter, StoredAccount, TokenHash, Whereabouts,
};
pub(crate) use words::word;

use crate::audit::{Note, NotedRow};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use thidua_domain::api::{
    HistoryItem, IssuedPaper, QueuePage, ResidentialAreaTallies, StandingPage,
};
use thidua_domain::area::AreaCode;
use thidua_domain::boundary::Boundary;
use thidua_domain::date::Date;
use thidua_domain::delegation::{Delegation, Ended, Terms};
use thidua_domain::entry::EntryState;
use thidua_domain::outlier::Hint;
use thidua_domain::photo::upload::Held;
use thidua_domain::progress::{Tally, TallyKey};
use thidua_domain::record::{Period, RecordKey, SubjectId};
use thidua_domain::setting::{self, Settings};
use thidua_domain::sync::edit::{DeviceId, EditDigest};
use thidua_domain::sync::hub::{Loaded, Needs, Rules, Writes};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{Cursor, Page};
use thidua_domain::trend::DayCounts;

/// Differing standings that a recount lists one by one; more of the same say nothing new.
const MAX_LISTED: usize = 1_000;

/// What a method of [`Database`] gives back.
pub type StoreResult<T> = Result<T, StoreError>;

/// A database that the server runs on. Clones share it.
pub trait Database: Clone + Send + Sync + 'static {
    /// Loads `needs`, calls `plan` and executes its writes, in one write transaction: all of it is
    /// durable when this returns, or nothing of it has happened. `now_ms` is noted as the time at which
    /// the edits arrived.
    ///
    /// Numbers of feeds become visible in the order of their commits, without a gap.
    fn transact<R, E, P>(
        &self,
        now_ms: u64,
        needs: Needs,
        plan: P,
    ) -> impl Future<Output = Result<R, E>> + Send
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
        P: FnOnce(Loaded) -> Result<(Writes, R), E> + Send + 'static;

    /// What is new in each feed after the cursors of `query`, within its limits. A cursor this database
    /// does not recognise is read from the start. Feeds that have nothing to say are left out.
    fn feeds(&self, query: FeedQuery) -> impl Future<Output = StoreResult<Vec<Page>>> + Send;

    /// The feeds that hold records of subjects which have moved to one of these communes, whether or not
    /// the feeds are their own.
    fn feeds_of_moved(
        &self,
        communes: BTreeSet<AreaCode>,
    ) -> impl Future<Output = StoreResult<Vec<AreaCode>>> + Send;

    /// Subjects that are there and not yet in `to`, at most `limit`. Of a residential area it comes first
    /// itself: what is entered in it from then on goes where it has gone.
    fn subjects_at(
        &self,
        whereabouts: Whereabouts,
        to: AreaCode,
        limit: usize,
    ) -> impl Future<Output = StoreResult<Vec<SubjectId>>> + Send;

    /// Kept edits, at most `limit`: those that wait the oldest first, others the newest.
    fn handovers(
        &self,
        filter: HandoverFilter,
        limit: usize,
    ) -> impl Future<Output = StoreResult<Vec<HandoverRow>>> + Send;

    /// Where a feed ends; of one that is empty, [`Cursor::default`]. As long as it is the same, so is all
    /// that stands in it.
    fn feed_end(&self, commune: AreaCode) -> impl Future<Output = StoreResult<Cursor>> + Send;

    /// The running digest of a commune's feed up to `number`, if it goes that far.
    fn feed_check(
        &self,
        commune: AreaCode,
        number: u64,
    ) -> impl Future<Output = StoreResult<Option<EditDigest>>> + Send;

    /// What is held of a device's edits up to number `until`, taken or not, from the first one on without
    /// a gap; `None` if the device is not known.
    fn held_edits(
        &self,
        device: DeviceId,
        until: u32,
    ) -> impl Future<Output = StoreResult<Option<HeldEdits>>> + Send;

    /// The kept counts of these communes (`None`: of all) in a period.
    fn tallies(
        &self,
        period: Period,
        communes: Option<Vec<AreaCode>>,
    ) -> impl Future<Output = StoreResult<BTreeMap<TallyKey, Tally>>> + Send;

    /// What each day added to counts, oldest first: days of the communes of `filter` added up. The days of
    /// a commune add up to its kept counts.
    fn days(
        &self,
        filter: DayFilter,
    ) -> impl Future<Output = StoreResult<Vec<(i64, DayCounts)>>> + Send;

    /// Entries and residential areas of these communes (`None`: of all) that show something that may
    /// deserve a look: at most [`MAX_HINTS`](thidua_domain::outlier::MAX_HINTS) of each kind.
    fn signs(
        &self,
        communes: Option<Vec<AreaCode>>,
    ) -> impl Future<Output = StoreResult<Vec<Hint>>> + Send;

    /// Keeps boundaries, each in the place of one of the same area.
    fn put_boundaries(
        &self,
        boundaries: Vec<Boundary>,
    ) -> impl Future<Output = StoreResult<()>> + Send;

    /// All boundaries, by area.
    fn boundaries(&self) -> impl Future<Output = StoreResult<Vec<Boundary>>> + Send;

    /// Forgets all boundaries.
    fn drop_boundaries(&self) -> impl Future<Output = StoreResult<()>> + Send;

    /// When an edit arrived last, by feed of these communes (`None`: by feed), in milliseconds since 1970.
    fn last_edits(
        &self,
        communes: Option<Vec<AreaCode>>,
    ) -> impl Future<Output = StoreResult<BTreeMap<AreaCode, u64>>> + Send;

    /// The kept counts of a commune's residential areas in a period, in Vietnamese order of their names;
    /// last, where there are any, subjects that lie in none.
    fn residential_area_tallies(
        &self,
        period: Period,
        commune: AreaCode,
    ) -> impl Future<Output = StoreResult<Vec<ResidentialAreaTallies>>> + Send;

    /// A page of the subjects that `filter` asks for, in Vietnamese order of their labels.
    fn standings(
        &self,
        filter: StandingFilter,
    ) -> impl Future<Output = StoreResult<StandingPage>> + Send;

    /// A page of the entries that wait for somebody, the longest wait first.
    fn queue(&self, filter: QueueFilter) -> impl Future<Output = StoreResult<QueuePage>> + Send;

    /// All records of a subject.
    fn records(
        &self,
        subject: SubjectId,
    ) -> impl Future<Output = StoreResult<BTreeMap<RecordKey, RecordState>>> + Send;

    /// Calls `fold` with each of these entries and how it stands, and gives back what came of `start`. A commune
    /// has thousands: it happens off the threads that serve requests.
    fn fold_entries<A, F>(
        &self,
        of: EntriesOf,
        start: A,
        fold: F,
    ) -> impl Future<Output = StoreResult<A>> + Send
    where
        A: Send + 'static,
        F: FnMut(&mut A, EntryState, &RecordState) + Send + 'static;

    /// Records of a kind that is neither of the register nor an entry, in the order of their keys after
    /// `after`, at most `limit`.
    fn records_of_kind(
        &self,
        kind: String,
        after: Option<RecordKey>,
        limit: usize,
    ) -> impl Future<Output = StoreResult<Vec<(RecordKey, RecordState)>>> + Send;

    /// Edits of these records, taken or not, newest first, at most `limit`.
    fn history(
        &self,
        records: Vec<RecordKey>,
        limit: usize,
    ) -> impl Future<Output = StoreResult<Vec<HistoryItem>>> + Send;

    /// Counts everything again from the records and says where kept counts or standings differ.
    fn recount(&self, rules: Rules) -> impl Future<Output = StoreResult<Vec<Difference>>> + Send;

    /// Writes counts and standings anew from the records, and notes `mark`, which says by which season
    /// and rules they were counted. Of communes whose days do not add up to that, the days are made anew
    /// from their edits.
    fn rebuild(&self, rules: Rules, mark: String) -> impl Future<Output = StoreResult<()>> + Send;

    /// The mark of the last [`Database::rebuild`].
    fn rebuild_mark(&self) -> impl Future<Output = StoreResult<Option<String>>> + Send;

    /// Adds an account. [`StoreError::AccountExists`] if the name is taken.
    fn add_account(
        &self,
        account: Account,
        password_hash: String,
        now_ms: u64,
    ) -> impl Future<Output = StoreResult<()>> + Send;

    /// The account of this name.
    fn account(
        &self,
        name: String,
    ) -> impl Future<Output = StoreResult<Option<StoredAccount>>> + Send;

    /// All accounts, by name.
    fn accounts(&self) -> impl Future<Output = StoreResult<Vec<Account>>> + Send;

    /// Gives an account another password and ends its sessions.
    fn set_password(
        &self,
        name: String,
        password_hash: String,
    ) -> impl Future<Output = StoreResult<()>> + Send;

    /// Disables an account and ends its sessions.
    fn disable_account(&self, name: String) -> impl Future<Output = StoreResult<()>> + Send;

    /// Gives an account another name as shown, role and areas, and lets it sign in or not; sessions of one
    /// that may not end. [`StoreError::UnknownAccount`] if there is none of this name.
    fn change_account(&self, account: Account) -> impl Future<Output = StoreResult<()>> + Send;

    /// Sessions that have not ended at `now_ms`, the one used last first.
    fn sessions(&self, now_ms: u64) -> impl Future<Output = StoreResult<Vec<OpenSession>>> + Send;

    /// Tablets that have sent something, the one that sent last first.
    fn devices(&self) -> impl Future<Output = StoreResult<Vec<KnownDevice>>> + Send;

    /// Begins a session, and forgets those that ended before `now_ms`.
    fn open_session(
        &self,
        token: TokenHash,
        account: String,
        now_ms: u64,
        expires_ms: u64,
    ) -> impl Future<Output = StoreResult<()>> + Send;

    /// Keeps what was given, whose terms have been checked.
    fn add_delegation(
        &self,
        by: String,
        terms: Terms,
        now_ms: u64,
    ) -> impl Future<Output = StoreResult<()>> + Send;

    /// Delegations, the one given last first, at most `limit`.
    fn delegations(
        &self,
        limit: usize,
    ) -> impl Future<Output = StoreResult<Vec<Delegation>>> + Send;

    /// What is in force for an account on a day, each with the account that gave it; of accounts that may no
    /// longer sign in, nothing is.
    fn delegations_to(
        &self,
        to: String,
        day: Date,
    ) -> impl Future<Output = StoreResult<Vec<(Delegation, Account)>>> + Send;

    /// Ends a delegation and says whether it did: one that has been ended stays as it is.
    fn end_delegation(
        &self,
        id: u64,
        ended: Ended,
    ) -> impl Future<Output = StoreResult<bool>> + Send;

    /// The session of this token, if it has not ended and its account is not disabled.
    fn session(
        &self,
        token: TokenHash,
        now_ms: u64,
    ) -> impl Future<Output = StoreResult<Option<SessionRow>>> + Send;

    /// Lets a session end later.
    fn extend_session(
        &self,
        token: TokenHash,
        expires_ms: u64,
    ) -> impl Future<Output = StoreResult<()>> + Send;

    /// Ends a session.
    fn close_session(&self, token: TokenHash) -> impl Future<Output = StoreResult<()>> + Send;

    /// A secret of this server by its name: the one that is kept, or else `fresh`, which is kept from now on.
    fn secret(
        &self,
        name: String,
        fresh: String,
    ) -> impl Future<Output = StoreResult<String>> + Send;

    /// Notes a deed at the end of the log.
    fn note(&self, note: Note) -> impl Future<Output = StoreResult<()>> + Send;

    /// At most `limit` rows of the log after the one of number `after`, in order.
    fn notes(
        &self,
        after: u64,
        limit: usize,
    ) -> impl Future<Output = StoreResult<Vec<NotedRow>>> + Send;

    /// Keeps a paper, which nothing changes or removes afterwards, and gives its id.
    /// [`StoreError::NumberTaken`] if its area has issued one of this kind, year and number.
    fn issue_paper(
        &self,
        paper: NewPaper,
        now_ms: u64,
    ) -> impl Future<Output = StoreResult<u64>> + Send;

    /// Papers of an area, the newest first, at most `limit`.
    fn issued_papers(
        &self,
        area: AreaCode,
        limit: usize,
    ) -> impl Future<Output = StoreResult<Vec<IssuedPaper>>> + Send;

    /// An issued paper.
    fn issued_paper(
        &self,
        id: u64,
    ) -> impl Future<Output = StoreResult<Option<IssuedPaper>>> + Send;

    /// A file of an issued paper, byte for byte as it was kept.
    fn paper_file(
        &self,
        id: u64,
        format: String,
    ) -> impl Future<Output = StoreResult<Option<Vec<u8>>>> + Send;

    /// How much of a photo has arrived.
    fn photo_held(&self, record: RecordKey) -> impl Future<Output = StoreResult<Held>> + Send;

    /// Adds a piece to what has arrived of a photo, if it follows that; otherwise nothing changes. Either
    /// way it says how much is there now. The piece that makes it whole is not added, but comes with
    /// [`Database::keep_photo`].
    fn add_photo_chunk(
        &self,
        chunk: PhotoChunk,
        now_ms: u64,
    ) -> impl Future<Output = StoreResult<Held>> + Send;

    /// What has arrived of a photo that is not kept yet.
    fn arrived_photo(&self, record: RecordKey)
    -> impl Future<Output = StoreResult<Vec<u8>>> + Send;

    /// Lets go what has arrived of a photo that is not kept.
    fn forget_upload(&self, record: RecordKey) -> impl Future<Output = StoreResult<()>> + Send;

    /// Keeps a photo. One that is kept already stays as it is.
    fn keep_photo(
        &self,
        photo: ArrivedPhoto,
        now_ms: u64,
    ) -> impl Future<Output = StoreResult<()>> + Send;

    /// A photo that is kept.
    fn photo(
        &self,
        record: RecordKey,
    ) -> impl Future<Output = StoreResult<Option<KeptPhoto>>> + Send;

    /// Which of these photos are kept, with the account that sent each.
    fn photos_kept(
        &self,
        records: Vec<RecordKey>,
    ) -> impl Future<Output = StoreResult<BTreeMap<RecordKey, String>>> + Send;

    /// What an account has stored of photos, in all and since a time.
    fn photo_use(
        &self,
        account: String,
        since_ms: u64,
    ) -> impl Future<Output = StoreResult<PhotoUse>> + Send;

    /// Records of kept photos in their order after `after`, at most `limit`.
    fn photos_after(
        &self,
        after: Option<RecordKey>,
        limit: usize,
    ) -> impl Future<Output = StoreResult<Vec<RecordKey>>> + Send;

    /// Removes the bytes of these photos; their records stay.
    fn forget_photos(
        &self,
        records: Vec<RecordKey>,
    ) -> impl Future<Output = StoreResult<()>> + Send;

    /// Adds a token, of which only the hash is kept.
    fn add_api_token(
        &self,
        token: ApiToken,
        hash: TokenHash,
    ) -> impl Future<Output = StoreResult<()>> + Send;

    /// All tokens, the oldest first.
    fn api_tokens(&self) -> impl Future<Output = StoreResult<Vec<ApiToken>>> + Send;

    /// Takes a token back. [`StoreError::UnknownToken`] if there is none of this id.
    fn revoke_api_token(&self, id: String) -> impl Future<Output = StoreResult<()>> + Send;

    /// The token of this hash, if it has neither ended nor been taken back.
    fn api_token(
        &self,
        hash: TokenHash,
        now_ms: u64,
    ) -> impl Future<Output = StoreResult<Option<ApiToken>>> + Send;
}

/// Makes kept counts those of the season and rules in force: after a new season has begun or the program
/// was replaced by one that may judge differently, they are counted anew. To be called before serving.
pub async fn prepare<D: Database>(database: &D, rules: Rules) -> StoreResult<()> {
    let rules = as_set(database, rules).await?;
    match database.rebuild_mark().await? {
        Some(counted) if counted == mark(rules) => Ok(()),
        Some(counted) => {
            tracing::info!(counted, now = mark(rules), "counting anew");
            rebuild(database, rules).await
        }
        None => rebuild(database, rules).await,
    }
}

/// Counts anew by the season and rules in force.
pub async fn rebuild<D: Database>(database: &D, rules: Rules) -> StoreResult<()> {
    let rules = as_set(database, rules).await?;
    database.rebuild(rules, mark(rules)).await
}

/// The rules with the areas there are now, and the packs that entries are judged by.
pub async fn as_set<D: Database>(database: &D, rules: Rules) -> StoreResult<Rules> {
    let settings = settings(database).await?;
    if let Err(error) = settings.tree() {
        tracing::error!(%error, "changes of areas do not fit the catalogue");
    }
    Ok(rules.as_set(&settings))
}

/// What the province sets now.
pub async fn settings<D: Database>(database: &D) -> StoreResult<Settings> {
    let records = database.records(setting::subject()).await?;
    Ok(Settings::of(&records))
}

fn mark(rules: Rules) -> String {
    format!("{} {}", rules.packs.edition(), rules.season.period)
}
