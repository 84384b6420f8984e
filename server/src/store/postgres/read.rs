//! Feeds, records and histories.

use super::{column, number, places, row, rows};
use crate::store::feed::{Budget, PageWriter};
use crate::store::words::{self, bytes, decode, value};
use crate::store::{FeedQuery, HeldEdits, StoreResult};
use deadpool_postgres::{Client, GenericClient};
use std::collections::BTreeMap;
use thidua_domain::api::HistoryItem;
use thidua_domain::area::AreaCode;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::sync::edit::{DeviceId, EditDigest};
use thidua_domain::sync::hub::View;
use thidua_domain::sync::state::RecordState;
use thidua_domain::sync::wire::{Cursor, Page};
use tokio_postgres::Row;

/// Rows of a feed that are asked for at a time.
const CHUNK: usize = 500;

/// See [`crate::store::Database::feeds`]. An idle sync is two statements, however many communes it names.
pub(super) async fn feeds(client: &Client, query: &FeedQuery) -> StoreResult<Vec<Page>> {
    let communes: Vec<&str> = query
        .cursors
        .iter()
        .map(|(code, _)| code.as_str())
        .collect();
    // A number that no column can hold was never given.
    let numbers: Vec<i64> = query
        .cursors
        .iter()
        .map(|(_, cursor)| i64::try_from(cursor.number).unwrap_or(-1))
        .collect();
    let ends = rows(
        client,
        "SELECT edit.running, coalesce(feed.number, 0)
         FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS asked (commune, number, place)
         LEFT JOIN edit ON edit.commune = asked.commune AND edit.number = asked.number
         LEFT JOIN feed ON feed.commune = asked.commune
         ORDER BY asked.place",
        &[&communes, &numbers],
    )
    .await?;

    let mut moved = match &query.readable {
        Some(_) => places::of_feeds(client, &communes).await?,
        None => BTreeMap::new(),
    };
    let mut budget = Budget::of(query);
    let mut pages = Vec::new();
    for ((commune, asked), end) in query.cursors.iter().zip(&ends) {
        let view = match &query.readable {
            Some(readable) => {
                let moved = moved.remove(commune).unwrap_or_default();
                View::of(commune, moved, readable)
            }
            None => View::whole(),
        };
        let check: Option<i64> = column(end, 0)?;
        let check = check.map(|check| EditDigest(check.cast_unsigned()));
        let known = check.is_some_and(|check| view.knows(*asked, check));
        let start = if known { *asked } else { Cursor::default() };
        let page = PageWriter::new(commune.clone(), start, &view, &mut budget);
        let page = if start.number < number(end, 1)? {
            fill(client, query, commune, start, page).await?
        } else {
            page.finish()
        };
        if page.cursor != *asked || page.more {
            pages.push(page);
        }
    }
    Ok(pages)
}

/// What comes after `start`, as far as there is room. Rows that arrive between two statements only ever
/// come after those that were there.
async fn fill(
    client: &Client,
    query: &FeedQuery,
    commune: &AreaCode,
    start: Cursor,
    mut page: PageWriter<'_>,
) -> StoreResult<Page> {
    let (device, seq) = query.except.map_or((-1, 0), |(device, seq)| {
        (device.0.cast_signed(), i64::from(seq))
    });
    let mut after = start.number.cast_signed();
    loop {
        let chunk = rows(
            client,
            "SELECT number, running, CASE WHEN device = $3 AND seq <= $4 THEN NULL ELSE body END
             FROM edit WHERE commune = $1 AND number > $2 ORDER BY number LIMIT $5",
            &[&commune.as_str(), &after, &device, &seq, &(CHUNK as i64)],
        )
        .await?;
        for row in &chunk {
            after = column(row, 0)?;
            if !page.take(cursor(row)?, column(row, 2)?)? {
                return Ok(page.finish());
            }
        }
        if chunk.len() < CHUNK {
            return Ok(page.finish());
        }
    }
}

/// Reads a cursor from the first two columns.
pub(super) fn cursor(row: &Row) -> StoreResult<Cursor> {
    Ok(Cursor {
        number: number(row, 0)?,
        check: EditDigest(number(row, 1)?),
    })
}

