//! Which readings are in the log of deeds already: a page that follows its commune live asks again at
//! every change, and that is one reading.

use super::AppState;
use super::guard::Signed;
use super::problem::ApiError;
use crate::audit::{Deed, Note};
use crate::store::Database;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use thidua_domain::access::Role;

/// A reading of the same thing by the same account is noted again after this time.
const AGAIN_MS: u64 = 10 * 60 * 1000;
/// Most readings remembered. Past it all are forgotten, and noted once more than they need to be.
const MOST: usize = 10_000;

/// What was noted lately, and when.
#[derive(Default)]
pub(super) struct Readings(Mutex<HashMap<(String, Deed, String), u64>>);

impl Readings {
    fn is_new(&self, account: &str, deed: Deed, about: &str, now_ms: u64) -> bool {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let reading = (account.to_owned(), deed, about.to_owned());
        let noted = lately.get(&reading);
        // A clock that was set back must not silence the log.
        if noted.is_some_and(|at| (*at..at.saturating_add(AGAIN_MS)).contains(&now_ms)) {
            return false;
        }
        if lately.len() >= MOST {
            lately.clear();
        }
        lately.insert(reading, now_ms);
        true
    }
}

/// Notes that people's data is about to be shown; if it cannot be noted, it is not shown. Officers' own
/// reading is not noted: a tablet holds its communes' data and shows it without asking anybody.
pub(super) async fn note<D: Database>(
    state: &AppState<D>,
    signed: &Signed,
    deed: Deed,
    about: &str,
) -> Result<(), ApiError> {
    if signed.principal.role == Role::CommuneOfficer {
        return Ok(());
    }
    note_as(state, &signed.account.name, deed, about).await
}

/// Notes the same of whoever reads without an account.
pub(super) async fn note_as<D: Database>(
    state: &AppState<D>,
    actor: &str,
    deed: Deed,
    about: &str,
) -> Result<(), ApiError> {
    let now_ms = state.clock.now_ms();
    if state.readings.is_new(actor, deed, about, now_ms) {
        let note = Note::new(now_ms, actor, deed, about);
        state.db.note(note).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reading_is_noted_once_in_a_while() {
        let readings = Readings::default();
        let new = |account, about, now_ms| readings.is_new(account, Deed::EntryRead, about, now_ms);
        assert!(new("a", "x", AGAIN_MS));
        assert!(!new("a", "x", AGAIN_MS + 1));
        assert!(new("b", "x", AGAIN_MS + 1));
        assert!(new("a", "y", AGAIN_MS + 1));
        assert!(new("a", "x", 2 * AGAIN_MS));
        assert!(new("a", "x", 1), "the clock was set back");
    }
}
