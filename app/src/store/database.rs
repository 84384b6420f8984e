//! The IndexedDB database of one account: transactions, and nothing that decides.
//!
//! Every write is one transaction with strict durability, and waits for nothing but the database
//! while it is open. What to write is planned by `thidua_domain::sync::replica`. Every row is sealed for its
//! place ([`Cipher`]); keys of rows are not, they name nobody.

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{Error as IdbError, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use thidua_domain::area::AreaCode;
use thidua_domain::receipt::Receipt;
use thidua_domain::record::RecordKey;
use thidua_domain::sync::carried::CarriedAnswer;
use thidua_domain::sync::edit::{DeviceId, Edit, EditId, FieldChange};
use thidua_domain::sync::replica::{AnswerPlan, Asked, LocalRecord, Replica, Wanted};
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::Response;
use thidua_domain::trust::Trust;

use super::RejectedEdit;
use super::cipher::Cipher;
pub(super) use super::cipher::Foreign;
use super::rows::Rows;

mod photos;
#[cfg(test)]
mod tests;

pub(super) use photos::PhotoWrite;
use photos::{PHOTO, PHOTO_ROW, THUMB};

/// Version of the stores below. Versions only ever add; IndexedDB itself refuses to open a newer one,
/// which becomes [`StoreError::Newer`].
///
/// The second has the same stores; its rows are sealed. The third has stores for photos.
const SCHEMA: u8 = 3;

/// Records by key, as JSON that is sealed, like all below.
const RECORD: &str = "record";
/// Every edit made here, by [`log_key`]. Those after `held` are the outbox; the rest is kept
/// for a server that was restored from a backup.
const EDIT: &str = "edit";
/// Edits the server did not take, by [`log_key`].
const REJECTED: &str = "rejected";
/// The replica's bookkeeping.
const META: &str = "meta";
const STORES: [&str; 4] = [RECORD, EDIT, REJECTED, META];
const PHOTO_STORES: [&str; 3] = [PHOTO, THUMB, PHOTO_ROW];
const REPLICA: &str = "replica";
/// In [`META`], and not sealed: that no row is left which is not.
const SEALED: &str = "sealed";

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
    /// A row was sealed with another key, or for another place, or was changed since.
    #[error(transparent)]
    Foreign(#[from] Foreign),
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

/// Edits of one identity, by their numbers.
pub(super) type Numbers = (DeviceId, RangeInclusive<u32>);

/// What a local write wrote.
pub(super) struct Written {
    pub(super) replica: Replica,
    pub(super) edits: Vec<Edit>,
    pub(super) records: BTreeMap<RecordKey, RecordState>,
}

/// An open database.
pub(super) struct LocalDatabase {
    database: Database,
    cipher: Cipher,
}

impl LocalDatabase {
    pub(super) async fn open(account: &str, cipher: Cipher) -> Result<Self, StoreError> {
        let database = Database::open(format!("so-thi-dua.{account}"))
            .with_version(SCHEMA)
            .with_on_upgrade_needed(|event, database| {
                if event.old_version() < 1.0 {
                    for store in STORES {
                        database.create_object_store(store).build()?;
                    }
                }
                if event.old_version() < 3.0 {
                    for store in PHOTO_STORES {
                        database.create_object_store(store).build()?;
                    }
                }
                Ok(())
            })
            .await?;
        let opened = Self { database, cipher };
        opened.seal_what_is_not().await?;
        Ok(opened)
    }

    /// Seals what the first schema left open, all of it or nothing, so that no row is ever half of both.
    async fn seal_what_is_not(&self) -> Result<(), StoreError> {
        let tx = self.write()?;
        let meta = tx.object_store(META)?;
        let done: Option<bool> = meta.get(SEALED.to_owned()).primitive()?.await?;
        if done == Some(true) {
            return Ok(tx.abort().await?);
        }
        for name in STORES {
            let rows = Rows::of(&tx, name, &self.cipher)?;
            rows.seal_what_is_not().await?;
        }
        let row = meta.put(true).with_key(SEALED.to_owned());
        row.primitive()?.await?;
        Ok(tx.commit().await?)
    }

    /// The bookkeeping, created as `fresh` if this is the first time.
    pub(super) async fn replica_or(&self, fresh: Replica) -> Result<Replica, StoreError> {
        let tx = self.write()?;
        let meta = Rows::of(&tx, META, &self.cipher)?;
        let replica = match meta.get::<Replica>(REPLICA).await? {
            Some(replica) => replica,
            None => {
                meta.put(REPLICA, &fresh).await?;
                fresh
            }
        };
        tx.commit().await?;
        Ok(replica)
    }

    pub(super) async fn replica(&self) -> Result<Replica, StoreError> {
        let tx = self.read()?;
        stored_replica(&Rows::of(&tx, META, &self.cipher)?).await
    }

    /// All records as shown.
    pub(super) async fn records(&self) -> Result<BTreeMap<RecordKey, RecordState>, StoreError> {
        let tx = self.read()?;
        let records = all_records(&Rows::of(&tx, RECORD, &self.cipher)?).await?;
        let shown = records.into_iter().map(|(key, record)| (key, record.shown));
        Ok(shown.collect())
    }

    pub(super) async fn rejected(&self) -> Result<Vec<RejectedEdit>, StoreError> {
        let tx = self.read()?;
        let rows = Rows::of(&tx, REJECTED, &self.cipher)?.all().await?;
        Ok(rows.into_iter().map(|(_, rejected)| rejected).collect())
    }

    /// The edits made under these identities with these numbers, in order.
    pub(super) async fn edits(
        &self,
        wanted: impl IntoIterator<Item = Numbers>,
    ) -> Result<Vec<Edit>, StoreError> {
        let tx = self.read()?;
        edits_in(&Rows::of(&tx, EDIT, &self.cipher)?, wanted).await
    }

    /// Takes back edits that outlived a store which the browser lost, all or nothing. How many were not here.
    pub(super) async fn regain(&self, kept: Vec<Edit>) -> Result<usize, StoreError> {
        let tx = self.write()?;
        let meta = Rows::of(&tx, META, &self.cipher)?;
        let record_rows = Rows::of(&tx, RECORD, &self.cipher)?;
        let edit_rows = Rows::of(&tx, EDIT, &self.cipher)?;
        let replica = stored_replica(&meta).await?;
        let mut records = BTreeMap::new();
        for edit in &kept {
            if let Some(record) = record_rows.get(edit.record.as_str()).await? {
                records.insert(edit.record.clone(), record);
            }
        }
        let plan = replica.regain(kept, records);
        if plan.edits.is_empty() {
            tx.abort().await?;
            return Ok(0);
        }
        for edit in &plan.edits {
            edit_rows.put(&log_key(edit.id), edit).await?;
        }
        for (key, record) in &plan.records {
            record_rows.put(key.as_str(), record).await?;
        }
        meta.put(REPLICA, &plan.replica).await?;
        tx.commit().await?;
        Ok(plan.edits.len())
    }

    /// Writes edits, the records they change, photos and the bookkeeping: all or nothing. `None` if there
    /// was nothing to change.
    pub(super) async fn write_edits(
        &self,
        commune: &AreaCode,
        planned: Vec<(RecordKey, Vec<FieldChange>)>,
        photos: &[PhotoWrite],
        now_ms: u64,
    ) -> Result<Option<Written>, StoreError> {
        let tx = if photos.is_empty() {
            self.write()?
        } else {
            self.write_in(STORES.into_iter().chain(PHOTO_STORES).collect())?
        };
        let meta = Rows::of(&tx, META, &self.cipher)?;
        let record_rows = Rows::of(&tx, RECORD, &self.cipher)?;
        let edit_rows = Rows::of(&tx, EDIT, &self.cipher)?;
        let mut replica = stored_replica(&meta).await?;
        // A hundred families are marked in one transaction: what it reads is asked for all at once, what
        // it writes is put without waiting row by row.
        let mut asked = Vec::with_capacity(planned.len());
        for (key, _) in &planned {
            asked.push((key.clone(), record_rows.request_get(key.as_str())?));
        }
        let mut stored = BTreeMap::new();
        for (key, row) in asked {
            if let Some(row) = row.await? {
                let record: LocalRecord = record_rows.read(key.as_str(), &row)?;
                stored.insert(key, record);
            }
        }
        let mut records = BTreeMap::new();
        let mut edits = Vec::with_capacity(planned.len());
        let mut writes = Vec::with_capacity(planned.len() * 2);
        for (key, changes) in planned {
            let record = stored.remove(&key);
            let record = record.unwrap_or_else(|| LocalRecord::new(commune.clone()));
            let Some(plan) = replica.plan_edit(&key, &record.shown, changes, now_ms) else {
                stored.insert(key, record);
                continue;
            };
            let edit = serde_json::to_string(&plan.edit)?;
            writes.push(edit_rows.request_put(&log_key(plan.edit.id), &edit)?);
            let record = record.edited(plan.state);
            let row = serde_json::to_string(&record)?;
            writes.push(record_rows.request_put(key.as_str(), &row)?);
            replica = plan.replica;
            edits.push(plan.edit);
            records.insert(key.clone(), record.shown.clone());
            stored.insert(key, record);
        }
        if records.is_empty() && photos.is_empty() {
            tx.abort().await?;
            return Ok(None);
        }
        for photo in photos {
            self.put_photo(&tx, photo).await?;
        }
        let bookkeeping = serde_json::to_string(&replica)?;
        writes.push(meta.request_put(REPLICA, &bookkeeping)?);
        for write in writes {
            write.await?;
        }
        tx.commit().await?;
        Ok(Some(Written {
            replica,
            edits,
            records,
        }))
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
        let plan = self.merge(&tx, asked, response, fresh, now_ms).await?;
        tx.commit().await?;
        Ok(plan)
    }

    /// Merges the server's answer to edits that somebody carried there; `None` if it is not to be believed.
    pub(super) async fn take_carried(
        &self,
        answer: &CarriedAnswer,
        fresh: DeviceId,
        now_ms: u64,
    ) -> Result<Option<AnswerPlan>, StoreError> {
        let tx = self.write()?;
        let replica = stored_replica(&Rows::of(&tx, META, &self.cipher)?).await?;
        let edit_rows = Rows::of(&tx, EDIT, &self.cipher)?;
        let numbers = replica.edits_under_carried(answer);
        let own = edits_in(&edit_rows, vec![(answer.device, numbers)]).await?;
        let Some((asked, response, receipt)) = replica.believe_carried(answer, &own) else {
            tx.abort().await?;
            return Ok(None);
        };
        let mut plan = self.merge(&tx, &asked, &response, fresh, now_ms).await?;
        plan.replica.take_receipts(&[receipt], &own);
        let meta = Rows::of(&tx, META, &self.cipher)?;
        meta.put(REPLICA, &plan.replica).await?;
        tx.commit().await?;
        Ok(Some(plan))
    }

    /// Writes what an answer does, as part of a transaction.
    async fn merge(
        &self,
        tx: &Transaction<'_>,
        asked: &Asked,
        response: &Response,
        fresh: DeviceId,
        now_ms: u64,
    ) -> Result<AnswerPlan, StoreError> {
        let meta = Rows::of(tx, META, &self.cipher)?;
        let record_rows = Rows::of(tx, RECORD, &self.cipher)?;
        let edit_rows = Rows::of(tx, EDIT, &self.cipher)?;
        let rejected_rows = Rows::of(tx, REJECTED, &self.cipher)?;
        let replica = stored_replica(&meta).await?;

        let wanted = replica.wanted(asked, response);
        let own = edits_in(&edit_rows, wanted.edits).await?;
        let mut records = BTreeMap::new();
        if wanted.all_records {
            records = all_records(&record_rows).await?;
        } else {
            for key in Wanted::records(response, &own) {
                if let Some(record) = record_rows.get::<LocalRecord>(key.as_str()).await? {
                    records.insert(key, record);
                }
            }
        }

        let plan = replica.plan_answer(asked, response, own, records, fresh, now_ms);
        for (key, record) in &plan.records {
            record_rows.put(key.as_str(), record).await?;
        }
        for key in &plan.emptied {
            let key = key.as_str().to_owned();
            record_rows.store.delete(key).primitive()?.await?;
        }
        for (id, rejection) in &plan.rejected {
            let key = log_key(*id);
            if let Some(edit) = edit_rows.get::<Edit>(&key).await? {
                let reason = rejection.reason;
                rejected_rows
                    .put(&key, &RejectedEdit { edit, reason })
                    .await?;
            }
        }
        for edit in &plan.renewed {
            edit_rows.put(&log_key(edit.id), edit).await?;
        }
        meta.put(REPLICA, &plan.replica).await?;
        Ok(plan)
    }

    /// Keeps what the tablet knows its server by.
    pub(super) async fn note_trust(&self, trust: Trust, anew: bool) -> Result<Replica, StoreError> {
        let tx = self.write()?;
        let meta = Rows::of(&tx, META, &self.cipher)?;
        let mut replica = stored_replica(&meta).await?;
        let before = replica.trust.clone();
        replica.note_trust(trust, anew);
        if replica.trust == before {
            tx.abort().await?;
            return Ok(replica);
        }
        meta.put(REPLICA, &replica).await?;
        tx.commit().await?;
        Ok(replica)
    }

    /// Keeps receipts for what was entered here.
    pub(super) async fn take_receipts(&self, receipts: &[Receipt]) -> Result<Replica, StoreError> {
        let tx = self.write()?;
        let meta = Rows::of(&tx, META, &self.cipher)?;
        let mut replica = stored_replica(&meta).await?;
        let edit_rows = Rows::of(&tx, EDIT, &self.cipher)?;
        let own = edits_in(&edit_rows, replica.edits_under_receipts(receipts)).await?;
        replica.take_receipts(receipts, &own);
        meta.put(REPLICA, &replica).await?;
        tx.commit().await?;
        Ok(replica)
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
        Ok(self.database.transaction(STORES).build()?)
    }

    fn write(&self) -> Result<Transaction<'_>, StoreError> {
        self.write_in(STORES.into())
    }

    fn write_in(&self, stores: Vec<&'static str>) -> Result<Transaction<'_>, StoreError> {
        let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
        Ok(self
            .database
            .transaction(stores)
            .with_mode(TransactionMode::Readwrite)
            .with_options(strict)
            .build()?)
    }
}

/// The key of an edit in the log; keys of one device sort by number.
fn log_key(id: EditId) -> String {
    format!("{}.{:010}", id.device, id.seq)
}

async fn stored_replica(meta: &Rows<'_>) -> Result<Replica, StoreError> {
    meta.get::<Replica>(REPLICA)
        .await?
        .ok_or_else(|| StoreError::Database("bookkeeping is missing".to_owned()))
}

async fn all_records(rows: &Rows<'_>) -> Result<BTreeMap<RecordKey, LocalRecord>, StoreError> {
    let rows = rows.all().await?;
    let known = rows.into_iter().filter_map(|(key, record)| {
        let key = RecordKey::parse(&key).ok()?;
        Some((key, record))
    });
    Ok(known.collect())
}

async fn edits_in(
    rows: &Rows<'_>,
    wanted: impl IntoIterator<Item = Numbers>,
) -> Result<Vec<Edit>, StoreError> {
    let mut edits = Vec::new();
    for (device, numbers) in wanted {
        if !numbers.is_empty() {
            let key = |seq| log_key(EditId { device, seq });
            let found = rows.range(key(*numbers.start())..=key(*numbers.end()));
            edits.append(&mut found.await?);
        }
    }
    Ok(edits)
}
