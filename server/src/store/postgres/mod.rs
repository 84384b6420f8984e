//! PostgreSQL, for those who run one already or need more than one machine's disk.
//!
//! A push locks its device, its communes and its subjects, so that pushes of different communes go on at
//! the same time; see [`locks`] for why that keeps the feeds whole. Everything is read in statements that
//! see one moment each; what has to agree across statements is read in one transaction.

mod accounts;
mod audit;
mod boundaries;
mod connect;
mod counts;
mod days;
mod delegations;
mod entries;
mod lists;
mod locks;
mod papers;
mod photos;
mod places;
mod queue;
mod read;
mod recount;
mod schema;
mod signs;
mod standing;
#[cfg(test)]
mod tests;
mod tokens;
mod write;

use crate::audit::{Note, NotedRow};
use crate::store::{
    Account, ApiToken, ArrivedPhoto, Database, DayFilter, Difference, EntriesOf, FeedQuery,
    HandoverFilter, HandoverRow, HeldEdits, KeptPhoto, KnownDevice, NewPaper, OpenSession,
    PhotoChunk, PhotoUse, QueueFilter, SessionRow, StandingFilter, StoreError, StoreResult,
    StoredAccount, TokenHash, Whereabouts,
};
use deadpool_postgres::{Client, GenericClient, Pool};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
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
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_postgres::types::{FromSql, ToSql};
use tokio_postgres::{IsolationLevel, Row};

/// Most writes at the same time: some connections are left for reading while writes wait for each other.
const WRITERS: usize = connect::CONNECTIONS - 4;

/// A database of a PostgreSQL server. Clones share its connections.
#[derive(Clone)]
pub struct Postgres(Arc<Inner>);

struct Inner {
    pool: Pool,
    writers: Semaphore,
}

impl Postgres {
    /// Opens the database at `url`, `postgres://user:password@host/database`, and makes its tables where
    /// they are missing.
    pub async fn open(url: &str) -> StoreResult<Self> {
        let database = Self(Arc::new(Inner {
            pool: connect::pool(url)?,
            writers: Semaphore::new(WRITERS),
        }));
        let mut client = database.client().await?;
        connect::inspect(&client).await?;
        schema::migrate(&mut client).await?;
        Ok(database)
    }

    async fn client(&self) -> StoreResult<Client> {
        self.0.pool.get().await.map_err(StoreError::backend)
    }

    /// A connection to write with, and the permission to.
    async fn writer(&self) -> StoreResult<(SemaphorePermit<'_>, Client)> {
        let turn = self.0.writers.acquire().await;
        let turn = turn.map_err(|_| StoreError::Stopped)?;
        Ok((turn, self.client().await?))
    }
}

/// What a statement takes.
type Parameters<'a> = [&'a (dyn ToSql + Sync)];

/// Runs a prepared statement that gives rows.
async fn rows(
    client: &impl GenericClient,
    sql: &str,
    parameters: &Parameters<'_>,
) -> StoreResult<Vec<Row>> {
    let statement = client.prepare_cached(sql).await;
    let statement = statement.map_err(StoreError::backend)?;
    let rows = client.query(&statement, parameters).await;
    rows.map_err(StoreError::backend)
}

/// Runs a prepared statement that gives at most one row.
async fn row(
    client: &impl GenericClient,
    sql: &str,
    parameters: &Parameters<'_>,
) -> StoreResult<Option<Row>> {
    Ok(rows(client, sql, parameters).await?.pop())
}

/// Runs a prepared statement and says how many rows it touched.
async fn execute(
    client: &impl GenericClient,
    sql: &str,
    parameters: &Parameters<'_>,
) -> StoreResult<u64> {
    let statement = client.prepare_cached(sql).await;
    let statement = statement.map_err(StoreError::backend)?;
    let touched = client.execute(&statement, parameters).await;
    touched.map_err(StoreError::backend)
}

/// A column of a row.
fn column<'a, T: FromSql<'a>>(row: &'a Row, index: usize) -> StoreResult<T> {
    row.try_get(index).map_err(StoreError::backend)
}

