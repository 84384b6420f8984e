//! Counting everything again from the records.

use super::write::settings;
use super::{column, counts, days, execute, row, standing};
use crate::store::counts::{Counted, days_amiss, differences as compared, differences_of_parts};
use crate::store::words::{self, subject};
use crate::store::{Difference, MAX_LISTED, StoreError, StoreResult};
use deadpool_postgres::{Client, Transaction};
use std::collections::BTreeMap;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::sync::hub::{Rules, StandingRow, standing_rows};
use thidua_domain::sync::state::RecordState;
use tokio_postgres::Portal;

/// Records that are read at a time.
const CHUNK: i32 = 2_000;
const MARK: &str = "counted";

/// See [`crate::store::Database::recount`]. `client` sees one moment of the database.
pub(super) async fn recount(
    client: &Transaction<'_>,
    rules: Rules,
) -> StoreResult<Vec<Difference>> {
    let rules = rules.as_set(&settings(client).await?);
    let mut differences = Vec::new();
    let mut counted = Counted::new(rules);
    let mut subjects = Subjects::of(client).await?;
    let mut kept_rows = 0;
    while let Some(chunk) = subjects.next(client).await? {
        let kept = standing::kept(client, chunk.keys().copied()).await?;
        for (id, records) in &chunk {
            let mut same = true;
            for row in standing_rows(rules, records, *id) {
                counted.add(&row);
                let found = kept.get(&(*id, row.assessment));
                same &= found.is_some_and(|found| *found == standing::Kept::of(&row));
                kept_rows += i64::from(found.is_some());
            }
            if !same && differences.len() < MAX_LISTED {
                differences.push(Difference::Standing { subject: *id });
            }
        }
    }
    let all = row(client, "SELECT count(*) FROM standing", &[]).await?;
    let all: i64 = all.as_ref().map_or(Ok(0), |row| column(row, 0))?;
    if all > kept_rows {
        differences.extend(orphan(client).await?);
    }
    let period = rules.season.period;
    let (counted, parts) = counted.finish();
    let amiss = days_amiss(&days::sums(client, period).await?, &counted);
    differences.extend(amiss.into_iter().map(|key| Difference::Days { key }));
    let kept = counts::tallies(client, period, None).await?;
    differences.extend(compared(&kept, &counted));
    let kept = counts::parts(client, period, None).await?;
    differences.extend(differences_of_parts(&kept, &parts));
    Ok(differences)
}

/// See [`crate::store::Database::rebuild`]. Nobody else writes meanwhile.
pub(super) async fn rebuild(client: &Transaction<'_>, rules: Rules, mark: &str) -> StoreResult<()> {
    let rules = rules.as_set(&settings(client).await?);
    execute(client, "DELETE FROM standing", &[]).await?;
    let period = i64::from(rules.season.period.0);
    for counts in ["tally", "tally_part"] {
        let sql = format!("DELETE FROM {counts} WHERE period = $1");
        execute(client, &sql, &[&period]).await?;
    }
    let mut counted = Counted::new(rules);
    let mut subjects = Subjects::of(client).await?;
    while let Some(chunk) = subjects.next(client).await? {
        let rows: Vec<StandingRow> = chunk
            .iter()
            .flat_map(|(id, records)| standing_rows(rules, records, *id))
            .collect();
        rows.iter().for_each(|row| counted.add(row));
        standing::write(client, &rows).await?;
    }
    let (counted, parts) = counted.finish();
    counts::add(client, &counted).await?;
    counts::add_parts(client, &parts).await?;
    let sums = days::sums(client, rules.season.period).await?;
    days::again(client, rules, &days_amiss(&sums, &counted)).await?;
    execute(
        client,
        "INSERT INTO meta (key, value) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        &[&MARK, &mark],
    )
    .await?;
    Ok(())
}

/// See [`crate::store::Database::rebuild_mark`].
pub(super) async fn mark(client: &Client) -> StoreResult<Option<String>> {
    let found = row(client, "SELECT value FROM meta WHERE key = $1", &[&MARK]).await?;
    found.map(|row| column(&row, 0)).transpose()
}

/// All records, some subjects at a time, each with all of its own.
struct Subjects {
    portal: Portal,
    /// The subject that the last chunk ended within.
    begun: Option<(SubjectId, Records)>,
    ended: bool,
}

type Records = BTreeMap<RecordKey, RecordState>;

impl Subjects {
    async fn of(client: &Transaction<'_>) -> StoreResult<Self> {
        let sql = "SELECT key, state, subject FROM record ORDER BY subject";
        let portal = client.bind(sql, &[]).await.map_err(StoreError::backend)?;
        Ok(Self {
            portal,
            begun: None,
            ended: false,
        })
    }

    async fn next(
        &mut self,
        client: &Transaction<'_>,
    ) -> StoreResult<Option<BTreeMap<SubjectId, Records>>> {
        if self.ended {
            return Ok(None);
        }
        let rows = client
            .query_portal(&self.portal, CHUNK)
            .await
            .map_err(StoreError::backend)?;
        self.ended = rows.is_empty();
        let mut subjects: BTreeMap<SubjectId, Records> = self.begun.take().into_iter().collect();
        for row in &rows {
            let (key, state) = words::record(column(row, 0)?, column(row, 1)?)?;
            let id = subject(column(row, 2)?)?;
            subjects.entry(id).or_default().insert(key, state);
        }
        if !self.ended {
            // Ids sort like numbers, so the one that may go on is the last.
            self.begun = subjects.pop_last();
        }
        Ok(Some(subjects))
    }
}

/// A standing of a subject that has no record.
async fn orphan(client: &Transaction<'_>) -> StoreResult<Option<Difference>> {
    let found = row(
        client,
        "SELECT subject FROM standing
         WHERE NOT EXISTS (SELECT FROM record WHERE record.subject = standing.subject) LIMIT 1",
        &[],
    )
    .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let subject = subject(column(&found, 0)?)?;
    Ok(Some(Difference::Standing { subject }))
}
