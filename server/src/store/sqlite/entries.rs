//! Entries, read for what they say.

use super::write::record;
use crate::store::words::entry_state;
use crate::store::{EntriesOf, StoreError, StoreResult};
use rusqlite::{Connection, params};
use thidua_domain::entry::EntryState;
use thidua_domain::sync::state::RecordState;

/// See [`crate::store::Database::fold_entries`].
pub(super) fn fold<A>(
    connection: &Connection,
    of: &EntriesOf,
    mut folded: A,
    mut fold: impl FnMut(&mut A, EntryState, &RecordState),
) -> StoreResult<A> {
    // In the order of the index, which is that of the commune's register: as records were written, more or less.
    let mut statement = connection
        .prepare_cached(
            "SELECT record.key, record.state, standing.state
             FROM standing INDEXED BY standing_in_commune CROSS JOIN record
                 ON record.subject = standing.subject
                 AND record.key = 'entry/' || lower(hex(standing.subject)) || '/' || ?2 || '/' || ?3
             WHERE commune = ?1 AND assessment = ?2 AND standing.state <> ?4 AND open",
        )
        .map_err(StoreError::backend)?;
    let mut rows = statement
        .query(params![
            of.commune.as_str(),
            of.assessment.as_str(),
            of.period.to_string(),
            EntryState::Empty.as_str(),
        ])
        .map_err(StoreError::backend)?;
    while let Some(row) = rows.next().map_err(StoreError::backend)? {
        let (_, entry) = record(row)?;
        let state: String = row.get(2).map_err(StoreError::backend)?;
        fold(&mut folded, entry_state(&state)?, &entry);
    }
    Ok(folded)
}
