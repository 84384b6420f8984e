//! The IndexedDB database of one account: transactions, and nothing that decides.
//!
//! Every write is one transaction with strict durability, and waits for nothing but the database
//! while it is open. What to write is planned by `thidua_domain::sync::replica`.

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error as IdbError, OpenDbError};
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use thidua_domain::area::AreaCode;
use thidua_domain::record::RecordKey;
use thidua_domain::sync::edit::{DeviceId, Edit, EditId, FieldChange};
use thidua_domain::sync::replica::{AnswerPlan, Asked, LocalRecord, Replica, Wanted};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::Response;

use super::RejectedEdit;

#[cfg(test)]
mod tests;

/// Version of the stores below. Versions only ever add; IndexedDB itself refuses to open a newer one,
/// which becomes [`StoreError::Newer`].
const SCHEMA: u8 = 1;

/// Records by key, as JSON.
const RECORD: &str = "record";
/// Every edit made here, by [`log_key`], as JSON. Those after `held` are the outbox; the rest is kept
/// for a server that was restored from a backup.
const EDIT: &str = "edit";
/// Edits the server did not take, by [`log_key`], as JSON.
const REJECTED: &str = "rejected";
/// The replica's bookkeeping.
const META: &str = "meta";
const STORES: [&str; 4] = [RECORD, EDIT, REJECTED, META];
const REPLICA: &str = "replica";

/// Why something was not read or saved.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database was written by a newer version of the app. Nothing was touched.
    #[error("the local database is newer than this program")]
    Newer,
    /// The disk, or what the browser allows of it, is full. Nothing was written.
    #[error("no room left")]
    Full,
    /// The browser denies the app a database (a private window, for instance).
    #[error("no local database: {0}")]
    Unavailable(String),
    /// What is stored cannot be read.
    #[error("unreadable record: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Any other answer of the browser. Nothing was written.
    #[error("database: {0}")]
    Database(String),
}

impl From<IdbError> for StoreError {
    fn from(error: IdbError) -> Self {
        let text = error.to_string();
        // Chromium notices at the commit that there is no room, and the library says of such a commit only
        // that it was aborted. Nobody here aborts what is being committed.
        if text.contains("QuotaExceeded") || text.contains("but it was aborted") {
            Self::Full
        } else {
            Self::Database(text)
        }
    }
}

impl From<OpenDbError> for StoreError {
    fn from(error: OpenDbError) -> Self {
        let text = error.to_string();
        if text.contains("VersionError") || text.contains("version") && text.contains("less") {
            Self::Newer
        } else {
            Self::Unavailable(text)
        }
    }
}

/// What a local write wrote.
pub(super) struct Written {
    pub(super) replica: Replica,
    pub(super) records: BTreeMap<RecordKey, RecordState>,
}

/// An open database.
pub(super) struct LocalDatabase(Database);

impl LocalDatabase {
    pub(super) async fn open(account: &str) -> Result<Self, StoreError> {
        let database = Database::open(format!("so-thi-dua.{account}"))
            .with_version(SCHEMA)
            .with_on_upgrade_needed(|event, database| {
                if event.old_version() < 1.0 {
                    for store in STORES {
                        database.create_object_store(store).build()?;
                    }
                }
                Ok(())
            })
            .await?;
        Ok(Self(database))
    }

    /// The bookkeeping, created as `fresh` if this is the first time.
    pub(super) async fn replica_or(&self, fresh: Replica) -> Result<Replica, StoreError> {
        let tx = self.write()?;
        let meta = tx.object_store(META)?;
        let replica = match get::<Replica>(&meta, REPLICA).await? {
            Some(replica) => replica,
            None => {
                put(&meta, REPLICA, &fresh).await?;
                fresh
            }
        };
        tx.commit().await?;
        Ok(replica)
    }

    pub(super) async fn replica(&self) -> Result<Replica, StoreError> {
        let tx = self.read()?;
        stored_replica(&tx.object_store(META)?).await
    }

