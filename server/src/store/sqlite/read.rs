//! Feeds and histories.

use super::places;
use crate::store::feed::{Budget, PageWriter};
use crate::store::words::{bytes, decode, value};
use crate::store::{FeedQuery, HeldEdits, StoreError, StoreResult};
use rusqlite::{Connection, OptionalExtension as _, params};
use thidua_domain::api::HistoryItem;
use thidua_domain::area::AreaCode;
use thidua_domain::record::RecordKey;
use thidua_domain::sync::edit::{DeviceId, Edit, EditDigest};
use thidua_domain::sync::hub::View;
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{Cursor, Page};

/// See [`crate::store::Database::feeds`].
pub(super) fn feeds(connection: &Connection, query: &FeedQuery) -> StoreResult<Vec<Page>> {
    let mut budget = Budget::of(query);
    let mut pages = Vec::new();
    for (commune, asked) in &query.cursors {
        let view = match &query.readable {
            Some(readable) => View::of(commune, places::of_feed(connection, commune)?, readable),
            None => View::whole(),
        };
        let check = feed_check(connection, commune, asked.number)?;
        let known = check.is_some_and(|check| view.knows(*asked, check));
        let start = if known { *asked } else { Cursor::default() };
        let page = page(connection, query, commune, start, &view, &mut budget)?;
        if page.cursor != *asked || page.more {
            pages.push(page);
        }
    }
    Ok(pages)
}

fn page(
    connection: &Connection,
    query: &FeedQuery,
    commune: &AreaCode,
    start: Cursor,
    view: &View,
    budget: &mut Budget,
) -> StoreResult<Page> {
    let mut statement = connection
        .prepare_cached(
            "SELECT number, running, CASE WHEN device = ?3 AND seq <= ?4 THEN NULL ELSE body END
             FROM edit WHERE commune = ?1 AND number > ?2 ORDER BY number",
        )
        .map_err(StoreError::backend)?;
    let (device, seq) = query
        .except
        .map_or((-1, 0), |(device, seq)| (device.0.cast_signed(), seq));
    let mut rows = statement
        .query(params![commune.as_str(), start.number, device, seq])
        .map_err(StoreError::backend)?;

    let mut page = PageWriter::new(commune.clone(), start, view, budget);
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        let read = || -> rusqlite::Result<Cursor> {
            Ok(Cursor {
                number: row.get(0)?,
                check: EditDigest(row.get(1)?),
            })
        };
        let cursor = read().map_err(StoreError::backend)?;
        let body = row
            .get_ref(2)
            .and_then(|body| body.as_str_or_null().map_err(rusqlite::Error::from))
            .map_err(StoreError::backend)?;
        if !page.take(cursor, body)? {
            break;
        }
    }
    Ok(page.finish())
}

/// See [`crate::store::Database::held_edits`].
pub(super) fn held_edits(
    connection: &Connection,
    device: DeviceId,
    until: u32,
) -> StoreResult<Option<HeldEdits>> {
    let account: Option<String> = connection
        .prepare_cached("SELECT account FROM device WHERE id = ?1")
        .and_then(|mut known| known.query_row([device.0], |row| row.get(0)).optional())
        .map_err(StoreError::backend)?;
    let Some(account) = account else {
        return Ok(None);
    };
    let mut statement = connection
        .prepare_cached(
            "SELECT seq, digest FROM edit WHERE device = ?1 AND seq <= ?2
             UNION ALL
             SELECT seq, digest FROM rejected_edit WHERE device = ?1 AND seq <= ?2
             ORDER BY seq",
        )
        .map_err(StoreError::backend)?;
    let edits = statement
        .query_map(params![device.0, until], |row| {
            Ok((row.get(0)?, EditDigest(row.get(1)?)))
        })
        .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
        .map_err(StoreError::backend)?;
    Ok(Some(HeldEdits::of(account, edits)))
}

/// See [`crate::store::Database::feed_end`].
pub(super) fn feed_end(connection: &Connection, commune: &AreaCode) -> StoreResult<Cursor> {
    let end = connection
        .prepare_cached("SELECT number, running FROM feed WHERE commune = ?1")
        .and_then(|mut statement| {
            statement
                .query_row([commune.as_str()], |row| {
                    Ok(Cursor {
                        number: row.get(0)?,
                        check: EditDigest(row.get(1)?),
                    })
                })
                .optional()
        });
    Ok(end.map_err(StoreError::backend)?.unwrap_or_default())
}

/// See [`crate::store::Database::feed_check`].
pub(super) fn feed_check(
    connection: &Connection,
    commune: &AreaCode,
    number: u64,
) -> StoreResult<Option<EditDigest>> {
    // A number that no column can hold was never given.
    let Ok(number) = i64::try_from(number) else {
        return Ok(None);
    };
    connection
        .prepare_cached("SELECT running FROM edit WHERE commune = ?1 AND number = ?2")
        .and_then(|mut statement| {
            statement
                .query_row(params![commune.as_str(), number], |row| row.get(0))
                .optional()
        })
        .map(|running| running.map(EditDigest))
        .map_err(StoreError::backend)
}

/// See [`crate::store::Database::history`].
pub(super) fn history(
    connection: &Connection,
    records: &[RecordKey],
    limit: usize,
) -> StoreResult<Vec<HistoryItem>> {
    let subjects: std::collections::BTreeSet<_> = records.iter().map(RecordKey::subject).collect();
    let mut items = Vec::new();
    for subject in subjects {
        let mut statement = connection
            .prepare_cached(
                "SELECT received_ms, id, body, NULL FROM edit WHERE subject = ?1
                 UNION ALL
                 SELECT received_ms, id, body, reason FROM rejected_edit WHERE subject = ?1
                 ORDER BY received_ms DESC, id DESC LIMIT ?2",
            )
            .map_err(StoreError::backend)?;
        let mut rows = statement
            .query(params![bytes(subject), limit.saturating_mul(4)])
            .map_err(StoreError::backend)?;
        while let Some(row) = rows.next().map_err(StoreError::backend)? {
            let read = || -> rusqlite::Result<(u64, i64, String, Option<String>)> {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            };
            let (received_ms, arrival, body, reason) = read().map_err(StoreError::backend)?;
            let edit: Edit = decode(&body, "edit")?;
            let rejected = reason.map(|reason| value(&reason, "reason")).transpose()?;
            if records.contains(&edit.record) {
                let item = HistoryItem {
                    edit,
                    received_ms,
                    rejected,
                };
                items.push(((received_ms, arrival), item));
            }
        }
    }
    items.sort_by_key(|(arrival, _)| std::cmp::Reverse(*arrival));
    items.truncate(limit);
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

/// See [`crate::store::Database::records_of_kind`].
pub(super) fn of_kind(
    connection: &Connection,
    kind: &str,
    after: Option<&RecordKey>,
    limit: usize,
) -> StoreResult<Vec<(RecordKey, RecordState)>> {
    // The index holds the rows of which the same words are true; "0" is what follows "/".
    let mut statement = connection
        .prepare_cached(
            "SELECT key, state FROM record INDEXED BY record_of_kind
             WHERE key NOT GLOB 'entry/*' AND key NOT GLOB 'family/*' AND key NOT GLOB 'unit/*'
                 AND key > ?1 AND key < ?2 || '0'
             ORDER BY key LIMIT ?3",
        )
        .map_err(StoreError::backend)?;
    let start = after.map_or_else(|| format!("{kind}/"), ToString::to_string);
    let mut rows = statement
        .query(params![start, kind, limit])
        .map_err(StoreError::backend)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        found.push(super::write::record(row)?);
    }
    Ok(found)
}