/// A column of a row that holds a number which is never negative.
fn number<T: TryFrom<i64>>(row: &Row, index: usize) -> StoreResult<T> {
    let number: i64 = column(row, index)?;
    T::try_from(number).map_err(|_| StoreError::Damaged { what: "number" })
}

impl Database for Postgres {
    async fn transact<R, E, P>(&self, now_ms: u64, needs: Needs, plan: P) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
        P: FnOnce(Loaded) -> Result<(Writes, R), E> + Send + 'static,
    {
        let (_turn, mut client) = self.writer().await?;
        let begun = client.transaction().await.map_err(StoreError::backend);
        let transaction = begun?;
        locks::of(&transaction, &needs).await?;
        let loaded = write::load(&transaction, &needs).await?;
        let known = loaded.device.clone();
        // Planning takes its time, and may have a fault: neither is to harm those who are served
        // meanwhile. A transaction that is dropped is rolled back.
        let planned = tokio::task::spawn_blocking(move || plan(loaded)).await;
        let (writes, result) = planned.map_err(|error| {
            tracing::error!(%error, "a plan did not come to its end");
            StoreError::Stopped
        })??;
        write::apply(&transaction, now_ms, &writes, known.as_ref()).await?;
        transaction.commit().await.map_err(StoreError::backend)?;
        Ok(result)
    }

    async fn feeds(&self, query: FeedQuery) -> StoreResult<Vec<Page>> {
        read::feeds(&self.client().await?, &query).await
    }

    async fn feeds_of_moved(&self, communes: BTreeSet<AreaCode>) -> StoreResult<Vec<AreaCode>> {
        places::feeds_of_moved(&self.client().await?, &communes).await
    }

    async fn subjects_at(
        &self,
        whereabouts: Whereabouts,
        to: AreaCode,
        limit: usize,
    ) -> StoreResult<Vec<SubjectId>> {
        places::subjects_at(&self.client().await?, &whereabouts, &to, limit).await
    }

    async fn handovers(
        &self,
        filter: HandoverFilter,
        limit: usize,
    ) -> StoreResult<Vec<HandoverRow>> {
        places::handovers(&self.client().await?, &filter, limit).await
    }

    async fn feed_end(&self, commune: AreaCode) -> StoreResult<Cursor> {
        read::feed_end(&self.client().await?, &commune).await
    }

    async fn feed_check(&self, commune: AreaCode, number: u64) -> StoreResult<Option<EditDigest>> {
        read::feed_check(&self.client().await?, &commune, number).await
    }

    async fn held_edits(&self, device: DeviceId, until: u32) -> StoreResult<Option<HeldEdits>> {
        read::held_edits(&self.client().await?, device, until).await
    }

    async fn tallies(
        &self,
        period: Period,
        communes: Option<Vec<AreaCode>>,
    ) -> StoreResult<BTreeMap<TallyKey, Tally>> {
        counts::tallies(&self.client().await?, period, communes.as_deref()).await
    }

    async fn days(&self, filter: DayFilter) -> StoreResult<Vec<(i64, DayCounts)>> {
        days::days(&self.client().await?, &filter).await
    }

    async fn signs(&self, communes: Option<Vec<AreaCode>>) -> StoreResult<Vec<Hint>> {
        signs::signs(&self.client().await?, communes.as_deref()).await
    }

    async fn put_boundaries(&self, boundaries: Vec<Boundary>) -> StoreResult<()> {
        boundaries::put(&self.client().await?, &boundaries).await
    }

    async fn boundaries(&self) -> StoreResult<Vec<Boundary>> {
        boundaries::all(&self.client().await?).await
    }

    async fn drop_boundaries(&self) -> StoreResult<()> {
        boundaries::forget(&self.client().await?).await
    }

    async fn last_edits(
        &self,
        communes: Option<Vec<AreaCode>>,
    ) -> StoreResult<BTreeMap<AreaCode, u64>> {
        lists::last_edits(&self.client().await?, communes.as_deref()).await
    }

    async fn residential_area_tallies(
        &self,
        period: Period,
        commune: AreaCode,
    ) -> StoreResult<Vec<ResidentialAreaTallies>> {
        lists::residential_area_tallies(&self.client().await?, period, &commune).await
    }

    async fn standings(&self, filter: StandingFilter) -> StoreResult<StandingPage> {
        lists::standings(&self.client().await?, &filter).await
    }

