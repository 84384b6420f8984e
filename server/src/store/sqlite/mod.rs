//! SQLite inside the server's own process.
//!
//! One thread owns the only connection that writes. It takes what is queued into one transaction, each
//! caller's work in a savepoint of its own, and answers all of them after the commit: under load many
//! pushes share one wait for the disk. Readers have connections of their own and never wait for it.

mod accounts;
mod audit;
mod backup;
mod boundaries;
mod days;
mod delegations;
mod entries;
mod lists;
mod papers;
mod photos;
mod places;
mod queue;
mod read;
mod recount;
mod schema;
mod signs;
mod tally;
#[cfg(test)]
mod tests;
mod tokens;
mod write;
mod writer;

use crate::audit::{Note, NotedRow};
use crate::store::{
    Account, ApiToken, ArrivedPhoto, Database, DayFilter, Difference, EntriesOf, FeedQuery,
    HandoverFilter, HandoverRow, HeldEdits, KeptPhoto, KnownDevice, NewPaper, OpenSession,
    PhotoChunk, PhotoUse, QueueFilter, SessionRow, StandingFilter, StoreError, StoreResult,
    StoredAccount, TokenHash, Whereabouts,
};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
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
use thidua_domain::sync::edit::{DeviceId, EditDigest};
use thidua_domain::sync::hub::{Loaded, Needs, Rules, Writes};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{Cursor, Page};
use thidua_domain::trend::DayCounts;
use tokio::sync::Semaphore;

/// Name of the database's file in the data directory.
pub const FILE_NAME: &str = "thidua.sqlite3";

/// Most readings at the same time.
const READERS: usize = 4;
/// How long to wait for another process that writes, such as `account add` beside a running server.
const BUSY: Duration = Duration::from_secs(30);

/// A database in one file. Clones share it.
#[derive(Clone)]
pub struct Sqlite(Arc<Inner>);

struct Inner {
    path: PathBuf,
    readers: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
    /// Last, so that it is dropped last: the connection that closes last tidies the directory up.
    writer: writer::Writer,
}

impl Sqlite {
    /// Opens or creates the database in `directory`, which is created if it is missing, readable by
    /// its owner only.
    pub fn open(directory: &Path) -> StoreResult<Self> {
        create_private(directory).map_err(StoreError::backend)?;
        let path = directory.join(FILE_NAME);
        let mut connection = Connection::open(&path).map_err(StoreError::backend)?;
        connection.busy_timeout(BUSY).map_err(StoreError::backend)?;
        // Before anything that writes, be it a mode in the file's header.
        schema::refuse_newer(&connection)?;
        connection
            .execute_batch(
                "PRAGMA page_size = 8192;
                 PRAGMA journal_mode = WAL;
                 PRAGMA synchronous = FULL;
                 PRAGMA foreign_keys = ON;
                 PRAGMA cache_size = -131072;
                 PRAGMA wal_autocheckpoint = 4000;
                 PRAGMA journal_size_limit = 67108864;
                 PRAGMA temp_store = MEMORY;",
            )
            .map_err(StoreError::backend)?;
        schema::migrate(&mut connection)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self(Arc::new(Inner {
            path,
            writer: writer::Writer::start(connection)?,
            readers: Arc::new(Semaphore::new(READERS)),
            idle: Mutex::new(Vec::new()),
        })))
    }

    /// Copies what is committed now to a file that must not exist yet, while everybody goes on. The copy is
    /// checked; put under [`FILE_NAME`] into an empty data directory, it is the database.
    pub async fn backup(&self, to: PathBuf) -> StoreResult<()> {
        let inner = Arc::clone(&self.0);
        let copying = tokio::task::spawn_blocking(move || {
            let connection = inner.reader()?;
            let copied = backup::copy(&connection, &to);
            inner.lock_idle().push(connection);
            copied
        });
        copying.await.map_err(|_| StoreError::Stopped)?
    }

    /// Runs `work` in the next write transaction and returns after its commit.
    async fn write<R, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<R, E> + Send + 'static,
    ) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.0.writer.run(work).await
    }

    /// Runs `work` on one snapshot of the database, off the threads that serve requests.
    async fn read<R: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> StoreResult<R> + Send + 'static,
    ) -> StoreResult<R> {
        let permit = Arc::clone(&self.0.readers)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Stopped)?;
        let inner = Arc::clone(&self.0);
        let reading = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let connection = inner.reader()?;
            let snapshot = connection
                .unchecked_transaction()
                .map_err(StoreError::backend)?;
            let result = work(&snapshot);
            drop(snapshot);
            inner.lock_idle().push(connection);
            result
        });
        reading.await.map_err(|_| StoreError::Stopped)?
    }
}

