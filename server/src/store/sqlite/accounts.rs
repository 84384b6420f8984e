//! Accounts and sessions.

use crate::store::words::{AccountColumns, account, encode, secret_key};
use crate::store::{
    Account, KnownDevice, OpenSession, SessionRow, StoreError, StoreResult, StoredAccount,
    TokenHash,
};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use thidua_domain::sync::edit::DeviceId;
use thidua_domain::sync::hub::HUB_ACCOUNT;

/// See [`crate::store::Database::add_account`].
pub(super) fn add(
    connection: &Connection,
    account: &Account,
    password_hash: &str,
    now_ms: u64,
) -> StoreResult<()> {
    let added = connection
        .execute(
            "INSERT INTO account
                 (name, display_name, role, areas, password_hash, disabled, created_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (name) DO NOTHING",
            params![
                account.name,
                account.display_name,
                account.role.as_str(),
                encode(&account.areas),
                password_hash,
                account.disabled,
                now_ms
            ],
        )
        .map_err(StoreError::backend)?;
    if added == 1 {
        Ok(())
    } else {
        Err(StoreError::AccountExists)
    }
}

/// See [`crate::store::Database::account`].
pub(super) fn get(connection: &Connection, name: &str) -> StoreResult<Option<StoredAccount>> {
    let row = connection
        .prepare_cached(
            "SELECT name, display_name, role, areas, disabled, password_hash
             FROM account WHERE name = ?1",
        )
        .and_then(|mut statement| {
            statement
                .query_row([name], |row| Ok((columns(row)?, row.get(5)?)))
                .optional()
        })
        .map_err(StoreError::backend)?;
    row.map(|(columns, password_hash)| {
        Ok(StoredAccount {
            account: account(columns)?,
            password_hash,
        })
    })
    .transpose()
}

/// See [`crate::store::Database::accounts`].
pub(super) fn all(connection: &Connection) -> StoreResult<Vec<Account>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT name, display_name, role, areas, disabled FROM account ORDER BY name",
        )
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map([], columns)
        .map_err(StoreError::backend)?;
    rows.map(|row| account(row.map_err(StoreError::backend)?))
        .collect()
}

/// See [`crate::store::Database::set_password`].
pub(super) fn set_password(
    connection: &Connection,
    name: &str,
    password_hash: &str,
) -> StoreResult<()> {
    let changed = connection.execute(
        "UPDATE account SET password_hash = ?2 WHERE name = ?1",
        [name, password_hash],
    );
    end_sessions(connection, name, changed)
}

/// See [`crate::store::Database::disable_account`].
pub(super) fn disable(connection: &Connection, name: &str) -> StoreResult<()> {
    let changed = connection.execute("UPDATE account SET disabled = 1 WHERE name = ?1", [name]);
    end_sessions(connection, name, changed)
}

/// See [`crate::store::Database::change_account`].
pub(super) fn change(connection: &Connection, account: &Account) -> StoreResult<()> {
    let changed = connection.execute(
        "UPDATE account SET display_name = ?2, role = ?3, areas = ?4, disabled = ?5 WHERE name = ?1",
        params![
            account.name,
            account.display_name,
            account.role.as_str(),
            encode(&account.areas),
            account.disabled
        ],
    );
    match changed.map_err(StoreError::backend)? {
        0 => Err(StoreError::UnknownAccount),
        _ if account.disabled => end_sessions(connection, &account.name, Ok(1)),
        _ => Ok(()),
    }
}

/// See [`crate::store::Database::sessions`].
pub(super) fn sessions(connection: &Connection, now_ms: u64) -> StoreResult<Vec<OpenSession>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT token, account, created_ms, expires_ms FROM session
             WHERE expires_ms > ?1 ORDER BY expires_ms DESC, token",
        )
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map([now_ms], |row| {
            Ok(OpenSession {
                token: row.get(0)?,
                account: row.get(1)?,
                created_ms: row.get(2)?,
                expires_ms: row.get(3)?,
            })
        })
        .map_err(StoreError::backend)?;
    rows.map(|row| row.map_err(StoreError::backend)).collect()
}

