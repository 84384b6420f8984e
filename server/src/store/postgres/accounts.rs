//! Accounts and sessions.

use super::{column, execute, number, row, rows};
use crate::store::words::{account, encode, secret_key};
use crate::store::{
    Account, KnownDevice, OpenSession, SessionRow, StoreError, StoreResult, StoredAccount,
    TokenHash,
};
use deadpool_postgres::{Client, GenericClient};
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::HUB_ACCOUNT;
use tokio_postgres::Row;

/// See [`crate::store::Database::add_account`].
pub(super) async fn add(
    client: &Client,
    account: &Account,
    password_hash: &str,
    now_ms: u64,
) -> StoreResult<()> {
    let added = execute(
        client,
        "INSERT INTO account (name, display_name, role, areas, password_hash, disabled, created_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO NOTHING",
        &[
            &account.name,
            &account.display_name,
            &account.role.as_str(),
            &encode(&account.areas),
            &password_hash,
            &account.disabled,
            &now_ms.cast_signed(),
        ],
    )
    .await?;
    if added == 1 {
        Ok(())
    } else {
        Err(StoreError::AccountExists)
    }
}

/// See [`crate::store::Database::account`].
pub(super) async fn get(client: &Client, name: &str) -> StoreResult<Option<StoredAccount>> {
    // Somebody may type it; PostgreSQL has no text with it.
    if name.contains('\0') {
        return Ok(None);
    }
    let found = row(
        client,
        "SELECT name, display_name, role, areas, disabled, password_hash
         FROM account WHERE name = $1",
        &[&name],
    )
    .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    Ok(Some(StoredAccount {
        account: of_row(&found)?,
        password_hash: column(&found, 5)?,
    }))
}

/// See [`crate::store::Database::accounts`].
pub(super) async fn all(client: &Client) -> StoreResult<Vec<Account>> {
    let found = rows(
        client,
        "SELECT name, display_name, role, areas, disabled FROM account ORDER BY name",
        &[],
    )
    .await?;
    found.iter().map(of_row).collect()
}

/// See [`crate::store::Database::set_password`].
pub(super) async fn set_password(
    client: &mut Client,
    name: &str,
    password_hash: &str,
) -> StoreResult<()> {
    let transaction = client.transaction().await.map_err(StoreError::backend)?;
    let sql = "UPDATE account SET password_hash = $2 WHERE name = $1";
    let changed = execute(&transaction, sql, &[&name, &password_hash]).await?;
    end_sessions(&transaction, name, changed).await?;
    transaction.commit().await.map_err(StoreError::backend)
}

/// See [`crate::store::Database::disable_account`].
pub(super) async fn disable(client: &mut Client, name: &str) -> StoreResult<()> {
    let transaction = client.transaction().await.map_err(StoreError::backend)?;
    let sql = "UPDATE account SET disabled = true WHERE name = $1";
    let changed = execute(&transaction, sql, &[&name]).await?;
    end_sessions(&transaction, name, changed).await?;
    transaction.commit().await.map_err(StoreError::backend)
}

/// See [`crate::store::Database::change_account`].
pub(super) async fn change(client: &mut Client, account: &Account) -> StoreResult<()> {
    let transaction = client.transaction().await.map_err(StoreError::backend)?;
    let changed = execute(
        &transaction,
        "UPDATE account SET display_name = $2, role = $3, areas = $4, disabled = $5 WHERE name = $1",
        &[
            &account.name,
            &account.display_name,
            &account.role.as_str(),
            &encode(&account.areas),
            &account.disabled,
        ],
    )
    .await?;
    if changed == 0 {
        return Err(StoreError::UnknownAccount);
    }
    if account.disabled {
        end_sessions(&transaction, &account.name, changed).await?;
    }
    transaction.commit().await.map_err(StoreError::backend)
}

/// See [`crate::store::Database::sessions`].
pub(super) async fn sessions(client: &Client, now_ms: u64) -> StoreResult<Vec<OpenSession>> {
    let found = rows(
        client,
        "SELECT token, account, created_ms, expires_ms FROM session
         WHERE expires_ms > $1 ORDER BY expires_ms DESC, token",
        &[&now_ms.cast_signed()],
    )
    .await?;
    let session = |row: &Row| {
        let token: Vec<u8> = column(row, 0)?;
        Ok(OpenSession {
            token: token
                .try_into()
                .map_err(|_| StoreError::Damaged { what: "session" })?,
            account: column(row, 1)?,
            created_ms: number(row, 2)?,
            expires_ms: number(row, 3)?,
        })
    };
    found.iter().map(session).collect()
}

