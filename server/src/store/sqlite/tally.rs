//! Kept counts: one row for each commune, assessment and period.

use crate::store::counts::{COUNTS, counts, from_counts};
use crate::store::words::{area, assessment};
use crate::store::{StoreError, StoreResult};
use rusqlite::Connection;
use std::collections::BTreeMap;
use thidua_domain::progress::{Tally, TallyKey};
use thidua_domain::record::Period;

/// See [`crate::store::Database::tallies`].
pub(super) fn tallies(
    connection: &Connection,
    period: Period,
) -> StoreResult<BTreeMap<TallyKey, Tally>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT commune, assessment, period, expected,
                    accepted_met, accepted_unmet, accepted_open,
                    submitted_met, submitted_unmet, submitted_open,
                    draft_met, draft_unmet, draft_open,
                    returned_met, returned_unmet, returned_open,
                    changed_met, changed_unmet, changed_open, endorsed
             FROM tally WHERE period = ?1",
        )
        .map_err(StoreError::backend)?;
    let mut rows = statement.query([period.0]).map_err(StoreError::backend)?;
    let mut tallies = BTreeMap::new();
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        let (key, tally) = row_of(row)?;
        // Counts that have come back to nothing say nothing.
        if tally != Tally::default() {
            tallies.insert(key, tally);
        }
    }
    Ok(tallies)
}

/// Adds `change` to a kept count.
pub(super) fn add(connection: &Connection, key: &TallyKey, change: &Tally) -> rusqlite::Result<()> {
    let counts = counts(change);
    let mut statement = connection.prepare_cached(
        "INSERT INTO tally VALUES
             (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
         ON CONFLICT (period, commune, assessment) DO UPDATE SET
             expected        = expected        + excluded.expected,
             accepted_met    = accepted_met    + excluded.accepted_met,
             accepted_unmet  = accepted_unmet  + excluded.accepted_unmet,
             accepted_open   = accepted_open   + excluded.accepted_open,
             submitted_met   = submitted_met   + excluded.submitted_met,
             submitted_unmet = submitted_unmet + excluded.submitted_unmet,
             submitted_open  = submitted_open  + excluded.submitted_open,
             draft_met       = draft_met       + excluded.draft_met,
             draft_unmet     = draft_unmet     + excluded.draft_unmet,
             draft_open      = draft_open      + excluded.draft_open,
             returned_met    = returned_met    + excluded.returned_met,
             returned_unmet  = returned_unmet  + excluded.returned_unmet,
             returned_open   = returned_open   + excluded.returned_open,
             changed_met     = changed_met     + excluded.changed_met,
             changed_unmet   = changed_unmet   + excluded.changed_unmet,
             changed_open    = changed_open    + excluded.changed_open,
             endorsed        = endorsed        + excluded.endorsed",
    )?;
    statement.raw_bind_parameter(1, key.commune.as_str())?;
    statement.raw_bind_parameter(2, key.assessment.as_str())?;
    statement.raw_bind_parameter(3, key.period.0)?;
    for (index, count) in counts.into_iter().enumerate() {
        statement.raw_bind_parameter(index + 4, count)?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// Reads a tally's key from the first three columns and its counts from those after.
fn row_of(row: &rusqlite::Row<'_>) -> StoreResult<(TallyKey, Tally)> {
    let read = || -> rusqlite::Result<(String, String, u16, [i64; COUNTS])> {
        let mut counts = [0; COUNTS];
        for (index, count) in counts.iter_mut().enumerate() {
            *count = row.get(index + 3)?;
        }
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, counts))
    };
    let (commune, of, period, counts) = read().map_err(StoreError::backend)?;
    let key = TallyKey {
        commune: area(&commune)?,
        assessment: assessment(&of)?,
        period: Period(period),
    };
    Ok((key, from_counts(&counts)))
}
