//! What waits for somebody, the longest wait first.

use super::column;
use super::lists::{Query, VIEW, view};
use super::number;
use crate::store::queue::{Place, page_of, place_of};
use crate::store::words::{bytes, decode};
use crate::store::{QueueFilter, StoreError, StoreResult};
use deadpool_postgres::Client;
use std::fmt::Write as _;
use thidua_domain::api::{QueuePage, QueueRow};
use thidua_domain::entry;
use thidua_domain::review::Desk;
use thidua_domain::sync::state::RecordState;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

/// See [`crate::store::Database::queue`].
pub(super) async fn queue(client: &Client, filter: &QueueFilter) -> StoreResult<QueuePage> {
    let after = match place_of(filter) {
        Ok(after) => after,
        Err(nothing) => return Ok(nothing),
    };
    let query = query(filter, after);
    let found = client
        .query_typed(&query.sql, &query.parameters())
        .await
        .map_err(StoreError::backend)?;
    page_of(found.iter().map(waiting), filter.limit)
}

fn query(filter: &QueueFilter, after: Option<Place>) -> Query {
    let mut query = Query::new();
    let year = query.value(filter.period.to_string(), Type::TEXT);
    write!(
        query.sql,
        "SELECT {VIEW}, since_ms,
                (SELECT record.state FROM record WHERE record.subject = standing.subject AND record.key
                 = 'entry/' || encode(standing.subject, 'hex') || '/' || standing.assessment || '/' || {year})
         FROM standing WHERE open AND since_ms IS NOT NULL"
    )
    .expect("a string takes it");
    match filter.overdue_on {
        Some(today) => query.also("due_day <", today.to_epoch_days(), Type::INT8),
        None => query.also("state =", filter.state.as_str(), Type::TEXT),
    }
    if let Some(communes) = &filter.communes {
        query.in_communes(communes);
    }
    if let Some(assessment) = filter.assessment {
        query.also("assessment =", assessment.as_str(), Type::TEXT);
    }
    if let Some((desk, titles)) = &filter.desk {
        let titles: Vec<&str> = titles.iter().map(|title| title.as_str()).collect();
        let condition = match desk {
            Desk::District => "(NOT endorsed OR assessment <> ALL",
            Desk::Province => "(endorsed OR assessment <> ALL",
        };
        query.also(condition, titles, Type::TEXT_ARRAY);
        query.sql.push(')');
    }
    if let Some(until) = filter.until_ms {
        query.also("since_ms <=", signed(until), Type::INT8);
    }
    if let Some((ms, subject, assessment)) = after {
        let ms = query.value(signed(ms), Type::INT8);
        let subject = query.value(bytes(subject).to_vec(), Type::BYTEA);
        let assessment = query.value(assessment, Type::TEXT);
        write!(
            query.sql,
            " AND (since_ms, subject, assessment) > ({ms}, {subject}, {assessment})"
        )
        .expect("a string takes it");
    }
    query
        .sql
        .push_str(" ORDER BY since_ms, subject, assessment");
    query.limit(filter.limit);
    query
}

/// A time as the database counts it; one past its years is its last.
fn signed(millis: u64) -> i64 {
    i64::try_from(millis).unwrap_or(i64::MAX)
}

fn waiting(row: &Row) -> StoreResult<QueueRow> {
    let state: Option<&str> = column(row, 13)?;
    let state = state.ok_or(StoreError::Damaged {
        what: "queue: an entry without a record",
    })?;
    let record: RecordState = decode(state, "record")?;
    Ok(QueueRow {
        standing: view(row)?,
        since_ms: number(row, 12)?,
        digest: entry::content_digest(&record),
    })
}
