//! Kept counts: one row for each commune, assessment and period.

use super::{column, execute, number, rows};
use crate::store::StoreResult;
use crate::store::counts::{COUNTS, counts, from_counts};
use crate::store::words::{area, assessment};
use deadpool_postgres::{GenericClient, Transaction};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use thidua_domain::progress::{Tally, TallyKey};
use thidua_domain::record::Period;

/// The columns of a tally's counts, in the order in which [`counts`] gives them.
const COLUMNS: [&str; COUNTS] = [
    "expected",
    "accepted_met",
    "accepted_unmet",
    "accepted_open",
    "submitted_met",
    "submitted_unmet",
    "submitted_open",
    "draft_met",
    "draft_unmet",
    "draft_open",
    "returned_met",
    "returned_unmet",
    "returned_open",
    "changed_met",
    "changed_unmet",
    "changed_open",
    "endorsed",
];

static READ: LazyLock<String> = LazyLock::new(|| {
    let columns = COLUMNS.join(", ");
    format!("SELECT commune, assessment, period, {columns} FROM tally WHERE period = $1")
});

static ADD: LazyLock<String> = LazyLock::new(|| {
    let columns = COLUMNS.join(", ");
    let arrays: Vec<String> = (0..COLUMNS.len())
        .map(|index| format!("${}::bigint[]", index + 4))
        .collect();
    let sums = COLUMNS.map(|column| format!("{column} = tally.{column} + excluded.{column}"));
    format!(
        "INSERT INTO tally (commune, assessment, period, {columns})
         SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], {})
         ON CONFLICT (period, commune, assessment) DO UPDATE SET {}",
        arrays.join(", "),
        sums.join(", ")
    )
});

/// See [`crate::store::Database::tallies`].
pub(super) async fn tallies(
    client: &impl GenericClient,
    period: Period,
) -> StoreResult<BTreeMap<TallyKey, Tally>> {
    let found = rows(client, &READ, &[&i64::from(period.0)]).await?;
    let mut tallies = BTreeMap::new();
    for row in &found {
        let key = TallyKey {
            commune: area(column(row, 0)?)?,
            assessment: assessment(column(row, 1)?)?,
            period: Period(number(row, 2)?),
        };
        let mut counts = [0; COLUMNS.len()];
        for (index, count) in counts.iter_mut().enumerate() {
            *count = column(row, index + 3)?;
        }
        // Counts that have come back to nothing say nothing.
        let tally = from_counts(&counts);
        if tally != Tally::default() {
            tallies.insert(key, tally);
        }
    }
    Ok(tallies)
}

/// Adds to kept counts.
pub(super) async fn add(
    client: &Transaction<'_>,
    changes: &BTreeMap<TallyKey, Tally>,
) -> StoreResult<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let communes: Vec<&str> = changes.keys().map(|key| key.commune.as_str()).collect();
    let assessments: Vec<&str> = changes.keys().map(|key| key.assessment.as_str()).collect();
    let periods: Vec<i64> = changes.keys().map(|key| i64::from(key.period.0)).collect();
    let rows: Vec<[i64; COLUMNS.len()]> = changes.values().map(counts).collect();
    let columns: Vec<Vec<i64>> = (0..COLUMNS.len())
        .map(|index| rows.iter().map(|row| row[index]).collect())
        .collect();
    let mut parameters: Vec<&(dyn tokio_postgres::types::ToSql + Sync)> =
        vec![&communes, &assessments, &periods];
    for column in &columns {
        parameters.push(column);
    }
    execute(client, &ADD, &parameters).await?;
    Ok(())
}
