//! Issued papers.

use crate::store::words::{PAPER, PaperColumns, paper as of_columns, paper_files};
use crate::store::{NewPaper, StoreError, StoreResult};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use thidua_domain::api::IssuedPaper;
use thidua_domain::area::AreaCode;

/// See [`crate::store::Database::issue_paper`].
pub(super) fn issue(connection: &Connection, paper: &NewPaper, now_ms: u64) -> StoreResult<u64> {
    let added = connection
        .execute(
            "INSERT INTO paper (area, kind, year, number, issued, signatory, digest, content, files,
                 account, issued_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT (area, kind, year, number) DO NOTHING",
            params![
                paper.area.as_str(),
                paper.kind.as_str(),
                paper.date.year(),
                paper.number,
                paper.date.to_string(),
                paper.signatory,
                paper.digest,
                paper.content,
                paper_files(paper),
                paper.account,
                now_ms
            ],
        )
        .map_err(StoreError::backend)?;
    if added == 0 {
        return Err(StoreError::NumberTaken);
    }
    let id = connection.last_insert_rowid();
    let mut statement = connection
        .prepare_cached("INSERT INTO paper_file (paper, format, bytes) VALUES (?1, ?2, ?3)")
        .map_err(StoreError::backend)?;
    for file in &paper.files {
        statement
            .execute(params![id, file.format, file.bytes])
            .map_err(StoreError::backend)?;
    }
    u64::try_from(id).map_err(|_| StoreError::Damaged { what: "number" })
}

/// See [`crate::store::Database::issued_papers`].
pub(super) fn of_area(
    connection: &Connection,
    area: &AreaCode,
    limit: usize,
) -> StoreResult<Vec<IssuedPaper>> {
    let sql = format!("SELECT {PAPER} FROM paper WHERE area = ?1 ORDER BY id DESC LIMIT ?2");
    let mut statement = connection
        .prepare_cached(&sql)
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map(params![area.as_str(), limit], columns)
        .map_err(StoreError::backend)?;
    rows.map(|row| of_columns(row.map_err(StoreError::backend)?))
        .collect()
}

/// See [`crate::store::Database::issued_paper`].
pub(super) fn one(connection: &Connection, id: u64) -> StoreResult<Option<IssuedPaper>> {
    let Ok(id) = i64::try_from(id) else {
        return Ok(None);
    };
    let row = connection
        .prepare_cached(&format!("SELECT {PAPER} FROM paper WHERE id = ?1"))
        .and_then(|mut statement| statement.query_row([id], columns).optional())
        .map_err(StoreError::backend)?;
    row.map(of_columns).transpose()
}

/// See [`crate::store::Database::paper_file`].
pub(super) fn file(connection: &Connection, id: u64, format: &str) -> StoreResult<Option<Vec<u8>>> {
    let Ok(id) = i64::try_from(id) else {
        return Ok(None);
    };
    connection
        .prepare_cached("SELECT bytes FROM paper_file WHERE paper = ?1 AND format = ?2")
        .and_then(|mut statement| {
            statement
                .query_row(params![id, format], |row| row.get(0))
                .optional()
        })
        .map_err(StoreError::backend)
}

fn columns(row: &Row<'_>) -> rusqlite::Result<PaperColumns> {
    Ok(PaperColumns {
        id: row.get(0)?,
        area: row.get(1)?,
        kind: row.get(2)?,
        number: row.get(3)?,
        issued: row.get(4)?,
        signatory: row.get(5)?,
        digest: row.get(6)?,
        files: row.get(7)?,
        account: row.get(8)?,
        issued_ms: row.get(9)?,
    })
}