impl Inner {
    fn lock_idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> StoreResult<Connection> {
        if let Some(connection) = self.lock_idle().pop() {
            return Ok(connection);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection =
            Connection::open_with_flags(&self.path, flags).map_err(StoreError::backend)?;
        connection.busy_timeout(BUSY).map_err(StoreError::backend)?;
        connection
            .execute_batch("PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY;")
            .map_err(StoreError::backend)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    }
}

fn create_private(directory: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(directory)
}

impl Database for Sqlite {
    async fn transact<R, E, P>(&self, now_ms: u64, needs: Needs, plan: P) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
        P: FnOnce(Loaded) -> Result<(Writes, R), E> + Send + 'static,
    {
        self.write(move |connection| {
            let loaded = write::load(connection, &needs)?;
            let (writes, result) = plan(loaded)?;
            write::apply(connection, now_ms, &writes)?;
            Ok(result)
        })
        .await
    }

    async fn feeds(&self, query: FeedQuery) -> StoreResult<Vec<Page>> {
        self.read(move |connection| read::feeds(connection, &query))
            .await
    }

    async fn feeds_of_moved(&self, communes: BTreeSet<AreaCode>) -> StoreResult<Vec<AreaCode>> {
        self.read(move |connection| places::feeds_of_moved(connection, &communes))
            .await
    }

    async fn subjects_at(
        &self,
        whereabouts: Whereabouts,
        to: AreaCode,
        limit: usize,
    ) -> StoreResult<Vec<SubjectId>> {
        self.read(move |connection| places::subjects_at(connection, &whereabouts, &to, limit))
            .await
    }

    async fn handovers(
        &self,
        filter: HandoverFilter,
        limit: usize,
    ) -> StoreResult<Vec<HandoverRow>> {
        self.read(move |connection| places::handovers(connection, &filter, limit))
            .await
    }

    async fn feed_end(&self, commune: AreaCode) -> StoreResult<Cursor> {
        self.read(move |connection| read::feed_end(connection, &commune))
            .await
    }

    async fn feed_check(&self, commune: AreaCode, number: u64) -> StoreResult<Option<EditDigest>> {
        self.read(move |connection| read::feed_check(connection, &commune, number))
            .await
    }

    async fn held_edits(&self, device: DeviceId, until: u32) -> StoreResult<Option<HeldEdits>> {
        self.read(move |connection| read::held_edits(connection, device, until))
            .await
    }

    async fn tallies(
        &self,
        period: Period,
        communes: Option<Vec<AreaCode>>,
    ) -> StoreResult<BTreeMap<TallyKey, Tally>> {
        self.read(move |connection| tally::tallies(connection, period, communes.as_deref()))
            .await
    }

    async fn days(&self, filter: DayFilter) -> StoreResult<Vec<(i64, DayCounts)>> {
        self.read(move |connection| days::days(connection, &filter))
            .await
    }

    async fn signs(&self, communes: Option<Vec<AreaCode>>) -> StoreResult<Vec<Hint>> {
        self.read(move |connection| signs::signs(connection, communes.as_deref()))
            .await
    }

    async fn put_boundaries(&self, boundaries: Vec<Boundary>) -> StoreResult<()> {
        self.write(move |connection| boundaries::put(connection, &boundaries))
            .await
    }

    async fn boundaries(&self) -> StoreResult<Vec<Boundary>> {
        self.read(boundaries::all).await
    }

    async fn drop_boundaries(&self) -> StoreResult<()> {
        self.write(boundaries::forget).await
    }

    async fn last_edits(
        &self,
        communes: Option<Vec<AreaCode>>,
    ) -> StoreResult<BTreeMap<AreaCode, u64>> {
        self.read(move |connection| lists::last_edits(connection, communes.as_deref()))
            .await
    }

    async fn residential_area_tallies(
        &self,
        period: Period,
        commune: AreaCode,
    ) -> StoreResult<Vec<ResidentialAreaTallies>> {
        self.read(move |connection| lists::residential_area_tallies(connection, period, &commune))
            .await
    }

