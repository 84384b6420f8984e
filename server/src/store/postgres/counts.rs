//! Kept counts: one row for each commune, assessment and period, and for each residential area of a commune.

use super::{column, execute, rows};
use crate::store::StoreResult;
use crate::store::counts::{COLUMNS, COUNTS, counts, from_counts, sums};
use crate::store::words::{area, assessment, bytes, subject};
use deadpool_postgres::{GenericClient, Transaction};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use thidua_domain::area::AreaCode;
use thidua_domain::progress::{PartKey, Tally, TallyKey};
use thidua_domain::record::Period;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

static READ: LazyLock<String> = LazyLock::new(|| {
    let columns = COLUMNS.join(", ");
    format!(
        "SELECT {columns}, commune, assessment FROM tally
         WHERE period = $1 AND ($2::text[] IS NULL OR commune = ANY($2))"
    )
});

static READ_PARTS: LazyLock<String> = LazyLock::new(|| {
    let columns = COLUMNS.join(", ");
    format!(
        "SELECT {columns}, commune, assessment, residential_area FROM tally_part
         WHERE period = $1 AND ($2::text IS NULL OR commune = $2)"
    )
});

static ADD: LazyLock<String> = LazyLock::new(|| {
    adding(
        "tally",
        &[
            ("period", "bigint"),
            ("commune", "text"),
            ("assessment", "text"),
        ],
    )
});

static ADD_PARTS: LazyLock<String> = LazyLock::new(|| {
    adding(
        "tally_part",
        &[
            ("period", "bigint"),
            ("commune", "text"),
            ("assessment", "text"),
            ("residential_area", "bytea"),
        ],
    )
});

fn adding(table: &str, key: &[(&str, &str)]) -> String {
    let types = key.iter().map(|(_, of)| *of).chain(["bigint"; COUNTS]);
    let arrays: Vec<String> = types
        .enumerate()
        .map(|(index, of)| format!("${}::{of}[]", index + 1))
        .collect();
    let key: Vec<&str> = key.iter().map(|(column, _)| *column).collect();
    format!(
        "INSERT INTO {table} ({key}, {columns}) SELECT * FROM unnest({arrays})
         ON CONFLICT ({key}) DO UPDATE SET {sums}",
        key = key.join(", "),
        columns = COLUMNS.join(", "),
        arrays = arrays.join(", "),
        sums = sums(table),
    )
}

/// See [`crate::store::Database::tallies`].
pub(super) async fn tallies(
    client: &impl GenericClient,
    period: Period,
    communes: Option<&[AreaCode]>,
) -> StoreResult<BTreeMap<TallyKey, Tally>> {
    let communes: Option<Vec<&str>> =
        communes.map(|codes| codes.iter().map(AreaCode::as_str).collect());
    let found = rows(client, &READ, &[&i64::from(period.0), &communes]).await?;
    read(&found, |row| key(row, period))
}

/// The kept counts of all residential areas of a commune, or of all communes.
pub(super) async fn parts(
    client: &impl GenericClient,
    period: Period,
    commune: Option<&AreaCode>,
) -> StoreResult<BTreeMap<PartKey, Tally>> {
    let commune = commune.map(AreaCode::as_str);
    let found = rows(client, &READ_PARTS, &[&i64::from(period.0), &commune]).await?;
    read(&found, |row| {
        let id: &[u8] = column(row, COUNTS + 2)?;
        Ok(PartKey {
            whole: key(row, period)?,
            residential_area: (!id.is_empty()).then(|| subject(id)).transpose()?,
        })
    })
}

/// Reads tallies from the first columns, each with its key from those after.
fn read<K: Ord>(
    found: &[Row],
    key: impl Fn(&Row) -> StoreResult<K>,
) -> StoreResult<BTreeMap<K, Tally>> {
    let mut tallies = BTreeMap::new();
    for row in found {
        let mut counts = [0; COUNTS];
        for (index, count) in counts.iter_mut().enumerate() {
            *count = column(row, index)?;
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
fn key(row: &Row, period: Period) -> StoreResult<TallyKey> {
    Ok(TallyKey {
        commune: area(column(row, COUNTS)?)?,
        assessment: assessment(column(row, COUNTS + 1)?)?,
        period,
    })
}

/// Adds to kept counts of communes.
pub(super) async fn add(
    client: &Transaction<'_>,
    changes: &BTreeMap<TallyKey, Tally>,
) -> StoreResult<()> {
    add_to(client, &ADD, changes.iter(), None).await
}

/// Adds to kept counts of residential areas.
pub(super) async fn add_parts(
    client: &Transaction<'_>,
    changes: &BTreeMap<PartKey, Tally>,
) -> StoreResult<()> {
    let ids: Vec<Vec<u8>> = changes
        .keys()
        .map(|key| {
            key.residential_area
                .map_or_else(Vec::new, |id| bytes(id).to_vec())
        })
        .collect();
    let wholes = changes.iter().map(|(key, change)| (&key.whole, change));
    add_to(client, &ADD_PARTS, wholes, Some(&ids)).await
}

async fn add_to<'a>(
    client: &Transaction<'_>,
    sql: &str,
    changes: impl Iterator<Item = (&'a TallyKey, &'a Tally)>,
    residential_areas: Option<&Vec<Vec<u8>>>,
) -> StoreResult<()> {
    let (keys, counted): (Vec<_>, Vec<_>) =
        changes.map(|(key, change)| (key, counts(change))).unzip();
    if keys.is_empty() {
        return Ok(());
    }
    let periods: Vec<i64> = keys.iter().map(|key| i64::from(key.period.0)).collect();
    let communes: Vec<&str> = keys.iter().map(|key| key.commune.as_str()).collect();
    let assessments: Vec<&str> = keys.iter().map(|key| key.assessment.as_str()).collect();
    let columns: Vec<Vec<i64>> = (0..COUNTS)
        .map(|index| counted.iter().map(|row| row[index]).collect())
        .collect();
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&periods, &communes, &assessments];
    parameters.extend(residential_areas.map(|ids| ids as &(dyn ToSql + Sync)));
    parameters.extend(columns.iter().map(|column| column as &(dyn ToSql + Sync)));
    execute(client, sql, &parameters).await?;
    Ok(())
}