    async fn queue(&self, filter: QueueFilter) -> StoreResult<QueuePage> {
        queue::queue(&self.client().await?, &filter).await
    }

    async fn records(&self, subject: SubjectId) -> StoreResult<BTreeMap<RecordKey, RecordState>> {
        read::records(&self.client().await?, [subject]).await
    }

    async fn fold_entries<A, F>(&self, of: EntriesOf, start: A, fold: F) -> StoreResult<A>
    where
        A: Send + 'static,
        F: FnMut(&mut A, EntryState, &RecordState) + Send + 'static,
    {
        entries::fold(&self.client().await?, &of, start, fold).await
    }

    async fn records_of_kind(
        &self,
        kind: String,
        after: Option<RecordKey>,
        limit: usize,
    ) -> StoreResult<Vec<(RecordKey, RecordState)>> {
        read::of_kind(&self.client().await?, &kind, after.as_ref(), limit).await
    }

    async fn history(
        &self,
        records: Vec<RecordKey>,
        limit: usize,
    ) -> StoreResult<Vec<HistoryItem>> {
        read::history(&self.client().await?, &records, limit).await
    }

    async fn recount(&self, rules: Rules) -> StoreResult<Vec<Difference>> {
        let mut client = self.client().await?;
        let snapshot = client
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()
            .await
            .map_err(StoreError::backend)?;
        recount::recount(&snapshot, rules).await
    }

    async fn rebuild(&self, rules: Rules, mark: String) -> StoreResult<()> {
        let (_turn, mut client) = self.writer().await?;
        let transaction = client.transaction().await.map_err(StoreError::backend)?;
        locks::everything(&transaction).await?;
        recount::rebuild(&transaction, rules, &mark).await?;
        transaction.commit().await.map_err(StoreError::backend)
    }

    async fn rebuild_mark(&self) -> StoreResult<Option<String>> {
        recount::mark(&self.client().await?).await
    }

    async fn add_account(
        &self,
        account: Account,
        password_hash: String,
        now_ms: u64,
    ) -> StoreResult<()> {
        accounts::add(&self.client().await?, &account, &password_hash, now_ms).await
    }

    async fn account(&self, name: String) -> StoreResult<Option<StoredAccount>> {
        accounts::get(&self.client().await?, &name).await
    }

    async fn accounts(&self) -> StoreResult<Vec<Account>> {
        accounts::all(&self.client().await?).await
    }

    async fn set_password(&self, name: String, password_hash: String) -> StoreResult<()> {
        accounts::set_password(&mut self.client().await?, &name, &password_hash).await
    }

    async fn disable_account(&self, name: String) -> StoreResult<()> {
        accounts::disable(&mut self.client().await?, &name).await
    }

    async fn change_account(&self, account: Account) -> StoreResult<()> {
        accounts::change(&mut self.client().await?, &account).await
    }

    async fn sessions(&self, now_ms: u64) -> StoreResult<Vec<OpenSession>> {
        accounts::sessions(&self.client().await?, now_ms).await
    }

    async fn devices(&self) -> StoreResult<Vec<KnownDevice>> {
        accounts::devices(&self.client().await?).await
    }

    async fn add_delegation(&self, by: String, terms: Terms, now_ms: u64) -> StoreResult<()> {
        delegations::add(&self.client().await?, &by, &terms, now_ms).await
    }

    async fn delegations(&self, limit: usize) -> StoreResult<Vec<Delegation>> {
        delegations::newest(&self.client().await?, limit).await
    }

    async fn delegations_to(
        &self,
        to: String,
        day: Date,
    ) -> StoreResult<Vec<(Delegation, Account)>> {
        delegations::in_force(&self.client().await?, &to, day).await
    }

    async fn end_delegation(&self, id: u64, ended: Ended) -> StoreResult<bool> {
        delegations::end(&self.client().await?, id, &ended).await
    }

    async fn open_session(
        &self,
        token: TokenHash,
        account: String,
        now_ms: u64,
        expires_ms: u64,
    ) -> StoreResult<()> {
        accounts::open_session(&self.client().await?, &token, &account, now_ms, expires_ms).await
    }

