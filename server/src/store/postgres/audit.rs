//! The log of deeds.

use super::{column, execute, number, row, rows};
use crate::audit::{ChainDigest, Note, NotedRow};
use crate::store::words::{value, word};
use crate::store::{StoreError, StoreResult};
use deadpool_postgres::Client;
use tokio_postgres::Row;

/// See [`crate::store::Database::note`].
pub(super) async fn note(client: &mut Client, note: Note) -> StoreResult<()> {
    let transaction = client.transaction().await.map_err(StoreError::backend)?;
    // Whoever writes next reads the end of the log after this commit.
    execute(&transaction, "LOCK TABLE audit IN EXCLUSIVE MODE", &[]).await?;
    let sql = "SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1";
    let last = row(&transaction, sql, &[]).await?;
    let last = last.map(|last| Ok::<_, StoreError>((number(&last, 0)?, digest(&last, 1)?)));
    let row = NotedRow::after(last.transpose()?, note);
    execute(
        &transaction,
        "INSERT INTO audit (number, at_ms, actor, deed, about, digest)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            &row.number.cast_signed(),
            &row.note.at_ms.cast_signed(),
            &row.note.actor,
            &word(&row.note.deed),
            &row.note.about,
            &row.digest.as_slice(),
        ],
    )
    .await?;
    transaction.commit().await.map_err(StoreError::backend)
}

/// See [`crate::store::Database::notes`].
pub(super) async fn notes(client: &Client, after: u64, limit: usize) -> StoreResult<Vec<NotedRow>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = rows(
        client,
        "SELECT number, at_ms, actor, deed, about, digest FROM audit
         WHERE number > $1 ORDER BY number LIMIT $2",
        &[&after.cast_signed(), &limit],
    )
    .await?;
    found.iter().map(of_row).collect()
}

fn of_row(row: &Row) -> StoreResult<NotedRow> {
    let deed: String = column(row, 3)?;
    Ok(NotedRow {
        number: number(row, 0)?,
        note: Note {
            at_ms: number(row, 1)?,
            actor: column(row, 2)?,
            deed: value(&deed, "deed")?,
            about: column(row, 4)?,
        },
        digest: digest(row, 5)?,
    })
}

fn digest(row: &Row, index: usize) -> StoreResult<ChainDigest> {
    let bytes: Vec<u8> = column(row, index)?;
    bytes
        .try_into()
        .map_err(|_| StoreError::Damaged { what: "digest" })
}
