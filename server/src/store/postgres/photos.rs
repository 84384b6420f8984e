//! Photos, and the beginnings of those that are on their way.

use super::{column, execute, number, row, rows};
use crate::store::words::{area, photo_record};
use crate::store::{ArrivedPhoto, KeptPhoto, PhotoChunk, PhotoUse, StoreError, StoreResult};
use deadpool_postgres::{Client, GenericClient};
use std::collections::BTreeMap;
use thidua_domain::photo::PhotoDigest;
use thidua_domain::photo::upload::Held;
use thidua_domain::record::RecordKey;

/// See [`crate::store::Database::photo_held`].
pub(super) async fn held(client: &impl GenericClient, record: &RecordKey) -> StoreResult<Held> {
    let sql = "SELECT size FROM photo WHERE record = $1";
    if let Some(found) = row(client, sql, &[&record.as_str()]).await? {
        return Ok(Held {
            held: number(&found, 0)?,
            stored: true,
        });
    }
    let sql = "SELECT held FROM photo_upload WHERE record = $1";
    let found = row(client, sql, &[&record.as_str()]).await?;
    let held = found.map(|found| number(&found, 0)).transpose()?;
    Ok(Held {
        held: held.unwrap_or(0),
        stored: false,
    })
}

/// See [`crate::store::Database::add_photo_chunk`].
pub(super) async fn add_chunk(
    client: &mut Client,
    chunk: &PhotoChunk,
    now_ms: u64,
) -> StoreResult<Held> {
    let transaction = client.transaction().await.map_err(StoreError::backend)?;
    lock(&transaction, &chunk.record).await?;
    let known = held(&transaction, &chunk.record).await?;
    if known.stored || known.held != chunk.start {
        return Ok(known);
    }
    let record = chunk.record.as_str();
    let now_ms = now_ms.cast_signed();
    if chunk.start == 0 {
        let before = chunk.expired_before_ms.cast_signed();
        let sql = "DELETE FROM photo_upload WHERE updated_ms < $1";
        execute(&transaction, sql, &[&before]).await?;
        let others = i64::try_from(chunk.most_unfinished.saturating_sub(1)).unwrap_or(i64::MAX);
        let sql = "DELETE FROM photo_upload WHERE record IN (SELECT record FROM photo_upload
             WHERE account = $1 ORDER BY updated_ms DESC, record OFFSET $2)";
        execute(&transaction, sql, &[&chunk.account, &others]).await?;
        let sql =
            "INSERT INTO photo_upload (record, account, held, updated_ms) VALUES ($1, $2, 0, $3)";
        execute(&transaction, sql, &[&record, &chunk.account, &now_ms]).await?;
    }
    let (start, end) = (i64::from(chunk.start), chunk.end());
    let sql = "INSERT INTO photo_chunk (record, start, bytes) VALUES ($1, $2, $3)";
    execute(&transaction, sql, &[&record, &start, &chunk.bytes]).await?;
    let sql = "UPDATE photo_upload SET held = $2, updated_ms = $3 WHERE record = $1";
    execute(&transaction, sql, &[&record, &i64::from(end), &now_ms]).await?;
    transaction.commit().await.map_err(StoreError::backend)?;
    Ok(Held {
        held: end,
        stored: false,
    })
}

/// Whoever sends another piece of the same photo waits for this transaction. Which photo it is has no row
/// to lock before its first piece; photos that share a key wait for each other without need.
async fn lock(client: &impl GenericClient, record: &RecordKey) -> StoreResult<()> {
    let sql = "SELECT pg_advisory_xact_lock($1, hashtext($2))";
    rows(client, sql, &[&PHOTOS, &record.as_str()]).await?;
    Ok(())
}

/// Locks of two numbers are none of those of one, which pushes take.
const PHOTOS: i32 = 1;

/// See [`crate::store::Database::arrived_photo`].
pub(super) async fn arrived(client: &Client, record: &RecordKey) -> StoreResult<Vec<u8>> {
    let sql = "SELECT bytes FROM photo_chunk WHERE record = $1 ORDER BY start";
    let found = rows(client, sql, &[&record.as_str()]).await?;
    let chunks: StoreResult<Vec<Vec<u8>>> = found.iter().map(|row| column(row, 0)).collect();
    Ok(chunks?.concat())
}

