//! Kept counts: one row for each commune, assessment and period, and for each residential area of a commune.

use crate::store::counts::{COLUMNS, COUNTS, counts, from_counts, sums};
use crate::store::words::{area, assessment, bytes, encode, subject};
use crate::store::{StoreError, StoreResult};
use rusqlite::{Connection, Params, Row, Statement, params};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use thidua_domain::area::AreaCode;
use thidua_domain::progress::{PartKey, Tally, TallyKey};
use thidua_domain::record::Period;

static ADD: LazyLock<String> =
    LazyLock::new(|| adding("tally", &["period", "commune", "assessment"]));

static ADD_PART: LazyLock<String> = LazyLock::new(|| {
    let key = ["period", "commune", "assessment", "residential_area"];
    adding("tally_part", &key)
});

fn adding(table: &str, key: &[&str]) -> String {
    let places: Vec<_> = (1..=key.len() + COUNTS)
        .map(|place| format!("?{place}"))
        .collect();
    format!(
        "INSERT INTO {table} ({key}, {columns}) VALUES ({places})
         ON CONFLICT ({key}) DO UPDATE SET {sums}",
        key = key.join(", "),
        columns = COLUMNS.join(", "),
        places = places.join(", "),
        sums = sums(table),
    )
}

/// See [`crate::store::Database::tallies`].
pub(super) fn tallies(
    connection: &Connection,
    period: Period,
    communes: Option<&[AreaCode]>,
) -> StoreResult<BTreeMap<TallyKey, Tally>> {
    let within = match communes {
        Some(_) => "commune IN (SELECT value FROM json_each(?2))",
        None => "?2 IS NULL",
    };
    let columns = COLUMNS.join(", ");
    let sql =
        format!("SELECT {columns}, commune, assessment FROM tally WHERE period = ?1 AND {within}");
    let communes = communes.map(|codes| encode(&codes));
    read(connection, &sql, params![period.0, communes], |row| {
        key(row, period)
    })
}

/// The kept counts of all residential areas of a commune, or of all communes.
pub(super) fn parts(
    connection: &Connection,
    period: Period,
    commune: Option<&AreaCode>,
) -> StoreResult<BTreeMap<PartKey, Tally>> {
    let within = match commune {
        Some(_) => "commune = ?2",
        None => "?2 IS NULL",
    };
    let columns = COLUMNS.join(", ");
    let sql = format!(
        "SELECT {columns}, commune, assessment, residential_area FROM tally_part
         WHERE period = ?1 AND {within}"
    );
    let commune = commune.map(AreaCode::as_str);
    read(connection, &sql, params![period.0, commune], |row| {
        let id: Vec<u8> = row.get(COUNTS + 2).map_err(StoreError::backend)?;
        Ok(PartKey {
            whole: key(row, period)?,
            residential_area: (!id.is_empty()).then(|| subject(&id)).transpose()?,
        })
    })
}

/// Adds `change` to a kept count of a commune.
pub(super) fn add(connection: &Connection, key: &TallyKey, change: &Tally) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(&ADD)?;
    bind(&mut statement, key)?;
    execute(&mut statement, 4, change)
}

/// Adds `change` to a kept count of a residential area.
pub(super) fn add_part(
    connection: &Connection,
    key: &PartKey,
    change: &Tally,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(&ADD_PART)?;
    bind(&mut statement, &key.whole)?;
    let id = key.residential_area.map(bytes);
    statement.raw_bind_parameter(4, id.as_ref().map_or(&[][..], |id| &id[..]))?;
    execute(&mut statement, 5, change)
}

fn bind(statement: &mut Statement<'_>, key: &TallyKey) -> rusqlite::Result<()> {
    statement.raw_bind_parameter(1, key.period.0)?;
    statement.raw_bind_parameter(2, key.commune.as_str())?;
    statement.raw_bind_parameter(3, key.assessment.as_str())
}

fn execute(statement: &mut Statement<'_>, from: usize, change: &Tally) -> rusqlite::Result<()> {
    for (index, count) in counts(change).into_iter().enumerate() {
        statement.raw_bind_parameter(from + index, count)?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// Reads tallies from the first columns, each with its key from those after.
fn read<K: Ord>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    key: impl Fn(&Row<'_>) -> StoreResult<K>,
) -> StoreResult<BTreeMap<K, Tally>> {
    let mut statement = connection
        .prepare_cached(sql)
        .map_err(StoreError::backend)?;
    let mut rows = statement.query(parameters).map_err(StoreError::backend)?;
    let mut tallies = BTreeMap::new();
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        let mut counts = [0; COUNTS];
        for (index, count) in counts.iter_mut().enumerate() {
            *count = row.get(index).map_err(StoreError::backend)?;
        }
        // Counts that have come back to nothing say nothing.
        let tally = from_counts(&counts);
        if tally != Tally::default() {
            tallies.insert(key(row)?, tally);
        }
    }
    Ok(tallies)
}

/// Reads the key from the columns after the counts.
fn key(row: &Row<'_>, period: Period) -> StoreResult<TallyKey> {
    let text = |index| row.get_ref(index)?.as_str().map_err(rusqlite::Error::from);
    Ok(TallyKey {
        commune: area(text(COUNTS).map_err(StoreError::backend)?)?,
        assessment: assessment(text(COUNTS + 1).map_err(StoreError::backend)?)?,
        period,
    })
}
