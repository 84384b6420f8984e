//! Photos, and the beginnings of those that are on their way.

use crate::store::words::{area, photo_record};
use crate::store::{ArrivedPhoto, KeptPhoto, PhotoChunk, PhotoUse, StoreError, StoreResult};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeMap;
use thidua_domain::photo::PhotoDigest;
use thidua_domain::photo::upload::Held;
use thidua_domain::record::RecordKey;

/// See [`crate::store::Database::photo_held`].
pub(super) fn held(connection: &Connection, record: &RecordKey) -> StoreResult<Held> {
    let size = one(
        connection,
        "SELECT size FROM photo WHERE record = ?1",
        record,
    )?;
    if let Some(held) = size {
        return Ok(Held { held, stored: true });
    }
    let held = one(
        connection,
        "SELECT held FROM photo_upload WHERE record = ?1",
        record,
    )?;
    Ok(Held {
        held: held.unwrap_or(0),
        stored: false,
    })
}

fn one<T: FromSql>(
    connection: &Connection,
    sql: &str,
    record: &RecordKey,
) -> StoreResult<Option<T>> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| {
            statement
                .query_row([record.as_str()], |row| row.get(0))
                .optional()
        })
        .map_err(StoreError::backend)
}

/// See [`crate::store::Database::add_photo_chunk`].
pub(super) fn add_chunk(
    connection: &Connection,
    chunk: &PhotoChunk,
    now_ms: u64,
) -> StoreResult<Held> {
    let known = held(connection, &chunk.record)?;
    if known.stored || known.held != chunk.start {
        return Ok(known);
    }
    if chunk.start == 0 {
        begin(connection, chunk, now_ms)?;
    }
    let end = chunk.end();
    let record = chunk.record.as_str();
    connection
        .prepare_cached("INSERT INTO photo_chunk (record, start, bytes) VALUES (?1, ?2, ?3)")
        .and_then(|mut statement| statement.execute(params![record, chunk.start, chunk.bytes]))
        .and_then(|_| {
            connection
                .prepare_cached(
                    "UPDATE photo_upload SET held = ?2, updated_ms = ?3 WHERE record = ?1",
                )?
                .execute(params![record, end, now_ms])
        })
        .map_err(StoreError::backend)?;
    Ok(Held {
        held: end,
        stored: false,
    })
}

/// Begins an upload. What is too old or too much of the account's own unfinished ones is let go.
fn begin(connection: &Connection, chunk: &PhotoChunk, now_ms: u64) -> StoreResult<()> {
    let begun = || -> rusqlite::Result<()> {
        connection
            .prepare_cached("DELETE FROM photo_upload WHERE updated_ms < ?1")?
            .execute([chunk.expired_before_ms])?;
        connection
            .prepare_cached(
                "DELETE FROM photo_upload WHERE record IN (SELECT record FROM photo_upload
                 WHERE account = ?1 ORDER BY updated_ms DESC, record LIMIT -1 OFFSET ?2)",
            )?
            .execute(params![
                chunk.account,
                chunk.most_unfinished.saturating_sub(1)
            ])?;
        connection
            .prepare_cached(
                "INSERT INTO photo_upload (record, account, held, updated_ms) VALUES (?1, ?2, 0, ?3)",
            )?
            .execute(params![chunk.record.as_str(), chunk.account, now_ms])?;
        Ok(())
    };
    begun().map_err(StoreError::backend)
}

/// See [`crate::store::Database::arrived_photo`].
pub(super) fn arrived(connection: &Connection, record: &RecordKey) -> StoreResult<Vec<u8>> {
    let mut statement = connection
        .prepare_cached("SELECT bytes FROM photo_chunk WHERE record = ?1 ORDER BY start")
        .map_err(StoreError::backend)?;
    let chunks = statement
        .query_map([record.as_str()], |row| row.get::<_, Vec<u8>>(0))
        .map_err(StoreError::backend)?;
    let chunks: rusqlite::Result<Vec<_>> = chunks.collect();
    Ok(chunks.map_err(StoreError::backend)?.concat())
}

