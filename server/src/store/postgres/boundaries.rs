//! Boundaries of areas.

use super::{column, execute, rows};
use crate::store::StoreResult;
use crate::store::words::{boundary, encode};
use deadpool_postgres::Client;
use thidua_domain::boundary::Boundary;

/// See [`crate::store::Database::put_boundaries`].
pub(super) async fn put(client: &Client, boundaries: &[Boundary]) -> StoreResult<()> {
    let areas: Vec<&str> = boundaries.iter().map(|one| one.area.as_str()).collect();
    let since: Vec<String> = boundaries
        .iter()
        .map(|one| one.valid_from.to_string())
        .collect();
    let shapes: Vec<String> = boundaries.iter().map(|one| encode(&one.shape)).collect();
    execute(
        client,
        "INSERT INTO boundary (area, valid_from, shape)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
         ON CONFLICT (area, valid_from) DO UPDATE SET shape = excluded.shape",
        &[&areas, &since, &shapes],
    )
    .await?;
    Ok(())
}

/// See [`crate::store::Database::boundaries`].
pub(super) async fn all(client: &Client) -> StoreResult<Vec<Boundary>> {
    let sql = "SELECT area, valid_from, shape FROM boundary ORDER BY area, valid_from";
    let found = rows(client, sql, &[]).await?;
    found
        .iter()
        .map(|row| boundary(column(row, 0)?, column(row, 1)?, column(row, 2)?))
        .collect()
}

/// See [`crate::store::Database::drop_boundaries`].
pub(super) async fn forget(client: &Client) -> StoreResult<()> {
    execute(client, "DELETE FROM boundary", &[]).await?;
    Ok(())
}