    /// All records as shown.
    pub(super) async fn records(&self) -> Result<BTreeMap<RecordKey, RecordState>, StoreError> {
        let tx = self.read()?;
        let records = all_records(&tx.object_store(RECORD)?).await?;
        let shown = records.into_iter().map(|(key, record)| (key, record.shown));
        Ok(shown.collect())
    }

    pub(super) async fn rejected(&self) -> Result<Vec<RejectedEdit>, StoreError> {
        let tx = self.read()?;
        let store = tx.object_store(REJECTED)?;
        let rows = store.get_all::<String>().primitive()?.await?;
        rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
    }

    /// The edits made under an identity with these numbers, in order.
    pub(super) async fn edits(
        &self,
        (device, numbers): (DeviceId, RangeInclusive<u32>),
    ) -> Result<Vec<Edit>, StoreError> {
        let tx = self.read()?;
        edits_in(&tx.object_store(EDIT)?, device, numbers).await
    }

    /// Writes edits, the records they change and the bookkeeping: all or nothing. `None` if there was
    /// nothing to change.
    pub(super) async fn write_edits(
        &self,
        commune: &AreaCode,
        planned: Vec<(RecordKey, Vec<FieldChange>)>,
        now_ms: u64,
    ) -> Result<Option<Written>, StoreError> {
        let tx = self.write()?;
        let meta = tx.object_store(META)?;
        let record_store = tx.object_store(RECORD)?;
        let edit_store = tx.object_store(EDIT)?;
        let mut replica = stored_replica(&meta).await?;
        // A hundred families are marked in one transaction: what it reads is asked for all at once, what
        // it writes is put without waiting row by row.
        let mut asked = Vec::with_capacity(planned.len());
        for (key, _) in &planned {
            let row = record_store.get::<String, _, _>(key.as_str()).primitive()?;
            asked.push((key.clone(), row));
        }
        let mut stored = BTreeMap::new();
        for (key, row) in asked {
            if let Some(row) = row.await? {
                stored.insert(key, serde_json::from_str::<LocalRecord>(&row)?);
            }
        }
        let mut records = BTreeMap::new();
        let mut writes = Vec::with_capacity(planned.len() * 2);
        for (key, changes) in planned {
            let record = stored.remove(&key);
            let record = record.unwrap_or_else(|| LocalRecord::new(commune.clone()));
            let Some(plan) = replica.plan_edit(&key, &record.shown, changes, now_ms) else {
                stored.insert(key, record);
                continue;
            };
            let edit = serde_json::to_string(&plan.edit)?;
            writes.push(request_put(&edit_store, log_key(plan.edit.id), edit)?);
            let record = record.edited(plan.state);
            let row = serde_json::to_string(&record)?;
            writes.push(request_put(&record_store, key.as_str().to_owned(), row)?);
            replica = plan.replica;
            records.insert(key.clone(), record.shown.clone());
            stored.insert(key, record);
        }
        if records.is_empty() {
            tx.abort().await?;
            return Ok(None);
        }
        let bookkeeping = serde_json::to_string(&replica)?;
        writes.push(request_put(&meta, REPLICA.to_owned(), bookkeeping)?);
        for write in writes {
            write.await?;
        }
        tx.commit().await?;
        Ok(Some(Written { replica, records }))
    }

