//! What each day added to the counts of a commune.

use super::{column, execute, number, rows};
use crate::store::counts::communes_of;
use crate::store::words::{area, assessment, decode};
use crate::store::{DayFilter, StoreResult};
use deadpool_postgres::{GenericClient, Transaction};
use std::collections::BTreeMap;
use thidua_domain::progress::TallyKey;
use thidua_domain::record::Period;
use thidua_domain::sync::edit::Edit;
use thidua_domain::sync::hub::Rules;
use thidua_domain::trend::{DayCounts, replay};
use tokio_postgres::Row;

/// See [`crate::store::Database::days`].
pub(super) async fn days(
    client: &impl GenericClient,
    filter: &DayFilter,
) -> StoreResult<Vec<(i64, DayCounts)>> {
    let communes: Option<Vec<&str>> = filter
        .communes
        .as_ref()
        .map(|communes| communes.iter().map(|code| code.as_str()).collect());
    let found = rows(
        client,
        "SELECT day, sum(expected)::bigint, sum(met)::bigint, sum(accepted)::bigint,
                sum(reported)::bigint
         FROM tally_day
         WHERE period = $1 AND assessment = $2 AND ($3::text[] IS NULL OR commune = ANY($3))
         GROUP BY day ORDER BY day",
        &[
            &i64::from(filter.period.0),
            &filter.assessment.as_str(),
            &communes,
        ],
    )
    .await?;
    let day = |row: &Row| Ok((column(row, 0)?, counts(row, 1)?));
    found.iter().map(day).collect()
}

fn counts(row: &Row, from: usize) -> StoreResult<DayCounts> {
    Ok(DayCounts {
        expected: column(row, from)?,
        met: column(row, from + 1)?,
        accepted: column(row, from + 2)?,
        reported: column(row, from + 3)?,
    })
}

/// Adds to what days have added. No two of `changes` speak of the same day of the same key.
pub(super) async fn add(
    client: &Transaction<'_>,
    changes: &[(&TallyKey, i64, DayCounts)],
) -> StoreResult<()> {
    let changes: Vec<_> = changes
        .iter()
        .filter(|(_, _, change)| *change != DayCounts::default())
        .collect();
    if changes.is_empty() {
        return Ok(());
    }
    let numbers = |of: fn(&DayCounts) -> i64| -> Vec<i64> {
        changes.iter().map(|(_, _, change)| of(change)).collect()
    };
    let keys = || changes.iter().map(|(key, _, _)| key);
    let periods: Vec<i64> = keys().map(|key| i64::from(key.period.0)).collect();
    let assessments: Vec<&str> = keys().map(|key| key.assessment.as_str()).collect();
    let communes: Vec<&str> = keys().map(|key| key.commune.as_str()).collect();
    let days: Vec<i64> = changes.iter().map(|(_, day, _)| *day).collect();
    execute(
        client,
        "INSERT INTO tally_day (period, assessment, commune, day, expected, met, accepted, reported)
         SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[],
             $6::bigint[], $7::bigint[], $8::bigint[])
         ON CONFLICT (period, assessment, commune, day) DO UPDATE SET
             expected = tally_day.expected + excluded.expected,
             met      = tally_day.met      + excluded.met,
             accepted = tally_day.accepted + excluded.accepted,
             reported = tally_day.reported + excluded.reported",
        &[
            &periods,
            &assessments,
            &communes,
            &days,
            &numbers(|change| change.expected),
            &numbers(|change| change.met),
            &numbers(|change| change.accepted),
            &numbers(|change| change.reported),
        ],
    )
    .await?;
    Ok(())
}

/// What the days of each commune add up to.
pub(super) async fn sums(
    client: &Transaction<'_>,
    period: Period,
) -> StoreResult<BTreeMap<TallyKey, DayCounts>> {
    let found = rows(
        client,
        "SELECT commune, assessment, sum(expected)::bigint, sum(met)::bigint, sum(accepted)::bigint,
                sum(reported)::bigint
         FROM tally_day WHERE period = $1 GROUP BY assessment, commune",
        &[&i64::from(period.0)],
    )
    .await?;
    found
        .iter()
        .map(|row| {
            let key = TallyKey {
                commune: area(column(row, 0)?)?,
                assessment: assessment(column(row, 1)?)?,
                period,
            };
            Ok((key, counts(row, 2)?))
        })
        .collect()
}

/// Makes the days of the communes of `amiss` anew from their edits.
pub(super) async fn again(
    client: &Transaction<'_>,
    rules: Rules,
    amiss: &[TallyKey],
) -> StoreResult<()> {
    let period = rules.season.period;
    let mut communes = communes_of(amiss);
    // A feed adds to the days of wherever its subjects ever lived: where any have moved, all are made anew.
    let moved = rows(client, "SELECT FROM place LIMIT 1", &[]).await?;
    let moved = !moved.is_empty();
    if moved && !communes.is_empty() {
        let sql = "DELETE FROM tally_day WHERE period = $1";
        execute(client, sql, &[&i64::from(period.0)]).await?;
        for row in &rows(client, "SELECT commune FROM feed", &[]).await? {
            communes.insert(area(column(row, 0)?)?);
        }
    }
    for commune in communes {
        if !moved {
            execute(
                client,
                "DELETE FROM tally_day WHERE period = $1 AND commune = $2",
                &[&i64::from(period.0), &commune.as_str()],
            )
            .await?;
        }
        let found = rows(
            client,
            "SELECT received_ms, body FROM edit WHERE commune = $1 ORDER BY number",
            &[&commune.as_str()],
        )
        .await?;
        let edit = |row: &Row| Ok((number(row, 0)?, decode::<Edit>(column(row, 1)?, "edit")?));
        let edits: Vec<(u64, Edit)> = found.iter().map(edit).collect::<StoreResult<_>>()?;
        let days: Vec<_> = replay(rules, &commune, edits)
            .into_iter()
            .map(|((commune, assessment, day), change)| {
                let key = TallyKey {
                    commune,
                    assessment,
                    period,
                };
                (key, day, change)
            })
            .collect();
        let days: Vec<_> = days
            .iter()
            .map(|(key, day, change)| (key, *day, *change))
            .collect();
        add(client, &days).await?;
    }
    Ok(())
}