/// See [`crate::store::Database::devices`].
pub(super) async fn devices(client: &Client) -> StoreResult<Vec<KnownDevice>> {
    let found = rows(
        client,
        "SELECT id, account, held, coalesce(
             (SELECT received_ms FROM edit WHERE edit.device = tablet.id AND edit.seq = tablet.held),
             (SELECT received_ms FROM rejected_edit AS r
              WHERE r.device = tablet.id AND r.seq = tablet.held)
         ) AS last_ms
         FROM device AS tablet WHERE account <> $1 ORDER BY last_ms DESC NULLS LAST, id",
        &[&HUB_ACCOUNT],
    )
    .await?;
    let device = |row: &Row| {
        let last_ms: Option<i64> = column(row, 3)?;
        Ok(KnownDevice {
            device: DeviceId(number(row, 0)?),
            account: column(row, 1)?,
            held: number(row, 2)?,
            last_ms: last_ms.map(i64::cast_unsigned),
        })
    };
    found.iter().map(device).collect()
}

async fn end_sessions(client: &impl GenericClient, name: &str, changed: u64) -> StoreResult<()> {
    if changed == 0 {
        return Err(StoreError::UnknownAccount);
    }
    execute(client, "DELETE FROM session WHERE account = $1", &[&name]).await?;
    Ok(())
}

/// See [`crate::store::Database::open_session`].
pub(super) async fn open_session(
    client: &Client,
    token: &TokenHash,
    account: &str,
    now_ms: u64,
    expires_ms: u64,
) -> StoreResult<()> {
    let (now_ms, expires_ms) = (now_ms.cast_signed(), expires_ms.cast_signed());
    // Two who tidy up at once must not wait for each other in a circle.
    let tidy = "DELETE FROM session WHERE token IN
                    (SELECT token FROM session WHERE expires_ms <= $1 FOR UPDATE SKIP LOCKED)";
    execute(client, tidy, &[&now_ms]).await?;
    let open = "INSERT INTO session (token, account, created_ms, expires_ms)
                VALUES ($1, $2, $3, $4)";
    execute(client, open, &[&&token[..], &account, &now_ms, &expires_ms]).await?;
    Ok(())
}

/// See [`crate::store::Database::session`].
pub(super) async fn session(
    client: &Client,
    token: &TokenHash,
    now_ms: u64,
) -> StoreResult<Option<SessionRow>> {
    let found = row(
        client,
        "SELECT name, display_name, role, areas, disabled, expires_ms
         FROM session JOIN account ON account.name = session.account
         WHERE token = $1 AND expires_ms > $2 AND NOT disabled",
        &[&&token[..], &now_ms.cast_signed()],
    )
    .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    Ok(Some(SessionRow {
        account: of_row(&found)?,
        expires_ms: number(&found, 5)?,
    }))
}

/// See [`crate::store::Database::extend_session`].
pub(super) async fn extend_session(
    client: &Client,
    token: &TokenHash,
    expires_ms: u64,
) -> StoreResult<()> {
    let sql = "UPDATE session SET expires_ms = greatest(expires_ms, $2) WHERE token = $1";
    execute(client, sql, &[&&token[..], &expires_ms.cast_signed()]).await?;
    Ok(())
}

/// See [`crate::store::Database::close_session`].
pub(super) async fn close_session(client: &Client, token: &TokenHash) -> StoreResult<()> {
    execute(
        client,
        "DELETE FROM session WHERE token = $1",
        &[&&token[..]],
    )
    .await?;
    Ok(())
}

/// See [`crate::store::Database::secret`].
pub(super) async fn secret(client: &Client, name: &str, fresh: &str) -> StoreResult<String> {
    let key = secret_key(name);
    let keep = "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";
    execute(client, keep, &[&key, &fresh]).await?;
    // A statement of its own: it sees what somebody else may have kept in the same moment.
    let kept = row(client, "SELECT value FROM meta WHERE key = $1", &[&key]).await?;
    let kept = kept.ok_or(StoreError::Damaged { what: "secret" })?;
    column(&kept, 0)
}

fn of_row(row: &Row) -> StoreResult<Account> {
    account((
        column(row, 0)?,
        column(row, 1)?,
        column(row, 2)?,
        column(row, 3)?,
        column(row, 4)?,
    ))
}
