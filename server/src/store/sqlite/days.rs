//! What each day added to the counts of a commune.

use crate::store::counts::communes_of;
use crate::store::words::{area, assessment, decode, encode};
use crate::store::{DayFilter, StoreError, StoreResult};
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;
use thidua_domain::progress::TallyKey;
use thidua_domain::record::Period;
use thidua_domain::sync::edit::Edit;
use thidua_domain::sync::hub::Rules;
use thidua_domain::trend::{DayCounts, replay};

/// See [`crate::store::Database::days`].
pub(super) fn days(
    connection: &Connection,
    filter: &DayFilter,
) -> StoreResult<Vec<(i64, DayCounts)>> {
    let within = match filter.communes {
        Some(_) => "AND commune IN (SELECT value FROM json_each(?3))",
        None => "AND ?3 IS NULL",
    };
    let sql = format!(
        "SELECT day, sum(expected), sum(met), sum(accepted), sum(reported) FROM tally_day
         WHERE period = ?1 AND assessment = ?2 {within} GROUP BY day ORDER BY day"
    );
    let communes = filter.communes.as_ref().map(encode);
    let mut statement = connection
        .prepare_cached(&sql)
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map(
            params![filter.period.0, filter.assessment.as_str(), communes],
            |row| Ok((row.get(0)?, counts(row, 1)?)),
        )
        .map_err(StoreError::backend)?;
    rows.map(|row| row.map_err(StoreError::backend)).collect()
}

fn counts(row: &Row<'_>, from: usize) -> rusqlite::Result<DayCounts> {
    Ok(DayCounts {
        expected: row.get(from)?,
        met: row.get(from + 1)?,
        accepted: row.get(from + 2)?,
        reported: row.get(from + 3)?,
    })
}

/// Adds to what a day has added.
pub(super) fn add(
    connection: &Connection,
    key: &TallyKey,
    day: i64,
    change: DayCounts,
) -> rusqlite::Result<()> {
    if change == DayCounts::default() {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT INTO tally_day (period, assessment, commune, day, expected, met, accepted, reported)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (period, assessment, commune, day) DO UPDATE SET
                 expected = expected + excluded.expected, met      = met      + excluded.met,
                 accepted = accepted + excluded.accepted, reported = reported + excluded.reported",
        )?
        .execute(params![
            key.period.0,
            key.assessment.as_str(),
            key.commune.as_str(),
            day,
            change.expected,
            change.met,
            change.accepted,
            change.reported,
        ])?;
    Ok(())
}

/// What the days of each commune add up to.
pub(super) fn sums(
    connection: &Connection,
    period: Period,
) -> StoreResult<BTreeMap<TallyKey, DayCounts>> {
    let mut statement = connection
        .prepare(
            "SELECT commune, assessment, sum(expected), sum(met), sum(accepted), sum(reported)
             FROM tally_day WHERE period = ?1 GROUP BY assessment, commune",
        )
        .map_err(StoreError::backend)?;
    let rows = statement
        .query_map([period.0], |row| {
            let place: (String, String) = (row.get(0)?, row.get(1)?);
            Ok((place, counts(row, 2)?))
        })
        .map_err(StoreError::backend)?;
    rows.map(|row| {
        let ((commune, of), sum) = row.map_err(StoreError::backend)?;
        let key = TallyKey {
            commune: area(&commune)?,
            assessment: assessment(&of)?,
            period,
        };
        Ok((key, sum))
    })
    .collect()
}

/// Makes the days of the communes of `amiss` anew from their edits.
pub(super) fn again(connection: &Connection, rules: Rules, amiss: &[TallyKey]) -> StoreResult<()> {
    let period = rules.season.period;
    let mut communes = communes_of(amiss);
    // A feed adds to the days of wherever its subjects ever lived: where any have moved, all are made anew.
    let moved = "SELECT EXISTS (SELECT 1 FROM place)";
    let moved = connection.query_row(moved, [], |row| row.get::<_, bool>(0));
    let moved = moved.map_err(StoreError::backend)?;
    if moved && !communes.is_empty() {
        connection
            .execute("DELETE FROM tally_day WHERE period = ?1", [period.0])
            .map_err(StoreError::backend)?;
        let mut feeds = connection
            .prepare("SELECT commune FROM feed")
            .map_err(StoreError::backend)?;
        let feeds = feeds.query_map([], |row| row.get::<_, String>(0));
        for feed in feeds.map_err(StoreError::backend)? {
            communes.insert(area(&feed.map_err(StoreError::backend)?)?);
        }
    }
    for commune in communes {
        if !moved {
            connection
                .execute(
                    "DELETE FROM tally_day WHERE period = ?1 AND commune = ?2",
                    params![period.0, commune.as_str()],
                )
                .map_err(StoreError::backend)?;
        }
        let mut statement = connection
            .prepare_cached("SELECT received_ms, body FROM edit WHERE commune = ?1 ORDER BY number")
            .map_err(StoreError::backend)?;
        let rows = statement
            .query_map([commune.as_str()], |row| {
                Ok((row.get(0)?, row.get::<_, String>(1)?))
            })
            .map_err(StoreError::backend)?;
        let edits = rows.map(|row| {
            let (received_ms, body) = row.map_err(StoreError::backend)?;
            Ok((received_ms, decode::<Edit>(&body, "edit")?))
        });
        let edits: Vec<_> = edits.collect::<StoreResult<_>>()?;
        for ((commune, assessment, day), change) in replay(rules, &commune, edits) {
            let key = TallyKey {
                commune,
                assessment,
                period,
            };
            add(connection, &key, day, change).map_err(StoreError::backend)?;
        }
    }
    Ok(())
}
