//! Entries and residential areas that may deserve a look, each read along an index of its own.

use crate::store::signs::{PlaceColumns, place, same_minute};
use crate::store::words::{encode, subject};
use crate::store::{StoreError, StoreResult};
use rusqlite::{Connection, Row, params};
use thidua_domain::area::AreaCode;
use thidua_domain::outlier::{FEWEST, Hint, MAX_HINTS};

/// The name of the residential area of a row.
const NAME: &str =
    "(SELECT label FROM standing AS area WHERE area.subject = made.residential_area LIMIT 1)";

/// See [`crate::store::Database::signs`].
pub(super) fn signs(
    connection: &Connection,
    communes: Option<&[AreaCode]>,
) -> StoreResult<Vec<Hint>> {
    let within = match communes {
        Some(_) => "commune IN (SELECT value FROM json_each(?1))",
        None => "?1 IS NULL",
    };
    let communes = communes.map(|codes| encode(&codes));
    let mut hints = Vec::new();
    let amiss = format!(
        "SELECT commune, residential_area,
                (SELECT label FROM standing AS area WHERE area.subject = amiss.residential_area LIMIT 1),
                subject, label
         FROM standing AS amiss WHERE votes_amiss AND {within}
         ORDER BY commune, subject, assessment LIMIT ?2"
    );
    read(connection, &amiss, params![communes, MAX_HINTS], |row| {
        let columns = columns(row)?;
        let entry: (Vec<u8>, String) = (row.get(3)?, row.get(4)?);
        Ok((columns, entry))
    })?
    .into_iter()
    .try_for_each(|(columns, (id, label))| {
        hints.push(Hint::VotesDoNotAddUp {
            place: place(columns)?,
            subject: subject(&id)?,
            label,
        });
        StoreResult::Ok(())
    })?;
    let minutes = format!(
        "SELECT commune, residential_area, {NAME}, minute, entries FROM (
             SELECT commune, residential_area, made_minute AS minute, count(*) AS entries FROM standing
             WHERE made_minute IS NOT NULL AND {within}
             GROUP BY commune, residential_area, assessment, made_minute HAVING count(*) >= ?3
             ORDER BY entries DESC LIMIT ?2
         ) AS made"
    );
    read(
        connection,
        &minutes,
        params![communes, MAX_HINTS, FEWEST],
        counted,
    )?
    .into_iter()
    .try_for_each(|(columns, minute, entries)| {
        hints.push(same_minute(place(columns)?, minute, entries));
        StoreResult::Ok(())
    })?;
    let points = format!(
        "SELECT commune, residential_area, {NAME}, points, entries FROM (
             SELECT commune, residential_area, min(points) AS points, count(*) AS entries FROM standing
             WHERE made_minute IS NOT NULL AND points IS NOT NULL AND {within}
             GROUP BY commune, residential_area, assessment
             HAVING count(*) >= ?3 AND min(points) = max(points)
             ORDER BY entries DESC LIMIT ?2
         ) AS made"
    );
    read(
        connection,
        &points,
        params![communes, MAX_HINTS, FEWEST],
        counted,
    )?
    .into_iter()
    .try_for_each(|(columns, points, entries)| {
        hints.push(Hint::SamePoints {
            place: place(columns)?,
            entries,
            points,
        });
        StoreResult::Ok(())
    })?;
    Ok(hints)
}

fn columns(row: &Row<'_>) -> rusqlite::Result<PlaceColumns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn counted(row: &Row<'_>) -> rusqlite::Result<(PlaceColumns, i64, i64)> {
    Ok((columns(row)?, row.get(3)?, row.get(4)?))
}

fn read<T>(
    connection: &Connection,
    sql: &str,
    parameters: &[&dyn rusqlite::ToSql],
    row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> StoreResult<Vec<T>> {
    let mut statement = connection
        .prepare_cached(sql)
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map(parameters, row)
        .map_err(StoreError::backend)?;
    rows.map(|row| row.map_err(StoreError::backend)).collect()
}
