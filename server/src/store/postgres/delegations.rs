//! Review that is given to colleagues for a term.

use super::{column, execute, number, rows};
use crate::store::words::{account, delegation, encode};
use crate::store::{Account, StoreError, StoreResult};
use deadpool_postgres::Client;
use thidua_domain::date::Date;
use thidua_domain::delegation::{Delegation, Ended, Terms};
use tokio_postgres::Row;

const COLUMNS: &str = "delegation.id, giver, terms, made_ms, ended_by, ended_ms";

/// See [`crate::store::Database::add_delegation`].
pub(super) async fn add(client: &Client, by: &str, terms: &Terms, now_ms: u64) -> StoreResult<()> {
    execute(
        client,
        "INSERT INTO delegation (giver, taker, from_day, until_day, terms, made_ms)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            &by,
            &terms.to,
            &terms.from.to_epoch_days(),
            &terms.until.to_epoch_days(),
            &encode(terms),
            &now_ms.cast_signed(),
        ],
    )
    .await?;
    Ok(())
}

/// See [`crate::store::Database::delegations`].
pub(super) async fn newest(client: &Client, limit: usize) -> StoreResult<Vec<Delegation>> {
    let sql = format!("SELECT {COLUMNS} FROM delegation ORDER BY id DESC LIMIT $1");
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = rows(client, &sql, &[&limit]).await?;
    found.iter().map(of_row).collect()
}

/// See [`crate::store::Database::delegations_to`].
pub(super) async fn in_force(
    client: &Client,
    to: &str,
    day: Date,
) -> StoreResult<Vec<(Delegation, Account)>> {
    let sql = format!(
        "SELECT {COLUMNS}, name, display_name, role, areas, disabled
         FROM delegation JOIN account ON account.name = giver
         WHERE taker = $1 AND until_day >= $2 AND from_day <= $2 AND ended_ms IS NULL AND NOT disabled
         ORDER BY delegation.id"
    );
    let found = rows(client, &sql, &[&to, &day.to_epoch_days()]).await?;
    let of = |row: &Row| {
        let giver = account((
            column(row, 6)?,
            column(row, 7)?,
            column(row, 8)?,
            column(row, 9)?,
            column(row, 10)?,
        ))?;
        Ok((of_row(row)?, giver))
    };
    found.iter().map(of).collect()
}

/// See [`crate::store::Database::end_delegation`].
pub(super) async fn end(client: &Client, id: u64, ended: &Ended) -> StoreResult<bool> {
    // No id is as large as the type allows; what is larger is nobody's.
    let Ok(id) = i64::try_from(id) else {
        return Ok(false);
    };
    let sql =
        "UPDATE delegation SET ended_by = $2, ended_ms = $3 WHERE id = $1 AND ended_ms IS NULL";
    let at_ms = ended.at_ms.cast_signed();
    Ok(execute(client, sql, &[&id, &ended.by, &at_ms]).await? == 1)
}

fn of_row(row: &Row) -> StoreResult<Delegation> {
    let ended_ms: Option<i64> = column(row, 5)?;
    let ended_ms = ended_ms
        .map(|ms| u64::try_from(ms).map_err(|_| StoreError::Damaged { what: "number" }))
        .transpose()?;
    delegation((
        number(row, 0)?,
        column(row, 1)?,
        column(row, 2)?,
        number(row, 3)?,
        column(row, 4)?,
        ended_ms,
    ))
}
