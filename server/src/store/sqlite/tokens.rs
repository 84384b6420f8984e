//! Tokens of other systems.

use crate::store::words::{decode, encode};
use crate::store::{ApiToken, StoreError, StoreResult, TokenHash};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

const COLUMNS: &str = "id, label, areas, names, created_ms, expires_ms, revoked";

/// See [`crate::store::Database::add_api_token`].
pub(super) fn add(connection: &Connection, token: &ApiToken, hash: &TokenHash) -> StoreResult<()> {
    connection
        .execute(
            "INSERT INTO api_token (id, hash, label, areas, names, created_ms, expires_ms, revoked)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                token.id,
                hash,
                token.label,
                encode(&token.areas),
                token.names,
                token.created_ms,
                token.expires_ms,
                token.revoked
            ],
        )
        .map_err(StoreError::backend)?;
    Ok(())
}

/// See [`crate::store::Database::api_tokens`].
pub(super) fn all(connection: &Connection) -> StoreResult<Vec<ApiToken>> {
    let sql = format!("SELECT {COLUMNS} FROM api_token ORDER BY created_ms, id");
    let mut statement = connection.prepare(&sql).map_err(StoreError::backend)?;
    let rows = statement
        .query_map([], columns)
        .map_err(StoreError::backend)?;
    rows.map(|row| token(row.map_err(StoreError::backend)?))
        .collect()
}

/// See [`crate::store::Database::revoke_api_token`].
pub(super) fn revoke(connection: &Connection, id: &str) -> StoreResult<()> {
    let changed = connection
        .execute("UPDATE api_token SET revoked = 1 WHERE id = ?1", [id])
        .map_err(StoreError::backend)?;
    match changed {
        0 => Err(StoreError::UnknownToken),
        _ => Ok(()),
    }
}

/// See [`crate::store::Database::api_token`].
pub(super) fn of_hash(
    connection: &Connection,
    hash: &TokenHash,
    now_ms: u64,
) -> StoreResult<Option<ApiToken>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM api_token WHERE hash = ?1 AND expires_ms > ?2 AND NOT revoked"
    );
    let row = connection
        .prepare_cached(&sql)
        .and_then(|mut statement| {
            statement
                .query_row(params![hash, now_ms], columns)
                .optional()
        })
        .map_err(StoreError::backend)?;
    row.map(token).transpose()
}

type Columns = (String, String, String, bool, u64, u64, bool);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
    ))
}

fn token(columns: Columns) -> StoreResult<ApiToken> {
    let (id, label, areas, names, created_ms, expires_ms, revoked) = columns;
    Ok(ApiToken {
        id,
        label,
        areas: decode(&areas, "areas of a token")?,
        names,
        created_ms,
        expires_ms,
        revoked,
    })
}