/// See [`crate::store::Database::forget_upload`].
pub(super) async fn forget(client: &impl GenericClient, record: &RecordKey) -> StoreResult<()> {
    let sql = "DELETE FROM photo_upload WHERE record = $1";
    execute(client, sql, &[&record.as_str()]).await?;
    Ok(())
}

/// See [`crate::store::Database::keep_photo`].
pub(super) async fn keep(
    client: &mut Client,
    photo: &ArrivedPhoto,
    now_ms: u64,
) -> StoreResult<()> {
    let transaction = client.transaction().await.map_err(StoreError::backend)?;
    lock(&transaction, &photo.record).await?;
    let size = i64::try_from(photo.kept.bytes.len()).unwrap_or(i64::MAX);
    execute(
        &transaction,
        "INSERT INTO photo (record, commune, digest, size, account, stored_ms, bytes)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (record) DO NOTHING",
        &[
            &photo.record.as_str(),
            &photo.kept.commune.as_str(),
            &photo.kept.digest.0.as_slice(),
            &size,
            &photo.account,
            &now_ms.cast_signed(),
            &photo.kept.bytes,
        ],
    )
    .await?;
    forget(&transaction, &photo.record).await?;
    transaction.commit().await.map_err(StoreError::backend)
}

/// See [`crate::store::Database::photo`].
pub(super) async fn photo(client: &Client, record: &RecordKey) -> StoreResult<Option<KeptPhoto>> {
    let sql = "SELECT commune, digest, bytes FROM photo WHERE record = $1";
    let found = row(client, sql, &[&record.as_str()]).await?;
    found
        .map(|found| {
            let digest: &[u8] = column(&found, 1)?;
            let digest = digest.try_into().map_err(|_| StoreError::Damaged {
                what: "digest of a photo",
            })?;
            Ok(KeptPhoto {
                commune: area(column(&found, 0)?)?,
                digest: PhotoDigest(digest),
                bytes: column(&found, 2)?,
            })
        })
        .transpose()
}

/// See [`crate::store::Database::photos_kept`].
pub(super) async fn kept(
    client: &Client,
    records: &[RecordKey],
) -> StoreResult<BTreeMap<RecordKey, String>> {
    let asked: Vec<&str> = records.iter().map(RecordKey::as_str).collect();
    let sql = "SELECT record, account FROM photo WHERE record = ANY($1)";
    let found = rows(client, sql, &[&asked]).await?;
    found
        .iter()
        .map(|row| Ok((photo_record(column(row, 0)?)?, column(row, 1)?)))
        .collect()
}

/// See [`crate::store::Database::photo_use`].
pub(super) async fn used(client: &Client, account: &str, since_ms: u64) -> StoreResult<PhotoUse> {
    let sql = "SELECT coalesce(sum(size), 0)::bigint,
             coalesce(sum(size) FILTER (WHERE stored_ms >= $2), 0)::bigint
         FROM photo WHERE account = $1";
    let found = row(client, sql, &[&account, &since_ms.cast_signed()]).await?;
    let found = found.ok_or(StoreError::Damaged {
        what: "sum of photos",
    })?;
    Ok(PhotoUse {
        bytes: number(&found, 0)?,
        lately: number(&found, 1)?,
    })
}

/// See [`crate::store::Database::photos_after`].
pub(super) async fn after(
    client: &Client,
    after: Option<&RecordKey>,
    limit: usize,
) -> StoreResult<Vec<RecordKey>> {
    let start = after.map_or("", RecordKey::as_str);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let sql = "SELECT record FROM photo WHERE record > $1 ORDER BY record LIMIT $2";
    let found = rows(client, sql, &[&start, &limit]).await?;
    found
        .iter()
        .map(|row| photo_record(column(row, 0)?))
        .collect()
}

/// See [`crate::store::Database::forget_photos`].
pub(super) async fn remove(client: &Client, records: &[RecordKey]) -> StoreResult<()> {
    let named: Vec<&str> = records.iter().map(RecordKey::as_str).collect();
    execute(
        client,
        "DELETE FROM photo WHERE record = ANY($1)",
        &[&named],
    )
    .await?;
    Ok(())
}