/// See [`crate::store::Database::devices`].
pub(super) fn devices(connection: &Connection) -> StoreResult<Vec<KnownDevice>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT id, account, held, coalesce(
                 (SELECT received_ms FROM edit WHERE edit.device = tablet.id AND edit.seq = tablet.held),
                 (SELECT received_ms FROM rejected_edit AS r
                  WHERE r.device = tablet.id AND r.seq = tablet.held)
             ) AS last_ms
             FROM device AS tablet WHERE account <> ?1 ORDER BY last_ms DESC, id",
        )
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map([HUB_ACCOUNT], |row| {
            Ok(KnownDevice {
                device: DeviceId(row.get(0)?),
                account: row.get(1)?,
                held: row.get(2)?,
                last_ms: row.get(3)?,
            })
        })
        .map_err(StoreError::backend)?;
    rows.map(|row| row.map_err(StoreError::backend)).collect()
}

fn end_sessions(
    connection: &Connection,
    name: &str,
    changed: rusqlite::Result<usize>,
) -> StoreResult<()> {
    if changed.map_err(StoreError::backend)? == 0 {
        return Err(StoreError::UnknownAccount);
    }
    connection
        .execute("DELETE FROM session WHERE account = ?1", [name])
        .map_err(StoreError::backend)?;
    Ok(())
}

/// See [`crate::store::Database::open_session`].
pub(super) fn open_session(
    connection: &Connection,
    token: &TokenHash,
    account: &str,
    now_ms: u64,
    expires_ms: u64,
) -> StoreResult<()> {
    connection
        .execute("DELETE FROM session WHERE expires_ms <= ?1", [now_ms])
        .and_then(|_| {
            connection.execute(
                "INSERT INTO session (token, account, created_ms, expires_ms)
                 VALUES (?1, ?2, ?3, ?4)",
                params![token, account, now_ms, expires_ms],
            )
        })
        .map_err(StoreError::backend)?;
    Ok(())
}

/// See [`crate::store::Database::session`].
pub(super) fn session(
    connection: &Connection,
    token: &TokenHash,
    now_ms: u64,
) -> StoreResult<Option<SessionRow>> {
    let row = connection
        .prepare_cached(
            "SELECT name, display_name, role, areas, disabled, expires_ms
             FROM session JOIN account ON account.name = session.account
             WHERE token = ?1 AND expires_ms > ?2 AND NOT disabled",
        )
        .and_then(|mut statement| {
            statement
                .query_row(params![token, now_ms], |row| {
                    Ok((columns(row)?, row.get(5)?))
                })
                .optional()
        })
        .map_err(StoreError::backend)?;
    row.map(|(columns, expires_ms)| {
        Ok(SessionRow {
            account: account(columns)?,
            expires_ms,
        })
    })
    .transpose()
}

/// See [`crate::store::Database::extend_session`].
pub(super) fn extend_session(
    connection: &Connection,
    token: &TokenHash,
    expires_ms: u64,
) -> StoreResult<()> {
    connection
        .execute(
            "UPDATE session SET expires_ms = max(expires_ms, ?2) WHERE token = ?1",
            params![token, expires_ms],
        )
        .map_err(StoreError::backend)?;
    Ok(())
}

/// See [`crate::store::Database::close_session`].
pub(super) fn close_session(connection: &Connection, token: &TokenHash) -> StoreResult<()> {
    connection
        .execute("DELETE FROM session WHERE token = ?1", params![token])
        .map_err(StoreError::backend)?;
    Ok(())
}

/// See [`crate::store::Database::secret`].
pub(super) fn secret(connection: &Connection, name: &str, fresh: &str) -> StoreResult<String> {
    let key = secret_key(name);
    connection
        .execute(
            "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING",
            [&key, fresh],
        )
        .and_then(|_| {
            connection.query_row("SELECT value FROM meta WHERE key = ?1", [&key], |row| {
                row.get(0)
            })
        })
        .map_err(StoreError::backend)
}

fn columns(row: &Row<'_>) -> rusqlite::Result<AccountColumns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
    ))
}
