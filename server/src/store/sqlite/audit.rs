//! The log of deeds.

use crate::audit::{Note, NotedRow};
use crate::store::words::{value, word};
use crate::store::{StoreError, StoreResult};
use rusqlite::{Connection, OptionalExtension as _, params};

/// See [`crate::store::Database::note`]. There is one writer, so nobody comes between.
pub(super) fn note(connection: &Connection, note: Note) -> StoreResult<()> {
    let last = connection
        .prepare_cached("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1")
        .and_then(|mut statement| {
            let row = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)));
            row.optional()
        })
        .map_err(StoreError::backend)?;
    let row = NotedRow::after(last, note);
    connection
        .prepare_cached(
            "INSERT INTO audit (number, at_ms, actor, deed, about, digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .and_then(|mut statement| {
            statement.execute(params![
                row.number,
                row.note.at_ms,
                row.note.actor,
                word(&row.note.deed),
                row.note.about,
                row.digest
            ])
        })
        .map_err(StoreError::backend)?;
    Ok(())
}

/// See [`crate::store::Database::notes`].
pub(super) fn notes(
    connection: &Connection,
    after: u64,
    limit: usize,
) -> StoreResult<Vec<NotedRow>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT number, at_ms, actor, deed, about, digest FROM audit
             WHERE number > ?1 ORDER BY number LIMIT ?2",
        )
        .map_err(StoreError::backend)?;
    let rows = statement.query_map(params![after, limit], |row| {
        let deed: String = row.get(3)?;
        let (number, digest) = (row.get(0)?, row.get(5)?);
        Ok((number, row.get(1)?, row.get(2)?, deed, row.get(4)?, digest))
    });
    let rows = rows.map_err(StoreError::backend)?;
    rows.map(|row| {
        let (number, at_ms, actor, deed, about, digest) = row.map_err(StoreError::backend)?;
        Ok(NotedRow {
            number,
            note: Note {
                at_ms,
                actor,
                deed: value(&deed, "deed")?,
                about,
            },
            digest,
        })
    })
    .collect()
}
