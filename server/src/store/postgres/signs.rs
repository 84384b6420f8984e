//! Entries and residential areas that may deserve a look, each read along an index of its own.

use super::{column, rows};
use crate::store::signs::{PlaceColumns, place, same_minute};
use crate::store::words::subject;
use crate::store::{StoreError, StoreResult};
use deadpool_postgres::GenericClient;
use thidua_domain::area::AreaCode;
use thidua_domain::outlier::{FEWEST, Hint, MAX_HINTS};
use tokio_postgres::Row;

/// See [`crate::store::Database::signs`].
pub(super) async fn signs(
    client: &impl GenericClient,
    communes: Option<&[AreaCode]>,
) -> StoreResult<Vec<Hint>> {
    let communes: Option<Vec<&str>> =
        communes.map(|communes| communes.iter().map(|code| code.as_str()).collect());
    let most = i64::try_from(MAX_HINTS).unwrap_or(i64::MAX);
    let mut hints = Vec::new();
    let amiss = "SELECT commune, residential_area,
                (SELECT label FROM standing AS area WHERE area.subject = amiss.residential_area LIMIT 1),
                subject, label
         FROM standing AS amiss WHERE votes_amiss AND ($1::text[] IS NULL OR commune = ANY($1))
         ORDER BY commune, subject, assessment LIMIT $2";
    for row in &rows(client, amiss, &[&communes, &most]).await? {
        hints.push(Hint::VotesDoNotAddUp {
            place: place(columns(row)?)?,
            subject: subject(column(row, 3)?)?,
            label: text(column(row, 4)?)?,
        });
    }
    let minutes = "SELECT commune, residential_area,
                (SELECT label FROM standing AS area WHERE area.subject = made.residential_area LIMIT 1),
                minute, entries
         FROM (
             SELECT commune, residential_area, made_minute AS minute, count(*) AS entries FROM standing
             WHERE made_minute IS NOT NULL AND ($1::text[] IS NULL OR commune = ANY($1))
             GROUP BY commune, residential_area, assessment, made_minute HAVING count(*) >= $3
             ORDER BY entries DESC LIMIT $2
         ) AS made ORDER BY entries DESC";
    for row in &rows(client, minutes, &[&communes, &most, &FEWEST]).await? {
        let place = place(columns(row)?)?;
        hints.push(same_minute(place, column(row, 3)?, column(row, 4)?));
    }
    let points = "SELECT commune, residential_area,
                (SELECT label FROM standing AS area WHERE area.subject = made.residential_area LIMIT 1),
                points, entries
         FROM (
             SELECT commune, residential_area, min(points) AS points, count(*) AS entries FROM standing
             WHERE made_minute IS NOT NULL AND points IS NOT NULL
                 AND ($1::text[] IS NULL OR commune = ANY($1))
             GROUP BY commune, residential_area, assessment
             HAVING count(*) >= $3 AND min(points) = max(points)
             ORDER BY entries DESC LIMIT $2
         ) AS made ORDER BY entries DESC";
    for row in &rows(client, points, &[&communes, &most, &FEWEST]).await? {
        hints.push(Hint::SamePoints {
            place: place(columns(row)?)?,
            points: column(row, 3)?,
            entries: column(row, 4)?,
        });
    }
    Ok(hints)
}

fn columns(row: &Row) -> StoreResult<PlaceColumns> {
    let name: Option<Vec<u8>> = column(row, 2)?;
    let name = name.map(text).transpose()?;
    Ok((column(row, 0)?, column(row, 1)?, name))
}

/// What people typed is kept as bytes.
fn text(bytes: Vec<u8>) -> StoreResult<String> {
    String::from_utf8(bytes).map_err(|_| StoreError::Damaged { what: "label" })
}