    /// Merges a server's answer and moves the cursors, in one transaction. `fresh` is an identity nobody
    /// has, taken on if the answer asks for it.
    pub(super) async fn take_answer(
        &self,
        asked: &Asked,
        response: &Response,
        fresh: DeviceId,
        now_ms: u64,
    ) -> Result<AnswerPlan, StoreError> {
        let tx = self.write()?;
        let meta = tx.object_store(META)?;
        let record_store = tx.object_store(RECORD)?;
        let edit_store = tx.object_store(EDIT)?;
        let rejected_store = tx.object_store(REJECTED)?;
        let replica = stored_replica(&meta).await?;

        let wanted = replica.wanted(asked, response);
        let own = edits_in(&edit_store, replica.device, wanted.edits).await?;
        let mut records = BTreeMap::new();
        if wanted.all_records {
            records = all_records(&record_store).await?;
        } else {
            for key in Wanted::records(response, &own) {
                if let Some(record) = get::<LocalRecord>(&record_store, key.as_str()).await? {
                    records.insert(key, record);
                }
            }
        }

        let plan = replica.plan_answer(asked, response, own, records, fresh, now_ms);
        for (key, record) in &plan.records {
            put(&record_store, key.as_str(), record).await?;
        }
        for key in &plan.emptied {
            let key = key.as_str().to_owned();
            record_store.delete(key).primitive()?.await?;
        }
        for (id, rejection) in &plan.rejected {
            let key = log_key(*id);
            if let Some(edit) = get::<Edit>(&edit_store, &key).await? {
                let reason = rejection.reason;
                put(&rejected_store, &key, &RejectedEdit { edit, reason }).await?;
            }
        }
        for edit in &plan.renewed {
            put(&edit_store, &log_key(edit.id), edit).await?;
        }
        put(&meta, REPLICA, &plan.replica).await?;
        tx.commit().await?;
        Ok(plan)
    }

    /// Takes a rejected edit off the list; it stays in the log.
    pub(super) async fn dismiss_rejected(&self, edit: &Edit) -> Result<(), StoreError> {
        let tx = self.write()?;
        let store = tx.object_store(REJECTED)?;
        store.delete(log_key(edit.id)).primitive()?.await?;
        tx.commit().await?;
        Ok(())
    }

    fn read(&self) -> Result<Transaction<'_>, StoreError> {
        Ok(self.0.transaction(STORES).build()?)
    }

    fn write(&self) -> Result<Transaction<'_>, StoreError> {
        let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
        Ok(self
            .0
            .transaction(STORES)
            .with_mode(TransactionMode::Readwrite)
            .with_options(strict)
            .build()?)
    }
}

/// The key of an edit in the log; keys of one device sort by number.
fn log_key(id: EditId) -> String {
    format!("{}.{:010}", id.device, id.seq)
}

async fn stored_replica(meta: &ObjectStore<'_>) -> Result<Replica, StoreError> {
    get::<Replica>(meta, REPLICA)
        .await?
        .ok_or_else(|| StoreError::Database("bookkeeping is missing".to_owned()))
}

async fn all_records(
    store: &ObjectStore<'_>,
) -> Result<BTreeMap<RecordKey, LocalRecord>, StoreError> {
    let keys = store.get_all_keys::<String>().primitive()?.await?;
    let rows = store.get_all::<String>().primitive()?.await?;
    let mut records = BTreeMap::new();
    for (key, row) in keys.zip(rows) {
        if let Ok(key) = RecordKey::parse(&key?) {
            records.insert(key, serde_json::from_str(&row?)?);
        }
    }
    Ok(records)
}

async fn edits_in(
    store: &ObjectStore<'_>,
    device: DeviceId,
    numbers: RangeInclusive<u32>,
) -> Result<Vec<Edit>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let key = |seq| log_key(EditId { device, seq });
    let rows = store
        .get_all::<String>()
        .with_query(key(*numbers.start())..=key(*numbers.end()))
        .primitive()?
        .await?;
    rows.map(|row| Ok(serde_json::from_str(&row?)?)).collect()
}

async fn get<T: DeserializeOwned>(
    store: &ObjectStore<'_>,
    key: &str,
) -> Result<Option<T>, StoreError> {
    let row: Option<String> = store.get(key).primitive()?.await?;
    Ok(row.map(|row| serde_json::from_str(&row)).transpose()?)
}

async fn put<T: Serialize>(
    store: &ObjectStore<'_>,
    key: &str,
    value: &T,
) -> Result<(), StoreError> {
    let row = serde_json::to_string(value)?;
    Ok(request_put(store, key.to_owned(), row)?.await?)
}

/// Asks for a row to be written; the answer is awaited with those of others.
fn request_put(
    store: &ObjectStore<'_>,
    key: String,
    row: String,
) -> Result<impl Future<Output = Result<(), IdbError>> + use<>, StoreError> {
    let request = store.put(row).with_key(key).primitive()?;
    Ok(async move { request.await.map(|_| ()) })
}
