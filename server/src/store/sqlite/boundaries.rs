//! Boundaries of areas.

use crate::store::words::{boundary, encode};
use crate::store::{StoreError, StoreResult};
use rusqlite::{Connection, params};
use thidua_domain::boundary::Boundary;

/// See [`crate::store::Database::put_boundaries`].
pub(super) fn put(connection: &Connection, boundaries: &[Boundary]) -> StoreResult<()> {
    let mut statement = connection
        .prepare_cached(
            "INSERT INTO boundary (area, valid_from, shape) VALUES (?1, ?2, ?3)
             ON CONFLICT (area, valid_from) DO UPDATE SET shape = excluded.shape",
        )
        .map_err(StoreError::backend)?;
    for one in boundaries {
        let since = one.valid_from.to_string();
        statement
            .execute(params![one.area.as_str(), since, encode(&one.shape)])
            .map_err(StoreError::backend)?;
    }
    Ok(())
}

/// See [`crate::store::Database::boundaries`].
pub(super) fn all(connection: &Connection) -> StoreResult<Vec<Boundary>> {
    let mut statement = connection
        .prepare_cached("SELECT area, valid_from, shape FROM boundary ORDER BY area, valid_from")
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .map_err(StoreError::backend)?;
    rows.map(|row| {
        let (area, since, shape): (String, String, String) = row.map_err(StoreError::backend)?;
        boundary(&area, &since, &shape)
    })
    .collect()
}

/// See [`crate::store::Database::drop_boundaries`].
pub(super) fn forget(connection: &Connection) -> StoreResult<()> {
    let dropped = connection.execute("DELETE FROM boundary", []);
    dropped.map_err(StoreError::backend)?;
    Ok(())
}