    async fn session(&self, token: TokenHash, now_ms: u64) -> StoreResult<Option<SessionRow>> {
        accounts::session(&self.client().await?, &token, now_ms).await
    }

    async fn extend_session(&self, token: TokenHash, expires_ms: u64) -> StoreResult<()> {
        accounts::extend_session(&self.client().await?, &token, expires_ms).await
    }

    async fn close_session(&self, token: TokenHash) -> StoreResult<()> {
        accounts::close_session(&self.client().await?, &token).await
    }

    async fn secret(&self, name: String, fresh: String) -> StoreResult<String> {
        accounts::secret(&self.client().await?, &name, &fresh).await
    }

    async fn note(&self, note: Note) -> StoreResult<()> {
        audit::note(&mut self.client().await?, note).await
    }

    async fn notes(&self, after: u64, limit: usize) -> StoreResult<Vec<NotedRow>> {
        audit::notes(&self.client().await?, after, limit).await
    }

    async fn issue_paper(&self, paper: NewPaper, now_ms: u64) -> StoreResult<u64> {
        let (_turn, mut client) = self.writer().await?;
        papers::issue(&mut client, &paper, now_ms).await
    }

    async fn issued_papers(&self, area: AreaCode, limit: usize) -> StoreResult<Vec<IssuedPaper>> {
        papers::of_area(&self.client().await?, &area, limit).await
    }

    async fn issued_paper(&self, id: u64) -> StoreResult<Option<IssuedPaper>> {
        papers::one(&self.client().await?, id).await
    }

    async fn paper_file(&self, id: u64, format: String) -> StoreResult<Option<Vec<u8>>> {
        papers::file(&self.client().await?, id, &format).await
    }

    async fn photo_held(&self, record: RecordKey) -> StoreResult<Held> {
        photos::held(&self.client().await?, &record).await
    }

    async fn add_photo_chunk(&self, chunk: PhotoChunk, now_ms: u64) -> StoreResult<Held> {
        let (_turn, mut client) = self.writer().await?;
        photos::add_chunk(&mut client, &chunk, now_ms).await
    }

    async fn arrived_photo(&self, record: RecordKey) -> StoreResult<Vec<u8>> {
        photos::arrived(&self.client().await?, &record).await
    }

    async fn forget_upload(&self, record: RecordKey) -> StoreResult<()> {
        photos::forget(&self.client().await?, &record).await
    }

    async fn keep_photo(&self, photo: ArrivedPhoto, now_ms: u64) -> StoreResult<()> {
        let (_turn, mut client) = self.writer().await?;
        photos::keep(&mut client, &photo, now_ms).await
    }

    async fn photo(&self, record: RecordKey) -> StoreResult<Option<KeptPhoto>> {
        photos::photo(&self.client().await?, &record).await
    }

    async fn photos_kept(
        &self,
        records: Vec<RecordKey>,
    ) -> StoreResult<BTreeMap<RecordKey, String>> {
        photos::kept(&self.client().await?, &records).await
    }

    async fn photo_use(&self, account: String, since_ms: u64) -> StoreResult<PhotoUse> {
        photos::used(&self.client().await?, &account, since_ms).await
    }

    async fn photos_after(
        &self,
        after: Option<RecordKey>,
        limit: usize,
    ) -> StoreResult<Vec<RecordKey>> {
        photos::after(&self.client().await?, after.as_ref(), limit).await
    }

    async fn forget_photos(&self, records: Vec<RecordKey>) -> StoreResult<()> {
        photos::remove(&self.client().await?, &records).await
    }

    async fn add_api_token(&self, token: ApiToken, hash: TokenHash) -> StoreResult<()> {
        tokens::add(&self.client().await?, &token, &hash).await
    }

    async fn api_tokens(&self) -> StoreResult<Vec<ApiToken>> {
        tokens::all(&self.client().await?).await
    }

    async fn revoke_api_token(&self, id: String) -> StoreResult<()> {
        tokens::revoke(&self.client().await?, &id).await
    }

    async fn api_token(&self, hash: TokenHash, now_ms: u64) -> StoreResult<Option<ApiToken>> {
        tokens::of_hash(&self.client().await?, &hash, now_ms).await
    }
}
