//! Entries, read for what they say.

use super::{column, rows};
use crate::store::words::{self, entry_state};
use crate::store::{EntriesOf, StoreError, StoreResult};
use deadpool_postgres::Client;
use thidua_domain::entry::EntryState;
use thidua_domain::sync::state::RecordState;

/// See [`crate::store::Database::fold_entries`].
pub(super) async fn fold<A: Send + 'static>(
    client: &Client,
    of: &EntriesOf,
    mut folded: A,
    mut fold: impl FnMut(&mut A, EntryState, &RecordState) + Send + 'static,
) -> StoreResult<A> {
    let found = rows(
        client,
        "SELECT record.key, record.state, standing.state
         FROM standing JOIN record ON record.subject = standing.subject
             AND record.key = 'entry/' || encode(standing.subject, 'hex') || '/' || $2 || '/' || $3
         WHERE commune = $1 AND assessment = $2 AND standing.state <> $4 AND open",
        &[
            &of.commune.as_str(),
            &of.assessment.as_str(),
            &of.period.to_string(),
            &EntryState::Empty.as_str(),
        ],
    )
    .await?;
    // Reading and judging thousands takes its time, which is not to be that of others.
    let folding = tokio::task::spawn_blocking(move || {
        for row in &found {
            let (_, entry) = words::record(column(row, 0)?, column(row, 1)?)?;
            fold(&mut folded, entry_state(column(row, 2)?)?, &entry);
        }
        Ok(folded)
    });
    folding.await.map_err(|_| StoreError::Stopped)?
}
