//! What waits for somebody, the longest wait first.

use super::lists::{VIEW, communes_of, view};
use crate::store::queue::{Place, page_of, place_of};
use crate::store::words::{bytes, decode, encode};
use crate::store::{QueueFilter, StoreError, StoreResult};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};
use std::fmt::Write as _;
use thidua_domain::api::{QueuePage, QueueRow};
use thidua_domain::catalogue::Assessment;
use thidua_domain::date::Date;
use thidua_domain::entry;
use thidua_domain::record::RecordKey;
use thidua_domain::review::Desk;
use thidua_domain::sync::state::RecordState;

/// See [`crate::store::Database::queue`].
pub(super) fn queue(connection: &Connection, filter: &QueueFilter) -> StoreResult<QueuePage> {
    let after = match place_of(filter) {
        Ok(after) => after,
        Err(nothing) => return Ok(nothing),
    };
    let mut statement = connection
        .prepare_cached(&query(filter, after.is_some()))
        .map_err(StoreError::backend)?;
    bind(&mut statement, filter, after).map_err(StoreError::backend)?;
    let mut rows = statement.raw_query();
    let next = std::iter::from_fn(|| {
        let row = rows.next().map_err(StoreError::backend).transpose()?;
        Some(row.and_then(|row| waiting(connection, filter, row)))
    });
    page_of(next, filter.limit)
}

fn waiting(connection: &Connection, filter: &QueueFilter, row: &Row<'_>) -> StoreResult<QueueRow> {
    let standing = view(row)?;
    let key = RecordKey::entry(standing.subject, standing.assessment, filter.period);
    Ok(QueueRow {
        since_ms: row.get("since_ms").map_err(StoreError::backend)?,
        digest: entry::content_digest(&record(connection, &key)?),
        standing,
    })
}

fn record(connection: &Connection, key: &RecordKey) -> StoreResult<RecordState> {
    let state: Option<String> = connection
        .prepare_cached("SELECT state FROM record WHERE subject = ?1 AND key = ?2")
        .and_then(|mut statement| {
            statement
                .query_row(params![bytes(key.subject()), key.as_str()], |row| {
                    row.get(0)
                })
                .optional()
        })
        .map_err(StoreError::backend)?;
    let state = state.ok_or(StoreError::Damaged {
        what: "queue: an entry without a record",
    })?;
    decode(&state, "record")
}

const OTHER_TITLE: &str = "assessment NOT IN (SELECT value FROM json_each(:titles))";

/// The statement for these filters: a walk along an index that is in the order of the queue.
pub(super) fn query(filter: &QueueFilter, after: bool) -> String {
    let one_commune = filter
        .communes
        .as_ref()
        .is_some_and(|communes| communes.len() == 1);
    let (index, state) = match filter.overdue_on {
        Some(_) => (
            "standing_due",
            "due_day IS NOT NULL AND due_day < :overdue_on",
        ),
        None if one_commune => ("standing_since_in_commune", "state = :state"),
        None => ("standing_since", "state = :state"),
    };
    let mut sql = format!(
        "SELECT {VIEW}, since_ms FROM standing INDEXED BY {index}
         WHERE open AND {state} AND since_ms IS NOT NULL"
    );
    let mut also = |condition: &str| write!(sql, " AND {condition}").expect("a string takes it");
    match &filter.communes {
        Some(_) if one_commune => also("commune = :communes"),
        Some(_) => also("commune IN (SELECT value FROM json_each(:communes))"),
        None => {}
    }
    if filter.assessment.is_some() {
        also("assessment = :assessment");
    }
    match &filter.desk {
        Some((Desk::District, _)) => also(&format!("(NOT endorsed OR {OTHER_TITLE})")),
        Some((Desk::Province, _)) => also(&format!("(endorsed OR {OTHER_TITLE})")),
        None => {}
    }
    if filter.until_ms.is_some() {
        also("since_ms <= :until");
    }
    if after {
        also("(since_ms, subject, assessment) > (:after_ms, :after_subject, :after_assessment)");
    }
    sql.push_str(" ORDER BY since_ms, subject, assessment LIMIT :limit");
    sql
}

fn bind(
    statement: &mut rusqlite::CachedStatement<'_>,
    filter: &QueueFilter,
    after: Option<Place>,
) -> rusqlite::Result<()> {
    let (after_ms, after_subject, after_assessment) = match after {
        Some((ms, subject, assessment)) => (Some(ms), Some(bytes(subject)), Some(assessment)),
        None => (None, None, None),
    };
    // One more than asked for tells whether there is a next page.
    let limit = filter.limit.saturating_add(1);
    let values = named_params! {
        ":communes": filter.communes.as_deref().map(communes_of),
        ":state": filter.state.as_str(),
        ":assessment": filter.assessment.map(Assessment::as_str),
        ":until": filter.until_ms,
        ":titles": filter.desk.as_ref().map(|(_, titles)| encode(titles)),
        ":overdue_on": filter.overdue_on.map(Date::to_epoch_days),
        ":after_ms": after_ms,
        ":after_subject": after_subject,
        ":after_assessment": after_assessment,
        ":limit": limit,
    };
    for (name, value) in values {
        if let Some(index) = statement.parameter_index(name)? {
            statement.raw_bind_parameter(index, value)?;
        }
    }
    Ok(())
}
