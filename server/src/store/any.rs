//! Whichever database the operator has chosen.

use super::{
    Account, ApiToken, ArrivedPhoto, Database, DayFilter, Difference, EntriesOf, FeedQuery,
    HandoverFilter, HandoverRow, HeldEdits, KeptPhoto, KnownDevice, NewPaper, OpenSession,
    PhotoChunk, PhotoUse, Postgres, QueueFilter, SessionRow, Sqlite, StandingFilter, StoreError,
    StoreResult, StoredAccount, TokenHash, Whereabouts,
};
use crate::audit::{Note, NotedRow};
use std::collections::{BTreeMap, BTreeSet};
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

/// A database of either kind: what is above is compiled once and asks it.
#[derive(Clone)]
pub enum AnyDatabase {
    /// In a folder of the server's own.
    Sqlite(Sqlite),
    /// In a PostgreSQL server.
    Postgres(Postgres),
}

/// Hands each call on to the database there is.
macro_rules! hand_on {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty;)+) => {
        $(
            async fn $name(&self, $($argument: $type),*) -> StoreResult<$result> {
                match self {
                    Self::Sqlite(database) => database.$name($($argument),*).await,
                    Self::Postgres(database) => database.$name($($argument),*).await,
                }
            }
        )+
    };
}

impl Database for AnyDatabase {
    async fn transact<R, E, P>(&self, now_ms: u64, needs: Needs, plan: P) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<StoreError> + Send + 'static,
        P: FnOnce(Loaded) -> Result<(Writes, R), E> + Send + 'static,
    {
        match self {
            Self::Sqlite(database) => database.transact(now_ms, needs, plan).await,
            Self::Postgres(database) => database.transact(now_ms, needs, plan).await,
        }
    }

    async fn fold_entries<A, F>(&self, of: EntriesOf, start: A, fold: F) -> StoreResult<A>
    where
        A: Send + 'static,
        F: FnMut(&mut A, EntryState, &RecordState) + Send + 'static,
    {
        match self {
            Self::Sqlite(database) => database.fold_entries(of, start, fold).await,
            Self::Postgres(database) => database.fold_entries(of, start, fold).await,
        }
    }

    hand_on! {
        fn feeds(query: FeedQuery) -> Vec<Page>;
        fn feeds_of_moved(communes: BTreeSet<AreaCode>) -> Vec<AreaCode>;
        fn subjects_at(whereabouts: Whereabouts, to: AreaCode, limit: usize) -> Vec<SubjectId>;
        fn handovers(filter: HandoverFilter, limit: usize) -> Vec<HandoverRow>;
        fn feed_end(commune: AreaCode) -> Cursor;
        fn feed_check(commune: AreaCode, number: u64) -> Option<EditDigest>;
        fn held_edits(device: DeviceId, until: u32) -> Option<HeldEdits>;
        fn tallies(period: Period, communes: Option<Vec<AreaCode>>) -> BTreeMap<TallyKey, Tally>;
        fn days(filter: DayFilter) -> Vec<(i64, DayCounts)>;
        fn signs(communes: Option<Vec<AreaCode>>) -> Vec<Hint>;
        fn put_boundaries(boundaries: Vec<Boundary>) -> ();
        fn boundaries() -> Vec<Boundary>;
        fn drop_boundaries() -> ();
        fn last_edits(communes: Option<Vec<AreaCode>>) -> BTreeMap<AreaCode, u64>;
        fn residential_area_tallies(period: Period, commune: AreaCode) -> Vec<ResidentialAreaTallies>;
        fn standings(filter: StandingFilter) -> StandingPage;
        fn queue(filter: QueueFilter) -> QueuePage;
        fn records(subject: SubjectId) -> BTreeMap<RecordKey, RecordState>;
        fn records_of_kind(kind: String, after: Option<RecordKey>, limit: usize) -> Vec<(RecordKey, RecordState)>;
        fn history(records: Vec<RecordKey>, limit: usize) -> Vec<HistoryItem>;
        fn recount(rules: Rules) -> Vec<Difference>;
        fn rebuild(rules: Rules, mark: String) -> ();
        fn rebuild_mark() -> Option<String>;
        fn add_account(account: Account, password_hash: String, now_ms: u64) -> ();
        fn account(name: String) -> Option<StoredAccount>;
        fn accounts() -> Vec<Account>;
        fn set_password(name: String, password_hash: String) -> ();
        fn disable_account(name: String) -> ();
        fn change_account(account: Account) -> ();
        fn sessions(now_ms: u64) -> Vec<OpenSession>;
        fn devices() -> Vec<KnownDevice>;
        fn add_delegation(by: String, terms: Terms, now_ms: u64) -> ();
        fn delegations(limit: usize) -> Vec<Delegation>;
        fn delegations_to(to: String, day: Date) -> Vec<(Delegation, Account)>;
        fn end_delegation(id: u64, ended: Ended) -> bool;
        fn open_session(token: TokenHash, account: String, now_ms: u64, expires_ms: u64) -> ();
        fn session(token: TokenHash, now_ms: u64) -> Option<SessionRow>;
        fn extend_session(token: TokenHash, expires_ms: u64) -> ();
        fn close_session(token: TokenHash) -> ();
        fn secret(name: String, fresh: String) -> String;
        fn note(note: Note) -> ();
        fn notes(after: u64, limit: usize) -> Vec<NotedRow>;
        fn issue_paper(paper: NewPaper, now_ms: u64) -> u64;
        fn issued_papers(area: AreaCode, limit: usize) -> Vec<IssuedPaper>;
        fn issued_paper(id: u64) -> Option<IssuedPaper>;
        fn paper_file(id: u64, format: String) -> Option<Vec<u8>>;
        fn photo_held(record: RecordKey) -> Held;
        fn add_photo_chunk(chunk: PhotoChunk, now_ms: u64) -> Held;
        fn arrived_photo(record: RecordKey) -> Vec<u8>;
        fn forget_upload(record: RecordKey) -> ();
        fn keep_photo(photo: ArrivedPhoto, now_ms: u64) -> ();
        fn photo(record: RecordKey) -> Option<KeptPhoto>;
        fn photos_kept(records: Vec<RecordKey>) -> BTreeMap<RecordKey, String>;
        fn photo_use(account: String, since_ms: u64) -> PhotoUse;
        fn photos_after(after: Option<RecordKey>, limit: usize) -> Vec<RecordKey>;
        fn forget_photos(records: Vec<RecordKey>) -> ();
        fn add_api_token(token: ApiToken, hash: TokenHash) -> ();
        fn api_tokens() -> Vec<ApiToken>;
        fn revoke_api_token(id: String) -> ();
        fn api_token(hash: TokenHash, now_ms: u64) -> Option<ApiToken>;
    }
}
