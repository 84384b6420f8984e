//! Counting everything again from the records.

use super::write::{record, settings, standing};
use super::{days, tally};
use crate::store::counts::{self, Counted, days_amiss};
use crate::store::words::{bytes, sort_key, subject, word};
use crate::store::{Difference, MAX_LISTED, StoreError, StoreResult};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeMap;
use thidua_domain::date::Date;
use thidua_domain::record::{RecordKey, SubjectId};
use thidua_domain::sync::hub::{Rules, StandingRow, standing_rows};
use thidua_domain::sync::state::RecordState;

const MARK: &str = "counted";

/// See [`crate::store::Database::recount`].
pub(super) fn recount(connection: &Connection, rules: Rules) -> StoreResult<Vec<Difference>> {
    let rules = rules.as_set(&settings(connection)?);
    let mut differences = Vec::new();
    let mut counted = Counted::new(rules);
    let mut rows = 0_i64;
    each_subject(connection, |id, records| {
        let standings = standing_rows(rules, records, id);
        let mut same = true;
        for row in &standings {
            counted.add(row);
            rows += 1;
            same &= is_kept(connection, row)?;
        }
        if !same && differences.len() < MAX_LISTED {
            differences.push(Difference::Standing { subject: id });
        }
        Ok(())
    })?;
    let kept_rows: i64 = connection
        .query_row("SELECT count(*) FROM standing", [], |row| row.get(0))
        .map_err(StoreError::backend)?;
    if kept_rows > rows {
        differences.extend(orphan(connection)?);
    }

    let period = rules.season.period;
    let (counted, parts) = counted.finish();
    let amiss = days_amiss(&days::sums(connection, period)?, &counted);
    differences.extend(amiss.into_iter().map(|key| Difference::Days { key }));
    let kept = tally::tallies(connection, period, None)?;
    differences.extend(counts::differences(&kept, &counted));
    let kept = tally::parts(connection, period, None)?;
    differences.extend(counts::differences_of_parts(&kept, &parts));
    Ok(differences)
}

/// See [`crate::store::Database::rebuild`].
pub(super) fn rebuild(connection: &Connection, rules: Rules, mark: &str) -> StoreResult<()> {
    let rules = rules.as_set(&settings(connection)?);
    connection
        .execute("DELETE FROM standing", [])
        .and_then(|_| {
            let period = rules.season.period.0;
            connection.execute("DELETE FROM tally WHERE period = ?1", [period])?;
            connection.execute("DELETE FROM tally_part WHERE period = ?1", [period])
        })
        .map_err(StoreError::backend)?;
    let mut counted = Counted::new(rules);
    each_subject(connection, |id, records| {
        for row in standing_rows(rules, records, id) {
            counted.add(&row);
            standing(connection, &row).map_err(StoreError::backend)?;
        }
        Ok(())
    })?;
    let (counted, parts) = counted.finish();
    for (key, change) in &counted {
        tally::add(connection, key, change).map_err(StoreError::backend)?;
    }
    for (key, change) in &parts {
        tally::add_part(connection, key, change).map_err(StoreError::backend)?;
    }
    let sums = days::sums(connection, rules.season.period)?;
    days::again(connection, rules, &days_amiss(&sums, &counted))?;
    connection
        .execute(
            "INSERT INTO meta (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [MARK, mark],
        )
        .map_err(StoreError::backend)?;
    Ok(())
}

/// See [`crate::store::Database::rebuild_mark`].
pub(super) fn mark(connection: &Connection) -> StoreResult<Option<String>> {
    connection
        .query_row("SELECT value FROM meta WHERE key = ?1", [MARK], |row| {
            row.get(0)
        })
        .optional()
        .map_err(StoreError::backend)
}

/// Calls `visit` with all records of one subject after another: as many in memory as one subject has.
fn each_subject(
    connection: &Connection,
    mut visit: impl FnMut(SubjectId, &BTreeMap<RecordKey, RecordState>) -> StoreResult<()>,
) -> StoreResult<()> {
    let mut statement = connection
        .prepare("SELECT key, state, subject FROM record ORDER BY subject, key")
        .map_err(StoreError::backend)?;
    let mut rows = statement.query([]).map_err(StoreError::backend)?;
    let mut current: Option<SubjectId> = None;
    let mut records = BTreeMap::new();
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        let id: Vec<u8> = row.get(2).map_err(StoreError::backend)?;
        let id = subject(&id)?;
        if let Some(previous) = current.filter(|previous| *previous != id) {
            visit(previous, &records)?;
            records.clear();
        }
        current = Some(id);
        let (key, state) = record(row)?;
        records.insert(key, state);
    }
    current.map_or(Ok(()), |last| visit(last, &records))
}

fn is_kept(connection: &Connection, row: &StandingRow) -> StoreResult<bool> {
    connection
        .prepare_cached(
            "SELECT 1 FROM standing WHERE subject = ?1 AND assessment = ?2
             AND (kind, commune, residential_area, label, sort_key, house_no, open, expected, state,
                  outcome, points, since_ms, made_minute, votes_amiss, due_day, endorsed)
              IS (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
                  (SELECT received_ms FROM edit WHERE device = ?14 AND seq = ?15), ?16, ?17, ?18, ?19)",
        )
        .and_then(|mut statement| {
            statement.exists(params![
                bytes(row.subject),
                row.assessment.as_str(),
                word(&row.kind),
                row.commune.as_str(),
                row.residential_area.map(bytes),
                row.label,
                sort_key(row),
                row.house_no,
                row.open,
                row.standing.expected,
                row.standing.state.as_str(),
                row.standing.outcome.as_str(),
                row.standing.points,
                row.standing.since.map(|edit| edit.device.0),
                row.standing.since.map(|edit| edit.seq),
                row.signs.made_minute,
                row.signs.votes_do_not_add_up,
                row.standing.due.map(Date::to_epoch_days),
                row.standing.endorsed,
            ])
        })
        .map_err(StoreError::backend)
}

/// A standing of a subject that has no record.
fn orphan(connection: &Connection) -> StoreResult<Option<Difference>> {
    let id: Option<Vec<u8>> = connection
        .query_row(
            "SELECT subject FROM standing
             WHERE NOT EXISTS (SELECT 1 FROM record WHERE record.subject = standing.subject) LIMIT 1",
            [],
            |row| row.get(0),
        )
        .optional()
        .map_err(StoreError::backend)?;
    id.map(|id| subject(&id).map(|subject| Difference::Standing { subject }))
        .transpose()
}