/// See [`crate::store::Database::forget_upload`].
pub(super) fn forget(connection: &Connection, record: &RecordKey) -> StoreResult<()> {
    connection
        .prepare_cached("DELETE FROM photo_upload WHERE record = ?1")
        .and_then(|mut statement| statement.execute([record.as_str()]))
        .map(|_| ())
        .map_err(StoreError::backend)
}

/// See [`crate::store::Database::keep_photo`].
pub(super) fn keep(connection: &Connection, photo: &ArrivedPhoto, now_ms: u64) -> StoreResult<()> {
    connection
        .prepare_cached(
            "INSERT INTO photo (record, commune, digest, size, account, stored_ms, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (record) DO NOTHING",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                photo.record.as_str(),
                photo.kept.commune.as_str(),
                photo.kept.digest.0,
                photo.kept.bytes.len(),
                photo.account,
                now_ms,
                photo.kept.bytes
            ])
        })
        .map_err(StoreError::backend)?;
    forget(connection, &photo.record)
}

/// See [`crate::store::Database::photo`].
pub(super) fn photo(connection: &Connection, record: &RecordKey) -> StoreResult<Option<KeptPhoto>> {
    let row: Option<(String, [u8; 32], Vec<u8>)> = connection
        .prepare_cached("SELECT commune, digest, bytes FROM photo WHERE record = ?1")
        .and_then(|mut statement| {
            let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            statement.query_row([record.as_str()], read).optional()
        })
        .map_err(StoreError::backend)?;
    row.map(|(commune, digest, bytes)| {
        Ok(KeptPhoto {
            commune: area(&commune)?,
            digest: PhotoDigest(digest),
            bytes,
        })
    })
    .transpose()
}

/// See [`crate::store::Database::photos_kept`].
pub(super) fn kept(
    connection: &Connection,
    records: &[RecordKey],
) -> StoreResult<BTreeMap<RecordKey, String>> {
    let mut found = BTreeMap::new();
    for record in records {
        let sql = "SELECT account FROM photo WHERE record = ?1";
        let account = one(connection, sql, record)?;
        found.extend(account.map(|account| (record.clone(), account)));
    }
    Ok(found)
}

/// See [`crate::store::Database::photo_use`].
pub(super) fn used(connection: &Connection, account: &str, since_ms: u64) -> StoreResult<PhotoUse> {
    connection
        .prepare_cached(
            "SELECT coalesce(sum(size), 0), coalesce(sum(size) FILTER (WHERE stored_ms >= ?2), 0)
             FROM photo WHERE account = ?1",
        )
        .and_then(|mut statement| {
            statement.query_row(params![account, since_ms], |row| {
                Ok(PhotoUse {
                    bytes: row.get(0)?,
                    lately: row.get(1)?,
                })
            })
        })
        .map_err(StoreError::backend)
}

/// See [`crate::store::Database::photos_after`].
pub(super) fn after(
    connection: &Connection,
    after: Option<&RecordKey>,
    limit: usize,
) -> StoreResult<Vec<RecordKey>> {
    let mut statement = connection
        .prepare_cached("SELECT record FROM photo WHERE record > ?1 ORDER BY record LIMIT ?2")
        .map_err(StoreError::backend)?;
    let start = after.map_or("", RecordKey::as_str);
    let rows = statement
        .query_map(params![start, limit], |row| row.get::<_, String>(0))
        .map_err(StoreError::backend)?;
    rows.map(|row| photo_record(&row.map_err(StoreError::backend)?))
        .collect()
}

/// See [`crate::store::Database::forget_photos`].
pub(super) fn remove(connection: &Connection, records: &[RecordKey]) -> StoreResult<()> {
    for record in records {
        connection
            .prepare_cached("DELETE FROM photo WHERE record = ?1")
            .and_then(|mut statement| statement.execute([record.as_str()]))
            .map_err(StoreError::backend)?;
    }
    Ok(())
}
