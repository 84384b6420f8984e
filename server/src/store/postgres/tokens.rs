//! Tokens of other systems.

use super::{column, execute, number, row, rows};
use crate::store::words::{decode, encode};
use crate::store::{ApiToken, StoreError, StoreResult, TokenHash};
use deadpool_postgres::Client;
use tokio_postgres::Row;

const COLUMNS: &str = "id, label, areas, names, created_ms, expires_ms, revoked";

/// See [`crate::store::Database::add_api_token`].
pub(super) async fn add(client: &Client, token: &ApiToken, hash: &TokenHash) -> StoreResult<()> {
    execute(
        client,
        "INSERT INTO api_token (id, hash, label, areas, names, created_ms, expires_ms, revoked)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &token.id,
            &&hash[..],
            &token.label,
            &encode(&token.areas),
            &token.names,
            &token.created_ms.cast_signed(),
            &token.expires_ms.cast_signed(),
            &token.revoked,
        ],
    )
    .await?;
    Ok(())
}

/// See [`crate::store::Database::api_tokens`].
pub(super) async fn all(client: &Client) -> StoreResult<Vec<ApiToken>> {
    let sql = format!("SELECT {COLUMNS} FROM api_token ORDER BY created_ms, id");
    let found = rows(client, &sql, &[]).await?;
    found.iter().map(token).collect()
}

/// See [`crate::store::Database::revoke_api_token`].
pub(super) async fn revoke(client: &Client, id: &str) -> StoreResult<()> {
    let sql = "UPDATE api_token SET revoked = true WHERE id = $1";
    match execute(client, sql, &[&id]).await? {
        0 => Err(StoreError::UnknownToken),
        _ => Ok(()),
    }
}

/// See [`crate::store::Database::api_token`].
pub(super) async fn of_hash(
    client: &Client,
    hash: &TokenHash,
    now_ms: u64,
) -> StoreResult<Option<ApiToken>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM api_token WHERE hash = $1 AND expires_ms > $2 AND NOT revoked"
    );
    let found = row(client, &sql, &[&&hash[..], &now_ms.cast_signed()]).await?;
    found.as_ref().map(token).transpose()
}

fn token(row: &Row) -> StoreResult<ApiToken> {
    Ok(ApiToken {
        id: column(row, 0)?,
        label: column(row, 1)?,
        areas: decode(column(row, 2)?, "areas of a token")?,
        names: column(row, 3)?,
        created_ms: number(row, 4)?,
        expires_ms: number(row, 5)?,
        revoked: column(row, 6)?,
    })
}