/// See [`crate::store::Database::held_edits`].
pub(super) async fn held_edits(
    client: &Client,
    device: DeviceId,
    until: u32,
) -> StoreResult<Option<HeldEdits>> {
    let device = device.0.cast_signed();
    let known = row(
        client,
        "SELECT account FROM device WHERE id = $1",
        &[&device],
    )
    .await?;
    let Some(known) = known else {
        return Ok(None);
    };
    let found = rows(
        client,
        "SELECT seq, digest FROM edit WHERE device = $1 AND seq <= $2
         UNION ALL
         SELECT seq, digest FROM rejected_edit WHERE device = $1 AND seq <= $2
         ORDER BY seq",
        &[&device, &i64::from(until)],
    )
    .await?;
    let edits = found
        .iter()
        .map(|row| Ok((number(row, 0)?, EditDigest(number(row, 1)?))))
        .collect::<StoreResult<Vec<_>>>()?;
    Ok(Some(HeldEdits::of(column(&known, 0)?, edits)))
}

/// See [`crate::store::Database::feed_end`].
pub(super) async fn feed_end(client: &Client, commune: &AreaCode) -> StoreResult<Cursor> {
    let sql = "SELECT number, running FROM feed WHERE commune = $1";
    let end = row(client, sql, &[&commune.as_str()]).await?;
    Ok(end.as_ref().map(cursor).transpose()?.unwrap_or_default())
}

/// See [`crate::store::Database::feed_check`].
pub(super) async fn feed_check(
    client: &Client,
    commune: &AreaCode,
    at: u64,
) -> StoreResult<Option<EditDigest>> {
    let Ok(at) = i64::try_from(at) else {
        return Ok(None);
    };
    let sql = "SELECT running FROM edit WHERE commune = $1 AND number = $2";
    let found = row(client, sql, &[&commune.as_str(), &at]).await?;
    found
        .map(|row| Ok(EditDigest(number(&row, 0)?)))
        .transpose()
}

/// All records of these subjects.
pub(super) async fn records(
    client: &impl GenericClient,
    subjects: impl IntoIterator<Item = SubjectId>,
) -> StoreResult<BTreeMap<RecordKey, RecordState>> {
    let ids: Vec<_> = subjects.into_iter().map(bytes).collect();
    let ids: Vec<&[u8]> = ids.iter().map(<[u8; 16]>::as_slice).collect();
    let sql = "SELECT key, state FROM record WHERE subject = ANY($1)";
    let found = rows(client, sql, &[&ids]).await?;
    found
        .iter()
        .map(|row| words::record(column(row, 0)?, column(row, 1)?))
        .collect()
}

/// See [`crate::store::Database::records_of_kind`].
pub(super) async fn of_kind(
    client: &Client,
    kind: &str,
    after: Option<&RecordKey>,
    limit: usize,
) -> StoreResult<Vec<(RecordKey, RecordState)>> {
    // The index holds the rows of which the same words are true; "0" is what follows "/".
    let sql = "SELECT key, state FROM record
               WHERE key NOT LIKE 'entry/%' AND key NOT LIKE 'family/%' AND key NOT LIKE 'unit/%'
                   AND key > $1 AND key < $2
               ORDER BY key LIMIT $3";
    let start = after.map_or_else(|| format!("{kind}/"), ToString::to_string);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = rows(client, sql, &[&start, &format!("{kind}0"), &limit]).await?;
    found
        .iter()
        .map(|row| words::record(column(row, 0)?, column(row, 1)?))
        .collect()
}

/// See [`crate::store::Database::history`].
pub(super) async fn history(
    client: &Client,
    records: &[RecordKey],
    limit: usize,
) -> StoreResult<Vec<HistoryItem>> {
    let keys: Vec<&str> = records.iter().map(RecordKey::as_str).collect();
    let ids: Vec<_> = records.iter().map(|key| bytes(key.subject())).collect();
    let ids: Vec<&[u8]> = ids.iter().map(<[u8; 16]>::as_slice).collect();
    let found = rows(
        client,
        "SELECT received_ms, body, NULL, arrival FROM edit
         WHERE subject = ANY($1) AND record = ANY($2)
         UNION ALL
         SELECT received_ms, body, reason, arrival FROM rejected_edit
         WHERE subject = ANY($1) AND record = ANY($2)
         ORDER BY received_ms DESC, arrival DESC LIMIT $3",
        &[&ids, &keys, &i64::try_from(limit).unwrap_or(i64::MAX)],
    )
    .await?;
    found
        .iter()
        .map(|row| {
            let reason: Option<&str> = column(row, 2)?;
            Ok(HistoryItem {
                edit: decode(column(row, 1)?, "edit")?,
                received_ms: number(row, 0)?,
                rejected: reason.map(|reason| value(reason, "reason")).transpose()?,
            })
        })
        .collect()
}