    async fn standings(&self, filter: StandingFilter) -> StoreResult<StandingPage> {
        self.read(move |connection| lists::standings(connection, &filter))
            .await
    }

    async fn queue(&self, filter: QueueFilter) -> StoreResult<QueuePage> {
        self.read(move |connection| queue::queue(connection, &filter))
            .await
    }

    async fn records(&self, subject: SubjectId) -> StoreResult<BTreeMap<RecordKey, RecordState>> {
        self.read(move |connection| {
            let mut records = BTreeMap::new();
            write::load_records(connection, subject, &mut records)?;
            Ok(records)
        })
        .await
    }

    async fn fold_entries<A, F>(&self, of: EntriesOf, start: A, fold: F) -> StoreResult<A>
    where
        A: Send + 'static,
        F: FnMut(&mut A, EntryState, &RecordState) + Send + 'static,
    {
        self.read(move |connection| entries::fold(connection, &of, start, fold))
            .await
    }

    async fn records_of_kind(
        &self,
        kind: String,
        after: Option<RecordKey>,
        limit: usize,
    ) -> StoreResult<Vec<(RecordKey, RecordState)>> {
        self.read(move |connection| read::of_kind(connection, &kind, after.as_ref(), limit))
            .await
    }

    async fn history(
        &self,
        records: Vec<RecordKey>,
        limit: usize,
    ) -> StoreResult<Vec<HistoryItem>> {
        self.read(move |connection| read::history(connection, &records, limit))
            .await
    }

    async fn recount(&self, rules: Rules) -> StoreResult<Vec<Difference>> {
        self.read(move |connection| recount::recount(connection, rules))
            .await
    }

    async fn rebuild(&self, rules: Rules, mark: String) -> StoreResult<()> {
        self.write(move |connection| recount::rebuild(connection, rules, &mark))
            .await
    }

    async fn rebuild_mark(&self) -> StoreResult<Option<String>> {
        self.read(recount::mark).await
    }

    async fn add_account(
        &self,
        account: Account,
        password_hash: String,
        now_ms: u64,
    ) -> StoreResult<()> {
        self.write(move |connection| accounts::add(connection, &account, &password_hash, now_ms))
            .await
    }

    async fn account(&self, name: String) -> StoreResult<Option<StoredAccount>> {
        self.read(move |connection| accounts::get(connection, &name))
            .await
    }

    async fn accounts(&self) -> StoreResult<Vec<Account>> {
        self.read(accounts::all).await
    }

    async fn set_password(&self, name: String, password_hash: String) -> StoreResult<()> {
        self.write(move |connection| accounts::set_password(connection, &name, &password_hash))
            .await
    }

    async fn disable_account(&self, name: String) -> StoreResult<()> {
        self.write(move |connection| accounts::disable(connection, &name))
            .await
    }

    async fn change_account(&self, account: Account) -> StoreResult<()> {
        self.write(move |connection| accounts::change(connection, &account))
            .await
    }

    async fn sessions(&self, now_ms: u64) -> StoreResult<Vec<OpenSession>> {
        self.read(move |connection| accounts::sessions(connection, now_ms))
            .await
    }

    async fn devices(&self) -> StoreResult<Vec<KnownDevice>> {
        self.read(accounts::devices).await
    }

    async fn add_delegation(&self, by: String, terms: Terms, now_ms: u64) -> StoreResult<()> {
        self.write(move |connection| delegations::add(connection, &by, &terms, now_ms))
            .await
    }

    async fn delegations(&self, limit: usize) -> StoreResult<Vec<Delegation>> {
        self.read(move |connection| delegations::newest(connection, limit))
            .await
    }

    async fn delegations_to(
        &self,
        to: String,
        day: Date,
    ) -> StoreResult<Vec<(Delegation, Account)>> {
        self.read(move |connection| delegations::in_force(connection, &to, day))
            .await
    }

    async fn end_delegation(&self, id: u64, ended: Ended) -> StoreResult<bool> {
        self.write(move |connection| delegations::end(connection, id, &ended))
            .await
    }

    async fn open_session(
        &self,
        token: TokenHash,
        account: String,
        now_ms: u64,
        expires_ms: u64,
    ) -> StoreResult<()> {
        self.write(move |connection| {
            accounts::open_session(connection, &token, &account, now_ms, expires_ms)
        })
        .await
    }

