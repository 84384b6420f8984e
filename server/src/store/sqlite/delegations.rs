//! Review that is given to colleagues for a term.

use crate::store::words::{DelegationColumns, account, delegation, encode};
use crate::store::{Account, StoreError, StoreResult};
use rusqlite::{Connection, Row, params};
use thidua_domain::date::Date;
use thidua_domain::delegation::{Delegation, Ended, Terms};

const COLUMNS: &str = "delegation.id, giver, terms, made_ms, ended_by, ended_ms";

/// See [`crate::store::Database::add_delegation`].
pub(super) fn add(
    connection: &Connection,
    by: &str,
    terms: &Terms,
    now_ms: u64,
) -> StoreResult<()> {
    connection
        .execute(
            "INSERT INTO delegation (giver, taker, from_day, until_day, terms, made_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                by,
                terms.to,
                terms.from.to_epoch_days(),
                terms.until.to_epoch_days(),
                encode(terms),
                now_ms
            ],
        )
        .map_err(StoreError::backend)?;
    Ok(())
}

/// See [`crate::store::Database::delegations`].
pub(super) fn newest(connection: &Connection, limit: usize) -> StoreResult<Vec<Delegation>> {
    let sql = format!("SELECT {COLUMNS} FROM delegation ORDER BY id DESC LIMIT ?1");
    let mut statement = connection
        .prepare_cached(&sql)
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map([limit], columns)
        .map_err(StoreError::backend)?;
    rows.map(|row| delegation(row.map_err(StoreError::backend)?))
        .collect()
}

/// See [`crate::store::Database::delegations_to`].
pub(super) fn in_force(
    connection: &Connection,
    to: &str,
    day: Date,
) -> StoreResult<Vec<(Delegation, Account)>> {
    let sql = format!(
        "SELECT {COLUMNS}, name, display_name, role, areas, disabled
         FROM delegation JOIN account ON account.name = giver
         WHERE taker = ?1 AND until_day >= ?2 AND from_day <= ?2 AND ended_ms IS NULL AND NOT disabled
         ORDER BY delegation.id"
    );
    let mut statement = connection
        .prepare_cached(&sql)
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map(params![to, day.to_epoch_days()], |row| {
            let giver = (
                row.get(6)?,
                row.get(7)?,
                row.get(8)?,
                row.get(9)?,
                row.get(10)?,
            );
            Ok((columns(row)?, giver))
        })
        .map_err(StoreError::backend)?;
    rows.map(|row| {
        let (given, giver) = row.map_err(StoreError::backend)?;
        Ok((delegation(given)?, account(giver)?))
    })
    .collect()
}

/// See [`crate::store::Database::end_delegation`].
pub(super) fn end(connection: &Connection, id: u64, ended: &Ended) -> StoreResult<bool> {
    // No id is as large as the type allows; what is larger is nobody's.
    let Ok(id) = i64::try_from(id) else {
        return Ok(false);
    };
    let changed = connection
        .execute(
            "UPDATE delegation SET ended_by = ?2, ended_ms = ?3 WHERE id = ?1 AND ended_ms IS NULL",
            params![id, ended.by, ended.at_ms],
        )
        .map_err(StoreError::backend)?;
    Ok(changed == 1)
}

fn columns(row: &Row<'_>) -> rusqlite::Result<DelegationColumns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
    ))
}
