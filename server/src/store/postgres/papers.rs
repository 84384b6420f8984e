//! Issued papers.

use super::{column, execute, number, row, rows};
use crate::store::words::{PAPER, PaperColumns, paper as of_columns, paper_files};
use crate::store::{NewPaper, StoreError, StoreResult};
use deadpool_postgres::Client;
use thidua_domain::api::IssuedPaper;
use thidua_domain::area::AreaCode;
use tokio_postgres::Row;

/// See [`crate::store::Database::issue_paper`].
pub(super) async fn issue(client: &mut Client, paper: &NewPaper, now_ms: u64) -> StoreResult<u64> {
    let transaction = client.transaction().await.map_err(StoreError::backend)?;
    let added = row(
        &transaction,
        "INSERT INTO paper (area, kind, year, number, issued, signatory, digest, content, files,
             account, issued_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (area, kind, year, number) DO NOTHING RETURNING id",
        &[
            &paper.area.as_str(),
            &paper.kind.as_str(),
            &i64::from(paper.date.year()),
            &i64::from(paper.number),
            &paper.date.to_string(),
            &paper.signatory,
            &paper.digest,
            &paper.content,
            &paper_files(paper),
            &paper.account,
            &now_ms.cast_signed(),
        ],
    )
    .await?;
    let added = added.ok_or(StoreError::NumberTaken)?;
    let id: i64 = column(&added, 0)?;
    let sql = "INSERT INTO paper_file (paper, format, bytes) VALUES ($1, $2, $3)";
    for file in &paper.files {
        execute(&transaction, sql, &[&id, &file.format, &file.bytes]).await?;
    }
    transaction.commit().await.map_err(StoreError::backend)?;
    number(&added, 0)
}

/// See [`crate::store::Database::issued_papers`].
pub(super) async fn of_area(
    client: &Client,
    area: &AreaCode,
    limit: usize,
) -> StoreResult<Vec<IssuedPaper>> {
    let sql = format!("SELECT {PAPER} FROM paper WHERE area = $1 ORDER BY id DESC LIMIT $2");
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = rows(client, &sql, &[&area.as_str(), &limit]).await?;
    found.iter().map(of_row).collect()
}

/// See [`crate::store::Database::issued_paper`].
pub(super) async fn one(client: &Client, id: u64) -> StoreResult<Option<IssuedPaper>> {
    let Ok(id) = i64::try_from(id) else {
        return Ok(None);
    };
    let sql = format!("SELECT {PAPER} FROM paper WHERE id = $1");
    let found = row(client, &sql, &[&id]).await?;
    found.as_ref().map(of_row).transpose()
}

/// See [`crate::store::Database::paper_file`].
pub(super) async fn file(client: &Client, id: u64, format: &str) -> StoreResult<Option<Vec<u8>>> {
    // PostgreSQL has no text with U+0000.
    let (Ok(id), false) = (i64::try_from(id), format.contains('\0')) else {
        return Ok(None);
    };
    let sql = "SELECT bytes FROM paper_file WHERE paper = $1 AND format = $2";
    let found = row(client, sql, &[&id, &format]).await?;
    found.map(|found| column(&found, 0)).transpose()
}

fn of_row(row: &Row) -> StoreResult<IssuedPaper> {
    of_columns(PaperColumns {
        id: number(row, 0)?,
        area: column(row, 1)?,
        kind: column(row, 2)?,
        number: number(row, 3)?,
        issued: column(row, 4)?,
        signatory: column(row, 5)?,
        digest: column(row, 6)?,
        files: column(row, 7)?,
        account: column(row, 8)?,
        issued_ms: number(row, 9)?,
    })
}