    async fn session(&self, token: TokenHash, now_ms: u64) -> StoreResult<Option<SessionRow>> {
        self.read(move |connection| accounts::session(connection, &token, now_ms))
            .await
    }

    async fn extend_session(&self, token: TokenHash, expires_ms: u64) -> StoreResult<()> {
        self.write(move |connection| accounts::extend_session(connection, &token, expires_ms))
            .await
    }

    async fn close_session(&self, token: TokenHash) -> StoreResult<()> {
        self.write(move |connection| accounts::close_session(connection, &token))
            .await
    }

    async fn secret(&self, name: String, fresh: String) -> StoreResult<String> {
        self.write(move |connection| accounts::secret(connection, &name, &fresh))
            .await
    }

    async fn note(&self, note: Note) -> StoreResult<()> {
        self.write(move |connection| audit::note(connection, note))
            .await
    }

    async fn notes(&self, after: u64, limit: usize) -> StoreResult<Vec<NotedRow>> {
        self.read(move |connection| audit::notes(connection, after, limit))
            .await
    }

    async fn issue_paper(&self, paper: NewPaper, now_ms: u64) -> StoreResult<u64> {
        self.write(move |connection| papers::issue(connection, &paper, now_ms))
            .await
    }

    async fn issued_papers(&self, area: AreaCode, limit: usize) -> StoreResult<Vec<IssuedPaper>> {
        self.read(move |connection| papers::of_area(connection, &area, limit))
            .await
    }

    async fn issued_paper(&self, id: u64) -> StoreResult<Option<IssuedPaper>> {
        self.read(move |connection| papers::one(connection, id))
            .await
    }

    async fn paper_file(&self, id: u64, format: String) -> StoreResult<Option<Vec<u8>>> {
        self.read(move |connection| papers::file(connection, id, &format))
            .await
    }

    async fn photo_held(&self, record: RecordKey) -> StoreResult<Held> {
        self.read(move |connection| photos::held(connection, &record))
            .await
    }

    async fn add_photo_chunk(&self, chunk: PhotoChunk, now_ms: u64) -> StoreResult<Held> {
        self.write(move |connection| photos::add_chunk(connection, &chunk, now_ms))
            .await
    }

    async fn arrived_photo(&self, record: RecordKey) -> StoreResult<Vec<u8>> {
        self.read(move |connection| photos::arrived(connection, &record))
            .await
    }

    async fn forget_upload(&self, record: RecordKey) -> StoreResult<()> {
        self.write(move |connection| photos::forget(connection, &record))
            .await
    }

    async fn keep_photo(&self, photo: ArrivedPhoto, now_ms: u64) -> StoreResult<()> {
        self.write(move |connection| photos::keep(connection, &photo, now_ms))
            .await
    }

    async fn photo(&self, record: RecordKey) -> StoreResult<Option<KeptPhoto>> {
        self.read(move |connection| photos::photo(connection, &record))
            .await
    }

    async fn photos_kept(
        &self,
        records: Vec<RecordKey>,
    ) -> StoreResult<BTreeMap<RecordKey, String>> {
        self.read(move |connection| photos::kept(connection, &records))
            .await
    }

    async fn photo_use(&self, account: String, since_ms: u64) -> StoreResult<PhotoUse> {
        self.read(move |connection| photos::used(connection, &account, since_ms))
            .await
    }

    async fn photos_after(
        &self,
        after: Option<RecordKey>,
        limit: usize,
    ) -> StoreResult<Vec<RecordKey>> {
        self.read(move |connection| photos::after(connection, after.as_ref(), limit))
            .await
    }

    async fn forget_photos(&self, records: Vec<RecordKey>) -> StoreResult<()> {
        self.write(move |connection| photos::remove(connection, &records))
            .await
    }

    async fn add_api_token(&self, token: ApiToken, hash: TokenHash) -> StoreResult<()> {
        self.write(move |connection| tokens::add(connection, &token, &hash))
            .await
    }

    async fn api_tokens(&self) -> StoreResult<Vec<ApiToken>> {
        self.read(tokens::all).await
    }

    async fn revoke_api_token(&self, id: String) -> StoreResult<()> {
        self.write(move |connection| tokens::revoke(connection, &id))
            .await
    }

    async fn api_token(&self, hash: TokenHash, now_ms: u64) -> StoreResult<Option<ApiToken>> {
        self.read(move |connection| tokens::of_hash(connection, &hash, now_ms))
            .await
    }
}
